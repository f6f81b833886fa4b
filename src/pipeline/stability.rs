//! How sure the lists of a run are: the rules read once, evaluated as they are and with one thing after another different.

use std::path::Path;

use super::Judged;
use super::scenarios::{self, Trees, Variant};
use crate::data;
use crate::diagnostic::{Argument, Diagnostic, Outcome, stability as kinds, threshold};
use crate::evaluate;
use crate::location::Place;
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::number::Number;
use crate::plan::{self, StepKind};
use crate::progress::Progress;
use crate::publication;
use crate::scenario::{self, Change};
use crate::schema::{ColumnId, Schema, TableId};
use crate::source::Sources;
use crate::stability::{self, Ground, Kind, Question, Spread, Stability, Without};
use crate::suggestion;
use crate::syntax::tree::Numbered;
use crate::value::{Type, Unit};

/// What is asked for, as it is written in the command.
#[derive(Debug, Clone, Default)]
pub struct Doubts {
    /// `None`: all.
    pub category: Option<String>,
    /// Empty: all.
    pub only: Vec<Kind>,
    pub without: Vec<Kind>,
    pub small: Option<u32>,
    pub digits: Option<u32>,
    /// `column=±number`
    pub errors: Vec<String>,
    pub draws: u32,
    pub seed: u64,
}

impl Doubts {
    /// Kinds that need something that was not given are left out unless they are asked for by name.
    fn kinds(&self) -> Vec<Kind> {
        let given = |kind: &Kind| match kind {
            Kind::Error => !self.errors.is_empty(),
            Kind::Draws => self.draws > 0 && !self.errors.is_empty(),
            _ => true,
        };
        let asked = |kind: &Kind| if self.only.is_empty() { given(kind) } else { self.only.contains(kind) };
        Kind::EACH.into_iter().filter(asked).filter(|kind| !self.without.contains(kind)).collect()
    }
}

/// The run and how sure its lists are.
#[derive(Debug)]
pub struct Doubted {
    pub judged: Judged,
    pub question: Question,
    pub stability: Stability,
}

/// Reads, checks and evaluates the rules, and tries everything that is asked for.
pub fn stability(
    path: &str,
    variant: &Variant,
    asked: &Doubts,
    data: &Path,
    progress: &dyn Progress,
) -> (Sources, Outcome<Doubted>) {
    let mut family = scenarios::family(path, variant);
    let mut diagnostics = std::mem::take(&mut family.diagnostics);
    let mut changes: Vec<Change> = Vec::new();
    let mut rules = family.base.take();
    if let Some(title) = &variant.scenario
        && rules.is_some()
    {
        let found = family.scenarios().clone();
        rules = match found.wanted(title) {
            Ok(scenario) => {
                changes = found.changes(scenario);
                let outcome = family.changed(scenario);
                diagnostics.extend(outcome.diagnostics);
                outcome.value
            }
            Err(unknown) => {
                diagnostics.push(*unknown);
                None
            }
        };
    }
    let value = rules.and_then(|rules| {
        let work = Work { asked, changes: &changes, trees: family.trees_mut() };
        match work.doubted(rules, data, &mut diagnostics, progress) {
            Ok(found) => Some(found),
            Err(problems) => {
                diagnostics.extend(problems);
                None
            }
        }
    });
    (family.into_sources(), Outcome { value, diagnostics })
}

/// What is different, as it is written: name and distance.
struct Written<'a> {
    name: &'a str,
    number: Number,
}

struct Work<'a> {
    asked: &'a Doubts,
    /// Those of the scenario.
    changes: &'a [Change],
    trees: &'a mut Trees,
}

