//! One part left out at a time: a criterion, the rows of a year, a school with the rows that belong to it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::ground::Made;
use super::owners::Owners;
use super::{Common, Ground, Kind, Sheet, Standing, What, Without, row_id, table_id, told};
use crate::data::dataset::Values;
use crate::decision::{Run, StepId};
use crate::diagnostic::Diagnostic;
use crate::evaluate::{self, Beside};
use crate::model::expr::Grain;
use crate::model::{CriterionId, MissingPolicy};
use crate::plan::{self, Method, StepKind, Target, same_steps};
use crate::progress::{Progress, Silent};
use crate::schema::{ColumnId, TableId};

/// More years than this are not left out one by one.
const MOST_YEARS: usize = 100;
/// Of many schools at least so many are left out, however much work that is.
const LEAST_SCHOOLS: usize = 20;

/// The rules without each criterion. `kept`: criteria that cannot be left out.
pub(super) fn criteria(
    ground: &Ground<'_>,
    without: Vec<Without>,
    kept: &mut Vec<(CriterionId, Arc<Diagnostic>)>,
    progress: &dyn Progress,
) -> Vec<Made> {
    let mut found = Vec::new();
    told(progress, without.len(), || {
        for Without { criterion, rules } in without {
            match rules {
                Err(problem) => kept.push((criterion, Arc::from(problem))),
                Ok(mut rules) => {
                    rules.registered.clear();
                    let plan = plan::plan(&rules);
                    let same = same_steps((ground.rules, ground.plan), (&rules, &plan));
                    let beside = Beside { before: Some((ground.plan, ground.run)), same };
                    let run = evaluate::evaluate_beside(&rules, &plan, ground.data, &beside, &Silent);
                    match run.value {
                        Some(run) => found.push(Made {
                            what: What::Criterion(criterion),
                            step: ground.plan.criteria.get(criterion.index()).copied(),
                            moves: ground.moved(&run, Some),
                        }),
                        None => kept.extend(run.diagnostics.into_iter().next().map(|p| (criterion, Arc::new(p)))),
                    }
                }
            }
            progress.advance(1);
        }
    });
    found
}

/// The rows of each year left out of every table that has years, but for the schools themselves.
pub(super) fn years(ground: &Ground<'_>, progress: &dyn Progress) -> Vec<Made> {
    let mut of_table: BTreeMap<TableId, Vec<Option<i64>>> = BTreeMap::new();
    for (at, table) in ground.rules.schema.tables.iter().enumerate() {
        let id = table_id(at);
        if let Some(year) = table.year.filter(|_| id != ground.rules.subject)
            && let Some(years) = years_of(ground, id, year)
        {
            of_table.insert(id, years);
        }
    }
    let years: BTreeSet<i64> = of_table.values().flatten().flatten().copied().collect();
    if years.len() > MOST_YEARS || years.len() < 2 {
        return Vec::new();
    }
    let one = |year: &i64| {
        let marks = |years: &Vec<Option<i64>>| years.iter().map(|found| *found == Some(*year)).collect();
        let gone = of_table.iter().map(|(id, years)| (*id, marks(years))).collect();
        let run = evaluated(ground, &gone);
        progress.advance(1);
        run.map(|run| Made { what: What::Year(*year), step: None, moves: ground.moved(&run, Some) })
    };
    let found: Vec<Option<Made>> = told(progress, years.len(), || years.par_iter().map(one).collect());
    found.into_iter().flatten().collect()
}

fn years_of(ground: &Ground<'_>, table: TableId, year: ColumnId) -> Option<Vec<Option<i64>>> {
    let column = ground.data.column(table, year)?;
    let Values::Numbers(numbers) = &column.values else { return None };
    let year = |row: usize| column.number(row).and_then(|number| number.to_integer());
    Some((0..numbers.len()).map(year).collect())
}

/// The run without some rows; `None`: there is none.
fn evaluated(ground: &Ground<'_>, gone: &BTreeMap<TableId, Vec<bool>>) -> Option<Run> {
    let data = ground.data.without_rows(gone);
    evaluate::evaluate(&ground.rules_alone(), ground.plan, &data, &Silent).value
}

