//! Small numbers kept private: which values an output for publication does not show, and a run without them.
//!
//! A value of fewer pupils than the minimum is masked, then everything computed from it, then as much beside it as it takes
//! that no sum, mean or scale gives it back. Works on the finished run, before anything is laid out, so that no report can
//! show what it was not given; verdicts are decisions and stay. Knows no words.

mod applied;
mod cells;
mod explained;
mod groups;
mod spread;

use std::collections::{BTreeMap, BTreeSet};

use crate::data::dataset::Dataset;
use crate::decision::{Run, StepId};
use crate::model::RuleSet;
use crate::model::expr::{ExprId, Grain};
use crate::plan::{Plan, StepKind};
use crate::schema::{ColumnId, TableId};
use crate::value::{Type, Unit};

/// The minimum where none is named.
pub const MINIMUM: usize = 10;

/// The value is of this row alone.
const OWN: u8 = 1;
/// The value comes from what many rows have in common: hiding other rows cannot protect it.
const SHARED: u8 = 2;

/// What is masked in one column.
#[derive(Debug, Clone, Default, PartialEq)]
enum Mask {
    #[default]
    Nothing,
    /// One value for all rows.
    All(u8),
    Rows(Vec<u8>),
}

impl Mask {
    fn at(&self, row: usize) -> u8 {
        match self {
            Mask::Nothing => 0,
            Mask::All(bits) => *bits,
            Mask::Rows(rows) => rows.get(row).copied().unwrap_or(0),
        }
    }

    fn any(&self) -> bool {
        match self {
            Mask::Nothing => false,
            Mask::All(bits) => *bits != 0,
            Mask::Rows(rows) => rows.iter().any(|bits| *bits != 0),
        }
    }

    fn of(rows: Vec<u8>) -> Mask {
        if rows.iter().all(|bits| *bits == 0) { Mask::Nothing } else { Mask::Rows(rows) }
    }
}

/// Everything that is not shown.
#[derive(Debug)]
pub struct Masks {
    pub minimum: usize,
    cells: BTreeMap<(TableId, ColumnId), Vec<bool>>,
    steps: Vec<Mask>,
    /// What a step found out about these groups (mean, bounds, cut-off, places).
    hidden: BTreeSet<(StepId, u32)>,
    /// Groups of a selection in which places are not shown.
    placeless: BTreeSet<(StepId, u32)>,
}

/// What a finished run was made from.
#[derive(Clone, Copy)]
struct Finished<'a> {
    rules: &'a RuleSet,
    plan: &'a Plan,
    dataset: &'a Dataset,
    run: &'a Run,
}

impl Masks {
    /// What must not be shown so that no value of fewer than `minimum` pupils is.
    pub fn find(rules: &RuleSet, plan: &Plan, dataset: &Dataset, run: &Run, minimum: usize) -> Masks {
        let finished = Finished { rules, plan, dataset, run };
        let cells = cells::small(&finished, minimum);
        let mut masks =
            Masks { minimum, cells, steps: Vec::new(), hidden: BTreeSet::new(), placeless: BTreeSet::new() };
        let groups = groups::Groups::of(&finished);
        // every round masks more, and there is only so much to mask
        loop {
            masks.steps = spread::spread(&finished, &masks, &groups);
            let more = spread::differences(&finished, &mut masks, &groups) | groups.protect(&finished, &mut masks);
            if !more {
                return masks;
            }
        }
    }

    fn step(&self, plan: &Plan, expr: ExprId, row: usize) -> bool {
        let mask = plan.step_of(expr).and_then(|step| self.steps.get(step.index()));
        mask.is_some_and(|mask| mask.at(row) != 0)
    }

    fn cell(&self, table: TableId, column: ColumnId, row: usize) -> bool {
        self.cells.get(&(table, column)).and_then(|rows| rows.get(row)).copied().unwrap_or(false)
    }

    fn hide_cell(&mut self, finished: &Finished<'_>, table: TableId, column: ColumnId, row: usize) -> bool {
        let rows = finished.dataset.table(table).map_or(0, |t| t.rows);
        let marks = self.cells.entry((table, column)).or_insert_with(|| vec![false; rows]);
        match marks.get_mut(row) {
            Some(mark) if !*mark => {
                *mark = true;
                true
            }
            _ => false,
        }
    }

    /// Whether anything is masked at all.
    pub fn is_empty(&self) -> bool {
        self.steps.iter().all(|mask| *mask == Mask::Nothing) && self.cells.is_empty()
    }
}

/// The columns in people of the tables that the rules read: they say how many stand behind the other values of a row.
pub fn needed(rules: &RuleSet, plan: &Plan) -> Vec<(TableId, ColumnId)> {
    let mut tables = BTreeSet::new();
    for step in &plan.steps {
        match &step.kind {
            StepKind::Column(table, _) | StepKind::Follow { table, .. } => drop(tables.insert(*table)),
            StepKind::Aggregate(aggregate) => drop(tables.insert(aggregate.rows)),
            _ => {}
        }
        if let Grain::Row(table) = step.grain {
            tables.insert(table);
        }
    }
    let mut columns = Vec::new();
    for table in tables {
        columns.extend(people(rules, table).map(|column| (table, column)));
    }
    columns
}

/// The columns of a table that count people.
fn people(rules: &RuleSet, table: TableId) -> impl Iterator<Item = ColumnId> {
    let columns = rules.schema.table(table).into_iter().flat_map(|t| t.columns.iter().enumerate());
    columns
        .filter(|(_, column)| column.kind == Type::Number(Unit::People) && column.link.is_none())
        .map(|(at, _)| ColumnId(u32::try_from(at).unwrap_or(u32::MAX)))
}
