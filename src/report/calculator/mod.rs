//! A decision as arithmetic that can be done again by hand or by a spreadsheet: one step a line, every step a formula over
//! steps before it.
//!
//! Made from the explanation; computes nothing. What other schools determine (means, cut-offs, scales) and what a formula
//! cannot repeat is given as it was found, and is marked so.

pub mod sheet;
mod steps;

use crate::decision::Verdict;
use crate::model::expr::{AggregateFunction, ArithmeticOp, CompareOp, VerdictStatus};
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
    /// How many steps, from the first on, are inputs: cells of the school and numbers that other schools determine, each once.
    pub inputs: usize,
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
    /// Weight and year of a row of an aggregate; the step that the weight is taken from, where it is one.
    pub weight: Option<Number>,
    pub weight_from: Option<usize>,
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
    /// The value of the first branch whose condition holds.
    Choose {
        branches: Vec<(usize, usize)>,
        otherwise: usize,
    },
    /// The value of the entry whose key is the one of `by`.
    Keyed {
        by: usize,
        entries: Vec<(usize, usize)>,
        otherwise: Option<usize>,
    },
    /// The value, but nothing where the condition holds.
    AbsentWhen {
        value: usize,
        when: usize,
        /// Nothing because it cannot exist.
        inapplicable: bool,
    },
    /// Whether there is a value.
    Known {
        value: usize,
        negated: bool,
    },
    /// Whether a criterion has this verdict.
    VerdictIs(usize, VerdictStatus),
    /// One number from the steps `first` to `last`.
    Rows {
        function: AggregateFunction,
        weighted: bool,
        first: usize,
        last: usize,
    },
    /// (raw − mean) / deviation, 12 decimals.
    Standard {
        raw: usize,
        mean: usize,
        deviation: usize,
        reversed: bool,
    },
    /// (raw − minimum) / (maximum − minimum), from 0 to 1.
    MinMax {
        raw: usize,
        minimum: usize,
        maximum: usize,
        reversed: bool,
    },
    /// Steps times weights, summed.
    Weighted(Vec<(usize, Number)>),
    /// The same over the steps that have a value, the weights brought to one; nothing where too little is known.
    Reweighted {
        parts: Vec<(usize, Number)>,
        least_weight: Number,
        least_count: usize,
    },
    /// The truth of a step, but this where it is unknown.
    Verdict {
        condition: usize,
        unknown: Unknown,
        /// What the rules say of lacking data, whatever the data are now.
        policy: Unknown,
    },
}

impl Formula {
    /// Renumbers the steps that it names.
    fn renumber(&mut self, to: &dyn Fn(usize) -> usize) {
        let one = |at: &mut usize| *at = to(*at);
        match self {
            Formula::Given => {}
            Formula::Step(a) | Formula::Negate(a) | Formula::Absolute(a) | Formula::Not(a) => one(a),
            Formula::VerdictIs(a, _) | Formula::Known { value: a, .. } | Formula::Verdict { condition: a, .. } => {
                one(a)
            }
            Formula::Arithmetic(_, a, b) | Formula::Compare(_, a, b) => [a, b].into_iter().for_each(one),
            Formula::Round { value: a, step: b, .. } | Formula::AbsentWhen { value: a, when: b, .. } => {
                [a, b].into_iter().for_each(one);
            }
            Formula::Rows { first: a, last: b, .. } => [a, b].into_iter().for_each(one),
            Formula::Between { value: a, low: b, high: c, .. }
            | Formula::Standard { raw: a, mean: b, deviation: c, .. }
            | Formula::MinMax { raw: a, minimum: b, maximum: c, .. } => [a, b, c].into_iter().for_each(one),
            Formula::Extreme { of, .. } | Formula::And(of) | Formula::Or(of) | Formula::Counted { of, .. } => {
                of.iter_mut().for_each(one);
            }
            Formula::OneOf { value, options, .. } => std::iter::once(value).chain(options).for_each(one),
            Formula::Choose { branches, otherwise } => {
                branches.iter_mut().flat_map(|(a, b)| [a, b]).chain([otherwise]).for_each(one);
            }
            Formula::Keyed { by, entries, otherwise } => {
                let entries = entries.iter_mut().flat_map(|(a, b)| [a, b]);
                std::iter::once(by).chain(entries).chain(otherwise).for_each(one);
            }
            Formula::Weighted(parts) | Formula::Reweighted { parts, .. } => {
                parts.iter_mut().for_each(|(at, _)| one(at));
            }
        }
    }
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
