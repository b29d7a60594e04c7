//! The mail that says that a ticket was answered.

use askama::Template;

use super::queries::work::Letter;
use crate::infra::{
    app::App,
    error::AppError,
    i18n,
    mailer::Mail,
    page::{MailContext, filters},
};

#[derive(Template)]
#[template(path = "emails/support/answer.html")]
struct AnswerHtml<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/support/answer.txt")]
struct AnswerText<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    link: &'a str,
}

/// The mail of an answer.
///
/// # Errors
/// A template that cannot be rendered.
pub fn answer(app: &App, letter: &Letter) -> Result<Mail, AppError> {
    let reader = letter.reader;
    let base_url = app.config.public_url.as_str();
    let link = &format!("{base_url}/rh/support/{}", letter.ticket);
    let first_name = letter.first_name.as_str();
    let mail = &MailContext::new(reader, base_url);
    let html = reader.render(&AnswerHtml {
        mail,
        first_name,
        link,
    });
    let text = reader.render(&AnswerText {
        mail,
        first_name,
        link,
    });
    Ok(Mail::new(
        &letter.email,
        i18n::text(reader.locale, "support-mail-subject"),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    ))
}
