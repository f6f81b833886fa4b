//! Comparisons, lists and absence.

use jiff::civil::Date;

use super::frame::{Absent, Frame, Texts, absence, one_truth, truth_rows, unite};
use crate::decision::{StepColumn, StepId};
use crate::model::ListId;
use crate::model::expr::{CompareOp, ValueStatus};
use crate::name::normal_text;
use crate::number::Number;
use crate::number::comparison;
use crate::plan::Step;
use crate::value::{Reasons, Truth, Value};

/// Truth bytes for less, equal, greater.
fn outcome(op: CompareOp) -> [u8; 3] {
    match op {
        CompareOp::Less => [1, 0, 0],
        CompareOp::AtMost => [1, 1, 0],
        CompareOp::More => [0, 0, 1],
        CompareOp::AtLeast => [0, 1, 1],
        CompareOp::Equal => [0, 1, 0],
        CompareOp::NotEqual => [1, 0, 1],
    }
}

impl Frame<'_> {
    pub fn compare(&self, op: CompareOp, a: StepId, b: StepId, step: &Step) -> StepColumn {
        if self.is_text(a) || self.is_text(b) {
            return self.compare_texts(op, a, b, step);
        }
        let (x, y) = (self.lowest(a), self.lowest(b));
        let single = x.is_one() && y.is_one();
        let rows = if single { 1 } else { self.rows(step) };
        let zero = Number::zero();
        let mut truths = comparison::compare(x.operand(&zero), y.operand(&zero), rows, outcome(op));
        mark(&mut truths, &unite(&[&x, &y], rows));
        self.undecided_counts(op, a, b, &mut truths);
        if single {
            return one_truth(Truth(truths.first().copied().unwrap_or(0)));
        }
        truth_rows(truths)
    }

    /// A count with rows that could not be decided is known only between two bounds: the comparison is decided when
    /// both give the same answer.
    fn undecided_counts(&self, op: CompareOp, a: StepId, b: StepId, truths: &mut [u8]) {
        let open = [a, b].map(|id| self.open(id));
        let reasons = |row: usize| {
            open.iter().flatten().map(|count| count.at(row).1).fold(Reasons::NONE, |all, reasons| all.and(reasons))
        };
        // those that a value is absent for are unknown already, for all reasons
        for (row, truth) in truths.iter_mut().enumerate().filter(|(_, truth)| Truth(**truth).is_unknown()) {
            *truth = Truth::unknown(Truth(*truth).reasons().and(reasons(row))).0;
        }
        for (count, other, swapped) in [(a, b, false), (b, a, true)] {
            let Some(undecided) = self.open(count) else {
                continue;
            };
            let (low, other) = (self.lowest(count), self.lowest(other));
            for (row, truth) in truths.iter_mut().enumerate() {
                let (more, _) = undecided.at(row);
                if more == 0 || Truth(*truth).is_unknown() {
                    continue;
                }
                let (Some(low), Some(limit)) = (low.number(row), other.number(row)) else {
                    continue;
                };
                let possible = (0..=more).map(|n| {
                    let value = low.add(&Number::from_integer(i64::from(n)));
                    let order = if swapped { limit.cmp(&value) } else { value.cmp(&limit) };
                    let [less, equal, greater] = outcome(op);
                    match order {
                        std::cmp::Ordering::Less => less,
                        std::cmp::Ordering::Equal => equal,
                        std::cmp::Ordering::Greater => greater,
                    }
                });
                if possible.into_iter().any(|other| other != *truth) {
                    *truth = Truth::unknown(reasons(row)).0;
                }
            }
        }
    }

    fn compare_texts(&self, op: CompareOp, a: StepId, b: StepId, step: &Step) -> StepColumn {
        let (x, y) = (self.texts(a), self.texts(b));
        let wanted = op == CompareOp::Equal;
        let truth = |same: bool| u8::from(same == wanted);
        match (x, y) {
            (Texts::Rows(column, absent), Texts::One(text)) | (Texts::One(text), Texts::Rows(column, absent)) => {
                let normal = normal_text(&text);
                let by_code: Vec<u8> = texts_of(&column.pool).map(|t| truth(normal_text(t) == normal)).collect();
                let mut truths: Vec<u8> = column
                    .codes
                    .iter()
                    .map(|code| usize::try_from(*code).ok().and_then(|c| by_code.get(c)).copied().unwrap_or(0))
                    .collect();
                mark(&mut truths, &absent);
                truth_rows(truths)
            }
            (Texts::Rows(x, first), Texts::Rows(y, second)) => {
                let rows = self.rows(step);
                let mut truths: Vec<u8> =
                    (0..rows).map(|row| truth(normal_text(x.get(row)) == normal_text(y.get(row)))).collect();
                mark(&mut truths, &first);
                mark(&mut truths, &second);
                truth_rows(truths)
            }
            (Texts::One(x), Texts::One(y)) => one_truth(Truth(truth(normal_text(&x) == normal_text(&y)))),
            (Texts::Absent(a), Texts::Absent(b)) => one_truth(Truth::unknown(a.and(b))),
            (Texts::Absent(reasons), _) | (_, Texts::Absent(reasons)) => one_truth(Truth::unknown(reasons)),
        }
    }

    pub fn in_list(&self, value: StepId, list: ListId, date: Option<Date>, _step: &Step) -> StepColumn {
        let Some(list) = self.rules.lists.get(list.index()) else {
            return one_truth(Truth::unknown(Reasons::INVALID));
        };
        let listed = |text: &str| {
            let normal = normal_text(text);
            list.entries.iter().any(|e| e.normal.as_ref() == normal && in_force(e.from, e.to, date))
        };
        match self.texts(value) {
            Texts::Rows(column, absent) => {
                let by_code: Vec<u8> = texts_of(&column.pool).map(|t| u8::from(listed(t))).collect();
                let mut truths: Vec<u8> = column
                    .codes
                    .iter()
                    .map(|code| usize::try_from(*code).ok().and_then(|c| by_code.get(c)).copied().unwrap_or(0))
                    .collect();
                mark(&mut truths, &absent);
                truth_rows(truths)
            }
            Texts::One(text) => one_truth(Truth::from_bool(listed(&text))),
            Texts::Absent(reasons) => one_truth(Truth::unknown(reasons)),
        }
    }

    pub fn status(&self, value: StepId, status: ValueStatus, step: &Step) -> StepColumn {
        let rows = self.rows(step);
        let asked = |reasons: Reasons| match status {
            ValueStatus::Known => reasons.is_none(),
            ValueStatus::NotKnown => !reasons.is_none(),
            ValueStatus::AbsentFor(wanted) => reasons.contains(wanted),
        };
        let reasons = |row: usize| match self.value(value, row) {
            Value::Absent(reasons) => reasons,
            _ => Reasons::NONE,
        };
        let fast: Option<Absent> = match self.column(value) {
            _ if self.open(value).is_some() => None,
            Some(StepColumn::Rows(crate::decision::RowColumn::Numbers { absent, .. })) => Some(absent.clone()),
            Some(StepColumn::Rows(crate::decision::RowColumn::Texts { absent, .. })) => Some(absent.clone()),
            _ => None,
        };
        match fast {
            Some(absent) => truth_rows((0..rows).map(|row| u8::from(asked(absence(&absent, row)))).collect()),
            None => truth_rows((0..rows).map(|row| u8::from(asked(reasons(row)))).collect()),
        }
    }
}

/// Whether a list entry is in force on a date; no date: at any time.
pub(crate) fn in_force(from: Option<Date>, to: Option<Date>, date: Option<Date>) -> bool {
    let Some(date) = date else {
        return true;
    };
    from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to)
}

fn texts_of(pool: &crate::data::dataset::TextPool) -> impl Iterator<Item = &str> {
    (0..pool.len()).map(|code| u32::try_from(code).map_or("", |code| pool.get(code)))
}

/// Makes truths unknown where the operands are absent.
fn mark(truths: &mut [u8], absent: &Absent) {
    if let Some(absent) = absent {
        for (truth, reasons) in truths.iter_mut().zip(absent.iter()) {
            if *reasons != 0 {
                let before = Truth(*truth).reasons();
                *truth = Truth::unknown(before.and(Reasons(*reasons))).0;
            }
        }
    }
}
