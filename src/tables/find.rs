//! The tables of a grid: where each begins and ends, which rows are its header, and which rows are no data – titles, notes, totals,
//! repeated headers, numbers of columns.
//!
//! Decides by looks and place alone, tells every decision with the rows it is about, and knows no meaning of a column.

mod beside;
mod head;
mod notes;
mod numbering;
mod pages;
mod rest;
mod words;

use numbering::is_numbering;
use rest::Rest;
pub use words::{is_contents, is_total_word};
use words::{is_footnote, is_rule, is_year};

use std::collections::{BTreeMap, HashSet};

use super::grid::{Grid, Mark, Region, Row};
use super::profile::Profile;
use super::shape::{Shape, shape};

/// Why a row is not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeftOut {
    /// Above the header: a title, a date, an order.
    Preamble,
    /// Below the header: the numbers of the columns.
    Numbering,
    /// The header once more.
    RepeatedHeader,
    /// A line drawn with dashes.
    Rule,
    /// A sum or a mean over other rows.
    Total,
    /// A heading of a group of rows.
    Section,
    /// Below the table: a note, a source, a signature.
    Note,
}

/// What the manifest says of the place of a table; what it says wins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Rows of the header, first and last, from 1; `Some(None)`: there is none.
    pub header: Option<Option<(u64, u64)>>,
    /// First and last row of the data, from 1.
    pub first: Option<u64>,
    pub last: Option<u64>,
    /// First and last column, from 1.
    pub columns: Option<(u32, u32)>,
    /// Rows of totals are left out.
    pub without_totals: bool,
    /// All rows below the header are data.
    pub all_rows: bool,
    /// There are other tables, whatever else is stated; else a table whose header is stated goes on to the end.
    pub several: bool,
}

/// A table of a grid. Rows are positions in `Grid::rows`, columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<usize>,
    /// Per column its header, joined from the rows of the header; empty where there is none.
    pub headers: Vec<String>,
    pub header: Vec<usize>,
    pub rows: Vec<usize>,
    pub left_out: Vec<(usize, LeftOut)>,
    /// Rows of the table that look like sums or means over others.
    pub totals: Vec<usize>,
    /// Rows of the table with a single value where others have theirs: perhaps headings of groups.
    pub lone: Vec<usize>,
    /// Columns without a header and without a value that lie between or behind the others.
    pub blank_columns: Vec<usize>,
    /// Blank rows between rows of the table.
    pub gaps: usize,
    /// Upper headers were carried to the right over blank cells.
    pub carried: bool,
}

/// Rows of a header at most.
const MOST_HEADERS: usize = 6;
/// Letters of a title over all columns, at least; a shorter text may be the name of a group of columns.
const LEAST_TITLE: usize = 40;
/// Rows that a cell may be merged over and still is of a header.
const MOST_MERGED: u64 = 12;
/// Rows that tell what columns look like.
const PROFILED: usize = 1500;

/// Finds the tables of a grid, from top to bottom, and from left to right where they stand side by side.
pub fn find(grid: &Grid, place: &Place) -> Vec<Table> {
    let down = merged_down(grid);
    let finder = Finder { grid, place, down: &down, band: None };
    let rows: Vec<usize> = (0..grid.rows.len())
        .filter(|at| {
            let row = grid.rows.get(*at);
            row.is_some_and(|row| finder.holds_something(row) && place.last.is_none_or(|last| row.number <= last))
        })
        .collect();
    finder.tables(&rows)
}

/// Per row the merged cells that begin above it.
fn merged_down(grid: &Grid) -> BTreeMap<u64, Vec<Region>> {
    let mut down: BTreeMap<u64, Vec<Region>> = BTreeMap::new();
    for region in grid.merged.iter().filter(|region| region.rows.0 < region.rows.1) {
        for row in region.rows.0 + 1..=region.rows.1.min(region.rows.0 + MOST_MERGED) {
            down.entry(row).or_default().push(*region);
        }
    }
    down
}

