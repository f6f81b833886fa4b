//! The rules as a command wants them: with a scenario, with replaced parameters; and all scenarios checked at once.

use std::path::PathBuf;
use std::sync::Arc;

use super::ReadRules;
use super::read::Reader;
use crate::check::{self, Input};
use crate::diagnostic::check as check_kinds;
use crate::diagnostic::{Diagnostic, Kind, Outcome};
use crate::language::Language;
use crate::location::{Place, SourceId};
use crate::model::{AppliedScenario, Notes, RuleSet, WrittenChange};
use crate::scenario::{self, Change, Scenario, Scenarios};
use crate::source::Sources;
use crate::stack;
use crate::syntax::tree;

/// What a command changes of the rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variant {
    /// Parameters that are replaced last of all: name and value as text.
    pub set: Vec<(String, String)>,
    /// Title of the scenario.
    pub scenario: Option<String>,
    /// A file of scenarios beside those of the rules.
    pub scenario_file: Option<PathBuf>,
}

/// What rules leave unsaid.
pub(super) const UNSAID: [Kind; 2] = [check_kinds::RANK_DEFAULTS, check_kinds::DECISION_INCOMPLETE];

/// Rules read once, to be checked with different changes: any subset of those of a scenario.
#[derive(Debug)]
pub struct Trees {
    reader: Reader,
    /// The scenarios of the rules.
    pub scenarios: Scenarios,
    /// What was noticed in reading, and is wrong with the scenarios before anything is changed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Trees {
    /// Reads the rules with everything they name; the scenario of the variant is not applied.
    pub fn read(path: &str, variant: &Variant) -> Trees {
        let mut reader = reader(path, variant);
        let mut diagnostics = std::mem::take(&mut reader.diagnostics);
        let found = Scenarios::of(&reader.input.files);
        diagnostics.extend(found.diagnostics);
        Trees { reader, scenarios: found.value.unwrap_or_default(), diagnostics }
    }

    /// The rules with these changes; the value is there only when there are no errors.
    pub fn rules(&self, changes: &[&Change]) -> Outcome<RuleSet> {
        applied(&self.reader.input, changes)
    }

    /// The texts that spans and messages point into.
    pub fn sources(&self) -> &Sources {
        &self.reader.sources
    }

    /// The same, for texts that are read later.
    pub(super) fn sources_mut(&mut self) -> &mut Sources {
        &mut self.reader.sources
    }
}

/// Reads and checks a rules file with everything it names, as it is changed by a scenario. Other scenarios are not looked at.
pub fn read_variant(path: &str, variant: &Variant) -> ReadRules {
    varied(reader(path, variant), variant)
}

/// The same from texts that are not on disk, the main one first: names as seen from the folder that holds all of them.
pub fn read_texts(texts: &[(String, String)], variant: &Variant) -> ReadRules {
    let mut reader = Reader::of_texts(texts.iter().cloned());
    reader.main(texts.first().map_or("", |(name, _)| name.as_str()));
    if variant.scenario.is_some() {
        // what the rules do not name was named as a file of scenarios
        for (name, _) in texts.iter().skip(1).filter(|(name, _)| name.ends_with(".merilo")) {
            if !reader.has_read(name) {
                reader.scenarios(name);
            }
        }
    }
    reader.overrides(&variant.set);
    varied(reader, variant)
}

fn varied(mut reader: Reader, variant: &Variant) -> ReadRules {
    let mut diagnostics = std::mem::take(&mut reader.diagnostics);
    let misread = diagnostics.iter().any(Diagnostic::is_error);
    let scenarios = Scenarios::of(&reader.input.files);
    let (found, problems) = (scenarios.value.unwrap_or_default(), scenarios.diagnostics);
    let mut data = None;
    let mut rules = match &variant.scenario {
        _ if reader.input.files.is_empty() => Outcome { value: None, diagnostics: Vec::new() },
        None => check::check(&reader.input),
        Some(title) => match found.wanted(title) {
            Err(unknown) => {
                // by a name that could not be read, nothing can be said to be missing
                diagnostics.extend(Some(*unknown).filter(|_| !misread));
                Outcome { value: None, diagnostics: Vec::new() }
            }
            Ok(scenario) => {
                let own = |problem: &Diagnostic| line(&found, scenario).iter().any(|s| lies_in(problem, s));
                diagnostics.extend(problems.into_iter().filter(own));
                let changes = found.changes(scenario);
                data = changes.iter().find_map(|change| {
                    let name = change.data()?;
                    Some((name.text.to_string(), change.place))
                });
                let before = check::check(&reader.input).diagnostics;
                changed(&reader.input, &found, scenario, &changes, &before)
            }
        },
    };
    // what the rules leave unsaid is known only when everything that they say was read
    rules.diagnostics.retain(|d| !misread || !UNSAID.contains(&d.kind));
    diagnostics.append(&mut rules.diagnostics);
    let rules = Outcome { value: rules.value, diagnostics };
    finish(reader, rules, found.titles(), data)
}

