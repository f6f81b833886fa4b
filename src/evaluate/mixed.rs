//! Rules on data for some of whose rows other rules have settled what the named things are.
//!
//! What is given replaces a step row by row, and what follows from it is evaluated again: a cut-off ranks the given values of
//! some rows and its own values of the others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::again::{Change, needed, touched};
use super::frame::days;
use super::{Frame, Shared, done, levels, part, put, trace};
use crate::data::dataset::Dataset;
use crate::decision::{Facts, OpenCount, Run, StepColumn, StepId, Verdict};
use crate::model::{IndexId, MissingPolicy, RuleSet};
use crate::model::expr::Grain;
use crate::number::Number;
use crate::plan::{Method, Plan, StepKind, Target};
use crate::progress::Silent;
use crate::schema::TableId;
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

/// What the steps of one run have that another run, of other rules on the same rows, has otherwise. `pairs`: a step of the
/// first plan and the one of the same name in the second.
pub fn differing(plan: &Plan, dataset: &Dataset, run: &Run, other: &Run, pairs: &[(StepId, StepId)]) -> Vec<Given> {
    let one = |(own, foreign): &(StepId, StepId)| -> Option<Given> {
        let Grain::Row(table) = plan.step(*own)?.grain else { return None };
        let (before, column) = (run.columns.get(own.index())?, other.columns.get(foreign.index())?);
        if matches!(before, StepColumn::Dropped) || matches!(column, StepColumn::Dropped) {
            return None;
        }
        let open = other.open.get(foreign);
        let of = |column: &StepColumn, open: Option<&Arc<OpenCount>>, row: usize| {
            (trace::read(column, row), open.map_or((0, Reasons::NONE), |open| open.at(row)))
        };
        let rows = dataset.table(table).map_or(0, |table| table.rows);
        let differing: BTreeSet<usize> =
            (0..rows).filter(|row| of(before, run.open.get(own), *row) != of(column, open, *row)).collect();
        (!differing.is_empty()).then(|| Given { step: *own, column: column.clone(), open: open.cloned(), differing })
    };
    pairs.iter().filter_map(one).collect()
}

/// The verdicts of steps where the rows that are not `own` have what is given.
pub fn mixed(
    (rules, plan, dataset): (&RuleSet, &Plan, &Dataset),
    before: &Run,
    given: &[&Given],
    own: &dyn Fn(TableId, usize) -> bool,
    wanted: &[StepId],
) -> Vec<Vec<Verdict>> {
    let reached = reached(rules, plan, given);
    let needed = needed(plan, wanted).unwrap_or_default();
    let fresh: BTreeSet<StepId> = reached.intersection(&needed).copied().collect();
    let mut columns = before.columns.clone();
    let mut facts = vec![Facts::Nothing; columns.len()];
    let mut open = before.open.clone();
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
    wanted.iter().map(|step| frame.verdicts(*step)).collect()
}

/// The steps that what is given reaches.
fn reached(rules: &RuleSet, plan: &Plan, given: &[&Given]) -> BTreeSet<StepId> {
    let steps = given.iter().map(|given| (given.step, StepColumn::Dropped)).collect();
    touched(rules, plan, &Change { columns: Vec::new(), steps })
}

/// Whether what is given for some rows can have a bearing on what the wanted steps are for others.
pub fn crosses(rules: &RuleSet, plan: &Plan, given: &[&Given], wanted: &[StepId], across: &BTreeSet<StepId>) -> bool {
    let needed = needed(plan, wanted).unwrap_or_default();
    reached(rules, plan, given).iter().any(|id| needed.contains(id) && across.contains(id))
}

/// The steps that some steps need, themselves included.
pub fn needed_by(plan: &Plan, wanted: &[StepId]) -> BTreeSet<StepId> {
    needed(plan, wanted).filter(|_| !wanted.is_empty()).unwrap_or_default()
}

/// The steps in which rows of one school read rows of others. `belong`: tables each of whose rows belongs to one school.
pub fn across(rules: &RuleSet, plan: &Plan, belong: &dyn Fn(TableId) -> bool) -> BTreeSet<StepId> {
    let subject = rules.subject;
    let of_one = |table: TableId| table == subject || belong(table);
    let crossing = |kind: &StepKind| match kind {
        StepKind::Aggregate(aggregate) => match &aggregate.to {
            Target::All | Target::Strata { .. } => true,
            Target::Parent { table, .. } => !of_one(*table) || !belong(aggregate.rows),
        },
        StepKind::Normalise(normalise) => !matches!(normalise.method, Method::Plain | Method::FixedMinMax(..)),
        StepKind::Cut(_) => true,
        StepKind::IndexValue { index, .. } => is_filled(rules, *index),
        StepKind::Follow { table, link, .. } => {
            let to = rules.schema.column(*table, *link).and_then(|column| column.link);
            to == Some(subject) && !belong(*table)
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

/// The run of some steps and what they need; verdicts of other criteria and categories are not there.
pub fn only(rules: &RuleSet, plan: &Plan, dataset: &Dataset, wanted: &[StepId]) -> Run {
    let needed = needed_by(plan, wanted);
    let mut columns = vec![StepColumn::Dropped; plan.steps.len()];
    let mut facts = vec![Facts::Nothing; plan.steps.len()];
    let shared = Shared::default();
    for level in levels(plan) {
        let level: Vec<StepId> = level.into_iter().filter(|id| needed.contains(id)).collect();
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
    Run {
        schools,
        open: shared.open.lock().map(|open| open.clone()).unwrap_or_default(),
        facts,
        populations: Vec::new(),
        criteria: Vec::new(),
        groups: Vec::new(),
        categories,
        registrations: Vec::new(),
        minimum_cohort: None,
        columns,
    }
}

/// The column with what is given for the rows that are not `own`.
fn replaced(
    frame: &Frame<'_>,
    column: StepColumn,
    given: &Given,
    own: &dyn Fn(TableId, usize) -> bool,
) -> StepColumn {
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
    let value = |row: usize| match trace::read(if own(table, row) { &column } else { &given.column }, row) {
        Value::Date(date) => Value::Number(Number::from_integer(i64::from(days(date)))),
        value => value,
    };
    // dates are compared as the numbers of their days
    let ty = if step.ty == Type::Date { &Type::Number(Unit::Number) } else { &step.ty };
    part::column_of((0..rows).map(value).collect(), ty)
}
