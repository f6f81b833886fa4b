//! Blocks of rows → columns of a table: one scale, the narrowest integers, one dictionary.
//!
//! Knows no files.

use std::sync::Arc;

use super::blocks::{Block, BlockValues, Target, TargetKind, ten_to};
use super::dataset::{Column, TextColumn, TextPool, Values};
use super::keys::TextIndex;
use crate::number::Number;
use crate::number::column::{Integers, NumberColumn};
use crate::schema::{ColumnSchema, TableId};
use crate::value::{Type, Unit};

/// Joins the `at`-th column of all blocks.
pub(super) fn column(
    blocks: &mut [Block],
    at: usize,
    rows: usize,
    target: &Target,
    schema: &ColumnSchema,
    link: Option<TableId>,
) -> Column {
    let absent = absent(blocks, at, rows);
    let values = match target.kind {
        TargetKind::Number => {
            let percent = matches!(schema.kind, Type::Number(Unit::Percent | Unit::PercentagePoint));
            Values::Numbers(numbers(blocks, at, rows, percent))
        }
        TargetKind::Text => Values::Texts(texts(blocks, at, rows)),
        TargetKind::YesNo => {
            let mut all: Vec<u8> = Vec::with_capacity(rows);
            for block in blocks.iter_mut() {
                if let Some(BlockValues::YesNo(values)) = block.columns.get_mut(at).map(|c| &mut c.values) {
                    all.append(values);
                }
            }
            Values::YesNo(Arc::new(all))
        }
        TargetKind::Date => {
            let mut all: Vec<i32> = Vec::with_capacity(rows);
            for block in blocks.iter_mut() {
                if let Some(BlockValues::Date(values)) = block.columns.get_mut(at).map(|c| &mut c.values) {
                    all.append(values);
                }
            }
            Values::Dates(Arc::new(all))
        }
        TargetKind::Link(ref keys) => {
            let mut all: Vec<u32> = Vec::with_capacity(rows);
            for block in blocks.iter_mut() {
                if let Some(BlockValues::Link(values)) = block.columns.get_mut(at).map(|c| &mut c.values) {
                    all.append(values);
                }
            }
            let rows = Arc::new(all);
            // The key texts are the linked table's own: code = row.
            let keys = TextColumn { codes: Arc::clone(&rows), pool: Arc::clone(&keys.pool) };
            Values::Links { rows, table: link.unwrap_or(TableId(0)), keys: Some(keys) }
        }
    };
    Column { values, absent }
}

fn absent(blocks: &[Block], at: usize, rows: usize) -> Option<Arc<Vec<u8>>> {
    let any = blocks.iter().any(|b| b.columns.get(at).is_some_and(|c| !c.absent.is_empty()));
    if !any {
        return None;
    }
    let mut all = Vec::with_capacity(rows);
    for block in blocks {
        let end = all.len() + block.rows;
        if let Some(column) = block.columns.get(at) {
            all.extend_from_slice(&column.absent);
        }
        all.resize(end, 0);
    }
    Some(Arc::new(all))
}

fn numbers(blocks: &mut [Block], at: usize, rows: usize, percent: bool) -> NumberColumn {
    let mut parts: Vec<(Vec<i64>, u8)> = Vec::new();
    for block in blocks.iter_mut() {
        if let Some(BlockValues::Number { values, scale }) = block.columns.get_mut(at).map(|c| &mut c.values) {
            parts.push((std::mem::take(values), *scale));
        }
    }
    let scale = parts.iter().map(|(_, s)| *s).max().unwrap_or(0);
    let whole = ten_to(scale).and_then(|d| if percent { d.checked_mul(100) } else { Some(d) });
    let (mut low, mut high) = (0i64, 0i64);
    let mut fits = whole.is_some();
    for (values, own) in &mut parts {
        let factor = ten_to(scale - *own).unwrap_or(1);
        for value in values.iter_mut() {
            match value.checked_mul(factor) {
                Some(scaled) => {
                    *value = scaled;
                    low = low.min(scaled);
                    high = high.max(scaled);
                }
                None => fits = false,
            }
        }
    }
    match (fits, whole) {
        (true, Some(denominator)) => {
            NumberColumn::Shared { values: Arc::new(narrow(parts, rows, low, high)), denominator }
        }
        _ => {
            // Columns of very long numbers are rare: exact rationals, row by row.
            let hundred = if percent { 100 } else { 1 };
            let mut all = Vec::with_capacity(rows);
            for (values, own) in parts {
                let denominator = i128::from(ten_to(own).unwrap_or(1)) * hundred;
                all.extend(
                    values.into_iter().map(|v| Number::ratio(i128::from(v), denominator).unwrap_or_else(Number::zero)),
                );
            }
            NumberColumn::Big(Arc::new(all))
        }
    }
}

fn narrow(parts: Vec<(Vec<i64>, u8)>, rows: usize, low: i64, high: i64) -> Integers {
    fn gather<T: TryFrom<i64> + Default>(parts: Vec<(Vec<i64>, u8)>, rows: usize) -> Vec<T> {
        let mut all = Vec::with_capacity(rows);
        for (values, _) in parts {
            all.extend(values.into_iter().map(|v| T::try_from(v).unwrap_or_default()));
        }
        all
    }
    if i8::try_from(low).is_ok() && i8::try_from(high).is_ok() {
        Integers::I8(gather(parts, rows))
    } else if i16::try_from(low).is_ok() && i16::try_from(high).is_ok() {
        Integers::I16(gather(parts, rows))
    } else if i32::try_from(low).is_ok() && i32::try_from(high).is_ok() {
        Integers::I32(gather(parts, rows))
    } else {
        Integers::I64(gather(parts, rows))
    }
}

fn texts(blocks: &mut [Block], at: usize, rows: usize) -> TextColumn {
    let mut pool = TextPool::default();
    let mut index = TextIndex::with_capacity(64);
    let mut all: Vec<u32> = Vec::with_capacity(rows);
    for block in blocks.iter_mut() {
        if let Some(BlockValues::Text { codes, pool: own, .. }) = block.columns.get_mut(at).map(|c| &mut c.values) {
            let own = std::mem::take(own);
            let codes = std::mem::take(codes);
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
