//! Workbooks: one sheet as rows of texts, as they are printed.
//!
//! The only file that sees the spreadsheet reader. Numbers come as floats there and leave as the shortest text that
//! reads back as the same number; a percentage leaves with its sign, a day as `2018-09-01`. A workbook that makes the
//! reader panic is a broken workbook.

use std::cell::Cell as Flag;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use calamine::{Data, DataRef, Error, ExcelDateTime, Reader, Sheets, Xlsx, XlsxError, open_workbook_auto};

use super::number_format::{Shown, shown};

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

    /// The last column with something in it.
    pub fn last_column(&self) -> u32 {
        self.cells.last().map_or(0, |(column, _)| *column)
    }

    /// The texts from the first column to the last.
    pub fn texts(&self) -> Vec<String> {
        (self.first_column()..=self.last_column())
            .map(|c| self.cell(c).map_or(String::new(), |cell| cell.text.clone()))
            .collect()
    }
}

/// Reads a sheet by name, or the first one.
pub(super) fn read(path: &Path, sheet: Option<&str>) -> Result<Sheet, Trouble> {
    guarded(|| sheet_of(path, sheet))
}

/// Reads all sheets, in their order.
pub(super) fn read_all(path: &Path) -> Result<Vec<Sheet>, Trouble> {
    guarded(|| {
        let mut workbook = opened(path)?;
        workbook.sheet_names().into_iter().map(|name| cells_of(path, &mut workbook, name)).collect()
    })
}

/// Turns a panic of the reader into an error.
fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    silence_caught_panics();
    CAUGHT.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(false);
    match read {
        Ok(read) => read,
        Err(_) => Err(Trouble::Broken(Fault { kind: FaultKind::Damaged, detail: "panic".to_string() })),
    }
}

thread_local! {
    /// Panics of this thread are caught and reported as an error; the usual message would frighten people.
    static CAUGHT: Flag<bool> = const { Flag::new(false) };
}

fn silence_caught_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !CAUGHT.get() {
                usual(panic);
            }
        }));
    });
}

fn sheet_of(path: &Path, sheet: Option<&str>) -> Result<Sheet, Trouble> {
    let mut workbook = opened(path)?;
    let names = workbook.sheet_names();
    let name = match sheet {
        Some(wanted) => names.iter().find(|n| n.as_str() == wanted).cloned(),
        None => names.first().cloned(),
    };
    let Some(name) = name else {
        return Err(Trouble::NoSheet(names));
    };
    cells_of(path, &mut workbook, name)
}

fn opened(path: &Path) -> Result<Sheets<BufReader<File>>, Trouble> {
    open_workbook_auto(path).map_err(|e| Trouble::Broken(fault(path, &e)))
}

fn cells_of(path: &Path, workbook: &mut Sheets<BufReader<File>>, name: String) -> Result<Sheet, Trouble> {
    let cells = match workbook {
        Sheets::Xlsx(workbook) => formatted_cells(workbook, &name).map_err(Error::Xlsx),
        other => unformatted_cells(other, &name),
    };
    let cells = cells.map_err(|e| Trouble::Broken(fault(path, &e)))?;
    Ok(Sheet { name, rows: rows(cells) })
}

/// Row and column from 1.
type Placed = (u64, u32, Cell);

/// Cells with their number formats, in one pass over the sheet.
fn formatted_cells<R: Read + Seek>(workbook: &mut Xlsx<R>, sheet: &str) -> Result<Vec<Placed>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let formats: Vec<Shown> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(Shown::Plain, |f| shown(&f.format_code)))
        .collect();
    let mut cells = Vec::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let number = match cell.get_value() {
            DataRef::Float(number) => Some(number.to_string()),
            DataRef::Int(number) => Some(number.to_string()),
            _ => None,
        };
        let cell = match (number, formats.get(style)) {
            (Some(number), Some(Shown::Percent)) => printed(hundredfold(&number) + "%"),
            (Some(number), Some(Shown::Either)) => Cell { text: number, perhaps_percent: true },
            (Some(number), Some(Shown::Padded(width))) if number.bytes().all(|b| b.is_ascii_digit()) => {
                printed(format!("{number:0>width$}"))
            }
            (Some(number), _) => printed(number),
            (None, _) => printed(text(&Data::from(cell.get_value().clone()))),
        };
        if !cell.text.is_empty() {
            cells.push((u64::from(row) + 1, column + 1, cell));
        }
    }
    Ok(cells)
}

