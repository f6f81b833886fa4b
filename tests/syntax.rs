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
