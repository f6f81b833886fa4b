//! Conditions on one value: comparisons, ranges, lists, absence, and the verdicts of other criteria.

use std::sync::Arc;

use super::names::Entity;
use super::verdicts::dotted;
use super::{Checker, Context, Home};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceSpan};
use crate::model::expr::{CompareOp, ExprId, ExprKind, Grain, QuantifiedOver, Quantifier, ValueStatus};
use crate::model::{CriterionId, GroupId, ListId};
use crate::syntax::tree;
use crate::value::{Reasons, Type};

impl<'a> Checker<'a> {
    pub(super) fn comparison(
        &mut self,
        op: tree::CompareOp,
        left: &'a tree::Expr,
        right: &'a tree::Expr,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (left, right) = (self.expr(left, context), self.expr(right, context));
        let (left, right) = (left?, right?);
        let ty = self.common_type(left, right, at)?;
        let op = match op {
            tree::CompareOp::Less => CompareOp::Less,
            tree::CompareOp::AtMost => CompareOp::AtMost,
            tree::CompareOp::More => CompareOp::More,
            tree::CompareOp::AtLeast => CompareOp::AtLeast,
            tree::CompareOp::Equal => CompareOp::Equal,
            tree::CompareOp::NotEqual => CompareOp::NotEqual,
        };
        let ordered = !matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        if ordered && matches!(ty, Type::Text | Type::YesNo) {
            self.push(Diagnostic::at(kinds::NOT_A_NUMBER, at).with("type", Argument::Type(ty)));
            return None;
        }
        let grain = self.joint_grain(&[left, right]);
        if ty == Type::YesNo {
            return self.yes_no_equality(op, left, right, grain, at);
        }
        if ty == Type::Text {
            self.allowed_text(left, right);
            self.allowed_text(right, left);
        }
        let kind = |id: ExprId| self.exprs.get(id.index()).map(|expr| &expr.kind);
        if grain == Grain::Constant || kind(left) == kind(right) {
            self.push(Diagnostic::at(kinds::ALWAYS_SAME, at));
        }
        self.bare_ratio(left, &[right]);
        self.bare_ratio(right, &[left]);
        Some(self.add(ExprKind::Compare(op, left, right), Type::YesNo, grain, at))
    }

    /// `план = да` is the column itself, `план = нет` its negation.
    fn yes_no_equality(
        &mut self,
        op: CompareOp,
        left: ExprId,
        right: ExprId,
        grain: Grain,
        at: SourceSpan,
    ) -> Option<ExprId> {
        let literal = |checker: &Self, id: ExprId| match checker.exprs.get(id.index()).map(|e| &e.kind) {
            Some(ExprKind::YesNo(value)) => Some(*value),
            _ => None,
        };
        let (value, wanted) = match (literal(self, left), literal(self, right)) {
            (_, Some(wanted)) => (left, wanted),
            (Some(wanted), None) => (right, wanted),
            (None, None) => {
                self.push(Diagnostic::at(kinds::NOT_A_VALUE, at).with("type", Argument::Type(Type::YesNo)));
                return None;
            }
        };
        if wanted == (op == CompareOp::Equal) {
            // Kept as a node of its own so that the explanation shows the comparison as written.
            return Some(self.add(ExprKind::And(vec![value]), Type::YesNo, grain, at));
        }
        Some(self.add(ExprKind::Not(value), Type::YesNo, grain, at))
    }

    /// A text that a column may never hold is a misspelling.
    pub(super) fn allowed_text(&mut self, column: ExprId, text: ExprId) {
        let Some(ExprKind::Text(text_value)) = self.exprs.get(text.index()).map(|e| e.kind.clone()) else {
            return;
        };
        let mut inner = column;
        while let Some(ExprKind::Follow { inner: next, .. }) = self.exprs.get(inner.index()).map(|e| &e.kind) {
            inner = *next;
        }
        let Some(ExprKind::Column(table, id)) = self.exprs.get(inner.index()).map(|e| e.kind.clone()) else {
            return;
        };
        let Some(schema) = self.schema.column(table, id).cloned() else {
            return;
        };
        let normal = crate::name::normal_text(&text_value);
        if schema.allowed.is_empty() || schema.allowed.iter().any(|a| crate::name::normal_text(a) == normal) {
            return;
        }
        let span = self.span(text);
        let mut problem =
            self.unknown_text(kinds::VALUE_NOT_ALLOWED, span.source, &text_value, span.span, &schema.allowed);
        if let Some(fix) = &mut problem.fix {
            for (_, replacement) in &mut fix.edits {
                *replacement = format!("\"{}\"", replacement.replace('"', "\"\""));
            }
        }
        let allowed = schema.allowed.iter().map(ToString::to_string).collect();
        self.push(
            problem
                .text("column", schema.name.as_ref())
                .with("allowed", Argument::List(allowed))
                .related(Place::Text(schema.declared), "role-first-declared"),
        );
    }

