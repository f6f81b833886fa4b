//! The order of the steps: rules text → tree → rule set → plan; files → dataset; plan and dataset → run.
//!
//! The only module that calls the stages in a row; hosts are thin and call it. No logic of its own.

use std::path::Path;

use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::Outcome;
use crate::language::Language;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::progress::Progress;
use crate::source::Sources;

/// Rules as read: the texts, what they say, and everything that was noticed.
#[derive(Debug)]
pub struct ReadRules {
    pub sources: Sources,
    pub rules: Outcome<RuleSet>,
    /// The vocabulary of the main file.
    pub language: Language,
}

/// Rules evaluated on data.
#[derive(Debug)]
pub struct Judged {
    pub rules: RuleSet,
    pub plan: Plan,
    pub dataset: Dataset,
    pub run: Run,
}

/// Reads and checks a rules file with everything it names.
pub fn read_rules(_path: &str, _set: &[(String, String)]) -> ReadRules {
    ReadRules {
        sources: Sources::default(),
        rules: Outcome { value: None, diagnostics: Vec::new() },
        language: Language::default(),
    }
}

/// Loads the data that a rule set needs and evaluates it.
pub fn judge(_rules: RuleSet, _manifest: &Path, _progress: &dyn Progress) -> Outcome<Judged> {
    Outcome { value: None, diagnostics: Vec::new() }
}
