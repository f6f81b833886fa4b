//! Where a row stands in a ranking: its place, the cut, and its neighbours on both sides.
//!
//! Cut-offs and counts are the recorded facts of the step; only places are counted here, over the one ranked column.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::condition::{Margin, Members, Neighbour, QuotaTrace, RankStanding, RankTrace, TieKey, TiesTrace};
use super::margin::{distance, unit_of_difference};
use super::reading::{Reading, stratum_of};
use crate::decision::{CutFacts, Facts, StratumCut};
use crate::evaluate::trace;
use crate::model::PopulationOrTable;
use crate::model::expr::{CompareOp, Cut, ExprId, ExprKind, Grain, Quota, SmallStrataAction, Ties};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::value::{Truth, Value};

/// Neighbours shown on each side of the cut.
const NEIGHBOURS: usize = 3;

/// Neighbours shown on each side of the school itself.
const BESIDE: usize = 1;

impl Reading<'_> {
    pub(super) fn rank(&self, expr: ExprId, cut: &Cut, row: usize) -> RankTrace {
        let value = self.value(cut.value, row);
        let value_type = self.ty(cut.value);
        let facts = self.cut_facts(expr);
        let stratum = facts.and_then(|f| stratum_of(&f.strata, row));
        let found = facts.zip(stratum).and_then(|(f, s)| f.cuts.get(s));
        let mut ranking = Ranking { reading: *self, expr, cut, facts, stratum, told_apart: BTreeMap::new() };
        ranking.tell_apart(found);
        let standing = ranking.standing(row, &value, found);
        let (last_inside, first_outside) =
            if found.is_some() { ranking.neighbours() } else { (Vec::new(), Vec::new()) };
        let (before_own, after_own) = match standing {
            RankStanding::Placed { .. } => ranking.around(row),
            _ => (Vec::new(), Vec::new()),
        };
        let margin = match (&value, found.and_then(|f| f.cut_off.as_ref())) {
            (Value::Number(value), Some(cut_off)) if matches!(standing, RankStanding::Placed { .. }) => {
                let side = if cut.highest { CompareOp::AtLeast } else { CompareOp::AtMost };
                Some(Margin {
                    distance: distance(side, value, cut_off),
                    unit: unit_of_difference(&value_type, &value_type),
                    on_threshold: value == cut_off,
                })
            }
            _ => None,
        };
        RankTrace {
            highest: cut.highest,
            negated: cut.negated,
            population: self.population_name(cut.among),
            membership: self.members(cut.among),
            stratum: cut.within.iter().map(|key| self.value(*key, row)).collect(),
            together: match found.and_then(|f| f.small) {
                Some(SmallStrataAction::Merge) => facts.map(together).unwrap_or_default(),
                _ => Vec::new(),
            },
            within: self.key_names(&cut.within),
            quota: self.quota(cut, found),
            quota_of: cut.quota_of.map(|p| self.population_name(p)),
            ranked: found.map_or(0, |f| f.ranked),
            without_value: found.map_or(0, |f| f.without_value),
            rounding: cut.rounding,
            ties: ties(&cut.ties),
            tie_keys: self.tie_keys(&cut.ties, row),
            defaulted: cut.defaulted,
            cut_off: found.and_then(|f| f.cut_off.clone()),
            tied_at_cut: found.map_or(0, |f| f.tied_at_cut),
            before_cut: found.map_or(0, |f| f.before_cut),
            selected: found.map_or(0, |f| f.selected),
            small: found.and_then(|f| f.small),
            value,
            value_type,
            standing,
            margin,
            last_inside,
            first_outside,
            before_own,
            after_own,
        }
    }

    fn tie_keys(&self, ties: &Ties, row: usize) -> Vec<TieKey> {
        let Ties::BreakBy(keys) = ties else { return Vec::new() };
        let key = |(expr, highest): &(ExprId, bool)| TieKey {
            name: self.key_names(&[*expr]).into_iter().next().unwrap_or_else(|| Arc::from("")),
            highest: *highest,
            ty: self.ty(*expr),
            value: self.value(*expr, row),
        };
        keys.iter().map(key).collect()
    }

    /// How many schools a population has, and who is not in it. `None`: a whole table.
    fn members(&self, of: PopulationOrTable) -> Option<Members> {
        let PopulationOrTable::Population(id) = of else { return None };
        let exclusions = &self.rules.populations.get(id.index())?.exclusions;
        let membership = self.run.populations.get(id.index())?;
        let mut found = Members { count: membership.count, ..Members::default() };
        let mut by_exclusion = vec![0usize; exclusions.len()];
        for (row, member) in membership.members.iter().enumerate() {
            let by = membership.excluded_by.get(row).copied().unwrap_or(0);
            match usize::from(by).checked_sub(1).and_then(|at| by_exclusion.get_mut(at)) {
                _ if *member == Truth::TRUE.0 => {}
                Some(count) => *count += 1,
                None if *member == Truth::FALSE.0 => found.not_matching += 1,
                None => found.unknown += 1,
            }
        }
        let counted = exclusions.iter().zip(by_exclusion).filter(|(_, count)| *count > 0);
        found.excluded = counted.map(|(exclusion, count)| (exclusion.basis.clone(), count)).collect();
        Some(found)
    }

    pub(super) fn cut_facts(&self, expr: ExprId) -> Option<&CutFacts> {
        // a negated selection has its facts one step below
        let step = trace::cut_step(self.plan, expr)?;
        match self.run.facts.get(step.index())? {
            Facts::Cut(facts) => Some(facts),
            _ => None,
        }
    }

    /// The quota asked for, with what it came to in one stratum.
    pub(super) fn quota(&self, cut: &Cut, found: Option<&StratumCut>) -> QuotaTrace {
        let asked = match cut.quota {
            Quota::Share(share) => self.number(share, 0),
            Quota::Count(_) => None,
        };
        let written = match cut.quota {
            Quota::Share(written) | Quota::Count(written) => written,
        };
        QuotaTrace {
            share: asked,
            parameter: self.parameter_of(written),
            base: found.map_or(0, |f| f.quota_base),
            exact: found.map_or_else(Number::zero, |f| f.quota_exact.clone()),
            rounded: found.map_or(0, |f| f.quota),
        }
    }
}

