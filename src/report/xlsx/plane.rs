//! Two numbers of the rules at once as a workbook: a grid of how many schools are listed, the lists with their regions, step
//! lines of either number while the other stays, and who moves.
//!
//! Lays out maps; finds none itself.

use super::sheets::{Cell, Columns, MOST_TABLE_ROWS, Tab, column, said, workbook as build};
use super::steps::{self, Steps};
use super::threshold::{codes, columns, school};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::report::axis;
use crate::report::page::Block;
use crate::report::plane::lists::{Elsewhere, elsewhere};
use crate::report::plane::{Planes, Teller, with_teller};
use crate::report::threshold::drawn_beside;
use crate::threshold::Mark;
use crate::threshold::plane::Map;

/// Columns of a grid: more than this are not shown, but for the part next to the present pair.
const MOST_COLUMNS: usize = 1_000;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(title: &str, head: &[Block], found: &Planes<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    with_teller(found, false, speaker, |teller| {
        let book = Book { found, speaker, teller };
        let mut tabs = vec![book.regions(title, head)];
        tabs.extend(found.plane.maps.iter().map(|map| book.grid(map)));
        tabs.push(book.sections());
        tabs.push(book.movers());
        build(title, &tabs, speaker)
    })
}

struct Book<'a> {
    found: &'a Planes<'a>,
    speaker: &'a Speaker,
    teller: &'a Teller<'a>,
}

