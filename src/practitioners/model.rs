//! Specialties, languages, formats, and the text search of the directory.

use actix_web::http::Uri;
use std::str::FromStr;

use chrono_tz::Tz;
use diesel::{
    QueryableByName,
    sql_types::{Bool, Double, Integer, Nullable, Text},
};

use crate::{
    booking::{model::Format, slots::Policy, wording},
    infra::i18n::{self, Locale},
};

macro_rules! specialties {
    ($($variant:ident $name:literal $key:literal),* $(,)?) => {
        /// A practitioner's profession.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Specialty {
            $(#[doc = concat!("`", $name, "` in the database.")] $variant),*
        }

        impl Specialty {
            /// Every specialty, in the order of the search's list.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name in the database and in addresses.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The key of its label.
            pub fn label_key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
        }
    };
}
specialties! {
    ClinicalPsychologist "clinical_psychologist" "practitioners-specialty-clinical-psychologist",
    WorkPsychologist "work_psychologist" "practitioners-specialty-work-psychologist",
    Psychiatrist "psychiatrist" "practitioners-specialty-psychiatrist",
    Psychotherapist "psychotherapist" "practitioners-specialty-psychotherapist",
    Neuropsychologist "neuropsychologist" "practitioners-specialty-neuropsychologist",
    MentalCoach "mental_coach" "practitioners-specialty-mental-coach",
    Sexologist "sexologist" "practitioners-specialty-sexologist",
    Psychoanalyst "psychoanalyst" "practitioners-specialty-psychoanalyst",
}

impl FromStr for Specialty {
    type Err = UnknownSpecialty;

    fn from_str(text: &str) -> Result<Self, UnknownSpecialty> {
        let mut all = Self::ALL.into_iter();
        all.find(|specialty| specialty.as_str() == text)
            .ok_or(UnknownSpecialty)
    }
}

/// A text names no specialty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown specialty")]
pub struct UnknownSpecialty;

/// The languages that the search offers: ISO 639-1 code and key of the name.
pub const LANGUAGES: [(&str, &str); 16] = [
    ("fr", "practitioners-language-fr"),
    ("en", "practitioners-language-en"),
    ("ar", "practitioners-language-ar"),
    ("br", "practitioners-language-br"),
    ("de", "practitioners-language-de"),
    ("es", "practitioners-language-es"),
    ("eu", "practitioners-language-eu"),
    ("it", "practitioners-language-it"),
    ("nl", "practitioners-language-nl"),
    ("pl", "practitioners-language-pl"),
    ("pt", "practitioners-language-pt"),
    ("ru", "practitioners-language-ru"),
    ("tr", "practitioners-language-tr"),
    ("vi", "practitioners-language-vi"),
    ("wo", "practitioners-language-wo"),
    ("zh", "practitioners-language-zh"),
];

/// A language's name; the code itself when it is not one of [`LANGUAGES`].
pub fn language_name(locale: Locale, code: &str) -> String {
    LANGUAGES
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(
            || code.to_uppercase(),
            |(_, key)| i18n::text(locale, key).to_owned(),
        )
}

/// The ways of meeting a practitioner offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, QueryableByName)]
pub struct Formats {
    #[diesel(sql_type = Bool, column_name = offers_video)]
    video: bool,
    #[diesel(sql_type = Bool, column_name = offers_audio)]
    audio: bool,
    #[diesel(sql_type = Bool, column_name = offers_in_person)]
    in_person: bool,
}

impl Formats {
    /// Whether this one is offered.
    pub fn offers(self, format: Format) -> bool {
        match format {
            Format::Video => self.video,
            Format::Audio => self.audio,
            Format::InPerson => self.in_person,
        }
    }

    /// Those offered, the most chosen first.
    pub fn iter(self) -> impl Iterator<Item = Format> {
        Format::ALL
            .into_iter()
            .filter(move |format| self.offers(*format))
    }

    /// Their labels and icons, for a profile.
    pub fn labels(self, locale: Locale) -> Vec<(&'static str, &'static str)> {
        self.iter()
            .map(|format| {
                let label = i18n::text(locale, wording::format_key(format));
                (label, wording::format_icon(format))
            })
            .collect()
    }
}

/// What a practitioner chose to say of themselves; nobody has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// A woman.
    Female,
    /// A man.
    Male,
    /// Neither of the two.
    Other,
}

impl Gender {
    /// What a practitioner may say.
    pub const ALL: [Self; 3] = [Self::Female, Self::Male, Self::Other];
    /// What the search offers. Everybody else is found without this filter.
    pub const SEARCHED: [Self; 2] = [Self::Female, Self::Male];

