//! Pairs of rules and data by chance: read, checked, evaluated, read a second time.

use std::borrow::Cow;
use std::collections::BTreeMap;

use merilo::check::{self, Input};
use merilo::data::dataset::Dataset;
use merilo::decision::Run;
use merilo::diagnostic::Diagnostic;
use merilo::model::RuleSet;
use merilo::plan::{self, Plan};
use merilo::progress::Silent;
use merilo::recheck::{self, Report};
use merilo::source::{Source, Sources};
use merilo::{evaluate, pipeline, syntax};

use super::data::{self, Table};
use super::words;

/// Rules of blocks: `Err` says why they are refused.
pub fn rules(blocks: &[String]) -> Result<RuleSet, Vec<Diagnostic>> {
    let mut sources = Sources::default();
    let text = text(blocks);
    let source = sources.add(Source::new("rules.merilo", text.as_str()));
    let read = syntax::parse(source, &text);
    let refused = read.has_errors();
    let (Some(file), false) = (read.value, refused) else {
        return Err(read.diagnostics);
    };
    let mut input = Input::default();
    input.files.push((source, file));
    for (name, text) in words::SCRIPTS {
        input.scripts.insert((source, name.into()), text.into());
    }
    let checked = check::check(&input);
    if checked.has_errors() {
        return Err(checked.diagnostics);
    }
    checked.value.ok_or(checked.diagnostics)
}

pub fn text(blocks: &[String]) -> String {
    format!("{}{}", words::TABLES, blocks.concat())
}

/// A folder for the files of one dataset after the other.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dataset.yaml"), data::MANIFEST).unwrap();
        Folder(folder)
    }

    pub fn load(&self, rules: &RuleSet, plan: &Plan, tables: &[Table]) -> Dataset {
        for table in tables {
            std::fs::write(self.0.path().join(format!("{}.csv", table.name)), table.text()).unwrap();
        }
        let manifest = self.0.path().join("dataset.yaml");
        let loaded = pipeline::load(rules, plan, &manifest, &mut Sources::default(), &Silent);
        loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
    }
}

/// The run of `plan`, which may be of other rules, held against `rules`.
pub fn compared(rules: &RuleSet, evaluated: &RuleSet, plan: &Plan, dataset: &Dataset) -> Report {
    let (rules, evaluated) = (decidable(rules, dataset), decidable(evaluated, dataset));
    let run = run(&evaluated, plan, dataset);
    recheck::recheck(&rules, dataset, &run, &plan.of_expr, &Silent)
}

/// The same rules without decisions about schools that these data do not have: those are refused.
fn decidable<'a>(rules: &'a RuleSet, dataset: &Dataset) -> Cow<'a, RuleSet> {
    if rules.registered.is_empty() {
        return Cow::Borrowed(rules);
    }
    let mut rules = rules.clone();
    keep_decidable(&mut rules, dataset);
    Cow::Owned(rules)
}

/// Takes away decisions about schools that these data do not have.
pub fn keep_decidable(rules: &mut RuleSet, dataset: &Dataset) {
    let schools = dataset.table(rules.subject).map_or(0, |table| table.rows);
    let codes: Vec<String> = (0..schools).map(|row| dataset.code(&rules.schema, rules.subject, row)).collect();
    rules.registered.retain(|decision| codes.iter().any(|code| *code == *decision.school));
}

fn run(rules: &RuleSet, plan: &Plan, dataset: &Dataset) -> Run {
    let done = evaluate::evaluate(rules, plan, dataset, &Silent);
    done.value.unwrap_or_else(|| panic!("{:?}", done.diagnostics))
}

/// What came of many cases.
#[derive(Debug, Default)]
pub struct Tally {
    pub texts: usize,
    pub refused: usize,
    pub pairs: usize,
    pub verdicts: usize,
    pub values: usize,
    /// Codes of the messages of refused rules.
    pub codes: BTreeMap<&'static str, usize>,
    pub features: BTreeMap<String, usize>,
    /// Pairs that differ, made small.
    pub differing: Vec<String>,
}

/// Datasets that each rules text is tried on.
pub const PER_TEXT: u64 = 8;

/// The seed of a dataset of a rules text.
pub fn data_seed(seed: u64, at: u64) -> u64 {
    seed.wrapping_mul(1000).wrapping_add(at)
}

