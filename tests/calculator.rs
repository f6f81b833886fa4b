//! The steps of a decision, worked out again one by one, give the decisions of the run; the sheet has them as formulas.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::path::Path;

use merilo::explain::explain_every;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::record::arithmetic::{agrees, held, worked_out};
use merilo::report::calculator::{calculator, sheet};
use merilo::report::dossier;
use merilo::report::explanation::Teller;
use merilo::source::Sources;

fn judged(rules: &str, data: &str) -> (Judged, Sources) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = pipeline::read_rules(&root.join(rules).display().to_string(), &[]);
    let judged = pipeline::judge(read.rules.value.unwrap(), &root.join(data), &mut read.sources, &Silent);
    (judged.value.unwrap(), read.sources)
}

/// Every step of every school (or every n-th) gives what the run found. Gives how many steps are worked out, by kind.
fn all_agree(rules: &str, data: &str, every: usize) -> BTreeMap<String, usize> {
    let (judged, sources) = judged(rules, data);
    let speaker = Speaker::new(Language::Russian);
    let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
    let mut kinds = BTreeMap::new();
    for school in (0..judged.run.schools).step_by(every) {
        let explained = explain_every(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school);
        let steps = dossier::steps(&calculator(&explained, &teller));
        let done = worked_out(&steps).unwrap();
        for (at, (step, done)) in steps.iter().zip(done).enumerate() {
            let found = held(&step.value).unwrap();
            assert!(agrees(&done, &found), "school {school}, step {}: {done:?} for {found:?}: {step:?}", at + 1);
            *kinds.entry(step.op.clone()).or_insert(0) += 1;
        }
    }
    kinds
}

#[test]
fn every_step_of_leningrad_schools_can_be_done_by_hand() {
    let kinds = all_agree("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml", 3);
    for kind in [
        "verdict-stays",
        "count-at-least-applicable",
        "compare-less",
        "compare-at_most",
        "rows-sum",
        "rows-mean-weighted",
        "standard",
        "reweighted",
        "choose",
        "absent-when",
        "divide",
        "same",
    ] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 100), "{kind}: {kinds:?}");
    }
}

#[test]
fn every_step_of_californian_schools_can_be_done_by_hand() {
    let kinds = all_agree("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml", 61);
    assert!(kinds.get("verdict-stays").is_some_and(|count| *count > 100), "{kinds:?}");
}

#[test]
fn every_kind_of_criterion_and_of_absence_can_be_done_by_hand() {
    all_agree("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml", 1);
}

#[test]
fn the_workbook_has_a_formula_for_each_step_and_equal_bytes() {
    let (judged, sources) = judged("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml");
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
        let explained = explain_every(&judged.rules, &judged.plan, &judged.dataset, &judged.run, 0);
        let made = calculator(&explained, &teller);
        let book = sheet::workbook(&made, &speaker).unwrap();
        assert_eq!(book, sheet::workbook(&made, &speaker).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("лист.xlsx");
        std::fs::write(&path, book).unwrap();
        let formulas: Vec<String> = sheet::formulas(&made, &speaker)
            .into_iter()
            .filter_map(|(cell, formula)| Some(format!("{cell} {}", formula?)))
            .collect();
        insta::assert_snapshot!(format!("formulas_{}", language.code()), formulas.join("\n"));
    }
}
