//! What there is of an employee.

use super::{
    of_everybody::{
        ACCESSES, ACCOUNT, CONSENTS, COPIES, DEEDS, INVITATIONS, RESETS, SECURITY, SIGN_INS,
    },
    tables::{
        Chapter, Field, Place, Table, Value, code, day, file, flag, instant, long, sealed, seconds,
        text,
    },
};
use crate::{
    booking::{
        model::{Format, Status},
        wording,
    },
    consultation::model::duration::ContestReason,
    infra::envelope::Scope,
    moderation::model::{Category, Refusal},
    notifications::{model::Kind, wording as notices},
    practitioners::model::Specialty,
};

pub(super) fn status_key(code: &str) -> Option<&'static str> {
    code.parse::<Status>().ok().map(wording::status_key)
}

pub(super) fn format_key(code: &str) -> Option<&'static str> {
    code.parse::<Format>().ok().map(wording::format_key)
}

pub(super) fn category_key(code: &str) -> Option<&'static str> {
    code.parse::<Category>().ok().map(Category::label_key)
}

fn notice_key(code: &str) -> Option<&'static str> {
    Kind::parse(code).map(|kind| notices::title_key(kind, true, Status::Confirmed))
}

const APPOINTMENT: Field = instant("starts_at", "privacy-field-appointment");
const PRACTITIONER: Field = text("practitioner", "privacy-field-practitioner");

const CONSULTATIONS: Table = Table {
    name: "appointments",
    title: "privacy-copy-appointments",
    shows: &["consultations"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT c.id, c.starts_at, c.ends_at, concat_ws(' ', u.first_name, u.last_name) AS practitioner, p.specialty,
                   c.format, l.name AS place, c.status, c.created_at, c.started_at, c.ended_at, c.duration_seconds,
                   c.cancelled_at, c.cancelled_late, c.message_sealed
            FROM consultations c LEFT JOIN users u ON u.id = c.practitioner_id
            LEFT JOIN practitioners p ON p.user_id = c.practitioner_id LEFT JOIN places l ON l.id = c.place_id
            WHERE c.employee_id = $1 ORDER BY c.starts_at, c.id) r",
    fields: &[
        APPOINTMENT,
        PRACTITIONER,
        code("specialty", "privacy-field-specialty", |code| {
            code.parse::<Specialty>().ok().map(Specialty::label_key)
        }),
        code("format", "privacy-field-format", format_key),
        text("place", "privacy-field-place"),
        code("status", "privacy-field-status", status_key),
        instant("ends_at", "privacy-field-planned-end"),
        instant("created_at", "privacy-field-booked"),
        instant("started_at", "privacy-field-started"),
        instant("ended_at", "privacy-field-finished"),
        seconds("duration_seconds", "privacy-field-duration"),
        instant("cancelled_at", "privacy-field-cancelled"),
        flag("cancelled_late", "privacy-field-cancelled-late"),
        sealed(
            "message_sealed",
            "privacy-field-message",
            Place {
                table: "consultations",
                column: "message_sealed",
                scope: Scope::Consultation,
                owner: "id",
            },
        ),
    ],
};

const EVENTS: Table = Table {
    name: "appointment_events",
    title: "privacy-copy-events",
    shows: &["consultation_events"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT e.id, c.id AS consultation_id, c.starts_at, e.kind, e.occurred_at,
                   e.actor_id IS NOT DISTINCT FROM $1 AS by_me, e.previous_starts_at, e.reason_sealed
            FROM consultation_events e JOIN consultations c ON c.id = e.consultation_id
            WHERE c.employee_id = $1 ORDER BY e.occurred_at, e.id) r",
    fields: &[
        instant("occurred_at", "privacy-field-when"),
        APPOINTMENT,
        text("kind", "privacy-field-what"),
        flag("by_me", "privacy-field-by-me"),
        instant("previous_starts_at", "privacy-field-before"),
        sealed(
            "reason_sealed",
            "privacy-field-reason",
            Place {
                table: "consultation_events",
                column: "reason_sealed",
                scope: Scope::Consultation,
                owner: "consultation_id",
            },
        ),
    ],
};

