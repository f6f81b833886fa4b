//! What would turn a decision, tried: the change named, made in the files, turns it; one step less does not; whoever is
//! named as coming in or going out does. And evaluating again what a change reaches is evaluating all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use merilo::decision::{Run, Verdict};
use merilo::evaluate::again::{Change, again};
use merilo::evaluate::evaluate;
use merilo::explain::changes::{CellChange, Changes, Part, Settles, Turned};
use merilo::explain::condition::InputCell;
use merilo::explain::explanation::School;
use merilo::explain::{changes, explain};
use merilo::model::expr::CompareOp;
use merilo::model::{CategoryId, CriterionId, RegisteredAction};
use merilo::number::Number;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::schema::{ColumnId, TableId};
use merilo::value::{Reasons, Truth, Type, Unit, Value};

const RULES: &str = r#"
набор правил «Проба»
  версия "1"
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить

таблица школы «Школы»
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец продолжили число %
  столбец без_воды да/нет

таблица результаты «Результаты»
  столбец школа ссылка на школы
  столбец год год
  столбец качество число %
  столбец окончили число человек
  столбец успешно число человек

показатель успех «Доля успешных» = сумма(результаты.успешно) / сумма(результаты.окончили)

индекс сводный «Сводный»
  среди школы
  нормирование стандартное
  составляющая балл вес 2 больше – лучше
  составляющая продолжили вес 1 больше – лучше
  при пропуске пересчитать веса, если известно не менее 50 % веса

категория К «Категория»
  относится, если выполнено не менее 2 из применимых критериев
  критерий 1 «Самые низкие баллы»
    если балл в числе самых низких среди школы, квота 30 %
  критерий 2 «Сводный индекс ниже»
    если сводный менее -0,3
  критерий 3 «Менее 60 %»
    если продолжили менее 60 %
  критерий 4 «Низкое качество в двух и более случаях»
    если количество(результаты, где качество не более 40 %) не менее 2
  критерий 5 «Успешных менее половины»
    если успех менее 50 %
  критерий 6 «Нет воды»
    если без_воды
"#;

/// A sequence that is the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

type Rows = Vec<Vec<String>>;

struct Region {
    folder: tempfile::TempDir,
    schools: Rows,
    results: Rows,
}

impl Region {
    fn new(seed: u64, gaps: bool) -> Region {
        let mut dice = Dice(seed);
        let mut schools = vec![row(&["код", "балл", "продолжили", "без_воды"])];
        let mut results = vec![row(&["школа", "год", "качество", "окончили", "успешно"])];
        for school in 0..9 {
            let code = format!("{school:03}");
            let gap = |dice: &mut Dice, text: String| if gaps && dice.below(5) == 0 { String::new() } else { text };
            let score = format!("{},{}", 40 + dice.below(12), dice.below(10));
            let score = gap(&mut dice, score);
            let share = format!("{}", 50 + dice.below(20));
            let share = gap(&mut dice, share);
            let water = if dice.below(4) == 0 { "да" } else { "нет" };
            for year in 2016..2019 {
                let all = 5 + dice.below(20);
                let quality = format!("{},{}", 30 + dice.below(20), dice.below(10));
                let quality = gap(&mut dice, quality);
                let good = dice.below(all + 1);
                results.push(row(&[&code, &year.to_string(), &quality, &all.to_string(), &good.to_string()]));
            }
            schools.push(row(&[&code, &score, &share, water]));
        }
        let region = Region { folder: tempfile::tempdir().unwrap(), schools, results };
        let write = |name: &str, text: &str| std::fs::write(region.folder.path().join(name), text).unwrap();
        write("rules.merilo", RULES);
        write("dataset.yaml", "таблицы:\n  школы: школы.csv\n  результаты: результаты.csv\n");
        region
    }

    fn judged(&self) -> Judged {
        let text = |rows: &Rows| rows.iter().map(|row| row.join(";") + "\n").collect::<String>();
        std::fs::write(self.folder.path().join("школы.csv"), text(&self.schools)).unwrap();
        std::fs::write(self.folder.path().join("результаты.csv"), text(&self.results)).unwrap();
        let rules = self.folder.path().join("rules.merilo");
        let mut read = pipeline::read_rules(&rules.display().to_string(), &[]);
        let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
        let manifest = self.folder.path().join("dataset.yaml");
        let judged = pipeline::judge(rules, &manifest, &mut read.sources, &Silent);
        judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics))
    }

    /// Writes a value into the cell at a line and column of a file, both from 1.
    fn set(&mut self, file: &str, line: u64, column: u32, text: String) {
        let rows = if file.contains("школы") { &mut self.schools } else { &mut self.results };
        rows[usize::try_from(line).unwrap() - 1][usize::try_from(column).unwrap() - 1] = text;
    }
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(ToString::to_string).collect()
}

/// As it is written in a file: percentages times a hundred, one decimal at most.
fn written(value: &Value, percent: bool) -> String {
    match value {
        Value::Truth(truth) => if truth.is_true() { "да" } else { "нет" }.to_owned(),
        Value::Number(number) => {
            let factor = if percent { 1000 } else { 10 };
            let tenths = number.multiply(&Number::from_integer(factor)).to_integer().unwrap();
            format!("{},{}", tenths.div_euclid(10), tenths.rem_euclid(10)).trim_end_matches(",0").to_owned()
        }
        other => panic!("{other:?}"),
    }
}

