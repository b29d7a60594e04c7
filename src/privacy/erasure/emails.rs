//! The mails about an erasure. An employee's name neither the product nor its kind: the mailbox may be
//! the company's.

use askama::Template;

use super::jobs::Told;
use crate::{
    infra::{
        app::App,
        error::AppError,
        i18n::{self, Locale, Message},
        mailer::Mail,
        page::{MailContext, Reader, filters},
        session::AccountRole,
    },
    notifications::emails::sender,
    privacy::queries::erasure::Recipient,
};

#[derive(Template)]
#[template(path = "emails/privacy/erasure.html")]
struct ErasureHtml<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

#[derive(Template)]
#[template(path = "emails/privacy/erasure.txt")]
struct ErasureText<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

struct Content<'a> {
    subject_key: &'static str,
    lead: Message,
    note_key: &'static str,
    /// Where one can change one's mind; nowhere once it is done.
    link: Option<&'a str>,
}

/// One of them.
///
/// # Errors
/// A template that cannot be rendered, a sender's address that is none.
pub(super) fn erasure(
    app: &App,
    recipient: &Recipient,
    address: &str,
    told: Told,
) -> Result<Mail, AppError> {
    let reader = Reader {
        locale: Locale::from_code(&recipient.locale).unwrap_or_default(),
        tz: recipient
            .timezone
            .parse()
            .unwrap_or(chrono_tz::Europe::Paris),
    };
    let discreet = recipient.role == AccountRole::Employee.as_str();
    let base_url = app.config.public_url.as_str();
    let link = format!("{base_url}{}", super::account::PATH);
    let (subject_key, lead_key, note_key) = match told {
        Told::Asked => (
            "privacy-mail-erasure-asked",
            "privacy-mail-erasure-asked-text",
            "privacy-mail-erasure-not-you",
        ),
        Told::Soon => (
            "privacy-mail-erasure-soon",
            "privacy-mail-erasure-soon-text",
            "privacy-mail-erasure-not-you",
        ),
        Told::Done => (
            "privacy-mail-erasure-done",
            "privacy-mail-erasure-done-text",
            "privacy-mail-erasure-last",
        ),
    };
    let due = i18n::date_time(reader.locale, reader.tz, recipient.due_at);
    let content = &Content {
        subject_key,
        lead: Message::new(lead_key)
            .with("name", recipient.first_name.as_str())
            .with("date", due.as_str()),
        note_key,
        link: (told != Told::Done).then_some(link.as_str()),
    };
    let mail = &MailContext::new(reader, base_url).discreet(discreet);
    let html = reader.render(&ErasureHtml { mail, content });
    let text = reader.render(&ErasureText { mail, content });
    let letter = Mail::new(
        address,
        i18n::text(reader.locale, subject_key),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    );
    Ok(if discreet {
        letter.sent_by(sender(app, reader, true)?)
    } else {
        letter
    })
}
