//! The readings that put two labels into one list, count places, ask for the school's own tenth class, take one kind of monotowns.

use std::collections::HashMap;

use merilo::decision::Verdict;

use super::{OF_LOW_RESULTS, category, column, criterion, judge, judged_rows, met, others_stay, plain};

const OF_CONDITIONS: [&str; 8] = ["2.1.1", "2.2.1", "2.3.1", "2.3.2", "2.3.3", "2.4.1", "2.4.2", "2.4.3"];

/// Of each school: in the first and the second category, as far as it is known.
fn labels() -> Vec<[Option<bool>; 2]> {
    let known = |verdict: Verdict| match verdict {
        Verdict::Met => Some(true),
        Verdict::Undetermined(_) | Verdict::NotApplicable => None,
        Verdict::NotMet | Verdict::NotJudged => Some(false),
    };
    let (low, hard) = (category(plain(), "ШНРО"), category(plain(), "ШНСУ"));
    low.iter().zip(hard).map(|(low, hard)| [known(*low), known(*hard)]).collect()
}

fn open(verdicts: &[Verdict]) -> usize {
    verdicts.iter().filter(|v| matches!(v, Verdict::Undetermined(_))).count()
}

#[test]
fn either_label_and_both_labels() {
    let (either, both) = (judge(Some("Хотя бы одна категория")), judge(Some("Обе категории")));
    others_stay(&either, &[]);
    others_stay(&both, &[]);
    let (either, both) = (category(&either, "программа"), category(&both, "программа"));
    for row in judged_rows() {
        let labels = labels()[row];
        assert_eq!(either[row].is_met(), labels.contains(&Some(true)), "{row}");
        assert_eq!(matches!(either[row], Verdict::NotMet), labels == [Some(false); 2], "{row}");
        assert_eq!(both[row].is_met(), labels == [Some(true); 2], "{row}");
        assert_eq!(matches!(both[row], Verdict::NotMet), labels.contains(&Some(false)), "{row}");
    }
    assert_eq!((met(either).len(), open(either)), (174, 1));
    assert_eq!((met(both).len(), open(both)), (36, 14));
    let one = |name: &str| met(category(plain(), name)).len();
    assert_eq!(one("ШНРО") + one("ШНСУ"), met(either).len() + met(both).len());
}

#[test]
fn fifty_places_by_the_number_of_criteria() {
    let judged = judge(Some("Не более 50 школ"));
    others_stay(&judged, &["3"]);
    let (pupils, codes) = (column("учащиеся"), column("код"));
    let count = |row: usize| {
        let all = OF_LOW_RESULTS.iter().chain(&OF_CONDITIONS);
        all.filter(|number| criterion(plain(), number)[row].is_met()).count()
    };
    let mut first: Vec<usize> = judged_rows().into_iter().filter(|row| labels()[*row].contains(&Some(true))).collect();
    first.sort_by_key(|row| {
        (std::cmp::Reverse(count(*row)), std::cmp::Reverse(pupils[*row].parse::<i64>().unwrap()), codes[*row].clone())
    });
    first.truncate(50);
    first.sort_unstable();
    assert_eq!(met(category(&judged, "программа")), first);
}

#[test]
fn the_tenth_class_of_the_own_school() {
    let judged = judge(Some("Десятый класс своей школы"));
    others_stay(&judged, &["1.2"]);
    let file = std::fs::read("examples/leningrad-2018/данные/выпускники-9.csv").unwrap();
    let mut sums: HashMap<String, (i64, i64)> = HashMap::new();
    for line in String::from_utf8_lossy(&file).lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        if let (Ok(finished), Ok(own)) = (cells[2].parse::<i64>(), cells[4].trim().parse::<i64>()) {
            let sum = sums.entry(cells[0].to_owned()).or_default();
            *sum = (sum.0 + finished, sum.1 + own);
        }
    }
    let (codes, levels, kinds) = (column("код"), column("уровень"), column("вид"));
    for (row, verdict) in criterion(&judged, "1.2").iter().enumerate() {
        let without = levels[row] == "начальное" || kinds[row] == "коррекционная";
        let few = sums.get(&codes[row]).filter(|_| !without).map(|(finished, own)| own * 100 < finished * 60);
        assert_eq!(verdict.is_met(), few == Some(true), "{}", codes[row]);
        // nobody goes on in a school that ends with the ninth year
        if levels[row] == "основное" && few.is_some() {
            assert!(verdict.is_met(), "{}", codes[row]);
        }
    }
    assert!(met(criterion(&judged, "1.2")).len() > met(criterion(plain(), "1.2")).len());
}

#[test]
fn monotowns_of_the_first_kind() {
    let judged = judge(Some("Моногорода первой категории"));
    others_stay(&judged, &["2.4.1"]);
    let entries = |judged: &merilo::pipeline::Judged| {
        judged.rules.lists[0].entries.iter().map(|entry| entry.value.to_string()).collect::<Vec<_>>()
    };
    // the list as shipped has one entry, which both lists hold: nobody moves until they are completed
    assert_eq!(entries(&judged), ["Пикалёво"]);
    assert_eq!(judged.rules.lists[0].title.as_deref(), Some("Моногорода первой категории"));
    assert_eq!(criterion(&judged, "2.4.1"), criterion(plain(), "2.4.1"));
}
