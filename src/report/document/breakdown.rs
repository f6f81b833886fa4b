//! Schools of each category by what they are: place, the columns of texts that have few values, number of pupils.
//!
//! Columns are found by their role in the schema, not by their names.

use std::collections::BTreeMap;

use super::material::{Material, digits};
use super::{Column, Grid};
use crate::data::dataset::Column as Data;
use crate::explain::Places;
use crate::explain::naming::naming_column;
use crate::number::Number;
use crate::schema::{ColumnId, ColumnSchema, TableId};
use crate::value::{Type, Unit, Value};

/// A column with more different texts than this divides the schools into too many parts.
const MOST_VALUES: usize = 12;
/// Upper ends of the sizes of schools, the last one is open.
const SIZES: [i64; 4] = [100, 300, 600, 1000];

/// Schools by place; the last row sums up.
pub fn by_place(material: &Material<'_>, places: &Places) -> Grid {
    let name = |row: usize| places.of_school.get(row).cloned().flatten().map(|name| name.to_string());
    grid(material, &super::material::readable(&places.title), &parts(material, name), true)
}

/// Schools by each column of texts with few values, of their own table and of those on the way to their place.
pub fn by_columns(material: &Material<'_>) -> Vec<(String, Grid)> {
    let rules = material.judgement.rules;
    let mut tables: Vec<(TableId, Option<&Vec<Option<usize>>>)> = vec![(rules.subject, None)];
    if let Some(places) = material.places {
        tables.extend(places.through.iter().map(|(table, rows)| (*table, Some(rows))));
    }
    let mut found = Vec::new();
    for (table, rows) in tables {
        let Some(schema) = rules.schema.table(table) else { continue };
        for (at, column) in schema.columns.iter().enumerate() {
            let id = ColumnId(u32::try_from(at).unwrap_or(u32::MAX));
            let is_place = rows.is_none() && material.places.is_some_and(|places| places.column == Some(id));
            let is_name = column.link.is_some() || schema.key.contains(&id) || naming_column(schema) == Some(id);
            if column.kind != Type::Text || is_name || is_place {
                continue;
            }
            let Some(values) = material.judgement.dataset.column(table, id) else { continue };
            let value = |row: usize| {
                let row = match rows {
                    None => Some(row),
                    Some(rows) => rows.get(row).copied().flatten(),
                };
                text_at(values, row?)
            };
            let mut parts = parts(material, value);
            in_order_of_writing(&mut parts, column);
            if (2..=MOST_VALUES).contains(&parts.len()) {
                let title = column.title.clone().unwrap_or_else(|| column.name.clone());
                let title = super::material::readable(&title);
                found.push((title.clone(), grid(material, &title, &parts, false)));
            }
        }
    }
    found
}

/// Schools by the first column of theirs that counts people.
pub fn by_size(material: &Material<'_>) -> Option<(String, Grid)> {
    let rules = material.judgement.rules;
    let schema = rules.schema.table(rules.subject)?;
    let at = schema.columns.iter().position(|column| column.kind == Type::Number(Unit::People))?;
    let column = schema.columns.get(at)?;
    let values = material.judgement.dataset.column(rules.subject, ColumnId(u32::try_from(at).ok()?))?;
    let speaker = material.speaker();
    let size = |row: usize| {
        let number = values.number(row)?;
        SIZES.iter().position(|end| number <= Number::from_integer(*end)).or(Some(SIZES.len()))
    };
    let mut sizes: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for row in 0..material.schools() {
        sizes.entry(size(row)).or_default().push(row);
    }
    let named = |at: Option<usize>| {
        let at = at?;
        let low = at.checked_sub(1).and_then(|before| SIZES.get(before));
        let number = |value: i64| ("high", super::material::text(value.to_string()));
        Some(match (low, SIZES.get(at)) {
            (None, Some(high)) => speaker.say("document-size-up-to", &[number(*high)]),
            (Some(low), Some(high)) => {
                speaker.say("document-size", &[("low", super::material::text((low + 1).to_string())), number(*high)])
            }
            (low, None) => speaker.say("document-size-over", &[number(low.copied().unwrap_or(0))]),
        })
    };
    let mut parts: Vec<(Option<String>, Vec<usize>)> = sizes.into_iter().map(|(at, rows)| (named(at), rows)).collect();
    parts.sort_by_key(|(name, _)| name.is_none());
    let title = super::material::readable(column.title.as_ref().unwrap_or(&column.name));
    (parts.len() > 1).then(|| (title.clone(), grid(material, &title, &parts, false)))
}

fn text_at(column: &Data, row: usize) -> Option<String> {
    match column.value(row) {
        Value::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

type Parts = Vec<(Option<String>, Vec<usize>)>;

/// Schools by name of their part; those without one last.
fn parts(material: &Material<'_>, name: impl Fn(usize) -> Option<String>) -> Parts {
    let mut found: BTreeMap<(bool, Option<String>), Vec<usize>> = BTreeMap::new();
    for row in 0..material.schools() {
        let name = name(row);
        found.entry((name.is_none(), name)).or_default().push(row);
    }
    found.into_iter().map(|((_, name), rows)| (name, rows)).collect()
}

fn in_order_of_writing(parts: &mut Parts, column: &ColumnSchema) {
    let place = |name: &str| column.allowed.iter().position(|allowed| allowed.as_ref() == name);
    parts.sort_by_key(|(name, _)| name.as_deref().map_or(usize::MAX, |name| place(name).unwrap_or(usize::MAX - 1)));
}

fn grid(material: &Material<'_>, title: &str, parts: &Parts, total: bool) -> Grid {
    let speaker = material.speaker();
    let mut columns = vec![Column::text(title, 40), Column::number(speaker.word("document-head-schools"), 14)];
    for (_, category) in material.categories() {
        columns.push(Column::number(super::material::category_name(category), 18));
    }
    let any_open = material.open() > 0;
    if any_open {
        columns.push(Column::number(speaker.word("document-head-open"), 18));
    }
    let line = |name: String, rows: &[usize]| {
        let mut cells = vec![name, digits(rows.len())];
        for (id, _) in material.categories() {
            cells.push(digits(rows.iter().filter(|row| material.is_listed(id, **row)).count()));
        }
        if any_open {
            let open = rows.iter().filter(|row| material.is_open(**row));
            cells.push(digits(open.count()));
        }
        cells
    };
    let mut rows: Vec<Vec<String>> = parts
        .iter()
        .map(|(name, rows)| line(name.clone().unwrap_or_else(|| speaker.word("group-none")), rows))
        .collect();
    if total {
        let all: Vec<usize> = (0..material.schools()).collect();
        rows.push(line(speaker.word("document-total"), &all));
    }
    Grid { title: String::new(), columns, rows, total }
}
