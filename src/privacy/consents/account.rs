//! What I agreed to: the texts, when, and how to change one's mind.

use actix_web::web;
use askama::Template;
use serde::Deserialize;

use super::{CURRENT_VERSION, Clause, Consent};
use crate::{
    auth::model::is_local_path,
    infra::{
        actor::{Employee, Member, Worker, render, render_status, see_other, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Query},
        i18n,
        page::{Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
    privacy::queries::consents::{self as queries, Agreement, Ends},
};

const LIST: &str = "/account/privacy/consents";

/// Mounts the pages.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope
        .get("/privacy/consents", show_consents)
        .get("/privacy/consents/{consent}", show_consent)
        .post("/privacy/consents/{consent}", give)
        .get("/privacy/consents/{consent}/withdrawal", show_withdrawal)
        .post("/privacy/consents/{consent}/withdrawal", withdraw);
}

/// Where the texts of one's own company's people are read.
fn employee(member: &Member) -> Result<Employee, AppError> {
    member.employee().ok_or(AppError::NotFound)
}

fn path_of(consent: Consent) -> String {
    format!("{LIST}/{}", consent.kind())
}

fn consent_of(kind: &str) -> Result<Consent, AppError> {
    Consent::from_kind(kind).ok_or(AppError::NotFound)
}

fn crumbs(page: &PageContext, under_list: bool) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/account", i18n::text(page.locale, "common-account")),
        Crumb::new(
            "/account/privacy",
            i18n::text(page.locale, "privacy-page-title"),
        ),
    ];
    if under_list {
        crumbs.push(Crumb::new(
            LIST,
            i18n::text(page.locale, "privacy-consents-title"),
        ));
    }
    crumbs
}

/// How a person stands to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Agreed to, as it is today.
    Given,
    /// Agreed to in an older version.
    Older,
    /// Taken back.
    Withdrawn,
    /// Never answered.
    Open,
}

impl Standing {
    fn of(consent: Consent, agreements: &[Agreement]) -> Self {
        let mut own = agreements
            .iter()
            .filter(|agreement| agreement.consent() == Some(consent))
            .peekable();
        if own.peek().is_none() {
            return Self::Open;
        }
        let (mut stands, mut current) = (false, false);
        for agreement in own.filter(|agreement| agreement.stands()) {
            stands = true;
            current |= agreement.is_current();
        }
        match (stands, current) {
            (_, true) => Self::Given,
            (true, false) => Self::Older,
            (false, _) => Self::Withdrawn,
        }
    }

    fn label_key(self) -> &'static str {
        match self {
            Self::Given => "privacy-consents-given",
            Self::Older => "privacy-consents-older",
            Self::Withdrawn => "privacy-consents-withdrawn",
            Self::Open => "privacy-consents-open",
        }
    }

    fn tone(self) -> &'static str {
        match self {
            Self::Given => "success",
            Self::Older | Self::Open => "warning",
            Self::Withdrawn => "neutral",
        }
    }

    fn is_asked(self) -> bool {
        self != Self::Given
    }
}

/// A text and how one stands to it.
struct Item {
    consent: Consent,
    standing: Standing,
    href: String,
}

/// Where one was going when the texts came in between.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    return_to: String,
}

#[derive(Template)]
#[template(path = "privacy/account/consents.html")]
struct ConsentsPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    items: Vec<Item>,
    agreements: Vec<Agreement>,
    /// A text has a newer version.
    renewed: bool,
    return_to: String,
}

async fn show_consents(member: Member, Query(query): Query<ListQuery>) -> PageResult {
    let Some(employee) = member.employee() else {
        return Ok(see_other("/confidentiality"));
    };
    let agreements = employee.db().read(queries::agreements).await?;
    let items: Vec<Item> = Consent::ALL
        .into_iter()
        .map(|consent| Item {
            consent,
            standing: Standing::of(consent, &agreements),
            href: path_of(consent),
        })
        .collect();
    let page = member.page();
    let template = ConsentsPage {
        crumbs: crumbs(&page, false),
        renewed: items.iter().any(|item| item.standing == Standing::Older),
        items,
        agreements,
        return_to: local(query.return_to),
        page,
    };
    render(&template.page, &template)
}

/// Which version of a text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TextQuery {
    version: Option<String>,
    return_to: String,
}

