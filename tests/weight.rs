//! What a category rests on, against every outcome that its criteria can have: met, not met and not applicable in all
//! combinations are schools of one region, so the evaluation itself is the table of truth.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use merilo::decision::Verdict;
use merilo::explain::explain;
use merilo::explain::explanation::Asked;
use merilo::model::CriterionId;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;

const CRITERIA: usize = 4;

/// Rules over four criteria.
const RULES: [&str; 7] = [
    "относится, если выполнено не менее 2 из применимых критериев",
    "относится, если выполнено не менее 3 из применимых критериев",
    "относится, если выполнены все применимые критерии",
    "относится, если выполнен любой критерий",
    "относится, если выполнено не более 1 из применимых критериев",
    "относится, если выполнено ровно 2 из применимых критериев",
    "относится, если критерий 1 выполнен и выполнено не менее 2 применимых критериев",
];

/// One school for each way in which four criteria can turn out.
fn judged(rule: &str) -> (tempfile::TempDir, Judged) {
    let mut rules = String::from(
        "набор правил «Проба»\n  версия \"1\"\n  отчётный год 2018\n  оцениваются школы\n\n\
         таблица школы «Школы»\n  ключ код\n  столбец код текст\n",
    );
    for at in 1..=CRITERIA {
        rules += &format!("  столбец знак{at} число\n  столбец есть{at} да/нет\n");
    }
    for at in 1..=CRITERIA {
        rules += &format!("\nпоказатель п{at} = знак{at}\n  не применимо, если не есть{at}\n");
    }
    rules += &format!("\nкатегория К\n  {rule}\n");
    for at in 1..=CRITERIA {
        rules += &format!("  критерий {at}\n    если п{at} более 0\n");
    }
    let mut schools = String::from("код;знак1;есть1;знак2;есть2;знак3;есть3;знак4;есть4\n");
    for combination in 0..3_usize.pow(4) {
        let cells = (0..CRITERIA).map(|at| match combination / 3_usize.pow(u32::try_from(at).unwrap()) % 3 {
            0 => "0;да",
            1 => "1;да",
            _ => "1;нет",
        });
        schools += &format!("{combination};{}\n", cells.collect::<Vec<_>>().join(";"));
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("школы.csv", &schools);
    write("rules.merilo", &rules);
    write("dataset.yaml", "таблицы:\n  школы: школы.csv\n");
    let mut read = pipeline::read_rules(&folder.path().join("rules.merilo").display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{rule}: {:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, &folder.path().join("dataset.yaml"), &mut read.sources, &Silent);
    let judged = judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics));
    (folder, judged)
}

