//! A text whose columns stand under each other with as many spaces between them as that takes: one sign instead of each run.
//!
//! Takes a text for one only where hardly anything else could be meant; knows no fields and no records.

use std::collections::BTreeMap;
use std::ops::Range;

use super::records::Ends;
use super::shape::shape;

/// As many lines are looked at.
const LOOKED_AT: usize = 500;
/// Fewer columns may be words of a text, fewer lines tell nothing.
const LEAST_COLUMNS: usize = 3;
const LEAST_LINES: usize = 4;
/// So many columns hold values: words alone may be names.
const LEAST_VALUES: usize = 2;
/// Longer lines are not printed for people.
const LONGEST: usize = 4096;
/// A column holds values where so many of its cells do, in hundredths.
const MOSTLY: usize = 70;

/// What stands between columns that were told by their places.
pub(super) const BETWEEN: &str = "\t";

/// The text with [`BETWEEN`] in the place of the spaces between its columns, where strips of spaces run down through all lines; the lines are the
/// same. Lines without two spaces together, as titles are, may lie across.
pub(super) fn by_places(text: &str, ends: &Ends) -> Option<String> {
    let sign = sign(ends)?;
    if text.contains([BETWEEN.chars().next()?, '"', '|', ';']) {
        return None;
    }
    let lines: Vec<&str> = text.split(sign).map(|line| line.trim_end_matches(['\r', ' '])).collect();
    let held = lines.iter().filter(|line| !line.trim().is_empty()).count();
    let apart: Vec<Vec<char>> =
        lines.iter().filter(|line| line.trim().contains("  ")).map(|line| line.chars().collect()).collect();
    if apart.len() < LEAST_LINES || apart.len() * 100 < held * 80 || apart.iter().any(|line| line.len() > LONGEST) {
        return None;
    }
    let columns = columns(&apart)?;
    let cells = |line: &[char]| -> Vec<String> { columns.iter().map(|places| piece(line, places)).collect() };
    let values = |column: &Range<usize>| holds_values(&apart, column);
    // commas behind the cells are what parts them
    let commas = |column: &Range<usize>| {
        apart.iter().filter(|line| piece(line, column).ends_with(',')).count() * 2 > apart.len()
    };
    if columns.len() < LEAST_COLUMNS || !columns.iter().any(values) || columns.iter().any(commas) {
        return None;
    }
    let line = |line: &&str| {
        let letters: Vec<char> = line.chars().collect();
        let cells = cells(&letters);
        let whole = cells.iter().map(|cell| cell.chars().filter(|c| *c != ' ').count()).sum::<usize>();
        // what lies across stays as it is
        let across = whole < letters.iter().filter(|c| **c != ' ').count();
        if across || line.trim().is_empty() { line.trim().to_string() } else { cells.join(BETWEEN) }
    };
    Some(lines.iter().map(line).collect::<Vec<_>>().join(sign))
}

/// The places of the columns; none where two columns are not told apart.
fn columns(lines: &[Vec<char>]) -> Option<Vec<Range<usize>>> {
    let width = lines.iter().map(Vec::len).max()?;
    let mut used = vec![false; width];
    for line in lines {
        for (used, letter) in used.iter_mut().zip(line) {
            *used |= *letter != ' ';
        }
    }
    // stretches that some line uses, and the strips of spaces before them
    let mut stretches: Vec<(usize, Range<usize>)> = Vec::new();
    let (mut strip, mut begin) = (0, None);
    for (at, used) in used.iter().chain(std::iter::once(&false)).enumerate() {
        match (used, begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                stretches.push((strip, from..at));
                (begin, strip) = (None, 1);
            }
            (false, None) => strip += 1,
            (true, Some(_)) => {}
        }
    }
    let mostly = |column: &Range<usize>| holds_values(lines, column);
    let shown = shown(lines, &stretches);
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, (strip, places)) in stretches.iter().enumerate() {
        // one space may be a part of a name, unless values stand on both sides or more spaces in its place elsewhere
        let border = *strip > 1 || shown.get(at) == Some(&true);
        let values = || columns.last().is_some_and(&mostly) && mostly(places);
        let parted = border || values();
        match columns.last_mut().filter(|_| !parted) {
            Some(last) => last.end = places.end,
            None => columns.push(places.clone()),
        }
    }
    let sound = |column: &Range<usize>| lines.iter().all(|line| !piece(line, column).contains("  "));
    columns.iter().all(sound).then_some(columns)
}

