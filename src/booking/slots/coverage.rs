//! The hours against what is already there: a consultation, or another window.

use std::ops::Range;

use chrono::{DateTime, Datelike, Days, Utc};

use super::agenda::{Agenda, DayPlan, Hours, Policy, Window};
use super::engine::{ceil, date_of};
use super::zone::{DAY, Zone};

impl Agenda {
    /// Whether the wall clock is inside the hours and outside the closures at every instant of
    /// `range`. Hours that touch count as one; neither grid, notice nor horizon matter.
    #[must_use]
    pub fn covers(&self, range: &Range<DateTime<Utc>>) -> bool {
        let (from, until) = (range.start.timestamp(), ceil(range.end));
        let zone = Zone::between(self.zone, from - DAY, until + DAY);
        let mut pieces = zone.wall_clock(from, until);
        pieces.all(|(from, until)| self.covers_wall_clock(from, until))
    }

    /// Local seconds; a piece that goes on after midnight belongs to two dates.
    fn covers_wall_clock(&self, from: i64, until: i64) -> bool {
        let mut at = from;
        while at < until {
            let day = at.div_euclid(DAY);
            let end = until.min((day + 1) * DAY);
            let covered = date_of(day)
                .is_some_and(|date| self.plan(date).covers(at - day * DAY, end - day * DAY));
            if !covered {
                return false;
            }
            at = end;
        }
        true
    }
}

impl DayPlan {
    /// Whether seconds of the day lie in the open hours and meet no closed ones.
    fn covers(&self, from: i64, until: i64) -> bool {
        let seconds = |hours: &Hours| (hours.from_second().into(), hours.until_second().into());
        let mut reached = from;
        for (opens, closes) in self.open.iter().map(seconds) {
            if opens <= reached {
                reached = reached.max(closes);
            }
        }
        let mut closed = self.closed.iter().map(seconds);
        reached >= until
            && !closed.any(|(opens, closes): (i64, i64)| from < closes && opens < until)
    }
}

impl Window {
    /// Whether there is a date on which both apply and their hours overlap.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        if self.weekday != other.weekday || !self.hours.overlaps(other.hours) {
            return false;
        }
        let from = self.valid_from.max(other.valid_from);
        let ahead =
            (7 + self.weekday.num_days_from_monday() - from.weekday().num_days_from_monday()) % 7;
        // What comes back every other week has been seen once after two.
        [0, 7]
            .into_iter()
            .filter_map(|later| from.checked_add_days(Days::new(u64::from(ahead + later))))
            .any(|date| self.applies_on(date) && other.applies_on(date))
    }
}

impl Policy {
    /// Seconds of the wall clock at which slots start in some hours, on a day without clock change.
    pub fn starts_in(&self, hours: Hours) -> impl Iterator<Item = u32> {
        let length = u32::from(self.slot_minutes) * 60;
        let step = length + u32::from(self.buffer_minutes) * 60;
        let mut next = hours.from_second();
        std::iter::from_fn(move || {
            let start = next;
            next += step;
            (length > 0 && start + length <= hours.until_second()).then_some(start)
        })
    }
}
