//! `merilo/compare/1`: what scenarios change, for programs. See `docs/json.md`.

use serde::Serialize;

use rayon::prelude::*;

use super::beside::{BesideEntry, FormerEntry, former};
use super::{ValueEntry, effects, exact, value_entry, verdict_codes};
use crate::compare::{CategoryComparison, Causes, ItemComparison, Mover, Transitions, Way};
use crate::decision::Verdict;
use crate::explain::summary::VerdictKind;
use crate::messages::{Precision, Speaker};
use crate::report::comparison::breakdown::{Counted, Part, counted};
use crate::report::comparison::{Compared, Fact, Told, Turned, told};
use crate::report::divisions::By;

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    scenarios: Vec<ScenarioEntry>,
}

#[derive(Debug, Serialize)]
struct ScenarioEntry {
    title: String,
    #[serde(flatten)]
    beside: BesideEntry,
    changes: Vec<String>,
    causes_tried: bool,
    effects: &'static str,
    schools_matched: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    schools_gone: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    schools_new: Vec<String>,
    categories: Vec<CategoryEntry>,
    groups: Vec<ItemEntry>,
    criteria: Vec<ItemEntry>,
}

#[derive(Debug, Serialize)]
struct CategoryEntry {
    name: String,
    listed_before: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    schools_listed_before: Option<usize>,
    listed_after: usize,
    stayed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<effects::TotalsEntry>,
    transitions: Vec<TransitionEntry>,
    divisions: Vec<DivisionEntry>,
    movers: Vec<MoverEntry>,
}

/// The list by what schools are.
#[derive(Debug, Serialize)]
struct DivisionEntry {
    title: String,
    by: &'static str,
    parts: Vec<PartEntry>,
}

#[derive(Debug, Serialize)]
struct PartEntry {
    /// `null`: schools without a value.
    name: Option<String>,
    schools_before: usize,
    schools_after: usize,
    listed_before: usize,
    entered: usize,
    left: usize,
    listed_after: usize,
}

#[derive(Debug, Serialize)]
struct TransitionEntry {
    before: &'static str,
    after: &'static str,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct MoverEntry {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    former: Vec<FormerEntry>,
    way: &'static str,
    before: &'static str,
    after: &'static str,
    listed_before: bool,
    listed_after: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_after: Option<String>,
    criteria: Vec<CriterionEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<CauseEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<effects::SplitEntry>,
}

#[derive(Debug, Serialize)]
struct CriterionEntry {
    number: String,
    before: &'static str,
    after: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_after: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values_before: Vec<FactEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values_after: Vec<FactEntry>,
}

/// A value that decided, and what it was held against.
#[derive(Debug, Serialize)]
struct FactEntry {
    #[serde(skip_serializing_if = "String::is_empty")]
    name: String,
    value: ValueEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_off: Option<ValueEntry>,
}

