//! The recorded decisions of a run → what its cycle says of every school.
//!
//! Reads text that a run has written; what it does not have stays out.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{Cycle, CycleCategory, Entry, State};
use crate::decision::Passage;
use crate::model::{Category, RegisteredAction, RuleSet};
use crate::number::Number;
use crate::record::decisions::{Decisions, PASSAGE, REGISTERED, YEARS};

/// The cycle of a run. `None`: the decisions are not those of the rules.
pub fn cycle(name: String, rules: &RuleSet, decisions: &Decisions) -> Option<Cycle> {
    let place: HashMap<&str, usize> =
        decisions.header.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let categories = rules.categories.iter().map(|category| of_category(category, rules, decisions, &place));
    Some(Cycle {
        name,
        year: rules.header.reporting_year,
        schools: decisions.rows.iter().filter_map(|row| row.first()).map(|code| Arc::from(code.as_str())).collect(),
        titles: BTreeMap::new(),
        categories: categories.collect::<Option<_>>()?,
    })
}

fn of_category(
    category: &Category,
    rules: &RuleSet,
    decisions: &Decisions,
    place: &HashMap<&str, usize>,
) -> Option<CycleCategory> {
    let verdict = *place.get(category.name.as_ref())?;
    let own = |ending: &str| place.get(format!("{}={ending}", category.name).as_str()).copied();
    let (registered, passage, years) = (own(REGISTERED), own(PASSAGE), own(YEARS));
    let numbers = category.criteria.iter().filter_map(|id| rules.criteria.get(id.index())).map(|c| &c.number);
    let criteria: Vec<(Arc<str>, usize)> =
        numbers.map(|number| Some((number.clone(), *place.get(number.as_ref())?))).collect::<Option<_>>()?;
    let entry = |row: &Vec<String>| -> Option<Entry> {
        let field = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", String::as_str);
        let registered = match field(registered) {
            "include" => Some(RegisteredAction::Include),
            "exclude" => Some(RegisteredAction::Exclude),
            _ => None,
        };
        let state = match registered {
            Some(RegisteredAction::Include) => State::In,
            Some(RegisteredAction::Exclude) => State::Out,
            None => state(field(Some(verdict)))?,
        };
        let met = criteria.iter().filter(|(_, at)| field(Some(*at)) == "met");
        Some(Entry {
            state,
            criteria: met.map(|(number, _)| number.clone()).collect(),
            registered,
            passage: Passage::of_code(field(passage)),
            years: exact(field(years)),
        })
    };
    Some(CycleCategory {
        name: category.name.clone(),
        title: category.title.clone(),
        entries: decisions.rows.iter().map(entry).collect::<Option<_>>()?,
    })
}

fn state(verdict: &str) -> Option<State> {
    Some(match verdict.split(':').next()? {
        "met" => State::In,
        "not_met" => State::Out,
        "undetermined" => State::Undetermined,
        "not_applicable" => State::NotApplicable,
        "not_judged" => State::NotJudged,
        _ => return None,
    })
}

/// A number as decisions hold it: whole, or a fraction.
fn exact(field: &str) -> Option<Number> {
    let (numerator, denominator) = field.split_once('/').unwrap_or((field, "1"));
    Number::ratio(numerator.parse().ok()?, denominator.parse().ok()?)
}
