//! What would have to be different: for each criterion and each category the smallest change of one of the school's own
//! cells that turns the verdict, for a category that no single cell turns the smallest combination found, the value that a
//! criterion is decided by with the schools that would come in and go out, and what missing cells would settle.
//!
//! Nothing is guessed from the formula: every answer is read off the same evaluation, done again on changed data. What a
//! cell can be is in `domain`, how one cell is searched in `profile`, combinations in `together`.

mod cells;
mod domain;
mod missing;
mod profile;
mod search;
mod together;
mod values;

use std::sync::Arc;

use super::condition::{InputCell, Node};
use super::explanation::{CategoryExplanation, CriterionExplanation, Explanation, School};
use super::reading::Reading;
use crate::data::dataset::Dataset;
use crate::decision::{Run, Verdict};
use crate::model::expr::CompareOp;
use crate::model::{CategoryId, CriterionId, RegisteredAction, RuleSet};
use crate::number::Number;
use crate::plan::Plan;
use crate::value::{Type, Value};

pub(super) use cells::atoms;
pub(super) use domain::{Domain, shares};
use search::{Goal, Ground, Search, Target};

/// Cells tried for one criterion, and for one category.
const MOST_CELLS: usize = 200;
/// Cells named for one criterion or category.
const MOST_NAMED: usize = 3;
/// With more rows than this in all tables together cells are not tried one by one.
const MOST_ROWS: usize = 2_000_000;
/// Schools named that come in or go out.
const MOST_SCHOOLS: usize = 5;

/// The answers for one school.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub criteria: Vec<CriterionChanges>,
    pub categories: Vec<CategoryChanges>,
}

#[derive(Debug, Clone)]
pub struct CriterionChanges {
    pub criterion: CriterionId,
    pub verdict: Verdict,
    /// The values that decide: what each would have to be, everything else as it is.
    pub values: Vec<ValueChange>,
    /// Cells of which one changed value turns the verdict, the relatively smallest change first.
    pub cells: Vec<CellChange>,
    /// For a criterion that lacks data: what single missing cells would settle.
    pub missing: Vec<MissingCell>,
    /// `None`: no cells were tried, there is too much data or nothing to turn.
    pub tried: Option<Tried>,
}

/// What would turn a category as a whole.
#[derive(Debug, Clone)]
pub struct CategoryChanges {
    pub category: CategoryId,
    /// What the computation says.
    pub verdict: Verdict,
    /// What people decided about the school, whatever the computation says.
    pub registered: Option<RegisteredAction>,
    /// Cells of which one changed value turns the verdict, the relatively smallest change first; where none does, those that
    /// make it neither for nor against.
    pub cells: Vec<CellChange>,
    /// Where no single cell does it: the smallest combination found.
    pub together: Option<Together>,
    /// Missing cells that alone would make another verdict.
    pub missing: Vec<MissingCell>,
    pub tried: Option<Tried>,
}

/// Several cells that turn a category only all together. None of them can be left as it is or be changed by less.
#[derive(Debug, Clone)]
pub struct Together {
    pub cells: Vec<(InputCell, Value)>,
    pub outcome: Outcome,
}

/// Which cells were tried, and with which values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    pub cells: usize,
    /// Cells beyond the limit, not tried.
    pub left_out: usize,
    /// By column and possible values, in the order of the rules.
    pub ranges: Vec<Range>,
    /// The largest number of cells changed together; 1: only single cells.
    pub at_once: usize,
}

/// The values that cells of one column were tried with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    pub title: Arc<str>,
    pub ty: Type,
    pub cells: usize,
    /// `None`: yes and no.
    pub bounds: Option<(Number, Number)>,
    /// Every possible value was tried, not a choice of them.
    pub every: bool,
}

/// A value that a comparison or a ranking is about.
#[derive(Debug, Clone)]
pub struct ValueChange {
    /// The node of the value.
    pub value: Node,
    /// `value operator bound` turns the criterion.
    pub operator: CompareOp,
    pub bound: Number,
    pub bound_type: Type,
    pub outcome: Outcome,
}

#[derive(Debug, Clone)]
pub struct CellChange {
    pub cell: InputCell,
    pub to: Value,
    pub outcome: Outcome,
}

