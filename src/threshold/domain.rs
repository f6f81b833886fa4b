//! Which values the number may have: those that the rules allow and those that are asked for.

use super::critical::{Line, Lines};
use super::reach::{Reach, Source, quota};
use super::{Basis, Interval, Mark, Prepared, Question, Refusal, Side};
use crate::model::expr::{ExprId, ExprKind};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_scale};
use crate::plan::{Bound, StepKind};

/// Digits after the decimal mark that are tried for a round value.
const MOST_DIGITS: usize = 9;

/// Values from `low` to `high`, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    pub low: Option<Number>,
    pub high: Option<Number>,
    /// Only whole numbers.
    pub whole: bool,
}

impl Domain {
    /// # Errors
    /// There is no such value.
    pub fn between(low: Option<Number>, high: Option<Number>, whole: bool) -> Result<Domain, Refusal> {
        let rounded = |number: Number, rounding| {
            if whole { Number::from_big(round_to_scale(&number, 0, rounding).into()) } else { number }
        };
        let low = low.map(|low| rounded(low, Rounding::Up));
        let high = high.map(|high| rounded(high, Rounding::Down));
        match (&low, &high) {
            (Some(low), Some(high)) if high < low => Err(Refusal::Empty),
            _ => Ok(Domain { low, high, whole }),
        }
    }

    /// The mark as it shows among these values; `None`: it is at or beyond an end, and nothing begins there.
    pub fn mark(&self, mark: &Mark) -> Option<Mark> {
        let mark = if self.whole {
            let up = round_to_scale(&mark.value, 0, Rounding::Up);
            let itself = mark.side == Side::After && mark.value.is_integer();
            Mark::at(Number::from_big(if itself { up + 1 } else { up }.into()))
        } else {
            mark.clone()
        };
        let first = self.low.as_ref().is_some_and(|low| mark <= Mark::at(low.clone()));
        let beyond = self.high.as_ref().is_some_and(|high| mark > Mark::at(high.clone()));
        (!first && !beyond).then_some(mark)
    }

    /// One value of each stretch between neighbouring marks, ascending: before the first, between, after the last.
    pub fn values(&self, marks: &[Mark]) -> Vec<Number> {
        let one = Number::one();
        let first = match (&self.low, marks.first()) {
            (Some(low), _) => low.clone(),
            (None, Some(mark)) if mark.side == Side::After => mark.value.clone(),
            (None, Some(mark)) => mark.value.subtract(&one),
            (None, None) => self.high.clone().unwrap_or_else(Number::zero),
        };
        let mut values = Vec::with_capacity(marks.len() + 1);
        values.push(first);
        for (at, mark) in marks.iter().enumerate() {
            values.push(match (mark.side, marks.get(at + 1)) {
                (Side::At, _) => mark.value.clone(),
                (Side::After, Some(next)) if next.side == Side::After => next.value.clone(),
                (Side::After, Some(next)) => middle(&mark.value, &next.value),
                (Side::After, None) => self.high.clone().unwrap_or_else(|| mark.value.add(&one)),
            });
        }
        values
    }

    /// The value of an interval with the fewest digits, `factor` times which is shown; of several the one next to `toward`.
    pub fn roundest(&self, interval: &Interval, factor: i64, toward: &Number) -> Number {
        let inside = |value: &Option<Number>| value.clone().map(|value| (value, true));
        let low = interval
            .from
            .as_ref()
            .map_or_else(|| inside(&self.low), |from| Some((from.value.clone(), from.side == Side::At)));
        let high = interval
            .to
            .as_ref()
            .map_or_else(|| inside(&self.high), |to| Some((to.value.clone(), to.side == Side::After)));
        let after = |value: &Number| low.as_ref().is_none_or(|(low, itself)| value > low || *itself && value == low);
        let before =
            |value: &Number| high.as_ref().is_none_or(|(high, itself)| value < high || *itself && value == high);
        if after(toward) && before(toward) {
            return toward.clone();
        }
        let falling = high.as_ref().is_some_and(|(high, _)| low.is_none() || high <= toward);
        let (Some((end, _)), rounding, step) = (match falling {
            true => (high.as_ref(), Rounding::Down, Number::one().negate()),
            false => (low.as_ref(), Rounding::Up, Number::one()),
        }) else {
            return Number::zero();
        };
        let mut unit = Number::from_integer(factor);
        for _ in 0..MOST_DIGITS {
            let first = Number::from_big(round_to_scale(&end.multiply(&unit), 0, rounding).into());
            let found = [first.clone(), first.add(&step)].into_iter().filter_map(|whole| whole.divide(&unit));
            if let Some(value) = found.into_iter().find(|value| after(value) && before(value)) {
                return value;
            }
            unit = unit.multiply(&Number::from_integer(10));
        }
        match (low, high) {
            (Some((low, true)), _) => low,
            (_, Some((high, true))) => high,
            (Some((low, _)), Some((high, _))) => middle(&low, &high),
            _ => Number::zero(),
        }
    }

