//! How the values that decide a criterion are spread over the schools, with the thresholds before and after.
//!
//! Values and thresholds are read off the runs; only places on the line of values are worked out here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Compared, count, number, text};
use crate::compare::{CategoryComparison, Side};
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};
use crate::model::Criterion;
use crate::model::expr::{CompareOp, ExprId, ExprKind};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple, round_to_scale};
use crate::report::deciding::{self, Deciding};
use crate::report::grounds::Threshold;
use crate::report::list::{Judgement, value_of};
use crate::report::page::{Header, Piece, Table};
use crate::report::picture::{Line, Spread};
use crate::value::{Type, Unit, Value};

/// Pictures of one category and scenario.
const MOST_PICTURES: usize = 12;
/// Columns of one picture, about.
const COLUMNS: i64 = 30;
/// Cut-offs of one condition that are drawn.
const MOST_LINES: usize = 6;

/// A picture and the numbers in it, for each value that decides a criterion that turned for some school.
pub(super) fn spreads(
    scenario: &Compared<'_>,
    category: &CategoryComparison,
    speaker: &Speaker,
) -> Vec<(Spread, Table)> {
    let turned: BTreeSet<&Arc<str>> =
        category.movers.iter().flat_map(|mover| mover.criteria.iter().map(|(number, ..)| number)).collect();
    let (before, after) = &scenario.sides;
    let mut numbers: Vec<&Arc<str>> = Vec::new();
    for criterion in before.rules.criteria.iter().chain(&after.rules.criteria) {
        if turned.contains(&criterion.number) && !numbers.contains(&&criterion.number) {
            numbers.push(&criterion.number);
        }
    }
    let all = numbers.into_iter().flat_map(|number| of_criterion(scenario, category, number, speaker));
    all.take(MOST_PICTURES).collect()
}

/// A criterion of one side with the values that decide it.
struct Decided<'a> {
    side: Side<'a>,
    judgement: Judgement<'a>,
    criterion: &'a Criterion,
    values: Vec<Deciding>,
}

fn decided<'a>(side: &Side<'a>, number: &str) -> Option<Decided<'a>> {
    let criterion = side.rules.criteria.iter().find(|criterion| criterion.number.as_ref() == number)?;
    let steps = side.plan.of_expr.as_slice();
    let judgement = Judgement { rules: side.rules, dataset: side.data, run: side.run, steps };
    Some(Decided { side: *side, judgement, criterion, values: deciding::values(side.rules, criterion.condition) })
}

fn of_criterion(
    scenario: &Compared<'_>,
    category: &CategoryComparison,
    number: &str,
    speaker: &Speaker,
) -> Vec<(Spread, Table)> {
    let (before, after) = (decided(&scenario.sides.0, number), decided(&scenario.sides.1, number));
    // the values after; of a criterion that is no more those before
    let Some(shown) = after.as_ref().or(before.as_ref()) else { return Vec::new() };
    let picture = |(at, value): (usize, &Deciding)| {
        let Type::Number(unit) = &value.shown else { return None };
        let marks = |decided: Option<&Decided<'_>>| -> Vec<Mark> {
            let Some(decided) = decided else { return Vec::new() };
            let named = decided.values.iter().find(|other| !value.name.is_empty() && other.name == value.name);
            let found = named.or_else(|| decided.values.get(at).filter(|other| other.name.is_empty()));
            let found = found.filter(|other| other.shown == value.shown);
            let mut marks: Vec<Mark> = Vec::new();
            for condition in found.iter().flat_map(|found| &found.conditions) {
                marks.extend(thresholds(&decided.judgement, *condition));
            }
            marks.truncate(MOST_LINES);
            marks
        };
        let marks = (marks(before.as_ref()), marks(after.as_ref()));
        let of_row = |row: usize| match value_of(&shown.judgement, value.expr, row) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        let schools = schools(category, shown, after.is_some());
        let values: Vec<(Number, usize)> =
            schools.into_iter().filter_map(|(row, part)| Some((of_row(row)?, part))).collect();
        let name = match (value.name.as_str(), shown.criterion.title.as_deref()) {
            ("", Some(title)) => title.to_owned(),
            (name, _) => name.to_owned(),
        };
        Painter { number, name, unit, marks, speaker }.spread(&values)
    };
    shown.values.iter().enumerate().filter_map(picture).collect()
}

