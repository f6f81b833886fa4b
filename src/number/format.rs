//! Exact number → decimal text.
//!
//! Gives digits and a mark only; grouping words, units and languages belong to `messages`.

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};

use super::Number;
use super::rounding::{Rounding, round_to_scale};

/// The number with at most `digits` decimal digits, rounded half up, with `mark` as the decimal mark and without
/// trailing zeros. The second part says whether the text is the exact value.
pub fn decimal_text(value: &Number, digits: u32, mark: char) -> (String, bool) {
    let scaled = round_to_scale(value, digits, Rounding::HalfUp);
    let exact =
        Number::from_big(num_rational::BigRational::new(scaled.clone(), BigInt::from(10).pow(digits))) == *value;
    let negative = scaled.is_negative();
    let all = scaled.abs().to_string();
    let width = usize::try_from(digits).unwrap_or(usize::MAX);
    let padded = format!("{all:0>width$}", width = width.saturating_add(1));
    let (whole, fraction) = padded.split_at(padded.len().saturating_sub(width));
    let fraction = fraction.trim_end_matches('0');
    let mut text = String::new();
    if negative {
        text.push('−');
    }
    text.push_str(whole);
    if !fraction.is_empty() {
        text.push(mark);
        text.push_str(fraction);
    }
    (text, exact)
}

/// The fewest decimal digits, at least `least` and at most `most`, with which `value` is shown exactly, or `most`.
pub fn exact_digits(value: &Number, least: u32, most: u32) -> u32 {
    let mut digits = least;
    while digits < most {
        if (value.as_big().numer() * BigInt::from(10).pow(digits)) % value.as_big().denom() == BigInt::zero() {
            return digits;
        }
        digits += 1;
    }
    most
}

/// The fewest decimal digits, at least `least`, with which two different numbers are shown differently and on the
/// right sides of each other. Equal numbers need `least`.
pub fn telling_digits(a: &Number, b: &Number, least: u32, most: u32) -> u32 {
    if a == b {
        return least;
    }
    let mut digits = least;
    while digits < most {
        let (x, y) = (round_to_scale(a, digits, Rounding::HalfUp), round_to_scale(b, digits, Rounding::HalfUp));
        if x != y {
            return digits;
        }
        digits += 1;
    }
    debug_assert!(most < 64 && BigInt::one() > BigInt::zero());
    most
}
