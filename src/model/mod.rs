//! The checked nouns: a rule set in which every name is resolved, every expression typed, nothing is ambiguous.
//!
//! Made by `check` only. Knows neither the text it came from (beyond spans) nor any value of the data.

pub mod expr;
pub mod inputs;

use std::sync::Arc;

use jiff::civil::Date;

use crate::language::Language;
use crate::location::SourceSpan;
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::schema::{Schema, TableId};
use crate::value::Type;

use expr::{Expr, ExprId};

/// Declares an index newtype for a list of the rule set.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                usize::try_from(self.0).unwrap_or(usize::MAX)
            }

            pub fn from_index(index: usize) -> Self {
                $name(u32::try_from(index).unwrap_or(u32::MAX))
            }
        })*
    };
}
pub(crate) use ids;

ids! {
    /// Position in [`RuleSet::parameters`].
    ParameterId,
    /// Position in [`RuleSet::lists`].
    ListId,
    /// Position in [`RuleSet::functions`].
    FunctionId,
    /// Position in [`RuleSet::populations`].
    PopulationId,
    /// Position in [`RuleSet::indicators`].
    IndicatorId,
    /// Position in [`RuleSet::indices`].
    IndexId,
    /// Position in [`RuleSet::criteria`].
    CriterionId,
    /// Position in [`RuleSet::groups`].
    GroupId,
    /// Position in [`RuleSet::categories`].
    CategoryId,
    /// Position in [`RuleSet::registered`].
    RegisteredId,
}

/// Everything the rules say.
#[derive(Debug, Clone)]
pub struct RuleSet {
    pub header: Header,
    pub language: Language,
    pub schema: Schema,
    /// The table whose rows are judged ("schools").
    pub subject: TableId,
    pub parameters: Vec<Parameter>,
    pub lists: Vec<DatedList>,
    pub functions: Vec<Function>,
    /// In order of dependence: a population comes after its base.
    pub populations: Vec<Population>,
    /// In order of writing; dependence is followed by `plan`; there is no cycle.
    pub indicators: Vec<Indicator>,
    pub indices: Vec<Index>,
    /// All criteria of all categories, in order of writing.
    pub criteria: Vec<Criterion>,
    pub groups: Vec<Group>,
    /// In order of writing.
    pub categories: Vec<Category>,
    /// In order of writing; at most one per school and category.
    pub registered: Vec<Registered>,
    /// All expressions; children come before parents.
    pub exprs: Vec<Expr>,
    /// Expressions whose values went into something else than an expression (a year, a weight, a step of rounding): with other values
    /// the rules must be checked again.
    pub folded: Vec<ExprId>,
    /// The scenario that changed the rules.
    pub scenario: Option<AppliedScenario>,
}

impl RuleSet {
    pub fn expr(&self, id: ExprId) -> Option<&Expr> {
        self.exprs.get(id.index())
    }
}

/// A scenario, once its changes are made.
#[derive(Debug, Clone)]
pub struct AppliedScenario {
    pub title: Arc<str>,
    pub notes: Notes,
    /// In the order in which they were made, those of the scenarios that it builds on first.
    pub changes: Vec<WrittenChange>,
}

/// A change as it is written in the rules' language, in both vocabularies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenChange {
    /// A new definition that other changes use; it decides nothing by itself.
    pub supports: bool,
    pub russian: Arc<str>,
    pub english: Arc<str>,
}

impl WrittenChange {
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Russian => &self.russian,
            Language::English => &self.english,
        }
    }
}

#[derive(Debug, Clone)]
pub struct Header {
    pub title: Arc<str>,
    pub version: Option<Arc<str>>,
    pub in_force: (Option<Date>, Option<Date>),
    pub bases: Vec<Arc<str>>,
    pub explanations: Vec<Arc<str>>,
    pub reporting_year: Option<i64>,
}

/// What people wrote beside a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    pub basis: Option<Arc<str>>,
    pub explanation: Option<Arc<str>>,
    pub reading: Option<Arc<str>>,
}

/// A decision of people about one school, kept apart from what the rules come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub action: RegisteredAction,
    /// The code of the school.
    pub school: Arc<str>,
    pub category: CategoryId,
    pub document: Arc<str>,
    pub dated: Date,
    pub author: Arc<str>,
    pub reason: Arc<str>,
    /// From the date of the document where nothing else is said.
    pub from: Date,
    pub until: Date,
    pub span: SourceSpan,
    /// Where the code of the school stands.
    pub school_span: SourceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisteredAction {
    Include,
    Exclude,
}

#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub kind: Type,
    /// A constant expression, or keyed by a column of the subject: see [`expr::ExprKind::Keyed`].
    pub value: ExprId,
    /// The value as it stood in the file when `--set` replaced it.
    pub replaced: Option<Number>,
    /// The least and the greatest value that it may have.
    pub allowed: Option<(Number, Number)>,
    pub notes: Notes,
    pub span: SourceSpan,
}

