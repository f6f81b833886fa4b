//! An explanation without what is masked: its steps are kept as far as they tell nothing of a masked value.

use super::{Mask, Masks};
use crate::decision::{Facts, Run, StepId};
use crate::evaluate::trace;
use crate::explain::Explanation;
use crate::explain::condition::{
    AggregateTrace, Asked, Comparison, Detail, IndexTrace, InputCell, Node, NormaliseTrace, RankStanding, RankTrace,
    TracedRow, YearsAsked,
};
use crate::explain::explanation::Standing;
use crate::model::expr::{ExprId, ExprKind, NormalMethod};
use crate::model::{Component, IndexPart, RuleSet};
use crate::plan::{Plan, StepKind};
use crate::value::{Reasons, Value};

const MASKED: Value = Value::Absent(Reasons::MASKED);

/// What a masked explanation is read from.
#[derive(Clone, Copy)]
struct Reader<'a> {
    masks: &'a Masks,
    rules: &'a RuleSet,
    plan: &'a Plan,
    run: &'a Run,
}

impl Masks {
    /// The explanation of a school as it may be shown. What would turn the decisions is left out: the answer is made of
    /// distances to thresholds and values of other schools.
    #[must_use]
    pub fn explanation(&self, rules: &RuleSet, plan: &Plan, run: &Run, mut explanation: Explanation) -> Explanation {
        let reader = Reader { masks: self, rules, plan, run };
        let row = explanation.school.row;
        explanation.minimum_cohort = Some(self.minimum);
        (explanation.changes, explanation.unknowns) = (None, None);
        for category in &mut explanation.categories {
            reader.node(&mut category.rule, row);
            category.groups.iter_mut().for_each(|group| reader.node(&mut group.rule, row));
            for criterion in &mut category.criteria {
                reader.node(&mut criterion.condition, row);
                criterion.missing.iter_mut().for_each(|cell| reader.cell(cell));
            }
        }
        for population in &mut explanation.populations {
            if let Standing::ConditionNotMet(node) | Standing::Excluded { condition: node, .. } =
                &mut population.standing
            {
                reader.node(node, row);
            }
        }
        explanation
    }
}

fn hide(value: &mut Value) {
    if !matches!(value, Value::Absent(_) | Value::Truth(_)) {
        *value = MASKED;
    }
}

