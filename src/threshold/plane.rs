//! Which schools are on a list for every pair of values of two numbers of the rules: the exact partition of their plane.
//!
//! Where the breakpoints of one number do not depend on the other, they cut the plane into strips, and within a strip the rules
//! are rules of one number: the step function of the other number (`profile`) is found in each. So every cell of the grid is
//! read off an evaluation, and a list that is the same in neighbouring cells is one. What is held against both numbers at once
//! has breakpoints that are lines across the plane: refused (`Refusal::Together`), and so is a pair of numbers of which each
//! moves the breakpoints of the other (`Refusal::Entangled`). Knows no words.
//!
//! # Why no change is missed
//!
//! Both numbers are looked at in one plan. The sources of the first number (see the module above) change at values that depend on
//! the inputs of the sources alone; where these are free of the second number, the values are the same for all of its values.
//! Between two of them nothing that the first number reaches depends on which value it has, so one value of each strip stands for
//! all, and the step function that is exact for it is exact for the whole strip. The ends of the values that the rules allow must
//! not depend on the other number either: that is checked (`ends`). Both ends of one range are no such case: each is held against
//! the values alone, so nothing that the one end does depends on the other. Where the lower one is above the upper one nothing is
//! in the range; rules would be refused there, and the map says so (`Plane::crossing`).

use std::collections::HashMap;

use super::critical::{self, Lines};
use super::pieces::states;
use super::reach::{Class, Reach, Source, quota};
use super::subject::planned;
use super::{Basis, Curve, Domain, Interval, Item, MOST_EVALUATIONS, Mark, Prepared, Question, State, Subject, domain};
use crate::data::dataset::Dataset;
use crate::decision::{Run, StepColumn, StepId, Verdict};
use crate::evaluate::again::{Change, again};
use crate::location::SourceSpan;
use crate::model::RuleSet;
use crate::model::expr::{Expr, ExprId, ExprKind, Grain};
use crate::number::Number;
use crate::plan::{Plan, StepKind};
use crate::value::Value;

/// A grid of more cells than this is refused.
pub const MOST_CELLS: usize = 250_000;

/// Two numbers of the rules, and a plan in which each has a step of its own.
#[derive(Debug, Clone)]
pub struct Pair {
    pub subjects: [Subject; 2],
    pub plan: Plan,
    /// `None`: nothing uses it.
    pub steps: [Option<StepId>; 2],
}

impl Pair {
    /// `None`: both are the same number.
    pub fn new(rules: &RuleSet, first: Subject, second: Subject) -> Option<Pair> {
        if first.expr == second.expr {
            return None;
        }
        let (plan, steps) = planned(rules, &[&first, &second]);
        let step = |at: usize| steps.get(at).copied().flatten();
        Some(Pair { subjects: [first, second], steps: [step(0), step(1)], plan })
    }
}

/// What is asked for: whose lists, and the least and the greatest value of each number.
#[derive(Debug, Clone, Default)]
pub struct Window {
    pub items: Vec<Item>,
    pub ends: [(Option<Number>, Option<Number>); 2],
}

/// The answer: one map per list.
#[derive(Debug, Clone)]
pub struct Plane {
    pub present: [Number; 2],
    pub domains: [Domain; 2],
    pub maps: Vec<Map>,
    /// How often the rules were evaluated as a whole.
    pub evaluations: usize,
    /// The two numbers are the ends of one range.
    pub crossing: bool,
}

/// Why there is no exact answer; `usize`: which of the two numbers.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// One of the numbers alone has none.
    Single(usize, super::Refusal),
    /// Both numbers are held against something in one place.
    Together(SourceSpan),
    /// At the first place the second number moves the breakpoints of the first, at the second place it is the other way round.
    Entangled(SourceSpan, SourceSpan),
    /// The values that the rules allow for one number depend on the other.
    Ends(SourceSpan),
    TooManyCells(usize),
    TooManyEvaluations(usize),
}

/// The list of one category, or of one criterion, for every pair of values.
#[derive(Debug, Clone)]
pub struct Map {
    pub item: Item,
    /// Where the columns (of the first number) and the rows (of the second) begin, but for the first: ascending.
    pub marks: [Vec<Mark>; 2],
    /// Position in [`Map::lists`] of each cell, row by row.
    cells: Vec<u32>,
    pub lists: Vec<List>,
}

