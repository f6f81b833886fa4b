//! What a missing cell would settle: which of its possible values lead to which verdicts.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::super::condition::InputCell;
use super::profile::Profiles;
use super::search::{Search, Target};
use super::{Leads, MissingCell, Part, Settles};
use crate::decision::Verdict;
use crate::value::{Reasons, Truth, Type, Value};

impl Search<'_> {
    /// What each of some empty cells would settle.
    pub fn settled(&self, target: Target, empty: &[usize], found: &Profiles) -> Vec<MissingCell> {
        let cells: Vec<(&InputCell, usize)> = empty
            .iter()
            .filter_map(|at| Some((self.ground.empty.get(*at)?, *found.points_of_empty.get(*at)?)))
            .collect();
        let settled = |(cell, most): &(&InputCell, usize)| MissingCell {
            cell: (*cell).clone(),
            settles: self.settles(target, cell, *most),
        };
        cells.par_iter().map(settled).collect()
    }

    fn settles(&self, target: Target, cell: &InputCell, most: usize) -> Settles {
        let Some(target) = self.place_of(target) else { return Settles::NoNumber };
        let leads = |value: &Value| {
            let changed = self.with_cells(&[(cell, value)])?;
            let then = self.then(&changed);
            let verdict = match *then.get(target)? {
                Verdict::Undetermined(_) => Verdict::Undetermined(Reasons::NONE),
                verdict => verdict,
            };
            let mut categories = self.turned_categories(&then);
            for turned in &mut categories {
                if matches!(turned.verdict, Verdict::Undetermined(_)) {
                    turned.verdict = Verdict::Undetermined(Reasons::NONE);
                }
            }
            Some(Leads { verdict, categories })
        };
        if cell.ty == Type::YesNo {
            let both = (leads(&Value::Truth(Truth::TRUE)), leads(&Value::Truth(Truth::FALSE)));
            return match both {
                (Some(yes), Some(no)) => Settles::YesNo { yes, no },
                _ => Settles::NoNumber,
            };
        }
        let Some(domain) = self.domain(cell) else { return Settles::NoNumber };
        let mut seen: BTreeMap<i64, Option<Leads>> = BTreeMap::new();
        for at in domain.points(None, &self.ground.breaks, most) {
            seen.insert(at, leads(&domain.value(at)));
        }
        // between two places that lead elsewhere lies a border
        let mut open: Vec<(i64, i64)> = seen.keys().copied().zip(seen.keys().skip(1).copied()).collect();
        while let Some((low, high)) = open.pop() {
            if high.abs_diff(low) > 1 && seen.get(&low) != seen.get(&high) {
                let middle = low + (high - low) / 2;
                seen.insert(middle, leads(&domain.value(middle)));
                open.extend([(low, middle), (middle, high)]);
            }
        }
        let mut parts: Vec<(i64, i64, Leads)> = Vec::new();
        for (at, leads) in seen {
            let Some(leads) = leads else { return Settles::NoNumber };
            match parts.last_mut() {
                Some((_, to, same)) if *same == leads => *to = at,
                _ => parts.push((at, at, leads)),
            }
        }
        let part = |(from, to, leads)| Part { from: domain.number(from), to: domain.number(to), leads };
        Settles::Parts { low: domain.number(domain.low), parts: parts.into_iter().map(part).collect() }
    }
}
