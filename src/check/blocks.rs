//! Lists, functions, populations and indicators: the blocks that name something.

use std::sync::Arc;

use super::names::Entity;
use super::{Checker, Context, notes, title};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceId, SourceSpan};
use crate::model::expr::{ExprId, ExprKind};
use crate::model::{DatedList, Exclusion, Function, Indicator, ListEntry, Population, PopulationId};
use crate::name::normal_text;
use crate::schema::TableId;
use crate::syntax::tree;
use crate::value::{Reasons, Type, Unit};

impl<'a> Checker<'a> {
    pub(super) fn lists(&mut self) {
        for (source, list) in self.names.lists.clone() {
            let checked = self.list(source, list);
            self.rules.lists.push(checked);
        }
    }

    fn list(&mut self, source: SourceId, list: &'a tree::List) -> DatedList {
        let at = SourceSpan::new(source, list.name.span);
        let mut entries = Vec::new();
        for entry in &list.entries {
            if let Some(period) = &entry.period {
                self.period(source, period);
            }
            let period = entry.period.as_ref();
            entries.push(ListEntry {
                value: entry.value.text.clone(),
                normal: Arc::from(normal_text(&entry.value.text)),
                from: period.and_then(|p| p.from),
                to: period.and_then(|p| p.to),
                basis: entry.basis.as_ref().map(|t| t.text.clone()),
                span: SourceSpan::new(source, entry.span),
            });
        }
        let mut said_source = list.source.as_ref().map(|t| t.text.clone());
        if let Some(path) = &list.file {
            let here = SourceSpan::new(source, path.span);
            match self.input.lists.get(&(here.source, path.text.clone())) {
                Some(file) => {
                    said_source = said_source.or(file.source.clone());
                    for entry in &file.entries {
                        entries.push(ListEntry {
                            value: entry.value.clone(),
                            normal: Arc::from(normal_text(&entry.value)),
                            from: entry.from,
                            to: entry.to,
                            basis: entry.basis.clone(),
                            span: entry.at.unwrap_or(at),
                        });
                    }
                }
                None => {
                    self.push(Diagnostic::at(kinds::FILE_MISSING, here).text("file", path.text.as_ref()));
                }
            }
        } else if entries.is_empty() {
            self.push(Diagnostic::at(kinds::EMPTY_LIST, at).text("name", list.name.text.as_ref()));
        }
        if said_source.is_none() && entries.iter().any(|e| e.basis.is_none()) {
            self.push(Diagnostic::at(kinds::LIST_WITHOUT_SOURCE, at).text("name", list.name.text.as_ref()));
        }
        let undated = entries.iter().filter(|e| e.from.is_none()).count();
        if undated > 0 {
            self.push(
                Diagnostic::at(kinds::LIST_WITHOUT_DATES, at)
                    .text("name", list.name.text.as_ref())
                    .count("count", undated),
            );
        }
        DatedList {
            name: list.name.text.clone(),
            title: title(&list.title),
            source: said_source,
            entries,
            notes: notes(&list.notes),
            span: SourceSpan::new(source, list.span),
        }
    }

    pub(super) fn functions(&mut self) {
        for (source, function) in self.names.functions.clone() {
            let here = SourceSpan::new(source, function.file.span);
            let text = self.input.scripts.get(&(here.source, function.file.text.clone())).cloned();
            if text.is_none() {
                self.push(Diagnostic::at(kinds::FILE_MISSING, here).text("file", function.file.text.as_ref()));
            }
            let unit =
                |word: &Option<tree::UnitWord>| Type::Number(word.as_ref().map_or(Unit::Number, super::units::unit));
            let arguments: Vec<(Arc<str>, Type)> =
                function.arguments.iter().map(|(name, word)| (name.text.clone(), unit(word))).collect();
            let names: Vec<Arc<str>> = arguments.iter().map(|(name, _)| name.clone()).collect();
            let script = match crate::script::Script::compile(&function.file.text, &text.unwrap_or_default(), &names) {
                Ok(script) => script,
                Err(problem) => {
                    self.push(
                        problem
                            .tell(Diagnostic::at(kinds::SCRIPT_BROKEN, here).text("file", function.file.text.as_ref())),
                    );
                    continue;
                }
            };
            self.rules.functions.push(Function {
                name: function.name.text.clone(),
                title: title(&function.title),
                arguments,
                result: unit(&function.result),
                script,
                notes: notes(&function.notes),
                span: SourceSpan::new(source, function.span),
            });
        }
    }

