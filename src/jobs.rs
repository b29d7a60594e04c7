//! The only list of background work: every kind of job, and when recurring work runs.

use crate::{auth, booking, companies, infra::jobs::Registry, metrics};

/// Everything a runner runs.
pub fn registry() -> Registry {
    Registry::new()
        .job(auth::jobs::send_password_reset)
        .job(booking::jobs::tell_booked)
        .job(booking::jobs::tell_cancelled)
        .job(booking::jobs::tell_confirmed)
        .job(companies::jobs::send_invitation)
        .cron("auth.tidy_up", "0 40 3 * * *", auth::jobs::tidy_up)
        .cron(
            "companies.purge_imports",
            "0 20 3 * * *",
            companies::jobs::purge_imports,
        )
        .cron(
            "nightly-rollup",
            "0 15 2 * * *",
            metrics::jobs::nightly_rollup,
        )
}
