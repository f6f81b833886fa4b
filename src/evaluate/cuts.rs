//! The lowest or highest part of a population: quota, cut-off, ties, small strata.

use super::frame::{Frame, Numbers, Truths, one, truth_rows};
use super::strata::Groups;
use crate::decision::{CutFacts, Facts, StepColumn, StepId, Strata, StratumCut};
use crate::model::expr::SmallStrataAction;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::comparison::order_keys;
use crate::number::rounding::round_to_scale;
use crate::plan::{CutStep, QuotaOf, QuotaStep, Step, TiesStep};
use crate::value::{Reasons, Truth, Value};

/// The rows of a selection before any is selected.
pub(super) struct Ranking {
    pub value: Numbers,
    pub column: NumberColumn,
    /// Per row its place in the order; equal values have equal keys.
    pub keys: Vec<i64>,
    pub among: Option<Truths>,
    pub groups: Groups,
    pub strata: Strata,
    /// Per stratum the rows that are ranked; those of merged strata stand in the first of them.
    pub ranked: Vec<Vec<usize>>,
    pub without_value: Vec<usize>,
    /// Per stratum what the share is taken of.
    pub base: Vec<usize>,
    pub small: Vec<Option<SmallStrataAction>>,
}

impl Frame<'_> {
    pub fn cut(&self, cut: &CutStep, step: &Step) -> (StepColumn, Facts) {
        let rows = self.rows(step);
        let Ranking { value, column, keys, among, groups, strata, mut ranked, without_value, base, small } =
            match self.ranking(cut, rows) {
                Ok(ranking) => ranking,
                Err(reasons) => return (one(None, reasons), Facts::Nothing),
            };
        let member = |row: usize| among.as_ref().map_or(Truth::TRUE, |a| a.get(row));
        let mut selected = vec![false; rows];
        let mut cuts = Vec::with_capacity(groups.count);
        for (group, part) in ranked.iter_mut().enumerate() {
            let count = base.get(group).copied().unwrap_or(0);
            let exact = self.quota(cut, count);
            let quota = usize::try_from(round_to_scale(&exact, 0, cut.rounding)).unwrap_or(0).min(part.len());
            let mut facts = StratumCut {
                ranked: part.len(),
                without_value: without_value.get(group).copied().unwrap_or(0),
                quota_base: count,
                quota_exact: exact,
                quota,
                cut_off: None,
                tied_at_cut: 0,
                before_cut: 0,
                selected: 0,
                small: small.get(group).copied().flatten(),
                masked: false,
            };
            self.choose_rows(cut, part, &keys, &column, &mut selected, &mut facts);
            cuts.push(facts);
        }
        let truths = self.cut_truths(cut, &value, &groups, &small, &selected, member, rows);
        // Strata that were put together are one: their rows belong to the first of them.
        (truth_rows(truths), Facts::Cut(CutFacts { strata: merged(strata, &small), cuts }))
    }

    /// Who is ranked, in which order and in which stratum; `Err`: nothing has a value, for these reasons.
    pub(super) fn ranking(&self, cut: &CutStep, rows: usize) -> Result<Ranking, Reasons> {
        let value = self.numbers(cut.value);
        let column = match &value {
            Numbers::Rows(column, _) => column.clone(),
            Numbers::One(number) => NumberColumn::from_numbers(vec![number.clone(); rows]),
            Numbers::Absent(reasons) => return Err(*reasons),
        };
        let mut keys = order_keys(&column);
        if cut.highest {
            // !k = −k − 1 turns the order round, and unlike −k exists for every k
            keys.iter_mut().for_each(|key| *key = !*key);
        }
        let among = cut.among.map(|id| self.truths(id));
        let member = |row: usize| among.as_ref().map_or(Truth::TRUE, |a| a.get(row));
        let (groups, strata) = self.strata(&cut.within, rows);
        let mut ranked: Vec<Vec<usize>> = vec![Vec::new(); groups.count];
        let mut without_value = vec![0usize; groups.count];
        let mut base = vec![0usize; groups.count];
        let quota_of = cut.quota_of.map(|of| match of {
            QuotaOf::Members(id) => Some(self.truths(id)),
            QuotaOf::AllRows => None,
        });
        for row in 0..rows {
            let Some(group) = groups.get(row) else {
                continue;
            };
            if let Some(of) = &quota_of
                && of.as_ref().is_none_or(|o| o.get(row).is_true())
                && let Some(count) = base.get_mut(group)
            {
                *count += 1;
            }
            if !member(row).is_true() {
                continue;
            }
            if value.absence(row).is_none() {
                if let Some(part) = ranked.get_mut(group) {
                    part.push(row);
                }
            } else if let Some(count) = without_value.get_mut(group) {
                *count += 1;
            }
        }
        if quota_of.is_none() {
            base = ranked.iter().map(Vec::len).collect();
        }
        let small = self.small_strata(cut, &mut ranked, &mut without_value, &mut base);
        Ok(Ranking { value, column, keys, among, groups, strata, ranked, without_value, base, small })
    }

    /// Who is selected by a cut that was made among rows most of which are not here: what its facts say of the value of each
    /// row. Of rows exactly on the cut-off the order of ties decides, which the facts do not tell: they count as selected.
    pub fn cut_by(&self, cut: &CutStep, step: &Step, facts: &CutFacts) -> StepColumn {
        let rows = self.rows(step);
        let value = self.numbers(cut.value);
        if let Numbers::Absent(reasons) = &value {
            return one(None, *reasons);
        }
        let among = cut.among.map(|id| self.truths(id));
        let member = |row: usize| among.as_ref().map_or(Truth::TRUE, |a| a.get(row));
        let groups = Groups { of_row: facts.strata.of_row.clone(), count: facts.cuts.len() };
        let small: Vec<Option<SmallStrataAction>> = facts.cuts.iter().map(|found| found.small).collect();
        let is_selected = |row: usize| -> Option<bool> {
            let found = groups.get(row).and_then(|group| facts.cuts.get(group))?;
            let order = value.number(row)?.cmp(found.cut_off.as_ref()?);
            let order = if cut.highest { order.reverse() } else { order };
            let fits = found.before_cut + found.tied_at_cut <= found.quota;
            Some(order.is_lt() || (order.is_eq() && (fits || cut.ties != TiesStep::Exclude)))
        };
        let selected: Vec<bool> = (0..rows).map(|row| is_selected(row).unwrap_or(false)).collect();
        truth_rows(self.cut_truths(cut, &value, &groups, &small, &selected, member, rows))
    }

    /// The quota of a cut over so many rows, before and after rounding.
    pub fn quota_over(&self, cut: &CutStep, base: usize) -> (Number, usize) {
        let exact = self.quota(cut, base);
        let rounded = usize::try_from(round_to_scale(&exact, 0, cut.rounding)).unwrap_or(0);
        (exact, rounded)
    }

    fn quota(&self, cut: &CutStep, base: usize) -> Number {
        match cut.quota {
            QuotaStep::Share(share) => {
                let base = Number::from_integer(i64::try_from(base).unwrap_or(i64::MAX));
                self.constant(share).unwrap_or_else(Number::zero).multiply(&base)
            }
            QuotaStep::Count(count) => self.constant(count).unwrap_or_else(Number::zero),
        }
    }

    /// What is done with strata that are too small, per stratum; merged ones are moved into the first of them.
    fn small_strata(
        &self,
        cut: &CutStep,
        ranked: &mut [Vec<usize>],
        without_value: &mut [usize],
        base: &mut [usize],
    ) -> Vec<Option<SmallStrataAction>> {
        let Some(small) = cut.small_strata else {
            return vec![None; ranked.len()];
        };
        let below = usize::try_from(small.below).unwrap_or(usize::MAX);
        let found: Vec<usize> =
            ranked.iter().enumerate().filter(|(_, part)| part.len() < below).map(|(group, _)| group).collect();
        let mut actions = vec![None; ranked.len()];
        for group in &found {
            if let Some(action) = actions.get_mut(*group) {
                *action = Some(small.action);
            }
        }
        if small.action == SmallStrataAction::Merge
            && let Some((first, rest)) = found.split_first()
        {
            for group in rest {
                let moved = ranked.get_mut(*group).map(std::mem::take).unwrap_or_default();
                let lost = without_value.get_mut(*group).map(std::mem::take).unwrap_or(0);
                let counted = base.get_mut(*group).map(std::mem::take).unwrap_or(0);
                if let (Some(part), Some(without), Some(count)) =
                    (ranked.get_mut(*first), without_value.get_mut(*first), base.get_mut(*first))
                {
                    part.extend(moved);
                    *without += lost;
                    *count += counted;
                }
            }
            if let Some(part) = ranked.get_mut(*first) {
                part.sort_unstable();
            }
        }
        actions
    }

    /// Selects the rows of one stratum and notes how.
    fn choose_rows(
        &self,
        cut: &CutStep,
        part: &mut [usize],
        keys: &[i64],
        column: &NumberColumn,
        selected: &mut [bool],
        facts: &mut StratumCut,
    ) {
        if matches!(facts.small, Some(SmallStrataAction::Undetermined | SmallStrataAction::NotMet)) {
            return;
        }
        let Some(last) = facts.quota.checked_sub(1).filter(|last| *last < part.len()) else {
            return;
        };
        let key = |row: &usize| keys.get(*row).copied().unwrap_or(i64::MAX);
        let (_, at, _) = part.select_nth_unstable_by_key(last, key);
        let (cut_row, cut_key) = (*at, key(at));
        facts.cut_off = column.get(cut_row);
        facts.before_cut = part.iter().filter(|r| key(r) < cut_key).count();
        facts.tied_at_cut = part.iter().filter(|r| key(r) == cut_key).count();
        let fits = facts.before_cut + facts.tied_at_cut <= facts.quota;
        let mut take = |row: usize| {
            if let Some(slot) = selected.get_mut(row) {
                *slot = true;
                facts.selected += 1;
            }
        };
        part.iter().filter(|r| key(r) < cut_key).for_each(|r| take(*r));
        let mut tied: Vec<usize> = part.iter().copied().filter(|r| key(r) == cut_key).collect();
        match &cut.ties {
            TiesStep::Include => tied.into_iter().for_each(take),
            TiesStep::Exclude if fits => tied.into_iter().for_each(take),
            TiesStep::Exclude => {}
            TiesStep::BreakBy(by) => {
                let order = |a: &usize, b: &usize| self.tie_order(by, *a, *b);
                tied.sort_by(order);
                let places = facts.quota - facts.before_cut;
                let last = tied.get(places.saturating_sub(1)).copied();
                for (at, row) in tied.iter().enumerate() {
                    // Rows that all keys leave equal go in together.
                    if at < places || last.is_some_and(|l| order(row, &l).is_eq()) {
                        take(*row);
                    }
                }
            }
        }
    }

    /// Which of two rows on one value goes first by the keys that break ties.
    pub(super) fn tie_order(&self, by: &[(StepId, bool)], a: usize, b: usize) -> std::cmp::Ordering {
        by.iter()
            .map(|(step, high)| {
                let (x, y) = (self.value(*step, a), self.value(*step, b));
                let order = compare_values(&x, &y);
                // An absent value goes last whichever way the key runs.
                if *high && !matches!(x, Value::Absent(_)) && !matches!(y, Value::Absent(_)) {
                    order.reverse()
                } else {
                    order
                }
            })
            .find(|o| o.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    }

    #[expect(clippy::too_many_arguments, reason = "what a row's verdict depends on, each seen once")]
    fn cut_truths(
        &self,
        cut: &CutStep,
        value: &Numbers,
        groups: &Groups,
        small: &[Option<SmallStrataAction>],
        selected: &[bool],
        member: impl Fn(usize) -> Truth,
        rows: usize,
    ) -> Vec<u8> {
        (0..rows)
            .map(|row| {
                let inside = member(row);
                if inside.is_false() {
                    return Truth::FALSE.0;
                }
                let group = groups.get(row);
                let keys = group.map_or_else(|| self.missing_keys(&cut.within, row), |_| Reasons::NONE);
                let lacking = inside.reasons().and(value.absence(row)).and(keys);
                let Some(group) = group.filter(|_| lacking.is_none()) else {
                    return Truth::unknown(lacking).0;
                };
                match small.get(group).copied().flatten() {
                    Some(SmallStrataAction::Undetermined) => Truth::unknown(Reasons::SUPPRESSED).0,
                    Some(SmallStrataAction::NotMet) => Truth::FALSE.0,
                    _ => u8::from(selected.get(row) == Some(&true)),
                }
            })
            .collect()
    }
}

