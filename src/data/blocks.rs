//! A block of rows while it is built: one growing column per wanted column, with the cells that could not be used.
//!
//! Cells come as bytes, from any file format. Knows no files.

use std::sync::Arc;

use super::cells::{self, Decimal};
use super::dataset::TextPool;
use super::keys::{KeyTable, Question, TextIndex};
use super::manifest::Markers;
use crate::number::column::Integers;
use crate::value::{Reasons, Truth};

/// Cells named in one message.
pub(super) const SAMPLES: usize = 5;

/// What a column of a file becomes.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub kind: TargetKind,
    pub markers: Markers,
    pub percent: PercentSign,
    /// Some marker looks like a number.
    pub plain_markers: bool,
    /// Normal forms of the only texts allowed; empty: any.
    pub allowed: Arc<Vec<String>>,
}

impl Target {
    fn is_marker(&self, text: &str) -> bool {
        self.markers.iter().any(|(marker, _)| marker == text)
    }
}

/// What a percent sign behind a number means in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentSign {
    /// Nothing new: the column holds percentages.
    Expected,
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
    last: u32,
    /// Whether the text of the last cell is one that the column allows.
    last_allowed: bool,
    /// Expectations about the next cell that still may fail before none is made: rows in random order have no usual cell.
    luck: u8,
}

const MUCH_LUCK: u8 = 32;
/// So many texts are tried one after the other.
const FEW_TEXTS: u32 = 8;

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
    /// Keys looked for by a block that is not complete.
    Asked(Vec<Question>),
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
        if self.first.len() < SAMPLES {
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
    /// (line, fields found)
    pub ragged: Vec<(u64, usize)>,
    pub ragged_count: usize,
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
                    TargetKind::Link(_) => BlockValues::Asked(Vec::new()),
                },
                absent: Vec::new(),
                invalid: Samples::default(),
                orphans: Samples::default(),
                not_allowed: Samples::default(),
                last_allowed: true,
                percents: Samples::default(),
                signed: false,
                last: u32::MAX,
                luck: MUCH_LUCK,
            })
            .collect();
        Block { rows: 0, columns, jumps: Vec::new(), first_line, ragged: Vec::new(), ragged_count: 0, not_utf8: false }
    }

    /// Takes one cell of the current row.
    #[inline]
    pub fn cell(&mut self, at: usize, target: &Target, bytes: &[u8]) {
        let row = self.rows;
        self.not_utf8 |= std::str::from_utf8(bytes).is_err();
        if let Some(column) = self.columns.get_mut(at) {
            column.cell(row, target, bytes.trim_ascii());
        }
    }

    /// Takes the next cell of a text file when it is of the usual kind: without quotation marks, spaces and markers, and for
    /// texts and keys one that is expected here. Gives its length; `None`: nothing was taken.
    #[inline]
    pub fn usual_cell(&mut self, at: usize, target: &Target, rest: &[u8], separator: u8) -> Option<usize> {
        self.columns.get_mut(at)?.usual_cell(target, rest, separator)
    }

    /// Ends the block: its numbers take the room they need, its links are looked up.
    pub fn complete(&mut self, targets: &[Target]) {
        for (column, target) in self.columns.iter_mut().zip(targets) {
            match (&mut column.values, &target.kind) {
                (BlockValues::Number { values, scale }, _) => {
                    let values = Integers::narrow(std::mem::take(values));
                    column.values = BlockValues::Narrow { values, scale: *scale };
                }
                (BlockValues::Asked(_), TargetKind::Link(keys)) => column.look_up(keys),
                _ => {}
            }
        }
    }

    /// Fills what the current row lacks and goes on to the next one.
    pub fn end_row(&mut self) {
        self.rows += 1;
        let rows = self.rows;
        for column in &mut self.columns {
            if column.len() < rows {
                column.absence(rows - 1, Reasons::INVALID);
            }
        }
    }
}

impl BlockColumn {
    fn len(&self) -> usize {
        match &self.values {
            BlockValues::Number { values, .. } => values.len(),
            BlockValues::Narrow { values, .. } => values.len(),
            BlockValues::Wide(values) => values.len(),
            BlockValues::Text { codes, .. } | BlockValues::Key { codes, .. } => codes.len(),
            BlockValues::YesNo(values) => values.len(),
            BlockValues::Date(values) => values.len(),
            BlockValues::Asked(questions) => questions.len(),
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
            BlockValues::Asked(questions) => questions.push(Question::NONE),
            BlockValues::Link(rows) => rows.push(u32::MAX),
        }
        self.absent.resize(row, 0);
        self.absent.push(reasons.0);
    }

