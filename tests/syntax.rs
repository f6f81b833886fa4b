//! The parser and the formatter over the corpus of files that must be accepted.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::path::PathBuf;

use merilo::language::Language;
use merilo::location::{Place, SourceId};
use merilo::source::Source;
use merilo::syntax;

fn accepted() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir("tests/corpus/syntax/accept")
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "merilo"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn parsed(name: &str, text: &str) -> syntax::tree::File {
    let outcome = syntax::parse(SourceId(0), text);
    let source = Source::new(name, text);
    let problems = outcome.diagnostics.iter().filter_map(|problem| match &problem.place {
        Place::Text(at) => {
            let (line, column) = source.line_column(at.span.start);
            Some(format!("{line}:{column} {} {:?}", problem.kind.id, source.line(line)))
        }
        _ => None,
    });
    assert!(outcome.diagnostics.is_empty(), "{:#?} in {name}", problems.collect::<Vec<_>>());
    outcome.value.unwrap()
}

#[test]
fn accepted_files_parse() {
    for path in accepted() {
        let text = std::fs::read_to_string(&path).unwrap();
        parsed(&path.display().to_string(), &text);
    }
}

#[test]
fn both_vocabularies_give_the_same_tree() {
    for path in accepted() {
        let name = path.display().to_string();
        let Some(stem) = name.strip_suffix(".ru.merilo") else { continue };
        let english = format!("{stem}.en.merilo");
        let ru = parsed(&name, &std::fs::read_to_string(&path).unwrap());
        let en = parsed(&english, &std::fs::read_to_string(&english).unwrap());
        assert_eq!(ru.language, Language::Russian, "{name}");
        assert_eq!(en.language, Language::English, "{english}");
        assert_eq!(ru.content(), en.content(), "{name}");
    }
}

/// Every rules file in some folders and below.
fn merilo_files(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "merilo") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every rules file that is shipped or in the corpus of accepted ones.
fn all_rules() -> Vec<PathBuf> {
    merilo_files(&[
        "rules",
        "examples",
        "benches",
        "tests/corpus/syntax/accept",
        "tests/corpus/syntax/format",
        "tests/corpus/check/accept",
    ])
}

#[test]
fn formatting_keeps_the_tree_in_both_languages_and_every_comment() {
    for path in all_rules() {
        let name = path.display().to_string();
        let file = parsed(&name, &std::fs::read_to_string(&path).unwrap());
        for language in Language::ALL {
            let once = syntax::print(&file, language);
            let again = parsed(&format!("{name} in {}", language.code()), &once);
            assert_eq!(file.content(), again.content(), "{name} in {}", language.code());
            let comments = |f: &syntax::tree::File| f.comments.iter().map(|c| c.text.clone()).collect::<Vec<_>>();
            assert_eq!(comments(&file), comments(&again), "{name} in {}", language.code());
            let twice = syntax::print(&again, language);
            similar(&once, &twice, &name);
            let other = if language == Language::Russian { Language::English } else { Language::Russian };
            let there = parsed(&name, &syntax::print(&again, other));
            let back = syntax::print(&there, language);
            similar(&once, &back, &name);
        }
    }
}

fn similar(a: &str, b: &str, name: &str) {
    for (x, y) in a.lines().zip(b.lines()) {
        assert_eq!(x, y, "{name}");
    }
    assert_eq!(a.lines().count(), b.lines().count(), "{name}");
}

#[test]
fn deep_and_large_files_are_refused_at_once() {
    let head = "набор правил «Т»\nпараметр а = ";
    let deep = format!("{head}{}1", "(".repeat(100_000));
    let outcome = syntax::parse(SourceId(0), &deep);
    assert_eq!(outcome.diagnostics.first().map(|d| d.kind.id), Some("nested-too-deep"));
    let long = format!("{head}1{}", " + 1".repeat(100_000));
    let outcome = syntax::parse(SourceId(0), &long);
    assert_eq!(outcome.diagnostics.first().map(|d| d.kind.id), Some("expression-too-long"));
    let large = "// комментарий\n".repeat(2_500_000);
    let outcome = syntax::parse(SourceId(0), &large);
    assert_eq!(outcome.diagnostics.first().map(|d| d.kind.id), Some("file-too-large"));
}

/// Deletes, swaps and misspells one word after another: never a panic, always an answer.
#[test]
fn mutated_rules_never_stop_the_parser() {
    let text = std::fs::read_to_string("tests/corpus/syntax/accept/leningrad.ru.merilo").unwrap();
    let words: Vec<(usize, usize)> = text
        .split_whitespace()
        .map(|w| {
            let start = w.as_ptr() as usize - text.as_ptr() as usize;
            (start, start + w.len())
        })
        .collect();
    for pair in words.windows(2).step_by(17) {
        let [(start, end), (next, last)] = pair else { continue };
        let word = &text[*start..*end];
        let deleted = format!("{}{}", &text[..*start], &text[*end..]);
        let swapped = format!("{}{} {word}{}", &text[..*start], &text[*next..*last], &text[*last..]);
        let misspelt = format!("{}{word}ъ{}", &text[..*start], &text[*end..]);
        for mutant in [deleted, swapped, misspelt] {
            let _ = syntax::parse(SourceId(0), &mutant);
        }
    }
}