/// Each school left out, or, where that is too much work, schools evenly spread over the data.
pub(super) fn schools(ground: &Ground<'_>, progress: &dyn Progress) -> (Standing, Vec<Made>) {
    let count = ground.schools();
    if count < 2 {
        return (Standing::Nothing, Vec::new());
    }
    if stand_apart(ground) {
        return (Standing::Apart, Vec::new());
    }
    let most = super::ground::MOST_WORK.checked_div(ground.whole_work()).unwrap_or(count).max(LEAST_SCHOOLS).min(count);
    let chosen: Vec<usize> = (0..most).filter_map(|at| (at * count).checked_div(most)).collect();
    let owners = Owners::of(ground);
    let rows = own_rows(ground, &owners);
    let one = |school: &usize| {
        let mut gone: BTreeMap<TableId, Vec<bool>> = BTreeMap::new();
        for (table, schools) in &rows {
            let count = ground.data.table(*table).map_or(0, |table| table.rows);
            let Some(own) = schools.get(*school) else { continue };
            if own.is_empty() {
                continue;
            }
            let mut marks = vec![false; count];
            own.iter()
                .filter_map(|row| marks.get_mut(usize::try_from(*row).ok()?).map(|slot| *slot = true))
                .for_each(drop);
            gone.insert(*table, marks);
        }
        let run = evaluated(ground, &gone);
        progress.advance(1);
        let place = |row: usize| match row.cmp(school) {
            std::cmp::Ordering::Less => Some(row),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => row.checked_sub(1),
        };
        run.map(|run| Made { what: What::School(row_id(*school)), step: None, moves: ground.moved(&run, place) })
    };
    let found: Vec<Option<Made>> = told(progress, chosen.len(), || chosen.par_iter().map(one).collect());
    let standing = if most == count { Standing::Tried } else { Standing::Some { tried: most, of: count } };
    (standing, found.into_iter().flatten().collect())
}

/// Counts the schools left out: for each school all but itself.
pub(super) fn sheet(ground: &Ground<'_>, standing: Standing, found: Vec<Made>, all: &mut Vec<Common>) -> Sheet {
    let apart = standing == Standing::Apart;
    let mut sheet = Sheet::empty(ground, standing);
    let left_out = if apart { ground.schools() } else { found.len() };
    let left_out = u32::try_from(left_out).unwrap_or(u32::MAX);
    let mut itself = vec![apart; ground.schools()];
    for made in &found {
        if let What::School(row) = &made.what
            && let Some(slot) = itself.get_mut(usize::try_from(*row).unwrap_or(usize::MAX))
        {
            *slot = true;
        }
    }
    for tallies in &mut sheet.tallies {
        for (tally, itself) in tallies.iter_mut().zip(&itself) {
            let tried = left_out.saturating_sub(u32::from(*itself));
            (tally.tried, tally.stays) = (tried, tried);
        }
    }
    for Made { what, moves, .. } in found {
        sheet.take(&moves, all.len());
        let concerns = vec![true; ground.categories.len()];
        all.push(Common { kind: Kind::Schools, what, concerns, moves });
    }
    sheet
}

/// Per table the rows of each school that belong to no other.
fn own_rows(ground: &Ground<'_>, owners: &Owners) -> BTreeMap<TableId, Vec<Vec<u32>>> {
    let mut found = BTreeMap::new();
    for table in owners.tables() {
        let mut of_school: Vec<Vec<u32>> = vec![Vec::new(); ground.schools()];
        for row in 0..ground.data.table(table).map_or(0, |table| table.rows) {
            if let [only] = owners.schools(table, row).as_slice()
                && let Some(rows) = of_school.get_mut(*only)
            {
                rows.push(row_id(row));
            }
        }
        found.insert(table, of_school);
    }
    found
}

/// Whether no school's place depends on another school. In doubt it does.
fn stand_apart(ground: &Ground<'_>) -> bool {
    let owned: BTreeSet<TableId> = Owners::of(ground).tables().collect();
    let alone = |id: &StepId| {
        let Some(step) = ground.plan.step(*id) else { return false };
        match &step.kind {
            StepKind::Cut(_) => false,
            StepKind::Normalise(normalise) => {
                matches!(normalise.method, Method::Plain | Method::FixedMinMax(..) | Method::PercentOf(_))
            }
            StepKind::IndexValue { index, .. } => {
                let index = ground.rules.indices.get(index.index());
                index.is_some_and(|index| !index.on_missing.contains(&MissingPolicy::Median))
            }
            // perhaps to another school
            StepKind::Follow { inner, .. } => {
                ground.plan.step(*inner).is_some_and(|step| step.grain != Grain::Row(ground.rules.subject))
            }
            StepKind::Aggregate(aggregate) if aggregate.rows == ground.rules.subject => false,
            StepKind::Aggregate(aggregate) => {
                let whole = matches!(&aggregate.to, Target::Parent { table, .. } if owned.contains(table));
                // the rows of a table that belong to no school cannot go with one
                whole || (!owned.contains(&aggregate.rows) && !matches!(aggregate.to, Target::Parent { .. }))
            }
            StepKind::Nothing => false,
            _ => true,
        }
    };
    ground.all_needed().iter().all(alone)
}
