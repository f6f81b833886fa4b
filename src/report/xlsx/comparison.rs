//! Scenarios compared, as a workbook: an overview with charts, the schools that moved, the criteria that turned, and a sheet for
//! each way to divide the schools.
//!
//! Lays out what was compared; every number is a cell of its kind, so that it can be sorted, filtered and counted on.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartType, Worksheet, XlsxError};

use super::for_paper;
use super::sheets::{Cell, Look, Sheets, said, titled};
use crate::compare::{CategoryComparison, Mover, Way};
use crate::messages::Speaker;
use crate::report::comparison::breakdown::{Counted, Part, counted};
use crate::report::comparison::{Compared, Fact, cause, told, verdict_said};
use crate::report::divisions::By;
use crate::report::page::Block;
use crate::report::words::criterion_word;

/// Charts beside one table.
const MOST_CHARTS: usize = 8;
/// Bars of one chart.
const MOST_BARS: usize = 60;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(title: &str, head: &[Block], scenarios: &[Compared<'_>], speaker: &Speaker) -> Result<Vec<u8>, String> {
    build(title, head, scenarios, speaker).map_err(|error| error.to_string())
}

fn build(title: &str, head: &[Block], scenarios: &[Compared<'_>], speaker: &Speaker) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = titled(title)?;
    let mut book = Book { scenarios, speaker, sheets: Sheets::new(speaker) };
    book.overview(workbook.add_worksheet(), title, head)?;
    book.movers(workbook.add_worksheet())?;
    book.criteria(workbook.add_worksheet())?;
    for (title, by) in book.divisions() {
        book.division(workbook.add_worksheet(), &title, by)?;
    }
    workbook.save_to_buffer()
}

struct Book<'a> {
    scenarios: &'a [Compared<'a>],
    speaker: &'a Speaker,
    sheets: Sheets<'a>,
}

