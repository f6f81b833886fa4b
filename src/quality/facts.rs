//! Tables as values with the place of every cell: from a loaded dataset, or from a draft.

use std::sync::Arc;

use crate::data::dataset::{self, Dataset};
use crate::data::printed;
use crate::infer::{self, Draft, Guess, Key};
use crate::location::CellRef;
use crate::number::Number;
use crate::schema::{ColumnId, ColumnSchema, Schema, TableId, TableSchema};
use crate::value::{Reasons, Truth, Type, Value};

/// All tables.
#[derive(Debug, Default)]
pub struct Facts {
    pub tables: Vec<Table>,
    /// Keys and links are guessed, and nobody else has looked whether they hold.
    pub guessed: bool,
}

#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    /// Positions of the columns that tell rows apart; empty: not known.
    pub key: Vec<usize>,
    pub year: Option<usize>,
    /// Per row: its part, and its row or line there, from 1.
    pub rows: Vec<(usize, u64)>,
    pub parts: Vec<Part>,
    /// Rows that look like sums over others and are not among `rows`: their first cells.
    pub totals: Vec<CellRef>,
    /// What would be the key but for some rows: columns, repeated rows, rows with an empty cell.
    pub almost: Option<(Vec<usize>, Vec<usize>, Vec<usize>)>,
}

/// One file or sheet.
#[derive(Debug)]
pub struct Part {
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// Per column of the table: its column there, from 1 (0: not there), and its header.
    pub columns: Vec<(u32, Arc<str>)>,
}

#[derive(Debug)]
pub struct Column {
    pub name: String,
    pub kind: Type,
    /// Position of the table whose key this is.
    pub link: Option<usize>,
    /// Columns that tell which scale a number is on.
    pub scale_by: Vec<usize>,
    /// One per row; empty: not loaded.
    pub values: Vec<Value>,
}

impl Table {
    /// The place of a cell; nothing where the column is not in the file.
    pub fn cell(&self, row: usize, column: usize) -> Option<CellRef> {
        let (part, line) = self.rows.get(row)?;
        let part = self.parts.get(*part)?;
        let (number, header) = part.columns.get(column)?;
        (*number > 0).then(|| CellRef {
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            row: *line,
            column: *number,
            header: header.clone(),
        })
    }

    /// The texts of some columns of a row; nothing where one has none.
    pub fn texts(&self, row: usize, columns: &[usize]) -> Option<Vec<String>> {
        columns.iter().map(|at| self.columns.get(*at)?.text(row)).collect()
    }

    /// The first column that is in a file, for findings about whole rows.
    pub fn first_column(&self) -> usize {
        let there = |at: &usize| self.parts.iter().any(|p| p.columns.get(*at).is_some_and(|(number, _)| *number > 0));
        self.key.first().copied().filter(there).unwrap_or_else(|| (0..self.columns.len()).find(there).unwrap_or(0))
    }
}

