//! The list of schools as delimited text, written as it is made: a million schools need little memory.
//!
//! In Russian as Russian Excel reads it (semicolons, decimal comma), in English with commas and points; UTF-8 with a mark.

use std::io::{self, Write};

use rayon::prelude::*;

use super::decimal::push_fraction;
use super::list::{Cell, List};
use crate::decision::Verdict;
use crate::language::Language;
use crate::messages::{Precision, Speaker};
use crate::progress::{Progress, Stage};
use crate::value::{Reasons, Unit};

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

/// The words of a list, looked up once.
pub struct Words {
    truths: [String; 2],
    criterion: [String; 5],
    category: [String; 5],
    reasons: Vec<String>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

impl Words {
    pub fn new(speaker: &Speaker) -> Words {
        Words {
            truths: ["truth-no", "truth-yes"].map(|id| speaker.word(id)),
            criterion: EACH.map(|v| speaker.word(criterion_word(v))),
            category: EACH.map(|v| speaker.word(category_word(v))),
            reasons: (0..16).map(|r| speaker.reasons(Reasons(r))).collect(),
        }
    }

    pub fn truth(&self, truth: bool) -> &str {
        self.truths.get(usize::from(truth)).map_or("", String::as_str)
    }

    pub fn criterion(&self, verdict: Verdict) -> &str {
        self.criterion.get(position(verdict)).map_or("", String::as_str)
    }

    pub fn category(&self, verdict: Verdict) -> &str {
        self.category.get(position(verdict)).map_or("", String::as_str)
    }

    pub fn reasons(&self, reasons: Reasons) -> &str {
        self.reasons.get(usize::from(reasons.0)).map_or("", String::as_str)
    }
}

const EACH: [Verdict; 5] =
    [Verdict::Met, Verdict::NotMet, Verdict::Undetermined(Reasons::NONE), Verdict::NotApplicable, Verdict::NotJudged];

fn position(verdict: Verdict) -> usize {
    match verdict {
        Verdict::Met => 0,
        Verdict::NotMet => 1,
        Verdict::Undetermined(_) => 2,
        Verdict::NotApplicable => 3,
        Verdict::NotJudged => 4,
    }
}

/// Id of the word for the verdict of a criterion or a group.
pub fn criterion_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "verdict-met",
        Verdict::NotMet => "verdict-not-met",
        Verdict::Undetermined(_) => "verdict-undetermined",
        Verdict::NotApplicable => "verdict-not-applicable",
        Verdict::NotJudged => "verdict-not-judged",
    }
}

/// Id of the word for the verdict of a category.
pub fn category_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "category-met",
        Verdict::NotMet => "category-not-met",
        Verdict::Undetermined(_) => "category-undetermined",
        Verdict::NotApplicable => "category-not-applicable",
        Verdict::NotJudged => "category-not-judged",
    }
}
