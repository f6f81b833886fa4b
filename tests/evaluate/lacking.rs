//! What a value lacks is said in full, and nothing that it does not lack; a clause that names one thing goes before one for all.

use merilo::decision::Verdict::{Met, NotMet, Undetermined};
use merilo::number::Number;
use merilo::pipeline::Judged;
use merilo::value::Reasons;

use super::large::values;
use super::region::Region;

const MISSING: Reasons = Reasons::MISSING;
const WITHHELD: Reasons = Reasons::SUPPRESSED;
const NOT_APPLICABLE: Reasons = Reasons::NOT_APPLICABLE;

/// Schools `код;район;балл;доля` and rows `школа;год;вид;вес` of theirs, with all marks of absence.
fn region(rest: &str, schools: &str, rows: &str) -> Region {
    let rules = format!(
        "набор правил «Причины»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить
таблица школы / школ
  ключ код
  столбец код текст
  столбец район текст
  столбец балл число
  столбец доля число %
таблица работы / работ
  столбец школа ссылка на школы
  столбец год год
  столбец вид текст
  столбец вес число
{rest}"
    );
    let region = Region::new(&rules, &[]);
    let marks = "не применимо: \"-\"\n    скрыто: \"*\"";
    region.manifest(&format!(
        "таблицы:\n  школы:\n    файл: школы.csv\n    {marks}\n  работы:\n    файл: работы.csv\n    {marks}\n"
    ));
    region.write("школы", &format!("код;район;балл;доля\n{schools}"));
    region.write("работы", &format!("школа;год;вид;вес\n{rows}"));
    region
}

fn judged(rest: &str, schools: &str, rows: &str) -> Judged {
    let criterion = "категория К\n  относится, если выполнен любой критерий\n  критерий 1\n    если балл более 5\n";
    region(&format!("{rest}{criterion}"), schools, rows).judged()
}

fn number(numerator: i128, denominator: i128) -> Result<Number, Reasons> {
    Ok(Number::ratio(numerator, denominator).unwrap())
}

#[test]
fn a_row_that_is_undecided_for_two_reasons_gives_both() {
    let rest = "показатель среднее_работ = среднее(работы.вес, где вид = \"а\", за 2018 год)\n";
    let judged = judged(rest, "1;А;6;1\n", "1;;-;2\n");
    assert_eq!(values(&judged, "среднее_работ"), [Err(MISSING.and(NOT_APPLICABLE))]);
}

#[test]
fn a_rank_says_all_that_a_school_lacks() {
    let rest = "категория К
  относится, если выполнен любой критерий
  критерий 1
    если балл в числе самых низких среди школы, квота 50 %, в пределах район
";
    let found = region(rest, "1;А;6;1\n2;;-;1\n3;*;;1\n", "").criteria();
    let expected = [Met, Undetermined(MISSING.and(NOT_APPLICABLE)), Undetermined(WITHHELD.and(MISSING))];
    assert_eq!(found, [expected]);
}

#[test]
fn a_row_without_a_year_is_not_of_the_latest_one() {
    let rest = "показатель последний_вес = последнее(работы.вес)\n";
    let judged = judged(rest, "1;А;6;1\n2;А;6;1\n", "1;;а;2\n2;2016;а;3\n2;-;а;7\n");
    assert_eq!(values(&judged, "последний_вес"), [Err(MISSING), number(3, 1)]);
}

