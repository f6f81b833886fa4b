//! Every point of a sweep is what the rules come to when they are changed so; a sweep over a threshold is a line of its step
//! function; a sweep that was stopped is gone on with to the same bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use merilo::diagnostic::Diagnostic;
use merilo::language::Language;
use merilo::pipeline::{self, Asked, Judged, Keeper, Swept, SweptOver, Variant};
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::Sources;
use merilo::sweep::{Grid, Head, Journal, Point};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

struct Nothing;

impl Keeper for Nothing {
    fn begin(&mut self, _: &Head) -> Result<BTreeMap<usize, Point>, Box<Diagnostic>> {
        Ok(BTreeMap::new())
    }

    fn keep(&mut self, _: &Point) -> Result<(), Box<Diagnostic>> {
        Ok(())
    }
}

fn grid(over: &[&str]) -> Grid {
    let texts: Vec<String> = over.iter().map(ToString::to_string).collect();
    Grid::parse(&texts).unwrap()
}

fn swept(rules: &Path, data: &Path, over: &[&str]) -> Result<(Grid, Swept), String> {
    let grid = grid(over);
    let asked = SweptOver { grid: &grid, category: None, program: "test", explained: 0 };
    let rules = rules.display().to_string();
    let (sources, outcome) = pipeline::sweep(&rules, &Variant::default(), &asked, data, &mut Nothing, &Silent);
    let said = Language::ALL.map(|language| render(&outcome.diagnostics, &sources, language, false)).concat();
    outcome.value.map(|swept| (grid.clone(), swept)).ok_or(said)
}

/// Who is on the list of a category at a point: the list of the rules as they are with what entered and left.
fn listed(swept: &Swept, point: &Point, list: usize) -> Vec<String> {
    let Judged { rules, dataset, run, .. } = &swept.judged;
    let id = swept.categories[list];
    let found = &point.lists[list];
    let code = |row: usize| dataset.code(&rules.schema, rules.subject, row);
    let mut codes: Vec<String> = (0..run.schools).filter(|row| run.is_listed(id, *row)).map(code).collect();
    assert!(found.left.iter().all(|code| codes.contains(code)));
    assert!(found.entered.iter().all(|code| !codes.contains(code)));
    codes.retain(|code| !found.left.contains(code));
    codes.extend(found.entered.iter().cloned());
    codes.sort();
    assert_eq!(codes.len(), found.listed);
    codes
}

#[test]
fn the_last_dimension_changes_first() {
    let grid = grid(&["а=1,2", "б=10..30 шаг 10", "сценарий=-;«Иной»"]);
    assert_eq!(grid.points(), 12);
    let shown: Vec<String> = (0..12).map(|at| grid.values(at).join(" ")).collect();
    assert_eq!(
        shown,
        [
            "1 10 -",
            "1 10 Иной",
            "1 20 -",
            "1 20 Иной",
            "1 30 -",
            "1 30 Иной",
            "2 10 -",
            "2 10 Иной",
            "2 20 -",
            "2 20 Иной",
            "2 30 -",
            "2 30 Иной"
        ]
    );
}

#[test]
fn a_sweep_over_a_threshold_is_a_line_of_its_step_function() {
    let rules = root().join("rules/leningrad-2018/criteria.merilo");
    let data = root().join("examples/leningrad-2018/dataset.yaml");
    for (name, over) in [
        ("доля_отбора", "доля_отбора=22..30 шаг 0,5 %"),
        ("сколько_показателей", "сколько_показателей=1..5"),
        ("мало_участников", "мало_участников=1 человек; 10 человек; 100 человек"),
    ] {
        let (grid, swept) = swept(&rules, &data, &[over]).unwrap();
        let asked = Asked { name: name.into(), ..Asked::default() };
        let path = rules.display().to_string();
        let (_, outcome) = pipeline::thresholds(&path, &Variant::default(), &asked, &data, &Silent);
        let found = outcome.value.unwrap();
        let code = |row: usize| {
            let Judged { rules, dataset, .. } = &found.judged;
            dataset.code(&rules.schema, rules.subject, row)
        };
        let mut different = 0;
        for point in &swept.points {
            let text = grid.values(point.point)[0].split(' ').next().unwrap().to_owned();
            let shown = merilo::number::parse::number(&text).unwrap();
            let factor = merilo::number::Number::from_integer(found.subject.unit.shown_factor());
            let value = shown.divide(&factor).unwrap();
            for (list, curve) in found.profile.curves.iter().enumerate() {
                let stretch = curve.stretch_at(&value);
                let states = curve.states(stretch);
                let mut expected: Vec<String> =
                    states.iter().enumerate().filter(|(_, state)| state.listed).map(|(row, _)| code(row)).collect();
                expected.sort();
                assert_eq!(listed(&swept, point, list), expected, "{name} = {text}");
                assert_eq!(point.lists[list].undetermined, curve.counts(stretch).1, "{name} = {text}");
                different += point.lists[list].entered.len() + point.lists[list].left.len();
            }
        }
        assert!(different > 0, "{name}");
    }
}

