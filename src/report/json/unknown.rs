//! What is not known about a school and what it decides, as JSON.

use serde::Serialize;

use super::changes::{CellEntry, cell};
use super::{ValueEntry, value_entry, verdict_codes};
use crate::decision::Verdict;
use crate::explain::Unknowns;
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation};
use crate::explain::unknown::{Found, OthersUnknown, Prospect, UnknownCell, VerdictRange};
use crate::messages::Precision;
use crate::report::explanation::Teller;
use crate::value::Value;

#[derive(Debug, Serialize)]
pub(super) struct UnknownEntry {
    found: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_lowest: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_highest: Option<&'static str>,
    combinations_tried: usize,
    cells: Vec<UnknownCellEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    others: Vec<OthersEntry>,
    /// Rankings of which it is not known whether other schools take part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    members: Vec<MembersEntry>,
}

#[derive(Debug, Serialize)]
struct MembersEntry {
    schools: usize,
    all: PairEntry,
    none: PairEntry,
}

#[derive(Debug, Serialize)]
struct UnknownCellEntry {
    cell: CellEntry,
    every_value: bool,
    values_tried: usize,
    ranges: Vec<RangeEntry>,
}

#[derive(Debug, Serialize)]
struct RangeEntry {
    from: ValueEntry,
    to: ValueEntry,
    verdict: &'static str,
}

#[derive(Debug, Serialize)]
struct OthersEntry {
    without_value: usize,
    first_place: usize,
    last_place: usize,
    scale_fixed: bool,
    behind: PairEntry,
    before: PairEntry,
}

#[derive(Debug, Serialize)]
struct PairEntry {
    criterion: &'static str,
    category: &'static str,
}

pub(super) fn of_category(
    category: &CategoryExplanation,
    unknowns: Option<&Unknowns>,
    teller: &Teller<'_>,
) -> Option<UnknownEntry> {
    let unknowns = unknowns?;
    let prospect = unknowns.of_category(category.id)?;
    Some(entry(unknowns, prospect, Vec::new(), &|cell| cell.for_category(category.id), teller))
}

pub(super) fn of_criterion(
    criterion: &CriterionExplanation,
    unknowns: Option<&Unknowns>,
    teller: &Teller<'_>,
) -> Option<UnknownEntry> {
    let unknowns = unknowns?;
    let prospect = unknowns.of_criterion(criterion.id)?;
    let others = unknowns.others.iter().filter(|others| others.criterion == criterion.id).map(others_entry);
    let members = unknowns.members.iter().filter(|members| members.criterion == criterion.id);
    let members = members.map(|m| MembersEntry { schools: m.schools, all: pair(m.all), none: pair(m.none) });
    let entry = entry(unknowns, prospect, others.collect(), &|cell| cell.for_criterion(criterion.id), teller);
    Some(UnknownEntry { members: members.collect(), ..entry })
}

fn entry(
    unknowns: &Unknowns,
    prospect: &Prospect,
    others: Vec<OthersEntry>,
    of: &dyn Fn(&UnknownCell) -> Vec<VerdictRange>,
    teller: &Teller<'_>,
) -> UnknownEntry {
    let code = |verdict: Verdict| verdict_codes(verdict).0;
    let (found, verdict) = match prospect.found {
        _ if prospect.cells.is_empty() => ("no_cell_lacking", None),
        Found::Always(verdict) => ("always", Some(code(verdict))),
        Found::Tried(verdict) => ("all_tried", Some(code(verdict))),
        Found::Open => ("open", None),
        Found::Lacking => ("lacking", None),
    };
    let cells = prospect.cells.iter().filter_map(|at| unknowns.cells.get(*at)).map(|unknown| {
        let shown = |value: &Value| value_entry(value, &unknown.cell.ty, Precision::Full, teller.speaker);
        let ranges = of(unknown);
        let ranges = ranges.iter().map(|(from, to, verdict)| RangeEntry {
            from: shown(from),
            to: shown(to),
            verdict: code(*verdict),
        });
        UnknownCellEntry {
            cell: cell(&unknown.cell, teller),
            every_value: unknown.every,
            values_tried: unknown.tried,
            ranges: ranges.collect(),
        }
    });
    UnknownEntry {
        found,
        verdict,
        at_lowest: prospect.at_lowest.map(code),
        at_highest: prospect.at_highest.map(code),
        combinations_tried: prospect.tried,
        cells: cells.collect(),
        others,
        members: Vec::new(),
    }
}

fn pair((criterion, category): (Verdict, Verdict)) -> PairEntry {
    PairEntry { criterion: verdict_codes(criterion).0, category: verdict_codes(category).0 }
}

fn others_entry(others: &OthersUnknown) -> OthersEntry {
    OthersEntry {
        without_value: others.schools,
        first_place: others.first,
        last_place: others.last,
        scale_fixed: others.on_scale,
        behind: pair(others.behind),
        before: pair(others.before),
    }
}
