//! Scenarios: what each shipped one does to the decisions, worked out from the run of the rules as they are; and changes one by
//! one, in any subset.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::Path;
use std::sync::OnceLock;

use merilo::data::dataset::Values;
use merilo::decision::{CutFacts, Facts, Verdict};
use merilo::pipeline::{self, Judged, Variant};
use merilo::progress::Silent;
use merilo::value::{Truth, Value};

#[path = "scenarios/changes.rs"]
mod changes;
#[path = "scenarios/labels.rs"]
mod labels;

const RULES: &str = "rules/leningrad-2018/criteria.merilo";
const OF_LOW_RESULTS: [&str; 6] = ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"];

fn judge(scenario: Option<&str>) -> Judged {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let variant = Variant { scenario: scenario.map(str::to_owned), ..Variant::default() };
    let mut read = pipeline::read_variant(&root.join(RULES).display().to_string(), &variant);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{scenario:?}: {:#?}", read.rules.diagnostics));
    let data = root.join("examples/leningrad-2018/dataset.yaml");
    pipeline::judge(rules, &data, &mut read.sources, &Silent).value.unwrap()
}

/// The rules as they are.
fn plain() -> &'static Judged {
    static PLAIN: OnceLock<Judged> = OnceLock::new();
    PLAIN.get_or_init(|| judge(None))
}

fn criterion<'a>(judged: &'a Judged, number: &str) -> &'a [Verdict] {
    let at = judged.rules.criteria.iter().position(|c| c.number.as_ref() == number).unwrap();
    &judged.run.criteria[at]
}

fn category<'a>(judged: &'a Judged, name: &str) -> &'a [Verdict] {
    let at = judged.rules.categories.iter().position(|c| c.name.as_ref() == name).unwrap();
    &judged.run.categories[at]
}

fn met(verdicts: &[Verdict]) -> Vec<usize> {
    verdicts.iter().enumerate().filter(|(_, v)| v.is_met()).map(|(row, _)| row).collect()
}

fn within(inner: &[usize], outer: &[usize]) -> bool {
    inner.iter().all(|row| outer.contains(row))
}

/// Every criterion but these has the verdicts that it has in the rules as they are.
fn others_stay(judged: &Judged, changed: &[&str]) {
    for (at, rule) in judged.rules.criteria.iter().enumerate() {
        if !changed.contains(&rule.number.as_ref()) {
            assert_eq!(&judged.run.criteria[at][..], criterion(plain(), &rule.number), "{}", rule.number);
        }
    }
}

/// How many of some criteria a school meets, and how many it would meet if all that is open were met.
fn bounds(numbers: &[&str], row: usize) -> (usize, usize) {
    let verdicts = || numbers.iter().map(|number| criterion(plain(), number)[row]);
    let met = verdicts().filter(|v| v.is_met()).count();
    (met, met + verdicts().filter(|v| matches!(v, Verdict::Undetermined(_))).count())
}

/// The schools that the categories judge.
fn judged_rows() -> Vec<usize> {
    let rows = category(plain(), "ШНРО").iter().enumerate();
    rows.filter(|(_, v)| !matches!(v, Verdict::NotJudged)).map(|(row, _)| row).collect()
}

fn cuts(judged: &Judged, number: &str) -> Vec<CutFacts> {
    let all = judged.rules.criteria.iter().map(|c| c.number.as_ref());
    // 1.1, 2.1.1, 2.2.1 and 2.3.1 are the ranks of the rules, in this order
    let ranks: Vec<&str> = all.filter(|n| ["1.1", "2.1.1", "2.2.1", "2.3.1"].contains(n)).collect();
    let at = ranks.iter().position(|n| *n == number).unwrap();
    let found = judged.run.facts.iter().filter_map(|facts| match facts {
        Facts::Cut(cut) => Some(cut.clone()),
        _ => None,
    });
    vec![found.collect::<Vec<_>>()[at].clone()]
}

fn quotas(judged: &Judged, number: &str) -> Vec<usize> {
    cuts(judged, number).iter().flat_map(|cut| cut.cuts.iter().map(|c| c.quota)).collect()
}

