//! Sharing: one page, or a few words written for it, with one practitioner, until a day.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{EXCERPT, HOME, crumbs, excerpt};
use crate::{
    booking::calendar::start_of_day,
    infra::{
        actor::{Employee, render, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, LongForm, Nothing, Query},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
    journal::{
        model::{Handed, TEXT_MOST, TITLE_MOST, Typed, Wrong},
        queries::{
            self,
            shares::{self, Confident, Offer, Share},
        },
    },
    practitioners::model::full_name,
};

/// Days that a sharing lasts unless another day is chosen.
const USUAL: u64 = 30;
/// Days that it lasts at most.
const MOST: u64 = 180;

/// Where they are listed.
const SHARES: &str = "/employee/journal/shares";

/// A sharing as its owner sees it.
pub(super) struct Shown {
    pub(super) id: Uuid,
    pub(super) name: String,
    is_page: bool,
    shared_at: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    /// Its title, where there is one.
    title: String,
    excerpt: String,
    unreadable: bool,
}

impl Shown {
    pub(super) fn new(share: Share, page: &PageContext) -> Self {
        let (title, first_name, last_name) = &share.other;
        let unreadable = matches!(share.handed, Some(Err(_)));
        let until = share.last_moment();
        let handed = share.handed.and_then(Result::ok).unwrap_or_default();
        Self {
            id: share.id,
            name: named(full_name(title, first_name, last_name), page),
            is_page: share.is_page,
            shared_at: share.shared_at,
            until,
            ended_at: share.ended_at,
            excerpt: excerpt(&handed.text, EXCERPT),
            title: handed.title,
            unreadable,
        }
    }
}

fn named(name: String, page: &PageContext) -> String {
    match name.is_empty() {
        true => i18n::text(page.locale, "journal-share-somebody").to_owned(),
        false => name,
    }
}

#[derive(Template)]
#[template(path = "journal/employee/shares.html")]
struct SharesPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    lasting: Vec<Shown>,
    over: Vec<Shown>,
}

pub(super) async fn show_shares(employee: Employee) -> PageResult {
    let shares = employee.db().read(shares::own).await?;
    let page = employee.page();
    let shown = shares.into_iter().map(|share| Shown::new(share, &page));
    let (lasting, over): (Vec<Shown>, Vec<Shown>) =
        shown.partition(|share| share.ended_at.is_none());
    let template = SharesPage {
        crumbs: crumbs(&page),
        lasting,
        over,
        page,
    };
    render(&template.page, &template)
}

/// The form, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ShareForm {
    client_id: String,
    /// The page to share; empty for a summary.
    entry: String,
    practitioner: String,
    until: String,
    title: String,
    text: String,
}

impl ShareForm {
    /// # Errors
    /// `NotFound` for what is no page.
    fn entry(&self) -> Result<Option<Uuid>, AppError> {
        match self.entry.as_str() {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| AppError::NotFound),
        }
    }

    /// The last day of the sharing.
    fn last_day(&self, today: NaiveDate, errors: &mut FormErrors) -> Option<NaiveDate> {
        let until = self.until.parse::<NaiveDate>().ok();
        let allowed = today..=today + Days::new(MOST);
        let until = until.filter(|day| allowed.contains(day));
        if until.is_none() {
            errors.add(
                "until",
                Message::new("journal-share-until-wrong")
                    .with("days", i64::try_from(MOST).unwrap_or_default()),
            );
        }
        until
    }

    /// The words of a summary.
    fn summary(&self, errors: &mut FormErrors) -> Option<Handed> {
        let typed = Typed {
            title: &self.title,
            text: &self.text,
            ..Typed::default()
        };
        match typed.read() {
            Ok(content) => Some(Handed::summary(content)),
            Err(wrong) => {
                for wrong in wrong {
                    match wrong {
                        Wrong::TitleTooLong(length) => errors.add(
                            "title",
                            Message::new("journal-form-title-too-long")
                                .with("length", length)
                                .with("most", TITLE_MOST),
                        ),
                        Wrong::TextTooLong(length) => errors.add(
                            "text",
                            Message::new("journal-form-text-too-long")
                                .with("length", length)
                                .with("most", TEXT_MOST),
                        ),
                        _ => errors.add("text", "journal-share-empty"),
                    }
                }
                None
            }
        }
    }
}

#[derive(Template)]
#[template(path = "journal/employee/share.html")]
struct SharePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    form: ShareForm,
    errors: FormErrors,
    practitioners: Vec<Choice>,
    /// The page that would be shared.
    entry: Option<super::Shown>,
    first_day: NaiveDate,
    last_day: NaiveDate,
    owner: Uuid,
}

