//! What the platform's admin sees of consultations: the durations that employees contest. Which
//! consultation, how long, and a category; no person and no word of theirs reaches this role.

use askama::Template;
use serde::Deserialize;

use super::queries::durations::{self, ContestLine};
use crate::infra::{
    actor::{Admin, render},
    error::{AppError, PageResult},
    form::Query,
    i18n,
    page::{PageContext, Pagination, Tab, filters},
    role_scope::RoleScope,
};

const DURATIONS: &str = "/admin/durations";

/// Mounts the platform admin's pages of this domain.
pub fn routes(scope: &mut RoleScope<Admin>) {
    scope.get("/durations", show_durations);
}

/// Which list, and which page of it.
#[derive(Deserialize)]
struct ListQuery {
    tab: Option<String>,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "consultation/admin/durations.html")]
struct DurationsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    only_open: bool,
    lines: Vec<ContestLine>,
    pages: Pagination,
}

async fn show_durations(admin: Admin, Query(query): Query<ListQuery>) -> PageResult {
    let page = admin.page();
    let only_open = query.tab.as_deref() != Some("all");
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (open, all, pages, lines) = admin
        .db()
        .read(move |tx| {
            let open = durations::contests_count(tx, true)?;
            let all = durations::contests_count(tx, false)?;
            let pages = Pagination::new(number, if only_open { open } else { all }, &address);
            let lines = durations::contests(tx, only_open, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((open, all, pages, lines))
        })
        .await?;
    let text = |key| i18n::text(page.locale, key);
    let template = DurationsPage {
        tabs: vec![
            Tab::new(DURATIONS, text("consultation-admin-open"), only_open).count(open),
            Tab::new(
                "/admin/durations?tab=all",
                text("consultation-admin-all"),
                !only_open,
            )
            .count(all),
        ],
        only_open,
        lines,
        pages,
        page,
    };
    render(&template.page, &template)
}