/// A list of texts, each in force for a period.
#[derive(Debug, Clone)]
pub struct DatedList {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub source: Option<Arc<str>>,
    pub entries: Vec<ListEntry>,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct ListEntry {
    pub value: Arc<str>,
    /// [`crate::name::normal_text`] of the value.
    pub normal: Arc<str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub basis: Option<Arc<str>>,
    pub span: SourceSpan,
}

/// A scalar function in a script, compiled once.
#[derive(Debug, Clone)]
pub struct Function {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub arguments: Vec<(Arc<str>, Type)>,
    pub result: Type,
    pub script: crate::script::Script,
    pub notes: Notes,
    pub span: SourceSpan,
}

/// A set of rows of a table that something is ranked, averaged or normalised over.
#[derive(Debug, Clone)]
pub struct Population {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub table: TableId,
    pub base: Option<PopulationId>,
    /// Rows for which it is not true are not members (no reason recorded beyond the condition).
    pub condition: Option<ExprId>,
    /// Rows for which one is true are not members, with its reason.
    pub exclusions: Vec<Exclusion>,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct Exclusion {
    pub condition: ExprId,
    pub basis: Option<Arc<str>>,
    pub span: SourceSpan,
}

/// A number or text computed for every row of the subject table.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// The whole value: formula, then `не применимо`, then `скрыть` with its fallback, all inside.
    pub value: ExprId,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct Index {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub among: PopulationOrTable,
    /// Strata of the normalisation: expressions at subject grain.
    pub within: Vec<ExprId>,
    pub parts: Vec<IndexPart>,
    pub on_missing: Vec<MissingPolicy>,
    pub round: Option<(Rounding, Number)>,
    /// An expression of kind [`expr::ExprKind::IndexValue`].
    pub value: ExprId,
    pub notes: Notes,
    pub span: SourceSpan,
}

/// Rows to aggregate, rank or normalise over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PopulationOrTable {
    Population(PopulationId),
    Table(TableId),
}

#[derive(Debug, Clone)]
pub enum IndexPart {
    Component(Component),
    Block { title: Arc<str>, weight: Number, components: Vec<Component>, span: SourceSpan },
}

#[derive(Debug, Clone)]
pub struct Component {
    /// What is shown: the title, or the name of the indicator.
    pub title: Arc<str>,
    /// Raw value at subject grain.
    pub raw: ExprId,
    /// Normalised and oriented so that higher is better: [`expr::ExprKind::Normalise`] or the raw value itself.
    pub normalised: ExprId,
    pub weight: Number,
    pub higher_is_better: bool,
    pub span: SourceSpan,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingPolicy {
    /// Weights of absent components go to the others in proportion.
    Reweight {
        least_weight: Option<Number>,
        least_components: Option<u32>,
    },
    /// The weight of one component goes in equal parts to the named ones that are present. Positions count components
    /// through all parts in order of writing.
    Reallocate {
        from: usize,
        to: Vec<usize>,
    },
    Required,
    Zero,
    Median,
}

/// A named condition that a school meets or not.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// `2.4.1`
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub category: CategoryId,
    pub group: Option<GroupId>,
    /// Truth at subject grain, before the missing-data policy.
    pub condition: ExprId,
    pub on_missing: MissingData,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingData {
    Undetermined,
    NotMet,
    Met,
    NotApplicable,
}

#[derive(Debug, Clone)]
pub struct Group {
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub category: CategoryId,
    pub criteria: Vec<CriterionId>,
    /// Truth at subject grain.
    pub rule: ExprId,
    pub notes: Notes,
    pub span: SourceSpan,
}

#[derive(Debug, Clone)]
pub struct Category {
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// Schools outside are not judged.
    pub among: Option<PopulationId>,
    pub criteria: Vec<CriterionId>,
    pub groups: Vec<GroupId>,
    /// Who is in it: where schools that were in it before leave it by rules of their own, made of the parts in `exit`.
    pub rule: ExprId,
    pub exit: Option<Exit>,
    pub notes: Notes,
    pub span: SourceSpan,
}

/// The parts of the rule of a category that tells schools that were in it before from the others; all but `years` are conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// The rule of entry.
    pub entry: ExprId,
    /// The school was in the category in the cycle before.
    pub before: ExprId,
    /// The exit rule: while it holds, such a school stays.
    pub stays: Option<ExprId>,
    /// For how long it was in the category, the cycle before included.
    pub years: Option<ExprId>,
    /// The least term still runs: such a school stays.
    pub runs: Option<ExprId>,
    /// The longest term is over: such a school leaves, whatever else holds.
    pub over: Option<ExprId>,
}
