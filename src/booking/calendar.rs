//! A practitioner's agenda with everything that is in the way of it, at one moment, for one employee.

use std::ops::Range;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::slots::{Agenda, Busy, Refusal, Situation, Slot};

/// Alternatives shown when a slot cannot be booked.
pub const ALTERNATIVES: usize = 6;

/// What the page shows and the POST checks: the same answer from the same inputs.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The practitioner's hours.
    pub agenda: Agenda,
    /// The practitioner's busy ranges, in any company.
    pub busy: Vec<Busy>,
    /// The employee's own consultations.
    pub client_busy: Vec<Range<DateTime<Utc>>>,
    /// The moment of asking.
    pub now: DateTime<Utc>,
}

impl Calendar {
    fn situation(&self) -> Situation<'_> {
        Situation {
            now: self.now,
            busy: &self.busy,
            client_busy: &self.client_busy,
        }
    }

    /// The free slots that start in `range`, in order.
    pub fn free_slots(&self, range: Range<DateTime<Utc>>) -> Vec<Slot> {
        self.agenda.free_slots(range, &self.situation())
    }

    /// The first `count` free slots of `range`. Most agendas have one within days: the grid is laid
    /// as far as it is needed.
    pub fn first_slots(&self, range: Range<DateTime<Utc>>, count: usize) -> Vec<Slot> {
        let mut found = Vec::new();
        let mut from = range.start;
        while from < range.end && found.len() < count {
            let until = (from + TimeDelta::days(3)).min(range.end);
            found.extend(self.free_slots(from..until));
            from = until;
        }
        found.truncate(count);
        found
    }

    /// The slot that starts at `start`, if it is on offer.
    ///
    /// # Errors
    /// The reason why it is not.
    pub fn offers(&self, start: DateTime<Utc>) -> Result<Slot, Refusal> {
        self.agenda.offers(start, &self.situation())
    }

    /// The same calendar as if this consultation were not in it: what it can move to.
    #[must_use]
    pub fn without(mut self, moving: &Slot) -> Self {
        // Nobody is in two places: one range at most begins and ends with it.
        self.busy.retain(|busy| {
            (busy.starts_at, busy.blocked_until) != (moving.starts_at, moving.blocked_until)
        });
        self.client_busy
            .retain(|busy| (busy.start, busy.end) != (moving.starts_at, moving.ends_at));
        self
    }

    /// The free slots nearest to one that cannot be had, in order.
    pub fn alternatives(&self, wanted: DateTime<Utc>) -> Vec<Slot> {
        let range = around(wanted, self.now, self.agenda.policy.horizon_days.into());
        self.nearest(wanted, ALTERNATIVES, range)
    }

    /// The `count` free slots of `range` that are nearest to `wanted`, in order.
    pub fn nearest(
        &self,
        wanted: DateTime<Utc>,
        count: usize,
        range: Range<DateTime<Utc>>,
    ) -> Vec<Slot> {
        self.agenda
            .alternatives(wanted, count, range, &self.situation())
    }
}

/// Where alternatives to a start are looked for: two weeks that hold it, or the nearest to it
/// that can be booked.
pub fn around(
    wanted: DateTime<Utc>,
    now: DateTime<Utc>,
    horizon_days: i64,
) -> Range<DateTime<Utc>> {
    let last = now + TimeDelta::days(horizon_days.max(1));
    let from = (wanted.clamp(now, last) - TimeDelta::days(4)).max(now);
    from..from + TimeDelta::days(14)
}

/// The first instant of a local day.
pub fn start_of_day(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // Where midnight does not exist (a clock change), the day begins an hour later; where it exists
    // twice, with the first.
    [0, 1, 2]
        .into_iter()
        .find_map(|hour| {
            zone.from_local_datetime(&(midnight + TimeDelta::hours(hour)))
                .earliest()
        })
        .map_or_else(|| midnight.and_utc(), |instant| instant.to_utc())
}

/// The local days of a page: `count` of them from `first`, as instants.
pub fn days_from(zone: Tz, first: NaiveDate, count: u64) -> Range<DateTime<Utc>> {
    let end = first.checked_add_days(Days::new(count)).unwrap_or(first);
    start_of_day(zone, first)..start_of_day(zone, end)
}

/// Slots of one local day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// The date in the reader's zone.
    pub date: NaiveDate,
    /// Its slots, in order.
    pub starts: Vec<DateTime<Utc>>,
}

/// Parts slots by the reader's local day; a day without a slot is not there.
pub fn by_day(zone: Tz, slots: &[Slot]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for slot in slots {
        let date = slot.starts_at.with_timezone(&zone).date_naive();
        match days.last_mut() {
            Some(day) if day.date == date => day.starts.push(slot.starts_at),
            _ => days.push(Day {
                date,
                starts: vec![slot.starts_at],
            }),
        }
    }
    days
}

/// Parts days by calendar week, Monday first.
pub fn by_week(days: Vec<Day>) -> Vec<Vec<Day>> {
    let mut weeks: Vec<Vec<Day>> = Vec::new();
    for day in days {
        match weeks.last_mut() {
            Some(week) if week[0].date.iso_week() == day.date.iso_week() => week.push(day),
            _ => weeks.push(vec![day]),
        }
    }
    weeks
}

/// Whether the clocks of two zones show the same time at an instant.
pub fn same_clock(one: Tz, other: Tz, at: DateTime<Utc>) -> bool {
    at.with_timezone(&one).naive_local() == at.with_timezone(&other).naive_local()
}

/// A zone as people say it: the city of its IANA name.
pub fn zone_city(zone: Tz) -> String {
    let name = zone.name();
    name.rsplit('/').next().unwrap_or(name).replace('_', " ")
}

