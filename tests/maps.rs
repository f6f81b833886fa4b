//! The maps of two numbers agree with evaluating the rules for pairs of values: on rules and data by chance, on regions worked out by
//! hand, and on the shipped rules.
//!
//! `MERILO_CASES=1000` tries that many rules instead of the usual few; `MERILO_SEED` starts elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "recheck/cases.rs"]
#[allow(dead_code)] // shared with the second reading of the rules
mod cases;
#[path = "../examples/leningrad-2018/generate/chance.rs"]
#[allow(dead_code)]
mod chance;
#[path = "recheck/covered.rs"]
#[allow(dead_code)]
mod covered;
#[path = "recheck/data.rs"]
mod data;
#[path = "recheck/words.rs"]
#[allow(dead_code)]
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use cases::Folder;
use chance::Chance;
use merilo::data::dataset::Dataset;
use merilo::decision::Run;
use merilo::diagnostic::{Diagnostic, plane as kinds};
use merilo::language::Language;
use merilo::location::Place;
use merilo::model::expr::ExprKind;
use merilo::model::{CategoryId, CriterionId, ParameterId, RuleSet};
use merilo::number::Number;
use merilo::pipeline::{self, Asked, Variant};
use merilo::plan::Plan;
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::Sources;
use merilo::threshold::plane::{self, List, Map, Pair, Refusal, Window};
use merilo::threshold::{self, Domain, Item, Mark, Named, Subject};
use merilo::value::Type;
use merilo::{evaluate, plan};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn set(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Values of each number that are tried of one map.
const MOST_VALUES: usize = 6;
/// Pairs of numbers tried of one rule set.
const PAIRS: usize = 4;

fn ratio(numerator: i64, denominator: i64) -> Number {
    Number::ratio(numerator.into(), denominator.into()).unwrap()
}

fn middle(a: &Number, b: &Number) -> Number {
    a.add(b).divide(&ratio(2, 1)).unwrap()
}

/// Values on the borders, between each two neighbours and beyond, at most so many of them.
fn values(marks: &[Mark], domain: &Domain, count: usize, chance: &mut Chance) -> BTreeSet<Number> {
    let mut borders: BTreeSet<Number> = marks.iter().map(|mark| mark.value.clone()).collect();
    borders.extend(domain.low.iter().chain(&domain.high).cloned());
    let sorted: Vec<Number> = borders.iter().cloned().collect();
    let mut all = sorted.clone();
    all.extend(sorted.windows(2).map(|pair| middle(&pair[0], &pair[1])));
    all.extend([ratio(-1000, 1), ratio(100_000, 1), ratio(2, 3), ratio(1, 1), ratio(3, 1)]);
    let fit: Vec<Number> = all.into_iter().filter(|value| domain.contains(value)).collect();
    (0..count).filter_map(|_| chance.pick(&fit).cloned()).collect()
}

#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    single: usize,
    together: usize,
    entangled: usize,
    ends: usize,
    free: usize,
    one_sided: usize,
    both: usize,
    /// Breakpoints of one number that are not the same for all values of the other.
    bent: usize,
    points: usize,
    cells: usize,
    decided: usize,
}

fn with(rules: &RuleSet, subjects: &[Subject; 2], values: [&Number; 2]) -> RuleSet {
    let mut changed = rules.clone();
    for (subject, value) in subjects.iter().zip(values) {
        changed.exprs[subject.expr.index()].kind = ExprKind::Number(value.clone());
    }
    changed
}

fn whole_run(rules: &RuleSet, dataset: &Dataset) -> (Plan, Run) {
    let plan = plan::plan(rules);
    let run = evaluate::evaluate(rules, &plan, dataset, &Silent).value.unwrap();
    (plan, run)
}

fn shown(list: &List) -> (Vec<usize>, Vec<usize>) {
    (list.listed().collect(), list.undetermined().collect())
}

