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
use merilo::data::correspondence;
use merilo::decision::{Passage, Verdict};
use merilo::explain;
use merilo::history::{Cycle, CycleCategory, Entry, Following, Movement, State, by_pairs, common, follow, history};
use merilo::location::SourceId;
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

/// 02 is renumbered to 202 in 2017 and to 302 in 2018; 03 and 11 become 311 in 2018; 12 becomes 12 and 412 in 2017.
fn renumbered() -> tempfile::TempDir {
    let folder = three_cycles();
    let at = folder.path();
    let change = |year: &str, codes: &[(&str, &str)]| {
        let file = at.join(format!("школы-{year}.csv"));
        let mut lines: Vec<String> = std::fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
        for (old, new) in codes {
            let place = lines.iter().position(|line| line.starts_with(&format!("{old};"))).unwrap();
            if let Some(new) = new.strip_prefix('+') {
                lines.push(lines[place].replacen(old, new, 1));
            } else if new.is_empty() {
                lines.remove(place);
            } else {
                lines[place] = lines[place].replacen(old, new, 1);
            }
        }
        std::fs::write(&file, lines.join("\n") + "\n").unwrap();
        run(at, year);
    };
    // the decisions of the cycle before name the old codes: rules that read them find nobody there
    change("2017", &[("02", "202"), ("12", "+412")]);
    change("2018", &[("02", "302"), ("03", ""), ("11", "311"), ("12", "+412")]);
    let lines = "старый код;новый код\n02;202\n202;302\n03;311\n11;311\n12;12\n12;412\n";
    std::fs::write(at.join("коды.csv"), lines).unwrap();
    folder
}

