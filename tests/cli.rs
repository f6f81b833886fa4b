//! The program from outside: help, mistakes in the command, exit codes, files written whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::process::Output;

use assert_cmd::Command;

fn merilo(words: &[&str]) -> Output {
    Command::cargo_bin("merilo").unwrap().env_clear().env("LANG", "ru_RU.UTF-8").args(words).output().unwrap()
}

fn shown(words: &[&str]) -> String {
    let output = merilo(words);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    format!("code {}\n── stdout\n{out}── stderr\n{err}", output.status.code().unwrap())
}

#[test]
fn help_is_in_the_language_asked_for() {
    for language in ["ru", "en"] {
        for verb in ["", "check", "run", "explain", "fmt", "explain-code"] {
            let mut words = vec!["--lang", language, "--help"];
            if !verb.is_empty() {
                words.insert(0, verb);
            }
            insta::assert_snapshot!(format!("help_{verb}_{language}"), shown(&words));
        }
    }
}

#[test]
fn mistakes_in_the_command_are_told_with_code_two() {
    let cases: &[(&str, &[&str])] = &[
        ("nothing", &[]),
        ("unknown_verb", &["chek"]),
        ("unknown_option", &["run", "r.merilo", "--data", "d.yaml", "--frmat", "csv"]),
        ("missing_data", &["run", "r.merilo"]),
        ("bad_format", &["run", "r.merilo", "--data", "d.yaml", "--format", "doc"]),
        ("bad_threads", &["check", "r.merilo", "--threads", "0"]),
        ("no_value", &["check", "r.merilo", "--data"]),
        ("bad_set", &["run", "r.merilo", "--data", "d.yaml", "--set", "доля"]),
        ("xlsx_without_file", &["run", "r.merilo", "--data", "d.yaml", "--format", "xlsx"]),
        ("unknown_extension", &["run", "r.merilo", "--data", "d.yaml", "-o", "list.doc"]),
        ("unknown_code", &["explain-code", "M999"]),
    ];
    for (name, words) in cases {
        let text = shown(words);
        assert!(text.starts_with("code 2"), "{name}: {text}");
        insta::assert_snapshot!(format!("usage_{name}"), text);
    }
}

#[test]
fn a_message_is_explained_by_its_code_in_either_alphabet() {
    insta::assert_snapshot!("explain_code", shown(&["explain-code", "M301"]));
    assert_eq!(shown(&["explain-code", "M301"]), shown(&["explain-code", "м301"]));
}

#[test]
fn a_file_that_was_not_understood_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("правила.merilo");
    let bad = "это не правила {";
    std::fs::write(&file, bad).unwrap();
    let output = merilo(&["fmt", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), bad);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_missing_file_is_named() {
    let text = shown(&["fmt", "нет-такого.merilo"]);
    assert!(text.starts_with("code 1") && text.contains("нет-такого.merilo"), "{text}");
}
