//! The practitioner's own activity: the page and its file.

use actix_web::http::StatusCode;
use askama::Template;
use serde::Deserialize;

use super::{
    picker::PeriodQuery,
    queries,
    statement::{self, Statement},
};
use crate::infra::{
    actor::{Practitioner, render_status},
    error::PageResult,
    form::Query,
    page::{PageContext, filters},
    role_scope::RoleScope,
};

const PATH: &str = "/practitioner/activity";

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/activity", show_activity)
        .get("/activity.csv", download_activity);
}

/// The address of the page.
#[derive(Clone, Deserialize)]
struct ActivityQuery {
    #[serde(flatten)]
    period: PeriodQuery,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "metrics/practitioner/activity.html")]
struct ActivityPage {
    page: PageContext,
    statement: Statement,
}

async fn show_activity(
    practitioner: Practitioner,
    Query(query): Query<ActivityQuery>,
) -> PageResult {
    let (id, asked) = (practitioner.user_id(), query.period.clone());
    let figures = practitioner
        .db()
        .read(move |tx| statement::read(tx, id, &asked))
        .await?;
    let page = practitioner.page();
    let statement = Statement::new(&page, PATH, figures, &query.period, query.page.as_deref());
    let status = match statement.picker.error {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let template = ActivityPage { page, statement };
    render_status(&template.page, &template, status)
}

async fn download_activity(
    practitioner: Practitioner,
    Query(query): Query<ActivityQuery>,
) -> PageResult {
    let today = practitioner.db().read(queries::today).await?;
    let Ok(period) = query.period.read(today) else {
        // The page says what is wrong with the period.
        return show_activity(practitioner, Query(query)).await;
    };
    let (id, locale) = (practitioner.user_id(), practitioner.page().locale);
    statement::download(practitioner.db(), id, period, locale).await
}
