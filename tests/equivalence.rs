//! Pairs of rules that are known to be the same, to differ, or to follow from each other; and made-up data that are the same as a file
//! and in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

#[path = "recheck/cases.rs"]
#[allow(dead_code)] // shared with the second reading of the rules
mod cases;
#[path = "../examples/leningrad-2018/generate/chance.rs"]
#[allow(dead_code)]
mod chance;
#[path = "recheck/covered.rs"]
#[allow(dead_code)]
mod covered;
#[path = "recheck/data.rs"]
#[allow(dead_code)]
mod data;
#[path = "recheck/words.rs"]
#[allow(dead_code)]
mod words;

use std::collections::BTreeSet;
use std::path::Path;

use merilo::counterexample::{self, Relation, Search};
use merilo::decision::Verdict;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::number::Number;
use merilo::pipeline::{self, Answer, Equality, Held, Variant};
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::report::equality;
use merilo::source::Sources;
use merilo::{evaluate, plan};

const HEAD: &str = "набор правил «Проба»
  отчётный год 2018
  оцениваются школы

таблица школы / школ
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец писали число человек
  столбец сдали число человек
  столбец вид текст значения (\"основная\"; \"средняя\")
  столбец лишний число человек

таблица экзамены / экзаменов
  ключ школа; год
  столбец школа ссылка на школы
  столбец год год
  столбец участники число человек

";

fn rules(text: &str) -> String {
    let indented: String = text.lines().map(|line| format!("{line}\n")).collect();
    format!("{HEAD}категория к\n  относится, если выполнен любой критерий\n{indented}")
}

fn criterion(condition: &str) -> String {
    rules(&format!("  критерий 1\n    если {condition}"))
}

struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new(first: &str, second: &str) -> Files {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.merilo"), first).unwrap();
        std::fs::write(folder.path().join("b.merilo"), second).unwrap();
        Files { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn search(&self, relation: Relation, cases: usize) -> Equality {
        let (a, b, variant) = (self.path("a.merilo"), self.path("b.merilo"), Variant::default());
        let held = Held { rules: [(&a, &variant), (&b, &variant)], relation, category: None };
        let (noticed, found) = pipeline::equal_on_any(&held, Search { seed: 1, cases }, &Silent);
        found.unwrap_or_else(|| {
            panic!(
                "{}",
                noticed
                    .iter()
                    .map(|(sources, told)| render(told, sources, Language::Russian, false))
                    .collect::<String>()
            )
        })
    }
}

fn searched(first: &str, second: &str, relation: Relation, cases: usize) -> Equality {
    Files::new(first, second).search(relation, cases)
}

fn shown(found: &Equality) -> Option<&counterexample::Found> {
    match &found.answer {
        Answer::Searched { found, .. } => found.as_deref(),
        Answer::OnData { .. } => None,
    }
}

#[test]
fn rules_written_in_another_order_are_not_told_apart() {
    let first = rules(
        "  критерий 1\n    если балл менее 40 баллов и (вид = \"средняя\" или писали более 10 человек)\n  критерий 2\n    если \
         сумма(экзамены.участники, за последние 2 года) менее 20 человек",
    );
    let second = rules(
        "  критерий 2\n    если не (сумма(экзамены.участники, за последние 2 года) не менее 20 человек)\n  критерий 1\n    если (писали \
         более 10 человек или вид = \"средняя\") и балл менее 40 баллов",
    );
    let found = searched(&first, &second, Relation::Equal, 300);
    assert!(found.holds(), "{:?}", shown(&found));
}

/// The search finds what differs at the threshold only, and leaves one school that stands exactly there.
#[test]
fn at_most_and_less_differ_at_equality_only() {
    let (first, second) = (criterion("балл не более 37 баллов"), criterion("балл менее 37 баллов"));
    let found = searched(&first, &second, Relation::Equal, 500);
    let data = shown(&found).expect("at the threshold they differ");
    assert_eq!(data.world.tables[0].len(), 1);
    assert_eq!(data.dataset.tables[0].columns[1].as_ref().unwrap().number(0), Some(Number::from_integer(37)));
    let verdicts: Vec<[Verdict; 2]> = data.differences.iter().map(|difference| difference.verdicts).collect();
    assert_eq!(verdicts, [[Verdict::Met, Verdict::NotMet]; 2]);
    // columns that nothing reads are not made up
    assert!(data.dataset.tables[0].columns[5].is_none());
}

#[test]
fn the_stricter_rule_implies_the_looser_one_and_not_the_other_way_round() {
    let (strict, loose) = (criterion("балл менее 37 баллов"), criterion("балл не более 37 баллов"));
    assert!(searched(&strict, &loose, Relation::Implies, 500).holds());
    let found = searched(&loose, &strict, Relation::Implies, 500);
    let data = shown(&found).expect("a school exactly at 37");
    assert!(data.differences.iter().all(|difference| difference.listed == [true, false]));
    // both conditions together imply each of them
    let both = criterion("балл менее 37 баллов и писали более 5 человек");
    assert!(searched(&both, &strict, Relation::Implies, 500).holds());
    assert!(!searched(&strict, &both, Relation::Implies, 500).holds());
}

/// Differences that only some data show: a share exactly at its threshold, equal schools at a cut, a value that is absent, the years of
/// a window, an even count.
#[test]
fn what_differs_in_rare_cases_is_found() {
    let cut = |ties: &str, rounding: &str| {
        rules(&format!(
            "  критерий 1\n    если балл в числе самых низких среди школы, квота 30 %\n    округление квоты {rounding}\n    равные на \
             границе {ties}"
        ))
    };
    let missing = |policy: &str| rules(&format!("  критерий 1\n    если балл менее 37 баллов\n{policy}"));
    for (name, first, second) in [
        ("share", criterion("сдали / писали не менее 35 %"), criterion("сдали / писали более 35 %")),
        ("odd share", criterion("сдали / писали не менее 0,37"), criterion("сдали / писали более 0,37")),
        ("ties", cut("включить", "вниз"), cut("исключить", "вниз")),
        ("rounding", cut("включить", "вниз"), cut("включить", "вверх")),
        ("missing", missing(""), missing("    при отсутствии данных считать выполненным\n")),
        (
            "absent of two kinds",
            criterion("балл менее 37 баллов"),
            criterion("балл менее 37 баллов или балл не применимо"),
        ),
        (
            "window",
            criterion("сумма(экзамены.участники, за последние 2 года) менее 20 человек"),
            criterion("сумма(экзамены.участники, за последние 3 года) менее 20 человек"),
        ),
        ("kind", criterion("вид = \"средняя\""), criterion("вид = \"основная\"")),
    ] {
        let files = Files::new(&first, &second);
        let found = files.search(Relation::Equal, 1_500);
        let data = shown(&found).unwrap_or_else(|| panic!("{name}"));
        assert!(!data.differences.is_empty());
        let rows: usize = data.world.tables.iter().map(Vec::len).sum();
        assert!(rows <= 5, "{name}: {:?}", data.world);
        eprintln!("{name}: attempt {}, {rows} rows", data.case);
        // what is written as a folder differs as well
        let folder = files.folder.path().join("found");
        std::fs::create_dir(&folder).unwrap();
        for (file, text) in equality::files(&data.world, &found.rules[0].schema, &Speaker::new(Language::Russian)) {
            std::fs::write(folder.join(file), text).unwrap();
        }
        let (a, b, variant) = (files.path("a.merilo"), files.path("b.merilo"), Variant::default());
        let held = Held { rules: [(&a, &variant), (&b, &variant)], relation: Relation::Equal, category: None };
        let (noticed, again) = pipeline::equal_on(&held, &folder.join("dataset.yaml"), &Silent);
        let Some(Equality { answer: Answer::OnData { differences, .. }, .. }) = again else {
            panic!("{name}: {:?}", noticed.iter().map(|(_, told)| told).collect::<Vec<_>>())
        };
        assert_eq!(differences, data.differences, "{name}");
    }
}

/// Made-up data are the same when they are written and read again.
#[test]
fn made_up_data_are_what_their_files_say() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("dataset.yaml");
    let (mut tried, mut met, mut open) = (0, 0, 0);
    for seed in 1.. {
        if tried == 40 {
            break;
        }
        let Ok(mut rules) = cases::rules(&words::blocks(seed)) else { continue };
        rules.registered.clear();
        tried += 1;
        let plan = plan::plan(&rules);
        for at in 0..3 {
            let world = counterexample::made_up(&rules, &plan, seed * 100 + at);
            for entry in std::fs::read_dir(folder.path()).unwrap() {
                std::fs::remove_file(entry.unwrap().path()).unwrap();
            }
            for (file, text) in equality::files(&world, &rules.schema, &Speaker::new(Language::English)) {
                std::fs::write(folder.path().join(file), text).unwrap();
            }
            let loaded = pipeline::load(&rules, &plan, &manifest, &mut Sources::default(), &Silent);
            let loaded = loaded.value.unwrap_or_else(|| panic!("{seed} {at}: {:?}", loaded.diagnostics));
            let made = world.dataset(&rules.schema);
            let runs = [&made, &loaded].map(|data| evaluate::evaluate(&rules, &plan, data, &Silent).value.unwrap());
            let [one, other] = &runs;
            assert_eq!(one.schools, other.schools);
            for (a, b) in [(&one.criteria, &other.criteria), (&one.categories, &other.categories)] {
                assert_eq!(a, b, "{seed} {at}\n{world:?}");
            }
            let all = || one.criteria.iter().flat_map(|verdicts| verdicts.iter());
            met += all().filter(|verdict| verdict.is_met()).count();
            open += all().filter(|verdict| matches!(verdict, Verdict::Undetermined(_))).count();
        }
    }
    assert!(met > 50 && open > 50, "{met} {open}");
}

#[test]
fn the_same_search_finds_the_same() {
    let (first, second) = (criterion("сдали / писали не менее 35 %"), criterion("сдали / писали более 35 %"));
    let all: Vec<_> = (0..2).map(|_| searched(&first, &second, Relation::Equal, 1_500)).collect();
    let [a, b] = &all[..] else { panic!() };
    assert_eq!(shown(a).map(|found| (found.case, &found.world)), shown(b).map(|found| (found.case, &found.world)));
}

fn program(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.code().unwrap(), said)
}

