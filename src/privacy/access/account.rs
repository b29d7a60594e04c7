//! Who looked at my data.

use askama::Template;
use chrono::NaiveDate;
use serde::Deserialize;

use super::What;
use crate::{
    infra::{
        actor::{Member, render, see_other},
        error::{AppError, PageResult},
        form::Query,
        i18n::{self, Message},
        page::{Crumb, PageContext, Pagination, filters},
        role_scope::RoleScope,
        session::AccountRole,
    },
    privacy::{
        queries::access::{self as queries, Look},
        retention::ACCESS_YEARS,
    },
};

/// Mounts the page.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope.get("/privacy/access", show_access);
}

/// Which page of the list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ListQuery {
    page: Option<String>,
}

/// A line, in the reader's words.
struct Line {
    /// "Claire Martin", or only what the actor is.
    who: String,
    /// Of whom the name is shown: what they are.
    role_key: Option<&'static str>,
    icon: &'static str,
    what_key: &'static str,
    when: Message,
}

/// What happened on one day.
struct Day {
    day: NaiveDate,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "privacy/account/access.html")]
struct AccessPage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    days: Vec<Day>,
    pages: Pagination,
    years: i64,
    is_employee: bool,
}

/// The key of an actor's role.
fn role_key(role: &str) -> &'static str {
    match role {
        "hz_practitioner" => "privacy-access-practitioner",
        "hz_hr" => "privacy-access-hr",
        "hz_admin" | "hz_super_admin" => "privacy-access-admin",
        _ => "privacy-access-service",
    }
}

impl Line {
    fn new(look: Look, page: &PageContext) -> Self {
        let time = |at| i18n::time(page.locale, page.tz, at);
        let role = role_key(&look.actor_role);
        let what = What::from_code(&look.what);
        let when = if look.times == 1 {
            Message::new("privacy-access-at").with("time", time(look.first_at))
        } else {
            Message::new("privacy-access-between")
                .with("first", time(look.first_at))
                .with("last", time(look.last_at))
                .with("times", look.times)
        };
        Self {
            role_key: look.name.is_some().then_some(role),
            who: look
                .name
                .unwrap_or_else(|| i18n::text(page.locale, role).to_owned()),
            icon: what.map_or("eye", What::icon),
            what_key: what.map_or("privacy-access-something", What::text_key),
            when,
        }
    }
}

async fn show_access(member: Member, Query(query): Query<ListQuery>) -> PageResult {
    let is_employee = member.identity().role == AccountRole::Employee;
    if !is_employee && member.identity().role != AccountRole::Practitioner {
        // No page of ours shows anything of them to others.
        return Ok(see_other("/confidentiality"));
    }
    let page = member.page();
    let zone = page.tz.name();
    let number = query.page.and_then(|text| text.parse().ok()).unwrap_or(1);
    let address = page.path.clone();
    let (pages, looks) = member
        .db()
        .read(move |tx| {
            let pages = Pagination::new(number, queries::count(tx, zone)?, &address);
            let looks = queries::page(tx, zone, pages.offset(), pages.limit())?;
            Ok::<_, AppError>((pages, looks))
        })
        .await?;
    let mut days: Vec<Day> = Vec::new();
    for look in looks {
        let day = look.day;
        let line = Line::new(look, &page);
        match days.last_mut() {
            Some(last) if last.day == day => last.lines.push(line),
            _ => days.push(Day {
                day,
                lines: vec![line],
            }),
        }
    }
    let account = Crumb::new("/account", i18n::text(page.locale, "common-account"));
    let mine = Crumb::new(
        "/account/privacy",
        i18n::text(page.locale, "privacy-page-title"),
    );
    let template = AccessPage {
        crumbs: match is_employee {
            true => vec![account, mine],
            false => vec![account],
        },
        days,
        pages,
        years: ACCESS_YEARS,
        is_employee,
        page,
    };
    render(&template.page, &template)
}
