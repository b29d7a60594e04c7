//! The steps of a consultation, and when each may be taken.

pub mod duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::model::{Actor, Format, Status};

mod absence;

pub use absence::{Absence, Times, WrongTimes};

/// A consultation may start this long before its planned start…
pub const EARLY_MINUTES: i64 = 15;
/// …and until this long after its planned end.
pub const LATE_MINUTES: i64 = 60;
/// Somebody who is not there this long after the planned start may be said to be absent…
pub const PATIENCE_MINUTES: i64 = 10;
/// …until this long after the planned end; and may answer for as long after it was said.
pub const ABSENCE_DAYS: i64 = 7;
/// So long after the planned end, a practitioner who has not ended is asked whether it is over…
pub const END_REMINDER_MINUTES: i64 = 15;
/// …and so long after it, the system ends it.
pub const CLOSING_MINUTES: i64 = 60;

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
    /// The practitioner says that the employee did not come.
    ReportNoShow,
    /// The employee says that the practitioner did not come.
    ReportAbsence,
}

impl Step {
    /// Every step, in the order of a consultation's life.
    pub const ALL: [Self; 6] = [
        Self::Confirm,
        Self::Start,
        Self::End,
        Self::Cancel,
        Self::ReportNoShow,
        Self::ReportAbsence,
    ];

    /// The status it leads to.
    pub fn target(self) -> Status {
        match self {
            Self::Confirm => Status::Confirmed,
            Self::Start => Status::InProgress,
            Self::End => Status::Completed,
            Self::Cancel => Status::Cancelled,
            Self::ReportNoShow => Status::NoShow,
            Self::ReportAbsence => Status::PractitionerAbsent,
        }
    }

    /// `consultation_events.kind`.
    pub fn event(self) -> &'static str {
        match self {
            Self::Confirm => "confirmed",
            Self::Start => "started",
            Self::End => "ended",
            Self::Cancel => "cancelled",
            Self::ReportNoShow => "no_show",
            Self::ReportAbsence => "practitioner_absent",
        }
    }
}

/// Characters of the longest reason.
pub const REASON_CHARACTERS: usize = 400;

/// What one participant writes to the other with a step: never empty, never long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

