//! The same rules on a few rows of the data alone, with what the other rows determine given.
//!
//! On the whole data it finds out what has to be given; on the few rows it evaluates every step with that. What follows from
//! the few rows themselves (or from them and a given cut-off or scale) is never given.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::frame::{Frame, number_rows, truth_rows};
use super::{Shared, levels, put, registered, trace};
use crate::data::dataset::{Column, Dataset, TextColumn, TextPool, Values};
use crate::decision::{
    CutFacts, Facts, OpenCount, RowColumn, Run, ScaleFacts, StepColumn, StepId, Strata, StratumCut, StratumScale,
    Verdict,
};
use crate::model::RuleSet;
use crate::model::expr::{Grain, SmallStrataAction};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::plan::{Method, Plan, Step, StepKind, Target, TiesStep};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Truth, Type, Value};

/// What the rows that are not here determine.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Cut-offs, scales and counts of rows, with the strata of the rows that are here.
    pub facts: BTreeMap<StepId, Facts>,
    /// Values that do not follow from what is here, by step and row.
    pub values: BTreeMap<(StepId, usize), GivenValue>,
    /// How many members each population has.
    pub members: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct GivenValue {
    pub value: Value,
    /// By how much a count may be higher, and why.
    pub open: (u32, Reasons),
}

/// What is wrong with what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// The value follows from what is here; it must not be given.
    NotOfOthers,
    /// Quota, places and cut-off do not go together.
    Cut,
    /// Mean, deviation and ends of a scale do not go together.
    Scale,
    /// The stratum is not the one of the row's own values.
    Stratum,
    /// The numbers are not those that the step of the rules has.
    OtherStep,
}

/// The rows that the decision on one school can read, by table and in order: its own, those that belong to it, and those
/// that they name.
pub fn rows_of(rules: &RuleSet, plan: &Plan, dataset: &Dataset, school: usize) -> Vec<Vec<usize>> {
    let tables = rules.schema.tables.len();
    let at = |table: TableId| usize::try_from(table.0).unwrap_or(usize::MAX);
    let mut all: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); tables];
    // rows that belong to the school, beside those that they name
    let mut own = all.clone();
    if let Some(rows) = own.get_mut(at(rules.subject)) {
        rows.insert(school);
    }
    loop {
        let before: usize = own.iter().map(BTreeSet::len).sum();
        for step in &plan.steps {
            let StepKind::Aggregate(aggregate) = &step.kind else { continue };
            let Target::Parent { table, links } = &aggregate.to else { continue };
            let Some(parents) = own.get(at(*table)).filter(|rows| !rows.is_empty()) else { continue };
            let count = dataset.table(aggregate.rows).map_or(0, |table| table.rows);
            let reached = |row: usize| parent(rules, dataset, aggregate.rows, links, row);
            let found: Vec<usize> =
                (0..count).filter(|row| reached(*row).is_some_and(|parent| parents.contains(&parent))).collect();
            if let Some(rows) = own.get_mut(at(aggregate.rows)) {
                rows.extend(found);
            }
        }
        if own.iter().map(BTreeSet::len).sum::<usize>() == before {
            break;
        }
    }
    let mut ahead: Vec<(usize, usize)> =
        own.iter().enumerate().flat_map(|(table, rows)| rows.iter().map(move |row| (table, *row))).collect();
    while let Some((table, row)) = ahead.pop() {
        if !all.get_mut(table).is_some_and(|rows| rows.insert(row)) {
            continue;
        }
        for column in dataset.tables.get(table).map_or(&[][..], |table| &table.columns).iter().flatten() {
            if let Values::Links { rows, table: to, .. } = &column.values
                && let Some(linked) = rows.get(row).filter(|linked| **linked != u32::MAX)
                && let Ok(linked) = usize::try_from(*linked)
            {
                ahead.push((at(*to), linked));
            }
        }
    }
    all.into_iter().map(|rows| rows.into_iter().collect()).collect()
}

