//! What the spreadsheet reader does not tell of XLSB: number formats, hidden rows and columns, merged cells, formulas with an error value, texts with
//! formats of their own; and that its records are within the limits.
//!
//! Knows records; reads only the values that the reader passes over.

use std::collections::HashMap;
use std::io::{BufRead, Read};

use super::facts::{Facts, error_text};
use super::number_format::{Shown, built_in, shown};
use super::xlsx;
use crate::tables::container::{Archive, Metered};
use crate::tables::fault::{Fault, Limit};
use crate::tables::grid::{Cell, Mark};
use crate::tables::limits::{Limits, size};

const ROW: u16 = 0x0000;
const CELL_RK: u16 = 0x0002;
const CELL_REAL: u16 = 0x0005;
const FORMULA_NUMBER: u16 = 0x0009;
const FORMULA_ERROR: u16 = 0x000b;
/// Cells that say their column only by the cell before them, from the first to the last kind that holds a value.
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 0x000d..=0x0012;
const FORMAT: u16 = 0x002c;
const CELL_FORMAT: u16 = 0x002f;
const COLUMNS: u16 = 0x003c;
const CELL_RICH: u16 = 0x003e;
const MERGED: u16 = 0x00b0;
const CELL_FORMATS: u16 = 0x0269;
const CELL_FORMATS_END: u16 = 0x026a;

/// The parts of a workbook.
pub(super) struct Parts {
    /// How each cell format shows numbers.
    formats: Vec<Shown>,
    sheets: Vec<(String, usize)>,
}

/// Reads what all sheets share.
///
/// Errors: damaged, larger than the limits.
pub(super) fn parts(archive: &mut Archive, limits: &Limits) -> Result<Parts, Fault> {
    let relations = xlsx::related(archive, "xl/_rels/workbook.bin.rels", limits)?;
    let mut parts = Parts { formats: Vec::new(), sheets: Vec::new() };
    if let Some(at) = archive.find("xl/styles.bin") {
        parts.formats = formats(&mut Records::new(archive.part(at)?, limits))?;
    }
    if let Some(at) = archive.find("xl/sharedStrings.bin") {
        Records::new(archive.part(at)?, limits).each(|_, _| Ok(()))?;
    }
    let Some(at) = archive.find("xl/workbook.bin") else {
        return Ok(parts);
    };
    let mut named = Vec::new();
    Records::new(archive.part(at)?, limits).each(|kind, data| {
        // BrtBundleSh: state, id, name of the relation, name
        if kind == 0x009c {
            let (relation, next) = wide(data, 8);
            named.push((wide(data, next).0, relation));
        }
        Ok(())
    })?;
    parts.sheets = xlsx::placed(archive, &relations, "xl", named);
    Ok(parts)
}

