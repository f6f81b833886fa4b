//! What a decided category rests on: the shortest sufficient reason, the criteria that decide alone, those without which it
//! would not be determined, those that no reason needs, the fewest criteria that would have to turn out otherwise, and whether any
//! outcome of the applicable criteria could make another verdict.
//!
//! Follows the rule downwards over the truths of the run. Exact where every criterion stands in the rule once; where one
//! stands in several places a reason is still sufficient, but may not be the shortest.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::explanation::{Asked, Weight};
use super::outlook::verdict;
use super::reading::Reading;
use crate::decision::Verdict;
use crate::model::expr::{ExprId, ExprKind, Quantifier};
use crate::model::inputs::rests_on_verdicts;
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
        let walk = Walk { reading: *self, school, known: Known::default() };
        let mut relevant = BTreeSet::new();
        walk.relevant(category.rule, decided, &mut relevant, 0);
        let mut own = category.criteria.clone();
        if own.is_empty() {
            own = self.criteria_behind(category.rule, school);
        }
        let all = own.iter().copied();
        let applicable = |criterion: &CriterionId| {
            self.run.criterion(*criterion, school).is_some_and(|verdict| verdict != Verdict::NotApplicable)
        };
        let mut standing = Standing::default();
        walk.standing(category.rule, &mut standing, 0);
        let sufficient = if standing.counted { Vec::new() } else { walk.ground(category.rule, decided, 0) };
        let verdict_of = |id: &CriterionId| (*id, self.run.criterion(*id, school).unwrap_or(Verdict::NotJudged));
        let otherwise = |wanted: &dyn Fn(Truth) -> bool| -> Vec<CriterionId> {
            let other = |criterion: &CriterionId| self.otherwise(category.rule, *criterion, school).is_some_and(wanted);
            all.clone().filter(other).collect()
        };
        Some(Weight {
            verdicts: sufficient.iter().map(verdict_of).collect(),
            sufficient,
            decisive: otherwise(&|truth| truth == Truth::from_bool(!decided)),
            // without a reason: it was not worked out again
            unsettling: otherwise(&|truth| matches!(verdict(truth), Verdict::Undetermined(why) if !why.is_none())),
            indifferent: all.clone().filter(|c| standing.once() && applicable(c) && !relevant.contains(c)).collect(),
            inapplicable: all.clone().filter(|criterion| !applicable(criterion)).collect(),
            settled: !walk.possible(category.rule, !decided, 0),
            asked: walk.asked(category.rule),
            fewest: if standing.counted { None } else { walk.turning(category.rule, !decided, 0) },
        })
    }
}

struct Walk<'a> {
    reading: Reading<'a>,
    school: usize,
    known: Known,
}

/// An expression, and what it is or shall be.
type Asks = (ExprId, bool);

/// What is found already of an expression: categories refer to each other by many ways.
#[derive(Default)]
struct Known {
    ground: RefCell<BTreeMap<Asks, Vec<CriterionId>>>,
    possible: RefCell<BTreeMap<Asks, bool>>,
    turning: RefCell<BTreeMap<Asks, Option<Vec<CriterionId>>>>,
    relevant: RefCell<BTreeSet<Asks>>,
}

/// The criteria that stand in a rule.
#[derive(Default)]
struct Standing {
    seen: BTreeSet<CriterionId>,
    walked: BTreeSet<ExprId>,
    /// One stands in several places.
    again: bool,
    /// Something other than a truth of theirs decides: how many are met.
    counted: bool,
}

