//! Every change of a list split into the effects of rules, data and others: worked out by hand on small regions, and held
//! against rules and data that are really built, by chance.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "effects/built.rs"]
mod built;
#[path = "../examples/leningrad-2018/generate/chance.rs"]
#[allow(dead_code)] // the generator of the example uses more of it
mod chance;
#[path = "effects/chosen.rs"]
mod chosen;
#[path = "recheck/data.rs"]
mod data;
#[path = "recheck/words.rs"]
#[allow(dead_code)] // the second reading of the rules uses more of it
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use merilo::compare::effects::{CORNERS, Effects, Factor, Obstacle, Split, Splitting, Totals};
use merilo::compare::{self, Side};
use merilo::data::correspondence::Correspondence;
use merilo::data::dataset::{Dataset, Needed};
use merilo::data::hybrid::{Half, Pair};
use merilo::decision::{Run, Verdict};
use merilo::evaluate;
use merilo::model::{CategoryId, RegisteredAction, RuleSet};
use merilo::number::Number;
use merilo::pipeline::effects::{Extent, split};
use merilo::pipeline::{self, Compared, Variant};
use merilo::plan::{self, Plan};
use merilo::progress::Silent;
use merilo::schema::{ColumnId, TableId};
use merilo::source::Sources;
use merilo::value::Value;

fn ratio(numerator: i128, denominator: i128) -> Number {
    Number::ratio(numerator, denominator).unwrap()
}

// ---- by hand

const TABLES: &str = "набор правил «Малый район»
  отчётный год 2018
  оцениваются школы
  округление квоты вниз
  равные на границе включить

таблица поселения / поселений
  ключ код
  столбец код текст
  столбец жители число человек

таблица школы / школ
  ключ код
  столбец код текст
  столбец вид текст
  столбец балл число баллов
  столбец поселение ссылка на поселения

таблица итоги / итогов
  столбец школа ссылка на школы
  столбец оценка число баллов

";

const MANIFEST: &str = "таблицы:
  поселения:
    файл: поселения.csv
  школы:
    файл: школы.csv
  итоги:
    файл: итоги.csv
";

const SCHOOLS: &str = "код;вид;балл;поселение
01;вечерняя;10;л
02;средняя;20;л
03;средняя;30;т
04;средняя;40;т
05;средняя;50;т
06;средняя;60;т
07;вечерняя;70;т
08;вечерняя;80;т
09;вечерняя;90;т
10;средняя;100;т
";

const SETTLEMENTS: &str = "код;жители
л;100
т;5000
";

const RESULTS: &str = "школа;оценка
01;2
02;3
02;4
03;4
04;4
05;5
06;5
07;4
08;4
09;4
10;5
";

/// A region of ten schools; the second dataset, in the folder «новые», differs where `changes` say so.
fn region(rules: &str, changes: &[(&str, &str, &str)]) -> (tempfile::TempDir, Compared) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("новые")).unwrap();
    for (name, text) in
        [("dataset.yaml", MANIFEST), ("поселения.csv", SETTLEMENTS), ("школы.csv", SCHOOLS), ("итоги.csv", RESULTS)]
    {
        let mut new = text.to_owned();
        for (file, from, to) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(new.contains(from), "{file}: {from}");
            new = new.replacen(from, to, 1);
        }
        write(name, text);
        write(&format!("новые/{name}"), &new);
    }
    write("rules.merilo", &format!("{TABLES}{rules}"));
    let rules = folder.path().join("rules.merilo").display().to_string();
    let data = folder.path().join("dataset.yaml");
    let (_, outcome) = pipeline::compare(&rules, &Variant::default(), &[], &data, &Silent);
    let compared = outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics));
    (folder, compared)
}

/// School → own rules, others' rules, own data, others' data.
fn effects(compared: &Compared) -> BTreeMap<String, [Number; 4]> {
    let variation = &compared.variations[0];
    assert_eq!(variation.splitting, Splitting::Done);
    let movers = &variation.comparison.categories[0].movers;
    let parts = |split: &Split| Factor::EACH.map(|factor| split.listed.part(factor));
    movers.iter().map(|mover| (mover.school.code.to_string(), parts(mover.effects.as_ref().unwrap()))).collect()
}

fn side(judged: &pipeline::Judged) -> Side<'_> {
    let pipeline::Judged { rules, plan, dataset, run, .. } = judged;
    Side { rules, plan, data: dataset, run }
}

fn holds(rules: &str, changes: &[(&str, &str, &str)], expected: &[(&str, [(i128, i128); 4])]) {
    let (_folder, compared) = region(rules, changes);
    let expected: BTreeMap<String, [Number; 4]> =
        expected.iter().map(|(code, parts)| (code.to_string(), parts.map(|(n, d)| ratio(n, d)))).collect();
    assert_eq!(effects(&compared), expected);
}

const YES: (i128, i128) = (1, 1);
const NO: (i128, i128) = (0, 1);
const AWAY: (i128, i128) = (-1, 1);

const LOWEST: &str = "совокупность участники / участников = школы
категория К
  относится, если выполнен любой критерий
  критерий 1
    если балл в числе самых низких среди участников, квота 20 %
";

/// 20 % of ten schools are 01 and 02, 30 % are 03 as well: nobody but the quota has changed.
#[test]
fn a_larger_quota_is_an_effect_of_rules() {
    let rules = format!(
        "{LOWEST}сценарий «Больше»\n  критерий 1\n    если балл в числе самых низких среди участников, квота 30 %\n"
    );
    holds(&rules, &[], &[("03", [YES, NO, NO, NO])]);
}

/// Without the four evening schools six are left, and 20 % of six are one place. 01 is an evening school: its own rules take it
/// off. 02 keeps the place that is left, so nothing happens to it.
#[test]
fn a_school_that_is_no_longer_judged_is_taken_off_by_its_own_rules() {
    let rules = format!(
        "{LOWEST}сценарий «Дневные»\n  совокупность участники = школы\n    исключить, если вид = \"вечерняя\"\n"
    );
    holds(&rules, &[], &[("01", [AWAY, NO, NO, NO])]);
}

