//! Workbooks of OpenDocument: sheets as they are printed, with merged cells and what is hidden.
//!
//! Repeated rows and cells are held only where they hold something.

use std::collections::HashSet;
use std::io::BufRead;

use super::facts::{Builder, Facts, Tally};
use super::number_format::hundredfold;
use super::xml::{Node, Tag, Xml};
use super::{Read, Sheets, Wanted};
use crate::tables::container::Archive;
use crate::tables::fault::Fault;
use crate::tables::grid::{Cell, Mark};
use crate::tables::limits::Limits;

/// Reads sheets of a workbook.
///
/// Errors: protected, damaged, larger than the limits, the sheet is not there.
pub(super) fn read(archive: &mut Archive, wanted: Wanted<'_>, limits: &Limits) -> Result<Sheets, Fault> {
    if let Some(at) = archive.find("META-INF/manifest.xml") {
        let mut xml = Xml::new(archive.part(at)?, limits);
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name() == "encryption-data" => return Err(Fault::Encrypted),
                Node::Over => break,
                _ => {}
            }
        }
    }
    let at = archive.find("content.xml").ok_or_else(|| Fault::Damaged("content.xml".to_string()))?;
    content(&mut Xml::new(archive.part(at)?, limits), wanted, limits)
}

fn content<R: BufRead>(xml: &mut Xml<R>, wanted: Wanted<'_>, limits: &Limits) -> Result<Sheets, Fault> {
    let (mut hiding, mut style) = (HashSet::new(), String::new());
    let (mut sheets, mut names, mut tally): (Vec<Read>, Vec<String>, Tally) =
        (Vec::new(), Vec::new(), Tally::default());
    let mut whole = false;
    loop {
        match xml.next()? {
            Node::Start(tag) => match tag.name() {
                "style" => style = tag.value("name").unwrap_or_default(),
                "table-properties" if tag.value("display").is_some_and(|shown| shown == "false") => {
                    hiding.insert(std::mem::take(&mut style));
                }
                "table" => {
                    let name = tag.value("name").unwrap_or_default();
                    let hidden = tag.value("style-name").is_some_and(|style| hiding.contains(&style));
                    if wanted.takes(&name, names.len()) {
                        let mut sheet = Sheet { builder: Builder::new(limits, tally), facts: Facts::default(), limits };
                        sheet.read(xml)?;
                        let (grid, all) = sheet.builder.grid(&name, sheet.facts)?;
                        tally = all;
                        sheets.push(Read { grid, hidden });
                    } else {
                        xml.skip()?;
                    }
                    names.push(name);
                }
                // what was changed and taken back, notes of the whole document
                "tracked-changes" => xml.skip()?,
                _ => {}
            },
            Node::End(tag) => whole |= tag.name() == "document-content",
            Node::Over if whole => break,
            Node::Over => return Err(xml.cut_off()),
            Node::Text(_) | Node::Nothing => {}
        }
    }
    wanted.found(sheets, names)
}

struct Sheet<'a> {
    builder: Builder<'a>,
    facts: Facts,
    limits: &'a Limits,
}

/// A cell with how often it stands there.
struct Repeated {
    column: u32,
    times: u32,
    cell: Cell,
    /// Rows and columns that it takes.
    span: (u64, u32),
}

impl Sheet<'_> {
    fn read<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Fault> {
        let (mut row, mut column): (u64, u32) = (1, 1);
        loop {
            match xml.next()? {
                Node::Start(tag) => match tag.name() {
                    "table-column" => {
                        let times = tag.number("number-columns-repeated").unwrap_or(1).max(1);
                        let next = column.saturating_add(times);
                        if is_hidden(&tag) {
                            self.facts.hide_columns(column, next - 1, self.limits);
                        }
                        column = next;
                    }
                    "table-row" => {
                        let times = u64::from(tag.number("number-rows-repeated").unwrap_or(1).max(1));
                        let hidden = is_hidden(&tag);
                        let cells = row_of(xml)?;
                        if !cells.is_empty() {
                            for number in row..row.saturating_add(times) {
                                self.row(number, hidden, &cells)?;
                            }
                        }
                        row = row.saturating_add(times);
                    }
                    "shapes" | "forms" => xml.skip()?,
                    _ => {}
                },
                Node::End(tag) if tag.name() == "table" => return Ok(()),
                Node::Over => return Err(xml.cut_off()),
                _ => {}
            }
        }
    }

    fn row(&mut self, number: u64, hidden: bool, cells: &[Repeated]) -> Result<(), Fault> {
        if hidden {
            self.facts.hidden_rows.insert(number);
        }
        for Repeated { column, times, cell, span } in cells {
            for column in *column..column.saturating_add(*times) {
                self.builder.set(number, column, cell.clone())?;
                let (rows, columns) = *span;
                if rows > 1 || columns > 1 {
                    let last = (number.saturating_add(rows - 1), column.saturating_add(columns - 1));
                    self.facts.merge((number, last.0), (column, last.1), self.limits)?;
                }
            }
        }
        Ok(())
    }
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.value("visibility").is_some_and(|shown| shown != "visible")
}

