//! What an entry is, without a database: its parts, their limits, how it is found again.

pub mod distress;
pub mod trend;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Datelike as _, Months, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Characters of the longest title.
pub const TITLE_MOST: usize = 120;
/// Characters of the longest text: about ten printed pages.
pub const TEXT_MOST: usize = 20_000;
/// Characters of the longest tag.
pub const TAG_MOST: usize = 30;
/// Tags of one entry.
pub const TAGS_MOST: usize = 10;

/// How somebody feels, from 1 (very hard) to 5 (very good).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Mood(u8);

/// Not a mood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mood goes from 1 to 5")]
pub struct NoMood;

impl Mood {
    /// From the hardest to the best.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// 1 to 5.
    pub const fn value(self) -> u8 {
        self.0
    }

    /// The key of its name.
    pub const fn label_key(self) -> &'static str {
        match self.0 {
            1 => "journal-mood-1",
            2 => "journal-mood-2",
            3 => "journal-mood-3",
            4 => "journal-mood-4",
            _ => "journal-mood-5",
        }
    }

    /// The mood nearest to the mean of several.
    pub fn mean(moods: &[Self]) -> Option<Self> {
        let count = u32::try_from(moods.len()).ok().filter(|count| *count > 0)?;
        let sum: u32 = moods.iter().map(|mood| u32::from(mood.0)).sum();
        u8::try_from((sum + count / 2) / count).ok().map(Self)
    }
}

impl TryFrom<u8> for Mood {
    type Error = NoMood;

    fn try_from(value: u8) -> Result<Self, NoMood> {
        (1..=5)
            .contains(&value)
            .then_some(Self(value))
            .ok_or(NoMood)
    }
}

impl From<Mood> for u8 {
    fn from(mood: Mood) -> Self {
        mood.0
    }
}

impl FromStr for Mood {
    type Err = NoMood;

    fn from_str(text: &str) -> Result<Self, NoMood> {
        match text.as_bytes() {
            [digit @ b'1'..=b'5'] => Ok(Self(digit - b'0')),
            _ => Err(NoMood),
        }
    }
}

impl fmt::Display for Mood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Title, mood and tags, as they are sealed together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// May be empty.
    #[serde(rename = "t", default)]
    pub title: String,
    /// Absent when none was chosen.
    #[serde(rename = "m", default)]
    pub mood: Option<Mood>,
    /// In the order they were given, each once.
    #[serde(rename = "g", default)]
    pub tags: Vec<String>,
}

/// All that somebody wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Title, mood and tags.
    pub summary: Summary,
    /// May be empty when there is a title or a mood.
    pub text: String,
}

/// What a practitioner is given to read: a copy of a page as it was, or a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// May be empty.
    pub title: String,
    /// May be empty when there is a mood.
    pub text: String,
    /// The page's.
    #[serde(default)]
    pub mood: Option<Mood>,
    /// When the page was written; none for a summary.
    #[serde(default)]
    pub written_at: Option<DateTime<Utc>>,
}

impl Handed {
    /// A copy of a page. Its tags are its writer's own.
    pub fn page(content: Content, written_at: DateTime<Utc>) -> Self {
        Self {
            title: content.summary.title,
            text: content.text,
            mood: content.summary.mood,
            written_at: Some(written_at),
        }
    }

    /// Words written for the practitioner.
    pub fn summary(content: Content) -> Self {
        Self {
            title: content.summary.title,
            text: content.text,
            ..Self::default()
        }
    }
}

/// What a form sends, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Typed<'a> {
    /// The title.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// The mood's number, or nothing.
    pub mood: &'a str,
    /// Tags, each by itself.
    pub tags: Vec<&'a str>,
}

/// Why an entry is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Neither title, text nor mood.
    Empty,
    /// The title has so many characters.
    TitleTooLong(usize),
    /// The text has so many characters.
    TextTooLong(usize),
    /// A tag is too long.
    TagTooLong,
    /// More tags than [`TAGS_MOST`].
    TooManyTags,
    /// A mood that is none.
    NoMood,
}

