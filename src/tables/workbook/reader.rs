//! The spreadsheet reader: values of the cells of XLSX, XLSB and XLS, after their parts were found to be within the limits.
//!
//! The only file that sees it. Numbers come as floats there and leave as the shortest text that reads back as the same number. A
//! workbook that makes the reader panic is a broken workbook.

use std::cell::Cell as Flag;
use std::io::{Cursor, Seek};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use calamine::{
    Data, DataRef, Error, ExcelDateTime, ExcelDateTimeType, Reader, Sheet, SheetType, SheetVisible, Xls, XlsError,
    XlsOptions, Xlsb, XlsbError, Xlsx, XlsxError,
};

use super::facts::{Builder, Facts, Tally};
use super::number_format::{Shown, as_shown, shown};
use super::{Read, Sheets, Wanted, biff, xlsb as binary, xlsx as parts};
use crate::tables::container::Archive;
use crate::tables::fault::Fault;
use crate::tables::grid::{Cell, Mark};
use crate::tables::limits::Limits;

type Input<'a> = Cursor<&'a [u8]>;

/// Number of the code page.
const UTF_16: u16 = 1200;

/// Turns a panic of a reader into an error.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    silence_caught_panics();
    CAUGHT.set(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(false);
    read.unwrap_or_else(|_| Err(Fault::Damaged("panic".to_string())))
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

/// The sheets with cells, those that are wanted; and the names of all of them.
fn wanted_sheets(sheets: &[Sheet], wanted: Wanted<'_>) -> (Vec<(String, bool)>, Vec<String>) {
    let with_cells: Vec<&Sheet> = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let names = with_cells.iter().map(|sheet| sheet.name.clone()).collect();
    let taken = with_cells.iter().enumerate().filter(|(at, sheet)| wanted.takes(&sheet.name, *at));
    (taken.map(|(_, sheet)| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect(), names)
}

pub(super) fn xlsx(bytes: &[u8], archive: &mut Archive, wanted: Wanted<'_>) -> Result<Sheets, Fault> {
    let limits = archive.limits();
    let parts = parts::parts(archive, &limits)?;
    let mut workbook: Xlsx<Input> = Xlsx::new(Cursor::new(bytes)).map_err(|e| fault(e.into()))?;
    let (sheets, names) = wanted_sheets(workbook.sheets_metadata(), wanted);
    let (mut read, mut tally) = (Vec::new(), Tally::default());
    for (name, hidden) in sheets {
        let facts = parts.sheet(archive, &name, &limits)?;
        let mut builder = Builder::new(&limits, tally);
        formatted(&mut workbook, &name, &facts, &mut builder)?;
        let (grid, all) = builder.grid(&name, facts)?;
        tally = all;
        read.push(Read { grid, hidden });
    }
    wanted.found(read, names)
}

/// Cells with their number formats, in one pass over the sheet.
fn formatted<R: std::io::Read + Seek>(
    workbook: &mut Xlsx<R>,
    sheet: &str,
    facts: &Facts,
    builder: &mut Builder<'_>,
) -> Result<(), Fault> {
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(|e| fault(e.into()))?;
    let formats: Vec<Shown> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(Shown::Plain, |f| shown(&f.format_code)))
        .collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|e| fault(e.into()))? {
        let (row, column) = cell.get_position();
        let (row, column) = (u64::from(row) + 1, column + 1);
        let format = formats.get(style).copied().unwrap_or(Shown::Plain);
        put(builder, (row, column), cell.get_value(), format, facts)?;
    }
    Ok(())
}

pub(super) fn xlsb(bytes: &[u8], archive: &mut Archive, wanted: Wanted<'_>) -> Result<Sheets, Fault> {
    let limits = archive.limits();
    let parts = binary::parts(archive, &limits)?;
    let mut workbook: Xlsb<Input> = Xlsb::new(Cursor::new(bytes)).map_err(|e| fault(e.into()))?;
    let (sheets, names) = wanted_sheets(workbook.sheets_metadata(), wanted);
    let (mut read, mut tally) = (Vec::new(), Tally::default());
    for (name, hidden) in sheets {
        let mut facts = parts.sheet(archive, &name, &limits)?;
        let mut builder = Builder::new(&limits, tally);
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(|e| fault(e.into()))?;
        while let Some(cell) = reader.next_cell().map_err(|e| fault(e.into()))? {
            let (row, column) = cell.get_position();
            let place = (u64::from(row) + 1, column.saturating_add(1));
            own(&mut builder, &mut facts, place)?;
            put(
                &mut builder,
                place,
                cell.get_value(),
                facts.shown.get(&place).copied().unwrap_or(Shown::Plain),
                &facts,
            )?;
        }
        own(&mut builder, &mut facts, LAST)?;
        let (grid, all) = builder.grid(&name, facts)?;
        tally = all;
        read.push(Read { grid, hidden });
    }
    wanted.found(read, names)
}

