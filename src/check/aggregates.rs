//! One value from many rows: which rows, whose, in which years, and per what.

use std::sync::Arc;

use super::{Checker, Context, ScaleGuard};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::SourceSpan;
use crate::model::expr::{Aggregate, AggregateFunction, AggregateTo, ExprId, ExprKind, Grain, YearWindow};
use crate::model::{Notes, Population, PopulationId, PopulationOrTable};
use crate::schema::TableId;
use crate::syntax::tree::{self, ClauseKind, ExprKind as T};
use crate::value::{Type, Unit};

/// The clauses of one aggregate, its own ones before those of the whole formula.
#[derive(Default)]
struct Clauses<'a> {
    filter: Option<&'a tree::Expr>,
    default_filter: Option<&'a tree::Expr>,
    suppressing: Option<&'a tree::Expr>,
    window: Option<&'a tree::Window>,
    weight: Option<&'a tree::Expr>,
    distinct: Option<&'a [tree::Path]>,
    among: Option<&'a tree::Name>,
    within: Option<&'a [tree::Path]>,
    except_self: bool,
}

/// Rows that no table is named for.
fn of_what(function: AggregateFunction, at: SourceSpan) -> Diagnostic {
    let function = match function {
        AggregateFunction::Share => "share",
        AggregateFunction::Count => "count",
        _ => "other",
    };
    Diagnostic::at(kinds::AGGREGATE_OF_WHAT, at).text("function", function)
}

impl<'a> Checker<'a> {
    pub(super) fn aggregate(
        &mut self,
        function: AggregateFunction,
        call: &'a tree::Call,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let wanted = if matches!(function, AggregateFunction::Quantile(_)) { 2 } else { 1 };
        let argument = call.arguments.first();
        if call.arguments.len() != wanted && !(argument.is_none() && context.over.is_some()) {
            self.wrong_arguments(at, wanted, call.arguments.len());
            return None;
        }
        let mut clauses = clauses_of(call, context.clauses);
        let (rows, named) = self.rows_of(function, argument, &clauses, at, context)?;
        if context.over.is_some_and(|over| over != rows) {
            // The clauses after the formula speak of the table named there.
            clauses = clauses_of(call, &[]);
        }
        // A clause of the whole formula goes to the functions that it means something to.
        let weighs = matches!(function, AggregateFunction::Mean | AggregateFunction::Sum);
        let counts = function == AggregateFunction::Count;
        clauses.weight = clauses.weight.filter(|_| weighs);
        clauses.distinct = clauses.distinct.filter(|_| counts);
        for clause in &call.clauses {
            let idle = matches!(clause.kind, ClauseKind::Weight(_)) && !weighs
                || matches!(clause.kind, ClauseKind::Distinct(_)) && !counts;
            if idle {
                self.report(kinds::CLAUSE_NOT_HERE, context.source, clause.span);
            }
        }
        let whole_rows = named.is_some() || argument.is_none();
        let mut guard = ScaleGuard::default();
        for filter in [clauses.filter, clauses.default_filter].into_iter().flatten() {
            self.fixed_columns(rows, filter, &mut guard);
        }
        let outer = context;
        let guard = self.guard(guard);
        let inner = Context { row: Some(rows), inside: true, over: None, clauses: &[], guard, ..context };

        let filter = self.optional_condition(clauses.filter, inner)?;
        let default_filter = self.optional_condition(clauses.default_filter, inner)?;
        let suppressing = self.optional_condition(clauses.suppressing, inner)?;
        let weight = match clauses.weight {
            Some(weight) => Some(self.number(weight, inner)?),
            None => None,
        };
        let value = match argument {
            Some(argument) if !whole_rows => Some(self.number(argument, inner)?),
            _ => None,
        };
        if value.is_none() && !matches!(function, AggregateFunction::Count | AggregateFunction::Share) {
            self.push(of_what(function, at));
            return None;
        }
        let mut distinct = Vec::new();
        for path in clauses.distinct.unwrap_or_default() {
            distinct.push(self.path(path, inner)?);
        }
        let window = self.year_window(rows, &clauses, at, outer)?;
        if function == AggregateFunction::Latest && self.schema.table(rows).is_none_or(|t| t.year.is_none()) {
            self.no_year(rows, at);
            return None;
        }
        let (among, to) = self.reach(rows, named, &clauses, at, outer, inner)?;
        let (filter, share_of) = match function {
            AggregateFunction::Share => {
                let Some(share_of) = filter.or(value) else {
                    self.push(of_what(function, at));
                    return None;
                };
                (default_filter, Some(share_of))
            }
            _ => (filter.or(default_filter), None),
        };
        let ty = match function {
            AggregateFunction::Count => Type::Number(Unit::Number),
            AggregateFunction::Share => Type::Number(Unit::Percent),
            _ => value.map_or(Type::Number(Unit::Number), |v| self.ty(v)),
        };
        let grain = match &to {
            AggregateTo::Parent { table, .. } => Grain::Row(*table),
            AggregateTo::All => Grain::Constant,
            AggregateTo::Strata { .. } => Grain::Row(rows),
        };
        let value = if function == AggregateFunction::Share { None } else { value };
        let aggregate =
            Aggregate { function, rows, value, among, filter, share_of, suppressing, window, weight, distinct, to };
        Some(self.add(ExprKind::Aggregate(Box::new(aggregate)), ty, grain, at))
    }

