//! The waiting list: an employee asks for an earlier slot and is offered those that others give back.
//!
//! # Rules
//! - Every slot given back (cancelled, moved, released, an offer that came to nothing) is offered to the
//!   first in line whom it suits, whoever gave it back and why: the agenda decides whether it exists. Until
//!   the line was asked, nobody else can book it.
//! - An offer is a held slot of [`OFFER`]: nobody else can book it meanwhile. Accepting is confirming
//!   the hold. Declined or left unanswered, the slot goes to the next in line; whoever left it unanswered
//!   goes to the end of the line, whoever declined keeps their place.
//! - The offer is made in the person's name, by the checks that their own booking would pass: a slot that
//!   they could not book is not offered to them.
//! - Nobody gets two offers at a time, nor the same slot twice, nor one that is later than the
//!   appointment they already have with this practitioner.
//!
//! A trigger of the database notes the slots given back, so that no way of giving one back can forget it.

pub mod jobs;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use super::slots::Slot;

/// How long an offered slot is kept for its person.
pub const OFFER: TimeDelta = TimeDelta::minutes(30);
/// Less time than this to answer is no offer.
pub const LEAST: TimeDelta = TimeDelta::minutes(5);
/// Requests that one person can have waiting.
pub const MOST_REQUESTS: usize = 5;

/// When a slot suits somebody, on their own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The days of the week, ISO: 1 = Monday .. 7 = Sunday.
    pub weekdays: Vec<i16>,
    /// Not before.
    pub from: Option<NaiveTime>,
    /// Over by then.
    pub until: Option<NaiveTime>,
    /// The last day that is early enough.
    pub last_day: Option<NaiveDate>,
}

/// A weekday as the database numbers it.
pub fn iso_number(weekday: Weekday) -> i16 {
    // 1 to 7.
    i16::try_from(weekday.number_from_monday()).unwrap_or_default()
}

impl Wish {
    /// Whether a slot suits.
    pub fn suits(&self, zone: Tz, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> bool {
        let start = starts_at.with_timezone(&zone).naive_local();
        let end = ends_at.with_timezone(&zone).naive_local();
        self.weekdays.contains(&iso_number(start.weekday()))
            && self.last_day.is_none_or(|day| start.date() <= day)
            && self.from.is_none_or(|from| start.time() >= from)
            // Past midnight is later than any hour of the day.
            && self
                .until
                .is_none_or(|until| end.date() == start.date() && end.time() <= until)
    }
}

/// Until when a slot is kept for whom it is offered to; `None` when it begins too soon to ask.
pub fn answer_by(slot: Slot, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let until = slot.starts_at.min(now + OFFER);
    (until - now >= LEAST).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn time(text: &str) -> Option<NaiveTime> {
        Some(text.parse().expect("a time"))
    }

    fn anytime() -> Wish {
        Wish {
            weekdays: (1..=7).collect(),
            from: None,
            until: None,
            last_day: None,
        }
    }

    fn suits(wish: &Wish, zone: Tz, start: &str) -> bool {
        wish.suits(zone, at(start), at(start) + TimeDelta::minutes(50))
    }

    #[test]
    fn a_slot_suits_by_the_clock_of_who_waits() {
        let paris = chrono_tz::Europe::Paris;
        let tokyo = chrono_tz::Asia::Tokyo;
        // Monday 23 March 2026, 9:00 in Paris, 17:00 in Tokyo.
        let monday = "2026-03-23T08:00:00Z";
        let evenings = Wish {
            from: time("17:00:00"),
            ..anytime()
        };
        assert!(!suits(&evenings, paris, monday));
        assert!(suits(&evenings, tokyo, monday));
        let tuesdays = Wish {
            weekdays: vec![2],
            ..anytime()
        };
        assert!(!suits(&tuesdays, paris, monday));
        // 23:30 on Monday in Paris is Tuesday in Tokyo.
        assert!(suits(&tuesdays, tokyo, "2026-03-23T22:30:00Z"));
    }

    #[test]
    fn it_must_be_over_in_time_and_early_enough() {
        let paris = chrono_tz::Europe::Paris;
        let mornings = Wish {
            until: time("12:00:00"),
            ..anytime()
        };
        assert!(suits(&mornings, paris, "2026-03-23T10:10:00Z"));
        assert!(!suits(&mornings, paris, "2026-03-23T10:11:00Z"));
        // Ends the day after.
        let late = Wish {
            until: time("23:59:00"),
            ..anytime()
        };
        assert!(!suits(&late, paris, "2026-03-23T22:30:00Z"));
        let soon = Wish {
            last_day: Some("2026-03-23".parse().expect("a date")),
            ..anytime()
        };
        assert!(suits(&soon, paris, "2026-03-23T22:30:00Z"));
        assert!(!suits(&soon, paris, "2026-03-23T23:00:00Z"));
    }

    #[test]
    fn there_is_half_an_hour_to_answer_and_never_past_the_start() {
        let now = at("2026-03-20T09:00:00Z");
        let starting_in = |minutes| {
            let starts_at = now + TimeDelta::minutes(minutes);
            Slot {
                starts_at,
                ends_at: starts_at + TimeDelta::minutes(50),
                blocked_until: starts_at + TimeDelta::minutes(60),
            }
        };
        let minutes = |slot| answer_by(slot, now).map(|until| (until - now).num_minutes());
        assert_eq!(minutes(starting_in(600)), Some(30));
        assert_eq!(minutes(starting_in(12)), Some(12));
        assert_eq!(minutes(starting_in(4)), None);
        assert_eq!(minutes(starting_in(-10)), None);
    }
}
