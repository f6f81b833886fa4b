//! The reason beside each verdict of a list: what the value was held against, or what is lacking.

use super::region::{Region, written};

const RULES: &str = "набор правил «Причины»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить
параметр предел «Предел» по полю вид: \"лицей\" = 20; в остальных случаях 30
список моногорода / моногородов «Моногорода»
  источник \"перечень\"
  запись «Луга»
таблица школы / школ
  ключ код
  столбец код текст
  столбец вид текст
  столбец город текст
  столбец доля «Доля продолживших» число
  столбец балл «Балл» число баллов
  столбец дети число человек
  столбец ремонт «Ремонт» да/нет
категория К «Отобранные»
  относится, если выполнено не менее 2 критериев
  группа 1 «Первая»
    выполнена, если выполнен любой критерий
    критерий 1.1 «Доля в процентах»
      если дети / 100 человек менее 60 %
    критерий 1.2 «Порог у каждой свой»
      если доля менее предел
    критерий 1.3 «Порог слева»
      если 10 < доля
    критерий 1.4 «Четверть в группах»
      если балл в числе самых низких среди школы, квота 50 %, в пределах вид
    критерий 1.5 «Список»
      если город не в списке моногорода
  группа 2 «Вторая»
    выполнена, если выполнены все критерии
    критерий 2.1 «Из двух»
      если ремонт или балл менее 40 баллов
    критерий 2.2 «Оба»
      если ремонт и вид в (\"лицей\"; \"гимназия\")
    критерий 2.3 «Случаи»
      в случае вид = \"лицей\", если дети = 0 человек
      в остальных случаях если балл от 30 баллов до 50 баллов
    критерий 2.4 «Отрицание»
      если не (балл более 45 баллов)
";

const SCHOOLS: &str = "код;вид;город;доля;балл;дети;ремонт
1;лицей;Луга;25;30;0;да
2;лицей;Тосно;15;50;70;нет
3;школа;Тосно;25;45;59;нет
4;школа;Луга;;60;;
";

/// The cells of a line; quotation marks only stand around whole cells here.
fn cells(line: &str, delimiter: char) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            _ if letter == delimiter && !quoted => cells.push(String::new()),
            _ => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

/// Reasons of each criterion, school by school.
fn reasons(region: &Region, lang: &str, delimiter: char) -> Vec<Vec<String>> {
    let output = region.merilo("run", &["--format", "csv", "--lang", lang, "-q"]);
    let text = String::from_utf8(written(&output).to_vec()).unwrap();
    let rows: Vec<Vec<String>> = text
        .lines()
        .map(|line| cells(line, delimiter).into_iter().map(|cell| cell.replace('\u{a0}', " ")).collect())
        .collect();
    let word = if lang == "ru" { "причина" } else { "reason" };
    let columns: Vec<usize> = (0..rows[0].len()).filter(|at| rows[0][*at].ends_with(word)).collect();
    columns.iter().map(|column| rows[1..].iter().map(|row| row[*column].clone()).collect()).collect()
}

#[test]
fn a_list_says_why_a_criterion_is_met_or_what_is_lacking() {
    let region = Region::new(RULES, &[("школы", SCHOOLS)]);
    let missing = "нет данных";
    let expected: [[&str; 4]; 10] = [
        ["", "", "", missing],
        ["менее 60 %", "", "менее 60 %", missing],
        ["", "менее 20", "менее 30", missing],
        ["более 10", "более 10", "более 10", missing],
        ["не выше границы отбора 30 баллов", "", "не выше границы отбора 45 баллов", ""],
        ["", "не в списке «Моногорода»", "не в списке «Моногорода»", ""],
        [
            "Ремонт: да; Балл: менее 40 баллов",
            "Ремонт: нет; Балл: не менее 40 баллов",
            "Ремонт: нет; Балл: не менее 40 баллов",
            missing,
        ],
        [
            "Ремонт: да; вид: одно из: «лицей», «гимназия»",
            "Ремонт: нет",
            "Ремонт: нет; вид: ни одно из: «лицей», «гимназия»",
            "вид: ни одно из: «лицей», «гимназия»",
        ],
        [
            "дети: ровно 0 человек",
            "дети: не 0 человек",
            "Балл: от 30 баллов до 50 баллов",
            "Балл: вне пределов от 30 баллов до 50 баллов",
        ],
        ["не более 45 баллов", "более 45 баллов", "не более 45 баллов", "более 45 баллов"],
    ];
    assert_eq!(reasons(&region, "ru", ';'), expected);
    let english = reasons(&region, "en", ',');
    assert_eq!(english[2], ["", "less than 20", "less than 30", "no data"]);
    assert_eq!(english[4], ["at or below the cut-off 30 points", "", "at or below the cut-off 45 points", ""]);
}

#[test]
fn groups_stand_in_the_list_before_their_criteria() {
    let region = Region::new(RULES, &[("школы", SCHOOLS)]);
    let output = region.merilo("run", &["--format", "csv", "-q"]);
    let text = String::from_utf8(written(&output).to_vec()).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|head| *head == name).unwrap();
    let verdicts = |name: &str| rows[1..].iter().map(|row| row[column(name)]).collect::<Vec<_>>();
    assert_eq!(verdicts("Группа 1"), ["выполнена", "выполнена", "выполнена", "не определена"]);
    assert_eq!(verdicts("Группа 2"), ["выполнена", "не выполнена", "не выполнена", "не выполнена"]);
}

#[test]
fn in_json_each_value_stands_beside_what_it_is_held_against() {
    let region = Region::new(RULES, &[("школы", SCHOOLS)]);
    let output = region.merilo("run", &["--format", "json", "--lang", "en", "-q"]);
    let run: serde_json::Value = serde_json::from_slice(written(&output)).unwrap();
    let against = |school: usize, criterion: usize| {
        let entry = &run["schools"][school]["criteria"][criterion]["against"];
        let text = |key: &str| entry[key].as_str().unwrap_or("").replace('\u{a0}', " ");
        [text("relation"), text("exact"), text("shown")]
    };
    assert_eq!(against(0, 0), ["less", "3/5", "60%"]);
    assert_eq!([against(0, 1), against(2, 1)], [["less", "20", "20"], ["less", "30", "30"]]);
    assert_eq!(against(0, 2), ["more", "10", "10"], "10 < x is x > 10");
    assert_eq!(
        [against(1, 3), against(3, 3)],
        [["in_lowest", "30", "30 points"], ["in_lowest", "45", "45 points"]],
        "each stratum has its cut-off"
    );
    let of_two = &run["schools"][1]["criteria"][5];
    assert_eq!(of_two["reason"], "Ремонт: no; Балл: at least 40 points");
    assert_eq!(of_two["values"][1]["exact"], "50");
    assert!(of_two.get("against").is_none());
}
