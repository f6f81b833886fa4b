//! `merilo history`: several recorded runs of one region in order.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::explained::{Goal, Made, Report};
use super::request::Format;
use super::{End, Host, record};
use crate::diagnostic::{Argument, Diagnostic, history as kinds, program};
use crate::explain;
use crate::history::{self, CostTrouble, Costs, Cycle, Identity, Monitoring, Series, Values};
use crate::location::Place;
use crate::pipeline::Judged;
use crate::record::decisions;
use crate::report::history::{Shown, page};
use crate::report::linked::{Explained, Version};
use crate::report::{json, xlsx};
use crate::suggestion;
use crate::verify::{self, Opened, Recomputed};

/// Which runs, what of them, and where to.
pub(super) struct Wanted<'a> {
    pub folders: &'a [PathBuf],
    pub category: Option<&'a str>,
    pub school: Option<&'a str>,
    pub costs: Option<&'a Path>,
    pub file: Option<&'a Path>,
    pub format: Option<Format>,
}

pub(super) fn history(host: &Host, wanted: &Wanted<'_>) -> End {
    let goal = match Goal::new(host, wanted.file, wanted.format, Format::COMPARISONS, &REPORT) {
        Ok(goal) => goal,
        Err(end) => return end,
    };
    if wanted.folders.len() < 2 {
        host.tell_one(Diagnostic::new(kinds::TOO_FEW, Place::Nowhere).count("count", wanted.folders.len()));
        return End::WrongCommand;
    }
    let told = told_twice(host, wanted.folders);
    let costs = match wanted.costs.map(|file| read_costs(host, file)) {
        None => Some(None),
        Some(costs) => costs.map(Some),
    };
    let opened = open(host, wanted.folders);
    let (false, Some(costs), Some(opened)) = (told, costs, opened) else { return End::Errors };
    let identity = Identity::default();
    let Some(cycles) = cycles(host, &opened) else { return End::Errors };
    let fine = in_order(host, &cycles, &identity);
    continued(host, &opened);
    let categories = categories(host, wanted, &cycles);
    let known = schools(&cycles, &identity);
    let asked = wanted.school.is_none_or(|code| is_known(host, code, &known));
    let paid = costs.as_ref().is_none_or(|costs| all_known(host, wanted, costs, &known));
    let (true, true, true, Some(categories)) = (fine, asked, paid, categories) else { return End::Errors };
    let found = history::history(&cycles, &categories, &identity);
    let (series, without) = series(&opened, &cycles, &identity);
    let monitoring: Vec<Monitoring> = match &without {
        None => found.categories.iter().map(|c| history::monitoring(c, &series, costs.as_ref())).collect(),
        Some(_) => Vec::new(),
    };
    let last = opened.last();
    let rows: Vec<BTreeMap<Arc<str>, usize>> =
        opened.iter().zip(&cycles).enumerate().map(|(at, (one, cycle))| rows(one, cycle, at, &identity)).collect();
    let shown = Shown {
        rules: last.map_or("", |last| last.rules.header.title.as_ref()),
        synthetic: opened.iter().find_map(|one| judged(one)?.dataset.synthetic.as_deref()),
        history: &found,
        series: &series,
        monitoring: &monitoring,
        without,
        school: wanted.school,
        rows: &rows,
        explained: Explained::Nowhere,
    };
    let named = (1..=cycles.len()).map(|number| format!("{CYCLE}{number}"));
    let (pages, versions) = (&shown.pages(named), versions(&opened, &cycles));
    let made = Made {
        pages,
        versions: &versions,
        commands: &[],
        page: &|explained: Explained<'_>| page(&Shown { explained, ..shown }, &host.speaker),
        programs: &|| json::history(&shown, &host.speaker).map_err(io::Error::from),
        book: &|| xlsx::history::workbook(&shown, &host.speaker).map_err(io::Error::other),
        delimited: None,
    };
    goal.write(host, &REPORT, &made)
}

