//! The stages one by one: parse, check, load, evaluate, explain one school.
//!
//! `cargo bench` times the shipped examples. With `MERILO_WORKLOAD` naming a folder of `benches/workload` (made by its
//! `compare.py`, say `WORK/M`), the thirteen criteria on that data are timed too. Times are compared within one run only.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench that cannot run must say so")]

use std::path::PathBuf;

use divan::{Bencher, black_box};
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::number::Number;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::report::json;
use merilo::report::list::Judgement;
use merilo::source::Sources;
use merilo::threshold::{self, Basis, Item, Named, Question};
use merilo::{evaluate, explain, plan, syntax};

fn main() {
    divan::main();
}

#[derive(Debug, Clone)]
struct Work {
    name: &'static str,
    rules: PathBuf,
    data: PathBuf,
}

impl std::fmt::Display for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

fn works() -> Vec<Work> {
    let home = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let shipped = |name, rules: &str, data: &str| Work { name, rules: home.join(rules), data: home.join(data) };
    let mut all = vec![
        shipped("leningrad", "rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml"),
        shipped("california", "rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml"),
    ];
    if let Some(folder) = std::env::var_os("MERILO_WORKLOAD") {
        let rules = home.join("benches/workload/criteria.merilo");
        all.push(Work { name: "workload", rules, data: PathBuf::from(folder).join("dataset.yaml") });
    }
    all
}

fn rules(work: &Work) -> merilo::model::RuleSet {
    pipeline::read_rules(&work.rules.display().to_string(), &[]).rules.value.unwrap()
}

fn judged(work: &Work) -> Judged {
    pipeline::judge(rules(work), &work.data, &mut Sources::default(), &Silent).value.unwrap()
}

#[divan::bench(args = works())]
fn parse(bencher: Bencher<'_, '_>, work: &Work) {
    let text = std::fs::read_to_string(&work.rules).unwrap();
    let id = merilo::location::SourceId(0);
    bencher.bench(|| syntax::parse(id, black_box(&text)));
}

/// With reading and parsing of all files that the rules name.
#[divan::bench(args = works())]
fn check(bencher: Bencher<'_, '_>, work: &Work) {
    let path = work.rules.display().to_string();
    bencher.bench(|| pipeline::read_rules(black_box(&path), &[]));
}

#[divan::bench(args = works(), sample_count = 20)]
fn load(bencher: Bencher<'_, '_>, work: &Work) {
    let rules = rules(work);
    let plan = plan::plan(&rules);
    bencher.bench(|| pipeline::load(&rules, &plan, &work.data, &mut Sources::default(), &Silent));
}

#[divan::bench(args = works(), sample_count = 20)]
fn evaluate_all(bencher: Bencher<'_, '_>, work: &Work) {
    let judged = judged(work);
    bencher.bench(|| evaluate::evaluate(&judged.rules, &judged.plan, &judged.dataset, &Silent));
}

/// One school after another, each from the finished run.
#[divan::bench(args = works(), sample_count = 20)]
fn explain_one(bencher: Bencher<'_, '_>, work: &Work) {
    let judged = judged(work);
    let mut school = 0;
    bencher.bench_local(|| {
        school = (school + 7919) % judged.run.schools;
        explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school)
    });
}

/// Every decision of every school with its value and threshold, by one thread.
#[divan::bench(args = works(), sample_count = 20)]
fn json_of_all(bencher: Bencher<'_, '_>, work: &Work) {
    let judged = judged(work);
    let summary = explain::summary(&judged.rules, &judged.plan, &judged.dataset, &judged.run);
    let speaker = Speaker::new(Language::English);
    let judgement =
        Judgement { rules: &judged.rules, dataset: &judged.dataset, run: &judged.run, steps: &judged.plan.of_expr };
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let mut text = Vec::new();
    bencher.counter(divan::counter::ItemsCount::new(judged.run.schools)).bench_local(|| {
        text.clear();
        alone.install(|| json::write_run(&judgement, &summary, &speaker, &mut text)).unwrap();
    });
}

/// A thousand thresholds of criterion 1.2, exactly: the step function of its number, and how many schools it lists for each of a
/// thousand values. To be compared with `evaluate_all` of the same run.
#[divan::bench(args = works(), sample_count = 20)]
fn thousand_thresholds(bencher: Bencher<'_, '_>, work: &Work) {
    let rules = rules(work);
    let Ok(subject) = threshold::find(&rules, "1.2") else {
        return;
    };
    let prepared = threshold::prepare(&rules, subject);
    let data = pipeline::load(&rules, &prepared.plan, &work.data, &mut Sources::default(), &Silent).value.unwrap();
    let run = evaluate::evaluate(&rules, &prepared.plan, &data, &Silent).value.unwrap();
    let basis = Basis { rules: &rules, plan: &prepared.plan, data: &data, run: &run };
    let values: Vec<Number> = (0..1000).map(|n| Number::ratio(n, 1000).unwrap()).collect();
    let Named::Literal(criterion, _) = prepared.subject.named else {
        return;
    };
    let question = Question { items: vec![Item::Criterion(criterion)], ..Question::default() };
    bencher.bench_local(|| {
        let profile = threshold::profile(&basis, &prepared, &question).unwrap();
        let curve = &profile.curves[0];
        values.iter().map(|value| curve.counts(curve.stretch_at(value)).0).sum::<usize>()
    });
}
