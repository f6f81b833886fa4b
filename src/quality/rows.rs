//! Rows that look like sums, rows that come twice, and keys that no other table knows.

use std::collections::{BTreeSet, HashSet};

use super::facts::{Facts, Table};
use super::{Finding, count, named};
use crate::diagnostic::{data, quality as kinds};
use crate::tables::find::is_total_word;

/// In a column where such words stand in more than one row of so many, they are what the column is about: `среднее` is a level of schools.
const RARE: usize = 4;

/// Rows in which some text says that they sum others up.
pub(super) fn totals(at: usize, table: &Table, found: &mut Vec<Finding>) {
    let mut rows: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (position, column) in table.columns.iter().enumerate() {
        let words: Vec<usize> = column.written().filter(|(_, text)| is_total_word(text)).map(|(row, _)| row).collect();
        if words.len() * RARE <= table.rows.len() {
            rows.extend(words.into_iter().map(|row| (row, position)));
        }
    }
    let mut seen = HashSet::new();
    let cells: Vec<(usize, usize)> = rows.into_iter().filter(|(row, _)| seen.insert(*row)).collect();
    if !cells.is_empty() || !table.totals.is_empty() {
        let finding = Finding::new(kinds::LOOKS_LIKE_TOTAL, at, None, cells);
        found.push(Finding { outside: table.totals.clone(), ..finding });
    }
}

/// Keys of a table that others link to, of which no other table has a row.
pub(super) fn alone(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, table) in facts.tables.iter().enumerate() {
        let [key] = table.key.as_slice() else { continue };
        let linking = facts.tables.iter().flat_map(|other| other.columns.iter().map(move |column| (other, column)));
        let linking: Vec<_> = linking.filter(|(other, c)| c.link == Some(at) && other.name != table.name).collect();
        let mentioned: HashSet<&str> = linking.iter().flat_map(|(_, c)| c.written()).map(|(_, text)| text).collect();
        let Some(column) = table.columns.get(*key).filter(|_| !mentioned.is_empty()) else { continue };
        let rows: Vec<(usize, &str)> = column.written().filter(|(_, text)| !mentioned.contains(text)).collect();
        if rows.is_empty() {
            continue;
        }
        let schools: Vec<String> = rows.iter().map(|(_, text)| (*text).to_owned()).collect();
        let mut others: Vec<String> = linking.iter().map(|(other, _)| other.name.clone()).collect();
        others.dedup();
        let cells = rows.into_iter().map(|(row, _)| (row, *key)).collect();
        let finding = Finding::new(kinds::ONLY_IN_ONE_TABLE, at, Some(*key), cells);
        found.push(finding.with("schools", named(&schools)).with("others", named(&others)));
    }
}

/// What a draft says of keys and links; of a described dataset the same is found where it is loaded.
pub(super) fn keys(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, table) in facts.tables.iter().enumerate() {
        if let Some((columns, repeated, empty)) = &table.almost {
            let names: Vec<String> =
                columns.iter().filter_map(|at| table.columns.get(*at)).map(|column| column.name.clone()).collect();
            let place = table.first_column();
            let cell = |row: &usize| (*row, columns.first().copied().unwrap_or(place));
            let cells = repeated.iter().chain(empty).map(cell).collect();
            let finding = Finding::new(kinds::ALMOST_A_KEY, at, columns.first().copied(), cells);
            let finding = finding.with("columns", named(&names)).with("repeated", count(repeated.len()));
            found.push(finding.with("empty", count(empty.len())));
        }
    }
}

/// Links of a draft whose key is nowhere.
pub(super) fn orphans(facts: &Facts, found: &mut Vec<Finding>) {
    for (at, table) in facts.tables.iter().enumerate() {
        for (position, column) in table.columns.iter().enumerate() {
            let Some(target) = column.link.and_then(|to| facts.tables.get(to)) else { continue };
            let keys: HashSet<&str> = target
                .key
                .iter()
                .filter_map(|key| target.columns.get(*key))
                .flat_map(|c| c.written())
                .map(|(_, text)| text)
                .collect();
            let cells: Vec<(usize, usize)> =
                column.written().filter(|(_, text)| !keys.contains(text)).map(|(row, _)| (row, position)).collect();
            if !cells.is_empty() {
                let finding = Finding::new(data::ORPHAN_KEYS, at, Some(position), cells);
                found.push(finding.with("target", crate::diagnostic::Argument::Text(target.name.clone())));
            }
        }
    }
}
