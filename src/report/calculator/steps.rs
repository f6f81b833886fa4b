//! The explanation of a school → steps of arithmetic.

use std::collections::HashMap;

use super::{Bound, Calculator, Formula, Raw, Step, Unknown};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::condition::{
    AggregateTrace, Asked, Detail, IndexTrace, KeyTaken, Node, NormaliseTrace, RankStanding, RankTrace, RowUse, Scope,
    Taken, TiesTrace, TracedRow, Withheld, YearsAsked,
};
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation, Explanation};
use crate::model::expr::{AggregateFunction, CompareOp, NormalMethod};
use crate::model::{CategoryId, CriterionId, GroupId, MissingData};
use crate::number::Number;
use crate::report::explanation::{Teller, school_title};
use crate::report::page::plain;
use crate::report::registered;
use crate::value::{Truth, Type, Value};

/// All decisions on the school of an explanation.
pub fn calculator(explanation: &Explanation, teller: &Teller<'_>) -> Calculator {
    let mut made = Steps { teller: *teller, steps: Vec::new(), rules: HashMap::new() };
    for category in &explanation.categories {
        made.category(category);
    }
    let mut subtitle = explanation.rules.title.to_string();
    if let Some(scenario) = &explanation.rules.scenario {
        let title = [("title", Argument::Text(scenario.to_string()))];
        subtitle = format!("{subtitle}. {}", teller.speaker.say("report-scenario-name", &title));
    }
    Calculator {
        title: school_title(&explanation.school),
        subtitle,
        notice: notice(explanation, teller),
        steps: made.steps,
    }
}

/// That the data are made up, why a category does not judge the school, and what people decided whatever the calculation says.
fn notice(explanation: &Explanation, teller: &Teller<'_>) -> Option<String> {
    let made_up = explanation
        .synthetic
        .as_ref()
        .map(|note| teller.speaker.say("report-synthetic", &[("note", Argument::Text(note.to_string()))]));
    let decided = explanation.categories.iter().filter_map(|category| {
        let decision = category.registered.as_ref()?;
        Some(format!("{}: {}.", category.name, registered::said(decision, teller.speaker)))
    });
    let not_judged = explanation.categories.iter().filter_map(|category| {
        let why = teller.not_judged(category, explanation)?;
        Some(format!("{}: {why}.", category.name))
    });
    let said: Vec<String> = made_up.into_iter().chain(not_judged).chain(decided).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// A rule that others refer to.
#[derive(PartialEq, Eq, Hash)]
enum Rule {
    Criterion(CriterionId),
    Group(GroupId),
    Category(CategoryId),
}

struct Steps<'a> {
    teller: Teller<'a>,
    steps: Vec<Step>,
    /// The steps of rules that are already there.
    rules: HashMap<Rule, usize>,
}

