//! Plan + dataset → run: every step for all rows at once, exact, the same for any number of threads.
//!
//! Leaves the column of every step in the run, so that explanations are read off. Knows no words.

pub mod again;
mod aggregates;
mod choices;
mod comparisons;
mod cuts;
mod distinct;
mod entries;
mod frame;
mod indices;
pub mod mixed;
mod normalise;
mod others;
pub mod part;
mod passes;
mod quantifiers;
mod registered;
pub mod repeated;
mod rescaled;
mod rows;
mod scripts;
mod strata;
pub mod trace;
mod verdicts;

use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::data::dataset::Dataset;
use crate::decision::{Facts, Membership, OpenCounts, Run, StepColumn, StepId, Verdict};
use crate::diagnostic::evaluate as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::model::RuleSet;
use crate::model::expr::Grain;
use crate::plan::{Plan, Step, StepKind};
use crate::progress::{Progress, Stage};

use frame::Frame;

/// Evaluates all steps. Errors: a rule set that is circular or points nowhere (never one made by `check`).
pub fn evaluate(rules: &RuleSet, plan: &Plan, dataset: &Dataset, progress: &dyn Progress) -> Outcome<Run> {
    evaluate_beside(rules, plan, dataset, &Beside::default(), progress)
}

/// A run of other rules on the same data, and which of its steps are those of the new plan ([`crate::plan::same_steps`]).
#[derive(Debug, Default)]
pub struct Beside<'a> {
    pub before: Option<(&'a Plan, &'a Run)>,
    pub same: Vec<Option<StepId>>,
}

impl Beside<'_> {
    /// The step of the other run that has what this one would compute.
    fn kept(&self, id: StepId) -> Option<StepId> {
        let (_, run) = self.before?;
        let kept = self.same.get(id.index()).copied().flatten()?;
        run.columns.get(kept.index()).filter(|column| !matches!(column, StepColumn::Dropped)).map(|_| kept)
    }

    /// What the other run has for a step among `steps` of its plan.
    fn found<T: Clone>(&self, id: StepId, of: impl Fn(&Plan) -> &[StepId], all: impl Fn(&Run) -> &[T]) -> Option<T> {
        let (plan, run) = self.before?;
        let kept = self.kept(id)?;
        all(run).get(of(plan).iter().position(|step| *step == kept)?).cloned()
    }
}

/// Evaluates the steps that a run of other rules on the same data does not have already, and takes the others from it.
pub fn evaluate_beside(
    rules: &RuleSet,
    plan: &Plan,
    dataset: &Dataset,
    beside: &Beside<'_>,
    progress: &dyn Progress,
) -> Outcome<Run> {
    let mut diagnostics = Vec::new();
    for at in &plan.circular {
        diagnostics.push(Diagnostic::at(kinds::CIRCULAR, *at));
    }
    for at in &plan.malformed {
        diagnostics.push(Diagnostic::at(kinds::MALFORMED, *at));
    }
    if !diagnostics.is_empty() {
        return Outcome { value: None, diagnostics };
    }
    progress.start(Stage::Evaluate, Some(plan.steps.len() as u64));
    let mut columns: Vec<StepColumn> = vec![StepColumn::Dropped; plan.steps.len()];
    let mut facts: Vec<Facts> = vec![Facts::Nothing; plan.steps.len()];
    let shared = Shared::default();
    take_over(plan, beside, &mut columns, &mut facts, &shared);
    for level in levels(plan) {
        let level: Vec<StepId> = level.into_iter().filter(|id| beside.kept(*id).is_none()).collect();
        let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
        let found = level.par_iter().map(|id| done(&frame, *id, progress)).collect();
        put(found, &mut columns, &mut facts);
    }
    progress.finish();
    let frame = Frame { rules, plan, dataset, columns: &columns, shared: &shared };
    type All = fn(&Run) -> &[Arc<Vec<Verdict>>];
    let verdicts = |of: fn(&Plan) -> &[StepId], all: All| -> Vec<Arc<Vec<Verdict>>> {
        let one = |step: &StepId| beside.found(*step, of, all).unwrap_or_else(|| Arc::new(frame.verdicts(*step)));
        of(plan).par_iter().map(one).collect()
    };
    let criteria = verdicts(|plan| &plan.criteria, |run| &run.criteria);
    let groups = verdicts(|plan| &plan.groups, |run| &run.groups);
    let categories = verdicts(|plan| &plan.categories, |run| &run.categories);
    let membership = |step: &StepId| {
        beside.found(*step, |plan| &plan.populations, |run| &run.populations).unwrap_or_else(|| frame.membership(*step))
    };
    let populations: Vec<Membership> = plan.populations.iter().map(membership).collect();
    let schools = frame.rows_of(rules.subject);
    if let Ok(mut problems) = shared.problems.lock() {
        diagnostics.append(&mut problems);
    }
    let open = shared.open.lock().map(|open| open.clone()).unwrap_or_default();
    let registrations = registered::registrations(rules, dataset, &mut diagnostics);
    let run = Run {
        schools,
        columns,
        open,
        facts,
        populations,
        criteria,
        groups,
        categories,
        registrations,
        minimum_cohort: None,
    };
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Outcome { value: (!failed).then_some(run), diagnostics }
}

/// What the other run has: columns, facts and open counts.
fn take_over(plan: &Plan, beside: &Beside<'_>, columns: &mut [StepColumn], facts: &mut [Facts], shared: &Shared) {
    let Some((_, run)) = beside.before else { return };
    let Ok(mut open) = shared.open.lock() else { return };
    for id in (0..plan.steps.len()).map(StepId::from_index) {
        let Some(kept) = beside.kept(id) else { continue };
        if let (Some(column), Some(fact)) = (run.columns.get(kept.index()), run.facts.get(kept.index())) {
            put(vec![(id, column.clone(), fact.clone())], columns, facts);
        }
        if let Some(count) = run.open.get(&kept) {
            open.insert(id, count.clone());
        }
    }
}