impl Column {
    pub fn number(&self, row: usize) -> Option<&Number> {
        match self.values.get(row)? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Texts, and whole numbers such as years, as texts.
    pub fn text(&self, row: usize) -> Option<String> {
        match self.values.get(row)? {
            Value::Text(text) => Some(text.to_string()),
            Value::Number(number) => number.to_integer().map(|whole| whole.to_string()),
            _ => None,
        }
    }

    /// Rows with a number, and it.
    pub fn numbers(&self) -> impl Iterator<Item = (usize, &Number)> {
        let each = self.values.iter().enumerate();
        each.filter_map(|(row, value)| if let Value::Number(number) = value { Some((row, number)) } else { None })
    }

    /// Rows with a text, and it.
    pub fn written(&self) -> impl Iterator<Item = (usize, &str)> {
        let each = self.values.iter().enumerate();
        each.filter_map(|(row, value)| if let Value::Text(text) = value { Some((row, text.as_ref())) } else { None })
    }

    /// A number as it is shown: per cent are stored as fractions of one.
    pub fn shown(&self, number: &Number) -> Number {
        match &self.kind {
            Type::Number(unit) => number.multiply(&Number::from_integer(unit.shown_factor())),
            _ => number.clone(),
        }
    }
}

/// The tables of a dataset, as they are declared.
pub fn of_dataset(schema: &Schema, dataset: &Dataset) -> Facts {
    let tables = schema.tables.iter().zip(&dataset.tables);
    Facts { tables: tables.map(|(schema, table)| of_table(schema, table)).collect(), guessed: false }
}

fn position(id: ColumnId) -> usize {
    usize::try_from(id.0).unwrap_or(usize::MAX)
}

fn of_table(schema: &TableSchema, table: &dataset::Table) -> Table {
    let column = |(at, schema): (usize, &ColumnSchema)| {
        let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
        let values = table.column(id).map_or(Vec::new(), |c| (0..table.rows).map(|row| c.value(row)).collect());
        Column {
            name: schema.name.to_string(),
            kind: schema.kind.clone(),
            link: schema.link.and_then(|TableId(at)| usize::try_from(at).ok()),
            scale_by: schema.scale_by.iter().copied().map(position).collect(),
            values,
        }
    };
    let parts: Vec<Part> = table
        .origin
        .parts
        .iter()
        .map(|part| Part { file: part.file.clone(), sheet: part.sheet.clone(), columns: part.columns.clone() })
        .collect();
    let place = |row: usize| {
        let part = table.origin.parts.partition_point(|part| part.first_row <= row).saturating_sub(1);
        (part, table.origin.cell(row, 0).map_or(0, |cell| cell.row))
    };
    Table {
        name: schema.name.to_string(),
        columns: schema.columns.iter().enumerate().map(column).collect(),
        key: schema.key.iter().copied().map(position).collect(),
        year: schema.year.map(position),
        rows: (0..table.rows).map(place).collect(),
        parts,
        totals: Vec::new(),
        almost: None,
    }
}

/// The tables of a draft, as they are guessed.
pub fn of_draft(draft: &Draft) -> Facts {
    Facts { tables: draft.tables.iter().map(of_guessed).collect(), guessed: true }
}

fn of_guessed(table: &infer::Table) -> Table {
    let column = |column: &infer::Column| Column {
        name: if column.header.is_empty() { column.name.clone() } else { column.header.clone() },
        kind: column.guess.kind(),
        link: if let Guess::Link { table, .. } = column.guess { Some(table) } else { None },
        scale_by: Vec::new(),
        values: column.cells.iter().map(|text| value(column, text)).collect(),
    };
    let headers: Vec<Arc<str>> = table.columns.iter().map(|column| Arc::from(column.header.as_str())).collect();
    let part = |part: &infer::Part| Part {
        file: Arc::from(part.file.as_str()),
        sheet: part.sheet.as_deref().map(Arc::from),
        columns: part.columns.iter().copied().zip(headers.iter().cloned()).collect(),
    };
    let rows = table.parts.iter().enumerate();
    let (key, almost) = match &table.key {
        Key::Of(columns) => (columns.clone(), None),
        Key::Almost { columns, repeated, empty } => {
            (columns.clone(), Some((columns.clone(), repeated.clone(), empty.clone())))
        }
        Key::None => (Vec::new(), None),
    };
    Table {
        name: table.name.clone(),
        columns: table.columns.iter().map(column).collect(),
        key,
        year: table.year(),
        rows: rows.flat_map(|(at, part)| part.rows.iter().map(move |line| (at, *line))).collect(),
        parts: table.parts.iter().map(part).collect(),
        totals: table.parts.iter().flat_map(totals).collect(),
        almost,
    }
}

fn totals(part: &infer::Part) -> impl Iterator<Item = CellRef> + '_ {
    let column = part.columns.iter().copied().find(|column| *column > 0).unwrap_or(1);
    part.totals.iter().map(move |row| CellRef {
        file: Arc::from(part.file.as_str()),
        sheet: part.sheet.as_deref().map(Arc::from),
        row: *row,
        column,
        header: Arc::from(""),
    })
}

fn value(column: &infer::Column, text: &str) -> Value {
    let absence = column.absence(text);
    if !absence.is_none() {
        return Value::Absent(absence);
    }
    let read = match &column.guess {
        Guess::Text(_) | Guess::Link { .. } => Some(Value::Text(Arc::from(text.trim()))),
        Guess::Number(unit, _) => printed::number(text)
            .and_then(|(number, _)| number.divide(&Number::from_integer(unit.shown_factor())))
            .map(Value::Number),
        Guess::Year => printed::number(text).map(|(number, _)| Value::Number(number)),
        Guess::YesNo => printed::yes_no(text).map(|truth: Truth| Value::Truth(truth)),
        Guess::Date => printed::date(text).map(Value::Date),
    };
    read.unwrap_or(Value::Absent(Reasons::INVALID))
}
