//! How all schools were decided together, as plain data.
//!
//! Made by [`super::summary()`]; knows no words.

use std::sync::Arc;

use super::condition::{PopulationName, QuotaTrace, TiesTrace};
use super::explanation::{RulesName, School};
use crate::decision::Verdict;
use crate::location::SourceSpan;
use crate::model::expr::{CompareOp, ExprId, SmallStrataAction};
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId, Registered, RegisteredAction};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Type, Value};

/// How all schools were decided.
#[derive(Debug, Clone)]
pub struct Summary {
    pub rules: RulesName,
    /// Text of the manifest when the data are made up.
    pub synthetic: Option<Arc<str>>,
    pub schools: usize,
    /// In order of writing.
    pub categories: Vec<CategorySummary>,
    /// One per pair of categories, in order of writing.
    pub crossings: Vec<CrossTable>,
    pub groups: Vec<GroupSummary>,
    pub criteria: Vec<CriterionSummary>,
    /// Populations of schools with their exclusions.
    pub populations: Vec<PopulationSummary>,
    /// Counts by the grouping column (municipality); `None`: no table is linked to the schools.
    pub grouping: Option<Grouping>,
}

/// Which verdict, without its reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VerdictKind {
    Met,
    NotMet,
    Undetermined,
    NotApplicable,
    NotJudged,
}

impl VerdictKind {
    /// In the order of [`CrossTable::counts`].
    pub const EACH: [VerdictKind; 5] = [
        VerdictKind::Met,
        VerdictKind::NotMet,
        VerdictKind::Undetermined,
        VerdictKind::NotApplicable,
        VerdictKind::NotJudged,
    ];

    pub fn of(verdict: Verdict) -> VerdictKind {
        match verdict {
            Verdict::Met => VerdictKind::Met,
            Verdict::NotMet => VerdictKind::NotMet,
            Verdict::Undetermined(_) => VerdictKind::Undetermined,
            Verdict::NotApplicable => VerdictKind::NotApplicable,
            Verdict::NotJudged => VerdictKind::NotJudged,
        }
    }
}

/// Number of schools by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    pub met: usize,
    pub not_met: usize,
    pub undetermined: usize,
    pub not_applicable: usize,
    pub not_judged: usize,
    /// Of the undetermined: how many for this reason (one school may count under several), in the order of
    /// [`crate::value::Reasons::EACH`].
    pub undetermined_for: [usize; 4],
}

impl VerdictCounts {
    /// Schools that could be decided or not: all but those not judged and those to which the rule does not apply.
    pub fn judged(&self) -> usize {
        self.met + self.not_met + self.undetermined
    }

    pub fn of(&self, kind: VerdictKind) -> usize {
        match kind {
            VerdictKind::Met => self.met,
            VerdictKind::NotMet => self.not_met,
            VerdictKind::Undetermined => self.undetermined,
            VerdictKind::NotApplicable => self.not_applicable,
            VerdictKind::NotJudged => self.not_judged,
        }
    }
}

#[derive(Debug, Clone)]
pub struct CategorySummary {
    pub id: CategoryId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// By computation, whatever people decided.
    pub counts: VerdictCounts,
    /// Decisions of people, in order of writing.
    pub registered: Vec<RegisteredSchool>,
    /// On the list in the end: the schools that meet it and those put on it, without those taken off it.
    pub listed: usize,
    pub span: SourceSpan,
}

/// A decision of people and what the computation says without it.
#[derive(Debug, Clone)]
pub struct RegisteredSchool {
    pub school: School,
    pub computed: Verdict,
    pub decision: Registered,
}

impl RegisteredSchool {
    pub fn includes(&self) -> bool {
        self.decision.action == RegisteredAction::Include
    }

    /// Whether the list differs from what was computed.
    pub fn has_effect(&self) -> bool {
        self.includes() != self.computed.is_met()
    }
}

/// Schools by the verdicts of two categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossTable {
    pub first: CategoryId,
    pub second: CategoryId,
    /// `counts[i][j]`: verdict `i` of the first and `j` of the second, both in the order of [`VerdictKind::EACH`].
    pub counts: [[usize; 5]; 5],
}

