//! `merilo data show` and `merilo data export`: every kind of remark and of fault that text files can give, a file with one trouble each in
//! `tests/data_commands/`, told in both languages; what is written; what the command refuses.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;
use merilo::data::told;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::report::diagnostics::without_counts;
use merilo::source::Sources;
use merilo::tables::encoding::{Encoding, Ground};
use merilo::tables::fault::{Fault, Limit};
use merilo::tables::find::{LeftOut, Place};
use merilo::tables::remark::{Remark, What};
use merilo::tables::{Flaw, Options};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data_commands")
}

fn merilo(words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command
        .current_dir(corpus())
        .env_clear()
        .env("LANG", "ru_RU.UTF-8")
        .env("COLUMNS", "160")
        .args(words)
        .output()
        .unwrap()
}

fn shown(words: &[&str]) -> String {
    let output = merilo(words);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("code {}\n── stdout\n{out}── stderr\n{err}", output.status.code().unwrap())
}

fn in_both_languages(words: &[&str]) -> String {
    let of = |language| shown(&[words, &["--lang", language]].concat());
    format!("{}──────── en ────────\n{}", of("ru"), of("en"))
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/data_commands");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// The files with the codes that they are there for.
const FILES: &[(&str, &[&str])] = &[
    ("plain.csv", &[]),
    ("ascii.csv", &[]),
    ("mark.csv", &[]),
    ("semicolon.csv", &[]),
    ("utf-16-mark.csv", &[]),
    ("utf-16.csv", &[]),
    ("windows-1251.csv", &["M341"]),
    ("cp866.csv", &["M341"]),
    ("koi8-r.csv", &["M341"]),
    ("malformed.csv", &["M341", "M342"]),
    ("tab.csv", &[]),
    ("unit-separator.csv", &[]),
    ("quote.csv", &[]),
    ("escape.csv", &[]),
    ("carriage-return.csv", &[]),
    ("record-separator.csv", &[]),
    ("header-of-two.csv", &["M348", "M349"]),
    ("no-header.csv", &["M350"]),
    ("preamble.csv", &["M351"]),
    ("numbering.csv", &["M351"]),
    ("repeated-header.csv", &["M351"]),
    ("notes.csv", &["M351"]),
    ("totals.csv", &["M353"]),
    ("gap.csv", &["M354"]),
    ("another-below.csv", &["M354", "M357"]),
    ("unquoted.csv", &["M356"]),
    ("extra.csv", &["M356"]),
    ("lacking.csv", &["M356"]),
    ("quotation-mark.csv", &["M356"]),
    ("other-separator.csv", &["M356"]),
    ("short.csv", &["M356"]),
    ("irregular.csv", &["M357"]),
    ("two-tables.csv", &["M358"]),
    ("marks-of-absence.csv", &[]),
];

#[test]
fn every_remark_is_told_in_both_languages() {
    for (file, _) in FILES {
        snapshot(&format!("show__{file}"), &in_both_languages(&["data", "show", file]));
    }
}

/// Codes of warnings in a text.
fn codes(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text.match_indices("[M3").map(|(at, _)| text[at + 1..at + 5].to_owned()).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn what_was_guessed_changed_or_left_out_is_warned_of_beside_the_table() {
    for (file, expected) in FILES {
        let text = shown(&["data", "export", file]);
        let (head, warned) = text.split_once("── stderr\n").unwrap();
        assert!(head.starts_with("code 0"), "{file}: {text}");
        assert_eq!(codes(warned), *expected, "{file}: {warned}");
        snapshot(&format!("export__{file}"), &text);
    }
}

/// What is wrong with files; nothing is printed.
#[test]
fn a_file_that_is_no_table_is_an_error() {
    for (file, code) in
        [("empty.csv", "M309"), ("blank-lines.csv", "M374"), ("picture.csv", "M319"), ("not-there.csv", "M301")]
    {
        let text = in_both_languages(&["data", "export", file]);
        assert!(text.starts_with("code 1\n── stdout\n── stderr\n"), "{text}");
        assert_eq!(codes(&text), [code], "{text}");
        snapshot(&format!("fault__{file}"), &text);
    }
    let text = in_both_languages(&["data", "export", "two-tables.csv", "--table", "3"]);
    assert!(text.starts_with("code 1\n── stdout\n── stderr\n"), "{text}");
    snapshot("fault__no-such-table", &text);
}

#[test]
fn one_bad_file_keeps_the_others_from_being_written() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out");
    let output = merilo(&["data", "export", "plain.csv", "empty.csv", "-o", to.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!to.exists());
}

#[test]
fn what_is_stated_is_no_guess() {
    let of = |words: &[&str]| {
        let output = merilo(&[&["data", "export"], words].concat());
        assert!(output.status.success());
        (String::from_utf8(output.stdout).unwrap(), codes(&String::from_utf8(output.stderr).unwrap()))
    };
    assert_eq!(of(&["windows-1251.csv", "--encoding", "cp1251"]).1, [""; 0]);
    assert_eq!(of(&["preamble.csv", "--header", "4"]).1, [""; 0]);
    assert_eq!(of(&["header-of-two.csv", "--header", "1-2"]).1, ["M349"]);
    let (table, codes) = of(&["totals.csv", "--without-totals"]);
    assert!(!table.contains("Итого") && codes.is_empty(), "{table}{codes:?}");
    // then it is a record with too few fields
    let (table, codes) = of(&["notes.csv", "--all-rows"]);
    assert!(table.contains("Примечание") && codes == ["M357"], "{table}{codes:?}");
    let (table, _) = of(&["plain.csv", "--columns", "A-B", "--first-row", "3", "--last-row", "4"]);
    assert_eq!(table, "код,школа\n470002,Гимназия Надежда\n470003,Средняя школа Восток\n");
    let (table, codes) = of(&["two-tables.csv", "--table", "2"]);
    assert!(table.starts_with("район,директор,школ,учителей\n") && codes.is_empty(), "{table}{codes:?}");
}

#[test]
fn a_table_without_a_header_gets_no_header_row() {
    let output = merilo(&["data", "export", "no-header.csv"]);
    assert!(output.stdout.starts_with("470001,".as_bytes()));
}

#[test]
fn a_table_that_needs_nothing_comes_out_as_it_went_in() {
    let output = merilo(&["data", "export", "plain.csv"]);
    assert_eq!(output.stdout, std::fs::read(corpus().join("plain.csv")).unwrap());
    assert!(output.stderr.is_empty());
    let input = std::fs::read(corpus().join("plain.csv")).unwrap();
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.args(["data", "export", "-"]).write_stdin(input.clone()).output().unwrap();
    assert_eq!(output.stdout, input);
}

#[test]
fn what_was_written_is_understood_as_the_same_table() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("once.csv");
    for (file, _) in
        FILES.iter().filter(|(file, _)| !["irregular.csv", "malformed.csv", "another-below.csv"].contains(file))
    {
        let once = merilo(&["data", "export", file]).stdout;
        std::fs::write(&to, &once).unwrap();
        let again = merilo(&["data", "export", to.to_str().unwrap()]).stdout;
        assert_eq!(String::from_utf8(again).unwrap(), String::from_utf8(once).unwrap(), "{file}");
    }
}

#[test]
fn every_table_goes_into_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out");
    let words = ["data", "export", "two-tables.csv", "plain.csv", "--all", "-o", to.to_str().unwrap()];
    let output = merilo(&words);
    assert!(output.status.success());
    let mut names: Vec<_> =
        std::fs::read_dir(&to).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["plain.csv", "two-tables-1.csv", "two-tables-2.csv"]);
    assert_eq!(std::fs::read(to.join("plain.csv")).unwrap(), std::fs::read(corpus().join("plain.csv")).unwrap());
}

