//! Decisions that rest on one cohort of few pupils: its numbers are withheld, and the rules are evaluated again.
//!
//! A *cohort* is a row that belongs to a school, with the largest number of people that stands in it; in the school's own row, and
//! where the manifest says so, it is the values of one column with the number of pupils that the manifest names.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::owners::Owners;
use super::{Cause, Ground, Sheet, Standing, column_id, row_id, told};
use crate::data::dataset::{Cohort, Values};
use crate::decision::StepId;
use crate::evaluate::again::Change;
use crate::model::CategoryId;
use crate::model::expr::CompareOp;
use crate::number::Number;
use crate::plan::{Plan, StepKind};
use crate::progress::Progress;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Type, Unit, Value};

/// The cells of one cohort.
struct Few {
    table: TableId,
    row: usize,
    people: Number,
    columns: Vec<ColumnId>,
    schools: Vec<usize>,
}

/// The number of pupils below which the rules withhold a value: the largest in a comparison `… менее N человек` that withholds one.
pub(super) fn stated(ground: &Ground<'_>) -> Option<u32> {
    let mut found: Vec<u32> = Vec::new();
    for step in &ground.plan.steps {
        match &step.kind {
            StepKind::AbsentWhen { when, reasons, .. } if reasons.contains(Reasons::SUPPRESSED) => {
                below(ground, *when, &mut found);
            }
            StepKind::Aggregate(aggregate) => aggregate.suppressing.iter().for_each(|s| below(ground, *s, &mut found)),
            _ => {}
        }
    }
    found.into_iter().max()
}

fn below(ground: &Ground<'_>, step: StepId, found: &mut Vec<u32>) {
    match ground.plan.step(step).map(|step| &step.kind) {
        Some(StepKind::And(of) | StepKind::Or(of)) => of.iter().for_each(|step| below(ground, *step, found)),
        Some(StepKind::Compare(CompareOp::Less, value, bound)) => {
            let people = ground.plan.step(*value).is_some_and(|step| step.ty == Type::Number(Unit::People));
            let bound = ground.number(*bound, 0).filter(|_| people).and_then(|bound| bound.to_integer());
            found.extend(bound.and_then(|bound| u32::try_from(bound).ok()));
        }
        _ => {}
    }
}

pub(super) fn sheet(ground: &Ground<'_>, small: Option<u32>, progress: &dyn Progress) -> Sheet {
    let Some(small) = small else { return Sheet::empty(ground, Standing::NotStated) };
    let owners = Owners::of(ground);
    let few = few(ground, &owners, &Number::from_integer(i64::from(small)));
    if few.is_empty() {
        return Sheet::empty(ground, Standing::Nothing);
    }
    let mut works: BTreeMap<(TableId, &[ColumnId]), usize> = BTreeMap::new();
    for cohort in &few {
        let columns = || cohort.columns.iter().map(|column| (cohort.table, *column)).collect();
        works.entry((cohort.table, &cohort.columns)).or_insert_with(|| ground.work(columns()));
    }
    let most = works.values().copied().max().unwrap_or(1);
    if few.len().saturating_mul(most) > super::ground::MOST_WORK {
        return Sheet::empty(ground, Standing::TooMuch);
    }
    let mut sheet = Sheet::empty(ground, Standing::Tried);
    let turned: Vec<Vec<(usize, usize, bool)>> = told(progress, few.len(), || {
        few.par_iter()
            .map(|cohort| {
                let found = cohort.turned(ground);
                progress.advance(1);
                found
            })
            .collect()
    });
    for (cohort, turned) in few.into_iter().zip(turned) {
        for (category, row, turned) in turned {
            sheet.count(category, row, !turned);
            if turned {
                let Few { table, row: at, people, .. } = &cohort;
                let cause = Cause::Cohort { table: *table, row: *at, people: people.clone() };
                sheet.causes.push((category, row_id(row), cause));
            }
        }
    }
    sheet
}

