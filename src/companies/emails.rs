//! The mails of companies, rendered when they leave, in the recipient's language.

use askama::Template;
use uuid::Uuid;

use super::{
    decision::Decision,
    domain_code::{CODE_MINUTES, DomainCode},
    queries::{
        CodeMail, ConcernedMail, DecisionMail, InvitationMail, RegistrationMail, RequestMail,
        TeamMail,
    },
    told::Doing,
};
use crate::infra::{
    app::App,
    crypto::{LinkPurpose, LinkToken},
    i18n::{Locale, date_time, text, text_with},
    mailer::Mail,
    page::{MailContext, Reader, RenderError, filters},
    session::AccountRole,
};

#[derive(Template)]
#[template(path = "emails/companies/invitation.html")]
struct InvitationHtml<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    company: &'a str,
    link: &'a str,
    expires: &'a str,
    is_hr: bool,
}

#[derive(Template)]
#[template(path = "emails/companies/invitation.txt")]
struct InvitationText<'a> {
    mail: &'a MailContext,
    first_name: &'a str,
    company: &'a str,
    link: &'a str,
    expires: &'a str,
    is_hr: bool,
}

/// A mail of a few sentences: what a company's life with the platform brings.
struct Letter {
    subject: String,
    preview: String,
    first_name: String,
    paragraphs: Vec<String>,
    /// What somebody wrote, set apart.
    quote: Option<String>,
    /// What to type elsewhere.
    code: Option<String>,
    /// Where to go, and what the button says.
    action: Option<(String, String)>,
    note: String,
}

#[derive(Template)]
#[template(path = "emails/companies/letter.html")]
struct LetterHtml<'a> {
    mail: &'a MailContext,
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "emails/companies/letter.txt")]
struct LetterText<'a> {
    mail: &'a MailContext,
    letter: &'a Letter,
}

fn written(app: &App, reader: Reader, to: &str, letter: Letter) -> Result<Mail, RenderError> {
    let mail = MailContext::new(reader, app.config.public_url.as_str());
    let html = reader.render(&LetterHtml {
        mail: &mail,
        letter: &letter,
    })?;
    let text = reader.render(&LetterText {
        mail: &mail,
        letter: &letter,
    })?;
    Ok(Mail::new(to, letter.subject, html, text))
}

fn reader_of(locale: &str) -> Reader {
    Reader {
        locale: Locale::from_code(locale).unwrap_or_default(),
        tz: chrono_tz::Europe::Paris,
    }
}