/// Without 07, 08 and 09 seven schools are left, and 20 % of seven are one place: 02 is pushed out though it is judged as before.
#[test]
fn a_school_of_the_margin_is_displaced_by_rules_that_leave_out_others() {
    let changed = "сценарий «Дневные»\n  совокупность участники = школы\n    исключить, если вид = \"вечерняя\" и балл более 50 баллов\n";
    holds(&format!("{LOWEST}{changed}"), &[], &[("02", [NO, AWAY, NO, NO])]);
}

/// Two places whoever is judged: without 01 the second is that of 03.
#[test]
fn a_school_moves_up_where_rules_leave_out_another() {
    let rules = LOWEST.replace("20 %", "2 школы");
    let rules = format!(
        "{rules}сценарий «Дневные»\n  совокупность участники = школы\n    исключить, если вид = \"вечерняя\"\n"
    );
    holds(&rules, &[], &[("01", [AWAY, NO, NO, NO]), ("03", [NO, YES, NO, NO])]);
}

const OTHER_DATA: &str = "сценарий «Новые данные»\n  данные \"новые/dataset.yaml\"\n";

/// 05 falls to 15: that is its data, and 02 is pushed out by it.
#[test]
fn a_school_is_displaced_by_the_data_of_another() {
    let rules = format!("{LOWEST}{OTHER_DATA}");
    let changes = [("школы.csv", "05;средняя;50", "05;средняя;15")];
    holds(&rules, &changes, &[("02", [NO, NO, NO, AWAY]), ("05", [NO, NO, YES, NO])]);
}

const BELOW: &str = "категория К
  относится, если выполнен любой критерий
  критерий 1
    если балл менее 25 баллов
";

#[test]
fn a_result_that_falls_is_an_effect_of_data() {
    let changes = [("школы.csv", "05;средняя;50", "05;средняя;15"), ("школы.csv", "02;средняя;20", "02;средняя;26")];
    holds(&format!("{BELOW}{OTHER_DATA}"), &changes, &[("02", [NO, NO, AWAY, NO]), ("05", [NO, NO, YES, NO])]);
}

/// The settlement of a school and the rows that belong to it are its own data, whoever else shares them.
#[test]
fn rows_that_a_school_names_and_that_belong_to_it_are_its_own_data() {
    let rules = format!(
        "категория К\n  относится, если выполнен любой критерий\n  критерий 1\n    если поселение.жители менее 150 человек\n  \
         критерий 2\n    если среднее(итоги.оценка) менее 4 баллов\n{OTHER_DATA}"
    );
    let changes = [("поселения.csv", "л;100", "л;200"), ("итоги.csv", "05;5", "05;3"), ("итоги.csv", "01;2", "01;4")];
    // 02 is still listed for its results
    holds(&rules, &changes, &[("01", [NO, NO, AWAY, NO]), ("05", [NO, NO, YES, NO])]);
}

/// 04 falls from 40 to 30, and the threshold rises from 25 to 35: neither alone would do. 03 stays where it was, and enters by
/// the threshold alone.
#[test]
fn what_takes_both_rules_and_data_is_shared() {
    let rules = format!("{BELOW}{OTHER_DATA}  критерий 1\n    если балл менее 35 баллов\n");
    let changes = [("школы.csv", "04;средняя;40", "04;средняя;30")];
    holds(&rules, &changes, &[("03", [YES, NO, NO, NO]), ("04", [(1, 2), NO, (1, 2), NO])]);
}

/// 03 would enter by the larger quota (three places), but 05 falls below it: with the old quota it stays outside either way, with the
/// new one it is in before the fall of 05 and out after it. It did not move. 05 moves by its data alone. 02 was in by the old
/// quota, and stays in by the new one: neither did it.
#[test]
fn a_place_that_is_won_and_lost_again_is_no_move() {
    let scenario =
        format!("{OTHER_DATA}  критерий 1\n    если балл в числе самых низких среди участников, квота 30 %\n");
    let changes = [("школы.csv", "05;средняя;50", "05;средняя;15")];
    holds(&format!("{LOWEST}{scenario}"), &changes, &[("05", [NO, NO, YES, NO])]);
}

/// 05 falls below 02 and 03, 06 as well, and the quota is 30 %: 02 is third in the old data and fourth in the new. Under the old
/// quota it is in (second) before, out (third with one of them would be out) after; under the new one in, then out: displacement
/// in whatever order.
#[test]
fn displacement_that_a_larger_quota_does_not_outweigh() {
    let scenario =
        format!("{OTHER_DATA}  критерий 1\n    если балл в числе самых низких среди участников, квота 30 %\n");
    let changes = [("школы.csv", "05;средняя;50", "05;средняя;15"), ("школы.csv", "06;средняя;60", "06;средняя;15")];
    holds(
        &format!("{LOWEST}{scenario}"),
        &changes,
        &[("02", [NO, NO, NO, AWAY]), ("05", [NO, NO, YES, NO]), ("06", [NO, NO, YES, NO])],
    );
}

/// A school that only the new data have is there by its data; one that is gone has left by them. What the one pushes out is
/// displaced.
#[test]
fn a_school_that_only_one_side_has_moves_by_data() {
    let rules = LOWEST.replace("20 %", "2 школы");
    let changes =
        [("школы.csv", "01;вечерняя;10;л\n", "11;средняя;5;л\n12;средняя;6;л\n"), ("итоги.csv", "01;2\n", "")];
    let expected =
        [("01", [NO, NO, AWAY, NO]), ("02", [NO, NO, NO, AWAY]), ("11", [NO, NO, YES, NO]), ("12", [NO, NO, YES, NO])];
    holds(&format!("{rules}{OTHER_DATA}"), &changes, &expected);
}

