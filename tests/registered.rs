//! Registered decisions of people: kept apart from what is computed, shown in every list, total, explanation and paper.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::Path;

use assert_cmd::Command;

/// 001 meets the category, 004 does not, 005 is open: see the rules of the region.
const DECISIONS: &str = "
решение включить \"004\" в К
  документ «Распоряжение комитета № 15-р» от 12.02.2019
  автор «Иванова И. И., председатель комитета»
  причина «Принимает учеников закрытой школы»
  действует по 31.12.2019

решение исключить \"001\" из К
  документ «Распоряжение комитета № 16-р» от 01.03.2019
  автор «Иванова И. И., председатель комитета»
  причина «Школа закрывается на ремонт»
  действует с 01.04.2019 по 31.08.2019

решение включить \"002\" в К
  документ «Распоряжение комитета № 17-р» от 02.03.2019
  автор «Комитет образования»
  причина «По ходатайству района»
  действует по 31.08.2019
";

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

fn region(decisions: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations/region");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let rules = folder.path().join("rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text + decisions).unwrap();
    folder
}

fn said(folder: &Path, words: &[&str]) -> String {
    let (code, text) = merilo(folder, words);
    assert_eq!(code, 0, "{text}");
    text
}

const RUN: [&str; 4] = ["run", "rules.merilo", "--data", "dataset.yaml"];

#[test]
fn the_summary_tells_decisions_and_their_effect() {
    let region = region(DECISIONS);
    for language in ["ru", "en"] {
        let text = said(region.path(), &[&RUN[..], &["--lang", language, "-q"]].concat());
        insta::assert_snapshot!(format!("summary_{language}"), text);
    }
}

#[test]
fn computed_verdicts_are_those_without_decisions() {
    let (with, without) = (region(DECISIONS), region(""));
    let list = |folder: &Path| said(folder, &[&RUN[..], &["-q", "--format", "csv"]].concat());
    let (with, without) = (list(with.path()), list(without.path()));
    let table = |text: &str| -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
    };
    let (mut with, without) = (table(&with), table(&without));
    let at = with[0].iter().position(|head| head == "К: решение о школе").unwrap();
    let decided: Vec<String> = with.iter_mut().map(|row| row.remove(at)).collect();
    assert_eq!(with, without);
    insta::assert_snapshot!("list_column", decided.join("\n"));
}

#[test]
fn an_explanation_names_document_author_reason_and_time() {
    let region = region(DECISIONS);
    for (school, language) in [("004", "ru"), ("004", "en"), ("001", "ru")] {
        let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", school, "--lang", language];
        let text = said(region.path(), &words);
        let shown: Vec<&str> = text.lines().take(16).collect();
        insta::assert_snapshot!(format!("explanation_{school}_{language}"), shown.join("\n"));
    }
    let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "002", "--format", "json"];
    let document: serde_json::Value = serde_json::from_str(&said(region.path(), &words)).unwrap();
    insta::assert_snapshot!(
        "explanation_json",
        serde_json::to_string_pretty(&document["categories"][0]["registered"]).unwrap()
    );
}

/// 001 meets the category, 004 does not, 005 is open: nothing is put on the list or taken off it that was not there already.
#[test]
fn a_decision_that_changes_nothing_says_so() {
    let decided = |action: &str, school: &str| {
        format!(
            "\nрешение {action} К\n  документ «Приказ № {school}» от 12.02.2019\n  автор «Комитет»\n  \
             причина «Проба»\n  действует по 31.12.2019\n"
        )
    };
    let region = region(
        &[
            decided("включить \"001\" в", "1"),
            decided("исключить \"004\" из", "4"),
            decided("исключить \"005\" из", "5"),
        ]
        .concat(),
    );
    let mut heads = Vec::new();
    for (school, effect) in [("001", "same"), ("004", "same"), ("005", "open")] {
        for language in ["ru", "en"] {
            let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", school, "--lang", language];
            let text = said(region.path(), &words);
            let from = text.lines().position(|line| line.starts_with("Категория") || line.starts_with("К ")).unwrap();
            heads.extend(text.lines().skip(from).take(8).map(str::to_owned));
        }
        let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", school, "--format", "json"];
        let document: serde_json::Value = serde_json::from_str(&said(region.path(), &words)).unwrap();
        assert_eq!(document["categories"][0]["registered"]["effect"], effect);
    }
    insta::assert_snapshot!("explanation_without_effect", heads.join("\n"));
}

