//! Reports that name schools: every name leads to an explanation that says what the report says, and the workbooks have the same
//! numbers as the data for programs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use calamine::{Data, Reader, Xlsx, open_workbook};
use merilo::number::Number;
use merilo::number::format::decimal_text;
use merilo::pipeline::{self, Asked, Variant};
use merilo::progress::Silent;
use merilo::report::threshold::explained::{turns, values, version};
use merilo::threshold::Item;
use serde_json::Value;

/// Two criteria; a share and how many criteria are asked for are parameters.
const RULES: &str = "набор правил «Малый район»
  отчётный год 2018
  оцениваются школы
  округление квоты вверх
  равные на границе включить

параметр доля «Доля отбора» = 30 %
  допустимо от 10 % до 60 %
параметр нужно «Сколько критериев» = 1
  допустимо от 1 до 2

таблица школы
  ключ код
  столбец код текст
  столбец название текст
  столбец балл число баллов
  столбец сдали число %

категория слабые «Слабые школы»
  относится, если выполнено не менее нужно из применимых критериев
  критерий 1 «Низкий балл»
    если балл в числе самых низких среди школы, квота доля
  критерий 2 «Мало сдавших»
    если сдали менее 50 %

сценарий «Оба критерия»
  параметр нужно = 2
";

const THRESHOLD: &[&str] = &["threshold", "--parameter", "доля", "--near", "20", "--school", "470004"];
const MAP: &[&str] =
    &["threshold", "--parameter", "доля", "--and", "нужно", "--from", "22", "--to", "40", "--school", "470004"];
const SWEEP: &[&str] = &["sweep", "--over", "доля=20..40 шаг 10 %", "--over", "сценарий=-;Оба критерия"];
const STABILITY: &[&str] = &["stability", "--only", "ties,criteria,schools"];
const ALL: [&[&str]; 4] = [THRESHOLD, MAP, SWEEP, STABILITY];

/// Schools number 1, 2 … with 10, 20 … points; of the odd ones 40 % have passed, of the even ones 60 %.
fn region(schools: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| format!("47{n:04};Школа № {n};{};{}\n", n * 10, if n % 2 == 1 { 40 } else { 60 });
    let lines: String = (1..=schools).map(line).collect();
    std::fs::write(folder.path().join("rules.merilo"), RULES).unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), "таблицы:\n  школы:\n    файл: школы.csv\n").unwrap();
    std::fs::write(folder.path().join("школы.csv"), format!("код;название;балл;сдали\n{lines}")).unwrap();
    folder
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn merilo(folder: &Path, words: &[&str]) -> (i32, String) {
    let mut command = Command::cargo_bin("merilo").unwrap();
    let output = command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(folder).args(words).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap() + String::from_utf8_lossy(&output.stderr).as_ref();
    (output.status.code().unwrap(), said)
}

/// A command on the region in a folder.
fn ask(folder: &Path, words: &[&str]) -> (i32, String) {
    let (verb, rest) = words.split_first().unwrap();
    merilo(folder, &[&[*verb, "rules.merilo", "--data", "dataset.yaml", "-q"], rest].concat())
}

/// What a command writes to a place of this name.
fn written(schools: usize, words: &[&str], name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = region(schools);
    let (code, said) = ask(folder.path(), &[words, &["-o", name]].concat());
    assert_eq!(code, 0, "{said}");
    let place = folder.path().join(name);
    (folder, place)
}

