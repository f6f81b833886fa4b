//! The steps of a dossier worked out again, one by one, in exact numbers.
//!
//! Shares nothing with the evaluation: it reads the operations as the dossier writes them. Truths are 1, 0 and, where
//! unknown, 1/2: then "and" is the least, "or" the greatest, "not" what is left to 1.

use std::cmp::Ordering;

use num_rational::BigRational;

use super::dossier::StepEntry;
use crate::name::normal_text;
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};

/// What a step gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Held {
    /// Also truths.
    Number(Number),
    Text(String),
    /// No value, or not applicable.
    Nothing,
}

/// A number as dossiers write it: `2/5`, `17`.
pub fn number(text: &str) -> Option<Number> {
    text.parse::<BigRational>().ok().map(Number::from_big)
}

/// A value as dossiers write it: `n:2/5`, `t:text`, `yes`, `no`, `unknown`, `none`.
pub fn held(text: &str) -> Option<Held> {
    Some(match text.split_once(':') {
        Some(("n", digits)) => Held::Number(number(digits)?),
        Some(("t", text)) => Held::Text(text.to_owned()),
        _ => match text {
            "yes" => truth(true),
            "no" => truth(false),
            "unknown" => half(),
            "none" => Held::Nothing,
            _ => return None,
        },
    })
}

/// Every step in order. `None`: an operation that does not exist, or one that names a step not yet there.
pub fn worked_out(steps: &[StepEntry]) -> Option<Vec<Held>> {
    let mut done: Vec<Held> = Vec::with_capacity(steps.len());
    for step in steps {
        let value = Work { step, steps, done: &done }.result()?;
        done.push(value);
    }
    Some(done)
}

/// Whether a step gives what was found. What cannot be and what is not known look alike where truths are numbers.
pub fn agrees(worked_out: &Held, found: &Held) -> bool {
    worked_out == found || (as_truth(worked_out) == half() && as_truth(found) == half())
}

struct Work<'a> {
    step: &'a StepEntry,
    steps: &'a [StepEntry],
    done: &'a [Held],
}

fn truth(value: bool) -> Held {
    Held::Number(if value { Number::one() } else { Number::zero() })
}

fn half() -> Held {
    Number::ratio(1, 2).map_or(Held::Nothing, Held::Number)
}

fn as_truth(held: &Held) -> Held {
    if matches!(held, Held::Number(_)) { held.clone() } else { half() }
}

fn not(held: &Held) -> Held {
    match as_truth(held) {
        Held::Number(number) => Held::Number(Number::one().subtract(&number)),
        other => other,
    }
}

fn least(of: impl Iterator<Item = Held>) -> Held {
    let numbers = of.filter_map(|held| match as_truth(&held) {
        Held::Number(number) => Some(number),
        _ => None,
    });
    numbers.min().map_or(truth(true), Held::Number)
}

fn greatest(of: impl Iterator<Item = Held>) -> Held {
    not(&least(of.map(|held| not(&held))))
}

fn of(number: Option<Number>) -> Held {
    number.map_or(Held::Nothing, Held::Number)
}

fn compared(op: &str, a: &Held, b: &Held) -> Option<Held> {
    let ordering = match (a, b) {
        (Held::Number(a), Held::Number(b)) => a.cmp(b),
        (Held::Text(a), Held::Text(b)) => normal_text(a).cmp(&normal_text(b)),
        _ => return Some(half()),
    };
    Some(truth(match op {
        "less" => ordering == Ordering::Less,
        "at_most" => ordering != Ordering::Greater,
        "more" => ordering == Ordering::Greater,
        "at_least" => ordering != Ordering::Less,
        "equal" => ordering == Ordering::Equal,
        "not_equal" => ordering != Ordering::Equal,
        _ => return None,
    }))
}

