//! Values, their types and units, truth, and the four reasons why a value is absent.
//!
//! Knows no words: how a unit or a reason is called in a language is the business of `messages` and `syntax`.

use std::sync::Arc;

use jiff::civil::Date;

use crate::number::Number;

/// Why something has no value: a set of the four reasons, never empty where it is used as an absence.
///
/// The four facts are never merged into one: combining two absent values keeps both reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Reasons(pub u8);

impl Reasons {
    pub const NONE: Reasons = Reasons(0);
    /// Not submitted: an empty cell, a marker of a missing value, a row that is not there.
    pub const MISSING: Reasons = Reasons(1);
    /// Withheld because the group is too small.
    pub const SUPPRESSED: Reasons = Reasons(2);
    /// Written, but could not be read as what the column holds.
    pub const INVALID: Reasons = Reasons(4);
    /// Cannot exist for this school (a nine-year school has no ЕГЭ; a share of nothing).
    pub const NOT_APPLICABLE: Reasons = Reasons(8);

    /// Not shown in an output for publication. No reason of the data: it never takes part in an evaluation.
    pub const MASKED: Reasons = Reasons(16);

    /// Every bit that can be set.
    pub const ALL: Reasons = Reasons(31);

    pub const EACH: [Reasons; 4] = [Reasons::MISSING, Reasons::SUPPRESSED, Reasons::INVALID, Reasons::NOT_APPLICABLE];

    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    pub fn and(self, other: Reasons) -> Reasons {
        Reasons(self.0 | other.0)
    }

    pub fn contains(self, other: Reasons) -> bool {
        self.0 & other.0 == other.0
    }

    /// Why something is not known: what cannot exist is no reason of that where there is another one.
    #[must_use]
    pub fn of_not_knowing(self) -> Reasons {
        match Reasons(self.0 & !Reasons::NOT_APPLICABLE.0) {
            Reasons::NONE => self,
            others => others,
        }
    }

    /// The single reasons in this set, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Reasons> {
        Reasons::EACH.into_iter().filter(move |r| self.contains(*r))
    }
}

/// A truth value of Kleene's logic with the reasons when it is unknown.
///
/// Bits: 0 false, 1 true, `0x80 | reasons` unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Truth(pub u8);

impl Truth {
    pub const FALSE: Truth = Truth(0);
    pub const TRUE: Truth = Truth(1);

    pub fn unknown(reasons: Reasons) -> Truth {
        Truth(0x80 | reasons.0)
    }

    pub fn from_bool(value: bool) -> Truth {
        if value { Truth::TRUE } else { Truth::FALSE }
    }

    pub fn is_true(self) -> bool {
        self == Truth::TRUE
    }

    pub fn is_false(self) -> bool {
        self == Truth::FALSE
    }

    pub fn is_unknown(self) -> bool {
        self.0 & 0x80 != 0
    }

    /// The reasons of an unknown; empty for true and false.
    pub fn reasons(self) -> Reasons {
        if self.is_unknown() { Reasons(self.0 & 0x7f) } else { Reasons::NONE }
    }

    pub fn and(self, other: Truth) -> Truth {
        if self.is_false() || other.is_false() {
            Truth::FALSE
        } else if self.is_true() && other.is_true() {
            Truth::TRUE
        } else {
            Truth::unknown(self.reasons().and(other.reasons()))
        }
    }

    pub fn or(self, other: Truth) -> Truth {
        if self.is_true() || other.is_true() {
            Truth::TRUE
        } else if self.is_false() && other.is_false() {
            Truth::FALSE
        } else {
            Truth::unknown(self.reasons().and(other.reasons()))
        }
    }

    pub fn negate(self) -> Truth {
        if self.is_unknown() { self } else { Truth::from_bool(self.is_false()) }
    }
}

/// A unit of measurement. `Number` is a plain number; `Ratio` is what a quotient of like units gives and may be
/// compared with a plain number or with a percentage.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    Number,
    Ratio,
    /// Stored as a fraction of one: 40 % is 2/5.
    Percent,
    /// Difference of two percentages; stored as a fraction of one.
    PercentagePoint,
    /// Test points on a named scale; `None`: a scale that is not named (a literal `20 баллов` fits every scale).
    Points(Option<Arc<str>>),
    /// A school mark (2 to 5).
    Mark,
    People,
    Year,
    Rouble,
    Kilometre,
    Minute,
    Hour,
    SquareMetre,
    Place,
    /// A normalised value (z-score, min–max, rank share): comparable across scales.
    Score,
}

impl Unit {
    /// Stored value = shown value / this.
    pub fn shown_factor(&self) -> i64 {
        match self {
            Unit::Percent | Unit::PercentagePoint => 100,
            _ => 1,
        }
    }
}

/// Whether a number is a year as rules and data write it, with four digits.
pub fn is_year(number: i64) -> bool {
    (1900..=2200).contains(&number)
}

/// What kind of value an expression or a column has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    Number(Unit),
    Text,
    YesNo,
    Date,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    Number(Number),
    Text(Arc<str>),
    Truth(Truth),
    Date(Date),
    Absent(Reasons),
    /// A count that some rows leave open: the least and the most that it can be, and why. Only where a finished run is read.
    Between(Box<(Number, Number)>, Reasons),
}

#[cfg(test)]
mod tests {
    use super::{Reasons, Truth};

    fn all() -> Vec<Truth> {
        let mut all = vec![Truth::FALSE, Truth::TRUE];
        all.extend((1..16).map(|r| Truth::unknown(Reasons(r))));
        all
    }

    #[test]
    fn kleene_laws_hold_for_every_triple() {
        for a in all() {
            assert_eq!(a.negate().negate(), a);
            assert_eq!(a.and(a), a);
            assert_eq!(a.or(a), a);
            assert_eq!(a.and(Truth::TRUE), a);
            assert_eq!(a.or(Truth::FALSE), a);
            assert_eq!(a.and(Truth::FALSE), Truth::FALSE);
            assert_eq!(a.or(Truth::TRUE), Truth::TRUE);
            for b in all() {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.or(b), b.or(a));
                assert_eq!(a.and(b).negate(), a.negate().or(b.negate()));
                for c in all() {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.or(b).or(c), a.or(b.or(c)));
                }
            }
        }
    }
}
