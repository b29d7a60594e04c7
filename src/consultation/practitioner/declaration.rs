//! The times of those who met after all: what was an absence becomes a consultation.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, NaiveTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::Side;
use crate::{
    consultation::{
        absence::{self, Answer},
        model::{Plan, Times, WrongTimes},
        queries::{absence::declare as declare_times, practitioner_details},
        screen::{Row, crumbs, path_of},
    },
    infra::{
        actor::{Practitioner, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{self, Message},
        page::{Crumb, PageContext, filters},
    },
};

/// The hours of the clock at which the two met, as they are typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TimesForm {
    started: String,
    ended: String,
}

/// When did you meet?
#[derive(Template)]
#[template(path = "consultation/practitioner/declaration.html")]
struct DeclarationPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    /// From when, and until when, a consultation of that plan can have been.
    range: (DateTime<Utc>, DateTime<Utc>),
    until: Option<DateTime<Utc>>,
    form: TimesForm,
    errors: FormErrors,
}

pub(super) async fn show_declaration(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
) -> PageResult {
    draw_declaration(&practitioner, id.into_inner(), None).await
}

async fn draw_declaration(
    practitioner: &Practitioner,
    id: Uuid,
    sent: Option<(TimesForm, FormErrors)>,
) -> PageResult {
    let (page, now) = (practitioner.page(), practitioner.app().clock.now());
    let found = absence::answerable(&practitioner.db(), &page, now, (id, Answer::Declare)).await?;
    let (row, details) = match found {
        Ok(found) => found,
        Err(said) => return Ok(see_other_with(&path_of::<Side>(id), said)),
    };
    let plan = details.plan()?;
    // What was planned is the likeliest; what was started was written down.
    let (form, errors) = sent.unwrap_or_else(|| {
        let clock = |at: DateTime<Utc>| at.with_timezone(&page.tz).format("%H:%M").to_string();
        let form = TimesForm {
            started: clock(details.started_at.unwrap_or(plan.starts_at)),
            ended: clock(plan.ends_at),
        };
        (form, FormErrors::default())
    });
    let status = errors.status();
    let template = DeclarationPage {
        crumbs: crumbs::<Side>(&page, &row),
        row,
        range: (plan.opens_at(), plan.closes_at().min(now)),
        until: details
            .absence()?
            .and_then(|absence| absence.declarable_until()),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

impl TimesForm {
    /// # Errors
    /// What is wrong with it.
    fn read(
        &self,
        plan: &Plan,
        page: &PageContext,
        now: DateTime<Utc>,
    ) -> Result<Times, FormErrors> {
        let mut errors = FormErrors::default();
        let mut time = |field, text: &str| {
            let time = NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
            if time.is_none() {
                errors.add(field, "consultation-declaration-no-time");
            }
            time
        };
        let (started, ended) = (time("started", &self.started), time("ended", &self.ended));
        let (Some(started), Some(ended)) = (started, ended) else {
            return Err(errors);
        };
        Times::around(plan, page.tz, (started, ended), now).map_err(|wrong| {
            let clock = |at| i18n::time(page.locale, page.tz, at);
            let (field, key) = match wrong {
                WrongTimes::Start => ("started", "consultation-declaration-wrong-start"),
                WrongTimes::End => ("ended", "consultation-declaration-wrong-end"),
            };
            let message = Message::new(key)
                .with("from", clock(plan.opens_at()))
                .with("until", clock(plan.closes_at().min(now)));
            errors.add(field, message);
            errors
        })
    }
}

pub(super) async fn declare(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<TimesForm>,
) -> PageResult {
    let (id, page) = (id.into_inner(), practitioner.page());
    let now = practitioner.app().clock.now();
    let details = practitioner
        .db()
        .look(move |tx| practitioner_details(tx, id))
        .await?;
    let times = match form.read(&details.plan()?, &page, now) {
        Ok(times) => times,
        Err(errors) => return draw_declaration(&practitioner, id, Some((form, errors))).await,
    };
    let declared = practitioner
        .db()
        .write(move |tx| declare_times(tx, id, times))
        .await?;
    let said = Answer::Declare.outcome(declared, &page);
    Ok(see_other_with(&path_of::<Side>(id), said))
}
