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
    /// Row of the header, from 1.
    pub header_row: Option<usize>,
    pub encoding: Option<String>,
    pub separator: Option<String>,
    pub markers: Markers,
    pub columns: Vec<(String, ColumnBinding)>,
    /// Column, and what says how many pupils stand behind its values.
    pub cohorts: Vec<(String, String)>,
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
