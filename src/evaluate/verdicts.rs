//! Membership of populations, and the verdicts of criteria, groups and categories.

use std::sync::Arc;

use super::frame::{Frame, Truths, truth_rows};
use crate::decision::{Membership, StepColumn, StepId, Verdict};
use crate::model::expr::VerdictStatus;
use crate::model::{CriterionId, MissingData};
use crate::plan::{Step, StepKind};
use crate::value::{Reasons, Truth};

impl Frame<'_> {
    pub fn member(
        &self,
        base: Option<StepId>,
        condition: Option<StepId>,
        exclusions: &[StepId],
        step: &Step,
    ) -> StepColumn {
        let rows = self.rows(step);
        let (base, condition) = (base.map(|id| self.truths(id)), condition.map(|id| self.truths(id)));
        let exclusions: Vec<Truths> = exclusions.iter().map(|id| self.truths(*id)).collect();
        let member = |row: usize| {
            let mut truth = Truth::TRUE;
            for part in [&base, &condition].into_iter().flatten() {
                truth = truth.and(part.get(row));
            }
            for exclusion in &exclusions {
                truth = truth.and(exclusion.get(row).negate());
            }
            truth.0
        };
        truth_rows((0..rows).map(member).collect())
    }

    pub fn membership(&self, id: StepId) -> Membership {
        let empty = Membership { members: Arc::new(Vec::new()), excluded_by: Arc::new(Vec::new()), count: 0 };
        let Some(step) = self.plan.step(id) else {
            return empty;
        };
        let members = match self.truths(id) {
            Truths::Rows(rows) => rows,
            Truths::One(truth) => Arc::new(vec![truth.0; self.rows(step)]),
        };
        let count = members.iter().filter(|t| **t == Truth::TRUE.0).count();
        let mut excluded_by = Vec::new();
        if let StepKind::Member { exclusions, .. } = &step.kind
            && !exclusions.is_empty()
        {
            let exclusions: Vec<Truths> = exclusions.iter().map(|e| self.truths(*e)).collect();
            excluded_by = (0..members.len())
                .map(|row| {
                    let first = exclusions.iter().position(|e| e.get(row).is_true());
                    first.map_or(0, |at| u8::try_from(at + 1).unwrap_or(u8::MAX))
                })
                .collect();
        }
        Membership { members, excluded_by: Arc::new(excluded_by), count }
    }

    /// The condition after the missing-data policy.
    pub fn criterion(&self, id: CriterionId, condition: StepId, step: &Step) -> StepColumn {
        let policy = self.rules.criteria.get(id.index()).map_or(MissingData::Undetermined, |c| c.on_missing);
        let truths = self.truths(condition);
        let apply = |truth: Truth| {
            // What cannot exist for the school is no missing datum.
            if !truth.is_unknown() || truth.reasons() == Reasons::NOT_APPLICABLE {
                return truth.0;
            }
            match policy {
                MissingData::Undetermined => truth.0,
                MissingData::NotMet => Truth::FALSE.0,
                MissingData::Met => Truth::TRUE.0,
                MissingData::NotApplicable => Truth::unknown(Reasons::NOT_APPLICABLE).0,
            }
        };
        truth_rows(truths.mapped(self.rows(step), apply))
    }

    /// The rule of a group or category as its own column.
    pub fn not_twice(&self, rule: StepId, step: &Step) -> StepColumn {
        let truths = self.truths(rule);
        match truths {
            Truths::Rows(rows) => StepColumn::Rows(crate::decision::RowColumn::Truths(rows)),
            Truths::One(truth) => truth_rows(vec![truth.0; self.rows(step)]),
        }
    }

    pub fn verdict_is(&self, of: StepId, status: VerdictStatus, step: &Step) -> StepColumn {
        let truths = self.truths(of);
        let asked = |truth: Truth| match status {
            // what is unknown of the criterion is unknown of both
            VerdictStatus::Met => truth,
            VerdictStatus::NotMet => truth.negate(),
            VerdictStatus::NotApplicable => Truth::from_bool(verdict(truth) == Verdict::NotApplicable),
            VerdictStatus::Undetermined => Truth::from_bool(matches!(verdict(truth), Verdict::Undetermined(_))),
        };
        truth_rows(truths.mapped(self.rows(step), |truth| asked(truth).0))
    }

    pub fn verdicts(&self, id: StepId) -> Vec<Verdict> {
        let Some(step) = self.plan.step(id) else {
            return Vec::new();
        };
        let truths = self.truths(id);
        let among = match &step.kind {
            StepKind::Category { among: Some(among), .. } => Some(self.truths(*among)),
            _ => None,
        };
        let mut verdicts = truths.mapped(self.rows(step), verdict);
        if let Some(among) = among {
            for (row, verdict) in verdicts.iter_mut().enumerate() {
                match among.get(row) {
                    member if member.is_false() => *verdict = Verdict::NotJudged,
                    member if member.is_unknown() => *verdict = Verdict::Undetermined(member.reasons()),
                    _ => {}
                }
            }
        }
        verdicts
    }
}

fn verdict(truth: Truth) -> Verdict {
    if truth.is_true() {
        Verdict::Met
    } else if truth.is_false() {
        Verdict::NotMet
    } else if truth.reasons() == Reasons::NOT_APPLICABLE {
        Verdict::NotApplicable
    } else {
        Verdict::Undetermined(truth.reasons())
    }
}
