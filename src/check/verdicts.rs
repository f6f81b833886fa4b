//! What the rules decide, as a part of other rules: whether a criterion is met, a school is in a category, how many criteria are
//! met.
//!
//! Numbers and names are known here before any rule is checked; who depends on whom is looked at afterwards.

use std::sync::Arc;

use super::{Checker, Context};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{SourceId, SourceSpan};
use crate::model::expr::{ExprId, ExprKind, Grain, VerdictStatus};
use crate::model::{CategoryId, CriterionId, GroupId, PopulationOrTable};
use crate::syntax::tree;
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn criterion_status(
        &mut self,
        number: &'a tree::Numbering,
        status: tree::CriterionStatus,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let id = self.criterion_by_number(number, context)?;
        let kind = match status {
            tree::CriterionStatus::Met => ExprKind::Criterion(id),
            tree::CriterionStatus::NotMet => ExprKind::CriterionStatus(id, VerdictStatus::NotMet),
            tree::CriterionStatus::Undetermined => ExprKind::CriterionStatus(id, VerdictStatus::Undetermined),
            tree::CriterionStatus::NotApplicable => ExprKind::CriterionStatus(id, VerdictStatus::NotApplicable),
        };
        self.of_school(kind, Type::YesNo, at, context)
    }

    /// `отнесена к ШНРО`
    pub(super) fn category_status(
        &mut self,
        name: &tree::Name,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let id = self.category_named(context.source, name)?;
        self.of_school(ExprKind::Category(id), Type::YesNo, at, context)
    }

    /// `число выполненных критериев категории ШНРО`
    pub(super) fn met_count(
        &mut self,
        of: &'a tree::MetCountOf,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (criteria, among) = match of {
            tree::MetCountOf::Category(name) => {
                let id = self.category_named(context.source, name)?;
                let criteria = self.rules.categories.get(id.index()).map(|c| c.criteria.clone()).unwrap_or_default();
                let (source, category) = *self.names.categories.get(id.index())?;
                let among = match &category.among {
                    Some(among) => self.population_or_table(among, self.context(source)),
                    None => None,
                };
                (criteria, among)
            }
            tree::MetCountOf::Listed(numbers) => {
                self.listed_once(numbers, context)?;
                let found: Vec<Option<CriterionId>> =
                    numbers.iter().map(|n| self.criterion_by_number(n, context)).collect();
                (found.into_iter().collect::<Option<_>>()?, None)
            }
        };
        if criteria.is_empty() {
            self.push(Diagnostic::at(kinds::NO_CRITERIA, at));
            return None;
        }
        let subject = Grain::Row(self.subject);
        let of = criteria.into_iter().map(|id| self.add(ExprKind::Criterion(id), Type::YesNo, subject, at)).collect();
        let judged = match among {
            Some(PopulationOrTable::Population(among)) => Some(self.membership(among)?),
            _ => None,
        };
        self.of_school(ExprKind::MetCount { of, judged }, Type::Number(Unit::Number), at, context)
    }

    /// Something known of a school, as seen from the row of the expression.
    fn of_school(&mut self, kind: ExprKind, ty: Type, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let Some(row) = context.row else {
            self.push(Diagnostic::at(kinds::NOT_CONSTANT, at));
            return None;
        };
        let subject = self.subject;
        let id = self.add(kind, ty, Grain::Row(subject), at);
        if row == subject {
            return Some(id);
        }
        match self.way(row, subject) {
            Some(way) => self.follow_way(row, &way, id, at),
            None => {
                self.no_way(row, subject, at);
                None
            }
        }
    }

    pub(super) fn category_named(&mut self, source: SourceId, name: &tree::Name) -> Option<CategoryId> {
        let names: Vec<Arc<str>> = self.rules.categories.iter().map(|category| category.name.clone()).collect();
        let found = names.iter().position(|known| *known == name.text);
        if found.is_none() {
            self.unknown(kinds::UNKNOWN_CATEGORY, source, name, &names);
        }
        found.map(CategoryId::from_index)
    }

    pub(super) fn criterion_by_number(
        &mut self,
        number: &tree::Numbering,
        context: Context<'a>,
    ) -> Option<CriterionId> {
        let text = dotted(number);
        if let Some(at) = self.rules.criteria.iter().position(|c| c.number.as_ref() == text) {
            return Some(CriterionId::from_index(at));
        }
        let known: Vec<Arc<str>> = self.rules.criteria.iter().map(|c| c.number.clone()).collect();
        let problem = self.unknown_text(kinds::UNKNOWN_CRITERION, context.source, &text, number.span, &known);
        self.push(by_number(problem, &known));
        None
    }

    pub(super) fn group_by_number(&mut self, number: &tree::Numbering, context: Context<'a>) -> Option<GroupId> {
        let text = dotted(number);
        if let Some(at) = self.rules.groups.iter().position(|g| g.number.as_ref() == text) {
            return Some(GroupId::from_index(at));
        }
        let known: Vec<Arc<str>> = self.rules.groups.iter().map(|g| g.number.clone()).collect();
        let problem = self.unknown_text(kinds::UNKNOWN_GROUP, context.source, &text, number.span, &known);
        self.push(by_number(problem, &known));
        None
    }
}

pub(super) fn dotted(number: &tree::Numbering) -> String {
    let parts: Vec<String> = number.parts.iter().map(ToString::to_string).collect();
    parts.join(".")
}

/// Numbers have no spelling to be near to: the first of those that exist are named, and nothing is replaced.
fn by_number(mut problem: Diagnostic, known: &[Arc<str>]) -> Diagnostic {
    problem.fix = None;
    problem.arguments.retain(|(name, _)| !matches!(*name, "near" | "near-count"));
    let shown: Vec<String> = known.iter().take(12).map(ToString::to_string).collect();
    problem.count("near-count", shown.len()).with("near", Argument::List(shown))
}
