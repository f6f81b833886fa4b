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
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::source::{Source, Sources};
use crate::value::Reasons;

/// What the manifest says.
#[derive(Debug, Clone)]
pub(super) struct Manifest {
    pub title: Option<Arc<str>>,
    pub synthetic: Option<Arc<str>>,
    pub folder: PathBuf,
    pub name: String,
    pub tables: Vec<(String, Vec<FileBinding>)>,
    text: ManifestText,
}

impl Manifest {
    /// A diagnostic about a word of the manifest, at its place where that is found.
    pub(super) fn problem(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        self.text.problem(kind, path)
    }
}

/// The text of a manifest and where its words stand.
#[derive(Debug, Clone)]
pub(super) struct ManifestText {
    id: SourceId,
    source: Source,
    outline: Outline,
}

impl ManifestText {
    fn new(id: SourceId, source: Source) -> ManifestText {
        let outline = Outline::of(&source.text);
        ManifestText { id, source, outline }
    }

    /// A diagnostic about the last word of a path: the word itself, or for a wrong value what stands behind it.
    pub(super) fn problem(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        let Some(span) = self.outline.find(path) else {
            return Diagnostic::new(kind, Place::File(self.source.name.clone()));
        };
        let key = path.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key) } else { None });
        let line = self.source.slice(span);
        let at = key.and_then(|key| Some((line.find(key.as_str())?, key.len())));
        let span = match at {
            None => span,
            Some((at, length)) => {
                let word = Span::new(span.start + at, span.start + at + length);
                let behind = line.get(at + length..).and_then(|rest| rest.trim_start_matches('"').strip_prefix(':'));
                match behind.map(str::trim_start).filter(|value| kind == kinds::MANIFEST_VALUE && !value.is_empty()) {
                    Some(value) => Span::new(span.end - value.len(), span.end),
                    None => word,
                }
            }
        };
        Diagnostic::at(kind, SourceSpan { source: self.id, span })
    }

    /// A diagnostic about a whole line (from 1).
    fn problem_in_line(&self, kind: Kind, line: usize) -> Diagnostic {
        let written = self.source.line(line);
        let text = written.trim();
        if text.is_empty() {
            return Diagnostic::new(kind, Place::File(self.source.name.clone()));
        }
        let start = self.source.line_start(line) + (written.len() - written.trim_start().len());
        Diagnostic::at(kind, SourceSpan { source: self.id, span: Span::new(start, start + text.len()) })
    }
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

/// Reads a manifest; all its problems are reported. Its text joins the sources.
pub(super) fn read(path: &Path, sources: &mut Sources) -> Outcome<Manifest> {
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
    let source = Source::new(name.clone(), text.trim_start_matches('\u{feff}'));
    let text = ManifestText::new(sources.add(source.clone()), source);
    let node = match yaml::parse(&text.source.text) {
        Ok(node) => node,
        Err(problem) => {
            let place = text.problem_in_line(kinds::MANIFEST_BROKEN, problem.line);
            return failed(problem.tell(place.text("file", name)));
        }
    };
    let mut reader = Reader::new(&text);
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let text = text.clone();
    let mut manifest = Manifest { title: None, synthetic: None, folder, name, tables: Vec::new(), text };
    reader.manifest(&node, &mut manifest);
    Outcome { value: Some(manifest), diagnostics: reader.diagnostics }
}

fn failed(diagnostic: Diagnostic) -> Outcome<Manifest> {
    Outcome { value: None, diagnostics: vec![diagnostic] }
}
