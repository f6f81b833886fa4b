//! The values of every named indicator, cycle by cycle.
//!
//! Reads finished runs; computes no value.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::Identity;
use crate::data::dataset::Dataset;
use crate::decision::{Run, StepId};
use crate::evaluate::trace;
use crate::explain;
use crate::model::expr::ExprId;
use crate::model::{CategoryId, RuleSet};
use crate::number::Number;
use crate::plan::{Plan, StepKind};
use crate::schema::ColumnId;
use crate::value::{Type, Unit, Value};

/// A cycle with the data that it was computed from.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
}

/// One indicator through the cycles.
#[derive(Debug, Clone)]
pub struct Series {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub unit: Unit,
    /// A column of the data, not an indicator of the rules.
    pub of_data: bool,
    /// Categories of the last cycle that rest on it, by name; for the others it is contextual.
    pub used_by: Vec<Arc<str>>,
    /// One per cycle: what is known, by school. A cycle that does not have the indicator knows nothing.
    pub values: Vec<BTreeMap<Arc<str>, Number>>,
}

impl Series {
    /// What is known of a school in the first cycle.
    pub fn first(&self, code: &str) -> Option<&Number> {
        self.values.first()?.get(code)
    }

    /// What is known of a school in the last cycle.
    pub fn last(&self, code: &str) -> Option<&Number> {
        self.values.last()?.get(code)
    }
}

/// Where the values of an indicator are.
#[derive(Clone, Copy)]
enum Place {
    Expr(ExprId),
    Column(ColumnId),
}

struct Named {
    name: Arc<str>,
    title: Option<Arc<str>>,
    unit: Unit,
    place: Place,
}

/// Every indicator, index and number of the schools' own table that the first and the last cycle have in the same unit. Without
/// the values of one of the two: nothing. A school that was merged or divided since has no value of its own before.
pub fn series(cycles: &[Option<Values<'_>>], identity: &Identity) -> Vec<Series> {
    let (Some(Some(_)), Some(Some(last))) = (cycles.first(), cycles.last()) else { return Vec::new() };
    let known: Vec<Vec<Named>> = cycles.iter().map(|of| of.as_ref().map_or_else(Vec::new, named)).collect();
    let schools: Vec<HashMap<Arc<str>, Arc<str>>> = (0..cycles.len()).map(|at| identity.alone(at)).collect();
    let rests: Vec<(Arc<str>, HashSet<usize>)> = last
        .rules
        .categories
        .iter()
        .enumerate()
        .map(|(at, category)| (category.name.clone(), steps_below(last, CategoryId::from_index(at))))
        .collect();
    let of_cycle = |((of, place), schools): ((&Option<Values<'_>>, &Option<Place>), &HashMap<_, _>)| {
        of.as_ref().zip(*place).map_or_else(BTreeMap::new, |(of, place)| values(of, place, schools))
    };
    let mut found = Vec::new();
    for now in named(last) {
        let of_data = matches!(now.place, Place::Column(_));
        let same = |other: &&Named| {
            other.name == now.name && other.unit == now.unit && matches!(other.place, Place::Column(_)) == of_data
        };
        let places: Vec<Option<Place>> =
            known.iter().map(|named| named.iter().find(same).map(|named| named.place)).collect();
        if places.first().is_none_or(Option::is_none) {
            continue;
        }
        let step = step_of(last, now.place);
        let used = rests.iter().filter(|(_, below)| step.is_some_and(|step| below.contains(&step)));
        found.push(Series {
            used_by: used.map(|(name, _)| name.clone()).collect(),
            values: cycles.iter().zip(&places).zip(&schools).map(of_cycle).collect(),
            name: now.name,
            title: now.title,
            unit: now.unit,
            of_data,
        });
    }
    found
}

fn named(of: &Values<'_>) -> Vec<Named> {
    let unit = |value: ExprId| match of.rules.expr(value).map(|expr| &expr.ty) {
        Some(Type::Number(unit)) => Some(unit.clone()),
        _ => None,
    };
    let mut found = Vec::new();
    for indicator in &of.rules.indicators {
        let Some(unit) = unit(indicator.value) else { continue };
        let (name, title) = (indicator.name.clone(), indicator.title.clone());
        found.push(Named { name, title, unit, place: Place::Expr(indicator.value) });
    }
    for index in &of.rules.indices {
        let Some(unit) = unit(index.value) else { continue };
        let (name, title) = (index.name.clone(), index.title.clone());
        found.push(Named { name, title, unit, place: Place::Expr(index.value) });
    }
    let columns = of.rules.schema.table(of.rules.subject).map_or(&[][..], |table| table.columns.as_slice());
    for (at, column) in columns.iter().enumerate() {
        let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
        let (Type::Number(unit), Some(_)) = (&column.kind, of.data.column(of.rules.subject, id)) else { continue };
        let (name, title, unit) = (column.name.clone(), column.title.clone(), unit.clone());
        found.push(Named { name, title, unit, place: Place::Column(id) });
    }
    found
}

fn values(of: &Values<'_>, place: Place, schools: &HashMap<Arc<str>, Arc<str>>) -> BTreeMap<Arc<str>, Number> {
    let value = |row: usize| match place {
        Place::Expr(expr) => trace::value(of.run, of.plan, expr, row),
        Place::Column(column) => match of.data.column(of.rules.subject, column) {
            Some(column) => column.value(row),
            None => Value::Absent(crate::value::Reasons::MISSING),
        },
    };
    let known = (0..of.run.schools).filter_map(|row| match value(row) {
        Value::Number(number) => {
            let code = explain::named(of.rules, of.plan, of.data, of.run, row).code;
            Some((schools.get(&code)?.clone(), number))
        }
        _ => None,
    });
    known.collect()
}

fn step_of(of: &Values<'_>, place: Place) -> Option<usize> {
    match place {
        Place::Expr(expr) => of.plan.of_expr.get(expr.index()).map(|step| step.index()),
        Place::Column(wanted) => of.plan.steps.iter().position(
            |step| matches!(&step.kind, StepKind::Column(table, column) if *table == of.rules.subject && *column == wanted),
        ),
    }
}

/// All steps that a category rests on.
fn steps_below(of: &Values<'_>, category: CategoryId) -> HashSet<usize> {
    let mut open: Vec<StepId> = of.plan.categories.get(category.index()).copied().into_iter().collect();
    let mut found = HashSet::new();
    while let Some(step) = open.pop() {
        if found.insert(step.index()) {
            open.extend(of.plan.step(step).map(|step| step.kind.inputs()).unwrap_or_default());
        }
    }
    found
}
