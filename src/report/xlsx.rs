//! The list of schools and the summary as an Excel workbook, and papers as sheets of one.
//!
//! The only file that knows the workbook library. Numbers are cells of numbers (the format holds floating point), texts
//! are texts even where they look like a formula. The creation date is fixed: equal lists give equal bytes.

pub mod comparison;
pub mod history;
pub mod plane;
pub mod quality;
mod sheets;
pub mod stability;
mod steps;
pub mod sweep;
pub mod table;
pub mod threshold;

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::document::{Document, Grid, Part, Signature};
use super::list::{Cell, List};
use super::page::{Block, Page, Table, plain};
use super::words::Words;
use crate::decision::Verdict;
use crate::diagnostic::{Diagnostic, program};
use crate::location::Place;
use crate::messages::Speaker;
use crate::number::Number;
use crate::number::format::{decimal_text, exact_digits};
use crate::value::Unit;

/// Rows that a sheet holds below its header.
const MOST_ROWS: usize = 1_048_575;

/// What is wrong with a list that no sheet holds.
pub fn too_long(schools: usize) -> Option<Diagnostic> {
    let problem = || Diagnostic::new(program::TOO_MANY_ROWS_FOR_SHEET, Place::Nowhere);
    (schools > MOST_ROWS).then(|| problem().count("count", schools).count("most", MOST_ROWS))
}

/// The workbook as bytes: the list on the first sheet, the tables of the summary on the second.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(list: &List<'_>, summary: &Page, speaker: &Speaker) -> Result<Vec<u8>, String> {
    build(list, summary, speaker).map_err(|error| error.to_string())
}

fn build(list: &List<'_>, summary: &Page, speaker: &Speaker) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let formats = Formats::new();
    let purpose = super::publication::said(list.minimum_cohort, speaker);
    let sheet = workbook.add_worksheet();
    sheet.set_footer(format!("&C{purpose}"));
    write_list(sheet, list, speaker, &formats)?;
    write_summary(workbook.add_worksheet(), summary, speaker, &formats)?;
    workbook.save_to_buffer()
}

struct Formats {
    header: Format,
    header_right: Format,
    text: Format,
    number: Format,
    percent: Format,
    met: Format,
    not_met: Format,
    open: Format,
    date: Format,
    title: Format,
    wide: Format,
    notice: Format,
    /// Rounded numbers, which are texts here.
    right: Format,
}

