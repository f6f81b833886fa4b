//! `merilo data check` on small files in which everything strange is known by hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn merilo(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap()
}

fn shown(output: &Output) -> String {
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("code {}\n── stdout\n{out}── stderr\n{err}", output.status.code().unwrap())
}

const RULES: &str = "набор правил «Проба»
  версия \"1\"
  отчётный год 2018
  оцениваются школы

таблица школы
  ключ код
  столбец код текст
  столбец название текст
  столбец местность текст
  столбец открыта дата
  столбец норма число

таблица результаты
  ключ школа; год
  столбец школа ссылка на школы
  столбец год год
  столбец сдали число %
  столбец учащиеся число человек

категория слабые
  относится, если выполнен любой критерий

  критерий 1
    если школы.норма менее 2
";

const MANIFEST: &str = "набор данных: Проба
таблицы:
  школы:
    файл: школы.csv
    разделитель: \";\"
  результаты:
    файл: результаты.csv
    разделитель: \";\"
";

/// Eight schools over three years. What is strange:
/// * C7: `Село` beside `село` (the rarer); D4: a day of 2999; E: 2,5 everywhere; A9 (`08`): no results at all; B9: a total;
/// * results: `03` has 2016 and 2018, not 2017; 2018 has three rows where 2016 and 2017 have seven and six (median 6,5; 6 < 6,5);
///   C2 is 0,85 among percentages near 80; C3 is 120 %; D4 is −5 people; D10 jumps from 100 to 900 where the usual change is 2.
///   The change from 0,85 to 81 in C9 is a jump (the changes are 80,15; 38; 2 four times; 1 twice: the median is 2), that from 120 to 82
///   is none: 38 is less than a third of 120.
fn files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "школы.csv",
        "код;название;местность;открыта;норма\n\
         01;Школа № 1;село;01.09.2001;2,5\n\
         02;Школа № 2;город;01.09.2002;2,5\n\
         03;Школа № 3;село;01.09.2999;2,5\n\
         04;Школа № 4;город;01.09.2004;2,5\n\
         05;Школа № 5;село;01.09.2005;2,5\n\
         06;Школа № 6;Село;01.09.2006;2,5\n\
         07;Школа № 7;город;01.09.2007;2,5\n\
         08;Всего по району;город;01.09.2008;2,5\n",
    );
    write(
        "результаты.csv",
        "школа;год;сдали;учащиеся\n\
         01;2016;0,85;100\n\
         02;2016;120;100\n\
         03;2016;80;-5\n\
         04;2016;81;100\n\
         05;2016;82;100\n\
         06;2016;83;100\n\
         07;2016;84;100\n\
         01;2017;81;102\n\
         02;2017;82;900\n\
         04;2017;83;98\n\
         05;2017;84;102\n\
         06;2017;85;98\n\
         07;2017;86;102\n\
         01;2018;80;100\n\
         03;2018;81;100\n\
         04;2018;82;100\n",
    );
    write("правила.merilo", RULES);
    write("dataset.yaml", MANIFEST);
    folder
}

/// Code, first cell and number of cells of every finding.
fn findings(folder: &Path, words: &[&str]) -> Vec<(String, String, u64)> {
    let output = merilo(folder, &[&["data", "check"], words, &["--format", "json"]].concat());
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", shown(&output)));
    assert_eq!(document["schema"], "merilo/data-check/1");
    let of = |finding: &serde_json::Value| {
        let cell = finding["cells"][0]["address"].as_str().unwrap_or("").to_owned();
        let table = finding["table"].as_str().unwrap_or("").to_owned();
        let code = finding["code"].as_str().unwrap();
        (format!("{code} {table}"), cell, finding["count"].as_u64().unwrap_or(0))
    };
    document["findings"].as_array().unwrap().iter().map(of).collect()
}

fn expected(list: &[(&str, &str, u64)]) -> Vec<(String, String, u64)> {
    list.iter().map(|(code, cell, count)| ((*code).to_owned(), (*cell).to_owned(), *count)).collect()
}

#[test]
fn everything_strange_is_found_and_nothing_else() {
    let folder = files();
    let found = findings(folder.path(), &["dataset.yaml", "--rules", "правила.merilo"]);
    let known = expected(&[
        ("M398 школы", "B9", 1),
        ("M395 школы", "A9", 1),
        ("M397 школы", "C7", 1),
        ("M392 школы", "D4", 1),
        ("M394 школы", "E2", 1),
        ("M390 результаты", "B16", 1),
        ("M391 результаты", "B15", 3),
        ("M392 результаты", "C3", 1),
        ("M393 результаты", "C2", 1),
        ("M396 результаты", "C9", 1),
        ("M392 результаты", "D4", 1),
        ("M396 результаты", "D10", 1),
    ]);
    assert_eq!(found, known);
}

