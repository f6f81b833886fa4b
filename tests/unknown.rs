//! What the cells without a value decide: worked out by hand on a small region, and held against the files filled in on the
//! shipped examples.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::{Path, PathBuf};

use merilo::decision::Verdict::{self, Met, NotMet};
use merilo::explain::explanation::Explanation;
use merilo::explain::unknown::{Found, UnknownCell};
use merilo::explain::{Unknowns, explain, unknowns};
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::model::{CategoryId, CriterionId};
use merilo::number::Number;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::report::explanation::Teller;
use merilo::report::json;
use merilo::report::text::{Layout, render};
use merilo::source::Sources;
use merilo::value::{Reasons, Value};

const OPEN: Verdict = Verdict::Undetermined(Reasons::NONE);

fn judge(rules: &Path, data: &Path) -> (Judged, Sources) {
    let mut read = pipeline::read_rules(&rules.display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, data, &mut read.sources, &Silent);
    (judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics)), read.sources)
}

fn told(judged: &Judged, school: usize) -> Explanation {
    let Judged { rules, plan, dataset, run, .. } = judged;
    let mut explanation = explain(rules, plan, dataset, run, school);
    explanation.unknowns = Some(unknowns(rules, plan, dataset, run, &explanation));
    explanation
}

fn row(judged: &Judged, code: &str) -> usize {
    let code_of = |row| judged.dataset.code(&judged.rules.schema, judged.rules.subject, row);
    (0..judged.run.schools).find(|row| code_of(*row) == code).unwrap()
}

fn criterion(judged: &Judged, number: &str) -> CriterionId {
    CriterionId(judged.rules.criteria.iter().position(|c| &*c.number == number).unwrap().try_into().unwrap())
}

fn category(judged: &Judged, name: &str) -> CategoryId {
    CategoryId(judged.rules.categories.iter().position(|c| &*c.name == name).unwrap().try_into().unwrap())
}

/// The ranges of a cell as whole numbers in hundredths.
fn ranges(of: Vec<(Value, Value, Verdict)>) -> Vec<(i64, i64, Verdict)> {
    let hundredths = |value: &Value| match value {
        Value::Number(number) => number.multiply(&Number::from_integer(100)).to_integer().unwrap(),
        Value::Truth(truth) => i64::from(truth.is_true()),
        other => panic!("{other:?}"),
    };
    of.iter().map(|(from, to, verdict)| (hundredths(from), hundredths(to), *verdict)).collect()
}

fn at_line<'a>(unknowns: &'a Unknowns, file: &str, line: u64, title: &str) -> &'a UnknownCell {
    let here = |cell: &&UnknownCell| {
        let place = cell.cell.cell.as_ref().unwrap();
        place.file.contains(file) && place.row == line && (&*cell.cell.title == title || &*place.header == title)
    };
    let all: Vec<String> = unknowns.cells.iter().map(|cell| format!("{:?}", cell.cell.cell)).collect();
    unknowns.cells.iter().find(here).unwrap_or_else(|| panic!("{all:#?}"))
}

const RULES: &str = r#"
набор правил «Пропуски»
  версия "1"
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить

таблица школы «Школы»
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец доля число %
  столбец ремонт да/нет
  столбец мест число человек
  столбец учеников число человек
  столбец вид текст

таблица олимпиады «Олимпиады»
  столбец школа ссылка на школы
  столбец год год
  столбец участники число человек

показатель участников «Участники» = сумма(олимпиады.участники)
показатель тесно «Учеников на место» = учеников / мест

категория сумма «Сумма»
  относится, если выполнен любой критерий
  критерий 1 «Участников не более 7»
    если участников не более 7 человек

категория правило «Правило о пропусках»
  относится, если выполнен любой критерий
  критерий 2 «Менее 60 %»
    если доля менее 60 %
    при отсутствии данных считать невыполненным

категория всегда «Всегда»
  относится, если выполнен любой критерий
  критерий 3 «Не ниже 50»
    если балл не менее 50 баллов
  критерий 4 «Ниже 50»
    если балл менее 50 баллов

