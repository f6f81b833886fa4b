//! One pass over the rows of a table, in parallel: which rows count, and what they leave per group.
//!
//! Knows nothing of aggregate functions.

use std::ops::Range;

use rayon::prelude::*;

use super::rows::{RowRole, Selection};
use super::strata::Groups;
use crate::decision::StratumRows;
use crate::value::Reasons;

/// What is gone over.
pub(super) struct Pass<'a> {
    pub selection: &'a Selection,
    pub groups: &'a Groups,
    pub rows: usize,
    /// Whether the rows left out are counted by their reason: only where there are few groups.
    pub counted: bool,
}

/// What a pass leaves per group.
pub(super) struct Tally {
    pub taken: Vec<u32>,
    /// Reasons of rows that were left out.
    pub reasons: Vec<u8>,
    pub undecided: Vec<u32>,
    /// Reasons of the undecided ones among them.
    pub open: Vec<u8>,
    /// Rows left out for each of [`Reasons::EACH`]; empty when nobody asked.
    absent: Vec<[usize; 4]>,
    /// Rows that do not match, and rows of other years; empty when nobody asked.
    outside: Vec<[usize; 2]>,
}

impl Tally {
    fn new(groups: usize, counted: bool) -> Tally {
        let absent = if counted { vec![[0; 4]; groups] } else { Vec::new() };
        let outside = if counted { vec![[0; 2]; groups] } else { Vec::new() };
        Tally {
            taken: vec![0; groups],
            reasons: vec![0; groups],
            undecided: vec![0; groups],
            open: vec![0; groups],
            absent,
            outside,
        }
    }

    #[inline]
    fn add(&mut self, group: usize, role: RowRole) {
        let reasons = match role {
            RowRole::Taken => {
                if let Some(count) = self.taken.get_mut(group) {
                    *count += 1;
                }
                return;
            }
            RowRole::NotMatching | RowRole::OutsideWindow => {
                if let Some([not_matching, outside_window]) = self.outside.get_mut(group) {
                    *(if role == RowRole::NotMatching { not_matching } else { outside_window }) += 1;
                }
                return;
            }
            RowRole::Undecided(reasons) => {
                if let Some(count) = self.undecided.get_mut(group) {
                    *count += 1;
                }
                for all in [self.reasons.get_mut(group), self.open.get_mut(group)].into_iter().flatten() {
                    *all |= reasons.0;
                }
                return;
            }
            RowRole::Absent(reasons) => reasons,
            RowRole::Suppressed => Reasons::SUPPRESSED,
        };
        if let Some(all) = self.reasons.get_mut(group) {
            *all |= reasons.0;
        }
        if let Some(counts) = self.absent.get_mut(group) {
            for (count, reason) in counts.iter_mut().zip(Reasons::EACH) {
                *count += usize::from(reasons.contains(reason));
            }
        }
    }

    /// Says how many more a group may have, and why, instead of what its rows say.
    pub fn leave_undecided(&mut self, group: usize, more: u32, reasons: Reasons) {
        if let Some(count) = self.undecided.get_mut(group) {
            *count = more;
        }
        if let Some(all) = self.open.get_mut(group) {
            *all = reasons.0;
        }
    }

    /// Adds the tally of a part whose groups begin at `first`.
    fn join(&mut self, first: usize, part: &Tally) {
        for (sum, more) in self.taken.iter_mut().skip(first).zip(&part.taken) {
            *sum += more;
        }
        for (all, more) in self.reasons.iter_mut().skip(first).zip(&part.reasons) {
            *all |= more;
        }
        for (all, more) in self.open.iter_mut().skip(first).zip(&part.open) {
            *all |= more;
        }
        for (sum, more) in self.undecided.iter_mut().skip(first).zip(&part.undecided) {
            *sum += more;
        }
        for (sums, more) in self.absent.iter_mut().skip(first).zip(&part.absent) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
        for (sums, more) in self.outside.iter_mut().skip(first).zip(&part.outside) {
            for (sum, more) in sums.iter_mut().zip(more) {
                *sum += more;
            }
        }
    }

