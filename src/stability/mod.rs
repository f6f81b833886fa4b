//! How sure a list is: which decisions would be otherwise if values, rules or data were a little different.
//!
//! A *perturbation* is one small difference: a value rounded, a cell filled in, another rule for ties, a row left out. Each is made
//! and the rules are evaluated again; who would leave the list and who would enter it is read off. Perturbations of one kind
//! weigh together as much as those of any other kind. Knows rules, plans and runs; no files and no words.
//!
//! The *figure* of a school is the mean, over the kinds that were tried, of the share of the perturbations of that kind under which
//! its place on the list stays: an exact fraction. A kind that has nothing to change for a school leaves its place as it is.

mod chance;
mod cohorts;
mod figures;
mod ground;
mod left_out;
mod owners;
mod rounding;
mod spread;
mod swaying;
mod ties;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::explain::swayed::Within;
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::plan::Plan;
use crate::progress::{Progress, Stage};
use crate::schema::{ColumnId, TableId};
use crate::value::Unit;

pub use chance::SplitMix64;
pub use figures::{List, School, Shares, Tally};
pub use ground::Ground;
pub use spread::Spread;

/// A kind of perturbation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A value rounded, or off by half a unit of its last digit.
    Rounding,
    /// Cells without a value filled in.
    Missing,
    /// Another rule for ties or for rounding the quota of one selection.
    Ties,
    /// One cohort of few pupils left out.
    Small,
    /// Cells of named columns off by a measurement error, as unfavourably as can be.
    Error,
    /// All cells of those columns off by chance.
    Draws,
    /// One criterion left out.
    Criteria,
    /// The rows of one year left out.
    Years,
    /// One other school left out.
    Schools,
}

impl Kind {
    pub const EACH: [Kind; 9] = [
        Kind::Rounding,
        Kind::Missing,
        Kind::Ties,
        Kind::Small,
        Kind::Error,
        Kind::Draws,
        Kind::Criteria,
        Kind::Years,
        Kind::Schools,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Kind::Rounding => "rounding",
            Kind::Missing => "missing",
            Kind::Ties => "ties",
            Kind::Small => "small",
            Kind::Error => "error",
            Kind::Draws => "draws",
            Kind::Criteria => "criteria",
            Kind::Years => "years",
            Kind::Schools => "schools",
        }
    }

    pub fn from_code(code: &str) -> Option<Kind> {
        Kind::EACH.into_iter().find(|kind| kind.code() == code)
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub categories: Vec<CategoryId>,
    /// In the order of [`Kind::EACH`].
    pub kinds: Vec<Kind>,
    /// Cohorts of fewer pupils than this are small; `None`: what the rules withhold as too few.
    pub small: Option<u32>,
    /// Decimal digits that computed values are rounded to; `None`: as reports show them.
    pub digits: Option<u32>,
    pub errors: Vec<Spread>,
    pub draws: u32,
    pub seed: u64,
}

/// The rules without one criterion, or why there are none.
#[derive(Debug)]
pub struct Without {
    pub criterion: CriterionId,
    pub rules: Result<RuleSet, Box<Diagnostic>>,
}

/// One perturbation that is made once for all schools.
#[derive(Debug, Clone)]
pub struct Common {
    pub kind: Kind,
    pub what: What,
    /// By category asked for: whether the list can depend on it; others do not count it.
    pub concerns: Vec<bool>,
    /// By category asked for: who moves, in the order of the data.
    pub moves: Vec<Vec<Move>>,
}

/// What is different for all schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The selections of these criteria.
    Cut {
        criteria: Vec<CriterionId>,
        ties: TieRule,
        rounding: Option<Rounding>,
    },
    Criterion(CriterionId),
    Year(i64),
    /// By its row.
    School(u32),
}

/// What is done with those who stand exactly on the cut-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TieRule {
    Include,
    Exclude,
    /// As the rules say: other values decide.
    Broken,
}

/// A school that leaves the list or enters it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub row: u32,
    pub entered: bool,
    /// Then it cannot be told.
    pub open: bool,
}

/// Why the place of one school is not sure.
#[derive(Debug, Clone, PartialEq)]
pub enum Cause {
    /// A value of the school, or of a row that belongs to it.
    Rounded(Rounded),
    /// The cells without a value behind the category; `every`: all possible values were tried.
    Filled { cells: usize, untried: usize, every: bool },
    /// A row of few pupils.
    Cohort { table: TableId, row: usize, people: Number },
    /// Cells of these columns (positions in the question); `every`: all values within were tried.
    Error { columns: Vec<usize>, cells: usize, every: bool },
    /// On the list in so many draws.
    Draws { listed: u32 },
    /// Position in [`Stability::common`].
    Common(usize),
}

/// A value near enough to a bound for rounding to matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Rounded {
    pub criteria: Vec<CriterionId>,
    /// Where the value stands: the school itself, or a row that belongs to it.
    pub table: TableId,
    pub row: usize,
    pub unit: Unit,
    pub value: Number,
    /// A value within rounding with which the place is another.
    pub to: Number,
    /// Half a unit of the last digit, for values as recorded; `None`: a computed value as it is shown.
    pub half: Option<Number>,
}

