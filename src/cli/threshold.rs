//! `merilo threshold`: one number of the rules for every value.

use std::io::Write;
use std::path::Path;

use super::output::Target;
use super::request::{Changed, Format, Number, Other};
use super::{End, Host, explain, work};
use crate::pipeline::{Asked, Variant};
use crate::report::list::Judgement;
use crate::report::page::Page;
use crate::report::plane::{self, Planes};
use crate::report::threshold::{self, Thresholds};
use crate::report::{html, json, list, markdown, summary, text};

/// Which number, and where to.
pub(super) struct Wanted<'a> {
    pub number: &'a Number,
    /// A second number: both at once.
    pub other: Option<&'a Other>,
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
    if let Some(Other { name, from, to }) = wanted.other.cloned() {
        let asked = [asked, Asked { name, from, to, ..Asked::default() }];
        return map(host, rules, data, &asked, &variant, &target, (count, school.as_deref()));
    }
    let (sources, outcome) = work::thresholds(rules, &variant, &asked, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(found) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&found.judged);
    let row = match row(host, &judgement, school.as_deref()) {
        Ok(row) => row,
        Err(end) => return end,
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
        out.write_all(rendered(&page, &target, host).as_bytes())
    })
}

/// The row of a school, where one was named.
fn row(host: &Host, judgement: &Judgement<'_>, school: Option<&str>) -> Result<Option<usize>, End> {
    let Some(code) = school else { return Ok(None) };
    list::find(judgement, code).map(Some).ok_or_else(|| {
        host.tell_one(explain::unknown(judgement, code));
        End::Errors
    })
}

fn rendered(page: &Page, target: &Target, host: &Host) -> String {
    match target.format {
        Format::Html => html::render(page),
        Format::Markdown => markdown::render(page),
        _ => text::render(page, target.layout(host)),
    }
}

/// Two numbers at once.
fn map(
    host: &Host,
    rules: &Path,
    data: &Path,
    asked: &[Asked; 2],
    variant: &Variant,
    target: &Target,
    (count, school): (Option<usize>, Option<&str>),
) -> End {
    let (sources, outcome) = work::planes(rules, variant, asked, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(found) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let judgement = work::judgement(&found.judged);
    let school = match row(host, &judgement, school) {
        Ok(row) => row,
        Err(end) => return end,
    };
    let shown = Planes { judgement: &judgement, subjects: &found.subjects, plane: &found.plane, count, school };
    let title = summary::title(&judgement, &host.speaker);
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::planes(&title, &shown, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        let folds = target.format == Format::Html;
        let page = plane::page(title.clone(), summary::head(&judgement, &host.speaker), &shown, folds, &host.speaker);
        out.write_all(rendered(&page, target, host).as_bytes())
    })
}
