//! A dossier from a finished run, and everything of it again from what it holds alone: rules, rows of the school, numbers of
//! others.
//!
//! The page is made one way only, from what the dossier holds; so whoever has the dossier can make it again.

use std::collections::BTreeSet;

use super::entries;
use super::published::{Published, published};
use crate::evaluate::part::{self, Contradiction};
use crate::explain::{self, others};
use crate::language::Language;
use crate::location::SourceSpan;
use crate::messages::Speaker;
use crate::pipeline::{self, Judged, Variant};
use crate::plan;
use crate::record::dossier::{Dossier, DossierRules, Named, RulesText, StepEntry};
use crate::record::extract::Extract;
use crate::record::fingerprint;
use crate::report::explanation::Teller;
use crate::report::{calculator, html};
use crate::source::Sources;
use crate::stack;

/// What a dossier is made from beside the run.
#[derive(Debug, Clone, Copy)]
pub struct Making<'a> {
    pub program: &'a str,
    pub language: Language,
    /// Name and text of every file of the rules, the main one first.
    pub texts: &'a [(String, String)],
    /// Parameters that the command replaced, and the scenario:
    /// The scenario is in `texts`.
    pub variant: &'a Variant,
    pub data: &'a [Named],
}

/// Why nothing can be made of what a dossier holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmade {
    /// The rules have mistakes: so many.
    Rules(usize),
    /// Rows or numbers are not of the shape that the rules ask for.
    Extract,
    /// A language that the program does not speak.
    Language,
}

/// How the rules of a dossier are to be read.
pub fn variant(dossier: &Dossier) -> Variant {
    let DossierRules { set, scenario, .. } = &dossier.rules;
    Variant { set: set.clone(), scenario: scenario.clone(), scenario_file: None }
}

/// A dossier made again from what it holds.
#[derive(Debug)]
pub struct Remade {
    /// Without the proof.
    pub page: String,
    pub steps: Vec<StepEntry>,
    /// What the rows say the school is called.
    pub school: String,
    pub school_name: Option<String>,
    pub title: String,
    pub version: Option<String>,
    /// Cells of the school and of the rows that it names.
    pub cells: usize,
    /// Numbers that other schools determine.
    pub published: Vec<Published>,
    /// Given numbers that cannot be so: the place of the rules that they belong to.
    pub impossible: Vec<(String, Contradiction)>,
    /// What the dossier tells of others does not belong to its steps.
    pub misplaced: usize,
}

/// The dossier of a school of a finished run, without its fingerprints; `None`: the school's rows alone do not make what the
/// run made.
pub fn make(judged: &Judged, school: usize, making: &Making<'_>) -> Option<Dossier> {
    stack::roomy(&|| made(judged, school, making))
}

fn made(judged: &Judged, school: usize, making: &Making<'_>) -> Option<Dossier> {
    let rules = pipeline::read_texts(making.texts, making.variant).rules.value?;
    let plan = plan::plan(&rules);
    if plan.steps.len() != judged.plan.steps.len() {
        return None;
    }
    let rows = part::rows_of(&rules, &plan, &judged.dataset, school);
    let mut extract = Extract {
        synthetic: judged.dataset.synthetic.as_ref().map(ToString::to_string),
        tables: entries::tables(&rules, &judged.dataset, &rows),
        ..Extract::default()
    };
    let here = entries::dataset(&rules, &extract.tables, extract.synthetic.as_deref())?;
    let row = rows.get(usize::try_from(rules.subject.0).ok()?)?.binary_search(&school).ok()?;
    let given = part::given(&rules, &plan, &here, &judged.run, &rows);
    let run = part::evaluate(&rules, &plan, &here, &given);
    let alone = explain::explain(&rules, &plan, &here, &run, row);
    let whole = explain::explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school);
    let same = alone.categories.iter().zip(&whole.categories).all(|(alone, whole)| {
        let criteria = alone.criteria.iter().zip(&whole.criteria);
        alone.verdict == whole.verdict && criteria.into_iter().all(|(alone, whole)| alone.verdict == whole.verdict)
    });
    if !same {
        return None;
    }
    extract.school = row;
    extract.populations.clone_from(&given.members);
    extract.given = entries::given_steps(&given);
    let alone = explain::explain_every(&rules, &plan, &here, &run, row);
    let every = explain::explain_every(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school);
    extract.told = entries::told(&others::others(&every, &alone)?);
    let text = |(file, text): &(String, String)| RulesText {
        file: file.clone(),
        sha256: fingerprint::of_bytes(text.as_bytes()),
        lines: fingerprint::of_lines(text),
        text: text.clone(),
    };
    let mut dossier = Dossier {
        schema: String::new(),
        program: making.program.to_owned(),
        language: making.language.code().to_owned(),
        school: whole.school.code.to_string(),
        school_name: None,
        rules: DossierRules {
            title: String::new(),
            version: None,
            set: making.variant.set.clone(),
            scenario: making.variant.scenario.clone(),
            files: making.texts.iter().map(text).collect(),
        },
        data: making.data.to_vec(),
        extract,
        steps: Vec::new(),
        page: String::new(),
        fingerprint: String::new(),
    };
    let again = remade(&dossier, making.language).ok()?;
    dossier.steps = again.steps;
    (dossier.school, dossier.school_name) = (again.school, again.school_name);
    (dossier.rules.title, dossier.rules.version) = (again.title, again.version);
    Some(dossier)
}

