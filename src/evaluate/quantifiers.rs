//! Kleene's logic over columns: and, or, not, and how many of several conditions hold.

use super::frame::{Frame, Truths, one_truth, truth_rows};
use crate::decision::{StepColumn, StepId};
use crate::plan::{Bound, Step};
use crate::value::{Reasons, Truth};

/// How many of several conditions are true, unknown, not applicable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub met: usize,
    pub not_met: usize,
    pub unknown: usize,
    pub not_applicable: usize,
    /// Of the unknown ones.
    pub reasons: Reasons,
}

/// A bound with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    Any,
    All,
    None,
    AtLeast(i64),
    AtMost(i64),
    Exactly(i64),
}

impl Counts {
    /// Counts one condition. `applicable`: conditions that cannot exist for the school are left out.
    pub fn add(&mut self, truth: Truth, applicable: bool) {
        if truth.is_true() {
            self.met += 1;
        } else if truth.is_false() {
            self.not_met += 1;
        } else if applicable && truth.reasons() == Reasons::NOT_APPLICABLE {
            self.not_applicable += 1;
        } else {
            self.unknown += 1;
            self.reasons = self.reasons.and(truth.reasons());
        }
    }

    /// Whether the bound holds: decided when it holds, or fails, whatever the unknown ones are.
    pub fn decide(&self, limit: Limit) -> Truth {
        let total = self.met + self.not_met + self.unknown;
        if total == 0 && self.not_applicable > 0 {
            return Truth::unknown(Reasons::NOT_APPLICABLE);
        }
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (low, high) = (number(self.met), number(self.met + self.unknown));
        let (least, most) = match limit {
            Limit::Any => (1, i64::MAX),
            Limit::All => (number(total), i64::MAX),
            Limit::None => (0, 0),
            Limit::AtLeast(k) => (k, i64::MAX),
            Limit::AtMost(k) => (0, k),
            Limit::Exactly(k) => (k, k),
        };
        if low >= least && high <= most {
            Truth::TRUE
        } else if high < least || low > most {
            Truth::FALSE
        } else {
            Truth::unknown(self.reasons)
        }
    }
}

/// So many rows are counted side by side.
const AT_ONCE: usize = 1024;

/// More conditions are counted row by row.
const MOST_SIDE_BY_SIDE: usize = 254;

/// [`Counts`] of neighbouring rows, condition after condition: what `add` and `decide` do, without branches.
#[derive(Default)]
struct Tallies {
    met: Vec<u8>,
    unknown: Vec<u8>,
    not_applicable: Vec<u8>,
    reasons: Vec<u8>,
}

impl Tallies {
    fn count(&mut self, inputs: &[Truths], start: usize, length: usize, applicable: bool) {
        for tally in [&mut self.met, &mut self.unknown, &mut self.not_applicable, &mut self.reasons] {
            tally.clear();
            tally.resize(length, 0);
        }
        for input in inputs {
            match input {
                Truths::Rows(rows) => match rows.get(start..start + length) {
                    Some(truths) => self.add(truths.iter().copied(), applicable),
                    None => self.add((start..start + length).map(|row| input.get(row).0), applicable),
                },
                Truths::One(truth) => self.add(std::iter::repeat_n(truth.0, length), applicable),
            }
        }
    }

    fn add(&mut self, truths: impl Iterator<Item = u8>, applicable: bool) {
        let left_out = Truth::unknown(Reasons::NOT_APPLICABLE).0;
        let tallies = self.met.iter_mut().zip(&mut self.unknown).zip(&mut self.not_applicable).zip(&mut self.reasons);
        for ((((met, unknown), not_applicable), reasons), truth) in tallies.zip(truths) {
            let apart = u8::from(applicable) & u8::from(truth == left_out);
            let open = (truth >> 7) & !apart;
            *met = met.wrapping_add(u8::from(truth == Truth::TRUE.0));
            *not_applicable = not_applicable.wrapping_add(apart);
            *unknown = unknown.wrapping_add(open);
            *reasons |= truth & 0x7f & open.wrapping_neg();
        }
    }

