//! What the files of workbooks tell of a sheet beside its cells, and sheets as grids.
//!
//! Knows no file formats.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::number_format::Shown;
use crate::tables::fault::{Fault, Limit};
use crate::tables::grid::{Cell, Grid, Mark, Region, Row};
use crate::tables::limits::{Limits, size};

/// What is told of a sheet; rows and columns are counted from 1.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub hidden_rows: HashSet<u64>,
    /// Per column, up to the last that is hidden.
    hidden_columns: Vec<bool>,
    pub merged: Vec<Region>,
    /// Formulas without a value.
    pub no_value: HashSet<(u64, u32)>,
    /// How numbers are shown, where it is not as they are stored.
    pub shown: HashMap<(u64, u32), Shown>,
    /// Days are counted from 1904.
    pub since_1904: bool,
    /// Cells that the reader of the values passes over.
    own: BTreeMap<(u64, u32), Cell>,
}

impl Facts {
    /// Columns from one to another are hidden, the last of them within the limits.
    pub fn hide_columns(&mut self, first: u32, last: u32, limits: &Limits) {
        let most = u32::try_from(limits.columns).unwrap_or(u32::MAX);
        let (from, to) = (first.max(1) as usize - 1, last.min(most) as usize);
        if from < to && self.hidden_columns.len() < to {
            self.hidden_columns.resize(to, false);
        }
        // a file may say the same of all columns many times
        self.hidden_columns.get_mut(from..to).unwrap_or(&mut []).fill(true);
    }

    /// Columns that are hidden, from 1.
    pub fn hidden_columns(&self) -> impl Iterator<Item = u32> + '_ {
        (1..).zip(&self.hidden_columns).filter(|(_, hidden)| **hidden).map(|(column, _)| column)
    }

    /// A cell that the reader of the values passes over.
    pub fn own(&mut self, place: (u64, u32), cell: Cell, limits: &Limits) -> Result<(), Fault> {
        if !cell.text.is_empty() {
            self.own.insert(place, cell);
        }
        limits.hold(Limit::Cells, size(self.own.len()))
    }

    /// The next of these cells, up to a place.
    pub fn next_own(&mut self, until: (u64, u32)) -> Option<((u64, u32), Cell)> {
        self.own.first_entry().filter(|entry| *entry.key() <= until).map(|entry| entry.remove_entry())
    }

    /// A region of merged cells, from 1.
    pub fn merge(&mut self, rows: (u64, u64), columns: (u32, u32), limits: &Limits) -> Result<(), Fault> {
        limits.hold(Limit::Cells, size(self.merged.len()))?;
        if rows.0 <= rows.1 && columns.0 <= columns.1 && (rows.0, columns.0) != (rows.1, columns.1) {
            self.merged.push(Region { rows, columns });
        }
        Ok(())
    }
}

/// An error value as a workbook prints it.
pub(super) fn error_text(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        _ => "#ERROR!",
    }
}

/// What all sheets hold so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Cells, blank ones between others counted.
    pub cells: u64,
    /// Bytes of their texts: what a file says once may be printed often.
    pub text: u64,
}

impl Tally {
    fn add(&mut self, cells: usize, text: usize, limits: &Limits) -> Result<(), Fault> {
        self.cells = self.cells.saturating_add(size(cells));
        self.text = self.text.saturating_add(size(text));
        limits.hold(Limit::Cells, self.cells)?;
        limits.hold(Limit::Unpacked, self.text)
    }
}

/// Cells that come in, as rows of a grid.
#[derive(Debug)]
pub(super) struct Builder<'a> {
    rows: Vec<Row>,
    /// Rows that came after a later one.
    late: Vec<Row>,
    limits: &'a Limits,
    tally: Tally,
}

impl<'a> Builder<'a> {
    /// A new sheet, after what others hold.
    pub fn new(limits: &'a Limits, tally: Tally) -> Self {
        Builder { rows: Vec::new(), late: Vec::new(), limits, tally }
    }

