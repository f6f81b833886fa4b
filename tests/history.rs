//! Exit rules and several cycles in order: against every completion of what is unknown, and by hand on a small region.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use merilo::decision::{Passage, Verdict};
use merilo::explain;
use merilo::history::{Cycle, CycleCategory, Entry, Identity, Movement, State, common, history};
use merilo::model::CategoryId;
use merilo::pipeline;
use merilo::progress::Silent;
use serde_json::Value;

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

// ---- the rule, against all that unknown facts may be ----

const RULES: &str = "набор правил «Выход»
  отчётный год 2018

таблица школы
  ключ код
  столбец код текст
  столбец вход да/нет
  столбец выход да/нет
  столбец была да/нет
  столбец лет число лет

категория список
  относится, если выполнен любой критерий из (1)
  прежде, если была = да
  остаётся, если выполнен любой критерий из (2)
  срок не менее 2 лет и не более 3 лет по лет

  критерий 1 если вход = да
  критерий 2 если выход = да
";

type Facts = (Option<bool>, Option<bool>, Option<bool>, Option<i64>);

/// By the words of the reference, for a school of which everything is known.
fn is_in(entry: bool, exit: bool, before: bool, years: i64) -> bool {
    if !before {
        return entry;
    }
    years < 3 && (entry || exit || years < 2)
}

fn completions(facts: &Facts) -> Vec<bool> {
    let either = |fact: Option<bool>| fact.map_or(vec![false, true], |fact| vec![fact]);
    let years = facts.3.map_or((0..=4).collect(), |years| vec![years]);
    let mut found = Vec::new();
    for entry in either(facts.0) {
        for exit in either(facts.1) {
            for before in either(facts.2) {
                found.extend(years.iter().map(|years| is_in(entry, exit, before, *years)));
            }
        }
    }
    found
}

#[test]
fn a_school_is_decided_exactly_when_the_unknown_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let known = [Some(false), Some(true), None];
    let mut all: Vec<Facts> = Vec::new();
    let mut data = "код;вход;выход;была;лет\n".to_owned();
    for entry in known {
        for exit in known {
            for before in known {
                for years in [Some(0), Some(1), Some(2), Some(3), Some(4), None] {
                    let word = |fact: Option<bool>| fact.map_or("", |fact| if fact { "да" } else { "нет" });
                    let count = years.map_or(String::new(), |years: i64| years.to_string());
                    let number = all.len();
                    data += &format!("{number};{};{};{};{count}\n", word(entry), word(exit), word(before));
                    all.push((entry, exit, before, years));
                }
            }
        }
    }
    let at = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let rules = at("rules.merilo", RULES);
    at("schools.csv", &data);
    let manifest = at("data.yaml", "таблицы:\n  школы: schools.csv\n");
    let mut read = pipeline::read_rules(&rules.display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, &manifest, &mut read.sources, &Silent).value.unwrap();
    let report = pipeline::recheck(&judged, &Silent).1;
    assert!(report.is_empty(), "{report:?}");
    let mut seen: BTreeMap<Passage, usize> = BTreeMap::new();
    for (row, facts) in all.iter().enumerate() {
        let verdict = judged.run.category(CategoryId(0), row).unwrap();
        let possible = completions(facts);
        let wanted = match (possible.contains(&true), possible.contains(&false)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let found = match verdict {
            Verdict::Met => Some(true),
            Verdict::NotMet => Some(false),
            Verdict::Undetermined(_) => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, wanted, "{facts:?}");
        let told = explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, row);
        let passage = told.categories[0].passage.unwrap();
        *seen.entry(passage).or_default() += 1;
        if let (Some(entry), Some(exit), Some(before), Some(years)) = *facts {
            let by_hand = match (before, is_in(entry, exit, before, years)) {
                (false, true) => Passage::Entered,
                (false, false) if exit => Passage::NotEntered,
                (false, false) => Passage::Out,
                (true, true) if entry => Passage::Remains,
                (true, true) if exit => Passage::StaysByExitRule,
                (true, true) => Passage::StaysByTerm,
                (true, false) if entry || exit => Passage::LeftByTerm,
                (true, false) => Passage::Left,
            };
            assert_eq!(passage, by_hand, "{facts:?}");
        }
        assert_eq!(passage == Passage::Open, wanted.is_none(), "{facts:?}");
    }
    let all = [
        Passage::Entered,
        Passage::Remains,
        Passage::StaysByExitRule,
        Passage::StaysByTerm,
        Passage::In,
        Passage::Left,
        Passage::LeftByTerm,
        Passage::NotEntered,
        Passage::Out,
        Passage::Open,
    ];
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), all);
}

