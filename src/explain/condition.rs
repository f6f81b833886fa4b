//! A condition or formula as a tree that follows the rules text, with the values of one row at every node.
//!
//! Plain data. One node per checked expression; `children` are its operands in order of writing.

use std::sync::Arc;

use jiff::civil::Date;

pub use super::ranking::{Members, Neighbour, QuotaTrace, RankStanding, RankTrace, TieKey, TiesTrace};
use crate::decision::Verdict;
use crate::location::{CellRef, SourceSpan};
use crate::model::expr::{
    AggregateFunction, ArithmeticOp, CompareOp, ExprId, NormalMethod, ValueStatus, VerdictStatus,
};
use crate::model::{
    CategoryId, CriterionId, FunctionId, GroupId, IndexId, IndicatorId, ListId, MissingPolicy, Notes, ParameterId,
    PopulationOrTable,
};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Type, Unit, Value};

/// One expression with its value for the school.
#[derive(Debug, Clone)]
pub struct Node {
    pub expr: ExprId,
    pub span: SourceSpan,
    /// `YesNo` for conditions; the unit of `value` otherwise.
    pub ty: Type,
    /// Conditions: [`Value::Truth`]; an unknown truth has its reasons inside.
    pub value: Value,
    pub detail: Detail,
    /// Operands in order of writing (what each [`Detail`] says of them).
    pub children: Vec<Node>,
}

/// Whether a condition makes a value absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withheld {
    No,
    Yes,
    /// The condition cannot be decided.
    Unknown,
}

/// What a node is and the facts that go with it.
#[derive(Debug, Clone)]
pub enum Detail {
    /// A number, text, date or yes/no written in the rules.
    Literal,
    /// Child: the value.
    Parameter(ParameterName),
    /// Child: the formula.
    Indicator(IndicatorName),
    /// Child: the node with [`Detail::IndexValue`].
    Index(IndexName),
    /// Children: the key's value, then the entry taken (where one was).
    Keyed {
        taken: KeyTaken,
    },
    Cell(InputCell),
    /// Child: the value in the linked row.
    Follow(Link),
    Negate,
    Absolute,
    Arithmetic(ArithmeticOp),
    Extreme {
        largest: bool,
    },
    /// Children: value, step.
    Round(Rounding),
    /// Children: left, right.
    Compare(Comparison),
    /// Children: value, low, high.
    Between {
        negated: bool,
        low: Option<Margin>,
        high: Option<Margin>,
    },
    /// Children: value, then the options; `matched` counts options from 0.
    OneOf {
        negated: bool,
        matched: Option<usize>,
    },
    /// Child: the value looked up.
    InList(Membership),
    /// Child: the value whose status is asked.
    Status(ValueStatus),
    And,
    Or,
    Not,
    /// Children: condition and value of the branches up to the one taken (condition, condition, …, value taken).
    If {
        branches: usize,
        taken: Taken,
    },
    /// Children: the items.
    Quantified(Count),
    /// The verdict of another rule; no children, it is explained where it stands.
    Criterion(CriterionId, Verdict),
    Group(GroupId, Verdict),
    Category(CategoryId, Verdict),
    CriterionStatus {
        criterion: CriterionId,
        verdict: Verdict,
        asked: VerdictStatus,
    },
    /// How many criteria are met. Children: their verdicts; nothing where the school is not judged by them, and the condition of
    /// that where it is not known.
    MetCount {
        undetermined: usize,
        judged: bool,
    },
    Aggregate(Box<AggregateTrace>),
    /// Child: the raw value.
    Normalise(Box<NormaliseTrace>),
    /// Children: the raw values of the components, in order of [`IndexTrace::components`].
    IndexValue(Box<IndexTrace>),
    /// Child: the value ranked.
    Rank(Box<RankTrace>),
    /// Children: the arguments.
    Call(FunctionName),
    /// Children: value, condition.
    AbsentWhen {
        reasons: Reasons,
        withheld: Withheld,
    },
    /// Children: the first, and the second when it was taken.
    Fallback {
        second_taken: bool,
    },
    /// Children: one per year of `years`.
    Years {
        quantifier: YearsAsked,
        years: Vec<i64>,
    },
    MeanOfYears {
        years: Vec<i64>,
    },
    /// The tree got too large here; the value is given, its parts are not.
    NotShown,
    /// Neither value nor parts are shown: an output for publication.
    Masked,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterName {
    pub id: ParameterId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// The value in the file, when another one was set for this run.
    pub replaced: Option<Number>,
    /// Where it is named for the first time in a criterion; empty where it was named before.
    pub notes: Notes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndicatorName {
    pub id: IndicatorId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// Where it is named for the first time in a criterion; empty where it was named before.
    pub notes: Notes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexName {
    pub id: IndexId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// Where it is named for the first time in a criterion; empty where it was named before.
    pub notes: Notes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionName {
    pub id: FunctionId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// The script file.
    pub script: Arc<str>,
    /// Names of the arguments, one per child.
    pub arguments: Vec<Arc<str>>,
    pub notes: Notes,
}

/// Which entry of a keyed parameter held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTaken {
    /// The entry of this key.
    Entry(Value),
    Otherwise,
    /// No entry for the key and no `otherwise`, or the key is absent.
    Nothing,
}

/// A cell that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputCell {
    pub table: TableId,
    pub column: ColumnId,
    /// Row of the table, from 0.
    pub row: usize,
    /// Title of the column, or its name.
    pub title: Arc<str>,
    pub ty: Type,
    /// As stored; absent with the reasons of the cell.
    pub value: Value,
    /// Where it stands in the file; `None`: the column is not in the files.
    pub cell: Option<CellRef>,
    /// What is printed in a cell that could not be used.
    pub printed: Option<Arc<str>>,
}

/// A step from a row to the row of another table that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The cell with the key; its `value` is the key as written.
    pub from: InputCell,
    pub table: TableId,
    /// Title of the linked table, or its name.
    pub table_title: Arc<str>,
    /// `None`: the key is absent or names no row.
    pub row: Option<usize>,
    /// What the linked row is called (its naming column), where there is one.
    pub row_title: Option<Arc<str>>,
}

/// A comparison of two numbers, texts, dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    pub operator: CompareOp,
    pub left: Value,
    pub right: Value,
    /// For numbers.
    pub margin: Option<Margin>,
}

