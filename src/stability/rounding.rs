//! Values within rounding of what they are held against.
//!
//! A *recorded* value is made of cells in its own unit that are no counts: it may be off by half a unit of the last digit that those
//! columns have (the coarsest of them, on the scale of the value). Everything else is *computed* and is rounded as it is shown.
//! Only values that comparisons and selections are about are looked at, those of the school and those of the rows that belong to
//! it; each alone, everything else as it is. Where a value goes into nothing else, nothing changes between two neighbouring bounds,
//! so the ends, the bounds between them and one value of each stretch are all that has to be tried. Where it goes into something
//! else as well (an index, a mean), the same values are tried, and that is a search.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::owners::Owners;
use super::spread::{last_digit, one_over, power_of_ten};
use super::{Cause, Ground, Rounded, Sheet, Standing, row_id, told};
use crate::data::dataset::Values;
use crate::decision::{Facts, RowColumn, StepColumn, StepId};
use crate::evaluate::again::Change;
use crate::model::CategoryId;
use crate::model::CriterionId;
use crate::model::expr::{AggregateFunction, ArithmeticOp, Grain};
use crate::number::Number;
use crate::number::format::exact_digits;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::plan::StepKind;
use crate::progress::Progress;
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Unit, Value};

/// A number that ends within so many digits is shown whole, others with [`ROUNDED_DIGITS`]: as reports do.
const SHORT_DIGITS: u32 = 4;
const ROUNDED_DIGITS: u32 = 2;

pub(super) fn sheet(ground: &Ground<'_>, digits: Option<u32>, progress: &dyn Progress) -> Sheet {
    let owners = Owners::of(ground);
    let values = values(ground, &owners);
    let mut sheet = Sheet::empty(ground, Standing::Tried);
    let needed: Vec<BTreeSet<StepId>> = ground.categories.iter().map(|id| ground.needed_by(*id)).collect();
    let mut near: Vec<Near> = Vec::new();
    let mut found_any = false;
    for value in &values {
        let Some((numbers, absent)) = ground.numbers(value.step) else { continue };
        let asked: Vec<usize> =
            needed.iter().enumerate().filter(|(_, steps)| steps.contains(&value.step)).map(|(at, _)| at).collect();
        for row in (0..numbers.len()).filter(|row| absent.is_none_or(|marks| marks.get(*row) == Some(&0))) {
            let schools = owners.schools(value.table, row);
            let Some(now) = numbers.get(row).filter(|_| !schools.is_empty()) else { continue };
            let Some(points) = value.points(ground, row, &now, digits) else { continue };
            found_any = true;
            match points {
                Points::Far => {
                    for (category, school) in asked.iter().flat_map(|c| schools.iter().map(move |s| (*c, *s))) {
                        sheet.count(category, school, true);
                    }
                }
                Points::Near(points) => near.push(Near { value, row, now, points, schools, asked: asked.clone() }),
            }
        }
    }
    if !found_any {
        return Sheet::empty(ground, Standing::Nothing);
    }
    let work = near.iter().map(|near| near.points.len().saturating_mul(near.value.work));
    if work.fold(0, usize::saturating_add) > super::ground::MOST_WORK {
        return Sheet::empty(ground, Standing::TooMuch);
    }
    let turned: Vec<Vec<(usize, usize, Option<Number>)>> = told(progress, near.len(), || {
        near.par_iter()
            .map(|near| {
                let found = near.turned(ground);
                progress.advance(1);
                found
            })
            .collect()
    });
    for (near, turned) in near.iter().zip(turned) {
        for (category, school, to) in turned {
            sheet.count(category, school, to.is_none());
            sheet.searched(category, school, to.is_none() && !near.value.only_held);
            if let Some(to) = to {
                let cause = Cause::Rounded(Rounded {
                    criteria: near.value.criteria.clone(),
                    table: near.value.table,
                    row: near.row,
                    unit: near.value.unit.clone(),
                    value: near.now.clone(),
                    to,
                    half: near.value.half.clone(),
                });
                sheet.causes.push((category, row_id(school), cause));
            }
        }
    }
    sheet
}

