//! Words and rows by which people tell totals, notes and years.
//!
//! Knows single texts and rows, no tables.

use crate::tables::find::one_line;
use crate::tables::grid::Row;
use crate::tables::shape::shape;

/// Words behind the number of a year.
const OF_A_YEAR: &[&str] = &["учебный год", "уч. год", "уч. г.", "уч.г.", "года", "год", "гг.", "гг", "г.", "г"];

/// `2018`, `2017-18`, `2017/2018`, `2018 г.`, `2018 год`, `2018 2)`, `20182)`, `2018*`
pub(super) fn is_year(text: &str) -> bool {
    year(text).is_some()
}

/// The first year of such a text.
fn year(text: &str) -> Option<u32> {
    let text = without_mark(text);
    let word = OF_A_YEAR.iter().find_map(|word| text.strip_suffix(word)).map_or(text, str::trim_end);
    let mut parts = word.split(['-', '–', '/']).map(str::trim);
    let full = |t: &str| {
        let digits = t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit());
        t.parse::<u32>().ok().filter(|year| digits && (1900..2100).contains(year))
    };
    let short = |t: &str| full(t).is_some() || t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
    let first = parts.next().and_then(full)?;
    (parts.next().is_none_or(short) && parts.next().is_none()).then_some(first)
}

/// A text without the mark of a footnote at its end: `2)`, `*`, `²`, or a single digit behind a space.
fn without_mark(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['*', '¹', '²', '³']).trim_end();
    let digit = |t: &str| t.len() == 1 && t.bytes().all(|b| b.is_ascii_digit());
    if let Some(body) = text.strip_suffix(')') {
        let bare = body.trim_end_matches(|c: char| c.is_ascii_digit());
        let mark = body.get(bare.len()..).unwrap_or("");
        // `20182)` is the year 2018 and the mark 2
        let whole = body.get(..4).filter(|_| mark.len() > 4 && mark.len() < 7 && bare.is_empty());
        return whole.unwrap_or(if mark.is_empty() { text } else { bare.trim_end() });
    }
    match text.rsplit_once(' ') {
        Some((body, mark)) if digit(mark) => body.trim_end(),
        _ => text,
    }
}

/// Cells of several columns filled with dashes and the like: a line that is drawn.
pub(super) fn is_rule(row: &Row) -> bool {
    let drawn = |text: &str| text.chars().count() > 2 && text.chars().all(|c| "-=_–—─═+:".contains(c));
    let mut cells = row.cells.iter().filter(|cell| !cell.is_blank()).peekable();
    cells.peek().is_some() && row.filled() > 1 && cells.all(|cell| drawn(cell.text.trim()))
}

/// Years from cell to cell: two that follow each other, or three and more that grow or fall.
pub(super) fn is_run_of_years(row: &Row) -> bool {
    let years: Vec<u32> = row.cells.iter().filter_map(|c| year(&c.text)).collect();
    let values = row.cells.iter().filter(|c| shape(&c.text).is_value() && !is_year(&c.text)).count();
    let mut different = years.clone();
    different.sort_unstable();
    different.dedup();
    let steps = different.windows(2).all(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == *a + 1));
    let grow = years.is_sorted() || years.iter().rev().is_sorted();
    values == 0 && (different.len() > 1 && steps || different.len() > 2 && grow)
}

/// `5`, `6`, `7` … as the names of columns, other names between them: grades, ages; the marks from `5` to `2`.
pub(super) fn is_run_of_labels(row: &Row) -> bool {
    let mut numbers: Vec<u32> = Vec::new();
    for cell in row.cells.iter().filter(|cell| shape(&cell.text).is_value()) {
        match cell.text.trim().parse::<u32>() {
            Ok(number) if number < 200 => numbers.push(number),
            _ => return false,
        }
    }
    let steps = numbers.windows(2).filter(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == *a + 1));
    let grow = numbers.windows(2).all(|pair| pair.first() < pair.get(1));
    let marks = numbers == [5, 4, 3, 2] || numbers == [2, 3, 4, 5];
    marks || numbers.len() > 4 && grow && steps.count() * 5 >= (numbers.len() - 1) * 4
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

const SIGNERS: &[&str] = &[
    "директор",
    "руководител",
    "начальник",
    "заведующ",
    "заместител",
    "председател",
    "ответственн",
    "главный",
    "ведущий",
    "специалист",
    "согласован",
    "утвержд",
    "подпись",
    "члены",
    "секретар",
    "исп.",
    "тел.",
    "телефон",
    "director",
    "signed",
];

/// The name of a column of positions, in which those stand who may sign as well.
pub(super) fn is_position(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["должност", "position", "роль", "статус"].iter().any(|word| lower.contains(word))
}

/// Who signs a table: `Директор … Иванов И.И.`
pub(super) fn is_signer(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    // initials may be the same letters
    lower == "м.п." || SIGNERS.iter().any(|word| lower.starts_with(word))
}

/// `1) …`, `2 …`, `*…` and the words of notes: a text below a table that its rows refer to.
pub(super) fn is_footnote(text: &str) -> bool {
    let text = text.trim();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - rest.len();
    let body = rest.trim_start_matches([')', '.', ' ', '\u{a0}']);
    let mark = (1..3).contains(&digits) && body.chars().next().is_some_and(char::is_uppercase) && body.contains(' ');
    mark || is_note_word(text) || !text.is_empty() && text.chars().all(|c| "_-–—¾".contains(c))
}

const WAYS_BACK: &[&str] = &["к содержанию", "к оглавлению", "в содержание", "назад", "back to contents", "contents"];

/// A link to the contents page of a workbook.
pub(super) fn is_way_back(text: &str) -> bool {
    let lower = text.trim().trim_end_matches([':', '.']).to_lowercase();
    WAYS_BACK.contains(&lower.as_str()) || is_contents(text)
}

const CONTENTS: &[&str] = &["содержание", "оглавление", "contents", "table of contents", "index"];

/// The title or the name of a page that lists others.
pub fn is_contents(text: &str) -> bool {
    let lower = text.trim().trim_end_matches([':', '.']).to_lowercase();
    CONTENTS.contains(&lower.as_str())
}

const UNITS: &[&str] = &[
    "тыс",
    "тысяч",
    "млн",
    "миллион",
    "млрд",
    "миллиард",
    "единиц",
    "человек",
    "чел",
    "рубл",
    "руб",
    "процент",
    "в процентах",
    "%",
    "в %",
    "в расчете",
    "thousand",
    "million",
    "percent",
    "per cent",
];

/// A text above names that says in what all values are: `(единиц)`, `млн рублей`, `в процентах`.
pub(super) fn is_unit_line(text: &str) -> bool {
    let text = text.trim();
    if text.starts_with('(') && text.ends_with(')') {
        return true;
    }
    let lower = text.to_lowercase();
    let few = lower.split_whitespace().count() <= 5;
    few && UNITS
        .iter()
        .any(|unit| lower.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(|c: char| c.is_uppercase())))
}
