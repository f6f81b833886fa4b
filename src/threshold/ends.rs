//! Where all that a number does is to be held against one value of each school: what holds at both ends of the line tells all.
//!
//! Every school has one mark at most then, and stands before it as at the lower end and from it on as at the upper end.

use rayon::prelude::*;

use super::critical::Comparison;
use super::pieces::Work;
use super::reach::{Class, Source};
use super::{Change, Curve, Item, Mark, State};
use crate::data::dataset::{Column, Values};
use crate::decision::{RowColumn, StepColumn, StepId};
use crate::model::expr::{CompareOp, Grain};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::comparison::order_keys;
use crate::plan::StepKind;

/// Schools with equal values, in the order of the data, and the mark of all of them.
struct Together {
    rows: Vec<u32>,
    mark: Mark,
}

/// The curves; `None`: the number does something else as well.
pub(super) fn curves(work: &Work<'_>, items: &[Item]) -> Option<Vec<Curve>> {
    let basis = work.basis;
    let (comparison, values) = alone(work)?;
    let mut groups = groups(&order_keys(values), work, &comparison)?;
    if groups.first().zip(groups.last()).is_some_and(|(first, last)| first.mark > last.mark) {
        groups.reverse();
    }
    let one = Number::one();
    let ends = (work.domain.low.clone(), work.domain.high.clone());
    let low = ends.0.clone().or_else(|| Some(groups.first()?.mark.value.subtract(&one))).or_else(|| ends.1.clone());
    let high = ends.1.or_else(|| Some(groups.last()?.mark.value.add(&one))).or(ends.0);
    let steps: Vec<StepId> = items.iter().filter_map(|item| basis.step_of(*item)).collect();
    let at = |value: &Number| work.states_at(value, items, &steps);
    // without a mark and without an end there is nothing that any value would change
    let (low, high) = (low.unwrap_or_else(Number::zero), high.unwrap_or_else(Number::zero));
    let (before, after) = rayon::join(|| at(&low), || at(&high));
    let curve = |((item, before), after): ((&Item, Vec<State>), Vec<State>)| {
        let moved = groups.iter().flat_map(|group| {
            let change = |row: &u32| {
                let at = usize::try_from(*row).ok()?;
                let (from, to) = (*before.get(at)?, *after.get(at)?);
                (from != to).then_some((&group.mark, Change { row: *row, from, to }))
            };
            group.rows.iter().filter_map(change)
        });
        let moves: Vec<(&Mark, Change)> = moved.collect();
        Curve::new(*item, before, moves.into_iter())
    };
    Some(items.iter().zip(before).zip(after).map(curve).collect())
}

/// The comparison that is all that the number reaches, and the values of the schools in it.
fn alone<'a>(work: &Work<'a>) -> Option<(Comparison<'a>, &'a NumberColumn)> {
    let Work { basis, reach, lines, .. } = *work;
    let mut sources = reach.needed_sources();
    let (Some((id, Source::Comparison)), None) = (sources.next(), sources.next()) else { return None };
    let step = basis.plan.step(id)?;
    let StepKind::Compare(op, a, b) = &step.kind else { return None };
    let one_change = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
    let closed = [a, b].iter().all(|side| !basis.run.open.contains_key(side));
    if work.domain.whole || !reach.of_one_row || !one_change || !closed || step.grain != Grain::Row(basis.rules.subject)
    {
        return None;
    }
    let values = |id: StepId| match basis.run.columns.get(id.index()) {
        Some(StepColumn::Rows(
            RowColumn::Numbers { values, .. } | RowColumn::Data(Column { values: Values::Numbers(values), .. }),
        )) if reach.class(id) == Class::Free => Some(values),
        _ => None,
    };
    let line = |id: StepId| reach.class(id) == Class::Linear && lines.constant(basis, reach, id).is_some();
    let values = if line(*b) { values(*a) } else { values(*b).filter(|_| line(*a)) };
    Some((Comparison::new(basis, reach, lines, id)?, values?))
}

/// The schools by their values, each group with its mark; groups that have none among the values looked at are left out.
fn groups(keys: &[i64], work: &Work<'_>, comparison: &Comparison<'_>) -> Option<Vec<Together>> {
    let mut rows: Vec<(i64, u32)> =
        keys.iter().enumerate().map(|(row, key)| (*key, u32::try_from(row).unwrap_or(u32::MAX))).collect();
    rows.par_sort_unstable();
    let runs: Vec<&[(i64, u32)]> = rows.chunk_by(|(a, _), (b, _)| a == b).collect();
    let group = |run: &&[(i64, u32)]| {
        // an absent value stands in the column as anything: the mark is that of a row that has one
        let mut marks = Vec::new();
        for (_, row) in *run {
            comparison.marks(usize::try_from(*row).unwrap_or(usize::MAX), &mut marks);
            if !marks.is_empty() {
                break;
            }
        }
        if marks.len() > 1 {
            return Err(());
        }
        let mark = marks.pop().and_then(|mark| work.domain.mark(&mark));
        Ok(mark.map(|mark| Together { rows: run.iter().map(|(_, row)| *row).collect(), mark }))
    };
    let found: Result<Vec<Option<Together>>, ()> = runs.par_iter().with_min_len(64).map(group).collect();
    Some(found.ok()?.into_iter().flatten().collect())
}
