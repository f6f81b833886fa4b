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
        let papers = ["document", "document list", "document note", "document letter"];
        for verb in [
            "",
            "check",
            "run",
            "explain",
            "threshold",
            "stability",
            "sweep",
            "equal",
            "implies",
            "history",
            "verify",
            "seal",
            "fmt",
            "explain-code",
        ]
        .into_iter()
        .chain(papers)
        {
            let mut words: Vec<&str> = verb.split_whitespace().collect();
            words.extend(["--lang", language, "--help"]);
            insta::assert_snapshot!(format!("help_{}_{language}", verb.replace(' ', "_")), shown(&words));
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

fn in_both_languages(words: &[&str]) -> String {
    let of = |language| shown(&[words, &["--lang", language]].concat());
    format!("{}──────── en ────────\n{}", of("ru"), of("en"))
}

/// The kinds of problems that only the program itself has, each with its code of the end.
#[test]
fn mistakes_that_the_program_finds_are_told_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/data/orphan-keys");
    let (rules, data) = (format!("{corpus}/rules.merilo"), format!("{corpus}/dataset.yaml"));
    std::fs::write(at("крупно.merilo"), "НАБОР ПРАВИЛ   «Проба»\n").unwrap();
    std::fs::write(at("1251.merilo"), b"\xed\xe0\xe1\xee\xf0 \xef\xf0\xe0\xe2\xe8\xeb").unwrap();
    std::fs::create_dir(at("папка.csv")).unwrap();
    let run = ["run", rules.as_str(), "--data", data.as_str(), "--quiet"];
    let to = |file: &str| [run.as_slice(), &["-o", file]].concat().iter().map(ToString::to_string).collect::<Vec<_>>();
    let of = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let cases = [
        ("format_unknown", 2, to("список.doc")),
        ("format_needs_file", 2, [of(&run), of(&["--format", "xlsx"])].concat()),
        ("set_malformed", 2, [of(&run), of(&["--set", "доля"])].concat()),
        ("code_unknown", 2, of(&["explain-code", "M999"])),
        ("school_unknown", 1, of(&["explain", &rules, "--data", &data, "--school", "1004"])),
        ("school_unlike_any", 1, of(&["explain", &rules, "--data", &data, "--school", "школа"])),
        ("not_text", 1, of(&["fmt", &at("1251.merilo")])),
        ("into_no_folder", 3, to(&at("нет/список.csv"))),
        (
            "into_a_folder",
            3,
            [
                of(&["explain", &rules, "--data", &data, "--school", "1001", "--format", "json"]),
                of(&["-o", &at("папка.csv")]),
            ]
            .concat(),
        ),
        ("below_a_file", 3, to(&at("крупно.merilo/список.csv"))),
    ];
    for (name, code, words) in cases {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let text = in_both_languages(&words).replace(&format!("{}/", folder.path().display()), "");
        assert!(text.starts_with(&format!("code {code}")), "{name}: {text}");
        insta::assert_snapshot!(format!("told_{name}"), text);
    }
    // the formatter speaks the language of the file
    std::fs::write(at("loud.merilo"), "RULE SET   «Sample»\n").unwrap();
    let text = ["крупно.merilo", "loud.merilo"].map(|name| shown(&["fmt", "--check", &at(name)]));
    insta::assert_snapshot!("told_not_formatted", text.concat().replace(&format!("{}/", folder.path().display()), ""));
}

#[test]
fn a_message_is_explained_by_its_code_in_either_alphabet() {
    insta::assert_snapshot!("explain_code", shown(&["explain-code", "M301"]));
    assert_eq!(shown(&["explain-code", "M301"]), shown(&["explain-code", "м301"]));
}

#[test]
fn every_message_has_a_long_explanation() {
    for language in ["ru", "en"] {
        let mut all = String::new();
        for kind in merilo::diagnostic::all_kinds() {
            let output = merilo(&["explain-code", kind.code, "--lang", language]);
            let text = String::from_utf8(output.stdout).unwrap();
            assert!(output.status.success() && text.lines().nth(2).is_some_and(|line| line.len() > 20), "{text}");
            all += &text;
            all.push('\n');
        }
        insta::assert_snapshot!(format!("explain_code_all_{language}"), all);
    }
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

/// The summary of the shipped example, written to `target`.
#[cfg(unix)]
fn run_into(target: &std::path::Path) -> std::process::Child {
    std::process::Command::new(assert_cmd::cargo::cargo_bin("merilo"))
        .args(["run", "rules/leningrad-2018/criteria.merilo", "--data", "examples/leningrad-2018/dataset.yaml"])
        .args(["--format", "text", "-q", "--lang", "ru", "-o", target.to_str().unwrap()])
        .spawn()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("труба");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut program = run_into(&pipe);
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    assert!(program.wait().unwrap().success());
    let text = reader.join().unwrap();
    assert!(text.contains("Дневные общеобразовательные школы"), "{text}");
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_stays_and_the_file_it_leads_to_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (file, link) = (folder.path().join("итог.txt"), folder.path().join("ссылка.txt"));
    std::fs::write(&file, "прежнее").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert!(run_into(&link).wait().unwrap().success());
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("Дневные общеобразовательные школы"));
}

/// The numbers are those of the shipped example.
#[test]
fn a_run_that_is_evaluated_twice_says_what_was_compared() {
    let folder = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let rules = root.join("rules/leningrad-2018/criteria.merilo").display().to_string();
    let data = root.join("examples/leningrad-2018/dataset.yaml").display().to_string();
    let list = folder.path().join("list.csv").display().to_string();
    let output = merilo(&["run", &rules, "--data", &data, "--recheck", "-o", &list]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("Повторный расчёт совпал с основным: "), "{said}");
    assert!(said.contains(" решени") && said.contains(" значени"), "{said}");
    let quiet = merilo(&["run", &rules, "--data", &data, "--recheck", "-o", &list, "-q"]);
    assert_eq!((quiet.status.code(), quiet.stderr.len()), (Some(0), 0));
}
