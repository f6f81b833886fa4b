//! Checked data as a workbook: what was found, and the tables with a note on every cell that it is about.
//!
//! Lays out what was found; values that have none are shown with the reason.

use std::collections::{BTreeSet, HashMap};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Note, Workbook, Worksheet, XlsxError};

use super::{Formats, MOST_ROWS, for_paper, named, write_number, write_text};
use crate::diagnostic::{Argument, Diagnostic, Severity};
use crate::location::{CellRef, Place};
use crate::messages::Speaker;
use crate::quality::facts::{Column, Table};
use crate::report::diagnostics::cell_place;
use crate::report::quality::Checked;
use crate::value::{Reasons, Type, Unit, Value};

/// Notes of one sheet: spreadsheet programs grow slow with more.
const MOST_NOTES: usize = 20_000;
/// Addresses in one cell of the list.
const MOST_NAMED: usize = 200;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(checked: &Checked<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    build(checked, speaker).map_err(|error| error.to_string())
}

/// What is said of a cell, and how bad it is.
type Notes = HashMap<CellRef, (Severity, Vec<String>)>;

fn build(checked: &Checked<'_>, speaker: &Speaker) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = speaker.word("check-title");
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&created));
    let formats = Formats::new();
    let mut names = BTreeSet::new();
    let problems: Vec<(Diagnostic, Vec<CellRef>)> = problems(checked);
    let sheet = workbook.add_worksheet();
    sheet.set_name(named(&speaker.word("check-sheet-findings"), &mut names))?;
    findings(sheet, &problems, speaker, &formats)?;
    let mut notes = Notes::new();
    for (problem, cells) in &problems {
        let said = format!("{} {}", problem.kind.code, speaker.say(problem.kind.id, &problem.arguments));
        for cell in cells {
            let note = notes.entry(cell.clone()).or_insert((problem.kind.severity, Vec::new()));
            note.0 = note.0.min(problem.kind.severity);
            note.1.push(said.clone());
        }
    }
    for table in checked.facts.map_or(&[][..], |facts| facts.tables.as_slice()) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(named(&table.name, &mut names))?;
        write_table(sheet, table, &notes, speaker, &formats)?;
    }
    workbook.save_to_buffer()
}

/// Everything that is said, each with its cells.
fn problems(checked: &Checked<'_>) -> Vec<(Diagnostic, Vec<CellRef>)> {
    let read = checked.read.iter().map(|problem| match &problem.place {
        Place::Cell(cell) => (problem.clone(), vec![cell.clone()]),
        _ => (problem.clone(), Vec::new()),
    });
    let found = checked.facts.into_iter().flat_map(|facts| {
        checked.findings.iter().map(|finding| (finding.diagnostic(facts), finding.places(facts).collect()))
    });
    read.chain(found).collect()
}

fn findings(
    sheet: &mut Worksheet,
    problems: &[(Diagnostic, Vec<CellRef>)],
    speaker: &Speaker,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let headers = [
        ("check-head-code", 8),
        ("check-head-severity", 16),
        ("check-head-what", 70),
        ("check-head-file", 40),
        ("check-head-cells", 60),
    ];
    for (at, (id, width)) in headers.into_iter().enumerate() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        write_text(sheet, 0, at, &speaker.word(id), &formats.header)?;
        sheet.set_column_width(at, width)?;
    }
    for (at, (problem, cells)) in problems.iter().take(MOST_ROWS).enumerate() {
        let row = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let severity = speaker.word(match problem.kind.severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Note => "severity-note",
        });
        let place = match &problem.place {
            Place::Cell(cell) => cell_place(cell, speaker),
            Place::File(file) => file.clone(),
            _ => String::new(),
        };
        let addresses: Vec<String> = cells.iter().take(MOST_NAMED).map(CellRef::address).collect();
        let more = if cells.len() > MOST_NAMED { ", …" } else { "" };
        let said = speaker.say(problem.kind.id, &problem.arguments);
        let texts = [problem.kind.code.to_owned(), severity, said, place, addresses.join(", ") + more];
        for (column, text) in texts.iter().enumerate() {
            write_text(sheet, row, u16::try_from(column).unwrap_or(u16::MAX), text, &formats.wide)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    for_paper(sheet);
    Ok(())
}

fn write_table(
    sheet: &mut Worksheet,
    table: &Table,
    notes: &Notes,
    speaker: &Speaker,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let shown: Vec<(u16, usize, &Column)> = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| !column.values.is_empty())
        .enumerate()
        .filter_map(|(at, (position, column))| Some((u16::try_from(at).ok()?, position, column)))
        .collect();
    for (at, position, column) in &shown {
        let header = table.parts.first().and_then(|part| part.columns.get(*position)).map_or("", |(_, h)| h.as_ref());
        let header = if header.is_empty() { &column.name } else { header };
        write_text(sheet, 0, *at, header, &formats.header)?;
        sheet.set_column_width(*at, 16)?;
    }
    let mut written = 0;
    for row in 0..table.rows.len().min(MOST_ROWS) {
        let line = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (at, position, column) in &shown {
            let note = table.cell(row, *position).and_then(|cell| notes.get(&cell));
            let note = note.filter(|_| written < MOST_NOTES);
            let marked = note.map(|(severity, _)| match severity {
                Severity::Error => &formats.met,
                _ => &formats.open,
            });
            if let Some(value) = column.values.get(row) {
                write(sheet, (line, *at), value, &column.kind, speaker, (formats, marked))?;
            }
            if let Some((_, texts)) = note {
                let author = speaker.word("check-note-author");
                let text: String = texts.join("\n").chars().take(2000).collect();
                let note = Note::new(text).set_author(author).add_author_prefix(false).set_width(320).set_height(140);
                sheet.insert_note(line, *at, &note)?;
                written += 1;
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    for_paper(sheet);
    Ok(())
}

/// A value in its own form; a marked one as the same with a colour.
fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    kind: &Type,
    speaker: &Speaker,
    (formats, marked): (&Formats, Option<&Format>),
) -> Result<(), XlsxError> {
    let format = marked.unwrap_or(&formats.text);
    let text = match value {
        Value::Number(number) => {
            let unit = if let Type::Number(unit) = kind { unit } else { &Unit::Number };
            write_number(sheet, row, column, number, unit, formats)?;
            return match marked {
                Some(colour) => {
                    let own = if *unit == Unit::Percent { &formats.percent } else { &formats.number };
                    sheet.set_cell_format(row, column, &own.merge(colour)).map(drop)
                }
                None => Ok(()),
            };
        }
        Value::Text(text) => text.to_string(),
        Value::Date(date) => speaker.argument(&Argument::Date(*date)),
        Value::Truth(truth) => speaker.word(if truth.is_true() { "truth-yes" } else { "truth-no" }),
        Value::Absent(Reasons::MISSING) => String::new(),
        Value::Absent(reasons) => speaker.argument(&Argument::Reasons(*reasons)),
        Value::Between(..) => String::new(),
    };
    if text.is_empty() {
        return sheet.write_blank(row, column, format).map(drop);
    }
    write_text(sheet, row, column, &text, format)
}