    fn optional_condition(
        &mut self,
        condition: Option<&'a tree::Expr>,
        context: Context<'a>,
    ) -> Option<Option<ExprId>> {
        match condition {
            Some(condition) => self.condition(condition, context).map(Some),
            None => Some(None),
        }
    }

    /// The table whose rows are aggregated, and the set when the argument names one instead of a value.
    fn rows_of(
        &mut self,
        function: AggregateFunction,
        argument: Option<&'a tree::Expr>,
        clauses: &Clauses<'a>,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<(TableId, Option<PopulationOrTable>)> {
        if let Some(T::Path(path)) = argument.map(|a| &a.kind)
            && let [name] = path.names.as_slice()
            && self.names.sets.contains_key(&name.text)
            && !self.is_column(context.over.or(context.row), &name.text)
        {
            let set = self.population_or_table(name, context)?;
            return Some((self.table_of(set)?, Some(set)));
        }
        if let Some(table) = argument.and_then(|a| self.mentioned_table(a, context)) {
            return Some((table, None));
        }
        if let Some(over) = context.over {
            return Some((over, None));
        }
        if let Some(name) = clauses.among {
            let set = self.population_or_table(name, context)?;
            return Some((self.table_of(set)?, None));
        }
        self.push(of_what(function, at));
        None
    }

    fn is_column(&self, table: Option<TableId>, name: &str) -> bool {
        table.and_then(|t| self.schema.table(t)).is_some_and(|t| t.find(name).is_some())
    }

    /// The first table that a dotted path in the expression starts with.
    fn mentioned_table(&self, expr: &tree::Expr, context: Context<'a>) -> Option<TableId> {
        match &expr.kind {
            T::Path(path) => match path.names.as_slice() {
                [first, _, ..] if !self.is_column(context.row, &first.text) => self.schema.find(&first.text),
                _ => None,
            },
            T::Parenthesised(inner) | T::Negate(inner) | T::Not(inner) => self.mentioned_table(inner, context),
            T::Arithmetic(_, a, b) | T::Compare(_, a, b) | T::And(a, b) | T::Or(a, b) => {
                self.mentioned_table(a, context).or_else(|| self.mentioned_table(b, context))
            }
            T::Call(call) => call.arguments.iter().find_map(|a| self.mentioned_table(a, context)),
            T::Between { value, .. } | T::OneOf { value, .. } | T::InList { value, .. } | T::Status { value, .. } => {
                self.mentioned_table(value, context)
            }
            T::If { branches, otherwise } => branches
                .iter()
                .flat_map(|(a, b)| [a, b])
                .find_map(|e| self.mentioned_table(e, context))
                .or_else(|| self.mentioned_table(otherwise, context)),
            _ => None,
        }
    }

