//! A series: sessions at one local hour, weekly or every two weeks, booked together.
//!
//! The hour is the practitioner's local one, as the agenda's hours are: it stays when the clocks
//! change. The first session is the slot the employee holds, so the booking horizon is its own; the
//! others may lie beyond. A date that cannot be had comes with the free slots nearest to it, in the
//! seven days around it, so that two sessions never compete for one slot.

use std::ops::Range;

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::{
    calendar::Calendar,
    slots::{Busy, Refusal, Slot},
};

/// Sessions of the longest series.
pub const MOST: usize = 12;
/// Alternatives to a session that cannot be had.
pub const ALTERNATIVES: usize = 3;

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rhythm {
    /// Every week.
    #[default]
    Weekly,
    /// Every two weeks.
    EveryTwoWeeks,
}

impl Rhythm {
    /// Every rhythm.
    pub const ALL: [Self; 2] = [Self::Weekly, Self::EveryTwoWeeks];

    /// Weeks from one session to the next; also its name in forms.
    pub fn weeks(self) -> u8 {
        match self {
            Self::Weekly => 1,
            Self::EveryTwoWeeks => 2,
        }
    }

    /// As a form spells it.
    pub fn parse(text: &str) -> Option<Self> {
        let weeks: u8 = text.parse().ok()?;
        Self::ALL.into_iter().find(|rhythm| rhythm.weeks() == weeks)
    }
}

/// When a session would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The start, where its local time exists once.
    pub start: Option<DateTime<Utc>>,
    /// The start, or the instant nearest to what the clock never shows or shows twice.
    pub near: DateTime<Utc>,
}

impl Wish {
    fn at(zone: Tz, local: NaiveDateTime) -> Self {
        let found = zone.from_local_datetime(&local);
        let after_gap = || zone.from_local_datetime(&(local + TimeDelta::hours(1)));
        let near = found.earliest().or_else(|| after_gap().earliest());
        Self {
            start: found.single().map(|start| start.to_utc()),
            near: near.map_or_else(|| local.and_utc(), |near| near.to_utc()),
        }
    }

    /// Where something else may be chosen instead: no other session's alternatives lie there.
    pub fn around(&self) -> Range<DateTime<Utc>> {
        let half = TimeDelta::hours(7 * 12);
        self.near - half..self.near + half
    }
}

/// The sessions after the first, which starts at `first`.
pub fn wishes(first: DateTime<Utc>, zone: Tz, rhythm: Rhythm, count: usize) -> Vec<Wish> {
    let local = first.with_timezone(&zone).naive_local();
    (1..count.min(MOST))
        .filter_map(|session| {
            let weeks = u64::try_from(session).ok()? * u64::from(rhythm.weeks());
            let date: NaiveDate = local.date().checked_add_days(Days::new(weeks * 7))?;
            Some(Wish::at(zone, date.and_time(local.time())))
        })
        .collect()
}

/// What is chosen for a session: its own date, another, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The date of the rhythm, as long as it is free.
    AsPlanned,
    /// This start.
    At(DateTime<Utc>),
    /// No session then.
    Skipped,
    /// Nothing was said: where the date of the rhythm is free it was unticked, else it is to be asked.
    Unsaid,
}

/// A session after the first, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Session {
    /// It can be booked.
    Free(Slot),
    /// Nothing then, as chosen.
    Skipped,
    /// It cannot be had.
    Conflict {
        /// Why not.
        why: Refusal,
        /// The free slots nearest to it.
        alternatives: Vec<Slot>,
    },
}

/// Judges what was chosen for each session, in order: each is in the way of those after it. The
/// calendar knows at least [`reach`].
pub fn judge(
    calendar: &mut Calendar,
    first: Slot,
    chosen: impl IntoIterator<Item = (Wish, Choice)>,
) -> Vec<Session> {
    // The horizon was the first one's to keep.
    calendar.agenda.policy.horizon_days = u16::MAX;
    take(calendar, first);
    let chosen: Vec<(Wish, Choice)> = chosen.into_iter().collect();
    let mut sessions: Vec<Session> = Vec::with_capacity(chosen.len());
    for (wish, choice) in &chosen {
        let session = match judge_one(calendar, *wish, *choice) {
            Ok(Some(slot)) => {
                take(calendar, slot);
                Session::Free(slot)
            }
            Ok(None) => Session::Skipped,
            Err(why) => Session::Conflict {
                why,
                alternatives: Vec::new(),
            },
        };
        sessions.push(session);
    }
    // Once all the others have their place.
    for (session, (wish, _)) in sessions.iter_mut().zip(&chosen) {
        if let Session::Conflict { alternatives, .. } = session {
            *alternatives = calendar.nearest(wish.near, ALTERNATIVES, wish.around());
        }
    }
    sessions
}

