//! What is written but has no effect, or says the same thing twice.

use std::collections::HashSet;

use super::Checker;
use super::names::Entity;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceSpan};
use crate::model::CategoryId;
use crate::model::expr::{ExprId, ExprKind};

impl Checker<'_> {
    pub(super) fn lints(&mut self) {
        self.unused();
        self.same_conditions();
    }

    /// Criteria and groups that no rule and no condition asks for; `criteria` and `groups` are the places of their numbers.
    /// Where something was not understood, it may be what asks.
    pub(super) fn without_effect(&mut self, criteria: &[SourceSpan], groups: &[SourceSpan]) {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return;
        }
        let mut asked = [HashSet::new(), HashSet::new()];
        for expr in &self.exprs {
            let [of_criteria, of_groups] = &mut asked;
            match &expr.kind {
                ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => of_criteria.insert(id.index()),
                ExprKind::Group(id) => of_groups.insert(id.index()),
                _ => false,
            };
        }
        let [of_criteria, of_groups] = &asked;
        let name = |id: CategoryId| self.rules.categories.get(id.index()).map_or("", |c| c.name.as_ref());
        let mut problems = Vec::new();
        for (position, (criterion, at)) in self.rules.criteria.iter().zip(criteria).enumerate() {
            if of_criteria.contains(&position) {
                continue;
            }
            let of_category = self.rules.categories.get(criterion.category.index());
            let counts_groups = criterion.group.is_none() && of_category.is_some_and(|c| !c.groups.is_empty());
            problems.push(
                Diagnostic::at(kinds::CRITERION_WITHOUT_EFFECT, *at)
                    .text("number", criterion.number.as_ref())
                    .text("category", name(criterion.category))
                    .text("place", if counts_groups { "beside-groups" } else { "other" }),
            );
        }
        for (position, (group, at)) in self.rules.groups.iter().zip(groups).enumerate() {
            if !of_groups.contains(&position) {
                problems.push(
                    Diagnostic::at(kinds::GROUP_WITHOUT_EFFECT, *at)
                        .text("number", group.number.as_ref())
                        .text("category", name(group.category)),
                );
            }
        }
        self.diagnostics.extend(problems);
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
