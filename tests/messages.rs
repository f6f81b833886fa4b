//! The Fluent files of both languages are equal in ids and variables, complete, and without dead messages.

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

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use merilo::language::Language;
use merilo::messages::{FILES, Speaker};

/// Message or `message.attribute` → its variables.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(name: &str, text: &str) -> Messages {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{name}: {errors:?}"));
    let mut found = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let value = message.value.as_ref().map(variables).unwrap_or_default();
        assert!(message.value.is_some(), "{name}: {id} says nothing");
        assert!(found.insert(id.clone(), value).is_none(), "{name}: {id} twice");
        for attribute in &message.attributes {
            let id = format!("{id}.{}", attribute.id.name);
            assert!(found.insert(id.clone(), variables(&attribute.value)).is_none(), "{name}: {id} twice");
        }
    }
    found
}

fn variables(pattern: &Pattern<&str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, &mut found);
        }
    }
    found
}

fn of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => of_inline(inline, found),
        Expression::Select { selector, variants } => {
            of_inline(selector, found);
            for variant in variants {
                found.extend(variables(&variant.value));
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => of_expression(expression, found),
        InlineExpression::MessageReference { id, .. } | InlineExpression::TermReference { id, .. } => {
            panic!("{} is referred to: messages are read one by one, each without the others", id.name)
        }
        _ => {}
    }
}

fn all(language: Language) -> Messages {
    let mut found = Messages::new();
    for (name, ru, en) in FILES {
        let text = if language == Language::Russian { ru } else { en };
        for (id, variables) in messages(&format!("{}/{name}.ftl", language.code()), text) {
            assert!(found.insert(id.clone(), variables).is_none(), "{id} stands in two files");
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_variables() {
    let mut differences = Vec::new();
    for (name, ru, en) in FILES {
        let (ru, en) = (messages(name, ru), messages(name, en));
        for id in ru.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
            match (ru.get(id), en.get(id)) {
                (Some(a), Some(b)) if a == b => {}
                (a, b) => differences.push(format!("{name}: {id}: ru {a:?}, en {b:?}")),
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_kind_has_its_sentence_label_and_long_explanation() {
    let mut missing = Vec::new();
    for language in Language::ALL {
        let known = all(language);
        for kind in merilo::diagnostic::all_kinds() {
            for id in [kind.id.to_owned(), format!("{}.label", kind.id), format!("{}.long", kind.id)] {
                if !known.contains_key(&id) {
                    missing.push(format!("{} {}: {id}", language.code(), kind.code));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn codes_and_ids_of_kinds_are_unique() {
    let kinds = merilo::diagnostic::all_kinds();
    let codes: BTreeSet<_> = kinds.iter().map(|k| k.code).collect();
    let ids: BTreeSet<_> = kinds.iter().map(|k| k.id).collect();
    assert_eq!((codes.len(), ids.len()), (kinds.len(), kinds.len()));
}

#[test]
fn no_message_is_unused_and_none_is_missing() {
    let known = all(Language::Russian);
    let ids: BTreeSet<&str> = known.keys().map(|id| id.split('.').next().unwrap()).collect();
    let mut named = BTreeSet::new();
    let mut missing = Vec::new();
    for file in sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        let mut pieces = text.split('"');
        let mut before = pieces.next().unwrap_or("");
        for piece in pieces {
            if is_id(piece) {
                named.insert(piece.to_owned());
                let said = [".say(", ".word(", ".attribute(", "Argument::Term("]
                    .iter()
                    .any(|call| before.trim_end().ends_with(call));
                let by_name = ["role-", "what-", "term-"].iter().any(|prefix| piece.starts_with(prefix));
                if (said || by_name) && !ids.contains(piece) {
                    missing.push(format!("{}: {piece}", file.display()));
                }
            }
            before = piece;
        }
    }
    let unused: Vec<_> = ids.iter().filter(|id| !named.contains(**id)).collect();
    assert!(missing.is_empty(), "missing: {missing:#?}");
    assert!(unused.is_empty(), "unused: {unused:#?}");
}

fn is_id(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_message_of_the_files_is_found_and_said() {
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        for id in all(language).keys() {
            let said = match id.split_once('.') {
                None => speaker.say(id, &[]),
                Some((id, attribute)) => speaker.attribute(id, attribute, &[]).unwrap_or_default(),
            };
            assert!(!said.is_empty() && said != *id, "{} {id}: {said}", language.code());
        }
    }
}

#[test]
fn a_message_that_is_not_there_is_said_as_its_id() {
    assert_eq!(Speaker::new(Language::Russian).word("no-such-message"), "no-such-message");
}
