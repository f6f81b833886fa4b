//! What is known is told: bases, readings, parameters, who was excluded, conditions of rows, printed cells, digits, units; in
//! words and as fields. The region is small enough to work every number out by hand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::Path;

use merilo::explain::{explain, summary};
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::report::explanation::Teller;
use merilo::report::list::{Cell, Judgement, List};
use merilo::report::text::{Layout, render};
use merilo::report::{calculator, json, summary as summaries};
use merilo::source::Sources;
use serde_json::Value;

/// Five schools; the evening school is left out. Two of the lowest half of four are selected: 40 and, tied, 45 and 45.
const RULES: &str = "набор правил «Всё сказано»
  версия \"1\"
  основание «Закон о проверке»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить

таблица школы «Школы»
  ключ код
  столбец код текст
  столбец вид текст
  столбец балл «Балл» число баллов
  столбец безработные «Безработные» число человек
  столбец жители «Жители» число человек
  столбец открыта «Открыта недавно» да/нет
  столбец в_плане да/нет

таблица экзамены «Экзамены»
  столбец школа ссылка на школы
  столбец предмет текст
  столбец сдавали число человек

совокупность дневные / дневных «Дневные школы» = школы
  исключить, если вид = \"вечерняя\" основание «иной состав»
  основание «Порядок, пункт 2»

параметр доля_отбора «Доля отбора» = 50 %
  основание «Порядок, пункт 3»

параметр во_сколько «Во сколько раз» = 1,5
  прочтение «Не менее чем в полтора раза»

параметр мало «Мало участников» = 10 человек
  прочтение «Все участники»

параметр нужно «Сколько нужно» = 1
  прочтение «Достаточно любого одного»

показатель безработица «Доля безработных» = доля(безработные; жители)
  основание «Порядок, пункт 4»

показатель сдавали_русский «Сдавали русский язык»
  = сумма(сдавали) по таблице экзамены, где предмет = \"русский\"
  скрыть, если сумма(сдавали) менее мало

показатель цель «Цель» = округлить(балл * 5 %; 1 балл)
  прочтение «Половина балла – вверх»

категория К «Категория»
  среди дневных
  относится, если выполнено не менее нужно из применимых критериев
  критерий 1 «Половина с самым низким баллом»
    если балл в числе самых низких среди дневных, квота доля_отбора
  критерий 2 «Безработица выше»
    если безработица не менее во_сколько * 4 %
  критерий 3 «Сдавали»
    если сдавали_русский не менее 5 человек
    при отсутствии данных считать невыполненным
  критерий 4 «Открыта и в плане»
    если открыта = да и в_плане = да
  критерий 5 «Второй»
    если критерий 4 выполнен
  критерий 6 «Порог зависит от случая»
    в случае балл не менее 50 баллов, если безработные не менее 4 человек
    в остальных случаях если безработные не менее 6 человек
";

const SCHOOLS: &str = "код;вид;балл;безработные;жители;открыта;в_плане\n\
    1;дневная;40;6;100;да;да\n2;дневная;45;4;100;да;нет\n3;дневная;45;6;150;нет;да\n4;дневная;60;4;100;нет;нет\n\
    5;вечерняя;30;1;100;да;да\n";

const EXAMS: &str = "школа;предмет;сдавали\n1;русский;6O,1\n1;русский;12\n1;физика;3\n1;химия;2\n2;русский;4\n4;русский;20\n\
    5;русский;30\n";

fn judged_with(rules: &str, schools: &str) -> (Judged, Sources) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("rules.merilo", rules);
    write("dataset.yaml", "таблицы:\n  школы: школы.csv\n  экзамены: экзамены.csv\n");
    write("школы.csv", schools);
    write("экзамены.csv", EXAMS);
    judge(folder.path())
}

fn judge(folder: &Path) -> (Judged, Sources) {
    let mut read = pipeline::read_rules(&folder.join("rules.merilo").display().to_string(), &[]);
    let found: Vec<_> = read.rules.diagnostics.iter().map(|d| format!("{d:?}")).collect();
    let rules = read.rules.value.unwrap_or_else(|| panic!("{found:#?}"));
    let judged = pipeline::judge(rules, &folder.join("dataset.yaml"), &mut read.sources, &Silent);
    (judged.value.unwrap(), read.sources)
}

struct Told {
    text: String,
    document: Value,
}