#[derive(Debug, Clone)]
pub struct GroupSummary {
    pub id: GroupId,
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub category: CategoryId,
    /// Schools that the category does not judge count as not judged.
    pub counts: VerdictCounts,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct CriterionSummary {
    pub id: CriterionId,
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub category: CategoryId,
    pub group: Option<GroupId>,
    /// Schools that the category does not judge count as not judged.
    pub counts: VerdictCounts,
    pub extent: Option<Extent>,
    /// Comparisons with schools exactly on the threshold.
    pub on_threshold: Vec<OnThreshold>,
    /// Selections of the lowest or highest.
    pub cuts: Vec<CutSummary>,
    pub span: SourceSpan,
}

/// A criterion that tells few schools from the others. Shares are taken of the judged schools with a met or not met verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extent {
    Nobody,
    Everybody,
    /// More than 60 %.
    Most,
    /// Fewer than 1 %.
    Few,
}

/// Schools whose value equals the threshold of a comparison that could decide for them.
#[derive(Debug, Clone)]
pub struct OnThreshold {
    pub expr: ExprId,
    /// What is compared.
    pub value: ExprId,
    pub span: SourceSpan,
    pub operator: CompareOp,
    /// `None`: the threshold differs from school to school.
    pub threshold: Option<Value>,
    /// The type it is shown in.
    pub ty: Type,
    /// A small whole number of people, places or things: standing exactly on it is the rule rather than the exception.
    pub is_small_count: bool,
    pub count: usize,
    /// The first ones, at most [`SCHOOLS_NAMED`].
    pub schools: Vec<School>,
}

/// How many schools a list in a summary names.
pub const SCHOOLS_NAMED: usize = 100;

#[derive(Debug, Clone)]
pub struct CutSummary {
    pub expr: ExprId,
    pub span: SourceSpan,
    pub highest: bool,
    pub population: PopulationName,
    pub quota_of: Option<PopulationName>,
    pub rounding: Rounding,
    pub ties: TiesTrace,
    pub defaulted: bool,
    /// Type of the value ranked, and so of the cut-off values.
    pub value_type: Type,
    pub strata: Vec<StratumSummary>,
}

#[derive(Debug, Clone)]
pub struct StratumSummary {
    /// Empty: not divided into strata.
    pub keys: Vec<Value>,
    /// Keys of the groups that are ranked together because each of them is too small.
    pub together: Vec<Vec<Value>>,
    pub ranked: usize,
    pub without_value: usize,
    pub quota: QuotaTrace,
    pub cut_off: Option<Number>,
    pub tied_at_cut: usize,
    pub before_cut: usize,
    pub selected: usize,
    pub small: Option<SmallStrataAction>,
    /// Who stands on the cut-off is not shown, and a cut-off that is not there is not either: an output for publication.
    pub masked: bool,
}

#[derive(Debug, Clone)]
pub struct PopulationSummary {
    pub id: PopulationId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub members: usize,
    /// Not excluded by an exclusion, but the condition is not true.
    pub not_matching: usize,
    /// Membership cannot be told.
    pub unknown: usize,
    pub exclusions: Vec<ExclusionSummary>,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct ExclusionSummary {
    pub basis: Option<Arc<str>>,
    pub span: SourceSpan,
    pub count: usize,
    /// The first ones, at most [`SCHOOLS_NAMED`].
    pub schools: Vec<School>,
}

/// Counts by the values of one column.
#[derive(Debug, Clone)]
pub struct Grouping {
    /// Title of the linked table, or its name ("Муниципалитеты").
    pub title: Arc<str>,
    /// By name; schools without a group last.
    pub rows: Vec<GroupingRow>,
}

#[derive(Debug, Clone)]
pub struct GroupingRow {
    /// `None`: schools that name no group.
    pub name: Option<Arc<str>>,
    pub schools: usize,
    /// Per category, in order of writing.
    pub categories: Vec<VerdictCounts>,
}
