//! Rule set → ordered steps: few kinds, named, without closures; equal steps are one step.
//!
//! A step names its inputs by [`StepId`] and stands after all of them. Knows no values of the data.

mod build;
mod dependence;
mod named;
mod same;

use std::collections::BTreeSet;

use crate::data::dataset::Needed;
use crate::decision::StepId;
use crate::location::SourceSpan;
use crate::model::expr::{
    AggregateFunction, ArithmeticOp, CompareOp, ExprId, Grain, SmallStrata, ValueStatus, VerdictStatus, YearWindow,
};
use crate::model::{CategoryId, CriterionId, FunctionId, GroupId, IndexId, ListId, PopulationId, RuleSet};
use crate::number::rounding::Rounding;
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Type, Value};

pub use named::{Named, apart, named};
pub use same::{same_steps, same_tables};

/// Everything to compute, inputs before what uses them.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub steps: Vec<Step>,
    /// The step of each expression, by [`ExprId`].
    pub of_expr: Vec<StepId>,
    /// Truth of each criterion after its missing-data policy.
    pub criteria: Vec<StepId>,
    pub groups: Vec<StepId>,
    pub categories: Vec<StepId>,
    /// Membership of each population.
    pub populations: Vec<StepId>,
    /// Places of the rules that depend on themselves; a rule set made by `check` has none.
    pub circular: Vec<SourceSpan>,
    /// An identifier points at nothing; a rule set made by `check` has none of these.
    pub malformed: Vec<SourceSpan>,
}

#[derive(Debug, Clone)]
pub struct Step {
    pub kind: StepKind,
    pub ty: Type,
    pub grain: Grain,
    pub span: SourceSpan,
}

/// What a step computes. Truths, numbers, texts and dates all are columns.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum StepKind {
    Constant(Value),
    Column(TableId, ColumnId),
    /// `inner` taken at the row that the link names.
    Follow {
        table: TableId,
        link: ColumnId,
        inner: StepId,
    },
    Negate(StepId),
    Absolute(StepId),
    Arithmetic(ArithmeticOp, StepId, StepId),
    Extreme {
        largest: bool,
        of: Vec<StepId>,
    },
    Round {
        value: StepId,
        step: StepId,
        rounding: Rounding,
    },
    Compare(CompareOp, StepId, StepId),
    InList {
        value: StepId,
        list: ListId,
        date: Option<jiff::civil::Date>,
    },
    Status(StepId, ValueStatus),
    And(Vec<StepId>),
    Or(Vec<StepId>),
    Not(StepId),
    /// The value of the first branch whose condition is true; nothing left: not applicable.
    Choose {
        branches: Vec<(StepId, StepId)>,
        otherwise: Option<StepId>,
    },
    Quantified {
        bound: Bound,
        applicable: bool,
        items: Vec<StepId>,
    },
    Consecutive {
        least: StepId,
        items: Vec<StepId>,
    },
    Member {
        population: PopulationId,
        base: Option<StepId>,
        condition: Option<StepId>,
        exclusions: Vec<StepId>,
    },
    Criterion(CriterionId, StepId),
    Group(GroupId, StepId),
    Category {
        category: CategoryId,
        rule: StepId,
        among: Option<StepId>,
    },
    VerdictIs(StepId, VerdictStatus),
    Aggregate(Box<AggregateStep>),
    Normalise(Box<NormaliseStep>),
    IndexValue {
        index: IndexId,
        components: Vec<StepId>,
        among: Option<StepId>,
    },
    Cut(Box<CutStep>),
    Call(FunctionId, Vec<StepId>),
    AbsentWhen {
        value: StepId,
        when: StepId,
        reasons: Reasons,
    },
    Fallback(StepId, StepId),
    MeanOf(Vec<StepId>),
    /// Stands where the rule set is circular or malformed; absent everywhere.
    Nothing,
}

/// How many of the items must be true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    Any,
    All,
    None,
    AtLeast(StepId),
    AtMost(StepId),
    Exactly(StepId),
}

