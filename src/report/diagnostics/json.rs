//! Problems as JSON, for editors and other programs. The schema is described in `docs/json.md`.

use serde::Serialize;

use crate::diagnostic::{Argument, Diagnostic, Severity};
use crate::language::Language;
use crate::location::{Place, SourceSpan};
use crate::messages::Speaker;
use crate::source::Sources;

/// The whole list: `merilo/diagnostics/1`.
#[derive(Debug, Serialize)]
pub struct DiagnosticsDocument {
    pub schema: &'static str,
    pub language: &'static str,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub diagnostics: Vec<DiagnosticEntry>,
}

#[derive(Debug, Serialize)]
pub struct DiagnosticEntry {
    pub code: &'static str,
    pub kind: &'static str,
    pub severity: &'static str,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<RelatedEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fix: Vec<EditEntry>,
}

#[derive(Debug, Serialize)]
pub struct RelatedEntry {
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceEntry>,
}

#[derive(Debug, Serialize)]
pub struct EditEntry {
    #[serde(flatten)]
    pub place: TextPlace,
    pub replacement: String,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum PlaceEntry {
    Text(TextPlace),
    Cell {
        file: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        row: u64,
        column: u32,
        address: String,
        header: String,
    },
    File {
        file: String,
    },
}

/// Lines and columns from 1, columns in characters; bytes from 0. The end is excluded.
#[derive(Debug, Serialize)]
pub struct TextPlace {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub start_byte: usize,
    pub end_byte: usize,
}

/// All problems as one document.
pub fn document(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> DiagnosticsDocument {
    let speaker = Speaker::new(language);
    let of = |severity| diagnostics.iter().filter(|d| d.kind.severity == severity).count();
    DiagnosticsDocument {
        schema: "merilo/diagnostics/1",
        language: language.code(),
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        notes: of(Severity::Note),
        diagnostics: diagnostics.iter().map(|d| entry(d, sources, &speaker)).collect(),
    }
}

/// One problem.
pub fn entry(diagnostic: &Diagnostic, sources: &Sources, speaker: &Speaker) -> DiagnosticEntry {
    let arguments: &[(&str, Argument)] = &diagnostic.arguments;
    let kind = diagnostic.kind;
    let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
    DiagnosticEntry {
        code: kind.code,
        kind: kind.id,
        severity: match kind.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        message: speaker.say(kind.id, arguments),
        label: speaker.attribute(kind.id, "label", arguments),
        help: speaker.attribute(kind.id, "help", arguments),
        place: place(&diagnostic.place, sources),
        related: diagnostic
            .related
            .iter()
            .map(|r| RelatedEntry { message: speaker.say(r.role, arguments), place: place(&r.place, sources) })
            .collect(),
        fix: edits
            .filter_map(|(at, text)| Some(EditEntry { place: text_place(*at, sources)?, replacement: text.clone() }))
            .collect(),
    }
}

pub(in crate::report) fn place(place: &Place, sources: &Sources) -> Option<PlaceEntry> {
    match place {
        Place::Text(at) => text_place(*at, sources).map(PlaceEntry::Text),
        Place::Cell(cell) => Some(PlaceEntry::Cell {
            file: cell.file.to_string(),
            sheet: cell.sheet.as_ref().map(ToString::to_string),
            row: cell.row,
            column: cell.column,
            address: cell.address(),
            header: cell.header.to_string(),
        }),
        Place::File(file) => Some(PlaceEntry::File { file: file.clone() }),
        Place::Nowhere => None,
    }
}

fn text_place(at: SourceSpan, sources: &Sources) -> Option<TextPlace> {
    let source = sources.get(at.source)?;
    let (line, column) = source.line_column(at.span.start);
    let (end_line, end_column) = source.line_column(at.span.end);
    Some(TextPlace {
        file: source.name.clone(),
        line,
        column,
        end_line,
        end_column,
        start_byte: at.span.start,
        end_byte: at.span.end,
    })
}
