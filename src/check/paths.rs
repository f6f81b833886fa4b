//! Names in expressions: columns of the row, named values, and the ways along links.

use std::sync::Arc;

use super::names::Entity;
use super::{Checker, Context, State};
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceSpan};
use crate::model::expr::{ExprId, ExprKind, Grain};
use crate::model::{IndexId, IndicatorId, ParameterId};
use crate::schema::{ColumnId, TableId};
use crate::syntax::{self, tree};
use crate::value::{Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn path(&mut self, path: &'a tree::Path, context: Context<'a>) -> Option<ExprId> {
        let whole = SourceSpan::new(context.source, path.span);
        match path.names.as_slice() {
            [name] => self.single_name(name, whole, context),
            [first, rest @ ..] => self.dotted(first, rest, whole, context),
            [] => None,
        }
    }

    fn single_name(&mut self, name: &'a tree::Name, whole: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let column = context.row.and_then(|t| Some((t, self.schema.table(t)?.find(&name.text)?)));
        let value = self.names.values.get(&name.text).copied();
        match (column, value) {
            (Some((table, column)), None) => self.column(table, column, whole, context),
            (Some((table, column)), Some(entity)) => {
                // Inside an aggregate the columns of its rows win; for the school itself the named value does.
                let declared = self.names.declared(entity).map(|(_, at)| Place::Text(at));
                let mut warning = Diagnostic::at(kinds::COLUMN_HIDES, whole).text("name", name.text.as_ref());
                if let Some(place) = declared {
                    warning = warning.related(place, "role-first-declared");
                }
                if context.inside {
                    self.push(warning);
                    self.column(table, column, whole, context)
                } else if self.is_open(entity) {
                    self.column(table, column, whole, context)
                } else {
                    self.named(entity, whole, context)
                }
            }
            (None, Some(entity)) => self.named(entity, whole, context),
            (None, None) => {
                self.no_such_value(name, context);
                None
            }
        }
    }

    fn is_open(&self, entity: Entity) -> bool {
        self.chain.iter().any(|(open, _)| *open == entity)
    }

    fn no_such_value(&mut self, name: &'a tree::Name, context: Context<'a>) {
        let mut known: Vec<Arc<str>> = self.names.values.keys().cloned().collect();
        if let Some(table) = context.row.and_then(|t| self.schema.table(t)) {
            known.extend(table.columns.iter().map(|c| c.name.clone()));
        }
        known.sort();
        if let Some(Entity::Table(_) | Entity::Population(_)) = self.names.sets.get(&name.text) {
            let at = SourceSpan::new(context.source, name.span);
            self.push(Diagnostic::at(kinds::NEEDS_AGGREGATE, at).text("name", name.text.as_ref()));
            return;
        }
        if let Some(problem) = self.no_name(name, context) {
            self.push(problem);
            return;
        }
        let mut problem = self.unknown_text(kinds::UNKNOWN_NAME, context.source, &name.text, name.span, &known);
        if problem.fix.is_none()
            && let Some((table, column)) = self.schema.tables.iter().find_map(|t| {
                let id = t.find(&name.text)?;
                Some((t, t.column(id)?))
            })
        {
            // The column exists elsewhere: say where, it is the usual slip.
            problem.related.push(crate::diagnostic::Related {
                place: Place::Text(column.declared),
                role: "role-column-of-other-table",
            });
            let here = if context.row.is_some() { "rows" } else { "constant" };
            problem = problem.text("table", table.name.as_ref()).text("elsewhere", here);
        }
        self.push(problem);
    }

    /// A word that was meant as a number, as a text or as a part of a comparison.
    fn no_name(&self, name: &tree::Name, context: Context<'a>) -> Option<Diagnostic> {
        let at = SourceSpan::new(context.source, name.span);
        if let Some(number) = syntax::number_in_words(&name.text) {
            return Some(syntax::written_as_word(at, &name.text, number.to_string()));
        }
        if let Some(right) = syntax::bound_behind(&name.text) {
            return Some(syntax::other_wording(at, &name.text, vec![right.to_owned()]));
        }
        let wanted = crate::name::normal_text(&name.text);
        let own = context.row.and_then(|table| self.schema.table(table));
        let mut columns = own.into_iter().chain(&self.schema.tables).flat_map(|table| &table.columns);
        let (column, value) = columns.find_map(|column| {
            let value = column.allowed.iter().find(|value| crate::name::normal_text(value) == wanted)?;
            Some((column, value))
        })?;
        let quoted = if value.contains('"') { format!("«{value}»") } else { format!("\"{value}\"") };
        let problem = Diagnostic::at(kinds::TEXT_WITHOUT_QUOTES, at).text("name", name.text.as_ref());
        let problem = problem.text("column", column.name.as_ref()).text("right", quoted.clone()).fix(at, quoted);
        Some(problem.related(Place::Text(column.declared), "role-column-of-value"))
    }

    fn dotted(
        &mut self,
        first: &'a tree::Name,
        rest: &'a [tree::Name],
        whole: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let row = context.row?;
        let table = self.schema.table(row)?;
        // A link of the row, by the name of its column …
        if let Some(id) = table.find(&first.text) {
            let Some(target) = table.column(id).and_then(|c| c.link) else {
                let at = SourceSpan::new(context.source, first.span);
                self.push(Diagnostic::at(kinds::NOT_A_LINK, at).text("name", first.text.as_ref()));
                return None;
            };
            let inner = self.along(target, rest, whole, context)?;
            return Some(self.follow(row, id, inner, whole));
        }
        match self.schema.find(&first.text) {
            // … or the table of the row itself …
            Some(named) if named == row => self.along(row, rest, whole, context),
            // … or the table its rows belong to.
            Some(named) => match self.way(row, named) {
                Some(way) => {
                    let inner = self.along(named, rest, whole, context)?;
                    self.follow_way(row, &way, inner, whole)
                }
                None => {
                    let at = SourceSpan::new(context.source, first.span);
                    self.push(Diagnostic::at(kinds::NEEDS_AGGREGATE, at).text("name", first.text.as_ref()));
                    None
                }
            },
            None => {
                let mut known = self.table_names();
                known.extend(
                    self.schema
                        .table(row)
                        .into_iter()
                        .flat_map(|t| t.columns.iter().filter(|c| c.link.is_some()).map(|c| c.name.clone())),
                );
                self.unknown(kinds::UNKNOWN_NAME, context.source, first, &known);
                None
            }
        }
    }

    /// The rest of a path, seen from a row of `table`.
    fn along(
        &mut self,
        table: TableId,
        rest: &'a [tree::Name],
        whole: SourceSpan,
        context: Context<'a>,
    ) -> Option<ExprId> {
        let (name, more) = rest.split_first()?;
        let schema = self.schema.table(table)?;
        let Some(id) = schema.find(&name.text) else {
            if table == self.subject
                && more.is_empty()
                && let Some(entity) = self.names.values.get(&name.text).copied()
            {
                return self.named(entity, whole, Context { row: Some(table), ..context });
            }
            let known: Vec<Arc<str>> = schema.columns.iter().map(|c| c.name.clone()).collect();
            let table_name = schema.name.clone();
            let problem = self.unknown_text(kinds::UNKNOWN_COLUMN, context.source, &name.text, name.span, &known);
            self.push(problem.text("table", table_name.as_ref()));
            return None;
        };
        if more.is_empty() {
            let own = context.row == Some(table);
            let inner = if own { context } else { Context { guard: 0, row: Some(table), ..context } };
            return self.column(table, id, whole, inner);
        }
        let Some(target) = schema.column(id).and_then(|c| c.link) else {
            let at = SourceSpan::new(context.source, name.span);
            self.push(Diagnostic::at(kinds::NOT_A_LINK, at).text("name", name.text.as_ref()));
            return None;
        };
        let inner = self.along(target, more, whole, context)?;
        Some(self.follow(table, id, inner, whole))
    }

    fn follow(&mut self, table: TableId, link: ColumnId, inner: ExprId, whole: SourceSpan) -> ExprId {
        if self.grain(inner) == Grain::Constant {
            return inner;
        }
        let ty = self.ty(inner);
        self.add(ExprKind::Follow { table, link, inner }, ty, Grain::Row(table), whole)
    }

    /// `inner`, at the grain of the table where the way ends, seen from a row of `row`.
    pub(super) fn follow_way(
        &mut self,
        row: TableId,
        way: &[ColumnId],
        inner: ExprId,
        whole: SourceSpan,
    ) -> Option<ExprId> {
        let mut tables = vec![row];
        for link in way {
            let at = tables.last().copied()?;
            tables.push(self.schema.column(at, *link)?.link?);
        }
        let mut value = inner;
        for (table, link) in tables.iter().zip(way).rev() {
            value = self.follow(*table, *link, value, whole);
        }
        Some(value)
    }

    /// A cell of the row, with its unit settled.
    fn column(&mut self, table: TableId, id: ColumnId, whole: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        let schema = self.schema.table(table)?;
        let column = schema.column(id)?.clone();
        let mut ty = column.kind.clone();
        if !column.scale_by.is_empty() {
            let guard = self.scale_guards.get(context.guard).cloned().unwrap_or_default();
            let fixed: Vec<Arc<str>> = column
                .scale_by
                .iter()
                .filter_map(|by| guard.fixed.iter().find(|(c, _)| c == by).map(|(_, text)| text.clone()))
                .collect();
            if fixed.len() == column.scale_by.len() {
                if ty == Type::Number(Unit::Points(None)) {
                    let scale: Vec<&str> = fixed.iter().map(AsRef::as_ref).collect();
                    ty = Type::Number(Unit::Points(Some(Arc::from(scale.join(", ")))));
                }
            } else if !column
                .scale_by
                .iter()
                .all(|by| guard.apart.contains(by) || guard.fixed.iter().any(|(c, _)| c == by))
            {
                let by: Vec<String> =
                    column.scale_by.iter().filter_map(|c| schema.column(*c)).map(|c| c.name.to_string()).collect();
                self.push(
                    Diagnostic::at(kinds::SCALES_MIXED, whole)
                        .text("name", column.name.as_ref())
                        .with("by", Argument::List(by))
                        .related(Place::Text(column.declared), "role-scale-declared"),
                );
                return None;
            }
        }
        Some(self.add(ExprKind::Column(table, id), ty, Grain::Row(table), whole))
    }

    /// A parameter, an indicator or an index.
    fn named(&mut self, entity: Entity, whole: SourceSpan, context: Context<'a>) -> Option<ExprId> {
        self.use_entity(entity);
        let per_school = !matches!(entity, Entity::Parameter(_));
        if per_school && context.row.is_none() {
            self.push(Diagnostic::at(kinds::NOT_CONSTANT, whole));
            return None;
        }
        let value = self.definition(entity, whole, context.window)?;
        let ty = self.ty(value);
        let grain = self.grain(value);
        let kind = match entity {
            Entity::Parameter(i) => ExprKind::Parameter(ParameterId::from_index(i), value),
            Entity::Indicator(i) => ExprKind::Indicator(IndicatorId::from_index(i), value),
            Entity::Index(i) => ExprKind::Index(IndexId::from_index(i), value),
            _ => return None,
        };
        let id = self.add(kind, ty, grain, whole);
        let Grain::Row(table) = grain else {
            return Some(id);
        };
        let Some(row) = context.row else {
            self.push(Diagnostic::at(kinds::NOT_CONSTANT, whole));
            return None;
        };
        if row == table {
            return Some(id);
        }
        match self.way(row, table) {
            Some(way) => self.follow_way(row, &way, id, whole),
            None => {
                let name = self.names.declared(entity).map(|(n, _)| n.to_string()).unwrap_or_default();
                self.push(Diagnostic::at(kinds::NEEDS_AGGREGATE, whole).text("name", name));
                None
            }
        }
    }

    /// The checked definition of a named value, worked out on first use. A definition that needs itself is reported
    /// with the whole circle.
    pub(super) fn definition(&mut self, entity: Entity, at: SourceSpan, window: Option<(i64, i64)>) -> Option<ExprId> {
        let window = if matches!(entity, Entity::Parameter(_)) { None } else { window };
        match self.states.get(&(entity, window)) {
            Some(State::Done(value)) => {
                let value = *value;
                self.nested_again(entity);
                return value;
            }
            Some(State::Open) => {
                let start = self.chain.iter().position(|(open, _)| *open == entity).unwrap_or(0);
                let mut circle: Vec<String> = self
                    .chain
                    .iter()
                    .skip(start)
                    .filter_map(|(open, _)| self.names.declared(*open).map(|(n, _)| n.to_string()))
                    .collect();
                circle.extend(circle.first().cloned());
                self.push(Diagnostic::at(kinds::CIRCULAR, at).text("circle", circle.join(" → ")));
                return None;
            }
            None => {}
        }
        if self.chain.len() >= super::MAX_CHAIN {
            self.push(Diagnostic::at(kinds::TOO_DEEP, at).text("what", "chain").count("limit", super::MAX_CHAIN));
            return None;
        }
        self.states.insert((entity, window), State::Open);
        self.chain.push((entity, at));
        let value = self.nested_definition(entity, |checker| match entity {
            Entity::Parameter(i) => checker.parameter_value(i),
            Entity::Indicator(i) => checker.indicator_value(i, window),
            Entity::Index(i) => checker.index_value(i, window),
            _ => None,
        });
        self.chain.pop();
        self.states.insert((entity, window), State::Done(value));
        value
    }
}
