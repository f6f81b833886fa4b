//! Registered decisions of people matched with the schools of the data. They change no verdict.

use std::collections::HashMap;

use crate::data::dataset::Dataset;
use crate::decision::Registration;
use crate::diagnostic::evaluate as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::model::{RegisteredAction, RegisteredId, RuleSet};
use crate::suggestion;

/// By category and row; a school that is not in the data is a problem.
pub(super) fn registrations(rules: &RuleSet, dataset: &Dataset, problems: &mut Vec<Diagnostic>) -> Vec<Registration> {
    if rules.registered.is_empty() {
        return Vec::new();
    }
    let rows = dataset.table(rules.subject).map_or(0, |table| table.rows);
    let codes: Vec<String> = (0..rows).map(|row| dataset.code(&rules.schema, rules.subject, row)).collect();
    let by_code: HashMap<&str, usize> = codes.iter().enumerate().map(|(row, code)| (code.as_str(), row)).collect();
    let mut found = Vec::new();
    for (at, entry) in rules.registered.iter().enumerate() {
        match by_code.get(entry.school.as_ref()) {
            Some(row) => found.push(Registration {
                category: entry.category,
                row: *row,
                id: RegisteredId::from_index(at),
                includes: entry.action == RegisteredAction::Include,
            }),
            None => {
                let near = suggestion::nearest(&entry.school, codes.iter().take(NEAR_AMONG).map(String::as_str));
                let near: Vec<String> = near.into_iter().map(str::to_owned).collect();
                problems.push(
                    Diagnostic::at(kinds::REGISTERED_SCHOOL_UNKNOWN, entry.school_span)
                        .text("code", entry.school.as_ref())
                        .count("near-count", near.len())
                        .with("near", Argument::List(near)),
                );
            }
        }
    }
    found.sort();
    found
}

/// Among how many codes similar ones are looked for.
const NEAR_AMONG: usize = 50_000;
