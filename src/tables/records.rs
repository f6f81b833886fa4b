//! A separated text as records: where fields, quotation marks and records end, and what is irregular in that.
//!
//! Reads what is written and repairs nothing; knows nothing of what cells mean.

use std::borrow::Cow;

/// How the records of a text are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialect {
    /// One or more characters between fields.
    pub separator: String,
    pub quote: Option<char>,
    /// Makes the quotation mark behind it a part of the text; doubled marks always do.
    pub escape: Option<char>,
    pub ends: Ends,
    /// A column, from 0, whose values hold separators without marks, and the fields of a record: what is too many belongs to it.
    pub inside: Option<(usize, usize)>,
}

/// What ends a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ends {
    /// A line feed, perhaps with a carriage return before it.
    LineFeed,
    CarriageReturn,
    Text(String),
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect { separator: ",".to_string(), quote: Some('"'), escape: None, ends: Ends::LineFeed, inside: None }
    }
}

impl Ends {
    /// What ends the records of a text: a line feed where there is one outside, else a carriage return, else a rare sign.
    pub fn of(text: &str) -> Ends {
        if text.contains('\n') {
            return Ends::LineFeed;
        }
        if text.contains('\r') {
            return Ends::CarriageReturn;
        }
        for sign in ["\u{1e}", "\u{2028}", "\u{2029}", "\u{85}", "\u{1d}", "\u{c}", "\u{b}"] {
            if text.contains(sign) {
                return Ends::Text(sign.to_string());
            }
        }
        Ends::LineFeed
    }

    fn text(&self) -> &str {
        match self {
            Ends::LineFeed => "\n",
            Ends::CarriageReturn => "\r",
            Ends::Text(text) => text,
        }
    }

    /// The line that begins at a byte: its end without what ends it, and where the next one begins.
    pub fn line(&self, text: &str, at: usize) -> (usize, usize) {
        let rest = text.get(at..).unwrap_or("");
        let (end, next) = match rest.find(self.text()) {
            Some(end) => (end, end + self.text().len()),
            None => (rest.len(), rest.len()),
        };
        let body = rest.get(..end).unwrap_or("");
        let body = if *self == Ends::LineFeed { body.trim_end_matches('\r') } else { body };
        (at + body.len(), at + next)
    }

    /// How many lines a text has behind its first.
    pub fn count(&self, text: &str) -> u64 {
        text.matches(self.text()).count() as u64
    }
}

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field<'a> {
    pub text: Cow<'a, str>,
    pub quoted: bool,
}

/// One record as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record<'a> {
    /// Line where it begins, from 1.
    pub line: u64,
    /// Its bytes in the text, without what ends it.
    pub span: (usize, usize),
    pub fields: Vec<Field<'a>>,
    /// Something stands behind a closing mark, or a text never ends.
    pub stray: bool,
    /// A field that does not begin with a mark holds one.
    pub marks: bool,
    /// Lines more than one.
    pub breaks: u64,
}

/// Where a field ends.
pub(super) struct Piece<'a> {
    pub field: Field<'a>,
    /// Byte behind the field, at a separator or the end of the record.
    pub end: usize,
    pub stray: bool,
}

/// Bytes in which the end of a field is looked for first.
const NEAR: usize = 256;