impl Formats {
    fn new() -> Formats {
        let fill = |colour: u32| Format::new().set_background_color(colour);
        let header = fill(0x00E8_EEF4).set_bold().set_text_wrap().set_align(FormatAlign::Top);
        Formats {
            header_right: header.clone().set_align(FormatAlign::Right),
            header,
            text: Format::new(),
            number: Format::new().set_num_format("#,##0.####"),
            percent: Format::new().set_num_format("0.##%"),
            met: fill(0x00F8_D7C4),
            not_met: Format::new(),
            open: fill(0x00FF_F3C4),
            date: Format::new().set_num_format("dd.mm.yyyy"),
            title: Format::new().set_bold().set_font_size(13),
            wide: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            right: Format::new().set_align(FormatAlign::Right),
            notice: fill(0x00FF_F3C4).set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn of(&self, verdict: Verdict) -> &Format {
        match verdict {
            Verdict::Met => &self.met,
            Verdict::Undetermined(_) => &self.open,
            _ => &self.not_met,
        }
    }
}

fn write_list(sheet: &mut Worksheet, list: &List<'_>, speaker: &Speaker, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(speaker.word("sheet-list"))?;
    let words = Words::new(speaker);
    for (at, column) in list.columns.iter().enumerate() {
        let at = u16::try_from(at).unwrap_or(u16::MAX);
        write_text(sheet, 0, at, &column.header, &formats.header)?;
        let longest =
            (0..list.schools.min(200)).map(|row| width(&column.cell(row, speaker), &words)).max().unwrap_or(8);
        // a header has three lines
        let header = column.header.chars().count();
        let wide = longest.max(header.min(18)).max(header / 3) + 2;
        sheet.set_column_width(at, u16::try_from(wide.clamp(8, 60)).unwrap_or(60))?;
    }
    for row in 0..list.schools.min(MOST_ROWS) {
        let line = u32::try_from(row + 1).unwrap_or(u32::MAX);
        for (at, column) in list.columns.iter().enumerate() {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            write_cell(sheet, line, at, &column.cell(row, speaker), &column.unit, &words, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_row_height(0, HEADER_HEIGHT)?;
    for_paper(sheet);
    sheet.set_print_scale(60);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_repeat_columns(0, 1)?;
    let last_column = u16::try_from(list.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = u32::try_from(list.schools.min(MOST_ROWS)).unwrap_or(0);
    if !list.columns.is_empty() {
        sheet.autofilter(0, 0, last_row, last_column)?;
    }
    Ok(())
}

/// A name of a sheet that the format takes, and that no other sheet has.
fn named(name: &str, taken: &mut BTreeSet<String>) -> String {
    let clean = |c: char| if "[]:*?/\\'".contains(c) { ' ' } else { c };
    let name: String = name.chars().map(clean).take(31).collect();
    let mut unique = name.trim().to_owned();
    let mut number = 2;
    while unique.is_empty() || !taken.insert(unique.to_lowercase()) {
        unique = format!("{} {number}", name.chars().take(27).collect::<String>().trim());
        number += 1;
    }
    unique
}

/// Three lines of a header.
const HEADER_HEIGHT: u32 = 48;

/// A4 on its side with narrow margins.
fn for_paper(sheet: &mut Worksheet) {
    sheet.set_landscape().set_paper_size(9).set_margins(0.4, 0.4, 0.5, 0.5, 0.3, 0.3);
}

fn width(cell: &Cell<'_>, words: &Words) -> usize {
    let word = match cell {
        Cell::Text(text) => text,
        Cell::Empty => "",
        Cell::Fraction(..) | Cell::Number(_) | Cell::Date(_) => return 10,
        Cell::Truth(truth) => words.truth(*truth),
        Cell::Category(verdict) => words.category(*verdict),
        Cell::Group(verdict) => words.group(*verdict),
        Cell::Criterion(verdict) => words.criterion(*verdict),
        Cell::Absent(reasons) => words.reasons(*reasons),
    };
    word.chars().count()
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    unit: &Unit,
    words: &Words,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => write_text(sheet, row, column, text, &formats.text)?,
        Cell::Fraction(numerator, denominator) => {
            if let Some(number) = Number::ratio(*numerator, *denominator) {
                write_number(sheet, row, column, &number, unit, formats)?;
            }
        }
        Cell::Number(number) => write_number(sheet, row, column, number, unit, formats)?,
        Cell::Truth(truth) => write_text(sheet, row, column, words.truth(*truth), &formats.text)?,
        Cell::Date(date) => {
            let year = u16::try_from(date.year()).unwrap_or(0);
            let (month, day) = (u8::try_from(date.month()).unwrap_or(1), u8::try_from(date.day()).unwrap_or(1));
            match ExcelDateTime::from_ymd(year, month, day) {
                Ok(date) => sheet.write_datetime_with_format(row, column, &date, &formats.date).map(drop)?,
                // before 1900 a sheet has no dates
                Err(_) => write_text(sheet, row, column, &date.to_string(), &formats.text)?,
            }
        }
        Cell::Category(verdict) => write_text(sheet, row, column, words.category(*verdict), formats.of(*verdict))?,
        Cell::Group(verdict) => write_text(sheet, row, column, words.group(*verdict), formats.of(*verdict))?,
        Cell::Criterion(verdict) => write_text(sheet, row, column, words.criterion(*verdict), formats.of(*verdict))?,
        Cell::Absent(reasons) => write_text(sheet, row, column, words.reasons(*reasons), &formats.text)?,
    }
    Ok(())
}

fn write_number(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    number: &Number,
    unit: &Unit,
    formats: &Formats,
) -> Result<(), XlsxError> {
    // through text: the nearest number that the format can hold
    let (text, _) = decimal_text(number, exact_digits(number, 0, 15), '.');
    let Ok(value) = text.replace('−', "-").parse() else { return Ok(()) };
    let format = match unit {
        Unit::Percent => &formats.percent,
        _ => &formats.number,
    };
    // a difference of percentages has no format of its own: shown in points
    if *unit == Unit::PercentagePoint {
        let points = number.multiply(&Number::from_integer(unit.shown_factor()));
        let (text, _) = decimal_text(&points, exact_digits(&points, 0, 15), '.');
        let Ok(value) = text.replace('−', "-").parse() else { return Ok(()) };
        return write_value(sheet, row, column, value, format);
    }
    write_value(sheet, row, column, value, format)
}

fn write_value(sheet: &mut Worksheet, row: u32, column: u16, value: f64, format: &Format) -> Result<(), XlsxError> {
    sheet.write_number_with_format(row, column, value, format).map(drop)
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    // a cell holds 32,767 characters
    let text: String = text.chars().take(32_767).collect();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        let quoted = Format::new().set_quote_prefix();
        return sheet.write_string_with_format(row, column, text, &format.merge(&quoted)).map(drop);
    }
    sheet.write_string_with_format(row, column, text, format).map(drop)
}

fn write_summary(sheet: &mut Worksheet, page: &Page, speaker: &Speaker, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(speaker.word("sheet-summary"))?;
    sheet.set_column_width(0, 60)?;
    for column in 1..8 {
        sheet.set_column_width(column, 18)?;
    }
    for_paper(sheet);
    sheet.set_print_fit_to_pages(1, 0);
    let mut row = 0;
    write_text(sheet, row, 0, &page.title, &formats.title)?;
    row += 2;
    for block in &page.blocks {
        match block {
            Block::Heading(text) => write_text(sheet, row, 0, text, &formats.title)?,
            Block::Paragraph(line) => write_wide(sheet, row, &plain(line), &formats.wide)?,
            Block::Notice(text) => write_wide(sheet, row, text, &formats.notice)?,
            Block::Table(table) => row = write_table(sheet, row, table, formats)?,
            Block::Bars(_)
            | Block::Steps(_)
            | Block::Flow(_)
            | Block::Field(_)
            | Block::Picture(_)
            | Block::Tornado(_)
            | Block::Strip(_)
            | Block::Tree(_) => continue,
            Block::Section(_) | Block::Folded(_) | Block::Schools(_) => continue,
        }
        row += 1;
    }
    Ok(())
}

/// A text over the whole width of the tables, in as many lines as it takes.
fn write_wide(sheet: &mut Worksheet, row: u32, text: &str, format: &Format) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, LAST_COLUMN, "", format)?;
    write_text(sheet, row, 0, text, format)?;
    let lines = u32::try_from(text.chars().count() / CHARACTERS_OF_LINE).unwrap_or(0) + 1;
    sheet.set_row_height(row, 16 * lines.min(20)).map(drop)
}

/// The last column of the widest table of a summary, and what fits into one line over all of them.
const LAST_COLUMN: u16 = 7;
const CHARACTERS_OF_LINE: usize = 165;

/// The row after the table.
fn write_table(sheet: &mut Worksheet, start: u32, table: &Table, formats: &Formats) -> Result<u32, XlsxError> {
    let mut row = start;
    if !table.title.is_empty() {
        write_text(sheet, row, 0, &table.title, &formats.title)?;
        row += 1;
    }
    for (at, header) in table.headers.iter().enumerate() {
        let format = if header.number { &formats.header_right } else { &formats.header };
        write_text(sheet, row, u16::try_from(at).unwrap_or(u16::MAX), &header.text, format)?;
    }
    row += u32::from(!table.headers.is_empty());
    for line in &table.rows {
        for (at, piece) in line.iter().enumerate() {
            let column = u16::try_from(at).unwrap_or(u16::MAX);
            let is_number = table.headers.get(at).is_some_and(|h| h.number);
            match piece.text.parse::<u32>() {
                Ok(count) if is_number => sheet.write_number(row, column, count).map(drop)?,
                _ if is_number => write_text(sheet, row, column, &piece.text, &formats.right)?,
                _ => write_text(sheet, row, column, &piece.text, &formats.wide)?,
            }
        }
        row += 1;
    }
    Ok(row)
}

/// Width of a sheet of a paper, in characters of its columns together.
const PAPER_WIDTH: usize = 150;
/// Columns of a paper where no table says how many.
const PAPER_COLUMNS: u16 = 6;

/// A paper as a workbook: a sheet for each of its parts that is one.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn paper(paper: &Document) -> Result<Vec<u8>, String> {
    let mut sheets: Vec<(&str, Vec<&Part>)> = Vec::new();
    for part in &paper.parts {
        match (part, sheets.last_mut()) {
            (Part::Sheet(name), _) => sheets.push((name, Vec::new())),
            (part, Some((_, parts))) => parts.push(part),
            (part, None) => sheets.push(("1", vec![part])),
        }
    }
    let build = || {
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_title(&paper.title).set_creation_datetime(&created));
        for (at, (name, parts)) in sheets.iter().enumerate() {
            let sheet = workbook.add_worksheet();
            sheet.set_footer(format!("&C{}", paper.footer));
            let mut sheet = PaperSheet::new(sheet, parts)?;
            if at == 0 {
                let text = sheet.text.clone();
                sheet.wide(&paper.footer, &text)?;
            }
            sheet.write(name, parts)?;
        }
        workbook.save_to_buffer()
    };
    build().map_err(|error: XlsxError| error.to_string())
}

