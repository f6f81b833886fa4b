//! What the spreadsheet reader does not tell of XLSX: hidden rows and columns, merged cells, formulas without a value; and that the parts which it
//! will read can be read within the limits.
//!
//! Knows parts and tags; reads no values.

use std::io::BufRead;

use super::facts::Facts;
use super::xml::{Node, Tag, Xml};
use crate::tables::container::Archive;
use crate::tables::fault::{Fault, Limit};
use crate::tables::limits::Limits;

/// The sheets of a workbook: name and part.
pub(super) struct Parts {
    sheets: Vec<(String, usize)>,
}

/// Reads the parts that every workbook has, up to the cells.
///
/// Errors: damaged, larger than the limits, entities of its own.
pub(super) fn parts(archive: &mut Archive, limits: &Limits) -> Result<Parts, Fault> {
    let book = related(archive, "_rels/.rels", limits)?
        .into_iter()
        .find(|relation| relation.kind.ends_with("/officeDocument"))
        .map_or_else(|| "xl/workbook.xml".to_string(), |relation| joined("", &relation.target));
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let relations = related(archive, &joined(folder, &format!("_rels/{file}.rels")), limits)?;
    let mut named = Vec::new();
    if let Some(at) = archive.find(&book) {
        let mut xml = Xml::new(archive.part(at)?, limits);
        loop {
            match xml.next()? {
                Node::Start(tag) if tag.name() == "sheet" => named.extend(tag.value("name").zip(tag.value("id"))),
                Node::Over => break,
                _ => {}
            }
        }
    }
    let sheets = placed(archive, &relations, folder, named);
    for at in 0..archive.names.len() {
        let name = archive.names.get(at).map(|name| name.to_lowercase()).unwrap_or_default();
        let last = name.rsplit('/').next().unwrap_or("");
        if last == "sharedstrings.xml" {
            strings(&mut Xml::new(archive.part(at)?, limits), limits)?;
        } else if matches!(last, "styles.xml" | "[content_types].xml") || last.starts_with("theme") {
            Xml::new(archive.part(at)?, limits).drain()?;
        }
    }
    Ok(Parts { sheets })
}

/// Names of sheets with the positions of their parts; ids of relations lead there.
pub(super) fn placed(
    archive: &Archive,
    relations: &[Relation],
    folder: &str,
    named: Vec<(String, String)>,
) -> Vec<(String, usize)> {
    let place = |id: &str| {
        let target = relations.iter().find(|relation| relation.id == id).map(|r| joined(folder, &r.target))?;
        archive.find(&target)
    };
    named.into_iter().filter_map(|(name, id)| place(&id).map(|at| (name, at))).collect()
}

/// What leads from a part to another one.
pub(super) struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

pub(super) fn related(archive: &mut Archive, part: &str, limits: &Limits) -> Result<Vec<Relation>, Fault> {
    let Some(at) = archive.find(part) else {
        return Ok(Vec::new());
    };
    let mut xml = Xml::new(archive.part(at)?, limits);
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name() == "Relationship" => {
                let value = |name| tag.value(name).unwrap_or_default();
                relations.push(Relation { id: value("Id"), kind: value("Type"), target: value("Target") });
            }
            Node::Over => return Ok(relations),
            _ => {}
        }
    }
}

/// A path that is relative to a folder.
fn joined(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.retain(|step| !matches!(*step, "" | "."));
    path.join("/")
}

/// The shared texts: none is longer than a cell, and there are not more than cells.
fn strings<R: BufRead>(xml: &mut Xml<R>, limits: &Limits) -> Result<(), Fault> {
    let (mut count, mut length) = (0, 0);
    loop {
        match xml.next()? {
            Node::Start(tag) if tag.name() == "sst" => {
                // the reader believes this number
                let stated = tag.value("uniqueCount").and_then(|text| text.trim().parse().ok()).unwrap_or(0);
                limits.hold(Limit::Cells, stated)?;
            }
            Node::Start(tag) if tag.name() == "si" => {
                count += 1;
                length = 0;
                limits.hold(Limit::Cells, count)?;
            }
            Node::Text(text) => {
                length += text.len() as u64;
                limits.hold(Limit::Cell, length)?;
            }
            Node::Over => return Ok(()),
            _ => {}
        }
    }
}