#[test]
fn a_manifest_says_how_its_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out");
    let output =
        merilo(&["data", "export", "dataset.yaml", "-o", to.to_str().unwrap(), "--format", "jsonl", "--quiet"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::fs::read_to_string(to.join("школы.jsonl")).unwrap();
    let first = r#"{"код": "470001", "школа": "Лицей имени Пушкина", "учащиеся": "310", "балл": "48,0"}"#;
    assert_eq!(text.lines().next(), Some(first));
    assert_eq!(std::fs::read_dir(&to).unwrap().count(), 2);
    snapshot("show__dataset.yaml", &in_both_languages(&["data", "show", "dataset.yaml"]));
}

#[test]
fn mistakes_in_the_command_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("копия.csv");
    std::fs::copy(corpus().join("plain.csv"), &copy).unwrap();
    let copy = copy.to_str().unwrap();
    let cases: &[(&str, &[&str])] = &[
        ("several_without_folder", &["export", "plain.csv", "gap.csv"]),
        ("unknown_extension", &["export", "plain.csv", "-o", "таблица.doc"]),
        ("xlsx_without_file", &["export", "plain.csv", "--format", "xlsx"]),
        ("over_its_source", &["export", copy, "-o", copy]),
        ("options_with_manifest", &["export", "dataset.yaml", "--header", "1"]),
        ("bad_encoding", &["show", "plain.csv", "--encoding", "ebcdic"]),
        ("bad_header", &["show", "plain.csv", "--header", "5-3"]),
        ("bad_columns", &["show", "plain.csv", "--columns", "F-B"]),
        ("bad_quote", &["show", "plain.csv", "--quote", "''"]),
        ("bad_table", &["show", "plain.csv", "--table", "0"]),
        ("all_without_folder", &["export", "plain.csv", "--all"]),
        ("no_verb", &[]),
    ];
    for (name, words) in cases {
        let words = [&["data"], *words].concat();
        let text = in_both_languages(&words).replace(&format!("{}/", folder.path().display()), "");
        assert!(text.starts_with("code 2"), "{name}: {text}");
        snapshot(&format!("usage__{name}"), &text);
    }
}

