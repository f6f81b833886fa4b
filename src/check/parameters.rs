//! Parameters: their values, ranges, keys, and what was set from outside.

use std::collections::HashSet;

use super::names::Entity;
use super::{Checker, Context, notes, title};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceId, SourceSpan};
use crate::model::Parameter;
use crate::model::expr::{ExprId, ExprKind};
use crate::number::Number;
use crate::syntax::tree;
use crate::value::Type;

impl<'a> Checker<'a> {
    pub(super) fn parameters(&mut self) {
        for (source, set) in &self.input.overrides {
            let known: Vec<_> = self.names.parameters.iter().map(|(_, p)| p.name.text.clone()).collect();
            if !known.contains(&set.name.text) {
                self.unknown(kinds::UNKNOWN_PARAMETER_SET, *source, &set.name, &known);
            }
        }
        for (position, (source, parameter)) in self.names.parameters.clone().into_iter().enumerate() {
            let at = SourceSpan::new(source, parameter.name.span);
            let value = self.definition(Entity::Parameter(position), at, None);
            let written = self.written_value(source, parameter, value);
            let value = value.unwrap_or(ExprId::from_index(usize::MAX));
            let allowed = self.allowed(source, parameter);
            self.rules.parameters.push(Parameter {
                name: parameter.name.text.clone(),
                title: title(&parameter.title),
                kind: self.ty(value),
                value,
                replaced: written,
                allowed,
                notes: notes(&parameter.notes),
                span: SourceSpan::new(source, parameter.span),
            });
        }
    }

