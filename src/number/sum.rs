//! Exact sums of many numbers, whatever their denominators and order.
//!
//! Numerators are added per denominator; the few different denominators meet only at the end.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, ToPrimitive, Zero};

use super::Number;
use super::column::NumberColumn;

/// So many denominators are brought onto one at a time.
const TOGETHER: usize = 512;

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
        let mut sums: BTreeMap<i128, BigInt> = self.by_denominator.clone();
        for (denominator, sum) in &self.small {
            *sums.entry(*denominator).or_default() += BigInt::from(*sum);
        }
        let sums: Vec<(i128, BigInt)> = sums.into_iter().collect();
        let mut terms: Vec<BigRational> =
            sums.chunks(TOGETHER).map(over_one_denominator).chain(self.rest.clone()).collect();
        // Pairwise, so that most additions are of short numbers.
        while terms.len() > 1 {
            terms = terms.chunks(2).map(|pair| pair.iter().fold(BigRational::zero(), |sum, term| sum + term)).collect();
        }
        Number::from_big(terms.pop().unwrap_or_else(BigRational::zero))
    }
}

/// The sum of fractions over their least common denominator: common divisors are found among short numbers, and lowest terms
/// are sought once, at the end.
fn over_one_denominator(sums: &[(i128, BigInt)]) -> BigRational {
    let mut common = BigInt::one();
    for (denominator, _) in sums {
        let rest = (&common % BigInt::from(*denominator)).to_i128().unwrap_or(0);
        let shared = if rest == 0 { *denominator } else { rest.gcd(denominator) };
        common *= BigInt::from(denominator.checked_div(shared).unwrap_or(1));
    }
    let numerator = sums.iter().map(|(denominator, sum)| sum * (&common / BigInt::from(*denominator))).sum();
    BigRational::new(numerator, common)
}
