//! How the records of a text are written, told from the text: each way that could be is tried on its beginning, and the one that gives
//! records of one width with cells that look like something wins.
//!
//! Knows nothing of headers and of what columns mean. All scores are whole numbers.

use std::collections::{BTreeMap, HashSet};

use super::records::{Dialect, Ends, Record};
use super::shape::{Shape, shape};

/// As much of a text is looked at.
const SAMPLE_BYTES: usize = 96 * 1024;
const SAMPLE_RECORDS: usize = 500;
/// With the rest of a line.
const LONGEST_SAMPLE: usize = 2 * 1024 * 1024;

/// Separators in the order in which they are preferred, and how likely each is, in hundredths.
const SEPARATORS: &[(char, u64)] = &[
    (',', 100),
    (';', 100),
    ('\t', 100),
    ('|', 95),
    ('\u{1f}', 90),
    ('\u{1}', 90),
    ('^', 70),
    ('~', 70),
    ('¦', 70),
    ('§', 60),
    ('#', 50),
    (':', 50),
    ('&', 40),
    ('*', 40),
    ('!', 40),
    ('@', 40),
    ('$', 30),
    ('%', 30),
    ('/', 30),
    ('=', 30),
    ('_', 20),
    ('-', 20),
    (' ', 50),
];

/// From here on a separator is a usual one.
const USUAL: u64 = 90;

/// What the manifest says of it; what it says wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stated {
    pub separator: Option<String>,
    /// `Some(None)`: no quotation marks.
    pub quote: Option<Option<char>>,
    pub escape: Option<Option<char>>,
    pub ends: Option<Ends>,
    /// The header of a column whose values hold separators without marks.
    pub inside: Option<String>,
}

/// Tells how the records of a text are written.
pub fn detect(text: &str, stated: &Stated) -> Dialect {
    let ends = stated.ends.clone().unwrap_or_else(|| Ends::of(text));
    let sample = sample(text, &ends);
    let mut best: Option<(u64, Dialect)> = None;
    for (separator, likely) in separators(sample, stated) {
        for quote in quotes(sample, &separator, stated) {
            let (separator, ends) = (separator.clone(), ends.clone());
            let dialect = Dialect { separator, quote, escape: None, ends, inside: None };
            // a mark before a mark is a doubled one, which needs no sign
            let own = stated.escape.filter(|sign| sign.is_none() || *sign != quote);
            let escape = match stated.escape {
                Some(_) => own.flatten(),
                None => escape(sample, &dialect),
            };
            let dialect = Dialect { escape, ..dialect };
            let score = score(sample, &dialect, likely);
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, dialect));
            }
        }
    }
    let fallback = Dialect { ends: ends.clone(), ..Dialect::default() };
    let found = best.filter(|(score, _)| *score > 0).map_or(fallback, |(_, dialect)| dialect);
    if stated.separator.is_some() {
        return found;
    }
    if is_single(sample, &found) {
        // one column: a separator that the text does not hold
        let unused = [",", ";", "\t", "|", "\u{1f}"].into_iter().find(|sign| !sample.contains(sign));
        return Dialect { separator: unused.unwrap_or("\u{1f}").to_string(), ..found };
    }
    with_spaces(sample, found)
}

fn sample<'a>(text: &'a str, ends: &Ends) -> &'a str {
    if text.len() <= SAMPLE_BYTES {
        return text;
    }
    let mut at = 0;
    while at < SAMPLE_BYTES {
        let (_, next) = ends.line(text, at);
        if next == at {
            break;
        }
        at = next;
    }
    // a line without end tells no more in whole than in part
    let most = text.floor_char_boundary(LONGEST_SAMPLE);
    text.get(..at.min(most)).unwrap_or(text)
}

fn separators(sample: &str, stated: &Stated) -> Vec<(String, u64)> {
    match &stated.separator {
        Some(separator) => vec![(separator.clone(), 100)],
        None => SEPARATORS
            .iter()
            .filter(|(sign, _)| sample.contains(*sign))
            .map(|(sign, likely)| {
                // the same sign twice wherever it stands
                let twice = format!("{sign}{sign}");
                let single = sample.matches(*sign).count();
                if *sign != ' ' && *sign != '\t' && single >= 6 && sample.matches(&twice).count() * 2 == single {
                    (twice, *likely)
                } else {
                    (sign.to_string(), *likely)
                }
            })
            .collect(),
    }
}

/// So many whole fields between signs are in quotation marks, though none needs them.
const LEAST_AROUND: usize = 3;

