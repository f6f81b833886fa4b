//! Comparisons and selections inside conditions, and the schools that stand exactly on a threshold.

use std::cmp::Ordering;

use super::reading::Reading;
use crate::decision::StepColumn;
use crate::model::expr::{CompareOp, ExprId, ExprKind};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::value::{Type, Value};

const MOST_DEPTH: usize = 200;

/// A comparison of numbers at the grain of the schools.
pub(super) struct Threshold {
    /// The comparison, or the range it is an end of.
    pub expr: ExprId,
    pub operator: CompareOp,
    pub value: ExprId,
    pub threshold: ExprId,
    /// Ways down to it: it decides where every guard of one of them holds.
    ways: Vec<Vec<Guard>>,
}

/// What must hold of another condition for this one to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guard {
    True(ExprId),
    False(ExprId),
    /// The other parts of an «and» leave it open.
    NotFalse(ExprId),
    /// The other parts of an «or» leave it open.
    NotTrue(ExprId),
}

/// The guards on the way to a part of a condition.
#[derive(Default)]
struct Way {
    guards: Vec<Guard>,
    depth: usize,
}

impl Threshold {
    fn new(expr: ExprId, operator: CompareOp, value: ExprId, threshold: ExprId, way: &Way) -> Threshold {
        Threshold { expr, operator, value, threshold, ways: vec![way.guards.clone()] }
    }
}

/// A comparison that is there already is reached on one more way.
fn add(thresholds: &mut Vec<Threshold>, found: Threshold) {
    let known = thresholds.iter_mut().find(|t| (t.expr, t.threshold) == (found.expr, found.threshold));
    match known {
        Some(known) => known.ways.extend(found.ways),
        None => thresholds.push(found),
    }
}

impl Reading<'_> {
    /// The comparisons (but not those for equality) and selections that a condition is made of.
    pub(super) fn parts_of_condition(&self, expr: ExprId) -> (Vec<Threshold>, Vec<ExprId>) {
        let (mut thresholds, mut cuts) = (Vec::new(), Vec::new());
        self.collect(expr, &mut thresholds, &mut cuts, &mut Way::default());
        (thresholds, cuts)
    }

    fn collect(&self, expr: ExprId, thresholds: &mut Vec<Threshold>, cuts: &mut Vec<ExprId>, way: &mut Way) {
        let Some(found) = self.expr(expr).filter(|_| way.depth < MOST_DEPTH) else { return };
        let mut below: Vec<(ExprId, Vec<Guard>)> = Vec::new();
        let others = |of: &[ExprId], own: usize, guard: fn(ExprId) -> Guard| -> Vec<Guard> {
            of.iter().enumerate().filter(|(at, _)| *at != own).map(|(_, other)| guard(*other)).collect()
        };
        let is_number = |value: &ExprId| matches!(self.ty(*value), Type::Number(_));
        match &found.kind {
            ExprKind::Compare(CompareOp::Equal | CompareOp::NotEqual, ..) => {}
            ExprKind::Compare(operator, value, threshold) if is_number(value) => {
                add(thresholds, Threshold::new(expr, *operator, *value, *threshold, way));
            }
            ExprKind::Between { value, low, high, .. } if is_number(value) => {
                for (operator, threshold) in [(CompareOp::AtLeast, *low), (CompareOp::AtMost, *high)] {
                    add(thresholds, Threshold::new(expr, operator, *value, threshold, way));
                }
            }
            ExprKind::InCut(_) if !cuts.contains(&expr) => {
                cuts.push(expr);
            }
            ExprKind::And(of) => {
                below.extend(of.iter().enumerate().map(|(at, part)| (*part, others(of, at, Guard::NotFalse))));
            }
            ExprKind::Or(of) => {
                below.extend(of.iter().enumerate().map(|(at, part)| (*part, others(of, at, Guard::NotTrue))));
            }
            ExprKind::Not(of) => below.push((*of, Vec::new())),
            ExprKind::Quantified { items, .. } => below.extend(items.iter().map(|item| (*item, Vec::new()))),
            ExprKind::If { branches, otherwise } => {
                let mut before: Vec<Guard> = Vec::new();
                for (condition, value) in branches {
                    below.push((*condition, before.clone()));
                    let mut taken = before.clone();
                    taken.push(Guard::True(*condition));
                    below.push((*value, taken));
                    before.push(Guard::False(*condition));
                }
                below.push((*otherwise, before));
            }
            ExprKind::AbsentWhen { value, when, .. } => {
                below.push((*value, vec![Guard::False(*when)]));
                below.push((*when, Vec::new()));
            }
            ExprKind::Fallback { first, second } => below.extend([(*first, Vec::new()), (*second, Vec::new())]),
            ExprKind::Years { years, .. } => below.extend(years.iter().map(|(_, e)| (*e, Vec::new()))),
            _ => {}
        }
        let so_far = way.guards.len();
        way.depth += 1;
        for (part, guards) in below {
            way.guards.extend(guards);
            self.collect(part, thresholds, cuts, way);
            way.guards.truncate(so_far);
        }
        way.depth -= 1;
    }

    /// Whether the comparison could decide for a row.
    fn is_asked(&self, threshold: &Threshold, row: usize) -> bool {
        let holds = |guard: &Guard| match guard {
            Guard::True(expr) => self.truth(*expr, row).is_true(),
            Guard::False(expr) => self.truth(*expr, row).is_false(),
            Guard::NotFalse(expr) => !self.truth(*expr, row).is_false(),
            Guard::NotTrue(expr) => !self.truth(*expr, row).is_true(),
        };
        threshold.ways.iter().any(|way| way.iter().all(holds))
    }

    /// Rows whose value equals the threshold and for which the comparison could decide.
    pub(super) fn rows_on(&self, threshold: &Threshold) -> Vec<usize> {
        let mut rows = self.equal_rows(threshold);
        rows.retain(|row| self.is_asked(threshold, *row));
        rows
    }

    fn equal_rows(&self, threshold: &Threshold) -> Vec<usize> {
        let rows = 0..self.run.schools;
        if let (Some((column, absent)), Some(StepColumn::Constant(constant))) =
            (self.numbers(threshold.value), self.column(threshold.threshold))
        {
            let Value::Number(constant) = constant else { return Vec::new() };
            let present = |row: &usize| absent.and_then(|a| a.get(*row)).copied().unwrap_or(0) == 0;
            return rows.filter(present).filter(|row| is_equal(column, *row, constant)).collect();
        }
        let equal = |row: &usize| match (self.number(threshold.value, *row), self.number(threshold.threshold, *row)) {
            (Some(a), Some(b)) => a.cmp(&b) == Ordering::Equal,
            _ => false,
        };
        rows.filter(equal).collect()
    }
}

/// Whether one row of a column is this number, in whole numbers where they fit.
fn is_equal(column: &NumberColumn, row: usize, number: &Number) -> bool {
    let parts = match column {
        NumberColumn::Shared { values, denominator } => {
            values.get(row).map(|v| (i128::from(v), i128::from(*denominator)))
        }
        NumberColumn::Ratio { numerators, denominators } => {
            numerators.get(row).copied().zip(denominators.get(row).copied())
        }
        NumberColumn::Big(_) => None,
    };
    let crossed =
        parts.zip(number.to_ratio()).and_then(|((a, b), (p, q))| Some((a.checked_mul(q)?, b.checked_mul(p)?)));
    match crossed {
        Some((left, right)) => left == right,
        None => column.get(row).as_ref() == Some(number),
    }
}
