//! The result of an evaluation as plain data: verdicts per school, and the column of every step that led there.
//!
//! Knows neither how steps are computed nor any words.

mod passage;

use std::collections::HashMap;
use std::sync::Arc;

use crate::data::dataset::{Column, TextColumn};
use crate::location::SourceSpan;
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId, RegisteredId, ids};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::value::{Reasons, Truth, Value};

pub use passage::{Passage, passage};

ids! {
    /// Position of a step in the plan and of its column in [`Run::columns`].
    StepId,
}

/// What an evaluation leaves: enough to read off every decision and its explanation.
#[derive(Debug, Clone)]
pub struct Run {
    /// Number of rows of the subject table.
    pub schools: usize,
    /// One per step of the plan.
    pub columns: Vec<StepColumn>,
    /// Counts that are known only between two bounds; their columns hold the lower one.
    pub open: OpenCounts,
    /// What a step found out beside its column (cut-offs, means, counts); one per step.
    pub facts: Vec<Facts>,
    /// One per population.
    pub populations: Vec<Membership>,
    /// Per criterion, in the order of the rule set.
    pub criteria: Vec<Arc<Vec<Verdict>>>,
    pub groups: Vec<Arc<Vec<Verdict>>>,
    pub categories: Vec<Arc<Vec<Verdict>>>,
    /// Decisions of people about schools of the data, by category and row; the verdicts above do not know them.
    pub registrations: Vec<Registration>,
    /// For publication: values of fewer pupils than this are masked. `None`: everything is there.
    pub minimum_cohort: Option<usize>,
}

/// A registered decision and the school it is about; at most one per category and school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Registration {
    pub category: CategoryId,
    pub row: usize,
    pub id: RegisteredId,
    /// Whether the school is put on the list of the category or taken off it.
    pub includes: bool,
}

/// Per step that is such a count.
pub type OpenCounts = HashMap<StepId, Arc<OpenCount>>;

/// By how much a count may be higher than its column says, and why: per row of the column.
#[derive(Debug, Clone)]
pub struct OpenCount {
    pub rows: Vec<u32>,
    pub reasons: Vec<u8>,
    /// The column is one value for all rows, and so is this.
    pub everywhere: bool,
}

impl OpenCount {
    /// By how much the count of a row may be higher, and why; 0 where it is known.
    pub fn at(&self, row: usize) -> (u32, Reasons) {
        let row = if self.everywhere { 0 } else { row };
        let more = self.rows.get(row).copied().unwrap_or(0);
        let reasons = Reasons(self.reasons.get(row).copied().unwrap_or(0));
        if more == 0 { (0, Reasons::NONE) } else { (more, if reasons.is_none() { Reasons::MISSING } else { reasons }) }
    }

    /// The value of a row that is at least `lowest`.
    pub fn bounds(&self, lowest: Value, row: usize) -> Value {
        match (self.at(row), lowest) {
            ((1.., reasons), Value::Number(low)) => {
                let high = low.add(&Number::from_integer(i64::from(self.at(row).0)));
                Value::Between(Box::new((low, high)), reasons)
            }
            (_, value) => value,
        }
    }

    /// Row `i` is what `of` says of it.
    pub fn gathered(rows: usize, of: impl Fn(usize) -> (u32, Reasons)) -> OpenCount {
        let (more, reasons) = (0..rows).map(of).map(|(more, reasons)| (more, reasons.0)).unzip();
        OpenCount { rows: more, reasons, everywhere: false }
    }
}

/// One decision. One byte, so that a million schools by twenty criteria stay small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    NotMet,
    Met,
    /// With the reasons of the absent values that left it open.
    Undetermined(Reasons),
    /// The condition cannot exist for this school.
    NotApplicable,
    /// The school is outside the population that the category judges.
    NotJudged,
}

/// The value of one step for every row of its grain.
#[derive(Debug, Clone)]
pub enum StepColumn {
    /// One value for all rows.
    Constant(Value),
    Rows(RowColumn),
    /// Not kept; recomputed for single rows on demand.
    Dropped,
}

#[derive(Debug, Clone)]
pub enum RowColumn {
    Numbers {
        values: NumberColumn,
        absent: Option<Arc<Vec<u8>>>,
    },
    Texts {
        values: TextColumn,
        absent: Option<Arc<Vec<u8>>>,
    },
    /// [`Truth`] per row.
    Truths(Arc<Vec<u8>>),
    /// A column of the data (dates, links) used as it is.
    Data(Column),
}

