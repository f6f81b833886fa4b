//! Scenarios: trees of rules and what a scenario changes → trees of the changed rules.
//!
//! Knows trees only. What the changed rules mean is checked like any rules, by `check`, so a scenario cannot say what rules
//! cannot. Every elementary change stands for itself: any subset of the changes of a scenario can be applied.

mod apply;
mod change;
pub mod difference;
mod merge;
mod references;
mod without;

use std::sync::Arc;

use crate::diagnostic::scenario as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::{Place, SourceId, SourceSpan};
use crate::suggestion;
use crate::syntax::tree::{self, Item};

pub use apply::apply;
pub use change::{Aspect, Change, Class, Target};
pub use without::without;

/// As a title is written: it may hold commas.
fn quoted(title: &String) -> String {
    format!("«{title}»")
}

/// Changes from several places as those of one scenario: what is said again later holds alone.
pub fn joined(lists: impl IntoIterator<Item = Vec<Change>>) -> Vec<Change> {
    let mut all = Vec::new();
    for change in lists.into_iter().flatten() {
        change::replace(&mut all, change);
    }
    all
}

/// The files of a rule set, each with the text it was read from: the main one first.
pub type Files = [(SourceId, tree::File)];

/// One scenario of the rules.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub source: SourceId,
    pub tree: tree::Scenario,
    /// Position of the scenario that this one builds on.
    pub base: Option<usize>,
}

impl Scenario {
    pub fn title(&self) -> &Arc<str> {
        &self.tree.title.text
    }

    /// Where its title stands.
    pub fn place(&self) -> SourceSpan {
        SourceSpan::new(self.source, self.tree.title.span)
    }

    /// Whether a place lies within it.
    pub fn holds(&self, at: SourceSpan) -> bool {
        let own = SourceSpan::new(self.source, self.tree.span);
        at.source == own.source
            && own.span.start <= at.span.start
            && at.span.start < own.span.end.max(own.span.start + 1)
    }
}

/// All scenarios of the rules, in order of writing.
#[derive(Debug, Clone, Default)]
pub struct Scenarios {
    pub list: Vec<Scenario>,
}

impl Scenarios {
    /// The scenarios that files hold, and what is wrong with them before anything is changed.
    pub fn of(files: &Files) -> Outcome<Scenarios> {
        let mut diagnostics = Vec::new();
        let mut scenarios = Scenarios::default();
        for (source, file) in files {
            for item in &file.items {
                let Item::Scenario(tree) = item else { continue };
                let found = Scenario { source: *source, tree: tree.clone(), base: None };
                if let Some(first) = scenarios.find(found.title()) {
                    let problem = Diagnostic::at(kinds::DUPLICATE_SCENARIO, found.place());
                    let problem = problem.text("name", found.title().as_ref());
                    diagnostics.push(problem.related(Place::Text(first.place()), "role-first-scenario"));
                }
                scenarios.list.push(found);
            }
        }
        scenarios.bases(&mut diagnostics);
        let whole = files.iter().all(|(_, file)| file.broken.is_empty());
        for scenario in &scenarios.list {
            let (own, twice) = change::own(scenario);
            diagnostics.extend(twice);
            if own.is_empty() && whole {
                let problem = Diagnostic::at(kinds::EMPTY_SCENARIO, scenario.place());
                diagnostics.push(problem.text("name", scenario.title().as_ref()));
            }
        }
        Outcome { value: Some(scenarios), diagnostics }
    }

    pub fn titles(&self) -> Vec<String> {
        self.list.iter().map(|scenario| scenario.title().to_string()).collect()
    }

    pub fn find(&self, title: &str) -> Option<&Scenario> {
        self.list.iter().find(|scenario| scenario.title().as_ref() == title)
    }

    /// The scenario of a name, or what to say when there is none.
    ///
    /// # Errors
    /// No scenario has this name.
    pub fn wanted(&self, title: &str) -> Result<&Scenario, Box<Diagnostic>> {
        let titles = self.titles();
        self.find(title.trim()).ok_or_else(|| {
            let near = suggestion::meant(title.trim(), &titles);
            let problem = Diagnostic::new(kinds::UNKNOWN_SCENARIO, Place::Nowhere)
                .text("name", title)
                .count("near-count", near.len())
                .with("near", Argument::List(near.iter().map(quoted).collect()))
                .count("count", titles.len())
                .with("known", Argument::List(titles.iter().map(quoted).collect()));
            Box::new(problem)
        })
    }

    /// The scenario that another one builds on.
    pub fn base(&self, scenario: &Scenario) -> Option<&Scenario> {
        scenario.base.and_then(|base| self.list.get(base))
    }

    /// Everything that a scenario changes, in the order in which it is applied: what it builds on comes first, and what is
    /// said again later holds alone.
    pub fn changes(&self, scenario: &Scenario) -> Vec<Change> {
        let mut line = vec![scenario];
        while let Some(base) = line.last().and_then(|last| self.base(last)) {
            if line.len() > self.list.len() {
                break;
            }
            line.push(base);
        }
        let mut all = Vec::new();
        for scenario in line.into_iter().rev() {
            for change in change::own(scenario).0 {
                change::replace(&mut all, change);
            }
        }
        all
    }

    /// Finds what each scenario builds on; what does not exist or leads back to itself is left out.
    fn bases(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let titles = self.titles();
        let position = |title: &str| titles.iter().position(|known| known == title);
        let bases: Vec<Option<usize>> =
            self.list.iter().map(|s| s.tree.base.as_ref().and_then(|base| position(&base.text))).collect();
        for (at, scenario) in self.list.iter_mut().enumerate() {
            let Some(base) = &scenario.tree.base else { continue };
            let place = SourceSpan::new(scenario.source, base.span);
            let Some(found) = bases.get(at).copied().flatten() else {
                let near = suggestion::meant(&base.text, &titles);
                let quoted = near.iter().map(quoted).collect();
                let problem = Diagnostic::at(kinds::UNKNOWN_BASE, place).text("name", base.text.as_ref());
                let mut problem = problem.near(quoted, place);
                if let Some((_, near_titles)) = problem.arguments.iter_mut().find(|(name, _)| *name == "near") {
                    *near_titles = Argument::List(near);
                }
                diagnostics.push(problem);
                continue;
            };
            let mut way = vec![at];
            let mut next = Some(found);
            while let Some(here) = next.filter(|here| !way.contains(here)) {
                way.push(here);
                next = bases.get(here).copied().flatten();
            }
            if next == Some(at) {
                // said once, at the scenario of the circle that comes first
                if way.iter().all(|other| *other >= at) {
                    let circle: Vec<&str> =
                        way.iter().chain([&at]).filter_map(|i| titles.get(*i)).map(String::as_str).collect();
                    let problem = Diagnostic::at(kinds::SCENARIOS_CIRCULAR, place);
                    diagnostics.push(problem.text("circle", circle.join(" → ")));
                }
                continue;
            }
            scenario.base = Some(found);
        }
    }
}
