//! Schedules: which period of a recurring work is due at an instant.
//!
//! Expressions have six fields (second, minute, hour, day, month, day of week) and mean wall-clock time in Paris, the
//! accounting zone. A period is named after its wall-clock time, so the hour that happens twice in October is one
//! period; the hour that never happens in March is due when the clocks have jumped over it.

use std::str::FromStr as _;

use ::cron::Schedule;
use chrono::{DateTime, Duration, NaiveDateTime, TimeZone as _, Utc, offset::LocalResult};
use chrono_tz::{Europe::Paris, Tz};
use serde::{Deserialize, Serialize};

/// The zone of every schedule.
pub const ZONE: Tz = Paris;

/// One period of a recurring work, as its handler receives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occurrence {
    /// The period: its wall-clock time in [`ZONE`].
    pub period: NaiveDateTime,
    /// The instant it was due at.
    pub due_at: DateTime<Utc>,
}

impl Occurrence {
    /// The period's name in `cron_runs`.
    pub fn name(&self) -> String {
        self.period.format("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

/// A recurring work's name and schedule.
pub(super) struct Entry {
    pub name: &'static str,
    schedule: Schedule,
}

impl Entry {
    /// # Panics
    /// An expression that is none: they are literals in the one list, and starting the program reads them all.
    pub fn new(name: &'static str, expression: &str) -> Self {
        let schedule = Schedule::from_str(expression)
            .unwrap_or_else(|error| panic!("the schedule of {name} is not one: {error}"));
        Self { name, schedule }
    }

    /// The latest period due at `now`; none when the schedule names only the future.
    pub fn latest_due(&self, now: DateTime<Utc>) -> Option<Occurrence> {
        // The schedule is walked in wall-clock time (as if it were UTC): a walk through instants would skip the
        // period inside March's gap. From a little ahead, because the walk excludes its start and because a gap
        // moves its periods to at most an hour later.
        let wall_clock = now.with_timezone(&ZONE).naive_local();
        let ahead = (wall_clock + Duration::hours(1) + Duration::seconds(1)).and_utc();
        self.schedule
            .after(&ahead)
            .rev()
            .map(|period| occurrence(period.naive_utc()))
            .find(|candidate| candidate.due_at <= now)
    }
}

fn occurrence(period: NaiveDateTime) -> Occurrence {
    let due_at = match ZONE.from_local_datetime(&period) {
        LocalResult::Single(instant) | LocalResult::Ambiguous(instant, _) => instant.to_utc(),
        // Inside the gap: read with the offset before it, which is the same distance after it.
        LocalResult::None => {
            let before = ZONE.from_local_datetime(&(period - Duration::hours(1)));
            before.latest().map_or_else(
                || period.and_utc(),
                |instant| instant.to_utc() + Duration::hours(1),
            )
        }
    };
    Occurrence { period, due_at }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NIGHTLY: &str = "0 15 2 * * *";

    fn at(instant: &str) -> DateTime<Utc> {
        instant.parse().expect("an instant")
    }

    fn due(expression: &str, now: &str) -> (String, DateTime<Utc>) {
        let found = Entry::new("test", expression)
            .latest_due(at(now))
            .expect("a period");
        (found.name(), found.due_at)
    }

    #[test]
    fn a_period_is_due_from_its_very_second_until_the_next_one() {
        let monday = ("2026-11-16T02:15:00".to_owned(), at("2026-11-16T01:15:00Z"));
        let sunday = ("2026-11-15T02:15:00".to_owned(), at("2026-11-15T01:15:00Z"));
        assert_eq!(due(NIGHTLY, "2026-11-16T01:14:59Z"), sunday);
        assert_eq!(due(NIGHTLY, "2026-11-16T01:15:00Z"), monday);
        assert_eq!(due(NIGHTLY, "2026-11-17T01:14:59.999Z"), monday);
    }

    #[test]
    fn summer_time_moves_the_instant_and_not_the_wall_clock() {
        let (name, instant) = due(NIGHTLY, "2026-07-01T12:00:00Z");
        assert_eq!(
            (name.as_str(), instant),
            ("2026-07-01T02:15:00", at("2026-07-01T00:15:00Z"))
        );
    }

    #[test]
    fn the_hour_that_does_not_happen_in_march_is_due_after_the_jump() {
        // 02:15 on 2026-03-29 does not exist: the clocks go from 02:00 (01:00 UTC) to 03:00.
        let (before, _) = due(NIGHTLY, "2026-03-29T01:14:59Z");
        assert_eq!(before, "2026-03-28T02:15:00");
        let (after, instant) = due(NIGHTLY, "2026-03-29T01:15:00Z");
        assert_eq!(
            (after.as_str(), instant),
            ("2026-03-29T02:15:00", at("2026-03-29T01:15:00Z"))
        );
    }

    #[test]
    fn the_hour_that_happens_twice_in_october_is_one_period() {
        // 02:15 on 2026-10-25 is 00:15 UTC and again 01:15 UTC.
        let (first, _) = due(NIGHTLY, "2026-10-25T00:15:00Z");
        let (second, instant) = due(NIGHTLY, "2026-10-25T01:30:00Z");
        assert_eq!(first, second);
        assert_eq!(instant, at("2026-10-25T00:15:00Z"));
    }

    #[test]
    fn every_ten_minutes_is_due_every_ten_minutes() {
        let (name, _) = due("0 */10 * * * *", "2026-11-20T08:29:59Z");
        assert_eq!(name, "2026-11-20T09:20:00");
    }

    #[test]
    #[should_panic(expected = "the schedule of broken is not one")]
    fn a_wrong_expression_stops_the_program_at_start() {
        Entry::new("broken", "every night");
    }
}
