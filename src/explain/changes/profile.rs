//! One cell after the other: for everything that has a verdict the nearest value that turns it.
//!
//! Every evaluation tells the verdicts on all criteria, categories and single conditions, so each cell is searched once.
//! How many values are tried follows from the number of cells and of rows that each evaluation goes through, never from
//! the time it takes: the same data give the same answers.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::condition::InputCell;
use super::domain::Domain;
use super::search::{Search, Target};
use crate::decision::Verdict;
use crate::evaluate::again::{Change, work};
use crate::number::Number;
use crate::value::Value;

/// Rows gone through for one school, more or less.
const MOST_WORK: usize = 400_000_000;
const MOST_POINTS: usize = 130;
const FEWEST_POINTS: usize = 10;
/// How often what was seen on the way may lead to something nearer.
const ROUNDS: usize = 3;

/// What was found for all cells, in the order of [`super::search::Ground::cells`].
pub(super) struct Profiles {
    pub cells: Vec<Profile>,
    /// Values that may be tried for each of the empty cells.
    pub points_of_empty: Vec<usize>,
}

/// What one cell can do.
#[derive(Debug, Default)]
pub(super) struct Profile {
    pub domain: Option<Domain>,
    /// Every possible value was tried.
    pub every: bool,
    /// Per target the nearest value that turns it.
    pub nearest: Vec<Option<Nearest>>,
    /// The same of values that make it neither what it is now nor the opposite: not applicable, undetermined.
    pub aside: Vec<Option<Nearest>>,
}

#[derive(Debug, Clone)]
pub(super) struct Nearest {
    pub to: Value,
    /// Relatively to what a change can be.
    pub size: Number,
}

impl Search<'_> {
    pub fn profiles(&self) -> Profiles {
        let all: Vec<&InputCell> = self.ground.cells.iter().chain(&self.ground.empty).collect();
        let points = self.points(&all);
        let (of_cells, of_empty) = points.split_at_checked(self.ground.cells.len()).unwrap_or((&points, &[]));
        let cells: Vec<(&InputCell, usize)> = self.ground.cells.iter().zip(of_cells.iter().copied()).collect();
        Profiles {
            cells: cells.par_iter().map(|(cell, most)| self.profile(cell, *most)).collect(),
            points_of_empty: of_empty.to_vec(),
        }
    }

    /// How many values are tried for each cell.
    fn points(&self, cells: &[&InputCell]) -> Vec<usize> {
        let share = MOST_WORK.checked_div(cells.len()).unwrap_or(MOST_WORK);
        let mut known: BTreeMap<_, usize> = BTreeMap::new();
        let points = |cell: &&InputCell| {
            let column = (cell.table, cell.column);
            let work = *known.entry(column).or_insert_with(|| {
                let change = Change { columns: vec![column], steps: Vec::new() };
                work(self.reading.rules, self.reading.plan, self.reading.data, &change)
            });
            share.checked_div(work).unwrap_or(MOST_POINTS).clamp(FEWEST_POINTS, MOST_POINTS)
        };
        cells.iter().map(points).collect()
    }

    fn profile(&self, cell: &InputCell, most: usize) -> Profile {
        let then = |value: &Value| self.with_cells(&[(cell, value)]).map(|changed| self.then(&changed));
        if let Value::Truth(truth) = &cell.value {
            let to = Value::Truth(truth.negate());
            let found = then(&to).unwrap_or_default();
            let nearest = |wanted: fn(Verdict, Verdict) -> bool| {
                let pairs = self.now.iter().zip(&found);
                let found = |(now, then): (&Verdict, &Verdict)| {
                    wanted(*now, *then).then(|| Nearest { to: to.clone(), size: Number::one() })
                };
                pairs.map(found).collect()
            };
            return Profile { domain: None, every: true, nearest: nearest(is_turned), aside: nearest(is_aside) };
        }
        let Some((domain, now)) = self.domain(cell).and_then(|d| d.place(&cell.value).map(|now| (d, now))) else {
            return Profile::default();
        };
        let mut seen: Seen<'_> = Seen {
            at: BTreeMap::from([(now, self.now.clone())]),
            now,
            then: &|at| then(&domain.value(at)).unwrap_or_default(),
        };
        domain.points(Some(now), &self.ground.breaks, most).into_iter().for_each(|at| seen.look(at));
        let mut nearest: Vec<Option<i64>> = vec![None; self.now.len()];
        for _ in 0..ROUNDS {
            let before = nearest.clone();
            for (target, slot) in nearest.iter_mut().enumerate() {
                if let Some(now) = self.now.get(target).filter(|now| turned(**now).is_some()) {
                    *slot = seen.nearest(target, &|then| is_turned(*now, then));
                }
            }
            if before == nearest {
                break;
            }
        }
        let targets = self.ground.targets.iter().zip(&self.now).enumerate();
        let aside: Vec<Option<i64>> = targets
            .map(|(target, (of, now))| match of {
                Target::Category(_) => seen.nearest(target, &|then| is_aside(*now, then)),
                _ => None,
            })
            .collect();
        let every = domain.is_within(most);
        let named = |at: i64| Nearest { to: domain.value(at), size: domain.size(now, at) };
        let named = |places: Vec<Option<i64>>| places.into_iter().map(|at| at.map(named)).collect();
        Profile { every, nearest: named(nearest), aside: named(aside), domain: Some(domain) }
    }
}