impl Parts {
    /// What the part of a sheet tells; every part where it is not known which one is the sheet's.
    pub fn sheet(&self, archive: &mut Archive, name: &str, limits: &Limits) -> Result<Facts, Fault> {
        if let Some((_, at)) = self.sheets.iter().find(|(known, _)| known == name) {
            return facts(&mut Xml::new(archive.part(*at)?, limits), limits);
        }
        for at in 0..archive.names.len() {
            if archive.names.get(at).is_some_and(|name| name.to_lowercase().ends_with(".xml")) {
                facts(&mut Xml::new(archive.part(at)?, limits), limits)?;
            }
        }
        Ok(Facts::default())
    }
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    place: (u64, u32),
    inside: bool,
    formula: bool,
    value: bool,
    in_value: bool,
    /// A text that may be nothing.
    text: bool,
    length: u64,
}

fn facts<R: BufRead>(xml: &mut Xml<R>, limits: &Limits) -> Result<Facts, Fault> {
    let mut facts = Facts::default();
    let (mut row, mut column, mut cells) = (0, 0, 0);
    let mut cell = Open::default();
    loop {
        match xml.next()? {
            Node::Start(tag) => match tag.name() {
                "row" => {
                    row = tag.value("r").and_then(|r| r.trim().parse().ok()).unwrap_or(row + 1);
                    column = 0;
                    limits.hold(Limit::Rows, row)?;
                    if tag.says("hidden") {
                        facts.hidden_rows.insert(row);
                    }
                }
                "c" => {
                    cells += 1;
                    limits.hold(Limit::Cells, cells)?;
                    let place = tag.value("r").and_then(|place| address(&place)).unwrap_or((row, column + 1));
                    column = place.1;
                    limits.hold(Limit::Columns, u64::from(column))?;
                    cell = Open {
                        place,
                        inside: true,
                        text: tag.value("t").is_some_and(|t| t == "str"),
                        ..Open::default()
                    };
                }
                "f" => cell.formula = true,
                "v" => cell.in_value = true,
                "is" => cell.value = true,
                "col" => hide(&mut facts, &tag, limits),
                "mergeCell" => {
                    if let Some((first, last)) = tag.value("ref").and_then(|area| region(&area)) {
                        facts.merge((first.0, last.0), (first.1, last.1), limits)?;
                    }
                }
                _ => {}
            },
            Node::Text(text) if cell.inside => {
                cell.length += text.len() as u64;
                limits.hold(Limit::Cell, cell.length)?;
                cell.value |= cell.in_value;
            }
            Node::End(tag) => match tag.name() {
                "v" => cell.in_value = false,
                "c" => {
                    cell.inside = false;
                    if cell.formula && !cell.value && !cell.text {
                        facts.no_value.insert(cell.place);
                    }
                }
                _ => {}
            },
            Node::Text(_) | Node::Nothing => {}
            Node::Over => return Ok(facts),
        }
    }
}

fn hide(facts: &mut Facts, tag: &Tag<'_>, limits: &Limits) {
    if tag.says("hidden")
        && let Some((first, last)) = tag.number("min").zip(tag.number("max"))
    {
        facts.hide_columns(first, last, limits);
    }
}

/// Row and column of `B7`, from 1.
fn address(text: &str) -> Option<(u64, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = text.split_at_checked(digits)?;
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let digit = u32::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|digit| *digit < 26)?) + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    (column > 0).then_some((number.parse().ok()?, column))
}

fn region(text: &str) -> Option<((u64, u32), (u64, u32))> {
    let text = text.replace('$', "");
    let (first, last) = text.split_once(':')?;
    address(first).zip(address(last))
}

#[cfg(test)]
mod tests {
    use super::{address, facts, joined, region, strings};
    use crate::tables::fault::{Fault, Limit};
    use crate::tables::limits::Limits;
    use crate::tables::workbook::xml::Xml;

    fn read(text: &str, limits: Limits) -> Result<super::Facts, Fault> {
        facts(&mut Xml::new(text.as_bytes(), &limits), &limits)
    }

