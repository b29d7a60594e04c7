//! When a failed job is tried again: soon at first, then twice as late each time, at most six hours apart.

use std::time::Duration;

use ring::rand::{SecureRandom as _, SystemRandom};

/// Tries before a job is dead. The delays between them add up to more than 24 hours, whatever the jitter.
pub const MAX_ATTEMPTS: i32 = 14;

const FIRST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

/// The delay after the `attempt`-th try (from 1) failed; `jitter` in 0..=255 lengthens it by up to a quarter, so that
/// jobs that failed together do not come back together.
pub fn delay(attempt: i32, jitter: u8) -> Duration {
    let doublings = u32::try_from(attempt.clamp(1, MAX_ATTEMPTS) - 1).unwrap_or(0);
    let base = LONGEST.min(FIRST * 2u32.pow(doublings));
    base + base / 4 * u32::from(jitter) / 255
}

/// A random jitter; none when the system's generator fails, which delays nothing.
pub(super) fn jitter(random: &SystemRandom) -> u8 {
    let mut byte = [0];
    match random.fill(&mut byte) {
        Ok(()) => byte[0],
        Err(ring::error::Unspecified) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tries_span_more_than_a_day_even_without_jitter() {
        let span: Duration = (1..MAX_ATTEMPTS).map(|attempt| delay(attempt, 0)).sum();
        assert!(span >= Duration::from_secs(24 * 3600), "{span:?}");
        assert!(span <= Duration::from_secs(36 * 3600), "{span:?}");
    }

    #[test]
    fn the_first_retry_is_soon_and_each_next_one_is_later_up_to_six_hours() {
        assert_eq!(delay(1, 0), Duration::from_secs(30));
        for attempt in 1..MAX_ATTEMPTS {
            assert!(delay(attempt + 1, 0) >= delay(attempt, 0));
        }
        assert_eq!(delay(MAX_ATTEMPTS, 0), LONGEST);
    }

    #[test]
    fn jitter_adds_a_quarter_at_most() {
        assert_eq!(delay(1, 255), Duration::from_millis(37_500));
        assert_eq!(delay(i32::MAX, 255), LONGEST + LONGEST / 4);
        assert_eq!(delay(i32::MIN, 0), FIRST);
    }
}
