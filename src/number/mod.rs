//! Exact numbers: single rationals and whole columns of them.
//!
//! No floating point, no units, no absence: an absent cell is the business of [`crate::value`].

pub mod arithmetic;
pub mod column;
pub mod comparison;
pub mod format;
pub mod parse;
pub mod rounding;
pub mod sum;

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// One exact rational number of any size.
///
/// Range: limited by memory only. Precision: exact. Division by zero is refused ([`Number::divide`] gives `None`).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(BigRational);

impl Number {
    pub fn zero() -> Self {
        Number(BigRational::zero())
    }

    pub fn one() -> Self {
        Number(BigRational::one())
    }

    pub fn from_integer(value: i64) -> Self {
        Number(BigRational::from_integer(BigInt::from(value)))
    }

    /// `numerator / denominator`; `None` when the denominator is zero.
    pub fn ratio(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        Some(Number(match small_ratio(numerator, denominator) {
            Some((numerator, denominator)) => BigRational::new_raw(BigInt::from(numerator), BigInt::from(denominator)),
            None => BigRational::new(BigInt::from(numerator), BigInt::from(denominator)),
        }))
    }

    /// `numerator / denominator`, of any size; `None` when the denominator is zero.
    pub fn quotient(numerator: BigInt, denominator: BigInt) -> Option<Self> {
        match (numerator.to_i128(), denominator.to_i128()) {
            (Some(numerator), Some(denominator)) => Number::ratio(numerator, denominator),
            _ if denominator.is_zero() => None,
            _ => Some(Number(BigRational::new(numerator, denominator))),
        }
    }

    pub fn from_big(value: BigRational) -> Self {
        Number(value)
    }

    pub fn as_big(&self) -> &BigRational {
        &self.0
    }

    /// Numerator and denominator (> 0) in lowest terms, when both fit.
    pub fn to_ratio(&self) -> Option<(i128, i128)> {
        Some((self.0.numer().to_i128()?, self.0.denom().to_i128()?))
    }

    /// The whole number, when it is one and fits.
    pub fn to_integer(&self) -> Option<i64> {
        if self.0.is_integer() { self.0.numer().to_i64() } else { None }
    }

    pub fn is_integer(&self) -> bool {
        self.0.is_integer()
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub fn absolute(&self) -> Self {
        Number(self.0.abs())
    }

    pub fn negate(&self) -> Self {
        Number(-self.0.clone())
    }

    pub fn add(&self, other: &Number) -> Self {
        let short = self.with_short(other, |(a, b), (c, d)| Some(((a * d).checked_add(c * b)?, b * d)));
        short.unwrap_or_else(|| Number(&self.0 + &other.0))
    }

    pub fn subtract(&self, other: &Number) -> Self {
        let short = self.with_short(other, |(a, b), (c, d)| Some(((a * d).checked_sub(c * b)?, b * d)));
        short.unwrap_or_else(|| Number(&self.0 - &other.0))
    }

    pub fn multiply(&self, other: &Number) -> Self {
        let short = self.with_short(other, |(a, b), (c, d)| Some((a * c, b * d)));
        short.unwrap_or_else(|| Number(&self.0 * &other.0))
    }

    /// `None` when the divisor is zero.
    pub fn divide(&self, other: &Number) -> Option<Self> {
        if other.0.is_zero() {
            return None;
        }
        let short = self.with_short(other, |(a, b), (c, d)| Some((a * d, b * c)));
        Some(short.unwrap_or_else(|| Number(&self.0 / &other.0)))
    }

    /// Numerator and denominator, when both fit into 64 bits: products of two such fit into 128.
    fn short(&self) -> Option<(i128, i128)> {
        Some((i128::from(self.0.numer().to_i64()?), i128::from(self.0.denom().to_i64()?)))
    }

    /// What two short numbers give; `None`: they are not short, or the result is not.
    fn with_short(
        &self,
        other: &Number,
        result: impl Fn((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
    ) -> Option<Number> {
        let (numerator, denominator) = result(self.short()?, other.short()?)?;
        Number::ratio(numerator, denominator)
    }
}

/// Lowest terms with a positive denominator; `None`: a number is too large to be turned round.
fn small_ratio(numerator: i128, denominator: i128) -> Option<(i128, i128)> {
    if numerator == i128::MIN || denominator == i128::MIN {
        return None;
    }
    let common = match (i64::try_from(numerator), i64::try_from(denominator)) {
        (Ok(a), Ok(b)) if a != i64::MIN && b != i64::MIN => i128::from(a.gcd(&b)),
        _ => numerator.gcd(&denominator),
    };
    let sign = if denominator < 0 { -1 } else { 1 };
    Some((numerator.checked_div(common)? * sign, denominator.checked_div(common)? * sign))
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.short(), other.short()) {
            (Some((a, b)), Some((c, d))) => (a * d).cmp(&(c * b)),
            _ => self.0.cmp(&other.0),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// The middle of numbers, of an even count halfway between the two in the middle; nothing of none.
pub fn median(mut numbers: Vec<Number>) -> Option<Number> {
    numbers.sort();
    let (below, above) = (numbers.get((numbers.len().checked_sub(1)?) / 2)?, numbers.get(numbers.len() / 2)?);
    below.add(above).divide(&Number::from_integer(2))
}
