//! What would have to be different: for each criterion the smallest change of one of the school's own cells that turns its
//! verdict, and the value that it is decided by with the schools that would come in and go out.
//!
//! Nothing is guessed from the formula: every answer is read off the same evaluation, done again on changed data.

use std::sync::Arc;

use rayon::prelude::*;

use super::condition::{Detail, InputCell, Node, RankTrace, Scope};
use super::explanation::{CriterionExplanation, Explanation, School};
use super::reading::Reading;
use crate::data::dataset::{Column, Dataset, Values};
use crate::decision::{RowColumn, Run, StepColumn, StepId, Verdict};
use crate::evaluate::again::{Change, again};
use crate::model::expr::{CompareOp, Grain};
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::plan::Plan;
use crate::value::{Truth, Type, Unit, Value};

/// Cells tried for one criterion.
const MOST_CELLS: usize = 200;
/// Cells named for one criterion.
const MOST_NAMED: usize = 3;
/// With more rows than this in all tables together cells are not tried one by one.
const MOST_ROWS: usize = 2_000_000;
/// "More than" is tried with one part in this many more.
const JUST_BEYOND: i128 = 1_000_000_000;
/// Schools named that come in or go out.
const MOST_SCHOOLS: usize = 5;

/// The answers for one school.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub criteria: Vec<CriterionChanges>,
}

#[derive(Debug, Clone)]
pub struct CriterionChanges {
    pub criterion: CriterionId,
    pub verdict: Verdict,
    /// The values that decide: what each would have to be, everything else as it is.
    pub values: Vec<ValueChange>,
    /// Cells of which one changed value turns the verdict, the relatively smallest change first.
    pub cells: Vec<CellChange>,
    /// For an undetermined criterion: what single missing cells would settle.
    pub missing: Vec<MissingCell>,
    /// Cells tried; `None`: not tried, there is too much data.
    pub tried: Option<usize>,
}

/// A value that a comparison or a ranking is about.
#[derive(Debug, Clone)]
pub struct ValueChange {
    /// The node of the value.
    pub value: Node,
    /// `value operator bound` turns the criterion.
    pub operator: CompareOp,
    pub bound: Number,
    pub bound_type: Type,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct CellChange {
    pub cell: InputCell,
    pub to: Value,
    pub outcome: Outcome,
}

/// What a change leads to.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub criterion: Verdict,
    pub category: Verdict,
    /// The category is another one than now.
    pub category_turns: bool,
    /// Other schools for which the criterion becomes met, and for which it is no longer met.
    pub entering: Others,
    pub leaving: Others,
}

/// Schools, the first few by name.
#[derive(Debug, Clone, Default)]
pub struct Others {
    pub count: usize,
    pub named: Vec<School>,
}

/// A missing cell and what its value would decide, all other missing cells staying missing.
#[derive(Debug, Clone)]
pub struct MissingCell {
    pub cell: InputCell,
    pub settles: Settles,
}

#[derive(Debug, Clone)]
pub enum Settles {
    /// The criterion stays undetermined whatever stands in this cell: other cells are missing as well.
    Nothing,
    /// The verdict for any possible value.
    Whatever(Verdict),
    /// `low_verdict` up to and with `up_to`, `high_verdict` above.
    Split { low_verdict: Verdict, up_to: Number, high_verdict: Verdict },
    /// The cell holds no number.
    NoNumber,
}

/// What would turn the criteria of one school. `explanation`: of the same school.
pub fn changes(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, explanation: &Explanation) -> Changes {
    let search = Search { reading: Reading { rules, plan, data, run }, school: explanation.school.row };
    let judged = explanation.categories.iter().filter(|category| category.verdict != Verdict::NotJudged);
    let criteria = judged.flat_map(|category| category.criteria.iter().map(|c| (category.id, c)));
    Changes { criteria: criteria.filter_map(|(id, c)| search.criterion(id, c)).collect() }
}

#[derive(Clone, Copy)]
struct Search<'a> {
    reading: Reading<'a>,
    school: usize,
}

/// What is looked for.
struct Goal {
    category: CategoryId,
    criterion: CriterionId,
    turned: Verdict,
}

/// Data or steps that are otherwise than in the run.
struct Changed {
    data: Dataset,
    change: Change,
}

