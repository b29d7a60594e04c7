//! How long what is kept is kept: one table of rules, which the nightly job applies and the public page
//! on confidentiality shows. Every table of the schema is named by one rule; a test compares them with the
//! catalogue.
//!
//! # Why these times
//! - Trails of who did and saw what (`accesses`, `security`, `audit`): the CNIL recommends six months to a
//!   year for logs, and up to three years where they serve to find misuse of sensitive data from inside
//!   (deliberation 2021-122 of 14 October 2021). Health data is what may be misused here, and people are
//!   promised that they can look back: three years for `accesses` and `audit`, a year for the technical
//!   `security`. The database lets nobody go below six months.
//! - What is written for one purpose (an import, a waiting list, a presence) goes soon after the purpose.
//! - What two people share (messages) goes for both at once, after the time that the operator sets.
//! - The rest is kept as long as the account or the contract, and goes with the erasure.

use chrono::{DateTime, Months, TimeDelta, Utc};
use serde_json::{Value, json};

use super::queries::retention as queries;
use crate::{
    auth::queries::{ATTEMPT_DAYS, RESET_DAYS},
    companies::{model::STAGED_HOURS, registration::WAITING_DAYS},
    consultation::queries::room::SIGNAL_MINUTES,
    infra::{
        config::Config,
        i18n::Message,
        jobs::{JobContext, JobError, KEEP_DONE_DAYS, Occurrence},
        session::LIFETIME_DAYS,
    },
    notifications::queries::KEEP_DAYS as NOTICE_DAYS,
};

/// Years of the record of who looked at whom.
pub const ACCESS_YEARS: i64 = 3;
/// Rows that one transaction deletes at most.
const BATCH: i32 = 1_000;
/// Batches of one rule in one night: what is left goes the next night.
const MOST_BATCHES: usize = 500;

/// How long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Minutes.
    Minutes(i64),
    /// Hours.
    Hours(i64),
    /// Days.
    Days(i64),
    /// Years.
    Years(i64),
    /// What `CHAT_RETENTION_DAYS` says.
    ChatDays,
    /// What `NOTES_RETENTION_YEARS` says.
    NotesYears,
    /// As long as something else: a key of i18n.
    AsLongAs(&'static str),
}

/// What lets it go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// [`apply`], every night.
    Night,
    /// The recurring work of another domain, by its name in `jobs::registry`.
    Work(&'static str),
    /// Its own person or its own screens; or the erasure of the account.
    Erasure,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Names it, in `hz.forget_old` too.
    pub code: &'static str,
    /// i18n key of what it is about.
    pub what_key: &'static str,
    /// i18n key of why it is kept, and on which basis.
    pub why_key: &'static str,
    /// The tables it is about.
    pub tables: &'static [&'static str],
    /// How long it is kept.
    pub keep: Keep,
    /// What lets it go.
    pub by: By,
}

