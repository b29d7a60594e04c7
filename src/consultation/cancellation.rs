//! Giving up an appointment: with a word for the other if the employee likes, with a reason if it is the
//! practitioner.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{
    model::Step,
    queries::{Participant, steps::take_step},
    screen::{ReasonForm, Row, crumbs, outcome, path_of},
};
use crate::infra::{
    actor::{Actor, Kind, render_status, see_other_with},
    error::PageResult,
    form::{Form, FormErrors},
    page::{Crumb, PageContext, Space, filters},
};

#[derive(Template)]
#[template(path = "consultation/cancellation.html")]
struct CancellationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    base: String,
    by_employee: bool,
    row: Row,
    /// By the employee, with less than the notice, which is so many hours.
    late: bool,
    notice_hours: i32,
    may_move: bool,
    form: ReasonForm,
    errors: FormErrors,
}

pub(super) async fn show_cancellation<K: Kind>(person: Actor<K>, id: web::Path<Uuid>) -> PageResult
where
    Actor<K>: Participant,
{
    draw(&person, id.into_inner(), Default::default()).await
}

async fn draw<K: Kind>(
    person: &Actor<K>,
    id: Uuid,
    (form, errors): (ReasonForm, FormErrors),
) -> PageResult
where
    Actor<K>: Participant,
{
    let details = person
        .db()
        .look(move |tx| <Actor<K>>::details(tx, id))
        .await?;
    let (page, now) = (person.page(), person.app().clock.now());
    let (plan, actor) = (details.plan()?, <Actor<K>>::ACTOR);
    if let Err(objection) = plan.judge(Step::Cancel, actor, now) {
        let said = outcome(Step::Cancel, Err(objection), &page);
        return Ok(see_other_with(&path_of::<K>(id), said));
    }
    let by_employee = K::SPACE == Space::Employee;
    // A practitioner who left the directory takes no more times.
    let is_listed = !by_employee || !details.specialty.is_empty();
    let moves = plan.judge_move(actor, now, details.notice());
    let row = Row::new(&details.line, &page, now)?;
    let status = errors.status();
    let template = CancellationPage {
        crumbs: crumbs::<K>(&page, &row),
        base: path_of::<K>(id),
        by_employee,
        late: by_employee && plan.is_late(now, details.notice()),
        notice_hours: details.notice_hours,
        may_move: is_listed && moves.is_ok(),
        form,
        errors,
        row,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn cancel<K: Kind>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let id = id.into_inner();
    let read = match K::SPACE {
        Space::Employee => form.read(),
        _ => form.must_read().map(Some),
    };
    let reason = match read {
        Ok(reason) => reason,
        Err(errors) => return draw(&person, id, (form, errors)).await,
    };
    let taken = person
        .db()
        .write(move |tx| take_step(tx, id, Step::Cancel, reason.as_ref()))
        .await?;
    let said = outcome(Step::Cancel, taken, &person.page());
    Ok(see_other_with(&path_of::<K>(id), said))
}
