//! The rules as they are and as scenarios change them, evaluated beside each other and compared.

use std::path::Path;
use std::sync::Arc;

use super::Judged;
use super::effects::{self, Extent};
use super::scenarios::{self, Trees, Variant};
use crate::compare::effects::Splitting;
use crate::compare::{self, Comparison, MOST_UNITS, Side};
use crate::data::dataset::{Dataset, Needed};
use crate::decision::{Run, Verdict};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::evaluate::{self, Beside};
use crate::explain::summary::VerdictKind;
use crate::model::{RuleSet, WrittenChange};
use crate::plan::{self, Plan, same_steps};
use crate::progress::{Progress, Silent, Stage};
use crate::scenario::{Change, Target};
use crate::source::Sources;

/// The rules as they are, and every scenario that was asked for.
#[derive(Debug)]
pub struct Compared {
    pub before: Judged,
    /// In the order in which they were asked for.
    pub variations: Vec<Variation>,
}

/// One scenario held against the rules as they are.
#[derive(Debug)]
pub struct Variation {
    pub title: Arc<str>,
    pub rules: RuleSet,
    pub plan: Plan,
    pub run: Run,
    /// `None`: the data of the rules as they are.
    pub dataset: Option<Dataset>,
    /// What the scenario changes: the positions that causes name.
    pub changes: Vec<WrittenChange>,
    pub comparison: Comparison,
    /// More changes than all subsets are tried of: causes are not told.
    pub too_many: bool,
    /// Whether the changes of the movers are split into effects.
    pub splitting: Splitting,
}

impl Compared {
    /// Splits what happened to every school that moved into the effects of rules, data and others, where that is not done yet.
    pub fn split(&mut self, extent: Extent, progress: &dyn Progress) {
        let Judged { rules, plan, dataset, run, .. } = &self.before;
        let before = Side { rules, plan, data: dataset, run };
        for variation in self.variations.iter_mut().filter(|variation| variation.splitting != Splitting::Done) {
            let Variation { rules, plan, run, dataset: other, comparison, splitting, .. } = variation;
            let after = Side { rules, plan, data: other.as_ref().unwrap_or(dataset), run };
            let matched = compare::matched(&before, &after);
            *splitting = effects::split(&before, &after, &matched, comparison, extent, progress);
        }
    }

    pub fn data<'a>(&'a self, variation: &'a Variation) -> &'a Dataset {
        variation.dataset.as_ref().unwrap_or(&self.before.dataset)
    }
}

