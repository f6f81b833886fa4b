//! `кроме самой школы` and `различных по` against sums made here, row by row; counts that absent keys leave open.

use std::collections::BTreeSet;
use std::fmt::Write;

use merilo::decision::Verdict::{Met, NotMet, Undetermined};
use merilo::number::Number;
use merilo::value::Reasons;
use num_rational::BigRational;

use super::chance::Chance;
use super::large::values;
use super::region::Region;

const RULES: &str = "набор правил «Другие школы»
  отчётный год 2018
  оцениваются школы
таблица школы / школ
  ключ код
  столбец код текст
  столбец район текст
  столбец год год
  столбец балл число
  столбец вес число
  столбец вид текст
показатель среднее_других = среднее(балл, среди школы, в пределах район, кроме самой школы)
показатель взвешенное_других = среднее(балл, среди школы, с весом вес, кроме самой школы)
показатель сумма_других = сумма(балл, среди школы, в пределах район, кроме самой школы)
показатель наименьшее_других = минимум(балл, среди школы, в пределах район, кроме самой школы)
показатель наибольшее_других = максимум(балл, среди школы, в пределах район, кроме самой школы)
показатель медиана_других = медиана(балл, среди школы, в пределах район, кроме самой школы)
показатель квартиль_других = квантиль(балл; 25 %, среди школы, в пределах район, кроме самой школы)
показатель доля_других = доля(школы, где балл менее 50, среди школы, в пределах район, кроме самой школы)
показатель число_других = количество(школы, где вес более 2, среди школы, в пределах район, кроме самой школы)
показатель видов_у_других = количество(школы, различных по вид, среди школы, в пределах район, кроме самой школы)
показатель видов = количество(школы, различных по вид, среди школы, в пределах район)
показатель последнее_других = последнее(балл, среди школы, в пределах район, кроме самой школы)
категория К
  относится, если выполнен любой критерий
  критерий 1 «Любой»
    если среднее_других менее 50
";

struct School {
    district: usize,
    year: i64,
    score: Option<i64>,
    weight: i64,
    kind: usize,
}

fn schools(chance: &mut Chance, count: i64) -> Vec<School> {
    let mut upto = |n: i64| chance.between(0, n - 1);
    (0..count)
        .map(|_| School {
            district: usize::try_from(upto(4)).unwrap(),
            year: 2015 + upto(4),
            score: Some(upto(100)).filter(|n| *n > 14),
            weight: 1 + upto(4),
            kind: usize::try_from(upto(3)).unwrap(),
        })
        .collect()
}

fn table(schools: &[School]) -> String {
    let mut text = String::from("код;район;год;балл;вес;вид\n");
    for (at, s) in schools.iter().enumerate() {
        let score = s.score.map_or(String::new(), |n| n.to_string());
        writeln!(text, "{at};Р{};{};{score};{};в{}", s.district, s.year, s.weight, s.kind).unwrap();
    }
    text
}

fn ratio(numerator: i64, denominator: i64) -> Result<Number, Reasons> {
    Ok(Number::from_big(BigRational::new(numerator.into(), denominator.into())))
}

