//! Dated lists from YAML files: `название`, `источник`, `записи` with value, period and basis.
//!
//! Knows nothing of what a list is used for.

use jiff::civil::Date;

use super::outline::Step;
use super::yaml_text::{MAX_BYTES, YamlText, offered, tell};
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::SourceSpan;
use crate::suggestion;
use crate::yaml::{self, Node};

/// A list file as read.
#[derive(Debug, Clone, Default)]
pub struct ListFile {
    pub title: Option<String>,
    pub source: Option<String>,
    pub entries: Vec<ListEntry>,
}

#[derive(Debug, Clone)]
pub struct ListEntry {
    pub value: String,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub basis: Option<String>,
    /// Where it is written; `None` when it shares a line with others.
    pub at: Option<SourceSpan>,
}

const TITLE: &[&str] = &["название", "title"];
const SOURCE: &[&str] = &["источник", "source"];
const ENTRIES: &[&str] = &["записи", "entries"];
const NOTE: &[&str] = &["примечание", "note"];
const VALUE: &[&str] = &["значение", "value"];
const FROM: &[&str] = &["с", "from"];
const TO: &[&str] = &["по", "to"];
const BASIS: &[&str] = &["основание", "basis"];

/// Reads the text of a list file; all its problems are reported.
///
/// Arguments of a problem: `problem`, `key`, `line` (or the number of the entry, from 1), `near`, `detail`.
pub fn parse(text: &YamlText) -> Outcome<ListFile> {
    let mut reader = Reader { text, diagnostics: Vec::new() };
    let value = reader.list();
    Outcome { value: value.filter(|_| reader.diagnostics.is_empty()), diagnostics: reader.diagnostics }
}

struct Reader<'a> {
    text: &'a YamlText,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn list(&mut self) -> Option<ListFile> {
        if self.text.text().len() > MAX_BYTES {
            self.told(self.text.whole(kinds::LIST_BROKEN), "too-large", "", 0);
            return None;
        }
        let node = match yaml::parse(self.text.text()) {
            Ok(node) => node,
            Err(problem) => {
                let place = self.text.line(kinds::LIST_BROKEN, problem.line);
                self.diagnostics.push(tell(problem, place).count("near-count", 0).text("near", ""));
                return None;
            }
        };
        let text_of = |node: &Node, names: &[&str]| node.get(names).and_then(Node::text).map(str::to_string);
        self.only(&node, &[], &[TITLE, SOURCE, ENTRIES, NOTE]);
        let Some(Node::List(entries)) = node.get(ENTRIES) else {
            self.told(self.text.word(kinds::LIST_BROKEN, &[Step::OneOf(ENTRIES)]), "no-entries", "", 0);
            return None;
        };
        let mut list = ListFile { title: text_of(&node, TITLE), source: text_of(&node, SOURCE), entries: Vec::new() };
        let places = self.text.items(&[Step::OneOf(ENTRIES)]);
        let places = if places.len() == entries.len() { places } else { Vec::new() };
        for (at, entry) in entries.iter().enumerate() {
            let path = [Step::OneOf(ENTRIES), Step::Item(at)];
            self.only(entry, &path, &[VALUE, FROM, TO, BASIS, NOTE]);
            let value = entry.text().map(str::to_string).or_else(|| text_of(entry, VALUE));
            if value.is_none() {
                self.told(self.text.word(kinds::LIST_BROKEN, &path), "no-value", "", at + 1);
            }
            let [from, to] = [FROM, TO].map(|names| self.date(entry, &path, names));
            if from.zip(to).is_some_and(|(from, to)| to < from) {
                let [list, item] = path.clone();
                self.told(self.text.value(kinds::LIST_BROKEN, &[list, item, Step::OneOf(TO)]), "backwards", "", at + 1);
            }
            let (value, basis, at) = (value.unwrap_or_default(), text_of(entry, BASIS), places.get(at).copied());
            list.entries.push(ListEntry { value, from, to, basis, at });
        }
        Some(list)
    }

    fn date(&mut self, entry: &Node, path: &[Step; 2], names: &'static [&'static str]) -> Option<Date> {
        let text = entry.get(names).and_then(Node::text)?;
        let read = date(text);
        if read.is_none() {
            let [list, item] = path.clone();
            let number = if let Step::Item(at) = item { at + 1 } else { 0 };
            let problem = self.text.value(kinds::LIST_BROKEN, &[list, item, Step::OneOf(names)]);
            self.told(problem, "no-date", text, number);
        }
        read
    }

    /// A key that is not known would be passed over in silence.
    fn only(&mut self, node: &Node, path: &[Step], known: &[&[&str]]) {
        let known = known.concat();
        for (key, _) in node.entries().iter().filter(|(key, _)| !known.contains(&key.as_str())) {
            let near: Vec<String> =
                suggestion::nearest(key, known.iter().copied()).iter().map(ToString::to_string).collect();
            let path: Vec<Step> = path.iter().cloned().chain([Step::Key(key.clone())]).collect();
            let problem = offered(self.text.word(kinds::LIST_BROKEN, &path), &near);
            self.tell(problem, "unknown-key", key, 0, near);
        }
    }

    fn told(&mut self, at: Diagnostic, problem: &str, key: &str, line: usize) {
        self.tell(at, problem, key, line, Vec::new());
    }

    fn tell(&mut self, at: Diagnostic, problem: &str, key: &str, line: usize, near: Vec<String>) {
        let told = at.text("problem", problem).text("key", key).count("line", line).text("detail", "");
        self.diagnostics.push(told.count("near-count", near.len()).with("near", Argument::List(near)));
    }
}

/// `29.07.2014` or `2014-07-29`.
pub fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    let (year, month, day) = if text.contains('.') {
        let mut parts = text.split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some((year, month, day))?
    } else {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some((year, month, day))?
    };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    // a sign before digits is read as well, and no day has one
    let digits = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    digits.then(|| Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok())?
}
