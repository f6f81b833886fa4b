//! What an explanation tells of rows that are not its school's: places and neighbours in a ranking, counts of rows elsewhere,
//! the median that stands in for an absent component.
//!
//! Taken from an explanation made on all data, and put into one made on the rows of the school alone.

use std::collections::{BTreeMap, BTreeSet};

use super::Explanation;
use super::condition::{
    Detail, InputCell, Members, Neighbour, Node, NormaliseTrace, RankStanding, RankTrace, RowCounts, TiesTrace,
    Treatment,
};
use super::explanation::Standing;
use crate::model::expr::{AggregateTo, ExprId, ExprKind};
use crate::model::{MissingPolicy, RuleSet};
use crate::number::Number;
use crate::value::Value;

/// What one step tells of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    Rank {
        /// First and last place of the school.
        places: Option<(usize, usize)>,
        last_inside: Vec<Neighbour>,
        first_outside: Vec<Neighbour>,
        before_own: Vec<Neighbour>,
        after_own: Vec<Neighbour>,
        membership: Option<Members>,
    },
    Rows {
        used: Option<RowCounts>,
        /// Rows that are not listed.
        not_listed: usize,
    },
    /// Components with the value that was put in for them.
    Filled(Vec<(usize, Number)>),
}

/// What the explanation on all data tells of others, by expression of the rules; several for one expression where it is read
/// for several rows, in the order of the steps. `None`: the two explanations are not of the same shape.
pub fn others(whole: &Explanation, part: &Explanation) -> Option<Vec<(usize, Other)>> {
    let [mut whole, mut part] = [whole.clone(), part.clone()];
    let [mut told, mut alone] = [Vec::new(), Vec::new()];
    each(&mut whole, &mut |node| told.push((node.expr, of(node))));
    each(&mut part, &mut |node| alone.push((node.expr, of(node))));
    if told.len() != alone.len() || told.iter().zip(&alone).any(|((whole, _), (part, _))| whole != part) {
        return None;
    }
    let differing = told.iter().zip(&alone).filter(|(whole, part)| whole != part);
    let differing: BTreeSet<ExprId> = differing.map(|((expr, _), _)| *expr).collect();
    let mut found = Vec::new();
    for expr in differing {
        let of_expr = told.iter().filter(|(other, _)| *other == expr).filter_map(|(_, other)| other.clone());
        let mut of_expr: Vec<Other> = of_expr.collect();
        if of_expr.iter().all(|other| Some(other) == of_expr.first()) {
            of_expr.truncate(1);
        }
        found.extend(of_expr.into_iter().map(|other| (expr.index(), other)));
    }
    Some(found)
}

/// Puts it into an explanation. Gives how much of it cannot be so; what belongs to no step is that only where the explanation
/// has every step.
pub fn with_others(explanation: &mut Explanation, rules: &RuleSet, others: &[(usize, Other)], every: bool) -> usize {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut wrong = 0;
    each(explanation, &mut |node| {
        let expr = node.expr.index();
        let own: Vec<&Other> = others.iter().filter(|(of, _)| *of == expr).map(|(_, other)| other).collect();
        let times = seen.entry(expr).or_default();
        if let Some(other) = own.get(*times).or(own.last()) {
            wrong += usize::from(!put(node, rules, other));
        }
        *times += 1;
        if let Detail::Rank(trace) = &node.detail {
            wrong += usize::from(!fits(trace));
        }
    });
    let unknown = others.iter().filter(|(expr, _)| !seen.contains_key(expr)).count();
    wrong + if every { unknown } else { 0 }
}

/// Leaves out what is said of other rows beside numbers, and how cells that could not be used are printed: a dossier has neither.
pub fn without_asides(explanation: &mut Explanation) {
    let scale = |trace: &mut NormaliseTrace| trace.with_excluded = false;
    let cell = |cell: &mut InputCell| cell.printed = None;
    for category in &mut explanation.categories {
        category.criteria.iter_mut().flat_map(|criterion| &mut criterion.missing).for_each(cell);
    }
    each(explanation, &mut |node| match &mut node.detail {
        Detail::Rank(trace) => trace.together.clear(),
        Detail::Cell(found) => cell(found),
        Detail::Follow(link) => cell(&mut link.from),
        Detail::Normalise(trace) => scale(trace),
        Detail::Aggregate(trace) => {
            trace.sources.clear();
            for row in &mut trace.rows {
                row.scale.iter_mut().for_each(scale);
                row.cells.iter_mut().for_each(cell);
            }
        }
        Detail::IndexValue(trace) => {
            trace.components.iter_mut().filter_map(|component| component.normalisation.as_mut()).for_each(scale);
        }
        _ => {}
    });
}

