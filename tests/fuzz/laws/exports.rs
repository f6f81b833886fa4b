//! A table that was found, written out and read again, is the same table.

use merilo::report::written_table;
use merilo::tables::dialect::Stated;
use merilo::tables::encoding::Encoding;
use merilo::tables::fault::Fault;
use merilo::tables::find::{Place, Table};
use merilo::tables::grid::Grid;
use merilo::tables::limits::Limits;
use merilo::tables::records::Ends;
use merilo::tables::remark::What;
use merilo::tables::{Opened, Options, open};

pub fn check(opened: &Opened) {
    for sheet in &opened.sheets {
        for table in sheet.tables.iter().filter(|table| !table.is_nothing()) {
            csv(&sheet.grid, table);
            json_lines(&sheet.grid, table);
        }
    }
}

fn texts(grid: &Grid, table: &Table) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| table.texts(grid, *row).map(str::to_string).collect()).collect()
}

fn is_blank(texts: &[String]) -> bool {
    texts.iter().all(|text| text.trim().is_empty())
}

fn csv(grid: &Grid, table: &Table) {
    let mut written = Vec::new();
    written_table::csv(grid, table, &mut written).unwrap();
    let wanted = texts(grid, table);
    let headed = !table.header.is_empty();
    // blank records are none, and a table may be blank where only some columns of it are taken
    if wanted.iter().any(|row| is_blank(row)) || headed && is_blank(&table.headers) {
        return;
    }
    // without rows a table ends with its last name
    if wanted.is_empty() && table.headers.last().is_some_and(|name| name.trim().is_empty()) {
        return;
    }
    let options = Options {
        encoding: Some(Encoding::Utf8),
        text: Stated {
            separator: Some(",".to_string()),
            quote: Some(Some('"')),
            escape: Some(None),
            ends: Some(Ends::LineFeed),
            inside: None,
        },
        place: Place { header: Some(headed.then_some((1, 1))), first: Some(1), all_rows: true, ..Place::default() },
        limits: Limits::default(),
        ..Options::default()
    };
    let again = match open(&written, "written.csv", &options) {
        Ok(opened) => opened,
        // what begins like a page, an archive or records is one
        Err(
            Fault::Html | Fault::NotText | Fault::Damaged(_) | Fault::Records(_) | Fault::Packed(_) | Fault::NoRows(_),
        ) => return,
        Err(fault) => panic!("{fault:?}\n{}", String::from_utf8_lossy(&written)),
    };
    if again.format != merilo::tables::open::Format::Text {
        return;
    }
    let [sheet] = again.sheets.as_slice() else {
        panic!("{} sheets", again.sheets.len());
    };
    // a cell with lines in it that look like records of the table may be a lost quotation mark: that is told
    if sheet.remarks.iter().any(|remark| matches!(remark.what, What::Mended(_))) {
        return;
    }
    let [found] = sheet.tables.as_slice() else {
        panic!("{} tables\n{}", sheet.tables.len(), String::from_utf8_lossy(&written));
    };
    let shown = || String::from_utf8_lossy(&written).into_owned();
    assert_eq!(found.headers.join("\n"), table.headers.join("\n"), "{}", shown());
    assert_eq!(texts(&sheet.grid, found), wanted, "{}", shown());
}

fn json_lines(grid: &Grid, table: &Table) {
    let mut written = Vec::new();
    written_table::json_lines(grid, table, &mut written).unwrap();
    if table.rows.is_empty() || table.columns.is_empty() {
        return;
    }
    let again = open(&written, "written.jsonl", &Options::default());
    let again = again.unwrap_or_else(|fault| panic!("{fault:?}\n{}", String::from_utf8_lossy(&written)));
    let [sheet] = again.sheets.as_slice() else {
        panic!("{} sheets", again.sheets.len());
    };
    let rows: Vec<Vec<String>> = sheet.tables.iter().flat_map(|found| texts(&sheet.grid, found)).collect();
    let wanted: Vec<Vec<String>> = texts(grid, table).into_iter().filter(|row| !is_blank(row)).collect();
    assert_eq!(rows, wanted, "{}", String::from_utf8_lossy(&written));
}
