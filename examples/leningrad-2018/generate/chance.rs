//! A small seeded source of chance in whole numbers, so that the files are the same bytes on every machine.
//!
//! Knows nothing of schools.

/// SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug)]
pub struct Chance {
    state: u64,
}

impl Chance {
    pub fn new(seed: u64) -> Self {
        Chance { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// True in `per_mille` of a thousand cases.
    pub fn happens(&mut self, per_mille: i64) -> bool {
        self.between(1, 1000) <= per_mille
    }

    /// Thousandths of a standard deviation: the sum of twelve even draws is close enough to a normal one.
    pub fn normal(&mut self) -> i64 {
        (0..12).map(|_| self.between(0, 1000)).sum::<i64>() - 6000
    }

    /// How many of `trials` succeed when each does with `per_mille` chances of a thousand.
    pub fn successes(&mut self, trials: i64, per_mille: i64) -> i64 {
        (0..trials).map(|_| i64::from(self.happens(per_mille))).sum()
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(items.len()).unwrap_or(0) - 1;
        items.get(usize::try_from(self.between(0, last.max(0))).unwrap_or(0))
    }
}