/// What a change leads to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The verdict on the criterion that was to be turned; `None`: a category was.
    pub criterion: Option<Verdict>,
    /// The verdict on its category, or on the category that was to be turned.
    pub category: Verdict,
    /// Every category that has another verdict for the school than now.
    pub categories: Vec<Turned>,
    /// Other schools that then meet the criterion (or are on the list of the category), and that no longer do.
    pub movers: Movers,
    /// Categories that are not what was to be turned, where other schools move.
    pub elsewhere: Vec<(CategoryId, Movers)>,
}

/// A category by computation; where people decided about the school, its place on the list is theirs all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turned {
    pub category: CategoryId,
    pub verdict: Verdict,
    pub registered: Option<RegisteredAction>,
}

/// Other schools that come in and go out in fact.
#[derive(Debug, Clone, Default)]
pub struct Movers {
    pub entering: Others,
    pub leaving: Others,
    /// Schools whose computation turns while a decision of people keeps them where they are.
    pub held: Vec<Held>,
}

#[derive(Debug, Clone)]
pub struct Held {
    /// By computation they would enter; otherwise they would leave.
    pub entering: bool,
    pub registered: RegisteredAction,
    pub others: Others,
}

/// Schools, the first few by name.
#[derive(Debug, Clone, Default)]
pub struct Others {
    pub count: usize,
    pub named: Vec<School>,
}

/// A missing cell and what its value would decide, all other missing cells staying missing.
#[derive(Debug, Clone)]
pub struct MissingCell {
    pub cell: InputCell,
    pub settles: Settles,
}

#[derive(Debug, Clone)]
pub enum Settles {
    /// The cell holds neither a number nor yes or no.
    NoNumber,
    YesNo {
        yes: Leads,
        no: Leads,
    },
    /// The possible values in order, from `low`.
    Parts {
        low: Number,
        parts: Vec<Part>,
    },
}

/// Values that all lead to the same.
#[derive(Debug, Clone)]
pub struct Part {
    pub from: Number,
    /// Belongs to it.
    pub to: Number,
    pub leads: Leads,
}

/// What a missing value would lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leads {
    /// On the criterion, or on the category as a whole.
    pub verdict: Verdict,
    /// Every category that has another verdict for the school than now.
    pub categories: Vec<Turned>,
}

/// What would turn the criteria and categories of one school. `explanation`: of the same school.
pub fn changes(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, explanation: &Explanation) -> Changes {
    let reading = Reading { rules, plan, data, run };
    let ground = Ground::of(reading, explanation);
    let rows: usize = data.tables.iter().map(|table| table.rows).sum();
    let search = Search::new(reading, explanation, &ground);
    let found = (rows <= MOST_ROWS).then(|| search.profiles());
    let judged = || explanation.categories.iter().filter(|category| category.verdict != Verdict::NotJudged);
    let criteria = judged().flat_map(|category| category.criteria.iter().map(|c| (category.id, c)));
    Changes {
        criteria: criteria.filter_map(|(id, c)| search.criterion(id, c, found.as_ref())).collect(),
        categories: found
            .as_ref()
            .map(|found| {
                explanation.categories.iter().filter_map(|category| search.category(category, found)).collect()
            })
            .unwrap_or_default(),
    }
}

