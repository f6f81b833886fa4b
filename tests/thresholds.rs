//! The step functions of a number agree with evaluating the rules for every value: on rules and data by chance, and on the shipped
//! rules.
//!
//! `MERILO_CASES=1000` tries that many rules instead of the usual few; `MERILO_SEED` starts elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "recheck/cases.rs"]
#[allow(dead_code)] // shared with the second reading of the rules
mod cases;
#[path = "../examples/leningrad-2018/generate/chance.rs"]
#[allow(dead_code)]
mod chance;
#[path = "recheck/covered.rs"]
#[allow(dead_code)]
mod covered;
#[path = "recheck/data.rs"]
mod data;
#[path = "recheck/words.rs"]
#[allow(dead_code)]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cases::Folder;
use merilo::data::dataset::Dataset;
use merilo::decision::Run;
use merilo::diagnostic::{Diagnostic, threshold as kinds};
use merilo::language::Language;
use merilo::location::Place;
use merilo::model::expr::{ExprId, ExprKind};
use merilo::model::{CategoryId, CriterionId, ParameterId, RuleSet};
use merilo::number::Number;
use merilo::pipeline::{self, Asked, Variant};
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::Sources;
use merilo::threshold::{self, Basis, Curve, Domain, Item, Named, Question, Refusal, Side, State, Subject};
use merilo::value::{Type, Unit};
use merilo::{evaluate, plan};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn set(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Values tried of one step function, beside some that have nothing to do with it.
const MOST_VALUES: usize = 12;

/// Numbers tried of one rule set.
const MOST_SUBJECTS: usize = 6;

fn ratio(numerator: i64, denominator: i64) -> Number {
    Number::ratio(numerator.into(), denominator.into()).unwrap()
}

/// Where every school stands by a whole run.
fn states(run: &Run, item: Item) -> Vec<State> {
    let all = match item {
        Item::Category(id) => &run.categories[id.index()],
        Item::Criterion(id) => &run.criteria[id.index()],
    };
    let state = |(row, verdict): (usize, &merilo::decision::Verdict)| {
        let listed = match item {
            Item::Category(id) => run.is_listed(id, row),
            Item::Criterion(_) => verdict.is_met(),
        };
        State { listed, verdict: *verdict }
    };
    all.iter().enumerate().map(state).collect()
}

/// Every breakpoint, a value between each two neighbours, values outside, and values that have nothing to do with them.
fn values(curve: &Curve, domain: &Domain) -> BTreeSet<Number> {
    let mut found: BTreeSet<Number> = curve.breakpoints.iter().map(|b| b.mark.value.clone()).collect();
    found.extend(domain.low.iter().chain(&domain.high).cloned());
    let sorted: Vec<Number> = found.iter().cloned().collect();
    found.extend(sorted.windows(2).map(|pair| pair[0].add(&pair[1]).divide(&ratio(2, 1)).unwrap()));
    // not more than the time of a test allows, from all parts of the line
    let step = found.len() / MOST_VALUES + 1;
    let mut found: BTreeSet<Number> = found.into_iter().step_by(step).collect();
    found.extend((0..=5).map(|n| ratio(n, 1)).chain((1..=3).map(|k| ratio(k, 4))));
    found.extend([ratio(-1000, 1), ratio(100_000, 1), ratio(2, 3)]);
    found.into_iter().filter(|value| domain.contains(value)).collect()
}

#[derive(Debug, Default)]
struct Tally {
    subjects: usize,
    refused: usize,
    free: usize,
    by_school: usize,
    as_a_whole: usize,
    whole_numbers: usize,
    breakpoints: usize,
    between_sides: usize,
    points: usize,
    /// Schools that people put on a list or took off it, against what the rules come to.
    decided: usize,
}

fn with(rules: &RuleSet, expr: ExprId, value: &Number) -> RuleSet {
    let mut changed = rules.clone();
    changed.exprs[expr.index()].kind = ExprKind::Number(value.clone());
    changed
}

fn whole_run(rules: &RuleSet, dataset: &Dataset) -> Run {
    let plan = plan::plan(rules);
    evaluate::evaluate(rules, &plan, dataset, &Silent).value.unwrap()
}

/// One number of one rule set on one dataset, list by list.
fn try_subject(seed: u64, rules: &RuleSet, subject: &Subject, dataset: &Dataset, tally: &mut Tally) {
    tally.subjects += 1;
    let prepared = threshold::prepare(rules, subject.clone());
    let run = evaluate::evaluate(rules, &prepared.plan, dataset, &Silent).value.unwrap();
    let basis = Basis { rules, plan: &prepared.plan, data: dataset, run: &run };
    let categories = (0..rules.categories.len()).map(|at| Item::Category(CategoryId::from_index(at)));
    let criteria = (0..rules.criteria.len()).map(|at| Item::Criterion(CriterionId::from_index(at)));
    let mut known: BTreeMap<Number, Run> = BTreeMap::new();
    for item in categories.chain(criteria) {
        let question = Question { items: vec![item], ..Question::default() };
        let profile = match threshold::profile(&basis, &prepared, &question) {
            Ok(profile) => profile,
            Err(Refusal::Beyond(_) | Refusal::Empty) => {
                tally.refused += 1;
                continue;
            }
            Err(refusal) => panic!("{seed} {refusal:?}"),
        };
        let curve = &profile.curves[0];
        if curve.breakpoints.is_empty() {
            tally.free += 1;
        } else if profile.evaluations > 0 {
            tally.as_a_whole += 1;
        } else {
            tally.by_school += 1;
        }
        tally.whole_numbers += usize::from(profile.domain.whole);
        tally.breakpoints += curve.breakpoints.len();
        tally.between_sides += curve.breakpoints.iter().filter(|b| b.mark.side == Side::After).count();
        assert!(curve.breakpoints.windows(2).all(|pair| pair[0].mark < pair[1].mark));
        for value in values(curve, &profile.domain) {
            let run =
                known.entry(value.clone()).or_insert_with(|| whole_run(&with(rules, subject.expr, &value), dataset));
            let stretch = curve.stretch_at(&value);
            let (expected, found) = (states(run, item), curve.states(stretch));
            assert_eq!(
                found,
                expected,
                "seed {seed}, {item:?}, {subject:?} at {value:?} ({:?})\nmarks {:?}",
                profile.domain,
                curve.breakpoints.iter().map(|b| &b.mark).collect::<Vec<_>>()
            );
            assert_eq!(curve.counts(stretch).0, expected.iter().filter(|state| state.listed).count());
            tally.decided += expected.iter().filter(|state| state.listed != state.verdict.is_met()).count();
            tally.points += 1;
        }
    }
}

/// Every number of the rules that stands for itself.
fn subjects(rules: &RuleSet) -> Vec<Subject> {
    let number = |(at, expr): (usize, &merilo::model::expr::Expr)| match (&expr.kind, &expr.ty) {
        (ExprKind::Number(value), Type::Number(unit)) => Some(Subject {
            named: Named::Parameter(ParameterId(0)),
            expr: ExprId::from_index(at),
            unit: unit.clone(),
            present: value.clone(),
            allowed: None,
        }),
        _ => None,
    };
    let all = rules.exprs.iter().enumerate().filter_map(number);
    all.filter(|subject| threshold::folded(rules, subject.expr).is_none()).collect()
}

#[test]
fn every_stretch_is_what_the_rules_come_to_for_its_values() {
    let (first, wanted) = (set("MERILO_SEED", 1), set("MERILO_CASES", 30));
    let folder = Folder::new();
    let mut tally = Tally::default();
    let mut tried = 0;
    for seed in first.. {
        if tried == wanted {
            break;
        }
        let Ok(mut rules) = cases::rules(&words::blocks(seed)) else { continue };
        tried += 1;
        let dataset = folder.load(&rules, &plan::plan(&rules), &data::tables(cases::data_seed(seed, 0)));
        cases::keep_decidable(&mut rules, &dataset);
        let all = subjects(&rules);
        let step = all.len() / MOST_SUBJECTS + 1;
        for subject in all.into_iter().skip(usize::try_from(seed).unwrap() % step).step_by(step) {
            try_subject(seed, &rules, &subject, &dataset, &mut tally);
        }
    }
    eprintln!("{tally:?}");
    assert!(tally.by_school > 20 && tally.as_a_whole > 8 && tally.whole_numbers > 20, "{tally:?}");
    assert!(tally.between_sides > 20 && tally.points > 1_000 && tally.decided > 50, "{tally:?}");
}

#[test]
fn shipped_parameters_agree_with_runs_that_set_them() {
    let rules = root().join("rules/leningrad-2018/criteria.merilo").display().to_string();
    let manifest = root().join("examples/leningrad-2018/dataset.yaml");
    let cases = [
        ("доля_отбора", Some("24"), Some("26"), Unit::Percent),
        ("сколько_показателей", None, None, Unit::Number),
        ("сколько_строк", None, None, Unit::Number),
        ("мало_участников", Some("5"), Some("14"), Unit::People),
        ("преимущественно", Some("49"), Some("50,5"), Unit::Percent),
        ("существенно", Some("1,45"), Some("1,55"), Unit::Number),
    ];
    for (name, from, to, unit) in cases {
        let asked =
            Asked { name: name.into(), from: from.map(str::to_owned), to: to.map(str::to_owned), ..Asked::default() };
        let (_, outcome) = pipeline::thresholds(&rules, &Variant::default(), &asked, &manifest, &Silent);
        let found = outcome.value.unwrap_or_else(|| panic!("{name}: {:?}", outcome.diagnostics));
        let domain = &found.profile.domain;
        let mut tried = BTreeSet::new();
        for curve in &found.profile.curves {
            eprintln!("{name}: {} breakpoints, {:?}", curve.breakpoints.len(), found.profile.evaluations);
            let mut values: BTreeSet<Number> = curve.breakpoints.iter().map(|b| b.mark.value.clone()).collect();
            values.extend(domain.low.iter().chain(&domain.high).cloned());
            let sorted: Vec<Number> = values.iter().cloned().collect();
            values.extend(sorted.windows(2).map(|pair| pair[0].add(&pair[1]).divide(&ratio(2, 1)).unwrap()));
            // every third of many: the bounds themselves are what the test is about
            let step = values.len() / 5 + 1;
            for value in values.iter().filter(|value| domain.contains(value)).step_by(step) {
                let shown = value.multiply(&Number::from_integer(unit.shown_factor()));
                let unit = match unit {
                    Unit::Percent => " %",
                    Unit::People => " человек",
                    _ => "",
                };
                let Some((whole, parts)) = shown.to_ratio() else { continue };
                // the whole number carries the unit: `249 % / 10`
                let text = if parts == 1 { format!("{whole}{unit}") } else { format!("{whole}{unit} / {parts}") };
                let read = pipeline::read_rules(&rules, &[(name.to_owned(), text.clone())]);
                let Some(changed) = read.rules.value else { panic!("{text}: {:?}", read.rules.diagnostics) };
                let judged = pipeline::judge(changed, Path::new(&manifest), &mut Sources::default(), &Silent);
                let run = judged.value.unwrap().run;
                assert_eq!(curve.states(curve.stretch_at(value)), states(&run, curve.item), "{name} = {text}");
                tried.insert(text);
            }
        }
        eprintln!("{name}: {tried:?}");
        assert!(tried.len() >= 3, "{name}: {tried:?}");
    }
}

fn program(words: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().current_dir(root()).args(words).output().unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat()
}

const LENINGRAD: [&str; 4] =
    ["threshold", "rules/leningrad-2018/criteria.merilo", "--data", "examples/leningrad-2018/dataset.yaml"];

/// Without the explanations that the page holds: they have snapshots of their own.
fn without_explanations(page: &str) -> &str {
    let first = [": объяснение</summary>", ": explanation</summary>"].iter().filter_map(|mark| page.find(mark)).min();
    match first {
        Some(at) => page[..page[..at].rfind("<details").unwrap()].trim_end(),
        None => page,
    }
}

#[test]
fn reports_read_in_both_languages() {
    let asked =
        ["--category", "ШНРО", "--from", "20", "--to", "30", "--count", "45", "--school", "470637", "--near", "1"];
    for (name, number, more) in [
        ("share", "доля_отбора", &asked[..]),
        ("share_none", "доля_отбора", &["--category", "ШНРО", "--from", "24", "--to", "26", "--count", "50"][..]),
        ("count", "сколько_показателей", &["--category", "ШНРО"][..]),
        ("literal", "1.4/1", &["--from", "0,4", "--to", "0,6", "--school", "470105", "--near", "0,05"][..]),
    ] {
        for language in ["ru", "en"] {
            let mut words = LENINGRAD.to_vec();
            words.extend(["--parameter", number, "--lang", language]);
            words.extend(more);
            insta::assert_snapshot!(format!("{name}_{language}"), program(&words));
            if name == "share" {
                for format in ["html", "json"] {
                    let shown = program(&[&words[..], &["--format", format]].concat());
                    let shown = match shown.split_once("<main>") {
                        Some((_, body)) => {
                            let body = body.split("</main>").next().unwrap().replace("><", ">\n<");
                            without_explanations(&body).to_owned()
                        }
                        None => shown,
                    };
                    insta::assert_snapshot!(format!("{name}_{format}_{language}"), shown);
                }
            }
        }
    }
}

/// 103 schools meet the criterion at the present 60 %, and 132 at 62 %, the least of the values looked at.
#[test]
fn a_present_value_beyond_the_values_looked_at_is_not_marked_among_them() {
    let asked = ["--parameter", "1.2", "--from", "62", "--to", "62.5", "--near", "1"];
    for (language, said, lie, mark) in [
        (
            "ru",
            "Нынешнего значения 60 % среди рассмотренных нет. При нём в списке 103 школы",
            "Сейчас, при",
            "← сейчас",
        ),
        (
            "en",
            "The present value 60% is not among those looked at. At it 103 schools are on the list",
            "Now, at",
            "← now",
        ),
    ] {
        let words = [&LENINGRAD[..], &asked, &["--lang", language]].concat();
        let shown = program(&words);
        insta::assert_snapshot!(format!("outside_{language}"), shown);
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(said) && !shown.contains(lie) && !shown.contains(mark), "{shown}");
        let page = program(&[&words[..], &["--format", "html"]].concat());
        let page = without_explanations(page.split_once("<main>").unwrap().1).replace('\u{a0}', " ");
        assert!(page.contains(said) && page.contains("<path class=\"steps\""), "{page}");
        assert!(!page.contains(lie) && !page.contains(mark) && !page.contains("class=\"now\""), "{page}");
    }
    let shown = program(&[&LENINGRAD[..], &asked, &["--format", "json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&shown[shown.find('{').unwrap()..]).unwrap();
    assert_eq!(json["number"]["outside"], true);
    assert_eq!((&json["lists"][0]["listed"], &json["lists"][0]["near"]), (&103.into(), &serde_json::Value::Null));
    assert_eq!(json["lists"][0]["first"]["listed"].as_array().unwrap().len(), 132);
    // the sheet says it above its table, and neither the table nor the chart has a present value
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("book.xlsx");
    program(&[&LENINGRAD[..], &asked, &["--lang", "ru", "-q", "-o", place.to_str().unwrap()]].concat());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&place).unwrap();
    let sheets = calamine::Reader::worksheets(&mut book);
    let cells: Vec<String> =
        sheets.iter().flat_map(|(_, sheet)| sheet.cells().map(|(_, _, cell)| cell.to_string())).collect();
    let said =
        "Школы, выполняющие критерий 1.2. Нынешнего значения 60 % среди рассмотренных нет. При нём в списке 103 школы.";
    assert!(cells.iter().any(|cell| cell.replace('\u{a0}', " ") == said), "{cells:?}");
    assert!(!cells.iter().any(|cell| cell == "сейчас" || cell.contains("← сейчас")), "{cells:?}");
    // where nothing changes on the values looked at, that is all that is said of others
    let narrow = ["--parameter", "1.2", "--from", "62", "--to", "62.01", "--lang", "ru"];
    let shown = program(&[&LENINGRAD[..], &narrow].concat());
    assert!(shown.contains("При нём в списке 103 школы"), "{shown}");
    assert!(shown.contains("При всех рассмотренных значениях список один и тот же: 132 школы."), "{shown}");
}

#[test]
fn what_has_no_exact_answer_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("школы.csv"), "код;балл;вид\n1;10;а\n2;20;а\n3;30;б\n").unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), "таблицы:\n  школы:\n    файл: школы.csv\n").unwrap();
    let rules = folder.path().join("rules.merilo");
    let text = "набор правил «Проба»
  отчётный год 2018
  оцениваются школы

