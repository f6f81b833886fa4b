//! The rules as they are held against what scenarios, other rules and other data make of them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::Judged;
use super::corners;
use super::datasets::Datasets;
use super::effects::{self, Both, Extent};
use super::others::{self, Beside, Other};
use super::scenarios::{self, Family, Variant};
use super::units::{Changed, Under, Units};
use crate::compare::effects::Splitting;
use crate::compare::matching::{self, Matching};
use crate::compare::{self, Comparison, MOST_UNITS, Side, Square};
use crate::data::correspondence::Correspondence;
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::compare as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::evaluate;
use crate::explain::summary::VerdictKind;
use crate::location::Place;
use crate::model::{RuleSet, WrittenChange};
use crate::plan::{self, Plan, same_steps, same_tables};
use crate::progress::{Progress, Silent, Stage};
use crate::scenario::difference::Difference;
use crate::scenario::{Change, Target};
use crate::source::Sources;

/// What the rules are held against.
#[derive(Debug, Clone, Default)]
pub struct Against {
    /// Titles of scenarios; where nothing at all is named, all of them.
    pub scenarios: Vec<String>,
    pub others: Vec<Other>,
    /// The file that says which school of other data is which.
    pub correspondence: Option<PathBuf>,
}

/// The rules as they are, and everything that was held against them.
#[derive(Debug)]
pub struct Compared {
    pub before: Judged,
    /// Scenarios, then other rules and data, in the order in which they were asked for.
    pub variations: Vec<Variation>,
}

/// One scenario, other rules or other data, held against the rules as they are.
#[derive(Debug)]
pub struct Variation {
    pub title: Arc<str>,
    pub beside: Beside,
    pub rules: RuleSet,
    pub plan: Plan,
    pub run: Run,
    /// `None`: the data of the rules as they are.
    pub dataset: Option<Dataset>,
    /// What is changed: the positions that causes name.
    pub changes: Vec<WrittenChange>,
    /// What differs between the rules and is no change of its own.
    pub along: Vec<Difference>,
    /// Which school is which.
    pub matching: Matching,
    pub comparison: Comparison,
    /// More changes than all subsets are tried of: causes are not told.
    pub too_many: bool,
    /// Where both rules and data are others: all four of them together.
    pub square: Option<Square>,
    /// Whether the changes of the movers are split into effects.
    pub splitting: Splitting,
    /// Where both rules and data are others: both datasets as each declaration of the tables reads them.
    read: Vec<Both>,
}

impl Compared {
    /// Splits what happened to every school that moved into the effects of rules, data and others, where that is not done yet.
    pub fn split(&mut self, extent: Extent, progress: &dyn Progress) {
        let Judged { rules, plan, dataset, run, .. } = &self.before;
        let before = Side { rules, plan, data: dataset, run };
        for variation in self.variations.iter_mut().filter(|variation| variation.splitting != Splitting::Done) {
            let Variation { rules, plan, run, dataset: other, matching, comparison, splitting, read, .. } = variation;
            let after = Side { rules, plan, data: other.as_ref().unwrap_or(dataset), run };
            *splitting = effects::split(&before, &after, matching, read, comparison, extent, progress);
        }
    }

    pub fn data<'a>(&'a self, variation: &'a Variation) -> &'a Dataset {
        variation.dataset.as_ref().unwrap_or(&self.before.dataset)
    }

    /// The two runs that a variation was compared by.
    pub fn sides<'a>(&'a self, variation: &'a Variation) -> (Side<'a>, Side<'a>) {
        let Variation { rules, plan, run, .. } = variation;
        (self.before.side(), Side { rules, plan, data: self.data(variation), run })
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
    let against = Against { scenarios: titles.to_vec(), ..Against::default() };
    compare_against(path, variant, &against, data, progress)
}