/// What would turn the computation is told with the decision that stands all the same.
#[test]
fn what_would_turn_the_computation_leaves_the_decision_standing() {
    let region = region(DECISIONS);
    for language in ["ru", "en"] {
        let words = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "001", "--lang", language];
        let text = said(region.path(), &words);
        let from = text.lines().position(|line| {
            line.contains("Расчёт по категории был бы иным") || line.contains("The computation of the category would")
        });
        let shown: Vec<&str> = text.lines().skip(from.unwrap()).take(3).collect();
        insta::assert_snapshot!(format!("explanation_changes_{language}"), shown.join("\n"));
    }
}

#[test]
fn json_of_a_run_keeps_both() {
    let region = region(DECISIONS);
    let text = said(region.path(), &[&RUN[..], &["-q", "--format", "json"]].concat());
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let category = &document["categories"][0];
    insta::assert_snapshot!("run_json", serde_json::to_string_pretty(category).unwrap());
    let school = |code: &str| {
        let schools = document["schools"].as_array().unwrap();
        schools.iter().find(|school| school["code"] == code).unwrap()["categories"][0].clone()
    };
    let (first, fourth, third) = (school("001"), school("004"), school("003"));
    assert_eq!((&first["verdict"], &first["registered"]), (&"met".into(), &"exclude".into()));
    assert_eq!((&fourth["verdict"], &fourth["registered"]), (&"not_met".into(), &"include".into()));
    assert!(third.get("registered").is_none());
}

#[test]
fn papers_show_them_apart() {
    let region = region(DECISIONS);
    let page = |paper: &str, more: &[&str]| {
        let file = format!("{paper}.html");
        let words = ["document", paper, "rules.merilo", "--data", "dataset.yaml", "-q", "-o", &file];
        said(region.path(), &[&words[..], more].concat());
        let text = std::fs::read_to_string(region.path().join(file)).unwrap();
        let body = &text[text.find("<body").unwrap()..];
        let cut = body.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim());
        cut.filter(|text| !text.is_empty()).map(str::to_owned).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("paper_list", page("list", &[]));
    let note = page("note", &[]);
    let from = note.find("Зарегистрированные решения").unwrap();
    insta::assert_snapshot!("paper_note", note[from..].lines().take(40).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_record_and_the_second_evaluation_know_them() {
    let region = region(DECISIONS);
    let text = said(region.path(), &[&RUN[..], &["-o", "a", "--recheck"]].concat());
    assert!(text.contains("расхожд") || text.contains("совпал"), "{text}");
    let decisions = std::fs::read_to_string(region.path().join("a/decisions.csv")).unwrap();
    let first: Vec<String> =
        decisions.lines().map(|line| line.split(';').take(3).collect::<Vec<_>>().join(";")).collect();
    insta::assert_snapshot!("decisions", first.join("\n"));
    assert_eq!(merilo(region.path(), &["verify", "a"]).0, 0);
    // the same rules without the last decision
    let rules = region.path().join("a/record/rules/rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    let at = text.find("решение включить \"004\"").unwrap();
    std::fs::write(&rules, text[..at].to_owned() + &text[text.find("решение исключить").unwrap()..]).unwrap();
    let (code, told) = merilo(region.path(), &["verify", "a"]);
    assert_eq!(code, 1, "{told}");
    insta::assert_snapshot!("verify_lists_the_school", told.lines().find(|line| line.contains("004")).unwrap());
}