const RULES: &str = "набор правил «Проба»
  отчётный год 2018
  оцениваются школы

таблица школы
  ключ код
  столбец код текст
  столбец балл число баллов
  столбец сдано число баллов
  столбец ученики число человек

параметр мало = 1
  допустимо от 1 до 2
параметр верх = 30 баллов
параметр низ = 20 баллов

индекс итог
  среди школы
  без нормирования
  составляющая балл вес 1 больше – лучше
  составляющая сдано вес 1 больше – лучше

категория к
  относится, если выполнено не менее мало критериев

  критерий 1
    если итог менее 25 баллов

  критерий 2
    если балл от низ до верх

сценарий «Малые»
  критерий 1
    если ученики менее 50 человек
";

const SCHOOLS: &str = "код;балл;сдано;ученики\n1;10;50;20\n2;20;20;150\n3;40;10;40\n4;30;30;200\n";

fn small() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (rules, data) = (folder.path().join("rules.merilo"), folder.path().join("dataset.yaml"));
    std::fs::write(&rules, RULES).unwrap();
    std::fs::write(&data, "таблицы:\n  школы:\n    файл: школы.csv\n").unwrap();
    std::fs::write(folder.path().join("школы.csv"), SCHOOLS).unwrap();
    (folder, rules, data)
}

const WEIGHTS: &str =
    "индекс итог составляющая балл вес {} больше – лучше составляющая сдано вес 1 больше – лучше=1,2,9";

/// Worked out by hand. The index is the weighted sum; weights 1 and 1: 60, 40, 50, 60; the values that the rules use are divided by
/// nothing, so only what is below 25 counts: nobody. Criterion 2 holds for 20 to 30 points: schools 2 and 4.
#[test]
fn weights_scenarios_and_parameters_are_swept_together() {
    let (_folder, rules, data) = small();
    let over = [WEIGHTS, "сценарий=-;Малые", "мало=1..2"];
    let (grid, found) = swept(&rules, &data, &over).unwrap();
    assert_eq!(found.points.len(), 12);
    for point in &found.points {
        assert!(point.refused.is_empty(), "{point:?}");
        let [weight, scenario, least] = grid.values(point.point)[..] else { panic!() };
        // the same rules written out and evaluated as a whole
        let text = RULES.replace("составляющая балл вес 1", &format!("составляющая балл вес {weight}"));
        let text = text.replace("параметр мало = 1", &format!("параметр мало = {least}"));
        let other = rules.with_file_name("written.merilo");
        std::fs::write(&other, text).unwrap();
        let variant = Variant { scenario: (scenario != "-").then(|| scenario.to_owned()), ..Variant::default() };
        let read = pipeline::read_variant(&other.display().to_string(), &variant);
        let judged = pipeline::judge(read.rules.value.unwrap(), &data, &mut Sources::default(), &Silent).value.unwrap();
        let id = found.categories[0];
        let code = |row: usize| judged.dataset.code(&judged.rules.schema, judged.rules.subject, row);
        let mut expected: Vec<String> =
            (0..judged.run.schools).filter(|row| judged.run.is_listed(id, *row)).map(code).collect();
        expected.sort();
        assert_eq!(listed(&found, point, 0), expected, "{weight} {scenario} {least}");
    }
    let counts: Vec<usize> = found.points.iter().map(|point| point.lists[0].listed).collect();
    assert!(counts.iter().any(|count| *count != counts[0]), "{counts:?}");
    // with criterion 1 as in the scenario: 1 and 3 have fewer than 50 pupils, 2 and 4 meet criterion 2
    let scenario = found.points.iter().find(|point| grid.values(point.point) == ["1", "Малые", "1"]).unwrap();
    assert_eq!(listed(&found, scenario, 0), ["1", "2", "3", "4"]);
}