/// The mail with the link that confirms a company's request.
///
/// # Errors
/// A template that cannot be rendered.
pub fn request_link(app: &App, id: Uuid, request: &RequestMail) -> Result<Mail, RenderError> {
    let reader = reader_of(&request.locale);
    let token = LinkToken {
        id,
        user_id: Uuid::nil(),
        nonce: request.nonce,
    };
    let link = format!(
        "{}/company-request/{}",
        app.config.public_url,
        app.links.sign(LinkPurpose::CompanyRequest, &token)
    );
    let company: &[(&'static str, _)] = &[("company", request.name.as_str().into())];
    let expires = date_time(reader.locale, reader.tz, request.expires_at);
    let letter = Letter {
        subject: text(reader.locale, "clients-mail-request-subject").to_owned(),
        preview: text_with(reader.locale, "clients-mail-request-lead", company),
        first_name: request.first_name.clone(),
        paragraphs: vec![
            text_with(reader.locale, "clients-mail-request-lead", company),
            text(reader.locale, "clients-mail-request-next").to_owned(),
        ],
        quote: None,
        code: None,
        action: Some((
            link,
            text(reader.locale, "clients-mail-request-action").to_owned(),
        )),
        note: text_with(
            reader.locale,
            "clients-mail-request-note",
            &[("date", expires.into())],
        ),
    };
    written(app, reader, &request.email, letter)
}

/// The mail of a registration: the link that confirms the address, or that there is an account already, or
/// that HR refused.
///
/// # Errors
/// A template that cannot be rendered.
pub fn registration(
    app: &App,
    id: Uuid,
    (mail, refused): (&RegistrationMail, bool),
) -> Result<Mail, RenderError> {
    let reader = reader_of(&mail.locale);
    let company = mail.company.as_deref().unwrap_or_default();
    let company: &[(&'static str, _)] = &[("company", company.into())];
    let say = |key: &'static str| text_with(reader.locale, key, company);
    let at = |path: String| format!("{}{path}", app.config.public_url);
    let [subject, lead, next, note] = if refused {
        [
            "employees-mail-refused-subject",
            "employees-mail-refused-lead",
            "employees-mail-refused-next",
            "",
        ]
    } else if mail.known {
        [
            "employees-mail-known-subject",
            "employees-mail-known-lead",
            "employees-mail-known-next",
            "employees-mail-register-note",
        ]
    } else {
        [
            "employees-mail-register-subject",
            "employees-mail-register-lead",
            "employees-mail-register-next",
            "employees-mail-register-note",
        ]
    };
    let action = match (refused, mail.known) {
        (true, _) => None,
        (false, true) => Some((at("/login".to_owned()), say("common-sign-in"))),
        (false, false) => {
            let token = LinkToken {
                id,
                user_id: Uuid::nil(),
                nonce: mail.nonce,
            };
            let signed = app.links.sign(LinkPurpose::Registration, &token);
            Some((
                at(format!("/register/{signed}")),
                say("employees-mail-register-action"),
            ))
        }
    };
    let expires = date_time(reader.locale, reader.tz, mail.expires_at);
    let letter = Letter {
        subject: say(subject),
        preview: say(lead),
        first_name: mail.first_name.clone(),
        paragraphs: vec![say(lead), say(next)],
        quote: None,
        code: None,
        action,
        note: match note {
            "" => String::new(),
            key => text_with(reader.locale, key, &[("date", expires.into())]),
        },
    };
    written(app, reader, &mail.email, letter)
}

/// The mail that tells of a decision about a company.
///
/// # Errors
/// A template that cannot be rendered.
pub fn decision(app: &App, told: &DecisionMail) -> Result<Mail, RenderError> {
    let reader = reader_of(&told.locale);
    let [subject_key, lead_key, next_key] = match Decision::from_code(&told.kind) {
        Some(Decision::Validated) => [
            "clients-mail-validated-subject",
            "clients-mail-validated-lead",
            "clients-mail-validated-next",
        ],
        Some(Decision::Suspended) => [
            "clients-mail-suspended-subject",
            "clients-mail-suspended-lead",
            "clients-mail-suspended-next",
        ],
        Some(Decision::Reactivated) => [
            "clients-mail-reactivated-subject",
            "clients-mail-reactivated-lead",
            "clients-mail-reactivated-next",
        ],
        Some(Decision::Refused) | None => [
            "clients-mail-refused-subject",
            "clients-mail-refused-lead",
            "clients-mail-refused-next",
        ],
    };
    let company: &[(&'static str, _)] = &[("company", told.company.as_str().into())];
    let lead = text_with(reader.locale, lead_key, company);
    let letter = Letter {
        subject: text_with(reader.locale, subject_key, company),
        preview: lead.clone(),
        first_name: told.first_name.clone(),
        paragraphs: vec![lead, text(reader.locale, next_key).to_owned()],
        quote: (!told.reason.is_empty()).then(|| told.reason.clone()),
        code: None,
        action: None,
        note: String::new(),
    };
    written(app, reader, &told.email, letter)
}

/// The mail to somebody who has something planned with a suspended company. An employee's names neither
/// the company nor what is planned: the mailbox may be the company's.
///
/// # Errors
/// A template that cannot be rendered.
pub fn concerned(app: &App, told: &ConcernedMail) -> Result<Mail, RenderError> {
    let reader = reader_of(&told.locale);
    let (lead_key, space) = if told.role == AccountRole::Employee.as_str() {
        ("clients-mail-concerned-employee", AccountRole::Employee)
    } else {
        (
            "clients-mail-concerned-practitioner",
            AccountRole::Practitioner,
        )
    };
    let lead = text_with(reader.locale, lead_key, &[("count", told.count.into())]);
    let letter = Letter {
        subject: text(reader.locale, "clients-mail-concerned-subject").to_owned(),
        preview: lead.clone(),
        first_name: told.first_name.clone(),
        paragraphs: vec![lead],
        quote: None,
        code: None,
        action: Some((
            format!("{}{}/consultations", app.config.public_url, space.home()),
            text(reader.locale, "clients-mail-concerned-action").to_owned(),
        )),
        note: String::new(),
    };
    written(app, reader, &told.email, letter)
}

/// The mail to a member of HR about what a colleague did.
///
/// # Errors
/// A template that cannot be rendered.
pub fn team(app: &App, told: &TeamMail, doing: Doing) -> Result<Mail, RenderError> {
    let reader = reader_of(&told.locale);
    let who: &[(&'static str, _)] = &[
        ("name", told.author.as_str().into()),
        ("company", told.company.as_str().into()),
    ];
    let lead = text_with(reader.locale, doing.lead_key, who);
    let letter = Letter {
        subject: text_with(reader.locale, "clients-mail-team-subject", who),
        preview: lead.clone(),
        first_name: told.first_name.clone(),
        paragraphs: vec![
            lead,
            text(reader.locale, "clients-mail-team-next").to_owned(),
        ],
        quote: None,
        code: None,
        action: Some((
            format!("{}{}", app.config.public_url, doing.page()),
            text(reader.locale, "clients-mail-team-action").to_owned(),
        )),
        note: text(reader.locale, "clients-mail-team-note").to_owned(),
    };
    written(app, reader, &told.email, letter)
}

/// The mail with the code that proves a domain.
///
/// # Errors
/// A template that cannot be rendered.
pub fn domain_code(app: &App, claim: &CodeMail) -> Result<Mail, RenderError> {
    let reader = reader_of(&claim.locale);
    let who: &[(&'static str, _)] = &[
        ("name", claim.asked_by.as_str().into()),
        ("company", claim.company.as_str().into()),
        ("domain", claim.domain.as_str().into()),
    ];
    let lead = text_with(reader.locale, "clients-mail-code-lead", who);
    let letter = Letter {
        subject: text_with(reader.locale, "clients-mail-code-subject", who),
        preview: lead.clone(),
        first_name: String::new(),
        paragraphs: vec![lead],
        quote: None,
        code: Some(DomainCode::of(app).code(claim.id, claim.nonce)),
        action: None,
        note: text_with(
            reader.locale,
            "clients-mail-code-note",
            &[("minutes", CODE_MINUTES.into())],
        ),
    };
    written(app, reader, &claim.email, letter)
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
    let is_hr = invitation.role == AccountRole::Hr.as_str();
    let (first_name, company) = (invitation.first_name.as_str(), invitation.company.as_str());
    let html = reader.render(&InvitationHtml {
        mail: &mail,
        first_name,
        company,
        link: &link,
        expires: &expires,
        is_hr,
    })?;
    let plain = reader.render(&InvitationText {
        mail: &mail,
        first_name,
        company,
        link: &link,
        expires: &expires,
        is_hr,
    })?;
    let subject = text_with(
        reader.locale,
        if is_hr {
            "clients-mail-hr-subject"
        } else {
            "companies-mail-subject"
        },
        &[("company", company.into())],
    );
    Ok(Mail::new(&invitation.email, subject, html, plain))
}
