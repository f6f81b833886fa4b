//! A text cut into blocks before the grammar sees it, so that one broken block does not hide the others.
//!
//! Knows where texts, comments and lines are; knows no clauses.

use std::ops::Range;

use super::parser;
use super::tree::Comment;
use crate::location::Span;

/// The blocks of a text, and what stands before the first one.
pub(super) struct Chunks {
    pub before: Range<usize>,
    pub blocks: Vec<Range<usize>>,
}

/// Lower case and ё as е outside texts and comments; comments and the byte order mark become spaces. Same length, same
/// offsets.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        let part = text.get(piece.range.clone()).unwrap_or("");
        match piece.kind {
            Kind::Text => out.push_str(part),
            Kind::Comment => out.extend(std::iter::repeat_n(' ', part.len())),
            Kind::Code => {
                for c in part.chars() {
                    let mut lower = c.to_lowercase();
                    let folded = match (lower.next(), lower.next()) {
                        (Some('ё'), None) => 'е',
                        (Some(l), None) if l.len_utf8() == c.len_utf8() => l,
                        _ => c,
                    };
                    if c == '\u{feff}' {
                        out.push_str("   ");
                    } else {
                        out.push(folded);
                    }
                }
            }
        }
    }
    out
}

/// The comments of a text.
pub(super) fn comments(text: &str) -> Vec<Comment> {
    let mut found = Vec::new();
    for piece in pieces(text) {
        if piece.kind != Kind::Comment {
            continue;
        }
        let part = text.get(piece.range.clone()).unwrap_or("");
        let body = part.strip_prefix("//").or_else(|| part.strip_prefix('#')).unwrap_or(part);
        let before = text.get(..piece.range.start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let own_line = before.get(line_start..).unwrap_or("").trim().trim_start_matches('\u{feff}').is_empty();
        let above = before.get(..line_start).unwrap_or("").trim_end_matches([' ', '\t', '\r']);
        let after_blank =
            above.strip_suffix('\n').is_some_and(|rest| rest.trim_end_matches([' ', '\t', '\r']).ends_with('\n'));
        let below = text.get(line_end(text, piece.range.end)..).unwrap_or("");
        let before_blank = below.lines().nth(1).is_some_and(|line| line.trim().is_empty());
        let text = body.trim_end_matches('\r').trim_end();
        let text = text.strip_prefix(' ').unwrap_or(text).to_string();
        let span = Span::new(piece.range.start, piece.range.end);
        found.push(Comment { text, own_line, after_blank, before_blank, span });
    }
    found
}

/// Where the blank lines of a text begin.
pub(super) fn blank_lines(text: &str) -> Vec<usize> {
    let mut at = 0;
    let starts = text.split_inclusive('\n').map(|line| {
        let start = at;
        at += line.len();
        (start, line)
    });
    starts.filter(|(_, line)| line.trim().is_empty()).map(|(start, _)| start).collect()
}

/// Cuts a folded text where a block starts at the beginning of a line.
pub(super) fn split(folded: &str) -> Chunks {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in folded.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let start = at + indent;
        let first = line.trim_start().chars().next();
        // The shape of a head fits on two short lines; looking further would make long files slow.
        if first.is_some_and(|c| c.is_alphabetic()) {
            let window = limited(folded.get(start..).unwrap_or(""), 400);
            if parser::block_start(window).is_some() {
                starts.push(start);
            }
        }
        at += line.len();
    }
    let end = folded.len();
    let first = starts.first().copied().unwrap_or(end);
    let before = folded.get(..first).unwrap_or("");
    let before_start = before.len() - before.trim_start().len();
    let before = before_start..before_start + before.trim().len();
    let blocks =
        starts.iter().enumerate().map(|(i, start)| *start..starts.get(i + 1).copied().unwrap_or(end)).collect();
    Chunks { before, blocks }
}

/// The parts of a text in their order, and whether each is a text in quotation marks; comments are left out.
pub(super) fn texts_and_code(text: &str) -> impl Iterator<Item = (Range<usize>, bool)> {
    let pieces = pieces(text).into_iter().filter(|piece| piece.kind != Kind::Comment);
    pieces.map(|piece| (piece.range, piece.kind == Kind::Text))
}

/// The text as it is written, without its comments.
pub fn without_comments(text: &str) -> String {
    texts_and_code(text).filter_map(|(range, _)| text.get(range)).collect()
}

/// How deep parentheses are nested anywhere in a text.
pub(super) fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0usize, 0usize);
    for (range, is_text) in texts_and_code(text) {
        if is_text {
            continue;
        }
        for byte in text.get(range).unwrap_or("").bytes() {
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// At most `bytes` of a text, cut at a character.
pub(super) fn limited(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or("")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Text,
    Comment,
}

struct Piece {
    kind: Kind,
    range: Range<usize>,
}

/// A text as code, texts in quotation marks (never over a line end) and comments.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut code = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let (kind, end) = match c {
            '#' => (Kind::Comment, line_end(text, at)),
            '/' if next == Some('/') => (Kind::Comment, line_end(text, at)),
            '"' => (Kind::Text, quoted_end(text, at)),
            '«' => (Kind::Text, guillemets_end(text, at)),
            _ => continue,
        };
        if at > code {
            pieces.push(Piece { kind: Kind::Code, range: code..at });
        }
        pieces.push(Piece { kind, range: at..end });
        code = end;
        while chars.peek().is_some_and(|(i, _)| *i < end) {
            chars.next();
        }
    }
    if text.len() > code {
        pieces.push(Piece { kind: Kind::Code, range: code..text.len() });
    }
    pieces
}

fn line_end(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.find('\n')).map_or(text.len(), |n| at + n)
}

/// The end of `"…"`; `""` inside is a quotation mark. Unclosed: the end of the line.
fn quoted_end(text: &str, at: usize) -> usize {
    let limit = line_end(text, at);
    let bytes = text.as_bytes();
    let mut i = at + 1;
    while i < limit {
        if bytes.get(i) == Some(&b'"') {
            if bytes.get(i + 1) == Some(&b'"') && i + 1 < limit {
                i += 2;
                continue;
            }
            return i + 1;
        }
        i += 1;
    }
    limit
}

fn guillemets_end(text: &str, at: usize) -> usize {
    let limit = line_end(text, at);
    let mut depth = 0usize;
    for (i, c) in text.get(at..limit).unwrap_or("").char_indices() {
        match c {
            '«' => depth += 1,
            '»' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + i + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    limit
}
