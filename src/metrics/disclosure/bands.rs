//! How many people had how many consultations, in bands that each hold five people.

use super::{FEWEST, Rule, Rules};

/// Where the finest bands begin.
const BOUNDS: [u32; 3] = [1, 3, 5];

/// The people with at least `from` and at most `to` consultations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The fewest consultations.
    pub from: u32,
    /// The most; `None` without limit.
    pub to: Option<u32>,
    /// How many people.
    pub people: usize,
}

/// The bands of counts, 0 left out: the finest ones, joined with their neighbours until each has five people.
#[must_use]
pub fn bands(counts: &[u32], rules: Rules) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let mut open: Option<Band> = None;
    let mut to = None;
    // From the highest down: few people have many consultations.
    for from in BOUNDS.into_iter().rev() {
        let people = counts
            .iter()
            .filter(|count| **count >= from && to.is_none_or(|to| **count <= to))
            .count();
        let band = match open.take() {
            Some(above) => Band {
                from,
                to: above.to,
                people: people + above.people,
            },
            None => Band { from, to, people },
        };
        if band.people >= FEWEST || !rules.on(Rule::Bands) {
            bands.push(band);
        } else {
            open = Some(band);
        }
        to = Some(from - 1);
    }
    if let Some(below) = open {
        match bands.last_mut() {
            Some(above) => {
                above.from = below.from;
                above.people += below.people;
            }
            None => bands.push(below),
        }
    }
    bands.reverse();
    bands
}

/// How many people two months have in every stretch of counts whose ends both tell.
#[must_use]
pub fn alike(before: &[Band], now: &[Band]) -> Vec<(usize, usize)> {
    let people = |bands: &[Band], from: u32, to: Option<u32>| -> Option<usize> {
        let within = bands
            .iter()
            .filter(|band| band.from >= from && to.is_none_or(|to| band.from <= to));
        let ends =
            bands.iter().any(|band| band.from == from) && bands.iter().any(|band| band.to == to);
        ends.then(|| within.map(|band| band.people).sum())
    };
    let mut alike = Vec::new();
    for first in now {
        for last in now.iter().filter(|last| last.from >= first.from) {
            let of = |bands| people(bands, first.from, last.to);
            alike.extend(of(before).zip(of(now)));
        }
    }
    alike
}

/// All of them in one band.
#[must_use]
pub fn one_band(bands: &[Band]) -> Vec<Band> {
    vec![Band {
        from: BOUNDS[0],
        to: None,
        people: bands.iter().map(|band| band.people).sum(),
    }]
}

/// Letters and digits that no one mistakes for each other.
const ALPHABET: &[u8; 30] = b"ABCDEFGHJKMNPQRSTVWXYZ23456789";

/// The names under which the people of a month's bands are listed, each with its band, in the order of the
/// names. Nothing about a person goes into one: people of one band are listed in no order at all, so a name
/// says which band and nothing else, and no two months share one on purpose.
#[must_use]
pub fn pseudonyms(seed: u64, bands: &[Band]) -> Vec<(String, Band)> {
    let mut taken = std::collections::BTreeMap::new();
    let mut state = seed;
    for band in bands {
        let mut given = 0;
        while given < band.people {
            // SplitMix64: well spread, and the same at every look at a month.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut bits = state;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            bits ^= bits >> 31;
            let name: String = (0..5)
                .map(|place| {
                    let letters = ALPHABET.len() as u64;
                    char::from(ALPHABET[(bits / letters.pow(place) % letters) as usize])
                })
                .collect();
            if let std::collections::btree_map::Entry::Vacant(free) = taken.entry(name) {
                free.insert(*band);
                given += 1;
            }
        }
    }
    taken.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(counts: &[u32]) -> Vec<(u32, Option<u32>, usize)> {
        bands(counts, Rules::STRICT)
            .into_iter()
            .map(|band| (band.from, band.to, band.people))
            .collect()
    }

    #[test]
    fn bands_join_until_each_has_five_people() {
        let many = [[1; 6].as_slice(), &[3; 5], &[9; 7]].concat();
        assert_eq!(
            shown(&many),
            [(1, Some(2), 6), (3, Some(4), 5), (5, None, 7)]
        );
        let few_at_the_top = [[1; 6].as_slice(), &[3; 4], &[9; 2]].concat();
        assert_eq!(shown(&few_at_the_top), [(1, Some(2), 6), (3, None, 6)]);
        let few_below = [[1; 2].as_slice(), &[3; 5], &[9; 5]].concat();
        assert_eq!(shown(&few_below), [(1, Some(4), 7), (5, None, 5)]);
        assert_eq!(shown(&[1, 1, 2, 4, 7]), [(1, None, 5)]);
        assert_eq!(shown(&[0, 0, 0]), [(1, None, 0)]);
    }

    #[test]
    fn a_pseudonym_is_another_one_every_month() {
        let band = Band {
            from: 1,
            to: None,
            people: 40,
        };
        let names = |seed| -> Vec<String> {
            pseudonyms(seed, &[band])
                .into_iter()
                .map(|(name, _)| name)
                .collect()
        };
        let (first, second) = (names(1), names(2));
        assert_eq!(first.len(), 40);
        assert_eq!(first, names(1));
        assert!(!first.iter().any(|name| second.contains(name)));
        assert!(first.is_sorted());
    }
}