impl Standing {
    fn once(&self) -> bool {
        !self.again && !self.counted
    }
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
            // a school that the category does not judge is not in it, whatever its rule says
            ExprKind::Category(id) if self.reading.run.category(*id, self.school) != Some(Verdict::NotJudged) => {
                Some(self.reading.rules.categories.get(id.index())?.rule)
            }
            _ => None,
        }
    }

    /// A smallest set of criteria that, as they are, make the expression what it is (`now`).
    fn ground(&self, expr: ExprId, now: bool, depth: usize) -> Vec<CriterionId> {
        if let Some(known) = self.known.ground.borrow().get(&(expr, now)) {
            return known.clone();
        }
        let found = self.ground_of(expr, now, depth);
        self.known.ground.borrow_mut().insert((expr, now), found.clone());
        found
    }

    fn ground_of(&self, expr: ExprId, now: bool, depth: usize) -> Vec<CriterionId> {
        let Some(found) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return Vec::new() };
        let all = |of: &[ExprId]| union(of.iter().map(|e| self.ground(*e, now, depth + 1)));
        let smallest = |of: &[ExprId], count: usize, now: bool| {
            let mut holding: Vec<ExprId> = of.iter().copied().filter(|e| self.is(*e, now)).collect();
            // what cannot be otherwise comes first
            holding.sort_by_key(|e| !is_inapplicable(self.truth(*e)));
            fewest(holding.into_iter().map(|e| self.ground(e, now, depth + 1)).collect(), count)
        };
        // one that is false of itself, or one that cannot exist
        let failing = |of: &[ExprId]| {
            let mut failing: Vec<ExprId> = of.iter().copied().filter(|e| self.is(*e, false)).collect();
            failing.sort_by_key(|e| is_inapplicable(self.truth(*e)));
            failing.first().map_or(Vec::new(), |first| {
                let alike =
                    failing.iter().filter(|e| is_inapplicable(self.truth(**e)) == is_inapplicable(self.truth(*first)));
                fewest(alike.map(|e| self.ground(*e, false, depth + 1)).collect(), 1)
            })
        };
        match &found.kind {
            ExprKind::And(of) if now => all(of),
            ExprKind::And(of) => failing(of),
            ExprKind::Or(of) if now => smallest(of, 1, true),
            ExprKind::Or(of) => all(of),
            ExprKind::Not(of) => self.ground(*of, !now, depth + 1),
            // all that are applicable: that the others are not belongs to the reason
            ExprKind::Quantified { quantifier: Quantifier::All, items, .. } if now => {
                union(items.iter().map(|e| self.ground(*e, !is_inapplicable(self.truth(*e)), depth + 1)))
            }
            ExprKind::Quantified { quantifier: Quantifier::All, items, .. } => failing(items),
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
        if !self.known.relevant.borrow_mut().insert((expr, now)) {
            return;
        }
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

    /// Whether some outcome of the applicable criteria makes the expression `then`; what is no criterion stays as it is. May say
    /// yes where it is no, never the other way round.
    fn possible(&self, expr: ExprId, then: bool, depth: usize) -> bool {
        if let Some(known) = self.known.possible.borrow().get(&(expr, then)) {
            return *known;
        }
        let found = self.possible_of(expr, then, depth);
        self.known.possible.borrow_mut().insert((expr, then), found);
        found
    }

    fn possible_of(&self, expr: ExprId, then: bool, depth: usize) -> bool {
        let Some(found) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return true };
        let truth = self.truth(expr);
        let as_it_is =
            || if then { truth.is_true() } else { truth.is_false() } || !is_inapplicable(truth) && truth.is_unknown();
        let can = |e: &ExprId, then: bool| self.possible(*e, then, depth + 1);
        match &found.kind {
            ExprKind::And(of) if then => of.iter().all(|e| can(e, true)),
            ExprKind::And(of) => of.iter().any(|e| can(e, false)),
            ExprKind::Or(of) if then => of.iter().any(|e| can(e, true)),
            ExprKind::Or(of) => of.iter().all(|e| can(e, false)),
            ExprKind::Not(of) => can(of, !then),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                let counted = items.iter().filter(|e| !(*applicable && is_inapplicable(self.truth(**e))));
                let counted: Vec<&ExprId> = counted.collect();
                let most = counted.iter().filter(|e| can(e, true)).count();
                let least = counted.iter().filter(|e| can(e, true) && !can(e, false)).count();
                let number = |e: &ExprId| {
                    let number = self.reading.number(*e, self.school).and_then(|n| n.to_integer());
                    number.and_then(|n| usize::try_from(n).ok())
                };
                let within = match quantifier {
                    Quantifier::Any => Some((1, usize::MAX)),
                    Quantifier::All => Some((counted.len(), usize::MAX)),
                    Quantifier::None => Some((0, 0)),
                    Quantifier::AtLeast(n) => number(n).map(|n| (n, usize::MAX)),
                    Quantifier::AtMost(n) => number(n).map(|n| (0, n)),
                    Quantifier::Exactly(n) => number(n).map(|n| (n, n)),
                };
                let Some((from, to)) = within else { return true };
                if then { most >= from && least <= to } else { least < from || most > to }
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => {
                self.reading.run.criterion(*id, self.school) != Some(Verdict::NotApplicable) || as_it_is()
            }
            ExprKind::Category(id) if self.reading.run.category(*id, self.school) == Some(Verdict::NotJudged) => {
                as_it_is()
            }
            kind => match self.behind(kind) {
                Some(rule) => can(&rule, then),
                None => as_it_is() || rests_on_verdicts(self.reading.rules, expr),
            },
        }
    }

    /// Every place of the rule where a criterion stands.
    fn standing(&self, expr: ExprId, found: &mut Standing, depth: usize) {
        let Some(here) = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH) else { return };
        if !found.walked.insert(expr) {
            found.again = true;
            return;
        }
        match &here.kind {
            ExprKind::And(of) | ExprKind::Or(of) | ExprKind::Quantified { items: of, .. } => {
                of.iter().for_each(|e| self.standing(*e, found, depth + 1));
            }
            ExprKind::Not(of) => self.standing(*of, found, depth + 1),
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => found.again |= !found.seen.insert(*id),
            ExprKind::Group(_) | ExprKind::Category(_) => {
                if let Some(rule) = self.behind(&here.kind) {
                    self.standing(rule, found, depth + 1);
                }
            }
            _ => found.counted |= rests_on_verdicts(self.reading.rules, expr),
        }
    }

    /// How many of its criteria a rule asks for; `None`: it asks otherwise, or for more than criteria.
    fn asked(&self, expr: ExprId) -> Option<Asked> {
        let ExprKind::Quantified { quantifier: Quantifier::AtLeast(number), items, .. } =
            &self.reading.expr(expr)?.kind
        else {
            return None;
        };
        let is_criterion = |e: &ExprId| matches!(self.reading.expr(*e).map(|e| &e.kind), Some(ExprKind::Criterion(_)));
        let needed = self.reading.number(*number, self.school).and_then(|n| n.to_integer())?;
        items.iter().all(is_criterion).then_some(Asked {
            of: items.len(),
            applicable: items.iter().filter(|e| !is_inapplicable(self.truth(**e))).count(),
            needed: usize::try_from(needed).ok()?,
        })
    }

    /// A smallest set of criteria that would have to turn out otherwise for the expression to be `then`; `None`: criteria
    /// alone cannot do it.
    fn turning(&self, expr: ExprId, then: bool, depth: usize) -> Option<Vec<CriterionId>> {
        if let Some(known) = self.known.turning.borrow().get(&(expr, then)) {
            return known.clone();
        }
        let found = self.turning_of(expr, then, depth);
        self.known.turning.borrow_mut().insert((expr, then), found.clone());
        found
    }

    fn turning_of(&self, expr: ExprId, then: bool, depth: usize) -> Option<Vec<CriterionId>> {
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
