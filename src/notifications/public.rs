//! What needs no session: the link that proves a personal address, and calendar feeds.

use actix_web::{HttpResponse, http::StatusCode, web};
use askama::Template;

use super::{
    ics::{self, Entry, Standing},
    queries::{
        addresses,
        feeds::{self, FeedRow},
    },
};
use crate::{
    booking::model::Status,
    infra::{
        actor::{Visitor, render_status},
        crypto::{LinkPurpose, LinkToken},
        error::PageResult,
        form::{Form, Nothing},
        i18n::{self, Locale},
        page::{PageContext, filters},
        role_scope::RoleScope,
        session::{AccountRole, Proven},
    },
};

/// Mounts the visitor's pages of this domain.
pub fn routes(scope: &mut RoleScope<Visitor>) {
    scope
        .get("/personal-address/{token}", show_link)
        .post("/personal-address/{token}", prove)
        .get("/calendar/{token}.ics", read_feed);
}

/// Where following the link has led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The address can be proved.
    Open,
    /// It just was.
    Proved,
    /// Used, replaced, too old or never ours: the same words for all.
    Closed,
}

#[derive(Template)]
#[template(path = "notifications/public/address.html")]
struct AddressPage {
    page: PageContext,
    token: String,
    stage: Stage,
}

fn draw(visitor: &Visitor, token: String, stage: Stage) -> PageResult {
    let status = if stage == Stage::Closed {
        StatusCode::GONE
    } else {
        StatusCode::OK
    };
    let template = AddressPage {
        page: visitor.page(),
        token,
        stage,
    };
    render_status(&template.page, &template, status)
}

/// A genuine link, and what it proves: whoever holds it reads the mails of the address it was sent to.
fn verify(visitor: &Visitor, token: &str) -> Option<(LinkToken, Proven)> {
    let link = visitor
        .app()
        .links
        .verify(LinkPurpose::PersonalAddress, token)
        .ok()?;
    Some((link, Proven::checked(link.user_id, None)))
}

async fn show_link(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let open = match verify(&visitor, &token) {
        None => false,
        Some((link, proven)) => {
            let door = visitor.db_as(&proven);
            door.read(move |tx| addresses::is_open(tx, link)).await?
        }
    };
    let stage = if open { Stage::Open } else { Stage::Closed };
    draw(&visitor, token.into_inner(), stage)
}

async fn prove(
    visitor: Visitor,
    token: web::Path<String>,
    Form(Nothing {}): Form<Nothing>,
) -> PageResult {
    let proved = match verify(&visitor, &token) {
        None => false,
        Some((link, proven)) => {
            let door = visitor.db_as(&proven);
            door.write(move |tx| addresses::prove(tx, link)).await?
        }
    };
    let stage = if proved { Stage::Proved } else { Stage::Closed };
    draw(&visitor, token.into_inner(), stage)
}

async fn read_feed(visitor: Visitor, token: web::Path<String>) -> PageResult {
    let token = token.into_inner();
    let rows = visitor.db().read(move |tx| feeds::read(tx, &token)).await?;
    let now = visitor.app().clock.now();
    let base_url = visitor.app().config.public_url.as_str();
    let locale = rows
        .first()
        .and_then(|row| Locale::from_code(&row.locale))
        .unwrap_or_default();
    let is_employee = rows
        .first()
        .is_some_and(|row| row.role == AccountRole::Employee.as_str());
    let (title, space) = if is_employee {
        ("notifications-ics-title", AccountRole::Employee.home())
    } else {
        (
            "notifications-ics-practice-title",
            AccountRole::Practitioner.home(),
        )
    };
    let links: Vec<String> = rows
        .iter()
        .map(|row| {
            let id = row.consultation_id.unwrap_or_default();
            format!("{base_url}{space}/consultations/{id}")
        })
        .collect();
    let entries: Vec<Entry<'_>> = rows
        .iter()
        .zip(&links)
        .filter_map(|(row, link)| {
            entry(row, link).map(|entry| Entry {
                stamp: now,
                summary: i18n::text(locale, title),
                description: i18n::text(locale, "notifications-ics-details"),
                ..entry
            })
        })
        .collect();
    let file = ics::feed(i18n::text(locale, "notifications-ics-name"), &entries);
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .body(file))
}

/// The appointment of a row, before it has words.
fn entry<'a>(row: &FeedRow, link: &'a str) -> Option<Entry<'a>> {
    let starts_at = row.starts_at?;
    let status: Status = row.status.as_deref()?.parse().ok()?;
    Some(Entry {
        uid: row.consultation_id?,
        sequence: u32::try_from(row.revision.unwrap_or(0)).unwrap_or(0),
        starts_at,
        ends_at: row.ends_at?,
        stamp: starts_at,
        standing: match status {
            Status::Held | Status::Scheduled => Standing::Tentative,
            _ => Standing::Confirmed,
        },
        summary: "",
        location: None,
        description: "",
        link,
    })
}
