//! A parsed e-mail address: whoever holds an [`EmailAddress`] holds a valid one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest address in bytes: the 256 octets of a path less its angle brackets (RFC 5321, 4.5.3.1.3).
pub const EMAIL_MAX_BYTES: usize = 254;
/// Longest part before the `@` in bytes (RFC 5321, 4.5.3.1.1).
pub const LOCAL_PART_MAX_BYTES: usize = 64;
/// Longest label of a domain in bytes (RFC 1035, 2.3.4).
const LABEL_MAX_BYTES: usize = 63;

/// Why a text is not an address we accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadEmail {
    /// Nothing but white space.
    #[error("the address is empty")]
    Empty,
    /// Over [`EMAIL_MAX_BYTES`], or a local part over [`LOCAL_PART_MAX_BYTES`].
    #[error("the address is too long")]
    TooLong,
    /// Letters outside ASCII, before or after the `@`. Two spellings of one domain would be two
    /// accounts, and look-alike letters could pass for a colleague's address.
    #[error("the address has accents or other non-ASCII letters")]
    NotAscii,
    /// No `@`, or more than one.
    #[error("the address needs exactly one @")]
    NotOneAt,
    /// The part before the `@` is not a dot-atom (RFC 5322, 3.2.3); quoted forms are refused.
    #[error("the part before @ is not valid")]
    BadLocalPart,
    /// The domain is not a fully qualified host name; literals such as `[192.0.2.1]` are refused.
    #[error("the domain is not valid")]
    BadDomain,
}

impl BadEmail {
    /// Stable suffix of the translation key.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLong => "too-long",
            Self::NotAscii => "not-ascii",
            Self::NotOneAt => "not-one-at",
            Self::BadLocalPart => "bad-local-part",
            Self::BadDomain => "bad-domain",
        }
    }
}

/// An e-mail address, trimmed and in lower case: the form that is stored and compared.
///
/// The grammar is deliberately narrower than RFC 5321: dot-atom, fully qualified host name,
/// ASCII. What providers really hand out passes; what is more likely a typing error does not.
/// `Debug` hides the local part, so that an address cannot reach a log by accident.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Parses an address, white space around it ignored (no-break spaces included).
    ///
    /// # Errors
    /// The first reason found, see [`BadEmail`].
    pub fn parse(text: &str) -> Result<Self, BadEmail> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadEmail::Empty);
        }
        if text.len() > EMAIL_MAX_BYTES {
            return Err(BadEmail::TooLong);
        }
        if !text.is_ascii() {
            return Err(BadEmail::NotAscii);
        }
        let (local, domain) = text.split_once('@').ok_or(BadEmail::NotOneAt)?;
        if domain.contains('@') {
            return Err(BadEmail::NotOneAt);
        }
        if local.len() > LOCAL_PART_MAX_BYTES {
            return Err(BadEmail::TooLong);
        }
        if !is_dot_atom(local) {
            return Err(BadEmail::BadLocalPart);
        }
        if !is_host_name(domain) {
            return Err(BadEmail::BadDomain);
        }
        let address = text.to_ascii_lowercase();
        // The transport must agree, or the first mail would be the one to find out.
        lettre::Address::from_str(&address).map_err(|_| BadEmail::BadDomain)?;
        Ok(Self(address))
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.parts().0
    }

    /// The part after the `@`, in lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.parts().1
    }

    fn parts(&self) -> (&str, &str) {
        self.0.split_once('@').expect("checked by parse")
    }
}

/// RFC 5322 `dot-atom-text`: atoms of the allowed characters, joined by single dots.
fn is_dot_atom(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
    })
}