/// A decision of people is among the rules by which the school itself is judged; it moves nobody else.
#[test]
fn a_registered_decision_is_an_effect_of_rules() {
    let decision = "решение включить \"10\" в К\n  документ «Распоряжение» от 01.02.2018\n  автор «Комитет»\n  \
                    причина «По заявлению»\n  действует по 31.12.2018\n";
    let (folder, _) = region(&format!("{LOWEST}{OTHER_DATA}"), &[]);
    let judged = |rules: &str| {
        let path = folder.path().join("alone.merilo");
        std::fs::write(&path, format!("{TABLES}{rules}")).unwrap();
        let mut read = pipeline::read_rules(&path.display().to_string(), &[]);
        let data = folder.path().join("dataset.yaml");
        pipeline::judge(read.rules.value.unwrap(), &data, &mut read.sources, &Silent).value.unwrap()
    };
    let (old, new) = (judged(LOWEST), judged(&format!("{LOWEST}{decision}")));
    let (before, after) = (side(&old), side(&new));
    let mut comparison = compare::compare(&before, &after);
    let matching = compare::matching::by_codes(&before, &after);
    // the data were read twice, and are the same
    assert_eq!(split(&before, &after, &matching, &[], &mut comparison, Extent::Usual, &Silent), Splitting::Done);
    let movers = &comparison.categories[0].movers;
    assert_eq!(movers.len(), 1);
    let listed = &movers[0].effects.as_ref().unwrap().listed;
    assert_eq!((movers[0].school.code.as_ref(), listed.rules(), listed.sum()), ("10", ratio(1, 1), ratio(1, 1)));
}

/// A decision that can no longer be told is split as well.
#[test]
fn a_decision_that_is_open_now_is_split() {
    let (_folder, compared) = region(&format!("{BELOW}{OTHER_DATA}"), &[("школы.csv", "05;средняя;50", "05;средняя;")]);
    let movers = &compared.variations[0].comparison.categories[0].movers;
    assert_eq!(movers.len(), 1);
    let split = movers[0].effects.as_ref().unwrap();
    assert!(split.listed.is_nothing());
    assert_eq!((split.undetermined.data(), split.undetermined.sum()), (ratio(1, 1), ratio(1, 1)));
}

/// The new rules declare the columns in another order and one more. 03 enters by its new result, under the old threshold as well;
/// 04 by the new threshold.
#[test]
fn rules_that_declare_other_columns_are_split_by_the_names_of_columns() {
    let folder = tempfile::tempdir().unwrap();
    let judged = |name: &str, columns: &str, condition: &str, data: &str| {
        let at = folder.path().join(name);
        std::fs::create_dir(&at).unwrap();
        let rules = format!(
            "набор правил «Район»\n  отчётный год 2018\n  оцениваются школы\nтаблица школы\n  ключ код\n{columns}категория К\n  \
             относится, если выполнен любой критерий\n  критерий 1\n    если {condition}\n"
        );
        std::fs::write(at.join("rules.merilo"), rules).unwrap();
        std::fs::write(at.join("школы.csv"), data).unwrap();
        std::fs::write(at.join("dataset.yaml"), "таблицы:\n  школы:\n    файл: школы.csv\n").unwrap();
        let mut read = pipeline::read_rules(&at.join("rules.merilo").display().to_string(), &[]);
        let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
        pipeline::judge(rules, &at.join("dataset.yaml"), &mut read.sources, &Silent).value.unwrap()
    };
    let (few, more) = (
        "  столбец код текст\n  столбец балл число баллов\n",
        "  столбец смены число\n  столбец балл число баллов\n  столбец код текст\n",
    );
    let first = "код;балл;смены\n01;10;1\n02;20;1\n03;50;1\n04;40;2\n";
    let second = "код;балл;смены\n04;40;2\n03;15;1\n02;20;1\n01;10;1\n";
    let old = judged("старые", few, "балл менее 25 баллов", first);
    let new = judged("новые", more, "балл менее 45 баллов", second);
    let shifts = judged("смены", more, "балл менее 25 баллов или смены более 1", second);
    let shifts_before = judged("смены раньше", more, "балл менее 25 баллов или смены более 1", first);
    let found = |new: &pipeline::Judged| {
        let mut comparison = compare::compare(&side(&old), &side(new));
        let matching = compare::matching::by_codes(&side(&old), &side(new));
        let done = split(&side(&old), &side(new), &matching, &[], &mut comparison, Extent::Usual, &Silent);
        let movers = &comparison.categories[0].movers;
        let effects = movers.iter().filter_map(|mover| {
            let split = mover.effects.as_ref()?;
            Some((mover.school.code.to_string(), Factor::EACH.map(|factor| split.listed.part(factor))))
        });
        (done, effects.collect::<BTreeMap<_, _>>())
    };
    let parts = |parts: [(i128, i128); 4]| parts.map(|(n, d)| ratio(n, d));
    let expected = [("03", [NO, NO, YES, NO]), ("04", [YES, NO, NO, NO])];
    let expected = expected.map(|(code, of)| (code.to_owned(), parts(of))).into_iter().collect();
    assert_eq!(found(&new), (Splitting::Done, expected));
    // what the new rules read was not read of the old data, and the data differ
    assert_eq!(found(&shifts), (Splitting::Impossible(Obstacle::Columns), BTreeMap::new()));
    // the same data, read twice with other columns
    let expected = [("04".to_owned(), parts([YES, NO, NO, NO]))].into_iter().collect();
    assert_eq!(found(&shifts_before), (Splitting::Done, expected));
}

