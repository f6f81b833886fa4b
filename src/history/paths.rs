//! The cycles side by side: the path of every school, and how many went which way.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{CategoryHistory, Cycle, CycleCategory, Entry, Followed, History, Identity, Movement, Path, State, Step};

/// States in the order in which they are taken for a school that several were: whoever was on the list decides.
const DECIDING: [State; 6] =
    [State::In, State::Undetermined, State::Out, State::NotApplicable, State::NotJudged, State::NotThere];

/// How many schools two cycles have in common, and how many the smaller one has.
pub fn common(cycles: &[Cycle], first: usize, second: usize, identity: &Identity) -> (usize, usize) {
    let there = |school: &&Followed, at: usize| school.codes.get(at).is_some_and(|codes| !codes.is_empty());
    let both = identity.schools.iter().filter(|school| there(school, first) && there(school, second)).count();
    let size = |at: usize| cycles.get(at).map_or(0, |cycle| cycle.schools.len());
    (both, size(first).min(size(second)))
}

/// What the cycles say together. `wanted`: the categories to follow, by name; each cycle has them.
pub fn history(cycles: &[Cycle], wanted: &[Arc<str>], identity: &Identity) -> History {
    let schools = &identity.schools;
    let throughout = schools.iter().filter(|school| school.codes.iter().all(|codes| !codes.is_empty())).count();
    let rows: Vec<HashMap<&Arc<str>, usize>> =
        cycles.iter().map(|cycle| cycle.schools.iter().enumerate().map(|(row, code)| (code, row)).collect()).collect();
    History {
        cycles: cycles.iter().map(|cycle| cycle.name.clone()).collect(),
        schools: cycles.iter().map(|cycle| cycle.schools.len()).collect(),
        throughout,
        categories: wanted.iter().map(|name| category(cycles, name, &rows, identity)).collect(),
    }
}

/// The name of a school in the last cycle that has one.
fn title(cycles: &[Cycle], school: &Followed) -> Option<Arc<str>> {
    let named =
        |(cycle, codes): (&Cycle, &Vec<Arc<str>>)| codes.iter().find_map(|code| cycle.titles.get(code).cloned());
    cycles.iter().zip(&school.codes).rev().find_map(named)
}

fn category(
    cycles: &[Cycle],
    name: &Arc<str>,
    rows: &[HashMap<&Arc<str>, usize>],
    identity: &Identity,
) -> CategoryHistory {
    let found: Vec<Option<&CycleCategory>> =
        cycles.iter().map(|cycle| cycle.categories.iter().find(|category| category.name == *name)).collect();
    let mut counts = vec![[0; 6]; cycles.len()];
    let mut transitions = vec![[[0; 6]; 6]; cycles.len().saturating_sub(1)];
    let mut in_a_row: BTreeMap<usize, usize> = BTreeMap::new();
    let mut paths = Vec::with_capacity(identity.schools.len());
    for school in &identity.schools {
        let codes = |at: usize| school.codes.get(at).map_or(&[][..], Vec::as_slice);
        let entry = |at: usize| -> Entry {
            let row = |code: &Arc<str>| rows.get(at).and_then(|rows| rows.get(code)).copied();
            let of = |row: usize| found.get(at).copied().flatten().and_then(|of| of.entries.get(row));
            let entries: Vec<&Entry> = codes(at).iter().filter_map(row).filter_map(of).collect();
            let deciding = DECIDING.iter().find_map(|state| entries.iter().find(|entry| entry.state == *state));
            deciding.map_or_else(Entry::absent, |entry| (*entry).clone())
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
            steps.push(Step { movement: Movement::of(before, entry.state), entry, codes: codes(at).to_vec() });
        }
        let is_in = |step: &&Step| step.entry.state == State::In;
        let row = steps.iter().rev().take_while(is_in).count();
        if row > 0 {
            *in_a_row.entry(row).or_default() += 1;
        }
        let listed = steps.iter().filter(is_in).count();
        let (code, title) = (school.code.clone(), title(cycles, school));
        paths.push(Path { code, title, steps, in_a_row: row, listed });
    }
    let title = found.iter().rev().copied().flatten().find_map(|category| category.title.clone());
    let listed = |of: &Option<&CycleCategory>| {
        of.map_or(0, |of| of.entries.iter().filter(|entry| entry.state == State::In).count())
    };
    let listed_then = found.iter().map(listed).collect();
    CategoryHistory { name: name.clone(), title, counts, listed_then, transitions, paths, in_a_row }
}