/// The row that a row reaches by links.
fn parent(rules: &RuleSet, dataset: &Dataset, mut table: TableId, links: &[ColumnId], row: usize) -> Option<usize> {
    let mut at = row;
    for link in links {
        let Values::Links { rows, .. } = &dataset.column(table, *link)?.values else { return None };
        at = usize::try_from(*rows.get(at).filter(|to| **to != u32::MAX)?).ok()?;
        table = rules.schema.column(table, *link)?.link?;
    }
    Some(at)
}

/// The rules on the rows that are here.
pub fn evaluate(rules: &RuleSet, plan: &Plan, here: &Dataset, given: &Given) -> Run {
    let part = Part { rules, plan, here, whole: None };
    let mut given = given.clone();
    part.run(&mut given)
}

/// What has to be given so that the rows that are here come out as they did among all.
pub fn given(rules: &RuleSet, plan: &Plan, here: &Dataset, run: &Run, rows: &[Vec<usize>]) -> Given {
    let part = Part { rules, plan, here, whole: Some(Whole { run, rows }) };
    let mut given = Given { members: run.populations.iter().map(|found| found.count).collect(), ..Given::default() };
    part.run(&mut given);
    given
}

/// The finished run on all rows.
struct Whole<'a> {
    run: &'a Run,
    /// The rows that are here, as they are numbered there.
    rows: &'a [Vec<usize>],
}

struct Part<'a> {
    rules: &'a RuleSet,
    plan: &'a Plan,
    here: &'a Dataset,
    whole: Option<Whole<'a>>,
}

impl Part<'_> {
    fn run(&self, given: &mut Given) -> Run {
        let (rules, plan) = (self.rules, self.plan);
        let mut columns = vec![StepColumn::Dropped; plan.steps.len()];
        let mut facts = vec![Facts::Nothing; plan.steps.len()];
        let shared = Shared::default();
        for level in levels(plan) {
            for id in level {
                let Some(step) = plan.step(id) else { continue };
                if let Some(of_others) = self.whole.as_ref().and_then(|whole| self.facts_of(whole, id, step)) {
                    given.facts.insert(id, of_others);
                }
                let frame = Frame { rules, plan, dataset: self.here, columns: &columns, shared: &shared };
                let (column, found) = one_step(&frame, id, step, given.facts.get(&id));
                if let Some(whole) = &self.whole {
                    self.differing(whole, &frame, (id, step), &column, given);
                }
                let column = corrected(&frame, (id, step), column, given);
                put(vec![(id, column, found)], &mut columns, &mut facts);
            }
        }
        let frame = Frame { rules, plan, dataset: self.here, columns: &columns, shared: &shared };
        let verdicts = |steps: &[StepId]| -> Vec<Arc<Vec<Verdict>>> {
            steps.iter().map(|step| Arc::new(frame.verdicts(*step))).collect()
        };
        let [criteria, groups, categories] = [&plan.criteria, &plan.groups, &plan.categories].map(|s| verdicts(s));
        let mut populations: Vec<_> = plan.populations.iter().map(|step| frame.membership(*step)).collect();
        for (population, count) in populations.iter_mut().zip(&given.members) {
            population.count = *count;
        }
        let schools = frame.rows_of(rules.subject);
        // schools that are not here are no mistake of the rules
        let registrations = registered::registrations(rules, self.here, &mut Vec::new());
        let open = shared.open.into_inner().unwrap_or_default();
        Run {
            schools,
            columns,
            open,
            facts,
            populations,
            criteria,
            groups,
            categories,
            registrations,
            minimum_cohort: None,
        }
    }

    /// The row of all data that a row here is.
    fn there(whole: &Whole<'_>, grain: Grain, row: usize) -> Option<usize> {
        match grain {
            Grain::Constant => Some(0),
            Grain::Row(table) => whole.rows.get(usize::try_from(table.0).ok()?)?.get(row).copied(),
        }
    }

    fn count(frame: &Frame<'_>, step: &Step) -> usize {
        frame.rows(step)
    }

    /// Notes the values that came out otherwise among all rows.
    fn differing(
        &self,
        whole: &Whole<'_>,
        frame: &Frame<'_>,
        (id, step): (StepId, &Step),
        column: &StepColumn,
        given: &mut Given,
    ) {
        let Some(full) = whole.run.columns.get(id.index()) else { return };
        let open = whole.run.open.get(&id);
        for row in 0..Part::count(frame, step) {
            let Some(there) = Part::there(whole, step.grain, row) else { continue };
            let among_all = GivenValue {
                value: trace::read(full, there),
                open: open.map_or((0, Reasons::NONE), |open| open.at(there)),
            };
            let alone = GivenValue {
                value: trace::read(column, row),
                open: frame.open(id).map_or((0, Reasons::NONE), |open| open.at(row)),
            };
            if among_all != alone {
                given.values.insert((id, row), among_all);
            }
        }
    }

    /// The facts of a step that rows elsewhere set, for the strata of the rows that are here.
    fn facts_of(&self, whole: &Whole<'_>, id: StepId, step: &Step) -> Option<Facts> {
        let rows = match step.grain {
            Grain::Constant => &[][..],
            Grain::Row(table) => whole.rows.get(usize::try_from(table.0).ok()?)?.as_slice(),
        };
        match whole.run.facts.get(id.index())? {
            Facts::Nothing => None,
            Facts::Cut(facts) => {
                let (strata, kept) = few(&facts.strata, rows);
                let cuts = kept.iter().filter_map(|at| facts.cuts.get(*at)).cloned().collect();
                Some(Facts::Cut(CutFacts { strata, cuts }))
            }
            Facts::Scale(facts) => {
                let (strata, kept) = few(&facts.strata, rows);
                let scales = kept.iter().filter_map(|at| facts.scales.get(*at)).cloned().collect();
                Some(Facts::Scale(ScaleFacts { strata, scales }))
            }
            Facts::Rows(strata) => {
                let over_all = matches!(&step.kind, StepKind::Aggregate(a) if matches!(a.to, Target::All));
                (over_all && strata.len() == 1).then(|| Facts::Rows(strata.clone()))
            }
        }
    }
}