impl Search<'_> {
    fn criterion(&self, category: CategoryId, explained: &CriterionExplanation) -> Option<CriterionChanges> {
        let mut found = CriterionChanges {
            criterion: explained.id,
            verdict: explained.verdict,
            values: Vec::new(),
            cells: Vec::new(),
            missing: Vec::new(),
            tried: None,
        };
        let rows: usize = self.reading.data.tables.iter().map(|table| table.rows).sum();
        let affordable = rows <= MOST_ROWS;
        let turned = match explained.verdict {
            Verdict::Met => Verdict::NotMet,
            Verdict::NotMet => Verdict::Met,
            Verdict::Undetermined(_) => {
                if affordable {
                    let cells: Vec<&InputCell> = explained.missing.iter().take(MOST_CELLS).collect();
                    found.missing = cells.par_iter().map(|cell| self.missing(explained.id, cell)).collect();
                }
                return Some(found);
            }
            Verdict::NotApplicable | Verdict::NotJudged => return None,
        };
        let goal = Goal { category, criterion: explained.id, turned };
        let mut leaves = Vec::new();
        deciding(&explained.condition, &mut leaves);
        found.values = leaves.into_iter().filter_map(|leaf| self.value(&goal, leaf)).collect();
        if affordable {
            let mut cells = Vec::new();
            own_cells(&self.reading, &explained.condition, self.school, &mut cells);
            cells.truncate(MOST_CELLS);
            found.tried = Some(cells.len());
            let mut turning: Vec<(Number, CellChange)> =
                cells.par_iter().filter_map(|cell| self.cell(&goal, cell)).collect();
            turning.sort_by(|a, b| a.0.cmp(&b.0));
            found.cells = turning.into_iter().map(|(_, change)| change).take(MOST_NAMED).collect();
        }
        Some(found)
    }

    /// The smallest change of one cell that turns the criterion, with its size as a part of the possible range.
    fn cell(&self, goal: &Goal, cell: &InputCell) -> Option<(Number, CellChange)> {
        let done = |to: Value, size: Number| {
            let outcome = self.outcome(goal, &self.with(cell, &to)?)?;
            Some((size, CellChange { cell: cell.clone(), to, outcome }))
        };
        let turns = |to: &Value| {
            self.with(cell, to).and_then(|changed| self.verdict(&changed, goal.criterion)) == Some(goal.turned)
        };
        if let Value::Truth(truth) = &cell.value {
            let to = Value::Truth(truth.negate());
            return turns(&to).then(|| done(to, Number::one()))?;
        }
        let domain = Domain::of(&self.reading, cell)?;
        let Value::Number(now) = &cell.value else { return None };
        let now = now.divide(&domain.step)?.to_integer()?;
        let turns_at = |at: i64| turns(&domain.value(at));
        let ends = [domain.low, domain.high].into_iter().filter(|end| *end != now && turns_at(*end));
        let nearest = ends.map(|end| nearest_turning(now, end, &turns_at)).min_by_key(|at| at.abs_diff(now))?;
        let size = Number::from_integer(nearest - now).absolute();
        done(domain.value(nearest), size.divide(&Number::from_integer(domain.high - domain.low))?)
    }

    fn missing(&self, criterion: CriterionId, cell: &InputCell) -> MissingCell {
        let verdict = |domain: &Domain, at: i64| {
            let verdict = self.with(cell, &domain.value(at)).and_then(|changed| self.verdict(&changed, criterion));
            verdict.filter(|verdict| matches!(verdict, Verdict::Met | Verdict::NotMet))
        };
        let settles = match Domain::of(&self.reading, cell) {
            None => Settles::NoNumber,
            Some(domain) => match (verdict(&domain, domain.low), verdict(&domain, domain.high)) {
                (Some(low), Some(high)) if low == high => Settles::Whatever(low),
                (Some(low_verdict), Some(high_verdict)) => {
                    let turns = |at: i64| verdict(&domain, at) != Some(low_verdict);
                    let first = nearest_turning(domain.low, domain.high, &turns);
                    let up_to = domain.step.multiply(&Number::from_integer(first - 1));
                    Settles::Split { low_verdict, up_to, high_verdict }
                }
                _ => Settles::Nothing,
            },
        };
        MissingCell { cell: cell.clone(), settles }
    }

    /// What a value that is compared or ranked would have to be.
    fn value(&self, goal: &Goal, leaf: &Node) -> Option<ValueChange> {
        let holds = match leaf.value {
            Value::Truth(truth) if !truth.is_unknown() => truth.is_true(),
            _ => return None,
        };
        match &leaf.detail {
            Detail::Compare(comparison) => {
                let [left, right] = leaf.children.as_slice() else { return None };
                let (Value::Number(a), Value::Number(b)) = (&comparison.left, &comparison.right) else { return None };
                let operator = if holds { comparison.operator.opposite() } else { comparison.operator };
                let on_right = self.is_constant(left) && !self.is_constant(right);
                let (value, operator, bound, of) =
                    if on_right { (right, operator.turned(), a, left) } else { (left, operator, b, right) };
                let turned = self.truth_column(leaf, Truth::from_bool(!holds))?;
                let outcome = self.outcome(goal, &self.steps(leaf, turned)?)?;
                (outcome.criterion == goal.turned).then(|| ValueChange {
                    value: value.clone(),
                    operator,
                    bound: bound.clone(),
                    bound_type: of.ty.clone(),
                    outcome,
                })
            }
            Detail::Rank(trace) => self.rank(goal, leaf, trace, holds != trace.negated),
            _ => None,
        }
    }

    /// The value with which the school would pass the cut, and who would come in or go out with that.
    fn rank(&self, goal: &Goal, leaf: &Node, trace: &RankTrace, selected: bool) -> Option<ValueChange> {
        let Value::Number(_) = trace.value else { return None };
        let value = leaf.children.first()?;
        // the last value on the other side of the cut, and the next one beyond it
        let beyond: Vec<&Number> = if selected {
            trace.first_outside.iter().map(|n| &n.value).collect()
        } else {
            trace.last_inside.iter().rev().map(|n| &n.value).collect()
        };
        let edge = *beyond.first()?;
        let upwards = selected != trace.highest;
        // just beyond, so that nothing else is passed on the way
        let next = beyond.iter().find(|value| **value != edge);
        let step = Number::ratio(1, JUST_BEYOND)?;
        let half = next.map(|next| next.subtract(edge).absolute()).and_then(|way| way.divide(&Number::from_integer(2)));
        let step = half.filter(|half| *half < step).unwrap_or(step);
        let passed = if upwards { edge.add(&step) } else { edge.subtract(&step) };
        let inclusive = if upwards { CompareOp::AtLeast } else { CompareOp::AtMost };
        let strict = if upwards { CompareOp::More } else { CompareOp::Less };
        [(inclusive, edge), (strict, &passed)].into_iter().find_map(|(operator, to)| {
            let outcome = self.outcome(goal, &self.steps(value, self.number_column(value, to)?)?)?;
            (outcome.criterion == goal.turned).then(|| ValueChange {
                value: value.clone(),
                operator,
                bound: edge.clone(),
                bound_type: value.ty.clone(),
                outcome,
            })
        })
    }

    fn is_constant(&self, node: &Node) -> bool {
        self.reading.expr(node.expr).is_some_and(|expr| expr.grain == Grain::Constant)
    }

    fn step_of(&self, node: &Node) -> Option<StepId> {
        self.reading.plan.of_expr.get(node.expr.index()).copied()
    }

    fn truth_column(&self, node: &Node, truth: Truth) -> Option<StepColumn> {
        match self.reading.column(node.expr)? {
            StepColumn::Rows(RowColumn::Truths(truths)) => {
                let mut truths = truths.as_ref().clone();
                *truths.get_mut(self.school)? = truth.0;
                Some(StepColumn::Rows(RowColumn::Truths(Arc::new(truths))))
            }
            _ => None,
        }
    }

    fn number_column(&self, node: &Node, number: &Number) -> Option<StepColumn> {
        match self.reading.column(node.expr)? {
            StepColumn::Rows(RowColumn::Numbers { values, absent }) => Some(StepColumn::Rows(RowColumn::Numbers {
                values: values.with(self.school, number),
                absent: absent.clone(),
            })),
            _ => None,
        }
    }

    fn steps(&self, node: &Node, column: StepColumn) -> Option<Changed> {
        let change = Change { columns: Vec::new(), steps: vec![(self.step_of(node)?, column)] };
        Some(Changed { data: self.reading.data.clone(), change })
    }

    fn with(&self, cell: &InputCell, value: &Value) -> Option<Changed> {
        let data = self.reading.data.with(cell.table, cell.column, cell.row, value)?;
        Some(Changed { data, change: Change { columns: vec![(cell.table, cell.column)], steps: Vec::new() } })
    }

    fn again(&self, changed: &Changed, wanted: &[StepId]) -> Run {
        let Reading { rules, plan, run, .. } = self.reading;
        again(rules, plan, &changed.data, run, &changed.change, wanted)
    }

    fn verdict(&self, changed: &Changed, criterion: CriterionId) -> Option<Verdict> {
        let step = *self.reading.plan.criteria.get(criterion.index())?;
        self.again(changed, &[step]).criterion(criterion, self.school)
    }

    fn outcome(&self, goal: &Goal, changed: &Changed) -> Option<Outcome> {
        let plan = self.reading.plan;
        let wanted = [plan.criteria.get(goal.criterion.index()), plan.categories.get(goal.category.index())];
        let wanted: Vec<StepId> = wanted.into_iter().flatten().copied().collect();
        let run = self.again(changed, &wanted);
        let before = self.reading.run.criteria.get(goal.criterion.index())?;
        let after = run.criteria.get(goal.criterion.index())?;
        let others = |wanted: fn(Verdict, Verdict) -> bool| {
            let pairs = before.iter().zip(after.iter()).enumerate();
            let rows: Vec<usize> = pairs
                .filter(|(row, (before, after))| *row != self.school && wanted(**before, **after))
                .map(|(row, _)| row)
                .collect();
            let named = rows.iter().take(MOST_SCHOOLS).map(|row| self.reading.school(*row)).collect();
            Others { count: rows.len(), named }
        };
        Some(Outcome {
            criterion: run.criterion(goal.criterion, self.school)?,
            category: run.category(goal.category, self.school)?,
            category_turns: run.category(goal.category, self.school)
                != self.reading.run.category(goal.category, self.school),
            entering: others(|before, after| !before.is_met() && after.is_met()),
            leaving: others(|before, after| before.is_met() && !after.is_met()),
        })
    }
}

