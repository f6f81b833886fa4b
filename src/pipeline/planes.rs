//! Rules evaluated for every pair of values of two of their numbers.

use std::cell::Cell;
use std::path::Path;

use super::Judged;
use super::scenarios::{self, Variant};
use super::thresholds::{Asked, category, refused, subject, written_value};
use crate::diagnostic::plane as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::evaluate;
use crate::location::Place;
use crate::model::{CategoryId, RuleSet};
use crate::progress::{Progress, Stage};
use crate::source::Sources;
use crate::threshold::plane::{self, MOST_CELLS, Pair, Plane, Refusal, Window};
use crate::threshold::{Item, MOST_EVALUATIONS, Named, Subject};

/// The maps of two numbers, with the run of the rules as they are.
#[derive(Debug)]
pub struct Planes {
    /// The plan is that in which both numbers have a step of their own.
    pub judged: Judged,
    pub subjects: [Subject; 2],
    pub plane: Plane,
}

/// Reads, checks and evaluates the rules, and finds the maps of two numbers. `asked`: each of them with its least and greatest
/// value; the category is that of the first.
pub fn planes(
    path: &str,
    variant: &Variant,
    asked: &[Asked; 2],
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Planes>) {
    let mut read = scenarios::read_variant(path, variant);
    let mut diagnostics = std::mem::take(&mut read.rules.diagnostics);
    let manifest = super::manifest(&read, data);
    let Some(rules) = read.rules.value.take() else {
        return (read.sources, Outcome { value: None, diagnostics });
    };
    let mut sources = read.sources;
    let value = match (manifest, plain(&rules, asked, &sources)) {
        (Ok(manifest), Ok((pair, window))) => {
            let work = Work { rules, pair, window, asked };
            work.evaluated(&manifest, &mut sources, &mut diagnostics, progress)
        }
        (manifest, plain) => {
            diagnostics.extend(manifest.err().map(|missing| *missing));
            diagnostics.extend(plain.err().into_iter().flatten());
            None
        }
    };
    (sources, Outcome { value, diagnostics })
}

fn plain(rules: &RuleSet, asked: &[Asked; 2], sources: &Sources) -> Result<(Pair, Window), Vec<Diagnostic>> {
    let mut problems = Vec::new();
    let options = [["--from", "--to"], ["--and-from", "--and-to"]];
    let mut found = Vec::new();
    for (asked, [from, to]) in asked.iter().zip(options) {
        match subject(rules, &asked.name, sources) {
            Err(problem) => problems.push(*problem),
            Ok(subject) => {
                let ends = [(from, &asked.from), (to, &asked.to)].map(|(option, text)| {
                    written_value(option, text, &subject).unwrap_or_else(|problem| {
                        problems.push(*problem);
                        None
                    })
                });
                found.push((subject, ends));
            }
        }
    }
    let [first, _] = asked;
    let mut items: Vec<Item> = match &first.category {
        None => (0..rules.categories.len()).map(|at| Item::Category(CategoryId::from_index(at))).collect(),
        Some(name) => match category(rules, name) {
            Ok(id) => vec![Item::Category(id)],
            Err(problem) => {
                problems.push(*problem);
                Vec::new()
            }
        },
    };
    let mut found = found.into_iter();
    let (Some((first, [a, b])), Some((second, [c, d]))) = (found.next(), found.next()) else { return Err(problems) };
    for subject in [&second, &first] {
        if let Named::Literal(criterion, _) = subject.named
            && !items.contains(&Item::Criterion(criterion))
        {
            items.insert(0, Item::Criterion(criterion));
        }
    }
    let pair = Pair::new(rules, first, second);
    let Some(pair) = pair.filter(|_| problems.is_empty()) else {
        if problems.is_empty() {
            let name = asked.first().map_or("", |asked| asked.name.as_str());
            problems.push(Diagnostic::new(kinds::SAME_NUMBER, Place::Nowhere).text("name", name));
        }
        return Err(problems);
    };
    Ok((pair, Window { items, ends: [(a, b), (c, d)] }))
}

struct Work<'a> {
    rules: RuleSet,
    pair: Pair,
    window: Window,
    asked: &'a [Asked; 2],
}

impl Work<'_> {
    fn evaluated(
        self,
        manifest: &Path,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
        progress: &dyn Progress,
    ) -> Option<Planes> {
        let Work { rules, pair, window, asked } = self;
        let loaded = super::load(&rules, &pair.plan, manifest, sources, progress);
        diagnostics.extend(loaded.diagnostics);
        let dataset = loaded.value?;
        let evaluated = evaluate::evaluate(&rules, &pair.plan, &dataset, progress);
        diagnostics.extend(evaluated.diagnostics);
        let run = evaluated.value?;
        let shown = Cell::new(None);
        let told = |done: usize, of: usize| {
            if shown.get().is_none() {
                progress.start(Stage::Compare, u64::try_from(of).ok());
            } else {
                progress.advance(1);
            }
            shown.set(Some(done));
        };
        let found = plane::plane(&rules, &dataset, &pair, &run, &window, &told);
        if shown.get().is_some() {
            progress.finish();
        }
        let plane = match found {
            Ok(plane) => plane,
            Err(refusal) => {
                diagnostics.push(told_refusal(refusal, asked));
                return None;
            }
        };
        let Pair { subjects, plan, .. } = pair;
        let judged = Judged { rules, plan, dataset, run, public: None };
        Some(Planes { judged, subjects, plane })
    }
}

fn told_refusal(refusal: Refusal, asked: &[Asked; 2]) -> Diagnostic {
    let [first, second] = asked;
    let both = |problem: Diagnostic| problem.text("name", first.name.as_str()).text("other", second.name.as_str());
    match refusal {
        Refusal::Single(at, refusal) => refused(refusal, if at == 0 { &first.name } else { &second.name }),
        Refusal::Together(at) => both(Diagnostic::at(kinds::TOGETHER, at)),
        Refusal::Entangled(at, other) => {
            both(Diagnostic::at(kinds::ENTANGLED, at)).related(Place::Text(other), "role-entangled")
        }
        Refusal::Ends(at) => both(Diagnostic::at(kinds::ENDS, at)),
        Refusal::TooManyCells(count) => {
            both(Diagnostic::new(kinds::CELLS, Place::Nowhere)).count("count", count).count("most", MOST_CELLS)
        }
        Refusal::TooManyEvaluations(count) => {
            let problem = both(Diagnostic::new(kinds::EVALUATIONS, Place::Nowhere));
            problem.count("count", count).count("most", MOST_EVALUATIONS)
        }
    }
}