категория отбор «Отбор»
  относится, если выполнены все критерии
  критерий 5 «Самые низкие»
    если балл в числе самых низких среди школы, квота 40 %

категория место «Мест мало»
  относится, если выполнен любой критерий
  критерий 6 «Более двух на место»
    если тесно более 2

категория ремонты «Ремонт»
  относится, если выполнены все критерии
  критерий 7 «Нужен ремонт»
    если ремонт = да
  критерий 8 «Вид»
    если вид = "дневная"

категория обе «Две недостающие»
  относится, если выполнены все критерии
  критерий 9 «Участников не более 7 и нужен ремонт»
    если участников не более 7 человек и ремонт = да
"#;

/// Seven schools: 6 and 7 have no score, 1 lacks almost everything.
const SCHOOLS: &str = "код;балл;доля;ремонт;мест;учеников;вид
1;10;;;;20;
2;20;59;да;10;20;дневная
3;30;60;нет;9;20;вечерняя
4;40;100;да;40;20;дневная
5;50;0;да;5;20;дневная
6;;61;да;5;20;дневная
7;;1;да;5;20;дневная
";

/// The most a row has is 4; school 1 has 2 and two rows without a number.
const OLYMPIADS: &str = "школа;год;участники
1;2016;2
1;2017;
1;2018;*
2;2018;4
3;2018;3
3;2017;
4;2018;0
";

const DATASET: &str = "таблицы:
  школы: школы.csv
  олимпиады:
    файл: олимпиады.csv
    столбцы:
      участники:
        заголовок: участники
        скрыто: ['*']
";

fn region() -> (tempfile::TempDir, Judged, Sources) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("rules.merilo", RULES);
    write("dataset.yaml", DATASET);
    write("школы.csv", SCHOOLS);
    write("олимпиады.csv", OLYMPIADS);
    let (judged, sources) = judge(&folder.path().join("rules.merilo"), &folder.path().join("dataset.yaml"));
    (folder, judged, sources)
}

#[test]
fn rows_that_a_sum_passed_over_turn_it_together_and_not_alone() {
    let (_folder, judged, _) = region();
    let told = told(&judged, row(&judged, "1"));
    let unknowns = told.unknowns.unwrap();
    let sum = unknowns.of_category(category(&judged, "сумма")).unwrap();
    // 2 + 4 alone is 6, together 2 + 4 + 4 = 10: more than 7
    assert_eq!((sum.cells.len(), sum.not_tried, sum.found), (2, 0, Found::Open));
    assert_eq!((sum.at_lowest, sum.at_highest), (Some(Met), Some(NotMet)));
    for line in [3, 4] {
        let cell = at_line(&unknowns, "олимпиады", line, "участники");
        assert!(cell.every);
        assert_eq!(ranges(cell.for_criterion(criterion(&judged, "1"))), vec![(0, 400, Met)]);
    }
    // one row of school 3 is empty: 3 + 4 = 7 is still not more
    let third = explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, row(&judged, "3"));
    let third = merilo::explain::unknowns(&judged.rules, &judged.plan, &judged.dataset, &judged.run, &third);
    let sum = third.of_category(category(&judged, "сумма")).unwrap();
    assert_eq!((sum.found, sum.at_lowest), (Found::Always(Met), None));
}

#[test]
fn a_gap_that_a_policy_turned_into_a_verdict_is_tried_like_any_other() {
    let (_folder, judged, _) = region();
    let told = told(&judged, row(&judged, "1"));
    let unknowns = told.unknowns.unwrap();
    let second = criterion(&judged, "2");
    assert_eq!(judged.run.criterion(second, 0), Some(NotMet));
    let share = at_line(&unknowns, "школы", 2, "доля");
    assert_eq!(ranges(share.for_criterion(second)), vec![(0, 59, Met), (60, 100, NotMet)]);
    assert_eq!(ranges(share.for_category(category(&judged, "правило"))), vec![(0, 59, Met), (60, 100, NotMet)]);
    assert_eq!(unknowns.of_criterion(second).unwrap().found, Found::Open);
}

