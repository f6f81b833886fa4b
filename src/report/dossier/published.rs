//! The numbers of a dossier that other schools determine, one line each.

use crate::decision::{Facts, StepId};
use crate::evaluate::part::Given;
use crate::model::RuleSet;
use crate::number::Number;
use crate::number::format::decimal_text;
use crate::report::json::exact;
use crate::value::Value;

/// Digits up to which a number is written as a decimal.
const DIGITS: u32 = 12;
/// A fraction of more signs says less than its decimals.
const MOST_SIGNS: usize = 24;

/// One line: which message says it, and its numbers by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    pub id: &'static str,
    pub numbers: Vec<(&'static str, String)>,
}

/// All of them, in the order of the rules. `place`: where the rules ask for a step; `mark`: the decimal mark.
pub fn published(rules: &RuleSet, given: &Given, place: &dyn Fn(&StepId) -> String, mark: char) -> Vec<Published> {
    let shown = |number: &Number| shown(number, mark);
    let said = |value: &Value| said(value, mark);
    let within = |place: String, keys: &[Value]| match keys {
        [] => place,
        keys => format!("{place} ({})", keys.iter().map(said).collect::<Vec<_>>().join("; ")),
    };
    let mut found = Vec::new();
    for (id, facts) in &given.facts {
        match facts {
            Facts::Cut(facts) => found.extend(facts.cuts.iter().zip(&facts.strata.keys).map(|(cut, keys)| Published {
                id: "verify-published-cut",
                numbers: vec![
                    ("place", within(place(id), keys)),
                    ("cut", cut.cut_off.as_ref().map_or("–".to_owned(), &shown)),
                    ("ranked", cut.ranked.to_string()),
                    ("base", cut.quota_base.to_string()),
                    ("quota", cut.quota.to_string()),
                    ("selected", cut.selected.to_string()),
                ],
            })),
            Facts::Scale(facts) => found.extend(facts.scales.iter().zip(&facts.strata.keys).map(|(scale, keys)| {
                let number = |number: &Option<Number>| number.as_ref().map_or("–".to_owned(), &shown);
                Published {
                    id: "verify-published-scale",
                    numbers: vec![
                        ("place", within(place(id), keys)),
                        ("count", scale.count.to_string()),
                        ("mean", number(&scale.mean)),
                        ("deviation", number(&scale.deviation)),
                        ("minimum", number(&scale.minimum)),
                        ("maximum", number(&scale.maximum)),
                    ],
                }
            })),
            Facts::Rows(_) | Facts::Nothing => {}
        }
    }
    for ((id, _), given) in &given.values {
        let value = said(&given.value);
        found.push(Published { id: "verify-published-value", numbers: vec![("place", place(id)), ("value", value)] });
    }
    for (at, members) in given.members.iter().enumerate() {
        let name = rules.populations.get(at).map_or("", |population| population.name.as_ref());
        found.push(Published {
            id: "verify-published-members",
            numbers: vec![("place", name.to_owned()), ("value", members.to_string())],
        });
    }
    found
}

fn said(value: &Value, mark: char) -> String {
    match value {
        Value::Number(number) => shown(number, mark),
        Value::Text(text) => text.to_string(),
        Value::Truth(truth) => u8::from(truth.is_true()).to_string(),
        Value::Date(date) => date.to_string(),
        Value::Absent(_) | Value::Between(..) => "–".to_owned(),
    }
}

/// Exact: a decimal where there is a short one, a fraction otherwise.
fn shown(number: &Number, mark: char) -> String {
    match decimal_text(number, DIGITS, mark) {
        (text, true) => text,
        _ => {
            let fraction = exact(number);
            let near = decimal_text(number, DIGITS, mark).0;
            if fraction.len() > MOST_SIGNS { format!("≈{near}") } else { format!("{fraction} ≈{near}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_decimal_mark_of_the_reader() {
        let third = Number::ratio(1, 3).expect("a third");
        let half = Value::Number(Number::ratio(5, 2).expect("a half"));
        assert_eq!((said(&half, ','), said(&half, '.')), ("2,5".to_owned(), "2.5".to_owned()));
        let (russian, english) = (shown(&third, ','), shown(&third, '.'));
        assert_eq!((russian.as_str(), english.as_str()), ("1/3 ≈0,333333333333", "1/3 ≈0.333333333333"));
    }
}
