//! Percentages that look like fractions of one, a whole column of them or a few among others: 0.85 where 85 was meant.
//!
//! Knows no files.

use std::collections::HashSet;

use rayon::prelude::*;

use super::blocks::SAMPLES;
use super::dataset::{Column, Table, Values};
use super::load::Loader;
use crate::diagnostic::data as kinds;
use crate::diagnostic::quality::VALUE_SCALE;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::schema::{ColumnId, ColumnSchema, TableSchema};
use crate::value::{Type, Unit, Value};

/// A fraction among percentages is so many times smaller than the median.
const SCALE: i64 = 50;

/// So many different numbers between 0 and 1 are no accident.
const DIFFERENT: usize = 3;

impl Loader<'_> {
    /// Warns about a column of percentages whose numbers all lie between 0 and 1; those written with a percent sign are sure.
    pub(super) fn fractions(&mut self, table: &TableSchema, loaded: &Table, signed: &[usize]) {
        let percents = table
            .columns
            .iter()
            .enumerate()
            .filter(|(at, schema)| schema.kind == Type::Number(Unit::Percent) && !signed.contains(at));
        let percents: Vec<(usize, &ColumnSchema)> = percents.collect();
        let found = percents.par_iter().map(|(at, schema)| {
            let id = ColumnId(u32::try_from(*at).unwrap_or(u32::MAX));
            let column = loaded.column(id)?;
            match example(column, loaded.rows) {
                Some(example) => all_fractions(table, schema, id, loaded, example),
                None => few_fractions(table, schema, id, loaded),
            }
        });
        let found: Vec<Option<Diagnostic>> = found.collect();
        self.diagnostics.extend(found.into_iter().flatten());
    }
}

fn all_fractions(
    table: &TableSchema,
    schema: &ColumnSchema,
    id: ColumnId,
    loaded: &Table,
    (row, number): (usize, Number),
) -> Option<Diagnostic> {
    let shown = number.multiply(&Number::from_integer(100));
    Some(
        Diagnostic::new(kinds::FRACTIONS_AS_PERCENTS, Place::Cell(loaded.cell(row, id)?))
            .text("column", schema.name.as_ref())
            .text("table", table.name.as_ref())
            .with("percent", Argument::Number(shown.multiply(&Number::from_integer(100))))
            .with("number", Argument::Number(shown)),
    )
}

/// Single numbers that are a hundred times off their column.
fn few_fractions(table: &TableSchema, schema: &ColumnSchema, id: ColumnId, loaded: &Table) -> Option<Diagnostic> {
    let column = loaded.column(id)?;
    let rows = match &column.values {
        Values::Numbers(NumberColumn::Shared { values, denominator }) => {
            let number = |row| values.get(row).filter(|_| column.absence(row).is_none()).map(i128::from);
            fractions_among(loaded.rows, number, &i128::from(*denominator))
        }
        _ => {
            let number = |row| match column.value(row) {
                Value::Number(number) => Some(number),
                _ => None,
            };
            fractions_among(loaded.rows, number, &Number::one())
        }
    };
    let first = loaded.cell(*rows.first()?, id)?;
    let shown = match column.value(*rows.first()?) {
        Value::Number(number) => number.multiply(&Number::from_integer(100)),
        _ => return None,
    };
    let cells = rows.iter().take(SAMPLES).filter_map(|row| loaded.cell(*row, id)).map(|cell| cell.address());
    Some(
        Diagnostic::new(VALUE_SCALE, Place::Cell(first))
            .text("table", table.name.as_ref())
            .text("column", schema.name.as_ref())
            .count("count", rows.len())
            .count("more", rows.len().saturating_sub(SAMPLES))
            .with("cells", Argument::List(cells.collect()))
            .with("value", Argument::Number(shown)),
    )
}

/// What can be held against others and taken several times.
pub(crate) trait Amount: Ord + Clone {
    fn times(&self, factor: i64) -> Self;
    fn plus(&self, other: &Self) -> Self;
}

impl Amount for Number {
    fn times(&self, factor: i64) -> Number {
        self.multiply(&Number::from_integer(factor))
    }

    fn plus(&self, other: &Number) -> Number {
        self.add(other)
    }
}

/// Scaled integers of 64 bits, which leave room.
impl Amount for i128 {
    fn times(&self, factor: i64) -> i128 {
        self.saturating_mul(i128::from(factor))
    }

    fn plus(&self, other: &i128) -> i128 {
        self.saturating_add(*other)
    }
}

/// Rows whose percentage is at most one per cent of `one`, far below the median, and would be among the others as a fraction of one. When more than
/// a tenth is as small, the column is so.
pub(crate) fn fractions_among<T: Amount>(rows: usize, number: impl Fn(usize) -> Option<T>, one: &T) -> Vec<usize> {
    let zero = one.times(0);
    let small = |number: &T| *number > zero && number.times(100) <= *one;
    let all = || (0..rows).filter_map(&number);
    let (mut count, mut few) = (0_usize, 0_usize);
    for number in all() {
        count += 1;
        few += usize::from(small(&number));
    }
    // what is held against all others is looked at only where it can be said
    if few == 0 || few * 10 > count {
        return Vec::new();
    }
    let mut sorted: Vec<T> = all().collect();
    let Some(most) = sorted.iter().max().cloned() else { return Vec::new() };
    let above = sorted.select_nth_unstable(count / 2).1.clone();
    let below = sorted.select_nth_unstable((count - 1) / 2).1.clone();
    // twice the median
    let middle = above.plus(&below);
    let far = |number: &T| number.times(100) <= most && number.times(2 * SCALE) <= middle;
    (0..rows).filter(|row| number(*row).is_some_and(|number| small(&number) && far(&number))).collect()
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
