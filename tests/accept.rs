//! Rules without mistakes, one construct per file and vocabulary: they check, and both vocabularies mean the same.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use merilo::diagnostic::Diagnostic;
use merilo::language::Language;
use merilo::location::SourceId;
use merilo::pipeline::{self, Variant};
use merilo::report::diagnostics::render;
use merilo::syntax;

fn russian() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/check/accept");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = paths.filter(|path| path.display().to_string().ends_with(".ru.merilo")).collect();
    found.sort();
    assert!(!found.is_empty());
    found
}

fn english(russian: &Path) -> PathBuf {
    PathBuf::from(russian.display().to_string().replace(".ru.merilo", ".en.merilo"))
}

#[test]
fn accepted_rules_have_no_errors() {
    for path in russian() {
        for path in [english(&path), path] {
            let read = pipeline::check_rules(&path.display().to_string(), &Variant::default());
            let problems = read.rules.diagnostics;
            let text = render(&problems, &read.sources, Language::English, false);
            assert!(!problems.iter().any(Diagnostic::is_error), "{text}");
            assert!(read.rules.value.is_some(), "{}", path.display());
            let doubtful = problems.iter().any(|p| ["M279", "M280", "M281"].contains(&p.kind.code));
            assert!(!doubtful, "{text}");
        }
    }
}

#[test]
fn both_vocabularies_give_one_tree() {
    for path in russian() {
        let tree = |path: &Path| {
            let text = std::fs::read_to_string(path).unwrap();
            syntax::parse(SourceId(0), &text).value.unwrap().content()
        };
        assert_eq!(tree(&path), tree(&english(&path)), "{}", path.display());
    }
}