/// A column of the schools, as text.
fn column(name: &str) -> Vec<String> {
    let judged = plain();
    let table = judged.rules.subject;
    let at = judged.rules.schema.table(table).unwrap().columns.iter().position(|c| c.name.as_ref() == name).unwrap();
    let column = judged.dataset.column(table, merilo::schema::ColumnId(u32::try_from(at).unwrap())).unwrap();
    (0..judged.run.schools)
        .map(|row| match column.value(row) {
            Value::Number(number) => number.to_integer().map_or_else(String::new, |n| n.to_string()),
            Value::Text(text) => text.to_string(),
            Value::Truth(truth) => (truth == Truth::TRUE).to_string(),
            _ => String::new(),
        })
        .collect()
}

#[test]
fn another_share_moves_only_the_ranks() {
    let (wider, narrower) = (judge(Some("Отбор 30 %")), judge(Some("Отбор 20 %")));
    // 315 schools are ranked in one row: 30 % of them are 94.5, a quarter 78.75, 20 % 63
    for number in ["2.1.1", "2.2.1", "2.3.1"] {
        let of = |judged: &Judged| quotas(judged, number);
        assert_eq!((of(&wider), of(plain()), of(&narrower)), (vec![95], vec![79], vec![63]), "{number}");
    }
    for number in ["1.1", "2.1.1", "2.2.1", "2.3.1"] {
        assert!(within(&met(criterion(&narrower, number)), &met(criterion(plain(), number))), "{number}");
        assert!(within(&met(criterion(plain(), number)), &met(criterion(&wider, number))), "{number}");
    }
    others_stay(&wider, &["1.1", "2.1.1", "2.2.1", "2.3.1"]);
    others_stay(&narrower, &["1.1", "2.1.1", "2.2.1", "2.3.1"]);
}

#[test]
fn another_number_of_indicators_counts_the_same_criteria() {
    for (scenario, least) in [("любой показатель", 1), ("два показателя", 2), ("четыре показателя", 4)]
    {
        let judged = judge(Some(&format!("ШНРО: {scenario}")));
        others_stay(&judged, &[]);
        assert_eq!(category(&judged, "ШНСУ"), category(plain(), "ШНСУ"));
        for row in judged_rows() {
            let (surely, perhaps) = bounds(&OF_LOW_RESULTS, row);
            let verdict = category(&judged, "ШНРО")[row];
            assert_eq!(verdict.is_met(), surely >= least, "{scenario}, {row}");
            assert_eq!(matches!(verdict, Verdict::NotMet), perhaps < least, "{scenario}, {row}");
        }
    }
    let sets = ["ШНРО: четыре показателя", "ШНРО: два показателя", "ШНРО: любой показатель"];
    let sets: Vec<Vec<usize>> = sets.iter().map(|s| met(category(&judge(Some(s)), "ШНРО"))).collect();
    assert!(within(&sets[0], &met(category(plain(), "ШНРО"))) && within(&met(category(plain(), "ШНРО")), &sets[1]));
    assert!(within(&sets[1], &sets[2]));
}

#[test]
fn low_results_and_one_more() {
    let judged = judge(Some("ШНРО: результаты и ещё один"));
    others_stay(&judged, &[]);
    for row in judged_rows() {
        let (surely, _) = bounds(&OF_LOW_RESULTS, row);
        let first = criterion(plain(), "1.1")[row].is_met();
        assert_eq!(category(&judged, "ШНРО")[row].is_met(), first && surely >= 2, "{row}");
    }
}

#[test]
fn two_rows_instead_of_one() {
    let judged = judge(Some("ШНСУ: две строки"));
    others_stay(&judged, &[]);
    let rows: [&[&str]; 4] = [&["2.1.1"], &["2.2.1"], &["2.3.1", "2.3.2", "2.3.3"], &["2.4.1", "2.4.2", "2.4.3"]];
    for row in judged_rows() {
        let count = rows.iter().filter(|criteria| bounds(criteria, row).0 > 0).count();
        assert_eq!(category(plain(), "ШНСУ")[row].is_met(), count >= 1, "{row}");
        assert_eq!(category(&judged, "ШНСУ")[row].is_met(), count >= 2, "{row}");
    }
}