    /// The rows of each group by what became of them.
    pub fn strata(&self) -> Vec<StratumRows> {
        let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let counts = self.taken.iter().zip(&self.undecided).zip(self.absent.iter().zip(&self.outside));
        counts
            .map(|((taken, undecided), (absent, [not_matching, outside_window]))| StratumRows {
                taken: count(*taken),
                undecided: count(*undecided),
                absent: *absent,
                not_matching: *not_matching,
                outside_window: *outside_window,
            })
            .collect()
    }
}

impl Pass<'_> {
    /// Goes over the rows, several threads at a time. `take` adds a row that counts to the sum of its group, which begins as
    /// `S::default()`; `join` adds two sums of one group.
    pub fn walk<S: Default + Clone + Send>(
        &self,
        take: impl Fn(&mut S, usize) + Sync,
        join: impl Fn(&mut S, S),
    ) -> (Tally, Vec<S>) {
        let parts = self.parts();
        let chunk = self.rows.div_ceil(parts).max(1);
        let range = |part: usize| self.rows.min(part * chunk)..self.rows.min((part + 1) * chunk);
        let done: Vec<Part<S>> = (0..parts).into_par_iter().map(|part| self.part(range(part), &take)).collect();
        let mut whole = Part::new(0..self.groups.count, self.counted);
        for part in done {
            whole.tally.join(part.first, &part.tally);
            for (sum, more) in whole.sums.iter_mut().skip(part.first).zip(part.sums) {
                join(sum, more);
            }
        }
        (whole.tally, whole.sums)
    }

    fn part<S: Default + Clone>(&self, rows: Range<usize>, take: impl Fn(&mut S, usize)) -> Part<S> {
        match self.selection.only_absence() {
            Some(None) => self.part_by(rows, |_| RowRole::Taken, take),
            Some(Some(marks)) => {
                let role = |row: usize| match marks.get(row).copied().unwrap_or(0) {
                    0 => RowRole::Taken,
                    reasons => RowRole::Absent(Reasons(reasons)),
                };
                self.part_by(rows, role, take)
            }
            None => self.part_by(rows, |row| self.selection.role(row), take),
        }
    }

    fn part_by<S: Default + Clone>(
        &self,
        rows: Range<usize>,
        role: impl Fn(usize) -> RowRole,
        take: impl Fn(&mut S, usize),
    ) -> Part<S> {
        let mut part = Part::new(self.groups.span(rows.clone()), self.counted);
        for row in rows {
            let Some(group) = self.groups.get(row).and_then(|group| group.checked_sub(part.first)) else {
                continue;
            };
            let role = role(row);
            part.tally.add(group, role);
            if role == RowRole::Taken
                && let Some(sum) = part.sums.get_mut(group)
            {
                take(sum, row);
            }
        }
        part
    }

    /// Into how many parts the rows are cut: not so many that joining them costs more than it saves.
    fn parts(&self) -> usize {
        let worth = self.rows / (self.groups.count + (1 << 14));
        worth.clamp(1, rayon::current_num_threads().max(1))
    }

    /// The rows that count, as (group, row) in the order of groups.
    pub fn pick(&self) -> (Tally, Vec<(u32, u32)>) {
        let mut tally = Tally::new(self.groups.count, self.counted);
        let mut taken = Vec::new();
        for row in 0..self.rows {
            let Some(group) = self.groups.get(row) else {
                continue;
            };
            let role = self.selection.role(row);
            tally.add(group, role);
            if role == RowRole::Taken {
                taken.push((u32::try_from(group).unwrap_or(u32::MAX), u32::try_from(row).unwrap_or(u32::MAX)));
            }
        }
        taken.par_sort_unstable();
        (tally, taken)
    }
}

/// What one thread leaves, for the groups from `first` on.
struct Part<S> {
    first: usize,
    tally: Tally,
    sums: Vec<S>,
}

impl<S: Default + Clone> Part<S> {
    fn new(groups: Range<usize>, counted: bool) -> Part<S> {
        let count = groups.len();
        Part { first: groups.start, tally: Tally::new(count, counted), sums: vec![S::default(); count] }
    }
}
