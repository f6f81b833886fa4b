//! The rules at every point of a grid as a workbook: the points with a chart, and the schools that move.
//!
//! Lays out points; evaluates none.

use super::sheets::{Cell, Graph, GraphKind, GraphPart, Look, MOST_TABLE_ROWS, Tab, column, said, workbook as build};
use super::threshold::{codes, columns, school};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::report::page::Block;
use crate::report::sweep::{Swept, name, present, reasons, value};
use crate::sweep::Point;

/// Categories with a chart of their own.
const MOST_CHARTS: usize = 8;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(title: &str, head: &[Block], found: &Swept<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    let book = Book { found, speaker };
    build(title, &[book.points(title, head), book.movers()], speaker)
}

struct Book<'a> {
    found: &'a Swept<'a>,
    speaker: &'a Speaker,
}

impl Book<'_> {
    fn category(&self, at: usize) -> String {
        let Swept { judgement, categories, .. } = self.found;
        let category = categories.get(at).and_then(|id| judgement.rules.categories.get(id.index()));
        category.map_or_else(String::new, |category| category.name.to_string())
    }

    fn values(&self, point: &Point) -> Vec<Cell<'static>> {
        let grid = self.found.grid;
        let values = grid.dimensions.iter().zip(grid.values(point.point));
        values.map(|(dimension, shown)| Cell::Text(value(dimension, shown, self.speaker))).collect()
    }

    /// One category after the other, so that each has a stretch of rows that a chart can be made of.
    fn points(&self, title: &str, head: &[Block]) -> Tab<'static> {
        let Swept { grid, categories, points, .. } = self.found;
        let mut columns = columns(self.speaker, &[("head-category", 16), ("sweep-head-point", 8)]);
        columns.extend(grid.dimensions.iter().map(|dimension| (name(dimension, self.speaker), 24)));
        let first = column(columns.len());
        let ids = [
            ("threshold-head-listed", 10),
            ("threshold-head-entered", 10),
            ("threshold-head-left", 10),
            ("threshold-head-open", 13),
            ("threshold-head-who-entered", 36),
            ("threshold-head-who-left", 36),
            ("sweep-head-refused", 40),
        ];
        columns.extend(super::threshold::columns(self.speaker, &ids));
        let (mut rows, mut graphs) = (Vec::new(), Vec::new());
        let mut lead = vec![title.to_owned()];
        lead.extend(said(head));
        for (at, id) in categories.iter().enumerate() {
            let start = rows.len();
            for point in points.iter().take(MOST_TABLE_ROWS.saturating_sub(rows.len())) {
                let mut cells = vec![Cell::Text(self.category(at)), Cell::Count(point.point + 1)];
                cells.extend(self.values(point));
                match point.lists.get(at) {
                    Some(list) => {
                        let counts = [list.listed, list.entered.len(), list.left.len(), list.undetermined];
                        cells.extend(counts.map(Cell::Count));
                        cells.extend([&list.entered, &list.left].map(|list| codes(list.iter().cloned())));
                        cells.push(Cell::Empty);
                    }
                    None => {
                        cells.extend(std::iter::repeat_n(Cell::Empty, 6));
                        cells.push(Cell::Text(reasons(point, self.speaker.language())));
                    }
                }
                rows.push(cells);
            }
            let (listed, open) = present(self.found, *id);
            let count = |count: usize| Argument::Count(i64::try_from(count).unwrap_or(i64::MAX));
            let now = self.speaker.say("sweep-now", &[("listed", count(listed)), ("open", count(open))]);
            lead.push(format!("{}: {now}", self.category(at)));
            if rows.len() > start && graphs.len() < MOST_CHARTS {
                graphs.push(self.graph(at, (start, rows.len() - 1), first));
            }
        }
        let name = self.speaker.word("sheet-points");
        Tab { name, lead, columns, rows, frozen: 2, graphs, ..Tab::default() }
    }

    /// Who is on the list, enters and leaves, point by point. Of one dimension its values stand below, else the numbers of the points.
    fn graph(&self, at: usize, rows: (usize, usize), first: u16) -> Graph {
        let one = self.found.grid.dimensions.len() == 1;
        let along = if one { 2 } else { 1 };
        let part = |id: &str, values: u16, look| {
            let name = self.speaker.word(id);
            GraphPart { name, rows, along, values, look }
        };
        let category = [("category", Argument::Text(self.category(at)))];
        let dimension = self.found.grid.dimensions.first().map(|dimension| name(dimension, self.speaker));
        Graph {
            kind: GraphKind::Line,
            title: self.speaker.say("compare-chart-listed", &category),
            axes: [
                dimension.filter(|_| one).unwrap_or_else(|| self.speaker.word("sweep-head-point")),
                self.speaker.word("threshold-head-listed"),
            ],
            percent: false,
            parts: vec![
                part("threshold-head-listed", first, Look::Line),
                part("threshold-head-open", first + 3, Look::Dashed),
            ],
        }
    }

    fn movers(&self) -> Tab<'static> {
        let Swept { judgement, grid, points, .. } = self.found;
        let ids = [("head-category", 16), ("document-head-code", 12), ("document-head-name", 44)];
        let mut columns = columns(self.speaker, &ids);
        columns.extend(super::threshold::columns(self.speaker, &[("compare-head-way", 20), ("sweep-head-point", 8)]));
        columns.extend(grid.dimensions.iter().map(|dimension| (name(dimension, self.speaker), 24)));
        let mut rows = Vec::new();
        for point in points.iter() {
            for (at, list) in point.lists.iter().enumerate() {
                let ways = [("compare-way-entered", &list.entered), ("compare-way-left", &list.left)];
                for (way, code) in ways.iter().flat_map(|(way, codes)| codes.iter().map(move |code| (way, code))) {
                    if rows.len() >= MOST_TABLE_ROWS {
                        break;
                    }
                    let mut cells = vec![Cell::Text(self.category(at))];
                    match self.found.rows.get(code) {
                        Some(row) => cells.extend(school(judgement, *row)),
                        None => cells.extend([Cell::Text(code.clone()), Cell::Empty]),
                    }
                    cells.extend([Cell::Text(self.speaker.word(way)), Cell::Count(point.point + 1)]);
                    cells.extend(self.values(point));
                    rows.push(cells);
                }
            }
        }
        let name = self.speaker.word("sheet-movers");
        Tab { name, columns, rows, frozen: 3, ..Tab::default() }
    }
}
