//! Sheets of a workbook that several reports have in common: tables with a filter, and native charts made of their cells.
//!
//! Knows the workbook library and no report. Every number is a cell of its kind, so that it can be sorted, filtered and counted on.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartPatternFill, ChartPatternFillType,
    ChartSeries, ChartSolidFill, ChartType, ConditionalFormat2ColorScale, DocProperties, ExcelDateTime, FormatAlign,
    Workbook, Worksheet, XlsxError,
};

use super::{Formats, HEADER_HEIGHT, MOST_ROWS, for_paper, write_number, write_text, write_value};
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::report::page::{Block, plain};
use crate::value::{Type, Unit, Value};

/// A cell of a table.
#[derive(Debug, Clone)]
pub(super) enum Cell<'a> {
    Text(String),
    Count(usize),
    /// So many to the left of a line: shown without a sign.
    Minus(usize),
    /// A number with its unit, or why there is none.
    Value(&'a Value, &'a Type),
    Number(Number, Unit),
    Share(Option<Number>),
    Empty,
}

impl Cell<'_> {
    pub fn text(text: impl Into<String>) -> Cell<'static> {
        Cell::Text(text.into())
    }

    pub fn number(number: Option<&Number>, unit: &Unit) -> Cell<'static> {
        number.map_or(Cell::Empty, |number| Cell::Number(number.clone(), unit.clone()))
    }
}

/// Titles of columns with their widths.
pub(super) type Columns = Vec<(String, u16)>;

/// A sheet with one table.
#[derive(Debug, Default)]
pub(super) struct Tab<'a> {
    pub name: String,
    /// What stands above the table: a title first.
    pub lead: Vec<String>,
    pub columns: Columns,
    pub rows: Vec<Vec<Cell<'a>>>,
    /// Columns that stay in view.
    pub frozen: u16,
    pub graphs: Vec<Graph>,
    /// Columns of numbers that are the darker the greater they are.
    pub shaded: Option<(u16, u16)>,
}

/// A chart of cells of the sheet that it stands on.
#[derive(Debug)]
pub(super) struct Graph {
    pub kind: GraphKind,
    pub title: String,
    /// What the lower axis and the other one show; empty: nothing is said.
    pub axes: [String; 2],
    /// The lower axis is one of percentages.
    pub percent: bool,
    pub parts: Vec<GraphPart>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GraphKind {
    /// Bars from left to right, parts one after the other.
    Bars,
    /// Columns, parts side by side.
    Columns,
    /// Columns, parts one upon the other.
    Stacks,
    Line,
    /// Points at their places on both axes, joined by lines.
    Path,
}

/// One part of a chart: rows of the table, the first and the last, counted from 0.
#[derive(Debug, Clone)]
pub(super) struct GraphPart {
    pub name: String,
    pub rows: (usize, usize),
    pub along: u16,
    pub values: u16,
    pub look: Look,
}

/// How the parts of a chart look: by pattern as well as by colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Solid,
    Hatched,
    Dotted,
    Light,
    Line,
    Dashed,
}

impl Look {
    pub fn format(self) -> ChartFormat {
        let mut format = ChartFormat::new();
        let dark = 0x0040_4040;
        match self {
            Look::Line => return format.set_line(ChartLine::new().set_color(0x0025_5A8A).set_width(2.25)).clone(),
            Look::Dashed => {
                let line =
                    ChartLine::new().set_color(dark).set_width(1.5).set_dash_type(ChartLineDashType::Dash).clone();
                return format.set_line(&line).clone();
            }
            _ => {}
        }
        format.set_border(ChartLine::new().set_color(dark).set_width(0.75));
        let pattern = |pattern, colour: u32| {
            let mut fill = ChartPatternFill::new();
            fill.set_pattern(pattern).set_foreground_color(colour).set_background_color(0x00FF_FFFF);
            fill
        };
        match self {
            Look::Hatched => {
                format.set_pattern_fill(&pattern(ChartPatternFillType::DiagonalStripesWideUpwards, 0x00CF_5B3F))
            }
            Look::Dotted => format.set_pattern_fill(&pattern(ChartPatternFillType::Dotted20Percent, dark)),
            Look::Light => format.set_solid_fill(ChartSolidFill::new().set_color(0x00DD_E4EA)),
            _ => format.set_solid_fill(ChartSolidFill::new().set_color(0x006D_8AA6)),
        };
        format
    }
}

/// Height of a line of text, and lines of one row.
const LINE: u32 = 15;
const MOST_LINES: u32 = 25;
/// Columns together, in characters, that leave no room for charts beside them on a screen.
const WIDE: u32 = 110;
/// Rows of a sheet below what stands above its table.
pub(super) const MOST_TABLE_ROWS: usize = MOST_ROWS - 100;