impl Typed<'_> {
    /// The entry, tidied: line ends of one kind, no blank edges, each tag once.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<Content, Vec<Wrong>> {
        let mut wrong = Vec::new();
        let title = on_one_line(self.title);
        let text = self.text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim_end().trim_start_matches('\n').to_owned();
        let mood = match self.mood {
            "" => None,
            typed => typed
                .parse()
                .map_err(|NoMood| wrong.push(Wrong::NoMood))
                .ok(),
        };
        let tags = tags(&self.tags);
        let length = title.chars().count();
        if length > TITLE_MOST {
            wrong.push(Wrong::TitleTooLong(length));
        }
        let length = text.chars().count();
        if length > TEXT_MOST {
            wrong.push(Wrong::TextTooLong(length));
        }
        if tags.iter().any(|tag| tag.chars().count() > TAG_MOST) {
            wrong.push(Wrong::TagTooLong);
        }
        if tags.len() > TAGS_MOST {
            wrong.push(Wrong::TooManyTags);
        }
        if title.is_empty() && text.trim().is_empty() && mood.is_none() && wrong.is_empty() {
            wrong.push(Wrong::Empty);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let summary = Summary { title, mood, tags };
        Ok(Content { summary, text })
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Each tag once, whatever its capitals; a `#` before it is how others write it.
fn tags(typed: &[&str]) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in typed.iter().flat_map(|typed| typed.split([',', ';', '\n'])) {
        let tag = on_one_line(tag.trim().trim_start_matches('#'));
        let known = tags.iter().any(|known| folded(known) == folded(&tag));
        if !tag.is_empty() && !known {
            tags.push(tag);
        }
    }
    tags
}

/// The text without capitals, accents and typographic niceties: "L’été" is found by "l'ete".
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => folded.push('a'),
            'ç' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ñ' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            // Accents that were typed apart from their letter.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// What is looked for: every word of it, anywhere in an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a search field.
    pub fn of(typed: &str) -> Self {
        Self(
            folded(typed)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        )
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an entry holds every word, in its title, text or tags.
    pub fn are_in(&self, content: &Content) -> bool {
        let Summary { title, tags, .. } = &content.summary;
        let all = folded(&[title.as_str(), &content.text, &tags.join("\n")].join("\n"));
        self.0.iter().all(|word| all.contains(word.as_str()))
    }
}

/// A calendar month, as addresses spell it: `2026-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

/// Not a month of our calendars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoMonth;

impl Month {
    /// The month of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        self.0
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(Months::new(1)).unwrap_or(self.0))
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.checked_sub_months(Months::new(1)).unwrap_or(self.0))
    }

    /// Its days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        let end = self.next().0;
        self.0.iter_days().take_while(move |day| *day < end)
    }
}

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let day =
            NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").map_err(|_| NoMonth)?;
        // Calendars of other centuries are somebody playing with the address.
        (1970..2200)
            .contains(&day.year())
            .then_some(Self(day))
            .ok_or(NoMonth)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// A few questions to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// Three things that went well.
    GoodThings,
    /// What is heavy today.
    Weight,
    /// What the body says.
    Body,
    /// What one would tell a friend.
    Friend,
    /// What can be left for tomorrow.
    Evening,
}

impl Prompt {
    /// In the order they are proposed.
    pub const ALL: [Self; 5] = [
        Self::GoodThings,
        Self::Weight,
        Self::Body,
        Self::Friend,
        Self::Evening,
    ];

