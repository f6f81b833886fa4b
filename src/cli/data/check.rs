//! `merilo data check`: what is strange in the cells of files, with a description of the data or without one.

use std::io::{self, Write};
use std::path::Path;

use super::super::output::Target;
use super::super::request::{Asked, Format};
use super::super::{End, Host, terminal, work};
use crate::data::reading;
use crate::diagnostic::{Diagnostic, program};
use crate::infer;
use crate::location::Place;
use crate::number::Number;
use crate::quality::facts::{self, Facts};
use crate::quality::{Options, find};
use crate::report::quality::Checked;
use crate::report::{draft, json, quality, xlsx};
use crate::source::Sources;

/// A change is a jump when it is larger than so many times the usual one.
const JUMP: i64 = 5;

pub(super) fn check(host: &Host, asked: &Asked, rules: Option<&Path>, jump: Option<&Number>) -> End {
    let target = match Target::new(host, asked.output.as_deref(), asked.format, Format::CHECKS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    let options = Options { today: terminal::today(), jump: jump.cloned().unwrap_or(Number::from_integer(JUMP)) };
    let (sources, read, facts, whole) = match rules {
        None => {
            let (facts, whole) = guessed(host, asked);
            (Sources::default(), Vec::new(), facts, whole)
        }
        Some(rules) => {
            let [manifest] = asked.files.as_slice() else { return no_manifest(host) };
            if !reading::is_manifest(manifest) && !manifest.is_dir() && manifest.exists() {
                return no_manifest(host);
            }
            let looked = work::looked(rules, manifest, host.progress().as_ref());
            (looked.sources, looked.diagnostics, looked.facts, true)
        }
    };
    if facts.is_none() && rules.is_none() {
        return End::Errors;
    }
    let findings = facts.as_ref().map_or(Vec::new(), |facts| find(facts, &options));
    let checked =
        Checked { read: &read, facts: facts.as_ref(), findings: &findings, options: &options, sources: &sources };
    let failed = !whole || facts.is_none() || checked.problems().iter().any(Diagnostic::is_error);
    let written = target.write(host, |out: &mut dyn Write| match target.format {
        Format::Json => {
            let text = json::data_check(&checked, &host.speaker).map_err(io::Error::from)?;
            out.write_all(text.as_bytes())
        }
        Format::Xlsx => {
            let book = xlsx::quality::workbook(&checked, &host.speaker).map_err(io::Error::other)?;
            out.write_all(&book)
        }
        _ => {
            let colour = target.layout(host).colour;
            out.write_all(quality::text(&checked, &host.speaker, colour).as_bytes())
        }
    });
    match written {
        End::Fine if failed => End::Errors,
        end => end,
    }
}

/// Files without a description: tables, kinds, keys and links are guessed. With whether every file could be read.
fn guessed(host: &Host, asked: &Asked) -> (Option<Facts>, bool) {
    let (readings, whole) = super::opened(host, &super::in_folders(asked));
    let files: Vec<infer::Given> = readings
        .into_iter()
        .map(|reading| infer::Given { name: reading.named.path.display().to_string(), opened: reading.opened })
        .collect();
    let facts = (!files.is_empty()).then(|| facts::of_draft(&infer::draft(&files, &draft::names(&host.speaker))));
    (facts, whole)
}

fn no_manifest(host: &Host) -> End {
    host.tell_one(Diagnostic::new(program::RULES_NEED_MANIFEST, Place::Nowhere));
    End::WrongCommand
}