/// The rows of a side, each with its part: 0 on both lists, 1 entered, 2 left, 3 on neither.
fn schools(category: &CategoryComparison, decided: &Decided<'_>, after: bool) -> Vec<(usize, usize)> {
    let row_of = |rows: (Option<usize>, Option<usize>)| if after { rows.1 } else { rows.0 };
    let moved: BTreeMap<usize, (bool, bool)> =
        category.movers.iter().filter_map(|mover| Some((row_of(mover.rows)?, mover.listed))).collect();
    let id = if after { category.ids.1 } else { category.ids.0 };
    let part = |row: usize| {
        let stays = id.is_some_and(|id| decided.side.run.is_listed(id, row));
        match moved.get(&row).copied().unwrap_or((stays, stays)) {
            (true, true) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (false, false) => 3,
        }
    };
    (0..decided.side.run.schools).map(|row| (row, part(row))).collect()
}

/// Where a condition changes its mind, and whether the value itself belongs to what lies below.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    value: Number,
    with_below: bool,
}

fn thresholds(judgement: &Judgement<'_>, condition: ExprId) -> Vec<Mark> {
    let mark = |value: Option<Value>, with_below: bool| match value {
        Some(Value::Number(value)) => Some(Mark { value, with_below }),
        _ => None,
    };
    if let Some(ExprKind::Between { low, high, .. }) = judgement.rules.expr(condition).map(|e| &e.kind) {
        let ends = [mark(judgement.constant(*low), false), mark(judgement.constant(*high), true)];
        return ends.into_iter().flatten().collect();
    }
    match Threshold::of(judgement, condition) {
        Threshold::Same { operator, value, .. } => {
            let with_below = matches!(operator, CompareOp::AtMost | CompareOp::More);
            mark(Some(value), with_below).into_iter().collect()
        }
        Threshold::Cut { highest, cut_offs, .. } => {
            let mut marks: Vec<Mark> = Vec::new();
            for value in cut_offs.into_iter().flatten() {
                let mark = Mark { value, with_below: !highest };
                if !marks.contains(&mark) {
                    marks.push(mark);
                }
            }
            marks
        }
        Threshold::PerRow { .. } | Threshold::None => Vec::new(),
    }
}

/// Lays one value out along its line.
struct Painter<'a> {
    number: &'a str,
    name: String,
    unit: &'a Unit,
    marks: (Vec<Mark>, Vec<Mark>),
    speaker: &'a Speaker,
}

/// Columns of the same width from the first value on, in the scale in which the unit is shown.
struct Grid {
    start: Number,
    step: Number,
    columns: usize,
    /// Every value is a whole number and has a column of its own.
    single: bool,
}

