//! `dataset.yaml`: which declared table is in which file, and which column under which header.
//!
//! Knows no file formats and no cells.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest_words::Reader;
use super::outline::Step;
use super::yaml_text::{MAX_BYTES, YamlText, tell};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Diagnostic, Kind, Outcome};
use crate::location::Place;
use crate::source::Sources;
use crate::tables::dialect::Stated;
use crate::tables::encoding::Encoding;
use crate::tables::records::Ends;
use crate::tables::{Options, find};
use crate::value::Reasons;
use crate::yaml;

/// What the manifest says.
#[derive(Debug, Clone)]
pub(super) struct Manifest {
    pub title: Option<Arc<str>>,
    pub synthetic: Option<Arc<str>>,
    pub folder: PathBuf,
    pub name: String,
    pub tables: Vec<(String, Vec<FileBinding>)>,
    text: YamlText,
}

impl Manifest {
    /// A diagnostic about a word of the manifest, at its place where that is found.
    pub(super) fn problem(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        self.text.word(kind, path)
    }
}

/// One file of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct FileBinding {
    pub file: String,
    pub sheet: Option<String>,
    pub encoding: Option<String>,
    pub separator: Option<String>,
    /// How the file is written and where its table is, beyond encoding, separator and one row of headers.
    pub place: TablePlace,
    /// Rows that are read and rows that are not, by their texts.
    pub rows: Vec<RowFilter>,
    /// Sheets that are read one after the other.
    pub sheets: Option<Sheets>,
    /// Columns of the file that become rows: the declared column, and the pattern of the headers.
    pub unpivot: Vec<(String, String)>,
    /// What was `unpivot` before one combination of headers was taken.
    pub turned: Vec<(String, String)>,
    /// Only rows that hold something under one of these headers are read; none: all.
    pub filled: Vec<String>,
    pub markers: Markers,
    pub columns: Vec<(String, ColumnBinding)>,
    /// Column, and what says how many pupils stand behind its values.
    pub cohorts: Vec<(String, String)>,
}