#[test]
fn a_category_whose_criteria_differ_with_the_value_may_be_the_same_for_all_of_them() {
    let (_folder, judged, _) = region();
    let told = told(&judged, row(&judged, "6"));
    let always = category(&judged, "всегда");
    assert!(matches!(told.categories[always.index()].verdict, Verdict::Undetermined(_)));
    let unknowns = told.unknowns.unwrap();
    assert_eq!(unknowns.of_category(always).unwrap().found, Found::Always(Met));
    assert_eq!(unknowns.of_criterion(criterion(&judged, "3")).unwrap().found, Found::Open);
    let score = at_line(&unknowns, "школы", 7, "балл");
    assert_eq!(ranges(score.for_criterion(criterion(&judged, "3"))), vec![(1000, 4900, NotMet), (5000, 5000, Met)]);
    // the lowest 40 % of six are 2.4, three with rounding: with 30 points it shares the third place
    let ranking = ranges(score.for_category(category(&judged, "отбор")));
    assert_eq!(ranking, vec![(1000, 3000, Met), (3100, 5000, NotMet)]);
}

#[test]
fn a_divisor_is_tried_from_the_smallest_that_divides() {
    let (_folder, judged, _) = region();
    let told = told(&judged, row(&judged, "1"));
    let unknowns = told.unknowns.unwrap();
    let places = at_line(&unknowns, "школы", 2, "мест");
    // 20 pupils: more than two on each of up to 9 places; nothing is divided by 0
    let found = ranges(places.for_criterion(criterion(&judged, "6")));
    assert_eq!(found, vec![(0, 0, Verdict::NotApplicable), (100, 900, Met), (1000, 4000, NotMet)]);
    assert!(places.every);
}

#[test]
fn yes_and_no_are_tried_and_texts_are_said_not_to_be() {
    let (_folder, judged, _) = region();
    let told = told(&judged, row(&judged, "1"));
    let unknowns = told.unknowns.unwrap();
    let repair = at_line(&unknowns, "школы", 2, "ремонт");
    assert_eq!(ranges(repair.for_criterion(criterion(&judged, "7"))), vec![(0, 0, NotMet), (1, 1, Met)]);
    // the other criterion lacks a text: with "yes" the category stays open
    let both = category(&judged, "ремонты");
    assert_eq!(ranges(repair.for_category(both)), vec![(0, 0, NotMet), (1, 1, OPEN)]);
    let both = unknowns.of_category(both).unwrap();
    assert_eq!((both.cells.len(), both.not_tried, both.found), (2, 1, Found::Open));
    assert!(at_line(&unknowns, "школы", 2, "вид").ranges.is_empty());
}

#[test]
fn schools_without_a_value_move_the_place_between_two_ends() {
    let (_folder, judged, _) = region();
    let others = |code: &str| {
        let told = told(&judged, row(&judged, code));
        let found = told.unknowns.unwrap().others;
        assert_eq!(found.len(), 1);
        found.into_iter().next().unwrap()
    };
    // five ranked, quota 2; with all seven 2.8, so 3
    let second = others("2");
    assert_eq!((second.schools, second.first, second.last), (2, 2, 4));
    assert_eq!((second.behind, second.before, second.on_scale), ((Met, Met), (NotMet, NotMet), false));
    let third = others("3");
    assert_eq!(judged.run.criterion(criterion(&judged, "5"), 2), Some(NotMet));
    assert_eq!((third.behind, third.before), ((Met, Met), (NotMet, NotMet)));
    let last = others("5");
    assert_eq!((last.first, last.last, last.behind, last.before), (5, 7, (NotMet, NotMet), (NotMet, NotMet)));
}

