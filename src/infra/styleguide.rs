//! `/styleguide`, in development only: every component in its states and every layout around a plausible page.
//! The same samples are rendered in both languages by the tests below, so a template that fails shows here first.

use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::i18n::{Locale, Message};
use super::page::{
    Chart, Choice, Crumb, NavItem, PageContext, Pagination, Person, Point, RenderError, Space, Tab,
    Theme, filters, mark_current,
};

#[cfg(test)]
mod tests;

/// What to show, from the address.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    sample: Option<String>,
    locale: Option<String>,
    theme: Option<String>,
}

/// Initials, name, e-mail, department, status, tone of the status, consultations, seconds.
type SamplePerson = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
);

const PEOPLE: [SamplePerson; 4] = [
    (
        "AL",
        "Ana Lopez",
        "ana.lopez@techcorp.example",
        "Produit",
        "Active",
        "success",
        4,
        10_800,
    ),
    (
        "BD",
        "Benoît Dubois",
        "benoit.dubois@techcorp.example",
        "Finance",
        "Invité",
        "warning",
        0,
        0,
    ),
    (
        "FK",
        "Fatou Koné",
        "fatou.kone@techcorp.example",
        "Support",
        "Active",
        "success",
        12,
        32_700,
    ),
    (
        "JS",
        "Jean-Sébastien de La Rochefoucauld",
        "jean-sebastien@techcorp.example",
        "Ventes",
        "Suspendu",
        "danger",
        1,
        2_700,
    ),
];

