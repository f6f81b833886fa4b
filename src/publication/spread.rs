//! From masked cells to everything that is computed from them, step by step; and back from a small difference to its parts.

use super::cells::{column, rows};
use super::groups::Groups;
use super::{Finished, Mask, Masks, OWN, SHARED};
use crate::decision::{RowColumn, StepColumn, StepId};
use crate::evaluate::trace;
use crate::model::expr::{ArithmeticOp, Grain};
use crate::number::Number;
use crate::plan::{StepKind, Target};
use crate::value::{Truth, Type, Unit, Value};

/// What is masked in every step, given the masked cells and the hidden groups.
pub(super) fn spread(finished: &Finished<'_>, masks: &Masks, groups: &Groups) -> Vec<Mask> {
    let mut steps: Vec<Mask> = Vec::with_capacity(finished.plan.steps.len());
    for at in 0..finished.plan.steps.len() {
        let made = of_step(finished, masks, groups, &steps, StepId::from_index(at));
        steps.push(made);
    }
    steps
}

fn of_step(finished: &Finished<'_>, masks: &Masks, groups: &Groups, before: &[Mask], id: StepId) -> Mask {
    let Some(step) = finished.plan.step(id) else { return Mask::Nothing };
    let at = |id: StepId, row: usize| before.get(id.index()).map_or(0, |mask| mask.at(row));
    let count = rows(finished, step.grain);
    let hidden = |group: u32| masks.hidden.contains(&(id, group));
    let each = |of: &dyn Fn(usize) -> u8| match step.grain {
        Grain::Constant => match of(0) {
            0 => Mask::Nothing,
            bits => Mask::All(bits),
        },
        Grain::Row(_) => Mask::of((0..count).map(of).collect()),
    };
    let any = |inputs: &[StepId]| {
        if inputs.iter().all(|input| before.get(input.index()).is_none_or(|mask| *mask == Mask::Nothing)) {
            return Mask::Nothing;
        }
        each(&|row| inputs.iter().fold(0, |bits, input| bits | at(*input, row)))
    };
    match &step.kind {
        StepKind::Column(table, column) => match masks.cells.get(&(*table, *column)) {
            Some(marks) => Mask::of(marks.iter().map(|mark| if *mark { OWN } else { 0 }).collect()),
            None => Mask::Nothing,
        },
        // one row of the other table may stand behind many of this one
        StepKind::Follow { table, link, inner } => match trace::linked(finished.dataset, *table, *link) {
            Some(linked) => each(&|row| {
                let to = linked.get(row).filter(|to| **to != u32::MAX).and_then(|to| usize::try_from(*to).ok());
                if to.is_some_and(|to| at(*inner, to) != 0) { SHARED } else { 0 }
            }),
            None => any(&[*inner]),
        },
        // decisions are shown; so is whether there is a value
        StepKind::Criterion(..)
        | StepKind::Group(..)
        | StepKind::Category { .. }
        | StepKind::VerdictIs(..)
        | StepKind::Member { .. }
        | StepKind::Cut(_)
        | StepKind::Status(..) => Mask::Nothing,
        StepKind::AbsentWhen { value, .. } => any(&[*value]),
        StepKind::Choose { branches, otherwise } => each(&|row| {
            let mut bits = 0;
            for (when, then) in branches {
                bits |= at(*when, row);
                match truth(finished, *when, row) {
                    truth if truth.is_false() => {}
                    truth if truth.is_true() => return bits | at(*then, row),
                    _ => return bits,
                }
            }
            bits | otherwise.map_or(0, |otherwise| at(otherwise, row))
        }),
        StepKind::Aggregate(aggregate) => {
            let Some(found) = groups.of_step(id) else { return Mask::Nothing };
            match &aggregate.to {
                Target::Parent { .. } => {
                    let mut bits = vec![0u8; count];
                    for (row, group) in found.involved(before) {
                        if let Some(slot) = usize::try_from(group).ok().and_then(|g| bits.get_mut(g)) {
                            *slot |= found.bits(before, row);
                        }
                    }
                    Mask::of(bits)
                }
                Target::All => each(&|_| if hidden(0) { SHARED } else { 0 }),
                Target::Strata { except_self, .. } => each(&|row| {
                    let own = if *except_self { found.bits(before, row) } else { 0 };
                    own | if found.group(row).is_some_and(hidden) { SHARED } else { 0 }
                }),
            }
        }
        StepKind::Normalise(normalise) => {
            let Some(found) = groups.of_step(id) else { return any(&[normalise.value]) };
            let all = step.kind.inputs().into_iter().filter(|input| *input != normalise.value);
            let constants = all.filter(|input| finished.plan.step(*input).is_some_and(|s| s.grain == Grain::Constant));
            let ends = constants.fold(0, |bits, input| bits | at(input, 0));
            each(&|row| {
                let own = at(normalise.value, row) | ends;
                own | if found.group(row).is_some_and(hidden) { SHARED } else { 0 }
            })
        }
        kind => any(&kind.inputs()),
    }
}