/// Quotation marks that stand around fields.
fn quotes(sample: &str, separator: &str, stated: &Stated) -> Vec<Option<char>> {
    if let Some(quote) = stated.quote {
        return vec![quote];
    }
    let mut opening: BTreeMap<char, usize> = BTreeMap::new();
    let mut closing: BTreeMap<char, usize> = BTreeMap::new();
    let mut around: BTreeMap<char, usize> = BTreeMap::new();
    for line in sample.split(['\n', '\r']) {
        for field in line.split(separator) {
            let field = field.trim_matches(' ');
            let first = field.chars().next();
            // signs alone hold nothing: `??` is a value
            if field.chars().count() < 2
                || !matches!(first, Some('"' | '\'')) && field.chars().all(|c| Some(c) == first)
            {
                continue;
            }
            let sign = |c: &char| {
                !c.is_alphanumeric()
                    && !c.is_whitespace()
                    && !c.is_control()
                    && !"-+.,;()[]{}<>«»№$€%\u{fffd}".contains(*c)
            };
            let last = field.chars().next_back().filter(sign);
            if let Some(first) = first.filter(sign) {
                *opening.entry(first).or_default() += 1;
                *around.entry(first).or_default() += usize::from(last == Some(first));
            }
            if let Some(last) = last {
                *closing.entry(last).or_default() += 1;
            }
        }
    }
    let mut found = vec![Some('"')];
    let usual = [&opening, &closing].map(|signs| signs.get(&'"').copied().unwrap_or(0));
    for (sign, opens) in &opening {
        let closes = closing.get(sign).copied().unwrap_or(0);
        // what stands within usual marks
        if usual.iter().all(|usual| *usual > *opens.max(&closes)) {
            continue;
        }
        // a value or two between signs that need not stand there may be so themselves
        let around = around.get(sign).copied().unwrap_or(0);
        let needed = around < *opens || around >= LEAST_AROUND;
        let paired = closes > 0 && opens.abs_diff(closes) * 4 <= *opens.max(&closes);
        if *sign != '"' && !separator.contains(*sign) && paired && needed {
            found.push(Some(*sign));
        }
    }
    found
}

/// The sign before marks that are a part of the text.
fn escape(sample: &str, dialect: &Dialect) -> Option<char> {
    let quote = dialect.quote?;
    let mut before: BTreeMap<char, usize> = BTreeMap::new();
    let (mut lone, mut last) = (0usize, '\n');
    let mut letters = sample.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == quote {
            let behind = sample.get(at + quote.len_utf8()..).unwrap_or("");
            let ends = dialect.ends_field(behind);
            let begins = last == '\n' || last == '\r' || dialect.separator.ends_with(last);
            if behind.starts_with(quote) {
                letters.next();
            } else if !ends && !begins {
                lone += 1;
                if last != quote && !last.is_alphanumeric() && !last.is_whitespace() {
                    *before.entry(last).or_default() += 1;
                }
            }
        }
        last = letter;
    }
    let (sign, count) = before.into_iter().max_by_key(|(sign, n)| (*n, *sign == '\\'))?;
    // a backslash is one when it stands before half of the marks, another sign only before all of many
    let enough = if sign == '\\' { count * 2 >= lone } else { count == lone && count >= 4 && "^/~`!".contains(sign) };
    enough.then_some(sign)
}

/// The record that begins at a byte; one whose text never ends is its line alone.
fn record_at<'a>(sample: &'a str, dialect: &Dialect, at: usize) -> (Record<'a>, usize) {
    let (record, next) = dialect.record(sample, at, 1);
    if record.stray && record.breaks > 0 {
        let (end, next) = dialect.ends.line(sample, at);
        let (mut alone, _) = dialect.record(sample.get(at..end).unwrap_or(""), 0, 1);
        alone.stray = true;
        return (alone, next.max(at + 1));
    }
    (record, next.max(at + 1))
}

/// Most records have one field.
fn is_single(sample: &str, dialect: &Dialect) -> bool {
    let (mut at, mut rows, mut single) = (0, 0, 0);
    while at < sample.len() && rows < SAMPLE_RECORDS {
        let (record, next) = record_at(sample, dialect, at);
        at = next;
        if record.fields.iter().any(|f| !f.text.trim().is_empty()) {
            rows += 1;
            single += usize::from(record.fields.len() == 1);
        }
    }
    single * 2 > rows
}

/// How many separators there are, and how many of them stand between digits as decimal signs do.
fn between_digits(sample: &str, dialect: &Dialect) -> (usize, usize) {
    if !matches!(dialect.separator.as_str(), "," | ".") {
        return (0, 0);
    }
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut all, mut between) = (0, 0);
    for (at, _) in sample.match_indices(&dialect.separator) {
        all += 1;
        let before = sample.get(..at).and_then(|t| t.chars().next_back());
        let behind = sample.get(at + dialect.separator.len()..).and_then(|t| t.chars().next());
        between += usize::from(digit(before) && digit(behind));
    }
    (all, between)
}

