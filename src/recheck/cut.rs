//! Who is in the lowest or highest part of a population: ranks, quotas, ties and small groups.
//!
//! Sorts the members of each group and counts places. Knows nothing of negated conditions.

use std::cmp::Ordering;
use std::rc::Rc;

use super::reading::{Reading, whole};
use crate::model::expr::{Cut, ExprId, Quota, SmallStrataAction, Ties};
use crate::number::Number;
use crate::number::rounding::round_to_multiple;
use crate::value::{Reasons, Truth, Value};

/// Whether each row is selected.
pub(super) struct Chosen(Vec<Truth>);

/// A member with its value.
struct Ranked {
    row: usize,
    value: Number,
}

impl Reading<'_> {
    pub(super) fn in_cut(&self, id: ExprId, cut: &Cut, row: usize) -> Truth {
        if let Some(known) = self.chosen.borrow().get(&id) {
            return known.of(row);
        }
        let chosen = Rc::new(Chosen(self.selection(cut)));
        self.chosen.borrow_mut().insert(id, chosen.clone());
        chosen.of(row)
    }

    /// A row outside the population is not selected; for one without a value it is unknown.
    fn selection(&self, cut: &Cut) -> Vec<Truth> {
        let rows = self.table_of(cut.among).map_or(0, |table| self.rows(table));
        let groups = self.groups(&cut.within, rows);
        let mut chosen: Vec<Truth> = vec![Truth::FALSE; rows];
        let mut ranked: Vec<Vec<Ranked>> = groups.rows.iter().map(|_| Vec::new()).collect();
        for (row, (truth, group)) in chosen.iter_mut().zip(&groups.of_row).enumerate() {
            let member = self.among(cut.among, row);
            if member.is_false() {
                continue;
            }
            let value = self.number(cut.value, row);
            let lacking = member.reasons().and(value.as_ref().err().copied().unwrap_or_default());
            let lacking = lacking.and(group.err().unwrap_or_default());
            match (group, value) {
                (Ok(group), Ok(value)) if lacking.is_none() => {
                    if let Some(ranked) = ranked.get_mut(*group) {
                        ranked.push(Ranked { row, value });
                    }
                }
                _ => *truth = Truth::unknown(lacking),
            }
        }
        let mut together = (Vec::new(), Vec::new());
        for (ranked, rows) in ranked.into_iter().zip(&groups.rows) {
            let small = cut.small_strata.filter(|small| ranked.len() < usize::try_from(small.below).unwrap_or(0));
            match small.map(|small| small.action) {
                None => self.choose(cut, ranked, rows, &mut chosen),
                Some(SmallStrataAction::Merge) => {
                    together.0.extend(ranked);
                    together.1.extend(rows.iter().copied());
                }
                Some(SmallStrataAction::Undetermined) => {
                    mark(&mut chosen, ranked.iter().map(|r| r.row), Truth::unknown(Reasons::SUPPRESSED));
                }
                Some(SmallStrataAction::NotMet) => {}
            }
        }
        self.choose(cut, together.0, &together.1, &mut chosen);
        chosen
    }

    /// Selects in one group; `rows`: all rows of the group, for a quota that is counted of others.
    fn choose(&self, cut: &Cut, mut ranked: Vec<Ranked>, rows: &[usize], chosen: &mut [Truth]) {
        let order = |a: &Number, b: &Number| if cut.highest { b.cmp(a) } else { a.cmp(b) };
        ranked.sort_by(|a, b| order(&a.value, &b.value));
        let base = match cut.quota_of {
            None => ranked.len(),
            Some(of) => rows.iter().filter(|row| self.among(of, **row).is_true()).count(),
        };
        let places = self.places(cut, base);
        let Some(last) = places.checked_sub(1).map(|last| last.min(ranked.len().saturating_sub(1))) else {
            return;
        };
        let Some(limit) = ranked.get(last).map(|last| last.value.clone()) else {
            return;
        };
        let before = ranked.iter().filter(|r| order(&r.value, &limit).is_lt()).map(|r| r.row);
        mark(chosen, before.clone(), Truth::TRUE);
        let left = places.saturating_sub(before.count());
        let tied: Vec<usize> = ranked.iter().filter(|r| r.value == limit).map(|r| r.row).collect();
        match &cut.ties {
            Ties::Include => mark(chosen, tied.into_iter(), Truth::TRUE),
            Ties::Exclude if tied.len() > left => {}
            Ties::Exclude => mark(chosen, tied.into_iter(), Truth::TRUE),
            Ties::BreakBy(keys) => {
                let mut tied = tied;
                tied.sort_by(|a, b| self.told_apart(keys, *a, *b));
                let Some(last) = left.min(tied.len()).checked_sub(1).and_then(|at| tied.get(at)).copied() else {
                    return;
                };
                let inside = tied.into_iter().filter(|row| self.told_apart(keys, *row, last).is_le());
                mark(chosen, inside, Truth::TRUE);
            }
        }
    }

    fn places(&self, cut: &Cut, base: usize) -> usize {
        let (places, exact) = match cut.quota {
            Quota::Share(share) => (self.number(share, 0).map(|share| share.multiply(&whole(base))), false),
            Quota::Count(count) => (self.number(count, 0), true),
        };
        let Ok(places) = places else {
            return 0;
        };
        let rounded = if exact { Some(places) } else { round_to_multiple(&places, &Number::one(), cut.rounding) };
        rounded.and_then(|places| usize::try_from(places.to_integer()?).ok()).unwrap_or(0)
    }

    /// Which of two equal rows goes first; one without a value goes last.
    fn told_apart(&self, keys: &[(ExprId, bool)], a: usize, b: usize) -> Ordering {
        for (key, higher_first) in keys {
            let order = match (self.value(*key, a), self.value(*key, b)) {
                (Value::Absent(_) | Value::Between(..), Value::Absent(_) | Value::Between(..)) => Ordering::Equal,
                (Value::Absent(_) | Value::Between(..), _) => Ordering::Greater,
                (_, Value::Absent(_) | Value::Between(..)) => Ordering::Less,
                (a, b) => {
                    let order = in_order(&a, &b);
                    if *higher_first { order.reverse() } else { order }
                }
            };
            if order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }
}

fn in_order(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Truth(a), Value::Truth(b)) => a.is_true().cmp(&b.is_true()),
        _ => Ordering::Equal,
    }
}

fn mark(chosen: &mut [Truth], rows: impl Iterator<Item = usize>, truth: Truth) {
    for row in rows {
        if let Some(slot) = chosen.get_mut(row) {
            *slot = truth;
        }
    }
}

impl Chosen {
    fn of(&self, row: usize) -> Truth {
        self.0.get(row).copied().unwrap_or(Truth::FALSE)
    }
}