// ---- three cycles, each read from the decisions of the one before ----

/// The example in a folder of its own, its cycles run one after the other.
fn three_cycles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/three-cycles");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for year in ["2016", "2017", "2018"] {
        run(folder.path(), year);
    }
    folder
}

fn run(folder: &Path, year: &str) {
    let (rules, data, to) = (format!("правила-{year}.merilo"), format!("данные-{year}.yaml"), format!("run-{year}"));
    let (code, said) = merilo(folder, &["run", &rules, "--data", &data, "-o", &to, "--quiet"]);
    assert_eq!(code, 0, "{said}");
}

const CYCLES: [&str; 4] = ["history", "run-2016", "run-2017", "run-2018"];

fn json(folder: &Path, more: &[&str]) -> Value {
    let words = [&CYCLES, more, &["--format", "json", "--quiet"]].concat();
    let (code, said) = merilo(folder, &words);
    assert_eq!(code, 0, "{said}");
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"))
}

fn category<'a>(found: &'a Value, name: &str) -> &'a Value {
    found["categories"].as_array().unwrap().iter().find(|category| category["name"] == name).unwrap()
}

/// `movement/passage` of every cycle.
fn path(category: &Value, code: &str) -> Vec<String> {
    let schools = category["schools"].as_array().unwrap();
    let school = schools.iter().find(|school| school["code"] == code).unwrap();
    let step = |step: &Value| {
        let passage = step["passage"].as_str().unwrap_or("-");
        format!("{}/{passage}", step["movement"].as_str().unwrap())
    };
    school["steps"].as_array().unwrap().iter().map(step).collect()
}

#[test]
fn paths_of_the_example_are_those_worked_out_by_hand() {
    let folder = three_cycles();
    let found = json(folder.path(), &[]);
    let names: Vec<&str> = found["cycles"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["2016", "2017", "2018"]);
    assert_eq!(found["schools_throughout"], 22);
    let weak = category(&found, "слабые");
    let by_hand: [(&str, [&str; 3]); 12] = [
        ("01", ["listed/entered", "stayed/remains", "stayed/remains"]),
        ("02", ["listed/entered", "stayed/stays_by_exit_rule", "left/left"]),
        ("03", ["listed/entered", "left/left", "out/not_entered"]),
        ("04", ["out/not_entered", "entered/entered", "stayed/stays_by_exit_rule"]),
        ("05", ["out/out", "out/not_entered", "entered/entered"]),
        // its score of 2017 is missing: one criterion is met, that is enough to stay
        ("06", ["listed/entered", "stayed/stays_by_exit_rule", "left/left"]),
        // undetermined in 2016, so that in 2017 it is not known whether it was in
        ("07", ["undetermined/open", "entered/in", "stayed/stays_by_exit_rule"]),
        ("08", ["undetermined/open", "undetermined/open", "out/out"]),
        ("09", ["listed/entered", "stayed/remains", "gone/-"]),
        ("10", ["not_there/-", "entered/entered", "stayed/remains"]),
        ("11", ["out/not_entered", "out/not_entered", "out/not_entered"]),
        ("14", ["out/out", "out/out", "out/out"]),
    ];
    for (code, wanted) in by_hand {
        assert_eq!(path(weak, code), wanted, "{code}");
    }
    let support = category(&found, "поддержка");
    let by_hand: [(&str, [&str; 3]); 6] = [
        ("01", ["listed/entered", "stayed/remains", "left/left_by_term"]),
        ("06", ["out/out", "undetermined/open", "out/out"]),
        ("07", ["undetermined/open", "out/out", "out/out"]),
        ("08", ["undetermined/open", "out/out", "out/out"]),
        ("12", ["listed/entered", "left/left", "out/out"]),
        ("13", ["out/out", "entered/entered", "stayed/remains"]),
    ];
    for (code, wanted) in by_hand {
        assert_eq!(path(support, code), wanted, "{code}");
    }
    let years = |code: &str| -> Vec<String> {
        let schools = support["schools"].as_array().unwrap();
        let school = schools.iter().find(|school| school["code"] == code).unwrap();
        school["steps"].as_array().unwrap().iter().map(|s| s["years"].as_str().unwrap_or("-").to_owned()).collect()
    };
    assert_eq!(years("01"), ["1", "2", "0"]);
    assert_eq!(years("13"), ["0", "1", "2"]);
    assert_eq!(years("07"), ["-", "0", "0"]);
}

