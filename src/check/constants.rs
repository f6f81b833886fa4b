//! Values that are known before any data: literals, parameters and arithmetic on them.

use super::{Checker, Context};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::model::expr::{self, ExprId};
use crate::number::Number;
use crate::syntax::tree;

impl<'a> Checker<'a> {
    /// The value of a constant expression; `None` when it depends on the data.
    pub(super) fn constant(&self, id: ExprId) -> Option<Number> {
        expr::constant(&self.exprs, id)
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

    /// Likewise, where only the number is kept.
    pub(super) fn folded_number(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<Number> {
        let (id, number) = self.constant_number(expr, context)?;
        self.folded.push(id);
        Some(number)
    }

    /// Likewise a whole number, where only that is kept.
    pub(super) fn folded_count(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<u32> {
        let (id, count) = self.constant_count(expr, context)?;
        self.folded.push(id);
        Some(count)
    }

    /// A constant that is a whole number, zero or more.
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
