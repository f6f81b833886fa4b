//! Sudden jumps of a number from one year to the next.
//!
//! A change is a jump when it is larger than `factor` times the median of all changes of the column on the same scale, and than a third
//! of the larger of the two values: what is much for a small school is little for a large one. No distribution is assumed; all numbers
//! are exact.

use std::collections::BTreeMap;

use super::facts::Table;
use super::{Finding, Options, without_year};
use crate::diagnostic::{Argument, quality as kinds};
use crate::number::{Number, median};
use crate::value::Type;

/// With fewer changes there is no usual one.
const LEAST_CHANGES: usize = 5;

struct Change {
    size: Number,
    row: usize,
    from: Number,
    to: Number,
}

/// The part of the larger value that a jump exceeds: one of so many.
const PART: i64 = 3;

impl Change {
    fn is_much(&self) -> bool {
        let larger = self.from.absolute().max(self.to.absolute());
        self.size.multiply(&Number::from_integer(PART)) > larger
    }
}

/// Looks at a column of numbers of a table with a year.
pub(super) fn find(at: usize, table: &Table, position: usize, options: &Options, found: &mut Vec<Finding>) {
    let Some(column) = table.columns.get(position) else { return };
    let apart = table.year.is_none() || table.year == Some(position) || table.key.contains(&position);
    if apart || !matches!(column.kind, Type::Number(_)) || table.key.is_empty() {
        return;
    }
    let mut jumps: Vec<(Change, Number)> = Vec::new();
    for changes in changes(table, position).into_values().filter(|changes| changes.len() >= LEAST_CHANGES) {
        let Some(usual) = median(changes.iter().map(|change| change.size.clone()).collect()) else { continue };
        let most = usual.multiply(&options.jump);
        let large = changes.into_iter().filter(|change| !usual.is_zero() && change.size > most && change.is_much());
        jumps.extend(large.map(|change| (change, usual.clone())));
    }
    jumps.sort_by(|(a, _), (b, _)| b.size.cmp(&a.size).then(a.row.cmp(&b.row)));
    let Some((first, usual)) = jumps.first() else { return };
    let number = |number: &Number| Argument::Number(column.shown(number));
    let cells = jumps.iter().map(|(change, _)| (change.row, position)).collect();
    let finding = Finding::new(kinds::SUDDEN_JUMP, at, Some(position), cells)
        .with("from", number(&first.from))
        .with("to", number(&first.to))
        .with("median", number(usual))
        .with("factor", Argument::Number(options.jump.clone()));
    found.push(finding);
}

/// All changes from one year to the next, by scale.
fn changes(table: &Table, position: usize) -> BTreeMap<Vec<String>, Vec<Change>> {
    let about = without_year(table);
    let scale = table.columns.get(position).map_or(&[][..], |column| column.scale_by.as_slice());
    let mut series: BTreeMap<Vec<String>, BTreeMap<i64, usize>> = BTreeMap::new();
    for row in 0..table.rows.len() {
        let year = table.year.and_then(|at| table.columns.get(at)?.number(row)?.to_integer());
        if let (Some(key), Some(year)) = (table.texts(row, &about), year) {
            series.entry(key).or_default().insert(year, row);
        }
    }
    let mut found: BTreeMap<Vec<String>, Vec<Change>> = BTreeMap::new();
    for own in series.values() {
        for (year, row) in own {
            let number = |row: &usize| table.columns.get(position)?.number(*row).cloned();
            let before = own.get(&(year - 1)).and_then(number);
            if let (Some(from), Some(to)) = (before, number(row)) {
                let size = to.subtract(&from).absolute();
                let scale = table.texts(*row, scale).unwrap_or_default();
                found.entry(scale).or_default().push(Change { size, row: *row, from, to });
            }
        }
    }
    found
}
