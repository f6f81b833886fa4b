//! What a verdict rests on and what would turn it, as JSON.

use serde::Serialize;

use super::{NamedSchool, ValueEntry, value_entry, verdict_codes};
use crate::explain::changes::{CriterionChanges, Others, Outcome, Settles};
use crate::explain::condition::InputCell;
use crate::explain::explanation::{School, Weight};
use crate::messages::Precision;
use crate::model::CriterionId;
use crate::report::explanation::Teller;
use crate::report::page::plain;
use crate::value::{Type, Value};

#[derive(Debug, Serialize)]
pub(super) struct WeightEntry {
    sufficient: Vec<String>,
    decisive: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unsettling: Vec<String>,
    indifferent: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fewest: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
pub(super) struct ChangesEntry {
    values: Vec<ValueChangeEntry>,
    cells: Vec<CellChangeEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<MissingEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells_tried: Option<usize>,
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
    criterion: &'static str,
    category: &'static str,
    entering: OthersEntry,
    leaving: OthersEntry,
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
        outcome: outcome(&change.outcome),
    });
    let cells = changes.cells.iter().map(|change| CellChangeEntry {
        cell: cell(&change.cell, teller),
        to: shown(&change.to, &change.cell.ty),
        outcome: outcome(&change.outcome),
    });
    let missing = changes.missing.iter().map(|missing| {
        let mut entry = MissingEntry {
            cell: cell(&missing.cell, teller),
            settles: "nothing",
            verdict: None,
            up_to: None,
            verdict_above: None,
        };
        match &missing.settles {
            Settles::NoNumber => entry.settles = "no_number",
            Settles::Nothing => {}
            Settles::Whatever(verdict) => {
                entry.settles = "whatever";
                entry.verdict = Some(verdict_codes(*verdict).0);
            }
            Settles::Split { low_verdict, up_to, high_verdict } => {
                entry.settles = "split";
                entry.verdict = Some(verdict_codes(*low_verdict).0);
                entry.up_to = Some(shown(&Value::Number(up_to.clone()), &missing.cell.ty));
                entry.verdict_above = Some(verdict_codes(*high_verdict).0);
            }
        }
        entry
    });
    ChangesEntry {
        values: values.collect(),
        cells: cells.collect(),
        missing: missing.collect(),
        cells_tried: changes.tried,
    }
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

fn outcome(outcome: &Outcome) -> OutcomeEntry {
    let school = |school: &School| NamedSchool {
        code: school.code.to_string(),
        name: school.title.as_ref().map(ToString::to_string),
    };
    let others =
        |others: &Others| OthersEntry { count: others.count, schools: others.named.iter().map(school).collect() };
    OutcomeEntry {
        criterion: verdict_codes(outcome.criterion).0,
        category: verdict_codes(outcome.category).0,
        entering: others(&outcome.entering),
        leaving: others(&outcome.leaving),
    }
}
