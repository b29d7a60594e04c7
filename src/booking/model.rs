//! The consultation: its states, who may change them, and how it is held.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A text from the database or a form names no variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {0}")]
pub struct Unknown(&'static str);

impl Unknown {
    /// No public holiday has this name.
    pub(super) const HOLIDAY: Self = Self("holiday");
}

/// Where a consultation is in its life.
///
/// ```text
/// held ──> scheduled ──> confirmed ──> in_progress ──> completed
///   │ └────────│─────────────^ │ ├─────────┴──> no_show
///   │          │               │ └──> practitioner_absent
///   └──────────┴───────────────┴──> cancelled
/// ```
///
/// Either absence becomes cancelled when whoever said it takes it back; the practitioner may then still
/// say that the two met, which no other cancellation allows
/// ([`Absence`](crate::consultation::model::Absence)).
///
/// A trigger of the database has the same edges and the same actors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// A slot kept while the employee confirms; frees itself when its time is over.
    Held,
    /// Booked, waiting for the practitioner.
    Scheduled,
    /// Accepted by the practitioner, or automatically where no confirmation is asked.
    Confirmed,
    /// Started by the practitioner.
    InProgress,
    /// Ended by the practitioner, or by the system when that was forgotten: the only state the counters count.
    Completed,
    /// Will not take place.
    Cancelled,
    /// The employee did not come, says the practitioner.
    NoShow,
    /// The practitioner did not come, says the employee. Never held against the employee.
    PractitionerAbsent,
}

impl Status {
    /// Every status, in the order of a consultation's life.
    pub const ALL: [Self; 8] = [
        Self::Held,
        Self::Scheduled,
        Self::Confirmed,
        Self::InProgress,
        Self::Completed,
        Self::Cancelled,
        Self::NoShow,
        Self::PractitionerAbsent,
    ];

    /// The name in the database, and the suffix of the translation key.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Scheduled => "scheduled",
            Self::Confirmed => "confirmed",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::NoShow => "no_show",
            Self::PractitionerAbsent => "practitioner_absent",
        }
    }

    /// Whether the consultation occupies its practitioner and its employee. The exclusion
    /// constraints of the database name the same four states.
    #[must_use]
    pub fn is_active(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Scheduled | Self::Confirmed | Self::InProgress
        )
    }

    /// Whether `actor` may bring a consultation from this status to `next`.
    #[must_use]
    pub fn may_become(self, next: Self, actor: Actor) -> bool {
        use Actor::{Employee, Practitioner, System};
        match (self, next) {
            // Straight to confirmed where the practitioner asks for no confirmation.
            (Self::Held, Self::Scheduled | Self::Confirmed) => actor == Employee,
            // Abandoned, or expired.
            (Self::Held, Self::Cancelled) => matches!(actor, Employee | System),
            (Self::Scheduled, Self::Confirmed) => actor == Practitioner,
            // The system cancels what was not confirmed in time.
            (Self::Scheduled | Self::Confirmed, Self::Cancelled) => true,
            (Self::Confirmed, Self::InProgress | Self::NoShow)
            // Started, waited, and nobody came.
            | (Self::InProgress, Self::NoShow) => actor == Practitioner,
            // The system ends what nobody ended.
            (Self::InProgress, Self::Completed) => matches!(actor, Practitioner | System),
            (Self::Confirmed, Self::PractitionerAbsent)
            // Taken back by whoever said it.
            | (Self::PractitionerAbsent, Self::Cancelled) => actor == Employee,
            (Self::NoShow, Self::Cancelled) => actor == Practitioner,
            _ => false,
        }
    }

    /// [`Self::may_become`] as a result.
    ///
    /// # Errors
    /// [`ForbiddenTransition`] when the actor may not.
    pub fn transition(self, next: Self, actor: Actor) -> Result<Self, ForbiddenTransition> {
        if self.may_become(next, actor) {
            Ok(next)
        } else {
            Err(ForbiddenTransition {
                from: self,
                to: next,
                actor,
            })
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Status {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut all = Self::ALL.into_iter();
        all.find(|status| status.as_str() == text)
            .ok_or(Unknown("status"))
    }
}

/// Who changes a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// The employee who booked.
    Employee,
    /// The practitioner booked.
    Practitioner,
    /// A deadline, or an automatic rule.
    System,
}

