//! The employee's appointments.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    absence, cancellation,
    model::Step,
    queries::{
        self, Counts, Tab as List,
        durations::{self, Dispute},
        suspended::{self, ToDecide},
    },
    rescheduling,
    room::socket,
    screen::{HistoryLine, Row, history, list_crumb, page_number},
    video::{Room, pseudonym},
};
use crate::{
    booking::model::{Actor, Format, Status},
    chat::screen::Thread,
    infra::{
        actor::{Employee, kinds, render},
        error::{AppError, PageResult},
        i18n,
        page::{Crumb, PageContext, Pagination, Tab, filters, initials},
        role_scope::RoleScope,
    },
    moderation::{
        model::ReviewState,
        queries::{self as moderation, OwnReport, OwnReview},
    },
    practitioners::{model::Specialty, portraits},
};

mod duration;

/// Whose pages these are.
type Side = kinds::Employee;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/consultations", show_consultations)
        .get("/consultations/{id}", show_consultation)
        .get("/consultations/{id}/socket", socket::open_for_employee)
        .get(
            "/consultations/{id}/cancellation",
            cancellation::show_cancellation::<Side>,
        )
        .post(
            "/consultations/{id}/cancellation",
            cancellation::cancel::<Side>,
        )
        .get(
            "/consultations/{id}/rescheduling",
            rescheduling::choose::<Side>,
        )
        .post(
            "/consultations/{id}/rescheduling",
            rescheduling::reschedule::<Side>,
        )
        .get("/consultations/{id}/absence", absence::show_report::<Side>)
        .post("/consultations/{id}/absence", absence::report::<Side>)
        .get(
            "/consultations/{id}/contestation",
            absence::show_contestation::<Side>,
        )
        .post("/consultations/{id}/contestation", absence::contest::<Side>)
        .get("/consultations/{id}/duration", duration::show_claim)
        .post("/consultations/{id}/duration", duration::claim)
        .get(
            "/consultations/{id}/withdrawal",
            absence::show_withdrawal::<Side>,
        )
        .post("/consultations/{id}/withdrawal", absence::withdraw::<Side>);
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
    /// What was planned with a company that is suspended.
    to_decide: Vec<ToDecide>,
}

async fn show_consultations(employee: Employee, query: web::Query<ListQuery>) -> PageResult {
    let page = employee.page();
    let list = match query.tab.as_str() {
        "past" => List::Past,
        _ => List::Upcoming,
    };
    let (number, address) = (page_number(&query.page), page.path.clone());
    let (counts, pages, lines, to_decide) = employee
        .db()
        .read(move |tx| {
            let counts = queries::counts_of_employee(tx)?;
            let total = match list {
                List::Past => counts.past,
                List::Upcoming | List::ToConfirm => counts.upcoming,
            };
            let pages = Pagination::new(number, total, &address);
            let lines = queries::lines_of_employee(tx, list, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((counts, pages, lines, suspended::to_decide(tx)?))
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
        to_decide,
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
    chat: Thread,
    row: Row,
    specialty_key: Option<&'static str>,
    /// The address of the practitioner's portrait; empty without one.
    portrait: String,
    initials: String,
    status: Status,
    /// Where to go, for a meeting in person that is still ahead.
    address: Option<String>,
    may_cancel: bool,
    may_move: bool,
    /// Until when it may be moved; none once it is over.
    moves_until: Option<DateTime<Utc>>,
    may_report_absence: bool,
    may_contest: bool,
    may_withdraw: bool,
    contested: bool,
    room: Room,
    dispute: Dispute,
    may_contest_duration: bool,
    /// What was said of somebody's absence was taken back.
    withdrawn: bool,
    upcoming: bool,
    /// What the employee wrote when booking; `Some(None)` when it cannot be read.
    message: Option<Option<String>>,
    history: Vec<HistoryLine>,
    review: Option<OwnReview>,
    report: Option<OwnReport>,
}

async fn show_consultation(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let page = employee.page();
    let reader = page.reader();
    let (details, events, message, dispute, (review, report, chat)) = employee
        .db()
        .read(move |tx| {
            let details = queries::employee_details(tx, id)?;
            let events = queries::history(tx, id)?;
            let message = details.message(tx).map(Result::ok);
            let said = (
                moderation::own_review(tx, id)?,
                moderation::own_report(tx, id)?,
                Thread::load(tx, &details, reader)?,
            );
            let dispute = durations::dispute(tx, id)?;
            Ok::<_, AppError>((details, events, message, dispute, said))
        })
        .await?;
    let now = employee.app().clock.now();
    let plan = details.plan()?;
    let row = Row::new(&details.line, &page, now)?;
    let upcoming = plan.is_upcoming(now);
    let allows = |step| plan.allows(step, Actor::Employee, now);
    let absence = details.absence()?;
    // Whoever has left the directory has no hours to choose from.
    let is_here = !details.specialty.is_empty();
    let may_move = is_here
        && plan
            .judge_move(Actor::Employee, now, details.notice())
            .is_ok();
    let moves_until = allows(Step::Cancel).then(|| details.line.starts_at - details.notice());
    let template = ConsultationPage {
        crumbs: vec![list_crumb::<Side>(&page)],
        chat,
        specialty_key: details.specialty.parse().ok().map(Specialty::label_key),
        portrait: details
            .portrait_id
            .map(portraits::address)
            .unwrap_or_default(),
        initials: initials(&details.line.first_name, &details.line.last_name),
        status: plan.status,
        address: details
            .address
            .clone()
            .filter(|_| upcoming && row.format == Format::InPerson),
        may_cancel: allows(Step::Cancel),
        may_move,
        moves_until,
        may_report_absence: allows(Step::ReportAbsence),
        may_contest: absence
            .is_some_and(|absence| absence.judge_contest(Actor::Employee, now).is_ok()),
        may_withdraw: absence
            .is_some_and(|absence| absence.judge_withdrawal(Actor::Employee, now).is_ok()),
        contested: absence.is_some_and(|absence| absence.contested_at.is_some()),
        room: Room::of(
            &plan,
            row.format,
            employee.app(),
            (
                Actor::Employee,
                &pseudonym(employee.app(), id, employee.user_id()),
            ),
        )?,
        may_contest_duration: dispute
            .declared(&details)?
            .is_some_and(|declared| declared.judge_contest(now).is_ok()),
        dispute,
        withdrawn: absence.is_some_and(|absence| absence.withdrawn_at.is_some()),
        upcoming,
        message,
        history: history(events, &page, employee.user_id(), &row.name),
        review,
        report,
        row,
        page,
    };
    let mut response = render(&template.page, &template)?;
    template.room.admit(&mut response);
    Ok(response)
}
