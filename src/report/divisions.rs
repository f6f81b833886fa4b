//! Schools divided by what they are: what they belong to, texts and yes-or-no that have few values, number of pupils.
//!
//! Columns are found by their role in the schema, not by their names. Counts nothing.

use std::collections::BTreeMap;

use crate::data::dataset::{Column, Dataset, Values};
use crate::diagnostic::Argument;
use crate::explain::Places;
use crate::explain::naming::naming_column;
use crate::messages::Speaker;
use crate::model::RuleSet;
use crate::number::Number;
use crate::schema::{ColumnId, ColumnSchema, TableId, TableSchema};
use crate::value::{Type, Unit, Value};

/// A column with more different values than this divides the schools into too many parts.
const MOST_VALUES: usize = 12;
/// Upper ends of the sizes of schools, the last one is open.
const SIZES: [i64; 4] = [100, 300, 600, 1000];

/// The parts of all schools by name, each with its rows; those without a value last.
pub type Parts = Vec<(Option<String>, Vec<usize>)>;

/// One way to divide the schools.
#[derive(Debug, Clone)]
pub struct Division {
    /// What the parts are parts by.
    pub title: String,
    pub by: By,
    pub parts: Parts,
}

/// What schools are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum By {
    /// What they belong to.
    Place,
    /// A table on the way to it, or another one that they link to.
    Linked,
    Column,
    Size,
}

/// Schools of one dataset.
#[derive(Debug, Clone, Copy)]
pub struct Divided<'a> {
    pub rules: &'a RuleSet,
    pub data: &'a Dataset,
    pub places: Option<&'a Places>,
    pub schools: usize,
}

