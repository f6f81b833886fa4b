//! The values that comparisons and rankings are about: what each would have to be, everything else as it is.

use super::super::condition::{Detail, Node, RankTrace};
use super::ValueChange;
use super::cells::{deciding, whole};
use super::search::{Goal, Search};
use crate::model::expr::{CompareOp, Grain};
use crate::number::Number;
use crate::value::{Truth, Value};

/// "More than" is tried with one part in this many more.
const JUST_BEYOND: i128 = 1_000_000_000;

impl Search<'_> {
    /// The values behind a condition, those of the criteria it names included, that alone reach a goal.
    pub fn values(&self, goal: &Goal, condition: &Node) -> Vec<ValueChange> {
        let mut leaves = Vec::new();
        whole(self.explanation, condition).into_iter().for_each(|tree| deciding(tree, &mut leaves));
        leaves.into_iter().filter_map(|leaf| self.value(goal, leaf)).collect()
    }

    fn value(&self, goal: &Goal, leaf: &Node) -> Option<ValueChange> {
        let holds = match leaf.value {
            Value::Truth(truth) if !truth.is_unknown() => truth.is_true(),
            _ => return None,
        };
        match &leaf.detail {
            Detail::Compare(comparison) => {
                let [left, right] = leaf.children.as_slice() else { return None };
                let (Value::Number(a), Value::Number(b)) = (&comparison.left, &comparison.right) else { return None };
                let operator = if holds { comparison.operator.opposite() } else { comparison.operator };
                let on_right = self.is_constant(left) && !self.is_constant(right);
                let (value, operator, bound, of) =
                    if on_right { (right, operator.turned(), a, left) } else { (left, operator, b, right) };
                let changed = self.with_steps(vec![self.truths_with(leaf.expr, Truth::from_bool(!holds))?]);
                let outcome = self.outcome(goal, &changed)?;
                (outcome.criterion == Some(goal.turned)).then(|| ValueChange {
                    value: value.clone(),
                    operator,
                    bound: bound.clone(),
                    bound_type: of.ty.clone(),
                    outcome,
                })
            }
            Detail::Rank(trace) => self.rank(goal, leaf, trace, holds != trace.negated),
            _ => None,
        }
    }

    /// The value with which the school would pass the cut, and who would come in or go out with that. Nothing happens
    /// between the values of other schools, so only those are tried and what lies just beyond them.
    fn rank(&self, goal: &Goal, leaf: &Node, trace: &RankTrace, selected: bool) -> Option<ValueChange> {
        let Value::Number(now) = &trace.value else { return None };
        let value = leaf.children.first()?;
        let upwards = selected != trace.highest;
        let (column, absent) = self.reading.numbers(value.expr)?;
        let present = |row: &usize| absent.and_then(|a| a.get(*row)).copied().unwrap_or(0) == 0;
        let others = (0..column.len()).filter(|row| *row != self.school).filter(present);
        let mut edges: Vec<Number> = others
            .filter_map(|row| column.get(row))
            .filter(|other| if upwards { other >= now } else { other <= now })
            .collect();
        edges.sort();
        edges.dedup();
        if !upwards {
            edges.reverse();
        }
        // at each edge, then just beyond it
        let place = |at: usize| -> Option<(CompareOp, &Number, Number)> {
            let edge = edges.get(at / 2)?;
            if at.is_multiple_of(2) {
                let operator = if upwards { CompareOp::AtLeast } else { CompareOp::AtMost };
                return Some((operator, edge, edge.clone()));
            }
            let step = Number::ratio(1, JUST_BEYOND)?;
            let half =
                edges.get(at / 2 + 1).and_then(|next| next.subtract(edge).absolute().divide(&Number::from_integer(2)));
            let step = half.filter(|half| *half < step).unwrap_or(step);
            let operator = if upwards { CompareOp::More } else { CompareOp::Less };
            Some((operator, edge, if upwards { edge.add(&step) } else { edge.subtract(&step) }))
        };
        let changed = |at: usize| Some(self.with_steps(vec![self.numbers_with(value.expr, &place(at)?.2)?]));
        let turns = |at: usize| changed(at).and_then(|changed| self.verdict(goal, &changed)) == Some(goal.turned);
        let last = edges.len().checked_mul(2)?.checked_sub(1)?;
        if !turns(last) {
            return None;
        }
        let (mut low, mut high) = (0, last);
        while low < high {
            let middle = low + (high - low) / 2;
            if turns(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let (operator, edge, _) = place(high)?;
        let outcome = self.outcome(goal, &changed(high)?)?;
        (outcome.criterion == Some(goal.turned)).then(|| ValueChange {
            value: value.clone(),
            operator,
            bound: edge.clone(),
            bound_type: value.ty.clone(),
            outcome,
        })
    }

    fn is_constant(&self, node: &Node) -> bool {
        self.reading.expr(node.expr).is_some_and(|expr| expr.grain == Grain::Constant)
    }
}
