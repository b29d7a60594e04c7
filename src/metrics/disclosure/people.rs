//! Sets of people of one company.

/// People of one company, each known by a number of the company's register. Two sets of the same people
/// are equal: no word of zeros ends one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct People(Vec<u64>);

impl People {
    /// Adds one.
    pub fn insert(&mut self, number: usize) {
        let (word, bit) = (number / 64, number % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << bit;
    }

    /// Whether somebody is among them.
    #[must_use]
    pub fn contains(&self, number: usize) -> bool {
        self.word(number / 64) >> (number % 64) & 1 == 1
    }

    /// How many they are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of them are among others.
    #[must_use]
    pub fn are_among(&self, others: &Self) -> bool {
        self.minus(others).is_empty()
    }

    /// Those who are not among others.
    #[must_use]
    pub fn minus(&self, others: &Self) -> Self {
        self.combined(others, |own, other| own & !other)
    }

    /// Those who are in both.
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        self.combined(others, |own, other| own & other)
    }

    /// Those who are in either.
    #[must_use]
    pub fn or(&self, others: &Self) -> Self {
        self.combined(others, |own, other| own | other)
    }

    /// How many are in one of the two and not in the other.
    #[must_use]
    pub fn differing(&self, others: &Self) -> usize {
        self.combined(others, |own, other| own ^ other).len()
    }

    /// Their numbers, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|number| self.contains(*number))
    }

    fn word(&self, index: usize) -> u64 {
        self.0.get(index).copied().unwrap_or_default()
    }

    fn combined(&self, others: &Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        let words = self.0.len().max(others.0.len());
        let mut words: Vec<u64> = (0..words)
            .map(|index| combine(self.word(index), others.word(index)))
            .collect();
        while words.last() == Some(&0) {
            words.pop();
        }
        Self(words)
    }
}

impl FromIterator<usize> for People {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut people = Self::default();
        for number in numbers {
            people.insert(number);
        }
        people
    }
}
