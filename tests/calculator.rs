//! The calculator sheet: its formulas, worked out by hand over the steps, give the decisions of the run for every school.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::BTreeMap;
use std::path::Path;

use merilo::explain::explain;
use merilo::language::Language;
use merilo::messages::Speaker;
use merilo::model::expr::{AggregateFunction, ArithmeticOp, CompareOp};
use merilo::number::Number;
use merilo::number::rounding::{Rounding, round_to_multiple};
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::report::calculator::{Bound, Calculator, Formula, Raw, Step, Unknown, calculator, sheet};
use merilo::report::explanation::Teller;
use merilo::source::Sources;
use merilo::value::Value;

/// What a cell holds: a number (truths are 1, 0 and 1/2), a text, or nothing.
#[derive(Debug, Clone, PartialEq)]
enum Held {
    Number(Number),
    Text(String),
    Nothing,
}

use Held::{Nothing, Text};

fn number(value: i128, of: i128) -> Held {
    Held::Number(Number::ratio(value, of).unwrap())
}

fn truth(value: bool) -> Held {
    number(i128::from(value), 1)
}

fn half() -> Held {
    number(1, 2)
}

fn found(step: &Step) -> Held {
    match &step.value {
        Value::Number(number) => Held::Number(number.clone()),
        Value::Text(text) => Text(text.to_string()),
        Value::Truth(truth) if truth.is_unknown() => half(),
        Value::Truth(known) => truth(known.is_true()),
        Value::Date(date) => Text(date.to_string()),
        Value::Absent(_) | Value::Between(..) => Nothing,
    }
}

/// Unknown where there is no truth.
fn as_truth(held: &Held) -> Held {
    if matches!(held, Held::Number(_)) { held.clone() } else { half() }
}

fn compare(op: CompareOp, a: &Held, b: &Held) -> Held {
    let ordering = match (a, b) {
        (Held::Number(a), Held::Number(b)) => a.cmp(b),
        (Text(a), Text(b)) => merilo::name::normal_text(a).cmp(&merilo::name::normal_text(b)),
        _ => return half(),
    };
    truth(match op {
        CompareOp::Less => ordering.is_lt(),
        CompareOp::AtMost => ordering.is_le(),
        CompareOp::More => ordering.is_gt(),
        CompareOp::AtLeast => ordering.is_ge(),
        CompareOp::Equal => ordering.is_eq(),
        CompareOp::NotEqual => ordering.is_ne(),
    })
}

fn worked_out(made: &Calculator) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::new();
    for step in &made.steps {
        let value = result(step, made, &held);
        held.push(value);
    }
    held
}

