//! Values brought onto one scale over a population: z-score, min–max, rank share, share of a maximum.

use num_bigint::BigInt;

use super::frame::{Absent, Frame, Numbers, add_absence, number_rows, unite};
use super::strata::Groups;
use crate::decision::{Facts, ScaleFacts, StepColumn, StratumScale};
use crate::number::Number;
use crate::number::arithmetic::{self, Operand};
use crate::number::column::NumberColumn;
use crate::number::rounding::{Rounding, round_quotient, round_to_scale};
use crate::number::sum::ExactSum;
use crate::plan::{Method, NormaliseStep, Step};
use crate::value::Reasons;

/// Decimals of a z-score.
pub const SCORE_DIGITS: u32 = 12;
/// Decimals of a standard deviation.
pub const DEVIATION_DIGITS: u32 = 18;

impl Frame<'_> {
    pub fn normalise(&self, normalise: &NormaliseStep, step: &Step) -> (StepColumn, Facts) {
        let value = self.numbers(normalise.value);
        let rows = self.rows(step);
        let zero = Number::zero();
        let absent = unite(&[&value], rows);
        if normalise.method == Method::Plain {
            let column = match normalise.reversed {
                true => arithmetic::negate(value.operand(&zero), rows),
                false => arithmetic::add(value.operand(&zero), Operand::Constant(&zero), rows),
            };
            return (number_rows(column, absent), Facts::Nothing);
        }
        let (groups, strata) = self.strata(&normalise.within, rows);
        let among = normalise.among.map(|id| self.truths(id));
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); groups.count];
        for row in 0..rows {
            let inside = among.as_ref().is_none_or(|a| a.get(row).is_true()) && value.absence(row).is_none();
            if let Some(part) = groups.get(row).filter(|_| inside).and_then(|g| members.get_mut(g)) {
                part.push(row);
            }
        }
        let values: Vec<Vec<Number>> =
            members.iter().map(|part| part.iter().filter_map(|row| value.number(*row)).collect()).collect();
        let scales: Vec<StratumScale> = values.iter().map(|v| scale(v)).collect();
        let column = self.on_scales(normalise, &value, (&groups, &values, &scales), absent, rows);
        (column, Facts::Scale(ScaleFacts { strata, scales }))
    }

    /// Values brought onto scales that were set by rows most of which are not here. A share of places is not told by them.
    pub fn normalise_by(&self, normalise: &NormaliseStep, step: &Step, facts: &ScaleFacts) -> StepColumn {
        let value = self.numbers(normalise.value);
        let rows = self.rows(step);
        let groups = Groups { of_row: facts.strata.of_row.clone(), count: facts.scales.len() };
        let absent = unite(&[&value], rows);
        let none = vec![Vec::new(); facts.scales.len()];
        self.on_scales(normalise, &value, (&groups, &none, &facts.scales), absent, rows)
    }

    fn on_scales(
        &self,
        normalise: &NormaliseStep,
        value: &Numbers,
        (groups, values, scales): (&Groups, &[Vec<Number>], &[StratumScale]),
        absent: Absent,
        rows: usize,
    ) -> StepColumn {
        let scores = self.scores(normalise, value, (groups, values, scales), 0..rows);
        let absent = self.absent_on_scales(normalise, value, (groups, scales), absent, rows);
        number_rows(NumberColumn::from_numbers(scores), absent)
    }

    /// Marks of absence for values that no scale takes in.
    pub(super) fn absent_on_scales(
        &self,
        normalise: &NormaliseStep,
        value: &Numbers,
        (groups, scales): (&Groups, &[StratumScale]),
        absent: Absent,
        rows: usize,
    ) -> Absent {
        let fixed = matches!(normalise.method, Method::FixedMinMax(..) | Method::PercentOf(_));
        let no_length = match normalise.method {
            Method::FixedMinMax(low, high) => self.constant(low) == self.constant(high),
            Method::PercentOf(most) => self.constant(most).is_some_and(|most| most.is_zero()),
            _ => false,
        };
        // A stratum without any value sets no scale, and nothing can be put on one without length.
        add_absence(absent, rows, |row| match groups.get(row).and_then(|g| scales.get(g)) {
            Some(scale) if scale.count > 0 && !fixed => Reasons::NONE,
            _ if fixed && no_length && value.absence(row).is_none() => Reasons::NOT_APPLICABLE,
            _ if fixed => Reasons::NONE,
            Some(_) => Reasons::MISSING,
            None => self.missing_keys(&normalise.within, row),
        })
    }

    /// The values of some rows on their scales; 0 where there is none.
    pub(super) fn scores(
        &self,
        normalise: &NormaliseStep,
        value: &Numbers,
        (groups, values, scales): (&Groups, &[Vec<Number>], &[StratumScale]),
        rows: impl Iterator<Item = usize>,
    ) -> Vec<Number> {
        let mut sorted: Vec<Vec<Number>> = Vec::new();
        if normalise.method == Method::RankShare {
            sorted = values.to_vec();
            sorted.iter_mut().for_each(|part| part.sort());
        }
        let fixed = match normalise.method {
            Method::FixedMinMax(low, high) => Some((self.constant(low), self.constant(high))),
            Method::PercentOf(most) => Some((Some(Number::zero()), self.constant(most))),
            _ => None,
        };
        let score = |row: usize| -> Option<Number> {
            let x = value.number(row)?;
            let group = groups.get(row);
            let scale = group.and_then(|g| scales.get(g));
            let result = match normalise.method {
                Method::Standard => {
                    let scale = scale?;
                    let deviation = scale.deviation.as_ref()?;
                    if deviation.is_zero() {
                        Number::zero()
                    } else {
                        standard_score(&x, scale.mean.as_ref()?, deviation)
                    }
                }
                Method::MinMax => {
                    let scale = scale?;
                    between(&x, scale.minimum.as_ref()?, scale.maximum.as_ref()?)
                }
                Method::FixedMinMax(..) => {
                    let (low, high) = fixed.clone()?;
                    between(&x, &low?, &high?)
                }
                Method::PercentOf(_) => {
                    let (_, most) = fixed.clone()?;
                    x.divide(&most?)?
                }
                Method::RankShare => rank_share(&x, group.and_then(|g| sorted.get(g))?),
                Method::Plain => x,
            };
            Some(match (normalise.reversed, normalise.method) {
                (false, _) => result,
                (true, Method::Standard | Method::Plain) => result.negate(),
                (true, _) => Number::one().subtract(&result),
            })
        };
        rows.map(|row| score(row).unwrap_or_else(Number::zero)).collect()
    }
}

