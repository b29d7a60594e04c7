//! Giving up an appointment.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{crumbs, path_of};
use crate::{
    booking::model::Actor,
    consultation::{
        model::Step,
        queries::{self, steps::take_step},
        screen::{Row, outcome},
    },
    infra::{
        actor::{Employee, render, see_other_with},
        error::PageResult,
        form::{Form, Nothing},
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
}

pub(super) async fn show_cancellation(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let details = employee
        .db()
        .read(move |tx| queries::employee_details(tx, id))
        .await?;
    let page = employee.page();
    let now = employee.app().clock.now();
    let plan = details.plan()?;
    if let Err(objection) = plan.judge(Step::Cancel, Actor::Employee, now) {
        let said = outcome(Step::Cancel, Err(objection), &page);
        return Ok(see_other_with(&path_of(id), said));
    }
    let row = Row::new(&details.line, &page, now)?;
    let template = CancellationPage {
        crumbs: crumbs(&page, &row),
        late: plan.is_late(now, details.notice()),
        notice_hours: details.notice_hours,
        may_move: !details.specialty.is_empty()
            && plan
                .judge_move(Actor::Employee, now, details.notice())
                .is_ok(),
        row,
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn cancel(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let taken = employee
        .db()
        .write(move |tx| take_step(tx, id, Step::Cancel))
        .await?;
    let said = outcome(Step::Cancel, taken, &employee.page());
    Ok(see_other_with(&path_of(id), said))
}
