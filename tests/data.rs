//! Files as departments have them: the same table in every form gives the same values, cells and decisions; what cannot
//! be read is said with its cell; no bytes make the program panic.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "data/garbled.rs"]
mod garbled;
#[path = "data/workbooks.rs"]
mod workbooks;

use std::fmt::Write;

use merilo::data::dataset::Dataset;
use merilo::decision::Verdict;
use merilo::diagnostic::{Argument, Diagnostic};
use merilo::location::{CellRef, Place};
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::schema::{ColumnId, TableId};
use merilo::value::{Reasons, Value};
use rust_xlsxwriter::{Format, Workbook};

/// Two tables, every type of column.
const RULES: &str = "набор правил «Проверка чтения»
  отчётный год 2018
  оцениваются школы

таблица школы / школ
  ключ код
  столбец код текст
  столбец название текст
  столбец доля число %
  столбец часть число
  столбец балл число
  столбец ремонт да/нет
  столбец открыта дата

таблица экзамены / экзаменов
  ключ школа; год
  столбец школа ссылка на школы
  столбец год год
  столбец участники число человек

показатель участники_3 = сумма(экзамены.участники, за последние 3 года)

категория слабые «Слабые»
  относится, если выполнен любой критерий
  критерий 1 «Доля»
    если доля менее 12,5 %
  критерий 2 «Балл»
    если балл не более 39,1
  критерий 3 «Участники»
    если участники_3 менее 10 человек
  критерий 4 «Ремонт»
    если ремонт = да
  критерий 5 «Часть»
    если часть менее 0,1
  критерий 6 «Открыта»
    если открыта = 01.09.1998
";

const EXAMS: &str = "школа;год;участники\n007;2018;4\n1002;2018;12\n1002;2017;1\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(manifest: &str, files: &[(&str, &[u8])]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        folder.write("rules.merilo", RULES.as_bytes());
        folder.write("dataset.yaml", manifest.as_bytes());
        folder.write("экзамены.csv", EXAMS.as_bytes());
        for (name, bytes) in files {
            folder.write(name, bytes);
        }
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.path().join(name), bytes).unwrap();
    }

    fn judge(&self) -> (Option<Judged>, Vec<Diagnostic>) {
        let mut read = pipeline::read_rules(&self.0.path().join("rules.merilo").display().to_string(), &[]);
        let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
        let judged = pipeline::judge(rules, &self.0.path().join("dataset.yaml"), &mut read.sources, &Silent);
        (judged.value, judged.diagnostics)
    }

    fn judged(&self) -> Judged {
        let (judged, problems) = self.judge();
        judged.unwrap_or_else(|| panic!("{problems:?}"))
    }
}

fn plain(schools: &str) -> Folder {
    Folder::new("таблицы:\n  школы: школы.csv\n  экзамены: экзамены.csv\n", &[("школы.csv", schools.as_bytes())])
}

const SCHOOLS: TableId = TableId(0);
const EXAMS_TABLE: TableId = TableId(1);

fn values(dataset: &Dataset, table: TableId) -> Vec<Vec<String>> {
    let table = dataset.table(table).unwrap();
    (0..table.rows)
        .map(|row| {
            let columns = table.columns.iter();
            columns.map(|column| column.as_ref().map_or(String::new(), |c| shown(c.value(row)))).collect()
        })
        .collect()
}

fn shown(value: Value) -> String {
    match value {
        Value::Number(number) => merilo::number::format::decimal_text(&number, 20, ',').0,
        Value::Text(text) => text.to_string(),
        Value::Truth(truth) => format!("{}", truth.is_true()),
        Value::Date(date) => date.to_string(),
        Value::Absent(reasons) | Value::Between(_, reasons) => format!("{reasons:?}"),
    }
}

fn verdicts(judged: &Judged) -> Vec<Vec<Verdict>> {
    judged.run.criteria.iter().map(|c| c.to_vec()).collect()
}

fn cell(dataset: &Dataset, table: TableId, row: usize, column: u32) -> CellRef {
    dataset.table(table).unwrap().cell(row, ColumnId(column)).unwrap()
}

fn codes(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|p| p.kind.code).collect()
}

fn list(problem: &Diagnostic, name: &str) -> Vec<String> {
    match problem.arguments.iter().find(|(n, _)| *n == name) {
        Some((_, Argument::List(texts))) => texts.clone(),
        other => panic!("{other:?}"),
    }
}