/// A value that comparisons or selections are about.
struct HeldValue {
    step: StepId,
    table: TableId,
    unit: Unit,
    criteria: Vec<CriterionId>,
    /// Half a unit of the last digit; `None`: computed.
    half: Option<Number>,
    /// What comparisons hold it against.
    against: Vec<StepId>,
    /// Selections by it.
    cuts: Vec<StepId>,
    /// It goes into nothing else.
    only_held: bool,
    /// What it takes to evaluate again what it reaches.
    work: usize,
}

/// A value near enough to a bound.
struct Near<'a> {
    value: &'a HeldValue,
    row: usize,
    now: Number,
    points: Vec<Number>,
    schools: Vec<usize>,
    /// Positions of the categories that depend on it.
    asked: Vec<usize>,
}

enum Points {
    /// No bound lies within rounding.
    Far,
    Near(Vec<Number>),
}

/// The values of schools and of the rows that belong to them that something is held against.
fn values(ground: &Ground<'_>, owners: &Owners) -> Vec<HeldValue> {
    let tables: BTreeSet<TableId> = owners.tables().collect();
    let mut found: BTreeMap<StepId, HeldValue> = BTreeMap::new();
    let needed = ground.all_needed();
    for id in needed.iter().copied() {
        let Some(step) = ground.plan.step(id) else { continue };
        let held: Vec<(StepId, Option<StepId>)> = match &step.kind {
            StepKind::Compare(_, a, b) => vec![(*a, Some(*b)), (*b, Some(*a))],
            StepKind::Cut(cut) => vec![(cut.value, None)],
            _ => continue,
        };
        for (value, against) in held {
            let Some(own) = ground.plan.step(value) else { continue };
            let (Grain::Row(table), Type::Number(unit)) = (own.grain, &own.ty) else { continue };
            if *unit == Unit::Year || !tables.contains(&table) || step.grain != own.grain {
                continue;
            }
            let entry = found.entry(value).or_insert_with(|| HeldValue {
                step: value,
                table,
                unit: unit.clone(),
                criteria: Vec::new(),
                half: half_a_unit(ground, value, unit),
                against: Vec::new(),
                cuts: Vec::new(),
                only_held: only_held(ground, value, &needed),
                work: ground.work_of_step(value),
            });
            match against {
                Some(other) => entry.against.push(other),
                None => entry.cuts.push(id),
            }
            for criterion in ground.criteria_of(id) {
                let category = ground.rules.criteria.get(criterion.index()).map(|criterion| criterion.category);
                let asked = category.is_some_and(|category: CategoryId| ground.categories.contains(&category));
                if asked && !entry.criteria.contains(&criterion) {
                    entry.criteria.push(criterion);
                }
            }
        }
    }
    found.into_values().collect()
}

/// Whether a value goes into nothing but comparisons with what does not depend on it, and selections by it.
fn only_held(ground: &Ground<'_>, value: StepId, needed: &BTreeSet<StepId>) -> bool {
    let reached = super::reached(ground.plan, value);
    let free = |step: &StepId| reached.get(step.index()) != Some(&true);
    let users = needed.iter().filter_map(|id| ground.plan.step(*id));
    users.filter(|step| step.kind.inputs().contains(&value)).all(|step| match &step.kind {
        StepKind::Compare(_, a, b) => [a, b].into_iter().filter(|side| **side != value).all(free) && a != b,
        StepKind::Cut(cut) => {
            cut.value == value && step.kind.inputs().iter().filter(|input| **input != value).all(free)
        }
        _ => false,
    })
}

