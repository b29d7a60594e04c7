//! Keys, signatures and random tokens.
//!
//! One master secret (configuration, at least 32 bytes) feeds HKDF-SHA256 (RFC 5869); each use
//! gets its own derived key, so that a signature made for one purpose is noise for every other
//! and no two uses ever share key material. Nothing here knows a domain: callers bring their own
//! identifiers.
//!
//! - [`LinkSigner`]: the links sent by e-mail (invitation, password reset), signed when the mail
//!   is rendered, so that the queue holds no secret;
//! - [`CsrfTokens`]: tokens bound to a session, different in every response;
//! - [`random_token`] and [`sha256`]: bearer tokens of which the database only sees a hash.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// Fewest bytes accepted for the master secret: the strength of the hash it feeds.
pub const MASTER_SECRET_MIN_BYTES: usize = 32;

/// Salt of the extraction step: separates this application's keys from any other program that
/// would be given the same secret. Changing it changes every derived key.
const EXTRACT_SALT: &[u8] = b"huntzen-care/keyring/v1";

/// What a derived key is for. Each variant yields an independent key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// Signature of links sent by e-mail.
    Links,
    /// Tokens against cross-site request forgery.
    Csrf,
    /// Signature and encryption of cookies.
    Cookies,
    /// The next token of a session, from the one before.
    SessionRotation,
    /// Recognising addresses and IPs without keeping them.
    Fingerprint,
}

impl KeyUse {
    /// The HKDF `info` label. It is part of the key: a change here invalidates what was issued.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Links => b"links/v1",
            Self::Csrf => b"csrf/v1",
            Self::Cookies => b"cookies/v1",
            Self::SessionRotation => b"session-rotation/v1",
            Self::Fingerprint => b"fingerprint/v1",
        }
    }
}

/// The master secret is too short to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the master secret must have at least {MASTER_SECRET_MIN_BYTES} bytes")]
pub struct WeakMasterSecret;

/// Derives one key per use from the master secret.
pub struct KeyRing {
    extracted: ring::hkdf::Prk,
}

impl KeyRing {
    /// # Errors
    /// [`WeakMasterSecret`] under [`MASTER_SECRET_MIN_BYTES`] bytes.
    pub fn new(master: &SecretString) -> Result<Self, WeakMasterSecret> {
        let master = master.expose_secret().as_bytes();
        if master.len() < MASTER_SECRET_MIN_BYTES {
            return Err(WeakMasterSecret);
        }
        let salt = ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, EXTRACT_SALT);
        Ok(Self {
            extracted: salt.extract(master),
        })
    }

    /// `N` bytes of key material for one use; at most 8160 (255 blocks of SHA-256).
    #[must_use]
    pub fn derive<const N: usize>(&self, key_use: KeyUse) -> [u8; N] {
        const { assert!(N <= 255 * 32, "HKDF-SHA256 gives at most 255 blocks") }
        let mut key = [0; N];
        self.extracted
            .expand(&[key_use.label()], KeyLength(N))
            .and_then(|material| material.fill(&mut key))
            .expect("the length is within HKDF's limit, asserted above");
        key
    }

    /// The signer of links, with its own key.
    #[must_use]
    pub fn link_signer(&self) -> LinkSigner {
        LinkSigner {
            key: self.hmac_key(KeyUse::Links),
        }
    }

    /// The issuer of CSRF tokens, with its own key.
    #[must_use]
    pub fn csrf_tokens(&self) -> CsrfTokens {
        CsrfTokens {
            key: self.hmac_key(KeyUse::Csrf),
        }
    }

    fn hmac_key(&self, key_use: KeyUse) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &self.derive::<32>(key_use))
    }
}

/// Output length for [`ring::hkdf`].
struct KeyLength(usize);

impl ring::hkdf::KeyType for KeyLength {
    fn len(&self) -> usize {
        self.0
    }
}

/// What a link lets its holder do. A token signed for one purpose is refused for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Activate the account created by HR.
    Invitation,
    /// Choose a new password.
    PasswordReset,
    /// Have appointment mails sent to the address that received the link.
    PersonalAddress,
    /// Ask to join in a company's name, from an address at its domain.
    CompanyRequest,
    /// Ask for one's own account, from one's address at work.
    Registration,
}