impl Work<'_> {
    fn at(&self, place: usize) -> Option<Held> {
        self.done.get(*self.step.of.get(place)?).cloned()
    }

    fn all(&self) -> Option<Vec<Held>> {
        self.step.of.iter().map(|at| self.done.get(*at).cloned()).collect()
    }

    /// The numbers of all steps named; `Some(None)`: one of them is none.
    fn numbers(&self) -> Option<Option<Vec<Number>>> {
        Some(self.all()?.into_iter().map(|held| if let Held::Number(n) = held { Some(n) } else { None }).collect())
    }

    /// A number written with the operation.
    fn written(&self, place: usize) -> Option<Number> {
        number(self.step.numbers.get(place)?)
    }

    fn result(&self) -> Option<Held> {
        let op = self.step.op.as_str();
        if let Some(op) = op.strip_prefix("compare-") {
            return compared(op, &self.at(0)?, &self.at(1)?);
        }
        if let Some(op) = op.strip_prefix("count-") {
            return self.counted(op);
        }
        if let Some(op) = op.strip_prefix("rows-") {
            return self.rows(op);
        }
        if let Some(op) = op.strip_prefix("verdict-") {
            return self.verdict(op);
        }
        Some(match op {
            "given" => held(&self.step.value)?,
            "same" => self.at(0)?,
            "and" => least(self.all()?.into_iter()),
            "or" => greatest(self.all()?.into_iter()),
            "not" => not(&self.at(0)?),
            "between" => self.between()?,
            "not-between" => not(&self.between()?),
            "one-of" => self.one_of()?,
            "not-one-of" => not(&self.one_of()?),
            "choose" => self.chosen()?,
            "keyed" => self.keyed()?,
            "absent-when" => match as_truth(&self.at(1)?) {
                when if when == truth(false) => self.at(0)?,
                _ => Held::Nothing,
            },
            "known" => truth(self.at(0)? != Held::Nothing),
            "not-known" => truth(self.at(0)? == Held::Nothing),
            "is-met" => truth(self.at(0)? == truth(true)),
            "is-not-met" => truth(self.at(0)? == truth(false)),
            "is-undetermined" => truth(self.at(0)? == half()),
            "is-not-applicable" => truth(self.at(0)? == Held::Nothing),
            "reweighted" => self.reweighted()?,
            "standard" | "standard-reversed" | "min-max" | "min-max-reversed" => self.scaled(op)?,
            "weighted" => {
                let weights: Option<Vec<Number>> = self.step.numbers.iter().map(|text| number(text)).collect();
                let weights = weights.filter(|weights| weights.len() == self.step.of.len())?;
                of(self.numbers()?.map(|n| sum(n.iter().zip(&weights).map(|(n, weight)| n.multiply(weight)))))
            }
            _ => return self.of_numbers(op),
        })
    }

    fn of_numbers(&self, op: &str) -> Option<Held> {
        let Some(numbers) = self.numbers()? else { return Some(Held::Nothing) };
        let rounded = |rounding| match numbers.as_slice() {
            [value, step] => round_to_multiple(value, step, rounding),
            _ => None,
        };
        let two = |work: fn(&Number, &Number) -> Option<Number>| match numbers.as_slice() {
            [a, b] => work(a, b),
            _ => None,
        };
        Some(of(match op {
            "negate" => numbers.first().map(Number::negate),
            "absolute" => numbers.first().map(Number::absolute),
            "add" => two(|a, b| Some(a.add(b))),
            "subtract" => two(|a, b| Some(a.subtract(b))),
            "multiply" => two(|a, b| Some(a.multiply(b))),
            "divide" => two(Number::divide),
            "largest" => numbers.iter().max().cloned(),
            "smallest" => numbers.iter().min().cloned(),
            "round-up" => rounded(Rounding::Up),
            "round-down" => rounded(Rounding::Down),
            "round-half-up" => rounded(Rounding::HalfUp),
            "round-half-even" => rounded(Rounding::HalfEven),
            _ => return None,
        }))
    }

    fn between(&self) -> Option<Held> {
        let [value, low, high] = [self.at(0)?, self.at(1)?, self.at(2)?];
        Some(least([compared("at_least", &value, &low)?, compared("at_most", &value, &high)?].into_iter()))
    }

    fn one_of(&self) -> Option<Held> {
        let all = self.all()?;
        let (value, options) = all.split_first()?;
        let each: Option<Vec<Held>> = options.iter().map(|option| compared("equal", value, option)).collect();
        Some(greatest(each?.into_iter()))
    }

    /// The value of the first branch whose condition holds; a condition that is open before it leaves nothing.
    fn chosen(&self) -> Option<Held> {
        let all = self.all()?;
        let (otherwise, branches) = all.split_last()?;
        let (pairs, rest) = branches.as_chunks::<2>();
        for [condition, value] in pairs {
            match as_truth(condition) {
                condition if condition == truth(true) => return Some(value.clone()),
                condition if condition == truth(false) => {}
                _ => return Some(Held::Nothing),
            }
        }
        rest.is_empty().then(|| otherwise.clone())
    }

    /// The value of the entry with the key; nothing without a key.
    fn keyed(&self) -> Option<Held> {
        let all = self.all()?;
        let (by, rest) = all.split_first()?;
        let (entries, otherwise) = rest.as_chunks::<2>();
        if *by == Held::Nothing {
            return Some(Held::Nothing);
        }
        for [key, value] in entries {
            if compared("equal", by, key)? == truth(true) {
                return Some(value.clone());
            }
        }
        Some(otherwise.first().cloned().unwrap_or(Held::Nothing))
    }

    /// Steps times weights over the steps that have a value, the weights brought to one. The last two numbers: the least weight
    /// and the least number of steps that must have one.
    fn reweighted(&self) -> Option<Held> {
        let all = self.all()?;
        let numbers: Option<Vec<Number>> = self.step.numbers.iter().map(|text| number(text)).collect();
        let numbers = numbers?;
        let (weights, least) = numbers.split_at_checked(all.len())?;
        let [least_weight, least_count] = least else { return None };
        let known: Vec<(&Number, &Number)> = all
            .iter()
            .zip(weights)
            .filter_map(|(held, weight)| if let Held::Number(n) = held { Some((n, weight)) } else { None })
            .collect();
        let weight = sum(known.iter().map(|(_, weight)| (*weight).clone()));
        let count = Number::from_integer(i64::try_from(known.len()).ok()?);
        if weight < *least_weight || count < *least_count {
            return Some(Held::Nothing);
        }
        Some(of(sum(known.iter().map(|(n, weight)| n.multiply(weight))).divide(&weight)))
    }

    fn scaled(&self, op: &str) -> Option<Held> {
        let [Held::Number(raw), Held::Number(first), Held::Number(second)] = [self.at(0)?, self.at(1)?, self.at(2)?]
        else {
            return Some(Held::Nothing);
        };
        let from = raw.subtract(&first);
        Some(Held::Number(match op {
            "standard" | "standard-reversed" => {
                let scaled = match from.divide(&second) {
                    Some(scaled) => {
                        round_to_multiple(&scaled, &Number::ratio(1, 1_000_000_000_000)?, Rounding::HalfUp)?
                    }
                    None => Number::zero(),
                };
                if op == "standard" { scaled } else { scaled.negate() }
            }
            _ => {
                let scaled = from.divide(&second.subtract(&first)).unwrap_or_else(Number::zero);
                let scaled = scaled.max(Number::zero()).min(Number::one());
                if op == "min-max" { scaled } else { Number::one().subtract(&scaled) }
            }
        }))
    }

    fn counted(&self, op: &str) -> Option<Held> {
        let (op, applicable) = match op.strip_suffix("-applicable") {
            Some(op) => (op, true),
            None => (op, false),
        };
        let all = self.all()?;
        let count = |wanted: &Held| all.iter().filter(|held| *held == wanted).count();
        let (met, failed) = (count(&truth(true)), count(&truth(false)));
        let undetermined = count(&half());
        let open = if applicable { undetermined } else { all.len() - met - failed };
        // none of them can exist for the school
        if applicable && !all.is_empty() && count(&Held::Nothing) == all.len() {
            return Some(Held::Nothing);
        }
        let known = |yes: bool, no: bool| {
            if yes {
                truth(true)
            } else if no {
                truth(false)
            } else if undetermined == 0 {
                Held::Nothing
            } else {
                half()
            }
        };
        if op == "all" {
            return Some(known(failed == 0 && open == 0, failed > 0));
        }
        let n = usize::try_from(self.written(0)?.to_integer()?).ok()?;
        Some(match op {
            "at-least" => known(met >= n, met + open < n),
            "at-most" => known(met + open <= n, met > n),
            "exactly" => known(met == n && open == 0, met > n || met + open < n),
            _ => return None,
        })
    }

    fn rows(&self, op: &str) -> Option<Held> {
        let (first, last) = (*self.step.of.first()?, *self.step.of.get(1)?);
        let rows = self.steps.get(first..=last)?;
        let held = self.done.get(first..=last)?;
        let values: Option<Vec<Number>> =
            held.iter().map(|held| if let Held::Number(n) = held { Some(n.clone()) } else { None }).collect();
        let Some(values) = values else { return Some(Held::Nothing) };
        let count = |n: usize| i64::try_from(n).map(Number::from_integer).ok();
        let mean = |of: &[Number]| sum(of.iter().cloned()).divide(&count(of.len())?);
        Some(of(match op {
            "mean" => mean(&values),
            "mean-weighted" => {
                let weights: Option<Vec<Number>> = rows.iter().map(|row| number(row.weight.as_deref()?)).collect();
                let weights = weights?;
                let products = values.iter().zip(&weights).map(|(value, weight)| value.multiply(weight));
                sum(products).divide(&sum(weights.iter().cloned()))
            }
            "sum" => Some(sum(values.into_iter())),
            "count" => count(values.len()),
            "minimum" => values.into_iter().min(),
            "maximum" => values.into_iter().max(),
            "median" => {
                let mut sorted = values;
                sorted.sort();
                let low = sorted.get(sorted.len().checked_sub(1)? / 2)?;
                low.add(sorted.get(sorted.len() / 2)?).divide(&count(2)?)
            }
            "latest" => {
                let last = rows.iter().filter_map(|row| row.year).max();
                let pairs = values.iter().zip(rows).filter(|(_, row)| row.year == last);
                mean(&pairs.map(|(value, _)| value.clone()).collect::<Vec<_>>())
            }
            _ => return None,
        }))
    }

    fn verdict(&self, op: &str) -> Option<Held> {
        let condition = as_truth(&self.at(0)?);
        if condition != half() {
            return Some(condition);
        }
        Some(match op {
            "stays" => half(),
            "met" => truth(true),
            "not-met" => truth(false),
            "not-applicable" => Held::Nothing,
            _ => return None,
        })
    }
}

fn sum(of: impl Iterator<Item = Number>) -> Number {
    of.fold(Number::zero(), |sum, number| sum.add(&number))
}
