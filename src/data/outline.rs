//! The lines of a YAML text: where a key of its maps is written.
//!
//! The YAML library keeps no places of what it has read. Maps and lists of the usual form are followed by their indentation;
//! in other forms (`{a: b}`) the line is the one that holds the key.

use crate::location::Span;

/// A step from a map or a list to what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    /// A key in one of its languages.
    OneOf(&'static [&'static str]),
    Item(usize),
}

#[derive(Debug, Clone, Default)]
pub(super) struct Outline {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    indent: usize,
    /// Where it begins in the whole text.
    start: usize,
    /// Empty: the dash of a list.
    text: String,
    /// Bytes up to the end of the line.
    length: usize,
}

impl Outline {
    pub fn of(text: &str) -> Self {
        let mut entries = Vec::new();
        let mut line_start = 0;
        for written in text.split_inclusive('\n') {
            let (start, line_end) = (line_start, line_start + written.trim_end().len());
            line_start += written.len();
            let mut rest = written.trim_end();
            let mut indent = rest.len() - rest.trim_start().len();
            rest = rest.trim_start();
            let entry = |indent: usize, rest: &str, text: &str| {
                let start = line_end.saturating_sub(rest.len()).max(start);
                Entry { indent, start, text: text.to_string(), length: rest.len() }
            };
            while rest == "-" || rest.starts_with("- ") {
                entries.push(entry(indent, rest, ""));
                let after = rest.strip_prefix('-').unwrap_or("");
                let inner = after.trim_start();
                indent += rest.len() - inner.len();
                rest = inner;
            }
            if !rest.is_empty() && !rest.starts_with('#') {
                entries.push(entry(indent, rest, rest));
            }
        }
        Outline { entries }
    }

    /// Where the last step that is found stands, up to the end of its line.
    pub fn find(&self, path: &[Step]) -> Option<Span> {
        self.follow(path)?.0.map(Entry::span)
    }

    /// Where the items of a list stand, each up to the end of its line; none when they share a line.
    pub fn items(&self, path: &[Step]) -> Vec<Span> {
        let range = self.follow(path).map_or(&[][..], |(_, inside)| inside);
        let dashes = || range.iter().filter(|entry| entry.text.is_empty());
        let least = dashes().map(|entry| entry.indent).min();
        dashes().filter(|entry| Some(entry.indent) == least).map(Entry::span).collect()
    }

    /// The last step that is found, and what is inside it.
    fn follow(&self, path: &[Step]) -> Option<(Option<&Entry>, &[Entry])> {
        let mut range = self.entries.as_slice();
        let mut found: Option<&Entry> = None;
        for step in path {
            let at = match step {
                Step::Key(key) => key_in(range, key),
                Step::OneOf(keys) => keys.iter().find_map(|key| key_in(range, key)),
                Step::Item(index) => item_in(range, *index),
            };
            let Some(at) = at else {
                // written in one line with what is around it
                continue;
            };
            let entry = range.get(at)?;
            let inside = range.get(at + 1..).unwrap_or(&[]);
            let dashes_belong = !entry.text.is_empty();
            let length = inside
                .iter()
                .take_while(|e| {
                    e.indent > entry.indent || (dashes_belong && e.indent == entry.indent && e.text.is_empty())
                })
                .count();
            // a map in braces stands in the line of its key
            let own = !entry.text.is_empty() && length == 0;
            range = range.get(if own { at..at + 1 } else { at + 1..at + 1 + length }).unwrap_or(&[]);
            found = Some(entry);
        }
        Some((found, range))
    }
}

impl Entry {
    fn span(&self) -> Span {
        Span::new(self.start, self.start + self.length)
    }
}

fn key_in(range: &[Entry], key: &str) -> Option<usize> {
    let least = range.iter().filter(|entry| !entry.text.is_empty()).map(|entry| entry.indent).min()?;
    let is_key = |entry: &Entry| {
        let bare = |rest: &str| rest.trim_start().starts_with(':');
        let quoted = |quote: char| {
            let rest = entry.text.strip_prefix(quote).and_then(|t| t.strip_prefix(key));
            rest.and_then(|rest| rest.strip_prefix(quote)).is_some_and(bare)
        };
        entry.text.strip_prefix(key).is_some_and(bare) || quoted('"') || quoted('\'')
    };
    let usual = range.iter().position(|entry| entry.indent == least && is_key(entry));
    usual.or_else(|| range.iter().position(|entry| entry.text.contains(key)))
}

fn item_in(range: &[Entry], index: usize) -> Option<usize> {
    let least = range.iter().filter(|entry| entry.text.is_empty()).map(|entry| entry.indent).min()?;
    let mut dashes = range.iter().enumerate().filter(|(_, entry)| entry.text.is_empty() && entry.indent == least);
    dashes.nth(index).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::{Outline, Step};

    #[test]
    fn keys_are_found_by_their_indentation() {
        let text = "набор данных: x\nтаблицы:\n  # школы: y\n  школы:\n    файл: а.csv\n    столбцы:\n      код: {файл: 1}\n\n  экзамены:\n    файлы:\n    - б.csv\n    - файл: в.csv\n      лист: 2\n    \"столбцы\":\n      год: г\n";
        let outline = Outline::of(text);
        let line = |path: &[&str]| {
            let step = |word: &&str| word.parse().map_or_else(|_| Step::Key((*word).to_string()), Step::Item);
            let span = outline.find(&path.iter().map(step).collect::<Vec<_>>())?;
            Some(
                text.get(..span.start).unwrap().lines().count().max(1)
                    + usize::from(text.get(..span.start).unwrap().ends_with('\n')),
            )
        };
        assert_eq!(line(&["таблицы", "школы"]), Some(4));
        assert_eq!(line(&["таблицы", "школы", "файл"]), Some(5));
        assert_eq!(line(&["таблицы", "школы", "столбцы", "код", "файл"]), Some(7));
        assert_eq!(line(&["таблицы", "экзамены", "файлы", "0"]), Some(11));
        assert_eq!(line(&["таблицы", "экзамены", "файлы", "1", "лист"]), Some(13));
        assert_eq!(line(&["таблицы", "экзамены", "столбцы", "год"]), Some(15));
        assert_eq!(line(&["нет"]), None);
        let found = |path: &[Step]| outline.find(path).map(|span| text.get(span.start..span.end).unwrap());
        assert_eq!(found(&[Step::Key("набор данных".to_string())]), Some("набор данных: x"));
        let file = [Step::Key("экзамены".to_string()), Step::Key("файлы".to_string()), Step::Item(1)];
        assert_eq!(found(&file), Some("- файл: в.csv"));
        let items = outline.items(&[Step::Key("экзамены".to_string()), Step::Key("файлы".to_string())]);
        let items: Vec<&str> = items.iter().map(|span| text.get(span.start..span.end).unwrap()).collect();
        assert_eq!(items, ["- б.csv", "- файл: в.csv"]);
    }
}
