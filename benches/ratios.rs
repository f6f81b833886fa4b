//! What a change of the rules costs, as ratios to one whole evaluation in the same run.
//!
//! `MERILO_WORKLOAD=WORK/M cargo bench --bench ratios`, the folder made by `benches/workload/compare.py`; without it the shipped
//! Leningrad example is timed, whose rules take longer than its few schools. Every round times everything once, so that a
//! noisy machine disturbs all of it alike; shown are medians of the rounds.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a bench that cannot run must say so, and prints what it found"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use merilo::decision::Run;
use merilo::evaluate::{self, Beside};
use merilo::model::RuleSet;
use merilo::number::Number;
use merilo::pipeline::{self, Trees, Variant};
use merilo::plan::{self, Plan, same_steps};
use merilo::progress::Silent;
use merilo::source::Sources;
use merilo::threshold::{self, Basis, Item, Named, Question};

const ROUNDS: usize = 15;

fn main() {
    // cargo passes its own words to every bench; a filter that does not name this one leaves it out
    let filter: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    if !filter.is_empty() && !filter.iter().any(|word| "ratios".contains(word.as_str())) {
        return;
    }
    let home = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let (rules, data, own) = match std::env::var_os("MERILO_WORKLOAD") {
        Some(folder) => {
            (home.join("benches/workload/criteria.merilo"), PathBuf::from(folder).join("dataset.yaml"), true)
        }
        None => {
            let example = home.join("examples/leningrad-2018/dataset.yaml");
            (home.join("rules/leningrad-2018/criteria.merilo"), example, false)
        }
    };
    let folder = std::env::temp_dir().join(format!("merilo-ratios-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("scenarios.merilo");
    std::fs::write(&file, if own { hundred() } else { hundred_shares() }).unwrap();
    time(&rules, &data, &file);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// A hundred scenarios of the thirteen criteria: thresholds, shares, how criteria combine, criteria switched off.
fn hundred() -> String {
    let mut text = String::new();
    let mut one = |body: &str| {
        let number = text.matches("сценарий").count() + 1;
        text += &format!("сценарий «{number}»\n{body}\n");
    };
    for n in 0..30 {
        one(&format!(
            "  критерий 1.2 «B»\n    если continue_share менее {} %\n    при отсутствии данных считать невыполненным\n",
            40 + n
        ));
    }
    for n in 0..20 {
        one(&format!(
            "  критерий 1.5 «E»\n    если satisfaction не более {} %\n    при отсутствии данных считать невыполненным\n",
            30 + n
        ));
    }
    for n in 0..20 {
        one(&format!(
            "  критерий 1.1 «A»\n    если mean в числе самых низких среди schools, квота {} %\n    при отсутствии данных считать невыполненным\n",
            15 + n
        ));
    }
    for n in 2..=6 {
        one(&format!("  категория cat1\n    относится, если выполнено не менее {n} критериев\n"));
        one(&format!("  категория cat2\n    относится, если выполнено не менее {n} критериев\n"));
    }
    for n in 0..10 {
        one(&format!(
            "  критерий 2.7 «M»\n    если settlement.unemployment_pct более 1,{n} * unemployment_mean\n    при отсутствии данных считать невыполненным\n"
        ));
    }
    for criterion in ["1.1", "1.2", "1.3", "1.4", "1.6", "2.1", "2.2", "2.4", "2.5", "2.6"] {
        one(&format!("  отключить критерий {criterion}\n"));
    }
    assert_eq!(text.matches("сценарий").count(), 100);
    text
}

/// A hundred shares of the Leningrad rules.
fn hundred_shares() -> String {
    (1..=100)
        .map(|n| format!("сценарий «{n}»\n  параметр доля_отбора = {},{} %\n", 15 + n / 5, n % 5 * 2 + 1))
        .collect()
}

/// What was timed, in the order in which it is shown.
#[derive(Debug, Default)]
struct Times {
    whole: Vec<Duration>,
    changed: Vec<Duration>,
    thousand: Vec<Duration>,
    hundred: Vec<Duration>,
}

fn time(rules: &Path, data: &Path, scenarios: &Path) {
    let path = rules.display().to_string();
    let variant = Variant { scenario_file: Some(scenarios.to_path_buf()), ..Variant::default() };
    let trees = Trees::read(&path, &variant);
    assert!(trees.diagnostics.iter().all(|problem| !problem.is_error()), "{:?}", trees.diagnostics);
    let names: Vec<String> = (1..=100).map(|n| n.to_string()).collect();
    let old = trees.rules(&[]).value.unwrap();
    let old_plan = plan::plan(&old);

    // the plan of the thresholds gives the number a step of its own; the same data serve both
    let subject = threshold::find(&old, "1.2").unwrap();
    let prepared = threshold::prepare(&old, subject);
    let dataset = pipeline::load(&old, &prepared.plan, data, &mut Sources::default(), &Silent).value.unwrap();
    let run = evaluate::evaluate(&old, &old_plan, &dataset, &Silent).value.unwrap();
    let apart = evaluate::evaluate(&old, &prepared.plan, &dataset, &Silent).value.unwrap();
    let values: Vec<Number> = (0..1000).map(|n| Number::ratio(n, 1000).unwrap()).collect();
    let Named::Literal(criterion, _) = prepared.subject.named else { return };
    let question = Question { items: vec![Item::Criterion(criterion)], ..Question::default() };

    let beside = |rules: &RuleSet, plan: &Plan| -> Run {
        let same = same_steps((&old, &old_plan), (rules, plan));
        let beside = Beside { before: Some((&old_plan, &run)), same };
        evaluate::evaluate_beside(rules, plan, &dataset, &beside, &Silent).value.unwrap()
    };
    let first = changed(&trees, "1");
    let mut times = Times::default();
    for _ in 0..ROUNDS {
        times.whole.push(timed(|| evaluate::evaluate(&old, &old_plan, &dataset, &Silent)));
        times.changed.push(timed(|| beside(&first.0, &first.1)));
        times.thousand.push(timed(|| {
            let basis = Basis { rules: &old, plan: &prepared.plan, data: &dataset, run: &apart };
            let profile = threshold::profile(&basis, &prepared, &question).unwrap();
            values.iter().map(|value| profile.curves[0].counts(profile.curves[0].stretch_at(value)).0).sum::<usize>()
        }));
        times.hundred.push(timed(|| {
            let listed = |name: &String| {
                let (rules, plan) = changed(&trees, name);
                let run = beside(&rules, &plan);
                run.categories.iter().map(|verdicts| verdicts.len()).sum::<usize>()
            };
            names.par_iter().map(listed).sum::<usize>()
        }));
    }
    let whole = median(&mut times.whole);
    println!("{} schools, {ROUNDS} rounds, medians", run.schools);
    println!("{:<52} {:>10} {:>8} {:>8}", "", "ms", "ratio", "target");
    let line = |name: &str, time: Duration, target: &str| {
        let ratio = time.as_secs_f64() / whole.as_secs_f64();
        println!("{name:<52} {:>10.3} {ratio:>8.3} {target:>8}", time.as_secs_f64() * 1000.0);
    };
    line("one whole evaluation", whole, "1");
    line("a changed threshold, evaluated beside it", median(&mut times.changed), "< 0.1");
    line("a thousand thresholds of criterion 1.2, exactly", median(&mut times.thousand), "< 2");
    line("a hundred scenarios, checked, planned and evaluated", median(&mut times.hundred), "< 10");
}

/// The rules under a scenario, and their plan.
fn changed(trees: &Trees, name: &str) -> (RuleSet, Plan) {
    let scenario = trees.scenarios.find(name).unwrap().clone();
    let changes = trees.scenarios.changes(&scenario);
    let rules = trees.rules(&changes.iter().collect::<Vec<_>>());
    let problems = rules.diagnostics;
    let rules = rules.value.unwrap_or_else(|| unreachable!("{problems:?}"));
    let plan = plan::plan(&rules);
    (rules, plan)
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let made = std::hint::black_box(work());
    let took = start.elapsed();
    drop(made);
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}
