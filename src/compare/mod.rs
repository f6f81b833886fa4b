//! Two runs of the same schools held against each other: who entered a list, who left it, what changed on the way, and which
//! of the changes is responsible.
//!
//! Reads runs; evaluates nothing, knows no files and no words.

mod causes;
pub mod effects;
pub mod matching;
mod moves;
mod resting;
mod square;

use std::sync::Arc;

use crate::data::dataset::Dataset;
use crate::decision::{Run, Verdict};
use crate::explain::explanation::School;
use crate::explain::summary::VerdictKind;
use crate::model::{CategoryId, RuleSet};
use crate::plan::Plan;

pub use causes::{Causes, MOST_UNITS, causes};
pub use matching::Matching;
pub use moves::{Standing, compare, compare_matched, of_several, standing};
pub use resting::{Rested, rested};
pub use square::{Corner, CornerCategory, Square};

/// One of the two runs.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
}

/// What two runs have in common and in what they differ.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// Schools that both have, as they are after.
    pub matched: usize,
    /// Schools that only the first has.
    pub gone: Vec<School>,
    /// Schools that only the second has.
    pub new: Vec<School>,
    /// By name, in the order of the first, new ones last.
    pub categories: Vec<CategoryComparison>,
    /// By number, likewise.
    pub groups: Vec<ItemComparison>,
    pub criteria: Vec<ItemComparison>,
}

/// How a category changed.
#[derive(Debug, Clone)]
pub struct CategoryComparison {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// `None`: the rules of that side do not have it.
    pub ids: (Option<CategoryId>, Option<CategoryId>),
    pub transitions: Transitions,
    /// Schools on the list, decisions of people taken in. A school that was made of several was on the list when one of them
    /// was; one that was divided counts as often as it is there after.
    pub listed: (usize, usize),
    /// Schools on the first list as they were then.
    pub schools_before: usize,
    /// On both lists.
    pub stayed: usize,
    /// Everyone whose verdict or place on the list changed, in the order of the data.
    pub movers: Vec<Mover>,
}

/// How the verdicts of a group or a criterion changed.
#[derive(Debug, Clone)]
pub struct ItemComparison {
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub transitions: Transitions,
}

/// Schools by verdict before and after.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Transitions {
    /// `counts[i][j]`: verdict `i` before and `j` after, in the order of [`VerdictKind::EACH`], then "not there".
    pub counts: [[usize; 6]; 6],
}

/// A school whose verdict or place on a list changed.
#[derive(Debug, Clone)]
pub struct Mover {
    pub school: School,
    /// Rows in the two datasets; of several before, that of the one whose verdict is given.
    pub rows: (Option<usize>, Option<usize>),
    /// Which line of the matching it is.
    pub line: usize,
    /// What it was made of, where it had another code or was several schools.
    pub former: Vec<Former>,
    pub verdicts: (Option<Verdict>, Option<Verdict>),
    pub listed: (bool, bool),
    /// Criteria of the category whose verdicts changed: number, before, after.
    pub criteria: Vec<(Arc<str>, Option<Verdict>, Option<Verdict>)>,
    /// Which changes are responsible, where that was asked for.
    pub causes: Option<Causes>,
    /// What its place on the list is owed to, where that was split.
    pub effects: Option<effects::Split>,
}

/// A school that another one was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    pub code: Arc<str>,
    pub verdict: Option<Verdict>,
    pub listed: bool,
}

/// In which way a school moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    Entered,
    Left,
    /// On neither list; it can no longer be told.
    Opened,
    /// On neither list; it could not be told before.
    Settled,
    /// On the same lists, by another verdict.
    Other,
}

impl Mover {
    pub fn way(&self) -> Way {
        let open = |verdict: Option<Verdict>| matches!(verdict, Some(Verdict::Undetermined(_)));
        match (self.listed, open(self.verdicts.0), open(self.verdicts.1)) {
            ((false, true), ..) => Way::Entered,
            ((true, false), ..) => Way::Left,
            ((false, false), false, true) => Way::Opened,
            ((false, false), true, false) => Way::Settled,
            _ => Way::Other,
        }
    }
}

impl CategoryComparison {
    pub fn moved(&self, way: Way) -> impl Iterator<Item = &Mover> {
        self.movers.iter().filter(move |mover| mover.way() == way)
    }
}

impl Transitions {
    fn add(&mut self, before: Option<Verdict>, after: Option<Verdict>) {
        let place = |verdict: Option<Verdict>| {
            let kind = verdict.map(VerdictKind::of);
            kind.and_then(|kind| VerdictKind::EACH.iter().position(|other| *other == kind)).unwrap_or(NOT_THERE)
        };
        if let Some(cell) = self.counts.get_mut(place(before)).and_then(|row| row.get_mut(place(after))) {
            *cell += 1;
        }
    }

    /// Schools whose verdict is another one.
    pub fn changed(&self) -> usize {
        let all = self.counts.iter().enumerate();
        all.flat_map(|(i, row)| row.iter().enumerate().filter(move |(j, _)| *j != i).map(|(_, count)| *count)).sum()
    }
}

/// Place of a school that one side does not have.
pub const NOT_THERE: usize = 5;
