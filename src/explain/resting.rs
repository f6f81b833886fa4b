//! What one category and some of its criteria rest on for a school: that part of its explanation, for many schools at once.
//!
//! The same trees as in the explanation; what the missing data could still change is left to it.

use super::condition::{Asked, Detail, Node, Withheld};
use super::explanation::{CriterionExplanation, PopulationExplanation};
use super::reading::Reading;
use super::tree::Tree;
use crate::data::dataset::Dataset;
use crate::decision::{Run, Verdict};
use crate::model::{CategoryId, CriterionId, PopulationId, Registered, RuleSet};
use crate::plan::Plan;
use crate::stack;
use crate::value::Value;

/// A category and criteria of it, for one school.
#[derive(Debug, Clone)]
pub struct Resting {
    /// What the computation says, whatever people decided.
    pub verdict: Verdict,
    /// The decision of people about this school and category.
    pub registered: Option<Registered>,
    /// How the criteria and groups combine.
    pub rule: Node,
    /// Those that were asked for, in order of writing.
    pub criteria: Vec<CriterionExplanation>,
    /// The population judged, when the category names one.
    pub among: Option<PopulationId>,
    /// How the school stands to the populations, where it is not judged.
    pub populations: Vec<PopulationExplanation>,
}

/// What a category rests on for the school in this row, and those of its criteria that are wanted.
pub fn resting(
    rules: &RuleSet,
    plan: &Plan,
    data: &Dataset,
    run: &Run,
    school: usize,
    category: CategoryId,
    wanted: &(dyn Fn(CriterionId) -> bool + Sync),
) -> Option<Resting> {
    let reading = Reading { rules, plan, data, run };
    stack::roomy(&|| reading.resting(category, wanted, school))
}

impl Reading<'_> {
    fn resting(&self, id: CategoryId, wanted: &(dyn Fn(CriterionId) -> bool + Sync), school: usize) -> Option<Resting> {
        let category = self.rules.categories.get(id.index())?;
        let verdict = self.run.category(id, school)?;
        let criteria = category.criteria.iter().filter(|id| wanted(**id));
        let criteria =
            criteria.filter_map(|id| Some(self.criterion(*id, self.rules.criteria.get(id.index())?, school)));
        let registration = self.run.registration(id, school);
        Some(Resting {
            verdict,
            registered: registration.and_then(|found| self.rules.registered.get(found.id.index())).cloned(),
            rule: Tree::with_notes(*self, category.rule, school),
            criteria: criteria.collect(),
            among: category.among,
            populations: if verdict == Verdict::NotJudged { self.populations(school) } else { Vec::new() },
        })
    }
}

/// The conditions of one value that decide a known condition, in order of writing; of an «or» that holds and an «and» that does
/// not the first that decides.
pub fn deciding(condition: &Node) -> Vec<&Node> {
    let mut found = Vec::new();
    collect(condition, &mut found, MOST_DEPTH);
    found
}

/// Branches and wrappers looked through.
const MOST_DEPTH: usize = 16;

fn collect<'n>(node: &'n Node, found: &mut Vec<&'n Node>, depth: usize) {
    let Some(deeper) = depth.checked_sub(1) else { return };
    let (Value::Truth(truth), is_rank) = (&node.value, matches!(node.detail, Detail::Rank(_))) else { return };
    if truth.is_unknown() && !is_rank {
        return;
    }
    let holds = truth.is_true();
    let inner = match &node.detail {
        Detail::And | Detail::Or => parts(node, matches!(node.detail, Detail::Or), holds),
        Detail::Quantified(count) if count.asked == Asked::Any => parts(node, true, holds),
        Detail::Quantified(count) if count.asked == Asked::All => parts(node, false, holds),
        Detail::Quantified(_) => Vec::new(),
        Detail::Not | Detail::Follow(_) | Detail::AbsentWhen { withheld: Withheld::No, .. } => {
            node.children.iter().take(1).collect()
        }
        Detail::If { .. } => node.children.iter().rev().take(1).collect(),
        _ => {
            found.push(node);
            return;
        }
    };
    for part in inner {
        collect(part, found, deeper);
    }
}

/// The parts of a condition that decide it: where one is enough (of a true «or», a false «and») the first that does, otherwise
/// all that agree with the whole.
pub fn parts(node: &Node, any: bool, holds: bool) -> Vec<&Node> {
    let is_so = |part: &&Node| matches!(part.value, Value::Truth(t) if t.is_true() == holds && !t.is_unknown());
    node.children.iter().filter(is_so).take(if any == holds { 1 } else { usize::MAX }).collect()
}
