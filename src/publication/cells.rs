//! The cells of too few pupils: by their unit, by the columns in people beside them, or as the manifest says.
//!
//! What is about pupils and cannot be told is taken for too few.

use std::collections::BTreeMap;

use super::{Finished, people};
use crate::data::dataset::{Cohort, Values};
use crate::model::expr::Grain;
use crate::number::Number;
use crate::plan::StepKind;
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Unit};

/// Per column of numbers that the rules read: which of its cells stand for fewer pupils than the minimum.
pub(super) fn small(finished: &Finished<'_>, minimum: usize) -> BTreeMap<(TableId, ColumnId), Vec<bool>> {
    let mut found = BTreeMap::new();
    for (at, table) in finished.rules.schema.tables.iter().enumerate() {
        let id = TableId(u32::try_from(at).unwrap_or(u32::MAX));
        let beside = People::of(finished, id);
        for (at, column) in table.columns.iter().enumerate() {
            let column_id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
            let Type::Number(unit) = &column.kind else { continue };
            let Some(values) = finished.dataset.column(id, column_id) else { continue };
            if !matches!(values.values, Values::Numbers(_)) || column.link.is_some() || table.year == Some(column_id) {
                continue;
            }
            let rows = finished.dataset.table(id).map_or(0, |t| t.rows);
            let few =
                |row: usize| values.absence(row).is_none() && beside.few(finished, (id, column_id), unit, row, minimum);
            let marks: Vec<bool> = (0..rows).map(few).collect();
            if marks.contains(&true) {
                found.insert((id, column_id), marks);
            }
        }
    }
    found
}

/// The columns in people of one table, and what the manifest says of its columns.
struct People {
    table: TableId,
    columns: Vec<ColumnId>,
    said: BTreeMap<ColumnId, Cohort>,
}

impl People {
    fn of(finished: &Finished<'_>, table: TableId) -> People {
        let declared = finished.dataset.cohorts.iter().filter(|(of, ..)| *of == table);
        let said: BTreeMap<ColumnId, Cohort> = declared.map(|(_, column, cohort)| (*column, *cohort)).collect();
        let columns = people(finished.rules, table).filter(|c| said.get(c) != Some(&Cohort::Nobody)).collect();
        People { table, columns, said }
    }

    fn few(
        &self,
        finished: &Finished<'_>,
        (table, column): (TableId, ColumnId),
        unit: &Unit,
        row: usize,
        minimum: usize,
    ) -> bool {
        let least = Number::from_integer(i64::try_from(minimum).unwrap_or(i64::MAX));
        let number = |column: ColumnId| finished.dataset.column(table, column).and_then(|c| c.number(row));
        match self.said.get(&column) {
            Some(Cohort::Nobody) => return false,
            Some(Cohort::AtLeast(number)) => return usize::try_from(*number).unwrap_or(usize::MAX) < minimum,
            // nobody at all is told from the number itself below
            Some(Cohort::Column(of)) if *of != column => return number(*of).is_none_or(|n| n < least),
            Some(Cohort::Column(_)) => return self.count_is_few(number(column), finished, row, &least),
            None => {}
        }
        match unit {
            Unit::People => self.count_is_few(number(column), finished, row, &least),
            Unit::Points(_) | Unit::Mark | Unit::Percent | Unit::PercentagePoint => {
                self.smallest(finished, row).is_none_or(|n| n < least)
            }
            // a number without a unit may be of anything: of pupils where others of its row are
            Unit::Number | Unit::Ratio | Unit::Score => self.smallest(finished, row).is_some_and(|n| n < least),
            Unit::Year
            | Unit::Rouble
            | Unit::Kilometre
            | Unit::Minute
            | Unit::Hour
            | Unit::SquareMetre
            | Unit::Place => false,
        }
    }

    /// Nobody is a number that tells nothing of anybody, unless it tells it of the few beside it.
    fn count_is_few(&self, count: Option<Number>, finished: &Finished<'_>, row: usize, least: &Number) -> bool {
        match count {
            None => false,
            Some(count) if count.is_zero() => self.smallest(finished, row).is_some_and(|n| n < *least),
            Some(count) => count < *least,
        }
    }

    /// The smallest number of people in a row that is not 0; `None`: there is none.
    fn smallest(&self, finished: &Finished<'_>, row: usize) -> Option<Number> {
        let cells = self.columns.iter().filter_map(|c| finished.dataset.column(self.table, *c)?.number(row));
        cells.filter(|n| !n.is_zero()).min()
    }
}

/// How few stand behind a row and what it is called: the order in which rows are masked beside others.
pub(super) fn order(finished: &Finished<'_>, table: TableId, row: usize) -> (Option<Number>, Vec<String>) {
    let smallest = People::of(finished, table).smallest(finished, row);
    let key = finished.rules.schema.table(table).map(|t| t.key.as_slice()).unwrap_or_default();
    let value = |column: &ColumnId| finished.dataset.column(table, *column).map(|c| format!("{:?}", c.value(row)));
    (smallest, key.iter().filter_map(value).collect())
}

/// The rows of the grain of a step.
pub(super) fn rows(finished: &Finished<'_>, grain: Grain) -> usize {
    match grain {
        Grain::Constant => 1,
        Grain::Row(table) => finished.dataset.table(table).map_or(0, |t| t.rows),
    }
}

/// Whether a step reads a column of the data.
pub(super) fn column(kind: &StepKind) -> Option<(TableId, ColumnId)> {
    match kind {
        StepKind::Column(table, column) => Some((*table, *column)),
        _ => None,
    }
}