impl Painter<'_> {
    fn spread(&self, values: &[(Number, usize)]) -> Option<(Spread, Table)> {
        let factor = Number::from_integer(self.unit.shown_factor());
        let scaled = |value: &Number| value.multiply(&factor);
        let marks = self.marks.0.iter().chain(&self.marks.1).map(|mark| &mark.value);
        let all: Vec<Number> = values.iter().map(|(value, _)| value).chain(marks).map(scaled).collect();
        let grid = Grid::over(&all)?;
        let mut columns = vec![[0usize; 4]; grid.columns];
        for (value, part) in values {
            let at = grid.column(&scaled(value))?;
            if let Some(slot) = columns.get_mut(at).and_then(|column| column.get_mut(*part)) {
                *slot += 1;
            }
        }
        let lines = |marks: &[Mark], before: bool| -> Vec<Line> {
            let place = |mark: &Mark| grid.place(&scaled(&mark.value), mark.with_below);
            marks.iter().filter_map(place).map(|place| Line { place, before }).collect()
        };
        let mut drawn = lines(&self.marks.0, true);
        drawn.extend(lines(&self.marks.1, false));
        let thresholds = [self.thresholds(&self.marks.0, &self.marks.1), self.thresholds(&self.marks.1, &self.marks.0)];
        let ends = [0, grid.columns].map(|at| self.edge(&grid.edge(at), &factor));
        let listed = |side: [usize; 2]| -> usize {
            columns.iter().map(|column| side.iter().filter_map(|part| column.get(*part)).sum::<usize>()).sum()
        };
        let or_none = |said: &String| text(if said.is_empty() { "none" } else { said.as_str() });
        let arguments = [
            ("schools", count(values.len())),
            ("low", text(ends[0].clone())),
            ("high", text(ends[1].clone())),
            ("before", or_none(&thresholds[0])),
            ("after", or_none(&thresholds[1])),
            ("listedbefore", count(listed([0, 2]))),
            ("listedafter", count(listed([0, 1]))),
        ];
        let names = ["compare-part-stayed", "compare-part-entered", "compare-part-left", "compare-part-neither"];
        let title = [("number", text(self.number)), ("name", text(self.name.as_str()))];
        let spread = Spread {
            title: self.speaker.say("compare-spread", &title),
            description: self.speaker.say("compare-spread-description", &arguments),
            parts: names.map(|id| self.speaker.word(id)),
            columns: columns.clone(),
            lines: drawn,
            thresholds: [
                captioned(&thresholds[0], |said| self.speaker.say("compare-line-before", &[("value", said)])),
                captioned(&thresholds[1], |said| self.speaker.say("compare-line-after", &[("value", said)])),
            ],
            ends,
        };
        Some((spread, self.table(&grid, &columns, &factor)))
    }

    /// The thresholds of one side in words, with digits that tell each from that of the other side.
    fn thresholds(&self, marks: &[Mark], others: &[Mark]) -> String {
        let said = |(at, mark): (usize, &Mark)| {
            let other = others.get(at).map(|other| &other.value).filter(|other| **other != mark.value);
            self.speaker.quantity(&mark.value, self.unit, other.map_or(Precision::Plain, Precision::Against))
        };
        marks.iter().enumerate().map(said).collect::<Vec<_>>().join("; ")
    }

    fn edge(&self, value: &Number, factor: &Number) -> String {
        let stored = value.divide(factor).unwrap_or_else(Number::zero);
        self.speaker.quantity(&stored, self.unit, Precision::Full)
    }

    /// The columns with schools, by the values that they stand for.
    fn table(&self, grid: &Grid, columns: &[[usize; 4]], factor: &Number) -> Table {
        let names = ["compare-part-stayed", "compare-part-entered", "compare-part-left", "compare-part-neither"];
        let mut headers = vec![Header::text(self.speaker.word("compare-head-value"))];
        headers.extend(names.map(|id| Header::number(self.speaker.word(id))));
        let filled = columns.iter().enumerate().filter(|(_, column)| column.iter().sum::<usize>() > 0);
        let row = |(at, column): (usize, &[usize; 4])| {
            let from = self.edge(&grid.edge(at), factor);
            let value = if grid.single {
                from
            } else {
                let to = self.edge(&grid.edge(at + 1), factor);
                self.speaker.say("compare-interval", &[("from", text(from)), ("to", text(to))])
            };
            let mut cells = vec![Piece::plain(value)];
            cells.extend(column.iter().map(|schools| number(*schools)));
            cells
        };
        Table { title: String::new(), headers, rows: filled.map(row).collect() }
    }
}

impl Grid {
    /// `None`: there are no values, or they lie too far apart.
    fn over(values: &[Number]) -> Option<Grid> {
        let (low, high) = (values.iter().min()?, values.iter().max()?);
        let whole = values.iter().all(Number::is_integer);
        let width = high.subtract(low);
        let most = Number::from_integer(COLUMNS);
        // 1, 2, 5, 10, 20, … and their decimal parts: the first that is wide enough
        let steps = (-9..=15i32).flat_map(|power| [1, 2, 5].map(|digit| (digit, power)));
        let mut steps = steps.filter_map(|(digit, power)| {
            let ten = 10i128.checked_pow(power.unsigned_abs())?;
            if power < 0 { Number::ratio(digit, ten) } else { Number::ratio(digit.checked_mul(ten)?, 1) }
        });
        let one = Number::one();
        let step = steps.find(|step| step.multiply(&most) >= width && (!whole || *step >= one))?;
        let start = floor(low, &step)?.multiply(&step);
        let columns = usize::try_from(floor(&high.subtract(&start), &step)?.to_integer()?).ok()? + 1;
        let single = whole && step == one;
        Some(Grid { start, step, columns, single })
    }