/// What the form is drawn with and judged by.
struct Before {
    confidents: Vec<Confident>,
    entry: Option<queries::Entry>,
}

async fn before(employee: &Employee, entry: Option<Uuid>) -> Result<Before, AppError> {
    employee
        .db()
        .read(move |tx| {
            let entry = match entry {
                Some(id) => Some(queries::find(tx, id)?),
                None => None,
            };
            let confidents = shares::confidents(tx)?;
            Ok(Before { confidents, entry })
        })
        .await
}

fn today(employee: &Employee, page: &PageContext) -> NaiveDate {
    let now = employee.app().clock.now();
    now.with_timezone(&page.tz).date_naive()
}

fn draw(employee: &Employee, before: Before, form: ShareForm, errors: FormErrors) -> PageResult {
    let page = employee.page();
    let status = errors.status();
    let today = today(employee, &page);
    let template = SharePage {
        crumbs: crumbs(&page),
        practitioners: before
            .confidents
            .into_iter()
            .map(|one| {
                let name = full_name(&one.title, &one.first_name, &one.last_name);
                Choice::new(one.id.to_string(), named(name, &page))
            })
            .collect(),
        entry: before.entry.map(super::Shown::new),
        first_day: today,
        last_day: today + Days::new(MOST),
        owner: employee.user_id(),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// Which page, as the address spells it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct What {
    entry: String,
}

pub(super) async fn show_share(employee: Employee, Query(what): Query<What>) -> PageResult {
    if employee.identity().own_only {
        // Their practitioner was the company's to offer.
        return Err(AppError::NotFound);
    }
    let until = today(&employee, &employee.page()) + Days::new(USUAL);
    let mut form = ShareForm {
        client_id: Uuid::new_v4().to_string(),
        entry: what.entry,
        until: until.to_string(),
        ..ShareForm::default()
    };
    // What is no page in an address is a summary to write.
    let entry = form.entry().ok().flatten();
    form.entry = entry.map(|id| id.to_string()).unwrap_or_default();
    let before = before(&employee, entry).await?;
    if let [only] = before.confidents.as_slice() {
        form.practitioner = only.id.to_string();
    }
    draw(&employee, before, form, FormErrors::default())
}

pub(super) async fn share(
    employee: Employee,
    LongForm { 0: form }: LongForm<ShareForm>,
) -> PageResult {
    if employee.identity().own_only {
        return Err(AppError::NotFound);
    }
    let before = before(&employee, form.entry()?).await?;
    let page = employee.page();
    let mut errors = FormErrors::default();
    let practitioner = before
        .confidents
        .iter()
        .find(|one| one.id.to_string() == form.practitioner)
        .map(|one| one.id);
    if practitioner.is_none() {
        errors.add("practitioner", "journal-share-practitioner-missing");
    }
    let day = form.last_day(today(&employee, &page), &mut errors);
    let handed = match &before.entry {
        Some(entry) => match &entry.content {
            Ok(content) => Some(Handed::page(content.clone(), entry.written_at)),
            Err(_) => {
                errors.add_form("journal-unreadable");
                None
            }
        },
        None => form.summary(&mut errors),
    };
    let (Some(practitioner), Some(day), Some(handed)) = (practitioner, day, handed) else {
        return draw(&employee, before, form, errors);
    };
    let offer = Offer {
        client_id: form.client_id.parse().map_err(|_| AppError::Malformed)?,
        practitioner,
        entry: before.entry.map(|entry| entry.id),
        handed,
        // The whole last day, in the reader's own time.
        until: start_of_day(page.tz, day + Days::new(1)),
    };
    employee
        .db()
        .write(move |tx| shares::share(tx, &offer))
        .await?;
    Ok(see_other_with(SHARES, Flash::success("journal-share-done")))
}

pub(super) async fn revoke(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    employee
        .db()
        .write(move |tx| shares::revoke(tx, id))
        .await?;
    Ok(see_other_with(
        SHARES,
        Flash::success("journal-share-revoked"),
    ))
}

impl SharePage {
    fn draft(&self) -> String {
        format!("journal:{}:share", self.owner)
    }

    fn back(&self) -> String {
        match &self.entry {
            Some(entry) => super::path_of(entry.id),
            None => HOME.to_owned(),
        }
    }

    fn wrong(&self) -> usize {
        ["practitioner", "until", "title", "text"]
            .into_iter()
            .filter(|field| self.errors.of(field).is_some())
            .count()
    }
}
