//! Old and new rules on old and new data: the two corners that nobody asked for are evaluated as well.
//!
//! Rules that cannot be evaluated on data are no failure here: the corner says why.

use std::path::Path;
use std::sync::Arc;

use super::datasets::Datasets;
use crate::compare::matching::Matching;
use crate::compare::{Corner, Side, Square, compare, compare_matched};
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::diagnostic::Diagnostic;
use crate::evaluate;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::progress::Silent;
use crate::source::Sources;

/// Both rule sets, each evaluated on its own data.
pub(super) struct Work<'a> {
    pub old: (&'a RuleSet, &'a Plan, &'a Run),
    pub new: (&'a RuleSet, &'a Plan, &'a Run),
    pub manifests: (&'a Path, &'a Path),
    pub data: (&'a Dataset, &'a Arc<Dataset>),
    pub datasets: &'a mut Datasets,
    pub sources: &'a mut Sources,
    pub matching: &'a Matching,
}

/// A corner that was evaluated for this.
type Evaluated = Result<(Arc<Dataset>, Run), Vec<Diagnostic>>;

impl Work<'_> {
    pub fn square(mut self) -> Square {
        let (old, new) = (self.old, self.new);
        let new_on_old = self.evaluated((new.0, new.1), self.manifests.0);
        let old_on_new = self.evaluated((old.0, old.1), self.manifests.1);
        let first = Side { rules: old.0, plan: old.1, data: self.data.0, run: old.2 };
        let last = Side { rules: new.0, plan: new.1, data: self.data.1, run: new.2 };
        let second = new_on_old.as_ref().ok().map(|(data, run)| Side { rules: new.0, plan: new.1, data, run });
        let third = old_on_new.as_ref().ok().map(|(data, run)| Side { rules: old.0, plan: old.1, data, run });
        let matched = |from: Option<&Side<'_>>, to: Option<&Side<'_>>| Some(compare_matched(from?, to?, self.matching));
        let edges = [
            second.as_ref().map(|second| compare(&first, second)),
            third.as_ref().map(|third| compare(third, &last)),
            matched(Some(&first), third.as_ref()),
            matched(second.as_ref(), Some(&last)),
        ];
        let corner = |side: &Option<Side<'_>>, found: &Evaluated| match (side, found) {
            (Some(side), _) => Corner::of(side),
            (None, Err(problems)) => Corner::failed(problems.clone()),
            (None, Ok(_)) => Corner::default(),
        };
        let corners =
            [Corner::of(&first), corner(&second, &new_on_old), corner(&third, &old_on_new), Corner::of(&last)];
        Square { corners, edges }
    }

    fn evaluated(&mut self, (rules, plan): (&RuleSet, &Plan), manifest: &Path) -> Evaluated {
        let loaded = self.datasets.of(manifest, &[(rules, plan)], self.sources, &Silent);
        let Some(data) = loaded.value else { return Err(loaded.diagnostics) };
        let evaluated = evaluate::evaluate(rules, plan, &data, &Silent);
        evaluated.value.map(|run| (data, run)).ok_or(evaluated.diagnostics)
    }
}
