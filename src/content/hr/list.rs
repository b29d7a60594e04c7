//! The list of news, by status.

use askama::Template;
use serde::Deserialize;

use super::HOME;
use crate::{
    content::{
        model::Status,
        queries::{self, Post},
    },
    infra::{
        actor::{Hr, render},
        counts::{self, Counts},
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{PageContext, Pagination, Tab, filters},
    },
};

/// Which list, and which page of it.
#[derive(Default, Deserialize)]
pub(super) struct ListQuery {
    status: Option<String>,
    page: Option<String>,
}

#[derive(Template)]
#[template(path = "content/hr/list.html")]
struct NewsPage {
    page: PageContext,
    tabs: Vec<Tab>,
    total: i64,
    posts: Vec<Post>,
    pages: Pagination,
}

pub(super) async fn show_news(hr: Hr, Query(query): Query<ListQuery>) -> PageResult {
    let page = hr.page();
    let status = query.status.and_then(|text| text.parse::<Status>().ok());
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (counts, pages, posts) = hr
        .db()
        .read(move |tx| {
            let [counts] = counts::count(tx, [queries::POSTS])?;
            let pages = Pagination::new(number, counts.of(status.map(Status::as_str)), &address);
            let posts = queries::list(tx, status, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((counts, pages, posts))
        })
        .await?;
    let template = NewsPage {
        tabs: tabs(&page, &counts, status),
        total: counts.of(None),
        page,
        posts,
        pages,
    };
    render(&template.page, &template)
}

fn tabs(page: &PageContext, counts: &Counts, shown: Option<Status>) -> Vec<Tab> {
    let statuses = std::iter::once(None).chain(Status::ALL.map(Some));
    statuses
        .map(|status| {
            let key = status.map_or("news-status-all", Status::label_key);
            let href = status.map_or_else(
                || HOME.to_owned(),
                |status| format!("{HOME}?status={}", status.as_str()),
            );
            Tab::new(href, i18n::text(page.locale, key), shown == status)
                .count(counts.of(status.map(Status::as_str)))
        })
        .collect()
}