#[test]
fn help_is_in_both_languages() {
    for verb in ["show", "infer", "check", "export"] {
        snapshot(&format!("help__{verb}"), &in_both_languages(&["data", verb, "--help"]));
    }
    snapshot("help", &in_both_languages(&["data", "--help"]));
}

#[test]
fn programs_are_told_every_row() {
    let output = merilo(&["data", "show", "numbering.csv", "--format", "json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    snapshot("show__json", &text);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let table = &json["files"][0]["sheets"][0]["tables"][0];
    assert_eq!(table["left_out"][0]["row"], 2);
    assert_eq!(table["columns"][2]["least"], "310");
    assert_eq!(table["columns"][2]["greatest"], "569");
}

/// Every remark and every fault, also those that no text file can give, about one row and about many.
#[test]
fn every_kind_has_words_in_both_languages() {
    let names = || vec!["Лист2".to_owned(), "Справочник".to_owned()];
    let whats = |left_out: &[LeftOut], flaws: &[Flaw]| {
        let mut whats = vec![
            What::Malformed(Encoding::Utf8),
            What::Separator("\t".to_owned()),
            What::Quote(None),
            What::Quote(Some('\'')),
            What::Escape('\\'),
            What::RecordEnd("\u{1e}".to_owned()),
            What::Header,
            What::NoHeader,
            What::Carried,
            What::Totals,
            What::Lone,
            What::Marks,
            What::Gaps,
            What::BlankColumns,
            What::Irregular,
            What::NarrowHeader(3, 4),
            What::OtherTables(Vec::new()),
            What::OtherTables(vec!["F4".to_owned(), "A20".to_owned()]),
            What::OtherSheets(names()),
            What::HiddenSheet,
            What::HiddenRows,
            What::HiddenColumns(vec!["C".to_owned(), "F".to_owned()]),
            What::Merged,
            What::NoValue(vec!["C12".to_owned()]),
            What::Rounded(vec!["D4".to_owned()]),
            What::Unpacked("школы/данные.csv".to_owned()),
            What::OtherEncoding(Encoding::Windows1251),
        ];
        let grounds = [Ground::Stated, Ground::Mark, Ground::Valid, Ground::Ascii, Ground::Zeros, Ground::Words];
        whats.extend(grounds.map(|ground| What::Encoding(Encoding::Utf8, ground)));
        whats.extend(left_out.iter().map(|why| What::LeftOut(*why)));
        whats.extend(flaws.iter().map(|flaw| What::Mended(*flaw)));
        whats
    };
    let left_out = [
        LeftOut::Preamble,
        LeftOut::Numbering,
        LeftOut::RepeatedHeader,
        LeftOut::Rule,
        LeftOut::Total,
        LeftOut::Section,
        LeftOut::Note,
    ];
    let flaws =
        [Flaw::Unquoted, Flaw::Extra, Flaw::Lacking, Flaw::Mark, Flaw::OtherSeparator, Flaw::Short, Flaw::Break];
    let mut problems = Vec::new();
    let options = Options::default();
    for what in whats(&left_out, &flaws) {
        for rows in [vec![7], vec![2, 7, 8, 9, 25]] {
            let count = rows.len();
            let remark = Remark { what: what.clone(), sheet: Some("Лист1".to_owned()), rows, count };
            problems.push(told::remark(&remark, "школы.xlsx", &options, None));
        }
    }
    let stated = Options { place: Place { header: Some(Some((3, 3))), ..Place::default() }, ..Options::default() };
    for what in
        [What::LeftOut(LeftOut::Preamble), What::OtherTables(Vec::new()), What::OtherTables(vec!["F4".to_owned()])]
    {
        let remark = Remark { what, sheet: None, rows: vec![1], count: 1 };
        problems.push(told::remark(&remark, "школы.csv", &stated, Some(1)));
    }
    let limits = [Limit::Bytes, Limit::Unpacked, Limit::Rows, Limit::Columns, Limit::Cells, Limit::Cell];
    let faults = [
        Fault::Empty,
        Fault::NotText,
        Fault::Encrypted,
        Fault::OldFormat,
        Fault::NotAWorkbook,
        Fault::Html,
        Fault::Damaged("unexpected end".to_owned()),
        Fault::Records("expected value at line 5 column 1".to_owned()),
        Fault::Packed("incomplete deflate stream".to_owned()),
        Fault::NoSheet(names()),
        Fault::SeveralFiles(names()),
        Fault::NoMember(names()),
        Fault::Nested("внутри.zip".to_owned()),
        Fault::NoRows(3),
        Fault::NoColumn("Телефоны".to_owned(), names()),
    ];
    let asked =
        Options {
            sheet: Some("Лист9".to_owned()), member: Some("другое.csv".to_owned()), ..Options::default()
        };
    for fault in faults.into_iter().chain(limits.map(|limit| Fault::Limit(limit, 5_000_000))) {
        problems.push(told::fault(&fault, "школы.xlsx", &asked));
    }
    for language in Language::ALL {
        let text = without_counts(&problems, &Sources::default(), &Speaker::new(language), false);
        snapshot(&format!("words__{}", language.code()), &text);
    }
}

#[test]
fn a_limit_is_named_with_the_option_that_raises_it() {
    let text = shown(&["data", "show", "plain.csv", "--max-rows", "3"]);
    assert!(text.starts_with("code 1") && text.contains("M373") && text.contains("--max-rows"), "{text}");
    let text = shown(&["data", "show", "plain.csv", "--max-bytes", "100"]);
    assert!(text.starts_with("code 1") && text.contains("--max-bytes"), "{text}");
    assert!(shown(&["data", "show", "plain.csv", "--max-rows", "9"]).starts_with("code 0"));
}

#[test]
fn what_goes_into_a_workbook_comes_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let table = "код,школа,учащиеся,балл,ИНН,доля\n007,Лицей,310,48.0,4705012345,\"12,5 %\"\n014,=Гимназия,347,49.3,47050123456789,-\n\
                 101,Школа Заря,1 250,50.55,0,\"7,0 %\"\n";
    std::fs::write(at("школы.csv"), table).unwrap();
    let output = merilo(&["data", "export", &at("школы.csv"), "-o", &at("школы.xlsx")]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let output = merilo(&["data", "export", &at("школы.xlsx")]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), table);
}
