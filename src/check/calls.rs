//! Functions with plain values: declared scripts, rounding, extremes, shares of two values, normalisations.

use std::sync::Arc;

use super::names::Entity;
use super::{Checker, Context, ScaleGuard};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::SourceSpan;
use crate::model::expr::{AggregateFunction, ExprId, ExprKind, Grain, NormalMethod, Normalise};
use crate::model::{FunctionId, PopulationOrTable};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::syntax::tree::{self, BuiltIn, ClauseKind};
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn call(&mut self, call: &'a tree::Call, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let (built_in, _) = match &call.function {
            tree::CallName::Declared(name) => return self.script_call(name, call, at, context),
            tree::CallName::BuiltIn(built_in, span) => (*built_in, *span),
        };
        let several = call.arguments.len() > 1;
        match built_in {
            BuiltIn::Minimum | BuiltIn::Maximum if several => {
                self.extreme(built_in == BuiltIn::Maximum, call, at, context)
            }
            BuiltIn::Share if several => self.share_of_two(call, at, context),
            BuiltIn::Mean => self.aggregate(AggregateFunction::Mean, call, at, context),
            BuiltIn::Sum => self.aggregate(AggregateFunction::Sum, call, at, context),
            BuiltIn::Count => self.aggregate(AggregateFunction::Count, call, at, context),
            BuiltIn::Minimum => self.aggregate(AggregateFunction::Minimum, call, at, context),
            BuiltIn::Maximum => self.aggregate(AggregateFunction::Maximum, call, at, context),
            BuiltIn::Median => self.aggregate(AggregateFunction::Median, call, at, context),
            BuiltIn::Share => self.aggregate(AggregateFunction::Share, call, at, context),
            BuiltIn::Latest => self.aggregate(AggregateFunction::Latest, call, at, context),
            BuiltIn::Quantile => {
                let Some(part) = call.arguments.get(1) else {
                    self.wrong_arguments(at, 2, call.arguments.len());
                    return None;
                };
                let here = SourceSpan::new(context.source, part.span);
                let (part, share) = self.constant_number(part, context)?;
                if share.is_negative() || share > Number::one() {
                    self.push(Diagnostic::at(kinds::BAD_QUANTILE, here));
                    return None;
                }
                self.aggregate(AggregateFunction::Quantile(part), call, at, context)
            }
            BuiltIn::MeanOfYears => self.mean_of_years(call, at, context),
            BuiltIn::Standard => self.normalise(NormalMethod::Standard, 1, call, at, context),
            BuiltIn::RankShare => self.normalise(NormalMethod::RankShare, 1, call, at, context),
            BuiltIn::MinMax => match call.arguments.as_slice() {
                [_, low, high] => {
                    let (low, _) = self.constant_number(low, context)?;
                    let (high, _) = self.constant_number(high, context)?;
                    self.normalise(NormalMethod::FixedMinMax(low, high), 3, call, at, context)
                }
                _ => self.normalise(NormalMethod::MinMax, 1, call, at, context),
            },
            BuiltIn::PercentOf => {
                let Some(most) = call.arguments.get(1) else {
                    self.wrong_arguments(at, 2, call.arguments.len());
                    return None;
                };
                let (most, _) = self.constant_number(most, context)?;
                self.normalise(NormalMethod::PercentOf(most), 2, call, at, context)
            }
            BuiltIn::Absolute => {
                let [value] = self.plain_arguments::<1>(call, at, context)?;
                let (ty, grain) = (self.ty(value), self.grain(value));
                Some(self.add(ExprKind::Absolute(value), ty, grain, at))
            }
            BuiltIn::Round => self.round(Rounding::HalfUp, call, at, context),
            BuiltIn::RoundHalfEven => self.round(Rounding::HalfEven, call, at, context),
            BuiltIn::RoundUp => self.round(Rounding::Up, call, at, context),
            BuiltIn::RoundDown => self.round(Rounding::Down, call, at, context),
        }
    }

    pub(super) fn wrong_arguments(&mut self, at: SourceSpan, wanted: usize, given: usize) {
        self.push(Diagnostic::at(kinds::WRONG_ARGUMENTS, at).count("wanted", wanted).count("given", given));
    }

    fn no_clauses(&mut self, call: &tree::Call, context: Context<'a>) {
        for clause in &call.clauses {
            self.report(kinds::CLAUSE_NOT_HERE, context.source, clause.span);
        }
    }

    fn plain_arguments<const N: usize>(
        &mut self,
        call: &'a tree::Call,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<[ExprId; N]> {
        self.no_clauses(call, context);
        if call.arguments.len() != N {
            self.wrong_arguments(at, N, call.arguments.len());
            return None;
        }
        let checked: Vec<Option<ExprId>> = call.arguments.iter().map(|a| self.number(a, context)).collect();
        let checked: Vec<ExprId> = checked.into_iter().collect::<Option<_>>()?;
        checked.try_into().ok()
    }

    fn round(
        &mut self,
        rounding: Rounding,
        call: &'a tree::Call,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let [value, step] = self.plain_arguments::<2>(call, at, context)?;
        // The step of a value with a unit may be written without it: `округлить(балл; 0,1)`.
        let bare = self.ty(step) == Type::Number(Unit::Number);
        if !bare {
            self.common_type(value, step, at)?;
        }
        match self.constant(step) {
            Some(number) if !number.is_negative() && !number.is_zero() => {}
            _ => {
                let here = self.span(step);
                self.push(Diagnostic::at(kinds::BAD_STEP, here));
                return None;
            }
        }
        if bare && matches!(self.ty(value), Type::Number(Unit::Percent | Unit::PercentagePoint)) {
            let given = self.ty(value);
            let here = self.span(step);
            self.push(
                Diagnostic::at(kinds::BARE_NUMBER, here)
                    .with("left", Argument::Type(given))
                    .with("right", Argument::Type(Type::Number(Unit::Number))),
            );
            return None;
        }
        let (ty, grain) = (self.ty(value), self.grain(value));
        Some(self.add(ExprKind::Round { value, step, rounding }, ty, grain, at))
    }

    fn extreme(&mut self, largest: bool, call: &'a tree::Call, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        self.no_clauses(call, context);
        let checked: Vec<Option<ExprId>> = call.arguments.iter().map(|a| self.number(a, context)).collect();
        let of: Vec<ExprId> = checked.into_iter().collect::<Option<_>>()?;
        let first = of.first().copied()?;
        let mut ty = self.ty(first);
        for other in of.iter().skip(1) {
            let common = self.common_type(first, *other, at)?;
            if ty == Type::Number(Unit::Number) || ty == Type::Number(Unit::Ratio) {
                ty = common;
            }
        }
        let grain = self.joint_grain(&of);
        Some(self.add(ExprKind::Extreme { largest, of }, ty, grain, at))
    }

    /// `доля(часть; целое)`: a percentage.
    fn share_of_two(&mut self, call: &'a tree::Call, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let [part, whole] = self.plain_arguments::<2>(call, at, context)?;
        self.common_type(part, whole, at)?;
        let id = self.combine(tree::ArithmeticOp::Divide, part, whole, at)?;
        if let Some(expr) = self.exprs.get_mut(id.index()) {
            expr.ty = Type::Number(Unit::Percent);
        }
        Some(id)
    }

    fn script_call(
        &mut self,
        name: &'a tree::Name,
        call: &'a tree::Call,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let Some(entity @ Entity::Function(position)) = self.names.function_names.get(&name.text).copied() else {
            let mut known: Vec<Arc<str>> = self.names.function_names.keys().cloned().collect();
            known.extend(crate::syntax::function_words().iter().map(|w| Arc::from(*w)));
            known.sort();
            let at = SourceSpan::new(context.source, name.span);
            let mut near = crate::suggestion::meant(&name.text, &known);
            if near.is_empty() {
                near.extend(crate::syntax::meant_function(&name.text).map(str::to_owned));
            }
            self.push(Diagnostic::at(kinds::UNKNOWN_FUNCTION, at).text("name", name.text.as_ref()).near(near, at));
            return None;
        };
        self.use_entity(entity);
        self.no_clauses(call, context);
        let (_, declared) = *self.names.functions.get(position)?;
        if declared.arguments.len() != call.arguments.len() {
            self.wrong_arguments(at, declared.arguments.len(), call.arguments.len());
            return None;
        }
        let mut arguments = Vec::new();
        for ((_, word), given) in declared.arguments.iter().zip(&call.arguments) {
            let id = self.number(given, context)?;
            let wanted = word.as_ref().map_or(Unit::Number, super::units::unit);
            if let Type::Number(unit) = self.ty(id)
                && super::units::comparable(&wanted, &unit).is_err()
            {
                self.push(
                    Diagnostic::at(kinds::UNLIKE_UNITS, self.span(id))
                        .with("left", Argument::Type(Type::Number(wanted)))
                        .with("right", Argument::Type(Type::Number(unit))),
                );
                return None;
            }
            arguments.push(id);
        }
        let unit = declared.result.as_ref().map_or(Unit::Number, super::units::unit);
        let grain = self.joint_grain(&arguments);
        let kind = ExprKind::Call(FunctionId::from_index(position), arguments);
        Some(self.add(kind, Type::Number(unit), grain, at))
    }

    fn mean_of_years(&mut self, call: &'a tree::Call, at: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let [body] = call.arguments.as_slice() else {
            self.wrong_arguments(at, 1, call.arguments.len());
            return None;
        };
        let mut window = None;
        for clause in call.clauses.iter().chain(context.clauses) {
            match &clause.kind {
                ClauseKind::Window(found) => window = window.or(Some(found)),
                _ if call.clauses.iter().any(|c| c.span == clause.span) => {
                    self.report(kinds::CLAUSE_NOT_HERE, context.source, clause.span);
                }
                _ => {}
            }
        }
        let Some(window) = window else {
            self.push(Diagnostic::at(kinds::BAD_WINDOW, at));
            return None;
        };
        let (from, to) = match context.window {
            Some(fixed) => fixed,
            None => self.window(window, context)?,
        };
        let mut years = Vec::new();
        for year in from..=to {
            let inner = Context { window: Some((year, year)), ..context };
            years.push((year, self.number(body, inner)?));
        }
        let ids: Vec<ExprId> = years.iter().map(|(_, id)| *id).collect();
        let ty = self.ty(*ids.first()?);
        let grain = self.joint_grain(&ids);
        Some(self.add(ExprKind::MeanOfYears { years }, ty, grain, at))
    }

    /// A value brought onto a common scale over the rows of a population.
    fn normalise(
        &mut self,
        method: NormalMethod,
        arguments: usize,
        call: &'a tree::Call,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        if call.arguments.len() != arguments {
            self.wrong_arguments(at, arguments, call.arguments.len());
            return None;
        }
        let row = context.row?;
        let mut among = None;
        let mut within = Vec::new();
        let mut filters = Vec::new();
        let mut guard = self.scale_guards.get(context.guard).cloned().unwrap_or_default();
        for clause in &call.clauses {
            match &clause.kind {
                ClauseKind::Among(name) => among = Some(self.population_or_table(name, context)?),
                ClauseKind::Within(paths) => {
                    for path in paths {
                        let key = self.path(path, context)?;
                        if let Some(ExprKind::Column(table, column)) = self.exprs.get(key.index()).map(|e| &e.kind)
                            && *table == row
                        {
                            guard.apart.push(*column);
                        }
                        within.push(key);
                    }
                }
                ClauseKind::Where(condition) => filters.push(condition),
                _ => self.report(kinds::CLAUSE_NOT_HERE, context.source, clause.span),
            }
        }
        let inner = Context { guard: self.guard(guard), ..context };
        let value = self.number(call.arguments.first()?, inner)?;
        if self.grain(value) != Grain::Row(row) {
            self.push(Diagnostic::at(kinds::NEEDS_AMONG, at));
            return None;
        }
        let mut conditions = Vec::new();
        for filter in filters {
            conditions.push(self.condition(filter, context)?);
        }
        let among = match among {
            Some(rows) => self.rows_as_population(row, rows, conditions, at)?,
            None if row == self.subject => {
                self.push(Diagnostic::at(kinds::NEEDS_AMONG, at));
                return None;
            }
            None => self.rows_as_population(row, PopulationOrTable::Table(row), conditions, at)?,
        };
        let kind = ExprKind::Normalise(Box::new(Normalise { value, method, among, within, reversed: false }));
        Some(self.add(kind, Type::Number(Unit::Score), Grain::Row(row), at))
    }

    pub(super) fn guard(&mut self, guard: ScaleGuard) -> usize {
        self.scale_guards.push(guard);
        self.scale_guards.len() - 1
    }
}
