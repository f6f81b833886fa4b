//! Tables as a manifest states them, shown and written without rules: filters, columns that become rows, files end to end, readings of values.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stated")
}

fn merilo(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command.current_dir(folder).env_clear().env("LANG", "ru_RU.UTF-8").env("COLUMNS", "160").args(words);
    command.output().unwrap()
}

fn shown(folder: &Path, words: &[&str]) -> String {
    let output = merilo(folder, words);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("code {}\n── stdout\n{out}── stderr\n{err}", output.status.code().unwrap())
}

fn in_both_languages(folder: &Path, words: &[&str]) -> String {
    let of = |language| shown(folder, &[words, &["--lang", language]].concat());
    format!("{}──────── en ────────\n{}", of("ru"), of("en"))
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/stated");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

const EXPECTED: &str = "школа,Школа,форма,Примечание,год,предмет,участники,балл
0001,Лицей,очная,,2017,Русский,20,\"70,5\"
0012,Гимназия,заочная,,2017,Русский,<5,*
0012,Гимназия,заочная,,2017,Математика,18,61
0001,Лицей,очная,,2018,Русский,21,71
0012,Гимназия,заочная,новое здание,2018,Русский,<5,\"68,5\"
";

#[test]
fn the_table_that_is_stated_is_written() {
    let output = merilo(&corpus(), &["data", "export", "dataset.yaml"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), EXPECTED);
    // the file without the column is named, once
    assert_eq!(told.matches("[M382]").count(), 1, "{told}");
    snapshot("export", &in_both_languages(&corpus(), &["data", "export", "dataset.yaml"]));
}

#[test]
fn other_formats_hold_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let output = merilo(&corpus(), &["data", "export", "dataset.yaml", "-o", &at("экзамены.xlsx")]);
    assert!(output.status.success());
    let output = merilo(folder.path(), &["data", "export", "экзамены.xlsx"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), EXPECTED);
    let output = merilo(&corpus(), &["data", "export", "dataset.yaml", "--format", "jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let third: serde_json::Value = serde_json::from_str(text.lines().nth(2).unwrap()).unwrap();
    assert_eq!(third["предмет"], "Математика");
    assert_eq!(third["школа"], "0012");
}

#[test]
fn signs_that_cannot_be_seen_are_stated_by_their_names() {
    for (names, sign) in [
        (&["space", "пробел", "\" \"", "U+0020"][..], ' '),
        (&["tab", "табуляция", "U+0009"], '\t'),
        (&["semicolon", "точка с запятой", ";"], ';'),
        (&["U+001F"], '\u{1f}'),
    ] {
        for name in names {
            let folder = tempfile::tempdir().unwrap();
            let row = |cells: [&str; 3]| cells.join(&sign.to_string()) + "\n";
            let text = [["код", "имя", "балл"], ["001", "Лицей", "70"], ["002", "Гимназия", "68"]].map(row).concat();
            std::fs::write(folder.path().join("школы.txt"), text).unwrap();
            let manifest = format!("таблицы:\n  школы:\n    файл: школы.txt\n    разделитель: {name}\n");
            std::fs::write(folder.path().join("dataset.yaml"), manifest).unwrap();
            let output = merilo(folder.path(), &["data", "export", "dataset.yaml"]);
            let written = String::from_utf8(output.stdout).unwrap();
            assert_eq!(written, "код,имя,балл\n001,Лицей,70\n002,Гимназия,68\n", "{name}");
        }
    }
}

#[test]
fn what_is_in_the_columns_is_shown_with_absences() {
    snapshot("show", &in_both_languages(&corpus(), &["data", "show", "dataset.yaml"]));
    let output = merilo(&corpus(), &["data", "show", "dataset.yaml", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    snapshot("show__json", &text);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let column = |name: &str| {
        let columns = json["tables"][0]["columns"].as_array().unwrap();
        columns.iter().find(|column| column["name"] == name).unwrap().clone()
    };
    assert_eq!(column("участники")["suppressed"], 2);
    assert_eq!(column("участники")["known"], 3);
    assert_eq!((column("балл")["suppressed"].clone(), column("балл")["type"].clone()), (1.into(), "points".into()));
    assert_eq!(column("Примечание")["missing"], 4);
}

/// A manifest of one table with these lines below the file.
fn with(folder: &Path, lines: &str) -> String {
    let table = "Код;Школа;Телефон\n1;Лицей;2-10-31;2-10-32\n2;Гимназия;2-11-31\n3;Школа;2-12-31\n";
    std::fs::write(folder.join("школы.csv"), table).unwrap();
    std::fs::write(folder.join("коды.csv"), "Название,Код\nЛицей,л1\nГимназия,г2\n").unwrap();
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    std::fs::write(folder.join("dataset.yaml"), format!("таблицы:\n  школы:\n    файл: школы.csv\n{lines}")).unwrap();
    in_both_languages(folder, &["data", "export", "dataset.yaml"])
}

#[test]
fn a_column_may_hold_the_separator() {
    let folder = tempfile::tempdir().unwrap();
    let text = with(folder.path(), "разделитель внутри: Телефон");
    assert!(text.starts_with("code 0\n── stdout\nКод,Школа,Телефон\n1,Лицей,2-10-31;2-10-32\n"), "{text}");
    assert!(!text.contains("[M"), "{text}");
}

#[test]
fn names_are_replaced_by_what_they_stand_for() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "разделитель внутри: Телефон\nстолбцы:\n  Школа: {сопоставить: имена, соответствия: коды.csv}";
    let text = with(folder.path(), lines);
    // the name that stands for nothing is told with its cell
    assert!(text.contains("1,л1,2-10-31;2-10-32\n2,г2,2-11-31\n3,Школа,2-12-31\n"), "{text}");
    assert!(text.contains("[M328]"), "{text}");
}

#[test]
fn what_is_stated_wrongly_is_told() {
    let cases: &[(&str, &str, &str)] = &[
        ("no_column", "столбцы: {адрес: Адрес}", "M308"),
        ("no_column_inside", "разделитель внутри: Факс", "M385"),
        ("two_encodings", "кодировка: [windows-1251, utf-8]", "M305"),
        ("unknown_second_encoding", "кодировка: [utf-8, ebcdic]", "M318"),
        ("digits", "столбцы: {Код: {знаков: много}}", "M305"),
        ("names_need_rules", "разделитель внутри: Телефон\nстолбцы: {Школа: {сопоставить: имена}}", "M383"),
        ("filter_without_column", "кроме строк: {Адрес: \"*\"}", "M308"),
    ];
    for (name, lines, code) in cases {
        let folder = tempfile::tempdir().unwrap();
        let text = with(folder.path(), lines);
        snapshot(&format!("wrong__{name}"), &text);
        assert!(text.contains(code), "{name}: {text}");
        let warned = *code == "M383";
        assert!(text.starts_with(if warned { "code 0" } else { "code 1\n── stdout\n── stderr" }), "{name}: {text}");
    }
}

#[test]
fn a_source_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    with(folder.path(), "разделитель внутри: Телефон");
    let output = merilo(folder.path(), &["data", "export", "dataset.yaml", "-o", "школы.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("M378"));
}

#[test]
fn a_blank_column_is_in_the_export_where_its_place_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let lines = "разделитель внутри: Телефон\nстолбцы:\n  питание: {место: D}\n  приём: {место: F}";
    let text = with(folder.path(), lines);
    assert!(
        text.starts_with("code 0\n── stdout\nКод,Школа,Телефон,питание,приём\n1,Лицей,2-10-31;2-10-32,,\n"),
        "{text}"
    );
    snapshot("place_behind_the_table", &text);

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        [["Код", "", "Школа"], ["01", "", "Лицей"], ["02", "", "Гимназия"], ["03", "", "Школа"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    std::fs::write(folder.path().join("школы.xlsx"), book.save_to_buffer().unwrap()).unwrap();
    let manifest = "таблицы:\n  школы:\n    файл: школы.xlsx\n    столбцы: {питание: {место: B}, приём: {место: D}}\n";
    std::fs::write(folder.path().join("dataset.yaml"), manifest).unwrap();
    let output = merilo(folder.path(), &["data", "export", "dataset.yaml"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Код,питание,Школа,приём\n01,,Лицей,\n02,,Гимназия,\n03,,Школа,\n"
    );
    // of the columns that are stated nothing is said to be left out
    assert!(!told.contains("[M355]") && told.matches("[M387]").count() == 1, "{told}");
}
