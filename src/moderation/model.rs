//! What a review and a report are made of.

use std::str::FromStr;

/// Characters of the longest comment or account of a problem.
pub const CHARACTERS: usize = 2000;

/// Nothing of ours has this name, or this many stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown;

/// From one star to five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating(i16);

impl Rating {
    /// Every rating, one star first.
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// How many stars.
    pub fn stars(self) -> i16 {
        self.0
    }
}

impl FromStr for Rating {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let mut all = Self::ALL.into_iter();
        all.find(|rating| rating.0.to_string() == text.trim())
            .ok_or(Unknown)
    }
}

/// The text is longer than [`CHARACTERS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

/// What somebody writes: never empty, never long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(String);

impl Words {
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
            1..=CHARACTERS => Ok(Some(Self(text.to_owned()))),
            _ => Err(TooLong),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal, $key:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// Every one, in the order of the form.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in the database and in forms.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// The key of its label.
            pub fn label_key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key,)*
                }
            }
        }

        impl FromStr for $name {
            type Err = Unknown;

            fn from_str(text: &str) -> Result<Self, Unknown> {
                let mut all = Self::ALL.iter().copied();
                all.find(|each| each.as_str() == text).ok_or(Unknown)
            }
        }
    };
}

named!(
    /// Why a review is not published.
    Refusal {
        /// It insults.
        Insult = "insult", "moderation-refusal-insult";
        /// It says who somebody is, or how they are.
        Privacy = "privacy", "moderation-refusal-privacy";
        /// It is about something else.
        OffTopic = "off_topic", "moderation-refusal-off-topic";
        /// It sells.
        Advertising = "advertising", "moderation-refusal-advertising";
    }
);

named!(
    /// What went wrong.
    Category {
        /// Sound, image, a page.
        Technical = "technical", "moderation-category-technical";
        /// Late, or ended early.
        Punctuality = "punctuality", "moderation-category-punctuality";
        /// How somebody behaved.
        Conduct = "conduct", "moderation-category-conduct";
        /// Somebody may be in danger.
        Safety = "safety", "moderation-category-safety";
        /// Anything else.
        Other = "other", "moderation-category-other";
    }
);

/// Where a review is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    /// Waits to be read.
    Pending,
    /// Shown without a name.
    Published,
    /// Not shown, and why.
    Refused(Refusal),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_five_stars_and_nothing_else() {
        for rating in Rating::ALL {
            assert_eq!(rating.stars().to_string().parse(), Ok(rating));
        }
        for text in ["", "0", "6", "3.5", "-1", "five", "03"] {
            assert_eq!(text.parse::<Rating>(), Err(Unknown), "{text}");
        }
    }

    #[test]
    fn names_are_read_back() {
        for refusal in Refusal::ALL {
            assert_eq!(refusal.as_str().parse(), Ok(*refusal));
        }
        for category in Category::ALL {
            assert_eq!(category.as_str().parse(), Ok(*category));
        }
        assert_eq!("Safety".parse::<Category>(), Err(Unknown));
    }

    #[test]
    fn words_are_something_and_not_long() {
        assert_eq!(Words::parse(" \r\n "), Ok(None));
        let words = Words::parse(" Merci.\r\nVraiment ! ");
        assert_eq!(words, Ok(Some(Words("Merci.\nVraiment !".to_owned()))));
        assert!(matches!(Words::parse(&"é".repeat(2_000)), Ok(Some(_))));
        assert_eq!(Words::parse(&"é".repeat(2_001)), Err(TooLong));
    }
}
