//! How long a consultation lasted: what was declared, who may correct it, who may contest it.
//!
//! The practitioner declares by starting and ending. What the system ended in the practitioner's place,
//! or what the employee contests, may be corrected for a week; a duration may be contested once, within a
//! week of its end or of its last correction.

use chrono::{DateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use super::{CLOSING_MINUTES, Objection, Plan};
use crate::booking::model::Status;

/// Days in which a duration is corrected, or contested.
pub const DISPUTE_DAYS: i64 = 7;
/// Minutes of the longest consultation that somebody may claim.
pub const CLAIM_MINUTES: i32 = 480;

/// When a consultation began and ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Its beginning.
    pub started_at: DateTime<Utc>,
    /// Its end.
    pub ended_at: DateTime<Utc>,
}

impl Times {
    /// Whole seconds between the two, as the database counts them.
    pub fn seconds(self) -> i64 {
        (self.ended_at - self.started_at).num_seconds()
    }
}

/// The end to expect: the planned one, or as long after the start as was planned, for what began after
/// its planned end.
pub fn expected_end(plan: &Plan, started_at: DateTime<Utc>) -> DateTime<Utc> {
    if started_at > plan.ends_at {
        started_at + (plan.ends_at - plan.starts_at)
    } else {
        plan.ends_at
    }
}

/// When the system ends what nobody has ended.
pub fn closing_at(plan: &Plan, started_at: DateTime<Utc>) -> DateTime<Utc> {
    expected_end(plan, started_at) + TimeDelta::minutes(CLOSING_MINUTES)
}

/// What decides whether the times may still be corrected or contested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Where the consultation is, and its planned hours.
    pub plan: Plan,
    /// Its times.
    pub times: Times,
    /// The system ended it.
    pub closed_automatically: bool,
    /// When they were last corrected.
    pub corrected_at: Option<DateTime<Utc>>,
    /// When the employee contested them.
    pub contested_at: Option<DateTime<Utc>>,
}

/// Why times cannot be those of this consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadTimes {
    /// It would end before it began.
    Backwards,
    /// It would begin before it could: this is when it could.
    Early(DateTime<Utc>),
    /// It would end later than it can: this is when it can.
    Late(DateTime<Utc>),
}

impl Declared {
    /// Until when the employee may contest.
    pub fn contest_closes_at(&self) -> DateTime<Utc> {
        let since = self
            .corrected_at
            .map_or(self.times.ended_at, |at| at.max(self.times.ended_at));
        since + TimeDelta::days(DISPUTE_DAYS)
    }

    /// Until when the practitioner may correct.
    pub fn correction_closes_at(&self) -> DateTime<Utc> {
        let since = self
            .contested_at
            .map_or(self.times.ended_at, |at| at.max(self.times.ended_at));
        since + TimeDelta::days(DISPUTE_DAYS)
    }

    /// Whether the employee may say now that it lasted otherwise: once.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_contest(&self, now: DateTime<Utc>) -> Result<(), Objection> {
        if self.plan.status != Status::Completed {
            Err(Objection::Status(self.plan.status))
        } else if self.contested_at.is_some() {
            Err(Objection::Done)
        } else if now > self.contest_closes_at() {
            Err(Objection::TooLate(self.contest_closes_at()))
        } else {
            Ok(())
        }
    }

    /// Whether the practitioner may correct the times now.
    ///
    /// # Errors
    /// The objection to tell the person.
    pub fn judge_correction(&self, now: DateTime<Utc>) -> Result<(), Objection> {
        let in_question = self.closed_automatically || self.contested_at.is_some();
        if self.plan.status != Status::Completed || !in_question {
            Err(Objection::Status(self.plan.status))
        } else if now > self.correction_closes_at() {
            Err(Objection::TooLate(self.correction_closes_at()))
        } else {
            Ok(())
        }
    }

    /// Whether the consultation can have taken place at these times. The database asks the same.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self, times: Times, now: DateTime<Utc>) -> Result<(), BadTimes> {
        let latest = (self.plan.ends_at + TimeDelta::minutes(CLOSING_MINUTES))
            .max(self.times.ended_at)
            .min(now);
        if times.ended_at < times.started_at {
            Err(BadTimes::Backwards)
        } else if times.started_at < self.plan.opens_at() {
            Err(BadTimes::Early(self.plan.opens_at()))
        } else if times.ended_at > latest {
            Err(BadTimes::Late(latest))
        } else {
            Ok(())
        }
    }
}

