//! A block of rows while it is built: one growing column per wanted column, with the cells that could not be used.
//!
//! Cells come as bytes, from any file format. Knows no files.

use std::sync::Arc;

use super::cells::{self, Decimal};
use super::dataset::TextPool;
use super::keys::{Found, KeyTable, TextIndex};
use super::manifest::Markers;
use super::ragged::Ragged;
use crate::number::column::Integers;
use crate::value::{Reasons, Truth, Unit, is_year};

/// Cells named in one message.
pub(super) const SAMPLES: usize = 5;

/// Cells of one kind whose text is kept, for one column of one block.
const KEPT: usize = 1000;

/// What a column of a file becomes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub kind: TargetKind,
    pub markers: Markers,
    pub percent: PercentSign,
    /// Numbers are years: whole, of four digits.
    pub year: bool,
    /// The unit that may stand behind a number.
    pub unit: Option<Unit>,
    /// Some marker looks like a number.
    pub plain_markers: bool,
    /// Normal forms of the only texts allowed; empty: any.
    pub allowed: Arc<Vec<String>>,
}

impl Target {
    /// Whether the column may hold a number with so many decimals.
    #[inline]
    pub fn fits(&self, value: i64, written: u8) -> bool {
        !self.year || written == 0 && is_year(value)
    }

    pub fn is_marker(&self, cell: &[u8]) -> bool {
        self.markers.iter().any(|(marker, _)| marker.as_bytes() == cell)
    }
}

/// What a percent sign behind a number means in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentSign {
    /// Nothing new: the column holds percentages.
    Expected,
    /// The column holds percentages, and numbers without a sign are fractions of one: 0,85 is 85 %.
    Fractions,
    /// 12,5 % is 0,125, which is said.
    Hundredths,
    /// The number is not what the column holds.
    Refused,
}

#[derive(Debug, Clone)]
pub(super) enum TargetKind {
    Number,
    Text,
    /// The key of this table: every row its own text.
    Key,
    YesNo,
    Date,
    /// A key of a table that is already loaded.
    Link(Arc<KeyTable>),
}

/// One column of a block.
#[derive(Debug)]
pub(super) struct BlockColumn {
    pub values: BlockValues,
    /// Reasons per row; shorter than the block while nothing was absent.
    pub absent: Vec<u8>,
    pub invalid: Samples,
    pub orphans: Samples,
    pub not_allowed: Samples,
    pub percents: Samples,
    /// Some number of a column of percentages is written with a percent sign.
    pub signed: bool,
    /// Code of the last text or key.
    pub last: u32,
    /// Whether the text of the last cell is one that the column allows.
    last_allowed: bool,
    /// Expectations about the next key that may still fail.
    pub luck: u8,
    /// Keys that were found and are not yet taken.
    pub asked: Found,
}

#[derive(Debug)]
pub(super) enum BlockValues {
    Number {
        values: Vec<i64>,
        scale: u8,
    },
    /// Numbers that no common scale of small integers holds: each with its own.
    Wide(Vec<(i64, u8)>),
    /// Numbers of a block that is complete.
    Narrow {
        values: Integers,
        scale: u8,
    },
    Key {
        codes: Vec<u32>,
        pool: TextPool,
    },
    Text {
        codes: Vec<u32>,
        pool: TextPool,
        index: TextIndex,
    },
    YesNo(Vec<u8>),
    Date(Vec<i32>),
    /// Rows of the table that the keys lead to.
    Link(Vec<u32>),
}

/// How many cells, and the first of them: row of the block and what it says.
#[derive(Debug, Default)]
pub(super) struct Samples {
    pub count: usize,
    pub first: Vec<(usize, String)>,
}

impl Samples {
    fn add(&mut self, row: usize, bytes: &[u8]) {
        self.count += 1;
        if self.first.len() < KEPT {
            let text: String = String::from_utf8_lossy(bytes).chars().take(40).collect();
            self.first.push((row, text));
        }
    }
}

/// A block under construction.
#[derive(Debug)]
pub(super) struct Block {
    pub rows: usize,
    pub columns: Vec<BlockColumn>,
    /// (row of the block, lines more than rows so far)
    pub jumps: Vec<(usize, u64)>,
    pub first_line: u64,
    pub ragged: Ragged,
    /// Lines of records with something behind a closing quotation mark.
    pub stray: Vec<u64>,
    /// Some cell that is wanted is no UTF-8.
    pub not_utf8: bool,
}

