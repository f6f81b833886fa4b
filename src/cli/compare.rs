//! `merilo compare`: what scenarios change, school by school, and which change is responsible.

use std::io::Write;
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Format};
use super::{End, Host, work};
use crate::report::comparison::{self, Compared};
use crate::report::{html, json, markdown, summary, text};

/// Which scenarios, and where to.
pub(super) struct Wanted<'a> {
    /// Empty: all.
    pub scenarios: &'a [String],
    /// Split the changes also where that takes long.
    pub effects: bool,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

pub(super) fn compare(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let target = match Target::new(host, wanted.file, wanted.format, Format::COMPARISONS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    let (sources, outcome) = work::compare(rules, &variant, wanted.scenarios, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(mut compared) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    if wanted.effects {
        work::split(&mut compared, host.progress().as_ref());
    }
    let places = work::places(&compared.before);
    let scenarios: Vec<Compared<'_>> = compared
        .variations
        .iter()
        .map(|variation| Compared {
            title: &variation.title,
            changes: &variation.changes,
            comparison: &variation.comparison,
            too_many: variation.too_many,
            splitting: &variation.splitting,
            places: places.as_ref().map(|places| (places.title.as_ref(), places.of_school.as_slice())),
        })
        .collect();
    let judgement = work::judgement(&compared.before);
    let title = summary::title(&judgement, &host.speaker);
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let synthetic = judgement.dataset.synthetic.as_deref();
            let text = json::comparison(&title, synthetic, &scenarios, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let head = summary::head(&judgement, &host.speaker);
        let page = comparison::page(title.clone(), head, &scenarios, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    })
}
