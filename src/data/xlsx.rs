//! Workbooks of a dataset: one sheet as rows of texts, as they are printed.
//!
//! Merged cells stand once, in the first of them, and cells without a value are blank: whoever loads data takes a sheet as it was written.

use std::fs;
use std::path::Path;

use crate::tables::fault::Fault as Wrong;
use crate::tables::grid::{self, Mark};
use crate::tables::limits::Limits;
use crate::tables::sniff;
use crate::tables::workbook::{self, Wanted};

/// Why a sheet could not be read.
#[derive(Debug)]
pub(super) enum Trouble {
    Broken(Fault),
    /// With the sheets there are.
    NoSheet(Vec<String>),
}

/// What is wrong with a workbook, and the words of the reader.
#[derive(Debug)]
pub(super) struct Fault {
    pub kind: FaultKind,
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    Encrypted,
    /// A workbook of the old format under the extension of another.
    OldFormat,
    NotAWorkbook,
    Damaged,
}

/// A sheet: its cells that hold something, row by row.
#[derive(Debug)]
pub(super) struct Sheet {
    pub name: String,
    pub rows: Vec<Row>,
}

/// Row number from 1, and its cells in the order of their columns (from 1).
#[derive(Debug)]
pub(super) struct Row {
    pub number: u64,
    cells: Vec<(u32, Cell)>,
}

/// One cell as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub text: String,
    /// A number that may be printed as a percentage, one hundred times as large: the format of the cell is not known.
    pub perhaps_percent: bool,
}

impl Row {
    pub fn cell(&self, column: u32) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&column, |(column, _)| *column).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The first column with something in it.
    pub fn first_column(&self) -> u32 {
        self.cells.first().map_or(1, |(column, _)| *column)
    }

    /// The texts from the first column to the last.
    pub fn texts(&self) -> Vec<String> {
        let last = self.cells.last().map_or(0, |(column, _)| *column);
        (self.first_column()..=last).map(|c| self.cell(c).map_or(String::new(), |cell| cell.text.clone())).collect()
    }

    fn of(row: grid::Row) -> Option<Row> {
        let held = |cell: &grid::Cell| !cell.text.is_empty() && cell.mark != Mark::Merged;
        let cells = (1..).zip(row.cells).filter(|(_, cell)| held(cell)).map(|(column, cell)| {
            (column, Cell { text: cell.text, perhaps_percent: cell.mark == Mark::PerhapsPercent })
        });
        let cells: Vec<_> = cells.collect();
        (!cells.is_empty()).then_some(Row { number: row.number, cells })
    }
}

/// Reads a sheet by name, or the first one.
pub(super) fn read(path: &Path, sheet: Option<&str>) -> Result<Sheet, Trouble> {
    let broken = |kind, detail: String| Trouble::Broken(Fault { kind, detail });
    let bytes = fs::read(path).map_err(|error| broken(FaultKind::NotAWorkbook, error.to_string()))?;
    let limits = Limits::default();
    let kind = sniff::kind(&bytes, "", &limits);
    let wanted = sheet.map_or(Wanted::First, Wanted::Named);
    let called_old = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xls"));
    // a compound file, whole or not
    let renamed = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) && !called_old;
    let read = match kind {
        Err(Wrong::Encrypted) => Err(Wrong::Encrypted),
        _ if renamed => Err(Wrong::OldFormat),
        Ok(kind) => workbook::read(&bytes, kind, wanted, &limits),
        Err(wrong) => Err(wrong),
    };
    match read {
        Ok(read) => {
            let grid = read.sheets.into_iter().next().map(|sheet| sheet.grid).unwrap_or_default();
            let rows = grid.rows.into_iter().filter_map(Row::of).collect();
            Ok(Sheet { name: grid.sheet.unwrap_or_default(), rows })
        }
        Err(Wrong::NoSheet(names)) => Err(Trouble::NoSheet(names)),
        Err(Wrong::Encrypted) => Err(broken(FaultKind::Encrypted, String::new())),
        Err(Wrong::OldFormat) => Err(broken(FaultKind::OldFormat, String::new())),
        Err(Wrong::Damaged(detail)) => Err(broken(FaultKind::Damaged, detail)),
        Err(wrong @ Wrong::Limit(..)) => Err(broken(FaultKind::Damaged, format!("{wrong:?}"))),
        Err(wrong) => Err(broken(FaultKind::NotAWorkbook, format!("{wrong:?}"))),
    }
}