/// At least two LDH labels (RFC 1123, 2.1), the last one not a number.
fn is_host_name(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LABEL_MAX_BYTES
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    domain.split('.').all(is_label)
        && domain.rsplit_once('.').is_some_and(|(_, top)| {
            top.len() >= 2 && top.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress(***@{})", self.domain())
    }
}

impl AsRef<str> for EmailAddress {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for EmailAddress {
    type Err = BadEmail;

    fn from_str(text: &str) -> Result<Self, BadEmail> {
        Self::parse(text)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = BadEmail;

    fn try_from(text: String) -> Result<Self, BadEmail> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl From<&EmailAddress> for lettre::Address {
    fn from(address: &EmailAddress) -> Self {
        Self::from_str(&address.0).expect("checked by parse")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_addresses_are_accepted_in_lower_case() {
        for (text, stored) in [
            ("camille.durand@techcorp.com", "camille.durand@techcorp.com"),
            (
                "  Camille.DURAND@TechCorp.COM\u{a0}",
                "camille.durand@techcorp.com",
            ),
            (
                "o'neill+care@mail.techcorp.co.uk",
                "o'neill+care@mail.techcorp.co.uk",
            ),
            ("a_b-c@xn--socit-esab.fr", "a_b-c@xn--socit-esab.fr"),
            ("1@1.fr", "1@1.fr"),
        ] {
            let address = EmailAddress::parse(text).expect(text);
            assert_eq!(address.as_str(), stored);
            assert_eq!(lettre::Address::from(&address).to_string(), stored);
        }
    }

    #[test]
    fn the_reason_of_a_refusal_is_named() {
        let long_local = format!("{}@techcorp.com", "a".repeat(65));
        let long_domain = format!("a@{}.com", "a.".repeat(130));
        let long_label = format!("a@{}.com", "a".repeat(64));
        for (text, reason) in [
            (" \u{a0}\t", BadEmail::Empty),
            ("camille", BadEmail::NotOneAt),
            ("camille@durand@techcorp.com", BadEmail::NotOneAt),
            ("a@b.fr, c@d.fr", BadEmail::NotOneAt),
            ("@techcorp.com", BadEmail::BadLocalPart),
            ("camille durand@techcorp.com", BadEmail::BadLocalPart),
            (".camille@techcorp.com", BadEmail::BadLocalPart),
            ("camille.@techcorp.com", BadEmail::BadLocalPart),
            ("camille..durand@techcorp.com", BadEmail::BadLocalPart),
            ("\"camille durand\"@techcorp.com", BadEmail::BadLocalPart),
            ("Camille <camille@techcorp.com>", BadEmail::BadLocalPart),
            ("camille\0@techcorp.com", BadEmail::BadLocalPart),
            ("camille@techcorp.com\r\nBcc: x", BadEmail::BadDomain),
            ("camille@", BadEmail::BadDomain),
            ("camille@localhost", BadEmail::BadDomain),
            ("camille@techcorp", BadEmail::BadDomain),
            ("camille@techcorp.com.", BadEmail::BadDomain),
            ("camille@.techcorp.com", BadEmail::BadDomain),
            ("camille@tech_corp.com", BadEmail::BadDomain),
            ("camille@-techcorp.com", BadEmail::BadDomain),
            ("camille@techcorp-.com", BadEmail::BadDomain),
            ("camille@192.0.2.1", BadEmail::BadDomain),
            ("camille@[192.0.2.1]", BadEmail::BadDomain),
            ("chloé@techcorp.com", BadEmail::NotAscii),
            ("chloe@société.fr", BadEmail::NotAscii),
            // A Cyrillic "о" in place of the Latin one.
            ("chloe@techc\u{43e}rp.com", BadEmail::NotAscii),
            (&long_local, BadEmail::TooLong),
            (&long_domain, BadEmail::TooLong),
            (&long_label, BadEmail::BadDomain),
        ] {
            assert_eq!(EmailAddress::parse(text), Err(reason), "{text:?}");
        }
    }

    #[test]
    fn debug_hides_the_person() {
        let address = EmailAddress::parse("camille.durand@techcorp.com").expect("valid");
        assert_eq!(format!("{address:?}"), "EmailAddress(***@techcorp.com)");
        assert_eq!(address.local_part(), "camille.durand");
        assert_eq!(address.domain(), "techcorp.com");
    }

    #[test]
    fn json_is_validated_on_the_way_in() {
        let address: EmailAddress = serde_json::from_str("\"A@B.fr\"").expect("valid");
        assert_eq!(
            serde_json::to_string(&address).expect("serialises"),
            "\"a@b.fr\""
        );
        assert!(serde_json::from_str::<EmailAddress>("\"a@b\"").is_err());
    }

    proptest! {
        #[test]
        fn parsing_is_idempotent_and_never_panics(text in "[a-zA-Z0-9.@+' \u{a0}é_-]{0,40}") {
            if let Ok(address) = EmailAddress::parse(&text) {
                prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
                prop_assert_eq!(
                    format!("{}@{}", address.local_part(), address.domain()),
                    address.to_string()
                );
                prop_assert!(address.as_str().len() <= EMAIL_MAX_BYTES);
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            let _ = EmailAddress::parse(&text);
        }
    }
}
