//! Several cycles as a workbook: how many by cycle, the flow, the paths of schools, indicators – first to last and from each cycle
//! to the next – and costs, with charts.
//!
//! Lays out what was found; counts nothing itself.

use super::sheets::{Cell, Graph, GraphKind, GraphPart, Look, MOST_TABLE_ROWS, Tab, said, workbook as build};
use super::threshold::columns;
use crate::diagnostic::Argument;
use crate::history::{CategoryHistory, Change, Group, Movement, Path, Series, State};
use crate::messages::Speaker;
use crate::number::Number;
use crate::report::history::values::{difference, group_word, name};
use crate::report::history::{Shown, codes, listed_then, periods, state_word, step};
use crate::value::Unit;

/// Indicators with a chart of their own.
const MOST_CHARTS: usize = 12;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(shown: &Shown<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    let book = Book { shown, speaker };
    let title = speaker.say("history-title", &[("rules", Argument::Text(shown.rules.to_owned()))]);
    let mut tabs = vec![book.counts(&title), book.flow(), book.paths()];
    if !shown.monitoring.is_empty() {
        tabs.push(book.indicators());
    }
    tabs.extend(book.periods());
    if !shown.monitoring.is_empty() {
        tabs.extend(book.costs());
    }
    build(&title, &tabs, speaker)
}

struct Book<'a> {
    shown: &'a Shown<'a>,
    speaker: &'a Speaker,
}

fn category_name(category: &CategoryHistory) -> Cell<'static> {
    Cell::text(category.title.as_ref().unwrap_or(&category.name).as_ref())
}

/// How many have an indicator in both cycles, its means, and what became of it.
fn measured(change: &Change, series: &Series) -> Vec<Cell<'static>> {
    let mut cells = vec![Cell::Count(change.known)];
    cells.extend([&change.first, &change.last].map(|mean| Cell::number(mean.as_ref(), &series.unit)));
    cells.push(Cell::number(change.change.as_ref(), &difference(&series.unit)));
    cells.extend([change.rose, change.fell, change.same].map(Cell::Count));
    cells
}