/// Distance of a value to a threshold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Margin {
    /// In the stored scale of `unit`. Positive: on the side where the comparison holds.
    pub distance: Number,
    /// Unit of a difference of the two: percentage points for percent.
    pub unit: Unit,
    pub on_threshold: bool,
}

/// How a text was looked up in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub list: ListId,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    /// The document of the list.
    pub source: Option<Arc<str>>,
    /// The day asked for.
    pub date: Option<Date>,
    pub negated: bool,
    /// The entry that matched: in force on the date, or any when no date is asked.
    pub entry: Option<EntryMatched>,
    /// Entries with the same text that are not in force on the date.
    pub other_periods: Vec<EntryMatched>,
    pub entries: usize,
    pub notes: Notes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryMatched {
    pub value: Arc<str>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub basis: Option<Arc<str>>,
    pub span: SourceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// From 0.
    Branch(usize),
    Otherwise,
    /// A condition before is unknown.
    Undecided,
}

/// How many of several conditions hold and how many must.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub asked: Asked,
    /// What is counted.
    pub over: crate::model::expr::QuantifiedOver,
    /// The parameter that says how many, where one does.
    pub limit: Option<ParameterName>,
    /// Only those that are applicable count.
    pub applicable: bool,
    pub met: usize,
    pub not_met: usize,
    pub undetermined: usize,
    pub not_applicable: usize,
}

/// A quantifier with its number worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    Any,
    All,
    None,
    AtLeast(Value),
    AtMost(Value),
    Exactly(Value),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearsAsked {
    Each,
    AtLeast(Value),
    Consecutive(Value),
}

/// One value from many rows.
#[derive(Debug, Clone)]
pub struct AggregateTrace {
    pub function: AggregateFunction,
    pub table: TableId,
    /// Title of the table, or its name.
    pub table_title: Arc<str>,
    pub scope: Scope,
    pub among: Option<PopulationName>,
    /// Years of the window, both included.
    pub window: Option<(i64, i64)>,
    pub weighted: bool,
    pub distinct: bool,
    /// `None`: not recorded for this stratum.
    pub used: Option<RowCounts>,
    /// Type of the value per row; `None` for counts.
    pub value_type: Option<Type>,
    /// The rows of this school (only for [`Scope::School`]), in the order of the table: taken ones and those left out
    /// by reason of absence; rows that do not match are only counted.
    pub rows: Vec<TracedRow>,
    /// Rows not listed because there are too many.
    pub not_listed: usize,
    /// The rows that do not match, by the first condition that is not true of them.
    pub unmatched: Vec<Unmatched>,
    /// What rows have to be like, where they are not those of the school.
    pub condition: Option<SourceSpan>,
    /// The columns that are read, where the rows are not those of the school.
    pub sources: Vec<ColumnSource>,
    /// The parameters that the value, the weight and the conditions of the rows read, each once.
    pub parameters: Vec<Node>,
}

