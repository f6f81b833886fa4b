//! What depends on what: the inputs of steps, and an order of all expressions in which nothing comes before its inputs.
//!
//! Walks with its own stack, so that no depth of nesting can exhaust the machine's.

use super::{AggregateStep, Bound, CutStep, Method, NormaliseStep, QuotaOf, QuotaStep, StepKind, Target, TiesStep};
use crate::decision::StepId;
use crate::location::SourceSpan;
use crate::model::expr::{
    AggregateFunction, AggregateTo, ExprId, ExprKind, NormalMethod, Quantifier, Quota, Ties, YearsQuantifier,
};
use crate::model::{CategoryId, CriterionId, GroupId, IndexId, IndexPart, PopulationId, PopulationOrTable, RuleSet};

/// Something that becomes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Expr(ExprId),
    Population(PopulationId),
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
}

/// All nodes, inputs first, and the places where the order is circular or points nowhere.
pub(super) struct Order {
    pub nodes: Vec<Node>,
    pub circular: Vec<SourceSpan>,
    pub malformed: Vec<SourceSpan>,
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

pub(super) fn order(rules: &RuleSet) -> Order {
    let counts =
        [rules.exprs.len(), rules.populations.len(), rules.criteria.len(), rules.groups.len(), rules.categories.len()];
    let mut marks: Vec<Vec<Mark>> = counts.iter().map(|n| vec![Mark::New; *n]).collect();
    let roots = (0..counts[0])
        .map(|i| Node::Expr(ExprId::from_index(i)))
        .chain((0..counts[1]).map(|i| Node::Population(PopulationId::from_index(i))))
        .chain((0..counts[2]).map(|i| Node::Criterion(CriterionId::from_index(i))))
        .chain((0..counts[3]).map(|i| Node::Group(GroupId::from_index(i))))
        .chain((0..counts[4]).map(|i| Node::Category(CategoryId::from_index(i))));
    let mut order = Order { nodes: Vec::new(), circular: Vec::new(), malformed: Vec::new() };
    for root in roots {
        let mut stack = vec![(root, root)];
        while let Some((node, from)) = stack.last().copied() {
            let Some(mark) = mark_of(&mut marks, node) else {
                order.malformed.push(span_of(rules, from));
                stack.pop();
                continue;
            };
            match *mark {
                Mark::New => {
                    *mark = Mark::Open;
                    for input in inputs_of(rules, node) {
                        if mark_of(&mut marks, input).is_some_and(|m| *m == Mark::Open) {
                            order.circular.push(span_of(rules, node));
                        } else {
                            stack.push((input, node));
                        }
                    }
                }
                Mark::Open => {
                    *mark = Mark::Done;
                    order.nodes.push(node);
                    stack.pop();
                }
                Mark::Done => {
                    stack.pop();
                }
            }
        }
    }
    order
}

fn mark_of(marks: &mut [Vec<Mark>], node: Node) -> Option<&mut Mark> {
    let (list, index) = match node {
        Node::Expr(id) => (0, id.index()),
        Node::Population(id) => (1, id.index()),
        Node::Criterion(id) => (2, id.index()),
        Node::Group(id) => (3, id.index()),
        Node::Category(id) => (4, id.index()),
    };
    marks.get_mut(list)?.get_mut(index)
}

fn span_of(rules: &RuleSet, node: Node) -> SourceSpan {
    match node {
        Node::Expr(id) => rules.expr(id).map(|e| e.span),
        Node::Population(id) => rules.populations.get(id.index()).map(|p| p.span),
        Node::Criterion(id) => rules.criteria.get(id.index()).map(|c| c.span),
        Node::Group(id) => rules.groups.get(id.index()).map(|g| g.span),
        Node::Category(id) => rules.categories.get(id.index()).map(|c| c.span),
    }
    .unwrap_or_default()
}

fn inputs_of(rules: &RuleSet, node: Node) -> Vec<Node> {
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
pub(super) fn operands(rules: &RuleSet, kind: &ExprKind) -> Vec<ExprId> {
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

pub(super) fn inputs(kind: &StepKind) -> Vec<StepId> {
    match kind {
        StepKind::Constant(_) | StepKind::Column(..) | StepKind::Nothing => Vec::new(),
        StepKind::Follow { inner: s, .. }
        | StepKind::Negate(s)
        | StepKind::Absolute(s)
        | StepKind::InList { value: s, .. }
        | StepKind::Status(s, _)
        | StepKind::Not(s)
        | StepKind::Criterion(_, s)
        | StepKind::Group(_, s)
        | StepKind::VerdictIs(s, _) => vec![*s],
        StepKind::Arithmetic(_, a, b) | StepKind::Compare(_, a, b) | StepKind::Fallback(a, b) => vec![*a, *b],
        StepKind::Extreme { of, .. }
        | StepKind::And(of)
        | StepKind::Or(of)
        | StepKind::Call(_, of)
        | StepKind::MeanOf(of) => of.clone(),
        StepKind::Round { value, step, .. } => vec![*value, *step],
        StepKind::Choose { branches, otherwise } => {
            branches.iter().flat_map(|(c, v)| [*c, *v]).chain(*otherwise).collect()
        }
        StepKind::Quantified { bound, items, .. } => {
            let mut all = items.clone();
            if let Bound::AtLeast(s) | Bound::AtMost(s) | Bound::Exactly(s) = bound {
                all.push(*s);
            }
            all
        }
        StepKind::Consecutive { least, items } => items.iter().chain([least]).copied().collect(),
        StepKind::Member { base, condition, exclusions, .. } => {
            base.iter().chain(condition).chain(exclusions).copied().collect()
        }
        StepKind::Category { rule, among, .. } => std::iter::once(*rule).chain(*among).collect(),
        StepKind::Aggregate(a) => aggregate_inputs(a),
        StepKind::Normalise(n) => normalise_inputs(n),
        StepKind::IndexValue { components, among, .. } => components.iter().chain(among).copied().collect(),
        StepKind::Cut(cut) => cut_inputs(cut),
        StepKind::AbsentWhen { value, when, .. } => vec![*value, *when],
    }
}

fn aggregate_inputs(a: &AggregateStep) -> Vec<StepId> {
    let single = [a.share, a.value, a.among, a.filter, a.share_of, a.suppressing, a.weight];
    let mut all: Vec<StepId> = single.into_iter().flatten().chain(a.distinct.iter().copied()).collect();
    if let Target::Strata { keys, .. } = &a.to {
        all.extend(keys);
    }
    all
}

fn normalise_inputs(n: &NormaliseStep) -> Vec<StepId> {
    let mut all = vec![n.value];
    match n.method {
        Method::FixedMinMax(low, high) => all.extend([low, high]),
        Method::PercentOf(whole) => all.push(whole),
        _ => {}
    }
    all.extend(n.among);
    all.extend(&n.within);
    all
}

fn cut_inputs(cut: &CutStep) -> Vec<StepId> {
    let mut all = vec![cut.value];
    match cut.quota {
        QuotaStep::Share(s) | QuotaStep::Count(s) => all.push(s),
    }
    all.extend(cut.among);
    if let Some(QuotaOf::Members(s)) = cut.quota_of {
        all.push(s);
    }
    all.extend(&cut.within);
    if let TiesStep::BreakBy(keys) = &cut.ties {
        all.extend(keys.iter().map(|(s, _)| *s));
    }
    all
}
