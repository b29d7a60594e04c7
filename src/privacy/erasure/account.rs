//! Asking for one's account to be erased, and changing one's mind.

use actix_web::web;
use askama::Template;
use chrono::{DateTime, Duration, Utc};

use super::DAYS;
use crate::{
    auth::{confirmation, password::PasswordHasher},
    infra::{
        actor::{Member, Visitor, render_status, see_other, see_other_with},
        error::PageResult,
        form::{Form, FormErrors, Nothing},
        page::{Crumb, Flash, PageContext, filters},
        role_scope::RoleScope,
        session::AccountRole,
    },
    privacy::{
        export::account::{PasswordForm, crumbs},
        queries::erasure::{self as queries, Obstacle, Standing},
    },
};

/// Where it is.
pub const PATH: &str = "/account/privacy/erasure";

/// Mounts the member's pages of erasing.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope
        .get("/privacy/erasure", show)
        .post("/privacy/erasure", ask)
        .post("/privacy/erasure/cancellation", cancel);
}

/// A line of what becomes of something.
struct Line {
    icon: &'static str,
    title: &'static str,
    text: &'static str,
}

const fn line(icon: &'static str, title: &'static str, text: &'static str) -> Line {
    Line { icon, title, text }
}

const DESTROYED: [Line; 4] = [
    line(
        "user",
        "privacy-erasure-account",
        "privacy-erasure-account-text",
    ),
    line(
        "notebook-pen",
        "privacy-erasure-journal",
        "privacy-erasure-journal-text",
    ),
    line(
        "message-circle",
        "privacy-erasure-messages",
        "privacy-erasure-messages-text",
    ),
    line("bell", "privacy-erasure-rest", "privacy-erasure-rest-text"),
];

const KEPT: [Line; 4] = [
    line(
        "stethoscope",
        "privacy-erasure-notes",
        "privacy-erasure-notes-text",
    ),
    line(
        "chart-column",
        "privacy-erasure-counters",
        "privacy-erasure-counters-text",
    ),
    line(
        "shield-check",
        "privacy-erasure-consents",
        "privacy-erasure-consents-text",
    ),
    line(
        "triangle-alert",
        "privacy-erasure-reports",
        "privacy-erasure-reports-text",
    ),
];

const OFFICE: [Line; 1] = [line(
    "user",
    "privacy-erasure-account",
    "privacy-erasure-office-text",
)];

#[derive(Template)]
#[template(path = "privacy/account/erasure.html")]
struct ErasurePage {
    page: PageContext,
    crumbs: Vec<Crumb>,
    standing: Standing,
    /// When it would be, if it were asked for now.
    would_be: DateTime<Utc>,
    is_employee: bool,
    /// Appointments that would be cancelled.
    later: i64,
    destroyed: &'static [Line],
    kept: &'static [Line],
    errors: FormErrors,
}

impl ErasurePage {
    fn obstacle_key(&self) -> Option<&'static str> {
        self.standing.obstacle.map(|obstacle| match obstacle {
            Obstacle::LastHr => "privacy-erasure-last-hr",
            Obstacle::LastAdmin => "privacy-erasure-last-admin",
            Obstacle::Upcoming => "privacy-erasure-upcoming",
            Obstacle::Records => "privacy-erasure-records",
        })
    }
}

async fn draw(member: &Member, errors: FormErrors) -> PageResult {
    let standing = member.db().read(queries::own).await?;
    let now = member.app().clock.now();
    let would_be = standing.due_at.unwrap_or(now + Duration::days(DAYS));
    let later = match member.employee() {
        Some(employee) => {
            employee
                .db()
                .read(move |tx| queries::appointments_after(tx, would_be))
                .await?
        }
        None => 0,
    };
    let page = member.page();
    let is_employee = member.identity().role == AccountRole::Employee;
    let status = errors.status();
    let template = ErasurePage {
        crumbs: crumbs(member, &page),
        page,
        standing,
        would_be,
        is_employee,
        later,
        destroyed: if is_employee { &DESTROYED } else { &OFFICE },
        kept: if is_employee { &KEPT } else { &[] },
        errors,
    };
    render_status(&template.page, &template, status)
}

async fn show(member: Member) -> PageResult {
    draw(&member, FormErrors::default()).await
}

async fn ask(
    member: Member,
    visitor: Visitor,
    hasher: web::Data<PasswordHasher>,
    Form(form): Form<PasswordForm>,
) -> PageResult {
    let mut errors = FormErrors::default();
    let confirmation = confirmation::confirm(&member, &visitor, &hasher, form.password).await?;
    if !confirmation.note(&mut errors, member.app().clock.now()) {
        return draw(&member, errors).await;
    }
    member.db().write(queries::ask).await?;
    Ok(see_other(PATH))
}

async fn cancel(member: Member, Form(Nothing {}): Form<Nothing>) -> PageResult {
    let cancelled = member.db().write(queries::cancel).await?;
    if !cancelled {
        return Ok(see_other(PATH));
    }
    Ok(see_other_with(
        PATH,
        Flash::success("privacy-erasure-cancelled"),
    ))
}
