//! What may be added to, multiplied by and compared with what.
//!
//! Knows nothing of names or of the tree around the operands.

use crate::syntax::tree::{UnitName, UnitWord};
use crate::value::Unit;

/// The unit a word stands for.
pub(super) fn unit(word: &UnitWord) -> Unit {
    match word.unit {
        UnitName::Percent => Unit::Percent,
        UnitName::PercentagePoint => Unit::PercentagePoint,
        UnitName::Points => Unit::Points(word.scale.as_ref().map(|s| s.text.clone())),
        UnitName::Mark => Unit::Mark,
        UnitName::People => Unit::People,
        UnitName::Year => Unit::Year,
        UnitName::Rouble => Unit::Rouble,
        UnitName::Kilometre => Unit::Kilometre,
        UnitName::Minute => Unit::Minute,
        UnitName::Hour => Unit::Hour,
        UnitName::SquareMetre => Unit::SquareMetre,
        UnitName::Place => Unit::Place,
    }
}

/// Why two units do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Misfit {
    /// Different quantities.
    Unlike,
    /// One side is a plain number where the other has a unit.
    Bare,
    /// A difference of percentages against a percentage.
    PercentNotPoints,
}

/// Units of plain counting: a number without a unit may stand for them.
fn countable(unit: &Unit) -> bool {
    matches!(unit, Unit::Number | Unit::Ratio | Unit::People | Unit::Place | Unit::Mark | Unit::Year | Unit::Score)
}

/// The common unit of two values that are compared, or listed side by side.
pub(super) fn comparable(a: &Unit, b: &Unit) -> Result<Unit, Misfit> {
    use Unit::{Number, Percent, PercentagePoint, Points, Ratio};
    match (a, b) {
        (x, y) if x == y => Ok(x.clone()),
        (Points(None), Points(Some(_))) => Ok(b.clone()),
        (Points(Some(_)), Points(None)) => Ok(a.clone()),
        (Ratio, Percent | PercentagePoint | Number) => Ok(b.clone()),
        (Percent | PercentagePoint | Number, Ratio) => Ok(a.clone()),
        (Percent, PercentagePoint) | (PercentagePoint, Percent) => Err(Misfit::PercentNotPoints),
        (Number, other) | (other, Number) if countable(other) => Ok(other.clone()),
        (Number, _) | (_, Number) => Err(Misfit::Bare),
        _ => Err(Misfit::Unlike),
    }
}

pub(super) fn sum(a: &Unit, b: &Unit) -> Result<Unit, Misfit> {
    match (a, b) {
        (Unit::Percent, Unit::PercentagePoint) | (Unit::PercentagePoint, Unit::Percent) => Ok(Unit::Percent),
        _ => comparable(a, b),
    }
}

pub(super) fn difference(a: &Unit, b: &Unit) -> Result<Unit, Misfit> {
    match (a, b) {
        (Unit::Percent, Unit::Percent) => Ok(Unit::PercentagePoint),
        (Unit::Percent, Unit::Ratio) | (Unit::Ratio, Unit::Percent) => Ok(Unit::PercentagePoint),
        (Unit::Percent, Unit::PercentagePoint) => Ok(Unit::Percent),
        _ => comparable(a, b),
    }
}

fn dimensionless(unit: &Unit) -> bool {
    matches!(unit, Unit::Number | Unit::Ratio | Unit::Percent)
}

pub(super) fn product(a: &Unit, b: &Unit) -> Result<Unit, Misfit> {
    match (a, b) {
        (Unit::Number, other) | (other, Unit::Number) => Ok(other.clone()),
        (Unit::Ratio, other) | (other, Unit::Ratio) => Ok(other.clone()),
        (Unit::Percent, other) | (other, Unit::Percent) => Ok(other.clone()),
        (Unit::Score, Unit::Score) => Ok(Unit::Score),
        _ => Err(Misfit::Unlike),
    }
}

pub(super) fn quotient(a: &Unit, b: &Unit) -> Unit {
    if comparable(a, b).is_ok() && (dimensionless(a) || !dimensionless(b)) {
        Unit::Ratio
    } else if dimensionless(b) {
        a.clone()
    } else {
        Unit::Number
    }
}

#[cfg(test)]
mod tests {
    use super::{Misfit, comparable, difference, product, quotient};
    use crate::value::Unit;

    #[test]
    fn percent_and_points_are_kept_apart() {
        assert_eq!(difference(&Unit::Percent, &Unit::Percent), Ok(Unit::PercentagePoint));
        assert_eq!(comparable(&Unit::PercentagePoint, &Unit::Percent), Err(Misfit::PercentNotPoints));
        assert_eq!(comparable(&Unit::Percent, &Unit::Number), Err(Misfit::Bare));
        assert_eq!(comparable(&Unit::Ratio, &Unit::Percent), Ok(Unit::Percent));
    }

    #[test]
    fn scales_of_points_are_kept_apart() {
        let points = |name: &str| Unit::Points(Some(name.into()));
        assert_eq!(comparable(&points("ЕГЭ"), &points("ОГЭ")), Err(Misfit::Unlike));
        assert_eq!(comparable(&points("ЕГЭ"), &Unit::Points(None)), Ok(points("ЕГЭ")));
        assert_eq!(comparable(&points("ЕГЭ"), &Unit::Mark), Err(Misfit::Unlike));
    }

    #[test]
    fn quotients_of_like_units_are_ratios() {
        assert_eq!(quotient(&Unit::People, &Unit::People), Unit::Ratio);
        assert_eq!(quotient(&Unit::Rouble, &Unit::People), Unit::Number);
        assert_eq!(quotient(&Unit::Rouble, &Unit::Number), Unit::Rouble);
        assert_eq!(quotient(&Unit::People, &Unit::Number), Unit::People);
        assert_eq!(product(&Unit::People, &Unit::Percent), Ok(Unit::People));
        assert_eq!(product(&Unit::People, &Unit::Rouble), Err(Misfit::Unlike));
    }
}
