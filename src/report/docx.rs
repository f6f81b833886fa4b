//! A paper as a text document (DOCX), in the look of Russian official papers: A4, margins 30, 10, 20 and 20 mm, a serif
//! type of 14 points, pages numbered from the second at the top, headers of tables repeated on every page.
//!
//! The only file that knows the document library. Dates are fixed: equal papers give equal bytes.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, BreakType, Docx, Footer, Header, HeightRule, LineSpacing, PageMargin, PageNum,
    PageOrientationType, Paragraph, Run, RunFonts, Shading, SpecialIndentType, Table, TableAlignmentType, TableCell,
    TableCellBorder, TableCellBorderPosition, TableCellMargins, TableLayoutType, TableRow, VAlignType, WidthType,
};

use super::document::{Document, Grid, Part, Signature, bar_length};
use super::page::{Bar, Bars};
use crate::language::Language;

/// Twentieths of a point in ten millimetres.
const CENTIMETRE: usize = 567;
/// A4.
const SHORT_SIDE: u32 = 11_906;
const LONG_SIDE: u32 = 16_838;
const FONT: &str = "Times New Roman";
const CREATED: &str = "2000-01-01T00:00:00Z";
/// Tables are set by so many points smaller, on a page on its side by one more.
const SMALLER: usize = 3;
/// How many cells wide the field of a chart is, how many of them the longest bar takes.
const FIELD: usize = 30;
const LONGEST: usize = 26;
/// Points of the letters at the foot of a page.
const FOOT: usize = 9;
const BAR_COLOUR: &str = "6D8AA6";
const HEADER_COLOUR: &str = "E8EEF4";

