//! Rules evaluated for every value of one of their numbers.

use std::path::Path;

use super::Judged;
use super::scenarios::{self, Variant};
use crate::diagnostic::threshold as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::evaluate;
use crate::location::{Place, SourceSpan};
use crate::model::{CategoryId, RuleSet};
use crate::number::Number;
use crate::progress::Progress;
use crate::source::Sources;
use crate::suggestion;
use crate::threshold::{
    self, Basis, Item, MOST_EVALUATIONS, Named, Prepared, Profile, Question, Refusal, Subject, Unfound,
};

/// What is asked for; values as they are written in the command, in the unit of the number.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// A parameter, a criterion, or `criterion/n`.
    pub name: String,
    pub from: Option<String>,
    pub to: Option<String>,
    /// A distance from the present value.
    pub near: Option<String>,
    /// `None`: all.
    pub category: Option<String>,
}

/// The step functions of a number, with the run of the rules as they are.
#[derive(Debug)]
pub struct Thresholds {
    /// The plan is that in which the number has a step of its own.
    pub judged: Judged,
    pub subject: Subject,
    pub profile: Profile,
    pub near: Option<Number>,
}

/// Reads, checks and evaluates the rules, and finds the step functions of one number.
pub fn thresholds(
    path: &str,
    variant: &Variant,
    asked: &Asked,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Thresholds>) {
    let mut read = scenarios::read_variant(path, variant);
    let mut diagnostics = std::mem::take(&mut read.rules.diagnostics);
    let manifest = super::manifest(&read, data);
    let Some(rules) = read.rules.value.take() else {
        return (read.sources, Outcome { value: None, diagnostics });
    };
    let mut sources = read.sources;
    let value = match (manifest, plain(&rules, asked, &sources)) {
        (Ok(manifest), Ok((prepared, question, near))) => {
            let mut work = Work { rules, prepared, question, near, name: asked.name.clone() };
            work.evaluated(&manifest, &mut sources, &mut diagnostics, progress)
        }
        (Err(missing), _) => {
            diagnostics.push(*missing);
            None
        }
        (_, Err(problem)) => {
            diagnostics.push(*problem);
            None
        }
    };
    (sources, Outcome { value, diagnostics })
}

/// The number, what is asked of it, and the distance.
type Plain = (Prepared, Question, Option<Number>);

fn plain(rules: &RuleSet, asked: &Asked, sources: &Sources) -> Result<Plain, Box<Diagnostic>> {
    let subject = subject(rules, &asked.name, sources)?;
    let value = |option: &'static str, text: &Option<String>| written_value(option, text, &subject);
    let (from, to, near) = (value("--from", &asked.from)?, value("--to", &asked.to)?, value("--near", &asked.near)?);
    let mut items: Vec<Item> = match &asked.category {
        None => (0..rules.categories.len()).map(|at| Item::Category(CategoryId::from_index(at))).collect(),
        Some(name) => vec![Item::Category(category(rules, name)?)],
    };
    if let Named::Literal(criterion, _) = subject.named {
        items.insert(0, Item::Criterion(criterion));
    }
    Ok((threshold::prepare(rules, subject), Question { items, from, to, crossing: Vec::new() }, near))
}

/// The number of a name, one that is not needed before the data.
pub(super) fn subject(rules: &RuleSet, name: &str, sources: &Sources) -> Result<Subject, Box<Diagnostic>> {
    let subject = threshold::find(rules, name).map_err(|unfound| told(rules, name, unfound, sources))?;
    match threshold::folded(rules, subject.expr) {
        Some(at) => Err(Box::new(Diagnostic::at(kinds::FOLDED, at).text("name", name))),
        None => Ok(subject),
    }
}

/// A value of the command in the unit of the number.
pub(super) fn written_value(
    option: &'static str,
    text: &Option<String>,
    subject: &Subject,
) -> Result<Option<Number>, Box<Diagnostic>> {
    let Some(text) = text else { return Ok(None) };
    written(text, subject).map(Some).ok_or_else(|| {
        let problem = Diagnostic::new(kinds::MALFORMED, Place::Nowhere);
        Box::new(problem.text("option", option).text("text", text.as_str()))
    })
}

