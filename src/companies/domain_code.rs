//! The code that proves a domain: derived, so that nothing that is stored gives it away.

use ring::hmac;
use uuid::Uuid;

use crate::infra::app::App;

/// How long a code works, in minutes.
pub const CODE_MINUTES: i64 = 30;
/// Wrong codes until another one has to be sent (the column's check).
pub const MOST_TRIES: i32 = 5;
/// Codes sent for one domain within a day.
pub const MOST_CODES: i32 = 5;
/// Other domains claimed by a company within a day.
pub const MOST_CLAIMS: i64 = 10;

/// Digits of a code: with [`MOST_TRIES`] and [`MOST_CODES`] a day, one guess in four million is right.
const DIGITS: u32 = 8;

/// Derives codes with a key that the database does not hold: a hash of so few digits could be tried out.
#[derive(Clone)]
pub struct DomainCode(hmac::Key);

impl DomainCode {
    /// With the application's key.
    #[must_use]
    pub fn of(app: &App) -> Self {
        Self(hmac::Key::new(
            hmac::HMAC_SHA256,
            &app.fingerprint("domain-code"),
        ))
    }

    /// The code of a claim, while it has this nonce.
    #[must_use]
    pub fn code(&self, claim: Uuid, nonce: Uuid) -> String {
        let named = [*claim.as_bytes(), *nonce.as_bytes()].concat();
        let tag = hmac::sign(&self.0, &named);
        let number = tag
            .as_ref()
            .iter()
            .take(8)
            .fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        format!("{:08}", number % 10_u64.pow(DIGITS))
    }

    /// Whether what was typed is the code, in the same time wherever they differ. White space does not matter.
    #[must_use]
    pub fn is(&self, claim: Uuid, nonce: Uuid, typed: &str) -> bool {
        let typed: String = typed
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        let expected = hmac::sign(&self.0, self.code(claim, nonce).as_bytes());
        hmac::verify(&self.0, typed.as_bytes(), expected.as_ref()).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_its_claim_s_and_its_nonce_s() {
        let codes = DomainCode(hmac::Key::new(hmac::HMAC_SHA256, b"some key"));
        let (claim, nonce) = (Uuid::new_v4(), Uuid::new_v4());
        let code = codes.code(claim, nonce);
        assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(codes.is(claim, nonce, &format!(" {} {} ", &code[..4], &code[4..])));
        for other in ["", "0", &code[1..], &format!("{code}0")] {
            assert!(!codes.is(claim, nonce, other), "{other}");
        }
        assert_ne!(code, codes.code(claim, Uuid::new_v4()));
        let stranger = DomainCode(hmac::Key::new(hmac::HMAC_SHA256, b"another key"));
        assert_ne!(code, stranger.code(claim, nonce));
    }
}