fn result(step: &Step, made: &Calculator, held: &[Held]) -> Held {
    let at = |at: &usize| held[*at].clone();
    let numbers = |of: &[usize]| -> Option<Vec<Number>> {
        of.iter().map(|at| if let Held::Number(n) = &held[*at] { Some(n.clone()) } else { None }).collect()
    };
    let of = |value: Option<Number>| value.map_or(Nothing, Held::Number);
    let turned = |reversed: bool, value: Number| if reversed { value.negate() } else { value };
    let raw = |raw: &Raw| match raw {
        Raw::Step(at) => numbers(&[*at]).map(|n| n[0].clone()),
        Raw::Number(number) => Some(number.clone()),
    };
    match &step.formula {
        Formula::Given => found(step),
        Formula::Step(from) => at(from),
        Formula::Negate(from) => of(numbers(&[*from]).map(|n| n[0].negate())),
        Formula::Absolute(from) => of(numbers(&[*from]).map(|n| n[0].absolute())),
        Formula::Arithmetic(op, a, b) => of(numbers(&[*a, *b]).and_then(|n| match op {
            ArithmeticOp::Add => Some(n[0].add(&n[1])),
            ArithmeticOp::Subtract => Some(n[0].subtract(&n[1])),
            ArithmeticOp::Multiply => Some(n[0].multiply(&n[1])),
            ArithmeticOp::Divide => n[0].divide(&n[1]),
        })),
        Formula::Extreme { largest, of: all } => {
            of(numbers(all).and_then(|n| if *largest { n.into_iter().max() } else { n.into_iter().min() }))
        }
        Formula::Round { value, step, rounding } => {
            of(numbers(&[*value, *step]).and_then(|n| round_to_multiple(&n[0], &n[1], *rounding)))
        }
        Formula::Compare(op, a, b) => compare(*op, &at(a), &at(b)),
        Formula::Against(op, value, bound) => compare(*op, &at(value), &Held::Number(bound.clone())),
        Formula::Between { value, low, high, negated } => {
            let (low, high) =
                (compare(CompareOp::AtLeast, &at(value), &at(low)), compare(CompareOp::AtMost, &at(value), &at(high)));
            let both = least(&[low, high]);
            if *negated { not(&both) } else { both }
        }
        Formula::OneOf { value, options, negated } => {
            let each: Vec<Held> = options.iter().map(|o| compare(CompareOp::Equal, &at(value), &at(o))).collect();
            let any = not(&least(&each.iter().map(not).collect::<Vec<_>>()));
            if *negated { not(&any) } else { any }
        }
        Formula::And(all) => least(&all.iter().map(|i| as_truth(&at(i))).collect::<Vec<_>>()),
        Formula::Or(all) => not(&least(&all.iter().map(|i| not(&as_truth(&at(i)))).collect::<Vec<_>>())),
        Formula::Not(of) => not(&as_truth(&at(of))),
        Formula::Counted { bound, applicable, of } => {
            counted(bound, *applicable, &of.iter().map(at).collect::<Vec<_>>())
        }
        Formula::Rows { function, weighted, first, last } => {
            let rows: Vec<usize> = (*first..=*last).collect();
            of(numbers(&rows).and_then(|n| aggregated(*function, *weighted, &n, &made.steps[*first..=*last])))
        }
        Formula::Standard { raw: from, mean, deviation, reversed } => of(raw(from).map(|raw| {
            let Some(scaled) = raw.subtract(mean).divide(deviation) else { return Number::zero() };
            let step = Number::ratio(1, 1_000_000_000_000).unwrap();
            turned(*reversed, round_to_multiple(&scaled, &step, Rounding::HalfUp).unwrap())
        })),
        Formula::MinMax { raw: from, minimum, maximum, reversed } => of(raw(from).map(|raw| {
            let scaled = raw.subtract(minimum).divide(&maximum.subtract(minimum)).unwrap_or_else(Number::zero);
            let scaled = scaled.max(Number::zero()).min(Number::one());
            if *reversed { Number::one().subtract(&scaled) } else { scaled }
        })),
        Formula::Weighted(parts) => {
            let steps: Vec<usize> = parts.iter().map(|(at, _)| *at).collect();
            of(numbers(&steps).map(|n| {
                let terms = n.iter().zip(parts).map(|(n, (_, weight))| n.multiply(weight));
                terms.fold(Number::zero(), |sum, term| sum.add(&term))
            }))
        }
        Formula::Verdict { condition, unknown } => match (as_truth(&at(condition)), unknown) {
            (known, _) if known != half() => known,
            (_, Unknown::Stays) => half(),
            (_, Unknown::Met) => truth(true),
            (_, Unknown::NotMet) => truth(false),
            (_, Unknown::NotApplicable) => Nothing,
        },
    }
}

fn least(of: &[Held]) -> Held {
    let rank = |held: &Held| if let Held::Number(n) = held { n.clone() } else { panic!("{held:?}") };
    of.iter().min_by_key(|held| rank(held)).cloned().unwrap_or_else(|| truth(true))
}

fn not(held: &Held) -> Held {
    let Held::Number(n) = held else { panic!("{held:?}") };
    Held::Number(Number::one().subtract(n))
}

fn counted(bound: &Bound, applicable: bool, of: &[Held]) -> Held {
    let count = |wanted: &Held| of.iter().filter(|held| *held == wanted).count();
    let (met, failed) = (count(&truth(true)), count(&truth(false)));
    let open = count(&half()) + if applicable { 0 } else { count(&Nothing) };
    let n = |number: &Number| usize::try_from(number.to_integer().unwrap()).unwrap();
    match bound {
        Bound::All if failed > 0 => truth(false),
        Bound::All => {
            if open > 0 {
                half()
            } else {
                truth(true)
            }
        }
        Bound::AtLeast(k) if met >= n(k) => truth(true),
        Bound::AtLeast(k) => {
            if met + open < n(k) {
                truth(false)
            } else {
                half()
            }
        }
        Bound::AtMost(k) if met > n(k) => truth(false),
        Bound::AtMost(k) => {
            if met + open <= n(k) {
                truth(true)
            } else {
                half()
            }
        }
        Bound::Exactly(k) if met > n(k) || met + open < n(k) => truth(false),
        Bound::Exactly(_) => {
            if open > 0 {
                half()
            } else {
                truth(true)
            }
        }
    }
}

