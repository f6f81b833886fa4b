//! Which comparisons rounding would turn, against values rounded by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use assert_cmd::Command;
use merilo::explain::explain;
use merilo::explain::rounding::{Place, rounding};
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;

const RULES: &str = r#"
набор правил «Проба»
  версия "1"
  отчётный год 2018
  оцениваются школы

таблица школы «Школы»
  ключ код
  столбец код текст
  столбец доля число %
  столбец часть число человек
  столбец всего число человек
  столбец а число
  столбец б число

показатель среднее_всех «Среднее по всем» = среднее(а, среди школы)

категория К
  относится, если выполнен любой критерий
  критерий 1
    если доля менее 60 %
  критерий 2
    если часть / всего не менее 60 %
  критерий 3
    если а менее б
  критерий 4
    если а более среднее_всех
  критерий 5
    если часть более 5 человек
"#;

/// Mean of `а`: (2.44 + 2.4 + 3.1 + 2.56) / 4 = 2.625.
const SCHOOLS: &str = "код;доля;часть;всего;а;б
1;59,96;599;1000;2,44;2,46
2;59,6;3;5;2,4;2,6
3;60;1;3;3,1;2,9
4;45,5;5;8;2,56;2,55
";

fn region() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("школы.csv", SCHOOLS);
    write("rules.merilo", RULES);
    write("dataset.yaml", "таблицы:\n  школы: школы.csv\n");
    folder
}

fn judged(folder: &tempfile::TempDir) -> Judged {
    let mut read = pipeline::read_rules(&folder.path().join("rules.merilo").display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, &folder.path().join("dataset.yaml"), &mut read.sources, &Silent);
    judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics))
}

#[test]
fn a_comparison_is_turned_where_the_rounded_values_lie_otherwise() {
    use Place::{Tenth, Whole};
    let folder = region();
    let Judged { rules, plan, dataset, run, .. } = judged(&folder);
    let expected: [[Option<&[Place]>; 5]; 4] = [
        // 60.0 % and 60 % are not less than 60 %; 59.9 % stays at one place and becomes 60 %; 2.4 < 2.5 but not 2 < 2;
        // 2.4 and 2 are not more than 2.625
        [Some(&[Tenth, Whole]), Some(&[Whole]), Some(&[Whole]), Some(&[]), None],
        // 59.6 % stays at one place; 60 % is 60 %; 2.4 < 2.6 stays and 2 < 3 holds
        [Some(&[Whole]), None, Some(&[]), Some(&[]), None],
        // 33.3 % and 33 % are less as well; 3.1 and 2.9 both become 3, and 3 < 3 is as false as 3.1 < 2.9; 3 > 2.625
        [None, Some(&[]), Some(&[]), Some(&[]), None],
        // 46 % is less than 60 %; 62.5 % becomes 63 %; 2.6 < 2.6 is as false as 2.56 < 2.55; 2.56 is not more than 2.625, 2.6
        // neither, 3 is
        [Some(&[]), Some(&[]), Some(&[]), Some(&[Whole]), None],
    ];
    for (school, expected) in expected.iter().enumerate() {
        let category = explain(&rules, &plan, &dataset, &run, school).categories.remove(0);
        for (criterion, expected) in category.criteria.iter().zip(expected) {
            let turned = rounding(&criterion.condition, &rules);
            let places: Option<Vec<Place>> = turned.map(|turned| turned.iter().map(|turned| turned.place).collect());
            assert_eq!(places.as_deref(), *expected, "school {}, criterion {}", school + 1, criterion.number);
        }
    }
}

#[test]
fn rounding_is_told_below_the_criterion() {
    let folder = region();
    let said = |words: &[&str]| {
        let mut command = Command::cargo_bin("merilo").unwrap();
        let first = ["explain", "rules.merilo", "--data", "dataset.yaml", "--school", "1"];
        let output = command.env_clear().current_dir(folder.path()).args(first).args(words).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let mut lines = Vec::new();
    for language in ["ru", "en"] {
        let text = said(&["--lang", language]);
        let about = |line: &&str| ["кругл", "Rounded", "Rounding"].iter().any(|word| line.contains(word));
        lines.extend(text.lines().filter(about).map(str::to_owned));
    }
    insta::assert_snapshot!("told", lines.join("\n"));
    let document: serde_json::Value = serde_json::from_str(&said(&["--format", "json", "--lang", "en"])).unwrap();
    let criteria = document["categories"][0]["criteria"].as_array().unwrap();
    let fields: Vec<&serde_json::Value> = criteria.iter().map(|criterion| &criterion["rounding"]).collect();
    insta::assert_snapshot!("json", serde_json::to_string_pretty(&fields).unwrap());
}