    /// Its name in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GoodThings => "three-good-things",
            Self::Weight => "weight",
            Self::Body => "body",
            Self::Friend => "friend",
            Self::Evening => "evening",
        }
    }

    /// The prompt of this name.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prompt| prompt.code() == code)
    }

    /// The key of its title.
    pub const fn title_key(self) -> &'static str {
        match self {
            Self::GoodThings => "journal-prompt-good-things",
            Self::Weight => "journal-prompt-weight",
            Self::Body => "journal-prompt-body",
            Self::Friend => "journal-prompt-friend",
            Self::Evening => "journal-prompt-evening",
        }
    }

    /// The key of its questions.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::GoodThings => "journal-prompt-good-things-text",
            Self::Weight => "journal-prompt-weight-text",
            Self::Body => "journal-prompt-body-text",
            Self::Friend => "journal-prompt-friend-text",
            Self::Evening => "journal-prompt-evening-text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed<'a>(title: &'a str, text: &'a str, mood: &'a str, tags: &[&'a str]) -> Typed<'a> {
        let tags = tags.to_vec();
        Typed {
            title,
            text,
            mood,
            tags,
        }
    }

    #[test]
    fn an_entry_is_tidied_and_keeps_every_word() {
        let read = typed(
            "  Un  lundi ",
            "\r\nBien.\r\n\r\n  retrait\r\n ",
            "4",
            &["Sommeil, #travail", "sommeil", ""],
        )
        .read()
        .expect("an entry");
        assert_eq!(read.summary.title, "Un lundi");
        assert_eq!(read.text, "Bien.\n\n  retrait");
        assert_eq!(read.summary.mood.map(Mood::value), Some(4));
        assert_eq!(read.summary.tags, ["Sommeil", "travail"]);
    }

    #[test]
    fn a_mood_alone_is_an_entry_and_nothing_is_none() {
        assert!(typed("", "", "1", &[]).read().is_ok());
        assert!(typed("Bof", "", "", &[]).read().is_ok());
        assert_eq!(
            typed(" ", "\n \r\n", "", &["x"]).read(),
            Err(vec![Wrong::Empty])
        );
    }

    #[test]
    fn what_is_too_much_is_said_with_its_length() {
        let (long, tag) = ("é".repeat(20_001), "x".repeat(31));
        let wrong = typed(&long[..242], &long, "6", &[&tag]).read();
        assert_eq!(
            wrong,
            Err(vec![
                Wrong::NoMood,
                Wrong::TitleTooLong(121),
                Wrong::TextTooLong(20_001),
                Wrong::TagTooLong
            ])
        );
        assert_eq!(
            typed("", "a", "", &["1,2,3,4,5,6,7,8,9,10,11"]).read(),
            Err(vec![Wrong::TooManyTags])
        );
        assert!(
            typed("", &"é".repeat(20_000), "", &["1,2,3,4,5,6,7,8,9,10"])
                .read()
                .is_ok()
        );
    }

    #[test]
    fn words_are_found_without_accents_or_capitals() {
        let content = typed("L’Été", "Une NUIT à Œuvrer", "", &["Forêt"])
            .read()
            .expect("an entry");
        for found in ["l'ete", "ÉTÉ nuit", "oeuvrer", "foret", "", "  "] {
            assert!(Words::of(found).are_in(&content), "{found}");
        }
        assert!(!Words::of("nuit blanche").are_in(&content));
        // Accents typed apart from their letter.
        assert_eq!(folded("e\u{301}te\u{301}"), "ete");
    }

    #[test]
    fn a_summary_comes_back_from_its_sealed_form() {
        let summary = Summary {
            title: "Un lundi".to_owned(),
            mood: Some(Mood(2)),
            tags: vec!["travail".to_owned()],
        };
        let json = serde_json::to_string(&summary).expect("JSON");
        assert_eq!(json, r#"{"t":"Un lundi","m":2,"g":["travail"]}"#);
        assert_eq!(
            serde_json::from_str::<Summary>(&json).expect("a summary"),
            summary
        );
        assert!(serde_json::from_str::<Summary>(r#"{"t":"","m":6}"#).is_err());
    }

    #[test]
    fn months_follow_one_another() {
        let month: Month = "2026-12".parse().expect("a month");
        assert_eq!(
            (month.next().to_string(), month.previous().to_string()),
            ("2027-01".to_owned(), "2026-11".to_owned())
        );
        assert_eq!(month.days().count(), 31);
        for bad in [
            "",
            "2026",
            "2026-13",
            "2026-1-1",
            "0001-01",
            "99999-01",
            "2026-02-30",
        ] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_mean_mood_is_the_nearest() {
        let mean = |values: &[u8]| {
            let moods: Vec<Mood> = values.iter().map(|value| Mood(*value)).collect();
            Mood::mean(&moods).map(Mood::value)
        };
        assert_eq!(
            (mean(&[]), mean(&[1]), mean(&[1, 2]), mean(&[1, 1, 2])),
            (None, Some(1), Some(2), Some(1))
        );
        assert_eq!(mean(&[5, 5, 4]), Some(5));
    }
}
