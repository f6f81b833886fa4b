//! What the rules call by a name, and the steps that have its values: so that one rule set can be held against another.
//!
//! Two definitions may compute the same and be one step of a plan. [`apart`] makes a plan in which every definition has a step
//! of its own, so that the values of one can be replaced and those of the other stay.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Plan, build, operands};
use crate::decision::StepId;
use crate::model::RuleSet;
use crate::model::expr::{ExprId, ExprKind, Grain};

/// Something that has one value per row and a name that tells it from all others of its kind.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    Population(Arc<str>),
    /// With the one year that its rows are taken of, where it stands in a condition over years.
    Definition(Arc<str>, Option<i64>),
    Index(Arc<str>),
    Criterion(Arc<str>),
    Group(Arc<str>),
    Category(Arc<str>),
}

/// As [`super::plan`], with a step of its own for every definition that has one value per row.
pub fn apart(rules: &RuleSet) -> Plan {
    let values = definitions(rules).into_values().filter(|id| per_row(rules, *id));
    build::build(rules, &values.collect())
}

/// The steps of everything that has a name and one value per row.
pub fn named(rules: &RuleSet, plan: &Plan) -> BTreeMap<Named, StepId> {
    let mut found = BTreeMap::new();
    for (population, step) in rules.populations.iter().zip(&plan.populations) {
        found.insert(Named::Population(population.name.clone()), *step);
    }
    let of_values = definitions(rules)
        .into_iter()
        .chain(rules.indices.iter().map(|index| (Named::Index(index.name.clone()), index.value)));
    for (name, value) in of_values.filter(|(_, value)| per_row(rules, *value)) {
        found.extend(plan.step_of(value).map(|step| (name, step)));
    }
    for (criterion, step) in rules.criteria.iter().zip(&plan.criteria) {
        found.insert(Named::Criterion(criterion.number.clone()), *step);
    }
    for (group, step) in rules.groups.iter().zip(&plan.groups) {
        found.insert(Named::Group(group.number.clone()), *step);
    }
    for (category, step) in rules.categories.iter().zip(&plan.categories) {
        found.insert(Named::Category(category.name.clone()), *step);
    }
    found
}

fn per_row(rules: &RuleSet, id: ExprId) -> bool {
    rules.expr(id).is_some_and(|expr| expr.grain != Grain::Constant)
}

/// The values of definitions: as they are declared, and for single years where conditions over years take them so.
fn definitions(rules: &RuleSet) -> BTreeMap<Named, ExprId> {
    let mut found = BTreeMap::new();
    let name = |id: crate::model::IndicatorId| rules.indicators.get(id.index()).map(|found| found.name.clone());
    for indicator in &rules.indicators {
        found.insert(Named::Definition(indicator.name.clone(), None), indicator.value);
    }
    for expr in &rules.exprs {
        let (ExprKind::Years { years, .. } | ExprKind::MeanOfYears { years }) = &expr.kind else { continue };
        for (year, body) in years {
            for id in reached(rules, *body) {
                if let Some(ExprKind::Indicator(id, value)) = rules.expr(id).map(|expr| &expr.kind)
                    && let Some(name) = name(*id)
                {
                    found.insert(Named::Definition(name, Some(*year)), *value);
                }
            }
        }
    }
    found
}

/// An expression and all that it is made of.
fn reached(rules: &RuleSet, from: ExprId) -> BTreeSet<ExprId> {
    let mut found = BTreeSet::from([from]);
    let mut ahead = vec![from];
    while let Some(id) = ahead.pop() {
        ahead.extend(operands(rules, id).into_iter().filter(|operand| found.insert(*operand)));
    }
    found
}
