//! Which school of one list of codes is which of another: by its code, or as a correspondence of codes says.
//!
//! Knows schools by their codes and places only; reads no data and decides nothing about schools.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::correspondence::{Correspondence, Line as Written};
use crate::diagnostic::compare as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::Place;
use crate::suggestion;

/// Among how many codes similar ones are looked for.
const NEAR_AMONG: usize = 50_000;

/// Who is who: all of the first in its order, then those that only the second has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matching {
    pub lines: Vec<Line>,
    /// Schools that have another code, and mergers and splits, where a correspondence of codes says so.
    pub changes: Vec<CodeChange>,
}

impl Matching {
    /// Rows of schools that are one school on each side, or on one of them only: mergers and divisions are left out.
    pub fn one_to_one(&self) -> Vec<(Option<usize>, Option<usize>)> {
        let mut times: HashMap<usize, usize> = HashMap::new();
        for old in self.lines.iter().flat_map(Line::befores) {
            *times.entry(old).or_default() += 1;
        }
        let once = |line: &&Line| line.further.is_empty() && line.before.is_none_or(|old| times.get(&old) == Some(&1));
        self.lines.iter().filter(once).map(|line| (line.before, line.after)).collect()
    }
}

/// One school, as it is after: its rows in the two datasets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    pub before: Option<usize>,
    pub after: Option<usize>,
    /// The other schools that it was made of.
    pub further: Vec<usize>,
}

impl Line {
    /// All rows of the first dataset that it stands for.
    pub fn befores(&self) -> impl Iterator<Item = usize> + '_ {
        self.before.into_iter().chain(self.further.iter().copied())
    }
}

/// Schools under other codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeChange {
    pub kind: CodeChangeKind,
    pub before: Vec<Arc<str>>,
    pub after: Vec<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeChangeKind {
    Merged,
    Split,
    Renumbered,
}

/// By their codes.
pub fn by_codes(first: &[String], second: &[String]) -> Matching {
    let line = |before, after| Line { before, after, further: Vec::new() };
    let place = places(second);
    let mut lines: Vec<Line> =
        first.iter().enumerate().map(|(row, code)| line(Some(row), place.get(code.as_str()).copied())).collect();
    let known = places(first);
    let new = second.iter().enumerate().filter(|(_, code)| !known.contains_key(code.as_str()));
    lines.extend(new.map(|(row, _)| line(None, Some(row))));
    Matching { lines, changes: Vec::new() }
}

fn places(codes: &[String]) -> HashMap<&str, usize> {
    codes.iter().enumerate().map(|(row, code)| (code.as_str(), row)).collect()
}

/// As a correspondence says. A code that it does not name on its old side stays what it is; a code that it names there is
/// matched only as it says.
pub fn by_correspondence(first: &[String], second: &[String], said: &Correspondence) -> Outcome<Matching> {
    let sides = Sides { old: places(first), new: places(second) };
    let diagnostics = sides.problems(said, first, second);
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Outcome { value: None, diagnostics };
    }
    let mut named: BTreeSet<usize> = BTreeSet::new();
    let mut opened: BTreeSet<usize> = BTreeSet::new();
    let mut predecessors: Vec<Vec<usize>> = vec![Vec::new(); second.len()];
    for line in &said.lines {
        let old = line.old.as_deref().and_then(|code| sides.old.get(code)).copied();
        let new = line.new.as_deref().and_then(|code| sides.new.get(code)).copied();
        named.extend(old);
        match (old, new) {
            (Some(old), Some(new)) => predecessors.get_mut(new).into_iter().for_each(|all| all.push(old)),
            (None, Some(new)) => {
                opened.insert(new);
            }
            _ => {}
        }
    }
    for (row, code) in second.iter().enumerate() {
        let same = sides.old.get(code.as_str()).filter(|old| !named.contains(old) && !opened.contains(&row));
        if let (Some(old), Some(all)) = (same, predecessors.get_mut(row)) {
            all.push(*old);
        }
    }
    let mut successors: Vec<Vec<usize>> = vec![Vec::new(); first.len()];
    for (row, all) in predecessors.iter_mut().enumerate() {
        all.sort_unstable();
        for old in all.iter() {
            successors.get_mut(*old).into_iter().for_each(|of| of.push(row));
        }
    }
    let mut lines = Vec::new();
    for (old, all) in successors.iter().enumerate() {
        if all.is_empty() {
            lines.push(Line { before: Some(old), after: None, further: Vec::new() });
        }
        for new in all {
            // a merged school stands where the first that it was made of stood
            if let Some((at, further)) =
                predecessors.get(*new).and_then(|all| all.split_first()).filter(|(at, _)| **at == old)
            {
                lines.push(Line { before: Some(*at), after: Some(*new), further: further.to_vec() });
            }
        }
    }
    let new = predecessors.iter().enumerate().filter(|(_, all)| all.is_empty());
    lines.extend(new.map(|(row, _)| Line { before: None, after: Some(row), further: Vec::new() }));
    let changes = changes(first, second, &predecessors, &successors);
    Outcome { value: Some(Matching { lines, changes }), diagnostics }
}

