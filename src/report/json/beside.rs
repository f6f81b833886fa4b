//! What `merilo/compare/1` tells of other rules and other data. See `docs/json.md`.

use serde::Serialize;

use super::comparison::code;
use crate::compare::matching::{CodeChange, CodeChangeKind};
use crate::compare::{Former, Square, Way};
use crate::messages::Speaker;
use crate::pipeline::{self, OtherRules};
use crate::report::comparison::Compared;
use crate::scenario::difference::{How, Role};

/// Fields of one comparison beside those of a scenario.
#[derive(Debug, Serialize)]
pub(super) struct BesideEntry {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rules_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<RevisionEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_file: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    differences_along: Vec<DifferenceEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<CodesEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    square: Option<SquareEntry>,
}

#[derive(Debug, Serialize)]
struct RevisionEntry {
    name: String,
    commit: String,
    day: String,
}

#[derive(Debug, Serialize)]
struct DifferenceEntry {
    role: &'static str,
    how: &'static str,
    said: String,
}

#[derive(Debug, Serialize)]
pub(super) struct CodesEntry {
    kind: &'static str,
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SquareEntry {
    corners: Vec<CornerEntry>,
    edges: Vec<EdgeEntry>,
}

#[derive(Debug, Serialize)]
struct CornerEntry {
    rules: &'static str,
    data: &'static str,
    evaluated: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
    categories: Vec<CornerCategoryEntry>,
}

#[derive(Debug, Serialize)]
struct CornerCategoryEntry {
    name: String,
    listed: usize,
    undetermined: usize,
}

/// From one corner to another; positions in `corners` from 0.
#[derive(Debug, Serialize)]
struct EdgeEntry {
    from: usize,
    to: usize,
    categories: Vec<EdgeCategoryEntry>,
}

#[derive(Debug, Serialize)]
struct EdgeCategoryEntry {
    name: String,
    entered: Vec<String>,
    left: Vec<String>,
}

/// What a school was made of.
#[derive(Debug, Serialize)]
pub(super) struct FormerEntry {
    code: String,
    before: &'static str,
    listed_before: bool,
}

pub(super) fn former(former: &Former) -> FormerEntry {
    FormerEntry { code: former.code.to_string(), before: code(former.verdict), listed_before: former.listed }
}

pub(super) fn entry(compared: &Compared<'_>, speaker: &Speaker) -> BesideEntry {
    let beside = &compared.beside;
    let (mut kind, mut rules_file, mut revision, mut data_file) = ("scenario", None, None, None);
    if let pipeline::Beside::Other { other, commit } = beside.what {
        data_file = other.data.as_ref().map(|path| path.display().to_string());
        kind = match &other.rules {
            None => "data",
            Some(OtherRules::File(path)) => {
                rules_file = Some(path.display().to_string());
                "rules"
            }
            Some(OtherRules::Revision(name)) => {
                let (commit, day) = commit.clone().unwrap_or_default();
                revision = Some(RevisionEntry { name: name.clone(), commit, day });
                "revision"
            }
        };
    }
    let difference = |found: &crate::scenario::difference::Difference| DifferenceEntry {
        role: match found.role {
            Role::Unit => "change",
            Role::Supports => "supports",
            Role::WithData => "with_data",
            Role::Wording => "wording",
        },
        how: match found.how {
            How::Changed => "changed",
            How::Added => "added",
            How::Removed => "removed",
            How::Renumbered => "renumbered",
        },
        said: speaker.difference(found),
    };
    BesideEntry {
        kind,
        rules_file,
        revision,
        data_file,
        differences_along: beside.along.iter().map(difference).collect(),
        codes: beside.matching.changes.iter().map(CodesEntry::of).collect(),
        square: beside.square.map(|found| square(found, speaker)),
    }
}

impl CodesEntry {
    pub(super) fn of(change: &CodeChange) -> CodesEntry {
        let texts = |codes: &[std::sync::Arc<str>]| codes.iter().map(ToString::to_string).collect();
        let kind = match change.kind {
            CodeChangeKind::Merged => "merged",
            CodeChangeKind::Split => "split",
            CodeChangeKind::Renumbered => "renumbered",
        };
        CodesEntry { kind, before: texts(&change.before), after: texts(&change.after) }
    }
}

fn square(square: &Square, speaker: &Speaker) -> SquareEntry {
    let sides = [("old", "old"), ("new", "old"), ("old", "new"), ("new", "new")];
    let corner = |((rules, data), corner): ((&'static str, &'static str), &crate::compare::Corner)| CornerEntry {
        rules,
        data,
        evaluated: corner.categories.is_some(),
        reasons: corner.problems.iter().map(|problem| speaker.say(problem.kind.id, &problem.arguments)).collect(),
        categories: corner
            .categories
            .iter()
            .flatten()
            .map(|found| CornerCategoryEntry {
                name: found.name.to_string(),
                listed: found.listed,
                undetermined: found.undetermined,
            })
            .collect(),
    };
    let edges = Square::EDGES.into_iter().zip(&square.edges).filter_map(|((from, to), edge)| {
        let category = |category: &crate::compare::CategoryComparison| {
            let codes = |way: Way| category.moved(way).map(|mover| mover.school.code.to_string()).collect();
            EdgeCategoryEntry { name: category.name.to_string(), entered: codes(Way::Entered), left: codes(Way::Left) }
        };
        Some(EdgeEntry { from, to, categories: edge.as_ref()?.categories.iter().map(category).collect() })
    });
    SquareEntry { corners: sides.into_iter().zip(&square.corners).map(corner).collect(), edges: edges.collect() }
}