#[test]
fn reports_and_exit_codes() {
    let first = rules("  критерий 1\n    если балл не более 37 баллов\n  критерий 2\n    если писали менее 5 человек");
    let second = rules("  критерий 1\n    если балл менее 37 баллов\n  критерий 3\n    если писали менее 5 человек")
        + "\nрешение исключить \"2\" из к\n  документ «Распоряжение» от 01.02.2018\n  автор «Комитет»\n  причина «По заявлению»\n  \
           действует по 31.12.2018\n\
           \nсценарий «Мягче»\n  критерий 1\n    если балл не более 37 баллов\n";
    let files = Files::new(&first, &second);
    let folder = files.folder.path();
    std::fs::write(
        folder.join("школы.csv"),
        "код;балл;писали;сдали;вид\n1;37;10;5;средняя\n2;20;10;5;средняя\n3;60;;5;средняя\n",
    )
    .unwrap();
    std::fs::write(folder.join("dataset.yaml"), "таблицы:\n  школы: школы.csv\n  экзамены: экзамены.csv\n").unwrap();
    std::fs::write(folder.join("экзамены.csv"), "школа;год;участники\n1;2018;5\n").unwrap();
    let mut said = String::new();
    let mut tell = |words: &[&str], code: i32| {
        for language in ["ru", "en"] {
            let (found, text) = program(folder, &[words, &["--lang", language]].concat());
            assert_eq!(found, code, "{words:?}: {text}");
            said += &format!("── {}\n{text}", words.join(" "));
        }
    };
    let data = ["a.merilo", "b.merilo", "--data", "dataset.yaml"];
    tell(&[&["equal"], &data[..]].concat(), 1);
    tell(&[&["implies"], &data[..]].concat(), 1);
    tell(&["implies", "b.merilo", "a.merilo", "--data", "dataset.yaml"], 0);
    tell(&["equal", "a.merilo", "a.merilo", "--data", "dataset.yaml"], 0);
    tell(&["equal", "a.merilo", "b.merilo", "--search", "--cases", "300"], 1);
    tell(&["implies", "b.merilo", "a.merilo", "--search", "--cases", "50"], 0);
    tell(&["equal", "a.merilo", "a.merilo", "--search", "--cases", "50"], 0);
    tell(&[&["equal"], &data[..], &["--format", "json"]].concat(), 1);
    tell(&["implies", "a.merilo", "b.merilo", "--search", "--cases", "300", "--format", "json"], 1);
    tell(&[&["equal"], &data[..], &["--category", "кк", "-q"]].concat(), 1);
    tell(&["equal", "a.merilo", "b.merilo", "-q"], 2);
    tell(&["equal", "a.merilo", "b.merilo", "--data", "dataset.yaml", "--search"], 2);
    insta::assert_snapshot!("reports", said);
    // with its scenario the second implies as much; the decision of people still takes a school off
    let (code, text) =
        program(folder, &[&["implies"], &data[..], &["--scenario-b", "Мягче", "--format", "json"]].concat());
    assert_eq!(code, 1);
    assert!(text.contains("\"school\": \"2\"") && !text.contains("\"school\": \"1\""), "{text}");
}