const CYCLE: &str = "cycle-";

const REPORT: Report = Report {
    book: "history.xlsx",
    programs: "history.json",
    folders: &[CYCLE],
    schemas: &["merilo/history/1"],
    back: "linked-back",
    said: "said-folder",
};

/// Rows of the schools of a cycle whose values are there.
fn rows(opened: &Opened, cycle: &Cycle, at: usize, identity: &Identity) -> BTreeMap<Arc<str>, usize> {
    let codes = cycle.schools.iter().enumerate().filter(|_| judged(opened).is_some());
    codes.map(|(row, code)| (identity.of(at, code), row)).collect()
}

/// The cycles, by which schools are explained. A cycle whose values are not there explains nobody: any other stands in its place.
fn versions<'a>(opened: &'a [Opened], cycles: &'a [Cycle]) -> Vec<Version<'a>> {
    let any = opened.iter().find_map(judged);
    let version = |(one, cycle): (&'a Opened, &'a Cycle)| {
        let side = judged(one).or(any)?.side();
        Some(Version { title: cycle.name.clone(), side, sources: &one.sources })
    };
    opened.iter().zip(cycles).filter_map(version).collect()
}

fn judged(opened: &Opened) -> Option<&Judged> {
    match &opened.values {
        Recomputed::Judged(judged) => Some(judged),
        Recomputed::Without(_) => None,
    }
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

fn told_twice(host: &Host, folders: &[PathBuf]) -> bool {
    let mut seen = BTreeSet::new();
    let mut told = false;
    for folder in folders {
        if !seen.insert(folder.canonicalize().unwrap_or_else(|_| folder.clone())) {
            host.tell_one(Diagnostic::new(kinds::TWICE, Place::Nowhere).text("folder", shown(folder)));
            told = true;
        }
    }
    told
}

/// All folders, or what is wrong with each.
fn open(host: &Host, folders: &[PathBuf]) -> Option<Vec<Opened>> {
    let mut opened = Vec::new();
    for folder in folders {
        if !folder.is_dir() {
            let problem = Diagnostic::new(program::NO_RUN_FOLDER, Place::File(shown(folder)));
            host.tell_one(problem.text("folder", shown(folder)));
            continue;
        }
        match verify::cycle(folder, record::PROGRAM, host.progress().as_ref()) {
            Ok(one) => opened.push(one),
            Err(findings) => {
                let said: Vec<String> =
                    findings.iter().map(|finding| host.speaker.say(finding.id, &finding.arguments)).collect();
                let problem = Diagnostic::new(kinds::ALTERED, Place::Nowhere).text("folder", shown(folder));
                host.tell_one(problem.text("findings", said.join(" ")));
            }
        }
    }
    (opened.len() == folders.len()).then_some(opened)
}

/// What the cycles are called: the reporting years where each has another one, else the versions, else the folders.
fn names(opened: &[Opened]) -> Vec<String> {
    let all_different = |names: &[Option<String>]| {
        let known: BTreeSet<&String> = names.iter().flatten().collect();
        known.len() == names.len()
    };
    let years: Vec<Option<String>> =
        opened.iter().map(|one| one.rules.header.reporting_year.map(|year| year.to_string())).collect();
    let versions: Vec<Option<String>> =
        opened.iter().map(|one| one.rules.header.version.as_ref().map(ToString::to_string)).collect();
    let named = [years, versions].into_iter().find(|names| all_different(names));
    match named {
        Some(names) => names.into_iter().flatten().collect(),
        None => opened.iter().map(|one| shown(&one.folder)).collect(),
    }
}

fn cycles(host: &Host, opened: &[Opened]) -> Option<Vec<Cycle>> {
    let mut cycles = Vec::new();
    for (one, name) in opened.iter().zip(names(opened)) {
        let Some(mut cycle) = history::cycle(name, &one.rules, &one.decisions) else {
            let found = [("file", Argument::Text(one.record.result.decisions.clone()))];
            let said = host.speaker.say("history-decisions-unlike", &found);
            let problem = Diagnostic::new(kinds::ALTERED, Place::Nowhere).text("folder", shown(&one.folder));
            host.tell_one(problem.text("findings", said));
            continue;
        };
        if let Some(judged) = judged(one) {
            let Judged { rules, plan, dataset, run, .. } = judged;
            let named = (0..run.schools).map(|row| explain::named(rules, plan, dataset, run, row));
            cycle.titles = named.filter_map(|school| Some((school.code, school.title?))).collect::<BTreeMap<_, _>>();
        }
        cycles.push(cycle);
    }
    (cycles.len() == opened.len()).then_some(cycles)
}

/// Whether the cycles follow each other and are of one region.
fn in_order(host: &Host, cycles: &[Cycle], identity: &Identity) -> bool {
    let mut fine = true;
    for (at, pair) in cycles.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let both = |kind| Diagnostic::new(kind, Place::Nowhere).text("first", first.name.as_str());
        let both = |kind| both(kind).text("second", second.name.as_str());
        if let (Some(before), Some(after)) = (first.year, second.year)
            && after < before
        {
            host.tell_one(both(kinds::BACKWARDS).text("before", before.to_string()).text("after", after.to_string()));
            fine = false;
        }
        let (common, of) = history::common(cycles, at, at + 1, identity);
        if common == 0 {
            host.tell_one(both(kinds::OTHER_REGION));
            fine = false;
        } else if common * 2 < of && !host.quiet {
            host.tell_one(both(kinds::FEW_IN_COMMON).count("count", common).count("of", of));
        }
    }
    fine
}

