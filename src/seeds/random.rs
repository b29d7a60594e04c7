//! Draws that are the same on every machine and with every version of every library.

use uuid::{Builder, Uuid};

use crate::infra::crypto::sha256;

/// SplitMix64 (Steele, Lea, Flood 2014): small, well spread, and ours, so it never changes.
#[derive(Clone, Debug)]
pub(super) struct Draws(u64);

impl Draws {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `low..=high`.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.abs_diff(low) + 1;
        low.saturating_add_unsigned(self.next() % width)
    }

    /// One of `items`; `None` when there is none.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(items.len()).ok()?.checked_sub(1)?;
        if last < 0 {
            return None;
        }
        usize::try_from(self.between(0, last))
            .ok()
            .and_then(|index| items.get(index))
    }
}

/// The id that belongs to `name`, in every database.
pub(super) fn stable_id(name: &str) -> Uuid {
    let digest = sha256(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_repeat_and_stay_in_their_range() {
        let (mut first, mut second) = (Draws::new(7), Draws::new(7));
        for _ in 0..1000 {
            let draw = first.between(-3, 4);
            assert_eq!(draw, second.between(-3, 4));
            assert!((-3..=4).contains(&draw));
        }
        assert_eq!(first.pick::<u8>(&[]), None);
    }

    #[test]
    fn an_id_belongs_to_its_name_and_is_a_version_4() {
        let id = stable_id("user:marc.dupont@techcorp.com");
        assert_eq!(id, stable_id("user:marc.dupont@techcorp.com"));
        assert_ne!(id, stable_id("user:claire.rousseau@techcorp.com"));
        assert_eq!(id.get_version_num(), 4);
    }
}
