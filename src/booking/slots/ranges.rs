//! Busy ranges, walked once alongside the slots.

/// Sorted, disjoint ranges of seconds, start included and end excluded, for questions asked in
/// chronological order.
#[derive(Debug)]
pub(super) struct Ranges {
    ranges: Vec<(i64, i64)>,
    /// Ranges before this one are over.
    next: usize,
}

impl Ranges {
    /// Takes ranges in any order, overlapping or not; those that are empty mean nothing.
    pub(super) fn new(ranges: impl Iterator<Item = (i64, i64)>) -> Self {
        let mut ranges: Vec<_> = ranges.filter(|(from, until)| from < until).collect();
        ranges.sort_unstable();
        ranges.dedup_by(|next, previous| {
            let touches = next.0 <= previous.1;
            if touches {
                previous.1 = previous.1.max(next.1);
            }
            touches
        });
        Self { ranges, next: 0 }
    }

    /// Whether a range meets `[from, until)`. `from` never decreases from one call to the next.
    pub(super) fn meet(&mut self, from: i64, until: i64) -> bool {
        while self
            .ranges
            .get(self.next)
            .is_some_and(|(_, end)| *end <= from)
        {
            self.next += 1;
        }
        self.ranges
            .get(self.next)
            .is_some_and(|(start, _)| *start < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_sorted_and_merged() {
        let ranges = Ranges::new([(5, 7), (9, 9), (0, 2), (1, 3), (3, 4), (6, 6)].into_iter());
        assert_eq!(ranges.ranges, [(0, 4), (5, 7)]);
    }

    #[test]
    fn the_walk_finds_what_meets_and_not_what_touches() {
        let mut ranges = Ranges::new([(10, 20), (30, 40)].into_iter());
        let met = [
            (0, 10),
            (5, 11),
            (12, 13),
            (19, 21),
            (20, 30),
            (20, 31),
            (39, 90),
            (40, 90),
        ]
        .map(|(from, until)| ranges.meet(from, until));
        assert_eq!(met, [false, true, true, true, false, true, true, false]);
    }
}
