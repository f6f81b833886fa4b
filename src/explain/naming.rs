//! What rows are called, and by which column schools are grouped.
//!
//! *Naming column* of a table: its first text column that is no key, no link and not limited to given values.
//! *Grouping*: the first column of the subject that links to a table with a title (where no linked table has a title, the
//! first link), and on along such links of the tables reached: school → settlement → municipality. The group is called by
//! the naming column of the last table, or by its key.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::explanation::School;
use super::reading::Reading;
use crate::data::dataset::{Dataset, Values};
use crate::decision::Run;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::schema::{ColumnId, Schema, TableId, TableSchema};
use crate::value::{Type, Value};

/// The columns that explanations and summaries read beside those that the rules need: keys and names of the subject
/// and of the tables it links to. Load them where they are in the files.
pub fn needed(rules: &RuleSet) -> BTreeSet<(TableId, ColumnId)> {
    let mut columns = BTreeSet::new();
    let mut tables = BTreeSet::from([rules.subject]);
    if let Some(subject) = rules.schema.table(rules.subject) {
        for (at, column) in subject.columns.iter().enumerate() {
            if let Some(linked) = column.link {
                columns.insert((rules.subject, column_id(at)));
                tables.insert(linked);
            }
        }
    }
    for step in grouping_path(&rules.schema, rules.subject) {
        columns.insert((step.from, step.link));
        tables.insert(step.to);
    }
    for id in tables {
        let Some(table) = rules.schema.table(id) else { continue };
        columns.extend(table.key.iter().chain(naming_column(table).iter()).map(|c| (id, *c)));
    }
    columns
}

/// The column that names the rows of a table; see the module.
pub fn naming_column(table: &TableSchema) -> Option<ColumnId> {
    let at = table.columns.iter().enumerate().position(|(at, column)| {
        column.kind == Type::Text
            && column.link.is_none()
            && column.allowed.is_empty()
            && !table.key.contains(&column_id(at))
    })?;
    Some(column_id(at))
}

/// One link on the way from a school to its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupingStep {
    pub from: TableId,
    pub link: ColumnId,
    pub to: TableId,
}

/// The links by which schools are grouped; see the module. Empty: the subject links to no table.
pub fn grouping_path(schema: &Schema, subject: TableId) -> Vec<GroupingStep> {
    let mut path: Vec<GroupingStep> = Vec::new();
    let mut seen = BTreeSet::from([subject]);
    let mut from = subject;
    while let Some(step) = first_link(schema, from, &seen) {
        let titled = schema.table(step.to).is_some_and(|t| t.title.is_some());
        if !path.is_empty() && !titled {
            break;
        }
        path.push(step);
        seen.insert(step.to);
        from = step.to;
    }
    path
}

fn first_link(schema: &Schema, from: TableId, seen: &BTreeSet<TableId>) -> Option<GroupingStep> {
    let columns = schema.table(from)?.columns.iter().enumerate();
    let links: Vec<GroupingStep> = columns
        .filter_map(|(at, column)| Some(GroupingStep { from, link: column_id(at), to: column.link? }))
        .filter(|step| !seen.contains(&step.to))
        .collect();
    let titled = |step: &&GroupingStep| schema.table(step.to).is_some_and(|t| t.title.is_some());
    links.iter().find(titled).or(links.first()).copied()
}

/// Title of a table, or its name.
pub(super) fn table_title(schema: &Schema, table: TableId) -> Arc<str> {
    schema.table(table).map_or_else(|| Arc::from(""), |t| t.title.clone().unwrap_or_else(|| t.name.clone()))
}

fn column_id(at: usize) -> ColumnId {
    ColumnId(u32::try_from(at).unwrap_or(u32::MAX))
}

/// A school as people name it.
pub fn named(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, row: usize) -> School {
    Reading { rules, plan, data, run }.school(row)
}

impl Reading<'_> {
    pub(super) fn school(&self, row: usize) -> School {
        let table = self.rules.subject;
        let key = self.rules.schema.table(table).and_then(|t| t.key.first()).copied().unwrap_or(ColumnId(0));
        School {
            row,
            code: self.row_key(table, row).unwrap_or_else(|| Arc::from((row + 1).to_string())),
            title: self.row_title(table, row),
            cell: self.data.table(table).and_then(|t| t.cell(row, key)),
        }
    }

    /// The value of the naming column.
    pub(super) fn row_title(&self, table: TableId, row: usize) -> Option<Arc<str>> {
        match self.data.column(table, naming_column(self.rules.schema.table(table)?)?)?.value(row) {
            Value::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    pub(super) fn row_key(&self, table: TableId, row: usize) -> Option<Arc<str>> {
        let mut key = String::new();
        for column in &self.rules.schema.table(table)?.key {
            let part = match self.data.column(table, *column)?.value(row) {
                Value::Text(text) => text.to_string(),
                Value::Number(number) => crate::number::format::decimal_text(&number, 6, ',').0,
                Value::Date(date) => date.to_string(),
                Value::Truth(_) | Value::Absent(_) | Value::Between(..) => continue,
            };
            if !key.is_empty() {
                key.push_str(" · ");
            }
            key.push_str(&part);
        }
        if key.is_empty() { None } else { Some(Arc::from(key)) }
    }

    /// The row that a link column names.
    pub(super) fn linked_row(&self, table: TableId, link: ColumnId, row: usize) -> Option<usize> {
        let column = self.data.column(table, link)?;
        if !column.absence(row).is_none() {
            return None;
        }
        let Values::Links { rows, .. } = &column.values else { return None };
        rows.get(row).filter(|to| **to != u32::MAX).and_then(|to| usize::try_from(*to).ok())
    }
}
