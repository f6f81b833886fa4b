//! Numbers on which binary floating point fails, computed by hand, from the cell to the verdict.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use merilo::decision::Verdict;
use merilo::pipeline;
use merilo::progress::Silent;
use merilo::recheck;

const RULES: &str = "набор правил «Точность»
  округление квоты вверх
  равные на границе включить
таблица школы
  ключ код
  столбец код текст
  столбец ч1 число
  столбец ч2 число
  столбец ч3 число
  столбец ч4 число
  столбец ч5 число
категория К
  относится, если выполнен любой критерий
  критерий 1 «Среднее трёх не более 40»
    если (ч1 + ч2 + ч3) / 3 не более 40
  критерий 2 «Взвешенная сумма не более 40»
    если 0,4 * ч1 + 0,3 * ч2 + 0,2 * ч3 + 0,1 * ч4 не более 40
  критерий 3 «Разность более 20»
    если ч1 - ч2 более 20
  критерий 4 «Самый низкий индекс»
    если 0,3 * ч1 + 0,3 * ч2 + 0,2 * ч3 + 0,2 * ч4 в числе самых низких среди школы, квота 1
";

/// Verdicts per criterion and school for rows of the table.
fn verdicts(rows: &[&str]) -> Vec<Vec<bool>> {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("rules.merilo"), RULES).unwrap();
    std::fs::write(path("dataset.yaml"), "таблицы:\n  школы: школы.csv\n").unwrap();
    std::fs::write(path("школы.csv"), format!("код;ч1;ч2;ч3;ч4;ч5\n{}\n", rows.join("\n"))).unwrap();
    let mut read = pipeline::read_rules(&path("rules.merilo").display().to_string(), &[]);
    let judged =
        pipeline::judge(read.rules.value.unwrap(), &path("dataset.yaml"), &mut read.sources, &Silent).value.unwrap();
    let report = recheck::recheck(&judged.rules, &judged.dataset, &judged.run, &judged.plan.of_expr, &Silent);
    assert!(report.agrees(), "the second reading differs: {:?}", report.differences);
    judged.run.criteria.iter().map(|c| c.iter().map(|v| *v == Verdict::Met).collect()).collect()
}

#[test]
fn values_exactly_on_a_threshold_are_on_it() {
    let found = verdicts(&["1;39,1;39,2;41,7;0;0", "2;31,0;29,0;60,1;68,8;0", "3;72,9;52,9;90;90;0"]);
    assert_eq!(found[0], [true, false, false], "39,1; 39,2; 41,7 have a mean of exactly 40");
    assert!(found[1][1], "0,4·31,0 + 0,3·29,0 + 0,2·60,1 + 0,1·68,8 is exactly 40");
    assert!(!found[2][2], "72,9 − 52,9 is not more than 20");
}

#[test]
fn equal_indices_tie_and_rows_may_stand_in_any_order() {
    let rows = ["1;43,9;34,6;47,2;77,5;0", "2;36,1;59,6;61,7;37,2;0", "3;90;90;90;90;0"];
    assert_eq!(verdicts(&rows)[3], [true, true, false], "both are 48,49");
    let turned = [rows[2], rows[1], rows[0]];
    assert_eq!(verdicts(&turned)[3], [false, true, true]);
}
