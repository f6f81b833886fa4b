//! Files without a description → a draft of one: which tables there are, what their columns hold, what tells rows apart, what links to what.
//!
//! Every guess comes with its ground, as facts; nothing is said in words here and nothing is written. Knows no rules.

mod columns;
mod gather;
mod keys;
mod names;
pub mod wide;
pub mod words;

use rayon::prelude::*;

use crate::tables::encoding::Encoding;
use crate::tables::open::Opened;
use crate::value::{Reasons, Type, Unit};

/// A file with the name that the manifest shall give it.
#[derive(Debug)]
pub struct Given {
    pub name: String,
    pub opened: Opened,
}

/// Names for what has none in the files, in the reader's language.
#[derive(Debug, Clone)]
pub struct Names {
    pub year: String,
    pub table: String,
    pub column: String,
}

/// What was guessed of some files.
#[derive(Debug, Default)]
pub struct Draft {
    pub tables: Vec<Table>,
    /// Position of the table whose rows can be judged: what most others link to.
    pub judged: Option<usize>,
    /// The latest year of the data.
    pub latest_year: Option<i64>,
    pub skipped: Vec<Skipped>,
}

/// A sheet or a table of which no draft is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub file: String,
    pub sheet: Option<String>,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    NoRows,
    NoHeader,
}

/// One table, from one file or from several of one shape.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    pub parts: Vec<Part>,
    pub columns: Vec<Column>,
    pub key: Key,
    /// Headers that no column of the draft has: empty ones and those that come twice, with the column from 1.
    pub left: Vec<(u32, String)>,
}

/// One file, or one sheet of it.
#[derive(Debug)]
pub struct Part {
    pub file: String,
    pub sheet: Option<String>,
    /// The sheet has to be named: there are others.
    pub named_sheet: bool,
    /// The table of its sheet, from 1, where there are several.
    pub table: Option<usize>,
    /// Tables of the sheet, one below the other, that are this one.
    pub pages: usize,
    /// Only of text files that are not plain ASCII.
    pub encoding: Option<Encoding>,
    pub separator: Option<String>,
    /// Rows of the header, from 1.
    pub header: Vec<u64>,
    /// The header is not the first row that holds something.
    pub named_header: bool,
    /// The year in the name of the file or sheet.
    pub year: Option<i64>,
    /// Per row of the table that comes from here: its row or line, from 1.
    pub rows: Vec<u64>,
    /// Rows below the header that look like no data.
    pub left_out: Vec<u64>,
    /// Rows that look like sums over others; they are not among `rows`.
    pub totals: Vec<u64>,
    /// Columns of the file, from 1, of the columns of the table; 0: a constant.
    pub columns: Vec<u32>,
}

/// What tells the rows of a table apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    None,
    /// Positions of columns that together are different in every row, and filled.
    Of(Vec<usize>),
    /// Columns that would be, but for these rows: those that come again and those with an empty cell.
    Almost {
        columns: Vec<usize>,
        repeated: Vec<usize>,
        empty: Vec<usize>,
    },
}

/// A column with its guess and the ground for it.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    /// As in the file; of a constant: nothing.
    pub header: String,
    pub guess: Guess,
    pub constant: bool,
    /// Cells with something in them that is no marker of absence.
    pub filled: usize,
    /// Of these, cells that are what the guess says.
    pub fits: usize,
    pub empty: usize,
    pub markers: Vec<Marker>,
    /// The few texts there are; empty: any.
    pub allowed: Vec<String>,
    /// First cells that are not what the guess says, by row.
    pub strange: Vec<(usize, String)>,
    /// All cells as they are printed, by row.
    pub cells: Vec<String>,
}

/// A text that stands for an absence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    pub text: String,
    pub reasons: Reasons,
    pub count: usize,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Guess {
    Text(TextGround),
    Number(Unit, UnitGround),
    YesNo,
    Date,
    Year,
    /// To the key of a table: how many of the rows with a value find theirs.
    Link {
        table: usize,
        matched: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextGround {
    /// The header says code, or the values look like codes: leading zeros, many digits of one length.
    Code,
    Words,
    /// Nothing in it.
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitGround {
    None,
    Header,
    /// Printed with the numbers.
    Cells,
    /// The header says per cent, the numbers lie between 0 and 1.
    Fractions,
}

impl Table {
    /// Rows of all parts.
    pub fn rows(&self) -> usize {
        self.parts.iter().map(|part| part.rows.len()).sum()
    }

    /// The part that a row comes from, and its row or line there.
    pub fn place(&self, row: usize) -> Option<(&Part, u64)> {
        let mut before = 0;
        for part in &self.parts {
            if let Some(line) = row.checked_sub(before).and_then(|at| part.rows.get(at)) {
                return Some((part, *line));
            }
            before += part.rows.len();
        }
        None
    }

    /// The column that says which year a row is about.
    pub fn year(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.guess == Guess::Year)
    }

    /// The only column of the key.
    pub fn single_key(&self) -> Option<usize> {
        match &self.key {
            Key::Of(columns) => columns.first().copied().filter(|_| columns.len() == 1),
            _ => None,
        }
    }
}

impl Column {
    /// Why the text of a cell is no value; nothing: it is one.
    pub fn absence(&self, text: &str) -> Reasons {
        let text = text.trim();
        if text.is_empty() {
            return Reasons::MISSING;
        }
        self.markers.iter().find(|marker| marker.text == text).map_or(Reasons::NONE, |marker| marker.reasons)
    }

    /// Cells that hold a value, by row.
    pub fn known(&self) -> impl Iterator<Item = (usize, &str)> {
        let cells = self.cells.iter().enumerate().map(|(row, text)| (row, text.trim()));
        cells.filter(|(_, text)| self.absence(text).is_none())
    }
}

impl Guess {
    /// The kind of values.
    pub fn kind(&self) -> Type {
        match self {
            Guess::Text(_) | Guess::Link { .. } => Type::Text,
            Guess::Number(unit, _) => Type::Number(unit.clone()),
            Guess::Year => Type::Number(Unit::Year),
            Guess::YesNo => Type::YesNo,
            Guess::Date => Type::Date,
        }
    }
}

/// Guesses what the columns of one table hold: per column its header and its cells.
pub fn columns(cells: Vec<(String, Vec<String>)>) -> Vec<Column> {
    let columns = cells.into_iter().map(|(header, cells)| Column::new(header, cells)).collect();
    let (parts, left) = (Vec::new(), Vec::new());
    let mut table = Table { name: String::new(), parts, columns, key: Key::None, left };
    columns::guess(&mut table);
    table.columns
}

/// Guesses what some files hold.
pub fn draft(files: &[Given], names: &Names) -> Draft {
    let (mut tables, skipped) = gather::tables(files, names);
    tables.par_iter_mut().for_each(columns::guess);
    keys::find(&mut tables);
    for table in &mut tables {
        names::columns(table, names);
    }
    let judged = keys::judged(&tables);
    let years = tables.iter().filter_map(|table| {
        let column = table.columns.get(table.year()?)?;
        column.known().filter_map(|(_, text)| text.parse::<i64>().ok()).max()
    });
    Draft { judged, latest_year: years.max(), tables, skipped }
}