/// The cells of a row that hold something.
fn row_of<R: BufRead>(xml: &mut Xml<R>) -> Result<Vec<Repeated>, Fault> {
    let (mut cells, mut column) = (Vec::new(), 1u32);
    loop {
        match xml.next()? {
            Node::Start(tag) => {
                let covered = tag.name() == "covered-table-cell";
                if !covered && tag.name() != "table-cell" {
                    continue;
                }
                let times = tag.number("number-columns-repeated").unwrap_or(1).max(1);
                let span = (
                    u64::from(tag.number("number-rows-spanned").unwrap_or(1).max(1)),
                    tag.number("number-columns-spanned").unwrap_or(1).max(1),
                );
                let stated = Stated::of(&tag);
                let text = text_of(xml)?;
                let cell = stated.cell(text);
                if !covered && (!cell.text.is_empty() || cell.mark == Mark::NoValue) {
                    cells.push(Repeated { column, times, cell, span });
                }
                column = column.saturating_add(times);
            }
            Node::End(tag) if tag.name() == "table-row" => return Ok(cells),
            Node::Over => return Err(xml.cut_off()),
            _ => {}
        }
    }
}

/// The paragraphs of a cell, up to its end; comments and drawings are none.
fn text_of<R: BufRead>(xml: &mut Xml<R>) -> Result<String, Fault> {
    let (mut text, mut paragraphs, mut inside) = (String::new(), 0, 0);
    loop {
        match xml.next()? {
            Node::Start(tag) => match tag.name() {
                "annotation" | "frame" | "custom-shape" | "table" => xml.skip()?,
                "p" | "h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                    inside += 1;
                }
                "s" => {
                    let count = usize::try_from(tag.number("c").unwrap_or(1)).unwrap_or(1).min(1000);
                    text.extend(std::iter::repeat_n(' ', count));
                }
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                _ => {}
            },
            Node::Text(more) if inside > 0 => text.push_str(&more),
            Node::End(tag) => match tag.name() {
                "p" | "h" => inside -= 1,
                "table-cell" | "covered-table-cell" => return Ok(text.trim().to_string()),
                _ => {}
            },
            Node::Over => return Err(xml.cut_off()),
            Node::Text(_) | Node::Nothing => {}
        }
        xml.limit(crate::tables::fault::Limit::Cell, text.len() as u64)?;
    }
}

/// What the tag of a cell says of its value.
struct Stated {
    kind: String,
    value: String,
    formula: bool,
    error: bool,
}

impl Stated {
    fn of(tag: &Tag<'_>) -> Stated {
        let kind = tag.value("value-type").unwrap_or_default();
        let attribute = match kind.as_str() {
            "date" => "date-value",
            "time" => "time-value",
            "boolean" => "boolean-value",
            "string" => "string-value",
            _ => "value",
        };
        let error = tag.extension_says("value-type", "error");
        let value = tag.value(attribute).unwrap_or_default();
        Stated { kind, value, formula: tag.value("formula").is_some(), error }
    }

    fn cell(self, text: String) -> Cell {
        let (number, mark) = match super::shortest(&self.value) {
            Some((_, Some(short))) => (short, Mark::Rounded),
            Some((number, None)) => (number, Mark::Number),
            None => (text.clone(), Mark::Number),
        };
        let (text, mark) = match self.kind.as_str() {
            _ if self.error => (text, Mark::NoValue),
            // a code with zeros before it
            "float" if is_padded(&text, &number) => (text, mark),
            "float" | "currency" => (number, mark),
            "percentage" => (hundredfold(&number) + "%", mark),
            "date" => (super::day(&self.value), Mark::Day),
            "time" => (clock_of(&self.value).unwrap_or(self.value), Mark::Text),
            "boolean" => (self.value, Mark::Text),
            _ if self.formula && self.kind.is_empty() && text.is_empty() => (text, Mark::NoValue),
            "string" if text.is_empty() => (self.value.trim().to_string(), Mark::Text),
            _ => (text, Mark::Text),
        };
        let mark = if text.is_empty() && mark != Mark::NoValue { Mark::Plain } else { mark };
        Cell { text, mark }
    }
}