    /// Columns that a filter fixes to one text: `вид = "ЕГЭ"` joined by `и`.
    fn fixed_columns(&self, rows: TableId, filter: &tree::Expr, guard: &mut ScaleGuard) {
        match &filter.kind {
            T::And(a, b) => {
                self.fixed_columns(rows, a, guard);
                self.fixed_columns(rows, b, guard);
            }
            T::Parenthesised(inner) => self.fixed_columns(rows, inner, guard),
            T::Compare(tree::CompareOp::Equal, a, b) => {
                let (path, text) = match (&a.kind, &b.kind) {
                    (T::Path(path), T::Text(text)) | (T::Text(text), T::Path(path)) => (path, text),
                    _ => return,
                };
                if let Some(column) = path.names.last().and_then(|n| self.schema.table(rows)?.find(&n.text)) {
                    guard.fixed.push((column, text.text.clone()));
                }
            }
            _ => {}
        }
    }

    fn year_window(
        &mut self,
        rows: TableId,
        clauses: &Clauses<'a>,
        at: SourceSpan,
        context: Context<'a>,
    ) -> Option<Option<YearWindow>> {
        let year = self.schema.table(rows).and_then(|t| t.year);
        let (from, to) = match (context.window, clauses.window) {
            (Some(fixed), _) if year.is_some() => fixed,
            (_, None) => return Some(None),
            (None, Some(window)) => self.window(window, context)?,
            (Some(_), Some(_)) => (0, 0),
        };
        match year {
            Some(column) => Some(Some(YearWindow { column, from, to })),
            None => {
                self.no_year(rows, at);
                None
            }
        }
    }

    fn no_year(&mut self, rows: TableId, at: SourceSpan) {
        let name = self.schema.table(rows).map(|t| t.name.to_string()).unwrap_or_default();
        self.push(Diagnostic::at(kinds::NO_YEAR_COLUMN, at).text("table", name));
    }

    /// Which population the rows are limited to, and what the aggregate has one value per.
    fn reach(
        &mut self,
        rows: TableId,
        named: Option<PopulationOrTable>,
        clauses: &Clauses<'a>,
        at: SourceSpan,
        outer: Context<'a>,
        inner: Context<'a>,
    ) -> Option<(Option<PopulationId>, AggregateTo)> {
        let own = match named {
            Some(PopulationOrTable::Population(id)) => Some(id),
            _ => None,
        };
        let same_row = outer.row == Some(rows);
        let Some(name) = clauses.among else {
            let way = outer.row.filter(|row| *row != rows).and_then(|row| Some((row, self.way(rows, row)?)));
            return match way {
                Some((table, links)) => {
                    if clauses.within.is_some() || clauses.except_self {
                        self.push(Diagnostic::at(kinds::NEEDS_AMONG, at));
                        return None;
                    }
                    Some((own, AggregateTo::Parent { table, links }))
                }
                None if named.is_some() => Some((own, AggregateTo::All)),
                None => {
                    self.push(Diagnostic::at(kinds::NEEDS_AMONG, at));
                    None
                }
            };
        };
        let set = self.population_or_table(name, outer)?;
        let own = own.and_then(|id| self.membership(id)).into_iter().collect();
        let among = match self.rows_as_population(rows, set, own, at)? {
            PopulationOrTable::Population(id) => Some(id),
            PopulationOrTable::Table(_) => None,
        };
        let within = clauses.within.unwrap_or_default();
        if within.is_empty() && !clauses.except_self {
            return Some((among, AggregateTo::All));
        }
        if !same_row {
            self.push(Diagnostic::at(kinds::CLAUSE_NOT_HERE, at));
            return None;
        }
        let mut keys = Vec::new();
        for path in within {
            keys.push(self.path(path, inner)?);
        }
        Some((among, AggregateTo::Strata { keys, except_self: clauses.except_self }))
    }

