//! Rules on data for some of whose rows other rules have settled what the named things are.
//!
//! What is given replaces a step row by row, and what follows from it is evaluated again: a cut-off ranks the given values of
//! some rows and its own values of the others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::again::{Change, needed, touched};
use super::frame::{absence, add_absence, days, number_rows, truth_rows};
use super::{Beside, Frame, Shared, done, levels, part, put, take_over, trace};
use crate::data::dataset::Dataset;
use crate::decision::{Facts, OpenCount, RowColumn, Run, StepColumn, StepId, Verdict};
use crate::diagnostic::Diagnostic;
use crate::model::expr::Grain;
use crate::model::{IndexId, MissingPolicy, RuleSet};
use crate::number::Number;
use crate::number::arithmetic::{self, Operand};
use crate::plan::{Method, Plan, StepKind, Target};
use crate::progress::Silent;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Type, Unit, Value};

/// What other rules have for a step.
#[derive(Debug, Clone)]
pub struct Given {
    pub step: StepId,
    pub column: StepColumn,
    pub open: Option<Arc<OpenCount>>,
    /// Where it is something else than the rules themselves have.
    pub differing: BTreeSet<usize>,
}

/// A step of a plan and the one of the same name in the plan of other rules.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    pub own: StepId,
    pub foreign: StepId,
    /// They compute the same, whatever the data are.
    pub same: bool,
}

/// What another run, of other rules on the same rows, has for the steps of a plan.
pub fn given(plan: &Plan, dataset: &Dataset, run: &Run, other: &Run, pairs: &[Pair]) -> Vec<Given> {
    let one = |pair: &Pair| -> Option<Given> {
        let Grain::Row(table) = plan.step(pair.own)?.grain else { return None };
        let (before, column) = (run.columns.get(pair.own.index())?, other.columns.get(pair.foreign.index())?);
        if matches!(before, StepColumn::Dropped) || matches!(column, StepColumn::Dropped) {
            return None;
        }
        let (was_open, open) = (run.open.get(&pair.own), other.open.get(&pair.foreign));
        let bounds = |open: Option<&Arc<OpenCount>>, row: usize| open.map_or((0, Reasons::NONE), |open| open.at(row));
        let differs = |row: &usize| !is_equal(before, column, *row) || bounds(was_open, *row) != bounds(open, *row);
        let rows = if pair.same { 0 } else { dataset.table(table).map_or(0, |table| table.rows) };
        let differing = (0..rows).filter(differs).collect();
        Some(Given { step: pair.own, column: column.clone(), open: open.cloned(), differing })
    };
    pairs.iter().filter_map(one).collect()
}

/// Whether two columns have the same in a row.
fn is_equal(a: &StepColumn, b: &StepColumn, row: usize) -> bool {
    if let (StepColumn::Rows(a), StepColumn::Rows(b)) = (a, b) {
        match (a, b) {
            (RowColumn::Truths(a), RowColumn::Truths(b)) => return a.get(row) == b.get(row),
            (RowColumn::Numbers { values: a, absent: no_a }, RowColumn::Numbers { values: b, absent: no_b }) => {
                let reasons = (absence(no_a, row), absence(no_b, row));
                if reasons != (Reasons::NONE, Reasons::NONE) {
                    return reasons.0 == reasons.1;
                }
                // a : b = c : d when a · d = b · c
                if let (Some((a, b)), Some((c, d))) = (a.ratio_at(row), b.ratio_at(row))
                    && let (Some(first), Some(second)) = (a.checked_mul(d), b.checked_mul(c))
                {
                    return first == second;
                }
            }
            _ => {}
        }
    }
    trace::read(a, row) == trace::read(b, row)
}

/// What is to be evaluated: the rules and the data, and the run of the rules alone.
#[derive(Debug, Clone, Copy)]
pub struct Alone<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub dataset: &'a Dataset,
    pub run: &'a Run,
}

