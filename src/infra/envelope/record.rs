//! One sealed text: its bytes, and what is authenticated with them.

use uuid::Uuid;

use super::{
    CannotRead, Field, Scope, Sealed,
    data_key::{DataKey, NONCE, TAG},
};

/// The layout of [`Sealed`], its first byte. A change of it adds a format; old ones are read forever.
const FORMAT: u8 = 1;
/// Format and key version.
const HEADER: usize = 3;
/// Texts are padded to a multiple of this, so that a ciphertext says little of how much was written.
const BLOCK: usize = 256;
/// The length of the text, before it.
const LENGTH: usize = 4;

/// A scope's key of one version.
pub(super) struct ScopeKey<'a> {
    pub id: Uuid,
    pub version: i16,
    pub scope: Scope,
    pub key: &'a DataKey,
}

/// Parts that no other list of parts spells the same way: each behind its length.
pub(super) fn joined(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

impl ScopeKey<'_> {
    fn aad(&self, header: &[u8], field: Field) -> Vec<u8> {
        joined(&[
            b"huntzen-care/field",
            header,
            field.table.as_bytes(),
            field.column.as_bytes(),
            field.row.as_bytes(),
            self.scope.kind().as_bytes(),
            self.scope.owner().as_bytes(),
            self.id.as_bytes(),
        ])
    }

    pub fn seal(&self, field: Field, content: &[u8]) -> Sealed {
        let mut header = [FORMAT; HEADER];
        header[1..].copy_from_slice(&self.version.to_be_bytes());
        let mut padded = padded(content);
        let (nonce, tag) = self.key.encrypt(&self.aad(&header, field), &mut padded);
        Sealed([header.as_slice(), &nonce, &padded, &tag].concat())
    }

    pub fn open(&self, field: Field, sealed: &Sealed) -> Result<Vec<u8>, CannotRead> {
        let (header, rest) = sealed.0.split_first_chunk::<HEADER>().ok_or(CannotRead)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(CannotRead)?;
        if sealed.len() < TAG {
            return Err(CannotRead);
        }
        let mut sealed = sealed.to_vec();
        let padded = self
            .key
            .decrypt(*nonce, &self.aad(header, field), &mut sealed)
            .ok_or(CannotRead)?;
        unpadded(padded).ok_or(CannotRead)
    }
}

/// With which version of its scope's key something was sealed.
pub(super) fn key_version(sealed: &Sealed) -> Result<i16, CannotRead> {
    match sealed.0.as_slice() {
        [FORMAT, high, low, ..] => Ok(i16::from_be_bytes([*high, *low])),
        _ => Err(CannotRead),
    }
}

/// The length of the content, the content, zeros.
fn padded(content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let size = (LENGTH + content.len()).next_multiple_of(BLOCK);
    let mut bytes = Vec::with_capacity(size);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(content);
    bytes.resize(size, 0);
    bytes
}

fn unpadded(bytes: &[u8]) -> Option<Vec<u8>> {
    let (length, rest) = bytes.split_first_chunk::<LENGTH>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    Some(rest.get(..length)?.to_vec())
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use proptest::prelude::*;

    use super::*;
    use crate::infra::{
        config::KeySource,
        envelope::{Kms, LocalKms},
    };

    const ROW: Uuid = Uuid::from_u128(0x11);
    const OWNER: Uuid = Uuid::from_u128(0x22);
    const KEY: Uuid = Uuid::from_u128(0x33);
    const FIELD: Field = Field {
        table: "consultations",
        column: "message_sealed",
        row: ROW,
    };

    fn key_of<'a>(key: &'a DataKey) -> ScopeKey<'a> {
        ScopeKey {
            id: KEY,
            version: 1,
            scope: Scope::Consultation(OWNER),
            key,
        }
    }

    proptest! {
        #[test]
        fn a_text_comes_back_and_its_length_hardly_shows(text in "\\PC{0,900}") {
            let key = DataKey::random();
            let sealed = key_of(&key).seal(FIELD, text.as_bytes());
            prop_assert_eq!(key_of(&key).open(FIELD, &sealed), Ok(text.clone().into_bytes()));
            let content = sealed.as_bytes().len() - HEADER - NONCE - TAG;
            prop_assert_eq!(content, (text.len() + LENGTH).next_multiple_of(BLOCK));
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_the_same_way() {
        let key = DataKey::random();
        let key = key_of(&key);
        assert_ne!(key.seal(FIELD, b"Bonjour"), key.seal(FIELD, b"Bonjour"));
    }

    #[test]
    fn every_bent_byte_and_every_cut_is_the_same_refusal() {
        let key = DataKey::random();
        let key = key_of(&key);
        let sealed = key.seal(FIELD, b"Je dors mal.");
        for index in 0..sealed.0.len() {
            for bit in 0..8 {
                let mut bent = sealed.clone();
                bent.0[index] ^= 1 << bit;
                assert_eq!(key.open(FIELD, &bent), Err(CannotRead), "byte {index}");
            }
        }
        for length in 0..sealed.0.len() {
            let cut = Sealed(sealed.0[..length].to_vec());
            assert_eq!(key.open(FIELD, &cut), Err(CannotRead), "{length} bytes");
        }
        let mut longer = sealed;
        longer.0.push(0);
        assert_eq!(key.open(FIELD, &longer), Err(CannotRead));
    }

    #[test]
    fn a_text_opens_nowhere_but_in_its_place() {
        let bytes = DataKey::random();
        let key = key_of(&bytes);
        let sealed = key.seal(FIELD, b"Je dors mal.");
        let elsewhere = [
            Field {
                row: OWNER,
                ..FIELD
            },
            Field {
                column: "reason_sealed",
                ..FIELD
            },
            Field {
                table: "notes",
                ..FIELD
            },
            // The same letters, cut at another place.
            Field {
                table: "consultationsm",
                column: "essage_sealed",
                ..FIELD
            },
        ];
        for field in elsewhere {
            assert_eq!(key.open(field, &sealed), Err(CannotRead), "{field:?}");
        }
        let other_scope = ScopeKey {
            scope: Scope::Consultation(ROW),
            ..key_of(&bytes)
        };
        let other_id = ScopeKey {
            id: ROW,
            ..key_of(&bytes)
        };
        let other_bytes = DataKey::random();
        for other in [other_scope, other_id, key_of(&other_bytes)] {
            assert_eq!(other.open(FIELD, &sealed), Err(CannotRead));
        }
        assert_eq!(key.open(FIELD, &sealed), Ok(b"Je dors mal.".to_vec()));
    }

    #[test]
    fn the_first_format_is_read_forever() {
        // A KEK, a key it wrapped and a text that key sealed, as version 1 of this module wrote them.
        let kek = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
        let bytes = |text: &str| STANDARD.decode(text).expect("base64");
        let [wrapped, sealed] = include_str!("golden_v1.txt")
            .lines()
            .map(bytes)
            .collect::<Vec<_>>()
            .try_into()
            .expect("two lines");
        let kms = LocalKms::open(&KeySource::Value(kek.into()), false).expect("a KEK");
        let key = kms
            .unwrap(&kms.current().expect("a name"), &wrapped, b"golden")
            .expect("the wrapped key opens");
        assert_eq!(
            key_of(&key).open(FIELD, &Sealed(sealed)),
            Ok("Écrit une fois, lisible toujours.".as_bytes().to_vec())
        );
    }
}
