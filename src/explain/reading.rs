//! A run together with what it was made from, read value by value.
//!
//! The only way explanations get at values; it computes none.

use std::sync::Arc;

use super::condition::{InputCell, ParameterName, PopulationName};
use super::naming::table_title;
use crate::data::dataset::Dataset;
use crate::decision::{Facts, RowColumn, Run, StepColumn, Strata};
use crate::evaluate::trace;
use crate::model::expr::{Expr, ExprId, ExprKind};
use crate::model::{Notes, ParameterId, PopulationOrTable, RuleSet};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::plan::Plan;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Unit, Value};

#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
}

impl<'a> Reading<'a> {
    pub fn expr(&self, expr: ExprId) -> Option<&'a Expr> {
        self.rules.expr(expr)
    }

    pub fn ty(&self, expr: ExprId) -> Type {
        self.expr(expr).map_or(Type::Number(Unit::Number), |e| e.ty.clone())
    }

    pub fn value(&self, expr: ExprId, row: usize) -> Value {
        trace::value(self.run, self.plan, expr, row)
    }

    pub fn truth(&self, expr: ExprId, row: usize) -> Truth {
        match self.value(expr, row) {
            Value::Truth(truth) => truth,
            Value::Absent(reasons) => Truth::unknown(reasons),
            _ => Truth::unknown(Reasons::INVALID),
        }
    }

    pub fn number(&self, expr: ExprId, row: usize) -> Option<Number> {
        match self.value(expr, row) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    pub fn column(&self, expr: ExprId) -> Option<&'a StepColumn> {
        self.run.columns.get(self.plan.of_expr.get(expr.index())?.index())
    }

    pub fn facts(&self, expr: ExprId) -> Option<&'a Facts> {
        self.run.facts.get(self.plan.of_expr.get(expr.index())?.index())
    }

    /// The numbers of a step that has one per row, with the marks of absence.
    pub fn numbers(&self, expr: ExprId) -> Option<(&'a NumberColumn, Option<&'a [u8]>)> {
        match self.column(expr)? {
            StepColumn::Rows(RowColumn::Numbers { values, absent }) => {
                Some((values, absent.as_ref().map(|a| a.as_slice())))
            }
            StepColumn::Rows(RowColumn::Data(column)) => match &column.values {
                crate::data::dataset::Values::Numbers(values) => {
                    Some((values, column.absent.as_ref().map(|a| a.as_slice())))
                }
                _ => None,
            },
            _ => None,
        }
    }

    pub fn cell(&self, table: TableId, column: ColumnId, row: usize) -> InputCell {
        let schema = self.rules.schema.column(table, column);
        InputCell {
            table,
            column,
            row,
            title: schema.map_or_else(|| Arc::from(""), |c| c.title.clone().unwrap_or_else(|| readable(&c.name))),
            // the year of a row is a name, not a number of years
            ty: match self.rules.schema.table(table).and_then(|t| t.year) {
                Some(year) if year == column => Type::Number(Unit::Number),
                _ => schema.map_or(Type::Text, |c| c.kind.clone()),
            },
            value: self.data.column(table, column).map_or(Value::Absent(Reasons::MISSING), |c| c.value(row)),
            cell: self.data.table(table).and_then(|t| t.cell(row, column)).filter(|c| c.column > 0),
            printed: self.data.table(table).and_then(|t| t.printed(row, column)),
        }
    }

    /// What the keys of a group are called; empty: a formula.
    pub fn key_names(&self, keys: &[ExprId]) -> Vec<Arc<str>> {
        keys.iter().map(|key| self.key_name(*key, 0)).collect()
    }

    fn key_name(&self, key: ExprId, depth: usize) -> Arc<str> {
        let titled = |title: &Option<Arc<str>>, name: &str| title.clone().unwrap_or_else(|| readable(name));
        match self.expr(key).map(|e| &e.kind) {
            Some(ExprKind::Column(table, column)) => {
                self.rules.schema.column(*table, *column).map_or_else(|| Arc::from(""), |c| titled(&c.title, &c.name))
            }
            Some(ExprKind::Indicator(id, _)) => {
                self.rules.indicators.get(id.index()).map_or_else(|| Arc::from(""), |i| titled(&i.title, &i.name))
            }
            Some(ExprKind::Follow { inner, .. }) if depth < 16 => self.key_name(*inner, depth + 1),
            _ => Arc::from(""),
        }
    }

    pub fn parameter_name(&self, id: ParameterId) -> Option<ParameterName> {
        let parameter = self.rules.parameters.get(id.index())?;
        Some(ParameterName {
            id,
            name: parameter.name.clone(),
            title: parameter.title.clone(),
            replaced: parameter.replaced.clone(),
            notes: parameter.notes.clone(),
        })
    }

    /// The parameter that an expression is, where it is one.
    pub fn parameter_of(&self, expr: ExprId) -> Option<ParameterName> {
        match self.expr(expr)?.kind {
            ExprKind::Parameter(id, _) => self.parameter_name(id),
            _ => None,
        }
    }

    pub fn population_name(&self, of: PopulationOrTable) -> PopulationName {
        match of {
            PopulationOrTable::Population(id) => {
                let population = self.rules.populations.get(id.index());
                PopulationName {
                    of,
                    name: population.map_or_else(|| Arc::from(""), |p| p.name.clone()),
                    title: population.and_then(|p| p.title.clone()),
                    notes: population.map(|p| p.notes.clone()).unwrap_or_default(),
                }
            }
            PopulationOrTable::Table(id) => PopulationName {
                of,
                name: self.rules.schema.table(id).map_or_else(|| Arc::from(""), |t| t.name.clone()),
                title: Some(table_title(&self.rules.schema, id)),
                notes: Notes::default(),
            },
        }
    }

    /// Whether a row belongs to a population; a whole table has all its rows.
    pub fn is_member(&self, of: PopulationOrTable, row: usize) -> Truth {
        match of {
            PopulationOrTable::Population(id) => self.run.is_member(id, row).unwrap_or(Truth::FALSE),
            PopulationOrTable::Table(_) => Truth::TRUE,
        }
    }
}

/// A name of the rules as people read it, where there is no title: `план_реновации` is «план реновации».
pub(super) fn readable(name: &str) -> Arc<str> {
    Arc::from(name.replace('_', " "))
}

/// The stratum of a row; `None`: in none.
pub(super) fn stratum_of(strata: &Strata, row: usize) -> Option<usize> {
    match &strata.of_row {
        None => Some(0),
        Some(of_row) => of_row.get(row).filter(|s| **s != u32::MAX).and_then(|s| usize::try_from(*s).ok()),
    }
}
