//! `dataset.yaml`: which declared table is in which file, and which column under which header.
//!
//! Knows no file formats and no cells.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest_words::Reader;
use super::outline::{Outline, Step};
use super::yaml;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Diagnostic, Kind, Outcome};
use crate::location::{CellRef, Place};
use crate::value::Reasons;

/// What the manifest says.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    pub title: Option<Arc<str>>,
    pub synthetic: Option<Arc<str>>,
    pub folder: PathBuf,
    pub name: String,
    pub tables: Vec<(String, Vec<FileBinding>)>,
    outline: Outline,
}

impl Manifest {
    /// A diagnostic about a word of the manifest, with its line where that is found.
    pub(super) fn problem(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        problem_at(&self.name, &self.outline, kind, path)
    }
}

pub(super) fn problem_at(name: &str, outline: &Outline, kind: Kind, path: &[Step]) -> Diagnostic {
    let Some((line, excerpt)) = outline.find(path) else {
        return Diagnostic::new(kind, Place::File(name.to_string())).count("line", 0);
    };
    let cell = CellRef { file: Arc::from(name), sheet: None, row: line as u64, column: 0, header: Arc::from("") };
    Diagnostic::new(kind, Place::Cell(cell)).count("line", line).text("excerpt", excerpt)
}

/// One file of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct FileBinding {
    pub file: String,
    pub sheet: Option<String>,
    /// Row of the header, from 1.
    pub header_row: Option<usize>,
    pub encoding: Option<String>,
    pub separator: Option<String>,
    pub markers: Markers,
    pub columns: Vec<(String, ColumnBinding)>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct ColumnBinding {
    pub header: Option<String>,
    pub constant: Option<String>,
    pub markers: Markers,
}

/// Texts that stand for an absence.
pub(super) type Markers = Vec<(String, Reasons)>;

/// Reads a manifest; all its problems are reported.
pub(super) fn read(path: &Path) -> Outcome<Manifest> {
    let name = path.display().to_string();
    let at = Place::File(name.clone());
    let mut bytes = Vec::new();
    let most = yaml::MAX_BYTES as u64 + 1;
    let read = std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
    let text = match read {
        Err(error) => return failed(super::text::unreadable(at, &name, &error)),
        Ok(read) if read > yaml::MAX_BYTES => {
            return failed(Diagnostic::new(kinds::MANIFEST_TOO_LARGE, at).text("file", name));
        }
        Ok(_) => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(_) => return failed(Diagnostic::new(kinds::NOT_TEXT, at).text("file", name).text("what", "rules")),
        },
    };
    let text = text.trim_start_matches('\u{feff}');
    let node = match yaml::parse(text) {
        Ok(node) => node,
        Err(problem) => {
            return failed(problem.tell(Diagnostic::new(kinds::MANIFEST_BROKEN, at).text("file", name)));
        }
    };
    let outline = Outline::of(text);
    let mut reader = Reader::new(&name, &outline);
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut manifest = Manifest { folder, name: name.clone(), ..Manifest::default() };
    reader.manifest(&node, &mut manifest);
    let diagnostics = reader.diagnostics;
    manifest.outline = outline;
    Outcome { value: Some(manifest), diagnostics }
}

fn failed(diagnostic: Diagnostic) -> Outcome<Manifest> {
    Outcome { value: None, diagnostics: vec![diagnostic] }
}