/// What each indicator of the rules is for one school, in their order.
fn expected(schools: &[School], own: usize) -> Vec<Result<Number, Reasons>> {
    let same = |at: &usize| schools[*at].district == schools[own].district;
    let all: Vec<usize> = (0..schools.len()).filter(|at| *at != own).collect();
    let district: Vec<usize> = all.iter().copied().filter(same).collect();
    let scored = |of: &[usize]| -> Vec<(usize, i64)> {
        of.iter().filter_map(|at| schools[*at].score.map(|score| (*at, score))).collect()
    };
    let mut scores: Vec<i64> = scored(&district).iter().map(|(_, score)| *score).collect();
    scores.sort_unstable();
    let count = i64::try_from(scores.len()).unwrap();
    let none = Err(Reasons::MISSING);
    let or_none = |value: Option<Result<Number, Reasons>>| value.unwrap_or(none.clone());
    let some = |value: fn(&[i64], usize) -> (i64, i64)| {
        or_none((count > 0).then(|| value(&scores, scores.len())).map(|(n, d)| ratio(n, d)))
    };
    let weighted = scored(&all);
    let weight: i64 = weighted.iter().map(|(at, _)| schools[*at].weight).sum();
    let weighted: i64 = weighted.iter().map(|(at, score)| score * schools[*at].weight).sum();
    let low = i64::try_from(scores.iter().filter(|score| **score < 50).count()).unwrap();
    let heavy = district.iter().filter(|at| schools[**at].weight > 2).count();
    let kinds = |of: &[usize]| of.iter().map(|at| schools[*at].kind).collect::<BTreeSet<_>>().len();
    let with_own: Vec<usize> = district.iter().copied().chain([own]).collect();
    let last = scored(&district).iter().map(|(at, _)| schools[*at].year).max();
    let of_last: Vec<i64> =
        scored(&district).iter().filter(|(at, _)| Some(schools[*at].year) == last).map(|(_, score)| *score).collect();
    let number = |n: usize| Ok(Number::from_integer(i64::try_from(n).unwrap()));
    vec![
        some(|scores, n| (scores.iter().sum(), i64::try_from(n).unwrap())),
        or_none((weight > 0).then(|| ratio(weighted, weight))),
        some(|scores, _| (scores.iter().sum(), 1)),
        some(|scores, _| (scores[0], 1)),
        some(|scores, n| (scores[n - 1], 1)),
        some(|scores, n| (scores[(n - 1) / 2] + scores[n / 2], 2)),
        some(|scores, n| (scores[n.div_ceil(4) - 1], 1)),
        // whether a school without a score is low is not known: it takes no part
        if count > 0 { ratio(low, count) } else { Err(Reasons::NOT_APPLICABLE) },
        number(heavy),
        number(kinds(&district)),
        number(kinds(&with_own)),
        or_none(last.map(|_| ratio(of_last.iter().sum(), i64::try_from(of_last.len()).unwrap()))),
    ]
}

#[test]
fn over_the_other_schools_every_function_leaves_out_the_school_itself() {
    let mut chance = Chance::new(5);
    for count in [1, 2, 5, 9, 60] {
        let schools = schools(&mut chance, count);
        let judged = Region::new(RULES, &[("школы", &table(&schools))]).judged();
        for own in 0..schools.len() {
            for (indicator, expected) in judged.rules.indicators.iter().zip(expected(&schools, own)) {
                let found = values(&judged, &indicator.name)[own].clone();
                let nothing = |value: &Result<Number, Reasons>| value.is_err();
                let same = found == expected || (nothing(&found) && nothing(&expected));
                assert!(same, "{}, school {own} of {count}: {found:?}, not {expected:?}", indicator.name);
            }
        }
    }
}

/// Schools 1 to 5: `район`, `вид`; whether a row with an absent key adds a kind depends on the kinds there are.
#[test]
fn an_absent_key_leaves_a_number_of_kinds_open() {
    let rules = "набор правил «Виды»
  отчётный год 2018
  оцениваются школы
таблица школы / школ
  ключ код
  столбец код текст
  столбец район текст
  столбец вид текст
  столбец закрыта да/нет
категория К
  относится, если выполнен любой критерий
  критерий 1 «Видов не меньше двух»
    если количество(школы, различных по вид, среди школы, в пределах район) не менее 2
  критерий 2 «У других не меньше двух»
    если количество(школы, различных по вид, среди школы, в пределах район, кроме самой школы) не менее 2
  критерий 3 «Открытых не меньше двух»
    если количество(школы, где закрыта = нет, различных по вид, среди школы, в пределах район) не менее 2
";
    let missing = Undetermined(Reasons::MISSING);
    let table = "код;район;вид;закрыта\n1;А;г;нет\n2;А;;нет\n3;А;г;\n4;Б;г;нет\n5;Б;л;\n6;Б;г;\n7;Б;л;нет\n";
    let region = Region::new(rules, &[("школы", table)]);
    let found = region.criteria();
    // district А: one kind and one unknown; Б: two
    assert_eq!(found[0], [missing, missing, missing, Met, Met, Met, Met]);
    // others of 1: г and an unknown; of 2: г, г; of 3: г and an unknown; of 4: л, г, л and so on
    assert_eq!(found[1], [missing, NotMet, missing, Met, Met, Met, Met]);
    // in А the school 3 is of a kind that counts already, 2 may be of another; in Б the open ones have г and л
    assert_eq!(found[2], [missing, missing, missing, Met, Met, Met, Met]);
    let table = "код;район;вид;закрыта\n1;А;г;нет\n2;А;л;\n3;Б;г;нет\n4;Б;г;\n5;Б;г;\n";
    region.write("школы", table);
    assert_eq!(region.criteria()[2], [missing, missing, NotMet, NotMet, NotMet], "another г is no further kind");
}