    pub fn contains(&self, value: &Number) -> bool {
        self.low.as_ref().is_none_or(|low| low <= value)
            && self.high.as_ref().is_none_or(|high| value <= high)
            && (!self.whole || value.is_integer())
    }
}

fn middle(a: &Number, b: &Number) -> Number {
    let sum = a.add(b);
    sum.divide(&Number::from_integer(2)).unwrap_or(sum)
}

/// The values for which the rules are rules, within those that are asked for.
pub(super) fn find(
    basis: &Basis<'_>,
    prepared: &Prepared,
    reach: &Reach,
    lines: &Lines,
    question: &Question,
) -> Result<Domain, Refusal> {
    let mut ends = Ends { low: question.from.clone(), high: question.to.clone() };
    if let Some((low, high)) = &prepared.subject.allowed {
        ends.at_least(low.clone());
        ends.at_most(high.clone());
    }
    let whole = |n: usize| Number::from_integer(i64::try_from(n).unwrap_or(i64::MAX));
    for (id, source) in &reach.sources {
        let Some(step) = basis.plan.step(*id) else { continue };
        match (&step.kind, source) {
            // a share lies between nothing and all, a count of places is not negative
            (StepKind::Cut(cut), Source::Quota) => {
                let (step, share) = quota(cut);
                if let Some(line) = lines.line(basis, reach, step, 0) {
                    ends.not_below(&line, &Number::zero());
                    if share {
                        ends.not_above(&line, &Number::one());
                    }
                }
            }
            (StepKind::Quantified { bound, items, .. }, Source::Bound) => {
                let least = usize::from(matches!(bound, Bound::AtLeast(_)));
                ends.at_least(whole(least));
                ends.at_most(whole(items.len()));
            }
            (StepKind::Consecutive { items, .. }, Source::Bound) => {
                ends.at_least(Number::one());
                ends.at_most(whole(items.len()));
            }
            _ => {}
        }
    }
    // a range has its lower end below its upper one
    for (at, expr) in basis.rules.exprs.iter().enumerate() {
        let ExprKind::Between { low, high, .. } = expr.kind else { continue };
        if question.crossing.contains(&ExprId::from_index(at)) {
            continue;
        }
        let line = |end| lines.constant(basis, reach, basis.plan.step_of(end)?);
        if let (Some(low), Some(high)) = (line(low), line(high)) {
            ends.not_below(&high.minus(&low), &Number::zero());
        }
    }
    Domain::between(ends.low, ends.high, reach.whole)
}

struct Ends {
    low: Option<Number>,
    high: Option<Number>,
}

impl Ends {
    fn at_least(&mut self, value: Number) {
        self.low = Some(self.low.take().map_or_else(|| value.clone(), |low| low.max(value.clone())));
    }

    fn at_most(&mut self, value: Number) {
        self.high = Some(self.high.take().map_or_else(|| value.clone(), |high| high.min(value.clone())));
    }

    fn not_below(&mut self, line: &Line, value: &Number) {
        if let Some(end) = line.reaches(value) {
            if line.rises() { self.at_least(end) } else { self.at_most(end) }
        }
    }

    fn not_above(&mut self, line: &Line, value: &Number) {
        if let Some(end) = line.reaches(value) {
            if line.rises() { self.at_most(end) } else { self.at_least(end) }
        }
    }
}