fn links(page: &str) -> Vec<String> {
    page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// The address of a file as it is: nothing but codes of schools is in these, so only percent signs have to be undone.
fn decoded(link: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = link.as_bytes();
    while let [first, more @ ..] = rest {
        if *first == b'%' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&more[..2]).unwrap(), 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// All files below a folder, by their names as seen from it.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![folder.to_path_buf()];
    while let Some(next) = ahead.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found
}

/// The page without what stands in links and pictures.
fn without_links(page: &str) -> String {
    let mut left = page.to_owned();
    for (from, to) in [("<a ", "</a>"), ("<svg", "</svg>")] {
        let parts = left.split(from).enumerate();
        left = parts.map(|(at, part)| if at == 0 { part } else { part.split_once(to).unwrap().1 }).collect();
    }
    left
}

/// Every link of every page leads to a file that is there, every file is led to, and no code of a school stands without a link.
fn holds_together(folder: &Path, codes: &[String]) -> BTreeSet<String> {
    let all = files(folder);
    let index = std::fs::read_to_string(folder.join("index.html")).unwrap();
    let mut reached: BTreeSet<String> = links(&index).iter().map(|link| decoded(link)).collect();
    let pages: BTreeSet<String> = all.iter().filter(|name| name.contains('/')).cloned().collect();
    assert!(!pages.is_empty());
    for name in &pages {
        let page = std::fs::read_to_string(folder.join(name)).unwrap();
        assert!(page.contains("href=\"../index.html\"") && !page.contains("http:"), "{name}");
        reached.extend(links(&page).iter().map(|link| decoded(link).trim_start_matches("../").to_owned()));
    }
    reached.remove("index.html");
    assert_eq!(reached, pages);
    let bare = without_links(&index);
    for code in codes {
        assert!(!bare.contains(code.as_str()), "{code} stands without a link");
    }
    assert!(!index.contains(['\u{e000}', '\u{e001}', '\u{e002}']) && !index.contains("<script"));
    pages
}

fn codes(schools: usize) -> Vec<String> {
    (1..=schools).map(|n| format!("47{n:04}")).collect()
}

#[test]
fn every_school_that_a_page_names_leads_to_its_explanation() {
    for (words, kinds) in ALL.into_iter().zip([2, 2, 2, 1]) {
        for language in ["ru", "en"] {
            let (_folder, place) = written(12, &[words, &["--lang", language]].concat(), "report");
            let pages = holds_together(&place, &codes(12));
            let folders: BTreeSet<&str> = pages.iter().map(|name| name.split(['/', '-']).next().unwrap()).collect();
            assert_eq!(folders.len(), kinds, "{folders:?}");
        }
    }
}

/// By hand: the quota is 12 × share, rounded up; with 4 of 12 the even school 4 is on the list beside the six odd ones. It leaves at
/// 25 % and below, 6 enters above 5/12, 8 above 7/12.
#[test]
fn both_sides_of_a_breakpoint_are_explained() {
    let (_folder, place) = written(12, THRESHOLD, "report");
    let wanted = [
        "at-1/470004.html",
        "at-2/470006.html",
        "at-2/470008.html",
        "at-3/470008.html",
        "now/470004.html",
        "now/470006.html",
        "now/470008.html",
    ];
    assert_eq!(holds_together(&place, &codes(12)), wanted.map(str::to_owned).into());
    let page = |name: &str| std::fs::read_to_string(place.join(name)).unwrap();
    // the round value nearest to the present one, and what it is in the rules
    let below = page("at-1/470004.html");
    let notice = "Параметр «доля» изменён для этого расчёта: 25\u{a0}% (в правилах 30\u{a0}%).";
    assert!(below.contains(notice) && below.contains("при значении 25"), "{below}");
    assert!(
        below.contains("квота 3 = 25\u{a0}%") && below.contains("href=\"../now/470004.html\">сейчас: 30"),
        "{below}"
    );
    assert!(page("at-2/470006.html").contains("квота 6 = 42\u{a0}%"));
    assert!(page("now/470006.html").contains("квота 4 = 30\u{a0}%") && !page("now/470006.html").contains("изменён"));
    // the verdict that a link says is the verdict on the page that it leads to
    let mut told = Vec::new();
    let index = page("index.html");
    for part in index.split("href=\"").skip(1) {
        let (link, rest) = part.split_once('"').unwrap();
        let word = rest.split_once('>').unwrap().1.split('<').next().unwrap();
        if word.starts_with("47") {
            continue;
        }
        let linked = page(link);
        let verdict = linked.split("Слабые школы</span>: <span class=\"").nth(1).unwrap();
        assert_eq!(word, verdict.split_once('>').unwrap().1.split('<').next().unwrap(), "{link}");
        told.push(word.to_owned());
    }
    assert_eq!(told, ["не относится", "относится"].repeat(3));
}

/// At the pairs of a map only what has another value there is told as changed.
#[test]
fn a_parameter_with_its_present_value_is_not_told_as_changed() {
    let (_folder, place) = written(12, MAP, "report");
    let mut told = BTreeSet::new();
    for name in files(&place).iter().filter(|name| name.ends_with(".html")) {
        let page = std::fs::read_to_string(place.join(name)).unwrap();
        assert!(!page.contains("30\u{a0}% (в правилах 30\u{a0}%)") && !page.contains(": 1 (в правилах 1)"), "{name}");
        let changed = ["доля", "нужно"].map(|name| page.contains(&format!("Параметр «{name}» изменён")));
        told.insert((name.split('/').next().unwrap().to_owned(), changed));
    }
    // of the three other lists one has another share alone, one another number of criteria alone, one both
    let at: Vec<[bool; 2]> = told.iter().filter(|(name, _)| name.starts_with("at-")).map(|(_, told)| *told).collect();
    assert_eq!(at.iter().collect::<BTreeSet<_>>(), [[true, false], [false, true], [true, true]].iter().collect());
    assert_eq!(at.len(), 3);
}

/// The versions are the rules that the command makes of `--set`, and where a school stands in a stretch it stands by their run.
#[test]
fn a_school_is_explained_by_the_rules_of_the_stretch_that_its_link_stands_in() {
    let folder = region(25);
    let (rules, data) = (folder.path().join("rules.merilo"), folder.path().join("dataset.yaml"));
    let rules = rules.display().to_string();
    for (name, factor, unit) in [("доля", 100, " %"), ("нужно", 1, "")] {
        let asked = Asked { name: name.to_owned(), ..Asked::default() };
        let (_, outcome) = pipeline::thresholds(&rules, &Variant::default(), &asked, &data, &Silent);
        let found = outcome.value.unwrap();
        let curve = &found.profile.curves[0];
        let chosen = values(&found.subject, &found.profile, 40);
        assert_eq!(chosen.len() + 1, curve.stretches());
        for (at, value) in chosen.iter().enumerate() {
            let shown = value.multiply(&Number::from_integer(factor));
            let (text, exact) = decimal_text(&shown, 9, '.');
            assert!(exact);
            let variant = Variant { set: vec![(name.to_owned(), format!("{text}{unit}"))], ..Variant::default() };
            let mut read = pipeline::read_variant(&rules, &variant);
            let changed = read.rules.value.take().unwrap();
            let written = pipeline::judge(changed, &data, &mut read.sources, &Silent).value.unwrap();
            let varied = found.judged.varied(found.subject.with(&found.judged.rules, value)).value.unwrap();
            let Item::Category(id) = curve.item else { panic!() };
            let stretch = curve.stretch_at(value);
            for (row, state) in curve.states(stretch).iter().enumerate() {
                assert_eq!(written.run.is_listed(id, row), state.listed);
                assert_eq!(varied.run.category(id, row), Some(state.verdict));
            }
            assert_eq!(version(&found.profile, &chosen, curve, stretch), Some(at + 1));
        }
        // with few values the breakpoints next to the present one have theirs
        let few = values(&found.subject, &found.profile, 2);
        let nearest = turns(&found.profile)[0];
        for stretch in [nearest.at, nearest.at + 1] {
            assert!(version(&found.profile, &few, curve, stretch).is_some());
        }
    }
}

#[test]
fn a_page_in_one_file_holds_few_explanations_and_tells_the_command_for_many() {
    for words in ALL {
        let (_folder, place) = written(12, words, "page.html");
        let page = std::fs::read_to_string(&place).unwrap();
        assert!(page.contains(": объяснение</summary>") && !page.contains("merilo explain"), "{words:?}");
        assert!(!page.contains("href="));
    }
    let (folder, place) = written(80, THRESHOLD, "page.html");
    let page = std::fs::read_to_string(&place).unwrap();
    assert!(!page.contains(": объяснение</summary>") && page.contains("-o ПАПКА"));
    // the commands that it tells explain the school on both sides
    let commands: Vec<&str> = page.split("<span class=\"faint\">merilo explain ").skip(1).collect();
    let verdicts: Vec<bool> = commands
        .iter()
        .map(|command| {
            let words = command.split('<').next().unwrap().replace("&quot;", "\"");
            let mut parts: Vec<String> = Vec::new();
            for (at, part) in words.split('"').enumerate() {
                if at % 2 == 1 {
                    parts.push(part.to_owned());
                } else {
                    parts.extend(part.split_whitespace().map(str::to_owned));
                }
            }
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let (code, said) = merilo(folder.path(), &[&["explain"], &parts[..], &["-q"]].concat());
            assert_eq!(code, 0, "{said}");
            said.contains("Слабые школы: относится")
        })
        .collect();
    assert!(verdicts.len() == 2 && verdicts[0] != verdicts[1], "{verdicts:?} {commands:?}");
    // what is read as text has no use for it
    let (_, text) = ask(folder.path(), THRESHOLD);
    assert!(!text.contains("объяснение") && !text.contains("merilo explain"));
}

/// A folder takes the place of an earlier report of the same command and of nothing else.
#[test]
fn a_folder_replaces_only_a_report_of_its_kind() {
    let (folder, place) = written(12, STABILITY, "report");
    let to = |words: &[&str]| ask(folder.path(), &[words, &["-o", "report"]].concat());
    assert!(place.join("stability.json").exists());
    assert_eq!(to(STABILITY).0, 0);
    let (code, said) = to(THRESHOLD);
    assert!(code == 3 && said.contains("M644"), "{code} {said}");
    std::fs::remove_dir_all(&place).unwrap();
    assert_eq!(to(THRESHOLD).0, 0);
    // the same command with a second number
    assert_eq!(to(MAP).0, 0);
    let json = std::fs::read_to_string(place.join("threshold.json")).unwrap();
    assert!(json.contains("merilo/threshold-map/1"));
}

// ---- workbooks ----

struct Book {
    book: Xlsx<std::io::BufReader<std::fs::File>>,
    bytes: Vec<u8>,
    _folder: tempfile::TempDir,
}

impl Book {
    fn of(words: &[&str]) -> Book {
        let (_folder, place) = written(12, words, "book.xlsx");
        Book { book: open_workbook(&place).unwrap(), bytes: std::fs::read(&place).unwrap(), _folder }
    }

    /// The table of a sheet: its header and the rows below, found by the first header.
    fn table(&mut self, sheet: &str, first: &str) -> Vec<BTreeMap<String, Data>> {
        let range = self.book.worksheet_range(sheet).unwrap_or_else(|error| panic!("{sheet}: {error}"));
        let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        let head = rows.iter().position(|row| row[0] == *first).unwrap_or_else(|| panic!("{sheet}: {rows:?}"));
        let names: Vec<String> = rows[head].iter().map(ToString::to_string).collect();
        rows[head + 1..].iter().map(|row| names.iter().cloned().zip(row.iter().cloned()).collect()).collect()
    }

    fn charts(&self) -> usize {
        (1..50).filter(|at| self.has(&format!("xl/charts/chart{at}.xml"))).count()
    }

    fn has(&self, name: &str) -> bool {
        self.bytes.windows(name.len()).any(|window| window == name.as_bytes())
    }
}

fn json(words: &[&str]) -> Value {
    let folder = region(12);
    let (code, text) = ask(folder.path(), &[words, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{text}");
    serde_json::from_str(&text).unwrap()
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        Data::Int(number) => f64::from(i32::try_from(*number).unwrap()),
        other => panic!("{other:?}"),
    }
}

fn count(value: &Value) -> f64 {
    f64::from(u32::try_from(value.as_u64().unwrap()).unwrap())
}

fn size(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap())
}

#[test]
fn the_same_report_is_the_same_bytes() {
    for words in ALL {
        assert_eq!(Book::of(words).bytes, Book::of(words).bytes);
    }
}

#[test]
fn the_workbook_of_a_number_has_every_stretch_and_every_mover() {
    let mut book = Book::of(THRESHOLD);
    let list = &json(THRESHOLD)["lists"][0];
    let breakpoints = list["breakpoints"].as_array().unwrap();
    let stretches = book.table("Участки", "Список");
    assert_eq!(stretches.len(), breakpoints.len() + 1);
    for (row, breakpoint) in stretches[1..].iter().zip(breakpoints) {
        assert_eq!(number(&row["В списке"]), count(&breakpoint["listed"]));
        assert_eq!(number(&row["Не определено"]), count(&breakpoint["undetermined"]));
        let who = row["Кто вошёл"].to_string();
        assert_eq!(size(who.split(", ").filter(|code| !code.is_empty()).count()), number(&row["Вошли"]));
    }
    let now: Vec<_> = stretches.iter().filter(|row| row["Значение"].to_string().contains("сейчас")).collect();
    assert_eq!((now.len(), number(&now[0]["В списке"])), (1, count(&list["listed"])));
    // the ends are numbers, and so are the schools: 7, 8, 9 and 10
    assert_eq!((number(&stretches[0]["От"]), number(&stretches.last().unwrap()["До"])), (0.1, 0.6));
    let listed: Vec<f64> = stretches.iter().map(|row| number(&row["В списке"])).collect();
    assert_eq!(listed, [7.0, 8.0, 9.0, 10.0]);
    let moved: f64 = stretches.iter().map(|row| number(&row["Вошли"]) + number(&row["Вышли"])).sum();
    let movers = book.table("Школы", "Список");
    assert_eq!(size(movers.len()), moved);
    assert!(movers.iter().all(|row| row["При меньших значениях"] != row["При больших значениях"]));
    // two corners for each breakpoint, two ends, two points of the present value
    let steps = book.table("График", "Список");
    assert_eq!(steps.len(), breakpoints.len() * 2 + 4);
    assert_eq!(number(&steps.last().unwrap()["Значение"]), 0.3);
    assert_eq!(book.charts(), 1);
}

#[test]
fn the_workbook_of_a_map_is_its_grid() {
    let mut book = Book::of(MAP);
    // by hand: quotas of 3, 4 and 5 of 12; one criterion: with the odd schools 7, 8, 8; both: 1 and 3, then 5 as well
    let range = book.book.worksheet_range("Категория слабые").unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let head = rows.iter().position(|row| row[0] == *"Б ↓ / А →").unwrap();
    let counts: Vec<Vec<f64>> = rows[head + 1..].iter().map(|row| row[1..].iter().map(number).collect()).collect();
    assert_eq!(counts, [[2.0, 2.0, 3.0], [7.0, 8.0, 8.0]].map(Vec::from));
    let regions = book.table("Области", "Список");
    let lists: Vec<(f64, f64)> =
        regions.iter().map(|row| (number(&row["Список №"]), number(&row["В списке"]))).collect();
    assert_eq!(lists, [(1.0, 8.0), (2.0, 7.0), (3.0, 2.0), (4.0, 3.0)]);
    assert_eq!(regions.iter().filter(|row| row["А"].to_string().contains("сейчас")).count(), 1);
    // 4 leaves; 2 of 8 stay; 3 of 8 stay
    assert_eq!(book.table("Школы", "Список").len(), 1 + 6 + 5);
}

#[test]
fn the_workbook_of_a_sweep_has_every_point() {
    let mut book = Book::of(SWEEP);
    let found = json(SWEEP);
    let points = found["points"].as_array().unwrap();
    let categories = found["present"].as_array().unwrap().len();
    let rows = book.table("Сочетания", "Категория");
    assert_eq!(rows.len(), points.len() * categories);
    for (at, row) in rows.iter().enumerate() {
        let (category, point) = (at / points.len(), at % points.len());
        let list = &points[point]["lists"][category];
        assert_eq!(row["Категория"], Data::String(list["category"].as_str().unwrap().to_owned()));
        assert_eq!(number(&row["В списке"]), count(&list["listed"]));
        assert_eq!(number(&row["Вошли"]), size(list["entered"].as_array().unwrap().len()));
        assert_eq!(number(&row["Вышли"]), size(list["left"].as_array().unwrap().len()));
    }
    let moved: f64 = rows.iter().map(|row| number(&row["Вошли"]) + number(&row["Вышли"])).sum();
    assert_eq!(size(book.table("Школы", "Категория").len()), moved);
    assert_eq!(book.charts(), categories);
}

#[test]
fn the_workbook_of_doubts_has_every_school_with_its_figure() {
    let mut book = Book::of(STABILITY);
    let found = json(STABILITY);
    let list = &found["lists"][0];
    let schools: BTreeMap<String, &Value> =
        list["schools"].as_array().unwrap().iter().map(|s| (s["code"].as_str().unwrap().to_owned(), s)).collect();
    let rows = book.table("Школы", "Категория");
    assert_eq!(rows.len(), schools.len());
    let exact = |text: &str| match text.split_once('/') {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    };
    let mut before = 0.0;
    for row in &rows {
        let school = schools[&row["Код"].to_string()];
        let figure = number(&row["Устойчивость"]);
        assert!((figure - exact(school["stability"].as_str().unwrap())).abs() < 1e-12);
        // the most fragile come first, and what is not sure has its reasons
        assert!(figure >= before);
        before = figure;
        assert_eq!(figure < 1.0, !row["Что изменило бы решение"].to_string().is_empty());
    }
    let effects = book.table("Пробы", "Категория");
    for row in &effects {
        assert_eq!(number(&row["Влево на графике"]), -number(&row["Вышли бы"]));
    }
    assert!(effects.iter().any(|row| number(&row["Вышли бы"]) > 0.0));
    assert_eq!(book.charts(), 2);
}

// ---- several cycles ----

const YEARS: [&str; 3] = ["2016", "2017", "2018"];

/// The example of three cycles, the schools of each year as `change` makes them of their lines.
fn changed_cycles(change: impl Fn(&str, &mut Vec<String>)) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(root().join("examples/three-cycles")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for year in YEARS {
        let file = folder.path().join(format!("школы-{year}.csv"));
        let mut lines: Vec<String> = std::fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
        change(year, &mut lines);
        std::fs::write(&file, lines.join("\n") + "\n").unwrap();
        let (rules, data, to) =
            (format!("правила-{year}.merilo"), format!("данные-{year}.yaml"), format!("run-{year}"));
        let (code, said) = merilo(folder.path(), &["run", &rules, "--data", &data, "-o", &to, "-q"]);
        assert_eq!(code, 0, "{said}");
    }
    folder
}

fn cycles() -> tempfile::TempDir {
    changed_cycles(|_, _| ())
}

/// 02 is 202 in 2017 and 302 in 2018; 03 becomes 03 and 413 in 2017; 03 and 11 become 311 in 2018.
fn renumbered_cycles() -> tempfile::TempDir {
    let folder = changed_cycles(|year, lines| {
        let at = |lines: &[String], code: &str| lines.iter().position(|line| line.starts_with(code)).unwrap();
        let rename = |lines: &mut Vec<String>, code: &str, new: &str| {
            let place = at(lines, code);
            lines[place] = lines[place].replacen(code, new, 1);
        };
        if year == "2016" {
            return;
        }
        rename(lines, "02;", if year == "2017" { "202;" } else { "302;" });
        lines.push(lines[at(lines, "03;")].replacen("03;", "413;", 1));
        if year == "2018" {
            lines.remove(at(lines, "03;"));
            rename(lines, "11;", "311;");
        }
    });
    let table = "старый код;новый код\n02;202\n202;302\n03;03\n03;413\n03;311\n11;311\n";
    std::fs::write(folder.path().join("коды.csv"), table).unwrap();
    folder
}

const HISTORY: [&str; 8] =
    ["history", "run-2016", "run-2017", "run-2018", "--category", "слабые", "--costs", "затраты.csv"];

#[test]
fn every_cycle_of_a_school_leads_to_its_explanation_there() {
    let folder = cycles();
    let (code, said) = merilo(folder.path(), &[&HISTORY[..], &["-q", "-o", "история"]].concat());
    assert_eq!(code, 0, "{said}");
    let place = folder.path().join("история");
    let pages = holds_together(&place, &[]);
    // ten schools are told of; 09 is not in the data of 2018, 10 not in those of 2016
    assert_eq!(pages.len(), 28);
    assert!(!pages.contains("cycle-3/09.html") && !pages.contains("cycle-1/10.html"));
    let index = std::fs::read_to_string(place.join("index.html")).unwrap();
    assert!(index.contains("href=\"cycle-2/02.html\">осталась по правилу выхода (1.1)</a>"), "{index}");
    let page = std::fs::read_to_string(place.join("cycle-2/02.html")).unwrap();
    for other in ["../cycle-1/02.html", "../cycle-3/02.html"] {
        assert!(page.contains(other), "{other}");
    }
    // one school: its cycles alone
    let words = ["history", "run-2016", "run-2017", "run-2018", "--school", "02", "-q", "-o", "школа"];
    assert_eq!(merilo(folder.path(), &words).0, 0);
    assert_eq!(holds_together(&folder.path().join("школа"), &[]).len(), 3);
    // without the data of the first cycle there is nothing to explain it by
    std::fs::remove_file(folder.path().join("школы-2016.csv")).unwrap();
    assert_eq!(merilo(folder.path(), &[&HISTORY[..], &["-q", "-o", "история"]].concat()).0, 0);
    let pages = holds_together(&place, &[]);
    assert!(pages.len() == 19 && pages.iter().all(|name| !name.starts_with("cycle-1")), "{pages:?}");
}

#[test]
fn a_school_under_other_codes_leads_to_what_it_was_under_them() {
    let folder = renumbered_cycles();
    let to = |words: &[&str], place: &str| {
        let words = [&HISTORY[..4], words, &["--correspondence", "коды.csv", "-q", "-o", place]].concat();
        let (code, said) = merilo(folder.path(), &words);
        assert_eq!(code, 0, "{said}");
        folder.path().join(place)
    };
    let place = to(&HISTORY[4..6], "история");
    let pages = holds_together(&place, &[]);
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for (cycle, codes) in [
        (1, &["01", "02", "03", "04", "05", "06", "07", "08", "09", "11"][..]),
        (2, &["01", "202", "03", "04", "05", "06", "07", "08", "09", "10", "11", "413"]),
        (3, &["01", "302", "04", "05", "06", "07", "08", "10", "311", "413"]),
    ] {
        wanted.extend(codes.iter().map(|code| format!("cycle-{cycle}/{code}.html")));
    }
    assert_eq!(pages, wanted);
    let page = |name: &str| std::fs::read_to_string(place.join(name)).unwrap();
    // a page is about the school that had the code of its name in its cycle
    for name in &pages {
        let code = name.split('/').nth(1).unwrap().trim_end_matches(".html");
        assert!(page(name).contains(&format!("<h1>{code} ")), "{name}");
    }
    let index = page("index.html");
    for (link, word) in [("cycle-1/02", "02: в списке (1.1; 1.2)"), ("cycle-2/202", "202: вышла (1.1)")] {
        assert!(index.contains(&format!("href=\"{link}.html\">{word}</a>")), "{link}");
    }
    // 311 was two schools, each with an explanation of its own
    for cycle in [1, 2] {
        let each = ["03", "11"].map(|code| format!("<a href=\"cycle-{cycle}/{code}.html\">{code}</a>"));
        assert!(index.contains(&each.join(" + ")), "{each:?}");
    }
    // all that a school was and became: 03 was divided, and one part of it was merged
    let beside = |name: &str| -> Vec<String> {
        let page = page(name);
        let line = page.split("href=\"../index.html\"").nth(1).unwrap().split("</p>").next().unwrap();
        links(line).iter().map(|link| link.trim_start_matches("../").trim_end_matches(".html").to_owned()).collect()
    };
    assert_eq!(beside("cycle-2/202.html"), ["cycle-1/02", "cycle-3/302"]);
    assert_eq!(beside("cycle-3/311.html"), ["cycle-1/03", "cycle-1/11", "cycle-2/03", "cycle-2/11"]);
    assert_eq!(beside("cycle-3/413.html"), ["cycle-1/03", "cycle-2/413"]);
    let family = ["cycle-1/11", "cycle-2/03", "cycle-2/11", "cycle-2/413", "cycle-3/311", "cycle-3/413"];
    assert_eq!(beside("cycle-1/03.html"), family);
    assert!(page("cycle-2/202.html").contains("<span class=\"strong\">2017: 202</span>"));
    // a code that two schools had: both, in all that they were
    assert_eq!(holds_together(&to(&["--school", "03"], "школа"), &[]).len(), 7);
    // one file holds the explanations under the code of each cycle
    let one = std::fs::read_to_string(to(&["--school", "02"], "школа.html")).unwrap();
    for name in ["2016: 02", "2017: 202", "2018: 302"] {
        assert!(one.contains(name), "{name}");
    }
    assert_eq!(one.matches(": объяснение</summary>").count(), 1);
    let place = to(&HISTORY[4..6], "история.xlsx");
    let bytes = std::fs::read(&place).unwrap();
    let mut book = Book { book: open_workbook(&place).unwrap(), bytes, _folder: folder };
    let paths = book.table("Школы", "Категория");
    let of = |code: &str| paths.iter().find(|row| row["Код"] == *code).unwrap()["2016"].to_string();
    assert_eq!([of("302"), of("311")], ["02: в списке (1.1; 1.2)", "03 + 11: в списке (1.1; 1.2)"]);
    let lead: Vec<String> =
        book.book.worksheet_range("По циклам").unwrap().rows().map(|row| row[0].to_string()).collect();
    assert!(lead.iter().any(|line| line.contains("03 + 11 → 311")), "{lead:?}");
    // 2016: one more school of the list now that 03 is two
    assert!(lead.iter().any(|line| line.contains("2016: в списке тогда было 5")), "{lead:?}");
}

/// The numbers are those that tests/history.rs has worked out by hand.
#[test]
fn the_workbook_of_cycles_has_paths_indicators_and_costs() {
    let folder = cycles();
    let place = folder.path().join("история.xlsx");
    for _ in 0..2 {
        let before = std::fs::read(&place).ok();
        let (code, said) = merilo(folder.path(), &[&HISTORY[..], &["-q", "-o", "история.xlsx"]].concat());
        assert_eq!(code, 0, "{said}");
        assert!(before.is_none_or(|before| before == std::fs::read(&place).unwrap()));
    }
    let bytes = std::fs::read(&place).unwrap();
    let mut book = Book { book: open_workbook(&place).unwrap(), bytes, _folder: folder };
    let counts = book.table("По циклам", "Категория");
    let states: Vec<[f64; 3]> =
        counts.iter().map(|row| ["в списке", "не в списке", "не определено"].map(|name| number(&row[name]))).collect();
    assert_eq!(states, [[5.0, 16.0, 2.0], [7.0, 16.0, 1.0], [5.0, 18.0, 0.0]]);
    let flow = book.table("Переходы", "Категория");
    let from = |cycle: &str, before: &str, after: &str| {
        let row =
            flow.iter().find(|r| r["Из цикла"] == *cycle && r["Было"] == *before && r["Стало"] == *after).unwrap();
        number(&row["Школ"])
    };
    assert_eq!([from("2017", "в списке", "не в списке"), from("2016", "не в списке", "в списке")], [2.0, 1.0]);
    let paths = book.table("Школы", "Категория");
    assert_eq!(paths.len(), 10);
    let second = paths.iter().find(|row| row["Код"] == *"02").unwrap();
    assert_eq!(second["2017"], *"осталась по правилу выхода (1.1)");
    let means = book.table("Показатели", "Категория");
    let score = means.iter().find(|row| row["Показатель"] == *"Средний балл за год").unwrap();
    let means = ["Среднее в первом", "Среднее в последнем", "Изменение"].map(|name| number(&score[name]));
    assert_eq!(means, [46.0, 52.0, 6.0]);
    let periods = book.table("По переходам", "Категория");
    let change = |from: &str| {
        let is_it =
            |row: &&BTreeMap<String, Data>| row["Показатель"] == *"Средний балл за год" && row["Из цикла"] == *from;
        let row = periods.iter().find(is_it).unwrap();
        (row["Школы"].to_string(), ["Известно у школ", "Изменение"].map(|name| number(&row[name])))
    };
    assert_eq!(change("2016"), ("в списке до перехода".to_owned(), [4.0, 3.0]));
    assert_eq!(change("2017"), ("в списке до перехода".to_owned(), [5.0, 4.8]));
    let costs = book.table("Затраты и результат", "Категория");
    let left = costs.iter().find(|row| row["Показатель или результат"] == *"вышли из списка").unwrap();
    assert!((number(&left["На единицу изменения"]) - 500_000.0 / 3.0).abs() < 1e-6);
    assert!(book.charts() >= 2);
}
