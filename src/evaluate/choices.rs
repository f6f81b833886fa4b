//! Arithmetic of columns and choices between them.

use std::sync::Arc;

use super::frame::{Frame, Numbers, Texts, Truths, absence, add_absence, number_rows, one, truth_rows, unite};
use crate::data::dataset::{TextColumn, TextPool};
use crate::decision::{OpenCount, RowColumn, StepColumn, StepId};
use crate::model::expr::ArithmeticOp;
use crate::number::Number;
use crate::number::arithmetic::{self, Operand};
use crate::number::rounding::Rounding;
use crate::plan::Step;
use crate::value::{Reasons, Truth, Type, Value};

impl Frame<'_> {
    pub fn arithmetic(&self, op: ArithmeticOp, a: StepId, b: StepId, step: &Step) -> StepColumn {
        let (x, y) = (self.numbers(a), self.numbers(b));
        let rows = if x.is_one() && y.is_one() { 1 } else { self.rows(step) };
        let zero = Number::zero();
        let (p, q) = (x.operand(&zero), y.operand(&zero));
        let mut absent = unite(&[&x, &y], rows);
        let values = match op {
            ArithmeticOp::Add => arithmetic::add(p, q, rows),
            ArithmeticOp::Subtract => arithmetic::subtract(p, q, rows),
            ArithmeticOp::Multiply => arithmetic::multiply(p, q, rows),
            ArithmeticOp::Divide => {
                let (values, zeros) = arithmetic::divide(p, q, rows);
                if let Some(zeros) = zeros {
                    // A share of nothing is not applicable, unless an operand is not known at all.
                    let known = absent.clone();
                    absent = add_absence(absent, rows, |row| {
                        let zero = zeros.get(row).is_some_and(|z| *z == 1);
                        if zero && absence(&known, row).is_none() { Reasons::NOT_APPLICABLE } else { Reasons::NONE }
                    });
                }
                values
            }
        };
        if x.is_one() && y.is_one() {
            return one(values.get(0), absence(&absent, 0));
        }
        number_rows(values, absent)
    }

    fn one_operand(
        &self,
        value: StepId,
        step: &Step,
        f: impl Fn(Operand<'_>, usize) -> crate::number::column::NumberColumn,
    ) -> StepColumn {
        let x = self.numbers(value);
        let rows = if x.is_one() { 1 } else { self.rows(step) };
        let zero = Number::zero();
        let values = f(x.operand(&zero), rows);
        let absent = unite(&[&x], rows);
        if x.is_one() {
            return one(values.get(0), absence(&absent, 0));
        }
        number_rows(values, absent)
    }

    pub fn negate(&self, value: StepId, step: &Step) -> StepColumn {
        self.one_operand(value, step, arithmetic::negate)
    }

    pub fn absolute(&self, value: StepId, step: &Step) -> StepColumn {
        self.one_operand(value, step, arithmetic::absolute)
    }

    pub fn round(&self, value: StepId, to: StepId, rounding: Rounding, step: &Step) -> StepColumn {
        let multiple = self.constant(to).unwrap_or_else(Number::one);
        self.one_operand(value, step, |x, rows| arithmetic::round(x, &multiple, rounding, rows))
    }

    pub fn extreme(&self, largest: bool, of: &[StepId], step: &Step) -> StepColumn {
        let inputs: Vec<Numbers> = of.iter().map(|id| self.numbers(*id)).collect();
        let single = inputs.iter().all(Numbers::is_one);
        let rows = if single { 1 } else { self.rows(step) };
        let absent = unite(&inputs.iter().collect::<Vec<_>>(), rows);
        let zero = Number::zero();
        let operands: Vec<Operand<'_>> = inputs.iter().map(|n| n.operand(&zero)).collect();
        let mut choice = vec![0u32; rows];
        for (at, operand) in operands.iter().enumerate().skip(1) {
            let best = arithmetic::select(&operands, &choice);
            // 1 where this operand is beyond the best one so far
            let outcome = if largest { [0, 0, 1] } else { [1, 0, 0] };
            let beyond = crate::number::comparison::compare(*operand, Operand::Column(&best), rows, outcome);
            for (slot, beyond) in choice.iter_mut().zip(beyond) {
                if beyond == 1 {
                    *slot = u32::try_from(at).unwrap_or(0);
                }
            }
        }
        let values = arithmetic::select(&operands, &choice);
        if single {
            return one(values.get(0), absence(&absent, 0));
        }
        number_rows(values, absent)
    }

    /// The value of the first branch whose condition is true; an unknown condition before makes it unknown.
    pub fn choose(
        &self,
        id: StepId,
        branches: &[(StepId, StepId)],
        otherwise: Option<StepId>,
        step: &Step,
    ) -> StepColumn {
        let rows = self.rows(step);
        let conditions: Vec<Truths> = branches.iter().map(|(when, _)| self.truths(*when)).collect();
        let values: Vec<StepId> = branches.iter().map(|(_, value)| *value).chain(otherwise).collect();
        let mut choice = vec![u32::MAX; rows];
        let mut marks = vec![0u8; rows];
        for row in 0..rows {
            let mut chosen = otherwise.map(|_| branches.len());
            let mut reasons = Reasons::NONE;
            for (at, condition) in conditions.iter().enumerate() {
                let truth = condition.get(row);
                if truth.is_true() {
                    chosen = Some(at);
                    break;
                }
                if truth.is_unknown() {
                    reasons = truth.reasons();
                    break;
                }
            }
            let (slot, mark) = (choice.get_mut(row), marks.get_mut(row));
            if let (Some(slot), Some(mark)) = (slot, mark) {
                match chosen {
                    _ if !reasons.is_none() => *mark = reasons.0,
                    None => *mark = Reasons::NOT_APPLICABLE.0,
                    Some(at) => *slot = u32::try_from(at).unwrap_or(u32::MAX),
                }
            }
        }
        self.picked(id, &values, &choice, &marks, step)
    }

    pub fn absent_when(&self, id: StepId, value: StepId, when: StepId, reasons: Reasons, step: &Step) -> StepColumn {
        let rows = self.rows(step);
        let when = self.truths(when);
        let own = |row: usize| match self.value(value, row) {
            Value::Absent(reasons) => reasons,
            _ => Reasons::NONE,
        };
        let mut choice = vec![0u32; rows];
        let mut marks = vec![0u8; rows];
        for (row, (slot, mark)) in choice.iter_mut().zip(marks.iter_mut()).enumerate() {
            let truth = when.get(row);
            if !truth.is_false() {
                *slot = u32::MAX;
                *mark = if truth.is_true() { reasons.0 } else { truth.reasons().and(own(row)).0 };
            }
        }
        self.picked(id, &[value], &choice, &marks, step)
    }

    pub fn fallback(&self, id: StepId, first: StepId, second: StepId, step: &Step) -> StepColumn {
        let rows = self.rows(step);
        let choice: Vec<u32> = (0..rows)
            .map(|row| match self.column(first).map(|column| super::trace::read(column, row)) {
                Some(Value::Absent(reasons)) if reasons.contains(Reasons::SUPPRESSED) => 1,
                _ => 0,
            })
            .collect();
        self.picked(id, &[first, second], &choice, &vec![0; rows], step)
    }

    /// Row by row the value of the chosen column; `marks` where none is chosen.
    fn picked(&self, id: StepId, values: &[StepId], choice: &[u32], marks: &[u8], step: &Step) -> StepColumn {
        let chosen = |row: usize| choice.get(row).and_then(|c| usize::try_from(*c).ok());
        let open: Vec<_> = values.iter().map(|value| self.open(*value)).collect();
        if open.iter().any(Option::is_some) {
            let counts = |row: usize| chosen(row).and_then(|c| open.get(c)?.as_ref());
            let of = |row: usize| counts(row).map_or((0, Reasons::NONE), |counts| counts.at(row));
            self.leave_open(id, OpenCount::gathered(choice.len(), of));
        }
        match step.ty {
            Type::YesNo => {
                let inputs: Vec<Truths> = values.iter().map(|v| self.truths(*v)).collect();
                let pick = |row: usize| match chosen(row).and_then(|c| inputs.get(c)) {
                    Some(truths) => truths.get(row).0,
                    None => Truth::unknown(Reasons(marks.get(row).copied().unwrap_or(0))).0,
                };
                truth_rows((0..choice.len()).map(pick).collect())
            }
            Type::Text => {
                let inputs: Vec<Texts> = values.iter().map(|v| self.texts(*v)).collect();
                let mut pool = TextPool::default();
                let mut codes = Vec::with_capacity(choice.len());
                let mut absent = vec![0u8; choice.len()];
                for row in 0..choice.len() {
                    let (text, reasons) = match chosen(row).and_then(|c| inputs.get(c)) {
                        Some(Texts::Rows(column, marks)) => (column.get(row).to_string(), absence(marks, row)),
                        Some(Texts::One(text)) => (text.to_string(), Reasons::NONE),
                        Some(Texts::Absent(reasons)) => (String::new(), *reasons),
                        None => (String::new(), Reasons(marks.get(row).copied().unwrap_or(0))),
                    };
                    codes.push(pool.push(&text));
                    if let Some(mark) = absent.get_mut(row) {
                        *mark = reasons.0;
                    }
                }
                let values = TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) };
                StepColumn::Rows(RowColumn::Texts { values, absent: Some(Arc::new(absent)) })
            }
            Type::Number(_) | Type::Date => {
                let inputs: Vec<Numbers> = values.iter().map(|v| self.lowest(*v)).collect();
                let zero = Number::zero();
                let operands: Vec<Operand<'_>> = inputs.iter().map(|n| n.operand(&zero)).collect();
                let column = arithmetic::select(&operands, choice);
                let absent = add_absence(None, choice.len(), |row| match chosen(row).and_then(|c| inputs.get(c)) {
                    Some(input) => input.absence(row),
                    None => Reasons(marks.get(row).copied().unwrap_or(0)),
                });
                number_rows(column, absent)
            }
        }
    }

    /// The mean of the years that have a value.
    pub fn mean_of(&self, items: &[StepId], step: &Step) -> StepColumn {
        let rows = self.rows(step);
        let inputs: Vec<Numbers> = items.iter().map(|id| self.numbers(*id)).collect();
        let mut values = Vec::with_capacity(rows);
        let mut marks = vec![0u8; rows];
        for row in 0..rows {
            let known: Vec<Number> = inputs.iter().filter_map(|n| n.number(row)).collect();
            let sum = known.iter().fold(Number::zero(), |all, n| all.add(n));
            let count = Number::from_integer(i64::try_from(known.len()).unwrap_or(0));
            match sum.divide(&count) {
                Some(mean) => values.push(mean),
                None => {
                    values.push(Number::zero());
                    let reasons = inputs.iter().fold(Reasons::NONE, |all, n| all.and(n.absence(row)));
                    if let Some(mark) = marks.get_mut(row) {
                        *mark = if reasons.is_none() { Reasons::MISSING.0 } else { reasons.0 };
                    }
                }
            }
        }
        // a year that has a value, only not yet known which, cannot be left out
        let open: Vec<_> = items.iter().filter_map(|id| self.open(*id)).collect();
        let absent = add_absence(Some(Arc::new(marks)), rows, |row| {
            open.iter().fold(Reasons::NONE, |all, counts| all.and(counts.at(row).1))
        });
        number_rows(crate::number::column::NumberColumn::from_numbers(values), absent)
    }
}