fn merged(strata: Strata, small: &[Option<SmallStrataAction>]) -> Strata {
    let together: Vec<usize> = small
        .iter()
        .enumerate()
        .filter(|(_, action)| **action == Some(SmallStrataAction::Merge))
        .map(|(group, _)| group)
        .collect();
    let (Some(first), Some(of_row)) = (together.first(), &strata.of_row) else {
        return strata;
    };
    let first = u32::try_from(*first).unwrap_or(u32::MAX);
    let moved = of_row
        .iter()
        .map(|group| if usize::try_from(*group).is_ok_and(|g| together.contains(&g)) { first } else { *group })
        .collect();
    Strata { of_row: Some(std::sync::Arc::new(moved)), keys: strata.keys }
}

/// Numbers, then texts, then absences.
fn compare_values(a: &Value, b: &Value) -> std::cmp::Ordering {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x.cmp(y),
        (Value::Text(x), Value::Text(y)) => x.cmp(y),
        (Value::Date(x), Value::Date(y)) => x.cmp(y),
        (Value::Absent(_), Value::Absent(_)) => std::cmp::Ordering::Equal,
        (Value::Absent(_), _) => std::cmp::Ordering::Greater,
        (_, Value::Absent(_)) => std::cmp::Ordering::Less,
        _ => std::cmp::Ordering::Equal,
    }
}