/// The instant nearest to `near` at which a clock of `zone` shows `time`; `None` when its clocks skip it.
pub fn nearest(zone: Tz, near: DateTime<Utc>, time: NaiveTime) -> Option<DateTime<Utc>> {
    let date = near.with_timezone(&zone).date_naive();
    [date.pred_opt(), Some(date), date.succ_opt()]
        .into_iter()
        .flatten()
        .filter_map(|date| zone.from_local_datetime(&date.and_time(time)).earliest())
        .map(|instant| instant.to_utc())
        .min_by_key(|instant| (*instant - near).abs())
}

macro_rules! categories {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal, $key:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every category, as the form offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the database and in forms.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The key of its label.
            pub fn label_key(self) -> &'static str {
                match self { $(Self::$variant => $key,)* }
            }

            /// From a form or the database.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|category| category.as_str() == text)
            }
        }
    };
}

categories! {
    /// Why an employee finds a duration wrong: a category, no words.
    ContestReason {
        /// It ended before that.
        EndedEarlier = "ended_earlier", "consultation-contest-ended-earlier";
        /// It began after that.
        StartedLater = "started_later", "consultation-contest-started-later";
        /// It was interrupted.
        Interrupted = "interrupted", "consultation-contest-interrupted";
        /// It lasted longer.
        Longer = "longer", "consultation-contest-longer";
        /// Anything else.
        Other = "other", "consultation-contest-other";
    }
}

categories! {
    /// Why a practitioner corrects.
    CorrectionReason {
        /// It was over before it was ended.
        ForgotToEnd = "forgot_to_end", "consultation-correct-forgot-to-end";
        /// It had begun before it was started.
        ForgotToStart = "forgot_to_start", "consultation-correct-forgot-to-start";
        /// It was interrupted.
        Interrupted = "interrupted", "consultation-correct-interrupted";
        /// The employee is right.
        Agreed = "agreed", "consultation-correct-agreed";
        /// Anything else.
        Other = "other", "consultation-correct-other";
    }
}

/// What an employee says of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// How long it lasted, in seconds.
    pub seconds: i32,
    /// Why the declared duration is wrong.
    pub reason: ContestReason,
}

