//! The employee's appointments.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::Step,
    queries::{self, Counts, Tab as List},
    screen::{HistoryLine, Row, history, outcome, page_number},
};
use crate::{
    booking::model::{Actor, Format, Status},
    infra::{
        actor::{Employee, render, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        i18n,
        page::{Crumb, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
    },
    practitioners::model::Specialty,
};

/// Cancelling later than this before the start is worth a word: hours.
const COURTESY_HOURS: i64 = 24;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/consultations", show_consultations)
        .get("/consultations/{id}", show_consultation)
        .get("/consultations/{id}/cancellation", show_cancellation)
        .post("/consultations/{id}/cancellation", cancel);
}

/// Which list, and which page of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    tab: String,
    page: String,
}

#[derive(Template)]
#[template(path = "consultation/employee/list.html")]
struct ConsultationsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    past: bool,
    rows: Vec<Row>,
    pages: Pagination,
}

async fn show_consultations(employee: Employee, query: web::Query<ListQuery>) -> PageResult {
    let page = employee.page();
    let list = match query.tab.as_str() {
        "past" => List::Past,
        _ => List::Upcoming,
    };
    let (number, address) = (page_number(&query.page), page.path.clone());
    let (counts, pages, lines) = employee
        .db()
        .read(move |tx| {
            let counts = queries::employee_counts(tx)?;
            let total = match list {
                List::Past => counts.past,
                List::Upcoming | List::ToConfirm => counts.upcoming,
            };
            let pages = Pagination::new(number, total, &address);
            let lines = queries::employee_lines(tx, list, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((counts, pages, lines))
        })
        .await?;
    let now = employee.app().clock.now();
    let rows = lines
        .iter()
        .map(|line| Row::new(line, &page, now))
        .collect::<Result<_, _>>()?;
    let template = ConsultationsPage {
        tabs: tabs(&page, counts, list),
        past: list == List::Past,
        rows,
        pages,
        page,
    };
    render(&template.page, &template)
}

fn tabs(page: &PageContext, counts: Counts, shown: List) -> Vec<Tab> {
    let text = |key| i18n::text(page.locale, key);
    vec![
        Tab::new(
            "/employee/consultations",
            text("consultation-tab-upcoming"),
            shown != List::Past,
        )
        .count(counts.upcoming),
        Tab::new(
            "/employee/consultations?tab=past",
            text("consultation-tab-past"),
            shown == List::Past,
        )
        .count(counts.past),
    ]
}

#[derive(Template)]
#[template(path = "consultation/employee/details.html")]
struct ConsultationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    specialty_key: Option<&'static str>,
    status: Status,
    /// Where to go, for a meeting in person that is still ahead.
    address: Option<String>,
    practitioner_id: Uuid,
    may_cancel: bool,
    upcoming: bool,
    history: Vec<HistoryLine>,
}

async fn show_consultation(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let (details, events) = employee
        .db()
        .read(move |tx| {
            let details = queries::employee_details(tx, id)?;
            let events = queries::history(tx, id)?;
            Ok::<_, AppError>((details, events))
        })
        .await?;
    let page = employee.page();
    let now = employee.app().clock.now();
    let plan = details.plan()?;
    let row = Row::new(&details.line, &page, now)?;
    let upcoming = plan.is_upcoming(now);
    let template = ConsultationPage {
        crumbs: vec![list_crumb(&page)],
        specialty_key: details.specialty.parse().ok().map(Specialty::label_key),
        status: plan.status,
        address: details
            .address
            .filter(|_| upcoming && row.format == Format::InPerson),
        practitioner_id: details.practitioner_id,
        may_cancel: plan.allows(Step::Cancel, Actor::Employee, now),
        upcoming,
        history: history(events, &page, employee.user_id(), &row.name),
        row,
        page,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "consultation/employee/cancellation.html")]
struct CancellationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    /// Less than a day before.
    late: bool,
}

fn list_crumb(page: &PageContext) -> Crumb {
    Crumb::new(
        "/employee/consultations",
        i18n::text(page.locale, "consultation-list-title"),
    )
}

/// Whether a cancellation comes late for the practitioner.
fn is_late(starts_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    starts_at - now < TimeDelta::hours(COURTESY_HOURS)
}

async fn show_cancellation(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let details = employee
        .db()
        .read(move |tx| queries::employee_details(tx, id))
        .await?;
    let page = employee.page();
    let now = employee.app().clock.now();
    if let Err(objection) = details.plan()?.judge(Step::Cancel, Actor::Employee, now) {
        let said = outcome(Step::Cancel, Err(objection), &page);
        return Ok(see_other_with(
            &format!("/employee/consultations/{id}"),
            said,
        ));
    }
    let row = Row::new(&details.line, &page, now)?;
    let template = CancellationPage {
        crumbs: vec![
            list_crumb(&page),
            Crumb::new(format!("/employee/consultations/{id}"), row.name.clone()),
        ],
        row,
        late: is_late(details.line.starts_at, now),
        page,
    };
    render(&template.page, &template)
}

async fn cancel(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let taken = employee
        .db()
        .write(move |tx| queries::take_step(tx, id, Step::Cancel))
        .await?;
    let said = outcome(Step::Cancel, taken, &employee.page());
    Ok(see_other_with(
        &format!("/employee/consultations/{id}"),
        said,
    ))
}
