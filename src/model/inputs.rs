//! What every part of a rule set is made of, one level down.
//!
//! Knows no order and no steps: who puts the parts in order, or looks for circles, walks from here.

use std::collections::HashSet;

use super::expr::{
    AggregateFunction, AggregateTo, ExprId, ExprKind, NormalMethod, Quantifier, Quota, Ties, YearsQuantifier,
};
use super::{CategoryId, CriterionId, GroupId, IndexId, IndexPart, PopulationId, PopulationOrTable, RuleSet};
use crate::location::SourceSpan;

/// A part of the rules that is worked out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    Expr(ExprId),
    Population(PopulationId),
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
}

/// Where it is written.
pub fn span_of(rules: &RuleSet, node: Node) -> SourceSpan {
    match node {
        Node::Expr(id) => rules.expr(id).map(|e| e.span),
        Node::Population(id) => rules.populations.get(id.index()).map(|p| p.span),
        Node::Criterion(id) => rules.criteria.get(id.index()).map(|c| c.span),
        Node::Group(id) => rules.groups.get(id.index()).map(|g| g.span),
        Node::Category(id) => rules.categories.get(id.index()).map(|c| c.span),
    }
    .unwrap_or_default()
}

/// What a part needs, in order of writing.
pub fn inputs_of(rules: &RuleSet, node: Node) -> Vec<Node> {
    let mut to = Vec::new();
    match node {
        Node::Expr(id) => {
            if let Some(expr) = rules.expr(id) {
                expr_inputs(rules, &expr.kind, &mut to);
            }
        }
        Node::Population(id) => {
            if let Some(population) = rules.populations.get(id.index()) {
                to.extend(population.base.map(Node::Population));
                to.extend(population.condition.map(Node::Expr));
                to.extend(population.exclusions.iter().map(|e| Node::Expr(e.condition)));
            }
        }
        Node::Criterion(id) => to.extend(rules.criteria.get(id.index()).map(|c| Node::Expr(c.condition))),
        Node::Group(id) => to.extend(rules.groups.get(id.index()).map(|g| Node::Expr(g.rule))),
        Node::Category(id) => {
            if let Some(category) = rules.categories.get(id.index()) {
                to.push(Node::Expr(category.rule));
                to.extend(category.among.map(Node::Population));
            }
        }
    }
    to
}

/// The expressions that an expression is made of, in order of writing.
pub fn operands(rules: &RuleSet, kind: &ExprKind) -> Vec<ExprId> {
    let mut to = Vec::new();
    expr_inputs(rules, kind, &mut to);
    let exprs = to.into_iter().filter_map(|node| if let Node::Expr(id) = node { Some(id) } else { None });
    exprs.collect()
}