#[test]
fn codes_of_the_example_are_followed() {
    let folder = renumbered();
    let at = folder.path();
    let found = json(at, &["--category", "слабые", "--correspondence", "коды.csv"]);
    let weak = category(&found, "слабые");
    let movements = |code: &str| -> Vec<String> {
        path(weak, code).iter().map(|step| step.split('/').next().unwrap().to_owned()).collect()
    };
    // without the decision about 02, 202 is not on the list with one criterion; nor is 302
    assert_eq!(movements("302"), ["listed", "left", "out"]);
    // 03 was on the list; 311 is 11 in other words, which was not
    assert_eq!(movements("311"), ["listed", "left", "out"]);
    let codes = |code: &str| {
        let schools = weak["schools"].as_array().unwrap();
        let school = schools.iter().find(|school| school["code"] == code).unwrap();
        school["steps"].as_array().unwrap().iter().map(|step| step["codes"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes("302"), [serde_json::json!(["02"]), serde_json::json!(["202"]), Value::Null]);
    assert_eq!(codes("311")[0], serde_json::json!(["03", "11"]));
    assert_eq!(codes("412"), [serde_json::json!(["12"]), Value::Null, Value::Null]);
    assert_eq!(found["codes"].as_array().unwrap().len(), 4);
    // merged and divided schools have no value of before: of the listed 01, 302, 06, 311 (09 is gone) three have one,
    // 40, 48, 48 became 40, 60, 60
    let score = |monitoring: &Value| {
        let all = monitoring["indicators"].as_array().unwrap();
        all.iter().find(|one| one["name"] == "результат").unwrap()["changes"].clone()
    };
    assert_eq!(score(&weak["monitoring"])[0]["known"], 3);
    assert_eq!(score(&weak["monitoring"])[0]["change"], "8");
    // from 2016 to 2017: 01, 202, 03, 06, 09 were listed, and 03 is still itself
    let first = &weak["periods"][0];
    assert_eq!((first["from"].as_str(), first["to"].as_str()), (Some("2016"), Some("2017")));
    assert_eq!(first["monitoring"]["groups"][0]["schools"], 5);
    for (amounts, code) in [("02;1\n202;2\n", "1"), ("12;4\n", "-")] {
        std::fs::write(at.join("суммы.csv"), format!("код;сумма\n{amounts}")).unwrap();
        let found = json(at, &["--correspondence", "коды.csv", "--costs", "суммы.csv"]);
        let spent = &category(&found, "слабые")["monitoring"]["spent"];
        // amounts under both codes of 302 are added; 12 was not on the list
        assert_eq!(spent["total"], if code == "1" { "3" } else { "0" });
    }
    both("codes", at, &[&CYCLES[..], &["--category", "слабые", "--correspondence", "коды.csv"]].concat(), 0);
    let one = [&CYCLES[..], &["--category", "слабые", "--correspondence", "коды.csv", "--school", "02"]].concat();
    both("codes_school", at, &one, 0);
    both("told_correspondences", at, &[&CYCLES[..], &["--correspondence", "коды.csv"].repeat(3)[..]].concat(), 2);
    std::fs::write(at.join("не те.csv"), "старый код;новый код\n02;999\n").unwrap();
    both("told_correspondence", at, &[&CYCLES[..], &["--correspondence", "не те.csv"]].concat(), 1);
    // 14 is divided, and neither keeps its code
    let file = at.join("школы-2018.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let line = text.lines().find(|line| line.starts_with("14;")).unwrap().to_owned();
    let halves = [line.replacen("14", "514", 1), line.replacen("14", "614", 1)].join("\n");
    std::fs::write(&file, text.replace(&line, &halves)).unwrap();
    run(at, "2018");
    let lines = std::fs::read_to_string(at.join("коды.csv")).unwrap() + "14;514\n14;614\n";
    std::fs::write(at.join("коды.csv"), lines).unwrap();
    std::fs::write(at.join("суммы.csv"), "код;сумма\n14;4\n").unwrap();
    let divided = [&CYCLES[..], &["--correspondence", "коды.csv", "--costs", "суммы.csv"]].concat();
    both("told_costs_divided", at, &divided, 1);
}

/// From each cycle to the next, by the values in the files.
#[test]
fn changes_from_cycle_to_cycle_are_counted_by_hand() {
    let folder = three_cycles();
    let found = json(folder.path(), &["--category", "слабые"]);
    let periods = category(&found, "слабые")["periods"].as_array().unwrap();
    let names: Vec<_> = periods.iter().map(|p| (p["from"].as_str().unwrap(), p["to"].as_str().unwrap())).collect();
    assert_eq!(names, [("2016", "2017"), ("2017", "2018")]);
    let values = |year: &str| -> BTreeMap<String, i64> {
        let text = std::fs::read_to_string(folder.path().join(format!("школы-{year}.csv"))).unwrap();
        let row = |line: &str| {
            let fields: Vec<&str> = line.split(';').collect();
            Some((fields[0].to_owned(), fields[2].parse().ok()?))
        };
        text.lines().filter_map(row).collect()
    };
    let years = ["2016", "2017", "2018"].map(values);
    // on the list of the first cycle of each pair and there in the second; of these: off it, on it; not on it
    let listed = [vec!["01", "02", "03", "06", "09"], vec!["01", "02", "04", "06", "07", "10"]];
    let left = [vec!["03"], vec!["02", "06"]];
    let remained = [vec!["01", "02", "06", "09"], vec!["01", "04", "07", "10"]];
    for (at, period) in periods.iter().enumerate() {
        let monitoring = &period["monitoring"];
        let score = monitoring["indicators"].as_array().unwrap().iter().find(|one| one["name"] == "балл").unwrap();
        for (group, codes) in [&listed[at], &left[at], &remained[at]].into_iter().enumerate() {
            assert_eq!(monitoring["groups"][group]["schools"], codes.len());
            let changes: Vec<i64> =
                codes.iter().filter_map(|code| Some(years[at + 1].get(*code)? - years[at].get(*code)?)).collect();
            let change = &score["changes"][group];
            assert_eq!(change["known"], changes.len());
            assert_eq!(change["rose"], changes.iter().filter(|change| **change > 0).count());
            let (sum, count) = (changes.iter().sum::<i64>(), i64::try_from(changes.len()).unwrap());
            let mean = merilo::number::Number::ratio(sum.into(), count.max(1).into()).unwrap();
            let said = change["change"].as_str().map(str::to_owned);
            assert_eq!(said, (count > 0).then(|| mean.as_big().to_string()), "{at} {group}");
        }
    }
    // two cycles are a first and a last one, and no more
    let (_, said) = merilo(folder.path(), &["history", "run-2016", "run-2017", "--format", "json", "--quiet"]);
    let two: Value = serde_json::from_str(&said).unwrap();
    let weak = category(&two, "слабые");
    assert!(weak.get("periods").is_none());
    assert_eq!(weak["monitoring"], periods[0]["monitoring"]);
    // a cycle between without its data
    std::fs::remove_file(folder.path().join("школы-2017.csv")).unwrap();
    let found = json(folder.path(), &[]);
    let weak = category(&found, "слабые");
    assert!(weak.get("monitoring").is_some() && found.get("without_values").is_none());
    for period in weak["periods"].as_array().unwrap() {
        assert_eq!(period["without_values"]["cycle"], "2017");
        assert!(period.get("monitoring").is_none());
    }
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

fn table(text: &str) -> correspondence::Correspondence {
    correspondence::parse(SourceId(0), text).value.unwrap()
}

/// Followed with one table for each pair of neighbours; `-`: none.
fn followed(cycles: &[Cycle], tables: &[&str]) -> Following {
    let said: Vec<_> = tables.iter().map(|text| (*text != "-").then(|| table(text))).collect();
    let found = follow(cycles, &said);
    found.value.unwrap_or_else(|| panic!("{:?}", found.diagnostics))
}

fn by_codes(cycles: &[Cycle]) -> Following {
    followed(cycles, &vec!["-"; cycles.len() - 1])
}

/// The schools: what each is called, and its codes in every cycle.
fn schools(following: &Following) -> Vec<String> {
    let said = |school: &merilo::history::Followed| {
        let codes: Vec<String> = school.codes.iter().map(|codes| codes.join("+")).collect();
        format!("{}: {}", school.code, codes.join(" > "))
    };
    following.whole.schools.iter().map(said).collect()
}

#[test]
fn a_renamed_school_keeps_its_path() {
    let cycles = [cycle("1", &[("old", State::In)]), cycle("2", &[("new", State::In)])];
    assert_eq!(common(&cycles, 0, 1, &by_codes(&cycles).whole).0, 0);
    let following = followed(&cycles, &["было;стало\nold;new\n"]);
    let found = history(&cycles, &["a".into()], &following.whole);
    let paths = &found.categories[0].paths;
    assert_eq!((paths.len(), paths[0].in_a_row), (1, 2));
    assert_eq!(paths[0].steps[1].movement, Movement::Stayed);
}

/// 1 and 2 become 2; 3 becomes 30 and then 31; 4 becomes 4 and 40; 5 is closed, and its code given to a new school later; 6 is not
/// there for one cycle.
#[test]
fn schools_are_followed_through_mergers_divisions_and_other_codes() {
    use State::{In, Out, Undetermined};
    let cycles = [
        cycle("2016", &[("1", In), ("2", Out), ("3", In), ("4", In), ("5", Out), ("6", Out)]),
        cycle("2017", &[("1", Out), ("2", Undetermined), ("30", In), ("4", Out), ("40", In)]),
        cycle("2018", &[("2", In), ("31", In), ("4", Out), ("40", Out), ("5", In), ("6", Out)]),
    ];
    let tables = ["old;new\n3;30\n4;4\n4;40\n5;\n", "old;new\n1;2\n30;31\n;5\n"];
    let following = followed(&cycles, &tables);
    let by_hand = [
        "2: 1+2 > 1+2 > 2",
        "31: 3 > 30 > 31",
        "4: 4 > 4 > 4",
        "40: 4 > 40 > 40",
        "5:  >  > 5",
        "5 (2016): 5 >  > ",
        "6: 6 >  > 6",
    ];
    assert_eq!(schools(&following), by_hand);
    // one table for all cycles says the same
    let all = table("old;new\n1;2\n3;30\n30;31\n4;4\n4;40\n5;\n;5\n");
    let said = by_pairs(&cycles, &all);
    let said = said.value.unwrap_or_else(|| panic!("{:?}", said.diagnostics));
    assert_eq!(follow(&cycles, &said).value.unwrap().whole, following.whole);
    // from one cycle to the next 1 and 2 are still two schools
    let pair = history(&cycles[..2], &["a".into()], &following.pairs[0]);
    assert_eq!(pair.categories[0].paths.len(), 7);
    let found = history(&cycles, &["a".into()], &following.whole);
    let category = &found.categories[0];
    assert_eq!(found.throughout, 4);
    let movements = |code: &str| {
        let path = category.paths.iter().find(|path| path.code.as_ref() == code).unwrap();
        path.steps.iter().map(|step| step.movement).collect::<Vec<_>>()
    };
    // on the list as one of its predecessors was; then as open as the other one; then on it
    assert_eq!(movements("2"), [Movement::Listed, Movement::Undetermined, Movement::Entered]);
    assert_eq!(movements("31"), [Movement::Listed, Movement::Stayed, Movement::Stayed]);
    assert_eq!(movements("4"), [Movement::Listed, Movement::Left, Movement::Out]);
    assert_eq!(movements("40"), [Movement::Listed, Movement::Stayed, Movement::Left]);
    assert_eq!(movements("5"), [Movement::Absent, Movement::Absent, Movement::Entered]);
    assert_eq!(movements("6"), [Movement::Out, Movement::Gone, Movement::Out]);
    // 1, 3 and 4 were on the list of 2016; as they are now, 2, 31, 4 and 40 were
    assert_eq!((category.listed_then[0], category.counts[0][0]), (3, 4));
}

/// What cannot be true together, and what belongs nowhere.
#[test]
fn tables_that_cannot_be_followed_are_refused() {
    let cycles = [
        cycle("1", &[("1", State::In), ("2", State::In)]),
        cycle("2", &[("1", State::In), ("2", State::In)]),
        cycle("3", &[("2", State::In), ("3", State::In)]),
    ];
    let kinds = |found: &[merilo::diagnostic::Diagnostic]| found.iter().map(|d| d.kind.code).collect::<Vec<_>>();
    // 2 never becomes 1, as both are there; 9 is no school; 2 stays 2 beside nothing else
    let said = by_pairs(&cycles, &table("old;new\n1;2\n2;1\n9;3\n"));
    assert_eq!(kinds(&said.diagnostics), ["M915", "M915"]);
    assert_eq!(kinds(&by_pairs(&cycles, &table("old;new\n2;2\n")).diagnostics), ["M915"]);
    // told by pair it is clear
    let following = followed(&cycles, &["old;new\n1;2\n2;1\n", "-"]);
    assert_eq!(schools(&following), ["1: 2 > 1 > ", "2: 1 > 2 > 2", "3:  >  > 3"]);
    let refused = follow(&cycles, &[Some(table("old;new\n1;7\n")), None]);
    assert_eq!(kinds(&refused.diagnostics), ["M892", "M894"]);
    assert!(refused.value.is_none());
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
        let found = history(&cycles, &["a".into()], &by_codes(&cycles).whole);
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