/// `PT09H30M00S` as `09:30`.
fn clock_of(value: &str) -> Option<String> {
    let (hours, rest) = value.strip_prefix("PT")?.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds = rest.strip_suffix('S')?;
    let seconds = seconds.split(['.', ',']).next().unwrap_or(seconds);
    Some(super::clock(hours.parse().ok()?, minutes.parse().ok()?, seconds.parse().ok()?))
}

/// A whole number that is printed digit by digit: with zeros or a prefix before it, or with signs inside.
fn is_padded(text: &str, number: &str) -> bool {
    let signs = |c: char| matches!(c, '-' | '/');
    let digits = text.replace(|c| signs(c) || c == ' ', "");
    let parted = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(signs);
    let longer = text.len() > number.len() && (parted || !text.contains(' '));
    longer && number.bytes().chain(digits.bytes()).all(|b| b.is_ascii_digit()) && digits.ends_with(number)
}

#[cfg(test)]
mod tests {
    use super::content;
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::grid::Mark;
    use crate::tables::limits::Limits;
    use crate::tables::workbook::xml::Xml;
    use crate::tables::workbook::{Sheets, Wanted};

    fn read(tables: &str, limits: Limits) -> Result<Sheets, Fault> {
        let text = format!(
            "<office:document-content xmlns:office=\"o\"><style:style style:name=\"ta2\"><style:table-properties \
             table:display=\"false\"/></style:style>{tables}</office:document-content>"
        );
        content(&mut Xml::new(text.as_bytes(), &limits), Wanted::All, &limits)
    }

    const SHEET: &str = r#"<table:table table:name="A">
        <table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell/><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Школа<text:s text:c="2"/>№ 1</text:p><text:p>адрес</text:p></table:table-cell><table:covered-table-cell/>
        <table:table-cell office:value-type="string"><office:annotation><text:p>нет</text:p></office:annotation><text:p>a</text:p></table:table-cell></table:table-row>
        <table:table-row table:visibility="filter"><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13 %</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="1.50"><text:p>1,5</text:p></table:table-cell>
        <table:table-cell office:value-type="date" office:date-value="2018-09-01T00:00:00"><text:p>01.09.18</text:p></table:table-cell>
        <table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>ИСТИНА</text:p></table:table-cell>
        <table:table-cell table:formula="of:=1+1"/>
        <table:table-cell table:formula="of:=A" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048500"><table:table-cell/></table:table-row></table:table>"#;

    #[test]
    fn cells_are_read_as_they_are_printed() {
        let hidden = r#"<table:table table:name="B" table:style-name="ta2"></table:table>"#;
        let sheets = read(&format!("{SHEET}{hidden}"), Limits::default()).unwrap().sheets;
        let grid = &sheets[0].grid;
        let rows: Vec<_> = grid
            .rows
            .iter()
            .map(|row| (row.number, row.hidden, row.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            rows,
            [
                (3, false, vec!["", "Школа  № 1\nадрес", "Школа  № 1\nадрес", "a"]),
                (4, true, vec!["12.5%", "1.5", "2018-09-01", "true", "", "#REF!"]),
                (5, false, vec!["007", "007"]),
                (6, false, vec!["007", "007"])
            ]
        );
        let marks: Vec<Mark> = grid.rows[1].cells.iter().map(|cell| cell.mark).collect();
        assert_eq!(marks, [Mark::Number, Mark::Number, Mark::Day, Mark::Text, Mark::NoValue, Mark::NoValue]);
        assert_eq!(grid.rows[0].cells[2].mark, Mark::Merged);
        assert_eq!(grid.hidden_columns, [3]);
        assert_eq!((sheets[0].hidden, sheets[1].hidden), (false, true));
    }

    #[test]
    fn repeated_cells_that_hold_something_meet_the_limits() {
        let limits = Limits { cells: 1000, ..Limits::default() };
        let row = |rows: u32, columns: u32| {
            format!(
                "<table:table><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell office:value-type=\"float\" \
                 office:value=\"7\" table:number-columns-repeated=\"{columns}\"/></table:table-row></table:table>"
            )
        };
        assert_eq!(read(&row(1_000_000_000, 1), limits).unwrap_err(), Fault::Limit(Limit::Cells, 1000));
        assert_eq!(read(&row(1, 1_000_000_000), limits).unwrap_err(), Fault::Limit(Limit::Cells, 1000));
        assert_eq!(read(&row(1, 16_385), Limits::default()).unwrap_err(), Fault::Limit(Limit::Columns, 16_384));
    }

    #[test]
    fn a_document_that_is_cut_off_is_damaged() {
        let text = SHEET.get(..SHEET.len() / 2).unwrap_or("");
        let limits = Limits::default();
        let read = content(&mut Xml::new(text.as_bytes(), &limits), Wanted::All, &limits);
        assert!(matches!(read, Err(Fault::Damaged(_))), "{read:?}");
    }
}
