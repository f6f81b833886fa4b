//! Many rows → one value per group: sums and counts in one pass over the rows, order statistics by sorting.

use std::sync::Arc;

use rayon::prelude::*;

use super::distinct::Distinct;
use super::frame::{Frame, Numbers, number_rows, one};
use super::passes::{Pass, Tally};
use super::strata::Groups;
use crate::decision::{Facts, OpenCount, StepColumn, StepId};
use crate::model::expr::AggregateFunction;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::rounding::{Rounding, round_to_scale};
use crate::number::sum::ExactSum;
use crate::plan::{AggregateStep, Target, latest_year};
use crate::value::Reasons;

impl Frame<'_> {
    pub fn aggregate(&self, id: StepId, aggregate: &AggregateStep) -> (StepColumn, Facts) {
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
        let (values, reasons, mut tally) = self.grouped(aggregate, &pass);
        let facts = if counted { Facts::Rows(tally.strata()) } else { Facts::Nothing };
        let values = match &selection.distinct {
            Some(combinations) => {
                let distinct = Distinct::new(&selection, combinations, &groups, rows);
                for group in 0..groups.count {
                    let (_, more, reasons) = distinct.of_group(group);
                    tally.leave_undecided(group, more, reasons);
                }
                NumberColumn::shared((0..groups.count).map(|g| i64::from(distinct.of_group(g).0)).collect(), 1)
            }
            None => values,
        };
        if aggregate.function == AggregateFunction::Count && tally.undecided.iter().any(|n| *n > 0) {
            let everywhere = matches!(aggregate.to, Target::All);
            let by_group = OpenCount { rows: tally.undecided, reasons: tally.open, everywhere };
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
            Target::Strata { keys, .. } => {
                let of_row: Vec<u32> = match &groups.of_row {
                    Some(rows) => rows.as_ref().clone(),
                    None => vec![0; rows],
                };
                let marks = of_row
                    .iter()
                    .enumerate()
                    .map(|(row, group)| match usize::try_from(*group) {
                        Ok(at) if *group < u32::MAX => absent.as_ref().and_then(|a| a.get(at)).copied().unwrap_or(0),
                        _ => self.missing_keys(keys, row).0,
                    })
                    .collect();
                number_rows(values.gather(&of_row), Some(Arc::new(marks)))
            }
        };
        (column, facts)
    }

    /// Value and reasons of absence per group.
    fn grouped(&self, aggregate: &AggregateStep, pass: &Pass<'_>) -> (NumberColumn, Vec<u8>, Tally) {
        let groups = pass.groups.count;
        match aggregate.function {
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
        let selection = pass.selection;
        let (tally, taken) = pass.pick();
        let reasons = nothing_taken(&tally, Reasons::MISSING);
        let years = years(self, aggregate);
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

/// The value of a group; `(year, value)` pairs, never empty where the result is used.
fn pick_value(function: AggregateFunction, share: Option<&Number>, numbers: &mut [(i64, Number)]) -> Number {
    let mean = |numbers: &[&Number]| {
        let sum = numbers.iter().fold(Number::zero(), |all, n| all.add(n));
        sum.divide(&Number::from_integer(i64::try_from(numbers.len()).unwrap_or(1))).unwrap_or_else(Number::zero)
    };
    if function == AggregateFunction::Latest {
        let last = numbers.iter().map(|(year, _)| *year).max().unwrap_or(0);
        let of_last: Vec<&Number> = numbers.iter().filter(|(year, _)| *year == last).map(|(_, n)| n).collect();
        return mean(&of_last);
    }
    numbers.sort_by(|a, b| a.1.cmp(&b.1));
    let (low, high) = places(function, share, numbers.len());
    let at = |place: usize| numbers.get(place).map(|(_, n)| n);
    mean(&[at(low), at(high)].into_iter().flatten().collect::<Vec<_>>())
}

/// The places, from 0 in rising order, of the two values whose mean is the order statistic of `count` values.
pub(super) fn places(function: AggregateFunction, share: Option<&Number>, count: usize) -> (usize, usize) {
    let last = count.saturating_sub(1);
    match (function, share) {
        (AggregateFunction::Minimum, _) => (0, 0),
        (AggregateFunction::Maximum, _) => (last, last),
        (_, Some(share)) => {
            let place = share.multiply(&Number::from_integer(i64::try_from(count).unwrap_or(0)));
            let place = round_to_scale(&place, 0, Rounding::Up);
            let place = usize::try_from(place).unwrap_or(0).clamp(1, count.max(1)) - 1;
            (place, place)
        }
        _ => (last / 2, count / 2),
    }
}

/// The year of each row, where the function asks for it; the lowest of all where it is absent.
pub(super) fn years(frame: &Frame<'_>, aggregate: &AggregateStep) -> Vec<i64> {
    let column = latest_year(frame.rules, aggregate).and_then(|year| frame.dataset.column(aggregate.rows, year));
    column.map_or(Vec::new(), |column| {
        let year = |row| column.number(row).and_then(|n| n.to_integer()).unwrap_or(i64::MIN);
        (0..frame.rows_of(aggregate.rows)).map(year).collect()
    })
}
