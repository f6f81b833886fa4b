//! `merilo/tables/1`: what files were understood as, for programs. See `docs/json.md`.

use serde::Serialize;

use super::stated::StatedEntry;

use crate::data::reading::{Reading, Told};
use crate::data::told::left_out_word;
use crate::messages::Speaker;
use crate::report::diagnostics::json::{DiagnosticEntry, entry};
use crate::report::stated::Guessed;
use crate::report::understood::{format_word, letters, look_word, place, row_text};
use crate::source::Sources;
use crate::tables::column::{self, Column};
use crate::tables::find::Table;
use crate::tables::named::shown;
use crate::tables::open::Sheet;
use crate::tables::records::{Dialect, Ends};

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    files: Vec<FileEntry>,
    /// Those that manifests state.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tables: Vec<StatedEntry>,
}

#[derive(Debug, Serialize)]
struct FileEntry {
    file: String,
    format: &'static str,
    remarks: Vec<RemarkEntry>,
    sheets: Vec<SheetEntry>,
}

#[derive(Debug, Serialize)]
struct RemarkEntry {
    #[serde(flatten)]
    said: DiagnosticEntry,
    /// All of them, also where the message names only the first.
    rows: Vec<u64>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct SheetEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    hidden: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<WrittenEntry>,
    remarks: Vec<RemarkEntry>,
    tables: Vec<TableEntry>,
}

#[derive(Debug, Serialize)]
struct WrittenEntry {
    separator: String,
    quote: String,
    escape: String,
    record_end: String,
}

#[derive(Debug, Serialize)]
struct TableEntry {
    number: usize,
    first_row: u64,
    last_row: u64,
    header_rows: Vec<u64>,
    rows: usize,
    remarks: Vec<RemarkEntry>,
    left_out: Vec<RowEntry>,
    totals: Vec<u64>,
    columns: Vec<ColumnEntry>,
}

#[derive(Debug, Serialize)]
struct RowEntry {
    row: u64,
    why: &'static str,
    text: String,
}

#[derive(Debug, Serialize)]
struct ColumnEntry {
    column: String,
    name: String,
    look: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    greatest: Option<String>,
    different: usize,
    blank: usize,
    absent: Vec<SignEntry>,
    unlike: Vec<CellEntry>,
    samples: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SignEntry {
    sign: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct CellEntry {
    row: u64,
    text: String,
}

/// The document of files and of the tables that manifests state.
///
/// # Errors
/// None that can happen with plain data.
pub fn understood(
    readings: &[Reading],
    tables: &[Guessed<'_>],
    speaker: &Speaker,
) -> Result<String, serde_json::Error> {
    let files = readings.iter().map(|reading| file(reading, speaker)).collect();
    let tables = tables.iter().map(|table| StatedEntry::new(table, speaker)).collect();
    let document = Document { schema: "merilo/tables/1", language: speaker.language().code(), files, tables };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn file(reading: &Reading, speaker: &Speaker) -> FileEntry {
    FileEntry {
        file: reading.named.file.clone(),
        format: format_word(reading.opened.format),
        remarks: remarks(reading.of_file(false), speaker),
        sheets: reading.opened.sheets.iter().map(|own| sheet(reading, own, speaker)).collect(),
    }
}

fn remarks(told: Vec<Told>, speaker: &Speaker) -> Vec<RemarkEntry> {
    let remark = |Told { remark, diagnostic }: Told| RemarkEntry {
        said: entry(&diagnostic, &Sources::default(), speaker),
        rows: remark.rows,
        count: remark.count,
    };
    told.into_iter().map(remark).collect()
}

fn sheet(reading: &Reading, sheet: &Sheet, speaker: &Speaker) -> SheetEntry {
    let filled = sheet.tables.iter().enumerate().filter(|(_, table)| !table.is_nothing());
    SheetEntry {
        name: sheet.grid.sheet.clone(),
        hidden: sheet.hidden,
        written: sheet.dialect.as_ref().map(written),
        remarks: remarks(reading.of_sheet(sheet), speaker),
        tables: filled.map(|(at, own)| table(reading, sheet, (at, own), speaker)).collect(),
    }
}

fn written(dialect: &Dialect) -> WrittenEntry {
    let sign = |sign: Option<char>| sign.map_or("none".to_owned(), |sign| shown(&sign.to_string()));
    WrittenEntry {
        separator: shown(&dialect.separator),
        quote: sign(dialect.quote),
        escape: sign(dialect.escape),
        record_end: match &dialect.ends {
            Ends::LineFeed => "lf".to_owned(),
            Ends::CarriageReturn => "cr".to_owned(),
            Ends::Text(text) => shown(text),
        },
    }
}

fn table(reading: &Reading, sheet: &Sheet, (at, table): (usize, &Table), speaker: &Speaker) -> TableEntry {
    let grid = &sheet.grid;
    let number = |at: &usize| grid.rows.get(*at).map_or(0, |row| row.number);
    let (first_row, last_row, _) = place(grid, table);
    let left_out = table.left_out.iter().map(|(at, why)| RowEntry {
        row: number(at),
        why: left_out_word(*why),
        text: row_text(grid, *at),
    });
    TableEntry {
        number: at + 1,
        first_row,
        last_row,
        header_rows: table.header.iter().map(number).collect(),
        rows: table.rows.len(),
        remarks: remarks(reading.of_table(sheet, at, false), speaker),
        left_out: left_out.collect(),
        totals: table.totals.iter().map(number).collect(),
        columns: column::columns(grid, table).into_iter().map(of_column).collect(),
    }
}

fn of_column(column: Column) -> ColumnEntry {
    let (least, greatest) = column.range.unzip();
    ColumnEntry {
        column: letters(column.at),
        name: column.header,
        look: look_word(column.look),
        least,
        greatest,
        different: column.different,
        blank: column.blank,
        absent: column.absent.into_iter().map(|(sign, count)| SignEntry { sign, count }).collect(),
        unlike: column.unlike.into_iter().map(|(row, text)| CellEntry { row, text }).collect(),
        samples: column.samples,
    }
}
