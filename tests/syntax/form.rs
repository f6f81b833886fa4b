//! The canonical form: the shipped rules stand in it, and samples in both languages.

use std::path::PathBuf;

use merilo::language::Language;
use merilo::syntax;

use super::{merilo_files, parsed};

fn shipped() -> Vec<PathBuf> {
    let found = merilo_files(&["rules", "examples", "benches"]);
    assert!(found.len() >= 6, "{found:?}");
    found
}

#[test]
fn shipped_rules_are_in_canonical_form() {
    for path in shipped() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        same_text(&syntax::print(&parsed(&name, &text), syntax::language(&text)), &text, &name);
    }
}

#[test]
fn shipped_rules_come_back_from_the_other_language_as_they_were() {
    for path in shipped() {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        let own = syntax::language(&text);
        let other = if own == Language::Russian { Language::English } else { Language::Russian };
        let there = syntax::print(&parsed(&name, &text), other);
        assert_eq!(syntax::language(&there), other, "{name}");
        same_text(&syntax::print(&parsed(&name, &there), own), &text, &name);
    }
}

/// Both texts line by line, then byte by byte.
fn same_text(printed: &str, text: &str, name: &str) {
    for (number, (a, b)) in printed.lines().zip(text.lines()).enumerate() {
        assert_eq!(a, b, "{name}:{}", number + 1);
    }
    assert_eq!(printed, text, "{name}");
}

#[test]
fn samples_are_printed_in_both_languages() {
    for path in merilo_files(&["tests/corpus/syntax/format"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        let file = parsed(&path.display().to_string(), &text);
        let name = path.file_stem().unwrap().to_string_lossy().replace('.', "_");
        for language in Language::ALL {
            let printed = syntax::print(&file, language);
            let again = parsed(&printed, &printed);
            assert_eq!(again.content(), file.content());
            assert_eq!(syntax::print(&again, language), printed);
            let mut settings = insta::Settings::clone_current();
            settings.set_snapshot_path("../snapshots");
            settings.set_prepend_module_to_snapshot(false);
            settings.set_omit_expression(true);
            settings.bind(|| insta::assert_snapshot!(format!("form__{name}_in_{}", language.code()), printed));
        }
    }
}

#[test]
fn no_line_of_a_long_clause_begins_as_a_block_does() {
    let long = "очень_длинное_имя_показателя_которое_занимает_много_места известно";
    let text =
        format!("сочетание а = выполнено любое условие из ({long}; список пропущено; {long}; мера скрыто; {long})\n");
    let file = parsed("long", &text);
    let printed = syntax::print(&file, Language::Russian);
    assert!(printed.contains("; список пропущено;\n"), "{printed}");
    assert!(printed.contains("; мера скрыто;\n"), "{printed}");
    assert_eq!(parsed("printed", &printed).content(), file.content());
}