/// The cohorts of fewer pupils than that, in the order of tables and rows.
fn few(ground: &Ground<'_>, owners: &Owners, small: &Number) -> Vec<Few> {
    let read = read(ground.plan);
    let mut found = Vec::new();
    for table in owners.tables() {
        let (Some(schema), Some(data)) = (ground.rules.schema.table(table), ground.data.table(table)) else { continue };
        let declared = ground.data.cohorts.iter().filter(|(of, ..)| *of == table);
        let said: BTreeMap<ColumnId, Cohort> = declared.map(|(_, column, cohort)| (*column, *cohort)).collect();
        let columns = schema.columns.iter().enumerate().map(|(at, column)| (column_id(at), column));
        let numbers: Vec<(ColumnId, &Type)> = columns
            .filter(|(id, column)| matches!(column.kind, Type::Number(_)) && schema.year != Some(*id))
            .filter(|(id, _)| data.column(*id).is_some_and(|column| matches!(column.values, Values::Numbers(_))))
            .map(|(id, column)| (id, &column.kind))
            .collect();
        let people: Vec<ColumnId> = numbers
            .iter()
            .filter(|(id, kind)| **kind == Type::Number(Unit::People) && said.get(id) != Some(&Cohort::Nobody))
            .map(|(id, _)| *id)
            .collect();
        let number = |column: ColumnId, row: usize| data.column(column).and_then(|column| column.number(row));
        for row in 0..data.rows {
            let schools = owners.schools(table, row);
            if schools.is_empty() {
                continue;
            }
            // what the manifest names, column by column
            let mut by_people: Vec<(Number, Vec<ColumnId>)> = Vec::new();
            for (column, of) in &said {
                let count = match of {
                    Cohort::Column(of) if of != column => number(*of, row),
                    Cohort::AtLeast(least) => Some(Number::from_integer(i64::from(*least))),
                    _ => None,
                };
                let Some(count) = count.filter(|count| count < small && read.contains(&(table, *column))) else {
                    continue;
                };
                match by_people.iter_mut().find(|(known, _)| *known == count) {
                    Some((_, columns)) => columns.push(*column),
                    None => by_people.push((count, vec![*column])),
                }
            }
            // the row as a whole, unless it is the school itself
            let largest = people.iter().filter_map(|column| number(*column, row)).max();
            if table != ground.rules.subject
                && let Some(count) = largest.filter(|count| count < small)
            {
                let rest = numbers.iter().map(|(id, _)| *id).filter(|id| !said.contains_key(id));
                let rest: Vec<ColumnId> = rest.filter(|id| read.contains(&(table, *id))).collect();
                match by_people.iter_mut().find(|(known, _)| *known == count) {
                    Some((_, columns)) => columns.extend(rest),
                    None => by_people.push((count, rest)),
                }
            }
            for (people, mut columns) in by_people {
                columns.retain(|column| number(*column, row).is_some());
                columns.sort_unstable();
                if !columns.is_empty() {
                    found.push(Few { table, row, people, columns, schools: schools.clone() });
                }
            }
        }
    }
    found
}

/// The columns that the rules read.
fn read(plan: &Plan) -> BTreeSet<(TableId, ColumnId)> {
    let column = |step: &crate::plan::Step| match step.kind {
        StepKind::Column(table, column) => Some((table, column)),
        _ => None,
    };
    plan.steps.iter().filter_map(column).collect()
}

impl Few {
    /// Per category and school whether its place is another one without the cohort.
    fn turned(&self, ground: &Ground<'_>) -> Vec<(usize, usize, bool)> {
        let mut data = ground.data.clone();
        let mut columns = Vec::new();
        for id in &self.columns {
            let cells = [(self.row, Value::Absent(Reasons::SUPPRESSED))];
            let altered = ground.data.column(self.table, *id).and_then(|column| column.altered(&cells));
            if let Some(with) = altered.and_then(|altered| data.with_column(self.table, *id, altered)) {
                data = with;
                columns.push((self.table, *id));
            }
        }
        let reads = |id: &CategoryId| {
            ground.needed_by(*id).iter().filter_map(|step| ground.plan.step(*step)).any(|step| match step.kind {
                StepKind::Column(table, column) => columns.contains(&(table, column)),
                _ => false,
            })
        };
        let concerned: Vec<bool> = ground.categories.iter().map(reads).collect();
        let run = ground.again(&data, &Change { columns, steps: Vec::new() });
        let mut found = Vec::new();
        let categories = ground.categories.iter().enumerate().zip(&concerned);
        for ((at, id), _) in categories.filter(|(_, concerned)| **concerned) {
            for row in &self.schools {
                let turned = run.category(*id, *row).is_some_and(|verdict| ground.moves(*id, *row, verdict));
                found.push((at, *row, turned));
            }
        }
        found
    }
}
