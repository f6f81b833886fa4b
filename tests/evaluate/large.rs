//! 200 000 exam rows of 30 000 schools: enough for several blocks of a file and several parts of a pass. Sorted or shuffled, by
//! one thread or by eight: the same; and the same as sums made here in rationals.

use std::collections::BTreeMap;
use std::fmt::Write;

use merilo::decision::{RowColumn, StepColumn, Verdict};
use merilo::number::Number;
use merilo::pipeline::Judged;
use merilo::value::Reasons;
use num_rational::BigRational;

use super::chance::Chance;
use super::region::Region;
use super::shuffle;

const SCHOOLS: usize = 30_000;
const ROWS: usize = 200_000;
const SUBJECTS: [&str; 4] = ["физика", "химия", "история", "алгебра"];
const YEARS: [i64; 3] = [2016, 2017, 2018];
const DISTRICTS: usize = 17;

const RULES: &str = "набор правил «Большая область»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить
таблица школы / школ
  ключ код
  столбец код текст
  столбец район текст
  столбец учащиеся число человек
таблица экзамены / экзаменов
  ключ школа; предмет; год
  столбец школа ссылка на школы
  столбец предмет текст
  столбец год год
  столбец балл число
  столбец участники число человек
  столбец средства число
показатель взвешенный = среднее(экзамены.балл, с весом участники, за последние 2 года)
показатель простой = среднее(экзамены.балл, где предмет = \"физика\")
показатель участников = сумма(экзамены.участники)
показатель средств = сумма(экзамены.средства)
показатель строк = количество(экзамены, где участники более 20 человек)
показатель разных = количество(экзамены, различных по предмет)
показатель малых = доля(экзамены, где участники менее 5 человек)
показатель высший = максимум(экзамены.балл)
показатель последний = последнее(экзамены.балл, за последние 3 года)
показатель области = среднее(балл, среди экзамены, с весом участники)
показатель района = среднее(простой, среди школы, в пределах район)
показатель учащихся_района = сумма(учащиеся, среди школы, в пределах район)
категория К
  относится, если выполнено не менее 2 критериев
  критерий 1 «Ряд в районе»
    если взвешенный в числе самых низких среди школы, квота 10 %, в пределах район
  критерий 2 «Средства»
    если средств в числе самых высоких среди школы, квота 500 школ
    равные на границе различать по (учащиеся больше; код меньше)
  критерий 3 «Ниже области»
    если взвешенный менее области
  критерий 4 «Ниже района»
    если простой менее района и учащихся_района более 0 человек
  критерий 5 «Строк»
    если строк не менее 3 и разных не менее 2
  критерий 6 «Малые»
    если малых не менее 10 % и высший менее 90 и последний менее 80
";

struct Exam {
    school: usize,
    subject: usize,
    year: i64,
    /// In hundredths.
    score: Option<i64>,
    takers: Option<i64>,
    /// In hundredths; too large for their sum to fit into 64 bits.
    money: i64,
}

struct Made {
    districts: Vec<usize>,
    pupils: Vec<i64>,
    exams: Vec<Exam>,
}

fn made() -> Made {
    let mut chance = Chance::new(470_000);
    let districts = (0..SCHOOLS).map(|_| chance.between(0, DISTRICTS as i64 - 1) as usize).collect();
    let pupils = (0..SCHOOLS).map(|_| chance.between(5, 1500)).collect();
    // every tenth school has no exams at all
    let mut places: Vec<(usize, usize, i64)> = (0..SCHOOLS)
        .filter(|school| school % 10 != 3)
        .flat_map(|school| (0..SUBJECTS.len()).flat_map(move |subject| YEARS.map(|year| (school, subject, year))))
        .collect();
    shuffle(&mut places, &mut chance);
    places.truncate(ROWS);
    places.sort_unstable();
    let exams = places
        .into_iter()
        .map(|(school, subject, year)| Exam {
            school,
            subject,
            year,
            score: (chance.between(0, 99) > 4).then(|| chance.between(0, 10_000)),
            takers: (chance.between(0, 99) > 2).then(|| chance.between(0, 60)),
            money: chance.between(-999_999_999_999_999_999, 999_999_999_999_999_999),
        })
        .collect();
    Made { districts, pupils, exams }
}

fn hundredths(value: i64) -> String {
    format!("{}{},{:02}", if value < 0 { "-" } else { "" }, value.abs() / 100, value.abs() % 100)
}

fn exam_rows(made: &Made) -> Vec<String> {
    let row = |exam: &Exam| {
        let score = exam.score.map_or(String::new(), hundredths);
        let takers = exam.takers.map_or(String::new(), |n| n.to_string());
        let (subject, money) = (SUBJECTS[exam.subject], hundredths(exam.money));
        format!("{};{subject};{};{score};{takers};{money}\n", exam.school + 100_000, exam.year)
    };
    made.exams.iter().map(row).collect()
}

fn table(rows: &[String]) -> String {
    format!("школа;предмет;год;балл;участники;средства\n{}", rows.concat())
}

fn school_table(made: &Made) -> String {
    let mut text = String::from("код;район;учащиеся\n");
    for (school, (district, pupils)) in made.districts.iter().zip(&made.pupils).enumerate() {
        writeln!(text, "{};Район {district};{pupils}", school + 100_000).unwrap();
    }
    text
}

fn judged(region: &Region, threads: usize) -> Judged {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| region.judged())
}

