//! Exact arithmetic on whole columns.
//!
//! Every operation starts in the narrowest tier that its operands allow and moves the whole column up when a row does
//! not fit. Rows are independent; absent rows compute something harmless that nobody reads.

use std::sync::Arc;

use num_integer::Integer;
use rayon::prelude::*;

use super::Number;
use super::column::{Integers, NumberColumn, least_common_multiple};
use super::rounding::{Rounding, round_to_multiple};

/// A column, or one number for all rows.
#[derive(Debug, Clone, Copy)]
pub enum Operand<'a> {
    Column(&'a NumberColumn),
    Constant(&'a Number),
}

/// Integers of the shared tier: a column or one value for all rows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source<'a> {
    Rows(&'a Integers),
    One(i64),
}

const CHUNK: usize = 4096;

impl<'a> Operand<'a> {
    /// The exact value of one row.
    pub fn get(&self, row: usize) -> Option<Number> {
        match self {
            Operand::Column(column) => column.get(row),
            Operand::Constant(number) => Some((*number).clone()),
        }
    }

    pub(super) fn number(&self, row: usize) -> Number {
        self.get(row).unwrap_or_else(Number::zero)
    }

    pub(super) fn ratio(&self, row: usize) -> Option<(i128, i128)> {
        match self {
            Operand::Column(column) => column.ratio_at(row),
            Operand::Constant(number) => number.to_ratio(),
        }
    }

    pub(super) fn shared(&self) -> Option<(Source<'a>, i64)> {
        match self {
            Operand::Column(NumberColumn::Shared { values, denominator }) => Some((Source::Rows(values), *denominator)),
            Operand::Column(_) => None,
            Operand::Constant(number) => {
                let (numerator, denominator) = number.to_ratio()?;
                Some((Source::One(i64::try_from(numerator).ok()?), i64::try_from(denominator).ok()?))
            }
        }
    }
}

impl Source<'_> {
    pub(super) fn magnitude(&self) -> i128 {
        match self {
            Source::Rows(values) => values.magnitude(),
            Source::One(value) => i128::from(*value).abs(),
        }
    }

    fn read(&self, start: usize, out: &mut [i64]) {
        match self {
            Source::Rows(values) => values.read(start, out),
            Source::One(value) => out.fill(*value),
        }
    }
}

pub(super) fn fits(bound: i128) -> bool {
    bound <= i128::from(i64::MAX)
}

/// Applies `f` to every pair of rows, in chunks.
pub(super) fn pairwise<T: Copy + Default + Send>(
    a: Source,
    b: Source,
    rows: usize,
    f: impl Fn(i64, i64) -> T + Sync,
) -> Vec<T> {
    let mut out = vec![T::default(); rows];
    out.par_chunks_mut(CHUNK).enumerate().with_min_len(8).for_each_init(
        || (vec![0; CHUNK], vec![0; CHUNK]),
        |(x, y), (chunk, out)| {
            a.read(chunk * CHUNK, x);
            b.read(chunk * CHUNK, y);
            for ((to, x), y) in out.iter_mut().zip(x.iter()).zip(y.iter()) {
                *to = f(*x, *y);
            }
        },
    );
    out
}

/// Row by row in ratios, or in big numbers when a ratio does not fit.
fn by_row(
    rows: usize,
    ratio: impl Fn(usize) -> Option<(i128, i128)> + Sync,
    big: impl Fn(usize) -> Number + Sync + Send,
) -> NumberColumn {
    let ratios: Option<Vec<(i128, i128)>> =
        (0..rows).into_par_iter().with_min_len(1 << 12).map(|row| ratio(row).and_then(lowest_terms)).collect();
    match ratios {
        Some(ratios) => {
            let (numerators, denominators) = ratios.into_iter().unzip();
            NumberColumn::from_ratios(numerators, denominators)
        }
        None => NumberColumn::from_numbers((0..rows).into_par_iter().with_min_len(1 << 10).map(big).collect()),
    }
}

fn lowest_terms((numerator, denominator): (i128, i128)) -> Option<(i128, i128)> {
    if denominator <= 0 || numerator == i128::MIN {
        return None;
    }
    let divisor = numerator.gcd(&denominator);
    Some((numerator / divisor, denominator / divisor))
}

