//! `merilo stability`: what small differences would do to the lists.

use std::io;
use std::path::Path;

use super::explained::{Command, Goal, Made, NOW, Report, versions};
use super::request::{Changed, Doubts, Format};
use super::{End, Host, work};
use crate::pipeline;
use crate::report::linked::Explained;
use crate::report::stability::{self, Sureness};
use crate::report::{json, list, summary, xlsx};
use crate::stability::Kind;

/// What is tried, and where to.
pub(super) struct Wanted<'a> {
    pub doubts: &'a Doubts,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

const REPORT: Report = Report {
    book: "stability.xlsx",
    programs: "stability.json",
    folders: &[NOW],
    schemas: &["merilo/stability/1"],
    back: "linked-back",
    said: "said-folder",
};

/// Where draws begin when nothing is said.
const SEED: u64 = 1;

pub(super) fn stability(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let goal = match Goal::new(host, wanted.file, wanted.format, Format::COMPARISONS, &REPORT) {
        Ok(goal) => goal,
        Err(end) => return end,
    };
    let kinds = |codes: &[String]| codes.iter().filter_map(|code| Kind::from_code(code)).collect();
    let Doubts { category, only, without, small, digits, errors, resample, seed } = wanted.doubts.clone();
    let asked = pipeline::Doubts {
        category,
        only: kinds(&only),
        without: kinds(&without),
        small,
        digits,
        errors,
        draws: resample.unwrap_or(0),
        seed: seed.unwrap_or(SEED),
    };
    let (sources, outcome) = work::stability(rules, &variant, &asked, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(found) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&found.judged);
    let explained = Explained::Nowhere;
    let shown = Sureness { judgement: &judgement, question: &found.question, stability: &found.stability, explained };
    let pages = &stability::pages(&judgement, &found.stability, NOW.to_owned());
    let versions = versions(&found.judged, &[], vec![host.speaker.word("compare-side-before")], &sources);
    let title = summary::title(&judgement, &host.speaker);
    let head = || summary::head(&judgement, &host.speaker);
    let page = |explained: Explained<'_>| {
        let shown = Sureness { explained, ..shown };
        stability::page(title.clone(), head(), &shown, &host.speaker)
    };
    let programs = || json::stability(&title, &shown, &host.speaker).map_err(io::Error::from);
    let book = || xlsx::stability::workbook(&title, &head(), &shown, &host.speaker).map_err(io::Error::other);
    let command = Command::new(rules, data, changed);
    let scenario = changed.scenario.as_deref();
    let commands = pages.first(0).map(|row| command.of_school(scenario, &list::code(&judgement, row)));
    let (versions, commands) = (versions.as_slice(), commands.as_slice());
    let made = Made { pages, versions, commands, page: &page, programs: &programs, book: &book, delimited: None };
    goal.write(host, &REPORT, &made)
}