#[test]
fn transitions_and_terms_of_the_example_are_counted_by_hand() {
    let folder = three_cycles();
    let found = json(folder.path(), &["--category", "слабые"]);
    assert_eq!(found["categories"].as_array().unwrap().len(), 1);
    let weak = category(&found, "слабые");
    let entry = |t: &Value| {
        let word = |name: &str| t[name].as_str().unwrap().to_owned();
        (format!("{} {} → {}", word("from"), word("before"), word("after")), t["schools"].as_u64().unwrap())
    };
    let transitions: BTreeMap<String, u64> = weak["transitions"].as_array().unwrap().iter().map(entry).collect();
    let wanted: BTreeMap<String, u64> = [
        ("2016 in → in", 4),
        ("2016 in → out", 1),
        ("2016 out → in", 1),
        ("2016 out → out", 15),
        ("2016 undetermined → in", 1),
        ("2016 undetermined → undetermined", 1),
        ("2016 not_there → in", 1),
        ("2017 in → in", 4),
        ("2017 in → out", 2),
        ("2017 in → not_there", 1),
        ("2017 out → in", 1),
        ("2017 out → out", 15),
        ("2017 undetermined → out", 1),
    ]
    .map(|(name, count)| (name.to_owned(), count))
    .into();
    assert_eq!(transitions, wanted);
    let row = |entry: &Value| (entry["cycles"].as_u64().unwrap(), entry["schools"].as_u64().unwrap());
    let in_a_row: Vec<_> = weak["in_a_row"].as_array().unwrap().iter().map(row).collect();
    assert_eq!(in_a_row, [(1, 1), (2, 3), (3, 1)]);
}

#[test]
fn changes_and_costs_of_the_example_are_exact() {
    let folder = three_cycles();
    let found = json(folder.path(), &["--category", "слабые", "--costs", "затраты.csv"]);
    let monitoring = &category(&found, "слабые")["monitoring"];
    let groups: Vec<u64> =
        monitoring["groups"].as_array().unwrap().iter().map(|g| g["schools"].as_u64().unwrap()).collect();
    // listed 01, 02, 03, 06 (09 is gone); left 02, 03, 06; remained 01; not listed 04, 05, 11 to 24
    assert_eq!(groups, [4, 3, 1, 16]);
    let indicator = |name: &str| {
        let all = monitoring["indicators"].as_array().unwrap();
        all.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name}")).clone()
    };
    let score = indicator("результат");
    assert_eq!(score["contextual"], false);
    let change = |one: &Value, at: usize| {
        let change = &one["changes"][at];
        let word = |name: &str| change[name].as_str().unwrap_or("-").to_owned();
        let count = |name: &str| change[name].as_u64().unwrap();
        (word("first"), word("last"), word("change"), [count("known"), count("rose"), count("fell"), count("same")])
    };
    let text = |text: &str| text.to_owned();
    // 40, 48, 48, 48 became 40, 60, 48, 60
    assert_eq!(change(&score, 0), (text("46"), text("52"), text("6"), [4, 2, 0, 2]));
    assert_eq!(change(&score, 1), (text("48"), text("56"), text("8"), [3, 2, 0, 1]));
    assert_eq!(change(&score, 2), (text("40"), text("40"), text("0"), [1, 0, 0, 1]));
    // 48 → 60 (04), 60 → 60 (05), 40 → 60 (12), 60 → 40 (13), twelve times 60 → 60
    assert_eq!(change(&score, 3), (text("58"), text("235/4"), text("3/4"), [16, 2, 1, 13]));
    let poverty = indicator("бедность");
    assert_eq!(poverty["contextual"], true);
    assert_eq!(change(&poverty, 0), (text("1/5"), text("11/50"), text("1/50"), [4, 4, 0, 0]));
    let spent = &monitoring["spent"];
    assert_eq!([&spent["schools"], &spent["with_amount"], &spent["left"]].map(|n| n.as_u64().unwrap()), [4, 4, 3]);
    assert_eq!((&spent["total"], &spent["per_left"]), (&Value::from("500000"), &Value::from("500000/3")));
    // 500 000 for 24 points; for four times 2 percentage points
    let cost = |one: &Value| (one["cost"]["change"].clone(), one["cost"]["per_unit"].clone());
    assert_eq!(cost(&score), (Value::from("24"), Value::from("62500/3")));
    assert_eq!(cost(&poverty), (Value::from("8"), Value::from("62500")));
}