fn of(node: &Node) -> Option<Other> {
    match &node.detail {
        Detail::Rank(trace) => Some(Other::Rank {
            places: match trace.standing {
                RankStanding::Placed { first, last } => Some((first, last)),
                _ => None,
            },
            last_inside: trace.last_inside.iter().map(plain).collect(),
            first_outside: trace.first_outside.iter().map(plain).collect(),
            before_own: trace.before_own.iter().map(plain).collect(),
            after_own: trace.after_own.iter().map(plain).collect(),
            membership: trace.membership.clone(),
        }),
        Detail::Aggregate(trace) => {
            Some(Other::Rows { used: trace.used.clone(), not_listed: trace.not_listed + trace.rows.len() })
        }
        Detail::IndexValue(trace) => {
            let filled = trace.components.iter().enumerate().filter(|(_, c)| c.treatment == Treatment::Median);
            let number = |value: &Value| if let Value::Number(number) = value { Some(number.clone()) } else { None };
            Some(Other::Filled(filled.filter_map(|(at, c)| Some((at, number(&c.normalised)?))).collect()))
        }
        _ => None,
    }
}

/// A neighbour without its place in the data.
fn plain(neighbour: &Neighbour) -> Neighbour {
    let mut plain = neighbour.clone();
    (plain.school.row, plain.school.cell) = (0, None);
    plain.tie.clear();
    plain
}

/// `false`: the step tells nothing of others, or not this.
fn put(node: &mut Node, rules: &RuleSet, other: &Other) -> bool {
    match (&mut node.detail, other) {
        (
            Detail::Rank(trace),
            Other::Rank { places, last_inside, first_outside, before_own, after_own, membership },
        ) => {
            let placed = matches!(trace.standing, RankStanding::Placed { .. });
            if let Some((first, last)) = places {
                trace.standing = RankStanding::Placed { first: *first, last: *last };
            }
            trace.last_inside.clone_from(last_inside);
            trace.first_outside.clone_from(first_outside);
            trace.before_own.clone_from(before_own);
            trace.after_own.clone_from(after_own);
            trace.membership.clone_from(membership);
            placed == places.is_some()
        }
        (Detail::Aggregate(trace), Other::Rows { used, not_listed }) => {
            trace.used.clone_from(used);
            trace.not_listed = not_listed.saturating_sub(trace.rows.len());
            match rules.expr(node.expr).map(|expr| &expr.kind) {
                Some(ExprKind::Aggregate(aggregate)) => match aggregate.to {
                    AggregateTo::Parent { table, .. } => table != rules.subject,
                    AggregateTo::All | AggregateTo::Strata { .. } => true,
                },
                _ => false,
            }
        }
        (Detail::IndexValue(trace), Other::Filled(filled)) => {
            let mut right = rules
                .indices
                .get(trace.index.index())
                .is_some_and(|index| index.on_missing.iter().any(|policy| matches!(policy, MissingPolicy::Median)));
            for (at, value) in filled {
                match trace.components.get_mut(*at) {
                    Some(component) if component.treatment == Treatment::Median => {
                        component.normalised = Value::Number(value.clone());
                        component.contribution = component.weight_used.as_ref().map(|weight| weight.multiply(value));
                    }
                    _ => right = false,
                }
            }
            let parts = trace.components.iter().filter_map(|component| component.contribution.as_ref());
            trace.sum = trace.sum.as_ref().map(|_| parts.fold(Number::zero(), |sum, part| sum.add(part)));
            right
        }
        _ => false,
    }
}

/// Whether places and neighbours are on the right sides of the cut.
fn fits(trace: &RankTrace) -> bool {
    let Some(cut_off) = &trace.cut_off else { return trace.last_inside.is_empty() };
    let side = |value: &Number| if trace.highest { cut_off.cmp(value) } else { value.cmp(cut_off) };
    let until = trace.before_cut + trace.tied_at_cut;
    let placed = match (&trace.standing, &trace.value) {
        (RankStanding::Placed { first, last }, Value::Number(value)) => {
            let there = match side(value) {
                std::cmp::Ordering::Less => *last <= trace.before_cut,
                std::cmp::Ordering::Equal => *first == trace.before_cut + 1 && *last == until,
                std::cmp::Ordering::Greater => *first > until,
            };
            first <= last && *last <= trace.ranked && there
        }
        _ => true,
    };
    let tied_in = trace.ties != TiesTrace::Exclude || until <= trace.quota.rounded;
    let inside = |neighbour: &Neighbour| side(&neighbour.value).is_lt() || (side(&neighbour.value).is_eq() && tied_in);
    let outside = |neighbour: &Neighbour| match side(&neighbour.value) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => !tied_in || trace.ties == TiesTrace::BreakBy,
        std::cmp::Ordering::Greater => true,
    };
    placed && trace.last_inside.iter().all(inside) && trace.first_outside.iter().all(outside)
}

/// Every step of an explanation, always in the same order.
fn each(explanation: &mut Explanation, see: &mut impl FnMut(&mut Node)) {
    for category in &mut explanation.categories {
        walk(&mut category.rule, see);
        category.groups.iter_mut().for_each(|group| walk(&mut group.rule, see));
        category.criteria.iter_mut().for_each(|criterion| walk(&mut criterion.condition, see));
    }
    for population in &mut explanation.populations {
        if let Standing::ConditionNotMet(condition) | Standing::Excluded { condition, .. } = &mut population.standing {
            walk(condition, see);
        }
    }
}

fn walk(node: &mut Node, see: &mut impl FnMut(&mut Node)) {
    see(node);
    node.children.iter_mut().for_each(|child| walk(child, see));
}
