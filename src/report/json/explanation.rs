//! The explanation of one school as JSON: what the text says, as fields. The schema is described in `docs/json.md`.
//!
//! Steps and what stands behind them are in `steps`.

use serde::Serialize;

use super::entries::{CellEntry, NotesEntry, StepEntry};
use super::steps::{cell, note, step};
use super::{PublicationEntry, RegisteredEntry, registered_entry, verdict_codes};
use super::{changes, unknown};
use crate::decision::Passage;
use crate::explain::Explanation;
use crate::explain::explanation::{
    CategoryExplanation, Certainty, CriterionExplanation, GroupExplanation, Outlook, PopulationExplanation, Standing,
};
use crate::explain::rounding::{Turned, rounding};
use crate::model::{CriterionId, MissingData};
use crate::report::explanation::Teller;
use crate::report::page::plain;
use crate::value::Value;

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    publication: PublicationEntry,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
    /// Parameters that were given another value than the rules have, as lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaced: Vec<String>,
    rule_set: RuleSetEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    school: NamedSchool,
    categories: Vec<CategoryEntry>,
    populations: Vec<PopulationEntry>,
}

#[derive(Debug, Serialize)]
struct RuleSetEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reporting_year: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_force_until: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bases: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanations: Vec<String>,
}

#[derive(Debug, Serialize)]
struct NamedSchool {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Debug, Serialize)]
struct CategoryEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    verdict: &'static str,
    reasons: Vec<&'static str>,
    /// What became of the school since the cycle before; only where the category says how schools leave.
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    among: Option<String>,
    /// Why the school is not judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_judged: Option<String>,
    outlook: OutlookEntry,
    #[serde(flatten)]
    notes: NotesEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<RegisteredEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<changes::WeightEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<unknown::UnknownEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<changes::CategoryChangesEntry>,
    rule: StepEntry,
    groups: Vec<GroupEntry>,
    criteria: Vec<CriterionEntry>,
}

#[derive(Debug, Serialize)]
struct GroupEntry {
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    verdict: &'static str,
    reasons: Vec<&'static str>,
    outlook: OutlookEntry,
    #[serde(flatten)]
    notes: NotesEntry,
    rule: StepEntry,
}

/// What missing data could still change.
#[derive(Debug, Serialize)]
struct OutlookEntry {
    certainty: &'static str,
    /// Numbers of the criteria that are undetermined now.
    undetermined: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CriterionEntry {
    number: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    verdict: &'static str,
    reasons: Vec<&'static str>,
    /// Why, in one phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// The condition as the rules write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_text: Option<String>,
    #[serde(flatten)]
    notes: NotesEntry,
    /// The policy that made a verdict of an unknown condition.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_applied: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<CellEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing_rows: Vec<MissingRowsEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternatives: Option<AlternativesEntry>,
    condition: StepEntry,
    /// The comparisons that would come out the other way with rounded values; not there where rounding changes no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<Vec<RoundedEntry>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown: Option<unknown::UnknownEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<changes::ChangesEntry>,
}

#[derive(Debug, Serialize)]
struct RoundedEntry {
    to: &'static str,
    /// The comparison with rounded values.
    said: String,
    holds: bool,
}

#[derive(Debug, Serialize)]
struct MissingRowsEntry {
    table: String,
    /// Rows of the school that do not match or lie in other years.
    others: usize,
}

#[derive(Debug, Serialize)]
struct AlternativesEntry {
    category_if_met: &'static str,
    category_if_not_met: &'static str,
}

#[derive(Debug, Serialize)]
struct PopulationEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    members: usize,
    standing: &'static str,
    /// The basis of the exclusion that leaves the school out.
    #[serde(skip_serializing_if = "Option::is_none")]
    excluded_because: Option<String>,
    /// The population that this one is a part of and the school is not in.
    #[serde(skip_serializing_if = "Option::is_none")]
    outside_of: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<&'static str>,
    #[serde(flatten)]
    notes: NotesEntry,
    /// The condition that leaves the school out.
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<StepEntry>,
}

/// `merilo/explanation/1` of one school.
///
/// # Errors
/// None that can happen with plain data.
pub fn explanation(explanation: &Explanation, teller: &Teller<'_>) -> Result<String, serde_json::Error> {
    crate::stack::roomy(&|| document(explanation, teller))
}