#[test]
fn two_open_counts_give_the_reasons_of_both() {
    let rest = "категория К
  относится, если выполнен любой критерий
  критерий 1
    если количество(работы, где вид = \"а\") менее количество(работы, где вес = 2)
";
    let found = region(rest, "1;А;6;1\n", "1;2018;-;\n").criteria();
    assert_eq!(found, [[Undetermined(MISSING.and(NOT_APPLICABLE))]]);
}

#[test]
fn a_count_is_open_for_what_is_undecided_not_for_what_is_left_out() {
    let rest = "категория К
  относится, если выполнен любой критерий
  критерий 1
    если количество(работы, за 2018 год, скрывая строки, где вид = \"а\") = 1
";
    let found = region(rest, "1;А;6;1\n", "1;2018;а;1\n1;-;б;1\n1;-;а;1\n").criteria();
    assert_eq!(found, [[merilo::decision::Verdict::NotApplicable]], "the withheld rows are certainly not counted");
}

#[test]
fn the_reasons_of_others_are_theirs() {
    let rest = "показатель среднее_других = среднее(балл, среди школы, кроме самой школы)
показатель больших_других = количество(школы, где доля более 5 %, среди школы, кроме самой школы)
показатель районов = количество(школы, различных по район, среди школы, кроме самой школы)
категория К
  относится, если выполнен любой критерий
  критерий 1
    если больших_других = 0
  критерий 2
    если районов = 1
";
    let region = region(rest, "1;А;;\n2;;-;-\n", "");
    let judged = region.judged();
    assert_eq!(values(&judged, "среднее_других"), [Err(NOT_APPLICABLE), Err(MISSING)]);
    let [not_applicable, missing] = [merilo::decision::Verdict::NotApplicable, Undetermined(MISSING)];
    // the other of school 1 has no district, that of school 2 has one
    assert_eq!(region.criteria(), [[not_applicable, missing], [missing, Met]]);
}

#[test]
fn a_weight_that_is_given_to_one_is_not_filled_for_all() {
    let rest = "показатель вторая = доля
индекс сводный
  среди школы
  нормирование процент_от(1)
  составляющая балл вес 1 больше – лучше
  составляющая вторая вес 3 больше – лучше
  при пропуске передать вес балл на вторая
  при пропуске считать нулём
показатель итог = сводный
";
    let judged = judged(rest, "1;А;6;50\n2;А;;50\n3;А;6;\n4;А;;\n", "");
    // 2: only the second, with the whole weight; 3: zero for the second; 4: nothing to give the weight to, two zeros
    assert_eq!(values(&judged, "итог"), [number(15, 8), number(1, 2), number(3, 2), number(0, 1)]);
}

#[test]
fn an_index_lacks_what_no_line_fills() {
    let rest = "показатель вторая = доля
индекс сводный
  среди школы
  нормирование процент_от(1)
  составляющая балл вес 1 больше – лучше
  составляющая вторая вес 1 больше – лучше
  при пропуске подставить медиану
показатель итог = сводный
";
    // there is a median of the first component, and none of the second
    let judged = judged(rest, "1;А;6;*\n2;А;;*\n", "");
    assert_eq!(values(&judged, "итог"), [Err(WITHHELD), Err(WITHHELD)]);
}

#[test]
fn nothing_can_be_put_on_a_scale_without_length() {
    let rest = "показатель от_нуля = процент_от(балл; 0, среди школы)
показатель точка = минимакс(балл; 5; 5, среди школы)
";
    let judged = judged(rest, "1;А;6;1\n2;А;;1\n", "");
    for name in ["от_нуля", "точка"] {
        assert_eq!(values(&judged, name), [Err(NOT_APPLICABLE), Err(MISSING)], "{name}");
    }
}

#[test]
fn percentages_go_into_a_function_as_they_come_back() {
    let rest = "функция та_же(часть: %): % из \"та-же\"\nпоказатель та_же_доля = та_же(доля)\n";
    let criterion = "категория К\n  относится, если выполнен любой критерий\n  критерий 1\n    если балл более 5\n";
    let region = region(&format!("{rest}{criterion}"), "1;А;6;40\n", "");
    region.script("та-же", "if часть > 1 { часть } else { 0 }");
    assert_eq!(values(&region.judged(), "та_же_доля"), [number(2, 5)]);
}

#[test]
fn a_row_of_no_school_is_in_no_population() {
    let rest = "совокупность все / всех = школы
показатель вес_всех = сумма(работы.вес, среди всех)
категория К
  относится, если выполнен любой критерий
  критерий 1
    если вес_всех = 2
";
    let found = region(rest, "1;А;6;1\n", "1;2018;а;2\nнет-такой;2018;а;5\n;2018;а;7\n").criteria();
    assert_eq!(found, [[Met]]);
}

#[test]
fn a_value_of_the_region_is_held_against_each_school() {
    let rest = "категория К
  относится, если выполнен любой критерий
  критерий 1
    если максимум(балл, среди школы) в (1; балл)
";
    let found = region(rest, "1;А;6;1\n2;А;7;1\n3;А;;1\n", "").criteria();
    assert_eq!(found, [[NotMet, Met, Undetermined(MISSING)]]);
}
