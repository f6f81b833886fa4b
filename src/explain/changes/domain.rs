//! The values that a cell can have, and which of them are tried.
//!
//! As many digits as values of the same scale have. Percentages go from 0 to 100, marks from 2 to 5, a part of a whole from 0
//! to the whole; points as far as those on the same scale, to the next round number on either side; everything else from 0
//! (or below, where there are such values) to the next round number above the largest.

use std::collections::BTreeSet;

use super::super::condition::InputCell;
use super::super::reading::Reading;
use crate::data::dataset::{Column, Values};
use crate::model::expr::{ArithmeticOp, ExprId, ExprKind};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Unit, Value};

/// Numbers of the rules that are tried for one cell.
const MOST_BREAKS: usize = 12;

/// `step · k` for every whole `k` from `low` to `high`.
#[derive(Debug, Clone)]
pub(in super::super) struct Domain {
    step: Number,
    pub low: i64,
    pub high: i64,
    unit: Unit,
    /// The values that the column has on the same scale, in order.
    present: Vec<i64>,
}

/// Columns of one table of which the first is a part of the second, as the rules say.
pub(in super::super) fn shares(reading: &Reading<'_>) -> BTreeSet<(TableId, ColumnId, ColumnId)> {
    let column = |id: ExprId| {
        let mut id = id;
        loop {
            match &reading.expr(id)?.kind {
                ExprKind::Column(table, column) => return Some((*table, *column)),
                ExprKind::Follow { inner, .. } => id = *inner,
                _ => return None,
            }
        }
    };
    let percent = Type::Number(Unit::Percent);
    let share = |expr: &crate::model::expr::Expr| match expr.kind {
        // a quotient is a percentage only where the rules take the share of one value in another
        ExprKind::Arithmetic(ArithmeticOp::Divide, part, whole) if expr.ty == percent => {
            let ((table, part_column), (of, whole_column)) = (column(part)?, column(whole)?);
            (table == of && reading.ty(part) == reading.ty(whole) && reading.ty(part) != percent).then_some((
                table,
                part_column,
                whole_column,
            ))
        }
        _ => None,
    };
    reading.rules.exprs.iter().filter_map(share).collect()
}

impl Domain {
    /// `None`: no numbers, or years.
    pub fn of(
        reading: &Reading<'_>,
        cell: &InputCell,
        shares: &BTreeSet<(TableId, ColumnId, ColumnId)>,
    ) -> Option<Domain> {
        let column = reading.data.column(cell.table, cell.column)?;
        let scales = &reading.rules.schema.column(cell.table, cell.column)?.scale_by;
        let scales: Vec<&Column> = scales.iter().filter_map(|s| reading.data.column(cell.table, *s)).collect();
        let own: Vec<Value> = scales.iter().map(|scale| scale.value(cell.row)).collect();
        let same_scale = |row: usize| scales.iter().zip(&own).all(|(scale, own)| scale.value(row) == *own);
        let (Values::Numbers(NumberColumn::Shared { values, denominator }), Type::Number(unit)) =
            (&column.values, &cell.ty)
        else {
            return None;
        };
        let rows = (0..values.len()).filter(|row| column.absence(*row).is_none() && same_scale(*row));
        let present: BTreeSet<i64> = rows.filter_map(|row| values.get(row)).collect();
        let (least, most) = (*present.first()?, *present.last()?);
        // no more digits than values of the scale have
        let whole = if *unit == Unit::Percent { 100 } else { 1 };
        let mut coarser: i64 = 1;
        while let Some(next) = coarser.checked_mul(10)
            && denominator.checked_rem(next.checked_mul(whole)?) == Some(0)
            && present.iter().all(|value| value.checked_rem(next) == Some(0))
        {
            coarser = next;
        }
        let in_steps = |value: i64| value.checked_div(coarser);
        let one = in_steps(*denominator)?;
        let (least, most) = (in_steps(least)?, in_steps(most)?);
        let (mut low, mut high) = match unit {
            Unit::Year => return None,
            Unit::Percent => (least.min(0), most.max(one)),
            Unit::Mark => (least.min(one.checked_mul(2)?), most.max(one.checked_mul(5)?)),
            Unit::Points(_) => (round_down(least)?, round_up(most)?),
            _ => (round_down(least.min(0))?, round_up(most)?),
        };
        let beside = |other: ColumnId| {
            let value = reading.data.column(cell.table, other)?.number(cell.row)?;
            value.multiply(&Number::from_integer(one)).to_integer()
        };
        for (_, part, whole) in shares.iter().filter(|(table, ..)| *table == cell.table) {
            if *part == cell.column
                && let Some(whole) = beside(*whole).filter(|whole| *whole > 0)
            {
                (low, high) = (low.max(0), whole);
            }
            if *whole == cell.column
                && let Some(part) = beside(*part)
            {
                low = low.max(part);
            }
        }
        // what stands there is possible
        if let Value::Number(now) = &cell.value {
            let now = now.multiply(&Number::from_integer(one)).to_integer()?;
            (low, high) = (low.min(now), high.max(now));
        }
        (low < high).then_some(Domain {
            step: Number::ratio(1, i128::from(one))?,
            low,
            high,
            unit: unit.clone(),
            present: present.into_iter().filter_map(in_steps).collect(),
        })
    }

