//! A place among others: the population, the quota, the cut and the schools around it.
//!
//! Plain data, a part of [`super::condition`].

use std::sync::Arc;

use super::condition::{Margin, ParameterName, PopulationName};
use super::explanation::School;
use crate::model::expr::SmallStrataAction;
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Reasons, Type, Value};

/// Membership in the lowest or highest part.
#[derive(Debug, Clone)]
pub struct RankTrace {
    pub highest: bool,
    pub negated: bool,
    pub value: Value,
    pub value_type: Type,
    pub population: PopulationName,
    pub standing: RankStanding,
    /// The keys of the row itself.
    pub stratum: Vec<Value>,
    /// Keys of all groups that are ranked together because each of them is too small, that of the row among them.
    pub together: Vec<Vec<Value>>,
    /// What the keys of the stratum are called; empty: a formula.
    pub within: Vec<Arc<str>>,
    pub quota: QuotaTrace,
    /// How many schools the population has, and who is not in it.
    pub membership: Option<Members>,
    /// Whose members the share is taken of; `None`: the ranked ones.
    pub quota_of: Option<PopulationName>,
    pub ranked: usize,
    pub without_value: usize,
    pub rounding: Rounding,
    pub ties: TiesTrace,
    /// What tells schools with equal values apart, with the values of the row.
    pub tie_keys: Vec<TieKey>,
    /// Rounding and ties are the built-in defaults, not written in the rules.
    pub defaulted: bool,
    pub cut_off: Option<Number>,
    pub tied_at_cut: usize,
    pub before_cut: usize,
    pub selected: usize,
    pub small: Option<SmallStrataAction>,
    /// From the value to the cut-off; positive: selected (before negation).
    pub margin: Option<Margin>,
    /// Nearest schools on both sides of the cut, in the order of places; of equal ones those on the cut as they are told
    /// apart, others by row.
    pub last_inside: Vec<Neighbour>,
    pub first_outside: Vec<Neighbour>,
    /// The nearest schools before and behind this one, in the order of places.
    pub before_own: Vec<Neighbour>,
    pub after_own: Vec<Neighbour>,
}

/// Members of a population, and who is not one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    pub count: usize,
    /// By each exclusion that excludes somebody: its basis and how many.
    pub excluded: Vec<(Option<Arc<str>>, usize)>,
    /// Not excluded, but the condition is not true.
    pub not_matching: usize,
    pub unknown: usize,
}

impl RankTrace {
    /// The value from which the cut-off must be told: the closest of the school's own and the first one not selected.
    pub fn nearest_to_cut(&self) -> Option<&Number> {
        let cut_off = self.cut_off.as_ref()?;
        let own = match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        };
        let others = own.into_iter().chain(self.first_outside.first().map(|n| &n.value));
        others.filter(|n| *n != cut_off).min_by_key(|n| n.subtract(cut_off).absolute())
    }
}

impl RankTrace {
    /// The nearest other values that are named, below and above, from which the value of a neighbour must be told.
    pub fn nearest_named(&self, neighbour: &Neighbour) -> (Option<&Number>, Option<&Number>) {
        let schools = [&self.last_inside, &self.first_outside, &self.before_own, &self.after_own];
        let named = || schools.into_iter().flatten().map(|n| &n.value).chain(&self.cut_off);
        let below = named().filter(|other| **other < neighbour.value).max();
        (below, named().filter(|other| **other > neighbour.value).min())
    }

    /// How many schools with the value of a neighbour stand on its side of the cut.
    pub fn alike(&self, neighbour: &Neighbour) -> usize {
        let all = (neighbour.last_place + 1).saturating_sub(neighbour.first_place);
        let inside = self.selected.saturating_sub(self.before_cut).min(self.tied_at_cut);
        if self.cut_off.as_ref() != Some(&neighbour.value) {
            return all;
        }
        if self.last_inside.iter().any(|n| n.school.code == neighbour.school.code) {
            inside
        } else {
            self.tied_at_cut - inside
        }
    }
}

/// How the row stands in the ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RankStanding {
    /// Places shared by rows with equal values: `first` to `last`, from 1.
    Placed { first: usize, last: usize },
    /// Not a member; see [`super::explanation::Explanation::populations`].
    OutsidePopulation,
    /// Membership cannot be told.
    MembershipUnknown(Reasons),
    /// Nothing to rank.
    NoValue(Reasons),
    /// The stratum keys are absent, or no cut was made.
    NotRanked,
    /// Not shown: an output for publication.
    Masked,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaTrace {
    /// As a fraction of one; `None`: a count is asked.
    pub share: Option<Number>,
    /// The parameter that names the share or the count, where one does.
    pub parameter: Option<ParameterName>,
    /// The number the share is taken of.
    pub base: usize,
    /// share × base (or the count).
    pub exact: Number,
    pub rounded: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TiesTrace {
    Include,
    Exclude,
    BreakBy,
}

/// One of the values that tell schools on the cut apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieKey {
    /// Empty: a formula.
    pub name: Arc<str>,
    /// Higher ones go first.
    pub highest: bool,
    pub ty: Type,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    pub school: School,
    pub value: Number,
    pub first_place: usize,
    /// The last place of those with the same value.
    pub last_place: usize,
    /// Its values of [`RankTrace::tie_keys`], where it stands on the cut.
    pub tie: Vec<Value>,
}