#[test]
fn what_is_unknown_is_told_in_text_and_json() {
    let (_folder, judged, sources) = region();
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
        let code = language.code();
        for (school, name) in [(0, "first"), (1, "second"), (5, "sixth")] {
            let page = teller.page(&told(&judged, school));
            insta::assert_snapshot!(format!("{name}_{code}"), render(&page, Layout { colour: false, width: 120 }));
        }
        let document = json::explanation(&told(&judged, 0), &teller).unwrap();
        let document: serde_json::Value = serde_json::from_str(&document).unwrap();
        let unknown = &document["categories"][1]["unknown"];
        insta::assert_snapshot!(format!("json_{code}"), serde_json::to_string_pretty(unknown).unwrap());
        assert_eq!(document["categories"][1]["criteria"][0]["unknown"]["cells"], unknown["cells"].clone());
        let second = json::explanation(&told(&judged, 1), &teller).unwrap();
        let second: serde_json::Value = serde_json::from_str(&second).unwrap();
        insta::assert_snapshot!(
            format!("json_others_{code}"),
            serde_json::to_string_pretty(&second["categories"][3]["criteria"][0]["unknown"]).unwrap()
        );
    }
}

fn shipped(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn leningrad() -> Judged {
    let rules = shipped("rules/leningrad-2018/criteria.merilo");
    judge(&rules, &shipped("examples/leningrad-2018/dataset.yaml")).0
}

#[test]
fn an_empty_row_of_a_decisive_sum_is_not_passed_over_in_silence() {
    let judged = leningrad();
    let shnro = category(&judged, "ШНРО");
    let told = told(&judged, row(&judged, "470716"));
    assert_eq!(told.categories[shnro.index()].verdict, Met);
    let unknowns = told.unknowns.unwrap();
    let olympiad = at_line(&unknowns, "олимпиады", 524, "участники");
    let found = ranges(olympiad.for_criterion(criterion(&judged, "1.4")));
    assert_eq!(found, vec![(0, 0, Met), (100, 4000, NotMet)]);
    let found = ranges(olympiad.for_category(shnro));
    assert_eq!(found, vec![(0, 0, Met), (100, 4000, OPEN)]);
    assert!(olympiad.every);
    assert_eq!(unknowns.of_category(shnro).unwrap().found, Found::Open);
}

#[test]
fn a_hidden_mark_alone_can_turn_a_ranking() {
    let judged = leningrad();
    let shnro = category(&judged, "ШНРО");
    let told = told(&judged, row(&judged, "471718"));
    assert_eq!(told.categories[shnro.index()].verdict, NotMet);
    let unknowns = told.unknowns.unwrap();
    let mark = at_line(&unknowns, "экзамены-2016", 1715, "балл");
    let at_two = |found: Vec<(i64, i64, Verdict)>| {
        found.into_iter().find(|(from, to, _)| (*from..=*to).contains(&200)).map(|(.., verdict)| verdict)
    };
    assert_eq!(at_two(ranges(mark.for_criterion(criterion(&judged, "1.1")))), Some(Met));
    assert_eq!(at_two(ranges(mark.for_category(shnro))), Some(OPEN));
}

#[test]
fn a_missing_component_whose_weight_went_to_others_is_tried() {
    let judged = leningrad();
    for (school, number, column, met, not_met) in
        [("470208", "2.1.1", "H", 22, 0), ("470207", "2.3.1", "W", 0, 31_000_000)]
    {
        let told = told(&judged, row(&judged, school));
        let id = criterion(&judged, number);
        assert_eq!(judged.run.criterion(id, row(&judged, school)), Some(Met));
        let unknowns = told.unknowns.unwrap();
        let prospect = unknowns.of_criterion(id).unwrap();
        let here = |at: &&usize| unknowns.cells[**at].cell.cell.as_ref().unwrap().address().starts_with(column);
        let cell = &unknowns.cells[*prospect.cells.iter().find(here).unwrap()];
        let found = ranges(cell.for_criterion(id));
        let at = |value: i64| {
            let within = |(from, to, _): &&(i64, i64, Verdict)| (*from..=*to).contains(&(value * 100));
            found.iter().find(within).map(|(.., verdict)| *verdict)
        };
        assert_eq!((at(met), at(not_met)), (Some(Met), Some(NotMet)), "{school}: {found:?}");
        assert_eq!(prospect.found, Found::Open);
    }
}

/// A copy of the California data: some schools only, some cells blanked.
fn california(only: Option<usize>, blank: &dyn Fn(usize, &[&str]) -> Option<usize>) -> (tempfile::TempDir, Judged) {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(shipped("examples/california-2000/schools.csv")).unwrap();
    let named = ["30665976029441", "24736192431807", "04614246003081"];
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let keep = at == 0 || only.is_none_or(|most| at <= most) || named.iter().any(|code| line.starts_with(code));
        if !keep {
            continue;
        }
        let mut cells: Vec<&str> = line.split(',').collect();
        if let Some(column) = blank(at, &cells) {
            cells[column] = "";
        }
        lines.push(cells.join(","));
    }
    std::fs::write(folder.path().join("schools.csv"), lines.join("\n") + "\n").unwrap();
    std::fs::copy(shipped("examples/california-2000/dataset.yaml"), folder.path().join("dataset.yaml")).unwrap();
    let rules = shipped("rules/california-api-2000/criteria.merilo");
    let judged = judge(&rules, &folder.path().join("dataset.yaml")).0;
    (folder, judged)
}

