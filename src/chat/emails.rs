//! The mail that says that something waits to be read: nothing of what it is, nor of whom it is from.

use askama::Template;
use uuid::Uuid;

use super::queries::mail::Recipient;
use crate::{
    infra::{
        app::App,
        error::AppError,
        i18n,
        mailer::Mail,
        page::{MailContext, filters},
    },
    notifications,
};

#[derive(Template)]
#[template(path = "emails/chat/unread.html")]
struct UnreadHtml<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/chat/unread.txt")]
struct UnreadText<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    link: &'a str,
}

/// The mail for somebody who has something to read.
///
/// # Errors
/// A template that cannot be rendered, a sender's address that is none.
pub fn unread(app: &App, recipient: &Recipient, consultation: Uuid) -> Result<Mail, AppError> {
    let reader = recipient.reader;
    let base_url = app.config.public_url.as_str();
    let space = if recipient.is_employee {
        "employee"
    } else {
        "practitioner"
    };
    let link = &format!("{base_url}/{space}/consultations/{consultation}/messages");
    let first_name = recipient.first_name.as_str();
    let mail = &MailContext::new(reader, base_url).discreet(recipient.discreet);
    let html = reader.render(&UnreadHtml {
        mail,
        first_name,
        link,
    });
    let text = reader.render(&UnreadText {
        mail,
        first_name,
        link,
    });
    let letter = Mail::new(
        &recipient.email,
        i18n::text(reader.locale, "chat-mail-subject"),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    );
    Ok(if recipient.discreet {
        letter.sent_by(notifications::emails::sender(app, reader, true)?)
    } else {
        letter
    })
}
