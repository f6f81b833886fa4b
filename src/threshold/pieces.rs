//! One value of every stretch evaluated: school by school where no school depends on another, as a whole otherwise; of one
//! comparison alone only the ends (`ends`).

use std::sync::Arc;

use rayon::prelude::*;

use super::critical::{self, Comparison, Lines, Quotas};
use super::curve;
use super::ends;
use super::reach::{Class, Reach, Source};
use super::{Basis, Change, Curve, Domain, Item, MOST_EVALUATIONS, Mark, Profile, Question, Refusal, State};
use crate::decision::{RowColumn, Run, StepColumn, StepId, Verdict};
use crate::evaluate::again::{self, again};
use crate::evaluate::repeated::repeated;
use crate::number::Number;
use crate::number::column::NumberColumn;
use crate::number::comparison::order_keys;
use crate::value::Value;

/// So many values are evaluated side by side.
const CHUNK: usize = 64;

/// The number changes nothing.
pub(super) fn unchanged(basis: &Basis<'_>, question: &Question, present: Number, domain: Domain) -> Profile {
    let curve = |item: &Item| Curve::new(*item, states(basis, basis.run, *item), std::iter::empty());
    asked(basis, question, present, domain, question.items.iter().map(curve).collect(), 0)
}

fn asked(
    basis: &Basis<'_>,
    question: &Question,
    present: Number,
    domain: Domain,
    curves: Vec<Curve>,
    evaluations: usize,
) -> Profile {
    let counts = |curve: &Curve| curve::counts(&states(basis, basis.run, curve.item));
    let limited = question.from.is_some() || question.to.is_some();
    Profile { present, domain, counts: curves.iter().map(counts).collect(), curves, limited, evaluations }
}

pub(super) fn evaluated(
    basis: &Basis<'_>,
    number: StepId,
    reach: &Reach,
    lines: &Lines,
    domain: Domain,
    question: &Question,
    present: Number,
) -> Result<Profile, Refusal> {
    let work = Work { basis, number, reach, lines, domain: &domain };
    let changing = |item: &Item| basis.step_of(*item).is_some_and(|step| reach.class(step) != Class::Free);
    let items: Vec<Item> = question.items.iter().copied().filter(changing).collect();
    let (found, evaluations) = match ends::curves(&work, &items) {
        Some(found) => (found, 0),
        None if reach.of_one_row => (work.by_school(&items), 0),
        None => work.as_a_whole(&items)?,
    };
    let mut found = found.into_iter();
    let curve = |item: &Item| {
        let own = if changing(item) { found.next() } else { None };
        own.unwrap_or_else(|| Curve::new(*item, states(basis, basis.run, *item), std::iter::empty()))
    };
    let curves = question.items.iter().map(curve).collect();
    Ok(asked(basis, question, present, domain, curves, evaluations))
}

/// Where a school stands by its verdict: decisions of people come before it.
fn state(basis: &Basis<'_>, item: Item, row: usize, verdict: Verdict) -> State {
    let decided = match item {
        Item::Category(id) => basis.run.registration(id, row).map(|decision| decision.includes),
        Item::Criterion(_) => None,
    };
    State { listed: decided.unwrap_or(verdict.is_met()), verdict }
}

pub(super) fn states(basis: &Basis<'_>, run: &Run, item: Item) -> Vec<State> {
    let verdicts = match item {
        Item::Category(id) => run.categories.get(id.index()),
        Item::Criterion(id) => run.criteria.get(id.index()),
    };
    let all = verdicts.into_iter().flat_map(|verdicts| verdicts.iter().enumerate());
    all.map(|(row, verdict)| state(basis, item, row, *verdict)).collect()
}

#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub basis: &'a Basis<'a>,
    pub number: StepId,
    pub reach: &'a Reach,
    pub lines: &'a Lines,
    pub domain: &'a Domain,
}

