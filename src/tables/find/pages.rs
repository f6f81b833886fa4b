//! Lines of printed pages inside a table: titles, feet, numbers of columns, and the names that head groups of rows.

use std::collections::HashMap;

use super::numbering::is_numbering;
use super::rest::Rest;
use super::words::{is_note_word, without_pages};
use super::{Finder, Looks, same_texts};
use crate::tables::grid::{Mark, Row};
use crate::tables::profile::Profile;
use crate::tables::shape::{Shape, shape};

impl Finder<'_> {
    /// Lines of pages beside the headers that are repeated, and the numbers of columns below them.
    pub(super) fn page_lines(&self, rows: &[usize], start: usize, header: &[usize], looks: &Looks) -> Vec<usize> {
        if self.place.all_rows || header.is_empty() || looks.width < 2 {
            return Vec::new();
        }
        let again = |at: &usize| header.iter().any(|h| same_texts(self.row(*h), self.row(*at)));
        if !rows.get(start..).unwrap_or(&[]).iter().any(again) {
            return Vec::new();
        }
        let all = Rest::new(self, rows);
        let singles = all.singles(self);
        let mut lines = Vec::new();
        for (at, row) in rows.iter().enumerate().skip(start) {
            let own = self.row(*row);
            let single = self.different(own) == 1 && self.is_page_line(*row, singles, looks);
            let below = at.checked_sub(1).and_then(|above| rows.get(above)).is_some_and(again);
            if single || below && is_numbering(own, looks.width) {
                lines.push(*row);
            }
        }
        lines
    }

    /// Position of a row with one text directly above a header in the middle of a table.
    pub(super) fn title_above(&self, rows: &[usize], at: usize, looks: &Looks) -> Option<usize> {
        let above = at.checked_sub(1)?;
        let row = self.row(*rows.get(above)?);
        (self.different(row) == 1 && looks.width > 1).then_some(above)
    }

    /// A line of a printed page: a title or a foot that other pages have as well, numbers of pages apart.
    pub(super) fn is_page_line(&self, at: usize, singles: &HashMap<String, usize>, looks: &Looks) -> bool {
        const WORDS: &[&str] = &["страница", "стр", "лист", "продолжение", "page", "continued"];
        let row = self.row(at);
        let here = first_text(row);
        let bare = without_pages(here);
        let own = usize::from(self.different(row) == 1);
        let others = singles.get(&bare).copied().unwrap_or(0) > own;
        let word = bare.split_whitespace().next().is_some_and(|first| WORDS.contains(&first));
        looks.width > 1 && (word || others && !shape(here).is_number())
    }

    /// A row with one text where no other row has only one: it heads the rows below.
    pub(super) fn is_section(&self, row: &Row, looks: &Looks) -> bool {
        let Some(at) = row.cells.iter().position(|cell| !cell.is_blank()).filter(|_| row.filled() == 1) else {
            return false;
        };
        let text = row.text(at);
        let words = matches!(shape(text), Shape::Words | Shape::Code) && !is_note_word(text);
        let always =
            |column: &usize| looks.profiles.get(*column).is_some_and(|p| p.rows > 3 && p.filled() * 100 >= p.rows * 95);
        let typed: Vec<usize> = looks.typed.iter().copied().filter(always).collect();
        let codes = |p: &Profile| p.share(|s| s.is_value() || s == Shape::Code) >= 80;
        let among_codes = looks.profiles.get(at).is_some_and(|p| codes(p) && !p.knows(text));
        words && looks.width > 2 && !typed.is_empty() && (among_codes || typed.iter().any(|column| *column < at))
    }

    /// A row with one value where always filled columns are blank.
    pub(super) fn is_lone(&self, row: &Row, looks: &Looks) -> bool {
        let always = |p: &Profile| p.rows > 3 && p.filled() * 100 >= p.rows * 80;
        let typed = looks.typed.iter().any(|column| looks.profiles.get(*column).is_some_and(always));
        !self.place.all_rows && looks.width > 2 && typed && row.filled() == 1
    }

    /// One text merged across the table.
    pub(super) fn is_merged_section(&self, row: &Row, looks: &Looks) -> bool {
        let merged = row.cells.iter().filter(|c| c.mark == Mark::Merged && !c.is_blank()).count();
        let mut down = 0;
        for region in self.reaching(row) {
            down += usize::try_from(region.columns.1 - region.columns.0).unwrap_or(0) + 1;
        }
        let across = merged.saturating_sub(down);
        self.different(row) == 1 && looks.width > 2 && across > 0 && (across + 1) * 2 > looks.width
    }
}

fn first_text(row: &Row) -> &str {
    row.cells.iter().find(|cell| !cell.is_blank()).map_or("", |cell| cell.text.as_str())
}
