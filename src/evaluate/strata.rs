//! Rows in groups: by key values, by the row they belong to, or all in one.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;

use super::frame::{Frame, Texts};
use crate::decision::{StepId, Strata};
use crate::name::folded_text;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Value};

/// The group of each row (`u32::MAX`: none) and how many groups there are.
#[derive(Clone)]
pub(super) struct Groups {
    pub of_row: Option<Arc<Vec<u32>>>,
    pub count: usize,
}

impl Groups {
    /// From the lowest to behind the highest group of these rows.
    pub fn span(&self, rows: Range<usize>) -> Range<usize> {
        let Some(of_row) = &self.of_row else {
            return 0..self.count;
        };
        let groups = of_row.get(rows).unwrap_or(&[]).iter().copied().filter(|group| *group != u32::MAX);
        let (low, high) = groups.fold((u32::MAX, 0), |(low, high), group| (low.min(group), high.max(group)));
        let place = |group: u32| usize::try_from(group).unwrap_or(0);
        if low == u32::MAX { 0..0 } else { place(low)..place(high) + 1 }
    }

    #[inline]
    pub fn get(&self, row: usize) -> Option<usize> {
        match &self.of_row {
            None => Some(0),
            Some(rows) => {
                let group = *rows.get(row)?;
                if group == u32::MAX { None } else { usize::try_from(group).ok() }
            }
        }
    }
}

impl Frame<'_> {
    /// Groups by the values of keys; a row with an absent key is in none. Groups stand in the order of their keys.
    pub fn strata(&self, keys: &[StepId], rows: usize) -> (Groups, Strata) {
        if keys.is_empty() {
            let strata = Strata { of_row: None, keys: vec![Vec::new()] };
            return (Groups { of_row: None, count: 1 }, strata);
        }
        let columns: Vec<Vec<Option<u32>>> = keys.iter().map(|key| self.key_codes(*key, rows)).collect();
        // combination of keys → its first row
        let mut known: IndexMap<Vec<u32>, usize> = IndexMap::new();
        let mut of_row = vec![u32::MAX; rows];
        for (row, slot) in of_row.iter_mut().enumerate() {
            let combined: Option<Vec<u32>> = columns.iter().map(|c| c.get(row).copied().flatten()).collect();
            if let Some(combined) = combined {
                let entry = known.entry(combined);
                *slot = u32::try_from(entry.index()).unwrap_or(u32::MAX);
                entry.or_insert(row);
            }
        }
        let mut values: Vec<(String, usize, Vec<Value>)> = known
            .values()
            .enumerate()
            .map(|(group, row)| {
                let key: Vec<Value> = keys.iter().map(|k| self.value(*k, *row)).collect();
                (sort_text(&key), group, key)
            })
            .collect();
        values.sort_by(|a, b| a.0.cmp(&b.0));
        let mut place = vec![0u32; values.len()];
        for (at, (_, group, _)) in values.iter().enumerate() {
            if let Some(slot) = place.get_mut(*group) {
                *slot = u32::try_from(at).unwrap_or(u32::MAX);
            }
        }
        for slot in &mut of_row {
            if let Some(new) = usize::try_from(*slot).ok().and_then(|old| place.get(old)) {
                *slot = *new;
            }
        }
        let of_row = Arc::new(of_row);
        let count = values.len();
        let strata =
            Strata { of_row: Some(Arc::clone(&of_row)), keys: values.into_iter().map(|(_, _, key)| key).collect() };
        (Groups { of_row: Some(of_row), count }, strata)
    }

    /// Why a row is in no group: what its keys lack.
    pub fn missing_keys(&self, keys: &[StepId], row: usize) -> Reasons {
        let lacking = keys.iter().map(|key| match self.value(*key, row) {
            Value::Absent(reasons) => reasons,
            _ => Reasons::NONE,
        });
        let reasons = lacking.fold(Reasons::NONE, Reasons::and);
        if reasons.is_none() { Reasons::MISSING } else { reasons }
    }

    /// Equal codes for equal values; `None` for absent ones.
    pub fn key_codes(&self, key: StepId, rows: usize) -> Vec<Option<u32>> {
        if let Texts::Rows(column, absent) = self.texts(key) {
            let mut known: HashMap<String, u32> = HashMap::new();
            let by_code: Vec<u32> = (0..column.pool.len())
                .map(|code| {
                    let text = u32::try_from(code).map_or("", |code| column.pool.get(code));
                    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    *known.entry(folded_text(text)).or_insert(next)
                })
                .collect();
            return (0..rows)
                .map(|row| {
                    if !super::frame::absence(&absent, row).is_none() {
                        return None;
                    }
                    let code = column.codes.get(row)?;
                    by_code.get(usize::try_from(*code).ok()?).copied()
                })
                .collect();
        }
        let mut known: HashMap<Value, u32> = HashMap::new();
        (0..rows)
            .map(|row| match self.value(key, row) {
                Value::Absent(_) => None,
                value => {
                    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    Some(*known.entry(value).or_insert(next))
                }
            })
            .collect()
    }

    /// The row of `table` that each row of `rows` belongs to, along links.
    pub fn parents(&self, rows: TableId, table: TableId, links: &[ColumnId]) -> Groups {
        let count = self.rows_of(table);
        let mut at = rows;
        let mut of_row: Option<Arc<Vec<u32>>> = None;
        for link in links {
            let (next, _) = self.link(at, *link);
            of_row = Some(match of_row {
                None => next,
                Some(before) => Arc::new(
                    before
                        .iter()
                        .map(|row| usize::try_from(*row).ok().and_then(|r| next.get(r)).copied().unwrap_or(u32::MAX))
                        .collect(),
                ),
            });
            at = self.rules.schema.column(at, *link).and_then(|c| c.link).unwrap_or(at);
        }
        Groups { of_row, count }
    }
}

fn sort_text(key: &[Value]) -> String {
    let parts: Vec<String> = key
        .iter()
        .map(|value| match value {
            Value::Text(text) => folded_text(text),
            Value::Number(number) => {
                let (text, _) = crate::number::format::decimal_text(number, 6, '.');
                format!("{text:0>40}")
            }
            other => format!("{other:?}"),
        })
        .collect();
    parts.join("\u{1}")
}
