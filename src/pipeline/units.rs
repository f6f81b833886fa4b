//! The changes between two rule sets or datasets, any of which may be taken without the others.

use std::path::Path;

use super::others::{self, Mixed};
use super::scenarios::{self, Trees};
use crate::compare::{matching, standing};
use crate::decision::Run;
use crate::explain::summary::VerdictKind;
use crate::model::{CategoryId, RuleSet, WrittenChange};
use crate::scenario::{Change, Target};

/// What differs, so that any part of it can be tried.
pub(super) enum Changed {
    Scenario(Vec<Change>),
    Rules(Mixed),
    /// Nothing but the data.
    Data,
}

/// The changes that may be responsible: positions among what differs, and whether the data are one of them.
pub(super) enum Units {
    /// Which of the changes of a scenario; the data are among them.
    Scenario { units: Vec<usize>, data: Option<usize> },
    /// Which of the differences between two rule sets; the data come last.
    Others { units: Vec<usize>, data: bool },
}

impl Units {
    pub fn of(changed: &Changed, other_data: bool) -> Units {
        match changed {
            Changed::Scenario(changes) => {
                // new definitions go along with whatever uses them
                let unit = |at: &usize| changes.get(*at).is_some_and(|change| !change.only_supports());
                let units: Vec<usize> = (0..changes.len()).filter(unit).collect();
                let is_data = |at: &usize| changes.get(*at).is_some_and(|change| change.target == Target::Data);
                let data = units.iter().position(is_data);
                Units::Scenario { units, data }
            }
            Changed::Rules(mixed) => Units::Others { units: mixed.differences.units(), data: other_data },
            Changed::Data => Units::Others { units: Vec::new(), data: other_data },
        }
    }

    pub fn count(&self) -> usize {
        match self {
            Units::Scenario { units, .. } => units.len(),
            Units::Others { units, data } => units.len() + usize::from(*data),
        }
    }

    /// Changes of the rules.
    pub fn rules(&self) -> usize {
        match self {
            Units::Scenario { units, data } => units.len() - usize::from(data.is_some()),
            Units::Others { units, .. } => units.len(),
        }
    }

    pub fn written(&self, changed: &Changed, before: &Path, after: &Path) -> Vec<WrittenChange> {
        match (self, changed) {
            (Units::Scenario { units, .. }, Changed::Scenario(changes)) => {
                units.iter().filter_map(|at| changes.get(*at)).map(scenarios::written_change).collect()
            }
            (Units::Others { units, data }, changed) => {
                let list = match changed {
                    Changed::Rules(mixed) => mixed.differences.list.as_slice(),
                    Changed::Scenario(_) | Changed::Data => &[],
                };
                let rules = units.iter().filter_map(|at| list.get(*at)).map(others::written);
                rules.chain(data.then(|| others::written_data(before, after))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the other data are taken in a set of changes.
    pub fn data_under(&self, set: usize) -> bool {
        let bit = match self {
            Units::Scenario { data, .. } => *data,
            Units::Others { units, data } => data.then_some(units.len()),
        };
        bit.is_some_and(|bit| set >> bit & 1 == 1)
    }

    pub fn rules_under(&self, set: usize, changed: &mut Changed, trees: &Trees, base: &RuleSet) -> Option<RuleSet> {
        match (self, changed) {
            (Units::Scenario { units, .. }, Changed::Scenario(changes)) => {
                let taken = |at: usize| match units.iter().position(|unit| *unit == at) {
                    Some(bit) => set >> bit & 1 == 1,
                    None => true,
                };
                let chosen: Vec<&Change> =
                    changes.iter().enumerate().filter(|(at, _)| taken(*at)).map(|(_, change)| change).collect();
                trees.rules(&chosen).value
            }
            (Units::Others { units, .. }, Changed::Rules(mixed)) => {
                let taken =
                    |at: usize| units.iter().position(|unit| *unit == at).is_some_and(|bit| set >> bit & 1 == 1);
                mixed.rules(&taken, self.data_under(set))
            }
            (_, Changed::Data) => Some(base.clone()),
            _ => None,
        }
    }
}

/// The run under some of the changes.
pub(super) struct Under {
    pub rules: RuleSet,
    pub run: Run,
    pub other: bool,
}

impl Under {
    pub fn of(&self, category: &str, line: &matching::Line) -> (Option<VerdictKind>, bool) {
        let id = self.rules.categories.iter().position(|found| found.name.as_ref() == category);
        let id = id.map(CategoryId::from_index);
        match self.other {
            true => standing(&self.run, id, line.after.into_iter()).kind(),
            false => standing(&self.run, id, line.befores()).kind(),
        }
    }
}
