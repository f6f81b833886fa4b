//! A second opinion: the checked rules read row by row, value by value, and held against what a run decided.
//!
//! Written from the reference of the rules language, for people to follow, not to be fast. Shares nothing with the evaluation
//! but the rules, the data and single exact numbers; refuses to know the plan, the steps and whole columns of numbers, so that a
//! mistake there cannot repeat itself here.

mod compare;
mod conditions;
mod cut;
mod gathered;
mod index;
mod reading;
mod scale;
mod told;
mod verdicts;

use crate::data::dataset::Dataset;
use crate::decision::{Run, StepId, Verdict};
use crate::location::SourceSpan;
use crate::model::expr::ExprId;
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId, RuleSet};
use crate::progress::{Progress, Stage};
use crate::schema::TableId;
use crate::stack;
use crate::value::{Truth, Value};

/// What came of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Verdicts and memberships compared.
    pub verdicts: usize,
    /// Values compared.
    pub values: usize,
    /// In the order of the rows; only the first thousand are listed.
    pub differences: Vec<Difference>,
    /// Differences beyond those listed.
    pub more: usize,
}

/// One thing that came out in two ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub what: What,
    /// Row of the table of [`What::table`].
    pub row: usize,
    /// In the run.
    pub kept: Found,
    /// In the second reading.
    pub expected: Found,
}

/// What was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
    /// Whether a row belongs to a population.
    Population(PopulationId),
    /// Which exclusion took a row out of it.
    Exclusion(PopulationId),
    /// How many rows belong to it.
    Members(PopulationId),
    Expression(ExprId),
    /// Whether a school is on the list of a category, decisions of people taken in.
    Listed(CategoryId),
    /// How many schools there are.
    Schools,
}

/// One of the two ways.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    Verdict(Verdict),
    Member(Truth),
    Value(Value),
    Count(usize),
    /// The run has nothing there.
    Nothing,
}

/// Reads the rules once more and compares. `steps`: the step of each expression in the run.
pub fn recheck(rules: &RuleSet, dataset: &Dataset, run: &Run, steps: &[StepId], progress: &dyn Progress) -> Report {
    let rows = dataset.tables.iter().map(|table| table.rows as u64).sum();
    progress.start(Stage::Recheck, Some(rows));
    let report = stack::roomy(&|| compare::compare(&reading::Reading::new(rules, dataset), run, steps, progress));
    progress.finish();
    report
}

impl Report {
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }
}

impl What {
    /// Where it stands in the rules.
    pub fn span(self, rules: &RuleSet) -> Option<SourceSpan> {
        match self {
            What::Criterion(id) => rules.criteria.get(id.index()).map(|found| found.span),
            What::Group(id) => rules.groups.get(id.index()).map(|found| found.span),
            What::Category(id) | What::Listed(id) => rules.categories.get(id.index()).map(|found| found.span),
            What::Population(id) | What::Exclusion(id) | What::Members(id) => {
                rules.populations.get(id.index()).map(|found| found.span)
            }
            What::Expression(id) => rules.expr(id).map(|expr| expr.span),
            What::Schools => None,
        }
    }

    /// The table whose rows it is decided for.
    pub fn table(self, rules: &RuleSet) -> Option<TableId> {
        match self {
            What::Criterion(_) | What::Group(_) | What::Category(_) | What::Listed(_) => Some(rules.subject),
            What::Population(id) | What::Exclusion(id) => rules.populations.get(id.index()).map(|found| found.table),
            What::Expression(id) => match rules.expr(id)?.grain {
                crate::model::expr::Grain::Row(table) => Some(table),
                crate::model::expr::Grain::Constant => None,
            },
            What::Members(_) | What::Schools => None,
        }
    }
}
