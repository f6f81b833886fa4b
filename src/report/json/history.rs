//! `merilo/history/1`: several cycles of one region, for programs. See `docs/json.md`.

use serde::Serialize;

use super::{beside, exact, type_code};
use crate::compare::matching::CodeChange;
use crate::history::{
    CategoryHistory, Change, Group, History, IndicatorChange, Monitoring, Movement, Path, Series, Spent, State, Step,
};
use crate::messages::Speaker;
use crate::model::RegisteredAction;
use crate::number::Number;
use crate::record::finding::Finding;
use crate::report::history::{Period, Shown};
use crate::value::Type;

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    rules: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    synthetic: Option<String>,
    cycles: Vec<CycleEntry>,
    schools_throughout: usize,
    /// Codes that became others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<CodesEntry>,
    /// Why there is nothing about values.
    #[serde(skip_serializing_if = "Option::is_none")]
    without_values: Option<WithoutEntry>,
    categories: Vec<CategoryEntry>,
}

#[derive(Debug, Serialize)]
struct CodesEntry {
    from: String,
    to: String,
    #[serde(flatten)]
    change: beside::CodesEntry,
}

#[derive(Debug, Serialize)]
struct CycleEntry {
    name: String,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct WithoutEntry {
    cycle: String,
    kind: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct CategoryEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    counts: Vec<Vec<CountEntry>>,
    /// Where it differs from the counts: schools that were on the list of each cycle then.
    #[serde(skip_serializing_if = "Option::is_none")]
    listed_then: Option<Vec<usize>>,
    transitions: Vec<TransitionEntry>,
    in_a_row: Vec<RowEntry>,
    schools: Vec<PathEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monitoring: Option<MonitoringEntry>,
    /// From each cycle to the next, where there are more than two.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<PeriodEntry>,
}

#[derive(Debug, Serialize)]
struct PeriodEntry {
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    without_values: Option<WithoutEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    monitoring: Option<MonitoringEntry>,
}

#[derive(Debug, Serialize)]
struct CountEntry {
    state: &'static str,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct TransitionEntry {
    from: String,
    to: String,
    before: &'static str,
    after: &'static str,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct RowEntry {
    cycles: usize,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct PathEntry {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    listed: usize,
    in_a_row: usize,
    steps: Vec<StepEntry>,
}

#[derive(Debug, Serialize)]
struct StepEntry {
    /// Where they are not what the school is called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    codes: Vec<String>,
    movement: &'static str,
    state: &'static str,
    criteria: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    passage: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<String>,
}

#[derive(Debug, Serialize)]
struct MonitoringEntry {
    groups: Vec<GroupEntry>,
    indicators: Vec<IndicatorEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<SpentEntry>,
}

#[derive(Debug, Serialize)]
struct GroupEntry {
    group: &'static str,
    schools: usize,
}

#[derive(Debug, Serialize)]
struct IndicatorEntry {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    unit: &'static str,
    of_data: bool,
    contextual: bool,
    changes: Vec<ChangeEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<UnitCostEntry>,
}

#[derive(Debug, Serialize)]
struct ChangeEntry {
    group: &'static str,
    known: usize,
    first: Option<String>,
    last: Option<String>,
    change: Option<String>,
    rose: usize,
    fell: usize,
    same: usize,
}

#[derive(Debug, Serialize)]
struct SpentEntry {
    schools: usize,
    with_amount: usize,
    total: String,
    left: usize,
    per_left: Option<String>,
}

#[derive(Debug, Serialize)]
struct UnitCostEntry {
    schools: usize,
    total: String,
    change: String,
    per_unit: Option<String>,
}

/// The document.
///
/// # Errors
/// None that can happen with plain data.
pub fn history(shown: &Shown<'_>, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let history = shown.history;
    let cycles = history.cycles.iter().zip(&history.schools);
    let document = Document {
        schema: "merilo/history/1",
        language: speaker.language().code(),
        rules: shown.rules.to_owned(),
        synthetic: shown.synthetic.map(str::to_owned),
        cycles: cycles.map(|(name, schools)| CycleEntry { name: name.clone(), schools: *schools }).collect(),
        schools_throughout: history.throughout,
        codes: shown.changes.iter().enumerate().flat_map(|(at, changes)| codes(history, at, changes)).collect(),
        without_values: shown.without.map(|found| without(found, speaker)),
        categories: history
            .categories
            .iter()
            .enumerate()
            .map(|(at, category)| of_category(shown, at, category, speaker))
            .collect(),
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn without((cycle, finding): (&str, &Finding), speaker: &Speaker) -> WithoutEntry {
    let message = speaker.say(finding.id, &finding.arguments);
    WithoutEntry { cycle: cycle.to_owned(), kind: finding.id, message }
}

fn cycle(history: &History, at: usize) -> String {
    history.cycles.get(at).cloned().unwrap_or_default()
}

fn codes(history: &History, at: usize, changes: &[CodeChange]) -> Vec<CodesEntry> {
    let entry = |change| CodesEntry {
        from: cycle(history, at),
        to: cycle(history, at + 1),
        change: beside::CodesEntry::of(change),
    };
    changes.iter().map(entry).collect()
}

fn of_category(shown: &Shown<'_>, place: usize, category: &CategoryHistory, speaker: &Speaker) -> CategoryEntry {
    let row = |row: &[usize; 6]| {
        let all = State::EACH.iter().zip(row).filter(|(_, schools)| **schools > 0);
        all.map(|(state, schools)| CountEntry { state: state_code(*state), schools: *schools }).collect()
    };
    let mut transitions = Vec::new();
    let cycle = |at: usize| cycle(shown.history, at);
    for (at, counts) in category.transitions.iter().enumerate() {
        for (before, row) in State::EACH.iter().zip(counts) {
            for (after, schools) in State::EACH.iter().zip(row).filter(|(_, schools)| **schools > 0) {
                transitions.push(TransitionEntry {
                    from: cycle(at),
                    to: cycle(at + 1),
                    before: state_code(*before),
                    after: state_code(*after),
                    schools: *schools,
                });
            }
        }
    }
    let wanted = |path: &&Path| shown.schools.is_none_or(|codes| codes.contains(&path.code));
    let listed = category.counts.iter().map(|row| row.first().copied().unwrap_or(0));
    let is_other = !listed.eq(category.listed_then.iter().copied());
    let period = |(at, period): (usize, &Period<'_>)| PeriodEntry {
        from: cycle(at),
        to: cycle(at + 1),
        without_values: period.without.map(|found| without(found, speaker)),
        monitoring: period.monitoring.get(place).map(|found| monitoring(found, &period.series)),
    };
    CategoryEntry {
        name: category.name.to_string(),
        title: category.title.as_ref().map(ToString::to_string),
        counts: category.counts.iter().map(row).collect(),
        listed_then: is_other.then(|| category.listed_then.clone()),
        transitions,
        in_a_row: category
            .in_a_row
            .iter()
            .map(|(cycles, schools)| RowEntry { cycles: *cycles, schools: *schools })
            .collect(),
        schools: category.paths.iter().filter(wanted).map(path).collect(),
        monitoring: shown.monitoring.get(place).map(|found| monitoring(found, shown.series)),
        periods: shown.periods.iter().enumerate().map(period).collect(),
    }
}

fn monitoring(found: &Monitoring, series: &[Series]) -> MonitoringEntry {
    let group = |(group, schools): (&Group, usize)| GroupEntry { group: group_code(*group), schools };
    MonitoringEntry {
        groups: Group::EACH.iter().zip(found.groups).map(group).collect(),
        indicators: found.indicators.iter().filter_map(|one| indicator(one, series)).collect(),
        spent: found.spent.as_ref().map(spent),
    }
}

fn path(path: &Path) -> PathEntry {
    PathEntry {
        code: path.code.to_string(),
        name: path.title.as_ref().map(ToString::to_string),
        listed: path.listed,
        in_a_row: path.in_a_row,
        steps: path.steps.iter().map(|one| step(path, one)).collect(),
    }
}

fn step(path: &Path, step: &Step) -> StepEntry {
    let is_other = step.codes != [path.code.clone()];
    StepEntry {
        codes: step.codes.iter().filter(|_| is_other).map(ToString::to_string).collect(),
        movement: movement_code(step.movement),
        state: state_code(step.entry.state),
        criteria: step.entry.criteria.iter().map(ToString::to_string).collect(),
        registered: step.entry.registered.map(|action| match action {
            RegisteredAction::Include => "include",
            RegisteredAction::Exclude => "exclude",
        }),
        passage: step.entry.passage.map(crate::decision::Passage::code),
        years: step.entry.years.as_ref().map(exact),
    }
}

fn indicator(one: &IndicatorChange, series: &[Series]) -> Option<IndicatorEntry> {
    let series = series.get(one.series)?;
    let number = |value: &Option<Number>| value.as_ref().map(exact);
    let change = |(group, change): (&Group, &Change)| ChangeEntry {
        group: group_code(*group),
        known: change.known,
        first: number(&change.first),
        last: number(&change.last),
        change: number(&change.change),
        rose: change.rose,
        fell: change.fell,
        same: change.same,
    };
    Some(IndicatorEntry {
        name: series.name.to_string(),
        title: series.title.as_ref().map(ToString::to_string),
        unit: type_code(&Type::Number(series.unit.clone())),
        of_data: series.of_data,
        contextual: one.contextual,
        changes: Group::EACH.iter().zip(&one.changes).map(change).collect(),
        cost: one.cost.as_ref().map(|cost| UnitCostEntry {
            schools: cost.schools,
            total: exact(&cost.total),
            change: exact(&cost.change),
            per_unit: number(&cost.per_unit),
        }),
    })
}

fn spent(spent: &Spent) -> SpentEntry {
    SpentEntry {
        schools: spent.schools,
        with_amount: spent.with_amount,
        total: exact(&spent.total),
        left: spent.left,
        per_left: spent.per_left.as_ref().map(exact),
    }
}

fn state_code(state: State) -> &'static str {
    match state {
        State::In => "in",
        State::Out => "out",
        State::Undetermined => "undetermined",
        State::NotApplicable => "not_applicable",
        State::NotJudged => "not_judged",
        State::NotThere => "not_there",
    }
}

fn movement_code(movement: Movement) -> &'static str {
    match movement {
        Movement::Listed => "listed",
        Movement::Entered => "entered",
        Movement::Stayed => "stayed",
        Movement::Left => "left",
        Movement::Out => "out",
        Movement::Undetermined => "undetermined",
        Movement::Gone => "gone",
        Movement::Absent => "not_there",
    }
}

fn group_code(group: Group) -> &'static str {
    match group {
        Group::Listed => "listed",
        Group::Left => "left",
        Group::Remained => "remained",
        Group::NotListed => "not_listed",
    }
}