fn truth(finished: &Finished<'_>, id: StepId, row: usize) -> Truth {
    match finished.run.columns.get(id.index()).map(|column| trace::read(column, row)) {
        Some(Value::Truth(truth)) => truth,
        Some(Value::Absent(reasons)) => Truth::unknown(reasons),
        _ => Truth::unknown(crate::value::Reasons::NONE),
    }
}

/// A sum or difference of numbers of people that is small itself: its parts are masked. Whether anything was.
pub(super) fn differences(finished: &Finished<'_>, masks: &mut Masks, groups: &Groups) -> bool {
    let least = Number::from_integer(i64::try_from(masks.minimum).unwrap_or(i64::MAX));
    let mut more = false;
    for (at, step) in finished.plan.steps.iter().enumerate() {
        let StepKind::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract, a, b) = &step.kind else { continue };
        if step.ty != Type::Number(Unit::People) {
            continue;
        }
        let Some(StepColumn::Rows(RowColumn::Numbers { .. })) = finished.run.columns.get(at) else { continue };
        for row in 0..rows(finished, step.grain) {
            let small = match finished.run.columns.get(at).map(|column| trace::read(column, row)) {
                Some(Value::Number(number)) => !number.is_zero() && number.absolute() < least,
                _ => false,
            };
            if small && masks.steps.get(at).is_none_or(|mask| mask.at(row) == 0) {
                more |= hide(finished, masks, groups, *a, row) | hide(finished, masks, groups, *b, row);
            }
        }
    }
    more
}

/// Masks the cells that one value is computed from. Whether there were any that were not masked yet.
pub(super) fn hide(finished: &Finished<'_>, masks: &mut Masks, groups: &Groups, id: StepId, row: usize) -> bool {
    let Some(step) = finished.plan.step(id) else { return false };
    if let Some((table, column)) = column(&step.kind) {
        let present = finished.dataset.column(table, column).is_some_and(|c| c.number(row).is_some());
        return present && masks.hide_cell(finished, table, column, row);
    }
    let mut more = false;
    match &step.kind {
        StepKind::Follow { table, link, inner } => {
            let to = trace::linked(finished.dataset, *table, *link)
                .and_then(|linked| linked.get(row).copied())
                .filter(|to| *to != u32::MAX)
                .and_then(|to| usize::try_from(to).ok());
            if let Some(to) = to {
                more |= hide(finished, masks, groups, *inner, to);
            }
        }
        StepKind::Aggregate(aggregate) => {
            let Target::Parent { .. } = &aggregate.to else { return false };
            let Some(found) = groups.of_step(id) else { return false };
            for below in found.rows_of(u32::try_from(row).unwrap_or(u32::MAX)) {
                for input in aggregate.value.iter().chain(&aggregate.share_of).chain(&aggregate.filter) {
                    more |= hide(finished, masks, groups, *input, below);
                }
            }
        }
        StepKind::Criterion(..) | StepKind::Group(..) | StepKind::Category { .. } | StepKind::Member { .. } => {}
        kind => {
            for input in kind.inputs() {
                if finished.plan.step(input).is_some_and(|s| s.grain == step.grain) {
                    more |= hide(finished, masks, groups, input, row);
                }
            }
        }
    }
    more
}
