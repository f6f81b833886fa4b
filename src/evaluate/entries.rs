//! From which quota on each row of a selection is selected.

use super::cuts::Ranking;
use super::frame::Frame;
use crate::model::expr::SmallStrataAction;
use crate::plan::{CutStep, TiesStep};

/// What it takes for a row to be selected: a larger quota never takes a row out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The least quota, in whole places, that selects the row.
    pub least: usize,
    /// What a share is taken of in its stratum.
    pub base: usize,
}

impl Frame<'_> {
    /// Per row its entry; `None`: it is not ranked, or its stratum selects nobody.
    ///
    /// The same order and the same ties as in `choose_rows`: with `before` rows of lower keys and `tied` rows of its own key, a
    /// row is selected from the first place of its key on where ties are included, from the last where they are excluded, and
    /// from the first place of those that the breaking keys leave equal to it otherwise.
    pub(super) fn entries(&self, cut: &CutStep, rows: usize) -> Vec<Option<Entry>> {
        let mut entries = vec![None; rows];
        let Ok(Ranking { keys, mut ranked, base, small, .. }) = self.ranking(cut, rows) else { return entries };
        for (group, part) in ranked.iter_mut().enumerate() {
            let closed = small.get(group).copied().flatten();
            if matches!(closed, Some(SmallStrataAction::Undetermined | SmallStrataAction::NotMet)) {
                continue;
            }
            let base = base.get(group).copied().unwrap_or(0);
            let key = |row: &usize| keys.get(*row).copied().unwrap_or(i64::MAX);
            part.sort_unstable_by_key(key);
            let mut enter = |row: usize, least: usize| {
                if let Some(slot) = entries.get_mut(row) {
                    *slot = Some(Entry { least, base });
                }
            };
            let mut before = 0;
            for tied in part.chunk_by(|a, b| key(a) == key(b)) {
                match &cut.ties {
                    TiesStep::Include => tied.iter().for_each(|row| enter(*row, before + 1)),
                    TiesStep::Exclude => tied.iter().for_each(|row| enter(*row, before + tied.len())),
                    TiesStep::BreakBy(by) => {
                        let mut tied = tied.to_vec();
                        tied.sort_by(|a, b| self.tie_order(by, *a, *b));
                        let mut place = before;
                        for equal in tied.chunk_by(|a, b| self.tie_order(by, *a, *b).is_eq()) {
                            equal.iter().for_each(|row| enter(*row, place + 1));
                            place += equal.len();
                        }
                    }
                }
                before += tied.len();
            }
        }
        entries
    }
}