/// Both sources over one denominator: the factors that bring them there, and the denominator.
pub(super) fn common(a: (Source, i64), b: (Source, i64)) -> Option<(i64, i64, i64)> {
    let whole = least_common_multiple(a.1, b.1)?;
    Some((whole / a.1, whole / b.1, whole))
}

pub fn add(a: Operand, b: Operand, rows: usize) -> NumberColumn {
    sum_of(a, b, rows, 1)
}

pub fn subtract(a: Operand, b: Operand, rows: usize) -> NumberColumn {
    sum_of(a, b, rows, -1)
}

fn sum_of(a: Operand, b: Operand, rows: usize, sign: i64) -> NumberColumn {
    if let (Some(x), Some(y)) = (a.shared(), b.shared())
        && let Some((fx, fy, whole)) = common(x, y)
        && fits(
            x.0.magnitude()
                .saturating_mul(i128::from(fx))
                .saturating_add(y.0.magnitude().saturating_mul(i128::from(fy))),
        )
    {
        let fy = fy * sign;
        let values = pairwise(x.0, y.0, rows, |x, y| x.wrapping_mul(fx).wrapping_add(y.wrapping_mul(fy)));
        return NumberColumn::shared(values, whole);
    }
    let signed = |n: i128| n.checked_mul(i128::from(sign));
    by_row(
        rows,
        |row| {
            let ((an, ad), (bn, bd)) = (a.ratio(row)?, b.ratio(row)?);
            let divisor = ad.gcd(&bd);
            let (fa, fb) = (bd / divisor, ad / divisor);
            Some((an.checked_mul(fa)?.checked_add(signed(bn)?.checked_mul(fb)?)?, ad.checked_mul(fa)?))
        },
        |row| {
            let (x, y) = (a.number(row), b.number(row));
            if sign < 0 { x.subtract(&y) } else { x.add(&y) }
        },
    )
}

pub fn multiply(a: Operand, b: Operand, rows: usize) -> NumberColumn {
    if let (Some(x), Some(y)) = (a.shared(), b.shared())
        && let Some(denominator) = x.1.checked_mul(y.1)
        && fits(x.0.magnitude().saturating_mul(y.0.magnitude()))
    {
        let values = pairwise(x.0, y.0, rows, i64::wrapping_mul);
        let (values, denominator) = reduce_by_constant(values, denominator, x.0, y.0);
        return NumberColumn::shared(values, denominator);
    }
    by_row(
        rows,
        |row| {
            let ((an, ad), (bn, bd)) = (a.ratio(row)?, b.ratio(row)?);
            if an == i128::MIN || bn == i128::MIN {
                return None;
            }
            let (g, h) = (an.gcd(&bd).max(1), bn.gcd(&ad).max(1));
            Some(((an / g).checked_mul(bn / h)?, (ad / h).checked_mul(bd / g)?))
        },
        |row| a.number(row).multiply(&b.number(row)),
    )
}

/// Takes out what a constant factor has in common with the denominator, so that denominators stay small.
fn reduce_by_constant(values: Vec<i64>, denominator: i64, x: Source, y: Source) -> (Vec<i64>, i64) {
    let constant = match (x, y) {
        (Source::One(value), _) | (_, Source::One(value)) => value,
        _ => return (values, denominator),
    };
    let divisor = constant.checked_abs().unwrap_or(1).gcd(&denominator).max(1);
    if divisor == 1 {
        return (values, denominator);
    }
    (values.into_iter().map(|v| v / divisor).collect(), denominator / divisor)
}

/// The quotients; and the rows (1) whose divisor is zero, where the quotient means nothing.
pub fn divide(a: Operand, b: Operand, rows: usize) -> (NumberColumn, Option<Vec<u8>>) {
    if let Operand::Constant(divisor) = b {
        return match Number::one().divide(divisor) {
            Some(factor) => (multiply(a, Operand::Constant(&factor), rows), None),
            None => (NumberColumn::shared(vec![0; rows], 1), Some(vec![1; rows])),
        };
    }
    let zero = Number::zero();
    let by_zero = super::comparison::compare(b, Operand::Constant(&zero), rows, [0, 1, 0]);
    let column = by_row(
        rows,
        |row| {
            let ((an, ad), (bn, bd)) = (a.ratio(row)?, b.ratio(row)?);
            if bn == 0 {
                return Some((0, 1));
            }
            let (an, bn) = (an.checked_mul(bn.signum())?, bn.checked_abs()?);
            if an == i128::MIN {
                return None;
            }
            let (g, h) = (an.gcd(&bn).max(1), ad.gcd(&bd).max(1));
            Some(((an / g).checked_mul(bd / h)?, (ad / h).checked_mul(bn / g)?))
        },
        |row| a.number(row).divide(&b.number(row)).unwrap_or_else(Number::zero),
    );
    let any = by_zero.contains(&1);
    (column, any.then_some(by_zero))
}

