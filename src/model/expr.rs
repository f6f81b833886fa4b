//! Checked expressions: names resolved, units settled, windows turned into filters, links into steps.
//!
//! Plain data; nothing here computes.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    CategoryId, CriterionId, FunctionId, GroupId, IndexId, IndicatorId, ListId, ParameterId, PopulationId,
    PopulationOrTable,
};
use crate::location::SourceSpan;
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Type};

super::ids! {
    /// Position in [`super::RuleSet::exprs`].
    ExprId,
}

/// The value of an expression that is known before any data: literals, parameters and arithmetic on them; `None`: it depends on
/// the data.
pub fn constant(exprs: &[Expr], id: ExprId) -> Option<Number> {
    match &exprs.get(id.index())?.kind {
        ExprKind::Number(number) => Some(number.clone()),
        ExprKind::Parameter(_, value) => constant(exprs, *value),
        ExprKind::Negate(value) => Some(constant(exprs, *value)?.negate()),
        ExprKind::Arithmetic(op, a, b) => {
            let (a, b) = (constant(exprs, *a)?, constant(exprs, *b)?);
            match op {
                ArithmeticOp::Add => Some(a.add(&b)),
                ArithmeticOp::Subtract => Some(a.subtract(&b)),
                ArithmeticOp::Multiply => Some(a.multiply(&b)),
                ArithmeticOp::Divide => a.divide(&b),
            }
        }
        _ => None,
    }
}

