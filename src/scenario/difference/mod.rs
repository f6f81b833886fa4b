//! Two rule sets, declaration by declaration: what differs, and trees that take each declaration from one of the two.
//!
//! A declaration is found on the other side by its name or number. Knows trees only: what the mixed rules mean is checked
//! like any rules.

mod parts;
mod said;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Files;
use crate::location::SourceId;
use crate::stack;
use crate::syntax::tree::{self, Item};

use parts::{Key, Part};

/// What stands behind a declaration in a file of its own: the entries of a list, the text of a script, line by line.
pub type Behind<'a> = dyn Fn(&Item) -> Vec<String> + Sync + 'a;

/// What a declaration is, for messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// The reporting year and the time in which the rules are in force.
    Period,
    Subject,
    QuotaRounding,
    Ties,
    Parameter,
    List,
    Table,
    Column,
    Population,
    Indicator,
    Index,
    Function,
    Combination,
    Category,
    Group,
    Criterion,
    Registered,
}

/// On which sides a declaration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum How {
    Changed,
    Added,
    Removed,
    /// A criterion that says the same under another number.
    Renumbered,
}

/// What a difference has to do with decisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A change that may be responsible for something.
    Unit,
    /// Decides nothing by itself: it goes along with whatever uses it.
    Supports,
    /// Says which part of the data is meant and how it is read: it goes along with other data.
    WithData,
    /// Titles, bases, explanations: nothing is decided by it.
    Wording,
}

/// One declaration that is not the same on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub what: What,
    /// A name, a number, the code of a school; empty for what there is one of.
    pub name: String,
    pub how: How,
    pub role: Role,
    /// What is said before and after, in the Russian and the English vocabulary; empty where it is too long, or not there.
    pub before: [String; 2],
    pub after: [String; 2],
}

/// Two rule sets held against each other.
#[derive(Debug, Clone)]
pub struct Differences {
    pub list: Vec<Difference>,
    entries: Vec<Entry>,
    /// The main file of the first, for what is the same.
    main: Option<(SourceId, tree::File)>,
}

#[derive(Debug, Clone)]
struct Entry {
    key: Key,
    before: Option<Part>,
    after: Option<Part>,
    choice: Choice,
}

/// Which of the two sides is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    /// They decide the same.
    Either,
    /// There is one; taken where something uses it.
    WhereUsed,
    /// Taken together with its table.
    WithTable,
    /// As the data are.
    WithData,
    /// As one of the differences is.
    With(usize),
}

impl Differences {
    /// Both rule sets were read as movable trees ([`crate::syntax::parse_movable`]). `other_data`: the second is to be held
    /// on other data.
    pub fn between(before: &Files, after: &Files, behind: &Behind<'_>, other_data: bool) -> Differences {
        stack::roomy(&|| between(before, after, behind, other_data))
    }

    /// Positions of the changes that may be responsible for something.
    pub fn units(&self) -> Vec<usize> {
        self.list.iter().enumerate().filter(|(_, found)| found.role == Role::Unit).map(|(at, _)| at).collect()
    }

    /// The rules with the changes that are taken, the others as before. `None`: something has no place in them.
    pub fn mixed(&self, taken: &(dyn Fn(usize) -> bool + Sync), data: bool) -> Option<Vec<(SourceId, tree::File)>> {
        stack::roomy(&|| self.mixed_here(taken, data))
    }

    fn mixed_here(&self, taken: &(dyn Fn(usize) -> bool + Sync), data: bool) -> Option<Vec<(SourceId, tree::File)>> {
        let (source, file) = self.main.as_ref()?;
        let mut chosen: Vec<(usize, &Key, &Part)> = Vec::new();
        let mut waiting: Vec<(usize, &Key, &Part)> = Vec::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let part = match entry.choice {
                Choice::Either => entry.before.as_ref().or(entry.after.as_ref()),
                Choice::With(difference) if taken(difference) => entry.after.as_ref(),
                Choice::WithData if data => entry.after.as_ref(),
                Choice::With(_) | Choice::WithData => entry.before.as_ref(),
                Choice::WhereUsed | Choice::WithTable => {
                    let only = entry.before.as_ref().or(entry.after.as_ref());
                    waiting.extend(only.map(|part| (at, &entry.key, part)));
                    None
                }
            };
            chosen.extend(part.map(|part| (at, &entry.key, part)));
        }
        let mut used: HashSet<String> = chosen.iter().flat_map(|(_, _, part)| parts::mentioned(part)).collect();
        loop {
            let tables: HashSet<Arc<str>> = chosen.iter().filter_map(|(_, key, _)| key.table()).collect();
            let needed = |(_, key, part): &(usize, &Key, &Part)| match key {
                Key::Column(table, column) => {
                    let whole = tables.contains(table) && !self.shares(table);
                    whole || (tables.contains(table) && used.contains(column.as_ref()))
                }
                _ => part.names().iter().any(|name| used.contains(name.as_ref())),
            };
            let (more, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(needed);
            waiting = rest;
            if more.is_empty() {
                break;
            }
            used.extend(more.iter().flat_map(|(_, _, part)| parts::mentioned(part)));
            chosen.extend(more);
        }
        chosen.sort_by_key(|(at, ..)| *at);
        let chosen: Vec<(&Key, &Part)> = chosen.into_iter().map(|(_, key, part)| (key, part)).collect();
        Some(vec![(*source, parts::put_together(file, &chosen)?)])
    }

    /// Whether both sides declare a table.
    fn shares(&self, table: &Arc<str>) -> bool {
        let declared = self.entries.iter().find(|entry| entry.key == Key::Table(table.clone()));
        declared.is_some_and(|entry| entry.before.is_some() && entry.after.is_some())
    }
}