fn at(problem: &Diagnostic) -> String {
    match &problem.place {
        Place::Cell(cell) => cell.address(),
        other => panic!("{other:?}"),
    }
}

const HEADER: [&str; 7] = ["код", "название", "доля", "часть", "балл", "ремонт", "открыта"];
const ROWS: [[&str; 7]; 3] = [
    ["007", "Школа «Надежда»", "12,5", "0,125", "39,1", "да", "01.09.1998"],
    ["1002", "Гимназия, №2", "7", "1,5", "1 250", "нет", "02.09.2001"],
    ["1003", "Лицей", "", "0,5", "-3", "нет", ""],
];

fn separated(separator: &str, point: &str, end: &str) -> String {
    let mut text = HEADER.join(separator) + end;
    for row in ROWS {
        let fields = row.iter().map(|field| {
            let field = if field.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
                field.replace(',', point)
            } else {
                (*field).to_string()
            };
            if field.contains(separator) { format!("\"{field}\"") } else { field }
        });
        text += &(fields.collect::<Vec<_>>().join(separator) + end);
    }
    text
}

fn windows_1251(text: &str) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1251.encode(text);
    assert!(!lost);
    bytes.into_owned()
}

/// The table on the second sheet, after a title and an empty row, from the second column on.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Обложка").unwrap().write_string(0, 0, "Не здесь").unwrap();
    let sheet = book.add_worksheet().set_name("Паспорта").unwrap();
    sheet.write_string(0, 1, "Паспорта школ").unwrap();
    for (at, header) in HEADER.iter().enumerate() {
        sheet.write_string(2, at as u16 + 1, *header).unwrap();
    }
    let percent = Format::new().set_num_format("0.0%");
    let custom = Format::new().set_num_format("#,##0.00\\ %;[Red]-#,##0.00\\ %");
    let day = Format::new().set_num_format("dd.mm.yyyy");
    // (row, code, name, share, part, mark, repair): as a person would enter them
    sheet.write_string(3, 1, "007").unwrap().write_string(3, 2, "Школа «Надежда»").unwrap();
    sheet.write_number_with_format(3, 3, 0.125, &percent).unwrap().write_number(3, 4, 0.125).unwrap();
    sheet.write_number(3, 5, 39.1).unwrap().write_string(3, 6, "да").unwrap();
    sheet.write_number_with_format(3, 7, 36039.0, &day).unwrap();
    sheet.write_number(4, 1, 1002.0).unwrap().write_string(4, 2, "Гимназия, №2").unwrap();
    sheet.write_number_with_format(4, 3, 0.07, &custom).unwrap();
    sheet.write_number(4, 4, 1.5).unwrap().write_string(4, 5, "1 250").unwrap();
    sheet.write_string(4, 6, "нет").unwrap().write_string(4, 7, "02.09.2001").unwrap();
    sheet.write_number(5, 1, 1003.0).unwrap().write_string(5, 2, "Лицей").unwrap();
    sheet.write_blank(5, 3, &percent).unwrap().write_number(5, 4, 0.5).unwrap().write_number(5, 5, -3.0).unwrap();
    sheet.write_string(5, 6, "нет").unwrap();
    book.save_to_buffer().unwrap()
}

const IN_WORKBOOK: &str =
    "таблицы:\n  школы: {файл: школы.xlsx, лист: Паспорта, строка заголовка: 3}\n  экзамены: экзамены.csv\n";

