//! Tables side by side in one sheet or file, with blank columns between them.
//!
//! A blank column alone parts nothing: names, titles or the places of rows have to show that there are two tables.

use std::collections::BTreeSet;

use super::rest::{Band, Rest};
use super::{Finder, Looks, Table, one_line};
use crate::tables::grid::{Cell, Grid, Mark, Row};
use crate::tables::shape::{Shape, shape};

/// Rows that hold nothing on the right below the last that does, at least, to show that a table ends there.
const LEAST_TAIL: usize = 3;

impl Finder<'_> {
    /// The tables that stand side by side in some rows; nothing where there is one.
    pub(super) fn beside(&self, rest: &mut Rest) -> Option<Vec<Table>> {
        let place = self.place;
        if place.all_rows || place.header.is_some() || place.columns.is_some() || rest.rows().len() < 2 {
            return None;
        }
        // rows with one text, such as titles, are looked over
        let parts = rest.parts(self.band);
        let bands = self.joined(rest, &parts)?;
        let rows = rest.rows();
        let mut tables = Vec::new();
        let mut first = true;
        for (from, to) in bands {
            let grid = self.only(rows, from, to, first);
            let band = Finder { grid: &grid, place, down: self.down, band: Some((from, to)) };
            let own: Vec<usize> = rows
                .iter()
                .copied()
                .filter(|at| grid.rows.get(*at).is_some_and(|row| band.holds_something(row)))
                .collect();
            tables.extend(band.tables(&own));
            first = false;
        }
        tables.retain(|table| !table.rows.is_empty() || !table.header.is_empty());
        (tables.len() > 1).then_some(tables)
    }

    /// The stretches joined into tables, where there are at least two.
    fn joined(&self, rest: &mut Rest, parts: &[(usize, usize)]) -> Option<Vec<(usize, usize)>> {
        let (first, others) = parts.split_first()?;
        let mut bands = vec![*first];
        for part in others {
            let (from, to) = bands.last().copied()?;
            if self.are_two(rest, (from, to), *part) {
                bands.push(*part);
            } else {
                bands.pop();
                bands.push((from, part.1));
            }
        }
        (bands.len() > 1).then_some(bands)
    }

    /// Whether the columns on both sides of blank ones show two tables.
    fn are_two(&self, rest: &mut Rest, left: (usize, usize), right: (usize, usize)) -> bool {
        let (Some(one), Some(other)) = (self.side(rest, left), self.side(rest, right)) else {
            return false;
        };
        if !one.has_key || !other.has_key {
            return false;
        }
        let names = other.names.first().is_some_and(|name| one.names.contains(name));
        let titles = one.titled && other.titled;
        let begins = one.begins != other.begins;
        // rows of one side below all that the other side holds
        let below = |side: &Side, end: usize| side.rows.iter().filter(|at| **at > end).count();
        let longer = below(&other, rest.last(left)) > 1 || below(&one, rest.last(right)) >= LEAST_TAIL;
        // two rows are a table of their own only when its names come again
        names || !one.small && !other.small && (titles || begins || longer)
    }

    /// What columns look like by themselves; nothing where they are no table.
    fn side(&self, rest: &mut Rest, (from, to): (usize, usize)) -> Option<Side> {
        let Band { grid, rest } = rest.band(self, (from, to));
        let alone = self.alone(grid, (from, to));
        // another table may follow below
        let end = alone.end(rest, true);
        let own = rest.rows().get(..end).unwrap_or(rest.rows());
        let looks = Rest::new(&alone, own).profiled(&alone);
        let top = alone.top(own, &looks);
        let count = alone.header_rows(own.get(top..).unwrap_or(&[]), &looks);
        let header = own.get(top..top + count).filter(|header| !header.is_empty())?;
        let body = own.get(top + count..).filter(|body| body.len() > 1)?;
        let (headers, _) = alone.headers(header);
        let names: Vec<String> = headers.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect();
        if names.len() < 2 {
            return None;
        }
        let full: Vec<usize> = body.iter().copied().filter(|at| alone.row(*at).filled() > 1).collect();
        let above = own.get(..top).unwrap_or(&[]);
        // a title over both tables is merged or stands alone in its row; the number of a table stands at the right end
        let titled = above.iter().any(|at| {
            let row = alone.row(*at);
            let left = row.cells.iter().position(|cell| !cell.is_blank());
            alone.different(row) == 1 && left.is_some_and(|left| left <= from + 1) && self.different(self.row(*at)) > 1
        });
        // what stands apart may be something else
        let blocks = full.chunk_by(|at, next| alone.adjacent(*at, Some(next)));
        let block = blocks.max_by_key(|block| block.len())?;
        // two rows are a table when they are counted
        let number = |at: Option<&usize>| at.map_or("", |at| alone.row(*at).text(from).trim());
        let counted = number(block.first()) == "1" && number(block.get(1)) == "2";
        if block.len() < 2 {
            return None;
        }
        let small = block.len() == 2 && !counted;
        Some(Side {
            has_key: alone.has_key(block, from, &looks),
            names,
            titled,
            small,
            begins: body.first().copied()?,
            rows: full,
        })
    }

    /// A finder that sees nothing but some columns.
    pub(super) fn alone<'g>(&self, grid: &'g Grid, columns: (usize, usize)) -> Finder<'g>
    where
        Self: 'g,
    {
        Finder { grid, place: self.place, down: self.down, band: Some(columns) }
    }

    /// The first column tells rows apart: texts, codes or the numbers of rows.
    fn has_key(&self, body: &[usize], column: usize, looks: &Looks) -> bool {
        let mut held = 0;
        let mut texts: Vec<&str> = Vec::new();
        for cell in body.iter().filter_map(|at| self.row(*at).cells.get(column)).filter(|cell| !cell.is_blank()) {
            held += 1;
            if cell.mark != Mark::Merged {
                texts.push(cell.text.trim());
            }
        }
        let different: BTreeSet<&str> = texts.iter().copied().collect();
        let named = |text: &&&str| matches!(shape(text), Shape::Words | Shape::Prose | Shape::Code);
        let words = !looks.typed.contains(&column) && texts.iter().filter(named).count() * 10 >= texts.len() * 9;
        let numbers: Vec<u64> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        let steps = numbers.windows(2).all(|pair| pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == a + 1));
        let numbered = numbers.len() == texts.len() && numbers.len() > 1 && steps;
        held * 10 >= body.len() * 9 && different.len() * 10 >= texts.len() * 9 && (words || numbered)
    }

    /// The grid with all cells blank but those of some columns; a cell that is merged from outside is blank as well, where the table is
    /// not the first.
    pub(super) fn only(&self, rows: &[usize], from: usize, to: usize, first: bool) -> Grid {
        let mut grid = Grid { sheet: self.grid.sheet.clone(), merged: self.grid.merged.clone(), ..Grid::default() };
        let wanted: BTreeSet<usize> = rows.iter().copied().collect();
        for (at, row) in self.grid.rows.iter().enumerate() {
            let bare = Row { cells: Vec::new(), ..*row };
            if !wanted.contains(&at) {
                grid.rows.push(Row { number: row.number, breaks: row.breaks, ..bare });
                continue;
            }
            let alone = self.different(row) == 1;
            let before = row.cells.get(from.saturating_sub(1)).filter(|_| from > 0);
            let mut outside = before.is_some_and(|cell| !cell.is_blank());
            let keep = |column: usize, cell: &Cell| {
                if first && alone {
                    return true;
                }
                let inside = (from..=to).contains(&column);
                if cell.mark != Mark::Merged {
                    outside = false;
                }
                inside && !(outside && cell.mark == Mark::Merged)
            };
            let mut keep = keep;
            let cells = row
                .cells
                .iter()
                .enumerate()
                .map(|(column, cell)| if keep(column, cell) { cell.clone() } else { Cell::default() });
            let mut cells: Vec<Cell> = cells.collect();
            while cells.last().is_some_and(|cell| cell.is_blank() && self.grid.sheet.is_some()) {
                cells.pop();
            }
            cells.truncate(if first && alone { usize::MAX } else { to + 1 });
            grid.rows.push(Row { cells, ..bare });
        }
        grid
    }
}

/// One of two stretches of columns.
struct Side {
    has_key: bool,
    names: Vec<String>,
    /// A title of its own stands above it.
    titled: bool,
    /// It has two rows that are not counted.
    small: bool,
    /// Row of the grid below the header.
    begins: usize,
    /// Rows of several cells.
    rows: Vec<usize>,
}
