//! Values brought onto one scale: the scale is set by the members of a population, the values of all rows are put on it.
//!
//! The only place that takes a root; its rounding is the one the reference names.

use std::rc::Rc;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

use super::gathered::Groups;
use super::reading::{Reading, mean, total, whole};
use crate::model::PopulationOrTable;
use crate::model::expr::{ExprId, NormalMethod, Normalise};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::schema::TableId;
use crate::value::{Reasons, Value};

/// Digits after the point of a standard deviation and of a z-score.
const DEVIATION: u32 = 18;
const SCORE: u32 = 12;

/// The groups of a normalisation, each with the values that set its scale.
pub(super) struct Scales {
    groups: Groups,
    scales: Vec<Scale>,
}

/// In order.
struct Scale {
    values: Vec<Number>,
    mean: Option<Number>,
    deviation: Option<Number>,
}

impl Reading<'_> {
    pub(super) fn table_of(&self, among: PopulationOrTable) -> Option<TableId> {
        match among {
            PopulationOrTable::Table(table) => Some(table),
            PopulationOrTable::Population(id) => self.rules.populations.get(id.index()).map(|found| found.table),
        }
    }

    pub(super) fn normalised(&self, id: ExprId, normalise: &Normalise, row: usize) -> Value {
        let value = self.number(normalise.value, row);
        let put = match &normalise.method {
            NormalMethod::Plain => value.map(|value| if normalise.reversed { value.negate() } else { value }),
            NormalMethod::PercentOf(most) => self.on_fixed(value, Ok(Number::zero()), self.number(*most, row), |x| x),
            NormalMethod::FixedMinMax(low, high) => {
                self.on_fixed(value, self.number(*low, row), self.number(*high, row), clamped)
            }
            NormalMethod::Standard | NormalMethod::MinMax | NormalMethod::RankShare => {
                let scales = self.scales(id, normalise);
                match (value, scales.of(row)) {
                    (Ok(value), Ok(scale)) => Ok(match normalise.method {
                        NormalMethod::Standard => scale.score(&value),
                        NormalMethod::MinMax => scale.share_of_span(&value),
                        _ => scale.share_of_places(&value),
                    }),
                    (value, scale) => Err(value.err().unwrap_or_default().and(scale.err().unwrap_or_default())),
                }
            }
        };
        let turned = put.map(|share| match normalise.method {
            NormalMethod::Plain => share,
            _ if !normalise.reversed => share,
            NormalMethod::Standard => share.negate(),
            _ => Number::one().subtract(&share),
        });
        turned.map_or_else(Value::Absent, Value::Number)
    }

    /// (value − low) / (high − low); on a scale without length nothing can be put.
    fn on_fixed(
        &self,
        value: Result<Number, Reasons>,
        low: Result<Number, Reasons>,
        high: Result<Number, Reasons>,
        kept: impl Fn(Number) -> Number,
    ) -> Result<Number, Reasons> {
        let (value, low, high) = (value?, low?, high?);
        let share = value.subtract(&low).divide(&high.subtract(&low));
        share.map(kept).ok_or(Reasons::NOT_APPLICABLE)
    }

    fn scales(&self, id: ExprId, normalise: &Normalise) -> Rc<Scales> {
        if let Some(known) = self.scales.borrow().get(&id) {
            return known.clone();
        }
        let rows = self.table_of(normalise.among).map_or(0, |table| self.rows(table));
        let groups = self.groups(&normalise.within, rows);
        let of_group = |members: &Vec<usize>| {
            let members = members.iter().filter(|row| self.among(normalise.among, **row).is_true());
            let mut values: Vec<Number> = members.filter_map(|row| self.number(normalise.value, *row).ok()).collect();
            values.sort();
            Scale::new(values)
        };
        let scales = groups.rows.iter().map(of_group).collect();
        let scales = Rc::new(Scales { groups, scales });
        self.scales.borrow_mut().insert(id, scales.clone());
        scales
    }
}

impl Scales {
    /// The scale of a row; without any value there is none.
    fn of(&self, row: usize) -> Result<&Scale, Reasons> {
        let group = self.groups.of_row.get(row).copied().unwrap_or(Err(Reasons::MISSING))?;
        self.scales.get(group).filter(|scale| !scale.values.is_empty()).ok_or(Reasons::MISSING)
    }
}

impl Scale {
    fn new(values: Vec<Number>) -> Scale {
        let mean = mean(&values);
        let deviation = mean.as_ref().and_then(|mean| {
            let squares: Vec<Number> = values.iter().map(|v| v.subtract(mean)).map(|d| d.multiply(&d)).collect();
            total(&squares).divide(&whole(values.len()))
        });
        Scale { values, mean, deviation: deviation.as_ref().and_then(root) }
    }

    /// Distance from the mean in deviations.
    fn score(&self, value: &Number) -> Number {
        let distance = self.mean.as_ref().map(|mean| value.subtract(mean));
        let score = distance.zip(self.deviation.as_ref()).and_then(|(distance, deviation)| distance.divide(deviation));
        score.and_then(|score| round_to_multiple(&score, &unit(SCORE), Rounding::HalfUp)).unwrap_or_else(Number::zero)
    }

    fn share_of_span(&self, value: &Number) -> Number {
        let share = self
            .values
            .first()
            .zip(self.values.last())
            .and_then(|(least, greatest)| value.subtract(least).divide(&greatest.subtract(least)));
        share.map_or_else(Number::zero, clamped)
    }

    /// (smaller ones + half of the equal others) / (all − 1). A value that is not among them takes its place beside them.
    fn share_of_places(&self, value: &Number) -> Number {
        let half = Number::ratio(1, 2).unwrap_or_else(Number::zero);
        let smaller = self.values.iter().filter(|other| *other < value).count();
        let equal = self.values.iter().filter(|other| *other == value).count();
        let (equal_others, others) = match equal.checked_sub(1) {
            Some(equal_others) => (equal_others, self.values.len().saturating_sub(1)),
            None => (0, self.values.len()),
        };
        let places = whole(smaller).add(&whole(equal_others).multiply(&half));
        places.divide(&whole(others)).unwrap_or(half)
    }
}

fn clamped(share: Number) -> Number {
    share.max(Number::zero()).min(Number::one())
}

/// 1 on the last of so many digits after the point.
fn unit(digits: u32) -> Number {
    Number::from_big(BigRational::new(BigInt::from(1), BigInt::from(10).pow(digits)))
}

/// The root of a number that is not negative, half up: twice the root, cut off one digit later, tells which side it is on.
fn root(square: &Number) -> Option<Number> {
    let scale = BigInt::from(10).pow(DEVIATION);
    let square = square.as_big() * BigRational::from_integer(&scale * &scale * 4);
    let twice = square.to_integer();
    if twice.is_negative() {
        return None;
    }
    let rounded: BigInt = (twice.sqrt() + 1) / 2;
    Some(Number::from_big(BigRational::new(rounded, scale)))
}
