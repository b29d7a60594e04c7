//! The rules of signing in.

use chrono::{DateTime, Duration, Utc};

/// Failures allowed per account and per origin within [`WINDOW_MINUTES`].
pub const ALLOWED_FAILURES: i64 = 5;
/// Attempts of one origin that may be running at the same time: an office signs in together at nine.
pub const ALLOWED_RUNNING: i64 = 20;
/// The window in which failures count.
pub const WINDOW_MINUTES: i64 = 15;
/// How long a reset link works.
pub const RESET_MINUTES: i64 = 60;
/// Reset mails per account and hour; more requests are answered the same and send nothing.
pub const RESETS_PER_HOUR: i64 = 3;
/// Reset links that one place may ask for within [`WINDOW_MINUTES`], whoever they are for: a company behind one address may have
/// its bad morning, and nobody fills the outbox.
pub const RESETS_FROM_ONE_PLACE: i64 = 30;

/// The attempts of one account or origin in the window.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Finished and failed.
    pub failed: i64,
    /// Begun and not yet finished.
    pub running: i64,
    /// The attempt whose age ends the wait.
    pub oldest: Option<DateTime<Utc>>,
}

/// Whether another attempt may begin; otherwise when.
pub fn next_attempt(account: Tally, origin: Tally) -> Result<(), DateTime<Utc>> {
    let account_full = account.failed + account.running >= ALLOWED_FAILURES;
    let origin_full =
        origin.failed >= ALLOWED_FAILURES || origin.failed + origin.running >= ALLOWED_RUNNING;
    let until = |tally: Tally| {
        tally
            .oldest
            .map(|at| at + Duration::minutes(WINDOW_MINUTES))
    };
    match (
        account_full.then(|| until(account)).flatten(),
        origin_full.then(|| until(origin)).flatten(),
    ) {
        (None, None) => Ok(()),
        (first, second) => Err(first.max(second).unwrap_or_default()),
    }
}

/// Whether `path` is a place of ours to come back to after signing in: a local absolute path as
/// browsers write it. They drop tabs and line ends from addresses and read `\` as `/`, so either
/// could turn a path into `//evil.example`; what is not ASCII they percent-encode.
pub fn is_local_path(path: &str) -> bool {
    path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 512
        && path
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(failed: i64, running: i64) -> Tally {
        Tally {
            failed,
            running,
            oldest: DateTime::from_timestamp(1_000_000, 0),
        }
    }

    #[test]
    fn the_sixth_attempt_at_an_account_waits_for_the_first_to_age() {
        assert!(next_attempt(tally(4, 0), tally(4, 0)).is_ok());
        let until = next_attempt(tally(5, 0), tally(0, 0)).expect_err("full");
        assert_eq!(
            Some(until),
            DateTime::from_timestamp(1_000_000 + 15 * 60, 0)
        );
    }

    #[test]
    fn parallel_guesses_at_one_account_share_its_allowance() {
        assert!(next_attempt(tally(2, 3), tally(0, 0)).is_err());
    }

    #[test]
    fn an_office_behind_one_address_signs_in_together() {
        assert!(next_attempt(tally(0, 1), tally(1, 12)).is_ok());
        assert!(next_attempt(tally(0, 1), tally(5, 0)).is_err());
    }

    #[test]
    fn only_local_paths_are_places_to_return_to() {
        for good in ["/", "/employee/booking?day=2026-11-20"] {
            assert!(is_local_path(good), "{good}");
        }
        for bad in [
            "",
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/a\r\nb",
        ] {
            assert!(!is_local_path(bad), "{bad}");
        }
    }
}
