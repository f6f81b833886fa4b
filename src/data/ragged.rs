//! Records with another number of fields than the header: how many have which number, and the first of them.
//!
//! Knows no reason for it.

use std::collections::BTreeMap;

use super::blocks::SAMPLES;

/// Per number of fields: how many records have it, and the first lines.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ragged(BTreeMap<usize, (usize, Vec<u64>)>);

impl Ragged {
    pub fn add(&mut self, line: u64, fields: usize) {
        let (count, lines) = self.0.entry(fields).or_default();
        *count += 1;
        if lines.len() < SAMPLES {
            lines.push(line);
        }
    }

    pub fn count(&self) -> usize {
        self.0.values().map(|(count, _)| count).sum()
    }

    /// The first of them: line and fields.
    pub fn first(&self) -> Vec<(u64, usize)> {
        let lines = self.0.iter().flat_map(|(fields, (_, lines))| lines.iter().map(|line| (*line, *fields)));
        let mut first: Vec<(u64, usize)> = lines.collect();
        first.sort_unstable();
        first.truncate(SAMPLES);
        first
    }

    /// The number of fields above a width that most of the records of all blocks have.
    pub fn usual<'a>(all: impl Iterator<Item = &'a Ragged>, width: usize) -> Option<usize> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (fields, (count, _)) in all.flat_map(|ragged| &ragged.0).filter(|(fields, _)| **fields > width) {
            *counts.entry(*fields).or_default() += count;
        }
        counts.into_iter().max_by_key(|(_, count)| *count).map(|(fields, _)| fields)
    }

    /// Records with so many fields are told of elsewhere.
    pub fn forget(&mut self, fields: usize) {
        self.0.remove(&fields);
    }
}