    pub(super) fn populations(&mut self) {
        for position in 0..self.names.populations.len() {
            self.population(Entity::Population(position), SourceSpan::default());
        }
    }

    /// The checked population, worked out on first use; its base comes before it.
    pub(super) fn population(&mut self, entity: Entity, at: SourceSpan) -> Option<PopulationId> {
        let Entity::Population(position) = entity else {
            return None;
        };
        if let Some(known) = self.population_ids.get(&position) {
            return *known;
        }
        if self.chain.iter().any(|(open, _)| *open == entity) || self.chain.len() >= super::MAX_CHAIN {
            let circle: Vec<String> = self
                .chain
                .iter()
                .skip_while(|(open, _)| *open != entity)
                .map(|(open, _)| *open)
                .chain([entity])
                .filter_map(|open| self.names.declared(open).map(|(n, _)| n.to_string()))
                .collect();
            self.push(Diagnostic::at(kinds::CIRCULAR, at).text("circle", circle.join(" → ")));
            return None;
        }
        self.chain.push((entity, at));
        let checked = self.checked_population(position);
        self.chain.pop();
        let id = checked.map(|population| {
            self.rules.populations.push(population);
            PopulationId::from_index(self.rules.populations.len() - 1)
        });
        self.population_ids.insert(position, id);
        id
    }

    /// The table at the end of the chain of populations that a population is a part of.
    fn table_behind(&self, population: &tree::Population) -> Option<TableId> {
        let mut name = &population.base.text;
        for _ in 0..super::MAX_CHAIN {
            match self.names.sets.get(name).copied()? {
                Entity::Population(position) => name = &self.names.populations.get(position)?.1.base.text,
                Entity::Table(_) => return self.schema.find(name),
                _ => return None,
            }
        }
        None
    }

    fn checked_population(&mut self, position: usize) -> Option<Population> {
        let (source, population) = *self.names.populations.get(position)?;
        let at = SourceSpan::new(source, population.base.span);
        let (table, base) = match self.names.sets.get(&population.base.text).copied() {
            Some(entity @ Entity::Population(_)) => {
                self.use_entity(entity);
                // its own conditions are checked even where the base has mistakes
                let base = self.population(entity, at);
                (self.table_behind(population)?, base.map(Some))
            }
            Some(Entity::Table(_)) => (self.schema.find(&population.base.text)?, Some(None)),
            _ => {
                let known = self.set_names();
                self.unknown(kinds::UNKNOWN_SET, source, &population.base, &known);
                return None;
            }
        };
        let context = Context { row: Some(table), ..self.context(source) };
        let condition = population.condition.as_ref().map(|condition| self.condition(condition, context));
        let mut exclusions = Vec::new();
        for exclusion in &population.exclusions {
            exclusions.push(self.condition(&exclusion.condition, context).map(|condition| Exclusion {
                condition,
                basis: exclusion.basis.as_ref().map(|t| t.text.clone()),
                span: SourceSpan::new(source, exclusion.span),
            }));
        }
        let base = base?;
        let condition = match condition {
            Some(condition) => Some(condition?),
            None => None,
        };
        let exclusions = exclusions.into_iter().collect::<Option<Vec<_>>>()?;
        Some(Population {
            name: population.name.text.clone(),
            title: title(&population.title),
            table,
            base,
            condition,
            exclusions,
            notes: notes(&population.notes),
            span: SourceSpan::new(source, population.span),
        })
    }