impl Steps<'_> {
    fn category(&mut self, category: &CategoryExplanation) {
        for criterion in &category.criteria {
            self.criterion(criterion);
        }
        for group in &category.groups {
            let rule = self.node(&group.rule, 2);
            let label = self.teller.group_name(group);
            let at = self.decision(label, rule, group.verdict, Unknown::Stays, 1);
            self.rules.insert(Rule::Group(group.id), at);
        }
        let label = category.title.as_ref().unwrap_or(&category.name).to_string();
        let at = if category.verdict == Verdict::NotJudged {
            let kind = Type::YesNo;
            let value = Value::Absent(crate::value::Reasons::NOT_APPLICABLE);
            self.push(Step { verdict: Some(category.verdict), ..plain_step(0, label, Formula::Given, value, kind) })
        } else {
            let rule = self.node(&category.rule, 1);
            self.decision(label, rule, category.verdict, Unknown::Stays, 0)
        };
        self.rules.insert(Rule::Category(category.id), at);
    }

    fn criterion(&mut self, criterion: &CriterionExplanation) {
        let condition = self.node(&criterion.condition, 2);
        let unknown = match (criterion.policy_applied, criterion.verdict) {
            (_, Verdict::NotApplicable) => Unknown::NotApplicable,
            (Some(MissingData::Met), _) => Unknown::Met,
            (Some(MissingData::NotMet), _) => Unknown::NotMet,
            (Some(MissingData::NotApplicable), _) => Unknown::NotApplicable,
            _ => Unknown::Stays,
        };
        let label = self.teller.criterion_name(criterion);
        let at = self.decision(label, condition, criterion.verdict, unknown, 1);
        self.rules.insert(Rule::Criterion(criterion.id), at);
    }

    fn decision(&mut self, label: String, condition: usize, verdict: Verdict, unknown: Unknown, depth: usize) -> usize {
        let value = match verdict {
            Verdict::Met => Value::Truth(Truth::TRUE),
            Verdict::NotMet => Value::Truth(Truth::FALSE),
            Verdict::Undetermined(reasons) => Value::Truth(Truth::unknown(reasons)),
            Verdict::NotApplicable | Verdict::NotJudged => Value::Absent(crate::value::Reasons::NOT_APPLICABLE),
        };
        let formula = Formula::Verdict { condition, unknown };
        self.push(Step { verdict: Some(verdict), ..plain_step(depth, label, formula, value, Type::YesNo) })
    }

    fn push(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    /// The step of a node, after the steps that it needs.
    fn node(&mut self, node: &Node, depth: usize) -> usize {
        if let Some(at) = self.of_rule(&node.detail) {
            return at;
        }
        let mut place = None;
        if let Detail::Cell(cell) = &node.detail {
            place = cell.cell.as_ref().map(|cell| self.teller.speaker.cell_said(cell));
        }
        let formula = self.formula(node, depth);
        let label = plain(&self.teller.line(node));
        self.push(Step { place, ..plain_step(depth, label, formula, node.value.clone(), node.ty.clone()) })
    }

    fn of_rule(&self, detail: &Detail) -> Option<usize> {
        let rule = match detail {
            Detail::Criterion(id, _) => Rule::Criterion(*id),
            Detail::Group(id, _) => Rule::Group(*id),
            Detail::Category(id, _) => Rule::Category(*id),
            _ => return None,
        };
        self.rules.get(&rule).copied()
    }

    fn nodes(&mut self, nodes: &[Node], depth: usize) -> Vec<usize> {
        nodes.iter().map(|node| self.node(node, depth + 1)).collect()
    }

    fn formula(&mut self, node: &Node, depth: usize) -> Formula {
        match &node.detail {
            Detail::Aggregate(trace) => return self.aggregate(trace, depth),
            Detail::IndexValue(trace) => return self.index(trace, &node.children, depth),
            _ => {}
        }
        let below = self.nodes(&node.children, depth);
        let one = |formula: fn(usize) -> Formula| below.first().map_or(Formula::Given, |at| formula(*at));
        let two = |formula: &dyn Fn(usize, usize) -> Formula| match below.as_slice() {
            [a, b] => formula(*a, *b),
            _ => Formula::Given,
        };
        // between two bounds a formula does not tell
        if node.children.iter().any(|child| matches!(child.value, Value::Between(..))) && node.ty == Type::YesNo {
            return Formula::Given;
        }
        match &node.detail {
            Detail::Parameter(_) | Detail::Indicator(_) | Detail::Index(_) | Detail::Follow(_) => one(Formula::Step),
            Detail::Negate => one(Formula::Negate),
            Detail::Absolute => one(Formula::Absolute),
            Detail::Not => one(Formula::Not),
            Detail::Arithmetic(op) => two(&|a, b| Formula::Arithmetic(*op, a, b)),
            Detail::Extreme { largest } => Formula::Extreme { largest: *largest, of: below },
            Detail::Round(rounding) => two(&|value, step| Formula::Round { value, step, rounding: *rounding }),
            Detail::Compare(comparison) => two(&|a, b| Formula::Compare(comparison.operator, a, b)),
            Detail::Between { negated, .. } => match below.as_slice() {
                [value, low, high] => Formula::Between { value: *value, low: *low, high: *high, negated: *negated },
                _ => Formula::Given,
            },
            Detail::OneOf { negated, .. } => match below.split_first() {
                Some((value, options)) => {
                    Formula::OneOf { value: *value, options: options.to_vec(), negated: *negated }
                }
                None => Formula::Given,
            },
            Detail::And => Formula::And(below),
            Detail::Or => Formula::Or(below),
            Detail::Quantified(count) => match bound(&count.asked) {
                Some(bound) => Formula::Counted { bound, applicable: count.applicable, of: below },
                None => Formula::Given,
            },
            Detail::Years { quantifier, .. } => match quantifier {
                YearsAsked::Each => Formula::And(below),
                YearsAsked::AtLeast(Value::Number(least)) => {
                    Formula::Counted { bound: Bound::AtLeast(least.clone()), applicable: false, of: below }
                }
                _ => Formula::Given,
            },
            Detail::Keyed { taken: KeyTaken::Entry(_) | KeyTaken::Otherwise } => {
                below.last().map_or(Formula::Given, |at| Formula::Step(*at))
            }
            Detail::If { taken: Taken::Branch(_) | Taken::Otherwise, .. } => {
                below.last().map_or(Formula::Given, |at| Formula::Step(*at))
            }
            Detail::AbsentWhen { withheld: Withheld::No, .. } => one(Formula::Step),
            Detail::Fallback { .. } => below.last().map_or(Formula::Given, |at| Formula::Step(*at)),
            Detail::Normalise(trace) => {
                below.first().and_then(|at| scaled(trace, Raw::Step(*at))).unwrap_or(Formula::Given)
            }
            Detail::Rank(trace) => below.first().and_then(|at| cut(trace, *at)).unwrap_or(Formula::Given),
            _ => Formula::Given,
        }
    }

    fn aggregate(&mut self, trace: &AggregateTrace, depth: usize) -> Formula {
        let taken: Vec<&TracedRow> = trace.rows.iter().filter(|row| row.role == RowUse::Taken).collect();
        let is_number = |row: &&TracedRow| matches!(row.value, Value::Number(_));
        let counts = trace.function == AggregateFunction::Count;
        let repeatable = match trace.function {
            AggregateFunction::Quantile(_) | AggregateFunction::Share => false,
            AggregateFunction::Latest => taken.iter().all(|row| row.year.is_some()),
            _ => true,
        };
        let whole = trace.scope == Scope::School && trace.not_listed == 0 && !trace.distinct;
        let undecided = trace.used.as_ref().is_some_and(|used| used.undecided > 0);
        if !whole || !repeatable || undecided || taken.is_empty() || !(counts || taken.iter().all(is_number)) {
            return Formula::Given;
        }
        let first = self.steps.len();
        for row in &taken {
            let cells: Vec<String> = row.cells.iter().map(|cell| cell.title.to_string()).collect();
            let value = if counts { Value::Number(Number::one()) } else { row.value.clone() };
            let raw = |scale: &NormaliseTrace| match &scale.raw {
                Value::Number(raw) => scaled(scale, Raw::Number(raw.clone())),
                _ => None,
            };
            let formula = row.scale.as_ref().filter(|_| !counts).and_then(raw).unwrap_or(Formula::Given);
            let weight = match &row.weight {
                Some(Value::Number(weight)) => Some(weight.clone()),
                _ => None,
            };
            let places: Vec<_> = row.cells.iter().filter_map(|cell| cell.cell.as_ref()).collect();
            let place = self.teller.speaker.cells_said(&places);
            let kind = trace.value_type.clone().unwrap_or(Type::Number(crate::value::Unit::Number));
            let label = format!("{}: {}", trace.table_title, cells.join(", "));
            let step = plain_step(depth + 1, label, formula, value, kind);
            self.push(Step { weight, year: row.year, place, ..step });
        }
        let last = self.steps.len() - 1;
        Formula::Rows { function: trace.function, weighted: trace.weighted, first, last }
    }

    fn index(&mut self, trace: &IndexTrace, children: &[Node], depth: usize) -> Formula {
        let mut parts = Vec::new();
        for (component, child) in trace.components.iter().zip(children) {
            let raw = self.node(child, depth + 2);
            let Some(weight) = component.weight_used.as_ref().filter(|weight| !weight.is_zero()) else { continue };
            let normalised = component.normalisation.as_ref().and_then(|scale| scaled(scale, Raw::Step(raw)));
            let formula = match (&component.normalisation, normalised) {
                (_, Some(formula)) if child_is_used(component) => formula,
                (None, _) if child_is_used(component) => Formula::Step(raw),
                _ => Formula::Given,
            };
            let value = component.normalised.clone();
            let value = match (&value, &component.contribution) {
                // a component that is absent counts with what the rules put in its place
                (Value::Absent(_), Some(contribution)) => contribution.divide(weight).map_or(value, Value::Number),
                _ => value,
            };
            let kind = Type::Number(crate::value::Unit::Score);
            let at = self.push(plain_step(depth + 1, component.title.to_string(), formula, value, kind));
            parts.push((at, weight.clone()));
        }
        match (&trace.sum, &trace.round) {
            (Some(sum), Some((rounding, step))) => {
                let (label, kind) = (String::new(), Type::Number(crate::value::Unit::Score));
                let sum = Value::Number(sum.clone());
                let value =
                    self.push(plain_step(depth + 1, label.clone(), Formula::Weighted(parts), sum, kind.clone()));
                let step = Value::Number(step.clone());
                let step = self.push(plain_step(depth + 1, label, Formula::Given, step, kind));
                Formula::Round { value, step, rounding: *rounding }
            }
            (Some(_), None) => Formula::Weighted(parts),
            (None, _) => Formula::Given,
        }
    }
}