fn found(judged: &Judged, school: usize) -> Changes {
    let Judged { rules, plan, dataset, run, .. } = judged;
    changes(rules, plan, dataset, run, &explain(rules, plan, dataset, run, school))
}

fn pairs(turned: &[Turned]) -> Vec<(CategoryId, Verdict)> {
    turned.iter().map(|turned| (turned.category, turned.verdict)).collect()
}

fn codes(schools: &[School]) -> Vec<usize> {
    schools.iter().map(|school| school.row).collect()
}

/// Other schools whose verdict on a criterion is met in one run only.
fn moved(from: &Run, to: &Run, criterion: CriterionId, school: usize) -> Vec<usize> {
    let met = |run: &Run, row: usize| run.criterion(criterion, row) == Some(Verdict::Met);
    (0..from.schools).filter(|row| *row != school && !met(from, *row) && met(to, *row)).collect()
}

#[test]
fn a_change_of_a_cell_turns_the_verdict_and_a_smaller_one_does_not() {
    let (mut tried, mut displaced, mut turned_category) = (0, 0, 0);
    for seed in 0..4 {
        let mut region = Region::new(seed, false);
        let judged = region.judged();
        for school in 0..judged.run.schools {
            for criterion in found(&judged, school).criteria {
                for change in criterion.cells {
                    let (Some(place), Some(table)) = (&change.cell.cell, judged.rules.schema.table(change.cell.table))
                    else {
                        panic!("a cell without a place")
                    };
                    let column = table.column(change.cell.column).unwrap();
                    let percent = column.name.as_ref() == "качество" || column.name.as_ref() == "продолжили";
                    let (file, line, at) = (place.file.to_string(), place.row, place.column);
                    let before = written(&change.cell.value, percent);
                    region.set(&file, line, at, written(&change.to, percent));
                    let after = region.judged();
                    let verdict = after.run.criterion(criterion.criterion, school);
                    assert_eq!(verdict, change.outcome.criterion, "seed {seed}, school {school}: {change:?}");
                    assert_ne!(verdict, Some(criterion.verdict));
                    let category = judged.rules.criteria[criterion.criterion.index()].category;
                    assert_eq!(after.run.category(category, school), Some(change.outcome.category));
                    turned_category += change.outcome.categories.len();
                    let (entering, leaving) = (&change.outcome.movers.entering, &change.outcome.movers.leaving);
                    assert_eq!(codes(&entering.named), moved(&judged.run, &after.run, criterion.criterion, school));
                    assert_eq!(codes(&leaving.named), moved(&after.run, &judged.run, criterion.criterion, school));
                    displaced += entering.count + leaving.count;
                    // one step back towards what it was
                    if let (Value::Number(from), Value::Number(to)) = (&change.cell.value, &change.to) {
                        let step = step_of(column.name.as_ref());
                        let back = if to > from { to.subtract(&step) } else { to.add(&step) };
                        region.set(&file, line, at, written(&Value::Number(back), percent));
                        let less = region.judged().run.criterion(criterion.criterion, school);
                        assert_eq!(less, Some(criterion.verdict), "seed {seed}, school {school}: less than {change:?}");
                    }
                    region.set(&file, line, at, before);
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 150 && displaced > 20 && turned_category > 20, "{tried}, {displaced}, {turned_category}");
}

fn step_of(column: &str) -> Number {
    match column {
        "балл" => Number::ratio(1, 10),
        "качество" => Number::ratio(1, 1000),
        "продолжили" => Number::ratio(1, 100),
        _ => Some(Number::one()),
    }
    .unwrap()
}

#[test]
fn the_value_that_would_pass_the_cut_passes_it_and_displaces_the_named_school() {
    let mut tried = 0;
    for seed in 0..10 {
        let mut region = Region::new(seed, false);
        let judged = region.judged();
        for school in 0..judged.run.schools {
            let first = found(&judged, school).criteria.remove(0);
            // the score is a column of its own: what is said of the value can be tried in the file
            let Some(value) = first.values.first() else { continue };
            let inclusive = matches!(
                value.operator,
                merilo::model::expr::CompareOp::AtLeast | merilo::model::expr::CompareOp::AtMost
            );
            let upwards = matches!(
                value.operator,
                merilo::model::expr::CompareOp::AtLeast | merilo::model::expr::CompareOp::More
            );
            let hundredth = Number::ratio(1, 100).unwrap();
            let to = match (inclusive, upwards) {
                (true, _) => value.bound.clone(),
                (false, true) => value.bound.add(&hundredth),
                (false, false) => value.bound.subtract(&hundredth),
            };
            let exact = |number: &Number| {
                let hundredths = number.multiply(&Number::from_integer(100)).to_integer().unwrap();
                format!("{},{:02}", hundredths / 100, hundredths % 100)
            };
            let before = region.schools[school + 1][1].clone();
            region.schools[school + 1][1] = exact(&to);
            let after = region.judged();
            assert_ne!(after.run.criterion(first.criterion, school), Some(first.verdict), "seed {seed}, {school}");
            assert_eq!(
                codes(&value.outcome.movers.entering.named),
                moved(&judged.run, &after.run, first.criterion, school),
                "seed {seed}, school {school}"
            );
            assert_eq!(
                codes(&value.outcome.movers.leaving.named),
                moved(&after.run, &judged.run, first.criterion, school),
                "seed {seed}, school {school}"
            );
            if !inclusive {
                region.schools[school + 1][1] = exact(&value.bound);
                let on_edge = region.judged();
                assert_eq!(on_edge.run.criterion(first.criterion, school), Some(first.verdict));
            }
            region.schools[school + 1][1] = before;
            tried += 1;
        }
    }
    assert!(tried > 50, "{tried}");
}

#[test]
fn what_a_missing_cell_settles_is_what_its_values_give() {
    let (mut split, mut whatever, mut nothing) = (0, 0, 0);
    for seed in 0..10 {
        let mut region = Region::new(seed, true);
        let judged = region.judged();
        for school in 0..judged.run.schools {
            for criterion in found(&judged, school).criteria {
                for missing in criterion.missing {
                    let place = missing.cell.cell.unwrap();
                    let (file, line, at) = (place.file.to_string(), place.row, place.column);
                    let mut verdict = |number: &Number, percent: bool| {
                        region.set(&file, line, at, written(&Value::Number(number.clone()), percent));
                        let after = region.judged().run.criterion(criterion.criterion, school).unwrap();
                        region.set(&file, line, at, String::new());
                        after
                    };
                    let column = judged.rules.schema.column(missing.cell.table, missing.cell.column).unwrap();
                    let name = column.name.as_ref();
                    let percent = name != "балл";
                    let Settles::Parts { parts, .. } = missing.settles else { panic!("{name} holds numbers") };
                    let mut said = |number: &Number| match verdict(number, percent) {
                        Verdict::Undetermined(_) => Verdict::Undetermined(Reasons::NONE),
                        verdict => verdict,
                    };
                    for part in &parts {
                        assert_eq!(said(&part.from), part.leads.verdict, "seed {seed}, school {school}: {part:?}");
                        assert_eq!(said(&part.to), part.leads.verdict, "seed {seed}, school {school}: {part:?}");
                    }
                    for pair in parts.windows(2) {
                        assert_eq!(pair[0].to.add(&step_of(name)), pair[1].from);
                    }
                    match parts.as_slice() {
                        [only] if only.leads.verdict == Verdict::Undetermined(Reasons::NONE) => nothing += 1,
                        [_] => whatever += 1,
                        _ => split += 1,
                    }
                }
            }
        }
    }
    assert!(split > 20 && nothing > 2, "{split}, {whatever}, {nothing}");
}

#[test]
fn the_reason_suffices_and_the_decisive_criteria_decide() {
    for seed in 0..60 {
        let region = Region::new(seed, seed % 2 == 1);
        let judged = region.judged();
        for school in 0..judged.run.schools {
            let Judged { rules, plan, dataset, run, .. } = &judged;
            for category in explain(rules, plan, dataset, run, school).categories {
                let verdict_of = |id: &CriterionId| judged.run.criterion(*id, school).unwrap();
                let all = judged.rules.categories[0].criteria.clone();
                let met = all.iter().filter(|c| verdict_of(c) == Verdict::Met).count();
                let open = all.iter().filter(|c| matches!(verdict_of(c), Verdict::Undetermined(_))).count();
                let Some(weight) = category.weight else {
                    assert!(met < 2 && met + open >= 2, "undecided: {met} met, {open} open");
                    continue;
                };
                let count = |criteria: &[CriterionId], wanted: Verdict| {
                    criteria.iter().filter(|c| verdict_of(c) == wanted).count()
                };
                // by hand: at least two of six
                if category.verdict == Verdict::Met {
                    assert_eq!((weight.sufficient.len(), count(&weight.sufficient, Verdict::Met)), (2, 2));
                    // with other criteria open the category would not be determined
                    assert_eq!(weight.decisive.len(), if met == 2 && open == 0 { 2 } else { 0 });
                    assert_eq!(weight.unsettling.len(), if met == 2 && open > 0 { 2 } else { 0 });
                    assert_eq!(weight.fewest.unwrap().len(), met + open - 1);
                    assert!(weight.indifferent.iter().all(|c| verdict_of(c) != Verdict::Met));
                    assert_eq!(weight.indifferent.len(), 6 - met);
                } else {
                    assert_eq!((weight.sufficient.len(), count(&weight.sufficient, Verdict::NotMet)), (5, 5));
                    assert_eq!(weight.fewest.unwrap().len(), 2 - met);
                    assert_eq!(weight.decisive.is_empty(), met == 0, "{met} met, {open} open");
                    assert_eq!(weight.unsettling.is_empty(), met > 0 || open == 0, "{met} met, {open} open");
                }
            }
        }
    }
}

#[test]
fn evaluating_again_what_a_change_reaches_is_evaluating_all() {
    for seed in 0..10 {
        let region = Region::new(seed, true);
        let Judged { rules, plan, dataset, run, .. } = region.judged();
        for (at, table) in dataset.tables.iter().enumerate() {
            let table_id = merilo::schema::TableId(u32::try_from(at).unwrap());
            for column in 0..table.columns.len() {
                let column = merilo::schema::ColumnId(u32::try_from(column).unwrap());
                let mut dice = Dice(seed);
                for _ in 0..3 {
                    let row = usize::try_from(dice.below(table.rows as u64)).unwrap();
                    let value = Value::Number(Number::ratio(i128::from(dice.below(50)), 10).unwrap());
                    let Some(changed) = dataset.with(table_id, column, row, &value) else { continue };
                    let change = Change { columns: vec![(table_id, column)], steps: Vec::new() };
                    let partly = again(&rules, &plan, &changed, &run, &change, &[]);
                    let whole = evaluate(&rules, &plan, &changed, &Silent).value.unwrap();
                    assert_eq!(shown(&partly), shown(&whole), "seed {seed}, table {at}, {column:?}, row {row}");
                }
            }
        }
    }
}

fn shown(run: &Run) -> String {
    let mut open: Vec<String> = run.open.iter().map(|(id, open)| format!("{id:?} {open:?}")).collect();
    open.sort();
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{open:?}",
        run.columns, run.facts, run.populations, run.criteria, run.groups, run.categories
    )
}

/// Conditions of the kinds that a search at two ends misses: parts that name other criteria, a denominator, cases, a range,
/// ties on both sides of cuts, points on two scales.
const WIDE: &str = r#"
набор правил «Вторая проба»
  версия "1"
  отчётный год 2018
  оцениваются школы
  округление квоты вверх

таблица места «Места»
  ключ название
  столбец название текст
  столбец жители число человек
  столбец старшие число человек

таблица школы «Школы»
  ключ код
  столбец код текст
  столбец место ссылка на места
  столбец ресурс число
  столбец прошлый число баллов
  столбец нынешний число баллов
  столбец учтены да/нет

таблица экзамены «Экзамены»
  столбец школа ссылка на школы
  столбец вид текст значения ("ЕГЭ"; "ОГЭ")
  столбец балл число баллов шкала по вид
  столбец участники число человек

показатель старших «Доля старших» = доля(место.старшие; место.жители)
показатель рост «Рост» = нынешний - прошлый
показатель егэ «Средний балл ЕГЭ» = среднее(балл, с весом участники) по таблице экзамены, где вид = "ЕГЭ"

категория А «Цель»
  относится, если выполнены все критерии
  критерий 1.1 «Рост или цель»
    в случае прошлый не менее 70 баллов, если нынешний не менее 70 баллов
    в остальных случаях если рост не менее 2 баллов

категория Б «Награда»
  относится, если выполнены все критерии
  критерий 2.1 «Цель и группы»
    если критерий 1.1 выполнен и учтены = да
  критерий 2.2 «Рост есть»
    если рост не менее 1 балла
  критерий 2.3 «Больше половины старших»
    если старших более 50 %
  критерий 2.4 «Ресурс в пределах»
    если ресурс от 4 до 6
    при отсутствии данных считать невыполненным

категория Г «Отбор»
  относится, если выполнен любой критерий
  критерий 3.1 «Самый низкий ресурс»
    если ресурс в числе самых низких среди школы, квота 30 %
    равные на границе включить
  критерий 3.2 «Самый высокий ресурс»
    если ресурс в числе самых высоких среди школы, квота 30 %
    равные на границе исключить
  критерий 3.3 «Низкий балл ЕГЭ»
    если егэ менее 45 баллов
"#;

/// A region for [`WIDE`].
fn wide(seed: u64, gaps: bool) -> (tempfile::TempDir, Judged) {
    let mut dice = Dice(seed);
    let mut places = String::from("название;жители;старшие\n");
    let mut schools = String::from("код;место;ресурс;прошлый;нынешний;учтены\n");
    let mut exams = String::from("школа;вид;балл;участники\n");
    for school in 0..8 {
        let gap = |dice: &mut Dice, text: String| if gaps && dice.below(4) == 0 { String::new() } else { text };
        let people = 100 + dice.below(150);
        let old = people * (3 + dice.below(5)) / 10;
        let (people, old) = (gap(&mut dice, people.to_string()), gap(&mut dice, old.to_string()));
        places += &format!("место {school};{people};{old}\n");
        let before = 60 + dice.below(14);
        let after = before + dice.below(5);
        let (before, after) = (gap(&mut dice, before.to_string()), gap(&mut dice, after.to_string()));
        let resource = 3 + dice.below(5);
        let resource = gap(&mut dice, resource.to_string());
        let counted = if dice.below(2) == 0 { "да" } else { "нет" };
        let counted = gap(&mut dice, counted.to_owned());
        schools += &format!("{school:03};место {school};{resource};{before};{after};{counted}\n");
        for _ in 0..2 {
            exams += &format!("{school:03};ЕГЭ;{},{};{}\n", 35 + dice.below(20), dice.below(10), 1 + dice.below(9));
        }
        exams += &format!("{school:03};ОГЭ;3,{:02};{}\n", dice.below(100), 1 + dice.below(9));
    }
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("места.csv", &places);
    write("школы.csv", &schools);
    write("экзамены.csv", &exams);
    write("rules.merilo", WIDE);
    write("dataset.yaml", "таблицы:\n  места: места.csv\n  школы: школы.csv\n  экзамены: экзамены.csv\n");
    let mut read = pipeline::read_rules(&folder.path().join("rules.merilo").display().to_string(), &[]);
    let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
    let judged = pipeline::judge(rules, &folder.path().join("dataset.yaml"), &mut read.sources, &Silent);
    let judged = judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics));
    (folder, judged)
}