/// One sheet of a paper, filled from the top.
struct PaperSheet<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    /// Widths of the columns in characters.
    widths: Vec<usize>,
    /// The first header of a table as wide as the sheet: repeated on every page.
    header: Option<u32>,
    text: Format,
    bold: Format,
    title: Format,
    number: Format,
    cell: Format,
    head: Format,
}

impl<'a> PaperSheet<'a> {
    /// As many columns as the widest table has.
    fn new(sheet: &'a mut Worksheet, parts: &[&Part]) -> Result<PaperSheet<'a>, XlsxError> {
        let grids = parts.iter().filter_map(|part| match part {
            Part::Grid(grid) => Some(grid),
            _ => None,
        });
        let widest = grids.max_by_key(|grid| grid.columns.len());
        let widths = widest.map_or_else(|| vec![25; usize::from(PAPER_COLUMNS)], |grid| grid.widths(PAPER_WIDTH));
        for (at, width) in widths.iter().enumerate() {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            sheet.set_column_width(at, u16::try_from((*width).max(6)).unwrap_or(60))?;
        }
        let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let text = font().set_text_wrap().set_align(FormatAlign::Top);
        let cell = text.clone().set_border(FormatBorder::Thin);
        Ok(PaperSheet {
            sheet,
            row: 0,
            widths,
            header: None,
            bold: text.clone().set_bold(),
            title: text.clone().set_bold().set_font_size(14).set_align(FormatAlign::Center),
            number: cell.clone().set_align(FormatAlign::Right),
            head: cell
                .clone()
                .set_bold()
                .set_background_color(0x00E8_EEF4)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter),
            cell,
            text,
        })
    }

