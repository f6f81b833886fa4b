//! One mistake per file, its full text in both languages as a snapshot.
//!
//! Rules with a mistake stand in `tests/corpus/<stage>/reject/**/*.merilo`; a dataset with a mistake is a folder of
//! `tests/corpus/data/` with `rules.merilo` and `dataset.yaml`. A stage without files has no snapshots.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stderr
)]

use std::path::{Path, PathBuf};

use merilo::diagnostic::Diagnostic;
use merilo::language::Language;
use merilo::pipeline;
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::Sources;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "merilo" || e == "мерило") {
            found.push(path);
        }
    }
    found.sort();
}

/// Path below the corpus with `/` on every system: stands in messages and names the snapshot.
fn shown(path: &Path) -> String {
    let relative = path.strip_prefix(corpus()).unwrap_or(path);
    relative.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn both_languages(problems: &[Diagnostic], sources: &Sources) -> String {
    let root = format!("{}/", corpus().display());
    let texts = [Language::Russian, Language::English].map(|language| render(problems, sources, language, false));
    texts.join("\n──────── en ────────\n\n").replace(&root, "")
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots/diagnostics");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.replace('/', "__"), text));
}

#[test]
fn every_rejected_rules_file_gets_its_messages() {
    let mut stages: Vec<PathBuf> = std::fs::read_dir(corpus()).unwrap().map(|e| e.unwrap().path()).collect();
    stages.sort();
    for stage in stages {
        let mut rejected = Vec::new();
        files(&stage.join("reject"), &mut rejected);
        for path in rejected {
            let read = pipeline::read_rules(&path.display().to_string(), &[]);
            let problems = read.rules.diagnostics;
            assert!(!problems.is_empty(), "{} has no mistake", shown(&path));
            snapshot(&shown(&path), &both_languages(&problems, &read.sources));
        }
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    let problems = merilo::syntax::parse(merilo::location::SourceId(0), &" ".repeat(5 * 1024 * 1024)).diagnostics;
    let codes: Vec<&str> = problems.iter().map(|problem| problem.kind.code).collect();
    assert_eq!(codes, ["M101"]);
}

#[test]
fn every_dataset_with_a_mistake_gets_its_messages() {
    let Ok(folders) = std::fs::read_dir(corpus().join("data")) else { return };
    let mut folders: Vec<PathBuf> = folders.map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let (rules, data) = (folder.join("rules.merilo"), folder.join("dataset.yaml"));
        if !rules.is_file() || !data.is_file() {
            continue;
        }
        let read = pipeline::read_rules(&rules.display().to_string(), &[]);
        let mut problems = read.rules.diagnostics;
        if let Some(rules) = read.rules.value {
            problems.extend(pipeline::judge(rules, &data, &Silent).diagnostics);
        }
        assert!(!problems.is_empty(), "{} has no mistake", shown(&folder));
        snapshot(&shown(&folder), &both_languages(&problems, &read.sources));
    }
}

/// Files too large to stand in the corpus.
#[test]
fn huge_manifests_and_lists_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let rules = std::fs::read_to_string(corpus().join("data/header-only/rules.merilo")).unwrap();
    std::fs::write(path("rules.merilo"), rules).unwrap();
    std::fs::write(path("dataset.yaml"), "# данные\n".repeat(100_000)).unwrap();
    let read = pipeline::read_rules(&path("rules.merilo").display().to_string(), &[]);
    let mut problems = pipeline::judge(read.rules.value.unwrap(), &path("dataset.yaml"), &Silent).diagnostics;
    let list = std::fs::read_to_string(corpus().join("check/reject/list-file-broken.ru.merilo")).unwrap();
    std::fs::write(path("list.merilo"), list.replace("части/сломанный-список", "список")).unwrap();
    std::fs::write(path("список.yaml"), "# записи\n".repeat(100_000)).unwrap();
    let read = pipeline::read_rules(&path("list.merilo").display().to_string(), &[]);
    problems.extend(read.rules.diagnostics);
    let text = both_languages(&problems, &read.sources).replace(&format!("{}/", folder.path().display()), "");
    snapshot("huge-manifest-and-list", &text);
}
