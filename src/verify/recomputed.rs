//! The rules of the folder evaluated again, and the result held against the recorded one, school by school.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Request;
use crate::decision::{Passage, Verdict};
use crate::diagnostic::Diagnostic;
use crate::model::RuleSet;
use crate::number::Number;
use crate::pipeline::{self, Judged, Variant};
use crate::progress::Progress;
use crate::record::decisions::{Change, Decisions, PASSAGE, REGISTERED, YEARS, differences};
use crate::record::finding::{Finding, State};
use crate::record::{Record, fingerprint};
use crate::report::decisions;
use crate::report::explanation::passage_word;
use crate::report::list::Judgement;
use crate::report::words::{category_word, criterion_word, group_word};
use crate::source::Sources;
use crate::value::Reasons;

/// Schools named one by one; more are counted.
const MOST_SCHOOLS: usize = 20;
/// Numbers nearer to each other than one part in this many may look the same.
const NEAR: i64 = 10;
/// Columns named for one school.
const MOST_FIELDS: usize = 12;

pub(super) fn recomputed(
    request: &Request<'_>,
    record: &Record,
    whole: &BTreeSet<String>,
    data: Option<PathBuf>,
    found: &mut Vec<Finding>,
    progress: &dyn Progress,
) {
    let main = request.folder.join(&record.rules.main);
    let scenario = record.rules.scenario.as_ref();
    let variant = Variant {
        set: record.rules.set.clone(),
        scenario: scenario.map(|scenario| scenario.name.clone()),
        scenario_file: scenario.and_then(|s| s.file.as_ref()).map(|file| request.folder.join(file)),
    };
    let mut read = pipeline::read_variant(&main.display().to_string(), &variant);
    let errors = |diagnostics: &[Diagnostic]| diagnostics.iter().filter(|d| d.is_error()).count();
    let Some(rules) = read.rules.value.take() else {
        let wrong = errors(&read.rules.diagnostics);
        found.push(Finding::new(State::Differs, "verify-rules-wrong").count("count", wrong));
        return;
    };
    let now = pipeline::parameters(&rules, &read.sources);
    for parameter in &record.rules.parameters {
        let written =
            now.iter().find(|(name, _)| *name == parameter.name).map_or("–", |(_, written)| written.as_str());
        if written != parameter.written {
            let changed = Finding::new(State::Differs, "verify-parameter").text("name", parameter.name.as_str());
            found.push(changed.text("then", parameter.written.as_str()).text("now", written));
        }
    }
    let known = |name: &str| record.rules.parameters.iter().any(|parameter| parameter.name == name);
    for (name, written) in now.iter().filter(|(name, _)| !known(name)) {
        let added = Finding::new(State::Differs, "verify-parameter").text("name", name.as_str());
        found.push(added.text("then", "–").text("now", written.as_str()));
    }
    let Some(manifest) = data else {
        without_data(record, whole, found);
        return;
    };
    let judged = pipeline::judge_for(rules, &manifest, &mut read.sources, progress, record.minimum_cohort);
    let Some(judged) = judged.value else {
        found.push(Finding::new(State::Differs, "verify-data-wrong").count("count", errors(&judged.diagnostics)));
        return;
    };
    let judgement = Judgement::of(&judged);
    let mut text = Vec::new();
    if decisions::write(&judgement, &mut text).is_err() {
        return;
    }
    let sha256 = fingerprint::of_bytes(&text);
    if sha256 == record.result.sha256 {
        let same = Finding::new(State::Holds, "verify-result-same").count("count", judged.run.schools);
        found.push(same.text("sha256", sha256.as_str()));
    } else {
        found.push(Finding::new(State::Differs, "verify-result-differs"));
    }
    // also when the result is the same: then it is the recorded file that was changed
    let recorded = std::fs::read(request.folder.join(&record.result.decisions)).unwrap_or_default();
    if recorded != text {
        compare(&String::from_utf8_lossy(&recorded), &String::from_utf8_lossy(&text), &judged.rules, found);
    }
    if sha256 == record.result.sha256 && record.program == request.program {
        reports(request, record, &judged, &read.sources, found);
    }
}

