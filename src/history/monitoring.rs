//! Entry, process, exit: how the indicators of schools changed between the first and the last cycle, by what became of them.
//!
//! Sums and means are exact; which way is better is not judged here.

use std::sync::Arc;

use super::costs::{Costs, Spent, UnitCost, spent, unit_cost};
use super::{CategoryHistory, Path, Series, State};
use crate::number::Number;

/// Schools that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// On the list of the first cycle, and still there in the last.
    Listed,
    /// Of these: known not to be on the list of the last cycle.
    Left,
    /// Of these: still on the list.
    Remained,
    /// Judged in the first cycle and not on its list, and still there in the last.
    NotListed,
}

impl Group {
    pub const EACH: [Group; 4] = [Group::Listed, Group::Left, Group::Remained, Group::NotListed];

    fn holds(self, path: &Path) -> bool {
        let state = |step: Option<&super::Step>| step.map_or(State::NotThere, |step| step.entry.state);
        let (first, last) = (state(path.steps.first()), state(path.steps.last()));
        match self {
            Group::Listed => first == State::In && last != State::NotThere,
            Group::Left => first == State::In && last.is_off(),
            Group::Remained => first == State::In && last == State::In,
            Group::NotListed => first == State::Out && last != State::NotThere,
        }
    }
}

/// What became of the indicators.
#[derive(Debug, Clone)]
pub struct Monitoring {
    /// Schools of each group.
    pub groups: [usize; 4],
    pub indicators: Vec<IndicatorChange>,
    /// Where costs are given.
    pub spent: Option<Spent>,
}

#[derive(Debug, Clone)]
pub struct IndicatorChange {
    /// Position among the series.
    pub series: usize,
    /// The category does not rest on it.
    pub contextual: bool,
    /// One per group.
    pub changes: [Change; 4],
    /// For the schools listed in the first cycle.
    pub cost: Option<UnitCost>,
}

/// How an indicator changed for a group of schools: for those that have it in both cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    pub known: usize,
    /// Means; `None`: nobody has both values.
    pub first: Option<Number>,
    pub last: Option<Number>,
    pub change: Option<Number>,
    pub rose: usize,
    pub fell: usize,
    pub same: usize,
}

/// The change of every series for every group of a category, and what it cost.
pub fn monitoring(category: &CategoryHistory, series: &[Series], costs: Option<&Costs>) -> Monitoring {
    let members = Group::EACH.map(|group| -> Vec<&Arc<str>> {
        category.paths.iter().filter(|path| group.holds(path)).map(|path| &path.code).collect()
    });
    let [listed, left, ..] = &members;
    let indicators = series.iter().enumerate().map(|(at, series)| IndicatorChange {
        series: at,
        contextual: !series.used_by.contains(&category.name),
        changes: members.each_ref().map(|codes| change(series, codes)),
        cost: costs.map(|costs| unit_cost(costs, series, listed)),
    });
    Monitoring {
        indicators: indicators.collect(),
        spent: costs.map(|costs| spent(costs, listed, left.len())),
        groups: members.map(|codes| codes.len()),
    }
}

/// The values of a school in both cycles.
pub(super) fn both<'s>(series: &'s Series, code: &Arc<str>) -> Option<(&'s Number, &'s Number)> {
    series.first(code).zip(series.last(code))
}

fn change(series: &Series, codes: &[&Arc<str>]) -> Change {
    let mut found = Change::default();
    let (mut first, mut last) = (Number::zero(), Number::zero());
    for (then, now) in codes.iter().filter_map(|code| both(series, code)) {
        found.known += 1;
        first = first.add(then);
        last = last.add(now);
        match now.cmp(then) {
            std::cmp::Ordering::Greater => found.rose += 1,
            std::cmp::Ordering::Less => found.fell += 1,
            std::cmp::Ordering::Equal => found.same += 1,
        }
    }
    let count = Number::from_integer(i64::try_from(found.known).unwrap_or(i64::MAX));
    found.first = first.divide(&count);
    found.last = last.divide(&count);
    found.change = last.subtract(&first).divide(&count);
    found
}
