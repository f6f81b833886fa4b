//! What a condition is made of: the trees behind the criteria, groups and categories that it names, the school's own cells
//! in them, and the single conditions that are true or false.

use std::collections::BTreeSet;

use super::super::condition::{Detail, InputCell, Node, Scope};
use super::super::explanation::Explanation;
use super::super::reading::Reading;
use super::super::tree::missing_cells;
use crate::value::{Reasons, Type, Unit, Value};

/// A tree and those behind the criteria, groups and categories named in it, each once.
pub(super) fn whole<'a>(explanation: &'a Explanation, tree: &'a Node) -> Vec<&'a Node> {
    let mut trees = vec![tree];
    let mut known = BTreeSet::new();
    let mut at = 0;
    while let Some(tree) = trees.get(at).copied() {
        named_by(explanation, tree, &mut known, &mut trees);
        at += 1;
    }
    trees
}

fn named_by<'a>(
    explanation: &'a Explanation,
    node: &'a Node,
    known: &mut BTreeSet<(u8, usize)>,
    trees: &mut Vec<&'a Node>,
) {
    let mut categories = explanation.categories.iter();
    let behind = match &node.detail {
        Detail::Criterion(id, _) | Detail::CriterionStatus { criterion: id, .. } if known.insert((0, id.index())) => {
            categories.flat_map(|c| &c.criteria).find(|c| c.id == *id).map(|c| &c.condition)
        }
        Detail::Group(id, _) if known.insert((1, id.index())) => {
            categories.flat_map(|c| &c.groups).find(|g| g.id == *id).map(|g| &g.rule)
        }
        Detail::Category(id, _) if known.insert((2, id.index())) => categories.find(|c| c.id == *id).map(|c| &c.rule),
        _ => None,
    };
    trees.extend(behind);
    node.children.iter().for_each(|child| named_by(explanation, child, known, trees));
}

/// The comparisons and rankings that a condition is made of: those of which one alone may turn it.
pub(super) fn deciding<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.detail {
        Detail::Compare(_) | Detail::Rank(_) => found.push(node),
        Detail::And | Detail::Or | Detail::Not | Detail::Quantified(_) | Detail::Years { .. } => {
            node.children.iter().for_each(|child| deciding(child, found));
        }
        Detail::AbsentWhen { .. } => node.children.iter().take(1).for_each(|child| deciding(child, found)),
        // of cases the one taken
        Detail::If { .. } => node.children.last().into_iter().for_each(|child| deciding(child, found)),
        _ => {}
    }
}

/// The single conditions that a condition is made of, those of its cases included, that are true or false.
pub(in super::super) fn atoms<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.detail {
        Detail::And | Detail::Or | Detail::Not | Detail::Quantified(_) | Detail::Years { .. } | Detail::If { .. } => {
            node.children.iter().for_each(|child| atoms(child, found));
        }
        Detail::AbsentWhen { .. } => node.children.iter().take(1).for_each(|child| atoms(child, found)),
        Detail::Criterion(..) | Detail::Group(..) | Detail::Category(..) | Detail::CriterionStatus { .. } => {}
        _ if node.ty == Type::YesNo => found.push(node),
        _ => {}
    }
}

/// The cells of numbers and truths that a value was or could be made from, each once: those of the row itself, of the
/// rows that belong to it and of those it links to.
pub(super) fn own_cells(reading: &Reading<'_>, node: &Node, row: usize, found: &mut Vec<InputCell>) {
    let mut add = |cell: &InputCell| {
        // the year of a row is a name
        let is_year = reading.rules.schema.table(cell.table).is_some_and(|table| table.year == Some(cell.column));
        let usable =
            matches!(cell.value, Value::Number(_) | Value::Truth(_)) && !is_year && cell.ty != Type::Number(Unit::Year);
        if usable && !found.iter().any(|known| same_cell(known, cell)) {
            found.push(cell.clone());
        }
    };
    let mut row = Some(row);
    match &node.detail {
        Detail::Cell(cell) => add(cell),
        Detail::Aggregate(trace) if trace.scope == Scope::School => {
            row.map(|row| reading.cells_that_count(node.expr, row)).iter().flatten().for_each(add);
        }
        Detail::Follow(link) => row = link.row,
        _ => {}
    }
    if let Some(row) = row {
        node.children.iter().for_each(|child| own_cells(reading, child, row, found));
    }
}

/// The cells without a value that left some of these trees open, each once.
pub(super) fn empty_cells(trees: &[&Node]) -> Vec<InputCell> {
    let mut found = Vec::new();
    trees.iter().for_each(|tree| missing_cells(tree, &mut found));
    // what cannot exist is no gap
    found.retain(|cell| !matches!(cell.value, Value::Absent(Reasons::NOT_APPLICABLE)));
    found
}

pub(super) fn same_cell(a: &InputCell, b: &InputCell) -> bool {
    (a.table, a.column, a.row) == (b.table, b.column, b.row)
}