fn aggregated(function: AggregateFunction, weighted: bool, values: &[Number], rows: &[Step]) -> Option<Number> {
    let sum = |of: &mut dyn Iterator<Item = Number>| of.fold(Number::zero(), |sum, value| sum.add(&value));
    let count = |n: usize| Number::from_integer(i64::try_from(n).unwrap());
    let mean = |of: &[Number]| sum(&mut of.iter().cloned()).divide(&count(of.len()));
    match function {
        AggregateFunction::Mean if weighted => {
            let weights: Option<Vec<Number>> = rows.iter().map(|row| row.weight.clone()).collect();
            let weights = weights?;
            let products = sum(&mut values.iter().zip(&weights).map(|(v, w)| v.multiply(w)));
            products.divide(&sum(&mut weights.into_iter()))
        }
        AggregateFunction::Mean => mean(values),
        AggregateFunction::Sum => Some(sum(&mut values.iter().cloned())),
        AggregateFunction::Count => Some(count(values.len())),
        AggregateFunction::Minimum => values.iter().min().cloned(),
        AggregateFunction::Maximum => values.iter().max().cloned(),
        AggregateFunction::Median => {
            let mut sorted = values.to_vec();
            sorted.sort();
            let (low, high) = (sorted[(sorted.len() - 1) / 2].clone(), sorted[sorted.len() / 2].clone());
            low.add(&high).divide(&count(2))
        }
        AggregateFunction::Latest => {
            let last = rows.iter().filter_map(|row| row.year).max();
            let of_last: Vec<Number> =
                values.iter().zip(rows).filter(|(_, row)| row.year == last).map(|(v, _)| v.clone()).collect();
            mean(&of_last)
        }
        AggregateFunction::Share | AggregateFunction::Quantile(_) => None,
    }
}

fn judged(rules: &str, data: &str) -> (Judged, Sources) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut read = pipeline::read_rules(&root.join(rules).display().to_string(), &[]);
    let judged = pipeline::judge(read.rules.value.unwrap(), &root.join(data), &mut read.sources, &Silent);
    (judged.value.unwrap(), read.sources)
}

/// Every step of every school (or every n-th) gives what the run found. Gives how many steps are worked out, by kind.
fn all_agree(rules: &str, data: &str, every: usize) -> BTreeMap<String, usize> {
    let (judged, sources) = judged(rules, data);
    let speaker = Speaker::new(Language::Russian);
    let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
    let mut kinds = BTreeMap::new();
    for school in (0..judged.run.schools).step_by(every) {
        let explained = explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, school);
        let made = calculator(&explained, &teller);
        for (at, (step, held)) in made.steps.iter().zip(worked_out(&made)).enumerate() {
            let wanted = found(step);
            // what cannot be and what is not known look alike where truths are numbers
            let same = held == wanted || (as_truth(&held) == half() && as_truth(&wanted) == half());
            assert!(same, "{}, step {}: {held:?} for {wanted:?}: {step:?}", made.title, at + 1);
            let kind = format!("{:?}", step.formula);
            *kinds.entry(kind.split([' ', '(']).next().unwrap().to_owned()).or_insert(0) += 1;
        }
    }
    kinds
}

#[test]
fn every_step_of_leningrad_schools_can_be_done_by_hand() {
    let kinds = all_agree("rules/leningrad-2018/criteria.merilo", "examples/leningrad-2018/dataset.yaml", 3);
    for kind in ["Verdict", "Counted", "Compare", "Against", "Rows", "Standard", "Weighted", "Arithmetic", "Step"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 100), "{kind}: {kinds:?}");
    }
}

#[test]
fn every_step_of_californian_schools_can_be_done_by_hand() {
    let kinds = all_agree("rules/california-api-2000/criteria.merilo", "examples/california-2000/dataset.yaml", 61);
    assert!(kinds.get("Verdict").is_some_and(|count| *count > 100), "{kinds:?}");
}

#[test]
fn every_kind_of_criterion_and_of_absence_can_be_done_by_hand() {
    all_agree("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml", 1);
}

#[test]
fn the_workbook_has_a_formula_for_each_step_and_equal_bytes() {
    let (judged, sources) = judged("tests/explanations/region/rules.merilo", "tests/explanations/region/dataset.yaml");
    for language in Language::ALL {
        let speaker = Speaker::new(language);
        let teller = Teller { rules: &judged.rules, sources: &sources, speaker: &speaker };
        let explained = explain(&judged.rules, &judged.plan, &judged.dataset, &judged.run, 0);
        let made = calculator(&explained, &teller);
        let book = sheet::workbook(&made, &speaker).unwrap();
        assert_eq!(book, sheet::workbook(&made, &speaker).unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("лист.xlsx");
        std::fs::write(&path, book).unwrap();
        let formulas: Vec<String> = sheet::formulas(&made, &speaker).into_iter().flatten().collect();
        insta::assert_snapshot!(format!("formulas_{}", language.code()), formulas.join("\n"));
    }
}