impl Dialect {
    /// Reads the record that begins at a byte of the text; gives it with the byte where the next one begins.
    pub fn record<'a>(&self, text: &'a str, start: usize, line: u64) -> (Record<'a>, usize) {
        let mut fields = Vec::new();
        let (mut at, mut stray, mut marks) = (start, false, false);
        let (mut line_end, mut next) = self.ends.line(text, at);
        loop {
            let piece = self.piece(text, at, line_end);
            stray |= piece.stray;
            marks |= !piece.field.quoted && self.quote.is_some_and(|q| q != '\'' && piece.field.text.contains(q));
            fields.push(piece.field);
            at = piece.end;
            if at > line_end {
                (line_end, next) = self.ends.line(text, at);
            }
            let rest = text.get(at..line_end.max(at)).unwrap_or("");
            // behind a closing mark the spaces of a separator may be lacking
            let bare = self.separator.trim_end_matches(' ');
            let passed =
                [self.separator.as_str(), bare].into_iter().find(|sign| !sign.is_empty() && rest.starts_with(sign));
            if let Some(passed) = passed {
                at += passed.len();
                continue;
            }
            let breaks = self.ends.count(text.get(start..line_end).unwrap_or(""));
            self.join(&mut fields);
            return (Record { line, span: (start, line_end), fields, stray, marks, breaks }, next);
        }
    }

    /// Puts fields that are too many into the column whose values hold separators.
    fn join(&self, fields: &mut Vec<Field<'_>>) {
        let Some((column, more)) = self.inside.map(|(column, width)| (column, fields.len().saturating_sub(width)))
        else {
            return;
        };
        if more == 0 || column + more >= fields.len() {
            return;
        }
        let parts: Vec<Field<'_>> = fields.splice(column..=column + more, []).collect();
        let texts: Vec<&str> = parts.iter().map(|part| part.text.as_ref()).collect();
        let text = Cow::Owned(texts.join(&self.separator));
        fields.insert(column, Field { text, quoted: false });
    }

    /// A line whose texts end only at marks with a separator or the end behind them.
    pub(super) fn lenient<'a>(&self, line: &'a str) -> Option<Record<'a>> {
        let quote = self.quote?;
        let (mut at, mut fields) = (0, Vec::new());
        loop {
            let rest = line.get(at..)?;
            let (text, quoted, end) = match rest.strip_prefix(quote) {
                Some(body) => {
                    let ends = |(mark, _): &(usize, &str)| {
                        let behind = body.get(mark + quote.len_utf8()..).unwrap_or("");
                        behind.is_empty() || behind.starts_with(&self.separator)
                    };
                    match body.match_indices(quote).find(ends) {
                        Some((mark, _)) => (body.get(..mark)?, true, at + mark + 2 * quote.len_utf8()),
                        None => {
                            let end = rest.find(&self.separator).unwrap_or(rest.len());
                            (rest.get(..end)?, false, at + end)
                        }
                    }
                }
                None => {
                    let end = rest.find(&self.separator).unwrap_or(rest.len());
                    (rest.get(..end)?, false, at + end)
                }
            };
            fields.push(Field { text: Cow::Borrowed(text), quoted });
            if end >= line.len() {
                return Some(Record { line: 0, span: (0, line.len()), fields, stray: false, marks: false, breaks: 0 });
            }
            at = end + self.separator.len();
        }
    }

    /// The field that begins at a byte; only a text in quotation marks may go beyond the end of the line.
    pub(super) fn piece<'a>(&self, text: &'a str, at: usize, line_end: usize) -> Piece<'a> {
        let line = text.get(at..line_end).unwrap_or("");
        let blank = line.len() - line.trim_start_matches(' ').len();
        if let Some(quote) = self.quote
            && line.get(blank..).is_some_and(|l| l.starts_with(quote))
            && !(self.separator.starts_with(' ') && blank > 0)
        {
            return self.quoted(text, at, at + blank + quote.len_utf8(), quote);
        }
        let end = line.find(&self.separator).map_or(line_end, |n| at + n);
        let plain = text.get(at..end).unwrap_or("");
        Piece { field: Field { text: self.unescaped(plain, false), quoted: false }, end, stray: false }
    }

    fn quoted<'a>(&self, text: &'a str, start: usize, open: usize, quote: char) -> Piece<'a> {
        let mut at = open;
        let width = quote.len_utf8();
        loop {
            let Some(found) = text.get(at..).and_then(|rest| rest.find(quote)) else {
                // never closed
                let rest = text.get(start..).unwrap_or("");
                let field = Field { text: Cow::Borrowed(rest), quoted: false };
                return Piece { field, end: text.len(), stray: true };
            };
            let mark = at + found;
            if self.is_escaped(text, open, mark) {
                at = mark + width;
                continue;
            }
            let behind = text.get(mark + width..).unwrap_or("");
            if behind.starts_with(quote) {
                at = mark + 2 * width;
                continue;
            }
            let spaces = behind.len() - behind.trim_start_matches(' ').len();
            let body = text.get(open..mark).unwrap_or("");
            let content = self.unescaped(body, true);
            if self.ends_field(behind) {
                return Piece { field: Field { text: content, quoted: true }, end: mark + width, stray: false };
            }
            if spaces > 0 && behind.get(spaces..).is_some_and(|b| self.ends_field(b)) {
                return Piece {
                    field: Field { text: content, quoted: true },
                    end: mark + width + spaces,
                    stray: false,
                };
            }
            // something behind the mark: the field goes on to the next separator
            let end = self.field_end(text, mark + width);
            let whole = format!("{content}{}", text.get(mark + width..end).unwrap_or(""));
            return Piece { field: Field { text: Cow::Owned(whole), quoted: true }, end, stray: true };
        }
    }

    /// The next separator or the end of the line, whichever comes first; what lies far behind it is not looked at.
    fn field_end(&self, text: &str, from: usize) -> usize {
        let mut window = NEAR;
        loop {
            let to = text.floor_char_boundary(from.saturating_add(window));
            let near = text.get(from..to).unwrap_or("");
            let line = near.find(self.ends.text());
            match near.find(&self.separator) {
                Some(separator) if line.is_none_or(|line| separator < line) => return from + separator,
                _ if line.is_some() || to >= text.len() => return self.ends.line(text, from).0,
                _ => {}
            }
            window = window.saturating_mul(2);
        }
    }

    /// Whether the mark at a byte has an escape sign before it that is not escaped itself.
    pub(super) fn is_escaped(&self, text: &str, open: usize, mark: usize) -> bool {
        let Some(escape) = self.escape else {
            return false;
        };
        let before = text.get(open..mark).unwrap_or("");
        let signs = before.chars().rev().take_while(|c| *c == escape).count();
        signs % 2 == 1
    }

    /// Whether a text begins with a separator or ends the record.
    pub(super) fn ends_field(&self, behind: &str) -> bool {
        let trimmed = self.separator.trim_end_matches(' ');
        let separator = if trimmed.is_empty() { self.separator.as_str() } else { trimmed };
        behind.is_empty()
            || behind.starts_with(separator)
            || behind.starts_with(self.ends.text())
            || self.ends == Ends::LineFeed && is_line_end(behind)
    }

    /// The text that is meant: doubled marks once, escape signs taken away.
    pub(super) fn unescaped<'a>(&self, body: &'a str, in_quotes: bool) -> Cow<'a, str> {
        let Some(quote) = self.quote else {
            return Cow::Borrowed(body);
        };
        let escapes = self.escape.is_some_and(|e| body.contains(e));
        if !(in_quotes && body.contains(quote) || escapes) {
            return Cow::Borrowed(body);
        }
        let mut meant = String::with_capacity(body.len());
        let mut letters = body.chars().peekable();
        while let Some(letter) = letters.next() {
            let escaped = Some(letter) == self.escape
                && letters.peek().is_some_and(|next| *next == quote || Some(*next) == self.escape);
            if escaped {
                meant.extend(letters.next());
                continue;
            }
            if in_quotes && letter == quote && letters.peek() == Some(&quote) {
                letters.next();
            }
            meant.push(letter);
        }
        Cow::Owned(meant)
    }
}

