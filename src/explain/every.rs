//! The trees of an explanation with everything that was not taken as well: what a calculation needs that decides anew when a
//! number in it changes.

use super::Explanation;
use super::reading::Reading;
use super::tree::Tree;
use crate::data::dataset::Dataset;
use crate::decision::Run;
use crate::model::RuleSet;
use crate::plan::Plan;
use crate::stack;

/// As [`super::explain`], with all branches, entries and fallbacks of the rules that judge the school.
pub fn explain_every(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, school: usize) -> Explanation {
    let reading = Reading { rules, plan, data, run };
    stack::roomy(&|| {
        let mut opened = super::explain(rules, plan, data, run, school);
        for category in &mut opened.categories {
            category.rule = Tree::every(reading, category.rule.expr, school);
            for group in &mut category.groups {
                group.rule = Tree::every(reading, group.rule.expr, school);
            }
            for criterion in &mut category.criteria {
                criterion.condition = Tree::every(reading, criterion.condition.expr, school);
            }
        }
        opened
    })
}
