//! The grid, and what is free on it.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::agenda::{Agenda, Hours, Policy};
use super::ranges::Ranges;
use super::zone::{DAY, Zone, local_day};

/// A start that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// Start of the consultation.
    pub starts_at: DateTime<Utc>,
    /// Its end, after the policy's slot length of elapsed time.
    pub ends_at: DateTime<Utc>,
    /// End of the buffer: until then the practitioner takes nobody else.
    pub blocked_until: DateTime<Utc>,
}

/// Time a practitioner is not available.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Busy {
    /// Start.
    pub starts_at: DateTime<Utc>,
    /// End, buffer included.
    pub blocked_until: DateTime<Utc>,
    /// Whether it counts towards the daily maximum: an active consultation or hold does, an
    /// entry of a private calendar does not.
    pub is_consultation: bool,
}

/// What the calendars hold at the moment of asking. The lists may be in any order and may overlap;
/// they must hold at least what touches [`Agenda::reads`].
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The present.
    pub now: DateTime<Utc>,
    /// The practitioner's busy ranges, in any company.
    pub busy: &'a [Busy],
    /// The client's own consultations, from start to end.
    pub client_busy: &'a [Range<DateTime<Utc>>],
}

/// Why a start cannot be booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The start is over.
    #[error("the start is in the past")]
    Past,
    /// Less than the minimum notice away.
    #[error("the start is within the minimum notice")]
    TooSoon,
    /// After the last date that can be booked.
    #[error("the start is beyond the booking horizon")]
    BeyondHorizon,
    /// Not a start of the agenda: outside the hours, beside the grid, or at a clock change.
    #[error("the agenda has no slot at this time")]
    OutsideHours,
    /// The client has a consultation at that time.
    #[error("the client has another consultation at this time")]
    OwnConflict,
    /// The practitioner is busy.
    #[error("the slot is taken")]
    Taken,
    /// The date has reached the daily maximum.
    #[error("the day is full")]
    DayFull,
}

impl Refusal {
    /// Every code, for the test that each has its translation.
    pub const CODES: [&str; 7] = [
        "past",
        "too-soon",
        "beyond-horizon",
        "outside-hours",
        "own-conflict",
        "taken",
        "day-full",
    ];

    /// Stable suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::TooSoon => "too-soon",
            Self::BeyondHorizon => "beyond-horizon",
            Self::OutsideHours => "outside-hours",
            Self::OwnConflict => "own-conflict",
            Self::Taken => "taken",
            Self::DayFull => "day-full",
        }
    }
}

/// A slot of the grid, in seconds, with its local day.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    day: i64,
    starts: i64,
    ends: i64,
    blocked: i64,
}

impl Candidate {
    /// `None` only beyond the years chrono can hold.
    fn slot(self) -> Option<Slot> {
        Some(Slot {
            starts_at: DateTime::from_timestamp(self.starts, 0)?,
            ends_at: DateTime::from_timestamp(self.ends, 0)?,
            blocked_until: DateTime::from_timestamp(self.blocked, 0)?,
        })
    }
}

impl Policy {
    /// The instants for which the calendars must be known to judge starts in `range`: whole local
    /// days, for the daily maximum, and the length of a slot after them.
    #[must_use]
    pub fn reads(&self, range: &Range<DateTime<Utc>>) -> Range<DateTime<Utc>> {
        // A local day lies within 15 hours of the UTC day of the same date.
        let margin = TimeDelta::hours(24 + 15);
        let length = TimeDelta::minutes(i64::from(self.slot_minutes))
            + TimeDelta::minutes(i64::from(self.buffer_minutes));
        range.start - margin..range.end + margin + length
    }
}