#[derive(Template)]
#[template(path = "privacy/account/consent.html")]
struct ConsentPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    consent: Consent,
    standing: Standing,
    company: String,
    clauses: &'static [Clause],
    version: String,
    /// An older text, to be read only.
    is_past: bool,
    path: String,
    /// What needed it; empty for nothing.
    return_to: String,
    errors: FormErrors,
}

fn local(return_to: String) -> String {
    match is_local_path(&return_to) {
        true => return_to,
        false => String::new(),
    }
}

async fn show_consent(
    member: Member,
    kind: web::Path<String>,
    Query(query): Query<TextQuery>,
) -> PageResult {
    let consent = consent_of(&kind)?;
    let asked = Asked {
        consent,
        version: query.version.unwrap_or_else(|| CURRENT_VERSION.to_owned()),
        return_to: local(query.return_to),
    };
    draw(&member, asked, FormErrors::default()).await
}

/// Which text is drawn, and for the sake of what.
struct Asked {
    consent: Consent,
    version: String,
    return_to: String,
}

async fn draw(member: &Member, asked: Asked, errors: FormErrors) -> PageResult {
    let Asked {
        consent,
        version,
        return_to,
    } = asked;
    let Some(employee) = member.employee() else {
        return Ok(see_other("/confidentiality"));
    };
    let clauses = consent.text(&version).ok_or(AppError::NotFound)?;
    let agreements = employee.db().read(queries::agreements).await?;
    let page = member.page();
    let status = errors.status();
    let template = ConsentPage {
        crumbs: crumbs(&page, true),
        consent,
        standing: Standing::of(consent, &agreements),
        company: employee.identity().company_name.clone().unwrap_or_default(),
        clauses,
        is_past: version != CURRENT_VERSION,
        version,
        path: path_of(consent),
        return_to,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// The box of one text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct GiveForm {
    agreed: String,
    return_to: String,
}

async fn give(member: Member, kind: web::Path<String>, Form(form): Form<GiveForm>) -> PageResult {
    let employee = employee(&member)?;
    let consent = consent_of(&kind)?;
    if form.agreed != "true" {
        let mut errors = FormErrors::default();
        errors.add("agreed", "companies-consent-missing");
        let asked = Asked {
            consent,
            version: CURRENT_VERSION.to_owned(),
            return_to: local(form.return_to),
        };
        return draw(&member, asked, errors).await;
    }
    let locale = member.page().locale;
    employee
        .db()
        .write(move |tx| queries::record(tx, &[consent], locale))
        .await?;
    let return_to = local(form.return_to);
    let back = if return_to.is_empty() {
        LIST
    } else {
        &return_to
    };
    Ok(see_other_with(
        back,
        Flash::success("privacy-consents-done-given"),
    ))
}

/// What stops, before anything does.
#[derive(Template)]
#[template(path = "privacy/account/withdrawal.html")]
struct WithdrawalPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    ends: Ends,
    path: String,
}

async fn show_withdrawal(member: Member, kind: web::Path<String>) -> PageResult {
    let Some(employee) = member.employee() else {
        return Ok(see_other("/confidentiality"));
    };
    let consent = consent_of(&kind)?;
    let (agreements, ends) = employee
        .db()
        .read(|tx| Ok((queries::agreements(tx)?, queries::what_ends(tx)?)))
        .await?;
    let standing = Standing::of(consent, &agreements);
    if !consent.is_withdrawable() || matches!(standing, Standing::Withdrawn | Standing::Open) {
        return Ok(see_other(&path_of(consent)));
    }
    let page = member.page();
    let template = WithdrawalPage {
        crumbs: crumbs(&page, true),
        ends,
        path: path_of(consent),
        page,
    };
    render(&template.page, &template)
}

async fn withdraw(
    member: Member,
    kind: web::Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let employee = employee(&member)?;
    let consent = consent_of(&kind)?;
    if !consent.is_withdrawable() {
        return Ok(see_other(&path_of(consent)));
    }
    // Somebody who left may take it back like anybody, and what ends with it (an appointment ahead) is more than
    // what they reach otherwise.
    let door = match (employee.identity().own_only, employee.identity().company_id) {
        (true, Some(company)) => Worker::on_behalf_of(employee.app(), employee.user_id(), company),
        _ => employee.db(),
    };
    door.write(queries::withdraw_health_data).await?;
    Ok(see_other_with(
        LIST,
        Flash::success("privacy-consents-done-withdrawn"),
    ))
}
