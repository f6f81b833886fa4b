//! The second reading of the rules agrees with the evaluation on the shipped examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

use std::path::PathBuf;

use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::recheck::{self, Report};

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
