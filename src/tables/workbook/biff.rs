//! What the spreadsheet reader does not tell of XLS: number formats, hidden rows and columns, formulas as some other programs write them; and
//! that the rectangles which it holds are within the limits.
//!
//! Knows records; reads only the values that the reader passes over.

use std::collections::HashMap;

use super::facts::{Facts, error_text};
use super::number_format::{Shown, built_in, shown};
use super::reader::decimal;
use crate::tables::compound::Compound;
use crate::tables::fault::{Fault, Limit};
use crate::tables::grid::{Cell, Mark};
use crate::tables::limits::{Limits, size};

const END: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
const SINCE_1904: u16 = 0x0022;
const ENCRYPTED: u16 = 0x002f;
const CONTINUED: u16 = 0x003c;
const COLUMNS: u16 = 0x007d;
const SHEET: u16 = 0x0085;
/// Formulas under the numbers that they had before.
const FORMULAS_BEFORE: [u16; 2] = [0x0206, 0x0406];
const NUMBERS: u16 = 0x00bd;
const LABEL_RICH: u16 = 0x00d6;
const CELL_FORMAT: u16 = 0x00e0;
const SHARED: u16 = 0x00fc;
const LABEL_SHARED: u16 = 0x00fd;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const FORMULA_TEXT: u16 = 0x0207;
const ROW: u16 = 0x0208;
const NUMBER_SHORT: u16 = 0x027e;
const FORMAT: u16 = 0x041e;
const BEGIN: u16 = 0x0809;

/// Rectangles that the reader may hold, in cells: about two gigabytes.
const HELD: u64 = 50_000_000;

/// Whether the texts of a workbook say for themselves that their characters are wide or the lower halves of such, whatever code page it names; and what is
/// told of the sheets, in their order.
///
/// Errors: protected, damaged, rectangles larger than the limits.
pub(super) fn facts(bytes: &[u8], limits: &Limits) -> Result<(bool, Vec<Facts>), Fault> {
    let stream = Compound::open(bytes)?.stream(&["Workbook", "Book"])?;
    let book = Book::of(&stream)?;
    let (mut held, mut printed): (u64, u64) = (0, 0);
    let mut all = Vec::new();
    for start in &book.sheets {
        let (facts, area) = book.sheet(stream.get(*start..).unwrap_or(&[]), &mut printed, limits)?;
        held = held.saturating_add(area);
        if held > HELD.min(limits.cells) {
            return Err(Fault::Limit(Limit::Cells, HELD.min(limits.cells)));
        }
        all.push(facts);
    }
    Ok((book.wide, all))
}

/// Records: kind and bytes. What is cut off is no record.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, short(rest, 2)?);
        let end = 4 + usize::from(length);
        let data = rest.get(4..end)?;
        rest = rest.get(end..)?;
        Some((kind, data))
    })
}

