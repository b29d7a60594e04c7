//! Saying that a consultation lasted otherwise than was declared.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::Side;
use crate::{
    consultation::{
        model::{
            Objection,
            duration::{Claim, ContestReason},
        },
        queries::durations,
        screen::{Row, crumbs, objection, path_of},
    },
    infra::{
        actor::{Employee, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors},
        i18n,
        page::{Choice, Crumb, Flash, PageContext, filters},
    },
};

/// What the employee says, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ClaimForm {
    minutes: String,
    reason: String,
}

impl ClaimForm {
    fn read(&self) -> Result<Claim, FormErrors> {
        let mut errors = FormErrors::default();
        let seconds = Claim::seconds_of(&self.minutes);
        if seconds.is_none() {
            errors.add("minutes", "consultation-claim-malformed");
        }
        let reason = ContestReason::parse(&self.reason);
        if reason.is_none() {
            errors.add("reason", "consultation-claim-no-reason");
        }
        match (seconds, reason) {
            (Some(seconds), Some(reason)) => Ok(Claim { seconds, reason }),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "consultation/employee/duration.html")]
struct ClaimPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    started_at: DateTime<Utc>,
    ended_at: DateTime<Utc>,
    until: DateTime<Utc>,
    reasons: Vec<Choice>,
    form: ClaimForm,
    errors: FormErrors,
}

pub(super) async fn show_claim(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let (form, errors) = (ClaimForm::default(), FormErrors::default());
    draw(&employee, id.into_inner(), form, errors).await
}

async fn draw(employee: &Employee, id: Uuid, form: ClaimForm, errors: FormErrors) -> PageResult {
    let (details, _, declared) = employee
        .db()
        .read(move |tx| durations::declared(tx, id))
        .await?;
    let (page, now) = (employee.page(), employee.app().clock.now());
    let judged = declared.and_then(|declared| {
        declared.judge_contest(now)?;
        Ok(declared)
    });
    let declared = match judged {
        Ok(declared) => declared,
        Err(why) => {
            return Ok(see_other_with(
                &path_of::<Side>(id),
                answered(Err(why), &page),
            ));
        }
    };
    let row = Row::new(&details.line, &page, now)?;
    let status = errors.status();
    let template = ClaimPage {
        crumbs: crumbs::<Side>(&page, &row),
        row,
        started_at: declared.times.started_at,
        ended_at: declared.times.ended_at,
        until: declared.contest_closes_at(),
        reasons: ContestReason::ALL
            .iter()
            .map(|reason| Choice::new(reason.as_str(), i18n::text(page.locale, reason.label_key())))
            .collect(),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

/// A second click is answered like the first.
fn answered(contested: Result<(), Objection>, page: &PageContext) -> Flash {
    match contested {
        Ok(()) | Err(Objection::Done) => Flash::success("consultation-done-claim"),
        Err(why) => objection(why, "consultation-too-early", page),
    }
}

pub(super) async fn claim(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(form): Form<ClaimForm>,
) -> PageResult {
    let id = id.into_inner();
    let claim = match form.read() {
        Ok(claim) => claim,
        Err(errors) => return draw(&employee, id, form, errors).await,
    };
    let contested = employee
        .db()
        .write(move |tx| durations::contest(tx, id, claim))
        .await?;
    let said = answered(contested, &employee.page());
    Ok(see_other_with(&path_of::<Side>(id), said))
}
