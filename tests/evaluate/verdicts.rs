//! What rules decide, as a part of other rules: categories made of categories, criteria counted, places with an order.

use merilo::decision::Verdict::{self, Met, NotApplicable, NotJudged, NotMet, Undetermined};
use merilo::value::Reasons;

use super::region::Region;

const MISSING: Verdict = Undetermined(Reasons::MISSING);

fn region(rest: &str, schools: &str) -> Region {
    let rules = format!(
        "набор правил «Решения»
  отчётный год 2018
  оцениваются школы
таблица школы / школ
  ключ код
  столбец код текст
  столбец вид текст
  столбец а число
  столбец б число
  столбец учащиеся число человек
совокупность дневные / дневных = школы, где вид = \"дневная\"
категория А
  среди дневных
  относится, если выполнен любой критерий
  критерий 1
    если а более 5
  критерий 2
    если а более 8
категория Б
  относится, если выполнен любой критерий
  критерий 3
    если б более 5
{rest}"
    );
    let region = Region::new(&rules, &[]);
    region.manifest("таблицы:\n  школы:\n    файл: школы.csv\n    не применимо: \"-\"\n");
    region.write("школы", &format!("код;вид;а;б;учащиеся\n{schools}"));
    region
}

fn category(region: &Region, at: usize) -> Vec<Verdict> {
    region.judged().run.categories[at].to_vec()
}

#[test]
fn a_category_of_categories_follows_the_logic_of_three_values() {
    let rest = "категория хоть_одна
  относится, если отнесена к А или отнесена к Б
категория и_обе
  относится, если отнесена к А и отнесена к Б
категория не_А
  относится, если не отнесена к А
";
    let schools = "1;дневная;6;6;100\n2;дневная;6;1;100\n3;дневная;1;1;100\n4;дневная;;6;100\n5;дневная;;1;100\n\
                   6;вечерняя;9;1;100\n7;вечерняя;;6;100\n8;дневная;-;1;100\n9;;9;1;100\n10;;1;6;100\n";
    let region = region(rest, schools);
    assert_eq!(
        category(&region, 0),
        [Met, Met, NotMet, MISSING, MISSING, NotJudged, NotJudged, NotApplicable, MISSING, MISSING]
    );
    // outside of those that a category judges nobody is in it, whatever is known
    assert_eq!(category(&region, 2), [Met, Met, NotMet, Met, MISSING, NotMet, Met, NotApplicable, MISSING, Met]);
    assert_eq!(category(&region, 3), [Met, NotMet, NotMet, MISSING, NotMet, NotMet, NotMet, NotMet, NotMet, NotMet]);
    // whether school 10 is judged is not known, that it does not meet the rule is
    assert_eq!(category(&region, 4), [NotMet, NotMet, Met, MISSING, MISSING, Met, Met, NotApplicable, MISSING, Met]);
}

#[test]
fn criteria_are_counted_as_far_as_they_are_known_to_be_met() {
    let rest = "категория счёт
  относится, если выполнен любой критерий
  критерий 4
    если число выполненных критериев категории А + число выполненных критериев из (3) равно 1
";
    // none and one; two and none; unknown and one; not applicable and one; none and unknown; two and one
    let schools = "1;дневная;1;6;100\n2;дневная;9;1;100\n3;дневная;;6;100\n4;дневная;-;6;100\n5;дневная;1;;100\n\
                   6;дневная;9;6;100\n";
    let region = region(rest, schools);
    assert_eq!(region.criteria()[3], [Met, NotMet, Met, Met, NotMet, NotMet]);
}

#[test]
fn places_go_to_those_that_meet_the_most_criteria() {
    let rest = "совокупность отнесённые / отнесённых = школы, где отнесена к А или отнесена к Б
показатель сколько = число выполненных критериев категории А + число выполненных критериев категории Б
категория места
  относится, если выполнен любой критерий
  критерий 4
    если сколько в числе самых высоких среди отнесённых, квота 3 школы
    равные на границе различать по (учащиеся больше; код меньше)
";
    // the largest of the equal ones comes first; 6 is in no category, of 7 it is not known
    let schools = "1;дневная;9;6;10\n2;дневная;9;1;10\n3;дневная;6;1;10\n4;дневная;1;6;90\n5;вечерняя;9;6;80\n\
                   6;дневная;1;1;900\n7;дневная;;1;900\n";
    let region = region(rest, schools);
    // 3, 2, 1, 1 and, because A does not judge school 5, 1
    assert_eq!(category(&region, 2), [Met, Met, NotMet, Met, NotMet, NotMet, MISSING]);
}
