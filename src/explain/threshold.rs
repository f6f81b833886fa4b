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
}

impl Reading<'_> {
    /// The comparisons (but not those for equality) and selections that a condition is made of.
    pub(super) fn parts_of_condition(&self, expr: ExprId) -> (Vec<Threshold>, Vec<ExprId>) {
        let (mut thresholds, mut cuts) = (Vec::new(), Vec::new());
        self.collect(expr, &mut thresholds, &mut cuts, 0);
        (thresholds, cuts)
    }

    fn collect(&self, expr: ExprId, thresholds: &mut Vec<Threshold>, cuts: &mut Vec<ExprId>, depth: usize) {
        let Some(found) = self.expr(expr).filter(|_| depth < MOST_DEPTH) else { return };
        let mut below: Vec<ExprId> = Vec::new();
        match &found.kind {
            ExprKind::Compare(CompareOp::Equal | CompareOp::NotEqual, ..) => {}
            ExprKind::Compare(operator, value, threshold)
                if matches!(self.ty(*value), Type::Number(_)) && !thresholds.iter().any(|t| t.expr == expr) =>
            {
                thresholds.push(Threshold { expr, operator: *operator, value: *value, threshold: *threshold });
            }
            ExprKind::Between { value, low, high, .. }
                if matches!(self.ty(*value), Type::Number(_)) && !thresholds.iter().any(|t| t.expr == expr) =>
            {
                for (operator, threshold) in [(CompareOp::AtLeast, *low), (CompareOp::AtMost, *high)] {
                    thresholds.push(Threshold { expr, operator, value: *value, threshold });
                }
            }
            ExprKind::InCut(_) if !cuts.contains(&expr) => {
                cuts.push(expr);
            }
            ExprKind::And(of) | ExprKind::Or(of) => below.extend(of),
            ExprKind::Not(of) => below.push(*of),
            ExprKind::Quantified { items, .. } => below.extend(items),
            ExprKind::If { branches, otherwise } => {
                below.extend(branches.iter().flat_map(|(c, v)| [*c, *v]));
                below.push(*otherwise);
            }
            ExprKind::AbsentWhen { value, when, .. } => below.extend([*value, *when]),
            ExprKind::Fallback { first, second } => below.extend([*first, *second]),
            ExprKind::Years { years, .. } => below.extend(years.iter().map(|(_, e)| *e)),
            _ => {}
        }
        for part in below {
            self.collect(part, thresholds, cuts, depth + 1);
        }
    }

    /// Rows whose value equals the threshold.
    pub(super) fn rows_on(&self, threshold: &Threshold) -> Vec<usize> {
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
