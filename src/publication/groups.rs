//! Means, sums and scales over many rows: they give a masked value back unless enough values beside it are masked too.
//!
//! Steps that read a column in common are looked at together. Within rows that lie in the same groups of all of them as many
//! must be masked as there are numbers shown of them, and one more; rows are masked until there are, or nothing is shown.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::order;
use super::spread::hide;
use super::{Finished, Mask, Masks, SHARED};
use crate::decision::{Facts, StepId};
use crate::evaluate::trace::{self, Grouped};
use crate::model::expr::AggregateFunction;
use crate::plan::{Method, StepKind, Target};
use crate::schema::{ColumnId, TableId};
use crate::value::Value;

/// The columns of the data that a value is read from.
type Sources = BTreeSet<(TableId, ColumnId)>;

/// One step over many rows.
#[derive(Debug)]
pub(super) struct Group {
    grouped: Grouped,
    /// The value of a row.
    value: Option<StepId>,
    weight: Option<StepId>,
    /// What decides whether a row goes in.
    others: Vec<StepId>,
    kind: Shows,
    sources: Sources,
}

/// What the step tells of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// So many numbers that all rows go into.
    Numbers(usize),
    /// The lowest or highest value, or both.
    Ends { low: bool, high: bool },
    /// Values of single rows, or places between them.
    Rows,
    /// A cut-off and places.
    Cut,
    /// One number per row of another table, shown only where no row of its is masked.
    Parents,
}

#[derive(Debug, Default)]
pub(super) struct Groups {
    steps: BTreeMap<StepId, Group>,
}

impl Group {
    pub(super) fn group(&self, row: usize) -> Option<u32> {
        self.grouped.of_row.get(row).copied().filter(|group| *group != u32::MAX)
    }

    /// What is masked of a row that goes in, or may.
    pub(super) fn bits(&self, steps: &[Mask], row: usize) -> u8 {
        let at = |id: &StepId| steps.get(id.index()).map_or(0, |mask| mask.at(row));
        let others = self.others.iter().fold(0, |bits, id| bits | at(id));
        let counts = self.grouped.counts.get(row).copied().unwrap_or(false);
        let values = self.value.iter().chain(&self.weight);
        others | if counts { values.fold(0, |bits, id| bits | at(id)) } else { 0 }
    }

    /// The masked rows that go in, with their groups.
    pub(super) fn involved(&self, steps: &[Mask]) -> Vec<(usize, u32)> {
        let clear = |id: &StepId| steps.get(id.index()).is_none_or(|mask| *mask == Mask::Nothing);
        if self.value.iter().chain(&self.weight).chain(&self.others).all(clear) {
            return Vec::new();
        }
        let rows = 0..self.grouped.of_row.len();
        rows.filter_map(|row| Some((row, self.group(row)?))).filter(|(row, _)| self.bits(steps, *row) != 0).collect()
    }

    pub(super) fn rows_of(&self, group: u32) -> Vec<usize> {
        let rows = self.grouped.of_row.iter().zip(&self.grouped.counts).enumerate();
        rows.filter(|(_, (of, counts))| **of == group && **counts).map(|(row, _)| row).collect()
    }
}