#[test]
fn the_same_table_in_every_form_is_the_same() {
    let forms: Vec<(&str, Folder)> = vec![
        ("utf-8", plain(&separated(";", ",", "\n"))),
        ("utf-8, mark, commas", plain(&format!("\u{feff}{}", separated(",", ".", "\n")))),
        ("utf-8, carriage returns", plain(&separated(";", ",", "\r\n"))),
        ("utf-8, no line break at the end", plain(separated(";", ",", "\n").trim_end())),
        ("utf-8, no line break at the end after a carriage return", plain(separated(";", ",", "\r\n").trim_end())),
        (
            "windows-1251",
            Folder::new(
                "таблицы:\n  школы: {файл: школы.csv, кодировка: windows-1251, разделитель: табуляция}\n  экзамены: экзамены.csv\n",
                &[("школы.csv", &windows_1251(&separated("\t", ",", "\r\n")))],
            ),
        ),
        ("workbook", Folder::new(IN_WORKBOOK, &[("школы.xlsx", &workbook())])),
    ];
    let first = forms[0].1.judged();
    let expected = values(&first.dataset, SCHOOLS);
    assert_eq!(expected[0], ["007", "Школа «Надежда»", "0,125", "0,125", "39,1", "true", "1998-09-01"]);
    assert_eq!(expected[1], ["1002", "Гимназия, №2", "0,07", "1,5", "1250", "false", "2001-09-02"]);
    assert_eq!(expected[2][2], format!("{:?}", Reasons::MISSING));
    assert_eq!(verdicts(&first)[0], [Verdict::NotMet, Verdict::Met, verdicts(&first)[0][2]]);
    assert_eq!(verdicts(&first)[1], [Verdict::Met, Verdict::NotMet, Verdict::Met]);
    for (form, folder) in &forms {
        let (judged, problems) = folder.judge();
        let judged = judged.unwrap_or_else(|| panic!("{form}: {problems:?}"));
        assert!(problems.is_empty(), "{form}: {problems:?}");
        assert_eq!(values(&judged.dataset, SCHOOLS), expected, "{form}");
        assert_eq!(verdicts(&judged), verdicts(&first), "{form}");
    }
    let book = forms.last().unwrap().1.judged();
    let found = cell(&book.dataset, SCHOOLS, 1, 2);
    assert_eq!((found.address().as_str(), found.sheet.as_deref()), ("D5", Some("Паспорта")));
    assert_eq!(cell(&first.dataset, SCHOOLS, 1, 2).address(), "C3");
}

