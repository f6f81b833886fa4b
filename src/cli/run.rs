//! `merilo run`: decide all schools; a summary to read, or a report in a file.

use std::io::Write;
use std::path::Path;

use super::output::{self, Target};
use super::request::{Changed, Format};
use super::{End, Host, record, work};
use crate::diagnostic::Argument;
use crate::pipeline::Judged;
use crate::record::RecordedFile;
use crate::report::{list, overview, xlsx};
use crate::source::Sources;

/// How all schools are wanted.
pub(super) struct Wanted<'a> {
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
    pub recheck: bool,
    /// For publication: values of fewer pupils are masked.
    pub public: Option<usize>,
}

pub(super) fn run(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Wanted { file, format, recheck, public } = *wanted;
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    // told before anything is read: a long run must not end with a complaint about the command
    let targets = match Target::of_run(host, file, format) {
        Ok(targets) => targets,
        Err(end) => return end,
    };
    let mut work = work::judge(rules, &variant, data, host.progress().as_ref(), public);
    host.tell(&work.diagnostics, &work.sources);
    let Some(judged) = work.judged.take() else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    // the program ends after this: the system takes back a million rows at once, faster than we could piece by piece
    let judged = std::mem::ManuallyDrop::new(judged);
    if recheck && !rechecked(host, &judged, &work.sources) {
        return End::Errors;
    }
    let mut end = End::Fine;
    let mut recorded = Vec::new();
    for target in &targets {
        match write(host, &judged, &work.sources, target) {
            Ok(file) => recorded.extend(file),
            Err(other) => end = other,
        }
    }
    if end == End::Fine && file.is_some() {
        host.told_use(public);
    }
    if let Some(folder) = record::folder(&targets).filter(|_| end == End::Fine) {
        let named =
            record::Named { folder: &folder, manifest: work.manifest.as_deref().unwrap_or(data), variant: &variant };
        return record::write(host, &named, &work, &judged, recorded);
    }
    if end == End::Fine && file.is_none() && format.is_none_or(|format| format == Format::Text) && !host.quiet {
        let code = ("code", Argument::Text(list::code(&work::judgement(&judged), 0)));
        let next = [host.speaker.word("said-next-list"), host.speaker.say("said-next-school", &[code])];
        return host.print(&format!("\n{}\n", next.join("\n")));
    }
    end
}

/// Whether a second evaluation by other means agrees; tells what came of it.
fn rechecked(host: &Host, judged: &Judged, sources: &Sources) -> bool {
    let (report, problems) = work::recheck(judged, host.progress().as_ref());
    host.tell(&problems, sources);
    let count = |count: usize| Argument::Count(i64::try_from(count).unwrap_or(i64::MAX));
    let said = if report.agrees() {
        let compared = [("verdicts", count(report.verdicts)), ("values", count(report.values))];
        host.speaker.say("said-rechecked", &compared)
    } else {
        host.speaker.say("said-recheck-differs", &[("count", count(report.differences.len() + report.more))])
    };
    if !report.agrees() || !host.quiet {
        super::terminal::warn(&(said + "\n"));
    }
    report.agrees()
}

/// Writes one report; what stands in a run folder is for its record.
fn write(host: &Host, judged: &Judged, sources: &Sources, target: &Target) -> Result<Option<RecordedFile>, End> {
    let schools = judged.run.schools;
    if let Some(problem) = xlsx::too_long(schools).filter(|_| target.format == Format::Xlsx) {
        host.tell_one(problem);
        return Err(End::NotWritten);
    }
    if let Some(problem) = overview::cut(schools).filter(|_| target.format == Format::Html && !host.quiet) {
        host.tell_one(problem);
    }
    let report = |out: &mut dyn Write| output::run(host, judged, sources, target, out);
    let Some((path, name)) = target.folder().and(target.file.as_ref()).and_then(|p| Some((p, p.file_name()?))) else {
        return match target.write(host, report) {
            End::Fine => Ok(None),
            end => Err(end),
        };
    };
    let file = target.write_recorded(host, &name.to_string_lossy(), report)?;
    host.written(path);
    Ok(Some(file))
}
