//! Papers for the shipped examples: what they say, that they agree with the run, that equal runs give equal bytes.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use calamine::{Data, Reader};

const RULES: &str = "rules/leningrad-2018/criteria.merilo";
const DATA: &str = "examples/leningrad-2018/dataset.yaml";

fn merilo(words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command.env_clear().env("LANG", "ru_RU.UTF-8").current_dir(env!("CARGO_MANIFEST_DIR")).args(words);
    command.output().unwrap()
}

/// One paper as bytes.
fn paper(kind: &str, format: &str, language: &str, more: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(format!("paper.{format}"));
    let words = ["document", kind, RULES, "--data", DATA, "-q", "--lang", language, "-o", file.to_str().unwrap()];
    let output = merilo(&[&words, more].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read(file).unwrap()
}

/// A part of a document. The parts are stored as they are, each behind its name and its size.
fn part(archive: &[u8], name: &str) -> String {
    let number = |at: usize, bytes: usize| {
        archive[at..at + bytes].iter().rev().fold(0usize, |number, byte| number << 8 | usize::from(*byte))
    };
    let mut at = 0;
    while archive[at..].starts_with(b"PK\x03\x04") {
        let (size, named, extra) = (number(at + 18, 4), number(at + 26, 2), number(at + 28, 2));
        let (start, content) = (at + 30, at + 30 + named + extra);
        if &archive[start..start + named] == name.as_bytes() {
            return String::from_utf8(archive[content..content + size].to_vec()).unwrap();
        }
        at = content + size;
    }
    panic!("{name} is not there");
}

/// The text of a document: a line per paragraph, cells of a row with a bar between them.
fn text_of(archive: &[u8]) -> String {
    let xml = part(archive, "word/document.xml");
    let mut text = String::new();
    for piece in xml.split('<').skip(1) {
        let (tag, content) = piece.split_once('>').unwrap();
        let in_table = tag.starts_with("w:tc>") || tag == "/w:tc";
        match tag.split_whitespace().next().unwrap() {
            "w:t" => text.push_str(content),
            "w:br" => text.push_str(" / "),
            "/w:p" => text.push('\n'),
            "/w:tr" => text.push_str("──\n"),
            _ if in_table => {
                while text.ends_with('\n') && tag == "/w:tc" {
                    text.pop();
                }
                text.push_str(" | ");
            }
            _ => {}
        }
    }
    let text = text.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&amp;", "&");
    let lines = text.lines().map(|line| line.trim().trim_end_matches('|').trim()).filter(|line| *line != "──");
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The text of a page, without its style and pictures.
fn text_of_page(page: &[u8]) -> String {
    let page = std::str::from_utf8(page).unwrap();
    let body = &page[page.find("<main").unwrap()..];
    let mut text = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, content) = piece.split_once('>').unwrap();
        // in pictures: only what a reader without eyes is told
        if tag.starts_with("text ") {
            continue;
        }
        let ends = ["/p", "/h1", "/h2", "/tr", "/li", "/caption", "/figcaption", "/title"];
        text.push_str(match tag {
            "/td" | "/th" => " | ",
            "br" => " / ",
            _ if ends.contains(&tag) => "\n",
            _ => "",
        });
        text.push_str(content);
    }
    let lines = text.lines().map(|line| line.trim().trim_end_matches('|').trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The whole of a long text is no snapshot that anybody reads: its beginning, and every tenth line of the rest.
fn shortened(text: &str) -> String {
    let kept = |(at, line): (usize, &str)| (at < 60 || at % 10 == 0).then(|| line.to_owned());
    text.lines().enumerate().filter_map(kept).collect::<Vec<_>>().join("\n")
}

fn run() -> serde_json::Value {
    let output = merilo(&["run", RULES, "--data", DATA, "-q", "--format", "json", "--lang", "ru"]);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Codes of schools by verdict, for each category of the run.
fn verdicts() -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let run = run();
    let mut found: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for school in run["schools"].as_array().unwrap() {
        for category in school["categories"].as_array().unwrap() {
            let name = category["name"].as_str().or(category["category"].as_str()).unwrap();
            let verdict = category["verdict"].as_str().or(category["verdict"]["verdict"].as_str()).unwrap();
            let code = school["code"].as_str().unwrap();
            found.entry(name.into()).or_default().entry(verdict.into()).or_default().push(code.into());
        }
    }
    found
}

/// Code and category of the numbered rows of a sheet.
fn rows_of_sheet(book: &[u8], sheet: usize) -> Vec<(String, String)> {
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(book.to_vec())).unwrap();
    let name = book.sheet_names()[sheet].clone();
    let range = book.worksheet_range(&name).unwrap();
    let cell = |row: &[Data], at: usize| row.get(at).map_or(String::new(), ToString::to_string);
    let numbered = |row: &&[Data]| cell(row, 0).parse::<usize>().is_ok();
    range.rows().filter(numbered).map(|row| (cell(row, 2), cell(row, 4))).collect()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

#[test]
fn the_list_names_every_school_of_a_category_once_and_every_open_one_apart() {
    let (verdicts, book) = (verdicts(), paper("list", "xlsx", "ru", &[]));
    assert_eq!(verdicts.len(), 2);
    for (sheet, verdict) in [(0, "met"), (2, "undetermined")] {
        let rows = rows_of_sheet(&book, sheet);
        for (category, by_verdict) in &verdicts {
            let of = rows.iter().filter(|(_, name)| name == category).map(|(code, _)| code.clone()).collect();
            let expected = by_verdict.get(verdict).cloned().unwrap_or_default();
            assert_eq!(sorted(of), sorted(expected), "{category}: {verdict}");
        }
    }
    // the same rows in the text document
    let text = text_of(&paper("list", "docx", "ru", &[]));
    for (category, by_verdict) in &verdicts {
        for code in by_verdict.get("met").into_iter().chain(by_verdict.get("undetermined")).flatten() {
            let row = format!("| {code} |");
            let lines = text.lines().filter(|line| line.contains(&row) && line.contains(&format!("| {category} |")));
            assert_eq!(lines.count(), 1, "{code} in {category}");
        }
    }
}

#[test]
fn the_list_counts_what_the_run_counts() {
    let (verdicts, text) = (verdicts(), text_of(&paper("list", "docx", "ru", &[])));
    let count = |category: &str, verdict: &str| verdicts[category].get(verdict).map_or(0, Vec::len);
    for category in verdicts.keys() {
        let numbers = ["met", "undetermined", "not_met", "not_judged"].map(|verdict| count(category, verdict));
        let row = format!("({category}) | {} | {} | {} | {} | 340", numbers[0], numbers[1], numbers[2], numbers[3]);
        assert!(text.contains(&row), "{row}\n{text}");
    }
}

#[test]
fn papers_read_as_officials_write() {
    for language in ["ru", "en"] {
        let of = |kind: &str, more: &[&str]| text_of(&paper(kind, "docx", language, more));
        insta::assert_snapshot!(format!("list_{language}"), shortened(&of("list", &[])));
        insta::assert_snapshot!(format!("note_{language}"), of("note", &[]));
        // a school of both categories, an undecided one, one that is not judged
        for school in ["470108", "470634", "470103"] {
            insta::assert_snapshot!(format!("letter_{school}_{language}"), of("letter", &["--school", school]));
        }
        insta::assert_snapshot!(
            format!("note_page_{language}"),
            shortened(&text_of_page(&paper("note", "html", language, &[])))
        );
    }
}

#[test]
fn all_formats_say_the_same() {
    for (kind, more) in [("list", &[] as &[&str]), ("note", &[]), ("letter", &["--school", "470108"])] {
        let words = |text: &str| {
            let mut words: Vec<String> = text
                .split(|c: char| !c.is_alphanumeric())
                .filter(|word| word.chars().count() > 3)
                .map(str::to_lowercase)
                .collect();
            words.sort();
            words.dedup();
            words
        };
        let document = paper(kind, "docx", "ru", more);
        // the foot of the pages is a part of its own
        let foot = part(&document, "word/footer1.xml");
        assert!(foot.contains("Полные сведения: не для публикации."), "{foot}");
        let document = words(&format!("{}\nполные сведения: не для публикации", text_of(&document)));
        let page = words(&text_of_page(&paper(kind, "html", "ru", more)).replace("&quot;", "\""));
        assert_eq!(document, page, "{kind}");
    }
}

#[test]
fn equal_runs_give_equal_bytes() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("list", "xlsx", &[]),
        ("list", "docx", &[]),
        ("list", "html", &[]),
        ("note", "docx", &[]),
        ("note", "html", &[]),
        ("letter", "docx", &["--school", "470108"]),
    ];
    for (kind, format, more) in cases {
        let other = [more, &["--threads", "1"] as &[&str]].concat();
        assert!(paper(kind, format, "ru", more) == paper(kind, format, "ru", &other), "{kind} {format}");
    }
}