fn between(before: &Files, after: &Files, behind: &Behind<'_>, other_data: bool) -> Differences {
    let (old, new) = (parts::of(before), parts::of(after));
    let mut there: HashMap<Key, Part> = new.iter().cloned().collect();
    let mut entries: Vec<Entry> = Vec::new();
    for (key, part) in old {
        let after = there.remove(&key);
        entries.push(Entry { key, before: Some(part), after, choice: Choice::Either });
    }
    for (key, part) in new {
        if there.remove(&key).is_some() {
            entries.push(Entry { key, before: None, after: Some(part), choice: Choice::Either });
        }
    }
    renumbered(&mut entries, behind);
    let mut list = Vec::new();
    for entry in &mut entries {
        let Some(shown) = entry.after.as_ref().or(entry.before.as_ref()) else { continue };
        let (before, after) = (entry.before.as_ref(), entry.after.as_ref());
        let how = match (before, after) {
            (Some(before), Some(after)) => {
                if before.whole(behind) == after.whole(behind) {
                    continue;
                }
                if before.is_renumbered(after) { How::Renumbered } else { How::Changed }
            }
            (None, _) => How::Added,
            (_, None) => How::Removed,
        };
        let role = match (before, after) {
            (Some(before), Some(after)) if before.substance(behind) == after.substance(behind) => Role::Wording,
            (Some(before), Some(after)) => {
                let reads = other_data && (entry.key == Key::Period || before.reads_alike_but_for_the_file(after));
                if reads { Role::WithData } else { Role::Unit }
            }
            _ if entry.key.only_supports() => Role::Supports,
            _ => Role::Unit,
        };
        entry.choice = match role {
            Role::Unit => Choice::With(list.len()),
            Role::WithData => Choice::WithData,
            Role::Supports => Choice::WhereUsed,
            Role::Wording => Choice::Either,
        };
        let (before, after) = match (how, before.zip(after)) {
            (How::Renumbered, Some((before, after))) => (before.number(), after.number()),
            _ => said::both(before, after, behind),
        };
        let name = entry.key.shown();
        list.push(Difference { what: shown.what(), name, how, role, before, after });
    }
    let mut differences = Differences { list, entries, main: before.first().cloned() };
    differences.with_their_homes();
    differences
}

/// Makes one of a criterion that is gone and a new one of the same category that says the same.
fn renumbered(entries: &mut Vec<Entry>, behind: &Behind<'_>) {
    let alone = |entries: &[Entry], before: bool| -> HashMap<String, Vec<usize>> {
        let mut found: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let (this, other) = if before { (&entry.before, &entry.after) } else { (&entry.after, &entry.before) };
            if let (Some(part), None) = (this, other)
                && let Some(said) = part.without_number(behind)
            {
                found.entry(said).or_default().push(at);
            }
        }
        found
    };
    let (gone, new) = (alone(entries, true), alone(entries, false));
    let mut taken = Vec::new();
    for (said, from) in &gone {
        let ([from], Some([to])) = (from.as_slice(), new.get(said).map(Vec::as_slice)) else { continue };
        let after = entries.get_mut(*to).and_then(|entry| entry.after.take());
        if let Some(entry) = entries.get_mut(*from) {
            entry.after = after;
            taken.push(*to);
        }
    }
    let mut at = 0;
    entries.retain(|_| {
        at += 1;
        !taken.contains(&(at - 1))
    });
}

impl Differences {
    /// What stands in a table, a category or a group that only one side has comes and goes with it.
    fn with_their_homes(&mut self) {
        let alone: HashMap<Key, Choice> = self
            .entries
            .iter()
            .filter(|entry| entry.before.is_none() || entry.after.is_none())
            .map(|entry| (entry.key.clone(), entry.choice))
            .collect();
        let mut gone = Vec::new();
        // groups before their criteria: the order in which they were taken apart
        let mut moved: HashMap<Key, Choice> = HashMap::new();
        for entry in &mut self.entries {
            let Some(part) = entry.after.as_ref().or(entry.before.as_ref()) else { continue };
            if entry.before.is_some() && entry.after.is_some() {
                continue;
            }
            for home in part.homes(&entry.key) {
                let Some(choice) = moved.get(&home).or_else(|| alone.get(&home)).copied() else { continue };
                if let Choice::With(own) = entry.choice {
                    gone.push(own);
                }
                entry.choice = if choice == Choice::WhereUsed { Choice::WithTable } else { choice };
                moved.insert(entry.key.clone(), entry.choice);
                break;
            }
        }
        let tables: HashSet<&Key> =
            alone.iter().filter(|(key, _)| matches!(key, Key::Table(_))).map(|(k, _)| k).collect();
        let of_table = |found: &Difference| {
            found.what == What::Column
                && tables
                    .iter()
                    .any(|key| found.name.strip_prefix(&key.shown()).is_some_and(|rest| rest.starts_with('.')))
        };
        let kept: Vec<usize> =
            (0..self.list.len()).filter(|at| !gone.contains(at) && !self.list.get(*at).is_some_and(of_table)).collect();
        let place: HashMap<usize, usize> = kept.iter().enumerate().map(|(to, from)| (*from, to)).collect();
        let list = std::mem::take(&mut self.list);
        self.list = list.into_iter().enumerate().filter(|(at, _)| place.contains_key(at)).map(|(_, d)| d).collect();
        for entry in &mut self.entries {
            if let Choice::With(difference) = &mut entry.choice
                && let Some(to) = place.get(difference)
            {
                *difference = *to;
            }
        }
    }
}