    fn set_from_outside(&self, parameter: &tree::Parameter) -> Option<&'a (SourceId, tree::Parameter)> {
        self.input.overrides.iter().rev().find(|(_, set)| set.name.text == parameter.name.text)
    }

    /// The value in the file, when another one was set.
    fn written_value(
        &mut self,
        source: SourceId,
        parameter: &'a tree::Parameter,
        value: Option<ExprId>,
    ) -> Option<Number> {
        self.set_from_outside(parameter)?;
        let tree::ParameterValue::Single(written) = &parameter.value else {
            return None;
        };
        let context = Context { row: None, ..self.context(source) };
        let written = self.expr(written, context)?;
        self.constant(written).filter(|_| value.is_some())
    }

    pub(super) fn parameter_value(&mut self, position: usize) -> Option<ExprId> {
        let (source, parameter) = *self.names.parameters.get(position)?;
        let (source, parameter_value) = match self.set_from_outside(parameter) {
            Some((from, set)) => (*from, &set.value),
            None => (source, &parameter.value),
        };
        let context = Context { row: None, ..self.context(source) };
        let value = match parameter_value {
            tree::ParameterValue::Single(expr) => {
                let value = self.expr(expr, context)?;
                if self.constant(value).is_none() && matches!(self.ty(value), Type::Number(_)) {
                    self.report(kinds::NOT_CONSTANT, source, expr.span);
                    return None;
                }
                match self.written_instead(parameter, value) {
                    Some(written) => return Some(written),
                    None => value,
                }
            }
            tree::ParameterValue::Keyed { by, entries, otherwise } => {
                self.keyed(source, parameter, by, entries, otherwise.as_deref())?
            }
        };
        self.allowed_range(position, value);
        Some(value)
    }

    /// The value in the file, when the one that was set is of another unit: that one is reported, not what uses it.
    fn written_instead(&mut self, parameter: &'a tree::Parameter, set: ExprId) -> Option<ExprId> {
        self.set_from_outside(parameter)?;
        let source = self.names.parameters.iter().find(|(_, known)| std::ptr::eq(*known, parameter))?.0;
        let tree::ParameterValue::Single(written) = &parameter.value else { return None };
        let before = self.diagnostics.len();
        let context = Context { row: None, ..self.context(source) };
        let written = self.expr(written, context);
        // it is checked for its own sake elsewhere
        self.diagnostics.truncate(before);
        let written = written?;
        let at = self.span(set);
        self.common_type(set, written, at).is_none().then_some(written)
    }

    fn keyed(
        &mut self,
        source: SourceId,
        parameter: &'a tree::Parameter,
        by: &'a tree::Path,
        entries: &'a [(tree::Expr, tree::Expr)],
        otherwise: Option<&'a tree::Expr>,
    ) -> Option<ExprId> {
        let at = SourceSpan::new(source, parameter.name.span);
        let constant = Context { row: None, ..self.context(source) };
        let by = self.path(by, self.context(source))?;
        let mut seen = HashSet::new();
        let mut checked: Vec<(ExprId, ExprId)> = Vec::new();
        for (key, value) in entries {
            let here = SourceSpan::new(source, key.span);
            let (key_id, value_id) = (self.expr(key, constant)?, self.expr(value, constant)?);
            self.common_type(by, key_id, here)?;
            self.allowed_text(by, key_id);
            let text = match self.exprs.get(key_id.index()).map(|e| &e.kind) {
                Some(ExprKind::Text(text)) => crate::name::normal_text(text),
                _ => format!("{:?}", self.constant(key_id)),
            };
            if !seen.insert(text) {
                self.push(Diagnostic::at(kinds::DUPLICATE_KEY, here));
                return None;
            }
            if let Some((_, first)) = checked.first() {
                self.common_type(*first, value_id, self.span(value_id))?;
            }
            checked.push((key_id, value_id));
        }
        let otherwise = match otherwise {
            Some(value) => Some(self.expr(value, constant)?),
            None => None,
        };
        let (_, first) = *checked.first()?;
        let (ty, grain) = (self.ty(first), self.grain(by));
        Some(self.add(ExprKind::Keyed { by, entries: checked, otherwise }, ty, grain, at))
    }

    /// The range that is declared, which is checked elsewhere.
    fn allowed(&mut self, source: SourceId, parameter: &'a tree::Parameter) -> Option<(Number, Number)> {
        let (low, high, _) = parameter.allowed.as_ref()?;
        let before = self.diagnostics.len();
        let context = Context { row: None, ..self.context(source) };
        let ends = [low, high].map(|end| self.constant_number(end, context).map(|(_, number)| number));
        self.diagnostics.truncate(before);
        let [Some(low), Some(high)] = ends else { return None };
        Some((low, high))
    }

    fn allowed_range(&mut self, position: usize, value: ExprId) {
        let Some((source, parameter)) = self.names.parameters.get(position).copied() else {
            return;
        };
        let Some((low, high, span)) = &parameter.allowed else {
            return;
        };
        let context = Context { row: None, ..self.context(source) };
        let (Some((low_id, low)), Some((high_id, high))) =
            (self.constant_number(low, context), self.constant_number(high, context))
        else {
            return;
        };
        let range = SourceSpan::new(source, *span);
        if high < low {
            self.push(Diagnostic::at(kinds::BAD_RANGE, range));
            return;
        }
        let values: Vec<ExprId> = match self.exprs.get(value.index()).map(|e| e.kind.clone()) {
            Some(ExprKind::Keyed { entries, otherwise, .. }) => {
                entries.into_iter().map(|(_, v)| v).chain(otherwise).collect()
            }
            _ => vec![value],
        };
        for value in values {
            let at = self.span(value);
            if self.common_type(value, low_id, at).is_none() || self.common_type(value, high_id, at).is_none() {
                continue;
            }
            let Some(number) = self.constant(value) else {
                continue;
            };
            if number < low || number > high {
                let Type::Number(unit) = self.ty(low_id) else {
                    continue;
                };
                self.push(
                    Diagnostic::at(kinds::OUT_OF_RANGE, at)
                        .text("name", parameter.name.text.as_ref())
                        .with("value", Argument::Number(number))
                        .with("low", Argument::Number(low.clone()))
                        .with("high", Argument::Number(high.clone()))
                        .with("unit", Argument::Unit(unit))
                        .related(Place::Text(range), "role-range-declared"),
                );
            }
        }
    }
}
