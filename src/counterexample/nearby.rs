//! Data changed in one cell so that a comparison of the rules stands exactly on its threshold.
//!
//! The difference of the two sides is taken to be linear in the cell, which is found out by evaluating twice; whether it was does not
//! matter, since what comes out is evaluated like any other data.

use super::palette::{Chance, is_possible};
use super::search::{Both, run};
use super::world::{Cell, World};
use crate::decision::StepId;
use crate::evaluate::trace;
use crate::model::RuleSet;
use crate::model::expr::Grain;
use crate::number::Number;
use crate::plan::{Plan, StepKind};
use crate::value::{Type, Unit, Value};

/// Comparisons that are tried of each data.
const TRIED: usize = 3;

/// Data near to these on which the rule sets differ.
pub(super) fn changed(both: &Both<'_>, world: &World, chance: &mut Chance) -> Option<World> {
    for _ in 0..TRIED {
        let (rules, plan) = if chance.happens(500) { both.first } else { both.second };
        if let Some(found) = on_threshold(rules, plan, world, chance).filter(|found| both.differ(found)) {
            return Some(found);
        }
    }
    None
}

/// A number column of the data that a step is made from.
struct Lever {
    table: usize,
    column: usize,
    unit: Unit,
}

fn on_threshold(rules: &RuleSet, plan: &Plan, world: &World, chance: &mut Chance) -> Option<World> {
    let is_comparison = |kind: &StepKind| matches!(kind, StepKind::Compare(..));
    let comparisons: Vec<usize> =
        (0..plan.steps.len()).filter(|at| plan.steps.get(*at).is_some_and(|step| is_comparison(&step.kind))).collect();
    let step = plan.steps.get(*chance.pick(&comparisons)?)?;
    let StepKind::Compare(_, a, b) = step.kind else { return None };
    let rows = match step.grain {
        Grain::Row(table) => world.tables.get(usize::try_from(table.0).ok()?)?.len(),
        Grain::Constant => 1,
    };
    let row = chance.below(rows);
    let levers = levers(rules, plan, &[a, b]);
    let lever = chance.pick(&levers)?;
    let cells = world.tables.get(lever.table)?.len();
    let place = (lever.table, chance.below(cells), lever.column);
    let Some(Cell::Number(present)) = world.cell(place.0, place.1, place.2) else { return None };
    let difference = |world: &World| -> Option<Number> {
        let run = run(rules, plan, &world.dataset(&rules.schema))?;
        let side = |id: StepId| match trace::read(run.columns.get(id.index())?, row) {
            Value::Number(number) => Some(number),
            _ => None,
        };
        Some(side(a)?.subtract(&side(b)?))
    };
    let other = present.add(&Number::one());
    let here = difference(world)?;
    let slope = difference(&world.with(place, Cell::Number(other))?)?.subtract(&here);
    let wanted = present.subtract(&here.divide(&slope)?);
    is_possible(&wanted, &lever.unit).then(|| world.with(place, Cell::Number(wanted)))?
}

fn levers(rules: &RuleSet, plan: &Plan, of: &[StepId]) -> Vec<Lever> {
    let mut found: Vec<Lever> = Vec::new();
    let mut seen = vec![false; plan.steps.len()];
    let mut ahead = of.to_vec();
    while let Some(id) = ahead.pop() {
        let Some(slot) = seen.get_mut(id.index()).filter(|seen| !**seen) else { continue };
        *slot = true;
        let Some(step) = plan.step(id) else { continue };
        if let StepKind::Column(table, column) = step.kind
            && let Some(Type::Number(unit)) = rules.schema.column(table, column).map(|column| column.kind.clone())
            && let (Ok(table), Ok(column)) = (usize::try_from(table.0), usize::try_from(column.0))
        {
            found.push(Lever { table, column, unit });
        }
        ahead.extend(step.kind.inputs());
    }
    found
}
