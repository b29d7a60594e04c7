//! The practitioner's say: a report of a problem.

use actix_web::web;
use askama::Template;
use uuid::Uuid;

use super::report::{self, ReportForm, Subject};
use crate::infra::{
    actor::{Practitioner, render_status, see_other_with},
    error::PageResult,
    form::{Form, FormErrors},
    page::{Choice, Crumb, PageContext, filters},
    role_scope::RoleScope,
};

const LIST: &str = "/practitioner/consultations";

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/consultations/{id}/report", show_report)
        .post("/consultations/{id}/report", send_report);
}

fn path_of(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

#[derive(Template)]
#[template(path = "moderation/practitioner/report.html")]
struct ReportPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    subject: Subject,
    categories: Vec<Choice>,
    form: ReportForm,
    errors: FormErrors,
}

async fn show_report(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let sent = (ReportForm::default(), FormErrors::default());
    draw_report(&practitioner, id.into_inner(), sent).await
}

async fn draw_report(
    practitioner: &Practitioner,
    id: Uuid,
    (form, errors): (ReportForm, FormErrors),
) -> PageResult {
    let page = practitioner.page();
    let subject = match report::subject(&practitioner.db(), &page, id).await? {
        Ok(subject) => subject,
        Err(said) => return Ok(see_other_with(&path_of(id), said)),
    };
    let status = errors.status();
    let template = ReportPage {
        crumbs: subject.crumbs(&page, LIST, "consultation-practice-title"),
        subject,
        categories: report::categories(&page),
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn send_report(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    Form(form): Form<ReportForm>,
) -> PageResult {
    let id = id.into_inner();
    match form.read() {
        Ok((category, details)) => {
            let said = report::send(&practitioner.db(), id, category, details).await?;
            Ok(see_other_with(&path_of(id), said))
        }
        Err(errors) => draw_report(&practitioner, id, (form, errors)).await,
    }
}