impl Agenda {
    /// The free slots that start in `range`, in chronological order.
    #[must_use]
    pub fn free_slots(&self, range: Range<DateTime<Utc>>, situation: &Situation<'_>) -> Vec<Slot> {
        let mut free = Vec::new();
        let mut judge = Judge::new(self, situation);
        // Nothing free lies outside these bounds: do not lay the grid there.
        let from = ceil(range.start).max(judge.earliest);
        let until = ceil(range.end).min((judge.last_day + 2) * DAY);
        self.lay_grid(from, until, |candidate| {
            if judge.refusal(candidate).is_none() {
                free.extend(candidate.slot());
            }
        });
        free
    }

    /// The slot that starts at `start`, if it is on offer: the check of the POST, by the code that
    /// made the page.
    ///
    /// # Errors
    /// The first [`Refusal`] in the order of the enum.
    pub fn offers(&self, start: DateTime<Utc>, situation: &Situation<'_>) -> Result<Slot, Refusal> {
        let mut judge = Judge::new(self, situation);
        judge.timing(start)?;
        let mut found = None;
        let from = start.timestamp();
        self.lay_grid(from, from + 1, |candidate| found = Some(candidate));
        let candidate = found.ok_or(Refusal::OutsideHours)?;
        match (judge.refusal(candidate), candidate.slot()) {
            (Some(refusal), _) => Err(refusal),
            (None, slot) => slot
                .filter(|slot| slot.starts_at == start)
                .ok_or(Refusal::OutsideHours),
        }
    }

    /// The `count` free slots of `range` that start nearest to `wanted`, in chronological order.
    #[must_use]
    pub fn alternatives(
        &self,
        wanted: DateTime<Utc>,
        count: usize,
        range: Range<DateTime<Utc>>,
        situation: &Situation<'_>,
    ) -> Vec<Slot> {
        let mut slots = self.free_slots(range, situation);
        slots.sort_by_key(|slot| (slot.starts_at - wanted).abs());
        slots.truncate(count);
        slots.sort_unstable();
        slots
    }

    /// Hands every slot of the grid that starts in `[from, until)` to `take`, in order.
    fn lay_grid(&self, from: i64, until: i64, mut take: impl FnMut(Candidate)) {
        let length = i64::from(self.policy.slot_minutes) * 60;
        if length == 0 || from >= until {
            return;
        }
        // The day before is laid too: the buffer of its last slot may reach into the first day.
        let days = local_day(self.zone, from) - 1..=local_day(self.zone, until - 1);
        let grid = Grid {
            zone: Zone::between(self.zone, (days.start() - 1) * DAY, (days.end() + 3) * DAY),
            length,
            step: length + i64::from(self.policy.buffer_minutes) * 60,
        };
        // End of everything before, buffers included. It counts starts that had to wait too, so
        // that the grid of a day depends on nothing older than the day before.
        let mut done = i64::MIN;
        for day in days {
            let Some(date) = date_of(day) else { return };
            let plan = self.plan(date);
            for hours in plan.open {
                for candidate in grid.candidates(day, hours, &plan.closed) {
                    let waits = candidate.starts < done;
                    done = done.max(candidate.blocked);
                    if !waits && (from..until).contains(&candidate.starts) {
                        take(candidate);
                    }
                }
            }
        }
    }
}

/// Lays starts over hours. Lengths are in seconds.
struct Grid {
    zone: Zone,
    length: i64,
    step: i64,
}

impl Grid {
    /// The starts of some hours of a local day that exist once and keep the consultation inside
    /// the hours and outside the closures.
    fn candidates(
        &self,
        day: i64,
        hours: Hours,
        closed: &[Hours],
    ) -> impl Iterator<Item = Candidate> {
        let on_the_clock = move |hours: Hours| {
            let second = |second: u32| day * DAY + i64::from(second);
            second(hours.from_second())..second(hours.until_second())
        };
        let window = on_the_clock(hours);
        let mut next = window.start;
        let starts = std::iter::from_fn(move || {
            let start = next;
            next += self.step;
            (start < window.end).then_some(start)
        });
        let window = on_the_clock(hours);
        starts
            .filter_map(|local| self.zone.instant(local))
            .map(move |starts| Candidate {
                day,
                starts,
                ends: starts + self.length,
                blocked: starts + self.step,
            })
            .filter(move |candidate| {
                let mut pieces = self.zone.wall_clock(candidate.starts, candidate.ends);
                pieces.all(|(from, until)| {
                    let mut closed = closed.iter().map(|hours| on_the_clock(*hours));
                    window.start <= from
                        && until <= window.end
                        && !closed.any(|closed| from < closed.end && closed.start < until)
                })
            })
    }
}

