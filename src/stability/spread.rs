//! Cells of a column off by a measurement error: the steps that they move by, and draws by chance.
//!
//! The *grid* of a column is made of the multiples of one unit of the last decimal digit that its values or the error have, whichever
//! is finer. In a draw every cell with a value moves by a whole number of such units, each number as likely as any other, within what
//! is possible; cells are taken in the order of the columns named and of the rows of the data.

use rayon::prelude::*;

use super::chance::SplitMix64;
use super::{Cause, Ground, Question, Sheet, Standing, row_id, told};
use crate::data::dataset::{Column, Dataset, Values};
use crate::decision::Run;
use crate::evaluate::again::Change;
use crate::explain::swayed::Within;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::format::exact_digits;
use crate::progress::Progress;
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Unit};

/// More decimal digits than this no column has.
const MOST_DIGITS: u32 = 12;

/// A column whose cells may be off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// By how much, as stored: 1 percentage point is 1/100.
    pub by: Number,
    pub within: Within,
}

impl Spread {
    /// `None`: the column holds no decimal numbers.
    pub fn of(ground: &Ground<'_>, table: TableId, column: ColumnId, by: Number) -> Option<Spread> {
        let Some(Type::Number(unit)) = ground.rules.schema.column(table, column).map(|c| &c.kind) else { return None };
        let factor = unit.shown_factor();
        let own = last_digit(ground, table, column, |_| true)?;
        let digits = exact_digits(&by.multiply(&Number::from_integer(factor)), 0, MOST_DIGITS);
        let asked = power_of_ten(digits).to_integer()?.checked_mul(factor)?;
        let steps = own.max(asked);
        let step = one_over(&Number::from_integer(steps))?;
        let by_steps = by.divide(&step)?.to_integer()?;
        let (least, most) = limits(ground, table, column, unit);
        let within = Within { table, column, step, by: by_steps, least, most };
        Some(Spread { by, within })
    }

    /// Cells of the column with a value that can be moved in steps: row and place.
    fn places(&self, data: &Dataset) -> Option<(Vec<Option<i64>>, i64)> {
        let column = data.column(self.within.table, self.within.column)?;
        let Values::Numbers(numbers) = &column.values else { return None };
        let steps = one_over(&self.within.step)?.to_integer()?;
        let place = |row: usize| -> Option<i64> {
            if !column.absence(row).is_none() {
                return None;
            }
            let (numerator, denominator) = numbers.ratio_at(row)?;
            i64::try_from(numerator.checked_mul(i128::from(steps))?.checked_div(denominator)?).ok()
        };
        Some(((0..numbers.len()).map(place).collect(), steps))
    }
}

/// What values of a unit never exceed, unless some of the column do.
fn limits(ground: &Ground<'_>, table: TableId, column: ColumnId, unit: &Unit) -> (Option<Number>, Option<Number>) {
    let (least, most) = match unit {
        Unit::Percent => (0, Some(1)),
        Unit::Mark => (2, Some(5)),
        Unit::PercentagePoint | Unit::Score | Unit::Ratio => return (None, None),
        _ => (0, None),
    };
    let (least, most) = (Number::from_integer(least), most.map(Number::from_integer));
    let Some(found) = ground.data.column(table, column) else { return (None, None) };
    let rows = ground.data.table(table).map_or(0, |table| table.rows);
    let (mut below, mut above) = (false, false);
    for number in (0..rows).filter_map(|row| found.number(row)) {
        below |= number < least;
        above |= most.as_ref().is_some_and(|most| number > *most);
    }
    (Some(least).filter(|_| !below), most.filter(|_| !above))
}

/// How many units of its last decimal digit a column has in one (in stored form): 10 for one digit, 100 for whole per cents.
/// Only rows that `counts` are looked at; `None`: they are no decimal numbers.
pub(super) fn last_digit(
    ground: &Ground<'_>,
    table: TableId,
    column: ColumnId,
    counts: impl Fn(usize) -> bool,
) -> Option<i64> {
    let Some(Type::Number(unit)) = ground.rules.schema.column(table, column).map(|c| &c.kind) else { return None };
    let found = ground.data.column(table, column)?;
    let Values::Numbers(numbers) = &found.values else { return None };
    let factor = i128::from(unit.shown_factor());
    let mut steps = factor;
    let mut digits = 0;
    for row in (0..numbers.len()).filter(|row| found.absence(*row).is_none() && counts(*row)) {
        let (numerator, denominator) = numbers.ratio_at(row)?;
        while numerator.checked_mul(steps)?.checked_rem(denominator)? != 0 {
            digits += 1;
            steps = steps.checked_mul(10)?;
            if digits > MOST_DIGITS {
                return None;
            }
        }
    }
    i64::try_from(steps).ok()
}