/// The table.
pub const RULES: &[Rule] = &[
    Rule {
        code: "account",
        what_key: "privacy-keep-account",
        why_key: "privacy-keep-account-why",
        tables: &[
            "users",
            "credentials",
            "employees",
            "invitations",
            "notification_preferences",
            "hr_preferences",
            "personal_addresses",
            "calendar_feeds",
            "erasures",
        ],
        keep: Keep::AsLongAs("privacy-keep-account-long"),
        by: By::Erasure,
    },
    Rule {
        code: "copies",
        what_key: "privacy-keep-copies",
        why_key: "privacy-keep-copies-why",
        tables: &["data_exports", "data_export_parts"],
        keep: Keep::Days(crate::privacy::export::DAYS),
        by: By::Work("privacy.end_exports"),
    },
    Rule {
        code: "consents",
        what_key: "privacy-keep-consents",
        why_key: "privacy-keep-consents-why",
        tables: &["consents"],
        keep: Keep::AsLongAs("privacy-keep-account-long"),
        by: By::Erasure,
    },
    Rule {
        code: "appointments",
        what_key: "privacy-keep-appointments",
        why_key: "privacy-keep-appointments-why",
        tables: &[
            "consultations",
            "consultation_events",
            "kept_consultations",
            "duration_contests",
            "video_rooms",
        ],
        keep: Keep::AsLongAs("privacy-keep-account-long"),
        by: By::Erasure,
    },
    Rule {
        code: "presence",
        what_key: "privacy-keep-presence",
        why_key: "privacy-keep-presence-why",
        tables: &["presences"],
        keep: Keep::Days(90),
        by: By::Night,
    },
    Rule {
        code: "signals",
        what_key: "privacy-keep-signals",
        why_key: "privacy-keep-signals-why",
        tables: &["call_signals"],
        keep: Keep::Minutes(SIGNAL_MINUTES),
        by: By::Work("consultation.durations"),
    },
    Rule {
        code: "chat",
        what_key: "privacy-keep-chat",
        why_key: "privacy-keep-chat-why",
        tables: &[
            "chat_threads",
            "chat_messages",
            "chat_attachments",
            "chat_reads",
        ],
        keep: Keep::ChatDays,
        by: By::Work("chat.forget"),
    },
    Rule {
        code: "notes",
        what_key: "privacy-keep-notes",
        why_key: "privacy-keep-notes-why",
        tables: &["clinical_records", "clinical_notes", "clinical_addenda"],
        keep: Keep::NotesYears,
        by: By::Work("notes.forget"),
    },
    Rule {
        code: "journal",
        what_key: "privacy-keep-journal",
        why_key: "privacy-keep-journal-why",
        tables: &["journal_entries"],
        keep: Keep::AsLongAs("privacy-keep-journal-long"),
        by: By::Erasure,
    },
    Rule {
        code: "shares",
        what_key: "privacy-keep-shares",
        why_key: "privacy-keep-shares-why",
        tables: &["journal_shares"],
        keep: Keep::Years(1),
        by: By::Night,
    },
    Rule {
        code: "waiting",
        what_key: "privacy-keep-waiting",
        why_key: "privacy-keep-waiting-why",
        tables: &["waitlist_requests", "waitlist_offers"],
        keep: Keep::Days(90),
        by: By::Night,
    },
    Rule {
        code: "freed",
        what_key: "privacy-keep-freed",
        why_key: "privacy-keep-freed-why",
        tables: &["freed_slots"],
        keep: Keep::Days(7),
        by: By::Work("booking.waiting_list"),
    },
    Rule {
        code: "reviews",
        what_key: "privacy-keep-reviews",
        why_key: "privacy-keep-reviews-why",
        tables: &["practitioner_reviews"],
        keep: Keep::Years(1),
        by: By::Night,
    },
    Rule {
        code: "reports",
        what_key: "privacy-keep-reports",
        why_key: "privacy-keep-reports-why",
        tables: &["problem_reports"],
        keep: Keep::Years(1),
        by: By::Night,
    },
    Rule {
        code: "notices",
        what_key: "privacy-keep-notices",
        why_key: "privacy-keep-notices-why",
        tables: &["notices", "disclosure_acknowledgements"],
        keep: Keep::Days(NOTICE_DAYS),
        by: By::Work("notifications.tidy_up"),
    },
    Rule {
        code: "staged",
        what_key: "privacy-keep-staged",
        why_key: "privacy-keep-staged-why",
        tables: &[
            "employee_import_rows",
            "employee_import_effects",
            "employee_selections",
        ],
        keep: Keep::Hours(STAGED_HOURS),
        by: By::Work("companies.purge_imports"),
    },
    Rule {
        code: "imports",
        what_key: "privacy-keep-imports",
        why_key: "privacy-keep-imports-why",
        tables: &["employee_imports"],
        keep: Keep::Years(1),
        by: By::Night,
    },
    Rule {
        code: "requests",
        what_key: "privacy-keep-requests",
        why_key: "privacy-keep-requests-why",
        tables: &["company_requests"],
        keep: Keep::Years(1),
        by: By::Work("companies.forget_requests"),
    },
    Rule {
        code: "domain_claims",
        what_key: "privacy-keep-claims",
        why_key: "privacy-keep-claims-why",
        tables: &["company_domain_claims"],
        keep: Keep::Days(1),
        by: By::Work("companies.forget_requests"),
    },
    Rule {
        code: "registrations",
        what_key: "privacy-keep-registrations",
        why_key: "privacy-keep-registrations-why",
        tables: &["registrations"],
        keep: Keep::Days(WAITING_DAYS),
        by: By::Work("companies.forget_requests"),
    },
    Rule {
        code: "sessions",
        what_key: "privacy-keep-sessions",
        why_key: "privacy-keep-sessions-why",
        tables: &["sessions"],
        keep: Keep::Days(LIFETIME_DAYS),
        by: By::Work("auth.tidy_up"),
    },
    Rule {
        code: "attempts",
        what_key: "privacy-keep-attempts",
        why_key: "privacy-keep-attempts-why",
        tables: &["sign_in_attempts"],
        keep: Keep::Days(ATTEMPT_DAYS),
        by: By::Work("auth.tidy_up"),
    },
    Rule {
        code: "resets",
        what_key: "privacy-keep-resets",
        why_key: "privacy-keep-resets-why",
        tables: &["password_resets"],
        keep: Keep::Days(RESET_DAYS),
        by: By::Work("auth.tidy_up"),
    },
    Rule {
        code: "accesses",
        what_key: "privacy-keep-accesses",
        why_key: "privacy-keep-accesses-why",
        tables: &["data_accesses"],
        keep: Keep::Years(ACCESS_YEARS),
        by: By::Night,
    },
    Rule {
        code: "security",
        what_key: "privacy-keep-security",
        why_key: "privacy-keep-security-why",
        tables: &["security_events"],
        keep: Keep::Years(1),
        by: By::Night,
    },
    Rule {
        code: "audit",
        what_key: "privacy-keep-audit",
        why_key: "privacy-keep-audit-why",
        tables: &["audit_logs"],
        keep: Keep::Years(3),
        by: By::Night,
    },
    Rule {
        code: "jobs",
        what_key: "privacy-keep-jobs",
        why_key: "privacy-keep-jobs-why",
        tables: &["jobs", "cron_runs"],
        keep: Keep::Days(KEEP_DONE_DAYS),
        by: By::Work("jobs-retention"),
    },
    Rule {
        code: "practice",
        what_key: "privacy-keep-practice",
        why_key: "privacy-keep-practice-why",
        tables: &[
            "practitioners",
            "portraits",
            "directory_entries",
            "places",
            "place_practitioners",
            "rooms",
            "availability_windows",
            "availability_exceptions",
        ],
        keep: Keep::AsLongAs("privacy-keep-practice-long"),
        by: By::Erasure,
    },
    Rule {
        code: "counters",
        what_key: "privacy-keep-counters",
        why_key: "privacy-keep-counters-why",
        tables: &[
            "employee_activity_daily",
            "practitioner_activity_daily",
            "practitioner_activity_monthly",
            "company_activity_daily",
            "company_activity_monthly",
            "platform_activity_monthly",
            "disclosure_snapshots",
            "disclosure_cells",
            "disclosure_rosters",
            "disclosure_medians",
        ],
        keep: Keep::AsLongAs("privacy-keep-counters-long"),
        by: By::Erasure,
    },
    Rule {
        code: "contracts",
        what_key: "privacy-keep-contracts",
        why_key: "privacy-keep-contracts-why",
        tables: &[
            "companies",
            "company_decisions",
            "company_domains",
            "company_images",
            "company_profiles",
            "disclosure_settings",
            "platform_settings",
            "support_canned",
        ],
        keep: Keep::AsLongAs("privacy-keep-contracts-long"),
        by: By::Erasure,
    },
    Rule {
        code: "news",
        what_key: "privacy-keep-news",
        why_key: "privacy-keep-news-why",
        tables: &["news_posts", "news_pictures", "news_reach"],
        keep: Keep::AsLongAs("privacy-keep-news-long"),
        by: By::Erasure,
    },
    Rule {
        code: "readings",
        what_key: "privacy-keep-readings",
        why_key: "privacy-keep-readings-why",
        tables: &["news_readings"],
        keep: Keep::Years(1),
        by: By::Work("content.count_readers"),
    },
    Rule {
        code: "tickets",
        what_key: "privacy-keep-tickets",
        why_key: "privacy-keep-tickets-why",
        tables: &[
            "support_tickets",
            "support_messages",
            "support_files",
            "support_notes",
            "ticket_keys",
        ],
        keep: Keep::Years(crate::support::model::KEEP_YEARS),
        by: By::Work("support.forget"),
    },
    Rule {
        code: "keys",
        what_key: "privacy-keep-keys",
        why_key: "privacy-keep-keys-why",
        tables: &["data_keys", "destroyed_keys", "key_rotations"],
        keep: Keep::AsLongAs("privacy-keep-keys-long"),
        by: By::Erasure,
    },
];