/// One step evaluated.
fn done(frame: &Frame<'_>, id: StepId, progress: &dyn Progress) -> (StepId, StepColumn, Facts) {
    let (column, facts) = frame.step(id);
    progress.advance(1);
    (id, column, facts)
}

/// Puts evaluated steps in their places.
fn put(found: Vec<(StepId, StepColumn, Facts)>, columns: &mut [StepColumn], facts: &mut [Facts]) {
    for (id, column, found) in found {
        if let (Some(slot), Some(fact)) = (columns.get_mut(id.index()), facts.get_mut(id.index())) {
            *slot = column;
            *fact = found;
        }
    }
}

/// Steps whose inputs are all in earlier levels.
fn levels(plan: &Plan) -> Vec<Vec<StepId>> {
    let mut depth: Vec<usize> = Vec::with_capacity(plan.steps.len());
    let mut levels: Vec<Vec<StepId>> = Vec::new();
    for (at, step) in plan.steps.iter().enumerate() {
        let inputs = step.kind.inputs();
        let level = inputs.iter().filter_map(|i| depth.get(i.index())).max().map_or(0, |d| d + 1);
        depth.push(level);
        while levels.len() <= level {
            levels.push(Vec::new());
        }
        if let Some(steps) = levels.get_mut(level) {
            steps.push(StepId::from_index(at));
        }
    }
    levels
}

/// What steps leave for each other beside their columns.
#[derive(Default)]
struct Shared {
    /// Counts of which some rows could not be decided.
    open: Mutex<OpenCounts>,
    problems: Mutex<Vec<Diagnostic>>,
}

impl Shared {
    /// What a finished run knows.
    fn of(run: &Run) -> Shared {
        Shared { open: Mutex::new(run.open.clone()), problems: Mutex::default() }
    }
}

impl Frame<'_> {
    fn step(&self, id: StepId) -> (StepColumn, Facts) {
        let Some(step) = self.plan.step(id) else {
            return (StepColumn::Dropped, Facts::Nothing);
        };
        let (column, facts) = self.computed(id, step);
        if step.grain != Grain::Constant {
            return (column, facts);
        }
        // one value for all rows of any table, not a column of one row
        self.open_everywhere(id);
        match column {
            StepColumn::Rows(_) => (StepColumn::Constant(trace::read(&column, 0)), facts),
            column => (column, facts),
        }
    }

    fn computed(&self, id: StepId, step: &Step) -> (StepColumn, Facts) {
        let plain = |column| (column, Facts::Nothing);
        match &step.kind {
            StepKind::Constant(value) => plain(StepColumn::Constant(value.clone())),
            StepKind::Column(table, column) => plain(self.data(*table, *column)),
            StepKind::Follow { table, link, inner } => plain(self.follow(id, *table, *link, *inner)),
            StepKind::Negate(value) => plain(self.negate(*value, step)),
            StepKind::Absolute(value) => plain(self.absolute(*value, step)),
            StepKind::Arithmetic(op, a, b) => plain(self.arithmetic(*op, *a, *b, step)),
            StepKind::Extreme { largest, of } => plain(self.extreme(*largest, of, step)),
            StepKind::Round { value, step: to, rounding } => plain(self.round(*value, *to, *rounding, step)),
            StepKind::Compare(op, a, b) => plain(self.compare(*op, *a, *b, step)),
            StepKind::InList { value, list, date } => plain(self.in_list(*value, *list, *date, step)),
            StepKind::Status(value, status) => plain(self.status(*value, *status, step)),
            StepKind::And(items) => plain(self.connective(true, items, step)),
            StepKind::Or(items) => plain(self.connective(false, items, step)),
            StepKind::Not(item) => plain(self.not(*item, step)),
            StepKind::Choose { branches, otherwise } => plain(self.choose(id, branches, *otherwise, step)),
            StepKind::Quantified { bound, applicable, items } => {
                plain(self.quantified(bound, *applicable, items, step))
            }
            StepKind::Consecutive { least, items } => plain(self.consecutive(*least, items, step)),
            StepKind::Member { base, condition, exclusions, .. } => {
                plain(self.member(*base, *condition, exclusions, step))
            }
            StepKind::Criterion(criterion, condition) => plain(self.criterion(*criterion, *condition, step)),
            StepKind::Group(_, rule) => plain(self.not_twice(*rule, step)),
            StepKind::Category { rule, .. } => plain(self.not_twice(*rule, step)),
            StepKind::VerdictIs(of, status) => plain(self.verdict_is(*of, *status, step)),
            StepKind::Aggregate(aggregate) => self.aggregate(id, aggregate),
            StepKind::Normalise(normalise) => self.normalise(normalise, step),
            StepKind::IndexValue { index, components, among } => {
                plain(self.index_value(*index, components, *among, step))
            }
            StepKind::Cut(cut) => self.cut(cut, step),
            StepKind::Call(function, arguments) => plain(self.call(*function, arguments, step)),
            StepKind::AbsentWhen { value, when, reasons } => plain(self.absent_when(id, *value, *when, *reasons, step)),
            StepKind::Fallback(first, second) => plain(self.fallback(id, *first, *second, step)),
            StepKind::MeanOf(items) => plain(self.mean_of(items, step)),
            StepKind::Nothing => {
                plain(StepColumn::Constant(crate::value::Value::Absent(crate::value::Reasons::INVALID)))
            }
        }
    }
}