#[test]
fn a_percent_sign_in_a_text_cell_means_the_same_in_every_format() {
    let text = "код;название;доля;часть;балл;ремонт;открыта\n1;;12,5%;12,5 %;3;;\n2;;12.5 %;0,125;4;;\n3;;%;5 %%;4;;\n";
    let (judged, problems) = plain(text).judge();
    let judged = judged.unwrap();
    let found = values(&judged.dataset, SCHOOLS);
    assert_eq!((found[0][2].as_str(), found[0][3].as_str()), ("0,125", "0,125"));
    assert_eq!((found[1][2].as_str(), found[1][3].as_str()), ("0,125", "0,125"));
    assert_eq!(found[2][2..4], [format!("{:?}", Reasons::INVALID), format!("{:?}", Reasons::INVALID)]);
    let said = problems.iter().find(|p| p.kind.code == "M335").unwrap();
    assert_eq!(list(said, "cells"), ["D2 «12,5 %»"]);

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in text.lines().enumerate() {
        for (column, field) in line.split(';').enumerate().filter(|(_, f)| !f.is_empty()) {
            sheet.write_string(row as u32, column as u16, field).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let folder = Folder::new("таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n", &[("школы.xlsx", &bytes)]);
    let (judged, same) = folder.judge();
    assert_eq!(values(&judged.unwrap().dataset, SCHOOLS), found);
    assert_eq!(codes(&same), codes(&problems));

    let people = "школа;год;участники\n1;2018;5 %\n";
    let folder = plain("код;название;доля;часть;балл;ремонт;открыта\n1;;;;;;\n");
    folder.write("экзамены.csv", people.as_bytes());
    let (_, problems) = folder.judge();
    let invalid = problems.iter().find(|p| p.kind.code == "M331").unwrap();
    assert_eq!(list(invalid, "cells"), ["C2 «5 %»"], "a percentage is no number of people");
}

/// A column of percentages that holds fractions of one is read so where that is stated: exactly, in text and in a workbook.
#[test]
fn fractions_of_one_are_read_as_stated() {
    let text = "код;название;доля;часть;балл;ремонт;открыта\n1;;0,85;0,85;3;;\n2;;0,4;;4;;\n3;;1;;4;;\n4;;12,5 %;;4;;\n5;;0,12345;;4;;\n6;;;;4;;\n";
    let stated =
        "таблицы:\n  школы:\n    файл: FILE\n    столбцы:\n      доля: {доли единицы: да}\n  экзамены: экзамены.csv\n";
    let folder = Folder::new(&stated.replace("FILE", "школы.csv"), &[("школы.csv", text.as_bytes())]);
    let (judged, problems) = folder.judge();
    let shares = |judged: &Judged| -> Vec<String> {
        values(&judged.dataset, SCHOOLS).into_iter().map(|row| row[2].clone()).collect()
    };
    let expected = ["0,85", "0,4", "1", "0,125", "0,12345", &format!("{:?}", Reasons::MISSING)];
    assert_eq!(shares(&judged.unwrap()), expected);
    assert!(!codes(&problems).contains(&"M336"), "{problems:?}");

    // without a word it is 0,85 %, and that is pointed out
    let without = plain(&text.replace("12,5 %", "0,125"));
    let (judged, problems) = without.judge();
    assert_eq!(shares(&judged.unwrap())[0], "0,0085");
    assert!(codes(&problems).contains(&"M336"), "{problems:?}");
}

#[test]
fn rows_after_quoted_line_breaks_and_empty_lines_keep_their_numbers() {
    let text = "код;название;доля;часть;балл;ремонт;открыта\n\
        1;\"Школа\n\"\"Надежда\"\"\r\nпри заводе\";1;;3;;\n\
        \n\
        2;Вторая;2;;4;;\n\
        \n\n\
        3;\"Третья; \"\"лучшая\"\"\";3;;5;;\n";
    for text in [text.to_string(), text.replace("\n\n", "\n\r\n").replace("\n\n", "\n\r\n")] {
        let judged = plain(&text).judged();
        let found = values(&judged.dataset, SCHOOLS);
        assert_eq!(found[0][1], "Школа\n\"Надежда\"\r\nпри заводе");
        assert_eq!(found[2][1], "Третья; \"лучшая\"");
        let rows: Vec<u64> = (0..3).map(|row| cell(&judged.dataset, SCHOOLS, row, 0).row).collect();
        assert_eq!(rows, [2, 6, 9], "{text:?}");
    }
}

#[test]
fn a_header_of_several_lines_is_one_row() {
    let text = "код;\"название\nшколы\";доля;часть;балл;ремонт;открыта\n1;Первая;1;1;1;да;\n";
    let manifest =
        "таблицы:\n  школы: {файл: школы.csv, столбцы: {название: название школы}}\n  экзамены: экзамены.csv\n";
    for bytes in [text.as_bytes().to_vec(), windows_1251(text)] {
        let judged = Folder::new(manifest, &[("школы.csv", &bytes)]).judged();
        assert_eq!(values(&judged.dataset, SCHOOLS)[0][1], "Первая");
        assert_eq!(cell(&judged.dataset, SCHOOLS, 0, 1).address(), "B3");
    }
}

#[test]
fn the_four_absences_are_four_facts_in_each_column() {
    let manifest = "таблицы:
  школы:
    файл: школы.csv
    пропуск: [\"н/д\"]
    столбцы:
      доля: {скрыто: [\"*\"], не применимо: [\"-\"]}
      балл: {пропуск: [\"*\"], не применимо: [\"x\"]}
      ремонт: {скрыто: [\"скрыто\"]}
  экзамены: экзамены.csv
";
    let text = "код;название;доля;часть;балл;ремонт;открыта\n\
        1;;н/д;;н/д;н/д;н/д\n2;;*;;*;скрыто;\n3;;-;;x;возможно;\n4;;x;;-;да;скоро\n5;;;;;;\n";
    let judged = Folder::new(manifest, &[("школы.csv", text.as_bytes())]).judged();
    let table = judged.dataset.table(SCHOOLS).unwrap();
    let column = |at: u32| -> Vec<Reasons> {
        let column = table.column(ColumnId(at)).unwrap();
        (0..5)
            .map(|row| match column.value(row) {
                Value::Absent(reasons) => reasons,
                _ => Reasons::NONE,
            })
            .collect()
    };
    use Reasons as R;
    assert_eq!(column(2), [R::MISSING, R::SUPPRESSED, R::NOT_APPLICABLE, R::INVALID, R::MISSING]);
    assert_eq!(column(4), [R::MISSING, R::MISSING, R::NOT_APPLICABLE, R::INVALID, R::MISSING]);
    assert_eq!(column(5), [R::MISSING, R::SUPPRESSED, R::INVALID, R::NONE, R::MISSING]);
    assert_eq!(column(6), [R::MISSING, R::MISSING, R::MISSING, R::INVALID, R::MISSING]);
}

#[test]
fn codes_are_texts_and_a_number_of_a_workbook_is_a_code_as_printed() {
    let judged = plain("код;название;доля;часть;балл;ремонт;открыта\n007;;;;;;\n0012;;;;;;\n12;;;;;;\n").judged();
    let found: Vec<String> = values(&judged.dataset, SCHOOLS).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(found, ["007", "0012", "12"]);

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in HEADER.iter().enumerate() {
        sheet.write_string(0, at as u16, *header).unwrap();
    }
    sheet.write_string(1, 0, "007").unwrap();
    sheet.write_number(2, 0, 7.0).unwrap();
    sheet.write_number(3, 0, 1_234_567_890_123.0).unwrap();
    sheet.write_number_with_format(4, 0, 12.0, &Format::new().set_num_format("0000")).unwrap();
    sheet.write_number(5, 0, 12.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let folder = Folder::new("таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n", &[("школы.xlsx", &bytes)]);
    let judged = folder.judged();
    let found: Vec<String> = values(&judged.dataset, SCHOOLS).into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(found, ["007", "7", "1234567890123", "0012", "12"]);
}

#[test]
fn numbers_of_the_manifest_are_read_as_they_are_written() {
    let manifest = |share: &str| {
        format!(
            "таблицы:
  школы:
    файл: школы.csv
    пропуск: 0.10
    столбцы: {{код: ОУ, доля: {{константа: {share}}}, часть: {{константа: 0.12345678901234567}}}}
  экзамены: экзамены.csv
"
        )
    };
    let text = "ОУ;название;балл;ремонт;открыта\n007;;0.10;;\n1e3;;0.1;;\n";
    let folder = Folder::new(&manifest("12.50"), &[("школы.csv", text.as_bytes())]);
    let judged = folder.judged();
    let found = values(&judged.dataset, SCHOOLS);
    assert_eq!(
        found[0][2..5],
        ["0,125".to_string(), "0,12345678901234567".to_string(), format!("{:?}", Reasons::MISSING)]
    );
    assert_eq!((found[1][0].as_str(), found[1][4].as_str()), ("1e3", "0,1"));
    let (_, problems) = Folder::new(&manifest("1e-7"), &[("школы.csv", text.as_bytes())]).judge();
    let invalid = problems.iter().find(|p| p.kind.code == "M331").unwrap();
    assert!(list(invalid, "cells")[0].contains("«1e-7»"), "{invalid:?}");
}

#[test]
fn repeated_and_orphan_keys_are_named_with_their_cells() {
    let schools = "код;название;доля;часть;балл;ремонт;открыта\n007;;;;;;\n1002;;;;;;\n\n007;;;;;;\n";
    let (judged, problems) = plain(schools).judge();
    assert!(judged.is_none());
    let repeated = problems.iter().find(|p| p.kind.code == "M314").unwrap();
    assert_eq!(at(repeated), "A5");
    let Place::Cell(first) = &repeated.related[0].place else { panic!("{repeated:?}") };
    assert_eq!(first.address(), "A2");

    let folder = plain("код;название;доля;часть;балл;ремонт;открыта\n007;;;;;;\n1002;;;;;;\n");
    folder.write("экзамены.csv", "школа;год;участники\n7;2018;4\n007;2018;5\n10020;2018;1\n".as_bytes());
    let (judged, problems) = folder.judge();
    let orphans = problems.iter().find(|p| p.kind.code == "M330").unwrap();
    assert_eq!(list(orphans, "cells"), ["A2 «7»", "A4 «10020»"]);
    assert!(judged.is_some());

    // keys that are numbers, missed for different reasons: in the order of the file
    let folder = plain("код;название;доля;часть;балл;ремонт;открыта\n1001;;;;;;\n1003;;;;;;\n");
    let rows = "1001;2018;4\n1002;2018;5\nх;2018;1\n9;2018;1\n01001;2018;1\n1003;2018;1\n1002;2019;1\n1002;2017;1\n";
    folder.write("экзамены.csv", format!("школа;год;участники\n{rows}").as_bytes());
    let (_, problems) = folder.judge();
    let orphans = problems.iter().find(|p| p.kind.code == "M330").unwrap();
    assert_eq!(list(orphans, "cells"), ["A3 «1002»", "A4 «х»", "A5 «9»", "A6 «01001»", "A8 «1002»"]);
    let found = values(&folder.judged().dataset, EXAMS_TABLE);
    let linked: Vec<bool> = found.iter().map(|row| row[0] != format!("{:?}", Reasons::INVALID)).collect();
    assert_eq!(linked, [true, false, false, false, false, true, false, false]);

    let folder = plain("код;название;доля;часть;балл;ремонт;открыта\n007;;;;;;\n1002;;;;;;\n");
    folder.write("экзамены.csv", "школа;год;участники\n007;2018;4\n1002;2018;4\n007;2018;5\n".as_bytes());
    let (judged, problems) = folder.judge();
    assert!(judged.is_none());
    let repeated = problems.iter().find(|p| p.kind.code == "M314").unwrap();
    assert_eq!(at(repeated), "A4");
}

#[test]
fn a_table_without_rows_is_said() {
    for text in ["код;название;доля;часть;балл;ремонт;открыта\n", "код;название;доля;часть;балл;ремонт;открыта\n\n\r\n"]
    {
        let (judged, problems) = plain(text).judge();
        assert!(codes(&problems).contains(&"M333"), "{problems:?}");
        assert_eq!(judged.unwrap().run.schools, 0);
    }
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in HEADER.iter().enumerate() {
        sheet.write_string(0, at as u16, *header).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let manifest = "таблицы:\n  школы: школы.xlsx\n  экзамены: экзамены.csv\n";
    let (judged, problems) = Folder::new(manifest, &[("школы.xlsx", &bytes)]).judge();
    assert!(codes(&problems).contains(&"M333") && judged.is_some(), "{problems:?}");

    let mut book = Workbook::new();
    book.add_worksheet();
    let bytes = book.save_to_buffer().unwrap();
    let (judged, problems) = Folder::new(manifest, &[("школы.xlsx", &bytes)]).judge();
    assert!(codes(&problems).contains(&"M309") && judged.is_none(), "{problems:?}");
}

/// A small generator with a seed: the same garbage on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below
    }
}

#[test]
fn the_order_of_rows_of_a_related_table_does_not_matter() {
    let mut schools = "код;название;доля;часть;балл;ремонт;открыта\n".to_string();
    let mut exams = Vec::new();
    for code in 1..=60 {
        writeln!(schools, "{code};;{};;{};нет;", code % 17, code % 60).unwrap();
        for year in 2015..=2018 {
            exams.push(format!("{code};{year};{}", (code * year) % 9));
        }
    }
    let json = |exams: &[String]| {
        let folder = plain(&schools);
        folder.write("экзамены.csv", format!("школа;год;участники\n{}\n", exams.join("\n")).as_bytes());
        let path = |name: &str| folder.0.path().join(name);
        let out = assert_cmd::Command::cargo_bin("merilo")
            .unwrap()
            .args(["run", "--quiet", "--format", "json", "--data"])
            .args([path("dataset.yaml"), path("rules.merilo")])
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let text = String::from_utf8(out.stdout).unwrap();
        assert!(text.contains("участники_3") || text.contains("\"1\""), "{text}");
        text.replace(&folder.0.path().display().to_string(), "")
    };
    let first = json(&exams);
    let mut dice = Dice(7);
    for _ in 0..3 {
        for at in (1..exams.len()).rev() {
            let other = dice.next(at + 1);
            exams.swap(at, other);
        }
        assert_eq!(json(&exams), first);
    }
}

#[test]
fn blocks_may_end_inside_a_quoted_text() {
    // blocks are two megabytes: the texts are so long that borders fall into them, with separators and line breaks
    let filler = "строка; с \"\"кавычками\"\", запятой\n".repeat(700);
    let mut text = "код;название;доля;часть;балл;ремонт;открыта\n".to_string();
    for code in 1..=200 {
        writeln!(text, "{code};\"{filler}{code}\";{};;{code};нет;", code % 100).unwrap();
    }
    assert!(text.len() > 7 * 1024 * 1024);
    let read = |bytes: &[u8]| {
        let manifest = "таблицы:\n  школы: школы.csv\n  экзамены: экзамены.csv\n";
        let folder = Folder::new(manifest, &[("школы.csv", bytes)]);
        folder.write("экзамены.csv", "школа;год;участники\n1;2018;1\n".as_bytes());
        folder.judged()
    };
    for judged in [read(text.as_bytes()), read(&windows_1251(&text))] {
        let table = judged.dataset.table(SCHOOLS).unwrap();
        assert_eq!(table.rows, 200);
        let names = table.column(ColumnId(1)).unwrap();
        for row in 0..200 {
            assert_eq!(cell(&judged.dataset, SCHOOLS, row, 0).row, 2 + 701 * row as u64);
            let Value::Text(name) = names.value(row) else { panic!("row {row}") };
            assert_eq!(name.len(), filler.len() - 2 * 700 + (row + 1).to_string().len());
            assert!(name.ends_with(&format!("\n{}", row + 1)));
        }
        assert_eq!(judged.dataset.table(EXAMS_TABLE).unwrap().rows, 1);
    }
}
