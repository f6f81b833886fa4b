//! Other schools without a value in a ranking: the places that the school could have if they had one; and those of which it is not
//! known whether they are ranked at all.
//!
//! All of them behind the school and all of them before it are the two ends: with more schools before it its place grows by as
//! many, the quota by no more.

use std::sync::Arc;

use super::condition::{Detail, Node, RankStanding};
use super::explanation::Explanation;
use super::reading::{Reading, stratum_of};
use super::unknown::{MembersUnknown, OthersUnknown};
use crate::decision::{RowColumn, StepColumn, StepId, Verdict};
use crate::evaluate::again::{Change, again};
use crate::model::expr::{Cut, ExprId, ExprKind};
use crate::model::{CategoryId, CriterionId, PopulationOrTable};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::value::Truth;

/// More schools are not moved one by one.
const MOST_OTHERS: usize = 5_000;
const MOST_DEPTH: usize = 200;

/// Rankings in which other schools have no value, and those of which it is not known whether other schools take part.
pub(super) fn others_unknown(
    reading: Reading<'_>,
    explanation: &Explanation,
) -> (Vec<OthersUnknown>, Vec<MembersUnknown>) {
    let (mut found, mut members) = (Vec::new(), Vec::new());
    for category in explanation.categories.iter().filter(|category| category.verdict != Verdict::NotJudged) {
        for criterion in &category.criteria {
            let mut ranks = Vec::new();
            rankings(&criterion.condition, &mut ranks, 0);
            let asked =
                Asked { reading, school: explanation.school.row, category: category.id, criterion: criterion.id };
            members.extend(ranks.iter().filter_map(|node| asked.membership(node)));
            found.extend(ranks.into_iter().filter_map(|node| asked.ranking(node)));
        }
    }
    (found, members)
}

/// The rankings in a condition.
fn rankings<'a>(node: &'a Node, into: &mut Vec<&'a Node>, depth: usize) {
    if matches!(node.detail, Detail::Rank(_)) {
        into.push(node);
    }
    if depth < MOST_DEPTH {
        node.children.iter().for_each(|child| rankings(child, into, depth + 1));
    }
}

struct Asked<'a> {
    reading: Reading<'a>,
    school: usize,
    category: CategoryId,
    criterion: CriterionId,
}

impl Asked<'_> {
    fn ranking(&self, node: &Node) -> Option<OthersUnknown> {
        let Detail::Rank(trace) = &node.detail else { return None };
        let RankStanding::Placed { first, last } = trace.standing else { return None };
        let ExprKind::InCut(cut) = &self.reading.expr(node.expr)?.kind else { return None };
        let facts = self.reading.cut_facts(node.expr)?;
        let stratum = stratum_of(&facts.strata, self.school)?;
        let (numbers, absent) = self.reading.numbers(cut.value)?;
        let absent = absent?;
        let is_other = |row: &usize| {
            absent.get(*row).is_some_and(|mark| *mark != 0)
                && stratum_of(&facts.strata, *row) == Some(stratum)
                && self.reading.is_member(cut.among, *row).is_true()
        };
        let others: Vec<usize> = (0..numbers.len()).filter(is_other).collect();
        if others.is_empty() || others.len() > MOST_OTHERS {
            return None;
        }
        let present = (0..numbers.len()).filter(|row| absent.get(*row) == Some(&0)).filter_map(|row| numbers.get(row));
        let (least, most) = present.fold((None::<Number>, None::<Number>), |(least, most), number| {
            let least = least.filter(|least| *least <= number).unwrap_or_else(|| number.clone());
            let most = most.filter(|most| *most >= number).unwrap_or(number);
            (Some(least), Some(most))
        });
        let (below, above) = (least?.subtract(&Number::one()), most?.add(&Number::one()));
        let (behind, before) = if cut.highest { (below, above) } else { (above, below) };
        let with = |value: &Number| self.verdicts(cut, numbers, absent, &others, value);
        Some(OthersUnknown {
            criterion: self.criterion,
            category: self.category,
            schools: others.len(),
            first,
            last: last + others.len(),
            on_scale: self.is_on_scale(cut.value, 0),
            behind: with(&behind)?,
            before: with(&before)?,
        })
    }

    /// With all schools ranked of which it is not known whether they are members.
    fn membership(&self, node: &Node) -> Option<MembersUnknown> {
        let Reading { plan, run, .. } = self.reading;
        let ExprKind::InCut(cut) = &self.reading.expr(node.expr)?.kind else { return None };
        let PopulationOrTable::Population(population) = cut.among else { return None };
        let facts = self.reading.cut_facts(node.expr)?;
        let stratum = stratum_of(&facts.strata, self.school)?;
        let mut truths = run.populations.get(population.index())?.members.to_vec();
        let mut schools = 0;
        for (row, truth) in truths.iter_mut().enumerate() {
            let unknown = Truth(*truth).is_unknown() && row != self.school;
            if unknown && stratum_of(&facts.strata, row) == Some(stratum) {
                *truth = Truth::TRUE.0;
                schools += 1;
            }
        }
        if schools == 0 {
            return None;
        }
        let step: StepId = *plan.populations.get(population.index())?;
        let column = StepColumn::Rows(RowColumn::Truths(truths.into()));
        let none = (run.criterion(self.criterion, self.school)?, run.category(self.category, self.school)?);
        let all = self.again(Change { columns: Vec::new(), steps: vec![(step, column)] })?;
        Some(MembersUnknown { criterion: self.criterion, category: self.category, schools, all, none })
    }

    /// Criterion and category of the school on changed data.
    fn again(&self, change: Change) -> Option<(Verdict, Verdict)> {
        let Reading { rules, plan, data, run } = self.reading;
        let wanted = [*plan.criteria.get(self.criterion.index())?, *plan.categories.get(self.category.index())?];
        let run = again(rules, plan, data, run, &change, &wanted);
        Some((run.criterion(self.criterion, self.school)?, run.category(self.category, self.school)?))
    }

    /// Criterion and category with the same value for all the others that have none.
    fn verdicts(
        &self,
        cut: &Cut,
        numbers: &NumberColumn,
        absent: &[u8],
        others: &[usize],
        value: &Number,
    ) -> Option<(Verdict, Verdict)> {
        let mut marks = absent.to_vec();
        let mut values: Vec<Number> =
            (0..numbers.len()).map(|row| numbers.get(row).unwrap_or_else(Number::zero)).collect();
        for row in others {
            *marks.get_mut(*row)? = 0;
            *values.get_mut(*row)? = value.clone();
        }
        let column = RowColumn::Numbers { values: NumberColumn::from_numbers(values), absent: Some(Arc::new(marks)) };
        let step: StepId = *self.reading.plan.of_expr.get(cut.value.index())?;
        self.again(Change { columns: Vec::new(), steps: vec![(step, StepColumn::Rows(column))] })
    }

    /// Whether the value is brought onto a scale that the values of all schools set.
    fn is_on_scale(&self, expr: ExprId, depth: usize) -> bool {
        match self.reading.expr(expr).map(|found| &found.kind) {
            _ if depth > MOST_DEPTH => false,
            Some(ExprKind::Normalise(_) | ExprKind::IndexValue(_)) => true,
            Some(kind) => {
                let mut below = Vec::new();
                super::aggregate::operands(kind, &mut below);
                below.iter().any(|e| self.is_on_scale(*e, depth + 1))
            }
            None => false,
        }
    }
}
