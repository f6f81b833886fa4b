//! The words of a manifest: which there are, what each holds, and which stand in the wrong place.
//!
//! Knows no files.

use std::sync::Arc;

use super::manifest::{ColumnBinding, FileBinding, Manifest, Markers};
use super::outline::Step;
use super::yaml_text::{YamlText, offered};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic, Kind};
use crate::suggestion;
use crate::value::Reasons;
use crate::yaml::Node;

const MISSING: &[&str] = &["пропуск", "missing"];
const SUPPRESSED: &[&str] = &["скрыто", "suppressed"];
const NOT_APPLICABLE: &[&str] = &["не применимо", "not applicable"];

/// Words under which others stand deeper.
const HOLDERS: &[&str] = &["таблицы", "tables", "столбцы", "columns", "файлы", "files", "численность", "cohorts"];
/// Words of a table and of a file of it.
const OF_TABLE: &[&str] = &[
    "файл",
    "файлы",
    "решения",
    "лист",
    "строка заголовка",
    "кодировка",
    "разделитель",
    "столбцы",
    "пропуск",
    "скрыто",
    "не применимо",
    "численность",
    "file",
    "files",
    "decisions",
    "sheet",
    "header row",
    "encoding",
    "separator",
    "columns",
    "missing",
    "suppressed",
    "not applicable",
    "cohorts",
];
/// Those that a table or a column may well be called.
const LIKELY_NAMES: &[&str] =
    &["файл", "файлы", "решения", "лист", "численность", "cohorts", "file", "files", "decisions", "sheet"];

fn is_out_of_table(key: &str) -> bool {
    OF_TABLE.contains(&key) && !LIKELY_NAMES.contains(&key)
}

