//! The parser and the formatter over the corpus of files that must be accepted.

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
    for problem in &outcome.diagnostics {
        if let Place::Text(at) = &problem.place {
            let (line, column) = source.line_column(at.span.start);
            eprintln!("{name}:{line}:{column} {} {:?}", problem.kind.id, source.line(line));
        }
    }
    assert!(outcome.diagnostics.is_empty(), "{name}");
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

#[test]
fn what_is_printed_says_the_same_in_both_languages() {
    for path in accepted() {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path).unwrap();
        let file = parsed(&name, &text);
        for language in Language::ALL {
            let printed = syntax::print(&file, language);
            let again = parsed(&format!("{name} printed in {}", language.code()), &printed);
            assert_eq!(again.content(), file.content(), "{name}\n{printed}");
            assert_eq!(syntax::print(&again, language), printed, "{name}");
            let before: Vec<&str> = file.comments.iter().map(|c| c.text.as_str()).collect();
            let after: Vec<&str> = again.comments.iter().map(|c| c.text.as_str()).collect();
            assert_eq!(before, after, "{name}");
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
