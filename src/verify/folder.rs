//! The folder against its record: the record itself, its files, its seal. Then the inputs and the new computation.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use super::{Request, inputs, recomputed};
use crate::progress::Progress;
use crate::record::finding::{Finding, State};
use crate::record::seal;
use crate::record::{COPIES, RECORD_FILE, Record, RecordProblem, fingerprint};

/// Everything that can be found out about a run folder, in the order in which it was checked.
pub fn folder(request: &Request<'_>, progress: &dyn Progress) -> Vec<Finding> {
    let mut found = Vec::new();
    let bytes = match std::fs::read(request.folder.join(RECORD_FILE)) {
        Ok(bytes) => bytes,
        Err(_) => return vec![Finding::new(State::Differs, "verify-record-missing").text("file", RECORD_FILE)],
    };
    let text = String::from_utf8_lossy(&bytes);
    let record = match Record::parse(&text) {
        (Some(record), None) => {
            found.push(Finding::new(State::Holds, "verify-record-whole").text("sha256", record.fingerprint.as_str()));
            record
        }
        (record, problem) => {
            found.push(broken(problem.as_ref()));
            let Some(record) = record else { return found };
            record
        }
    };
    if record.program != request.program {
        let other = Finding::new(State::Remark, "verify-other-program");
        found.push(other.text("then", record.program.as_str()).text("now", request.program));
    }
    let whole = files(request.folder, &record, &mut found);
    let seal = match std::fs::read_to_string(request.folder.join(seal::FILE)) {
        Ok(text) => Some(text),
        Err(error) => (error.kind() != std::io::ErrorKind::NotFound).then(String::new),
    };
    super::seal::sealed(super::seal::Sealed::Run, seal.as_deref(), &bytes, request.key, &mut found);
    let data = inputs::inputs(request, &record, &mut found);
    recomputed::recomputed(request, &record, &whole, data, &mut found, progress);
    found
}

pub(super) fn broken(problem: Option<&RecordProblem>) -> Finding {
    let named = |id| Finding::new(State::Differs, id).text("file", RECORD_FILE);
    match problem {
        Some(RecordProblem::OtherSchema { found }) => named("verify-record-other-kind").text("schema", found.as_str()),
        Some(RecordProblem::Malformed { line } | RecordProblem::Changed { line }) => {
            named("verify-record-changed").count("line", *line)
        }
        None => named("verify-record-changed").count("line", 0),
    }
}

/// The files that are as they were recorded.
pub(super) fn files(folder: &Path, record: &Record, found: &mut Vec<Finding>) -> BTreeSet<String> {
    let mut whole = BTreeSet::new();
    for file in &record.files {
        let named = |state, id| Finding::new(state, id).text("file", file.file.as_str());
        if !is_below(&file.file) {
            found.push(named(State::Differs, "verify-file-outside"));
            continue;
        }
        match fingerprint::of_file(&folder.join(&file.file)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                found.push(named(State::Differs, "verify-file-missing"));
            }
            Err(_) => found.push(named(State::Differs, "verify-file-unreadable")),
            Ok((bytes, sha256)) if bytes == file.bytes && sha256 == file.sha256 => {
                whole.insert(file.file.clone());
            }
            Ok((bytes, _)) => {
                let [then, now] = [file.bytes, bytes].map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
                let then = if then == now { 0 } else { then };
                found.push(named(State::Differs, "verify-file-changed").count("then", then).count("now", now));
                if file.file == record.result.decisions {
                    found.extend(changed_line(folder, record));
                }
            }
        }
    }
    if whole.len() == record.files.len() {
        found.push(Finding::new(State::Holds, "verify-files-whole").count("count", whole.len()));
    }
    let mut others = Vec::new();
    list(folder, "", &mut others);
    let known = |name: &String| record.file(name).is_some() || name == RECORD_FILE || name == seal::FILE;
    for other in others.into_iter().filter(|name| !known(name)) {
        // a file among the copies of the rules is one that a rules file could name
        let (state, id) = match other.starts_with(&format!("{COPIES}/")) {
            true => (State::Differs, "verify-file-added"),
            false => (State::Remark, "verify-file-unknown"),
        };
        found.push(Finding::new(state, id).text("file", other));
    }
    whole
}

/// Which line of the decisions was changed first, and whose it is.
fn changed_line(folder: &Path, record: &Record) -> Option<Finding> {
    let bytes = std::fs::read(folder.join(&record.result.decisions)).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let (first, last) = fingerprint::first_other_block(&text, record.result.block, &record.result.blocks)?;
    let line = text.split('\n').nth(first - 1).unwrap_or("");
    let school = match (first, last) {
        (1, 1) => "head",
        (first, last) if first < last => "many",
        _ => line.split(';').next().unwrap_or(""),
    };
    let finding = Finding::new(State::Differs, "verify-line-changed").text("file", record.result.decisions.as_str());
    Some(finding.text("first", first.to_string()).text("last", last.to_string()).text("school", school))
}

/// Names of files stay below the folder.
fn is_below(name: &str) -> bool {
    Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

fn list(folder: &Path, above: &str, found: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => list(&entry.path(), &format!("{name}/"), found),
            _ => found.push(name),
        }
    }
}
