//! The numbers of the columns under a header, told from a first row of data that happens to be 1, 2, 3.
//!
//! Knows rows; no meaning of a column.

use super::{Finder, Looks};
use crate::tables::grid::{Cell, Mark, Row};

/// 1, 2, 3 … or А, Б, 1, 2 … under the header.
pub(super) fn is_numbering(row: &Row, width: usize) -> bool {
    // a number over several columns counts once
    let own = |cell: &&Cell| cell.mark != Mark::Merged && !cell.is_blank();
    let mut texts: Vec<&str> = row.cells.iter().filter(own).map(|c| c.text.trim()).collect();
    let held = row.filled();
    // what is counted together, behind all numbers: `гр.3:гр.2`, `3/2*100`
    while texts.len() > 3 && texts.last().is_some_and(|text| is_computed(text)) {
        texts.pop();
    }
    let numbers: Vec<u32> = texts.iter().filter_map(|text| number(text)).collect();
    let letters = texts.len() - numbers.len();
    let letters_first =
        texts.iter().take(letters).all(|t| t.chars().count() == 1 && t.chars().all(char::is_alphabetic));
    // `№ графы` before them
    let label = |t: &str| {
        let lower = t.to_lowercase();
        LABELS.iter().any(|word| lower.contains(word))
    };
    let labelled = letters == 1 && numbers.len() > 2 && texts.first().is_some_and(|t| label(t));
    // columns before the first that has a number
    let before = row.cells.iter().position(|c| number(c.text.trim()).is_some()).unwrap_or(0);
    let step = |pair: &[u32]| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == *a + 1);
    texts.len() > 2
        // hidden columns may have none
        && (held * 3 >= width * 2 || numbers.len() > 4 && held * 2 >= width)
        && letters <= 3
        && (letters_first || labelled)
        && numbers.windows(2).all(step)
        && numbers.first().is_some_and(|first| *first <= 3 && usize::try_from(*first).is_ok_and(|f| f <= before + 1))
        && numbers.len() > 1
}

/// The number of a column: `4`, `(4)`, `4=3/2`.
fn number(text: &str) -> Option<u32> {
    let body = text.trim_start_matches('(');
    let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
    let behind = body.get(end..).unwrap_or("").trim_start();
    let sign = behind.is_empty() || behind.starts_with([')', '=', '(', '*']) || behind == ".";
    body.get(..end).filter(|_| sign).and_then(|digits| digits.parse().ok())
}

/// What a column is computed from, or a column between others: `гр.3:гр.2`, `гр.3/гр.2*100`, `3а`.
fn is_computed(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = LABELS.iter().fold(lower.clone(), |text, label| text.replace(label, ""));
    let computed = bare.chars().all(|c| c.is_ascii_digit() || " .+-–*/:×х%()=".contains(c));
    let between = lower.strip_suffix(char::is_alphabetic).is_some_and(|n| !n.is_empty() && number(n).is_some());
    let digits = bare.chars().any(|c| c.is_ascii_digit());
    digits && (computed && bare.chars().any(|c| "+-–*/:×х".contains(c)) || between)
}

/// Words of a cell before the numbers of columns.
const LABELS: &[&str] = &["граф", "гр", "номер", "№", "стр", "column"];

/// Rows below that are so few that they say little of what stands in a column.
const FEW_ROWS: usize = 3;
/// Columns of a table that may well have a single row, which counts them.
const NARROW: usize = 4;

impl Finder<'_> {
    /// Whether the first of these rows, which counts the columns, is as good a row of values: it stands under one row of
    /// names, and either its first column counts on below, or whole numbers of one digit stand below it in the same columns and the
    /// count does not begin again in the next row.
    pub(super) fn counts_by_chance(&self, rows: &[usize], header: &[usize], looks: &Looks) -> bool {
        let Some((at, below)) = rows.split_first() else {
            return false;
        };
        let row = self.row(*at);
        let digit = |text: &str| matches!(text.trim().as_bytes(), [digit] if digit.is_ascii_digit());
        let counted: Vec<usize> = (0..row.end()).filter(|column| !row.text(*column).trim().is_empty()).collect();
        if header.len() != 1 || !counted.iter().all(|column| digit(row.text(*column))) {
            return false;
        }
        if below.is_empty() {
            return looks.width <= NARROW;
        }
        let text = |at: &usize, column: usize| self.row(*at).text(column).trim();
        // the first column counts on: 2, 3
        if let Some(first) = counted.first()
            && below.iter().take(2).zip(["2", "3"]).all(|(at, next)| text(at, *first) == next)
            && below.len() > 1
        {
            return true;
        }
        let strange = |column: &&usize| !below.iter().any(|at| digit(text(at, **column)));
        let strangers = counted.iter().filter(strange).count();
        let first = counted.first();
        let again = first.zip(below.first()).is_some_and(|(first, next)| text(next, *first) == row.text(*first).trim());
        let likely = below.len() < FEW_ROWS && strangers * 2 < counted.len() && !first.as_ref().is_some_and(strange);
        !again && (strangers == 0 || likely)
    }
}