    pub(super) fn between(
        &mut self,
        value: &'a tree::Expr,
        low: &'a tree::Expr,
        high: &'a tree::Expr,
        negated: bool,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (value, low, high) = (self.expr(value, context), self.expr(low, context), self.expr(high, context));
        let (value, low, high) = (value?, low?, high?);
        let (a, b) = (self.common_type(value, low, at)?, self.common_type(value, high, at)?);
        for ty in [a, b] {
            if matches!(ty, Type::Text | Type::YesNo) {
                self.push(Diagnostic::at(kinds::NOT_A_NUMBER, at).with("type", Argument::Type(ty)));
                return None;
            }
        }
        if let (Some(l), Some(h)) = (self.constant(low), self.constant(high))
            && h < l
        {
            self.push(Diagnostic::at(kinds::BAD_RANGE, at));
            return None;
        }
        self.bare_ratio(value, &[low, high]);
        let grain = self.joint_grain(&[value, low, high]);
        Some(self.add(ExprKind::Between { value, low, high, negated }, Type::YesNo, grain, at))
    }

    pub(super) fn one_of(
        &mut self,
        value: &'a tree::Expr,
        options: &'a [tree::Expr],
        negated: bool,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let value = self.expr(value, context)?;
        let mut checked = Vec::new();
        for option in options {
            let id = self.expr(option, context)?;
            self.common_type(value, id, SourceSpan::new(context.source, option.span))?;
            self.allowed_text(value, id);
            checked.push(id);
        }
        self.bare_ratio(value, &checked);
        // an option may be of the school where the value is one for all
        let grain = self.joint_grain(&[&[value], checked.as_slice()].concat());
        Some(self.add(ExprKind::OneOf { value, options: checked, negated }, Type::YesNo, grain, at))
    }

    pub(super) fn in_list(
        &mut self,
        value: &'a tree::Expr,
        list: &'a tree::Name,
        date: Option<&'a tree::Expr>,
        negated: bool,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let Some(Entity::List(position)) = self.names.list_names.get(&list.text).copied() else {
            let mut known: Vec<Arc<str>> = self.names.list_names.keys().cloned().collect();
            known.sort();
            self.unknown(kinds::UNKNOWN_LIST, context.source, list, &known);
            return None;
        };
        self.use_entity(Entity::List(position));
        let id = self.expr(value, context)?;
        if self.ty(id) != Type::Text {
            let ty = self.ty(id);
            let here = SourceSpan::new(context.source, value.span);
            self.push(
                Diagnostic::at(kinds::UNLIKE_TYPES, here)
                    .with("left", Argument::Type(ty))
                    .with("right", Argument::Type(Type::Text)),
            );
            return None;
        }
        let date = match date {
            None => {
                let from = self.header.in_force.0;
                self.push(Diagnostic::at(kinds::LIST_NO_DATE_ASKED, at).text("list", list.text.as_ref()));
                from
            }
            Some(expr) => match &expr.kind {
                tree::ExprKind::Date(date) => Some(*date),
                _ => {
                    self.report(kinds::NOT_CONSTANT, context.source, expr.span);
                    return None;
                }
            },
        };
        let grain = self.grain(id);
        let list = ListId::from_index(position);
        Some(self.add(ExprKind::InList { value: id, list, date, negated }, Type::YesNo, grain, at))
    }

    pub(super) fn status(
        &mut self,
        value: &'a tree::Expr,
        status: tree::ValueStatus,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let value = self.expr(value, context)?;
        let status = match status {
            tree::ValueStatus::Known => ValueStatus::Known,
            tree::ValueStatus::NotKnown => ValueStatus::NotKnown,
            tree::ValueStatus::Missing => ValueStatus::AbsentFor(Reasons::MISSING),
            tree::ValueStatus::NotApplicable => ValueStatus::AbsentFor(Reasons::NOT_APPLICABLE),
            tree::ValueStatus::Suppressed => ValueStatus::AbsentFor(Reasons::SUPPRESSED),
            tree::ValueStatus::Invalid => ValueStatus::AbsentFor(Reasons::INVALID),
        };
        let grain = self.grain(value);
        Some(self.add(ExprKind::Status { value, status }, Type::YesNo, grain, at))
    }