    fn column(&self, value: &Number) -> Option<usize> {
        usize::try_from(floor(&value.subtract(&self.start), &self.step)?.to_integer()?).ok()
    }

    fn edge(&self, at: usize) -> Number {
        let at = Number::from_integer(i64::try_from(at).unwrap_or(i64::MAX));
        self.start.add(&self.step.multiply(&at))
    }

    /// From 0 to [`Spread::WIDTH`]. Between whole numbers a threshold stands on the side of its own column that it divides.
    fn place(&self, value: &Number, with_below: bool) -> Option<u32> {
        let value = if self.single && with_below { value.add(&Number::one()) } else { value.clone() };
        let columns = Number::from_integer(i64::try_from(self.columns).ok()?);
        let whole = self.step.multiply(&columns);
        let width = Number::from_integer(i64::from(Spread::WIDTH));
        let part = value.subtract(&self.start).divide(&whole)?.multiply(&width);
        let place = u32::try_from(round_to_scale(&part, 0, Rounding::HalfUp)).ok()?;
        Some(place.min(Spread::WIDTH))
    }
}

fn captioned(said: &str, caption: impl Fn(Argument) -> String) -> String {
    if said.is_empty() { String::new() } else { caption(text(said)) }
}

/// The whole number of steps in a value, rounded down.
fn floor(value: &Number, step: &Number) -> Option<Number> {
    round_to_multiple(value, step, Rounding::Down)?.divide(step)
}

#[cfg(test)]
mod tests {
    use super::Grid;
    use crate::number::Number;
    use crate::report::picture::Spread;

    fn numbers(values: &[i64], divisor: i128) -> Vec<Number> {
        values.iter().map(|value| Number::ratio(i128::from(*value), divisor).unwrap()).collect()
    }

    #[test]
    fn whole_numbers_close_together_have_a_column_each() {
        let grid = Grid::over(&numbers(&[3, 7, 5], 1)).unwrap();
        assert!(grid.single);
        assert_eq!((grid.columns, grid.column(&Number::from_integer(7))), (5, Some(4)));
        // at least 5: between 4 and 5; at most 5: between 5 and 6
        let five = Number::from_integer(5);
        assert_eq!(grid.place(&five, false), Some(Spread::WIDTH * 2 / 5));
        assert_eq!(grid.place(&five, true), Some(Spread::WIDTH * 3 / 5));
    }

    #[test]
    fn columns_begin_at_round_values() {
        // 41.3 … 88.9 with at most thirty columns: two each
        let grid = Grid::over(&numbers(&[413, 889], 10)).unwrap();
        assert_eq!((&grid.start, &grid.step), (&Number::from_integer(40), &Number::from_integer(2)));
        assert_eq!(grid.columns, 25);
        assert_eq!(grid.edge(1), Number::from_integer(42));
        assert_eq!(grid.column(&Number::ratio(419, 10).unwrap()), Some(0));
        assert_eq!(grid.column(&Number::from_integer(42)), Some(1));
    }

    #[test]
    fn one_value_and_negative_values_have_their_columns() {
        let one = Grid::over(&numbers(&[7], 1)).unwrap();
        assert_eq!((one.columns, one.column(&Number::from_integer(7))), (1, Some(0)));
        let grid = Grid::over(&numbers(&[-15, 15], 10)).unwrap();
        assert_eq!(grid.column(&Number::ratio(-15, 10).unwrap()), Some(0));
        assert!(Grid::over(&[]).is_none());
    }
}