#[test]
fn all_schools_are_ranked_together() {
    let judged = judge(Some("Все школы"));
    // a quarter of all 340 schools
    assert_eq!(quotas(&judged, "2.1.1"), [85]);
    assert!(!category(&judged, "ШНСУ").iter().any(|v| matches!(v, Verdict::NotJudged)));
    let left_out = column("вид").iter().filter(|kind| ["вечерняя", "коррекционная"].contains(&kind.as_str())).count();
    assert_eq!(340 - judged_rows().len(), left_out);
}

#[test]
fn quota_down_and_without_ties() {
    let down = judge(Some("Квота вниз"));
    assert_eq!(quotas(&down, "2.1.1"), [78]);
    // a quarter of 315 is no whole number, so each row is one shorter, as are those of the levels
    let shares = |judged: &Judged| {
        cuts(judged, "1.1")[0].cuts.iter().map(|c| (c.quota_exact.clone(), c.quota)).collect::<Vec<_>>()
    };
    for ((exact, quota), (same, before)) in shares(&down).into_iter().zip(shares(plain())) {
        assert_eq!(exact, same);
        assert_eq!(quota, if exact.to_integer().is_some() { before } else { before - 1 });
    }
    let without = judge(Some("Равных не брать"));
    for number in ["1.1", "2.1.1", "2.2.1", "2.3.1"] {
        for (with, without) in cuts(plain(), number)[0].cuts.iter().zip(&cuts(&without, number)[0].cuts) {
            // where the row of equals goes over the quota, none of them is taken
            let over = with.selected > with.quota;
            assert_eq!(without.selected, if over { with.before_cut } else { with.selected }, "{number}");
        }
    }
    assert_eq!(met(criterion(plain(), "2.3.1")).len(), 87);
    assert_eq!(met(criterion(&without, "2.3.1")).len(), 78);
    // built on the first, with the words of the second
    let both = judge(Some("Квота вниз, равных не брать"));
    for number in ["1.1", "2.1.1", "2.2.1", "2.3.1"] {
        let rows = met(criterion(&both, number));
        assert!(within(&rows, &met(criterion(&down, number))) && within(&rows, &met(criterion(&without, number))));
        assert_eq!(quotas(&both, number), quotas(&down, number));
    }
    let scenario = both.rules.scenario.as_ref().unwrap();
    let changes: Vec<&str> = scenario.changes.iter().map(|c| c.russian.as_ref()).collect();
    assert_eq!(changes, ["округление квоты вниз", "равные на границе исключить"]);
}

#[test]
fn a_criterion_without_data_is_not_met() {
    let judged = judge(Some("Пропуск – не выполнен"));
    for (at, rule) in judged.rules.criteria.iter().enumerate() {
        for (row, verdict) in judged.run.criteria[at].iter().enumerate() {
            let expected = match criterion(plain(), &rule.number)[row] {
                Verdict::Undetermined(_) => Verdict::NotMet,
                other => other,
            };
            assert_eq!(*verdict, expected, "{} {row}", rule.number);
        }
    }
    assert!(!category(&judged, "ШНРО").iter().any(|v| matches!(v, Verdict::Undetermined(_))));
}

#[test]
fn exams_on_another_scale_fill_the_same_quotas() {
    for scenario in ["процент от наибольшего балла", "доля места"] {
        let judged = judge(Some(&format!("Экзамены: {scenario}")));
        assert_eq!(quotas(&judged, "1.1"), quotas(plain(), "1.1"), "{scenario}");
        others_stay(&judged, &["1.1"]);
        // the results of another scale: all above nought, where deviations go below it
        for (cut, before) in cuts(&judged, "1.1")[0].cuts.iter().zip(&cuts(plain(), "1.1")[0].cuts) {
            let nought = merilo::number::Number::from_integer(0);
            let (now, then) = (cut.cut_off.clone().unwrap(), before.cut_off.clone().unwrap());
            assert!(then < nought && nought < now && now < merilo::number::Number::one(), "{scenario}");
        }
    }
}

