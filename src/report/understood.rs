//! What files were understood as, as a page: sheets, tables, how that was told, every column, every row that was left out.
//!
//! Lays out what was found; opens nothing.

use super::page::{Block, Header, Page, Piece, Table, Tone};
use super::stated::Guessed;
use crate::data::reading::{Reading, Told};
use crate::diagnostic::{Argument, Diagnostic, Severity};
use crate::location::column_letters;
use crate::messages::Speaker;
use crate::tables::column::{Column, Look, columns};
use crate::tables::find::{LeftOut, Table as Found};
use crate::tables::grid::Grid;
use crate::tables::open::{Format, Sheet};

/// Cells that are unlike the others, rows that were left out, on a page; the others are counted.
const MOST_UNLIKE: usize = 3;
const MOST_LEFT_OUT: usize = 50;
/// Characters of a cell that are shown.
const MOST_TEXT: usize = 60;

pub(super) fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

pub(super) fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// Where a table is: first and last row, columns in the letters of spreadsheets.
pub(super) fn place(grid: &Grid, table: &Found) -> (u64, u64, String) {
    let number = |at: &usize| grid.rows.get(*at).map_or(0, |row| row.number);
    let end = |at: &usize| grid.rows.get(*at).map_or(0, |row| row.number + row.breaks);
    let first = table.header.first().or(table.rows.first()).map_or(0, number);
    let last = table.rows.last().or(table.header.last()).map_or(0, end);
    let letter = |at: Option<&usize>| at.map_or_else(String::new, |at| letters(*at));
    (first, last, format!("{}–{}", letter(table.columns.first()), letter(table.columns.last())))
}

/// The letters of a column, from 0.
pub(super) fn letters(at: usize) -> String {
    column_letters(u32::try_from(at + 1).unwrap_or(0))
}

pub(super) fn format_word(format: Format) -> &'static str {
    match format {
        Format::Text => "text",
        Format::Workbook => "workbook",
        Format::Json => "json",
        Format::JsonLines => "json-lines",
        Format::Yaml => "yaml",
    }
}

fn look_id(look: Look) -> &'static str {
    match look {
        Look::Nothing => "look-nothing",
        Look::Whole => "look-whole",
        Look::Decimal => "look-decimal",
        Look::Percent => "look-percent",
        Look::Quantity => "look-quantity",
        Look::Bound => "look-bound",
        Look::Day => "look-day",
        Look::Time => "look-time",
        Look::YesNo => "look-yes-no",
        Look::Code => "look-code",
        Look::Address => "look-address",
        Look::Words => "look-words",
        Look::Mixed => "look-mixed",
    }
}

/// The look as programs are told it.
pub(super) fn look_word(look: Look) -> &'static str {
    look_id(look).trim_start_matches("look-")
}

fn left_out_id(why: LeftOut) -> &'static str {
    match why {
        LeftOut::Preamble => "left-out-preamble",
        LeftOut::Numbering => "left-out-numbering",
        LeftOut::RepeatedHeader => "left-out-repeated-header",
        LeftOut::Rule => "left-out-rule",
        LeftOut::Total => "left-out-total",
        LeftOut::Section => "left-out-section",
        LeftOut::Note => "left-out-note",
    }
}

/// The texts of a row that was left out, as they stand beside each other.
pub(super) fn row_text(grid: &Grid, at: usize) -> String {
    let texts = grid.rows.get(at).into_iter().flat_map(|row| &row.cells).map(|cell| cell.text.trim());
    let mut told: Vec<&str> = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        // merged cells hold one text
        if told.last() != Some(&text) {
            told.push(text);
        }
    }
    told.join(" | ")
}

