//! Conditions of one row in three-valued logic: what holds, what does not, and why the rest is unknown.
//!
//! Knows nothing of many rows at once; whether a row is selected from a population is asked of `cut`.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::reading::{Reading, why_absent};
use crate::model::expr::{CompareOp, ExprId, ExprKind, Quantifier, ValueStatus, VerdictStatus, YearsQuantifier};
use crate::model::{CriterionId, ListId, MissingData};
use crate::name::normal_text;
use crate::number::Number;
use crate::value::{Reasons, Truth, Value};

/// How many conditions hold, do not hold, and are unknown.
#[derive(Default)]
struct Tally {
    held: usize,
    unknown: usize,
    total: usize,
    reasons: Reasons,
}

impl Tally {
    fn of(truths: impl Iterator<Item = Truth>) -> Tally {
        let mut tally = Tally::default();
        for truth in truths {
            tally.total += 1;
            tally.held += usize::from(truth.is_true());
            tally.unknown += usize::from(truth.is_unknown());
            tally.reasons = tally.reasons.and(truth.reasons());
        }
        tally
    }

    /// Whether as many hold as `enough` asks for; unknown where it depends on the unknown ones.
    fn satisfies(&self, enough: impl Fn(&Number) -> bool) -> Truth {
        let possible = self.held..=self.held + self.unknown;
        let mut answers = possible.map(|count| enough(&super::reading::whole(count)));
        let first = answers.next().unwrap_or(false);
        if answers.all(|answer| answer == first) { Truth::from_bool(first) } else { Truth::unknown(self.reasons) }
    }
}

/// Whether the only thing that is lacking cannot exist.
pub(super) fn does_not_apply(truth: Truth) -> bool {
    truth.is_unknown() && truth.reasons() == Reasons::NOT_APPLICABLE
}

impl Reading<'_> {
    /// The truth of a condition; of a yes/no value, whether it is yes.
    pub(super) fn condition(&self, id: ExprId, kind: &ExprKind, row: usize) -> Truth {
        match kind {
            ExprKind::Compare(op, a, b) => holds(*op, &self.value(*a, row), &self.value(*b, row)),
            ExprKind::Between { value, low, high, negated } => {
                let (value, low, high) = (self.value(*value, row), self.value(*low, row), self.value(*high, row));
                let inside = holds(CompareOp::AtLeast, &value, &low).and(holds(CompareOp::AtMost, &value, &high));
                turned(inside, *negated)
            }
            ExprKind::OneOf { value, options, negated } => {
                let value = self.value(*value, row);
                let any = options.iter().map(|option| holds(CompareOp::Equal, &value, &self.value(*option, row)));
                turned(any.fold(Truth::FALSE, Truth::or), *negated)
            }
            ExprKind::InList { value, list, date, negated } => {
                turned(self.listed(&self.value(*value, row), *list, *date), *negated)
            }
            ExprKind::Status { value, status } => has_status(&self.value(*value, row), *status),
            ExprKind::And(items) => items.iter().map(|item| self.truth(*item, row)).fold(Truth::TRUE, Truth::and),
            ExprKind::Or(items) => items.iter().map(|item| self.truth(*item, row)).fold(Truth::FALSE, Truth::or),
            ExprKind::Not(item) => self.truth(*item, row).negate(),
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                self.quantified(quantifier, *applicable, items, row)
            }
            ExprKind::Criterion(criterion) => self.criterion(*criterion, row),
            ExprKind::Group(group) => {
                self.rules.groups.get(group.index()).map_or(Truth::FALSE, |group| self.truth(group.rule, row))
            }
            ExprKind::Category(category) => self.category(*category, row).and(self.judged(*category, row)),
            ExprKind::CriterionStatus(criterion, status) => verdict_is(self.criterion(*criterion, row), *status),
            ExprKind::InCut(cut) => turned(self.in_cut(id, cut, row), cut.negated),
            ExprKind::Years { quantifier, years } => {
                let truths: Vec<Truth> = years.iter().map(|(_, id)| self.truth(*id, row)).collect();
                self.over_years(quantifier, &truths, row)
            }
            _ => Truth::unknown(Reasons::INVALID),
        }
    }

    /// The condition of a criterion after what it says about absent data.
    pub(super) fn criterion(&self, id: CriterionId, row: usize) -> Truth {
        let Some(criterion) = self.rules.criteria.get(id.index()) else {
            return Truth::unknown(Reasons::INVALID);
        };
        let truth = self.truth(criterion.condition, row);
        if !truth.is_unknown() || does_not_apply(truth) {
            return truth;
        }
        match criterion.on_missing {
            MissingData::Undetermined => truth,
            MissingData::NotMet => Truth::FALSE,
            MissingData::Met => Truth::TRUE,
            MissingData::NotApplicable => Truth::unknown(Reasons::NOT_APPLICABLE),
        }
    }

    fn listed(&self, value: &Value, list: ListId, date: Option<Date>) -> Truth {
        let Value::Text(text) = value else {
            return Truth::unknown(why_absent(value));
        };
        let text = normal_text(text);
        let entries = self.rules.lists.get(list.index()).map_or(&[][..], |list| &list.entries);
        let in_force = |from: Option<Date>, to: Option<Date>| {
            date.is_none_or(|date| from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to))
        };
        Truth::from_bool(entries.iter().any(|e| *e.normal == *text && in_force(e.from, e.to)))
    }

    fn quantified(&self, quantifier: &Quantifier, applicable: bool, items: &[ExprId], row: usize) -> Truth {
        let truths = items.iter().map(|item| self.truth(*item, row));
        let tally = Tally::of(truths.filter(|truth| !applicable || !does_not_apply(*truth)));
        if tally.total == 0 && !items.is_empty() {
            return Truth::unknown(Reasons::NOT_APPLICABLE);
        }
        let bound = |id: &ExprId| self.number(*id, row);
        let against = |id: &ExprId, enough: fn(&Number, &Number) -> bool| match bound(id) {
            Ok(bound) => tally.satisfies(|count| enough(count, &bound)),
            Err(reasons) => Truth::unknown(reasons),
        };
        match quantifier {
            Quantifier::Any => tally.satisfies(|count| !count.is_zero()),
            Quantifier::All => tally.satisfies(|count| *count == super::reading::whole(tally.total)),
            Quantifier::None => tally.satisfies(Number::is_zero),
            Quantifier::AtLeast(id) => against(id, |count, bound| count >= bound),
            Quantifier::AtMost(id) => against(id, |count, bound| count <= bound),
            Quantifier::Exactly(id) => against(id, |count, bound| count == bound),
        }
    }

    fn over_years(&self, quantifier: &YearsQuantifier, truths: &[Truth], row: usize) -> Truth {
        let tally = Tally::of(truths.iter().copied());
        match quantifier {
            YearsQuantifier::Each => truths.iter().copied().fold(Truth::TRUE, Truth::and),
            YearsQuantifier::AtLeast(least) => match self.number(*least, row) {
                Ok(least) => tally.satisfies(|count| *count >= least),
                Err(reasons) => Truth::unknown(reasons),
            },
            YearsQuantifier::Consecutive(least) => match self.number(*least, row) {
                Ok(least) => {
                    let longest = |counts: fn(Truth) -> bool| {
                        let runs = truths.split(|truth| !counts(*truth)).map(<[Truth]>::len);
                        super::reading::whole(runs.max().unwrap_or(0))
                    };
                    if longest(Truth::is_true) >= least {
                        Truth::TRUE
                    } else if longest(|truth| !truth.is_false()) >= least {
                        Truth::unknown(tally.reasons)
                    } else {
                        Truth::FALSE
                    }
                }
                Err(reasons) => Truth::unknown(reasons),
            },
        }
    }
}

