//! Which codes of different cycles are one school.
//!
//! A school is its code, or what correspondences of codes say. It is followed back from what it is at the end: a merged school
//! is one school of several codes before, a divided one is each of its successors. Knows codes only, no decisions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::Cycle;
use crate::data::correspondence::{Correspondence, Line};
use crate::data::succession::{self, CodeChange, Matching};
use crate::diagnostic::history as kinds;
use crate::diagnostic::{Diagnostic, Outcome};

/// The schools of several cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// By what they are called.
    pub schools: Vec<Followed>,
}

/// One school through the cycles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Followed {
    /// The code of the last cycle that has it; where a later school has this code, the name of that cycle stands behind it.
    pub code: Arc<str>,
    /// Its codes in each cycle: none where it is not there, several before a merger.
    pub codes: Vec<Vec<Arc<str>>>,
}

/// Who is who over all cycles, and from each to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Following {
    pub whole: Identity,
    /// One per pair of neighbouring cycles, with these two only: a school that is merged later is still itself here.
    pub pairs: Vec<Identity>,
    /// What became of codes between the two cycles of each pair.
    pub changes: Vec<Vec<CodeChange>>,
}

impl Identity {
    /// The school that a code of a cycle is, for codes that are one school by themselves: neither merged nor divided.
    pub fn alone(&self, cycle: usize) -> HashMap<Arc<str>, Arc<str>> {
        let mut shared: HashSet<&Arc<str>> = HashSet::new();
        let mut found: HashMap<Arc<str>, Arc<str>> = HashMap::new();
        for school in &self.schools {
            let codes = school.codes.get(cycle).map_or(&[][..], Vec::as_slice);
            for code in codes {
                if found.insert(code.clone(), school.code.clone()).is_some() || codes.len() > 1 {
                    shared.insert(code);
                }
            }
        }
        found.retain(|code, _| !shared.contains(code));
        found
    }

    /// The schools that a code means: the one that is called so, else all that had it in some cycle.
    pub fn by_code(&self) -> BTreeMap<&str, Vec<&Followed>> {
        let mut found: BTreeMap<&str, Vec<&Followed>> = BTreeMap::new();
        for school in &self.schools {
            let had: BTreeSet<&str> = school.codes.iter().flatten().map(AsRef::as_ref).collect();
            had.into_iter().for_each(|code| found.entry(code).or_default().push(school));
        }
        for school in &self.schools {
            found.insert(&school.code, vec![school]);
        }
        found
    }

    /// Gives every school a name of its own, and puts them in order.
    fn of(mut schools: Vec<Followed>, cycles: &[&str]) -> Identity {
        let last = |school: &Followed| school.codes.iter().rposition(|codes| !codes.is_empty()).unwrap_or(0);
        let mut latest: HashMap<Arc<str>, usize> = HashMap::new();
        for school in &schools {
            let end = latest.entry(school.code.clone()).or_default();
            *end = last(school).max(*end);
        }
        for school in &mut schools {
            let end = last(school);
            if latest.get(&school.code).is_some_and(|latest| end < *latest) {
                let cycle = cycles.get(end).copied().unwrap_or("");
                school.code = Arc::from(format!("{} ({cycle})", school.code));
            }
        }
        schools.sort_by(|one, other| one.code.cmp(&other.code));
        Identity { schools }
    }
}

