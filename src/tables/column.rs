//! What is in a column of a table: what its cells look like, from what to what they go, which are unlike the others.
//!
//! Looks at printed texts alone; knows no meaning, no unit and no schema.

use std::collections::{BTreeMap, HashSet};

use super::find::Table;
use super::grid::Grid;
use super::shape::{Shape, is_absent_sign, shape};
use crate::number::Number;
use crate::number::parse;

/// What most cells of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Look {
    /// No cell holds something.
    Nothing,
    Whole,
    Decimal,
    Percent,
    /// Numbers with a unit.
    Quantity,
    /// `<5`, `10-14`.
    Bound,
    Day,
    Time,
    YesNo,
    /// Letters and digits without spaces; digits with zeros in front.
    Code,
    Address,
    Words,
    /// No look is that of most cells.
    Mixed,
}

/// What was found in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its place in the sheet, from 0.
    pub at: usize,
    /// Empty where there is none.
    pub header: String,
    pub look: Look,
    /// The least and the greatest of numbers and of days, as they are printed.
    pub range: Option<(String, String)>,
    /// Different texts among those that hold something and are no sign of an absence.
    pub different: usize,
    pub blank: usize,
    /// Signs of an absence, and how many cells hold each.
    pub absent: Vec<(String, usize)>,
    /// Row of the sheet and text of cells that do not look like the others.
    pub unlike: Vec<(u64, String)>,
    /// The first different texts.
    pub samples: Vec<String>,
}

/// Samples of a column.
const SAMPLES: usize = 3;
/// Cells in a hundred that make a look that of the column.
const MOST: usize = 70;

/// Looks at every cell of every column of a table.
pub fn columns(grid: &Grid, table: &Table) -> Vec<Column> {
    let column = |(at, column): (usize, &usize)| {
        let header = table.headers.get(at).cloned().unwrap_or_default();
        let cells = table.rows.iter().filter_map(|row| grid.rows.get(*row)).map(|row| (row.number, row.text(*column)));
        of(*column, header, cells)
    };
    table.columns.iter().enumerate().map(column).collect()
}

fn of<'a>(at: usize, header: String, cells: impl Iterator<Item = (u64, &'a str)>) -> Column {
    let (mut blank, mut absent) = (0, BTreeMap::<&str, usize>::new());
    let mut filled: Vec<(u64, &str, Shape)> = Vec::new();
    for (row, text) in cells {
        let text = text.trim();
        if text.is_empty() {
            blank += 1;
        } else if is_absent_sign(text) {
            *absent.entry(text).or_default() += 1;
        } else {
            filled.push((row, text, shape(text)));
        }
    }
    let look = look(&filled);
    let (mut seen, mut samples) = (HashSet::new(), Vec::new());
    for (_, text, _) in &filled {
        if seen.insert(*text) && samples.len() < SAMPLES {
            samples.push((*text).to_owned());
        }
    }
    let unlike = filled.iter().filter(|(_, text, shape)| !look.fits(*shape, text));
    Column {
        at,
        header,
        look,
        range: range(&filled, look),
        different: seen.len(),
        blank,
        absent: absent.into_iter().map(|(sign, count)| (sign.to_owned(), count)).collect(),
        unlike: unlike.map(|(row, text, _)| (*row, (*text).to_owned())).collect(),
        samples,
    }
}

/// The look of most cells. Whole numbers among decimals are numbers like them.
fn look(filled: &[(u64, &str, Shape)]) -> Look {
    if filled.is_empty() {
        return Look::Nothing;
    }
    let share = |look: Look| {
        let fit = filled.iter().filter(|(_, text, shape)| look.fits(*shape, text)).count();
        fit * 100 >= filled.len() * MOST
    };
    let some = |wanted: Shape| filled.iter().any(|(_, _, shape)| *shape == wanted);
    let zeros = |(_, text, shape): &(u64, &str, Shape)| *shape == Shape::Integer && leading_zero(text);
    if filled.iter().any(zeros) && share(Look::Code) {
        return Look::Code;
    }
    let whole = filled.iter().filter(|(_, _, shape)| *shape == Shape::Integer).count();
    let looks = [
        Look::Whole,
        Look::Decimal,
        Look::Percent,
        Look::Day,
        Look::Time,
        Look::YesNo,
        Look::Quantity,
        Look::Bound,
        Look::Address,
        Look::Code,
        Look::Words,
    ];
    let found = looks.into_iter().find(|look| match look {
        // one decimal number makes all of them decimal numbers, one percent sign does not
        Look::Whole => share(Look::Whole) && !some(Shape::Decimal),
        Look::Code => share(Look::Code) && whole * 2 < filled.len(),
        _ => share(*look),
    });
    found.unwrap_or(Look::Mixed)
}