    fn write(mut self, name: &str, parts: &[&Part]) -> Result<(), XlsxError> {
        self.sheet.set_name(name)?;
        for part in parts {
            match part {
                Part::Title(lines) => {
                    for (at, line) in lines.iter().enumerate() {
                        let line = if at == 0 { line.to_uppercase() } else { line.clone() };
                        self.wide(&line, &self.title.clone())?;
                    }
                }
                Part::Heading(text) => {
                    self.row += 1;
                    self.wide(text, &self.bold.clone())?;
                }
                Part::Notice(text) => self.wide(text, &self.bold.clone())?,
                Part::Paragraph(text) => self.wide(text, &self.text.clone())?,
                Part::Addressee(lines) | Part::Items(lines) => {
                    for line in lines {
                        self.wide(line, &self.text.clone())?;
                    }
                }
                Part::Grid(grid) => self.grid(grid)?,
                Part::Signatures(signatures) => self.signatures(signatures)?,
                Part::Bars(_) | Part::Sheet(_) => {}
            }
        }
        self.sheet.set_landscape().set_paper_size(9).set_margins(1.18, 0.39, 0.79, 0.79, 0.39, 0.39);
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_header("&C&P");
        if let Some(header) = self.header {
            self.sheet.set_repeat_rows(header, header)?;
        }
        Ok(())
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// A text over these columns, in as many lines as it takes.
    fn over(&mut self, (first, last): (u16, u16), text: &str, format: &Format) -> Result<(), XlsxError> {
        if last > first {
            self.sheet.merge_range(self.row, first, self.row, last, "", format)?;
        }
        write_text(self.sheet, self.row, first, text, format)
    }

    fn wide(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.over((0, self.last_column()), text, format)?;
        let lines = text.chars().count() / self.widths.iter().sum::<usize>().max(1);
        let lines = u32::try_from(lines).unwrap_or(0) + 1;
        self.sheet.set_row_height(self.row, 18 * lines.min(20))?;
        self.row += 1;
        Ok(())
    }

    fn grid(&mut self, grid: &Grid) -> Result<(), XlsxError> {
        if !grid.title.is_empty() {
            self.wide(&grid.title, &self.bold.clone())?;
        }
        let is_first = self.header.is_none() && grid.columns.len() == self.widths.len();
        self.header = if is_first { Some(self.row) } else { self.header };
        for (at, column) in grid.columns.iter().enumerate() {
            write_text(self.sheet, self.row, u16::try_from(at).unwrap_or(u16::MAX), &column.header, &self.head)?;
        }
        let headers: Vec<String> = grid.columns.iter().map(|column| column.header.clone()).collect();
        self.fit(&headers)?;
        self.row += 1;
        for (line, cells) in grid.rows.iter().enumerate() {
            let bold = grid.total && line + 1 == grid.rows.len();
            for (at, text) in cells.iter().enumerate() {
                let column = u16::try_from(at).unwrap_or(u16::MAX);
                let is_number = grid.columns.get(at).is_some_and(|c| c.number);
                let format = if is_number { &self.number } else { &self.cell };
                let format = if bold { &format.clone().set_bold() } else { format };
                match text.parse::<u32>() {
                    Ok(count) if is_number => {
                        self.sheet.write_number_with_format(self.row, column, count, format).map(drop)?;
                    }
                    _ => write_text(self.sheet, self.row, column, text, format)?,
                }
            }
            self.fit(cells)?;
            self.row += 1;
        }
        Ok(())
    }

    /// The height of the row that its cells need: nothing else sees to it before the sheet is opened.
    fn fit(&mut self, cells: &[String]) -> Result<(), XlsxError> {
        let lines = |(text, width): (&String, &usize)| {
            text.split('\n').map(|line| line.chars().count() / (width * 5 / 4).max(1) + 1).sum::<usize>()
        };
        let most = cells.iter().zip(&self.widths).map(lines).max().unwrap_or(1);
        self.sheet.set_row_height(self.row, 16 * u32::try_from(most.clamp(1, 25)).unwrap_or(1)).map(drop)
    }

    /// The offices side by side, each with lines to write on.
    fn signatures(&mut self, signatures: &[Signature]) -> Result<(), XlsxError> {
        let half = self.widths.len() / 2;
        let middle = u16::try_from(half).unwrap_or(1).max(1);
        let halves = [(0, middle.saturating_sub(1)), (middle, self.last_column().max(middle))];
        let lines = signatures.iter().map(|signature| signature.lines.len()).max().unwrap_or(0);
        let (text, bold) = (self.text.clone(), self.bold.clone());
        let line = text.clone().set_border_bottom(FormatBorder::Thin);
        let hint = text.clone().set_font_size(9).set_align(FormatAlign::Center);
        for (signature, columns) in signatures.iter().zip(halves) {
            self.over(columns, &signature.office.to_uppercase(), &bold)?;
        }
        self.row += 1;
        for at in 0..lines {
            for ((first, last), _) in halves.into_iter().zip(signatures) {
                for column in first..last {
                    self.sheet.write_blank(self.row, column, &line)?;
                }
            }
            self.row += 1;
            for (signature, (first, last)) in signatures.iter().zip(halves) {
                let words = signature.lines.get(at).map_or(String::new(), |line| format!("({line})"));
                self.over((first, last.saturating_sub(1).max(first)), &words, &hint)?;
            }
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }
}
