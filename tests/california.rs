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

use merilo::compare::Way;
use merilo::decision::Verdict;
use merilo::evaluate::trace;
use merilo::pipeline::{self, Judged, Variant};
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

/// Nine of the twelve schools with an index of 800 in 2000 had not reached 800 in 1999: that comparison is not asked of them.
#[test]
fn a_threshold_of_a_case_counts_only_the_schools_of_the_case() {
    let judged = judge("rules/california-api-2000/criteria.merilo");
    let summary = merilo::explain::summary(&judged.rules, &judged.plan, &judged.dataset, &judged.run);
    let first = summary.criteria.iter().find(|c| c.number.as_ref() == "1.1").unwrap();
    let kept = first.on_threshold.iter().find(|on| on.count == 3).unwrap();
    let codes: Vec<&str> = kept.schools.iter().map(|school| school.code.as_ref()).collect();
    assert_eq!(codes, ["07616300733725", "30665976029441", "43695756047799"]);
    assert_eq!(first.on_threshold.iter().map(|on| on.count).sum::<usize>(), 57);
}

/// Gustine High has no share of pupils tested; Westlake missed its growth target.
#[test]
fn why_an_award_is_not_given_stands_in_the_document() {
    let judged = judge("rules/california-api-2000/criteria.merilo");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = pipeline::read_rules(&root.join("rules/california-api-2000/criteria.merilo").display().to_string(), &[]);
    let speaker = merilo::messages::Speaker::new(merilo::language::Language::English);
    let teller =
        merilo::report::explanation::Teller { rules: &judged.rules, sources: &read.sources, speaker: &speaker };
    let row = |code: &str| {
        let wanted = |row: &usize| judged.dataset.code(&judged.rules.schema, judged.rules.subject, *row) == code;
        (0..judged.run.schools).find(wanted).unwrap()
    };
    let document = |code: &str| -> serde_json::Value {
        let told = merilo::explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, row(code));
        serde_json::from_str(&merilo::report::json::explanation(&told, &teller).unwrap()).unwrap()
    };
    let gustine = document("24736192431807");
    assert_eq!(gustine["rule_set"]["bases"][0], "Public Schools Accountability Act of 1999");
    let tested = &gustine["categories"][2]["criteria"][2];
    assert_eq!((&tested["verdict"], &tested["policy_applied"]), (&"not_met".into(), &"not_met".into()));
    assert_eq!(tested["why"], "data are lacking (Pupils tested – no data), by the rules it counts as not met");
    assert_eq!(tested["reading"], "A school whose share of pupils tested is not known gets no award");
    let rank = &gustine["categories"][3]["criteria"][0]["condition"]["rank"];
    // 25 % of 6,194 schools; the eleven schools with 565 points share the places 1,543 to 1,553
    assert_eq!((&rank["quota"]["exact"], &rank["quota"]["rounded"]), (&"3097/2".into(), &1549.into()));
    assert_eq!(
        (&rank["selected"], &rank["tied_at_cut"], &rank["before_cut"]),
        (&1553.into(), &11.into(), &1542.into())
    );
    assert_eq!(rank["last_selected"][2]["first_place"], 1543);
    assert_eq!(rank["last_selected"][2]["last_place"], 1553);
    let westlake = document("44698156049928");
    assert_eq!(westlake["categories"][2]["criteria"][0]["why"], "criterion 1.1 is not met");
    let growth = westlake["categories"][0]["criteria"][0]["condition"].to_string();
    assert!(growth.contains("Rounded half up to a whole point") && growth.contains("\"rounding\":\"half_up\""));
}

/// What other rules would have done, worked out by a program of its own from the same records.
#[test]
fn scenarios_move_as_many_schools_as_worked_out_apart() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let variant =
        Variant { scenario_file: Some(root.join("rules/california-api-2000/scenarios.merilo")), ..Variant::default() };
    let rules = root.join("rules/california-api-2000/criteria.merilo").display().to_string();
    let data = root.join("examples/california-2000/dataset.yaml");
    let compared = pipeline::compare(&rules, &variant, &[], &data, &Silent).1.value.unwrap();
    let moved = |title: &str, category: &str| {
        let found = compared.variations.iter().find(|v| v.title.as_ref() == title).unwrap();
        let found = found.comparison.categories.iter().find(|c| c.name.as_ref() == category).unwrap();
        let ways = [Way::Entered, Way::Left, Way::Opened].map(|way| found.moved(way).count());
        (found.listed.0, ways, found.listed.1)
    };
    for (title, school, both, awards) in [
        ("Target 4 %", (5122, [120, 0, 0], 5242), (4405, [29, 0, 0], 4434), (4167, [27, 0, 0], 4194)),
        ("Target 6 %", (5122, [0, 83, 0], 5039), (4405, [0, 31, 0], 4374), (4167, [0, 29, 0], 4138)),
        ("Target 10 %", (5122, [0, 639, 0], 4483), (4405, [0, 349, 0], 4056), (4167, [0, 327, 0], 3840)),
        ("90 % tested everywhere", (5122, [0, 0, 0], 5122), (4405, [0, 0, 0], 4405), (4167, [79, 0, 0], 4246)),
        (
            "Tested share unknown: undetermined",
            (5122, [0, 0, 0], 5122),
            (4405, [0, 0, 0], 4405),
            (4167, [0, 0, 23], 4167),
        ),
        ("School-wide target only", (5122, [0, 0, 0], 5122), (4405, [0, 0, 0], 4405), (4167, [658, 0, 0], 4825)),
        (
            "Target 6 %, school-wide only",
            (5122, [0, 83, 0], 5039),
            (4405, [0, 31, 0], 4374),
            (4167, [609, 29, 0], 4747),
        ),
        // 112 of 5,454 targets are another number, and not one decision
        ("Half to even", (5122, [0, 0, 0], 5122), (4405, [0, 0, 0], 4405), (4167, [0, 0, 0], 4167)),
    ] {
        assert_eq!(moved(title, "schoolwide_met"), school, "{title}");
        assert_eq!(moved(title, "both_met"), both, "{title}");
        assert_eq!(moved(title, "awards_eligible"), awards, "{title}");
        assert_eq!(moved(title, "lowest_quarter"), (1553, [0, 0, 0], 1553), "{title}");
    }
    assert_eq!(moved("Quarter without ties", "lowest_quarter"), (1553, [0, 11, 0], 1542));
}
