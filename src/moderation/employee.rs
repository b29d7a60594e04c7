//! The employee's say: a review of a completed consultation, a report of any.

use actix_web::web;
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{Rating, Words},
    queries::{self, OwnReview},
    report::{self, Subject, path_of},
};
use crate::{
    booking::model::Status,
    consultation::queries::employee_details,
    infra::{
        actor::{Employee, kinds, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors},
        page::{Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
    },
};

/// Whose pages these are.
type Side = kinds::Employee;

/// Mounts the employee's pages of this domain.
pub fn routes(scope: &mut RoleScope<Employee>) {
    scope
        .get("/consultations/{id}/review", show_review)
        .post("/consultations/{id}/review", review)
        .get("/consultations/{id}/report", report::show_report::<Side>)
        .post("/consultations/{id}/report", report::send_report::<Side>);
}

/// A review, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ReviewForm {
    rating: String,
    comment: String,
}

impl ReviewForm {
    /// # Errors
    /// What is wrong with it.
    fn read(&self) -> Result<(Rating, Option<Words>), FormErrors> {
        let mut errors = FormErrors::default();
        let rating = self.rating.parse();
        if rating.is_err() {
            errors.add("rating", "moderation-review-rating-missing");
        }
        let comment = report::words(&self.comment, "comment", &mut errors);
        match rating {
            Ok(rating) if errors.is_empty() => Ok((rating, comment)),
            _ => Err(errors),
        }
    }
}

#[derive(Template)]
#[template(path = "moderation/employee/review.html")]
struct ReviewPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    subject: Subject,
    form: ReviewForm,
    errors: FormErrors,
}

/// What to say of a consultation that cannot be reviewed, or not again.
fn not_reviewable(status: Status, review: Option<OwnReview>) -> Option<Flash> {
    match (status, review) {
        (_, Some(_)) => Some(Flash::info("moderation-review-already")),
        (Status::Completed, None) => None,
        (_, None) => Some(Flash::warning("moderation-review-not-yet")),
    }
}

async fn show_review(employee: Employee, id: web::Path<Uuid>) -> PageResult {
    let sent = (ReviewForm::default(), FormErrors::default());
    draw_review(&employee, id.into_inner(), sent).await
}

async fn draw_review(
    employee: &Employee,
    id: Uuid,
    (form, errors): (ReviewForm, FormErrors),
) -> PageResult {
    let (details, review) = employee
        .db()
        .read(move |tx| {
            Ok::<_, AppError>((employee_details(tx, id)?, queries::own_review(tx, id)?))
        })
        .await?;
    if let Some(said) = not_reviewable(details.line.status()?, review) {
        return Ok(see_other_with(&path_of::<Side>(id), said));
    }
    let page = employee.page();
    let subject = Subject::new(&details, &page)?;
    let status = errors.status();
    let template = ReviewPage {
        crumbs: subject.crumbs::<Side>(&page),
        subject,
        form,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

async fn review(
    employee: Employee,
    id: web::Path<Uuid>,
    Form(form): Form<ReviewForm>,
) -> PageResult {
    let id = id.into_inner();
    let (rating, comment) = match form.read() {
        Ok(read) => read,
        Err(errors) => return draw_review(&employee, id, (form, errors)).await,
    };
    let said = employee
        .db()
        .write(move |tx| {
            let details = employee_details(tx, id)?;
            if queries::submit_review(tx, id, rating, comment.as_ref())? {
                return Ok(Flash::success("moderation-review-done"));
            }
            let review = queries::own_review(tx, id)?;
            Ok::<_, AppError>(
                not_reviewable(details.line.status()?, review)
                    .unwrap_or_else(|| Flash::info("moderation-review-already")),
            )
        })
        .await?;
    Ok(see_other_with(&path_of::<Side>(id), said))
}
