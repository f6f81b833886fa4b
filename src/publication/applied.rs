//! The data and the run without what is masked: every report is made from them.

use std::sync::Arc;

use super::{Mask, Masks};
use crate::data::dataset::{Column, Dataset};
use crate::decision::{Facts, RowColumn, Run, StepColumn, StepId};
use crate::plan::Plan;
use crate::value::{Reasons, Type, Value};

/// Marks of absence with one more for each masked row that has a value.
fn marked(absent: &Option<Arc<Vec<u8>>>, rows: usize, masked: impl Fn(usize) -> bool) -> Option<Arc<Vec<u8>>> {
    let mut marks = absent.as_ref().map_or_else(|| vec![0; rows], |absent| absent.as_ref().clone());
    for (row, mark) in marks.iter_mut().enumerate() {
        if *mark == 0 && masked(row) {
            *mark = Reasons::MASKED.0;
        }
    }
    Some(Arc::new(marks))
}

impl Masks {
    /// The data and the run as they may be shown.
    pub fn applied(&self, plan: &Plan, dataset: &Dataset, run: &Run) -> (Dataset, Run) {
        let mut public = dataset.clone();
        for ((table, column), marks) in &self.cells {
            let slot = usize::try_from(table.0).ok().and_then(|at| public.tables.get_mut(at));
            let Some(slot) = slot else { continue };
            let rows = slot.rows;
            let column = usize::try_from(column.0).ok().and_then(|at| slot.columns.get_mut(at));
            if let Some(Some(column)) = column {
                column.absent = marked(&column.absent, rows, |row| marks.get(row) == Some(&true));
            }
        }
        let mut shown = run.clone();
        shown.minimum_cohort = Some(self.minimum);
        for (at, (column, mask)) in shown.columns.iter_mut().zip(&self.steps).enumerate() {
            let id = StepId::from_index(at);
            let truth = plan.step(id).is_some_and(|step| step.ty == Type::YesNo);
            if *mask != Mask::Nothing && !truth {
                hide(column, mask);
                if let Some(open) = shown.open.get_mut(&id) {
                    let open = Arc::make_mut(open);
                    open.rows.iter_mut().enumerate().filter(|(row, _)| mask.at(*row) != 0).for_each(|(_, n)| *n = 0);
                }
            }
        }
        for (at, facts) in shown.facts.iter_mut().enumerate() {
            self.facts(StepId::from_index(at), facts);
        }
        (public, shown)
    }

    fn facts(&self, id: StepId, facts: &mut Facts) {
        let hidden = |group: usize| u32::try_from(group).is_ok_and(|group| self.hidden.contains(&(id, group)));
        match facts {
            Facts::Cut(facts) => {
                for (group, cut) in facts.cuts.iter_mut().enumerate() {
                    let placeless = u32::try_from(group).is_ok_and(|group| self.placeless.contains(&(id, group)));
                    // how many stand on the cut-off tells who does
                    if placeless {
                        (cut.tied_at_cut, cut.before_cut, cut.masked) = (0, 0, true);
                    }
                    if hidden(group) {
                        cut.cut_off = None;
                    }
                }
            }
            Facts::Scale(facts) => {
                for (group, scale) in facts.scales.iter_mut().enumerate() {
                    if hidden(group) {
                        (scale.mean, scale.deviation, scale.minimum, scale.maximum) = (None, None, None, None);
                    }
                }
            }
            Facts::Nothing | Facts::Rows(_) => {}
        }
    }
}

fn hide(column: &mut StepColumn, mask: &Mask) {
    let masked = |row: usize| mask.at(row) != 0;
    match column {
        StepColumn::Constant(Value::Truth(_) | Value::Absent(_)) => {}
        // one value for rows of which only some may show it
        StepColumn::Constant(value) => *value = Value::Absent(Reasons::MASKED),
        StepColumn::Dropped | StepColumn::Rows(RowColumn::Truths(_)) => {}
        StepColumn::Rows(RowColumn::Numbers { values, absent }) => *absent = marked(absent, values.len(), masked),
        StepColumn::Rows(RowColumn::Texts { values, absent }) => *absent = marked(absent, values.codes.len(), masked),
        StepColumn::Rows(RowColumn::Data(Column { absent, .. })) => {
            let rows = match mask {
                Mask::Rows(rows) => rows.len(),
                _ => absent.as_ref().map_or(0, |absent| absent.len()),
            };
            *absent = marked(absent, rows, masked);
        }
    }
}
