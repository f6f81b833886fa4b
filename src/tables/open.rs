//! A file as its sheets with the tables in them: what the file is, is told from its bytes, never from its name alone.
//!
//! An archive that holds one file is that file. One of several text files is opened with a sheet for each, under its name; of several files of
//! other kinds one has to be named.

use std::collections::BTreeMap;

use super::container::{Archive, gunzip};
use super::dialect::Stated;
use super::encoding::{self, Encoding};
use super::fault::{Fault, Limit};
use super::find::{self, LeftOut, Place, Table};
use super::grid::{Grid, Mark, Row};
use super::limits::{Limits, size};
use super::mend::Flaw;
use super::records::{Dialect, Ends};
use super::remark::{NAMED, Remark, What};
use super::sniff::{self, Kind};
use super::structured;
use super::text;
use super::workbook::{self, Wanted};
use crate::location::column_letters;

/// What is stated of a file; what is stated wins over what is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub encoding: Option<Encoding>,
    /// What lines are in that are not valid in UTF-8.
    pub other_encoding: Option<Encoding>,
    pub text: Stated,
    pub place: Place,
    /// The sheet to read, by name; none: all.
    pub sheet: Option<String>,
    /// The file of an archive to read, by its name with or without folders.
    pub member: Option<String>,
    pub limits: Limits,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    Text,
    Workbook,
    Json,
    JsonLines,
    Yaml,
}

/// A file as it was understood.
#[derive(Debug, Clone)]
pub struct Opened {
    pub format: Format,
    pub sheets: Vec<Sheet>,
    /// About the file as a whole.
    pub remarks: Vec<Remark>,
}

/// A sheet, or the only grid of a file without sheets.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub grid: Grid,
    pub hidden: bool,
    /// How the text was written.
    pub dialect: Option<Dialect>,
    pub tables: Vec<Table>,
    pub remarks: Vec<Remark>,
}

impl Opened {
    /// Position of the sheet that is meant where none is named: the first with a table of those that are not hidden; one that lists other
    /// sheets or holds only a text is taken where there is no other.
    pub fn first(&self) -> Option<usize> {
        let filled = |sheet: &Sheet| sheet.tables.iter().any(|table| !table.rows.is_empty());
        let names: Vec<&str> = self.sheets.iter().filter_map(|sheet| sheet.grid.sheet.as_deref()).collect();
        let shown = |sheet: &Sheet| !sheet.hidden && filled(sheet);
        let data = self.sheets.iter().position(|sheet| shown(sheet) && !is_front_matter(sheet, &names));
        data.or_else(|| self.sheets.iter().position(shown)).or_else(|| self.sheets.iter().position(filled))
    }
}

/// A page of contents, or a sheet with a text in one column, of a workbook with several sheets.
fn is_front_matter(sheet: &Sheet, names: &[&str]) -> bool {
    let Some(name) = sheet.grid.sheet.as_deref().filter(|_| names.len() > 1) else {
        return false;
    };
    let texts =
        |row: &Row| row.cells.iter().filter(|cell| !cell.is_blank()).map(|cell| bare(&cell.text)).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = sheet.grid.rows.iter().map(texts).filter(|row| !row.is_empty()).collect();
    let others: Vec<String> = names.iter().filter(|other| **other != name).map(|other| bare(other)).collect();
    let lists = rows.iter().filter(|row| row.iter().take(2).any(|text| others.contains(text))).count();
    let titled = rows.iter().take(3).flatten().any(|text| find::is_contents(text));
    find::is_contents(name) || titled || lists > 1 && lists * 2 > rows.len() || sheet.grid.width() < 2
}

/// `1.2.` as the sheet `1.2` is called.
fn bare(text: &str) -> String {
    text.trim().trim_end_matches(['.', ':']).to_lowercase()
}