impl Groups {
    pub(super) fn of(finished: &Finished<'_>) -> Groups {
        let mut sources: Vec<Sources> = Vec::new();
        let mut steps = BTreeMap::new();
        for (at, step) in finished.plan.steps.iter().enumerate() {
            let id = StepId::from_index(at);
            let mut own: Sources = super::cells::column(&step.kind).into_iter().collect();
            for input in step.kind.inputs() {
                own.extend(sources.get(input.index()).into_iter().flatten().copied());
            }
            sources.push(own);
            let (value, weight, others, kind) = match &step.kind {
                StepKind::Aggregate(a) => {
                    let others = [a.filter, a.share_of, a.suppressing].into_iter().flatten();
                    let others = others.chain(a.distinct.iter().copied()).collect::<Vec<_>>();
                    let kind = match (&a.to, a.function) {
                        (Target::Parent { .. }, _) => Shows::Parents,
                        (_, AggregateFunction::Minimum) => Shows::Ends { low: true, high: false },
                        (_, AggregateFunction::Maximum) => Shows::Ends { low: false, high: true },
                        (
                            _,
                            AggregateFunction::Mean
                            | AggregateFunction::Sum
                            | AggregateFunction::Count
                            | AggregateFunction::Share,
                        ) => Shows::Numbers(1),
                        _ => Shows::Rows,
                    };
                    (a.value, a.weight, others, kind)
                }
                StepKind::Normalise(n) => {
                    let kind = match n.method {
                        Method::Standard => Shows::Numbers(2),
                        Method::MinMax => Shows::Ends { low: true, high: true },
                        Method::RankShare => Shows::Rows,
                        Method::FixedMinMax(..) | Method::PercentOf(_) | Method::Plain => continue,
                    };
                    (Some(n.value), None, Vec::new(), kind)
                }
                StepKind::Cut(cut) => (Some(cut.value), None, Vec::new(), Shows::Cut),
                _ => continue,
            };
            let found = trace::grouped(finished.rules, finished.plan, finished.dataset, finished.run, id);
            if let Some(grouped) = found {
                let sources = sources.last().cloned().unwrap_or_default();
                steps.insert(id, Group { grouped, value, weight, others, kind, sources });
            }
        }
        Groups { steps }
    }

    pub(super) fn of_step(&self, id: StepId) -> Option<&Group> {
        self.steps.get(&id)
    }

    /// Masks what would give a masked value back. Whether anything was masked.
    pub(super) fn protect(&self, finished: &Finished<'_>, masks: &mut Masks) -> bool {
        let mut more = false;
        for (id, group) in &self.steps {
            more |= match group.kind {
                Shows::Numbers(_) | Shows::Parents => false,
                Shows::Rows => hide_groups(masks, *id, group, |_, _| true),
                Shows::Ends { low, high } => self.ends(finished, masks, *id, group, (low, high)),
                Shows::Cut => self.cut(finished, masks, *id, group),
            };
            // what many rows have in common cannot be protected by other rows
            if matches!(group.kind, Shows::Numbers(_)) {
                let bits: Vec<u8> = (0..group.grouped.of_row.len()).map(|row| group.bits(&masks.steps, row)).collect();
                more |= hide_groups(masks, *id, group, |row, _| bits.get(row).is_some_and(|b| b & SHARED != 0));
            }
        }
        more | self.sums(finished, masks)
    }

    /// An end that a masked row stands on.
    fn ends(
        &self,
        finished: &Finished<'_>,
        masks: &mut Masks,
        id: StepId,
        group: &Group,
        (low, high): (bool, bool),
    ) -> bool {
        let value = |row: usize| {
            let column = group.value.and_then(|id| finished.run.columns.get(id.index()));
            match column.map(|column| trace::read(column, row)) {
                Some(Value::Number(number)) => Some(number),
                _ => None,
            }
        };
        if group.involved(&masks.steps).is_empty() {
            return false;
        }
        let mut ends = BTreeMap::new();
        for (row, counts) in group.grouped.counts.iter().enumerate().filter(|(_, counts)| **counts) {
            if let (true, Some(of), Some(number)) = (*counts, group.group(row), value(row)) {
                let (least, most) = ends.entry(of).or_insert_with(|| (number.clone(), number.clone()));
                if number < *least {
                    *least = number.clone();
                }
                if number > *most {
                    *most = number;
                }
            }
        }
        hide_groups(masks, id, group, |row, of| {
            let end = ends.get(&of).zip(value(row));
            end.is_none_or(|((least, most), own)| (low && own == *least) || (high && own == *most))
        })
    }

    /// Places are not shown where a ranked row is masked; the cut-off is not where one stands on it.
    fn cut(&self, finished: &Finished<'_>, masks: &mut Masks, id: StepId, group: &Group) -> bool {
        let Some(Facts::Cut(facts)) = finished.run.facts.get(id.index()) else { return false };
        let mut more = false;
        for (row, of) in group.involved(&masks.steps) {
            more |= masks.placeless.insert((id, of));
            let cut_off =
                usize::try_from(of).ok().and_then(|of| facts.cuts.get(of)).and_then(|cut| cut.cut_off.clone());
            let own = group.value.and_then(|id| finished.run.columns.get(id.index()));
            let own = own.map(|column| trace::read(column, row));
            if cut_off.is_some_and(|cut_off| own == Some(Value::Number(cut_off))) {
                more |= masks.hidden.insert((id, of));
            }
        }
        more
    }