/// What became of a kind that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct KindFound {
    pub kind: Kind,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Tried,
    /// Only so many of all schools were left out, evenly spread over the data.
    Some {
        tried: usize,
        of: usize,
    },
    /// No school depends on another: leaving one out changes nobody's place, nothing had to be evaluated.
    Apart,
    /// There is nothing of the kind.
    Nothing,
    /// What the kind needs is not named: a number of pupils, a column, a number of draws.
    NotStated,
    /// It would take more work than is done.
    TooMuch,
}

impl Standing {
    /// The kind takes part in the figures.
    pub fn counts(&self) -> bool {
        matches!(self, Standing::Tried | Standing::Some { .. } | Standing::Apart)
    }
}

/// The answer.
#[derive(Debug, Clone)]
pub struct Stability {
    pub kinds: Vec<KindFound>,
    /// Cohorts of fewer pupils were small.
    pub small: Option<u32>,
    pub draws: u32,
    pub seed: u64,
    pub common: Vec<Common>,
    /// Criteria that cannot be left out, and why.
    pub kept: Vec<(CriterionId, Arc<Diagnostic>)>,
    /// One per category asked for.
    pub lists: Vec<List>,
}

impl Stability {
    pub fn standing(&self, kind: Kind) -> Option<&Standing> {
        self.kinds.iter().find(|found| found.kind == kind).map(|found| &found.standing)
    }

    /// The kinds that the figures are made of.
    pub fn tried(&self) -> Vec<Kind> {
        self.kinds.iter().filter(|found| found.standing.counts()).map(|found| found.kind).collect()
    }
}

/// What one kind found, school by school.
struct Sheet {
    standing: Standing,
    /// Per category asked for and school.
    tallies: Vec<Vec<Tally>>,
    /// Position of the category, row, cause.
    causes: Vec<(usize, u32, Cause)>,
}

impl Sheet {
    fn empty(ground: &Ground<'_>, standing: Standing) -> Sheet {
        let tallies = vec![vec![Tally::default(); ground.schools()]; ground.categories.len()];
        Sheet { standing, tallies, causes: Vec::new() }
    }

    fn count(&mut self, category: usize, row: usize, stays: bool) {
        if let Some(tally) = self.tallies.get_mut(category).and_then(|tallies| tallies.get_mut(row)) {
            tally.tried = tally.tried.saturating_add(1);
            tally.stays = tally.stays.saturating_add(u32::from(stays));
        }
    }
}

/// Makes every perturbation that is asked for. `without`: the rules without each criterion, where that is asked for.
pub fn stability(
    ground: &Ground<'_>,
    question: &Question,
    without: Vec<Without>,
    progress: &dyn Progress,
) -> Stability {
    let mut common = Vec::new();
    let mut kept = Vec::new();
    let mut sheets = Vec::new();
    let mut without = Some(without);
    let small = question.small.or_else(|| cohorts::stated(ground));
    for kind in &question.kinds {
        let sheet = match kind {
            Kind::Rounding => rounding::sheet(ground, question.digits, progress),
            Kind::Missing => swaying::missing(ground, progress),
            Kind::Ties => ground.common(*kind, ties::variants(ground, progress), &mut common),
            Kind::Small => cohorts::sheet(ground, small, progress),
            Kind::Error => swaying::errors(ground, &within(&question.errors), progress),
            Kind::Draws => spread::sheet(ground, question, progress),
            Kind::Criteria => {
                let found = left_out::criteria(ground, without.take().unwrap_or_default(), &mut kept, progress);
                ground.common(*kind, found, &mut common)
            }
            Kind::Years => ground.common(*kind, left_out::years(ground, progress), &mut common),
            Kind::Schools => {
                let (standing, found) = left_out::schools(ground, progress);
                left_out::sheet(ground, standing, found, &mut common)
            }
        };
        sheets.push((*kind, sheet));
    }
    let kinds = sheets.iter().map(|(kind, sheet)| KindFound { kind: *kind, standing: sheet.standing.clone() });
    let kinds = kinds.collect();
    let lists = figures::lists(ground, sheets);
    Stability { kinds, small, draws: question.draws, seed: question.seed, common, kept, lists }
}

fn within(errors: &[Spread]) -> Vec<Within> {
    errors.iter().map(|error| error.within.clone()).collect()
}

/// What is done over and over, told as one stage.
fn told<T>(progress: &dyn Progress, total: usize, work: impl FnOnce() -> T) -> T {
    progress.start(Stage::Vary, u64::try_from(total).ok());
    let found = work();
    progress.finish();
    found
}

/// The steps of a plan that one step reaches, itself included: `true` at their places.
fn reached(plan: &Plan, from: crate::decision::StepId) -> Vec<bool> {
    let mut reached: Vec<bool> = Vec::with_capacity(plan.steps.len());
    for (at, step) in plan.steps.iter().enumerate() {
        let below = step.kind.inputs().iter().any(|input| reached.get(input.index()) == Some(&true));
        reached.push(at == from.index() || below);
    }
    reached
}

/// The numbers of a column, row by row.
fn column_id(at: usize) -> ColumnId {
    ColumnId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn table_id(at: usize) -> TableId {
    TableId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn row_id(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