fn parts_rightly(map: &Map) {
    assert!(map.marks.iter().all(|marks| marks.windows(2).all(|pair| pair[0] < pair[1])));
    // what the same list is in is the whole of it, and rectangles do not overlap
    let mut covered = BTreeMap::new();
    for (at, _) in map.lists.iter().enumerate() {
        for found in map.rectangles(|list, _| list == at) {
            for row in found.rows.0..=found.rows.1 {
                for column in found.columns.0..=found.columns.1 {
                    assert_eq!(map.list(column, row), at);
                    assert_eq!(covered.insert((column, row), at), None);
                }
            }
        }
    }
    assert_eq!(covered.len(), map.columns() * map.rows());
    // neighbours that are equal all along are one
    for column in 1..map.columns() {
        assert!((0..map.rows()).any(|row| map.list(column, row) != map.list(column - 1, row)));
    }
    for row in 1..map.rows() {
        assert!((0..map.columns()).any(|column| map.list(column, row) != map.list(column, row - 1)));
    }
}

fn try_pair(
    seed: u64,
    rules: &RuleSet,
    subjects: [Subject; 2],
    dataset: &Dataset,
    chance: &mut Chance,
    tally: &mut Tally,
) {
    tally.pairs += 1;
    let [first, second] = subjects.clone();
    let pair = Pair::new(rules, first, second).unwrap();
    let run = evaluate::evaluate(rules, &pair.plan, dataset, &Silent).value.unwrap();
    let categories = (0..rules.categories.len()).map(|at| Item::Category(CategoryId::from_index(at)));
    let criteria = (0..rules.criteria.len()).map(|at| Item::Criterion(CriterionId::from_index(at)));
    let mut known: BTreeMap<(Number, Number), (RuleSet, Plan, Run)> = BTreeMap::new();
    for item in categories.chain(criteria) {
        let window = Window { items: vec![item], ..Window::default() };
        let plane = match plane::plane(rules, dataset, &pair, &run, &window, &|_, _| {}) {
            Ok(plane) => plane,
            Err(refusal) => {
                match refusal {
                    Refusal::Single(_, threshold::Refusal::Beyond(_) | threshold::Refusal::Empty) => tally.single += 1,
                    Refusal::Together(_) => tally.together += 1,
                    Refusal::Entangled(..) => tally.entangled += 1,
                    Refusal::Ends(_) => tally.ends += 1,
                    refusal => panic!("{seed} {refusal:?}"),
                }
                continue;
            }
        };
        let map = &plane.maps[0];
        parts_rightly(map);
        match (map.columns(), map.rows()) {
            (1, 1) => tally.free += 1,
            (1, _) | (_, 1) => tally.one_sided += 1,
            _ => tally.both += 1,
        }
        let moves = |row: usize| -> Vec<usize> {
            (1..map.columns()).filter(|column| map.list(*column, row) != map.list(column - 1, row)).collect()
        };
        tally.bent += usize::from((1..map.rows()).any(|row| moves(row) != moves(0)));
        tally.cells += map.columns() * map.rows();
        let [across, up] = &map.marks;
        // what depends on neither number is tried less
        let count = if map.columns() * map.rows() == 1 { 2 } else { MOST_VALUES };
        let ones = values(across, &plane.domains[0], count, chance);
        let others = values(up, &plane.domains[1], count, chance);
        for (one, other) in ones.iter().flat_map(|one| others.iter().map(move |other| (one, other))) {
            let (changed, plan, run) = known.entry((one.clone(), other.clone())).or_insert_with(|| {
                let changed = with(rules, &subjects, [one, other]);
                let (plan, run) = whole_run(&changed, dataset);
                (changed, plan, run)
            });
            let expected = plane::list_of(changed, plan, dataset, run, item);
            let (column, row) = map.cell_at(&[one.clone(), other.clone()]);
            let found = &map.lists[map.list(column, row)];
            assert_eq!(
                shown(found),
                shown(&expected),
                "seed {seed}, {item:?}, {subjects:?} at {one:?} {other:?}, {:?}",
                map.marks
            );
            if let Item::Category(id) = item {
                tally.decided += run
                    .registrations
                    .iter()
                    .filter(|decision| {
                        decision.category == id && decision.includes != run.category(id, decision.row).unwrap().is_met()
                    })
                    .count();
            }
            tally.points += 1;
        }
    }
}