/// A start as an address spells it. Only what our own links write is read.
pub fn parse_start(text: &str) -> Option<DateTime<Utc>> {
    let instant = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok()?;
    // Four digits: far within what the engine can add days to.
    (text.len() == 20).then(|| instant.and_utc())
}

/// A date as an address spells it.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok().filter(|_| text.len() == 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_read_only_as_it_was_written() {
        assert!(parse_start("2026-11-23T13:30:00Z").is_some());
        for bad in [
            "",
            "demain",
            "2026-11-23",
            "2026-11-23T13:30Z",
            "2026-11-23T13:30:00+01:00",
            "2026-13-23T13:30:00Z",
            "2026-11-23T25:30:00Z",
            "2026-11-23T13:30:00.5Z",
            "+262142-01-01T00:00:00Z",
            "2026-11-23T13:30:00Z2026-11-23T13:30:00Z",
        ] {
            assert_eq!(parse_start(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_date_is_read_only_as_it_was_written() {
        assert!(parse_date("2026-11-23").is_some());
        for bad in ["", "2026-11", "2026-02-30", "+12026-11-23", "23/11/2026"] {
            assert_eq!(parse_date(bad), None, "{bad}");
        }
    }
    use crate::booking::slots::Policy;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn slot(text: &str) -> Slot {
        let starts_at = at(text);
        Slot {
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(50),
            blocked_until: starts_at + TimeDelta::minutes(60),
        }
    }

    #[test]
    fn slots_are_parted_by_the_readers_day() {
        let slots = [
            slot("2026-11-23T08:00:00Z"),
            slot("2026-11-23T22:30:00Z"),
            slot("2026-11-23T23:30:00Z"),
        ];
        let counts = |zone| -> Vec<usize> {
            by_day(zone, &slots)
                .iter()
                .map(|day| day.starts.len())
                .collect()
        };
        assert_eq!(counts(chrono_tz::Europe::Paris), [2, 1]);
        assert_eq!(counts(chrono_tz::America::Montreal), [3]);
        assert_eq!(counts(chrono_tz::Asia::Tokyo), [1, 2]);
    }

    #[test]
    fn days_are_parted_by_week() {
        let slots = [
            slot("2026-11-27T08:00:00Z"),
            slot("2026-11-29T08:00:00Z"),
            slot("2026-11-30T08:00:00Z"),
            slot("2027-01-04T08:00:00Z"),
        ];
        let weeks = by_week(by_day(chrono_tz::Europe::Paris, &slots));
        let lengths: Vec<usize> = weeks.iter().map(Vec::len).collect();
        assert_eq!(lengths, [2, 1, 1]);
    }

    #[test]
    fn a_day_begins_at_its_first_instant_even_when_midnight_does_not_exist() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let paris = chrono_tz::Europe::Paris;
        assert_eq!(
            start_of_day(paris, day("2026-11-23")),
            at("2026-11-22T23:00:00Z")
        );
        // Clocks go from 00:00 to 01:00 in Cairo on 24 April 2026.
        assert_eq!(
            start_of_day(chrono_tz::Africa::Cairo, day("2026-04-24")),
            at("2026-04-23T22:00:00Z")
        );
        let range = days_from(paris, day("2026-10-25"), 1);
        assert_eq!(range.end - range.start, TimeDelta::hours(25));
    }

    #[test]
    fn alternatives_are_looked_for_where_booking_is_possible() {
        let now = at("2026-11-20T09:00:00Z");
        assert_eq!(around(at("2020-01-01T00:00:00Z"), now, 60).start, now);
        let beyond = around(at("2030-01-01T00:00:00Z"), now, 60);
        assert!(beyond.start < now + TimeDelta::days(60));
        let held = around(now + TimeDelta::days(20), now, 60);
        assert!(held.contains(&(now + TimeDelta::days(20))));
    }

    #[test]
    fn the_first_slots_are_those_of_the_whole_range() {
        let paris = chrono_tz::Europe::Paris;
        let now = at("2026-11-20T09:00:00Z");
        let window = crate::booking::slots::Window {
            weekday: chrono::Weekday::Wed,
            hours: crate::booking::slots::Hours::new(
                NaiveTime::from_hms_opt(9, 0, 0).expect("nine"),
                NaiveTime::from_hms_opt(12, 0, 0).expect("noon"),
            )
            .expect("hours"),
            valid_from: "2026-01-01".parse().expect("a date"),
            valid_until: None,
            recurrence: crate::booking::slots::Recurrence::Weekly,
        };
        let calendar = Calendar {
            agenda: Agenda {
                zone: paris,
                windows: vec![window],
                exceptions: Vec::new(),
                policy: Policy::default(),
            },
            busy: Vec::new(),
            client_busy: Vec::new(),
            now,
        };
        let range = now..now + TimeDelta::days(14);
        let all = calendar.free_slots(range.clone());
        assert_eq!(all.len(), 6);
        assert_eq!(calendar.first_slots(range.clone(), 4), all[..4]);
        assert_eq!(calendar.first_slots(range, 40), all);
    }

    #[test]
    fn two_zones_with_one_clock_are_not_different() {
        let at = at("2026-11-23T08:00:00Z");
        let paris = chrono_tz::Europe::Paris;
        assert!(same_clock(paris, chrono_tz::Europe::Brussels, at));
        assert!(!same_clock(paris, chrono_tz::Europe::London, at));
        assert_eq!(
            zone_city(chrono_tz::America::Argentina::Buenos_Aires),
            "Buenos Aires"
        );
    }
}
