//! The second reading held against a finished run: every verdict, every membership, every value that the run kept.
//!
//! Reads the run; computes nothing itself.

use std::sync::Arc;

use super::reading::Reading;
use super::{Difference, Found, Report, What};
use crate::decision::{RowColumn, Run, StepColumn, StepId, Verdict};
use crate::model::expr::{ExprId, Grain};
use crate::model::{CategoryId, CriterionId, GroupId, PopulationId};
use crate::progress::Progress;
use crate::schema::TableId;
use crate::value::{Reasons, Truth, Value};

/// How many differences are listed; the others are counted.
const MOST: usize = 1000;

/// Compares all rows of all tables, one row after the other.
pub(super) fn compare(reading: &Reading<'_>, run: &Run, steps: &[StepId], progress: &dyn Progress) -> Report {
    let mut report = Report::default();
    let rules = reading.rules;
    let constants = grains(reading, None);
    for id in constants {
        value(reading, run, steps, id, 0, &mut report);
    }
    for table in 0..rules.schema.tables.len() {
        let table = TableId(u32::try_from(table).unwrap_or(u32::MAX));
        let here = grains(reading, Some(table));
        for row in 0..reading.rows(table) {
            for id in &here {
                value(reading, run, steps, *id, row, &mut report);
            }
            memberships(reading, run, table, row, &mut report);
            if table == rules.subject {
                verdicts(reading, run, row, &mut report);
            }
            progress.advance(1);
        }
    }
    counts(reading, run, &mut report);
    report
}

/// Expressions with one value per row of a table; `None`: one for all.
fn grains(reading: &Reading<'_>, table: Option<TableId>) -> Vec<ExprId> {
    let wanted = table.map_or(Grain::Constant, Grain::Row);
    let all = reading.rules.exprs.iter().enumerate();
    all.filter(|(_, expr)| expr.grain == wanted).map(|(at, _)| ExprId::from_index(at)).collect()
}

fn value(reading: &Reading<'_>, run: &Run, steps: &[StepId], id: ExprId, row: usize, report: &mut Report) {
    let Some(step) = steps.get(id.index()) else {
        return;
    };
    let Some(kept) = run.columns.get(step.index()).and_then(|column| read(column, row)) else {
        return;
    };
    let kept = run.open.get(step).map_or_else(|| kept.clone(), |open| open.bounds(kept.clone(), row));
    let expected = reading.value(id, row);
    report.values += 1;
    if kept != expected {
        report.add(What::Expression(id), row, Found::Value(kept), Found::Value(expected));
    }
}

fn verdicts(reading: &Reading<'_>, run: &Run, row: usize, report: &mut Report) {
    let rules = reading.rules;
    let mut held = |what: What, kept: Option<Verdict>, expected: Verdict| {
        report.verdicts += 1;
        if kept != Some(expected) {
            let kept = kept.map_or(Found::Nothing, Found::Verdict);
            report.add(what, row, kept, Found::Verdict(expected));
        }
    };
    for id in (0..rules.criteria.len()).map(CriterionId::from_index) {
        held(What::Criterion(id), run.criterion(id, row), reading.criterion_verdict(id, row));
    }
    for id in (0..rules.groups.len()).map(GroupId::from_index) {
        held(What::Group(id), run.group(id, row), reading.group_verdict(id, row));
    }
    for id in (0..rules.categories.len()).map(CategoryId::from_index) {
        held(What::Category(id), run.category(id, row), reading.category_verdict(id, row));
    }
    for id in (0..rules.categories.len()).map(CategoryId::from_index) {
        report.verdicts += 1;
        let (kept, expected) = (run.is_listed(id, row), reading.on_list(id, row));
        if kept != expected {
            let truth = |listed: bool| Found::Value(Value::Truth(Truth::from_bool(listed)));
            report.add(What::Listed(id), row, truth(kept), truth(expected));
        }
    }
}

fn memberships(reading: &Reading<'_>, run: &Run, table: TableId, row: usize, report: &mut Report) {
    for (at, population) in reading.rules.populations.iter().enumerate().filter(|(_, p)| p.table == table) {
        let id = PopulationId::from_index(at);
        report.verdicts += 1;
        let expected = reading.member(id, row);
        let kept = run.is_member(id, row);
        if kept != Some(expected) {
            let kept = kept.map_or(Found::Nothing, Found::Member);
            report.add(What::Population(id), row, kept, Found::Member(expected));
        }
        let by = run.populations.get(at).and_then(|membership| membership.excluded_by.get(row)).copied().unwrap_or(0);
        let expected = reading.excluded_by(id, row);
        if usize::from(by) != expected && !population.exclusions.is_empty() {
            report.add(What::Exclusion(id), row, Found::Count(usize::from(by)), Found::Count(expected));
        }
    }
}

/// What a run says of itself as a whole.
fn counts(reading: &Reading<'_>, run: &Run, report: &mut Report) {
    let schools = reading.rows(reading.rules.subject);
    if run.schools != schools {
        report.add(What::Schools, 0, Found::Count(run.schools), Found::Count(schools));
    }
    for (at, population) in reading.rules.populations.iter().enumerate() {
        let id = PopulationId::from_index(at);
        let members = (0..reading.rows(population.table)).filter(|row| reading.member(id, *row).is_true()).count();
        let kept = run.populations.get(at).map_or(0, |membership| membership.count);
        if kept != members {
            report.add(What::Members(id), 0, Found::Count(kept), Found::Count(members));
        }
    }
}

impl Report {
    fn add(&mut self, what: What, row: usize, kept: Found, expected: Found) {
        if self.differences.len() < MOST {
            self.differences.push(Difference { what, row, kept, expected });
        } else {
            self.more += 1;
        }
    }
}

/// One row of a column as a value; `None`: it was not kept.
fn read(column: &StepColumn, row: usize) -> Option<Value> {
    let present = |absent: &Option<Arc<Vec<u8>>>, value: Option<Value>| match Reasons(
        absent.as_ref().and_then(|marks| marks.get(row)).copied().unwrap_or(0),
    ) {
        Reasons::NONE => value.unwrap_or(Value::Absent(Reasons::MISSING)),
        reasons => Value::Absent(reasons),
    };
    Some(match column {
        StepColumn::Dropped => return None,
        StepColumn::Constant(value) => value.clone(),
        StepColumn::Rows(RowColumn::Numbers { values, absent }) => present(absent, values.get(row).map(Value::Number)),
        StepColumn::Rows(RowColumn::Texts { values, absent }) => {
            present(absent, Some(Value::Text(Arc::from(values.get(row)))))
        }
        StepColumn::Rows(RowColumn::Truths(truths)) => {
            let truth = truths.get(row).map_or(Truth::unknown(Reasons::MISSING), |truth| Truth(*truth));
            super::reading::truth_value(truth)
        }
        StepColumn::Rows(RowColumn::Data(column)) => column.value(row),
    })
}