impl Search<'_> {
    fn criterion(
        &self,
        category: CategoryId,
        explained: &CriterionExplanation,
        found: Option<&profile::Profiles>,
    ) -> Option<CriterionChanges> {
        let mut made = CriterionChanges {
            criterion: explained.id,
            verdict: explained.verdict,
            values: Vec::new(),
            cells: Vec::new(),
            missing: Vec::new(),
            tried: None,
        };
        let target = Target::Criterion(explained.id);
        let cells = self.ground.of_criterion.get(&explained.id)?;
        if let Some(found) = found {
            made.missing = self.settled(target, &cells.missing, found);
            // what a decided criterion lacks is told where it could turn it
            if explained.policy_applied.is_none() && !matches!(explained.verdict, Verdict::Undetermined(_)) {
                made.missing.retain(|cell| cell.settles.leads().any(|leads| leads.verdict != explained.verdict));
            }
        }
        let turned = match explained.verdict {
            Verdict::Met => Verdict::NotMet,
            Verdict::NotMet => Verdict::Met,
            Verdict::Undetermined(_) => return Some(made),
            Verdict::NotApplicable | Verdict::NotJudged => return None,
        };
        let goal = Goal { category, criterion: Some(explained.id), turned };
        made.values = self.values(&goal, &explained.condition);
        if let Some(found) = found {
            made.cells = self.nearest_cells(&goal, &cells.present, found);
            made.tried = Some(self.tried(cells, found));
        }
        Some(made)
    }

    fn category(&self, explained: &CategoryExplanation, found: &profile::Profiles) -> Option<CategoryChanges> {
        let cells = self.ground.of_category.get(&explained.id)?;
        let mut made = CategoryChanges {
            category: explained.id,
            verdict: explained.verdict,
            registered: self.registered(explained.id, self.school),
            cells: Vec::new(),
            together: None,
            missing: Vec::new(),
            tried: None,
        };
        let mut missing = self.settled(Target::Category(explained.id), &cells.missing, found);
        missing.retain(|cell| cell.settles.leads().any(|leads| !same(leads.verdict, explained.verdict)));
        made.missing = missing;
        let turned = match explained.verdict {
            Verdict::Met => Verdict::NotMet,
            Verdict::NotMet => Verdict::Met,
            Verdict::NotJudged => {
                made.missing.clear();
                let goal = Goal { category: explained.id, criterion: None, turned: Verdict::Met };
                made.cells = self.nearest_cells(&goal, &cells.present, found);
                made.tried = Some(self.tried(cells, found));
                return Some(made);
            }
            _ => return (!made.missing.is_empty()).then_some(made),
        };
        let goal = Goal { category: explained.id, criterion: None, turned };
        made.cells = self.nearest_cells(&goal, &cells.present, found);
        let mut tried = self.tried(cells, found);
        if made.cells.is_empty() {
            made.cells = self.named_cells(&goal, &cells.present, found, |profile| &profile.aside);
        }
        if made.cells.is_empty() {
            (made.together, tried.at_once) = self.together(&goal, &explained.rule, &cells.present, found);
        }
        made.tried = Some(tried);
        Some(made)
    }

    /// The changes of single cells that reach a goal, the relatively smallest first.
    fn nearest_cells(&self, goal: &Goal, cells: &[usize], found: &profile::Profiles) -> Vec<CellChange> {
        self.named_cells(goal, cells, found, |profile| &profile.nearest)
    }

    fn named_cells(
        &self,
        goal: &Goal,
        cells: &[usize],
        found: &profile::Profiles,
        of: fn(&profile::Profile) -> &[Option<profile::Nearest>],
    ) -> Vec<CellChange> {
        let target = self.place_of(goal.target());
        let mut turning: Vec<(Number, usize, Value)> = cells
            .iter()
            .filter_map(|cell| {
                let nearest = of(found.cells.get(*cell)?).get(target?)?.as_ref()?;
                Some((nearest.size.clone(), *cell, nearest.to.clone()))
            })
            .collect();
        turning.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(&b.1)));
        let named = turning.into_iter().take(MOST_NAMED).filter_map(|(_, cell, to)| {
            let outcome = self.outcome(goal, &self.with(&[(cell, &to)])?)?;
            let cell = self.ground.cells.get(cell)?;
            Some(CellChange { cell: cell.clone(), to, outcome })
        });
        named.collect()
    }
}

impl Movers {
    pub fn is_empty(&self) -> bool {
        self.entering.count + self.leaving.count == 0 && self.held.is_empty()
    }
}

impl Settles {
    /// Everything that some value leads to.
    pub fn leads(&self) -> impl Iterator<Item = &Leads> {
        let (pair, parts): (Vec<&Leads>, &[Part]) = match self {
            Settles::NoNumber => (Vec::new(), &[]),
            Settles::YesNo { yes, no } => (vec![yes, no], &[]),
            Settles::Parts { parts, .. } => (Vec::new(), parts),
        };
        pair.into_iter().chain(parts.iter().map(|part| &part.leads))
    }
}

/// Equal but for the reasons of an undetermined one.
fn same(a: Verdict, b: Verdict) -> bool {
    a == b || matches!((a, b), (Verdict::Undetermined(_), Verdict::Undetermined(_)))
}