impl Book<'_> {
    fn word(&self, id: &str) -> String {
        self.speaker.word(id)
    }

    fn pairs(&self) -> impl Iterator<Item = (&Compared<'_>, &CategoryComparison)> {
        self.scenarios.iter().flat_map(|scenario| scenario.comparison.categories.iter().map(move |c| (scenario, c)))
    }

    fn overview(&mut self, sheet: &mut Worksheet, title: &str, head: &[Block]) -> Result<(), XlsxError> {
        let name = self.word("sheet-scenarios");
        let name = self.sheets.named(sheet, &name)?;
        let line = self.sheets.lead(sheet, title, &said(head))?;
        let limited = self.scenarios.iter().any(|scenario| !scenario.capacities.is_empty());
        let ids = [
            ("compare-head-scenario", 38),
            ("head-category", 16),
            ("compare-head-before", 11),
            ("compare-head-stayed", 11),
            ("compare-head-entered", 11),
            ("compare-head-left", 11),
            ("compare-head-after", 11),
            ("compare-head-opened", 14),
            ("compare-head-settled", 14),
        ];
        let mut columns: Vec<(String, u16)> = ids.map(|(id, width)| (self.word(id), width)).into();
        if limited {
            columns.extend(
                [("compare-head-places", 10), ("compare-head-lacking", 12), ("compare-head-free", 12)]
                    .map(|(id, width)| (self.word(id), width)),
            );
        }
        // one category after the other, so that each has a stretch of rows that a chart can be made of
        let mut pairs: Vec<_> = self.pairs().collect();
        let mut categories: Vec<String> = Vec::new();
        for (_, category) in &pairs {
            if !categories.iter().any(|known| known == category.name.as_ref()) {
                categories.push(category.name.to_string());
            }
        }
        pairs.sort_by_key(|(_, category)| categories.iter().position(|known| known == category.name.as_ref()));
        let rows: Vec<Vec<Cell<'_>>> = pairs.iter().map(|(s, c)| self.overview_row(s, c, limited)).collect();
        self.sheets.table(sheet, line, &columns, &rows)?;
        let mut place = line + u32::try_from(rows.len()).unwrap_or(0) + 3;
        let mut first = line + 1;
        for category in &categories {
            let count = pairs.iter().filter(|(_, found)| found.name.as_ref() == category).count();
            let count = u32::try_from(count).unwrap_or(0);
            let range = (name.as_str(), first, first + count.saturating_sub(1));
            let chart = self.listed_chart(category, range, line, limited);
            sheet.insert_chart(place, 0, &chart)?;
            place += 19 + count;
            first += count;
        }
        for_paper(sheet);
        sheet.set_print_fit_to_pages(1, 0);
        Ok(())
    }

    fn overview_row(
        &self,
        scenario: &Compared<'_>,
        category: &CategoryComparison,
        limited: bool,
    ) -> Vec<Cell<'static>> {
        let moved = |way: Way| Cell::Count(category.moved(way).count());
        let (before, after) = category.listed;
        let mut cells = vec![
            Cell::Text(scenario.title.to_owned()),
            Cell::Text(category.name.to_string()),
            Cell::Count(before),
            Cell::Count(category.stayed),
            moved(Way::Entered),
            moved(Way::Left),
            Cell::Count(after),
            moved(Way::Opened),
            moved(Way::Settled),
        ];
        if limited {
            match scenario.capacities.of(&category.name) {
                None => cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]),
                Some(places) => {
                    let (lacking, free) = (after.saturating_sub(places), places.saturating_sub(after));
                    cells.extend([places, lacking, free].map(Cell::Count));
                }
            }
        }
        cells
    }

    /// Who stayed, entered and left, each with a pattern of its own; the places as a line across.
    fn listed_chart(&self, category: &str, (sheet, first, last): (&str, u32, u32), head: u32, limited: bool) -> Chart {
        let places = self.scenarios.iter().any(|scenario| scenario.capacities.of(category).is_some());
        let mut chart = Chart::new(if places { ChartType::ColumnStacked } else { ChartType::BarStacked });
        for (column, look) in [(3, Look::Solid), (4, Look::Hatched), (5, Look::Dotted)] {
            let series = chart.add_series();
            series.set_name((sheet, head, column));
            series.set_categories((sheet, first, 0, last, 0)).set_values((sheet, first, column, last, column));
            series.set_format(&mut look.format()).set_gap(60);
        }
        if places && limited {
            let mut line = Chart::new(ChartType::Line);
            let series = line.add_series();
            series.set_name((sheet, head, 9));
            series.set_categories((sheet, first, 0, last, 0)).set_values((sheet, first, 9, last, 9));
            series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(0x0000_0000).set_width(2.25)));
            chart.combine(&line);
        } else {
            chart.y_axis().set_reverse();
            chart.x_axis().set_min(0);
        }
        let name = [("category", crate::diagnostic::Argument::Text(category.to_owned()))];
        let title = self.speaker.say("compare-chart-listed", &name);
        chart.title().set_name(&title);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.set_alt_text(&title);
        let bars = last.saturating_sub(first) + 1;
        chart.set_width(860).set_height(if places { 340 } else { 160 + 22 * bars });
        chart
    }

    fn movers(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.word("sheet-movers");
        self.sheets.named(sheet, &name)?;
        let ids = [
            ("compare-head-scenario", 30),
            ("head-category", 12),
            ("document-head-code", 12),
            ("document-head-name", 36),
            ("compare-head-way", 22),
            ("compare-head-verdict-before", 16),
            ("compare-head-verdict-after", 16),
            ("compare-head-rule-before", 34),
            ("compare-head-rule-after", 34),
            ("compare-head-criteria", 70),
            ("compare-head-cause", 34),
        ];
        let columns = ids.map(|(id, width)| (self.word(id), width));
        let mut rows = Vec::new();
        for (scenario, category) in self.pairs() {
            for mover in &category.movers {
                let told = told(scenario, category, mover, self.speaker);
                let criteria: Vec<String> = told.turned.iter().map(|turned| turned.said(self.speaker)).collect();
                let mut cells = self.school(scenario, category, mover);
                cells.push(Cell::Text(self.way(mover.way())));
                cells.push(Cell::Text(verdict_said(mover.verdicts.0, self.speaker)));
                cells.push(Cell::Text(verdict_said(mover.verdicts.1, self.speaker)));
                cells.extend([told.rule.0, told.rule.1].map(|rule| rule.map_or(Cell::Empty, Cell::Text)));
                cells.push(Cell::Text(criteria.join("\n")));
                let causes = mover.causes.as_ref().filter(|_| !scenario.changes.is_empty());
                cells.push(
                    causes
                        .map_or(Cell::Empty, |causes| Cell::Text(cause(causes, scenario.changes.len(), self.speaker))),
                );
                rows.push(cells);
            }
        }
        self.sheets.table(sheet, 0, &columns, &rows)?;
        self.sheets.list(sheet, 0, 4)
    }

    /// Scenario, category, code and name.
    fn school(&self, scenario: &Compared<'_>, category: &CategoryComparison, mover: &Mover) -> Vec<Cell<'static>> {
        let name = mover.school.title.as_ref().map_or(Cell::Empty, |title| Cell::Text(title.to_string()));
        let texts = [scenario.title, category.name.as_ref(), mover.school.code.as_ref()];
        let mut cells: Vec<Cell<'static>> = texts.into_iter().map(|text| Cell::Text(text.to_owned())).collect();
        cells.push(name);
        cells
    }

    fn way(&self, way: Way) -> String {
        self.word(match way {
            Way::Entered => "compare-way-entered",
            Way::Left => "compare-way-left",
            Way::Opened => "compare-head-opened",
            Way::Settled => "compare-head-settled",
            Way::Other => "compare-way-other",
        })
    }

    fn criteria(&mut self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name = self.word("sheet-turned");
        self.sheets.named(sheet, &name)?;
        let ids = [
            ("compare-head-scenario", 30),
            ("head-category", 12),
            ("document-head-code", 12),
            ("document-head-name", 36),
            ("head-criterion", 10),
            ("compare-head-criterion-title", 36),
            ("compare-head-verdict-before", 15),
            ("compare-head-verdict-after", 15),
            ("compare-head-indicator", 30),
            ("compare-head-value-before", 12),
            ("compare-head-against-before", 12),
            ("compare-head-value-after", 12),
            ("compare-head-against-after", 12),
            ("compare-head-ground-before", 44),
            ("compare-head-ground-after", 44),
        ];
        let columns = ids.map(|(id, width)| (self.word(id), width));
        let all: Vec<_> = self
            .pairs()
            .flat_map(|(scenario, category)| category.movers.iter().map(move |mover| (scenario, category, mover)))
            .map(|(scenario, category, mover)| {
                (scenario, category, mover, told(scenario, category, mover, self.speaker))
            })
            .collect();
        let mut rows = Vec::new();
        for (scenario, category, mover, told) in &all {
            for turned in &told.turned {
                let word = |verdict: Option<_>| match verdict {
                    Some(verdict) => self.word(criterion_word(verdict)),
                    None => self.word("compare-not-there"),
                };
                let (before, after) = (&turned.facts.0, &turned.facts.1);
                for at in 0..before.len().max(after.len()).max(1) {
                    let (first, second) = (before.get(at), after.get(at));
                    let mut cells = self.school(scenario, category, mover);
                    cells.push(Cell::Text(turned.number.to_string()));
                    cells.push(turned.title.as_ref().map_or(Cell::Empty, |title| Cell::Text(title.to_string())));
                    cells.push(Cell::Text(word(turned.verdicts.0)));
                    cells.push(Cell::Text(word(turned.verdicts.1)));
                    cells.push(second.or(first).map_or(Cell::Empty, |fact| Cell::Text(fact.name.clone())));
                    cells.extend(fact_cells(first));
                    cells.extend(fact_cells(second));
                    let grounds = [&turned.grounds.0, &turned.grounds.1];
                    cells.extend(grounds.map(|ground| ground.clone().map_or(Cell::Empty, Cell::Text)));
                    rows.push(cells);
                }
            }
        }
        self.sheets.table(sheet, 0, &columns, &rows)?;
        self.sheets.list(sheet, 0, 4)
    }

    /// Titles of the ways to divide the schools, in order.
    fn divisions(&self) -> Vec<(String, By)> {
        let mut found: Vec<(String, By)> = Vec::new();
        for division in self.scenarios.iter().flat_map(|scenario| scenario.divisions.0) {
            let key = (division.title.clone(), division.by);
            if !found.contains(&key) {
                found.push(key);
            }
        }
        found
    }

    fn division(&mut self, sheet: &mut Worksheet, title: &str, by: By) -> Result<(), XlsxError> {
        let name = self.sheets.named(sheet, title)?;
        let ids = [
            ("compare-head-schools", 10),
            ("compare-head-before", 10),
            ("compare-head-entered", 10),
            ("compare-head-left", 10),
            ("compare-head-after", 10),
            ("compare-head-share-before", 10),
            ("compare-head-share-after", 10),
        ];
        let mut columns = vec![(self.word("compare-head-scenario"), 32), (self.word("head-category"), 12)];
        columns.push((title.to_owned(), 46));
        columns.extend(ids.map(|(id, width)| (self.word(id), width)));
        let mut rows = Vec::new();
        let mut charts = Vec::new();
        for (scenario, category) in self.pairs() {
            let found = counted(scenario, category);
            let found = found.iter().find(|counted| counted.title == title && counted.by == by);
            let Some(Counted { parts, .. }) = found else { continue };
            let first = u32::try_from(rows.len()).unwrap_or(0) + 1;
            for part in parts {
                rows.push(self.part(scenario, category, part));
            }
            let moved = parts.iter().any(|part| part.entered + part.left > 0);
            let fits = (1..=MOST_BARS).contains(&parts.len()) && charts.len() < MOST_CHARTS;
            if by == By::Place && moved && fits {
                let last = u32::try_from(rows.len()).unwrap_or(0);
                let most = parts.iter().map(|part| part.entered.max(part.left)).max().unwrap_or(0);
                let (mut chart, bars) = self.moved_chart(scenario, category, (name.as_str(), first, last));
                // schools are whole
                if most <= 12 {
                    chart.x_axis().set_major_unit(1);
                }
                charts.push((chart, bars));
            }
        }
        self.sheets.table(sheet, 0, &columns, &rows)?;
        let mut place = 1;
        for (chart, bars) in &charts {
            sheet.insert_chart(place, 11, chart)?;
            place += 9 + bars;
        }
        self.sheets.list(sheet, 0, 3)
    }

    fn part(&self, scenario: &Compared<'_>, category: &CategoryComparison, part: &Part<'_>) -> Vec<Cell<'static>> {
        let name = part.name.map_or_else(|| self.word("group-none"), str::to_owned);
        let texts = [scenario.title.to_owned(), category.name.to_string(), name];
        let mut cells: Vec<Cell<'static>> = texts.into_iter().map(Cell::Text).collect();
        cells.extend([part.schools.1, part.listed.0, part.entered, part.left, part.listed.1].map(Cell::Count));
        let (before, after) = part.shares();
        cells.extend([Cell::Share(before), Cell::Share(after)]);
        cells
    }

    /// Who entered and left by place, and how many bars there are.
    fn moved_chart(
        &self,
        scenario: &Compared<'_>,
        category: &CategoryComparison,
        (sheet, first, last): (&str, u32, u32),
    ) -> (Chart, u32) {
        let mut chart = Chart::new(ChartType::Bar);
        for (column, look) in [(5, Look::Hatched), (6, Look::Dotted)] {
            let series = chart.add_series();
            series.set_name((sheet, 0, column));
            series.set_categories((sheet, first, 2, last, 2)).set_values((sheet, first, column, last, column));
            series.set_format(&mut look.format()).set_gap(40);
        }
        let text = |text: &str| crate::diagnostic::Argument::Text(text.to_owned());
        let arguments = [("scenario", text(scenario.title)), ("category", text(category.name.as_ref()))];
        let title = self.speaker.say("compare-chart-places", &arguments);
        chart.title().set_name(&title);
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.y_axis().set_reverse();
        chart.x_axis().set_min(0);
        chart.set_alt_text(&title);
        let bars = last.saturating_sub(first) + 1;
        chart.set_width(620).set_height(140 + 20 * bars);
        (chart, bars)
    }
}

/// The value and what it was held against.
fn fact_cells(fact: Option<&Fact>) -> [Cell<'_>; 2] {
    let Some(fact) = fact else { return [Cell::Empty, Cell::Empty] };
    let against = fact.against.as_ref().map_or(Cell::Empty, |(value, kind)| Cell::Value(value, kind));
    [Cell::Value(&fact.value, &fact.kind), against]
}
