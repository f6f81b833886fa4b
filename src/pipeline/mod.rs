//! The order of the steps: files → rule set, data, run.
//!
//! Holds no logic of its own.

use std::path::Path;

use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::explain::{Explanation, Summary};
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::progress::Progress;
use crate::source::Sources;

/// A finished run with everything that it was made from.
#[derive(Debug)]
pub struct Judged {
    pub rules: RuleSet,
    pub plan: Plan,
    pub dataset: Dataset,
    pub run: Run,
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks the rules.
pub fn read_rules(_rules: &Path, _set: &[(String, String)]) -> (Sources, Outcome<RuleSet>) {
    (Sources::default(), Outcome { value: None, diagnostics: Vec::new() })
}

/// Reads, checks, loads, evaluates. Without a value, the diagnostics say why.
pub fn load_and_run(
    rules: &Path,
    set: &[(String, String)],
    _data: &Path,
    _progress: &dyn Progress,
) -> (Sources, Outcome<Judged>) {
    let (sources, read) = read_rules(rules, set);
    (sources, Outcome { value: None, diagnostics: read.diagnostics })
}

pub fn summary(_judged: &Judged) -> Option<Summary> {
    None
}

pub fn explain(_judged: &Judged, _school: usize) -> Option<Explanation> {
    None
}
