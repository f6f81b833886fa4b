//! The list of schools as delimited text, written as it is made: a million schools need little memory.
//!
//! In Russian as Russian Excel reads it (semicolons, decimal comma), in English with commas and points; UTF-8 with a mark.

use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::decimal::{Fractions, push_fraction};
use super::list::{Bulk, Cell, List, ListColumn};
use super::words::Words;
use crate::data::dataset::TextColumn;
use crate::decision::Verdict;
use crate::language::Language;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::progress::{Progress, Stage};
use crate::value::{Reasons, Truth, Unit};

/// Rows formatted by one worker at a time.
const CHUNK: usize = 2 * 1024;
/// Rows whose texts are fetched together: texts lie all over the memory, and waits for them overlap.
const FETCHED: usize = 128;

/// Writes the whole list.
///
/// # Errors
/// What the writer refuses.
pub fn write(list: &List<'_>, speaker: &Speaker, out: &mut dyn Write, progress: &dyn Progress) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let style = Style::new(speaker);
    let words = Words::new(speaker).map(|word| Word::new(word, &style));
    let mut header = Vec::new();
    for column in &list.columns {
        style.push_text(&mut header, &column.header);
        header.push(style.delimiter);
    }
    style.end_row(&mut header);
    out.write_all(&header)?;
    progress.start(Stage::Write, u64::try_from(list.schools).ok());
    let starts: Vec<usize> = (0..list.schools).step_by(CHUNK).collect();
    let at_once = rayon::current_num_threads().max(1) * 4;
    // room that was used and can be used again: memory that is new to the system costs time
    let spare: Mutex<Vec<Vec<u8>>> = Mutex::new(Vec::new());
    // some threads make texts while this one hands them to the system
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<Vec<u8>>>(1);
        let (starts, words, style, spare) = (&starts, &words, &style, &spare);
        scope.spawn(move || {
            for group in starts.chunks(at_once) {
                let range = |start: usize| start..list.schools.min(start + CHUNK);
                let texts = group.par_iter().map(|start| {
                    let mut text = spare.lock().ok().and_then(|mut spare| spare.pop()).unwrap_or_default();
                    rows(list, range(*start), words, style, &mut text);
                    text
                });
                let texts = texts.collect();
                if send.send(texts).is_err() {
                    return;
                }
            }
        });
        for mut text in receive.into_iter().flatten() {
            out.write_all(&text)?;
            text.clear();
            if let Ok(mut spare) = spare.lock() {
                spare.push(text);
            }
            progress.advance(u64::try_from(CHUNK).unwrap_or(0));
        }
        io::Result::Ok(())
    })?;
    progress.finish();
    out.flush()
}

/// A small table of texts.
pub fn table(headers: &[String], rows: impl Iterator<Item = Vec<String>>, speaker: &Speaker) -> Vec<u8> {
    let style = Style::new(speaker);
    let mut out = "\u{feff}".as_bytes().to_vec();
    for row in std::iter::once(headers.to_vec()).chain(rows) {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(style.delimiter);
            }
            style.push_text(&mut out, cell);
        }
        out.extend_from_slice(b"\r\n");
    }
    out
}

/// A word with the delimiter after it, with room behind it so that it is copied in pieces of a size known before.
struct Word {
    bytes: [u8; WORD],
    length: usize,
    /// Where it is longer.
    long: Vec<u8>,
}

const WORD: usize = 32;

impl Word {
    fn new(text: &str, style: &Style<'_>) -> Word {
        let mut long = Vec::new();
        style.push_text(&mut long, text);
        long.push(style.delimiter);
        let mut bytes = [0; WORD];
        for (to, from) in bytes.iter_mut().zip(&long) {
            *to = *from;
        }
        Word { bytes, length: long.len(), long }
    }

    #[inline]
    fn push(&self, out: &mut Vec<u8>) {
        if self.length > WORD {
            return out.extend_from_slice(&self.long);
        }
        let end = out.len() + self.length;
        out.extend_from_slice(&self.bytes);
        out.truncate(end);
    }
}