/// The text is longer than [`REASON_CHARACTERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Reason {
    /// What was typed; `None` when it is nothing.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn parse(text: &str) -> Result<Option<Self>, TooLong> {
        // Browsers send the ends of lines as two characters and count them as one.
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        match text.chars().count() {
            0 => Ok(None),
            1..=REASON_CHARACTERS => Ok(Some(Self(text.to_owned()))),
            _ => Err(TooLong),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
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
        // An absence is taken back, which is not the same as cancelling.
        if Absence::absent(self.status).is_some() {
            return Err(Objection::Status(self.status));
        }
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
            Step::ReportNoShow | Step::ReportAbsence if now < self.patience_ends_at() => {
                Err(Objection::TooEarly(self.patience_ends_at()))
            }
            Step::ReportNoShow | Step::ReportAbsence if now > self.reports_close_at() => {
                Err(Objection::TooLate(self.reports_close_at()))
            }
            _ => Ok(target),
        }
    }

    /// Whether `actor` may move the appointment to another time now. The employee gives notice, the
    /// practitioner need not.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_move(
        &self,
        actor: Actor,
        now: DateTime<Utc>,
        notice: TimeDelta,
    ) -> Result<(), Objection> {
        if !matches!(self.status, Status::Scheduled | Status::Confirmed) {
            return Err(Objection::Status(self.status));
        }
        let until = match actor {
            Actor::Employee => self.starts_at - notice,
            Actor::Practitioner | Actor::System => self.ends_at,
        };
        if now > until {
            Err(Objection::TooLate(until))
        } else {
            Ok(())
        }
    }

    /// Whether giving up now leaves less than the notice. The database marks it by the same rule.
    pub fn is_late(&self, now: DateTime<Utc>, notice: TimeDelta) -> bool {
        now > self.starts_at - notice
    }

    /// Whether the two may be in the room now: confirmed and its hour has come, or going on.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_join(&self, now: DateTime<Utc>) -> Result<(), Objection> {
        match self.status {
            Status::InProgress => Ok(()),
            Status::Confirmed if now < self.opens_at() => Err(Objection::TooEarly(self.opens_at())),
            Status::Confirmed if now > self.closes_at() => {
                Err(Objection::TooLate(self.closes_at()))
            }
            Status::Confirmed => Ok(()),
            status => Err(Objection::Status(status)),
        }
    }

    /// Whether there is a room to enter now: two who meet in person have none.
    pub fn may_join(&self, format: Format, now: DateTime<Utc>) -> bool {
        format != Format::InPerson && self.judge_join(now).is_ok()
    }

    /// From when somebody who is not there may be said to be absent.
    pub fn patience_ends_at(&self) -> DateTime<Utc> {
        self.starts_at + TimeDelta::minutes(PATIENCE_MINUTES)
    }

    /// Until when that may be said.
    pub fn reports_close_at(&self) -> DateTime<Utc> {
        self.ends_at + TimeDelta::days(ABSENCE_DAYS)
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
            Status::Completed | Status::Cancelled | Status::NoShow | Status::PractitionerAbsent => {
                false
            }
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
             confirmed: ReportNoShow by practitioner\n\
             confirmed: ReportAbsence by employee\n\
             in_progress: End by practitioner\n\
             in_progress: ReportNoShow by practitioner\n"
        );
    }

    #[test]
    fn a_reason_is_something_and_not_long() {
        assert_eq!(Reason::parse(" \r\n "), Ok(None));
        let reason = Reason::parse(" Grippe.\r\nDésolée ! ");
        assert_eq!(reason, Ok(Some(Reason("Grippe.\nDésolée !".to_owned()))));
        assert!(matches!(Reason::parse(&"é".repeat(400)), Ok(Some(_))));
        assert_eq!(Reason::parse(&"é".repeat(401)), Err(TooLong));
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

    #[test]
    fn an_absence_is_said_from_ten_minutes_after_the_start_until_a_week_after_the_end() {
        let says = |step, actor, now: &str| plan(Status::Confirmed).judge(step, actor, at(now));
        let from = at("2026-11-23T13:40:00Z");
        let until = at("2026-11-30T14:20:00Z");
        for (step, actor) in [
            (Step::ReportNoShow, Actor::Practitioner),
            (Step::ReportAbsence, Actor::Employee),
        ] {
            assert_eq!(
                says(step, actor, "2026-11-23T13:39:59Z"),
                Err(Objection::TooEarly(from))
            );
            assert_eq!(says(step, actor, "2026-11-23T13:40:00Z"), Ok(step.target()));
            assert_eq!(says(step, actor, "2026-11-30T14:20:00Z"), Ok(step.target()));
            assert_eq!(
                says(step, actor, "2026-11-30T14:20:01Z"),
                Err(Objection::TooLate(until))
            );
        }
    }

    #[test]
    fn the_employee_moves_with_notice_and_the_practitioner_until_the_end() {
        let notice = TimeDelta::hours(24);
        let plan = plan(Status::Confirmed);
        let moves = |actor, now: &str| plan.judge_move(actor, at(now), notice);
        let closes = at("2026-11-22T13:30:00Z");
        assert_eq!(moves(Actor::Employee, "2026-11-22T13:30:00Z"), Ok(()));
        assert_eq!(
            moves(Actor::Employee, "2026-11-22T13:30:01Z"),
            Err(Objection::TooLate(closes))
        );
        assert_eq!(moves(Actor::Practitioner, "2026-11-23T14:00:00Z"), Ok(()));
        assert_eq!(
            moves(Actor::Practitioner, "2026-11-23T14:20:01Z"),
            Err(Objection::TooLate(plan.ends_at))
        );
        assert!(!plan.is_late(closes, notice));
        assert!(plan.is_late(closes + TimeDelta::seconds(1), notice));
    }

    #[test]
    fn only_what_waits_for_its_hour_can_be_moved() {
        let movable: Vec<Status> = Status::ALL
            .into_iter()
            .filter(|status| {
                plan(*status)
                    .judge_move(
                        Actor::Practitioner,
                        at("2026-11-20T00:00:00Z"),
                        TimeDelta::zero(),
                    )
                    .is_ok()
            })
            .collect();
        assert_eq!(movable, [Status::Scheduled, Status::Confirmed]);
    }

    #[test]
    fn the_room_opens_a_quarter_before_and_stays_open_while_it_goes_on() {
        let joins = |status, now: &str| plan(status).judge_join(at(now));
        let opens = at("2026-11-23T13:15:00Z");
        let closes = at("2026-11-23T15:20:00Z");
        assert_eq!(
            joins(Status::Confirmed, "2026-11-23T13:14:59Z"),
            Err(Objection::TooEarly(opens))
        );
        assert_eq!(joins(Status::Confirmed, "2026-11-23T13:15:00Z"), Ok(()));
        assert_eq!(
            joins(Status::Confirmed, "2026-11-23T15:20:01Z"),
            Err(Objection::TooLate(closes))
        );
        assert_eq!(joins(Status::InProgress, "2026-11-23T15:20:01Z"), Ok(()));
        for status in Status::ALL {
            let open = matches!(status, Status::Confirmed | Status::InProgress);
            assert_eq!(joins(status, DURING).is_ok(), open, "{status}");
        }
    }
}
