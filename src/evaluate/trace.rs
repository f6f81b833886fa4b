//! Reading a finished run for one row: values, the rows behind an aggregate, places in a rank, shares in an index.
//!
//! Reads the columns that the evaluation left and the same selection of rows; computes no decision a second time.

use std::sync::Arc;

use super::frame::{Frame, Numbers};
use super::{Shared, strata::Groups};
use crate::data::dataset::{Column, Dataset, Values};
use crate::decision::{RowColumn, Run, StepColumn, StepId};
use crate::model::RuleSet;
use crate::model::expr::{ExprId, Grain};
use crate::number::Number;
use crate::plan::{Plan, StepKind, Target, TiesStep};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Value};

pub use super::entries::Entry;
pub use super::indices::{ComponentShare, Shares};
pub use super::quantifiers::{Counts, Limit};
pub use super::rows::RowRole;

/// One row behind an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct TracedRow {
    /// Row of the aggregated table.
    pub row: usize,
    pub role: RowRole,
    pub value: Value,
    pub weight: Option<Value>,
}

/// Where a row stands in a rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Places from the side of the cut; equal values share them.
    pub first: usize,
    pub last: usize,
    /// Rows ranked.
    pub size: usize,
    /// Nearest selected row to the cut and nearest not selected one.
    pub last_inside: Option<usize>,
    pub first_outside: Option<usize>,
    /// Position of the stratum in the facts of the cut.
    pub stratum: usize,
}

/// One row of a column as a value.
pub fn read(column: &StepColumn, row: usize) -> Value {
    let absent =
        |absent: &Option<Arc<Vec<u8>>>| Reasons(absent.as_ref().and_then(|a| a.get(row)).copied().unwrap_or(0));
    match column {
        StepColumn::Constant(value) => value.clone(),
        StepColumn::Dropped => Value::Absent(Reasons::MISSING),
        StepColumn::Rows(RowColumn::Numbers { values, absent: marks }) => match absent(marks) {
            Reasons::NONE => values.get(row).map_or(Value::Absent(Reasons::MISSING), Value::Number),
            reasons => Value::Absent(reasons),
        },
        StepColumn::Rows(RowColumn::Texts { values, absent: marks }) => match absent(marks) {
            Reasons::NONE => Value::Text(Arc::from(values.get(row))),
            reasons => Value::Absent(reasons),
        },
        StepColumn::Rows(RowColumn::Truths(truths)) => match truths.get(row).map(|t| Truth(*t)) {
            Some(truth) if !truth.is_unknown() => Value::Truth(truth),
            Some(truth) => Value::Absent(truth.reasons()),
            None => Value::Absent(Reasons::MISSING),
        },
        StepColumn::Rows(RowColumn::Data(column)) => data_value(column, row),
    }
}

fn data_value(column: &Column, row: usize) -> Value {
    match &column.values {
        Values::Links { keys: None, .. } => Value::Absent(Reasons::MISSING),
        _ => column.value(row),
    }
}

/// The value of an expression for one row of its grain.
pub fn value(run: &Run, plan: &Plan, expr: ExprId, row: usize) -> Value {
    let step = plan.step_of(expr);
    let Some(column) = step.and_then(|step| run.columns.get(step.index())) else {
        return Value::Absent(Reasons::MISSING);
    };
    let open = step.and_then(|step| run.open.get(&step));
    open.map_or_else(|| read(column, row), |open| open.bounds(read(column, row), row))
}

/// The truth of an expression for one row.
pub fn truth(run: &Run, plan: &Plan, expr: ExprId, row: usize) -> Truth {
    match value(run, plan, expr, row) {
        Value::Truth(truth) => truth,
        Value::Absent(reasons) => Truth::unknown(reasons),
        _ => Truth::unknown(Reasons::INVALID),
    }
}

fn frame<'a>(rules: &'a RuleSet, plan: &'a Plan, dataset: &'a Dataset, run: &'a Run, shared: &'a Shared) -> Frame<'a> {
    Frame { rules, plan, dataset, columns: &run.columns, shared }
}

/// The most rows that are listed for one value.
pub const MOST_ROWS: usize = 100_000;