/// Every cell of a school, whatever any explanation says: table, column, row and the values that the documentation of
/// the search names, found here by other means.
struct Cell {
    table: TableId,
    column: ColumnId,
    row: usize,
    values: Vec<Value>,
}

fn cells_of(judged: &Judged, school: usize) -> Vec<Cell> {
    let schema = &judged.rules.schema;
    let mut cells = Vec::new();
    for (table, name, columns) in [
        (schema.find("места").unwrap(), "места", vec!["жители", "старшие"]),
        (schema.find("школы").unwrap(), "школы", vec!["ресурс", "прошлый", "нынешний", "учтены"]),
        (schema.find("экзамены").unwrap(), "экзамены", vec!["балл", "участники"]),
    ] {
        let declared = schema.table(table).unwrap();
        let number = |column: &str, row: usize| {
            judged.dataset.column(table, declared.find(column).unwrap()).unwrap().number(row)
        };
        // places and schools stand in the same order; three exams for each school
        let rows = if name == "экзамены" { school * 3..school * 3 + 3 } else { school..school + 1 };
        for row in rows {
            for column in &columns {
                let id = declared.find(column).unwrap();
                let tens = if *column != "балл" {
                    1
                } else if row % 3 == 2 {
                    100
                } else {
                    10
                };
                let of_scale = |other: usize| *column != "балл" || (other % 3 == 2) == (row % 3 == 2);
                let all: Vec<i64> = (0..judged.dataset.table(table).unwrap().rows)
                    .filter(|other| of_scale(*other))
                    .filter_map(|other| number(column, other))
                    .map(|n| n.multiply(&Number::from_integer(tens)).to_integer().unwrap())
                    .collect();
                let (least, most) = (all.iter().min().copied(), all.iter().max().copied());
                let whole = |column: &str| number(column, row).and_then(|n| n.to_integer());
                let (low, high) = match *column {
                    "учтены" => {
                        let values = vec![Value::Truth(Truth::TRUE), Value::Truth(Truth::FALSE)];
                        cells.push(Cell { table, column: id, row, values });
                        continue;
                    }
                    "жители" => (whole("старшие").unwrap_or(0), rounded(most.unwrap(), true)),
                    "старшие" => (0, whole("жители").unwrap_or(rounded(most.unwrap(), true))),
                    "ресурс" | "участники" => (0, rounded(most.unwrap(), true)),
                    _ => (rounded(least.unwrap(), false), rounded(most.unwrap(), true)),
                };
                let value = |at: i64| Value::Number(Number::ratio(at.into(), tens.into()).unwrap());
                cells.push(Cell { table, column: id, row, values: (low..=high).map(value).collect() });
            }
        }
    }
    cells
}

