//! Cells of workbooks: what is read is what is printed, and nothing is guessed from a format that is unknown.

use merilo::diagnostic::Diagnostic;
use merilo::pipeline::Judged;
use merilo::value::Reasons;
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;

/// A workbook with one school per pair of a number and its format, in the column and with the header given.
fn formatted(header: &str, cells: &[(f64, &str)]) -> (Option<Judged>, Vec<Diagnostic>) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in HEADER.iter().enumerate() {
        sheet.write_string(0, at as u16, *name).unwrap();
    }
    let column = HEADER.iter().position(|h| *h == header).unwrap() as u16;
    for (row, (number, format)) in (1..).zip(cells) {
        sheet.write_number(row, 0, f64::from(row)).unwrap();
        sheet.write_number_with_format(row, column, *number, &Format::new().set_num_format(*format)).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    Folder::new("таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n", &[("школы.xlsx", &bytes)]).judge()
}

fn column_of(judged: Option<Judged>, header: &str) -> Vec<String> {
    let column = HEADER.iter().position(|h| *h == header).unwrap();
    values(&judged.unwrap().dataset, SCHOOLS).into_iter().map(|row| row[column].clone()).collect()
}

#[test]
fn a_percentage_of_a_workbook_is_read_as_printed() {
    let cells = [(0.125, "0.0%"), (0.125, "General"), (12.5, "0.0"), (0.125, "0%;-0%;\"–\""), (0.125, "0.0\" %\"")];
    let (judged, problems) = formatted("доля", &cells);
    assert!(!codes(&problems).contains(&"M335"), "{problems:?}");
    assert_eq!(column_of(judged, "доля"), ["0,125", "0,00125", "0,125", "0,125", "0,00125"]);

    let (judged, problems) = formatted("часть", &cells);
    let said = problems.iter().find(|p| p.kind.code == "M335").unwrap();
    assert_eq!(list(said, "cells"), ["D2 «12.5%»", "D5 «12.5%»"]);
    assert_eq!(column_of(judged, "часть"), ["0,125", "0,125", "12,5", "0,125", "0,125"]);

    let (judged, problems) = formatted("доля", &[(0.125, "0%"), (0.125, "[<1]0%;0")]);
    assert!(judged.is_none());
    let error = problems.iter().find(|p| p.kind.code == "M322").unwrap();
    assert_eq!((at(error), list(error, "cells")), ("C3".to_string(), vec!["C3".to_string()]));
}

#[test]
fn fractions_in_a_column_of_percentages_are_doubted_unless_some_number_has_its_sign() {
    let doubted = |cells: &[(f64, &str)]| codes(&formatted("доля", cells).1).contains(&"M336");
    assert!(doubted(&[(0.85, "General"), (0.4, "0.00"), (0.7, "General")]));
    assert!(!doubted(&[(0.85, "General"), (0.4, "0.00"), (0.007, "0.0%")]));
    assert!(!doubted(&[(0.85, "General"), (0.4, "0.00"), (0.85, "General")]));
    assert!(!doubted(&[(0.85, "General"), (0.4, "0.00"), (0.7, "General"), (58.0, "General")]));
}

#[test]
fn a_title_above_the_header_of_a_sheet_is_passed_over_and_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "Сведения о школах").unwrap();
    for (column, header) in HEADER.iter().enumerate() {
        sheet.write_string(2, column as u16, *header).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let folder = Folder::new("таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n", &[("школы.xlsx", &bytes)]);
    let (_, problems) = folder.judge();
    let said = codes(&problems);
    assert!(!said.contains(&"M308") && said.contains(&"M351"), "{problems:?}");
}

#[test]
fn days_of_a_workbook_are_days_and_nothing_else_is() {
    let cells = [
        (36039.0, "dd.mm.yyyy"),
        (36039.5, "dd.mm.yyyy hh:mm"),
        (0.5, "hh:mm"),
        (1.5, "[h]:mm:ss"),
        (36039.0, "General"),
        (-5.0, "dd.mm.yyyy"),
        (3_000_000.0, "dd.mm.yyyy"),
    ];
    let (judged, problems) = formatted("открыта", &cells);
    let found = column_of(judged, "открыта");
    assert_eq!(found[0], "1998-09-01");
    let invalid = problems.iter().find(|p| p.kind.code == "M331").unwrap();
    assert_eq!(
        list(invalid, "cells"),
        ["G3 «1998-09-01 12:00:00»", "G4 «12:00»", "G5 «36:00»", "G6 «36039»", "G7 «-5»"]
    );
    assert!(found[1..].iter().all(|v| *v == format!("{:?}", Reasons::INVALID)), "{found:?}");

    // 1.5 entered in a Russian spreadsheet becomes a day; it must not become a number
    let (judged, problems) = formatted("балл", &[(36039.0, "dd.mm"), (39.1, "0.0")]);
    assert_eq!(column_of(judged, "балл"), [format!("{:?}", Reasons::INVALID), "39,1".to_string()]);
    let invalid = problems.iter().find(|p| p.kind.code == "M331").unwrap();
    assert_eq!(list(invalid, "cells"), ["E2 «1998-09-01»"]);
}

#[test]
fn results_and_errors_of_formulas_are_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in HEADER.iter().enumerate() {
        sheet.write_string(0, at as u16, *header).unwrap();
    }
    sheet.write_string(1, 0, "1").unwrap();
    sheet.write_formula(1, 4, Formula::new("=30+9.1").set_result("39.1")).unwrap();
    sheet.write_string(2, 0, "2").unwrap();
    sheet.write_formula(2, 4, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let folder = Folder::new("таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n", &[("школы.xlsx", &bytes)]);
    let (judged, problems) = folder.judge();
    assert_eq!(column_of(judged, "балл"), ["39,1".to_string(), format!("{:?}", Reasons::INVALID)]);
    let invalid = problems.iter().find(|p| p.kind.code == "M331").unwrap();
    assert_eq!(list(invalid, "cells"), ["E3 «#DIV/0!»"]);
}

#[test]
fn a_blank_column_without_a_name_is_there_where_its_place_is_stated() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let cells = [
        ["007", "Школа 1", "", "12,5", "", "39"],
        ["1002", "Школа 2", "", "20", "", "40"],
        ["1003", "Школа 3", "", "7", "", "41"],
    ];
    for (row, cells) in cells.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row as u32 + 1, column as u16, *text).unwrap();
        }
    }
    for (column, header) in [(0, "код"), (1, "название"), (3, "доля"), (5, "балл")] {
        sheet.write_string(0, column, header).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    // inside the table, behind it, and far behind it
    let columns = "часть: {место: C}, ремонт: {место: 7}, открыта: {место: AB}";
    let manifest =
        format!("таблицы:\n  школы: {{файл: школы.xlsx, столбцы: {{{columns}}}}}\n  экзамены: экзамены.csv\n");
    let folder = Folder::new(&manifest, &[("школы.xlsx", &bytes)]);
    let (judged, problems) = folder.judge();
    let judged = judged.unwrap_or_else(|| panic!("{problems:?}"));
    let schools = values(&judged.dataset, TableId(0));
    assert_eq!(schools[1], ["1002", "Школа 2", "0,2", "Reasons(1)", "40", "Reasons(1)", "Reasons(1)"]);
    // a place behind the table may be a slip
    let said = problems.iter().filter(|p| p.kind.code == "M387");
    let places: Vec<String> = said
        .flat_map(|p| &p.arguments)
        .filter(|(name, _)| *name == "place")
        .map(|(_, place)| format!("{place:?}"))
        .collect();
    assert_eq!(places, ["Text(\"G\")", "Text(\"AB\")"]);
}
