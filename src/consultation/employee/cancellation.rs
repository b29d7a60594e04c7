//! Giving up an appointment, with a word for the other.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{crumbs, path_of};
use crate::{
    booking::model::Actor,
    consultation::{
        model::Step,
        queries::{Participant as _, steps::take_step},
        screen::{ReasonForm, Row, outcome},
    },
    infra::{
        actor::{Employee, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        page::{Crumb, PageContext, filters},
    },
};

#[derive(Template)]
#[template(path = "consultation/employee/cancellation.html")]
struct CancellationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    /// With less than the notice, which is so many hours.
    late: bool,
    notice_hours: i32,
    may_move: bool,
    form: ReasonForm,
    errors: FormErrors,
}

pub(super) async fn show_cancellation(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let (form, errors) = (ReasonForm::default(), FormErrors::default());
    draw(&employee, id.into_inner(), form, errors).await
}

async fn draw(employee: &Employee, id: Uuid, form: ReasonForm, errors: FormErrors) -> PageResult {
    let details = employee
        .db()
        .read(move |tx| Employee::details(tx, id))
        .await?;
    let page = employee.page();
    let now = employee.app().clock.now();
    let plan = details.plan()?;
    if let Err(objection) = plan.judge(Step::Cancel, Actor::Employee, now) {
        let said = outcome(Step::Cancel, Err(objection), &page);
        return Ok(see_other_with(&path_of(id), said));
    }
    let row = Row::new(&details.line, &page, now)?;
    let status = errors.status();
    let moves = plan.judge_move(Actor::Employee, now, details.notice());
    let template = CancellationPage {
        crumbs: crumbs(&page, &row),
        late: plan.is_late(now, details.notice()),
        notice_hours: details.notice_hours,
        may_move: !details.specialty.is_empty() && moves.is_ok(),
        form,
        errors,
        row,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn cancel(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> PageResult {
    let id = id.into_inner();
    let reason = match form.read() {
        Ok(reason) => reason,
        Err(errors) => return draw(&employee, id, form, errors).await,
    };
    let taken = employee
        .db()
        .write(move |tx| take_step(tx, id, Step::Cancel, reason.as_ref()))
        .await?;
    let said = outcome(Step::Cancel, taken, &employee.page());
    Ok(see_other_with(&path_of(id), said))
}
