//! Columns of exact numbers, one per row of a table, without marks of absence.
//!
//! Three tiers. *Shared*: integers over one denominator for the whole column (a scaled integer when the denominator
//! is a power of ten). *Ratio*: a numerator and a denominator per row. *Big*: rationals of any size. Arithmetic
//! starts in the narrowest tier and moves the whole column one tier up when a row does not fit; the value never changes.

use std::sync::Arc;

use super::Number;

/// Integers in the narrowest width that holds all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Integers {
    I8(Vec<i8>),
    I16(Vec<i16>),
    I32(Vec<i32>),
    I64(Vec<i64>),
}

impl Integers {
    pub fn len(&self) -> usize {
        match self {
            Integers::I8(v) => v.len(),
            Integers::I16(v) => v.len(),
            Integers::I32(v) => v.len(),
            Integers::I64(v) => v.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, row: usize) -> Option<i64> {
        match self {
            Integers::I8(v) => v.get(row).map(|x| i64::from(*x)),
            Integers::I16(v) => v.get(row).map(|x| i64::from(*x)),
            Integers::I32(v) => v.get(row).map(|x| i64::from(*x)),
            Integers::I64(v) => v.get(row).copied(),
        }
    }
}

/// A column of exact numbers. Rows whose value is absent hold an arbitrary number that nobody may read.
#[derive(Debug, Clone)]
pub enum NumberColumn {
    /// Row value = `values[row] / denominator`; `denominator > 0`.
    Shared {
        values: Arc<Integers>,
        denominator: i64,
    },
    /// Row value = `numerators[row] / denominators[row]`; denominators > 0, not necessarily in lowest terms.
    Ratio {
        numerators: Arc<Vec<i128>>,
        denominators: Arc<Vec<i128>>,
    },
    Big(Arc<Vec<Number>>),
}

impl NumberColumn {
    pub fn len(&self) -> usize {
        match self {
            NumberColumn::Shared { values, .. } => values.len(),
            NumberColumn::Ratio { numerators, .. } => numerators.len(),
            NumberColumn::Big(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The exact value of one row.
    pub fn get(&self, row: usize) -> Option<Number> {
        match self {
            NumberColumn::Shared { values, denominator } => {
                Number::ratio(i128::from(values.get(row)?), i128::from(*denominator))
            }
            NumberColumn::Ratio { numerators, denominators } => {
                Number::ratio(*numerators.get(row)?, *denominators.get(row)?)
            }
            NumberColumn::Big(values) => values.get(row).cloned(),
        }
    }
}