/// The same region with the codes of `codes` in the new data, and a table that says so; `more`: lines of the table.
fn under_other_codes(
    rules: &str,
    changes: &[(&str, &str, &str)],
    codes: &[(&str, &str)],
    more: &str,
) -> (tempfile::TempDir, Compared) {
    let (folder, _) = region(rules, &[]);
    let at = |name: &str| folder.path().join(name);
    for name in ["школы.csv", "итоги.csv"] {
        let mut text = std::fs::read_to_string(at(name)).unwrap();
        for (_, from, to) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        for (old, new) in codes {
            text = text.replace(&format!("\n{old};"), &format!("\n{new};"));
        }
        std::fs::write(at("новые").join(name), text).unwrap();
    }
    let table: String = codes.iter().map(|(old, new)| format!("{old};{new}\n")).collect();
    std::fs::write(at("коды.csv"), format!("старый код;новый код\n{table}{more}")).unwrap();
    let against = pipeline::Against { correspondence: Some(at("коды.csv")), ..pipeline::Against::default() };
    let path = at("rules.merilo").display().to_string();
    let data = at("dataset.yaml");
    let (_, outcome) = pipeline::compare_against(&path, &Variant::default(), &against, &data, &Silent);
    (folder, outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics)))
}

fn expected(of: &[(&str, [(i128, i128); 4])]) -> BTreeMap<String, [Number; 4]> {
    of.iter().map(|(code, parts)| (code.to_string(), parts.map(|(n, d)| ratio(n, d)))).collect()
}

/// 03, 04 and 02 have other codes. 03 enters by the new threshold alone, 04 by threshold and its own fall, 02 leaves by its data; the
/// results of 02 go with it.
#[test]
fn a_school_under_another_code_is_the_same_school() {
    let rules = format!("{BELOW}{OTHER_DATA}  критерий 1\n    если балл менее 35 баллов\n");
    let codes = [("03", "103"), ("04", "104"), ("02", "102")];
    let changes = [("школы.csv", "04;средняя;40", "04;средняя;30"), ("школы.csv", "02;средняя;20", "02;средняя;36")];
    let (_folder, compared) = under_other_codes(&rules, &changes, &codes, "");
    let by_hand = [("103", [YES, NO, NO, NO]), ("104", [(1, 2), NO, (1, 2), NO]), ("102", [NO, NO, AWAY, NO])];
    assert_eq!(effects(&compared), expected(&by_hand));
    // whoever is displaced is displaced by another code as well
    let rules = format!("{LOWEST}{OTHER_DATA}");
    let changes = [("школы.csv", "05;средняя;50", "05;средняя;15")];
    let (_folder, compared) = under_other_codes(&rules, &changes, &[("02", "102"), ("05", "105")], "");
    let by_hand = [("102", [NO, NO, NO, AWAY]), ("105", [NO, NO, YES, NO])];
    assert_eq!(effects(&compared), expected(&by_hand));
    let belonging = format!(
        "категория К\n  относится, если выполнен любой критерий\n  критерий 1\n    если среднее(итоги.оценка) менее 4 \
         баллов\n{OTHER_DATA}"
    );
    let changes = [("итоги.csv", "\n02;3\n02;4", "\n02;4\n02;4")];
    let (_folder, compared) = under_other_codes(&belonging, &changes, &[("02", "102")], "");
    assert_eq!(effects(&compared), expected(&[("102", [NO, NO, AWAY, NO])]));
}

/// 03 and 04 become 04, and 06 becomes 06 and 66. By the new threshold 03 would have been on the list, so 04 is by the rules alone. 06
/// falls from 60 to 32: it takes the new threshold as well.
#[test]
fn merged_and_divided_schools_are_all_that_they_were_and_that_came_of_them() {
    let rules = format!("{BELOW}{OTHER_DATA}  критерий 1\n    если балл менее 35 баллов\n");
    let changes = [
        ("школы.csv", "03;средняя;30;т\n", ""),
        ("школы.csv", "04;средняя;40", "04;средняя;31"),
        ("школы.csv", "06;средняя;60;т\n", "06;средняя;32;т\n66;средняя;60;т\n"),
        ("итоги.csv", "03;4\n", ""),
    ];
    let (_folder, compared) = under_other_codes(&rules, &changes, &[], "03;04\n06;06\n06;66\n");
    let by_hand = [("04", [YES, NO, NO, NO]), ("06", [(1, 2), NO, (1, 2), NO])];
    assert_eq!(effects(&compared), expected(&by_hand));
    // 20 % of ten are two places, of nine one: 02 is displaced where 03 and 04 become one, whatever becomes of these
    let (_folder, compared) =
        under_other_codes(&format!("{LOWEST}{OTHER_DATA}"), &[changes[0], changes[1], changes[3]], &[], "03;04\n");
    assert_eq!(effects(&compared), expected(&[("02", [NO, NO, NO, AWAY])]));
    // 01 and 02 had both places; as one school, with 60 points, they leave theirs to 03
    let changes = [
        ("школы.csv", "01;вечерняя;10;л\n", ""),
        ("школы.csv", "02;средняя;20", "02;средняя;60"),
        ("итоги.csv", "01;2\n", ""),
    ];
    let (_folder, compared) = under_other_codes(&format!("{LOWEST}{OTHER_DATA}"), &changes, &[], "01;02\n");
    assert_eq!(effects(&compared), expected(&[("02", [NO, NO, AWAY, NO]), ("03", [NO, NO, NO, YES])]));
}

