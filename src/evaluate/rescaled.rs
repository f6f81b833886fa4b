//! Values brought onto scales again after some of them changed: only the strata that hold a changed value are looked at.
//!
//! Gives what bringing all of them onto scales would give.

use super::frame::{Frame, Numbers, absence, number_rows, unite};
use super::normalise::scale;
use super::strata::Groups;
use crate::decision::{Facts, RowColumn, ScaleFacts, StepColumn};
use crate::number::Number;
use crate::plan::{Method, NormaliseStep, Step};

impl Frame<'_> {
    /// `before`: the same step on other values of the same rows, whose strata and population are the same, and what it
    /// gave. `None`: too much of it changed.
    pub fn rescaled(
        &self,
        normalise: &NormaliseStep,
        step: &Step,
        before: &Frame<'_>,
        given: (&StepColumn, &Facts),
    ) -> Option<(StepColumn, Facts)> {
        if !matches!(normalise.method, Method::Standard | Method::MinMax | Method::RankShare) {
            return None;
        }
        let (StepColumn::Rows(RowColumn::Numbers { values: known, .. }), Facts::Scale(facts)) = given else {
            return None;
        };
        let rows = self.rows(step);
        let (value, old) = (self.numbers(normalise.value), before.numbers(normalise.value));
        let changed = changed(&value, &old, rows)?;
        let groups = Groups { of_row: facts.strata.of_row.clone(), count: facts.scales.len() };
        let mut affected = vec![false; groups.count];
        for group in changed.iter().filter_map(|row| groups.get(*row)) {
            *affected.get_mut(group)? = true;
        }
        if affected.iter().filter(|affected| **affected).count() * 2 > groups.count {
            return None;
        }
        let among = normalise.among.map(|id| self.truths(id));
        let mut values: Vec<Vec<Number>> = vec![Vec::new(); groups.count];
        let mut again: Vec<usize> = changed.into_iter().filter(|row| groups.get(*row).is_none()).collect();
        for row in 0..rows {
            let Some(group) = groups.get(row).filter(|group| affected.get(*group) == Some(&true)) else { continue };
            again.push(row);
            if among.as_ref().is_none_or(|among| among.get(row).is_true())
                && let (Some(number), Some(values)) = (value.number(row), values.get_mut(group))
            {
                values.push(number);
            }
        }
        let mut scales = facts.scales.clone();
        for ((slot, values), _) in scales.iter_mut().zip(&values).zip(&affected).filter(|(_, affected)| **affected) {
            *slot = scale(values);
        }
        let scores = self.scores(normalise, &value, (&groups, &values, &scales), again.iter().copied());
        let cells: Vec<(usize, &Number)> = again.into_iter().zip(&scores).collect();
        let absent = unite(&[&value], rows);
        let absent = self.absent_on_scales(normalise, &value, (&groups, &scales), absent, rows);
        let facts = ScaleFacts { strata: facts.strata.clone(), scales };
        Some((number_rows(known.altered(&cells), absent), Facts::Scale(facts)))
    }
}

/// The rows that hold another value, or another reason for having none.
fn changed(new: &Numbers, old: &Numbers, rows: usize) -> Option<Vec<usize>> {
    let (Numbers::Rows(new, marks), Numbers::Rows(old, others)) = (new, old) else { return None };
    let same = |row: usize| {
        let (here, there) = (absence(marks, row), absence(others, row));
        here == there && (!here.is_none() || new.same_at(old, row))
    };
    Some((0..rows).filter(|row| !same(*row)).collect())
}
