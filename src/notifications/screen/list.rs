//! The list of notices.

use std::collections::HashMap;

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    booking::model::Status,
    content::queries::Headline,
    infra::{
        actor::{Actor, render, see_other},
        error::{AppError, PageResult},
        form::{Form, Nothing, Query},
        i18n,
        page::{PageContext, Pagination, Tab, filters},
    },
    notifications::{
        model::Kind,
        queries::inbox::{self, Counts, Notice, Told},
        wording,
    },
    practitioners::model::full_name,
};

/// Which list, and which page of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    tab: Option<String>,
    page: Option<String>,
}

/// A notice as a line.
struct Line {
    id: Uuid,
    href: String,
    title_key: &'static str,
    /// The title of a piece of news, in the place of its key's.
    headline: Option<String>,
    icon: &'static str,
    tone: &'static str,
    with: String,
    starts_at: DateTime<Utc>,
    previous_starts_at: Option<DateTime<Utc>>,
    told_at: DateTime<Utc>,
    unread: bool,
}

impl Line {
    /// A piece of news that the reader may no longer read has no line.
    fn new<K: Told>(
        notice: Notice,
        headlines: &HashMap<Uuid, Headline>,
    ) -> Result<Option<Self>, AppError> {
        let kind = Kind::parse(&notice.kind)
            .ok_or_else(|| AppError::internal("a notice has an unknown kind"))?;
        let (href, status, headline) = match (notice.news_id, notice.consultation_id) {
            (Some(news), _) => match headlines.get(&news) {
                None => return Ok(None),
                Some(news) => (
                    format!("/employee/news/{}", news.slug),
                    Status::Confirmed,
                    Some(news.title.clone()),
                ),
            },
            (None, id) => {
                let id = id.unwrap_or_default();
                let status = notice.status.parse().map_err(AppError::internal)?;
                let href = match (kind, K::IS_EMPLOYEE) {
                    (Kind::Offered, true) => "/employee/waiting-list".to_owned(),
                    (_, true) => format!("/employee/consultations/{id}"),
                    (_, false) => format!("/practitioner/consultations/{id}"),
                };
                (href, status, None)
            }
        };
        Ok(Some(Self {
            id: notice.id,
            href,
            headline,
            title_key: wording::title_key(kind, K::IS_EMPLOYEE, status),
            icon: wording::icon(kind),
            tone: wording::tone(kind),
            with: full_name(&notice.title, &notice.first_name, &notice.last_name),
            starts_at: notice.starts_at,
            previous_starts_at: notice.previous_starts_at,
            told_at: notice.created_at,
            unread: notice.unread,
        }))
    }
}

#[derive(Template)]
#[template(path = "notifications/list.html")]
struct ListPage {
    page: PageContext,
    home: &'static str,
    tabs: Vec<Tab>,
    counts: Counts,
    lines: Vec<Line>,
    pages: Pagination,
}

pub(super) async fn show<K: Told>(person: Actor<K>, Query(query): Query<ListQuery>) -> PageResult {
    let page = person.page();
    let only_unread = query.tab.as_deref() == Some("unread");
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (counts, pages, notices, headlines) = person
        .db()
        .look(move |tx| {
            let counts = inbox::counts(tx)?;
            let total = if only_unread {
                counts.unread
            } else {
                counts.all
            };
            let pages = Pagination::new(number, total, &address);
            let notices = inbox::page(tx, only_unread, pages.offset(), pages.limit())?;
            let news: Vec<Uuid> = notices.iter().filter_map(|notice| notice.news_id).collect();
            let headlines = K::headlines(tx, &news)?;
            Ok::<_, AppError>((counts, pages, notices, headlines))
        })
        .await?;
    let lines = notices
        .into_iter()
        .filter_map(|notice| Line::new::<K>(notice, &headlines).transpose())
        .collect::<Result<_, _>>()?;
    let text = |key| i18n::text(page.locale, key);
    let unread_path = format!("{}?tab=unread", K::HOME);
    let template = ListPage {
        home: K::HOME,
        tabs: vec![
            Tab::new(K::HOME, text("notifications-tab-all"), !only_unread).count(counts.all),
            Tab::new(unread_path, text("notifications-tab-unread"), only_unread)
                .count(counts.unread),
        ],
        counts,
        lines,
        pages,
        page,
    };
    render(&template.page, &template)
}

pub(super) async fn mark_all_read<K: Told>(
    person: Actor<K>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    person.db().write(inbox::mark_all_read).await?;
    // The badge is part of the identity that this process remembers.
    person.forget_sessions();
    Ok(see_other(K::HOME))
}

pub(super) async fn mark_read<K: Told>(
    person: Actor<K>,
    id: web::Path<Uuid>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let id = id.into_inner();
    person
        .db()
        .write(move |tx| inbox::mark_read(tx, id))
        .await?;
    person.forget_sessions();
    Ok(see_other(K::HOME))
}
