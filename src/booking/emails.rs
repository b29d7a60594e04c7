//! The mails about appointments, rendered when they leave, in the recipient's language and zone.
//!
//! They are discreet. An employee's subject says "your appointment" and nothing else, the body no
//! profession; a practitioner's names nobody: who comes is read after signing in.

use askama::Template;
use uuid::Uuid;

use super::{model::Format, queries::mail::Appointment, wording};
use crate::infra::{
    app::App,
    error::AppError,
    i18n::{self, Locale},
    mailer::Mail,
    page::{MailContext, Reader, filters},
};

/// What happened to an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The employee booked it.
    Booked,
    /// The practitioner confirmed it.
    Confirmed,
    /// One of them cancelled it.
    Cancelled,
}

/// The sentences of a mail, as keys.
struct Wording {
    subject: &'static str,
    heading: &'static str,
    lead: &'static str,
    action: &'static str,
    /// What to know besides.
    note: &'static str,
}

fn wording_for(news: News, appointment: &Appointment) -> Wording {
    if appointment.for_employee {
        let (heading, lead, action) = match (news, appointment.cancelled_by_recipient) {
            (News::Booked, _) => (
                "booking-mail-booked-heading",
                "booking-mail-booked-lead",
                "booking-mail-action-see",
            ),
            (News::Confirmed, _) => (
                "booking-mail-confirmed-heading",
                "booking-mail-confirmed-lead",
                "booking-mail-action-see",
            ),
            (News::Cancelled, true) => (
                "booking-mail-cancelled-heading",
                "booking-mail-cancelled-own-lead",
                "booking-mail-action-rebook",
            ),
            (News::Cancelled, false) => (
                "booking-mail-cancelled-heading",
                "booking-mail-cancelled-lead",
                "booking-mail-action-rebook",
            ),
        };
        return Wording {
            subject: "booking-mail-subject",
            heading,
            lead,
            action,
            note: "booking-mail-note",
        };
    }
    let (heading, lead) = match (news, appointment.cancelled_by_recipient) {
        (News::Booked, _) => (
            "booking-mail-practice-booked",
            "booking-mail-practice-booked-lead",
        ),
        (News::Confirmed, _) => (
            "booking-mail-practice-confirmed",
            "booking-mail-practice-confirmed-lead",
        ),
        (News::Cancelled, true) => (
            "booking-mail-practice-cancelled",
            "booking-mail-practice-cancelled-own-lead",
        ),
        (News::Cancelled, false) => (
            "booking-mail-practice-cancelled",
            "booking-mail-practice-cancelled-lead",
        ),
    };
    Wording {
        subject: heading,
        heading,
        lead,
        action: "booking-mail-practice-action",
        note: "booking-mail-practice-note",
    }
}

/// What both forms of the mail show.
struct Content<'a> {
    wording: Wording,
    first_name: &'a str,
    when: String,
    /// Told to employees only.
    practitioner: Option<&'a str>,
    format_key: &'static str,
    address: Option<&'a str>,
    link: String,
}

#[derive(Template)]
#[template(path = "emails/booking/appointment.html")]
struct AppointmentHtml<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

#[derive(Template)]
#[template(path = "emails/booking/appointment.txt")]
struct AppointmentText<'a> {
    mail: &'a MailContext,
    content: &'a Content<'a>,
}

/// The mail that brings news of an appointment.
///
/// # Errors
/// A format that the model does not know, a template that cannot be rendered.
pub fn appointment(
    app: &App,
    consultation: Uuid,
    news: News,
    appointment: &Appointment,
) -> Result<Mail, AppError> {
    let reader = Reader {
        locale: Locale::from_code(&appointment.locale).unwrap_or_default(),
        tz: appointment
            .timezone
            .parse()
            .unwrap_or(chrono_tz::Europe::Paris),
    };
    let base_url = app.config.public_url.as_str();
    let format: Format = appointment.format.parse().map_err(AppError::internal)?;
    let going_on = news != News::Cancelled;
    let link = match (appointment.for_employee, going_on) {
        (true, true) => format!("{base_url}/employee/consultations/{consultation}"),
        (true, false) => format!("{base_url}/employee/booking"),
        (false, _) => format!("{base_url}/practitioner/consultations/{consultation}"),
    };
    let content = Content {
        wording: wording_for(news, appointment),
        first_name: &appointment.first_name,
        when: i18n::date_time(reader.locale, reader.tz, appointment.starts_at),
        practitioner: appointment
            .for_employee
            .then_some(appointment.practitioner.as_str()),
        format_key: wording::format_key(format),
        address: appointment
            .address
            .as_deref()
            .filter(|_| going_on && format == Format::InPerson),
        link,
    };
    let mail = MailContext::new(reader, base_url);
    let html = reader.render(&AppointmentHtml {
        mail: &mail,
        content: &content,
    });
    let text = reader.render(&AppointmentText {
        mail: &mail,
        content: &content,
    });
    Ok(Mail::new(
        &appointment.email,
        i18n::text(reader.locale, content.wording.subject),
        html.map_err(AppError::internal)?,
        text.map_err(AppError::internal)?,
    ))
}
