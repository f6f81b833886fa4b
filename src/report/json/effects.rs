//! Effects of rules, data and displacement, for programs: exact numbers.

use serde::Serialize;

use super::exact;
use crate::compare::CategoryComparison;
use crate::compare::effects::{Effects, Factor, Obstacle, Split, Splitting, Totals};

#[derive(Debug, Serialize)]
pub(super) struct EffectsEntry {
    rules: String,
    displaced_by_rules: String,
    data: String,
    displaced_by_data: String,
}

#[derive(Debug, Serialize)]
pub(super) struct SplitEntry {
    #[serde(flatten)]
    listed: EffectsEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    undetermined: Option<EffectsEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct TotalsEntry {
    entered: EffectsEntry,
    left: EffectsEntry,
    stayed: EffectsEntry,
    all: EffectsEntry,
}

fn entry(effects: &Effects) -> EffectsEntry {
    EffectsEntry {
        rules: exact(&effects.part(Factor::OwnRules)),
        displaced_by_rules: exact(&effects.part(Factor::OthersRules)),
        data: exact(&effects.part(Factor::OwnData)),
        displaced_by_data: exact(&effects.part(Factor::OthersData)),
    }
}

/// Effects on the decision being open are there where there are any.
pub(super) fn split(split: &Split) -> SplitEntry {
    let undetermined = Some(&split.undetermined).filter(|effects| !effects.is_nothing());
    SplitEntry { listed: entry(&split.listed), undetermined: undetermined.map(entry) }
}

/// `None`: nothing is split.
pub(super) fn totals(category: &CategoryComparison, splitting: &Splitting) -> Option<TotalsEntry> {
    let totals = (*splitting == Splitting::Done).then(|| Totals::of(category))?;
    Some(TotalsEntry {
        entered: entry(&totals.entered),
        left: entry(&totals.left),
        stayed: entry(&totals.stayed),
        all: entry(&totals.all()),
    })
}

pub(super) fn code(splitting: &Splitting) -> &'static str {
    match splitting {
        Splitting::Done => "done",
        Splitting::Open | Splitting::TooMuch { .. } => "not_asked",
        Splitting::Impossible(Obstacle::Tables) => "tables_differ",
        Splitting::Impossible(Obstacle::Columns) => "columns_differ",
        Splitting::Impossible(Obstacle::Evaluation) => "not_evaluated",
    }
}
