//! Saying that the other did not come, answering when it was said of oneself, taking it back: the same
//! pages for both participants.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{
    model::{Absence, Objection, Step},
    queries::{
        Details, Participant,
        absence::{contest as contest_absence, withdraw as withdraw_absence},
        steps::take_step,
    },
    screen::{ReasonForm, Row, crumbs, objection, outcome, path_of},
};
use crate::infra::{
    actor::{Actor, Kind, render, render_status, see_other_with},
    db::Db,
    error::{AppError, PageResult},
    form::{Form, FormErrors, Nothing},
    page::{Crumb, Flash, PageContext, Space, filters},
};

/// The question before an absence is reported, or contested.
#[derive(Template)]
#[template(path = "consultation/absence.html")]
struct AbsencePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    base: String,
    /// Of a practitioner, said by the employee; else the other way round.
    of_practitioner: bool,
    row: Row,
    /// Contesting what the other said; else saying it of the other.
    contests: bool,
    form: ReasonForm,
    errors: FormErrors,
}

fn draw<K: Kind>(
    page: PageContext,
    row: Row,
    contests: bool,
    (form, errors): (ReasonForm, FormErrors),
) -> PageResult {
    let status = errors.status();
    let template = AbsencePage {
        crumbs: crumbs::<K>(&page, &row),
        base: path_of::<K>(row.id),
        of_practitioner: K::SPACE == Space::Employee,
        row,
        contests,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// What this side says of the other.
fn report_of<K: Kind>() -> Step {
    match K::SPACE {
        Space::Employee => Step::ReportAbsence,
        _ => Step::ReportNoShow,
    }
}

pub(super) async fn show_report<K: Kind>(person: Actor<K>, id: web::Path<Uuid>) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, page, now) = (id.into_inner(), person.page(), person.app().clock.now());
    let asked = (id, report_of::<K>());
    match reportable(&person.db(), &page, now, asked).await? {
        Ok(row) => draw::<K>(page, row, false, Default::default()),
        Err(said) => Ok(see_other_with(&path_of::<K>(id), said)),
    }
}

pub(super) async fn report<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, step) = (id.into_inner(), report_of::<K>());
    let taken = person
        .db()
        .write(move |tx| take_step(tx, id, step, None))
        .await?;
    let said = outcome(step, taken, &person.page());
    Ok(see_other_with(&path_of::<K>(id), said))
}

pub(super) async fn show_contestation<K: Kind>(person: Actor<K>, id: web::Path<Uuid>) -> PageResult
where
    Actor<K>: Participant,
{
    draw_contestation(&person, id.into_inner(), Default::default()).await
}

async fn draw_contestation<K: Kind>(
    person: &Actor<K>,
    id: Uuid,
    sent: (ReasonForm, FormErrors),
) -> PageResult
where
    Actor<K>: Participant,
{
    let (page, now) = (person.page(), person.app().clock.now());
    match answerable(&person.db(), &page, now, (id, Answer::Contest)).await? {
        Ok((row, _)) => draw::<K>(page, row, true, sent),
        Err(said) => Ok(see_other_with(&path_of::<K>(id), said)),
    }
}

pub(super) async fn contest<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    let reason = match form.must_read() {
        Ok(reason) => reason,
        Err(errors) => return draw_contestation(&person, id, (form, errors)).await,
    };
    let contested = person
        .db()
        .write(move |tx| contest_absence(tx, id, &reason))
        .await?;
    let said = Answer::Contest.outcome(contested, &person.page());
    Ok(see_other_with(&path_of::<K>(id), said))
}

/// The question before an absence is taken back.
#[derive(Template)]
#[template(path = "consultation/withdrawal.html")]
struct WithdrawalPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    base: String,
    of_practitioner: bool,
    row: Row,
}

pub(super) async fn show_withdrawal<K: Kind>(person: Actor<K>, id: web::Path<Uuid>) -> PageResult
where
    Actor<K>: Participant,
{
    let (id, page, now) = (id.into_inner(), person.page(), person.app().clock.now());
    match answerable(&person.db(), &page, now, (id, Answer::Withdraw)).await? {
        Ok((row, _)) => {
            let template = WithdrawalPage {
                crumbs: crumbs::<K>(&page, &row),
                base: path_of::<K>(id),
                of_practitioner: K::SPACE == Space::Employee,
                row,
                page,
            };
            render(&template.page, &template)
        }
        Err(said) => Ok(see_other_with(&path_of::<K>(id), said)),
    }
}

/// Takes it back. The practitioner is asked whether they met: that is why one usually does.
pub(super) async fn withdraw<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    let withdrawn = person
        .db()
        .write(move |tx| withdraw_absence(tx, id))
        .await?;
    let next = match (withdrawn, K::SPACE) {
        (Ok(()), Space::Practitioner) => format!("{}/declaration", path_of::<K>(id)),
        _ => path_of::<K>(id),
    };
    let said = Answer::Withdraw.outcome(withdrawn, &person.page());
    Ok(see_other_with(&next, said))
}

/// The consultation whose other participant `step` would say was absent, or why it may not be said.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
async fn reportable<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    now: DateTime<Utc>,
    (id, step): (Uuid, Step),
) -> Result<Result<Row, Flash>, AppError> {
    let details = db.look(move |tx| P::details(tx, id)).await?;
    match details.plan()?.judge(step, P::ACTOR, now) {
        Ok(_) => Ok(Ok(Row::new(&details.line, page, now)?)),
        Err(why) => Ok(Err(outcome(step, Err(why), page))),
    }
}

/// What is done about an absence that was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It was not so, says the one of whom it was said.
    Contest,
    /// It was a mistake, says the one who said it.
    Withdraw,
    /// They met after all, says the practitioner.
    Declare,
}

impl Answer {
    fn judge<P: Participant>(self, absence: &Absence, now: DateTime<Utc>) -> Result<(), Objection> {
        match self {
            Self::Contest => absence.judge_contest(P::ACTOR, now),
            Self::Withdraw => absence.judge_withdrawal(P::ACTOR, now),
            Self::Declare => absence.judge_declaration(now),
        }
    }

    /// What to say after it was sent. A second click is answered like the first.
    pub(super) fn outcome(self, done: Result<(), Objection>, page: &PageContext) -> Flash {
        match done {
            Ok(()) | Err(Objection::Done) => Flash::success(match self {
                Self::Contest => "consultation-done-contest",
                Self::Withdraw => "consultation-done-withdrawal",
                Self::Declare => "consultation-done-declaration",
            }),
            Err(why) => objection(why, "consultation-too-early-absence", page),
        }
    }
}

/// The consultation about whose absence the reader may send this answer, or why not.
///
/// # Errors
/// `NotFound` for anybody else's consultation.
pub(super) async fn answerable<P: Participant>(
    db: &Db<P>,
    page: &PageContext,
    now: DateTime<Utc>,
    (id, answer): (Uuid, Answer),
) -> Result<Result<(Row, Details), Flash>, AppError> {
    let details = db.look(move |tx| P::details(tx, id)).await?;
    let judged = match details.absence()? {
        Some(absence) => answer.judge::<P>(&absence, now),
        None => Err(Objection::Status(details.line.status()?)),
    };
    match judged {
        Ok(()) => Ok(Ok((Row::new(&details.line, page, now)?, details))),
        Err(why) => Ok(Err(answer.outcome(Err(why), page))),
    }
}