/// Everything of a dossier again, from the rules, the rows and the numbers that it holds. `reader`: the language in which the
/// published numbers are told.
///
/// # Errors
/// See [`Unmade`].
pub fn remake(dossier: &Dossier, reader: Language) -> Result<Remade, Unmade> {
    stack::roomy(&|| remade(dossier, reader))
}

fn remade(dossier: &Dossier, reader: Language) -> Result<Remade, Unmade> {
    let language = Language::from_code(&dossier.language).ok_or(Unmade::Language)?;
    let texts: Vec<(String, String)> =
        dossier.rules.files.iter().map(|file| (file.file.clone(), file.text.clone())).collect();
    let read = pipeline::read_texts(&texts, &variant(dossier));
    let mistakes = read.rules.diagnostics.iter().filter(|problem| problem.is_error()).count();
    let rules = read.rules.value.ok_or(Unmade::Rules(mistakes))?;
    let plan = plan::plan(&rules);
    let extract = &dossier.extract;
    let here = entries::dataset(&rules, &extract.tables, extract.synthetic.as_deref()).ok_or(Unmade::Extract)?;
    let given = entries::given(&extract.given, &extract.populations).ok_or(Unmade::Extract)?;
    let told = entries::others(&extract.told).ok_or(Unmade::Extract)?;
    let schools = here.table(rules.subject).map_or(0, |table| table.rows);
    if extract.school >= schools || given.members.len() != rules.populations.len() {
        return Err(Unmade::Extract);
    }
    let run = part::evaluate(&rules, &plan, &here, &given);
    let contradictions = part::contradictions(&rules, &plan, &here, &run, &given);
    let mut explanation = explain::explain(&rules, &plan, &here, &run, extract.school);
    others::with_others(&mut explanation, &rules, &told, false);
    others::without_asides(&mut explanation);
    let mut every = explain::explain_every(&rules, &plan, &here, &run, extract.school);
    let misplaced = others::with_others(&mut every, &rules, &told, true);
    let speaker = Speaker::new(language);
    let teller = Teller { rules: &rules, sources: &read.sources, speaker: &speaker };
    let place = |id: &crate::decision::StepId| {
        plan.step(*id).map_or(String::new(), |step| rule_place(&read.sources, step.span))
    };
    let impossible: BTreeSet<(String, Contradiction)> =
        contradictions.iter().map(|(id, kind)| (place(id), *kind)).collect();
    Ok(Remade {
        page: html::render(&teller.page(&explanation)),
        steps: super::steps(&calculator::calculator(&every, &teller)),
        school: explanation.school.code.to_string(),
        school_name: explanation.school.title.as_ref().map(ToString::to_string),
        title: rules.header.title.to_string(),
        version: rules.header.version.as_ref().map(ToString::to_string),
        cells: extract.tables.iter().flat_map(|table| &table.rows).map(|row| row.cells.len()).sum(),
        published: published(&rules, &given, &place, Speaker::new(reader).decimal_mark()),
        impossible: impossible.into_iter().collect(),
        misplaced,
    })
}

/// File, line and words of the rules.
fn rule_place(sources: &Sources, at: SourceSpan) -> String {
    /// Signs of the rules that are quoted.
    const MOST: usize = 90;
    let Some(source) = sources.get(at.source) else { return String::new() };
    let (line, _) = source.line_column(at.span.start);
    let quoted = crate::syntax::without_comments(source.slice(at.span));
    let quoted = quoted.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = quoted.chars().take(MOST).collect();
    let more = if short == quoted { "" } else { "…" };
    format!("{}:{line} «{short}{more}»", source.name)
}
