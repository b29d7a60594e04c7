//! `/admin/moderation`: what waits for a decision. The screen knows the practitioner, and nobody else.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::{Category, Refusal},
    queries::{self, Named, OpenReport, PendingReview, Submitted, Waiting},
};
use crate::{
    infra::{
        actor::{Admin, render_status, see_other_with},
        error::{AppError, PageResult},
        form::{Form, FormErrors, Nothing, Query},
        i18n,
        page::{Choice, Flash, PageContext, Pagination, Tab, filters},
        role_scope::RoleScope,
    },
    practitioners::model::full_name,
};

const REVIEWS: &str = "/admin/moderation";
const REPORTS: &str = "/admin/moderation?tab=reports";

/// Mounts the platform admin's pages of this domain.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope
        .get("/moderation", show)
        .post("/moderation/reviews/{id}/publication", publish)
        .post("/moderation/reviews/{id}/refusal", refuse)
        .post("/moderation/reports/{id}/closing", close);
}

/// Which list, and which page of it.
#[derive(Default, Deserialize)]
struct ListQuery {
    tab: Option<String>,
    page: Option<String>,
}

/// A review or a report, in the reader's words.
struct Entry {
    id: Uuid,
    practitioner: String,
    at: DateTime<Utc>,
    /// Stars, of a review.
    rating: i16,
    /// Of a report.
    category_key: &'static str,
    urgent: bool,
    by_practitioner: bool,
    /// What was written; `Some(None)` when it cannot be read.
    words: Option<Option<String>>,
}

fn name(named: &Named) -> String {
    full_name(&named.title, &named.first_name, &named.last_name)
}

fn readable(words: Submitted) -> Option<Option<String>> {
    words.map(Result::ok)
}

impl From<PendingReview> for Entry {
    fn from(review: PendingReview) -> Self {
        Self {
            id: review.id,
            practitioner: name(&review.practitioner),
            at: review.created_at,
            rating: review.rating,
            category_key: "",
            urgent: false,
            by_practitioner: false,
            words: readable(review.comment),
        }
    }
}

impl From<OpenReport> for Entry {
    fn from(report: OpenReport) -> Self {
        let category = report.category.parse().unwrap_or(Category::Other);
        Self {
            id: report.id,
            practitioner: name(&report.practitioner),
            at: report.created_at,
            rating: 0,
            category_key: category.label_key(),
            urgent: category == Category::Safety,
            by_practitioner: report.by_practitioner,
            words: readable(report.details),
        }
    }
}

/// The refusal of a review, as it is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RefusalForm {
    refusal: String,
}

#[derive(Template)]
#[template(path = "moderation/admin/list.html")]
struct ModerationPage {
    page: PageContext,
    tabs: Vec<Tab>,
    reports: bool,
    entries: Vec<Entry>,
    pages: Pagination,
    refusals: Vec<Choice>,
    /// The review whose refusal has to be corrected.
    refused: Option<Uuid>,
    errors: FormErrors,
}

impl ModerationPage {
    /// Whether this is the review whose refusal has to be corrected.
    fn corrects(&self, entry: &Entry) -> bool {
        self.refused == Some(entry.id)
    }
}

async fn show(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    draw(&admin, &query, None, FormErrors::default()).await
}

async fn draw(
    admin: &Admin,
    query: &ListQuery,
    refused: Option<Uuid>,
    errors: FormErrors,
) -> PageResult {
    let page = admin.page();
    let reports = query.tab.as_deref() == Some("reports");
    let number = query.page.as_deref().and_then(|text| text.parse().ok());
    let address = match refused {
        Some(_) => REVIEWS.to_owned(),
        None => page.path.clone(),
    };
    let (waiting, pages, entries) = admin
        .db()
        .look(move |tx| {
            let waiting = queries::waiting(tx)?;
            let total = if reports {
                waiting.reports
            } else {
                waiting.reviews
            };
            let pages = Pagination::new(number.unwrap_or(1), total, &address);
            let (offset, limit) = (pages.offset(), pages.limit());
            let entries: Vec<Entry> = if reports {
                let lines = queries::open_reports(tx, offset, limit)?;
                lines.into_iter().map(Entry::from).collect()
            } else {
                let lines = queries::pending_reviews(tx, offset, limit)?;
                lines.into_iter().map(Entry::from).collect()
            };
            Ok::<_, AppError>((waiting, pages, entries))
        })
        .await?;
    let status = errors.status();
    let template = ModerationPage {
        tabs: tabs(&page, waiting, reports),
        reports,
        entries,
        pages,
        refusals: Refusal::ALL
            .iter()
            .map(|refusal| {
                let label = i18n::text(page.locale, refusal.label_key());
                Choice::new(refusal.as_str(), label)
            })
            .collect(),
        refused,
        errors,
        page,
    };
    render_status(&template.page, &template, status)
}

fn tabs(page: &PageContext, waiting: Waiting, reports: bool) -> Vec<Tab> {
    let text = |key| i18n::text(page.locale, key);
    vec![
        Tab::new(REVIEWS, text("moderation-tab-reviews"), !reports).count(waiting.reviews),
        Tab::new(REPORTS, text("moderation-tab-reports"), reports).count(waiting.reports),
    ]
}

async fn publish(admin: Admin, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    admin.db().write(move |tx| queries::publish(tx, id)).await?;
    Ok(see_other_with(
        REVIEWS,
        Flash::success("moderation-done-published"),
    ))
}

async fn refuse(admin: Admin, id: web::Path<Uuid>, Form(form): Form<RefusalForm>) -> PageResult {
    let id = id.into_inner();
    let Ok(refusal) = form.refusal.parse::<Refusal>() else {
        let mut errors = FormErrors::default();
        errors.add("refusal", "moderation-refusal-missing");
        return draw(&admin, &ListQuery::default(), Some(id), errors).await;
    };
    admin
        .db()
        .write(move |tx| queries::refuse(tx, id, refusal))
        .await?;
    Ok(see_other_with(
        REVIEWS,
        Flash::success("moderation-done-refused"),
    ))
}

async fn close(admin: Admin, id: web::Path<Uuid>, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let id = id.into_inner();
    admin.db().write(move |tx| queries::close(tx, id)).await?;
    Ok(see_other_with(
        REPORTS,
        Flash::success("moderation-done-closed"),
    ))
}
