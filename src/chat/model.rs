//! The rules of the chat.

use chrono::{DateTime, TimeDelta, Utc};

use crate::booking::model::Status;
pub use crate::infra::attachments::FILE_BYTES;

/// Characters of the longest message.
pub const MESSAGE_CHARACTERS: usize = 4_000;
/// Messages that a page shows at once.
pub const PAGE: usize = 30;
/// Until when one may write, in days after the planned end: as long as a duration may be corrected.
pub const OPEN_DAYS: i64 = 7;
/// Until when a text may be changed, in hours after it was sent.
pub const CHANGE_HOURS: i64 = 24;
/// How long a message waits to be read before a mail says so.
pub const PATIENCE_MINUTES: i64 = 10;

/// A message's text: never empty, never long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

/// The text is longer than [`MESSAGE_CHARACTERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl Words {
    /// What was typed; `None` when it is nothing.
    ///
    /// # Errors
    /// [`TooLong`].
    pub fn parse(text: &str) -> Result<Option<Self>, TooLong> {
        // Browsers send the ends of lines as two characters and count them as one; NUL is no character.
        let text = text.replace("\r\n", "\n").replace('\0', "");
        let text = text.trim();
        match text.chars().count() {
            0 => Ok(None),
            1..=MESSAGE_CHARACTERS => Ok(Some(Self(text.to_owned()))),
            _ => Err(TooLong),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether one may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Yes, until this moment.
    Open(DateTime<Utc>),
    /// The appointment is cancelled.
    Cancelled,
    /// The time to write is over.
    Over,
}

impl Standing {
    /// Of a consultation in this status that is planned to end at `ends_at`.
    pub fn of(status: Status, ends_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let until = ends_at + TimeDelta::days(OPEN_DAYS);
        match status {
            Status::Held | Status::Cancelled => Self::Cancelled,
            Status::InProgress => Self::Open(until.max(now + TimeDelta::days(OPEN_DAYS))),
            _ if now < until => Self::Open(until),
            _ => Self::Over,
        }
    }

    /// Whether one may write.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open(_))
    }
}

/// Until when a message's text may be changed.
pub fn changes_until(sent_at: DateTime<Utc>) -> DateTime<Utc> {
    sent_at + TimeDelta::hours(CHANGE_HOURS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_text_is_what_was_typed_without_its_edges() {
        let words = |text: &str| Words::parse(text).map(|words| words.map(|words| words.0));
        assert_eq!(words(" \r\n\t"), Ok(None));
        assert_eq!(words("\0"), Ok(None));
        assert_eq!(words(" a\r\nb\n"), Ok(Some("a\nb".to_owned())));
        assert_eq!(
            words(&"é".repeat(MESSAGE_CHARACTERS)).map(|words| words.is_some()),
            Ok(true)
        );
        assert_eq!(words(&"é".repeat(MESSAGE_CHARACTERS + 1)), Err(TooLong));
    }

    #[test]
    fn one_writes_from_the_booking_until_a_week_after_unless_it_is_off() {
        let end = at("2026-03-23T09:50:00Z");
        let last = at("2026-03-30T09:50:00Z");
        let booked = at("2026-03-01T09:00:00Z");
        for status in [
            Status::Scheduled,
            Status::Confirmed,
            Status::Completed,
            Status::NoShow,
        ] {
            assert_eq!(Standing::of(status, end, booked), Standing::Open(last));
            assert_eq!(Standing::of(status, end, last), Standing::Over);
        }
        for status in [Status::Held, Status::Cancelled] {
            assert_eq!(Standing::of(status, end, booked), Standing::Cancelled);
        }
        assert!(Standing::of(Status::InProgress, end, last).is_open());
    }
}