/// How this language writes records.
struct Style<'a> {
    delimiter: u8,
    mark: u8,
    speaker: &'a Speaker,
}

impl Style<'_> {
    fn new(speaker: &Speaker) -> Style<'_> {
        let (delimiter, mark) = match speaker.language() {
            Language::Russian => (b';', b','),
            Language::English => (b',', b'.'),
        };
        Style { delimiter, mark, speaker }
    }

    /// A text in quotation marks where it needs them, and harmless in a spreadsheet.
    fn push_text(&self, out: &mut Vec<u8>, text: &str) {
        let special = |byte: &u8| *byte == self.delimiter || matches!(byte, b'"' | b'\n' | b'\r');
        let text = neutral(text);
        if !text.bytes().any(|byte| special(&byte)) {
            out.extend_from_slice(text.as_bytes());
            return;
        }
        out.push(b'"');
        for byte in text.bytes() {
            if byte == b'"' {
                out.push(b'"');
            }
            out.push(byte);
        }
        out.push(b'"');
    }

    fn push_number(&self, out: &mut Vec<u8>, number: &Number, unit: &Unit) {
        let text = self.speaker.bare_quantity(number, unit, Precision::Full).replace('−', "-");
        if let Some(digits) = text.strip_prefix('-') {
            out.push(b'-');
            self.push_text(out, digits);
        } else {
            self.push_text(out, &text);
        }
    }

    /// The last delimiter of a row gives way to the end of the line.
    fn end_row(&self, out: &mut Vec<u8>) {
        if out.last() == Some(&self.delimiter) {
            out.pop();
        }
        out.extend_from_slice(b"\r\n");
    }
}

/// What is the same in many rows of a column, and the texts of the rows that come next. Words end with the delimiter.
#[derive(Default)]
struct Ready {
    fractions: Fractions,
    /// Why a criterion is met.
    met: Option<Word>,
    texts: Vec<u8>,
    ends: Vec<usize>,
}

impl Ready {
    fn fetch(&mut self, column: &TextColumn, rows: std::ops::Range<usize>, style: &Style<'_>) {
        self.texts.clear();
        self.ends.clear();
        for row in rows {
            style.push_text(&mut self.texts, column.get(row));
            self.texts.push(style.delimiter);
            self.ends.push(self.texts.len());
        }
    }

    fn fetched(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.texts.get(start..*end)).unwrap_or(&[])
    }
}

fn ready<'a>(column: &'a ListColumn<'_>, style: &Style<'_>) -> (&'a ListColumn<'a>, Bulk<'a>, Ready) {
    let mut ready = Ready::default();
    let bulk = match column.bulk() {
        bulk @ Bulk::Numbers { denominator, .. } => {
            match Fractions::new(denominator, column.unit.shown_factor(), style.mark) {
                Some(fractions) => {
                    ready.fractions = fractions;
                    bulk
                }
                None => Bulk::Cells,
            }
        }
        bulk @ Bulk::Reason(_, ground) => {
            ready.met = ground.same(true).map(|words| Word::new(words, style));
            bulk
        }
        bulk => bulk,
    };
    (column, bulk, ready)
}

/// Appends the records of these rows.
fn rows(list: &List<'_>, range: std::ops::Range<usize>, words: &Words<Word>, style: &Style<'_>, out: &mut Vec<u8>) {
    out.reserve(range.len() * list.columns.len() * 12);
    let mut columns: Vec<(&ListColumn<'_>, Bulk<'_>, Ready)> = list.columns.iter().map(|c| ready(c, style)).collect();
    for start in range.clone().step_by(FETCHED) {
        let few = start..range.end.min(start + FETCHED);
        for (_, bulk, ready) in &mut columns {
            if let Bulk::Texts(texts, _) = bulk {
                ready.fetch(texts, few.clone(), style);
            }
        }
        for row in few {
            for (column, bulk, ready) in &columns {
                push(out, row, row - start, (column, bulk, ready), words, style);
            }
            style.end_row(out);
        }
    }
}

