//! `merilo/stability/1`: how sure lists are, for programs. See `docs/json.md`.

use serde::Serialize;

use super::{exact, verdict_codes};
use crate::messages::Speaker;
use crate::model::CriterionId;
use crate::report::list;
use crate::report::stability::{Effect, Sureness, Teller, part_of};
use crate::stability::{Cause, Kind, List, School, Standing, TieRule, What};

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    kinds: Vec<KindEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    small_below: Option<u32>,
    errors: Vec<ErrorEntry>,
    draws: u32,
    seed: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    criteria_kept: Vec<KeptEntry>,
    lists: Vec<ListEntry>,
}

#[derive(Debug, Serialize)]
struct KindEntry {
    kind: &'static str,
    /// `tried`, `some`, `apart`, `nothing`, `not_stated`, `too_much`.
    standing: &'static str,
    /// It takes part in the figures.
    counts: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<usize>,
}

#[derive(Debug, Serialize)]
struct ErrorEntry {
    table: String,
    column: String,
    by: String,
    step: String,
}

#[derive(Debug, Serialize)]
struct KeptEntry {
    criterion: String,
    code: &'static str,
    said: String,
}

#[derive(Debug, Serialize)]
struct ListEntry {
    category: String,
    listed: usize,
    /// Of the schools on the list those that stay under everything.
    stay: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    stay_by_kind: Vec<StayEntry>,
    perturbations: Vec<PerturbationEntry>,
    schools: Vec<SchoolEntry>,
}

#[derive(Debug, Serialize)]
struct StayEntry {
    kind: &'static str,
    stay: usize,
}

#[derive(Debug, Serialize)]
struct PerturbationEntry {
    kind: &'static str,
    said: String,
    #[serde(flatten)]
    what: WhatEntry,
    left: Vec<String>,
    entered: Vec<String>,
    /// Of those who left, who can then not be told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undetermined: Vec<String>,
}

/// What is different for all schools; nothing of it for perturbations of single schools taken together.
#[derive(Debug, Default, Serialize)]
struct WhatEntry {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    criteria: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ties: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
}

#[derive(Debug, Serialize)]
struct SchoolEntry {
    code: String,
    listed: bool,
    verdict: &'static str,
    stability: String,
    kinds: Vec<TallyEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<ReasonEntry>,
}

#[derive(Debug, Serialize)]
struct TallyEntry {
    kind: &'static str,
    stay: u32,
    tried: u32,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    searched: bool,
}

#[derive(Debug, Serialize)]
struct ReasonEntry {
    kind: &'static str,
    said: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    criteria: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    half: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_in_draws: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<String>,
}