impl Parts {
    /// What the part of a sheet tells; nothing where it is not known which one is the sheet's.
    pub fn sheet(&self, archive: &mut Archive, name: &str, limits: &Limits) -> Result<Facts, Fault> {
        let Some((_, at)) = self.sheets.iter().find(|(known, _)| known == name) else {
            return Ok(Facts::default());
        };
        let (mut facts, mut row) = (Facts::default(), 0);
        Records::new(archive.part(*at)?, limits).each(|kind, data| {
            match kind {
                ROW => {
                    row = u64::from(number(data, 0)) + 1;
                    if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        facts.hidden_rows.insert(row);
                    }
                }
                CELL_RK | CELL_REAL | FORMULA_NUMBER => {
                    let style = usize::try_from(number(data, 4) & 0x00ff_ffff).unwrap_or(usize::MAX);
                    let shown = self.formats.get(style).copied().unwrap_or(Shown::Plain);
                    if shown != Shown::Plain {
                        facts.shown.insert((row, number(data, 0).saturating_add(1)), shown);
                        limits.hold(Limit::Cells, size(facts.shown.len()))?;
                    }
                }
                FORMULA_ERROR => {
                    let text = error_text(data.get(8).copied().unwrap_or(0)).to_string();
                    facts.own((row, number(data, 0).saturating_add(1)), Cell { text, mark: Mark::NoValue }, limits)?;
                }
                CELL_RICH => {
                    let text = wide(data, 9).0.trim().to_string();
                    facts.own((row, number(data, 0).saturating_add(1)), Cell { text, mark: Mark::Text }, limits)?;
                }
                // the reader passes them over, and would lose them without a word
                kind if SHORT_CELLS.contains(&kind) => return Err(Fault::Damaged("BrtShort".to_string())),
                COLUMNS if data.get(16).is_some_and(|flags| flags & 1 != 0) => {
                    facts.hide_columns(number(data, 0).saturating_add(1), number(data, 4).saturating_add(1), limits);
                }
                MERGED => {
                    let at = |at| number(data, at).saturating_add(1);
                    facts.merge((u64::from(at(0)), u64::from(at(4))), (at(8), at(12)), limits)?;
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(facts)
    }
}

fn formats<R: BufRead>(records: &mut Records<R>) -> Result<Vec<Shown>, Fault> {
    let (mut codes, mut formats, mut cells) = (HashMap::new(), Vec::new(), false);
    records.each(|kind, data| {
        let code = |at: usize| u16::try_from(number(data, at) & 0xffff).unwrap_or(0);
        match kind {
            FORMAT => drop(codes.insert(code(0), shown(&wide(data, 2).0))),
            CELL_FORMATS => cells = true,
            CELL_FORMATS_END => cells = false,
            CELL_FORMAT if cells => {
                let code = code(2);
                formats.push(codes.get(&code).copied().unwrap_or_else(|| built_in(code)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(formats)
}

/// Four bytes from a place on, or what is there of them.
fn number(data: &[u8], at: usize) -> u32 {
    let bytes = data.get(at..).unwrap_or(&[]);
    bytes.iter().take(4).rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// A text of UTF-16 with its length before it, and where the next thing begins.
fn wide(data: &[u8], at: usize) -> (String, usize) {
    let length = number(data, at);
    // there is none
    if length == u32::MAX {
        return (String::new(), at + 4);
    }
    let end = (at + 4).saturating_add(usize::try_from(length).unwrap_or(0).saturating_mul(2));
    let bytes = data.get(at + 4..end).unwrap_or(&[]);
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| pair.iter().rev().fold(0, |n, b| n << 8 | u16::from(*b))).collect();
    (String::from_utf16_lossy(&units), end)
}

/// The records of a part.
struct Records<R> {
    input: Metered<R>,
    limits: Limits,
}

impl<R: BufRead> Records<R> {
    fn new(input: R, limits: &Limits) -> Self {
        Records { input: Metered::new(input, limits.unpacked), limits: *limits }
    }

    /// Shows every record: its kind and its bytes.
    fn each(&mut self, mut see: impl FnMut(u16, &[u8]) -> Result<(), Fault>) -> Result<(), Fault> {
        // characters are two bytes there
        let most = self.limits.cell.saturating_mul(2).saturating_add(64 * 1024);
        let mut data = Vec::new();
        loop {
            self.input.step(self.limits.unpacked);
            let Some(first) = self.byte()? else {
                return Ok(());
            };
            let kind = if first & 0x80 == 0 {
                u16::from(first)
            } else {
                u16::from(first & 0x7f) | u16::from(self.byte()?.unwrap_or(0) & 0x7f) << 7
            };
            let mut length: u64 = 0;
            for shift in [0, 7, 14, 21] {
                let byte = self.byte()?.unwrap_or(0);
                length |= u64::from(byte & 0x7f) << shift;
                if byte & 0x80 == 0 {
                    break;
                }
            }
            if length > most {
                return Err(self.limits.fault(Limit::Cell));
            }
            data.clear();
            let read = (&mut self.input).take(length).read_to_end(&mut data);
            let read = read.map_err(|error| self.fault(&error))?;
            if size(read) < length {
                return Err(Fault::Damaged("end of file".to_string()));
            }
            see(kind, &data)?;
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, Fault> {
        let mut byte = [0];
        let read = self.input.read(&mut byte).map_err(|error| self.fault(&error))?;
        Ok((read > 0).then(|| u8::from_le_bytes(byte)))
    }

    fn fault(&self, error: &std::io::Error) -> Fault {
        self.input.exceeded().map_or_else(|| Fault::Damaged(error.to_string()), |limit| self.limits.fault(limit))
    }
}

#[cfg(test)]
mod tests {
    use super::{Records, formats, wide};
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::limits::Limits;
    use crate::tables::workbook::number_format::Shown;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = if kind < 0x80 { vec![kind as u8] } else { vec![kind as u8 | 0x80, (kind >> 7) as u8] };
        let mut length = data.len();
        loop {
            let more = length >> 7 > 0;
            bytes.push((length & 0x7f) as u8 | if more { 0x80 } else { 0 });
            length >>= 7;
            if !more {
                break;
            }
        }
        bytes.extend_from_slice(data);
        bytes
    }

    fn format(code: u16, text: &str) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&code.to_le_bytes()[..], &(text.len() as u32).to_le_bytes(), &units].concat()
    }

    #[test]
    fn formats_are_those_of_cells() {
        let cell = |code: u16| record(0x002f, &[&[0, 0][..], &code.to_le_bytes(), &[0; 12]].concat());
        let bytes = [
            record(0x002c, &format(164, "0.0%")),
            record(0x002c, &format(165, "000000")),
            cell(164),
            record(0x0269, &[4, 0, 0, 0]),
            cell(0),
            cell(164),
            cell(165),
            cell(9),
            record(0x026a, &[]),
            cell(164),
        ]
        .concat();
        let read = formats(&mut Records::new(&bytes[..], &Limits::default())).unwrap();
        assert_eq!(read, [Shown::Plain, Shown::Percent, Shown::Padded(6), Shown::Percent]);
    }

    #[test]
    fn records_that_say_more_than_there_is_are_refused() {
        let limits = Limits::default();
        let short = [0x13, 0xff, 0x7f, 1, 2];
        assert!(matches!(Records::new(&short[..], &limits).each(|_, _| Ok(())), Err(Fault::Damaged(_))));
        let huge = [0x13, 0xff, 0xff, 0xff, 0x7f, 1, 2];
        let read = Records::new(&huge[..], &limits).each(|_, _| Ok(()));
        assert_eq!(read, Err(Fault::Limit(Limit::Cell, limits.cell)));
        assert_eq!(wide(&[0xff; 4], 0), (String::new(), 4));
    }
}