/// The stretches of every school, one after the other.
#[derive(Default)]
struct Stretches {
    /// The school of each stretch, ascending.
    rows: Vec<u32>,
    /// Where it begins; `None`: the first of its school.
    marks: Vec<Option<Mark>>,
    /// A value of it.
    values: Vec<Number>,
}

impl Work<'_> {
    /// Each school at its own breakpoints only: all stretches of all schools are rows of one evaluation.
    fn by_school(&self, items: &[Item]) -> Vec<Curve> {
        let basis = self.basis;
        let (stretches, quotas) = self.stretches();
        let mut given = vec![(
            self.number,
            StepColumn::Rows(RowColumn::Numbers {
                values: NumberColumn::from_borrowed(&stretches.values.iter().collect::<Vec<_>>()),
                absent: None,
            }),
        )];
        given.extend(quotas.iter().map(|(id, quotas)| (*id, self.selected(*id, quotas, &stretches))));
        let steps: Vec<StepId> = items.iter().filter_map(|item| basis.step_of(*item)).collect();
        let rules = (basis.rules, basis.plan, basis.data);
        let verdicts = repeated(rules, basis.run, &stretches.rows, given, &steps);
        let keys = keys(&stretches.marks);
        items.iter().zip(&verdicts).map(|(item, verdicts)| self.curve(*item, &stretches, verdicts, &keys)).collect()
    }

    fn stretches(&self) -> (Stretches, Vec<(StepId, Quotas)>) {
        let Work { basis, reach, lines, .. } = self;
        let (mut comparisons, mut quotas, mut everywhere) = (Vec::new(), Vec::new(), Vec::new());
        for (id, source) in reach.needed_sources() {
            match source {
                Source::Comparison => comparisons.extend(Comparison::new(basis, reach, lines, id)),
                Source::Quota => quotas.extend(Quotas::of(basis, reach, lines, id).map(|found| (id, found))),
                Source::Bound => everywhere.extend(critical::bounds(basis, id)),
            }
        }
        let school = |row: usize| {
            let mut marks = everywhere.clone();
            comparisons.iter().for_each(|comparison| comparison.marks(row, &mut marks));
            marks.extend(quotas.iter().filter_map(|(_, quotas)| quotas.marks.get(row).cloned().flatten()));
            let marks = self.shown(marks);
            let values = self.domain.values(&marks);
            (marks, values)
        };
        let schools: Vec<(Vec<Mark>, Vec<Number>)> =
            (0..basis.run.schools).into_par_iter().with_min_len(1 << 8).map(school).collect();
        let mut all = Stretches::default();
        for (row, (marks, values)) in schools.into_iter().enumerate() {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            all.rows.extend(values.iter().map(|_| row));
            all.values.extend(values);
            all.marks.extend(std::iter::once(None).chain(marks.into_iter().map(Some)));
        }
        (all, quotas)
    }

    /// The marks as they show among the values, ascending, each once.
    fn shown(&self, marks: Vec<Mark>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = marks.iter().filter_map(|mark| self.domain.mark(mark)).collect();
        marks.sort();
        marks.dedup();
        marks
    }

    /// A selection in every stretch: who has an entry by the quota, the others as they are now.
    fn selected(&self, id: StepId, quotas: &Quotas, stretches: &Stretches) -> StepColumn {
        let now = self.basis.run.columns.get(id.index());
        let truth = |(row, value): (&u32, &Number)| {
            let row = usize::try_from(*row).unwrap_or(usize::MAX);
            match (quotas.marks.get(row), now) {
                (Some(Some(_)), _) => u8::from(quotas.selects(row, value)),
                (_, Some(StepColumn::Rows(RowColumn::Truths(truths)))) => truths.get(row).copied().unwrap_or(0),
                (_, Some(StepColumn::Constant(Value::Absent(reasons)))) => crate::value::Truth::unknown(*reasons).0,
                _ => 0,
            }
        };
        let truths = stretches.rows.iter().zip(&stretches.values).map(truth).collect();
        StepColumn::Rows(RowColumn::Truths(Arc::new(truths)))
    }

    fn curve(&self, item: Item, stretches: &Stretches, verdicts: &[Verdict], keys: &[i64]) -> Curve {
        let mut first = Vec::with_capacity(self.basis.run.schools);
        let mut moves: Vec<(i64, &Mark, Change)> = Vec::new();
        let mut before: Option<State> = None;
        for (at, (row, mark)) in stretches.rows.iter().zip(&stretches.marks).enumerate() {
            let verdict = verdicts.get(at).copied().unwrap_or(Verdict::NotMet);
            let now = state(self.basis, item, usize::try_from(*row).unwrap_or(usize::MAX), verdict);
            match (mark, before) {
                (None, _) | (_, None) => first.push(now),
                (Some(mark), Some(from)) if from != now => {
                    let key = keys.get(at).copied().unwrap_or(0);
                    moves.push((key, mark, Change { row: *row, from, to: now }));
                }
                _ => {}
            }
            before = Some(now);
        }
        // within one mark the schools stay in the order of the data
        moves.sort_by_key(|(key, mark, _)| (*key, mark.side));
        Curve::new(item, first, moves.into_iter().map(|(_, mark, change)| (mark, change)))
    }

    /// Where every school stands by each item at a value: the rules as a whole. `steps`: those of the items.
    pub fn states_at(&self, value: &Number, items: &[Item], steps: &[StepId]) -> Vec<Vec<State>> {
        let basis = self.basis;
        let given = (self.number, StepColumn::Constant(Value::Number(value.clone())));
        let change = again::Change { columns: Vec::new(), steps: vec![given] };
        let run = again(basis.rules, basis.plan, basis.data, basis.run, &change, steps);
        items.iter().map(|item| states(basis, &run, *item)).collect()
    }

    /// The rules as a whole, once for each stretch.
    fn as_a_whole(&self, items: &[Item]) -> Result<(Vec<Curve>, usize), Refusal> {
        let basis = self.basis;
        let marks = self.shown(critical::all(basis, self.reach, self.lines));
        if marks.len() >= MOST_EVALUATIONS {
            return Err(Refusal::TooMany(marks.len() + 1));
        }
        let values = self.domain.values(&marks);
        let steps: Vec<StepId> = items.iter().filter_map(|item| basis.step_of(*item)).collect();
        let at = |value: &Number| self.states_at(value, items, &steps);
        let mut first: Vec<Vec<State>> = Vec::new();
        let mut before: Vec<Vec<State>> = Vec::new();
        let mut moves: Vec<Vec<(&Mark, Change)>> = vec![Vec::new(); items.len()];
        for (chunk, values) in values.chunks(CHUNK).enumerate() {
            let found: Vec<Vec<Vec<State>>> = values.par_iter().map(at).collect();
            for (offset, now) in found.into_iter().enumerate() {
                let mark = (chunk * CHUNK + offset).checked_sub(1).and_then(|at| marks.get(at));
                match mark {
                    None => first = now.clone(),
                    Some(mark) => {
                        for ((moves, before), now) in moves.iter_mut().zip(&before).zip(&now) {
                            let both = before.iter().zip(now).enumerate().filter(|(_, (from, to))| from != to);
                            let change = |(row, (from, to)): (usize, (&State, &State))| {
                                let row = u32::try_from(row).unwrap_or(u32::MAX);
                                (mark, Change { row, from: *from, to: *to })
                            };
                            moves.extend(both.map(change));
                        }
                    }
                }
                before = now;
            }
        }
        let curves = items.iter().zip(first).zip(moves);
        let curves = curves.map(|((item, first), moves)| Curve::new(*item, first, moves.into_iter()));
        Ok((curves.collect(), values.len()))
    }
}

/// Whole numbers in the order of the values of the marks.
fn keys(marks: &[Option<Mark>]) -> Vec<i64> {
    let zero = Number::zero();
    let values: Vec<&Number> = marks.iter().map(|mark| mark.as_ref().map_or(&zero, |mark| &mark.value)).collect();
    order_keys(&NumberColumn::from_borrowed(&values))
}