    /// The name in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Female => "female",
            Self::Male => "male",
            Self::Other => "other",
        }
    }

    /// The key of its label.
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Female => "practitioners-gender-female",
            Self::Male => "practitioners-gender-male",
            Self::Other => "practitioners-gender-other",
        }
    }
}

/// Characters of the longest biography.
pub const BIO_CHARACTERS: usize = 4_000;
/// Characters of the longest address.
const ADDRESS_CHARACTERS: usize = 500;
/// Longest practice.
const MOST_YEARS: i32 = 70;

/// What a practitioner says of themselves, about to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileDraft {
    /// The biography, paragraphs parted by blank lines.
    pub bio: String,
    /// ISO 639-1 codes, at least one.
    pub languages: Vec<String>,
    /// If they say so.
    pub gender: Option<Gender>,
    /// Years of practice.
    pub experience_years: Option<i32>,
    /// A film in which they present themselves: an `https` address elsewhere.
    pub presentation_video_url: Option<String>,
}

/// What cannot be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongProfile {
    /// The biography is longer than this.
    Bio(usize),
    /// None that the form offers.
    Gender,
    /// Not a number of years of practice.
    Experience,
    /// Not an address that a browser opens safely.
    Video,
    /// No language.
    Languages,
}

impl ProfileDraft {
    /// What was typed; empty is nothing said.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn parse(
        bio: &str,
        gender: &str,
        (experience, video): (&str, &str),
        languages: Vec<String>,
    ) -> Result<Self, Vec<WrongProfile>> {
        let mut wrong = Vec::new();
        let bio = bio.replace("\r\n", "\n").trim().to_owned();
        if bio.chars().count() > BIO_CHARACTERS {
            wrong.push(WrongProfile::Bio(BIO_CHARACTERS));
        }
        let chosen = Gender::ALL
            .into_iter()
            .find(|known| known.as_str() == gender);
        if chosen.is_none() && !gender.is_empty() {
            wrong.push(WrongProfile::Gender);
        }
        let years = experience.trim().parse().ok();
        let years = years.filter(|years| (0..=MOST_YEARS).contains(years));
        if years.is_none() && !experience.trim().is_empty() {
            wrong.push(WrongProfile::Experience);
        }
        let address = safe_address(video.trim());
        if address.is_none() && !video.trim().is_empty() {
            wrong.push(WrongProfile::Video);
        }
        if languages.is_empty() {
            wrong.push(WrongProfile::Languages);
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Self {
            bio,
            languages,
            gender: chosen,
            experience_years: years,
            presentation_video_url: address,
        })
    }
}

/// An `https` address of a public host, without a name or a password in it.
pub fn safe_address(text: &str) -> Option<String> {
    let address: Uri = text.parse().ok()?;
    let plain = address.scheme_str() == Some("https")
        && address.host().is_some_and(|host| host.contains('.'))
        && !address.authority()?.as_str().contains('@')
        && text.chars().count() <= ADDRESS_CHARACTERS
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>'));
    plain.then(|| text.to_owned())
}

/// The order of the search's results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The soonest available first.
    #[default]
    Soonest,
    /// The best rated first.
    Rating,
    /// The longest in practice first.
    Experience,
}

impl Sort {
    /// Every order, the default first.
    pub const ALL: [Self; 3] = [Self::Soonest, Self::Rating, Self::Experience];

    /// The name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Soonest => "soonest",
            Self::Rating => "rating",
            Self::Experience => "experience",
        }
    }

    /// The key of its label.
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Soonest => "booking-sort-soonest",
            Self::Rating => "booking-sort-rating",
            Self::Experience => "booking-sort-experience",
        }
    }
}

/// The published reviews of a practitioner, in two figures.
#[derive(Clone, Copy, Debug, PartialEq, QueryableByName)]
pub struct Rating {
    /// Mean of the stars, 1 to 5; none without a review.
    #[diesel(sql_type = Nullable<Double>, column_name = average_rating)]
    pub average: Option<f64>,
    /// How many reviews.
    #[diesel(sql_type = Integer, column_name = review_count)]
    pub count: i32,
}

/// How a practitioner's hours become slots.
#[derive(Clone, Debug, QueryableByName)]
pub struct Settings {
    #[diesel(sql_type = Text)]
    timezone: String,
    #[diesel(sql_type = Integer)]
    slot_minutes: i32,
    #[diesel(sql_type = Integer)]
    buffer_minutes: i32,
    #[diesel(sql_type = Integer)]
    minimum_notice_hours: i32,
    #[diesel(sql_type = Integer)]
    horizon_days: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    daily_maximum: Option<i32>,
}

impl Settings {
    /// The highest figures, as the table's checks have them.
    pub const MOST: Policy = Policy {
        slot_minutes: 240,
        buffer_minutes: 120,
        min_notice_hours: 336,
        horizon_days: 365,
        daily_maximum: Some(48),
    };

