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

use merilo::diagnostic::{Diagnostic, Severity};
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::model::expr::{ExprId, ExprKind};
use merilo::pipeline::{self, Variant};
use merilo::progress::Silent;
use merilo::report::diagnostics::render;
use merilo::source::{Source, Sources};

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
            let read = pipeline::check_rules(&path.display().to_string(), &Variant::default());
            let problems = read.rules.diagnostics;
            assert!(!problems.is_empty(), "{} has no mistake", shown(&path));
            snapshot(&shown(&path), &both_languages(&problems, &read.sources));
        }
    }
}

#[test]
fn a_huge_file_is_refused_unread() {
    let mut sources = Sources::default();
    let text = " ".repeat(5 * 1024 * 1024);
    let source = sources.add(Source::new("правила.merilo", text.as_str()));
    snapshot("huge-rules", &both_languages(&merilo::syntax::parse(source, &text).diagnostics, &sources));
}

#[test]
fn a_rules_file_that_is_no_text_in_utf8_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let rules = "набор правил «Проверка»\nкатегория а\n";
    let written = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let read = pipeline::read_rules(&path.display().to_string(), &[]);
        both_languages(&read.rules.diagnostics, &read.sources)
    };
    let utf16: Vec<u8> = rules.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let text = [written("utf-16.merilo", &utf16), written("1251.merilo", &encoding_rs::WINDOWS_1251.encode(rules).0)];
    snapshot("rules-not-in-utf-8", &text.concat().replace(&format!("{}/", folder.path().display()), ""));
}

#[test]
fn a_parameter_set_from_outside_is_checked_like_a_written_one() {
    let rules = corpus().join("check/accept/parameter.ru.merilo");
    let sets = [("порго", "30 %"), ("порог", "менее"), ("порог", "30 человек"), ("порог", "0,3")];
    let mut text = String::new();
    for (name, value) in sets {
        let read = pipeline::read_rules(&rules.display().to_string(), &[(name.to_string(), value.to_string())]);
        text += &both_languages(&read.rules.diagnostics, &read.sources);
    }
    snapshot("set-from-outside", &text);
}

#[test]
fn a_scenario_that_the_command_names_is_looked_for() {
    let rules = corpus().join("check/accept/scenarios.ru.merilo").display().to_string();
    let plain = corpus().join("check/accept/parameter.ru.merilo").display().to_string();
    let broken = corpus().join("check/reject/scenario-switched-off-already.ru.merilo").display().to_string();
    let mut text = String::new();
    for (rules, title) in
        [(&rules, "Строго"), (&rules, "Что-то иное"), (&plain, "Строже"), (&broken, "Без третьего дважды")]
    {
        let read = pipeline::read_variant(rules, &Variant { scenario: Some(title.to_owned()), ..Variant::default() });
        assert!(read.rules.value.is_none());
        text += &both_languages(&read.rules.diagnostics, &read.sources);
    }
    let variant = Variant { scenario: Some("Строже и без равных".to_owned()), ..Variant::default() };
    let read = pipeline::read_variant(&rules, &variant);
    let missing = pipeline::manifest(&read, Path::new("данные/dataset.yaml")).unwrap_err();
    text += &both_languages(&[*missing], &read.sources);
    let beside = Variant { scenario_file: Some(plain.clone().into()), ..Variant::default() };
    let read = pipeline::read_variant(&rules, &beside);
    let first: Vec<Diagnostic> = read.rules.diagnostics.into_iter().take(1).collect();
    text += &both_languages(&first, &read.sources);
    snapshot("scenario-of-the-command", &text);
}

/// Rule sets that the checker never makes are refused, not computed.
#[test]
fn rules_that_were_not_checked_are_refused() {
    let folder = corpus().join("data/orphan-keys");
    let path = folder.join("rules.merilo").display().to_string();
    let mut text = String::new();
    for broken in ["circular", "malformed"] {
        let mut read = pipeline::read_rules(&path, &[]);
        let mut rules = read.rules.value.unwrap();
        let used = rules.exprs.iter().position(|expr| matches!(expr.kind, ExprKind::Indicator(..))).unwrap();
        let to = ExprId::from_index(if broken == "circular" { used } else { usize::MAX });
        if let ExprKind::Indicator(_, value) = &mut rules.exprs[used].kind {
            *value = to;
        }
        let mut problems = pipeline::judge(rules, &folder.join("dataset.yaml"), &mut read.sources, &Silent).diagnostics;
        problems.retain(Diagnostic::is_error);
        text += &both_languages(&problems, &read.sources);
    }
    snapshot("rules-not-checked", &text);
}

