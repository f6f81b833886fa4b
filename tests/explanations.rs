//! Explanations and summaries of five schools: what they say of the run, and how it is worded in both languages.
//!
//! The rules, the data and the values of every step are written by hand in `explanations/sample.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "explanations/sample.rs"]
mod sample;

use merilo::decision::Verdict;
use merilo::explain::condition::{Detail, Node, RankStanding, Treatment};
use merilo::explain::explanation::{Certainty, CriterionExplanation, Explanation, Standing};
use merilo::explain::summary::{Extent, VerdictKind};
use merilo::explain::{explain, summary};
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::number::Number;
use merilo::report::explanation::Teller;
use merilo::report::text::{Layout, render};
use merilo::value::{Reasons, Value};

fn told(school: usize) -> Explanation {
    let s = sample::sample();
    explain(&s.rules, &s.plan, &s.data, &s.run, school)
}

fn criterion<'a>(explanation: &'a Explanation, number: &str) -> &'a CriterionExplanation {
    explanation.categories.iter().flat_map(|c| &c.criteria).find(|c| &*c.number == number).unwrap()
}

fn ratio(a: i128, b: i128) -> Number {
    Number::ratio(a, b).unwrap()
}

#[test]
fn a_comparison_has_its_margin_in_percentage_points() {
    let met = told(0);
    let Detail::Compare(found) = &criterion(&met, "1.2").condition.detail else { panic!() };
    assert_eq!(found.margin.as_ref().unwrap().distance, ratio(55, 1000));
    let on = told(1);
    let Detail::Compare(found) = &criterion(&on, "1.2").condition.detail else { panic!() };
    assert!(found.margin.as_ref().unwrap().on_threshold);
    assert_eq!(criterion(&on, "1.2").verdict, Verdict::NotMet);
}

#[test]
fn a_rank_tells_place_cut_and_neighbours() {
    let met = told(0);
    let Detail::Rank(rank) = &criterion(&met, "1.1").condition.detail else { panic!() };
    assert_eq!(rank.standing, RankStanding::Placed { first: 1, last: 2 });
    assert_eq!((rank.quota.rounded, rank.quota.base), (2, 4));
    assert_eq!(rank.quota.exact, ratio(6, 5));
    assert!(rank.margin.as_ref().unwrap().on_threshold);
    let codes = |side: &[merilo::explain::condition::Neighbour]| -> Vec<String> {
        side.iter().map(|n| format!("{} {}", n.first_place, n.school.code)).collect()
    };
    assert_eq!(codes(&rank.last_inside), ["1 A", "1 C"]);
    assert_eq!(codes(&rank.first_outside), ["3 B", "4 E"]);
    let outside = told(3);
    let Detail::Rank(rank) = &criterion(&outside, "1.1").condition.detail else { panic!() };
    assert_eq!(rank.standing, RankStanding::OutsidePopulation);
    assert!(
        matches!(&outside.populations[0].standing, Standing::Excluded { basis: Some(b), .. } if &**b == "порядок, п. 3")
    );
}

#[test]
fn rows_of_an_aggregate_come_with_their_cells() {
    let met = told(0);
    fn aggregate(node: &Node) -> Option<&merilo::explain::condition::AggregateTrace> {
        match &node.detail {
            Detail::Aggregate(trace) => Some(trace),
            _ => node.children.iter().find_map(aggregate),
        }
    }
    let trace = aggregate(&criterion(&met, "1.1").condition).unwrap();
    let used = trace.used.as_ref().unwrap();
    assert_eq!((used.taken, used.absent), (2, [0, 1, 0, 0]));
    assert_eq!(trace.rows.len(), 3);
    assert_eq!(trace.rows[0].year, Some(2016));
    assert_eq!(trace.rows[2].cells[0].cell.as_ref().unwrap().address(), "C4");
}

#[test]
fn missing_data_say_what_they_could_change() {
    let sure = told(2);
    assert_eq!(sure.categories[0].verdict, Verdict::Met);
    assert_eq!(sure.categories[0].outlook.certainty, Certainty::MetWhatever);
    let open = criterion(&sure, "1.2");
    assert_eq!(open.missing.len(), 1);
    assert_eq!(open.missing[0].cell.as_ref().unwrap().address(), "E4");
    assert_eq!(open.alternatives.unwrap().category_if_not_met, Verdict::Met);

    let either = told(3);
    assert_eq!(either.categories[0].outlook.certainty, Certainty::Open);
    let alternatives = criterion(&either, "1.3").alternatives.unwrap();
    assert_eq!(alternatives.category_if_met, Verdict::Met);
    assert_eq!(alternatives.category_if_not_met, Verdict::NotMet);
    assert_eq!(told(1).categories[0].outlook.certainty, Certainty::Decided);
}

