//! Which rows go into an aggregate, and why the others do not. The same for all rows at once and for one school.

use std::sync::Arc;

use super::distinct::Combinations;
use super::frame::{Absent, Frame, Numbers, Truths, absence};
use crate::data::dataset::Values;
use crate::model::expr::YearWindow;
use crate::number::Number;
use crate::number::column::{Integers, NumberColumn};
use crate::plan::{AggregateStep, latest_year};
use crate::value::{Reasons, Truth};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    Taken,
    /// The filter does not hold, or the row is not of the population.
    NotMatching,
    /// The filter cannot be decided.
    Undecided(Reasons),
    /// The value or the weight is absent.
    Absent(Reasons),
    Suppressed,
    OutsideWindow,
}

/// Everything that decides about a row.
pub(super) struct Selection {
    year: Option<(Arc<Integers>, Absent, i64, i64)>,
    among: Option<Truths>,
    filter: Option<Truths>,
    suppressing: Option<Truths>,
    pub value: Option<Numbers>,
    pub share_of: Option<Truths>,
    pub weight: Option<Numbers>,
    pub distinct: Option<Combinations>,
}

impl Frame<'_> {
    pub fn selection(&self, aggregate: &AggregateStep) -> Selection {
        // a row without a year is not of the latest one
        let any_year =
            latest_year(self.rules, aggregate).map(|column| YearWindow { column, from: i64::MIN, to: i64::MAX });
        let year = aggregate.window.or(any_year).and_then(|window| {
            let column = self.dataset.column(aggregate.rows, window.column)?;
            match &column.values {
                Values::Numbers(NumberColumn::Shared { values, denominator }) => {
                    let scaled = |year: i64| year.saturating_mul(*denominator);
                    Some((Arc::clone(values), column.absent.clone(), scaled(window.from), scaled(window.to)))
                }
                // beside a number of another size the years have no common scale: inside or not is all that is asked
                Values::Numbers(values) => {
                    let (from, to) = (Number::from_integer(window.from), Number::from_integer(window.to));
                    let inside = |row| values.get(row).is_some_and(|year| from <= year && year <= to);
                    let years = (0..values.len()).map(|row| i64::from(inside(row))).collect();
                    Some((Arc::new(Integers::narrow(years)), column.absent.clone(), 1, 1))
                }
                _ => None,
            }
        });
        Selection {
            year,
            among: aggregate.among.map(|id| self.truths(id)),
            filter: aggregate.filter.map(|id| self.truths(id)),
            suppressing: aggregate.suppressing.map(|id| self.truths(id)),
            value: aggregate.value.map(|id| self.numbers(id)),
            share_of: aggregate.share_of.map(|id| self.truths(id)),
            weight: aggregate.weight.map(|id| self.numbers(id)),
            distinct: self.combinations(&aggregate.distinct, self.rows_of(aggregate.rows)),
        }
    }
}

impl Selection {
    /// The marks of absence when nothing else decides about a row; `Some(None)`: every row is taken.
    pub fn only_absence(&self) -> Option<Option<&[u8]>> {
        let alone = self.year.is_none()
            && self.among.is_none()
            && self.filter.is_none()
            && self.suppressing.is_none()
            && self.share_of.is_none()
            && self.weight.is_none()
            && self.distinct.is_none();
        match &self.value {
            _ if !alone => None,
            None | Some(Numbers::One(_)) => Some(None),
            Some(Numbers::Rows(_, absent)) => Some(absent.as_ref().map(|marks| marks.as_slice())),
            Some(Numbers::Absent(_)) => None,
        }
    }

    /// What certainly keeps a row out comes before what is unknown of it.
    #[inline]
    pub fn role(&self, row: usize) -> RowRole {
        let (mut unknown, mut without_year) = (Reasons::NONE, Reasons::NONE);
        if let Some((years, absent, from, to)) = &self.year {
            without_year = absence(absent, row);
            let year = years.get(row).unwrap_or(i64::MIN);
            if without_year.is_none() && (year < *from || year > *to) {
                return RowRole::OutsideWindow;
            }
        }
        for part in [&self.among, &self.filter].into_iter().flatten() {
            let truth = part.get(row);
            if truth.is_false() {
                return RowRole::NotMatching;
            }
            if truth.is_unknown() {
                unknown = unknown.and(truth.reasons());
            }
        }
        if let Some(truth) = self.suppressing.as_ref().map(|s| s.get(row)) {
            if truth.is_true() {
                return RowRole::Suppressed;
            }
            if truth.is_unknown() {
                unknown = unknown.and(truth.reasons());
            }
        }
        if let Some(truth) = self.share_of.as_ref().map(|s| s.get(row)).filter(|t: &Truth| t.is_unknown()) {
            unknown = unknown.and(truth.reasons());
        }
        // a row that may lie in the window may be one of those counted
        if self.value.is_none() || !unknown.is_none() {
            unknown = unknown.and(without_year);
        }
        // one row more, but of a combination that may be there already
        if let Some(combinations) = &self.distinct {
            unknown = unknown.and(combinations.absence(row));
        }
        if !unknown.is_none() {
            return RowRole::Undecided(unknown);
        }
        let mut reasons = without_year;
        for input in [&self.value, &self.weight].into_iter().flatten() {
            reasons = reasons.and(input.absence(row));
        }
        if reasons.is_none() { RowRole::Taken } else { RowRole::Absent(reasons) }
    }
}
