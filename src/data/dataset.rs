//! The loaded data: plain columns, absence marks, links and where each row came from.
//!
//! Knows neither file formats nor rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::location::CellRef;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::schema::{ColumnId, Schema, TableId};
use crate::value::{Reasons, Truth, Value};

/// All loaded tables, in the order of the schema.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// Title for reports, from the manifest.
    pub title: Option<Arc<str>>,
    /// The manifest says that the data are made up; every report repeats it.
    pub synthetic: Option<Arc<str>>,
    pub tables: Vec<Table>,
    /// Whose values columns hold, where the manifest says so.
    pub cohorts: Vec<(TableId, ColumnId, Cohort)>,
}

/// How many pupils stand behind the values of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cohort {
    /// The values are not about pupils.
    Nobody,
    /// At least so many in every row.
    AtLeast(u32),
    /// As many as this column of the same row says.
    Column(ColumnId),
}

/// One table. Every column has `rows` rows.
#[derive(Debug, Clone)]
pub struct Table {
    pub rows: usize,
    /// In the order of the schema; `None`: not loaded because nothing needs it, or not bound.
    pub columns: Vec<Option<Column>>,
    pub origin: Origin,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub values: Values,
    /// Per row a set of [`Reasons`]; 0: there is a value. `None`: no row is absent.
    pub absent: Option<Arc<Vec<u8>>>,
}

#[derive(Debug, Clone)]
pub enum Values {
    /// Percentages are stored as fractions of one; see [`crate::value::Unit`].
    Numbers(NumberColumn),
    Texts(TextColumn),
    /// [`Truth`] per row: absence is inside.
    YesNo(Arc<Vec<u8>>),
    /// Days since 1970-01-01 per row.
    Dates(Arc<Vec<i32>>),
    /// Row number in the linked table per row; `u32::MAX` where absent. `keys` are the texts as written.
    Links {
        rows: Arc<Vec<u32>>,
        table: TableId,
        keys: Option<TextColumn>,
    },
}

/// Texts by code. Equal texts may have different codes only in key columns.
#[derive(Debug, Clone)]
pub struct TextColumn {
    pub codes: Arc<Vec<u32>>,
    pub pool: Arc<TextPool>,
}

/// Texts end to end with their ends.
#[derive(Debug, Clone, Default)]
pub struct TextPool {
    pub bytes: String,
    pub ends: Vec<u32>,
}

/// Where the rows of a table came from, in order: row `r` of the table is in the last part that starts at or before `r`.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    pub parts: Vec<OriginPart>,
    /// What is printed in cells that could not be used, by column of the schema and row: the first thousand of each column
    /// and block.
    pub printed: BTreeMap<(usize, usize), Arc<str>>,
}

#[derive(Debug, Clone)]
pub struct OriginPart {
    /// First row of the table that came from here.
    pub first_row: usize,
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// Line (or sheet row) of that first row, from 1.
    pub first_line: u64,
    /// Rows after which more than one line passes (records over several lines, blank lines): (row of the table, extra
    /// lines before it counted from the start of the part), ascending.
    pub jumps: Vec<(usize, u64)>,
    /// Per column of the schema: column in the file from 1 (0: not there) and its header.
    pub columns: Vec<(u32, Arc<str>)>,
}

impl TextPool {
    pub fn get(&self, code: u32) -> &str {
        self.at(self.span(code))
    }

    /// Where a text stands.
    pub(super) fn span(&self, code: u32) -> (u32, u32) {
        let at = usize::try_from(code).unwrap_or(usize::MAX);
        let end = self.ends.get(at).copied().unwrap_or(0);
        let start = at.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        (start, end)
    }

    pub(super) fn at(&self, (start, end): (u32, u32)) -> &str {
        self.bytes.get(start as usize..end as usize).unwrap_or("")
    }

    pub fn push(&mut self, text: &str) -> u32 {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
        u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX)
    }

    /// Puts the texts of another pool behind these.
    pub fn append(&mut self, other: TextPool) {
        if self.ends.is_empty() {
            *self = other;
            return;
        }
        let base = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.into_iter().map(|end| end.saturating_add(base)));
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl TextColumn {
    pub fn get(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| self.pool.get(*code))
    }
}

