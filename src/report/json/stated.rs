//! The tables that a manifest states, within `merilo/tables/1`.

use serde::Serialize;

use super::type_code;
use crate::report::diagnostics::json::{DiagnosticEntry, entry};
use crate::report::stated::{Column, Guessed, absence_word};
use crate::source::Sources;
use crate::{data::stated, messages::Speaker};

#[derive(Debug, Serialize)]
pub(super) struct StatedEntry {
    table: String,
    rows: usize,
    parts: Vec<PartEntry>,
    remarks: Vec<DiagnosticEntry>,
    columns: Vec<ColumnEntry>,
}

#[derive(Debug, Serialize)]
struct PartEntry {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    header_rows: Vec<u64>,
    first_row: u64,
    last_row: u64,
    rows: usize,
}

#[derive(Debug, Serialize)]
struct ColumnEntry {
    name: String,
    /// Guessed from the values.
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    least: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    greatest: Option<String>,
    different: usize,
    known: usize,
    missing: usize,
    suppressed: usize,
    not_applicable: usize,
    invalid: usize,
    unfit: Vec<CellEntry>,
    signs: Vec<SignEntry>,
    samples: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CellEntry {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    address: String,
    text: String,
}

#[derive(Debug, Serialize)]
struct SignEntry {
    sign: String,
    count: usize,
    looks: &'static str,
}

impl StatedEntry {
    pub(super) fn new(guessed: &Guessed<'_>, speaker: &Speaker) -> StatedEntry {
        let table = guessed.stated;
        let place = |(part, rows): (&stated::Part, Vec<u64>)| PartEntry {
            file: part.file.clone(),
            sheet: part.sheet.clone(),
            header_rows: part.header.clone(),
            first_row: rows.iter().min().copied().unwrap_or(0),
            last_row: rows.iter().max().copied().unwrap_or(0),
            rows: rows.len(),
        };
        let columns = guessed.columns.iter().zip(&table.columns).enumerate();
        StatedEntry {
            table: table.name.clone(),
            rows: table.table.rows.len(),
            parts: guessed.places().into_iter().map(place).collect(),
            remarks: table.told.iter().map(|told| entry(told, &Sources::default(), speaker)).collect(),
            columns: columns.map(|(at, (column, own))| of_column(table, at, column, &own.name)).collect(),
        }
    }
}

fn of_column(table: &stated::Stated, at: usize, column: &Column, name: &str) -> ColumnEntry {
    let [missing, suppressed, not_applicable, invalid] = column.read.absent;
    let (least, greatest) = column.look.range.clone().unzip();
    let unfit = |(row, text): &(usize, String)| {
        let cell = table.cell(*row, at)?;
        let sheet = cell.sheet.as_deref().map(str::to_owned);
        Some(CellEntry { file: cell.file.to_string(), sheet, address: cell.address(), text: text.clone() })
    };
    let sign = |sign: &crate::infer::Marker| SignEntry {
        sign: sign.text.clone(),
        count: sign.count,
        looks: absence_word(sign.reasons),
    };
    ColumnEntry {
        name: name.to_owned(),
        r#type: type_code(&column.kind),
        least,
        greatest,
        different: column.look.different,
        known: column.read.known,
        missing,
        suppressed,
        not_applicable,
        invalid,
        unfit: column.read.invalid.iter().filter_map(unfit).collect(),
        signs: column.signs.iter().map(sign).collect(),
        samples: column.look.samples.clone(),
    }
}
