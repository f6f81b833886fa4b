//! How a number goes on through the steps of a plan.

use std::collections::BTreeSet;

use super::{Basis, Refusal};
use crate::decision::StepId;
use crate::evaluate::repeated::is_of_one_row;
use crate::location::SourceSpan;
use crate::model::expr::{ArithmeticOp, Grain};
use crate::plan::{Bound, CutStep, Plan, QuotaStep, StepKind};

/// How a step depends on the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Not at all.
    Free,
    /// `a + b·t`, absent or not whatever `t` is.
    Linear,
    /// Changes only where a source does.
    Stepped,
    /// In some other way.
    Beyond,
}

/// Where the number is held against something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Comparison,
    Quota,
    /// The bound of a count.
    Bound,
}

/// What the number reaches.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// Per step of the plan.
    pub classes: Vec<Class>,
    /// Steps that what is asked for needs.
    pub needed: BTreeSet<StepId>,
    /// Every step where the number is held against something, needed or not.
    pub sources: Vec<(StepId, Source)>,
    /// Only whole numbers are values.
    pub whole: bool,
    /// What a school comes to depends on no other school.
    pub of_one_row: bool,
}

impl Reach {
    pub fn of(basis: &Basis<'_>, number: StepId, wanted: &[StepId]) -> Result<Reach, Refusal> {
        let plan = basis.plan;
        let mut classes = Vec::with_capacity(plan.steps.len());
        let mut sources = Vec::new();
        for (at, step) in plan.steps.iter().enumerate() {
            let id = StepId::from_index(at);
            let of = |id: StepId| classes.get(id.index()).copied().unwrap_or(Class::Beyond);
            let (class, source) = if id == number { (Class::Linear, None) } else { class(&step.kind, &of, number) };
            classes.push(class);
            sources.extend(source.map(|source| (id, source)));
        }
        let mut needed: BTreeSet<StepId> = wanted.iter().copied().collect();
        let mut ahead: Vec<StepId> = wanted.to_vec();
        while let Some(step) = ahead.pop().and_then(|id| plan.step(id)) {
            ahead.extend(step.kind.inputs().into_iter().filter(|input| needed.insert(*input)));
        }
        let class_of = |id: &StepId| classes.get(id.index()).copied();
        if let Some(id) = needed.iter().find(|id| class_of(id) == Some(Class::Beyond)) {
            return Err(Refusal::Beyond(plan.step(*id).map_or_else(SourceSpan::default, |step| step.span)));
        }
        let whole = sources.iter().any(|(id, source)| *source == Source::Bound || is_count(plan, *id));
        let alone = |id: &StepId| {
            let Some(step) = plan.step(*id) else { return true };
            let here = matches!(step.grain, Grain::Constant) || step.grain == Grain::Row(basis.rules.subject);
            let source = sources.iter().any(|(source, _)| source == id);
            here && (source || is_of_one_row(&step.kind))
        };
        let changing = |id: &&StepId| class_of(id).is_some_and(|class| class != Class::Free);
        let of_one_row = needed.iter().filter(changing).all(alone);
        Ok(Reach { classes, needed, sources, whole, of_one_row })
    }

    pub fn class(&self, id: StepId) -> Class {
        self.classes.get(id.index()).copied().unwrap_or(Class::Beyond)
    }

    /// The sources that what is asked for depends on.
    pub fn needed_sources(&self) -> impl Iterator<Item = (StepId, Source)> {
        self.sources.iter().copied().filter(|(id, _)| self.needed.contains(id))
    }
}

fn is_count(plan: &Plan, id: StepId) -> bool {
    let kind = plan.step(id).map(|step| &step.kind);
    matches!(kind, Some(StepKind::Cut(cut)) if matches!(cut.quota, QuotaStep::Count(_)))
}

/// What a step is, by what its inputs are; and what it is a source of.
fn class(kind: &StepKind, of: &dyn Fn(StepId) -> Class, number: StepId) -> (Class, Option<Source>) {
    let inputs: Vec<Class> = kind.inputs().into_iter().map(of).collect();
    let some = |class: Class| inputs.contains(&class);
    let none = |class: Class| !inputs.contains(&class);
    let plain = |class: Class| (class, None);
    if some(Class::Beyond) {
        return plain(Class::Beyond);
    }
    if none(Class::Linear) {
        return plain(if some(Class::Stepped) { Class::Stepped } else { Class::Free });
    }
    let linear_if = |fits: bool| plain(if fits { Class::Linear } else { Class::Beyond });
    let free = |id: &StepId| of(*id) == Class::Free;
    match kind {
        StepKind::Negate(_) | StepKind::Follow { .. } => plain(Class::Linear),
        StepKind::Arithmetic(ArithmeticOp::Add | ArithmeticOp::Subtract, ..)
        | StepKind::Fallback(..)
        | StepKind::MeanOf(_) => linear_if(none(Class::Stepped)),
        StepKind::Arithmetic(ArithmeticOp::Multiply, a, b) => linear_if(free(a) || free(b)),
        StepKind::Arithmetic(ArithmeticOp::Divide, _, b) => linear_if(free(b)),
        StepKind::Choose { branches, .. } => {
            linear_if(none(Class::Stepped) && branches.iter().all(|(when, _)| free(when)))
        }
        StepKind::AbsentWhen { when, .. } => linear_if(free(when)),
        // whether there is a value does not depend on the number
        StepKind::Status(..) => plain(Class::Free),
        StepKind::Compare(..) if none(Class::Stepped) => (Class::Stepped, Some(Source::Comparison)),
        StepKind::Cut(cut) => match quota(cut) {
            (step, share) if of(step) == Class::Linear && (share || step == number) => {
                let others = kind.inputs().into_iter().filter(|id| *id != step).all(|id| free(&id));
                if others { (Class::Stepped, Some(Source::Quota)) } else { plain(Class::Beyond) }
            }
            _ => plain(Class::Beyond),
        },
        StepKind::Quantified { bound: Bound::AtLeast(k) | Bound::AtMost(k) | Bound::Exactly(k), items, .. }
        | StepKind::Consecutive { least: k, items }
            if *k == number && items.iter().all(|item| of(*item) != Class::Linear) =>
        {
            (Class::Stepped, Some(Source::Bound))
        }
        _ => plain(Class::Beyond),
    }
}

/// The step of the quota, and whether it is a share.
pub(super) fn quota(cut: &CutStep) -> (StepId, bool) {
    match cut.quota {
        QuotaStep::Share(step) => (step, true),
        QuotaStep::Count(step) => (step, false),
    }
}
