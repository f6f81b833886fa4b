//! Blocks of rows → columns of a table: one scale, the narrowest integers, one dictionary.
//!
//! Knows no files.

use std::sync::Arc;

use super::blocks::{BlockColumn, BlockValues, Target, TargetKind, ten_to};
use super::dataset::{Column, TextColumn, TextPool, Values};
use super::keys::TextIndex;
use crate::number::Number;
use crate::number::column::{Integers, NumberColumn};
use crate::schema::{ColumnSchema, TableId};
use crate::value::{Type, Unit};

/// Joins the parts of a column, one per block; `sizes`: rows of each block.
pub(super) fn column(
    mut parts: Vec<BlockColumn>,
    sizes: &[usize],
    target: &Target,
    schema: &ColumnSchema,
    link: Option<TableId>,
) -> Column {
    let rows = sizes.iter().sum();
    let absent = absent(&parts, sizes, rows);
    let values = match target.kind {
        TargetKind::Number => {
            let percent = matches!(schema.kind, Type::Number(Unit::Percent | Unit::PercentagePoint));
            Values::Numbers(numbers(parts, rows, percent))
        }
        TargetKind::Text => Values::Texts(texts(parts, rows)),
        TargetKind::Key => Values::Texts(keys(parts, rows)),
        TargetKind::YesNo => Values::YesNo(Arc::new(joined(&mut parts, rows, |values| match values {
            BlockValues::YesNo(values) => Some(values),
            _ => None,
        }))),
        TargetKind::Date => Values::Dates(Arc::new(joined(&mut parts, rows, |values| match values {
            BlockValues::Date(values) => Some(values),
            _ => None,
        }))),
        TargetKind::Link(ref keys) => {
            let rows = Arc::new(joined(&mut parts, rows, |values| match values {
                BlockValues::Link(values) => Some(values),
                _ => None,
            }));
            // The key texts are the linked table's own: code = row.
            let keys = TextColumn { codes: Arc::clone(&rows), pool: Arc::clone(&keys.pool) };
            Values::Links { rows, table: link.unwrap_or(TableId(0)), keys: Some(keys) }
        }
    };
    Column { values, absent }
}

fn joined<T>(
    parts: &mut [BlockColumn],
    rows: usize,
    of_kind: impl Fn(&mut BlockValues) -> Option<&mut Vec<T>>,
) -> Vec<T> {
    if let [only] = parts {
        return of_kind(&mut only.values).map(std::mem::take).unwrap_or_default();
    }
    let mut all = Vec::with_capacity(rows);
    for part in parts {
        if let Some(values) = of_kind(&mut part.values) {
            all.append(&mut std::mem::take(values));
        }
    }
    all
}

fn absent(parts: &[BlockColumn], sizes: &[usize], rows: usize) -> Option<Arc<Vec<u8>>> {
    if parts.iter().all(|part| part.absent.is_empty()) {
        return None;
    }
    let mut all = Vec::with_capacity(rows);
    for (part, size) in parts.iter().zip(sizes) {
        let end = all.len() + size;
        all.extend_from_slice(&part.absent);
        all.resize(end, 0);
    }
    Some(Arc::new(all))
}

fn numbers(parts: Vec<BlockColumn>, rows: usize, percent: bool) -> NumberColumn {
    if parts.iter().any(|part| matches!(part.values, BlockValues::Wide(_))) {
        return one_by_one(parts.into_iter().map(|part| part.values), rows, percent);
    }
    let parts: Vec<(Integers, u8)> = parts
        .into_iter()
        .filter_map(|part| match part.values {
            BlockValues::Narrow { values, scale } => Some((values, scale)),
            _ => None,
        })
        .collect();
    let scale = parts.iter().map(|(_, s)| *s).max().unwrap_or(0);
    let factor = |own: u8| ten_to(scale - own);
    let whole = ten_to(scale).and_then(|d| if percent { d.checked_mul(100) } else { Some(d) });
    let bounds: Option<Vec<i64>> =
        parts.iter().map(|(values, own)| values.bound()?.checked_mul(factor(*own)?)).collect();
    match (bounds, whole) {
        (Some(bounds), Some(denominator)) => {
            let bound = bounds.into_iter().max().unwrap_or(0);
            let parts = parts.into_iter().map(|(values, own)| (values, factor(own).unwrap_or(1)));
            NumberColumn::Shared { values: Arc::new(Integers::joined(parts, rows, bound)), denominator }
        }
        _ => {
            let parts = parts.into_iter().map(|(values, scale)| BlockValues::Narrow { values, scale });
            one_by_one(parts, rows, percent)
        }
    }
}

/// Columns of very long numbers are rare: exact rationals, row by row.
fn one_by_one(parts: impl Iterator<Item = BlockValues>, rows: usize, percent: bool) -> NumberColumn {
    let number = |value: i64, scale: u8| {
        let denominator = 10i128.checked_pow(u32::from(scale)).unwrap_or(1) * if percent { 100 } else { 1 };
        Number::ratio(i128::from(value), denominator).unwrap_or_else(Number::zero)
    };
    let mut all = Vec::with_capacity(rows);
    for part in parts {
        match part {
            BlockValues::Narrow { values, scale } => {
                all.extend(values.to_vec().into_iter().map(|value| number(value, scale)));
            }
            BlockValues::Wide(values) => all.extend(values.into_iter().map(|(value, scale)| number(value, scale))),
            _ => {}
        }
    }
    NumberColumn::Big(Arc::new(all))
}

/// Texts of a few kinds: one dictionary.
fn texts(parts: Vec<BlockColumn>, rows: usize) -> TextColumn {
    let mut pool = TextPool::default();
    let mut index = TextIndex::with_capacity(64);
    let mut all: Vec<u32> = Vec::with_capacity(rows);
    for part in parts {
        if let BlockValues::Text { codes, pool: own, .. } = part.values {
            let count = u32::try_from(own.len()).unwrap_or(0);
            let map: Vec<u32> = (0..count).map(|code| index.intern(&mut pool, own.get(code))).collect();
            all.extend(
                codes
                    .into_iter()
                    .map(|code| usize::try_from(code).ok().and_then(|c| map.get(c)).copied().unwrap_or(u32::MAX)),
            );
        }
    }
    TextColumn { codes: Arc::new(all), pool: Arc::new(pool) }
}

/// Keys: every row has its own text, one after the other.
fn keys(parts: Vec<BlockColumn>, rows: usize) -> TextColumn {
    let mut pool = TextPool::default();
    let mut all: Vec<u32> = Vec::with_capacity(rows);
    for part in parts {
        if let BlockValues::Key { codes, pool: own } = part.values {
            let base = u32::try_from(pool.len()).unwrap_or(u32::MAX);
            pool.append(own);
            all.extend(codes.into_iter().map(|code| code.saturating_add(base)));
        }
    }
    TextColumn { codes: Arc::new(all), pool: Arc::new(pool) }
}