#[test]
fn reports_that_hold_too_many_schools_are_told() {
    let problems = [merilo::report::xlsx::too_long(2_000_000), merilo::report::overview::cut(5_021)];
    let problems: Vec<Diagnostic> = problems.into_iter().flatten().collect();
    snapshot("reports-too-long", &both_languages(&problems, &Sources::default()));
    assert_eq!(merilo::report::xlsx::too_long(1_048_575), None);
    assert_eq!(merilo::report::overview::cut(3_000), None);
}

#[test]
fn commands_about_data_tell_what_they_cannot_do() {
    use merilo::diagnostic::{Argument, program, quality, tables};
    let of =
        |kind| Diagnostic::new(kind, merilo::location::Place::File("школы.csv".to_owned())).text("file", "школы.csv");
    let list = |names: &[&str]| Argument::List(names.iter().map(|name| (*name).to_owned()).collect());
    let beyond = |what: &str| of(tables::BEYOND_SHEET).text("what", what).with("most", Argument::Count(1_048_575));
    let problems = [
        beyond("rows"),
        beyond("columns"),
        beyond("cell"),
        of(tables::NAMES_MADE).with("names", list(&["B", "Балл (D)"])),
        of(quality::ALMOST_A_KEY)
            .text("table", "школы")
            .with("columns", list(&["код", "год"]))
            .count("repeated", 1)
            .count("empty", 2)
            .count("more", 0)
            .with("cells", list(&["A7", "A9"])),
        of(program::NOTHING_TO_DRAFT),
        of(program::DRAFT_EXISTS),
        of(program::RULES_NEED_MANIFEST),
    ];
    snapshot("commands-about-data", &both_languages(&problems, &Sources::default()));
}

/// No message is shipped that nobody has looked at.
#[test]
fn every_code_stands_in_a_snapshot_in_both_languages() {
    let snapshots = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut texts = Vec::new();
    let folders = ["diagnostics", "data_commands", "stated"].map(|folder| snapshots.join(folder));
    for folder in folders.into_iter().chain([snapshots]) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().to_string();
            // the long explanations of all codes
            if path.extension().is_some_and(|e| e == "snap") && !name.starts_with("cli__explain_code") {
                texts.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut missing = Vec::new();
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        for kind in merilo::diagnostic::all_kinds() {
            let severity = speaker.word(match kind.severity {
                Severity::Error => "severity-error",
                Severity::Warning => "severity-warning",
                Severity::Note => "severity-note",
            });
            let shown = format!("{severity}[{}]", kind.code);
            if !texts.iter().any(|text| text.contains(&shown)) {
                missing.push(shown);
            }
        }
    }
    assert!(missing.is_empty(), "no snapshot holds {}", missing.join(", "));
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
        let mut read = pipeline::read_rules(&rules.display().to_string(), &[]);
        let mut problems = read.rules.diagnostics;
        if let Some(rules) = read.rules.value {
            problems.extend(pipeline::judge(rules, &data, &mut read.sources, &Silent).diagnostics);
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
    let mut read = pipeline::read_rules(&path("rules.merilo").display().to_string(), &[]);
    let mut problems =
        pipeline::judge(read.rules.value.unwrap(), &path("dataset.yaml"), &mut read.sources, &Silent).diagnostics;
    let list = std::fs::read_to_string(corpus().join("check/reject/list-file-broken.ru.merilo")).unwrap();
    std::fs::write(path("list.merilo"), list.replace("части/сломанный-список", "список")).unwrap();
    std::fs::write(path("список.yaml"), "# записи\n".repeat(100_000)).unwrap();
    let read = pipeline::read_rules(&path("list.merilo").display().to_string(), &[]);
    problems.extend(read.rules.diagnostics);
    let text = both_languages(&problems, &read.sources).replace(&format!("{}/", folder.path().display()), "");
    snapshot("huge-manifest-and-list", &text);
}