impl Reader<'_> {
    fn is_masked(&self, expr: ExprId, row: usize) -> bool {
        self.masks.step(self.plan, expr, row)
    }

    fn node(&self, node: &mut Node, row: usize) {
        let truth = matches!(node.value, Value::Truth(_));
        if !truth && self.is_masked(node.expr, row) {
            if !matches!(node.value, Value::Absent(_)) || !self.is_plain(node) {
                self.close(node);
            }
            return;
        }
        self.detail(node, row);
        let below = match &node.detail {
            Detail::Follow(link) => link.row.unwrap_or(row),
            _ => row,
        };
        node.children.iter_mut().for_each(|child| self.node(child, below));
        self.sides(node);
    }

    /// Whether a node has no parts that could tell anything.
    fn is_plain(&self, node: &Node) -> bool {
        node.children.is_empty() && matches!(node.detail, Detail::Cell(_) | Detail::Literal)
    }

    /// Leaves the name of a step and nothing of its value.
    fn close(&self, node: &mut Node) {
        hide(&mut node.value);
        node.children.clear();
        match &mut node.detail {
            Detail::Cell(cell) => {
                hide(&mut cell.value);
                cell.printed = None;
            }
            Detail::Indicator(_) | Detail::Index(_) | Detail::Call(_) => {}
            detail => *detail = Detail::Masked,
        }
    }

    /// What a step tells beside its value.
    fn detail(&self, node: &mut Node, row: usize) {
        let expr = node.expr;
        match &mut node.detail {
            Detail::Cell(cell) => self.cell(cell),
            Detail::Follow(link) => self.cell(&mut link.from),
            Detail::Aggregate(trace) => self.aggregate(expr, trace),
            Detail::Normalise(trace) => self.scale(self.plan.step_of(expr), row, trace),
            Detail::IndexValue(trace) => self.index(trace, row),
            Detail::Rank(trace) => self.rank(expr, trace, row),
            Detail::Quantified(count) => {
                if let Asked::AtLeast(value) | Asked::AtMost(value) | Asked::Exactly(value) = &mut count.asked
                    && node.children.iter().any(|child| child.value == MASKED)
                {
                    hide(value);
                }
            }
            Detail::Years { quantifier: YearsAsked::AtLeast(_) | YearsAsked::Consecutive(_), .. } => {}
            _ => {}
        }
    }

    /// What a condition tells of the values it holds against each other.
    fn sides(&self, node: &mut Node) {
        let masked: Vec<bool> = node.children.iter().map(|child| child.value == MASKED).collect();
        if !masked.contains(&true) {
            return;
        }
        match &mut node.detail {
            Detail::Compare(Comparison { left, right, margin, .. }) => {
                for (side, masked) in [left, right].into_iter().zip(&masked) {
                    if *masked {
                        hide(side);
                    }
                }
                *margin = None;
            }
            Detail::Between { low, high, .. } => (*low, *high) = (None, None),
            Detail::OneOf { matched, .. } => *matched = None,
            Detail::InList(membership) => {
                membership.entry = None;
                membership.other_periods.clear();
            }
            _ => {}
        }
    }

    fn cell(&self, cell: &mut InputCell) {
        // what is printed in a cell that could not be used may be a number all the same
        cell.printed = None;
        if self.masks.cell(cell.table, cell.column, cell.row) {
            hide(&mut cell.value);
        }
    }

    fn aggregate(&self, expr: ExprId, trace: &mut AggregateTrace) {
        let Some(ExprKind::Aggregate(aggregate)) = self.rules.expr(expr).map(|e| &e.kind) else { return };
        for TracedRow { row, value, weight, scale, cells, .. } in &mut trace.rows {
            let of = aggregate.value.or(aggregate.share_of);
            if of.is_some_and(|of| self.is_masked(of, *row)) {
                hide(value);
                *scale = None;
            }
            if aggregate.weight.is_some_and(|of| self.is_masked(of, *row)) {
                weight.iter_mut().for_each(hide);
            }
            if let Some(scale) = scale {
                self.scale(aggregate.value.and_then(|of| self.plan.step_of(of)), *row, scale);
            }
            cells.iter_mut().for_each(|cell| self.cell(cell));
        }
    }

    fn hidden(&self, step: Option<StepId>, row: usize) -> (bool, bool) {
        let Some(step) = step else { return (true, true) };
        let of_row = match self.run.facts.get(step.index()) {
            Some(Facts::Scale(facts)) => &facts.strata.of_row,
            Some(Facts::Cut(facts)) => &facts.strata.of_row,
            _ => return (true, true),
        };
        let group = of_row.as_ref().map_or(Some(0), |of_row| of_row.get(row).copied());
        let Some(group) = group.filter(|group| *group != u32::MAX) else { return (false, false) };
        (self.masks.hidden.contains(&(step, group)), self.masks.placeless.contains(&(step, group)))
    }

    /// Whether any of the values that were brought onto a scale is masked.
    fn has_masked(&self, step: Option<StepId>) -> bool {
        let kind = step.and_then(|step| self.plan.step(step)).map(|step| &step.kind);
        let Some(StepKind::Normalise(scale)) = kind else { return true };
        self.masks.steps.get(scale.value.index()).is_none_or(Mask::any)
    }

    fn scale(&self, step: Option<StepId>, row: usize, trace: &mut NormaliseTrace) {
        let (hidden, _) = self.hidden(step, row);
        // the same mean may be masked where the rules take it themselves
        if hidden || self.has_masked(step) {
            trace.scale = None;
        } else if let Some(scale) = &mut trace.scale
            && !matches!(trace.method, NormalMethod::MinMax)
        {
            // the ends are values of single rows
            (scale.minimum, scale.maximum) = (None, None);
        }
    }

    fn index(&self, trace: &mut IndexTrace, row: usize) {
        let Some(index) = self.rules.indices.get(trace.index.index()) else { return };
        let components: Vec<&Component> = index
            .parts
            .iter()
            .flat_map(|part| match part {
                IndexPart::Component(component) => std::slice::from_ref(component),
                IndexPart::Block { components, .. } => components.as_slice(),
            })
            .collect();
        let written: Vec<ExprId> = components.iter().map(|component| component.normalised).collect();
        let raw: Vec<ExprId> = components.iter().map(|component| component.raw).collect();
        for (at, component) in trace.components.iter_mut().enumerate() {
            if raw.get(at).is_none_or(|expr| self.is_masked(*expr, row)) {
                hide(&mut component.raw);
                hide(&mut component.normalised);
                component.contribution = None;
                component.normalisation = None;
            } else if let Some(normalisation) = &mut component.normalisation {
                self.scale(written.get(at).and_then(|expr| self.plan.step_of(*expr)), row, normalisation);
            }
        }
    }

    fn rank(&self, expr: ExprId, trace: &mut RankTrace, row: usize) {
        let step = trace::cut_step(self.plan, expr);
        let (hidden, placeless) = self.hidden(step, row);
        let of = match self.rules.expr(expr).map(|e| &e.kind) {
            Some(ExprKind::InCut(cut)) => Some(cut.value),
            _ => None,
        };
        let own = of.is_none_or(|of| self.is_masked(of, row));
        if own {
            hide(&mut trace.value);
        }
        if own || hidden {
            trace.margin = None;
        }
        if hidden {
            trace.cut_off = None;
        }
        if own || placeless || hidden {
            if matches!(trace.standing, RankStanding::Placed { .. }) {
                trace.standing = RankStanding::Masked;
            }
            (trace.tied_at_cut, trace.before_cut) = (0, 0);
            trace.last_inside.clear();
            trace.first_outside.clear();
            trace.before_own.clear();
            trace.after_own.clear();
        }
        for schools in [&mut trace.last_inside, &mut trace.first_outside, &mut trace.before_own, &mut trace.after_own] {
            schools.retain(|other| of.is_some_and(|of| !self.is_masked(of, other.school.row)));
        }
    }
}
