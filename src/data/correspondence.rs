//! Which school became which: a text file with a column of old codes and a column of new ones.
//!
//! Knows no data: whether the codes exist is looked at where both datasets are.

use std::sync::Arc;

use super::csv;
use super::text::{header_form, separator};
use crate::diagnostic::compare as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::location::{SourceId, SourceSpan, Span};

const OLD: &[&str] = &["старый код", "прежний код", "код до", "было", "old code", "old", "before"];
const NEW: &[&str] = &["новый код", "код после", "стало", "new code", "new", "after"];

/// The lines of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Correspondence {
    /// What stands above the two columns.
    pub header: (Arc<str>, Arc<str>),
    pub header_at: SourceSpan,
    pub lines: Vec<Line>,
}

/// A school before and after; without the one it was opened, without the other it was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub old: Option<Arc<str>>,
    pub new: Option<Arc<str>>,
    pub at: SourceSpan,
}

/// Reads the text: a line with headers, then a line for each pair. All problems are reported.
pub fn parse(source: SourceId, text: &str) -> Outcome<Correspondence> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut records = Records { text, source, at: start, separator: b';' };
    records.separator = separator(text.get(start..).unwrap_or("").lines().next().unwrap_or("").as_bytes());
    let mut diagnostics = Vec::new();
    let Some((header, header_at)) = records.next() else {
        let problem = Diagnostic::at(kinds::CORRESPONDENCE_EMPTY, SourceSpan::new(source, Span::new(0, 0)));
        return Outcome { value: None, diagnostics: vec![problem] };
    };
    let Some((old, new)) = columns(&header) else {
        let problem = Diagnostic::at(kinds::CORRESPONDENCE_COLUMNS, header_at).count("count", header.len());
        return Outcome { value: None, diagnostics: vec![problem] };
    };
    let field = |fields: &[String], at: usize| -> Option<Arc<str>> {
        fields.get(at).map(|text| text.trim()).filter(|text| !text.is_empty()).map(Arc::from)
    };
    let mut lines = Vec::new();
    for (fields, at) in records {
        let line = Line { old: field(&fields, old), new: field(&fields, new), at };
        if fields.len() <= old.max(new) || (line.old.is_none() && line.new.is_none()) {
            diagnostics.push(Diagnostic::at(kinds::CORRESPONDENCE_LINE, at));
            continue;
        }
        lines.push(line);
    }
    if lines.is_empty() && diagnostics.is_empty() {
        diagnostics.push(Diagnostic::at(kinds::CORRESPONDENCE_EMPTY, header_at));
    }
    let above = |at: usize| Arc::from(header.get(at).map_or("", |text| text.trim()));
    let value = Correspondence { header: (above(old), above(new)), header_at, lines };
    Outcome { value: diagnostics.is_empty().then_some(value), diagnostics }
}

/// Which columns: by name, and by place where no name is known.
fn columns(header: &[String]) -> Option<(usize, usize)> {
    let find = |names: &[&str]| header.iter().position(|text| names.contains(&header_form(text.trim()).as_str()));
    match (find(OLD), find(NEW)) {
        (Some(old), Some(new)) => Some((old, new)),
        (Some(old), None) if header.len() == 2 => Some((old, 1 - old)),
        (None, Some(new)) if header.len() == 2 => Some((1 - new, new)),
        (None, None) if header.len() >= 2 => Some((0, 1)),
        _ => None,
    }
}

/// Records with their places; blank lines are passed over.
struct Records<'a> {
    text: &'a str,
    source: SourceId,
    at: usize,
    separator: u8,
}

impl Iterator for Records<'_> {
    type Item = (Vec<String>, SourceSpan);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let (fields, used) = csv::record(rest.as_bytes(), self.separator);
            let written = rest.get(..used).unwrap_or(rest);
            let span = Span::new(self.at, self.at + written.trim_end().len());
            self.at += used + 1;
            if !written.trim().is_empty() {
                return Some((fields, SourceSpan::new(self.source, span)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::location::SourceId;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let read = parse(SourceId(0), text);
        let lines = read.value.unwrap_or_else(|| panic!("{:?}", read.diagnostics)).lines;
        let text = |code: &Option<std::sync::Arc<str>>| code.as_deref().unwrap_or("").to_owned();
        lines.iter().map(|line| (text(&line.old), text(&line.new))).collect()
    }

    fn pair(old: &str, new: &str) -> (String, String) {
        (old.to_owned(), new.to_owned())
    }

    #[test]
    fn columns_are_found_by_name_or_by_place() {
        assert_eq!(pairs("старый код;новый код\n001;101\n"), [pair("001", "101")]);
        assert_eq!(pairs("Новый_код,примечание,Старый_код\r\n101,x,001\r\n"), [pair("001", "101")]);
        assert_eq!(pairs("код в 2018;код в 2019;примечание\n001;101;\n"), [pair("001", "101")]);
        assert_eq!(pairs("new;code\n101;001"), [pair("001", "101")]);
    }

    #[test]
    fn quoted_fields_blank_lines_and_empty_codes_are_read() {
        assert_eq!(
            pairs("\u{feff}old;new\n\n\"0;1\";101\n002;\n ;103\n"),
            [pair("0;1", "101"), pair("002", ""), pair("", "103")]
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_by_line() {
        let told = |text: &str| -> Vec<(&str, usize)> {
            parse(SourceId(0), text)
                .diagnostics
                .iter()
                .map(|d| match d.place {
                    crate::location::Place::Text(at) => (d.kind.code, at.span.start),
                    _ => (d.kind.code, 0),
                })
                .collect()
        };
        assert_eq!(told(""), [("M889", 0)]);
        assert_eq!(told("old;new\n"), [("M889", 0)]);
        assert_eq!(told("old code\n001\n"), [("M888", 0)]);
        assert_eq!(told("old;x;y\n001;2;3\n"), [("M888", 0)]);
        assert_eq!(told("old;new\n001\n;\n002;3\n"), [("M891", 8), ("M891", 12)]);
    }
}
