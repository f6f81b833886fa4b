//! The report of a comparison: what movers rest on is what their explanations say, parts add up, pages link to what is there, and
//! wrong places and folders are told.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeSet;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use merilo::compare::Way;
use merilo::explain;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::model::CategoryId;
use merilo::pipeline::{self, Compared, Variant};
use merilo::progress::Silent;
use merilo::report::beside::Beside;
use merilo::report::comparison::{self, Capacities, breakdown};
use merilo::report::divisions::{By, Divided, Division};

const RULES: &str = "rules/leningrad-2018/criteria.merilo";
const DATA: &str = "examples/leningrad-2018/dataset.yaml";
const SHIPPED: [&str; 4] = ["ШНРО: любой показатель", "Квота вниз, равных не брать", "Отбор 30 %", "Все школы"];

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

fn compared(titles: &[&str]) -> Compared {
    let titles: Vec<String> = titles.iter().map(ToString::to_string).collect();
    let (_, outcome) = pipeline::compare(RULES, &Variant::default(), &titles, Path::new(DATA), &Silent);
    outcome.value.unwrap_or_else(|| panic!("{:?}", outcome.diagnostics))
}

fn divisions(compared: &Compared, speaker: &Speaker) -> Vec<Division> {
    let before = &compared.before;
    let places = explain::places(&before.rules, &before.plan, &before.dataset, &before.run);
    let schools = before.run.schools;
    Divided { rules: &before.rules, data: &before.dataset, places: places.as_ref(), schools }.every(speaker)
}

/// Runs something on each scenario as the report has it.
fn each(compared: &Compared, speaker: &Speaker, with: impl Fn(&comparison::Compared<'_>)) {
    let divisions = divisions(compared, speaker);
    let capacities = Capacities::default();
    for variation in &compared.variations {
        with(&comparison::Compared {
            title: &variation.title,
            changes: &variation.changes,
            comparison: &variation.comparison,
            too_many: variation.too_many,
            sides: compared.sides(variation),
            divisions: (&divisions, &divisions),
            capacities: &capacities,
            explain: ("", ""),
            splitting: &variation.splitting,
            beside: Beside {
                what: &variation.beside,
                along: &variation.along,
                matching: &variation.matching,
                square: variation.square.as_ref(),
            },
        });
    }
}

/// The reasons of a mover are those of the whole explanations of both runs; a criterion that did not turn is not told.
#[test]
fn what_a_mover_rests_on_is_what_its_explanations_say() {
    let speaker = Speaker::new(Language::Russian);
    let compared = compared(&SHIPPED);
    let told = std::cell::Cell::new(0);
    each(&compared, &speaker, |scenario| {
        let (before, after) = &scenario.sides;
        for category in &scenario.comparison.categories {
            for mover in category.movers.iter().step_by(4) {
                let found = comparison::told(scenario, category, mover, &speaker);
                assert_eq!(found.turned.len(), mover.criteria.len());
                let sides = [(before, mover.rows.0, 0), (after, mover.rows.1, 1)];
                for (side, row, at) in sides {
                    let whole = explain::explain(side.rules, side.plan, side.data, side.run, row.unwrap());
                    let explained = whole.categories.iter().find(|c| c.name == category.name).unwrap();
                    for turned in &found.turned {
                        let criterion = explained.criteria.iter().find(|c| c.number == turned.number).unwrap();
                        let (verdict, ground) = if at == 0 {
                            (turned.verdicts.0, &turned.grounds.0)
                        } else {
                            (turned.verdicts.1, &turned.grounds.1)
                        };
                        assert_eq!(verdict, Some(criterion.verdict));
                        if let Some(reason) = speaker.plain_reason(criterion, side.rules) {
                            let ground = ground.as_ref().unwrap();
                            assert!(ground.ends_with(&reason), "{ground} / {reason}");
                            told.set(told.get() + 1);
                        }
                    }
                    let rule = if at == 0 { &found.rule.0 } else { &found.rule.1 };
                    if let Some(said) = speaker.rule_ground(&explained.rule, side.rules)
                        && explained.registered.is_none()
                        && !matches!(explained.verdict, merilo::decision::Verdict::NotJudged)
                    {
                        assert_eq!(rule.as_ref(), Some(&said));
                    }
                }
            }
        }
    });
    assert!(told.get() > 20, "{}", told.get());
}

/// Every school is in one part of every division, and each number of a part is what counting the two runs gives.
#[test]
fn parts_are_counted_as_the_runs_have_them() {
    let speaker = Speaker::new(Language::Russian);
    let compared = compared(&SHIPPED);
    each(&compared, &speaker, |scenario| {
        let (before, after) = &scenario.sides;
        for (at, category) in scenario.comparison.categories.iter().enumerate() {
            let id = CategoryId::from_index(at);
            let all = breakdown::counted(scenario, category);
            let kinds: BTreeSet<&str> = all
                .iter()
                .map(|counted| match counted.by {
                    By::Place => "place",
                    By::Linked => "linked",
                    By::Column => "column",
                    By::Size => "size",
                })
                .collect();
            assert_eq!(kinds, BTreeSet::from(["place", "linked", "column", "size"]));
            for (counted, division) in all.iter().zip(scenario.divisions.0) {
                let total = counted.total();
                assert_eq!(total.schools, (before.run.schools, after.run.schools));
                assert_eq!(total.listed, category.listed);
                assert_eq!(total.entered, category.moved(Way::Entered).count());
                assert_eq!(total.left, category.moved(Way::Left).count());
                for (part, (name, rows)) in counted.parts.iter().zip(&division.parts) {
                    assert_eq!(part.name, name.as_deref());
                    let listed = |run: &merilo::decision::Run, row: &usize| run.is_listed(id, *row);
                    let count = |of: &dyn Fn(&usize) -> bool| rows.iter().filter(|row| of(row)).count();
                    assert_eq!(part.listed.0, count(&|row| listed(before.run, row)));
                    assert_eq!(part.listed.1, count(&|row| listed(after.run, row)));
                    assert_eq!(part.entered, count(&|row| !listed(before.run, row) && listed(after.run, row)));
                    assert_eq!(part.left, count(&|row| listed(before.run, row) && !listed(after.run, row)));
                }
            }
        }
    });
}

/// The region of nine schools with two scenarios.
fn region() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations/region");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let rules = folder.path().join("rules.merilo");
    let text = std::fs::read_to_string(&rules).unwrap();
    std::fs::write(&rules, text + SCENARIOS).unwrap();
    folder
}