/// To one digit that is not zero.
fn rounded(value: i64, up: bool) -> i64 {
    let unit = 10i64.pow(u32::try_from(value.to_string().len()).unwrap() - 1);
    if up { (value + unit - 1) / unit * unit } else { value / unit * unit }
}

/// The run with other values in some cells.
fn changed(judged: &Judged, cells: &[(TableId, ColumnId, usize, &Value)]) -> Run {
    let mut data = judged.dataset.clone();
    let mut change = Change::default();
    for (table, column, row, value) in cells {
        data = data.with(*table, *column, *row, value).unwrap();
        change.columns.push((*table, *column));
    }
    again(&judged.rules, &judged.plan, &data, &judged.run, &change, &[])
}

/// A change as a part of the larger of the two values, of points as a part of their range.
fn size(judged: &Judged, cell: &Cell, from: &Value, to: &Value) -> Number {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) => {
            let kind = &judged.rules.schema.column(cell.table, cell.column).unwrap().kind;
            let whole = match (kind, cell.values.first(), cell.values.last()) {
                (Type::Number(Unit::Points(_)), Some(Value::Number(low)), Some(Value::Number(high))) => {
                    high.subtract(low)
                }
                _ => from.absolute().max(to.absolute()),
            };
            to.subtract(from).absolute().divide(&whole).unwrap_or_else(Number::zero)
        }
        _ => Number::one(),
    }
}

