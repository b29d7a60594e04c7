//! Moving an appointment to another time.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{crumbs, path_of};
use crate::{
    booking::slots::Refusal,
    consultation::rescheduling::{self, Asked, Move, Moved, Wish},
    infra::{
        actor::{Employee, render_status, see_other_with},
        error::PageResult,
        form::{Form, Query},
        page::{Crumb, Flash, PageContext, filters},
    },
};

#[derive(Template)]
#[template(path = "consultation/employee/rescheduling.html")]
struct ReschedulingPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    shown: Move,
}

pub(super) async fn choose(
    employee: Employee,
    id: web::Path<Uuid>,
    Query(wish): Query<Wish>,
) -> PageResult {
    draw(&employee, id.into_inner(), wish, None).await
}

async fn draw(employee: &Employee, id: Uuid, wish: Wish, refused: Option<Refusal>) -> PageResult {
    let page = employee.page();
    let now: DateTime<Utc> = employee.app().clock.now();
    let asked = Asked {
        id,
        base: path_of(id),
        wish,
        refused,
    };
    match rescheduling::show(&employee.db(), &page, now, asked).await? {
        Ok(shown) => {
            let template = ReschedulingPage {
                crumbs: crumbs(&page, &shown.row),
                shown,
                page,
            };
            render_status(&template.page, &template, template.shown.status())
        }
        Err(said) => Ok(see_other_with(&path_of(id), said)),
    }
}

pub(super) async fn reschedule(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(wish): Form<Wish>,
) -> PageResult {
    let id = id.into_inner();
    let Some(start) = wish.start() else {
        return draw(&employee, id, wish.unreadable(), None).await;
    };
    let page = employee.page();
    match rescheduling::send(&employee.db(), &page, id, start).await? {
        Moved::Done => Ok(see_other_with(
            &path_of(id),
            Flash::success("consultation-done-reschedule"),
        )),
        Moved::Refused(said) => Ok(see_other_with(&path_of(id), said)),
        Moved::Again(refusal) => draw(&employee, id, wish, Some(refusal)).await,
    }
}
