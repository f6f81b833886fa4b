//! Declared tables → schema.
//!
//! Knows nothing of expressions.

use std::collections::HashMap;
use std::sync::Arc;

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::check as kinds;
use crate::location::{Place, SourceId, SourceSpan};
use crate::schema::{ColumnId, ColumnSchema, TableId, TableSchema};
use crate::syntax::tree;
use crate::value::{Reasons, Type, Unit};

impl Checker<'_> {
    pub(super) fn tables(&mut self) {
        let tables = self.names.tables.clone();
        for (source, table) in &tables {
            let schema = self.table(*source, table);
            self.schema.tables.push(schema);
        }
        for (at, (source, table)) in tables.iter().enumerate() {
            self.links(at, *source, table);
        }
    }

    fn table(&mut self, source: SourceId, table: &tree::Table) -> TableSchema {
        let mut columns: Vec<ColumnSchema> = Vec::new();
        let mut first: HashMap<Arc<str>, SourceSpan> = HashMap::new();
        let mut year = None;
        for column in &table.columns {
            let here = SourceSpan::new(source, column.name.span);
            if let Some(before) = first.get(&column.name.text) {
                self.push(
                    Diagnostic::at(kinds::DUPLICATE_COLUMN, here)
                        .text("name", column.name.text.as_ref())
                        .text("table", table.name.text.as_ref())
                        .related(Place::Text(*before), "role-first-declared"),
                );
                continue;
            }
            first.insert(column.name.text.clone(), here);
            if column.kind == tree::ColumnKind::Year {
                if year.is_some() {
                    self.push(Diagnostic::at(kinds::TWO_YEAR_COLUMNS, here).text("table", table.name.text.as_ref()));
                } else {
                    year = Some(ColumnId(u32::try_from(columns.len()).unwrap_or(u32::MAX)));
                }
            }
            columns.push(column_schema(source, column));
        }
        let mut schema = TableSchema {
            name: table.name.text.clone(),
            forms: table.forms.iter().map(|f| f.text.clone()).collect(),
            title: super::title(&table.title),
            key: Vec::new(),
            columns,
            year,
            declared: SourceSpan::new(source, table.name.span),
        };
        let names: Vec<Arc<str>> = schema.columns.iter().map(|c| c.name.clone()).collect();
        for key in &table.key {
            match schema.find(&key.text) {
                Some(id) => schema.key.push(id),
                None => {
                    let problem = self.unknown_text(kinds::KEY_UNKNOWN, source, &key.text, key.span, &names);
                    self.push(problem.text("table", table.name.text.as_ref()));
                }
            }
        }
        for column in &table.columns {
            let mut scale_by = Vec::new();
            for name in &column.scale_by {
                match schema.find(&name.text) {
                    Some(id) => scale_by.push(id),
                    None => {
                        let problem = self.unknown_text(kinds::UNKNOWN_COLUMN, source, &name.text, name.span, &names);
                        self.push(problem.text("table", table.name.text.as_ref()));
                    }
                }
            }
            if let Some(found) = schema.columns.iter_mut().find(|c| c.name == column.name.text) {
                found.scale_by = scale_by;
            }
        }
        schema
    }

    fn links(&mut self, at: usize, source: SourceId, table: &tree::Table) {
        let known = self.table_names();
        for column in &table.columns {
            let tree::ColumnKind::Link(target) = &column.kind else {
                continue;
            };
            let Some(id) = self.schema.find(&target.text) else {
                self.unknown(kinds::UNKNOWN_SET, source, target, &known);
                continue;
            };
            if self.schema.table(id).is_none_or(|t| t.key.len() != 1) {
                let here = SourceSpan::new(source, target.span);
                self.push(Diagnostic::at(kinds::LINK_TARGET_KEY, here).text("table", target.text.as_ref()));
            }
            let Some(schema) = self.schema.tables.get_mut(at) else {
                continue;
            };
            if let Some(found) = schema.columns.iter_mut().find(|c| c.name == column.name.text) {
                found.link = Some(id);
            }
        }
    }

    /// The links that lead from the rows of `from` to a row of `to`, shortest first, at most three steps.
    pub(super) fn way(&self, from: TableId, to: TableId) -> Option<Vec<ColumnId>> {
        let mut ways: Vec<(TableId, Vec<ColumnId>)> = vec![(from, Vec::new())];
        for _ in 0..3 {
            let mut next = Vec::new();
            for (table, way) in &ways {
                let Some(schema) = self.schema.table(*table) else {
                    continue;
                };
                for (at, column) in schema.columns.iter().enumerate() {
                    let Some(target) = column.link else {
                        continue;
                    };
                    let mut longer = way.clone();
                    longer.push(ColumnId(u32::try_from(at).unwrap_or(u32::MAX)));
                    if target == to {
                        return Some(longer);
                    }
                    next.push((target, longer));
                }
            }
            ways = next;
        }
        None
    }
}

fn column_schema(source: SourceId, column: &tree::Column) -> ColumnSchema {
    let kind = match &column.kind {
        tree::ColumnKind::Text | tree::ColumnKind::Link(_) => Type::Text,
        tree::ColumnKind::Number(None) => Type::Number(Unit::Number),
        tree::ColumnKind::Number(Some(word)) => Type::Number(super::units::unit(word)),
        tree::ColumnKind::YesNo => Type::YesNo,
        tree::ColumnKind::Date => Type::Date,
        tree::ColumnKind::Year => Type::Number(Unit::Year),
    };
    ColumnSchema {
        name: column.name.text.clone(),
        title: super::title(&column.title),
        kind,
        link: None,
        allowed: column.allowed.iter().map(|t| t.text.clone()).collect(),
        scale_by: Vec::new(),
        header: column.header.as_ref().map(|t| t.text.clone()),
        markers: column
            .markers
            .iter()
            .flat_map(|(texts, absence)| texts.iter().map(|t| (t.text.clone(), reason(*absence))))
            .collect(),
        declared: SourceSpan::new(source, column.name.span),
    }
}

fn reason(absence: tree::Absence) -> Reasons {
    match absence {
        tree::Absence::Missing => Reasons::MISSING,
        tree::Absence::Suppressed => Reasons::SUPPRESSED,
        tree::Absence::Invalid => Reasons::INVALID,
        tree::Absence::NotApplicable => Reasons::NOT_APPLICABLE,
    }
}
