//! SIRET numbers: which establishment of which company, with their check digits.

use std::fmt;

/// La Poste's SIREN. Its establishments outnumber what the key leaves room for, so INSEE gave them
/// another one: the digits add up to a multiple of five.
const LA_POSTE: &str = "356000000";

/// A SIRET whose keys are right: fourteen digits, of which the first nine are the company's SIREN.
///
/// Source: INSEE, « Numéro SIRET » and « Numéro SIREN »: both end with the key of ISO/IEC 7812-1,
/// annex B (Luhn).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siret(String);

/// Why a text is no SIRET.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSiret {
    /// Not fourteen digits.
    #[error("a SIRET has fourteen digits")]
    NotFourteenDigits,
    /// A digit is wrong, or two are exchanged.
    #[error("the key of the SIRET is wrong")]
    WrongKey,
}

impl BadSiret {
    /// The key of the sentence that says so.
    #[must_use]
    pub fn message_key(self) -> &'static str {
        match self {
            Self::NotFourteenDigits => "clients-siret-digits",
            Self::WrongKey => "clients-siret-key",
        }
    }
}

impl Siret {
    /// Reads a number as people write it, in groups or not.
    ///
    /// # Errors
    /// [`BadSiret`].
    pub fn parse(text: &str) -> Result<Self, BadSiret> {
        let digits: String = text
            .chars()
            .filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-'))
            .collect();
        if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(BadSiret::NotFourteenDigits);
        }
        let siren = &digits[..9];
        let is_right = if siren == "000000000" {
            false
        } else if siren == LA_POSTE {
            luhn(&digits) || digit_sum(&digits).is_multiple_of(5)
        } else {
            luhn(siren) && luhn(&digits)
        };
        if is_right {
            Ok(Self(digits))
        } else {
            Err(BadSiret::WrongKey)
        }
    }

    /// The fourteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The digits of a stored number in the groups that people read: `123 456 782 00010`.
    #[must_use]
    pub fn grouped(digits: &str) -> String {
        let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
        if digits.len() != 14 {
            return digits.to_owned();
        }
        [part(0, 3), part(3, 6), part(6, 9), part(9, 14)].join("\u{a0}")
    }
}

impl fmt::Display for Siret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn digits_of(digits: &str) -> impl DoubleEndedIterator<Item = u32> {
    digits.bytes().map(|byte| u32::from(byte - b'0'))
}

fn digit_sum(digits: &str) -> u32 {
    digits_of(digits).sum()
}

/// Whether the last digit is the key of those before it.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits_of(digits)
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => 2 * digit - 9,
            (_, digit) => 2 * digit,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_however_it_is_grouped() {
        for text in [
            "73282932000074",
            "732 829 320 00074",
            " 732\u{a0}829\u{202f}320 00074 ",
            "732.829.320-00074",
        ] {
            let siret = Siret::parse(text).expect("a number");
            assert_eq!(siret.as_str(), "73282932000074");
        }
        assert_eq!(
            Siret::grouped("73282932000074"),
            "732\u{a0}829\u{a0}320\u{a0}00074"
        );
    }

    #[test]
    fn one_wrong_digit_is_always_noticed_and_so_are_neighbours_exchanged() {
        let right = "73282932000074";
        for at in 0..14 {
            for digit in '0'..='9' {
                let mut text: Vec<char> = right.chars().collect();
                if text[at] == digit {
                    continue;
                }
                text[at] = digit;
                let text: String = text.into_iter().collect();
                assert_eq!(Siret::parse(&text), Err(BadSiret::WrongKey), "{text}");
            }
        }
        // 73 28 → 73 82.
        assert_eq!(Siret::parse("73822932000074"), Err(BadSiret::WrongKey));
    }

    #[test]
    fn la_poste_has_a_key_of_its_own() {
        // The head office obeys both rules, a post office the second alone.
        assert!(Siret::parse("35600000000048").is_ok());
        assert!(luhn("35600000000048"));
        let post_office = "35600000049837";
        assert!(!luhn(post_office) && digit_sum(post_office).is_multiple_of(5));
        assert!(Siret::parse(post_office).is_ok());
        assert_eq!(Siret::parse("35600000049838"), Err(BadSiret::WrongKey));
        // Nobody else has it.
        assert_eq!(Siret::parse("73282932000070"), Err(BadSiret::WrongKey));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "732829320",
            "7328293200007",
            "732829320000740",
            "7328293200007A",
            "٧٣٢٨٢٩٣٢٠٠٠٠٧٤",
        ] {
            assert_eq!(
                Siret::parse(text),
                Err(BadSiret::NotFourteenDigits),
                "{text}"
            );
        }
        // The key of nothing is right by accident.
        assert_eq!(Siret::parse("00000000000000"), Err(BadSiret::WrongKey));
    }
}
