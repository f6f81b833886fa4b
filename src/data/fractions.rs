//! Percentages that look like fractions of one, a whole column of them or a few among others: 0.85 where 85 was meant.
//!
//! Knows no files.

use std::collections::HashSet;

use super::blocks::SAMPLES;
use super::dataset::{Column, Table, Values};
use super::load::Loader;
use crate::diagnostic::data as kinds;
use crate::diagnostic::quality::VALUE_SCALE;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::number::column::NumberColumn;
use crate::number::{Number, median};
use crate::schema::{ColumnId, ColumnSchema, TableSchema};
use crate::value::{Type, Unit, Value};

/// A fraction among percentages is so many times smaller than the median.
const SCALE: i64 = 50;

/// So many different numbers between 0 and 1 are no accident.
const DIFFERENT: usize = 3;

impl Loader<'_> {
    /// Warns about a column of percentages whose numbers all lie between 0 and 1; those written with a percent sign are sure.
    pub(super) fn fractions(&mut self, table: &TableSchema, loaded: &Table, signed: &[usize]) {
        for (at, (schema, column)) in table.columns.iter().zip(&loaded.columns).enumerate() {
            let Some(column) = column.as_ref().filter(|_| !signed.contains(&at)) else {
                continue;
            };
            if schema.kind != Type::Number(Unit::Percent) {
                continue;
            }
            let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some((row, number)) = example(column, loaded.rows) else {
                self.few_fractions(table, schema, id, loaded);
                continue;
            };
            if let Some(cell) = loaded.cell(row, id) {
                let shown = number.multiply(&Number::from_integer(100));
                self.diagnostics.push(
                    Diagnostic::new(kinds::FRACTIONS_AS_PERCENTS, Place::Cell(cell))
                        .text("column", schema.name.as_ref())
                        .text("table", table.name.as_ref())
                        .with("percent", Argument::Number(shown.multiply(&Number::from_integer(100))))
                        .with("number", Argument::Number(shown)),
                );
            }
        }
    }

    /// Warns about single numbers that are a hundred times off their column.
    fn few_fractions(&mut self, table: &TableSchema, schema: &ColumnSchema, id: ColumnId, loaded: &Table) {
        let Some(column) = loaded.column(id).filter(|column| has_small(column)) else { return };
        let number = |row| match column.value(row) {
            Value::Number(number) => Some((row, number)),
            _ => None,
        };
        let numbers: Vec<(usize, Number)> = (0..loaded.rows).filter_map(number).collect();
        let rows = fractions_among(&numbers);
        let Some(first) = rows.first().and_then(|row| loaded.cell(*row, id)) else { return };
        let value = numbers.iter().find(|(row, _)| Some(row) == rows.first()).map(|(_, number)| number);
        let shown = value.map_or_else(Number::zero, |number| number.multiply(&Number::from_integer(100)));
        let cells = rows.iter().take(SAMPLES).filter_map(|row| loaded.cell(*row, id)).map(|cell| cell.address());
        self.diagnostics.push(
            Diagnostic::new(VALUE_SCALE, Place::Cell(first))
                .text("table", table.name.as_ref())
                .text("column", schema.name.as_ref())
                .count("count", rows.len())
                .count("more", rows.len().saturating_sub(SAMPLES))
                .with("cells", Argument::List(cells.collect()))
                .with("value", Argument::Number(shown)),
        );
    }
}

/// Whether any number is above zero and at most one per cent; told without making numbers where the column is of whole ones.
fn has_small(column: &Column) -> bool {
    let Values::Numbers(numbers) = &column.values else { return false };
    let NumberColumn::Shared { values, denominator } = numbers else { return true };
    let small = |row: usize| {
        let value = values.get(row).unwrap_or(0);
        value > 0 && i128::from(value) * 100 <= i128::from(*denominator) && column.absence(row).is_none()
    };
    (0..values.len()).any(small)
}

/// Rows whose percentage is at most one per cent, far below the others, and would be among them as a fraction of one. When they are more than a
/// tenth, the column is so.
pub(crate) fn fractions_among(numbers: &[(usize, Number)]) -> Vec<usize> {
    let one = Number::one();
    let whole = |number: &Number| number.multiply(&Number::from_integer(100));
    let small = |number: &Number| !number.is_zero() && !number.is_negative() && whole(number) <= one;
    if !numbers.iter().any(|(_, number)| small(number)) {
        return Vec::new();
    }
    let all = || numbers.iter().map(|(_, number)| number);
    let (middle, most) = (median(all().cloned().collect()), all().max());
    let far = |number: &Number| {
        let below = |usual: &Number| number.multiply(&Number::from_integer(SCALE)) <= *usual;
        most.is_some_and(|most| whole(number) <= *most) && middle.as_ref().is_some_and(below)
    };
    let rows: Vec<usize> = numbers.iter().filter(|(_, n)| small(n) && far(n)).map(|(row, _)| *row).collect();
    if rows.len() * 10 > numbers.len() { Vec::new() } else { rows }
}

/// The first of the numbers that are not zero, when all of a column are at most one per cent and not all alike.
fn example(column: &Column, rows: usize) -> Option<(usize, Number)> {
    let Values::Numbers(numbers) = &column.values else {
        return None;
    };
    let whole = Number::ratio(1, 100)?;
    let mut different = HashSet::new();
    let mut first = None;
    for row in (0..rows).filter(|row| column.absence(*row).is_none()) {
        if let NumberColumn::Shared { values, denominator } = numbers {
            let value = values.get(row)?;
            if value < 0 || i128::from(value) * 100 > i128::from(*denominator) {
                return None;
            }
            if value == 0 || (first.is_some() && different.len() >= DIFFERENT) {
                continue;
            }
        }
        let number = numbers.get(row)?;
        if number.is_negative() || number > whole {
            return None;
        }
        if number.is_zero() {
            continue;
        }
        if different.len() < DIFFERENT {
            different.insert(number.clone());
        }
        if first.is_none() && number < whole {
            first = Some((row, number));
        }
    }
    first.filter(|_| different.len() >= DIFFERENT)
}