таблица школы
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец вид текст

параметр множитель = 2
параметр шаг = 5 баллов
параметр мало = 2
параметр слово = \"да\"

категория к
  относится, если выполнен любой критерий

  критерий 1 «Один»
    если балл * множитель * множитель не менее 40 баллов и балл более 1 балла

  критерий 2 «Два»
    если балл не менее шаг

  критерий 3 «Три»
    если балл в числе самых низких среди школы, квота 50 %, в пределах вид
    в группах менее мало школ объединить
";
    std::fs::write(&rules, text).unwrap();
    let (rules, data) = (rules.display().to_string(), folder.path().join("dataset.yaml").display().to_string());
    let mut said = String::new();
    for (number, more) in [
        ("множитель", &[][..]),
        ("множит", &[]),
        ("мало", &[]),
        ("слово", &[]),
        ("1", &[]),
        ("2/7", &[]),
        ("шаг", &["--from", "9", "--to", "3"]),
        ("шаг", &["--near", "мало"]),
        ("шаг", &["--category", "кк"]),
    ] {
        for language in ["ru", "en"] {
            let mut words =
                vec!["threshold", &rules, "--data", &data, "--parameter", number, "--lang", language, "--quiet"];
            words.extend(more);
            said += &program(&words);
        }
    }
    let many = Diagnostic::new(kinds::TOO_MANY, Place::Nowhere).text("name", "шаг").count("count", 54_321);
    let many = [many.count("most", threshold::MOST_EVALUATIONS)];
    for language in Language::ALL {
        said += &render(&many, &Sources::default(), language, false);
    }
    insta::assert_snapshot!("problems", said.replace(&format!("{}/", folder.path().display()), ""));
}
