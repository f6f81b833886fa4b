//! `кроме самой школы`: one value per row, over the other rows of its group.
//!
//! A row is taken out of what its whole group leaves, so that a large group costs no more than many small ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::aggregates::{places, years};
use super::distinct::{Distinct, ReasonCounts};
use super::frame::{Frame, number_rows};
use super::passes::Pass;
use super::rows::{RowRole, Selection};
use super::strata::Groups;
use crate::decision::{OpenCount, StepColumn, StepId};
use crate::model::expr::AggregateFunction;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::sum::ExactSum;
use crate::plan::{AggregateStep, Target};
use crate::value::Reasons;

/// What the rows of a group leave, in the form that a row can be taken out of.
enum Whole {
    /// Sum of value × weight, and of weights.
    Total { sum: Number, weight: Number },
    /// Rows for which the condition of a share holds.
    Holding(i64),
    /// Values in their order.
    Sorted(Vec<Number>),
    /// Year → sum of its values and their number.
    ByYear(BTreeMap<i64, (Number, i64)>),
}

/// The other rows of a group.
struct Others<'a> {
    aggregate: &'a AggregateStep,
    selection: &'a Selection,
    share: Option<Number>,
    years: Vec<i64>,
}

impl Frame<'_> {
    pub fn without_self(
        &self,
        id: StepId,
        aggregate: &AggregateStep,
        selection: &Selection,
        groups: &Groups,
        rows: usize,
    ) -> StepColumn {
        let keys = match &aggregate.to {
            Target::Strata { keys, .. } => keys.as_slice(),
            _ => &[],
        };
        if aggregate.function == AggregateFunction::Count {
            return self.others_counted(id, keys, selection, groups, rows);
        }
        let (_, taken) = Pass { selection, groups, rows, counted: false }.pick();
        let lacking = lacking(selection, groups, rows);
        let share = aggregate.share.and_then(|id| self.constant(id));
        let others = Others { aggregate, selection, share, years: years(self, aggregate) };
        let parts: Vec<&[(u32, u32)]> = taken.chunk_by(|a, b| a.0 == b.0).collect();
        let of_parts: Vec<(usize, Whole, i64)> = parts
            .par_iter()
            .map(|part| {
                let rows: Vec<usize> = part.iter().filter_map(|(_, row)| usize::try_from(*row).ok()).collect();
                let group = part.first().and_then(|(group, _)| usize::try_from(*group).ok()).unwrap_or(usize::MAX);
                (group, others.whole(&rows), i64::try_from(rows.len()).unwrap_or(i64::MAX))
            })
            .collect();
        let mut of_group: Vec<Option<(Whole, i64)>> = Vec::new();
        of_group.resize_with(groups.count, || None);
        for (group, whole, count) in of_parts {
            if let Some(slot) = of_group.get_mut(group) {
                *slot = Some((whole, count));
            }
        }
        let of_row = |row: usize| -> Result<Number, Reasons> {
            let group = groups.get(row).ok_or_else(|| self.missing_keys(keys, row))?;
            let role = selection.role(row);
            let own = i64::from(role == RowRole::Taken);
            match of_group.get(group).and_then(Option::as_ref) {
                Some((whole, count)) if *count > own => {
                    others.without(whole, count - own, (own == 1).then_some(row)).ok_or(Reasons::NOT_APPLICABLE)
                }
                _ => Err(why_nothing(aggregate.function, lacking.get(group), role)),
            }
        };
        let (values, marks): (Vec<Number>, Vec<u8>) = (0..rows)
            .into_par_iter()
            .map(|row| match of_row(row) {
                Ok(value) => (value, 0),
                Err(reasons) => (Number::zero(), reasons.0),
            })
            .unzip();
        number_rows(NumberColumn::from_numbers(values), Some(Arc::new(marks)))
    }

    fn others_counted(
        &self,
        id: StepId,
        keys: &[StepId],
        selection: &Selection,
        groups: &Groups,
        rows: usize,
    ) -> StepColumn {
        let distinct = selection.distinct.as_ref().map(|keys| Distinct::new(selection, keys, groups, rows));
        let (tally, _) = Pass { selection, groups, rows, counted: false }.walk(|(): &mut (), _| {}, |(), ()| {});
        let at = |counts: &[u32], group: usize| counts.get(group).copied().unwrap_or(0);
        let lacking = lacking(selection, groups, rows);
        let of_row = |row: usize| -> Option<(u32, u32, Reasons)> {
            let group = groups.get(row)?;
            let role = selection.role(row);
            if let Some(distinct) = &distinct {
                return Some(distinct.of_others(group, row, role));
            }
            let taken = at(&tally.taken, group) - u32::from(role == RowRole::Taken);
            let undecided = at(&tally.undecided, group) - u32::from(matches!(role, RowRole::Undecided(_)));
            let lacking = lacking.get(group).copied().unwrap_or_default();
            let own = if let RowRole::Undecided(own) = role { own } else { Reasons::NONE };
            Some((taken, undecided, lacking.undecided.without(own)))
        };
        let found: Vec<Option<(u32, u32, Reasons)>> = (0..rows).map(of_row).collect();
        if found.iter().flatten().any(|(_, more, _)| *more > 0) {
            let open = |row: usize| match found.get(row).copied().flatten() {
                Some((_, more, reasons)) => (more, reasons),
                None => (0, Reasons::NONE),
            };
            self.leave_open(id, OpenCount::gathered(rows, open));
        }
        let values = found.iter().map(|f| f.map_or(0, |(taken, ..)| i64::from(taken))).collect();
        let marks = found.iter().enumerate();
        let marks = marks.map(|(row, f)| if f.is_some() { 0 } else { self.missing_keys(keys, row).0 }).collect();
        number_rows(NumberColumn::shared(values, 1), Some(Arc::new(marks)))
    }
}

