//! The same data with other values in some cells, or without some rows.
//!
//! Knows which cells and rows are meant only by their places; where rows stand in files is kept for what is left as it was.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::dataset::{Column, Dataset, Origin, Table, TextColumn, Values};
use crate::number::Number;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Value};

impl Column {
    /// The same column with other values, or none, in some rows; `None`: it cannot hold such values.
    #[must_use]
    pub fn altered(&self, cells: &[(usize, Value)]) -> Option<Column> {
        let values = match &self.values {
            Values::Numbers(column) => {
                let numbers: Option<Vec<(usize, &Number)>> = cells
                    .iter()
                    .filter(|(_, value)| !matches!(value, Value::Absent(_)))
                    .map(|(row, value)| match value {
                        Value::Number(number) => Some((*row, number)),
                        _ => None,
                    })
                    .collect();
                Values::Numbers(column.altered(&numbers?))
            }
            Values::YesNo(truths) => {
                let mut truths = truths.as_ref().clone();
                for (row, value) in cells {
                    let truth = match value {
                        Value::Truth(truth) => *truth,
                        Value::Absent(reasons) => Truth::unknown(*reasons),
                        _ => return None,
                    };
                    *truths.get_mut(*row)? = truth.0;
                }
                // absence stands in the truths; marks beside them must not contradict
                let absent = if self.absent.is_some() { self.marked(cells)? } else { None };
                return Some(Column { values: Values::YesNo(Arc::new(truths)), absent });
            }
            values if cells.iter().all(|(_, value)| matches!(value, Value::Absent(_))) => values.clone(),
            _ => return None,
        };
        Some(Column { values, absent: self.marked(cells)? })
    }

    /// The marks of absence with those of some rows set anew.
    fn marked(&self, cells: &[(usize, Value)]) -> Option<Option<Arc<Vec<u8>>>> {
        let removes = |(_, value): &(usize, Value)| matches!(value, Value::Absent(_));
        if self.absent.is_none() && !cells.iter().any(removes) {
            return Some(None);
        }
        let mut marks = self.absent.as_ref().map_or_else(|| vec![0; self.rows()], |marks| marks.as_ref().clone());
        for (row, value) in cells {
            *marks.get_mut(*row)? = match value {
                Value::Absent(reasons) => reasons.0,
                _ => 0,
            };
        }
        Some(Some(Arc::new(marks)))
    }

    fn rows(&self) -> usize {
        match &self.values {
            Values::Numbers(values) => values.len(),
            Values::Texts(texts) => texts.codes.len(),
            Values::YesNo(truths) => truths.len(),
            Values::Dates(days) => days.len(),
            Values::Links { rows, .. } => rows.len(),
        }
    }

    /// The rows named, in their order. `moved`: where the rows of each table are now (`u32::MAX`: nowhere), for links.
    fn gathered(&self, rows: &[u32], moved: &BTreeMap<TableId, Vec<u32>>) -> Column {
        let mut absent = self.absent.as_ref().map(|marks| take(marks, rows));
        let values = match &self.values {
            Values::Numbers(values) => Values::Numbers(values.gather(rows)),
            Values::Texts(texts) => Values::Texts(texts_at(texts, rows)),
            Values::YesNo(truths) => Values::YesNo(Arc::new(take(truths, rows))),
            Values::Dates(days) => Values::Dates(Arc::new(take(days, rows))),
            Values::Links { rows: to, table, keys } => {
                let mut to = take(to, rows);
                if let Some(moved) = moved.get(table) {
                    for (at, link) in to.iter_mut().enumerate().filter(|(_, link)| **link != u32::MAX) {
                        let place = usize::try_from(*link).ok().and_then(|old| moved.get(old)).copied();
                        *link = place.unwrap_or(u32::MAX);
                        if *link == u32::MAX
                            && let Some(mark) = absent.get_or_insert_with(|| vec![0; rows.len()]).get_mut(at)
                        {
                            *mark |= Reasons::MISSING.0;
                        }
                    }
                }
                Values::Links {
                    rows: Arc::new(to),
                    table: *table,
                    keys: keys.as_ref().map(|keys| texts_at(keys, rows)),
                }
            }
        };
        Column { values, absent: absent.map(Arc::new) }
    }
}

impl Dataset {
    /// The same data with another column in the place of one.
    #[must_use]
    pub fn with_column(&self, table: TableId, column: ColumnId, changed: Column) -> Option<Dataset> {
        let mut dataset = self.clone();
        let slot = dataset.tables.get_mut(usize::try_from(table.0).ok()?)?;
        *slot.columns.get_mut(usize::try_from(column.0).ok()?)? = Some(changed);
        Some(dataset)
    }

    /// The same data without the rows that are marked; links to them lead nowhere. Where the rows of a table that loses some
    /// stand in their files is no longer known.
    #[must_use]
    pub fn without_rows(&self, gone: &BTreeMap<TableId, Vec<bool>>) -> Dataset {
        let mut kept: BTreeMap<TableId, Vec<u32>> = BTreeMap::new();
        let mut moved: BTreeMap<TableId, Vec<u32>> = BTreeMap::new();
        for (id, marks) in gone {
            let mut places = vec![u32::MAX; marks.len()];
            let mut rows = Vec::with_capacity(marks.len());
            for (row, place) in places.iter_mut().enumerate().filter(|(row, _)| marks.get(*row) == Some(&false)) {
                *place = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                rows.push(u32::try_from(row).unwrap_or(u32::MAX));
            }
            kept.insert(*id, rows);
            moved.insert(*id, places);
        }
        let table = |(at, table): (usize, &Table)| {
            let id = TableId(u32::try_from(at).unwrap_or(u32::MAX));
            let links = |column: &Option<Column>| matches!(column, Some(Column { values: Values::Links { table, .. }, .. }) if moved.contains_key(table));
            let rows = match kept.get(&id) {
                Some(rows) => rows.clone(),
                None if table.columns.iter().any(links) => (0..u32::try_from(table.rows).unwrap_or(0)).collect(),
                None => return table.clone(),
            };
            let origin = if kept.contains_key(&id) { Origin::default() } else { table.origin.clone() };
            let column = |column: &Option<Column>| column.as_ref().map(|column| column.gathered(&rows, &moved));
            Table { rows: rows.len(), columns: table.columns.iter().map(column).collect(), origin }
        };
        Dataset { tables: self.tables.iter().enumerate().map(table).collect(), ..self.clone() }
    }
}

fn take<T: Copy + Default>(values: &[T], rows: &[u32]) -> Vec<T> {
    let at = |row: &u32| usize::try_from(*row).ok().and_then(|row| values.get(row)).copied().unwrap_or_default();
    rows.iter().map(at).collect()
}

fn texts_at(texts: &TextColumn, rows: &[u32]) -> TextColumn {
    TextColumn { codes: Arc::new(take(&texts.codes, rows)), pool: Arc::clone(&texts.pool) }
}
