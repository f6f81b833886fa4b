//! `merilo/threshold-map/1`: two numbers of the rules for every pair of values, for programs. See `docs/json.md`.

use serde::Serialize;

use super::axis::{IntervalEntry, ValueEntry, interval};
use super::exact;
use crate::messages::{Precision, Speaker};
use crate::report::axis::{Axis, what};
use crate::report::list;
use crate::report::plane::Planes;
use crate::threshold::plane::{List, Map, Rectangle};
use crate::threshold::{Interval, Item, Mark, Named, Side};

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    /// The first one across, the second one up.
    numbers: Vec<NumberEntry>,
    /// How often the rules were evaluated as a whole.
    evaluations: usize,
    /// They are the ends of one range: where the lower one is above the upper one, rules are refused.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    ends_of_one_range: bool,
    lists: Vec<MapEntry>,
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
    values: IntervalEntry,
    whole_numbers: bool,
}

#[derive(Debug, Serialize)]
struct MapEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<String>,
    /// Where columns and rows begin, but for the first.
    columns: Vec<MarkEntry>,
    rows: Vec<MarkEntry>,
    /// Column and row of the present pair, from 0.
    present: [usize; 2],
    /// Per row, from below, the position in `regions` of each cell.
    cells: Vec<Vec<usize>>,
    regions: Vec<RegionEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<CountEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<SchoolEntry>,
}

#[derive(Debug, Serialize)]
struct MarkEntry {
    exact: String,
    /// Whether what begins here holds for the value itself, or only above it.
    included: bool,
}

#[derive(Debug, Serialize)]
struct RegionEntry {
    listed: usize,
    undetermined: usize,
    /// Against the present pair of values.
    entered: Vec<String>,
    left: Vec<String>,
    undetermined_schools: Vec<String>,
    rectangles: Vec<RectangleEntry>,
}

#[derive(Debug, Serialize)]
struct RectangleEntry {
    first: IntervalEntry,
    second: IntervalEntry,
}

#[derive(Debug, Serialize)]
struct CountEntry {
    schools: usize,
    values: Vec<RectangleEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest_below: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest_above: Option<usize>,
}

#[derive(Debug, Serialize)]
struct SchoolEntry {
    code: String,
    listed: Vec<RectangleEntry>,
    undetermined: Vec<RectangleEntry>,
}

/// The document of all lists with every region.
///
/// # Errors
/// None that can happen with plain data.
pub fn planes(rules: &str, found: &Planes<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let axes = found.axes(speaker);
    let document = Document {
        schema: "merilo/threshold-map/1",
        language: speaker.language().code(),
        rules: rules.to_owned(),
        synthetic: found.judgement.dataset.synthetic.as_deref().map(str::to_owned),
        numbers: axes.iter().map(number).collect(),
        evaluations: found.plane.evaluations,
        ends_of_one_range: found.plane.crossing,
        lists: found.plane.maps.iter().map(|map| entry(map, found, &axes)).collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn number(axis: &Axis<'_>) -> NumberEntry {
    let Axis { rules, subject, speaker, .. } = axis;
    let (parameter, criterion, place) = match subject.named {
        Named::Parameter(id) => (rules.parameters.get(id.index()).map(|p| p.name.to_string()), None, None),
        Named::Literal(id, at) => (None, rules.criteria.get(id.index()).map(|c| c.number.to_string()), Some(at)),
    };
    let shown = speaker.quantity(axis.present, &subject.unit, Precision::Plain);
    NumberEntry {
        parameter,
        criterion,
        place,
        said: what(rules, subject, speaker),
        present: ValueEntry { exact: exact(axis.present), shown },
        values: interval(&Interval { from: None, to: None }, axis.domain),
        whole_numbers: axis.domain.whole,
    }
}

fn entry(map: &Map, found: &Planes<'_>, axes: &[Axis<'_>; 2]) -> MapEntry {
    let Planes { judgement, plane, .. } = found;
    let [first, second] = axes;
    let code = |row: usize| list::code(judgement, row);
    let marks = |marks: &[Mark]| -> Vec<MarkEntry> {
        let mark = |mark: &Mark| MarkEntry { exact: exact(&mark.value), included: mark.side == Side::At };
        marks.iter().map(mark).collect()
    };
    let rectangles = |all: Vec<Rectangle>| -> Vec<RectangleEntry> {
        let one = |found: &Rectangle| RectangleEntry {
            first: interval(&map.interval(0, found.columns), first.domain),
            second: interval(&map.interval(1, found.rows), second.domain),
        };
        all.iter().map(one).collect()
    };
    let (column, row) = map.cell_at(&plane.present);
    let now = map.lists.get(map.list(column, row));
    let region = |(at, list): (usize, &List)| {
        let (listed, undetermined) = list.counts();
        RegionEntry {
            listed,
            undetermined,
            entered: list.listed().filter(|row| now.is_some_and(|now| !now.lists(*row))).map(code).collect(),
            left: now.into_iter().flat_map(List::listed).filter(|row| !list.lists(*row)).map(code).collect(),
            undetermined_schools: list.undetermined().map(code).collect(),
            rectangles: rectangles(map.rectangles(|other, _| other == at)),
        }
    };
    let [columns, rows] = &map.marks;
    let (category, criterion) = match map.item {
        Item::Category(id) => (judgement.rules.categories.get(id.index()).map(|c| c.name.to_string()), None),
        Item::Criterion(id) => (None, judgement.rules.criteria.get(id.index()).map(|c| c.number.to_string())),
    };
    MapEntry {
        category,
        criterion,
        columns: marks(columns),
        rows: marks(rows),
        present: [column, row],
        cells: (0..map.rows()).map(|row| (0..map.columns()).map(|column| map.list(column, row)).collect()).collect(),
        regions: map.lists.iter().enumerate().map(region).collect(),
        count: found.count.map(|schools| {
            let (nearest_below, nearest_above) = map.counts_beside(schools);
            CountEntry { schools, values: rectangles(map.with_count(schools)), nearest_below, nearest_above }
        }),
        school: found.school.map(|row| SchoolEntry {
            code: code(row),
            listed: rectangles(map.rectangles(|_, list| list.lists(row))),
            undetermined: rectangles(map.rectangles(|_, list| list.leaves_open(row))),
        }),
    }
}