impl Others<'_> {
    fn value(&self, row: usize) -> Number {
        self.selection.value.as_ref().and_then(|v| v.number(row)).unwrap_or_else(Number::zero)
    }

    fn weight(&self, row: usize) -> Number {
        self.selection.weight.as_ref().map_or(Some(Number::one()), |w| w.number(row)).unwrap_or_else(Number::zero)
    }

    fn holds(&self, row: usize) -> bool {
        self.selection.share_of.as_ref().is_some_and(|s| s.get(row).is_true())
    }

    fn year(&self, row: usize) -> i64 {
        self.years.get(row).copied().unwrap_or(0)
    }

    fn whole(&self, rows: &[usize]) -> Whole {
        match self.aggregate.function {
            AggregateFunction::Sum | AggregateFunction::Mean => {
                let (mut sum, mut weight) = (ExactSum::default(), ExactSum::default());
                for row in rows {
                    let own = self.weight(*row);
                    sum.add(&self.value(*row).multiply(&own));
                    weight.add(&own);
                }
                Whole::Total { sum: sum.total(), weight: weight.total() }
            }
            AggregateFunction::Share => {
                Whole::Holding(i64::try_from(rows.iter().filter(|row| self.holds(**row)).count()).unwrap_or(i64::MAX))
            }
            AggregateFunction::Latest => {
                let mut years: BTreeMap<i64, (ExactSum, i64)> = BTreeMap::new();
                for row in rows {
                    let (sum, count) = years.entry(self.year(*row)).or_default();
                    sum.add(&self.value(*row));
                    *count += 1;
                }
                Whole::ByYear(years.into_iter().map(|(year, (sum, count))| (year, (sum.total(), count))).collect())
            }
            _ => {
                let mut values: Vec<Number> = rows.iter().map(|row| self.value(*row)).collect();
                values.sort();
                Whole::Sorted(values)
            }
        }
    }

    /// The value over `count` rows, at least one: those of the group, without `own`. `None`: weights that sum to 0.
    fn without(&self, whole: &Whole, count: i64, own: Option<usize>) -> Option<Number> {
        match whole {
            Whole::Total { sum, weight } => {
                let (own_value, own_weight) = own.map_or((Number::zero(), Number::zero()), |row| {
                    let weight = self.weight(row);
                    (self.value(row).multiply(&weight), weight)
                });
                let sum = sum.subtract(&own_value);
                if self.aggregate.function == AggregateFunction::Sum {
                    return Some(sum);
                }
                sum.divide(&weight.subtract(&own_weight))
            }
            Whole::Holding(holding) => {
                let holding = holding - i64::from(own.is_some_and(|row| self.holds(row)));
                Number::ratio(i128::from(holding), i128::from(count))
            }
            Whole::ByYear(years) => {
                let (own_year, own_value) = own.map_or((None, Number::zero()), |r| (Some(self.year(r)), self.value(r)));
                years.iter().rev().find_map(|(year, (sum, rows))| {
                    if own_year == Some(*year) {
                        return sum.subtract(&own_value).divide(&Number::from_integer(rows - 1));
                    }
                    sum.divide(&Number::from_integer(*rows))
                })
            }
            Whole::Sorted(values) => {
                // equal values are as good as each other: any of them may be the one that is left out
                let skipped = own.map_or(usize::MAX, |row| {
                    let own = self.value(row);
                    values.partition_point(|value| *value < own)
                });
                let at = |place: usize| values.get(place + usize::from(place >= skipped));
                let count = usize::try_from(count).unwrap_or(usize::MAX);
                let (low, high) = places(self.aggregate.function, self.share.as_ref(), count);
                let (low, high) = (at(low)?, at(high)?);
                low.add(high).divide(&Number::from_integer(2))
            }
        }
    }
}

/// What the rows of a group lack that are not taken.
#[derive(Debug, Clone, Copy, Default)]
struct Lacking {
    undecided: ReasonCounts,
    all: ReasonCounts,
}

fn lacking(selection: &Selection, groups: &Groups, rows: usize) -> Vec<Lacking> {
    let mut found = vec![Lacking::default(); groups.count];
    for row in 0..rows {
        let Some(group) = groups.get(row).and_then(|group| found.get_mut(group)) else { continue };
        let role = selection.role(row);
        group.all.add(reasons_of(role));
        if let RowRole::Undecided(reasons) = role {
            group.undecided.add(reasons);
        }
    }
    found
}

fn reasons_of(role: RowRole) -> Reasons {
    match role {
        RowRole::Undecided(reasons) | RowRole::Absent(reasons) => reasons,
        RowRole::Suppressed => Reasons::SUPPRESSED,
        RowRole::Taken | RowRole::NotMatching | RowRole::OutsideWindow => Reasons::NONE,
    }
}

/// Why there is no value over no rows: what the rows left out lack, without the row itself.
fn why_nothing(function: AggregateFunction, lacking: Option<&Lacking>, own: RowRole) -> Reasons {
    let reasons = lacking.map_or(Reasons::NONE, |lacking| lacking.all.without(reasons_of(own)));
    match (reasons.is_none(), function) {
        (false, _) => reasons,
        (true, AggregateFunction::Share) => Reasons::NOT_APPLICABLE,
        (true, _) => Reasons::MISSING,
    }
}
