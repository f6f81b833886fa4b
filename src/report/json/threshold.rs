//! `merilo/threshold/1`: a number of the rules for every value, for programs. See `docs/json.md`.

use serde::Serialize;

use super::axis::{IntervalEntry, ValueEntry, interval};
use super::exact;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::report::list;
use crate::report::threshold::{Thresholds, what};
use crate::threshold::{Breakpoint, Curve, Interval, Item, Named, Side, State};

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    number: NumberEntry,
    values: IntervalEntry,
    whole_numbers: bool,
    /// How often the rules were evaluated as a whole; 0: every school by itself.
    evaluations: usize,
    lists: Vec<ListEntry>,
}

#[derive(Debug, Serialize)]
struct NumberEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<usize>,
    said: String,
    present: ValueEntry,
    /// The present value is not among those looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    outside: bool,
}

#[derive(Debug, Serialize)]
struct ListEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<String>,
    /// Now.
    listed: usize,
    undetermined: usize,
    /// Below the first breakpoint.
    first: FirstEntry,
    breakpoints: Vec<BreakpointEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<CountEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<SchoolEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    near: Option<NearEntry>,
}

#[derive(Debug, Serialize)]
struct FirstEntry {
    listed: Vec<String>,
    undetermined: Vec<String>,
}

#[derive(Debug, Serialize)]
struct BreakpointEntry {
    exact: String,
    /// Whether what begins here holds for the value itself, or only above it.
    included: bool,
    listed: usize,
    undetermined: usize,
    entered: Vec<String>,
    left: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    opened: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    settled: Vec<String>,
}

#[derive(Debug, Serialize)]
struct CountEntry {
    schools: usize,
    values: Vec<IntervalEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest_below: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest_above: Option<usize>,
}

#[derive(Debug, Serialize)]
struct SchoolEntry {
    code: String,
    listed: Vec<IntervalEntry>,
    undetermined: Vec<IntervalEntry>,
}

#[derive(Debug, Serialize)]
struct NearEntry {
    distance: String,
    leaving: Vec<String>,
    entering: Vec<String>,
}

/// The document of all lists with every breakpoint.
///
/// # Errors
/// None that can happen with plain data.
pub fn thresholds(rules: &str, found: &Thresholds<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let Thresholds { judgement, subject, profile, .. } = found;
    let criterion =
        |id: crate::model::CriterionId| judgement.rules.criteria.get(id.index()).map(|c| c.number.to_string());
    let (parameter, criterion, place) = match subject.named {
        Named::Parameter(id) => (judgement.rules.parameters.get(id.index()).map(|p| p.name.to_string()), None, None),
        Named::Literal(id, at) => (None, criterion(id), Some(at)),
    };
    let document = Document {
        schema: "merilo/threshold/1",
        language: speaker.language().code(),
        rules: rules.to_owned(),
        synthetic: judgement.dataset.synthetic.as_deref().map(str::to_owned),
        number: NumberEntry {
            parameter,
            criterion,
            place,
            said: what(found, speaker),
            present: ValueEntry {
                exact: exact(&profile.present),
                shown: speaker.quantity(&profile.present, &subject.unit, Precision::Plain),
            },
            outside: profile.is_outside(),
        },
        values: interval(&Interval { from: None, to: None }, &found.profile.domain),
        whole_numbers: profile.domain.whole,
        evaluations: profile.evaluations,
        lists: profile.curves.iter().map(|curve| entry(curve, found)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn is_open(state: State) -> bool {
    matches!(state.verdict, crate::decision::Verdict::Undetermined(_))
}

fn entry(curve: &Curve, found: &Thresholds<'_>) -> ListEntry {
    let Thresholds { judgement, profile, .. } = found;
    let code = |row: usize| list::code(judgement, row);
    let codes = |rows: &[u32]| rows.iter().filter_map(|row| usize::try_from(*row).ok()).map(code).collect();
    let intervals = |all: Vec<Interval>| all.iter().map(|one| interval(one, &found.profile.domain)).collect::<Vec<_>>();
    let (category, criterion) = match curve.item {
        Item::Category(id) => (judgement.rules.categories.get(id.index()).map(|c| c.name.to_string()), None),
        Item::Criterion(id) => (None, judgement.rules.criteria.get(id.index()).map(|c| c.number.to_string())),
    };
    let (listed, undetermined) = profile.counts_now(curve);
    let first = |wanted: fn(State) -> bool| {
        curve.first.iter().enumerate().filter(|(_, state)| wanted(**state)).map(|(row, _)| code(row)).collect()
    };
    let count = found.count.map(|schools| {
        let (nearest_below, nearest_above) = curve.counts_beside(schools);
        CountEntry { schools, values: intervals(curve.with_count(schools)), nearest_below, nearest_above }
    });
    let school = found.school.map(|row| SchoolEntry {
        code: code(row),
        listed: intervals(curve.where_is(row, |state| state.listed)),
        undetermined: intervals(curve.where_is(row, is_open)),
    });
    let near = found.near.filter(|_| !profile.is_outside()).map(|distance: &Number| {
        let (leaving, entering) = curve.near(&profile.present, distance, &profile.domain);
        NearEntry { distance: exact(distance), leaving: codes(&leaving), entering: codes(&entering) }
    });
    ListEntry {
        category,
        criterion,
        listed,
        undetermined,
        first: FirstEntry { listed: first(|state| state.listed), undetermined: first(is_open) },
        breakpoints: curve.breakpoints.iter().map(|found| breakpoint(curve, found, &code)).collect(),
        count,
        school,
        near,
    }
}

fn breakpoint(curve: &Curve, found: &Breakpoint, code: &dyn Fn(usize) -> String) -> BreakpointEntry {
    let moved = |wanted: fn(State, State) -> bool| -> Vec<String> {
        let changes = curve.changes_at(found).iter().filter(|change| wanted(change.from, change.to));
        changes.filter_map(|change| usize::try_from(change.row).ok()).map(code).collect()
    };
    BreakpointEntry {
        exact: exact(&found.mark.value),
        included: found.mark.side == Side::At,
        listed: found.listed,
        undetermined: found.undetermined,
        entered: moved(|from, to| !from.listed && to.listed),
        left: moved(|from, to| from.listed && !to.listed),
        opened: moved(|from, to| !is_open(from) && is_open(to)),
        settled: moved(|from, to| is_open(from) && !is_open(to)),
    }
}
