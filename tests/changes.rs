//! What would turn a decision, tried: the change named, made in the files, turns it; one step less does not; whoever is
//! named as coming in or going out does. And evaluating again what a change reaches is evaluating all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use merilo::decision::{Run, Verdict};
use merilo::evaluate::again::{Change, again};
use merilo::evaluate::evaluate;
use merilo::explain::changes::{Changes, Settles};
use merilo::explain::explanation::School;
use merilo::explain::{changes, explain};
use merilo::model::CriterionId;
use merilo::number::Number;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::value::Value;

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
    let Judged { rules, plan, dataset, run } = judged;
    changes(rules, plan, dataset, run, &explain(rules, plan, dataset, run, school))
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
                    assert_eq!(verdict, Some(change.outcome.criterion), "seed {seed}, school {school}: {change:?}");
                    assert_ne!(verdict, Some(criterion.verdict));
                    let category = judged.rules.criteria[criterion.criterion.index()].category;
                    assert_eq!(after.run.category(category, school), Some(change.outcome.category));
                    turned_category += usize::from(change.outcome.category_turns);
                    let (entering, leaving) = (&change.outcome.entering, &change.outcome.leaving);
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
                codes(&value.outcome.entering.named),
                moved(&judged.run, &after.run, first.criterion, school),
                "seed {seed}, school {school}"
            );
            assert_eq!(
                codes(&value.outcome.leaving.named),
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
                    match missing.settles {
                        Settles::Split { low_verdict, up_to, high_verdict } => {
                            split += 1;
                            assert_eq!(verdict(&up_to, percent), low_verdict);
                            assert_eq!(verdict(&up_to.add(&step_of(name)), percent), high_verdict);
                        }
                        Settles::Whatever(found) => {
                            whatever += 1;
                            let some =
                                Number::ratio(if percent { 1 } else { 44 }, if percent { 2 } else { 1 }).unwrap();
                            assert_eq!(verdict(&some, percent), found);
                        }
                        Settles::Nothing => nothing += 1,
                        Settles::NoNumber => panic!("{name} holds numbers"),
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
            let Judged { rules, plan, dataset, run } = &judged;
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
        let Judged { rules, plan, dataset, run } = region.judged();
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
