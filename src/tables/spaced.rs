//! A text whose columns stand under each other with as many spaces between them as that takes: one space instead of each run.
//!
//! Takes a text for one only where hardly anything else could be meant; knows no fields and no records.

use std::collections::BTreeMap;

use super::records::Ends;
use super::shape::shape;

/// As many lines are looked at.
const LOOKED_AT: usize = 500;
/// Fewer columns may be words of a text, fewer lines tell nothing.
const LEAST_COLUMNS: usize = 3;
const LEAST_LINES: usize = 4;
/// So many columns hold values: words alone may be names.
const LEAST_VALUES: usize = 2;

/// The text with one space between its columns and none around its lines, where they are aligned with spaces; the lines are the same.
pub(super) fn with_single_spaces(text: &str, ends: &Ends) -> Option<String> {
    let sign = match ends {
        Ends::LineFeed => "\n",
        Ends::CarriageReturn => "\r",
        Ends::Text(_) => return None,
    };
    if !is_aligned(text.split(sign)) || text.contains(['\t', '"', '|', ';']) {
        return None;
    }
    let line = |line: &str| words(line).collect::<Vec<_>>().join(" ");
    Some(text.split(sign).map(line).collect::<Vec<_>>().join(sign))
}

/// What stands between spaces; one that does not break belongs to its number.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split([' ', '\r']).filter(|word| !word.is_empty())
}

/// Nearly all lines have as many words, most have a run of spaces, and some columns hold values.
fn is_aligned<'a>(lines: impl Iterator<Item = &'a str>) -> bool {
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).take(LOOKED_AT).collect();
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    for line in &lines {
        *widths.entry(words(line).count()).or_default() += 1;
    }
    let Some((width, count)) = widths.into_iter().max_by_key(|(_, count)| *count) else {
        return false;
    };
    let apart = lines.iter().filter(|line| line.contains("  ")).count();
    if width < LEAST_COLUMNS || lines.len() < LEAST_LINES || count * 100 < lines.len() * 95 || apart * 2 < lines.len() {
        return false;
    }
    let mut values = vec![0; width];
    for line in &lines {
        for (count, word) in values.iter_mut().zip(words(line)) {
            *count += usize::from(shape(word).is_value() && !word.ends_with(','));
        }
    }
    values.iter().filter(|count| **count * 10 >= lines.len() * 7).count() >= LEAST_VALUES
}

#[cfg(test)]
mod tests {
    use super::with_single_spaces;
    use crate::tables::records::Ends;

    #[test]
    fn columns_under_each_other_are_told_from_words() {
        let of = |text: &str| with_single_spaces(text, &Ends::LineFeed);
        let text = "Код     Школа  Балл\n001     Лицей   7.5\n2     Гимназия    8\n 3  Школа      4\n";
        assert_eq!(of(text).as_deref(), Some("Код Школа Балл\n001 Лицей 7.5\n2 Гимназия 8\n3 Школа 4\n"));
        for other in [
            // names
            "Фамилия  Имя  Отчество\nИванов  Иван  Иванович\nПетров  Пётр  Ильич\nКим  Анна  Львовна\n",
            // commas
            "a,  b,  c\n1,  2,  3\n4,  5,  6\n7,  8,  9\n",
            // words of a text
            "Всего  в районе 12 школ\nиз них 4\n\nПрочие  2 1\nитого  1 2 3\n",
            "a b c\n1 2 3\n4 5 6\n7 8 9\n",
            // a thousand parted by a space that does not break: two columns
            "Код   Сумма\n01  1\u{a0}250\n02  2\u{a0}250\n03  3\u{a0}250\n04  4\u{a0}250\n",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
