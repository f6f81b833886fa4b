//! What is strange in data, as text and as what other forms are made from.
//!
//! Finds nothing.

use super::diagnostics;
use crate::diagnostic::{Argument, Diagnostic, Severity};
use crate::messages::Speaker;
use crate::quality::facts::Facts;
use crate::quality::{Finding, Options};
use crate::source::Sources;

/// Data that were looked at.
#[derive(Debug)]
pub struct Checked<'a> {
    /// What was said when the data were read.
    pub read: &'a [Diagnostic],
    /// `None`: they could not be read.
    pub facts: Option<&'a Facts>,
    pub findings: &'a [Finding],
    pub options: &'a Options,
    pub sources: &'a Sources,
}

impl Checked<'_> {
    /// Everything that is said, each as one problem.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let found = self.facts.into_iter().flat_map(|facts| self.findings.iter().map(|f| f.diagnostic(facts)));
        self.read.iter().cloned().chain(found).collect()
    }
}

/// How many problems are this severe.
pub(super) fn of(problems: &[Diagnostic], severity: Severity) -> usize {
    problems.iter().filter(|problem| problem.kind.severity == severity).count()
}

/// All problems, and a last line that counts them.
pub fn text(checked: &Checked<'_>, speaker: &Speaker, colour: bool) -> String {
    let problems = checked.problems();
    let mut text = diagnostics::without_counts(&problems, checked.sources, speaker, colour);
    let Some(facts) = checked.facts else {
        return format!("{text}{}\n", speaker.word("check-stopped"));
    };
    if problems.is_empty() {
        text += &(speaker.word("check-no-findings") + "\n");
    }
    let count = |value: usize| Argument::Count(i64::try_from(value).unwrap_or(i64::MAX));
    let arguments = [
        ("tables", count(facts.tables.len())),
        ("rows", count(facts.tables.iter().map(|table| table.rows.len()).sum())),
        ("errors", count(of(&problems, Severity::Error))),
        ("warnings", count(of(&problems, Severity::Warning))),
        ("notes", count(of(&problems, Severity::Note))),
    ];
    format!("{text}{}\n", speaker.say("check-summary", &arguments))
}
