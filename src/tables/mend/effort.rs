//! How much trying out the mending of records may cost.
//!
//! Counts; knows no records.

use std::cell::Cell;

/// Fields that are looked at for one record and for a file; a long one counts as several.
const MOST_FOR_ONE: u64 = 300_000;
const LEAST_FOR_ONE: u64 = 10_000;
const FOR_A_COLUMN: u64 = 2_000;
const MOST_EFFORT: u64 = 200_000_000;

/// What may be tried for one record and for all of a file, in fields that are looked at: beyond that records stay as they are.
#[derive(Debug)]
pub struct Effort {
    all: Cell<u64>,
    one: Cell<u64>,
}

impl Default for Effort {
    fn default() -> Self {
        Effort { all: Cell::new(MOST_EFFORT), one: Cell::new(0) }
    }
}

impl Effort {
    /// Begins a record of so many columns.
    pub fn next(&self, columns: usize) {
        let columns = u64::try_from(columns).unwrap_or(u64::MAX);
        let usual = columns.saturating_mul(FOR_A_COLUMN).clamp(LEAST_FOR_ONE, MOST_FOR_ONE);
        self.one.set(usual.min(self.all.get()));
    }

    pub(super) fn is_over(&self) -> bool {
        self.one.get() == 0
    }

    /// A field of so many bytes is looked at.
    pub(super) fn spend(&self, bytes: usize) {
        let spent = 1 + u64::try_from(bytes / 32).unwrap_or(u64::MAX);
        self.one.set(self.one.get().saturating_sub(spent));
        self.all.set(self.all.get().saturating_sub(spent));
    }
}
