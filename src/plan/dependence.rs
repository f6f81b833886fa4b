//! What depends on what: the inputs of steps, and an order of all expressions in which nothing comes before its inputs.
//!
//! Walks with its own stack, so that no depth of nesting can exhaust the machine's.

use super::{AggregateStep, Bound, CutStep, Method, NormaliseStep, QuotaOf, QuotaStep, StepKind, Target, TiesStep};
use crate::decision::StepId;
use crate::location::SourceSpan;
use crate::model::expr::ExprId;
use crate::model::inputs::{Node, inputs_of, span_of};
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId, RuleSet};

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