/// As [`crate::model::expr::Aggregate`], with steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AggregateStep {
    pub function: AggregateFunction,
    /// The share of a quantile.
    pub share: Option<StepId>,
    pub rows: TableId,
    pub value: Option<StepId>,
    pub among: Option<StepId>,
    pub filter: Option<StepId>,
    pub share_of: Option<StepId>,
    pub suppressing: Option<StepId>,
    pub window: Option<YearWindow>,
    pub weight: Option<StepId>,
    pub distinct: Vec<StepId>,
    pub to: Target,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    Parent { table: TableId, links: Vec<ColumnId> },
    All,
    Strata { keys: Vec<StepId>, except_self: bool },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NormaliseStep {
    pub value: StepId,
    pub method: Method,
    pub table: Option<TableId>,
    pub among: Option<StepId>,
    pub within: Vec<StepId>,
    pub reversed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Standard,
    MinMax,
    FixedMinMax(StepId, StepId),
    RankShare,
    PercentOf(StepId),
    Plain,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CutStep {
    pub value: StepId,
    pub highest: bool,
    pub among: Option<StepId>,
    pub quota: QuotaStep,
    /// Truth of membership per row; `None`: the rows ranked.
    pub quota_of: Option<QuotaOf>,
    pub within: Vec<StepId>,
    pub rounding: Rounding,
    pub ties: TiesStep,
    pub small_strata: Option<SmallStrata>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotaStep {
    Share(StepId),
    Count(StepId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuotaOf {
    Members(StepId),
    AllRows,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TiesStep {
    Include,
    Exclude,
    BreakBy(Vec<(StepId, bool)>),
}

/// Orders all expressions of the rule set into steps. Never fails: what is circular or points nowhere is listed in the
/// plan and has the step [`StepKind::Nothing`].
pub fn plan(rules: &RuleSet) -> Plan {
    build::build(rules, &BTreeSet::new())
}

/// The expressions that one is made of.
pub fn operands(rules: &RuleSet, expr: ExprId) -> Vec<ExprId> {
    rules.expr(expr).map(|expr| crate::model::inputs::operands(rules, &expr.kind)).unwrap_or_default()
}

impl Plan {
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.get(id.index())
    }

    pub fn step_of(&self, expr: ExprId) -> Option<StepId> {
        self.of_expr.get(expr.index()).copied()
    }

    /// The columns of the data that the steps read.
    pub fn needed(&self, rules: &RuleSet) -> Needed {
        let mut columns = BTreeSet::new();
        for step in &self.steps {
            match &step.kind {
                StepKind::Column(table, column) => {
                    columns.insert((*table, *column));
                }
                StepKind::Follow { table, link, .. } => {
                    columns.insert((*table, *link));
                }
                StepKind::Aggregate(aggregate) => {
                    if let Some(window) = aggregate.window {
                        columns.insert((aggregate.rows, window.column));
                    }
                    if let Some(year) = latest_year(rules, aggregate) {
                        columns.insert((aggregate.rows, year));
                    }
                    if let Target::Parent { links, .. } = &aggregate.to {
                        let mut table = aggregate.rows;
                        for link in links {
                            columns.insert((table, *link));
                            match rules.schema.column(table, *link).and_then(|c| c.link) {
                                Some(next) => table = next,
                                None => break,
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        // Whoever is judged must be called by name, and links need the key they point at.
        let mut keys: BTreeSet<TableId> = BTreeSet::from([rules.subject]);
        keys.extend(columns.iter().filter_map(|(table, column)| rules.schema.column(*table, *column)?.link));
        for table in keys {
            if let Some(schema) = rules.schema.table(table) {
                columns.extend(schema.key.iter().map(|column| (table, *column)));
            }
        }
        Needed::Columns(columns)
    }
}

/// The column of years that "latest" goes by.
pub fn latest_year(rules: &RuleSet, aggregate: &AggregateStep) -> Option<ColumnId> {
    if aggregate.function != AggregateFunction::Latest {
        return None;
    }
    aggregate.window.map(|w| w.column).or_else(|| rules.schema.table(aggregate.rows)?.year)
}

impl StepKind {
    /// The steps that this one reads.
    pub fn inputs(&self) -> Vec<StepId> {
        dependence::inputs(self)
    }
}
