//! The only list of background work: every kind of job, and when recurring work runs.

use crate::{
    auth, booking, chat, companies, consultation, content, infra::jobs::Registry, journal, metrics,
    notes, notifications, platform, privacy, support,
};

/// Everything a runner runs.
pub fn registry() -> Registry {
    Registry::new()
        .job(auth::jobs::send_password_reset)
        .job(booking::waitlist::jobs::offer_freed_slots)
        .job(chat::jobs::remind_unread)
        .job(chat::jobs::remind_in_the_morning)
        .job(companies::jobs::send_invitation)
        .job(companies::jobs::run_import)
        .job(companies::jobs::send_registration_mail)
        .job(companies::jobs::send_request_link)
        .job(companies::jobs::tell_decision)
        .job(companies::jobs::find_concerned)
        .job(companies::jobs::tell_one_concerned)
        .job(companies::jobs::send_domain_code)
        .job(companies::jobs::tell_team)
        .job(content::jobs::announce)
        .job(content::jobs::withdraw)
        .job(content::jobs::mail_news)
        .job(notifications::jobs::confirm_address)
        .job(notifications::jobs::mail_notice)
        .job(privacy::erasure::jobs::erase_account)
        .job(privacy::erasure::jobs::mail_erasure)
        .job(privacy::erasure::jobs::mail_erased)
        .job(privacy::departure::tell_leaver)
        .job(privacy::export::prepare::prepare)
        .job(support::jobs::mail_answer)
        .cron(
            "booking.refresh_openings",
            "0 * * * * *",
            booking::jobs::refresh_openings,
        )
        .cron("auth.tidy_up", "0 40 3 * * *", auth::jobs::tidy_up)
        .cron(
            "booking.deadlines",
            "0 * * * * *",
            booking::jobs::keep_deadlines,
        )
        .cron(
            "booking.waiting_list",
            "0 * * * * *",
            booking::waitlist::jobs::keep_asking,
        )
        .cron("chat.forget", "0 10 4 * * *", chat::jobs::forget)
        .cron(
            "companies.forget_requests",
            "0 25 3 * * *",
            companies::jobs::forget_requests,
        )
        .cron(
            "companies.purge_imports",
            "0 20 3 * * *",
            companies::jobs::purge_imports,
        )
        .cron(
            "consultation.durations",
            "0 * * * * *",
            consultation::jobs::keep_durations,
        )
        .cron(
            "content.publish_due",
            "0 * * * * *",
            content::jobs::publish_due,
        )
        .cron(
            "content.count_readers",
            "0 35 3 * * *",
            content::jobs::count_readers,
        )
        .cron(
            "journal.end_shares",
            "0 */10 * * * *",
            journal::jobs::end_shares,
        )
        .cron(
            "metrics.freeze",
            "0 30 2 * * *",
            metrics::jobs::freeze_months,
        )
        .cron(
            "nightly-rollup",
            "0 15 2 * * *",
            metrics::jobs::nightly_rollup,
        )
        .cron("notes.forget", "0 25 4 * * *", notes::jobs::forget)
        .cron(
            "notifications.remind",
            "0 */5 * * * *",
            notifications::jobs::remind,
        )
        .cron(
            "notifications.tidy_up",
            "0 50 3 * * *",
            notifications::jobs::tidy_up,
        )
        .cron(
            "platform.key_ledger",
            "30 * * * * *",
            platform::jobs::keep_key_ledger,
        )
        .cron(
            "privacy.retention",
            "0 30 4 * * *",
            privacy::retention::apply,
        )
        .cron(
            "privacy.end_exports",
            "0 25 * * * *",
            privacy::jobs::end_exports,
        )
        .cron(
            "privacy.keep_wishes",
            "0 5 * * * *",
            privacy::erasure::jobs::keep_wishes,
        )
        .cron("support.forget", "0 45 4 * * *", support::jobs::forget)
}
