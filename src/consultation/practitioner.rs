//! The practitioner's consultations: confirm, start, end, cancel.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    absence, cancellation,
    model::Step,
    queries::{
        self, OpenCounts, Tab as List,
        durations::{self, Dispute},
        room::{self, Presence},
        suspended::{self, ToDecide},
    },
    rescheduling,
    room::socket,
    screen::{
        HistoryLine, Row, crumbs, elapsed, history, list_crumb, outcome, page_number, path_of,
    },
    video::{Room, pseudonym},
};
use crate::{
    booking::model::{Actor, Format, Status},
    chat::screen::Thread,
    infra::{
        actor::{Practitioner, kinds, render, see_other_with},
        error::{AppError, PageResult},
        form::{Form, Nothing},
        i18n,
        page::{Crumb, Flash, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
    },
    moderation::queries::{self as moderation, OwnReport},
    notes,
};

mod declaration;
mod duration;

/// Whose pages these are.
type Side = kinds::Practitioner;

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/consultations", show_consultations)
        .get("/consultations/{id}", show_consultation)
        .get("/consultations/{id}/socket", socket::open_for_practitioner)
        .post("/consultations/{id}/confirmation", confirm)
        .post("/consultations/{id}/series-confirmation", confirm_series)
        .post("/consultations/{id}/start", start)
        .get("/consultations/{id}/end", show_end)
        .post("/consultations/{id}/end", end)
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
        .get("/consultations/{id}/no-show", absence::show_report::<Side>)
        .post("/consultations/{id}/no-show", absence::report::<Side>)
        .get(
            "/consultations/{id}/contestation",
            absence::show_contestation::<Side>,
        )
        .post("/consultations/{id}/contestation", absence::contest::<Side>)
        .get("/consultations/{id}/duration", duration::show_correction)
        .post("/consultations/{id}/duration", duration::correct)
        .get(
            "/consultations/{id}/withdrawal",
            absence::show_withdrawal::<Side>,
        )
        .post("/consultations/{id}/withdrawal", absence::withdraw::<Side>)
        .get(
            "/consultations/{id}/declaration",
            declaration::show_declaration,
        )
        .post("/consultations/{id}/declaration", declaration::declare);
}

/// Which list, and which page of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    tab: String,
    page: String,
}

impl ListQuery {
    fn list(&self) -> Option<List> {
        match self.tab.as_str() {
            "to-confirm" => Some(List::ToConfirm),
            "upcoming" => Some(List::Upcoming),
            "past" => Some(List::Past),
            _ => None,
        }
    }
}

#[derive(Template)]
#[template(path = "consultation/practitioner/list.html")]
struct ConsultationsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    list: List,
    rows: Vec<Row>,
    pages: Pagination,
    /// What was planned with a company that is suspended.
    to_decide: Vec<ToDecide>,
}

async fn show_consultations(
    practitioner: Practitioner,
    query: web::Query<ListQuery>,
) -> PageResult {
    let page = practitioner.page();
    let asked = query.list();
    let (number, address) = (page_number(&query.page), page.path.clone());
    let (counts, list, pages, lines, to_decide) = practitioner
        .db()
        .look(move |tx| {
            let counts = queries::practitioner_counts(tx)?;
            // What waits for an answer comes first, when there is something.
            let list = asked.unwrap_or(match counts.to_confirm {
                0 => List::Upcoming,
                _ => List::ToConfirm,
            });
            let total = match list {
                List::ToConfirm => counts.to_confirm,
                List::Upcoming => counts.upcoming,
                List::Past => queries::practitioner_past(tx, counts)?,
            };
            let pages = Pagination::new(number, total, &address);
            let lines = queries::practitioner_lines(tx, list, pages.offset(), pages.limit())?;
            let to_decide = suspended::to_decide(tx)?;
            Ok::<_, AppError>((counts, list, pages, lines, to_decide))
        })
        .await?;
    let now = practitioner.app().clock.now();
    let rows = lines
        .iter()
        .map(|line| Row::new(line, &page, now))
        .collect::<Result<_, _>>()?;
    let template = ConsultationsPage {
        tabs: tabs(&page, counts, list),
        list,
        rows,
        pages,
        to_decide,
        page,
    };
    render(&template.page, &template)
}

fn tabs(page: &PageContext, counts: OpenCounts, shown: List) -> Vec<Tab> {
    let tab = |list, name, key| {
        Tab::new(
            format!("/practitioner/consultations?tab={name}"),
            i18n::text(page.locale, key),
            list == shown,
        )
    };
    vec![
        tab(List::ToConfirm, "to-confirm", "consultation-tab-to-confirm").count(counts.to_confirm),
        tab(List::Upcoming, "upcoming", "consultation-tab-upcoming").count(counts.upcoming),
        tab(List::Past, "past", "consultation-practice-tab-past"),
    ]
}

/// A consultation that goes on.
struct Running {
    started_at: DateTime<Utc>,
    now: DateTime<Utc>,
    elapsed: String,
}

#[derive(Template)]
#[template(path = "consultation/practitioner/details.html")]
struct ConsultationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    chat: Thread,
    row: Row,
    status: Status,
    address: Option<String>,
    opens_at: DateTime<Utc>,
    may_confirm: bool,
    /// How many appointments of its series wait, this one included.
    waiting_together: usize,
    may_start: bool,
    /// Confirmed, and its hour has not come.
    waits: bool,
    may_cancel: bool,
    may_move: bool,
    may_report_no_show: bool,
    may_contest: bool,
    may_withdraw: bool,
    contested: bool,
    room: Room,
    dispute: Dispute,
    /// Until when the practitioner may correct the times, when they may.
    corrects_until: Option<DateTime<Utc>>,
    /// Who was in the video room, and when.
    presences: Vec<Presence>,
    /// What was said of somebody's absence was taken back.
    withdrawn: bool,
    /// Until when the practitioner may say when the two met after all.
    declarable_until: Option<DateTime<Utc>>,
    running: Option<Running>,
    started_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    /// What the employee wrote when booking; `Some(None)` when it cannot be read.
    message: Option<Option<String>>,
    history: Vec<HistoryLine>,
    report: Option<OwnReport>,
    /// What the practitioner has written about it.
    notes: Vec<notes::queries::Line>,
    /// Whether there is something to write about.
    may_note: bool,
    patient_id: Uuid,
}

