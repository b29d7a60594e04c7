//! Leaving the company: what is left to an employee whom HR suspended, and how they learn of it.
//!
//! They sign in with the personal address that they had proved to be theirs; the work address is
//! refused with the words for an unknown one, since it may be read by somebody else by now. What they reach is what
//! `routes::navigation` shows them, and their transactions become `hz_former`, which has no right on more.
//!
//! Who gave no personal address has no way back: nothing but the mailbox of their work would tell them from
//! somebody else, and that one is the company's. So it is said while they are there: on the page of their rights, and
//! below the journal. A link that was sent before still proves an address afterwards.
//!
//! Two people who share a mailbox each sign in with their own password; a link to a new password goes to the
//! first of them.

use askama::Template;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::queries::departure as queries;
use crate::{
    infra::{
        actor::{Member, render, see_other},
        app::App,
        error::{AppError, PageResult},
        i18n::{self, Locale},
        jobs::{Job, JobContext, JobError},
        mailer::Mail,
        page::{MailContext, PageContext, Reader, filters},
        role_scope::RoleScope,
    },
    notifications::emails::sender,
};

/// Mounts the page of those who left.
pub fn routes(scope: &mut RoleScope<Member>) {
    scope.get("/departure", show);
}

#[derive(Template)]
#[template(path = "privacy/account/departure.html")]
struct DeparturePage {
    page: PageContext,
    company: String,
}

async fn show(member: Member) -> PageResult {
    let identity = member.identity();
    if !identity.own_only {
        return Ok(see_other(identity.home()));
    }
    let template = DeparturePage {
        company: identity.company_name.clone().unwrap_or_default(),
        page: member.page(),
    };
    render(&template.page, &template)
}

/// HR suspended somebody.
#[derive(Debug, Serialize, Deserialize)]
pub struct TellLeaver {
    /// Whom.
    pub user_id: Uuid,
}

impl Job for TellLeaver {
    const KIND: &'static str = "privacy.tell_leaver";
}

#[derive(Template)]
#[template(path = "emails/privacy/departure.html")]
struct DepartureHtml<'a> {
    mail: &'a MailContext,
    name: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/privacy/departure.txt")]
struct DepartureText<'a> {
    mail: &'a MailContext,
    name: &'a str,
    link: &'a str,
}

/// Tells them, at their personal address, how they reach what is theirs. HR learns nothing of it.
///
/// # Errors
/// The database's or the mail server's: tried again.
pub async fn tell_leaver(context: JobContext, job: TellLeaver) -> Result<(), JobError> {
    let leaver = context
        .db()
        .read(move |tx| queries::leaver(tx, job.user_id))
        .await?;
    let Some(leaver) = leaver else {
        return Ok(());
    };
    let mail =
        mail(context.app(), &leaver).map_err(|error| JobError::Hopeless(error.to_string()))?;
    Ok(context.send(mail).await?)
}

fn mail(app: &App, leaver: &queries::Leaver) -> Result<Mail, AppError> {
    let reader = Reader {
        locale: Locale::from_code(&leaver.locale).unwrap_or_default(),
        tz: leaver.timezone.parse().unwrap_or(chrono_tz::Europe::Paris),
    };
    let base_url = app.config.public_url.as_str();
    let mail = &MailContext::new(reader, base_url).discreet(true);
    let (name, link) = (leaver.first_name.as_str(), &format!("{base_url}/login"));
    let html = reader.render(&DepartureHtml { mail, name, link });
    let text = reader.render(&DepartureText { mail, name, link });
    Ok(Mail::new(
        &leaver.email,
        i18n::text(reader.locale, "privacy-mail-departure"),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    )
    .sent_by(sender(app, reader, true)?))
}
