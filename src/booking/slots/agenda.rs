//! What a practitioner declares: windows, exceptions, policy.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;

/// Seconds in a civil day.
const DAY: u32 = 24 * 60 * 60;

/// A practitioner's availability, in local time.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// Zone in which every local time of the agenda is meant.
    pub zone: Tz,
    /// Recurring hours.
    pub windows: Vec<Window>,
    /// Hours of single dates.
    pub exceptions: Vec<DateException>,
    /// How the hours are cut into slots.
    pub policy: Policy,
}

/// The hours of one date, after its exceptions.
#[derive(Debug)]
pub(super) struct DayPlan {
    /// Sorted and disjoint: hours that overlap are one, hours that only touch remain two, each
    /// with its own grid.
    pub(super) open: Vec<Hours>,
    pub(super) closed: Vec<Hours>,
}

impl Agenda {
    /// Windows, replaced by `open` exceptions if there are any, and closures apart.
    pub(super) fn plan(&self, date: NaiveDate) -> DayPlan {
        let (mut open, mut closed) = (Vec::new(), Vec::new());
        for exception in self
            .exceptions
            .iter()
            .filter(|exception| exception.date == date)
        {
            match exception.kind {
                ExceptionKind::Open(hours) => open.push(hours),
                ExceptionKind::Closed(hours) => closed.push(hours.unwrap_or(Hours::ALL_DAY)),
            }
        }
        if open.is_empty() {
            let windows = self.windows.iter();
            let windows = windows.filter(|window| window.applies_on(date));
            open.extend(windows.map(|window| window.hours));
        }
        open.sort_unstable();
        open.dedup_by(|next, previous| {
            let overlaps = next.overlaps(*previous);
            if overlaps {
                previous.until = previous.until.max(next.until);
            }
            overlaps
        });
        DayPlan { open, closed }
    }
}

/// Hours that come back every week or every other week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Day of the week.
    pub weekday: Weekday,
    /// Hours of that day.
    pub hours: Hours,
    /// First date, included.
    pub valid_from: NaiveDate,
    /// Last date, included; `None` for no end.
    pub valid_until: Option<NaiveDate>,
    /// Which weeks.
    pub recurrence: Recurrence,
}

impl Window {
    /// Whether the window applies on this date.
    #[must_use]
    pub fn applies_on(&self, date: NaiveDate) -> bool {
        date.weekday() == self.weekday
            && date >= self.valid_from
            && self.valid_until.is_none_or(|last| date <= last)
            && self.recurrence.includes(self.valid_from, date)
    }
}

/// Which weeks a window comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recurrence {
    /// All of them.
    Weekly,
    /// The week (Monday to Sunday) of `valid_from`, the second one after it, and so on.
    EveryOtherWeek,
}

impl Recurrence {
    fn includes(self, anchor: NaiveDate, date: NaiveDate) -> bool {
        match self {
            Self::Weekly => true,
            Self::EveryOtherWeek => {
                let weeks = (monday(date) - monday(anchor)).num_days() / 7;
                weeks % 2 == 0
            }
        }
    }
}

fn monday(date: NaiveDate) -> NaiveDate {
    let since = u64::from(date.weekday().num_days_from_monday());
    date.checked_sub_days(Days::new(since)).unwrap_or(date)
}

/// An exception to the windows on one date; a date may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateException {
    /// The local date.
    pub date: NaiveDate,
    /// What it changes.
    pub kind: ExceptionKind,
}

/// What an exception changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    /// No consultation during these hours, or at all on that date. Wins over everything.
    Closed(Option<Hours>),
    /// Hours that replace the windows of that date; several add up.
    Open(Hours),
}

/// Hours of one day, from `from` included to `until` excluded, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    from: u32,
    until: u32,
}

/// The hours end before they start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the hours must end after they start")]
pub struct BadHours;

impl Hours {
    /// From midnight to midnight.
    pub const ALL_DAY: Self = Self {
        from: 0,
        until: DAY,
    };

    /// `until` at 00:00 means midnight at the end of the day. Hours that go on after midnight
    /// belong to two days.
    ///
    /// # Errors
    /// [`BadHours`] when `until` is not after `from`.
    pub fn new(from: NaiveTime, until: NaiveTime) -> Result<Self, BadHours> {
        let from = from.num_seconds_from_midnight();
        let until = match until.num_seconds_from_midnight() {
            0 => DAY,
            seconds => seconds,
        };
        if from < until {
            Ok(Self { from, until })
        } else {
            Err(BadHours)
        }
    }

    /// Seconds of the wall clock since 00:00 at which the hours start.
    #[must_use]
    pub fn from_second(self) -> u32 {
        self.from
    }

    /// Seconds of the wall clock since 00:00 at which the hours end, at most 86,400.
    #[must_use]
    pub fn until_second(self) -> u32 {
        self.until
    }

    /// Whether the two share some time.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }
}

/// How hours become slots, and when they may be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Length of a consultation, in minutes of elapsed time. Zero offers nothing.
    pub slot_minutes: u16,
    /// Time kept free after it, in minutes; under a day.
    pub buffer_minutes: u16,
    /// Least time between booking and start, in hours.
    pub min_notice_hours: u16,
    /// Last local date that can be booked, in days from today.
    pub horizon_days: u16,
    /// Most consultations starting on one local date; `None` for no maximum.
    pub daily_maximum: Option<u16>,
}

impl Default for Policy {
    /// What a new practitioner starts with.
    fn default() -> Self {
        Self {
            slot_minutes: 50,
            buffer_minutes: 10,
            min_notice_hours: 12,
            horizon_days: 60,
            daily_maximum: None,
        }
    }
}
