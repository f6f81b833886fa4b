//! What the decision about a school that moved rested on before and after: the criteria that turned, and the rule of the category.

use super::{CategoryComparison, Mover, Side};
use crate::explain::{self, Resting};
use crate::model::{CategoryId, CriterionId};

/// The two sides of one decision; `None`: that side has no such school or category.
#[derive(Debug, Clone)]
pub struct Rested {
    pub before: Option<Resting>,
    pub after: Option<Resting>,
}

/// Reads both runs at the rows of the school: only the criteria whose verdicts changed.
pub fn rested(before: &Side<'_>, after: &Side<'_>, category: &CategoryComparison, mover: &Mover) -> Rested {
    let of = |side: &Side<'_>, id: Option<CategoryId>, row: Option<usize>| {
        let turned = |id: CriterionId| {
            let number = side.rules.criteria.get(id.index()).map(|criterion| &criterion.number);
            number.is_some_and(|number| mover.criteria.iter().any(|(turned, ..)| turned == number))
        };
        explain::resting(side.rules, side.plan, side.data, side.run, row?, id?, &turned)
    };
    Rested { before: of(before, category.ids.0, mover.rows.0), after: of(after, category.ids.1, mover.rows.1) }
}
