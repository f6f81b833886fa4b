//! Basis, explanation and reading of definitions: told where a definition is named for the first time in a tree.
//!
//! Strikes out the repetitions; writes none.

use std::collections::HashSet;

use super::condition::{AggregateTrace, Detail, Node, ParameterName, PopulationName, Withheld};
use crate::model::{FunctionId, IndexId, IndicatorId, ListId, Notes, ParameterId, PopulationOrTable};

/// A definition that has notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Named {
    Parameter(ParameterId),
    Indicator(IndicatorId),
    Index(IndexId),
    Function(FunctionId),
    List(ListId),
    Population(PopulationOrTable),
}

#[derive(Default)]
struct Told(HashSet<Named>);

/// Leaves the notes of every definition where the tree names it first, in the order in which the tree is told.
pub(super) fn once(tree: &mut Node) {
    Told::default().node(tree);
}

impl Told {
    fn first(&mut self, named: Named, notes: &mut Notes) {
        if !self.0.insert(named) {
            *notes = Notes::default();
        }
    }

    fn parameter(&mut self, parameter: &mut ParameterName) {
        self.first(Named::Parameter(parameter.id), &mut parameter.notes);
    }

    fn population(&mut self, population: &mut PopulationName) {
        self.first(Named::Population(population.of), &mut population.notes);
    }

    fn aggregate(&mut self, trace: &mut AggregateTrace) {
        trace.among.iter_mut().for_each(|population| self.population(population));
        trace.parameters.iter_mut().for_each(|parameter| self.node(parameter));
        for scale in trace.rows.iter_mut().filter_map(|row| row.scale.as_mut()) {
            self.population(&mut scale.population);
        }
    }

    fn node(&mut self, node: &mut Node) {
        match &mut node.detail {
            Detail::Parameter(name) => self.parameter(name),
            Detail::Indicator(name) => self.first(Named::Indicator(name.id), &mut name.notes),
            Detail::Index(name) => self.first(Named::Index(name.id), &mut name.notes),
            Detail::Call(name) => self.first(Named::Function(name.id), &mut name.notes),
            Detail::InList(list) => self.first(Named::List(list.list), &mut list.notes),
            Detail::Quantified(count) => count.limit.iter_mut().for_each(|limit| self.parameter(limit)),
            Detail::Aggregate(trace) => self.aggregate(trace),
            Detail::Normalise(trace) => self.population(&mut trace.population),
            Detail::IndexValue(trace) => {
                for scale in trace.components.iter_mut().filter_map(|c| c.normalisation.as_mut()) {
                    self.population(&mut scale.population);
                }
            }
            Detail::Rank(trace) => {
                self.population(&mut trace.population);
                trace.quota.parameter.iter_mut().for_each(|parameter| self.parameter(parameter));
                trace.quota_of.iter_mut().for_each(|population| self.population(population));
            }
            _ => {}
        }
        // a value that is withheld is not told, and so is no place to tell notes
        let hidden = matches!(node.detail, Detail::AbsentWhen { withheld: Withheld::Yes | Withheld::Unknown, .. });
        node.children.iter_mut().skip(usize::from(hidden)).for_each(|child| self.node(child));
    }
}
