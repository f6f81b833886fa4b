//! The second reading of the rules agrees with the evaluation: on the shipped examples, and on rules and data by chance.
//!
//! `MERILO_CASES=100000` tries that many pairs instead of the usual few thousand; `MERILO_SEED` starts elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "recheck/cases.rs"]
mod cases;
#[path = "../examples/leningrad-2018/generate/chance.rs"]
#[allow(dead_code)] // the generator of the example uses more of it
mod chance;
#[path = "recheck/covered.rs"]
mod covered;
#[path = "recheck/data.rs"]
mod data;
#[path = "recheck/planted.rs"]
mod planted;
#[path = "recheck/words.rs"]
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use cases::{Folder, Tally};
use merilo::decision::Verdict;
use merilo::language::Language;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::recheck::{self, Report};
use merilo::report::diagnostics::render;
use merilo::source::Sources;
use merilo::value::{Reasons, Value};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn judged(rules: &str, data: &str) -> Judged {
    let mut read = pipeline::read_rules(&root().join(rules).display().to_string(), &[]);
    let rules = read.rules.value.unwrap();
    pipeline::judge(rules, &root().join(data), &mut read.sources, &Silent).value.unwrap()
}

fn rechecked(judged: &Judged) -> Report {
    recheck::recheck(&judged.rules, &judged.dataset, &judged.run, &judged.plan.of_expr, &Silent)
}

#[test]
fn shipped_examples_come_out_the_same_twice() {
    for (rules, data) in [
        ("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml"),
        ("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml"),
    ] {
        let judged = judged(rules, data);
        let report = rechecked(&judged);
        eprintln!("{rules}: {} verdicts, {} values", report.verdicts, report.values);
        for difference in report.differences.iter().take(20) {
            eprintln!("{difference:?}");
        }
        assert!(report.agrees(), "{rules}: {}", report.differences.len() + report.more);
        assert!(report.verdicts > 1000 && report.values > 10_000, "{report:?}");
    }
}

/// A number from the environment.
fn set(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn rules_and_data_by_chance_come_out_the_same_twice() {
    let wanted = usize::try_from(set("MERILO_CASES", 2000)).unwrap();
    let most = usize::try_from(set("MERILO_SHOWN", 1)).unwrap();
    let first = set("MERILO_SEED", 1);
    // every thread takes every n-th seed, so that no case is tried twice
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get().min(8)) as u64;
    let share = wanted.div_ceil(threads as usize);
    let part = |thread: u64| {
        let (folder, mut tally) = (Folder::new(), Tally::default());
        let mut seed = first + thread;
        while tally.pairs < share && tally.differing.len() < most {
            cases::try_one(seed, &folder, &mut tally);
            seed += threads;
        }
        tally
    };
    let tally = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|thread| scope.spawn(move || part(thread))).collect();
        parts.into_iter().map(|part| part.join().unwrap()).fold(Tally::default(), Tally::and)
    });
    eprintln!(
        "{} rule sets, {} refused, {} pairs: {} verdicts and {} values compared",
        tally.texts, tally.refused, tally.pairs, tally.verdicts, tally.values
    );
    eprintln!("refused for {:?}", tally.codes);
    assert!(tally.differing.is_empty(), "{}", tally.differing.join("\n\n"));
    assert!(tally.refused * 10 <= tally.texts * 3, "too many rule sets are refused");
    let lacking: Vec<&&str> = covered::WANTED.iter().filter(|name| !tally.features.contains_key(**name)).collect();
    assert!(lacking.is_empty(), "generated rules never say: {lacking:?}");
}

#[test]
fn planted_mistakes_are_found() {
    let folder = Folder::new();
    let mut unfound = Vec::new();
    for (name, plant) in planted::ALL {
        match planted::found(*plant, &folder, 400) {
            Some(tried) => eprintln!("{name}: found by pair {tried}"),
            None => unfound.push(name),
        }
    }
    assert!(unfound.is_empty(), "not found: {unfound:?}");
}

/// A run with one verdict and one value changed after the fact.
#[test]
fn a_difference_names_the_school_the_place_and_both_results() {
    let mut sources = Sources::default();
    let mut read = pipeline::read_rules("rules/leningrad-2018/criteria.merilo", &[]);
    std::mem::swap(&mut sources, &mut read.sources);
    let data = root().join("examples/leningrad-2018/dataset.yaml");
    let mut judged = pipeline::judge(read.rules.value.unwrap(), &data, &mut sources, &Silent).value.unwrap();
    let (report, problems) = pipeline::recheck(&judged, &Silent);
    assert!(report.agrees() && problems.is_empty());
    let verdicts = Arc::make_mut(&mut judged.run.criteria[0]);
    let met = verdicts.iter().position(|verdict| *verdict == Verdict::Met).unwrap();
    verdicts[met] = Verdict::Undetermined(Reasons::MISSING);
    let (report, problems) = pipeline::recheck(&judged, &Silent);
    assert_eq!((report.differences.len(), problems.len()), (1, 1));
    let code = match judged
        .dataset
        .column(judged.rules.subject, judged.rules.schema.table(judged.rules.subject).unwrap().key[0])
    {
        Some(column) => column.value(met),
        None => panic!("the table of schools has a key"),
    };
    let code = if let Value::Text(code) = code { code } else { panic!("{code:?}") };
    let number = &judged.rules.criteria[0].number;
    for (language, what, kept, expected) in [
        (Language::Russian, "критерий", "не определён (нет данных)", "выполнен"),
        (Language::English, "criterion", "undetermined (no data)", "met"),
    ] {
        let said = render(&problems, &sources, language, false);
        for part in ["M504", &format!("{what} {number}"), code.as_ref(), kept, expected] {
            assert!(said.contains(part), "{part}: {said}");
        }
        insta::assert_snapshot!(format!("differs_{}", language.code()), said);
    }
}
