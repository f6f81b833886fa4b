//! How one value is told wherever it stands below a comparison or a selection: with the digits that tell it from what it is
//! held against, and a ratio held against a percentage as a percentage.
//!
//! Follows the tree; says nothing itself.

use crate::explain::condition::{Detail, Node, RankTrace};
use crate::messages::{Precision, beside};
use crate::model::expr::ArithmeticOp;
use crate::number::Number;
use crate::value::{Type, Unit, Value};

/// What the value of a step is held against.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'t> {
    against: Option<&'t Number>,
    percent: bool,
}

const PERCENT: Type = Type::Number(Unit::Percent);

impl<'t> Told<'t> {
    pub fn precision(&self) -> Precision<'t> {
        self.against.map_or(Precision::Plain, Precision::Against)
    }

    /// The type that the value is shown in.
    pub fn kind<'k>(&self, own: &'k Type) -> &'k Type {
        match own {
            Type::Number(Unit::Ratio | Unit::Number) if self.percent => &PERCENT,
            _ => own,
        }
    }

    /// The same for every operand of a step, in order.
    pub fn below(self, step: &'t Node) -> Vec<Told<'t>> {
        let children = step.children.as_slice();
        let mut told = vec![Told::default(); children.len()];
        match (&step.detail, children) {
            (Detail::Compare(_), [left, right]) => {
                told = vec![Told::beside(left, right), Told::beside(right, left)];
            }
            (Detail::Between { low: to_low, high: to_high, .. }, [value, low, high]) => {
                let near = match (to_low, to_high) {
                    (Some(to_low), Some(to_high)) if to_low.distance < to_high.distance => low,
                    _ => high,
                };
                told = vec![Told::beside(value, near), Told::beside(low, value), Told::beside(high, value)];
            }
            (Detail::Rank(trace), [_]) => told = vec![Told::from_cut(trace)],
            // the value of the step is the value of the part that it is
            (
                Detail::Parameter(_)
                | Detail::Indicator(_)
                | Detail::Index(_)
                | Detail::Keyed { .. }
                | Detail::Follow(_)
                | Detail::If { .. }
                | Detail::AbsentWhen { .. }
                | Detail::Fallback { .. },
                _,
            ) => {
                for (told, child) in told.iter_mut().zip(children) {
                    if child.value == step.value && matches!(child.value, Value::Number(_)) {
                        *told = self;
                    }
                }
            }
            (
                Detail::Negate
                | Detail::Absolute
                | Detail::Extreme { .. }
                | Detail::Round(_)
                | Detail::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract | ArithmeticOp::Multiply),
                _,
            ) => {
                for (told, child) in told.iter_mut().zip(children) {
                    told.percent = self.percent && child.ty == Type::Number(Unit::Ratio);
                }
            }
            _ => {}
        }
        told
    }

    fn beside(own: &Node, other: &'t Node) -> Told<'t> {
        let against = match &other.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        Told { against, percent: *beside(&own.ty, &other.ty) == PERCENT }
    }

    /// Of a ranked value the cut-off, or where it stands on it the value that the cut-off is told from.
    pub fn from_cut(trace: &'t RankTrace) -> Told<'t> {
        let own = match &trace.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let cut_off = trace.cut_off.as_ref().filter(|cut_off| Some(*cut_off) != own);
        Told { against: cut_off.or_else(|| trace.nearest_to_cut()), percent: false }
    }
}