#[derive(Template)]
#[template(path = "styleguide/kit.html")]
struct Kit {
    page: PageContext,
    crumbs: Vec<Crumb>,
    tabs: Vec<Tab>,
    choices: Vec<Choice>,
    formats: Vec<Choice>,
    chart: Chart,
    pages: Pagination,
    people: [SamplePerson; 4],
    days: Vec<(&'static str, &'static str, Vec<&'static str>)>,
}

impl Kit {
    fn sample(page: PageContext) -> Self {
        Kit {
            page,
            crumbs: vec![
                Crumb::new("/", "Accueil"),
                Crumb::new("/dev", "Développement"),
            ],
            tabs: vec![
                Tab::new("#all", "Tous", true).count(1_248),
                Tab::new("#active", "Actifs", false).count(1_190),
                Tab::new("#invited", "Invités", false).count(58),
            ],
            choices: vec![
                Choice::new("product", "Produit"),
                Choice::new("it", "Informatique"),
            ],
            formats: vec![
                Choice::new("video", "Vidéo")
                    .detail("Depuis cette page")
                    .icon("video"),
                Choice::new("audio", "Téléphone")
                    .detail("On vous appelle")
                    .icon("phone"),
                Choice::new("in_person", "Au cabinet")
                    .detail("Paris 11e")
                    .icon("map-pin"),
            ],
            chart: chart(),
            pages: Pagination::new(3, 248, "/styleguide?q=a&page=3"),
            people: PEOPLE,
            days: vec![
                ("lun.", "23 nov.", vec!["9 h 00", "9 h 45", "14 h 30"]),
                ("mar.", "24 nov.", vec!["10 h 30"]),
                ("mer.", "25 nov.", vec![]),
                (
                    "jeu.",
                    "26 nov.",
                    vec!["8 h 30", "9 h 15", "10 h 00", "16 h 30"],
                ),
                ("ven.", "27 nov.", vec!["11 h 15", "17 h 00"]),
            ],
        }
    }
}

macro_rules! samples {
    ($($name:ident: $path:literal),* $(,)?) => {$(
        #[derive(Template)]
        #[template(path = $path)]
        struct $name {
            page: PageContext,
            people: [SamplePerson; 4],
            chart: Chart,
        }

        impl $name {
            fn sample(page: PageContext) -> Self {
                $name { page, people: PEOPLE, chart: chart() }
            }
        }
    )*};
}
samples! {
    PractitionerSample: "styleguide/practitioner.html",
    HrSample: "styleguide/hr.html",
    AdminSample: "styleguide/admin.html",
    SuperAdminSample: "styleguide/super_admin.html",
}

#[derive(Template)]
#[template(path = "styleguide/home.html")]
struct HomeSample {
    page: PageContext,
    people: [SamplePerson; 4],
}

#[derive(Template)]
#[template(path = "styleguide/auth.html")]
struct AuthSample {
    page: PageContext,
}

#[derive(Template)]
#[template(path = "styleguide/public.html")]
struct PublicSample {
    page: PageContext,
}

fn chart() -> Chart {
    let months = [
        ("juin", 64),
        ("juil.", 41),
        ("août", 22),
        ("sept.", 87),
        ("oct.", 116),
        ("nov.", 128),
    ];
    let points = months
        .into_iter()
        .map(|(month, count)| Point::new(month, count, count.to_string()))
        .collect();
    Chart::new("Consultations par mois", "Mois", "Consultations", points)
}

/// A signed-in page of `space`.
fn context(space: Space, locale: Locale, theme: Theme) -> PageContext {
    let mut page = PageContext::new(space, locale, "/styleguide");
    page.theme = theme;
    page.csrf = "sample".to_owned();
    page.development = true;
    if matches!(space, Space::Public) {
        return page;
    }
    page.person = Some(Person::new(
        "Ana",
        "Lopez",
        "ana.lopez@techcorp.example",
        space,
    ));
    page.nav = vec![
        NavItem::new("common-space-employee", "/styleguide", "house"),
        NavItem::new("common-my-space", "/employee/booking", "search"),
        NavItem::new("common-account", "/employee/consultations", "calendar-days"),
        NavItem::new("common-space-public", "/employee/journal", "notebook-pen"),
        NavItem::new("common-more", "/employee/resources", "book-open"),
    ];
    mark_current(&mut page.nav, "/styleguide");
    page
}

/// Renders one sample; an unknown name is the kit.
fn sample(name: &str, locale: Locale, theme: Theme) -> Result<HttpResponse, RenderError> {
    let page = |space| context(space, locale, theme);
    match name {
        "home" => {
            let page = page(Space::Employee);
            page.clone().render(&HomeSample {
                page,
                people: PEOPLE,
            })
        }
        "auth" => {
            let page = page(Space::Public);
            page.clone().render(&AuthSample { page })
        }
        "public" => {
            let page = page(Space::Public);
            page.clone().render(&PublicSample { page })
        }
        "practitioner" => {
            let page = page(Space::Practitioner);
            page.clone().render(&PractitionerSample::sample(page))
        }
        "desk" => {
            let page = page(Space::Hr);
            page.clone().render(&HrSample::sample(page))
        }
        "admin" => {
            let page = page(Space::Admin);
            page.clone().render(&AdminSample::sample(page))
        }
        "super-admin" => {
            let page = page(Space::SuperAdmin);
            page.clone().render(&SuperAdminSample::sample(page))
        }
        _ => {
            let mut page = page(Space::Employee);
            page.flashes = vec![super::page::Flash::success(Message::new(
                "common-theme-light",
            ))];
            page.clone().render(&Kit::sample(page))
        }
    }
}

/// Shows `/styleguide?sample=…&locale=…&theme=…`.
pub async fn show(options: web::Query<Options>) -> HttpResponse {
    let code = |value: &Option<String>| value.clone().unwrap_or_default();
    let locale = Locale::from_code(&code(&options.locale)).unwrap_or_default();
    let theme = Theme::from_code(&code(&options.theme)).unwrap_or_default();
    sample(&code(&options.sample), locale, theme).unwrap_or_else(|error| {
        tracing::error!(%error, "the style guide does not render");
        HttpResponse::InternalServerError().finish()
    })
}
