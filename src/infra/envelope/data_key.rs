//! A key, and AES-256-GCM under it (NIST SP 800-38D).

use ring::{
    aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    rand::{SecureRandom, SystemRandom},
};
use secrecy::{ExposeSecret, SecretBox};

/// Bytes of a key: AES-256.
pub(super) const KEY: usize = 32;
/// Bytes of a nonce (NIST SP 800-38D: 96 bits).
pub(super) const NONCE: usize = 12;
/// Bytes of a tag.
pub(super) const TAG: usize = 16;
/// 256 bits, wiped from memory when dropped.
///
/// `ring`'s expanded form of it exists on the stack for one operation.
pub struct DataKey(SecretBox<[u8; KEY]>);

impl DataKey {
    /// A new key from the operating system's generator.
    pub fn random() -> Self {
        Self(SecretBox::init_with_mut(fill_random))
    }

    /// `None` unless there are exactly 32 bytes.
    pub(super) fn from_slice(bytes: &[u8]) -> Option<Self> {
        (bytes.len() == KEY).then(|| {
            Self(SecretBox::init_with_mut(|key: &mut [u8; KEY]| {
                key.copy_from_slice(bytes)
            }))
        })
    }

    /// The bytes, for whoever wraps them.
    pub(super) fn expose(&self) -> &[u8; KEY] {
        self.0.expose_secret()
    }

    fn expanded(&self) -> LessSafeKey {
        let key = UnboundKey::new(&AES_256_GCM, self.0.expose_secret())
            .expect("AES-256 takes the 32 bytes of a key");
        LessSafeKey::new(key)
    }

    /// Encrypts in place; answers the nonce it drew and the tag.
    pub(super) fn encrypt(&self, aad: &[u8], text: &mut [u8]) -> ([u8; NONCE], [u8; TAG]) {
        let mut nonce = [0; NONCE];
        fill_random(&mut nonce);
        (nonce, self.encrypt_with(nonce, aad, text))
    }

    /// Under a nonce that was never used with this key.
    fn encrypt_with(&self, nonce: [u8; NONCE], aad: &[u8], text: &mut [u8]) -> [u8; TAG] {
        let sealed = self
            .expanded()
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), text)
            .expect("no text comes near AES-GCM's limit of 64 GiB");
        let mut tag = [0; TAG];
        tag.copy_from_slice(sealed.as_ref());
        tag
    }

    /// Decrypts `ciphertext | tag` in place; `None` when it is not genuine.
    pub(super) fn decrypt<'a>(
        &self,
        nonce: [u8; NONCE],
        aad: &[u8],
        sealed: &'a mut [u8],
    ) -> Option<&'a [u8]> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let text = self
            .expanded()
            .open_in_place(nonce, Aad::from(aad), sealed)
            .ok()?;
        Some(text)
    }
}

pub(super) fn fill_random<const N: usize>(bytes: &mut [u8; N]) {
    SystemRandom::new()
        .fill(bytes)
        .expect("the operating system provides random bytes");
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    /// Of the Wycheproof project: see the folder's README.
    const VECTORS: &str = include_str!("../../../tests/vectors/wycheproof/aes_256_gcm_test.json");

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Vectors {
        number_of_tests: usize,
        test_groups: Vec<Group>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Group {
        iv_size: usize,
        key_size: usize,
        tag_size: usize,
        tests: Vec<Vector>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Vector {
        tc_id: u32,
        comment: String,
        key: String,
        iv: String,
        aad: String,
        msg: String,
        ct: String,
        tag: String,
        result: String,
    }

    fn bytes(hex: &str) -> Vec<u8> {
        assert!(hex.len().is_multiple_of(2), "{hex}");
        (0..hex.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex"))
            .collect()
    }

    #[test]
    fn every_known_answer_is_ours() {
        let vectors: Vectors = serde_json::from_str(VECTORS).expect("vectors");
        let (mut valid, mut invalid) = (0, 0);
        for group in vectors.test_groups {
            let sizes = (group.key_size, group.iv_size, group.tag_size);
            assert_eq!(sizes, (8 * KEY, 8 * NONCE, 8 * TAG));
            for vector in group.tests {
                let said = format!("{}: {}", vector.tc_id, vector.comment);
                let key = DataKey::from_slice(&bytes(&vector.key)).expect("256 bits");
                let nonce: [u8; NONCE] = bytes(&vector.iv).try_into().expect("96 bits");
                let (aad, text) = (bytes(&vector.aad), bytes(&vector.msg));
                let genuine = [bytes(&vector.ct), bytes(&vector.tag)].concat();
                let opened = key
                    .decrypt(nonce, &aad, &mut genuine.clone())
                    .map(<[u8]>::to_vec);
                let mut sealed = text.clone();
                let tag = key.encrypt_with(nonce, &aad, &mut sealed);
                sealed.extend_from_slice(&tag);
                match vector.result.as_str() {
                    "valid" => {
                        assert_eq!(opened, Some(text), "{said}");
                        assert_eq!(sealed, genuine, "{said}");
                        valid += 1;
                    }
                    "invalid" => {
                        assert_eq!(opened, None, "{said}");
                        assert_ne!(sealed, genuine, "{said}");
                        invalid += 1;
                    }
                    other => panic!("{said}: {other}"),
                }
            }
        }
        assert_eq!(valid + invalid, vectors.number_of_tests);
        assert!(valid > 30 && invalid > 20, "{valid} and {invalid}");
    }

    #[test]
    fn every_bent_byte_of_every_part_is_refused() {
        let key = DataKey::random();
        let mut text = *b"Je dors mal depuis mars.";
        let (nonce, tag) = key.encrypt(b"place", &mut text);
        let sealed = [text.as_slice(), &tag].concat();
        let opens = |nonce, aad: &[u8], sealed: &[u8]| {
            key.decrypt(nonce, aad, &mut sealed.to_vec()).is_some()
        };
        assert!(opens(nonce, b"place", &sealed));
        for bit in 0..8 {
            for index in 0..NONCE {
                let mut bent = nonce;
                bent[index] ^= 1 << bit;
                assert!(!opens(bent, b"place", &sealed), "nonce, byte {index}");
            }
            for index in 0..sealed.len() {
                let mut bent = sealed.clone();
                bent[index] ^= 1 << bit;
                assert!(!opens(nonce, b"place", &bent), "byte {index}");
            }
        }
        assert!(!opens(nonce, b"other", &sealed));
        assert!(!opens(nonce, b"", &sealed));
    }

    #[test]
    fn another_key_opens_nothing() {
        let mut text = *b"Bonjour";
        let (nonce, tag) = DataKey::random().encrypt(b"", &mut text);
        let mut sealed = [text.as_slice(), &tag].concat();
        assert!(DataKey::random().decrypt(nonce, b"", &mut sealed).is_none());
    }
}
