//! Taking back that the practitioner did not come.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{crumbs, path_of};
use crate::{
    consultation::{
        absence::{self, Answer},
        queries::absence::withdraw as withdraw_absence,
        screen::Row,
    },
    infra::{
        actor::{Employee, render, see_other_with},
        error::PageResult,
        form::{Form, Nothing},
        page::{Crumb, PageContext, filters},
    },
};

/// The question before an absence is taken back.
#[derive(Template)]
#[template(path = "consultation/employee/withdrawal.html")]
struct WithdrawalPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
}

pub(super) async fn show_withdrawal(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let (id, page, now) = (id.into_inner(), employee.page(), employee.app().clock.now());
    match absence::answerable(&employee.db(), &page, now, (id, Answer::Withdraw)).await? {
        Ok((row, _)) => {
            let template = WithdrawalPage {
                crumbs: crumbs(&page, &row),
                row,
                page,
            };
            render(&template.page, &template)
        }
        Err(said) => Ok(see_other_with(&path_of(id), said)),
    }
}

pub(super) async fn withdraw(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let withdrawn = employee
        .db()
        .write(move |tx| withdraw_absence(tx, id))
        .await?;
    let said = Answer::Withdraw.outcome(withdrawn, &employee.page());
    Ok(see_other_with(&path_of(id), said))
}