impl Column {
    /// The reasons why a row has no value; empty: it has one.
    pub fn absence(&self, row: usize) -> Reasons {
        Reasons(self.absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0))
    }

    /// One cell as a value. Links give the key text.
    pub fn value(&self, row: usize) -> Value {
        let absence = self.absence(row);
        if !absence.is_none() {
            return Value::Absent(absence);
        }
        match &self.values {
            Values::Numbers(column) => column.get(row).map_or(Value::Absent(Reasons::MISSING), Value::Number),
            Values::Texts(column) => Value::Text(Arc::from(column.get(row))),
            Values::YesNo(column) => {
                let truth = Truth(column.get(row).copied().unwrap_or(0x80 | Reasons::MISSING.0));
                if truth.is_unknown() { Value::Absent(truth.reasons()) } else { Value::Truth(truth) }
            }
            Values::Dates(column) => {
                let days = column.get(row).copied().unwrap_or(0);
                jiff::civil::date(1970, 1, 1)
                    .checked_add(jiff::Span::new().days(days))
                    .map_or(Value::Absent(Reasons::INVALID), Value::Date)
            }
            Values::Links { keys, .. } => match keys {
                Some(keys) => Value::Text(Arc::from(keys.get(row))),
                None => Value::Absent(Reasons::MISSING),
            },
        }
    }

    /// The same column with another value in one row; `None` when it cannot hold such a value.
    fn with(&self, row: usize, value: &Value) -> Option<Column> {
        let mut changed = self.clone();
        changed.values = match (&self.values, value) {
            (Values::Numbers(column), Value::Number(number)) => Values::Numbers(column.with(row, number)),
            (Values::YesNo(truths), Value::Truth(truth)) => {
                let mut truths = truths.as_ref().clone();
                *truths.get_mut(row)? = truth.0;
                Values::YesNo(Arc::new(truths))
            }
            _ => return None,
        };
        if let Some(mark) = changed.absent.as_mut().and_then(|absent| Arc::make_mut(absent).get_mut(row)) {
            *mark = 0;
        }
        Some(changed)
    }

    pub fn number(&self, row: usize) -> Option<Number> {
        match self.value(row) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

impl Dataset {
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(usize::try_from(id.0).ok()?)
    }

    pub fn column(&self, table: TableId, column: ColumnId) -> Option<&Column> {
        self.table(table)?.column(column)
    }

    /// The key of a row as people write it: its texts joined by ` · `.
    pub fn code(&self, schema: &Schema, table: TableId, row: usize) -> String {
        let (Some(declared), Some(table)) = (schema.table(table), self.table(table)) else {
            return String::new();
        };
        let parts = declared.key.iter().filter_map(|id| match table.column(*id)?.value(row) {
            Value::Text(text) => Some(text.to_string()),
            _ => None,
        });
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// The same data with another number or truth in one cell; `None` when the column holds no such values.
    #[must_use]
    pub fn with(&self, table: TableId, column: ColumnId, row: usize, value: &Value) -> Option<Dataset> {
        let changed = self.column(table, column)?.with(row, value)?;
        let mut dataset = self.clone();
        let slot = dataset.tables.get_mut(usize::try_from(table.0).ok()?)?;
        *slot.columns.get_mut(usize::try_from(column.0).ok()?)? = Some(changed);
        Some(dataset)
    }
}

impl Table {
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.get(usize::try_from(id.0).ok()?)?.as_ref()
    }

    /// What is printed in a cell that could not be used, where that was kept.
    pub fn printed(&self, row: usize, column: ColumnId) -> Option<Arc<str>> {
        self.origin.printed.get(&(usize::try_from(column.0).ok()?, row)).cloned()
    }

    /// Where a cell stands in its file.
    pub fn cell(&self, row: usize, column: ColumnId) -> Option<CellRef> {
        self.origin.cell(row, usize::try_from(column.0).ok()?)
    }
}

impl Origin {
    pub fn cell(&self, row: usize, column: usize) -> Option<CellRef> {
        let at = self.parts.partition_point(|p| p.first_row <= row).checked_sub(1)?;
        let part = self.parts.get(at)?;
        let jump = part.jumps.partition_point(|(r, _)| *r <= row).checked_sub(1);
        let extra = jump.and_then(|i| part.jumps.get(i)).map_or(0, |(_, extra)| *extra);
        let (number, header) = part.columns.get(column)?;
        Some(CellRef {
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            row: part.first_line + u64::try_from(row - part.first_row).unwrap_or(0) + extra,
            column: *number,
            header: header.clone(),
        })
    }
}

/// Which columns a run reads; others need not be in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    All,
    Columns(std::collections::BTreeSet<(TableId, ColumnId)>),
}

impl Needed {
    pub fn contains(&self, table: TableId, column: ColumnId) -> bool {
        match self {
            Needed::All => true,
            Needed::Columns(columns) => columns.contains(&(table, column)),
        }
    }
}
