//! How the domain's values are called: keys of labels, icons, tones.

use super::{
    model::{Format, Status},
    slots::Refusal,
};

/// The key of a status' label.
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::Held => "booking-status-held",
        Status::Scheduled => "booking-status-scheduled",
        Status::Confirmed => "booking-status-confirmed",
        Status::InProgress => "booking-status-in-progress",
        Status::Completed => "booking-status-completed",
        Status::Cancelled => "booking-status-cancelled",
        Status::NoShow => "booking-status-no-show",
        Status::PractitionerAbsent => "booking-status-practitioner-absent",
    }
}

/// The tone of a status' badge.
pub fn status_tone(status: Status) -> &'static str {
    match status {
        Status::Held | Status::Scheduled => "warning",
        Status::Confirmed => "success",
        Status::InProgress => "info",
        Status::Completed | Status::PractitionerAbsent => "neutral",
        Status::Cancelled | Status::NoShow => "danger",
    }
}

/// The key of a format's label.
pub fn format_key(format: Format) -> &'static str {
    match format {
        Format::Video => "booking-format-video",
        Format::Audio => "booking-format-audio",
        Format::InPerson => "booking-format-in-person",
    }
}

/// The key of what a format means for the employee who chooses it.
pub fn format_detail_key(format: Format) -> &'static str {
    match format {
        Format::Video => "booking-format-video-detail",
        Format::Audio => "booking-format-audio-detail",
        Format::InPerson => "booking-format-in-person-detail",
    }
}

/// A format's drawing in the icon sprite.
pub fn format_icon(format: Format) -> &'static str {
    match format {
        Format::Video => "video",
        Format::Audio => "phone",
        Format::InPerson => "map-pin",
    }
}

/// The key of the sentence that says why a start cannot be booked.
pub fn refusal_key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Past => "booking-refusal-past",
        Refusal::TooSoon => "booking-refusal-too-soon",
        Refusal::BeyondHorizon => "booking-refusal-beyond-horizon",
        Refusal::OutsideHours => "booking-refusal-outside-hours",
        Refusal::OwnConflict => "booking-refusal-own-conflict",
        Refusal::Taken => "booking-refusal-taken",
        Refusal::DayFull => "booking-refusal-day-full",
    }
}

/// The key of the sentence that says why a session of a series cannot be had.
pub fn session_refusal_key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::OwnConflict => "booking-series-own-conflict",
        Refusal::Taken => "booking-series-taken",
        Refusal::DayFull => "booking-series-day-full",
        Refusal::Past | Refusal::TooSoon | Refusal::BeyondHorizon | Refusal::OutsideHours => {
            "booking-series-outside-hours"
        }
    }
}