pub(super) fn power_of_ten(digits: u32) -> Number {
    Number::from_integer(10i64.checked_pow(digits).unwrap_or(i64::MAX))
}

pub(super) fn one_over(number: &Number) -> Option<Number> {
    Number::one().divide(number)
}

/// In how many draws each school keeps its place.
pub(super) fn sheet(ground: &Ground<'_>, question: &Question, progress: &dyn Progress) -> Sheet {
    if question.errors.is_empty() || question.draws == 0 {
        return Sheet::empty(ground, Standing::NotStated);
    }
    let columns: Vec<(TableId, ColumnId)> =
        question.errors.iter().map(|error| (error.within.table, error.within.column)).collect();
    let draws = usize::try_from(question.draws).unwrap_or(usize::MAX);
    if draws.saturating_mul(ground.work(columns)) > super::ground::MOST_WORK {
        return Sheet::empty(ground, Standing::TooMuch);
    }
    let places: Option<Vec<_>> = question.errors.iter().map(|error| error.places(ground.data)).collect();
    let Some(places) = places else { return Sheet::empty(ground, Standing::Nothing) };
    let nobody = || vec![vec![0u32; ground.schools()]; ground.categories.len()];
    let listed = told(progress, draws, || {
        let one = |mut sums: Vec<Vec<u32>>, draw: u32| {
            if let Some(run) = drawn(ground, question, &places, draw) {
                for (sums, id) in sums.iter_mut().zip(ground.categories) {
                    for (row, sum) in sums.iter_mut().enumerate() {
                        let verdict = run.category(*id, row);
                        *sum += u32::from(verdict.is_some_and(|verdict| ground.is_listed(*id, row, verdict)));
                    }
                }
            }
            progress.advance(1);
            sums
        };
        (0..question.draws).into_par_iter().fold(nobody, one).reduce(nobody, |mut a, b| {
            for (a, b) in a.iter_mut().flatten().zip(b.iter().flatten()) {
                *a += b;
            }
            a
        })
    });
    let mut sheet = Sheet::empty(ground, Standing::Tried);
    for (at, (id, listed)) in ground.categories.iter().zip(listed).enumerate() {
        for (row, listed) in listed.into_iter().enumerate() {
            let stays = if ground.run.is_listed(*id, row) { listed } else { question.draws - listed };
            if let Some(tally) = sheet.tallies.get_mut(at).and_then(|tallies| tallies.get_mut(row)) {
                (tally.stays, tally.tried) = (stays, question.draws);
            }
            if stays < question.draws {
                sheet.causes.push((at, row_id(row), Cause::Draws { listed }));
            }
        }
    }
    sheet
}

/// The run of one draw.
fn drawn(ground: &Ground<'_>, question: &Question, places: &[(Vec<Option<i64>>, i64)], draw: u32) -> Option<Run> {
    let mut chance = SplitMix64::of_draw(question.seed, draw);
    let mut data = ground.data.clone();
    let mut columns = Vec::new();
    for (error, (places, steps)) in question.errors.iter().zip(places) {
        let Within { table, column, .. } = error.within;
        let moved = |place: &Option<i64>| match place {
            None => 0,
            Some(now) => {
                let (low, high) = error.within.ends(*now);
                let count = high.abs_diff(low).saturating_add(1);
                low.saturating_add_unsigned(chance.below(count))
            }
        };
        let values: Vec<i64> = places.iter().map(moved).collect();
        let absent = ground.data.column(table, column)?.absent.clone();
        let changed = Column { values: Values::Numbers(NumberColumn::shared(values, *steps)), absent };
        data = data.with_column(table, column, changed)?;
        columns.push((table, column));
    }
    Some(ground.again(&data, &Change { columns, steps: Vec::new() }))
}