/// Every number of the rules that stands for itself.
fn subjects(rules: &RuleSet) -> Vec<Subject> {
    let number = |(at, expr): (usize, &merilo::model::expr::Expr)| match (&expr.kind, &expr.ty) {
        (ExprKind::Number(value), Type::Number(unit)) => Some(Subject {
            named: Named::Parameter(ParameterId(0)),
            expr: merilo::model::expr::ExprId::from_index(at),
            unit: unit.clone(),
            present: value.clone(),
            allowed: None,
        }),
        _ => None,
    };
    let all = rules.exprs.iter().enumerate().filter_map(number);
    all.filter(|subject| threshold::folded(rules, subject.expr).is_none()).collect()
}

/// Whether any list depends on a number.
fn moves(rules: &RuleSet, subject: &Subject, dataset: &Dataset) -> bool {
    let prepared = threshold::prepare(rules, subject.clone());
    let run = evaluate::evaluate(rules, &prepared.plan, dataset, &Silent).value.unwrap();
    let basis = threshold::Basis { rules, plan: &prepared.plan, data: dataset, run: &run };
    (0..rules.categories.len()).any(|at| {
        let items = vec![Item::Category(CategoryId::from_index(at))];
        let question = threshold::Question { items, ..threshold::Question::default() };
        let profile = threshold::profile(&basis, &prepared, &question);
        profile.is_ok_and(|profile| !profile.curves[0].breakpoints.is_empty())
    })
}

#[test]
fn every_cell_is_what_the_rules_come_to_for_its_pairs_of_values() {
    let (first, wanted) = (set("MERILO_SEED", 1), set("MERILO_CASES", 30));
    let folder = Folder::new();
    let mut tally = Tally::default();
    let mut tried = 0;
    for seed in first.. {
        if tried == wanted {
            break;
        }
        let Ok(mut rules) = cases::rules(&words::blocks(seed)) else { continue };
        tried += 1;
        let dataset = folder.load(&rules, &plan::plan(&rules), &data::tables(cases::data_seed(seed, 0)));
        cases::keep_decidable(&mut rules, &dataset);
        let all: Vec<Subject> =
            subjects(&rules).into_iter().filter(|subject| moves(&rules, subject, &dataset)).collect();
        let mut chance = Chance::new(seed ^ 0xB0C5);
        for _ in 0..PAIRS {
            let (Some(one), Some(other)) = (chance.pick(&all).cloned(), chance.pick(&all).cloned()) else { continue };
            if one.expr != other.expr {
                try_pair(seed, &rules, [one, other], &dataset, &mut chance, &mut tally);
            }
        }
    }
    eprintln!("{tally:?}");
    assert!(tally.one_sided > 50 && tally.both > 15 && tally.points > 2_000 && tally.decided > 30, "{tally:?}");
}

/// Small rules with data, and the map of two of their numbers.
fn small(rules: &str, data: &str, names: [&str; 2]) -> Result<(plane::Plane, RuleSet), String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("школы.csv"), data).unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), "таблицы:\n  школы:\n    файл: школы.csv\n").unwrap();
    let path = folder.path().join("rules.merilo");
    std::fs::write(&path, rules).unwrap();
    let asked = names.map(|name| Asked { name: name.to_owned(), ..Asked::default() });
    let manifest = folder.path().join("dataset.yaml");
    let (sources, outcome) =
        pipeline::planes(&path.display().to_string(), &Variant::default(), &asked, &manifest, &Silent);
    match outcome.value {
        Some(found) => Ok((found.plane, found.judged.rules)),
        None => {
            let problems = errors(outcome.diagnostics);
            let said = Language::ALL.map(|language| render(&problems, &sources, language, false)).concat();
            Err(said.replace(&format!("{}/", folder.path().display()), ""))
        }
    }
}