fn told((judged, sources): &(Judged, Sources), school: usize, language: Language) -> Told {
    let speaker = Speaker::new(language);
    let teller = Teller { rules: &judged.rules, sources, speaker: &speaker };
    let explanation = explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school);
    let text = render(&teller.page(&explanation), Layout { colour: false, width: 400 });
    let document = serde_json::from_str(&json::explanation(&explanation, &teller).unwrap()).unwrap();
    Told { text: text.replace('\u{a0}', " "), document }
}

fn says(told: &Told, line: &str) {
    assert!(told.text.lines().any(|l| l.trim() == line), "no line «{line}» in\n{}", told.text);
}

/// The first step of a kind, by depth.
fn step<'a>(from: &'a Value, kind: &str) -> &'a Value {
    fn find<'a>(from: &'a Value, kind: &str) -> Option<&'a Value> {
        if from["kind"] == kind {
            return Some(from);
        }
        from["steps"].as_array()?.iter().find_map(|step| find(step, kind))
    }
    find(from, kind).unwrap_or_else(|| panic!("no {kind} in {from:#}"))
}

#[test]
fn bases_and_readings_are_told_where_a_definition_is_used_each_once() {
    let told = told(&judged_with(RULES, SCHOOLS), 0, Language::Russian);
    says(&told, "Основание: Закон о проверке");
    says(&told, "Основание: Порядок, пункт 2");
    says(&told, "Основание: Порядок, пункт 3");
    says(&told, "Основание: Порядок, пункт 4");
    says(&told, "Как понято: Не менее чем в полтора раза");
    says(&told, "Как понято: Все участники");
    says(&told, "Как понято: Достаточно любого одного");
    says(&told, "Параметр «Сколько нужно»: 1");
    for line in ["Основание: Порядок, пункт 4", "Как понято: Все участники"] {
        assert_eq!(told.text.matches(line).count(), 1, "{line}");
    }
    let category = &told.document["categories"][0];
    assert_eq!(told.document["rule_set"]["bases"][0], "Закон о проверке");
    assert_eq!(category["rule"]["count"]["parameter"]["reading"], "Достаточно любого одного");
    let second = &category["criteria"][1];
    assert_eq!(step(&second["condition"], "parameter")["reading"], "Не менее чем в полтора раза");
    assert_eq!(second["rule_text"], "безработица не менее во_сколько * 4 %");
    assert_eq!(category["outlook"]["certainty"], "decided");
}