async fn show_consultation(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let page = practitioner.page();
    let reader = page.reader();
    let (details, waiting_together, events, message, report, (dispute, presences, chat, notes)) =
        practitioner
            .db()
            .look(move |tx| {
                let details = queries::practitioner_details(tx, id)?;
                let waiting = queries::series::waiting_together(tx, &details)?;
                let events = queries::history(tx, id)?;
                let message = details.message(tx).map(Result::ok);
                let report = moderation::own_report(tx, id)?;
                let record = (
                    durations::dispute(tx, id)?,
                    room::presences(tx, id)?,
                    Thread::load(tx, &details, reader)?,
                    notes::queries::of_consultation(tx, id)?,
                );
                Ok::<_, AppError>((details, waiting, events, message, report, record))
            })
            .await?;
    let now = practitioner.app().clock.now();
    let plan = details.plan()?;
    let row = Row::new(&details.line, &page, now)?;
    let allows = |step| plan.allows(step, Actor::Practitioner, now);
    let absence = details.absence()?;
    let running = details
        .started_at
        .filter(|_| plan.status == Status::InProgress);
    let may_move = plan
        .judge_move(Actor::Practitioner, now, details.notice())
        .is_ok();
    let template = ConsultationPage {
        crumbs: vec![list_crumb::<Side>(&page)],
        chat,
        status: plan.status,
        address: details
            .address
            .clone()
            .filter(|_| row.format == Format::InPerson),
        opens_at: plan.opens_at(),
        may_confirm: allows(Step::Confirm),
        waiting_together,
        may_start: allows(Step::Start),
        waits: plan.status == Status::Confirmed && now < plan.opens_at(),
        may_cancel: allows(Step::Cancel),
        may_move,
        may_report_no_show: allows(Step::ReportNoShow),
        may_contest: absence
            .is_some_and(|absence| absence.judge_contest(Actor::Practitioner, now).is_ok()),
        may_withdraw: absence
            .is_some_and(|absence| absence.judge_withdrawal(Actor::Practitioner, now).is_ok()),
        contested: absence.is_some_and(|absence| absence.contested_at.is_some()),
        room: Room::of(
            &plan,
            row.format,
            practitioner.app(),
            (
                Actor::Practitioner,
                &pseudonym(practitioner.app(), id, practitioner.user_id()),
            ),
        )?,
        corrects_until: dispute
            .declared(&details)?
            .filter(|declared| declared.judge_correction(now).is_ok())
            .map(|declared| declared.correction_closes_at()),
        dispute,
        presences,
        withdrawn: absence.is_some_and(|absence| absence.withdrawn_at.is_some()),
        declarable_until: absence
            .filter(|absence| absence.judge_declaration(now).is_ok())
            .and_then(|absence| absence.declarable_until()),
        running: running.map(|started_at| Running {
            started_at,
            now,
            elapsed: elapsed(started_at, now),
        }),
        started_at: details.started_at,
        ended_at: details.ended_at,
        message,
        history: history(events, &page, practitioner.user_id(), &row.name),
        report,
        notes,
        may_note: notes::model::may_be_noted(plan.status),
        patient_id: details.employee_id,
        row,
        page,
    };
    let mut response = render(&template.page, &template)?;
    template.room.admit(&mut response);
    Ok(response)
}

async fn take(practitioner: &Practitioner, id: Uuid, step: Step) -> PageResult {
    let taken = practitioner
        .db()
        .write(move |tx| queries::steps::take_step(tx, id, step, None))
        .await?;
    let said = outcome(step, taken, &practitioner.page());
    Ok(see_other_with(&path_of::<Side>(id), said))
}

async fn confirm(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    take(&practitioner, id.into_inner(), Step::Confirm).await
}

/// Confirms what was booked together with this one as well.
async fn confirm_series(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let confirmed = practitioner
        .db()
        .write(move |tx| queries::series::confirm(tx, id))
        .await?;
    let said = match confirmed {
        0 => Flash::info("consultation-done-series-already"),
        count => Flash::success("consultation-done-series").with("count", count),
    };
    Ok(see_other_with(&path_of::<Side>(id), said))
}

async fn start(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    take(&practitioner, id.into_inner(), Step::Start).await
}

async fn end(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    take(&practitioner, id.into_inner(), Step::End).await
}

/// The question before the end, which cannot be undone.
#[derive(Template)]
#[template(path = "consultation/practitioner/question.html")]
struct QuestionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
}

async fn show_end(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let details = practitioner
        .db()
        .look(move |tx| queries::practitioner_details(tx, id))
        .await?;
    let page = practitioner.page();
    let now = practitioner.app().clock.now();
    if let Err(objection) = details.plan()?.judge(Step::End, Actor::Practitioner, now) {
        return Ok(see_other_with(
            &path_of::<Side>(id),
            outcome(Step::End, Err(objection), &page),
        ));
    }
    let row = Row::new(&details.line, &page, now)?;
    let template = QuestionPage {
        crumbs: crumbs::<Side>(&page, &row),
        row,
        page,
    };
    render(&template.page, &template)
}