/// Rules of another file that read a column which the old ones do not: both datasets have it, so it is read of both, whether or not
/// the tables are declared alike. The third dataset lacks it.
#[test]
fn a_column_that_one_side_reads_is_taken_from_both_datasets() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let rules = |columns: &str, condition: &str| {
        format!(
            "набор правил «Район»\n  отчётный год 2018\n  оцениваются школы\nтаблица школы\n  ключ код\n  столбец код текст\n  \
             столбец балл число баллов\n{columns}категория К\n  относится, если выполнен любой критерий\n  критерий 1\n    \
             если {condition}\n"
        )
    };
    let shifts = "  столбец смены число\n";
    let condition = "балл менее 25 баллов или смены более 1";
    std::fs::write(at("старые.merilo"), rules("", "балл менее 25 баллов")).unwrap();
    std::fs::write(at("со столбцом.merilo"), rules(shifts, "балл менее 25 баллов")).unwrap();
    std::fs::write(at("новые.merilo"), rules(shifts, condition)).unwrap();
    // 03 enters by its result; 04 by the new rules, in the old data as well; 02 by rules and its second shift
    for (name, text) in [
        ("первые", "код;балл;смены\n01;10;1\n02;30;1\n03;50;1\n04;40;2\n"),
        ("вторые", "код;балл;смены\n04;40;2\n03;15;1\n02;30;2\n01;10;1\n"),
        ("без смен", "код;балл\n01;10\n02;30\n03;50\n04;40\n"),
    ] {
        std::fs::write(at(&format!("{name}.csv")), text).unwrap();
        std::fs::write(at(&format!("{name}.yaml")), format!("таблицы:\n  школы:\n    файл: {name}.csv\n")).unwrap();
    }
    let compared = |old: &str, data: &str| {
        let other = pipeline::Other {
            rules: Some(pipeline::OtherRules::File(at("новые.merilo"))),
            data: Some(at("вторые.yaml")),
        };
        let against = pipeline::Against { others: vec![other], ..pipeline::Against::default() };
        let rules = at(old).display().to_string();
        let data = at(data);
        let (_, outcome) = pipeline::compare_against(&rules, &Variant::default(), &against, &data, &Silent);
        outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
    };
    let by_hand = [("02", [(1, 2), NO, (1, 2), NO]), ("03", [NO, NO, YES, NO]), ("04", [YES, NO, NO, NO])];
    for old in ["старые.merilo", "со столбцом.merilo"] {
        assert_eq!(effects(&compared(old, "первые.yaml")), expected(&by_hand), "{old}");
        let lacking = compared(old, "без смен.yaml");
        assert_eq!(lacking.variations[0].splitting, Splitting::Impossible(Obstacle::Columns), "{old}");
    }
}

// ---- as it is told

fn merilo(folder: &Path, words: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    assert_eq!(output.status.code(), Some(0), "{said}");
    said
}

/// Quota and data change: 05 falls below the margin, 12 is new, an evening school is left out.
#[test]
fn effects_are_told_in_both_languages() {
    let scenario = format!(
        "{OTHER_DATA}  совокупность участники = школы\n    исключить, если вид = \"вечерняя\"\n  критерий 1\n    если балл в числе \
         самых низких среди участников, квота 40 %\n"
    );
    let changes = [
        ("школы.csv", "05;средняя;50", "05;средняя;25"),
        ("школы.csv", "04;средняя;40", "04;средняя;"),
        ("школы.csv", "10;средняя;100;т\n", "10;средняя;100;т\n12;средняя;12;т\n"),
    ];
    let (folder, _) = region(&format!("{LOWEST}{scenario}"), &changes);
    for language in ["ru", "en"] {
        let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--lang", language, "--effects", "-q"];
        insta::assert_snapshot!(format!("effects_{language}"), merilo(folder.path(), &words));
    }
    let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--format", "json", "-q"];
    insta::assert_snapshot!("effects_json", merilo(folder.path(), &words));
}

/// All of 1001 schools change places: that is not done unasked, and said.
#[test]
fn effects_that_take_long_are_left_to_be_asked_for() {
    let rules = "показатель счёт = балл\nкатегория К\n  относится, если выполнен любой критерий\n  критерий 1\n    если счёт в числе \
                 самых низких среди школы, квота 501 школа\nсценарий «Наоборот»\n  показатель счёт = 0 баллов - балл\n";
    let (folder, _) = region(rules, &[]);
    let rows: String = (0..1001).map(|at| format!("{:04};средняя;{at};л\n", 1000 + at)).collect();
    std::fs::write(folder.path().join("школы.csv"), format!("код;вид;балл;поселение\n{rows}")).unwrap();
    std::fs::write(folder.path().join("итоги.csv"), "школа;оценка\n1000;5\n").unwrap();
    for language in ["ru", "en"] {
        let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--lang", language, "-q"];
        let text = merilo(folder.path(), &words).replace("\n  ", " ");
        let said = text.lines().find(|line| line.contains("--effects")).unwrap();
        insta::assert_snapshot!(format!("effects_not_asked_{language}"), said);
    }
    let words = ["compare", "rules.merilo", "--data", "dataset.yaml", "--format", "json", "-q"];
    let text = merilo(folder.path(), &words);
    assert!(text.contains("\"effects\": \"not_asked\"") && !text.contains("displaced_by_rules"));
}

// ---- the shipped example

#[test]
fn effects_of_the_shipped_scenarios_add_up_for_every_school_and_every_list() {
    let (rules, data) = ("rules/leningrad-2018/criteria.merilo", Path::new("examples/leningrad-2018/dataset.yaml"));
    let (_, outcome) = pipeline::compare(rules, &Variant::default(), &[], data, &Silent);
    let compared = outcome.value.unwrap();
    let mut displaced = 0;
    for variation in &compared.variations {
        assert_eq!(variation.splitting, Splitting::Done, "{}", variation.title);
        for category in &variation.comparison.categories {
            for mover in &category.movers {
                let split = mover.effects.as_ref().unwrap();
                let change = i64::from(mover.listed.1) - i64::from(mover.listed.0);
                assert_eq!(
                    split.listed.sum(),
                    Number::from_integer(change),
                    "{} {}",
                    variation.title,
                    mover.school.code
                );
                assert!(split.listed.data().is_zero() && split.listed.part(Factor::OthersData).is_zero());
                displaced += usize::from(!split.listed.displacement().is_zero());
            }
            let listed = category.listed.1 as i64 - category.listed.0 as i64;
            assert_eq!(Totals::of(category).all().sum(), Number::from_integer(listed));
        }
    }
    eprintln!("{displaced} displaced");
}

// ---- data put together