const PRESENCES: Table = Table {
    name: "room_presences",
    title: "privacy-copy-presences",
    shows: &["presences"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT c.starts_at, p.joined_at, coalesce(p.left_at, p.seen_at) AS left_at
            FROM presences p JOIN consultations c ON c.id = p.consultation_id
            WHERE p.person_id = $1 ORDER BY p.joined_at) r",
    fields: &[
        APPOINTMENT,
        instant("joined_at", "privacy-field-from"),
        instant("left_at", "privacy-field-until"),
    ],
};

const CONTESTS: Table = Table {
    name: "contested_durations",
    title: "privacy-copy-contests",
    shows: &["duration_contests"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT c.starts_at, d.contested_at, d.declared_seconds, d.claimed_seconds, d.reason, d.corrected_seconds
            FROM duration_contests d JOIN consultations c ON c.id = d.consultation_id
            WHERE c.employee_id = $1 ORDER BY d.contested_at) r",
    fields: &[
        APPOINTMENT,
        instant("contested_at", "privacy-field-when"),
        seconds("declared_seconds", "privacy-field-declared"),
        seconds("claimed_seconds", "privacy-field-claimed"),
        code("reason", "privacy-field-reason", |code| {
            ContestReason::parse(code).map(ContestReason::label_key)
        }),
        seconds("corrected_seconds", "privacy-field-corrected"),
    ],
};

const WAITING: Table = Table {
    name: "waiting_list",
    title: "privacy-copy-waiting",
    shows: &["waitlist_requests"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT w.created_at, concat_ws(' ', u.first_name, u.last_name) AS practitioner, w.specialty, w.language,
                   array_to_string(w.weekdays, ', ') AS weekdays, w.from_time, w.until_time, w.last_day, w.status
            FROM waitlist_requests w LEFT JOIN users u ON u.id = w.practitioner_id
            WHERE w.employee_id = $1 ORDER BY w.created_at) r",
    fields: &[
        instant("created_at", "privacy-field-created"),
        PRACTITIONER,
        code("specialty", "privacy-field-specialty", |code| {
            code.parse::<Specialty>().ok().map(Specialty::label_key)
        }),
        text("language", "privacy-field-language"),
        text("weekdays", "privacy-field-weekdays"),
        text("from_time", "privacy-field-from"),
        text("until_time", "privacy-field-until"),
        day("last_day", "privacy-field-last-day"),
        text("status", "privacy-field-status"),
    ],
};

const OFFERS: Table = Table {
    name: "offered_slots",
    title: "privacy-copy-offers",
    shows: &["waitlist_offers"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT o.offered_at, o.starts_at, concat_ws(' ', u.first_name, u.last_name) AS practitioner, o.status
            FROM waitlist_offers o LEFT JOIN users u ON u.id = o.practitioner_id
            WHERE o.employee_id = $1 ORDER BY o.offered_at) r",
    fields: &[
        instant("offered_at", "privacy-field-when"),
        APPOINTMENT,
        PRACTITIONER,
        text("status", "privacy-field-status"),
    ],
};

const DAYS: Table = Table {
    name: "consultations_per_day",
    title: "privacy-copy-days",
    shows: &["employee_activity_daily"],
    sql: "SELECT row FROM hz.own_rows('employee_activity_daily') AS row WHERE $1 IS NOT NULL",
    fields: &[
        day("day", "privacy-field-day"),
        text("consultations", "metrics-consultations"),
        seconds("seconds", "privacy-field-duration"),
    ],
};

const MESSAGES: Table = Table {
    name: "messages",
    title: "privacy-copy-messages",
    shows: &["chat_messages"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT m.id, m.consultation_id, m.sent_at, c.starts_at, concat_ws(' ', u.first_name, u.last_name) AS practitioner,
                   m.sender_id = $1 AS by_me, m.text_sealed, m.edited_at, m.deleted_at
            FROM chat_messages m JOIN consultations c ON c.id = m.consultation_id
            LEFT JOIN users u ON u.id = c.practitioner_id
            WHERE c.employee_id = $1 ORDER BY c.starts_at, m.consultation_id, m.position) r",
    fields: &[
        instant("sent_at", "privacy-field-sent"),
        APPOINTMENT,
        PRACTITIONER,
        flag("by_me", "privacy-field-by-me"),
        sealed(
            "text_sealed",
            "privacy-field-text",
            Place {
                table: "chat_messages",
                column: "text_sealed",
                scope: Scope::Chat,
                owner: "consultation_id",
            },
        ),
        instant("edited_at", "privacy-field-changed"),
        instant("deleted_at", "privacy-field-deleted"),
    ],
};

