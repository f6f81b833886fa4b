//! What makes a school enter or leave a list: its rules, its data, or others who moved.
//!
//! A decision on a school rests on four things that may each be as they were or as they are now. The effect of each is its
//! Shapley value, so the effects add up to the change exactly, whatever the order in which the four are thought to change.

use super::causes::shares;
use crate::number::Number;

/// How many decisions there are: each of the four factors old or new.
pub const CORNERS: usize = 16;

/// What a decision on a school rests on; the bit that each has in the number of a corner, set where it is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factor {
    /// The rules by which the school itself is judged.
    OwnRules,
    /// What the rules make of all other schools.
    OthersRules,
    /// The rows about the school.
    OwnData,
    /// All other rows.
    OthersData,
}

impl Factor {
    pub const EACH: [Factor; 4] = [Factor::OwnRules, Factor::OthersRules, Factor::OwnData, Factor::OthersData];

    /// Whether it is new in a corner.
    pub fn is_new(self, corner: usize) -> bool {
        let bit = Factor::EACH.iter().position(|factor| *factor == self).unwrap_or(0);
        corner >> bit & 1 == 1
    }
}

/// By how much each factor brought about a change: parts of +1, −1 or 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effects {
    /// In the order of [`Factor::EACH`].
    parts: [Number; 4],
}

/// The effects on one school in one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// On its being on the list: they add up to +1 where it entered, −1 where it left, 0 otherwise.
    pub listed: Effects,
    /// On the decision being open: +1 where it can no longer be told, −1 where it now can.
    pub undetermined: Effects,
}

/// Whether the changes of a comparison are split.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Splitting {
    /// Not tried yet.
    #[default]
    Open,
    Done,
    /// It takes long, and was not asked for.
    TooMuch {
        schools: usize,
        movers: usize,
    },
    /// There are no rules or data of which one part is old and the other new.
    Impossible(Obstacle),
}

/// Why changes cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The two rule sets declare their tables in different ways.
    Tables,
    /// A column that the rules read is in one of the datasets only.
    Columns,
    /// The rules of one side cannot be evaluated on the data of the other.
    Evaluation,
}

/// The effects of all schools together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    pub entered: Effects,
    pub left: Effects,
    /// Of schools that stand where they stood: each by itself comes to 0.
    pub stayed: Effects,
}

impl Effects {
    /// `holds[corner]`: whether it is so where some factors are new ([`Factor::is_new`]).
    pub fn of(holds: &[bool; CORNERS]) -> Effects {
        let all = shares(Factor::EACH.len(), &|corner| holds.get(corner).copied()).unwrap_or_default();
        let mut effects = Effects::default();
        for (part, share) in effects.parts.iter_mut().zip(all) {
            *part = share;
        }
        effects
    }

    /// A school that only one side has: everything about it is data.
    pub fn of_data(before: bool, after: bool) -> Effects {
        let mut holds = [before; CORNERS];
        for (corner, holds) in holds.iter_mut().enumerate() {
            if Factor::OwnData.is_new(corner) {
                *holds = after;
            }
        }
        Effects::of(&holds)
    }

    pub fn part(&self, factor: Factor) -> Number {
        let found = Factor::EACH.iter().zip(&self.parts).find(|(other, _)| **other == factor);
        found.map_or_else(Number::zero, |(_, part)| part.clone())
    }

    /// Of the rules by which the school itself is judged.
    pub fn rules(&self) -> Number {
        self.part(Factor::OwnRules)
    }

    /// Of its own data.
    pub fn data(&self) -> Number {
        self.part(Factor::OwnData)
    }

    /// Of others who moved.
    pub fn displacement(&self) -> Number {
        self.part(Factor::OthersRules).add(&self.part(Factor::OthersData))
    }

    pub fn sum(&self) -> Number {
        self.parts.iter().fold(Number::zero(), |sum, part| sum.add(part))
    }

    pub fn is_nothing(&self) -> bool {
        self.parts.iter().all(Number::is_zero)
    }