pub fn negate(a: Operand, rows: usize) -> NumberColumn {
    let minus_one = Number::from_integer(-1);
    multiply(a, Operand::Constant(&minus_one), rows)
}

pub fn absolute(a: Operand, rows: usize) -> NumberColumn {
    if let Some((source, denominator)) = a.shared()
        && fits(source.magnitude())
    {
        return NumberColumn::shared(pairwise(source, Source::One(0), rows, |x, _| x.wrapping_abs()), denominator);
    }
    by_row(
        rows,
        |row| {
            let (n, d) = a.ratio(row)?;
            Some((n.checked_abs()?, d))
        },
        |row| a.number(row).absolute(),
    )
}

/// Rounded to a multiple of `step`; a step that is not positive leaves the value as it is.
pub fn round(a: Operand, step: &Number, rounding: Rounding, rows: usize) -> NumberColumn {
    if step.is_zero() || step.is_negative() {
        return add(a, Operand::Constant(&Number::zero()), rows);
    }
    if let (Some((source, denominator)), Some((p, q))) = (a.shared(), step.to_ratio())
        && let (Ok(p), Ok(q)) = (i64::try_from(p), i64::try_from(q))
        && let Some(divisor) = denominator.checked_mul(p)
        && let bound = source.magnitude().saturating_mul(i128::from(q))
        && fits(bound.saturating_mul(2).saturating_add(i128::from(divisor)).saturating_add(i128::from(p)))
        && fits(i128::from(divisor).saturating_mul(4))
        && fits((bound / i128::from(divisor)).saturating_add(1).saturating_mul(i128::from(p)))
    {
        let values = pairwise(source, Source::One(0), rows, |x, _| {
            round_quotient(x.wrapping_mul(q), divisor, rounding).wrapping_mul(p)
        });
        return NumberColumn::shared(values, q);
    }
    let rounded = |row: usize| {
        let value = a.number(row);
        round_to_multiple(&value, step, rounding).unwrap_or(value)
    };
    NumberColumn::from_numbers((0..rows).into_par_iter().with_min_len(1 << 10).map(rounded).collect())
}

/// As [`super::rounding::round_quotient`], in machine integers.
fn round_quotient(numerator: i64, denominator: i64, rounding: Rounding) -> i64 {
    let (floor, remainder) = numerator.div_mod_floor(&denominator);
    let twice = remainder.wrapping_mul(2);
    let up = match rounding {
        Rounding::Up => remainder > 0,
        Rounding::Down => false,
        Rounding::HalfUp => twice > denominator || (twice == denominator && floor >= 0),
        Rounding::HalfEven => twice > denominator || (twice == denominator && floor.is_odd()),
    };
    if up { floor.wrapping_add(1) } else { floor }
}

/// Row `i` of the result is row `i` of `operands[choice[i]]`; 0 where there is no such operand.
pub fn select(operands: &[Operand], choice: &[u32]) -> NumberColumn {
    let rows = choice.len();
    let at = |row: usize| -> Option<&Operand> { operands.get(usize::try_from(*choice.get(row)?).ok()?) };
    if let Some((factors, whole)) = one_denominator(operands) {
        let values = (0..rows)
            .into_par_iter()
            .with_min_len(1 << 12)
            .map(|row| {
                let index = usize::try_from(*choice.get(row)?).ok()?;
                let (source, factor) = factors.get(index)?;
                let value = match source {
                    Source::Rows(values) => values.get(row)?,
                    Source::One(value) => *value,
                };
                Some(value.wrapping_mul(*factor))
            })
            .map(|v| v.unwrap_or(0))
            .collect();
        return NumberColumn::shared(values, whole);
    }
    by_row(
        rows,
        |row| at(row).map_or(Some((0, 1)), |o| o.ratio(row)),
        |row| at(row).map_or_else(Number::zero, |o| o.number(row)),
    )
}

