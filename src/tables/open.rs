//! A file as its sheets with the tables in them: what the file is, is told from its bytes, never from its name alone.

use super::dialect::Stated;
use super::encoding::{self, Encoding};
use super::fault::Fault;
use super::find::{self, LeftOut, Place, Table};
use super::grid::{Grid, Row};
use super::records::{Dialect, Ends};
use super::remark::{Remark, What};
use super::text;

/// What is stated of a file; what is stated wins over what is found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    pub encoding: Option<Encoding>,
    pub text: Stated,
    pub place: Place,
    /// Sheets to read, by name; none: all.
    pub sheet: Option<String>,
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

/// Opens a file of which the bytes are given; `name` tells formats that bytes do not (YAML).
///
/// Errors: nothing in it, no text and no workbook, damaged, protected, larger than the limits.
pub fn open(bytes: &[u8], _name: &str, options: &Options) -> Result<Opened, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Empty);
    }
    open_text(bytes, options)
}

fn open_text(bytes: &[u8], options: &Options) -> Result<Opened, Fault> {
    let decoded = encoding::decode(bytes, options.encoding);
    if decoded.text.chars().take(4096).filter(|c| *c == '\0').count() > 8 {
        return Err(Fault::NotText);
    }
    let mut remarks = vec![Remark::of_file(What::Encoding(decoded.encoding, decoded.ground))];
    let read = text::read(&decoded.text, &options.text);
    if decoded.malformed > 0 {
        let lost = |row: &&Row| row.cells.iter().any(|cell| cell.text.contains('\u{fffd}'));
        let rows = read.grid.rows.iter().filter(lost).map(|row| row.number).collect();
        let what = What::Malformed(decoded.encoding);
        remarks.push(Remark { what, sheet: None, rows, count: decoded.malformed });
    }
    let tables = find::find(&read.grid, &options.place);
    let mut own = dialect_remarks(&read);
    own.extend(row_remarks(&read, &tables));
    let mut sheet = Sheet { grid: read.grid, hidden: false, dialect: Some(read.dialect), tables, remarks: own };
    let found = table_remarks(&sheet);
    sheet.remarks.extend(found);
    Ok(Opened { format: Format::Text, sheets: vec![sheet], remarks })
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
    let mut by_flaw: std::collections::BTreeMap<super::mend::Flaw, Vec<u64>> = std::collections::BTreeMap::new();
    for (row, flaws) in read.mended.iter().filter(|(row, _)| inside(*row)) {
        for flaw in flaws {
            by_flaw.entry(*flaw).or_default().push(number(*row));
        }
    }
    let mut remarks: Vec<Remark> = by_flaw.into_iter().map(|(flaw, rows)| of_rows(What::Mended(flaw), rows)).collect();
    let left: Vec<u64> = read.irregular.iter().filter(|row| inside(**row)).map(|row| number(*row)).collect();
    if !left.is_empty() {
        remarks.push(of_rows(What::Irregular, left));
    }
    remarks
}

fn of_rows(what: What, rows: Vec<u64>) -> Remark {
    let count = rows.len();
    Remark { what, sheet: None, rows, count }
}

/// What was decided about the tables of a sheet.
pub(super) fn table_remarks(sheet: &Sheet) -> Vec<Remark> {
    sheet.tables.first().map_or_else(Vec::new, |table| about(sheet, table))
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
    if table.gaps > 0 {
        remarks.push(Remark { count: table.gaps, ..Remark::of_file(What::Gaps) });
    }
    if !table.blank_columns.is_empty() {
        remarks.push(Remark { count: table.blank_columns.len(), ..Remark::of_file(What::BlankColumns) });
    }
    if sheet.tables.len() > 1 {
        let others = sheet.tables.iter().filter(|other| *other != table);
        let starts = others.filter_map(|t| t.header.first().or(t.rows.first())).map(number).collect();
        remarks.push(of_rows(What::OtherTables, starts));
    }
    for remark in &mut remarks {
        remark.sheet.clone_from(&sheet.grid.sheet);
    }
    remarks
}
