//! Differences as problems: whose decision, what of it, and both results.
//!
//! Values are given exactly, so that two that differ are never shown as the same. No words and no language.

use super::{Difference, Found, Report, What};
use crate::data::dataset::Dataset;
use crate::decision::Verdict;
use crate::diagnostic::evaluate as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::Place;
use crate::model::RuleSet;
use crate::schema::TableId;
use crate::value::{Reasons, Truth, Value};

/// How many differences are told; what they have in common is seen from a few.
const TOLD: usize = 20;

impl Report {
    /// An error for each of the first differences.
    pub fn problems(&self, rules: &RuleSet, dataset: &Dataset) -> Vec<Diagnostic> {
        self.differences.iter().take(TOLD).map(|difference| told(difference, rules, dataset)).collect()
    }
}

fn told(difference: &Difference, rules: &RuleSet, dataset: &Dataset) -> Diagnostic {
    let what = difference.what;
    let place = what.span(rules).map_or(Place::Nowhere, Place::Text);
    let table = what.table(rules);
    let whose = match table {
        None => "all",
        Some(table) if table == rules.subject => "school",
        Some(_) => "row",
    };
    let row = table.map_or(String::new(), |table| named(rules, dataset, table, difference.row));
    let table = table.and_then(|table| rules.schema.table(table)).map_or("", |table| table.name.as_ref());
    let (kind, name) = called(what, rules);
    let problem = Diagnostic::new(kinds::RECHECK_DIFFERS, place)
        .text("whose", whose)
        .text("row", row)
        .text("table", table)
        .text("what", kind)
        .text("name", name);
    let [kept, expected] = [&difference.kept, &difference.expected].map(shown);
    problem.with("kept", kept.0).with("keptwhy", kept.1).with("expected", expected.0).with("expectedwhy", expected.1)
}

/// The key of a row, or its number.
fn named(rules: &RuleSet, dataset: &Dataset, table: TableId, row: usize) -> String {
    let keys = rules.schema.table(table).map_or(&[][..], |schema| &schema.key);
    let parts = keys.iter().filter_map(|key| match dataset.column(table, *key)?.value(row) {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(format!("{number:?}")),
        _ => None,
    });
    let key = parts.collect::<Vec<_>>().join(" · ");
    if key.is_empty() { (row + 1).to_string() } else { key }
}

fn called(what: What, rules: &RuleSet) -> (&'static str, String) {
    let (kind, name) = match what {
        What::Criterion(id) => ("criterion", rules.criteria.get(id.index()).map(|found| &found.number)),
        What::Group(id) => ("group", rules.groups.get(id.index()).map(|found| &found.number)),
        What::Category(id) => ("category", rules.categories.get(id.index()).map(|found| &found.name)),
        What::Listed(id) => ("listed", rules.categories.get(id.index()).map(|found| &found.name)),
        What::Population(id) => ("population", rules.populations.get(id.index()).map(|found| &found.name)),
        What::Exclusion(id) => ("exclusion", rules.populations.get(id.index()).map(|found| &found.name)),
        What::Members(id) => ("members", rules.populations.get(id.index()).map(|found| &found.name)),
        What::Expression(_) => ("value", None),
        What::Schools => ("schools", None),
    };
    (kind, name.map(ToString::to_string).unwrap_or_default())
}

/// A result, and why it is open.
fn shown(found: &Found) -> (Argument, Argument) {
    let plain = |argument| (argument, Argument::Text("none".to_owned()));
    let open = |reasons| (Argument::Term("verdict-undetermined"), Argument::Reasons(reasons));
    match found {
        Found::Verdict(Verdict::Met) => plain(Argument::Term("verdict-met")),
        Found::Verdict(Verdict::NotMet) => plain(Argument::Term("verdict-not-met")),
        Found::Verdict(Verdict::Undetermined(reasons)) => open(*reasons),
        Found::Verdict(Verdict::NotApplicable) => plain(Argument::Term("verdict-not-applicable")),
        Found::Verdict(Verdict::NotJudged) => plain(Argument::Term("verdict-not-judged")),
        Found::Member(truth) => match truth.is_unknown() {
            true => open(truth.reasons()),
            false => plain(yes_or_no(*truth)),
        },
        Found::Value(Value::Truth(truth)) => plain(yes_or_no(*truth)),
        Found::Value(Value::Number(number)) => plain(Argument::Text(format!("{number:?}"))),
        Found::Value(Value::Text(text)) => plain(Argument::Text(text.to_string())),
        Found::Value(Value::Date(date)) => plain(Argument::Text(date.to_string())),
        Found::Value(Value::Absent(reasons)) => plain(Argument::Reasons(*reasons)),
        Found::Value(Value::Between(bounds, reasons)) => {
            (Argument::Text(format!("{:?}…{:?}", bounds.0, bounds.1)), Argument::Reasons(*reasons))
        }
        Found::Count(count) => plain(Argument::Count(i64::try_from(*count).unwrap_or(i64::MAX))),
        Found::Nothing => plain(Argument::Reasons(Reasons::MISSING)),
    }
}

fn yes_or_no(truth: Truth) -> Argument {
    Argument::Term(if truth.is_true() { "truth-yes" } else { "truth-no" })
}
