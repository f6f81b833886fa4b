//! Sheets as offices make them: titles over merged cells, headers of several rows, sections, totals, notes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use merilo::tables::find::{LeftOut, Place, Table, find};
use merilo::tables::grid::{Cell, Grid, Mark, Row};

/// A sheet from lines, one for each row; `|` between cells, `^` a cell that is merged with another and filled from it. Blank lines are blank rows.
fn sheet(text: &str) -> Grid {
    let mut rows: Vec<Row> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let cells = line.split('|').map(str::trim).map(|text| match text.strip_prefix('^') {
            Some(text) => Cell { text: text.to_string(), mark: Mark::Merged },
            None => Cell::plain(text),
        });
        let row = Row { number, cells: cells.collect(), ..Row::default() };
        if !row.is_blank() {
            rows.push(row);
        }
    }
    Grid { sheet: Some("Лист1".to_string()), rows, ..Grid::default() }
}

fn tables(text: &str) -> (Grid, Vec<Table>) {
    let grid = sheet(text);
    let tables = find(&grid, &Place::default());
    (grid, tables)
}

fn numbers(grid: &Grid, rows: &[usize]) -> Vec<u64> {
    rows.iter().map(|at| grid.rows[*at].number).collect()
}

fn left(grid: &Grid, table: &Table) -> Vec<(u64, LeftOut)> {
    table.left_out.iter().map(|(at, why)| (grid.rows[*at].number, *why)).collect()
}

