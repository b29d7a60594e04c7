//! One piece of news: what it says, for whom, how many read it; and the steps of its life.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Days, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{HOME, home_crumb, path_of, post_crumbs};
use crate::{
    content::{
        model::{Status, WrongHour, publishing_hour},
        queries::{self, Post, Step, Stepped},
    },
    infra::{
        actor::{Hr, render, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        page::{Crumb, Flash, PageContext, filters},
    },
};

/// The hour that a form proposes.
const HOUR: &str = "09:00";

/// When to publish, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct HourForm {
    day: String,
    hour: String,
}

impl HourForm {
    /// What a page proposes: the hour that is set, or tomorrow morning.
    fn proposed(page: &PageContext, post: &Post, now: DateTime<Utc>) -> Self {
        let at = |moment: DateTime<Utc>| moment.with_timezone(&page.tz);
        match post.publish_at {
            Some(moment) => Self {
                day: at(moment).format("%Y-%m-%d").to_string(),
                hour: at(moment).format("%H:%M").to_string(),
            },
            None => Self {
                day: (at(now).date_naive() + Days::new(1)).to_string(),
                hour: HOUR.to_owned(),
            },
        }
    }
}

#[derive(Template)]
#[template(path = "content/hr/post.html")]
struct PostPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    post: Post,
    hour: HourForm,
    errors: FormErrors,
}

pub(super) async fn show_post(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    draw(&hr, id.into_inner(), None, FormErrors::default()).await
}

/// The page, with what was typed on it.
pub(super) async fn draw(
    hr: &Hr,
    id: Uuid,
    hour: Option<HourForm>,
    errors: FormErrors,
) -> PageResult {
    let post = hr.db().read(move |tx| queries::find(tx, id)).await?;
    let page = hr.page();
    let status = errors.status();
    let proposed = HourForm::proposed(&page, &post, hr.app().clock.now());
    let template = PostPage {
        crumbs: vec![home_crumb(&page)],
        hour: hour.unwrap_or(proposed),
        post,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn stepped(hr: &Hr, id: Uuid, step: Step, said: &'static str) -> PageResult {
    let stepped = hr.db().write(move |tx| queries::step(tx, id, step)).await?;
    match stepped {
        Stepped::Done => Ok(see_other_with(&path_of(id), Flash::success(said))),
        Stepped::Empty => {
            let mut errors = FormErrors::default();
            errors.add_form("news-step-empty");
            draw(hr, id, None, errors).await
        }
    }
}

pub(super) async fn publish(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    stepped(&hr, id.into_inner(), Step::Publish, "news-done-published").await
}

pub(super) async fn schedule(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(form): Form<HourForm>,
) -> PageResult {
    let id = id.into_inner();
    let (zone, now) = (hr.page().tz, hr.app().clock.now());
    match publishing_hour((&form.day, &form.hour), zone, now) {
        Ok(moment) => stepped(&hr, id, Step::Schedule(moment), "news-done-scheduled").await,
        Err(wrong) => {
            let mut errors = FormErrors::default();
            match wrong {
                WrongHour::NoSuchHour => errors.add("hour", "news-hour-none"),
                WrongHour::Past => errors.add("hour", "news-hour-past"),
                WrongHour::TooFar => errors.add("day", "news-hour-far"),
            }
            draw(&hr, id, Some(form), errors).await
        }
    }
}

pub(super) async fn withdraw(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    stepped(&hr, id.into_inner(), Step::Withdraw, "news-done-withdrawn").await
}

pub(super) async fn archive(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    stepped(&hr, id.into_inner(), Step::Archive, "news-done-archived").await
}

pub(super) async fn restore(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    stepped(&hr, id.into_inner(), Step::Restore, "news-done-restored").await
}

#[derive(Template)]
#[template(path = "content/hr/deletion.html")]
struct DeletionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    post: Post,
}

pub(super) async fn show_deletion(hr: Hr, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let post = hr.db().read(move |tx| queries::find(tx, id)).await?;
    if !post.status.may_go() {
        let said = Flash::info("news-step-refused");
        return Ok(see_other_with(&path_of(id), said));
    }
    let page = hr.page();
    let template = DeletionPage {
        crumbs: post_crumbs(&page, &post),
        post,
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn delete(
    hr: Hr,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    hr.db().write(move |tx| queries::delete(tx, id)).await?;
    Ok(see_other_with(HOME, Flash::success("news-done-deleted")))
}
