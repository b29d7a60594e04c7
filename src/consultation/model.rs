//! The steps of a consultation, and when each may be taken.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::model::{Actor, Status};

/// A consultation may start this long before its planned start…
pub const EARLY_MINUTES: i64 = 15;
/// …and until this long after its planned end.
pub const LATE_MINUTES: i64 = 60;

/// Something a participant does to a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The practitioner accepts.
    Confirm,
    /// The practitioner begins.
    Start,
    /// The practitioner ends.
    End,
    /// Either gives up.
    Cancel,
}

impl Step {
    /// Every step, in the order of a consultation's life.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Start, Self::End, Self::Cancel];

    /// The status it leads to.
    pub fn target(self) -> Status {
        match self {
            Self::Confirm => Status::Confirmed,
            Self::Start => Status::InProgress,
            Self::End => Status::Completed,
            Self::Cancel => Status::Cancelled,
        }
    }

    /// `consultation_events.kind`.
    pub fn event(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Start => "started",
            Self::End => "ended",
            Self::Cancel => "cancelled",
        }
    }
}

/// What decides whether a step may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Where the consultation is.
    pub status: Status,
    /// Planned start.
    pub starts_at: DateTime<Utc>,
    /// Planned end.
    pub ends_at: DateTime<Utc>,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objection {
    /// It is done already: a second click, another tab.
    Done,
    /// The consultation is elsewhere; this is where.
    Status(Status),
    /// Not before this moment.
    TooEarly(DateTime<Utc>),
    /// It was possible until this moment.
    TooLate(DateTime<Utc>),
}

impl Plan {
    /// Whether `actor` may take `step` now.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge(&self, step: Step, actor: Actor, now: DateTime<Utc>) -> Result<Status, Objection> {
        let target = step.target();
        if self.status == target {
            return Err(Objection::Done);
        }
        self.status
            .transition(target, actor)
            .map_err(|_| Objection::Status(self.status))?;
        match step {
            Step::Start if now < self.opens_at() => Err(Objection::TooEarly(self.opens_at())),
            // What can no longer start needs no confirmation.
            Step::Start | Step::Confirm if now > self.closes_at() => {
                Err(Objection::TooLate(self.closes_at()))
            }
            // Afterwards the practitioner says what happened.
            Step::Cancel if actor == Actor::Employee && now >= self.ends_at => {
                Err(Objection::TooLate(self.ends_at))
            }
            _ => Ok(target),
        }
    }

    /// Whether `actor` may take `step` now.
    pub fn allows(&self, step: Step, actor: Actor, now: DateTime<Utc>) -> bool {
        self.judge(step, actor, now).is_ok()
    }

    /// From when it can be started.
    pub fn opens_at(&self) -> DateTime<Utc> {
        self.starts_at - TimeDelta::minutes(EARLY_MINUTES)
    }

    /// Until when it can be started.
    pub fn closes_at(&self) -> DateTime<Utc> {
        self.ends_at + TimeDelta::minutes(LATE_MINUTES)
    }

    /// Whether it is still ahead, or going on.
    pub fn is_upcoming(&self, now: DateTime<Utc>) -> bool {
        match self.status {
            Status::InProgress => true,
            Status::Held | Status::Scheduled | Status::Confirmed => now < self.ends_at,
            Status::Completed | Status::Cancelled | Status::NoShow => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    fn plan(status: Status) -> Plan {
        Plan {
            status,
            starts_at: at("2026-11-23T13:30:00Z"),
            ends_at: at("2026-11-23T14:20:00Z"),
        }
    }

    const DURING: &str = "2026-11-23T13:40:00Z";

    /// Who may take which step, from which status, while it is going on.
    #[test]
    fn steps_follow_the_state_machine() {
        let mut allowed = String::new();
        for status in Status::ALL {
            for step in Step::ALL {
                for actor in [Actor::Employee, Actor::Practitioner] {
                    if plan(status).allows(step, actor, at(DURING)) {
                        allowed += &format!("{status}: {step:?} by {}\n", actor.as_str());
                    }
                }
            }
        }
        assert_eq!(
            allowed,
            "held: Confirm by employee\n\
             held: Cancel by employee\n\
             scheduled: Confirm by practitioner\n\
             scheduled: Cancel by employee\n\
             scheduled: Cancel by practitioner\n\
             confirmed: Start by practitioner\n\
             confirmed: Cancel by employee\n\
             confirmed: Cancel by practitioner\n\
             in_progress: End by practitioner\n"
        );
    }

    #[test]
    fn a_consultation_starts_from_a_quarter_before_until_an_hour_after() {
        let start =
            |now: &str| plan(Status::Confirmed).judge(Step::Start, Actor::Practitioner, at(now));
        let opens = at("2026-11-23T13:15:00Z");
        let closes = at("2026-11-23T15:20:00Z");
        assert_eq!(
            start("2026-11-23T13:14:59Z"),
            Err(Objection::TooEarly(opens))
        );
        assert_eq!(start("2026-11-23T13:15:00Z"), Ok(Status::InProgress));
        assert_eq!(start("2026-11-23T15:20:00Z"), Ok(Status::InProgress));
        assert_eq!(
            start("2026-11-23T15:20:01Z"),
            Err(Objection::TooLate(closes))
        );
    }

    #[test]
    fn asking_again_is_done_already_whatever_the_time() {
        for step in Step::ALL {
            let done = plan(step.target());
            for now in ["2020-01-01T00:00:00Z", DURING, "2030-01-01T00:00:00Z"] {
                assert_eq!(
                    done.judge(step, Actor::Practitioner, at(now)),
                    Err(Objection::Done)
                );
            }
        }
    }

    #[test]
    fn the_employee_cancels_until_the_end_and_the_practitioner_always() {
        let after = at("2026-11-23T14:20:00Z");
        let plan = plan(Status::Confirmed);
        assert_eq!(
            plan.judge(Step::Cancel, Actor::Employee, after),
            Err(Objection::TooLate(after))
        );
        assert_eq!(
            plan.judge(Step::Cancel, Actor::Practitioner, after),
            Ok(Status::Cancelled)
        );
    }

    #[test]
    fn what_is_over_is_past_and_what_goes_on_is_not() {
        let late = at("2026-11-23T14:30:00Z");
        assert!(plan(Status::InProgress).is_upcoming(late));
        assert!(!plan(Status::Confirmed).is_upcoming(late));
        assert!(plan(Status::Scheduled).is_upcoming(at(DURING)));
        assert!(!plan(Status::Cancelled).is_upcoming(at("2026-11-20T00:00:00Z")));
    }
}