    pub(super) fn indicators(&mut self) {
        for (position, (source, indicator)) in self.names.indicators.clone().into_iter().enumerate() {
            let at = SourceSpan::new(source, indicator.name.span);
            let value = self.definition(Entity::Indicator(position), at, None);
            // A broken indicator keeps its place: the positions are the ids.
            let value = value.unwrap_or(ExprId::from_index(usize::MAX));
            self.rules.indicators.push(Indicator {
                name: indicator.name.text.clone(),
                title: title(&indicator.title),
                value,
                notes: notes(&indicator.notes),
                span: SourceSpan::new(source, indicator.span),
            });
        }
    }

    /// Formula, then suppression with its fallback, then applicability. `window` replaces every window in it.
    pub(super) fn indicator_value(&mut self, position: usize, window: Option<(i64, i64)>) -> Option<ExprId> {
        let (source, indicator) = *self.names.indicators.get(position)?;
        let over = match &indicator.over {
            None => None,
            Some(name) => match self.schema.find(&name.text) {
                Some(table) => Some(table),
                None => {
                    let known = self.table_names();
                    self.unknown(kinds::UNKNOWN_SET, source, name, &known);
                    return None;
                }
            },
        };
        let context = Context { over, clauses: &indicator.clauses, window, ..self.context(source) };
        let first = self.suppressed(indicator, context)?;
        let mut value = first;
        if let Some(suppress) = &indicator.suppress
            && let Some(fallback) = &suppress.fallback
            && window.is_none()
        {
            let wider = self.window(fallback, context)?;
            self.is_wider(wider, fallback, indicator, context)?;
            let second = self.suppressed(indicator, Context { window: Some(wider), ..context })?;
            let (ty, grain) = (self.ty(first), self.grain(first));
            let at = SourceSpan::new(source, suppress.span);
            value = self.add(ExprKind::Fallback { first, second }, ty, grain, at);
        }
        if let Some(condition) = &indicator.not_applicable {
            let when = self.condition(condition, context)?;
            let ty = self.ty(value);
            let grain = self.joint_grain(&[value, when]);
            let at = SourceSpan::new(source, condition.span);
            value = self.add(ExprKind::AbsentWhen { value, when, reasons: Reasons::NOT_APPLICABLE }, ty, grain, at);
        }
        Some(value)
    }

    /// A fallback over years that the window has already would change nothing.
    fn is_wider(
        &mut self,
        wider: (i64, i64),
        fallback: &'a tree::Window,
        indicator: &'a tree::Indicator,
        context: Context<'a>,
    ) -> Option<()> {
        let own = indicator.clauses.iter().find_map(|clause| match &clause.kind {
            tree::ClauseKind::Window(window) => Some(window),
            _ => None,
        });
        let Some(own) = own else {
            return Some(());
        };
        let (from, to) = self.window(own, context)?;
        if from <= wider.0 && wider.1 <= to {
            let at = |window: &tree::Window| SourceSpan::new(context.source, window.span);
            let problem = Diagnostic::at(kinds::FALLBACK_NOT_WIDER, at(fallback));
            self.push(problem.related(Place::Text(at(own)), "role-window"));
            return None;
        }
        Some(())
    }

    fn suppressed(&mut self, indicator: &'a tree::Indicator, context: Context<'a>) -> Option<ExprId> {
        let value = self.expr(&indicator.formula, context)?;
        let Some(suppress) = &indicator.suppress else {
            return Some(value);
        };
        let when = self.condition(&suppress.condition, context)?;
        let ty = self.ty(value);
        let grain = self.joint_grain(&[value, when]);
        let at = SourceSpan::new(context.source, suppress.span);
        Some(self.add(ExprKind::AbsentWhen { value, when, reasons: Reasons::SUPPRESSED }, ty, grain, at))
    }
}