    /// The zone of the practitioner's clock.
    pub fn zone(&self) -> Tz {
        // The profile's form takes known zones only.
        self.timezone.parse().unwrap_or(chrono_tz::Europe::Paris)
    }

    /// The engine's policy. The database's checks keep every figure within its type.
    pub fn policy(&self) -> Policy {
        let figure = |value: i32| u16::try_from(value).unwrap_or(0);
        Policy {
            slot_minutes: figure(self.slot_minutes),
            buffer_minutes: figure(self.buffer_minutes),
            min_notice_hours: figure(self.minimum_notice_hours),
            horizon_days: figure(self.horizon_days),
            daily_maximum: self.daily_maximum.map(figure),
        }
    }

    /// Days from today to the last that can be booked.
    pub fn horizon_days(&self) -> i64 {
        i64::from(self.horizon_days)
    }

    /// Length of a consultation, in minutes.
    pub fn slot_minutes(&self) -> i32 {
        self.slot_minutes
    }
}

/// "Dr Claire Martin": the title, when there is one, before the names.
pub fn full_name(title: &str, first_name: &str, last_name: &str) -> String {
    let mut name = String::with_capacity(title.len() + first_name.len() + last_name.len() + 2);
    for part in [title, first_name, last_name] {
        if !part.is_empty() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(part);
        }
    }
    name
}

/// What an employee typed, as words to find.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The words of a text, without accents and case.
    pub fn parse(text: &str) -> Self {
        Self(fold(text).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word is somewhere in the texts.
    pub fn are_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        if self.is_empty() {
            return true;
        }
        let mut all = String::new();
        for text in texts {
            all.push_str(&fold(text));
            all.push('\n');
        }
        self.0.iter().all(|word| all.contains(word.as_str()))
    }
}

/// Lower case, without the accents and ligatures of the languages written here; hyphens and
/// apostrophes part words, as people type them or not.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'a'..='z' | '0'..='9' => c,
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' => 'd',
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' => 'g',
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
            'ł' | 'ľ' => 'l',
            'ñ' | 'ń' | 'ň' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
            'ř' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ţ' | 'ț' => 't',
            'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            'œ' => {
                folded.push('o');
                'e'
            }
            'æ' => {
                folded.push('a');
                'e'
            }
            'ß' => {
                folded.push('s');
                's'
            }
            // A letter that carries its accent as a second character.
            '\u{300}'..='\u{36f}' => continue,
            '-' | '\'' | '’' | '.' | ',' => ' ',
            other => other,
        };
        folded.push(plain);
    }
    folded
}

/// The beginning of a text, cut between words, at most `longest` characters and an ellipsis.
pub fn excerpt(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = line.char_indices().nth(longest) else {
        return line;
    };
    let whole_words = line[..cut].rfind(' ').unwrap_or(cut);
    let mut short = line[..whole_words]
        .trim_end_matches([',', ';', ':', ' '])
        .to_owned();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        let found = |typed: &str, text: &str| Words::parse(typed).are_in([text]);
        assert!(found("helene", "Hélène Lefèvre"));
        assert!(found("LEFÈVRE hél", "Hélène Lefèvre"));
        assert!(found("coeur", "Thérapie du cœur"));
        assert!(found("e\u{301}motion", "Émotions"));
        assert!(found("jean luc", "Jean-Luc Moreau"));
        assert!(found("l'anxiete", "Gestion de l’anxiété"));
        assert!(!found("helene durand", "Hélène Lefèvre"));
        assert!(found("", "anything"));
    }

    #[test]
    fn words_may_be_in_different_texts() {
        let words = Words::parse("sophie emdr");
        assert!(words.are_in(["Sophie Bernard", "EMDR"]));
        assert!(!words.are_in(["Sophie Bernard", "TCC"]));
    }

    #[test]
    fn an_excerpt_ends_after_a_word() {
        assert_eq!(excerpt("Une phrase courte.", 40), "Une phrase courte.");
        assert_eq!(excerpt("Psychologue, à l’écoute", 15), "Psychologue, à…");
        assert_eq!(excerpt("Psychologue, écoute", 13), "Psychologue…");
        assert_eq!(excerpt("éééééééééé", 4), "éééé…");
        assert_eq!(excerpt("  deux\n\nlignes ", 40), "deux lignes");
    }

    #[test]
    fn specialties_are_read_back() {
        for specialty in Specialty::ALL {
            assert_eq!(specialty.as_str().parse(), Ok(specialty));
        }
    }

    #[test]
    fn a_name_has_its_title_when_there_is_one() {
        assert_eq!(full_name("Dr", "Claire", "Martin"), "Dr Claire Martin");
        assert_eq!(full_name("", "Claire", "Martin"), "Claire Martin");
    }
}
