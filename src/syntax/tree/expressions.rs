//! Expressions of the tree: values, conditions, aggregates with their clauses, ranks and quantifiers.
//!
//! As written; no meaning is checked here.

use jiff::civil::Date;

use super::{Name, Numbering, Path, Text, UnitWord};
use crate::location::Span;
use crate::number::Number;

/// An expression: a value or a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// `40 %`; the number is as written (40), not divided by 100.
    Number(Number, Option<UnitWord>),
    Text(Text),
    YesNo(bool),
    Date(Date),
    Path(Path),
    Call(Call),
    /// Parentheses as written.
    Parenthesised(Box<Expr>),
    Negate(Box<Expr>),
    Arithmetic(ArithmeticOp, Box<Expr>, Box<Expr>),
    Compare(CompareOp, Box<Expr>, Box<Expr>),
    /// `от … до …` (both ends belong to it); `negated`: `не от … до …`.
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
    },
    /// `вид в ("вечерняя"; "коррекционная")`
    OneOf {
        value: Box<Expr>,
        options: Vec<Expr>,
        negated: bool,
    },
    /// `название в списке моногородов на дату 01.09.2018`
    InList {
        value: Box<Expr>,
        list: Name,
        date: Option<Box<Expr>>,
        negated: bool,
    },
    /// `результаты в числе самых низких среди дневных, квота 25 % от всех, в пределах вид`
    InCut(Box<InCut>),
    /// `x известно` / `не известно` / `не применимо` …
    Status {
        value: Box<Expr>,
        status: ValueStatus,
    },
    /// `критерий 1.2 выполнен`
    CriterionStatus {
        number: Numbering,
        status: CriterionStatus,
    },
    /// `отнесена к ШНРО`
    CategoryStatus(Name),
    /// `число выполненных критериев категории ШНРО`
    MetCount(MetCountOf),
    And(Box<Expr>, Box<Expr>),
    Or(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    /// `выполнено не менее 2 из применимых критериев`
    Quantified(Box<Quantified>),
    /// `в каждом из последних 3 лет (…)`, `не менее чем в 2 из последних 3 лет (…)`, `2 года подряд за последние 5 лет (…)`
    Years(Box<Years>),
    /// `(если a то x иначе y)`; only inside parentheses.
    If {
        branches: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueStatus {
    Known,
    NotKnown,
    Missing,
    NotApplicable,
    Suppressed,
    Invalid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CriterionStatus {
    Met,
    NotMet,
    Undetermined,
    NotApplicable,
}

/// Which criteria are counted that are met.
#[derive(Debug, Clone, PartialEq)]
pub enum MetCountOf {
    /// All of a category.
    Category(Name),
    /// `из (1.1; 1.2)`
    Listed(Vec<Numbering>),
}

/// A function with its arguments in parentheses: `среднее(балл, где вид = "ЕГЭ", за последние 3 года, с весом участники)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    pub function: CallName,
    pub arguments: Vec<Expr>,
    pub clauses: Vec<Clause>,
}

/// A built-in function word, resolved by the keyword table, or a name declared with `функция`.
#[derive(Debug, Clone, PartialEq)]
pub enum CallName {
    BuiltIn(BuiltIn, Span),
    Declared(Name),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// `среднее`
    Mean,
    /// `сумма`
    Sum,
    /// `количество`
    Count,
    /// `минимум`, of rows (one argument) or of several values
    Minimum,
    /// `максимум`
    Maximum,
    /// `медиана`
    Median,
    /// `квантиль(x; 25 %)`
    Quantile,
    /// `доля(строки где …)` or `доля(часть; целое)`
    Share,
    /// `последнее`: the value of the latest year
    Latest,
    /// `среднее_по_годам`: the body for each year of the window, then the mean of the years
    MeanOfYears,
    /// `стандартное(x, в пределах (…))`
    Standard,
    /// `минимакс(x)` / `минимакс(x; 0; 100)`
    MinMax,
    /// `доля_места(x)`
    RankShare,
    /// `процент_от(x; 100)`
    PercentOf,
    /// `модуль`
    Absolute,
    /// `округлить(x; 0,1)`: half up
    Round,
    /// `округлить_к_чётному`
    RoundHalfEven,
    /// `округлить_вверх`
    RoundUp,
    /// `округлить_вниз`
    RoundDown,
}

/// What restricts or weights an aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    pub kind: ClauseKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ClauseKind {
    /// `где …`
    Where(Expr),
    /// `скрывая строки, где …`: rows left out as suppressed, not as filtered
    Suppressing(Expr),
    /// `за последние 3 года`
    Window(Window),
    /// `с весом …`
    Weight(Expr),
    /// `различных по (…)`
    Distinct(Vec<Path>),
    /// `среди …`: a population or a table
    Among(Name),
    /// `в пределах (…)`
    Within(Vec<Path>),
    /// `кроме самой школы`
    ExceptSelf,
}

/// `за последние 3 года` / `за 2016 – 2018 годы` / `за 2018 год`
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    pub years: WindowYears,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum WindowYears {
    Last(Box<Expr>),
    Range(Box<Expr>, Box<Expr>),
}

/// `в числе самых низких …`
#[derive(Debug, Clone, PartialEq)]
pub struct InCut {
    pub value: Expr,
    pub side: CutSide,
    pub negated: bool,
    /// Mandatory; `None` is reported by `check`.
    pub among: Option<Name>,
    /// `квота 25 %` (a share) or `квота 50 школ` (a count: a plain number)
    pub quota: Option<Expr>,
    /// `от <совокупность>`
    pub quota_of: Option<Name>,
    pub within: Vec<Path>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CutSide {
    Lowest,
    Highest,
}

/// `выполнено <how many> <of what>`
#[derive(Debug, Clone, PartialEq)]
pub struct Quantified {
    pub quantifier: Quantifier,
    /// Only the applicable ones count.
    pub applicable: bool,
    pub of: QuantifiedOver,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Quantifier {
    Any,
    All,
    None,
    AtLeast(Expr),
    AtMost(Expr),
    Exactly(Expr),
}

#[derive(Debug, Clone, PartialEq)]
pub enum QuantifiedOver {
    /// All criteria of the enclosing category or group.
    Criteria,
    /// All groups of the enclosing category.
    Groups,
    /// `критериев из (1.1; 1.2)`
    ListedCriteria(Vec<Numbering>),
    /// `групп из (2.1; 2.2)`
    ListedGroups(Vec<Numbering>),
    /// `условий из (…; …)`
    Conditions(Vec<Expr>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Years {
    pub quantifier: YearsQuantifier,
    pub window: Window,
    pub condition: Expr,
}

#[derive(Debug, Clone, PartialEq)]
pub enum YearsQuantifier {
    Each,
    AtLeast(Expr),
    /// k years in a row
    Consecutive(Expr),
}