/// Every cell of what is put together is the one that stands in the file it names.
#[test]
fn cells_of_data_put_together_are_still_known() {
    let (folder, compared) = region(
        &format!("{LOWEST}{OTHER_DATA}"),
        &[("школы.csv", "05;средняя;50", "05;средняя;15"), ("итоги.csv", "02;3\n", "\n02;5\n02;6\n")],
    );
    let load = |name: &str| {
        let manifest = folder.path().join(name);
        let schema = &compared.before.rules.schema;
        merilo::data::load(&manifest, schema, &Needed::All, &mut Sources::default(), &Silent).value.unwrap()
    };
    let (old, new) = (load("dataset.yaml"), load("новые/dataset.yaml"));
    let schema = &compared.before.rules.schema;
    let subject = compared.before.rules.subject;
    let schools: Vec<(usize, usize)> = (0..10).map(|row| (row, row)).collect();
    let pair = Pair::of(schema, subject, (&old, &new), &schools);
    let school = [vec![1], vec![1]];
    let own = pair.own(&school);
    for half in [Half::Old, Half::New] {
        let hybrid = pair.hybrid(&school, &own, half);
        assert_eq!(hybrid.dataset.code(schema, subject, hybrid.schools[0]), "02");
        let mut seen = 0;
        for ((place, declared), table) in (0u32..).zip(&schema.tables).zip(&hybrid.dataset.tables) {
            for row in 0..table.rows {
                for (at, column) in declared.columns.iter().enumerate() {
                    let id = ColumnId(u32::try_from(at).unwrap());
                    let cell = table.cell(row, id).unwrap();
                    assert_eq!(*cell.header, *column.name);
                    let is_new = hybrid.own.contains(TableId(place), row) == (half == Half::New);
                    let at = folder.path().join(if is_new { "новые" } else { "" }).join(cell.file.as_ref());
                    let text = std::fs::read_to_string(at).unwrap();
                    let line = text.lines().nth(usize::try_from(cell.row).unwrap() - 1).unwrap();
                    let printed = line.split(';').nth(usize::try_from(cell.column).unwrap() - 1).unwrap();
                    let shown = match table.column(id).unwrap().value(row) {
                        Value::Text(text) => text.to_string(),
                        Value::Number(number) => number.to_integer().unwrap().to_string(),
                        other => panic!("{other:?}"),
                    };
                    assert_eq!(printed, shown, "{cell:?}");
                    seen += 1;
                }
            }
        }
        let results = hybrid.dataset.tables[2].rows;
        // eleven rows in the old data, two more of 02 in the new
        assert_eq!(results, if half == Half::Old { 11 } else { 12 });
        assert_eq!(seen, 2 * 2 + 10 * 4 + results * 2);
    }
}

// ---- by chance

fn run(rules: &RuleSet, plan: &Plan, dataset: &Dataset) -> Run {
    let rules = RuleSet { registered: Vec::new(), ..rules.clone() };
    let done = evaluate::evaluate(&rules, plan, dataset, &Silent);
    done.value.unwrap_or_else(|| panic!("{:?}", done.diagnostics))
}

/// With the decisions about schools that are in the data.
fn decided(rules: &RuleSet, plan: &Plan, dataset: &Dataset) -> (RuleSet, Run) {
    let mut rules = rules.clone();
    let codes = codes(&rules, dataset);
    rules.registered.retain(|entry| codes.contains(&entry.school.to_string()));
    let done = evaluate::evaluate(&rules, plan, dataset, &Silent);
    (rules, done.value.unwrap_or_else(|| panic!("{:?}", done.diagnostics)))
}

fn codes(rules: &RuleSet, dataset: &Dataset) -> Vec<String> {
    let rows = dataset.table(rules.subject).unwrap().rows;
    (0..rows).map(|row| dataset.code(&rules.schema, rules.subject, row)).collect()
}

#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    movers: usize,
    unwritable: usize,
    /// Movers on which each factor has an effect.
    effective: [usize; 4],
    several: usize,
    /// Movers under another code, merged or divided.
    related: usize,
}

/// One pair of rules and one pair of data: every corner of every mover from what is really built.
fn try_one(seed: u64, folder: &chosen::Folder, tally: &mut Tally) {
    let rules_stay = seed.is_multiple_of(10);
    let (old_rules, new_rules) = if seed % 2 == 1 {
        let Some([old, new]) = chosen::ranked(seed) else { return };
        (old, new)
    } else {
        let blocks = words::blocks(seed);
        let Some(old) = chosen::rules(&blocks) else { return };
        let new = if rules_stay { Some(old.clone()) } else { chosen::changed(&blocks, seed).map(|(_, rules)| rules) };
        let Some(new) = new else { return };
        (old, new)
    };
    let data_stay = seed.is_multiple_of(3) && !rules_stay;
    let old_tables = data::tables(seed.wrapping_mul(77));
    let new_tables = if data_stay { old_tables.clone() } else { chosen::changed_tables(&old_tables, seed) };
    // a name that leads nowhere leads nowhere among other rows either
    let (old_tables, new_tables) = (built::resolved(&old_tables), built::resolved(&new_tables));
    try_split(seed, folder, [&old_rules, &new_rules], [&old_tables, &new_tables], data_stay, None, tally);
}

/// The new tables with two schools made one, one made two, and one under another code; and what a correspondence says of them.
fn related(old: &[data::Table], new: &[data::Table], seed: u64) -> Option<(Vec<data::Table>, Correspondence)> {
    let key = |row: &String| row.split(';').next().unwrap().to_owned();
    let keys = |tables: &[data::Table]| tables[1].rows.iter().map(key).collect::<Vec<String>>();
    let there = keys(new);
    let mut both: Vec<String> = keys(old).into_iter().filter(|code| there.contains(code)).collect();
    if both.len() < 4 {
        return None;
    }
    let start = usize::try_from(seed).unwrap() % both.len();
    both.rotate_left(start);
    let [one, other, parted, renamed] = &both[..4] else { unreachable!() };
    let under = |code: &str, row: &str| format!("{code};{}", row.split_once(';').unwrap().1);
    let mut changed = new.to_vec();
    for (at, table) in changed.iter_mut().enumerate().skip(1) {
        let rows = std::mem::take(&mut table.rows);
        for (place, row) in rows.iter().enumerate() {
            let code = key(row);
            table.rows.push(match code {
                // the other half of the one that is parted has what the other one of the merger had
                code if code == *other && at == 1 => under(&format!("н{parted}"), row),
                code if code == *other => under(one, row),
                code if code == *parted && at > 1 && place.is_multiple_of(2) => under(&format!("н{parted}"), row),
                code if code == *renamed => under(&format!("н{renamed}"), row),
                _ => row.clone(),
            });
        }
    }
    let lines = format!("{other};{one}\n{parted};{parted}\n{parted};н{parted}\n{renamed};н{renamed}\n");
    let text = format!("старый код;новый код\n{lines}");
    Some((changed, merilo::data::correspondence::parse(merilo::location::SourceId(0), &text).value.unwrap()))
}