/// One cell with the delimiter after it; `fetched`: place of the row among those whose texts were fetched.
#[inline]
fn push(
    out: &mut Vec<u8>,
    row: usize,
    fetched: usize,
    (column, bulk, ready): (&ListColumn<'_>, &Bulk<'_>, &Ready),
    words: &Words<Word>,
    style: &Style<'_>,
) {
    let absence = |absent: &Option<&[u8]>| Reasons(absent.and_then(|a| a.get(row)).copied().unwrap_or(0));
    let word = match bulk {
        Bulk::Numbers { values, absent, .. } => match absence(absent) {
            Reasons::NONE => {
                if !values.get(row).is_some_and(|value| ready.fractions.push(out, value)) {
                    push_cell(out, &column.cell(row, style.speaker), &column.unit, words, style);
                } else {
                    out.push(style.delimiter);
                }
                return;
            }
            reasons => words.reasons(reasons),
        },
        Bulk::Texts(_, absent) => match absence(absent) {
            Reasons::NONE => return out.extend_from_slice(ready.fetched(fetched)),
            reasons => words.reasons(reasons),
        },
        Bulk::Truths(truths, absent) => {
            let reasons = absence(absent);
            let truth = truths.get(row).map_or(Truth::unknown(Reasons::MISSING), |truth| Truth(*truth));
            match (reasons.is_none(), truth.is_unknown()) {
                (false, _) => words.reasons(reasons),
                (true, true) => words.reasons(truth.reasons()),
                (true, false) => words.truth(truth.is_true()),
            }
        }
        Bulk::Category(verdicts) => verdicts.get(row).map_or(words.none(), |v| words.category(*v)),
        Bulk::Criterion(verdicts) => verdicts.get(row).map_or(words.none(), |v| words.criterion(*v)),
        Bulk::Reason(verdicts, ground) => match verdicts.get(row) {
            Some(Verdict::Undetermined(reasons)) => words.reasons(reasons.of_not_knowing()),
            Some(Verdict::Met) => match &ready.met {
                Some(word) => word,
                None => {
                    style.push_text(out, &ground.words(row, true, style.speaker));
                    return out.push(style.delimiter);
                }
            },
            Some(Verdict::NotMet) => match ground.failing(row, style.speaker) {
                None => words.none(),
                Some(words) => {
                    style.push_text(out, &words);
                    return out.push(style.delimiter);
                }
            },
            _ => words.none(),
        },
        Bulk::Cells => return push_cell(out, &column.cell(row, style.speaker), &column.unit, words, style),
    };
    word.push(out);
}

/// The same one cell at a time.
fn push_cell(out: &mut Vec<u8>, cell: &Cell<'_>, unit: &Unit, words: &Words<Word>, style: &Style<'_>) {
    let word = match cell {
        Cell::Truth(truth) => words.truth(*truth),
        Cell::Category(verdict) => words.category(*verdict),
        Cell::Group(verdict) => words.group(*verdict),
        Cell::Criterion(verdict) => words.criterion(*verdict),
        Cell::Absent(reasons) => words.reasons(*reasons),
        Cell::Empty | Cell::Text(_) | Cell::Fraction(..) | Cell::Number(_) | Cell::Date(_) => {
            match cell {
                Cell::Text(text) => style.push_text(out, text),
                Cell::Fraction(numerator, denominator) => {
                    let factor = i128::from(unit.shown_factor());
                    if !push_fraction(out, *numerator, *denominator, factor, style.mark)
                        && let Some(number) = Number::ratio(*numerator, *denominator)
                    {
                        style.push_number(out, &number, unit);
                    }
                }
                Cell::Number(number) => style.push_number(out, number, unit),
                Cell::Date(date) => style.push_text(out, &style.speaker.date(*date)),
                _ => {}
            }
            return out.push(style.delimiter);
        }
    };
    word.push(out);
}

/// A text that a spreadsheet could take for a formula gets an apostrophe in front.
pub fn neutral(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}