/// A column and the files (with their sheets) that it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSource {
    pub title: Arc<str>,
    pub header: Arc<str>,
    pub files: Vec<(Arc<str>, Option<Arc<str>>)>,
}

/// Rows that one condition leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Where the condition is written; `None`: the rows are outside the population.
    pub span: Option<SourceSpan>,
    pub count: usize,
}

/// Over which rows an aggregate goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Those that belong to the row explained.
    School,
    /// All rows of the table.
    All,
    /// The rows with the same keys as this one.
    Stratum { keys: Vec<Value>, except_self: bool },
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowCounts {
    pub taken: usize,
    /// Value or weight absent, by reason, in the order of [`Reasons::EACH`].
    pub absent: [usize; 4],
    /// The condition of the rows could not be decided.
    pub undecided: usize,
    /// Left out by `suppressing`.
    pub suppressed: usize,
    pub not_matching: usize,
    pub outside_window: usize,
}

/// One row of an aggregate.
#[derive(Debug, Clone)]
pub struct TracedRow {
    pub row: usize,
    pub role: RowUse,
    pub value: Value,
    pub weight: Option<Value>,
    pub year: Option<i64>,
    /// What the value was brought onto, where it is a normalised one.
    pub scale: Option<NormaliseTrace>,
    /// The cells that the value, the weight and the condition read in this row.
    pub cells: Vec<InputCell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowUse {
    Taken,
    NotMatching,
    Undecided(Reasons),
    Absent(Reasons),
    Suppressed,
    OutsideWindow,
}

/// A value brought onto a common scale.
#[derive(Debug, Clone)]
pub struct NormaliseTrace {
    pub method: NormalMethod,
    pub reversed: bool,
    pub population: PopulationName,
    pub raw: Value,
    pub raw_type: Type,
    /// What the scale was set by, in the stratum of this row.
    pub scale: Option<Scale>,
    pub stratum: Vec<Value>,
    /// What the keys of the stratum are called; empty: a formula.
    pub within: Vec<Arc<str>>,
    /// The rows include rows of schools that are in no population of schools that excludes some.
    pub with_excluded: bool,
}

/// In the unit of the raw value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub count: usize,
    pub mean: Option<Number>,
    /// Population standard deviation, rounded half up to 18 decimals.
    pub deviation: Option<Number>,
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopulationName {
    pub of: PopulationOrTable,
    pub name: Arc<str>,
    pub title: Option<Arc<str>>,
    pub notes: Notes,
}

/// An index from its components.
#[derive(Debug, Clone)]
pub struct IndexTrace {
    pub index: IndexId,
    pub components: Vec<ComponentTrace>,
    /// Sum of the weights written, and of those of components with a value.
    pub weight_written: Number,
    pub weight_present: Number,
    /// Sum of the contributions, before rounding. `None`: the index is absent.
    pub sum: Option<Number>,
    pub round: Option<(Rounding, Number)>,
    /// What the rules say of absent components.
    pub policies: Vec<MissingPolicy>,
    /// The floor of the missing-component policy that was not reached.
    pub floor: Option<Floor>,
}

/// How much of an index has to be known, and how much is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Floor {
    /// Shares of the whole weight.
    Weight {
        known: Number,
        needed: Number,
    },
    Components {
        known: usize,
        needed: usize,
    },
    /// Nothing is known.
    Nothing,
}

#[derive(Debug, Clone)]
pub struct ComponentTrace {
    pub title: Arc<str>,
    pub block: Option<Arc<str>>,
    pub higher_is_better: bool,
    pub raw: Value,
    pub raw_type: Type,
    pub normalised: Value,
    /// As written; inside a block its part of the weight of the block.
    pub weight_written: Number,
    /// Share of the whole, after the missing-component policy; all used ones sum to 1.
    pub weight_used: Option<Number>,
    /// `weight_used` × normalised value.
    pub contribution: Option<Number>,
    pub treatment: Treatment,
    pub normalisation: Option<NormaliseTrace>,
    pub span: SourceSpan,
}

/// What was done with a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Treatment {
    Used,
    /// Absent; its weight went to the others in proportion.
    Reweighted,
    /// Absent; its weight went to these components (positions).
    Reallocated(Vec<usize>),
    /// Absent; zero was taken.
    Zero,
    /// Absent; the median of the others was taken.
    Median,
    /// Absent, and that makes the index absent.
    LeavesIndexAbsent,
    /// Absent, and so is the index, for want of enough others.
    NotCounted,
}
