//! The record of a run: equal inputs give equal bytes, and whatever is changed afterwards is found and named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::progress::Silent;
use merilo::record::finding::{Finding, State, worst};
use merilo::verify;

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref(),
    )
}

/// The text without its fingerprints, which change with every report.
fn unprinted(text: &str) -> String {
    let mut shown = String::new();
    for piece in text.split_inclusive(|c: char| !c.is_ascii_hexdigit()) {
        let digits = piece.trim_end_matches(|c: char| !c.is_ascii_hexdigit());
        shown += &if digits.len() == 64 { piece.replace(digits, "‹fingerprint›") } else { piece.to_owned() };
    }
    shown
}

/// A region of nine schools in a folder of its own, with a parameter in its rules.
fn region() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations/region");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let rules = folder.path().join("rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    let text = text.replacen("\nтаблица", "\nпараметр порог = 60 %\n\nтаблица", 1);
    let text = text.replace("если продолжили менее 60 % и", "если продолжили менее порог и");
    std::fs::write(&rules, text).unwrap();
    folder
}

fn run(region: &Path, to: &str) {
    let (code, said) = merilo(region, &["run", "rules.merilo", "--data", "dataset.yaml", "-o", to]);
    assert_eq!(code, 0, "{said}");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

fn findings(folder: &Path) -> Vec<Finding> {
    let program = concat!("merilo ", env!("CARGO_PKG_VERSION"));
    let request = verify::Request { folder, data: None, key: None, program, remake: &|_, _, _| None };
    verify::folder(&request, &Silent)
}

fn said(findings: &[Finding]) -> String {
    let speaker = Speaker::new(Language::Russian);
    findings.iter().map(|f| speaker.say(f.id, &f.arguments) + "\n").collect()
}

/// A mistake in the command, in both languages.
fn told(folder: &Path, name: &str, words: &[&str]) {
    let mut both = String::new();
    for language in ["ru", "en"] {
        let (code, text) = merilo(folder, &[words, &["--lang", language]].concat());
        assert_eq!(code, 2, "{text}");
        both += &text;
    }
    insta::assert_snapshot!(name, both);
}

#[test]
fn equal_inputs_give_equal_bytes_and_everything_holds() {
    let region = region();
    run(region.path(), "a");
    run(region.path(), "b");
    let (a, b) = (files(&region.path().join("a")), files(&region.path().join("b")));
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(&b) {
        assert_eq!(a.strip_prefix(region.path().join("a")), b.strip_prefix(region.path().join("b")));
        assert_eq!(std::fs::read(a).unwrap(), std::fs::read(b).unwrap(), "{}", a.display());
    }
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!("everything_holds", unprinted(&text));
    let (code, text) = merilo(region.path(), &["verify", "a", "--lang", "en"]);
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!("everything_holds_en", unprinted(&text));
}

#[test]
fn a_changed_byte_anywhere_is_found_and_its_file_is_named() {
    let region = region();
    run(region.path(), "a");
    let folder = region.path().join("a");
    assert_eq!(worst(&findings(&folder)), State::Holds);
    for path in files(&folder) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        // every byte of the record; of other files some, the first and the last among them
        let step = if name == "record.json" { 1 } else { (bytes.len() / 7).max(1) };
        let mut places: Vec<usize> = (0..bytes.len()).step_by(step).collect();
        places.push(bytes.len() - 1);
        for at in places {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            let found = if name == "record.json" { record_alone(&folder) } else { findings(&folder) };
            assert_eq!(worst(&found), State::Differs, "{name}, byte {at}");
            assert!(said(&found).contains(&name), "{name}, byte {at}: {}", said(&found));
        }
        std::fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(worst(&findings(&folder)), State::Holds);
}

/// The record without its folder: thousands of changes are tried, and the rest of the folder has nothing to do with them.
fn record_alone(folder: &Path) -> Vec<Finding> {
    let alone = tempfile::tempdir().unwrap();
    std::fs::copy(folder.join("record.json"), alone.path().join("record.json")).unwrap();
    findings(alone.path()).into_iter().filter(|f| f.id.starts_with("verify-record")).collect()
}

#[test]
fn a_missing_and_an_added_file_are_named() {
    let region = region();
    run(region.path(), "a");
    std::fs::remove_file(region.path().join("a/summary.txt")).unwrap();
    std::fs::write(region.path().join("a/заметки.txt"), "мои").unwrap();
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("missing_and_added", unprinted(&text));
}

#[test]
fn a_changed_decision_names_its_line_and_school_without_the_data() {
    let region = region();
    run(region.path(), "a");
    std::fs::remove_file(region.path().join("школы.csv")).unwrap();
    let path = region.path().join("a/decisions.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().nth(4).unwrap();
    std::fs::write(&path, text.replace(line, &format!("{line}1"))).unwrap();
    let (code, told) = merilo(region.path(), &["verify", "a"]);
    let school = line.split(';').next().unwrap();
    assert_eq!(code, 1);
    assert!(told.contains(&format!("строка: 5, школа «{school}»")), "{told}");
    let (_, told) = merilo(region.path(), &["verify", "a", "--lang", "en"]);
    assert!(told.contains(&format!("line: 5, school “{school}”")), "{told}");
}

#[test]
fn a_file_added_among_the_copies_is_a_difference() {
    let region = region();
    run(region.path(), "a");
    std::fs::create_dir(region.path().join("a/record/rules/ещё")).unwrap();
    std::fs::write(region.path().join("a/record/rules/ещё/b.merilo"), "x").unwrap();
    let (code, told) = merilo(region.path(), &["verify", "a"]);
    assert_eq!((code, told.contains("record/rules/ещё/b.merilo добавлен")), (1, true), "{told}");
}

#[test]
fn changed_data_are_named_down_to_the_school() {
    let region = region();
    run(region.path(), "a");
    let path = region.path().join("школы.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let line = text.lines().nth(2).unwrap().to_owned();
    // the score of the second school
    let mut cells: Vec<&str> = line.split(';').collect();
    let place = text.lines().next().unwrap().split(';').position(|h| h == "балл").unwrap();
    cells[place] = "99";
    std::fs::write(&path, text.replace(&line, &cells.join(";"))).unwrap();
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("changed_data", unprinted(&text));
}

#[test]
fn changed_rules_are_named_down_to_the_parameter_and_the_school() {
    let region = region();
    run(region.path(), "a");
    let path = region.path().join("a/record/rules/rules.merilo");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("порог = 60 %", "порог = 95 %")).unwrap();
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("changed_rules", unprinted(&text));
    let (_, text) = merilo(region.path(), &["verify", "a", "--format", "json", "--lang", "en"]);
    insta::assert_snapshot!("changed_rules_json", unprinted(&text));
}

#[test]
fn without_the_data_it_says_what_is_still_proved() {
    let region = region();
    run(region.path(), "a");
    std::fs::create_dir(region.path().join("moved")).unwrap();
    for file in ["dataset.yaml", "школы.csv"] {
        std::fs::rename(region.path().join(file), region.path().join("moved").join(file)).unwrap();
    }
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 4);
    insta::assert_snapshot!("without_data", unprinted(&text));
    let (code, text) = merilo(region.path(), &["verify", "a", "--data", "moved/dataset.yaml"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_replaced_parameter_and_the_language_belong_to_the_record() {
    let region = region();
    let words = ["run", "rules.merilo", "--data", "dataset.yaml", "--set", "порог=95 %", "--lang", "en", "-o", "a"];
    assert_eq!(merilo(region.path(), &words).0, 0);
    let record = std::fs::read_to_string(region.path().join("a/record.json")).unwrap();
    assert!(record.contains("95 %") && record.contains("\"en\""), "{record}");
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_scenario_with_its_file_and_its_data_belongs_to_the_record() {
    let region = region();
    let at = |name: &str| region.path().join(name);
    std::fs::copy(at("dataset.yaml"), at("прошлый-год.yaml")).unwrap();
    std::fs::create_dir(at("свои")).unwrap();
    let scenario = "сценарий «Строже»\n  данные \"прошлый-год\"\n  параметр порог = 10 %\n";
    std::fs::write(at("свои/сценарии.merilo"), scenario).unwrap();
    let words = ["run", "rules.merilo", "--data", "dataset.yaml", "--scenario", "Строже", "-o"];
    let file = ["--scenario-file", "свои/сценарии.merilo"];
    let (code, text) = merilo(region.path(), &[&words[..], &["a"], &file].concat());
    assert_eq!(code, 0, "{text}");
    run(region.path(), "b");
    let record = std::fs::read_to_string(at("a/record.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(
        record["rules"]["scenario"],
        serde_json::json!({
            "name": "Строже",
            "file": "record/rules/свои/сценарии.merilo",
            "changes": ["данные \"прошлый-год\"", "параметр порог = 10 %"],
        })
    );
    assert_eq!(record["data"]["found"], "../прошлый-год.yaml");
    assert_eq!(record["rules"]["parameters"][0]["written"], "10 %");
    let decisions = |run: &str| std::fs::read_to_string(at(run).join("decisions.csv")).unwrap();
    assert_ne!(decisions("a"), decisions("b"));
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 0, "{text}");
    // the scenario alone is not found, and the rules alone decide otherwise
    let (code, text) = merilo(region.path(), &[&words[..], &["c"]].concat());
    assert!(code == 1 && text.contains("M713"), "{text}");
    let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "001", "--dossier", "-o", "д.html"];
    let (code, text) = merilo(region.path(), &[&words[..], &["--scenario", "Строже"], &file].concat());
    assert_eq!(code, 0, "{text}");
    let page = std::fs::read_to_string(at("д.html")).unwrap();
    assert!(page.contains("Сценарий «Строже»") && page.contains("\"scenario\": \"Строже\""));
    // nothing differs, but the data of the region were not given
    assert_eq!(merilo(region.path(), &["verify", "д.html"]).0, 4);
}

#[test]
fn rules_of_several_folders_are_copied_so_that_they_find_each_other() {
    let region = region();
    let (rules, common) = (region.path().join("правила"), region.path().join("общее"));
    std::fs::create_dir(&rules).unwrap();
    std::fs::create_dir(&common).unwrap();
    std::fs::rename(region.path().join("rules.merilo"), common.join("общие.merilo")).unwrap();
    std::fs::rename(region.path().join("отдаленность.rhai"), common.join("отдаленность.rhai")).unwrap();
    let text = std::fs::read_to_string(common.join("общие.merilo")).unwrap();
    let (head, rest) = text.split_once("\nпараметр").unwrap();
    std::fs::write(common.join("общие.merilo"), format!("параметр{rest}")).unwrap();
    std::fs::write(rules.join("приказ.merilo"), format!("{head}\nподключить \"../общее/общие\"\n")).unwrap();
    let (code, text) = merilo(region.path(), &["run", "правила/приказ.merilo", "--data", "dataset.yaml", "-o", "a"]);
    assert_eq!(code, 0, "{text}");
    assert!(region.path().join("a/record/rules/общее/общие.merilo").is_file());
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_seal_shows_who_sealed_and_that_nothing_was_changed() {
    let region = region();
    run(region.path(), "a");
    let (code, text) = merilo(region.path(), &["seal", "a", "--key", "ключ", "--new-key"]);
    assert_eq!(code, 0, "{text}");
    told(region.path(), "key_exists", &["seal", "--key", "ключ", "--new-key"]);
    let (code, text) = merilo(region.path(), &["verify", "a", "--key", "ключ.pub"]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("Печать цела"), "{text}");
    let (code, text) = merilo(region.path(), &["verify", "a"]);
    assert_eq!((code, text.contains("Чей это ключ")), (0, true), "{text}");
    assert_eq!(merilo(region.path(), &["seal", "--key", "другой", "--new-key"]).0, 0);
    let (code, text) = merilo(region.path(), &["verify", "a", "--key", "другой.pub"]);
    assert_eq!((code, text.contains("другим ключом")), (1, true), "{text}");
    // a record that was made again as a whole has no longer this seal
    std::fs::write(
        region.path().join("rules.merilo"),
        std::fs::read_to_string(region.path().join("rules.merilo")).unwrap() + "\n",
    )
    .unwrap();
    run(region.path(), "a");
    let (code, text) = merilo(region.path(), &["verify", "a", "--key", "ключ.pub"]);
    assert_eq!((code, text.contains("на другую запись")), (1, true), "{text}");
}

#[test]
fn mistakes_with_folders_and_keys_are_told() {
    let region = region();
    for (name, words) in [
        ("no_folder", &["verify", "нет"][..]),
        ("nothing_to_seal", &["seal", "--key", "ключ"][..]),
        ("no_record", &["seal", ".", "--key", "ключ"][..]),
    ] {
        told(region.path(), &format!("told_{name}"), words);
    }
    run(region.path(), "a");
    std::fs::write(region.path().join("не ключ"), "текст").unwrap();
    told(region.path(), "told_no_secret_key", &["seal", "a", "--key", "не ключ"]);
    let explain = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "001", "--dossier"];
    told(region.path(), "told_dossier_needs_page", &explain);
    told(region.path(), "told_no_public_key", &["verify", "a", "--key", "нет такого"]);
}