impl Tally {
    /// With what another one counted.
    pub fn and(mut self, other: Tally) -> Tally {
        self.texts += other.texts;
        self.refused += other.refused;
        self.pairs += other.pairs;
        self.verdicts += other.verdicts;
        self.values += other.values;
        for (code, count) in other.codes {
            *self.codes.entry(code).or_default() += count;
        }
        for (feature, count) in other.features {
            *self.features.entry(feature).or_default() += count;
        }
        self.differing.extend(other.differing);
        self
    }
}

/// One rules text on its datasets, up to the first that differs.
pub fn try_one(seed: u64, folder: &Folder, tally: &mut Tally) {
    let blocks = words::blocks(seed);
    tally.texts += 1;
    let rules = match rules(&blocks) {
        Ok(rules) => rules,
        Err(problems) => {
            tally.refused += 1;
            for problem in problems.iter().filter(|problem| problem.is_error()) {
                *tally.codes.entry(problem.kind.code).or_default() += 1;
            }
            if std::env::var_os("MERILO_SHOW_REFUSED").is_some() {
                let text = text(&blocks);
                for problem in problems.iter().filter(|problem| problem.is_error()) {
                    let merilo::location::Place::Text(at) = &problem.place else { continue };
                    let place = text.get(at.span.start..at.span.end).unwrap_or("");
                    let line = text[..at.span.start].rfind('\n').map_or(0, |at| at + 1);
                    let end = text[at.span.start..].find('\n').map_or(text.len(), |end| at.span.start + end);
                    eprintln!("{seed} {} «{place}» {}", problem.kind.code, &text[line..end]);
                }
            }
            return;
        }
    };
    super::covered::features(&rules, &mut tally.features);
    let plan = plan::plan(&rules);
    for at in 0..PER_TEXT {
        let tables = data::tables(data_seed(seed, at));
        let dataset = folder.load(&rules, &plan, &tables);
        let report = compared(&rules, &rules, &plan, &dataset);
        tally.pairs += 1;
        tally.verdicts += report.verdicts;
        tally.values += report.values;
        if !report.agrees() {
            tally.differing.push(made_small(seed, at, blocks, tables, folder));
            return;
        }
    }
}

fn differs(blocks: &[String], tables: &[Table], folder: &Folder) -> Option<(RuleSet, Report)> {
    let rules = rules(blocks).ok()?;
    let plan = plan::plan(&rules);
    let dataset = folder.load(&rules, &plan, tables);
    let report = compared(&rules, &rules, &plan, &dataset);
    (!report.agrees()).then_some((rules, report))
}

/// Takes away blocks, lines and rows as long as what is left still differs, and tells what is left.
fn made_small(seed: u64, at: u64, mut blocks: Vec<String>, mut tables: Vec<Table>, folder: &Folder) -> String {
    let mut smaller = true;
    while smaller {
        smaller = false;
        for block in (0..blocks.len()).rev() {
            let mut fewer = blocks.clone();
            fewer.remove(block);
            if differs(&fewer, &tables, folder).is_some() {
                blocks = fewer;
                smaller = true;
            }
        }
        for block in 0..blocks.len() {
            for line in (1..blocks[block].lines().count()).rev() {
                let left: Vec<&str> =
                    blocks[block].lines().enumerate().filter(|(n, _)| *n != line).map(|(_, text)| text).collect();
                let mut fewer = blocks.clone();
                fewer[block] = left.join("\n") + "\n";
                if differs(&fewer, &tables, folder).is_some() {
                    blocks = fewer;
                    smaller = true;
                }
            }
        }
        for table in 0..tables.len() {
            for row in (0..tables[table].rows.len()).rev() {
                let mut fewer = tables.clone();
                fewer[table].rows.remove(row);
                if differs(&blocks, &fewer, folder).is_some() {
                    tables = fewer;
                    smaller = true;
                }
            }
        }
    }
    let (rules, report) = differs(&blocks, &tables, folder).unwrap();
    let text = text(&blocks);
    let mut said = format!("rules of seed {seed}, data {at}:\n{}\n", blocks.concat());
    for table in &tables {
        said += &format!("{}\n{}\n", table.name, table.text());
    }
    for difference in report.differences.iter().take(1) {
        let span = difference.what.span(&rules).map(|span| span.span);
        let place = span.and_then(|span| text.get(span.start..span.end)).unwrap_or("");
        said += &format!("{difference:?}\n  «{place}»\n");
        if let recheck::What::Expression(id) = difference.what {
            said += &format!("  {:?}\n", rules.expr(id).map(|expr| &expr.kind));
        }
    }
    said
}
