//! Exact sums of many numbers, whatever their denominators and order.
//!
//! Numerators are added per denominator; the few different denominators meet only at the end.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::Number;
use super::column::NumberColumn;

/// A sum that is still growing.
#[derive(Debug, Clone, Default)]
pub struct ExactSum {
    by_denominator: BTreeMap<i128, BigInt>,
    small: BTreeMap<i128, i128>,
    rest: Option<BigRational>,
}

impl ExactSum {
    pub fn add(&mut self, value: &Number) {
        match value.to_ratio() {
            Some((n, d)) => self.add_ratio(n, d),
            None => {
                let rest = self.rest.take().unwrap_or_else(BigRational::zero);
                self.rest = Some(rest + value.as_big());
            }
        }
    }

    /// Adds one row of a column.
    pub fn add_row(&mut self, column: &NumberColumn, row: usize) {
        match column.ratio_at(row) {
            Some((n, d)) => self.add_ratio(n, d),
            None => {
                if let Some(value) = column.get(row) {
                    self.add(&value);
                }
            }
        }
    }

    fn add_ratio(&mut self, numerator: i128, denominator: i128) {
        let small = self.small.entry(denominator).or_insert(0);
        match small.checked_add(numerator) {
            Some(sum) => *small = sum,
            None => {
                *self.by_denominator.entry(denominator).or_default() += BigInt::from(*small) + BigInt::from(numerator);
                *small = 0;
            }
        }
    }

    pub fn total(&self) -> Number {
        let mut terms: Vec<BigRational> = self
            .small
            .iter()
            .filter_map(|(d, n)| Number::ratio(*n, *d).map(|term| term.as_big().clone()))
            .chain(self.by_denominator.iter().map(|(d, n)| BigRational::new(n.clone(), BigInt::from(*d))))
            .chain(self.rest.clone())
            .collect();
        // Pairwise, so that most additions are of short numbers.
        while terms.len() > 1 {
            terms = terms.chunks(2).map(|pair| pair.iter().fold(BigRational::zero(), |sum, term| sum + term)).collect();
        }
        Number::from_big(terms.pop().unwrap_or_else(BigRational::zero))
    }
}
