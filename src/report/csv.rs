//! The list of schools as delimited text, written as it is made: a million schools need little memory.
//!
//! In Russian as Russian Excel reads it (semicolons, decimal comma), in English with commas and points; UTF-8 with a mark.

use std::io::{self, Write};
use std::sync::mpsc::sync_channel;

use rayon::prelude::*;

use super::decimal::{Fractions, push_fraction};
use super::list::{Bulk, Cell, List, ListColumn};
use super::words::Words;
use crate::decision::Verdict;
use crate::language::Language;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::progress::{Progress, Stage};
use crate::value::{Reasons, Truth, Unit};

/// Rows formatted by one worker at a time.
const CHUNK: usize = 2 * 1024;

/// Writes the whole list.
///
/// # Errors
/// What the writer refuses.
pub fn write(list: &List<'_>, speaker: &Speaker, out: &mut dyn Write, progress: &dyn Progress) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let style = Style::new(speaker);
    let words = Words::new(speaker).map(|word| {
        let mut text = Vec::new();
        style.push_text(&mut text, word);
        String::from_utf8(text).unwrap_or_default()
    });
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
    // some threads make texts while this one hands them to the system
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Vec<Vec<u8>>>(1);
        let (starts, words, style) = (&starts, &words, &style);
        scope.spawn(move || {
            for group in starts.chunks(at_once) {
                let range = |start: usize| start..list.schools.min(start + CHUNK);
                let texts = group.par_iter().map(|start| rows(list, range(*start), words, style)).collect();
                if send.send(texts).is_err() {
                    return;
                }
            }
        });
        for text in receive.into_iter().flatten() {
            out.write_all(&text)?;
            progress.advance(u64::try_from(CHUNK).unwrap_or(0));
        }
        io::Result::Ok(())
    })?;
    progress.finish();
    out.flush()
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

/// What is the same in many rows of a column.
#[derive(Default)]
struct Ready {
    fractions: Fractions,
    /// Why a criterion is met.
    met: Option<Vec<u8>>,
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
            ready.met = ground.same(true).map(|words| {
                let mut text = Vec::new();
                style.push_text(&mut text, words);
                text
            });
            bulk
        }
        bulk => bulk,
    };
    (column, bulk, ready)
}

fn rows(list: &List<'_>, range: std::ops::Range<usize>, words: &Words, style: &Style<'_>) -> Vec<u8> {
    let mut out = Vec::with_capacity(range.len() * list.columns.len() * 12);
    let columns: Vec<(&ListColumn<'_>, Bulk<'_>, Ready)> = list.columns.iter().map(|c| ready(c, style)).collect();
    for row in range {
        for (column, bulk, ready) in &columns {
            match bulk {
                Bulk::Numbers { values, absent, .. } => match absent.and_then(|a| a.get(row)).copied().unwrap_or(0) {
                    0 => {
                        if !values.get(row).is_some_and(|value| ready.fractions.push(&mut out, value)) {
                            push_cell(&mut out, &column.cell(row, style.speaker), &column.unit, words, style);
                        }
                    }
                    reasons => out.extend_from_slice(words.reasons(Reasons(reasons)).as_bytes()),
                },
                Bulk::Truths(truths, absent) => {
                    let reasons = Reasons(absent.and_then(|a| a.get(row)).copied().unwrap_or(0));
                    let truth = truths.get(row).map_or(Truth::unknown(Reasons::MISSING), |truth| Truth(*truth));
                    let word = match (reasons.is_none(), truth.is_unknown()) {
                        (false, _) => words.reasons(reasons),
                        (true, true) => words.reasons(truth.reasons()),
                        (true, false) => words.truth(truth.is_true()),
                    };
                    out.extend_from_slice(word.as_bytes());
                }
                Bulk::Category(verdicts) => {
                    let word = verdicts.get(row).map_or("", |v| words.category(*v));
                    out.extend_from_slice(word.as_bytes());
                }
                Bulk::Criterion(verdicts) => {
                    let word = verdicts.get(row).map_or("", |v| words.criterion(*v));
                    out.extend_from_slice(word.as_bytes());
                }
                Bulk::Reason(verdicts, ground) => match verdicts.get(row) {
                    Some(Verdict::Undetermined(reasons)) => {
                        out.extend_from_slice(words.reasons(*reasons).as_bytes());
                    }
                    Some(Verdict::Met) => match &ready.met {
                        Some(words) => out.extend_from_slice(words),
                        None => style.push_text(&mut out, &ground.words(row, true, style.speaker)),
                    },
                    _ => {}
                },
                Bulk::Cells => push_cell(&mut out, &column.cell(row, style.speaker), &column.unit, words, style),
            }
            out.push(style.delimiter);
        }
        style.end_row(&mut out);
    }
    out
}

fn push_cell(out: &mut Vec<u8>, cell: &Cell<'_>, unit: &Unit, words: &Words, style: &Style<'_>) {
    match cell {
        Cell::Empty => {}
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
        Cell::Truth(truth) => out.extend_from_slice(words.truth(*truth).as_bytes()),
        Cell::Date(date) => style.push_text(out, &style.speaker.date(*date)),
        Cell::Category(verdict) => out.extend_from_slice(words.category(*verdict).as_bytes()),
        Cell::Group(verdict) => out.extend_from_slice(words.group(*verdict).as_bytes()),
        Cell::Criterion(verdict) => out.extend_from_slice(words.criterion(*verdict).as_bytes()),
        Cell::Absent(reasons) => out.extend_from_slice(words.reasons(*reasons).as_bytes()),
    }
}

/// A text that a spreadsheet could take for a formula gets an apostrophe in front.
pub fn neutral(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}