/// Cells of formats whose reader does not tell how a number is printed.
fn unformatted_cells(workbook: &mut Sheets<BufReader<File>>, sheet: &str) -> Result<Vec<Placed>, Error> {
    let range = workbook.worksheet_range(sheet)?;
    let (row, column) = range.start().unwrap_or((0, 0));
    let cells = range.used_cells().filter_map(|(r, c, value)| {
        let number = matches!(value, Data::Float(_) | Data::Int(_));
        let cell = Cell { text: text(value), perhaps_percent: number };
        let place = (u64::from(row) + r as u64 + 1, column + u32::try_from(c).ok()? + 1);
        (!cell.text.is_empty()).then_some((place.0, place.1, cell))
    });
    Ok(cells.collect())
}

fn rows(mut cells: Vec<Placed>) -> Vec<Row> {
    // files are written in order; a file that is not is read all the same
    cells.sort_by_key(|(row, column, _)| (*row, *column));
    let mut rows: Vec<Row> = Vec::new();
    for (number, column, cell) in cells {
        match rows.last_mut() {
            Some(row) if row.number == number => row.cells.push((column, cell)),
            _ => rows.push(Row { number, cells: vec![(column, cell)] }),
        }
    }
    rows
}

fn printed(text: String) -> Cell {
    Cell { text, perhaps_percent: false }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.trim().to_string(),
        Data::Float(number) => number.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => moment_text(moment),
        Data::DateTimeIso(text) => text.strip_suffix("T00:00:00").unwrap_or(text).to_string(),
        Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
    }
}

/// A day as `2018-09-01`, with its time when it has one. A duration, a time without a day and numbers outside the
/// calendar stay numbers: they are no days.
fn moment_text(moment: &ExcelDateTime) -> String {
    let serial = moment.as_f64();
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return serial.to_string();
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if serial.fract() == 0.0 { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") }
}

/// A decimal text times one hundred.
fn hundredfold(number: &str) -> String {
    let (sign, digits) = match number.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", number),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (near, rest) = part.split_at_checked(2).unwrap_or((part, ""));
    let whole = format!("{whole}{near:0<2}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

fn fault(path: &Path, error: &Error) -> Fault {
    use calamine::{OdsError, XlsError, XlsbError};
    let password = matches!(
        error,
        Error::Xlsx(XlsxError::Password)
            | Error::Xls(XlsError::Password)
            | Error::Xlsb(XlsbError::Password)
            | Error::Ods(OdsError::Password)
    );
    let kind = if password { FaultKind::Encrypted } else { kind_of(path) };
    Fault { kind, detail: error.to_string() }
}

/// A workbook begins as an archive, one of the old format as a compound file.
fn kind_of(path: &Path) -> FaultKind {
    let mut start = [0; 8];
    let read = File::open(path).and_then(|mut file| file.read(&mut start)).unwrap_or(0);
    let start = start.get(..read).unwrap_or(&[]);
    let called_old = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xls"));
    if start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        if called_old { FaultKind::Damaged } else { FaultKind::OldFormat }
    } else if start.starts_with(b"PK") {
        FaultKind::Damaged
    } else {
        FaultKind::NotAWorkbook
    }
}

#[cfg(test)]
mod tests {
    use super::{Trouble, guarded, hundredfold};

    #[test]
    fn a_panic_of_the_reader_is_a_broken_workbook() {
        let read: Result<(), _> = guarded(|| panic!("as a library does"));
        assert!(matches!(read, Err(Trouble::Broken(fault)) if fault.detail == "panic"));
    }

    #[test]
    fn percentages_are_moved_as_text() {
        let cases = [
            ("0.125", "12.5"),
            ("0.07", "7"),
            ("0.5", "50"),
            ("1", "100"),
            ("0", "0"),
            ("-0.0125", "-1.25"),
            ("1.005", "100.5"),
            ("0.29", "29"),
        ];
        for (stored, shown) in cases {
            assert_eq!(hundredfold(stored), shown, "{stored}");
        }
    }
}