impl Work<'_> {
    fn doubted(
        mut self,
        rules: RuleSet,
        data: &Path,
        diagnostics: &mut Vec<Diagnostic>,
        progress: &dyn Progress,
    ) -> Result<Doubted, Vec<Diagnostic>> {
        let plan = plan::plan(&rules);
        let mut problems = Vec::new();
        let categories = categories(&rules, self.asked.category.as_deref()).map_err(|problem| problems.push(*problem));
        let errors = errors(&rules, &plan, &self.asked.errors, &mut problems);
        let asked = self.asked.kinds();
        if asked.is_empty() {
            problems.push(Diagnostic::new(kinds::NOTHING_ASKED, Place::Nowhere));
        }
        let named = self.changes.iter().find_map(|change| Some((change.data()?.text.to_string(), change.place)));
        let manifest = match named {
            Some((name, at)) => super::scenario_manifest(&name, at, data).map_err(|problem| problems.push(*problem)),
            None => Ok(data.to_path_buf()),
        };
        let (Ok(categories), Ok(manifest), true) = (categories, manifest, problems.is_empty()) else {
            return Err(problems);
        };
        let mut shown = super::shown_columns(&rules.schema, rules.subject);
        shown.extend(publication::needed(&rules, &plan));
        let needed = super::with_columns(plan.needed(&rules), shown);
        let loaded = data::load(&manifest, &rules.schema, &needed, self.trees.sources_mut(), progress);
        diagnostics.extend(loaded.diagnostics);
        let dataset = loaded.value.ok_or_else(Vec::new)?;
        let evaluated = evaluate::evaluate(&rules, &plan, &dataset, progress);
        diagnostics.extend(evaluated.diagnostics);
        let run = evaluated.value.ok_or_else(Vec::new)?;
        let ground = Ground { rules: &rules, plan: &plan, data: &dataset, run: &run, categories: &categories };
        let mut spreads = Vec::new();
        for ((table, column), by, name) in errors {
            match Spread::of(&ground, table, column, by) {
                Some(spread) => spreads.push(spread),
                None => problems.push(Diagnostic::new(kinds::COLUMN_NO_NUMBER, Place::Nowhere).text("name", name)),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let question = Question {
            categories: categories.clone(),
            kinds: asked,
            small: self.asked.small,
            digits: self.asked.digits,
            errors: spreads,
            draws: self.asked.draws,
            seed: self.asked.seed,
        };
        let without = if question.kinds.contains(&Kind::Criteria) { self.without(&ground) } else { Vec::new() };
        let stability = stability::stability(&ground, &question, without, progress);
        Ok(Doubted { judged: Judged { rules, plan, dataset, run, public: None }, question, stability })
    }

    /// The rules without each criterion that the lists depend on.
    fn without(&mut self, ground: &Ground<'_>) -> Vec<Without> {
        let mut found = Vec::new();
        for criterion in ground.criteria() {
            let Some(off) = switched_off(ground.rules, criterion) else { continue };
            let all: Vec<&Change> = self.changes.iter().chain([&off]).collect();
            let outcome = self.trees.rules(&all);
            let rules = match outcome.value {
                Some(rules) => Ok(rules),
                None => match outcome.diagnostics.into_iter().find(Diagnostic::is_error) {
                    Some(problem) => Err(Box::new(problem)),
                    None => continue,
                },
            };
            found.push(Without { criterion, rules });
        }
        found
    }
}

/// The change that switches a criterion off; the only one of a group goes with its group.
fn switched_off(rules: &RuleSet, criterion: CriterionId) -> Option<Change> {
    let found = rules.criteria.get(criterion.index())?;
    match found.group.and_then(|group| rules.groups.get(group.index())) {
        Some(group) if group.criteria.len() == 1 => scenario::without(Numbered::Group, &group.number),
        _ => scenario::without(Numbered::Criterion, &found.number),
    }
}

fn categories(rules: &RuleSet, named: Option<&str>) -> Result<Vec<CategoryId>, Box<Diagnostic>> {
    let Some(name) = named else { return Ok((0..rules.categories.len()).map(CategoryId::from_index).collect()) };
    let names: Vec<&str> = rules.categories.iter().map(|category| category.name.as_ref()).collect();
    let wanted = crate::name::folded_text(name);
    match names.iter().position(|known| crate::name::folded_text(known) == wanted) {
        Some(at) => Ok(vec![CategoryId::from_index(at)]),
        None => {
            let near = suggestion::meant(name, &names);
            let problem = Diagnostic::new(threshold::CATEGORY_UNKNOWN, Place::Nowhere).text("name", name);
            Err(Box::new(problem.count("count", near.len()).with("names", Argument::List(near))))
        }
    }
}

type Column = (TableId, ColumnId);

/// The columns that are off and by how much, in stored form.
fn errors(
    rules: &RuleSet,
    plan: &plan::Plan,
    texts: &[String],
    problems: &mut Vec<Diagnostic>,
) -> Vec<(Column, Number, String)> {
    let mut found: Vec<(Column, Number, String)> = Vec::new();
    for text in texts {
        match error(rules, plan, text) {
            Ok((column, _, name)) if found.iter().any(|(known, ..)| *known == column) => {
                problems.push(Diagnostic::new(kinds::COLUMN_TWICE, Place::Nowhere).text("name", name));
            }
            Ok(error) => found.push(error),
            Err(problem) => problems.push(*problem),
        }
    }
    found
}

fn error(rules: &RuleSet, plan: &plan::Plan, text: &str) -> Result<(Column, Number, String), Box<Diagnostic>> {
    let problem = |kind, name: &str| Box::new(Diagnostic::new(kind, Place::Nowhere).text("name", name));
    let Written { name, number } = written(text)
        .ok_or_else(|| Box::new(Diagnostic::new(kinds::ERROR_MALFORMED, Place::Nowhere).text("text", text)))?;
    let (table, column) = column(&rules.schema, name)?;
    let schema = rules.schema.table(table);
    let declared = schema.and_then(|table| table.column(column));
    let unit = match declared.map(|column| &column.kind) {
        Some(Type::Number(unit)) if *unit != Unit::Year && schema.is_some_and(|t| t.year != Some(column)) => unit,
        _ => return Err(problem(kinds::COLUMN_NO_NUMBER, name)),
    };
    if !plan.steps.iter().any(|step| step.kind == StepKind::Column(table, column)) {
        return Err(problem(kinds::COLUMN_UNREAD, name));
    }
    let by = number.divide(&Number::from_integer(unit.shown_factor()));
    Ok(((table, column), by.unwrap_or_else(Number::zero), name.to_owned()))
}

/// `column=±number`, also `+-` or without a sign, with `%` or without.
fn written(text: &str) -> Option<Written<'_>> {
    let (name, number) = text.split_once('=')?;
    let number = number.trim();
    let number = number.strip_prefix('±').or_else(|| number.strip_prefix("+-")).unwrap_or(number).trim();
    let number = crate::number::parse::number(number.strip_suffix('%').map_or(number, str::trim_end))?;
    let name = name.trim();
    let fits = !name.is_empty() && !number.is_negative() && !number.is_zero();
    fits.then_some(Written { name, number })
}

