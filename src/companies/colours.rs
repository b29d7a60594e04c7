//! A company's colours, and whether people can read one on the other.

use std::fmt;

/// The least contrast of text on its background (WCAG 2.2, 1.4.3, level AA).
pub const LEAST_CONTRAST: f64 = 4.5;

/// A colour of a screen: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// Reads `#1a2b3c`, with or without its sign; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim();
        let digits = digits.strip_prefix('#').unwrap_or(digits);
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([channel(0)?, channel(2)?, channel(4)?]))
    }

    /// Relative luminance, from 0 for black to 1 for white (WCAG 2.2, definition).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition).
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: &str, two: &str) -> f64 {
        let colour = |text| Colour::parse(text).expect("a colour");
        colour(one).contrast(colour(two))
    }

    #[test]
    fn contrasts_are_those_of_the_recommendation() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#123456", "#123456") - 1.0).abs() < 1e-9);
        // The grey known for being the lightest that passes on white, and the next one.
        assert!(contrast("#767676", "#ffffff") >= LEAST_CONTRAST);
        assert!(contrast("#777777", "#ffffff") < LEAST_CONTRAST);
        assert!((contrast("#ffffff", "#767676") - contrast("#767676", "#ffffff")).abs() < 1e-12);
    }

    #[test]
    fn a_colour_has_six_digits() {
        assert_eq!(
            Colour::parse(" #0A5e54 ")
                .map(|colour| colour.to_string())
                .as_deref(),
            Some("#0a5e54")
        );
        for text in [
            "",
            "#fff",
            "red",
            "#12345g",
            "#1234567",
            "rgb(0,0,0)",
            "#ééé",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }
}
