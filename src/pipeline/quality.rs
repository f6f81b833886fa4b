//! The data that rules describe, looked at for what is strange in them.

use std::path::Path;

use super::read_rules;
use crate::data;
use crate::data::dataset::Needed;
use crate::diagnostic::Diagnostic;
use crate::progress::Progress;
use crate::quality::facts::{self, Facts};
use crate::source::Sources;

/// Data as they were read for a check; every column that is declared and is in the files.
#[derive(Debug)]
pub struct Looked {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    /// `None`: the rules or the data have errors.
    pub facts: Option<Facts>,
}

/// Reads the rules for what they declare, and all data that the manifest names.
pub fn looked(rules: &str, manifest: &Path, progress: &dyn Progress) -> Looked {
    let mut read = read_rules(rules, &[]);
    let mut diagnostics: Vec<Diagnostic> = read.rules.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    let facts = read.rules.value.and_then(|rules| {
        let loaded = data::load(manifest, &rules.schema, &Needed::All, &mut read.sources, progress);
        diagnostics.extend(loaded.diagnostics);
        loaded.value.map(|dataset| facts::of_dataset(&rules.schema, &dataset))
    });
    Looked { sources: read.sources, diagnostics, facts }
}
