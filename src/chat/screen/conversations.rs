//! The list of one's conversations.

use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::base_of;
use crate::{
    chat::queries::conversations::{self, Conversation},
    consultation::queries::Participant,
    infra::{
        actor::{Actor, Kind, render},
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{PageContext, Pagination, filters, initials},
    },
    practitioners::model::full_name,
};

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::chat) struct ListQuery {
    page: Option<String>,
}

struct Line {
    href: String,
    name: String,
    initials: String,
    starts_at: DateTime<Utc>,
    last_message_at: DateTime<Utc>,
    unread: i32,
}

#[derive(Template)]
#[template(path = "chat/list.html")]
struct ListPage {
    page: PageContext,
    home: String,
    lines: Vec<Line>,
    pages: Pagination,
}

pub(in crate::chat) async fn show_list<K: Kind>(
    person: Actor<K>,
    Query(query): Query<ListQuery>,
) -> PageResult
where
    Actor<K>: Participant,
{
    let page = person.page();
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (pages, found) = person
        .db()
        .look(move |tx| {
            let pages = Pagination::new(number, conversations::count(tx)?, &address);
            let found = conversations::page(tx, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((pages, found))
        })
        .await?;
    let gone = i18n::text(page.locale, "consultation-practitioner-gone");
    let line = |found: Conversation| {
        let name = full_name(&found.title, &found.first_name, &found.last_name);
        Line {
            href: format!("{}/messages", base_of::<Actor<K>>(found.id)),
            initials: initials(&found.first_name, &found.last_name),
            name: if name.is_empty() {
                gone.to_owned()
            } else {
                name
            },
            starts_at: found.starts_at,
            last_message_at: found.last_message_at,
            unread: found.unread,
        }
    };
    let template = ListPage {
        home: format!("{}/consultations", K::SPACE.home()),
        lines: found.into_iter().map(line).collect(),
        pages,
        page,
    };
    render(&template.page, &template)
}
