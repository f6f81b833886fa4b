//! The California rules reproduce all five published columns for all 6,194 schools, and the quarter by the index of
//! 2000 with and without the schools tied at the cut.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::HashMap;
use std::path::Path;

use merilo::decision::Verdict;
use merilo::evaluate::trace;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::value::Value;

fn judge(rules: &str) -> Judged {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = pipeline::read_rules(&root.join(rules).display().to_string(), &[]);
    let outcome = pipeline::judge(
        read.rules.value.unwrap(),
        &root.join("examples/california-2000/dataset.yaml"),
        &mut read.sources,
        &Silent,
    );
    outcome.value.unwrap()
}

fn category<'a>(judged: &'a Judged, name: &str) -> &'a [Verdict] {
    let at = judged.rules.categories.iter().position(|c| c.name.as_ref() == name).unwrap();
    &judged.run.categories[at]
}

fn indicator(judged: &Judged, name: &str, row: usize) -> Option<i64> {
    let indicator = judged.rules.indicators.iter().find(|i| i.name.as_ref() == name).unwrap();
    match trace::value(&judged.run, &judged.plan, indicator.value, row) {
        Value::Number(number) => Some(number.to_integer().unwrap()),
        _ => None,
    }
}

#[test]
fn all_published_columns_are_reproduced() {
    let judged = judge("rules/california-api-2000/criteria.merilo");
    let published =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/california-2000/published.csv"))
            .unwrap();
    let published: HashMap<&str, Vec<&str>> =
        published.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()).map(|row| (row[0], row)).collect();
    assert_eq!(published.len(), 6194);
    assert_eq!(judged.run.schools, 6194);
    let key = judged.rules.schema.table(judged.rules.subject).unwrap().key[0];
    let codes = judged.dataset.column(judged.rules.subject, key).unwrap();
    for row in 0..judged.run.schools {
        let Value::Text(code) = codes.value(row) else { panic!("row {row} has no code") };
        let expected = &published[code.as_ref()];
        assert_eq!(indicator(&judged, "growth_target", row), expected[1].parse().ok(), "{code} growth_target");
        assert_eq!(indicator(&judged, "growth", row), expected[2].parse().ok(), "{code} growth");
        for (name, value) in
            [("schoolwide_met", expected[3]), ("both_met", expected[4]), ("awards_eligible", expected[5])]
        {
            let met = category(&judged, name)[row] == Verdict::Met;
            assert_eq!(met, value == "Yes", "{code} {name}");
        }
    }
}

#[test]
fn the_lowest_quarter_depends_on_the_ties() {
    let with_ties = judge("rules/california-api-2000/criteria.merilo");
    assert_eq!(category(&with_ties, "lowest_quarter").iter().filter(|v| v.is_met()).count(), 1553);
    let without = judge("rules/california-api-2000/quarter-ties-excluded.merilo");
    assert_eq!(without.run.categories[0].iter().filter(|v| v.is_met()).count(), 1542);
}
