//! What is decided in the end: criteria, groups, categories, and who belongs to a population.
//!
//! Turns truths into verdicts; knows nothing of how a truth is found.

use super::conditions::does_not_apply;
use super::reading::Reading;
use crate::decision::Verdict;
use crate::model::{CategoryId, CriterionId, Exit, GroupId, PopulationId, PopulationOrTable, RegisteredAction};
use crate::value::{Reasons, Truth, Value};

impl Reading<'_> {
    pub(super) fn among(&self, rows: PopulationOrTable, row: usize) -> Truth {
        match rows {
            PopulationOrTable::Table(_) => Truth::TRUE,
            PopulationOrTable::Population(id) => self.member(id, row),
        }
    }

    /// Whether a row belongs to the base, meets the condition, and is not excluded.
    pub(super) fn member(&self, id: PopulationId, row: usize) -> Truth {
        let Some(population) = self.rules.populations.get(id.index()) else {
            return Truth::unknown(Reasons::INVALID);
        };
        let base = population.base.map_or(Truth::TRUE, |base| self.member(base, row));
        let condition = population.condition.map_or(Truth::TRUE, |condition| self.truth(condition, row));
        let exclusions = population.exclusions.iter().map(|exclusion| self.truth(exclusion.condition, row).negate());
        exclusions.fold(base.and(condition), Truth::and)
    }

    /// The first exclusion, counted from 1, that holds for a row; 0: none.
    pub(super) fn excluded_by(&self, id: PopulationId, row: usize) -> usize {
        let population = self.rules.populations.get(id.index());
        let exclusions = population.map_or(&[][..], |population| &population.exclusions);
        exclusions.iter().position(|e| self.truth(e.condition, row).is_true()).map_or(0, |at| at + 1)
    }

    /// The rule of a category as a condition.
    pub(super) fn category(&self, id: CategoryId, row: usize) -> Truth {
        let Some(category) = self.rules.categories.get(id.index()) else {
            return Truth::unknown(Reasons::INVALID);
        };
        match &category.exit {
            Some(exit) => self.after_exits(exit, row),
            None => self.truth(category.rule, row),
        }
    }

    /// A school that was in the category leaves it when its longest term is over; otherwise it is in by the rule of entry, by
    /// the exit rule or for its least term. One that was not in it is in by the rule of entry alone. Where it is not known
    /// which of the two a school is, it is in or out if both say so.
    fn after_exits(&self, exit: &Exit, row: usize) -> Truth {
        let entry = self.truth(exit.entry, row);
        let over = exit.over.map_or(Truth::FALSE, |over| self.truth(over, row));
        let stays = [exit.stays, exit.runs].into_iter().flatten().map(|part| self.truth(part, row));
        let may_stay = stays.fold(entry, Truth::or);
        let was_in = over.negate().and(may_stay);
        let before = self.truth(exit.before, row);
        let decided = if before.is_true() {
            was_in
        } else if before.is_false() || was_in == entry {
            entry
        } else {
            Truth::unknown(Reasons::NONE)
        };
        if !decided.is_unknown() {
            return decided;
        }
        // every unknown fact that could matter is a reason; whether it was in does not where nothing lets it stay
        let comes_in = entry.and(before.and(over).negate());
        let stays = before.and(may_stay).and(over.negate());
        let open = if exit.stays.or(exit.runs).is_some() { comes_in.or(stays) } else { comes_in };
        Truth::unknown(open.reasons())
    }

    pub(super) fn criterion_verdict(&self, id: CriterionId, row: usize) -> Verdict {
        verdict(self.criterion(id, row))
    }

    pub(super) fn group_verdict(&self, id: GroupId, row: usize) -> Verdict {
        let group = self.rules.groups.get(id.index());
        verdict(group.map_or(Truth::unknown(Reasons::INVALID), |group| self.truth(group.rule, row)))
    }

    /// Outside the population of a category nobody is judged.
    /// Whether the category judges the school at all.
    pub(super) fn judged(&self, id: CategoryId, row: usize) -> Truth {
        let among = self.rules.categories.get(id.index()).and_then(|category| category.among);
        among.map_or(Truth::TRUE, |population| self.member(population, row))
    }

    pub(super) fn category_verdict(&self, id: CategoryId, row: usize) -> Verdict {
        let member = self.judged(id, row);
        if member.is_false() {
            return Verdict::NotJudged;
        }
        if member.is_unknown() {
            return Verdict::Undetermined(member.reasons());
        }
        verdict(self.category(id, row))
    }

    /// Who meets a category is on its list, unless people decided otherwise about this very school.
    pub(super) fn on_list(&self, id: CategoryId, row: usize) -> bool {
        let subject = self.rules.subject;
        let keys = self.rules.schema.table(subject).map_or(&[][..], |schema| &schema.key);
        let mut code = String::new();
        for key in keys {
            if let Some(Value::Text(part)) = self.dataset.column(subject, *key).map(|column| column.value(row)) {
                code = if code.is_empty() { part.to_string() } else { format!("{code} · {part}") };
            }
        }
        let mut listed = matches!(self.category_verdict(id, row), Verdict::Met);
        for decision in &self.rules.registered {
            if decision.category == id && decision.school.as_ref() == code {
                listed = matches!(decision.action, RegisteredAction::Include);
            }
        }
        listed
    }
}

fn verdict(truth: Truth) -> Verdict {
    if truth.is_true() {
        Verdict::Met
    } else if truth.is_false() {
        Verdict::NotMet
    } else if does_not_apply(truth) {
        Verdict::NotApplicable
    } else {
        Verdict::Undetermined(truth.reasons())
    }
}
