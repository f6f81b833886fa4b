//! Which number of the rules is meant, and a plan in which it has a step of its own.

use std::sync::Arc;

use crate::decision::StepId;
use crate::location::SourceSpan;
use crate::model::expr::{ExprId, ExprKind, constant};
use crate::model::{CriterionId, ParameterId, RuleSet};
use crate::name::folded_text;
use crate::number::Number;
use crate::plan::{self, Plan, StepKind};
use crate::value::{Type, Unit, Value};

/// A number of the rules that can be another one.
#[derive(Debug, Clone)]
pub struct Subject {
    pub named: Named,
    pub expr: ExprId,
    pub unit: Unit,
    pub present: Number,
    /// The least and the greatest value that the rules allow.
    pub allowed: Option<(Number, Number)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    Parameter(ParameterId),
    /// The n-th number (from 1) that stands in the condition of a criterion.
    Literal(CriterionId, usize),
}

/// A number that stands in a condition.
#[derive(Debug, Clone)]
pub struct Literal {
    pub expr: ExprId,
    pub value: Number,
    pub unit: Unit,
    pub span: SourceSpan,
}

/// Why no number is meant.
#[derive(Debug, Clone)]
pub enum Unfound {
    /// Neither a parameter nor a criterion: every name that there is.
    Unknown(Vec<Arc<str>>),
    /// A parameter that is no number, or another one for each key.
    NotANumber(ParameterId),
    /// The criterion has no such number, or several and none is chosen.
    Which(CriterionId, Vec<Literal>),
}

impl Subject {
    /// The rules with another value of the number; a parameter says what it was, where it was another.
    pub fn with(&self, rules: &RuleSet, value: &Number) -> RuleSet {
        let mut changed = rules.clone();
        put(&mut changed, self.expr, value);
        if let Named::Parameter(id) = self.named
            && *value != self.present
            && let Some(parameter) = changed.parameters.get_mut(id.index())
        {
            parameter.replaced.get_or_insert_with(|| self.present.clone());
        }
        changed
    }
}

fn put(rules: &mut RuleSet, expr: ExprId, value: &Number) {
    if let Some(expr) = rules.exprs.get_mut(expr.index()) {
        expr.kind = ExprKind::Number(value.clone());
    }
}

/// The number that is meant by the name of a parameter, the number of a criterion, or `criterion/n`.
///
/// # Errors
/// No number is meant, or more than one.
pub fn find(rules: &RuleSet, name: &str) -> Result<Subject, Unfound> {
    let wanted = folded_text(name);
    if let Some(at) = rules.parameters.iter().position(|p| folded_text(&p.name) == wanted) {
        let id = ParameterId::from_index(at);
        let unfit = || Unfound::NotANumber(id);
        let parameter = rules.parameters.get(at).ok_or_else(unfit)?;
        let Type::Number(unit) = parameter.kind.clone() else { return Err(unfit()) };
        let present = constant(&rules.exprs, parameter.value).ok_or_else(unfit)?;
        let allowed = parameter.allowed.clone();
        return Ok(Subject { named: Named::Parameter(id), expr: parameter.value, unit, present, allowed });
    }
    let (number, which) = match wanted.split_once('/') {
        Some((number, which)) => (number.trim().to_owned(), which.trim().parse::<usize>().ok()),
        None => (wanted.clone(), Some(0)),
    };
    let criterion = rules.criteria.iter().position(|c| c.number.as_ref() == number).filter(|_| which.is_some());
    let Some(id) = criterion.map(CriterionId::from_index) else {
        let parameters = rules.parameters.iter().map(|p| p.name.clone());
        return Err(Unfound::Unknown(parameters.chain(rules.criteria.iter().map(|c| c.number.clone())).collect()));
    };
    let all = literals(rules, id);
    let chosen = match which {
        Some(0) if all.len() == 1 => 1,
        Some(0) | None => usize::MAX,
        Some(which) => which,
    };
    match chosen.checked_sub(1).and_then(|at| all.get(at)) {
        Some(literal) => Ok(Subject {
            named: Named::Literal(id, chosen),
            expr: literal.expr,
            unit: literal.unit.clone(),
            present: literal.value.clone(),
            allowed: None,
        }),
        None => Err(Unfound::Which(id, all)),
    }
}

/// The numbers that stand in the condition of a criterion itself, in order of writing.
pub fn literals(rules: &RuleSet, criterion: CriterionId) -> Vec<Literal> {
    let mut found: Vec<Literal> = Vec::new();
    let mut ahead: Vec<ExprId> = rules.criteria.get(criterion.index()).map(|c| c.condition).into_iter().collect();
    while let Some(id) = ahead.pop() {
        let Some(expr) = rules.expr(id) else { continue };
        match (&expr.kind, &expr.ty) {
            (ExprKind::Number(value), Type::Number(unit)) if !found.iter().any(|known| known.expr == id) => {
                found.push(Literal { expr: id, value: value.clone(), unit: unit.clone(), span: expr.span });
            }
            // written elsewhere
            (ExprKind::Parameter(..) | ExprKind::Indicator(..) | ExprKind::Index(..) | ExprKind::IndexValue(_), _) => {}
            _ => ahead.extend(plan::operands(rules, id)),
        }
    }
    found.sort_by_key(|literal| (literal.span.source, literal.span.span.start, literal.expr));
    found.dedup_by_key(|literal| literal.span);
    found
}

/// A place where the value of a number is needed before the data: a year of a window, a weight, a step of rounding.
pub fn folded(rules: &RuleSet, number: ExprId) -> Option<SourceSpan> {
    for outer in &rules.folded {
        let mut ahead = vec![*outer];
        while let Some(id) = ahead.pop() {
            if id == number {
                return rules.expr(*outer).map(|expr| expr.span);
            }
            ahead.extend(plan::operands(rules, id));
        }
    }
    None
}

/// A plan in which one number has a step of its own, however many others are equal to it.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub subject: Subject,
    pub plan: Plan,
    /// The step of the number; `None`: nothing uses it.
    pub step: Option<StepId>,
}

/// Plans the rules so that the number has a step of its own. The plan computes what that of the rules computes.
pub fn prepare(rules: &RuleSet, subject: Subject) -> Prepared {
    let (plan, steps) = planned(rules, &[&subject]);
    Prepared { subject, plan, step: steps.into_iter().next().flatten() }
}

/// A plan in which each of several numbers, all written in different places, has a step of its own, and those steps.
pub(super) fn planned(rules: &RuleSet, subjects: &[&Subject]) -> (Plan, Vec<Option<StepId>>) {
    // equal constants are one step, so each number gets a value that nothing else has while the steps are made
    let mut probe = rules.clone();
    let used = |number: &Number| {
        rules.exprs.iter().any(|expr| matches!(&expr.kind, ExprKind::Number(other) if other == number))
    };
    let free = (1..i64::MAX).filter_map(|n| Number::ratio(1, i128::from(n) + 1_000_003)).filter(|number| !used(number));
    let own: Vec<Number> = free.take(subjects.len()).collect();
    for (subject, own) in subjects.iter().zip(&own) {
        put(&mut probe, subject.expr, own);
    }
    let mut plan = plan::plan(&probe);
    let placed = |(subject, own): (&&Subject, Number)| {
        let sought = StepKind::Constant(Value::Number(own));
        let at = plan.steps.iter().position(|step| step.kind == sought)?;
        plan.steps.get_mut(at)?.kind = StepKind::Constant(Value::Number(subject.present.clone()));
        Some(StepId::from_index(at))
    };
    let steps = subjects.iter().zip(own).map(placed).collect();
    (plan, steps)
}