/// (x − mean) / deviation, rounded half up to [`SCORE_DIGITS`] decimals; the deviation is positive. The mean of many values
/// may have hundreds of digits: no lowest terms are sought on the way, only in what is left of it.
fn standard_score(x: &Number, mean: &Number, deviation: &Number) -> Number {
    let (x, mean, deviation) = (x.as_big(), mean.as_big(), deviation.as_big());
    let unit = BigInt::from(10).pow(SCORE_DIGITS);
    let over = x.numer() * mean.denom() - mean.numer() * x.denom();
    let numerator = over * deviation.denom() * &unit;
    let denominator = x.denom() * mean.denom() * deviation.numer();
    let score = round_quotient(&numerator, &denominator, Rounding::HalfUp);
    Number::quotient(score, unit).unwrap_or_else(Number::zero)
}

/// Mean, deviation and bounds of the values of one stratum.
pub(super) fn scale(values: &[Number]) -> StratumScale {
    let mut sum = ExactSum::default();
    let mut squares = ExactSum::default();
    for value in values {
        sum.add(value);
        squares.add(&value.multiply(value));
    }
    let count = Number::from_integer(i64::try_from(values.len()).unwrap_or(0));
    let mean = sum.total().divide(&count);
    let variance = mean.as_ref().and_then(|m| Some(squares.total().divide(&count)?.subtract(&m.multiply(m))));
    StratumScale {
        count: values.len(),
        deviation: variance.map(|v| square_root(&v)),
        mean,
        minimum: values.iter().min().cloned(),
        maximum: values.iter().max().cloned(),
    }
}

/// The square root, rounded half up to [`DEVIATION_DIGITS`] decimals.
fn square_root(value: &Number) -> Number {
    // floor(√(4·v·10^2d)) tells on which side of the half the root lies.
    let scaled = value.multiply(&Number::from_integer(4));
    let twice = round_to_scale(&scaled, 2 * DEVIATION_DIGITS, Rounding::Down).sqrt();
    let root = (twice + 1) / 2;
    Number::quotient(root, BigInt::from(10).pow(DEVIATION_DIGITS)).unwrap_or_else(Number::zero)
}

/// (x − low) / (high − low), clamped to 0…1; 0 when both are equal.
fn between(x: &Number, low: &Number, high: &Number) -> Number {
    let share = x.subtract(low).divide(&high.subtract(low)).unwrap_or_else(Number::zero);
    share.max(Number::zero()).min(Number::one())
}

/// (smaller + half of the equal others) / (n − 1); alone: 1/2.
fn rank_share(x: &Number, sorted: &[Number]) -> Number {
    let smaller = sorted.partition_point(|n| n < x);
    let equal = sorted.partition_point(|n| n <= x) - smaller;
    let half = Number::ratio(1, 2).unwrap_or_else(Number::zero);
    let others = sorted.len().saturating_sub(usize::from(equal > 0));
    if others == 0 {
        return half;
    }
    let whole = |n: usize| Number::from_integer(i64::try_from(n).unwrap_or(0));
    let place = whole(smaller).add(&whole(equal.saturating_sub(1)).multiply(&half));
    place.divide(&whole(others)).unwrap_or(half)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Rounding, SCORE_DIGITS, round_to_scale, scale, square_root, standard_score};
    use crate::number::Number;

    #[test]
    fn the_deviation_is_rounded_half_up_once() {
        let four = Number::from_integer(4);
        assert_eq!(square_root(&four), Number::from_integer(2));
        let two = square_root(&Number::from_integer(2));
        assert_eq!(two, Number::ratio(1_414_213_562_373_095_049, 1_000_000_000_000_000_000).unwrap());
        assert!(scale(&[four.clone(), four]).deviation.unwrap().is_zero());
    }

    proptest! {
        #[test]
        fn a_standard_score_is_the_exact_quotient_rounded(x in -1000i128..1000, xd in 1i128..40, m in -1000i128..1000, md in 1i128..4000, d in 1i128..500, dd in 1i128..64) {
            let number = |n, d| Number::ratio(n, d).unwrap();
            let (x, mean, deviation) = (number(x, xd), number(m, md), number(d, dd));
            let exact = x.subtract(&mean).divide(&deviation).unwrap();
            let unit = Number::from_integer(10i64.pow(SCORE_DIGITS));
            let rounded = Number::from_big(round_to_scale(&exact, SCORE_DIGITS, Rounding::HalfUp).into()).divide(&unit);
            prop_assert_eq!(Some(standard_score(&x, &mean, &deviation)), rounded);
        }
    }
}
