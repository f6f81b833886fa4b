//! What a decided category rests on: the shortest sufficient reason, the criteria that decide alone, those without which it
//! would not be determined, those that could not have mattered, and the fewest criteria that would have to turn out otherwise.
//!
//! Follows the rule downwards over the truths of the run. Exact where every criterion stands in the rule once; where one
//! stands in several places a reason is still sufficient, but may not be the shortest.

use std::collections::BTreeSet;

use super::explanation::Weight;
use super::outlook::verdict;
use super::reading::Reading;
use crate::decision::Verdict;
use crate::model::expr::{ExprId, ExprKind, Quantifier};
use crate::model::{CategoryId, CriterionId};
use crate::value::{Reasons, Truth};

const MOST_DEPTH: usize = 200;

impl Reading<'_> {
    /// `None` for a category that is not decided.
    pub(super) fn weight(&self, category: CategoryId, school: usize) -> Option<Weight> {
        let decided = match self.run.category(category, school)? {
            Verdict::Met => true,
            Verdict::NotMet => false,
            _ => return None,
        };
        let category = self.rules.categories.get(category.index())?;
        let walk = Walk { reading: *self, school };
        let mut relevant = BTreeSet::new();
        walk.relevant(category.rule, decided, &mut relevant, 0);
        let all = category.criteria.iter().copied();
        let otherwise = |wanted: &dyn Fn(Truth) -> bool| -> Vec<CriterionId> {
            let other = |criterion: &CriterionId| self.otherwise(category.rule, *criterion, school).is_some_and(wanted);
            all.clone().filter(other).collect()
        };
        Some(Weight {
            sufficient: walk.ground(category.rule, decided, 0),
            decisive: otherwise(&|truth| truth == Truth::from_bool(!decided)),
            unsettling: otherwise(&|truth| matches!(verdict(truth), Verdict::Undetermined(_))),
            indifferent: all.clone().filter(|criterion| !relevant.contains(criterion)).collect(),
            fewest: walk.turning(category.rule, !decided, 0),
        })
    }
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    reading: Reading<'a>,
    school: usize,
}

/// How many items must hold, as a floor; the other quantifiers are floors of the items turned round.
enum Floor {
    AtLeast(usize),
    AtMost(usize),
    Exactly,
}

