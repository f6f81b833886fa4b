//! Expressions: values and conditions, with types and units settled on the way up.

use super::{Checker, Context, units};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceSpan};
use crate::model::expr::{self, ArithmeticOp, ExprId, ExprKind, Grain};
use crate::number::Number;
use crate::syntax::tree::{self, ExprKind as T};
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    /// Any expression. `None` when something in it was reported.
    pub(super) fn expr_of(&mut self, expr: &'a tree::Expr, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        match &expr.kind {
            T::Number(number, word) => Some(self.literal(number, word.as_ref(), at)),
            T::Text(text) => Some(self.add(ExprKind::Text(text.text.clone()), Type::Text, Grain::Constant, at)),
            T::YesNo(value) => Some(self.add(ExprKind::YesNo(*value), Type::YesNo, Grain::Constant, at)),
            T::Date(date) => Some(self.add(ExprKind::Date(*date), Type::Date, Grain::Constant, at)),
            T::Path(path) => self.path(path, context),
            T::Call(call) => self.call(call, at, context),
            T::Parenthesised(inner) => self.expr(inner, context),
            T::Negate(value) => {
                let value = self.number(value, context)?;
                let (ty, grain) = (self.ty(value), self.grain(value));
                Some(self.add(ExprKind::Negate(value), ty, grain, at))
            }
            T::Arithmetic(op, left, right) => self.arithmetic(*op, left, right, at, context),
            T::If { branches, otherwise } => self.choice(branches, otherwise, at, context),
            T::Compare(op, left, right) => self.comparison(*op, left, right, at, context),
            T::Between { value, low, high, negated } => self.between(value, low, high, *negated, at, context),
            T::OneOf { value, options, negated } => self.one_of(value, options, *negated, at, context),
            T::InList { value, list, date, negated } => {
                self.in_list(value, list, date.as_deref(), *negated, at, context)
            }
            T::InCut(cut) => self.in_cut(cut, at, context),
            T::Status { value, status } => self.status(value, *status, at, context),
            T::CriterionStatus { number, status } => self.criterion_status(number, *status, at, context),
            T::CategoryStatus(name) => self.category_status(name, at, context),
            T::MetCount(of) => self.met_count(of, at, context),
            T::And(left, right) => self.connective(true, left, right, at, context),
            T::Or(left, right) => self.connective(false, left, right, at, context),
            T::Not(inner) => {
                let inner = self.condition(inner, context)?;
                let grain = self.grain(inner);
                Some(self.add(ExprKind::Not(inner), Type::YesNo, grain, at))
            }
            T::Quantified(quantified) => self.quantified(quantified, at, context),
            T::Years(years) => self.years(years, at, context),
        }
    }

    /// An expression that must be a number.
    pub(super) fn number(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<ExprId> {
        let id = self.expr(expr, context)?;
        match self.ty(id) {
            Type::Number(_) => Some(id),
            ty => {
                let at = SourceSpan::new(context.source, expr.span);
                let kind = if ty == Type::YesNo { kinds::NOT_A_VALUE } else { kinds::NOT_A_NUMBER };
                self.push(Diagnostic::at(kind, at).with("type", Argument::Type(ty)));
                None
            }
        }
    }

    /// An expression that must be a condition.
    pub(super) fn condition(&mut self, expr: &'a tree::Expr, context: Context<'a>) -> Option<ExprId> {
        let id = self.expr(expr, context)?;
        match self.ty(id) {
            Type::YesNo => Some(id),
            ty => {
                let at = SourceSpan::new(context.source, expr.span);
                self.push(Diagnostic::at(kinds::NOT_A_CONDITION, at).with("type", Argument::Type(ty)));
                None
            }
        }
    }

    fn literal(&mut self, number: &Number, word: Option<&tree::UnitWord>, at: SourceSpan) -> ExprId {
        let unit = word.map_or(Unit::Number, units::unit);
        let stored = number.divide(&Number::from_integer(unit.shown_factor())).unwrap_or_else(Number::zero);
        self.add(ExprKind::Number(stored), Type::Number(unit), Grain::Constant, at)
    }

    fn unit(&self, id: ExprId) -> Unit {
        match self.ty(id) {
            Type::Number(unit) => unit,
            _ => Unit::Number,
        }
    }

    fn arithmetic(
        &mut self,
        op: tree::ArithmeticOp,
        left: &'a tree::Expr,
        right: &'a tree::Expr,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (left, right) = (self.number(left, context), self.number(right, context));
        let (left, right) = (left?, right?);
        self.combine(op, left, right, at)
    }

    pub(super) fn combine(
        &mut self,
        op: tree::ArithmeticOp,
        left: ExprId,
        right: ExprId,
        at: SourceSpan,
    ) -> Option<ExprId> {
        let (a, b) = (self.unit(left), self.unit(right));
        let (op, unit) = match op {
            tree::ArithmeticOp::Add => (ArithmeticOp::Add, units::sum(&a, &b)),
            tree::ArithmeticOp::Subtract => (ArithmeticOp::Subtract, units::difference(&a, &b)),
            tree::ArithmeticOp::Multiply => (ArithmeticOp::Multiply, units::product(&a, &b)),
            tree::ArithmeticOp::Divide => (ArithmeticOp::Divide, Ok(units::quotient(&a, &b))),
        };
        match unit {
            Ok(unit) => {
                let grain = self.joint_grain(&[left, right]);
                Some(self.add(ExprKind::Arithmetic(op, left, right), Type::Number(unit), grain, at))
            }
            Err(misfit) => {
                self.misfit(misfit, left, right, at);
                None
            }
        }
    }

    /// Says why two values do not go together, with a fix for a number whose unit was forgotten.
    pub(super) fn misfit(&mut self, misfit: units::Misfit, left: ExprId, right: ExprId, at: SourceSpan) {
        let (a, b) = (self.ty(left), self.ty(right));
        let kind = match misfit {
            units::Misfit::Unlike => kinds::UNLIKE_UNITS,
            units::Misfit::Bare => kinds::BARE_NUMBER,
            units::Misfit::PercentNotPoints => kinds::PERCENT_NOT_POINTS,
        };
        let sides = [(left, "role-left-side"), (right, "role-right-side")];
        let bare = sides.map(|(side, _)| side).into_iter().find(|side| self.unit(*side) == Unit::Number);
        let bare = bare.filter(|_| misfit == units::Misfit::Bare);
        let mut problem = Diagnostic::at(kind, bare.map_or(at, |bare| self.span(bare)))
            .with("left", Argument::Type(a))
            .with("right", Argument::Type(b));
        for (side, role) in sides.into_iter().filter(|(side, _)| Some(*side) != bare) {
            problem = problem.related(Place::Text(self.span(side)), role);
        }
        if let Some(bare) = bare {
            let other = if bare == left { right } else { left };
            let number = match self.exprs.get(bare.index()).map(|e| &e.kind) {
                Some(ExprKind::Number(number)) => Some(number.clone()),
                _ => None,
            };
            let percent = number.filter(|_| self.unit(other) == Unit::Percent);
            // 0.6 may be meant as 60 %: whoever wrote it has to say
            let fraction = percent.as_ref().is_some_and(|n| !n.is_zero() && !n.is_negative() && *n < Number::one());
            problem = problem.text("number", if fraction { "fraction" } else { "other" });
            match percent {
                Some(number) if fraction => {
                    let whole = number.multiply(&Number::from_integer(100));
                    problem = problem.with("given", Argument::Number(number)).with("whole", Argument::Number(whole));
                }
                Some(_) => {
                    let span = self.span(bare);
                    let end = crate::location::Span::new(span.span.end, span.span.end);
                    problem = problem.fix(SourceSpan::new(span.source, end), " %");
                }
                None => {}
            }
        }
        self.push(problem);
    }

    /// The common type of values that stand side by side.
    pub(super) fn common_type(&mut self, a: ExprId, b: ExprId, at: SourceSpan) -> Option<Type> {
        match (self.ty(a), self.ty(b)) {
            (Type::Number(x), Type::Number(y)) => match units::comparable(&x, &y) {
                Ok(unit) => Some(Type::Number(unit)),
                Err(misfit) => {
                    self.misfit(misfit, a, b, at);
                    None
                }
            },
            (x, y) if x == y => Some(x),
            (x, y) => {
                self.push(
                    Diagnostic::at(kinds::UNLIKE_TYPES, at)
                        .with("left", Argument::Type(x))
                        .with("right", Argument::Type(y)),
                );
                None
            }
        }
    }

    fn choice(
        &mut self,
        branches: &'a [(tree::Expr, tree::Expr)],
        otherwise: &'a tree::Expr,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let mut checked = Vec::new();
        let mut complete = true;
        for (when, then) in branches {
            match (self.condition(when, context), self.expr(then, context)) {
                (Some(when), Some(then)) => checked.push((when, then)),
                _ => complete = false,
            }
        }
        let otherwise = self.expr(otherwise, context)?;
        if !complete {
            return None;
        }
        self.if_expr(checked, otherwise, at)
    }

    pub(super) fn if_expr(
        &mut self,
        branches: Vec<(ExprId, ExprId)>,
        otherwise: ExprId,
        at: SourceSpan,
    ) -> Option<ExprId> {
        let mut ty = self.ty(otherwise);
        let mut all = vec![otherwise];
        for (when, then) in &branches {
            let here = self.span(*then);
            ty = self.common_type(*then, otherwise, here)?;
            all.extend([*when, *then]);
        }
        let grain = self.joint_grain(&all);
        Some(self.add(ExprKind::If { branches, otherwise }, ty, grain, at))
    }

    fn connective(
        &mut self,
        and: bool,
        left: &'a tree::Expr,
        right: &'a tree::Expr,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        // A long chain leans to the left: walk it instead of descending into it.
        let mut operands = vec![right];
        let mut rest = left;
        while let (T::And(l, r), true) | (T::Or(l, r), false) = (&rest.kind, and) {
            operands.push(r);
            rest = l;
        }
        operands.push(rest);
        let checked: Vec<Option<ExprId>> =
            operands.into_iter().rev().map(|operand| self.condition(operand, context)).collect();
        let items: Vec<ExprId> = checked.into_iter().collect::<Option<_>>()?;
        let grain = self.joint_grain(&items);
        let kind = if and { ExprKind::And(items) } else { ExprKind::Or(items) };
        Some(self.add(kind, Type::YesNo, grain, at))
    }

    fn years(&mut self, years: &'a tree::Years, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let (from, to) = self.window(&years.window, context)?;
        let quantifier = match &years.quantifier {
            tree::YearsQuantifier::Each => expr::YearsQuantifier::Each,
            tree::YearsQuantifier::AtLeast(count) | tree::YearsQuantifier::Consecutive(count) => {
                let (id, wanted) = self.constant_count(count, context)?;
                if i64::from(wanted) > to - from + 1 {
                    let here = SourceSpan::new(context.source, count.span);
                    self.push(
                        Diagnostic::at(kinds::TOO_MANY_REQUIRED, here)
                            .with("wanted", Argument::Count(i64::from(wanted)))
                            .with("available", Argument::Count(to - from + 1)),
                    );
                    return None;
                }
                if wanted == 0 {
                    let here = SourceSpan::new(context.source, count.span);
                    self.push(Diagnostic::at(kinds::NOTHING_REQUIRED, here));
                    return None;
                }
                match &years.quantifier {
                    tree::YearsQuantifier::Consecutive(_) => expr::YearsQuantifier::Consecutive(id),
                    _ => expr::YearsQuantifier::AtLeast(id),
                }
            }
        };
        let mut each = Vec::new();
        for year in from..=to {
            let inner = Context { window: Some((year, year)), ..context };
            each.push((year, self.condition(&years.condition, inner)?));
        }
        let ids: Vec<ExprId> = each.iter().map(|(_, id)| *id).collect();
        let grain = self.joint_grain(&ids);
        Some(self.add(ExprKind::Years { quantifier, years: each }, Type::YesNo, grain, at))
    }
}