fn other(verdict: Verdict) -> Option<Verdict> {
    match verdict {
        Verdict::Met => Some(Verdict::NotMet),
        Verdict::NotMet => Some(Verdict::Met),
        _ => None,
    }
}

/// All criteria and all categories of a school.
fn verdicts(run: &Run, school: usize) -> Vec<Verdict> {
    run.criteria.iter().chain(&run.categories).map(|of| of[school]).collect()
}

#[test]
fn no_cell_of_the_school_turns_anything_by_less_than_the_named_ones() {
    let (mut turned, mut alone, mut not_alone) = (0, 0, 0);
    for seed in 0..3 {
        let (_folder, judged) = wide(seed, false);
        for school in (0..judged.run.schools).step_by(2) {
            let now = verdicts(&judged.run, school);
            let criteria = judged.rules.criteria.len();
            // for each criterion and category the smallest turning change of every cell
            let mut sizes: Vec<Vec<Number>> = vec![Vec::new(); now.len()];
            let all = cells_of(&judged, school);
            for cell in &all {
                let from = judged.dataset.column(cell.table, cell.column).unwrap().value(cell.row);
                let mut least: Vec<Option<Number>> = vec![None; now.len()];
                for value in cell.values.iter().filter(|value| **value != from) {
                    let then = verdicts(&changed(&judged, &[(cell.table, cell.column, cell.row, value)]), school);
                    let size = size(&judged, cell, &from, value);
                    for (at, least) in least.iter_mut().enumerate() {
                        let turns = Some(then[at]) == other(now[at]);
                        if turns && least.as_ref().is_none_or(|least| size < *least) {
                            *least = Some(size.clone());
                        }
                    }
                }
                for (sizes, least) in sizes.iter_mut().zip(least) {
                    sizes.extend(least);
                }
            }
            sizes.iter_mut().for_each(|sizes| sizes.sort());
            let found = found(&judged, school);
            let named = |cells: &[CellChange]| -> Vec<Number> {
                let of = |change: &CellChange| {
                    let InputCell { table, column, row, .. } = change.cell;
                    all.iter().find(|cell| (cell.table, cell.column, cell.row) == (table, column, row)).unwrap()
                };
                cells.iter().map(|c| size(&judged, of(c), &c.cell.value, &c.to)).collect()
            };
            for criterion in &found.criteria {
                let sizes = &sizes[criterion.criterion.index()];
                let first: Vec<Number> = sizes.iter().take(3).cloned().collect();
                let number = &judged.rules.criteria[criterion.criterion.index()].number;
                assert_eq!(named(&criterion.cells), first, "seed {seed}, school {school}, criterion {number}");
                turned += criterion.cells.len();
            }
            for category in &found.categories {
                let sizes = &sizes[criteria + category.category.index()];
                let first: Vec<Number> = sizes.iter().take(3).cloned().collect();
                let name = &judged.rules.categories[category.category.index()].name;
                assert_eq!(named(&category.cells), first, "seed {seed}, school {school}, category {name}");
                alone += usize::from(!category.cells.is_empty());
                not_alone += usize::from(category.cells.is_empty());
                assert!(category.cells.is_empty() || category.together.is_none());
            }
        }
    }
    assert!(turned > 120 && alone > 15 && not_alone > 3, "{turned}, {alone}, {not_alone}");
}