#[test]
fn a_text_document_has_the_look_of_an_official_paper() {
    let list = paper("list", "docx", "ru", &[]);
    let (document, styles) = (part(&list, "word/document.xml"), part(&list, "word/styles.xml"));
    // 30, 10, 20 and 20 mm
    assert!(document.contains(r#"w:top="1134" w:right="567" w:bottom="1134" w:left="1701""#), "margins");
    assert!(styles.contains("Times New Roman") && styles.contains(r#"<w:sz w:val="28" />"#), "type");
    assert!(styles.contains(r#"w:lang w:val="ru-RU""#), "language");
    let tables = document.matches("<w:tblGrid>").count();
    // but the places to sign
    assert_eq!(document.matches("<w:tblHeader />").count(), tables - 1, "headers are repeated");
    assert!(document.contains("<w:titlePg"), "the first page has no number");
    assert!(document.contains("<w:sectPr><w:headerReference"), "the order of the schema");
    assert!(part(&list, "word/header1.xml").contains("PAGE") || part(&list, "word/header2.xml").contains("PAGE"));
    assert!(!part(&list, "docProps/core.xml").contains("unknown"));
}

#[test]
fn letters_go_to_every_school_of_a_category() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("письма");
    let shown = to.to_str().unwrap();
    let output = merilo(&["document", "letter", RULES, "--data", DATA, "--all", "-o", shown, "--lang", "ru"]);
    let said = String::from_utf8(output.stderr).unwrap().replace(shown, "ПАПКА");
    assert!(output.status.success() && said.contains("174 письма: ПАПКА"), "{said}");
    let mut belong: Vec<String> = verdicts().values().flat_map(|v| v["met"].clone()).collect();
    belong.sort();
    belong.dedup();
    let names = std::fs::read_dir(&to).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names = sorted(names.collect());
    assert_eq!(names, belong.iter().map(|code| format!("{code}.docx")).collect::<Vec<_>>());
    // the same as the letter made alone
    let alone = paper("letter", "docx", "ru", &["--school", "470108"]);
    assert!(std::fs::read(Path::new(&to).join("470108.docx")).unwrap() == alone);
}

#[test]
fn data_of_another_shape_have_papers_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("note.docx");
    let (rules, data) = ("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml");
    let words = |kind, file: &'static str| ["document", kind, rules, "--data", data, "-q", "-o", file];
    let output = merilo(&["document", "note", rules, "--data", data, "-q", "-o", file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let note = text_of(&std::fs::read(file).unwrap());
    assert!(note.contains("Los Angeles | 1440 | 1185 | 1019 | 978 | 574"), "{note}");
    assert!(!note.contains("made up"), "{note}");
    insta::assert_snapshot!("note_california", shortened(&note));
    let output = merilo(&[&words("list", "-"), &["--format", "html"] as &[&str]].concat());
    let list = text_of_page(&output.stdout);
    assert!(list.contains("Lowest quarter by the index of 2000: 1553 schools"), "{}", shortened(&list));
    let output = merilo(&[&words("letter", "-"), &["--school", "01611190130229"] as &[&str]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The first two schools belong, to the third the category does not apply, the fourth is no day school.
#[test]
fn a_school_to_which_a_category_does_not_apply_is_none_of_those_judged() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "набор правил «Отбор»\n  оцениваются школы\n\
        таблица школы\n  ключ код\n  столбец код текст\n  столбец вид текст\n  столбец ч число\n\
        совокупность дневные / дневных «Дневные школы» = школы, где вид = \"дневная\"\n\
        показатель п = ч\n  не применимо, если ч более 10\n\
        категория К\n  среди дневных\n  относится, если выполнен любой критерий\n\
        \x20 критерий 1\n    если п не менее 0\n";
    std::fs::write(folder.path().join("rules.merilo"), rules).unwrap();
    std::fs::write(folder.path().join("dataset.yaml"), "таблицы:\n  школы: школы.csv\n").unwrap();
    let schools = "1;дневная;5\n2;дневная;9\n3;дневная;20\n4;вечерняя;7\n";
    std::fs::write(folder.path().join("школы.csv"), format!("код;вид;ч\n{schools}")).unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let paper = |kind: &str, language: &str, school: &[&str]| {
        let (rules, data) = (at("rules.merilo"), at("dataset.yaml"));
        let words =
            ["document", kind, &rules, "--data", &data, "-q", "--lang", language, "--format", "html", "-o", "-"];
        let output = merilo(&[&words[..], school].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        text_of_page(&output.stdout).replace('\u{a0}', " ")
    };
    for (language, note, letter, other) in [
        (
            "ru",
            [
                "отнесены 2 школы из 2 рассмотренных (100 %). К 1 школе категория не применима. 1 школа по условиям отбора не рассматривалась.",
                "Не рассмотрены или не применимо",
            ],
            "К: категория к школе не применима",
            "К: школа не рассматривалась",
        ),
        (
            "en",
            [
                "2 schools belong, of 2 judged (100%). To 1 school the category does not apply. 1 school was not judged by the terms of the selection.",
                "Not judged or not applicable",
            ],
            "К: the category does not apply to the school",
            "К: the school was not judged",
        ),
    ] {
        let shown = paper("note", language, &[]);
        assert!(note.iter().all(|said| shown.contains(said)), "{shown}");
        assert!(shown.contains("К | 2 | 0 | 0 | 2 | 4"), "{shown}");
        let shown = paper("letter", language, &["--school", "3"]);
        assert!(shown.contains(letter) && !shown.contains(other), "{shown}");
        let shown = paper("letter", language, &["--school", "4"]);
        assert!(shown.contains(other) && !shown.contains(letter), "{shown}");
    }
}

#[test]
fn mistakes_are_told_before_anything_is_written() {
    let run = |words: &[&str]| {
        let output = merilo(&[&["document"], words].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let mut told = String::new();
    let cases: &[(&str, i32, &[&str])] = &[
        ("no paper", 2, &[]),
        ("an unknown school", 1, &["letter", RULES, "--data", DATA, "--school", "470109x", "-o", "-"]),
        ("neither a school nor all", 2, &["letter", RULES, "--data", DATA, "-o", "x.docx"]),
        ("a school and all", 2, &["letter", RULES, "--data", DATA, "--school", "470108", "--all", "-o", "x"]),
        ("all to nowhere", 2, &["letter", RULES, "--data", DATA, "--all"]),
        ("bytes for a terminal", 2, &["list", RULES, "--data", DATA, "--format", "docx"]),
        ("another extension", 2, &["note", RULES, "--data", DATA, "-o", "note.xlsx"]),
    ];
    for language in ["ru", "en"] {
        for (name, code, words) in cases {
            let (found, text) = run(&[words, &["--lang", language] as &[&str]].concat());
            assert_eq!(found, *code, "{name}: {text}");
            told += &format!("──── {language}: {name}\n{text}");
        }
    }
    insta::assert_snapshot!("mistakes", told);
}