impl Rule {
    /// How long, in the reader's words.
    #[must_use]
    pub fn long(&self, config: &Config) -> Message {
        let words = |key: &'static str, count: i64| Message::new(key).with("count", count);
        match self.keep {
            Keep::Minutes(count) => words("privacy-keep-minutes", count),
            Keep::Hours(count) => words("privacy-keep-hours", count),
            Keep::Days(count) => words("privacy-keep-days", count),
            Keep::Years(count) => words("privacy-keep-years", count),
            Keep::ChatDays => words("privacy-keep-days", config.chat_retention_days.into()),
            Keep::NotesYears => words("privacy-keep-years", config.notes_retention_years.into()),
            Keep::AsLongAs(key) => Message::new(key),
        }
    }

    /// What was written before this is to go; `None` where no time is set.
    fn before(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.keep {
            Keep::Minutes(count) => Some(now - TimeDelta::minutes(count)),
            Keep::Hours(count) => Some(now - TimeDelta::hours(count)),
            Keep::Days(count) => Some(now - TimeDelta::days(count)),
            Keep::Years(count) => {
                now.checked_sub_months(Months::new(12 * u32::try_from(count).ok()?))
            }
            Keep::ChatDays | Keep::NotesYears | Keep::AsLongAs(_) => None,
        }
    }
}

/// Applies every rule of the night, in batches, each in a transaction of its own.
///
/// # Errors
/// The database's: what was deleted before stays deleted, and the rest goes at the next try.
pub async fn apply(context: JobContext, _: Occurrence) -> Result<Value, JobError> {
    let now = context.now();
    let mut figures = serde_json::Map::new();
    for rule in RULES.iter().filter(|rule| rule.by == By::Night) {
        let (Some(before), code) = (rule.before(now), rule.code) else {
            continue;
        };
        let mut gone = 0_i64;
        for _ in 0..MOST_BATCHES {
            let batch = context
                .db()
                .write(move |tx| queries::forget(tx, code, before, BATCH))
                .await?;
            gone += i64::from(batch);
            if batch < BATCH {
                break;
            }
        }
        figures.insert(code.to_owned(), json!(gone));
    }
    Ok(Value::Object(figures))
}
