//! The list of schools as delimited text, written as it is made: a million schools need little memory.
//!
//! In Russian as Russian Excel reads it (semicolons, decimal comma), in English with commas and points; UTF-8 with a mark.

use std::io::{self, Write};

use rayon::prelude::*;

use super::decimal::push_fraction;
use super::list::{Cell, List};
use super::words::Words;
use crate::language::Language;
use crate::messages::{Precision, Speaker};
use crate::progress::{Progress, Stage};
use crate::value::Unit;

/// Rows formatted by one worker at a time.
const CHUNK: usize = 8 * 1024;

/// Writes the whole list.
///
/// # Errors
/// What the writer refuses.
pub fn write(list: &List<'_>, speaker: &Speaker, out: &mut dyn Write, progress: &dyn Progress) -> io::Result<()> {
    let words = Words::new(speaker);
    out.write_all("\u{feff}".as_bytes())?;
    let mut header = record_writer(speaker.language());
    header.write_record(list.columns.iter().map(|c| neutral(&c.header).into_owned()))?;
    out.write_all(&finished(header)?)?;
    progress.start(Stage::Write, u64::try_from(list.schools).ok());
    let starts: Vec<usize> = (0..list.schools).step_by(CHUNK).collect();
    let at_once = rayon::current_num_threads().max(1) * 2;
    for group in starts.chunks(at_once) {
        let texts: Vec<io::Result<Vec<u8>>> = group
            .par_iter()
            .map(|start| rows(list, *start..list.schools.min(start + CHUNK), &words, speaker))
            .collect();
        for text in texts {
            out.write_all(&text?)?;
            progress.advance(u64::try_from(CHUNK).unwrap_or(0));
        }
    }
    progress.finish();
    out.flush()
}

fn record_writer(language: Language) -> csv::Writer<Vec<u8>> {
    let delimiter = match language {
        Language::Russian => b';',
        Language::English => b',',
    };
    csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

fn finished(writer: csv::Writer<Vec<u8>>) -> io::Result<Vec<u8>> {
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn rows(list: &List<'_>, range: std::ops::Range<usize>, words: &Words, speaker: &Speaker) -> io::Result<Vec<u8>> {
    let mut writer = record_writer(speaker.language());
    let mut field = String::new();
    for row in range {
        for column in &list.columns {
            field.clear();
            push_cell(&mut field, &column.cell(row), &column.unit, words, speaker);
            writer.write_field(&field)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    finished(writer)
}

fn push_cell(field: &mut String, cell: &Cell<'_>, unit: &Unit, words: &Words, speaker: &Speaker) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => field.push_str(&neutral(text)),
        Cell::Fraction(numerator, denominator) => {
            let factor = i128::from(unit.shown_factor());
            if !push_fraction(field, *numerator, *denominator, factor, speaker.decimal_mark())
                && let Some(number) = crate::number::Number::ratio(*numerator, *denominator)
            {
                field.push_str(&speaker.bare_quantity(&number, unit, Precision::Full).replace('−', "-"));
            }
        }
        Cell::Number(number) => {
            field.push_str(&speaker.bare_quantity(number, unit, Precision::Full).replace('−', "-"));
        }
        Cell::Truth(truth) => field.push_str(words.truth(*truth)),
        Cell::Date(date) => field.push_str(&speaker.date(*date)),
        Cell::Category(verdict) => field.push_str(words.category(*verdict)),
        Cell::Criterion(verdict) => field.push_str(words.criterion(*verdict)),
        Cell::Absent(reasons) => field.push_str(words.reasons(*reasons)),
    }
}

/// A text that a spreadsheet could take for a formula gets an apostrophe in front.
pub fn neutral(text: &str) -> std::borrow::Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}").into() } else { text.into() }
}
