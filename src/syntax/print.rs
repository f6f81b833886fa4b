//! Tree → text in canonical form, in either vocabulary, with the comments kept.
//!
//! Two spaces per level, one clause on a line, one blank line between blocks; names and texts stay as written.

mod blocks;
mod comments;
mod expressions;
mod indices;

use super::keywords::pick;
use super::tree::{self, File, Item};
use crate::language::Language;

/// The canonical text of a file.
pub fn print(file: &File, language: Language) -> String {
    let mut printer = Printer { language, out: String::new(), pending: file.comments.clone(), started: false };
    if let Some(header) = &file.header {
        printer.header(header);
    }
    let mut before: Option<&Item> = None;
    for item in &file.items {
        // Includes stand close together, as people group them.
        let close = matches!((before, item), (Some(Item::Include(_)), Item::Include(_)));
        printer.gap(!close);
        printer.item(item);
        before = Some(item);
    }
    printer.rest();
    printer.out
}

struct Printer {
    language: Language,
    out: String,
    /// Comments not printed yet, in order.
    pending: Vec<tree::Comment>,
    started: bool,
}

impl Printer {
    fn word(&self, ru: &'static str, en: &'static str) -> &'static str {
        pick(self.language, ru, en)
    }

    /// Begins a block: a blank line before it, unless it is the first.
    fn gap(&mut self, blank: bool) {
        if self.started && blank && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
        self.started = true;
    }

    /// One line at a level, with the comments that stand before `start` above it and those on its last line behind it.
    fn line(&mut self, level: usize, start: usize, end: usize, text: &str) {
        self.comments_before(start, level);
        self.out.push_str(&"  ".repeat(level));
        self.out.push_str(text);
        self.trailing(start, end);
        self.out.push('\n');
        self.started = true;
    }

    fn text(&self, text: &tree::Text) -> String {
        quoted(&text.text, true)
    }

    /// A text that is a value or a file name: in straight marks.
    fn value(&self, text: &tree::Text) -> String {
        quoted(&text.text, false)
    }

    fn title(&self, title: &Option<tree::Text>) -> String {
        title.as_ref().map_or(String::new(), |t| format!(" {}", self.text(t)))
    }
}

/// In «…» where the marks inside are paired, otherwise in "…" with doubled marks.
fn quoted(text: &str, guillemets: bool) -> String {
    let mut depth = 0i64;
    let paired = text.chars().all(|c| {
        match c {
            '«' => depth += 1,
            '»' => depth -= 1,
            _ => {}
        }
        depth >= 0
    });
    if guillemets && paired && depth == 0 {
        format!("«{text}»")
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    }
}