/// A value that the others can mend is a point that is told in its row; one that nothing mends is told before anything runs.
#[test]
fn what_is_wrong_is_told_at_once_or_in_its_row() {
    let (folder, rules, data) = small();
    let (grid, found) = swept(&rules, &data, &["низ=10 баллов;40 баллов", "верх=30 баллов;50 баллов"]).unwrap();
    let refused: Vec<_> = found.points.iter().filter(|point| !point.refused.is_empty()).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(grid.values(refused[0].point), ["40 баллов", "30 баллов"]);
    let mut said = format!("{:?}\n", refused[0].refused);
    for over in [
        &["мало=0;1;3", "низ=10 человек;15 баллов"][..],
        &["малло=1", "сценарий=Малыши"],
        &["критерий 7 если балл менее {} баллов=1,2"],
        &["критерий 1 если баллл менее {} баллов=1,2"],
        &["основание «{}»=письмо,приказ"],
        &["данные «{}»=другие"],
    ] {
        said += &swept(&rules, &data, over).map(|_| String::new()).unwrap_err();
    }
    for over in [
        &["мало", "низ=", "критерий 1=1,2", "верх=1..2 шаг 0", "балл=1..б", "мало=1,1", "верх=1 %..5 человек"][..],
        &["а=1..1000", "б=1..1000"],
        &["а=1", "а=2"],
    ] {
        let texts: Vec<String> = over.iter().map(ToString::to_string).collect();
        let problems = Grid::parse(&texts).unwrap_err();
        for language in Language::ALL {
            said += &render(&problems, &Sources::default(), language, false);
        }
    }
    insta::assert_snapshot!("problems", said.replace(&format!("{}/", folder.path().display()), ""));
}

fn program(folder: &Path, words: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code().unwrap(), out, err)
}

#[test]
fn a_sweep_that_was_stopped_is_gone_on_with_to_the_same_bytes() {
    let (folder, _, _) = small();
    let sweep = [
        "sweep",
        "rules.merilo",
        "--data",
        "dataset.yaml",
        "--over",
        WEIGHTS,
        "--over",
        "низ=10 баллов;40 баллов",
        "-q",
    ];
    let run = |words: &[&str]| program(folder.path(), &[&sweep[..], words].concat());
    let (code, whole, said) = run(&["--journal", "whole.jsonl", "--format", "json"]);
    assert_eq!((code, said.as_str()), (0, ""));
    let journal = std::fs::read_to_string(folder.path().join("whole.jsonl")).unwrap();
    let read = Journal::read(&journal).unwrap();
    assert_eq!((read.done.len(), read.length), (6, journal.len()));
    let ends: Vec<usize> = journal.match_indices('\n').map(|(at, _)| at + 1).collect();
    assert_eq!(ends.len(), 7);
    // stopped after every number of points, with the next line cut off anywhere: also within a letter
    for (done, end) in ends.iter().enumerate().map(|(done, end)| (done, *end)) {
        for more in [0, 1, 30, 60] {
            let cut = (end + more).min(ends.get(done + 1).map_or(journal.len(), |next| next - 1)).max(end);
            std::fs::write(folder.path().join("part.jsonl"), &journal.as_bytes()[..cut]).unwrap();
            let (code, shown, said) = run(&["--journal", "part.jsonl", "--resume", "--format", "json"]);
            assert_eq!((code, said.as_str()), (0, ""));
            assert_eq!(shown, whole, "{done} points done");
            assert_eq!(std::fs::read_to_string(folder.path().join("part.jsonl")).unwrap(), journal);
        }
    }
    // what is done is taken as it is, not evaluated again
    let planted = journal.replacen("\"listed\":", "\"listed\":9", 1);
    std::fs::write(folder.path().join("part.jsonl"), &planted).unwrap();
    assert_ne!(run(&["--journal", "part.jsonl", "--resume", "--format", "json"]).1, whole);
}