fn judge_one(calendar: &Calendar, wish: Wish, choice: Choice) -> Result<Option<Slot>, Refusal> {
    let start = match choice {
        Choice::Skipped => return Ok(None),
        Choice::AsPlanned => wish.start.ok_or(Refusal::OutsideHours)?,
        Choice::Unsaid => {
            let start = wish.start.ok_or(Refusal::OutsideHours)?;
            return calendar.offers(start).map(|_| None);
        }
        Choice::At(start) if wish.around().contains(&start) => start,
        // No page of ours offered it for this session.
        Choice::At(_) => return Err(Refusal::OutsideHours),
    };
    calendar.offers(start).map(Some)
}

/// From now on the slot is in the way, of both.
fn take(calendar: &mut Calendar, slot: Slot) {
    calendar.client_busy.push(slot.starts_at..slot.ends_at);
    calendar.busy.push(Busy {
        starts_at: slot.starts_at,
        blocked_until: slot.blocked_until,
        is_consultation: true,
    });
}

/// Where free slots must be known to judge sessions.
pub fn reach(first: DateTime<Utc>, wishes: &[Wish]) -> Range<DateTime<Utc>> {
    let last = wishes.last().map_or(first, |wish| wish.around().end);
    first..last.max(first + TimeDelta::seconds(1))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveTime, Weekday};

    use super::*;
    use crate::booking::slots::{
        Agenda, DateException, ExceptionKind, Hours, Policy, Recurrence, Window,
    };

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn starts(wishes: &[Wish]) -> Vec<String> {
        wishes
            .iter()
            .map(|wish| {
                wish.start
                    .map_or("none".to_owned(), |start| start.to_rfc3339())
            })
            .collect()
    }

    fn hours(from: u32, until: u32) -> Hours {
        let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("an hour");
        Hours::new(time(from), time(until)).expect("hours")
    }

    /// Mondays from 9 to 12 and Tuesdays from 9 to 11, in Paris; today is Friday 20 March 2026.
    fn calendar() -> Calendar {
        let window = |weekday, hours| Window {
            weekday,
            hours,
            valid_from: "2026-01-01".parse().expect("a date"),
            valid_until: None,
            recurrence: Recurrence::Weekly,
        };
        Calendar {
            agenda: Agenda {
                zone: chrono_tz::Europe::Paris,
                windows: vec![
                    window(Weekday::Mon, hours(9, 12)),
                    window(Weekday::Tue, hours(9, 11)),
                ],
                exceptions: Vec::new(),
                policy: Policy::default(),
            },
            busy: Vec::new(),
            client_busy: Vec::new(),
            now: at("2026-03-20T09:00:00Z"),
        }
    }

    fn slot(start: &str) -> Slot {
        let starts_at = at(start);
        Slot {
            starts_at,
            ends_at: starts_at + TimeDelta::minutes(50),
            blocked_until: starts_at + TimeDelta::minutes(60),
        }
    }

    fn judged(calendar: &mut Calendar, count: usize, choices: &[Choice]) -> Vec<Session> {
        let first = slot("2026-03-23T09:00:00Z");
        let wishes = wishes(
            first.starts_at,
            chrono_tz::Europe::Paris,
            Rhythm::Weekly,
            count,
        );
        let chosen = wishes.into_iter().zip(
            choices
                .iter()
                .copied()
                .chain(std::iter::repeat(Choice::AsPlanned)),
        );
        judge(calendar, first, chosen.collect::<Vec<_>>())
    }

    #[test]
    fn the_local_hour_stays_when_the_clocks_change() {
        let weekly = wishes(
            at("2026-03-23T09:00:00Z"),
            chrono_tz::Europe::Paris,
            Rhythm::Weekly,
            3,
        );
        assert_eq!(
            starts(&weekly),
            ["2026-03-30T08:00:00+00:00", "2026-04-06T08:00:00+00:00"]
        );
        let fortnightly = wishes(
            at("2026-10-12T14:00:00Z"),
            chrono_tz::America::New_York,
            Rhythm::EveryTwoWeeks,
            3,
        );
        assert_eq!(
            starts(&fortnightly),
            ["2026-10-26T14:00:00+00:00", "2026-11-09T15:00:00+00:00"]
        );
        let half_an_hour = wishes(
            at("2026-03-29T01:00:00Z"),
            chrono_tz::Australia::Lord_Howe,
            Rhythm::Weekly,
            2,
        );
        assert_eq!(starts(&half_an_hour), ["2026-04-05T01:30:00+00:00"]);
    }

    #[test]
    fn an_hour_that_does_not_exist_or_exists_twice_is_no_session() {
        let gap = wishes(
            at("2026-03-22T01:30:00Z"),
            chrono_tz::Europe::Paris,
            Rhythm::Weekly,
            2,
        );
        assert_eq!(
            (gap[0].start, gap[0].near),
            (None, at("2026-03-29T01:30:00Z"))
        );
        let twice = wishes(
            at("2026-10-18T00:30:00Z"),
            chrono_tz::Europe::Paris,
            Rhythm::Weekly,
            2,
        );
        assert_eq!(
            (twice[0].start, twice[0].near),
            (None, at("2026-10-25T00:30:00Z"))
        );
    }

    #[test]
    fn a_series_has_at_most_twelve_sessions_even_beyond_the_horizon() {
        assert_eq!(
            wishes(
                at("2026-03-23T09:00:00Z"),
                chrono_tz::Europe::Paris,
                Rhythm::Weekly,
                500
            )
            .len(),
            MOST - 1
        );
        let sessions = judged(&mut calendar(), MOST, &[]);
        assert!(
            sessions
                .iter()
                .all(|session| matches!(session, Session::Free(_))),
            "{sessions:?}"
        );
    }

    #[test]
    fn a_conflict_comes_with_what_is_near_and_free() {
        let mut calendar = calendar();
        calendar.agenda.exceptions.push(DateException {
            date: "2026-04-06".parse().expect("a date"),
            kind: ExceptionKind::Closed(None),
        });
        let sessions = judged(&mut calendar, 4, &[]);
        let Session::Conflict { why, alternatives } = &sessions[1] else {
            panic!("{sessions:?}")
        };
        assert_eq!(*why, Refusal::OutsideHours);
        let near: Vec<DateTime<Utc>> = alternatives.iter().map(|slot| slot.starts_at).collect();
        assert_eq!(
            near,
            [at("2026-04-07T07:00:00Z"), at("2026-04-07T08:00:00Z")]
        );
    }

    #[test]
    fn alternatives_are_taken_within_the_week_and_only_once() {
        let tuesday = Choice::At(at("2026-03-31T07:00:00Z"));
        let sessions = judged(&mut calendar(), 3, &[tuesday, Choice::Skipped]);
        assert!(
            matches!(sessions[0], Session::Free(slot) if slot.starts_at == at("2026-03-31T07:00:00Z"))
        );
        assert_eq!(sessions[1], Session::Skipped);
        // The next week's, and the first session's own hour.
        for start in [
            "2026-04-07T07:00:00Z",
            "2026-03-23T09:00:00Z",
            "2026-03-30T08:07:00Z",
        ] {
            let sessions = judged(&mut calendar(), 2, &[Choice::At(at(start))]);
            assert!(
                matches!(
                    sessions[0],
                    Session::Conflict {
                        why: Refusal::OutsideHours,
                        ..
                    }
                ),
                "{start}"
            );
        }
    }

    #[test]
    fn the_weeks_around_two_sessions_do_not_meet() {
        let wishes = wishes(
            at("2026-03-23T09:00:00Z"),
            chrono_tz::Europe::Paris,
            Rhythm::Weekly,
            12,
        );
        for pair in wishes.windows(2) {
            let hour = TimeDelta::hours(1);
            assert!(pair[0].around().end <= pair[1].around().start + hour);
        }
    }
}
