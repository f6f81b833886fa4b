//! Which of several changes made at once is responsible for what happened to a school.
//!
//! Every subset of the changes is tried, so the order in which they are written does not matter: each change gets its Shapley
//! value, and the smallest sets of changes that suffice are named.

use crate::number::Number;

/// Changes whose subsets are all tried: 4096 of them.
pub const MOST_UNITS: usize = 12;

/// What the changes have to do with one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Causes {
    /// Per change its share of what happened; they add up to one, and a change that works against it has a negative one.
    /// `None`: some subsets of the changes are no rules.
    pub shares: Option<Vec<Number>>,
    /// Sets of changes that are enough and of which nothing can be left out, smaller ones first; positions of the changes.
    pub minimal: Vec<Vec<usize>>,
}

impl Causes {
    /// No change alone brings it about.
    pub fn only_together(&self) -> bool {
        self.minimal.iter().all(|set| set.len() > 1)
    }
}

/// `happened[set]`: whether it happens under the changes of a set (bit `i`: change `i`), `None` where the set is no rules; it
/// does not happen under none of them and happens under all.
pub fn causes(changes: usize, happened: &[Option<bool>]) -> Causes {
    let holds = |set: usize| happened.get(set).copied().flatten();
    let mut minimal: Vec<usize> = Vec::new();
    let mut sets: Vec<usize> = (0..1usize << changes).collect();
    sets.sort_by_key(|set| (set.count_ones(), *set));
    for set in sets {
        if holds(set) == Some(true) && !minimal.iter().any(|smaller| smaller & set == *smaller) {
            minimal.push(set);
        }
    }
    let members = |set: usize| (0..changes).filter(|change| set >> change & 1 == 1).collect();
    Causes { shares: shares(changes, &holds), minimal: minimal.into_iter().map(members).collect() }
}

/// The Shapley value of each change: its mean effect over all orders in which the changes could be made.
pub(super) fn shares(changes: usize, holds: &dyn Fn(usize) -> Option<bool>) -> Option<Vec<Number>> {
    let factorial = |n: usize| (1..=n).map(|k| k as i128).product::<i128>();
    let all = factorial(changes);
    let mut shares = Vec::with_capacity(changes);
    for change in 0..changes {
        let mut sum = 0i128;
        for set in (0..1usize << changes).filter(|set| set >> change & 1 == 0) {
            let (without, with) = (holds(set)?, holds(set | 1 << change)?);
            let size = set.count_ones() as usize;
            let weight = factorial(size) * factorial(changes - size - 1);
            sum += weight * (i128::from(with) - i128::from(without));
        }
        shares.push(Number::ratio(sum, all)?);
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::causes;
    use crate::number::Number;

    fn table(changes: usize, happened: impl Fn(usize) -> bool) -> Vec<Option<bool>> {
        (0..1 << changes).map(|set| Some(happened(set))).collect()
    }

    fn ratio(numerator: i128, denominator: i128) -> Number {
        Number::ratio(numerator, denominator).unwrap()
    }

    #[test]
    fn one_change_alone_is_the_whole_cause() {
        let found = causes(2, &table(2, |set| set & 1 == 1));
        assert_eq!(found.minimal, [[0]]);
        assert_eq!(found.shares, Some(vec![ratio(1, 1), ratio(0, 1)]));
        assert!(!found.only_together());
    }

    #[test]
    fn changes_that_work_only_together_share_it() {
        let found = causes(3, &table(3, |set| set & 0b11 == 0b11));
        assert_eq!(found.minimal, [[0, 1]]);
        assert_eq!(found.shares, Some(vec![ratio(1, 2), ratio(1, 2), ratio(0, 1)]));
        assert!(found.only_together());
    }

    #[test]
    fn either_of_two_is_enough() {
        let found = causes(2, &table(2, |set| set != 0));
        assert_eq!(found.minimal, [[0], [1]]);
        assert_eq!(found.shares, Some(vec![ratio(1, 2), ratio(1, 2)]));
    }

    /// The third change works against the first two: {1, 2} is enough, {0} is enough without 2.
    #[test]
    fn a_change_against_it_has_a_negative_share() {
        let found = causes(3, &table(3, |set| matches!(set, 0b001 | 0b011 | 0b110 | 0b111)));
        assert_eq!(found.minimal, [vec![0], vec![1, 2]]);
        let shares = found.shares.unwrap();
        let sum = shares.iter().fold(Number::zero(), |sum, share| sum.add(share));
        assert_eq!(sum, ratio(1, 1));
        // by hand: change 0 turns it in the orders 012, 021, 102, change 1 in 021 (again), 201, 210, change 2 in 120 and away in 021
        assert_eq!(shares, [ratio(1, 2), ratio(1, 2), ratio(0, 1)]);
    }

    #[test]
    fn sets_that_are_no_rules_leave_no_shares() {
        let mut happened = table(2, |set| set == 3);
        happened[1] = None;
        let found = causes(2, &happened);
        assert_eq!((found.shares, found.minimal), (None, vec![vec![0, 1]]));
    }
}