/// Says where a cycle read other decisions than those of the cycle before.
fn continued(host: &Host, opened: &[Opened]) {
    for pair in opened.windows(2) {
        let [first, second] = pair else { continue };
        let name = |file: &str| Path::new(file).file_name().is_some_and(|name| name == decisions::FILE);
        let read: Vec<_> = second.record.data.files.iter().filter(|file| name(&file.file)).collect();
        if read.is_empty() || read.iter().any(|file| file.sha256 == first.record.result.sha256) || host.quiet {
            continue;
        }
        for file in read {
            let problem = Diagnostic::new(kinds::OTHER_DECISIONS, Place::Nowhere);
            let problem = problem.text("folder", shown(&second.folder)).text("before", shown(&first.folder));
            host.tell_one(problem.text("file", file.file.as_str()));
        }
    }
}

/// The categories to follow.
fn categories(host: &Host, wanted: &Wanted<'_>, cycles: &[Cycle]) -> Option<Vec<Arc<str>>> {
    let has = |cycle: &Cycle, name: &str| cycle.categories.iter().any(|category| category.name.as_ref() == name);
    let mut all: Vec<Arc<str>> = Vec::new();
    for category in cycles.iter().rev().flat_map(|cycle| &cycle.categories) {
        if !all.contains(&category.name) {
            all.push(category.name.clone());
        }
    }
    let (common, others): (Vec<Arc<str>>, Vec<Arc<str>>) =
        all.into_iter().partition(|name| cycles.iter().all(|cycle| has(cycle, name)));
    let listed = |names: &[Arc<str>]| Argument::List(names.iter().map(ToString::to_string).collect());
    if let Some(name) = wanted.category {
        if let Some(found) = common.iter().find(|known| known.as_ref() == name) {
            return Some(vec![found.clone()]);
        }
        let without: Vec<String> =
            cycles.iter().filter(|cycle| !has(cycle, name)).map(|cycle| cycle.name.clone()).collect();
        let problem = Diagnostic::new(kinds::CATEGORY_MISSING, Place::Nowhere).text("name", name);
        let problem = problem.with("folders", Argument::List(without)).with("names", listed(&common));
        host.tell_one(problem.count("count", common.len()));
        return None;
    }
    if common.is_empty() {
        host.tell_one(Diagnostic::new(kinds::NO_CATEGORY, Place::Nowhere));
        return None;
    }
    if !others.is_empty() && !host.quiet {
        let problem = Diagnostic::new(kinds::CATEGORIES_LEFT_OUT, Place::Nowhere).with("names", listed(&others));
        host.tell_one(problem.count("count", others.len()));
    }
    Some(common)
}

