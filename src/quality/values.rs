//! Values that cannot be, percentages that look like fractions, and columns that say nothing.

use super::facts::{Column, Table};
use super::{Finding, Options};
use crate::data::fractions_among;
use crate::diagnostic::{Argument, quality as kinds};
use crate::number::Number;
use crate::value::{Type, Unit, Value};

/// With fewer rows one value says nothing about a column.
const LEAST_ROWS: usize = 5;

/// Looks at one column.
pub(super) fn find(at: usize, table: &Table, position: usize, options: &Options, found: &mut Vec<Finding>) {
    let Some(column) = table.columns.get(position) else { return };
    let cells = |rows: Vec<usize>| rows.into_iter().map(|row| (row, position)).collect::<Vec<_>>();
    for (why, rows) in impossible(column, options) {
        if let Some(first) = rows.first() {
            let value = shown(column, *first);
            let finding = Finding::new(kinds::VALUE_IMPOSSIBLE, at, Some(position), cells(rows));
            found.push(finding.with("why", Argument::Text(why.to_owned())).with("value", value));
        }
    }
    let small = fractions(column);
    if let Some(first) = small.first() {
        let value = shown(column, *first);
        found.push(Finding::new(kinds::VALUE_SCALE, at, Some(position), cells(small)).with("value", value));
    }
    nothing(at, table, position, found);
}

/// The value of a cell, for a message.
fn shown(column: &Column, row: usize) -> Argument {
    match column.values.get(row) {
        Some(Value::Number(number)) => Argument::Number(column.shown(number)),
        Some(Value::Date(date)) => Argument::Date(*date),
        Some(Value::Text(text)) => Argument::Text(text.to_string()),
        Some(Value::Truth(truth)) => Argument::Term(if truth.is_true() { "truth-yes" } else { "truth-no" }),
        _ => Argument::Text(String::new()),
    }
}

fn impossible(column: &Column, options: &Options) -> Vec<(&'static str, Vec<usize>)> {
    let rows = |is: &dyn Fn(&Number) -> bool| column.numbers().filter(|(_, n)| is(n)).map(|(row, _)| row).collect();
    match &column.kind {
        Type::Number(Unit::Percent) => {
            let one = Number::one();
            vec![("percent", rows(&|number| number.is_negative() || *number > one))]
        }
        Type::Number(Unit::Number | Unit::Ratio | Unit::PercentagePoint | Unit::Score) => Vec::new(),
        Type::Number(_) => vec![("negative", rows(&Number::is_negative))],
        Type::Date => {
            let late = |(row, value): (usize, &Value)| match value {
                Value::Date(date) if *date > options.today => Some(row),
                _ => None,
            };
            vec![("future", column.values.iter().enumerate().filter_map(late).collect())]
        }
        Type::Text | Type::YesNo => Vec::new(),
    }
}

/// Percentages that look like fractions of one among others.
fn fractions(column: &Column) -> Vec<usize> {
    if column.kind != Type::Number(Unit::Percent) {
        return Vec::new();
    }
    fractions_among(column.values.len(), |row| column.number(row).cloned(), &Number::one())
}

/// A column with one value everywhere, or with none; keys, links, years and columns that are not in a file are left alone.
fn nothing(at: usize, table: &Table, position: usize, found: &mut Vec<Finding>) {
    let Some(column) = table.columns.get(position) else { return };
    let apart = table.year == Some(position) || table.key.contains(&position) || column.link.is_some();
    if apart || column.values.len() < LEAST_ROWS || table.cell(0, position).is_none() {
        return;
    }
    let mut known = column.values.iter().enumerate().filter(|(_, value)| !matches!(value, Value::Absent(_)));
    let (why, value) = match known.next() {
        None => ("empty", Argument::Text(String::new())),
        Some((row, first)) => {
            let rest = known.filter(|(_, value)| *value == first).count() + 1;
            let all = column.values.iter().filter(|value| !matches!(value, Value::Absent(_))).count();
            if rest < all || all < LEAST_ROWS {
                return;
            }
            ("constant", shown(column, row))
        }
    };
    let finding = Finding::new(kinds::COLUMN_SAYS_NOTHING, at, Some(position), vec![(0, position)]);
    found.push(finding.with("why", Argument::Text(why.to_owned())).with("value", value));
}