#[test]
fn a_change_names_every_category_that_turns_with_it() {
    let mut several = 0;
    for seed in 0..8 {
        let (_folder, judged) = wide(seed, false);
        for school in 0..judged.run.schools {
            let found = found(&judged, school);
            let of_criteria = found.criteria.iter().flat_map(|criterion| &criterion.cells);
            let of_categories = found.categories.iter().flat_map(|category| &category.cells);
            for change in of_criteria.chain(of_categories) {
                let cell = &change.cell;
                let run = changed(&judged, &[(cell.table, cell.column, cell.row, &change.to)]);
                let turned: Vec<(CategoryId, Verdict)> = (0..judged.rules.categories.len())
                    .map(CategoryId::from_index)
                    .filter(|id| run.category(*id, school) != judged.run.category(*id, school))
                    .map(|id| (id, run.category(id, school).unwrap()))
                    .collect();
                assert_eq!(pairs(&change.outcome.categories), turned, "seed {seed}, school {school}: {change:?}");
                several += usize::from(turned.len() > 1);
            }
        }
    }
    assert!(several > 8, "{several}");
}

/// No number from 0 to 20 takes the school off the list, but from 11 on the category does not apply to it.
#[test]
fn a_cell_that_makes_a_category_not_applicable_changes_the_decision() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "набор правил «Отбор»\n  оцениваются школы\n\
        таблица школы\n  ключ код\n  столбец код текст\n  столбец ч число\n\
        показатель п = ч\n  не применимо, если ч более 10\n\
        категория К\n  относится, если выполнен любой критерий\n\
        \x20 критерий 1\n    если п не менее 0\n";
    std::fs::write(folder.path().join("rules.merilo"), rules).unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), "таблицы:\n  школы: школы.csv\n").unwrap();
    std::fs::write(folder.path().join("школы.csv"), "код;ч\n1;5\n2;9\n3;20\n").unwrap();
    let mut read = pipeline::read_rules(&folder.path().join("rules.merilo").display().to_string(), &[]);
    let rules = read.rules.value.unwrap();
    let judged = pipeline::judge(rules, &folder.path().join("dataset.yaml"), &mut read.sources, &Silent).value.unwrap();
    assert_eq!(*judged.run.categories[0], [Verdict::Met, Verdict::Met, Verdict::NotApplicable]);
    let category = found(&judged, 0).categories.remove(0);
    let told: Vec<_> = category.cells.iter().map(|change| (&change.to, change.outcome.category)).collect();
    assert_eq!(told, [(&Value::Number(Number::from_integer(11)), Verdict::NotApplicable)]);
    assert!(category.together.is_none());
}

