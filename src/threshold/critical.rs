//! The values at which a source changes, row by row.

use std::cmp::Ordering;

use super::reach::{Class, Reach, Source, quota};
use super::{Basis, Mark, Side};
use crate::decision::{Run, StepColumn, StepId};
use crate::evaluate::again::{Change, again};
use crate::evaluate::trace::{self, Entry};
use crate::model::expr::{CompareOp, ExprKind, Grain};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::plan::{CutStep, StepKind};
use crate::value::Value;

/// The linear steps: what they come to at 0 and at 1 settles them.
pub(super) struct Lines {
    zero: Run,
    one: Run,
}

/// `at + slope · t`
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub at: Number,
    pub slope: Number,
}

impl Line {
    pub fn free(at: Number) -> Line {
        Line { at, slope: Number::zero() }
    }

    pub fn minus(&self, other: &Line) -> Line {
        Line { at: self.at.subtract(&other.at), slope: self.slope.subtract(&other.slope) }
    }

    /// Where the line reaches a value; `None`: nowhere, or everywhere.
    pub fn reaches(&self, value: &Number) -> Option<Number> {
        value.subtract(&self.at).divide(&self.slope)
    }

    pub fn rises(&self) -> bool {
        !self.slope.is_negative() && !self.slope.is_zero()
    }
}

impl Lines {
    pub fn of(basis: &Basis<'_>, number: StepId, reach: &Reach) -> Lines {
        let linear = |id: &StepId| reach.class(*id) == Class::Linear;
        let mut wanted: Vec<StepId> = Vec::new();
        for (id, _) in &reach.sources {
            wanted.extend(basis.plan.step(*id).into_iter().flat_map(|step| step.kind.inputs()));
        }
        for expr in &basis.rules.exprs {
            if let ExprKind::Between { low, high, .. } = expr.kind {
                wanted.extend([low, high].into_iter().filter_map(|end| basis.plan.step_of(end)));
            }
        }
        wanted.retain(linear);
        let at = |value: Number| {
            let given = (number, StepColumn::Constant(Value::Number(value)));
            let change = Change { columns: Vec::new(), steps: vec![given] };
            let wanted = if wanted.is_empty() { vec![number] } else { wanted.clone() };
            again(basis.rules, basis.plan, basis.data, basis.run, &change, &wanted)
        };
        Lines { zero: at(Number::zero()), one: at(Number::one()) }
    }

    /// A step that is free or linear, at one row; `None`: it has no value there.
    pub fn line(&self, basis: &Basis<'_>, reach: &Reach, id: StepId, row: usize) -> Option<Line> {
        let number = |run: &Run| match run.columns.get(id.index()).map(|column| trace::read(column, row)) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        match reach.class(id) {
            Class::Free => number(basis.run).map(Line::free),
            Class::Linear => {
                let at = number(&self.zero)?;
                Some(Line { slope: number(&self.one)?.subtract(&at), at })
            }
            _ => None,
        }
    }

    /// A step that is one value for all rows.
    pub fn constant(&self, basis: &Basis<'_>, reach: &Reach, id: StepId) -> Option<Line> {
        if self.is_one(id) { self.line(basis, reach, id, 0) } else { None }
    }

    fn is_one(&self, id: StepId) -> bool {
        self.zero.columns.get(id.index()).is_some_and(|column| matches!(column, StepColumn::Constant(_)))
    }
}

/// A comparison, ready to be asked for its marks.
pub(super) struct Comparison<'a> {
    basis: &'a Basis<'a>,
    reach: &'a Reach,
    lines: &'a Lines,
    op: CompareOp,
    sides: [StepId; 2],
    /// The sides that are the same for all rows.
    same: [Option<Line>; 2],
}

impl<'a> Comparison<'a> {
    pub fn new(basis: &'a Basis<'a>, reach: &'a Reach, lines: &'a Lines, id: StepId) -> Option<Comparison<'a>> {
        let StepKind::Compare(op, a, b) = &basis.plan.step(id)?.kind else { return None };
        let same = [*a, *b].map(|id| lines.constant(basis, reach, id));
        Some(Comparison { basis, reach, lines, op: *op, sides: [*a, *b], same })
    }

    /// Adds the marks of a row. The difference of the sides is linear, so the comparison changes at its root alone; a side
    /// that is a count with open rows is each of the counts that it may be.
    pub fn marks(&self, row: usize, into: &mut Vec<Mark>) {
        let [a, b] = self.sides;
        let [same_a, same_b] = &self.same;
        let side = |same: &Option<Line>, id| same.clone().or_else(|| self.lines.line(self.basis, self.reach, id, row));
        let (Some(first), Some(second)) = (side(same_a, a), side(same_b, b)) else { return };
        let difference = first.minus(&second);
        let zero = Number::zero();
        let open = |id: StepId| self.basis.run.open.get(&id).map_or(0, |count| count.at(row).0);
        let (more, less) = (open(a), open(b));
        let Some(root) = difference.reaches(&zero) else { return };
        if more == 0 && less == 0 {
            let [before, at, after] = self.truths(difference.rises());
            into.extend((before != at).then(|| Mark::at(root.clone())));
            into.extend((at != after).then(|| Mark::after(root)));
            return;
        }
        // a + n = b and a = b + m, for every count that either side may be
        let counts = (0..=i64::from(more)).chain((1..=i64::from(less)).map(|m| -m));
        for root in counts.filter_map(|n| difference.reaches(&Number::from_integer(-n))) {
            into.extend([Mark::at(root.clone()), Mark::after(root)]);
        }
    }

    /// Before, at and after the root.
    fn truths(&self, rises: bool) -> [bool; 3] {
        let [less, equal, greater] =
            [Ordering::Less, Ordering::Equal, Ordering::Greater].map(|order| self.op.holds(order));
        if rises { [less, equal, greater] } else { [greater, equal, less] }
    }
}

