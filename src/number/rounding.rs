//! Explicit rounding, never implied.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Signed;

use super::Number;

/// How a number between two steps is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    Up,
    Down,
    /// Half away from zero, as school arithmetic does.
    HalfUp,
    /// Half to the even neighbour.
    HalfEven,
}

/// `value · 10^scale` rounded to a whole number. `Up` is towards +∞, `Down` towards −∞.
pub fn round_to_scale(value: &Number, scale: u32, rounding: Rounding) -> BigInt {
    let numerator = value.as_big().numer() * BigInt::from(10).pow(scale);
    round_quotient(&numerator, value.as_big().denom(), rounding)
}

/// `numerator / denominator` rounded to a whole number; `denominator > 0`.
pub fn round_quotient(numerator: &BigInt, denominator: &BigInt, rounding: Rounding) -> BigInt {
    let (floor, remainder) = numerator.div_mod_floor(denominator);
    let twice = &remainder * 2;
    let up = match rounding {
        Rounding::Up => remainder.is_positive(),
        Rounding::Down => false,
        Rounding::HalfUp => twice > *denominator || (twice == *denominator && !floor.is_negative()),
        Rounding::HalfEven => twice > *denominator || (twice == *denominator && floor.is_odd()),
    };
    if up { floor + 1 } else { floor }
}

/// The value rounded to a multiple of `step` (> 0). `None` when the step is not positive.
pub fn round_to_multiple(value: &Number, step: &Number, rounding: Rounding) -> Option<Number> {
    if step.is_zero() || step.is_negative() {
        return None;
    }
    let steps = round_to_scale(&value.divide(step)?, 0, rounding);
    Some(Number::from_big(num_rational::BigRational::from_integer(steps)).multiply(step))
}

#[cfg(test)]
mod tests {
    use super::{Rounding, round_to_scale};
    use crate::number::Number;

    #[test]
    fn halves_go_where_the_rule_says() {
        let cases = [(5, 2, [3, 2, 3, 2]), (7, 2, [4, 3, 4, 4]), (-5, 2, [-2, -3, -3, -2]), (9, 4, [3, 2, 2, 2])];
        for (n, d, expected) in cases {
            let value = Number::ratio(n, d).unwrap();
            let all = [Rounding::Up, Rounding::Down, Rounding::HalfUp, Rounding::HalfEven];
            for (rounding, wanted) in all.into_iter().zip(expected) {
                assert_eq!(round_to_scale(&value, 0, rounding), wanted.into(), "{n}/{d} {rounding:?}");
            }
        }
    }
}
