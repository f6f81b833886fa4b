//! Values that are known before any data: literals, parameters and arithmetic on them.

use super::{Checker, Context};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::model::expr::{ArithmeticOp, ExprId, ExprKind};
use crate::number::Number;
use crate::syntax::tree;

impl<'a> Checker<'a> {
    /// The value of a constant expression; `None` when it depends on the data.
    pub(super) fn constant(&self, id: ExprId) -> Option<Number> {
        match &self.exprs.get(id.index())?.kind {
            ExprKind::Number(number) => Some(number.clone()),
            ExprKind::Parameter(_, value) => self.constant(*value),
            ExprKind::Negate(value) => Some(self.constant(*value)?.negate()),
            ExprKind::Arithmetic(op, a, b) => {
                let (a, b) = (self.constant(*a)?, self.constant(*b)?);
                match op {
                    ArithmeticOp::Add => Some(a.add(&b)),
                    ArithmeticOp::Subtract => Some(a.subtract(&b)),
                    ArithmeticOp::Multiply => Some(a.multiply(&b)),
                    ArithmeticOp::Divide => a.divide(&b),
                }
            }
            _ => None,
        }
    }

    /// Checks an expression that must be a constant number. Reports and gives `None` when it is not.
    pub(super) fn constant_number(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<(ExprId, Number)> {
        let id = self.number(expr, context)?;
        match self.constant(id) {
            Some(number) => Some((id, number)),
            None => {
                let at = SourceSpan::new(context.source, expr.span);
                self.push(Diagnostic::at(kinds::NOT_CONSTANT, at));
                None
            }
        }
    }

    /// Likewise a whole number, zero or more.
    pub(super) fn constant_count(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<(ExprId, u32)> {
        let (id, number) = self.constant_number(expr, context)?;
        match number.to_integer().and_then(|n| u32::try_from(n).ok()) {
            Some(count) => Some((id, count)),
            None => {
                let at = SourceSpan::new(context.source, expr.span);
                self.push(Diagnostic::at(kinds::NOT_CONSTANT, at));
                None
            }
        }
    }
}
