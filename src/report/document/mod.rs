//! Papers that an office sends out: what they consist of, before they become a text document, a workbook or a page.
//!
//! Each kind has a file that makes it from facts and words once; a renderer only lays it out. Knows no format.

pub mod breakdown;
pub mod letter;
pub mod list;
pub mod material;
pub mod note;

use super::page::Bars;
use crate::language::Language;

/// A whole paper.
#[derive(Debug, Clone)]
pub struct Document {
    pub title: String,
    pub language: Language,
    /// On its side: wide tables.
    pub landscape: bool,
    /// Size of the text; tables are set smaller.
    pub points: usize,
    /// At the foot of every page: whether the paper is for publication.
    pub footer: String,
    pub parts: Vec<Part>,
}

#[derive(Debug, Clone)]
pub enum Part {
    /// To whom: lines at the right.
    Addressee(Vec<String>),
    /// The name of the paper, line by line.
    Title(Vec<String>),
    Heading(String),
    Paragraph(String),
    Items(Vec<String>),
    /// Must not be overlooked: made-up data.
    Notice(String),
    Grid(Grid),
    Bars(Bars),
    /// Places to sign, side by side.
    Signatures(Vec<Signature>),
    /// What follows stands on a sheet of this name in a workbook.
    Sheet(String),
}

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// Empty: the text before it says what it shows.
    pub title: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<String>>,
    /// The last row sums up the others.
    pub total: bool,
}

#[derive(Debug, Clone)]
pub struct Column {
    pub header: String,
    /// Part of the width, beside those of the others.
    pub share: usize,
    /// Numbers stand on the right.
    pub number: bool,
}

/// Where one office signs.
#[derive(Debug, Clone)]
pub struct Signature {
    pub office: String,
    /// What is to be written on each line.
    pub lines: Vec<String>,
}

impl Column {
    pub fn text(header: impl Into<String>, share: usize) -> Column {
        Column { header: header.into(), share, number: false }
    }

    pub fn number(header: impl Into<String>, share: usize) -> Column {
        Column { header: header.into(), share, number: true }
    }
}

impl Grid {
    /// The widths of the columns, of `whole` in all.
    pub fn widths(&self, whole: usize) -> Vec<usize> {
        let all = self.columns.iter().map(|column| column.share).sum::<usize>().max(1);
        self.columns.iter().map(|column| column.share * whole / all).collect()
    }
}

/// How long a bar is, of `longest` in all; a count above zero is always seen.
pub fn bar_length(count: usize, most: usize, longest: usize) -> usize {
    let length = count.saturating_mul(longest) / most.max(1);
    if count > 0 { length.max(1) } else { 0 }
}