    /// Sets a cell; row and column from 1.
    pub fn set(&mut self, number: u64, column: u32, cell: Cell) -> Result<(), Fault> {
        self.limits.hold(Limit::Columns, u64::from(column))?;
        self.limits.hold(Limit::Cell, size(cell.text.len()))?;
        let last = self.rows.last().map_or(0, |row| row.number);
        let rows = if number < last { &mut self.late } else { &mut self.rows };
        if rows.last().is_none_or(|row| row.number != number) {
            rows.push(Row { number, ..Row::default() });
            self.limits.hold(Limit::Rows, size(self.rows.len() + self.late.len()))?;
        }
        let rows = if number < last { &mut self.late } else { &mut self.rows };
        if let Some(row) = rows.last_mut() {
            let at = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
            let more = (at + 1).saturating_sub(row.cells.len());
            self.tally.add(more, cell.text.len(), self.limits)?;
            if more > 0 {
                row.cells.resize_with(at, Cell::default);
                row.cells.push(cell);
            } else if let Some(place) = row.cells.get_mut(at) {
                *place = cell;
            }
        }
        Ok(())
    }

    /// The grid: rows in their order, merged cells filled, what is hidden marked.
    ///
    /// Cells are filled in rows that have cells of their own and in columns up to the last of the sheet that is used: merged cells that reach
    /// further hold no data there, and a row of nothing but merged cells is one with the row above it.
    pub fn grid(mut self, sheet: &str, facts: Facts) -> Result<(Grid, Tally), Fault> {
        if !self.late.is_empty() {
            self.put_in_order();
        }
        for row in &mut self.rows {
            row.hidden = facts.hidden_rows.contains(&row.number);
        }
        let width = self.rows.iter().map(Row::end).max().unwrap_or(0);
        for region in &facts.merged {
            self.fill(region, width)?;
        }
        let hidden_columns = facts.hidden_columns().filter(|c| *c as usize <= width).collect();
        let grid = Grid { sheet: Some(sheet.to_string()), rows: self.rows, hidden_columns, merged: facts.merged };
        Ok((grid, self.tally))
    }

    fn put_in_order(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.append(&mut self.late);
        rows.sort_by_key(|row| row.number);
        for row in rows {
            match self.rows.last_mut().filter(|last| last.number == row.number) {
                Some(last) => {
                    for (at, cell) in row.cells.into_iter().enumerate() {
                        match last.cells.get_mut(at) {
                            Some(place) if place.is_blank() => *place = cell,
                            Some(_) => {}
                            None => last.cells.push(cell),
                        }
                    }
                }
                None => self.rows.push(row),
            }
        }
    }