#[test]
fn cells_named_together_turn_the_category_and_none_can_be_spared_or_changed_by_less() {
    let (mut tried, mut of_three) = (0, 0);
    for seed in 0..10 {
        let (_folder, judged) = wide(seed, false);
        for school in 0..judged.run.schools {
            for category in found(&judged, school).categories {
                let Some(together) = category.together else { continue };
                let with = |to: &[Value]| {
                    let pairs = together.cells.iter().zip(to);
                    let cells: Vec<_> = pairs.map(|((c, _), to)| (c.table, c.column, c.row, to)).collect();
                    changed(&judged, &cells).category(category.category, school).unwrap()
                };
                let to: Vec<Value> = together.cells.iter().map(|(_, to)| to.clone()).collect();
                assert_eq!(Some(with(&to)), other(category.verdict), "seed {seed}, school {school}: {together:?}");
                assert_eq!(together.outcome.category, with(&to));
                for (at, (cell, _)) in together.cells.iter().enumerate() {
                    let mut less = to.clone();
                    less[at] = match (&cell.value, &to[at]) {
                        (Value::Number(from), Value::Number(to)) => {
                            let name = judged.rules.schema.column(cell.table, cell.column).unwrap().name.clone();
                            let tens = if name.as_ref() == "балл" { 10 } else { 1 };
                            let step = Number::ratio(1, tens).unwrap();
                            Value::Number(if to > from { to.subtract(&step) } else { to.add(&step) })
                        }
                        _ => cell.value.clone(),
                    };
                    assert_ne!(Some(with(&less)), other(category.verdict), "seed {seed}, {school}: {together:?}");
                    less[at] = cell.value.clone();
                    assert_ne!(Some(with(&less)), other(category.verdict), "seed {seed}, {school}: {together:?}");
                }
                tried += 1;
                of_three += usize::from(together.cells.len() > 2);
            }
        }
    }
    assert!(tried > 10 && of_three > 1, "{tried}, {of_three}");
}

#[test]
fn at_a_cut_with_ties_the_bound_is_the_first_value_that_passes_it() {
    let (mut tried, mut strict) = (0, 0);
    let hundredth = Number::ratio(1, 100).unwrap();
    for seed in 0..6 {
        let (_folder, judged) = wide(seed, false);
        let table = judged.rules.schema.find("школы").unwrap();
        let column = judged.rules.schema.table(table).unwrap().find("ресурс").unwrap();
        for school in 0..judged.run.schools {
            for criterion in found(&judged, school).criteria {
                let number = judged.rules.criteria[criterion.criterion.index()].number.clone();
                if !matches!(number.as_ref(), "3.1" | "3.2") {
                    continue;
                }
                let verdict = |number: Number| {
                    let run = changed(&judged, &[(table, column, school, &Value::Number(number))]);
                    run.criterion(criterion.criterion, school).unwrap()
                };
                let now = judged.dataset.column(table, column).unwrap().number(school).unwrap();
                // by hundredths away from now, as far as there is anything to pass
                let upwards = criterion.verdict.is_met() == (number.as_ref() == "3.1");
                let passes = (1..1000).map(|n| {
                    let way = hundredth.multiply(&Number::from_integer(n));
                    if upwards { now.add(&way) } else { now.subtract(&way) }
                });
                let first = passes.into_iter().find(|to| verdict(to.clone()) != criterion.verdict);
                let Some(first) = first else {
                    assert!(criterion.values.is_empty(), "seed {seed}, school {school}, {number}");
                    continue;
                };
                let value = &criterion.values[0];
                let beyond = match value.operator {
                    CompareOp::AtLeast | CompareOp::AtMost => value.bound.clone(),
                    CompareOp::More => value.bound.add(&hundredth),
                    CompareOp::Less => value.bound.subtract(&hundredth),
                    other => panic!("{other:?}"),
                };
                assert_eq!(beyond, first, "seed {seed}, school {school}, {number}: {:?}", value.operator);
                tried += 1;
                strict += usize::from(matches!(value.operator, CompareOp::More | CompareOp::Less));
            }
        }
    }
    assert!(tried > 60 && strict > 15 && strict < tried, "{tried}, {strict}");
}