/// Reads and checks a rules file with everything it names, and every scenario of it. What is wrong with the rules
/// themselves is told once.
pub fn check_rules(path: &str, variant: &Variant) -> ReadRules {
    let mut reader = reader(path, variant);
    let mut diagnostics = std::mem::take(&mut reader.diagnostics);
    let misread = diagnostics.iter().any(Diagnostic::is_error);
    if reader.input.files.is_empty() {
        return finish(reader, Outcome { value: None, diagnostics }, Vec::new(), None);
    }
    let mut rules = check::check(&reader.input);
    rules.diagnostics.retain(|d| !misread || !UNSAID.contains(&d.kind));
    let base = rules.diagnostics.clone();
    diagnostics.append(&mut rules.diagnostics);
    let scenarios = Scenarios::of(&reader.input.files);
    diagnostics.extend(scenarios.diagnostics);
    let found = scenarios.value.unwrap_or_default();
    // what is wrong with a scenario is not told again of those that build on it
    let mut known: Vec<(&Scenario, Vec<Diagnostic>)> = Vec::new();
    let mut told = Vec::new();
    for scenario in order(&found) {
        let changes = found.changes(scenario);
        let all = changed(&reader.input, &found, scenario, &changes, &base).diagnostics;
        let line = line(&found, scenario);
        let earlier = known.iter().filter(|(other, _)| line.iter().any(|s| std::ptr::eq(*s, *other)));
        let earlier: Vec<&Diagnostic> = base.iter().chain(earlier.flat_map(|(_, problems)| problems)).collect();
        let new = all.iter().filter(|problem| {
            let inside = line.iter().any(|s| lies_in(problem, s));
            (problem.is_error() || inside) && !earlier.iter().any(|other| same(other, problem))
        });
        told.extend(new.cloned());
        known.push((scenario, all));
    }
    told.sort_by_key(|problem| match &problem.place {
        Place::Text(at) => (at.source, at.span.start),
        _ => (SourceId(u32::MAX), 0),
    });
    diagnostics.extend(told);
    let rules = Outcome { value: rules.value, diagnostics };
    finish(reader, rules, found.titles(), None)
}

/// The rules with all their scenarios, and the rules as they are.
pub(super) struct Family {
    trees: Trees,
    /// `None`: they have mistakes.
    pub base: Option<RuleSet>,
    pub diagnostics: Vec<Diagnostic>,
    noticed: Vec<Diagnostic>,
}

/// Reads the rules and what they hold of scenarios; checks the rules as they are.
pub(super) fn family(path: &str, variant: &Variant) -> Family {
    let trees = Trees::read(path, variant);
    let mut diagnostics = trees.diagnostics.clone();
    let misread = diagnostics.iter().any(Diagnostic::is_error);
    let mut rules = match trees.reader.input.files.is_empty() {
        true => Outcome { value: None, diagnostics: Vec::new() },
        false => check::check(&trees.reader.input),
    };
    rules.diagnostics.retain(|d| !misread || !UNSAID.contains(&d.kind));
    let noticed = rules.diagnostics.clone();
    diagnostics.extend(rules.diagnostics);
    let failed = diagnostics.iter().any(Diagnostic::is_error);
    Family { trees, base: rules.value.filter(|_| !failed), diagnostics, noticed }
}

impl Family {
    /// The rules as a scenario changes them; of what is noticed only what is new.
    pub fn changed(&self, scenario: &Scenario) -> Outcome<RuleSet> {
        let Trees { reader, scenarios, .. } = &self.trees;
        let changes = scenarios.changes(scenario);
        let mut outcome = changed(&reader.input, scenarios, scenario, &changes, &self.noticed);
        outcome.diagnostics.retain(|problem| !self.noticed.iter().any(|other| same(other, problem)));
        outcome
    }

    pub fn scenarios(&self) -> &Scenarios {
        &self.trees.scenarios
    }

    pub fn trees(&self) -> &Trees {
        &self.trees
    }

    pub fn trees_mut(&mut self) -> &mut Trees {
        &mut self.trees
    }

