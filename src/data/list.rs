//! Dated lists from YAML files: `название`, `источник`, `записи` with value, period and basis.
//!
//! Knows nothing of what a list is used for.

use jiff::civil::Date;

use super::yaml::{self, Node};

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

/// Reads the text of a list file. The error says what is wrong, with the entry's number where it is about one.
pub fn parse(text: &str) -> Result<ListFile, String> {
    if text.len() > yaml::MAX_BYTES {
        return Err("> 1 MiB".into());
    }
    let node = yaml::parse(text).map_err(|p| p.detail)?;
    let text_of = |names: &[&str]| node.get(names).and_then(Node::text).map(str::to_string);
    let mut list = ListFile {
        title: text_of(&["название", "title"]),
        source: text_of(&["источник", "source"]),
        entries: Vec::new(),
    };
    for (known, _) in node.entries() {
        if !["название", "title", "источник", "source", "записи", "entries", "примечание", "note"]
            .contains(&known.as_str())
        {
            return Err(known.clone());
        }
    }
    let entries = node.get(&["записи", "entries"]).ok_or_else(|| "записи / entries".to_string())?;
    for (at, entry) in entries.items().iter().enumerate() {
        let fail = |what: &str| format!("{}: {what}", at + 1);
        let date = |names: &[&str]| match entry.get(names).and_then(Node::text) {
            None => Ok(None),
            Some(text) => date(text).map(Some).ok_or_else(|| fail(text)),
        };
        let value = entry.text().or_else(|| entry.get(&["значение", "value"]).and_then(Node::text));
        list.entries.push(ListEntry {
            value: value.ok_or_else(|| fail("значение / value"))?.to_string(),
            from: date(&["с", "from"])?,
            to: date(&["по", "to"])?,
            basis: entry.get(&["основание", "basis"]).and_then(Node::text).map(str::to_string),
        });
    }
    Ok(list)
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
