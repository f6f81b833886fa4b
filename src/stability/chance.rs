//! Numbers by chance that are the same on every machine and for any number of threads.
//!
//! SplitMix64 (G. Steele, D. Lea, C. Flood, “Fast splittable pseudorandom number generators”, 2014): the state grows by a constant,
//! and each state is mixed into one number.

const GROWTH: u64 = 0x9e37_79b9_7f4a_7c15;

/// The generator; its state is all there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    pub fn new(seed: u64) -> SplitMix64 {
        SplitMix64(seed)
    }

    /// The generator of one draw: its state is the number that a generator with this seed gives in that place (from 0).
    pub fn of_draw(seed: u64, draw: u32) -> SplitMix64 {
        SplitMix64(mixed(seed.wrapping_add(GROWTH.wrapping_mul(u64::from(draw) + 1))))
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GROWTH);
        mixed(self.0)
    }

    /// One of the whole numbers below `count`, each as likely as any other; 0 where there is none.
    pub fn below(&mut self, count: u64) -> u64 {
        // numbers above the last whole multiple of `count` would make the first ones likelier
        let Some(beyond) = (u64::MAX % count.max(1) + 1).checked_rem(count) else { return 0 };
        loop {
            let number = self.draw();
            if number <= u64::MAX - beyond {
                return number.checked_rem(count).unwrap_or(0);
            }
        }
    }
}

fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;

    /// The first numbers for the seed 1234567, as the authors' own program gives them.
    #[test]
    fn the_numbers_are_those_of_the_method() {
        let mut chance = SplitMix64::new(1_234_567);
        let first: Vec<u64> = (0..5).map(|_| chance.draw()).collect();
        let expected = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(first, expected);
    }

    #[test]
    fn every_number_below_a_bound_comes_about_as_often() {
        let mut chance = SplitMix64::of_draw(7, 3);
        let mut counts = [0u32; 7];
        for _ in 0..70_000 {
            counts[usize::try_from(chance.below(7)).unwrap()] += 1;
        }
        assert!(counts.iter().all(|count| (9_600..10_400).contains(count)), "{counts:?}");
        assert_eq!(chance.below(1), 0);
        assert_eq!(chance.below(0), 0);
    }
}