/// Opens a file of which the bytes are given; `name` tells formats that bytes do not (YAML).
///
/// Errors: nothing in it, no text and no workbook, damaged, protected, larger than the limits.
pub fn open(bytes: &[u8], name: &str, options: &Options) -> Result<Opened, Fault> {
    let limits = &options.limits;
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    limits.hold(Limit::Bytes, size(bytes.len()))?;
    match sniff::kind(bytes, name, limits)? {
        Kind::Gzip => {
            let inner = name.get(..name.len().saturating_sub(3)).filter(|_| name.to_lowercase().ends_with(".gz"));
            unpacked(&gunzip(bytes, limits)?, inner.unwrap_or(name), options)
        }
        Kind::Archive => open_archive(bytes, options),
        kind => open_as(kind, bytes, name, options),
    }
}

fn open_as(kind: Kind, bytes: &[u8], name: &str, options: &Options) -> Result<Opened, Fault> {
    match kind {
        Kind::Xlsx | Kind::Xlsb | Kind::Xls | Kind::Ods => open_workbook(kind, bytes, options),
        Kind::Gzip | Kind::Archive => Err(Fault::Nested(name.to_string())),
        Kind::Json | Kind::Yaml => open_structured(kind, bytes, options),
        Kind::Text => open_text(bytes, options),
    }
}

/// A file out of an archive.
fn unpacked(bytes: &[u8], name: &str, options: &Options) -> Result<Opened, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    let mut opened = open_as(sniff::kind(bytes, name, &options.limits)?, bytes, name, options)?;
    opened.remarks.insert(0, Remark::of_file(What::Unpacked(name.to_string())));
    Ok(opened)
}

fn open_archive(bytes: &[u8], options: &Options) -> Result<Opened, Fault> {
    let mut archive = Archive::open(bytes, &options.limits)?;
    let mut data = archive.data();
    let name = |archive: &Archive, at: usize| archive.names.get(at).cloned().unwrap_or_default();
    let names: Vec<String> = data.iter().map(|at| name(&archive, *at)).collect();
    if let Some(wanted) = &options.member {
        let last = |name: &str| name.rsplit('/').next() == Some(wanted.as_str());
        let found = archive.find(wanted).or_else(|| data.iter().copied().find(|at| last(&name(&archive, *at))));
        data = vec![found.ok_or(Fault::NoMember(names.clone()))?];
    }
    if let [only] = data.as_slice() {
        let name = name(&archive, *only);
        if archive.is_packed(*only) {
            return Err(Fault::Nested(name));
        }
        return unpacked(&archive.bytes(*only)?, &name, options);
    }
    if data.is_empty() {
        return Err(Fault::Empty);
    }
    if !data.iter().all(|at| archive.is_text(*at)) {
        return Err(Fault::SeveralFiles(names));
    }
    let mut all = Opened { format: Format::Text, sheets: Vec::new(), remarks: Vec::new() };
    let mut left = archive.limits();
    for at in data {
        let name = name(&archive, at);
        if options.sheet.as_ref().is_some_and(|wanted| *wanted != name) {
            continue;
        }
        let bytes = archive.bytes(at)?;
        left.unpacked = left.unpacked.checked_sub(size(bytes.len())).ok_or(left.fault(Limit::Unpacked))?;
        let mut opened = match unpacked(&bytes, &name, options) {
            Err(Fault::Empty) => continue,
            opened => opened?,
        };
        for sheet in &mut opened.sheets {
            sheet.grid.sheet = Some(name.clone());
        }
        let own = opened.sheets.iter_mut().flat_map(|sheet| &mut sheet.remarks);
        own.chain(&mut opened.remarks).for_each(|remark| remark.sheet = Some(name.clone()));
        all.sheets.append(&mut opened.sheets);
        all.remarks.append(&mut opened.remarks);
    }
    if all.sheets.is_empty() { Err(Fault::NoSheet(names)) } else { Ok(other_sheets(all, names)) }
}

