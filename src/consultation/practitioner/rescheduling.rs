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
        actor::{Practitioner, render_status, see_other_with},
        error::PageResult,
        form::{Form, Query},
        page::{Crumb, Flash, PageContext, filters},
    },
};

#[derive(Template)]
#[template(path = "consultation/practitioner/rescheduling.html")]
struct ReschedulingPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    shown: Move,
}

pub(super) async fn choose(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Query(wish): Query<Wish>,
) -> PageResult {
    draw(&practitioner, id.into_inner(), wish, None).await
}

async fn draw(
    practitioner: &Practitioner,
    id: Uuid,
    wish: Wish,
    refused: Option<Refusal>,
) -> PageResult {
    let page = practitioner.page();
    let now: DateTime<Utc> = practitioner.app().clock.now();
    let asked = Asked {
        id,
        base: path_of(id),
        wish,
        refused,
    };
    match rescheduling::show(&practitioner.db(), &page, now, asked).await? {
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
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(wish): Form<Wish>,
) -> PageResult {
    let id = id.into_inner();
    let Some(start) = wish.start() else {
        return draw(&practitioner, id, wish.unreadable(), None).await;
    };
    let page = practitioner.page();
    match rescheduling::send(&practitioner.db(), &page, id, start).await? {
        Moved::Done => Ok(see_other_with(
            &path_of(id),
            Flash::success("consultation-done-reschedule"),
        )),
        Moved::Refused(said) => Ok(see_other_with(&path_of(id), said)),
        Moved::Again(refusal) => draw(&practitioner, id, wish, Some(refusal)).await,
    }
}
