//! How many places a programme has, and whether the list is longer.
//!
//! Knows numbers only: whom a programme takes is not decided here.

use super::{count, text};
use crate::compare::CategoryComparison;
use crate::explain::summary::VerdictKind;
use crate::messages::Speaker;

/// The places of the programme by category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capacities(Vec<(String, usize)>);

impl Capacities {
    pub fn new(places: Vec<(String, usize)>) -> Capacities {
        Capacities(places)
    }

    pub fn of(&self, category: &str) -> Option<usize> {
        self.0.iter().find(|(name, _)| name == category).map(|(_, places)| *places)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `не хватает 90`, `свободно 7`, `заняты все`.
pub fn room(listed: usize, places: usize, speaker: &Speaker) -> String {
    match (listed.checked_sub(places), places.saturating_sub(listed)) {
        (Some(0), _) => speaker.word("compare-places-taken"),
        (Some(over), _) => speaker.say("compare-places-over", &[("count", count(over))]),
        (None, free) => speaker.say("compare-places-free", &[("count", count(free))]),
    }
}

/// `50: не хватает 90`
pub(super) fn cell(listed: usize, places: usize, speaker: &Speaker) -> String {
    let arguments = [("places", count(places)), ("room", text(room(listed, places, speaker)))];
    speaker.say("compare-places", &arguments)
}

/// The sentence of one category; who cannot be told may still want a place.
pub(super) fn sentence(category: &CategoryComparison, places: usize, speaker: &Speaker) -> String {
    let undetermined = VerdictKind::EACH.iter().position(|kind| *kind == VerdictKind::Undetermined);
    let counts = category.transitions.counts.iter();
    let open: usize = counts.filter_map(|row| row.get(undetermined?)).sum();
    let arguments = [
        ("category", text(category.name.as_ref())),
        ("places", count(places)),
        ("before", text(room(category.listed.0, places, speaker))),
        ("after", text(room(category.listed.1, places, speaker))),
        ("open", count(open)),
    ];
    speaker.say("compare-capacity", &arguments)
}
