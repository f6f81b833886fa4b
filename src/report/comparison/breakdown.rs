//! The list before and after by what schools are: place, what else they link to, columns of few values, size.
//!
//! Counts schools of the parts that they are divided into; knows neither why they moved nor what the parts mean.

use std::collections::HashMap;

use super::{Compared, number};
use crate::compare::{CategoryComparison, Way};
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::report::divisions::{By, Division};
use crate::report::page::{Header, Piece, Table, Tone};
use crate::value::Unit;

/// With more rows than this only the parts where schools moved are shown.
const MOST_STILL: usize = 30;
/// Rows of one table.
const MOST_ROWS: usize = 200;

/// One way to divide the schools, counted.
#[derive(Debug, Clone)]
pub struct Counted<'a> {
    pub title: &'a str,
    pub by: By,
    /// In the order of the division, parts that only the second side has last.
    pub parts: Vec<Part<'a>>,
}

/// The schools of one part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// `None`: schools without a value.
    pub name: Option<&'a str>,
    /// All schools, before and after.
    pub schools: (usize, usize),
    pub listed: (usize, usize),
    pub entered: usize,
    pub left: usize,
}

impl Part<'_> {
    fn add(&mut self, other: &Part<'_>) {
        self.schools = (self.schools.0 + other.schools.0, self.schools.1 + other.schools.1);
        self.listed = (self.listed.0 + other.listed.0, self.listed.1 + other.listed.1);
        self.entered += other.entered;
        self.left += other.left;
    }

    /// The part of the schools that are listed, before and after; `None`: there are none.
    pub fn shares(&self) -> (Option<Number>, Option<Number>) {
        let share =
            |listed: usize, schools: usize| Number::ratio(i128::try_from(listed).ok()?, i128::try_from(schools).ok()?);
        (share(self.listed.0, self.schools.0), share(self.listed.1, self.schools.1))
    }

    fn is_still(&self) -> bool {
        self.entered + self.left == 0 && self.schools.0 == self.schools.1
    }
}

/// Every division of the schools of the first side, counted. A school that both sides have is counted where the first has it.
pub fn counted<'a>(scenario: &Compared<'a>, category: &CategoryComparison) -> Vec<Counted<'a>> {
    scenario.divisions.0.iter().map(|division| one(scenario, category, division)).collect()
}

fn one<'a>(scenario: &Compared<'a>, category: &CategoryComparison, division: &'a Division) -> Counted<'a> {
    let (before, after) = &scenario.sides;
    let mut parts: Vec<Part<'a>> = Vec::new();
    let mut of_row: Vec<usize> = vec![usize::MAX; before.run.schools];
    for (at, (name, rows)) in division.parts.iter().enumerate() {
        let on_list = |row: &&usize| category.ids.0.is_some_and(|id| before.run.is_listed(id, **row));
        let listed = rows.iter().filter(on_list).count();
        for row in rows {
            if let Some(slot) = of_row.get_mut(*row) {
                *slot = at;
            }
        }
        let schools = (rows.len(), rows.len());
        parts.push(Part { name: name.as_deref(), schools, listed: (listed, listed), entered: 0, left: 0 });
    }
    let mut find = Finder { named: HashMap::new(), of_row, of_new: HashMap::new() };
    find.named.extend(parts.iter().enumerate().map(|(at, part)| (part.name, at)));
    let same = |other: &&Division| (other.by, &other.title) == (division.by, &division.title);
    if let Some(second) = scenario.divisions.1.iter().find(same).filter(|_| !std::ptr::eq(before.data, after.data)) {
        find.of_new = second.parts.iter().flat_map(|(name, rows)| rows.iter().map(|r| (*r, name.as_deref()))).collect();
    }
    for school in &scenario.comparison.gone {
        find.count(&mut parts, (Some(school.row), None), |part| part.schools.1 = part.schools.1.saturating_sub(1));
    }
    for school in &scenario.comparison.new {
        find.count(&mut parts, (None, Some(school.row)), |part| part.schools.1 += 1);
    }
    for mover in &category.movers {
        find.count(&mut parts, mover.rows, |part| match mover.way() {
            Way::Entered => {
                part.entered += 1;
                part.listed.1 += 1;
            }
            Way::Left => {
                part.left += 1;
                part.listed.1 = part.listed.1.saturating_sub(1);
            }
            Way::Opened | Way::Settled | Way::Other => {}
        });
    }
    Counted { title: &division.title, by: division.by, parts }
}