/// Every corner of every mover; `said`: which school became which.
fn try_split(
    seed: u64,
    folder: &chosen::Folder,
    rules: [&RuleSet; 2],
    tables: [&Vec<data::Table>; 2],
    data_stay: bool,
    said: Option<&Correspondence>,
    tally: &mut Tally,
) {
    let datasets = tables.map(|tables| folder.load(rules[0], tables));
    let plans = rules.map(plan::plan);
    let (rules_old, run_old) = decided(rules[0], &plans[0], &datasets[0]);
    let (rules_new, run_new) = decided(rules[1], &plans[1], if data_stay { &datasets[0] } else { &datasets[1] });
    let before = Side { rules: &rules_old, plan: &plans[0], data: &datasets[0], run: &run_old };
    let data = if data_stay { &datasets[0] } else { &datasets[1] };
    let after = Side { rules: &rules_new, plan: &plans[1], data, run: &run_new };
    let matching = match said {
        None => compare::matching::by_codes(&before, &after),
        Some(said) => {
            let matched = compare::matching::by_correspondence(&before, &after, said);
            matched.value.unwrap_or_else(|| panic!("{:?}", matched.diagnostics))
        }
    };
    let mut comparison = compare::compare_matched(&before, &after, &matching);
    assert_eq!(split(&before, &after, &matching, &[], &mut comparison, Extent::Whole, &Silent), Splitting::Done);
    tally.pairs += 1;
    let sides = [&rules_old, &rules_new];
    let known = [codes(rules[0], &datasets[0]), codes(rules[1], data)];
    for category in &comparison.categories {
        for mover in &category.movers {
            let split = mover.effects.as_ref().unwrap();
            let change = i64::from(mover.listed.1) - i64::from(mover.listed.0);
            assert_eq!(split.listed.sum(), Number::from_integer(change), "seed {seed}");
            let line = &matching.lines[mover.line];
            let (Some(_), Some(_)) = (line.before, line.after) else {
                let data = if mover.listed.1 { 1 } else { -1 } * i64::from(mover.listed.0 != mover.listed.1);
                assert_eq!(split.listed.data(), Number::from_integer(data), "seed {seed}");
                continue;
            };
            // what it was and is, and everything that was made of the same schools
            let ends: [Vec<String>; 2] = [
                line.befores().map(|row| known[0][row].clone()).collect(),
                line.after.iter().map(|row| known[1][*row].clone()).collect(),
            ];
            let mut kin: BTreeSet<String> = ends.concat().into_iter().collect();
            for change in matching.changes.iter().cycle().take(matching.changes.len() * 3) {
                let own: Vec<String> = change.before.iter().chain(&change.after).map(ToString::to_string).collect();
                if own.iter().any(|code| kin.contains(code)) {
                    kin.extend(own);
                }
            }
            let kin: Vec<String> = kin.into_iter().collect();
            let mut listed = [false; CORNERS];
            let mut open = [false; CORNERS];
            let mut writable = true;
            let built: Vec<Dataset> =
                (0..4).map(|at| folder.load(rules[0], &built::tables(&kin, tables[at & 1], tables[at >> 1]))).collect();
            let runs: Vec<Run> = (0..8).map(|at| run(rules[at & 1], &plans[at & 1], &built[at >> 1])).collect();
            for corner in 0..CORNERS {
                let [r, o, d, p] = Factor::EACH.map(|factor| usize::from(factor.is_new(corner)));
                let Some(id) = sides[r].categories.iter().position(|found| found.name == category.name) else {
                    continue;
                };
                let id = CategoryId::from_index(id);
                let dataset = &built[d + 2 * p];
                let run_of = |rules: usize| &runs[rules + 2 * (d + 2 * p)];
                let there = codes(sides[r], dataset);
                let rows = |codes: &[String]| -> Vec<usize> {
                    codes.iter().filter_map(|code| there.iter().position(|found| found == code)).collect()
                };
                let places = rows(&ends[d]);
                assert_eq!(places.len(), ends[d].len());
                let verdicts: Option<Vec<Verdict>> = if r == o {
                    places.iter().map(|row| run_of(r).category(id, *row)).collect()
                } else {
                    match built::rules(rules[r], (rules[o], &plans[o], run_of(o)), dataset, &rows(&kin)) {
                        Some((rules, dataset)) => {
                            let run = run(&rules, &plan::plan(&rules), &dataset);
                            places.iter().map(|row| run.category(id, *row)).collect()
                        }
                        None => {
                            writable = false;
                            continue;
                        }
                    }
                };
                let states: Vec<(bool, Verdict)> = verdicts
                    .unwrap()
                    .into_iter()
                    .zip(&ends[d])
                    .map(|(verdict, code)| {
                        let mut entries = sides[r].registered.iter();
                        let entry = entries.find(|entry| entry.category == id && *entry.school == **code);
                        let met = verdict.is_met();
                        (entry.map_or(met, |entry| entry.action == RegisteredAction::Include), verdict)
                    })
                    .collect();
                // of several the one on the list; else whether any of them is open, as nobody's being met is known then
                listed[corner] = states.iter().any(|(listed, _)| *listed);
                let is_open = |(_, verdict): &(bool, Verdict)| matches!(verdict, Verdict::Undetermined(_));
                open[corner] = match states.iter().find(|(listed, _)| *listed) {
                    Some(on_list) => is_open(on_list),
                    None => states.iter().any(is_open),
                };
            }
            if !writable {
                tally.unwritable += 1;
                continue;
            }
            let code = ends.concat().join(" ");
            assert_eq!((listed[0], listed[15]), mover.listed, "seed {seed}, school {code}");
            let expected = Split { listed: Effects::of(&listed), undetermined: Effects::of(&open) };
            assert_eq!(*split, expected, "seed {seed}, school {code}, {}: {listed:?}", category.name);
            tally.movers += 1;
            tally.related += usize::from(kin.len() > 1);
            let effective = Factor::EACH.map(|factor| !split.listed.part(factor).is_zero());
            tally.several += usize::from(effective.iter().filter(|has| **has).count() > 1);
            for (count, has) in tally.effective.iter_mut().zip(effective) {
                *count += usize::from(has);
            }
        }
    }
}