fn child_is_used(component: &crate::explain::condition::ComponentTrace) -> bool {
    matches!(component.normalised, Value::Number(_))
}

fn plain_step(depth: usize, label: String, formula: Formula, value: Value, kind: Type) -> Step {
    Step { depth, label, formula, value, kind, weight: None, year: None, place: None, verdict: None }
}

fn bound(asked: &Asked) -> Option<Bound> {
    Some(match asked {
        Asked::Any => Bound::AtLeast(Number::one()),
        Asked::All => Bound::All,
        Asked::None => Bound::AtMost(Number::zero()),
        Asked::AtLeast(Value::Number(n)) => Bound::AtLeast(n.clone()),
        Asked::AtMost(Value::Number(n)) => Bound::AtMost(n.clone()),
        Asked::Exactly(Value::Number(n)) => Bound::Exactly(n.clone()),
        _ => return None,
    })
}

fn scaled(trace: &NormaliseTrace, raw: Raw) -> Option<Formula> {
    let scale = trace.scale.as_ref()?;
    let reversed = trace.reversed;
    match trace.method {
        NormalMethod::Standard => {
            Some(Formula::Standard { raw, mean: scale.mean.clone()?, deviation: scale.deviation.clone()?, reversed })
        }
        NormalMethod::MinMax => {
            Some(Formula::MinMax { raw, minimum: scale.minimum.clone()?, maximum: scale.maximum.clone()?, reversed })
        }
        _ => None,
    }
}

/// The value held against the cut-off. `None`: the cut-off alone does not tell.
fn cut(trace: &RankTrace, value: usize) -> Option<Formula> {
    let cut_off = trace.cut_off.clone()?;
    if !matches!(trace.standing, RankStanding::Placed { .. }) || trace.small.is_some() {
        return None;
    }
    let inclusive = match trace.ties {
        TiesTrace::Include => true,
        TiesTrace::Exclude => trace.selected > trace.before_cut,
        TiesTrace::BreakBy => return None,
    };
    let operator = match (trace.highest, inclusive) {
        (false, true) => CompareOp::AtMost,
        (false, false) => CompareOp::Less,
        (true, true) => CompareOp::AtLeast,
        (true, false) => CompareOp::More,
    };
    Some(Formula::Against(if trace.negated { operator.opposite() } else { operator }, value, cut_off))
}
