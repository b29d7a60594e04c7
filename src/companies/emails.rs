//! The mails of companies, rendered when they leave, in the recipient's language.

use askama::Template;
use uuid::Uuid;

use super::queries::InvitationMail;
use crate::infra::{
    app::App,
    crypto::{LinkPurpose, LinkToken},
    i18n::{Locale, date_time, text_with},
    mailer::Mail,
    page::{MailContext, Reader, RenderError, filters},
};

#[derive(Template)]
#[template(path = "emails/companies/invitation.html")]
struct InvitationHtml<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    company: &'a str,
    link: &'a str,
    expires: &'a str,
}

#[derive(Template)]
#[template(path = "emails/companies/invitation.txt")]
struct InvitationText<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    company: &'a str,
    link: &'a str,
    expires: &'a str,
}

/// The mail that brings an invitation's link.
///
/// # Errors
/// A template that cannot be rendered.
pub fn invitation(app: &App, id: Uuid, invitation: &InvitationMail) -> Result<Mail, RenderError> {
    let reader = Reader {
        locale: Locale::from_code(&invitation.locale).unwrap_or_default(),
        tz: invitation
            .timezone
            .parse()
            .unwrap_or(chrono_tz::Europe::Paris),
    };
    let token = LinkToken {
        id,
        user_id: invitation.user_id,
        nonce: invitation.nonce,
    };
    let link = format!(
        "{}/invitation/{}",
        app.config.public_url,
        app.links.sign(LinkPurpose::Invitation, &token)
    );
    let expires = date_time(reader.locale, reader.tz, invitation.expires_at);
    let mail = MailContext::new(reader, app.config.public_url.as_str());
    let (first_name, company) = (invitation.first_name.as_str(), invitation.company.as_str());
    let html = reader.render(&InvitationHtml {
        mail: &mail,
        first_name,
        company,
        link: &link,
        expires: &expires,
    })?;
    let text = reader.render(&InvitationText {
        mail: &mail,
        first_name,
        company,
        link: &link,
        expires: &expires,
    })?;
    let subject = text_with(
        reader.locale,
        "companies-mail-subject",
        &[("company", company.into())],
    );
    Ok(Mail::new(&invitation.email, subject, html, text))
}
