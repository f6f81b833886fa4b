//! A file of any format as its sheets with the tables in them, before anything is said of it.
//!
//! Knows no manifest and no schema.

use std::path::Path;

use super::xlsx::{self, FaultKind, Trouble};
use crate::tables::fault::Fault;
use crate::tables::find;
use crate::tables::grid::{Cell, Grid, Mark, Row};
use crate::tables::open::{Format, Opened, Options, Sheet, open};

/// Why a file could not be opened.
#[derive(Debug)]
pub enum Unopened {
    Unreadable(std::io::Error),
    Fault(Fault),
}

/// Opens a file with nothing stated of it.
///
/// # Errors
/// The file cannot be read, or is no table.
pub fn opened(path: &Path) -> Result<Opened, Unopened> {
    let bytes = std::fs::read(path).map_err(Unopened::Unreadable)?;
    let archive = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if !archive {
        let name = path.to_string_lossy();
        return open(&bytes, &name, &Options::default()).map_err(Unopened::Fault);
    }
    let sheets = xlsx::read_all(path).map_err(|trouble| Unopened::Fault(fault(trouble)))?;
    Ok(Opened { format: Format::Workbook, sheets: sheets.iter().map(sheet).collect(), remarks: Vec::new() })
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

fn sheet(read: &xlsx::Sheet) -> Sheet {
    let rows = read.rows.iter().map(|row| Row { number: row.number, cells: cells(row), ..Row::default() }).collect();
    let grid = Grid { sheet: Some(read.name.clone()), rows, ..Grid::default() };
    let tables = find::find(&grid, &find::Place::default());
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