impl HeldValue {
    /// What is tried for a row; `None`: rounding changes nothing there.
    fn points(&self, ground: &Ground<'_>, row: usize, now: &Number, digits: Option<u32>) -> Option<Points> {
        let shown = match &self.half {
            Some(_) => None,
            None => Some(as_shown(now, &self.unit, digits)?).filter(|shown| shown != now),
        };
        let (low, high) = match (&self.half, &shown) {
            (Some(half), _) => (now.subtract(half), now.add(half)),
            (None, Some(shown)) => (now.min(shown).clone(), now.max(shown).clone()),
            (None, None) => return None,
        };
        let within = |bound: &Number| *bound >= low && *bound <= high;
        let bounds: Vec<Number> =
            self.against.iter().filter_map(|step| self.bound(ground, *step, row)).filter(within).collect();
        let near_cut = self.cuts.iter().filter_map(|cut| cut_off(ground, *cut, row)).any(|cut_off| within(&cut_off));
        if bounds.is_empty() && !near_cut && self.only_held {
            return Some(Points::Far);
        }
        // of a computed value only the one that is shown can be meant
        if let Some(shown) = shown {
            return Some(Points::Near(vec![shown]));
        }
        let mut line: Vec<Number> = bounds.into_iter().chain([low.clone(), high.clone()]).collect();
        line.sort();
        line.dedup();
        let two = Number::from_integer(2);
        let middles: Vec<Number> =
            line.iter().zip(line.iter().skip(1)).filter_map(|(a, b)| a.add(b).divide(&two)).collect();
        let mut points = vec![low, high];
        points.extend(line.into_iter().chain(middles));
        let mut seen = BTreeSet::new();
        points.retain(|point| point != now && seen.insert(point.clone()));
        Some(Points::Near(points))
    }

    /// What a comparison holds the value against in a row.
    fn bound(&self, ground: &Ground<'_>, step: StepId, row: usize) -> Option<Number> {
        let constant = ground.plan.step(step).is_some_and(|step| step.grain == Grain::Constant);
        ground.number(step, if constant { 0 } else { row })
    }
}

/// The cut-off of the selection that a row is in.
fn cut_off(ground: &Ground<'_>, cut: StepId, row: usize) -> Option<Number> {
    let Some(Facts::Cut(facts)) = ground.run.facts.get(cut.index()) else { return None };
    let stratum = match &facts.strata.of_row {
        None => 0,
        Some(of_row) => usize::try_from(*of_row.get(row).filter(|stratum| **stratum != u32::MAX)?).ok()?,
    };
    facts.cuts.get(stratum)?.cut_off.clone()
}

impl Near<'_> {
    /// Per category and school the first value that moves it, or that none does.
    fn turned(&self, ground: &Ground<'_>) -> Vec<(usize, usize, Option<Number>)> {
        let mut found: Vec<(usize, usize, Option<Number>)> = self
            .asked
            .iter()
            .flat_map(|category| self.schools.iter().map(move |row| (*category, *row, None)))
            .collect();
        let Some((numbers, absent)) = ground.numbers(self.value.step) else { return found };
        for point in &self.points {
            if found.iter().all(|(.., to)| to.is_some()) {
                break;
            }
            let absent = absent.map(|marks| marks.to_vec().into());
            let column = RowColumn::Numbers { values: numbers.with(self.row, point), absent };
            let steps = vec![(self.value.step, StepColumn::Rows(column))];
            let run = ground.again(ground.data, &Change { columns: Vec::new(), steps });
            for (category, row, to) in found.iter_mut().filter(|(.., to)| to.is_none()) {
                let id = ground.categories.get(*category).copied();
                let verdict = id.and_then(|id| Some((id, run.category(id, *row)?)));
                if verdict.is_some_and(|(id, verdict)| ground.moves(id, *row, verdict)) {
                    *to = Some(point.clone());
                }
            }
        }
        found
    }
}

/// A number as reports show it, or with so many digits.
fn as_shown(value: &Number, unit: &Unit, digits: Option<u32>) -> Option<Number> {
    let factor = Number::from_integer(unit.shown_factor());
    let digits = match digits {
        Some(digits) => digits,
        None if exact_digits(&value.multiply(&factor), 0, SHORT_DIGITS + 1) <= SHORT_DIGITS => {
            return Some(value.clone());
        }
        None => ROUNDED_DIGITS,
    };
    round_to_multiple(value, &one_over(&power_of_ten(digits).multiply(&factor))?, Rounding::HalfUp)
}