/// Carriage returns up to a line feed or the end.
fn is_line_end(behind: &str) -> bool {
    let rest = behind.trim_start_matches('\r');
    rest.len() < behind.len() && (rest.is_empty() || rest.starts_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Ends};

    fn read(text: &str, dialect: &Dialect) -> Vec<Vec<String>> {
        let (mut at, mut line, mut rows) = (0, 1, Vec::new());
        while at < text.len() {
            let (record, next) = dialect.record(text, at, line);
            rows.push(record.fields.iter().map(|f| f.text.to_string()).collect());
            line += record.breaks + 1;
            at = next;
        }
        rows
    }

    #[test]
    fn quoted_texts_hold_separators_marks_and_lines() {
        let rows = read("a,\"b,\"\"c\"\"\",d\r\n1,\"two\nlines\",3\n", &Dialect::default());
        assert_eq!(rows, [["a", "b,\"c\"", "d"], ["1", "two\nlines", "3"]]);
    }

    #[test]
    fn separators_of_two_signs_and_escapes() {
        let dialect = Dialect { separator: ", ".to_string(), escape: Some('\\'), ..Dialect::default() };
        let rows = read("a, \"b \\\"c\\\", d\", e\n", &dialect);
        assert_eq!(rows, [["a", "b \"c\", d", "e"]]);
    }

    #[test]
    fn other_record_ends() {
        let dialect = Dialect { ends: Ends::CarriageReturn, ..Dialect::default() };
        assert_eq!(read("a,b\r1,2", &dialect), [["a", "b"], ["1", "2"]]);
        assert_eq!(Ends::of("a,b\u{1e}1,2"), Ends::Text("\u{1e}".to_string()));
    }
}