/// Tells of the sheets beside the one that is meant.
fn other_sheets(mut opened: Opened, names: Vec<String>) -> Opened {
    let first = opened.first().and_then(|at| opened.sheets.get(at)).and_then(|sheet| sheet.grid.sheet.clone());
    let others: Vec<String> = names.into_iter().filter(|name| first.as_ref() != Some(name)).collect();
    if !others.is_empty() {
        opened.remarks.push(Remark { count: others.len(), ..Remark::of_file(What::OtherSheets(others)) });
    }
    opened
}

fn open_workbook(kind: Kind, bytes: &[u8], options: &Options) -> Result<Opened, Fault> {
    let wanted = options.sheet.as_deref().map_or(Wanted::All, Wanted::Named);
    let read = workbook::read(bytes, kind, wanted, &options.limits)?;
    let mut sheets = Vec::new();
    for workbook::Read { grid, hidden } in read.sheets {
        let tables = find::find(&grid, &options.place);
        let mut sheet = Sheet { grid, hidden, dialect: None, tables, remarks: Vec::new() };
        sheet.remarks = sheet_remarks(&sheet);
        sheet.remarks.extend(table_remarks(&sheet));
        sheets.push(sheet);
    }
    Ok(other_sheets(Opened { format: Format::Workbook, sheets, remarks: Vec::new() }, read.names))
}

/// What is hidden in a sheet, what was filled, and what has no value.
fn sheet_remarks(sheet: &Sheet) -> Vec<Remark> {
    let mut remarks = Vec::new();
    if sheet.hidden {
        remarks.push(Remark::of_file(What::HiddenSheet));
    }
    let hidden: Vec<u64> = sheet.grid.rows.iter().filter(|row| row.hidden).map(|row| row.number).collect();
    if !hidden.is_empty() {
        remarks.push(of_rows(What::HiddenRows, hidden));
    }
    let columns = &sheet.grid.hidden_columns;
    if !columns.is_empty() {
        let letters = columns.iter().take(NAMED).map(|column| column_letters(*column)).collect();
        remarks.push(Remark { count: columns.len(), ..Remark::of_file(What::HiddenColumns(letters)) });
    }
    let (mut merged, mut filled) = (Vec::new(), 0);
    let mut missing = Cells::default();
    let mut rounded = Cells::default();
    for row in &sheet.grid.rows {
        for (column, cell) in (1..).zip(&row.cells) {
            match cell.mark {
                Mark::Merged => {
                    filled += 1;
                    if merged.last() != Some(&row.number) {
                        merged.push(row.number);
                    }
                }
                Mark::NoValue => missing.add(column, row.number),
                Mark::Rounded => rounded.add(column, row.number),
                _ => {}
            }
        }
    }
    if filled > 0 {
        remarks.push(Remark { count: filled, ..of_rows(What::Merged, merged) });
    }
    remarks.extend(missing.remark(What::NoValue));
    remarks.extend(rounded.remark(What::Rounded));
    for remark in &mut remarks {
        remark.sheet.clone_from(&sheet.grid.sheet);
    }
    remarks
}

/// Cells that a remark is about: how many, and the addresses of the first.
#[derive(Default)]
struct Cells {
    count: usize,
    first: Vec<String>,
}

impl Cells {
    fn add(&mut self, column: u32, row: u64) {
        self.count += 1;
        if self.count <= NAMED {
            self.first.push(format!("{}{row}", column_letters(column)));
        }
    }

    fn remark(self, what: fn(Vec<String>) -> What) -> Option<Remark> {
        (self.count > 0).then(|| Remark { count: self.count, ..Remark::of_file(what(self.first)) })
    }
}

