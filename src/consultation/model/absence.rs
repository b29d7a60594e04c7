//! Somebody who did not come, as the other says: contested, taken back, and the times of those who met
//! after all.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::{ABSENCE_DAYS, Objection, Plan};
use crate::booking::model::{Actor, Status};

/// An absence that was reported, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// Where the consultation is: whose absence it is, until it is taken back.
    pub status: Status,
    /// When it was reported.
    pub reported_at: DateTime<Utc>,
    /// When the one of whom it was said answered that it was not so.
    pub contested_at: Option<DateTime<Utc>>,
    /// When the one who said it took it back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

impl Absence {
    /// Of whom it was said.
    pub fn absent(status: Status) -> Option<Actor> {
        match status {
            Status::NoShow => Some(Actor::Employee),
            Status::PractitionerAbsent => Some(Actor::Practitioner),
            _ => None,
        }
    }

    /// By whom it was said.
    fn reporter(status: Status) -> Option<Actor> {
        match Self::absent(status)? {
            Actor::Employee => Some(Actor::Practitioner),
            Actor::Practitioner | Actor::System => Some(Actor::Employee),
        }
    }

    /// Until when it may be contested.
    pub fn closes_at(&self) -> DateTime<Utc> {
        self.reported_at + TimeDelta::days(ABSENCE_DAYS)
    }

    /// Until when it may be taken back: as long after the last word of either.
    pub fn withdrawable_until(&self) -> DateTime<Utc> {
        self.contested_at.unwrap_or(self.reported_at) + TimeDelta::days(ABSENCE_DAYS)
    }

    /// Until when the practitioner may say when the two met, once it is taken back.
    pub fn declarable_until(&self) -> Option<DateTime<Utc>> {
        Some(self.withdrawn_at? + TimeDelta::days(ABSENCE_DAYS))
    }

    /// Whether `actor` may say now that it was not so: once, and only about themselves.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_contest(&self, actor: Actor, now: DateTime<Utc>) -> Result<(), Objection> {
        if Self::absent(self.status) != Some(actor) {
            Err(Objection::Status(self.status))
        } else if self.contested_at.is_some() {
            Err(Objection::Done)
        } else if now > self.closes_at() {
            Err(Objection::TooLate(self.closes_at()))
        } else {
            Ok(())
        }
    }

    /// Whether `actor` may take back now what they said: the appointment is then cancelled, and nobody is
    /// at fault.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_withdrawal(&self, actor: Actor, now: DateTime<Utc>) -> Result<(), Objection> {
        if self.withdrawn_at.is_some() {
            Err(Objection::Done)
        } else if Self::reporter(self.status) != Some(actor) {
            Err(Objection::Status(self.status))
        } else if now > self.withdrawable_until() {
            Err(Objection::TooLate(self.withdrawable_until()))
        } else {
            Ok(())
        }
    }

    /// Whether the practitioner may say now when the two met: it then counts like any other.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_declaration(&self, now: DateTime<Utc>) -> Result<(), Objection> {
        match (self.status, self.declarable_until()) {
            (Status::Completed, Some(_)) => Err(Objection::Done),
            (Status::Cancelled, Some(until)) if now > until => Err(Objection::TooLate(until)),
            (Status::Cancelled, Some(_)) => Ok(()),
            (status, _) => Err(Objection::Status(status)),
        }
    }
}

/// When two people met, said afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
}

/// Why times cannot be those of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongTimes {
    /// It could not begin then.
    Start,
    /// It could not end then: before it began, too late, or not yet.
    End,
}

impl Times {
    /// Two hours of the clock in `zone`, as instants around the plan: from a quarter of an hour before it
    /// until an hour after it, like a consultation that is started and ended at the time, and over by now.
    ///
    /// # Errors
    /// [`WrongTimes`].
    pub fn around(
        plan: &Plan,
        zone: Tz,
        (start, end): (NaiveTime, NaiveTime),
        now: DateTime<Utc>,
    ) -> Result<Self, WrongTimes> {
        let first = plan.opens_at().with_timezone(&zone).date_naive();
        let last = plan.closes_at().min(now);
        let started_at = next(zone, first, start, plan.opens_at());
        let started_at = started_at
            .filter(|at| *at < last)
            .ok_or(WrongTimes::Start)?;
        let ended_at = next(zone, first, end, started_at + TimeDelta::minutes(1));
        let ended_at = ended_at.filter(|at| *at <= last).ok_or(WrongTimes::End)?;
        Ok(Self {
            started_at,
            ended_at,
        })
    }
}