/// The whole page: files, and the tables that manifests state.
pub fn page(readings: &[Reading], tables: &[Guessed<'_>], speaker: &Speaker) -> Page {
    let files = readings.iter().flat_map(|reading| file(reading, speaker));
    let blocks = files.chain(tables.iter().flat_map(|table| super::stated::blocks(table, speaker))).collect();
    Page { title: speaker.word("understood-title"), language: speaker.language(), blocks }
}

fn file(reading: &Reading, speaker: &Speaker) -> Vec<Block> {
    let (named, opened) = (&reading.named, &reading.opened);
    let format = ("format", text(format_word(opened.format)));
    let mut blocks = vec![Block::Heading(speaker.say("understood-file", &[("file", text(&named.file)), format]))];
    blocks.extend(told(&reading.of_file(false), speaker));
    for sheet in &opened.sheets {
        if let Some(name) = &sheet.grid.sheet {
            let hidden = ("hidden", text(if sheet.hidden { "yes" } else { "no" }));
            blocks.push(Block::Heading(speaker.say("understood-sheet", &[("sheet", text(name)), hidden])));
        }
        blocks.extend(told(&reading.of_sheet(sheet), speaker));
        if sheet.tables.iter().all(Found::is_nothing) {
            blocks.push(plain(speaker.word("understood-nothing")));
        }
        for at in 0..sheet.tables.len() {
            blocks.extend(table(reading, sheet, at, speaker));
        }
    }
    blocks
}

fn table(reading: &Reading, sheet: &Sheet, at: usize, speaker: &Speaker) -> Vec<Block> {
    let Some(table) = sheet.tables.get(at).filter(|table| !table.is_nothing()) else {
        return Vec::new();
    };
    let (first, last, letters) = place(&sheet.grid, table);
    let arguments = [
        ("number", count(at + 1)),
        ("first", text(first.to_string())),
        ("last", text(last.to_string())),
        ("columns", text(letters)),
        ("count", count(table.rows.len())),
    ];
    let mut blocks =
        vec![Block::Paragraph(vec![Piece::new(speaker.say("understood-table", &arguments), Tone::Strong)])];
    blocks.extend(told(&reading.of_table(sheet, at, false), speaker));
    blocks.push(Block::Table(of_columns(&columns(&sheet.grid, table), speaker)));
    if !table.left_out.is_empty() {
        blocks.push(Block::Table(left_out(&sheet.grid, table, speaker)));
    }
    blocks
}

pub(super) fn plain(said: String) -> Block {
    Block::Paragraph(vec![Piece::plain(said)])
}

fn told(told: &[Told], speaker: &Speaker) -> Vec<Block> {
    told.iter().map(|told| of_diagnostic(&told.diagnostic, speaker)).collect()
}

/// A note as a sentence; what was guessed, changed or left out with its code and what to do.
pub(super) fn of_diagnostic(diagnostic: &Diagnostic, speaker: &Speaker) -> Block {
    let sentence = speaker.say(diagnostic.kind.id, &diagnostic.arguments);
    if diagnostic.kind.severity == Severity::Note {
        return plain(sentence + ".");
    }
    let help = speaker.attribute(diagnostic.kind.id, "help", &diagnostic.arguments).unwrap_or_default();
    Block::Notice(format!("[{}] {sentence}. {help}", diagnostic.kind.code))
}

fn of_columns(columns: &[Column], speaker: &Speaker) -> Table {
    let word = |id: &str| speaker.word(id);
    let row = |column: &Column| {
        let range = column.range.as_ref().map_or_else(String::new, |(least, most)| {
            speaker.say("understood-range", &[("least", text(least)), ("most", text(most))])
        });
        let absent = |(sign, cells): &(String, usize)| {
            speaker.say("understood-absent", &[("sign", text(sign)), ("count", count(*cells))])
        };
        let unlike = |(row, cell): &(u64, String)| {
            speaker.say("understood-unlike", &[("row", text(row.to_string())), ("text", text(short(cell)))])
        };
        let mut strange: Vec<String> = column.unlike.iter().take(MOST_UNLIKE).map(unlike).collect();
        if column.unlike.len() > MOST_UNLIKE {
            strange.push(speaker.say("understood-more", &[("count", count(column.unlike.len() - MOST_UNLIKE))]));
        }
        let samples: Vec<String> = column.samples.iter().map(|sample| short(sample)).collect();
        let cells = [
            letters(column.at),
            column.header.clone(),
            word(look_id(column.look)),
            range,
            column.different.to_string(),
            column.blank.to_string(),
            column.absent.iter().map(absent).collect::<Vec<_>>().join(", "),
            strange.join("; "),
            samples.join("; "),
        ];
        cells.map(Piece::plain).to_vec()
    };
    Table {
        title: word("understood-columns"),
        headers: vec![
            Header::text(word("understood-head-letter")),
            Header::text(word("understood-head-name")),
            Header::text(word("understood-head-look")),
            Header::text(word("understood-head-range")),
            Header::number(word("understood-head-different")),
            Header::number(word("understood-head-blank")),
            Header::text(word("understood-head-absent")),
            Header::text(word("understood-head-unlike")),
            Header::text(word("understood-head-samples")),
        ],
        rows: columns.iter().map(row).collect(),
    }
}

fn left_out(grid: &Grid, table: &Found, speaker: &Speaker) -> Table {
    let row = |(at, why): &(usize, LeftOut)| {
        let number = grid.rows.get(*at).map_or(0, |row| row.number);
        let cells = [number.to_string(), speaker.word(left_out_id(*why)), short(&row_text(grid, *at))];
        cells.map(Piece::plain).to_vec()
    };
    let mut rows: Vec<Vec<Piece>> = table.left_out.iter().take(MOST_LEFT_OUT).map(row).collect();
    if table.left_out.len() > MOST_LEFT_OUT {
        let more = speaker.say("understood-more", &[("count", count(table.left_out.len() - MOST_LEFT_OUT))]);
        rows.push([String::new(), more, String::new()].map(Piece::plain).to_vec());
    }
    Table {
        title: speaker.word("understood-left-out"),
        headers: vec![
            Header::number(speaker.word("understood-head-row")),
            Header::text(speaker.word("understood-head-why")),
            Header::text(speaker.word("understood-head-text")),
        ],
        rows,
    }
}

/// The beginning of a long text, on one line.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or("")),
        None => line,
    }
}