/// Where each row of a selection changes.
pub(super) struct Quotas {
    /// Per row; `None`: nowhere.
    pub marks: Vec<Option<Mark>>,
    /// The rows are in from their mark on, not up to it.
    pub rises: bool,
}

impl Quotas {
    pub fn of(basis: &Basis<'_>, reach: &Reach, lines: &Lines, id: StepId) -> Option<Quotas> {
        let StepKind::Cut(cut) = &basis.plan.step(id)?.kind else { return None };
        let entries = trace::entries(basis.rules, basis.plan, basis.data, basis.run, id)?;
        let (step, share) = quota(cut);
        let line = lines.line(basis, reach, step, 0)?;
        let mark = |entry: &Option<Entry>| entry.as_ref().and_then(|entry| mark(cut, &line, share, entry));
        // the values of many rows are few
        let mut known: std::collections::HashMap<(usize, usize), Option<Mark>> = std::collections::HashMap::new();
        let marks = entries.iter().map(|entry| {
            let key = entry.as_ref().map(|entry| (entry.least, entry.base))?;
            known.entry(key).or_insert_with(|| mark(entry)).clone()
        });
        Some(Quotas { marks: marks.collect(), rises: line.rises() })
    }

    /// Whether a row is in at a value.
    pub fn selects(&self, row: usize, value: &Number) -> bool {
        let Some(Some(mark)) = self.marks.get(row) else { return false };
        let reached = match mark.value.cmp(value) {
            Ordering::Less => true,
            Ordering::Equal => mark.side == Side::At,
            Ordering::Greater => false,
        };
        reached == self.rises
    }
}

/// The quota is `q = line · base` (of a count: `q = line`) rounded; the row is in from the least quota `k` on:
/// upwards `⌈q⌉ ≥ k` is `q > k − 1`; downwards `⌊q⌋ ≥ k` is `q ≥ k`; half up `q ≥ k − ½`; half to even the same where `k` is
/// even, since a half goes to the even neighbour, and `q > k − ½` where it is odd.
fn mark(cut: &CutStep, line: &Line, share: bool, entry: &Entry) -> Option<Mark> {
    let number = |n: usize| i64::try_from(n).ok().map(Number::from_integer);
    let least = number(entry.least)?;
    let half = Number::ratio(1, 2)?;
    let (bound, itself) = match cut.rounding {
        Rounding::Up => (least.subtract(&Number::one()), false),
        Rounding::Down => (least, true),
        Rounding::HalfUp => (least.subtract(&half), true),
        Rounding::HalfEven => (least.subtract(&half), entry.least.is_multiple_of(2)),
    };
    let bound = if share { bound.divide(&number(entry.base)?)? } else { bound };
    let value = line.reaches(&bound)?;
    // where the quota falls as the number rises, the row is in up to the value
    let side = if itself == line.rises() { Side::At } else { Side::After };
    Some(Mark { value, side })
}

/// Every value at which any source of what is asked for changes.
pub(super) fn all(basis: &Basis<'_>, reach: &Reach, lines: &Lines) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (id, source) in reach.needed_sources() {
        match source {
            Source::Comparison => {
                if let Some(comparison) = Comparison::new(basis, reach, lines, id) {
                    (0..rows(basis, id)).for_each(|row| comparison.marks(row, &mut marks));
                }
            }
            Source::Quota => {
                let quotas = Quotas::of(basis, reach, lines, id);
                marks.extend(quotas.into_iter().flat_map(|quotas| quotas.marks).flatten());
            }
            Source::Bound => marks.extend(bounds(basis, id)),
        }
    }
    marks
}

fn rows(basis: &Basis<'_>, id: StepId) -> usize {
    match basis.plan.step(id).map(|step| step.grain) {
        Some(Grain::Row(table)) => basis.data.table(table).map_or(0, |table| table.rows),
        _ => 1,
    }
}

/// A bound is compared with numbers of conditions: any whole number from 0 to one more than there are.
pub(super) fn bounds(basis: &Basis<'_>, id: StepId) -> Vec<Mark> {
    let count = match basis.plan.step(id).map(|step| &step.kind) {
        Some(StepKind::Quantified { items, .. } | StepKind::Consecutive { items, .. }) => items.len(),
        _ => return Vec::new(),
    };
    (0..=count.saturating_add(1))
        .filter_map(|n| i64::try_from(n).ok())
        .map(|n| Mark::at(Number::from_integer(n)))
        .collect()
}
