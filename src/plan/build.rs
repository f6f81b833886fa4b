//! Turns ordered expressions into steps; equal kinds become one step.
//!
//! Many forms of writing become few kinds of steps here: `between` is two comparisons, a keyed value is a choice.

use std::collections::{BTreeSet, HashMap};

use super::dependence::order;
use super::{
    AggregateStep, Bound, CutStep, Method, NormaliseStep, Plan, QuotaOf, QuotaStep, Step, StepKind, Target, TiesStep,
};
use crate::decision::StepId;
use crate::location::SourceSpan;
use crate::model::expr::{
    Aggregate, AggregateFunction, AggregateTo, ArithmeticOp, CompareOp, Cut, Expr, ExprId, ExprKind, Grain,
    NormalMethod, Normalise, Quantifier, Quota, Ties, VerdictStatus, YearsQuantifier,
};
use crate::model::inputs::Node;
use crate::model::{CategoryId, IndexId, IndexPart, PopulationId, PopulationOrTable, RuleSet};
use crate::number::Number;
use crate::value::{Truth, Type, Unit, Value};

/// Where an expression has no step yet.
const NOWHERE: StepId = StepId(u32::MAX);

/// The values of `apart` get steps of their own even where other expressions compute the same.
pub(super) fn build(rules: &RuleSet, apart: &BTreeSet<ExprId>) -> Plan {
    let order = order(rules);
    let mut builder = Builder {
        rules,
        apart,
        known: HashMap::new(),
        plan: Plan {
            of_expr: vec![NOWHERE; rules.exprs.len()],
            criteria: vec![NOWHERE; rules.criteria.len()],
            groups: vec![NOWHERE; rules.groups.len()],
            categories: vec![NOWHERE; rules.categories.len()],
            populations: vec![NOWHERE; rules.populations.len()],
            circular: order.circular,
            malformed: order.malformed,
            ..Plan::default()
        },
    };
    for node in order.nodes {
        builder.node(node);
    }
    builder.plan
}

struct Builder<'a> {
    rules: &'a RuleSet,
    apart: &'a BTreeSet<ExprId>,
    known: HashMap<StepKind, StepId>,
    plan: Plan,
}

