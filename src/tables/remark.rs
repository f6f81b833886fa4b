//! What was decided while a file was read, with its ground and its place; without words.

use super::encoding::{Encoding, Ground};
use super::find::LeftOut;
use super::mend::Flaw;

/// One decision, or one thing that a reader of the result has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub what: What,
    /// Sheet, where there are sheets.
    pub sheet: Option<String>,
    /// Rows or lines that it is about, from 1.
    pub rows: Vec<u64>,
    /// How many rows, columns or cells it is about.
    pub count: usize,
}

/// Kinds of remarks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The encoding, and how it was told.
    Encoding(Encoding, Ground),
    /// Bytes that are no characters of the encoding.
    Malformed(Encoding),
    /// Lines in another encoding than the others, as stated.
    OtherEncoding(Encoding),
    /// Byte order marks within the text, which were taken out.
    Marks,
    /// The separator of a text file.
    Separator(String),
    /// A quotation mark other than `"`.
    Quote(Option<char>),
    /// A sign before quotation marks that belong to the text.
    Escape(char),
    /// Records do not end with a line feed.
    RecordEnd(String),
    /// Rows of the header; more than one were joined.
    Header,
    /// There is no header.
    NoHeader,
    /// Upper names of a header were carried to the right over blank cells.
    Carried,
    /// Rows that are no data.
    LeftOut(LeftOut),
    /// Rows that look like sums over others and were kept.
    Totals,
    /// Rows that hold one value only and were kept.
    Lone,
    /// Blank rows inside the table.
    Gaps,
    /// Columns without a name and a value that were left out.
    BlankColumns,
    /// Records that were mended.
    Mended(Flaw),
    /// Records that have another number of fields and were left as they are.
    Irregular,
    /// The header of a text file has fewer names than the rows have values: how many of each.
    NarrowHeader(usize, usize),
    /// Other tables of the same sheet or file; the cells where they begin, where rows do not tell it.
    OtherTables(Vec<String>),
    /// Other sheets of the workbook, by name.
    OtherSheets(Vec<String>),
    /// The sheet is hidden.
    HiddenSheet,
    HiddenRows,
    /// Hidden columns, by letter.
    HiddenColumns(Vec<String>),
    /// Cells that were filled from the cell they are merged with.
    Merged,
    /// Formulas whose value the file does not hold, and error values: addresses.
    NoValue(Vec<String>),
    /// Numbers that were taken without the error of computation they are stored with: addresses.
    Rounded(Vec<String>),
    /// The file was unpacked from an archive.
    Unpacked(String),
}

impl Remark {
    pub fn of_file(what: What) -> Remark {
        Remark { what, sheet: None, rows: Vec::new(), count: 1 }
    }
}

/// Rows, or stretches of rows, that a message names.
pub const NAMED: usize = 12;