impl Claim {
    /// From the minutes that were typed; `None` when they are no number from 0 to [`CLAIM_MINUTES`].
    pub fn seconds_of(minutes: &str) -> Option<i32> {
        let minutes: i32 = minutes.trim().parse().ok()?;
        (0..=CLAIM_MINUTES)
            .contains(&minutes)
            .then_some(minutes * 60)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Paris;

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

    fn closed() -> Declared {
        Declared {
            plan: plan(Status::Completed),
            times: Times {
                started_at: at("2026-11-23T13:31:00Z"),
                ended_at: at("2026-11-23T14:20:00Z"),
            },
            closed_automatically: true,
            corrected_at: None,
            contested_at: None,
        }
    }

    #[test]
    fn what_nobody_ends_is_closed_an_hour_after_its_expected_end() {
        let plan = plan(Status::InProgress);
        let closes = |started: &str| closing_at(&plan, at(started));
        assert_eq!(closes("2026-11-23T13:15:00Z"), at("2026-11-23T15:20:00Z"));
        assert_eq!(closes("2026-11-23T14:20:00Z"), at("2026-11-23T15:20:00Z"));
        // Begun fifty minutes after its planned end: it may last as long as was planned.
        assert_eq!(closes("2026-11-23T15:10:00Z"), at("2026-11-23T17:00:00Z"));
    }

    #[test]
    fn a_duration_is_contested_once_within_a_week_of_its_end_or_correction() {
        let last = at("2026-11-30T14:20:00Z");
        let declared = closed();
        assert_eq!(declared.judge_contest(last), Ok(()));
        let late = last + TimeDelta::seconds(1);
        assert_eq!(declared.judge_contest(late), Err(Objection::TooLate(last)));
        let corrected = Declared {
            corrected_at: Some(last),
            ..declared
        };
        assert_eq!(corrected.judge_contest(last + TimeDelta::days(7)), Ok(()));
        let again = Declared {
            contested_at: Some(last),
            ..declared
        };
        assert_eq!(again.judge_contest(last), Err(Objection::Done));
    }

    #[test]
    fn only_what_the_system_ended_or_the_employee_contests_is_corrected() {
        let last = at("2026-11-30T14:20:00Z");
        let late = last + TimeDelta::seconds(1);
        assert_eq!(closed().judge_correction(last), Ok(()));
        assert_eq!(
            closed().judge_correction(late),
            Err(Objection::TooLate(last))
        );
        let ended = Declared {
            closed_automatically: false,
            ..closed()
        };
        assert_eq!(
            ended.judge_correction(last),
            Err(Objection::Status(Status::Completed))
        );
        let contested = Declared {
            contested_at: Some(last),
            ..ended
        };
        assert_eq!(contested.judge_correction(late), Ok(()));
    }

    #[test]
    fn corrected_times_lie_where_a_consultation_can_take_place() {
        let check = |from: &str, until: &str| {
            let times = Times {
                started_at: at(from),
                ended_at: at(until),
            };
            closed().check(times, at("2026-11-24T08:00:00Z"))
        };
        let (opens, closes) = (at("2026-11-23T13:15:00Z"), at("2026-11-23T15:20:00Z"));
        assert_eq!(
            check("2026-11-23T13:15:00Z", "2026-11-23T15:20:00Z"),
            Ok(())
        );
        assert_eq!(
            check("2026-11-23T13:14:59Z", "2026-11-23T14:00:00Z"),
            Err(BadTimes::Early(opens))
        );
        assert_eq!(
            check("2026-11-23T13:30:00Z", "2026-11-23T15:20:01Z"),
            Err(BadTimes::Late(closes))
        );
        assert_eq!(
            check("2026-11-23T13:30:00Z", "2026-11-23T13:29:59Z"),
            Err(BadTimes::Backwards)
        );
    }

    #[test]
    fn a_time_of_the_clock_is_the_nearest_one() {
        let near = at("2026-11-23T22:50:00Z");
        let time = |text: &str| nearest(Paris, near, text.parse().expect("a time"));
        assert_eq!(time("23:40:00"), Some(at("2026-11-23T22:40:00Z")));
        assert_eq!(time("00:10:00"), Some(at("2026-11-23T23:10:00Z")));
    }

    #[test]
    fn a_claim_is_a_number_of_minutes() {
        assert_eq!(Claim::seconds_of(" 40 "), Some(2_400));
        assert_eq!(Claim::seconds_of("480"), Some(28_800));
        for text in ["481", "-1", "", "4.5", "NaN", "99999999999"] {
            assert_eq!(Claim::seconds_of(text), None, "{text}");
        }
    }

    #[test]
    fn categories_are_read_back() {
        for reason in ContestReason::ALL {
            assert_eq!(ContestReason::parse(reason.as_str()), Some(*reason));
        }
        for reason in CorrectionReason::ALL {
            assert_eq!(CorrectionReason::parse(reason.as_str()), Some(*reason));
        }
        assert_eq!(ContestReason::parse("agreed"), None);
    }
}
