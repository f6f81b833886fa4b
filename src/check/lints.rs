//! What is written but has no effect, or says the same thing twice.

use super::Checker;
use super::names::Entity;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::Place;
use crate::model::expr::{ExprId, ExprKind};

impl Checker<'_> {
    pub(super) fn lints(&mut self) {
        self.unused();
        self.same_conditions();
    }

    fn unused(&mut self) {
        let all = (0..self.names.parameters.len())
            .map(Entity::Parameter)
            .chain((0..self.names.lists.len()).map(Entity::List))
            .chain((0..self.names.functions.len()).map(Entity::Function))
            .chain((0..self.names.combinations.len()).map(Entity::Combination));
        for entity in all.collect::<Vec<_>>() {
            if self.used.contains(&entity) {
                continue;
            }
            if let Some((name, at)) = self.names.declared(entity) {
                self.push(Diagnostic::at(kinds::UNUSED, at).text("name", name.as_ref()));
            }
        }
    }

    /// Two criteria with one and the same condition count the same fact twice.
    fn same_conditions(&mut self) {
        let mut problems = Vec::new();
        for (at, criterion) in self.rules.criteria.iter().enumerate() {
            let same = self.rules.criteria.iter().take(at).find(|other| {
                other.category == criterion.category && self.same(other.condition, criterion.condition, 0)
            });
            if let Some(other) = same {
                problems.push(
                    Diagnostic::at(kinds::SAME_CONDITION, self.span(criterion.condition))
                        .text("number", criterion.number.as_ref())
                        .text("other", other.number.as_ref())
                        .related(Place::Text(self.span(other.condition)), "role-same-condition"),
                );
            }
        }
        self.diagnostics.extend(problems);
    }

    /// Whether two expressions say the same, as far as simple conditions go.
    fn same(&self, a: ExprId, b: ExprId, depth: usize) -> bool {
        if a == b && a.index() < self.exprs.len() {
            return true;
        }
        let (Some(x), Some(y)) = (self.exprs.get(a.index()), self.exprs.get(b.index())) else {
            return false;
        };
        if depth > 30 {
            return false;
        }
        match (&x.kind, &y.kind) {
            (ExprKind::Compare(p, a, b), ExprKind::Compare(q, c, d)) => {
                p == q && self.same(*a, *c, depth + 1) && self.same(*b, *d, depth + 1)
            }
            (ExprKind::Indicator(a, _), ExprKind::Indicator(b, _)) => a == b,
            (ExprKind::Index(a, _), ExprKind::Index(b, _)) => a == b,
            (ExprKind::Parameter(a, _), ExprKind::Parameter(b, _)) => a == b,
            (ExprKind::InCut(a), ExprKind::InCut(b)) => {
                self.same(a.value, b.value, depth + 1)
                    && a.highest == b.highest
                    && a.among == b.among
                    && a.within.len() == b.within.len()
                    && a.rounding == b.rounding
                    && a.ties == b.ties
                    && match (&a.quota, &b.quota) {
                        (crate::model::expr::Quota::Share(x), crate::model::expr::Quota::Share(y))
                        | (crate::model::expr::Quota::Count(x), crate::model::expr::Quota::Count(y)) => {
                            self.constant(*x) == self.constant(*y)
                        }
                        _ => false,
                    }
            }
            (
                ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Column(..) | ExprKind::Date(_),
                ExprKind::Number(_) | ExprKind::Text(_) | ExprKind::Column(..) | ExprKind::Date(_),
            ) => x.kind == y.kind,
            _ => false,
        }
    }
}