    pub fn value(&self, at: i64) -> Value {
        Value::Number(self.number(at))
    }

    pub fn number(&self, at: i64) -> Number {
        self.step.multiply(&Number::from_integer(at))
    }

    /// Where a value stands.
    pub fn place(&self, value: &Value) -> Option<i64> {
        match value {
            Value::Number(number) => number.divide(&self.step)?.to_integer(),
            _ => None,
        }
    }

    pub fn bounds(&self) -> (Number, Number) {
        (self.number(self.low), self.number(self.high))
    }

    /// Whether so many points are all of them.
    pub fn is_within(&self, most: usize) -> bool {
        self.high.checked_sub(self.low).and_then(|n| usize::try_from(n).ok()).is_some_and(|n| n < most)
    }

    /// How large a change is: of percentages, marks and points a part of their range, of other values a part of the larger of the
    /// two.
    pub fn size(&self, from: i64, to: i64) -> Number {
        let way = Number::from_integer(to.saturating_sub(from)).absolute();
        let whole = match self.unit {
            Unit::Percent | Unit::PercentagePoint | Unit::Mark | Unit::Points(_) | Unit::Score => {
                self.high.saturating_sub(self.low)
            }
            _ => from.saturating_abs().max(to.saturating_abs()),
        };
        way.divide(&Number::from_integer(whole)).unwrap_or_else(Number::zero)
    }

    /// The places that are tried, in order: all when they are few; otherwise the ends and the first above the lowest, those
    /// around the numbers that stand in the rules, values of other rows, and around `from` closer and closer.
    pub fn points(&self, from: Option<i64>, breaks: &[(Unit, Number)], most: usize) -> Vec<i64> {
        if self.is_within(most) {
            return (self.low..=self.high).collect();
        }
        let mut points = BTreeSet::from([self.low, self.low.saturating_add(1), self.high]);
        let around = from.unwrap_or(self.low);
        let mut near: Vec<i64> = breaks
            .iter()
            .filter(|(unit, _)| fits(unit, &self.unit))
            .filter_map(|(_, number)| floor(&number.divide(&self.step)?))
            .collect();
        near.sort_by_key(|at| (at.abs_diff(around), *at));
        for at in near.into_iter().take(MOST_BREAKS.min(most / 6)) {
            points.extend([at.saturating_sub(1), at, at.saturating_add(1)]);
        }
        // each step away from where it is is so many times as long as the one before
        let left = (most.saturating_sub(points.len()) / 3).max(2);
        for end in [self.low, self.high] {
            let whole = end.abs_diff(around);
            let rounds = u32::try_from(left).unwrap_or(u32::MAX).min(63);
            let halvings = u64::BITS - whole.leading_zeros();
            let by = halvings.div_ceil(rounds).max(1);
            let mut way: u64 = 1;
            while way < whole {
                let signed = i64::try_from(way).unwrap_or(i64::MAX);
                points.insert(if end < around { around.saturating_sub(signed) } else { around.saturating_add(signed) });
                way = way.checked_shl(by).filter(|longer| *longer > way).unwrap_or(whole);
            }
        }
        let left = most.saturating_sub(points.len());
        let every = self.present.len().checked_div(left).map_or(usize::MAX, |n| n.saturating_add(1));
        points.extend(self.present.iter().copied().step_by(every));
        points.into_iter().filter(|at| (self.low..=self.high).contains(at)).collect()
    }
}

/// The numbers that stand in the rules, with their units.
pub(super) fn breaks(reading: &Reading<'_>) -> Vec<(Unit, Number)> {
    let mut found: Vec<(Unit, Number)> = Vec::new();
    for expr in &reading.rules.exprs {
        if let (ExprKind::Number(number), Type::Number(unit)) = (&expr.kind, &expr.ty) {
            let known = (unit.clone(), number.clone());
            if !found.contains(&known) {
                found.push(known);
            }
        }
    }
    found
}

/// Whether a number with one unit may be held against values with another.
fn fits(written: &Unit, of: &Unit) -> bool {
    written == of || *written == Unit::Number || matches!((written, of), (Unit::Points(None), Unit::Points(_)))
}

fn floor(number: &Number) -> Option<i64> {
    let (numerator, denominator) = number.to_ratio()?;
    i64::try_from(numerator.checked_div_euclid(denominator)?).ok()
}

/// The next number with one digit that is not zero, away from zero for positive numbers.
fn round_up(value: i64) -> Option<i64> {
    let mut unit: i64 = 1;
    while value.checked_abs()? >= unit.checked_mul(10)? {
        unit = unit.checked_mul(10)?;
    }
    let down = value.div_euclid(unit).checked_mul(unit)?;
    if down == value { Some(value) } else { down.checked_add(unit) }
}

fn round_down(value: i64) -> Option<i64> {
    round_up(value.checked_neg()?)?.checked_neg()
}
