//! Giving up a consultation, with a reason for the other.

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
        actor::{Practitioner, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        page::{Crumb, PageContext, filters},
    },
};

#[derive(Template)]
#[template(path = "consultation/practitioner/cancellation.html")]
struct CancellationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    may_move: bool,
    form: ReasonForm,
    errors: FormErrors,
}

pub(super) async fn show_cancellation(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
) -> PageResult {
    let (form, errors) = (ReasonForm::default(), FormErrors::default());
    draw(&practitioner, id.into_inner(), form, errors).await
}

async fn draw(
    practitioner: &Practitioner,
    id: Uuid,
    form: ReasonForm,
    errors: FormErrors,
) -> PageResult {
    let details = practitioner
        .db()
        .read(move |tx| Practitioner::details(tx, id))
        .await?;
    let page = practitioner.page();
    let now = practitioner.app().clock.now();
    let plan = details.plan()?;
    if let Err(objection) = plan.judge(Step::Cancel, Actor::Practitioner, now) {
        let said = outcome(Step::Cancel, Err(objection), &page);
        return Ok(see_other_with(&path_of(id), said));
    }
    let row = Row::new(&details.line, &page, now)?;
    let status = errors.status();
    let moves = plan.judge_move(Actor::Practitioner, now, details.notice());
    let template = CancellationPage {
        crumbs: crumbs(&page, &row),
        may_move: moves.is_ok(),
        form,
        errors,
        row,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn cancel(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> PageResult {
    let id = id.into_inner();
    let reason = match form.must_read() {
        Ok(reason) => reason,
        Err(errors) => return draw(&practitioner, id, form, errors).await,
    };
    let taken = practitioner
        .db()
        .write(move |tx| take_step(tx, id, Step::Cancel, Some(&reason)))
        .await?;
    let said = outcome(Step::Cancel, taken, &practitioner.page());
    Ok(see_other_with(&path_of(id), said))
}
