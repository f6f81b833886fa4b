//! What is not known about one school and what it decides, as plain data. Made by [`super::unknowns()`].

use super::condition::InputCell;
use crate::decision::Verdict;
use crate::model::{CategoryId, CriterionId};
use crate::value::Value;

/// The gaps of one school and what their values would decide.
#[derive(Debug, Clone, Default)]
pub struct Unknowns {
    /// Every cell without a value that the rules read for the school.
    pub cells: Vec<UnknownCell>,
    pub categories: Vec<(CategoryId, Prospect)>,
    pub criteria: Vec<(CriterionId, Prospect)>,
    /// Rankings in which other schools have no value.
    pub others: Vec<OthersUnknown>,
    /// Rankings of which it is not known whether other schools take part.
    pub members: Vec<MembersUnknown>,
}

/// A cell without a value: what its values would give, everything else being as it is.
#[derive(Debug, Clone)]
pub struct UnknownCell {
    pub cell: InputCell,
    /// From the lowest possible value to the highest; empty: no values can be tried (texts, dates, links, years, or nothing to
    /// compare with).
    pub ranges: Vec<Range>,
    /// The ranges hold for every possible value; otherwise for those tried, with the bounds between them found exactly.
    pub every: bool,
    /// Values tried.
    pub tried: usize,
}

/// Possible values from one to another, both included, that give the same verdicts. Reasons of undetermined verdicts are left
/// out.
#[derive(Debug, Clone)]
pub struct Range {
    pub from: Value,
    pub to: Value,
    pub criteria: Vec<(CriterionId, Verdict)>,
    pub categories: Vec<(CategoryId, Verdict)>,
}

/// From one value to another, both included, one verdict.
pub type VerdictRange = (Value, Value, Verdict);

/// What all the gaps behind one category or criterion decide together.
#[derive(Debug, Clone)]
pub struct Prospect {
    /// Positions in [`Unknowns::cells`].
    pub cells: Vec<usize>,
    /// How many of them hold nothing that can be tried.
    pub not_tried: usize,
    pub found: Found,
    /// With all cells at their lowest possible values, and at their highest.
    pub at_lowest: Option<Verdict>,
    pub at_highest: Option<Verdict>,
    /// Combinations of values tried, single cells included.
    pub tried: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// The same for all possible values of all cells.
    Always(Verdict),
    /// The same for all that was tried; not everything was.
    Tried(Verdict),
    /// Different values give different verdicts.
    Open,
    /// Whatever was tried, it stays undetermined: something else is missing.
    Lacking,
}

/// Other schools without a value in the ranking that a criterion asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OthersUnknown {
    pub criterion: CriterionId,
    pub category: CategoryId,
    pub schools: usize,
    /// Places that the school could have: with all of them behind it, and with all of them before it.
    pub first: usize,
    pub last: usize,
    /// The values of other schools depend on each other, by a scale; the verdicts hold with the scale as it is.
    pub on_scale: bool,
    /// Criterion and category if all of them stood behind the school.
    pub behind: (Verdict, Verdict),
    /// And if all stood before it.
    pub before: (Verdict, Verdict),
}

/// Other schools of which it is not known whether they are ranked for a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MembersUnknown {
    pub criterion: CriterionId,
    pub category: CategoryId,
    pub schools: usize,
    /// Criterion and category if all of them were ranked, with the values that they have.
    pub all: (Verdict, Verdict),
    /// And if none were, as now.
    pub none: (Verdict, Verdict),
}

impl Unknowns {
    pub fn of_category(&self, id: CategoryId) -> Option<&Prospect> {
        self.categories.iter().find(|(of, _)| *of == id).map(|(_, prospect)| prospect)
    }

    pub fn of_criterion(&self, id: CriterionId) -> Option<&Prospect> {
        self.criteria.iter().find(|(of, _)| *of == id).map(|(_, prospect)| prospect)
    }
}

impl UnknownCell {
    /// What the values give for one category: neighbouring ranges with one verdict are one.
    pub fn for_category(&self, id: CategoryId) -> Vec<VerdictRange> {
        self.merged(|range| range.categories.iter().find(|(of, _)| *of == id).map(|(_, verdict)| *verdict))
    }

    /// And for one criterion.
    pub fn for_criterion(&self, id: CriterionId) -> Vec<VerdictRange> {
        self.merged(|range| range.criteria.iter().find(|(of, _)| *of == id).map(|(_, verdict)| *verdict))
    }

    fn merged(&self, verdict: impl Fn(&Range) -> Option<Verdict>) -> Vec<VerdictRange> {
        let mut merged: Vec<VerdictRange> = Vec::new();
        for range in &self.ranges {
            let Some(found) = verdict(range) else { continue };
            match merged.last_mut() {
                Some((_, to, known)) if *known == found => *to = range.to.clone(),
                _ => merged.push((range.from.clone(), range.to.clone(), found)),
            }
        }
        merged
    }
}