const SCENARIOS: &str = "
сценарий «Порог 40 %»
  критерий 5
    если продолжили менее 40 % и смены более 1
  категория К
    относится, если выполнено не менее 5 из применимых критериев

сценарий «Все пять»
  категория К
    относится, если выполнено не менее 5 из применимых критериев
";

const COMPARE: [&str; 5] = ["compare", "rules.merilo", "--data", "dataset.yaml", "-q"];

fn compare(folder: &Path, words: &[&str]) -> (i32, String) {
    merilo(folder, &[&COMPARE, words].concat())
}

/// By hand: four schools are on the list, and two of them meet five criteria; a programme with two places lacks two before, and
/// all its places are taken after.
#[test]
fn places_are_held_against_the_list() {
    let region = region();
    let (code, text) = compare(region.path(), &["--scenario", "Все пять", "--capacity", "2", "--format", "json"]);
    assert_eq!(code, 0, "{text}");
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let category = &found["scenarios"][0]["categories"][0];
    let numbers = ["listed_before", "listed_after", "capacity"].map(|name| category[name].as_u64().unwrap());
    assert_eq!(numbers, [4, 2, 2]);
    let cases = [("ru", "не\u{a0}хватает\u{a0}2", "заняты\u{a0}все"), ("en", "2\u{a0}too\u{a0}few", "all\u{a0}taken")];
    for (language, before, after) in cases {
        let words = ["--scenario", "Все пять", "--capacity", "К=2", "--lang", language];
        let (code, text) = compare(region.path(), &words);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains(before) && text.contains(after), "{text}");
    }
}

