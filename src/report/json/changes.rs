//! What a verdict rests on and what would turn it, as JSON.

use serde::Serialize;

use super::{NamedSchool, ValueEntry, value_entry, verdict_codes};
use crate::decision::Verdict;
use crate::explain::changes::{
    CategoryChanges, CellChange, CriterionChanges, Held, Leads, MissingCell, Movers, Others, Outcome, Part, Range,
    Settles, Together, Tried, Turned,
};
use crate::explain::condition::InputCell;
use crate::explain::explanation::{Asked, School, Weight};
use crate::messages::Precision;
use crate::model::{CategoryId, CriterionId};
use crate::number::Number;
use crate::report::explanation::Teller;
use crate::report::page::plain;
use crate::report::registered;
use crate::value::{Truth, Type, Value};

#[derive(Debug, Serialize)]
pub(super) struct WeightEntry {
    sufficient: Vec<String>,
    decisive: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsettling: Vec<String>,
    indifferent: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_applicable: Vec<String>,
    /// No outcome of the applicable criteria makes another verdict.
    settled: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<AskedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fewest: Option<Vec<String>>,
}

/// A rule that asks for a number of criteria.
#[derive(Debug, Serialize)]
struct AskedEntry {
    of: usize,
    applicable: usize,
    needed: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ChangesEntry {
    values: Vec<ValueChangeEntry>,
    cells: Vec<CellChangeEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<MissingEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells_tried: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<TriedEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct CategoryChangesEntry {
    cells: Vec<CellChangeEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<TogetherEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<MissingEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<TriedEntry>,
}

#[derive(Debug, Serialize)]
struct TogetherEntry {
    cells: Vec<MovedEntry>,
    outcome: OutcomeEntry,
}

#[derive(Debug, Serialize)]
struct MovedEntry {
    cell: CellEntry,
    to: ValueEntry,
}

/// What was tried: absent `low` and `high` are yes and no.
#[derive(Debug, Serialize)]
struct TriedEntry {
    cells: usize,
    cells_left_out: usize,
    cells_at_once: usize,
    ranges: Vec<RangeEntry>,
}

#[derive(Debug, Serialize)]
struct RangeEntry {
    title: String,
    cells: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<ValueEntry>,
    every_value: bool,
}

#[derive(Debug, Serialize)]
struct ValueChangeEntry {
    said: String,
    value: ValueEntry,
    relation: &'static str,
    bound: ValueEntry,
    outcome: OutcomeEntry,
}

#[derive(Debug, Serialize)]
struct CellChangeEntry {
    cell: CellEntry,
    to: ValueEntry,
    outcome: OutcomeEntry,
}

#[derive(Debug, Serialize)]
struct MissingEntry {
    cell: CellEntry,
    settles: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    up_to: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict_above: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<PartEntry>,
}

/// Values that lead to the same: from and with `from` up to and with `to`; of yes and no both are that value.
#[derive(Debug, Serialize)]
struct PartEntry {
    from: ValueEntry,
    to: ValueEntry,
    verdict: &'static str,
    categories: Vec<CategoryEntry>,
}

#[derive(Debug, Serialize)]
struct CategoryEntry {
    name: String,
    /// By computation.
    verdict: &'static str,
    /// What people decided, which holds all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<&'static str>,
}

/// A cell where it stands.
#[derive(Debug, Serialize)]
pub(super) struct CellEntry {
    title: String,
    value: ValueEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<String>,
}

#[derive(Debug, Serialize)]
struct OutcomeEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<&'static str>,
    category: &'static str,
    categories: Vec<CategoryEntry>,
    #[serde(flatten)]
    movers: MoversEntry,
    /// Other categories that other schools enter or leave.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<ElsewhereEntry>,
}

#[derive(Debug, Serialize)]
struct ElsewhereEntry {
    category: String,
    #[serde(flatten)]
    movers: MoversEntry,
}

#[derive(Debug, Serialize)]
struct MoversEntry {
    entering: OthersEntry,
    leaving: OthersEntry,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    held: Vec<HeldEntry>,
}

/// Schools whose computation turns while a decision of people keeps them where they are.
#[derive(Debug, Serialize)]
struct HeldEntry {
    computed: &'static str,
    registered: &'static str,
    #[serde(flatten)]
    others: OthersEntry,
}

#[derive(Debug, Serialize)]
struct OthersEntry {
    count: usize,
    schools: Vec<NamedSchool>,
}

pub(super) fn weight(weight: &Weight, teller: &Teller<'_>) -> WeightEntry {
    let numbers = |criteria: &[CriterionId]| -> Vec<String> {
        let number = |id: &CriterionId| teller.rules.criteria.get(id.index()).map(|c| c.number.to_string());
        criteria.iter().filter_map(number).collect()
    };
    WeightEntry {
        sufficient: numbers(&weight.sufficient),
        decisive: numbers(&weight.decisive),
        unsettling: numbers(&weight.unsettling),
        indifferent: numbers(&weight.indifferent),
        not_applicable: numbers(&weight.inapplicable),
        settled: weight.settled,
        asked: weight.asked.map(|Asked { of, applicable, needed }| AskedEntry { of, applicable, needed }),
        fewest: weight.fewest.as_deref().map(numbers),
    }
}

pub(super) fn changes(changes: &CriterionChanges, teller: &Teller<'_>) -> ChangesEntry {
    let shown = |value: &Value, kind: &Type| value_entry(value, kind, Precision::Full, teller.speaker);
    let values = changes.values.iter().map(|change| ValueChangeEntry {
        said: plain(&teller.line(&change.value)),
        value: shown(&change.value.value, &change.value.ty),
        relation: super::schools::operator_code(change.operator),
        bound: shown(&Value::Number(change.bound.clone()), &change.bound_type),
        outcome: outcome(&change.outcome, teller),
    });
    ChangesEntry {
        values: values.collect(),
        cells: changes.cells.iter().map(|change| cell_change(change, teller)).collect(),
        missing: changes.missing.iter().map(|cell| missing(cell, teller)).collect(),
        cells_tried: changes.tried.as_ref().map(|tried| tried.cells),
        tried: changes.tried.as_ref().map(|found| tried(found, teller)),
    }
}

pub(super) fn of_category(changes: &CategoryChanges, teller: &Teller<'_>) -> CategoryChangesEntry {
    let together = |together: &Together| TogetherEntry {
        cells: together
            .cells
            .iter()
            .map(|(of, to)| MovedEntry {
                cell: cell(of, teller),
                to: value_entry(to, &of.ty, Precision::Full, teller.speaker),
            })
            .collect(),
        outcome: outcome(&together.outcome, teller),
    };
    CategoryChangesEntry {
        cells: changes.cells.iter().map(|change| cell_change(change, teller)).collect(),
        together: changes.together.as_ref().map(together),
        missing: changes.missing.iter().map(|cell| missing(cell, teller)).collect(),
        tried: changes.tried.as_ref().map(|found| tried(found, teller)),
    }
}

fn cell_change(change: &CellChange, teller: &Teller<'_>) -> CellChangeEntry {
    CellChangeEntry {
        cell: cell(&change.cell, teller),
        to: value_entry(&change.to, &change.cell.ty, Precision::Full, teller.speaker),
        outcome: outcome(&change.outcome, teller),
    }
}

fn tried(tried: &Tried, teller: &Teller<'_>) -> TriedEntry {
    let range = |range: &Range| {
        let shown =
            |number: &Number| value_entry(&Value::Number(number.clone()), &range.ty, Precision::Full, teller.speaker);
        RangeEntry {
            title: range.title.to_string(),
            cells: range.cells,
            low: range.bounds.as_ref().map(|(low, _)| shown(low)),
            high: range.bounds.as_ref().map(|(_, high)| shown(high)),
            every_value: range.every,
        }
    };
    TriedEntry {
        cells: tried.cells,
        cells_left_out: tried.left_out,
        cells_at_once: tried.at_once,
        ranges: tried.ranges.iter().map(range).collect(),
    }
}

fn missing(missing: &MissingCell, teller: &Teller<'_>) -> MissingEntry {
    let shown = |value: &Value| value_entry(value, &missing.cell.ty, Precision::Full, teller.speaker);
    let number = |number: &Number| shown(&Value::Number(number.clone()));
    let part = |from: ValueEntry, to: ValueEntry, leads: &Leads| PartEntry {
        from,
        to,
        verdict: verdict_codes(leads.verdict).0,
        categories: categories(&leads.categories, teller),
    };
    let mut entry = MissingEntry {
        cell: cell(&missing.cell, teller),
        settles: "parts",
        verdict: None,
        up_to: None,
        verdict_above: None,
        parts: Vec::new(),
    };
    match &missing.settles {
        Settles::NoNumber => entry.settles = "no_number",
        Settles::YesNo { yes, no } => {
            entry.settles = "yes_no";
            for (truth, leads) in [(Truth::TRUE, yes), (Truth::FALSE, no)] {
                let value = Value::Truth(truth);
                entry.parts.push(part(shown(&value), shown(&value), leads));
            }
        }
        Settles::Parts { parts, .. } => {
            let decided = |part: &Part| matches!(part.leads.verdict, Verdict::Met | Verdict::NotMet);
            match parts.as_slice() {
                [only] if decided(only) => {
                    entry.settles = "whatever";
                    entry.verdict = Some(verdict_codes(only.leads.verdict).0);
                }
                [only] if matches!(only.leads.verdict, Verdict::Undetermined(_)) => entry.settles = "nothing",
                [low, high] if decided(low) && decided(high) => {
                    entry.settles = "split";
                    entry.verdict = Some(verdict_codes(low.leads.verdict).0);
                    entry.up_to = Some(number(&low.to));
                    entry.verdict_above = Some(verdict_codes(high.leads.verdict).0);
                }
                _ => {}
            }
            entry.parts = parts.iter().map(|p| part(number(&p.from), number(&p.to), &p.leads)).collect();
        }
    }
    entry
}

fn categories(categories: &[Turned], teller: &Teller<'_>) -> Vec<CategoryEntry> {
    let entry = |turned: &Turned| CategoryEntry {
        name: category_name(turned.category, teller),
        verdict: verdict_codes(turned.verdict).0,
        registered: turned.registered.map(registered::code),
    };
    categories.iter().map(entry).collect()
}

fn category_name(id: CategoryId, teller: &Teller<'_>) -> String {
    teller.rules.categories.get(id.index()).map_or_else(String::new, |c| c.name.to_string())
}

pub(super) fn cell(cell: &InputCell, teller: &Teller<'_>) -> CellEntry {
    let place = cell.cell.as_ref();
    CellEntry {
        title: cell.title.to_string(),
        value: value_entry(&cell.value, &cell.ty, Precision::Full, teller.speaker),
        file: place.map(|place| place.file.to_string()),
        sheet: place.and_then(|place| place.sheet.as_ref()).map(ToString::to_string),
        row: place.map(|place| place.row),
        column: place.map(|place| place.column),
        header: place.map(|place| place.header.to_string()),
    }
}

fn outcome(outcome: &Outcome, teller: &Teller<'_>) -> OutcomeEntry {
    let school = |school: &School| NamedSchool {
        code: school.code.to_string(),
        name: school.title.as_ref().map(ToString::to_string),
    };
    let others =
        |others: &Others| OthersEntry { count: others.count, schools: others.named.iter().map(school).collect() };
    let held = |held: &Held| HeldEntry {
        computed: if held.entering { "entering" } else { "leaving" },
        registered: registered::code(held.registered),
        others: others(&held.others),
    };
    let movers = |movers: &Movers| MoversEntry {
        entering: others(&movers.entering),
        leaving: others(&movers.leaving),
        held: movers.held.iter().map(held).collect(),
    };
    OutcomeEntry {
        criterion: outcome.criterion.map(|verdict| verdict_codes(verdict).0),
        category: verdict_codes(outcome.category).0,
        categories: categories(&outcome.categories, teller),
        movers: movers(&outcome.movers),
        elsewhere: outcome
            .elsewhere
            .iter()
            .map(|(category, found)| ElsewhereEntry {
                category: category_name(*category, teller),
                movers: movers(found),
            })
            .collect(),
    }
}
