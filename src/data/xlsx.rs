//! Workbooks: one sheet as rows of texts.
//!
//! The only file that sees the spreadsheet reader. Numbers come as floats there and leave as the shortest text that
//! reads back as the same number.

use std::path::Path;

use calamine::{Data, Reader, open_workbook_auto};

/// Why a sheet could not be read.
#[derive(Debug)]
pub(super) enum Trouble {
    Broken(String),
    /// With the sheets there are.
    NoSheet(Vec<String>),
}

/// A sheet: the texts of its cells, and the row and column (from 1) of the first of them.
#[derive(Debug)]
pub(super) struct Sheet {
    pub name: String,
    pub first_row: u64,
    pub first_column: u32,
    pub rows: Vec<Vec<String>>,
}

/// Reads a sheet by name, or the first one.
pub(super) fn read(path: &Path, sheet: Option<&str>) -> Result<Sheet, Trouble> {
    let mut workbook = open_workbook_auto(path).map_err(|e| Trouble::Broken(e.to_string()))?;
    let names = workbook.sheet_names();
    let name = match sheet {
        Some(wanted) => names.iter().find(|n| n.as_str() == wanted).cloned(),
        None => names.first().cloned(),
    };
    let Some(name) = name else {
        return Err(Trouble::NoSheet(names));
    };
    let range = workbook.worksheet_range(&name).map_err(|e| Trouble::Broken(e.to_string()))?;
    let (row, column) = range.start().unwrap_or((0, 0));
    let rows = range.rows().map(|cells| cells.iter().map(text).collect()).collect();
    Ok(Sheet { name, first_row: u64::from(row) + 1, first_column: column + 1, rows })
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_string(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => format!("{error:?}"),
    }
}
