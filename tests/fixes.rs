//! Every suggested change is made to the text of its rules file, and then the problem is gone and nothing new is broken.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};

use merilo::diagnostic::{Diagnostic, Fix};
use merilo::location::Place;
use merilo::pipeline::{self, ReadRules, Variant};

/// A copy of a folder of rejected rules, with the files that they name beside them.
fn copy(from: &Path, to: &Path, rules: &mut Vec<PathBuf>) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target, rules);
        } else {
            std::fs::copy(&path, &target).unwrap();
            rules.extend(path.extension().is_some_and(|e| e == "merilo").then_some(target));
        }
    }
}

fn read(path: &Path) -> ReadRules {
    pipeline::check_rules(&path.display().to_string(), &Variant::default())
}

/// The text with the changes of a fix, when all of them are in this file.
fn mended(read: &ReadRules, path: &Path, text: &str, fix: &Fix) -> Option<String> {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|(at, _)| std::cmp::Reverse(at.span.start));
    let mut text = text.to_owned();
    for (at, replacement) in edits {
        let name = &read.sources.get(at.source)?.name;
        if **name != *path.display().to_string() {
            return None;
        }
        text.replace_range(at.span.start..at.span.end, &replacement);
    }
    Some(text)
}

fn count(problems: &[Diagnostic], code: &str) -> usize {
    problems.iter().filter(|problem| problem.kind.code == code).count()
}

fn of_syntax(problem: &Diagnostic) -> bool {
    problem.kind.code.starts_with("M1")
}

fn place(problem: &Diagnostic) -> Option<usize> {
    match problem.place {
        Place::Text(at) => Some(at.span.start),
        _ => None,
    }
}

/// What is wrong with the fix of a problem, if anything.
fn verdict(before: &[Diagnostic], problem: &Diagnostic, after: &[Diagnostic]) -> Option<String> {
    let code = problem.kind.code;
    if count(after, code) >= count(before, code) {
        return Some("the problem is still there".to_owned());
    }
    let at = place(problem);
    if at.is_some() && after.iter().any(|p| p.kind.code == code && place(p) == at) {
        return Some("the problem is still at its place".to_owned());
    }
    let new = after.iter().find(|p| of_syntax(p) && count(after, p.kind.code) > count(before, p.kind.code));
    new.map(|new| format!("now there is {} at {:?}", new.kind.code, new.place))
}

#[test]
fn every_suggested_change_mends_its_problem() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folder = tempfile::tempdir().unwrap();
    let mut rules = Vec::new();
    copy(&corpus, folder.path(), &mut rules);
    let (mut tried, mut wrong) = (0, Vec::new());
    for path in rules {
        let text = std::fs::read_to_string(&path).unwrap();
        let first = read(&path);
        let before = &first.rules.diagnostics;
        for problem in before {
            let Some(mended) = problem.fix.as_ref().and_then(|fix| mended(&first, &path, &text, fix)) else { continue };
            tried += 1;
            std::fs::write(&path, &mended).unwrap();
            let after = read(&path).rules.diagnostics;
            let name = path.strip_prefix(folder.path()).unwrap().display().to_string();
            if let Some(verdict) = verdict(before, problem, &after) {
                wrong.push(format!("{name}: {}: {verdict}", problem.kind.code));
            }
            if std::env::var_os("SHOW_FIXES").is_some() {
                let codes =
                    |problems: &[Diagnostic]| problems.iter().map(|p| p.kind.code).collect::<Vec<_>>().join(" ");
                eprintln!("{name}: {}: {} -> {}", problem.kind.code, codes(before), codes(&after));
            }
        }
        std::fs::write(&path, &text).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 30, "only {tried} changes are suggested in the whole corpus");
}

/// Words with two letters swapped, in rules that are right otherwise: what is suggested for them mends the rules.
#[test]
fn every_suggestion_for_a_misspelt_word_mends_it() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let folder = tempfile::tempdir().unwrap();
    let mut rules = Vec::new();
    copy(&corpus, folder.path(), &mut rules);
    rules.retain(|path| path.components().any(|part| part.as_os_str() == "accept"));
    let (mut tried, mut wrong) = (0, Vec::new());
    for path in &rules {
        let text = std::fs::read_to_string(path).unwrap();
        // every thirteenth word, from one that does not depend on which other files there are
        let name = path.file_name().unwrap().to_string_lossy();
        let which = name.bytes().map(usize::from).sum::<usize>();
        for (misspelt, word) in misspellings(&text).skip(which % 13).step_by(13) {
            std::fs::write(path, &misspelt).unwrap();
            let first = read(path);
            let before = &first.rules.diagnostics;
            for problem in before {
                let fix = problem.fix.as_ref();
                let Some(mended) = fix.and_then(|fix| mended(&first, path, &misspelt, fix)) else { continue };
                tried += 1;
                std::fs::write(path, &mended).unwrap();
                let after = read(path).rules.diagnostics;
                if let Some(verdict) = verdict(before, problem, &after) {
                    let name = path.strip_prefix(folder.path()).unwrap().display();
                    wrong.push(format!("{name}: {word}: {}: {verdict}", problem.kind.code));
                }
            }
        }
        std::fs::write(path, &text).unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 50, "only {tried} changes are suggested");
}

/// The text with one word misspelt, for every long enough word of the code.
fn misspellings(text: &str) -> impl Iterator<Item = (String, &str)> {
    let letter = |c: char| c.is_alphanumeric() || c == '_';
    let words = text.split(move |c: char| !letter(c)).filter(|word| word.chars().count() > 4);
    words.filter_map(move |word| {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        let line = text[..at].lines().next_back().unwrap_or("");
        // texts may say what they like
        let quoted = line.matches('"').count() % 2 == 1 || line.contains('«') && !line.contains('»');
        let mut letters: Vec<char> = word.chars().collect();
        letters.swap(2, 3);
        let misspelt: String = letters.iter().collect();
        (!quoted && misspelt != word).then(|| (format!("{}{misspelt}{}", &text[..at], &text[at + word.len()..]), word))
    })
}
