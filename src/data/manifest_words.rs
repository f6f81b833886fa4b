//! The words of a manifest: which there are, what each holds, and which stand in the wrong place.
//!
//! Knows no files.

use std::sync::Arc;

use super::manifest::{
    ColumnBinding, Correspondence, FileBinding, Manifest, Markers, NameOf, RowFilter, Sheets, TablePlace, Totals,
};
use super::manifest_keys::{
    HOLDERS, MISSING, NONE, NOT_APPLICABLE, OF_COLUMN, OF_TABLE, SUPPRESSED, YES, is_out_of_table,
};
use super::outline::Step;
use super::yaml_text::{YamlText, offered};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic, Kind};
use crate::suggestion;
use crate::tables::encoding::Encoding;
use crate::tables::named;
use crate::value::Reasons;
use crate::yaml::Node;

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
            "кодировка" | "encoding" => self.encoding(key, value, binding),
            "разделитель" | "separator" => {
                let text = self.text(key, value);
                binding.separator = text.as_deref().and_then(named::sign);
                if text.is_some() && binding.separator.is_none() {
                    self.value(key, value);
                }
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
            "листы" | "sheets" => binding.sheets = self.sheets(key, value),
            "развернуть" | "unpivot" => {
                for (column, pattern) in value.entries() {
                    let pattern = self.within(Step::Key(column.clone()), |reader| reader.text(column, pattern));
                    binding.unpivot.extend(pattern.map(|pattern| (column.clone(), pattern)));
                }
            }
            "кроме строк" | "except rows" => self.rows(value, false, binding),
            "только строки" | "only rows" => self.rows(value, true, binding),
            _ if self.place(key, value, &mut binding.place) => {}
            _ if !self.marker(key, value, &mut binding.markers) => self.unknown(key, OF_TABLE),
            _ => {}
        }
    }

    /// One encoding; or UTF-8 and the encoding of lines that are no valid UTF-8.
    fn encoding(&mut self, key: &str, value: &Node, binding: &mut FileBinding) {
        let names: Vec<&str> = value.items().iter().filter_map(Node::text).collect();
        match names.as_slice() {
            _ if value.text().is_some() => binding.encoding = self.text(key, value),
            [first, other] if Encoding::named(first) == Some(Encoding::Utf8) => {
                binding.encoding = Some((*first).to_string());
                binding.place.other_encoding = Some((*other).to_string());
            }
            _ => self.value(key, &Node::Text(names.join(", "))),
        }
    }

    /// Where the table is in its file, and how the file is written. False: another word.
    fn place(&mut self, key: &str, value: &Node, place: &mut TablePlace) -> bool {
        let text = value.text().map(str::trim);
        let number = text.and_then(|t| t.parse::<u64>().ok()).filter(|row| *row > 0);
        let sign = || match text {
            Some(none) if NONE.contains(&none) => Some(None),
            Some("\\t" | "табуляция" | "tab") => Some(Some('\t')),
            Some(one) => one.chars().next().filter(|first| first.len_utf8() == one.len()).map(Some),
            None => None,
        };
        let known = match key {
            "строка заголовка" | "header row" => {
                place.header = text.and_then(header_rows);
                place.header.is_some()
            }
            "первая строка" | "first row" => {
                place.first_row = number;
                number.is_some()
            }
            "последняя строка" | "last row" => {
                place.last_row = number;
                number.is_some()
            }
            "таблица" | "table" => {
                place.table = number.and_then(|n| usize::try_from(n).ok());
                place.table.is_some()
            }
            "итоги" | "totals" => {
                place.totals = match text {
                    Some("пропустить" | "skip") => Some(Totals::Skip),
                    Some("данные" | "data") => Some(Totals::Data),
                    _ => None,
                };
                place.totals.is_some()
            }
            "кавычка" | "quote" => {
                place.quote = sign();
                place.quote.is_some()
            }
            "экранирование" | "escape" => {
                place.escape = sign();
                place.escape.is_some()
            }
            "конец записи" | "record end" => {
                place.record_end = text.map(|t| match t.to_lowercase().as_str() {
                    "lf" | "\\n" | "crlf" | "\\r\\n" => "\n".to_string(),
                    "cr" | "\\r" => "\r".to_string(),
                    _ => t.to_string(),
                });
                place.record_end.as_ref().is_some_and(|end| !end.is_empty())
            }
            "разделитель внутри" | "separator inside" => {
                place.inside = text.filter(|text| !text.is_empty()).map(str::to_string);
                place.inside.is_some()
            }
            "в архиве" | "member" => {
                place.member = text.map(str::to_string);
                place.member.is_some()
            }
            "пустые" | "blanks" => {
                place.skip_blank = matches!(text, Some("пропустить" | "skip"));
                place.skip_blank || matches!(text, Some("оставить" | "keep"))
            }
            "починить" | "mend" => {
                place.mend = text.is_some_and(|t| YES.contains(&t));
                place.mend || text.is_some_and(|t| NONE.contains(&t))
            }
            _ => return false,
        };
        if !known {
            self.value(key, value);
        }
        true
    }

    fn sheets(&mut self, key: &str, value: &Node) -> Option<Sheets> {
        match value.text().map(str::trim) {
            Some("все" | "all") => Some(Sheets::All),
            Some(pattern) if !pattern.is_empty() => Some(Sheets::Named(vec![pattern.to_string()])),
            _ => {
                let names: Vec<String> = value.items().iter().filter_map(Node::text).map(str::to_string).collect();
                if names.is_empty() || names.len() != value.items().len() {
                    self.value(key, value);
                    return None;
                }
                Some(Sheets::Named(names))
            }
        }
    }

    /// Headers of the file with the texts of rows.
    fn rows(&mut self, value: &Node, only: bool, binding: &mut FileBinding) {
        for (header, texts) in value.entries() {
            let listed = |node: &Node| node.items().iter().filter_map(Node::text).map(str::to_string).collect();
            let texts: Vec<String> = match texts.text() {
                Some(text) => vec![text.to_string()],
                None => listed(texts),
            };
            if texts.is_empty() {
                self.within(Step::Key(header.clone()), |reader| reader.value(header, &Node::Text(String::new())));
            }
            binding.rows.push(RowFilter { header: header.clone(), texts, only });
        }
    }

    fn column(&mut self, node: &Node) -> ColumnBinding {
        let mut binding = ColumnBinding::default();
        if let Some(header) = node.text() {
            binding.headers.push(header.to_string());
            return binding;
        }
        self.each(node, |reader, key, value| match key {
            "заголовок" | "header" => match value.items() {
                [] => binding.headers.extend(reader.text(key, value)),
                several => binding.headers.extend(several.iter().filter_map(Node::text).map(str::to_string)),
            },
            "место" | "position" => {
                binding.position = value.text().and_then(column_number);
                if binding.position.is_none() {
                    reader.value(key, value);
                }
            }
            "константа" | "constant" => binding.constant = reader.text(key, value),
            "из" | "from" => {
                let of = match value.text().map(str::trim) {
                    Some("лист" | "листа" | "sheet") => Some(NameOf::Sheet),
                    Some("файл" | "файла" | "file") => Some(NameOf::File),
                    _ => None,
                };
                match of {
                    Some(of) => binding.origin = Some((of, binding.origin.take().and_then(|(_, part)| part))),
                    None => reader.value(key, value),
                }
            }
            "часть" | "part" => {
                if let Some(part) = reader.text(key, value) {
                    let of = binding.origin.take().map_or(NameOf::Sheet, |(of, _)| of);
                    binding.origin = Some((of, Some(part)));
                }
            }
            "значения" | "values" => {
                for (text, meant) in value.entries() {
                    let meant = reader.within(Step::Key(text.clone()), |reader| reader.text(text, meant));
                    binding.values.extend(meant.map(|meant| (text.clone(), meant)));
                }
            }
            "знаков" | "digits" => {
                let most = |n: &usize| (1..=18).contains(n);
                binding.digits = value.text().and_then(|text| text.trim().parse().ok()).filter(most);
                if binding.digits.is_none() {
                    reader.value(key, value);
                }
            }
            "границы" | "bounds" => {
                binding.bounds = match value.text().map(str::trim) {
                    Some(word) if SUPPRESSED.contains(&word) => Some(Reasons::SUPPRESSED),
                    Some(word) if MISSING.contains(&word) => Some(Reasons::MISSING),
                    Some(word) if NOT_APPLICABLE.contains(&word) => Some(Reasons::NOT_APPLICABLE),
                    _ => None,
                };
                if binding.bounds.is_none() {
                    reader.value(key, value);
                }
            }
            "доли единицы" | "fractions of one" => {
                binding.fractions = value.text().is_some_and(|text| YES.contains(&text.trim()));
                if !binding.fractions && !value.text().is_some_and(|text| NONE.contains(&text.trim())) {
                    reader.value(key, value);
                }
            }
            "сопоставить" | "match" => {
                binding.by_name = matches!(value.text().map(str::trim), Some("имена" | "names"));
                if !binding.by_name {
                    reader.value(key, value);
                }
            }
            "соответствия" | "correspondence" => binding.correspondence = reader.correspondence(key, value),
            _ if !reader.marker(key, value, &mut binding.markers) => reader.unknown(key, OF_COLUMN),
            _ => {}
        });
        binding
    }

    /// A file, or a file with the columns of texts and keys.
    fn correspondence(&mut self, key: &str, value: &Node) -> Option<Correspondence> {
        if let Some(file) = value.text() {
            return Some(Correspondence { file: file.to_string(), ..Correspondence::default() });
        }
        let mut found = Correspondence::default();
        self.each(value, |reader, key, value| match key {
            "файл" | "file" => found.file = reader.text(key, value).unwrap_or_default(),
            "тексты" | "texts" => {
                found.texts = value.items().iter().filter_map(Node::text).map(str::to_string).collect();
            }
            "ключ" | "key" => found.key = reader.text(key, value),
            _ => reader.unknown(key, &["файл", "тексты", "ключ", "file", "texts", "key"]),
        });
        if found.file.is_empty() {
            self.value(key, value);
            return None;
        }
        Some(found)
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

/// `3`, `3-5` or no header at all.
fn header_rows(text: &str) -> Option<Option<(u64, u64)>> {
    if NONE.contains(&text) {
        return Some(None);
    }
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let (first, last) = (first.trim().parse::<u64>().ok()?, last.trim().parse::<u64>().ok()?);
    (first > 0 && last >= first && last - first < 10).then_some(Some((first, last)))
}

/// A column by its letters (`C`, `AA`) or its number, from 1.
fn column_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if let Ok(number) = text.parse::<u32>() {
        return (number > 0 && number <= 16_384).then_some(number);
    }
    let letters = text.len() <= 3 && !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphabetic());
    letters.then(|| text.bytes().fold(0, |n, b| n * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1))
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