/// On one thread and on several: the same output and the same journal, also where points are refused and where a part was done before
/// in another order.
#[test]
fn points_side_by_side_give_the_bytes_of_one_after_the_other() {
    let (folder, _, _) = small();
    let run = |threads: &str, words: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("merilo").unwrap();
        command.env_clear().env("LANG", "ru_RU.UTF-8").env("RAYON_NUM_THREADS", threads).current_dir(folder.path());
        let sweep =
            ["sweep", "rules.merilo", "--data", "dataset.yaml", "--over", WEIGHTS, "--over", "низ=10..40 шаг 5 баллов"];
        let output = command.args(sweep).args(["-q", "--format", "json"]).args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let alone = run("1", &["--journal", "1.jsonl"]);
    // 21 points, of which those with a lower end of 35 and 40 are refused
    assert_eq!(alone.matches("\"refused\"").count(), 6);
    for threads in ["2", "3", "8", "64"] {
        let name = format!("{threads}.jsonl");
        assert_eq!(run(threads, &["--journal", &name]), alone, "{threads}");
        assert_eq!(read(&name), read("1.jsonl"), "{threads}");
    }
    let mut lines: Vec<String> = read("1.jsonl").lines().map(|line| format!("{line}\n")).collect();
    let head = lines.remove(0);
    lines.reverse();
    lines.truncate(9);
    std::fs::write(folder.path().join("part.jsonl"), format!("{head}{}", lines.concat())).unwrap();
    assert_eq!(run("4", &["--journal", "part.jsonl", "--resume"]), alone);
    assert_eq!(read("part.jsonl").lines().count(), 22);
}

#[test]
fn a_journal_is_neither_overwritten_nor_mixed_with_another() {
    let (folder, rules, _) = small();
    let run = |words: &[&str]| program(folder.path(), words);
    let sweep =
        ["sweep", "rules.merilo", "--data", "dataset.yaml", "--over", "мало=1..2", "-q", "--journal", "j.jsonl"];
    let mut said = String::new();
    let mut tell = |words: &[&str], code: i32| {
        for language in ["ru", "en"] {
            let (found, out, err) = run(&[words, &["--lang", language]].concat());
            assert_eq!(found, code, "{words:?}: {err}");
            said += &out;
            said += &err;
        }
    };
    let resume = [&sweep[..], &["--resume"]].concat();
    tell(&resume, 1);
    assert_eq!(run(&sweep).0, 0);
    tell(&sweep, 1);
    let other: Vec<&str> = resume.iter().map(|word| if *word == "мало=1..2" { "мало=1" } else { word }).collect();
    tell(&other, 1);
    std::fs::write(&rules, RULES.replace("25 баллов", "26 баллов")).unwrap();
    tell(&resume, 1);
    std::fs::write(&rules, RULES).unwrap();
    std::fs::write(folder.path().join("школы.csv"), SCHOOLS.replace("150", "151")).unwrap();
    tell(&resume, 1);
    std::fs::write(folder.path().join("школы.csv"), SCHOOLS).unwrap();
    let journal = std::fs::read_to_string(folder.path().join("j.jsonl")).unwrap();
    std::fs::write(folder.path().join("j.jsonl"), journal.replace("merilo ", "merilo 0")).unwrap();
    tell(&resume, 1);
    std::fs::write(folder.path().join("j.jsonl"), "не журнал\n").unwrap();
    tell(&resume, 1);
    tell(&["sweep", "rules.merilo", "--data", "dataset.yaml", "--over", "мало=1", "--set", "мало=2", "-q"], 1);
    tell(&["sweep", "rules.merilo", "--data", "dataset.yaml", "--over", "мало=1", "--category", "кк", "-q"], 1);
    tell(&["sweep", "rules.merilo", "--data", "dataset.yaml", "--resume", "--over", "мало=1"], 2);
    insta::assert_snapshot!("journals", said);
}

#[test]
fn reports_read_in_both_languages() {
    let (folder, _, _) = small();
    let sweep = [
        "sweep",
        "rules.merilo",
        "--data",
        "dataset.yaml",
        "--over",
        "низ=10 баллов;40 баллов",
        "--over",
        "сценарий=-;Малые",
    ];
    for language in ["ru", "en"] {
        for format in ["text", "md", "csv", "json"] {
            let (code, out, err) =
                program(folder.path(), &[&sweep[..], &["--lang", language, "--format", format]].concat());
            assert_eq!(code, 0, "{err}");
            insta::assert_snapshot!(format!("sweep_{format}_{language}"), out);
        }
    }
}