/// With other data: 004 goes, 010 comes in a district that there was not before, 001 leaves the list by its own result.
#[test]
fn schools_of_one_side_are_counted_in_their_parts() {
    let region = region();
    let path = |name: &str| region.path().join(name);
    let schools = std::fs::read_to_string(path("школы.csv")).unwrap();
    let mut lines: Vec<String> = schools.lines().filter(|line| !line.starts_with("004")).map(str::to_owned).collect();
    lines[1] = lines[1].replace(";40;", ";61;");
    lines.push("010;Новая;дневная;Западный;20;30;25;2".to_owned());
    std::fs::write(path("школы2.csv"), lines.join("\n") + "\n").unwrap();
    let manifest = std::fs::read_to_string(path("dataset.yaml")).unwrap().replace("школы.csv", "школы2.csv");
    std::fs::write(path("другие.yaml"), manifest).unwrap();
    let rules = std::fs::read_to_string(path("rules.merilo")).unwrap();
    std::fs::write(path("rules.merilo"), rules + "\nсценарий «Другие»\n  данные \"другие.yaml\"\n").unwrap();
    let (code, text) = compare(region.path(), &["--scenario", "Другие", "--format", "json"]);
    assert_eq!(code, 0, "{text}");
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    let divisions = found["scenarios"][0]["categories"][0]["divisions"].as_array().unwrap().clone();
    let districts = divisions.iter().find(|division| division["title"] == "Район").unwrap();
    let names = ["schools_before", "schools_after", "listed_before", "entered", "left", "listed_after"];
    let part = |name: &str| {
        let part = districts["parts"].as_array().unwrap().iter().find(|part| part["name"] == name).unwrap();
        names.map(|field| part[field].as_u64().unwrap())
    };
    assert_eq!(part("Северный"), [4, 3, 3, 0, 2, 1]);
    assert_eq!(part("Южный"), [5, 5, 1, 0, 0, 1]);
    assert_eq!(part("Западный"), [0, 1, 0, 1, 0, 1]);
}