/// How good a way of reading is: one width, many columns, cells that look like something.
fn score(sample: &str, dialect: &Dialect, likely: u64) -> u64 {
    let (mut at, mut rows) = (0, 0u64);
    let mut widths: BTreeMap<usize, u64> = BTreeMap::new();
    let (mut cells, mut looks) = (0u64, 0u64);
    let (mut stray, mut whole) = (0u64, 0u64);
    let mut typed: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
    while at < sample.len() && rows < SAMPLE_RECORDS as u64 {
        let (record, next) = record_at(sample, dialect, at);
        at = next;
        if record.fields.iter().all(|f| f.text.trim().is_empty()) {
            continue;
        }
        rows += 1;
        stray += u64::from(record.stray);
        *widths.entry(record.fields.len()).or_default() += 1;
        if likely < USUAL && record.fields.len() > 1 {
            let text = sample.get(record.span.0..record.span.1).unwrap_or("");
            whole += u64::from(shape(text).is_value());
        }
        for (column, field) in record.fields.iter().enumerate() {
            let kind = shape(&field.text);
            cells += 1;
            looks += look(&field.text, kind, dialect);
            let column = typed.entry(column).or_default();
            column.0 += u64::from(kind.is_value() || field.quoted || matches!(kind, Shape::Code | Shape::Address));
            column.1 += 1;
        }
    }
    if rows == 0 || cells == 0 {
        return 0;
    }
    let (width, most) =
        widths.iter().max_by_key(|(width, n)| (**n * width_value(**width), **width)).map_or((1, 0), |(w, n)| (*w, *n));
    let usual = likely >= USUAL;
    if !usual && width > 1 {
        // days, times, fractions: the line is one value
        if whole * 2 > most {
            return 0;
        }
        let columns = typed.values().take(width).filter(|(typed, all)| typed * 2 > *all).count();
        if columns * 2 < width || width < 3 && !dialect.separator.starts_with(':') {
            return 0;
        }
    }
    let share = most * 1000 / rows;
    let look = looks * 10 / cells;
    let kinds = 100u64.saturating_sub(3 * (widths.len() as u64 - 1)).max(40);
    let even = share * share / 1000 * (1000 - stray * 500 / rows) / 1000;
    let (all, between) = between_digits(sample, dialect);
    let first = sample.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    // nearly all stand between digits, and none in the first line
    let decimal = if between > 0 && between * 10 >= all * 9 && !first.contains(&dialect.separator) { 8 } else { 1 };
    // what parts every line into as many fields is no sign within texts or numbers
    let even_width = width > 1 && widths.len() == 1 && stray == 0 && rows > 1;
    let every = if usual && even_width && between * 2 <= all { 2 } else { 1 };
    even * width_value(width) / 1000 * look / 1000 * look / 1000 * likely * kinds / decimal * every
}

/// (width − 1) / width in thousandths; a little for a single column.
fn width_value(width: usize) -> u64 {
    match width {
        0 | 1 => 60,
        n => 1000 - 1000 / n as u64,
    }
}

/// How much a cell looks like one cell, in hundredths.
fn look(text: &str, kind: Shape, dialect: &Dialect) -> u64 {
    let trimmed = text.trim();
    let marked = trimmed.len() > 1
        && trimmed.chars().next().zip(trimmed.chars().next_back()).is_some_and(|(first, last)| {
            ['"', '\'', '`'].iter().any(|q| Some(*q) != dialect.quote && *q == first && *q == last)
        });
    let half = dialect
        .quote
        .is_some_and(|q| trimmed.matches(q).count() % 2 == 1 && (trimmed.starts_with(q) || trimmed.ends_with(q)));
    if half {
        return 10;
    }
    if marked {
        return 55;
    }
    match kind {
        Shape::Empty | Shape::Absent | Shape::YesNo | Shape::Address => 100,
        kind if kind.is_value() => 100,
        Shape::Code => 100,
        Shape::Words | Shape::Prose => {
            let others: HashSet<char> = trimmed.chars().filter(|c| ",;\t|".contains(*c)).collect();
            let base = if kind == Shape::Words { 95 } else { 80 };
            let tabs = others.iter().any(|c| matches!(c, ';' | '\t' | '|'));
            if tabs {
                base * 5 / 10
            } else if others.contains(&',') {
                base * 8 / 10
            } else {
                base
            }
        }
        _ => 80,
    }
}

/// A separator that always has a space behind it, where marks or numbers show that it belongs to it.
fn with_spaces(sample: &str, dialect: Dialect) -> Dialect {
    if dialect.separator == " " || dialect.separator.len() > 1 {
        return dialect;
    }
    let wide = format!("{} ", dialect.separator);
    let (mut all, mut spaced) = (0u64, 0u64);
    let (mut at, mut rows) = (0, 0);
    while at < sample.len() && rows < SAMPLE_RECORDS {
        let (record, next) = dialect.record(sample, at, 1);
        at = next;
        rows += 1;
        // a field with a mark after spaces is read without them
        let text = sample.get(record.span.0..record.span.1).unwrap_or("");
        let mut from = 0;
        for field in record.fields.iter().skip(1) {
            all += 1;
            let separator = text.get(from..).and_then(|rest| rest.find(&wide));
            let plain = !field.quoted && field.text.starts_with(' ');
            if plain || field.quoted && separator.is_some() {
                spaced += 1;
            }
            from = separator.map_or(from, |n| from + n + 1);
        }
    }
    if all > 2 && spaced * 100 >= all * 95 { Dialect { separator: wide, ..dialect } } else { dialect }
}