#[test]
fn contributions_of_an_index_sum_to_its_value() {
    for (school, treatment) in [(0, Treatment::Used), (2, Treatment::Reweighted)] {
        let told = told(school);
        fn index(node: &Node) -> Option<&Node> {
            match &node.detail {
                Detail::IndexValue(_) => Some(node),
                _ => node.children.iter().find_map(index),
            }
        }
        let node = index(&criterion(&told, "1.3").condition).unwrap();
        let Detail::IndexValue(trace) = &node.detail else { panic!() };
        assert_eq!(Value::Number(trace.sum.clone().unwrap()), node.value);
        assert_eq!(trace.components[1].treatment, treatment);
    }
}

#[test]
fn the_evaluation_leaves_what_explanations_read() {
    let s = sample::sample();
    let run = merilo::evaluate::evaluate(&s.rules, &s.plan, &s.data, &merilo::progress::Silent);
    let run = run.value.unwrap();
    for at in [0, 1, 3] {
        assert_eq!(run.criteria[at], s.run.criteria[at], "criterion {at}");
    }
    for school in 0..5 {
        let (by_hand, evaluated) = (told(school), explain(&s.rules, &s.plan, &s.data, &run, school));
        for number in ["1.1", "1.2", "2.1"] {
            let told = |e: &Explanation| format!("{:?}", criterion(e, number).condition);
            assert_eq!(told(&evaluated), told(&by_hand), "{number} of school {school}");
        }
        let index = &criterion(&evaluated, "1.3").condition.children[0].children[0];
        let Detail::IndexValue(trace) = &index.detail else { panic!() };
        match &trace.sum {
            Some(sum) => assert_eq!(Value::Number(sum.clone()), index.value),
            None => assert!(matches!(index.value, Value::Absent(_))),
        }
    }
}

#[test]
fn a_summary_counts_every_school_once() {
    let s = sample::sample();
    let summary = summary(&s.rules, &s.plan, &s.data, &s.run);
    for category in &summary.categories {
        assert_eq!(VerdictKind::EACH.iter().map(|k| category.counts.of(*k)).sum::<usize>(), 5);
    }
    assert_eq!(summary.crossings.len(), 1);
    assert_eq!(summary.crossings[0].counts.iter().flatten().sum::<usize>(), 5);
    assert_eq!(summary.crossings[0].counts[0][0], 2);
    let on = &summary.criteria[1].on_threshold;
    assert_eq!((on.len(), on[0].count, &*on[0].schools[0].code), (1, 1, "B"));
    assert_eq!(summary.criteria[0].cuts[0].strata[0].tied_at_cut, 2);
    assert_eq!(summary.criteria[0].extent, None);
    assert_ne!(summary.criteria[1].extent, Some(Extent::Everybody));
    assert_eq!(summary.populations[0].exclusions[0].count, 1);
    let groups = summary.grouping.unwrap();
    let names: Vec<Option<&str>> = groups.rows.iter().map(|r| r.name.as_deref()).collect();
    assert_eq!(names, [Some("Пикалёво"), Some("Тихвин"), None]);
    assert_eq!(groups.rows[0].categories[1].met, 2);
    assert_eq!(summary.criteria[3].counts.undetermined_for[0], 1);
    assert_eq!(Reasons::EACH[0], Reasons::MISSING);
}

#[test]
fn explanations_read_well_in_both_languages() {
    let s = sample::sample();
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        let teller = Teller { rules: &s.rules, sources: &s.sources, speaker: &speaker };
        let mut text = String::new();
        for school in 0..5 {
            let page = teller.page(&explain(&s.rules, &s.plan, &s.data, &s.run, school));
            text += &render(&page, Layout { colour: false, width: 120 });
            text.push('\n');
        }
        insta::assert_snapshot!(format!("schools_{}", language.code()), text);
    }
}
