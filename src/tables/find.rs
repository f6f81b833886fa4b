//! The tables of a grid: where each begins and ends, which rows are its header, and which rows are no data – titles, notes, totals,
//! repeated headers, numbers of columns.
//!
//! Decides by looks and place alone, tells every decision with the rows it is about, and knows no meaning of a column.

mod notes;
mod pages;
mod words;

use std::collections::HashSet;

pub use words::is_total_word;
use words::{is_numbering, is_run_of_years, is_year};

use super::grid::{Grid, Mark, Row};
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
const MOST_HEADERS: usize = 4;
/// Rows that tell what columns look like.
const PROFILED: usize = 1500;

/// Finds the tables of a grid, from top to bottom.
pub fn find(grid: &Grid, place: &Place) -> Vec<Table> {
    let rows: Vec<usize> = (0..grid.rows.len())
        .filter(|at| {
            let row = grid.rows.get(*at);
            row.is_some_and(|row| !row.is_blank() && place.last.is_none_or(|last| row.number <= last))
        })
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let finder = Finder { grid, place };
    let mut tables = Vec::new();
    let mut rest: &[usize] = &rows;
    while !rest.is_empty() {
        let (table, taken) = finder.table(rest, tables.is_empty());
        rest = rest.get(taken.max(1)..).unwrap_or(&[]);
        let only_notes = table.rows.is_empty() && !tables.is_empty();
        if only_notes {
            let last: Option<&mut Table> = tables.last_mut();
            if let Some(last) = last {
                last.left_out.extend(table.header.iter().map(|at| (*at, LeftOut::Note)));
                last.left_out.extend(table.left_out);
            }
        } else {
            tables.push(table);
        }
    }
    tables
}

struct Finder<'a> {
    grid: &'a Grid,
    place: &'a Place,
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
}

