//! How notices are called: keys of titles and sentences, icons, tones.

use super::model::{Kind, Lead, Topic};
use crate::booking::model::Status;

/// The title of a notice, in a mail or in the list, with the status the appointment has by then: what is
/// confirmed no longer waits to be.
pub fn title_key(kind: Kind, for_employee: bool, status: Status) -> &'static str {
    if for_employee {
        match kind {
            Kind::Booked => "notifications-booked",
            Kind::Confirmed => "notifications-confirmed",
            Kind::Rescheduled => "notifications-rescheduled",
            Kind::Cancelled => "notifications-cancelled",
            Kind::Released => "notifications-released",
            Kind::NoShow => "notifications-no-show",
            Kind::NoShowContested => "notifications-no-show-contested",
            Kind::PractitionerAbsent => "notifications-practitioner-absent",
            Kind::AbsenceContested => "notifications-absence-contested",
            Kind::AbsenceWithdrawn => "notifications-absence-withdrawn",
            Kind::TimesDeclared => "notifications-times-declared",
            Kind::Offered => "notifications-offered",
            Kind::CompanySuspended => "notifications-company-suspended",
            Kind::Closed | Kind::EndReminder => "notifications-closed",
            Kind::DurationCorrected => "notifications-duration-corrected",
            Kind::DurationContested => "notifications-duration-contested",
            Kind::Reminder(_) => "notifications-reminder",
            Kind::CompanyNews => "notifications-company-news",
        }
    } else {
        match kind {
            Kind::Booked if status == Status::Scheduled => "notifications-practice-booked",
            Kind::Booked => "notifications-practice-booked-confirmed",
            Kind::Confirmed => "notifications-practice-confirmed",
            Kind::Rescheduled => "notifications-practice-rescheduled",
            Kind::Cancelled => "notifications-practice-cancelled",
            Kind::Released => "notifications-practice-released",
            Kind::NoShow => "notifications-practice-no-show",
            Kind::NoShowContested => "notifications-practice-no-show-contested",
            Kind::PractitionerAbsent => "notifications-practice-absent",
            Kind::AbsenceContested => "notifications-practice-absence-contested",
            Kind::AbsenceWithdrawn => "notifications-absence-withdrawn",
            Kind::TimesDeclared => "notifications-times-declared",
            Kind::Offered => "notifications-offered",
            Kind::CompanySuspended => "notifications-practice-company-suspended",
            Kind::EndReminder => "notifications-practice-end-reminder",
            Kind::Closed => "notifications-practice-closed",
            Kind::DurationCorrected => "notifications-practice-duration-corrected",
            Kind::DurationContested => "notifications-practice-duration-contested",
            Kind::Reminder(_) => "notifications-practice-reminder",
            Kind::CompanyNews => "notifications-company-news",
        }
    }
}

/// The sentence of a mail to the employee; `own` when they did it themselves.
pub fn employee_lead_key(kind: Kind, own: bool, status: Status) -> &'static str {
    match (kind, own) {
        (Kind::Booked, _) if status == Status::Confirmed => "notifications-mail-confirmed",
        (Kind::Booked, _) => "notifications-mail-booked",
        (Kind::Confirmed, _) => "notifications-mail-confirmed",
        (Kind::Rescheduled, true) => "notifications-mail-rescheduled-own",
        (Kind::Rescheduled, false) => "notifications-mail-rescheduled",
        (Kind::Cancelled, true) => "notifications-mail-cancelled-own",
        (Kind::Cancelled, false) => "notifications-mail-cancelled",
        (Kind::Released, _) => "notifications-mail-released",
        (Kind::NoShow | Kind::NoShowContested | Kind::PractitionerAbsent, _) => {
            "notifications-mail-no-show"
        }
        (Kind::AbsenceContested, _) => "notifications-mail-absence-contested",
        (Kind::AbsenceWithdrawn, _) => "notifications-mail-absence-withdrawn",
        (Kind::TimesDeclared, _) => "notifications-mail-times-declared",
        (Kind::Offered, _) => "notifications-mail-offered",
        (Kind::CompanySuspended, _) => "notifications-mail-company-suspended",
        (Kind::Closed | Kind::EndReminder, _) => "notifications-mail-closed",
        (Kind::DurationCorrected | Kind::DurationContested, _) => {
            "notifications-mail-duration-corrected"
        }
        (Kind::Reminder(_), _) => "notifications-mail-reminder",
        // Its mail is the domain's own.
        (Kind::CompanyNews, _) => "notifications-company-news",
    }
}

