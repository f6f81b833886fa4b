//! Reading single values and the rows behind them off a run.

use crate::data::dataset::Dataset;
use crate::decision::{RowColumn, Run, StepColumn};
use crate::model::RuleSet;
use crate::model::expr::{AggregateTo, ExprId, ExprKind};
use crate::plan::Plan;
use crate::value::{Reasons, Truth, Value};

/// One row behind an aggregate.
#[derive(Debug, Clone)]
pub struct TracedRow {
    pub row: usize,
    pub role: RowRole,
    pub value: Value,
    pub weight: Option<Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    Taken,
    NotMatching,
    Undecided(Reasons),
    Absent(Reasons),
    Suppressed,
    OutsideWindow,
}

/// The value of an expression at a row of its grain.
pub fn value(run: &Run, plan: &Plan, expr: ExprId, row: usize) -> Value {
    let column = plan.of_expr.get(expr.index()).and_then(|step| run.columns.get(step.index()));
    match column {
        Some(StepColumn::Constant(value)) => value.clone(),
        Some(StepColumn::Rows(RowColumn::Numbers { values, absent })) => {
            let reasons = Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0));
            if reasons.is_none() {
                values.get(row).map_or(Value::Absent(Reasons::MISSING), Value::Number)
            } else {
                Value::Absent(reasons)
            }
        }
        Some(StepColumn::Rows(RowColumn::Texts { values, absent })) => {
            let reasons = Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0));
            if reasons.is_none() { Value::Text(values.get(row).into()) } else { Value::Absent(reasons) }
        }
        Some(StepColumn::Rows(RowColumn::Truths(truths))) => {
            Value::Truth(Truth(truths.get(row).copied().unwrap_or(0x80 | Reasons::MISSING.0)))
        }
        Some(StepColumn::Rows(RowColumn::Data(column))) => column.value(row),
        Some(StepColumn::Dropped) | None => Value::Absent(Reasons::MISSING),
    }
}

/// The rows behind one value of an aggregate.
pub fn rows(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, expr: ExprId, row: usize) -> Vec<TracedRow> {
    let Some(ExprKind::Aggregate(aggregate)) = rules.expr(expr).map(|e| &e.kind) else { return Vec::new() };
    let AggregateTo::Parent { links, .. } = &aggregate.to else { return Vec::new() };
    let Some(link) = links.first() else { return Vec::new() };
    let Some(column) = data.column(aggregate.rows, *link) else { return Vec::new() };
    let crate::data::dataset::Values::Links { rows, .. } = &column.values else { return Vec::new() };
    let mut traced = Vec::new();
    for (at, parent) in rows.iter().enumerate() {
        if usize::try_from(*parent) != Ok(row) {
            continue;
        }
        let value_of = |e: ExprId| value(run, plan, e, at);
        let own = aggregate.value.map_or(Value::Truth(Truth::TRUE), value_of);
        let filter = aggregate.filter.map_or(Value::Truth(Truth::TRUE), value_of);
        let role = match (&filter, &own) {
            (Value::Truth(t), _) if t.is_false() => RowRole::NotMatching,
            (Value::Truth(t), _) if t.is_unknown() => RowRole::Undecided(t.reasons()),
            (_, Value::Absent(reasons)) => RowRole::Absent(*reasons),
            _ => RowRole::Taken,
        };
        traced.push(TracedRow { row: at, role, value: own, weight: aggregate.weight.map(value_of) });
    }
    traced
}
