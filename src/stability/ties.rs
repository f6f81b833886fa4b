//! Every selection with each other rule for those who stand exactly on the cut-off and each other rounding of its quota.

use rayon::prelude::*;

use super::ground::Made;
use super::{Ground, TieRule, What, told};
use crate::decision::StepId;
use crate::evaluate::{self, Beside};
use crate::number::rounding::Rounding;
use crate::plan::{CutStep, Plan, QuotaStep, StepKind, TiesStep};
use crate::progress::{Progress, Silent};

const ROUNDINGS: [Rounding; 3] = [Rounding::Up, Rounding::Down, Rounding::HalfUp];

/// One selection as it could be made otherwise.
struct Variant {
    step: StepId,
    cut: CutStep,
    ties: TieRule,
}

/// What each variant of each selection changes. A quota that is a number of schools is not rounded, so only ties differ.
pub(super) fn variants(ground: &Ground<'_>, progress: &dyn Progress) -> Vec<Made> {
    let mut variants: Vec<Variant> = Vec::new();
    for step in ground.all_needed() {
        if let Some(StepKind::Cut(cut)) = ground.plan.step(step).map(|step| &step.kind) {
            variants.extend(others(step, cut));
        }
    }
    told(progress, variants.len(), || {
        let made: Vec<Option<Made>> = variants
            .par_iter()
            .map(|variant| {
                let found = evaluated(ground, variant);
                progress.advance(1);
                found
            })
            .collect();
        made.into_iter().flatten().collect()
    })
}

fn others(step: StepId, cut: &CutStep) -> Vec<Variant> {
    let roundings = match cut.quota {
        QuotaStep::Share(_) => {
            let mut all = vec![cut.rounding];
            all.extend(ROUNDINGS.into_iter().filter(|rounding| *rounding != cut.rounding));
            all
        }
        QuotaStep::Count(_) => vec![cut.rounding],
    };
    let mut ties = vec![(rule(&cut.ties), cut.ties.clone())];
    let known = [(TieRule::Include, TiesStep::Include), (TieRule::Exclude, TiesStep::Exclude)];
    ties.extend(known.into_iter().filter(|(rule_of, _)| *rule_of != rule(&cut.ties)));
    let all = ties.iter().flat_map(|tie| roundings.iter().map(move |rounding| (tie, *rounding)));
    let other = all.skip(1).map(|((ties, step_ties), rounding)| Variant {
        step,
        cut: CutStep { ties: step_ties.clone(), rounding, ..cut.clone() },
        ties: *ties,
    });
    other.collect()
}

fn rule(ties: &TiesStep) -> TieRule {
    match ties {
        TiesStep::Include => TieRule::Include,
        TiesStep::Exclude => TieRule::Exclude,
        TiesStep::BreakBy(_) => TieRule::Broken,
    }
}

fn evaluated(ground: &Ground<'_>, variant: &Variant) -> Option<Made> {
    let mut plan: Plan = ground.plan.clone();
    plan.steps.get_mut(variant.step.index())?.kind = StepKind::Cut(Box::new(variant.cut.clone()));
    let reached = super::reached(ground.plan, variant.step);
    let same = reached.iter().enumerate().map(|(at, reached)| (!reached).then(|| StepId::from_index(at))).collect();
    let beside = Beside { before: Some((ground.plan, ground.run)), same };
    let run = evaluate::evaluate_beside(&ground.rules_alone(), &plan, ground.data, &beside, &Silent).value?;
    let rounding = match variant.cut.quota {
        QuotaStep::Share(_) => Some(variant.cut.rounding),
        QuotaStep::Count(_) => None,
    };
    let what = What::Cut { criteria: ground.criteria_of(variant.step), ties: variant.ties, rounding };
    Some(Made { what, step: Some(variant.step), moves: ground.moved(&run, Some) })
}
