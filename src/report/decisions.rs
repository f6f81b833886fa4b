//! The decisions alone, in no language: what the fingerprint of a result is taken of. See `docs/json.md`.
//!
//! Per school its code, then every category and group, then every criterion with the values that it is about.

use std::io::{self, Write};

use super::deciding;
use super::json::exact;
use super::list::{Judgement, code, value_of};
use crate::decision::Verdict;
use crate::model::expr::ExprId;
use crate::model::{CategoryId, CriterionId, GroupId};
use crate::record::decisions::{REGISTERED, field};
use crate::value::{Reasons, Value};

enum Content {
    Category(CategoryId),
    /// What people decided about a school.
    Registered(CategoryId),
    Group(GroupId),
    Criterion(CriterionId),
    Value(ExprId),
}

/// Writes the decisions on all schools in the order of the data.
///
/// # Errors
/// What the writer refuses.
pub fn write(judgement: &Judgement<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = judgement.rules;
    let mut columns: Vec<(String, Content)> = Vec::new();
    for (at, category) in rules.categories.iter().enumerate() {
        columns.push((category.name.to_string(), Content::Category(CategoryId::from_index(at))));
    }
    for (at, category) in rules.categories.iter().enumerate() {
        let id = CategoryId::from_index(at);
        if rules.registered.iter().any(|decision| decision.category == id) {
            columns.push((format!("{}={REGISTERED}", category.name), Content::Registered(id)));
        }
    }
    for (at, group) in rules.groups.iter().enumerate() {
        columns.push((group.number.to_string(), Content::Group(GroupId::from_index(at))));
    }
    for (at, criterion) in rules.criteria.iter().enumerate() {
        columns.push((criterion.number.to_string(), Content::Criterion(CriterionId::from_index(at))));
        for (place, value) in deciding::values(rules, criterion.condition).into_iter().enumerate() {
            columns.push((format!("{}={}", criterion.number, place + 1), Content::Value(value.expr)));
        }
    }
    let mut line = String::from("school");
    for (name, _) in &columns {
        line.push(';');
        line.push_str(&field(name));
    }
    line.push('\n');
    out.write_all(line.as_bytes())?;
    for row in 0..judgement.run.schools {
        line.clear();
        line.push_str(&field(&code(judgement, row)));
        for (_, content) in &columns {
            line.push(';');
            line.push_str(&field(&text(judgement, content, row)));
        }
        line.push('\n');
        out.write_all(line.as_bytes())?;
    }
    out.flush()
}

fn text(judgement: &Judgement<'_>, content: &Content, row: usize) -> String {
    let run = judgement.run;
    let verdict = match content {
        Content::Category(id) => run.category(*id, row),
        Content::Registered(id) => {
            let decided = run.registration(*id, row).and_then(|r| judgement.rules.registered.get(r.id.index()));
            return decided.map_or(String::new(), |decision| super::registered::code(decision.action).to_owned());
        }
        Content::Group(id) => run.group(*id, row),
        Content::Criterion(id) => run.criterion(*id, row),
        Content::Value(id) => {
            let value = value_of(judgement, *id, row);
            let open = judgement.open(*id).zip(value.clone()).map(|(open, lowest)| open.bounds(lowest, row));
            return open.or(value).map_or(String::new(), |value| value_text(&value));
        }
    };
    verdict.map_or(String::new(), verdict_text)
}

fn verdict_text(verdict: Verdict) -> String {
    match verdict {
        Verdict::Met => "met".to_owned(),
        Verdict::NotMet => "not_met".to_owned(),
        Verdict::Undetermined(reasons) => format!("undetermined:{}", reasons_text(reasons)),
        Verdict::NotApplicable => "not_applicable".to_owned(),
        Verdict::NotJudged => "not_judged".to_owned(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::Number(number) => exact(number),
        Value::Text(text) => format!("\"{text}\""),
        Value::Truth(truth) if truth.is_unknown() => reasons_text(truth.reasons()),
        Value::Truth(truth) => truth.is_true().to_string(),
        Value::Date(date) => date.to_string(),
        Value::Absent(reasons) => reasons_text(*reasons),
        Value::Between(ends, reasons) => format!("{}..{}:{}", exact(&ends.0), exact(&ends.1), reasons_text(*reasons)),
    }
}

fn reasons_text(reasons: Reasons) -> String {
    super::json::reason_codes(reasons).join("+")
}