fn leading_zero(text: &str) -> bool {
    text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Look {
    fn fits(self, shape: Shape, text: &str) -> bool {
        match self {
            Look::Nothing | Look::Mixed => true,
            Look::Whole => shape == Shape::Integer,
            Look::Decimal => matches!(shape, Shape::Integer | Shape::Decimal),
            Look::Percent => shape == Shape::Percent,
            Look::Quantity => shape == Shape::Quantity,
            Look::Bound => shape == Shape::Bound,
            Look::Day => shape == Shape::Date,
            Look::Time => shape == Shape::Time,
            Look::YesNo => shape == Shape::YesNo,
            Look::Code => shape == Shape::Code || shape == Shape::Integer && text.bytes().all(|b| b.is_ascii_digit()),
            Look::Address => shape == Shape::Address,
            Look::Words => matches!(shape, Shape::Words | Shape::Prose | Shape::Code),
        }
    }
}

/// Where the texts of a column begin and end, by their value.
fn range(filled: &[(u64, &str, Shape)], look: Look) -> Option<(String, String)> {
    let own = filled.iter().filter(|(_, text, shape)| look.fits(*shape, text)).map(|(_, text, _)| *text);
    match look {
        Look::Whole | Look::Decimal | Look::Percent => ends(own, number),
        Look::Day => ends(own, day),
        _ => None,
    }
}

/// Nothing when one of the texts cannot be compared: then nobody knows the ends.
fn ends<'a, T: PartialOrd + Clone>(
    texts: impl Iterator<Item = &'a str>,
    key: impl Fn(&str) -> Option<T>,
) -> Option<(String, String)> {
    let mut least: Option<(T, &str)> = None;
    let mut most: Option<(T, &str)> = None;
    for text in texts {
        let own = key(text)?;
        if most.as_ref().is_none_or(|(most, _)| own > *most) {
            most = Some((own.clone(), text));
        }
        if least.as_ref().is_none_or(|(least, _)| own < *least) {
            least = Some((own, text));
        }
    }
    least.zip(most).map(|((_, least), (_, most))| (least.to_owned(), most.to_owned()))
}

fn number(text: &str) -> Option<Number> {
    parse::number(text.trim_end_matches('%').trim_end())
}

/// Year, month and day of `01.09.2018` and `2018-09-01`; other ways are not told apart.
fn day(text: &str) -> Option<(u32, u32, u32)> {
    let digits = |part: Option<&str>, length: usize| {
        part.filter(|p| p.len() == length && p.bytes().all(|b| b.is_ascii_digit())).and_then(|p| p.parse().ok())
    };
    let text = text.split([' ', 'T']).next()?;
    let mut parts = text.split('.');
    if let (Some(day), Some(month), Some(year)) =
        (digits(parts.next(), 2), digits(parts.next(), 2), digits(parts.next(), 4))
    {
        return Some((year, month, day));
    }
    let mut parts = text.split('-');
    Some((digits(parts.next(), 4)?, digits(parts.next(), 2)?, digits(parts.next(), 2)?))
}

#[cfg(test)]
mod tests {
    use super::{Column, Look, of};

    fn column(texts: &[&str]) -> Column {
        of(0, String::new(), (2..).zip(texts.iter().copied()))
    }

    #[test]
    fn the_look_is_that_of_most_cells() {
        let cases: &[(&[&str], Look)] = &[
            (&["12", "3", "4"], Look::Whole),
            (&["12,5", "3", "4"], Look::Decimal),
            (&["12,5 %", "3 %"], Look::Percent),
            (&["001", "014"], Look::Code),
            (&["CC-1", "CC-22"], Look::Code),
            (&["01.09.2018", "2018-01-02"], Look::Day),
            (&["да", "нет"], Look::YesNo),
            (&["Школа № 1", "Лицей"], Look::Words),
            (&["", "-"], Look::Nothing),
            (&["1", "Лицей", "01.09.2018"], Look::Mixed),
        ];
        for (texts, expected) in cases {
            assert_eq!(column(texts).look, *expected, "{texts:?}");
        }
    }

    #[test]
    fn cells_are_counted_by_what_they_are() {
        let found = column(&["12", "", "н/д", "7", "н/д", "12", "101", "много"]);
        assert_eq!((found.blank, found.different), (1, 4));
        assert_eq!(found.absent, [("н/д".to_owned(), 2)]);
        assert_eq!(found.unlike, [(9, "много".to_owned())]);
        assert_eq!(found.range, Some(("7".to_owned(), "101".to_owned())));
        assert_eq!(found.samples, ["12", "7", "101"]);
    }

    #[test]
    fn numbers_and_days_are_compared_by_value() {
        assert_eq!(column(&["9,5", "10", "-1"]).range, Some(("-1".to_owned(), "10".to_owned())));
        assert_eq!(
            column(&["02.01.2018", "2017-12-31"]).range,
            Some(("2017-12-31".to_owned(), "02.01.2018".to_owned()))
        );
        assert_eq!(column(&["1,234,567", "2"]).range, None);
    }
}
