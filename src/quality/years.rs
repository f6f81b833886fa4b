//! Years that a school lacks between two others, and years with far fewer rows.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Table;
use super::{Finding, count, named, subject};
use crate::diagnostic::{Argument, quality as kinds};
use crate::number::{Number, median};

/// Looks at a table that has a column for the year.
pub(super) fn find(at: usize, table: &Table, found: &mut Vec<Finding>) {
    let Some(year) = table.year else { return };
    let Some(column) = table.columns.get(year) else { return };
    let years: Vec<(usize, i64)> = column.numbers().filter_map(|(row, n)| Some((row, n.to_integer()?))).collect();
    missing(at, table, year, &years, found);
    thin(at, year, &years, found);
}

/// Only years that the table has rows about: data of every second year lack nothing.
fn missing(at: usize, table: &Table, year: usize, years: &[(usize, i64)], found: &mut Vec<Finding>) {
    let about = subject(table);
    let all: BTreeSet<i64> = years.iter().map(|(_, year)| *year).collect();
    let mut of: BTreeMap<Vec<String>, BTreeMap<i64, usize>> = BTreeMap::new();
    for (row, year) in years {
        if let Some(key) = table.texts(*row, &about).filter(|key| !key.is_empty()) {
            of.entry(key).or_default().entry(*year).or_insert(*row);
        }
    }
    let (mut schools, mut cells) = (Vec::new(), Vec::new());
    for (key, own) in &of {
        let (Some((first, _)), Some((last, _))) = (own.first_key_value(), own.last_key_value()) else { continue };
        let lacking: Vec<i64> = all.range(*first..=*last).copied().filter(|year| !own.contains_key(year)).collect();
        let Some(lack) = lacking.first() else { continue };
        let texts: Vec<String> = lacking.iter().map(i64::to_string).collect();
        schools.push(format!("{} ({})", key.join(" · "), texts.join("; ")));
        // the row after the gap
        cells.extend(own.range(*lack..).next().map(|(_, row)| (*row, year)));
    }
    if !cells.is_empty() {
        let finding = Finding::new(kinds::YEARS_MISSING, at, Some(year), cells);
        found.push(finding.with("schools", named(&schools)));
    }
}

/// A year with less than half of the median rows of the others.
fn thin(at: usize, year: usize, years: &[(usize, i64)], found: &mut Vec<Finding>) {
    let mut rows: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (row, year) in years {
        rows.entry(*year).or_default().push(*row);
    }
    for (number, own) in &rows {
        let size = |rows: &Vec<usize>| Number::from_integer(i64::try_from(rows.len()).unwrap_or(i64::MAX));
        let others = rows.iter().filter(|(other, _)| *other != number).map(|(_, rows)| size(rows)).collect();
        let Some(usual) = median(others) else { continue };
        if size(own).multiply(&Number::from_integer(2)) < usual {
            let cells = own.iter().map(|row| (*row, year)).collect();
            let finding = Finding::new(kinds::YEAR_THIN, at, Some(year), cells);
            let finding = finding.with("year", Argument::Text(number.to_string()));
            found.push(finding.with("rows", count(own.len())).with("usual", Argument::Number(usual)));
        }
    }
}
