//! What holds for every opened file: grids within the limits, every row in one table at most and none lost, every value in a column.

use std::collections::BTreeSet;

use merilo::tables::find::{Place, Table, one_line};
use merilo::tables::grid::{Grid, Mark, Row};
use merilo::tables::limits::Limits;
use merilo::tables::open::{Format, Sheet};
use merilo::tables::{Opened, Options};

pub fn check(opened: &Opened, options: &Options) {
    let mut cells = 0;
    for sheet in &opened.sheets {
        let lined = matches!(opened.format, Format::Text | Format::Workbook);
        cells += grid(&sheet.grid, &options.limits, lined);
        remarks(sheet);
        // records with keys are read with a place of their own
        if lined {
            tables(sheet, &options.place);
        } else {
            sheet.tables.iter().for_each(|table| one(&sheet.grid, table, &options.place));
        }
    }
    assert!(cells <= options.limits.cells, "{cells} cells");
    if let Some(first) = opened.first() {
        assert!(opened.sheets[first].tables.iter().any(|table| !table.rows.is_empty()));
    }
}

/// Two readings of the same bytes.
pub fn same(one: &Opened, other: &Opened) {
    assert_eq!((one.format, &one.remarks), (other.format, &other.remarks));
    assert_eq!(one.sheets.len(), other.sheets.len());
    one.sheets.iter().zip(&other.sheets).for_each(|(one, other)| same_sheet(one, other));
}

pub fn same_sheet(one: &Sheet, other: &Sheet) {
    assert_eq!(one.grid, other.grid);
    assert_eq!(one.tables, other.tables);
    assert_eq!((&one.dialect, one.hidden), (&other.dialect, other.hidden));
    assert_eq!(one.remarks, other.remarks);
}

fn grid(grid: &Grid, limits: &Limits, lined: bool) -> u64 {
    assert!(grid.rows.len() as u64 <= limits.rows, "{} rows", grid.rows.len());
    let mut cells = 0;
    let mut last = 0;
    for row in &grid.rows {
        if lined {
            assert!(row.number > last, "row {} behind {last}", row.number);
            last = row.number + row.breaks;
        }
        assert!(row.cells.len() as u64 <= limits.columns, "{} columns", row.cells.len());
        cells += row.cells.len() as u64;
        for cell in &row.cells {
            assert!(cell.text.len() as u64 <= limits.cell, "a cell of {} bytes", cell.text.len());
        }
    }
    for region in &grid.merged {
        assert!(region.rows.0 >= 1 && region.rows.0 <= region.rows.1, "{region:?}");
        assert!(region.columns.0 >= 1 && region.columns.0 <= region.columns.1, "{region:?}");
    }
    let hidden = &grid.hidden_columns;
    assert!(hidden.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(hidden.iter().all(|column| (1..=limits.columns).contains(&u64::from(*column))));
    cells
}

/// What is told is about rows that are there.
fn remarks(sheet: &Sheet) {
    let numbers: BTreeSet<u64> = sheet.grid.rows.iter().map(|row| row.number).collect();
    let about = (0..sheet.tables.len()).flat_map(|table| sheet.remarks_about(table));
    for remark in sheet.remarks.iter().cloned().chain(about) {
        let foreign = remark.rows.iter().find(|row| !numbers.contains(row));
        assert_eq!(foreign, None, "{:?}", remark.what);
        assert!(remark.count > 0 || remark.rows.is_empty(), "{remark:?}");
        assert_eq!(remark.sheet.as_ref().filter(|name| Some(*name) != sheet.grid.sheet.as_ref()), None);
    }
}

/// Every row that holds something is in exactly one table, as header, as data or as told of; where tables stand side by side, every cell is.
fn tables(sheet: &Sheet, place: &Place) {
    let grid = &sheet.grid;
    let mut cells: Vec<Vec<usize>> = grid.rows.iter().map(|row| vec![0; row.cells.len()]).collect();
    let (mut inside, mut told) = (vec![0; grid.rows.len()], vec![0; grid.rows.len()]);
    for table in &sheet.tables {
        one(grid, table, place);
        for row in table.header.iter().chain(&table.rows) {
            inside[*row] += 1;
            for column in table.columns.iter().filter(|column| **column < grid.rows[*row].cells.len()) {
                cells[*row][*column] += 1;
            }
        }
        table.left_out.iter().for_each(|(row, _)| told[*row] += 1);
    }
    for (at, row) in grid.rows.iter().enumerate() {
        let wanted = !row.is_blank() && place.last.is_none_or(|last| row.number <= last);
        let claims = inside[at] + told[at];
        let beside = wanted && sheet.tables.len() > 1 && claims > 1;
        assert!(beside || claims == usize::from(wanted), "row {} is in {claims} places", row.number);
        let shown = row.cells.iter().enumerate().filter(|(column, _)| wanted && is_wanted(place, *column));
        for (column, cell) in shown {
            let claims = cells[at][column];
            // a column all of whose cells are merged with the one at the left is a part of it
            let part = cell.mark == Mark::Merged && column > 0 && cell.text == row.text(column - 1);
            let known = claims == 1 || cell.is_blank() || claims == 0 && (told[at] > 0 || part);
            assert!(known, "«{}» of row {} is in {claims} columns", cell.text, row.number);
        }
    }
}

fn is_wanted(place: &Place, column: usize) -> bool {
    place.columns.is_none_or(|(from, to)| (from..=to).contains(&(column as u32 + 1)))
}

fn one(grid: &Grid, table: &Table, place: &Place) {
    let ascending = |rows: &[usize]| rows.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(ascending(&table.columns) && ascending(&table.header) && ascending(&table.rows), "{table:?}");
    assert!(ascending(&table.totals) && ascending(&table.lone) && ascending(&table.blank_columns));
    assert_eq!(table.headers.len(), table.columns.len());
    for rows in [&table.totals, &table.lone] {
        assert!(rows.iter().all(|row| table.rows.contains(row)));
    }
    assert!(table.gaps <= table.rows.len());
    assert!(table.columns.iter().all(|column| !table.blank_columns.contains(column)));
    assert!(table.columns.iter().all(|column| is_wanted(place, *column)));
    let row = |at: &usize| -> &Row { &grid.rows[*at] };
    for (at, header) in table.columns.iter().zip(&table.headers) {
        match table.header.as_slice() {
            [] => assert_eq!(header, ""),
            // spaces behind the last name are no name
            [only] if header.is_empty() => assert_eq!(row(only).text(*at).trim(), ""),
            [only] => assert_eq!(header, row(only).text(*at)),
            several => several.iter().for_each(|level| {
                let own = one_line(row(level).text(*at));
                assert!(header.contains(&own), "«{own}» is not in «{header}»");
            }),
        }
    }
}