/// Who is on the list, and who is undetermined: a set of schools each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List {
    listed: Vec<u64>,
    open: Vec<u64>,
}

/// Cells that form a rectangle: columns and rows, first and last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rectangle {
    pub columns: (usize, usize),
    pub rows: (usize, usize),
}

fn bit(set: &[u64], at: usize) -> bool {
    set.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
}

fn put(set: &mut [u64], at: usize, value: bool) {
    if let Some(word) = set.get_mut(at / 64) {
        let mask = 1u64 << (at % 64);
        *word = if value { *word | mask } else { *word & !mask };
    }
}

fn count(set: &[u64]) -> usize {
    set.iter().map(|word| usize::try_from(word.count_ones()).unwrap_or(0)).sum()
}

fn members(set: &[u64]) -> impl Iterator<Item = usize> {
    (0..set.len() * 64).filter(|at| bit(set, *at))
}

impl List {
    fn of(states: &[State]) -> List {
        let empty = vec![0; states.len().div_ceil(64)];
        let mut list = List { listed: empty.clone(), open: empty };
        states.iter().enumerate().for_each(|(row, state)| list.set(row, *state));
        list
    }

    fn set(&mut self, row: usize, state: State) {
        put(&mut self.listed, row, state.listed);
        put(&mut self.open, row, matches!(state.verdict, Verdict::Undetermined(_)));
    }

    /// Rows of the schools on the list, ascending.
    pub fn listed(&self) -> impl Iterator<Item = usize> {
        members(&self.listed)
    }

    pub fn undetermined(&self) -> impl Iterator<Item = usize> {
        members(&self.open)
    }

    pub fn lists(&self, school: usize) -> bool {
        bit(&self.listed, school)
    }

    pub fn leaves_open(&self, school: usize) -> bool {
        bit(&self.open, school)
    }

    /// How many schools are on the list, and how many undetermined.
    pub fn counts(&self) -> (usize, usize) {
        (count(&self.listed), count(&self.open))
    }
}

impl Map {
    pub fn columns(&self) -> usize {
        self.marks[0].len() + 1
    }

    pub fn rows(&self) -> usize {
        self.marks[1].len() + 1
    }

    /// Which of [`Map::lists`] a cell has.
    pub fn list(&self, column: usize, row: usize) -> usize {
        let at = row * self.columns() + column;
        self.cells.get(at).and_then(|list| usize::try_from(*list).ok()).unwrap_or(usize::MAX)
    }

    pub fn counts(&self, column: usize, row: usize) -> (usize, usize) {
        self.lists.get(self.list(column, row)).map_or((0, 0), List::counts)
    }

    /// The column and the row that hold a pair of values.
    pub fn cell_at(&self, values: &[Number; 2]) -> (usize, usize) {
        let [first, second] = values;
        let [columns, rows] = &self.marks;
        let at = |marks: &[Mark], value: &Number| {
            let here = Mark::at(value.clone());
            marks.partition_point(|mark| *mark <= here)
        };
        (at(columns, first), at(rows, second))
    }

    /// The values of one number (0: of a column, 1: of a row) from a cell to another.
    pub fn interval(&self, axis: usize, (first, last): (usize, usize)) -> Interval {
        let marks: &[Mark] = self.marks.get(axis).map_or(&[], |marks| marks);
        let mark = |at: usize| marks.get(at).cloned();
        Interval { from: first.checked_sub(1).and_then(mark), to: mark(last) }
    }

    /// The cells whose list is wanted, as rectangles that do not overlap.
    pub fn rectangles(&self, wanted: impl Fn(usize, &List) -> bool) -> Vec<Rectangle> {
        let wanted: Vec<bool> = self.lists.iter().enumerate().map(|(at, list)| wanted(at, list)).collect();
        let inside = |column: usize, row: usize| wanted.get(self.list(column, row)).copied().unwrap_or(false);
        let mut done: Vec<Rectangle> = Vec::new();
        let mut open: Vec<Rectangle> = Vec::new();
        for row in 0..self.rows() {
            let mut next: Vec<Rectangle> = Vec::new();
            let mut begun: Option<usize> = None;
            for column in 0..=self.columns() {
                match (begun, column < self.columns() && inside(column, row)) {
                    (None, true) => begun = Some(column),
                    (Some(first), false) => {
                        let run = (first, column - 1);
                        let from = open.iter().find(|above| above.columns == run).map_or(row, |above| above.rows.0);
                        next.push(Rectangle { columns: run, rows: (from, row) });
                        begun = None;
                    }
                    _ => {}
                }
            }
            done.extend(open.into_iter().filter(|above| !next.iter().any(|below| below.columns == above.columns)));
            open = next;
        }
        done.extend(open);
        done.sort_by_key(|found| (found.rows, found.columns));
        done
    }

