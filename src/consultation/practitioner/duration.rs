//! Correcting the times of what the system ended, or of what the employee contests.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use uuid::Uuid;

use super::Side;
use crate::{
    consultation::{
        model::{
            Objection,
            duration::{BadTimes, CorrectionReason, Declared, Times, nearest},
        },
        queries::durations,
        screen::{Row, crumbs, objection, path_of},
    },
    infra::{
        actor::{Practitioner, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n::{self, Message},
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
};

/// Times of the practitioner's clock, as they are sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CorrectionForm {
    started: String,
    ended: String,
    reason: String,
}

fn clock(zone: Tz, at: DateTime<Utc>) -> String {
    at.with_timezone(&zone).format("%H:%M").to_string()
}

impl CorrectionForm {
    fn of(times: Times, zone: Tz) -> Self {
        Self {
            started: clock(zone, times.started_at),
            ended: clock(zone, times.ended_at),
            reason: String::new(),
        }
    }

    /// The instants meant. A time left as it was shown keeps its seconds.
    fn read(
        &self,
        declared: &Declared,
        (page, now): (&PageContext, DateTime<Utc>),
    ) -> Result<(Times, CorrectionReason), FormErrors> {
        let mut errors = FormErrors::default();
        let zone = page.tz;
        let mut instant = |field, text: &str, before: DateTime<Utc>| {
            if text == clock(zone, before) {
                return Some(before);
            }
            let read = NaiveTime::parse_from_str(text, "%H:%M")
                .ok()
                .and_then(|time| nearest(zone, before, time));
            if read.is_none() {
                errors.add(field, "consultation-correct-malformed");
            }
            read
        };
        let started_at = instant("started", &self.started, declared.times.started_at);
        let ended_at = instant("ended", &self.ended, declared.times.ended_at);
        let reason = CorrectionReason::parse(&self.reason);
        if reason.is_none() {
            errors.add("reason", "consultation-correct-no-reason");
        }
        let times = started_at
            .zip(ended_at)
            .map(|(started_at, ended_at)| Times {
                started_at,
                ended_at,
            });
        if let Some(Err(bad)) = times.map(|times| declared.check(times, now)) {
            let at = |key, moment| {
                Message::new(key).with("time", i18n::date_time(page.locale, zone, moment))
            };
            match bad {
                BadTimes::Backwards => errors.add("ended", "consultation-correct-backwards"),
                BadTimes::Early(at_first) => {
                    errors.add("started", at("consultation-correct-early", at_first));
                }
                BadTimes::Late(at_last) => {
                    errors.add("ended", at("consultation-correct-late", at_last));
                }
            }
        }
        match (times, reason) {
            (Some(times), Some(reason)) if errors.is_empty() => Ok((times, reason)),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "consultation/practitioner/duration.html")]
struct CorrectionPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    declared: Declared,
    until: DateTime<Utc>,
    /// Seconds, says the employee.
    claimed: Option<i32>,
    reasons: Vec<Choice>,
    form: CorrectionForm,
    errors: FormErrors,
}

pub(super) async fn show_correction(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    draw(&practitioner, id.into_inner(), None).await
}

async fn draw(
    practitioner: &Practitioner,
    id: Uuid,
    sent: Option<(CorrectionForm, FormErrors)>,
) -> PageResult {
    let (details, dispute, declared) = practitioner
        .db()
        .look(move |tx| durations::declared(tx, id))
        .await?;
    let (page, now) = (practitioner.page(), practitioner.app().clock.now());
    let judged = declared.and_then(|declared| {
        declared.judge_correction(now)?;
        Ok(declared)
    });
    let declared = match judged {
        Ok(declared) => declared,
        Err(why) => return Ok(see_other_with(&path_of::<Side>(id), refused(why, &page))),
    };
    let row = Row::new(&details.line, &page, now)?;
    let (form, errors) = sent.unwrap_or_else(|| {
        (
            CorrectionForm::of(declared.times, page.tz),
            FormErrors::default(),
        )
    });
    let status = errors.status();
    let template = CorrectionPage {
        crumbs: crumbs::<Side>(&page, &row),
        row,
        until: declared.correction_closes_at(),
        declared,
        claimed: dispute.claimed_seconds,
        reasons: CorrectionReason::ALL
            .iter()
            .map(|reason| Choice::new(reason.as_str(), i18n::text(page.locale, reason.label_key())))
            .collect(),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

fn refused(why: Objection, page: &PageContext) -> Flash {
    objection(why, "consultation-too-early", page)
}

pub(super) async fn correct(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<CorrectionForm>,
) -> PageResult {
    let id = id.into_inner();
    let (page, now) = (practitioner.page(), practitioner.app().clock.now());
    let (_, _, declared) = practitioner
        .db()
        .look(move |tx| durations::declared(tx, id))
        .await?;
    let (times, reason) = match declared {
        Err(why) => return Ok(see_other_with(&path_of::<Side>(id), refused(why, &page))),
        Ok(declared) => match form.read(&declared, (&page, now)) {
            Ok(read) => read,
            Err(errors) => return draw(&practitioner, id, Some((form, errors))).await,
        },
    };
    let corrected = practitioner
        .db()
        .write(move |tx| durations::correct(tx, id, times, reason))
        .await?;
    let said = match corrected {
        Ok(()) => Flash::success("consultation-done-correct"),
        Err(why) => refused(why, &page),
    };
    Ok(see_other_with(&path_of::<Side>(id), said))
}