impl Book<'_> {
    fn list(&self, map: &Map) -> String {
        axis::list(self.found.judgement.rules, map.item, self.speaker)
    }

    /// The present list first, then the others as they are near; each with all its rectangles.
    fn regions(&self, title: &str, head: &[Block]) -> Tab<'static> {
        let Planes { judgement, plane, .. } = self.found;
        let [first, second] = self.teller.axes;
        let [one, other] = self.teller.letters;
        let mut columns: Columns = columns(self.speaker, &[("threshold-head-list", 22), ("map-head-region", 10)]);
        columns.extend([one, other].map(|letter| (letter.clone(), 34)));
        let ids = [
            ("threshold-head-listed", 10),
            ("threshold-head-entered", 10),
            ("threshold-head-left", 10),
            ("threshold-head-open", 13),
            ("threshold-head-who-entered", 40),
            ("threshold-head-who-left", 40),
        ];
        columns.extend(super::threshold::columns(self.speaker, &ids));
        let mut rows = Vec::new();
        for map in &plane.maps {
            let (across, up) = map.cell_at(&plane.present);
            let now = map.list(across, up);
            let present = Elsewhere { list: now, cell: (across, up), entered: Vec::new(), left: Vec::new() };
            let all = std::iter::once(present).chain(elsewhere(map, &plane.present));
            for (number, found) in all.enumerate() {
                let (listed, open) = map.lists.get(found.list).map_or((0, 0), |list| list.counts());
                for region in map.rectangles(|at, _| at == found.list) {
                    let code = |row: &usize| crate::report::list::code(judgement, *row);
                    let mut value = first.interval(&map.interval(0, region.columns));
                    let holds = |(from, to): (usize, usize), at: usize| from <= at && at <= to;
                    if found.list == now && holds(region.columns, across) && holds(region.rows, up) {
                        value = self.speaker.say("threshold-present", &[("interval", Argument::Text(value))]);
                    }
                    let mut cells = vec![Cell::Text(self.list(map)), Cell::Count(number + 1), Cell::Text(value)];
                    cells.push(Cell::Text(second.interval(&map.interval(1, region.rows))));
                    cells.extend([listed, found.entered.len(), found.left.len(), open].map(Cell::Count));
                    cells.push(codes(found.entered.iter().map(code)));
                    cells.push(codes(found.left.iter().map(code)));
                    rows.push(cells);
                }
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let mut lead = vec![title.to_owned()];
        lead.extend(said(head));
        for ((axis, name), letter) in self.teller.axes.iter().zip(self.teller.names).zip(self.teller.letters) {
            let named = [("letter", Argument::Text(letter.clone())), ("name", Argument::Text(name.clone()))];
            let what = Argument::Text(self.speaker.say("map-letter", &named));
            let now = [("what", what), ("value", Argument::Text(axis.value(axis.present, None)))];
            lead.push(self.speaker.say("threshold-now", &now));
        }
        if plane.crossing {
            lead.push(self.speaker.word("map-crossing"));
        }
        let name = self.speaker.word("sheet-regions");
        Tab { name, lead, columns, rows, frozen: 2, ..Tab::default() }
    }

    /// How many schools are listed in every cell: the greatest value of the second number on top, as in the picture.
    fn grid(&self, map: &Map) -> Tab<'static> {
        let plane = self.found.plane;
        let [first, second] = self.teller.axes;
        let (across, up) = map.cell_at(&plane.present);
        let shown = crate::report::plane::window(across, MOST_COLUMNS, map.columns());
        let marked = |interval: String, now: bool| {
            let mark = [("interval", Argument::Text(interval.clone()))];
            if now { self.speaker.say("threshold-present", &mark) } else { interval }
        };
        let mut columns = vec![(self.teller.corner(), 34)];
        columns.extend(shown.clone().map(|at| {
            let interval = first.interval(&map.interval(0, (at, at)));
            (marked(interval, at == across), 16)
        }));
        let line = |row: usize| {
            let interval = second.interval(&map.interval(1, (row, row)));
            let mut cells = vec![Cell::Text(marked(interval, row == up))];
            cells.extend(shown.clone().map(|at| Cell::Count(map.counts(at, row).0)));
            cells
        };
        let rows: Vec<_> = (0..map.rows()).rev().map(line).collect();
        let shaded = Some((1, column(columns.len().saturating_sub(1))));
        let mut lead = vec![self.list(map)];
        lead.push(self.speaker.word("map-shades"));
        Tab { name: self.list(map), lead, columns, rows, frozen: 1, shaded, ..Tab::default() }
    }

    /// Each number on a line of its own, while the other one stays as it is.
    fn sections(&self) -> Tab<'static> {
        let plane = self.found.plane;
        let mut lines = Vec::new();
        for map in &plane.maps {
            let (across, up) = map.cell_at(&plane.present);
            let list = self.list(map);
            for (at, axis) in self.teller.axes.iter().enumerate() {
                let listed = |step: usize| if at == 0 { map.counts(step, up).0 } else { map.counts(across, step).0 };
                let marks: Vec<&Mark> = map.marks.get(at).into_iter().flatten().collect();
                let (Some(ends), Some(name)) =
                    (drawn_beside(&marks, axis.present, axis.domain), self.teller.names.get(at))
                else {
                    continue;
                };
                if marks.is_empty() {
                    continue;
                }
                let [one, other] = self.teller.letters;
                let (own, other) = if at == 0 { (one, other) } else { (other, one) };
                let named = [("list", &list), ("letter", own), ("other", other)];
                let named = named.map(|(key, word)| (key, Argument::Text(word.clone())));
                lines.push(Steps {
                    list: list.clone(),
                    number: name.clone(),
                    unit: axis.subject.unit.clone(),
                    title: self.speaker.say("map-section", &named),
                    ends,
                    first: listed(0),
                    corners: marks.iter().enumerate().map(|(i, mark)| (mark.value.clone(), listed(i + 1))).collect(),
                    present: Some((axis.present.clone(), if at == 0 { listed(across) } else { listed(up) })),
                });
            }
        }
        steps::tab(self.speaker.word("sheet-sections"), lines, self.speaker)
    }

    fn movers(&self) -> Tab<'static> {
        let Planes { judgement, plane, .. } = self.found;
        let ids = [
            ("threshold-head-list", 22),
            ("map-head-region", 10),
            ("document-head-code", 12),
            ("document-head-name", 44),
            ("compare-head-way", 20),
        ];
        let mut rows = Vec::new();
        for map in &plane.maps {
            for (number, found) in elsewhere(map, &plane.present).iter().enumerate() {
                let ways = [("compare-way-entered", &found.entered), ("compare-way-left", &found.left)];
                for (way, row) in ways.iter().flat_map(|(way, rows)| rows.iter().map(move |row| (way, row))) {
                    let mut cells = vec![Cell::Text(self.list(map)), Cell::Count(number + 2)];
                    cells.extend(school(judgement, *row));
                    cells.push(Cell::Text(self.speaker.word(way)));
                    rows.push(cells);
                    if rows.len() >= MOST_TABLE_ROWS {
                        break;
                    }
                }
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let name = self.speaker.word("sheet-movers");
        Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 4, ..Tab::default() }
    }
}