pub(super) fn xls(bytes: &[u8], wanted: Wanted<'_>, limits: &Limits) -> Result<Sheets, Fault> {
    // the reader holds whole rectangles: they are measured before
    let (wide, mut known) = biff::facts(bytes, limits)?;
    let mut options = XlsOptions::default();
    // many programs name the code page of their country, which says nothing of texts that are Unicode
    options.force_codepage = wide.then_some(UTF_16);
    let workbook = Xls::new_with_options(Cursor::new(bytes), options);
    let mut workbook: Xls<Input> = workbook.map_err(|e| fault(e.into()))?;
    let (sheets, names) = wanted_sheets(workbook.sheets_metadata(), wanted);
    let places: Vec<String> = workbook.sheet_names();
    let (mut read, mut tally) = (Vec::new(), Tally::default());
    for (name, hidden) in sheets {
        let at = places.iter().position(|known| *known == name);
        let mut facts = at.and_then(|at| known.get_mut(at)).map(std::mem::take).unwrap_or_default();
        for area in workbook.merge_cells_by_sheet_name(&name).map_err(|e| fault(e.into()))? {
            let rows = (u64::from(area.start.0) + 1, u64::from(area.end.0) + 1);
            facts.merge(rows, (area.start.1 + 1, area.end.1 + 1), limits)?;
        }
        let range = workbook.worksheet_range(&name).map_err(|e| fault(e.into()))?;
        let (first_row, first_column) = range.start().unwrap_or((0, 0));
        let mut builder = Builder::new(limits, tally);
        for (row, column, value) in range.used_cells() {
            let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX)).saturating_add(1);
            let place = (u64::from(first_row) + row as u64 + 1, column);
            own(&mut builder, &mut facts, place)?;
            let format = facts.shown.get(&place).copied().unwrap_or(Shown::Plain);
            put(&mut builder, place, &moment_or_number(borrowed(value), format, facts.since_1904), format, &facts)?;
        }
        own(&mut builder, &mut facts, LAST)?;
        let (grid, all) = builder.grid(&name, facts)?;
        tally = all;
        read.push(Read { grid, hidden });
    }
    wanted.found(read, names)
}

/// Behind all cells.
const LAST: (u64, u32) = (u64::MAX, u32::MAX);

/// Sets the cells up to a place that the reader passes over.
fn own(builder: &mut Builder<'_>, facts: &mut Facts, place: (u64, u32)) -> Result<(), Fault> {
    while let Some((at, cell)) = facts.next_own(place) {
        match cell.text.parse().ok().filter(|_| cell.mark == Mark::Number) {
            Some(number) => {
                let format = facts.shown.get(&at).copied().unwrap_or(Shown::Plain);
                put(builder, at, &moment_or_number(DataRef::Float(number), format, facts.since_1904), format, facts)?;
            }
            None => builder.set(at.0, at.1, cell)?,
        }
    }
    Ok(())
}

/// A number or a moment, as its format says: the reader loses the first sign of the formats of old workbooks, and takes `[Red]0` for a day.
fn moment_or_number(value: DataRef<'_>, format: Shown, since_1904: bool) -> DataRef<'_> {
    let number = match &value {
        DataRef::Float(number) => *number,
        DataRef::Int(number) => *number as f64,
        DataRef::DateTime(moment) => moment.as_f64(),
        _ => return value,
    };
    let moment = |kind| DataRef::DateTime(ExcelDateTime::new(number, kind, since_1904));
    match format {
        Shown::Day | Shown::Clock => moment(ExcelDateTimeType::DateTime),
        Shown::Elapsed => moment(ExcelDateTimeType::TimeDelta),
        Shown::Plain | Shown::Percent | Shown::Padded(_) | Shown::Spelled(_) | Shown::Either => DataRef::Float(number),
    }
}

/// A value as the readers of streams give it.
fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::String(text) => DataRef::SharedString(text),
        Data::Float(number) => DataRef::Float(*number),
        Data::Int(number) => DataRef::Int(*number),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
    }
}

/// Sets a cell where there is something to set.
fn put(
    builder: &mut Builder<'_>,
    (row, column): (u64, u32),
    value: &DataRef<'_>,
    format: Shown,
    facts: &Facts,
) -> Result<(), Fault> {
    // where it is not known what a format shows, the number stays as it is stored
    let number = |stored: String, short: Option<String>| match (format, short) {
        (Shown::Either, _) | (_, None) => {
            let (text, either) = as_shown(stored, format);
            Cell { text, mark: if either { Mark::PerhapsPercent } else { Mark::Number } }
        }
        (_, Some(short)) => Cell { text: as_shown(short, format).0, mark: Mark::Rounded },
    };
    let text = |text: &str| Cell { text: text.trim().to_string(), mark: Mark::Text };
    let cell = match value {
        DataRef::Float(value) => number(value.to_string(), without_error(*value)),
        DataRef::Int(value) => number(value.to_string(), None),
        DataRef::Empty => Cell::default(),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(value) => text(&value.to_string()),
        DataRef::DateTime(moment) => moment_cell(moment, format),
        DataRef::DateTimeIso(value) => Cell { text: day(value), mark: Mark::Day },
        DataRef::DurationIso(value) => text(value),
        DataRef::Error(error) => Cell { text: error.to_string(), mark: Mark::NoValue },
    };
    if !cell.text.is_empty() {
        builder.set(row, column, cell)
    } else if facts.no_value.contains(&(row, column)) {
        builder.set(row, column, Cell { text: String::new(), mark: Mark::NoValue })
    } else {
        Ok(())
    }
}