    /// Whether the bound holds in each row.
    fn decide(&self, conditions: usize, limit: Limit, into: &mut Vec<u8>) {
        // a bound that no count reaches is one more than any
        let never = u8::MAX;
        let of = |k: i64| u8::try_from(k.max(0)).unwrap_or(never);
        let (least, most) = match limit {
            Limit::Any => (1, never),
            Limit::All => (0, never),
            Limit::None => (0, 0),
            Limit::AtLeast(k) => (of(k), never),
            Limit::AtMost(k) | Limit::Exactly(k) if k < 0 => (never, never),
            Limit::AtMost(k) => (0, of(k)),
            Limit::Exactly(k) => (of(k), of(k)),
        };
        let (all, conditions) = (limit == Limit::All, u8::try_from(conditions).unwrap_or(never));
        let nothing = Truth::unknown(Reasons::NOT_APPLICABLE).0;
        let tallies = self.met.iter().zip(&self.unknown).zip(&self.not_applicable).zip(&self.reasons);
        into.extend(tallies.map(|(((met, unknown), not_applicable), reasons)| {
            let total = conditions.wrapping_sub(*not_applicable);
            let high = met.wrapping_add(*unknown);
            let least = if all { total } else { least };
            let holds = (*met >= least) & (high <= most);
            let fails = (high < least) | (*met > most);
            let open = if fails { Truth::FALSE.0 } else { 0x80 | *reasons };
            let decided = if holds { Truth::TRUE.0 } else { open };
            if (total == 0) & (*not_applicable > 0) { nothing } else { decided }
        }));
    }

    fn counts(&self, at: usize, conditions: usize) -> Counts {
        let of = |tally: &[u8]| tally.get(at).copied().map_or(0, usize::from);
        let (met, unknown, not_applicable) = (of(&self.met), of(&self.unknown), of(&self.not_applicable));
        let not_met = conditions.saturating_sub(met + unknown + not_applicable);
        let reasons = Reasons(self.reasons.get(at).copied().unwrap_or(0));
        Counts { met, not_met, unknown, not_applicable, reasons }
    }
}

