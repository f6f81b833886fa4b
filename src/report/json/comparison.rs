//! `merilo/compare/1`: what scenarios change, for programs. See `docs/json.md`.

use serde::Serialize;

use super::{effects, exact, verdict_codes};
use crate::compare::{Causes, ItemComparison, Mover, Transitions, Way};
use crate::decision::Verdict;
use crate::explain::summary::VerdictKind;
use crate::messages::Speaker;
use crate::report::comparison::Compared;

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
    listed_after: usize,
    stayed: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<effects::TotalsEntry>,
    transitions: Vec<TransitionEntry>,
    movers: Vec<MoverEntry>,
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
    way: &'static str,
    before: &'static str,
    after: &'static str,
    listed_before: bool,
    listed_after: bool,
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
                listed_after: category.listed.1,
                stayed: category.stayed,
                effects: effects::totals(category, scenario.splitting),
                transitions: transitions(&category.transitions),
                movers: category.movers.iter().map(mover).collect(),
            })
            .collect(),
        groups: comparison.groups.iter().map(item).collect(),
        criteria: comparison.criteria.iter().map(item).collect(),
    }
}

fn code(verdict: Option<Verdict>) -> &'static str {
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

fn mover(mover: &Mover) -> MoverEntry {
    MoverEntry {
        code: mover.school.code.to_string(),
        name: mover.school.title.as_ref().map(ToString::to_string),
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
        criteria: mover
            .criteria
            .iter()
            .map(|(number, before, after)| CriterionEntry {
                number: number.to_string(),
                before: code(*before),
                after: code(*after),
            })
            .collect(),
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