/// What is still certain without the data.
fn without_data(record: &Record, whole: &BTreeSet<String>, found: &mut Vec<Finding>) {
    if whole.contains(&record.result.decisions) {
        let kept = Finding::new(State::Remark, "verify-decisions-kept").count("count", record.result.schools);
        found.push(kept.text("sha256", record.result.sha256.as_str()));
    }
    found.push(Finding::new(State::Open, "verify-not-recomputed"));
}

fn compare(recorded: &str, now: &str, rules: &RuleSet, found: &mut Vec<Finding>) {
    let differing = differences(&Decisions::parse(recorded), &Decisions::parse(now));
    for difference in differing.iter().take(MOST_SCHOOLS) {
        let school = |id| Finding::new(State::Differs, id).text("school", difference.school.as_str());
        match &difference.change {
            Change::Gone => found.push(school("verify-school-gone")),
            Change::New => found.push(school("verify-school-new")),
            Change::Fields(fields) => {
                for (column, then, now) in fields.iter().take(MOST_FIELDS) {
                    let (number, value) = column.split_once('=').unwrap_or((column, ""));
                    let id = match value {
                        "" => "verify-school-verdict",
                        REGISTERED => "verify-school-registered",
                        PASSAGE => "verify-school-passage",
                        YEARS => "verify-school-years",
                        _ => "verify-school-value",
                    };
                    let mut finding = school(id).text("column", number).text("value", value);
                    let numbers = exact(then).zip(exact(now));
                    // numbers that would look the same when they are rounded are shown as they are
                    let near = numbers.is_some_and(|(a, b)| {
                        a.subtract(&b).absolute().multiply(&Number::from_integer(NEAR)) < Number::one()
                    });
                    for (name, field) in [("then", then), ("now", now)] {
                        finding = match (verdict_word(field, number, rules), exact(field).filter(|_| !near)) {
                            _ if value == REGISTERED => finding.term(name, registered_word(field)),
                            _ if value == PASSAGE => match Passage::of_code(field) {
                                Some(passage) => finding.term(name, passage_word(passage)),
                                None => finding.text(name, field.as_str()),
                            },
                            (Some(word), _) if value.is_empty() => finding.term(name, word),
                            (_, Some(number)) => finding.number(name, number),
                            _ => finding.text(name, field.as_str()),
                        };
                    }
                    found.push(finding);
                }
            }
        }
    }
    if let Some(more) = differing.len().checked_sub(MOST_SCHOOLS).filter(|more| *more > 0) {
        found.push(Finding::new(State::Differs, "verify-more-schools").count("count", more));
    }
}

/// A number as decisions hold it: whole, or a fraction.
fn exact(field: &str) -> Option<Number> {
    let (numerator, denominator) = field.split_once('/').unwrap_or((field, "1"));
    Number::ratio(numerator.parse().ok()?, denominator.parse().ok()?)
}

/// The word for a verdict on a category, a group or a criterion.
fn verdict_word(code: &str, column: &str, rules: &RuleSet) -> Option<&'static str> {
    let verdict = match code.split(':').next()? {
        "met" => Verdict::Met,
        "not_met" => Verdict::NotMet,
        "undetermined" => Verdict::Undetermined(Reasons::NONE),
        "not_applicable" => Verdict::NotApplicable,
        "not_judged" => Verdict::NotJudged,
        _ => return None,
    };
    Some(if rules.categories.iter().any(|category| category.name.as_ref() == column) {
        category_word(verdict)
    } else if rules.groups.iter().any(|group| group.number.as_ref() == column) {
        group_word(verdict)
    } else {
        criterion_word(verdict)
    })
}

fn registered_word(code: &str) -> &'static str {
    match code {
        "include" => "verify-registered-include",
        "exclude" => "verify-registered-exclude",
        _ => "verify-registered-none",
    }
}

fn reports(request: &Request<'_>, record: &Record, judged: &Judged, sources: &Sources, found: &mut Vec<Finding>) {
    let mut same = 0;
    for file in &record.files {
        match (request.remake)(&file.file, judged, sources) {
            None => {}
            Some((bytes, sha256)) if bytes == file.bytes && sha256 == file.sha256 => same += 1,
            Some(_) => {
                found.push(Finding::new(State::Differs, "verify-report-differs").text("file", file.file.as_str()));
            }
        }
    }
    if same > 0 {
        found.push(Finding::new(State::Holds, "verify-reports-same").count("count", same));
    }
}
