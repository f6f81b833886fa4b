//! The decisions alone, in no language: what the fingerprint of a result is taken of. See `docs/json.md`.
//!
//! Per school its code, then every category and group, then every criterion with the values that it is about.

use std::io::{self, Write};

use super::deciding;
use super::json::exact;
use super::list::{Judgement, code, value_of};
use crate::decision::{self, Passage, Verdict};
use crate::model::expr::ExprId;
use crate::model::{CategoryId, CriterionId, Exit, GroupId};
use crate::number::Number;
use crate::record::decisions::{PASSAGE, REGISTERED, YEARS, field};
use crate::value::{Reasons, Truth, Value};

enum Content {
    Category(CategoryId),
    /// What people decided about a school.
    Registered(CategoryId),
    /// What became of a school since the cycle before.
    Passage(CategoryId, Exit),
    /// For how long a school is in the category, this cycle included.
    Years(CategoryId, Exit, ExprId),
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
    for (at, category) in rules.categories.iter().enumerate() {
        let id = CategoryId::from_index(at);
        let Some(exit) = category.exit else { continue };
        columns.push((format!("{}={PASSAGE}", category.name), Content::Passage(id, exit)));
        if let Some(years) = exit.years {
            columns.push((format!("{}={YEARS}", category.name), Content::Years(id, exit, years)));
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
        Content::Passage(id, exit) => return passage(judgement, *id, exit, row).code().to_owned(),
        Content::Years(id, exit, years) => return value_text(&years_now(judgement, *id, exit, *years, row)),
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

fn truth(judgement: &Judgement<'_>, part: ExprId, row: usize) -> Truth {
    match value_of(judgement, part, row) {
        Some(Value::Truth(truth)) => truth,
        Some(Value::Absent(reasons)) => Truth::unknown(reasons),
        _ => Truth::unknown(Reasons::INVALID),
    }
}

/// What became of a school since the cycle before, by the computation.
pub fn passage(judgement: &Judgement<'_>, category: CategoryId, exit: &Exit, row: usize) -> Passage {
    let verdict = judgement.run.category(category, row).unwrap_or(Verdict::NotJudged);
    decision::passage(verdict, exit, &|part| truth(judgement, part, row))
}

/// The years on the list up to now: none for a school that is not on it, one more than before for one that was and is.
fn years_now(judgement: &Judgement<'_>, category: CategoryId, exit: &Exit, years: ExprId, row: usize) -> Value {
    let run = judgement.run;
    let listed = match (run.registration(category, row), run.category(category, row)) {
        (Some(decision), _) => decision.includes,
        (None, Some(Verdict::Met)) => true,
        (None, Some(Verdict::NotMet | Verdict::NotJudged) | None) => false,
        (None, Some(Verdict::NotApplicable)) => return Value::Absent(Reasons::NOT_APPLICABLE),
        (None, Some(Verdict::Undetermined(reasons))) => return Value::Absent(reasons),
    };
    if !listed {
        return Value::Number(Number::zero());
    }
    let before = truth(judgement, exit.before, row);
    if before.is_unknown() {
        return Value::Absent(before.reasons());
    }
    if before.is_false() {
        return Value::Number(Number::one());
    }
    let (more, reasons) = judgement.open(years).map_or((0, Reasons::NONE), |open| open.at(row));
    match value_of(judgement, years, row) {
        Some(_) if more > 0 => Value::Absent(reasons),
        Some(Value::Number(years)) => Value::Number(years.add(&Number::one())),
        Some(Value::Absent(reasons) | Value::Between(_, reasons)) => Value::Absent(reasons),
        _ => Value::Absent(Reasons::INVALID),
    }
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