fn open_structured(kind: Kind, bytes: &[u8], options: &Options) -> Result<Opened, Fault> {
    let (text, remarks) = text_of(bytes, options)?;
    let text = text.trim_start_matches('\u{feff}');
    let (format, read) = match kind {
        Kind::Yaml => (Format::Yaml, structured::yaml(text, &options.limits)?),
        _ => {
            let (read, several) = structured::json(text, &options.limits)?;
            (if several { Format::JsonLines } else { Format::Json }, read)
        }
    };
    let names: Vec<String> = read.iter().filter_map(|records| records.grid.sheet.clone()).collect();
    let mut sheets = Vec::new();
    for structured::Records { mut grid, keyed, lines } in read {
        if options.sheet.is_some() && options.sheet != grid.sheet {
            continue;
        }
        // records are records, whatever they look like
        let place = if keyed {
            Place { header: Some(Some((1, 1))), all_rows: true, columns: options.place.columns, ..Place::default() }
        } else {
            options.place.clone()
        };
        let tables = find::find(&grid, &place);
        for (row, (first, more)) in grid.rows.iter_mut().zip(lines) {
            (row.number, row.breaks) = (first, more);
        }
        let mut sheet = Sheet { grid, hidden: false, dialect: None, tables, remarks: Vec::new() };
        sheet.remarks = table_remarks(&sheet);
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err(Fault::NoSheet(names));
    }
    Ok(other_sheets(Opened { format, sheets, remarks }, names))
}

/// The text of a file, with what is told of its encoding.
fn text_of(bytes: &[u8], options: &Options) -> Result<(String, Vec<Remark>), Fault> {
    let (decoded, others) = match options.other_encoding {
        Some(other) => encoding::decode_lines(bytes, other),
        None => (encoding::decode(bytes, options.encoding), Vec::new()),
    };
    if decoded.text.chars().take(4096).filter(|c| *c == '\0').count() > 8 {
        return Err(Fault::NotText);
    }
    let mut remarks = vec![Remark::of_file(What::Encoding(decoded.encoding, decoded.ground))];
    if let Some(other) = options.other_encoding.filter(|_| !others.is_empty()) {
        remarks.push(of_rows(What::OtherEncoding(other), others));
    }
    if decoded.marks > 0 {
        remarks.push(Remark { count: decoded.marks, ..Remark::of_file(What::Marks) });
    }
    if decoded.malformed > 0 {
        let what = What::Malformed(decoded.encoding);
        remarks.push(Remark { count: decoded.malformed, ..Remark::of_file(what) });
    }
    Ok((decoded.text, remarks))
}

fn open_text(bytes: &[u8], options: &Options) -> Result<Opened, Fault> {
    let (text, mut remarks) = text_of(bytes, options)?;
    let read = text::read(&text, &options.text, options.place.last);
    if let (Some(header), None) = (&options.text.inside, read.dialect.inside) {
        return Err(Fault::NoColumn(header.clone(), named(&read.grid)));
    }
    hold(&read.grid, &options.limits)?;
    for remark in remarks.iter_mut().filter(|remark| matches!(remark.what, What::Malformed(_))) {
        let lost = |row: &&Row| row.cells.iter().any(|cell| cell.text.contains('\u{fffd}'));
        remark.rows = read.grid.rows.iter().filter(lost).map(|row| row.number).collect();
    }
    let tables = find::find(&read.grid, &options.place);
    let mut own = dialect_remarks(&read);
    own.extend(row_remarks(&read, &tables));
    let mut sheet = Sheet { grid: read.grid, hidden: false, dialect: Some(read.dialect), tables, remarks: own };
    let found = table_remarks(&sheet);
    sheet.remarks.extend(found);
    Ok(Opened { format: Format::Text, sheets: vec![sheet], remarks })
}

/// The texts of the first row with more than one.
fn named(grid: &Grid) -> Vec<String> {
    let row = grid.rows.iter().find(|row| row.filled() > 1);
    row.map_or(Vec::new(), |row| row.cells.iter().map(|cell| cell.text.trim().to_string()).collect())
}