/// `column`, where only one table has it, or `table.column`.
fn column(schema: &Schema, name: &str) -> Result<Column, Box<Diagnostic>> {
    let mut all: Vec<(String, String, Column)> = Vec::new();
    for (at, table) in schema.tables.iter().enumerate() {
        for (column_at, column) in table.columns.iter().enumerate() {
            let id = (TableId(u32::try_from(at).unwrap_or(u32::MAX)), ColumnId(u32::try_from(column_at).unwrap_or(0)));
            all.push((column.name.to_string(), format!("{}.{}", table.name, column.name), id));
        }
    }
    let folded = crate::name::folded_text;
    let wanted = folded(name);
    let found: Vec<&(String, String, Column)> =
        all.iter().filter(|(short, long, _)| folded(short) == wanted || folded(long) == wanted).collect();
    match found.as_slice() {
        [(_, _, column)] => Ok(*column),
        [] => {
            let names: Vec<&str> = all.iter().flat_map(|(short, long, _)| [short.as_str(), long.as_str()]).collect();
            let near = suggestion::meant(name, &names);
            let problem = Diagnostic::new(kinds::COLUMN_UNKNOWN, Place::Nowhere).text("name", name);
            Err(Box::new(problem.count("count", near.len()).with("names", Argument::List(near))))
        }
        several => {
            let names = several.iter().map(|(_, long, _)| long.clone()).collect();
            let problem = Diagnostic::new(kinds::COLUMN_WHICH, Place::Nowhere).text("name", name);
            Err(Box::new(problem.with("names", Argument::List(names))))
        }
    }
}
