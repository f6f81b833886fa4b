//! A decision as arithmetic that can be done again by hand or by a spreadsheet: one step a line, every step a formula over
//! steps before it.
//!
//! Made from the explanation; computes nothing. What other schools determine (means, cut-offs, scales) and what a formula
//! cannot repeat is given as it was found, and is marked so.

pub mod sheet;
mod steps;

use crate::decision::Verdict;
use crate::model::expr::{AggregateFunction, ArithmeticOp, CompareOp};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::value::{Type, Value};

pub use steps::calculator;

/// The whole calculation of one school.
#[derive(Debug, Clone)]
pub struct Calculator {
    pub title: String,
    pub subtitle: String,
    pub notice: Option<String>,
    /// Steps come before the steps that use them.
    pub steps: Vec<Step>,
}

#[derive(Debug, Clone)]
pub struct Step {
    /// How deep in the rule, from 0: the decision on a category.
    pub depth: usize,
    pub label: String,
    pub formula: Formula,
    /// What the run found.
    pub value: Value,
    pub kind: Type,
    /// Weight and year of a row of an aggregate.
    pub weight: Option<Number>,
    pub year: Option<i64>,
    /// Where the value stands, for cells.
    pub place: Option<String>,
    /// Where it is decided: the verdict that the line must give.
    pub verdict: Option<Verdict>,
}

/// Truths are 1, 0 and, where unknown, 1/2: then "and" is the least, "or" the greatest, "not" what is left to 1. Numbers name
/// steps by position.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// As it was found.
    Given,
    Step(usize),
    Negate(usize),
    Absolute(usize),
    Arithmetic(ArithmeticOp, usize, usize),
    Extreme {
        largest: bool,
        of: Vec<usize>,
    },
    Round {
        value: usize,
        step: usize,
        rounding: Rounding,
    },
    /// Numbers, or texts and truths for equality.
    Compare(CompareOp, usize, usize),
    /// Held against a number found by others: a cut-off.
    Against(CompareOp, usize, Number),
    Between {
        value: usize,
        low: usize,
        high: usize,
        negated: bool,
    },
    OneOf {
        value: usize,
        options: Vec<usize>,
        negated: bool,
    },
    And(Vec<usize>),
    Or(Vec<usize>),
    Not(usize),
    Counted {
        bound: Bound,
        /// What is not applicable does not count.
        applicable: bool,
        of: Vec<usize>,
    },
    /// One number from the steps `first` to `last`.
    Rows {
        function: AggregateFunction,
        weighted: bool,
        first: usize,
        last: usize,
    },
    /// (raw − mean) / deviation, 12 decimals.
    Standard {
        raw: Raw,
        mean: Number,
        deviation: Number,
        reversed: bool,
    },
    /// (raw − minimum) / (maximum − minimum), from 0 to 1.
    MinMax {
        raw: Raw,
        minimum: Number,
        maximum: Number,
        reversed: bool,
    },
    /// Steps times weights, summed.
    Weighted(Vec<(usize, Number)>),
    /// The truth of a step, but this where it is unknown.
    Verdict {
        condition: usize,
        unknown: Unknown,
    },
}

/// What is brought onto a scale: a step, or a number of the row.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    Step(usize),
    Number(Number),
}

/// How many must hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    All,
    AtLeast(Number),
    AtMost(Number),
    Exactly(Number),
}

/// What a criterion is when its condition cannot be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    Stays,
    Met,
    NotMet,
    NotApplicable,
}
