//! A workbook as its sheets with the tables in them.
//!
//! Knows no manifest and no schema.

use std::path::Path;

use super::xlsx::{self, FaultKind, Trouble};
use crate::tables::fault::Fault;
use crate::tables::find;
use crate::tables::grid::{Cell, Grid, Mark, Row};
use crate::tables::open::{Format, Sheet};
use crate::tables::{Opened, Options};

/// Whether a file begins as workbooks do.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// Opens all sheets of a workbook, or the one that is stated.
///
/// # Errors
/// It is damaged or protected, or has no such sheet.
pub(super) fn open(path: &Path, options: &Options) -> Result<Opened, Fault> {
    let sheets = xlsx::read_all(path).map_err(fault)?;
    let wanted = |sheet: &&xlsx::Sheet| options.sheet.as_ref().is_none_or(|name| *name == sheet.name);
    let found: Vec<Sheet> = sheets.iter().filter(wanted).map(|read| sheet(read, &options.place)).collect();
    if found.is_empty() {
        return Err(Fault::NoSheet(sheets.into_iter().map(|sheet| sheet.name).collect()));
    }
    Ok(Opened { format: Format::Workbook, sheets: found, remarks: Vec::new() })
}

fn fault(trouble: Trouble) -> Fault {
    match trouble {
        Trouble::NoSheet(names) => Fault::NoSheet(names),
        Trouble::Broken(fault) => match fault.kind {
            FaultKind::Encrypted => Fault::Encrypted,
            FaultKind::OldFormat => Fault::OldFormat,
            FaultKind::NotAWorkbook => Fault::NotAWorkbook,
            FaultKind::Damaged => Fault::Damaged(fault.detail),
        },
    }
}

fn sheet(read: &xlsx::Sheet, place: &find::Place) -> Sheet {
    let rows = read.rows.iter().map(|row| Row { number: row.number, cells: cells(row), ..Row::default() }).collect();
    let grid = Grid { sheet: Some(read.name.clone()), rows, ..Grid::default() };
    let tables = find::find(&grid, place);
    Sheet { grid, hidden: false, dialect: None, tables, remarks: Vec::new() }
}

fn cells(row: &xlsx::Row) -> Vec<Cell> {
    let cell = |column: u32| {
        row.cell(column).map_or_else(Cell::default, |cell| {
            let mark = if cell.perhaps_percent { Mark::PerhapsPercent } else { Mark::Plain };
            Cell { text: cell.text.clone(), mark }
        })
    };
    (1..=row.last_column()).map(cell).collect()
}