#[test]
fn exams_within_a_district_have_a_quota_in_each() {
    let judged = judge(Some("Экзамены: внутри района"));
    others_stay(&judged, &["1.1"]);
    let cut = &cuts(&judged, "1.1")[0];
    // 17 districts and the town of Sosnovy Bor; a quarter of the ranked schools of each, rounded up
    assert_eq!(cut.cuts.len(), 18);
    let ranked: usize = cut.cuts.iter().map(|c| c.ranked + c.without_value).sum();
    assert_eq!(ranked, judged_rows().len());
    assert!(cut.cuts.iter().all(|c| c.quota == c.quota_base.div_ceil(4)));
}

#[test]
fn exams_of_each_year_are_in_the_lowest_quarter() {
    let judged = judge(Some("Экзамены: каждый из трёх лет"));
    others_stay(&judged, &["1.1"]);
    let count = met(criterion(&judged, "1.1")).len();
    // three times in the lowest quarter is rarer than once over three years
    assert!(count > 0 && count < met(criterion(plain(), "1.1")).len(), "{count}");
    let supporting = judged.rules.scenario.as_ref().unwrap().changes.iter().filter(|c| c.supports).count();
    assert_eq!(supporting, 12);
}

#[test]
fn a_difference_to_both_sides_adds_schools() {
    let judged = judge(Some("Расхождение ЕГЭ в обе стороны"));
    others_stay(&judged, &["1.3"]);
    assert!(within(&met(criterion(plain(), "1.3")), &met(criterion(&judged, "1.3"))));
    assert_eq!((met(criterion(plain(), "1.3")).len(), met(criterion(&judged, "1.3")).len()), (1, 2));
}

#[test]
fn olympiads_in_small_schools() {
    let written = judge(Some("Олимпиады: как написано"));
    let not_applicable = judge(Some("Олимпиады: малые школы не оцениваются"));
    others_stay(&written, &["1.4"]);
    others_stay(&not_applicable, &["1.4"]);
    let pupils: Vec<i64> = column("учащиеся").iter().map(|n| n.parse().unwrap_or(0)).collect();
    for (row, pupils) in pupils.into_iter().enumerate() {
        let of = |judged: &Judged| criterion(judged, "1.4")[row];
        if pupils >= 200 {
            // 0.5 % of them are one pupil or more: all three say the same
            assert_eq!((of(&written), of(&not_applicable)), (of(plain()), of(plain())), "{row}");
        } else if pupils > 0 {
            assert_eq!(of(&not_applicable), Verdict::NotApplicable, "{row}");
            // nobody in three years is 0 %
            assert!(!of(plain()).is_met() || of(&written).is_met(), "{row}");
        }
    }
}

#[test]
fn subjects_are_fewer_than_monitorings() {
    let judged = judge(Some("Мониторинги: разные предметы"));
    others_stay(&judged, &["1.6"]);
    assert!(within(&met(criterion(&judged, "1.6")), &met(criterion(plain(), "1.6"))));
}

#[test]
fn the_staff_index_without_one_component() {
    let judged = judge(Some("Кадры: без полутора ставок"));
    others_stay(&judged, &["2.2.1"]);
    assert_eq!(quotas(&judged, "2.2.1"), quotas(plain(), "2.2.1"));
    assert_ne!(criterion(&judged, "2.2.1"), criterion(plain(), "2.2.1"));
    let index = judged.rules.indices.iter().find(|i| i.name.as_ref() == "кадры").unwrap();
    assert_eq!(index.parts.len(), 3);
}

#[test]
fn the_literal_reading_repeats_the_staff_row() {
    let judged = judge(Some("Ресурсы: как написано"));
    others_stay(&judged, &["2.3.1"]);
    assert_eq!(criterion(&judged, "2.3.1"), criterion(plain(), "2.2.1"));
}

#[test]
fn the_construction_plan_alone() {
    let judged = judge(Some("Строительство: только план"));
    others_stay(&judged, &["2.3.3"]);
    let planned: Vec<usize> =
        column("план_строительства").iter().enumerate().filter(|(_, v)| *v == "true").map(|(row, _)| row).collect();
    assert_eq!(met(criterion(&judged, "2.3.3")), planned);
    assert!(within(&met(criterion(plain(), "2.3.3")), &planned));
}