impl Actor {
    /// Every actor.
    pub const ALL: [Self; 3] = [Self::Employee, Self::Practitioner, Self::System];

    /// The name in the database, and the suffix of the translation key.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Practitioner => "practitioner",
            Self::System => "system",
        }
    }
}

impl FromStr for Actor {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut all = Self::ALL.into_iter();
        all.find(|actor| actor.as_str() == text)
            .ok_or(Unknown("actor"))
    }
}

/// The change is not one the state machine has, or not for this actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{actor:?} may not bring a consultation from {from} to {to}")]
pub struct ForbiddenTransition {
    /// The present status.
    pub from: Status,
    /// The status asked for.
    pub to: Status,
    /// Who asked.
    pub actor: Actor,
}

/// How the two meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Video call in the consultation room.
    Video,
    /// The same room, sound only.
    Audio,
    /// At the practitioner's place.
    InPerson,
}

impl Format {
    /// Every format, the most chosen first.
    pub const ALL: [Self; 3] = [Self::Video, Self::Audio, Self::InPerson];

    /// The name in the database and in forms, and the suffix of the translation key.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::InPerson => "in_person",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut all = Self::ALL.into_iter();
        all.find(|format| format.as_str() == text)
            .ok_or(Unknown("format"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole machine, one line per edge, with the initials of who may take it.
    const EDGES: &str = "\
        held -> scheduled E\n\
        held -> confirmed E\n\
        held -> cancelled ES\n\
        scheduled -> confirmed P\n\
        scheduled -> cancelled EPS\n\
        confirmed -> in_progress P\n\
        confirmed -> cancelled EPS\n\
        confirmed -> no_show P\n\
        confirmed -> practitioner_absent E\n\
        in_progress -> completed PS\n\
        in_progress -> no_show P\n\
        no_show -> cancelled P\n\
        practitioner_absent -> cancelled E\n";

    #[test]
    fn the_state_machine_is_this_one() {
        let mut edges = String::new();
        for from in Status::ALL {
            for to in Status::ALL {
                let actors = Actor::ALL
                    .into_iter()
                    .filter(|actor| from.may_become(to, *actor));
                let initials: String = actors
                    .filter_map(|actor| actor.as_str().chars().next())
                    .map(|initial| initial.to_ascii_uppercase())
                    .collect();
                if !initials.is_empty() {
                    edges += &format!("{from} -> {to} {initials}\n");
                }
            }
        }
        assert_eq!(edges, EDGES);
    }

    #[test]
    fn what_is_over_never_takes_time_again() {
        for from in Status::ALL.into_iter().filter(|status| !status.is_active()) {
            for to in Status::ALL.into_iter().filter(|status| status.is_active()) {
                for actor in Actor::ALL {
                    assert!(from.transition(to, actor).is_err());
                }
            }
        }
    }

    #[test]
    fn a_refused_transition_says_what_was_asked() {
        let refused = Status::Scheduled.transition(Status::Confirmed, Actor::Employee);
        assert_eq!(
            refused.map_err(|error| error.to_string()),
            Err("Employee may not bring a consultation from scheduled to confirmed".into())
        );
        let accepted = Status::Scheduled.transition(Status::Confirmed, Actor::Practitioner);
        assert_eq!(accepted, Ok(Status::Confirmed));
    }

    #[test]
    fn names_are_read_back() {
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
            assert_eq!(serde_json::json!(status), status.as_str());
        }
        for actor in Actor::ALL {
            assert_eq!(actor.as_str().parse(), Ok(actor));
        }
        for format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
            assert_eq!(serde_json::json!(format), format.as_str());
        }
        assert!("Held".parse::<Status>().is_err());
    }
}