/// Keys of the groups that were too small and are ranked as one.
pub(super) fn together(facts: &CutFacts) -> Vec<Vec<Value>> {
    let small = facts.cuts.iter().zip(&facts.strata.keys);
    small.filter(|(cut, _)| cut.small == Some(SmallStrataAction::Merge)).map(|(_, keys)| keys.clone()).collect()
}

pub(super) fn ties(ties: &Ties) -> TiesTrace {
    match ties {
        Ties::Include => TiesTrace::Include,
        Ties::Exclude => TiesTrace::Exclude,
        Ties::BreakBy(_) => TiesTrace::BreakBy,
    }
}

/// One ranked column, looked at from one stratum.
struct Ranking<'a> {
    reading: Reading<'a>,
    expr: ExprId,
    cut: &'a Cut,
    facts: Option<&'a CutFacts>,
    stratum: Option<usize>,
    /// Rows on the cut that further values tell apart: which goes in before which.
    told_apart: BTreeMap<usize, usize>,
}

impl Ranking<'_> {
    fn tell_apart(&mut self, found: Option<&StratumCut>) {
        let (Ties::BreakBy(_), Some(cut_off)) = (&self.cut.ties, found.and_then(|f| f.cut_off.as_ref())) else {
            return;
        };
        let mut tied = Vec::new();
        self.each_ranked(|row| {
            if self.reading.number(self.cut.value, row).as_ref() == Some(cut_off) {
                tied.push(row);
            }
        });
        let Reading { rules, plan, data, run } = self.reading;
        trace::in_order_of_ties(rules, plan, data, run, self.expr, &mut tied);
        self.told_apart = tied.into_iter().enumerate().map(|(at, row)| (row, at)).collect();
    }

    /// The order of places; equal rows as they are told apart on the cut, others by row.
    fn in_line(&self, a: usize, b: usize) -> Ordering {
        let apart = || self.told_apart.get(&a).cmp(&self.told_apart.get(&b));
        self.order(a, b).then_with(apart).then(a.cmp(&b))
    }

    fn standing(&self, row: usize, value: &Value, found: Option<&StratumCut>) -> RankStanding {
        let member = self.reading.is_member(self.cut.among, row);
        if member.is_false() {
            return RankStanding::OutsidePopulation;
        }
        if member.is_unknown() {
            return RankStanding::MembershipUnknown(member.reasons());
        }
        match (value, found) {
            (Value::Absent(reasons) | Value::Between(_, reasons), _) => RankStanding::NoValue(*reasons),
            (Value::Number(_), Some(_)) => {
                let (mut before, mut equal) = (0, 0);
                self.each_ranked(|other| match self.order(other, row) {
                    Ordering::Less => before += 1,
                    Ordering::Equal => equal += 1,
                    Ordering::Greater => {}
                });
                RankStanding::Placed { first: before + 1, last: before + equal.max(1) }
            }
            _ => RankStanding::NotRanked,
        }
    }

    /// The selected rows with the last places, and the rows not selected with the first ones.
    fn neighbours(&self) -> (Vec<Neighbour>, Vec<Neighbour>) {
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        self.each_ranked(|row| {
            let decided = self.reading.truth(self.expr, row);
            let selected = if self.cut.negated { decided.negate() } else { decided };
            if selected.is_true() {
                keep(&mut inside, row, |a, b| self.in_line(b, a));
            } else if selected.is_false() {
                keep(&mut outside, row, |a, b| self.in_line(a, b));
            }
        });
        inside.reverse();
        (self.placed(&inside), self.placed(&outside))
    }

    /// The nearest rows with other places: before a row and behind it.
    fn around(&self, own: usize) -> (Vec<Neighbour>, Vec<Neighbour>) {
        let (mut earlier, mut later) = (Vec::new(), Vec::new());
        self.each_ranked(|row| match self.order(row, own) {
            Ordering::Less => keep(&mut earlier, row, |a, b| self.in_line(b, a)),
            Ordering::Greater => keep(&mut later, row, |a, b| self.in_line(a, b)),
            Ordering::Equal => {}
        });
        earlier.truncate(BESIDE);
        later.truncate(BESIDE);
        earlier.reverse();
        (self.placed(&earlier), self.placed(&later))
    }

    fn placed(&self, rows: &[usize]) -> Vec<Neighbour> {
        let mut counts = vec![(0usize, 0usize); rows.len()];
        self.each_ranked(|other| {
            for (row, (before, equal)) in rows.iter().zip(counts.iter_mut()) {
                match self.order(other, *row) {
                    Ordering::Less => *before += 1,
                    Ordering::Equal => *equal += 1,
                    Ordering::Greater => {}
                }
            }
        });
        let found_cut_off = self.facts.zip(self.stratum).and_then(|(f, s)| f.cuts.get(s)?.cut_off.as_ref());
        let with_value = |(row, (before, equal)): (&usize, (usize, usize))| {
            let value = self.reading.number(self.cut.value, *row)?;
            let on_cut = found_cut_off == Some(&value);
            let tie = if on_cut { self.reading.tie_keys(&self.cut.ties, *row) } else { Vec::new() };
            Some(Neighbour {
                school: self.reading.school(*row),
                value,
                tie: tie.into_iter().map(|key| key.value).collect(),
                first_place: before + 1,
                last_place: before + equal.max(1),
            })
        };
        rows.iter().zip(counts).filter_map(with_value).collect()
    }

    /// Members of the stratum with a value, by row.
    fn each_ranked(&self, mut see: impl FnMut(usize)) {
        let Some(stratum) = self.stratum else { return };
        let rows = self.rows();
        let numbers = self.reading.numbers(self.cut.value);
        for row in 0..rows {
            let present = match &numbers {
                Some((_, absent)) => absent.and_then(|a| a.get(row)).copied().unwrap_or(0) == 0,
                None => self.reading.number(self.cut.value, row).is_some(),
            };
            let in_stratum = self.facts.is_some_and(|f| stratum_of(&f.strata, row) == Some(stratum));
            if present && in_stratum && self.reading.is_member(self.cut.among, row) == Truth::TRUE {
                see(row);
            }
        }
    }

    fn rows(&self) -> usize {
        match self.reading.expr(self.expr).map(|e| (&e.kind, e.grain)) {
            Some((ExprKind::InCut(_), Grain::Row(table))) => {
                self.reading.data.table(table).map_or(self.reading.run.schools, |t| t.rows)
            }
            _ => self.reading.run.schools,
        }
    }

    /// `Less`: the first row has an earlier place.
    fn order(&self, a: usize, b: usize) -> Ordering {
        let order = match self.reading.numbers(self.cut.value) {
            Some((column, _)) => order_of_rows(column, a, b),
            None => self.reading.number(self.cut.value, a).cmp(&self.reading.number(self.cut.value, b)),
        };
        if self.cut.highest { order.reverse() } else { order }
    }
}

/// The order of two rows of a column, without making numbers of them where that is not needed.
fn order_of_rows(column: &NumberColumn, a: usize, b: usize) -> Ordering {
    match column {
        NumberColumn::Shared { values, .. } => values.get(a).cmp(&values.get(b)),
        NumberColumn::Ratio { numerators, denominators } => {
            let cross = |n: usize, d: usize| numerators.get(n)?.checked_mul(*denominators.get(d)?);
            match (cross(a, b), cross(b, a)) {
                (Some(x), Some(y)) => x.cmp(&y),
                _ => column.get(a).cmp(&column.get(b)),
            }
        }
        NumberColumn::Big(values) => values.get(a).cmp(&values.get(b)),
    }
}

/// Keeps the first [`NEIGHBOURS`] rows in the given order.
fn keep(kept: &mut Vec<usize>, row: usize, order: impl Fn(usize, usize) -> Ordering) {
    if kept.len() >= NEIGHBOURS && kept.last().is_some_and(|last| order(row, *last) != Ordering::Less) {
        return;
    }
    let at = kept.partition_point(|other| order(*other, row) == Ordering::Less);
    kept.insert(at, row);
    kept.truncate(NEIGHBOURS);
}
