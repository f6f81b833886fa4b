//! `merilo stability`: what small differences would do to the lists.

use std::io::Write;
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Doubts, Format};
use super::{End, Host, work};
use crate::pipeline;
use crate::report::stability::{self, Sureness};
use crate::report::{html, json, markdown, summary, text};
use crate::stability::Kind;

/// What is tried, and where to.
pub(super) struct Wanted<'a> {
    pub doubts: &'a Doubts,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

/// Where draws begin when nothing is said.
const SEED: u64 = 1;

pub(super) fn stability(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let target = match Target::new(host, wanted.file, wanted.format, Format::COMPARISONS) {
        Ok(target) => target,
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
    let shown = Sureness { judgement: &judgement, question: &found.question, stability: &found.stability };
    let title = summary::title(&judgement, &host.speaker);
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::stability(&title, &shown, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let head = summary::head(&judgement, &host.speaker);
        let page = stability::page(title.clone(), head, &shown, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    })
}