/// The other verdict of a decided one; of a category that does not judge the school, that it belongs.
pub(super) fn turned(now: Verdict) -> Option<Verdict> {
    match now {
        Verdict::Met => Some(Verdict::NotMet),
        Verdict::NotMet | Verdict::NotJudged => Some(Verdict::Met),
        _ => None,
    }
}

fn is_turned(now: Verdict, then: Verdict) -> bool {
    turned(now) == Some(then)
}

/// A decided verdict that is then no decision for or against.
fn is_aside(now: Verdict, then: Verdict) -> bool {
    matches!(now, Verdict::Met | Verdict::NotMet) && !matches!(then, Verdict::Met | Verdict::NotMet)
}

/// The places that were looked at, with the verdicts there.
struct Seen<'a> {
    at: BTreeMap<i64, Vec<Verdict>>,
    now: i64,
    then: &'a dyn Fn(i64) -> Vec<Verdict>,
}

impl Seen<'_> {
    fn look(&mut self, at: i64) {
        self.at.entry(at).or_insert_with(|| (self.then)(at));
    }

    fn is(&self, at: i64, target: usize, wanted: &dyn Fn(Verdict) -> bool) -> bool {
        self.at.get(&at).and_then(|verdicts| verdicts.get(target)).is_some_and(|then| wanted(*then))
    }

    /// The place nearest to now at which a target is as wanted: between the first such place seen on either side and the
    /// one before it the border is found by halving.
    fn nearest(&mut self, target: usize, wanted: &dyn Fn(Verdict) -> bool) -> Option<i64> {
        let first = |places: &mut dyn Iterator<Item = i64>, now: i64| {
            let mut before = now;
            for at in places {
                if self.is(at, target, wanted) {
                    return Some((before, at));
                }
                before = at;
            }
            None
        };
        let above = first(&mut self.at.range(self.now..).map(|(at, _)| *at), self.now);
        let below = first(&mut self.at.range(..self.now).rev().map(|(at, _)| *at), self.now);
        let mut found: Option<i64> = None;
        for (mut stays, mut there) in above.into_iter().chain(below) {
            // what is farther than what was found needs no border
            if found.is_some_and(|found| found.abs_diff(self.now) <= stays.abs_diff(self.now)) {
                continue;
            }
            while there.abs_diff(stays) > 1 {
                let middle = stays + (there - stays) / 2;
                self.look(middle);
                if self.is(middle, target, wanted) {
                    there = middle;
                } else {
                    stays = middle;
                }
            }
            if found.is_none_or(|found| there.abs_diff(self.now) < found.abs_diff(self.now)) {
                found = Some(there);
            }
        }
        found
    }
}
