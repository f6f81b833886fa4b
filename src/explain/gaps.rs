//! The cells without a value behind a rule, whatever became of them: those that leave it open, and those that sums, means,
//! indices and choices passed over.
//!
//! Follows the rule to the school's own row, the rows that belong to it and those it links to. What cannot exist for a school
//! ("not applicable") is no gap. Rows that are not there at all are none either.

use std::collections::{BTreeMap, BTreeSet};

use super::aggregate::operands;
use super::condition::InputCell;
use super::reading::Reading;
use crate::evaluate::trace::{self, RowRole};
use crate::model::expr::{Aggregate, AggregateTo, ExprId, ExprKind, Ties};
use crate::model::{CategoryId, CriterionId, IndexPart, PopulationId, PopulationOrTable};
use crate::schema::{ColumnId, TableId};
use crate::value::{Reasons, Value};

/// More are not looked for.
const MOST_CELLS: usize = 400;
pub(super) const MOST_DEPTH: usize = 200;

/// Cells by their position in [`Gaps::cells`].
pub(super) type CellSet = BTreeSet<usize>;

/// Which cells are looked for.
pub(super) enum Wanted {
    /// Those without a value.
    Lacking,
    /// The numbers of these columns.
    Numbers(BTreeSet<(TableId, ColumnId)>),
}

/// The cells of one kind that the rules of one school read, each once: those without a value, where nothing else is said.
pub(super) struct Gaps<'a> {
    pub reading: Reading<'a>,
    pub school: usize,
    wanted: Wanted,
    pub cells: Vec<InputCell>,
    at: BTreeMap<(TableId, ColumnId, usize), usize>,
    of_criterion: BTreeMap<CriterionId, CellSet>,
    rows: BTreeMap<(ExprId, usize), Vec<usize>>,
    visited: BTreeSet<(ExprId, usize)>,
}