/// The lines that the texts of a row take: nothing else sees to it before the sheet is opened.
fn lines(cells: &[Cell<'_>], columns: &[(String, u16)]) -> u32 {
    let of = |(cell, (_, width)): (&Cell<'_>, &(String, u16))| match cell {
        Cell::Text(text) => {
            let line = |line: &str| line.chars().count() / usize::from(*width).max(1) + 1;
            text.split('\n').map(line).sum()
        }
        _ => 1,
    };
    u32::try_from(cells.iter().zip(columns).map(of).max().unwrap_or(1)).unwrap_or(1)
}

/// Numbers stand at the top of their row, as the texts beside them do.
fn formats() -> Formats {
    let formats = Formats::new();
    Formats {
        number: formats.number.set_align(FormatAlign::Top),
        percent: formats.percent.set_align(FormatAlign::Top),
        ..formats
    }
}

pub(super) fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

fn line_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A workbook with a title whose bytes depend on its cells alone.
pub(super) fn titled(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    Ok(workbook)
}

/// The paragraphs and notices of a head, a line each.
pub(super) fn said(head: &[Block]) -> Vec<String> {
    let line = |block: &Block| match block {
        Block::Paragraph(line) => Some(plain(line)),
        Block::Notice(text) => Some(text.clone()),
        _ => None,
    };
    head.iter().filter_map(line).collect()
}

/// A workbook of sheets with a table each.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub(super) fn workbook(title: &str, tabs: &[Tab<'_>], speaker: &Speaker) -> Result<Vec<u8>, String> {
    let build = || {
        let mut workbook = titled(title)?;
        let mut sheets = Sheets::new(speaker);
        for tab in tabs {
            let name = sheets.tab(workbook.add_worksheet(), tab)?;
            if tab.is_wide() && !tab.graphs.is_empty() {
                sheets.graphs_of(workbook.add_worksheet(), tab, &name)?;
            }
        }
        workbook.save_to_buffer()
    };
    build().map_err(|error: XlsxError| error.to_string())
}

/// What the sheets of one workbook share.
pub(super) struct Sheets<'a> {
    speaker: &'a Speaker,
    pub formats: Formats,
    /// Names of sheets that are taken.
    names: BTreeSet<String>,
}