#[derive(Clone, Copy)]
struct Finder<'a> {
    grid: &'a Grid,
    place: &'a Place,
    down: &'a BTreeMap<u64, Vec<Region>>,
    /// Columns of the grid, first and last from 0, where tables stand side by side; all others are blank there.
    band: Option<(usize, usize)>,
}

/// What the columns of a stretch of rows look like.
struct Looks {
    profiles: Vec<Profile>,
    /// Columns of which most cells are values.
    typed: Vec<usize>,
    /// Per column whether years stand in it.
    years: Vec<bool>,
    /// Columns up to the last that holds something in most rows.
    width: usize,
    /// The first column of a sheet that rows of several cells use, from 0.
    first: usize,
}

impl Finder<'_> {
    fn row(&self, at: usize) -> &Row {
        static NONE: Row = Row { number: 0, breaks: 0, cells: Vec::new(), hidden: false, irregular: false };
        self.grid.rows.get(at).unwrap_or(&NONE)
    }

    /// Something stands in the row that is not only the lower part of a cell above.
    fn holds_something(&self, row: &Row) -> bool {
        !row.is_blank() && (self.place.all_rows || self.different(row) > 0)
    }

    /// The merged cells that reach down into a row.
    fn reaching(&self, row: &Row) -> Vec<&Region> {
        let reach = self.down.get(&row.number).into_iter().flatten();
        let held = |region: &&Region| {
            let column = usize::try_from(region.columns.0).unwrap_or(1) - 1;
            !row.text(column).trim().is_empty()
        };
        reach.filter(held).collect()
    }

    fn tables(&self, rows: &[usize]) -> Vec<Table> {
        let mut tables: Vec<Table> = Vec::new();
        let mut rest = Rest::new(self, rows);
        while !rest.rows().is_empty() {
            if let Some(beside) = self.beside(&mut rest) {
                tables.extend(beside);
                break;
            }
            let end = self.end(&mut rest, tables.is_empty());
            let own = rest.rows().get(..end).unwrap_or(rest.rows()).to_vec();
            rest.take(self, end.max(1));
            let more = !rest.rows().is_empty();
            if let Some(beside) = more.then(|| self.beside(&mut Rest::new(self, &own))).flatten() {
                tables.extend(beside);
                continue;
            }
            let table = self.table(&own, tables.is_empty());
            let alone = tables.len() == 1;
            let titles = tables.last().is_some_and(|last| self.is_titles(last));
            match tables.last_mut() {
                Some(last) if table.rows.is_empty() => {
                    last.left_out.extend(table.header.iter().map(|at| (*at, LeftOut::Note)));
                    last.left_out.extend(table.left_out);
                }
                // titles that stand apart from their table
                Some(last) if last.rows.is_empty() && alone || titles => {
                    let above = last.header.iter().chain(&last.rows).map(|at| (*at, LeftOut::Preamble));
                    let mut left_out: Vec<(usize, LeftOut)> = above.chain(last.left_out.iter().copied()).collect();
                    left_out.iter_mut().for_each(|(_, why)| *why = LeftOut::Preamble);
                    left_out.extend(table.left_out.iter().copied());
                    *last = Table { left_out, ..table };
                }
                _ => tables.push(table),
            }
        }
        // in a text file another table may be wider: its separators are not those of this one
        if tables.len() > 1 && self.grid.sheet.is_none() {
            tables.iter_mut().for_each(|table| self.narrow(table));
        }
        tables
    }

    /// Takes columns that hold nothing off the right end.
    fn narrow(&self, table: &mut Table) {
        while let Some(column) = table.columns.last().copied() {
            let named = table.headers.get(table.columns.len() - 1).is_some_and(|name| !name.trim().is_empty());
            if named || table.rows.iter().any(|at| !self.row(*at).text(column).trim().is_empty()) {
                break;
            }
            table.columns.pop();
            table.headers.truncate(table.columns.len());
        }
    }

    /// A few rows with one text each.
    fn is_titles(&self, table: &Table) -> bool {
        let mut rows = table.header.iter().chain(&table.rows);
        table.rows.len() < MOST_HEADERS && rows.all(|at| self.different(self.row(*at)) < 2)
    }

    /// The table of some rows.
    fn table(&self, own: &[usize], first: bool) -> Table {
        let looks = Rest::new(self, own).profiled(self);
        let top = self.top(own, &looks);
        let count = self.header_rows(own.get(top..).unwrap_or(&[]), &looks);
        let stated = self.place.header.filter(|_| first);
        let (top, header) = match stated {
            None => (top, own.get(top..top + count).unwrap_or(&[]).to_vec()),
            Some(None) => (self.place.first.map_or(top, |number| self.position(own, number)), Vec::new()),
            Some(Some((from, to))) => {
                let start = self.position(own, from);
                let stop = self.position(own, to + 1);
                (start, own.get(start..stop).unwrap_or(&[]).to_vec())
            }
        };
        let mut left_out: Vec<(usize, LeftOut)> =
            own.get(..top).unwrap_or(&[]).iter().map(|at| (*at, LeftOut::Preamble)).collect();
        let mut start = top + header.len();
        if let Some(number) = self.place.first.filter(|_| first) {
            let from = self.position(own, number).max(start);
            left_out.extend(own.get(start..from).unwrap_or(&[]).iter().map(|at| (*at, LeftOut::Preamble)));
            start = from;
        }
        let (headers_all, carried) = self.headers(&header);
        let pages = self.page_lines(own, start, &header, &looks);
        let mut body: Vec<usize> = Vec::new();
        let values = top == 0 && self.counts_by_chance(own.get(start..).unwrap_or(&[]), &header, &looks);
        for at in own.get(start..).unwrap_or(&[]) {
            let page = pages.contains(at).then_some(LeftOut::RepeatedHeader);
            let first = body.is_empty() && !values && left_out.iter().all(|(_, why)| *why != LeftOut::Numbering);
            match page.or_else(|| self.not_data(*at, &header, &looks, first)) {
                Some(why) => left_out.push((*at, why)),
                None => body.push(*at),
            }
        }
        self.notes(&headers_all, &mut body, &mut left_out, &looks);
        // what stands below the last row heads no group
        let last = body.last().copied().filter(|_| !self.place.all_rows);
        for (_, why) in
            left_out.iter_mut().filter(|(at, why)| *why == LeftOut::Section && last.is_some_and(|last| *at > last))
        {
            *why = LeftOut::Note;
        }
        left_out.sort_unstable();
        let (columns, blank_columns) = self.columns(&headers_all, &header, &body);
        let headers = columns.iter().map(|c| headers_all.get(*c).cloned().unwrap_or_default()).collect();
        let gaps = body.windows(2).filter(|pair| self.gap(pair)).count();
        let totals = body.iter().copied().filter(|at| is_total(self.row(*at), &looks)).collect();
        let lone = body.iter().copied().filter(|at| self.is_lone(self.row(*at), &looks)).collect();
        Table { columns, headers, header, totals, lone, rows: body, left_out, blank_columns, gaps, carried }
    }

    fn gap(&self, pair: &[usize]) -> bool {
        pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == a + 1 && !self.adjacent(*a, Some(b)))
    }

    /// Position of the first row with at least this number.
    fn position(&self, rows: &[usize], number: u64) -> usize {
        rows.iter().position(|at| self.row(*at).number >= number).unwrap_or(rows.len())
    }

    fn adjacent(&self, at: usize, below: Option<&usize>) -> bool {
        let Some(below) = below.map(|below| self.row(*below).number) else {
            return false;
        };
        let here = self.row(at).number;
        // blank rows between them may be parts of a cell that is merged down
        let one_cell = |row: u64| {
            let regions = self.down.get(&row).into_iter().flatten();
            regions.into_iter().any(|region| region.rows.0 <= here && region.rows.1 + 1 >= below)
        };
        below == here + self.row(at).breaks + 1 || below > here + 1 && one_cell(here + 1)
    }

    /// Cells that hold something, those that are merged into one counted once.
    fn different(&self, row: &Row) -> usize {
        let mut count = 0;
        for cell in &row.cells {
            count += usize::from(!cell.is_blank() && cell.mark != Mark::Merged);
        }
        count
    }

    /// Columns of the table: those with a header or a value of their own.
    fn columns(&self, headers: &[String], header: &[usize], body: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let width = body.iter().map(|at| self.row(*at).cells.len()).max().unwrap_or(0).max(headers.len());
        let mut used: Vec<bool> = (0..width).map(|c| headers.get(c).is_some_and(|h| !h.is_empty())).collect();
        for at in body {
            for (cell, used) in self.row(*at).cells.iter().zip(&mut used) {
                *used |= !cell.is_blank();
            }
        }
        let wanted = |column: usize| {
            if self.band.is_some_and(|(from, to)| column < from || column > to) {
                return false;
            }
            let number = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
            self.place.columns.is_none_or(|(from, to)| (from..=to).contains(&number))
        };
        // a column of a text file has its separators, whatever it holds
        let nameless = headers.is_empty() || self.grid.sheet.is_none();
        let held =
            |c: &usize| nameless || used.get(*c).copied().unwrap_or(false) && !self.is_part_of_left(*c, header, body);
        let (columns, mut blank): (Vec<usize>, Vec<usize>) = (0..width).filter(|c| wanted(*c)).partition(held);
        // what lies before the table is not in it
        blank.retain(|column| columns.first().is_some_and(|first| first < column));
        (columns, blank)
    }

    /// Every cell of the column, its names as well, is merged with the one at its left: a wide column of a printed form.
    fn is_part_of_left(&self, column: usize, header: &[usize], body: &[usize]) -> bool {
        let Some(left) = column.checked_sub(1) else {
            return false;
        };
        let part = |at: &usize| {
            let row = self.row(*at);
            let merged = row.cells.get(column).is_some_and(|cell| cell.mark == Mark::Merged);
            let blank = row.text(column).trim().is_empty() && row.text(left).trim().is_empty();
            blank || merged && row.text(column) == row.text(left)
        };
        let held = body.iter().filter(|at| !self.row(**at).text(column).trim().is_empty()).take(2).count();
        held > 1 && !header.is_empty() && header.iter().chain(body).all(part)
    }

    /// Why a row below the header is not data.
    fn not_data(&self, at: usize, header: &[usize], looks: &Looks, first: bool) -> Option<LeftOut> {
        if self.place.all_rows {
            return None;
        }
        let row = self.row(at);
        if first && !header.is_empty() && is_numbering(row, looks.width) {
            return Some(LeftOut::Numbering);
        }
        if header.iter().any(|h| same_texts(self.row(*h), row)) && looks.width > 1 {
            return Some(LeftOut::RepeatedHeader);
        }
        if is_rule(row) {
            return Some(LeftOut::Rule);
        }
        if self.place.without_totals && is_total(row, looks) {
            return Some(LeftOut::Total);
        }
        // a row that a lost mark keeps together holds more than it seems
        let whole = row.irregular && row.cells.first().is_some_and(|cell| cell.text.starts_with('"'));
        let section = self.is_section(row, looks) && !whole || self.is_merged_section(row, looks);
        section.then_some(LeftOut::Section)
    }

    /// Where the table that begins with these rows ends: at the next header, or with them.
    fn end(&self, rest: &mut Rest, first: bool) -> usize {
        let mut end = self.next_header(rest, first);
        let rows = rest.rows();
        // its titles go with it
        while let Some(above) = end.checked_sub(1).filter(|_| end < rows.len()).and_then(|at| rows.get(at)) {
            let row = self.row(*above);
            let text = row.cells.iter().find(|cell| !cell.is_blank()).map_or("", |cell| cell.text.as_str());
            if self.different(row) > 1 || is_footnote(text) || !self.adjacent(*above, rows.get(end)) || end < 3 {
                break;
            }
            end -= 1;
        }
        end
    }

    fn next_header(&self, rest: &mut Rest, first: bool) -> usize {
        if self.place.all_rows || self.place.header.is_some() && !self.place.several {
            return rest.rows().len();
        }
        let looks = rest.looks(self);
        let rows = rest.rows();
        let (top, count) = match self.place.header.filter(|_| first) {
            Some(Some((from, to))) => {
                let top = self.position(rows, from);
                (top, self.position(rows, to + 1).saturating_sub(top))
            }
            Some(None) => (self.place.first.map_or(0, |number| self.position(rows, number)), 0),
            None => {
                let top = self.top(rows, &looks);
                (top, self.header_rows(rows.get(top..).unwrap_or(&[]), &looks))
            }
        };
        let body = top + count;
        let (mut earlier, mut known) = (HashSet::new(), body);
        for at in body + 1..rows.len() {
            let Some(here) = rows.get(at).copied() else {
                break;
            };
            let row = self.row(here);
            let before = rows.get(at - 1).map_or(0, |b| self.row(*b).number);
            let apart = row.number > before + 1;
            if self.different(row) < 2 || rows.len() < at + 2 {
                continue;
            }
            let again = count > 0 && rows.get(top + count - 1).is_some_and(|h| same_texts(self.row(*h), row));
            if again {
                // a title above it that other pages do not have: another table
                if let Some(title) = self.title_above(rows, at, &looks) {
                    let singles = rest.singles(self);
                    if !rows.get(title).is_some_and(|row| self.is_page_line(*row, singles, &looks)) {
                        return title;
                    }
                }
                // the same rows once more are another table; a header at the head of a new page is not
                let fresh = |n: &&usize| !is_numbering(self.row(**n), looks.width);
                let next = rows.get(at + 1..).unwrap_or(&[]).iter().find(fresh).map(|n| texts(self.row(*n)));
                earlier
                    .extend(rows.get(known..at).unwrap_or(&[]).iter().filter(fresh).map(|row| texts(self.row(*row))));
                known = at;
                if next.is_some_and(|next| earlier.contains(&next)) {
                    return at;
                }
                continue;
            }
            let words =
                row.cells.iter().filter(|c| !c.is_blank()).all(|c| !shape(&c.text).is_value() || is_year(&c.text));
            let wide = row.filled() * 2 > looks.width || apart && row.filled() > 1;
            if words
                && wide
                && looks.typed.len() > 1
                && self.all_words(row, &looks)
                && !self.says_the_same(row, &looks)
                && (apart || row.filled() * 10 >= looks.width * 8)
                && row.filled() > 2
            {
                // at least one row of values follows
                let value = rows
                    .get(at + 1..(at + 1 + MOST_HEADERS).min(rows.len()))
                    .unwrap_or(&[])
                    .iter()
                    .any(|n| self.row(*n).cells.iter().any(|c| shape(&c.text).is_value()));
                if value {
                    return at;
                }
            }
        }
        rows.len()
    }

    /// Words stand in every typed column that the row reaches.
    fn all_words(&self, row: &Row, looks: &Looks) -> bool {
        let cells: Vec<Shape> =
            looks.typed.iter().map(|c| shape(row.text(*c))).filter(|s| *s != Shape::Empty).collect();
        cells.len() > 1 && cells.iter().all(|s| matches!(s, Shape::Words | Shape::Prose | Shape::Code))
    }
}

/// A header on one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is the same in rows of the same texts.
fn texts(row: &Row) -> Vec<String> {
    (0..row.end()).map(|column| one_line(row.text(column))).collect()
}

fn same_texts(one: &Row, other: &Row) -> bool {
    let end = one.end();
    end == other.end() && end > 0 && (0..end).all(|column| one_line(one.text(column)) == one_line(other.text(column)))
}

/// The first text of the row says that it sums others up.
fn is_total(row: &Row, looks: &Looks) -> bool {
    let Some(text) = row.cells.iter().find(|c| !c.is_blank() && !shape(&c.text).is_number()).map(|c| c.text.as_str())
    else {
        return false;
    };
    let missing = |column: usize| row.cells.get(column).is_some_and(|cell| cell.mark == Mark::NoValue);
    let numbers = looks.typed.iter().filter(|c| shape(row.text(**c)).is_value() || missing(**c)).count();
    is_total_word(text) && numbers > 0
}
