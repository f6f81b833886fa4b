//! Who would leave a list and who would enter it, perturbation by perturbation: those for all schools one by one, those of single
//! schools taken together by kind.

use super::Teller;
use crate::stability::{Cause, Common, Kind, List, School};

/// One perturbation, or those of one kind that concern one school each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub kind: Kind,
    /// In words.
    pub said: String,
    /// Position of a perturbation for all schools.
    pub common: Option<usize>,
    /// Rows of the schools, in the order of the data.
    pub left: Vec<usize>,
    pub entered: Vec<usize>,
}

impl Effect {
    pub fn moved(&self) -> usize {
        self.left.len() + self.entered.len()
    }
}

impl Teller<'_> {
    /// All effects on one list, those of kinds that were tried; `at`: position of the list.
    pub fn effects(&self, at: usize, list: &List) -> Vec<Effect> {
        let stability = self.found.stability;
        let mut effects = Vec::new();
        for kind in stability.tried() {
            match kind {
                Kind::Ties | Kind::Criteria | Kind::Years | Kind::Schools => {
                    let concerned = |common: &Common| common.kind == kind && common.concerns.get(at) == Some(&true);
                    let common = stability.common.iter().enumerate().filter(|(_, common)| concerned(common));
                    effects.extend(common.map(|(place, common)| {
                        let moves = common.moves.get(at).map(Vec::as_slice).unwrap_or_default();
                        let rows = |entered: bool| {
                            let moved = moves.iter().filter(|found| found.entered == entered);
                            moved.filter_map(|found| usize::try_from(found.row).ok()).collect()
                        };
                        let (left, entered) = (rows(false), rows(true));
                        Effect { kind, said: self.common(place), common: Some(place), left, entered }
                    }));
                }
                Kind::Error => {
                    for columns in self.error_sets() {
                        let said =
                            self.say("stability-effect-error", &[("columns", super::text(self.errors(&columns)))]);
                        let is = |cause: &Cause| matches!(cause, Cause::Error { columns: own, .. } if *own == columns);
                        effects.push(own(kind, said, list, &|school| school.causes.iter().any(is)));
                    }
                }
                Kind::Draws => {
                    let draws = stability.draws;
                    let said = self.say("stability-effect-draws", &[("draws", super::count_of(draws))]);
                    let most = |school: &School| {
                        school.causes.iter().any(|cause| match cause {
                            Cause::Draws { listed } if school.listed => u64::from(*listed) * 2 < u64::from(draws),
                            Cause::Draws { listed } => u64::from(*listed) * 2 > u64::from(draws),
                            _ => false,
                        })
                    };
                    effects.push(own(kind, said, list, &most));
                }
                Kind::Rounding => {
                    let is = |school: &School| school.causes.iter().any(|c| matches!(c, Cause::Rounded(_)));
                    effects.push(own(kind, self.speaker.word("stability-effect-rounding"), list, &is));
                }
                Kind::Missing => {
                    let is = |school: &School| school.causes.iter().any(|c| matches!(c, Cause::Filled { .. }));
                    effects.push(own(kind, self.speaker.word("stability-effect-missing"), list, &is));
                }
                Kind::Small => {
                    let is = |school: &School| school.causes.iter().any(|c| matches!(c, Cause::Cohort { .. }));
                    effects.push(own(kind, self.speaker.word("stability-effect-small"), list, &is));
                }
            }
        }
        // the largest first, equal ones as they come
        effects.sort_by_key(|effect| std::cmp::Reverse(effect.moved()));
        effects
    }

    /// The columns that were off, each alone and all together.
    fn error_sets(&self) -> Vec<Vec<usize>> {
        let count = self.found.question.errors.len();
        let mut sets: Vec<Vec<usize>> = (0..count).map(|at| vec![at]).collect();
        if count > 1 {
            sets.push((0..count).collect());
        }
        sets
    }
}

fn own(kind: Kind, said: String, list: &List, turned: &dyn Fn(&School) -> bool) -> Effect {
    let rows = |listed: bool| {
        let schools = list.schools.iter().filter(|school| school.listed == listed && turned(school));
        schools.map(|school| school.row).collect()
    };
    Effect { kind, said, common: None, left: rows(true), entered: rows(false) }
}
