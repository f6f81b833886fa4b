//! `merilo data …`: files of data as they were understood, before any rules.
//!
//! Names files, opens them, tells what is wrong with them; a verb per file.

mod check;
mod export;
mod infer;
mod show;

use std::path::PathBuf;

use super::request::{Asked, DataVerb};
use super::{End, Host};
use crate::data::reading::{self, Named, Reading};
use crate::data::stated::{self, Stated};
use crate::diagnostic::{Diagnostic, tables as kinds};
use crate::location::Place;
use crate::source::Sources;
use crate::tables::Options;
use crate::tables::limits::Limits;

pub(super) fn data(host: &Host, verb: &DataVerb, asked: &Asked) -> End {
    // a manifest says itself how its files are read
    let options = Options { limits: Limits::default(), ..asked.options.clone() };
    let stated = options != Options::default() || asked.table.is_some();
    if let Some(manifest) = asked.files.iter().find(|file| stated && reading::is_manifest(file)) {
        let name = manifest.display().to_string();
        host.tell_one(Diagnostic::new(kinds::STATED_TWICE, Place::File(name.clone())).text("file", name));
        return End::WrongCommand;
    }
    match verb {
        DataVerb::Show => show::show(host, asked),
        DataVerb::Infer { force } => infer::infer(host, asked, *force),
        DataVerb::Check { rules, jump } => check::check(host, asked, rules.as_deref(), jump.as_ref()),
        DataVerb::Export { all } => export::export(host, asked, *all),
    }
}

/// Opens every file that was named, those of manifests with what the manifests say; what cannot be read is told.
/// Gives what was opened, and whether that is everything.
fn opened(host: &Host, asked: &Asked) -> (Vec<Reading>, bool) {
    let mut sources = Sources::default();
    let (mut readings, mut problems, mut whole) = (Vec::new(), Vec::new(), true);
    // in the order in which they are told: what is wrong with a manifest, then the files that it names
    let (mut steps, mut files) = (Vec::new(), Vec::new());
    for file in &asked.files {
        let mut named = vec![Named::new(file, &asked.options, asked.table)];
        let mut told = Vec::new();
        if reading::is_manifest(file) {
            let outcome = reading::of_manifest(file, asked.options.limits, &mut sources);
            whole &= !outcome.has_errors();
            told = outcome.diagnostics;
            named = outcome.value.unwrap_or_default();
        }
        steps.push((told, named.len()));
        files.extend(named);
    }
    let mut opened = reading::open_all(files).into_iter();
    for (told, count) in steps {
        problems.extend(told);
        for reading in opened.by_ref().take(count) {
            match reading {
                Ok(reading) => readings.push(reading),
                Err(problem) => {
                    whole = false;
                    problems.push(*problem);
                }
            }
        }
    }
    if !problems.is_empty() {
        host.tell(&problems, &sources);
    }
    (readings, whole)
}

/// Files that were named and tables that manifests state, as they were understood; what cannot be read is told.
/// With whether that is everything.
fn understood(host: &Host, asked: &Asked) -> (Vec<Reading>, Vec<Stated>, bool) {
    let (manifests, files): (Vec<PathBuf>, Vec<PathBuf>) =
        asked.files.iter().cloned().partition(|file| reading::is_manifest(file));
    let (readings, mut whole) = opened(host, &Asked { files, ..asked.clone() });
    let mut sources = Sources::default();
    let (mut tables, mut problems) = (Vec::new(), Vec::new());
    for manifest in manifests {
        let outcome = stated::tables(&manifest, asked.options.limits, &mut sources);
        whole &= !outcome.has_errors();
        problems.extend(outcome.diagnostics);
        tables.extend(outcome.value.unwrap_or_default());
    }
    if !problems.is_empty() {
        host.tell(&problems, &sources);
    }
    (readings, tables, whole)
}

/// Extensions of files that may hold tables.
const TABLES: [&str; 10] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "json", "jsonl"];

/// The same with the files of a folder, by name, in place of the folder.
fn in_folders(asked: &Asked) -> Asked {
    let mut files = Vec::new();
    for file in &asked.files {
        let Ok(entries) = std::fs::read_dir(file) else {
            files.push(file.clone());
            continue;
        };
        let table = |path: &PathBuf| {
            let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
            let known = path.extension().is_some_and(|e| TABLES.iter().any(|name| e.eq_ignore_ascii_case(name)));
            path.is_file() && known && !hidden
        };
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(table).collect();
        inside.sort();
        files.extend(inside);
    }
    Asked { files, ..asked.clone() }
}