impl Finder<'_> {
    fn row(&self, at: usize) -> &Row {
        static NONE: Row = Row { number: 0, breaks: 0, cells: Vec::new(), hidden: false, irregular: false };
        self.grid.rows.get(at).unwrap_or(&NONE)
    }

    fn looks(&self, rows: &[usize]) -> Looks {
        let mut ends: Vec<usize> = rows.iter().map(|at| self.row(*at).end()).collect();
        let widest = ends.iter().copied().max().unwrap_or(0);
        ends.sort_unstable();
        let width = ends.get(ends.len() / 2).copied().unwrap_or(0);
        let width = width.saturating_sub(self.unused(rows, width)).max(1);
        let mut body: Vec<usize> = rows.iter().copied().filter(|at| self.row(*at).filled() * 3 >= width).collect();
        // merged cells are those of headers and sections, unless most rows have them
        let plain: Vec<usize> = body.iter().copied().filter(|at| !self.row(*at).has_merged()).collect();
        if plain.len() * 2 >= body.len() {
            body = plain;
        }
        let body = if body.len() > 6 {
            body.get(body.len().min(8) / 2..).unwrap_or(&[])
        } else {
            body.get(usize::from(body.len() > 1)..).unwrap_or(&[])
        };
        let step = body.len().div_ceil(PROFILED).max(1);
        let profiles: Vec<Profile> = (0..widest)
            .map(|column| Profile::of(body.iter().step_by(step).map(|at| (self.row(*at).text(column), false))))
            .collect();
        let years =
            (0..widest).map(|column| body.iter().step_by(step).any(|at| is_year(self.row(*at).text(column)))).collect();
        let typed = profiles
            .iter()
            .enumerate()
            .filter(|(_, p)| {
                p.filled() > 0 && p.share(|s| s.is_value() || s == Shape::Absent) >= 70 && p.share(Shape::is_value) > 0
            })
            .map(|(at, _)| at)
            .collect();
        Looks { profiles, typed, years, width }
    }

    /// Columns of a sheet before a width that no row uses; in a text file they have their separators.
    fn unused(&self, rows: &[usize], width: usize) -> usize {
        if self.grid.sheet.is_none() {
            return 0;
        }
        let mut used = vec![false; width];
        for at in rows {
            for (cell, used) in self.row(*at).cells.iter().zip(&mut used) {
                *used |= !cell.is_blank();
            }
        }
        used.into_iter().filter(|used| !used).count()
    }

    /// The table that begins with the first of some rows; with how many of them it takes.
    fn table(&self, rows: &[usize], first: bool) -> (Table, usize) {
        let end = self.end(rows);
        let own = rows.get(..end).unwrap_or(rows);
        let looks = self.looks(own);
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
        for at in own.get(start..).unwrap_or(&[]) {
            let page = pages.contains(at).then_some(LeftOut::RepeatedHeader);
            match page.or_else(|| self.not_data(*at, &header, &looks, body.is_empty())) {
                Some(why) => left_out.push((*at, why)),
                None => body.push(*at),
            }
        }
        self.notes(&mut body, &mut left_out, &looks);
        left_out.sort_unstable();
        let (columns, blank_columns) = self.columns(&headers_all, &body);
        let headers = columns.iter().map(|c| headers_all.get(*c).cloned().unwrap_or_default()).collect();
        let gaps = body.windows(2).filter(|pair| self.gap(pair)).count();
        let totals = body.iter().copied().filter(|at| is_total(self.row(*at), &looks)).collect();
        let lone = body.iter().copied().filter(|at| self.is_lone(self.row(*at), &looks)).collect();
        (Table { columns, headers, header, totals, lone, rows: body, left_out, blank_columns, gaps, carried }, end)
    }

    fn gap(&self, pair: &[usize]) -> bool {
        pair.first().zip(pair.get(1)).is_some_and(|(a, b)| *b == a + 1 && !self.adjacent(*a, Some(b)))
    }

    /// Position of the first row with at least this number.
    fn position(&self, rows: &[usize], number: u64) -> usize {
        rows.iter().position(|at| self.row(*at).number >= number).unwrap_or(rows.len())
    }

    /// Titles and the like: rows before the first that has cells in a good part of the columns.
    fn top(&self, rows: &[usize], looks: &Looks) -> usize {
        if looks.width < 2 {
            return 0;
        }
        let is_full = |at: &usize| self.different(self.row(*at)) * 2 > looks.width;
        let Some(mut full) = rows.iter().position(is_full) else {
            return 0;
        };
        // a title that separators cut: the next row is a whole header
        while self.row(rows.get(full).copied().unwrap_or(0)).irregular
            && rows
                .get(full + 1)
                .is_some_and(|next| is_full(next) && !self.row(*next).irregular && self.like_header(*next, looks))
        {
            full += 1;
        }
        // upper rows of the header are not full; they stand directly above and hold no values
        let mut top = full;
        while top > 0 && full - top < MOST_HEADERS {
            let above = rows.get(top - 1).filter(|at| self.adjacent(**at, rows.get(top)));
            // names over later columns; a name with what it says, at the left, is a fact about the file
            let over = |row: &Row| {
                let later = row.cells.iter().skip(2).any(|cell| !cell.is_blank()) || looks.width < 4;
                match self.different(row) {
                    0 => false,
                    1 => row.text(0).trim().is_empty(),
                    _ => later && !row.irregular,
                }
            };
            if !above.is_some_and(|at| over(self.row(*at)) && self.no_values(*at)) {
                break;
            }
            top -= 1;
        }
        top
    }

    fn adjacent(&self, at: usize, below: Option<&usize>) -> bool {
        below.is_some_and(|below| self.row(*below).number == self.row(at).number + self.row(at).breaks + 1)
    }

    fn no_values(&self, at: usize) -> bool {
        self.row(at).cells.iter().all(|cell| !shape(&cell.text).is_value() || is_year(&cell.text))
    }

    /// Cells that hold something, those that are merged into one counted once.
    fn different(&self, row: &Row) -> usize {
        let mut count = 0;
        for cell in &row.cells {
            count += usize::from(!cell.is_blank() && cell.mark != Mark::Merged);
        }
        count
    }

    /// How many of the first rows are the header.
    fn header_rows(&self, rows: &[usize], looks: &Looks) -> usize {
        let Some(first) = rows.first() else {
            return 0;
        };
        if rows.len() == 1 {
            return usize::from(
                self.row(*first).cells.iter().filter(|c| !c.is_blank()).all(|c| !shape(&c.text).is_value()),
            );
        }
        if looks.typed.is_empty() {
            return self.words_only(rows, looks);
        }
        let mut count = 0;
        for at in rows.iter().take(MOST_HEADERS) {
            let row = self.row(*at);
            // one name at the left below a full row heads a group of rows
            let section = count > 0 && self.different(row) == 1 && !row.text(0).trim().is_empty() && looks.width > 2;
            let merged = self.is_merged_section(row, looks);
            if !self.like_header(*at, looks) || count > 0 && is_numbering(row, looks.width) || section || merged {
                break;
            }
            count += 1;
        }
        if count == rows.len() { 1 } else { count }
    }

    /// Words, or years, stand where values are.
    fn like_header(&self, at: usize, looks: &Looks) -> bool {
        let row = self.row(at);
        let years = is_run_of_years(row);
        let (mut words, mut values) = (0, 0);
        for column in &looks.typed {
            let text = row.text(*column);
            let kind = shape(text);
            match kind {
                Shape::Empty | Shape::Absent => {}
                kind if kind.is_value() => {
                    let years = is_year(text) && (years || !looks.years.get(*column).copied().unwrap_or(false));
                    if years { words += 1 } else { values += 1 }
                }
                _ => words += 1,
            }
        }
        words > values * 3
    }

    /// A table of words: its first row is a header unless it looks like all others.
    fn words_only(&self, rows: &[usize], looks: &Looks) -> usize {
        let Some(first) = rows.first().map(|at| self.row(*at)) else {
            return 0;
        };
        let filled = first.filled();
        // a code or an address in every row, and in the first as well
        let same = looks.profiles.iter().enumerate().any(|(column, profile)| {
            let kind = shape(first.text(column));
            matches!(kind, Shape::Code | Shape::Address | Shape::YesNo) && profile.share(|s| s == kind) >= 80
        });
        usize::from(filled * 2 > looks.width && !same)
    }

    /// The headers of all columns, from 0 on; and whether upper ones were carried to the right.
    fn headers(&self, header: &[usize]) -> (Vec<String>, bool) {
        let width = header.iter().map(|at| self.row(*at).end()).max().unwrap_or(0);
        let mut carried = false;
        let mut joined = vec![Vec::<String>::new(); width];
        if let [only] = header {
            return (self.row(*only).cells.iter().take(width).map(|c| c.text.clone()).collect(), false);
        }
        // the names above a column at each level, carried to the right
        let mut above: Vec<Vec<String>> = vec![Vec::new(); width];
        for (level, at) in header.iter().enumerate() {
            let row = self.row(*at);
            let below = header.get(level + 1..).unwrap_or(&[]);
            for column in 0..width {
                let mut text = one_line(row.text(column));
                let merged = row.cells.get(column).is_some_and(|c| c.mark == Mark::Merged);
                let before = column.checked_sub(1).and_then(|left| above.get(left)).cloned().unwrap_or_default();
                let own = above.get(column).cloned().unwrap_or_default();
                let lower = below.iter().any(|b| !self.row(*b).text(column).trim().is_empty());
                let same = before.get(..level) == own.get(..level) && before.get(level).is_some_and(|t| !t.is_empty());
                if text.is_empty() && lower && same {
                    text = before.get(level).cloned().unwrap_or_default();
                    carried = true;
                }
                if let Some(names) = above.get_mut(column) {
                    names.push(text.clone());
                }
                if let Some(parts) = joined.get_mut(column)
                    && !text.is_empty()
                    // merged down: said once
                    && !(merged && parts.last() == Some(&text))
                {
                    parts.push(text);
                }
            }
        }
        (joined.into_iter().map(|parts| parts.join(" ")).collect(), carried)
    }

    /// Columns of the table: those with a header or a value.
    fn columns(&self, headers: &[String], body: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let width = body.iter().map(|at| self.row(*at).cells.len()).max().unwrap_or(0).max(headers.len());
        let mut used: Vec<bool> = (0..width).map(|c| headers.get(c).is_some_and(|h| !h.is_empty())).collect();
        for at in body {
            for (cell, used) in self.row(*at).cells.iter().zip(&mut used) {
                *used |= !cell.is_blank();
            }
        }
        let wanted = |column: usize| {
            let number = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
            self.place.columns.is_none_or(|(from, to)| (from..=to).contains(&number))
        };
        // a column of a text file has its separators, whatever it holds
        let nameless = headers.is_empty() || self.grid.sheet.is_none();
        let held = |c: &usize| nameless || used.get(*c).copied().unwrap_or(false);
        let (columns, mut blank): (Vec<usize>, Vec<usize>) = (0..width).filter(|c| wanted(*c)).partition(held);
        // what lies before the table is not in it
        blank.retain(|column| columns.first().is_some_and(|first| first < column));
        (columns, blank)
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
        if self.place.without_totals && is_total(row, looks) {
            return Some(LeftOut::Total);
        }
        let section = self.is_section(row, looks) || self.is_merged_section(row, looks);
        section.then_some(LeftOut::Section)
    }

    /// Where the table that begins with these rows ends: at the next header, or with them.
    fn end(&self, rows: &[usize]) -> usize {
        if self.place.all_rows || self.place.header.is_some() {
            return rows.len();
        }
        let looks = self.looks(rows);
        let top = self.top(rows, &looks);
        let count = self.header_rows(rows.get(top..).unwrap_or(&[]), &looks);
        let body = top + count;
        // asked for only where a header comes again
        let (mut singles, mut earlier, mut known) = (None, HashSet::new(), body);
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
                    let singles = singles.get_or_insert_with(|| self.singles(rows));
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
