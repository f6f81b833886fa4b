//! `merilo history`: several recorded runs of one region in order.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::explained::{Goal, Made, Report};
use super::request::Format;
use super::{End, Host, record};
use crate::data::correspondence::Correspondence;
use crate::diagnostic::{Argument, Diagnostic, history as kinds, program};
use crate::explain;
use crate::history::{self, CostTrouble, Costs, Cycle, Following, Identity, Monitoring, Values};
use crate::location::Place;
use crate::pipeline::{self, Judged};
use crate::record::decisions;
use crate::record::finding::Finding;
use crate::report::history::{Period, Shown, page};
use crate::report::linked::{Explained, Version};
use crate::report::{json, xlsx};
use crate::source::Sources;
use crate::suggestion;
use crate::verify::{self, Opened, Recomputed};

/// Which runs, what of them, and where to.
pub(super) struct Wanted<'a> {
    pub folders: &'a [PathBuf],
    pub category: Option<&'a str>,
    pub school: Option<&'a str>,
    pub costs: Option<&'a Path>,
    /// One for all cycles, or one for each pair of neighbours; `-`: between these two no code changed.
    pub correspondences: &'a [PathBuf],
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
    let pairs = wanted.folders.len() - 1;
    if !wanted.correspondences.is_empty() && ![1, pairs].contains(&wanted.correspondences.len()) {
        let problem = Diagnostic::new(kinds::CORRESPONDENCES_COUNT, Place::Nowhere);
        host.tell_one(problem.count("count", wanted.correspondences.len()).count("pairs", pairs));
        return End::WrongCommand;
    }
    let told = told_twice(host, wanted.folders);
    let costs = match wanted.costs.map(|file| read_costs(host, file)) {
        None => Some(None),
        Some(costs) => costs.map(Some),
    };
    let opened = open(host, wanted.folders);
    let (false, Some(costs), Some(opened)) = (told, costs, opened) else { return End::Errors };
    let Some(cycles) = cycles(host, &opened) else { return End::Errors };
    let Some(following) = following(host, wanted, &cycles) else { return End::Errors };
    let fine = in_order(host, &cycles, &following.pairs);
    continued(host, &opened);
    let categories = categories(host, wanted, &cycles);
    let asked = match wanted.school {
        None => Some(None),
        Some(code) => asked(host, code, &following.whole).map(Some),
    };
    let costs = match costs {
        None => Some(None),
        Some(costs) => assigned(host, wanted, &costs, &following.whole).map(Some),
    };
    let (true, Some(asked), Some(costs), Some(categories)) = (fine, asked, costs, categories) else {
        return End::Errors;
    };
    let found = history::history(&cycles, &categories, &following.whole);
    let values: Vec<Option<Values<'_>>> = opened.iter().map(values).collect();
    let without = |ends: [usize; 2]| ends.into_iter().find_map(|at| without(&opened, &cycles, at));
    let series = history::series(&values, &following.whole);
    let without_whole = without([0, pairs]);
    let monitoring: Vec<Monitoring> = match without_whole {
        None => found.categories.iter().map(|c| history::monitoring(c, &series, costs.as_ref())).collect(),
        Some(_) => Vec::new(),
    };
    let period = |(at, identity): (usize, &Identity)| -> Period<'_> {
        let missing = without([at, at + 1]);
        let both = |cycles: &[Cycle], values: &[Option<Values<'_>>]| {
            let found = history::history(cycles, &categories, identity);
            let series = history::series(values, identity);
            let monitoring = found.categories.iter().map(|c| history::monitoring(c, &series, None)).collect();
            (series, monitoring)
        };
        let slices = cycles.get(at..at + 2).zip(values.get(at..at + 2)).filter(|_| missing.is_none());
        let (series, monitoring) = slices.map_or_else(Default::default, |(cycles, values)| both(cycles, values));
        Period { series, monitoring, without: missing }
    };
    // of two cycles the first and the last are all there is
    let periods = if pairs > 1 { following.pairs.iter().enumerate().map(period).collect() } else { Vec::new() };
    let last = opened.last();
    let rows: Vec<BTreeMap<Arc<str>, usize>> = opened.iter().zip(&cycles).map(rows).collect();
    let shown = Shown {
        rules: last.map_or("", |last| last.rules.header.title.as_ref()),
        synthetic: opened.iter().find_map(|one| judged(one)?.dataset.synthetic.as_deref()),
        history: &found,
        changes: &following.changes,
        series: &series,
        monitoring: &monitoring,
        without: without_whole,
        periods: &periods,
        schools: asked.as_deref(),
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

/// Rows of the schools of a cycle whose values are there, by the codes that they have in it.
fn rows((opened, cycle): (&Opened, &Cycle)) -> BTreeMap<Arc<str>, usize> {
    let codes = cycle.schools.iter().enumerate().filter(|_| judged(opened).is_some());
    codes.map(|(row, code)| (code.clone(), row)).collect()
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
fn in_order(host: &Host, cycles: &[Cycle], identities: &[Identity]) -> bool {
    let mut fine = true;
    for (pair, identity) in cycles.windows(2).zip(identities) {
        let [first, second] = pair else { continue };
        let both = |kind| Diagnostic::new(kind, Place::Nowhere).text("first", first.name.as_str());
        let both = |kind| both(kind).text("second", second.name.as_str());
        if let (Some(before), Some(after)) = (first.year, second.year)
            && after < before
        {
            host.tell_one(both(kinds::BACKWARDS).text("before", before.to_string()).text("after", after.to_string()));
            fine = false;
        }
        let (common, of) = history::common(pair, 0, 1, identity);
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

/// Which school is which through the cycles.
fn following(host: &Host, wanted: &Wanted<'_>, cycles: &[Cycle]) -> Option<Following> {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let mut read: Vec<Option<Correspondence>> = Vec::new();
    for file in wanted.correspondences {
        let is_none = file.as_os_str() == "-";
        read.push(if is_none { None } else { pipeline::read_correspondence(file, &mut sources, &mut diagnostics) });
    }
    let mut said = None;
    if diagnostics.is_empty() {
        said = match read.as_slice() {
            [Some(one)] if cycles.len() > 2 => {
                let spread = history::by_pairs(cycles, one);
                diagnostics.extend(spread.diagnostics);
                spread.value
            }
            _ => Some(read),
        };
    }
    let found = said.and_then(|said| {
        let found = history::follow(cycles, &said);
        diagnostics.extend(found.diagnostics);
        found.value
    });
    host.tell(&diagnostics, &sources);
    found
}

/// What the schools of a code are called.
fn asked(host: &Host, code: &str, identity: &Identity) -> Option<Vec<Arc<str>>> {
    let known = identity.by_code();
    if let Some(schools) = known.get(code) {
        return Some(schools.iter().map(|school| school.code.clone()).collect());
    }
    let near = suggestion::nearest(code, known.keys().copied());
    let near: Vec<String> = near.iter().map(ToString::to_string).collect();
    let problem = Diagnostic::new(program::SCHOOL_UNKNOWN, Place::Nowhere).text("code", code);
    host.tell_one(problem.count("count", near.len()).with("names", Argument::List(near)));
    None
}

/// The amounts by school; codes that are no one school are told.
fn assigned(host: &Host, wanted: &Wanted<'_>, costs: &Costs, identity: &Identity) -> Option<Costs> {
    let problems = match costs.by_school(identity) {
        Ok(costs) => return Some(costs),
        Err(problems) => problems,
    };
    let file = wanted.costs.map(shown).unwrap_or_default();
    for (kind, codes) in [(kinds::COSTS_UNKNOWN, problems.unknown), (kinds::COSTS_DIVIDED, problems.divided)] {
        if !codes.is_empty() {
            let problem = Diagnostic::new(kind, Place::Nowhere).count("count", codes.len()).text("file", file.as_str());
            host.tell_one(problem.with("codes", Argument::List(codes.iter().map(ToString::to_string).collect())));
        }
    }
    None
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

/// The values of a cycle, where they are there.
fn values(one: &Opened) -> Option<Values<'_>> {
    let Judged { rules, plan, dataset, run, .. } = judged(one)?;
    Some(Values { rules, plan, data: dataset, run })
}

/// Why the values of a cycle are not there, if they are not.
fn without<'a>(opened: &'a [Opened], cycles: &'a [Cycle], at: usize) -> Option<(&'a str, &'a Finding)> {
    let (one, cycle) = opened.get(at).zip(cycles.get(at))?;
    match &one.values {
        Recomputed::Without(finding) => Some((cycle.name.as_str(), finding)),
        Recomputed::Judged(_) => None,
    }
}