/// One checked expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    /// `YesNo` for conditions.
    pub ty: Type,
    /// What the expression has one value per: a row of a table, or one value for the whole data.
    pub grain: Grain,
    /// Where it is written; for parts made by the checker, the part of the text they stand for.
    pub span: SourceSpan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    Constant,
    Row(TableId),
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// Stored value: 40 % is 2/5.
    Number(Number),
    Text(Arc<str>),
    YesNo(bool),
    Date(Date),
    /// The value of a named thing, kept as a step of its own so that it can be shown by name.
    Parameter(ParameterId, ExprId),
    Indicator(IndicatorId, ExprId),
    Index(IndexId, ExprId),
    /// A value chosen by the text or number of `by`; no entry and no `otherwise`: not applicable.
    Keyed {
        by: ExprId,
        entries: Vec<(ExprId, ExprId)>,
        otherwise: Option<ExprId>,
    },
    /// A cell of the row itself.
    Column(TableId, ColumnId),
    /// `inner` (at the grain of the linked table) taken at the row that `link` (a column of `table`) names.
    Follow {
        table: TableId,
        link: ColumnId,
        inner: ExprId,
    },
    Negate(ExprId),
    Absolute(ExprId),
    /// Operands have compatible units; the result's unit is in `ty`.
    Arithmetic(ArithmeticOp, ExprId, ExprId),
    /// Smallest / largest of several values of one row.
    Extreme {
        largest: bool,
        of: Vec<ExprId>,
    },
    Round {
        value: ExprId,
        step: ExprId,
        rounding: Rounding,
    },
    /// Numbers, dates or texts (texts by normal form, `Equal` / `NotEqual` only).
    Compare(CompareOp, ExprId, ExprId),
    /// Both ends belong to it.
    Between {
        value: ExprId,
        low: ExprId,
        high: ExprId,
        negated: bool,
    },
    OneOf {
        value: ExprId,
        options: Vec<ExprId>,
        negated: bool,
    },
    /// In force on `date`; without a date, ever listed.
    InList {
        value: ExprId,
        list: ListId,
        date: Option<Date>,
        negated: bool,
    },
    Status {
        value: ExprId,
        status: ValueStatus,
    },
    And(Vec<ExprId>),
    Or(Vec<ExprId>),
    Not(ExprId),
    /// The first branch whose condition is true; an unknown condition before makes the whole unknown.
    If {
        branches: Vec<(ExprId, ExprId)>,
        otherwise: ExprId,
    },
    /// Truth over several conditions, criteria or groups (as conditions).
    Quantified {
        quantifier: Quantifier,
        applicable: bool,
        items: Vec<ExprId>,
        over: QuantifiedOver,
    },
    /// The condition of another criterion, after its missing-data policy.
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
    CriterionStatus(CriterionId, VerdictStatus),
    /// How many of these, all [`ExprKind::Criterion`], are known to be met; none by a school of which `judged` is not true.
    MetCount {
        of: Vec<ExprId>,
        judged: Option<ExprId>,
    },
    Aggregate(Box<Aggregate>),
    Normalise(Box<Normalise>),
    /// The weighted mean of the components of an index.
    IndexValue(IndexId),
    InCut(Box<Cut>),
    Call(FunctionId, Vec<ExprId>),
    /// `value`, but absent for `reasons` where `when` is true, and for the reasons of `when` where it is unknown.
    AbsentWhen {
        value: ExprId,
        when: ExprId,
        reasons: Reasons,
    },
    /// `first` unless it is suppressed, then `second`.
    Fallback {
        first: ExprId,
        second: ExprId,
    },
    /// k-th row wise combination over years: the same body for each year, latest last.
    Years {
        quantifier: YearsQuantifier,
        years: Vec<(i64, ExprId)>,
    },
    /// Mean over the years that have a value.
    MeanOfYears {
        years: Vec<(i64, ExprId)>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArithmeticOp {
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CompareOp {
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    NotEqual,
}

impl CompareOp {
    /// Whether it holds of two values that stand so to each other.
    pub fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            CompareOp::Less => order.is_lt(),
            CompareOp::AtMost => order.is_le(),
            CompareOp::More => order.is_gt(),
            CompareOp::AtLeast => order.is_ge(),
            CompareOp::Equal => order.is_eq(),
            CompareOp::NotEqual => order.is_ne(),
        }
    }

    /// What holds where this does not.
    #[must_use]
    pub fn opposite(self) -> CompareOp {
        match self {
            CompareOp::Less => CompareOp::AtLeast,
            CompareOp::AtMost => CompareOp::More,
            CompareOp::More => CompareOp::AtMost,
            CompareOp::AtLeast => CompareOp::Less,
            CompareOp::Equal => CompareOp::NotEqual,
            CompareOp::NotEqual => CompareOp::Equal,
        }
    }

    /// The same relation read from the other side: `5 < x` is `x > 5`.
    #[must_use]
    pub fn turned(self) -> CompareOp {
        match self {
            CompareOp::Less => CompareOp::More,
            CompareOp::AtMost => CompareOp::AtLeast,
            CompareOp::More => CompareOp::Less,
            CompareOp::AtLeast => CompareOp::AtMost,
            same => same,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueStatus {
    Known,
    NotKnown,
    /// Absent, and this reason is among its reasons.
    AbsentFor(Reasons),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerdictStatus {
    Met,
    NotMet,
    Undetermined,
    NotApplicable,
}

/// Numbers are constant expressions (parameters allowed).
#[derive(Debug, Clone, PartialEq)]
pub enum Quantifier {
    Any,
    All,
    None,
    AtLeast(ExprId),
    AtMost(ExprId),
    Exactly(ExprId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuantifiedOver {
    Criteria,
    Groups,
    Conditions,
}

#[derive(Debug, Clone, PartialEq)]
pub enum YearsQuantifier {
    Each,
    AtLeast(ExprId),
    Consecutive(ExprId),
}

/// One value from many rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub function: AggregateFunction,
    /// The table whose rows are aggregated.
    pub rows: TableId,
    /// Value per row; `None` only for `Count`.
    pub value: Option<ExprId>,
    /// Only members of this population of `rows`.
    pub among: Option<PopulationId>,
    /// Truth per row; rows where it is not true do not count. Unknown rows are left out and counted apart.
    pub filter: Option<ExprId>,
    /// For `Share`: the condition whose share among the filtered rows is taken.
    pub share_of: Option<ExprId>,
    /// Rows where this is true are left out as suppressed.
    pub suppressing: Option<ExprId>,
    pub window: Option<YearWindow>,
    /// Weight per row, for `Mean` and `Sum` only; rows whose weight is absent are left out.
    pub weight: Option<ExprId>,
    /// `Count` of different combinations of these.
    pub distinct: Vec<ExprId>,
    pub to: AggregateTo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    Mean,
    Sum,
    Count,
    Minimum,
    Maximum,
    /// Middle value, or the mean of the two middle ones.
    Median,
    Share,
    /// The value of the row of the latest year; several rows of that year: their mean.
    Latest,
    /// Lowest value at or below which at least this share of the rows lies (method "nearest rank").
    Quantile(ExprId),
}

/// Rows of years from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearWindow {
    pub column: ColumnId,
    pub from: i64,
    pub to: i64,
}

/// What an aggregate has one value per.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregateTo {
    /// Per row of `table`: the rows that reach it by these links (each a column of the table reached so far, starting
    /// at `rows`).
    Parent { table: TableId, links: Vec<ColumnId> },
    /// One value for all rows.
    All,
    /// Per row of `rows` itself: over the rows with the same keys (texts or numbers; no keys: all rows);
    /// `except_self`: without the row itself.
    Strata { keys: Vec<ExprId>, except_self: bool },
}

/// Values brought onto one scale over the rows of a population.
#[derive(Debug, Clone, PartialEq)]
pub struct Normalise {
    pub value: ExprId,
    pub method: NormalMethod,
    /// Whose values set the scale; values of other rows are normalised too, on that scale.
    pub among: PopulationOrTable,
    /// Strata within which the scale is set.
    pub within: Vec<ExprId>,
    /// Negated or mirrored, so that higher is better.
    pub reversed: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum NormalMethod {
    /// z-score with the population standard deviation; 0 when all values are equal.
    Standard,
    /// (x − min) / (max − min), observed; 0 when all are equal. Values outside (rows not in the population) are clamped.
    MinMax,
    /// (x − low) / (high − low), clamped to 0…1.
    FixedMinMax(ExprId, ExprId),
    /// (number of smaller + half the number of equal others) / (n − 1); one row: 1/2. A value that no member has: the number
    /// of smaller / n.
    RankShare,
    /// x / maximum
    PercentOf(ExprId),
    /// As it is (negated when reversed).
    Plain,
}

/// Membership in the lowest or highest part of a population.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    pub value: ExprId,
    pub highest: bool,
    pub negated: bool,
    pub among: PopulationOrTable,
    pub quota: Quota,
    /// Whose members the share is taken of; `None`: the ranked rows that have a value.
    pub quota_of: Option<PopulationOrTable>,
    pub within: Vec<ExprId>,
    pub rounding: Rounding,
    pub ties: Ties,
    pub small_strata: Option<SmallStrata>,
    /// Rounding and ties were taken from the built-in defaults, not from the rules.
    pub defaulted: bool,
}

/// Constant expressions.
#[derive(Debug, Clone, PartialEq)]
pub enum Quota {
    Share(ExprId),
    Count(ExprId),
}

#[derive(Debug, Clone, PartialEq)]
pub enum Ties {
    Include,
    Exclude,
    /// (value, higher goes first); rows still equal are included together.
    BreakBy(Vec<(ExprId, bool)>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SmallStrata {
    pub below: u32,
    pub action: SmallStrataAction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SmallStrataAction {
    Merge,
    Undetermined,
    NotMet,
}