/// Follows the schools through the cycles. `said`: what a correspondence says of each pair of neighbours; nothing: codes stay.
pub fn follow(cycles: &[Cycle], said: &[Option<Correspondence>]) -> Outcome<Following> {
    let names: Vec<&str> = cycles.iter().map(|cycle| cycle.name.as_str()).collect();
    let mut diagnostics = Vec::new();
    let mut found = Following::default();
    let (mut open, mut ended): (Vec<Followed>, Vec<Followed>) = (Vec::new(), Vec::new());
    for (at, cycle) in cycles.iter().enumerate() {
        let first: Vec<String> = open.iter().map(|school| school.code.to_string()).collect();
        let second: Vec<String> = cycle.schools.iter().map(ToString::to_string).collect();
        let here = at.checked_sub(1).and_then(|at| said.get(at)).and_then(Option::as_ref);
        let matched = here.and_then(|said| {
            let matched = succession::by_correspondence(&first, &second, said);
            diagnostics.extend(matched.diagnostics);
            matched.value
        });
        let Matching { lines, changes } = matched.unwrap_or_else(|| succession::by_codes(&first, &second));
        let closed: HashSet<&str> = here.map_or_else(HashSet::new, |said| {
            said.lines.iter().filter(|line| line.new.is_none()).filter_map(|line| line.old.as_deref()).collect()
        });
        let (mut next, mut pair) = (Vec::with_capacity(lines.len()), Vec::new());
        for line in &lines {
            let befores: Vec<&Followed> = line.befores().filter_map(|row| open.get(row)).collect();
            let new = line.after.and_then(|row| cycle.schools.get(row));
            let code = new.or(befores.first().map(|school| &school.code)).cloned().unwrap_or_default();
            let mut codes: Vec<Vec<Arc<str>>> = (0..at).map(|before| together(&befores, before)).collect();
            codes.push(new.into_iter().cloned().collect());
            if let Some(then) = at.checked_sub(1) {
                let both =
                    vec![codes.get(then).cloned().unwrap_or_default(), codes.last().cloned().unwrap_or_default()];
                if both.iter().any(|codes| !codes.is_empty()) {
                    pair.push(Followed { code: code.clone(), codes: both });
                }
            }
            let school = Followed { code, codes };
            let is_over = new.is_none() && closed.contains(school.code.as_ref());
            if is_over { ended.push(school) } else { next.push(school) }
        }
        if let Some(then) = at.checked_sub(1) {
            found.pairs.push(Identity::of(pair, names.get(then..=at).unwrap_or(&[])));
            found.changes.push(changes);
        }
        open = next;
    }
    ended.iter_mut().for_each(|school| school.codes.resize(cycles.len(), Vec::new()));
    open.extend(ended);
    found.whole = Identity::of(open, &names);
    let is_wrong = diagnostics.iter().any(Diagnostic::is_error);
    Outcome { value: (!is_wrong).then_some(found), diagnostics }
}

/// The codes that several schools have in a cycle, each once.
fn together(schools: &[&Followed], cycle: usize) -> Vec<Arc<str>> {
    let codes = schools.iter().filter_map(|school| school.codes.get(cycle)).flatten();
    codes.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

/// One correspondence for all cycles → what of it holds for each pair of neighbours. A line holds once: for the first pair whose
/// codes it fits; a code that stays what it is holds where another line names it.
pub fn by_pairs(cycles: &[Cycle], said: &Correspondence) -> Outcome<Vec<Option<Correspondence>>> {
    let there: Vec<BTreeSet<&str>> =
        cycles.iter().map(|cycle| cycle.schools.iter().map(AsRef::as_ref).collect()).collect();
    let has = |cycle: usize, code: &str| there.get(cycle).is_some_and(|codes| codes.contains(code));
    let seen = |cycle: usize, code: &str| there.iter().take(cycle + 1).any(|codes| codes.contains(code));
    let fits = |line: &Line, at: usize| match (line.old.as_deref(), line.new.as_deref()) {
        (Some(old), Some(new)) => seen(at, old) && has(at + 1, new) && !(has(at + 1, old) && has(at, new)),
        (Some(old), None) => has(at, old) && !has(at + 1, old),
        (None, Some(new)) => has(at + 1, new) && !has(at, new),
        (None, None) => false,
    };
    let pairs = cycles.len().saturating_sub(1);
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, line) in said.lines.iter().enumerate().filter(|(_, line)| line.old != line.new) {
        place.extend((0..pairs).find(|at| fits(line, *at)).map(|at| (number, at)));
    }
    let others = place.clone();
    for (number, line) in said.lines.iter().enumerate().filter(|(_, line)| line.old == line.new) {
        let names =
            |other: &usize| said.lines.get(*other).is_some_and(|other| other.old == line.old || other.new == line.new);
        let beside = others.iter().filter(|(other, _)| names(other)).map(|(_, at)| *at).min();
        place.extend(beside.map(|at| (number, at)));
    }
    let nowhere = said.lines.iter().enumerate().filter(|(number, _)| !place.contains_key(number));
    let text = |code: &Option<Arc<str>>| code.as_deref().unwrap_or("").to_owned();
    let told = |(_, line): (usize, &Line)| {
        let problem = Diagnostic::at(kinds::CORRESPONDENCE_NOWHERE, line.at);
        problem.text("old", text(&line.old)).text("new", text(&line.new))
    };
    let diagnostics: Vec<Diagnostic> = nowhere.map(told).collect();
    let of = |at: usize| -> Option<Correspondence> {
        let here = said.lines.iter().enumerate().filter(|(number, _)| place.get(number) == Some(&at));
        let lines: Vec<Line> = here.map(|(_, line)| line.clone()).collect();
        (!lines.is_empty()).then(|| Correspondence { lines, ..said.clone() })
    };
    let value = diagnostics.is_empty().then(|| (0..pairs).map(of).collect());
    Outcome { value, diagnostics }
}