    #[inline]
    fn usual_cell(&mut self, target: &Target, rest: &[u8], separator: u8) -> Option<usize> {
        let ends = |length: usize| rest.get(length).is_some_and(|b| *b == separator || *b == b'\n');
        match &mut self.values {
            BlockValues::Number { values, scale } if !target.plain_markers => {
                let (value, written, length) = cells::plain_number(rest, separator)?;
                if written == *scale {
                    values.push(value);
                } else if !push_scaled(values, scale, value, written) {
                    return None;
                }
                Some(length)
            }
            BlockValues::YesNo(values) if !target.plain_markers && ends(1) => {
                let truth = match rest.first() {
                    Some(b'0') => Truth::FALSE,
                    Some(b'1') => Truth::TRUE,
                    _ => return None,
                };
                values.push(truth.0);
                Some(1)
            }
            BlockValues::Asked(questions) => {
                let TargetKind::Link(keys) = &target.kind else {
                    return None;
                };
                if keys.are_numbers() {
                    let (question, length) =
                        keys.question_at(rest, Some(separator)).filter(|_| !target.plain_markers)?;
                    questions.push(question);
                    return Some(length);
                }
                if self.luck == 0 {
                    return None;
                }
                // Rows usually come in the order of the table they belong to: the next key, or the same one.
                let expected = [self.last.wrapping_add(1), self.last].into_iter().find_map(|code| {
                    let text = keys.pool.get(code);
                    let here = !text.is_empty() && rest.starts_with(text.as_bytes()) && ends(text.len());
                    (here && !target.is_marker(text)).then_some((code, text.len()))
                });
                let Some((found, length)) = expected else {
                    self.luck -= 1;
                    return None;
                };
                self.luck = MUCH_LUCK;
                self.last = found;
                questions.push(Question::answered(found));
                Some(length)
            }
            // Few texts come again and again, or in turn.
            BlockValues::Text { codes, pool, .. } if target.allowed.is_empty() => {
                let few = u32::try_from(pool.len()).unwrap_or(0).min(FEW_TEXTS);
                let (found, length) =
                    [self.last, self.last.wrapping_add(1)].into_iter().chain(0..few).find_map(|code| {
                        let text = pool.get(code);
                        let here = !text.is_empty() && rest.starts_with(text.as_bytes()) && ends(text.len());
                        (here && !target.is_marker(text)).then_some((code, text.len()))
                    })?;
                self.last = found;
                codes.push(found);
                Some(length)
            }
            _ => None,
        }
    }

    fn cell(&mut self, row: usize, target: &Target, bytes: &[u8]) {
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
                let number = match cells::number(bytes) {
                    Some(Decimal { value, scale, percent: false }) => Some((value, scale)),
                    Some(Decimal { value, scale, percent: true }) => match target.percent {
                        PercentSign::Expected => {
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
                number.is_some_and(|(value, scale)| {
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
            BlockValues::Asked(questions) => {
                let TargetKind::Link(keys) = &target.kind else {
                    return;
                };
                // what comes next is expected by the answer, as long as anything is
                let question = if self.luck == 0 || keys.are_numbers() {
                    keys.question(bytes)
                } else {
                    let found = keys.find(bytes);
                    self.last = found.unwrap_or(self.last);
                    found.map(Question::answered)
                };
                match question {
                    Some(question) => questions.push(question),
                    None => {
                        self.orphans.add(row, bytes);
                        self.absence(row, Reasons::INVALID);
                    }
                }
                return;
            }
            BlockValues::Link(_) => return,
        };
        if !good {
            self.invalid.add(row, bytes);
            self.absence(row, Reasons::INVALID);
        }
    }

    /// Questions become links, all at once; one without an answer is an orphan.
    fn look_up(&mut self, keys: &KeyTable) {
        let BlockValues::Asked(questions) = &mut self.values else {
            return;
        };
        let questions = std::mem::take(questions);
        let mut links = Vec::with_capacity(questions.len());
        let mut missed = Vec::new();
        for question in questions {
            let link = keys.answer(question).unwrap_or(u32::MAX);
            if link == u32::MAX && question != Question::NONE {
                missed.push((links.len(), question));
            }
            links.push(link);
        }
        self.values = BlockValues::Link(links);
        if let Some((last, _)) = missed.last() {
            self.absent.resize(self.absent.len().max(last + 1), 0);
        }
        self.orphans.count += missed.len();
        self.orphans.first.extend(missed.iter().take(SAMPLES).map(|(row, question)| (*row, keys.text_of(*question))));
        self.orphans.first.sort_by_key(|(row, _)| *row);
        self.orphans.first.truncate(SAMPLES);
        for (row, _) in missed {
            if let Some(absent) = self.absent.get_mut(row) {
                *absent = Reasons::INVALID.0;
            }
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

/// Adds a number, bringing it and the numbers before it to one scale. False when that does not fit.
fn push_scaled(values: &mut Vec<i64>, scale: &mut u8, value: i64, written: u8) -> bool {
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
