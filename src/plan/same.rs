//! Which steps of two plans compute the same: so that rules that differ in little are evaluated in little time.
//!
//! Two steps are the same when they do the same to the same inputs; what a step reads of its rules beside them (a list, a
//! script, the weights of an index, a policy) is compared by content, never by position or place in the text.

use std::collections::HashMap;

use super::{
    AggregateStep, Bound, CutStep, Method, NormaliseStep, Plan, QuotaOf, QuotaStep, StepKind, Target, TiesStep,
};
use crate::decision::StepId;
use crate::model::expr::{AggregateFunction, ExprId};
use crate::model::{
    CategoryId, Component, CriterionId, FunctionId, GroupId, Index, IndexId, IndexPart, ListId, PopulationId, RuleSet,
};
use crate::schema::Schema;

/// For each step of the new plan the step of the old one that computes the same; nothing in common where the tables are
/// declared in different ways.
pub fn same_steps(old: (&RuleSet, &Plan), new: (&RuleSet, &Plan)) -> Vec<Option<StepId>> {
    let mut found: Vec<Option<StepId>> = vec![None; new.1.steps.len()];
    if !same_tables(&old.0.schema, &new.0.schema) || old.0.subject != new.0.subject {
        return found;
    }
    let itself = |id: StepId| Some(id);
    let known: HashMap<StepKind, StepId> = old
        .1
        .steps
        .iter()
        .enumerate()
        .filter_map(|(at, step)| Some((with_inputs(&step.kind, &itself)?, StepId::from_index(at))))
        .collect();
    let names = Names { old: old.0, new: new.0 };
    for (at, step) in new.1.steps.iter().enumerate() {
        let before = |id: StepId| found.get(id.index()).copied().flatten();
        let kind = names.translated(&step.kind).and_then(|kind| with_inputs(&kind, &before));
        let counterpart = kind.and_then(|kind| known.get(&kind).copied());
        let alike = counterpart
            .filter(|id| old.1.step(*id).is_some_and(|other| other.ty == step.ty && other.grain == step.grain));
        if let Some(slot) = found.get_mut(at) {
            *slot = alike;
        }
    }
    found
}

/// The same tables in the same order with the same columns, wherever they are declared.
pub fn same_tables(old: &Schema, new: &Schema) -> bool {
    old.tables.len() == new.tables.len()
        && old.tables.iter().zip(&new.tables).all(|(a, b)| {
            let columns = a.columns.len() == b.columns.len()
                && a.columns.iter().zip(&b.columns).all(|(a, b)| {
                    a.name == b.name
                        && a.kind == b.kind
                        && a.link == b.link
                        && a.allowed == b.allowed
                        && a.scale_by == b.scale_by
                        && a.header == b.header
                        && a.markers == b.markers
                });
            a.name == b.name && a.key == b.key && a.year == b.year && columns
        })
}

/// Names of one rule set for what the other one means by the same content.
struct Names<'a> {
    old: &'a RuleSet,
    new: &'a RuleSet,
}

