//! What is unknown stays unknown, what is certain is not made unknown, and no reason is lost.

use merilo::decision::Verdict::{self, Met, NotApplicable, NotMet, Undetermined};
use merilo::value::Reasons;

use super::region::Region;

const MISSING: Verdict = Undetermined(Reasons::MISSING);

fn region(rest: &str, schools: &str, rows: &str) -> Region {
    let rules = format!(
        "набор правил «Неизвестное»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить
таблица школы / школ
  ключ код
  столбец код текст
  столбец район текст
  столбец вид текст значения (\"дневная\"; \"вечерняя\")
  столбец балл число
  столбец доля число
таблица работы / работ
  столбец школа ссылка на школы
  столбец год год
  столбец вес число
совокупность дневные / дневных = школы
  исключить, если вид = \"вечерняя\"
категория К
  относится, если выполнен любой критерий
{rest}"
    );
    let region = Region::new(&rules, &[]);
    region.manifest(
        "таблицы:
  школы:
    файл: школы.csv
    не применимо: \"-\"
    скрыто: \"*\"
  работы: работы.csv
",
    );
    region.write("школы", &format!("код;район;вид;балл;доля\n{schools}"));
    region.write("работы", &format!("школа;год;вес\n{rows}"));
    region
}

#[test]
fn a_row_that_does_not_match_is_not_open_for_its_year_or_its_population() {
    let rest = "  критерий 1 «Строк за 2018 год»
    если количество(работы, где вес = 2, за 2018 год) = 1
  критерий 2 «Сильных среди дневных»
    если количество(дневные, среди дневных, где балл более 5) = 1
";
    let region = region(rest, "1;А;дневная;6;1\n2;А;;1;1\n", "1;2018;2\n1;;1\n2;2018;2\n2;;2\n");
    // the second row of school 2 may lie in 2018; school 2 may be a daytime one, but is not strong
    assert_eq!(region.criteria(), [[Met, MISSING], [Met, Met]]);
}

#[test]
fn not_met_of_an_undetermined_criterion_is_unknown() {
    let rest = "  критерий 1 «Сам»
    если балл более 5
  критерий 2 «Не выполнен»
    если критерий 1 не выполнен
  критерий 3 «Отрицание»
    если не (критерий 1 не выполнен)
  критерий 4 «Не определён»
    если критерий 1 не определён
  критерий 5 «Не применим»
    если критерий 1 не применимо
";
    let region = region(rest, "1;А;дневная;6;1\n2;А;дневная;4;1\n3;А;дневная;;1\n4;А;дневная;-;1\n", "");
    let expected = [
        [Met, NotMet, MISSING, NotApplicable],
        [NotMet, Met, MISSING, NotApplicable],
        [Met, NotMet, MISSING, NotApplicable],
        [NotMet, NotMet, Met, NotMet],
        [NotMet, NotMet, NotMet, Met],
    ];
    assert_eq!(region.criteria(), expected);
}

#[test]
fn the_reason_why_a_school_is_in_no_group_is_kept() {
    let rest = "  критерий 1 «Ряд»
    если балл в числе самых низких среди школы, квота 50 %, в пределах район
  критерий 2 «Среднее»
    если среднее(балл, среди школы, в пределах район) более 0
  критерий 3 «Других»
    если количество(школы, среди школы, в пределах район, кроме самой школы) не менее 0
  критерий 4 «Нормирование»
    если стандартное(балл, среди школы, в пределах район) не более 9
";
    let region = region(rest, "1;А;дневная;6;1\n2;-;дневная;4;1\n3;*;дневная;5;1\n4;;дневная;5;1\n", "");
    let expected = [Met, NotApplicable, Undetermined(Reasons::SUPPRESSED), MISSING];
    for (criterion, found) in region.criteria().into_iter().enumerate() {
        assert_eq!(found, expected, "criterion {}", criterion + 1);
    }
}

#[test]
fn a_value_that_may_be_withheld_keeps_its_own_reason() {
    let rest = "  критерий 1 «Значение»
    если значение более 3
показатель значение = балл
  скрыть, если доля менее 0
";
    let region = region(rest, "1;А;дневная;4;1\n2;А;дневная;4;-\n3;А;дневная;;-\n", "");
    let both = Undetermined(Reasons::MISSING.and(Reasons::NOT_APPLICABLE));
    assert_eq!(region.criteria(), [[Met, NotApplicable, both]]);
}

#[test]
fn a_text_that_its_column_does_not_allow_is_invalid() {
    let rest = "  критерий 1 «Не вечерняя»
    если вид <> \"вечерняя\"
";
    let region = region(rest, "1;А;дневная;1;1\n2;А;вечрняя;1;1\n3;А;вечрняя;1;1\n4;А;вечерняя;1;1\n", "");
    let invalid = Undetermined(Reasons::INVALID);
    assert_eq!(region.criteria(), [[Met, invalid, invalid, NotMet]]);
}

/// Whether a cell is a number depends on that cell alone.
#[test]
fn numbers_of_any_size_stand_in_one_column() {
    let rest = "  критерий 1 «Больше»
    если балл более 0,3333333333333332
";
    let cells =
        ["999999999999999999", "0,000000000000000001", "12345", "0,3333333333333333", "-0,5", "0,333333333333333333"];
    let expected = [Met, NotMet, Met, Met, NotMet, Met];
    for turn in 0..cells.len() {
        let rows: String = (0..cells.len())
            .map(|at| (at + turn) % cells.len())
            .map(|at| format!("{at};А;дневная;{};1\n", cells[at]))
            .collect();
        let turned: Vec<Verdict> = (0..cells.len()).map(|at| expected[(at + turn) % cells.len()]).collect();
        assert_eq!(region(rest, &rows, "").criteria(), [turned]);
    }
}
