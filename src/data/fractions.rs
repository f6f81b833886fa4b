//! Columns of percentages that look like fractions of one: 0.85 where 85 was meant.
//!
//! Knows no files.

use std::collections::HashSet;

use super::dataset::{Column, Table, Values};
use super::load::Loader;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::schema::{ColumnId, TableSchema};
use crate::value::{Type, Unit};

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
