//! The mails about appointments, written when they leave, in the recipient's language and zone.
//!
//! An employee's mails are discreet unless they chose otherwise: a neutral sender, the subject "your
//! appointment", neither title nor profession, nothing of the product's name or of help lines, because the
//! mailbox may be the company's. A practitioner's name nobody: who comes is read after signing in.

use askama::Template;
use chrono::{DateTime, Utc};

use super::{
    ics::{self, Entry, Invitation, Method},
    model::Kind,
    queries::{
        addresses::AddressMail,
        mail::{Letter, Session},
    },
    wording,
};
use crate::{
    booking::{
        model::{Format, Status},
        wording as booking,
    },
    infra::{
        app::App,
        error::AppError,
        i18n::{self, Locale, Message},
        mailer::{Attachment, Mail, Sender},
        page::{MailContext, Reader, filters},
    },
};

/// What both forms of the mail show.
struct Content<'a> {
    subject: &'a str,
    heading_key: &'static str,
    first_name: &'a str,
    lead: Message,
    /// The one date, as mailboxes show it beside the subject.
    when: &'a str,
    /// Every date: one, but for appointments booked together.
    dates: Vec<String>,
    /// When it was before it was moved.
    before: Option<String>,
    /// Told to employees only.
    practitioner: Option<&'a str>,
    format_key: &'static str,
    address: Option<&'a str>,
    link: &'a str,
    action_key: &'static str,
    written_at: DateTime<Utc>,
    note_key: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "emails/notifications/notice.html")]
struct NoticeHtml<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

#[derive(Template)]
#[template(path = "emails/notifications/notice.txt")]
struct NoticeText<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

/// Whether the appointment is still on, as far as this mail is concerned.
fn is_on(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Booked | Kind::Confirmed | Kind::Rescheduled | Kind::Offered | Kind::Reminder(_)
    )
}

/// Where the mail's button leads, below the site's address, and its words.
fn action(letter: &Letter) -> (String, &'static str) {
    let id = letter.consultation_id;
    if !letter.recipient.is_employee {
        return (
            format!("/practitioner/consultations/{id}"),
            "notifications-mail-practice-action",
        );
    }
    match letter.kind {
        Kind::Offered => (
            "/employee/waiting-list".to_owned(),
            "notifications-mail-action-answer",
        ),
        Kind::Cancelled | Kind::Released => (
            "/employee/booking".to_owned(),
            "notifications-mail-action-rebook",
        ),
        _ => (
            format!("/employee/consultations/{id}"),
            "notifications-mail-action-see",
        ),
    }
}

fn subject(letter: &Letter, heading_key: &'static str, when: &str) -> String {
    let Reader { locale, .. } = letter.recipient.reader;
    if letter.recipient.preferences.discreet {
        return i18n::text(locale, "notifications-mail-subject").to_owned();
    }
    let heading = i18n::text(locale, heading_key);
    if !letter.recipient.is_employee && !matches!(letter.kind, Kind::Reminder(_)) {
        return heading.to_owned();
    }
    let arguments = [("heading", heading.into()), ("when", when.into())];
    i18n::text_with(locale, "notifications-mail-subject-dated", &arguments)
}

/// Whom the mail comes from: a discreet one, from nobody in particular.
fn sender(app: &App, reader: Reader, discreet: bool) -> Result<Sender, AppError> {
    let mut sender = Sender::of(&app.config, discreet).map_err(AppError::internal)?;
    if discreet {
        i18n::text(reader.locale, "notifications-mail-sender").clone_into(&mut sender.name);
    }
    Ok(sender)
}