/// A day as `2018-09-01`, with its time when it has one; a time without a day and a duration as `09:30`. Numbers outside the calendar stay
/// numbers: they are no days.
fn moment_cell(moment: &ExcelDateTime, format: Shown) -> Cell {
    let serial = moment.as_f64();
    let clock = moment.is_duration() || format == Shown::Clock && (0.0..1.0).contains(&serial);
    if clock && (0.0..10_000.0).contains(&serial) {
        return Cell { text: clock_text(serial), mark: Mark::Text };
    }
    if moment.is_duration() || !(1.0..2_958_466.0).contains(&serial) {
        return Cell { text: serial.to_string(), mark: Mark::Number };
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let text = if serial.fract() == 0.0 { date } else { format!("{date} {hour:02}:{minute:02}:{second:02}") };
    Cell { text, mark: Mark::Day }
}

/// A part of a day as hours and minutes, with seconds when it has some.
fn clock_text(serial: f64) -> String {
    let all: u32 = format!("{:.0}", serial * 86_400.0).parse().unwrap_or(0);
    clock(all / 3600, all / 60 % 60, all % 60)
}

/// `09:30`, `09:30:15`.
pub(super) fn clock(hours: u32, minutes: u32, seconds: u32) -> String {
    if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
}

/// A day that is written with a midnight, or with a time.
pub(super) fn day(text: &str) -> String {
    text.strip_suffix("T00:00:00").unwrap_or(text).replacen('T', " ", 1)
}

/// A number of eight bytes as the shortest text that reads back as it.
pub(super) fn decimal(bytes: [u8; 8]) -> String {
    f64::from_le_bytes(bytes).to_string()
}

/// A number as the shortest text that reads back as it, and without the error of computation where it ends with one.
pub(super) fn shortest(number: &str) -> Option<(String, Option<String>)> {
    let number = number.trim().parse::<f64>().ok().filter(|number| number.is_finite())?;
    Some((number.to_string(), without_error(number)))
}

/// Digits that a spreadsheet shows of a number at most.
const SHOWN_DIGITS: usize = 15;
/// A number that has no more digits once it is rounded to those was meant so.
const MEANT_DIGITS: usize = 12;

/// What was meant by a number that formulas left at a hair from it: `0.3` for `0.30000000000000004`, which a spreadsheet shows and compares as 0.3.
/// `None`: it is as it is.
fn without_error(number: f64) -> Option<String> {
    let digits = |text: &str| {
        let all: String = text.chars().filter(char::is_ascii_digit).collect();
        all.trim_matches('0').len()
    };
    // a whole number is a code, whoever wrote it
    if number.fract() == 0.0 || digits(&number.to_string()) <= SHOWN_DIGITS {
        return None;
    }
    let shown: f64 = format!("{number:.*e}", SHOWN_DIGITS - 1).parse().ok()?;
    Some(shown.to_string()).filter(|text| digits(text) <= MEANT_DIGITS)
}

fn fault(error: Error) -> Fault {
    let password = matches!(
        error,
        Error::Xlsx(XlsxError::Password) | Error::Xls(XlsError::Password) | Error::Xlsb(XlsbError::Password)
    );
    if password { Fault::Encrypted } else { Fault::Damaged(error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::{guarded, shortest, without_error};
    use crate::tables::fault::Fault;

    #[test]
    fn a_panic_of_the_reader_is_a_broken_workbook() {
        let read: Result<(), Fault> = guarded(|| panic!("as a library does"));
        assert_eq!(read, Err(Fault::Damaged("panic".to_string())));
    }

    #[test]
    fn numbers_are_printed_without_powers() {
        let text = |number: &str| shortest(number).map(|(text, _)| text);
        assert_eq!(text("1.50").as_deref(), Some("1.5"));
        assert_eq!(text("1E-7").as_deref(), Some("0.0000001"));
        assert_eq!(text("NaN"), None);
    }

    #[test]
    fn an_error_of_computation_is_taken_off_and_nothing_else() {
        assert_eq!(without_error(0.1 + 0.2).as_deref(), Some("0.3"));
        assert_eq!(without_error(68.664_999_999_999_99).as_deref(), Some("68.665"));
        assert_eq!(without_error(-1.100_000_000_000_000_5).as_deref(), Some("-1.1"));
        let others = [0.3, 11.0 / 3.0, 0.123_456_789_012_3, 1e22, 1_000_000_000_000_001.0, 4.511_197_751_972_99, 0.0];
        for number in others {
            assert_eq!(without_error(number), None, "{number}");
        }
    }
}
