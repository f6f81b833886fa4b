//! `merilo compare`: what scenarios, other rules and other data change, school by school, and which change is responsible.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::output::Target;
use super::request::{Changed, Format, Others};
use super::{End, Host, work};
use crate::diagnostic::{Diagnostic, compare as kinds};
use crate::location::Place;
use crate::pipeline::{Against, Other, OtherRules};
use crate::report::beside::Beside;
use crate::report::comparison::{self, Compared};
use crate::report::{html, json, markdown, summary, text};

/// What is compared with, and where to.
pub(super) struct Wanted<'a> {
    /// Where nothing is named: all.
    pub scenarios: &'a [String],
    pub others: &'a Others,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

pub(super) fn compare(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let target = match Target::new(host, wanted.file, wanted.format, Format::COMPARISONS) {
        Ok(target) => target,
        Err(end) => return end,
    };
    let others = match paired(wanted.others) {
        Ok(others) => others,
        Err(problem) => {
            host.tell_one(*problem);
            return End::WrongCommand;
        }
    };
    let correspondence = wanted.others.correspondence.clone();
    let against = Against { scenarios: wanted.scenarios.to_vec(), others, correspondence };
    let (sources, outcome) = work::compare(rules, &variant, &against, data, host.progress().as_ref());
    host.tell(&outcome.diagnostics, &sources);
    let Some(compared) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    let places = work::places(&compared.before);
    let scenarios: Vec<Compared<'_>> = compared
        .variations
        .iter()
        .map(|variation| Compared {
            title: &variation.title,
            changes: &variation.changes,
            comparison: &variation.comparison,
            too_many: variation.too_many,
            places: places.as_ref().map(|places| (places.title.as_ref(), places.of_school.as_slice())),
            beside: Beside {
                what: &variation.beside,
                along: &variation.along,
                matching: &variation.matching,
                square: variation.square.as_ref(),
            },
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

/// Which data belong to which rules: one to all, or each to its own.
fn paired(others: &Others) -> Result<Vec<Other>, Box<Diagnostic>> {
    let files = others.rules.iter().cloned().map(OtherRules::File);
    let rules: Vec<OtherRules> = files.chain(others.revisions.iter().cloned().map(OtherRules::Revision)).collect();
    let data = &others.data;
    let other =
        |rules: Option<&OtherRules>, data: Option<&PathBuf>| Other { rules: rules.cloned(), data: data.cloned() };
    Ok(match (rules.as_slice(), data.as_slice()) {
        (rules, []) => rules.iter().map(|rules| other(Some(rules), None)).collect(),
        ([], data) => data.iter().map(|data| other(None, Some(data))).collect(),
        (rules, [data]) => rules.iter().map(|rules| other(Some(rules), Some(data))).collect(),
        ([rules], data) => data.iter().map(|data| other(Some(rules), Some(data))).collect(),
        (rules, data) if rules.len() == data.len() => {
            rules.iter().zip(data).map(|(rules, data)| other(Some(rules), Some(data))).collect()
        }
        (rules, data) => {
            let problem = Diagnostic::new(kinds::NOT_PAIRED, Place::Nowhere);
            return Err(Box::new(problem.count("rules", rules.len()).count("datasets", data.len())));
        }
    })
}