fn errors(all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    all.into_iter().filter(Diagnostic::is_error).collect()
}

const HEAD: &str = "набор правил «Проба»
  отчётный год 2018
  оцениваются школы

таблица школы
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец ученики число человек
  столбец вид текст

параметр мало = 30 баллов
параметр людей = 100 человек
параметр доля = 50 %
параметр доля_второго = 50 %
параметр верх = 60 баллов
параметр множитель = 1
";

const SCHOOLS: &str = "код;балл;ученики;вид\n1;10;50;а\n2;20;150;а\n3;40;90;б\n4;50;200;б\n";

/// The four corners of two thresholds: worked out by hand.
#[test]
fn two_thresholds_cut_the_plane_into_a_grid() {
    let rules = format!(
        "{HEAD}
категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл менее мало и ученики более людей
"
    );
    let (plane, _) = small(&rules, SCHOOLS, ["мало", "людей"]).unwrap();
    let map = &plane.maps[0];
    let marks = |axis: usize| map.marks[axis].iter().map(|m| (m.value.clone(), m.side)).collect::<Vec<_>>();
    // `балл менее t` becomes true above the score; `ученики более t` becomes false from the number of pupils on
    use merilo::threshold::Side::{After, At};
    let scores = [10, 20, 40, 50].map(|n| (ratio(n, 1), After));
    let pupils = [50, 90, 150, 200].map(|n| (ratio(n, 1), At));
    assert_eq!(marks(0), scores);
    assert_eq!(marks(1), pupils);
    let counts: Vec<Vec<usize>> =
        (0..map.rows()).map(|row| (0..map.columns()).map(|column| map.counts(column, row).0).collect()).collect();
    assert_eq!(counts, [[0, 1, 2, 3, 4], [0, 0, 1, 2, 3], [0, 0, 1, 1, 2], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0]]);
    // exactly three schools: two rectangles
    let three = map.with_count(3);
    assert_eq!(three.len(), 2);
    assert_eq!((three[0].columns, three[0].rows), ((3, 3), (0, 0)));
    assert_eq!((three[1].columns, three[1].rows), ((4, 4), (1, 1)));
    assert_eq!(map.counts_beside(5), (Some(4), None));
    // school 4 (row 3) is listed for more than 50 points and fewer than 200 pupils
    let fourth = map.rectangles(|_, list| list.lists(3));
    assert_eq!(fourth, [plane::Rectangle { columns: (4, 4), rows: (0, 3) }]);
    assert_eq!(map.cell_at(&plane.present), (2, 2));
    assert_eq!(map.counts(2, 2), (1, 0));
}

/// The share of a selection among those whom the other number lets in: the breakpoints of the share depend on it.
#[test]
fn breakpoints_that_the_other_number_moves_are_found_strip_by_strip() {
    let rules = format!(
        "{HEAD}
совокупность большие = школы, где ученики более людей

категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл в числе самых низких среди большие, квота доля
    округление квоты вниз
    равные на границе включить
"
    );
    for (names, turned) in [(["доля", "людей"], false), (["людей", "доля"], true)] {
        let (plane, _) = small(&rules, SCHOOLS, names).unwrap();
        let map = &plane.maps[0];
        let count = |share: (i64, i64), people: i64| {
            let pair = [ratio(share.0, share.1), ratio(people, 1)];
            let pair = if turned { [pair[1].clone(), pair[0].clone()] } else { pair };
            let (column, row) = map.cell_at(&pair);
            map.counts(column, row).0
        };
        // four schools have more than 0 pupils: a quarter of them is one, just below a quarter none
        assert_eq!([count((1, 4), 0), count((249, 1000), 0), count((1, 2), 0), count((1, 1), 0)], [1, 0, 2, 4]);
        // more than 50: three schools, a third is one
        assert_eq!([count((1, 3), 50), count((333, 1000), 50), count((2, 3), 60), count((1, 1), 89)], [1, 0, 2, 3]);
        // more than 90: two schools
        assert_eq!([count((1, 2), 90), count((499, 1000), 90), count((1, 1), 149)], [1, 0, 2]);
        assert_eq!([count((1, 1), 150), count((99, 100), 150), count((1, 1), 200)], [1, 0, 0]);
    }
}