impl LinkPurpose {
    /// Part of the signed message; labels have no common prefix problem because the fields that
    /// follow have a fixed length.
    fn label(self) -> &'static [u8] {
        match self {
            Self::Invitation => b"invitation",
            Self::PasswordReset => b"password-reset",
            Self::PersonalAddress => b"personal-address",
            Self::CompanyRequest => b"company-request",
            Self::Registration => b"registration",
        }
    }
}

/// The fields of a link. Expiry and single use live in the row named by `id`, not in the link:
/// the database decides, so that a link can be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkToken {
    /// The invitation or reset request.
    pub id: Uuid,
    /// The account it concerns; checked again against the row.
    pub user_id: Uuid,
    /// Changes when the row is re-issued, which voids the links sent before.
    pub nonce: Uuid,
}

/// The link is not one of ours, was altered, or was made for another purpose. Deliberately says
/// no more than that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid link")]
pub struct InvalidLink;

/// Signs and verifies the links sent by e-mail: HMAC-SHA256 over the purpose and the fields.
///
/// The text form is base64url without padding of `version (1) | id (16) | user_id (16) |
/// nonce (16) | tag (32)`: 81 bytes, a multiple of three, so each of the 108 characters carries
/// only signed bits and a token has exactly one spelling.
#[derive(Clone)]
pub struct LinkSigner {
    key: hmac::Key,
}

impl LinkSigner {
    const VERSION: u8 = 1;
    const SIGNED: usize = 1 + 3 * 16;
    const TAG: usize = 32;

    /// Characters of a token; anything else is refused before decoding.
    pub const TOKEN_CHARS: usize = (Self::SIGNED + Self::TAG) / 3 * 4;

    /// The token to put in a URL, safe in a path segment or a query.
    #[must_use]
    pub fn sign(&self, purpose: LinkPurpose, token: &LinkToken) -> String {
        let mut bytes = Vec::with_capacity(Self::SIGNED + Self::TAG);
        bytes.push(Self::VERSION);
        bytes.extend_from_slice(token.id.as_bytes());
        bytes.extend_from_slice(token.user_id.as_bytes());
        bytes.extend_from_slice(token.nonce.as_bytes());
        let tag = hmac::sign(&self.key, &Self::message(purpose, &bytes));
        bytes.extend_from_slice(tag.as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The fields of a genuine token; the tag is compared in constant time.
    ///
    /// # Errors
    /// [`InvalidLink`], the same whatever is wrong.
    pub fn verify(&self, purpose: LinkPurpose, text: &str) -> Result<LinkToken, InvalidLink> {
        if text.len() != Self::TOKEN_CHARS {
            return Err(InvalidLink);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidLink)?;
        let (signed, tag) = bytes.split_at_checked(Self::SIGNED).ok_or(InvalidLink)?;
        hmac::verify(&self.key, &Self::message(purpose, signed), tag).map_err(|_| InvalidLink)?;
        match signed {
            [Self::VERSION, fields @ ..] => {
                let mut ids = fields
                    .chunks_exact(16)
                    .map(|id| Uuid::from_slice(id).map_err(|_| InvalidLink));
                let mut next = || ids.next().unwrap_or(Err(InvalidLink));
                Ok(LinkToken {
                    id: next()?,
                    user_id: next()?,
                    nonce: next()?,
                })
            }
            _ => Err(InvalidLink),
        }
    }

    fn message(purpose: LinkPurpose, signed: &[u8]) -> Vec<u8> {
        [purpose.label(), signed].concat()
    }
}

/// The token is not the one of this session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid CSRF token")]
pub struct InvalidCsrf;

/// Tokens against cross-site request forgery: HMAC of the session id, masked with a fresh
/// one-time pad in every response so that compression leaks nothing about it (BREACH).
#[derive(Clone)]
pub struct CsrfTokens {
    key: hmac::Key,
}

impl CsrfTokens {
    const TAG: usize = 32;

    /// A token for one response of this session: base64url of `mask | mask XOR tag`.
    #[must_use]
    pub fn issue(&self, session_id: &[u8]) -> String {
        let tag = hmac::sign(&self.key, session_id);
        let mask = random_bytes::<{ Self::TAG }>();
        let masked = mask.iter().zip(tag.as_ref()).map(|(mask, tag)| mask ^ tag);
        let bytes: Vec<u8> = mask.iter().copied().chain(masked).collect();
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Accepts every token issued for this session, compared in constant time.
    ///
    /// # Errors
    /// [`InvalidCsrf`] for anything else.
    pub fn verify(&self, session_id: &[u8], token: &str) -> Result<(), InvalidCsrf> {
        let mut bytes = [0; 2 * Self::TAG];
        match URL_SAFE_NO_PAD.decode_slice(token, &mut bytes) {
            Ok(written) if written == bytes.len() => {}
            _ => return Err(InvalidCsrf),
        }
        let (mask, masked) = bytes.split_at(Self::TAG);
        let tag: Vec<u8> = mask.iter().zip(masked).map(|(a, b)| a ^ b).collect();
        hmac::verify(&self.key, session_id, &tag).map_err(|_| InvalidCsrf)
    }
}

/// SHA-256, for values that already have full entropy (tokens), never for passwords.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    let mut hash = [0; 32];
    hash.copy_from_slice(digest.as_ref());
    hash
}

/// A bearer token of 256 random bits (43 base64url characters) and the SHA-256 of its text.
/// Give the text to the client, store only the hash, and look it up with `sha256(text.as_bytes())`.
#[must_use]
pub fn random_token() -> (String, [u8; 32]) {
    let text = URL_SAFE_NO_PAD.encode(random_bytes::<32>());
    let hash = sha256(text.as_bytes());
    (text, hash)
}

/// A code of `N` capitals and figures that people read to each other: none that look alike.
pub fn random_code<const N: usize>() -> String {
    // 32 signs: five bits of each byte, all equally likely.
    const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    random_bytes::<N>()
        .into_iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]))
        .collect()
}