/// Holds a grid against the limits of its rows and cells.
fn hold(grid: &Grid, limits: &Limits) -> Result<(), Fault> {
    limits.hold(Limit::Rows, size(grid.rows.len()))?;
    let mut cells = 0;
    for row in &grid.rows {
        limits.hold(Limit::Columns, size(row.cells.len()))?;
        cells += size(row.cells.len());
        let longest = row.cells.iter().map(|cell| cell.text.len()).max().unwrap_or(0);
        limits.hold(Limit::Cell, size(longest))?;
    }
    limits.hold(Limit::Cells, cells)
}

fn dialect_remarks(read: &text::TextGrid) -> Vec<Remark> {
    let mut remarks = vec![Remark::of_file(What::Separator(read.dialect.separator.clone()))];
    if read.dialect.quote != Some('"') {
        remarks.push(Remark::of_file(What::Quote(read.dialect.quote)));
    }
    remarks.extend(read.dialect.escape.map(|sign| Remark::of_file(What::Escape(sign))));
    match &read.dialect.ends {
        Ends::LineFeed => {}
        Ends::CarriageReturn => remarks.push(Remark::of_file(What::RecordEnd("\r".to_string()))),
        Ends::Text(sign) => remarks.push(Remark::of_file(What::RecordEnd(sign.clone()))),
    }
    remarks
}

/// Mended and irregular records that are rows of a table or of its header.
fn row_remarks(read: &text::TextGrid, tables: &[Table]) -> Vec<Remark> {
    let inside = |row: usize| tables.iter().any(|t| t.rows.binary_search(&row).is_ok() || t.header.contains(&row));
    let number = |row: usize| read.grid.rows.get(row).map_or(0, |r| r.number);
    let mut by_flaw: BTreeMap<Flaw, Vec<u64>> = BTreeMap::new();
    let narrow: Vec<(usize, What)> = tables.iter().filter_map(|table| narrow_header(read, table)).collect();
    for (row, flaws) in read.mended.iter().filter(|(row, _)| inside(*row)) {
        for flaw in flaws {
            if *flaw == Flaw::Short && narrow.iter().any(|(header, _)| header == row) {
                continue;
            }
            by_flaw.entry(*flaw).or_default().push(number(*row));
        }
    }
    let mut remarks: Vec<Remark> = by_flaw.into_iter().map(|(flaw, rows)| of_rows(What::Mended(flaw), rows)).collect();
    let mut irregular: Vec<usize> = read.irregular.iter().copied().filter(|row| inside(*row)).collect();
    irregular.extend(tables.iter().flat_map(|table| of_another_width(&read.grid, table)));
    irregular.retain(|row| read.mended.binary_search_by_key(row, |(mended, _)| *mended).is_err());
    irregular.sort_unstable();
    irregular.dedup();
    let left: Vec<u64> = irregular.into_iter().map(number).collect();
    if !left.is_empty() {
        remarks.push(of_rows(What::Irregular, left));
    }
    remarks.extend(narrow.into_iter().map(|(header, what)| of_rows(what, vec![number(header)])));
    remarks
}

/// The header of a table, where it has fewer names than its rows have values: whose name is lost cannot be told.
fn narrow_header(read: &text::TextGrid, table: &Table) -> Option<(usize, What)> {
    let [header] = table.header.as_slice() else {
        return None;
    };
    let at = read.mended.binary_search_by_key(header, |(row, _)| *row).ok()?;
    let short = read.mended.get(at).is_some_and(|(_, flaws)| flaws.contains(&Flaw::Short));
    let end = |row: &usize| read.grid.rows.get(*row).map_or(0, Row::end);
    let values = table.rows.iter().map(end).max().unwrap_or(0);
    (short && end(header) < values).then(|| (*header, What::NarrowHeader(end(header), values)))
}

