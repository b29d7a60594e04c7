//! What there is of a practitioner: their profile, their agenda, what they did. Nothing of their patients:
//! not even who they are.

use super::{
    of_employees::{FEEDS, PREFERENCES, REPORTS, format_key, status_key},
    of_everybody::{ACCESSES, ACCOUNT, CONSENTS, COPIES, DEEDS, RESETS, SECURITY, SIGN_INS},
    tables::{Chapter, Place, Table, code, day, flag, instant, long, sealed, seconds, text},
};
use crate::{
    booking::model::Status,
    infra::envelope::Scope,
    notifications::{model::Kind, wording},
    practitioners::model::Specialty,
};

const PROFILE: Table = Table {
    name: "profile",
    title: "practitioners-profile-title",
    shows: &["practitioners", "directory_entries"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT title, professional_id, specialty, array_to_string(sub_specialties, ', ') AS sub_specialties,
                   array_to_string(languages, ', ') AS languages, bio, experience_years, education,
                   array_to_string(diplomas, ', ') AS diplomas, city, gender, presentation_video_url, in_person_address,
                   verification, average_rating, review_count, created_at
            FROM practitioners WHERE user_id = $1) r",
    fields: &[
        text("title", "privacy-field-title"),
        text("professional_id", "privacy-field-professional-id"),
        code("specialty", "privacy-field-specialty", |code| {
            code.parse::<Specialty>().ok().map(Specialty::label_key)
        }),
        text("sub_specialties", "privacy-field-sub-specialties"),
        text("languages", "privacy-field-language"),
        long("bio", "privacy-field-text"),
        text("experience_years", "privacy-field-experience"),
        text("education", "privacy-field-education"),
        text("diplomas", "privacy-field-diplomas"),
        text("city", "privacy-field-city"),
        text("gender", "privacy-field-gender"),
        text("presentation_video_url", "privacy-field-video"),
        text("in_person_address", "privacy-field-place"),
        text("verification", "privacy-field-status"),
        text("average_rating", "privacy-field-rating"),
        instant("created_at", "privacy-field-created"),
    ],
};

const PLACES: Table = Table {
    name: "places",
    title: "privacy-copy-places",
    shows: &["places", "place_practitioners"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT name, address, directions, created_at, removed_at FROM places WHERE practitioner_id = $1
            ORDER BY created_at) r",
    fields: &[
        text("name", "privacy-field-name"),
        text("address", "privacy-field-place"),
        text("directions", "privacy-field-directions"),
        instant("created_at", "privacy-field-created"),
        instant("removed_at", "privacy-field-ended"),
    ],
};

const WINDOWS: Table = Table {
    name: "hours",
    title: "privacy-copy-hours",
    shows: &["availability_windows"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT weekday, start_time, end_time, valid_from, valid_until, every_weeks FROM availability_windows
            WHERE practitioner_id = $1 ORDER BY valid_from, weekday, start_time) r",
    fields: &[
        text("weekday", "privacy-field-weekdays"),
        text("start_time", "privacy-field-from"),
        text("end_time", "privacy-field-until"),
        day("valid_from", "privacy-field-first-day"),
        day("valid_until", "privacy-field-last-day"),
        text("every_weeks", "privacy-field-every-weeks"),
    ],
};

const EXCEPTIONS: Table = Table {
    name: "exceptions",
    title: "privacy-copy-exceptions",
    shows: &["availability_exceptions"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT id, practitioner_id, day, kind, start_time, end_time, label_sealed FROM availability_exceptions
            WHERE practitioner_id = $1 ORDER BY day, start_time) r",
    fields: &[
        day("day", "privacy-field-day"),
        text("kind", "privacy-field-what"),
        text("start_time", "privacy-field-from"),
        text("end_time", "privacy-field-until"),
        sealed(
            "label_sealed",
            "privacy-field-name",
            Place {
                table: "availability_exceptions",
                column: "label_sealed",
                scope: Scope::Agenda,
                owner: "practitioner_id",
            },
        ),
    ],
};