impl Block {
    pub fn new(targets: &[Target], first_line: u64) -> Self {
        let columns = targets
            .iter()
            .map(|target| BlockColumn {
                values: match target.kind {
                    TargetKind::Number => BlockValues::Number { values: Vec::new(), scale: 0 },
                    TargetKind::Text => BlockValues::Text {
                        codes: Vec::new(),
                        pool: TextPool::default(),
                        index: TextIndex::with_capacity(64),
                    },
                    TargetKind::Key => BlockValues::Key { codes: Vec::new(), pool: TextPool::default() },
                    TargetKind::YesNo => BlockValues::YesNo(Vec::new()),
                    TargetKind::Date => BlockValues::Date(Vec::new()),
                    TargetKind::Link(_) => BlockValues::Link(Vec::new()),
                },
                absent: Vec::new(),
                invalid: Samples::default(),
                orphans: Samples::default(),
                not_allowed: Samples::default(),
                last_allowed: true,
                percents: Samples::default(),
                signed: false,
                last: u32::MAX,
                luck: super::usual::MUCH_LUCK,
                asked: Found::default(),
            })
            .collect();
        Block {
            rows: 0,
            columns,
            jumps: Vec::new(),
            first_line,
            ragged: Ragged::default(),
            stray: Vec::new(),
            not_utf8: false,
        }
    }

    /// Makes room for so many rows, so that columns do not move again and again while they grow.
    pub fn reserve(&mut self, rows: usize) {
        for column in &mut self.columns {
            match &mut column.values {
                BlockValues::Number { values, .. } => values.reserve(rows),
                BlockValues::Text { codes, .. } | BlockValues::Key { codes, .. } => codes.reserve(rows),
                BlockValues::YesNo(values) => values.reserve(rows),
                BlockValues::Date(values) => values.reserve(rows),
                BlockValues::Link(values) => values.reserve(rows),
                BlockValues::Narrow { .. } | BlockValues::Wide(_) => {}
            }
        }
    }

    /// Takes one cell of the current row.
    #[inline]
    pub fn cell(&mut self, at: usize, target: &Target, bytes: &[u8]) {
        let row = self.rows;
        let (bare, text) = cells::bare(bytes);
        self.not_utf8 |= !text;
        if let Some(column) = self.columns.get_mut(at) {
            column.cell(row, target, bare);
        }
    }

    /// Takes the same text for as many rows.
    pub fn constant(&mut self, at: usize, target: &Target, bytes: &[u8], count: usize) {
        for row in self.rows..self.rows + count {
            if let Some(column) = self.columns.get_mut(at) {
                column.cell(row, target, cells::bare(bytes).0);
            }
        }
    }

    /// Ends the block: its numbers take the room they need.
    pub fn complete(&mut self) {
        for column in &mut self.columns {
            if let BlockValues::Number { values, scale } = &mut column.values {
                let values = Integers::narrow(std::mem::take(values));
                column.values = BlockValues::Narrow { values, scale: *scale };
            }
        }
    }

    /// Fills what the current row lacks and goes on to the next one.
    pub fn end_row(&mut self) {
        self.end_rows(1);
    }

    /// The same for as many rows.
    pub fn end_rows(&mut self, count: usize) {
        self.rows += count;
        for column in &mut self.columns {
            while column.len() < self.rows {
                column.absence(column.len(), Reasons::INVALID);
            }
        }
    }
}

impl BlockColumn {
    pub fn len(&self) -> usize {
        match &self.values {
            BlockValues::Number { values, .. } => values.len(),
            BlockValues::Narrow { values, .. } => values.len(),
            BlockValues::Wide(values) => values.len(),
            BlockValues::Text { codes, .. } | BlockValues::Key { codes, .. } => codes.len(),
            BlockValues::YesNo(values) => values.len(),
            BlockValues::Date(values) => values.len(),
            BlockValues::Link(rows) => rows.len(),
        }
    }

    fn absence(&mut self, row: usize, reasons: Reasons) {
        match &mut self.values {
            BlockValues::Number { values, .. } => values.push(0),
            BlockValues::Narrow { .. } => return,
            BlockValues::Wide(values) => values.push((0, 0)),
            BlockValues::Text { codes, .. } | BlockValues::Key { codes, .. } => codes.push(u32::MAX),
            BlockValues::YesNo(values) => values.push(Truth::unknown(reasons).0),
            BlockValues::Date(values) => values.push(0),
            BlockValues::Link(rows) => rows.push(u32::MAX),
        }
        self.absent.resize(row, 0);
        self.absent.push(reasons.0);
    }