pub(super) struct Reader<'a> {
    text: &'a YamlText,
    /// The way to the word that is being read.
    path: Vec<Step>,
    pub diagnostics: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    pub fn new(text: &'a YamlText) -> Self {
        Reader { text, path: Vec::new(), diagnostics: Vec::new() }
    }

    fn problem(&self, kind: Kind) -> Diagnostic {
        self.text.word(kind, &self.path)
    }

    fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let result = read(self);
        self.path.pop();
        result
    }

    /// Reads every word of a map. One that is not known, or stands where only names do, may be indented wrongly.
    fn each(&mut self, node: &Node, mut read: impl FnMut(&mut Self, &str, &Node)) {
        let mut holder: Option<&str> = None;
        for (key, value) in node.entries() {
            self.within(Step::Key(key.clone()), |reader| {
                let before = reader.diagnostics.len();
                read(reader, key, value);
                let unknown =
                    reader.diagnostics.get(before).is_some_and(|d| d.kind == kinds::MANIFEST_KEY && here(d, key));
                if let (Some(holder), true) = (holder, unknown) {
                    reader.diagnostics.truncate(before);
                    reader.indent("deeper", key, holder);
                }
            });
            if HOLDERS.contains(&key.as_str()) && *value == Node::Nothing {
                holder = Some(key);
            }
        }
    }

    /// A word that stands too far to the left or to the right; each holder is told once.
    fn indent(&mut self, why: &'static str, key: &str, holder: &str) {
        let told = |d: &Diagnostic| {
            let is = |name: &str, text: &str| {
                d.arguments.iter().any(|(n, a)| *n == name && matches!(a, Argument::Text(t) if t == text))
            };
            d.kind == kinds::MANIFEST_KEY && is("why", why) && is("holder", holder)
        };
        if !self.diagnostics.iter().any(told) {
            let problem = self.problem(kinds::MANIFEST_KEY).text("why", why).text("key", key).text("holder", holder);
            self.diagnostics.push(problem.count("near-count", 0));
        }
    }

    pub fn manifest(&mut self, node: &Node, manifest: &mut Manifest) {
        self.each(node, |reader, key, value| match key {
            "набор данных" | "dataset" => manifest.title = reader.text(key, value).map(Arc::from),
            "синтетические" | "synthetic" => manifest.synthetic = reader.text(key, value).map(Arc::from),
            "таблицы" | "tables" => reader.each(value, |reader, name, table| {
                if is_out_of_table(name) {
                    reader.indent("of-table", name, name);
                    return;
                }
                let files = reader.table(name, table);
                manifest.tables.push((name.to_string(), files));
            }),
            _ if is_out_of_table(key) => reader.indent("of-table", key, key),
            _ => reader.unknown(key, &["набор данных", "синтетические", "таблицы", "dataset", "synthetic", "tables"]),
        });
        let misplaced = |d: &Diagnostic| d.arguments.iter().any(|(name, _)| *name == "holder");
        if manifest.tables.is_empty() && !self.diagnostics.iter().any(misplaced) {
            self.diagnostics.push(self.problem(kinds::MANIFEST_NO_TABLE));
        }
    }

    fn table(&mut self, name: &str, node: &Node) -> Vec<FileBinding> {
        let mut common = FileBinding::default();
        let mut files = Vec::new();
        if let Some(file) = node.text() {
            common.file = file.to_string();
            return vec![common];
        }
        self.each(node, |reader, key, value| match key {
            "файл" | "file" => files.extend(reader.text(key, value).map(|f| (f, None))),
            "решения" | "decisions" => {
                if let Some(folder) = reader.text(key, value) {
                    files.push((of_a_run(&folder), None));
                    common.separator = Some(";".to_owned());
                    common.encoding = Some("utf-8".to_owned());
                    common.markers.extend(unknown_verdicts());
                }
            }
            "файлы" | "files" => {
                for (index, item) in value.items().iter().enumerate() {
                    match item {
                        Node::Text(file) => files.push((file.clone(), None)),
                        map => {
                            let file = map.get(&["файл", "file"]).and_then(Node::text);
                            if file.is_none() {
                                reader.within(Step::Item(index), |reader| {
                                    reader.value(&format!("{key}: файл"), &Node::Text(String::new()));
                                });
                            }
                            files
                                .extend(file.map(|f| (f.to_string(), Some((reader.path.clone(), index, map.clone())))));
                        }
                    }
                }
            }
            _ => reader.setting(key, value, &mut common),
        });
        if files.is_empty() {
            self.value(&format!("{name}: файл"), &Node::Text(String::new()));
        }
        let mut bindings = Vec::new();
        for (file, own) in files {
            let mut binding = FileBinding { file, ..common.clone() };
            if let Some((path, index, map)) = own {
                let outside = std::mem::replace(&mut self.path, path);
                self.within(Step::Item(index), |reader| {
                    reader.each(&map, |reader, key, value| {
                        if key != "файл" && key != "file" {
                            reader.setting(key, value, &mut binding);
                        }
                    });
                });
                self.path = outside;
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
                    let column = self.within(Step::Key(name.clone()), |reader| reader.column(column));
                    binding.columns.retain(|(known, _)| known != name);
                    binding.columns.push((name.clone(), column));
                }
            }
            "численность" | "cohorts" => {
                for (column, of) in value.entries() {
                    let of = self.within(Step::Key(column.clone()), |reader| reader.text(column, of));
                    binding.cohorts.extend(of.map(|of| (column.clone(), of)));
                }
            }
            _ if !self.marker(key, value, &mut binding.markers) => self.unknown(key, OF_TABLE),
            _ => {}
        }
    }

    fn column(&mut self, node: &Node) -> ColumnBinding {
        let mut binding = ColumnBinding::default();
        if let Some(header) = node.text() {
            binding.header = Some(header.to_string());
            return binding;
        }
        self.each(node, |reader, key, value| match key {
            "заголовок" | "header" => binding.header = reader.text(key, value),
            "константа" | "constant" => binding.constant = reader.text(key, value),
            _ if !reader.marker(key, value, &mut binding.markers) => {
                reader.unknown(
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
        });
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
        let problem = self.text.value(kinds::MANIFEST_VALUE, &self.path).text("key", key).text("value", shown);
        self.diagnostics.push(problem);
    }

    fn unknown(&mut self, key: &str, known: &[&str]) {
        let near: Vec<String> =
            suggestion::nearest(key, known.iter().copied()).iter().map(ToString::to_string).collect();
        self.diagnostics.push(unknown_word(self.problem(kinds::MANIFEST_KEY), key, near));
    }
}

/// The decisions in a run folder.
fn of_a_run(folder: &str) -> String {
    format!("{}/decisions.csv", folder.trim_end_matches('/'))
}

/// Why a decision or a value of a run is not known, as the decisions say it: each set of reasons, behind a verdict or alone.
fn unknown_verdicts() -> Markers {
    const WORDS: [(&str, Reasons); 4] = [
        ("missing", Reasons::MISSING),
        ("suppressed", Reasons::SUPPRESSED),
        ("invalid", Reasons::INVALID),
        ("not_applicable", Reasons::NOT_APPLICABLE),
    ];
    let mut markers = vec![("undetermined:".to_owned(), Reasons::MISSING)];
    for set in 1..16usize {
        let named = WORDS.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0).map(|(_, word)| *word);
        let (words, reasons): (Vec<&str>, Vec<Reasons>) = named.unzip();
        let reasons = reasons.into_iter().fold(Reasons::NONE, Reasons::and);
        let words = words.join("+");
        markers.push((format!("undetermined:{words}"), reasons));
        markers.push((words, reasons));
    }
    markers
}

/// Finishes a diagnostic about a word that is not known; the one word that is near is offered in its place.
pub(super) fn unknown_word(problem: Diagnostic, key: &str, near: Vec<String>) -> Diagnostic {
    let problem = offered(problem, &near).text("why", "unknown").text("key", key);
    problem.count("near-count", near.len()).with("near", Argument::List(near))
}

/// Whether a diagnostic is about this word.
fn here(problem: &Diagnostic, key: &str) -> bool {
    problem.arguments.iter().any(|(name, a)| *name == "key" && matches!(a, Argument::Text(text) if text == key))
}
