//! How deep expressions stand in each other, definitions unfolded: what descends into them later needs a stack for it.

use std::collections::HashMap;

use super::names::Entity;
use super::{Checker, Context};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::model::expr::ExprId;
use crate::syntax::tree;

/// More than the longest block that is read; the stack of the deep stages is measured by it.
const MAX_NESTING: usize = 1_200;

/// The way down to the expression being checked, and the deepest one below it so far.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    height: usize,
    of_definitions: HashMap<Entity, usize>,
    told: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn expr(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<ExprId> {
        let at = SourceSpan::new(context.source, expr.span);
        if self.nesting.depth >= MAX_NESTING {
            return self.nested_too_deep(at);
        }
        let outer = std::mem::replace(&mut self.nesting.height, 0);
        self.nesting.depth += 1;
        let checked = self.expr_of(expr, at, context);
        self.nesting.depth -= 1;
        let height = self.nesting.height + 1;
        self.nesting.height = outer.max(height);
        if height > MAX_NESTING { self.nested_too_deep(at) } else { checked }
    }

    /// Told once: whatever stands around is too deep as well.
    fn nested_too_deep(&mut self, at: SourceSpan) -> Option<ExprId> {
        if !std::mem::replace(&mut self.nesting.told, true) {
            let problem = Diagnostic::at(kinds::TOO_DEEP, at).text("what", "nesting");
            self.push(problem.count("limit", MAX_NESTING));
        }
        None
    }

    /// Works out a definition and remembers how deep it is.
    pub(super) fn nested_definition(
        &mut self,
        entity: Entity,
        define: impl FnOnce(&mut Self) -> Option<ExprId>,
    ) -> Option<ExprId> {
        let outer = std::mem::replace(&mut self.nesting.height, 0);
        let value = define(self);
        self.nesting.of_definitions.insert(entity, self.nesting.height);
        self.nesting.height = outer.max(self.nesting.height);
        value
    }

    /// A definition that is worked out already stands here too.
    pub(super) fn nested_again(&mut self, entity: Entity) {
        let height = self.nesting.of_definitions.get(&entity).copied().unwrap_or(0);
        self.nesting.height = self.nesting.height.max(height);
    }
}