/// Rows of a table that were read with another number of fields than most of it: they may be another table that nothing else tells from it.
fn of_another_width(grid: &Grid, table: &Table) -> Vec<usize> {
    let width = |row: &usize| grid.rows.get(*row).map_or(0, |row| row.cells.len());
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for row in &table.rows {
        *counts.entry(width(row)).or_default() += 1;
    }
    let usual = counts.into_iter().max_by_key(|(_, count)| *count).map_or(0, |(width, _)| width);
    table.rows.iter().copied().filter(|row| width(row) != usual).collect()
}

fn of_rows(what: What, rows: Vec<u64>) -> Remark {
    let count = rows.len();
    Remark { what, sheet: None, rows, count }
}

/// What was decided about the tables of a sheet.
pub(super) fn table_remarks(sheet: &Sheet) -> Vec<Remark> {
    sheet.tables.first().map_or_else(Vec::new, |table| about(sheet, table))
}

/// The last line of a row.
fn grid_end(sheet: &Sheet, at: usize) -> u64 {
    sheet.grid.rows.get(at).map_or(0, |row| row.number + row.breaks)
}

/// What was decided about one table of a sheet.
pub(super) fn about(sheet: &Sheet, table: &Table) -> Vec<Remark> {
    let number = |row: &usize| sheet.grid.rows.get(*row).map_or(0, |r| r.number);
    let mut remarks = Vec::new();
    match table.header.as_slice() {
        [] if !table.rows.is_empty() => remarks.push(Remark::of_file(What::NoHeader)),
        rows => remarks.push(of_rows(What::Header, rows.iter().map(number).collect())),
    }
    if table.carried {
        remarks.push(of_rows(What::Carried, table.header.iter().map(number).collect()));
    }
    let kinds = [
        LeftOut::Preamble,
        LeftOut::Numbering,
        LeftOut::RepeatedHeader,
        LeftOut::Rule,
        LeftOut::Total,
        LeftOut::Section,
        LeftOut::Note,
    ];
    for kind in kinds {
        let rows: Vec<u64> =
            table.left_out.iter().filter(|(_, why)| *why == kind).map(|(row, _)| number(row)).collect();
        if !rows.is_empty() {
            remarks.push(of_rows(What::LeftOut(kind), rows));
        }
    }
    if !table.totals.is_empty() {
        remarks.push(of_rows(What::Totals, table.totals.iter().map(number).collect()));
    }
    if !table.lone.is_empty() {
        remarks.push(of_rows(What::Lone, table.lone.iter().map(number).collect()));
    }
    if table.gaps > 0 {
        let end = |at: &usize| grid_end(sheet, *at);
        let pairs = table.rows.iter().zip(table.rows.iter().skip(1));
        let behind: Vec<u64> = pairs
            .filter(|(one, next)| **next == *one + 1 && number(next) > end(one) + 1)
            .map(|(_, next)| number(next))
            .collect();
        remarks.push(Remark { count: table.gaps, ..of_rows(What::Gaps, behind) });
    }
    if !table.blank_columns.is_empty() {
        remarks.push(Remark { count: table.blank_columns.len(), ..Remark::of_file(What::BlankColumns) });
    }
    if sheet.tables.len() > 1 {
        let begin = |t: &Table| t.header.first().or(t.rows.first()).map(number).zip(t.columns.first().copied());
        let others = sheet.tables.iter().filter(|other| *other != table);
        let starts: Vec<(u64, usize)> = others.filter_map(begin).collect();
        // tables side by side begin in one row
        let own = begin(table).map(|(_, column)| column);
        let beside =
            starts.iter().any(|(_, column)| own.is_some_and(|own| own.abs_diff(*column) > table.columns.len().min(2)));
        let letters = |column: usize| column_letters(u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1));
        let cells =
            starts.iter().take(NAMED).filter(|_| beside).map(|(row, column)| format!("{}{row}", letters(*column)));
        let what = What::OtherTables(cells.collect());
        remarks.push(of_rows(what, starts.iter().map(|(row, _)| *row).collect()));
    }
    for remark in &mut remarks {
        remark.sheet.clone_from(&sheet.grid.sheet);
    }
    remarks
}