/// Both ends of one range: whoever has a score within it, and nobody where the lower end is above the upper one.
#[test]
fn both_ends_of_one_range_make_a_map() {
    let rules = format!(
        "{HEAD}
категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл от мало до верх
"
    );
    for names in [["мало", "верх"], ["верх", "мало"], ["1", "верх"]] {
        let rules =
            if names[0] == "1" { rules.replace("от мало", "от 30 баллов") } else { rules.clone() };
        let (plane, _) = small(&rules, SCHOOLS, names).unwrap();
        assert!(plane.crossing);
        let map = &plane.maps[plane.maps.len() - 1];
        let turned = names[0] == "верх";
        for low in 0..=60 {
            for high in 0..=60 {
                let pair = if turned { [high, low] } else { [low, high] }.map(|n| ratio(n, 1));
                let (column, row) = map.cell_at(&pair);
                let within = [10, 20, 40, 50].iter().filter(|score| (low..=high).contains(*score)).count();
                assert_eq!(map.counts(column, row), (within, 0), "{names:?} {low} {high}");
            }
        }
    }
}

/// Ranges of all kinds, by chance, on data with absent values: ends that are factors, shares, one end in two ranges, ranges that are
/// turned round, counts of rows within a range.
#[test]
fn maps_of_ranges_are_what_the_rules_come_to() {
    let (first, wanted) = (set("MERILO_SEED", 1), set("MERILO_CASES", 60));
    let folder = Folder::new();
    let mut tally = Tally::default();
    const CONDITIONS: [&str; 8] = [
        "балл от низ до верх",
        "балл не от низ до верх",
        "балл от низ до верх и ученики более 10 человек",
        "балл от низ / 2 до верх или балл не от низ до верх + 5 баллов",
        "балл от низ до 50 баллов или балл от 20 баллов до верх",
        "среднее(итоги.оценка) от низ до верх",
        "количество(итоги, где оценка от низ до верх) не менее 1",
        "балл в числе самых низких среди тех, квота 50 %",
    ];
    let mut chance = Chance::new(first ^ 0xE4D5);
    let mut crossing = 0;
    for seed in first..first + wanted {
        let condition = *chance.pick(&CONDITIONS).unwrap();
        let mut block = "параметр низ = 30 баллов
параметр верх = 45,5 баллов
совокупность тех = школы, где балл от низ до верх
категория К
  относится, если выполнен любой критерий
  критерий 1
    если "
            .to_owned();
        block += condition;
        block += "\n";
        if condition.contains("квота") {
            block += "    округление квоты вниз\n    равные на границе включить\n";
        }
        let rules = cases::rules(&[block.clone()]).unwrap_or_else(|problems| panic!("{block} {problems:?}"));
        let dataset = folder.load(&rules, &plan::plan(&rules), &data::tables(cases::data_seed(seed, 0)));
        let named = |name: &str| threshold::find(&rules, name).unwrap();
        let pair = if seed % 2 == 0 { ["низ", "верх"] } else { ["верх", "низ"] };
        let before = tally.both;
        try_pair(seed, &rules, pair.map(named), &dataset, &mut chance, &mut tally);
        crossing += usize::from(tally.both > before);
    }
    eprintln!("{tally:?}, {crossing} maps of both");
    assert_eq!((tally.ends, tally.single, tally.together, tally.entangled), (0, 0, 0, 0), "{tally:?}");
    assert!(crossing > 20 && tally.points > 1_000, "{tally:?} {crossing}");
}