/// The rows behind one value of an aggregate, in the order of the table. Rows of other schools are not listed.
pub fn rows(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, expr: ExprId, row: usize) -> Vec<TracedRow> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let Some(StepKind::Aggregate(aggregate)) = plan.step_of(expr).and_then(|s| plan.step(s)).map(|s| &s.kind) else {
        return Vec::new();
    };
    let count = frame.rows_of(aggregate.rows);
    let (groups, wanted): (Groups, Option<usize>) = match &aggregate.to {
        Target::Parent { table, links } => (frame.parents(aggregate.rows, *table, links), Some(row)),
        Target::All => (Groups { of_row: None, count: 1 }, Some(0)),
        Target::Strata { keys, .. } => {
            let groups = frame.strata(keys, count).0;
            let wanted = groups.get(row);
            (groups, wanted)
        }
    };
    let Some(wanted) = wanted else {
        return Vec::new();
    };
    let selection = frame.selection(aggregate);
    let value = |step: Option<StepId>, at: usize| step.map(|step| frame.value(step, at));
    (0..count)
        .filter(|at| groups.get(*at) == Some(wanted))
        .take(MOST_ROWS)
        .map(|at| TracedRow {
            row: at,
            role: selection.role(at),
            value: value(aggregate.value.or(aggregate.share_of), at).unwrap_or(Value::Truth(Truth::TRUE)),
            weight: value(aggregate.weight, at),
        })
        .collect()
}

/// The group of each row (`u32::MAX`: none) that a step takes together, and whether the row counts in it.
#[derive(Debug, Clone)]
pub struct Grouped {
    pub table: TableId,
    pub of_row: Vec<u32>,
    pub counts: Vec<bool>,
}

/// The groups of an aggregate, a scale or a selection; `None` for other steps.
pub fn grouped(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, id: StepId) -> Option<Grouped> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let step = plan.step(id)?;
    let of_rows = |groups: &Groups, count: usize| -> Vec<u32> {
        (0..count).map(|row| groups.get(row).and_then(|g| u32::try_from(g).ok()).unwrap_or(u32::MAX)).collect()
    };
    match &step.kind {
        StepKind::Aggregate(aggregate) => {
            let count = frame.rows_of(aggregate.rows);
            let groups = match &aggregate.to {
                Target::Parent { table, links } => frame.parents(aggregate.rows, *table, links),
                Target::All => Groups { of_row: None, count: 1 },
                Target::Strata { keys, .. } => frame.strata(keys, count).0,
            };
            let selection = frame.selection(aggregate);
            let counts = (0..count).map(|row| selection.role(row) == RowRole::Taken).collect();
            Some(Grouped { table: aggregate.rows, of_row: of_rows(&groups, count), counts })
        }
        StepKind::Normalise(normalise) => {
            let Grain::Row(table) = step.grain else { return None };
            let count = frame.rows_of(table);
            let groups = frame.strata(&normalise.within, count).0;
            let (value, among) = (frame.numbers(normalise.value), normalise.among.map(|id| frame.truths(id)));
            let inside = |row: usize| among.as_ref().is_none_or(|a| a.get(row).is_true());
            let counts = (0..count).map(|row| inside(row) && value.absence(row).is_none()).collect();
            Some(Grouped { table, of_row: of_rows(&groups, count), counts })
        }
        StepKind::Cut(cut) => {
            let Grain::Row(table) = step.grain else { return None };
            let count = frame.rows_of(table);
            let of_row = match run.facts.get(id.index()) {
                Some(crate::decision::Facts::Cut(facts)) => match &facts.strata.of_row {
                    Some(of_row) => of_row.as_ref().clone(),
                    None => vec![0; count],
                },
                _ => return None,
            };
            let (value, among) = (frame.numbers(cut.value), cut.among.map(|id| frame.truths(id)));
            let inside = |row: usize| among.as_ref().is_none_or(|a| a.get(row).is_true());
            let counts = (0..count).map(|row| inside(row) && value.absence(row).is_none()).collect();
            Some(Grouped { table, of_row, counts })
        }
        _ => None,
    }
}

/// The rows of the table behind a link, row by row (`u32::MAX`: none).
pub fn linked(dataset: &Dataset, table: TableId, link: ColumnId) -> Option<Arc<Vec<u32>>> {
    match &dataset.column(table, link)?.values {
        Values::Links { rows, .. } => Some(Arc::clone(rows)),
        _ => None,
    }
}

/// The shares of the components of an index for one school.
pub fn shares(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, expr: ExprId, row: usize) -> Option<Shares> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let step = plan.step_of(expr).and_then(|s| plan.step(s))?;
    match &step.kind {
        StepKind::IndexValue { index, components, among } => {
            Some(frame.shares(*index, components, *among, row, frame.rows(step)))
        }
        _ => None,
    }
}

