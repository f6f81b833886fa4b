//! The same rules on data that changed a little: only what depends on the change is evaluated again.
//!
//! Gives what `evaluate` would give on the changed data; a test holds that.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::{Frame, Shared, done, levels};
use crate::data::dataset::Dataset;
use crate::decision::{Facts, Run, StepColumn, StepId};
use crate::model::RuleSet;
use crate::model::expr::Grain;
use crate::plan::{Plan, StepKind, Target, latest_year};
use crate::progress::Silent;
use crate::schema::{ColumnId, TableId};

/// What differs from the run before.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// Columns of the data that hold other values now; links among them are not supported.
    pub columns: Vec<(TableId, ColumnId)>,
    /// Steps that are taken to have these columns, whatever their inputs are.
    pub steps: Vec<(StepId, StepColumn)>,
}

/// The run on the changed data. `wanted`: only what these steps need is evaluated again, everything else is left as it
/// was; empty: everything.
pub fn again(rules: &RuleSet, plan: &Plan, dataset: &Dataset, before: &Run, change: &Change, wanted: &[StepId]) -> Run {
    let touched = touched(rules, plan, change);
    let needed = needed(plan, wanted);
    let fresh = |id: &StepId| touched.contains(id) && needed.as_ref().is_none_or(|needed| needed.contains(id));
    let mut run = before.clone();
    run.open.retain(|id, _| !fresh(id));
    let shared = Shared { open: Mutex::new(run.open), problems: Mutex::default() };
    let earlier = Shared::of(before);
    let old = Frame { rules, plan, dataset, columns: &before.columns, shared: &earlier };
    let old = Earlier { frame: old, run: before };
    let given = |id: StepId| change.steps.iter().find(|(step, _)| *step == id).map(|(_, column)| column);
    for level in levels(plan) {
        let level: Vec<StepId> = level.into_iter().filter(|id| fresh(id)).collect();
        let frame = Frame { rules, plan, dataset, columns: &run.columns, shared: &shared };
        let found: Vec<(StepId, StepColumn, Facts)> = level
            .iter()
            .map(|id| match given(*id) {
                Some(column) => (*id, column.clone(), Facts::Nothing),
                None => rescaled(&frame, &old, *id, &touched).unwrap_or_else(|| done(&frame, *id, &Silent)),
            })
            .collect();
        super::put(found, &mut run.columns, &mut run.facts);
    }
    let frame = Frame { rules, plan, dataset, columns: &run.columns, shared: &shared };
    for (verdicts, steps) in
        [(&mut run.criteria, &plan.criteria), (&mut run.groups, &plan.groups), (&mut run.categories, &plan.categories)]
    {
        for (slot, step) in verdicts.iter_mut().zip(steps).filter(|(_, step)| fresh(step)) {
            *slot = std::sync::Arc::new(frame.verdicts(*step));
        }
    }
    for (slot, step) in run.populations.iter_mut().zip(&plan.populations).filter(|(_, step)| fresh(step)) {
        *slot = frame.membership(*step);
    }
    run.open = shared.open.into_inner().unwrap_or_default();
    run
}

/// The run before the change.
struct Earlier<'a> {
    frame: Frame<'a>,
    run: &'a Run,
}

/// A scale of which only the values on it changed, from what it was.
fn rescaled(
    frame: &Frame<'_>,
    old: &Earlier<'_>,
    id: StepId,
    touched: &BTreeSet<StepId>,
) -> Option<(StepId, StepColumn, Facts)> {
    let step = frame.plan.step(id)?;
    let StepKind::Normalise(normalise) = &step.kind else { return None };
    if normalise.among.iter().chain(&normalise.within).any(|input| touched.contains(input)) {
        return None;
    }
    let given = (old.run.columns.get(id.index())?, old.run.facts.get(id.index())?);
    let (column, facts) = frame.rescaled(normalise, step, &old.frame, given)?;
    Some((id, column, facts))
}

/// How much evaluating again takes: the rows that the steps a change reaches go through, more for those that do more.
pub fn work(rules: &RuleSet, plan: &Plan, dataset: &Dataset, change: &Change) -> usize {
    let rows = |table: TableId| dataset.table(table).map_or(0, |table| table.rows);
    let step = |id: &StepId| {
        let Some(step) = plan.step(*id) else { return 0 };
        let own = match step.grain {
            Grain::Constant => 1,
            Grain::Row(table) => rows(table),
        };
        match &step.kind {
            StepKind::Aggregate(aggregate) => rows(aggregate.rows).saturating_mul(6),
            StepKind::Normalise(_) => own.saturating_mul(40),
            StepKind::IndexValue { .. } | StepKind::Call(..) => own.saturating_mul(20),
            StepKind::Arithmetic(..) | StepKind::Cut(_) | StepKind::Round { .. } => own.saturating_mul(4),
            _ => own,
        }
    };
    touched(rules, plan, change).iter().map(step).fold(1, usize::saturating_add)
}

/// The steps that a change reaches.
pub(super) fn touched(rules: &RuleSet, plan: &Plan, change: &Change) -> BTreeSet<StepId> {
    let changed = |table: TableId, column: ColumnId| change.columns.contains(&(table, column));
    let mut touched = BTreeSet::new();
    for (at, step) in plan.steps.iter().enumerate() {
        let id = StepId::from_index(at);
        let itself = match &step.kind {
            StepKind::Column(table, column) => changed(*table, *column),
            StepKind::Follow { table, link, .. } => changed(*table, *link),
            StepKind::Aggregate(aggregate) => {
                let years = aggregate.window.map(|w| w.column).into_iter().chain(latest_year(rules, aggregate));
                let links = match &aggregate.to {
                    Target::Parent { links, .. } => links.as_slice(),
                    _ => &[],
                };
                years.chain(links.iter().copied()).any(|column| changed(aggregate.rows, column))
            }
            _ => false,
        };
        let given = change.steps.iter().any(|(step, _)| *step == id);
        if itself || given || step.kind.inputs().iter().any(|input| touched.contains(input)) {
            touched.insert(id);
        }
    }
    touched
}

/// The steps that some steps need, themselves included; `None`: all.
pub(super) fn needed(plan: &Plan, wanted: &[StepId]) -> Option<BTreeSet<StepId>> {
    if wanted.is_empty() {
        return None;
    }
    let mut needed: BTreeSet<StepId> = wanted.iter().copied().collect();
    let mut ahead: Vec<StepId> = wanted.to_vec();
    while let Some(step) = ahead.pop().and_then(|id| plan.step(id)) {
        ahead.extend(step.kind.inputs().into_iter().filter(|input| needed.insert(*input)));
    }
    Some(needed)
}