/// The sentence of a mail to the practitioner; `own` when they did it themselves.
pub fn practice_lead_key(kind: Kind, own: bool, status: Status) -> &'static str {
    match (kind, own) {
        (Kind::Booked, _) if status == Status::Confirmed => {
            "notifications-mail-practice-booked-confirmed"
        }
        (Kind::Booked | Kind::Offered, _) => "notifications-mail-practice-booked",
        (Kind::Confirmed, _) => "notifications-mail-practice-confirmed",
        (Kind::Rescheduled, true) => "notifications-mail-practice-rescheduled-own",
        (Kind::Rescheduled, false) => "notifications-mail-practice-rescheduled",
        (Kind::Cancelled, true) => "notifications-mail-practice-cancelled-own",
        (Kind::Cancelled, false) => "notifications-mail-practice-cancelled",
        (Kind::Released, _) => "notifications-mail-practice-released",
        (Kind::NoShow | Kind::NoShowContested, _) => "notifications-mail-practice-contested",
        (Kind::EndReminder, _) => "notifications-mail-practice-end-reminder",
        (Kind::CompanySuspended, _) => "notifications-mail-company-suspended",
        (Kind::Closed, _) => "notifications-mail-practice-closed",
        (Kind::DurationCorrected | Kind::DurationContested, _) => {
            "notifications-mail-practice-duration-contested"
        }
        (Kind::PractitionerAbsent | Kind::AbsenceContested, _) => {
            "notifications-mail-practice-absent"
        }
        (Kind::AbsenceWithdrawn, _) => "notifications-mail-practice-absence-withdrawn",
        (Kind::TimesDeclared, _) => "notifications-mail-times-declared",
        (Kind::Reminder(_), _) => "notifications-mail-practice-reminder",
        (Kind::CompanyNews, _) => "notifications-company-news",
    }
}

/// The sentence of a mail about appointments that were booked together, with their `count`.
pub fn together_lead_key(kind: Kind, for_employee: bool) -> &'static str {
    match (kind, for_employee) {
        (Kind::Confirmed, true) => "notifications-mail-confirmed-series",
        (Kind::Confirmed, false) => "notifications-mail-practice-confirmed-series",
        (_, true) => "notifications-mail-booked-series",
        (_, false) => "notifications-mail-practice-booked-series",
    }
}

/// A notice's drawing in the icon sprite.
pub fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Booked => "calendar-plus",
        Kind::Confirmed => "calendar-check",
        Kind::Rescheduled => "calendar-clock",
        Kind::Cancelled | Kind::Released => "calendar-x",
        Kind::NoShow
        | Kind::NoShowContested
        | Kind::PractitionerAbsent
        | Kind::AbsenceContested => "circle-alert",
        Kind::AbsenceWithdrawn | Kind::TimesDeclared => "circle-check",
        Kind::Offered => "sparkles",
        Kind::CompanySuspended => "building-2",
        Kind::EndReminder | Kind::Closed | Kind::DurationCorrected | Kind::DurationContested => {
            "clock"
        }
        Kind::Reminder(_) => "bell",
        Kind::CompanyNews => "newspaper",
    }
}

/// The tone of a notice's drawing.
pub fn tone(kind: Kind) -> &'static str {
    match kind {
        Kind::Booked | Kind::Offered | Kind::CompanyNews => "brand",
        Kind::Confirmed => "success",
        Kind::Rescheduled
        | Kind::EndReminder
        | Kind::CompanySuspended
        | Kind::DurationContested => "warning",
        Kind::Closed | Kind::DurationCorrected => "info",
        Kind::Cancelled
        | Kind::Released
        | Kind::NoShow
        | Kind::NoShowContested
        | Kind::PractitionerAbsent
        | Kind::AbsenceContested => "danger",
        Kind::AbsenceWithdrawn | Kind::TimesDeclared | Kind::Reminder(_) => "info",
    }
}

/// The key of a topic's label in the preferences.
pub fn topic_key(topic: Topic) -> &'static str {
    match topic {
        Topic::Booked => "notifications-topic-booked",
        Topic::Confirmed => "notifications-topic-confirmed",
        Topic::Changed => "notifications-topic-changed",
        Topic::Reminder(Lead::TwoDays) => "notifications-topic-reminder-48h",
        Topic::Reminder(Lead::OneDay) => "notifications-topic-reminder-24h",
        Topic::Reminder(Lead::OneHour) => "notifications-topic-reminder-1h",
        Topic::CompanyNews => "notifications-topic-company-news",
    }
}

/// The key of the line below a topic's label.
pub fn topic_hint_key(topic: Topic, for_employee: bool) -> &'static str {
    match topic {
        Topic::Booked if for_employee => "notifications-topic-booked-hint",
        Topic::Booked => "notifications-topic-practice-booked-hint",
        Topic::Confirmed if for_employee => "notifications-topic-confirmed-hint",
        Topic::Confirmed => "notifications-topic-practice-confirmed-hint",
        Topic::Changed => "notifications-topic-changed-hint",
        Topic::Reminder(_) => "notifications-topic-reminder-hint",
        Topic::CompanyNews => "notifications-topic-company-news-hint",
    }
}