/// The first instant from `from` on at which clocks in `zone` show `time`, on `date` or the day after.
fn next(zone: Tz, date: NaiveDate, time: NaiveTime, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    [Some(date), date.succ_opt()]
        .into_iter()
        .flatten()
        .flat_map(|date| {
            let local = zone.from_local_datetime(&date.and_time(time));
            // An hour that the clocks show twice is either.
            [local.earliest(), local.latest()]
        })
        .flatten()
        .map(|at| at.to_utc())
        .find(|at| *at >= from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    const DURING: &str = "2026-11-23T13:40:00Z";

    fn absence() -> Absence {
        Absence {
            status: Status::NoShow,
            reported_at: at("2026-11-23T14:00:00Z"),
            contested_at: None,
            withdrawn_at: None,
        }
    }

    #[test]
    fn an_absence_is_contested_once_within_a_week_by_the_one_of_whom_it_was_said() {
        let absence = absence();
        let last = "2026-11-30T14:00:00Z";
        assert_eq!(absence.judge_contest(Actor::Employee, at(last)), Ok(()));
        assert_eq!(
            absence.judge_contest(Actor::Employee, at("2026-11-30T14:00:01Z")),
            Err(Objection::TooLate(at(last)))
        );
        assert_eq!(
            absence.judge_contest(Actor::Practitioner, at(DURING)),
            Err(Objection::Status(Status::NoShow))
        );
        let again = Absence {
            contested_at: Some(at(last)),
            ..absence
        };
        assert_eq!(
            again.judge_contest(Actor::Employee, at(last)),
            Err(Objection::Done)
        );
        let theirs = Absence {
            status: Status::PractitionerAbsent,
            ..absence
        };
        assert_eq!(theirs.judge_contest(Actor::Practitioner, at(last)), Ok(()));
    }

    #[test]
    fn an_absence_is_taken_back_by_whoever_said_it_within_a_week_of_the_last_word() {
        let no_show = absence();
        let week = at("2026-11-30T14:00:00Z");
        let judge = |absence: &Absence, actor, now: &str| absence.judge_withdrawal(actor, at(now));
        let last = "2026-11-30T14:00:00Z";
        assert_eq!(judge(&no_show, Actor::Practitioner, last), Ok(()));
        assert_eq!(
            judge(&no_show, Actor::Employee, last),
            Err(Objection::Status(Status::NoShow))
        );
        let after = "2026-12-01T08:00:00Z";
        assert_eq!(
            judge(&no_show, Actor::Practitioner, after),
            Err(Objection::TooLate(week))
        );
        let contested = Absence {
            contested_at: Some(at("2026-11-28T10:00:00Z")),
            ..no_show
        };
        assert_eq!(judge(&contested, Actor::Practitioner, after), Ok(()));
        let theirs = Absence {
            status: Status::PractitionerAbsent,
            ..no_show
        };
        assert_eq!(judge(&theirs, Actor::Employee, last), Ok(()));
        assert_eq!(
            judge(&theirs, Actor::Practitioner, last),
            Err(Objection::Status(Status::PractitionerAbsent))
        );
        let withdrawn = Absence {
            status: Status::Cancelled,
            withdrawn_at: Some(week),
            ..no_show
        };
        assert_eq!(
            judge(&withdrawn, Actor::Practitioner, last),
            Err(Objection::Done)
        );
    }

    #[test]
    fn times_are_declared_only_of_an_absence_that_was_taken_back() {
        let withdrawn = Absence {
            status: Status::Cancelled,
            withdrawn_at: Some(at("2026-11-24T10:00:00Z")),
            ..absence()
        };
        let until = at("2026-12-01T10:00:00Z");
        assert_eq!(withdrawn.judge_declaration(until), Ok(()));
        assert_eq!(
            withdrawn.judge_declaration(until + TimeDelta::seconds(1)),
            Err(Objection::TooLate(until))
        );
        assert_eq!(
            absence().judge_declaration(at(DURING)),
            Err(Objection::Status(Status::NoShow))
        );
        let declared = Absence {
            status: Status::Completed,
            ..withdrawn
        };
        assert_eq!(declared.judge_declaration(until), Err(Objection::Done));
    }

    #[test]
    fn times_stay_around_the_plan_and_in_the_past() {
        let plan = Plan {
            status: Status::Cancelled,
            starts_at: at("2026-11-23T13:30:00Z"),
            ends_at: at("2026-11-23T14:20:00Z"),
        };
        let times = |plan: &Plan, start: &str, end: &str, now: &str| {
            let time = |text| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
            let times = Times::around(plan, Tz::Europe__Paris, (time(start), time(end)), at(now));
            times.map(|times| (times.ended_at - times.started_at).num_minutes())
        };
        let later = "2026-11-24T08:00:00Z";
        assert_eq!(times(&plan, "14:15", "16:20", later), Ok(125));
        assert_eq!(
            times(&plan, "14:14", "15:00", later),
            Err(WrongTimes::Start)
        );
        assert_eq!(times(&plan, "14:30", "16:21", later), Err(WrongTimes::End));
        assert_eq!(times(&plan, "14:30", "14:30", later), Err(WrongTimes::End));
        assert_eq!(times(&plan, "15:00", "14:30", later), Err(WrongTimes::End));
        // Not before it is over.
        let during = "2026-11-23T14:00:00Z";
        assert_eq!(times(&plan, "14:30", "15:01", during), Err(WrongTimes::End));
        assert_eq!(
            times(&plan, "15:00", "15:10", during),
            Err(WrongTimes::Start)
        );
        // Around midnight the clock shows smaller hours.
        let night = Plan {
            starts_at: at("2026-11-23T22:30:00Z"),
            ends_at: at("2026-11-23T23:20:00Z"),
            ..plan
        };
        assert_eq!(times(&night, "23:45", "00:20", later), Ok(35));
        assert_eq!(times(&night, "00:05", "00:20", later), Ok(15));
        // The hour that the clocks show twice, in Paris at three in the morning.
        let twice = Plan {
            starts_at: at("2026-10-25T00:30:00Z"),
            ends_at: at("2026-10-25T01:20:00Z"),
            ..plan
        };
        assert_eq!(times(&twice, "02:50", "02:10", later), Ok(20));
    }
}
