//! Several cells at once, for a category that no single one turns.
//!
//! First the single conditions are turned in thought: of those that some cell can turn, which few have to be otherwise for
//! the category to be? Then the cells that turn them are changed together, the relatively smallest changes first, and each
//! is taken back as far as the category lets it.

use super::super::condition::{InputCell, Node};
use super::cells::{atoms, whole};
use super::profile::{Profiles, turned};
use super::search::{Goal, Search, Target};
use super::{Outcome, Together};
use crate::model::expr::ExprId;
use crate::number::Number;
use crate::value::{Truth, Value};

/// Cells changed together at most.
const MOST_TOGETHER: usize = 4;
/// Conditions that are turned in thought.
const MOST_CONDITIONS: usize = 16;
/// Combinations tried in thought.
const MOST_THOUGHT: usize = 3000;
/// Combinations tried on the data, for each number of cells.
const MOST_TRIED: usize = 20;
/// Cells that are tried for one condition.
const MOST_WAYS: usize = 2;

/// A condition that cells can turn.
struct Turnable {
    expr: ExprId,
    then: Truth,
    /// The changes that do, the smallest first.
    ways: Vec<Way>,
}

#[derive(Clone)]
struct Way {
    cell: usize,
    to: Value,
    size: Number,
    upwards: bool,
}

impl Search<'_> {
    /// The smallest combination found, and how many cells were changed together at most.
    pub fn together(&self, goal: &Goal, rule: &Node, cells: &[usize], found: &Profiles) -> (Option<Together>, usize) {
        let mut conditions = Vec::new();
        whole(self.explanation, rule).into_iter().for_each(|tree| atoms(tree, &mut conditions));
        let mut turnable: Vec<Turnable> = Vec::new();
        for condition in conditions {
            if !turnable.iter().any(|known| known.expr == condition.expr) {
                turnable.extend(self.turnable(condition.expr, cells, found));
            }
        }
        turnable.sort_by_key(Turnable::size);
        turnable.truncate(MOST_CONDITIONS);
        let mut left = MOST_THOUGHT;
        for count in 2..=MOST_TOGETHER.min(turnable.len()) {
            let mut tried: Vec<(Number, Vec<Way>)> = Vec::new();
            for set in combinations(turnable.len(), count) {
                if left == 0 {
                    return (None, count - 1);
                }
                left -= 1;
                let set: Vec<&Turnable> = set.iter().filter_map(|at| turnable.get(*at)).collect();
                if self.would_turn(goal, &set) {
                    tried.extend(assignments(&set));
                }
            }
            tried.sort_by(|a, b| a.0.cmp(&b.0));
            for (_, ways) in tried.into_iter().take(MOST_TRIED) {
                if let Some(together) = self.made(goal, ways, found) {
                    return (Some(together), count);
                }
            }
        }
        (None, MOST_TOGETHER.min(turnable.len()).max(1))
    }

    fn turnable(&self, expr: ExprId, cells: &[usize], found: &Profiles) -> Option<Turnable> {
        let target = self.place_of(Target::Atom(expr))?;
        let then = turned(*self.now.get(target)?)?;
        let way = |cell: &usize| {
            let nearest = found.cells.get(*cell)?.nearest.get(target)?.as_ref()?;
            let upwards = match (&self.ground.cells.get(*cell)?.value, &nearest.to) {
                (Value::Number(now), Value::Number(to)) => to > now,
                _ => false,
            };
            Some(Way { cell: *cell, to: nearest.to.clone(), size: nearest.size.clone(), upwards })
        };
        let mut ways: Vec<Way> = cells.iter().filter_map(way).collect();
        ways.sort_by(|a, b| a.size.cmp(&b.size));
        ways.truncate(MOST_WAYS);
        (!ways.is_empty()).then(|| Turnable { expr, then: Truth::from_bool(then.is_met()), ways })
    }

    /// Whether the goal is reached if these conditions were otherwise, and every value as it is.
    fn would_turn(&self, goal: &Goal, set: &[&Turnable]) -> bool {
        let steps: Option<Vec<_>> =
            set.iter().map(|condition| self.truths_with(condition.expr, condition.then)).collect();
        steps.and_then(|steps| self.verdict(goal, &self.with_steps(steps))) == Some(goal.turned)
    }

    /// The changes made, each as small as the goal allows with the others as they are; `None`: they do not reach it.
    fn made(&self, goal: &Goal, mut ways: Vec<Way>, found: &Profiles) -> Option<Together> {
        let turns = |ways: &[Way]| {
            let cells: Vec<(usize, &Value)> = ways.iter().map(|way| (way.cell, &way.to)).collect();
            self.with(&cells).and_then(|changed| self.verdict(goal, &changed)) == Some(goal.turned)
        };
        if !turns(&ways) {
            return None;
        }
        let mut at = 0;
        while at < ways.len() {
            let mut without = ways.clone();
            without.remove(at);
            if turns(&without) {
                ways = without;
                continue;
            }
            let way = ways.get(at)?.clone();
            let places = found.cells.get(way.cell).and_then(|profile| profile.domain.as_ref()).and_then(|domain| {
                let now = domain.place(&self.ground.cells.get(way.cell)?.value)?;
                Some((domain, now, domain.place(&way.to)?))
            });
            if let Some((domain, mut stays, mut there)) = places {
                while there.abs_diff(stays) > 1 {
                    let middle = stays + (there - stays) / 2;
                    ways.get_mut(at)?.to = domain.value(middle);
                    if turns(&ways) {
                        there = middle;
                    } else {
                        stays = middle;
                    }
                }
                ways.get_mut(at)?.to = domain.value(there);
            }
            at += 1;
        }
        let cells: Vec<(usize, &Value)> = ways.iter().map(|way| (way.cell, &way.to)).collect();
        let outcome: Outcome = self.outcome(goal, &self.with(&cells)?)?;
        let named = |way: &Way| Some((self.ground.cells.get(way.cell)?.clone(), way.to.clone()));
        let cells: Vec<(InputCell, Value)> = ways.iter().filter_map(named).collect();
        (outcome.category == goal.turned).then_some(Together { cells, outcome })
    }
}

impl Turnable {
    fn size(&self) -> Number {
        self.ways.first().map_or_else(Number::zero, |way| way.size.clone())
    }
}

/// One way for each condition, in all combinations, with the sum of their sizes. A cell that two conditions ask for stands
/// once, with the farther value; where they pull in two directions the other ways are left.
fn assignments(set: &[&Turnable]) -> Vec<(Number, Vec<Way>)> {
    let mut all: Vec<(Number, Vec<Way>)> = vec![(Number::zero(), Vec::new())];
    for condition in set {
        let mut longer = Vec::new();
        for (size, ways) in &all {
            for way in &condition.ways {
                let mut ways = ways.clone();
                let known = ways.iter_mut().find(|known| known.cell == way.cell);
                let more = match known {
                    Some(known) if known.upwards != way.upwards => continue,
                    Some(known) if known.size >= way.size => Number::zero(),
                    Some(known) => {
                        let more = way.size.subtract(&known.size);
                        *known = way.clone();
                        more
                    }
                    None => {
                        ways.push(way.clone());
                        way.size.clone()
                    }
                };
                longer.push((size.add(&more), ways));
            }
        }
        all = longer;
    }
    all
}

/// All sets of `count` of the numbers below `of`, in order.
fn combinations(of: usize, count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..count {
        all = all
            .into_iter()
            .flat_map(|set| {
                let first = set.last().map_or(0, |last| last + 1);
                (first..of).map(move |next| set.iter().copied().chain([next]).collect())
            })
            .collect();
    }
    all
}