    fn fill(&mut self, region: &Region, width: usize) -> Result<(), Fault> {
        let start = self.rows.partition_point(|row| row.number < region.rows.0);
        let (from, to) = (region.columns.0 as usize - 1, (region.columns.1 as usize).min(width));
        let Some(first) = self.rows.get(start).filter(|row| row.number == region.rows.0) else {
            return Ok(());
        };
        let text = first.text(from).to_string();
        if text.trim().is_empty() {
            return Ok(());
        }
        for row in self.rows.iter_mut().skip(start).take_while(|row| row.number <= region.rows.1) {
            let more = to.saturating_sub(row.cells.len());
            self.tally.add(more, text.len().saturating_mul(to.saturating_sub(from)), self.limits)?;
            if more > 0 {
                row.cells.resize_with(to, Cell::default);
            }
            let origin = usize::from(row.number == region.rows.0);
            for cell in row.cells.iter_mut().take(to).skip(from + origin) {
                if cell.is_blank() {
                    *cell = Cell { text: text.clone(), mark: Mark::Merged };
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Builder, Facts, Tally};
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::grid::{Cell, Mark};
    use crate::tables::limits::Limits;

    fn texts(row: &crate::tables::grid::Row) -> Vec<&str> {
        row.cells.iter().map(|cell| cell.text.as_str()).collect()
    }

    #[test]
    fn merged_cells_are_filled_both_ways_where_rows_are() {
        let limits = Limits::default();
        let mut builder = Builder::new(&limits, Tally::default());
        for (row, column, text) in [(1, 1, "A"), (1, 2, "B"), (2, 3, "c"), (4, 2, "d"), (4, 4, "e")] {
            builder.set(row, column, Cell::plain(text)).unwrap();
        }
        let mut facts = Facts::default();
        facts.merge((1, 4), (1, 1), &limits).unwrap();
        facts.merge((1, 1), (2, 16_384), &limits).unwrap();
        facts.merge((4, 9), (4, 5), &limits).unwrap();
        facts.merge((7, 7), (7, 7), &limits).unwrap();
        facts.hidden_rows.insert(2);
        facts.hide_columns(4, 16_384, &limits);
        let (grid, cells) = builder.grid("S", facts).unwrap();
        let rows: Vec<_> = grid.rows.iter().map(|row| (row.number, texts(row), row.hidden)).collect();
        assert_eq!(
            rows,
            [(1, vec!["A", "B", "B", "B"], false), (2, vec!["A", "", "c"], true), (4, vec!["A", "d", "", "e"], false)]
        );
        assert_eq!(cells.cells, 11);
        assert_eq!(grid.rows[1].cells[0].mark, Mark::Merged);
        assert_eq!(grid.rows[0].cells[0].mark, Mark::Plain);
        assert_eq!((grid.hidden_columns, grid.merged.len()), (vec![4], 3));
    }

    #[test]
    fn cells_out_of_order_find_their_rows() {
        let limits = Limits::default();
        let mut builder = Builder::new(&limits, Tally::default());
        for (row, column, text) in [(3, 1, "c"), (1, 2, "a"), (3, 2, "d"), (2, 1, "b"), (1, 1, "x")] {
            builder.set(row, column, Cell::plain(text)).unwrap();
        }
        let (grid, _) = builder.grid("S", Facts::default()).unwrap();
        let rows: Vec<_> = grid.rows.iter().map(|row| (row.number, texts(row))).collect();
        assert_eq!(rows, [(1, vec!["x", "a"]), (2, vec!["b"]), (3, vec!["c", "d"])]);
    }

    #[test]
    fn what_is_too_much_is_refused_before_it_is_held() {
        let limits = Limits { rows: 2, columns: 10, cells: 12, cell: 3, ..Limits::default() };
        let mut builder = Builder::new(&limits, Tally::default());
        assert_eq!(builder.set(1, 11, Cell::plain("a")), Err(Fault::Limit(Limit::Columns, 10)));
        assert_eq!(builder.set(1, 1, Cell::plain("abcd")), Err(Fault::Limit(Limit::Cell, 3)));
        assert_eq!(builder.set(1, 10, Cell::plain("a")), Ok(()));
        assert_eq!(builder.set(2, 2, Cell::plain("a")), Ok(()));
        assert_eq!(builder.set(3, 1, Cell::plain("a")), Err(Fault::Limit(Limit::Rows, 2)));
        // nine blank cells before it count
        let mut builder = Builder::new(&limits, Tally { cells: 3, text: 0 });
        assert_eq!(builder.set(1, 10, Cell::plain("a")), Err(Fault::Limit(Limit::Cells, 12)));
    }

    #[test]
    fn a_text_that_is_said_once_and_printed_often_counts_as_often() {
        let limits = Limits { unpacked: 10, ..Limits::default() };
        let mut builder = Builder::new(&limits, Tally::default());
        let cells = [1, 2, 3].map(|column| builder.set(1, column, Cell::plain("abcd")));
        assert_eq!(cells, [Ok(()), Ok(()), Err(Fault::Limit(Limit::Unpacked, 10))]);
        let mut builder = Builder::new(&limits, Tally::default());
        builder.set(1, 1, Cell::plain("abcd")).unwrap();
        builder.set(1, 3, Cell::plain("e")).unwrap();
        let mut facts = Facts::default();
        facts.merge((1, 1), (1, 2), &limits).unwrap();
        assert_eq!(builder.grid("S", facts).unwrap_err(), Fault::Limit(Limit::Unpacked, 10));
    }
}