/// Each operand as integers with the factor that brings it to the one denominator of all.
fn one_denominator<'a>(operands: &[Operand<'a>]) -> Option<(Vec<(Source<'a>, i64)>, i64)> {
    let shared: Vec<(Source, i64)> = operands.iter().map(Operand::shared).collect::<Option<_>>()?;
    let whole = shared.iter().try_fold(1, |all, (_, d)| least_common_multiple(all, *d))?;
    let factors: Vec<(Source, i64)> = shared.into_iter().map(|(source, d)| (source, whole / d)).collect();
    let fit = factors.iter().all(|(source, f)| fits(source.magnitude().saturating_mul(i128::from(*f))));
    fit.then_some((factors, whole))
}

/// Σ `coefficients[pattern][i] · columns[i][row]`, where `pattern` is chosen per row; 0 for rows without a pattern.
pub fn combine(columns: &[Operand], coefficients: &[Vec<Number>], pattern: &[u32]) -> NumberColumn {
    if let Some(column) = combine_shared(columns, coefficients, pattern) {
        return column;
    }
    let chosen = |row: usize| pattern.get(row).and_then(|p| coefficients.get(usize::try_from(*p).ok()?));
    let whole = |row: usize| -> Number {
        let Some(coefficients) = chosen(row) else { return Number::zero() };
        let terms = coefficients.iter().zip(columns).filter(|(k, _)| !k.is_zero());
        terms.fold(Number::zero(), |sum, (k, column)| sum.add(&k.multiply(&column.number(row))))
    };
    NumberColumn::from_numbers((0..pattern.len()).into_par_iter().with_min_len(1 << 10).map(whole).collect())
}

fn combine_shared(columns: &[Operand], coefficients: &[Vec<Number>], pattern: &[u32]) -> Option<NumberColumn> {
    let shared: Vec<(Source, i64)> = columns.iter().map(Operand::shared).collect::<Option<_>>()?;
    let mut whole: i64 = 1;
    let mut ratios = Vec::with_capacity(coefficients.len());
    for set in coefficients {
        let mut row = Vec::with_capacity(set.len());
        for (k, (_, denominator)) in set.iter().zip(&shared) {
            let (n, d) = k.divide(&Number::from_integer(*denominator))?.to_ratio()?;
            whole = least_common_multiple(whole, i64::try_from(d).ok()?)?;
            row.push((n, d));
        }
        ratios.push(row);
    }
    let magnitudes: Vec<i128> = shared.iter().map(|(s, _)| s.magnitude()).collect();
    let mut factors = Vec::with_capacity(ratios.len());
    for set in ratios {
        let scaled: Option<Vec<i64>> = set
            .into_iter()
            .map(|(n, d)| n.checked_mul(i128::from(whole) / d).and_then(|f| i64::try_from(f).ok()))
            .collect();
        let scaled = scaled?;
        let bound = scaled
            .iter()
            .zip(&magnitudes)
            .fold(0i128, |sum, (f, m)| sum.saturating_add(i128::from(*f).abs().saturating_mul(*m)));
        if !fits(bound) {
            return None;
        }
        factors.push(scaled);
    }
    let mut out = vec![0i64; pattern.len()];
    out.par_chunks_mut(CHUNK).zip(pattern.par_chunks(CHUNK)).enumerate().with_min_len(8).for_each_init(
        || vec![0; CHUNK],
        |buffer, (chunk, (out, pattern))| {
            for (i, (source, _)) in shared.iter().enumerate() {
                source.read(chunk * CHUNK, buffer);
                let factor = |p: &u32| usize::try_from(*p).ok().and_then(|p| factors.get(p)?.get(i)).copied();
                for ((to, value), p) in out.iter_mut().zip(buffer.iter()).zip(pattern) {
                    *to = to.wrapping_add(value.wrapping_mul(factor(p).unwrap_or(0)));
                }
            }
        },
    );
    Some(NumberColumn::Shared { values: Arc::new(Integers::narrow(out)), denominator: whole })
}