/// Most cells of a column are values, its name and lines that are drawn not counted.
fn holds_values(lines: &[Vec<char>], column: &Range<usize>) -> bool {
    let drawn = lines.iter().filter(|line| !line.iter().any(|letter| letter.is_alphanumeric())).count();
    let rows = lines.len().saturating_sub(drawn + 1);
    lines.iter().filter(|line| is_value(&piece(line, column))).count() * 100 >= rows * MOSTLY
}

/// Before which stretches some line has two spaces or more that lie before no other.
fn shown(lines: &[Vec<char>], stretches: &[(usize, Range<usize>)]) -> Vec<bool> {
    let mut shown = vec![false; stretches.len()];
    for line in lines {
        let mut begin = None;
        for (at, letter) in line.iter().enumerate() {
            match (*letter == ' ', begin) {
                (true, None) => begin = Some(at),
                (false, Some(from)) => {
                    begin = None;
                    // strips that end within the spaces, and the one behind which this letter stands
                    let before = stretches.partition_point(|(_, places)| places.start <= from);
                    let behind = stretches.partition_point(|(_, places)| places.start <= at);
                    if at - from > 1
                        && from > 0
                        && behind == before + 1
                        && let Some(slot) = shown.get_mut(before)
                    {
                        *slot = true;
                    }
                }
                _ => {}
            }
        }
    }
    shown
}

/// What stands in some places of a line.
fn piece(line: &[char], places: &Range<usize>) -> String {
    let piece = line.get(places.start..line.len().min(places.end)).unwrap_or(&[]);
    piece.iter().collect::<String>().trim().to_string()
}

fn is_value(text: &str) -> bool {
    shape(text).is_value() && !text.ends_with(',')
}

fn sign(ends: &Ends) -> Option<&str> {
    match ends {
        Ends::LineFeed => Some("\n"),
        Ends::CarriageReturn => Some("\r"),
        Ends::Text(_) => None,
    }
}

/// The text with one space between its columns and none around its lines, where they are aligned with spaces; the lines are the same.
pub(super) fn with_single_spaces(text: &str, ends: &Ends) -> Option<String> {
    let sign = sign(ends)?;
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
            *count += usize::from(is_value(word));
        }
    }
    values.iter().filter(|count| **count * 10 >= lines.len() * 7).count() >= LEAST_VALUES
}

#[cfg(test)]
mod tests {
    use super::{by_places, with_single_spaces};
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
            assert_eq!(by_places(other, &Ends::LineFeed), None, "{other}");
        }
    }

    #[test]
    fn columns_are_told_by_their_places() {
        let of = |text: &str| by_places(text, &Ends::LineFeed);
        let text = "Список за 2018 год\nКод   Школа                Стаж, лет  Дата\n\n001   Громов М.                   34  2001-12-09\n002   Щукина Анна Львовна             2001-06-27\n003   Ким О.                       7  2003-01-05\n010   Юдин                         8\n";
        let cells = "Список за 2018 год\nКод\tШкола\tСтаж, лет\tДата\n\n001\tГромов М.\t34\t2001-12-09\n002\tЩукина Анна Львовна\t\t2001-06-27\n\
                     003\tКим О.\t7\t2003-01-05\n010\tЮдин\t8\t\n";
        assert_eq!(of(text).as_deref(), Some(cells));
        // one space where the widest values meet; names of one length stay together
        let text = "Имя      Балл Дата\nИван Кит    7 2001-12-09\nОлег Рак   12 2001-06-27\nЮрий Ёрш    8 2003-01-05\n";
        let cells = "Имя\tБалл\tДата\nИван Кит\t7\t2001-12-09\nОлег Рак\t12\t2001-06-27\nЮрий Ёрш\t8\t2003-01-05\n";
        assert_eq!(of(text).as_deref(), Some(cells));
    }
}
