//! How a school came to be in a category, or out of it, where the category says how schools that were in it leave.
//!
//! Read off the verdict and the truths of the parts of the rule; decides nothing.

use super::Verdict;
use crate::model::Exit;
use crate::model::expr::ExprId;
use crate::value::Truth;

/// What became of a school since the cycle before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Passage {
    /// In by the rule of entry; it was not in before.
    Entered,
    /// It was in before, and the rule of entry still holds.
    Remains,
    /// It was in before and stays by the exit rule: the rule of entry does not hold any more, or is not known to.
    StaysByExitRule,
    /// It was in before and stays because its least term still runs.
    StaysByTerm,
    /// In, whether it was in before or not.
    In,
    /// It was in before; neither the rule of entry nor the exit rule holds.
    Left,
    /// It was in before and leaves because its longest term is over, although it would be in otherwise.
    LeftByTerm,
    /// It was not in before; the exit rule holds, but the rule of entry does not.
    NotEntered,
    /// Out, and it was not in before, or nothing depends on that.
    Out,
    /// The category is undetermined or does not apply.
    Open,
    /// The category does not judge the school.
    NotJudged,
}

impl Passage {
    const EACH: [(Passage, &'static str); 11] = [
        (Passage::Entered, "entered"),
        (Passage::Remains, "remains"),
        (Passage::StaysByExitRule, "stays_by_exit_rule"),
        (Passage::StaysByTerm, "stays_by_term"),
        (Passage::In, "in"),
        (Passage::Left, "left"),
        (Passage::LeftByTerm, "left_by_term"),
        (Passage::NotEntered, "not_entered"),
        (Passage::Out, "out"),
        (Passage::Open, "open"),
        (Passage::NotJudged, "not_judged"),
    ];

    /// Its name in records and data for programs.
    pub fn code(self) -> &'static str {
        Passage::EACH.iter().find(|(passage, _)| *passage == self).map_or("", |(_, code)| code)
    }

    pub fn of_code(code: &str) -> Option<Passage> {
        Passage::EACH.iter().find(|(_, known)| *known == code).map(|(passage, _)| *passage)
    }
}

/// What became of a school, from its verdict and the truths of the parts.
pub fn passage(verdict: Verdict, exit: &Exit, truth: &dyn Fn(ExprId) -> Truth) -> Passage {
    let holds = |part: Option<ExprId>| part.is_some_and(|part| truth(part).is_true());
    let before = truth(exit.before);
    match verdict {
        Verdict::NotJudged => Passage::NotJudged,
        Verdict::Undetermined(_) | Verdict::NotApplicable => Passage::Open,
        Verdict::Met if before.is_false() => Passage::Entered,
        Verdict::Met if before.is_true() => {
            if truth(exit.entry).is_true() {
                Passage::Remains
            } else if holds(exit.stays) {
                Passage::StaysByExitRule
            } else if holds(exit.runs) {
                Passage::StaysByTerm
            } else {
                Passage::In
            }
        }
        Verdict::Met => Passage::In,
        Verdict::NotMet if before.is_true() => {
            let otherwise = truth(exit.entry).is_true() || holds(exit.stays) || holds(exit.runs);
            if holds(exit.over) && otherwise { Passage::LeftByTerm } else { Passage::Left }
        }
        Verdict::NotMet if before.is_false() && holds(exit.stays) => Passage::NotEntered,
        Verdict::NotMet => Passage::Out,
    }
}
