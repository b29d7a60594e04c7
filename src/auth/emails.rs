//! The mails of accounts.

use askama::Template;

use super::queries::ResetMail;
use crate::infra::{
    i18n::{Locale, text},
    mailer::Mail,
    page::{MailContext, Reader, RenderError, filters},
};

#[derive(Template)]
#[template(path = "emails/auth/password_reset.html")]
struct PasswordResetHtml<'a> {
    mail: &'a MailContext,
    name: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/auth/password_reset.txt")]
struct PasswordResetText<'a> {
    mail: &'a MailContext,
    name: &'a str,
    link: &'a str,
}

/// The mail with the reset link, in the account's language.
///
/// # Errors
/// A template that cannot be rendered.
pub fn password_reset(
    public_url: &str,
    reset: &ResetMail,
    token: &str,
) -> Result<Mail, RenderError> {
    let reader = Reader {
        locale: Locale::from_code(&reset.locale).unwrap_or(Locale::Fr),
        tz: reset.timezone.parse().unwrap_or(chrono_tz::Europe::Paris),
    };
    let mail = &MailContext::new(reader, public_url);
    let link = &format!("{public_url}/password-reset/{token}");
    let name = &reset.first_name;
    Ok(Mail::new(
        reset.email.clone(),
        text(reader.locale, "auth-mail-reset-subject"),
        reader.render(&PasswordResetHtml { mail, name, link })?,
        reader.render(&PasswordResetText { mail, name, link })?,
    ))
}