const FILES: Table = Table {
    name: "message_files",
    title: "privacy-copy-files",
    shows: &["chat_attachments"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT a.id, a.consultation_id, m.sent_at, m.sender_id = $1 AS by_me, a.name_sealed, a.kind, a.size
            FROM chat_attachments a JOIN chat_messages m ON m.id = a.message_id
            JOIN consultations c ON c.id = a.consultation_id
            WHERE c.employee_id = $1 ORDER BY m.sent_at, a.id) r",
    fields: &[
        instant("sent_at", "privacy-field-sent"),
        flag("by_me", "privacy-field-by-me"),
        sealed(
            "name_sealed",
            "privacy-field-name",
            Place {
                table: "chat_attachments",
                column: "name_sealed",
                scope: Scope::Chat,
                owner: "consultation_id",
            },
        ),
        text("size", "privacy-field-bytes"),
        file("kind", "privacy-field-file"),
    ],
};

const READS: Table = Table {
    name: "messages_read",
    title: "privacy-copy-reads",
    shows: &["chat_reads"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT c.starts_at, d.read_at FROM chat_reads d JOIN consultations c ON c.id = d.consultation_id
            WHERE d.user_id = $1 AND d.read_at IS NOT NULL ORDER BY d.read_at) r",
    fields: &[APPOINTMENT, instant("read_at", "privacy-field-read")],
};

const ENTRIES: Table = Table {
    name: "journal",
    title: "privacy-copy-journal",
    shows: &["journal_entries"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT id, employee_id, written_at, changed_at, summary_sealed, text_sealed FROM journal_entries
            WHERE employee_id = $1 ORDER BY written_at, id) r",
    fields: &[
        instant("written_at", "privacy-field-written"),
        instant("changed_at", "privacy-field-changed"),
        Field {
            name: "summary_sealed",
            label: "privacy-field-title",
            value: Value::SealedJson(
                Place {
                    table: "journal_entries",
                    column: "summary_sealed",
                    scope: Scope::Journal,
                    owner: "employee_id",
                },
                &[
                    ("t", text("title", "privacy-field-title")),
                    ("m", text("mood", "privacy-field-mood")),
                    ("g", text("tags", "privacy-field-tags")),
                ],
            ),
        },
        sealed(
            "text_sealed",
            "privacy-field-text",
            Place {
                table: "journal_entries",
                column: "text_sealed",
                scope: Scope::Journal,
                owner: "employee_id",
            },
        ),
    ],
};

const SHARES: Table = Table {
    name: "journal_shared",
    title: "privacy-copy-shares",
    shows: &["journal_shares"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT s.id, concat_ws(' ', u.first_name, u.last_name) AS practitioner, s.shared_at, s.expires_at, s.ended_at,
                   s.content_sealed
            FROM journal_shares s LEFT JOIN users u ON u.id = s.practitioner_id
            WHERE s.employee_id = $1 ORDER BY s.shared_at, s.id) r",
    fields: &[
        instant("shared_at", "privacy-field-when"),
        PRACTITIONER,
        instant("expires_at", "privacy-field-until"),
        instant("ended_at", "privacy-field-ended"),
        Field {
            name: "content_sealed",
            label: "privacy-field-text",
            value: Value::SealedJson(
                Place {
                    table: "journal_shares",
                    column: "content_sealed",
                    scope: Scope::JournalShare,
                    owner: "id",
                },
                &[
                    ("title", text("title", "privacy-field-title")),
                    ("text", long("text", "privacy-field-text")),
                ],
            ),
        },
    ],
};

const REVIEWS: Table = Table {
    name: "reviews",
    title: "privacy-copy-reviews",
    shows: &["practitioner_reviews"],
    sql: "SELECT row FROM hz.own_rows('practitioner_reviews') AS row WHERE $1 IS NOT NULL",
    fields: &[
        instant("created_at", "privacy-field-written"),
        text("rating", "privacy-field-rating"),
        long("comment", "privacy-field-text"),
        sealed(
            "comment_sealed",
            "privacy-field-text-pending",
            Place {
                table: "practitioner_reviews",
                column: "comment_sealed",
                scope: Scope::Moderation,
                owner: "id",
            },
        ),
        instant("published_at", "privacy-field-published"),
        code("refusal", "privacy-field-refusal", |code| {
            code.parse::<Refusal>().ok().map(Refusal::label_key)
        }),
    ],
};

