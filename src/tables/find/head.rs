//! The header of a table: where it begins below titles, how many rows it has, and the names that it gives to columns.
//!
//! Knows looks and merged cells; no words beyond years, units and ways back to a contents page.

use super::numbering::is_numbering;
use super::words::{is_rule, is_run_of_labels, is_run_of_years, is_unit_line, is_way_back, is_year};
use super::{Finder, LEAST_TITLE, Looks, MOST_HEADERS, one_line};
use crate::tables::grid::{Mark, Row};
use crate::tables::profile::Profile;
use crate::tables::shape::{Shape, shape};

impl Finder<'_> {
    /// Titles and the like: rows before the first that has cells in a good part of the columns.
    pub(super) fn top(&self, rows: &[usize], looks: &Looks) -> usize {
        if looks.width < 2 {
            return 0;
        }
        let is_full = |at: &usize| {
            let row = self.row(*at);
            (self.different(row) + self.reaching(row).len()) * 2 > looks.width
        };
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
            if !above.is_some_and(|at| self.is_upper(*at, looks) && self.no_values(*at)) {
                break;
            }
            top -= 1;
        }
        top
    }

    /// Names over later columns; a name with what it says, at the left, is a fact about the file, and a text over all columns is a title.
    fn is_upper(&self, at: usize, looks: &Looks) -> bool {
        let row = self.row(at);
        match self.different(row) {
            0 => !self.reaching(row).is_empty(),
            1 => row.text(looks.first).trim().is_empty() && !is_title(row, looks),
            _ => {
                let later = row.cells.iter().skip(looks.first + 2).any(|cell| !cell.is_blank()) || looks.width < 4;
                later && !row.irregular
            }
        }
    }

    fn no_values(&self, at: usize) -> bool {
        self.row(at).cells.iter().all(|cell| !shape(&cell.text).is_value() || is_year(&cell.text))
    }

    /// How many of the first rows are the header, with the rows into which its cells are merged down.
    pub(super) fn header_rows(&self, rows: &[usize], looks: &Looks) -> usize {
        let mut count = self.named_rows(rows, looks);
        while count > 0 && count < MOST_HEADERS {
            let header = rows.get(..count).unwrap_or(&[]);
            let labels = |at: usize| self.no_values(at) || self.are_labels(at, header);
            let below = rows.get(count).filter(|at| self.is_merged_into(**at, header) && labels(**at));
            let opened = rows.get(count).filter(|at| count == 1 && self.continues_blanks(**at, header, looks));
            if below.or(opened).is_none() {
                break;
            }
            count += 1;
        }
        count
    }

    /// All values of the row stand under names over several columns: grades, marks.
    fn are_labels(&self, at: usize, header: &[usize]) -> bool {
        let first = header.first().map_or(u64::MAX, |first| self.row(*first).number);
        let here = self.row(at).number;
        let over = |column: usize| {
            self.grid.merged.iter().any(|region| {
                let number = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
                let wide = region.columns.0 < region.columns.1 && region.rows.0 >= first && region.rows.1 < here;
                wide && (region.columns.0..=region.columns.1).contains(&number)
            })
        };
        let cells = self.row(at).cells.iter().enumerate();
        cells.filter(|(_, cell)| shape(&cell.text).is_value()).all(|(column, _)| over(column))
    }

    /// The row has no name of its own and a run of small numbers, `10`, `11`, under a name with blank cells to its right: grades, marks.
    fn continues_blanks(&self, at: usize, header: &[usize], looks: &Looks) -> bool {
        let Some(above) = header.first().map(|first| self.row(*first)) else {
            return false;
        };
        let row = self.row(at);
        let numbers: Vec<(usize, u32)> = (0..row.end())
            .filter(|column| !row.text(*column).trim().is_empty())
            .map_while(|column| Some((column, row.text(column).trim().parse().ok()?)))
            .collect();
        let blank = |column: usize| above.text(column).trim().is_empty();
        // the columns of each name
        let step = |group: &[(usize, u32)], by: i64| {
            group.windows(2).all(|pair| {
                let [(_, a), (_, b)] = pair else { return false };
                i64::from(*b) - i64::from(*a) == by
            })
        };
        let mut groups = numbers.chunk_by(|_, (column, _)| blank(*column));
        numbers.len() > 1
            && numbers.len() == row.filled()
            && numbers.iter().all(|(_, number)| *number < 13)
            && numbers.windows(2).all(|pair| matches!(pair, [(left, _), (right, _)] if right - left == 1))
            && numbers.first().is_some_and(|(column, _)| *column > looks.first && !blank(*column))
            && numbers.iter().any(|(column, _)| blank(*column))
            && groups.all(|group| step(group, 1) || step(group, -1))
            && self.adjacent(header.last().copied().unwrap_or(at), Some(&at))
    }

    /// Below a whole header: something at the left, and one text, no unit, in all columns of values.
    pub(super) fn says_the_same(&self, row: &Row, looks: &Looks) -> bool {
        let texts: Vec<&str> = looks.typed.iter().map(|column| row.text(*column).trim()).collect();
        let same = texts.windows(2).all(|pair| pair.first() == pair.get(1));
        let text = texts.first().copied().unwrap_or("");
        let left = !looks.typed.contains(&looks.first) && !row.text(looks.first).trim().is_empty();
        texts.len() > 1 && same && left && !text.is_empty() && !is_unit_line(text) && !row.has_merged()
    }

    fn named_rows(&self, rows: &[usize], looks: &Looks) -> usize {
        let Some(first) = rows.first() else {
            return 0;
        };
        if rows.len() == 1 {
            return usize::from(
                self.row(*first).cells.iter().filter(|c| !c.is_blank()).all(|c| !shape(&c.text).is_value()),
            );
        }
        // the numbers of the columns stand below the header, whatever it looks like
        let numbered = rows.iter().take(MOST_HEADERS + 2).position(|at| is_numbering(self.row(*at), looks.width));
        if let Some(above) = numbered.and_then(|at| rows.get(..at)).filter(|above| !above.is_empty())
            && above.iter().all(|at| self.no_values(*at))
            && looks.width > 3
            && rows.len() > above.len() + 1
        {
            return above.len();
        }
        if looks.typed.is_empty() {
            return self.words_only(rows, looks);
        }
        let mut count = 0usize;
        for at in rows.iter().take(MOST_HEADERS) {
            let row = self.row(*at);
            // below a blank row nothing belongs to it
            let before = count.checked_sub(1).and_then(|before| rows.get(before));
            if before.is_some_and(|before| !self.adjacent(*before, Some(at))) {
                break;
            }
            // one name at the left below a full row heads a group of rows
            let left = !row.text(looks.first).trim().is_empty();
            let section = count > 0 && self.different(row) == 1 && left && looks.width > 2;
            // a name over all columns but the first stands above other names
            let over = count == 0 && rows.get(1).is_some_and(|next| self.like_header(*next, looks));
            let merged = self.is_merged_section(row, looks) && !over;
            let same = count > 0 && self.says_the_same(row, looks);
            let numbering = count > 0 && (is_numbering(row, looks.width) || is_rule(row));
            // years of a school, not of the columns
            let below = rows.get(count + 1..).unwrap_or(&[]);
            let below = below.get(..below.len().min(MOST_HEADERS)).unwrap_or(&[]);
            let dated = count > 0
                && left
                && is_run_of_years(row)
                && !looks.typed.contains(&looks.first)
                && row.cells.get(looks.first).is_some_and(|cell| cell.mark != Mark::Merged)
                && self.is_usual(row.text(looks.first).trim(), looks.first, below);
            if !self.like_header(*at, looks) || numbering || section || merged || same || dated {
                break;
            }
            count += 1;
        }
        if count == rows.len() { 1 } else { count }
    }

    /// Some cell of the row is the lower part of a cell of one of these rows.
    fn is_merged_into(&self, at: usize, header: &[usize]) -> bool {
        let first = header.first().map_or(u64::MAX, |first| self.row(*first).number);
        self.reaching(self.row(at)).iter().any(|region| region.rows.0 >= first)
    }

    /// Words, or years, stand where values are.
    pub(super) fn like_header(&self, at: usize, looks: &Looks) -> bool {
        let row = self.row(at);
        let years = is_run_of_years(row);
        let labels = is_run_of_labels(row) && !self.no_words(row);
        let bounds = self.has_strange(Shape::Bound, 3, row, looks);
        let units = self.has_strange(Shape::Quantity, 2, row, looks);
        let (mut words, mut values) = (0, 0);
        for column in &looks.typed {
            let text = row.text(*column);
            let kind = shape(text);
            match kind {
                Shape::Empty | Shape::Absent => {}
                Shape::Bound if bounds => words += 1,
                Shape::Quantity if units => words += 1,
                Shape::Integer if labels => words += 1,
                kind if kind.is_value() => {
                    let years = is_year(text) && (years || !looks.years.get(*column).copied().unwrap_or(false));
                    if years { words += 1 } else { values += 1 }
                }
                _ => words += 1,
            }
        }
        words > values * 3
    }

    fn no_words(&self, row: &Row) -> bool {
        row.cells.iter().all(|cell| cell.is_blank() || shape(&cell.text).is_value())
    }

    /// `15-19`, `20-24` over columns in which no bound stands, `10 класс`, `11 класс` over numbers without a unit: names of groups.
    fn has_strange(&self, kind: Shape, least: usize, row: &Row, looks: &Looks) -> bool {
        let here = |column: &&usize| shape(row.text(**column)) == kind;
        let known = |column: &usize| {
            looks.profiles.get(*column).is_some_and(|profile| profile.share(|shape| shape == kind) > 0)
        };
        let mut found = looks.typed.iter().filter(here).peekable();
        let some = found.peek().is_some();
        some && !found.clone().any(known) && found.count() >= least && !self.no_words(row)
    }

    /// A table of words: its first row is a header unless it looks like all others.
    fn words_only(&self, rows: &[usize], looks: &Looks) -> usize {
        let Some(first) = rows.first().map(|at| self.row(*at)) else {
            return 0;
        };
        let filled = first.filled();
        // a code or an address in every row, and in the first as well
        let same = looks.profiles.iter().enumerate().any(|(column, profile): (usize, &Profile)| {
            let kind = shape(first.text(column));
            matches!(kind, Shape::Code | Shape::Address | Shape::YesNo) && profile.share(|s| s == kind) >= 80
        });
        usize::from(filled * 2 > looks.width && !same)
    }

    /// The headers of all columns, from 0 on; and whether upper ones were carried to the right.
    pub(super) fn headers(&self, header: &[usize]) -> (Vec<String>, bool) {
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
}

/// A text over the whole table, a unit or a way back to a contents page: no name of columns.
fn is_title(row: &Row, looks: &Looks) -> bool {
    let Some(text) = row.cells.iter().find(|cell| !cell.is_blank()).map(|cell| cell.text.as_str()) else {
        return false;
    };
    let merged = row.cells.iter().filter(|cell| cell.mark == Mark::Merged).count();
    // all columns but the first
    let wide = merged + 2 >= looks.width && looks.width > 2;
    is_way_back(text) || is_unit_line(text) || wide && text.chars().count() >= LEAST_TITLE
}