fn document(explanation: &Explanation, teller: &Teller<'_>) -> Result<String, serde_json::Error> {
    let rules = &explanation.rules;
    let owned = |texts: &[std::sync::Arc<str>]| texts.iter().map(ToString::to_string).collect();
    let document = Document {
        schema: "merilo/explanation/1",
        language: teller.speaker.language().code(),
        publication: PublicationEntry::of(explanation.minimum_cohort, teller.speaker),
        rules: rules.title.to_string(),
        scenario: rules.scenario.as_ref().map(ToString::to_string),
        replaced: crate::report::summary::replaced(teller.rules, teller.speaker),
        rule_set: RuleSetEntry {
            version: rules.version.as_ref().map(ToString::to_string),
            reporting_year: rules.reporting_year,
            in_force_from: rules.in_force.0.map(|date| date.to_string()),
            in_force_until: rules.in_force.1.map(|date| date.to_string()),
            bases: owned(&rules.bases),
            explanations: owned(&rules.explanations),
        },
        synthetic: explanation.synthetic.as_ref().map(ToString::to_string),
        school: NamedSchool {
            code: explanation.school.code.to_string(),
            name: explanation.school.title.as_ref().map(ToString::to_string),
        },
        categories: explanation.categories.iter().map(|c| category(c, explanation, teller)).collect(),
        populations: explanation.populations.iter().map(|p| population(p, teller)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn category(category: &CategoryExplanation, explanation: &Explanation, teller: &Teller<'_>) -> CategoryEntry {
    let (verdict, reasons) = verdict_codes(category.verdict);
    let among = category.among.and_then(|id| teller.rules.populations.get(id.index()));
    let turning = explanation.changes.as_ref();
    let turning = turning.and_then(|all| all.categories.iter().find(|c| c.category == category.id));
    CategoryEntry {
        name: category.name.to_string(),
        title: category.title.as_ref().map(ToString::to_string),
        verdict,
        reasons,
        passage: category.passage.map(Passage::code),
        among: among.map(|population| population.name.to_string()),
        not_judged: teller.not_judged(category, explanation),
        outlook: outlook(&category.outlook, teller),
        notes: note(&category.notes),
        registered: category.registered.as_ref().map(|decision| registered_entry(decision, category.verdict)),
        weight: category.weight.as_ref().map(|weight| changes::weight(weight, teller)),
        unknown: unknown::of_category(category, explanation.unknowns.as_ref(), teller),
        changes: turning.map(|found| changes::of_category(found, teller)),
        rule: step(&category.rule, teller),
        groups: category.groups.iter().map(|g| group(g, teller)).collect(),
        criteria: category.criteria.iter().map(|c| criterion(c, explanation, teller)).collect(),
    }
}

fn group(group: &GroupExplanation, teller: &Teller<'_>) -> GroupEntry {
    let (verdict, reasons) = verdict_codes(group.verdict);
    GroupEntry {
        number: group.number.to_string(),
        title: group.title.as_ref().map(ToString::to_string),
        verdict,
        reasons,
        outlook: outlook(&group.outlook, teller),
        notes: note(&group.notes),
        rule: step(&group.rule, teller),
    }
}

fn outlook(outlook: &Outlook, teller: &Teller<'_>) -> OutlookEntry {
    let number = |id: &CriterionId| teller.rules.criteria.get(id.index()).map(|c| c.number.to_string());
    OutlookEntry {
        certainty: match outlook.certainty {
            Certainty::Decided => "decided",
            Certainty::MetWhatever => "met_whatever",
            Certainty::NotMetWhatever => "not_met_whatever",
            Certainty::Open => "open",
            Certainty::TooMany => "not_known",
        },
        undetermined: outlook.undetermined.iter().filter_map(number).collect(),
    }
}

fn criterion(criterion: &CriterionExplanation, explanation: &Explanation, teller: &Teller<'_>) -> CriterionEntry {
    let turning = explanation.changes.as_ref();
    let turning = turning.and_then(|all| all.criteria.iter().find(|c| c.criterion == criterion.id));
    let (verdict, reasons) = verdict_codes(criterion.verdict);
    let group = criterion.group.and_then(|id| teller.rules.groups.get(id.index()));
    CriterionEntry {
        number: criterion.number.to_string(),
        title: criterion.title.as_ref().map(ToString::to_string),
        group: group.map(|group| group.number.to_string()),
        verdict,
        reasons,
        why: teller.speaker.reason(criterion, teller.rules),
        rule_text: teller.rule_text(&criterion.condition),
        notes: note(&criterion.notes),
        policy_applied: criterion.policy_applied.map(|policy| match policy {
            MissingData::Undetermined => "undetermined",
            MissingData::NotMet => "not_met",
            MissingData::Met => "met",
            MissingData::NotApplicable => "not_applicable",
        }),
        missing: criterion.missing.iter().map(|missing| cell(missing, teller)).collect(),
        missing_rows: criterion
            .missing_rows
            .iter()
            .map(|rows| MissingRowsEntry { table: rows.table_title.to_string(), others: rows.others })
            .collect(),
        alternatives: criterion.alternatives.map(|alternatives| AlternativesEntry {
            category_if_met: verdict_codes(alternatives.category_if_met).0,
            category_if_not_met: verdict_codes(alternatives.category_if_not_met).0,
        }),
        condition: step(&criterion.condition, teller),
        rounding: rounding(&criterion.condition, teller.rules)
            .map(|turned| turned.iter().map(|turned| rounded(turned, teller)).collect()),
        unknown: unknown::of_criterion(criterion, explanation.unknowns.as_ref(), teller),
        changes: turning.map(|found| changes::changes(found, teller)),
    }
}

fn rounded(turned: &Turned, teller: &Teller<'_>) -> RoundedEntry {
    RoundedEntry {
        to: turned.place.code(),
        said: plain(&teller.line(&turned.comparison)),
        holds: matches!(turned.comparison.value, Value::Truth(truth) if truth.is_true()),
    }
}

fn population(population: &PopulationExplanation, teller: &Teller<'_>) -> PopulationEntry {
    let mut entry = PopulationEntry {
        name: population.name.to_string(),
        title: population.title.as_ref().map(ToString::to_string),
        members: population.count,
        standing: "member",
        excluded_because: None,
        outside_of: None,
        reasons: Vec::new(),
        notes: note(&population.notes),
        condition: None,
    };
    match &population.standing {
        Standing::Member => {}
        Standing::ConditionNotMet(condition) => {
            entry.standing = "condition_not_met";
            entry.condition = Some(step(condition, teller));
        }
        Standing::OutsideBase(base) => {
            entry.standing = "outside_base";
            entry.outside_of = teller.rules.populations.get(base.index()).map(|base| base.name.to_string());
        }
        Standing::Excluded { basis, condition, .. } => {
            entry.standing = "excluded";
            entry.excluded_because = basis.as_ref().map(ToString::to_string);
            entry.condition = Some(step(condition, teller));
        }
        Standing::Unknown(reasons) => {
            entry.standing = "unknown";
            entry.reasons = super::reason_codes(*reasons);
        }
    }
    entry
}
