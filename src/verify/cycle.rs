//! One recorded run opened for a look at several: the record, its decisions, and the values where the data are still the same.
//!
//! What is not as it was recorded is a finding, and then nothing of the run is used.

use std::path::{Path, PathBuf};

use super::folder::{broken, files};
use super::{Request, inputs};
use crate::model::RuleSet;
use crate::pipeline::{self, Judged, Variant};
use crate::progress::Progress;
use crate::record::decisions::Decisions;
use crate::record::finding::{Finding, State};
use crate::record::{RECORD_FILE, Record, fingerprint};
use crate::report::decisions;
use crate::report::list::Judgement;
use crate::source::Sources;

/// A recorded run.
#[derive(Debug)]
pub struct Opened {
    pub folder: PathBuf,
    pub record: Record,
    pub decisions: Decisions,
    pub rules: RuleSet,
    /// The texts that the rules and the data were read from.
    pub sources: Sources,
    pub values: Recomputed,
}

/// Whether the values are there.
#[derive(Debug)]
pub enum Recomputed {
    Judged(Box<Judged>),
    /// The decisions stand as they were recorded, the values do not: what is said of the data.
    Without(Finding),
}

/// Opens a run folder.
///
/// # Errors
/// What differs from the record.
pub fn cycle(folder: &Path, program: &str, progress: &dyn Progress) -> Result<Opened, Vec<Finding>> {
    let request = Request { folder, data: None, key: None, program, remake: &|_, _, _| None };
    let differing =
        |found: Vec<Finding>| found.into_iter().filter(|f| f.state == State::Differs).collect::<Vec<Finding>>();
    let missing = || vec![Finding::new(State::Differs, "verify-record-missing").text("file", RECORD_FILE)];
    let text = std::fs::read(folder.join(RECORD_FILE)).map_err(|_| missing())?;
    let record = match Record::parse(&String::from_utf8_lossy(&text)) {
        (Some(record), None) => record,
        (_, problem) => return Err(vec![broken(problem.as_ref())]),
    };
    let mut found = Vec::new();
    files(folder, &record, &mut found);
    let found = differing(found);
    if !found.is_empty() {
        return Err(found);
    }
    let scenario = record.rules.scenario.as_ref();
    let variant = Variant {
        set: record.rules.set.clone(),
        scenario: scenario.map(|scenario| scenario.name.clone()),
        scenario_file: scenario.and_then(|s| s.file.as_ref()).map(|file| folder.join(file)),
    };
    let main = folder.join(&record.rules.main);
    let mut read = pipeline::read_variant(&main.display().to_string(), &variant);
    let Some(rules) = read.rules.value.take() else {
        let wrong = read.rules.diagnostics.iter().filter(|problem| problem.is_error()).count();
        return Err(vec![Finding::new(State::Differs, "verify-rules-wrong").count("count", wrong)]);
    };
    let recorded = std::fs::read(folder.join(&record.result.decisions)).unwrap_or_default();
    let decisions = Decisions::parse(&String::from_utf8_lossy(&recorded));
    let opened = |sources, values| Opened {
        folder: folder.to_path_buf(),
        record: record.clone(),
        decisions,
        rules: rules.clone(),
        sources,
        values,
    };
    if record.minimum_cohort.is_some() {
        let finding = Finding::new(State::Open, "history-values-public");
        return Ok(opened(read.sources, Recomputed::Without(finding)));
    }
    let mut found = Vec::new();
    let manifest = inputs::inputs(&request, &record, &mut found);
    let told = found.into_iter().find(|finding| matches!(finding.state, State::Differs | State::Open));
    let manifest = match (manifest, told) {
        (Some(manifest), None) => manifest,
        (_, told) => {
            let none = || Finding::new(State::Open, "verify-not-recomputed");
            return Ok(opened(read.sources, Recomputed::Without(told.unwrap_or_else(none))));
        }
    };
    let judged = pipeline::judge_for(rules.clone(), &manifest, &mut read.sources, progress, None);
    let Some(judged) = judged.value else {
        let wrong = judged.diagnostics.iter().filter(|problem| problem.is_error()).count();
        return Err(vec![Finding::new(State::Differs, "verify-data-wrong").count("count", wrong)]);
    };
    let mut text = Vec::new();
    let written = decisions::write(&Judgement::of(&judged), &mut text).is_ok();
    if !written || fingerprint::of_bytes(&text) != record.result.sha256 {
        return Err(vec![Finding::new(State::Differs, "verify-result-differs")]);
    }
    Ok(opened(read.sources, Recomputed::Judged(Box::new(judged))))
}