/// The values that a cell can have: `step · k` for every whole `k` from `low` to `high`.
pub(super) struct Domain {
    pub step: Number,
    pub low: i64,
    pub high: i64,
}

impl Domain {
    /// As many digits as the column has; percentages from 0 to 100, marks from 2 to 5, other values as far as those of the
    /// column on the same scale go, and from 0 where none is below. `None`: no numbers, or years.
    pub fn of(reading: &Reading<'_>, cell: &InputCell) -> Option<Domain> {
        let column = reading.data.column(cell.table, cell.column)?;
        let scales = &reading.rules.schema.column(cell.table, cell.column)?.scale_by;
        let scales: Vec<&Column> = scales.iter().filter_map(|s| reading.data.column(cell.table, *s)).collect();
        let own: Vec<Value> = scales.iter().map(|scale| scale.value(cell.row)).collect();
        let same_scale = |row: usize| scales.iter().zip(&own).all(|(scale, own)| scale.value(row) == *own);
        let (Values::Numbers(NumberColumn::Shared { values, denominator }), Type::Number(unit)) =
            (&column.values, &cell.ty)
        else {
            return None;
        };
        let rows = (0..values.len()).filter(|row| column.absence(*row).is_none() && same_scale(*row));
        let present = rows.filter_map(|row| values.get(row));
        let (least, most) = present.fold((i64::MAX, i64::MIN), |(a, b), value| (a.min(value), b.max(value)));
        if least > most {
            return None;
        }
        let (low, high) = match unit {
            Unit::Year => return None,
            Unit::Percent => (least.min(0), most.max(*denominator)),
            Unit::Mark => (least.min(denominator.checked_mul(2)?), most.max(denominator.checked_mul(5)?)),
            _ => (least.min(0), most),
        };
        (low < high).then_some(Domain { step: Number::ratio(1, i128::from(*denominator))?, low, high })
    }