/// A title, or the name of a column that has none.
pub fn readable(title: &str) -> String {
    let title = title.replace('_', " ");
    let mut characters = title.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

impl Divided<'_> {
    /// Every way: places, the other tables that schools link to, columns with few values, sizes.
    pub fn every(&self, speaker: &Speaker) -> Vec<Division> {
        let mut found: Vec<Division> = self.places.map(|places| self.by_place(places)).into_iter().collect();
        found.extend(self.by_links());
        found.extend(self.by_columns(&|kind| matches!(kind, Type::Text | Type::YesNo), speaker));
        found.extend(self.by_size(speaker));
        found
    }

    pub fn by_place(&self, places: &Places) -> Division {
        let name = |row: usize| places.of_school.get(row).cloned().flatten().map(|name| name.to_string());
        Division { title: readable(&places.title), by: By::Place, parts: self.parts(name) }
    }

    /// The tables on the way to the places and the others that schools link to, by the names of their rows.
    fn by_links(&self) -> Vec<Division> {
        let through = self.places.map_or(&[][..], |places| places.through.as_slice());
        let way = through.split_last().map_or(&[][..], |(_, way)| way);
        let mut linked: Vec<(TableId, Vec<Option<usize>>)> = way.to_vec();
        let schema = self.rules.schema.table(self.rules.subject);
        for (at, column) in schema.iter().flat_map(|schema| schema.columns.iter().enumerate()) {
            let Some(to) = column.link.filter(|to| !through.iter().any(|(known, _)| known == to)) else { continue };
            let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
            let Some(Values::Links { rows, .. }) = self.data.column(self.rules.subject, id).map(|c| &c.values) else {
                continue;
            };
            let row = |to: &u32| if *to == u32::MAX { None } else { usize::try_from(*to).ok() };
            linked.push((to, rows.iter().map(row).collect()));
        }
        let division = |(table, rows): &(TableId, Vec<Option<usize>>)| {
            let schema = self.rules.schema.table(*table)?;
            let naming = naming_column(schema).or(schema.key.first().copied())?;
            let names = self.data.column(*table, naming)?;
            let parts = self.parts(|row| text_at(names, rows.get(row).copied().flatten()?));
            let title = readable(schema.title.as_ref().unwrap_or(&schema.name));
            (parts.len() > 1).then_some(Division { title, by: By::Linked, parts })
        };
        linked.iter().filter_map(division).collect()
    }

    /// Columns of the kinds that are wanted, with few values: of the table of the schools and of those on the way to their place.
    pub fn by_columns(&self, wanted: &dyn Fn(&Type) -> bool, speaker: &Speaker) -> Vec<Division> {
        let mut tables: Vec<(TableId, Option<&Vec<Option<usize>>>)> = vec![(self.rules.subject, None)];
        if let Some(places) = self.places {
            tables.extend(places.through.iter().map(|(table, rows)| (*table, Some(rows))));
        }
        let mut found = Vec::new();
        for (table, rows) in tables {
            let Some(schema) = self.rules.schema.table(table) else { continue };
            for (at, column) in schema.columns.iter().enumerate() {
                let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
                let is_place = rows.is_none() && self.places.is_some_and(|places| places.column == Some(id));
                if !wanted(&column.kind) || names_rows(schema, column, id) || is_place {
                    continue;
                }
                let Some(values) = self.data.column(table, id) else { continue };
                let value = |row: usize| {
                    let row = match rows {
                        None => row,
                        Some(rows) => rows.get(row).copied().flatten()?,
                    };
                    text_at(values, row).or_else(|| truth_at(values, row, speaker))
                };
                let mut parts = self.parts(value);
                in_order_of_writing(&mut parts, column);
                if (2..=MOST_VALUES).contains(&parts.len()) {
                    let title = readable(column.title.as_ref().unwrap_or(&column.name));
                    found.push(Division { title, by: By::Column, parts });
                }
            }
        }
        found
    }

    /// By the first column of the schools that counts people.
    pub fn by_size(&self, speaker: &Speaker) -> Option<Division> {
        let schema = self.rules.schema.table(self.rules.subject)?;
        let at = schema.columns.iter().position(|column| column.kind == Type::Number(Unit::People))?;
        let column = schema.columns.get(at)?;
        let values = self.data.column(self.rules.subject, ColumnId(u32::try_from(at).ok()?))?;
        let size = |row: usize| {
            let number = values.number(row)?;
            SIZES.iter().position(|end| number <= Number::from_integer(*end)).or(Some(SIZES.len()))
        };
        let mut sizes: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
        for row in 0..self.schools {
            sizes.entry(size(row)).or_default().push(row);
        }
        let mut parts: Parts =
            sizes.into_iter().map(|(at, rows)| (at.map(|at| size_said(at, speaker)), rows)).collect();
        parts.sort_by_key(|(name, _)| name.is_none());
        let title = readable(column.title.as_ref().unwrap_or(&column.name));
        (parts.len() > 1).then_some(Division { title, by: By::Size, parts })
    }

    /// Schools by name of their part; those without one last.
    fn parts(&self, name: impl Fn(usize) -> Option<String>) -> Parts {
        let mut found: BTreeMap<(bool, Option<String>), Vec<usize>> = BTreeMap::new();
        for row in 0..self.schools {
            let name = name(row);
            found.entry((name.is_none(), name)).or_default().push(row);
        }
        found.into_iter().map(|((_, name), rows)| (name, rows)).collect()
    }
}

fn size_said(at: usize, speaker: &Speaker) -> String {
    let low = at.checked_sub(1).and_then(|before| SIZES.get(before));
    let text = |value: i64| Argument::Text(value.to_string());
    match (low, SIZES.get(at)) {
        (None, Some(high)) => speaker.say("document-size-up-to", &[("high", text(*high))]),
        (Some(low), Some(high)) => speaker.say("document-size", &[("low", text(low + 1)), ("high", text(*high))]),
        (low, None) => speaker.say("document-size-over", &[("high", text(low.copied().unwrap_or(0)))]),
    }
}

/// Whether a column says which row it is.
fn names_rows(schema: &TableSchema, column: &ColumnSchema, id: ColumnId) -> bool {
    column.link.is_some() || schema.key.contains(&id) || naming_column(schema) == Some(id)
}

fn text_at(column: &Column, row: usize) -> Option<String> {
    match column.value(row) {
        Value::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

fn truth_at(column: &Column, row: usize, speaker: &Speaker) -> Option<String> {
    match column.value(row) {
        Value::Truth(truth) if !truth.is_unknown() => Some(speaker.truth(truth)),
        _ => None,
    }
}

fn in_order_of_writing(parts: &mut Parts, column: &ColumnSchema) {
    let place = |name: &str| column.allowed.iter().position(|allowed| allowed.as_ref() == name);
    parts.sort_by_key(|(name, _)| name.as_deref().map_or(usize::MAX, |name| place(name).unwrap_or(usize::MAX - 1)));
}
