//! Everything there is to say about one school, as plain data: categories, groups, criteria, populations.
//!
//! Made by [`super::explain`]; knows no words. The tree of a condition is in [`super::condition`].

use std::sync::Arc;

use jiff::civil::Date;

use super::condition::{InputCell, Node};
use crate::decision::{Passage, Verdict};
use crate::location::{CellRef, SourceSpan};
use crate::model::{CategoryId, CriterionId, GroupId, MissingData, Notes, PopulationId, Registered};
use crate::value::Reasons;

/// Why one school was decided as it was.
#[derive(Debug, Clone)]
pub struct Explanation {
    pub school: School,
    /// Title and version of the rules that decided.
    pub rules: RulesName,
    /// Text of the manifest when the data are made up.
    pub synthetic: Option<Arc<str>>,
    /// In order of writing.
    pub categories: Vec<CategoryExplanation>,
    /// What would turn the criteria, where that was asked for: see [`super::changes()`].
    pub changes: Option<super::Changes>,
    /// What the cells without a value would decide, where that was asked for: see [`super::unknowns()`].
    pub unknowns: Option<super::Unknowns>,
    /// Every population of schools: is this school in it, and why not.
    pub populations: Vec<PopulationExplanation>,
    /// For publication: values of fewer pupils than this are masked. `None`: everything is there.
    pub minimum_cohort: Option<usize>,
}

/// A school as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Row of the subject table, from 0.
    pub row: usize,
    /// The key as text; several key columns joined by ` · `; without a key the row number from 1.
    pub code: Arc<str>,
    /// Value of the naming column (see [`super::naming`]), where there is one and it has a value.
    pub title: Option<Arc<str>>,
    /// The cell of the key, or of the first column.
    pub cell: Option<CellRef>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulesName {
    pub title: Arc<str>,
    pub version: Option<Arc<str>>,
    /// The scenario that changed the rules.
    pub scenario: Option<Arc<str>>,
    /// The documents that the rules as a whole follow.
    pub bases: Vec<Arc<str>>,
    pub explanations: Vec<Arc<str>>,
    pub in_force: (Option<Date>, Option<Date>),
    pub reporting_year: Option<i64>,
}

#[derive(Debug, Clone)]
pub struct CategoryExplanation {
    pub id: CategoryId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// What the computation says, whatever people decided.
    pub verdict: Verdict,
    /// What became of the school since the cycle before; only where the category says how schools leave it.
    pub passage: Option<Passage>,
    /// The decision of people about this school and category.
    pub registered: Option<Registered>,
    /// How the criteria and groups combine, as a tree.
    pub rule: Node,
    /// In order of writing. Their criteria are in `criteria`.
    pub groups: Vec<GroupExplanation>,
    /// All criteria of the category in order of writing, those of groups included.
    pub criteria: Vec<CriterionExplanation>,
    /// What the missing data could still change.
    pub outlook: Outlook,
    /// What the verdict rests on; `None`: it is not decided.
    pub weight: Option<Weight>,
    /// The population judged, when the category names one.
    pub among: Option<PopulationId>,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct GroupExplanation {
    pub id: GroupId,
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub verdict: Verdict,
    pub rule: Node,
    pub outlook: Outlook,
    pub notes: Notes,
    pub span: SourceSpan,
}

/// A table without a row that could be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingRows {
    pub table_title: Arc<str>,
    /// Rows of the school that do not match or lie in other years.
    pub others: usize,
}

#[derive(Debug, Clone)]
pub struct CriterionExplanation {
    pub id: CriterionId,
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub group: Option<GroupId>,
    /// After the missing-data policy.
    pub verdict: Verdict,
    /// Its `value` is the truth before the missing-data policy.
    pub condition: Node,
    /// The policy that turned an unknown condition into the verdict; `None`: the condition was known, or it stayed open.
    pub policy_applied: Option<MissingData>,
    /// Cells without a value that left the condition open, each once.
    pub missing: Vec<InputCell>,
    /// Tables that have no row for this school where an open condition needed one, each once.
    pub missing_rows: Vec<MissingRows>,
    /// What the category would be if this criterion were met, and if it were not, everything else as it is.
    /// Only for criteria whose condition is unknown.
    pub alternatives: Option<Alternatives>,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alternatives {
    pub category_if_met: Verdict,
    pub category_if_not_met: Verdict,
}

/// What a decided category rests on, in criteria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The shortest sufficient reason: these as they are decide, whatever the others were. Empty: conditions that are no
    /// criteria decided.
    pub sufficient: Vec<CriterionId>,
    /// What these came to.
    pub verdicts: Vec<(CriterionId, Verdict)>,
    /// Each of these alone: had it turned out the other way, the category would be the opposite.
    pub decisive: Vec<CriterionId>,
    /// Each of these alone: had it turned out the other way, the category would not be determined.
    pub unsettling: Vec<CriterionId>,
    /// Needed for no sufficient reason: whatever suffices together with one of them suffices without it. Empty where a criterion
    /// stands in several places of the rule.
    pub indifferent: Vec<CriterionId>,
    /// Not applicable to the school: they have no outcome that could be another one.
    pub inapplicable: Vec<CriterionId>,
    /// Whatever the outcomes of the applicable criteria, the verdict is the same.
    pub settled: bool,
    /// Where the rule asks for a number of criteria: how many there are, how many are applicable, how many must be met.
    pub asked: Option<Asked>,
    /// The fewest criteria that would have to turn out otherwise; `None`: criteria alone cannot change it.
    pub fewest: Option<Vec<CriterionId>>,
}

/// A rule that asks for a number of criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub of: usize,
    pub applicable: usize,
    pub needed: usize,
}

/// What a category or group would be under every way the undetermined criteria may turn out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    pub certainty: Certainty,
    /// The criteria that are undetermined now.
    pub undetermined: Vec<CriterionId>,
    /// Cells without a value were passed over where the criteria were decided (or decided by the policy for missing data).
    pub skipped: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// Nothing it depends on is undetermined.
    Decided,
    /// Met, however the undetermined criteria turn out.
    MetWhatever,
    /// Not met, however the undetermined criteria turn out.
    NotMetWhatever,
    /// Could turn out either way.
    Open,
    /// More criteria are undetermined than can be tried in every combination, and bounds do not tell.
    TooMany,
}

/// How the school stands to one population.
#[derive(Debug, Clone)]
pub struct PopulationExplanation {
    pub id: PopulationId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// Number of members.
    pub count: usize,
    pub notes: Notes,
    pub standing: Standing,
}

/// Member or not, and why.
#[derive(Debug, Clone)]
pub enum Standing {
    Member,
    /// The condition of the population is not true.
    ConditionNotMet(Box<Node>),
    /// Not a member of the population that this one is a part of.
    OutsideBase(PopulationId),
    Excluded {
        /// The n-th exclusion, from 0.
        exclusion: usize,
        basis: Option<Arc<str>>,
        condition: Box<Node>,
        span: SourceSpan,
    },
    /// It cannot be told.
    Unknown(Reasons),
}

impl Standing {
    /// The condition that keeps the school out.
    pub fn condition(&self) -> Option<&Node> {
        match self {
            Standing::ConditionNotMet(condition) | Standing::Excluded { condition, .. } => Some(condition),
            Standing::Member | Standing::OutsideBase(_) | Standing::Unknown(_) => None,
        }
    }
}
