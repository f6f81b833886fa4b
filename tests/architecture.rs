//! The ranks and fences of `docs/architecture.md`, held as far as text can hold them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};

/// Rank of every module; a module imports only from lower ranks.
const RANKS: &[(&str, u32)] = &[
    ("number", 0),
    ("location", 0),
    ("source", 1),
    ("name", 0),
    ("language", 0),
    ("progress", 0),
    ("stack", 0),
    ("record", 3),
    ("value", 1),
    ("schema", 2),
    ("diagnostic", 2),
    ("tables", 2),
    ("suggestion", 1),
    ("yaml", 0),
    ("syntax", 3),
    ("data", 3),
    ("script", 3),
    ("sweep", 3),
    ("scenario", 4),
    ("infer", 4),
    ("quality", 5),
    ("model", 4),
    ("check", 5),
    ("decision", 5),
    ("plan", 6),
    ("evaluate", 7),
    ("recheck", 8),
    ("explain", 8),
    ("threshold", 8),
    ("counterexample", 8),
    ("compare", 9),
    ("history", 9),
    ("stability", 9),
    ("publication", 9),
    ("pipeline", 10),
    ("messages", 9),
    ("report", 11),
    ("verify", 12),
    ("cli", 13),
];

/// A word and the only files that may name it.
const FENCES: &[(&str, &[&str])] = &[
    ("pest::", &["syntax/parser.rs"]),
    ("rhai::", &["script/engine.rs"]),
    ("calamine::", &["tables/workbook/reader.rs"]),
    ("quick_xml::", &["tables/workbook/xml.rs"]),
    ("zip::", &["tables/container.rs"]),
    ("flate2::", &["tables/container.rs"]),
    ("serde_yaml::", &["yaml.rs"]),
    (
        "rust_xlsxwriter::",
        &[
            "report/xlsx.rs",
            "report/xlsx/comparison.rs",
            "report/xlsx/quality.rs",
            "report/xlsx/sheets.rs",
            "report/xlsx/table.rs",
            "report/calculator/sheet.rs",
        ],
    ),
    ("annotate_snippets::", &["report/diagnostics/terminal.rs"]),
    ("docx_rs::", &["report/docx.rs"]),
    ("fluent_bundle::", &["messages/speaker.rs"]),
    ("sha2::", &["record/fingerprint.rs"]),
    ("ed25519_dalek::", &["record/seal.rs"]),
];

/// What the second reading of the rules must not share with the first.
const NOT_IN_RECHECK: &[&str] =
    &["crate::plan", "crate::evaluate", "crate::explain", "number::column", "number::arithmetic", "number::sum"];

/// Where floating point may be named: formats that deliver or take it, and pictures.
const FLOATS: &[&str] = &[
    "tables/workbook/reader.rs",
    "report/xlsx.rs",
    "report/xlsx/comparison.rs",
    "report/xlsx/quality.rs",
    "report/xlsx/sheets.rs",
    "report/xlsx/table.rs",
    "report/calculator/sheet.rs",
    "report/html",
    "yaml.rs",
    "messages/speaker.rs",
    "cli/",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path.strip_prefix(root()).unwrap().components();
                let name = name.map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The text without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn module(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

fn rank(module: &str) -> Option<u32> {
    RANKS.iter().find(|(name, _)| *name == module).map(|(_, rank)| *rank)
}

#[test]
fn modules_import_only_from_lower_ranks() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if matches!(file.as_str(), "lib.rs" | "main.rs") {
            continue;
        }
        let own = rank(module(&file)).unwrap_or_else(|| panic!("{file} has no rank"));
        let text = code(&text);
        for (at, _) in text.match_indices("crate::") {
            let rest = &text[at + 7..];
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            let target = &rest[..end];
            if let Some(other) = rank(target)
                && target != module(&file)
                && other >= own
            {
                wrong.push(format!("{file} (rank {own}) imports {target} (rank {other})"));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_foreign_library_lives_in_one_file() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (word, allowed) in FENCES {
            if code(&text).contains(word) && !allowed.contains(&file.as_str()) {
                wrong.push(format!("{file} names {word}"));
            }
        }
        if code(&text).contains("f64") && !FLOATS.iter().any(|allowed| file.starts_with(allowed)) {
            wrong.push(format!("{file} names f64"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_second_reading_shares_nothing_with_the_first() {
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| module(file) == "recheck") {
        let text = code(text);
        for word in NOT_IN_RECHECK.iter().chain(&["NumberColumn", "facts"]).filter(|word| text.contains(**word)) {
            wrong.push(format!("{file} names {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_longer_than_it_can_be_read() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > 600)
        .map(|(file, text)| format!("{file}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//!")).map(|(file, _)| file).collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// Words of people belong to the Fluent files; words of the language to the keyword tables.
#[test]
fn no_sentence_stands_in_the_code() {
    let allowed = |file: &str| {
        [
            "syntax/",
            "data/manifest",
            "data/list",
            "data/correspondence",
            "data/cells",
            "infer/words",
            "name.rs",
            "suggestion.rs",
            "check/names.rs",
            "pipeline/read.rs",
            // words of data: months, totals, letters that are common
            "data/names.rs",
            "data/units.rs",
            "tables/encoding.rs",
            "tables/find/pages.rs",
            "tables/find/numbering.rs",
            "tables/find/words.rs",
            "tables/named.rs",
            "tables/shape.rs",
        ]
        .iter()
        .any(|part| file.starts_with(part))
    };
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if allowed(&file) {
            continue;
        }
        for (number, line) in code(&text).lines().enumerate() {
            let line = line.trim();
            if line.starts_with("//") {
                continue;
            }
            let literal = line.split("//").next().unwrap_or(line);
            let words = literal.chars().filter(|c| ('а'..='я').contains(c)).count();
            if words > 12 {
                wrong.push(format!("{file}:{}: {line}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