/// The mail of a notice.
///
/// # Errors
/// A template that cannot be rendered, a sender's address that is none.
pub fn notice(app: &App, letter: &Letter, now: DateTime<Utc>) -> Result<Mail, AppError> {
    let recipient = &letter.recipient;
    let (reader, discreet) = (recipient.reader, recipient.preferences.discreet);
    let base_url = app.config.public_url.as_str();
    let (path, action_key) = action(letter);
    let link = format!("{base_url}{path}");
    let when = i18n::date_time(reader.locale, reader.tz, letter.facts.starts_at);
    let heading_key = match letter.kind {
        // Confirmed without being asked for: one mail says both.
        Kind::Booked if letter.facts.status == Status::Confirmed && recipient.is_employee => {
            "notifications-confirmed"
        }
        kind => wording::title_key(kind, recipient.is_employee, letter.facts.status),
    };
    let lead_key = if recipient.is_employee {
        wording::employee_lead_key
    } else {
        wording::practice_lead_key
    };
    let practitioner = if discreet {
        &letter.practitioner
    } else {
        &letter.titled_practitioner
    };
    let subject = subject(letter, heading_key, &when);
    let dates = letter.sessions.iter();
    let dates = dates.map(|session| i18n::date_time(reader.locale, reader.tz, session.starts_at));
    let together = letter.sessions.len() > 1;
    let content = Content {
        subject: &subject,
        heading_key,
        first_name: &recipient.first_name,
        lead: if together {
            Message::new(wording::together_lead_key(
                letter.kind,
                recipient.is_employee,
            ))
            .with("count", letter.sessions.len())
        } else {
            Message::new(lead_key(
                letter.kind,
                letter.by_recipient,
                letter.facts.status,
            ))
        },
        when: &when,
        dates: dates.collect(),
        before: letter
            .previous_start
            .map(|start| i18n::date_time(reader.locale, reader.tz, start)),
        practitioner: recipient.is_employee.then_some(practitioner.as_str()),
        format_key: booking::format_key(letter.format),
        address: letter
            .address
            .as_deref()
            .filter(|_| is_on(letter.kind) && letter.format == Format::InPerson),
        link: &link,
        action_key,
        written_at: now,
        note_key: match (recipient.is_employee, is_on(letter.kind)) {
            (true, true) if letter.kind != Kind::Offered => Some("notifications-mail-note"),
            (true, _) => None,
            (false, _) => Some("notifications-mail-practice-note"),
        },
    };
    let context = MailContext::new(reader, base_url).discreet(discreet);
    let html = reader.render(&NoticeHtml {
        mail: &context,
        content: &content,
    });
    let text = reader.render(&NoticeText {
        mail: &context,
        content: &content,
    });
    let sender = sender(app, reader, discreet)?;
    let attachments = letter
        .sessions
        .iter()
        .filter_map(|session| invitation(letter, session, &content, &sender));
    let attachments: Vec<Attachment> = attachments.collect();
    let mail = Mail::new(
        &recipient.email,
        subject.as_str(),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    );
    let mail = attachments.into_iter().fold(mail, Mail::attach);
    Ok(if discreet { mail.sent_by(sender) } else { mail })
}

/// The calendar's file: an invitation, or its withdrawal. None about what is over, and none for an offer,
/// which is no appointment yet.
fn invitation(
    letter: &Letter,
    session: &Session,
    content: &Content<'_>,
    sender: &Sender,
) -> Option<Attachment> {
    let method = match letter.kind {
        Kind::Offered => return None,
        kind if kind.is_aftermath() => return None,
        Kind::Cancelled | Kind::Released => Method::Cancel,
        _ => Method::Request,
    };
    let recipient = &letter.recipient;
    let locale = recipient.reader.locale;
    let text = |key| i18n::text(locale, key);
    let open = recipient.is_employee && !recipient.preferences.discreet;
    // The same page of each appointment.
    let link = content
        .link
        .replace(&letter.consultation_id.to_string(), &session.id.to_string());
    let summary = match (recipient.is_employee, open) {
        (true, true) => i18n::text_with(
            locale,
            "notifications-ics-with",
            &[("name", letter.titled_practitioner.as_str().into())],
        ),
        (true, false) => text("notifications-ics-title").to_owned(),
        (false, _) => text("notifications-ics-practice-title").to_owned(),
    };
    let entry = Entry {
        uid: session.id,
        sequence: session.sequence(),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        stamp: content.written_at,
        standing: match (method, letter.facts.status) {
            (Method::Cancel, _) => ics::Standing::Cancelled,
            (_, Status::Scheduled) => ics::Standing::Tentative,
            _ => ics::Standing::Confirmed,
        },
        summary: &summary,
        // A shared calendar shows where as well as what.
        location: content
            .address
            .filter(|_| open || !recipient.is_employee)
            .or_else(|| {
                (open && letter.format != Format::InPerson).then(|| text(content.format_key))
            }),
        description: text("notifications-ics-details"),
        link: &link,
    };
    let file = ics::invitation(&Invitation {
        method,
        organizer: sender,
        attendee: &recipient.email,
        entry: &entry,
    });
    Some(Attachment {
        filename: text("notifications-ics-file").to_owned(),
        content_type: format!("text/calendar; charset=utf-8; method={}", method.as_str()),
        content: file.into_bytes(),
    })
}

#[derive(Template)]
#[template(path = "emails/notifications/address.html")]
struct AddressHtml<'a> {
    mail: &'a MailContext,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "emails/notifications/address.txt")]
struct AddressText<'a> {
    mail: &'a MailContext,
    link: &'a str,
}

/// The mail that proves a personal address. It names nobody: the address may be a stranger's.
///
/// # Errors
/// A template that cannot be rendered, a sender's address that is none.
pub fn address(app: &App, pending: &AddressMail, token: &str) -> Result<Mail, AppError> {
    let reader = Reader {
        locale: Locale::from_code(&pending.locale).unwrap_or_default(),
        tz: pending.timezone.parse().unwrap_or(chrono_tz::Europe::Paris),
    };
    let base_url = app.config.public_url.as_str();
    let mail = &MailContext::new(reader, base_url).discreet(true);
    let link = &format!("{base_url}/personal-address/{token}");
    let html = reader.render(&AddressHtml { mail, link });
    let text = reader.render(&AddressText { mail, link });
    Ok(Mail::new(
        &pending.email,
        i18n::text(reader.locale, "notifications-address-mail-subject"),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    )
    .sent_by(sender(app, reader, true)?))
}
