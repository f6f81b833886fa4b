//! Words and rows by which people tell totals, notes, years and numbers of columns.
//!
//! Knows single texts and rows, no tables.

use crate::tables::find::one_line;
use crate::tables::grid::Row;
use crate::tables::shape::shape;

/// `2018`, `2017-18`, `2017/2018`, `2018 г.`
pub(super) fn is_year(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.').trim_end_matches(['г', ' ']);
    let mut parts = text.split(['-', '–', '/']).map(str::trim);
    let year = |t: &str| t.len() == 4 && t.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year));
    let short = |t: &str| year(t) || t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
    parts.next().is_some_and(year) && parts.next().is_none_or(short) && parts.next().is_none()
}

/// 1, 2, 3 … or А, Б, 1, 2 … under the header.
pub(super) fn is_numbering(row: &Row, width: usize) -> bool {
    let texts: Vec<&str> = row.cells.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
    // `4=3/2` and `(4)` are the number 4
    let number = |t: &&str| {
        let body = t.trim_start_matches('(');
        let end = body.find(|c: char| !c.is_ascii_digit()).unwrap_or(body.len());
        let behind = body.get(end..).unwrap_or("").trim_start();
        let sign = behind.is_empty() || behind.starts_with([')', '=', '(', '*']) || behind == ".";
        body.get(..end).filter(|_| sign).and_then(|digits| digits.parse::<u32>().ok())
    };
    let numbers: Vec<u32> = texts.iter().filter_map(number).collect();
    let letters = texts.len() - numbers.len();
    let letters_first =
        texts.iter().take(letters).all(|t| t.chars().count() == 1 && t.chars().all(char::is_alphabetic));
    texts.len() > 2
        && texts.len() * 3 >= width * 2
        && letters <= 3
        && letters_first
        && numbers.windows(2).all(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == *a + 1))
        && numbers.first().is_some_and(|first| *first <= 3)
        && numbers.len() > 1
}

/// Years that follow each other from cell to cell, at least two.
pub(super) fn is_run_of_years(row: &Row) -> bool {
    let first = |text: &str| text.trim().get(..4).and_then(|year| year.parse::<u32>().ok());
    let years: Vec<u32> = row.cells.iter().filter(|c| is_year(&c.text)).filter_map(|c| first(&c.text)).collect();
    let values = row.cells.iter().filter(|c| shape(&c.text).is_value() && !is_year(&c.text)).count();
    let mut different = years;
    different.sort_unstable();
    different.dedup();
    let steps = different.windows(2).all(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == *a + 1));
    values == 0 && different.len() > 1 && steps
}

/// A text with its page numbers taken out: digits of up to three places.
pub(super) fn without_pages(text: &str) -> String {
    let text = one_line(text).to_lowercase();
    let words = text.split(|c: char| c.is_whitespace() || "().,".contains(c)).filter(|word| !word.is_empty());
    let page = |word: &&str| word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    words.filter(|word| !page(word)).collect::<Vec<_>>().join(" ")
}

const TOTALS: &[&str] =
    &["итого", "всего", "в среднем", "среднее", "total", "totals", "grand total", "subtotal", "sum", "average", "mean"];

/// A text that heads a row of sums or means: `Итого по району`, `Total`.
pub fn is_total_word(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    TOTALS.iter().any(|total| {
        lower.strip_prefix(total).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', ',', '.', ';']))
    })
}

const NOTES: &[&str] = &[
    "*",
    "примечани",
    "источник",
    "прим.",
    "note",
    "source",
    "составил",
    "исполнитель",
    "по данным",
    "данные",
    "(*",
    "¹",
    "1)",
    "footnote",
];

pub(super) fn is_note_word(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    NOTES.iter().any(|word| lower.starts_with(word))
}