/// How many of several conditions hold for one row, and the bound they are held against.
pub fn counts(
    rules: &RuleSet,
    plan: &Plan,
    dataset: &Dataset,
    run: &Run,
    expr: ExprId,
    row: usize,
) -> Option<(Counts, Limit)> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let step = plan.step_of(expr).and_then(|s| plan.step(s))?;
    let StepKind::Quantified { bound, applicable, items } = &step.kind else {
        return None;
    };
    let mut counts = Counts::default();
    for item in items {
        counts.add(frame.truths(*item).get(row), *applicable);
    }
    Some((counts, frame.limit(bound)))
}

/// Where a row stands in a rank; `None` when it is not ranked.
pub fn standing(
    rules: &RuleSet,
    plan: &Plan,
    dataset: &Dataset,
    run: &Run,
    expr: ExprId,
    row: usize,
) -> Option<Standing> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let id = cut_step(plan, expr)?;
    let step = plan.step(id)?;
    let StepKind::Cut(cut) = &step.kind else {
        return None;
    };
    let rows = frame.rows(step);
    let Numbers::Rows(column, absent) = frame.numbers(cut.value) else {
        return None;
    };
    let facts = match run.facts.get(id.index()) {
        Some(crate::decision::Facts::Cut(facts)) => facts,
        _ => return None,
    };
    let stratum = |at: usize| match &facts.strata.of_row {
        None => Some(0),
        Some(of_row) => of_row.get(at).and_then(|s| if *s == u32::MAX { None } else { usize::try_from(*s).ok() }),
    };
    let own = stratum(row)?;
    let among = cut.among.map(|id| frame.truths(id));
    let selected = frame.truths(id);
    let ranked = |at: usize| {
        stratum(at) == Some(own)
            && among.as_ref().is_none_or(|a| a.get(at).is_true())
            && super::frame::absence(&absent, at).is_none()
    };
    if !ranked(row) {
        return None;
    }
    let order = |a: usize, b: usize| {
        let order = crate::number::comparison::compare_rows(&column, a, b);
        if cut.highest { order.reverse() } else { order }
    };
    let (mut before, mut equal) = (0usize, 0usize);
    let (mut last_inside, mut first_outside): (Option<usize>, Option<usize>) = (None, None);
    let mut size = 0;
    for at in (0..rows).filter(|at| ranked(*at)) {
        size += 1;
        match order(at, row) {
            std::cmp::Ordering::Less => before += 1,
            std::cmp::Ordering::Equal => equal += 1,
            std::cmp::Ordering::Greater => {}
        }
        if selected.get(at).is_true() {
            if last_inside.is_none_or(|best| order(at, best).is_gt()) {
                last_inside = Some(at);
            }
        } else if first_outside.is_none_or(|best| order(at, best).is_lt()) {
            first_outside = Some(at);
        }
    }
    Some(Standing { first: before + 1, last: before + equal, size, last_inside, first_outside, stratum: own })
}

/// What it takes for each row of a selection to be selected; `None`: it is not selected whatever the quota is.
pub fn entries(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, id: StepId) -> Option<Vec<Option<Entry>>> {
    let shared = Shared::of(run);
    let frame = frame(rules, plan, dataset, run, &shared);
    let step = plan.step(id)?;
    let StepKind::Cut(cut) = &step.kind else { return None };
    Some(frame.entries(cut, frame.rows(step)))
}

/// The cut behind a condition, also where the condition is its negation.
pub fn cut_step(plan: &Plan, expr: ExprId) -> Option<StepId> {
    let id = plan.step_of(expr)?;
    match &plan.step(id)?.kind {
        StepKind::Cut(_) => Some(id),
        StepKind::Not(inner) if matches!(plan.step(*inner)?.kind, StepKind::Cut(_)) => Some(*inner),
        _ => None,
    }
}

/// Rows on the cut in the order in which the selection takes them in; rows that its keys leave equal stay as they are.
pub fn in_order_of_ties(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, expr: ExprId, rows: &mut [usize]) {
    let Some(StepKind::Cut(cut)) = cut_step(plan, expr).and_then(|id| plan.step(id)).map(|step| &step.kind) else {
        return;
    };
    if let TiesStep::BreakBy(by) = &cut.ties {
        let shared = Shared::of(run);
        let frame = frame(rules, plan, dataset, run, &shared);
        rows.sort_by(|a, b| frame.tie_order(by, *a, *b));
    }
}

/// The exact number of an expression for one row.
pub fn number(run: &Run, plan: &Plan, expr: ExprId, row: usize) -> Option<Number> {
    match value(run, plan, expr, row) {
        Value::Number(number) => Some(number),
        _ => None,
    }
}