impl Names<'_> {
    /// The kind with positions of the old rule set in place of those of the new one.
    fn translated(&self, kind: &StepKind) -> Option<StepKind> {
        let mut kind = kind.clone();
        match &mut kind {
            StepKind::InList { list, .. } => *list = self.list(*list)?,
            StepKind::Call(function, _) => *function = self.function(*function)?,
            StepKind::Member { population, .. } => *population = self.population(*population)?,
            StepKind::Criterion(id, _) => *id = self.criterion(*id)?,
            StepKind::Group(id, _) => *id = self.group(*id)?,
            StepKind::Category { category, .. } => *category = self.category(*category)?,
            StepKind::IndexValue { index, .. } => *index = self.index(*index)?,
            _ => {}
        }
        Some(kind)
    }

    fn list(&self, id: ListId) -> Option<ListId> {
        let wanted = self.new.lists.get(id.index())?;
        let same = |list: &crate::model::DatedList| {
            list.entries.len() == wanted.entries.len()
                && list
                    .entries
                    .iter()
                    .zip(&wanted.entries)
                    .all(|(a, b)| a.normal == b.normal && a.value == b.value && a.from == b.from && a.to == b.to)
        };
        self.old.lists.iter().position(|list| list.name == wanted.name && same(list)).map(ListId::from_index)
    }

    fn function(&self, id: FunctionId) -> Option<FunctionId> {
        let wanted = self.new.functions.get(id.index())?;
        let found = self.old.functions.iter().position(|function| {
            function.name == wanted.name
                && function.arguments == wanted.arguments
                && function.result == wanted.result
                && function.script.text == wanted.script.text
        });
        found.map(FunctionId::from_index)
    }

    /// What makes a population stands in the inputs of its step.
    fn population(&self, id: PopulationId) -> Option<PopulationId> {
        let wanted = self.new.populations.get(id.index())?;
        let found = self.old.populations.iter().position(|p| p.name == wanted.name && p.table == wanted.table);
        found.map(PopulationId::from_index)
    }

    fn criterion(&self, id: CriterionId) -> Option<CriterionId> {
        let wanted = self.new.criteria.get(id.index())?;
        let found = self
            .old
            .criteria
            .iter()
            .position(|criterion| criterion.number == wanted.number && criterion.on_missing == wanted.on_missing);
        found.map(CriterionId::from_index)
    }

    fn group(&self, id: GroupId) -> Option<GroupId> {
        let wanted = self.new.groups.get(id.index())?;
        self.old.groups.iter().position(|group| group.number == wanted.number).map(GroupId::from_index)
    }

    fn category(&self, id: CategoryId) -> Option<CategoryId> {
        let wanted = self.new.categories.get(id.index())?;
        self.old.categories.iter().position(|category| category.name == wanted.name).map(CategoryId::from_index)
    }

    fn index(&self, id: IndexId) -> Option<IndexId> {
        let wanted = self.new.indices.get(id.index())?;
        let found = self.old.indices.iter().position(|index| index.name == wanted.name && same_index(index, wanted));
        found.map(IndexId::from_index)
    }
}

/// Weights, directions, blocks, policies and rounding; the values of components are inputs of the step.
fn same_index(a: &Index, b: &Index) -> bool {
    let component = |a: &Component, b: &Component| a.weight == b.weight && a.higher_is_better == b.higher_is_better;
    let parts = a.parts.len() == b.parts.len()
        && a.parts.iter().zip(&b.parts).all(|(a, b)| match (a, b) {
            (IndexPart::Component(a), IndexPart::Component(b)) => component(a, b),
            (
                IndexPart::Block { weight: first, components: those, .. },
                IndexPart::Block { weight: second, components: these, .. },
            ) => first == second && those.len() == these.len() && those.iter().zip(these).all(|(a, b)| component(a, b)),
            _ => false,
        });
    parts && a.on_missing == b.on_missing && a.round == b.round
}

