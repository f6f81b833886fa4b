//! The record of a run folder: copies of what the run was made from, fingerprints of everything, the record last.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::output::Target;
use super::work::{self, Work};
use super::{End, Host, terminal};
use crate::model::AppliedScenario;
use crate::pipeline::{self, Judged, Variant};
use crate::record::{
    self, COPIES, DataFile, RECORD_FILE, Record, RecordedData, RecordedFile, RecordedParameter, RecordedResult,
    RecordedRules, RecordedScenario, decisions, fingerprint,
};
use crate::report;
use crate::{data, diagnostic::Argument};

/// Name and version of this program.
pub(super) const PROGRAM: &str = concat!("merilo ", env!("CARGO_PKG_VERSION"));

/// What the command named.
pub(super) struct Named<'a> {
    pub folder: &'a Path,
    pub manifest: &'a Path,
    pub variant: &'a Variant,
}

/// Completes a run folder whose reports are written: decisions, copies, and the record of all of it.
pub(super) fn write(host: &Host, named: &Named<'_>, work: &Work, judged: &Judged, mut files: Vec<RecordedFile>) -> End {
    let judgement = work::judgement(judged);
    let alone = Target::in_folder(named.folder.join(decisions::FILE));
    let decided = match alone.write_recorded(host, decisions::FILE, |out| report::decisions::write(&judgement, out)) {
        Ok(file) => file,
        Err(end) => return end,
    };
    let written = std::fs::read_to_string(named.folder.join(decisions::FILE)).unwrap_or_default();
    let (block, blocks) = fingerprint::of_blocks(&written);
    let (decisions, sha256) = (decided.file.clone(), decided.sha256.clone());
    let result = RecordedResult { schools: judged.run.schools, decisions, sha256, block, blocks };
    files.push(decided);
    let names = pipeline::names_below(&work.files);
    for (name, (_, bytes)) in names.iter().zip(&work.files) {
        match copy(host, named.folder, &format!("{COPIES}/rules/{name}"), bytes) {
            Ok(file) => files.push(file),
            Err(end) => return end,
        }
    }
    let main = names.first().map_or(String::new(), |name| format!("{COPIES}/rules/{name}"));
    let copied = format!("{COPIES}/dataset.yaml");
    let manifest = match std::fs::read(named.manifest) {
        Ok(bytes) => copy(host, named.folder, &copied, &bytes),
        Err(error) => Err(host.not_written(&named.manifest.display().to_string(), &error)),
    };
    match manifest {
        Ok(file) => files.push(file),
        Err(end) => return end,
    }
    let mut inputs = Vec::new();
    // whoever knows the rest of a file could find masked cells by trying: a fingerprint of it is not for publication
    let files_named = if judged.public.is_some() { Vec::new() } else { data::files(named.manifest) };
    for file in files_named {
        match fingerprint::of_file(&file.path) {
            Ok((bytes, sha256)) => inputs.push(DataFile { file: file.name, tables: file.tables, bytes, sha256 }),
            Err(error) => return host.not_written(&file.path.display().to_string(), &error),
        }
    }
    let rules = &judged.rules;
    let parameters = pipeline::parameters(rules, &work.sources).into_iter();
    let record = Record {
        schema: String::new(),
        program: PROGRAM.to_owned(),
        language: host.language.code().to_owned(),
        minimum_cohort: judged.public.as_ref().map(|public| public.masks.minimum),
        rules: RecordedRules {
            title: rules.header.title.to_string(),
            version: rules.header.version.as_ref().map(ToString::to_string),
            main,
            set: named.variant.set.clone(),
            scenario: rules.scenario.as_ref().map(|scenario| recorded(host, named, work, &names, scenario)),
            parameters: parameters.map(|(name, written)| RecordedParameter { name, written }).collect(),
        },
        data: RecordedData { manifest: copied, found: seen_from(named.folder, named.manifest), files: inputs },
        result,
        files,
        fingerprint: String::new(),
    };
    let target = Target::in_folder(named.folder.join(RECORD_FILE));
    let written = target
        .write_recorded(host, RECORD_FILE, |out| out.write_all(record.text().map_err(io::Error::from)?.as_bytes()));
    if let Err(end) = written {
        return end;
    }
    if !host.quiet {
        let folder = [
            ("file", Argument::Text(named.folder.join(RECORD_FILE).display().to_string())),
            ("folder", Argument::Text(named.folder.display().to_string())),
        ];
        terminal::warn(&(host.speaker.say("said-recorded", &folder) + "\n"));
    }
    End::Fine
}

fn recorded(
    host: &Host,
    named: &Named<'_>,
    work: &Work,
    names: &[String],
    scenario: &AppliedScenario,
) -> RecordedScenario {
    let beside = named.variant.scenario_file.as_ref().and_then(|file| {
        let at = work.files.iter().position(|(path, _)| path == file)?;
        Some(format!("{COPIES}/rules/{}", names.get(at)?))
    });
    RecordedScenario {
        name: scenario.title.to_string(),
        file: beside,
        changes: scenario.changes.iter().map(|change| change.text(host.language).to_owned()).collect(),
    }
}

/// Makes a report of a run folder anew, for its fingerprint.
pub(super) fn remake(
    host: &Host,
    file: &str,
    judged: &Judged,
    sources: &crate::source::Sources,
) -> Option<(u64, String)> {
    let target = Target::named(file)?;
    let mut passing = record::fingerprint::Passing::new(io::sink());
    super::output::run(host, judged, sources, &target, &mut passing).ok()?;
    Some(passing.finish())
}

fn copy(host: &Host, folder: &Path, name: &str, bytes: &[u8]) -> Result<RecordedFile, End> {
    Target::in_folder(folder.join(name)).write_recorded(host, name, |out| out.write_all(bytes))
}

/// The way from one folder to a file, with `/` between the parts.
fn seen_from(folder: &Path, file: &Path) -> String {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (folder, file) = (whole(folder), whole(file));
    let from: Vec<Component<'_>> = folder.components().collect();
    let to: Vec<Component<'_>> = file.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return file.display().to_string();
    }
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().to_string());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// The folder among what a run writes, when it writes one.
pub(super) fn folder(targets: &[Target]) -> Option<PathBuf> {
    targets.iter().find_map(|target| Some(target.folder()?.to_path_buf()))
}