impl<'a> Gaps<'a> {
    pub fn new(reading: Reading<'a>, school: usize) -> Gaps<'a> {
        Gaps::of(reading, school, Wanted::Lacking)
    }

    pub fn of(reading: Reading<'a>, school: usize, wanted: Wanted) -> Gaps<'a> {
        Gaps {
            reading,
            school,
            wanted,
            cells: Vec::new(),
            at: BTreeMap::new(),
            of_criterion: BTreeMap::new(),
            rows: BTreeMap::new(),
            visited: BTreeSet::new(),
        }
    }

    /// Those that the condition of a criterion reads, those of criteria that it asks about included.
    pub fn of_criterion(&mut self, id: CriterionId) -> CellSet {
        if let Some(known) = self.of_criterion.get(&id) {
            return known.clone();
        }
        let rules = self.reading.rules;
        let condition = rules.criteria.get(id.index()).map(|criterion| criterion.condition);
        let found = condition.map_or_else(CellSet::new, |condition| self.of_expr(condition, self.school));
        self.of_criterion.insert(id, found.clone());
        found
    }

    /// Those that a category reads: by its criteria, its rule, and who is judged.
    pub fn of_category(&mut self, id: CategoryId) -> CellSet {
        let rules = self.reading.rules;
        let Some(category) = rules.categories.get(id.index()) else { return CellSet::new() };
        let mut found = self.of_expr(category.rule, self.school);
        if let Some(among) = category.among {
            found.extend(self.of_population(PopulationOrTable::Population(among)));
        }
        found
    }

    /// Those that decide whether the school is a member.
    pub fn of_population(&mut self, of: PopulationOrTable) -> CellSet {
        let mut found = CellSet::new();
        for condition in self.conditions_of(of) {
            found.extend(self.of_expr(condition, self.school));
        }
        found
    }

    fn conditions_of(&self, of: PopulationOrTable) -> Vec<ExprId> {
        let rules = self.reading.rules;
        let mut next: Option<PopulationId> = match of {
            PopulationOrTable::Population(id) => Some(id),
            PopulationOrTable::Table(_) => None,
        };
        let mut conditions = Vec::new();
        for _ in 0..MOST_DEPTH {
            let population = next.and_then(|id| rules.populations.get(id.index()));
            let Some(population) = population.filter(|population| population.table == rules.subject) else { break };
            conditions.extend(population.condition);
            conditions.extend(population.exclusions.iter().map(|exclusion| exclusion.condition));
            next = population.base;
        }
        conditions
    }

    /// Those that an expression reads for a row of its grain.
    pub fn of_expr(&mut self, expr: ExprId, row: usize) -> CellSet {
        let outer = std::mem::take(&mut self.visited);
        let mut found = CellSet::new();
        self.walk(expr, row, &mut found, 0);
        self.visited = outer;
        found
    }

    /// More cells may be there than were looked at.
    pub fn is_full(&self) -> bool {
        self.cells.len() >= MOST_CELLS
    }

    /// The position of a cell that is looked for.
    pub fn position(&self, table: TableId, column: ColumnId, row: usize) -> Option<usize> {
        self.at.get(&(table, column, row)).copied()
    }

    fn add(&mut self, table: TableId, column: ColumnId, row: usize, found: &mut CellSet) {
        if let Some(at) = self.position(table, column, row) {
            found.insert(at);
            return;
        }
        let cell = self.reading.cell(table, column, row);
        let is_wanted = match &self.wanted {
            Wanted::Lacking => is_lacking(&cell.value),
            Wanted::Numbers(columns) => matches!(cell.value, Value::Number(_)) && columns.contains(&(table, column)),
        };
        if self.cells.len() < MOST_CELLS && is_wanted {
            self.at.insert((table, column, row), self.cells.len());
            found.insert(self.cells.len());
            self.cells.push(cell);
        }
    }

    fn walk(&mut self, expr: ExprId, row: usize, found: &mut CellSet, depth: usize) {
        let rules = self.reading.rules;
        if depth > MOST_DEPTH || !self.visited.insert((expr, row)) {
            return;
        }
        let Some(known) = rules.expr(expr) else { return };
        let mut below = Vec::new();
        match &known.kind {
            ExprKind::Column(table, column) => self.add(*table, *column, row, found),
            ExprKind::Follow { table, link, inner } => match self.reading.linked_row(*table, *link, row) {
                Some(to) => self.walk(*inner, to, found, depth + 1),
                None => self.add(*table, *link, row, found),
            },
            ExprKind::Aggregate(aggregate) => self.aggregate(expr, aggregate, row, found, depth),
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, _) => {
                let of = self.of_criterion(*id);
                found.extend(of);
            }
            ExprKind::Group(id) => below.extend(rules.groups.get(id.index()).map(|group| group.rule)),
            ExprKind::Category(id) => {
                let of = self.of_category(*id);
                found.extend(of);
            }
            ExprKind::IndexValue(id) => {
                if let Some(index) = rules.indices.get(id.index()) {
                    below.extend(index.parts.iter().flat_map(components_of));
                    below.extend(&index.within);
                }
            }
            ExprKind::InCut(cut) => {
                operands(&known.kind, &mut below);
                if let Ties::BreakBy(values) = &cut.ties {
                    below.extend(values.iter().map(|(value, _)| *value));
                }
                let of = self.of_population(cut.among);
                found.extend(of);
            }
            kind => operands(kind, &mut below),
        }
        for operand in below {
            self.walk(operand, row, found, depth + 1);
        }
    }

    fn aggregate(&mut self, expr: ExprId, aggregate: &Aggregate, row: usize, found: &mut CellSet, depth: usize) {
        let rows = match &aggregate.to {
            AggregateTo::Parent { .. } => self.rows_behind(expr, row),
            // of all rows of the region the own one; the gaps of others are not this school's
            AggregateTo::Strata { .. } => vec![row],
            AggregateTo::All if aggregate.rows == self.reading.rules.subject => vec![self.school],
            AggregateTo::All => Vec::new(),
        };
        for row in rows {
            for part in parts_of(aggregate) {
                self.walk(part, row, found, depth + 1);
            }
        }
    }

    /// The rows of the school that an aggregate takes, or could take if a cell without a value had one.
    pub fn rows_behind(&mut self, expr: ExprId, row: usize) -> Vec<usize> {
        if let Some(known) = self.rows.get(&(expr, row)) {
            return known.clone();
        }
        let Reading { rules, plan, data, run } = self.reading;
        let filter = match rules.expr(expr).map(|found| &found.kind) {
            Some(ExprKind::Aggregate(aggregate)) => aggregate.filter,
            _ => None,
        };
        let mut rows = Vec::new();
        for traced in trace::rows(rules, plan, data, run, expr, row) {
            let possible = match traced.role {
                RowRole::OutsideWindow => false,
                RowRole::NotMatching => filter.is_some_and(|filter| self.can_turn(filter, traced.row, 0)),
                _ => true,
            };
            if possible {
                rows.push(traced.row);
            }
        }
        self.rows.insert((expr, row), rows.clone());
        rows
    }

    /// Whether a condition that does not hold for a row could hold if cells without a value had one.
    fn can_turn(&mut self, condition: ExprId, row: usize, depth: usize) -> bool {
        let rules = self.reading.rules;
        match rules.expr(condition).map(|found| &found.kind) {
            _ if depth > MOST_DEPTH => true,
            Some(ExprKind::And(of)) => {
                of.iter().all(|e| !self.reading.truth(*e, row).is_false() || self.can_turn(*e, row, depth + 1))
            }
            Some(ExprKind::Or(of)) => of.iter().any(|e| self.can_turn(*e, row, depth + 1)),
            _ => !self.of_expr(condition, row).is_empty(),
        }
    }
}

/// What an aggregate reads in each row.
pub(super) fn parts_of(aggregate: &Aggregate) -> Vec<ExprId> {
    let mut parts: Vec<ExprId> = aggregate.value.into_iter().collect();
    parts.extend(aggregate.share_of);
    parts.extend(aggregate.weight);
    parts.extend(aggregate.filter);
    parts.extend(aggregate.suppressing);
    parts.extend(&aggregate.distinct);
    if let AggregateTo::Strata { keys, .. } = &aggregate.to {
        parts.extend(keys);
    }
    parts
}

/// The normalised values of a part of an index.
pub(super) fn components_of(part: &IndexPart) -> Vec<ExprId> {
    match part {
        IndexPart::Component(component) => vec![component.normalised],
        IndexPart::Block { components, .. } => components.iter().map(|component| component.normalised).collect(),
    }
}

/// Whether a value is not known; what cannot exist is not unknown.
pub(super) fn is_lacking(value: &Value) -> bool {
    match value {
        Value::Absent(reasons) | Value::Between(_, reasons) => *reasons != Reasons::NOT_APPLICABLE,
        Value::Truth(truth) => truth.is_unknown() && truth.reasons() != Reasons::NOT_APPLICABLE,
        _ => false,
    }
}