    /// Rows of `rows` that belong to a set of the same table, or of a table that their links lead to, and meet the
    /// conditions.
    pub(super) fn rows_as_population(
        &mut self,
        rows: TableId,
        set: PopulationOrTable,
        conditions: Vec<ExprId>,
        at: SourceSpan,
    ) -> Option<PopulationOrTable> {
        let table = self.table_of(set)?;
        if table == rows && conditions.is_empty() {
            return Some(set);
        }
        let mut all = conditions;
        if let PopulationOrTable::Population(id) = set {
            let member = self.membership(id)?;
            if table == rows {
                all.push(member);
            } else {
                let Some(way) = self.way(rows, table) else {
                    self.no_way(rows, table, at);
                    return None;
                };
                all.push(self.follow_way(rows, &way, member, at)?);
            }
        } else if table != rows && self.way(rows, table).is_none() {
            self.no_way(rows, table, at);
            return None;
        }
        if all.is_empty() {
            return Some(PopulationOrTable::Table(rows));
        }
        let name = self.schema.table(rows).map(|t| t.name.clone()).unwrap_or_else(|| Arc::from(""));
        let condition = self.add(ExprKind::And(all), Type::YesNo, Grain::Row(rows), at);
        self.rules.populations.push(Population {
            name,
            title: None,
            table: rows,
            base: None,
            condition: Some(condition),
            exclusions: Vec::new(),
            notes: Notes::default(),
            span: at,
        });
        Some(PopulationOrTable::Population(PopulationId::from_index(self.rules.populations.len() - 1)))
    }

    pub(super) fn no_way(&mut self, rows: TableId, table: TableId, at: SourceSpan) {
        let name = |t: TableId| self.schema.table(t).map(|t| t.name.to_string()).unwrap_or_default();
        let (from, to) = (name(rows), name(table));
        self.push(Diagnostic::at(kinds::NO_WAY_TO_PARENT, at).text("from", from).text("to", to));
    }

    /// Membership of a population as a condition on its rows.
    pub(super) fn membership(&mut self, id: PopulationId) -> Option<ExprId> {
        let population = self.rules.populations.get(id.index())?.clone();
        let mut all = Vec::new();
        if let Some(base) = population.base {
            all.push(self.membership(base)?);
        }
        all.extend(population.condition);
        let grain = Grain::Row(population.table);
        for exclusion in &population.exclusions {
            all.push(self.add(ExprKind::Not(exclusion.condition), Type::YesNo, grain, exclusion.span));
        }
        Some(self.add(ExprKind::And(all), Type::YesNo, grain, population.span))
    }
}

fn take<'a>(found: &mut Clauses<'a>, clause: &'a ClauseKind) {
    match clause {
        ClauseKind::Where(condition) => found.filter = Some(condition),
        ClauseKind::Suppressing(condition) => found.suppressing = Some(condition),
        ClauseKind::Window(window) => found.window = Some(window),
        ClauseKind::Weight(weight) => found.weight = Some(weight),
        ClauseKind::Distinct(paths) => found.distinct = Some(paths),
        ClauseKind::Among(name) => found.among = Some(name),
        ClauseKind::Within(paths) => found.within = Some(paths),
        ClauseKind::ExceptSelf => found.except_self = true,
    }
}

/// The clauses of a call, then those of the whole formula where it has none of that kind.
fn clauses_of<'a>(call: &'a tree::Call, defaults: &'a [tree::Clause]) -> Clauses<'a> {
    let mut found = Clauses::default();
    for clause in &call.clauses {
        take(&mut found, &clause.kind);
    }
    let own_filter = found.filter.take();
    for clause in defaults {
        let mut one = Clauses::default();
        take(&mut one, &clause.kind);
        found.default_filter = found.default_filter.or(one.filter);
        found.suppressing = found.suppressing.or(one.suppressing);
        found.window = found.window.or(one.window);
        found.weight = found.weight.or(one.weight);
        found.distinct = found.distinct.or(one.distinct);
        found.among = found.among.or(one.among);
        found.within = found.within.or(one.within);
        found.except_self |= one.except_self;
    }
    found.filter = own_filter;
    let share = matches!(call.function, tree::CallName::BuiltIn(tree::BuiltIn::Share, _));
    if found.filter.is_some() && !share {
        found.default_filter = None;
    }
    found
}
