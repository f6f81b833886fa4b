//! What to say where a clause uses the words and signs of everyday writing: the phrase that was meant, and its place.
//!
//! Knows places; what the words mean is known by `keywords::wordings`.

use std::ops::Range;

use super::build::Builder;
use super::keywords::wordings::{self, Meant};
use super::keywords::{all_words, mistaken};
use super::mistakes;
use super::parser::{Rule, Stop};
use crate::diagnostic::syntax as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{SourceSpan, Span};
use crate::suggestion;

/// How many tokens before the place where the grammar stopped a phrase may begin.
const BACK: usize = 4;

/// The mistake, when what stands around the place where the grammar stopped is a known way to write something else.
pub(super) fn mistake(builder: &Builder<'_>, text: &str, stop: &Stop, clause: &Range<usize>) -> Option<Diagnostic> {
    let place = Place { builder, text, at: stop.at, start: clause.start };
    place
        .number_sign()
        .or_else(|| place.sign_before_title())
        .or_else(|| place.title_without_quotes(stop))
        .or_else(|| place.other_quotes())
        .or_else(|| place.without_data(stop))
        .or_else(|| place.other_layout())
        .or_else(|| place.phrase(stop, clause))
        .or_else(|| place.unclosed())
}

struct Place<'a> {
    builder: &'a Builder<'a>,
    text: &'a str,
    /// Where the grammar stopped.
    at: usize,
    /// Where the clause begins.
    start: usize,
}

