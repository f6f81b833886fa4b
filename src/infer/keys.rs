//! What tells rows apart and what links to what: told from all values, never from the first rows.
//!
//! Knows columns as texts; a link is a column whose values are, but for a few, among the keys of another table.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{Column, Guess, Key, Table, TextGround, words};
use crate::data::printed::header_form;

/// Of a hundred values so many have to be keys of the other table.
const SHARE: usize = 95;
/// Of a hundred rows so many have to be different for the rest to be told as repeated.
const ALMOST: usize = 90;
/// Columns of a key at most.
const MOST_COLUMNS: usize = 6;
/// Different values of a link whose header does not tell.
const LEAST_VALUES: usize = 3;
/// Characters that two forms of a word have in common, at most.
const LONGEST_STEM: usize = 6;
/// Characters of values that do not occur elsewhere by chance.
const LONG_VALUE: usize = 4;

/// Finds keys of one column, then links, then keys of several columns.
pub(super) fn find(tables: &mut [Table]) {
    tables.par_iter_mut().for_each(|table| table.key = single(table));
    let links = links(tables);
    for (table, column, to, matched) in links {
        if let Some(column) = tables.get_mut(table).and_then(|table| table.columns.get_mut(column)) {
            column.guess = Guess::Link { table: to, matched };
            column.allowed.clear();
        }
    }
    let keyless = tables.par_iter_mut().filter(|table| table.key == Key::None);
    keyless.for_each(|table| table.key = several(table));
}

/// The table whose rows are judged: most links go to it; of several the one that is called schools, then the longest.
pub(super) fn judged(tables: &[Table]) -> Option<usize> {
    let columns = || tables.iter().flat_map(|table| &table.columns);
    let linked = |at: usize| columns().filter(|c| matches!(c.guess, Guess::Link { table, .. } if table == at)).count();
    let with_key = tables.iter().enumerate().filter(|(_, table)| matches!(table.key, Key::Of(_)));
    with_key
        .max_by_key(|(at, table)| {
            let named = words::says_school(&table.name)
                || table.parts.iter().any(|part| part.sheet.as_deref().is_some_and(words::says_school));
            (table.single_key().is_some(), linked(*at), named, table.rows(), std::cmp::Reverse(*at))
        })
        .map(|(at, _)| at)
}

/// How good a column is as a key alone; nothing: it is none.
fn rank(at: usize, column: &Column) -> Option<u32> {
    let code = words::says_code(&column.header);
    match column.guess {
        _ if column.constant || words::says_numbering(&column.header) => None,
        Guess::Text(TextGround::Code) if code => Some(0),
        Guess::Text(TextGround::Code) => Some(1),
        Guess::Text(TextGround::Words) if at == 0 => Some(2),
        Guess::Text(TextGround::Words) => Some(3),
        _ => None,
    }
}

fn single(table: &Table) -> Key {
    let ranked = table.columns.iter().enumerate().filter_map(|(at, column)| Some((rank(at, column)?, at)));
    let mut candidates: Vec<(u32, usize)> = ranked.collect();
    candidates.sort_unstable();
    let unique = candidates.iter().find(|(_, at)| {
        let (repeated, empty) = trouble(table, &[*at]);
        repeated.is_empty() && empty.is_empty()
    });
    unique.map_or(Key::None, |(_, at)| Key::Of(vec![*at]))
}

/// Rows whose values in these columns came before, and rows without a value in one of them.
fn trouble(table: &Table, columns: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let columns: Vec<&Column> = columns.iter().filter_map(|at| table.columns.get(*at)).collect();
    let mut seen: HashSet<Vec<&str>> = HashSet::new();
    let (mut repeated, mut empty) = (Vec::new(), Vec::new());
    for row in 0..table.rows() {
        let texts: Vec<&str> =
            columns.iter().map(|column| column.cells.get(row).map_or("", |text| text.trim())).collect();
        if texts.iter().zip(&columns).any(|(text, column)| !column.absence(text).is_none()) {
            empty.push(row);
        } else if !seen.insert(texts) {
            repeated.push(row);
        }
    }
    (repeated, empty)
}