pub(super) fn category(rules: &RuleSet, name: &str) -> Result<CategoryId, Box<Diagnostic>> {
    let names: Vec<&str> = rules.categories.iter().map(|category| category.name.as_ref()).collect();
    let wanted = crate::name::folded_text(name);
    match names.iter().position(|known| crate::name::folded_text(known) == wanted) {
        Some(at) => Ok(CategoryId::from_index(at)),
        None => Err(Box::new(near(Diagnostic::new(kinds::CATEGORY_UNKNOWN, Place::Nowhere), name, &names))),
    }
}

fn near<T: AsRef<str>>(problem: Diagnostic, name: &str, known: &[T]) -> Diagnostic {
    let near = suggestion::meant(name, known);
    problem.text("name", name).count("count", near.len()).with("names", Argument::List(near))
}

fn told(rules: &RuleSet, name: &str, unfound: Unfound, sources: &Sources) -> Box<Diagnostic> {
    let nowhere = |kind| Diagnostic::new(kind, Place::Nowhere);
    Box::new(match unfound {
        Unfound::Unknown(known) => near(nowhere(kinds::UNKNOWN), name, &known),
        Unfound::NotANumber(id) => {
            let at = rules.parameters.get(id.index()).map_or_else(SourceSpan::default, |parameter| parameter.span);
            Diagnostic::at(kinds::NOT_A_NUMBER, at).text("name", name)
        }
        Unfound::Which(id, literals) => {
            let criterion = rules.criteria.get(id.index());
            let number = criterion.map_or("", |criterion| criterion.number.as_ref());
            let at = criterion.map_or_else(SourceSpan::default, |criterion| criterion.span);
            let shown = literals.iter().enumerate().map(|(at, literal)| {
                let text = sources.get(literal.span.source).map_or("", |source| source.slice(literal.span.span));
                format!("{number}/{} ({})", at + 1, text.split_whitespace().collect::<Vec<_>>().join(" "))
            });
            let problem = Diagnostic::at(kinds::WHICH, at).text("number", number).count("count", literals.len());
            problem.with("names", Argument::List(shown.collect()))
        }
    })
}

/// A value as people write it: in the unit of the number, `25` or `25 %` for a percentage.
fn written(text: &str, subject: &Subject) -> Option<Number> {
    let text = text.trim();
    let percent = text.strip_suffix('%').map(str::trim_end);
    let number = crate::number::parse::number(percent.unwrap_or(text))?;
    let factor = match (percent, subject.unit.shown_factor()) {
        (Some(_), 1) | (_, 100) => 100,
        (_, factor) => factor,
    };
    number.divide(&Number::from_integer(factor))
}

struct Work {
    rules: RuleSet,
    prepared: Prepared,
    question: Question,
    near: Option<Number>,
    name: String,
}

impl Work {
    fn evaluated(
        &mut self,
        manifest: &Path,
        sources: &mut Sources,
        diagnostics: &mut Vec<Diagnostic>,
        progress: &dyn Progress,
    ) -> Option<Thresholds> {
        let Work { rules, prepared, question, name, .. } = self;
        let loaded = super::load(rules, &prepared.plan, manifest, sources, progress);
        diagnostics.extend(loaded.diagnostics);
        let dataset = loaded.value?;
        let evaluated = evaluate::evaluate(rules, &prepared.plan, &dataset, progress);
        diagnostics.extend(evaluated.diagnostics);
        let run = evaluated.value?;
        let basis = Basis { rules, plan: &prepared.plan, data: &dataset, run: &run };
        let profile = match threshold::profile(&basis, prepared, question) {
            Ok(profile) => profile,
            Err(refusal) => {
                diagnostics.push(refused(refusal, name));
                return None;
            }
        };
        let subject = prepared.subject.clone();
        let (rules, plan) = (rules.clone(), std::mem::take(&mut prepared.plan));
        let judged = Judged { rules, plan, dataset, run, public: None };
        Some(Thresholds { judged, subject, profile, near: self.near.clone() })
    }
}

pub(super) fn refused(refusal: Refusal, name: &str) -> Diagnostic {
    let problem = match refusal {
        Refusal::Beyond(at) => Diagnostic::at(kinds::BEYOND, at),
        Refusal::TooMany(count) => {
            Diagnostic::new(kinds::TOO_MANY, Place::Nowhere).count("count", count).count("most", MOST_EVALUATIONS)
        }
        Refusal::Empty => Diagnostic::new(kinds::EMPTY, Place::Nowhere),
    };
    problem.text("name", name)
}
