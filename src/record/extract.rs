//! The rows that the decision on one school reads, and the numbers that other schools determine, as plain data.
//!
//! Values are texts: `n:2/5`, `t:text`, `d:2020-09-01`, `yes`, `no`, `absent:missing+suppressed`; a cell that names a row of another
//! table is `l:` with the position of that row (`-`: none) and, behind a second colon, what is written.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// What the manifest says of data that are made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synthetic: Option<String>,
    /// Which row of the judged table is the school, from 0.
    pub school: usize,
    /// In the order of the rules; the rows are those of this school and those that they name.
    pub tables: Vec<TableExtract>,
    /// How many members each population of the rules has.
    pub populations: Vec<usize>,
    /// By position of the step in the plan of the rules.
    pub given: Vec<GivenStep>,
    /// By position of the expression in the rules.
    pub told: Vec<Told>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableExtract {
    pub table: String,
    pub columns: Vec<String>,
    pub sources: Vec<SourceExtract>,
    pub rows: Vec<RowExtract>,
}

/// Where rows come from: a file, and for each column its number (from 1; 0: not there) and its header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceExtract {
    pub file: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    pub columns: Vec<(u32, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowExtract {
    pub source: usize,
    /// Line or sheet row, from 1.
    pub line: u64,
    pub cells: Vec<String>,
}

/// What rows elsewhere determine about one step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenStep {
    pub step: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<GivenRow>,
    /// Stratum of each row, for rows that are in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strata: Option<Vec<Option<u32>>>,
    /// The values of each stratum.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<GivenCut>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scales: Vec<GivenScale>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<CountedRows>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenRow {
    pub row: usize,
    pub value: String,
    /// By how much a count may be higher, and the reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<(u32, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenCut {
    pub cut_off: Option<String>,
    pub ranked: usize,
    pub without_value: usize,
    pub quota_base: usize,
    pub quota_exact: String,
    pub quota: usize,
    pub before_cut: usize,
    pub tied_at_cut: usize,
    pub selected: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub small: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenScale {
    pub count: usize,
    pub mean: Option<String>,
    pub deviation: Option<String>,
    pub minimum: Option<String>,
    pub maximum: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedRows {
    pub taken: usize,
    pub absent: [usize; 4],
    pub undecided: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub suppressed: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub not_matching: usize,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub outside_window: usize,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that the library asks for")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// What one step of the explanation tells of others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    pub expr: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<ToldRank>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<ToldRows>,
    /// Components of an index with the value put in for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<Vec<(usize, String)>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldRank {
    pub places: Option<(usize, usize)>,
    pub last_inside: Vec<ToldNeighbour>,
    pub first_outside: Vec<ToldNeighbour>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before_own: Vec<ToldNeighbour>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after_own: Vec<ToldNeighbour>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<ToldMembers>,
}

/// How many schools the population of a ranking has, and who is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldMembers {
    pub count: usize,
    /// The basis of each exclusion and how many it takes out.
    pub excluded: Vec<(Option<String>, usize)>,
    pub not_matching: usize,
    pub unknown: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldNeighbour {
    pub school: String,
    pub name: Option<String>,
    pub value: String,
    pub place: usize,
    /// Of those with the same value.
    pub last_place: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldRows {
    pub used: Option<CountedRows>,
    pub not_listed: usize,
}