/// The settlements of the example, in the order of their file: older people, all people, jobless and able to work.
fn settlements() -> Vec<[i64; 4]> {
    let bytes = std::fs::read("examples/leningrad-2018/данные/поселения.csv").unwrap();
    let text = encoding_rs::WINDOWS_1251.decode(&bytes).0.into_owned();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split(';').map(|h| h.trim_matches('"')).collect();
    let at = |name: &str| head.iter().position(|h| h.starts_with(name)).unwrap_or_else(|| panic!("{name}: {head:?}"));
    let columns = [at("Предпенсионного"), at("Жителей"), at("Безработных"), at("Трудоспособных")];
    let digits = |cell: &str| cell.chars().filter(char::is_ascii_digit).collect::<String>();
    let cells = |line: &str| line.split(';').map(digits).collect::<Vec<_>>();
    lines.map(cells).map(|cells| columns.map(|at| cells[at].parse().unwrap())).collect()
}

/// The settlements whose share is not below the upper quartile: the smallest share such that three quarters of the settlements
/// lie not above it.
fn upper_quarter(part: usize, whole: usize) -> Vec<usize> {
    let all = settlements();
    let mut shares: Vec<(i64, i64)> = all.iter().map(|v| (v[part], v[whole])).collect();
    shares.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
    let (over, under) = shares[(3 * shares.len()).div_ceil(4) - 1];
    let upper = all.iter().enumerate().filter(|(_, v)| v[part] * under >= over * v[whole]);
    upper.map(|(row, _)| row).collect()
}

/// The settlement of each school, by its row.
fn home() -> Vec<usize> {
    let judged = plain();
    let schema = judged.rules.schema.table(judged.rules.subject).unwrap();
    let at = schema.columns.iter().position(|c| c.name.as_ref() == "поселение").unwrap();
    let at = merilo::schema::ColumnId(u32::try_from(at).unwrap());
    match &judged.dataset.column(judged.rules.subject, at).unwrap().values {
        Values::Links { rows, .. } => rows.iter().map(|row| usize::try_from(*row).unwrap()).collect(),
        _ => panic!("no link"),
    }
}

#[test]
fn upper_quarters_of_the_settlements() {
    for (scenario, number, part, whole) in
        [("Старшее население: верхняя четверть", "2.4.2", 0, 1), ("Безработица: верхняя четверть", "2.4.3", 2, 3)]
    {
        let judged = judge(Some(scenario));
        others_stay(&judged, &[number]);
        let upper = upper_quarter(part, whole);
        let home = home();
        let expected: Vec<usize> = (0..judged.run.schools).filter(|row| upper.contains(&home[*row])).collect();
        assert_eq!(met(criterion(&judged, number)), expected, "{scenario}");
    }
}

#[test]
fn unemployment_twice_the_mean() {
    let judged = judge(Some("Безработица: вдвое"));
    others_stay(&judged, &["2.4.3"]);
    let all = settlements();
    let (jobless, able): (i64, i64) = all.iter().fold((0, 0), |(j, a), v| (j + v[2], a + v[3]));
    let home = home();
    for (row, verdict) in criterion(&judged, "2.4.3").iter().enumerate() {
        let own = all[home[row]];
        assert_eq!(verdict.is_met(), own[2] * able >= 2 * jobless * own[3], "{row}");
    }
}

/// Every scenario that is shipped is looked at above.
#[test]
fn no_shipped_scenario_is_left_out() {
    let own = [file!(), "tests/scenarios/labels.rs"].map(|file| std::fs::read_to_string(file).unwrap()).concat();
    let read = pipeline::check_rules(RULES, &Variant::default());
    assert!(read.scenarios.len() >= 31, "{:?}", read.scenarios);
    for title in read.scenarios {
        let tail = title.split(": ").last().unwrap();
        assert!(own.contains(&format!("{tail}\"")), "{title}");
    }
}
