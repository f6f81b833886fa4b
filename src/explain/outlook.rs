//! What a category or a group could still become: its rule with the undetermined criteria set both ways.
//!
//! Only the combination of verdicts is worked out again, by the truth tables of the evaluation; every other condition
//! keeps the truth that the run gave it.

use std::collections::{BTreeMap, BTreeSet};

use super::explanation::{Alternatives, Certainty, Outlook};
use super::reading::Reading;
use crate::decision::Verdict;
use crate::evaluate::trace::{Counts, Limit};
use crate::model::expr::{ArithmeticOp, ExprId, ExprKind, Quantifier, VerdictStatus};
use crate::model::inputs::rests_on_verdicts;
use crate::model::{CategoryId, CriterionId};
use crate::number::Number;
use crate::value::{Reasons, Truth};

/// Up to so many undetermined criteria are tried in every combination; more of them by bounds alone.
const COMBINED: usize = 10;
const MOST_DEPTH: usize = 200;

impl Reading<'_> {
    /// `decided`: the verdict of the run; `rule`: the rule it came from.
    /// `unsure`: it is not known whether the category judges the school, whatever its criteria are.
    pub(super) fn outlook(&self, rule: ExprId, decided: Verdict, unsure: bool, school: usize) -> Outlook {
        let mut imagined = Imagined { reading: *self, school, set: BTreeMap::new(), known: BTreeMap::new() };
        let mut criteria = Vec::new();
        imagined.criteria_of(rule, &mut criteria, &mut BTreeSet::new(), 0);
        let open: Vec<CriterionId> = criteria
            .into_iter()
            .filter(|c| matches!(self.run.criterion(*c, school), Some(Verdict::Undetermined(_))))
            .collect();
        let certainty = match decided {
            Verdict::NotJudged => Certainty::Decided,
            Verdict::Met | Verdict::NotMet | Verdict::NotApplicable if open.is_empty() => Certainty::Decided,
            Verdict::Met => Certainty::MetWhatever,
            Verdict::NotMet => Certainty::NotMetWhatever,
            Verdict::Undetermined(_) if unsure => Certainty::Open,
            Verdict::NotApplicable | Verdict::Undetermined(_) => imagined.over_all(rule, &open),
        };
        Outlook { certainty, undetermined: open, skipped: false }
    }

    /// The criteria that a rule counts, whichever category they are of.
    pub(super) fn criteria_behind(&self, rule: ExprId, school: usize) -> Vec<CriterionId> {
        let imagined = Imagined { reading: *self, school, set: BTreeMap::new(), known: BTreeMap::new() };
        let mut criteria = Vec::new();
        imagined.criteria_of(rule, &mut criteria, &mut BTreeSet::new(), 0);
        criteria
    }

    /// What a rule would be if one decided criterion had turned out the other way.
    pub(super) fn otherwise(&self, rule: ExprId, criterion: CriterionId, school: usize) -> Option<Truth> {
        let other = match self.run.criterion(criterion, school)? {
            Verdict::Met => Truth::FALSE,
            Verdict::NotMet => Truth::TRUE,
            _ => return None,
        };
        let mut imagined =
            Imagined { reading: *self, school, set: BTreeMap::from([(criterion, other)]), known: BTreeMap::new() };
        Some(imagined.truth(rule, 0))
    }

    /// The verdict of a category if one criterion were met, and if it were not.
    pub(super) fn alternatives(&self, category: CategoryId, criterion: CriterionId, school: usize) -> Alternatives {
        let with = |truth| {
            if self.run.category(category, school) == Some(Verdict::NotJudged) {
                return Verdict::NotJudged;
            }
            let Some(category) = self.rules.categories.get(category.index()) else { return Verdict::NotJudged };
            if let Some(member) = category.among.and_then(|among| self.run.is_member(among, school))
                && member.is_unknown()
            {
                return Verdict::Undetermined(member.reasons());
            }
            let mut imagined =
                Imagined { reading: *self, school, set: BTreeMap::from([(criterion, truth)]), known: BTreeMap::new() };
            verdict(imagined.truth(category.rule, 0))
        };
        Alternatives { category_if_met: with(Truth::TRUE), category_if_not_met: with(Truth::FALSE) }
    }
}

/// One school with some criteria set.
struct Imagined<'a> {
    reading: Reading<'a>,
    school: usize,
    set: BTreeMap<CriterionId, Truth>,
    /// What follows from `set`, as far as it was asked for.
    known: BTreeMap<ExprId, Truth>,
}

