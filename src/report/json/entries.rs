//! The fields of a step in JSON. Described in `docs/json.md`; filled in by `steps`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{NamedSchool, ValueEntry};

/// One step of the reasoning.
#[derive(Debug, Default, Serialize)]
pub(super) struct StepEntry {
    pub said: String,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueEntry>,
    /// The unit of a number that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    /// Of what has a name in the rules.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(flatten)]
    pub notes: NotesEntry,
    /// The value in the rules of a parameter that has another one in this run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparison: Option<ComparisonEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<ListEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<CountEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseEntry>,
    /// The verdict of a criterion, group or category that is referred to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<RowsEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<IndexEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<RankEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounding: Option<&'static str>,
    /// Whether the value is withheld: `no`, `yes`, `unknown`; and what it would be then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub withheld_as: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub script: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepEntry>,
}

/// What people wrote beside a definition.
#[derive(Debug, Default, Serialize)]
pub(super) struct NotesEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
}

/// A cell where it stands; `printed`: the text of one that could not be used.
#[derive(Debug, Serialize)]
pub(super) struct CellEntry {
    pub title: String,
    pub value: ValueEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct LinkEntry {
    pub table: String,
    pub found: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    pub from: CellEntry,
}

#[derive(Debug, Serialize)]
pub(super) struct ComparisonEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relation: Option<&'static str>,
    pub negated: bool,
    pub sides: Vec<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_unit: Option<&'static str>,
    pub on_threshold: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct ListEntry {
    pub negated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<PeriodEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_periods: Vec<PeriodEntry>,
    pub entries: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct PeriodEntry {
    pub value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

#[derive(Debug, Serialize)]
pub(super) struct CountEntry {
    pub asked: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<NamedEntry>,
    pub of: &'static str,
    pub applicable_only: bool,
    pub met: usize,
    pub not_met: usize,
    pub undetermined: usize,
    pub not_applicable: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct CaseEntry {
    pub of: usize,
    /// From 1; absent: the remaining cases, or it is not known which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<usize>,
    pub which: &'static str,
}

/// A parameter or a population with what people wrote beside it.
#[derive(Debug, Serialize)]
pub(super) struct NamedEntry {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(flatten)]
    pub notes: NotesEntry,
}

#[derive(Debug, Serialize)]
pub(super) struct RowsEntry {
    pub function: &'static str,
    pub weighted: bool,
    pub distinct: bool,
    pub table: String,
    pub scope: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub among: Option<NamedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<(i64, i64)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<RowCountsEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_matching: Vec<UnmatchedEntry>,
    /// What rows have to be like, as the rules write it, where they are not those of the school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<StepEntry>,
    pub listed: Vec<RowEntry>,
    pub not_listed: usize,
}

/// A column that is read and the files that it comes from.
#[derive(Debug, Serialize)]
pub(super) struct SourceEntry {
    pub title: String,
    pub header: String,
    pub files: Vec<FileEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct FileEntry {
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct RowCountsEntry {
    pub taken: usize,
    /// Left out for want of a value, by reason.
    pub absent: BTreeMap<&'static str, usize>,
    pub undecided: usize,
    pub suppressed: usize,
    pub not_matching: usize,
    pub outside_window: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct UnmatchedEntry {
    pub count: usize,
    /// As the rules write it; absent: the rows are outside the population.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct RowEntry {
    pub used: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleEntry>,
    pub cells: Vec<CellEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct ScaleEntry {
    pub method: &'static str,
    pub reversed: bool,
    pub population: NamedEntry,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<ValueEntry>,
    pub raw: ValueEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<ValueEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<ValueEntry>,
    pub with_excluded: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct IndexEntry {
    pub weight_written: String,
    pub weight_known: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded_to: Option<String>,
    pub policies: Vec<PolicyEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub floor: Option<FloorEntry>,
    pub components: Vec<ComponentEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct PolicyEntry {
    pub policy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_weight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least_components: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct FloorEntry {
    pub of: &'static str,
    pub known: String,
    pub needed: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ComponentEntry {
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub block: Option<String>,
    pub higher_is_better: bool,
    pub raw: ValueEntry,
    pub normalised: ValueEntry,
    pub weight_written: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_used: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contribution: Option<String>,
    pub treatment: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<ScaleEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct RankEntry {
    pub side: &'static str,
    pub negated: bool,
    pub population: NamedEntry,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub membership: Option<MembersEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub group: Vec<ValueEntry>,
    pub standing: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_place: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_place: Option<usize>,
    pub ranked: usize,
    pub without_value: usize,
    pub quota: QuotaEntry,
    pub ties: &'static str,
    /// Rounding or ties are not written in the rules.
    pub defaulted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<ValueEntry>,
    pub tied_at_cut: usize,
    pub before_cut: usize,
    pub selected: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance: Option<ValueEntry>,
    pub on_cut: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub small_group: Option<&'static str>,
    /// Keys of the groups that are ranked together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub together: Vec<Vec<ValueEntry>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tie_keys: Vec<TieKeyEntry>,
    pub last_selected: Vec<NeighbourEntry>,
    pub first_not_selected: Vec<NeighbourEntry>,
    pub before: Vec<NeighbourEntry>,
    pub behind: Vec<NeighbourEntry>,
}

#[derive(Debug, Serialize)]
pub(super) struct TieKeyEntry {
    pub name: String,
    pub first: &'static str,
    pub value: ValueEntry,
}

#[derive(Debug, Serialize)]
pub(super) struct MembersEntry {
    pub members: usize,
    pub excluded: Vec<ExcludedEntry>,
    pub not_matching: usize,
    pub unknown: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct ExcludedEntry {
    pub count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct QuotaEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<NamedEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<NamedEntry>,
    pub base: usize,
    pub exact: String,
    pub rounding: &'static str,
    pub rounded: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct NeighbourEntry {
    pub school: NamedSchool,
    pub first_place: usize,
    pub last_place: usize,
    pub value: ValueEntry,
    /// Its values of `tie_keys`, where it stands on the cut.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tie: Vec<ValueEntry>,
}