impl<'a> Place<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn line(&self) -> &'a str {
        self.rest().lines().next().unwrap_or("").trim_end()
    }

    fn before(&self) -> &'a str {
        self.text.get(self.start..self.at).unwrap_or("")
    }

    fn span(&self, range: Range<usize>) -> SourceSpan {
        let (start, end) = (self.builder.base + range.start, self.builder.base + range.end);
        SourceSpan::new(self.builder.source, Span::new(start, end))
    }

    /// As it was written, before letters were folded.
    fn written(&self, range: Range<usize>) -> &'a str {
        self.builder.text.get(self.builder.base + range.start..self.builder.base + range.end).unwrap_or("")
    }

    fn not_needed(&self, sign: Range<usize>, removed: Range<usize>) -> Diagnostic {
        let problem = Diagnostic::at(kinds::SIGN_NOT_NEEDED, self.span(sign.clone()));
        problem.text("symbol", self.written(sign)).fix(self.span(removed), "")
    }

    /// `критерий № 1`, as a head or inside an expression.
    fn number_sign(&self) -> Option<Diagnostic> {
        let word = mistaken::first_word(self.line());
        let head = ["критерий", "группа", "criterion", "group"].contains(&word);
        let skipped = if head { word.len() } else { 0 };
        let after = self.line().get(skipped..)?;
        let sign = after.trim_start().strip_prefix('№')?;
        let number = sign.trim_start();
        let end = self.at + self.line().len() - number.len();
        let start = self.at + self.line().len() - sign.len() - '№'.len_utf8();
        number
            .starts_with(|c: char| c.is_ascii_digit())
            .then(|| self.not_needed(start..start + '№'.len_utf8(), start..end))
    }

    /// `критерий 1. «…»`, `категория имя – «…»`.
    fn sign_before_title(&self) -> Option<Diagnostic> {
        let sign = self.rest().chars().next().filter(|c| ".:)–—-−".contains(*c))?;
        let after = self.line().get(sign.len_utf8()..)?.trim_start();
        let title = after.starts_with(['«', '"', '“', '„', '”']);
        let mut words = self.before().split_whitespace();
        let named = words.next().is_some() && words.next().is_some() && words.next().is_none();
        if !title || !named || self.before().contains(['=', '(', '"', '«']) {
            return None;
        }
        let end = self.at + sign.len_utf8();
        let gap = self.before().len() - self.before().trim_end().len();
        Some(self.not_needed(self.at..end, self.at - gap..end))
    }

    /// `критерий 1 Название`, `критерий 1. Название`, `категория имя – Название`.
    fn title_without_quotes(&self, stop: &Stop) -> Option<Diagnostic> {
        let line = self.line();
        let title = line.trim_start_matches(['.', ':', ')', '–', '—', '-', '−']).trim_start();
        let mut words = self.before().split_whitespace();
        let (head, named) = (words.next()?, words.next().is_some() && words.next().is_none());
        let numbered = ["критерий", "группа", "criterion", "group"].contains(&head);
        let signed = ["категория", "category"].contains(&head) && title.len() < line.len();
        let same_line = !self.before().contains('\n');
        let starts = title.starts_with(char::is_alphabetic) && !title.contains(['«', '»', '"', '“', '”', '„', '=']);
        if !(named && (numbered || signed) && same_line && starts && stop.expected.contains(&Rule::text)) {
            return None;
        }
        let end = self.at + line.len();
        let text = self.written(end - title.len()..end);
        let place = self.span(end - title.len()..end);
        let gap = if self.before().ends_with(char::is_whitespace) { "" } else { " " };
        let problem = Diagnostic::at(kinds::TITLE_WITHOUT_QUOTES, place).text("text", text);
        Some(problem.fix(self.span(self.at..end), format!("{gap}«{text}»")))
    }

    /// A text in the quotation marks of another keyboard.
    fn other_quotes(&self) -> Option<Diagnostic> {
        let line = self.line();
        let open = line.chars().next().filter(|c| "“”„‟‘’‚'".contains(*c))?;
        let inner = line.get(open.len_utf8()..)?;
        let close = inner.find(['“', '”', '‟', '’', '‘', '"', '»', '\'']).unwrap_or(inner.len());
        let shut = inner.get(close..)?.chars().next().map_or(0, char::len_utf8);
        // an apostrophe is a letter in the other layout
        if open == '\'' && (shut == 0 || inner.starts_with(|c: char| c.is_ascii_alphanumeric())) {
            return None;
        }
        let from = self.at + open.len_utf8();
        let whole = self.at..from + close + shut;
        let text = self.written(from..from + close).trim_end();
        let problem = Diagnostic::at(kinds::OTHER_QUOTES, self.span(whole.clone())).text("text", text);
        let whole = self.span(whole);
        Some(if text.contains(['«', '»']) || shut == 0 { problem } else { problem.fix(whole, format!("«{text}»")) })
    }

    /// `при отсутствии данных` with something else than one of its choices.
    fn without_data(&self, stop: &Stop) -> Option<Diagnostic> {
        if !stop.expected.contains(&Rule::no_data_policy) {
            return None;
        }
        let head = self.before().trim_end();
        let line_goes_on = !self.before().get(head.len()..)?.contains('\n') && !self.line().is_empty();
        let place =
            if line_goes_on { self.at..self.at + self.line().len() } else { self.start..self.start + head.len() };
        Some(Diagnostic::at(kinds::NO_DATA_CHOICE, self.span(place)))
    }

    /// A word that was typed in the other layout, where some of its letters are signs: `ghjljk;bkb`.
    fn other_layout(&self) -> Option<Diagnostic> {
        let key = |c: char| c.is_ascii_alphanumeric() || c == '_' || "`[];',.".contains(c);
        let before = self.before().trim_end_matches([' ', '\t', '\u{a0}']);
        let before = if before.ends_with(|c: char| key(c) && !c.is_alphanumeric()) { before } else { self.before() };
        let start = self.start + before.trim_end_matches(key).len();
        let whole = self.text.get(start..)?;
        let whole = whole.get(..whole.find(|c: char| !key(c)).unwrap_or(whole.len()))?;
        let shorter = whole.trim_end_matches(|c: char| !c.is_alphanumeric());
        [whole, shorter].into_iter().find_map(|word| {
            let signs = word.chars().any(|c| !c.is_alphanumeric() && c != '_');
            let letters = word.chars().filter(char::is_ascii_alphabetic).count();
            let end = start + word.len();
            if !signs || letters < 2 || end < self.at {
                return None;
            }
            let right = self.known(&suggestion::other_layout(word)?)?;
            let place = self.span(start..end);
            let problem = Diagnostic::at(kinds::OTHER_LAYOUT, place).text("word", self.written(start..end));
            Some(problem.text("right", right.clone()).fix(place, right))
        })
    }

    /// A word of the language or of this file, as it is written there.
    fn known(&self, word: &str) -> Option<String> {
        let folded = word.replace('ё', "е");
        if all_words().iter().any(|known| known.replace('ё', "е") == folded) {
            return Some(word.to_owned());
        }
        let file = self.builder.folded;
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        let (at, _) = file.match_indices(&folded).find(|(at, found)| {
            let before = file.get(..*at).unwrap_or("").ends_with(letter);
            !before && !file.get(at + found.len()..).unwrap_or("").starts_with(letter)
        })?;
        self.builder.text.get(at..at + folded.len()).map(str::to_owned)
    }

    /// A phrase of everyday language that the grammar stopped in or right behind.
    fn phrase(&self, stop: &Stop, clause: &Range<usize>) -> Option<Diagnostic> {
        let part = mistakes::without_texts(self.text.get(clause.clone())?);
        let tokens = tokens(&part);
        let words: Vec<&str> = tokens.iter().filter_map(|range| part.get(range.clone())).collect();
        let stopped = tokens.iter().position(|range| clause.start + range.end > self.at).unwrap_or(tokens.len());
        (stopped.saturating_sub(BACK)..=stopped).find_map(|first| {
            let (taken, meant) = wordings::phrase(words.get(..first)?, words.get(first..)?)?;
            let title = stop.expected.contains(&Rule::text) && !stop.expected.contains(&Rule::numbering);
            if first == stopped && title && matches!(meant, Meant::Number(_)) {
                return None;
            }
            let open = words.get(first).is_some_and(|word| wordings::opens_range(word));
            let behind = usize::from(open || matches!(meant, Meant::Number(_)));
            if first + taken + behind <= stopped {
                return None;
            }
            let (from, to) = (tokens.get(first)?.start, tokens.get((first + taken).checked_sub(1)?)?.end);
            let range = clause.start + from..clause.start + to;
            let place = self.span(range.clone());
            let written = self.written(range);
            Some(match meant {
                Meant::Number(digits) => written_as_word(place, written, digits),
                Meant::Phrases(phrases) => {
                    let problem = other_wording(place, written, phrases.clone());
                    match phrases.as_slice() {
                        [only] => problem.fix(place, only.clone()),
                        _ => problem,
                    }
                }
            })
        })
    }

    /// An operation behind a clause of a function whose parenthesis was not closed.
    fn unclosed(&self) -> Option<Diagnostic> {
        let code = mistakes::without_texts(self.before());
        let operation = self.rest().starts_with(['/', '*', '×', '·', '÷', '+', '-', '−', '–'])
            || mistaken::begins_comparison(self.rest());
        if !operation || code.matches('(').count() <= code.matches(')').count() {
            return None;
        }
        let open = self.start + mistakes::last_open(&code);
        let end = self.start + code.trim_end().len();
        let problem = Diagnostic::at(kinds::UNCLOSED_PARENTHESIS, self.span(open..open + 1));
        Some(problem.fix(self.span(end..end), ")"))
    }
}

/// A phrase that the rules say in other words.
pub fn other_wording(at: SourceSpan, word: &str, right: Vec<String>) -> Diagnostic {
    let problem = Diagnostic::at(kinds::OTHER_WORDING, at).text("word", word).count("right-count", right.len());
    problem.with("right", Argument::List(right))
}

/// A number that is written in words.
pub fn written_as_word(at: SourceSpan, word: &str, digits: String) -> Diagnostic {
    Diagnostic::at(kinds::NUMBER_IN_WORDS, at).text("word", word).text("right", digits.clone()).fix(at, digits)
}

/// Words, numbers with their decimals, and single signs.
fn tokens(part: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut joined = false;
    for (at, c) in part.char_indices() {
        let end = at + c.len_utf8();
        let decimal = (c == ',' || c == '.')
            && part.get(..at).is_some_and(|t| t.ends_with(|d: char| d.is_ascii_digit()))
            && part.get(end..).is_some_and(|t| t.starts_with(|d: char| d.is_ascii_digit()));
        let word = c.is_alphanumeric() || c == '_' || decimal;
        match found.last_mut() {
            Some(last) if word && joined => last.end = end,
            _ if c.is_whitespace() => {}
            _ => found.push(at..end),
        }
        joined = word;
    }
    found
}
