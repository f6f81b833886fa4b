//! `merilo compare`: what scenarios, other rules and other data change, school by school, and which change is responsible.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::explained::{self, Command, Report, Whole};
use super::output::Target;
use super::request::{Changed, Format, Others};
use super::{End, Host, work};
use crate::compare::Mover;
use crate::diagnostic::{Argument, Diagnostic, compare as kinds, program};
use crate::location::Place;
use crate::messages::Speaker;
use crate::pipeline::{self, Against, Other, OtherRules};
use crate::report::beside::Beside;
use crate::report::comparison::{self, Capacities, Compared, Explained};
use crate::report::divisions::Division;
use crate::report::linked::{MOST_PAGES, Pages, Version};
use crate::report::page::Block;
use crate::report::{html, json, markdown, summary, text, xlsx};
use crate::source::Sources;

/// What is compared with, and where to.
pub(super) struct Wanted<'a> {
    /// Where nothing is named: all.
    pub scenarios: &'a [String],
    pub others: &'a Others,
    /// The places of a programme: a number, or a category and a number.
    pub capacities: &'a [String],
    /// Split the changes also where that takes long.
    pub effects: bool,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

pub(super) fn compare(host: &Host, rules: &Path, data: &Path, changed: &Changed, wanted: &Wanted<'_>) -> End {
    let Some(variant) = host.settings(changed) else { return End::WrongCommand };
    let asked: Result<Vec<Asked>, ()> = host.asked(wanted.capacities);
    let Ok(asked) = asked else { return End::WrongCommand };
    let folder = Target::page_folder(wanted.file, wanted.format);
    let target = match folder {
        Some(_) => None,
        None => match Target::new(host, wanted.file, wanted.format, Format::COMPARISONS) {
            Ok(target) => Some(target),
            Err(end) => return end,
        },
    };
    if let Some(end) = folder.and_then(|folder| explained::refused(host, folder, &REPORT)) {
        return end;
    }
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
    let Some(mut compared) = outcome.value else {
        super::terminal::warn(&(host.speaker.word("said-stopped") + "\n"));
        return End::Errors;
    };
    if wanted.effects {
        work::split(&mut compared, host.progress().as_ref());
    }
    let Ok(capacities) = host.capacities(asked, &compared) else { return End::WrongCommand };
    let before = work::divisions(&compared, None, &host.speaker);
    let after: Vec<Option<Vec<Division>>> = compared
        .variations
        .iter()
        .map(|variation| variation.dataset.as_ref().map(|_| work::divisions(&compared, Some(variation), &host.speaker)))
        .collect();
    let command = Command::new(rules, data, changed);
    let after_command = |variation: &pipeline::Variation| match &variation.beside {
        pipeline::Beside::Scenario => command.school(Some(&variation.title)),
        pipeline::Beside::Other { other, .. } => match &other.rules {
            // rules of another revision are in no file
            Some(OtherRules::Revision(_)) => String::new(),
            Some(OtherRules::File(path)) => {
                Command::new(path, other.data.as_deref().unwrap_or(data), changed).school(None)
            }
            None => Command::new(rules, other.data.as_deref().unwrap_or(data), changed).school(None),
        },
    };
    let commands: Vec<String> = compared.variations.iter().map(after_command).collect();
    let plain = command.school(None);
    let variations = compared.variations.iter().zip(&after).zip(&commands);
    let scenarios: Vec<Compared<'_>> = variations
        .map(|((variation, after), command)| Compared {
            title: &variation.title,
            changes: &variation.changes,
            comparison: &variation.comparison,
            too_many: variation.too_many,
            splitting: &variation.splitting,
            sides: compared.sides(variation),
            divisions: (&before, after.as_ref().unwrap_or(&before)),
            capacities: &capacities,
            explain: (&plain, command),
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
    let synthetic = judgement.dataset.synthetic.as_deref();
    let head = || summary::head(&judgement, &host.speaker);
    let Some(target) = target else {
        let Some(folder) = folder else { return End::WrongCommand };
        let (pages, versions) = (pages(&scenarios), versions(&scenarios, &sources, &host.speaker));
        let whole = || whole(host, title, (head(), synthetic), &scenarios, &pages);
        return explained::write(host, (folder, &REPORT), &pages, &versions, whole);
    };
    target.write(host, |out: &mut dyn Write| {
        if target.format == Format::Json {
            let text = json::comparison(&title, synthetic, &scenarios, &host.speaker).map_err(std::io::Error::from)?;
            return out.write_all(text.as_bytes());
        }
        if target.format == Format::Xlsx {
            let book = xlsx::comparison::workbook(&title, &head(), &scenarios, &host.speaker);
            return out.write_all(&book.map_err(std::io::Error::other)?);
        }
        let explained = if target.format == Format::Html { Explained::Folded(&sources) } else { Explained::Lines };
        let page = comparison::page(title.clone(), head(), &scenarios, &explained, &host.speaker);
        let text = match target.format {
            Format::Html => html::render(&page),
            Format::Markdown => markdown::render(&page),
            _ => text::render(&page, target.layout(host)),
        };
        out.write_all(text.as_bytes())
    })
}

const BEFORE: &str = "before";
const AFTER: &str = "after-";

const REPORT: Report = Report {
    book: "comparison.xlsx",
    programs: "comparison.json",
    folders: &[BEFORE, AFTER],
    schemas: &["merilo/compare/1"],
    back: "compare-back",
    said: "said-compared",
};

/// Which schools are explained: all that moved, by the rules as they are and by each scenario.
fn pages(scenarios: &[Compared<'_>]) -> Pages {
    let after = (1..=scenarios.len()).map(|number| format!("{AFTER}{number}"));
    let mut pages = Pages::new(std::iter::once(BEFORE.to_owned()).chain(after));
    for (at, scenario) in scenarios.iter().enumerate() {
        for mover in scenario.comparison.categories.iter().flat_map(|category| &category.movers) {
            for (version, row) in [(0, mover.rows.0), (at + 1, mover.rows.1)] {
                if let Some(row) = row {
                    pages.add(version, row, &mover.school.code);
                }
            }
        }
    }
    pages
}

fn versions<'a>(scenarios: &[Compared<'a>], sources: &'a Sources, speaker: &Speaker) -> Vec<Version<'a>> {
    let before = scenarios.first().map(|scenario| (speaker.word("compare-side-before"), scenario.sides.0));
    let after = scenarios.iter().map(|scenario| (scenario.title.to_owned(), scenario.sides.1));
    before.into_iter().chain(after).map(|(title, side)| Version { title, side, sources }).collect()
}

/// The page of all scenarios with links, and the same numbers as a workbook and for programs.
fn whole(
    host: &Host,
    title: String,
    (mut head, synthetic): (Vec<Block>, Option<&str>),
    scenarios: &[Compared<'_>],
    pages: &Pages,
) -> io::Result<Whole> {
    let speaker = &host.speaker;
    let place = |scenario: &Compared<'_>| {
        scenarios.iter().position(|other| std::ptr::eq(other.comparison, scenario.comparison))
    };
    let link = |version: usize, row: Option<usize>| pages.link(version, row?);
    let links = |scenario: &Compared<'_>, mover: &Mover| {
        (link(0, mover.rows.0), place(scenario).and_then(|at| link(at + 1, mover.rows.1)))
    };
    if pages.is_cut() {
        let most = [("most", Argument::Count(i64::try_from(MOST_PAGES).unwrap_or(i64::MAX)))];
        head.push(Block::Notice(speaker.say("compare-pages-cut", &most)));
    }
    let book = xlsx::comparison::workbook(&title, &head, scenarios, speaker).map_err(io::Error::other)?;
    let programs = json::comparison(&title, synthetic, scenarios, speaker).map_err(io::Error::from)?;
    let page = comparison::page(title, head, scenarios, &Explained::Linked(&links), speaker);
    Ok(Whole { page: html::render(&page), book, programs })
}

/// Places as they were asked for: of the only category, or of a named one.
struct Asked {
    category: Option<String>,
    places: usize,
}

impl Host {
    /// The places that the command names; what cannot be understood is told, all of it.
    fn asked(&self, words: &[String]) -> Result<Vec<Asked>, ()> {
        let mut asked = Vec::new();
        let mut wrong = false;
        for word in words {
            let (category, places) = match word.rsplit_once('=') {
                Some((category, places)) => (Some(category.trim().to_owned()), places),
                None => (None, word.as_str()),
            };
            let named = category.as_ref().is_none_or(|category| !category.is_empty());
            match places.trim().parse().ok().filter(|_| named) {
                Some(places) => asked.push(Asked { category, places }),
                None => {
                    let problem = Diagnostic::new(program::CAPACITY_MALFORMED, Place::Nowhere);
                    self.tell_one(problem.text("text", word.clone()));
                    wrong = true;
                }
            }
        }
        if wrong { Err(()) } else { Ok(asked) }
    }

    /// The same by category; a category that neither the rules nor a scenario has is told.
    fn capacities(&self, asked: Vec<Asked>, compared: &pipeline::Compared) -> Result<Capacities, ()> {
        let mut names: Vec<String> = Vec::new();
        let rules = std::iter::once(&compared.before.rules).chain(compared.variations.iter().map(|v| &v.rules));
        for category in rules.flat_map(|rules| &rules.categories) {
            if !names.iter().any(|name| *name == *category.name) {
                names.push(category.name.to_string());
            }
        }
        let same = |a: &str, b: &str| crate::name::folded_text(a) == crate::name::folded_text(b);
        let mut found: Vec<(String, usize)> = Vec::new();
        let mut problems = Vec::new();
        for Asked { category, places } in asked {
            let known = || Argument::List(names.clone());
            let name = match (&category, names.as_slice()) {
                (Some(category), _) => names.iter().find(|name| same(name, category)),
                (None, [only]) => Some(only),
                (None, _) => None,
            };
            problems.push(match (name, category) {
                (Some(name), _) if found.iter().any(|(other, _)| other == name) => {
                    Diagnostic::new(program::CAPACITY_TWICE, Place::Nowhere).text("name", name.clone())
                }
                (Some(name), _) => {
                    found.push((name.clone(), places));
                    continue;
                }
                (None, Some(category)) => Diagnostic::new(program::CAPACITY_UNKNOWN, Place::Nowhere)
                    .text("name", category)
                    .with("names", known()),
                (None, None) => Diagnostic::new(program::CAPACITY_OF_WHICH, Place::Nowhere)
                    .count("places", places)
                    .with("names", known()),
            });
        }
        let fine = problems.is_empty();
        for problem in problems {
            self.tell_one(problem);
        }
        if fine { Ok(Capacities::new(found)) } else { Err(()) }
    }
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