/// Bytes from the operating system's generator.
fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system provides random bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key_ring(secret: &str) -> KeyRing {
        KeyRing::new(&SecretString::from(secret)).expect("long enough")
    }

    fn keys() -> KeyRing {
        key_ring("a master secret of more than 32 bytes")
    }

    fn token(seed: [u128; 3]) -> LinkToken {
        LinkToken {
            id: Uuid::from_u128(seed[0]),
            user_id: Uuid::from_u128(seed[1]),
            nonce: Uuid::from_u128(seed[2]),
        }
    }

    #[test]
    fn a_short_master_secret_is_refused() {
        let short = SecretString::from("x".repeat(MASTER_SECRET_MIN_BYTES - 1));
        assert_eq!(KeyRing::new(&short).err(), Some(WeakMasterSecret));
    }

    #[test]
    fn every_use_and_every_master_secret_gives_another_key() {
        let ours = keys();
        let links: [u8; 32] = ours.derive(KeyUse::Links);
        assert_eq!(
            links,
            keys().derive::<32>(KeyUse::Links),
            "derivation is stable"
        );
        assert_ne!(links, ours.derive::<32>(KeyUse::Csrf));
        assert_ne!(links, ours.derive::<32>(KeyUse::Cookies));
        let other = key_ring("another master secret of the right size");
        assert_ne!(links, other.derive::<32>(KeyUse::Links));
        assert_eq!(ours.derive::<64>(KeyUse::Cookies).len(), 64);
    }

    /// Guards the labels and the salt: a change here would void every link already sent.
    #[test]
    fn derived_keys_and_links_keep_their_wire_format() {
        let text = keys()
            .link_signer()
            .sign(LinkPurpose::Invitation, &token([1, 2, 3]));
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sha256(text.as_bytes())),
            "fhaDRh2O73zfUzRAyI-SWb8PfRpveLNHOWX3Uoiggcc"
        );
    }

    #[test]
    fn a_link_made_for_one_purpose_or_with_another_key_is_refused() {
        let signer = keys().link_signer();
        let text = signer.sign(LinkPurpose::Invitation, &token([1, 2, 3]));
        assert_eq!(
            signer.verify(LinkPurpose::PasswordReset, &text),
            Err(InvalidLink)
        );
        let stranger = key_ring("another master secret of the right size").link_signer();
        assert_eq!(
            stranger.verify(LinkPurpose::Invitation, &text),
            Err(InvalidLink)
        );
    }

    #[test]
    fn sha256_is_the_standard_one() {
        // FIPS 180-4, the empty message.
        assert_eq!(
            URL_SAFE_NO_PAD.encode(sha256(b"")),
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"
        );
    }

    #[test]
    fn random_tokens_differ_and_come_with_the_hash_of_their_text() {
        let (one, one_hash) = random_token();
        let (two, two_hash) = random_token();
        assert_ne!(one, two);
        assert_ne!(one_hash, two_hash);
        assert_eq!(one.len(), 43);
        assert_eq!(one_hash, sha256(one.as_bytes()));
    }

    #[test]
    fn csrf_tokens_change_in_every_response_and_all_stay_valid() {
        let csrf = keys().csrf_tokens();
        let (one, two) = (csrf.issue(b"session"), csrf.issue(b"session"));
        assert_ne!(one, two);
        assert_eq!(csrf.verify(b"session", &one), Ok(()));
        assert_eq!(csrf.verify(b"session", &two), Ok(()));
        assert_eq!(csrf.verify(b"another session", &one), Err(InvalidCsrf));
        assert_eq!(csrf.verify(b"session", ""), Err(InvalidCsrf));
    }

    /// Changes one bit of the decoded token, then spells it again.
    fn flip(text: &str, bit: usize) -> String {
        let mut bytes = URL_SAFE_NO_PAD.decode(text).expect("a token of ours");
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    proptest! {
        #[test]
        fn a_link_returns_its_fields(seed in any::<[u128; 3]>(), reset in any::<bool>()) {
            let purpose = if reset { LinkPurpose::PasswordReset } else { LinkPurpose::Invitation };
            let signer = keys().link_signer();
            let text = signer.sign(purpose, &token(seed));
            prop_assert_eq!(text.len(), LinkSigner::TOKEN_CHARS);
            prop_assert_eq!(signer.verify(purpose, &text), Ok(token(seed)));
        }

        #[test]
        fn a_flipped_bit_voids_a_link(seed in any::<[u128; 3]>(), bit in any::<usize>()) {
            let signer = keys().link_signer();
            let text = signer.sign(LinkPurpose::Invitation, &token(seed));
            let altered = flip(&text, bit);
            prop_assert_eq!(signer.verify(LinkPurpose::Invitation, &altered), Err(InvalidLink));
        }

        #[test]
        fn another_spelling_of_a_link_is_refused(at in 0..LinkSigner::TOKEN_CHARS, by in any::<u8>()) {
            let signer = keys().link_signer();
            let text = signer.sign(LinkPurpose::Invitation, &token([1, 2, 3]));
            let mut bytes = text.clone().into_bytes();
            bytes[at] = by;
            let altered = String::from_utf8_lossy(&bytes).into_owned();
            prop_assume!(altered != text);
            prop_assert_eq!(signer.verify(LinkPurpose::Invitation, &altered), Err(InvalidLink));
        }

        #[test]
        fn a_truncated_link_is_refused(keep in 0..LinkSigner::TOKEN_CHARS) {
            let signer = keys().link_signer();
            let text = signer.sign(LinkPurpose::Invitation, &token([1, 2, 3]));
            prop_assert_eq!(signer.verify(LinkPurpose::Invitation, &text[..keep]), Err(InvalidLink));
        }

        #[test]
        fn a_flipped_bit_voids_a_csrf_token(session in any::<[u8; 16]>(), bit in any::<usize>()) {
            let csrf = keys().csrf_tokens();
            let altered = flip(&csrf.issue(&session), bit);
            prop_assert_eq!(csrf.verify(&session, &altered), Err(InvalidCsrf));
        }

        #[test]
        fn arbitrary_text_is_neither_a_link_nor_a_csrf_token(text in ".{0,120}") {
            prop_assert!(keys().link_signer().verify(LinkPurpose::Invitation, &text).is_err());
            prop_assert!(keys().csrf_tokens().verify(b"session", &text).is_err());
        }
    }
}