/// The kind with other inputs and nothing of its own rule set; `None` where an input has no other.
fn with_inputs(kind: &StepKind, to: &impl Fn(StepId) -> Option<StepId>) -> Option<StepKind> {
    let all = |ids: &[StepId]| ids.iter().map(|id| to(*id)).collect::<Option<Vec<_>>>();
    // an input that is not there stays so
    let maybe = |id: Option<StepId>| match id {
        Some(id) => to(id).map(Some),
        None => Some(None),
    };
    Some(match kind {
        StepKind::Constant(_) | StepKind::Column(..) | StepKind::Nothing => kind.clone(),
        StepKind::Follow { table, link, inner } => StepKind::Follow { table: *table, link: *link, inner: to(*inner)? },
        StepKind::Negate(s) => StepKind::Negate(to(*s)?),
        StepKind::Absolute(s) => StepKind::Absolute(to(*s)?),
        StepKind::Arithmetic(op, a, b) => StepKind::Arithmetic(*op, to(*a)?, to(*b)?),
        StepKind::Extreme { largest, of } => StepKind::Extreme { largest: *largest, of: all(of)? },
        StepKind::Round { value, step, rounding } => {
            StepKind::Round { value: to(*value)?, step: to(*step)?, rounding: *rounding }
        }
        StepKind::Compare(op, a, b) => StepKind::Compare(*op, to(*a)?, to(*b)?),
        StepKind::InList { value, list, date } => StepKind::InList { value: to(*value)?, list: *list, date: *date },
        StepKind::Status(s, status) => StepKind::Status(to(*s)?, *status),
        StepKind::And(of) => StepKind::And(all(of)?),
        StepKind::Or(of) => StepKind::Or(all(of)?),
        StepKind::Not(s) => StepKind::Not(to(*s)?),
        StepKind::Choose { branches, otherwise } => StepKind::Choose {
            branches: branches.iter().map(|(c, v)| Some((to(*c)?, to(*v)?))).collect::<Option<Vec<_>>>()?,
            otherwise: maybe(*otherwise)?,
        },
        StepKind::Quantified { bound, applicable, items } => {
            let bound = match bound {
                Bound::Any | Bound::All | Bound::None => *bound,
                Bound::AtLeast(s) => Bound::AtLeast(to(*s)?),
                Bound::AtMost(s) => Bound::AtMost(to(*s)?),
                Bound::Exactly(s) => Bound::Exactly(to(*s)?),
            };
            StepKind::Quantified { bound, applicable: *applicable, items: all(items)? }
        }
        StepKind::Consecutive { least, items } => StepKind::Consecutive { least: to(*least)?, items: all(items)? },
        StepKind::Member { population, base, condition, exclusions } => StepKind::Member {
            population: *population,
            base: maybe(*base)?,
            condition: maybe(*condition)?,
            exclusions: all(exclusions)?,
        },
        StepKind::Criterion(id, s) => StepKind::Criterion(*id, to(*s)?),
        StepKind::Group(id, s) => StepKind::Group(*id, to(*s)?),
        StepKind::Category { category, rule, among } => {
            StepKind::Category { category: *category, rule: to(*rule)?, among: maybe(*among)? }
        }
        StepKind::VerdictIs(s, status) => StepKind::VerdictIs(to(*s)?, *status),
        StepKind::Aggregate(a) => StepKind::Aggregate(Box::new(AggregateStep {
            share: maybe(a.share)?,
            value: maybe(a.value)?,
            among: maybe(a.among)?,
            filter: maybe(a.filter)?,
            share_of: maybe(a.share_of)?,
            suppressing: maybe(a.suppressing)?,
            weight: maybe(a.weight)?,
            distinct: all(&a.distinct)?,
            to: match &a.to {
                Target::Strata { keys, except_self } => Target::Strata { keys: all(keys)?, except_self: *except_self },
                other => other.clone(),
            },
            // of the model, not of the plan: what it names stands in `share`
            function: match a.function {
                AggregateFunction::Quantile(_) => AggregateFunction::Quantile(ExprId(0)),
                other => other,
            },
            rows: a.rows,
            window: a.window,
        })),
        StepKind::Normalise(n) => StepKind::Normalise(Box::new(NormaliseStep {
            value: to(n.value)?,
            method: match n.method {
                Method::FixedMinMax(low, high) => Method::FixedMinMax(to(low)?, to(high)?),
                Method::PercentOf(whole) => Method::PercentOf(to(whole)?),
                other => other,
            },
            table: n.table,
            among: maybe(n.among)?,
            within: all(&n.within)?,
            reversed: n.reversed,
        })),
        StepKind::IndexValue { index, components, among } => {
            StepKind::IndexValue { index: *index, components: all(components)?, among: maybe(*among)? }
        }
        StepKind::Cut(cut) => StepKind::Cut(Box::new(CutStep {
            value: to(cut.value)?,
            highest: cut.highest,
            among: maybe(cut.among)?,
            quota: match cut.quota {
                QuotaStep::Share(s) => QuotaStep::Share(to(s)?),
                QuotaStep::Count(s) => QuotaStep::Count(to(s)?),
            },
            quota_of: match cut.quota_of {
                Some(QuotaOf::Members(s)) => Some(QuotaOf::Members(to(s)?)),
                other => other,
            },
            within: all(&cut.within)?,
            rounding: cut.rounding,
            ties: match &cut.ties {
                TiesStep::BreakBy(keys) => {
                    TiesStep::BreakBy(keys.iter().map(|(s, up)| Some((to(*s)?, *up))).collect::<Option<Vec<_>>>()?)
                }
                other => other.clone(),
            },
            small_strata: cut.small_strata,
        })),
        StepKind::Call(function, of) => StepKind::Call(*function, all(of)?),
        StepKind::AbsentWhen { value, when, reasons } => {
            StepKind::AbsentWhen { value: to(*value)?, when: to(*when)?, reasons: *reasons }
        }
        StepKind::Fallback(a, b) => StepKind::Fallback(to(*a)?, to(*b)?),
        StepKind::MeanOf(of) => StepKind::MeanOf(all(of)?),
    })
}
