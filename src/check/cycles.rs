//! Rules that need themselves, through whatever they refer to.
//!
//! Walks with a list of its own, so that no depth of nesting can exhaust the stack.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::model::expr::ExprKind;
use crate::model::inputs::{Node, inputs_of, span_of};
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId, RuleSet};

/// One problem for every way back, with the whole circle.
pub(super) fn circles(rules: &RuleSet) -> Vec<Diagnostic> {
    let roots = (0..rules.criteria.len())
        .map(|i| Node::Criterion(CriterionId::from_index(i)))
        .chain((0..rules.groups.len()).map(|i| Node::Group(GroupId::from_index(i))))
        .chain((0..rules.categories.len()).map(|i| Node::Category(CategoryId::from_index(i))))
        .chain((0..rules.populations.len()).map(|i| Node::Population(PopulationId::from_index(i))));
    let mut found = Vec::new();
    // open: on the way; closed: nothing more to find below
    let mut open: HashMap<Node, bool> = HashMap::new();
    for root in roots {
        let mut way: Vec<(Node, Vec<Node>)> = Vec::new();
        let mut next = Some(root);
        loop {
            match next {
                Some(node) => match open.entry(node) {
                    Entry::Vacant(new) => {
                        new.insert(true);
                        let mut inputs = inputs_of(rules, node);
                        inputs.reverse();
                        way.push((node, inputs));
                    }
                    Entry::Occupied(known) if *known.get() => found.extend(circle(rules, &way, node)),
                    Entry::Occupied(_) => {}
                },
                None => {
                    if let Some((done, _)) = way.pop() {
                        open.insert(done, false);
                    }
                }
            }
            match way.last_mut() {
                Some((_, ahead)) => next = ahead.pop(),
                None => break,
            }
        }
    }
    found
}

/// What stands on the way from a node back to itself.
fn circle(rules: &RuleSet, way: &[(Node, Vec<Node>)], back: Node) -> Option<Diagnostic> {
    let (last, _) = way.last()?;
    let round = way.iter().map(|(node, _)| *node).skip_while(|node| *node != back);
    let mut names: Vec<String> = round.filter_map(|node| name_of(rules, node)).collect();
    names.extend(names.first().cloned());
    Some(Diagnostic::at(kinds::CIRCULAR, span_of(rules, *last)).text("circle", names.join(" → ")))
}

fn name_of(rules: &RuleSet, node: Node) -> Option<String> {
    let name = match node {
        Node::Criterion(id) => &rules.criteria.get(id.index())?.number,
        Node::Group(id) => &rules.groups.get(id.index())?.number,
        Node::Category(id) => &rules.categories.get(id.index())?.name,
        // one that nobody declared is called as its table is
        Node::Population(id) => {
            let population = rules.populations.get(id.index())?;
            let table = rules.schema.table(population.table);
            Some(&population.name).filter(|name| table.is_none_or(|table| table.name != **name))?
        }
        Node::Expr(id) => match rules.expr(id)?.kind {
            ExprKind::Indicator(indicator, _) => &rules.indicators.get(indicator.index())?.name,
            ExprKind::Index(index, _) => &rules.indices.get(index.index())?.name,
            _ => return None,
        },
    };
    Some(name.to_string())
}