/// The strata of a few rows, and which of all they are.
fn few(strata: &Strata, rows: &[usize]) -> (Strata, Vec<usize>) {
    let Some(of_row) = &strata.of_row else {
        return (strata.clone(), (0..strata.keys.len().max(1)).collect());
    };
    let of = |row: &usize| of_row.get(*row).copied().unwrap_or(u32::MAX);
    let kept: BTreeSet<u32> = rows.iter().map(of).filter(|at| *at != u32::MAX).collect();
    let place = |at: u32| kept.iter().position(|kept| *kept == at).and_then(|at| u32::try_from(at).ok());
    let of_row = rows.iter().map(|row| place(of(row)).unwrap_or(u32::MAX)).collect();
    let kept: Vec<usize> = kept.iter().filter_map(|at| usize::try_from(*at).ok()).collect();
    let keys = kept.iter().filter_map(|at| strata.keys.get(*at)).cloned().collect();
    (Strata { of_row: Some(Arc::new(of_row)), keys }, kept)
}

/// One step with what its facts say of others.
fn one_step(frame: &Frame<'_>, id: StepId, step: &Step, given: Option<&Facts>) -> (StepColumn, Facts) {
    match (&step.kind, given) {
        (StepKind::Cut(cut), Some(Facts::Cut(facts))) => (frame.cut_by(cut, step, facts), Facts::Cut(facts.clone())),
        (StepKind::Normalise(normalise), Some(Facts::Scale(facts))) => {
            (frame.normalise_by(normalise, step, facts), Facts::Scale(facts.clone()))
        }
        (StepKind::Aggregate(_), Some(facts)) => (frame.step(id).0, facts.clone()),
        _ => frame.step(id),
    }
}