/// The same with other rules and other data.
pub fn compare_against(
    path: &str,
    variant: &Variant,
    against: &Against,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Compared>) {
    let mut family = scenarios::family(path, variant);
    let mut diagnostics = std::mem::take(&mut family.diagnostics);
    let mut candidates = scenarios_wanted(&family, against, &mut diagnostics);
    for other in &against.others {
        candidates.extend(other_wanted(other, path, variant, &mut family, &mut diagnostics));
    }
    let file = against.correspondence.as_deref();
    let correspondence = file.and_then(|file| super::read_correspondence(file, family.sources(), &mut diagnostics));
    let named = against.others.iter().any(|other| other.data.is_some());
    if against.correspondence.is_some() && !named && !candidates.iter().any(Candidate::has_data) {
        diagnostics.push(Diagnostic::new(kinds::CORRESPONDENCE_UNUSED, Place::Nowhere));
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let Some(base) = family.base.take().filter(|_| !failed) else {
        return (family.into_sources(), Outcome { value: None, diagnostics });
    };
    let base_plan = plan::plan(&base);
    let mut datasets = Datasets::default();
    let alike: Vec<&Candidate> =
        candidates.iter().filter(|candidate| same_tables(&base.schema, &candidate.rules.schema)).collect();
    let with = |chosen: &dyn Fn(&Candidate) -> bool| -> Vec<(&RuleSet, &Plan)> {
        let others = alike.iter().filter(|candidate| chosen(candidate));
        [(&base, &base_plan)].into_iter().chain(others.map(|other| (&other.rules, &other.plan))).collect()
    };
    // read once for all; what is evaluated on other data may need what these do not have
    let mut loaded = datasets.of(data, &with(&|_| true), family.sources(), progress);
    if loaded.value.is_none() && alike.iter().any(|candidate| candidate.has_data()) {
        loaded = datasets.of(data, &with(&|candidate| !candidate.has_data()), family.sources(), progress);
    }
    diagnostics.extend(loaded.diagnostics);
    let Some(dataset) = loaded.value else { return (family.into_sources(), Outcome { value: None, diagnostics }) };
    let evaluated = evaluate::evaluate(&base, &base_plan, &dataset, progress);
    diagnostics.extend(evaluated.diagnostics);
    let Some(run) = evaluated.value else { return (family.into_sources(), Outcome { value: None, diagnostics }) };
    let judged = Judged { rules: base, plan: base_plan, dataset: dataset.as_ref().clone(), run, public: None };
    let before = Before { judged: &judged, data: &dataset, manifest: data };
    let mut variations = Vec::new();
    let runs = evaluated_ahead(&judged, &candidates, progress);
    for (candidate, run) in candidates.into_iter().zip(runs) {
        let work = Work { before, family: &mut family, datasets: &mut datasets, progress };
        let outcome = work.variation(candidate, run, correspondence.as_ref());
        let told = |problem: &Diagnostic| diagnostics.iter().any(|other| scenarios::same(other, problem));
        let new: Vec<Diagnostic> = outcome.diagnostics.into_iter().filter(|problem| !told(problem)).collect();
        diagnostics.extend(new);
        variations.extend(outcome.value);
    }
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    let mut compared = Compared { before: judged, variations };
    if !failed {
        compared.split(Extent::Usual, progress);
    }
    (family.into_sources(), Outcome { value: (!failed).then_some(compared), diagnostics })
}

/// Rules that are to be held against those as they are.
struct Candidate {
    title: Arc<str>,
    beside: Beside,
    rules: RuleSet,
    plan: Plan,
    /// Another manifest.
    data: Option<PathBuf>,
    changed: Changed,
}

impl Candidate {
    /// Whether it is evaluated on data of its own.
    fn has_data(&self) -> bool {
        match &self.changed {
            Changed::Scenario(changes) => changes.iter().any(|change| change.target == Target::Data),
            Changed::Rules(_) | Changed::Data => self.data.is_some(),
        }
    }
}

fn scenarios_wanted(family: &Family, against: &Against, diagnostics: &mut Vec<Diagnostic>) -> Vec<Candidate> {
    let found = family.scenarios().clone();
    let all = against.scenarios.is_empty() && against.others.is_empty();
    let wanted: Vec<String> = if all { found.titles() } else { against.scenarios.clone() };
    let candidate = |title: &String| {
        let scenario = match found.wanted(title) {
            Err(unknown) => return Outcome { value: None, diagnostics: vec![*unknown] },
            Ok(scenario) => scenario,
        };
        let Outcome { value, diagnostics } = family.changed(scenario);
        let value = value.map(|rules| Candidate {
            title: scenario.title().clone(),
            beside: Beside::Scenario,
            plan: plan::plan(&rules),
            rules,
            data: None,
            changed: Changed::Scenario(found.changes(scenario)),
        });
        Outcome { value, diagnostics }
    };
    let checked: Vec<Outcome<Candidate>> = wanted.par_iter().map(candidate).collect();
    let mut candidates = Vec::new();
    for outcome in checked {
        diagnostics.extend(outcome.diagnostics);
        candidates.extend(outcome.value);
    }
    candidates
}

/// The runs of all that are evaluated on the data of the rules as they are, side by side.
fn evaluated_ahead(judged: &Judged, candidates: &[Candidate], progress: &dyn Progress) -> Vec<Option<Outcome<Run>>> {
    progress.start(Stage::Compare, u64::try_from(candidates.len()).ok());
    let run = |candidate: &Candidate| {
        let alike = !candidate.has_data() && same_tables(&judged.rules.schema, &candidate.rules.schema);
        let run = alike.then(|| judged.evaluated(&candidate.rules, &candidate.plan, &Silent));
        progress.advance(1);
        run
    };
    let runs = candidates.par_iter().map(run).collect();
    progress.finish();
    runs
}

fn other_wanted(
    other: &Other,
    path: &str,
    variant: &Variant,
    family: &mut Family,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Candidate> {
    let data = other.data.clone();
    let Some(wanted) = &other.rules else {
        let rules = family.base.as_ref()?.clone();
        let beside = Beside::Other { other: other.clone(), commit: None };
        let title = Arc::from(beside.title());
        let plan = plan::plan(&rules);
        return Some(Candidate { title, beside, plan, rules, data, changed: Changed::Data });
    };
    let (base, sources) = family.read();
    let read = others::read(wanted, path, variant, base, sources, data.is_some());
    // what the rules leave unsaid in both is told once
    let known = |problem: &Diagnostic| {
        diagnostics.iter().any(|d| d.kind == problem.kind && d.arguments == problem.arguments && !d.is_error())
    };
    let new: Vec<Diagnostic> = read.diagnostics.into_iter().filter(|problem| !known(problem)).collect();
    diagnostics.extend(new);
    let read = read.value?;
    let beside = Beside::Other { other: other.clone(), commit: read.commit };
    let title = Arc::from(beside.title());
    let (rules, plan) = (read.rules.clone(), plan::plan(&read.rules));
    Some(Candidate { title, beside, rules, plan, data, changed: Changed::Rules(read.mixed) })
}

/// The rules as they are, on their data.
#[derive(Clone, Copy)]
struct Before<'a> {
    judged: &'a Judged,
    /// The dataset that the run was made of.
    data: &'a Arc<Dataset>,
    manifest: &'a Path,
}

/// The others, on theirs.
struct After {
    rules: RuleSet,
    plan: Plan,
    data: Arc<Dataset>,
    run: Run,
    manifest: PathBuf,
    other_data: bool,
}

/// One of them while it is held against the rules as they are.
struct Work<'a> {
    before: Before<'a>,
    family: &'a mut Family,
    datasets: &'a mut Datasets,
    progress: &'a dyn Progress,
}