fn schools(cycles: &[Cycle], identity: &Identity) -> BTreeSet<Arc<str>> {
    let of = |(at, cycle): (usize, &Cycle)| -> Vec<Arc<str>> {
        cycle.schools.iter().map(|code| identity.of(at, code)).collect()
    };
    cycles.iter().enumerate().flat_map(of).collect()
}

fn is_known(host: &Host, code: &str, known: &BTreeSet<Arc<str>>) -> bool {
    if known.contains(code) {
        return true;
    }
    let near = suggestion::nearest(code, known.iter().map(AsRef::as_ref));
    let near: Vec<String> = near.iter().map(ToString::to_string).collect();
    let problem = Diagnostic::new(program::SCHOOL_UNKNOWN, Place::Nowhere).text("code", code);
    host.tell_one(problem.count("count", near.len()).with("names", Argument::List(near)));
    false
}

fn all_known(host: &Host, wanted: &Wanted<'_>, costs: &Costs, known: &BTreeSet<Arc<str>>) -> bool {
    let unknown = costs.unknown(known);
    if unknown.is_empty() {
        return true;
    }
    let codes: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    let problem = Diagnostic::new(kinds::COSTS_UNKNOWN, Place::Nowhere).count("count", codes.len());
    let file = wanted.costs.map(shown).unwrap_or_default();
    host.tell_one(problem.text("file", file).with("codes", Argument::List(codes)));
    false
}

fn read_costs(host: &Host, file: &Path) -> Option<Costs> {
    let name = shown(file);
    let text = match std::fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            host.tell_one(crate::data::unreadable(Place::File(name.clone()), &name, &error));
            return None;
        }
    };
    match Costs::parse(&text) {
        Ok(costs) => Some(costs),
        Err(problems) => {
            for found in problems {
                let why = match found.trouble {
                    CostTrouble::Header => "header",
                    CostTrouble::Short => "short",
                    CostTrouble::NoCode => "no-code",
                    CostTrouble::Twice => "twice",
                    CostTrouble::NotANumber => "other",
                    CostTrouble::Negative => "negative",
                };
                let problem = Diagnostic::new(kinds::COSTS_BROKEN, Place::Nowhere).text("file", name.as_str());
                let problem = problem.text("line", found.line.to_string()).text("why", why);
                host.tell_one(problem.text("text", found.text));
            }
            None
        }
    }
}

/// The indicators of the first and the last cycle, or why there are none.
fn series<'a>(
    opened: &'a [Opened],
    cycles: &'a [Cycle],
    identity: &Identity,
) -> (Vec<Series>, Option<(&'a str, &'a crate::record::finding::Finding)>) {
    let at = [0, opened.len().saturating_sub(1)];
    let ends = at.map(|at| opened.get(at).zip(cycles.get(at)));
    for (one, cycle) in ends.iter().flatten() {
        if let Recomputed::Without(finding) = &one.values {
            return (Vec::new(), Some((cycle.name.as_str(), finding)));
        }
    }
    let values = |at: usize| {
        let Judged { rules, plan, dataset, run, .. } = judged(opened.get(at)?)?;
        Some(Values { rules, plan, data: dataset, run, at })
    };
    let [first, last] = at.map(values);
    let found = first.zip(last).map(|(first, last)| history::series(&first, &last, identity));
    (found.unwrap_or_default(), None)
}
