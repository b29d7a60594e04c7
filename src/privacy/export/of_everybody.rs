//! What an account holds of anybody.

use super::tables::{Chapter, Field, Place, Table, code, flag, instant, sealed, text};
use crate::{
    infra::envelope::Scope,
    platform::wording::event_key,
    privacy::consents::Consent,
    support::model::{Category, Priority, Status},
};

const ASKED: Field = instant("created_at", "privacy-field-created");

pub(super) const ACCOUNT: Table = Table {
    name: "account",
    title: "privacy-copy-account",
    shows: &["users", "employees", "credentials"],
    sql: "SELECT row FROM hz.own_rows('users') AS row WHERE $1 IS NOT NULL",
    fields: &[
        text("first_name", "privacy-field-first-name"),
        text("last_name", "privacy-field-last-name"),
        text("email", "privacy-field-email"),
        text("company", "privacy-field-company"),
        text("department", "privacy-field-department"),
        text("position", "privacy-field-position"),
        text("locale", "privacy-field-language"),
        text("theme", "privacy-field-theme"),
        text("timezone", "privacy-field-timezone"),
        ASKED,
        instant("verified_at", "privacy-field-verified"),
        instant("last_login_at", "privacy-field-last-login"),
        instant("password_changed_at", "privacy-field-password-changed"),
    ],
};

pub(super) const CONSENTS: Table = Table {
    name: "consents",
    title: "privacy-given-title",
    shows: &["consents"],
    sql: "SELECT row FROM hz.own_rows('consents') AS row WHERE $1 IS NOT NULL",
    fields: &[
        code("kind", "privacy-field-what", |kind| {
            Consent::ALL
                .into_iter()
                .find(|consent| consent.kind() == kind)
                .map(Consent::title_key)
        }),
        text("version", "privacy-field-version"),
        instant("given_at", "privacy-field-given"),
        instant("withdrawn_at", "privacy-field-withdrawn"),
    ],
};

pub(super) const INVITATIONS: Table = Table {
    name: "invitation",
    title: "privacy-copy-invitation",
    shows: &["invitations"],
    sql: "SELECT row FROM hz.own_rows('invitations') AS row WHERE $1 IS NOT NULL",
    fields: &[
        ASKED,
        text("sent_count", "privacy-field-times-sent"),
        instant("last_sent_at", "privacy-field-sent"),
        instant("accepted_at", "privacy-field-accepted"),
    ],
};

pub(super) const SIGN_INS: Table = Table {
    name: "sign_ins",
    title: "privacy-copy-sessions",
    shows: &["sessions"],
    sql: "SELECT row FROM hz.own_rows('sessions') AS row WHERE $1 IS NOT NULL",
    fields: &[
        instant("created_at", "privacy-field-from"),
        instant("seen_at", "privacy-field-last-use"),
        instant("expires_at", "privacy-field-until"),
        instant("revoked_at", "privacy-field-ended"),
    ],
};

pub(super) const RESETS: Table = Table {
    name: "forgotten_passwords",
    title: "privacy-copy-resets",
    shows: &["password_resets"],
    sql: "SELECT row FROM hz.own_rows('password_resets') AS row WHERE $1 IS NOT NULL",
    fields: &[ASKED, instant("used_at", "privacy-field-used")],
};

pub(super) const SECURITY: Table = Table {
    name: "security_events",
    title: "privacy-copy-security",
    shows: &["security_events"],
    sql: "SELECT row FROM hz.own_rows('security_events') AS row WHERE $1 IS NOT NULL",
    fields: &[
        instant("occurred_at", "privacy-field-when"),
        code("kind", "privacy-field-what", event_key),
        text("severity", "privacy-field-severity"),
    ],
};

pub(super) const ACCESSES: Table = Table {
    name: "who_looked",
    title: "privacy-copy-accesses",
    shows: &["data_accesses"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT a.accessed_at, a.actor_role, concat_ws(' ', n.first_name, n.last_name) AS who, a.what
            FROM data_accesses a LEFT JOIN hz.names_of_those_who_looked() n ON n.actor_id = a.actor_id
            WHERE a.subject_id = $1 ORDER BY a.accessed_at, a.what) r",
    fields: &[
        instant("accessed_at", "privacy-field-when"),
        text("who", "privacy-field-name"),
        text("actor_role", "privacy-field-role"),
        text("what", "privacy-field-what"),
    ],
};