/// Where a table is in its file, and how the file is written; what is not stated is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TablePlace {
    /// First and last row of the header, from 1; `Some(None)`: there is none.
    pub header: Option<Option<(u64, u64)>>,
    pub first_row: Option<u64>,
    pub last_row: Option<u64>,
    /// Which table of the sheet, from 1.
    pub table: Option<usize>,
    /// Rows that look like totals are left out, or are data.
    pub totals: Option<Totals>,
    /// `Some(None)`: no quotation marks.
    pub quote: Option<Option<char>>,
    pub escape: Option<Option<char>>,
    pub record_end: Option<String>,
    /// The encoding of lines that are not valid in the first one.
    pub other_encoding: Option<String>,
    /// The header of a column whose values hold separators without marks.
    pub inside: Option<String>,
    /// File in an archive.
    pub member: Option<String>,
    /// Records that were mended are taken as they were understood.
    pub mend: bool,
    /// Columns that become rows give none where they are blank.
    pub skip_blank: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Totals {
    Skip,
    Data,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sheets {
    All,
    /// Patterns with `*`.
    Named(Vec<String>),
}

/// Rows by what a column of the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFilter {
    pub header: String,
    /// Patterns with `*`.
    pub texts: Vec<String>,
    /// Only such rows are read; else: all others.
    pub only: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct ColumnBinding {
    /// What it may be called, in order of preference; with `*` a pattern.
    pub headers: Vec<String>,
    /// Its place in the file, from 1.
    pub position: Option<u32>,
    pub constant: Option<String>,
    /// The text is taken from the name of the sheet or the file, and which part of it.
    pub origin: Option<(NameOf, Option<String>)>,
    /// Texts that are read as others.
    pub values: Vec<(String, String)>,
    /// Numbers of a column of percentages are fractions of one.
    pub fractions: bool,
    /// Codes have so many digits: a shorter number lost its zeros.
    pub digits: Option<usize>,
    /// How bounds (`<5`) are read.
    pub bounds: Option<Reasons>,
    /// Links are found by normalised names where the text itself is no key.
    pub by_name: bool,
    /// A file with texts and the keys that they stand for.
    pub correspondence: Option<Correspondence>,
    pub markers: Markers,
}

/// Where it is written which texts stand for which keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Correspondence {
    pub file: String,
    /// Headers of the columns whose texts, joined by a comma, stand for the key; none: the first column.
    pub texts: Vec<String>,
    /// Header of the column of keys; none: the second column.
    pub key: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameOf {
    Sheet,
    File,
}

impl ColumnBinding {
    /// The same text in every row of the file.
    pub(super) fn is_constant(&self) -> bool {
        self.constant.is_some()
    }

    /// Its texts are not read as they are.
    pub(super) fn is_rewritten(&self) -> bool {
        !self.values.is_empty()
            || self.digits.is_some()
            || self.bounds.is_some()
            || self.fractions
            || self.by_name
            || self.correspondence.is_some()
            || self.origin.is_some()
    }
}

impl FileBinding {
    /// The row of a header of one row, from 1.
    pub(super) fn header_row(&self) -> Option<u64> {
        self.place.header.flatten().filter(|(first, last)| first == last).map(|(first, _)| first)
    }

    /// What it says of how the file is written and where its table is.
    pub(super) fn options(&self) -> Options {
        let place = &self.place;
        let ends = place.record_end.as_ref().map(|end| match end.as_str() {
            "\n" => Ends::LineFeed,
            "\r" => Ends::CarriageReturn,
            other => Ends::Text(other.to_string()),
        });
        let (separator, inside) = (self.separator.clone(), place.inside.clone());
        let text = Stated { separator, quote: place.quote, escape: place.escape, ends, inside };
        Options {
            encoding: self.encoding.as_deref().and_then(Encoding::named),
            other_encoding: place.other_encoding.as_deref().and_then(Encoding::named),
            text,
            place: find::Place {
                header: place.header,
                first: place.first_row,
                last: place.last_row,
                without_totals: place.totals == Some(Totals::Skip),
                several: place.table.is_some(),
                ..find::Place::default()
            },
            // all sheets at once where several are read
            sheet: self.sheet.clone().filter(|_| self.sheets.is_none()),
            member: place.member.clone(),
            ..Options::default()
        }
    }

    /// Whether something is stated that only the thorough reading of a file knows.
    pub(super) fn is_thorough(&self) -> bool {
        let plain = TablePlace { header: self.header_row().map(|row| Some((row, row))), ..TablePlace::default() };
        const OTHER_FORMATS: [&str; 11] =
            [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".json", ".jsonl", ".ndjson", ".gz", ".zip", ".yaml"];
        let lower = self.file.to_lowercase();
        OTHER_FORMATS.iter().any(|extension| lower.ends_with(extension))
            || self.place != plain
            || !self.rows.is_empty()
            || self.sheets.is_some()
            || !self.unpivot.is_empty()
            || !self.filled.is_empty()
            || self.file.contains('*')
            // others than UTF-8 and windows-1251
            || self.encoding.as_deref().is_some_and(|name| super::text::Encoding::named(name).is_none())
            || self.columns.iter().any(|(_, column)| column.is_rewritten())
    }
}

/// Texts that stand for an absence.
pub(super) type Markers = Vec<(String, Reasons)>;

/// Reads a manifest; all its problems are reported. Its text joins the sources.
pub(super) fn read(path: &Path, sources: &mut Sources) -> Outcome<Manifest> {
    let name = path.display().to_string();
    let at = Place::File(name.clone());
    let mut bytes = Vec::new();
    let most = MAX_BYTES as u64 + 1;
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let text = match read {
        Err(error) => return failed(super::text::unreadable(at, &name, &error)),
        Ok(read) if read > MAX_BYTES => {
            return failed(Diagnostic::new(kinds::MANIFEST_TOO_LARGE, at).text("file", name));
        }
        Ok(_) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return failed(Diagnostic::new(kinds::NOT_TEXT, at).text("file", name).text("what", "rules")),
        },
    };
    let text = YamlText::new(&name, &text, sources);
    let node = match yaml::parse(text.text()) {
        Ok(node) => node,
        Err(problem) => {
            let place = text.line(kinds::MANIFEST_BROKEN, problem.line);
            return failed(tell(problem, place.text("file", name)));
        }
    };
    let mut reader = Reader::new(&text);
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let text = text.clone();
    let mut manifest = Manifest { title: None, synthetic: None, folder, name, tables: Vec::new(), text };
    reader.manifest(&node, &mut manifest);
    Outcome { value: Some(manifest), diagnostics: reader.diagnostics }
}

/// A file that a manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// As the manifest names it.
    pub name: String,
    pub path: PathBuf,
    /// The tables that are read from it.
    pub tables: Vec<String>,
}

/// The files that a manifest names, each once, in the order in which it names them; nothing when it cannot be read.
pub fn files(manifest: &Path) -> Vec<NamedFile> {
    let Some(manifest) = read(manifest, &mut Sources::default()).value else {
        return Vec::new();
    };
    let mut found: Vec<NamedFile> = Vec::new();
    for (table, binding) in manifest.tables.iter().flat_map(|(table, files)| files.iter().map(move |f| (table, f))) {
        match found.iter_mut().find(|known| known.name == binding.file) {
            Some(known) if known.tables.contains(table) => {}
            Some(known) => known.tables.push(table.clone()),
            None => found.push(NamedFile {
                name: binding.file.clone(),
                path: manifest.folder.join(&binding.file),
                tables: vec![table.clone()],
            }),
        }
    }
    found
}

fn failed(diagnostic: Diagnostic) -> Outcome<Manifest> {
    Outcome { value: None, diagnostics: vec![diagnostic] }
}