fn turned(truth: Truth, negated: bool) -> Truth {
    if negated { truth.negate() } else { truth }
}

fn has_status(value: &Value, status: ValueStatus) -> Truth {
    let absent = match value {
        Value::Absent(reasons) | Value::Between(_, reasons) => Some(*reasons),
        _ => None,
    };
    Truth::from_bool(match status {
        ValueStatus::Known => absent.is_none(),
        ValueStatus::NotKnown => absent.is_some(),
        ValueStatus::AbsentFor(reasons) => absent.is_some_and(|absent| absent.contains(reasons)),
    })
}

/// "Not met" of what is unknown is unknown; the other states are always known.
fn verdict_is(truth: Truth, status: VerdictStatus) -> Truth {
    match status {
        VerdictStatus::Met => truth,
        VerdictStatus::NotMet => truth.negate(),
        VerdictStatus::Undetermined => Truth::from_bool(truth.is_unknown() && !does_not_apply(truth)),
        VerdictStatus::NotApplicable => Truth::from_bool(does_not_apply(truth)),
    }
}

/// The least and the most that a number can be.
fn range(value: &Value) -> Option<(&Number, &Number)> {
    match value {
        Value::Number(number) => Some((number, number)),
        Value::Between(bounds, _) => Some((&bounds.0, &bounds.1)),
        _ => None,
    }
}

fn reasons(value: &Value) -> Reasons {
    match value {
        Value::Absent(reasons) | Value::Between(_, reasons) => *reasons,
        _ => Reasons::NONE,
    }
}

/// A comparison is decided when it comes out the same whatever the numbers may be within their bounds.
fn holds(op: CompareOp, a: &Value, b: &Value) -> Truth {
    let unknown = Truth::unknown(reasons(a).and(reasons(b)));
    if matches!(a, Value::Absent(_)) || matches!(b, Value::Absent(_)) {
        return unknown;
    }
    if let (Some((a_low, a_high)), Some((b_low, b_high))) = (range(a), range(b)) {
        let less = a_high < b_low;
        let more = a_low > b_high;
        let at_most = a_high <= b_low;
        let at_least = a_low >= b_high;
        let equal = at_most && at_least;
        // a count is whole, whatever it is
        let apart = less || more || !(a_low.subtract(b_low).is_integer());
        let decided = |yes: bool, no: bool| {
            if yes {
                Truth::TRUE
            } else if no {
                Truth::FALSE
            } else {
                unknown
            }
        };
        return match op {
            CompareOp::Less => decided(less, at_least),
            CompareOp::AtMost => decided(at_most, more),
            CompareOp::More => decided(more, at_most),
            CompareOp::AtLeast => decided(at_least, less),
            CompareOp::Equal => decided(equal, apart),
            CompareOp::NotEqual => decided(apart, equal),
        };
    }
    let order = match (a, b) {
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) if normal_text(a) == normal_text(b) => Ordering::Equal,
        (Value::Text(a), Value::Text(b)) => normal_text(a).cmp(&normal_text(b)),
        (Value::Truth(a), Value::Truth(b)) => a.is_true().cmp(&b.is_true()),
        _ => return Truth::unknown(Reasons::INVALID),
    };
    Truth::from_bool(match op {
        CompareOp::Less => order.is_lt(),
        CompareOp::AtMost => order.is_le(),
        CompareOp::More => order.is_gt(),
        CompareOp::AtLeast => order.is_ge(),
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
    })
}