/// A row of this height becomes a header that is repeated: the library has no word for it.
const REPEATED: (&str, &str) = (r#"<w:trHeight w:val="1" w:hRule="atLeast" />"#, "<w:tblHeader />");

/// The document as bytes.
///
/// # Errors
/// The words of the library when it cannot write.
pub fn document(paper: &Document) -> Result<Vec<u8>, String> {
    let sheet = Sheet {
        width: CENTIMETRE * if paper.landscape { 257 } else { 170 } / 10,
        points: paper.points,
        small: paper.points.saturating_sub(if paper.landscape { SMALLER + 1 } else { SMALLER }).max(9),
    };
    let centimetres = |n: usize| i32::try_from(n * CENTIMETRE).unwrap_or(0);
    let margin =
        PageMargin::new().left(centimetres(3)).right(centimetres(1)).top(centimetres(2)).bottom(centimetres(2));
    let (width, height, side) = if paper.landscape {
        (LONG_SIDE, SHORT_SIDE, PageOrientationType::Landscape)
    } else {
        (SHORT_SIDE, LONG_SIDE, PageOrientationType::Portrait)
    };
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    let mut docx = Docx::new()
        .page_size(width, height)
        .page_orient(side)
        .page_margin(margin.header(centimetres(1)).footer(centimetres(1)))
        .default_fonts(RunFonts::new().ascii(FONT).hi_ansi(FONT).cs(FONT).east_asia(FONT))
        .default_size(paper.points * 2)
        .header(Header::new().add_paragraph(number))
        .first_header(Header::new().add_paragraph(Paragraph::new()))
        .footer(Footer::new().add_paragraph(foot(&paper.footer)))
        .first_footer(Footer::new().add_paragraph(foot(&paper.footer)))
        .created_at(CREATED)
        .updated_at(CREATED);
    for (at, part) in paper.parts.iter().enumerate() {
        // what leads to a table or a list stands on one page with its beginning
        let leads = matches!(paper.parts.get(at + 1), Some(Part::Grid(_) | Part::Items(_)));
        docx = sheet.add(docx, part, leads);
    }
    let mut built = docx.build();
    built.document = replaced(built.document, REPEATED.0, REPEATED.1);
    built.document = headers_first(built.document);
    let language = match paper.language {
        Language::Russian => "ru-RU",
        Language::English => "en-US",
    };
    let end = "</w:rPr></w:rPrDefault>";
    built.styles = replaced(built.styles, end, &format!("<w:lang w:val=\"{language}\" />{end}"));
    let unknown = "unknown</";
    built.doc_props.core = replaced(built.doc_props.core, unknown, "Merilo</");
    let mut bytes = Cursor::new(Vec::new());
    built.pack(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

fn foot(text: &str) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).add_run(Run::new().add_text(text).size(FOOT * 2))
}

fn replaced(text: Vec<u8>, old: &str, new: &str) -> Vec<u8> {
    match String::from_utf8(text) {
        Ok(text) => text.replace(old, new).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

/// The schema of the format wants the headers of a section before everything else that is said of it.
fn headers_first(text: Vec<u8>) -> Vec<u8> {
    let moved = |text: &str| {
        let (before, section) = text.rsplit_once(SECTION)?;
        let (rest, headers) = section.split_once(HEADERS)?;
        let (headers, after) = headers.split_once("<w:titlePg")?;
        Some(format!("{before}{SECTION}{HEADERS}{headers}{rest}<w:titlePg{after}"))
    };
    match String::from_utf8(text) {
        Ok(text) => moved(&text).unwrap_or(text).into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

const SECTION: &str = "<w:sectPr>";
const HEADERS: &str = "<w:headerReference";

/// A number stays with its sign at the end of a line.
fn tied(text: &str) -> String {
    text.replace("№ ", "№\u{a0}")
}

/// The text area of a page and the sizes of its letters.
struct Sheet {
    width: usize,
    points: usize,
    small: usize,
}

impl Sheet {
    fn add(&self, docx: Docx, part: &Part, leads: bool) -> Docx {
        match part {
            Part::Addressee(lines) => {
                let left = i32::try_from(self.width / 2).unwrap_or(0);
                lines.iter().fold(docx, |docx, line| {
                    docx.add_paragraph(self.paragraph(line, 0).indent(Some(left), None, None, None))
                })
            }
            Part::Title(lines) => {
                let mut docx = docx.add_paragraph(Paragraph::new());
                for (at, line) in lines.iter().enumerate() {
                    let line = if at == 0 { line.to_uppercase() } else { line.clone() };
                    let last = if at + 1 == lines.len() { 240 } else { 0 };
                    let run = Run::new().add_text(tied(&line)).bold();
                    let spacing = LineSpacing::new().after(last);
                    let title = Paragraph::new().add_run(run).align(AlignmentType::Center).line_spacing(spacing);
                    docx = docx.add_paragraph(title.keep_next(true));
                }
                docx
            }
            Part::Heading(text) => {
                let spacing = LineSpacing::new().before(200).after(120);
                let heading = Paragraph::new().add_run(Run::new().add_text(tied(text)).bold()).line_spacing(spacing);
                docx.add_paragraph(heading.keep_next(true).outline_lvl(0))
            }
            Part::Paragraph(text) => {
                let first = i32::try_from(CENTIMETRE * 5 / 4).unwrap_or(0);
                let paragraph = self.paragraph(text, 60).align(AlignmentType::Both).keep_next(leads);
                docx.add_paragraph(paragraph.indent(None, Some(SpecialIndentType::FirstLine(first)), None, None))
            }
            Part::Items(items) => {
                let (left, hanging) = (CENTIMETRE * 5 / 4, CENTIMETRE / 2);
                let (left, hanging) = (i32::try_from(left).unwrap_or(0), i32::try_from(hanging).unwrap_or(0));
                items.iter().fold(docx, |docx, item| {
                    let item = self.paragraph(&format!("–\u{a0}{item}"), 40).align(AlignmentType::Both);
                    docx.add_paragraph(item.indent(Some(left), Some(SpecialIndentType::Hanging(hanging)), None, None))
                })
            }
            Part::Notice(text) => {
                let run = Run::new().add_text(tied(text)).bold().italic();
                let spacing = LineSpacing::new().before(60).after(120);
                docx.add_paragraph(Paragraph::new().add_run(run).align(AlignmentType::Center).line_spacing(spacing))
            }
            Part::Grid(grid) => self.grid(docx, grid),
            Part::Bars(bars) => self.bars(docx, bars),
            Part::Signatures(signatures) => {
                docx.add_paragraph(Paragraph::new().size(12)).add_table(self.signatures(signatures))
            }
            Part::Sheet(_) => docx,
        }
    }

    fn paragraph(&self, text: &str, after: u32) -> Paragraph {
        Paragraph::new().add_run(Run::new().add_text(tied(text))).line_spacing(LineSpacing::new().after(after))
    }

    /// A text in a cell, its lines one below the other.
    fn cell_text(&self, text: &str, size: usize, bold: bool, align: AlignmentType) -> Paragraph {
        let mut run = Run::new().size(size * 2);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                run = run.add_break(BreakType::TextWrapping);
            }
            run = run.add_text(tied(line));
        }
        Paragraph::new().add_run(if bold { run.bold() } else { run }).align(align)
    }

    fn titled(&self, docx: Docx, title: &str) -> Docx {
        if title.is_empty() {
            return docx;
        }
        let spacing = LineSpacing::new().before(160).after(60);
        let title = Paragraph::new().add_run(Run::new().add_text(title).bold()).line_spacing(spacing);
        docx.add_paragraph(title.keep_next(true))
    }

    fn grid(&self, docx: Docx, grid: &Grid) -> Docx {
        let widths = grid.widths(self.width);
        let width = |at: usize| widths.get(at).copied().unwrap_or(0);
        let header = grid.columns.iter().enumerate().map(|(at, column)| {
            let text = self.cell_text(&column.header, self.small.saturating_sub(1), true, AlignmentType::Center);
            TableCell::new()
                .width(width(at), WidthType::Dxa)
                .shading(Shading::new().fill(HEADER_COLOUR))
                .vertical_align(VAlignType::Center)
                .add_paragraph(text)
        });
        let mut rows = vec![TableRow::new(header.collect()).row_height(1.0).height_rule(HeightRule::AtLeast)];
        for (line, row) in grid.rows.iter().enumerate() {
            let bold = grid.total && line + 1 == grid.rows.len();
            let cells = row.iter().enumerate().map(|(at, text)| {
                let number = grid.columns.get(at).is_some_and(|column| column.number);
                let align = if number { AlignmentType::Right } else { AlignmentType::Left };
                let text = self.cell_text(text, self.small, bold, align);
                TableCell::new().width(width(at), WidthType::Dxa).add_paragraph(text)
            });
            rows.push(TableRow::new(cells.collect()).cant_split());
        }
        let table = Table::new(rows)
            .set_grid(widths.clone())
            .width(self.width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(20, 80, 20, 80));
        self.titled(docx, &grid.title).add_table(table).add_paragraph(Paragraph::new().size(12))
    }

    /// Bars are cells with a background, their lengths by the number of cells that they join.
    fn bars(&self, docx: Docx, bars: &Bars) -> Docx {
        let most = bars.bars.iter().map(|bar| bar.count).max().unwrap_or(0);
        let unit = self.width * 55 / 100 / FIELD;
        let label = self.width - unit * FIELD;
        let rows = bars.bars.iter().map(|bar| self.bar(bar, most, label, unit));
        let mut grid = vec![label];
        grid.extend(std::iter::repeat_n(unit, FIELD));
        let table = Table::without_borders(rows.collect())
            .set_grid(grid)
            .width(self.width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .margins(TableCellMargins::new().margin(20, 60, 20, 60));
        self.titled(docx, &bars.title).add_table(table).add_paragraph(Paragraph::new().size(12))
    }

    fn bar(&self, bar: &Bar, most: usize, label: usize, unit: usize) -> TableRow {
        let length = bar_length(bar.count, most, LONGEST);
        let text = |text: &str| self.cell_text(text, self.small, false, AlignmentType::Left);
        let mut cells = vec![TableCell::new().width(label, WidthType::Dxa).add_paragraph(text(&bar.label))];
        if length > 0 {
            let filled = TableCell::new().width(unit * length, WidthType::Dxa).grid_span(length);
            let edge =
                |position| TableCellBorder::new(position).border_type(BorderType::Single).color("FFFFFF").size(24);
            cells.push(
                filled
                    .shading(Shading::new().fill(BAR_COLOUR))
                    .set_border(edge(TableCellBorderPosition::Top))
                    .set_border(edge(TableCellBorderPosition::Bottom))
                    .set_border(edge(TableCellBorderPosition::Left))
                    .set_border(edge(TableCellBorderPosition::Right))
                    .add_paragraph(text("")),
            );
        }
        let rest = FIELD - length.min(FIELD);
        let count = TableCell::new().width(unit * rest, WidthType::Dxa).grid_span(rest);
        cells.push(count.vertical_align(VAlignType::Center).add_paragraph(text(&bar.count.to_string())));
        TableRow::new(cells).cant_split()
    }

    /// One column per office, a line to write on and below it what is written.
    fn signatures(&self, signatures: &[Signature]) -> Table {
        let columns = signatures.len().max(2);
        let width = self.width / columns;
        let cells = signatures.iter().map(|signature| {
            let office = Run::new().add_text(signature.office.to_uppercase()).bold();
            let mut cell =
                TableCell::new().width(width, WidthType::Dxa).add_paragraph(Paragraph::new().add_run(office));
            let characters = (width / (self.points * 10)).saturating_sub(2).max(10);
            for line in &signature.lines {
                let blank = Run::new().add_text("_".repeat(characters));
                let spacing = || LineSpacing::new().before(0).after(0);
                let hint = Run::new().add_text(format!("({line})")).size(self.small.min(10) * 2);
                cell = cell
                    .add_paragraph(Paragraph::new().add_run(blank).line_spacing(spacing().before(60)))
                    .add_paragraph(Paragraph::new().add_run(hint).line_spacing(spacing()));
            }
            cell
        });
        let mut cells: Vec<TableCell> = cells.collect();
        cells.extend(
            (signatures.len()..columns)
                .map(|_| TableCell::new().width(width, WidthType::Dxa).add_paragraph(Paragraph::new())),
        );
        Table::without_borders(vec![TableRow::new(cells).cant_split()])
            .set_grid(vec![width; columns])
            .width(self.width, WidthType::Dxa)
            .layout(TableLayoutType::Fixed)
            .align(TableAlignmentType::Left)
    }
}