fn both(name: &str, folder: &Path, words: &[&str], wanted: i32) {
    for language in ["ru", "en"] {
        let (code, said) = merilo(folder, &[words, &["--lang", language]].concat());
        assert_eq!(code, wanted, "{said}");
        insta::assert_snapshot!(format!("{name}_{language}"), said);
    }
}

#[test]
fn reports_of_the_example() {
    let folder = three_cycles();
    let with_costs = [&CYCLES[..], &["--costs", "затраты.csv", "--category", "слабые"]].concat();
    both("text", folder.path(), &with_costs, 0);
    both("markdown", folder.path(), &[&with_costs[..], &["--format", "md"]].concat(), 0);
    both("school", folder.path(), &[&CYCLES[..], &["--school", "01"]].concat(), 0);
    let (code, html) = merilo(folder.path(), &[&with_costs[..], &["--format", "html"]].concat());
    assert_eq!(code, 0);
    let picture = &html[html.find("<figure>").unwrap()..html.find("</figure>").unwrap()];
    insta::assert_snapshot!("flow", picture);
    let (code, said) = merilo(folder.path(), &[&with_costs[..], &["-o", "история.html"]].concat());
    assert_eq!(code, 0, "{said}");
    assert_eq!(std::fs::read_to_string(folder.path().join("история.html")).unwrap(), html);
}

#[test]
fn explanations_say_by_which_rule() {
    let folder = three_cycles();
    for (code, year) in [("02", "2017"), ("03", "2018"), ("01", "2018"), ("07", "2017")] {
        let (rules, data) = (format!("правила-{year}.merilo"), format!("данные-{year}.yaml"));
        let words = ["explain", &rules, "--data", &data, "--school", code, "--quiet"];
        both(&format!("explained_{code}_{year}"), folder.path(), &words, 0);
    }
}

