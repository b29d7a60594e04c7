//! How recurring work, and what is written down about security, is called.

/// The key of a security event's name; none for a kind that is new.
#[must_use]
pub fn event_key(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "signed_in" => "dashboard-event-signed-in",
        "sign_in_failed" => "dashboard-event-failed",
        "sign_in_locked" => "dashboard-event-locked",
        "password_changed" => "dashboard-event-password",
        "session_reuse" => "dashboard-event-reuse",
        "sealed_text_tampered" => "dashboard-event-tampered",
        "invitation_accepted" => "dashboard-event-invitation",
        "data_copy_downloaded" => "dashboard-event-copy",
        "erasure_asked" => "dashboard-event-erasure-asked",
        "erasure_cancelled" => "dashboard-event-erasure-cancelled",
        _ => return None,
    })
}

/// The key of a recurring work's name; none for what ran once and is no more.
#[must_use]
pub fn work_key(job: &str) -> Option<&'static str> {
    Some(match job {
        "auth.tidy_up" => "dashboard-cron-accounts",
        "booking.deadlines" => "dashboard-cron-deadlines",
        "booking.refresh_openings" => "dashboard-cron-openings",
        "booking.waiting_list" => "dashboard-cron-waiting-list",
        "chat.forget" => "dashboard-cron-chats",
        "companies.forget_requests" => "dashboard-cron-requests",
        "companies.purge_imports" => "dashboard-cron-imports",
        "consultation.durations" => "dashboard-cron-durations",
        "content.count_readers" => "dashboard-cron-readers",
        "content.publish_due" => "dashboard-cron-news",
        "jobs-retention" => "dashboard-cron-jobs",
        "journal.end_shares" => "dashboard-cron-journal-shares",
        "metrics.freeze" => "dashboard-cron-freeze",
        "nightly-rollup" => "dashboard-cron-rollup",
        "notes.forget" => "dashboard-cron-notes",
        "notifications.remind" => "dashboard-cron-reminders",
        "notifications.tidy_up" => "dashboard-cron-notices",
        "platform.key_ledger" => "dashboard-cron-key-ledger",
        "privacy.end_exports" => "dashboard-cron-exports",
        "privacy.keep_wishes" => "dashboard-cron-erasures",
        "privacy.retention" => "dashboard-cron-retention",
        "support.forget" => "dashboard-cron-tickets",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs;

    #[test]
    fn every_recurring_work_has_a_name() {
        let nameless: Vec<_> = jobs::registry()
            .recurring()
            .filter(|job| work_key(job).is_none())
            .collect();
        assert_eq!(nameless, [""; 0]);
    }
}