impl Imagined<'_> {
    fn over_all(&mut self, rule: ExprId, open: &[CriterionId]) -> Certainty {
        if open.is_empty() {
            return Certainty::Open;
        }
        if open.len() > COMBINED {
            return self.by_bounds(rule, open);
        }
        let (mut met, mut not_met, mut other) = (false, false, false);
        for combination in 0u32..(1 << open.len()) {
            for (at, criterion) in open.iter().enumerate() {
                self.set.insert(*criterion, Truth::from_bool(combination & (1 << at) != 0));
            }
            self.known.clear();
            let truth = self.truth(rule, 0);
            met |= truth.is_true();
            not_met |= truth.is_false();
            other |= truth.is_unknown();
        }
        match (met, not_met, other) {
            (true, false, false) => Certainty::MetWhatever,
            (false, true, false) => Certainty::NotMetWhatever,
            _ => Certainty::Open,
        }
    }

    /// With so many open criteria: where a criterion can only help, all met and none met are the two ends.
    fn by_bounds(&mut self, rule: ExprId, open: &[CriterionId]) -> Certainty {
        if !self.only_helps(rule, 0) {
            return Certainty::TooMany;
        }
        let mut end = |met: bool| {
            self.set.extend(open.iter().map(|criterion| (*criterion, Truth::from_bool(met))));
            self.known.clear();
            self.truth(rule, 0)
        };
        let (least, most) = (end(false), end(true));
        if least.is_true() {
            Certainty::MetWhatever
        } else if most.is_false() {
            Certainty::NotMetWhatever
        } else {
            Certainty::Open
        }
    }

    /// Whether a rule never turns from met to not met when one more criterion is met.
    fn only_helps(&self, expr: ExprId, depth: usize) -> bool {
        let rules = self.reading.rules;
        let all = |of: &[ExprId]| of.iter().all(|e| self.only_helps(*e, depth + 1));
        let mut criteria = Vec::new();
        match self.reading.expr(expr).map(|e| &e.kind) {
            _ if depth > MOST_DEPTH => false,
            Some(ExprKind::And(of) | ExprKind::Or(of)) => all(of),
            Some(ExprKind::Quantified {
                quantifier: Quantifier::Any | Quantifier::All | Quantifier::AtLeast(_),
                items,
                ..
            }) => all(items),
            Some(ExprKind::Criterion(_) | ExprKind::CriterionStatus(_, VerdictStatus::Met)) => true,
            Some(ExprKind::Group(id)) => {
                rules.groups.get(id.index()).is_some_and(|group| self.only_helps(group.rule, depth + 1))
            }
            Some(ExprKind::Category(id)) => {
                rules.categories.get(id.index()).is_some_and(|category| self.only_helps(category.rule, depth + 1))
            }
            _ => {
                self.criteria_of(expr, &mut criteria, &mut BTreeSet::new(), depth);
                criteria.is_empty() && !rests_on_verdicts(rules, expr)
            }
        }
    }

    fn truth(&mut self, expr: ExprId, depth: usize) -> Truth {
        if let Some(known) = self.known.get(&expr) {
            return *known;
        }
        let truth = self.truth_of(expr, depth);
        self.known.insert(expr, truth);
        truth
    }

    fn truth_of(&mut self, expr: ExprId, depth: usize) -> Truth {
        let read = |this: &Self| this.reading.truth(expr, this.school);
        let Some(found) = self.reading.expr(expr) else { return read(self) };
        if depth > MOST_DEPTH {
            return read(self);
        }
        match &found.kind {
            ExprKind::And(of) => of.iter().fold(Truth::TRUE, |t, e| t.and(self.truth(*e, depth + 1))),
            ExprKind::Or(of) => of.iter().fold(Truth::FALSE, |t, e| t.or(self.truth(*e, depth + 1))),
            ExprKind::Not(of) => self.truth(*of, depth + 1).negate(),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                let truths: Vec<Truth> = items.iter().map(|i| self.truth(*i, depth + 1)).collect();
                self.quantified(quantifier, *applicable, &truths)
            }
            ExprKind::Criterion(id) => match self.set.get(id) {
                Some(truth) => *truth,
                None => read(self),
            },
            ExprKind::CriterionStatus(id, asked) => match self.set.get(id) {
                Some(truth) => Truth::from_bool(match asked {
                    VerdictStatus::Met => truth.is_true(),
                    VerdictStatus::NotMet => truth.is_false(),
                    VerdictStatus::Undetermined | VerdictStatus::NotApplicable => false,
                }),
                None => read(self),
            },
            ExprKind::Group(id) => match self.reading.rules.groups.get(id.index()) {
                Some(group) => self.truth(group.rule, depth + 1),
                None => read(self),
            },
            ExprKind::Category(id) => match self.reading.rules.categories.get(id.index()) {
                Some(_) if self.reading.run.category(*id, self.school) == Some(Verdict::NotJudged) => read(self),
                Some(category) => self.truth(category.rule, depth + 1),
                None => read(self),
            },
            ExprKind::Compare(operator, a, b) if rests_on_verdicts(self.reading.rules, expr) => {
                match (self.number(*a, depth + 1), self.number(*b, depth + 1)) {
                    (Some(a), Some(b)) => Truth::from_bool(operator.holds(a.cmp(&b))),
                    _ => Truth::unknown(Reasons::NONE),
                }
            }
            // what else rests on criteria is not worked out again
            _ if rests_on_verdicts(self.reading.rules, expr) => Truth::unknown(Reasons::NONE),
            _ => read(self),
        }
    }

    /// A number in which criteria may be counted; `None`: it cannot be told.
    fn number(&mut self, expr: ExprId, depth: usize) -> Option<Number> {
        let found = self.reading.expr(expr).filter(|_| depth < MOST_DEPTH)?;
        match &found.kind {
            ExprKind::MetCount { of, judged } => {
                let judged = judged.map_or(Truth::TRUE, |judged| self.reading.truth(judged, self.school));
                if judged.is_unknown() {
                    return None;
                }
                let met = of.iter().filter(|item| judged.is_true() && self.truth(**item, depth + 1).is_true()).count();
                Some(Number::from_integer(i64::try_from(met).ok()?))
            }
            ExprKind::Parameter(_, inner) | ExprKind::Indicator(_, inner) => self.number(*inner, depth + 1),
            ExprKind::Arithmetic(operator, a, b) => {
                let (a, b) = (self.number(*a, depth + 1)?, self.number(*b, depth + 1)?);
                match operator {
                    ArithmeticOp::Add => Some(a.add(&b)),
                    ArithmeticOp::Subtract => Some(a.subtract(&b)),
                    ArithmeticOp::Multiply => Some(a.multiply(&b)),
                    ArithmeticOp::Divide => a.divide(&b),
                }
            }
            _ if rests_on_verdicts(self.reading.rules, expr) => None,
            _ => self.reading.number(expr, self.school),
        }
    }

    /// The truth table of the evaluation, over the truths imagined.
    fn quantified(&self, quantifier: &Quantifier, applicable: bool, truths: &[Truth]) -> Truth {
        let number = |e: &ExprId| self.reading.number(*e, self.school).and_then(|n| n.to_integer()).unwrap_or(i64::MAX);
        let limit = match quantifier {
            Quantifier::Any => Limit::Any,
            Quantifier::All => Limit::All,
            Quantifier::None => Limit::None,
            Quantifier::AtLeast(n) => Limit::AtLeast(number(n)),
            Quantifier::AtMost(n) => Limit::AtMost(number(n)),
            Quantifier::Exactly(n) => Limit::Exactly(number(n)),
        };
        let mut counts = Counts::default();
        for truth in truths {
            counts.add(*truth, applicable);
        }
        counts.decide(limit)
    }

    /// Criteria that a rule counts, those of its groups and of other categories included, each once.
    fn criteria_of(&self, expr: ExprId, into: &mut Vec<CriterionId>, walked: &mut BTreeSet<ExprId>, depth: usize) {
        if depth > MOST_DEPTH || !walked.insert(expr) {
            return;
        }
        let rules = self.reading.rules;
        let mut below: Vec<ExprId> = Vec::new();
        match self.reading.expr(expr).map(|e| &e.kind) {
            Some(ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _)) if !into.contains(id) => {
                into.push(*id);
            }
            Some(ExprKind::And(of) | ExprKind::Or(of)) => below.extend(of),
            Some(ExprKind::Quantified { items, .. }) => below.extend(items),
            Some(ExprKind::Not(of)) => below.push(*of),
            Some(ExprKind::Group(id)) => below.extend(rules.groups.get(id.index()).map(|group| group.rule)),
            Some(ExprKind::Category(id)) => {
                below.extend(rules.categories.get(id.index()).map(|category| category.rule));
            }
            // a number in which criteria are counted
            Some(ExprKind::Compare(_, a, b)) => below.extend([*a, *b]),
            Some(ExprKind::Arithmetic(_, a, b)) => below.extend([*a, *b]),
            Some(ExprKind::MetCount { of, .. }) => below.extend(of),
            Some(ExprKind::Indicator(_, inner)) => below.push(*inner),
            _ => {}
        }
        for item in below {
            self.criteria_of(item, into, walked, depth + 1);
        }
    }
}

/// The verdict that a truth gives without a policy for missing data.
pub(super) fn verdict(truth: Truth) -> Verdict {
    if truth.is_true() {
        Verdict::Met
    } else if truth.is_false() {
        Verdict::NotMet
    } else if truth.reasons() == Reasons::NOT_APPLICABLE {
        Verdict::NotApplicable
    } else {
        Verdict::Undetermined(truth.reasons())
    }
}