#[test]
fn what_is_found_is_written_into_a_new_folder() {
    let files = Files::new(&criterion("балл не более 37 баллов"), &criterion("балл менее 37 баллов"));
    let folder = files.folder.path();
    let search = ["equal", "a.merilo", "b.merilo", "--search", "--cases", "500", "-o", "найдено", "-q"];
    let (code, text) = program(folder, &search);
    assert_eq!(code, 1, "{text}");
    let names: BTreeSet<String> = std::fs::read_dir(folder.join("найдено"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().to_string())
        .collect();
    assert_eq!(names, ["dataset.yaml", "школы.csv", "экзамены.csv"].map(str::to_owned).into());
    let (code, _) = program(folder, &["equal", "a.merilo", "b.merilo", "--data", "найдено/dataset.yaml", "-q"]);
    assert_eq!(code, 1);
    let mut said = String::new();
    for language in ["ru", "en"] {
        let (code, text) = program(folder, &[&search[..], &["--lang", language]].concat());
        assert_eq!(code, 2);
        said += &text;
    }
    insta::assert_snapshot!("folder_exists", said);
}

#[test]
fn rules_that_cannot_be_held_against_each_other_are_refused() {
    let own = criterion("балл менее 37 баллов");
    let other_subject = "набор правил «Иная»
  отчётный год 2018
  оцениваются районы

таблица районы
  ключ код
  столбец код текст
  столбец балл число баллов

категория к
  относится, если выполнен любой критерий
  критерий 1
    если балл менее 37 баллов
";
    let other_tables = own.replace("  столбец лишний число человек\n", "");
    let mut said = String::new();
    for other in [other_subject, &other_tables] {
        let files = Files::new(&own, other);
        for language in ["ru", "en"] {
            let (code, text) =
                program(files.folder.path(), &["equal", "a.merilo", "b.merilo", "--search", "-q", "--lang", language]);
            assert_eq!(code, 1);
            said += &text;
        }
    }
    insta::assert_snapshot!("refused", said);
}
