//! `merilo threshold`: one number of the rules for every value.

use std::io::Write;
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Format, Number};
use super::{End, Host, explain, work};
use crate::pipeline::Asked;
use crate::report::threshold::{self, Thresholds};
use crate::report::{html, json, list, markdown, summary, text};

/// Which number, and where to.
pub(super) struct Wanted<'a> {
    pub number: &'a Number,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

pub(super) fn threshold(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let target = match Target::new(host, wanted.file, wanted.format, Format::THRESHOLDS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    let Number { name, from, to, category, count, school, near } = wanted.number.clone();
    let asked = Asked { name, from, to, near, category };
    let (sources, outcome) = work::thresholds(rules, &variant, &asked, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(found) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&found.judged);
    let row = match &school {
        None => None,
        Some(code) => match list::find(&judgement, code) {
            Some(row) => Some(row),
            None => {
                host.tell_one(explain::unknown(&judgement, code));
                return End::Errors;
            }
        },
    };
    let shown = Thresholds {
        judgement: &judgement,
        subject: &found.subject,
        profile: &found.profile,
        count,
        school: row,
        near: found.near.as_ref(),
    };
    let title = summary::title(&judgement, &host.speaker);
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::thresholds(&title, &shown, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let head = summary::head(&judgement, &host.speaker);
        let page = threshold::page(title.clone(), head, &shown, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    })
}
