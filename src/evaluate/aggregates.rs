//! Many rows → one value per group: sums and counts in one pass over the rows, order statistics by sorting.

use std::sync::Arc;

use rayon::prelude::*;

use super::frame::{Frame, Numbers, number_rows, one};
use super::passes::{Pass, Tally};
use super::rows::{RowRole, Selection};
use super::strata::Groups;
use crate::decision::{Facts, OpenCount, StepColumn, StepId};
use crate::model::expr::AggregateFunction;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::sum::ExactSum;
use crate::plan::{AggregateStep, Step, Target, latest_year};
use crate::value::{Reasons, Value};

impl Frame<'_> {
    pub fn aggregate(&self, id: StepId, aggregate: &AggregateStep, step: &Step) -> (StepColumn, Facts) {
        let rows = self.rows_of(aggregate.rows);
        let (groups, except_self) = match &aggregate.to {
            Target::Parent { table, links } => (self.parents(aggregate.rows, *table, links), false),
            Target::All => (Groups { of_row: None, count: 1 }, false),
            Target::Strata { keys, except_self } => (self.strata(keys, rows).0, *except_self),
        };
        let selection = self.selection(aggregate);
        if except_self {
            return (self.without_self(id, aggregate, &selection, &groups, rows), Facts::Nothing);
        }
        let counted = !matches!(aggregate.to, Target::Parent { .. });
        let pass = Pass { selection: &selection, groups: &groups, rows, counted };
        let (values, reasons, tally) = self.grouped(aggregate, &pass);
        let facts = if counted { Facts::Rows(tally.strata()) } else { Facts::Nothing };
        if aggregate.function == AggregateFunction::Count && tally.undecided.iter().any(|n| *n > 0) {
            let everywhere = matches!(aggregate.to, Target::All);
            let by_group = OpenCount { rows: tally.undecided, reasons: tally.reasons, everywhere };
            let undecided = match &aggregate.to {
                Target::Strata { .. } => {
                    let of_group = |group| by_group.at(group);
                    OpenCount::gathered(rows, |row| groups.get(row).map_or((0, Reasons::NONE), of_group))
                }
                _ => by_group,
            };
            self.leave_open(id, undecided);
        }
        let absent = reasons.iter().any(|r| *r != 0).then(|| Arc::new(reasons));
        let column = match &aggregate.to {
            Target::Parent { .. } => number_rows(values, absent),
            Target::All => one(values.get(0), Reasons(absent.as_ref().and_then(|a| a.first()).copied().unwrap_or(0))),
            Target::Strata { .. } => {
                let of_row: Vec<u32> = match &groups.of_row {
                    Some(rows) => rows.as_ref().clone(),
                    None => vec![0; rows],
                };
                let marks = of_row
                    .iter()
                    .map(|group| match usize::try_from(*group) {
                        Ok(at) if *group < u32::MAX => absent.as_ref().and_then(|a| a.get(at)).copied().unwrap_or(0),
                        _ => Reasons::MISSING.0,
                    })
                    .collect();
                number_rows(values.gather(&of_row), Some(Arc::new(marks)))
            }
        };
        let _ = step;
        (column, facts)
    }

    /// Value and reasons of absence per group.
    fn grouped(&self, aggregate: &AggregateStep, pass: &Pass<'_>) -> (NumberColumn, Vec<u8>, Tally) {
        let groups = pass.groups.count;
        match aggregate.function {
            AggregateFunction::Count if !aggregate.distinct.is_empty() => {
                let (tally, taken) = pass.pick();
                (self.distinct(aggregate, &taken, groups), vec![0; groups], tally)
            }
            AggregateFunction::Count => {
                let (tally, _) = pass.walk(|(): &mut (), _| {}, |(), ()| {});
                let values = tally.taken.iter().map(|n| i64::from(*n)).collect();
                (NumberColumn::shared(values, 1), vec![0; groups], tally)
            }
            AggregateFunction::Share => {
                let share_of = pass.selection.share_of.as_ref();
                let holds = |row: usize| i64::from(share_of.is_some_and(|s| s.get(row).is_true()));
                let (tally, met) = pass.walk(|met: &mut i64, row| *met += holds(row), |met, more| *met += more);
                let counts: Vec<i64> = tally.taken.iter().map(|n| i64::from(*n)).collect();
                let values = NumberColumn::from_means(met, &counts, 1);
                let reasons = nothing_taken(&tally, Reasons::NOT_APPLICABLE);
                (values, reasons, tally)
            }
            AggregateFunction::Mean | AggregateFunction::Sum => self.total(aggregate, pass),
            _ => self.ordered(aggregate, pass),
        }
    }

    fn total(&self, aggregate: &AggregateStep, pass: &Pass<'_>) -> (NumberColumn, Vec<u8>, Tally) {
        let selection = pass.selection;
        let mean = aggregate.function == AggregateFunction::Mean;
        let fast = match (&selection.value, &selection.weight) {
            (Some(Numbers::Rows(NumberColumn::Shared { values, denominator }, _)), weight) => {
                // at least 1, so that the sum of the weights alone fits as well
                let largest = values.magnitude().max(1);
                let bound = largest.saturating_mul(i128::try_from(pass.rows.max(1)).unwrap_or(i128::MAX));
                match weight {
                    None if bound < i128::from(i64::MAX) => Some((values, *denominator, None)),
                    Some(Numbers::Rows(NumberColumn::Shared { values: weights, denominator: over }, _))
                        if bound.saturating_mul(weights.magnitude()) < i128::from(i64::MAX) =>
                    {
                        Some((values, *denominator, Some((weights, *over))))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        let Some((values, denominator, weight)) = fast else {
            return total_big(mean, pass);
        };
        let value = |row: usize| values.get(row).unwrap_or(0);
        match weight {
            None => {
                let (tally, sums) = pass.walk(|sum: &mut i64, row| *sum += value(row), |sum, more| *sum += more);
                let reasons = nothing_taken(&tally, Reasons::MISSING);
                let column = if mean {
                    let counts: Vec<i64> = tally.taken.iter().map(|n| i64::from(*n)).collect();
                    NumberColumn::from_means(sums, &counts, denominator)
                } else {
                    NumberColumn::shared(sums, denominator)
                };
                (column, reasons, tally)
            }
            Some((weights, over)) => {
                let add = |(sum, whole): &mut (i64, i64), row: usize| {
                    let weight = weights.get(row).unwrap_or(0);
                    *sum += weight * value(row);
                    *whole += weight;
                };
                let join = |(sum, whole): &mut (i64, i64), (more, weight)| {
                    *sum += more;
                    *whole += weight;
                };
                let (tally, sums) = pass.walk(add, join);
                let mut reasons = nothing_taken(&tally, Reasons::MISSING);
                let (numerators, denominators) = sums
                    .iter()
                    .zip(reasons.iter_mut())
                    .map(|((sum, whole), reason)| {
                        let divisor = if mean { *whole } else { over };
                        if divisor == 0 && *reason == 0 {
                            *reason = Reasons::NOT_APPLICABLE.0;
                        }
                        let (divisor, sign) = (i128::from(divisor), i128::from(divisor.signum()));
                        (i128::from(*sum) * sign, divisor.abs().max(1) * i128::from(denominator))
                    })
                    .unzip();
                (NumberColumn::from_ratios(numerators, denominators), reasons, tally)
            }
        }
    }

    /// Minimum, maximum, median, quantile and latest: the rows of each group, sorted.
    fn ordered(&self, aggregate: &AggregateStep, pass: &Pass<'_>) -> (NumberColumn, Vec<u8>, Tally) {
        let (selection, rows) = (pass.selection, pass.rows);
        let (tally, taken) = pass.pick();
        let reasons = nothing_taken(&tally, Reasons::MISSING);
        let years = latest_year(self.rules, aggregate).and_then(|year| self.dataset.column(aggregate.rows, year)).map(
            |column| (0..rows).map(|r| column.number(r).and_then(|n| n.to_integer()).unwrap_or(i64::MIN)).collect(),
        );
        let years: Vec<i64> = years.unwrap_or_default();
        let share = aggregate.share.and_then(|id| self.constant(id));
        let number = |row: usize| selection.value.as_ref().and_then(|v| v.number(row)).unwrap_or_else(Number::zero);
        let mut by_group: Vec<&[(u32, u32)]> = vec![&[]; pass.groups.count];
        for part in taken.chunk_by(|a, b| a.0 == b.0) {
            if let Some(slot) =
                part.first().and_then(|(g, _)| by_group.get_mut(usize::try_from(*g).unwrap_or(usize::MAX)))
            {
                *slot = part;
            }
        }
        let values: Vec<Number> = by_group
            .par_iter()
            .map(|part| {
                let mut numbers: Vec<(i64, Number)> = part
                    .iter()
                    .map(|(_, row)| {
                        let row = usize::try_from(*row).unwrap_or(0);
                        (years.get(row).copied().unwrap_or(0), number(row))
                    })
                    .collect();
                pick_value(aggregate.function, share.as_ref(), &mut numbers)
            })
            .collect();
        (NumberColumn::from_numbers(values), reasons, tally)
    }

    /// How many different combinations of keys the rows of each group have.
    fn distinct(&self, aggregate: &AggregateStep, taken: &[(u32, u32)], count: usize) -> NumberColumn {
        let mut counts = vec![0i64; count];
        for part in taken.chunk_by(|a, b| a.0 == b.0) {
            let mut keys: Vec<Vec<String>> = part
                .iter()
                .map(|(_, row)| {
                    let row = usize::try_from(*row).unwrap_or(0);
                    aggregate.distinct.iter().map(|key| key_text(&self.value(*key, row))).collect()
                })
                .collect();
            keys.sort();
            keys.dedup();
            if let Some(slot) =
                part.first().and_then(|(g, _)| counts.get_mut(usize::try_from(*g).unwrap_or(usize::MAX)))
            {
                *slot = i64::try_from(keys.len()).unwrap_or(i64::MAX);
            }
        }
        NumberColumn::shared(counts, 1)
    }

    /// One value per row, over the other rows of its stratum.
    fn without_self(
        &self,
        id: StepId,
        aggregate: &AggregateStep,
        selection: &Selection,
        groups: &Groups,
        rows: usize,
    ) -> StepColumn {
        let (tally, taken) = Pass { selection, groups, rows, counted: false }.pick();
        if aggregate.function == AggregateFunction::Count && tally.undecided.iter().any(|n| *n > 0) {
            let by_group = OpenCount { rows: tally.undecided, reasons: tally.reasons, everywhere: false };
            let of_others = |row: usize| {
                let (more, reasons) = groups.get(row).map_or((0, Reasons::NONE), |group| by_group.at(group));
                let own = u32::from(matches!(selection.role(row), RowRole::Undecided(_)));
                (more.saturating_sub(own), reasons)
            };
            self.leave_open(id, OpenCount::gathered(rows, of_others));
        }
        let share = aggregate.share.and_then(|id| self.constant(id));
        let number = |row: usize| selection.value.as_ref().and_then(|v| v.number(row)).unwrap_or_else(Number::zero);
        let mut by_group: Vec<Vec<usize>> = vec![Vec::new(); groups.count];
        for (group, row) in &taken {
            if let Some(part) = usize::try_from(*group).ok().and_then(|g| by_group.get_mut(g)) {
                part.push(usize::try_from(*row).unwrap_or(0));
            }
        }
        let result: Vec<(Number, u8)> = (0..rows)
            .into_par_iter()
            .map(|row| {
                let Some(part) = groups.get(row).and_then(|g| by_group.get(g)) else {
                    return (Number::zero(), Reasons::MISSING.0);
                };
                let others: Vec<usize> = part.iter().copied().filter(|r| *r != row).collect();
                let weight = |r: usize| selection.weight.as_ref().map_or(Some(Number::one()), |w| w.number(r));
                let count = i64::try_from(others.len()).unwrap_or(i64::MAX);
                if aggregate.function == AggregateFunction::Count {
                    return (Number::from_integer(count), 0);
                }
                if others.is_empty() {
                    return (Number::zero(), Reasons::MISSING.0);
                }
                match aggregate.function {
                    AggregateFunction::Mean | AggregateFunction::Sum => {
                        let (mut sum, mut whole) = (ExactSum::default(), ExactSum::default());
                        for other in &others {
                            let weight = weight(*other).unwrap_or_else(Number::zero);
                            sum.add(&number(*other).multiply(&weight));
                            whole.add(&weight);
                        }
                        if aggregate.function == AggregateFunction::Sum {
                            return (sum.total(), 0);
                        }
                        match sum.total().divide(&whole.total()) {
                            Some(mean) => (mean, 0),
                            None => (Number::zero(), Reasons::NOT_APPLICABLE.0),
                        }
                    }
                    AggregateFunction::Share => {
                        let met =
                            others.iter().filter(|r| selection.share_of.as_ref().is_some_and(|s| s.get(**r).is_true()));
                        let met = i128::try_from(met.count()).unwrap_or(0);
                        (Number::ratio(met, i128::from(count)).unwrap_or_else(Number::zero), 0)
                    }
                    function => {
                        let mut numbers: Vec<(i64, Number)> = others.iter().map(|r| (0, number(*r))).collect();
                        (pick_value(function, share.as_ref(), &mut numbers), 0)
                    }
                }
            })
            .collect();
        let (values, marks): (Vec<Number>, Vec<u8>) = result.into_iter().unzip();
        number_rows(NumberColumn::from_numbers(values), Some(Arc::new(marks)))
    }
}

/// Sums of numbers of any size.
fn total_big(mean: bool, pass: &Pass<'_>) -> (NumberColumn, Vec<u8>, Tally) {
    let selection = pass.selection;
    let add = |(sum, whole): &mut (ExactSum, ExactSum), row: usize| {
        let value = selection.value.as_ref().and_then(|v| v.number(row));
        let weight = selection.weight.as_ref().map_or(Some(Number::one()), |w| w.number(row));
        if let (Some(value), Some(weight)) = (value, weight) {
            sum.add(&value.multiply(&weight));
            whole.add(&weight);
        }
    };
    let join = |(sum, whole): &mut (ExactSum, ExactSum), (more, weight): (ExactSum, ExactSum)| {
        sum.add(&more.total());
        whole.add(&weight.total());
    };
    let (tally, sums) = pass.walk(add, join);
    let mut reasons = nothing_taken(&tally, Reasons::MISSING);
    let values = sums
        .iter()
        .zip(reasons.iter_mut())
        .map(|((sum, whole), reason)| {
            if !mean {
                return sum.total();
            }
            sum.total().divide(&whole.total()).unwrap_or_else(|| {
                if *reason == 0 {
                    *reason = Reasons::NOT_APPLICABLE.0;
                }
                Number::zero()
            })
        })
        .collect();
    (NumberColumn::from_numbers(values), reasons, tally)
}

/// Reasons per group: why there is nothing to aggregate; 0 where something was taken.
fn nothing_taken(tally: &Tally, otherwise: Reasons) -> Vec<u8> {
    tally
        .taken
        .iter()
        .zip(&tally.reasons)
        .map(|(taken, reasons)| match (*taken, *reasons) {
            (0, 0) => otherwise.0,
            (0, reasons) => reasons,
            _ => 0,
        })
        .collect()
}

/// The order statistic of a group; `(year, value)` pairs, never empty where the result is used.
fn pick_value(function: AggregateFunction, share: Option<&Number>, numbers: &mut [(i64, Number)]) -> Number {
    let zero = Number::zero;
    match function {
        AggregateFunction::Minimum => numbers.iter().map(|(_, n)| n).min().cloned().unwrap_or_else(zero),
        AggregateFunction::Maximum => numbers.iter().map(|(_, n)| n).max().cloned().unwrap_or_else(zero),
        AggregateFunction::Latest => {
            let last = numbers.iter().map(|(year, _)| *year).max().unwrap_or(0);
            let of_last: Vec<&Number> = numbers.iter().filter(|(year, _)| *year == last).map(|(_, n)| n).collect();
            let sum = of_last.iter().fold(zero(), |all, n| all.add(n));
            sum.divide(&Number::from_integer(i64::try_from(of_last.len()).unwrap_or(1))).unwrap_or_else(zero)
        }
        _ => {
            numbers.sort_by(|a, b| a.1.cmp(&b.1));
            let at = |i: usize| numbers.get(i).map_or_else(zero, |(_, n)| n.clone());
            let count = numbers.len();
            if let Some(share) = share {
                let place = share.multiply(&Number::from_integer(i64::try_from(count).unwrap_or(0)));
                let place = crate::number::rounding::round_to_scale(&place, 0, crate::number::rounding::Rounding::Up);
                let place = usize::try_from(place).unwrap_or(0).clamp(1, count.max(1));
                return at(place - 1);
            }
            if count % 2 == 1 {
                at(count / 2)
            } else if count == 0 {
                zero()
            } else {
                let sum = at(count / 2 - 1).add(&at(count / 2));
                sum.divide(&Number::from_integer(2)).unwrap_or_else(zero)
            }
        }
    }
}

fn key_text(value: &Value) -> String {
    match value {
        Value::Text(text) => crate::name::normal_text(text),
        other => format!("{other:?}"),
    }
}
