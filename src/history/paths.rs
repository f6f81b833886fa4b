//! The cycles side by side: the path of every school, and how many went which way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{CategoryHistory, Cycle, CycleCategory, Entry, History, Identity, Movement, Path, State, Step};

/// How many schools two cycles have in common, and how many the smaller one has.
pub fn common(cycles: &[Cycle], first: usize, second: usize, identity: &Identity) -> (usize, usize) {
    let codes = |at: usize| -> BTreeSet<Arc<str>> {
        cycles.get(at).map_or_else(BTreeSet::new, |c| c.schools.iter().map(|code| identity.of(at, code)).collect())
    };
    let (first, second) = (codes(first), codes(second));
    (first.intersection(&second).count(), first.len().min(second.len()))
}

/// What the cycles say together. `wanted`: the categories to follow, by name; each cycle has them.
pub fn history(cycles: &[Cycle], wanted: &[Arc<str>], identity: &Identity) -> History {
    let rows: Vec<BTreeMap<Arc<str>, usize>> = cycles
        .iter()
        .enumerate()
        .map(|(at, cycle)| cycle.schools.iter().enumerate().map(|(row, code)| (identity.of(at, code), row)).collect())
        .collect();
    let schools: BTreeSet<Arc<str>> = rows.iter().flat_map(|codes| codes.keys().cloned()).collect();
    let throughout = schools.iter().filter(|code| rows.iter().all(|codes| codes.contains_key(*code))).count();
    let title = |code: &Arc<str>| {
        let all = cycles.iter().enumerate().rev();
        all.clone()
            .find_map(|(at, cycle)| {
                let row = *rows.get(at)?.get(code)?;
                cycle.titles.get(cycle.schools.get(row)?)
            })
            .cloned()
    };
    History {
        cycles: cycles.iter().map(|cycle| cycle.name.clone()).collect(),
        schools: rows.iter().map(BTreeMap::len).collect(),
        throughout,
        categories: wanted.iter().map(|name| category(cycles, name, &rows, &schools, &title)).collect(),
    }
}

fn category(
    cycles: &[Cycle],
    name: &Arc<str>,
    rows: &[BTreeMap<Arc<str>, usize>],
    schools: &BTreeSet<Arc<str>>,
    titled: &dyn Fn(&Arc<str>) -> Option<Arc<str>>,
) -> CategoryHistory {
    let found: Vec<Option<&CycleCategory>> =
        cycles.iter().map(|cycle| cycle.categories.iter().find(|category| category.name == *name)).collect();
    let mut counts = vec![[0; 6]; cycles.len()];
    let mut transitions = vec![[[0; 6]; 6]; cycles.len().saturating_sub(1)];
    let mut in_a_row: BTreeMap<usize, usize> = BTreeMap::new();
    let mut paths = Vec::with_capacity(schools.len());
    for code in schools {
        let entry = |at: usize| -> Entry {
            let row = rows.get(at).and_then(|codes| codes.get(code));
            let of = found.get(at).copied().flatten();
            of.zip(row).and_then(|(of, row)| of.entries.get(*row)).cloned().unwrap_or_else(Entry::absent)
        };
        let mut steps: Vec<Step> = Vec::with_capacity(cycles.len());
        for at in 0..cycles.len() {
            let entry = entry(at);
            let before = steps.last().map(|step| step.entry.state);
            if let Some(count) = counts.get_mut(at).and_then(|all| all.get_mut(entry.state.position())) {
                *count += 1;
            }
            if let Some(before) = before
                && let Some(table) = at.checked_sub(1).and_then(|at| transitions.get_mut(at))
                && let Some(cell) = table.get_mut(before.position()).and_then(|row| row.get_mut(entry.state.position()))
            {
                *cell += 1;
            }
            steps.push(Step { movement: Movement::of(before, entry.state), entry });
        }
        let is_in = |step: &&Step| step.entry.state == State::In;
        let row = steps.iter().rev().take_while(is_in).count();
        if row > 0 {
            *in_a_row.entry(row).or_default() += 1;
        }
        let listed = steps.iter().filter(is_in).count();
        paths.push(Path { code: code.clone(), title: titled(code), steps, in_a_row: row, listed });
    }
    let title = found.iter().rev().copied().flatten().find_map(|category| category.title.clone());
    CategoryHistory { name: name.clone(), title, counts, transitions, paths, in_a_row }
}
