//! Places: byte spans of a text, and cells of a data file.
//!
//! Knows nothing of what the text or the cell means.

use std::sync::Arc;

/// A half-open range of bytes `[start, end)` of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    /// The text, when it is not the one that the things around come from: what a scenario put into a file of rules.
    pub elsewhere: Option<SourceId>,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start), elsewhere: None }
    }

    /// The smallest span that covers both; spans of different texts: the first.
    pub fn to(self, other: Span) -> Span {
        if self.elsewhere != other.elsewhere {
            return self;
        }
        Span { start: self.start.min(other.start), end: self.end.max(other.end), elsewhere: self.elsewhere }
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// Which text of a [`crate::source::Sources`] a span belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct SourceId(pub u32);

/// A span of a named text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct SourceSpan {
    pub source: SourceId,
    pub span: Span,
}

impl SourceSpan {
    /// A span of a text, unless it comes from elsewhere.
    pub fn new(source: SourceId, span: Span) -> Self {
        SourceSpan { source: span.elsewhere.unwrap_or(source), span: Span { elsewhere: None, ..span } }
    }
}

/// One cell of a data file, as a person would look it up. Rows and columns count from 1; the header row counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CellRef {
    /// File as named in the dataset manifest (relative to it).
    pub file: Arc<str>,
    /// Sheet of a workbook; `None` for text files.
    pub sheet: Option<Arc<str>>,
    /// Row in the sheet, or line of the text file, from 1. 0: the whole column.
    pub row: u64,
    /// Column from 1. 0: the whole row.
    pub column: u32,
    /// Header of the column as written in the file; empty where the file has none.
    pub header: Arc<str>,
}

impl CellRef {
    /// The address in spreadsheet notation: `C214`.
    pub fn address(&self) -> String {
        format!("{}{}", column_letters(self.column), self.row)
    }
}

/// Column number (from 1) as spreadsheet letters: 1 → `A`, 27 → `AA`, 0 → empty.
pub fn column_letters(column: u32) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Where something is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A span of a rules file, a list or a manifest.
    Text(SourceSpan),
    /// A cell (or a row or a column) of a data file.
    Cell(CellRef),
    /// A whole file, by name.
    File(String),
    /// Nowhere in particular (a command line option, say).
    Nowhere,
}