impl Builder<'_> {
    fn node(&mut self, node: Node) {
        match node {
            Node::Expr(id) => {
                let Some(expr) = self.rules.expr(id) else { return };
                let mut step = self.expr(expr);
                if self.apart.contains(&id) {
                    step = self.set_apart(step, expr);
                }
                set(&mut self.plan.of_expr, id.index(), step);
            }
            Node::Population(id) => {
                let Some(population) = self.rules.populations.get(id.index()) else { return };
                let kind = StepKind::Member {
                    population: id,
                    base: population.base.map(|b| self.population(b)),
                    condition: population.condition.map(|c| self.of(c)),
                    exclusions: population.exclusions.iter().map(|e| self.of(e.condition)).collect(),
                };
                let step = self.add(kind, Type::YesNo, Grain::Row(population.table), population.span);
                set(&mut self.plan.populations, id.index(), step);
            }
            Node::Criterion(id) => {
                let Some(criterion) = self.rules.criteria.get(id.index()) else { return };
                let kind = StepKind::Criterion(id, self.of(criterion.condition));
                let step = self.verdict(kind, criterion.span);
                set(&mut self.plan.criteria, id.index(), step);
            }
            Node::Group(id) => {
                let Some(group) = self.rules.groups.get(id.index()) else { return };
                let kind = StepKind::Group(id, self.of(group.rule));
                let step = self.verdict(kind, group.span);
                set(&mut self.plan.groups, id.index(), step);
            }
            Node::Category(id) => {
                let Some(category) = self.rules.categories.get(id.index()) else { return };
                let among = category.among.map(|p| self.population(p));
                let kind = StepKind::Category { category: id, rule: self.of(category.rule), among };
                let step = self.verdict(kind, category.span);
                set(&mut self.plan.categories, id.index(), step);
            }
        }
    }

    fn verdict(&mut self, kind: StepKind, span: SourceSpan) -> StepId {
        self.add(kind, Type::YesNo, Grain::Row(self.rules.subject), span)
    }

    /// The step of a finished expression; a step without a value where there is none.
    fn of(&mut self, id: ExprId) -> StepId {
        let step = self.plan.of_expr.get(id.index()).copied().unwrap_or(NOWHERE);
        self.or_nothing(step)
    }

    fn population(&mut self, id: PopulationId) -> StepId {
        let step = self.plan.populations.get(id.index()).copied().unwrap_or(NOWHERE);
        self.or_nothing(step)
    }

    fn or_nothing(&mut self, step: StepId) -> StepId {
        if step == NOWHERE {
            self.add(StepKind::Nothing, Type::Number(Unit::Number), Grain::Constant, SourceSpan::default())
        } else {
            step
        }
    }

    fn all(&mut self, ids: &[ExprId]) -> Vec<StepId> {
        ids.iter().map(|id| self.of(*id)).collect()
    }

    fn add(&mut self, kind: StepKind, ty: Type, grain: Grain, span: SourceSpan) -> StepId {
        if let Some(known) = self.known.get(&kind) {
            return *known;
        }
        let id = StepId::from_index(self.plan.steps.len());
        self.known.insert(kind.clone(), id);
        self.plan.steps.push(Step { kind, ty, grain, span });
        id
    }

    /// A step of its own with the value of another.
    fn set_apart(&mut self, step: StepId, expr: &Expr) -> StepId {
        let always = StepKind::Constant(Value::Truth(Truth::TRUE));
        let always = self.add(always, Type::YesNo, Grain::Constant, expr.span);
        let kind = StepKind::Choose { branches: vec![(always, step)], otherwise: None };
        let id = StepId::from_index(self.plan.steps.len());
        self.plan.steps.push(Step { kind, ty: expr.ty.clone(), grain: expr.grain, span: expr.span });
        id
    }

    /// A truth made of other steps of the same expression.
    fn truth(&mut self, kind: StepKind, span: SourceSpan) -> StepId {
        let grain = self.widest(&kind.inputs());
        self.add(kind, Type::YesNo, grain, span)
    }

    fn widest(&self, inputs: &[StepId]) -> Grain {
        let grains = inputs.iter().filter_map(|i| self.plan.step(*i)).map(|s| s.grain);
        grains.into_iter().find(|g| *g != Grain::Constant).unwrap_or(Grain::Constant)
    }

    fn negated(&mut self, step: StepId, negated: bool, span: SourceSpan) -> StepId {
        if negated { self.truth(StepKind::Not(step), span) } else { step }
    }

    fn members(&mut self, among: PopulationOrTable) -> Option<StepId> {
        match among {
            PopulationOrTable::Population(id) => Some(self.population(id)),
            PopulationOrTable::Table(_) => None,
        }
    }

    fn expr(&mut self, expr: &Expr) -> StepId {
        let span = expr.span;
        let kind = match &expr.kind {
            ExprKind::Number(n) => StepKind::Constant(Value::Number(n.clone())),
            ExprKind::Text(t) => StepKind::Constant(Value::Text(t.clone())),
            ExprKind::YesNo(b) => StepKind::Constant(Value::Truth(Truth::from_bool(*b))),
            ExprKind::Date(d) => StepKind::Constant(Value::Date(*d)),
            ExprKind::Parameter(_, e) | ExprKind::Indicator(_, e) | ExprKind::Index(_, e) => return self.of(*e),
            ExprKind::Criterion(id) => {
                let step = self.plan.criteria.get(id.index()).copied().unwrap_or(NOWHERE);
                return self.or_nothing(step);
            }
            ExprKind::Group(id) => {
                let step = self.plan.groups.get(id.index()).copied().unwrap_or(NOWHERE);
                return self.or_nothing(step);
            }
            ExprKind::Category(id) => return self.in_category(*id, span),
            ExprKind::CriterionStatus(id, status) => {
                let step = self.plan.criteria.get(id.index()).copied().unwrap_or(NOWHERE);
                StepKind::VerdictIs(self.or_nothing(step), *status)
            }
            ExprKind::MetCount { of, judged } => return self.met_count(of, *judged, expr),
            ExprKind::Keyed { by, entries, otherwise } => {
                let by = self.of(*by);
                let mut branches = Vec::with_capacity(entries.len());
                for (key, value) in entries {
                    let key = self.of(*key);
                    let same = self.truth(StepKind::Compare(CompareOp::Equal, by, key), span);
                    branches.push((same, self.of(*value)));
                }
                StepKind::Choose { branches, otherwise: otherwise.map(|o| self.of(o)) }
            }
            ExprKind::Column(table, column) => StepKind::Column(*table, *column),
            ExprKind::Follow { table, link, inner } => {
                StepKind::Follow { table: *table, link: *link, inner: self.of(*inner) }
            }
            ExprKind::Negate(e) => StepKind::Negate(self.of(*e)),
            ExprKind::Absolute(e) => StepKind::Absolute(self.of(*e)),
            ExprKind::Arithmetic(op, a, b) => StepKind::Arithmetic(*op, self.of(*a), self.of(*b)),
            ExprKind::Extreme { largest, of } => StepKind::Extreme { largest: *largest, of: self.all(of) },
            ExprKind::Round { value, step, rounding } => {
                StepKind::Round { value: self.of(*value), step: self.of(*step), rounding: *rounding }
            }
            ExprKind::Compare(op, a, b) => StepKind::Compare(*op, self.of(*a), self.of(*b)),
            ExprKind::Between { value, low, high, negated } => {
                let (value, low, high) = (self.of(*value), self.of(*low), self.of(*high));
                let above = self.truth(StepKind::Compare(CompareOp::AtLeast, value, low), span);
                let below = self.truth(StepKind::Compare(CompareOp::AtMost, value, high), span);
                let both = self.truth(StepKind::And(vec![above, below]), span);
                return self.negated(both, *negated, span);
            }
            ExprKind::OneOf { value, options, negated } => {
                let value = self.of(*value);
                let mut same = Vec::with_capacity(options.len());
                for option in options {
                    let option = self.of(*option);
                    same.push(self.truth(StepKind::Compare(CompareOp::Equal, value, option), span));
                }
                let any = self.truth(StepKind::Or(same), span);
                return self.negated(any, *negated, span);
            }
            ExprKind::InList { value, list, date, negated } => {
                let kind = StepKind::InList { value: self.of(*value), list: *list, date: *date };
                let listed = self.truth(kind, span);
                return self.negated(listed, *negated, span);
            }
            ExprKind::Status { value, status } => StepKind::Status(self.of(*value), *status),
            ExprKind::And(items) => StepKind::And(self.all(items)),
            ExprKind::Or(items) => StepKind::Or(self.all(items)),
            ExprKind::Not(e) => StepKind::Not(self.of(*e)),
            ExprKind::If { branches, otherwise } => {
                let branches = branches.iter().map(|(c, v)| (self.of(*c), self.of(*v))).collect();
                StepKind::Choose { branches, otherwise: Some(self.of(*otherwise)) }
            }
            ExprKind::Quantified { quantifier, applicable, items, .. } => {
                let bound = match quantifier {
                    Quantifier::Any => Bound::Any,
                    Quantifier::All => Bound::All,
                    Quantifier::None => Bound::None,
                    Quantifier::AtLeast(k) => Bound::AtLeast(self.of(*k)),
                    Quantifier::AtMost(k) => Bound::AtMost(self.of(*k)),
                    Quantifier::Exactly(k) => Bound::Exactly(self.of(*k)),
                };
                StepKind::Quantified { bound, applicable: *applicable, items: self.all(items) }
            }
            ExprKind::Aggregate(aggregate) => StepKind::Aggregate(Box::new(self.aggregate(aggregate))),
            ExprKind::Normalise(normalise) => StepKind::Normalise(Box::new(self.normalise(normalise))),
            ExprKind::IndexValue(id) => self.index(*id),
            ExprKind::InCut(cut) => {
                let kind = StepKind::Cut(Box::new(self.cut(cut)));
                let inside = self.add(kind, Type::YesNo, expr.grain, span);
                return self.negated(inside, cut.negated, span);
            }
            ExprKind::Call(function, arguments) => StepKind::Call(*function, self.all(arguments)),
            ExprKind::AbsentWhen { value, when, reasons } => {
                StepKind::AbsentWhen { value: self.of(*value), when: self.of(*when), reasons: *reasons }
            }
            ExprKind::Fallback { first, second } => StepKind::Fallback(self.of(*first), self.of(*second)),
            ExprKind::Years { quantifier, years } => {
                let items = years.iter().map(|(_, e)| self.of(*e)).collect();
                match quantifier {
                    YearsQuantifier::Each => StepKind::Quantified { bound: Bound::All, applicable: false, items },
                    YearsQuantifier::AtLeast(k) => {
                        StepKind::Quantified { bound: Bound::AtLeast(self.of(*k)), applicable: false, items }
                    }
                    YearsQuantifier::Consecutive(k) => StepKind::Consecutive { least: self.of(*k), items },
                }
            }
            ExprKind::MeanOfYears { years } => StepKind::MeanOf(years.iter().map(|(_, e)| self.of(*e)).collect()),
        };
        self.add(kind, expr.ty.clone(), expr.grain, span)
    }

    /// What the rule of the category says of a school that it judges; the others are not in it.
    fn in_category(&mut self, id: CategoryId, span: SourceSpan) -> StepId {
        let step = self.plan.categories.get(id.index()).copied().unwrap_or(NOWHERE);
        let rule = self.or_nothing(step);
        match self.rules.categories.get(id.index()).and_then(|category| category.among) {
            Some(among) => {
                let member = self.population(among);
                self.truth(StepKind::And(vec![rule, member]), span)
            }
            None => rule,
        }
    }

    /// The sum of one for each criterion that is met and nothing for the others, those that are not known to be among them.
    fn met_count(&mut self, criteria: &[ExprId], judged: Option<ExprId>, expr: &Expr) -> StepId {
        let number = |n: i64| StepKind::Constant(Value::Number(Number::from_integer(n)));
        let zero = self.add(number(0), expr.ty.clone(), Grain::Constant, expr.span);
        let one = self.add(number(1), expr.ty.clone(), Grain::Constant, expr.span);
        let mut sum = None;
        for id in criteria {
            let criterion = self.of(*id);
            let mut branches = Vec::with_capacity(3);
            for open in [VerdictStatus::Undetermined, VerdictStatus::NotApplicable] {
                branches.push((self.truth(StepKind::VerdictIs(criterion, open), expr.span), zero));
            }
            branches.push((criterion, one));
            let kind = StepKind::Choose { branches, otherwise: Some(zero) };
            let met = self.add(kind, expr.ty.clone(), expr.grain, expr.span);
            sum = Some(match sum {
                None => met,
                Some(before) => {
                    let kind = StepKind::Arithmetic(ArithmeticOp::Add, before, met);
                    self.add(kind, expr.ty.clone(), expr.grain, expr.span)
                }
            });
        }
        let sum = sum.unwrap_or(zero);
        let Some(judged) = judged else { return sum };
        let branches = vec![(self.of(judged), sum)];
        self.add(StepKind::Choose { branches, otherwise: Some(zero) }, expr.ty.clone(), expr.grain, expr.span)
    }

    fn aggregate(&mut self, a: &Aggregate) -> AggregateStep {
        AggregateStep {
            function: a.function,
            share: match a.function {
                AggregateFunction::Quantile(share) => Some(self.of(share)),
                _ => None,
            },
            rows: a.rows,
            value: a.value.map(|e| self.of(e)),
            among: a.among.map(|p| self.population(p)),
            filter: a.filter.map(|e| self.of(e)),
            share_of: a.share_of.map(|e| self.of(e)),
            suppressing: a.suppressing.map(|e| self.of(e)),
            window: a.window,
            weight: a.weight.map(|e| self.of(e)),
            distinct: self.all(&a.distinct),
            to: match &a.to {
                AggregateTo::Parent { table, links } => Target::Parent { table: *table, links: links.clone() },
                AggregateTo::All => Target::All,
                AggregateTo::Strata { keys, except_self } => {
                    Target::Strata { keys: self.all(keys), except_self: *except_self }
                }
            },
        }
    }

    fn normalise(&mut self, n: &Normalise) -> NormaliseStep {
        NormaliseStep {
            value: self.of(n.value),
            method: match n.method {
                NormalMethod::Standard => Method::Standard,
                NormalMethod::MinMax => Method::MinMax,
                NormalMethod::FixedMinMax(low, high) => Method::FixedMinMax(self.of(low), self.of(high)),
                NormalMethod::RankShare => Method::RankShare,
                NormalMethod::PercentOf(whole) => Method::PercentOf(self.of(whole)),
                NormalMethod::Plain => Method::Plain,
            },
            table: match n.among {
                PopulationOrTable::Table(table) => Some(table),
                PopulationOrTable::Population(_) => None,
            },
            among: self.members(n.among),
            within: self.all(&n.within),
            reversed: n.reversed,
        }
    }

    fn index(&mut self, id: IndexId) -> StepKind {
        let Some(index) = self.rules.indices.get(id.index()) else { return StepKind::Nothing };
        let mut components = Vec::new();
        for part in &index.parts {
            match part {
                IndexPart::Component(c) => components.push(self.of(c.normalised)),
                IndexPart::Block { components: inner, .. } => {
                    for component in inner {
                        components.push(self.of(component.normalised));
                    }
                }
            }
        }
        StepKind::IndexValue { index: id, components, among: self.members(index.among) }
    }

    fn cut(&mut self, cut: &Cut) -> CutStep {
        CutStep {
            value: self.of(cut.value),
            highest: cut.highest,
            among: self.members(cut.among),
            quota: match cut.quota {
                Quota::Share(e) => QuotaStep::Share(self.of(e)),
                Quota::Count(e) => QuotaStep::Count(self.of(e)),
            },
            quota_of: cut.quota_of.map(|of| match self.members(of) {
                Some(members) => QuotaOf::Members(members),
                None => QuotaOf::AllRows,
            }),
            within: self.all(&cut.within),
            rounding: cut.rounding,
            ties: match &cut.ties {
                Ties::Include => TiesStep::Include,
                Ties::Exclude => TiesStep::Exclude,
                Ties::BreakBy(keys) => TiesStep::BreakBy(keys.iter().map(|(e, high)| (self.of(*e), *high)).collect()),
            },
            small_strata: cut.small_strata,
        }
    }
}

fn set(steps: &mut [StepId], index: usize, step: StepId) {
    if let Some(to) = steps.get_mut(index) {
        *to = step;
    }
}