/// Half a unit of the last digit of the cells that a value is made of; `None`: it is computed.
fn half_a_unit(ground: &Ground<'_>, value: StepId, unit: &Unit) -> Option<Number> {
    let mut columns = BTreeSet::new();
    if !recorded(ground, value, unit, &mut columns) || columns.is_empty() {
        return None;
    }
    let scale = match unit {
        Unit::Points(scale) => scale.as_deref(),
        _ => None,
    };
    let mut coarsest: Option<Number> = None;
    for (table, column) in columns {
        let steps = last_digit(ground, table, column, |row| on_scale(ground, table, column, scale, row))?;
        let one = one_over(&Number::from_integer(steps))?;
        coarsest = Some(coarsest.map_or(one.clone(), |known| known.max(one)));
    }
    coarsest?.divide(&Number::from_integer(2))
}

/// Whether a row of a column is on a scale; without a name every row is.
fn on_scale(ground: &Ground<'_>, table: TableId, column: ColumnId, scale: Option<&str>, row: usize) -> bool {
    let (Some(scale), Some(schema)) = (scale, ground.rules.schema.column(table, column)) else { return true };
    let named = |by: &ColumnId| match ground.data.column(table, *by).map(|column| column.value(row)) {
        Some(Value::Text(text)) => text.as_ref() == scale,
        _ => false,
    };
    schema.scale_by.is_empty() || schema.scale_by.iter().any(named)
}

/// Whether a value comes from cells of its own unit that are no counts, by steps that keep the unit; collects their columns.
fn recorded(ground: &Ground<'_>, value: StepId, unit: &Unit, columns: &mut BTreeSet<(TableId, ColumnId)>) -> bool {
    let Some(step) = ground.plan.step(value) else { return false };
    if !matches!(&step.ty, Type::Number(own) if alike(own, unit)) {
        return false;
    }
    let mut all = |steps: &[StepId]| steps.iter().all(|step| recorded(ground, *step, unit, columns));
    match &step.kind {
        StepKind::Constant(_) => true,
        StepKind::Column(table, column) => {
            let numbers = ground.data.column(*table, *column).map(|c| matches!(c.values, Values::Numbers(_)));
            columns.insert((*table, *column));
            numbers == Some(true) && !is_count(unit)
        }
        StepKind::Negate(of) | StepKind::Absolute(of) => all(&[*of]),
        StepKind::Follow { inner, .. } => all(&[*inner]),
        StepKind::Round { value, .. } | StepKind::AbsentWhen { value, .. } => all(&[*value]),
        StepKind::Fallback(a, b) | StepKind::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract, a, b) => {
            all(&[*a, *b])
        }
        StepKind::Extreme { of, .. } | StepKind::MeanOf(of) => all(of),
        StepKind::Choose { branches, otherwise } => {
            let values: Vec<StepId> = branches.iter().map(|(_, value)| *value).chain(*otherwise).collect();
            all(&values)
        }
        StepKind::Aggregate(aggregate) => match (aggregate.function, aggregate.value) {
            (AggregateFunction::Count | AggregateFunction::Share, _) | (_, None) => false,
            (_, Some(value)) => all(&[value]),
        },
        _ => false,
    }
}

/// What is counted is recorded exactly.
fn is_count(unit: &Unit) -> bool {
    matches!(unit, Unit::People | Unit::Place | Unit::Number | Unit::Year)
}

/// Values of these units can be added.
fn alike(a: &Unit, b: &Unit) -> bool {
    let percent = |unit: &Unit| matches!(unit, Unit::Percent | Unit::PercentagePoint);
    a == b || (percent(a) && percent(b)) || matches!((a, b), (Unit::Points(_), Unit::Points(_)))
}