#[derive(Debug, Serialize)]
struct CauseEntry {
    /// Sets of changes that are enough, positions from 1.
    sufficient: Vec<Vec<usize>>,
    only_together: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct ItemEntry {
    number: String,
    transitions: Vec<TransitionEntry>,
}

/// The document of all scenarios.
///
/// # Errors
/// None that can happen with plain data.
pub fn comparison(
    rules: &str,
    synthetic: Option<&str>,
    scenarios: &[Compared<'_>],
    speaker: &Speaker,
) -> Result<String, serde_json::Error> {
    let language = speaker.language();
    let document = Document {
        schema: "merilo/compare/1",
        language: language.code(),
        rules: rules.to_owned(),
        synthetic: synthetic.map(str::to_owned),
        scenarios: scenarios.iter().map(|scenario| entry(scenario, speaker)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn entry(scenario: &Compared<'_>, speaker: &Speaker) -> ScenarioEntry {
    let russian = speaker.language() == crate::language::Language::Russian;
    let codes = |schools: &[crate::explain::explanation::School]| schools.iter().map(|s| s.code.to_string()).collect();
    let item = |item: &ItemComparison| ItemEntry {
        number: item.number.to_string(),
        transitions: transitions(&item.transitions),
    };
    let comparison = scenario.comparison;
    ScenarioEntry {
        title: scenario.title.to_owned(),
        beside: super::beside::entry(scenario, speaker),
        changes: scenario
            .changes
            .iter()
            .map(|change| if russian { change.russian.to_string() } else { change.english.to_string() })
            .collect(),
        causes_tried: !scenario.too_many,
        effects: effects::code(scenario.splitting),
        schools_matched: comparison.matched,
        schools_gone: codes(&comparison.gone),
        schools_new: codes(&comparison.new),
        categories: comparison
            .categories
            .iter()
            .map(|category| CategoryEntry {
                name: category.name.to_string(),
                listed_before: category.listed.0,
                schools_listed_before: Some(category.schools_before).filter(|n| *n != category.listed.0),
                listed_after: category.listed.1,
                stayed: category.stayed,
                capacity: scenario.capacities.of(&category.name),
                effects: effects::totals(category, scenario.splitting),
                transitions: transitions(&category.transitions),
                divisions: counted(scenario, category).iter().map(division).collect(),
                movers: category.movers.par_iter().map(|one| mover(scenario, category, one, speaker)).collect(),
            })
            .collect(),
        groups: comparison.groups.iter().map(item).collect(),
        criteria: comparison.criteria.iter().map(item).collect(),
    }
}

pub(super) fn code(verdict: Option<Verdict>) -> &'static str {
    verdict.map_or("not_there", |verdict| verdict_codes(verdict).0)
}

fn kind_code(at: usize) -> &'static str {
    match VerdictKind::EACH.get(at) {
        Some(VerdictKind::Met) => "met",
        Some(VerdictKind::NotMet) => "not_met",
        Some(VerdictKind::Undetermined) => "undetermined",
        Some(VerdictKind::NotApplicable) => "not_applicable",
        Some(VerdictKind::NotJudged) => "not_judged",
        None => "not_there",
    }
}

fn transitions(transitions: &Transitions) -> Vec<TransitionEntry> {
    let all = transitions.counts.iter().enumerate();
    let all = all.flat_map(|(i, row)| row.iter().enumerate().map(move |(j, schools)| (i, j, *schools)));
    let entry = |(i, j, schools)| TransitionEntry { before: kind_code(i), after: kind_code(j), schools };
    all.filter(|(.., schools)| *schools > 0).map(entry).collect()
}

fn division(counted: &Counted<'_>) -> DivisionEntry {
    let part = |part: &Part<'_>| PartEntry {
        name: part.name.map(str::to_owned),
        schools_before: part.schools.0,
        schools_after: part.schools.1,
        listed_before: part.listed.0,
        entered: part.entered,
        left: part.left,
        listed_after: part.listed.1,
    };
    DivisionEntry {
        title: counted.title.to_owned(),
        by: match counted.by {
            By::Place => "place",
            By::Linked => "linked",
            By::Column => "column",
            By::Size => "size",
        },
        parts: counted.parts.iter().map(part).collect(),
    }
}

fn fact(fact: &Fact, speaker: &Speaker) -> FactEntry {
    let against = fact.against.as_ref();
    let other = against.map(|(value, kind)| value_entry(value, kind, Precision::beside(&fact.value), speaker));
    let beside = against.map_or(Precision::Plain, |(value, _)| Precision::beside(value));
    let (threshold, cut_off) = if fact.relation.is_some() { (other, None) } else { (None, other) };
    FactEntry {
        name: fact.name.clone(),
        value: value_entry(&fact.value, &fact.kind, beside, speaker),
        relation: fact.relation.map(super::schools::operator_code),
        threshold,
        cut_off,
    }
}

fn turned(turned: Turned, speaker: &Speaker) -> CriterionEntry {
    let facts = |facts: &[Fact]| facts.iter().map(|one| fact(one, speaker)).collect();
    CriterionEntry {
        number: turned.number.to_string(),
        before: code(turned.verdicts.0),
        after: code(turned.verdicts.1),
        values_before: facts(&turned.facts.0),
        values_after: facts(&turned.facts.1),
        reason_before: turned.grounds.0,
        reason_after: turned.grounds.1,
    }
}

fn mover(scenario: &Compared<'_>, category: &CategoryComparison, mover: &Mover, speaker: &Speaker) -> MoverEntry {
    let Told { rule, turned: criteria } = told(scenario, category, mover, speaker);
    MoverEntry {
        code: mover.school.code.to_string(),
        name: mover.school.title.as_ref().map(ToString::to_string),
        former: mover.former.iter().map(former).collect(),
        way: match mover.way() {
            Way::Entered => "entered",
            Way::Left => "left",
            Way::Opened => "opened",
            Way::Settled => "settled",
            Way::Other => "other",
        },
        before: code(mover.verdicts.0),
        after: code(mover.verdicts.1),
        listed_before: mover.listed.0,
        listed_after: mover.listed.1,
        reason_before: rule.0,
        reason_after: rule.1,
        criteria: criteria.into_iter().map(|one| turned(one, speaker)).collect(),
        cause: mover.causes.as_ref().map(cause),
        effects: mover.effects.as_ref().map(effects::split),
    }
}

fn cause(causes: &Causes) -> CauseEntry {
    CauseEntry {
        sufficient: causes.minimal.iter().map(|set| set.iter().map(|at| at + 1).collect()).collect(),
        only_together: causes.only_together(),
        shares: causes.shares.as_ref().map(|shares| shares.iter().map(exact).collect()),
    }
}
