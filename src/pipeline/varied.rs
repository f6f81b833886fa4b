//! Rules evaluated on data on which other rules have been evaluated already.

use super::Judged;
use crate::compare::Side;
use crate::decision::Run;
use crate::diagnostic::Outcome;
use crate::evaluate::{self, Beside};
use crate::model::RuleSet;
use crate::plan::{self, Plan, same_steps};
use crate::progress::{Progress, Silent};

/// Rules evaluated on the data of a [`Judged`].
#[derive(Debug)]
pub struct Varied {
    pub rules: RuleSet,
    pub plan: Plan,
    pub run: Run,
}

impl Judged {
    /// Evaluates other rules on the same data: only what differs. They read no columns that these rules do not read.
    pub fn varied(&self, rules: RuleSet) -> Outcome<Varied> {
        let plan = plan::plan(&rules);
        let Outcome { value, diagnostics } = self.evaluated(&rules, &plan, &Silent);
        Outcome { value: value.map(|run| Varied { rules, plan, run }), diagnostics }
    }

    /// The run of such rules.
    pub fn evaluated(&self, rules: &RuleSet, plan: &Plan, progress: &dyn Progress) -> Outcome<Run> {
        let same = same_steps((&self.rules, &self.plan), (rules, plan));
        let beside = Beside { before: Some((&self.plan, &self.run)), same };
        evaluate::evaluate_beside(rules, plan, &self.dataset, &beside, progress)
    }

    /// As one side of a comparison.
    pub fn side(&self) -> Side<'_> {
        let Judged { rules, plan, dataset, run, .. } = self;
        Side { rules, plan, data: dataset, run }
    }

    /// Other rules on these data as one.
    pub fn side_of<'a>(&'a self, varied: &'a Varied) -> Side<'a> {
        Side { rules: &varied.rules, plan: &varied.plan, data: &self.dataset, run: &varied.run }
    }
}
