//! The text of a YAML file that people edit, and the places of its words for messages.
//!
//! Knows where words stand, not what they mean.

use super::outline::{Outline, Step};
use crate::diagnostic::{Diagnostic, Kind};
use crate::location::{Place, SourceId, SourceSpan, Span};
use crate::source::{Source, Sources};
use crate::yaml::{Fault, Problem};

/// The largest file of this kind.
pub const MAX_BYTES: usize = 1024 * 1024;

/// Adds what is wrong with a text to a diagnostic: `problem`, `key`, `line` and `detail`.
pub(super) fn tell(wrong: Problem, diagnostic: Diagnostic) -> Diagnostic {
    let (problem, key) = match wrong.fault {
        Fault::RepeatedKey(key) => ("repeated-key", key),
        Fault::KeyNotText => ("key-not-text", String::new()),
        Fault::Tab => ("tab", String::new()),
        Fault::Colon => ("colon", String::new()),
        Fault::Indent => ("indent", String::new()),
        Fault::Unclosed => ("unclosed", String::new()),
        Fault::Sign => ("sign", String::new()),
        Fault::SeveralDocuments => ("documents", String::new()),
        Fault::Other => ("other", String::new()),
    };
    diagnostic.text("problem", problem).text("key", key).count("line", wrong.line).text("detail", wrong.detail)
}

#[derive(Debug, Clone)]
pub struct YamlText {
    id: SourceId,
    source: Source,
    outline: Outline,
}

impl YamlText {
    /// The text joins the sources.
    pub fn new(name: &str, text: &str, sources: &mut Sources) -> YamlText {
        let source = Source::new(name, text.trim_start_matches('\u{feff}'));
        let outline = Outline::of(&source.text);
        YamlText { id: sources.add(source.clone()), source, outline }
    }

    pub fn text(&self) -> &str {
        &self.source.text
    }

    /// A problem of the word to which a path leads.
    pub(super) fn word(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        let Some((span, word)) = self.find(path) else {
            return self.whole(kind);
        };
        self.at(kind, word.map_or(span, |word| Span::new(span.start + word.start, span.start + word.end)))
    }

    /// A problem of what stands behind that word.
    pub(super) fn value(&self, kind: Kind, path: &[Step]) -> Diagnostic {
        let Some((span, Some(word))) = self.find(path) else {
            return self.word(kind, path);
        };
        let line = self.source.slice(span);
        let behind = line.get(word.end..).and_then(|rest| rest.split_once(':')).map_or("", |(_, value)| value.trim());
        let braces = line.get(..word.start).is_some_and(|before| before.contains('{'));
        let value = if braces { behind.split([',', '}']).next().unwrap_or("").trim() } else { behind };
        match line.get(word.end..).and_then(|rest| rest.find(value)).filter(|_| !value.is_empty()) {
            Some(at) => {
                let start = span.start + word.end + at;
                self.at(kind, Span::new(start, start + value.len()))
            }
            None => self.word(kind, path),
        }
    }

    /// Where the items of a list stand; none when they share a line.
    pub(super) fn items(&self, path: &[Step]) -> Vec<SourceSpan> {
        self.outline.items(path).into_iter().map(|span| SourceSpan { source: self.id, span }).collect()
    }

    /// A problem of a line, from 1; 0: it is not known which.
    pub(super) fn line(&self, kind: Kind, line: usize) -> Diagnostic {
        let written = self.source.line(line);
        let text = written.trim();
        if text.is_empty() || line == 0 {
            return self.whole(kind);
        }
        let start = self.source.line_start(line) + (written.len() - written.trim_start().len());
        self.at(kind, Span::new(start, start + text.len()))
    }

    pub(super) fn whole(&self, kind: Kind) -> Diagnostic {
        Diagnostic::new(kind, Place::File(self.source.name.clone()))
    }

    fn at(&self, kind: Kind, span: Span) -> Diagnostic {
        Diagnostic::at(kind, SourceSpan { source: self.id, span })
    }

    /// What a path leads to, up to the end of its line, and the last word of the path in it.
    fn find(&self, path: &[Step]) -> Option<(Span, Option<Span>)> {
        let span = self.outline.find(path)?;
        let line = self.source.slice(span);
        let word = match path.last() {
            Some(Step::Key(key)) => word_in(line, key),
            Some(Step::OneOf(keys)) => keys.iter().find_map(|key| word_in(line, key)),
            Some(Step::Item(_)) | None => None,
        };
        Some((span, word))
    }
}

/// Where a key stands in a line: before a colon, and not inside another word.
fn word_in(line: &str, key: &str) -> Option<Span> {
    let alone = |at: &usize| {
        let before = line.get(..*at).and_then(|text| text.chars().next_back());
        let after = line.get(at + key.len()..).unwrap_or("").trim_start_matches(['"', '\'', ' ']);
        !before.is_some_and(char::is_alphanumeric) && after.starts_with(':')
    };
    let at = line.match_indices(key).map(|(at, _)| at).find(alone)?;
    Some(Span::new(at, at + key.len()))
}

/// The one word that is near is offered in place of the wrong one.
pub(super) fn offered(problem: Diagnostic, near: &[String]) -> Diagnostic {
    match (&problem.place, near) {
        (Place::Text(at), [only]) => {
            let at = *at;
            problem.fix(at, only.as_str())
        }
        _ => problem,
    }
}
