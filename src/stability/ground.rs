//! The run as it is, and how another one differs from it.

use std::collections::BTreeSet;

use super::{Cause, Common, Kind, Move, Sheet, Standing, What, row_id};
use crate::data::dataset::{Dataset, Values};
use crate::decision::{RowColumn, Run, StepColumn, StepId, Verdict};
use crate::evaluate::again::{self, Change};
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::plan::Plan;
use crate::schema::{ColumnId, TableId};

/// More work than this, some minutes, is not done for one kind, as [`crate::evaluate::again::work`] counts it.
pub(super) const MOST_WORK: usize = 40_000_000_000;

/// A perturbation for all schools, made.
pub(super) struct Made {
    pub what: What,
    /// The step of the plan that is otherwise; `None`: the data are.
    pub step: Option<StepId>,
    pub moves: Vec<Vec<Move>>,
}

/// The rules, the data and the run as they are, and which lists are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub rules: &'a RuleSet,
    pub plan: &'a Plan,
    pub data: &'a Dataset,
    pub run: &'a Run,
    pub categories: &'a [CategoryId],
}

impl<'a> Ground<'a> {
    pub fn schools(&self) -> usize {
        self.run.schools
    }

    /// The steps of the categories asked for.
    pub(super) fn steps(&self) -> Vec<StepId> {
        self.categories.iter().filter_map(|id| self.plan.categories.get(id.index()).copied()).collect()
    }

    /// The steps that a category needs.
    pub(super) fn needed_by(&self, id: CategoryId) -> BTreeSet<StepId> {
        self.needed(self.plan.categories.get(id.index()).copied().into_iter().collect())
    }

    /// The steps that the categories asked for need.
    pub(super) fn all_needed(&self) -> BTreeSet<StepId> {
        self.needed(self.steps())
    }

    fn needed(&self, mut ahead: Vec<StepId>) -> BTreeSet<StepId> {
        let mut needed: BTreeSet<StepId> = ahead.iter().copied().collect();
        while let Some(step) = ahead.pop().and_then(|id| self.plan.step(id)) {
            ahead.extend(step.kind.inputs().into_iter().filter(|input| needed.insert(*input)));
        }
        needed
    }

    /// Criteria that a step reaches, in the order of the rules.
    pub(super) fn criteria_of(&self, step: StepId) -> Vec<CriterionId> {
        let reached = super::reached(self.plan, step);
        let all = self.plan.criteria.iter().enumerate();
        all.filter(|(_, step)| reached.get(step.index()) == Some(&true))
            .map(|(at, _)| CriterionId::from_index(at))
            .collect()
    }

    /// The criteria that the lists asked for depend on.
    pub fn criteria(&self) -> Vec<CriterionId> {
        let needed = self.all_needed();
        let all = self.plan.criteria.iter().enumerate();
        all.filter(|(_, step)| needed.contains(step)).map(|(at, _)| CriterionId::from_index(at)).collect()
    }

    /// Whether a school is on a list by a verdict: decisions of people come before it.
    pub(super) fn is_listed(&self, id: CategoryId, row: usize, verdict: Verdict) -> bool {
        self.run.registration(id, row).map_or(verdict.is_met(), |decision| decision.includes)
    }

    /// Whether the place of a school is another one by a verdict.
    pub(super) fn moves(&self, id: CategoryId, row: usize, verdict: Verdict) -> bool {
        self.is_listed(id, row, verdict) != self.run.is_listed(id, row)
    }

    /// Who moves in a run on the same schools, by category asked for. `place`: the row that a school has there.
    pub(super) fn moved(&self, run: &Run, place: impl Fn(usize) -> Option<usize>) -> Vec<Vec<Move>> {
        let of = |id: &CategoryId| {
            let all = (0..self.schools()).filter_map(|row| Some((row, run.category(*id, place(row)?)?)));
            let moved = all.filter(|(row, verdict)| self.moves(*id, *row, *verdict));
            let one = |(row, verdict): (usize, Verdict)| Move {
                row: row_id(row),
                entered: self.is_listed(*id, row, verdict),
                open: matches!(verdict, Verdict::Undetermined(_)),
            };
            moved.map(one).collect()
        };
        self.categories.iter().map(of).collect()
    }