/// Decides slot after slot, in chronological order, whether each is free.
struct Judge<'a> {
    agenda: &'a Agenda,
    now: DateTime<Utc>,
    /// First second that respects the notice.
    earliest: i64,
    /// Last local day that can be booked.
    last_day: i64,
    busy: Ranges,
    client: Ranges,
    /// Local days of the consultations, sorted.
    booked_days: Vec<i64>,
}

impl<'a> Judge<'a> {
    fn new(agenda: &'a Agenda, situation: &Situation<'_>) -> Self {
        let now = situation.now;
        let notice = TimeDelta::hours(i64::from(agenda.policy.min_notice_hours));
        let busy = situation.busy.iter();
        let client = situation.client_busy.iter();
        let mut booked_days = Vec::new();
        if agenda.policy.daily_maximum.is_some() {
            let consultations = busy.clone().filter(|busy| busy.is_consultation);
            let starts = consultations.map(|busy| busy.starts_at.timestamp());
            booked_days.extend(starts.map(|start| local_day(agenda.zone, start)));
            booked_days.sort_unstable();
        }
        Self {
            agenda,
            now,
            earliest: ceil(now + notice),
            last_day: local_day(agenda.zone, now.timestamp())
                + i64::from(agenda.policy.horizon_days),
            busy: Ranges::new(
                busy.map(|busy| (busy.starts_at.timestamp(), ceil(busy.blocked_until))),
            ),
            client: Ranges::new(client.map(|range| (range.start.timestamp(), ceil(range.end)))),
            booked_days,
        }
    }

    /// Refusals that depend on the clock alone.
    fn timing(&self, start: DateTime<Utc>) -> Result<(), Refusal> {
        let second = start.timestamp();
        if start < self.now {
            Err(Refusal::Past)
        } else if second < self.earliest {
            Err(Refusal::TooSoon)
        } else if local_day(self.agenda.zone, second) > self.last_day {
            Err(Refusal::BeyondHorizon)
        } else {
            Ok(())
        }
    }

    /// Why the candidate is not free, if it is not. Candidates come in chronological order.
    fn refusal(&mut self, candidate: Candidate) -> Option<Refusal> {
        if candidate.starts < self.earliest {
            Some(Refusal::TooSoon)
        } else if candidate.day > self.last_day {
            Some(Refusal::BeyondHorizon)
        } else if self.client.meet(candidate.starts, candidate.ends) {
            Some(Refusal::OwnConflict)
        } else if self.busy.meet(candidate.starts, candidate.blocked) {
            Some(Refusal::Taken)
        } else if self.is_full(candidate.day) {
            Some(Refusal::DayFull)
        } else {
            None
        }
    }

    fn is_full(&self, day: i64) -> bool {
        self.agenda.policy.daily_maximum.is_some_and(|maximum| {
            let before = self.booked_days.partition_point(|booked| *booked < day);
            let after = self.booked_days.partition_point(|booked| *booked <= day);
            after - before >= usize::from(maximum)
        })
    }
}

/// The instant in seconds, a started second counted whole.
pub(super) fn ceil(instant: DateTime<Utc>) -> i64 {
    instant.timestamp() + i64::from(instant.timestamp_subsec_nanos() > 0)
}

pub(super) fn date_of(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(i32::try_from(day).ok()?)
}