#[test]
fn every_corner_is_what_rules_and_data_that_are_really_built_come_to() {
    let wanted = std::env::var("MERILO_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    let first: u64 = std::env::var("MERILO_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let (folder, mut tally) = (chosen::Folder::new(), Tally::default());
    let mut seed = first;
    while tally.pairs < wanted {
        try_one(seed, &folder, &mut tally);
        seed += 1;
    }
    eprintln!("{tally:?}");
    assert!(tally.movers > tally.unwritable, "{tally:?}");
    assert!(tally.effective.iter().all(|count| *count > 5) && tally.several > 5, "{tally:?}");
}

/// The same where schools were merged and divided and have other codes.
#[test]
fn corners_of_schools_that_were_merged_and_divided_are_what_is_really_built() {
    let wanted = std::env::var("MERILO_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let first: u64 = std::env::var("MERILO_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let (folder, mut tally) = (chosen::Folder::new(), Tally::default());
    let mut seed = first;
    while tally.pairs < wanted {
        seed += 1;
        let Some([old_rules, new_rules]) = chosen::ranked(seed) else { continue };
        let old = built::resolved(&data::tables(seed.wrapping_mul(77)));
        let new = built::resolved(&chosen::changed_tables(&old, seed));
        let Some((new, said)) = related(&old, &new, seed) else { continue };
        try_split(seed, &folder, [&old_rules, &new_rules], [&old, &new], false, Some(&said), &mut tally);
    }
    eprintln!("{tally:?}");
    assert!(tally.related > 20 && tally.effective.iter().all(|count| *count > 5), "{tally:?}");
}

/// Schools that have another code in the new data are split as they are under their own: by rules that were held against what is
/// really built.
#[test]
fn other_codes_change_no_effect() {
    let folder = chosen::Folder::new();
    let (mut movers, mut renumbered) = (0, 0);
    for seed in (1..400u64).step_by(2) {
        let Some(rules) = chosen::ranked(seed) else { continue };
        let old = built::resolved(&data::tables(seed.wrapping_mul(77)));
        let new = built::resolved(&chosen::changed_tables(&old, seed));
        let other = |code: &str| -> Option<String> {
            let number: u64 = code.strip_prefix('ш')?.parse().ok()?;
            (!(number + seed).is_multiple_of(3)).then(|| format!("н{}", number * 7 % 101))
        };
        let mut under = new.clone();
        for table in under.iter_mut().skip(1) {
            for row in &mut table.rows {
                let (code, rest) = row.split_once(';').unwrap();
                if let Some(code) = other(code) {
                    *row = format!("{code};{rest}");
                }
            }
        }
        let plans = [plan::plan(&rules[0]), plan::plan(&rules[1])];
        let datasets = [&old, &new, &under].map(|tables| folder.load(&rules[0], tables));
        let runs = [(0, 0), (1, 1), (1, 2)].map(|(at, data)| run(&rules[at], &plans[at], &datasets[data]));
        let side = |at: usize, data: usize| Side {
            rules: &rules[at],
            plan: &plans[at],
            data: &datasets[data],
            run: &runs[data],
        };
        let known = codes(&rules[0], &datasets[0]);
        let there = codes(&rules[0], &datasets[2]);
        let both = known.iter().filter_map(|code| Some((code, other(code)?))).filter(|(_, new)| there.contains(new));
        let lines: String = both.map(|(old, new)| format!("{old};{new}\n")).collect();
        if lines.is_empty() {
            continue;
        }
        let said = merilo::data::correspondence::parse(
            merilo::location::SourceId(0),
            &format!("старый код;новый код\n{lines}"),
        );
        let said = said.value.unwrap();
        let (before, plain, changed) = (side(0, 0), side(1, 1), side(1, 2));
        let by_codes = compare::matching::by_codes(&before, &plain);
        let by_table = compare::matching::by_correspondence(&before, &changed, &said);
        let by_table = by_table.value.unwrap_or_else(|| panic!("{:?}", by_table.diagnostics));
        let of = |after: &Side<'_>, matching: &compare::Matching| {
            let mut comparison = compare::compare_matched(&before, after, matching);
            let done = split(&before, after, matching, &[], &mut comparison, Extent::Whole, &Silent);
            assert_eq!(done, Splitting::Done, "seed {seed}");
            let movers = comparison.categories.into_iter().flat_map(|category| category.movers);
            // rows are the same on both sides, whatever the codes are
            movers.map(|mover| (mover.rows, mover.effects.unwrap())).collect::<Vec<_>>()
        };
        let key = |(rows, _): &((Option<usize>, Option<usize>), Split)| *rows;
        let (mut plain, mut changed) = (of(&plain, &by_codes), of(&changed, &by_table));
        plain.sort_by_key(key);
        changed.sort_by_key(key);
        assert_eq!(plain, changed, "seed {seed}");
        movers += plain.len();
        renumbered += plain
            .iter()
            .filter(|((old, new), _)| new.is_some() && old.is_some_and(|old| other(&known[old]).is_some()))
            .count();
    }
    eprintln!("{movers} movers, {renumbered} under another code");
    assert!(renumbered > 50, "{movers} {renumbered}");
}