/// What both numbers meet in, and what each moves of the other, is refused with its place.
#[test]
fn what_is_not_made_of_rectangles_is_refused() {
    let mut said = String::new();
    for (rule, names) in [
        ("если балл * множитель не менее мало", ["множитель", "мало"]),
        ("если балл менее мало", ["мало", "мало"]),
        (
            "если балл в числе самых низких среди первые, квота доля и балл в числе самых высоких среди вторые, квота доля_второго",
            ["доля", "доля_второго"],
        ),
    ] {
        let rules = format!(
            "{HEAD}
категория к
  относится, если выполнен любой критерий
  критерий 1
    {rule}
    округление квоты вниз
    равные на границе включить
совокупность первые = школы, где ученики в числе самых низких среди школы, квота доля_второго
совокупность вторые = школы, где ученики в числе самых высоких среди школы, квота доля
"
        );
        let rules = if rule.contains("квота") {
            rules
        } else {
            rules.replace("    округление квоты вниз\n    равные на границе включить\n", "")
        };
        said += &small(&rules, SCHOOLS, names).map(|_| String::new()).unwrap_err();
    }
    for kind in [kinds::ENDS, kinds::CELLS, kinds::EVALUATIONS] {
        let problem = Diagnostic::new(kind, Place::Nowhere).text("name", "доля").text("other", "мало");
        let problem = [problem.count("count", 54_321).count("most", 20_000)];
        for language in Language::ALL {
            said += &render(&problem, &Sources::default(), language, false);
        }
    }
    insta::assert_snapshot!("refused", said);
}

#[test]
fn a_map_of_a_range_says_where_nothing_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let rules = format!(
        "{HEAD}
категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл от мало до верх
"
    );
    for (name, text) in [
        ("rules.merilo", rules.as_str()),
        ("школы.csv", SCHOOLS),
        ("dataset.yaml", "таблицы:\n  школы:\n    файл: школы.csv\n"),
    ] {
        std::fs::write(at(name), text).unwrap();
    }
    let (rules, data) = (at("rules.merilo"), at("dataset.yaml"));
    for language in ["ru", "en"] {
        let words =
            ["threshold", &rules, "--data", &data, "--parameter", "мало", "--and", "верх", "-q", "--lang", language];
        insta::assert_snapshot!(format!("range_{language}"), program(&words));
    }
    let words = ["threshold", &rules, "--data", &data, "--parameter", "мало", "--and", "верх", "--format", "json"];
    assert!(program(&words).contains("\"ends_of_one_range\": true"));
}

#[test]
fn decisions_of_people_are_taken_in() {
    let rules = format!(
        "{HEAD}
категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл менее мало и ученики более людей

решение включить \"1\" в к
  документ «Распоряжение» от 01.02.2018
  автор «Комитет»
  причина «Решено»
  действует по 31.12.2018
"
    );
    let (plane, _) = small(&rules, SCHOOLS, ["мало", "людей"]).unwrap();
    let map = &plane.maps[0];
    assert!(map.rectangles(|_, list| !list.lists(0)).is_empty());
    assert_eq!(map.counts(0, 0), (1, 0));
}

fn program(words: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().current_dir(root()).args(words).output().unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat()
}

const LENINGRAD: [&str; 4] =
    ["threshold", "rules/leningrad-2018/criteria.merilo", "--data", "examples/leningrad-2018/dataset.yaml"];

#[test]
fn reports_read_in_both_languages() {
    let asked = [
        "--parameter",
        "доля_отбора",
        "--and",
        "сколько_показателей",
        "--category",
        "ШНРО",
        "--from",
        "20",
        "--to",
        "30",
        "--count",
        "45",
        "--school",
        "470637",
    ];
    for language in ["ru", "en"] {
        let words = [&LENINGRAD[..], &asked, &["--lang", language]].concat();
        insta::assert_snapshot!(format!("map_{language}"), program(&words));
        for format in ["html", "json", "md"] {
            let shown = program(&[&words[..], &["--format", format]].concat());
            let shown = match shown.split_once("<main>") {
                Some((_, body)) => body.split("</main>").next().unwrap().replace("><", ">\n<"),
                None => shown,
            };
            insta::assert_snapshot!(format!("map_{format}_{language}"), shown);
        }
    }
}
