//! The mail that tells of a piece of news: its title, who tells it, and where to read it.

use askama::Template;

use super::queries::work::Letter;
use crate::{
    infra::{
        app::App,
        error::AppError,
        mailer::Mail,
        page::{MailContext, filters},
    },
    notifications,
};

#[derive(Template)]
#[template(path = "emails/content/news.html")]
struct NewsHtml<'a> {
    mail: &'a MailContext,
    letter: &'a Letter,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/content/news.txt")]
struct NewsText<'a> {
    mail: &'a MailContext,
    letter: &'a Letter,
    link: &'a str,
}

/// The mail of a piece of news.
///
/// # Errors
/// A template that cannot be rendered, a sender's address that is none.
pub fn news(app: &App, letter: &Letter) -> Result<Mail, AppError> {
    let reader = letter.reader;
    let base_url = app.config.public_url.as_str();
    let link = &format!("{base_url}/employee/news/{}", letter.slug);
    let mail = &MailContext::new(reader, base_url).discreet(letter.discreet);
    let html = reader.render(&NewsHtml { mail, letter, link });
    let text = reader.render(&NewsText { mail, letter, link });
    let written = Mail::new(
        &letter.email,
        letter.title.as_str(),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    );
    Ok(if letter.discreet {
        written.sent_by(notifications::emails::sender(app, reader, true)?)
    } else {
        written
    })
}