impl Alone<'_> {
    /// The verdicts of a step where the rows that are not `own` have what is given; `None`: as the rules alone have them, for
    /// nothing that is given elsewhere has a bearing on the step.
    pub fn mixed(
        &self,
        given: &[Given],
        own: &dyn Fn(TableId, usize) -> bool,
        across: &BTreeSet<StepId>,
        wanted: StepId,
    ) -> Option<Vec<Verdict>> {
        let Alone { rules, plan, dataset, run } = *self;
        let elsewhere = |given: &&Given| match plan.step(given.step).map(|step| step.grain) {
            Some(Grain::Row(table)) => given.differing.iter().any(|row| !own(table, *row)),
            _ => false,
        };
        let reached = reached(rules, plan, given.iter().filter(elsewhere));
        let fresh: BTreeSet<StepId> = reached.intersection(&needed_by(plan, &[wanted])).copied().collect();
        if fresh.is_disjoint(across) {
            return None;
        }
        let (mut columns, mut facts, mut open) = (run.columns.clone(), run.facts.clone(), run.open.clone());
        open.retain(|id, _| !fresh.contains(id));
        let shared = Shared { open: Mutex::new(open), problems: Mutex::default() };
        for level in levels(plan) {
            let level: Vec<StepId> = level.into_iter().filter(|id| fresh.contains(id)).collect();
            let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
            let found = level.iter().map(|id| {
                let (id, column, facts) = done(&frame, *id, &Silent);
                match given.iter().find(|given| given.step == id) {
                    Some(given) => (id, replaced(&frame, column, given, own), facts),
                    None => (id, column, facts),
                }
            });
            let found = found.collect();
            put(found, &mut columns, &mut facts);
        }
        let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
        Some(frame.verdicts(wanted))
    }

    /// Whether what is given for any row can have a bearing on what the step is for another.
    pub fn is_reached(&self, given: &[Given], across: &BTreeSet<StepId>, wanted: StepId) -> bool {
        let differing = given.iter().filter(|given| !given.differing.is_empty());
        let needed = needed_by(self.plan, &[wanted]);
        reached(self.rules, self.plan, differing).iter().any(|id| needed.contains(id) && across.contains(id))
    }
}

/// The steps that what is given reaches.
fn reached<'a>(rules: &RuleSet, plan: &Plan, given: impl Iterator<Item = &'a Given>) -> BTreeSet<StepId> {
    let steps = given.map(|given| (given.step, StepColumn::Dropped)).collect();
    touched(rules, plan, &Change { columns: Vec::new(), steps })
}

/// Whether columns of the data that hold other values have a bearing on any of the steps.
pub fn reads(rules: &RuleSet, plan: &Plan, columns: &[(TableId, ColumnId)], wanted: &[StepId]) -> bool {
    let touched = touched(rules, plan, &Change { columns: columns.to_vec(), steps: Vec::new() });
    wanted.iter().any(|step| touched.contains(step))
}

/// The steps that some steps need, themselves included.
pub fn needed_by(plan: &Plan, wanted: &[StepId]) -> BTreeSet<StepId> {
    needed(plan, wanted).unwrap_or_default()
}

/// The steps in which rows of one school read rows of others. `of_one`: tables each of whose rows belongs to one school.
pub fn across(rules: &RuleSet, plan: &Plan, of_one: &dyn Fn(TableId) -> bool) -> BTreeSet<StepId> {
    let subject = rules.subject;
    let crossing = |kind: &StepKind| match kind {
        StepKind::Aggregate(aggregate) => match &aggregate.to {
            Target::All | Target::Strata { .. } => true,
            Target::Parent { table, .. } => !(*table == subject || of_one(*table)) || !of_one(aggregate.rows),
        },
        StepKind::Normalise(normalise) => !matches!(normalise.method, Method::Plain | Method::FixedMinMax(..)),
        StepKind::Cut(_) => true,
        StepKind::IndexValue { index, .. } => is_filled(rules, *index),
        StepKind::Follow { table, link, .. } => {
            let to = rules.schema.column(*table, *link).and_then(|column| column.link);
            to == Some(subject) && !of_one(*table)
        }
        _ => false,
    };
    let steps = plan.steps.iter().enumerate().filter(|(_, step)| crossing(&step.kind));
    steps.map(|(at, _)| StepId::from_index(at)).collect()
}

