//! The steps behind the verbs, in the order in which a host needs them.
//!
//! The only file of the host that calls `pipeline` and `explain`.

use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::explain::{self, Explanation, Places, Summary};
use crate::pipeline::{self, Judged};
use crate::progress::Progress;
use crate::recheck::Report;
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
}

/// Reads and checks the rules.
pub(super) fn read(rules: &Path, set: &[(String, String)]) -> Work {
    let read = pipeline::read_rules(&rules.display().to_string(), set);
    Work { sources: read.sources, judged: None, diagnostics: read.rules.diagnostics, files: read.files }
}

/// Reads and checks the rules, and evaluates them on the data when they are without errors.
pub(super) fn judge(rules: &Path, set: &[(String, String)], data: &Path, progress: &dyn Progress) -> Work {
    let mut read = pipeline::read_rules(&rules.display().to_string(), set);
    let mut diagnostics = read.rules.diagnostics;
    let mut judged = None;
    if let Some(rules) = read.rules.value {
        let outcome = pipeline::judge(rules, data, &mut read.sources, progress);
        diagnostics.extend(outcome.diagnostics);
        judged = outcome.value;
    }
    Work { sources: read.sources, judged, diagnostics, files: read.files }
}

/// Decides everything a second time and compares.
pub(super) fn recheck(judged: &Judged, progress: &dyn Progress) -> (Report, Vec<Diagnostic>) {
    pipeline::recheck(judged, progress)
}

/// What reports are made from.
pub(super) fn judgement(judged: &Judged) -> Judgement<'_> {
    Judgement { rules: &judged.rules, dataset: &judged.dataset, run: &judged.run, steps: &judged.plan.of_expr }
}

pub(super) fn summary(judged: &Judged) -> Summary {
    explain::summary(&judged.rules, &judged.plan, &judged.dataset, &judged.run)
}

pub(super) fn explanation(judged: &Judged, school: usize) -> Explanation {
    explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school)
}

/// With the branches that were not taken.
pub(super) fn every(judged: &Judged, school: usize) -> Explanation {
    explain::explain_every(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school)
}

/// With what would turn the decisions.
pub(super) fn full_explanation(judged: &Judged, school: usize) -> Explanation {
    let mut explanation = explanation(judged, school);
    let Judged { rules, plan, dataset, run } = judged;
    explanation.changes = Some(explain::changes(rules, plan, dataset, run, &explanation));
    explanation
}

pub(super) fn places(judged: &Judged) -> Option<Places> {
    explain::places(&judged.rules, &judged.plan, &judged.dataset, &judged.run)
}
