//! One school on changed data: what is looked for, and what the evaluation gives then.

use std::collections::{BTreeMap, BTreeSet};

use super::super::condition::InputCell;
use super::super::explanation::Explanation;
use super::super::outlook::verdict;
use super::super::reading::Reading;
use super::cells::{atoms, empty_cells, own_cells, same_cell, whole};
use super::domain::{self, Domain};
use super::{Held, MOST_CELLS, MOST_SCHOOLS, Movers, Others, Outcome, Range, Tried, Turned, profile};
use crate::data::dataset::Dataset;
use crate::decision::{RowColumn, Run, StepColumn, StepId, Verdict};
use crate::evaluate::again::{Change, again};
use crate::model::expr::ExprId;
use crate::model::{CategoryId, CriterionId, RegisteredAction};
use crate::number::Number;
use crate::schema::{ColumnId, TableId};
use crate::value::{Truth, Unit, Value};

/// Something with a verdict for the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Criterion(CriterionId),
    Category(CategoryId),
    /// A single condition.
    Atom(ExprId),
}

/// What is to be turned, and into what: the criterion of the category, or the category itself.
pub(super) struct Goal {
    pub category: CategoryId,
    pub criterion: Option<CriterionId>,
    pub turned: Verdict,
}

impl Goal {
    pub fn target(&self) -> Target {
        self.criterion.map_or(Target::Category(self.category), Target::Criterion)
    }
}

/// Cells by their place in [`Ground::cells`] and [`Ground::empty`].
#[derive(Debug, Default)]
pub(super) struct Own {
    pub present: Vec<usize>,
    pub missing: Vec<usize>,
    /// Cells beyond the limit.
    pub left_out: usize,
}

/// What there is to change, collected once.
pub(super) struct Ground {
    /// Cells with a value, each once.
    pub cells: Vec<InputCell>,
    /// Cells without a value that leave something open, each once.
    pub empty: Vec<InputCell>,
    pub of_criterion: BTreeMap<CriterionId, Own>,
    pub of_category: BTreeMap<CategoryId, Own>,
    /// Everything that has a verdict, in order.
    pub targets: Vec<Target>,
    pub shares: BTreeSet<(TableId, ColumnId, ColumnId)>,
    pub breaks: Vec<(Unit, Number)>,
}

impl Ground {
    pub fn of(reading: Reading<'_>, explanation: &Explanation) -> Ground {
        let mut ground = Ground {
            cells: Vec::new(),
            empty: Vec::new(),
            of_criterion: BTreeMap::new(),
            of_category: BTreeMap::new(),
            targets: Vec::new(),
            shares: domain::shares(&reading),
            breaks: domain::breaks(&reading),
        };
        let judged = explanation.categories.iter().filter(|category| category.verdict != Verdict::NotJudged);
        for category in judged {
            let mut own = Own::default();
            for criterion in &category.criteria {
                let trees = whole(explanation, &criterion.condition);
                let of_criterion = ground.own(reading, explanation.school.row, &trees);
                ground.targets.push(Target::Criterion(criterion.id));
                own.add(&of_criterion);
                ground.of_criterion.insert(criterion.id, of_criterion);
            }
            let trees = whole(explanation, &category.rule);
            own.add(&ground.own(reading, explanation.school.row, &trees));
            ground.of_category.insert(category.id, own);
            ground.targets.push(Target::Category(category.id));
            let mut conditions = Vec::new();
            trees.iter().for_each(|tree| atoms(tree, &mut conditions));
            ground.targets.extend(conditions.iter().map(|node| Target::Atom(node.expr)));
        }
        let outside = explanation.categories.iter().filter(|category| category.verdict == Verdict::NotJudged);
        for category in outside {
            // what keeps the school out comes first, then what the category would ask of it
            let mut trees: Vec<&super::Node> =
                explanation.populations.iter().filter_map(|p| p.standing.condition()).collect();
            trees.extend(whole(explanation, &category.rule));
            let own = ground.own(reading, explanation.school.row, &trees);
            ground.of_category.insert(category.id, own);
            ground.targets.push(Target::Category(category.id));
        }
        ground.targets.sort();
        ground.targets.dedup();
        ground
    }

    fn own(&mut self, reading: Reading<'_>, school: usize, trees: &[&super::Node]) -> Own {
        let mut present = Vec::new();
        trees.iter().for_each(|tree| own_cells(&reading, tree, school, &mut present));
        let left_out = present.len().saturating_sub(MOST_CELLS);
        present.truncate(MOST_CELLS);
        let mut missing = empty_cells(trees);
        missing.truncate(MOST_CELLS);
        Own { present: places(&mut self.cells, present), missing: places(&mut self.empty, missing), left_out }
    }
}

impl Own {
    fn add(&mut self, other: &Own) {
        self.left_out = self.left_out.max(other.left_out);
        for (all, more) in [(&mut self.present, &other.present), (&mut self.missing, &other.missing)] {
            all.extend(more.iter().filter(|cell| !all.contains(cell)).copied().collect::<Vec<_>>());
        }
    }
}

