//! What a piece of news is, without a database: its states, its address, its limits.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::infra::rich_text::RichText;

/// Characters of the longest title.
pub const TITLE_MOST: usize = 160;
/// Characters of the longest text: six printed pages.
pub const NEWS_MOST: usize = 12_000;
/// Characters of the longest description of a picture.
pub const ALT_MOST: usize = 250;
/// Bytes of the largest file of a picture that is taken.
pub const PICTURE_BYTES: u64 = 5 * 1024 * 1024;
/// Pixels of the widest and highest picture that is kept.
pub const PICTURE_PIXELS: (u32, u32) = (1_600, 1_200);
/// Days after which news are no longer new, read or not.
pub const NEW_DAYS: i64 = 60;
/// Days ahead of which something can be scheduled.
const FARTHEST_DAYS: i64 = 366;
/// Characters of the longest slug that a title gives; a number may follow.
const SLUG_MOST: usize = 80;

/// Where a piece of news is in its life; `news_posts.status`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Being written: for HR alone.
    Draft,
    /// Published by itself when its hour comes.
    Scheduled,
    /// Its employees read it.
    Published,
    /// It was read, and is for HR alone again.
    Archived,
}

/// No status of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no status of news")]
pub struct NoStatus;

impl Status {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 4] = [
        Self::Draft,
        Self::Scheduled,
        Self::Published,
        Self::Archived,
    ];

    /// The name in the database and in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// The key of its name.
    pub const fn label_key(self) -> &'static str {
        match self {
            Self::Draft => "news-status-draft",
            Self::Scheduled => "news-status-scheduled",
            Self::Published => "news-status-published",
            Self::Archived => "news-status-archived",
        }
    }

    /// The tone of its badge.
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Scheduled => "info",
            Self::Published => "success",
            Self::Archived => "warning",
        }
    }

    /// What may come after it; the trigger `news_states` says the same.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Draft, Self::Scheduled | Self::Published)
                | (Self::Scheduled, Self::Draft | Self::Published)
                | (Self::Published, Self::Archived)
                | (Self::Archived, Self::Published)
        )
    }

    /// Whether it is what employees could read once: its address, its readers and its hour stay.
    pub const fn was_published(self) -> bool {
        matches!(self, Self::Published | Self::Archived)
    }

    /// Whether it may be deleted; the policy `hr_deletes` says the same.
    pub const fn may_go(self) -> bool {
        matches!(self, Self::Draft | Self::Archived)
    }
}

impl FromStr for Status {
    type Err = NoStatus;

    fn from_str(text: &str) -> Result<Self, NoStatus> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or(NoStatus)
    }
}

/// A title of one line: never empty, never long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

/// Why a title is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongTitle {
    /// There is nothing.
    Missing,
    /// It is longer than [`TITLE_MOST`].
    TooLong,
}

impl Title {
    /// What was typed, on one line.
    ///
    /// # Errors
    /// [`WrongTitle`].
    pub fn parse(text: &str) -> Result<Self, WrongTitle> {
        let title = on_one_line(text);
        match title.chars().count() {
            0 => Err(WrongTitle::Missing),
            1..=TITLE_MOST => Ok(Self(title)),
            _ => Err(WrongTitle::TooLong),
        }
    }

    /// The title.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part of its address, before a number tells it from another one.
    pub fn slug(&self) -> String {
        slug(&self.0)
    }
}

/// Words on one line, without signs that hide in it or turn it around.
pub fn on_one_line(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .filter(|sign| !matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A letter without its accent, in small letters; nothing for what is neither letter nor figure.
fn plain(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => "",
    }
}

/// The words of a text as part of an address: "Café d’été" is `cafe-d-ete`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        let end = slug.len();
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else {
            slug.push_str(plain(letter));
        }
        if slug.len() == end && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= SLUG_MOST {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "actualite" } else { slug }.to_owned()
}

/// A piece of news as a form gives it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its title.
    pub title: Title,
    /// Its text; may be empty as long as it is a draft.
    pub body: RichText,
    /// The departments that it is for; everybody when there is none.
    pub departments: Vec<String>,
    /// Whether it is told by mail too.
    pub by_mail: bool,
}