impl Walk<'_> {
    fn truth(&self, expr: ExprId) -> Truth {
        self.reading.truth(expr, self.school)
    }

    fn floor(&self, quantifier: &Quantifier, items: &[ExprId], applicable: bool) -> Floor {
        let number = |e: &ExprId| {
            let number = self.reading.number(*e, self.school).and_then(|n| n.to_integer());
            number.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
        };
        let counted = items.iter().filter(|item| !applicable || !is_inapplicable(self.truth(**item))).count();
        match quantifier {
            Quantifier::Any => Floor::AtLeast(1),
            Quantifier::All => Floor::AtLeast(counted),
            Quantifier::None => Floor::AtMost(0),
            Quantifier::AtLeast(n) => Floor::AtLeast(number(n)),
            Quantifier::AtMost(n) => Floor::AtMost(number(n)),
            Quantifier::Exactly(_) => Floor::Exactly,
        }
    }

    /// The rule behind a named part, or nothing when it is no such part.
    fn behind(&self, kind: &ExprKind) -> Option<ExprId> {
        match kind {
            ExprKind::Group(id) => Some(self.reading.rules.groups.get(id.index())?.rule),
            ExprKind::Category(id) => Some(self.reading.rules.categories.get(id.index())?.rule),
            _ => None,
        }
    }

    /// A smallest set of criteria that, as they are, make the expression what it is (`now`).
    fn ground(&self, expr: ExprId, now: bool, depth: usize) -> Vec<CriterionId> {
        let Some(found) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return Vec::new() };
        let all = |of: &[ExprId]| union(of.iter().map(|e| self.ground(*e, now, depth + 1)));
        let smallest = |of: &[ExprId], count: usize, now: bool| {
            let holding = of.iter().filter(|e| self.is(**e, now));
            fewest(holding.map(|e| self.ground(*e, now, depth + 1)).collect(), count)
        };
        match &found.kind {
            ExprKind::And(of) if now => all(of),
            ExprKind::And(of) => smallest(of, 1, false),
            ExprKind::Or(of) if now => smallest(of, 1, true),
            ExprKind::Or(of) => all(of),
            ExprKind::Not(of) => self.ground(*of, !now, depth + 1),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                match (self.floor(quantifier, items, *applicable), now) {
                    (Floor::AtLeast(least), true) => smallest(items, least, true),
                    (Floor::AtLeast(least), false) => smallest(items, (items.len() + 1).saturating_sub(least), false),
                    (Floor::AtMost(most), true) => smallest(items, items.len().saturating_sub(most), false),
                    (Floor::AtMost(most), false) => smallest(items, most.saturating_add(1), true),
                    (Floor::Exactly, _) => {
                        union(items.iter().map(|e| self.ground(*e, self.truth(*e).is_true(), depth + 1)))
                    }
                }
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => vec![*id],
            kind => self.behind(kind).map_or(Vec::new(), |rule| self.ground(rule, now, depth + 1)),
        }
    }

    /// The criteria that stand in some smallest sufficient reason.
    fn relevant(&self, expr: ExprId, now: bool, found: &mut BTreeSet<CriterionId>, depth: usize) {
        let Some(expr) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return };
        let mut each = |of: &[ExprId], now: bool| {
            for item in of.iter().filter(|e| self.is(**e, now)) {
                self.relevant(*item, now, found, depth + 1);
            }
        };
        match &expr.kind {
            ExprKind::And(of) | ExprKind::Or(of) => each(of, now),
            ExprKind::Not(of) => self.relevant(*of, !now, found, depth + 1),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                match self.floor(quantifier, items, *applicable) {
                    Floor::AtLeast(_) => each(items, now),
                    Floor::AtMost(_) => each(items, !now),
                    Floor::Exactly => {
                        each(items, true);
                        each(items, false);
                    }
                }
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => {
                found.insert(*id);
            }
            kind => {
                if let Some(rule) = self.behind(kind) {
                    self.relevant(rule, now, found, depth + 1);
                }
            }
        }
    }

    /// A smallest set of criteria that would have to turn out otherwise for the expression to be `then`; `None`: criteria
    /// alone cannot do it.
    fn turning(&self, expr: ExprId, then: bool, depth: usize) -> Option<Vec<CriterionId>> {
        if self.is(expr, then) {
            return Some(Vec::new());
        }
        let found = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH)?;
        let all = |of: &[ExprId]| -> Option<Vec<CriterionId>> {
            let each: Option<Vec<_>> = of.iter().map(|e| self.turning(*e, then, depth + 1)).collect();
            Some(union(each?.into_iter()))
        };
        let some = |of: &[ExprId], count: usize, then: bool| {
            let lacking = count.checked_sub(of.iter().filter(|e| self.is(**e, then)).count())?;
            let possible: Vec<_> =
                of.iter().filter(|e| !self.is(**e, then)).filter_map(|e| self.turning(*e, then, depth + 1)).collect();
            (possible.len() >= lacking).then(|| fewest(possible, lacking))
        };
        match &found.kind {
            ExprKind::And(of) if then => all(of),
            ExprKind::And(of) => some(of, 1, false),
            ExprKind::Or(of) if then => some(of, 1, true),
            ExprKind::Or(of) => all(of),
            ExprKind::Not(of) => self.turning(*of, !then, depth + 1),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                match (self.floor(quantifier, items, *applicable), then) {
                    (Floor::AtLeast(least), true) => some(items, least, true),
                    (Floor::AtLeast(least), false) => some(items, (items.len() + 1).saturating_sub(least), false),
                    (Floor::AtMost(most), true) => some(items, items.len().saturating_sub(most), false),
                    (Floor::AtMost(most), false) => some(items, most.saturating_add(1), true),
                    (Floor::Exactly, _) => None,
                }
            }
            ExprKind::Criterion(id) => {
                let inapplicable = self.reading.run.criterion(*id, self.school) == Some(Verdict::NotApplicable);
                (!inapplicable).then(|| vec![*id])
            }
            kind => self.turning(self.behind(kind)?, then, depth + 1),
        }
    }

    /// Whether an item is known to be so; what cannot exist for a school does not hold.
    fn is(&self, expr: ExprId, now: bool) -> bool {
        let truth = self.truth(expr);
        if now { truth.is_true() } else { truth.is_false() || is_inapplicable(truth) }
    }
}

fn is_inapplicable(truth: Truth) -> bool {
    truth.is_unknown() && truth.reasons() == Reasons::NOT_APPLICABLE
}

fn union(sets: impl Iterator<Item = Vec<CriterionId>>) -> Vec<CriterionId> {
    sets.flatten().collect::<BTreeSet<_>>().into_iter().collect()
}

/// The union of the `count` smallest sets; of equal ones those written first.
fn fewest(mut sets: Vec<Vec<CriterionId>>, count: usize) -> Vec<CriterionId> {
    sets.sort_by_key(Vec::len);
    union(sets.into_iter().take(count))
}
