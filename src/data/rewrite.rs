//! What a cell of a column is read as before it is read: texts that stand for others, bounds, names that stand for keys.
//!
//! Knows no files; every name that could not be matched is kept, to be told.

use std::borrow::Cow;

use super::blocks::{Target, TargetKind};
use super::manifest::ColumnBinding;
use super::names::{Match, NameIndex};
use crate::tables::shape::{Shape, shape};
use crate::value::Reasons;

/// Stands for a bound; no cell holds it.
const BOUND: &str = "\u{1}bound";

/// How the texts of one column are read.
#[derive(Debug, Default)]
pub(super) struct Rewrite {
    values: Vec<(String, String)>,
    digits: usize,
    bounds: bool,
    names: Option<NameIndex>,
    /// The names are the keys themselves, for want of a correspondence.
    bare: bool,
    /// Texts whose name no key has, or several have, with those that are near; each once, with its first row and how often.
    pub unmatched: Vec<Unmatched>,
}

/// A text that leads to no key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unmatched {
    pub text: String,
    pub row: u64,
    pub count: usize,
    pub several: bool,
    pub near: Vec<String>,
}

impl Rewrite {
    /// For a column, or nothing when its texts are read as they are. Adds to the target what stands for bounds; `known`: texts that stand for
    /// keys.
    pub fn new(own: &ColumnBinding, target: &mut Target, known: Vec<(String, String)>) -> Option<Rewrite> {
        let names = match &target.kind {
            _ if own.by_name && !known.is_empty() => Some(NameIndex::of_pairs(known.clone())),
            TargetKind::Link(keys) if own.by_name => Some(NameIndex::new(&keys.pool)),
            _ => None,
        };
        let bare = known.is_empty();
        let mut values = own.values.clone();
        values.extend(known);
        if values.is_empty() && names.is_none() && own.bounds.is_none() && own.digits.is_none() {
            return None;
        }
        target.markers.extend(own.bounds.map(|reasons: Reasons| (BOUND.to_string(), reasons)));
        let (digits, bounds) = (own.digits.unwrap_or(0), own.bounds.is_some());
        Some(Rewrite { values, digits, bounds, names, bare, unmatched: Vec::new() })
    }

    /// Names are looked for among keys that are codes.
    pub fn among_codes(&self) -> bool {
        self.bare && self.names.as_ref().is_some_and(NameIndex::are_codes)
    }

    /// What a cell is read as.
    pub fn text<'a>(&mut self, text: &'a str, row: u64) -> Cow<'a, str> {
        let trimmed = text.trim();
        if let Some((_, meant)) = self.values.iter().find(|(known, _)| known == trimmed) {
            return Cow::Owned(meant.clone());
        }
        if self.bounds && shape(trimmed) == Shape::Bound && trimmed.starts_with(['<', '>', '≤', '≥']) {
            return Cow::Borrowed(BOUND);
        }
        if trimmed.len() < self.digits && !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
            return Cow::Owned(format!("{trimmed:0>width$}", width = self.digits));
        }
        let Some(names) = self.names.as_ref().filter(|_| !trimmed.is_empty()) else {
            return Cow::Borrowed(text);
        };
        let (several, near) = match names.find(trimmed) {
            Match::Key(key) => return Cow::Owned(key.to_string()),
            Match::Several(keys) => (true, keys.into_iter().map(str::to_string).collect()),
            Match::None(near) => (false, near),
        };
        match self.unmatched.iter_mut().find(|known| known.text == trimmed) {
            Some(known) => known.count += 1,
            None => self.unmatched.push(Unmatched { text: trimmed.to_string(), row, count: 1, several, near }),
        }
        // a name that several keys share is no key, even if a key is printed so
        Cow::Borrowed(text)
    }
}

/// Whether what a cell is read as stands for a bound.
pub(super) fn is_bound(read: &str) -> bool {
    read == BOUND
}

/// Rewrites by the position of their target.
pub(super) type Rewrites = Vec<(usize, Rewrite)>;
