//! Dated lists from YAML files: `название`, `источник`, `записи` with value, period and basis.
//!
//! Knows nothing of what a list is used for.

use jiff::civil::Date;

use super::yaml::{self, Node};
use crate::diagnostic::{Argument, Diagnostic};
use crate::suggestion;

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
}

/// Why a list file could not be read. Entries are counted from 1.
#[derive(Debug, Clone)]
pub enum Problem {
    TooLarge,
    Yaml(yaml::Problem),
    UnknownKey(String, Vec<String>),
    NoEntries,
    NoValue(usize),
    NoDate(usize, String),
}

impl Problem {
    /// Adds what is wrong to a diagnostic: `problem`, `key`, `line` (or the number of the entry), `near`, `detail`.
    pub fn tell(self, diagnostic: Diagnostic) -> Diagnostic {
        let (problem, key, line, near) = match self {
            Problem::Yaml(problem) => {
                let diagnostic = diagnostic.count("near-count", 0).text("near", "");
                return problem.tell(diagnostic);
            }
            Problem::TooLarge => ("too-large", String::new(), 0, Vec::new()),
            Problem::UnknownKey(key, near) => ("unknown-key", key, 0, near),
            Problem::NoEntries => ("no-entries", String::new(), 0, Vec::new()),
            Problem::NoValue(entry) => ("no-value", String::new(), entry, Vec::new()),
            Problem::NoDate(entry, text) => ("no-date", text, entry, Vec::new()),
        };
        diagnostic
            .text("problem", problem)
            .text("key", key)
            .count("line", line)
            .text("detail", "")
            .count("near-count", near.len())
            .with("near", Argument::List(near))
    }
}

const TITLE: &[&str] = &["название", "title"];
const SOURCE: &[&str] = &["источник", "source"];
const ENTRIES: &[&str] = &["записи", "entries"];
const NOTE: &[&str] = &["примечание", "note"];
const VALUE: &[&str] = &["значение", "value"];
const FROM: &[&str] = &["с", "from"];
const TO: &[&str] = &["по", "to"];
const BASIS: &[&str] = &["основание", "basis"];

/// Reads the text of a list file.
pub fn parse(text: &str) -> Result<ListFile, Problem> {
    if text.len() > yaml::MAX_BYTES {
        return Err(Problem::TooLarge);
    }
    let node = yaml::parse(text).map_err(Problem::Yaml)?;
    let text_of = |node: &Node, names: &[&str]| node.get(names).and_then(Node::text).map(str::to_string);
    only(&node, &[TITLE, SOURCE, ENTRIES, NOTE])?;
    let entries = match node.get(ENTRIES) {
        Some(Node::List(entries)) => entries,
        _ => return Err(Problem::NoEntries),
    };
    let mut list = ListFile { title: text_of(&node, TITLE), source: text_of(&node, SOURCE), entries: Vec::new() };
    for (number, entry) in (1..).zip(entries) {
        only(entry, &[VALUE, FROM, TO, BASIS, NOTE])?;
        let date = |names: &[&str]| match entry.get(names).and_then(Node::text) {
            None => Ok(None),
            Some(text) => date(text).map(Some).ok_or_else(|| Problem::NoDate(number, text.to_string())),
        };
        let value = entry.text().map(str::to_string).or_else(|| text_of(entry, VALUE));
        list.entries.push(ListEntry {
            value: value.ok_or(Problem::NoValue(number))?,
            from: date(FROM)?,
            to: date(TO)?,
            basis: text_of(entry, BASIS),
        });
    }
    Ok(list)
}

/// A key that is not known would be passed over in silence.
fn only(node: &Node, known: &[&[&str]]) -> Result<(), Problem> {
    let known = known.concat();
    match node.entries().iter().find(|(key, _)| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some((key, _)) => {
            let near = suggestion::nearest(key, known.iter().copied()).iter().map(ToString::to_string).collect();
            Err(Problem::UnknownKey(key.clone(), near))
        }
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
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