/// Finds the part of a school.
struct Finder<'a> {
    named: HashMap<Option<&'a str>, usize>,
    of_row: Vec<usize>,
    /// Parts of the rows of the second side, for schools that the first does not have.
    of_new: HashMap<usize, Option<&'a str>>,
}

impl<'a> Finder<'a> {
    fn count(
        &mut self,
        parts: &mut Vec<Part<'a>>,
        rows: (Option<usize>, Option<usize>),
        change: impl FnOnce(&mut Part<'a>),
    ) {
        let known = rows.0.and_then(|row| self.of_row.get(row)).copied().filter(|at| *at < parts.len());
        let at = known.unwrap_or_else(|| {
            let name = rows.1.and_then(|row| self.of_new.get(&row)).copied().flatten();
            *self.named.entry(name).or_insert_with(|| {
                parts.push(Part { name, ..Part::default() });
                parts.len() - 1
            })
        });
        if let Some(part) = parts.get_mut(at) {
            change(part);
        }
    }
}

impl Counted<'_> {
    pub fn total(&self) -> Part<'static> {
        let mut total = Part::default();
        for part in &self.parts {
            total.add(part);
        }
        total
    }

    /// Parts with somebody on the list; of many only those where schools moved. And how many are left out.
    fn shown(&self) -> (Vec<&Part<'_>>, usize) {
        let mut shown: Vec<&Part<'_>> =
            self.parts.iter().filter(|part| part.listed != (0, 0) || !part.is_still()).collect();
        if shown.len() > MOST_STILL {
            shown.retain(|part| !part.is_still());
        }
        shown.truncate(MOST_ROWS);
        let left_out = self.parts.len() - shown.len();
        (shown, left_out)
    }

    /// The table, and the number of parts that it leaves out; `None`: nobody is on the list of any part.
    pub(super) fn table(&self, speaker: &Speaker) -> Option<(Table, usize)> {
        let (shown, left_out) = self.shown();
        if shown.is_empty() {
            return None;
        }
        let numbers = ["compare-head-schools", "compare-head-before", "compare-head-entered", "compare-head-left"];
        let mut headers = vec![Header::text(self.title)];
        headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
        headers.extend(["compare-head-after", "compare-head-share"].map(|id| Header::number(speaker.word(id))));
        let row = |name: Piece, part: &Part<'_>| {
            let counts = [part.schools.1, part.listed.0, part.entered, part.left, part.listed.1];
            let mut cells = vec![name];
            cells.extend(counts.map(number));
            cells.push(Piece::plain(shares_said(part, speaker)));
            cells
        };
        let name = |part: &Part<'_>| part.name.map_or_else(|| speaker.word("group-none"), str::to_owned);
        let mut rows: Vec<Vec<Piece>> = shown.iter().map(|part| row(Piece::plain(name(part)), part)).collect();
        rows.push(row(Piece::new(speaker.word("document-total"), Tone::Strong), &self.total()));
        Some((Table { title: String::new(), headers, rows }, left_out))
    }
}

/// `6,7 → 12,5` in percent, with one digit; one share where it stays.
fn shares_said(part: &Part<'_>, speaker: &Speaker) -> String {
    let tenth = Number::ratio(1, 1000).unwrap_or_else(Number::one);
    let said = |share: &Option<Number>| {
        let rounded = share.as_ref().and_then(|share| round_to_multiple(share, &tenth, Rounding::HalfUp));
        match rounded {
            Some(share) => speaker.bare_quantity(&share, &Unit::Percent, Precision::Full),
            None => speaker.word("compare-unsaid"),
        }
    };
    let (before, after) = part.shares();
    if before == after {
        return said(&after);
    }
    let (before, after) = (said(&before), said(&after));
    speaker.say("compare-from-to", &[("before", super::text(before)), ("after", super::text(after))])
}
