//! How far a value is from its threshold, in which unit, and on which side.

use std::cmp::Ordering;

use super::condition::Margin;
use crate::model::expr::CompareOp;
use crate::number::Number;
use crate::value::{Type, Unit, Value};

/// `None` unless both are numbers.
pub(super) fn margin(operator: CompareOp, left: (&Value, &Type), right: (&Value, &Type)) -> Option<Margin> {
    let (Value::Number(value), Value::Number(threshold)) = (left.0, right.0) else { return None };
    Some(Margin {
        distance: distance(operator, value, threshold),
        unit: unit_of_difference(left.1, right.1),
        on_threshold: value.cmp(threshold) == Ordering::Equal,
    })
}

/// Positive on the side where the comparison holds.
pub(super) fn distance(operator: CompareOp, value: &Number, threshold: &Number) -> Number {
    match operator {
        CompareOp::Less | CompareOp::AtMost => threshold.subtract(value),
        CompareOp::More | CompareOp::AtLeast => value.subtract(threshold),
        CompareOp::Equal => value.subtract(threshold).absolute().negate(),
        CompareOp::NotEqual => value.subtract(threshold).absolute(),
    }
}

/// Two percentages differ by percentage points; points of an unnamed scale take the name of the other.
pub(super) fn unit_of_difference(left: &Type, right: &Type) -> Unit {
    match (left, right) {
        (Type::Number(Unit::Percent | Unit::PercentagePoint), _)
        | (_, Type::Number(Unit::Percent | Unit::PercentagePoint)) => Unit::PercentagePoint,
        (Type::Number(Unit::Points(None) | Unit::Number), Type::Number(unit)) | (Type::Number(unit), _) => unit.clone(),
        _ => Unit::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, margin, unit_of_difference};
    use crate::model::expr::CompareOp;
    use crate::number::Number;
    use crate::value::{Type, Unit, Value};

    #[test]
    fn a_margin_is_positive_exactly_where_a_strict_comparison_holds() {
        let numbers: Vec<Number> = (-2..3).map(Number::from_integer).collect();
        for a in &numbers {
            for b in &numbers {
                let positive = |op| distance(op, a, b) > Number::zero();
                assert_eq!(positive(CompareOp::Less), a < b);
                assert_eq!(positive(CompareOp::More), a > b);
                assert_eq!(positive(CompareOp::NotEqual), a != b);
                assert_eq!(!distance(CompareOp::AtMost, a, b).is_negative(), a <= b);
                assert_eq!(!distance(CompareOp::AtLeast, a, b).is_negative(), a >= b);
                assert_eq!(!distance(CompareOp::Equal, a, b).is_negative(), a == b);
            }
        }
    }

    #[test]
    fn percentages_differ_by_percentage_points() {
        let percent = Type::Number(Unit::Percent);
        assert_eq!(unit_of_difference(&Type::Number(Unit::Ratio), &percent), Unit::PercentagePoint);
        let half = Value::Number(Number::ratio(1, 2).unwrap());
        let found = margin(CompareOp::Less, (&half, &percent), (&half, &percent)).unwrap();
        assert!(found.on_threshold && found.distance.is_zero());
        let named = Type::Number(Unit::Points(Some("ЕГЭ".into())));
        assert_eq!(unit_of_difference(&Type::Number(Unit::Points(None)), &named), Unit::Points(Some("ЕГЭ".into())));
    }
}