/// Mergers, splits and other codes, in this order.
fn changes(
    first: &[String],
    second: &[String],
    predecessors: &[Vec<usize>],
    successors: &[Vec<usize>],
) -> Vec<CodeChange> {
    let name = |codes: &[String], row: usize| -> Arc<str> { Arc::from(codes.get(row).map_or("", String::as_str)) };
    let named = |codes: &[String], rows: &[usize]| rows.iter().map(|row| name(codes, *row)).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (new, all) in predecessors.iter().enumerate() {
        let change = |kind| CodeChange { kind, before: named(first, all), after: vec![name(second, new)] };
        match all.as_slice() {
            [_, _, ..] => found.push(change(CodeChangeKind::Merged)),
            [old] if successors.get(*old).is_some_and(|all| all.len() == 1) && first.get(*old) != second.get(new) => {
                found.push(change(CodeChangeKind::Renumbered));
            }
            _ => {}
        }
    }
    for (old, all) in successors.iter().enumerate().filter(|(_, all)| all.len() > 1) {
        let before = vec![name(first, old)];
        found.push(CodeChange { kind: CodeChangeKind::Split, before, after: named(second, all) });
    }
    found.sort_by_key(|change| change.kind);
    found
}

struct Sides<'a> {
    old: HashMap<&'a str, usize>,
    new: HashMap<&'a str, usize>,
}

impl Sides<'_> {
    /// Unknown codes, lines said twice, and lines that cannot be true together.
    fn problems(&self, said: &Correspondence, first: &[String], second: &[String]) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (code, codes) in [(&said.header.0, &self.old), (&said.header.1, &self.new)] {
            if codes.contains_key(code.as_ref()) {
                let problem = Diagnostic::at(kinds::CORRESPONDENCE_HEADER, said.header_at);
                problems.push(problem.text("code", code.as_ref()));
                break;
            }
        }
        for line in &said.lines {
            let sides = [(&line.old, "old", &self.old, first), (&line.new, "new", &self.new, second)];
            for (code, side, known, codes) in sides {
                if let Some(code) = code.as_deref().filter(|code| !known.contains_key(code)) {
                    problems.push(unknown(code, side, codes, line));
                }
            }
        }
        let mut pairs: HashMap<(Option<&str>, Option<&str>), &Written> = HashMap::new();
        for line in &said.lines {
            if let Some(before) = pairs.insert((line.old.as_deref(), line.new.as_deref()), line) {
                let text = |code: &Option<Arc<str>>| code.as_deref().unwrap_or("").to_owned();
                let problem = Diagnostic::at(kinds::CORRESPONDENCE_TWICE, line.at);
                let problem = problem.text("old", text(&line.old)).text("new", text(&line.new));
                problems.push(problem.related(Place::Text(before.at), "role-correspondence-first"));
            }
        }
        self.contradictions(said, &mut problems);
        problems
    }

    fn contradictions(&self, said: &Correspondence, problems: &mut Vec<Diagnostic>) {
        let mut old: BTreeMap<&str, Vec<&Written>> = BTreeMap::new();
        let mut new: BTreeMap<&str, Vec<&Written>> = BTreeMap::new();
        for line in &said.lines {
            if let Some(code) = line.old.as_deref() {
                old.entry(code).or_default().push(line);
            }
            if let Some(code) = line.new.as_deref() {
                new.entry(code).or_default().push(line);
            }
        }
        let mut tell = |code: &str, which: &str, line: &Written, other: Option<&Written>| {
            let problem = Diagnostic::at(kinds::CORRESPONDENCE_CONTRADICTS, line.at).text("code", code);
            let problem = problem.text("which", which);
            problems.push(match other {
                Some(other) => problem.related(Place::Text(other.at), "role-correspondence-other"),
                None => problem,
            });
        };
        for (code, lines) in &old {
            let closed = lines.iter().find(|line| line.new.is_none());
            let goes_on = lines.iter().find(|line| line.new.is_some());
            if let (Some(closed), Some(other)) = (closed, goes_on) {
                tell(code, "closed", closed, Some(other));
            }
            // the code is there afterwards, and nothing says whose it is
            if let Some(line) = lines.first().filter(|_| self.new.contains_key(code) && !new.contains_key(code)) {
                tell(code, "reused", line, None);
            }
        }
        for (code, lines) in &new {
            let Some(opened) = lines.iter().find(|line| line.old.is_none()) else { continue };
            if let Some(other) = lines.iter().find(|line| line.old.is_some()) {
                tell(code, "opened", opened, Some(other));
            }
            if self.old.contains_key(code) && !old.contains_key(code) {
                tell(code, "kept", opened, None);
            }
        }
    }
}

fn unknown(code: &str, side: &'static str, codes: &[String], line: &Written) -> Diagnostic {
    let near = suggestion::nearest(code, codes.iter().take(NEAR_AMONG).map(String::as_str));
    let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
    Diagnostic::at(kinds::CORRESPONDENCE_UNKNOWN, line.at)
        .text("code", code)
        .text("side", side)
        .count("near-count", near.len())
        .with("near", Argument::List(near))
}