#[test]
fn a_title_over_merged_cells_stands_above_the_header() {
    let (grid, tables) = tables(
        "Результаты ЕГЭ 2018 года | ^Результаты ЕГЭ 2018 года | ^Результаты ЕГЭ 2018 года\n\nкод | школа | балл\n1 | Лицей | 61,2\n2 | СОШ № 1 | 54,9\n3 | СОШ № 2 | 50\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [3]);
    assert_eq!(numbers(&grid, &table.rows), [4, 5, 6]);
    assert_eq!(left(&grid, table), [(1, LeftOut::Preamble)]);
    assert_eq!(tables.len(), 1);
}

#[test]
fn three_header_rows_with_cells_merged_both_ways_are_one_header() {
    let (grid, tables) = tables(
        "№ | Школа | Результаты | ^Результаты | ^Результаты | ^Результаты\n\
         ^№ | ^Школа | Русский язык | ^Русский язык | Математика | ^Математика\n\
         ^№ | ^Школа | балл | доля, % | балл | доля, %\n\
         1 | 2 | 3 | 4 | 5 | 6\n\
         1 | Лицей | 61,2 | 98 | 55 | 90\n\
         2 | СОШ № 1 | 54,9 | 91,5 | 48 | 85\n\
         3 | СОШ № 2 | 50 | 88 | 44,5 | 80\n\
         4 | СОШ № 3 | 49 | 87 | 43,5 | 79\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [1, 2, 3]);
    let headers = [
        "№",
        "Школа",
        "Результаты Русский язык балл",
        "Результаты Русский язык доля, %",
        "Результаты Математика балл",
        "Результаты Математика доля, %",
    ];
    assert_eq!(table.headers, headers);
    assert_eq!(left(&grid, table), [(4, LeftOut::Numbering)]);
    assert_eq!(numbers(&grid, &table.rows), [5, 6, 7, 8]);
    assert!(!table.carried);
}

#[test]
fn upper_headers_that_are_not_merged_are_carried_to_the_right() {
    let (grid, tables) = tables(
        "№ | Школа | Русский язык | | Математика |\n | | балл | доля | балл | доля\n1 | Лицей | 61,2 | 98 | 55 | 90\n2 | СОШ № 1 | 54,9 | 91,5 | 48 | 85\n3 | СОШ № 2 | 50 | 88 | 44,5 | 80\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [1, 2]);
    assert_eq!(table.headers[2..], ["Русский язык балл", "Русский язык доля", "Математика балл", "Математика доля"]);
    assert!(table.carried);
}

#[test]
fn names_of_districts_across_the_table_are_sections() {
    let (grid, tables) = tables(
        "№ | Школа | Балл | Доля\n\
         Гатчинский район | ^Гатчинский район | ^Гатчинский район | ^Гатчинский район\n\
         1 | Лицей | 61,2 | 98\n2 | СОШ № 1 | 54,9 | 91,5\n\
         Лужский район | ^Лужский район | ^Лужский район | ^Лужский район\n\
         3 | СОШ № 2 | 50 | 88\n4 | СОШ № 3 | 51 | 87\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [1]);
    assert_eq!(left(&grid, table), [(2, LeftOut::Section), (5, LeftOut::Section)]);
    assert_eq!(numbers(&grid, &table.rows), [3, 4, 6, 7]);
}

#[test]
fn totals_are_kept_and_told_wherever_they_stand() {
    let text = "№ | Школа | Балл | Доля | Число\n1 | Лицей | 61,2 | 98 | 5\n2 | СОШ № 1 | 54,9 | 91,5 | 6\n\
         Итого по району | ^Итого по району | 58 | |\n3 | СОШ № 2 | 50 | 88 | 7\n4 | СОШ № 3 | 51 | 87 | 8\nИтого по району | ^Итого по району | 50,5 | |\nВсего | | 54,3 | |\n\n* без вечерних школ\nИсполнитель: Иванова | | тел. 2-15-40\n";
    let (grid, all) = tables(text);
    let table = &all[0];
    assert_eq!(numbers(&grid, &table.rows), [2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(numbers(&grid, &table.totals), [4, 7, 8]);
    assert_eq!(left(&grid, table), [(10, LeftOut::Note), (11, LeftOut::Note)]);
    let without = find(&grid, &Place { without_totals: true, ..Place::default() });
    assert_eq!(numbers(&grid, &without[0].rows), [2, 3, 5, 6]);
    assert_eq!(left(&grid, &without[0])[..3], [(4, LeftOut::Total), (7, LeftOut::Total), (8, LeftOut::Total)]);
}

#[test]
fn a_table_that_starts_in_the_middle_of_a_sheet_is_found_without_its_blank_columns() {
    let (grid, tables) = tables(
        "\n\n | | Справка\n\n | | код | | школа | балл\n | | 1 | | Лицей | 61,2\n | | 2 | | СОШ № 1 | 54,9\n | | 3 | | СОШ № 2 | 50\n | | 4 | | СОШ № 3 | 50\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [5]);
    assert_eq!(table.columns, [2, 4, 5]);
    assert_eq!(table.headers, ["код", "школа", "балл"]);
    assert_eq!(table.blank_columns, [3]);
    assert_eq!(numbers(&grid, &table.rows), [6, 7, 8, 9]);
    assert_eq!(left(&grid, table), [(3, LeftOut::Preamble)]);
}

#[test]
fn preambles_of_several_rows_and_a_date_are_no_header() {
    let (grid, tables) = tables(
        "Приложение 2 к приказу | | | |\nот 01.09.2018 № 115 | | | |\nСПИСОК | ^СПИСОК | ^СПИСОК | ^СПИСОК | ^СПИСОК\nобщеобразовательных организаций | ^общеобразовательных организаций | ^общеобразовательных организаций | ^общеобразовательных организаций | ^общеобразовательных организаций\n\
         № п/п | Район | Организация | ИНН | Число учащихся\n1 | Гатчинский | Лицей | 4705012345 | 512\n2 | Гатчинский | СОШ № 1 | 4705012346 | 418\n3 | Лужский | СОШ № 2 | 4710012347 | 377\n4 | Лужский | СОШ № 3 | 4710012349 | 277\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [5]);
    assert_eq!(numbers(&grid, &table.rows), [6, 7, 8, 9]);
    assert_eq!(left(&grid, table).len(), 4);
}

#[test]
fn a_header_over_years_keeps_them() {
    let (grid, tables) = tables(
        "Школа | Средний балл | ^Средний балл | ^Средний балл\n^Школа | 2016 | 2017 | 2018\nЛицей | 60,5 | 61 | 61,2\nСОШ № 1 | 54 | 55,5 | 54,9\nСОШ № 2 | 49,5 | 50,1 | 50\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [1, 2]);
    assert_eq!(table.headers, ["Школа", "Средний балл 2016", "Средний балл 2017", "Средний балл 2018"]);
    assert_eq!(table.rows.len(), 3);
}

#[test]
fn the_district_of_several_rows_stands_in_each_of_them() {
    let (grid, tables) = tables(
        "Район | Школа | Балл\nГатчинский | Лицей | 61,2\n^Гатчинский | СОШ № 1 | 54,9\n^Гатчинский | СОШ № 4 | 52\nЛужский | СОШ № 2 | 50\n^Лужский | СОШ № 3 | 49\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.rows), [2, 3, 4, 5, 6]);
    assert_eq!(grid.rows[table.rows[1]].text(0), "Гатчинский");
    assert_eq!(left(&grid, table), []);
}

#[test]
fn two_tables_below_each_other_are_two() {
    let (grid, tables) = tables(
        "Таблица 1 | ^Таблица 1 | ^Таблица 1\nкод | школа | балл\n1 | Лицей | 61,2\n2 | СОШ № 1 | 54,9\n3 | СОШ № 2 | 50\n\nТаблица 2 | ^Таблица 2 | ^Таблица 2\nкод | район | число\n10 | Гатчинский | 5\n11 | Лужский | 7\n12 | Кировский | 8\n",
    );
    assert_eq!(tables.len(), 2);
    assert_eq!(numbers(&grid, &tables[0].rows), [3, 4, 5]);
    assert_eq!(tables[1].headers, ["код", "район", "число"]);
    assert_eq!(numbers(&grid, &tables[1].rows), [9, 10, 11]);
}

#[test]
fn headers_merged_down_over_rows_of_their_own_are_said_once() {
    // a table of words alone, with a header of two rows
    let (grid, tables) = tables(
        "Школа | Руководитель | ^Руководитель\n^Школа | фамилия | телефон\nЛицей | Иванова | 2-15-40\nСОШ № 1 | Петров | 2-16-41\nСОШ № 2 | Сидорова | 2-17-42\nСОШ № 3 | Кузнецов | 2-18-43\n",
    );
    let table = &tables[0];
    assert_eq!(numbers(&grid, &table.header), [1, 2]);
    assert_eq!(table.headers, ["Школа", "Руководитель фамилия", "Руководитель телефон"]);
    assert_eq!(table.rows.len(), 4);
}