/// Links, years and the texts that are no free text, as few of them as it takes.
fn several(table: &Table) -> Key {
    let dimension = |(at, column): (usize, &Column)| {
        let kind = matches!(column.guess, Guess::Link { .. } | Guess::Year | Guess::Text(_));
        let known = column.filled > 0 && column.empty == 0 && column.markers.is_empty();
        (kind && known && !words::says_numbering(&column.header)).then_some(at)
    };
    let mut columns: Vec<usize> = table.columns.iter().enumerate().filter_map(dimension).collect();
    let anchor = |at: &usize| {
        let column = table.columns.get(*at);
        column.is_some_and(|c| matches!(c.guess, Guess::Link { .. } | Guess::Year | Guess::Text(TextGround::Code)))
    };
    // free texts come last: they are dropped first
    columns.sort_by_key(|at| (!anchor(at), *at));
    columns.truncate(MOST_COLUMNS);
    let unique = |columns: &[usize]| trouble(table, columns).0.is_empty();
    if columns.is_empty() || !unique(&columns) {
        return almost(table, columns);
    }
    let mut at = columns.len();
    while at > 0 && columns.len() > 1 {
        at -= 1;
        let mut fewer = columns.clone();
        fewer.remove(at);
        if unique(&fewer) {
            columns = fewer;
        }
    }
    columns.sort_unstable();
    Key::Of(columns)
}

/// One code, or several columns, that would tell rows apart but for a few.
fn almost(table: &Table, columns: Vec<usize>) -> Key {
    let codes = table.columns.iter().enumerate();
    let code = codes.filter(|(_, c)| c.guess == Guess::Text(TextGround::Code)).map(|(at, _)| vec![at]);
    for mut columns in code.chain([columns]).filter(|columns| !columns.is_empty()) {
        let (repeated, empty) = trouble(table, &columns);
        let rows = table.rows();
        if (rows - repeated.len() - empty.len()) * 100 >= rows * ALMOST && rows > 0 {
            columns.sort_unstable();
            return Key::Almost { columns, repeated, empty };
        }
    }
    Key::None
}

/// Table, column, linked table, rows that find their key.
type Found = (usize, usize, usize, usize);

fn links(tables: &[Table]) -> Vec<Found> {
    let keys: HashMap<usize, HashSet<&str>> = tables
        .iter()
        .enumerate()
        .filter_map(|(at, table)| {
            let column = table.columns.get(table.single_key()?)?;
            Some((at, column.known().map(|(_, text)| text).collect()))
        })
        .collect();
    let mut found = Vec::new();
    for (at, table) in tables.iter().enumerate() {
        for (position, column) in table.columns.iter().enumerate() {
            if column.constant || column.filled == 0 || column.guess == Guess::Year {
                continue;
            }
            let own_key = table.single_key() == Some(position);
            let target = keys
                .iter()
                .filter(|(to, _)| **to != at)
                .filter_map(|(to, keys)| Some((*to, fit(tables, (at, column, own_key), *to, keys)?)))
                .max_by_key(|(to, (header, matched))| (*header, *matched, weight(tables, *to)));
            if let Some((to, (_, matched))) = target {
                found.push((at, position, to, matched));
            }
        }
    }
    found
}

/// Whether a column holds the keys of a table: whether its header says so, and how many rows find theirs.
fn fit(
    tables: &[Table],
    (at, column, own_key): (usize, &Column, bool),
    to: usize,
    keys: &HashSet<&str>,
) -> Option<(bool, usize)> {
    let target = tables.get(to)?;
    // of two tables that each have one row per school, the larger is the one that is linked to
    if own_key && weight(tables, at) >= weight(tables, to) {
        return None;
    }
    let matched = column.known().filter(|(_, text)| keys.contains(text)).count();
    if matched == 0 || matched * 100 < column.filled * SHARE {
        return None;
    }
    let key = target.columns.get(target.single_key()?)?;
    let header = header_form(&column.header) == header_form(&key.header) || says(&column.header, &target.name);
    let different: HashSet<&str> = column.known().map(|(_, text)| text).collect();
    let telling = !matches!(column.guess, Guess::Number(..) | Guess::YesNo | Guess::Date)
        && different.len() >= LEAST_VALUES
        && different.iter().all(|text| text.chars().count() >= LONG_VALUE);
    (header || telling).then_some((header, matched))
}

/// Whether a header names a table: words that differ in their endings only.
fn says(header: &str, table: &str) -> bool {
    let table = words::tokens(&table.replace('_', " "));
    let stem = |word: &String| word.chars().take((word.chars().count() - 1).min(LONGEST_STEM)).collect::<String>();
    let long = |word: &&String| word.chars().count() >= LONG_VALUE;
    words::tokens(header).iter().filter(long).any(|word| table.iter().filter(long).any(|name| stem(word) == stem(name)))
}

/// Which of two tables with one row for each key is the one that is linked to: more rows, a better name, more columns.
fn weight(tables: &[Table], at: usize) -> (usize, bool, usize, std::cmp::Reverse<usize>) {
    tables.get(at).map_or((0, false, 0, std::cmp::Reverse(at)), |table| {
        (table.rows(), words::says_school(&table.name), table.columns.len(), std::cmp::Reverse(at))
    })
}