    pub(super) fn quantified(
        &mut self,
        quantified: &'a tree::Quantified,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (items, over) = self.quantified_items(&quantified.of, at, context)?;
        let available = items.len();
        if available == 0 {
            if !self.diagnostics.iter().any(|d| d.kind == kinds::NO_CRITERIA) {
                self.push(Diagnostic::at(kinds::NO_CRITERIA, at));
            }
            return None;
        }
        let bound = |checker: &mut Self, expr: &'a tree::Expr| -> Option<ExprId> {
            let (id, count) = checker.constant_count(expr, context)?;
            if usize::try_from(count).unwrap_or(usize::MAX) > available {
                let here = SourceSpan::new(context.source, expr.span);
                checker.push(
                    Diagnostic::at(kinds::TOO_MANY_REQUIRED, here)
                        .with("wanted", Argument::Count(i64::from(count)))
                        .count("available", available),
                );
                return None;
            }
            Some(id)
        };
        let quantifier = match &quantified.quantifier {
            tree::Quantifier::Any => Quantifier::Any,
            tree::Quantifier::All => Quantifier::All,
            tree::Quantifier::None => Quantifier::None,
            tree::Quantifier::AtLeast(count) => {
                let id = bound(self, count)?;
                if self.constant_count(count, context)?.1 == 0 {
                    let here = SourceSpan::new(context.source, count.span);
                    self.push(Diagnostic::at(kinds::NOTHING_REQUIRED, here));
                    return None;
                }
                Quantifier::AtLeast(id)
            }
            tree::Quantifier::AtMost(count) => Quantifier::AtMost(bound(self, count)?),
            tree::Quantifier::Exactly(count) => Quantifier::Exactly(bound(self, count)?),
        };
        let grain = self.joint_grain(&items);
        let applicable = quantified.applicable;
        Some(self.add(ExprKind::Quantified { quantifier, applicable, items, over }, Type::YesNo, grain, at))
    }

    /// A criterion named twice would be counted twice.
    pub(super) fn listed_once(&mut self, numbers: &[tree::Numbering], context: Context<'a>) -> Option<()> {
        let again = numbers.iter().enumerate().find_map(|(at, number)| {
            let before = numbers.iter().take(at).find(|before| dotted(before) == dotted(number))?;
            Some((number, before))
        });
        let Some((number, before)) = again else {
            return Some(());
        };
        let at = |number: &tree::Numbering| SourceSpan::new(context.source, number.span);
        let problem = Diagnostic::at(kinds::LISTED_TWICE, at(number)).text("number", dotted(number));
        self.push(problem.related(Place::Text(at(before)), "role-named-before"));
        None
    }

    fn quantified_items(
        &mut self,
        of: &'a tree::QuantifiedOver,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<(Vec<ExprId>, QuantifiedOver)> {
        if let tree::QuantifiedOver::ListedGroups(numbers) | tree::QuantifiedOver::ListedCriteria(numbers) = of {
            self.listed_once(numbers, context)?;
        }
        let criteria: Vec<CriterionId> = match of {
            tree::QuantifiedOver::Conditions(conditions) => {
                let checked: Vec<Option<ExprId>> = conditions.iter().map(|c| self.condition(c, context)).collect();
                return Some((checked.into_iter().collect::<Option<_>>()?, QuantifiedOver::Conditions));
            }
            tree::QuantifiedOver::Groups | tree::QuantifiedOver::ListedGroups(_) => {
                let groups: Vec<GroupId> = match (of, context.home) {
                    (tree::QuantifiedOver::ListedGroups(numbers), _) => {
                        let found: Vec<Option<GroupId>> =
                            numbers.iter().map(|n| self.group_by_number(n, context)).collect();
                        found.into_iter().collect::<Option<_>>()?
                    }
                    (_, Some(Home::Category(home))) => {
                        self.rules.categories.get(home).map(|c| c.groups.clone()).unwrap_or_default()
                    }
                    _ => {
                        self.push(Diagnostic::at(kinds::OUTSIDE_CATEGORY, at));
                        return None;
                    }
                };
                let items = groups.into_iter().map(|group| {
                    let grain = Grain::Row(self.subject);
                    self.add(ExprKind::Group(group), Type::YesNo, grain, at)
                });
                return Some((items.collect(), QuantifiedOver::Groups));
            }
            tree::QuantifiedOver::ListedCriteria(numbers) => {
                let found: Vec<Option<CriterionId>> =
                    numbers.iter().map(|n| self.criterion_by_number(n, context)).collect();
                found.into_iter().collect::<Option<_>>()?
            }
            tree::QuantifiedOver::Criteria => match context.home {
                Some(Home::Category(home)) => {
                    self.rules.categories.get(home).map(|c| c.criteria.clone()).unwrap_or_default()
                }
                Some(Home::Group(home)) => self.rules.groups.get(home).map(|g| g.criteria.clone()).unwrap_or_default(),
                None => {
                    self.push(Diagnostic::at(kinds::OUTSIDE_CATEGORY, at));
                    return None;
                }
            },
        };
        let mut items = Vec::new();
        for id in criteria {
            let grain = Grain::Row(self.subject);
            items.push(self.add(ExprKind::Criterion(id), Type::YesNo, grain, at));
        }
        Some((items, QuantifiedOver::Criteria))
    }
}
