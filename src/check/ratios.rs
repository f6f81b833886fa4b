//! A ratio held against a plain number: 60 means 6000 %, and the one who wrote it may have meant 60 %.

use super::Checker;
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic, Fix};
use crate::location::{SourceSpan, Span};
use crate::model::expr::{ArithmeticOp, ExprId, ExprKind};
use crate::number::Number;
use crate::value::{Type, Unit};

/// The most branches of a parameter that are looked at.
const MAX_CASES: usize = 100;

impl Checker<'_> {
    /// Warns when `value` is a ratio and some of the bounds it is held against are numbers without a unit.
    pub(super) fn bare_ratio(&mut self, value: ExprId, bounds: &[ExprId]) {
        if !self.is_ratio(value) {
            return;
        }
        let bare: Vec<(ExprId, Vec<Number>)> = bounds
            .iter()
            .filter(|bound| self.ty(**bound) == Type::Number(Unit::Number))
            .map(|bound| (*bound, self.written_numbers(*bound)))
            .collect();
        let doubtful = |number: &&Number| !number.is_zero() && number.absolute() != Number::one();
        let found = bare.iter().find_map(|(id, numbers)| Some((*id, numbers.iter().find(doubtful)?.clone())));
        let Some((id, number)) = found else {
            return;
        };
        let large = |number: &Number| number.absolute() > Number::one();
        let parameter = self.parameter_name(id);
        let what = match (large(&number), &parameter) {
            (true, None) => "large",
            (true, Some(_)) => "large-parameter",
            (false, None) => "small",
            (false, Some(_)) => "small-parameter",
        };
        let hundred = Number::from_integer(100);
        let mut problem = Diagnostic::at(kinds::BARE_RATIO, self.span(id))
            .text("what", what)
            .text("name", parameter.unwrap_or_default())
            .with("percent", Argument::Number(number.multiply(&hundred)))
            .with("number", Argument::Number(number));
        // a range may begin with a small number: the largest tells what all of them are
        if bare.iter().flat_map(|(_, numbers)| numbers).any(large) {
            let mut edits = Vec::new();
            for (bound, numbers) in &bare {
                let literal = self.exprs.get(bound.index()).is_some_and(|e| matches!(e.kind, ExprKind::Number(_)));
                if numbers.iter().all(Number::is_zero) {
                    continue;
                }
                if !literal {
                    edits.clear();
                    break;
                }
                let at = self.span(*bound);
                let end = Span::new(at.span.end, at.span.end);
                edits.push((SourceSpan::new(at.source, end), " %".to_owned()));
            }
            problem.fix = (!edits.is_empty()).then_some(Fix { edits });
        }
        self.push(problem);
    }

    /// Whether like things are divided somewhere in a value. A sum of plain numbers divided by 3 is a mean, no ratio.
    fn is_ratio(&self, value: ExprId) -> bool {
        let ratio = |id: &ExprId| self.ty(*id) == Type::Number(Unit::Ratio) && self.constant(*id).is_none();
        let mut open = vec![value];
        while let Some(id) = open.pop() {
            if !ratio(&id) {
                continue;
            }
            match self.exprs.get(id.index()).map(|e| &e.kind) {
                Some(ExprKind::Indicator(_, inner) | ExprKind::Negate(inner)) => open.push(*inner),
                Some(ExprKind::Arithmetic(ArithmeticOp::Divide, a, b)) if self.constant(*b).is_some() => open.push(*a),
                Some(ExprKind::Arithmetic(ArithmeticOp::Divide, ..)) => return true,
                Some(ExprKind::Arithmetic(_, a, b)) => open.extend([*a, *b]),
                _ => return true,
            }
        }
        false
    }

    fn parameter_name(&self, id: ExprId) -> Option<String> {
        match self.exprs.get(id.index()).map(|e| &e.kind) {
            Some(ExprKind::Parameter(parameter, _)) => {
                let (_, declared) = self.names.parameters.get(parameter.index())?;
                Some(declared.name.text.to_string())
            }
            _ => None,
        }
    }

    /// The numbers that an expression may be, when they are all known before the data.
    fn written_numbers(&self, id: ExprId) -> Vec<Number> {
        if let Some(number) = self.constant(id) {
            return vec![number];
        }
        let value = match self.exprs.get(id.index()).map(|e| &e.kind) {
            Some(ExprKind::Parameter(_, value)) => *value,
            _ => return Vec::new(),
        };
        match self.exprs.get(value.index()).map(|e| &e.kind) {
            Some(ExprKind::Keyed { entries, otherwise, .. }) => {
                let values = entries.iter().map(|(_, value)| *value).chain(*otherwise);
                values.take(MAX_CASES).filter_map(|value| self.constant(value)).collect()
            }
            _ => Vec::new(),
        }
    }
}
