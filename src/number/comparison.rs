//! Exact comparison of whole columns, and the order of their rows.
//!
//! Fractions are compared by cross-multiplication; nothing is divided.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::arithmetic::{Operand, common, fits, pairwise};
use super::column::NumberColumn;

/// Per row the first, second or third of `outcome` as `a` is less than, equal to or greater than `b`.
pub fn compare(a: Operand, b: Operand, rows: usize, outcome: [u8; 3]) -> Vec<u8> {
    let [less, equal, greater] = outcome;
    if let (Some(x), Some(y)) = (a.shared(), b.shared())
        && let Some((fx, fy, _)) = common(x, y)
        && fits(x.0.magnitude().saturating_mul(i128::from(fx)))
        && fits(y.0.magnitude().saturating_mul(i128::from(fy)))
    {
        return pairwise(x.0, y.0, rows, |x, y| {
            let (x, y) = (x.wrapping_mul(fx), y.wrapping_mul(fy));
            if x < y {
                less
            } else if x == y {
                equal
            } else {
                greater
            }
        });
    }
    (0..rows)
        .into_par_iter()
        .with_min_len(1 << 12)
        .map(|row| match compare_row(&a, &b, row, row) {
            Ordering::Less => less,
            Ordering::Equal => equal,
            Ordering::Greater => greater,
        })
        .collect()
}

fn compare_row(a: &Operand, b: &Operand, i: usize, j: usize) -> Ordering {
    if let (Some(x), Some(y)) = (a.ratio(i), b.ratio(j))
        && let Some(order) = compare_ratios(x, y)
    {
        return order;
    }
    a.number(i).cmp(&b.number(j))
}

fn compare_ratios((an, ad): (i128, i128), (bn, bd): (i128, i128)) -> Option<Ordering> {
    if ad == bd {
        return Some(an.cmp(&bn));
    }
    Some(an.checked_mul(bd)?.cmp(&bn.checked_mul(ad)?))
}

/// Order of two rows of one column.
pub fn compare_rows(column: &NumberColumn, i: usize, j: usize) -> Ordering {
    match column {
        NumberColumn::Shared { values, .. } => values.get(i).cmp(&values.get(j)),
        _ => compare_row(&Operand::Column(column), &Operand::Column(column), i, j),
    }
}

/// Integers in the same order as the rows' values: equal exactly where the values are equal.
pub fn order_keys(column: &NumberColumn) -> Vec<i64> {
    if let NumberColumn::Shared { values, .. } = column {
        return values.to_vec();
    }
    let mut rows: Vec<usize> = (0..column.len()).collect();
    rows.par_sort_by(|i, j| compare_rows(column, *i, *j));
    let mut keys = vec![0; column.len()];
    let mut key = 0;
    let mut last: Option<usize> = None;
    for row in rows {
        if let Some(last) = last
            && compare_rows(column, last, row) != Ordering::Equal
        {
            key += 1;
        }
        if let Some(to) = keys.get_mut(row) {
            *to = key;
        }
        last = Some(row);
    }
    keys
}