/// Reads the rules, evaluates them as they are and as each scenario changes them, and finds what changed and why.
/// `titles`: the scenarios; empty: all of them. The first value: the texts that were read, for messages.
pub fn compare(
    path: &str,
    variant: &Variant,
    titles: &[String],
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Compared>) {
    let mut family = scenarios::family(path, variant);
    let mut diagnostics = std::mem::take(&mut family.diagnostics);
    let found = family.scenarios().clone();
    let wanted: Vec<String> = if titles.is_empty() { found.titles() } else { titles.to_vec() };
    let mut variants = Vec::new();
    for title in &wanted {
        match found.wanted(title) {
            Err(unknown) => diagnostics.push(*unknown),
            Ok(scenario) => {
                let mut outcome = family.changed(scenario);
                diagnostics.append(&mut outcome.diagnostics);
                variants.extend(outcome.value.map(|rules| (scenario.title().clone(), rules, found.changes(scenario))));
            }
        }
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let Some(base) = family.base.take().filter(|_| !failed) else {
        return (family.into_sources(), Outcome { value: None, diagnostics });
    };
    let base_plan = plan::plan(&base);
    let plans: Vec<Plan> = variants.iter().map(|(_, rules, _)| plan::plan(rules)).collect();
    let all: Vec<(&RuleSet, &Plan)> =
        [(&base, &base_plan)].into_iter().chain(variants.iter().map(|(_, rules, _)| rules).zip(&plans)).collect();
    let loaded = load_for(&all, data, family.sources(), progress);
    diagnostics.extend(loaded.diagnostics);
    let Some(dataset) = loaded.value else { return (family.into_sources(), Outcome { value: None, diagnostics }) };
    let evaluated = evaluate::evaluate(&base, &base_plan, &dataset, progress);
    diagnostics.extend(evaluated.diagnostics);
    let Some(run) = evaluated.value else { return (family.into_sources(), Outcome { value: None, diagnostics }) };
    let before = Judged { rules: base, plan: base_plan, dataset, run, public: None };
    let mut variations = Vec::new();
    for ((title, rules, changes), plan) in variants.into_iter().zip(plans) {
        let other = match other_data(&changes, &before, data, (&rules, &plan), family.sources(), progress) {
            Ok(other) => other,
            Err(problems) => {
                diagnostics.extend(problems);
                continue;
            }
        };
        let work = Work { before: &before, trees: family.trees(), changes: &changes, other };
        let evaluated = work.evaluated(&rules, &plan, work.other.is_some(), progress);
        diagnostics.extend(evaluated.diagnostics);
        let Some(run) = evaluated.value else { continue };
        variations.push(work.variation(title, rules, plan, run, progress));
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let mut compared = Compared { before, variations };
    if !failed {
        compared.split(Extent::Usual, progress);
    }
    (family.into_sources(), Outcome { value: (!failed).then_some(compared), diagnostics })
}

/// Loads the columns that any of the plans reads.
fn load_for(
    all: &[(&RuleSet, &Plan)],
    data: &Path,
    sources: &mut Sources,
    progress: &dyn Progress,
) -> Outcome<Dataset> {
    let Some((rules, plan)) = all.first().copied() else { return Outcome { value: None, diagnostics: Vec::new() } };
    let mut needed = plan.needed(rules);
    for (rules, plan) in all.iter().skip(1) {
        if let (Needed::Columns(columns), Needed::Columns(more)) = (&mut needed, plan.needed(rules)) {
            columns.extend(more);
        }
    }
    let shown = super::shown_columns(&rules.schema, rules.subject);
    crate::data::load(data, &rules.schema, &super::with_columns(needed, shown), sources, progress)
}

/// The data that a scenario names, where it names any.
fn other_data(
    changes: &[Change],
    before: &Judged,
    named: &Path,
    changed: (&RuleSet, &Plan),
    sources: &mut Sources,
    progress: &dyn Progress,
) -> Result<Option<Dataset>, Vec<Diagnostic>> {
    let Some((name, at)) = changes.iter().find_map(|c| Some((c.data()?.text.to_string(), c.place))) else {
        return Ok(None);
    };
    let manifest = super::scenario_manifest(&name, at, named).map_err(|problem| vec![*problem])?;
    let loaded = load_for(&[changed, (&before.rules, &before.plan)], &manifest, sources, progress);
    loaded.value.map(Some).ok_or(loaded.diagnostics)
}

/// One scenario while it is held against the rules as they are.
struct Work<'a> {
    before: &'a Judged,
    trees: &'a mut Trees,
    changes: &'a [Change],
    /// The data that the scenario names.
    other: Option<Dataset>,
}

impl Work<'_> {
    fn evaluated(&self, rules: &RuleSet, plan: &Plan, other: bool, progress: &dyn Progress) -> Outcome<Run> {
        let Judged { rules: old, plan: old_plan, dataset, run, .. } = self.before;
        match &self.other {
            Some(data) if other => evaluate::evaluate(rules, plan, data, progress),
            _ => {
                let same = same_steps((old, old_plan), (rules, plan));
                let beside = Beside { before: Some((old_plan, run)), same };
                evaluate::evaluate_beside(rules, plan, dataset, &beside, progress)
            }
        }
    }

    fn variation(
        mut self,
        title: Arc<str>,
        rules: RuleSet,
        plan: Plan,
        run: Run,
        progress: &dyn Progress,
    ) -> Variation {
        let Judged { rules: old, plan: old_plan, dataset, run: old_run, .. } = self.before;
        let data = self.other.as_ref().unwrap_or(dataset);
        let before = Side { rules: old, plan: old_plan, data: dataset, run: old_run };
        let after = Side { rules: &rules, plan: &plan, data, run: &run };
        let mut comparison = compare::compare(&before, &after);
        let units: Vec<usize> = (0..self.changes.len()).filter(|at| self.is_unit(*at)).collect();
        let too_many = units.len() > MOST_UNITS;
        if !too_many {
            self.find_causes(&units, &mut comparison, progress);
        }
        let written = |at: &usize| self.changes.get(*at).map(scenarios::written_change);
        let changes = units.iter().filter_map(written).collect();
        let splitting = Splitting::default();
        Variation { title, rules, plan, run, dataset: self.other, changes, comparison, too_many, splitting }
    }

    /// New definitions go along with whatever uses them.
    fn is_unit(&self, at: usize) -> bool {
        self.changes.get(at).is_some_and(|change| !change.only_supports())
    }

    /// Tries every subset of the changes and tells each mover which of them are responsible.
    fn find_causes(&mut self, units: &[usize], comparison: &mut Comparison, progress: &dyn Progress) {
        let moved: usize = comparison.categories.iter().map(|category| category.movers.len()).sum();
        if units.is_empty() || moved == 0 {
            return;
        }
        let all = 1usize << units.len();
        let mut happened: Vec<Vec<Option<bool>>> = vec![vec![None; all]; moved];
        progress.start(Stage::Compare, Some(all as u64));
        for set in 0..all {
            let outcome = if set == 0 || set + 1 == all { None } else { self.subset(units, set) };
            let movers = comparison.categories.iter().flat_map(|c| c.movers.iter().map(move |mover| (c, mover)));
            for (slots, (category, mover)) in happened.iter_mut().zip(movers) {
                let Some(slot) = slots.get_mut(set) else { continue };
                *slot = match &outcome {
                    _ if set == 0 => Some(false),
                    _ if set + 1 == all => Some(true),
                    None => None,
                    Some(under) => {
                        let row = if under.other { mover.rows.1 } else { mover.rows.0 };
                        Some(under.of(&category.name, row) == (kind(mover.verdicts.1), mover.listed.1))
                    }
                };
            }
            progress.advance(1);
        }
        progress.finish();
        let movers = comparison.categories.iter_mut().flat_map(|category| category.movers.iter_mut());
        for (mover, happened) in movers.zip(&happened) {
            mover.causes = Some(compare::causes(units.len(), happened));
        }
    }

    /// The verdicts under some of the changes; `None`: they are no rules of their own.
    fn subset(&mut self, units: &[usize], set: usize) -> Option<Under> {
        let taken = |at: usize| match units.iter().position(|unit| *unit == at) {
            Some(bit) => set >> bit & 1 == 1,
            None => true,
        };
        let chosen: Vec<&Change> =
            self.changes.iter().enumerate().filter(|(at, _)| taken(*at)).map(|(_, change)| change).collect();
        let other = self.other.is_some() && chosen.iter().any(|change| change.target == Target::Data);
        let rules = self.trees.rules(&chosen).value?;
        let plan = plan::plan(&rules);
        let run = self.evaluated(&rules, &plan, other, &Silent).value?;
        Some(Under { rules, run, other })
    }
}

/// The run under some of the changes.
struct Under {
    rules: RuleSet,
    run: Run,
    other: bool,
}

impl Under {
    fn of(&self, category: &str, row: Option<usize>) -> (Option<VerdictKind>, bool) {
        let id = self.rules.categories.iter().position(|found| found.name.as_ref() == category);
        match (id.map(crate::model::CategoryId::from_index), row) {
            (Some(id), Some(row)) => (kind(self.run.category(id, row)), self.run.is_listed(id, row)),
            _ => (None, false),
        }
    }
}

fn kind(verdict: Option<Verdict>) -> Option<VerdictKind> {
    verdict.map(VerdictKind::of)
}
