//! The steps behind the verbs, in the order in which a host needs them.
//!
//! The only file of the host that calls `pipeline` and `explain`.

use std::path::{Path, PathBuf};

use crate::compare::Side;
use crate::counterexample::Search;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::explain::{self, Explanation, Places, Summary};
use crate::messages::Speaker;
use crate::pipeline::effects::Extent;
use crate::pipeline::{
    self, Against, Asked, Compared, Doubted, Doubts, Equality, Held, Judged, Keeper, Looked, Noticed, Planes,
    ReadRules, Swept, SweptOver, Thresholds, Variant, Variation,
};
use crate::progress::Progress;
use crate::recheck::Report;
use crate::report::divisions::{Divided, Division};
use crate::report::list::Judgement;
use crate::source::Sources;

/// What came of reading, checking and perhaps evaluating.
pub(super) struct Work {
    pub sources: Sources,
    /// `None`: nothing was evaluated, or not without errors.
    pub judged: Option<Judged>,
    pub diagnostics: Vec<Diagnostic>,
    /// The files of the rules, byte for byte: the main one first.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// Titles of the scenarios of the rules.
    pub scenarios: Vec<String>,
    /// The manifest that was read: the one that was named, or the one that the scenario names.
    pub manifest: Option<PathBuf>,
}

/// Reads and checks the rules with all their scenarios.
pub(super) fn read(rules: &Path, variant: &Variant) -> Work {
    let read = pipeline::check_rules(&rules.display().to_string(), variant);
    let (diagnostics, scenarios) = (read.rules.diagnostics, read.scenarios);
    Work { sources: read.sources, judged: None, diagnostics, files: read.files, scenarios, manifest: None }
}

/// Reads and checks the rules with all their scenarios, and evaluates them as they are when they are without errors.
pub(super) fn check(rules: &Path, variant: &Variant, data: &Path, progress: &dyn Progress) -> Work {
    judged(pipeline::check_rules(&rules.display().to_string(), variant), data, progress, None)
}

/// Reads and checks the rules, and evaluates them on the data when they are without errors. `minimum`: for publication, the
/// least number of pupils whose values are shown.
pub(super) fn judge(
    rules: &Path,
    variant: &Variant,
    data: &Path,
    progress: &dyn Progress,
    minimum: Option<usize>,
) -> Work {
    judged(pipeline::read_variant(&rules.display().to_string(), variant), data, progress, minimum)
}

fn judged(mut read: ReadRules, data: &Path, progress: &dyn Progress, minimum: Option<usize>) -> Work {
    let mut diagnostics = std::mem::take(&mut read.rules.diagnostics);
    let manifest = match pipeline::manifest(&read, data) {
        Ok(manifest) => Some(manifest),
        Err(missing) => {
            diagnostics.push(*missing);
            None
        }
    };
    let mut judged = None;
    if let (Some(rules), Some(manifest)) = (read.rules.value, &manifest) {
        let outcome = pipeline::judge_for(rules, manifest, &mut read.sources, progress, minimum);
        diagnostics.extend(outcome.diagnostics);
        judged = outcome.value;
    }
    let (files, scenarios) = (read.files, read.scenarios);
    Work { sources: read.sources, judged, diagnostics, files, scenarios, manifest }
}

/// Splits the changes of all that moved, however long it takes.
pub(super) fn split(compared: &mut Compared, progress: &dyn Progress) {
    compared.split(Extent::Whole, progress);
}

/// The rules as they are, held against scenarios, other rules and other data.
pub(super) fn compare(
    rules: &Path,
    variant: &Variant,
    against: &Against,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Compared>) {
    pipeline::compare_against(&rules.display().to_string(), variant, against, data, progress)
}

/// The rules for every value of one of their numbers.
pub(super) fn thresholds(
    rules: &Path,
    variant: &Variant,
    asked: &Asked,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Thresholds>) {
    pipeline::thresholds(&rules.display().to_string(), variant, asked, data, progress)
}