/// Whether what an index lacks is filled with the median of others.
fn is_filled(rules: &RuleSet, id: IndexId) -> bool {
    let index = rules.indices.get(id.index());
    index.is_some_and(|index| index.on_missing.iter().any(|policy| matches!(policy, MissingPolicy::Median)))
}

/// The run of some steps and what they need; of the verdicts, those of the categories among them. `None`: it cannot be
/// evaluated on these data. `beside`: a run of other rules on the same data, whose steps are taken where they are the same.
pub fn only(rules: &RuleSet, plan: &Plan, dataset: &Dataset, wanted: &[StepId], beside: &Beside<'_>) -> Option<Run> {
    if !plan.circular.is_empty() || !plan.malformed.is_empty() {
        return None;
    }
    let needed = needed_by(plan, wanted);
    let mut columns = vec![StepColumn::Dropped; plan.steps.len()];
    let mut facts = vec![Facts::Nothing; plan.steps.len()];
    let shared = Shared::default();
    take_over(plan, beside, &mut columns, &mut facts, &shared);
    let missing = |id: &StepId| needed.contains(id) && beside.kept(*id).is_none();
    for level in levels(plan) {
        let level: Vec<StepId> = level.into_iter().filter(missing).collect();
        let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
        let found = level.iter().map(|id| done(&frame, *id, &Silent)).collect();
        put(found, &mut columns, &mut facts);
    }
    let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
    let verdicts = |step: &StepId| match needed.contains(step) {
        true => Arc::new(frame.verdicts(*step)),
        false => Arc::default(),
    };
    let categories = plan.categories.iter().map(verdicts).collect();
    let schools = frame.rows_of(rules.subject);
    let failed = shared.problems.lock().map_or(true, |problems| problems.iter().any(Diagnostic::is_error));
    let open = shared.open.into_inner().ok()?;
    let run = Run {
        schools,
        columns,
        open,
        facts,
        populations: Vec::new(),
        criteria: Vec::new(),
        groups: Vec::new(),
        categories,
        registrations: Vec::new(),
        minimum_cohort: None,
    };
    (!failed).then_some(run)
}

/// The column with what is given for the rows that are not `own`.
fn replaced(frame: &Frame<'_>, column: StepColumn, given: &Given, own: &dyn Fn(TableId, usize) -> bool) -> StepColumn {
    let Some(step) = frame.plan.step(given.step) else { return column };
    let Grain::Row(table) = step.grain else { return column };
    let rows = frame.rows(step);
    let open = frame.open(given.step);
    if open.is_some() || given.open.is_some() {
        let at = |row: usize| {
            let open = if own(table, row) { open.as_ref() } else { given.open.as_ref() };
            open.map_or((0, Reasons::NONE), |open| open.at(row))
        };
        frame.leave_open(given.step, OpenCount::gathered(rows, at));
    }
    let choice: Vec<u32> = (0..rows).map(|row| u32::from(!own(table, row))).collect();
    if let (StepColumn::Rows(before), StepColumn::Rows(after)) = (&column, &given.column) {
        match (before, after) {
            (RowColumn::Truths(before), RowColumn::Truths(after)) => {
                let truths = choice.iter().zip(before.iter().zip(after.iter()));
                return truth_rows(
                    truths.map(|(choice, (own, given))| if *choice == 0 { *own } else { *given }).collect(),
                );
            }
            (
                RowColumn::Numbers { values: before, absent: no_before },
                RowColumn::Numbers { values: after, absent: no_after },
            ) => {
                let values = arithmetic::select(&[Operand::Column(before), Operand::Column(after)], &choice);
                let reasons = |row: usize| absence(if choice.get(row) == Some(&0) { no_before } else { no_after }, row);
                return number_rows(values, add_absence(None, rows, reasons));
            }
            _ => {}
        }
    }
    let value = |row: usize| match trace::read(if own(table, row) { &column } else { &given.column }, row) {
        Value::Date(date) => Value::Number(Number::from_integer(i64::from(days(date)))),
        value => value,
    };
    // dates are compared as the numbers of their days
    let ty = if step.ty == Type::Date { &Type::Number(Unit::Number) } else { &step.ty };
    part::column_of((0..rows).map(value).collect(), ty)
}
