//! Sheets of files → tables: files of one shape whose names differ by a year are one table.
//!
//! Knows no meaning of a column.

use super::names::{self, Named};
use super::{Column, Given, Guess, Key, Names, Part, Skipped, Table, TextGround, Why, words};
use crate::data::printed::header_form;
use crate::tables::encoding::{Encoding, Ground};
use crate::tables::find;
use crate::tables::grid::Grid;
use crate::tables::open::{Opened, Sheet};
use crate::tables::remark::{Remark, What};

/// One table of one sheet.
struct Piece {
    named: Named,
    part: Part,
    headers: Vec<String>,
    /// By column and row.
    cells: Vec<Vec<String>>,
    left: Vec<(u32, String)>,
}

impl Piece {
    /// Takes the rows of a page further down.
    fn goes_on(&mut self, page: Piece) {
        self.part.pages += 1;
        self.part.rows.extend(page.part.rows);
        self.part.left_out.extend(page.part.left_out);
        self.part.totals.extend(page.part.totals);
        for (own, more) in self.cells.iter_mut().zip(page.cells) {
            own.extend(more);
        }
    }
}

/// The tables of some files, without any guess.
pub(super) fn tables(files: &[Given], names: &Names) -> (Vec<Table>, Vec<Skipped>) {
    let (mut pieces, mut skipped) = (Vec::new(), Vec::new());
    for file in files {
        let several = file.opened.sheets.iter().filter(|sheet| !sheet.tables.is_empty()).count() > 1;
        for sheet in &file.opened.sheets {
            for number in 0..sheet.tables.len().max(1) {
                pieces.extend(piece(file, sheet, number, several, &mut skipped));
            }
        }
    }
    (grouped(pieces, names), skipped)
}

fn piece(file: &Given, sheet: &Sheet, which: usize, several: bool, skipped: &mut Vec<Skipped>) -> Option<Piece> {
    let name = &sheet.grid.sheet;
    let mut skip = |why: Why| skipped.push(Skipped { file: file.name.clone(), sheet: name.clone(), why });
    let Some(table) = sheet.tables.get(which).filter(|table| !table.rows.is_empty()) else {
        skip(Why::NoRows);
        return None;
    };
    if table.header.is_empty() {
        skip(Why::NoHeader);
        return None;
    }
    let number = |row: &usize| sheet.grid.rows.get(*row).map_or(0, |row| row.number);
    let (encoding, separator) = written(&file.opened, sheet);
    let unseen = |remark: &Remark| matches!(remark.what, What::OtherSheets(_));
    let others = file.opened.sheets.len() > 1 || file.opened.remarks.iter().any(unseen);
    let rows: Vec<usize> = table.rows.iter().copied().filter(|row| !table.totals.contains(row)).collect();
    if rows.is_empty() {
        skip(Why::NoRows);
        return None;
    }
    let mut part = Part {
        file: file.name.clone(),
        sheet: name.clone(),
        named_sheet: name.is_some() && others,
        table: (sheet.tables.len() > 1).then_some(which + 1),
        pages: 1,
        encoding,
        separator,
        header: table.header.iter().map(number).collect(),
        named_header: which == 0 && table.header.first().is_some_and(|first| *first > 0),
        year: None,
        rows: rows.iter().map(number).collect(),
        totals: table.totals.iter().map(number).collect(),
        left_out: below_header(table).map(|row| number(&row)).collect(),
        columns: Vec::new(),
    };
    let named = names::of_piece(&file.name, name.as_deref(), several);
    part.year = named.year;
    let (mut headers, mut cells, mut left) = (Vec::<String>::new(), Vec::new(), Vec::new());
    for (column, header) in table.columns.iter().zip(&table.headers) {
        let header = header.trim().trim_start_matches('\u{feff}').to_owned();
        let place = u32::try_from(*column).unwrap_or(u32::MAX).saturating_add(1);
        let known = |known: &String| header_form(known) == header_form(&header);
        if header.is_empty() || headers.iter().any(known) {
            left.push((place, header));
            continue;
        }
        headers.push(header);
        part.columns.push(place);
        cells.push(texts(&sheet.grid, &rows, *column));
    }
    Some(Piece { named, part, headers, cells, left })
}