fn kinds(text: &str) -> Vec<&'static str> {
    syntax::parse(SourceId(0), text).diagnostics.iter().map(|d| d.kind.id).collect()
}

#[test]
fn hostile_texts_are_refused_quickly() {
    let started = std::time::Instant::now();
    let deep = format!("показатель x = {}", "(".repeat(100_000));
    assert_eq!(kinds(&deep), ["nested-too-deep"]);
    let hidden = format!("показатель x = количество(\"«\"; {}", "(".repeat(100_000));
    assert_eq!(kinds(&hidden), ["nested-too-deep"]);
    assert_eq!(kinds(&format!("показатель x «{}", "«".repeat(100_000))), ["nested-too-deep"]);
    assert_eq!(kinds(&"x".repeat(50 * 1024 * 1024)), ["file-too-large"]);
    assert_eq!(kinds(&format!("показатель x = a{}", " + a".repeat(100_000))), ["expression-too-long"]);
    assert_eq!(kinds(&format!("показатель x = {}a", "не ".repeat(100_000))), ["expression-too-long"]);
    for text in
        ["\u{feff}", "", "\0", "\u{feff}показатель x = 1\r\n", "показатель \u{0} = 1", "«", "\"", "//", "\u{202e}"]
    {
        let _ = kinds(text);
    }
    assert!(kinds("\u{feff}показатель x = 1\r\n  основание «п. 1»\r\n").is_empty());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let text = format!("показатель x = {}1{}", "(".repeat(199), ")".repeat(199));
    assert!(kinds(&text).is_empty());
    let long = format!("показатель x = a{}", " + a".repeat(900));
    let file = parsed("long", &long);
    assert_eq!(parsed("printed", &syntax::print(&file, Language::English)).content(), file.content());
}

#[test]
fn reading_takes_linear_time() {
    let block = "показатель имя_1 «Название» = среднее(экзамены.балл, где вид = \"ЕГЭ\", с весом участники)\n";
    let time = |n: usize| {
        let text = block.repeat(n);
        let started = std::time::Instant::now();
        assert!(kinds(&text).is_empty());
        started.elapsed().as_secs_f64()
    };
    let (small, large) = (time(200), time(2000));
    assert!(large < small * 30.0 + 0.5, "{small} {large}");
}

#[path = "syntax/comments.rs"]
mod comments;
#[path = "syntax/form.rs"]
mod form;
#[path = "syntax/trees.rs"]
mod trees;

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, max_shrink_iters: 4096, failure_persistence: None, ..Default::default() })]

    /// ru, en, ru → en → ru, and printing twice.
    #[test]
    fn every_tree_is_read_as_it_was_printed(file in trees::file()) {
        let russian = syntax::print(&file, Language::Russian);
        let read = parsed(&russian, &russian);
        assert_eq!(read.content(), file.content(), "{russian}");
        assert_eq!(syntax::print(&read, Language::Russian), russian);
        let english = syntax::print(&read, Language::English);
        let read = parsed(&english, &english);
        assert_eq!(read.content(), file.content(), "{english}");
        assert_eq!(syntax::print(&read, Language::English), english);
        assert_eq!(syntax::print(&read, Language::Russian), russian);
    }
}

#[test]
fn comments_stay_at_their_lines() {
    let text = "// о файле\n\n# о показателе\nпоказатель а = 1 // сразу\n  // о пункте\n  основание «п. 1» // за ним\n\
                критерий 1.1\n// в конце";
    let text = format!("категория К\n{text}").replace("показатель а = 1", "критерий 1.2\n  если а = 1");
    let file = syntax::parse(SourceId(0), &text).value.unwrap();
    let printed = syntax::print(&file, Language::Russian);
    let expected = "категория К\n\n  // о файле\n\n  // о показателе\n  критерий 1.2\n    если а = 1  // сразу\n    \
                    // о пункте\n    основание «п. 1»  // за ним\n\n  критерий 1.1\n// в конце\n";
    assert_eq!(printed, expected);
    let again = syntax::parse(SourceId(0), &printed).value.unwrap();
    assert_eq!(syntax::print(&again, Language::Russian), printed);
}

#[test]
fn notes_of_a_list_stay_its_own() {
    let text = "список моногорода\n  основание «перечень»\n  запись \"Пикалёво\"\n";
    let file = parsed("list", text);
    assert_eq!(syntax::print(&file, Language::Russian), text);
}

#[test]
fn none_of_them_is_one_negation_in_russian() {
    let rule = |condition: &str| parsed(condition, &format!("сочетание а = {condition}")).content();
    assert_eq!(rule("не выполнен ни один критерий"), rule("выполнено ни одного критерия"));
    assert_ne!(rule("не не выполнен ни один критерий"), rule("не выполнен ни один критерий"));
}
