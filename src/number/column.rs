//! Columns of exact numbers, one per row of a table, without marks of absence.
//!
//! Three tiers. *Shared*: integers over one denominator for the whole column (a scaled integer when the denominator
//! is a power of ten). *Ratio*: a numerator and a denominator per row. *Big*: rationals of any size. Arithmetic
//! starts in the narrowest tier and moves the whole column one tier up when a row does not fit; the value never changes.

use std::sync::Arc;

use num_integer::Integer;
use rayon::prelude::*;

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

    /// The narrowest form of these values.
    pub fn narrow(values: Vec<i64>) -> Integers {
        let low = values.iter().copied().min().unwrap_or(0);
        let high = values.iter().copied().max().unwrap_or(0);
        let fits = |least: i64, most: i64| low >= least && high <= most;
        if fits(i64::from(i8::MIN), i64::from(i8::MAX)) {
            Integers::I8(values.into_iter().map(|v| i8::try_from(v).unwrap_or(0)).collect())
        } else if fits(i64::from(i16::MIN), i64::from(i16::MAX)) {
            Integers::I16(values.into_iter().map(|v| i16::try_from(v).unwrap_or(0)).collect())
        } else if fits(i64::from(i32::MIN), i64::from(i32::MAX)) {
            Integers::I32(values.into_iter().map(|v| i32::try_from(v).unwrap_or(0)).collect())
        } else {
            Integers::I64(values)
        }
    }

    /// A number that no absolute value exceeds; `None`: there is none in 64 bits.
    pub fn bound(&self) -> Option<i64> {
        i64::try_from(self.magnitude()).ok()
    }

    /// The values of the parts one after the other, each times its factor; no product may exceed `bound`.
    pub fn joined(parts: impl Iterator<Item = (Integers, i64)>, rows: usize, bound: i64) -> Integers {
        fn gather<T: TryFrom<i64> + Default>(parts: impl Iterator<Item = (Integers, i64)>, rows: usize) -> Vec<T> {
            fn push<S: Copy + Into<i64>, T: TryFrom<i64> + Default>(all: &mut Vec<T>, values: &[S], factor: i64) {
                all.extend(values.iter().map(|v| {
                    let product = Into::<i64>::into(*v).saturating_mul(factor);
                    T::try_from(product).unwrap_or_default()
                }));
            }
            let mut all = Vec::with_capacity(rows);
            for (values, factor) in parts {
                match values {
                    Integers::I8(v) => push(&mut all, &v, factor),
                    Integers::I16(v) => push(&mut all, &v, factor),
                    Integers::I32(v) => push(&mut all, &v, factor),
                    Integers::I64(v) => push(&mut all, &v, factor),
                }
            }
            all
        }
        if i8::try_from(bound).is_ok() {
            Integers::I8(gather(parts, rows))
        } else if i16::try_from(bound).is_ok() {
            Integers::I16(gather(parts, rows))
        } else if i32::try_from(bound).is_ok() {
            Integers::I32(gather(parts, rows))
        } else {
            Integers::I64(gather(parts, rows))
        }
    }

    /// Copies the values from row `start` on into `out`, as far as there are any.
    pub fn read(&self, start: usize, out: &mut [i64]) {
        fn widen<T: Copy + Into<i64>>(values: &[T], start: usize, out: &mut [i64]) {
            for (to, from) in out.iter_mut().zip(values.get(start..).unwrap_or(&[])) {
                *to = (*from).into();
            }
        }
        match self {
            Integers::I8(v) => widen(v, start, out),
            Integers::I16(v) => widen(v, start, out),
            Integers::I32(v) => widen(v, start, out),
            Integers::I64(v) => widen(v, start, out),
        }
    }

    /// All values, widened.
    pub fn to_vec(&self) -> Vec<i64> {
        let mut out = vec![0; self.len()];
        self.read(0, &mut out);
        out
    }

    /// The largest absolute value.
    pub fn magnitude(&self) -> i128 {
        fn largest<T: Copy + Into<i64> + Ord>(values: &[T]) -> i128 {
            let low = values.iter().copied().min().map_or(0, Into::into);
            let high = values.iter().copied().max().map_or(0, Into::into);
            i128::from(low).abs().max(i128::from(high).abs())
        }
        match self {
            Integers::I8(v) => largest(v),
            Integers::I16(v) => largest(v),
            Integers::I32(v) => largest(v),
            Integers::I64(v) => largest(v),
        }
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

    /// Row values `values[row] / denominator`.
    pub fn shared(values: Vec<i64>, denominator: i64) -> NumberColumn {
        NumberColumn::Shared { values: Arc::new(Integers::narrow(values)), denominator }
    }

    /// Row values `numerators[row] / denominators[row]` (denominators > 0), in the narrowest tier that holds them.
    pub fn from_ratios(numerators: Vec<i128>, denominators: Vec<i128>) -> NumberColumn {
        match bring_to_one_denominator(&numerators, &denominators) {
            Some((values, denominator)) => NumberColumn::shared(values, denominator),
            None => NumberColumn::Ratio { numerators: Arc::new(numerators), denominators: Arc::new(denominators) },
        }
    }

    /// Row values `sums[row] / (counts[row] · denominator)`; a count of 0 stands for an absent row.
    pub fn from_means(sums: Vec<i64>, counts: &[i64], denominator: i64) -> NumberColumn {
        let mut common: Option<i64> = Some(1);
        let mut last = 0;
        for count in counts.iter().copied().filter(|c| *c > 0) {
            if count != last {
                common = common.and_then(|c| least_common_multiple(c, count));
                last = count;
            }
        }
        if let Some(common) = common
            && let Some(whole) = common.checked_mul(denominator)
        {
            let scaled: Option<Vec<i64>> = sums
                .iter()
                .zip(counts)
                .map(|(sum, count)| if *count > 0 { sum.checked_mul(common / count) } else { Some(0) })
                .collect();
            if let Some(values) = scaled {
                return NumberColumn::shared(values, whole);
            }
        }
        let denominators =
            counts.iter().map(|c| i128::from((*c).max(1)).saturating_mul(i128::from(denominator))).collect();
        NumberColumn::Ratio {
            numerators: Arc::new(sums.into_iter().map(i128::from).collect()),
            denominators: Arc::new(denominators),
        }
    }

    /// These values, in the narrowest tier that holds them.
    pub fn from_numbers(values: Vec<Number>) -> NumberColumn {
        let ratios: Option<Vec<(i128, i128)>> = values.par_iter().map(Number::to_ratio).collect();
        NumberColumn::from_pairs(ratios, || values)
    }

    /// The same of numbers that stand elsewhere.
    pub fn from_borrowed(values: &[&Number]) -> NumberColumn {
        let ratios: Option<Vec<(i128, i128)>> = values.par_iter().map(|value| value.to_ratio()).collect();
        NumberColumn::from_pairs(ratios, || values.iter().map(|value| (*value).clone()).collect())
    }

    fn from_pairs(ratios: Option<Vec<(i128, i128)>>, values: impl FnOnce() -> Vec<Number>) -> NumberColumn {
        match ratios {
            Some(ratios) => {
                let (numerators, denominators) = ratios.into_iter().unzip();
                NumberColumn::from_ratios(numerators, denominators)
            }
            None => NumberColumn::Big(Arc::new(values())),
        }
    }

    /// The same column with another value in one row.
    #[must_use]
    pub fn with(&self, row: usize, value: &Number) -> NumberColumn {
        if let NumberColumn::Shared { values, denominator } = self
            && let Some(scaled) = value.multiply(&Number::from_integer(*denominator)).to_integer()
        {
            let mut values = values.to_vec();
            if let Some(slot) = values.get_mut(row) {
                *slot = scaled;
            }
            return NumberColumn::shared(values, *denominator);
        }
        let at = |at: usize| if at == row { value.clone() } else { self.get(at).unwrap_or_else(Number::zero) };
        NumberColumn::from_numbers((0..self.len()).map(at).collect())
    }

    /// The same column with other values in some rows.
    #[must_use]
    pub fn altered(&self, cells: &[(usize, &Number)]) -> NumberColumn {
        if let NumberColumn::Shared { values, denominator } = self
            && let Some((values, common)) = rescaled(values, *denominator, cells)
        {
            return NumberColumn::shared(values, common);
        }
        let mut numbers: Vec<Number> = (0..self.len()).map(|row| self.get(row).unwrap_or_else(Number::zero)).collect();
        for (row, number) in cells {
            if let Some(slot) = numbers.get_mut(*row) {
                *slot = (*number).clone();
            }
        }
        NumberColumn::from_numbers(numbers)
    }

    /// Whether a row of two columns holds the same number.
    pub fn same_at(&self, other: &NumberColumn, row: usize) -> bool {
        if let (
            NumberColumn::Shared { values, denominator },
            NumberColumn::Shared { values: others, denominator: other },
        ) = (self, other)
            && denominator == other
        {
            return values.get(row) == others.get(row);
        }
        self.get(row) == other.get(row)
    }

    /// Numerator and denominator (> 0) of one row, when both fit.
    pub fn ratio_at(&self, row: usize) -> Option<(i128, i128)> {
        match self {
            NumberColumn::Shared { values, denominator } => {
                Some((i128::from(values.get(row)?), i128::from(*denominator)))
            }
            NumberColumn::Ratio { numerators, denominators } => Some((*numerators.get(row)?, *denominators.get(row)?)),
            NumberColumn::Big(values) => values.get(row)?.to_ratio(),
        }
    }

    /// Row `i` of the result is row `rows[i]` of this column; 0 where there is no such row.
    pub fn gather(&self, rows: &[u32]) -> NumberColumn {
        fn take<T: Copy + Default + Send + Sync>(values: &[T], rows: &[u32]) -> Vec<T> {
            let at = |row: &u32| usize::try_from(*row).ok().and_then(|r| values.get(r)).copied().unwrap_or_default();
            rows.par_iter().with_min_len(1 << 14).map(at).collect()
        }
        match self {
            NumberColumn::Shared { values, denominator } => {
                let values = match values.as_ref() {
                    Integers::I8(v) => Integers::I8(take(v, rows)),
                    Integers::I16(v) => Integers::I16(take(v, rows)),
                    Integers::I32(v) => Integers::I32(take(v, rows)),
                    Integers::I64(v) => Integers::I64(take(v, rows)),
                };
                NumberColumn::Shared { values: Arc::new(values), denominator: *denominator }
            }
            NumberColumn::Ratio { numerators, denominators } => {
                let mut denominators = take(denominators, rows);
                denominators.iter_mut().filter(|d| **d == 0).for_each(|d| *d = 1);
                NumberColumn::Ratio {
                    numerators: Arc::new(take(numerators, rows)),
                    denominators: Arc::new(denominators),
                }
            }
            NumberColumn::Big(values) => NumberColumn::Big(Arc::new(
                rows.iter()
                    .map(|r| usize::try_from(*r).ok().and_then(|r| values.get(r)).cloned().unwrap_or_else(Number::zero))
                    .collect(),
            )),
        }
    }
}