/// The column with the values that are given.
fn corrected(frame: &Frame<'_>, (id, step): (StepId, &Step), column: StepColumn, given: &Given) -> StepColumn {
    let count = Part::count(frame, step);
    let own: BTreeMap<usize, &GivenValue> =
        given.values.range((id, 0)..=(id, usize::MAX)).map(|((_, row), value)| (*row, value)).collect();
    if own.is_empty() {
        return column;
    }
    let at = |row: usize| own.get(&row).map_or_else(|| trace::read(&column, row), |given| given.value.clone());
    let open = frame.open(id);
    let before = |row: usize| open.as_ref().map_or((0, Reasons::NONE), |open| open.at(row));
    let mut after = OpenCount::gathered(count, |row| own.get(&row).map_or_else(|| before(row), |given| given.open));
    after.everywhere = step.grain == Grain::Constant;
    frame.leave_open(id, after);
    match step.grain {
        Grain::Constant => StepColumn::Constant(at(0)),
        Grain::Row(_) => column_of((0..count).map(at).collect(), &step.ty),
    }
}

/// Values of one kind as a column.
pub(super) fn column_of(values: Vec<Value>, ty: &Type) -> StepColumn {
    let absent = |value: &Value| match value {
        Value::Absent(reasons) | Value::Between(_, reasons) => reasons.0,
        _ => 0,
    };
    let marks = Some(Arc::new(values.iter().map(absent).collect::<Vec<u8>>()));
    match ty {
        Type::Number(_) => {
            let number = |value: &Value| if let Value::Number(n) = value { n.clone() } else { Number::zero() };
            number_rows(NumberColumn::from_numbers(values.iter().map(number).collect()), marks)
        }
        Type::YesNo => truth_rows(
            values
                .iter()
                .map(|value| match value {
                    Value::Truth(truth) => truth.0,
                    other => Truth::unknown(Reasons(absent(other))).0,
                })
                .collect(),
        ),
        Type::Text => {
            let mut pool = TextPool::default();
            let codes = values.iter().map(|v| pool.push(if let Value::Text(text) = v { text } else { "" })).collect();
            let values = TextColumn { codes: Arc::new(codes), pool: Arc::new(pool) };
            StepColumn::Rows(RowColumn::Texts { values, absent: marks })
        }
        Type::Date => {
            let day = |value: &Value| if let Value::Date(date) = value { super::frame::days(*date) } else { 0 };
            let values = Values::Dates(Arc::new(values.iter().map(day).collect()));
            StepColumn::Rows(RowColumn::Data(Column { values, absent: marks }))
        }
    }
}

/// Everything about what is given that cannot be so, whatever the other rows are.
pub fn contradictions(
    rules: &RuleSet,
    plan: &Plan,
    here: &Dataset,
    run: &Run,
    given: &Given,
) -> BTreeSet<(StepId, Contradiction)> {
    let shared = Shared::of(run);
    let frame = Frame { rules, plan, dataset: here, columns: &run.columns, shared: &shared };
    let mut found = BTreeSet::new();
    for (id, row) in given.values.keys() {
        if !plan.step(*id).is_some_and(|step| of_others(&frame, (*id, step), *row, given)) {
            found.insert((*id, Contradiction::NotOfOthers));
        }
    }
    for (id, facts) in &given.facts {
        let problem = match (plan.step(*id).map(|step| (step, &step.kind)), facts) {
            (Some((step, StepKind::Cut(cut))), Facts::Cut(facts)) => {
                let holds = |found: &StratumCut| {
                    let (exact, quota) = frame.quota_over(cut, found.quota_base);
                    let counted = cut.quota_of.is_some() || found.quota_base == found.ranked;
                    exact == found.quota_exact
                        && counted
                        && found.quota == quota.min(found.ranked)
                        && placed(found, &cut.ties)
                };
                let own = own_strata(&frame, &cut.within, step, &facts.strata, cut_merges(facts));
                [(!facts.cuts.iter().all(holds), Contradiction::Cut), (!own, Contradiction::Stratum)]
            }
            (Some((step, StepKind::Normalise(normalise))), Facts::Scale(facts)) => {
                let own = own_strata(&frame, &normalise.within, step, &facts.strata, false);
                [(!facts.scales.iter().all(is_scale), Contradiction::Scale), (!own, Contradiction::Stratum)]
            }
            (Some((_, StepKind::Aggregate(aggregate))), Facts::Rows(_)) if aggregate.to == Target::All => continue,
            _ => [(true, Contradiction::OtherStep), (false, Contradiction::OtherStep)],
        };
        found.extend(problem.into_iter().filter(|(wrong, _)| *wrong).map(|(_, kind)| (*id, kind)));
    }
    found
}

