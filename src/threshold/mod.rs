//! Which schools are on a list for every value of one number of the rules: the exact step function, without trying values out.
//!
//! The number is a parameter or a literal of a criterion. Where it is held against the data, the values at which something
//! changes are known (`critical`); between two neighbouring ones nothing changes, so one value of each stretch is evaluated, by
//! the evaluation itself (`pieces`). What the number reaches in another way is refused (`reach`), never sampled. Knows no
//! words.
//!
//! # Why no change is missed
//!
//! The steps of the plan are of three kinds (`reach::Class`): *free* ones do not depend on the number; *linear* ones are
//! `a + b·t` with `a` and `b` free; *stepped* ones depend on it only through comparisons of linear with linear or free
//! values, selections whose quota is linear, and bounds of counts. Those *sources* change at values that are listed:
//!
//! * a comparison of `a + b·t` with `c + d·t` changes only where both are equal, at `t = (c − a) / (b − d)`, and never when
//!   `b = d`; one with a count of which `n` rows are open is the comparison with each of the `n + 1` possible counts;
//! * a selection takes a row in from one quota on (`evaluate::trace::Entry`), and the quota is a rounded linear function, so the
//!   row changes once;
//! * a bound of a count is a whole number, and only whole numbers are values then.
//!
//! Every other stepped step is a function of free and stepped columns, so it cannot change where no source does.

mod critical;
mod curve;
mod domain;
mod ends;
mod pieces;
pub mod plane;
mod reach;
mod subject;

use std::cmp::Ordering;

use crate::data::dataset::Dataset;
use crate::decision::{Run, StepId};
use crate::location::SourceSpan;
use crate::model::expr::ExprId;
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::number::Number;
use crate::plan::Plan;

pub use curve::{Breakpoint, Change, Curve, State};
pub use domain::Domain;
pub use subject::{Literal, Named, Prepared, Subject, Unfound, find, folded, literals, prepare};

/// More evaluations of the rules than this are refused.
pub const MOST_EVALUATIONS: usize = 20_000;

/// A place on the line of values: what begins there holds from it on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mark {
    pub value: Number,
    pub side: Side,
}

/// Whether what begins at a value holds for the value itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    At,
    After,
}

impl Mark {
    pub fn at(value: Number) -> Mark {
        Mark { value, side: Side::At }
    }

    pub fn after(value: Number) -> Mark {
        Mark { value, side: Side::After }
    }
}

impl PartialOrd for Mark {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Mark {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value).then(self.side.cmp(&other.side))
    }
}

/// Values from one mark to the next; `None`: to the end of the values that are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interval {
    pub from: Option<Mark>,
    pub to: Option<Mark>,
}

/// Whose list is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Item {
    Category(CategoryId),
    /// Everyone who meets the criterion.
    Criterion(CriterionId),
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Question {
    pub items: Vec<Item>,
    /// Values outside are not looked at.
    pub from: Option<Number>,
    pub to: Option<Number>,
    /// Ranges whose lower end may lie above the upper one, where nothing is in them; of all others the ends keep their order.
    pub crossing: Vec<ExprId>,
}

/// The answer: one step function per list.
#[derive(Debug, Clone)]
pub struct Profile {
    pub present: Number,
    pub domain: Domain,
    pub curves: Vec<Curve>,
    /// Who is on the list, and how many are undetermined, at the present value: by the rules as they are, one per curve.
    pub counts: Vec<(usize, usize)>,
    /// Only a part of the values was asked for.
    pub limited: bool,
    /// How the values were tried: the rules were evaluated as a whole so many times, or (0) school by school.
    pub evaluations: usize,
}

impl Profile {
    /// The present value is not among those looked at: no stretch holds now.
    pub fn is_outside(&self) -> bool {
        !self.domain.contains(&self.present)
    }

    /// The stretch of a curve that holds now.
    pub fn stretch_now(&self, curve: &Curve) -> Option<usize> {
        (!self.is_outside()).then(|| curve.stretch_at(&self.present))
    }

    /// How many schools are on the list of a curve, and how many undetermined, at the present value.
    pub fn counts_now(&self, curve: &Curve) -> (usize, usize) {
        let at = self.curves.iter().position(|other| other.item == curve.item);
        at.and_then(|at| self.counts.get(at)).copied().unwrap_or((0, 0))
    }
}

/// Why there is no exact answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// The number goes into something that is not held against a bound: a mean, an index, a product with itself.
    Beyond(SourceSpan),
    /// More values at which something may change than the rules can be evaluated at.
    TooMany(usize),
    /// No value is left to look at.
    Empty,
}

/// Rules prepared for one number, with the data and the run of the prepared plan.
#[derive(Debug, Clone, Copy)]
pub struct Basis<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
}

impl Basis<'_> {
    fn step_of(&self, item: Item) -> Option<StepId> {
        match item {
            Item::Category(id) => self.plan.categories.get(id.index()).copied(),
            Item::Criterion(id) => self.plan.criteria.get(id.index()).copied(),
        }
    }
}

/// The step functions of a number over its values.
///
/// # Errors
/// The number is used in a way that has no exact answer, or too many evaluations would be needed.
pub fn profile(basis: &Basis<'_>, prepared: &Prepared, question: &Question) -> Result<Profile, Refusal> {
    let present = prepared.subject.present.clone();
    let wanted: Vec<StepId> = question.items.iter().filter_map(|item| basis.step_of(*item)).collect();
    let Some(number) = prepared.step else {
        let domain = Domain::between(question.from.clone(), question.to.clone(), false)?;
        return Ok(pieces::unchanged(basis, question, present, domain));
    };
    let reach = reach::Reach::of(basis, number, &wanted)?;
    let lines = critical::Lines::of(basis, number, &reach);
    let domain = domain::find(basis, prepared, &reach, &lines, question)?;
    pieces::evaluated(basis, number, &reach, &lines, domain, question, present)
}