#[test]
fn wrong_places_are_told_in_both_languages() {
    let region = region();
    let said = |words: &[&str]| {
        let all = ["ru", "en"].map(|language| compare(region.path(), &[words, &["--lang", language]].concat()));
        all.map(|(code, text)| format!("code {code}\n{text}")).concat()
    };
    let cases: &[(&str, &[&str])] = &[
        ("malformed", &["--capacity", "много", "--capacity", "=5", "--capacity", "К=-1"]),
        ("unknown", &["--capacity", "Л=5", "--capacity", "М=6"]),
        ("twice", &["--capacity", "К=5", "--capacity", "6"]),
    ];
    for (name, words) in cases {
        insta::assert_snapshot!(format!("capacity_{name}"), said(words));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = ["compare", RULES, "--data", DATA, "-q", "--scenario", "Отбор 30 %", "--capacity", "50", "--lang"];
    let both = ["ru", "en"].map(|language| merilo(folder, &[&words[..], &[language]].concat()));
    insta::assert_snapshot!("capacity_of_which", both.map(|(code, text)| format!("code {code}\n{text}")).concat());
}

fn links(page: &str) -> Vec<String> {
    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The folder holds every page that is linked to and no other, takes the place of an earlier one, and leaves other files alone.
#[test]
fn a_folder_is_written_whole_and_replaces_only_a_comparison() {
    let region = region();
    let folder = region.path().join("сравнение");
    let (code, text) = compare(region.path(), &["-o", "сравнение"]);
    assert_eq!(code, 0, "{text}");
    let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
    let linked: BTreeSet<String> = links(&index).into_iter().collect();
    let (mut pages, mut reached) = (BTreeSet::new(), BTreeSet::from(["index.html".to_owned()]));
    for side in ["before", "after-1", "after-2"] {
        for entry in std::fs::read_dir(folder.join(side)).unwrap() {
            let name = entry.unwrap().file_name().to_string_lossy().to_string();
            let page = std::fs::read_to_string(folder.join(side).join(&name)).unwrap();
            assert!(page.contains("href=\"../index.html\"") && !page.contains("http:"), "{name}");
            // the first line leads to the other explanations of the school
            let (ways, rest) = page.split_once("</p>").unwrap();
            assert_eq!(rest.contains("Порог 40 %"), side == "after-1", "{side}/{name}");
            reached.extend(links(ways).iter().map(|link| link.trim_start_matches("../").to_owned()));
            pages.insert(format!("{side}/{name}"));
        }
    }
    assert!(linked.len() > 4 && linked == pages, "{linked:?} {pages:?}");
    assert!(
        reached.len() > 4 && reached.iter().all(|link| link == "index.html" || pages.contains(link)),
        "{reached:?}"
    );
    assert!(folder.join("comparison.xlsx").exists() && folder.join("comparison.json").exists());
    // of the second scenario only: pages of the first do not stay behind
    let (code, text) = compare(region.path(), &["-o", "сравнение", "--scenario", "Все пять"]);
    assert_eq!((code, folder.join("after-2").exists()), (0, false), "{text}");
    std::fs::write(folder.join("заметки.txt"), "важно").unwrap();
    let both = ["ru", "en"].map(|language| compare(region.path(), &["-o", "сравнение", "--lang", language]));
    insta::assert_snapshot!("folder_in_use", both.map(|(code, text)| format!("code {code}\n{text}")).concat());
    assert_eq!(std::fs::read_to_string(folder.join("заметки.txt")).unwrap(), "важно");
    let left: Vec<String> = std::fs::read_dir(region.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().to_string())
        .filter(|name| name.starts_with('.'))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Every picture has a name and words, nothing is fetched, no script is needed; the few schools that moved are explained in it.
#[test]
fn the_page_has_pictures_with_words_and_explanations() {
    let region = region();
    for language in ["ru", "en"] {
        let words = ["--format", "html", "--lang", language, "--capacity", "3"];
        let (code, page) = compare(region.path(), &words);
        assert_eq!(code, 0, "{page}");
        assert!(!page.contains("<script") && !page.contains("http:") && !page.contains("https:"));
        let pictures: Vec<&str> =
            page.split("<figure>").skip(1).map(|f| f.split("</figure>").next().unwrap()).collect();
        assert!(pictures.len() >= 4, "{}", pictures.len());
        for picture in &pictures {
            let start = picture.split("<svg").nth(1).unwrap();
            assert!(start.contains("role=\"img\"><title>") && start.contains("<desc>"), "{picture}");
        }
        insta::assert_snapshot!(format!("pictures_{language}"), pictures.join("\n").replace("><", ">\n<"));
    }
    let (_, page) = compare(region.path(), &["--format", "html"]);
    assert!(page.contains("объяснение до и после"), "{page}");
    let many = ["compare", RULES, "--data", DATA, "-q", "--scenario", "ШНРО: любой показатель", "--format", "html"];
    let (_, page) = merilo(Path::new(env!("CARGO_MANIFEST_DIR")), &many);
    assert!(!page.contains("объяснение до и после"));
    assert!(page.contains("--scenario &quot;ШНРО: любой показатель&quot; --school 470105"), "the exact command");
}

/// A row for every school that moved, numbers as numbers, and charts.
#[test]
fn the_workbook_has_every_mover_and_numbers_as_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("сравнение.xlsx");
    let words = ["compare", RULES, "--data", DATA, "-q", "--scenario", "Отбор 30 %", "--capacity", "ШНРО=45"];
    let words = [&words[..], &["-o", file.to_str().unwrap()]].concat();
    let (code, text) = merilo(Path::new(env!("CARGO_MANIFEST_DIR")), &words);
    assert_eq!(code, 0, "{text}");
    let compared = compared(&["Отбор 30 %"]);
    let categories = &compared.variations[0].comparison.categories;
    let movers: usize = categories.iter().map(|category| category.movers.len()).sum();
    let mut book: Xlsx<_> = open_workbook(&file).unwrap();
    let rows = |book: &mut Xlsx<_>, name: &str| -> Vec<Vec<Data>> {
        let range = book.worksheet_range(name).unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    };
    assert_eq!(rows(&mut book, "Школы").len(), movers + 1);
    let turned = rows(&mut book, "Критерии");
    let at = turned[0].iter().position(|head| *head == "Порог: стало").unwrap();
    assert!(turned.len() > 1 && turned[1..].iter().any(|row| matches!(row[at], Data::Float(_))), "{turned:?}");
    let overview = rows(&mut book, "Сценарии");
    let head = overview.iter().position(|row| row[0] == "Сценарий").unwrap();
    let at = |name: &str| overview[head].iter().position(|cell| *cell == name).unwrap();
    let first = &overview[head + 1];
    let listed = categories[0].listed.1;
    let number = |value: usize| Data::Float(f64::from(u32::try_from(value).unwrap()));
    assert_eq!(first[at("Стало в списке")], number(listed));
    assert_eq!(first[at("Не хватает мест")], number(listed.saturating_sub(45)));
    assert_eq!(first[at("Свободно мест")], number(45usize.saturating_sub(listed)));
    let bytes = std::fs::read(&file).unwrap();
    for chart in ["xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/charts/chart3.xml"] {
        assert!(bytes.windows(chart.len()).any(|window| window == chart.as_bytes()), "{chart}");
    }
}