/// Where cells stand in a list that has each once; new ones are added.
fn places(all: &mut Vec<InputCell>, cells: Vec<InputCell>) -> Vec<usize> {
    let place = |cell: InputCell| {
        all.iter().position(|known| same_cell(known, &cell)).unwrap_or_else(|| {
            all.push(cell);
            all.len() - 1
        })
    };
    cells.into_iter().map(place).collect()
}

/// Data or steps that are otherwise than in the run.
pub(super) struct Changed {
    data: Dataset,
    change: Change,
}

pub(super) struct Search<'a> {
    pub reading: Reading<'a>,
    pub explanation: &'a Explanation,
    pub school: usize,
    pub ground: &'a Ground,
    /// The verdicts of the run, one per target.
    pub now: Vec<Verdict>,
    /// The steps of all targets.
    wanted: Vec<StepId>,
}

impl<'a> Search<'a> {
    pub fn new(reading: Reading<'a>, explanation: &'a Explanation, ground: &'a Ground) -> Search<'a> {
        let plan = reading.plan;
        let step = |target: &Target| match target {
            Target::Criterion(id) => plan.criteria.get(id.index()).copied(),
            Target::Category(id) => plan.categories.get(id.index()).copied(),
            Target::Atom(id) => plan.step_of(*id),
        };
        let wanted = ground.targets.iter().filter_map(step).collect();
        let mut search =
            Search { reading, explanation, school: explanation.school.row, ground, now: Vec::new(), wanted };
        search.now = search.states(reading.run);
        search
    }

    pub fn place_of(&self, target: Target) -> Option<usize> {
        self.ground.targets.binary_search(&target).ok()
    }

    /// The verdicts on all targets in a run, in their order.
    fn states(&self, run: &Run) -> Vec<Verdict> {
        let then = Reading { run, ..self.reading };
        let state = |target: &Target| match target {
            Target::Criterion(id) => run.criterion(*id, self.school).unwrap_or(Verdict::NotJudged),
            Target::Category(id) => run.category(*id, self.school).unwrap_or(Verdict::NotJudged),
            Target::Atom(id) => verdict(then.truth(*id, self.school)),
        };
        self.ground.targets.iter().map(state).collect()
    }

    /// The verdicts on all targets with changed data.
    pub fn then(&self, changed: &Changed) -> Vec<Verdict> {
        self.states(&self.again(changed, &self.wanted))
    }

    pub fn again(&self, changed: &Changed, wanted: &[StepId]) -> Run {
        let Reading { rules, plan, run, .. } = self.reading;
        again(rules, plan, &changed.data, run, &changed.change, wanted)
    }

    /// Cells with other values.
    pub fn with(&self, cells: &[(usize, &Value)]) -> Option<Changed> {
        let cells: Option<Vec<(&InputCell, &Value)>> =
            cells.iter().map(|(cell, value)| Some((self.ground.cells.get(*cell)?, *value))).collect();
        self.with_cells(&cells?)
    }

    pub fn with_cells(&self, cells: &[(&InputCell, &Value)]) -> Option<Changed> {
        let mut changed = Changed { data: self.reading.data.clone(), change: Change::default() };
        for (cell, value) in cells {
            changed.data = changed.data.with(cell.table, cell.column, cell.row, value)?;
            changed.change.columns.push((cell.table, cell.column));
        }
        Some(changed)
    }

    /// Steps with other columns.
    pub fn with_steps(&self, steps: Vec<(StepId, StepColumn)>) -> Changed {
        Changed { data: self.reading.data.clone(), change: Change { columns: Vec::new(), steps } }
    }

    /// The truths of a condition with another one for the school.
    pub fn truths_with(&self, expr: ExprId, truth: Truth) -> Option<(StepId, StepColumn)> {
        match self.reading.column(expr)? {
            StepColumn::Rows(RowColumn::Truths(truths)) => {
                let mut truths = truths.as_ref().clone();
                *truths.get_mut(self.school)? = truth.0;
                Some((self.reading.plan.step_of(expr)?, StepColumn::Rows(RowColumn::Truths(truths.into()))))
            }
            _ => None,
        }
    }

    /// The numbers of a value with another one for the school.
    pub fn numbers_with(&self, expr: ExprId, number: &Number) -> Option<(StepId, StepColumn)> {
        let (values, absent) = self.reading.numbers(expr)?;
        let absent = absent.map(|absent| absent.to_vec().into());
        let column = RowColumn::Numbers { values: values.with(self.school, number), absent };
        Some((self.reading.plan.step_of(expr)?, StepColumn::Rows(column)))
    }

    /// The verdict on what is to be turned.
    pub fn verdict(&self, goal: &Goal, changed: &Changed) -> Option<Verdict> {
        let plan = self.reading.plan;
        match goal.criterion {
            Some(id) => self.again(changed, &[*plan.criteria.get(id.index())?]).criterion(id, self.school),
            None => {
                let step = *plan.categories.get(goal.category.index())?;
                self.again(changed, &[step]).category(goal.category, self.school)
            }
        }
    }

    pub fn outcome(&self, goal: &Goal, changed: &Changed) -> Option<Outcome> {
        let run = self.again(changed, &self.wanted);
        let before = self.reading.run;
        let verdicts = |run: &Run| match goal.criterion {
            Some(id) => run.criteria.get(id.index()).cloned(),
            None => run.categories.get(goal.category.index()).cloned(),
        };
        let (was, is) = (verdicts(before)?, verdicts(&run)?);
        let judged = |row: usize| before.category(goal.category, row) != Some(Verdict::NotJudged);
        let categories = self.ground.targets.iter().filter_map(|target| match target {
            Target::Category(id) if goal.criterion.is_some() || *id != goal.category => Some(*id),
            _ => None,
        });
        let elsewhere = categories.filter_map(|id| {
            let (was, is) = (before.categories.get(id.index())?, run.categories.get(id.index())?);
            let movers = self.movers(Some(id), was, is);
            (!movers.is_empty()).then_some((id, movers))
        });
        let seen: Vec<Verdict> = is
            .iter()
            .zip(was.iter())
            .enumerate()
            .map(|(row, (is, was))| if judged(row) { *is } else { *was })
            .collect();
        let own = goal.criterion.is_none().then_some(goal.category);
        Some(Outcome {
            criterion: goal.criterion.and_then(|id| run.criterion(id, self.school)),
            category: run.category(goal.category, self.school)?,
            categories: self.turned_categories(&self.states(&run)),
            movers: self.movers(own, &was, &seen),
            elsewhere: elsewhere.collect(),
        })
    }

    /// What people decided about a school.
    pub fn registered(&self, category: CategoryId, row: usize) -> Option<RegisteredAction> {
        let found = self.reading.run.registration(category, row)?;
        Some(if found.includes { RegisteredAction::Include } else { RegisteredAction::Exclude })
    }

    /// Other schools that come in and go out with other verdicts; `category`: of which a decision of people may keep them
    /// where they are.
    fn movers(&self, category: Option<CategoryId>, was: &[Verdict], is: &[Verdict]) -> Movers {
        let others = |entering: bool, decided: Option<RegisteredAction>| {
            let pairs = was.iter().zip(is).enumerate();
            let turning = pairs.filter(|(row, (was, is))| {
                *row != self.school && was.is_met() != is.is_met() && is.is_met() == entering
            });
            let registered = |row: usize| category.and_then(|id| self.registered(id, row));
            let rows: Vec<usize> = turning.map(|(row, _)| row).filter(|row| registered(*row) == decided).collect();
            let named = rows.iter().take(MOST_SCHOOLS).map(|row| self.reading.school(*row)).collect();
            Others { count: rows.len(), named }
        };
        let by_decision = [true, false]
            .into_iter()
            .flat_map(|entering| [RegisteredAction::Include, RegisteredAction::Exclude].map(|by| (entering, by)));
        let held = by_decision.map(|(entering, registered)| Held {
            entering,
            registered,
            others: others(entering, Some(registered)),
        });
        Movers {
            entering: others(true, None),
            leaving: others(false, None),
            held: held.filter(|held| held.others.count > 0).collect(),
        }
    }

    /// The categories that have another verdict than now, in the order of the rules.
    pub fn turned_categories(&self, then: &[Verdict]) -> Vec<Turned> {
        let pairs = self.ground.targets.iter().zip(self.now.iter().zip(then));
        let turned = pairs.filter_map(|(target, (now, then))| match target {
            Target::Category(id) if !super::same(*now, *then) => {
                Some(Turned { category: *id, verdict: *then, registered: self.registered(*id, self.school) })
            }
            _ => None,
        });
        turned.collect()
    }

    /// What was tried for a criterion or category.
    pub fn tried(&self, own: &Own, found: &profile::Profiles) -> Tried {
        let mut ranges: Vec<Range> = Vec::new();
        let mut cells = 0;
        for place in &own.present {
            let (Some(cell), Some(profile)) = (self.ground.cells.get(*place), found.cells.get(*place)) else {
                continue;
            };
            let bounds = match (&profile.domain, &cell.value) {
                (Some(domain), _) => Some(domain.bounds()),
                (None, Value::Truth(_)) => None,
                _ => continue,
            };
            cells += 1;
            let same = |range: &&mut Range| {
                (&range.title, &range.ty, &range.bounds, range.every) == (&cell.title, &cell.ty, &bounds, profile.every)
            };
            match ranges.iter_mut().find(same) {
                Some(range) => range.cells += 1,
                None => ranges.push(Range {
                    title: cell.title.clone(),
                    ty: cell.ty.clone(),
                    cells: 1,
                    bounds,
                    every: profile.every,
                }),
            }
        }
        Tried { cells, left_out: own.left_out, ranges, at_once: 1 }
    }

    pub fn domain(&self, cell: &InputCell) -> Option<Domain> {
        Domain::of(&self.reading, cell, &self.ground.shares)
    }
}