/// Without the exit rule, who stayed by it alone is not on the list any more; the scenario shows whom it keeps.
#[test]
fn a_scenario_does_without_the_exit_rule() {
    let folder = three_cycles();
    let words = ["compare", "правила-2017.merilo", "--data", "данные-2017.yaml", "--format", "json", "--quiet"];
    let (code, said) = merilo(folder.path(), &words);
    assert_eq!(code, 0, "{said}");
    let found: Value = serde_json::from_str(&said).unwrap();
    let scenario = &found["scenarios"][0];
    assert_eq!(scenario["changes"][0], "категория слабые без правила выхода");
    let weak = category(scenario, "слабые");
    assert_eq!((weak["listed_before"].as_u64(), weak["listed_after"].as_u64()), (Some(7), Some(5)));
    let movers: Vec<(&str, &str)> = weak["movers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mover| (mover["code"].as_str().unwrap(), mover["after"].as_str().unwrap()))
        .collect();
    // 08 was undetermined in 2016 and meets one criterion: only the exit rule could have kept it
    assert_eq!(movers, [("02", "not_met"), ("06", "undetermined"), ("08", "not_met")]);
}

/// What is told about runs that do not go together.
#[test]
fn runs_that_are_no_history_are_refused() {
    let folder = three_cycles();
    let at = folder.path();
    both("told_one", at, &["history", "run-2016"], 2);
    both("told_twice", at, &["history", "run-2016", "run-2016"], 1);
    both("told_backwards", at, &["history", "run-2018", "run-2016"], 1);
    both("told_no_folder", at, &["history", "run-2016", "run-2015"], 1);
    both("told_category", at, &["history", "run-2016", "run-2018", "--category", "сильные"], 1);
    both("told_school", at, &["history", "run-2016", "run-2018", "--school", "1"], 1);
    std::fs::write(at.join("плохо.csv"), "код;сумма\n01;много\n01;1\n;2\n").unwrap();
    both("told_costs", at, &["history", "run-2016", "run-2018", "--costs", "плохо.csv"], 1);
    std::fs::write(at.join("чужие.csv"), "код;сумма\n99;1\n").unwrap();
    both("told_costs_unknown", at, &["history", "run-2016", "run-2018", "--costs", "чужие.csv"], 1);
    // other codes: another region
    let schools = std::fs::read_to_string(at.join("школы-2018.csv")).unwrap();
    let other: String = schools.lines().map(|line| format!("9{line}\n")).collect();
    std::fs::write(at.join("школы-2018.csv"), other.replacen("9код", "код", 1)).unwrap();
    run(at, "2018");
    both("told_region", at, &["history", "run-2016", "run-2018"], 1);
    // a changed decision
    let decisions = at.join("run-2017/decisions.csv");
    let text = std::fs::read_to_string(&decisions).unwrap();
    std::fs::write(&decisions, text.replacen("met", "not_met", 1)).unwrap();
    both("told_altered", at, &["history", "run-2016", "run-2017"], 1);
}

/// Decisions are followed without the data; the indicators are not.
#[test]
fn without_the_data_the_paths_stay() {
    let folder = three_cycles();
    let whole = json(folder.path(), &[]);
    std::fs::remove_file(folder.path().join("школы-2016.csv")).unwrap();
    let found = json(folder.path(), &[]);
    assert_eq!(found["without_values"]["cycle"], "2016");
    let weak = [category(&found, "слабые"), category(&whole, "слабые")];
    assert_eq!(weak[0]["transitions"], weak[1]["transitions"]);
    assert_eq!(path(weak[0], "02"), path(weak[1], "02"));
    assert!(weak[0].get("monitoring").is_none() && weak[1].get("monitoring").is_some());
    // a run for publication has verdicts, not values
    let words = ["run", "правила-2018.merilo", "--data", "данные-2018.yaml", "--public", "-o", "open", "--quiet"];
    let (code, said) = merilo(folder.path(), &words);
    assert_eq!(code, 0, "{said}");
    let (_, said) = merilo(folder.path(), &["history", "run-2017", "open", "--format", "json", "--quiet"]);
    let found: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(found["without_values"]["kind"], "history-values-public");
    assert_eq!(path(category(&found, "слабые"), "02"), ["listed/stays_by_exit_rule", "left/left"]);
}

/// What is remarked of runs that go together only in part.
#[test]
fn runs_that_do_not_quite_go_together_are_remarked_on() {
    let folder = three_cycles();
    let at = folder.path();
    let remarks = |name: &str, words: &[&str], wanted: i32| {
        for language in ["ru", "en"] {
            let mut command = Command::cargo_bin("merilo").unwrap();
            let words = [words, &["--lang", language]].concat();
            let output = command.env_clear().current_dir(at).args(words).output().unwrap();
            assert_eq!(output.status.code(), Some(wanted));
            insta::assert_snapshot!(format!("{name}_{language}"), String::from_utf8(output.stderr).unwrap());
        }
    };
    remarks("remark_none", &CYCLES, 0);
    remarks("remark_other_decisions", &["history", "run-2016", "run-2018"], 0);
    let rules = at.join("критерии.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text.replace("категория поддержка", "категория помощь")).unwrap();
    run(at, "2018");
    remarks("remark_categories", &CYCLES, 0);
    std::fs::write(&rules, text.replace("категория поддержка", "категория помощь").replace("слабые «", "низкие «"))
        .unwrap();
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text.replace("  категория слабые", "  категория низкие")).unwrap();
    run(at, "2018");
    remarks("told_no_category", &CYCLES, 1);
    let schools = std::fs::read_to_string(at.join("школы-2017.csv")).unwrap();
    let renamed: Vec<String> = schools
        .lines()
        .enumerate()
        .map(|(at, line)| if at < 15 { line.to_owned() } else { format!("9{line}") })
        .collect();
    let few = renamed.iter().enumerate().filter(|(at, _)| *at == 0 || *at > 8).map(|(_, line)| line.as_str());
    std::fs::write(at.join("школы-2017.csv"), few.collect::<Vec<_>>().join("\n")).unwrap();
    std::fs::write(&rules, text.replace("категория помощь", "категория поддержка").replace("низкие", "слабые"))
        .unwrap();
    run(at, "2017");
    remarks("remark_few_in_common", &["history", "run-2016", "run-2017"], 0);
}

// ---- laws ----

fn cycle(name: &str, states: &[(&str, State)]) -> Cycle {
    let entry = |(_, state): &(&str, State)| Entry { state: *state, ..Entry::absent() };
    Cycle {
        name: name.to_owned(),
        year: None,
        schools: states.iter().map(|(code, _)| (*code).into()).collect(),
        titles: BTreeMap::new(),
        categories: vec![CycleCategory { name: "a".into(), title: None, entries: states.iter().map(entry).collect() }],
    }
}

#[test]
fn a_renamed_school_keeps_its_path() {
    let cycles = [cycle("1", &[("old", State::In)]), cycle("2", &[("new", State::In)])];
    assert_eq!(common(&cycles, 0, 1, &Identity::default()).0, 0);
    let mut identity = Identity::default();
    identity.rename(0, "old", "new");
    let found = history(&cycles, &["a".into()], &identity);
    let paths = &found.categories[0].paths;
    assert_eq!((paths.len(), paths[0].in_a_row), (1, 2));
    assert_eq!(paths[0].steps[1].movement, Movement::Stayed);
}

proptest::proptest! {
    /// Every school is in one state in every cycle, and whoever is on a list has entered it or stayed.
    #[test]
    fn counts_add_up(states in proptest::collection::vec(proptest::collection::vec(0usize..6, 3..8), 2..5)) {
        let names: Vec<String> = (0..8).map(|n| n.to_string()).collect();
        let cycles: Vec<Cycle> = states
            .iter()
            .map(|row| {
                let there = row.iter().enumerate().filter(|(_, state)| **state < 5);
                let list: Vec<(&str, State)> = there.map(|(n, state)| (names[n].as_str(), State::EACH[*state])).collect();
                cycle("c", &list)
            })
            .collect();
        let found = history(&cycles, &["a".into()], &Identity::default());
        let category = &found.categories[0];
        let schools = category.paths.len();
        for counts in &category.counts {
            proptest::prop_assert_eq!(counts.iter().sum::<usize>(), schools);
        }
        for (at, table) in category.transitions.iter().enumerate() {
            for (state, row) in table.iter().enumerate() {
                proptest::prop_assert_eq!(row.iter().sum::<usize>(), category.counts[at][state]);
                let column: usize = table.iter().map(|row| row[state]).sum();
                proptest::prop_assert_eq!(column, category.counts[at + 1][state]);
            }
            let of = |movement: Movement| category.paths.iter().filter(|p| p.steps[at + 1].movement == movement).count();
            proptest::prop_assert_eq!(of(Movement::Entered) + of(Movement::Stayed), category.counts[at + 1][0]);
            proptest::prop_assert_eq!(of(Movement::Stayed) + of(Movement::Left) + table[0][2] + table[0][5], category.counts[at][0]);
        }
        let listed: usize = category.in_a_row.values().sum();
        proptest::prop_assert_eq!(listed, category.counts.last().unwrap()[0]);
    }
}