fn texts(grid: &Grid, rows: &[usize], column: usize) -> Vec<String> {
    let text = |row: &usize| grid.rows.get(*row).map_or("", |row| row.text(column)).trim().to_owned();
    rows.iter().map(text).collect()
}

/// Rows below the header that look like no data.
fn below_header(table: &find::Table) -> impl Iterator<Item = usize> + '_ {
    let header = table.header.last().copied().unwrap_or(0);
    table.left_out.iter().map(|(row, _)| *row).filter(move |row| *row > header)
}

/// How a text file is written, as far as a manifest has to say it.
fn written(opened: &Opened, sheet: &Sheet) -> (Option<Encoding>, Option<String>) {
    let encoding = opened.remarks.iter().find_map(|remark| match remark.what {
        What::Encoding(_, Ground::Ascii) => None,
        What::Encoding(encoding, _) => Some(encoding),
        _ => None,
    });
    (encoding, sheet.dialect.as_ref().map(|dialect| dialect.separator.clone()))
}

fn of_another_year(one: &Piece, other: &Piece) -> bool {
    one.named.year.is_some() && other.named.year.is_some() && one.named.year != other.named.year
}

/// A table that goes on below with its title and header once more.
fn of_another_page(one: &Piece, other: &Piece) -> bool {
    let (one, other) = (&one.part, &other.part);
    one.file == other.file && one.sheet == other.sheet && one.table != other.table
}

/// Pieces of one shape with one name that differ in their years, or are pages of one sheet, become one table.
fn grouped(pieces: Vec<Piece>, names: &Names) -> Vec<Table> {
    let mut groups: Vec<(Named, Vec<String>, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        let forms: Vec<String> = piece.headers.iter().map(|header| header_form(header)).collect();
        let alike = |(named, known, members): &&mut (Named, Vec<String>, Vec<Piece>)| {
            let fits = |member: &Piece| of_another_year(member, &piece) || of_another_page(member, &piece);
            named.stem == piece.named.stem && *known == forms && members.iter().all(fits)
        };
        let Some((_, _, members)) = groups.iter_mut().find(alike) else {
            groups.push((piece.named.clone(), forms, vec![piece]));
            continue;
        };
        match members.iter_mut().find(|member| of_another_page(member, &piece)) {
            Some(first) => first.goes_on(piece),
            None => members.push(piece),
        }
    }
    let mut taken = Vec::new();
    groups.into_iter().map(|(named, _, pieces)| table(&named, pieces, names, &mut taken)).collect()
}

fn table(named: &Named, mut pieces: Vec<Piece>, names: &Names, taken: &mut Vec<String>) -> Table {
    pieces.sort_by_key(|piece| piece.named.year);
    // a single file keeps the year in its name: nothing else tells it apart from the same file of another year
    let name = names::free(&names::identifier(&named.stem), &format!("{}_{}", names.table, taken.len() + 1), taken);
    taken.push(name.clone());
    let headers = pieces.first().map(|piece| piece.headers.clone()).unwrap_or_default();
    let left = pieces.iter().flat_map(|piece| piece.left.clone()).collect();
    let has_year = headers.iter().any(|header| words::says_year(header));
    let mut columns: Vec<Column> = Vec::new();
    for (at, header) in headers.into_iter().enumerate() {
        let cells = pieces.iter_mut().filter_map(|piece| piece.cells.get_mut(at)).flat_map(std::mem::take).collect();
        columns.push(Column::new(header, cells));
    }
    let mut parts: Vec<Part> = pieces.into_iter().map(|piece| piece.part).collect();
    if !has_year && parts.iter().all(|part| part.year.is_some()) {
        let years = parts.iter().flat_map(|part| {
            let year = part.year.map_or(String::new(), |year| year.to_string());
            std::iter::repeat_n(year, part.rows.len())
        });
        let mut column = Column::new(String::new(), years.collect());
        column.constant = true;
        columns.push(column);
        for part in &mut parts {
            part.columns.push(0);
        }
    }
    Table { name, parts, columns, key: Key::None, left }
}

impl Column {
    pub(super) fn new(header: String, cells: Vec<String>) -> Column {
        Column {
            name: String::new(),
            header,
            guess: Guess::Text(TextGround::Empty),
            constant: false,
            filled: 0,
            fits: 0,
            empty: 0,
            markers: Vec::new(),
            allowed: Vec::new(),
            strange: Vec::new(),
            cells,
        }
    }
}