#[test]
fn a_rank_is_told_with_who_takes_part_and_the_neighbours_on_both_sides() {
    let region = judged_with(RULES, SCHOOLS);
    let told = told(&region, 0, Language::Russian);
    says(&told, "Отбирается 50 % (параметр «Доля отбора») от 4 (школы со значением) = 2");
    says(&told, "Совокупность «Дневные школы»: 4 школы");
    says(&told, "Исключена 1 школа: иной состав");
    says(&told, "2–3. 3 дневная: 45 баллов");
    says(&told, "Ближайшая после школы: 2–3. 2 дневная: 45 баллов (и ещё 1 школа с тем же значением)");
    let rank = &step(&told.document["categories"][0]["criteria"][0]["condition"], "rank")["rank"];
    // 50 % of four schools are two; both schools with 45 points stand on the cut and are included
    assert_eq!((&rank["ranked"], &rank["selected"], &rank["tied_at_cut"]), (&4.into(), &3.into(), &2.into()));
    assert_eq!(rank["quota"]["share"], "1/2");
    assert_eq!(rank["quota"]["parameter"]["name"], "доля_отбора");
    assert_eq!(rank["quota"]["rounded"], 2);
    assert_eq!(rank["membership"]["members"], 4);
    assert_eq!(rank["membership"]["excluded"][0]["basis"], "иной состав");
    assert_eq!(rank["population"]["basis"], "Порядок, пункт 2");
    assert_eq!(rank["cut_off"]["exact"], "45");
    assert_eq!(rank["distance"]["exact"], "5");
    let codes = |of: &Value| -> Vec<String> {
        of.as_array().unwrap().iter().map(|n| n["school"]["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&rank["last_selected"]), ["1", "2", "3"]);
    assert_eq!(codes(&rank["first_not_selected"]), ["4"]);
    assert_eq!(codes(&rank["behind"]), ["2"]);
    assert_eq!(rank["before"].as_array().unwrap().len(), 0);
}

#[test]
fn rows_that_do_not_match_have_their_condition_and_an_unusable_cell_its_text() {
    let told = told(&judged_with(RULES, SCHOOLS), 0, Language::Russian);
    says(&told, "Не подошли 2 строки, условие: предмет = \"русский\"");
    assert!(told.text.contains("сдавали: недостоверно: «6O,1»"), "{}", told.text);
    says(&told, "Значение было бы «скрыто» только при условии:");
    let rows = &step(&told.document["categories"][0]["criteria"][2]["condition"], "rows")["rows"];
    assert_eq!(rows["counts"]["taken"], 1);
    assert_eq!(rows["counts"]["absent"]["invalid"], 1);
    assert_eq!(rows["counts"]["not_matching"], 2);
    assert_eq!(rows["not_matching"][0]["condition"], "предмет = \"русский\"");
    assert_eq!(rows["listed"][0]["cells"][0]["printed"], "6O,1");
    assert_eq!(rows["listed"][1]["value"]["exact"], "12");
    // the check for few participants: twelve are not less than ten
    let withholding = step(&told.document["categories"][0]["criteria"][2]["condition"], "withholding");
    assert_eq!(withholding["withheld"], "no");
}

#[test]
fn a_ratio_held_against_a_percentage_is_a_percentage_in_every_line() {
    let region = judged_with(RULES, SCHOOLS);
    let told = told(&region, 0, Language::Russian);
    says(&told, "Показатель «Доля безработных»: 6 %");
    says(&told, "6 % не менее 6 % – верно; ровно на пороге");
    let comparison = step(&told.document["categories"][0]["criteria"][1]["condition"], "comparison");
    assert_eq!(comparison["comparison"]["sides"][0]["shown"].as_str().unwrap().replace('\u{a0}', " "), "6 %");
    assert_eq!(comparison["comparison"]["on_threshold"], true);
    assert_eq!(comparison["steps"][0]["unit"], "percent");
}

#[test]
fn a_school_that_is_not_judged_is_told_why_before_anything_else() {
    let region = judged_with(RULES, SCHOOLS);
    let told = told(&region, 4, Language::Russian);
    let category = told.text.lines().position(|line| line.starts_with("Категория: ")).unwrap();
    let lines: Vec<&str> = told.text.lines().skip(category).collect();
    assert_eq!(
        lines[0],
        "Категория: не рассматривается – школа исключена из совокупности «Дневные школы» (иной состав)"
    );
    assert_eq!(lines[1].trim(), "«Дневные школы»: школа исключена");
    let document = &told.document["categories"][0];
    assert_eq!(document["verdict"], "not_judged");
    assert_eq!(document["not_judged"], "школа исключена из совокупности «Дневные школы» (иной состав)");
    let population = &told.document["populations"][0];
    assert_eq!((&population["standing"], &population["excluded_because"]), (&"excluded".into(), &"иной состав".into()));
    // the calculator sheet says it above its steps, the page above its criteria
    let (judged, sources) = &region;
    let speaker = Speaker::new(Language::Russian);
    let teller = Teller { rules: &judged.rules, sources, speaker: &speaker };
    let explanation = explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, 4);
    let notice = calculator::calculator(&explanation, &teller).notice.unwrap();
    assert_eq!(notice, "К: школа исключена из совокупности «Дневные школы» (иной состав).");
    assert!(teller.brief(&explanation)[0].children.is_empty());
    let english = told_in_english(&region, 4);
    assert!(english.contains("not judged – the school is excluded from the population “Дневные школы” (иной состав)"));
}

fn told_in_english(region: &(Judged, Sources), school: usize) -> String {
    told(region, school, Language::English).text
}

#[test]
fn a_verdict_over_several_conditions_or_lacking_data_has_its_reason_everywhere() {
    let region = judged_with(RULES, SCHOOLS);
    let told = told(&region, 1, Language::Russian);
    let headline = |number: &str| {
        let start = format!("Критерий {number} ");
        told.text.lines().map(str::trim).find(|line| line.starts_with(&start)).unwrap().to_owned()
    };
    // school 2: opened recently, but not in the plan; four people took the exam, which is withheld as less than ten
    assert_eq!(headline("4"), "Критерий 4 «Открыта и в плане» – не выполнен: в плане: нет");
    assert_eq!(headline("5"), "Критерий 5 «Второй» – не выполнен: критерий 4 не выполнен");
    assert_eq!(
        headline("3"),
        "Критерий 3 «Сдавали» – не выполнен: данных не хватает (скрыто), по правилам считается невыполненным"
    );
    let third = &told.document["categories"][0]["criteria"][2];
    assert_eq!((&third["verdict"], &third["policy_applied"]), (&"not_met".into(), &"not_met".into()));

    let (judged, _) = &region;
    let speaker = Speaker::new(Language::Russian);
    let steps = &judged.plan.of_expr;
    let judgement = Judgement { rules: &judged.rules, dataset: &judged.dataset, run: &judged.run, steps };
    let list = List::new(&judgement, &speaker);
    let reason = |number: &str| {
        let header = format!("{number}: причина");
        match list.columns.iter().find(|c| c.header == header).unwrap().cell(1, &speaker) {
            Cell::Text(text) => text.into_owned(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(reason("4"), "в_плане: нет");
    assert_eq!(reason("5"), "критерий 4 не выполнен");
    assert_eq!(reason("3"), "скрыто; по правилам считается невыполненным");
    assert_eq!(reason("6"), "Безработные: менее 6 человек");
    let counted = summary(&judged.rules, &judged.plan, &judged.dataset, &judged.run);
    let mut out = Vec::new();
    json::write_run(&judgement, &counted, &speaker, &mut out).unwrap();
    let run: Value = serde_json::from_slice(&out).unwrap();
    let criteria = &run["schools"][1]["criteria"];
    assert_eq!(criteria[2]["reason"], "скрыто; по правилам считается невыполненным");
    assert_eq!(criteria[3]["reason"], "в_плане: нет");
}

#[test]
fn a_threshold_counts_only_where_it_is_asked_and_criteria_only_over_judged_schools() {
    let (judged, _) = judged_with(RULES, SCHOOLS);
    let counted = summary(&judged.rules, &judged.plan, &judged.dataset, &judged.run);
    // six of unemployed: schools 1 and 3, both below 50 points; four: schools 2 and 4, of which only 4 is asked for four
    let sixth = &counted.criteria[5].on_threshold;
    let codes: Vec<Vec<&str>> = sixth.iter().map(|on| on.schools.iter().map(|s| s.code.as_ref()).collect()).collect();
    assert_eq!(codes, [vec!["4"], vec!["1", "3"]]);
    let fourth = counted.criteria[3].counts;
    // the evening school meets the condition, but is not judged
    assert_eq!((fourth.met, fourth.not_met, fourth.not_judged), (1, 3, 1));
    let speaker = Speaker::new(Language::Russian);
    let remarks = summaries::remarks(&judged.rules, &counted, &speaker);
    assert!(
        remarks.iter().any(|line| line.starts_with("2, «Доля безработных»: ровно на")),
        "which value is meant: {remarks:#?}"
    );
}

#[test]
fn a_value_on_or_near_a_cut_is_told_with_the_digits_of_the_cut_wherever_it_stands() {
    let schools = SCHOOLS.replace("3;дневная;45;", "3;дневная;45,0000001;");
    let region = judged_with(RULES, &schools);
    // the quota of two ends with school 2; school 3 is just beyond the cut
    let beyond = told(&region, 2, Language::Russian);
    assert!(beyond.text.contains("Балл: 45,0000001 балла – "), "{}", beyond.text);
    let cell = step(&beyond.document["categories"][0]["criteria"][0]["condition"], "cell");
    assert_eq!(cell["value"]["shown"], "45,0000001 балла");
}

#[test]
fn notes_of_what_a_withheld_value_hides_are_told_where_they_are_seen() {
    let rules = RULES
        .replace("менее мало\n", "менее мало\n  не применимо, если вид = \"дневная\"\n")
        .replace("если сдавали_русский не менее 5 человек", "если сдавали_русский не менее мало");
    let told = told(&judged_with(&rules, SCHOOLS), 0, Language::Russian);
    // the check within the withheld indicator is not seen; the parameter beside it is
    assert!(!told.text.contains("6O,1"));
    assert_eq!(told.text.matches("Как понято: Все участники").count(), 1, "{}", told.text);
}

#[test]
fn rounding_says_how() {
    let rules = RULES.replace("если безработные не менее 6 человек\n", "если цель не менее 2 баллов\n");
    let told = told(&judged_with(&rules, SCHOOLS), 1, Language::Russian);
    // 45 · 5 % = 2,25, rounded to 2
    says(&told, "округлить(балл * 5 %; 1 балл) = 2 балла, округление до ближайшего, половина – вверх");
    says(&told, "Как понято: Половина балла – вверх");
    assert_eq!(
        told.document["categories"][0]["criteria"][5]["rule_text"],
        "в случае балл не менее 50 баллов, если безработные не менее 4 человек; в остальных случаях если цель не менее 2 баллов"
    );
    let rounded = step(&told.document["categories"][0]["criteria"][5]["condition"], "rounded");
    assert_eq!(rounded["rounding"], "half_up");
}