/// The rules for every pair of values of two of their numbers.
pub(super) fn planes(
    rules: &Path,
    variant: &Variant,
    asked: &[Asked; 2],
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Planes>) {
    pipeline::planes(&rules.display().to_string(), variant, asked, data, progress)
}

/// The rules at every point of a grid.
pub(super) fn sweep(
    rules: &Path,
    variant: &Variant,
    over: &SweptOver<'_>,
    data: &Path,
    keeper: &mut dyn Keeper,
    progress: &dyn Progress,
) -> (Sources, Outcome<Swept>) {
    pipeline::sweep(&rules.display().to_string(), variant, over, data, keeper, progress)
}

/// The data that rules describe, for a check of them.
pub(super) fn looked(rules: &Path, manifest: &Path, progress: &dyn Progress) -> Looked {
    pipeline::looked(&rules.display().to_string(), manifest, progress)
}

/// Two rule sets on the same data.
pub(super) fn equal_on(held: &Held<'_>, data: &Path, progress: &dyn Progress) -> (Noticed, Option<Equality>) {
    pipeline::equal_on(held, data, progress)
}

/// Two rule sets on data that are searched for.
pub(super) fn equal_on_any(held: &Held<'_>, search: Search, progress: &dyn Progress) -> (Noticed, Option<Equality>) {
    pipeline::equal_on_any(held, search, progress)
}

/// The rules with one thing after another a little different.
pub(super) fn stability(
    rules: &Path,
    variant: &Variant,
    asked: &Doubts,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Doubted>) {
    pipeline::stability(&rules.display().to_string(), variant, asked, data, progress)
}

/// Decides everything a second time and compares.
pub(super) fn recheck(judged: &Judged, progress: &dyn Progress) -> (Report, Vec<Diagnostic>) {
    pipeline::recheck(judged, progress)
}

/// What reports are made from.
pub(super) fn judgement(judged: &Judged) -> Judgement<'_> {
    Judgement::of(judged)
}

pub(super) fn summary(judged: &Judged) -> Summary {
    let (dataset, run) = judged.shown();
    explain::summary(&judged.rules, &judged.plan, dataset, run)
}

pub(super) fn explanation(judged: &Judged, school: usize) -> Explanation {
    let Judged { rules, plan, dataset, run, public } = judged;
    let explanation = explain::explain(rules, plan, dataset, run, school);
    match public {
        Some(public) => public.masks.explanation(rules, plan, run, explanation),
        None => explanation,
    }
}

/// Of one side of a comparison.
pub(super) fn explained(side: &Side<'_>, school: usize) -> Explanation {
    explain::explain(side.rules, side.plan, side.data, side.run, school)
}

/// With the branches that were not taken.
pub(super) fn every(judged: &Judged, school: usize) -> Explanation {
    explain::explain_every(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school)
}

/// With what would turn the decisions, and what the missing data would decide.
pub(super) fn full_explanation(judged: &Judged, school: usize) -> Explanation {
    let mut explanation = explanation(judged, school);
    let Judged { rules, plan, dataset, run, .. } = judged;
    explanation.changes = Some(explain::changes(rules, plan, dataset, run, &explanation));
    explanation.unknowns = Some(explain::unknowns(rules, plan, dataset, run, &explanation));
    explanation
}

/// How the schools of the rules as they are, or of a scenario, are divided.
pub(super) fn divisions(compared: &Compared, variation: Option<&Variation>, speaker: &Speaker) -> Vec<Division> {
    let Judged { rules, plan, dataset, run, .. } = &compared.before;
    let (rules, plan, data, run) = match variation {
        None => (rules, plan, dataset, run),
        Some(variation) => (&variation.rules, &variation.plan, compared.data(variation), &variation.run),
    };
    let places = explain::places(rules, plan, data, run);
    Divided { rules, data, places: places.as_ref(), schools: run.schools }.every(speaker)
}

pub(super) fn places(judged: &Judged) -> Option<Places> {
    let (dataset, run) = judged.shown();
    explain::places(&judged.rules, &judged.plan, dataset, run)
}