/// Who belongs to a population, and who was excluded by which exclusion.
#[derive(Debug, Clone)]
pub struct Membership {
    /// [`Truth`] per row of the population's table. Unknown: membership cannot be told.
    pub members: Arc<Vec<u8>>,
    /// Per row: 0 not excluded, n: by the n-th exclusion (from 1). Empty when there are no exclusions.
    pub excluded_by: Arc<Vec<u8>>,
    pub count: usize,
}

/// What a step found out about its whole population.
#[derive(Debug, Clone, Default)]
pub enum Facts {
    #[default]
    Nothing,
    Cut(CutFacts),
    Scale(ScaleFacts),
    /// Rows that went into an aggregate over all rows or strata.
    Rows(Vec<StratumRows>),
}

/// Strata of a step: the stratum of each row, or one stratum for all.
#[derive(Debug, Clone)]
pub struct Strata {
    /// Stratum per row (`u32::MAX`: in none); `None`: all rows in stratum 0.
    pub of_row: Option<Arc<Vec<u32>>>,
    /// Key values of each stratum.
    pub keys: Vec<Vec<Value>>,
}

#[derive(Debug, Clone)]
pub struct CutFacts {
    pub strata: Strata,
    pub cuts: Vec<StratumCut>,
}

/// One selection: everything that is needed to tell why a row is in or out.
#[derive(Debug, Clone)]
pub struct StratumCut {
    /// Rows ranked (members with a value).
    pub ranked: usize,
    /// Members without a value.
    pub without_value: usize,
    /// The number the share was taken of.
    pub quota_base: usize,
    /// share × base before rounding.
    pub quota_exact: Number,
    pub quota: usize,
    /// Value of the row on the last place inside the quota; `None` when nobody is selected or ranked.
    pub cut_off: Option<Number>,
    /// Rows exactly on the cut-off value.
    pub tied_at_cut: usize,
    /// Rows strictly before the cut-off value.
    pub before_cut: usize,
    /// Rows selected in the end.
    pub selected: usize,
    /// The stratum was too small and this was done.
    pub small: Option<crate::model::expr::SmallStrataAction>,
    /// Who stands on the cut-off is not shown, and a cut-off that is not there is not either: an output for publication.
    pub masked: bool,
}

/// What a normalisation used.
#[derive(Debug, Clone)]
pub struct ScaleFacts {
    pub strata: Strata,
    pub scales: Vec<StratumScale>,
}

#[derive(Debug, Clone)]
pub struct StratumScale {
    pub count: usize,
    pub mean: Option<Number>,
    /// Rounded half up to 18 decimals.
    pub deviation: Option<Number>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
}

/// How many rows of one group an aggregate took and left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StratumRows {
    pub taken: usize,
    /// Left out because the value (or weight) was absent, by reason, in the order of [`Reasons::EACH`].
    pub absent: [usize; 4],
    /// Left out because the filter could not be decided.
    pub undecided: usize,
    /// The filter does not hold, or the row is not of the population.
    pub not_matching: usize,
    /// Of other years.
    pub outside_window: usize,
}

impl Run {
    pub fn criterion(&self, id: CriterionId, school: usize) -> Option<Verdict> {
        self.criteria.get(id.index())?.get(school).copied()
    }

    pub fn group(&self, id: GroupId, school: usize) -> Option<Verdict> {
        self.groups.get(id.index())?.get(school).copied()
    }

    pub fn category(&self, id: CategoryId, school: usize) -> Option<Verdict> {
        self.categories.get(id.index())?.get(school).copied()
    }

    /// The decision of people about a school, where there is one.
    pub fn registration(&self, id: CategoryId, school: usize) -> Option<&Registration> {
        let at = self.registrations.binary_search_by_key(&(id, school), |found| (found.category, found.row)).ok()?;
        self.registrations.get(at)
    }

    /// Whether a school is on the list of a category: by decision of people, otherwise by the verdict.
    pub fn is_listed(&self, id: CategoryId, school: usize) -> bool {
        match self.registration(id, school) {
            Some(registration) => registration.includes,
            None => self.category(id, school).is_some_and(Verdict::is_met),
        }
    }

    pub fn is_member(&self, id: PopulationId, row: usize) -> Option<Truth> {
        self.populations.get(id.index())?.members.get(row).map(|t| Truth(*t))
    }
}

impl Verdict {
    pub fn is_met(self) -> bool {
        self == Verdict::Met
    }
}

/// A span that a step or a decision stands for; kept so that explanations can point at the rules.
pub type RuleSpan = SourceSpan;