#[test]
fn newport_without_its_index_of_1999_belongs_whatever_it_is() {
    let (_folder, judged) = california(Some(100), &|_, cells| (cells[0] == "30665976029441").then_some(7));
    let told = told(&judged, row(&judged, "30665976029441"));
    let school_wide = category(&judged, "schoolwide_met");
    assert!(matches!(told.categories[school_wide.index()].verdict, Verdict::Undetermined(_)));
    let unknowns = told.unknowns.unwrap();
    assert_eq!(unknowns.of_category(school_wide).unwrap().found, Found::Always(Met));
    assert_eq!(unknowns.of_criterion(criterion(&judged, "1.1")).unwrap().found, Found::Always(Met));
    // 800 points in 2000: it grew by one point from 799 and less
    let index = &unknowns.cells[0];
    assert_eq!(&*index.cell.title, "Index of 1999");
    let growth = ranges(index.for_criterion(criterion(&judged, "3.2")));
    assert_eq!(growth[0], (40_000, 79_900, Met));
    assert!(growth.len() < 2 || growth[1].2 == NotMet);
    // its subgroups did not meet their targets
    let awards = unknowns.of_category(category(&judged, "awards_eligible")).unwrap();
    assert_eq!(awards.found, Found::Always(NotMet));
}

#[test]
fn the_empty_cell_of_gustine_alone_decides_its_award() {
    let (_folder, judged) = california(Some(100), &|_, _| None);
    let told = told(&judged, row(&judged, "24736192431807"));
    let unknowns = told.unknowns.unwrap();
    let awards = category(&judged, "awards_eligible");
    let tested = &unknowns.cells[unknowns.of_category(awards).unwrap().cells[0]];
    assert_eq!(ranges(tested.for_category(awards)), vec![(0, 89, NotMet), (90, 100, Met)]);
    assert_eq!(ranges(tested.for_criterion(criterion(&judged, "3.3"))), vec![(0, 89, NotMet), (90, 100, Met)]);
    assert_eq!(unknowns.of_category(awards).unwrap().found, Found::Open);
}

#[test]
fn a_cut_may_move_with_the_values_that_other_schools_lack() {
    let text = std::fs::read_to_string(shipped("examples/california-2000/schools.csv")).unwrap();
    // twenty schools with the lowest index of 2000
    let mut lowest: Vec<(i64, usize)> = text
        .lines()
        .enumerate()
        .skip(1)
        .filter(|(_, line)| !line.contains('"'))
        .filter_map(|(at, line)| Some((line.split(',').nth(6)?.parse().ok()?, at)))
        .collect();
    lowest.sort_unstable();
    let lowest: Vec<usize> = lowest.into_iter().take(20).map(|(_, at)| at).collect();
    let (_folder, judged) = california(None, &|at, _| lowest.contains(&at).then_some(6));
    let told = told(&judged, row(&judged, "04614246003081"));
    let quarter = category(&judged, "lowest_quarter");
    assert_eq!(told.categories[quarter.index()].verdict, Met);
    let others = told.unknowns.unwrap().others;
    assert_eq!(others.len(), 1);
    assert_eq!((others[0].schools, others[0].on_scale), (20, false));
    assert_eq!((others[0].behind, others[0].before), ((Met, Met), (NotMet, NotMet)));
}
