//! What holds for whatever bytes come in. Every `check` panics where something does not, and tells whether the bytes were understood at all.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod cells;
pub mod csv;
pub mod exports;
pub mod grids;
pub mod packing;
pub mod sheets;

use merilo::tables::limits::Limits;

/// Small enough that whatever is bounded by them is done at once.
pub fn limits() -> Limits {
    Limits { bytes: 1 << 18, unpacked: 1 << 20, rows: 3000, columns: 300, cells: 30_000, cell: 1 << 15 }
}

/// Choices that depend on the bytes alone, so that a file of the corpus stays what it is.
pub struct Dice(u64);

impl Dice {
    pub fn of(bytes: &[u8]) -> Dice {
        let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        Dice(bytes.iter().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// A number below another one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end.max(1) as u64) as usize
    }

    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }
}

/// The letters and digits of texts, one after the other.
pub fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect()
}
