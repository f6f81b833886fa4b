//! `различных по`: how many different combinations of keys the rows of a group have, and how many more they may have.
//!
//! A row that is undecided, or whose key is absent, may add a combination; it adds none when its combination is there
//! already.

use std::collections::HashMap;

use super::frame::Frame;
use super::rows::{RowRole, Selection};
use super::strata::Groups;
use crate::decision::StepId;
use crate::value::{Reasons, Value};

/// The combination of keys of each row; equal numbers for equal combinations.
pub(super) struct Combinations {
    /// `u32::MAX`: a key is absent.
    codes: Vec<u32>,
    absent: HashMap<usize, Reasons>,
}

impl Combinations {
    pub fn absence(&self, row: usize) -> Reasons {
        if self.codes.get(row).is_none_or(|code| *code == u32::MAX) {
            return self.absent.get(&row).copied().unwrap_or(Reasons::MISSING);
        }
        Reasons::NONE
    }

    fn get(&self, row: usize) -> Option<u32> {
        self.codes.get(row).copied().filter(|code| *code != u32::MAX)
    }
}

impl Frame<'_> {
    /// `None`: nothing is told apart.
    pub fn combinations(&self, keys: &[StepId], rows: usize) -> Option<Combinations> {
        if keys.is_empty() {
            return None;
        }
        let columns: Vec<Vec<Option<u32>>> = keys.iter().map(|key| self.key_codes(*key, rows)).collect();
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut absent = HashMap::new();
        let code = |row: usize| {
            let combined: Option<Vec<u32>> = columns.iter().map(|c| c.get(row).copied().flatten()).collect();
            let Some(combined) = combined else {
                let reasons = keys.iter().map(|key| match self.value(*key, row) {
                    Value::Absent(reasons) => reasons,
                    _ => Reasons::NONE,
                });
                absent.insert(row, reasons.fold(Reasons::NONE, Reasons::and));
                return u32::MAX;
            };
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *known.entry(combined).or_insert(next)
        };
        let codes = (0..rows).map(code).collect();
        Some(Combinations { codes, absent })
    }
}

/// How many rows have each of [`Reasons::EACH`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ReasonCounts([u32; 4]);

impl ReasonCounts {
    pub fn add(&mut self, reasons: Reasons) {
        for (count, reason) in self.0.iter_mut().zip(Reasons::EACH) {
            *count += u32::from(reasons.contains(reason));
        }
    }

    pub fn all(&self) -> Reasons {
        self.without(Reasons::NONE)
    }

    /// The reasons of the other rows, without those of one of them.
    pub fn without(&self, own: Reasons) -> Reasons {
        let left =
            self.0.iter().zip(Reasons::EACH).filter(|(count, reason)| **count > u32::from(own.contains(*reason)));
        left.fold(Reasons::NONE, |all, (_, reason)| all.and(reason))
    }
}

/// How many rows of a group have a combination.
#[derive(Debug, Clone, Copy, Default)]
struct Rows {
    taken: u32,
    undecided: u32,
    /// Of the undecided ones.
    reasons: Reasons,
}

/// The combinations of one group.
#[derive(Debug, Clone, Default)]
struct Found {
    rows: HashMap<u32, Rows>,
    /// Combinations with a row that counts.
    sure: u32,
    /// Combinations with undecided rows only, and rows without a combination.
    possible: u32,
    /// Of the rows that may add a combination.
    reasons: ReasonCounts,
}

/// The combinations of each group.
pub(super) struct Distinct<'a> {
    of_row: &'a Combinations,
    groups: Vec<Found>,
}

impl<'a> Distinct<'a> {
    /// `rows`: those of the aggregated table.
    pub fn new(selection: &Selection, combinations: &'a Combinations, groups: &Groups, rows: usize) -> Distinct<'a> {
        let mut found = vec![Found::default(); groups.count];
        for row in 0..rows {
            let Some(group) = groups.get(row).and_then(|g| found.get_mut(g)) else { continue };
            match (selection.role(row), combinations.get(row)) {
                (RowRole::Taken, Some(code)) => group.rows.entry(code).or_default().taken += 1,
                (RowRole::Undecided(reasons), Some(code)) => {
                    let rows = group.rows.entry(code).or_default();
                    rows.undecided += 1;
                    rows.reasons = rows.reasons.and(reasons);
                }
                (RowRole::Undecided(reasons), None) => {
                    group.possible += 1;
                    group.reasons.add(reasons);
                }
                _ => {}
            }
        }
        // those of a combination that is there already leave nothing open
        for row in 0..rows {
            let Some(group) = groups.get(row).and_then(|g| found.get_mut(g)) else { continue };
            if let (RowRole::Undecided(reasons), Some(code)) = (selection.role(row), combinations.get(row))
                && group.rows.get(&code).is_some_and(|rows| rows.taken == 0)
            {
                group.reasons.add(reasons);
            }
        }
        for group in &mut found {
            for rows in group.rows.values() {
                group.sure += u32::from(rows.taken > 0);
                group.possible += u32::from(rows.taken == 0);
            }
        }
        Distinct { of_row: combinations, groups: found }
    }

    /// Combinations of a group: how many there are, how many more there may be, and why it is not known.
    pub fn of_group(&self, group: usize) -> (u32, u32, Reasons) {
        self.groups.get(group).map_or((0, 0, Reasons::NONE), |found| (found.sure, found.possible, found.reasons.all()))
    }

    /// The same without one row of the group.
    pub fn of_others(&self, group: usize, row: usize, role: RowRole) -> (u32, u32, Reasons) {
        let (mut sure, mut possible, mut reasons) = self.of_group(group);
        let code = self.of_row.get(row);
        let rows = code.and_then(|code| self.groups.get(group)?.rows.get(&code)).copied().unwrap_or_default();
        match role {
            RowRole::Taken if rows.taken == 1 => {
                sure = sure.saturating_sub(1);
                possible += u32::from(rows.undecided > 0);
                reasons = reasons.and(rows.reasons);
            }
            RowRole::Undecided(own) if code.is_none() || rows.taken == 0 => {
                possible = possible.saturating_sub(u32::from(code.is_none() || rows.undecided == 1));
                reasons = self.groups.get(group).map_or(reasons, |found| found.reasons.without(own));
            }
            _ => {}
        }
        (sure, possible, reasons)
    }
}