    #[must_use]
    pub fn and(&self, other: &Effects) -> Effects {
        let mut both = self.clone();
        for (part, more) in both.parts.iter_mut().zip(&other.parts) {
            *part = part.add(more);
        }
        both
    }
}

impl Default for Effects {
    fn default() -> Self {
        Effects { parts: [Number::zero(), Number::zero(), Number::zero(), Number::zero()] }
    }
}

impl Totals {
    /// Of the schools of a category that are split.
    pub fn of(category: &super::CategoryComparison) -> Totals {
        let mut totals = Totals::default();
        for mover in &category.movers {
            let Some(split) = &mover.effects else { continue };
            let sum = match mover.listed {
                (false, true) => &mut totals.entered,
                (true, false) => &mut totals.left,
                _ => &mut totals.stayed,
            };
            *sum = sum.and(&split.listed);
        }
        totals
    }

    pub fn all(&self) -> Effects {
        self.entered.and(&self.left).and(&self.stayed)
    }
}

#[cfg(test)]
mod tests {
    use super::{CORNERS, Effects, Factor};
    use crate::number::Number;

    fn ratio(numerator: i128, denominator: i128) -> Number {
        Number::ratio(numerator, denominator).unwrap()
    }

    fn of(holds: impl Fn(bool, bool, bool, bool) -> bool) -> Effects {
        let mut corners = [false; CORNERS];
        for (corner, slot) in corners.iter_mut().enumerate() {
            let [r, o, d, p] = Factor::EACH.map(|factor| factor.is_new(corner));
            *slot = holds(r, o, d, p);
        }
        Effects::of(&corners)
    }

    #[test]
    fn one_factor_alone_has_the_whole_effect() {
        for (at, factor) in Factor::EACH.into_iter().enumerate() {
            let effects = of(|r, o, d, p| [r, o, d, p][at]);
            assert_eq!((effects.part(factor), effects.sum()), (ratio(1, 1), ratio(1, 1)));
            let left = of(|r, o, d, p| ![r, o, d, p][at]);
            assert_eq!((left.part(factor), left.sum()), (ratio(-1, 1), ratio(-1, 1)));
        }
    }

    /// Laxer rules let the school in, others who are let in as well push it out again: of the two orders in which that can
    /// happen the first gives +1 and −1, the second 0 and 0.
    #[test]
    fn effects_that_cancel_are_told_and_add_up_to_nothing() {
        let effects = of(|r, o, _, _| r && !o);
        assert_eq!(effects.rules(), ratio(1, 2));
        assert_eq!(effects.displacement(), ratio(-1, 2));
        assert!(effects.sum().is_zero() && !effects.is_nothing());
    }

    #[test]
    fn what_takes_two_is_shared() {
        let effects = of(|r, _, d, _| r && d);
        assert_eq!((effects.rules(), effects.data(), effects.displacement()), (ratio(1, 2), ratio(1, 2), ratio(0, 1)));
        let three = of(|r, o, _, p| r && o && p);
        assert_eq!((three.rules(), three.displacement()), (ratio(1, 3), ratio(2, 3)));
    }

    /// Whatever sixteen decisions are, the effects add up to the last less the first.
    #[test]
    fn effects_add_up_for_all_decisions_there_can_be() {
        for decisions in 0..1u32 << CORNERS {
            let mut corners = [false; CORNERS];
            for (corner, slot) in corners.iter_mut().enumerate() {
                *slot = decisions >> corner & 1 == 1;
            }
            let change = i64::from(corners[CORNERS - 1]) - i64::from(corners[0]);
            assert_eq!(Effects::of(&corners).sum(), Number::from_integer(change), "{decisions:b}");
        }
    }

    #[test]
    fn a_school_that_one_side_does_not_have_is_all_data() {
        assert_eq!(Effects::of_data(false, true).data(), ratio(1, 1));
        assert_eq!(Effects::of_data(true, false).data(), ratio(-1, 1));
        assert!(Effects::of_data(true, true).is_nothing());
    }
}