impl<'a> Sheets<'a> {
    pub fn new(speaker: &'a Speaker) -> Sheets<'a> {
        Sheets { speaker, formats: formats(), names: BTreeSet::new() }
    }

    /// A name that the format takes, and that no other sheet has.
    pub fn named(&mut self, sheet: &mut Worksheet, name: &str) -> Result<String, XlsxError> {
        let clean = |c: char| if "[]:*?/\\'".contains(c) { ' ' } else { c };
        let name: String = name.chars().map(clean).take(31).collect();
        let mut unique = name.trim().to_owned();
        let mut number = 2;
        while unique.is_empty() || !self.names.insert(unique.to_lowercase()) {
            unique = format!("{} {number}", name.chars().take(27).collect::<String>().trim());
            number += 1;
        }
        sheet.set_name(&unique)?;
        Ok(unique)
    }

    /// A header with a filter that stays in view, and the rows below it.
    pub fn table(
        &self,
        sheet: &mut Worksheet,
        start: u32,
        columns: &[(String, u16)],
        rows: &[Vec<Cell<'_>>],
    ) -> Result<(), XlsxError> {
        for (at, (header, width)) in columns.iter().enumerate() {
            write_text(sheet, start, column(at), header, &self.formats.header)?;
            sheet.set_column_width(column(at), *width)?;
        }
        sheet.set_row_height(start, HEADER_HEIGHT)?;
        let mut line = start;
        for cells in rows {
            line += 1;
            sheet.set_row_height(line, LINE * lines(cells, columns).min(MOST_LINES))?;
            for (at, cell) in cells.iter().enumerate() {
                self.cell(sheet, line, column(at), cell)?;
            }
        }
        let last = column(columns.len().saturating_sub(1));
        sheet.autofilter(start, 0, line.max(start + 1), last)?;
        Ok(())
    }

    fn cell(&self, sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell<'_>) -> Result<(), XlsxError> {
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        match cell {
            Cell::Empty | Cell::Share(None) => Ok(()),
            Cell::Text(text) => write_text(sheet, row, column, text, &self.formats.wide),
            Cell::Count(number) => write_value(sheet, row, column, count(*number), &self.formats.number),
            Cell::Minus(number) => {
                let unsigned = self.formats.number.clone().set_num_format("#,##0;#,##0");
                write_value(sheet, row, column, -count(*number), &unsigned)
            }
            Cell::Value(Value::Number(number), Type::Number(unit)) => {
                write_number(sheet, row, column, number, unit, &self.formats)
            }
            Cell::Value(value, kind) => {
                let said = self.speaker.value(value, kind, Precision::Full);
                write_text(sheet, row, column, &said, &self.formats.wide)
            }
            Cell::Number(number, unit) => write_number(sheet, row, column, number, unit, &self.formats),
            Cell::Share(Some(share)) => write_number(sheet, row, column, share, &Unit::Percent, &self.formats),
        }
    }

    /// What stands above a table: a title, then lines. Gives the line after it.
    pub fn lead(&self, sheet: &mut Worksheet, title: &str, lines: &[String]) -> Result<u32, XlsxError> {
        write_text(sheet, 0, 0, title, &self.formats.title)?;
        for (at, line) in lines.iter().enumerate() {
            write_text(sheet, line_of(at + 1), 0, line, &self.formats.text)?;
        }
        Ok(line_of(lines.len() + 2))
    }

    /// A long list: the header and the columns that name a school stay in view and on every page.
    pub fn list(&self, sheet: &mut Worksheet, header: u32, columns: u16) -> Result<(), XlsxError> {
        sheet.set_freeze_panes(header + 1, columns)?;
        for_paper(sheet);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(header, header).map(drop)
    }

    /// Gives the name of the sheet.
    fn tab(&mut self, sheet: &mut Worksheet, tab: &Tab<'_>) -> Result<String, XlsxError> {
        let name = self.named(sheet, &tab.name)?;
        let header = tab.header();
        if let [title, lines @ ..] = tab.lead.as_slice() {
            self.lead(sheet, title, lines)?;
        }
        self.table(sheet, header, &tab.columns, &tab.rows)?;
        if let Some((first, last)) = tab.shaded.filter(|_| !tab.rows.is_empty()) {
            let shades = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("6D8AA6");
            sheet.add_conditional_format(header + 1, first, header + line_of(tab.rows.len()), last, &shades)?;
        }
        if !tab.is_wide() {
            // beside the table, below the header that every page repeats
            tab.draw(sheet, &name, (header + 1, column(tab.columns.len() + 1)))?;
        }
        self.list(sheet, header, tab.frozen)?;
        Ok(name)
    }

    /// The charts of a table that leaves no room beside it.
    fn graphs_of(&mut self, sheet: &mut Worksheet, tab: &Tab<'_>, table: &str) -> Result<(), XlsxError> {
        self.named(sheet, &format!("{}. {}", self.speaker.word("sheet-chart"), tab.name))?;
        for_paper(sheet);
        sheet.set_print_fit_to_pages(1, 0);
        tab.draw(sheet, table, (0, 0))
    }
}

impl Tab<'_> {
    /// The line of the header.
    fn header(&self) -> u32 {
        if self.lead.is_empty() { 0 } else { line_of(self.lead.len() + 1) }
    }

    fn is_wide(&self) -> bool {
        self.columns.iter().map(|(_, width)| u32::from(*width)).sum::<u32>() > WIDE
    }

    /// The charts one below the other. `table`: the sheet of their cells.
    fn draw(&self, sheet: &mut Worksheet, table: &str, (mut place, column): (u32, u16)) -> Result<(), XlsxError> {
        for graph in &self.graphs {
            let (chart, height) = graph.chart(table, self.header() + 1);
            sheet.insert_chart(place, column, &chart)?;
            // a row is at least as high as a line of text, which takes 20 points of the screen
            place += height / 20 + 2;
        }
        Ok(())
    }
}

impl Graph {
    /// The chart and its height. `first`: the line of the first row.
    fn chart(&self, sheet: &str, first: u32) -> (Chart, u32) {
        let mut chart = Chart::new(match self.kind {
            GraphKind::Bars => ChartType::BarStacked,
            GraphKind::Columns => ChartType::Column,
            GraphKind::Stacks => ChartType::ColumnStacked,
            GraphKind::Line => ChartType::Line,
            GraphKind::Path => ChartType::ScatterStraight,
        });
        let mut longest = 0;
        for part in &self.parts {
            let (from, to) = (first + line_of(part.rows.0), first + line_of(part.rows.1));
            longest = longest.max(to - from + 1);
            let mut series = ChartSeries::new();
            series.set_name(part.name.as_str());
            series.set_categories((sheet, from, part.along, to, part.along));
            series.set_values((sheet, from, part.values, to, part.values));
            series.set_format(&mut part.look.format());
            if self.kind == GraphKind::Bars || self.kind == GraphKind::Stacks {
                series.set_gap(40).set_overlap(100);
            }
            chart.push_series(&series);
        }
        let [below, beside] = &self.axes;
        if !below.is_empty() {
            chart.x_axis().set_name(below);
        }
        if !beside.is_empty() {
            chart.y_axis().set_name(beside);
        }
        if self.kind == GraphKind::Bars {
            // the first row on top, and its words beside all bars
            chart.y_axis().set_reverse().set_label_position(rust_xlsxwriter::ChartAxisLabelPosition::Low);
            chart.x_axis().set_num_format("#,##0;#,##0");
        }
        if self.percent {
            chart.x_axis().set_num_format("0%");
        }
        chart.title().set_name(&self.title);
        if self.parts.len() > 1 {
            chart.legend().set_position(ChartLegendPosition::Bottom);
        } else {
            chart.legend().set_hidden();
        }
        chart.set_alt_text(&self.title);
        let height = if self.kind == GraphKind::Bars { 160 + 26 * longest.min(60) } else { 380 };
        chart.set_width(760).set_height(height);
        (chart, height)
    }
}