pub(super) const REPORTS: Table = Table {
    name: "reported_problems",
    title: "privacy-copy-reports",
    shows: &["problem_reports"],
    sql: "SELECT row FROM hz.own_rows('problem_reports') AS row WHERE $1 IS NOT NULL",
    fields: &[
        instant("created_at", "privacy-field-when"),
        code("category", "privacy-field-what", category_key),
        sealed(
            "details_sealed",
            "privacy-field-text",
            Place {
                table: "problem_reports",
                column: "details_sealed",
                scope: Scope::Moderation,
                owner: "id",
            },
        ),
        instant("closed_at", "privacy-field-closed"),
    ],
};

const READINGS: Table = Table {
    name: "news_read",
    title: "privacy-copy-readings",
    shows: &["news_readings"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT n.read_at, p.title FROM news_readings n LEFT JOIN news_posts p ON p.id = n.post_id
            WHERE n.reader_id = $1 ORDER BY n.read_at, n.post_id) r",
    fields: &[
        instant("read_at", "privacy-field-read"),
        text("title", "privacy-field-what"),
    ],
};

const NOTICES: Table = Table {
    name: "notifications",
    title: "privacy-copy-notices",
    shows: &["notices"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT created_at, kind, CASE WHEN news_id IS NULL THEN starts_at END AS starts_at, read_at FROM notices WHERE recipient_id = $1 ORDER BY position) r",
    fields: &[
        instant("created_at", "privacy-field-when"),
        code("kind", "privacy-field-what", notice_key),
        APPOINTMENT,
        instant("read_at", "privacy-field-read"),
    ],
};

pub(super) const PREFERENCES: Table = Table {
    name: "notification_preferences",
    title: "privacy-copy-preferences",
    shows: &["notification_preferences"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT array_to_string(muted_in_app, ', ') AS muted_in_app, array_to_string(muted_mail, ', ') AS muted_mail,
                   quiet_from, quiet_until, discreet FROM notification_preferences WHERE user_id = $1) r",
    fields: &[
        text("muted_in_app", "privacy-field-muted-in-app"),
        text("muted_mail", "privacy-field-muted-mail"),
        text("quiet_from", "privacy-field-quiet-from"),
        text("quiet_until", "privacy-field-quiet-until"),
        flag("discreet", "privacy-field-discreet"),
    ],
};

const ADDRESS: Table = Table {
    name: "personal_address",
    title: "privacy-copy-address",
    shows: &["personal_addresses"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT email, pending_email, pending_until FROM personal_addresses WHERE user_id = $1) r",
    fields: &[
        text("email", "privacy-field-email"),
        text("pending_email", "privacy-field-pending-email"),
        instant("pending_until", "privacy-field-until"),
    ],
};

pub(super) const FEEDS: Table = Table {
    name: "calendar_addresses",
    title: "privacy-copy-feeds",
    shows: &["calendar_feeds"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT created_at, revoked_at FROM calendar_feeds WHERE user_id = $1 ORDER BY created_at) r",
    fields: &[
        instant("created_at", "privacy-field-created"),
        instant("revoked_at", "privacy-field-ended"),
    ],
};

pub(super) static CHAPTERS: [Chapter; 7] = [
    Chapter {
        name: "account",
        title: "privacy-copy-account",
        tables: &[ACCOUNT, ADDRESS, CONSENTS, INVITATIONS],
    },
    Chapter {
        name: "appointments",
        title: "privacy-copy-appointments",
        tables: &[
            CONSULTATIONS,
            EVENTS,
            PRESENCES,
            CONTESTS,
            DAYS,
            WAITING,
            OFFERS,
        ],
    },
    Chapter {
        name: "messages",
        title: "privacy-copy-messages",
        tables: &[MESSAGES, FILES, READS],
    },
    Chapter {
        name: "journal",
        title: "privacy-copy-journal",
        tables: &[ENTRIES, SHARES],
    },
    Chapter {
        name: "opinions",
        title: "privacy-copy-reviews",
        tables: &[REVIEWS, REPORTS],
    },
    Chapter {
        name: "notifications",
        title: "privacy-copy-notices",
        tables: &[NOTICES, READINGS, PREFERENCES, FEEDS],
    },
    Chapter {
        name: "security",
        title: "privacy-copy-security",
        tables: &[SIGN_INS, RESETS, SECURITY, ACCESSES, DEEDS, COPIES],
    },
];
