//! Whether a comparison would come out the other way if the values were rounded before they are compared, as people do who read
//! them off a printed table.
//!
//! Reads values and threshold of the comparisons that a condition is made of; decides nothing and rounds nothing else. A side that
//! is the same for all schools is the threshold and stays as it is.

use super::changes::atoms;
use super::condition::{Comparison, Detail, Node};
use crate::model::RuleSet;
use crate::model::expr::{CompareOp, Grain};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::value::{Truth, Type, Unit, Value};

/// To what a value is rounded, half away from zero; a percentage in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Tenth,
    Whole,
}

impl Place {
    /// For programs and messages.
    pub fn code(self) -> &'static str {
        match self {
            Place::Tenth => "tenth",
            Place::Whole => "whole",
        }
    }
}

/// A comparison that rounding turns.
#[derive(Debug, Clone)]
pub struct Turned {
    pub place: Place,
    /// With the rounded values, and what it comes to with them.
    pub comparison: Node,
}

/// The comparisons of a condition that rounding turns; `None`: it is not decided, or compares nothing that rounding would change.
pub fn rounding(condition: &Node, rules: &RuleSet) -> Option<Vec<Turned>> {
    if !matches!(condition.value, Value::Truth(truth) if !truth.is_unknown()) {
        return None;
    }
    let mut conditions = Vec::new();
    atoms(condition, &mut conditions);
    let (mut any, mut turned) = (false, Vec::new());
    for node in conditions {
        for place in [Place::Tenth, Place::Whole] {
            if let Some((comparison, otherwise)) = rounded(node, place, rules) {
                any = true;
                turned.extend(otherwise.then_some(Turned { place, comparison }));
            }
        }
    }
    any.then_some(turned)
}

/// The comparison with rounded values, and whether it comes out the other way; `None`: no value is another one then.
fn rounded(node: &Node, place: Place, rules: &RuleSet) -> Option<(Node, bool)> {
    let (Detail::Compare(comparison), [left, right]) = (&node.detail, node.children.as_slice()) else { return None };
    let (Value::Number(a), Value::Number(b)) = (&comparison.left, &comparison.right) else { return None };
    let Value::Truth(holds) = node.value else { return None };
    let is_percent = |side: &Node| matches!(side.ty, Type::Number(Unit::Percent | Unit::PercentagePoint));
    // a ratio that is held against a percentage is shown as one
    let whole = if is_percent(left) || is_percent(right) { 100 } else { 1 };
    let step = Number::ratio(1, if place == Place::Tenth { whole * 10 } else { whole })?;
    let is_constant = |side: &Node| rules.expr(side.expr).is_some_and(|expr| expr.grain == Grain::Constant);
    let side = |side: &Node, value: &Number| {
        if is_constant(side) { Some(value.clone()) } else { round_to_multiple(value, &step, Rounding::HalfUp) }
    };
    let (left, right) = (side(left, a)?, side(right, b)?);
    if (&left, &right) == (a, b) {
        return None;
    }
    let then = match comparison.operator {
        CompareOp::Less => left < right,
        CompareOp::AtMost => left <= right,
        CompareOp::More => left > right,
        CompareOp::AtLeast => left >= right,
        CompareOp::Equal => left == right,
        CompareOp::NotEqual => left != right,
    };
    let made = Node {
        value: Value::Truth(Truth::from_bool(then)),
        detail: Detail::Compare(Comparison {
            operator: comparison.operator,
            left: Value::Number(left),
            right: Value::Number(right),
            margin: None,
        }),
        ..node.clone()
    };
    Some((made, Truth::from_bool(then) != holds))
}
