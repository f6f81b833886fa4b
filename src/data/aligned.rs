//! A dataset read for one declaration of the tables, as another declaration would have it.
//!
//! Tables and columns are found by name; what is declared in another way is not there. Knows nothing of files.

use std::sync::Arc;

use super::dataset::{Column, Dataset, Origin, OriginPart, Table, Values};
use crate::schema::{ColumnSchema, Schema, TableId};

/// The same rows in the tables and columns of `to`.
pub fn aligned(dataset: &Dataset, from: &Schema, to: &Schema) -> Dataset {
    let there = |name: &str| from.tables.iter().position(|table| table.name.as_ref() == name);
    let tables = to.tables.iter().map(|wanted| {
        let found = there(&wanted.name);
        let found = found.and_then(|at| Some((from.tables.get(at)?, dataset.tables.get(at)?)));
        let Some((declared, table)) = found else {
            return Table { rows: 0, columns: vec![None; wanted.columns.len()], origin: Origin::default() };
        };
        let same = |column: &ColumnSchema| {
            declared.columns.iter().position(|found| found.name == column.name && is_same((from, found), (to, column)))
        };
        let places: Vec<Option<usize>> = wanted.columns.iter().map(same).collect();
        let column = |place: &Option<usize>| moved(table.columns.get((*place)?)?.as_ref()?, from, to);
        Table { rows: table.rows, columns: places.iter().map(column).collect(), origin: table.origin.permuted(&places) }
    });
    Dataset {
        title: dataset.title.clone(),
        synthetic: dataset.synthetic.clone(),
        tables: tables.collect(),
        // whose values columns hold is asked of what is published only
        cohorts: Vec::new(),
    }
}

/// Whether two declarations read a column of a file in the same way.
fn is_same((from, a): (&Schema, &ColumnSchema), (to, b): (&Schema, &ColumnSchema)) -> bool {
    let link = |schema: &Schema, column: &ColumnSchema| -> Option<Arc<str>> {
        column.link.and_then(|table| schema.table(table)).map(|table| table.name.clone())
    };
    a.kind == b.kind && a.markers == b.markers && a.allowed == b.allowed && link(from, a) == link(to, b)
}

fn moved(column: &Column, from: &Schema, to: &Schema) -> Option<Column> {
    let mut column = column.clone();
    if let Values::Links { table, .. } = &mut column.values {
        let name = &from.table(*table)?.name;
        let at = to.tables.iter().position(|table| table.name == *name)?;
        *table = TableId(u32::try_from(at).ok()?);
    }
    Some(column)
}

impl Origin {
    /// With columns in other places: column `i` is the one that was at `places[i]`.
    fn permuted(&self, places: &[Option<usize>]) -> Origin {
        let nowhere = (0, Arc::from(""));
        let part = |part: &OriginPart| OriginPart {
            columns: places
                .iter()
                .map(|place| place.and_then(|at| part.columns.get(at)).unwrap_or(&nowhere).clone())
                .collect(),
            ..part.clone()
        };
        let place = |column: usize| places.iter().position(|place| *place == Some(column));
        let printed = self.printed.iter();
        let printed = printed.filter_map(|((column, row), text)| Some(((place(*column)?, *row), text.clone())));
        Origin { parts: self.parts.iter().map(part).collect(), printed: printed.collect() }
    }
}