/// Why something cannot be scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongHour {
    /// No day, no hour, or one that the clocks skip or show twice.
    NoSuchHour,
    /// It is over.
    Past,
    /// It is more than a year ahead.
    TooFar,
}

/// The moment of a local day and hour, to publish something.
///
/// # Errors
/// [`WrongHour`].
pub fn publishing_hour(
    (day, hour): (&str, &str),
    zone: Tz,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, WrongHour> {
    let day = day.trim().parse::<NaiveDate>();
    let hour = NaiveTime::parse_from_str(hour.trim(), "%H:%M");
    let (Ok(day), Ok(hour)) = (day, hour) else {
        return Err(WrongHour::NoSuchHour);
    };
    let moment = zone
        .from_local_datetime(&day.and_time(hour))
        .single()
        .ok_or(WrongHour::NoSuchHour)?
        .to_utc();
    if moment <= now {
        Err(WrongHour::Past)
    } else if moment > now + TimeDelta::days(FARTHEST_DAYS) {
        Err(WrongHour::TooFar)
    } else {
        Ok(moment)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_life_goes_one_way_and_back_from_the_archive() {
        let allowed: Vec<(Status, Status)> = Status::ALL
            .into_iter()
            .flat_map(|one| Status::ALL.map(|other| (one, other)))
            .filter(|(one, other)| one.may_become(*other))
            .collect();
        assert_eq!(
            allowed,
            [
                (Status::Draft, Status::Scheduled),
                (Status::Draft, Status::Published),
                (Status::Scheduled, Status::Draft),
                (Status::Scheduled, Status::Published),
                (Status::Published, Status::Archived),
                (Status::Archived, Status::Published),
            ]
        );
        for status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        assert_eq!("Draft".parse::<Status>(), Err(NoStatus));
    }

    #[test]
    fn a_title_is_one_visible_line() {
        let title = |text: &str| Title::parse(text).map(|title| title.0);
        assert_eq!(title(" Une\r\n salle\u{202e} "), Ok("Une salle".to_owned()));
        assert_eq!(title("\u{200b} \n"), Err(WrongTitle::Missing));
        assert!(title(&"é".repeat(TITLE_MOST)).is_ok());
        assert_eq!(title(&"é".repeat(TITLE_MOST + 1)), Err(WrongTitle::TooLong));
    }

    #[test]
    fn an_address_is_made_of_the_title_s_words() {
        for (title, wanted) in [
            ("Nouvelle salle de sport", "nouvelle-salle-de-sport"),
            ("Café d’été : l’œuvre !", "cafe-d-ete-l-oeuvre"),
            ("  --  ", "actualite"),
            ("新しい", "actualite"),
            ("100 % vélo", "100-velo"),
        ] {
            assert_eq!(slug(title), wanted);
        }
    }

    proptest! {
        #[test]
        fn every_text_has_an_address(text in "\\PC{0,300}") {
            let slug = slug(&text);
            prop_assert!(!slug.is_empty() && slug.len() <= SLUG_MOST + 2);
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"));
            prop_assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        }
    }

    #[test]
    fn something_is_published_at_an_hour_that_exists_and_is_to_come() {
        let now: DateTime<Utc> = "2026-03-20T09:00:00Z".parse().expect("an instant");
        let paris = chrono_tz::Europe::Paris;
        let hour = |day, time| publishing_hour((day, time), paris, now);
        assert_eq!(
            hour("2026-03-20", "10:01").map(|at| at.to_rfc3339()),
            Ok("2026-03-20T09:01:00+00:00".to_owned())
        );
        assert_eq!(hour("2026-03-20", "10:00"), Err(WrongHour::Past));
        // The clocks skip this hour, and show that one twice.
        assert_eq!(hour("2026-03-29", "02:30"), Err(WrongHour::NoSuchHour));
        assert_eq!(hour("2026-10-25", "02:30"), Err(WrongHour::NoSuchHour));
        assert_eq!(hour("2027-04-01", "09:00"), Err(WrongHour::TooFar));
        for (day, time) in [
            ("", "09:00"),
            ("2026-02-30", "09:00"),
            ("2026-04-01", "25:00"),
        ] {
            assert_eq!(hour(day, time), Err(WrongHour::NoSuchHour));
        }
    }
}