fn expr_inputs(rules: &RuleSet, kind: &ExprKind, to: &mut Vec<Node>) {
    let population = |p: PopulationOrTable| match p {
        PopulationOrTable::Population(id) => Some(Node::Population(id)),
        PopulationOrTable::Table(_) => None,
    };
    match kind {
        ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::YesNo(_) | ExprKind::Date(_) | ExprKind::Column(..) => {}
        ExprKind::Parameter(_, e)
        | ExprKind::Indicator(_, e)
        | ExprKind::Index(_, e)
        | ExprKind::Negate(e)
        | ExprKind::Absolute(e)
        | ExprKind::Not(e)
        | ExprKind::Follow { inner: e, .. }
        | ExprKind::InList { value: e, .. }
        | ExprKind::Status { value: e, .. } => to.push(Node::Expr(*e)),
        ExprKind::Keyed { by, entries, otherwise } => {
            to.push(Node::Expr(*by));
            to.extend(entries.iter().flat_map(|(k, v)| [Node::Expr(*k), Node::Expr(*v)]));
            to.extend(otherwise.map(Node::Expr));
        }
        ExprKind::Arithmetic(_, a, b) | ExprKind::Compare(_, a, b) => to.extend([Node::Expr(*a), Node::Expr(*b)]),
        ExprKind::Round { value, step, .. } => to.extend([Node::Expr(*value), Node::Expr(*step)]),
        ExprKind::Between { value, low, high, .. } => {
            to.extend([Node::Expr(*value), Node::Expr(*low), Node::Expr(*high)]);
        }
        ExprKind::OneOf { value, options, .. } => {
            to.push(Node::Expr(*value));
            to.extend(options.iter().copied().map(Node::Expr));
        }
        ExprKind::MetCount { of, judged } => to.extend(of.iter().chain(judged).copied().map(Node::Expr)),
        ExprKind::Extreme { of, .. } | ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Call(_, of) => {
            to.extend(of.iter().copied().map(Node::Expr));
        }
        ExprKind::If { branches, otherwise } => {
            to.extend(branches.iter().flat_map(|(c, v)| [Node::Expr(*c), Node::Expr(*v)]));
            to.push(Node::Expr(*otherwise));
        }
        ExprKind::Quantified { quantifier, items, .. } => {
            if let Quantifier::AtLeast(e) | Quantifier::AtMost(e) | Quantifier::Exactly(e) = quantifier {
                to.push(Node::Expr(*e));
            }
            to.extend(items.iter().copied().map(Node::Expr));
        }
        ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => to.push(Node::Criterion(*id)),
        ExprKind::Group(id) => to.push(Node::Group(*id)),
        // whom the category judges as well
        ExprKind::Category(id) => to.push(Node::Category(*id)),
        ExprKind::Aggregate(a) => {
            let single = [a.value, a.filter, a.share_of, a.suppressing, a.weight];
            to.extend(single.into_iter().flatten().map(Node::Expr));
            to.extend(a.distinct.iter().copied().map(Node::Expr));
            to.extend(a.among.map(Node::Population));
            if let AggregateFunction::Quantile(share) = a.function {
                to.push(Node::Expr(share));
            }
            if let AggregateTo::Strata { keys, .. } = &a.to {
                to.extend(keys.iter().copied().map(Node::Expr));
            }
        }
        ExprKind::Normalise(n) => {
            to.push(Node::Expr(n.value));
            match n.method {
                NormalMethod::FixedMinMax(low, high) => to.extend([Node::Expr(low), Node::Expr(high)]),
                NormalMethod::PercentOf(whole) => to.push(Node::Expr(whole)),
                _ => {}
            }
            to.extend(population(n.among));
            to.extend(n.within.iter().copied().map(Node::Expr));
        }
        ExprKind::IndexValue(id) => to.extend(index_inputs(rules, *id)),
        ExprKind::InCut(cut) => {
            to.push(Node::Expr(cut.value));
            match cut.quota {
                Quota::Share(e) | Quota::Count(e) => to.push(Node::Expr(e)),
            }
            to.extend(population(cut.among));
            to.extend(cut.quota_of.and_then(population));
            to.extend(cut.within.iter().copied().map(Node::Expr));
            if let Ties::BreakBy(keys) = &cut.ties {
                to.extend(keys.iter().map(|(e, _)| Node::Expr(*e)));
            }
        }
        ExprKind::AbsentWhen { value, when, .. } => to.extend([Node::Expr(*value), Node::Expr(*when)]),
        ExprKind::Fallback { first, second } => to.extend([Node::Expr(*first), Node::Expr(*second)]),
        ExprKind::Years { quantifier, years } => {
            if let YearsQuantifier::AtLeast(e) | YearsQuantifier::Consecutive(e) = quantifier {
                to.push(Node::Expr(*e));
            }
            to.extend(years.iter().map(|(_, e)| Node::Expr(*e)));
        }
        ExprKind::MeanOfYears { years } => to.extend(years.iter().map(|(_, e)| Node::Expr(*e))),
    }
}

fn index_inputs(rules: &RuleSet, id: IndexId) -> Vec<Node> {
    let Some(index) = rules.indices.get(id.index()) else { return Vec::new() };
    let mut to = Vec::new();
    for part in &index.parts {
        match part {
            IndexPart::Component(c) => to.push(Node::Expr(c.normalised)),
            IndexPart::Block { components, .. } => to.extend(components.iter().map(|c| Node::Expr(c.normalised))),
        }
    }
    if let PopulationOrTable::Population(population) = index.among {
        to.push(Node::Population(population));
    }
    to
}

/// Whether what an expression comes to rests on what criteria or categories come to.
pub fn rests_on_verdicts(rules: &RuleSet, expr: ExprId) -> bool {
    let mut open = vec![Node::Expr(expr)];
    let mut seen = HashSet::new();
    while let Some(node) = open.pop() {
        if matches!(node, Node::Criterion(_) | Node::Group(_) | Node::Category(_)) {
            return true;
        }
        if seen.insert(node) {
            open.extend(inputs_of(rules, node));
        }
    }
    false
}

/// The criteria that an expression comes to, each once, without what their own conditions rest on.
pub fn criteria_behind(rules: &RuleSet, expr: ExprId) -> Vec<CriterionId> {
    let mut found = Vec::new();
    let mut open = vec![Node::Expr(expr)];
    let mut seen = HashSet::new();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        match node {
            Node::Criterion(id) => found.push(id),
            Node::Population(_) => {}
            node => open.extend(inputs_of(rules, node)),
        }
    }
    found.sort_unstable();
    found
}
