//! The data that a run was made from: whether they are there, and the same.

use std::path::{Path, PathBuf};

use super::Request;
use crate::record::finding::{Finding, State};
use crate::record::{Record, fingerprint};

/// Where the data are when all of them are there, changed or not.
pub(super) fn inputs(request: &Request<'_>, record: &Record, found: &mut Vec<Finding>) -> Option<PathBuf> {
    let manifest = match request.data {
        Some(path) => path.to_path_buf(),
        None => request.folder.join(&record.data.found),
    };
    let shown = request.data.map_or(record.data.found.clone(), |path| path.display().to_string());
    let Ok((bytes, sha256)) = fingerprint::of_file(&manifest) else {
        found.push(Finding::new(State::Open, "verify-manifest-missing").text("file", shown));
        return None;
    };
    let copied = record.file(&record.data.manifest);
    if !copied.is_some_and(|copy| copy.bytes == bytes && copy.sha256 == sha256) {
        found.push(Finding::new(State::Differs, "verify-manifest-changed").text("file", shown));
    }
    let folder = manifest.parent().unwrap_or(Path::new("")).to_path_buf();
    let (mut same, mut there) = (0, true);
    for file in &record.data.files {
        let named = |state, id| {
            let tables = file.tables.join(", ");
            Finding::new(state, id).text("file", file.file.as_str()).text("tables", tables)
        };
        match fingerprint::of_file(&folder.join(&file.file)) {
            Err(_) => {
                there = false;
                found.push(named(State::Open, "verify-data-missing"));
            }
            Ok((bytes, sha256)) if bytes == file.bytes && sha256 == file.sha256 => same += 1,
            Ok(_) => found.push(named(State::Differs, "verify-data-changed")),
        }
    }
    if record.minimum_cohort.is_some() {
        found.push(Finding::new(State::Remark, "verify-data-not-recorded"));
    } else if same == record.data.files.len() {
        found.push(Finding::new(State::Holds, "verify-data-same").count("count", same));
    }
    there.then_some(manifest)
}