impl Frame<'_> {
    pub fn connective(&self, and: bool, items: &[StepId], step: &Step) -> StepColumn {
        let inputs: Vec<Truths> = items.iter().map(|id| self.truths(*id)).collect();
        let start = Truth::from_bool(and);
        let join = |all: Truth, next: Truth| if and { all.and(next) } else { all.or(next) };
        if inputs.iter().all(|t| matches!(t, Truths::One(_))) {
            return one_truth(inputs.iter().fold(start, |all, t| join(all, t.get(0))));
        }
        let mut truths = vec![start.0; self.rows(step)];
        for input in &inputs {
            match input {
                Truths::One(truth) => truths.iter_mut().for_each(|t| *t = join(Truth(*t), *truth).0),
                Truths::Rows(rows) => {
                    for (t, next) in truths.iter_mut().zip(rows.iter()) {
                        *t = join(Truth(*t), Truth(*next)).0;
                    }
                }
            }
        }
        truth_rows(truths)
    }

    pub fn not(&self, item: StepId, _step: &Step) -> StepColumn {
        match self.truths(item) {
            Truths::One(truth) => one_truth(truth.negate()),
            Truths::Rows(rows) => truth_rows(rows.iter().map(|t| Truth(*t).negate().0).collect()),
        }
    }

    pub fn limit(&self, bound: &Bound) -> Limit {
        let number = |id: StepId| self.constant(id).and_then(|n| n.to_integer()).unwrap_or(i64::MAX);
        match bound {
            Bound::Any => Limit::Any,
            Bound::All => Limit::All,
            Bound::None => Limit::None,
            Bound::AtLeast(k) => Limit::AtLeast(number(*k)),
            Bound::AtMost(k) => Limit::AtMost(number(*k)),
            Bound::Exactly(k) => Limit::Exactly(number(*k)),
        }
    }

    /// The bound row by row, where it is not one for all: rows that try several bounds.
    fn limits(&self, bound: &Bound) -> Option<impl Fn(usize) -> Limit> {
        let (id, limit): (StepId, fn(i64) -> Limit) = match bound {
            Bound::Any | Bound::All | Bound::None => return None,
            Bound::AtLeast(id) => (*id, Limit::AtLeast),
            Bound::AtMost(id) => (*id, Limit::AtMost),
            Bound::Exactly(id) => (*id, Limit::Exactly),
        };
        let own = self.row_counts(id)?;
        Some(move |row: usize| limit(own(row)))
    }

    /// A whole number per row; `None`: it is one for all rows.
    fn row_counts(&self, id: StepId) -> Option<impl Fn(usize) -> i64> {
        let numbers = self.numbers(id);
        let whole = move |row: usize| numbers.number(row).and_then(|n| n.to_integer()).unwrap_or(i64::MAX);
        matches!(self.column(id), Some(StepColumn::Rows(_))).then_some(whole)
    }

    pub fn quantified(&self, bound: &Bound, applicable: bool, items: &[StepId], step: &Step) -> StepColumn {
        let limit = self.limit(bound);
        let own = self.limits(bound);
        let inputs: Vec<Truths> = items.iter().map(|id| self.truths(*id)).collect();
        if own.is_none() && inputs.iter().all(|t| matches!(t, Truths::One(_))) {
            let mut counts = Counts::default();
            inputs.iter().for_each(|input| counts.add(input.get(0), applicable));
            return one_truth(counts.decide(limit));
        }
        let rows = self.rows(step);
        if inputs.len() > MOST_SIDE_BY_SIDE {
            let decide = |row: usize| {
                let mut counts = Counts::default();
                inputs.iter().for_each(|input| counts.add(input.get(row), applicable));
                counts.decide(own.as_ref().map_or(limit, |own| own(row))).0
            };
            return truth_rows((0..rows).map(decide).collect());
        }
        let mut truths = Vec::with_capacity(rows);
        let mut tallies = Tallies::default();
        for start in (0..rows).step_by(AT_ONCE) {
            let length = AT_ONCE.min(rows - start);
            tallies.count(&inputs, start, length, applicable);
            match &own {
                None => tallies.decide(inputs.len(), limit, &mut truths),
                Some(own) => {
                    let decide = |at: usize| tallies.counts(at, inputs.len()).decide(own(start + at)).0;
                    truths.extend((0..length).map(decide));
                }
            }
        }
        truth_rows(truths)
    }

    /// At least so many true ones in a row; unknown ones could be either.
    pub fn consecutive(&self, least: StepId, items: &[StepId], step: &Step) -> StepColumn {
        let same = self.constant(least).and_then(|n| n.to_integer()).unwrap_or(i64::MAX);
        let own = self.row_counts(least);
        let inputs: Vec<Truths> = items.iter().map(|id| self.truths(*id)).collect();
        let longest = |row: usize, unknown_counts: bool| {
            let (mut run, mut best) = (0i64, 0i64);
            for input in &inputs {
                let truth = input.get(row);
                run = if truth.is_true() || (unknown_counts && truth.is_unknown()) { run + 1 } else { 0 };
                best = best.max(run);
            }
            best
        };
        let decide = |row: usize| {
            let wanted = own.as_ref().map_or(same, |own| own(row));
            if longest(row, false) >= wanted {
                Truth::TRUE
            } else if longest(row, true) < wanted {
                Truth::FALSE
            } else {
                Truth::unknown(inputs.iter().fold(Reasons::NONE, |all, t| all.and(t.get(row).reasons())))
            }
        };
        truth_rows((0..self.rows(step)).map(|row| decide(row).0).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Counts, Limit, Tallies, Truths};
    use crate::value::{Reasons, Truth};

    fn counts(met: usize, not_met: usize, unknown: usize) -> Counts {
        Counts { met, not_met, unknown, not_applicable: 0, reasons: Reasons::MISSING }
    }

    #[test]
    fn at_least_gives_its_bounds() {
        assert_eq!(counts(2, 3, 1).decide(Limit::AtLeast(3)), Truth::unknown(Reasons::MISSING));
        assert_eq!(counts(3, 2, 1).decide(Limit::AtLeast(3)), Truth::TRUE);
        assert_eq!(counts(2, 4, 0).decide(Limit::AtLeast(3)), Truth::FALSE);
        assert_eq!(counts(1, 3, 1).decide(Limit::AtLeast(3)), Truth::FALSE);
        assert_eq!(counts(0, 5, 0).decide(Limit::None), Truth::TRUE);
        assert_eq!(counts(0, 4, 1).decide(Limit::None), Truth::unknown(Reasons::MISSING));
        assert_eq!(counts(2, 0, 1).decide(Limit::Exactly(2)), Truth::unknown(Reasons::MISSING));
        assert_eq!(counts(3, 0, 1).decide(Limit::Exactly(2)), Truth::FALSE);
    }

    #[test]
    fn with_nothing_applicable_there_is_no_verdict() {
        let mut counts = Counts::default();
        counts.add(Truth::unknown(Reasons::NOT_APPLICABLE), true);
        assert_eq!(counts.decide(Limit::All), Truth::unknown(Reasons::NOT_APPLICABLE));
    }

    fn truth() -> impl Strategy<Value = Truth> {
        prop_oneof![Just(Truth::FALSE), Just(Truth::TRUE), (1u8..16).prop_map(|r| Truth::unknown(Reasons(r)))]
    }

    fn decide(truths: &[Truth], applicable: bool, limit: Limit) -> Truth {
        let mut counts = Counts::default();
        truths.iter().for_each(|truth| counts.add(*truth, applicable));
        counts.decide(limit)
    }

    proptest! {
        #[test]
        fn a_bound_is_decided_when_every_possibility_agrees(
            truths in proptest::collection::vec(truth(), 0..7), applicable: bool, k in 0i64..8
        ) {
            let counted: Vec<Truth> =
                truths.iter().copied().filter(|t| !(applicable && t.reasons() == Reasons::NOT_APPLICABLE)).collect();
            let (open, met) = (counted.iter().filter(|t| t.is_unknown()).count(), counted.iter().filter(|t| t.is_true()).count());
            let reasons = counted.iter().fold(Reasons::NONE, |all, t| all.and(t.reasons()));
            let limits: [(Limit, &dyn Fn(usize) -> bool); 6] = [
                (Limit::Any, &|n| n > 0),
                (Limit::All, &|n| n == counted.len()),
                (Limit::None, &|n| n == 0),
                (Limit::AtLeast(k), &|n| n as i64 >= k),
                (Limit::AtMost(k), &|n| n as i64 <= k),
                (Limit::Exactly(k), &|n| n as i64 == k),
            ];
            for (limit, holds) in limits {
                let possible: Vec<bool> = (met..=met + open).map(holds).collect();
                let expected = if counted.is_empty() && !truths.is_empty() {
                    Truth::unknown(Reasons::NOT_APPLICABLE)
                } else if possible.iter().all(|p| *p == possible[0]) {
                    Truth::from_bool(possible[0])
                } else {
                    Truth::unknown(reasons)
                };
                prop_assert_eq!(decide(&truths, applicable, limit), expected, "{:?}", limit);
            }
        }

        #[test]
        fn rows_side_by_side_are_counted_as_one_by_one(
            rows in proptest::collection::vec(proptest::collection::vec(truth(), 3), 0..40), one in truth(), applicable: bool
        ) {
            let column = |at: usize| Truths::Rows(std::sync::Arc::new(rows.iter().map(|row| row[at].0).collect()));
            let inputs = [column(0), column(1), Truths::One(one), column(2)];
            let mut tallies = Tallies::default();
            tallies.count(&inputs, 0, rows.len(), applicable);
            for at in 0..rows.len() {
                let mut counts = Counts::default();
                inputs.iter().for_each(|input| counts.add(input.get(at), applicable));
                prop_assert_eq!(tallies.counts(at, inputs.len()), counts);
                let limits = (-1..6).flat_map(|k| [Limit::AtLeast(k), Limit::AtMost(k), Limit::Exactly(k)]);
                for limit in limits.chain([Limit::Any, Limit::All, Limit::None, Limit::AtLeast(i64::MAX)]) {
                    let mut decided = Vec::new();
                    tallies.decide(inputs.len(), limit, &mut decided);
                    prop_assert_eq!(Truth(decided[at]), counts.decide(limit), "{:?}", limit);
                }
            }
        }

        #[test]
        fn a_higher_bound_is_never_easier_to_reach(truths in proptest::collection::vec(truth(), 1..7), k in 0i64..8, at in 0usize..6) {
            let rank = |truth: Truth| if truth.is_true() { 2 } else { i32::from(truth.is_unknown()) };
            let [least, more] = [k, k + 1].map(|k| decide(&truths, false, Limit::AtLeast(k)));
            prop_assert!(rank(more) <= rank(least));
            let [most, fewer] = [k + 1, k].map(|k| decide(&truths, false, Limit::AtMost(k)));
            prop_assert!(rank(fewer) <= rank(most));
            // one more that holds never takes a bound from below away
            let mut better = truths.clone();
            let at = at % better.len();
            better[at] = Truth::TRUE;
            prop_assert!(rank(decide(&better, false, Limit::AtLeast(k))) >= rank(least));
        }
    }
}
