//! Words and rows by which people tell totals, notes, years and numbers of columns.
//!
//! Knows single texts and rows, no tables.

use crate::tables::grid::Row;

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
    let numbers: Vec<u32> = texts.iter().filter_map(|t| t.trim_matches(['(', ')']).parse().ok()).collect();
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

const TOTALS: &[&str] =
    &["итого", "всего", "в среднем", "среднее", "total", "totals", "grand total", "subtotal", "sum", "average", "mean"];

/// A small text that says of its row that it sums others up.
pub(super) fn is_total_word(text: &str) -> bool {
    TOTALS.iter().any(|total| {
        text.strip_prefix(total).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', ',', '.', ';']))
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