    /// The rules as they were read, and the texts.
    pub fn read(&mut self) -> (&Input, &mut Sources) {
        (&self.trees.reader.input, &mut self.trees.reader.sources)
    }

    /// The texts that were read, for messages.
    pub fn sources(&mut self) -> &mut Sources {
        &mut self.trees.reader.sources
    }

    /// The vocabulary of the main file.
    pub fn language(&self) -> Language {
        self.trees.reader.input.files.first().map_or(Language::default(), |(_, file)| file.language)
    }

    /// Every file that was read, byte for byte.
    pub fn files(&self) -> &[(PathBuf, Vec<u8>)] {
        &self.trees.reader.files
    }

    pub fn into_sources(self) -> Sources {
        self.trees.reader.sources
    }
}

fn reader(path: &str, variant: &Variant) -> Reader {
    let mut reader = Reader::default();
    reader.main(path);
    if let Some(file) = &variant.scenario_file {
        reader.scenarios(&file.display().to_string());
    }
    reader.overrides(&variant.set);
    reader
}

fn finish(
    reader: Reader,
    rules: Outcome<RuleSet>,
    scenarios: Vec<String>,
    data: Option<(String, crate::location::SourceSpan)>,
) -> ReadRules {
    let language = reader.input.files.first().map_or(Language::default(), |(_, file)| file.language);
    let failed = rules.has_errors();
    let rules = Outcome { value: rules.value.filter(|_| !failed), diagnostics: rules.diagnostics };
    ReadRules { sources: reader.sources, rules, language, files: reader.files, scenarios, data }
}

/// A scenario and those that it builds on.
fn line<'a>(all: &'a Scenarios, scenario: &'a Scenario) -> Vec<&'a Scenario> {
    let mut line = vec![scenario];
    while let Some(base) = line.last().and_then(|last| all.base(last)).filter(|_| line.len() <= all.list.len()) {
        line.push(base);
    }
    line
}

/// Every scenario after the one that it builds on.
fn order(all: &Scenarios) -> Vec<&Scenario> {
    let mut order: Vec<&Scenario> = all.list.iter().collect();
    order.sort_by_key(|scenario| line(all, scenario).len());
    order
}

fn lies_in(problem: &Diagnostic, scenario: &Scenario) -> bool {
    matches!(problem.place, Place::Text(at) if scenario.holds(at))
}

/// Whether two problems say the same of the same place, whichever scenario they come from.
pub(super) fn same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.kind == b.kind && a.place == b.place && a.arguments == b.arguments
}

/// Checks the rules as a scenario changes them. `before`: what is noticed in the rules as they are.
fn changed(
    input: &Input,
    all: &Scenarios,
    scenario: &Scenario,
    changes: &[Change],
    before: &[Diagnostic],
) -> Outcome<RuleSet> {
    let made = applied(input, &changes.iter().collect::<Vec<_>>());
    let diagnostics = made.diagnostics.into_iter().map(|problem| {
        let inside = line(all, scenario).iter().any(|s| lies_in(&problem, s));
        let known = before.iter().any(|other| same(other, &problem));
        if inside || known { problem } else { problem.related(Place::Text(scenario.place()), "role-in-scenario") }
    });
    let diagnostics = diagnostics.collect();
    let value = made.value.map(|mut rules| {
        rules.scenario = Some(AppliedScenario {
            title: scenario.title().clone(),
            notes: notes(&scenario.tree.notes),
            changes: changes.iter().map(written_change).collect(),
        });
        rules
    });
    Outcome { value, diagnostics }
}

/// The rules with some changes, checked.
pub(super) fn applied(input: &Input, changes: &[&Change]) -> Outcome<RuleSet> {
    // on one stack for both
    stack::roomy(&|| {
        let (files, mut diagnostics) = scenario::apply(&input.files, changes);
        let checked = check::check_files(input, &files);
        diagnostics.extend(checked.diagnostics);
        let failed = diagnostics.iter().any(Diagnostic::is_error);
        Outcome { value: checked.value.filter(|_| !failed), diagnostics }
    })
}

pub(super) fn written_change(change: &Change) -> WrittenChange {
    let text = |language| Arc::from(change.text(language));
    WrittenChange {
        supports: change.only_supports(),
        russian: text(Language::Russian),
        english: text(Language::English),
    }
}

fn notes(notes: &tree::Notes) -> Notes {
    let text = |note: &Option<tree::Text>| note.as_ref().map(|text| text.text.clone());
    Notes { basis: text(&notes.basis), explanation: text(&notes.explanation), reading: text(&notes.reading) }
}