/// The value of an indicator for each school, or why it has none.
pub fn values(judged: &Judged, name: &str) -> Vec<Result<Number, Reasons>> {
    let indicator = judged.rules.indicators.iter().find(|i| i.name.as_ref() == name).unwrap();
    let step = judged.plan.step_of(indicator.value).unwrap();
    match &judged.run.columns[step.index()] {
        StepColumn::Rows(RowColumn::Numbers { values, absent }) => (0..judged.run.schools)
            .map(|row| match absent.as_ref().map_or(0, |marks| marks[row]) {
                0 => Ok(values.get(row).unwrap()),
                reasons => Err(Reasons(reasons)),
            })
            .collect(),
        StepColumn::Constant(merilo::value::Value::Number(number)) => vec![Ok(number.clone()); judged.run.schools],
        other => panic!("{name}: {other:?}"),
    }
}

type Decisions = (Vec<Vec<Verdict>>, Vec<Vec<Verdict>>, Vec<Vec<Result<Number, Reasons>>>);

fn decisions(judged: &Judged) -> Decisions {
    let names = judged.rules.indicators.iter().map(|indicator| indicator.name.as_ref());
    (
        judged.run.criteria.iter().map(|verdicts| verdicts.to_vec()).collect(),
        judged.run.categories.iter().map(|verdicts| verdicts.to_vec()).collect(),
        names.map(|name| values(judged, name)).collect(),
    )
}

