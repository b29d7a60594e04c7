//! What a ticket is, without a database: its states, its limits.

use std::str::FromStr;

/// Characters of the longest subject.
pub const SUBJECT_MOST: usize = 160;
/// Characters of the longest message or note.
pub const TEXT_MOST: usize = 5_000;
/// Characters of the longest name of a canned answer.
pub const NAME_MOST: usize = 120;
/// Tickets that a company may open within a day.
pub const TICKETS_A_DAY: i64 = 20;
/// Messages that a person may write within an hour.
pub const MESSAGES_AN_HOUR: i64 = 60;
/// Years after its end that a ticket is kept.
pub const KEEP_YEARS: i64 = 2;
/// Days over which the time of first answers is counted.
pub const FIGURE_DAYS: i64 = 90;

/// No word of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no word of the list")]
pub struct Unknown;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal $key:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the database and in forms.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The key of its name.
            #[must_use]
            pub const fn label_key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = Unknown;

            fn from_str(text: &str) -> Result<Self, Unknown> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|word| word.as_str() == text)
                    .ok_or(Unknown)
            }
        }
    };
}

words!(
    /// What a ticket is about.
    Category {
        /// Accounts and invitations.
        Accounts "accounts" "support-category-accounts",
        /// Files of employees.
        Import "import" "support-category-import",
        /// Figures and their anonymity.
        Figures "figures" "support-category-figures",
        /// Something does not work.
        Technical "technical" "support-category-technical",
        /// Data protection.
        Privacy "privacy" "support-category-privacy",
        /// Anything else.
        Other "other" "support-category-other",
    }
);

words!(
    /// How much it presses.
    Priority {
        /// When there is time.
        Low "low" "support-priority-low",
        /// In its turn.
        Normal "normal" "support-priority-normal",
        /// Soon.
        High "high" "support-priority-high",
        /// People cannot use the product.
        Urgent "urgent" "support-priority-urgent",
    }
);

impl Priority {
    /// The tone of its badge.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Low | Self::Normal => "neutral",
            Self::High => "warning",
            Self::Urgent => "danger",
        }
    }
}

words!(
    /// Where a ticket is in its life.
    Status {
        /// It is the platform's turn.
        Open "open" "support-status-open",
        /// It is the company's turn.
        Answered "answered" "support-status-answered",
        /// The platform says that it is done.
        Resolved "resolved" "support-status-resolved",
        /// The company says so.
        Closed "closed" "support-status-closed",
    }
);

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// HR of the company.
    Company,
    /// An admin of the platform.
    Platform,
}

impl Status {
    /// The tone of its badge.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Open => "info",
            Self::Answered => "brand",
            Self::Resolved => "success",
            Self::Closed => "neutral",
        }
    }

    /// Whether it is over, for now.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }

    /// What a side may make of it; the trigger `support_states` says the same.
    #[must_use]
    pub const fn may_become(self, next: Self, side: Side) -> bool {
        match side {
            Side::Company => matches!(
                (self, next),
                (Self::Answered | Self::Resolved | Self::Closed, Self::Open)
                    | (Self::Open | Self::Answered | Self::Resolved, Self::Closed)
            ),
            Side::Platform => matches!(
                (self, next),
                (Self::Open, Self::Answered) | (Self::Open | Self::Answered, Self::Resolved)
            ),
        }
    }

    /// Where a message of a side leaves it; `None` where that side cannot write.
    #[must_use]
    pub const fn after_message(self, side: Side) -> Option<Self> {
        match (side, self) {
            (Side::Company, Self::Closed) => None,
            (Side::Company, _) => Some(Self::Open),
            (Side::Platform, Self::Open | Self::Answered) => Some(Self::Answered),
            (Side::Platform, Self::Resolved | Self::Closed) => None,
        }
    }
}

/// Why a text is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongText {
    /// There is nothing.
    Missing,
    /// It has more characters than it may.
    TooLong,
}

/// A text as it was typed, without its edges: so many characters at most.
///
/// # Errors
/// [`WrongText`].
pub fn words(text: &str, most: usize) -> Result<String, WrongText> {
    // Browsers send the ends of lines as two characters and count them as one; NUL is no character.
    let text = text.replace("\r\n", "\n").replace('\0', "");
    let text = text.trim();
    match text.chars().count() {
        0 => Err(WrongText::Missing),
        length if length > most => Err(WrongText::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// A text of one line.
///
/// # Errors
/// [`WrongText`].
pub fn line(text: &str, most: usize) -> Result<String, WrongText> {
    let visible: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    words(
        &visible.split_whitespace().collect::<Vec<_>>().join(" "),
        most,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back() {
        for category in Category::ALL {
            assert_eq!(category.as_str().parse(), Ok(*category));
        }
        for priority in Priority::ALL {
            assert_eq!(priority.as_str().parse(), Ok(*priority));
        }
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(*status));
        }
        assert_eq!("Urgent".parse::<Priority>(), Err(Unknown));
    }

    #[test]
    fn each_side_takes_its_own_steps() {
        let steps = |side| -> Vec<String> {
            let pairs = Status::ALL.iter().flat_map(|one| {
                let others = Status::ALL.iter();
                others.map(move |other| (*one, *other))
            });
            pairs
                .filter(|(one, other)| one.may_become(*other, side))
                .map(|(one, other)| format!("{} {}", one.as_str(), other.as_str()))
                .collect()
        };
        assert_eq!(
            steps(Side::Company),
            [
                "open closed",
                "answered open",
                "answered closed",
                "resolved open",
                "resolved closed",
                "closed open"
            ]
        );
        assert_eq!(
            steps(Side::Platform),
            ["open answered", "open resolved", "answered resolved"]
        );
    }

    #[test]
    fn a_message_gives_the_turn_to_the_other_side() {
        for status in Status::ALL.iter().copied() {
            for side in [Side::Company, Side::Platform] {
                let Some(after) = status.after_message(side) else {
                    assert!(status.has_ended());
                    continue;
                };
                assert!(after == status || status.may_become(after, side));
            }
        }
        assert_eq!(Status::Closed.after_message(Side::Company), None);
        assert_eq!(
            Status::Resolved.after_message(Side::Company),
            Some(Status::Open)
        );
    }

    #[test]
    fn a_text_is_what_was_typed_without_its_edges() {
        assert_eq!(words(" a\r\nb \0", 9), Ok("a\nb".to_owned()));
        assert_eq!(words(" \n", 9), Err(WrongText::Missing));
        assert_eq!(words("éééé", 3), Err(WrongText::TooLong));
        assert_eq!(line(" a\r\n b", 9), Ok("a b".to_owned()));
    }
}