    /// Takes one cell, without spaces around it, whatever it is.
    pub fn cell(&mut self, row: usize, target: &Target, bytes: &[u8]) {
        if let Some((_, reasons)) = target.markers.iter().find(|(marker, _)| marker.as_bytes() == bytes) {
            self.absence(row, *reasons);
            return;
        }
        if bytes.is_empty() {
            self.absence(row, Reasons::MISSING);
            return;
        }
        let good = match &mut self.values {
            BlockValues::Number { .. } | BlockValues::Wide(_) => {
                let number = match cells::number(bytes).or_else(|| with_unit(bytes, target)) {
                    Some(Decimal { value, scale, percent: false }) if target.percent == PercentSign::Fractions => {
                        hundredfold(value, scale)
                    }
                    Some(Decimal { value, scale, percent: false }) => Some((value, scale)),
                    Some(Decimal { value, scale, percent: true }) => match target.percent {
                        PercentSign::Expected | PercentSign::Fractions => {
                            self.signed = true;
                            Some((value, scale))
                        }
                        PercentSign::Hundredths => {
                            self.percents.add(row, bytes);
                            Some((value, scale + 2))
                        }
                        PercentSign::Refused => None,
                    },
                    None => None,
                };
                number.filter(|(value, scale)| target.fits(*value, *scale)).is_some_and(|(value, scale)| {
                    self.values.push_number(value, scale);
                    true
                })
            }
            BlockValues::Text { codes, pool, index } => match std::str::from_utf8(bytes) {
                Err(_) => false,
                Ok(text) => {
                    let known = self.last != u32::MAX && pool.get(self.last) == text;
                    let code = if known { self.last } else { index.intern(pool, text) };
                    self.last = code;
                    if !known && !target.allowed.is_empty() {
                        self.last_allowed = target.allowed.contains(&crate::name::normal_text(text));
                    }
                    if self.last_allowed {
                        codes.push(code);
                    } else {
                        self.not_allowed.add(row, bytes);
                    }
                    self.last_allowed || {
                        self.absence(row, Reasons::INVALID);
                        return;
                    }
                }
            },
            BlockValues::Key { codes, pool } => match std::str::from_utf8(bytes) {
                Err(_) => false,
                Ok(text) => {
                    codes.push(pool.push(text));
                    true
                }
            },
            BlockValues::Narrow { .. } => return,
            BlockValues::YesNo(values) => {
                let truth = std::str::from_utf8(bytes).ok().and_then(cells::yes_no);
                values.extend(truth.map(|t| t.0));
                truth.is_some()
            }
            BlockValues::Date(values) => {
                let day = std::str::from_utf8(bytes).ok().and_then(cells::day);
                values.extend(day);
                day.is_some()
            }
            BlockValues::Link(links) => {
                let TargetKind::Link(keys) = &target.kind else {
                    return;
                };
                match keys.find(bytes) {
                    Some(found) => {
                        self.last = found;
                        links.push(found);
                    }
                    None => {
                        self.orphans.add(row, bytes);
                        self.absence(row, Reasons::INVALID);
                    }
                }
                return;
            }
        };
        if !good {
            self.invalid.add(row, bytes);
            self.absence(row, Reasons::INVALID);
        }
    }
}

impl BlockValues {
    /// Adds a number to numbers, whatever their size: whether it is one depends on its own text alone.
    fn push_number(&mut self, value: i64, written: u8) {
        if let BlockValues::Number { values, scale } = self {
            if push_scaled(values, scale, value, written) {
                return;
            }
            let scale = *scale;
            let wide = std::mem::take(values).into_iter().map(|value| (value, scale)).collect();
            *self = BlockValues::Wide(wide);
        }
        if let BlockValues::Wide(values) = self {
            values.push((value, written));
        }
    }
}

/// A hundred times a number with so many decimals; `None`: it does not fit.
fn hundredfold(value: i64, scale: u8) -> Option<(i64, u8)> {
    let missing = 2_u8.saturating_sub(scale);
    Some((value.checked_mul(10_i64.pow(missing.into()))?, scale.saturating_sub(2)))
}

/// A number with the unit of its column behind it.
fn with_unit(bytes: &[u8], target: &Target) -> Option<cells::Decimal> {
    let text = std::str::from_utf8(bytes).ok()?;
    let number = super::units::without_unit(text, target.unit.as_ref()?)?;
    cells::number(number.as_bytes())
}

/// Adds a number, bringing it and the numbers before it to one scale. False when that does not fit.
pub(super) fn push_scaled(values: &mut Vec<i64>, scale: &mut u8, value: i64, written: u8) -> bool {
    if written == *scale {
        values.push(value);
        return true;
    }
    if written < *scale {
        let Some(scaled) = ten_to(*scale - written).and_then(|f| value.checked_mul(f)) else {
            return false;
        };
        values.push(scaled);
        return true;
    }
    let Some(factor) = ten_to(written - *scale) else {
        return false;
    };
    if values.iter().any(|v| v.checked_mul(factor).is_none()) {
        return false;
    }
    for value in values.iter_mut() {
        *value *= factor;
    }
    *scale = written;
    values.push(value);
    true
}

/// 10^n, when it fits.
pub(super) fn ten_to(n: u8) -> Option<i64> {
    10i64.checked_pow(u32::from(n))
}
