//! Saying that the other did not come, and answering when it was said of oneself.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::{crumbs, path_of};
use crate::{
    consultation::{
        absence::{self, Answer},
        model::Step,
        queries::{absence::contest as contest_absence, steps::take_step},
        screen::{ReasonForm, Row, outcome},
    },
    infra::{
        actor::{Practitioner, render_status, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        page::{Crumb, PageContext, filters},
    },
};

/// What this side says of the other.
const REPORT: Step = Step::ReportNoShow;

/// The question before an absence is reported, or contested.
#[derive(Template)]
#[template(path = "consultation/practitioner/absence.html")]
struct AbsencePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    row: Row,
    /// Contesting what the other said; else saying it of the other.
    contests: bool,
    form: ReasonForm,
    errors: FormErrors,
}

fn draw(
    page: PageContext,
    row: Row,
    contests: bool,
    (form, errors): (ReasonForm, FormErrors),
) -> PageResult {
    let status = errors.status();
    let template = AbsencePage {
        crumbs: crumbs(&page, &row),
        row,
        contests,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

pub(super) async fn show_no_show(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let (id, page, now) = (
        id.into_inner(),
        practitioner.page(),
        practitioner.app().clock.now(),
    );
    match absence::reportable(&practitioner.db(), &page, now, (id, REPORT)).await? {
        Ok(row) => draw(page, row, false, Default::default()),
        Err(said) => Ok(see_other_with(&path_of(id), said)),
    }
}

pub(super) async fn report(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    let taken = practitioner
        .db()
        .write(move |tx| take_step(tx, id, REPORT, None))
        .await?;
    let said = outcome(REPORT, taken, &practitioner.page());
    Ok(see_other_with(&path_of(id), said))
}

pub(super) async fn show_contestation(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
) -> PageResult {
    let (form, errors) = (ReasonForm::default(), FormErrors::default());
    draw_contestation(&practitioner, id.into_inner(), form, errors).await
}

async fn draw_contestation(
    practitioner: &Practitioner,
    id: Uuid,
    form: ReasonForm,
    errors: FormErrors,
) -> PageResult {
    let (page, now) = (practitioner.page(), practitioner.app().clock.now());
    match absence::answerable(&practitioner.db(), &page, now, (id, Answer::Contest)).await? {
        Ok((row, _)) => draw(page, row, true, (form, errors)),
        Err(said) => Ok(see_other_with(&path_of(id), said)),
    }
}

pub(super) async fn contest(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<ReasonForm>,
) -> PageResult {
    let id = id.into_inner();
    let reason = match form.must_read() {
        Ok(reason) => reason,
        Err(errors) => return draw_contestation(&practitioner, id, form, errors).await,
    };
    let contested = practitioner
        .db()
        .write(move |tx| contest_absence(tx, id, &reason))
        .await?;
    let said = Answer::Contest.outcome(contested, &practitioner.page());
    Ok(see_other_with(&path_of(id), said))
}
