//! The ways through a record that the search for the cheapest reading has found so far.
//!
//! Knows costs and places; no columns and no looks.

use std::collections::HashMap;

use super::Flaw;

/// Byte, columns filled, whether a separator was put in.
pub(super) type State = (usize, usize, bool);

/// The cheapest way to a place of the text after so many columns.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub cost: u32,
    /// Place before, column before, the field taken on the way (none where a separator too many was passed over).
    pub from: Option<(State, Option<(String, bool)>)>,
    pub flaws: Vec<Flaw>,
}

/// The cheapest ways by their state, for each number of columns.
pub(super) struct Ways(Vec<HashMap<(usize, bool), Way>>);

impl Ways {
    /// From the beginning of a record of so many columns.
    pub fn new(width: usize) -> Ways {
        let mut ways = Ways((0..=width).map(|_| HashMap::new()).collect());
        ways.insert((0, 0, false), Way { cost: 0, from: None, flaws: Vec::new() });
        ways
    }

    pub fn get(&self, (at, column, split): State) -> Option<&Way> {
        self.0.get(column)?.get(&(at, split))
    }

    /// Whether a way to a state would be the cheapest.
    pub fn better(&self, target: State, cost: u32) -> bool {
        self.get(target).is_none_or(|known| cost < known.cost)
    }

    pub fn insert(&mut self, (at, column, split): State, way: Way) {
        if let Some(ways) = self.0.get_mut(column) {
            ways.insert((at, split), way);
        }
    }

    /// A state to which a way leads that is too dear to be followed.
    pub fn reach(&mut self, (at, column, split): State) {
        if let Some(ways) = self.0.get_mut(column) {
            ways.entry((at, split)).or_insert(Way { cost: u32::MAX, from: None, flaws: Vec::new() });
        }
    }

    /// The states with so many columns that lie before the end of the text, in their order.
    pub fn open(&self, column: usize, end: usize) -> Vec<State> {
        let states = self.0.get(column).into_iter().flat_map(HashMap::keys).filter(|(at, _)| *at < end);
        let mut open: Vec<State> = states.map(|(at, split)| (*at, column, *split)).collect();
        open.sort_unstable();
        open
    }

    /// The states at a place, with what the way to each costs.
    pub fn at(&self, place: usize) -> impl Iterator<Item = (State, u32)> {
        let of = move |(column, split)| Some(((place, column, split), self.get((place, column, split))?.cost));
        (0..self.0.len()).flat_map(|column| [(column, false), (column, true)]).filter_map(of)
    }
}
