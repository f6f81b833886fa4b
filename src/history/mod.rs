//! Several cycles of one region in order: who entered a category, who stayed, who left, and what became of the indicators in
//! the meantime.
//!
//! Holds decisions and values against each other; decides nothing, reads no files, knows no words.

mod costs;
mod identity;
mod monitoring;
mod paths;
mod read;
mod series;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::decision::Passage;
use crate::model::RegisteredAction;
use crate::number::Number;

pub use costs::{CostProblem, CostTrouble, Costs, Spent, Unassigned, UnitCost};
pub use identity::{Followed, Following, Identity, by_pairs, follow};
pub use monitoring::{Change, Group, IndicatorChange, Monitoring, monitoring};
pub use paths::{common, history};
pub use read::cycle;
pub use series::{Series, Values, series};

/// One cycle as it was recorded.
#[derive(Debug, Clone)]
pub struct Cycle {
    /// What it is called.
    pub name: String,
    pub year: Option<i64>,
    /// Codes of the schools in the order of the data.
    pub schools: Vec<Arc<str>>,
    /// Names of the schools, where the data are there.
    pub titles: BTreeMap<Arc<str>, Arc<str>>,
    pub categories: Vec<CycleCategory>,
}

/// The decisions of one cycle about one category.
#[derive(Debug, Clone)]
pub struct CycleCategory {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// One per school.
    pub entries: Vec<Entry>,
}

/// What one cycle says of one school and category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub state: State,
    /// Numbers of the criteria of the category that are met.
    pub criteria: Vec<Arc<str>>,
    /// What people decided: it has made the state.
    pub registered: Option<RegisteredAction>,
    /// Where the rules of the cycle say how schools leave.
    pub passage: Option<Passage>,
    /// The years on the list as the run recorded them.
    pub years: Option<Number>,
}

/// Whether a school is on the list of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    In,
    Out,
    Undetermined,
    NotApplicable,
    NotJudged,
    /// The cycle does not have the school.
    NotThere,
}

impl State {
    pub const EACH: [State; 6] =
        [State::In, State::Out, State::Undetermined, State::NotApplicable, State::NotJudged, State::NotThere];

    pub fn position(self) -> usize {
        State::EACH.iter().position(|state| *state == self).unwrap_or(0)
    }

    /// Known not to be on the list, of those that are there.
    pub fn is_off(self) -> bool {
        matches!(self, State::Out | State::NotApplicable | State::NotJudged)
    }
}

/// What became of a school from one cycle to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Movement {
    /// On the list of the first cycle: what was before is not known here.
    Listed,
    Entered,
    Stayed,
    Left,
    Out,
    Undetermined,
    /// Not there any more.
    Gone,
    /// Not there, now as before.
    Absent,
}

impl Movement {
    /// From the state before; `None`: there is no cycle before.
    pub fn of(before: Option<State>, now: State) -> Movement {
        match (before, now) {
            (None, State::In) => Movement::Listed,
            (Some(State::In), State::In) => Movement::Stayed,
            (Some(_), State::In) => Movement::Entered,
            (_, State::Undetermined) => Movement::Undetermined,
            (Some(State::NotThere) | None, State::NotThere) => Movement::Absent,
            (Some(_), State::NotThere) => Movement::Gone,
            (Some(State::In), _) => Movement::Left,
            _ => Movement::Out,
        }
    }
}

/// All cycles side by side.
#[derive(Debug, Clone)]
pub struct History {
    /// Names of the cycles, in order.
    pub cycles: Vec<String>,
    /// Schools of each cycle.
    pub schools: Vec<usize>,
    /// Schools that every cycle has.
    pub throughout: usize,
    pub categories: Vec<CategoryHistory>,
}

/// One category over the cycles.
#[derive(Debug, Clone)]
pub struct CategoryHistory {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// Schools by state, per cycle, in the order of [`State::EACH`].
    pub counts: Vec<[usize; 6]>,
    /// Schools that were on the list of each cycle then: another number than [`counts`](Self::counts) has where schools were
    /// merged or divided since.
    pub listed_then: Vec<usize>,
    /// From each cycle to the next: `[i][j]` schools of state `i` before and `j` after.
    pub transitions: Vec<[[usize; 6]; 6]>,
    /// Every school that some cycle has, in the order of the identity.
    pub paths: Vec<Path>,
    /// Schools on the list of the last cycle by the number of cycles that they are on it without a break.
    pub in_a_row: BTreeMap<usize, usize>,
}

/// One school over the cycles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// What the identity calls it.
    pub code: Arc<str>,
    pub title: Option<Arc<str>>,
    /// One per cycle.
    pub steps: Vec<Step>,
    /// Cycles on the list without a break up to the last one; 0: not on its list.
    pub in_a_row: usize,
    /// Cycles on the list, all together.
    pub listed: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub movement: Movement,
    pub entry: Entry,
    /// Its codes in this cycle; several: it was several schools then.
    pub codes: Vec<Arc<str>>,
}

impl Entry {
    /// Of a school that a cycle does not have.
    pub fn absent() -> Entry {
        Entry { state: State::NotThere, criteria: Vec::new(), registered: None, passage: None, years: None }
    }
}

impl Path {
    /// Whether any cycle has the school on the list or cannot tell.
    pub fn is_told(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.entry.state, State::In | State::Undetermined))
    }
}
