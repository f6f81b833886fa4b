//! One table of a sheet by itself: its cells, and the remarks that are about it.

use std::collections::BTreeSet;

use super::find::Table;
use super::grid::{Cell, Grid, Mark};
use super::open::{Sheet, about};
use super::remark::{Remark, What};

impl Table {
    /// The cells of a row of the grid in the columns of the table; nothing where the row ends before them.
    pub fn cells<'a>(&'a self, grid: &'a Grid, at: usize) -> impl ExactSizeIterator<Item = Option<&'a Cell>> {
        let row = grid.rows.get(at);
        self.columns.iter().map(move |column| row.and_then(|row| row.cells.get(*column)))
    }

    /// Their texts.
    pub fn texts<'a>(&'a self, grid: &'a Grid, at: usize) -> impl ExactSizeIterator<Item = &'a str> {
        self.cells(grid, at).map(|cell| cell.map_or("", |cell| cell.text.as_str()))
    }

    /// Nothing that could be written: neither rows nor a header.
    pub fn is_nothing(&self) -> bool {
        self.rows.is_empty() && self.header.is_empty()
    }
}

impl Sheet {
    /// The remarks about the sheet as a whole: how it is written, what is hidden in it.
    pub fn remarks_of_sheet(&self) -> Vec<Remark> {
        self.remarks.iter().filter(|remark| !is_of_table(&remark.what)).cloned().collect()
    }

    /// The remarks about one table, by its position: what was decided about it, and what was found in its rows.
    pub fn remarks_about(&self, table: usize) -> Vec<Remark> {
        let Some(table) = self.tables.get(table) else {
            return Vec::new();
        };
        let number = |at: &usize| self.grid.rows.get(*at).map(|row| row.number);
        let own: BTreeSet<u64> = table.rows.iter().chain(&table.header).filter_map(number).collect();
        let mut remarks = about(self, table);
        remarks.extend(self.remarks.iter().filter_map(|remark| of_rows(remark, &own)));
        let merged = |at: &&usize| table.cells(&self.grid, **at).flatten().any(|cell| cell.mark == Mark::Merged);
        let filled: Vec<u64> = table.rows.iter().filter(merged).filter_map(number).collect();
        if !filled.is_empty() {
            let cells = table.rows.iter().flat_map(|at| table.cells(&self.grid, *at).flatten());
            let count = cells.filter(|cell| cell.mark == Mark::Merged).count();
            remarks.push(Remark { what: What::Merged, sheet: self.grid.sheet.clone(), rows: filled, count });
        }
        remarks
    }
}

/// A remark about rows as far as it concerns these; what is decided table by table is told anew for each.
fn of_rows(remark: &Remark, own: &BTreeSet<u64>) -> Option<Remark> {
    if !matches!(remark.what, What::Mended(_) | What::Irregular | What::NarrowHeader(..) | What::HiddenRows) {
        return None;
    }
    let rows: Vec<u64> = remark.rows.iter().copied().filter(|row| own.contains(row)).collect();
    (!rows.is_empty()).then(|| Remark { count: rows.len(), rows, ..remark.clone() })
}

fn is_of_table(what: &What) -> bool {
    matches!(
        what,
        What::Mended(_)
            | What::Irregular
            | What::NarrowHeader(..)
            | What::HiddenRows
            | What::Merged
            | What::Header
            | What::NoHeader
            | What::Carried
            | What::LeftOut(_)
            | What::Totals
            | What::Lone
            | What::Gaps
            | What::BlankColumns
            | What::OtherTables(_)
    )
}
