//! The declared shape of the data: tables, their columns with types and units, keys and links.
//!
//! Filled from the `таблица` / `table` declarations of the rules; knows neither files nor values.

use std::sync::Arc;

use crate::location::SourceSpan;
use crate::value::Type;

/// Position of a table in [`Schema::tables`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub u32);

/// Position of a column in [`TableSchema::columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnId(pub u32);

/// All declared tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Schema {
    pub tables: Vec<TableSchema>,
}

/// One declared table.
#[derive(Debug, Clone, PartialEq)]
pub struct TableSchema {
    pub name: Arc<str>,
    /// Other grammatical forms of the name that refer to the same table.
    pub forms: Vec<Arc<str>>,
    pub title: Option<Arc<str>>,
    /// Columns whose values together name a row; a single text column for tables that others link to.
    pub key: Vec<ColumnId>,
    pub columns: Vec<ColumnSchema>,
    /// The column that says which year a row is about, where there is one.
    pub year: Option<ColumnId>,
    pub declared: SourceSpan,
}

/// One declared column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnSchema {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// `Text` for keys and links.
    pub kind: Type,
    /// The table whose key this column holds.
    pub link: Option<TableId>,
    /// The only texts the column may hold; empty: any.
    pub allowed: Vec<Arc<str>>,
    /// Columns of the same table that tell which scale a row's points are on (`шкала по вид`).
    pub scale_by: Vec<ColumnId>,
    /// Header in the file where it differs from the name and the manifest does not say it.
    pub header: Option<Arc<str>>,
    /// Markers declared with the column: text in the file → reason.
    pub markers: Vec<(Arc<str>, crate::value::Reasons)>,
    pub declared: SourceSpan,
}

impl Schema {
    pub fn table(&self, id: TableId) -> Option<&TableSchema> {
        self.tables.get(usize::try_from(id.0).ok()?)
    }

    pub fn find(&self, name: &str) -> Option<TableId> {
        let at =
            self.tables.iter().position(|t| t.name.as_ref() == name || t.forms.iter().any(|f| f.as_ref() == name))?;
        Some(TableId(u32::try_from(at).ok()?))
    }

    pub fn column(&self, table: TableId, column: ColumnId) -> Option<&ColumnSchema> {
        self.table(table)?.column(column)
    }
}

impl TableSchema {
    pub fn column(&self, id: ColumnId) -> Option<&ColumnSchema> {
        self.columns.get(usize::try_from(id.0).ok()?)
    }

    pub fn find(&self, name: &str) -> Option<ColumnId> {
        let at = self.columns.iter().position(|c| c.name.as_ref() == name)?;
        Some(ColumnId(u32::try_from(at).ok()?))
    }
}
