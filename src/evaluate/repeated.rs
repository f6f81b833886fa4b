//! The same rules on rows of the judged table taken several times each, with other values in some steps.
//!
//! For steps of single rows only: what a row comes to must not depend on other rows.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use super::again::{Change, needed, touched};
use super::{Frame, Shared, done, levels, put};
use crate::data::dataset::{Column, Dataset, Origin, Table, TextColumn, Values};
use crate::decision::{Facts, OpenCount, OpenCounts, RowColumn, Run, StepColumn, StepId, Verdict};
use crate::model::RuleSet;
use crate::model::expr::Grain;
use crate::plan::{Plan, StepKind};
use crate::progress::Silent;

/// Whether a step comes to what it does for a row from the values of that row alone.
pub fn is_of_one_row(kind: &StepKind) -> bool {
    match kind {
        StepKind::Constant(_)
        | StepKind::Negate(_)
        | StepKind::Absolute(_)
        | StepKind::Arithmetic(..)
        | StepKind::Extreme { .. }
        | StepKind::Round { .. }
        | StepKind::Compare(..)
        | StepKind::InList { .. }
        | StepKind::Status(..)
        | StepKind::And(_)
        | StepKind::Or(_)
        | StepKind::Not(_)
        | StepKind::Choose { .. }
        | StepKind::Quantified { .. }
        | StepKind::Consecutive { .. }
        | StepKind::Member { .. }
        | StepKind::Criterion(..)
        | StepKind::Group(..)
        | StepKind::Category { .. }
        | StepKind::VerdictIs(..)
        | StepKind::AbsentWhen { .. }
        | StepKind::Fallback(..)
        | StepKind::MeanOf(_) => true,
        StepKind::Column(..)
        | StepKind::Follow { .. }
        | StepKind::Aggregate(_)
        | StepKind::Normalise(_)
        | StepKind::IndexValue { .. }
        | StepKind::Cut(_)
        | StepKind::Call(..)
        | StepKind::Nothing => false,
    }
}

/// The verdicts of steps for rows of the judged table: row `i` is row `rows[i]` with the values that `given` has at `i`.
/// Every step between `given` and `wanted` must be one of [`is_of_one_row`], at the grain of the judged table or constant.
pub fn repeated(
    (rules, plan, dataset): (&RuleSet, &Plan, &Dataset),
    run: &Run,
    rows: &[u32],
    given: Vec<(StepId, StepColumn)>,
    wanted: &[StepId],
) -> Vec<Vec<Verdict>> {
    let change = Change { columns: Vec::new(), steps: given };
    let reached = touched(rules, plan, &change);
    let needed = needed(plan, wanted).unwrap_or_default();
    let fresh: BTreeSet<StepId> = reached.intersection(&needed).copied().collect();
    let mut plan = plan.clone();
    for id in &fresh {
        if let Some(step) = plan.steps.get_mut(id.index()) {
            step.grain = Grain::Row(rules.subject);
        }
    }
    let dataset = with_rows(dataset, rules, rows.len());
    let mut columns = vec![StepColumn::Dropped; plan.steps.len()];
    let mut facts = vec![Facts::Nothing; plan.steps.len()];
    let mut open = OpenCounts::default();
    let taken = |id: StepId| change.steps.iter().find(|(step, _)| *step == id);
    let read = fresh.iter().filter(|id| taken(**id).is_none()).filter_map(|id| plan.step(*id));
    let asked = wanted.iter().filter_map(|id| plan.step(*id));
    let inputs = read.chain(asked).flat_map(|step| step.kind.inputs()).chain(wanted.iter().copied());
    for input in inputs.filter(|id| !fresh.contains(id)).collect::<BTreeSet<StepId>>() {
        if let (Some(slot), Some(column)) = (columns.get_mut(input.index()), run.columns.get(input.index())) {
            *slot = gathered(column, rows);
        }
        if let Some(count) = run.open.get(&input) {
            open.insert(input, Arc::new(open_at(count, rows)));
        }
    }
    let shared = Shared { open: Mutex::new(open), problems: Mutex::default() };
    for level in levels(&plan) {
        let level: Vec<StepId> = level.into_iter().filter(|id| fresh.contains(id)).collect();
        let frame = Frame { rules, plan: &plan, dataset: &dataset, columns: &columns, shared: &shared };
        let found = level.iter().map(|id| match taken(*id) {
            Some((_, column)) => (*id, column.clone(), Facts::Nothing),
            None => done(&frame, *id, &Silent),
        });
        let found = found.collect();
        put(found, &mut columns, &mut facts);
    }
    let frame = Frame { rules, plan: &plan, dataset: &dataset, columns: &columns, shared: &shared };
    wanted.iter().map(|step| frame.verdicts(*step)).collect()
}

/// No columns, only as many rows of the judged table.
fn with_rows(dataset: &Dataset, rules: &RuleSet, rows: usize) -> Dataset {
    let subject = usize::try_from(rules.subject.0).unwrap_or(usize::MAX);
    let table = |(at, table): (usize, &Table)| Table {
        rows: if at == subject { rows } else { table.rows },
        columns: Vec::new(),
        origin: Origin::default(),
    };
    Dataset { tables: dataset.tables.iter().enumerate().map(table).collect(), ..Dataset::default() }
}

fn gathered(column: &StepColumn, rows: &[u32]) -> StepColumn {
    let StepColumn::Rows(column) = column else { return column.clone() };
    StepColumn::Rows(match column {
        RowColumn::Numbers { values, absent } => {
            RowColumn::Numbers { values: values.gather(rows), absent: marks(absent, rows) }
        }
        RowColumn::Texts { values, absent } => {
            RowColumn::Texts { values: texts(values, rows), absent: marks(absent, rows) }
        }
        RowColumn::Truths(truths) => RowColumn::Truths(take(truths, rows)),
        RowColumn::Data(Column { values, absent }) => {
            let values = match values {
                Values::Numbers(values) => Values::Numbers(values.gather(rows)),
                Values::Texts(values) => Values::Texts(texts(values, rows)),
                Values::YesNo(truths) => Values::YesNo(take(truths, rows)),
                Values::Dates(days) => Values::Dates(take(days, rows)),
                Values::Links { rows: to, table, keys } => Values::Links {
                    rows: take(to, rows),
                    table: *table,
                    keys: keys.as_ref().map(|keys| texts(keys, rows)),
                },
            };
            RowColumn::Data(Column { values, absent: marks(absent, rows) })
        }
    })
}

fn take<T: Copy + Default>(values: &[T], rows: &[u32]) -> Arc<Vec<T>> {
    let at = |row: &u32| usize::try_from(*row).ok().and_then(|row| values.get(row)).copied().unwrap_or_default();
    Arc::new(rows.iter().map(at).collect())
}

fn marks(absent: &Option<Arc<Vec<u8>>>, rows: &[u32]) -> Option<Arc<Vec<u8>>> {
    absent.as_ref().map(|absent| take(absent, rows))
}

fn texts(values: &TextColumn, rows: &[u32]) -> TextColumn {
    TextColumn { codes: take(&values.codes, rows), pool: Arc::clone(&values.pool) }
}

fn open_at(count: &OpenCount, rows: &[u32]) -> OpenCount {
    if count.everywhere {
        return count.clone();
    }
    OpenCount::gathered(rows.len(), |at| {
        rows.get(at)
            .and_then(|row| usize::try_from(*row).ok())
            .map_or_else(|| count.at(usize::MAX), |row| count.at(row))
    })
}