    /// The run on changed data, as far as the lists asked for need it.
    pub(super) fn again(&self, data: &Dataset, change: &Change) -> Run {
        again::again(self.rules, self.plan, data, self.run, change, &self.steps())
    }

    /// What it takes to evaluate everything that columns reach.
    pub(super) fn work(&self, columns: Vec<(TableId, ColumnId)>) -> usize {
        again::work(self.rules, self.plan, self.data, &Change { columns, steps: Vec::new() })
    }

    /// What it takes to evaluate again what a step with other values reaches.
    pub(super) fn work_of_step(&self, step: StepId) -> usize {
        let steps = self.run.columns.get(step.index()).map(|column| (step, column.clone())).into_iter().collect();
        again::work(self.rules, self.plan, self.data, &Change { columns: Vec::new(), steps })
    }

    /// What it takes to evaluate the rules as a whole.
    pub(super) fn whole_work(&self) -> usize {
        let columns = |(at, table): (usize, &crate::schema::TableSchema)| {
            (0..table.columns.len()).map(move |column| (super::table_id(at), super::column_id(column)))
        };
        self.work(self.rules.schema.tables.iter().enumerate().flat_map(columns).collect())
    }

    /// The rules without the decisions of people: those about schools that are not there would be mistakes. Their places on
    /// the lists are kept all the same.
    pub(super) fn rules_alone(&self) -> RuleSet {
        let mut rules = self.rules.clone();
        rules.registered.clear();
        rules
    }

    /// The numbers of a step that has one per row, with the marks of absence.
    pub(super) fn numbers(&self, step: StepId) -> Option<(&'a NumberColumn, Option<&'a [u8]>)> {
        match self.run.columns.get(step.index())? {
            StepColumn::Rows(RowColumn::Numbers { values, absent }) => {
                Some((values, absent.as_ref().map(|marks| marks.as_slice())))
            }
            StepColumn::Rows(RowColumn::Data(column)) => match &column.values {
                Values::Numbers(values) => Some((values, column.absent.as_ref().map(|marks| marks.as_slice()))),
                _ => None,
            },
            _ => None,
        }
    }

    /// The number of a step in a row of its grain.
    pub(super) fn number(&self, step: StepId, row: usize) -> Option<Number> {
        match crate::evaluate::trace::read(self.run.columns.get(step.index())?, row) {
            crate::value::Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Counts perturbations that are the same for all schools.
    pub(super) fn common(&self, kind: Kind, found: Vec<Made>, all: &mut Vec<Common>) -> Sheet {
        let standing = if found.is_empty() { Standing::Nothing } else { Standing::Tried };
        let mut sheet = Sheet::empty(self, standing);
        for Made { what, step, moves } in found {
            let concerns = self.concerned(step);
            for (tallies, _) in sheet.tallies.iter_mut().zip(&concerns).filter(|(_, concerned)| **concerned) {
                for tally in tallies {
                    (tally.tried, tally.stays) = (tally.tried.saturating_add(1), tally.stays.saturating_add(1));
                }
            }
            sheet.take(&moves, all.len());
            all.push(Common { kind, what, concerns, moves });
        }
        sheet
    }

    /// Which of the categories asked for need a step; without one all are concerned.
    fn concerned(&self, step: Option<StepId>) -> Vec<bool> {
        let reached = step.map(|step| super::reached(self.plan, step));
        let concerned = |id: &CategoryId| {
            let own = self.plan.categories.get(id.index());
            reached.as_ref().is_none_or(|reached| own.is_some_and(|own| reached.get(own.index()) == Some(&true)))
        };
        self.categories.iter().map(concerned).collect()
    }
}

impl Sheet {
    /// Schools that a common perturbation moves do not stay.
    pub(super) fn take(&mut self, moves: &[Vec<Move>], at: usize) {
        for (category, moves) in moves.iter().enumerate() {
            for found in moves {
                let row = usize::try_from(found.row).unwrap_or(usize::MAX);
                if let Some(tally) = self.tallies.get_mut(category).and_then(|tallies| tallies.get_mut(row)) {
                    tally.stays = tally.stays.saturating_sub(1);
                }
                self.causes.push((category, found.row, Cause::Common(at)));
            }
        }
    }
}