/// Whether a value of a step is one that rows elsewhere determine.
fn of_others(frame: &Frame<'_>, (id, step): (StepId, &Step), row: usize, given: &Given) -> bool {
    match &step.kind {
        StepKind::Aggregate(aggregate) => match &aggregate.to {
            Target::All | Target::Strata { .. } => true,
            // rows of a table that does not belong to the school: those of a municipality, say
            Target::Parent { table, .. } => *table != frame.rules.subject,
        },
        StepKind::Normalise(normalise) => normalise.method == Method::RankShare,
        StepKind::Cut(cut) => {
            let Some(Facts::Cut(facts)) = given.facts.get(&id) else { return false };
            let stratum = facts.strata.of_row.as_ref().map_or(Some(0), |of_row| of_row.get(row).copied());
            let found = stratum.and_then(|at| facts.cuts.get(usize::try_from(at).ok()?));
            let on_cut = frame.numbers(cut.value).number(row) == found.and_then(|found| found.cut_off.clone());
            on_cut && matches!(cut.ties, TiesStep::BreakBy(_))
        }
        StepKind::IndexValue { index, .. } => frame.rules.indices.get(index.index()).is_some_and(|index| {
            index.on_missing.iter().any(|policy| matches!(policy, crate::model::MissingPolicy::Median))
        }),
        _ => false,
    }
}

fn cut_merges(facts: &CutFacts) -> bool {
    facts.cuts.iter().any(|found| found.small == Some(SmallStrataAction::Merge))
}

/// Whether the places of a cut fit its quota.
fn placed(found: &StratumCut, ties: &TiesStep) -> bool {
    let (before, until) = (found.before_cut, found.before_cut + found.tied_at_cut);
    if found.cut_off.is_none() {
        let unselected = found.selected == 0 && until == 0;
        let withheld = matches!(found.small, Some(SmallStrataAction::Undetermined | SmallStrataAction::NotMet));
        return unselected && (withheld || found.quota == 0);
    }
    let selected = match ties {
        TiesStep::Include => found.selected == until,
        TiesStep::Exclude => found.selected == if until <= found.quota { until } else { before },
        TiesStep::BreakBy(_) => (found.quota..=until).contains(&found.selected),
    };
    before < found.quota && found.quota <= until && until <= found.ranked && selected
}

fn is_scale(found: &StratumScale) -> bool {
    match (&found.minimum, &found.mean, &found.maximum, &found.deviation) {
        (Some(least), Some(mean), Some(most), Some(deviation)) => {
            found.count > 0
                && least <= mean
                && mean <= most
                && !deviation.is_negative()
                && deviation <= &most.subtract(least)
                && deviation.is_zero() == (least == most)
        }
        (None, None, None, None) => found.count == 0,
        _ => false,
    }
}

/// Whether the rows that are here stand in the strata of their own keys.
fn own_strata(frame: &Frame<'_>, keys: &[StepId], step: &Step, strata: &Strata, merged: bool) -> bool {
    let Some(of_row) = &strata.of_row else { return keys.is_empty() };
    let rows = frame.rows(step);
    let folded = |value: &Value| match value {
        Value::Text(text) => Value::Text(Arc::from(crate::name::folded_text(text))),
        other => other.clone(),
    };
    let is_own = |row: usize| {
        let own: Vec<Value> = keys.iter().map(|key| folded(&frame.value(*key, row))).collect();
        let absent = own.iter().any(|value| matches!(value, Value::Absent(_)));
        match of_row.get(row).copied() {
            Some(u32::MAX) => absent,
            Some(at) => {
                let given = usize::try_from(at).ok().and_then(|at| strata.keys.get(at));
                !absent && (merged || given.is_some_and(|given| given.iter().map(folded).collect::<Vec<_>>() == own))
            }
            None => false,
        }
    };
    of_row.len() == rows && (0..rows).all(is_own)
}