/// The document of all lists with every perturbation and every school.
///
/// # Errors
/// None that can happen with plain data.
pub fn stability(rules: &str, found: &Sureness<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let Sureness { judgement, question, stability, .. } = found;
    let teller = Teller { found, speaker };
    let kind = |found: &crate::stability::KindFound| {
        let (standing, tried, of) = match found.standing {
            Standing::Tried => ("tried", None, None),
            Standing::Some { tried, of } => ("some", Some(tried), Some(of)),
            Standing::Apart => ("apart", None, None),
            Standing::Nothing => ("nothing", None, None),
            Standing::NotStated => ("not_stated", None, None),
            Standing::TooMuch => ("too_much", None, None),
        };
        KindEntry { kind: found.kind.code(), standing, counts: found.standing.counts(), tried, of }
    };
    let error = |error: &crate::stability::Spread| {
        let table = judgement.rules.schema.table(error.within.table);
        let column = table.and_then(|table| table.column(error.within.column));
        ErrorEntry {
            table: table.map_or_else(String::new, |table| table.name.to_string()),
            column: column.map_or_else(String::new, |column| column.name.to_string()),
            by: exact(&error.by),
            step: exact(&error.within.step),
        }
    };
    let kept = |(id, problem): &(CriterionId, std::sync::Arc<crate::diagnostic::Diagnostic>)| KeptEntry {
        criterion: teller.number_of(*id),
        code: problem.kind.code,
        said: speaker.say(problem.kind.id, &problem.arguments),
    };
    let document = Document {
        schema: "merilo/stability/1",
        language: speaker.language().code(),
        rules: rules.to_owned(),
        synthetic: judgement.dataset.synthetic.as_deref().map(str::to_owned),
        kinds: stability.kinds.iter().map(kind).collect(),
        small_below: stability.small,
        errors: question.errors.iter().map(error).collect(),
        draws: stability.draws,
        seed: stability.seed,
        criteria_kept: stability.kept.iter().map(kept).collect(),
        lists: stability.lists.iter().enumerate().map(|(at, list)| entry(at, list, &teller)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn entry(at: usize, list: &List, teller: &Teller<'_>) -> ListEntry {
    let rules = teller.found.judgement.rules;
    let kinds = teller.found.stability.tried();
    let shares = list.shares(kinds.len());
    let stays = kinds.iter().zip(&shares.each).map(|(kind, stay)| StayEntry { kind: kind.code(), stay: *stay });
    ListEntry {
        category: rules.categories.get(list.category.index()).map_or_else(String::new, |c| c.name.to_string()),
        listed: shares.listed,
        stay: shares.all,
        share: part_of(shares.all, shares.listed).map(|part| exact(&part)),
        stay_by_kind: stays.collect(),
        perturbations: teller.effects(at, list).iter().map(|effect| perturbation(at, effect, teller)).collect(),
        schools: list.schools.iter().map(|found| school(found, &kinds, teller)).collect(),
    }
}

fn perturbation(list: usize, effect: &Effect, teller: &Teller<'_>) -> PerturbationEntry {
    let code = |row: &usize| list::code(teller.found.judgement, *row);
    let common = effect.common.and_then(|at| teller.found.stability.common.get(at));
    let open = common.into_iter().flat_map(|common| common.moves.get(list)).flatten().filter(|moved| moved.open);
    PerturbationEntry {
        kind: effect.kind.code(),
        said: effect.said.clone(),
        what: common.map(|common| what(&common.what, teller)).unwrap_or_default(),
        left: effect.left.iter().map(code).collect(),
        entered: effect.entered.iter().map(code).collect(),
        undetermined: open.filter_map(|moved| usize::try_from(moved.row).ok()).map(|row| code(&row)).collect(),
    }
}

fn what(what: &What, teller: &Teller<'_>) -> WhatEntry {
    match what {
        What::Cut { criteria, ties, rounding } => WhatEntry {
            criteria: criteria.iter().map(|id| teller.number_of(*id)).collect(),
            ties: Some(match ties {
                TieRule::Include => "include",
                TieRule::Exclude => "exclude",
                TieRule::Broken => "break_by",
            }),
            rounding: rounding.map(super::steps::rounding_code),
            ..WhatEntry::default()
        },
        What::Criterion(id) => WhatEntry { criteria: vec![teller.number_of(*id)], ..WhatEntry::default() },
        What::Year(year) => WhatEntry { year: Some(*year), ..WhatEntry::default() },
        What::School(row) => {
            WhatEntry { school: usize::try_from(*row).ok().map(|row| teller.code(row)), ..WhatEntry::default() }
        }
    }
}

fn school(found: &School, kinds: &[Kind], teller: &Teller<'_>) -> SchoolEntry {
    let tallies = kinds.iter().zip(&found.tallies).map(|(kind, tally)| TallyEntry {
        kind: kind.code(),
        stay: tally.stays,
        tried: tally.tried,
        searched: tally.searched,
    });
    SchoolEntry {
        code: teller.code(found.row),
        listed: found.listed,
        verdict: verdict_codes(found.verdict).0,
        stability: exact(&found.figure()),
        kinds: tallies.collect(),
        reasons: found.causes.iter().map(|cause| reason(cause, teller)).collect(),
    }
}

fn reason(cause: &Cause, teller: &Teller<'_>) -> ReasonEntry {
    let common = match cause {
        Cause::Common(at) => teller.found.stability.common.get(*at),
        _ => None,
    };
    let mut entry = ReasonEntry {
        kind: match cause {
            Cause::Rounded(_) => Kind::Rounding.code(),
            Cause::Filled { .. } => Kind::Missing.code(),
            Cause::Cohort { .. } => Kind::Small.code(),
            Cause::Error { .. } => Kind::Error.code(),
            Cause::Draws { .. } => Kind::Draws.code(),
            Cause::Common(_) => common.map_or("", |common| common.kind.code()),
        },
        said: teller.cause(cause),
        criteria: Vec::new(),
        value: None,
        to: None,
        half: None,
        row: None,
        people: None,
        cells: None,
        listed_in_draws: None,
        school: None,
    };
    match cause {
        Cause::Rounded(rounded) => {
            entry.criteria = rounded.criteria.iter().map(|id| teller.number_of(*id)).collect();
            entry.value = Some(exact(&rounded.value));
            entry.to = Some(exact(&rounded.to));
            entry.half = rounded.half.as_ref().map(exact);
            if rounded.table != teller.found.judgement.rules.subject {
                entry.row = Some(teller.row(rounded.table, rounded.row));
            }
        }
        Cause::Cohort { table, row, people } => {
            entry.row = Some(teller.row(*table, *row));
            entry.people = Some(exact(people));
        }
        Cause::Filled { cells, .. } | Cause::Error { cells, .. } => entry.cells = Some(*cells),
        Cause::Draws { listed } => entry.listed_in_draws = Some(*listed),
        Cause::Common(_) => {
            if let Some(What::School(row)) = common.map(|common| &common.what) {
                entry.school = usize::try_from(*row).ok().map(|row| teller.code(row));
            }
        }
    }
    entry
}