pub(super) const DEEDS: Table = Table {
    name: "actions",
    title: "privacy-copy-actions",
    shows: &["audit_logs"],
    sql: "SELECT row FROM hz.own_rows('audit_logs') AS row WHERE $1 IS NOT NULL",
    fields: &[
        instant("occurred_at", "privacy-field-when"),
        text("action", "privacy-field-what"),
        text("role", "privacy-field-role"),
        flag("by_me", "privacy-field-by-me"),
    ],
};

pub(super) const COPIES: Table = Table {
    name: "copies",
    title: "privacy-copy-copies",
    shows: &["data_exports"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT asked_at AS created_at, ready_at, downloaded_at FROM data_exports WHERE user_id = $1
            ORDER BY asked_at) r",
    fields: &[
        ASKED,
        instant("ready_at", "privacy-field-ready"),
        instant("downloaded_at", "privacy-field-downloaded"),
    ],
};

const IMPORTS: Table = Table {
    name: "imports",
    title: "privacy-copy-imports",
    shows: &["employee_imports"],
    sql: "SELECT row FROM hz.own_rows('employee_imports') AS row WHERE $1 IS NOT NULL",
    fields: &[
        ASKED,
        text("file_name", "privacy-field-file"),
        text("row_count", "privacy-field-rows"),
        instant("confirmed_at", "privacy-field-accepted"),
    ],
};

const TICKETS: Table = Table {
    name: "tickets",
    title: "privacy-copy-tickets",
    shows: &["support_tickets"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT id, created_at, category, priority, status, subject_sealed, ended_at
            FROM support_tickets WHERE author_id = $1 ORDER BY created_at, id) r",
    fields: &[
        ASKED,
        sealed(
            "subject_sealed",
            "privacy-field-text",
            Place {
                table: "support_tickets",
                column: "subject_sealed",
                scope: Scope::Support,
                owner: "id",
            },
        ),
        code("category", "privacy-field-what", |code| {
            code.parse::<Category>().ok().map(Category::label_key)
        }),
        code("priority", "privacy-field-severity", |code| {
            code.parse::<Priority>().ok().map(Priority::label_key)
        }),
        code("status", "privacy-field-status", |code| {
            code.parse::<Status>().ok().map(Status::label_key)
        }),
        instant("ended_at", "privacy-field-closed"),
    ],
};

const WRITTEN: Table = Table {
    name: "ticket_messages",
    title: "privacy-copy-ticket-messages",
    shows: &["support_messages"],
    sql: "SELECT to_jsonb(r) AS row FROM (
            SELECT id, ticket_id, sent_at, text_sealed FROM support_messages WHERE author_id = $1 ORDER BY position) r",
    fields: &[
        instant("sent_at", "privacy-field-when"),
        sealed(
            "text_sealed",
            "privacy-field-text",
            Place {
                table: "support_messages",
                column: "text_sealed",
                scope: Scope::Support,
                owner: "ticket_id",
            },
        ),
    ],
};

const SUPPORT: Chapter = Chapter {
    name: "tickets",
    title: "privacy-copy-tickets",
    tables: &[TICKETS, WRITTEN],
};

const ANSWERS: Chapter = Chapter {
    name: "tickets",
    title: "privacy-copy-tickets",
    tables: &[WRITTEN],
};

const OFFICE_ACCOUNT: Chapter = Chapter {
    name: "account",
    title: "privacy-copy-account",
    tables: &[ACCOUNT, CONSENTS],
};

const OFFICE_SECURITY: Chapter = Chapter {
    name: "security",
    title: "privacy-copy-security",
    tables: &[SIGN_INS, RESETS, SECURITY, DEEDS],
};

/// A company's HR.
pub(super) static HR: [Chapter; 4] = [
    OFFICE_ACCOUNT,
    SUPPORT,
    Chapter {
        name: "imports",
        title: "privacy-copy-imports",
        tables: &[IMPORTS],
    },
    OFFICE_SECURITY,
];

/// The platform's admins.
pub(super) static ADMIN: [Chapter; 3] = [OFFICE_ACCOUNT, ANSWERS, OFFICE_SECURITY];

/// The platform's operators.
pub(super) static SUPER_ADMIN: [Chapter; 2] = [OFFICE_ACCOUNT, OFFICE_SECURITY];
