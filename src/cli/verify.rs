//! `merilo verify`: is a run folder or a dossier as it was written, and does a new computation give the same?

use std::path::Path;

use super::{End, Host, record};
use crate::diagnostic::{Diagnostic, program};
use crate::language::Language;
use crate::location::Place;
use crate::messages::Speaker;
use crate::record::finding::{self, Finding, State};
use crate::record::{RECORD_FILE, Record};
use crate::report::text::Layout;
use crate::report::verification::Verified;
use crate::report::{text, verification};
use crate::verify;

pub(super) fn verify(
    host: &Host,
    folder: &Path,
    data: Option<&Path>,
    key: Option<&Path>,
    json: bool,
    language: Option<Language>,
) -> End {
    if !folder.is_dir() && !folder.is_file() {
        let problem = Diagnostic::new(program::NO_RUN_FOLDER, Place::File(folder.display().to_string()));
        host.tell_one(problem.text("folder", folder.display().to_string()));
        return End::WrongCommand;
    }
    let key = match key.map(std::fs::read_to_string) {
        None => None,
        Some(Ok(text)) => Some(text),
        Some(Err(_)) => {
            host.tell_one(Diagnostic::new(program::KEY_UNREADABLE, Place::Nowhere).text("what", "public"));
            return End::WrongCommand;
        }
    };
    if folder.is_file() {
        return dossier(host, folder, data, key.as_deref(), json);
    }
    // reports are made again in the language in which they were written
    let written = std::fs::read_to_string(folder.join(RECORD_FILE)).ok().and_then(|text| Record::parse(&text).0);
    let written = written.and_then(|record| Language::from_code(&record.language));
    let speaking = Speaker::new(written.unwrap_or(host.language));
    let reports = Host { terminal: host.terminal, language: speaking.language(), speaker: speaking, quiet: true };
    let own = language.or(written).unwrap_or(host.language);
    let speaker = Speaker::new(own);
    let request = verify::Request {
        folder,
        data,
        key: key.as_deref(),
        program: record::PROGRAM,
        remake: &|file, judged, sources| record::remake(&reports, file, judged, sources),
    };
    let findings = verify::folder(&request, host.progress().as_ref());
    told(host, Verified::Run, &findings, &speaker, json)
}

/// A file: the dossier of a school.
fn dossier(host: &Host, file: &Path, data: Option<&Path>, key: Option<&str>, json: bool) -> End {
    let name = file.display().to_string();
    let page = match std::fs::read(file) {
        Ok(page) => page,
        Err(error) => {
            host.tell_one(crate::data::unreadable(Place::File(name.clone()), &name, &error));
            return End::WrongCommand;
        }
    };
    let seal = match std::fs::read_to_string(super::seal::beside(file)) {
        Ok(text) => Some(text),
        Err(error) => (error.kind() != std::io::ErrorKind::NotFound).then(String::new),
    };
    let request = verify::DossierRequest {
        name: &name,
        page: &page,
        data,
        seal: seal.as_deref(),
        key,
        program: record::PROGRAM,
        language: host.language,
    };
    let findings = verify::dossier(&request, host.progress().as_ref());
    told(host, Verified::Dossier, &findings, &host.speaker, json)
}

fn told(host: &Host, verified: Verified, findings: &[Finding], speaker: &Speaker, json: bool) -> End {
    let text = if json {
        verification::json(findings, speaker).unwrap_or_default()
    } else {
        let layout = Layout { colour: host.terminal.colour_out, width: host.terminal.width };
        text::render(&verification::page(verified, findings, speaker), layout)
    };
    match (host.print(&text), finding::worst(findings)) {
        (End::Fine, State::Differs) => End::Errors,
        (End::Fine, State::Open) => End::Incomplete,
        (end, _) => end,
    }
}
