//! Scenarios held against the rules: sums agree, the result is that of the scenario alone, and a cause is one that works.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::Path;

use assert_cmd::Command;
use merilo::compare::Way;
use merilo::decision::Verdict;
use merilo::model::CategoryId;
use merilo::number::Number;
use merilo::pipeline::{self, Compared, Variant};
use merilo::progress::Silent;
use merilo::source::Sources;

const RULES: &str = "rules/leningrad-2018/criteria.merilo";
const DATA: &str = "examples/leningrad-2018/dataset.yaml";

fn compared(rules: &str, data: &Path, titles: &[&str]) -> Compared {
    let titles: Vec<String> = titles.iter().map(ToString::to_string).collect();
    let (_, outcome) = pipeline::compare(rules, &Variant::default(), &titles, data, &Silent);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

/// Every shipped scenario beside the rules: the same verdicts as alone, and movers that account for every difference.
#[test]
fn shipped_scenarios_beside_the_rules_are_those_alone() {
    let compared = compared(RULES, Path::new(DATA), &[]);
    assert!(compared.variations.len() > 20);
    for variation in &compared.variations {
        let variant = Variant { scenario: Some(variation.title.to_string()), ..Variant::default() };
        let mut read = pipeline::read_variant(RULES, &variant);
        let rules = read.rules.value.unwrap();
        let alone = pipeline::judge(rules, Path::new(DATA), &mut read.sources, &Silent).value.unwrap();
        assert_eq!(alone.run.criteria, variation.run.criteria, "{}", variation.title);
        assert_eq!(alone.run.categories, variation.run.categories, "{}", variation.title);
        for category in &variation.comparison.categories {
            let moved = |way| category.moved(way).count();
            let (before, after) = category.listed;
            assert_eq!(before + moved(Way::Entered) - moved(Way::Left), after, "{}", variation.title);
            assert_eq!(category.stayed + moved(Way::Left), before, "{}", variation.title);
            let all: usize = category.transitions.counts.iter().flatten().sum();
            assert_eq!(all, compared.before.run.schools);
            assert_eq!(category.transitions.changed(), category.movers.len(), "{}", variation.title);
        }
    }
}

/// The region of nine schools with scenarios of several changes.
fn region(scenarios: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations/region");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let rules = folder.path().join("rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text + scenarios).unwrap();
    folder
}

const SCENARIOS: &str = "
сценарий «Четыре изменения»
  категория К
    относится, если выполнено не менее 2 из применимых критериев
  критерий 4
    если баллы_отдалённости(расстояние) не менее 3 баллов
  отключить критерий 6
  критерий 5
    если продолжили менее 40 % и смены более 1

сценарий «Строже вдвойне»
  категория К
    относится, если выполнено не менее 5 из применимых критериев
  критерий 5
    если продолжили менее 40 % и смены более 1
";

/// Applies a set of changes alone, by writing a scenario of just these lines, and evaluates it as any scenario.
fn applied(folder: &Path, lines: &[&str]) -> Vec<Verdict> {
    let rules = folder.join("rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    let base = &text[..text.find("сценарий").unwrap()];
    let alone = folder.join("alone.merilo");
    std::fs::write(&alone, format!("{base}\nсценарий «Только это»\n  {}\n", lines.join("\n  "))).unwrap();
    let variant = Variant { scenario: Some("Только это".to_owned()), ..Variant::default() };
    let read = pipeline::read_variant(&alone.display().to_string(), &variant);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{lines:?} {:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, &folder.join("dataset.yaml"), &mut Sources::default(), &Silent).value.unwrap();
    judged.run.categories[0].to_vec()
}

/// Each smallest set of changes, applied alone, does to the school what the scenario does; without any one of its changes it
/// does not.
#[test]
fn a_cause_applied_alone_brings_it_about_and_nothing_of_it_can_be_left_out() {
    let region = region(SCENARIOS);
    let rules = region.path().join("rules.merilo").display().to_string();
    let compared = compared(&rules, &region.path().join("dataset.yaml"), &[]);
    let (mut tried, mut together) = (0, 0);
    for variation in &compared.variations {
        let lines: Vec<String> = variation.changes.iter().map(|change| change.russian.to_string()).collect();
        for mover in &variation.comparison.categories[0].movers {
            let causes = mover.causes.as_ref().unwrap();
            let row = mover.rows.0.unwrap();
            let shares = causes.shares.as_ref().unwrap();
            let sum = shares.iter().fold(Number::zero(), |sum, share| sum.add(share));
            assert_eq!(sum, Number::one(), "{} {}", variation.title, mover.school.code);
            together += usize::from(causes.only_together());
            for set in &causes.minimal {
                let chosen: Vec<&str> = set.iter().map(|at| lines[*at].as_str()).collect();
                assert_eq!(
                    std::mem::discriminant(&applied(region.path(), &chosen)[row]),
                    std::mem::discriminant(&mover.verdicts.1.unwrap()),
                    "{} {} {chosen:?}",
                    variation.title,
                    mover.school.code
                );
                for left_out in 0..chosen.len() {
                    let mut fewer = chosen.clone();
                    fewer.remove(left_out);
                    let verdict = if fewer.is_empty() {
                        compared.before.run.category(CategoryId(0), row).unwrap()
                    } else {
                        applied(region.path(), &fewer)[row]
                    };
                    let same = std::mem::discriminant(&verdict) == std::mem::discriminant(&mover.verdicts.1.unwrap());
                    assert!(!same, "{} {} {fewer:?}", variation.title, mover.school.code);
                }
                tried += 1;
            }
        }
    }
    // 001 and 009 meet five criteria, one of them the fifth
    assert!(tried >= 5 && together == 2, "{tried} causes, {together} only together");
}

#[test]
fn a_comparison_is_told_in_both_languages() {
    let region = region(SCENARIOS);
    for language in ["ru", "en"] {
        let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--lang", language, "-q"];
        let (code, text) = merilo(region.path(), &words);
        assert_eq!(code, 0, "{text}");
        insta::assert_snapshot!(format!("comparison_{language}"), text);
    }
    let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--format", "json", "-q"];
    let words = [&words[..], &["--scenario", "Строже вдвойне"]].concat();
    let (code, text) = merilo(region.path(), &words);
    assert_eq!(code, 0, "{text}");
    insta::assert_snapshot!("comparison_json", text);
}

#[test]
fn an_unknown_scenario_is_told_with_the_known_ones() {
    let region = region(SCENARIOS);
    let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--scenario", "Четыре изменение"];
    let (code, text) = merilo(region.path(), &words);
    assert_eq!(code, 1, "{text}");
    insta::assert_snapshot!("unknown_scenario", text);
}
