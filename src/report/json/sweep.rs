//! `merilo/sweep/1`: the rules at every point of a grid, for programs. See `docs/json.md`.

use serde::Serialize;

use crate::messages::Speaker;
use crate::report::sweep::{Swept, present};
use crate::sweep::{Dimension, Point, PointList, Reason, What};

#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    dimensions: Vec<DimensionEntry<'a>>,
    /// By the rules as they are.
    present: Vec<PresentEntry>,
    points: Vec<PointEntry<'a>>,
}

#[derive(Debug, Serialize)]
struct DimensionEntry<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    values: &'a [String],
}

#[derive(Debug, Serialize)]
struct PresentEntry {
    category: String,
    listed: usize,
    undetermined: usize,
    schools: Vec<String>,
}

#[derive(Debug, Serialize)]
struct PointEntry<'a> {
    /// From 1, in the order of the grid.
    point: usize,
    /// One per dimension, as written.
    values: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[PointList]>::is_empty")]
    lists: &'a [PointList],
    #[serde(skip_serializing_if = "<[Reason]>::is_empty")]
    refused: &'a [Reason],
}

/// The document of all points.
///
/// # Errors
/// None that can happen with plain data.
pub fn sweep(rules: &str, found: &Swept<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let judgement = found.judgement;
    let dimension = |dimension: &'_ Dimension| match dimension.what {
        What::Parameter(_) => "parameter",
        What::Scenario => "scenario",
        What::Clause(_) => "clause",
    };
    let present = |id: &crate::model::CategoryId| {
        let (listed, undetermined) = present(found, *id);
        let rows = (0..judgement.run.schools).filter(|row| judgement.run.is_listed(*id, *row));
        PresentEntry {
            category: judgement.rules.categories.get(id.index()).map_or(String::new(), |c| c.name.to_string()),
            listed,
            undetermined,
            schools: rows.map(|row| crate::report::list::code(judgement, row)).collect(),
        }
    };
    let point = |point: &'_ Point| (point.point + 1, found.grid.values(point.point));
    let document = Document {
        schema: "merilo/sweep/1",
        language: speaker.language().code(),
        rules: rules.to_owned(),
        synthetic: judgement.dataset.synthetic.as_deref().map(str::to_owned),
        dimensions: found
            .grid
            .dimensions
            .iter()
            .map(|own| DimensionEntry { kind: dimension(own), name: own.name(), values: &own.values })
            .collect(),
        present: found.categories.iter().map(present).collect(),
        points: found
            .points
            .iter()
            .map(|own| {
                let (point, values) = point(own);
                PointEntry { point, values, lists: &own.lists, refused: &own.refused }
            })
            .collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}