fn short(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// What all sheets share.
#[derive(Default)]
struct Book {
    /// Where the records of each sheet begin.
    sheets: Vec<usize>,
    /// How each cell format shows numbers.
    formats: Vec<Shown>,
    /// Characters of each shared text.
    lengths: Vec<u16>,
    since_1904: bool,
    /// Texts say for themselves whether their characters are wide.
    wide: bool,
}

impl Book {
    fn of(stream: &[u8]) -> Result<Book, Fault> {
        let mut book = Book::default();
        let (mut codes, mut cells, mut wide) = (HashMap::new(), Vec::new(), true);
        let (mut shared, mut before): (Vec<&[u8]>, u16) = (Vec::new(), END);
        for (kind, data) in records(stream) {
            let continued = kind == CONTINUED && before == SHARED;
            if kind == SHARED || continued {
                shared.push(data);
            }
            before = if continued { SHARED } else { kind };
            match kind {
                BEGIN => wide = short(data, 0).is_none_or(|version| version == 0x0600),
                FORMAT => {
                    if let Some((number, text)) = short(data, 0).zip(text(data, wide)) {
                        codes.insert(number, shown(&text));
                    }
                }
                CELL_FORMAT => cells.push(short(data, 2).unwrap_or(0)),
                SHEET => book.sheets.extend(long(data, 0).and_then(|at| usize::try_from(at).ok())),
                // what follows makes no sense without the password
                ENCRYPTED => return Err(Fault::Encrypted),
                SINCE_1904 => book.since_1904 = short(data, 0) == Some(1),
                END => break,
                _ => {}
            }
        }
        book.wide = wide;
        book.lengths = lengths(&shared);
        book.formats =
            cells.into_iter().map(|code| codes.get(&code).copied().unwrap_or_else(|| built_in(code))).collect();
        Ok(book)
    }

    /// What the records of a sheet tell, and the cells of its rectangle; the characters of shared texts that it prints are added.
    fn sheet(&self, stream: &[u8], printed: &mut u64, limits: &Limits) -> Result<(Facts, u64), Fault> {
        let mut facts = Facts::default();
        let mut area = Area::default();
        let (mut begun, mut inner) = (false, 0u32);
        // the cell whose formula has a text
        let mut text_of = None;
        for (kind, data) in records(stream) {
            // charts within a sheet have records of their own
            match kind {
                BEGIN if begun => inner += 1,
                BEGIN => begun = true,
                END if inner == 0 => break,
                END => inner -= 1,
                _ if inner > 0 => {}
                DIMENSIONS => {
                    // older ones count rows in two bytes
                    let old = data.len() < 12;
                    let number = |at: usize, old_at: usize| {
                        if old { short(data, old_at).map(u32::from) } else { long(data, at) }
                    };
                    let rows = number(0, 0).zip(number(4, 2));
                    let columns =
                        if old { short(data, 4).zip(short(data, 6)) } else { short(data, 8).zip(short(data, 10)) };
                    if let Some(((first, last), (left, right))) = rows.zip(columns) {
                        let rows = u64::from(last.saturating_sub(first)) + 1;
                        area.stated = rows.saturating_mul(u64::from(right.saturating_sub(left)) + 1);
                    }
                }
                ROW if data.get(12).is_some_and(|flags| flags & 0x20 != 0) => {
                    facts.hidden_rows.extend(short(data, 0).map(|row| u64::from(row) + 1));
                }
                COLUMNS if data.get(8).is_some_and(|flags| flags & 1 != 0) => {
                    if let Some((first, last)) = short(data, 0).zip(short(data, 2)) {
                        facts.hide_columns(u32::from(first) + 1, u32::from(last) + 1, limits);
                    }
                }
                kind if FORMULAS_BEFORE.contains(&kind) => {
                    self.cells(FORMULA, data, &mut facts, &mut area);
                    match place(data).zip(formula_value(data)) {
                        Some((at, Value::Cell(cell))) => facts.own(at, cell, limits)?,
                        Some((at, Value::TextBehind)) => text_of = Some(at),
                        None => {}
                    }
                }
                FORMULA_TEXT if text_of.is_some() && self.wide => {
                    if let Some((at, text)) = text_of.take().zip(characters(data)) {
                        facts.own(at, Cell { text: text.trim().to_string(), mark: Mark::Text }, limits)?;
                    }
                }
                FORMULA | NUMBERS | LABEL | LABEL_RICH | LABEL_SHARED | NUMBER | NUMBER_SHORT | TRUTH => {
                    self.cells(kind, data, &mut facts, &mut area);
                    if kind == LABEL_SHARED {
                        let at = long(data, 6).and_then(|at| usize::try_from(at).ok());
                        let length = at.and_then(|at| self.lengths.get(at)).copied().unwrap_or(0);
                        // the reader holds each text as often as it is printed
                        *printed = printed.saturating_add(u64::from(length));
                        limits.hold(Limit::Unpacked, *printed)?;
                    }
                }
                _ => {}
            }
        }
        facts.since_1904 = self.since_1904;
        limits.hold(Limit::Cells, size(facts.shown.len()))?;
        Ok((facts, area.stated.max(area.size())))
    }

    fn cells(&self, kind: u16, data: &[u8], facts: &mut Facts, area: &mut Area) {
        let Some((row, first)) = short(data, 0).zip(short(data, 2)) else {
            return;
        };
        let last = if kind == NUMBERS { data.len().checked_sub(2).and_then(|at| short(data, at)) } else { None };
        area.take(row, first);
        area.take(row, last.unwrap_or(first).max(first));
        let mut show = |column: u16, at: usize| {
            let format = short(data, at).and_then(|format| self.formats.get(usize::from(format))).copied();
            if let Some(format) = format.filter(|format| *format != Shown::Plain) {
                facts.shown.insert((u64::from(row) + 1, u32::from(column) + 1), format);
            }
        };
        match kind {
            FORMULA | NUMBER | NUMBER_SHORT => show(first, 4),
            NUMBERS => (first..=last.unwrap_or(first)).enumerate().for_each(|(n, column)| show(column, 4 + n * 6)),
            _ => {}
        }
    }
}

/// The rectangle around cells.
#[derive(Default)]
struct Area {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
    /// What the sheet says of it.
    stated: u64,
}

impl Area {
    fn take(&mut self, row: u16, column: u16) {
        let wider =
            |known: Option<(u16, u16)>, at: u16| known.map_or((at, at), |(from, to)| (from.min(at), to.max(at)));
        self.rows = Some(wider(self.rows, row));
        self.columns = Some(wider(self.columns, column));
    }

    fn size(&self) -> u64 {
        let length = |(from, to): (u16, u16)| u64::from(to - from) + 1;
        self.rows.map_or(0, length) * self.columns.map_or(0, length)
    }
}

/// The lengths of shared texts, in characters, as far as the records can be followed.
fn lengths(records: &[&[u8]]) -> Vec<u16> {
    let (mut chunks, mut lengths) = (records.iter().copied(), Vec::new());
    let mut rest = chunks.next().and_then(|first| first.get(8..)).unwrap_or(&[]);
    loop {
        if rest.is_empty() {
            match chunks.next() {
                Some(next) => rest = next,
                None => return lengths,
            }
        }
        let Some((length, flags)) = short(rest, 0).zip(rest.get(2).copied()) else {
            return lengths;
        };
        let (runs, extra) = (flags & 8 != 0, flags & 4 != 0);
        let many = if runs { short(rest, 3).map_or(0, usize::from) * 4 } else { 0 };
        let more =
            if extra { long(rest, if runs { 5 } else { 3 }).and_then(|n| usize::try_from(n).ok()) } else { None };
        rest = rest.get(3 + usize::from(runs) * 2 + usize::from(extra) * 4..).unwrap_or(&[]);
        let (mut left, mut bytes) = (usize::from(length), 1 + usize::from(flags & 1));
        while left > 0 {
            let taken = left.min(rest.len() / bytes);
            (left, rest) = (left - taken, rest.get(taken * bytes..).unwrap_or(&[]));
            if left > 0 {
                // characters go on in the next record, of which the first byte says how wide they are
                let Some((wide, next)) = chunks.next().and_then(<[u8]>::split_first) else {
                    return lengths;
                };
                (bytes, rest) = (1 + usize::from(wide & 1), next);
            }
        }
        let mut skipped = many + more.unwrap_or(0);
        while skipped > rest.len() {
            skipped -= rest.len();
            match chunks.next() {
                Some(next) => rest = next,
                None => return lengths,
            }
        }
        rest = rest.get(skipped..).unwrap_or(&[]);
        lengths.push(length);
    }
}

/// Row and column of a cell, from 1.
fn place(data: &[u8]) -> Option<(u64, u32)> {
    let (row, column) = short(data, 0).zip(short(data, 2))?;
    Some((u64::from(row) + 1, u32::from(column) + 1))
}

/// A text with its length and with whether its characters are wide; none when it goes on in another record.
fn characters(data: &[u8]) -> Option<String> {
    let (length, flags) = (usize::from(short(data, 0)?), *data.get(2)?);
    let units: Vec<u16> = if flags & 1 == 0 {
        data.get(3..3 + length)?.iter().map(|byte| u16::from(*byte)).collect()
    } else {
        (0..length).map(|n| short(data, 3 + n * 2)).collect::<Option<_>>()?
    };
    Some(String::from_utf16_lossy(&units))
}

/// What a formula came to.
enum Value {
    Cell(Cell),
    /// A text in the next record.
    TextBehind,
}

fn formula_value(data: &[u8]) -> Option<Value> {
    let bytes: [u8; 8] = data.get(6..14)?.try_into().ok()?;
    let [kind, _, value, .., 0xff, 0xff] = bytes else {
        return Some(Value::Cell(Cell { text: decimal(bytes), mark: Mark::Number }));
    };
    let cell = |text: &str, mark| Some(Value::Cell(Cell { text: text.to_string(), mark }));
    match kind {
        0 => Some(Value::TextBehind),
        1 => cell(if value == 0 { "false" } else { "true" }, Mark::Text),
        2 => cell(error_text(value), Mark::NoValue),
        _ => None,
    }
}

/// The code of a number format: in wide characters or in narrow ones.
fn text(data: &[u8], wide: bool) -> Option<String> {
    if !wide {
        let length = usize::from(*data.get(2)?);
        return Some(data.get(3..3 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let (length, flags) = (usize::from(short(data, 2)?), *data.get(4)?);
    if flags & 1 == 0 {
        return Some(data.get(5..5 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = (0..length).filter_map(|n| short(data, 5 + n * 2)).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::{
        BEGIN, Book, CELL_FORMAT, DIMENSIONS, ENCRYPTED, END, FORMAT, LABEL_SHARED, NUMBER, NUMBERS, ROW, SHEET,
        lengths,
    };
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::limits::Limits;
    use crate::tables::workbook::number_format::Shown;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn cell(row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
        [&row.to_le_bytes()[..], &column.to_le_bytes(), rest].concat()
    }

    #[test]
    fn formats_hidden_rows_and_rectangles_are_told() {
        let begin = record(BEGIN, &[0, 6, 0x10, 0]);
        let format = |code: u16| record(CELL_FORMAT, &[&[0, 0][..], &code.to_le_bytes(), &[0; 16]].concat());
        let percent = record(FORMAT, &[&[164, 0, 4, 0, 0][..], b"0.0%"].concat());
        let book = [
            begin.clone(),
            percent,
            format(0),
            format(164),
            format(10),
            record(SHEET, &[1, 2, 0, 0, 0, 0, 1, 0, 65]),
            record(END, &[]),
        ];
        let book = Book::of(&book.concat()).unwrap();
        assert_eq!(book.formats, [Shown::Plain, Shown::Percent, Shown::Percent]);
        assert_eq!(book.sheets, [0x0201]);
        let mut row = cell(4, 0, &[0; 12]);
        row[12] = 0x20;
        let chart = [begin.clone(), record(NUMBER, &cell(60_000, 60_000, &[1, 0, 0])), record(END, &[])].concat();
        let sheet = [
            begin,
            record(ROW, &row),
            chart,
            record(NUMBER, &cell(4, 1, &[1, 0, 0, 0])),
            // two numbers in columns 2 and 3, the second a percentage
            record(NUMBERS, &cell(9, 2, &[0, 0, 1, 1, 1, 1, 2, 0, 1, 1, 1, 1, 3, 0])),
            record(END, &[]),
        ];
        let (facts, area) = book.sheet(&sheet.concat(), &mut 0, &Limits::default()).unwrap();
        let mut shown: Vec<_> = facts.shown.into_keys().collect();
        shown.sort_unstable();
        assert_eq!(shown, [(5, 2), (10, 4)]);
        assert_eq!(facts.hidden_rows.into_iter().collect::<Vec<_>>(), [5]);
        // rows 4 to 9, columns 1 to 3
        assert_eq!(area, 6 * 3);
        let stated = [0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0xff, 0xff];
        let (_, area) = book.sheet(&record(DIMENSIONS, &stated), &mut 0, &Limits::default()).unwrap();
        assert_eq!(area, (0x7fff_ffff + 1) * (0xffff + 1));
    }

    #[test]
    fn a_workbook_with_a_password_is_not_read_on() {
        // the size of a sheet, as it stands there, is not its size
        let sheet = record(DIMENSIONS, &[0xff; 14]);
        let book = [record(BEGIN, &[0, 6, 5, 0]), record(ENCRYPTED, &[1, 0, 1, 0]), sheet].concat();
        assert!(matches!(Book::of(&book), Err(Fault::Encrypted)));
    }

    #[test]
    fn a_shared_text_counts_as_often_as_it_is_printed() {
        // "abc"; "de" in wide characters, its second one in the next record, with a run of four bytes; "f"
        let first = [&[0; 8][..], &[3, 0, 0, b'a', b'b', b'c'], &[2, 0, 9, 1, 0, b'd', 0]].concat();
        let second = [&[1, b'e', 0][..], &[9, 9, 9, 9], &[1, 0, 0, b'f']].concat();
        assert_eq!(lengths(&[&first, &second]), [3, 2, 1]);
        assert_eq!(lengths(&[&first]), [3]);
        let book = Book { lengths: vec![3, 2, 1], ..Book::default() };
        let cells = [0, 1, 2].map(|row| record(LABEL_SHARED, &cell(row, 0, &[0, 0, 0, 0, 0, 0])));
        let limits = Limits { unpacked: 9, ..Limits::default() };
        // three of another sheet before
        assert_eq!(book.sheet(&cells.concat(), &mut 3, &limits).unwrap_err(), Fault::Limit(Limit::Unpacked, 9));
        assert!(book.sheet(&cells[..2].concat(), &mut 3, &limits).is_ok());
    }
}
