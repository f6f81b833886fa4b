//! Rules that differ in little are evaluated beside each other: the same result as on their own, and less work.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use merilo::data::dataset::Dataset;
use merilo::decision::Run;
use merilo::evaluate::{self, Beside};
use merilo::model::RuleSet;
use merilo::pipeline;
use merilo::plan::{self, Plan, same_steps};
use merilo::progress::Silent;
use merilo::source::Sources;

const RULES: &str = "rules/leningrad-2018/criteria.merilo";

fn rules(text: &str, folder: &Path) -> RuleSet {
    let path = folder.join("criteria.merilo");
    std::fs::write(&path, text).unwrap();
    pipeline::read_rules(&path.display().to_string(), &[]).rules.value.unwrap()
}

fn alone(rules: &RuleSet, plan: &Plan, dataset: &Dataset) -> Run {
    evaluate::evaluate(rules, plan, dataset, &Silent).value.unwrap()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// The runs as text, without what is kept in no order.
fn shown(run: &Run) -> String {
    let open: std::collections::BTreeMap<_, _> =
        run.open.iter().map(|(id, open)| (id.index(), format!("{open:?}"))).collect();
    let Run { schools, columns, facts, populations, criteria, groups, categories, registrations, .. } = run;
    format!(
        "{schools} {columns:?} {facts:?} {populations:?} {criteria:?} {groups:?} {categories:?} {registrations:?} {open:?}"
    )
}

#[test]
fn rules_beside_others_come_out_as_they_do_alone() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("rules/leningrad-2018"), folder.path());
    let text = std::fs::read_to_string(RULES).unwrap();
    let base = rules(&text, folder.path());
    let base_plan = plan::plan(&base);
    let manifest = Path::new("examples/leningrad-2018/dataset.yaml");
    let load = |rules: &RuleSet, plan: &Plan| {
        pipeline::load(rules, plan, manifest, &mut Sources::default(), &Silent).value.unwrap()
    };
    let dataset = load(&base, &base_plan);
    let run = alone(&base, &base_plan, &dataset);
    let edits = [
        ("= 25 %", "= 30 %"),
        ("не менее 3 применимых критериев", "не менее 2 применимых критериев"),
        ("сумма(участники) менее мало_участников", "сумма(участники) не более мало_участников"),
        ("вес 1 больше", "вес 2 больше"),
        ("округление квоты вверх", "округление квоты вниз"),
        ("равные на границе включить", "равные на границе исключить"),
    ];
    let mut tried = 0;
    for (from, to) in edits {
        let changed = text.replacen(from, to, 1);
        if changed == text {
            continue;
        }
        let other = rules(&changed, folder.path());
        let plan = plan::plan(&other);
        let same = same_steps((&base, &base_plan), (&other, &plan));
        let kept = same.iter().flatten().count();
        assert!(kept > plan.steps.len() / 2, "{to}: {kept} of {}", plan.steps.len());
        tried += usize::from(kept < plan.steps.len());
        let beside = Beside { before: Some((&base_plan, &run)), same };
        let found = evaluate::evaluate_beside(&other, &plan, &dataset, &beside, &Silent).value.unwrap();
        assert_eq!(shown(&found), shown(&alone(&other, &plan, &dataset)), "{to}");
    }
    assert!(tried >= 3, "{tried}");
}

#[test]
fn the_same_rules_are_not_evaluated_again() {
    let read = || pipeline::read_rules(RULES, &[]).rules.value.unwrap();
    let (first, second) = (read(), read());
    let (a, b) = (plan::plan(&first), plan::plan(&second));
    assert!(same_steps((&first, &a), (&second, &b)).iter().all(Option::is_some));
}