/// Positive numbers; `None` when the result does not fit.
pub fn least_common_multiple(a: i64, b: i64) -> Option<i64> {
    if a <= 0 || b <= 0 {
        return None;
    }
    (a / a.gcd(&b)).checked_mul(b)
}

/// Integers over one denominator that new values have too; `None`: there is none that fits.
fn rescaled(values: &Integers, denominator: i64, cells: &[(usize, &Number)]) -> Option<(Vec<i64>, i64)> {
    let mut common = denominator;
    for (_, number) in cells {
        common = least_common_multiple(common, i64::try_from(number.to_ratio()?.1).ok()?)?;
    }
    let factor = common.checked_div(denominator)?;
    let mut scaled = values.to_vec();
    if factor != 1 {
        scaled = scaled.iter().map(|value| value.checked_mul(factor)).collect::<Option<_>>()?;
    }
    for (row, number) in cells {
        let (numerator, below) = number.to_ratio()?;
        let value = numerator.checked_mul(i128::from(common).checked_div(below)?)?;
        *scaled.get_mut(*row)? = i64::try_from(value).ok()?;
    }
    Some((scaled, common))
}

fn bring_to_one_denominator(numerators: &[i128], denominators: &[i128]) -> Option<(Vec<i64>, i64)> {
    let mut common: i64 = 1;
    let mut last = 1;
    for denominator in denominators {
        if *denominator != last {
            common = least_common_multiple(common, i64::try_from(*denominator).ok()?)?;
            last = *denominator;
        }
    }
    let whole = i128::from(common);
    let values: Option<Vec<i64>> = numerators
        .iter()
        .zip(denominators)
        .map(|(n, d)| i64::try_from(n.checked_mul(whole.checked_div(*d)?)?).ok())
        .collect();
    Some((values?, common))
}
