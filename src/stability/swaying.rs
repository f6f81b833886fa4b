//! Own cells of each school with other values, as favourably and as unfavourably as can be: those without a value, and those with a
//! measurement error. The cells of all other schools stay as they are.

use rayon::prelude::*;

use super::{Cause, Ground, Sheet, Standing, row_id, told};
use crate::data::dataset::Values;
use crate::explain::swayed::{Sway, Swayed, Within, swayed};
use crate::plan::StepKind;
use crate::progress::Progress;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth};

/// Schools looked at in one go: they share a stack.
const TOGETHER: usize = 16;
/// With more rows than this in all tables together cells are not filled in, as in explanations.
const MOST_ROWS: usize = 2_000_000;
/// Evaluations that a school takes when it is not swayed in more than one way.
const USUAL: usize = 2;

/// The cells without a value filled in: one perturbation for each school that lacks some.
pub(super) fn missing(ground: &Ground<'_>, progress: &dyn Progress) -> Sheet {
    let rows: usize = ground.data.tables.iter().map(|table| table.rows).sum();
    let (lacking, columns) = lacking(ground);
    let work = lacking.min(ground.schools()).saturating_mul(USUAL).saturating_mul(ground.work(columns));
    if rows > MOST_ROWS || work > super::ground::MOST_WORK {
        return Sheet::empty(ground, Standing::TooMuch);
    }
    let found = all(ground, Swayed::Lacking, progress);
    let mut sheet = Sheet::empty(ground, Standing::Tried);
    let mut any = false;
    for (row, of_school) in found.iter().enumerate() {
        for (at, sway) in of_school.iter().enumerate() {
            let turned = turns(ground, at, row, sway);
            // a school that lacks nothing has nothing to fill in, and keeps its place
            if sway.cells == 0 && !turned {
                continue;
            }
            any = true;
            sheet.count(at, row, !turned);
            sheet.searched(at, row, !turned && !sway.every);
            if turned {
                let cause = Cause::Filled { cells: sway.cells, untried: sway.untried, every: sway.every };
                sheet.causes.push((at, row_id(row), cause));
            }
        }
    }
    if !any {
        sheet.standing = Standing::Nothing;
    }
    sheet
}

/// The cells of each named column off by its error, then those of all of them together.
pub(super) fn errors(ground: &Ground<'_>, errors: &[Within], progress: &dyn Progress) -> Sheet {
    if errors.is_empty() {
        return Sheet::empty(ground, Standing::NotStated);
    }
    let columns: Vec<(TableId, ColumnId)> = errors.iter().map(|error| (error.table, error.column)).collect();
    let each = ground.work(columns).saturating_mul(ground.schools()).saturating_mul(USUAL);
    if each.saturating_mul(errors.len() + 1) > super::ground::MOST_WORK {
        return Sheet::empty(ground, Standing::TooMuch);
    }
    let mut sheet = Sheet::empty(ground, Standing::Tried);
    let mut sets: Vec<Vec<usize>> = (0..errors.len()).map(|at| vec![at]).collect();
    if errors.len() > 1 {
        sets.push((0..errors.len()).collect());
    }
    for set in sets {
        let within: Vec<Within> = set.iter().filter_map(|at| errors.get(*at).cloned()).collect();
        let found = all(ground, Swayed::Within(&within), progress);
        for (row, of_school) in found.iter().enumerate() {
            for (at, sway) in of_school.iter().enumerate().filter(|(_, sway)| sway.cells > 0) {
                let turned = turns(ground, at, row, sway);
                sheet.count(at, row, !turned);
                if turned {
                    let cause = Cause::Error { columns: set.clone(), cells: sway.cells, every: sway.every };
                    sheet.causes.push((at, row_id(row), cause));
                }
                sheet.searched(at, row, !turned && !sway.every);
            }
        }
    }
    sheet
}

/// How many cells of the columns that the rules read have no value, and in which columns they are.
fn lacking(ground: &Ground<'_>) -> (usize, Vec<(TableId, ColumnId)>) {
    let mut columns = Vec::new();
    let mut count = 0usize;
    for step in &ground.plan.steps {
        let StepKind::Column(table, id) = step.kind else { continue };
        let Some(column) = ground.data.column(table, id).filter(|_| !columns.contains(&(table, id))) else { continue };
        let unknown = |mark: &&u8| **mark & !Reasons::NOT_APPLICABLE.0 != 0;
        let empty = match &column.values {
            Values::YesNo(truths) => truths.iter().filter(|truth| Truth(**truth).is_unknown()).count(),
            _ => column.absent.as_ref().map_or(0, |marks| marks.iter().filter(unknown).count()),
        };
        if empty > 0 {
            columns.push((table, id));
            count = count.saturating_add(empty);
        }
    }
    (count, columns)
}

fn all(ground: &Ground<'_>, of: Swayed<'_>, progress: &dyn Progress) -> Vec<Vec<Sway>> {
    let schools: Vec<usize> = (0..ground.schools()).collect();
    let basis = (ground.rules, ground.plan, ground.data, ground.run);
    told(progress, schools.len(), || {
        let chunks: Vec<Vec<Vec<Sway>>> = schools
            .par_chunks(TOGETHER)
            .map(|chunk| {
                let found = swayed(basis, chunk, ground.categories, of);
                progress.advance(u64::try_from(chunk.len()).unwrap_or(0));
                found
            })
            .collect();
        chunks.into_iter().flatten().collect()
    })
}

/// Whether the place of a school can be another one. Decisions of people hold whatever the cells say.
fn turns(ground: &Ground<'_>, category: usize, row: usize, sway: &Sway) -> bool {
    let Some(id) = ground.categories.get(category) else { return false };
    if ground.run.registration(*id, row).is_some() {
        return false;
    }
    if ground.run.is_listed(*id, row) { sway.other } else { sway.met }
}