#[test]
fn many_rows_in_any_order_by_any_number_of_threads() {
    let made = made();
    assert_eq!(made.exams.len(), ROWS);
    let mut rows = exam_rows(&made);
    let region = Region::new(RULES, &[("школы", &school_table(&made)), ("экзамены", &table(&rows))]);
    let first = judged(&region, 1);
    let expected = decisions(&first);
    for column in &expected.0 {
        let met = column.iter().filter(|verdict| **verdict == Verdict::Met).count();
        assert!(met > 100 && met < SCHOOLS - 100, "each criterion decides something: {met}");
    }
    assert!(decisions(&judged(&region, 8)) == expected, "sorted, eight threads");
    shuffle(&mut rows, &mut Chance::new(7));
    region.write("экзамены", &table(&rows));
    for threads in [1, 8] {
        assert!(decisions(&judged(&region, threads)) == expected, "shuffled, {threads} threads");
    }
    compare_with_rationals(&made, &first);
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

fn exact(number: BigRational) -> Result<Number, Reasons> {
    Ok(Number::from_big(number))
}

/// Σ value · weight and Σ weight.
fn weighted(pairs: impl Iterator<Item = (BigRational, BigRational)>) -> (BigRational, BigRational) {
    pairs.fold((whole(0), whole(0)), |(sum, all), (value, weight)| (sum + value * &weight, all + weight))
}

fn compare_with_rationals(made: &Made, judged: &Judged) {
    let hundred = whole(100);
    let score = |exam: &Exam| exam.score.map(|n| whole(n) / &hundred);
    let mut by_school: Vec<Vec<&Exam>> = vec![Vec::new(); SCHOOLS];
    made.exams.iter().for_each(|exam| by_school[exam.school].push(exam));
    let found: BTreeMap<&str, Vec<_>> =
        judged.rules.indicators.iter().map(|i| (i.name.as_ref(), values(judged, &i.name))).collect();
    let physics = |school: usize| {
        let scores = by_school[school].iter().filter(|e| SUBJECTS[e.subject] == "физика").filter_map(|e| score(e));
        weighted(scores.map(|score| (score, whole(1))))
    };
    for school in (0..SCHOOLS).step_by(37) {
        let exams = &by_school[school];
        let mean = |(sum, count): (BigRational, BigRational), otherwise: Reasons| {
            if count == whole(0) { Err(otherwise) } else { exact(sum / count) }
        };
        let check = |name: &str, wanted: Result<Number, Reasons>| {
            assert_eq!(found[name][school], wanted, "{name} of school {school}");
        };

        let recent: Vec<(BigRational, BigRational)> =
            exams.iter().filter(|e| e.year >= 2017).filter_map(|e| Some((score(e)?, whole(e.takers?)))).collect();
        let none = if recent.is_empty() { Reasons::MISSING } else { Reasons::NOT_APPLICABLE };
        check("взвешенный", mean(weighted(recent.into_iter()), none));
        check("простой", mean(physics(school), Reasons::MISSING));

        let takers: Vec<i64> = exams.iter().filter_map(|e| e.takers).collect();
        let sum = exact(whole(takers.iter().sum()));
        check("участников", if takers.is_empty() { Err(Reasons::MISSING) } else { sum });
        let money = exams.iter().fold(whole(0), |sum, e| sum + whole(e.money) / &hundred);
        check("средств", if exams.is_empty() { Err(Reasons::MISSING) } else { exact(money) });
        check("строк", exact(whole(takers.iter().filter(|n| **n > 20).count() as i64)));
        let mut subjects: Vec<usize> = exams.iter().map(|e| e.subject).collect();
        subjects.sort_unstable();
        subjects.dedup();
        check("разных", exact(whole(subjects.len() as i64)));
        let few = whole(takers.iter().filter(|n| **n < 5).count() as i64);
        let nothing = if exams.is_empty() { Reasons::NOT_APPLICABLE } else { Reasons::MISSING };
        check("малых", mean((few, whole(takers.len() as i64)), nothing));
        let scores = exams.iter().filter_map(|e| score(e));
        check("высший", scores.max().map_or(Err(Reasons::MISSING), exact));
        let last = exams.iter().filter(|e| e.score.is_some()).map(|e| e.year).max();
        let of_last = exams.iter().filter(|e| Some(e.year) == last).filter_map(|e| score(e));
        check("последний", mean(weighted(of_last.map(|score| (score, whole(1)))), Reasons::MISSING));
    }

    let all = weighted(made.exams.iter().filter_map(|e| Some((score(e)?, whole(e.takers?)))));
    assert_eq!(found["области"][0], exact(all.0 / all.1));
    for district in [0, DISTRICTS - 1] {
        let members: Vec<usize> = (0..SCHOOLS).filter(|school| made.districts[*school] == district).collect();
        let means = members.iter().map(|school| physics(*school)).filter(|(_, count)| *count != whole(0));
        let (sum, count) = weighted(means.map(|(sum, count)| (sum / count, whole(1))));
        assert_eq!(found["района"][members[0]], exact(sum / count));
        let pupils = members.iter().map(|school| made.pupils[*school]).sum();
        assert_eq!(found["учащихся_района"][members[0]], exact(whole(pupils)));
    }
}