    /// The cells in which exactly so many schools are on the list.
    pub fn with_count(&self, count: usize) -> Vec<Rectangle> {
        self.rectangles(|_, list| list.counts().0 == count)
    }

    /// The numbers of schools next to one that no pair of values gives: the greatest below and the least above.
    pub fn counts_beside(&self, count: usize) -> (Option<usize>, Option<usize>) {
        let all = || self.lists.iter().map(|list| list.counts().0);
        (all().filter(|found| *found < count).max(), all().filter(|found| *found > count).min())
    }

    /// `strips`: per stretch of the number whose marks are given the step function of the other one. `across`: the strips are
    /// columns, not rows.
    fn new(item: Item, strip_marks: Vec<Mark>, strips: &[Curve], across: bool) -> Result<Map, usize> {
        let mut inner: Vec<Mark> =
            strips.iter().flat_map(|curve| curve.breakpoints.iter().map(|b| b.mark.clone())).collect();
        inner.sort();
        inner.dedup();
        let (width, height) = (inner.len() + 1, strips.len());
        let size = width.saturating_mul(height);
        if size > MOST_CELLS {
            return Err(size);
        }
        let mut known: HashMap<List, u32> = HashMap::new();
        let mut number = |list: &List| {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            known.get(list).copied().unwrap_or_else(|| *known.entry(list.clone()).or_insert(next))
        };
        // cell (inner, strip)
        let mut cells = Vec::with_capacity(size);
        for curve in strips {
            let mut list = List::of(&curve.first);
            let mut here = number(&list);
            let mut ahead = curve.breakpoints.iter().peekable();
            cells.push(here);
            for mark in &inner {
                if let Some(breakpoint) = ahead.next_if(|breakpoint| breakpoint.mark == *mark) {
                    for change in curve.changes_at(breakpoint) {
                        list.set(usize::try_from(change.row).unwrap_or(usize::MAX), change.to);
                    }
                    here = number(&list);
                }
                cells.push(here);
            }
        }
        let at = |cells: &[u32], inner: usize, strip: usize| cells.get(strip * width + inner).copied();
        // what is the same all along a mark is not parted by it
        let kept: Vec<usize> = std::iter::once(0)
            .chain((1..width).filter(|i| (0..height).any(|s| at(&cells, *i, s) != at(&cells, i - 1, s))))
            .collect();
        let strips_kept: Vec<usize> = std::iter::once(0)
            .chain((1..height).filter(|s| (0..width).any(|i| at(&cells, i, *s) != at(&cells, i, s - 1))))
            .collect();
        let chosen = |marks: &[Mark], kept: &[usize]| -> Vec<Mark> {
            kept.iter().filter_map(|at| marks.get(at.checked_sub(1)?)).cloned().collect()
        };
        let (inner, outer) = (chosen(&inner, &kept), chosen(&strip_marks, &strips_kept));
        let cell = |i: &usize, s: &usize| at(&cells, *i, *s).unwrap_or(0);
        let (marks, cells): ([Vec<Mark>; 2], Vec<u32>) = if across {
            let cells = kept.iter().flat_map(|i| strips_kept.iter().map(move |s| cell(i, s))).collect();
            ([outer, inner], cells)
        } else {
            let cells = strips_kept.iter().flat_map(|s| kept.iter().map(move |i| cell(i, s))).collect();
            ([inner, outer], cells)
        };
        let mut lists: Vec<(u32, List)> = known.into_iter().map(|(list, at)| (at, list)).collect();
        lists.sort_by_key(|(at, _)| *at);
        Ok(Map { item, marks, cells, lists: lists.into_iter().map(|(_, list)| list).collect() })
    }
}

