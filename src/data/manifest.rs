//! `dataset.yaml`: which declared table is in which file, and which column under which header.
//!
//! Knows no file formats and no cells.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::yaml::{self, Node};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::Place;
use crate::suggestion;
use crate::value::Reasons;

/// What the manifest says.
#[derive(Debug, Clone, Default)]
pub(super) struct Manifest {
    pub title: Option<Arc<str>>,
    pub synthetic: Option<Arc<str>>,
    pub folder: PathBuf,
    pub name: String,
    pub tables: Vec<(String, Vec<FileBinding>)>,
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

const MISSING: &[&str] = &["пропуск", "missing"];
const SUPPRESSED: &[&str] = &["скрыто", "suppressed"];
const NOT_APPLICABLE: &[&str] = &["не применимо", "not applicable"];

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
    let node = match yaml::parse(text.trim_start_matches('\u{feff}')) {
        Ok(node) => node,
        Err(problem) => {
            return failed(problem.tell(Diagnostic::new(kinds::MANIFEST_BROKEN, at).text("file", name)));
        }
    };
    let mut reader = Reader { at, diagnostics: Vec::new() };
    let mut manifest =
        Manifest { folder: path.parent().unwrap_or(Path::new("")).to_path_buf(), name, ..Manifest::default() };
    reader.manifest(&node, &mut manifest);
    Outcome { value: Some(manifest), diagnostics: reader.diagnostics }
}

fn failed(diagnostic: Diagnostic) -> Outcome<Manifest> {
    Outcome { value: None, diagnostics: vec![diagnostic] }
}

struct Reader {
    at: Place,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn manifest(&mut self, node: &Node, manifest: &mut Manifest) {
        for (key, value) in node.entries() {
            match key.as_str() {
                "набор данных" | "dataset" => manifest.title = self.text(key, value).map(Arc::from),
                "синтетические" | "synthetic" => manifest.synthetic = self.text(key, value).map(Arc::from),
                "таблицы" | "tables" => {
                    for (name, table) in value.entries() {
                        let files = self.table(name, table);
                        manifest.tables.push((name.clone(), files));
                    }
                }
                _ => self.unknown(key, &["набор данных", "синтетические", "таблицы", "dataset", "synthetic", "tables"]),
            }
        }
        if manifest.tables.is_empty() {
            self.diagnostics.push(Diagnostic::new(kinds::MANIFEST_NO_TABLE, self.at.clone()));
        }
    }

    fn table(&mut self, name: &str, node: &Node) -> Vec<FileBinding> {
        let mut common = FileBinding::default();
        let mut files = Vec::new();
        if let Some(file) = node.text() {
            common.file = file.to_string();
            return vec![common];
        }
        for (key, value) in node.entries() {
            match key.as_str() {
                "файл" | "file" => files.extend(self.text(key, value).map(|f| (f, None))),
                "файлы" | "files" => {
                    for item in value.items() {
                        match item {
                            Node::Text(file) => files.push((file.clone(), None)),
                            map => {
                                let file = map.get(&["файл", "file"]).and_then(Node::text);
                                if file.is_none() {
                                    self.value(&format!("{key}: файл"), &Node::Text(String::new()));
                                }
                                files.extend(file.map(|f| (f.to_string(), Some(map.clone()))));
                            }
                        }
                    }
                }
                _ => self.setting(key, value, &mut common),
            }
        }
        if files.is_empty() {
            self.value(&format!("{name}: файл"), &Node::Text(String::new()));
        }
        let mut bindings = Vec::new();
        for (file, own) in files {
            let mut binding = FileBinding { file, ..common.clone() };
            for (key, value) in own.iter().flat_map(Node::entries) {
                if key != "файл" && key != "file" {
                    self.setting(key, value, &mut binding);
                }
            }
            bindings.push(binding);
        }
        bindings
    }

    fn setting(&mut self, key: &str, value: &Node, binding: &mut FileBinding) {
        match key {
            "лист" | "sheet" => binding.sheet = self.text(key, value),
            "строка заголовка" | "header row" => {
                let row = self.text(key, value).and_then(|t| t.parse().ok()).filter(|row| *row > 0);
                if row.is_none() {
                    self.value(key, value);
                }
                binding.header_row = row;
            }
            "кодировка" | "encoding" => binding.encoding = self.text(key, value),
            "разделитель" | "separator" => {
                binding.separator = self.text(key, value).map(|t| match t.as_str() {
                    "табуляция" | "tab" | "\\t" => "\t".to_string(),
                    _ => t,
                });
            }
            "столбцы" | "columns" => {
                for (name, column) in value.entries() {
                    let column = self.column(column);
                    binding.columns.retain(|(known, _)| known != name);
                    binding.columns.push((name.clone(), column));
                }
            }
            _ if !self.marker(key, value, &mut binding.markers) => self.unknown(
                key,
                &[
                    "файл",
                    "файлы",
                    "лист",
                    "строка заголовка",
                    "кодировка",
                    "разделитель",
                    "столбцы",
                    "пропуск",
                    "скрыто",
                    "не применимо",
                    "file",
                    "files",
                    "sheet",
                    "header row",
                    "encoding",
                    "separator",
                    "columns",
                    "missing",
                    "suppressed",
                    "not applicable",
                ],
            ),
            _ => {}
        }
    }

    fn column(&mut self, node: &Node) -> ColumnBinding {
        let mut binding = ColumnBinding::default();
        if let Some(header) = node.text() {
            binding.header = Some(header.to_string());
            return binding;
        }
        for (key, value) in node.entries() {
            match key.as_str() {
                "заголовок" | "header" => binding.header = self.text(key, value),
                "константа" | "constant" => binding.constant = self.text(key, value),
                _ if !self.marker(key, value, &mut binding.markers) => {
                    self.unknown(
                        key,
                        &[
                            "заголовок",
                            "константа",
                            "пропуск",
                            "скрыто",
                            "не применимо",
                            "header",
                            "constant",
                            "missing",
                            "suppressed",
                            "not applicable",
                        ],
                    );
                }
                _ => {}
            }
        }
        binding
    }

    fn marker(&mut self, key: &str, value: &Node, markers: &mut Markers) -> bool {
        let reasons = if MISSING.contains(&key) {
            Reasons::MISSING
        } else if SUPPRESSED.contains(&key) {
            Reasons::SUPPRESSED
        } else if NOT_APPLICABLE.contains(&key) {
            Reasons::NOT_APPLICABLE
        } else {
            return false;
        };
        for item in value.items() {
            if let Some(text) = item.text() {
                markers.push((text.trim().to_string(), reasons));
            }
        }
        true
    }

    fn text(&mut self, key: &str, value: &Node) -> Option<String> {
        let text = value.text().map(str::to_string);
        if text.is_none() {
            self.value(key, value);
        }
        text
    }

    fn value(&mut self, key: &str, value: &Node) {
        let shown = value.text().unwrap_or("…");
        self.diagnostics
            .push(Diagnostic::new(kinds::MANIFEST_VALUE, self.at.clone()).text("key", key).text("value", shown));
    }

    fn unknown(&mut self, key: &str, known: &[&str]) {
        let near: Vec<String> =
            suggestion::nearest(key, known.iter().copied()).iter().map(ToString::to_string).collect();
        self.diagnostics.push(
            Diagnostic::new(kinds::MANIFEST_KEY, self.at.clone())
                .text("key", key)
                .count("near-count", near.len())
                .with("near", Argument::List(near)),
        );
    }
}