impl Work<'_> {
    /// `run`: where it was evaluated on the data of the rules as they are already.
    fn variation(
        mut self,
        candidate: Candidate,
        run: Option<Outcome<Run>>,
        correspondence: Option<&Correspondence>,
    ) -> Outcome<Variation> {
        let Candidate { title, beside, rules, plan, data, mut changed } = candidate;
        let mut diagnostics = Vec::new();
        let other = match (&changed, data) {
            (Changed::Scenario(changes), _) => match self.data_of(changes) {
                Ok(other) => other,
                Err(problem) => return Outcome { value: None, diagnostics: vec![*problem] },
            },
            (_, data) => data,
        };
        let manifest = other.clone().unwrap_or_else(|| self.before.manifest.to_path_buf());
        let both = [(&rules, &plan), (&self.before.judged.rules, &self.before.judged.plan)];
        let alike = same_tables(&rules.schema, &self.before.judged.rules.schema);
        let (all, own) = (&both[..], both.get(..1).unwrap_or(&both));
        let first = if alike { all } else { own };
        let mut loaded = self.datasets.of(&manifest, first, self.family.sources(), self.progress);
        if loaded.value.is_none() && alike && other.is_some() {
            loaded = self.datasets.of(&manifest, own, self.family.sources(), self.progress);
        }
        diagnostics.extend(loaded.diagnostics);
        let Some(data) = loaded.value else { return Outcome { value: None, diagnostics } };
        let evaluated = match run.filter(|_| Arc::ptr_eq(&data, self.before.data)) {
            Some(run) => run,
            None => self.evaluated(&rules, &plan, &data, None, self.progress),
        };
        diagnostics.extend(evaluated.diagnostics);
        let Some(run) = evaluated.value else { return Outcome { value: None, diagnostics } };
        let after = After { rules, plan, data, run, manifest, other_data: other.is_some() };
        let Judged { rules: old, plan: old_plan, dataset, run: old_run, .. } = self.before.judged;
        let first = Side { rules: old, plan: old_plan, data: dataset, run: old_run };
        let own = !Arc::ptr_eq(&after.data, self.before.data);
        let second = Side {
            rules: &after.rules,
            plan: &after.plan,
            data: if own { &after.data } else { dataset },
            run: &after.run,
        };
        let matching = match correspondence.filter(|_| after.other_data) {
            None => matching::by_codes(&first, &second),
            Some(said) => {
                let matched = matching::by_correspondence(&first, &second, said);
                diagnostics.extend(matched.diagnostics);
                let Some(matching) = matched.value else { return Outcome { value: None, diagnostics } };
                matching
            }
        };
        let mut comparison = compare::compare_matched(&first, &second, &matching);
        let units = Units::of(&changed, after.other_data);
        let square = (after.other_data && units.rules() > 0).then(|| {
            let found = corners::Work {
                old: (old, old_plan, old_run),
                new: (&after.rules, &after.plan, &after.run),
                manifests: (self.before.manifest, &after.manifest),
                data: (dataset, &after.data),
                datasets: self.datasets,
                sources: self.family.sources(),
                matching: &matching,
            };
            found.square()
        });
        let read = if square.is_some() { self.read_across(&after) } else { Vec::new() };
        let too_many = units.count() > MOST_UNITS;
        if !too_many {
            self.find_causes(&mut changed, &units, &after, &matching, &mut comparison);
        }
        let changes = units.written(&changed, self.before.manifest, &after.manifest);
        let along = match &changed {
            Changed::Rules(mixed) => mixed.along(),
            Changed::Scenario(_) | Changed::Data => Vec::new(),
        };
        let After { rules, plan, data, run, .. } = after;
        let dataset = own.then(|| data.as_ref().clone());
        let value = Variation {
            title,
            beside,
            rules,
            plan,
            run,
            dataset,
            changes,
            along,
            matching,
            comparison,
            too_many,
            square,
            splitting: Splitting::default(),
            read,
        };
        Outcome { value: Some(value), diagnostics }
    }

    /// Both datasets with the columns that both rule sets read: once where the tables are declared alike, else as each declares
    /// them. Nothing where one of the datasets cannot be read so.
    fn read_across(&mut self, after: &After) -> Vec<Both> {
        let old = (&self.before.judged.rules, &self.before.judged.plan);
        let new = (&after.rules, &after.plan);
        let alike = same_tables(&old.0.schema, &new.0.schema);
        let shapes = if alike { vec![vec![old, new]] } else { vec![vec![old], vec![new]] };
        let mut read = Vec::new();
        for shape in shapes {
            let mut of = |manifest: &Path| self.datasets.of(manifest, &shape, self.family.sources(), &Silent).value;
            if let Some(both) = of(self.before.manifest).zip(of(&after.manifest)) {
                read.push(<[_; 2]>::from(both));
            }
        }
        read
    }

    /// The manifest that a scenario names, where it names any.
    fn data_of(&self, changes: &[Change]) -> Result<Option<PathBuf>, Box<Diagnostic>> {
        let named = changes.iter().find_map(|c| Some((c.data()?.text.to_string(), c.place)));
        named.map(|(name, at)| super::scenario_manifest(&name, at, self.before.manifest)).transpose()
    }

    /// Evaluates rules beside a run on the same data, where there is one.
    fn evaluated(
        &self,
        rules: &RuleSet,
        plan: &Plan,
        data: &Arc<Dataset>,
        after: Option<&After>,
        progress: &dyn Progress,
    ) -> Outcome<Run> {
        if Arc::ptr_eq(self.before.data, data) {
            return self.before.judged.evaluated(rules, plan, progress);
        }
        match after.filter(|after| Arc::ptr_eq(&after.data, data)) {
            Some(After { rules: other, plan: other_plan, run, .. }) => {
                let same = same_steps((other, other_plan), (rules, plan));
                let beside = evaluate::Beside { before: Some((other_plan, run)), same };
                evaluate::evaluate_beside(rules, plan, data, &beside, progress)
            }
            None => evaluate::evaluate(rules, plan, data, progress),
        }
    }

    /// Tries every subset of the changes and tells each mover which of them are responsible.
    fn find_causes(
        &mut self,
        changed: &mut Changed,
        units: &Units,
        after: &After,
        matching: &Matching,
        comparison: &mut Comparison,
    ) {
        let moved: usize = comparison.categories.iter().map(|category| category.movers.len()).sum();
        if units.count() == 0 || moved == 0 {
            return;
        }
        let all = 1usize << units.count();
        let mut happened: Vec<Vec<Option<bool>>> = vec![vec![None; all]; moved];
        self.progress.start(Stage::Compare, Some(all as u64));
        for set in 0..all {
            let outcome = match set {
                _ if set == 0 || set + 1 == all => None,
                _ => self.subset(changed, units, set, after),
            };
            let movers = comparison.categories.iter().flat_map(|c| c.movers.iter().map(move |mover| (c, mover)));
            for (slots, (category, mover)) in happened.iter_mut().zip(movers) {
                let Some(slot) = slots.get_mut(set) else { continue };
                *slot = match &outcome {
                    _ if set == 0 => Some(false),
                    _ if set + 1 == all => Some(true),
                    None => None,
                    Some(under) => {
                        let wanted = (mover.verdicts.1.map(VerdictKind::of), mover.listed.1);
                        matching.lines.get(mover.line).map(|line| under.of(&category.name, line) == wanted)
                    }
                };
            }
            self.progress.advance(1);
        }
        self.progress.finish();
        let movers = comparison.categories.iter_mut().flat_map(|category| category.movers.iter_mut());
        for (mover, happened) in movers.zip(&happened) {
            mover.causes = Some(compare::causes(units.count(), happened));
        }
    }

    /// The verdicts under some of the changes; `None`: they are no rules of their own, or cannot be evaluated on the data.
    fn subset(&mut self, changed: &mut Changed, units: &Units, set: usize, after: &After) -> Option<Under> {
        let rules = units.rules_under(set, changed, self.family.trees(), &self.before.judged.rules)?;
        let other = units.data_under(set);
        // rows are those of the table that is judged on either side
        let judged = |rules: &RuleSet| rules.schema.table(rules.subject).map(|table| table.name.clone());
        if judged(&rules) != judged(if other { &after.rules } else { &self.before.judged.rules }) {
            return None;
        }
        let plan = plan::plan(&rules);
        let manifest = if other { after.manifest.as_path() } else { self.before.manifest };
        let data = self.datasets.of(manifest, &[(&rules, &plan)], &mut Sources::default(), &Silent).value?;
        let run = self.evaluated(&rules, &plan, &data, Some(after), &Silent).value?;
        Some(Under { rules, run, other })
    }
}