    fn sums(&self, finished: &Finished<'_>, masks: &mut Masks) -> bool {
        let mut more = false;
        for family in self.families() {
            // all that is shown of these values anywhere
            let numbers = |id: &StepId| match self.steps.get(id).map(|group| group.kind) {
                Some(Shows::Numbers(numbers)) => numbers,
                _ => 0,
            };
            let needed = 1 + family.iter().map(numbers).sum::<usize>();
            let tables: BTreeSet<TableId> =
                family.iter().filter_map(|id| Some(self.steps.get(id)?.grouped.table)).collect();
            for table in tables {
                let of_table = |id: &&StepId| self.steps.get(id).is_some_and(|group| group.grouped.table == table);
                let steps: Vec<StepId> = family.iter().filter(of_table).copied().collect();
                more |= self.cells(finished, masks, table, &steps, needed);
            }
        }
        more
    }

    /// Steps that show numbers of values from the same columns.
    fn families(&self) -> Vec<Vec<StepId>> {
        let mut families: Vec<(Sources, Vec<StepId>)> = Vec::new();
        for (id, group) in self.steps.iter().filter(|(_, group)| matches!(group.kind, Shows::Numbers(_))) {
            let (mut sources, mut steps) = (group.sources.clone(), vec![*id]);
            families.retain(|(known, of)| {
                let apart = known.is_disjoint(&sources);
                if !apart {
                    sources.extend(known.iter().copied());
                    steps.extend(of.iter().copied());
                }
                apart
            });
            families.push((sources, steps));
        }
        families.into_iter().map(|(_, steps)| steps).collect()
    }

    /// Rows that lie in the same groups of all these steps: none of them is masked, or enough.
    fn cells(
        &self,
        finished: &Finished<'_>,
        masks: &mut Masks,
        table: TableId,
        steps: &[StepId],
        needed: usize,
    ) -> bool {
        let rows = finished.dataset.table(table).map_or(0, |t| t.rows);
        let groups: Vec<&Group> = steps.iter().filter_map(|id| self.steps.get(id)).collect();
        if groups.iter().all(|group| group.involved(&masks.steps).is_empty()) {
            return false;
        }
        let place = |row: usize| -> Vec<Option<u32>> { groups.iter().map(|group| group.group(row)).collect() };
        let mut cells: BTreeMap<Vec<Option<u32>>, Vec<usize>> = BTreeMap::new();
        (0..rows).for_each(|row| cells.entry(place(row)).or_default().push(row));
        let mut more = false;
        for (place, rows) in cells {
            for ((id, group), of) in steps.iter().zip(&groups).zip(&place) {
                let Some(of) = of.filter(|of| !masks.hidden.contains(&(*id, *of))) else { continue };
                let masked = rows.iter().filter(|row| group.bits(&masks.steps, **row) != 0).count();
                if masked == 0 || masked >= needed {
                    continue;
                }
                let clear = |row: &&usize| {
                    group.bits(&masks.steps, **row) == 0 && group.grouped.counts.get(**row) == Some(&true)
                };
                let mut others: Vec<usize> = rows.iter().filter(clear).copied().collect();
                if masked + others.len() < needed {
                    more |= masks.hidden.insert((*id, of));
                    continue;
                }
                others.sort_by_cached_key(|row| order(finished, table, *row));
                let mut left = needed - masked;
                for row in others {
                    if left == 0 {
                        break;
                    }
                    let inputs = group.value.iter().chain(&group.weight).chain(&group.others);
                    let mut hidden = false;
                    for input in inputs {
                        hidden |= hide(finished, masks, self, *input, row);
                    }
                    left -= usize::from(hidden);
                    more |= hidden;
                }
                if left > 0 {
                    more |= masks.hidden.insert((*id, of));
                }
            }
        }
        more
    }
}

/// Hides the groups in which a masked row is such a one.
fn hide_groups(masks: &mut Masks, id: StepId, group: &Group, wanted: impl Fn(usize, u32) -> bool) -> bool {
    let mut more = false;
    for (row, of) in group.involved(&masks.steps) {
        if wanted(row, of) {
            more |= masks.hidden.insert((id, of));
        }
    }
    more
}