/// The maps of two numbers over the plane of their values.
///
/// # Errors
/// The numbers are used in a way that has no exact answer, or too many evaluations or cells would be needed.
pub fn plane(
    rules: &RuleSet,
    data: &Dataset,
    pair: &Pair,
    run: &Run,
    window: &Window,
    told: &dyn Fn(usize, usize),
) -> Result<Plane, Refusal> {
    let basis = Basis { rules, plan: &pair.plan, data, run };
    let present = pair.subjects.each_ref().map(|subject| subject.present.clone());
    let wanted: Vec<StepId> = window.items.iter().filter_map(|item| basis.step_of(*item)).collect();
    let reach = |at: usize| {
        let step = pair.steps.get(at).copied().flatten();
        let reach = step.map(|step| Reach::of(&basis, step, &wanted)).transpose();
        reach.map_err(|refusal| Refusal::Single(at, refusal))
    };
    let reaches = [reach(0)?, reach(1)?];
    let mut crossing = Vec::new();
    if let [Some(a), Some(b)] = &reaches {
        together(&basis, a, b)?;
        ends(&basis, a, b)?;
        crossing = both_ends(&basis, a, b);
    }
    let [one, other] = reaches;
    let first = Axis::of(&basis, pair, 0, one, window, &crossing)?;
    let second = Axis::of(&basis, pair, 1, other, window, &crossing)?;
    let across = strips_are_columns(&basis, &first, &second)?;
    let (outer, inner) = if across { (&first, &second) } else { (&second, &first) };
    let values = outer.domain.values(&outer.marks);
    let (from, to) = inner.ends.clone();
    let question = Question { items: window.items.clone(), from, to, crossing };
    let mut strips: Vec<Vec<Curve>> = vec![Vec::with_capacity(values.len()); window.items.len()];
    let mut evaluations = 0usize;
    let mut inner_domain = inner.domain.clone();
    for (done, value) in values.iter().enumerate() {
        told(done, values.len());
        let moved = outer.step.map(|step| {
            let given = (step, StepColumn::Constant(Value::Number(value.clone())));
            again(rules, &pair.plan, data, run, &Change { columns: Vec::new(), steps: vec![given] }, &[])
        });
        let basis = Basis { run: moved.as_ref().unwrap_or(run), ..basis };
        let prepared = Prepared { subject: inner.subject.clone(), plan: Plan::default(), step: inner.step };
        let found =
            super::profile(&basis, &prepared, &question).map_err(|refusal| Refusal::Single(inner.at, refusal))?;
        evaluations += found.evaluations + 1;
        let foreseen = values.len().saturating_mul(found.evaluations + 1);
        if foreseen > MOST_EVALUATIONS {
            return Err(Refusal::TooManyEvaluations(foreseen));
        }
        inner_domain = found.domain;
        strips.iter_mut().zip(found.curves).for_each(|(strips, curve)| strips.push(curve));
    }
    told(values.len(), values.len());
    let map = |(item, strips): (&Item, &Vec<Curve>)| Map::new(*item, outer.marks.clone(), strips, across);
    let maps: Result<Vec<Map>, usize> = window.items.iter().zip(&strips).map(map).collect();
    let maps = maps.map_err(Refusal::TooManyCells)?;
    let domains = if across { [outer.domain.clone(), inner_domain] } else { [inner_domain, outer.domain.clone()] };
    Ok(Plane { present, domains, maps, evaluations, crossing: !question.crossing.is_empty() })
}

/// One of the two numbers, the other one as it is now.
struct Axis {
    at: usize,
    subject: Subject,
    step: Option<StepId>,
    /// `None`: nothing uses the number.
    reach: Option<Reach>,
    domain: Domain,
    ends: (Option<Number>, Option<Number>),
    marks: Vec<Mark>,
}