const LED: Table = Table {
    name: "appointments",
    title: "privacy-copy-appointments",
    shows: &["consultations"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT starts_at, ends_at, format, status, started_at, ended_at, duration_seconds, cancelled_at
            FROM consultations WHERE practitioner_id = $1 ORDER BY starts_at, id) r",
    fields: &[
        instant("starts_at", "privacy-field-appointment"),
        instant("ends_at", "privacy-field-planned-end"),
        code("format", "privacy-field-format", format_key),
        code("status", "privacy-field-status", status_key),
        instant("started_at", "privacy-field-started"),
        instant("ended_at", "privacy-field-finished"),
        seconds("duration_seconds", "privacy-field-duration"),
        instant("cancelled_at", "privacy-field-cancelled"),
    ],
};

const PRESENT: Table = Table {
    name: "room_presences",
    title: "privacy-copy-presences",
    shows: &["presences"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT joined_at, coalesce(left_at, seen_at) AS left_at FROM presences WHERE person_id = $1
            ORDER BY joined_at) r",
    fields: &[
        instant("joined_at", "privacy-field-from"),
        instant("left_at", "privacy-field-until"),
    ],
};

const COUNTERS: Table = Table {
    name: "consultations_per_day",
    title: "privacy-copy-days",
    shows: &[
        "practitioner_activity_daily",
        "practitioner_activity_monthly",
    ],
    sql: "SELECT row FROM hz.own_rows('practitioner_activity_daily') AS row WHERE $1 IS NOT NULL",
    fields: &[
        day("day", "privacy-field-day"),
        text("consultations", "metrics-consultations"),
        seconds("seconds", "privacy-field-duration"),
    ],
};

const RECEIVED: Table = Table {
    name: "published_reviews",
    title: "privacy-copy-reviews-received",
    shows: &["practitioner_reviews"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT published_at, rating, comment FROM practitioner_reviews
            WHERE practitioner_id = $1 AND status = 'published' ORDER BY published_at) r",
    fields: &[
        instant("published_at", "privacy-field-published"),
        text("rating", "privacy-field-rating"),
        long("comment", "privacy-field-text"),
    ],
};

const TOLD: Table = Table {
    name: "notifications",
    title: "privacy-copy-notices",
    shows: &["notices"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT created_at, kind, starts_at, read_at FROM notices WHERE recipient_id = $1 ORDER BY position) r",
    fields: &[
        instant("created_at", "privacy-field-when"),
        code("kind", "privacy-field-what", |code| {
            Kind::parse(code).map(|kind| wording::title_key(kind, false, Status::Confirmed))
        }),
        instant("starts_at", "privacy-field-appointment"),
        instant("read_at", "privacy-field-read"),
    ],
};

const SETTINGS: Table = Table {
    name: "agenda_settings",
    title: "privacy-copy-settings",
    shows: &[],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT accepting_new_clients, auto_confirm, slot_minutes, buffer_minutes, minimum_notice_hours, horizon_days,
                   daily_maximum, timezone FROM practitioners WHERE user_id = $1) r",
    fields: &[
        flag("accepting_new_clients", "privacy-field-accepting"),
        flag("auto_confirm", "privacy-field-auto-confirm"),
        text("slot_minutes", "privacy-field-slot-minutes"),
        text("buffer_minutes", "privacy-field-buffer-minutes"),
        text("minimum_notice_hours", "privacy-field-notice-hours"),
        text("horizon_days", "privacy-field-horizon-days"),
        text("daily_maximum", "privacy-field-daily-maximum"),
        text("timezone", "privacy-field-timezone"),
    ],
};

pub(super) static CHAPTERS: [Chapter; 5] = [
    Chapter {
        name: "account",
        title: "privacy-copy-account",
        tables: &[ACCOUNT, PROFILE, CONSENTS],
    },
    Chapter {
        name: "agenda",
        title: "privacy-copy-agenda",
        tables: &[SETTINGS, PLACES, WINDOWS, EXCEPTIONS],
    },
    Chapter {
        name: "appointments",
        title: "privacy-copy-appointments",
        tables: &[LED, PRESENT, COUNTERS, RECEIVED, REPORTS],
    },
    Chapter {
        name: "notifications",
        title: "privacy-copy-notices",
        tables: &[TOLD, PREFERENCES, FEEDS],
    },
    Chapter {
        name: "security",
        title: "privacy-copy-security",
        tables: &[SIGN_INS, RESETS, SECURITY, ACCESSES, DEEDS, COPIES],
    },
];
