//! What patients share of their journals, for as long as they do.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    model::Handed,
    queries::shares::{self, Share},
};
use crate::{
    infra::{
        actor::{Practitioner, render},
        error::{AppError, PageResult},
        form::Query,
        i18n,
        page::{Crumb, PageContext, Pagination, filters},
        role_scope::RoleScope,
    },
    practitioners::model::full_name,
};

/// Mounts the practitioner's pages of this domain.
pub fn routes(scope: &mut RoleScope<Practitioner>) {
    scope
        .get("/journal", show_shares)
        .get("/journal/{share}", show_share);
}

/// A sharing as the practitioner sees it.
struct Received {
    id: Uuid,
    patient: String,
    shared_at: DateTime<Utc>,
    until: DateTime<Utc>,
    handed: Option<Handed>,
}

impl Received {
    fn new(share: Share, page: &PageContext) -> Self {
        let (title, first_name, last_name) = &share.other;
        let name = full_name(title, first_name, last_name);
        Self {
            id: share.id,
            patient: match name.is_empty() {
                true => i18n::text(page.locale, "journal-shared-somebody").to_owned(),
                false => name,
            },
            shared_at: share.shared_at,
            until: share.last_moment(),
            handed: share.handed.and_then(Result::ok),
        }
    }
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Which {
    page: String,
}

#[derive(Template)]
#[template(path = "journal/practitioner/list.html")]
struct SharesPage {
    page: PageContext,
    shares: Vec<Received>,
    pages: Pagination,
}

async fn show_shares(practitioner: Practitioner, Query(which): Query<Which>) -> PageResult {
    let page = practitioner.page();
    let (number, address) = (which.page.parse().unwrap_or(1), page.path.clone());
    let (pages, shares) = practitioner
        .db()
        .look(move |tx| {
            let pages = Pagination::new(number, shares::received_count(tx)?, &address);
            let shares = shares::received(tx, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((pages, shares))
        })
        .await?;
    let template = SharesPage {
        shares: shares
            .into_iter()
            .map(|share| Received::new(share, &page))
            .collect(),
        pages,
        page,
    };
    render(&template.page, &template)
}

#[derive(Template)]
#[template(path = "journal/practitioner/share.html")]
struct SharePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    share: Received,
}

async fn show_share(practitioner: Practitioner, id: web::Path<Uuid>) -> PageResult {
    let id = id.into_inner();
    let share = practitioner
        .db()
        .look(move |tx| shares::receive(tx, id))
        .await?;
    let page = practitioner.page();
    let share = Received::new(share, &page);
    let title = i18n::text(page.locale, "journal-shared-title");
    let template = SharePage {
        crumbs: vec![Crumb::new("/practitioner/journal", title)],
        share,
        page,
    };
    render(&template.page, &template)
}