#[test]
fn findings_are_told_in_both_languages() {
    let folder = files();
    for language in ["ru", "en"] {
        let words = ["data", "check", "dataset.yaml", "--rules", "правила.merilo", "--lang", language];
        let output = merilo(folder.path(), &words);
        assert_eq!(output.status.code(), Some(1));
        insta::assert_snapshot!(format!("check_{language}"), shown(&output));
    }
}

#[test]
fn without_a_description_the_same_is_found_in_what_can_be_guessed() {
    let folder = files();
    std::fs::remove_file(folder.path().join("dataset.yaml")).unwrap();
    let found = findings(folder.path(), &["школы.csv", "результаты.csv"]);
    // the total is left out, and with it the key without results; without units in the headers neither per cent nor people are known
    let known = expected(&[
        ("M398 школы", "A9", 1),
        ("M397 школы", "C7", 1),
        ("M392 школы", "D4", 1),
        ("M394 школы", "E2", 1),
        ("M390 результаты", "B16", 1),
        ("M391 результаты", "B15", 3),
        ("M396 результаты", "C9", 1),
        ("M396 результаты", "D10", 1),
    ]);
    let sorted = |mut list: Vec<(String, String, u64)>| {
        list.sort();
        list
    };
    assert_eq!(sorted(found), sorted(known));
}

#[test]
fn a_jump_depends_on_the_threshold() {
    let folder = files();
    // changes: 2 five times, 800 once, and of the last year 2 twice: the median is 2
    let jumps = |threshold: &str| {
        let words = ["dataset.yaml", "--rules", "правила.merilo", "--jump", threshold];
        findings(folder.path(), &words).into_iter().filter(|(code, ..)| code.starts_with("M396")).count()
    };
    assert_eq!((jumps("399"), jumps("400")), (1, 0));
    let output = merilo(folder.path(), &["data", "check", "школы.csv", "--jump", "0"]);
    insta::assert_snapshot!("jump_of_nothing", shown(&output));
}

#[test]
fn keys_and_links_are_told_with_a_description_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let mut schools = String::from("Код ОО;Учащихся, чел.\n");
    let mut results = String::from("Код ОО;Сдали, чел.\n");
    for n in 0..20 {
        // the code of the third school comes twice
        schools += &format!("{};{}\n", 470_100 + if n == 19 { 3 } else { n }, 100 + n);
        results += &format!("{};{}\n", 470_100 + n, 50 + n);
    }
    write("школы.csv", &schools);
    write("результаты.csv", &results);
    let found = findings(folder.path(), &["школы.csv"]);
    assert_eq!(found, expected(&[("M399 школы", "A21", 1)]));
    // with the key mended, the last row of the results has no school
    write("школы.csv", &schools.replace("470103;119", "470119;119").replace("470104;", "470184;"));
    let found = findings(folder.path(), &["школы.csv", "результаты.csv"]);
    assert_eq!(found, expected(&[("M395 школы", "A6", 1), ("M330 результаты", "A6", 1)]));
    let output = merilo(folder.path(), &["data", "check", "школы.csv", "результаты.csv"]);
    assert_eq!(output.status.code(), Some(0), "warnings are no errors");
    insta::assert_snapshot!("check_guessed", shown(&output));

    write("правила.merilo", RULES);
    write("dataset.yaml", MANIFEST);
    write("школы.csv", "код;название;местность;открыта;норма\n01;А;село;;1\n01;Б;село;;1\n");
    write("результаты.csv", "школа;год;сдали;учащиеся\n01;2016;1;1\n");
    let output = merilo(folder.path(), &["data", "check", "dataset.yaml", "--rules", "правила.merilo"]);
    insta::assert_snapshot!("check_stopped", shown(&output));
    let output = merilo(folder.path(), &["data", "check", "школы.csv", "--rules", "правила.merilo"]);
    insta::assert_snapshot!("check_no_manifest", shown(&output));
}

#[test]
fn a_workbook_has_the_tables_with_notes_on_their_cells() {
    let folder = files();
    let words = ["data", "check", "dataset.yaml", "--rules", "правила.merilo", "-o", "проверка.xlsx"];
    let output = merilo(folder.path(), &words);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    let path = folder.path().join("проверка.xlsx");
    let first = std::fs::read(&path).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    use calamine::Reader;
    assert_eq!(book.sheet_names(), ["Что найдено", "школы", "результаты"]);
    let found = book.worksheet_range("Что найдено").unwrap();
    assert_eq!(found.height(), 13, "a header and twelve findings");
    let results = book.worksheet_range("результаты").unwrap();
    assert_eq!(results.get_value((1, 2)), Some(&calamine::Data::Float(0.0085)));
    // equal data give equal bytes
    merilo(folder.path(), &words);
    assert_eq!(std::fs::read(&path).unwrap(), first);
    // the notes of the sheet of schools
    let archive = String::from_utf8_lossy(&first).into_owned();
    assert!(archive.contains("comments1.xml") && archive.contains("comments2.xml"));
}