    #[test]
    fn addresses_and_paths_are_those_of_the_format() {
        assert_eq!(address("A1"), Some((1, 1)));
        assert_eq!(address("XFD1048576"), Some((1_048_576, 16_384)));
        assert_eq!(address("AA10"), Some((10, 27)));
        assert_eq!([address("1"), address("A"), address("Я1"), address("ZZZZZZZZZZ1")], [None; 4]);
        assert_eq!(region("A1:C$2"), Some(((1, 1), (2, 3))));
        assert_eq!(joined("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(joined("xl/worksheets", "../a.xml"), "xl/a.xml");
        assert_eq!(joined("", "xl/workbook.xml"), "xl/workbook.xml");
    }

    #[test]
    fn what_is_hidden_merged_and_without_a_value_is_told() {
        let text = r#"<x:worksheet xmlns:x="m"><x:cols><x:col min="2" max="3" hidden="1"/><x:col min="5" max="5" hidden="0"/></x:cols>
            <x:sheetData><x:row r="2" hidden="true"><x:c r="B2"><x:f>1+1</x:f></x:c><x:c><x:f>1</x:f><x:v></x:v></x:c></x:row>
            <x:row><x:c><x:f>1</x:f><x:v>2</x:v></x:c><x:c t="str"><x:f>""</x:f><x:v/></x:c><x:c><x:v>3</x:v></x:c></x:row></x:sheetData>
            <x:mergeCells><x:mergeCell ref="A1:C2"/></x:mergeCells></x:worksheet>"#;
        let facts = read(text, Limits::default()).unwrap();
        assert_eq!(facts.hidden_columns().collect::<Vec<_>>(), [2, 3]);
        assert_eq!(facts.hidden_rows.into_iter().collect::<Vec<_>>(), [2]);
        let mut places: Vec<_> = facts.no_value.into_iter().collect();
        places.sort_unstable();
        assert_eq!(places, [(2, 2), (2, 3)]);
        assert_eq!((facts.merged[0].rows, facts.merged[0].columns), ((1, 2), (1, 3)));
    }

    #[test]
    fn bombs_of_xml_are_refused() {
        let entities = r#"<!DOCTYPE a [<!ENTITY b "bbbb">]><sheetData><row><c><v>&b;</v></c></row></sheetData>"#;
        assert_eq!(read(entities, Limits::default()).unwrap_err(), Fault::Damaged("DOCTYPE".to_string()));
        let deep = "<a>".repeat(100_000);
        assert_eq!(read(&deep, Limits::default()).unwrap_err(), Fault::Damaged("XML depth".to_string()));
        let limits = Limits { cell: 1000, ..Limits::default() };
        let long = format!("<sheetData><row><c><v>{}</v></c></row></sheetData>", "1".repeat(1001));
        assert_eq!(read(&long, limits).unwrap_err(), Fault::Limit(Limit::Cell, 1000));
        let tag = format!("<sheetData a=\"{}\"></sheetData>", "1".repeat(100_000));
        assert_eq!(read(&tag, limits).unwrap_err(), Fault::Limit(Limit::Cell, 1000));
        let refs = format!("<sheetData><row><c><is><t>{}</t></is></c></row></sheetData>", "&lt;".repeat(2000));
        assert_eq!(read(&refs, limits).unwrap_err(), Fault::Limit(Limit::Cell, 1000));
        let most = Limits { unpacked: 50, ..Limits::default() };
        assert_eq!(read(&long, most).unwrap_err(), Fault::Limit(Limit::Unpacked, 50));
        let cells = format!("<sheetData><row>{}</row></sheetData>", "<c/>".repeat(11));
        let few = Limits { cells: 10, ..Limits::default() };
        assert_eq!(read(&cells, few).unwrap_err(), Fault::Limit(Limit::Cells, 10));
    }

    #[test]
    fn a_number_of_shared_texts_that_is_not_true_is_refused() {
        let limits = Limits { cells: 1000, ..Limits::default() };
        let text = r#"<sst uniqueCount="99999999999"><si><t>a</t></si></sst>"#;
        let read = strings(&mut Xml::new(text.as_bytes(), &limits), &limits);
        assert_eq!(read, Err(Fault::Limit(Limit::Cells, 1000)));
    }
}