impl Axis {
    fn of(
        basis: &Basis<'_>,
        pair: &Pair,
        at: usize,
        reach: Option<Reach>,
        window: &Window,
        crossing: &[ExprId],
    ) -> Result<Axis, Refusal> {
        let [first, second] = &pair.subjects;
        let subject = if at == 0 { first } else { second }.clone();
        let step = pair.steps.get(at).copied().flatten();
        let ends = window.ends.get(at).cloned().unwrap_or_default();
        let single = |refusal| Refusal::Single(at, refusal);
        let (Some(step), Some(reach)) = (step, reach) else {
            let domain = Domain::between(ends.0.clone(), ends.1.clone(), false).map_err(single)?;
            return Ok(Axis { at, subject, step, reach: None, domain, ends, marks: Vec::new() });
        };
        let lines = Lines::of(basis, step, &reach);
        let (from, to) = ends.clone();
        let question = Question { items: window.items.clone(), from, to, crossing: crossing.to_vec() };
        let prepared = Prepared { subject: subject.clone(), plan: Plan::default(), step: Some(step) };
        let domain = domain::find(basis, &prepared, &reach, &lines, &question).map_err(single)?;
        let mut marks: Vec<Mark> =
            critical::all(basis, &reach, &lines).iter().filter_map(|mark| domain.mark(mark)).collect();
        marks.sort();
        marks.dedup();
        Ok(Axis { at, subject, step: Some(step), reach: Some(reach), domain, ends, marks })
    }

    /// Where the other number moves the breakpoints of this one.
    fn moved_by(&self, basis: &Basis<'_>, other: &Axis) -> Option<SourceSpan> {
        let (own, other) = (self.reach.as_ref()?, other.reach.as_ref()?);
        let moved = |(id, source): &(StepId, Source)| *source != Source::Bound && other.class(*id) != Class::Free;
        own.needed_sources().find(moved).map(|(id, _)| place(basis, id))
    }
}

fn place(basis: &Basis<'_>, id: StepId) -> SourceSpan {
    basis.plan.step(id).map_or_else(SourceSpan::default, |step| step.span)
}

/// Nothing that is asked for may be held against both numbers in one place.
fn together(basis: &Basis<'_>, a: &Reach, b: &Reach) -> Result<(), Refusal> {
    let shared = a.needed_sources().find(|(id, _)| b.needed_sources().any(|(other, _)| other == *id));
    shared.map_or(Ok(()), |(id, _)| Err(Refusal::Together(place(basis, id))))
}

/// The values that the rules allow for one number must not depend on the other: the share of a selection.
fn ends(basis: &Basis<'_>, a: &Reach, b: &Reach) -> Result<(), Refusal> {
    for (own, other) in [(a, b), (b, a)] {
        for (id, source) in &own.sources {
            if *source == Source::Quota
                && let Some(StepKind::Cut(cut)) = basis.plan.step(*id).map(|step| &step.kind)
                && other.class(quota(cut).0) != Class::Free
            {
                return Err(Refusal::Ends(place(basis, *id)));
            }
        }
    }
    Ok(())
}

/// Ranges of whose ends both numbers are part.
fn both_ends(basis: &Basis<'_>, a: &Reach, b: &Reach) -> Vec<ExprId> {
    let is_both = |expr: &Expr| {
        let ExprKind::Between { low, high, .. } = expr.kind else { return false };
        let ends = [low, high].map(|end| basis.plan.step_of(end));
        let one = |id: &StepId| basis.plan.step(*id).is_some_and(|step| step.grain == Grain::Constant);
        let ends: Vec<StepId> = ends.into_iter().flatten().filter(one).collect();
        let reached = |reach: &Reach| ends.iter().any(|id| reach.class(*id) != Class::Free);
        ends.len() == 2 && reached(a) && reached(b)
    };
    let all = basis.rules.exprs.iter().enumerate();
    all.filter(|(_, expr)| is_both(expr)).map(|(at, _)| ExprId::from_index(at)).collect()
}

/// Strips lie along the number whose breakpoints the other one does not move; of two such, along the one with fewer.
fn strips_are_columns(basis: &Basis<'_>, first: &Axis, second: &Axis) -> Result<bool, Refusal> {
    match (first.moved_by(basis, second), second.moved_by(basis, first)) {
        (None, None) => Ok(first.marks.len() <= second.marks.len()),
        (None, Some(_)) => Ok(true),
        (Some(_), None) => Ok(false),
        (Some(one), Some(other)) => Err(Refusal::Entangled(one, other)),
    }
}

/// Where every school stands by a whole run, as a list.
pub fn list_of(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, item: Item) -> List {
    List::of(&states(&Basis { rules, plan, data, run }, run, item))
}
