//! The dossier of one school: the calculation as steps, the rows that it is made from, and the page that follows from them.
//! What the operations of the steps mean is in `docs/record.md`.

mod entries;
mod made;
mod published;

pub use made::{Making, Remade, Unmade, make, remake, variant};
pub use published::{Published, published};

use super::calculator::{Bound, Calculator, Formula, Step, Unknown};
use super::json::{exact, operator_code};
use crate::model::expr::{AggregateFunction, ArithmeticOp, VerdictStatus};
use crate::number::rounding::Rounding;
use crate::record::dossier::StepEntry;
use crate::value::Value;

/// The steps in the order of the calculation.
pub fn steps(calculator: &Calculator) -> Vec<StepEntry> {
    calculator.steps.iter().map(step).collect()
}

fn step(step: &Step) -> StepEntry {
    let (op, of, numbers) = operation(&step.formula);
    let decision = step.verdict.map(|_| if step.depth == 0 { "category" } else { "rule" }.to_owned());
    StepEntry {
        label: step.label.clone(),
        op,
        of,
        numbers,
        value: value(&step.value),
        weight: step.weight.as_ref().map(exact),
        year: step.year,
        place: step.place.clone(),
        decision,
    }
}

/// A value as a step holds it.
fn value(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("n:{}", exact(number)),
        Value::Text(text) => format!("t:{text}"),
        Value::Truth(truth) if truth.is_unknown() => "unknown".to_owned(),
        Value::Truth(truth) => if truth.is_true() { "yes" } else { "no" }.to_owned(),
        Value::Date(date) => format!("t:{date}"),
        Value::Absent(_) | Value::Between(..) => "none".to_owned(),
    }
}

/// The name of an operation, the steps that it reads and the numbers written with it.
fn operation(formula: &Formula) -> (String, Vec<usize>, Vec<String>) {
    let plain = |op: &str, of: Vec<usize>| (op.to_owned(), of, Vec::new());
    let turned = |op: &str, negated: bool| if negated { format!("not-{op}") } else { op.to_owned() };
    match formula {
        Formula::Given => plain("given", Vec::new()),
        Formula::Step(at) => plain("same", vec![*at]),
        Formula::Negate(at) => plain("negate", vec![*at]),
        Formula::Absolute(at) => plain("absolute", vec![*at]),
        Formula::Not(at) => plain("not", vec![*at]),
        Formula::Arithmetic(op, a, b) => {
            let op = match op {
                ArithmeticOp::Add => "add",
                ArithmeticOp::Subtract => "subtract",
                ArithmeticOp::Multiply => "multiply",
                ArithmeticOp::Divide => "divide",
            };
            plain(op, vec![*a, *b])
        }
        Formula::Extreme { largest, of } => plain(if *largest { "largest" } else { "smallest" }, of.clone()),
        Formula::Round { value, step, rounding } => {
            let op = match rounding {
                Rounding::Up => "round-up",
                Rounding::Down => "round-down",
                Rounding::HalfUp => "round-half-up",
                Rounding::HalfEven => "round-half-even",
            };
            plain(op, vec![*value, *step])
        }
        Formula::Compare(op, a, b) => plain(&format!("compare-{}", operator_code(*op)), vec![*a, *b]),
        Formula::Between { value, low, high, negated } => {
            (turned("between", *negated), vec![*value, *low, *high], vec![])
        }
        Formula::OneOf { value, options, negated } => {
            let of = std::iter::once(value).chain(options).copied().collect();
            (turned("one-of", *negated), of, Vec::new())
        }
        Formula::And(of) => plain("and", of.clone()),
        Formula::Or(of) => plain("or", of.clone()),
        Formula::Counted { bound, applicable, of } => {
            let (op, number) = match bound {
                Bound::All => ("all", None),
                Bound::AtLeast(n) => ("at-least", Some(n)),
                Bound::AtMost(n) => ("at-most", Some(n)),
                Bound::Exactly(n) => ("exactly", Some(n)),
            };
            let suffix = if *applicable { "-applicable" } else { "" };
            (format!("count-{op}{suffix}"), of.clone(), number.into_iter().map(exact).collect())
        }
        Formula::Rows { function, weighted, first, last } => {
            let op = match function {
                AggregateFunction::Mean if *weighted => "rows-mean-weighted",
                AggregateFunction::Mean => "rows-mean",
                AggregateFunction::Sum => "rows-sum",
                AggregateFunction::Count => "rows-count",
                AggregateFunction::Minimum => "rows-minimum",
                AggregateFunction::Maximum => "rows-maximum",
                AggregateFunction::Median => "rows-median",
                AggregateFunction::Latest => "rows-latest",
                AggregateFunction::Share | AggregateFunction::Quantile(_) => "given",
            };
            plain(op, vec![*first, *last])
        }
        Formula::Choose { branches, otherwise } => {
            let of = branches.iter().flat_map(|(condition, value)| [*condition, *value]).chain([*otherwise]);
            plain("choose", of.collect())
        }
        Formula::Keyed { by, entries, otherwise } => {
            let entries = entries.iter().flat_map(|(key, value)| [*key, *value]);
            plain("keyed", std::iter::once(*by).chain(entries).chain(*otherwise).collect())
        }
        Formula::AbsentWhen { value, when, .. } => plain("absent-when", vec![*value, *when]),
        Formula::Known { value, negated } => plain(&turned("known", *negated), vec![*value]),
        Formula::VerdictIs(of, status) => {
            let op = match status {
                VerdictStatus::Met => "is-met",
                VerdictStatus::NotMet => "is-not-met",
                VerdictStatus::Undetermined => "is-undetermined",
                VerdictStatus::NotApplicable => "is-not-applicable",
            };
            plain(op, vec![*of])
        }
        Formula::Standard { raw, mean, deviation, reversed } => {
            plain(&mirrored("standard", *reversed), vec![*raw, *mean, *deviation])
        }
        Formula::MinMax { raw, minimum, maximum, reversed } => {
            plain(&mirrored("min-max", *reversed), vec![*raw, *minimum, *maximum])
        }
        Formula::Reweighted { parts, least_weight, least_count } => {
            let (of, mut numbers): (Vec<usize>, Vec<String>) =
                parts.iter().map(|(at, weight)| (*at, exact(weight))).unzip();
            numbers.extend([exact(least_weight), least_count.to_string()]);
            ("reweighted".to_owned(), of, numbers)
        }
        Formula::Weighted(parts) => {
            let (of, weights) = parts.iter().map(|(at, weight)| (*at, exact(weight))).unzip();
            ("weighted".to_owned(), of, weights)
        }
        Formula::Verdict { condition, unknown, .. } => {
            let op = match unknown {
                Unknown::Stays => "verdict-stays",
                Unknown::Met => "verdict-met",
                Unknown::NotMet => "verdict-not-met",
                Unknown::NotApplicable => "verdict-not-applicable",
            };
            plain(op, vec![*condition])
        }
    }
}

fn mirrored(op: &str, reversed: bool) -> String {
    if reversed { format!("{op}-reversed") } else { op.to_owned() }
}