#[test]
fn reasons_suffice_and_are_shortest_and_what_no_reason_needs_is_in_none() {
    let (mut settled, mut indifferent, mut inapplicable) = (0, 0, 0);
    for rule in RULES {
        let (_folder, judged) = judged(rule);
        let Judged { rules, plan, dataset, run, .. } = &judged;
        let of = |school: usize, at: usize| run.criterion(CriterionId::from_index(at), school).unwrap();
        let is_met = |school: usize| run.categories[0][school] == Verdict::Met;
        // whether some criteria (bits), as they are, make the verdict
        let suffices = |school: usize, set: usize| {
            let agrees = |other: &usize| (0..CRITERIA).all(|at| set >> at & 1 == 0 || of(*other, at) == of(school, at));
            // where no criterion is applicable there is no verdict
            let agrees =
                |other: &usize| agrees(other) && (0..CRITERIA).any(|at| of(*other, at) != Verdict::NotApplicable);
            (0..run.schools).filter(agrees).all(|other| is_met(other) == is_met(school))
        };
        for school in 0..run.schools {
            let category = explain(rules, plan, dataset, run, school).categories.remove(0);
            let Some(weight) = category.weight else {
                assert!(matches!(category.verdict, Verdict::NotApplicable | Verdict::Undetermined(_)));
                continue;
            };
            let bits = |criteria: &[CriterionId]| criteria.iter().fold(0_usize, |set, id| set | 1 << id.index());
            let all: Vec<usize> = (0..1 << CRITERIA).filter(|set| suffices(school, *set)).collect();
            let shown = |school: usize| (0..CRITERIA).map(|at| format!("{:?}", of(school, at))).collect::<Vec<_>>();
            let told = format!("{rule}: {:?}, {:?}", shown(school), weight);
            // a rule that names a criterion twice, or asks for an exact number, may have shorter reasons
            let once = !rule.contains("критерий 1");
            let exact = rule.contains("ровно");
            assert!(suffices(school, bits(&weight.sufficient)), "{told}");
            if once && !exact {
                let shortest = all.iter().map(|set| set.count_ones()).min().unwrap();
                assert_eq!(bits(&weight.sufficient).count_ones(), shortest, "{told}");
            }
            let none: Vec<usize> = (0..CRITERIA).filter(|at| of(school, *at) == Verdict::NotApplicable).collect();
            assert_eq!(weight.inapplicable.iter().map(|id| id.index()).collect::<Vec<_>>(), none, "{told}");
            inapplicable += usize::from(weight.sufficient.iter().any(|id| none.contains(&id.index())));
            for at in (0..CRITERIA).filter(|at| !none.contains(at)) {
                let needless = all.iter().all(|set| suffices(school, set & !(1 << at)));
                let said = weight.indifferent.contains(&CriterionId::from_index(at));
                assert!(!said || needless, "criterion {at}: {told}");
                assert!(said || !needless || !once || exact, "criterion {at}: {told}");
                indifferent += usize::from(said);
            }
            // every other outcome of what is applicable
            let alike = |other: &usize| {
                let inapplicable = |school: usize, at: usize| of(school, at) == Verdict::NotApplicable;
                (0..CRITERIA).all(|at| inapplicable(*other, at) == inapplicable(school, at))
            };
            let same = (0..run.schools).filter(alike).all(|other| is_met(other) == is_met(school));
            assert!(!weight.settled || same, "{told}");
            assert!(weight.settled || !same || !once, "{told}");
            settled += usize::from(weight.settled);
            let needed =
                [(" 2 из", 2), (" 3 из", 3)].into_iter().find(|(text, _)| rule.contains(&format!("менее{text}")));
            let asked = needed.map(|(_, needed)| Asked { of: CRITERIA, applicable: CRITERIA - none.len(), needed });
            assert_eq!(weight.asked, asked, "{told}");
        }
    }
    assert!(settled > 10 && indifferent > 100 && inapplicable > 20, "{settled}, {indifferent}, {inapplicable}");
}

/// Where criteria are counted as a number no set of them is said to suffice; what is said of single ones is true.
#[test]
fn what_is_said_of_rules_that_count_criteria_is_true() {
    let rules = [
        "относится, если число выполненных критериев из (1; 2; 3) не менее 2",
        "относится, если критерий 4 выполнен и число выполненных критериев из (1; 2) + число выполненных критериев из (3) > 1",
        "относится, если выполнено не менее 2 критериев или число выполненных критериев из (1; 2; 3) = 0",
    ];
    let (mut decisive, mut settled) = (0, 0);
    for rule in rules {
        let (_folder, judged) = judged(rule);
        let Judged { rules, plan, dataset, run, .. } = &judged;
        let of = |school: usize, at: usize| run.criterion(CriterionId::from_index(at), school).unwrap();
        let verdict = |school: usize| run.categories[0][school];
        for school in 0..run.schools {
            let Some(weight) = explain(rules, plan, dataset, run, school).categories.remove(0).weight else { continue };
            assert!(weight.sufficient.is_empty() && weight.fewest.is_none() && weight.indifferent.is_empty(), "{rule}");
            for at in 0..CRITERIA {
                let flipped = match of(school, at) {
                    Verdict::Met => Verdict::NotMet,
                    Verdict::NotMet => Verdict::Met,
                    _ => continue,
                };
                let alike = |other: &usize| {
                    (0..CRITERIA).all(|one| of(*other, one) == if one == at { flipped } else { of(school, one) })
                };
                let other = (0..run.schools).find(alike).unwrap();
                let turns = matches!(
                    (verdict(school), verdict(other)),
                    (Verdict::Met, Verdict::NotMet) | (Verdict::NotMet, Verdict::Met)
                );
                assert_eq!(weight.decisive.contains(&CriterionId::from_index(at)), turns, "{rule}: {school}, {at}");
                decisive += usize::from(turns);
            }
            let inapplicable = |school: usize, at: usize| of(school, at) == Verdict::NotApplicable;
            let alike = |other: &usize| (0..CRITERIA).all(|at| inapplicable(*other, at) == inapplicable(school, at));
            let is_met = |school: usize| verdict(school) == Verdict::Met;
            let same = (0..run.schools).filter(alike).all(|other| is_met(other) == is_met(school));
            assert!(!weight.settled || same, "{rule}: {school}");
            settled += usize::from(weight.settled);
        }
    }
    assert!(decisive > 100 && settled > 0, "{decisive} {settled}");
}