#[test]
fn every_value_of_a_missing_cell_leads_to_what_is_said_of_it() {
    let (mut borders, mut truths, mut by_policy) = (0, 0, 0);
    for seed in 0..6 {
        let (_folder, judged) = wide(seed, true);
        for school in 0..judged.run.schools {
            let possible = cells_of(&judged, school);
            let found = found(&judged, school);
            let of_criteria = found.criteria.iter().flat_map(|criterion| {
                criterion.missing.iter().map(|missing| (Some(criterion.criterion), criterion.verdict, missing))
            });
            for (criterion, now, missing) in of_criteria {
                let cell = &missing.cell;
                let same = |c: &&Cell| (c.table, c.column, c.row) == (cell.table, cell.column, cell.row);
                let values = &possible.iter().find(same).unwrap().values;
                by_policy += usize::from(!matches!(now, Verdict::Undetermined(_)));
                for value in values {
                    let run = changed(&judged, &[(cell.table, cell.column, cell.row, value)]);
                    let leads = match (&missing.settles, value) {
                        (Settles::YesNo { yes, no }, Value::Truth(truth)) => {
                            truths += 1;
                            if truth.is_true() { yes } else { no }
                        }
                        (Settles::Parts { parts, .. }, Value::Number(number)) => {
                            borders += parts.len() - 1;
                            let within = |part: &&Part| part.from <= *number && *number <= part.to;
                            &parts.iter().find(within).unwrap().leads
                        }
                        other => panic!("{other:?}"),
                    };
                    let then = run.criterion(criterion.unwrap(), school).unwrap();
                    let kind = |verdict: Verdict| match verdict {
                        Verdict::Undetermined(_) => Verdict::Undetermined(Reasons::NONE),
                        verdict => verdict,
                    };
                    assert_eq!(leads.verdict, kind(then), "seed {seed}, school {school}: {missing:?} at {value:?}");
                    let turned: Vec<(CategoryId, Verdict)> = (0..judged.rules.categories.len())
                        .map(CategoryId::from_index)
                        .map(|id| (id, kind(run.category(id, school).unwrap())))
                        .filter(|(id, then)| kind(judged.run.category(*id, school).unwrap()) != *then)
                        .collect();
                    assert_eq!(
                        pairs(&leads.categories),
                        turned,
                        "seed {seed}, school {school}: {missing:?} at {value:?}"
                    );
                }
            }
        }
    }
    assert!(borders > 500 && truths > 10 && by_policy > 5, "{borders}, {truths}, {by_policy}");
}

/// People keep schools on the list and off it: who moves is who is on another side of the list, and of schools that they
/// decided about only the computation turns.
#[test]
fn who_is_said_to_move_moves_on_the_list_with_its_decisions() {
    let decision = |action: &str, school: u8| {
        format!(
            "\nрешение {action} \"00{school}\" {} К\n  документ «Приказ № {school}» от 12.02.2019\n  автор «Комитет»\n  \
             причина «Проба»\n  действует по 31.12.2019\n",
            if action == "включить" { "в" } else { "из" }
        )
    };
    let (mut moving, mut held, mut own) = (0, [0; 4], 0);
    for seed in 0..12 {
        let mut rules = RULES.to_owned();
        for school in 0..9_u8 {
            match (u64::from(school) + seed) % 3 {
                0 => rules += &decision("включить", school),
                1 => rules += &decision("исключить", school),
                _ => {}
            }
        }
        let region = Region::new(seed, false);
        std::fs::write(region.folder.path().join("rules.merilo"), rules).unwrap();
        let judged = region.judged();
        let category = CategoryId::from_index(0);
        for school in 0..judged.run.schools {
            let found = found(&judged, school);
            let of_category = found.categories.iter().flat_map(|c| &c.cells).map(|change| (change, true));
            let of_criteria = found.criteria.iter().flat_map(|c| &c.cells).map(|change| (change, false));
            for (change, whole) in of_category.chain(of_criteria) {
                let cell = &change.cell;
                let run = changed(&judged, &[(cell.table, cell.column, cell.row, &change.to)]);
                let rows = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
                    (0..run.schools).filter(|row| *row != school && wanted(*row)).collect()
                };
                let listed = |run: &Run, row: usize| run.is_listed(category, row);
                let met = |run: &Run, row: usize| run.category(category, row) == Some(Verdict::Met);
                let entering = rows(&|row| !listed(&judged.run, row) && listed(&run, row));
                let leaving = rows(&|row| listed(&judged.run, row) && !listed(&run, row));
                let none = merilo::explain::changes::Movers::default();
                let elsewhere = change.outcome.elsewhere.first().map_or(&none, |(_, movers)| movers);
                let movers = if whole { &change.outcome.movers } else { elsewhere };
                assert_eq!((codes(&movers.entering.named), codes(&movers.leaving.named)), (entering, leaving));
                moving += movers.entering.count + movers.leaving.count;
                let mut kinds = 0;
                for (at, (enters, includes)) in
                    [(true, true), (true, false), (false, true), (false, false)].into_iter().enumerate()
                {
                    let expected = rows(&|row| {
                        let decided = judged.run.registration(category, row).map(|found| found.includes);
                        decided == Some(includes) && met(&judged.run, row) != enters && met(&run, row) == enters
                    });
                    let action = if includes { RegisteredAction::Include } else { RegisteredAction::Exclude };
                    let said = movers.held.iter().find(|h| (h.entering, h.registered) == (enters, action));
                    assert_eq!(said.map_or(Vec::new(), |held| codes(&held.others.named)), expected, "seed {seed}");
                    kinds += usize::from(said.is_some());
                    held[at] += expected.len();
                }
                assert_eq!(kinds, movers.held.len());
                for turned in &change.outcome.categories {
                    let decided = judged.run.registration(category, school).map(|found| found.includes);
                    assert_eq!(turned.registered.map(|action| action == RegisteredAction::Include), decided);
                    own += usize::from(decided.is_some());
                }
            }
        }
    }
    let by_kind = [held[0] + held[2], held[1] + held[3]];
    assert!(moving > 3 && by_kind.iter().all(|count| *count > 0) && own > 20, "{moving}, {held:?}, {own}");
}
