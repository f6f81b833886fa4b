//! `merilo/data-check/1`: what is strange in data, for programs. See `docs/json.md`.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::location::Place;
use crate::messages::Speaker;
use crate::report::diagnostics::json::{DiagnosticEntry, PlaceEntry, entry, place};
use crate::report::quality::{Checked, of};

/// Cells of one finding; `count` tells all.
const MOST_CELLS: usize = 1000;

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    /// Later days are in the future.
    today: String,
    jump: String,
    /// The values were looked at.
    complete: bool,
    tables: Vec<TableEntry>,
    errors: usize,
    warnings: usize,
    notes: usize,
    findings: Vec<FindingEntry>,
}

#[derive(Debug, Serialize)]
struct TableEntry {
    name: String,
    rows: usize,
    files: Vec<String>,
}

#[derive(Debug, Serialize)]
struct FindingEntry {
    #[serde(flatten)]
    said: DiagnosticEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<PlaceEntry>,
}

/// The document of all findings.
///
/// # Errors
/// None that can happen with plain data.
pub fn data_check(checked: &Checked<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let problems = checked.problems();
    let tables = checked.facts.map_or(&[][..], |facts| facts.tables.as_slice());
    let said = |problem: &crate::diagnostic::Diagnostic| entry(problem, checked.sources, speaker);
    let mut findings: Vec<FindingEntry> = checked
        .read
        .iter()
        .map(|problem| FindingEntry { said: said(problem), table: None, column: None, count: None, cells: Vec::new() })
        .collect();
    for finding in checked.findings {
        let Some(facts) = checked.facts else { continue };
        let table = facts.tables.get(finding.table);
        let column = finding.column.and_then(|at| table?.columns.get(at));
        let cells = finding.places(facts).take(MOST_CELLS).map(Place::Cell);
        findings.push(FindingEntry {
            said: said(&finding.diagnostic(facts)),
            table: table.map(|table| table.name.clone()),
            column: column.map(|column| column.name.clone()),
            count: Some(finding.count()),
            cells: cells.filter_map(|cell| place(&cell, checked.sources)).collect(),
        });
    }
    let document = Document {
        schema: "merilo/data-check/1",
        language: speaker.language().code(),
        today: checked.options.today.to_string(),
        jump: super::exact(&checked.options.jump),
        complete: checked.facts.is_some(),
        tables: tables
            .iter()
            .map(|table| TableEntry {
                name: table.name.clone(),
                rows: table.rows.len(),
                files: table.parts.iter().map(|part| part.file.to_string()).collect(),
            })
            .collect(),
        errors: of(&problems, Severity::Error),
        warnings: of(&problems, Severity::Warning),
        notes: of(&problems, Severity::Note),
        findings,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
