//! A step function as its breakpoints with the schools that move at each, and what can be asked of it.

use std::ops::Range;

use super::{Domain, Interval, Item, Mark};
use crate::decision::Verdict;
use crate::number::Number;

/// Where a school stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// On the list, decisions of people taken in.
    pub listed: bool,
    pub verdict: Verdict,
}

/// A school that stands elsewhere from a breakpoint on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    pub row: u32,
    pub from: State,
    pub to: State,
}

/// A value at which the list, or who is undetermined, changes.
#[derive(Debug, Clone)]
pub struct Breakpoint {
    pub mark: Mark,
    /// Positions in [`Curve::changes`].
    pub changes: Range<usize>,
    pub entered: usize,
    pub left: usize,
    /// From here on.
    pub listed: usize,
    pub undetermined: usize,
}

/// The list of one category, or of one criterion, for every value.
#[derive(Debug, Clone)]
pub struct Curve {
    pub item: Item,
    /// Before the first breakpoint, per school.
    pub first: Vec<State>,
    pub listed: usize,
    pub undetermined: usize,
    /// Ascending.
    pub breakpoints: Vec<Breakpoint>,
    pub changes: Vec<Change>,
}

fn is_open(state: State) -> bool {
    matches!(state.verdict, Verdict::Undetermined(_))
}

/// How many are on the list, and how many undetermined.
pub(super) fn counts(states: &[State]) -> (usize, usize) {
    let listed = states.iter().filter(|state| state.listed).count();
    (listed, states.iter().filter(|state| is_open(**state)).count())
}

impl Curve {
    /// `moves`: in the order of the marks, and each school at most once per mark.
    pub(super) fn new<'a>(item: Item, first: Vec<State>, moves: impl Iterator<Item = (&'a Mark, Change)>) -> Curve {
        let (listed, undetermined) = counts(&first);
        let mut curve = Curve { item, first, listed, undetermined, breakpoints: Vec::new(), changes: Vec::new() };
        let (mut listed, mut undetermined) = (listed, undetermined);
        for (mark, change) in moves {
            if curve.breakpoints.last().is_none_or(|last| last.mark != *mark) {
                let (at, mark) = (curve.changes.len(), mark.clone());
                curve.breakpoints.push(Breakpoint { mark, changes: at..at, entered: 0, left: 0, listed, undetermined });
            }
            let Some(last) = curve.breakpoints.last_mut() else { continue };
            let entered = !change.from.listed && change.to.listed;
            let left = change.from.listed && !change.to.listed;
            last.entered += usize::from(entered);
            last.left += usize::from(left);
            listed = (listed + usize::from(entered)).saturating_sub(usize::from(left));
            undetermined =
                (undetermined + usize::from(is_open(change.to))).saturating_sub(usize::from(is_open(change.from)));
            (last.listed, last.undetermined) = (listed, undetermined);
            curve.changes.push(change);
            last.changes.end = curve.changes.len();
        }
        curve
    }

    /// The stretch (0: before the first breakpoint) that holds a value.
    pub fn stretch_at(&self, value: &Number) -> usize {
        let mark = Mark::at(value.clone());
        self.breakpoints.partition_point(|breakpoint| breakpoint.mark <= mark)
    }

    pub fn stretches(&self) -> usize {
        self.breakpoints.len() + 1
    }

    pub fn interval(&self, stretch: usize) -> Interval {
        let mark = |at: usize| self.breakpoints.get(at).map(|breakpoint| breakpoint.mark.clone());
        Interval { from: stretch.checked_sub(1).and_then(mark), to: mark(stretch) }
    }

    /// How many schools are on the list, and how many undetermined, in a stretch.
    pub fn counts(&self, stretch: usize) -> (usize, usize) {
        let found = stretch.checked_sub(1).and_then(|at| self.breakpoints.get(at));
        found.map_or((self.listed, self.undetermined), |found| (found.listed, found.undetermined))
    }

    pub fn changes_at(&self, breakpoint: &Breakpoint) -> &[Change] {
        self.changes.get(breakpoint.changes.clone()).unwrap_or(&[])
    }

    /// Where every school stands in a stretch.
    pub fn states(&self, stretch: usize) -> Vec<State> {
        let mut states = self.first.clone();
        for breakpoint in self.breakpoints.iter().take(stretch) {
            for change in self.changes_at(breakpoint) {
                if let Some(state) = row(change).and_then(|row| states.get_mut(row)) {
                    *state = change.to;
                }
            }
        }
        states
    }

    /// The values for which so many schools are on the list; neighbouring stretches are one.
    pub fn with_count(&self, count: usize) -> Vec<Interval> {
        self.joined((0..self.stretches()).filter(|stretch| self.counts(*stretch).0 == count))
    }

    /// The numbers of schools next to one that no value gives: the greatest below and the least above.
    pub fn counts_beside(&self, count: usize) -> (Option<usize>, Option<usize>) {
        let all = || (0..self.stretches()).map(|stretch| self.counts(stretch).0);
        (all().filter(|found| *found < count).max(), all().filter(|found| *found > count).min())
    }

    /// The values for which a school stands so.
    pub fn where_is(&self, school: usize, wanted: impl Fn(State) -> bool) -> Vec<Interval> {
        let Some(mut state) = self.first.get(school).copied() else { return Vec::new() };
        let mut stretches = Vec::new();
        for stretch in 0..self.stretches() {
            let begun = stretch.checked_sub(1).and_then(|at| self.breakpoints.get(at));
            let change = begun.and_then(|b| self.changes_at(b).iter().find(|change| row(change) == Some(school)));
            state = change.map_or(state, |change| change.to);
            if wanted(state) {
                stretches.push(stretch);
            }
        }
        self.joined(stretches.into_iter())
    }

    /// Schools that are on the list at the present value and not everywhere within a distance of it, and schools that are not
    /// and somewhere would be.
    pub fn near(&self, present: &Number, distance: &Number, domain: &Domain) -> (Vec<u32>, Vec<u32>) {
        let within = |value: Number| {
            let value = domain.low.as_ref().map_or(value.clone(), |low| value.max(low.clone()));
            domain.high.as_ref().map_or(value.clone(), |high| value.min(high.clone()))
        };
        let (low, high) = (within(present.subtract(distance)), within(present.add(distance)));
        let crossed = self.stretch_at(&low)..self.stretch_at(&high);
        let now = self.stretch_at(present);
        let states = self.states(now);
        let mut moved: Vec<u32> = self
            .breakpoints
            .get(crossed)
            .unwrap_or(&[])
            .iter()
            .flat_map(|breakpoint| self.changes_at(breakpoint))
            .filter(|change| change.from.listed != change.to.listed)
            .map(|change| change.row)
            .collect();
        moved.sort_unstable();
        moved.dedup();
        let listed = |row: &u32| usize::try_from(*row).ok().and_then(|row| states.get(row)).is_some_and(|s| s.listed);
        moved.into_iter().partition(listed)
    }

    fn joined(&self, stretches: impl Iterator<Item = usize>) -> Vec<Interval> {
        let mut found: Vec<Interval> = Vec::new();
        for interval in stretches.map(|stretch| self.interval(stretch)) {
            match found.last_mut().filter(|last| last.to.is_some() && last.to == interval.from) {
                Some(last) => last.to = interval.to,
                None => found.push(interval),
            }
        }
        found
    }
}

fn row(change: &Change) -> Option<usize> {
    usize::try_from(change.row).ok()
}
