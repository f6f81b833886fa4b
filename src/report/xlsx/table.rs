//! One table as it was understood, as a sheet: texts stay texts, and only a text that a number gives back letter by letter is a number.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::{MOST_ROWS, write_text, write_value};
use crate::diagnostic::{Diagnostic, tables as kinds};
use crate::location::Place;
use crate::tables::find::Table;
use crate::tables::grid::{Cell, Grid, Mark};

const MOST_COLUMNS: usize = 16_384;
/// Characters that a cell holds.
const LONGEST: usize = 32_767;
/// Digits that a cell shows of a number as it is; longer ones are rounded for the eye.
const SHOWN: usize = 11;

/// What is wrong with a table that no sheet holds.
pub fn too_large(file: &str, grid: &Grid, table: &Table) -> Option<Diagnostic> {
    let problem = |what: &str, most: usize| {
        let problem = Diagnostic::new(kinds::BEYOND_SHEET, Place::File(file.to_owned()));
        Some(problem.text("what", what).count("most", most))
    };
    let long = |text: &str| text.len() > LONGEST && text.encode_utf16().count() > LONGEST;
    if table.rows.len() > MOST_ROWS {
        problem("rows", MOST_ROWS)
    } else if table.columns.len() > MOST_COLUMNS {
        problem("columns", MOST_COLUMNS)
    } else if table.headers.iter().any(|t| long(t)) || table.rows.iter().any(|row| table.texts(grid, *row).any(long)) {
        problem("cell", LONGEST)
    } else {
        None
    }
}

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn written(grid: &Grid, table: &Table) -> Result<Vec<u8>, String> {
    build(grid, table).map_err(|error| error.to_string())
}

fn build(grid: &Grid, table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    let (bold, plain) = (Format::new().set_bold(), Format::new());
    // what the sheet of a workbook calls a text is one
    let texts = grid.sheet.is_some();
    let mut at = 0;
    if !table.header.is_empty() {
        for (column, header) in (0..).zip(&table.headers) {
            write_text(sheet, 0, column, header, &bold)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        at = 1;
    }
    for (line, row) in (at..).zip(&table.rows) {
        for (column, cell) in (0..).zip(table.cells(grid, *row)) {
            let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) else { continue };
            match number(cell).filter(|_| !(texts && cell.mark == Mark::Text)) {
                Some(number) => write_value(sheet, line, column, number, &plain)?,
                None => write_text(sheet, line, column, &cell.text, &plain)?,
            }
        }
    }
    workbook.save_to_buffer()
}

/// The number that is printed just like the text.
fn number(cell: &Cell) -> Option<f64> {
    let text = cell.text.as_str();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let decimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number: f64 = text.parse().ok().filter(|_| decimal && text.len() <= SHOWN)?;
    (number.to_string() == text && text != "-0").then_some(number)
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::tables::grid::Cell;

    #[test]
    fn only_what_comes_back_letter_by_letter_is_a_number() {
        for text in ["0", "12", "-3", "12.5", "47010100101"] {
            assert_eq!(number(&Cell::plain(text)).map(|n| n.to_string()).as_deref(), Some(text));
        }
        for text in
            ["", "-", ".", "007", "12,5", "1.50", "1e5", "-0", "inf", "nan", "1 250", "470101001010", "5.", ".5"]
        {
            assert_eq!(number(&Cell::plain(text)), None, "{text}");
        }
    }
}
