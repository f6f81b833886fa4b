//! Functions in scripts: called once for each different set of arguments.

use std::collections::HashMap;
use std::sync::Arc;

use super::frame::{Frame, Numbers, number_rows};
use crate::decision::{StepColumn, StepId};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::evaluate as kinds;
use crate::location::Place;
use crate::model::FunctionId;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::plan::Step;
use crate::value::{Reasons, Type};

impl Frame<'_> {
    /// A call that fails makes the value invalid; one problem tells how many rows and the first reason.
    pub fn call(&self, function: FunctionId, arguments: &[StepId], step: &Step) -> StepColumn {
        let Some(function) = self.rules.functions.get(function.index()) else {
            return super::frame::one(None, Reasons::INVALID);
        };
        let inputs: Vec<Numbers> = arguments.iter().map(|a| self.numbers(*a)).collect();
        let rows = self.rows(step);
        // Percentages go in and come back as people write them: 40 % is 40.
        let factor = |ty: &Type| match ty {
            Type::Number(unit) => Number::from_integer(unit.shown_factor()),
            _ => Number::one(),
        };
        let written: Vec<Number> = function.arguments.iter().map(|(_, ty)| factor(ty)).collect();
        let of_result = factor(&function.result);
        let mut known: HashMap<Vec<Number>, Option<Number>> = HashMap::new();
        let (mut failed, mut first) = (0usize, None);
        let mut values = Vec::with_capacity(rows);
        let mut marks = vec![0u8; rows];
        for row in 0..rows {
            let reasons = inputs.iter().fold(Reasons::NONE, |all, n| all.and(n.absence(row)));
            let given = inputs.iter().zip(&written).map(|(n, factor)| Some(n.number(row)?.multiply(factor)));
            let given: Option<Vec<Number>> = given.collect();
            let (value, reasons) = match given.filter(|_| reasons.is_none()) {
                None => (None, reasons),
                Some(given) => {
                    let result = known.entry(given).or_insert_with_key(|given| match function.script.call(given) {
                        Ok(number) => Some(number),
                        Err(problem) => {
                            first.get_or_insert(problem);
                            None
                        }
                    });
                    failed += usize::from(result.is_none());
                    (result.clone(), Reasons::INVALID)
                }
            };
            if value.is_none()
                && let Some(mark) = marks.get_mut(row)
            {
                *mark = reasons.0;
            }
            values.push(value.and_then(|v| v.divide(&of_result)).unwrap_or_else(Number::zero));
        }
        if let Some(problem) = first
            && let Ok(mut problems) = self.shared.problems.lock()
        {
            problems.push(
                problem.tell(
                    Diagnostic::new(kinds::SCRIPT_FAILED, Place::Text(function.span))
                        .text("name", function.name.as_ref())
                        .count("count", failed),
                ),
            );
        }
        number_rows(NumberColumn::from_numbers(values), Some(Arc::new(marks)))
    }
}