    pub fn value(&self, at: i64) -> Value {
        Value::Number(self.step.multiply(&Number::from_integer(at)))
    }
}

/// The place nearest to `now` that turns, on the way to `end`, which turns: found by halving, so the first of several.
fn nearest_turning(now: i64, end: i64, turns: &dyn Fn(i64) -> bool) -> i64 {
    let (mut stays, mut turned) = (now, end);
    while turned.abs_diff(stays) > 1 {
        let middle = stays + (turned - stays) / 2;
        if turns(middle) {
            turned = middle;
        } else {
            stays = middle;
        }
    }
    turned
}

/// The comparisons and rankings that a condition is made of.
fn deciding<'a>(node: &'a Node, found: &mut Vec<&'a Node>) {
    match &node.detail {
        Detail::Compare(_) | Detail::Rank(_) => found.push(node),
        Detail::And | Detail::Or | Detail::Not | Detail::Quantified(_) | Detail::Years { .. } => {
            node.children.iter().for_each(|child| deciding(child, found));
        }
        Detail::AbsentWhen { .. } => node.children.iter().take(1).for_each(|child| deciding(child, found)),
        _ => {}
    }
}

/// The cells of numbers and truths that a value was or could be made from, each once: those of the row itself, of the
/// rows that belong to it and of those it links to.
fn own_cells(reading: &Reading<'_>, node: &Node, row: usize, found: &mut Vec<InputCell>) {
    let mut add = |cell: &InputCell| {
        let usable = matches!(cell.value, Value::Number(_) | Value::Truth(_)) && cell.ty != Type::Number(Unit::Year);
        let same = |known: &InputCell| (known.table, known.column, known.row) == (cell.table, cell.column, cell.row);
        if usable && !found.iter().any(same) {
            found.push(cell.clone());
        }
    };
    let mut row = Some(row);
    match &node.detail {
        Detail::Cell(cell) => add(cell),
        Detail::Aggregate(trace) if trace.scope == Scope::School => {
            row.map(|row| reading.cells_that_count(node.expr, row)).iter().flatten().for_each(add);
        }
        Detail::Follow(link) => row = link.row,
        _ => {}
    }
    if let Some(row) = row {
        node.children.iter().for_each(|child| own_cells(reading, child, row, found));
    }
}