impl Book<'_> {
    fn word(&self, id: &str) -> Cell<'static> {
        Cell::Text(self.speaker.word(id))
    }

    fn cycle(&self, at: usize) -> Cell<'static> {
        Cell::text(self.shown.history.cycles.get(at).map_or("", String::as_str))
    }

    /// Schools by state, cycle by cycle; a chart of the list: who stayed, who entered.
    fn counts(&self, title: &str) -> Tab<'static> {
        let history = self.shown.history;
        let mut columns = columns(self.speaker, &[("head-category", 34), ("history-head-cycle", 14)]);
        columns.extend(State::EACH.map(|state| (self.speaker.word(state_word(state)), 13)));
        let moves = ["history-entered", "history-stayed", "history-left"];
        columns.extend(moves.map(|id| (self.speaker.word(id), 11)));
        let (mut rows, mut graphs) = (Vec::new(), Vec::new());
        for category in &history.categories {
            let start = rows.len();
            for (at, counts) in category.counts.iter().enumerate() {
                let mut cells = vec![category_name(category), self.cycle(at)];
                cells.extend(counts.map(Cell::Count));
                cells.extend(self.moved(category, at));
                rows.push(cells);
            }
            let part = |at: usize, state: State, look| GraphPart {
                name: self.speaker.word(state_word(state)),
                rows: (start, rows.len() - 1),
                along: 1,
                values: super::sheets::column(2 + at),
                look,
            };
            let looks = [(0, Look::Solid), (2, Look::Dotted), (1, Look::Light)];
            let used = |at: usize| category.counts.iter().any(|counts| counts.get(at).is_some_and(|n| *n > 0));
            let parts = looks.into_iter().filter(|(at, _)| used(*at));
            let parts = parts.filter_map(|(at, look)| Some(part(at, *State::EACH.get(at)?, look)));
            let name = category.title.as_ref().unwrap_or(&category.name);
            graphs.push(Graph {
                kind: GraphKind::Stacks,
                title: format!("{name}. {}", self.speaker.word("history-counts")),
                axes: [String::new(), self.speaker.word("history-head-schools")],
                percent: false,
                parts: parts.collect(),
            });
        }
        let name = self.speaker.word("history-counts");
        let mut lead = vec![title.to_owned()];
        let note = |note: &str| [("note", Argument::Text(note.to_owned()))];
        lead.extend(self.shown.synthetic.map(|told| self.speaker.say("report-synthetic", &note(told))));
        lead.extend(said(&codes(self.shown, self.speaker)));
        for category in &history.categories {
            let name = category.title.as_ref().unwrap_or(&category.name);
            let then = listed_then(history, category, self.speaker);
            lead.extend(then.map(|said| format!("{name}. {said}")));
        }
        Tab { name, lead, columns, rows, frozen: 2, graphs, ..Tab::default() }
    }

    /// Who entered, stayed and left; of the first cycle nothing is known.
    fn moved(&self, category: &CategoryHistory, at: usize) -> [Cell<'static>; 3] {
        [Movement::Entered, Movement::Stayed, Movement::Left].map(|movement| {
            let of = |path: &&Path| path.steps.get(at).is_some_and(|step| step.movement == movement);
            if at == 0 { Cell::Empty } else { Cell::Count(category.paths.iter().filter(of).count()) }
        })
    }

    /// From each cycle to the next.
    fn flow(&self) -> Tab<'static> {
        let ids = [
            ("head-category", 34),
            ("history-head-from", 14),
            ("history-head-to", 14),
            ("history-head-before", 18),
            ("history-head-after", 18),
            ("history-head-schools", 10),
        ];
        let mut rows = Vec::new();
        for category in &self.shown.history.categories {
            for (at, counts) in category.transitions.iter().enumerate() {
                for (before, row) in State::EACH.iter().zip(counts) {
                    for (after, count) in State::EACH.iter().zip(row).filter(|(_, count)| **count > 0) {
                        let mut cells = vec![category_name(category), self.cycle(at), self.cycle(at + 1)];
                        cells.extend([before, after].map(|state| self.word(state_word(*state))));
                        cells.push(Cell::Count(*count));
                        rows.push(cells);
                    }
                }
            }
        }
        let name = self.speaker.word("sheet-flow");
        Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 1, ..Tab::default() }
    }

    fn paths(&self) -> Tab<'static> {
        let ids = [("head-category", 34), ("document-head-code", 12), ("document-head-name", 44)];
        let mut columns = columns(self.speaker, &ids);
        columns.extend(self.shown.history.cycles.iter().map(|name| (name.clone(), 26)));
        columns.extend(super::threshold::columns(
            self.speaker,
            &[("history-head-listed", 12), ("history-head-in-a-row", 12)],
        ));
        let mut rows = Vec::new();
        for category in &self.shown.history.categories {
            for path in self.shown.told(category) {
                let mut cells = vec![category_name(category), Cell::text(path.code.as_ref())];
                cells.push(path.title.as_ref().map_or(Cell::Empty, |title| Cell::text(title.as_ref())));
                let said = |(at, one)| Cell::Text(step(self.shown, (at, path, one), self.speaker).text);
                cells.extend(path.steps.iter().enumerate().map(said));
                cells.extend([path.listed, path.in_a_row].map(Cell::Count));
                rows.push(cells);
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let name = self.speaker.word("sheet-movers");
        Tab { name, columns, rows, frozen: 3, ..Tab::default() }
    }

    /// Means of both cycles, group by group; a chart for each of the indicators that the categories rest on.
    fn indicators(&self) -> Tab<'static> {
        let ids = [
            ("head-category", 30),
            ("history-head-indicator", 34),
            ("history-head-kind", 12),
            ("history-head-group", 28),
            ("history-head-known", 11),
            ("history-head-first", 12),
            ("history-head-last", 12),
            ("history-head-change", 12),
            ("history-head-rose", 11),
            ("history-head-fell", 11),
            ("history-head-same", 12),
        ];
        let (mut rows, mut graphs) = (Vec::new(), Vec::new());
        for (category, monitoring) in self.shown.history.categories.iter().zip(self.shown.monitoring) {
            for one in &monitoring.indicators {
                let Some(series) = self.shown.series.get(one.series) else { continue };
                let start = rows.len();
                for (group, change) in Group::EACH.iter().zip(&one.changes) {
                    let mut cells = vec![category_name(category), Cell::Text(name(series)), self.kind(one.contextual)];
                    cells.push(self.word(group_word(*group)));
                    cells.extend(measured(change, series));
                    rows.push(cells);
                }
                if one.contextual || graphs.len() >= MOST_CHARTS {
                    continue;
                }
                let part = |id: &str, values, look| {
                    let name = self.speaker.word(id);
                    GraphPart { name, rows: (start, rows.len() - 1), along: 3, values, look }
                };
                let category = category.title.as_ref().unwrap_or(&category.name);
                graphs.push(Graph {
                    kind: GraphKind::Columns,
                    title: format!("{category}. {}", name(series)),
                    axes: [String::new(), String::new()],
                    percent: false,
                    parts: vec![part("history-head-first", 5, Look::Light), part("history-head-last", 6, Look::Solid)],
                });
            }
        }
        let name = self.speaker.word("sheet-indicators");
        Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 2, graphs, ..Tab::default() }
    }

    fn kind(&self, contextual: bool) -> Cell<'static> {
        self.word(if contextual { "history-kind-contextual" } else { "history-kind-used" })
    }

    /// The same from each cycle to the next; `None`: there are only two cycles, or no values.
    fn periods(&self) -> Option<Tab<'static>> {
        let ids = [
            ("head-category", 30),
            ("history-head-indicator", 34),
            ("history-head-kind", 12),
            ("history-head-from", 12),
            ("history-head-to", 12),
            ("history-head-group", 28),
            ("history-head-known", 11),
            ("history-head-before", 12),
            ("history-head-after", 12),
            ("history-head-change", 12),
            ("history-head-rose", 11),
            ("history-head-fell", 11),
            ("history-head-same", 12),
        ];
        let mut rows = Vec::new();
        for (of, category) in self.shown.history.categories.iter().enumerate() {
            for (at, period) in self.shown.periods.iter().enumerate() {
                for one in period.monitoring.get(of).map_or(&[][..], |found| found.indicators.as_slice()) {
                    let Some(series) = period.series.get(one.series) else { continue };
                    for (group, change) in Group::EACH.iter().zip(&one.changes) {
                        let mut cells = vec![category_name(category), Cell::Text(name(series))];
                        cells.extend([self.kind(one.contextual), self.cycle(at), self.cycle(at + 1)]);
                        cells.push(self.word(periods::group_word(*group)));
                        cells.extend(measured(change, series));
                        rows.push(cells);
                    }
                }
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let lead = vec![self.speaker.word("history-periods"), self.speaker.word("history-periods-lists")];
        let name = self.speaker.word("sheet-periods");
        let tab = Tab { name, lead, columns: columns(self.speaker, &ids), rows, frozen: 2, ..Tab::default() };
        (!tab.rows.is_empty()).then_some(tab)
    }

    /// What was spent and what came of it; `None`: no costs are given.
    fn costs(&self) -> Option<Tab<'static>> {
        let found = || self.shown.history.categories.iter().zip(self.shown.monitoring);
        if !found().any(|(_, monitoring)| monitoring.spent.is_some()) {
            return None;
        }
        let ids = [
            ("head-category", 34),
            ("history-head-result", 40),
            ("history-head-schools", 10),
            ("history-head-spent", 14),
            ("history-head-sum", 14),
            ("history-head-per-unit", 16),
        ];
        let plain = |number: Option<&Number>| Cell::number(number, &Unit::Number);
        let mut rows = Vec::new();
        for (category, monitoring) in found() {
            if let Some(spent) = &monitoring.spent {
                let mut cells = vec![category_name(category), self.word("history-result-left")];
                cells.extend([Cell::Count(spent.schools), plain(Some(&spent.total)), Cell::Count(spent.left)]);
                cells.push(plain(spent.per_left.as_ref()));
                rows.push(cells);
            }
            for one in &monitoring.indicators {
                let (Some(cost), Some(series)) = (&one.cost, self.shown.series.get(one.series)) else { continue };
                let unit = difference(&series.unit);
                let sum = cost.change.divide(&Number::from_integer(unit.shown_factor()));
                let mut cells = vec![category_name(category), Cell::Text(name(series)), Cell::Count(cost.schools)];
                cells.extend([plain(Some(&cost.total)), Cell::number(sum.as_ref(), &unit)]);
                cells.push(plain(cost.per_unit.as_ref()));
                rows.push(cells);
            }
        }
        let name = self.speaker.word("history-costs");
        Some(Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 2, ..Tab::default() })
    }
}
