//! What the cells without a value would decide if they had one: every answer is the evaluation done again with possible values in
//! them.
//!
//! All values are tried where they are few; where a verdict certainly goes one way with a cell ([`super::direction`]) the two ends
//! and the bounds between them tell all; otherwise some values on the way are tried, and that is said.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::absent_others::others_unknown;
use super::changes::{Domain, shares};
use super::condition::InputCell;
use super::direction::{Way, Ways};
use super::explanation::{Certainty, Explanation};
use super::gaps::{CellSet, Gaps};
use super::reading::Reading;
use super::unknown::{Found, Prospect, Range, UnknownCell, Unknowns};
use crate::data::dataset::{Dataset, Values};
use crate::decision::{Run, StepId, Verdict};
use crate::evaluate::again::{Change, again};
use crate::model::expr::Grain;
use crate::model::{CategoryId, CriterionId, RuleSet};
use crate::plan::{Plan, StepKind};
use crate::schema::{ColumnId, TableId};
use crate::stack;
use crate::value::{Reasons, Truth, Value};

/// With more rows than this in all tables together nothing is tried.
const MOST_ROWS: usize = 2_000_000;
/// Work for the cells of one school, as [`Search::cost`] counts it.
const WORK: usize = 300_000_000;
/// What any evaluation takes, however little it reaches.
const LEAST_COST: usize = 200_000;
/// Few values: all of them are tried, whatever that costs.
const FEW: usize = 3;
/// Many values: so many are tried on the way where not all can be.
const ON_THE_WAY: usize = 9;
/// Combinations of the values of several cells that are tried one by one.
const COMBINED: usize = 32;

/// What is not known about one school and what it decides. `explanation`: of the same school.
pub fn unknowns(rules: &RuleSet, plan: &Plan, data: &Dataset, run: &Run, explanation: &Explanation) -> Unknowns {
    let rows: usize = data.tables.iter().map(|table| table.rows).sum();
    if rows > MOST_ROWS {
        return Unknowns::default();
    }
    let reading = Reading { rules, plan, data, run };
    let targets = stack::roomy(&|| Targets::of(reading, explanation));
    let possible = targets.cells.iter().map(|cell| Possible::of(&reading, cell)).collect();
    let steps = plan.criteria.iter().chain(&plan.categories).copied().collect();
    let search = Search { reading, school: explanation.school.row, possible, targets, wanted: steps };
    let mut found = search.unknowns();
    (found.others, found.members) = stack::roomy(&|| others_unknown(reading, explanation));
    found
}

/// A category or criterion with the cells behind it.
struct Target<Id> {
    id: Id,
    cells: CellSet,
    ways: Ways,
}

struct Targets {
    cells: Vec<InputCell>,
    categories: Vec<Target<CategoryId>>,
    criteria: Vec<Target<CriterionId>>,
}

impl Targets {
    fn of(reading: Reading<'_>, explanation: &Explanation) -> Targets {
        let mut gaps = Gaps::new(reading, explanation.school.row);
        let judged = explanation.categories.iter().filter(|category| category.verdict != Verdict::NotJudged);
        let judged: Vec<_> = judged.collect();
        // all cells first: which way a verdict goes is asked of all of them
        let of_categories: Vec<(CategoryId, CellSet)> =
            judged.iter().map(|category| (category.id, gaps.of_category(category.id))).collect();
        let criteria = judged.iter().flat_map(|category| &category.criteria);
        let of_criteria: Vec<(CriterionId, CellSet)> = criteria.map(|c| (c.id, gaps.of_criterion(c.id))).collect();
        let categories = of_categories.into_iter().map(|(id, cells)| {
            let ways = if cells.is_empty() { Ways::new() } else { gaps.ways_of_category(id) };
            Target { id, cells, ways }
        });
        let categories = categories.collect();
        let criteria = of_criteria.into_iter().map(|(id, cells)| {
            let ways = if cells.is_empty() { Ways::new() } else { gaps.ways_of_criterion(id) };
            Target { id, cells, ways }
        });
        let criteria = criteria.collect();
        Targets { cells: gaps.cells, categories, criteria }
    }
}

/// The possible values of a cell, by whole numbers.
enum Possible {
    Numbers(Domain),
    YesNo,
}

impl Possible {
    fn of(reading: &Reading<'_>, cell: &InputCell) -> Option<Possible> {
        match reading.data.column(cell.table, cell.column)?.values {
            Values::YesNo(_) => Some(Possible::YesNo),
            _ => Domain::of(reading, cell, &shares(reading)).map(Possible::Numbers),
        }
    }

    fn ends(&self) -> (i64, i64) {
        match self {
            Possible::Numbers(domain) => (domain.low, domain.high),
            Possible::YesNo => (0, 1),
        }
    }

    fn value(&self, at: i64) -> Value {
        match self {
            Possible::Numbers(domain) => domain.value(at),
            Possible::YesNo => Value::Truth(Truth::from_bool(at != 0)),
        }
    }

    fn count(&self) -> usize {
        let (low, high) = self.ends();
        usize::try_from(high.saturating_sub(low)).unwrap_or(usize::MAX).saturating_add(1)
    }
}

/// The verdicts with some cells filled in.
#[derive(Debug, Clone, PartialEq)]
struct Trial {
    criteria: Vec<Verdict>,
    categories: Vec<Verdict>,
    /// Per category which verdicts the criteria that are still undetermined leave possible.
    left: Vec<Possibilities>,
}

/// Which verdicts occur.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Possibilities {
    met: bool,
    not_met: bool,
    not_applicable: bool,
    lacking: bool,
}

impl Possibilities {
    fn of(verdict: Verdict) -> Possibilities {
        let mut one = Possibilities::default();
        match verdict {
            Verdict::Met => one.met = true,
            Verdict::NotMet => one.not_met = true,
            Verdict::NotApplicable | Verdict::NotJudged => one.not_applicable = true,
            Verdict::Undetermined(_) => one.lacking = true,
        }
        one
    }

    fn add(&mut self, other: Possibilities) {
        self.met |= other.met;
        self.not_met |= other.not_met;
        self.not_applicable |= other.not_applicable;
        self.lacking |= other.lacking;
    }

    /// `every`: these are all that can occur.
    fn found(self, every: bool) -> Found {
        let one = |verdict| if every && !self.lacking { Found::Always(verdict) } else { Found::Tried(verdict) };
        match (self.met, self.not_met, self.not_applicable) {
            (false, false, false) => Found::Lacking,
            (true, false, false) => one(Verdict::Met),
            (false, true, false) => one(Verdict::NotMet),
            (false, false, true) => one(Verdict::NotApplicable),
            _ => Found::Open,
        }
    }
}

/// The verdict of one target in a trial, and what it leaves possible.
type Read<'a> = dyn Fn(&Trial) -> (Option<Verdict>, Option<Possibilities>) + 'a;

/// Values of several cells at once: position and place among the possible values.
type Filling = Vec<(usize, i64)>;

struct Search<'a> {
    reading: Reading<'a>,
    school: usize,
    possible: Vec<Option<Possible>>,
    targets: Targets,
    wanted: Vec<StepId>,
}

impl Search<'_> {
    fn unknowns(&self) -> Unknowns {
        let all: Vec<usize> = (0..self.targets.cells.len()).collect();
        let work = WORK.checked_div(all.len()).unwrap_or(WORK);
        let alone: Vec<Alone> = all.par_iter().map(|cell| self.alone(*cell, work)).collect();
        let plans: Vec<Combinations> = self.targets.categories.iter().map(|target| self.combinations(target)).collect();
        let of_criteria: Vec<Combinations> =
            self.targets.criteria.iter().map(|target| self.combinations(target)).collect();
        let mut fillings: BTreeSet<Filling> =
            plans.iter().chain(&of_criteria).flat_map(|c| c.fillings.clone()).collect();
        let ends = [self.end(&all, false), self.end(&all, true)];
        fillings.extend(ends.iter().filter(|end| !end.is_empty()).cloned());
        let fillings: Vec<Filling> = fillings.into_iter().collect();
        let trials: BTreeMap<&Filling, Trial> =
            fillings.par_iter().filter_map(|filling| Some((filling, self.trial(filling)?))).collect();
        let [lowest, highest] = ends.map(|end| trials.get(&end));
        let found = Tried { alone: &alone, trials: &trials, lowest, highest };
        let mut unknowns = Unknowns::default();
        for (at, (target, combinations)) in self.targets.categories.iter().zip(&plans).enumerate() {
            let of = |trial: &Trial| (trial.categories.get(at).copied(), trial.left.get(at).copied());
            unknowns.categories.push((target.id, self.prospect(target, combinations, &found, &of)));
        }
        for (at, (target, combinations)) in self.targets.criteria.iter().zip(&of_criteria).enumerate() {
            let of = |trial: &Trial| {
                let verdict = trial.criteria.get(at).copied();
                (verdict, verdict.map(Possibilities::of))
            };
            unknowns.criteria.push((target.id, self.prospect(target, combinations, &found, &of)));
        }
        unknowns.cells = alone
            .into_iter()
            .zip(&self.targets.cells)
            .enumerate()
            .map(|(at, (alone, cell))| UnknownCell {
                cell: cell.clone(),
                every: alone.every,
                tried: alone.tried,
                ranges: alone.ranges.into_iter().filter_map(|range| self.range(at, range)).collect(),
            })
            .collect();
        unknowns
    }

    /// What the values of one cell give while the others stay without.
    fn alone(&self, cell: usize, work: usize) -> Alone {
        let Some(possible) = self.possible.get(cell).and_then(Option::as_ref) else { return Alone::default() };
        let count = possible.count();
        let (low, high) = possible.ends();
        let affordable = work / self.cost(cell).max(LEAST_COST);
        let certain = |ways: &Ways| ways.get(&cell) != Some(&Way::Either);
        let one_way = self.targets.categories.iter().all(|target| certain(&target.ways))
            && self.targets.criteria.iter().all(|target| certain(&target.ways));
        let all = count <= affordable.max(FEW);
        let points: Vec<i64> = if all && !one_way {
            (low..=high).collect()
        } else if one_way {
            vec![low, high]
        } else {
            spread(low, high, affordable.clamp(2, ON_THE_WAY))
        };
        let mut tried = Vec::new();
        for point in points {
            let Some(trial) = self.trial(&vec![(cell, point)]) else { return Alone::default() };
            tried.push((point, trial));
        }
        let mut count = tried.len();
        let mut ranges: Vec<Stretch> = Vec::new();
        for (at, trial) in tried {
            match ranges.last_mut() {
                Some(last) if last.trial == trial => last.to = at,
                Some(last) => {
                    let (before, from) = (last.to, last.trial.clone());
                    self.between(cell, (before, from), (at, trial), &mut ranges, &mut count);
                }
                None => ranges.push(Stretch { from: at, to: at, trial }),
            }
        }
        Alone { ranges, every: all || one_way, tried: count }
    }

    /// The bounds between two values that give different verdicts, by halving.
    fn between(
        &self,
        cell: usize,
        (low, below): (i64, Trial),
        (high, above): (i64, Trial),
        ranges: &mut Vec<Stretch>,
        tried: &mut usize,
    ) {
        if high.abs_diff(low) > 1 && below != above {
            let middle = low + (high - low) / 2;
            if let Some(between) = self.trial(&vec![(cell, middle)]) {
                *tried += 1;
                self.between(cell, (low, below), (middle, between.clone()), ranges, tried);
                self.between(cell, (middle, between), (high, above), ranges, tried);
                return;
            }
        }
        match ranges.last_mut() {
            Some(last) if last.trial == above => last.to = high,
            _ => ranges.push(Stretch { from: high, to: high, trial: above }),
        }
    }

    fn range(&self, cell: usize, stretch: Stretch) -> Option<Range> {
        let possible = self.possible.get(cell)?.as_ref()?;
        let criteria = self.targets.criteria.iter().zip(stretch.trial.criteria);
        let categories = self.targets.categories.iter().zip(stretch.trial.categories);
        Some(Range {
            from: possible.value(stretch.from),
            to: possible.value(stretch.to),
            criteria: criteria.filter(|(target, _)| target.cells.contains(&cell)).map(|(t, v)| (t.id, v)).collect(),
            categories: categories.filter(|(target, _)| target.cells.contains(&cell)).map(|(t, v)| (t.id, v)).collect(),
        })
    }

    /// All cells at their lowest or highest possible values.
    fn end(&self, cells: &[usize], high: bool) -> Filling {
        let end = |cell: &usize| {
            let ends = self.possible.get(*cell)?.as_ref()?.ends();
            Some((*cell, if high { ends.1 } else { ends.0 }))
        };
        cells.iter().filter_map(end).collect()
    }

    /// The combinations that tell all of a target: every value of the cells that can move it either way, with the others at the
    /// ends that help and that harm.
    fn combinations<Id>(&self, target: &Target<Id>) -> Combinations {
        let known = |cell: &usize| self.possible.get(*cell).and_then(Option::as_ref).is_some();
        let blind = target.cells.iter().filter(|cell| !known(cell)).count();
        let one_way = |cell: &usize| target.ways.get(cell) != Some(&Way::Either);
        let (directed, free): (Vec<usize>, Vec<usize>) = target.cells.iter().copied().filter(known).partition(one_way);
        let mut all: Vec<Filling> = Vec::new();
        for helps in [false, true] {
            let end = |cell: &usize| {
                let up = target.ways.get(cell) != Some(&Way::Down);
                let ends = self.possible.get(*cell)?.as_ref()?.ends();
                Some((*cell, if up == helps { ends.1 } else { ends.0 }))
            };
            all.push(directed.iter().filter_map(end).collect());
        }
        all.dedup();
        let counts = free.iter().filter_map(|cell| self.possible.get(*cell)?.as_ref()).map(Possible::count);
        let few = counts.fold(1usize, usize::saturating_mul) <= COMBINED;
        if blind > 0 || !few {
            return Combinations { fillings: Vec::new(), every: false, blind };
        }
        for cell in free {
            let Some(possible) = self.possible.get(cell).and_then(Option::as_ref) else { continue };
            let (low, high) = possible.ends();
            let with = |filling: &Filling, at: i64| {
                let mut filling = filling.clone();
                filling.push((cell, at));
                filling.sort_unstable();
                filling
            };
            all = all.iter().flat_map(|filling| (low..=high).map(move |at| with(filling, at))).collect();
        }
        all.retain(|filling| !filling.is_empty());
        Combinations { fillings: all, every: true, blind }
    }

    fn prospect<Id>(
        &self,
        target: &Target<Id>,
        combinations: &Combinations,
        tried: &Tried<'_>,
        of: &Read<'_>,
    ) -> Prospect {
        let mut seen = Possibilities::default();
        let mut every = combinations.every;
        let mut count = 0;
        for cell in &target.cells {
            let Some(alone) = tried.alone.get(*cell) else { continue };
            let only = target.cells.len() == 1 && !alone.ranges.is_empty();
            every |= only && alone.every;
            count += alone.tried;
            for stretch in &alone.ranges {
                match of(&stretch.trial) {
                    (_, Some(left)) if only => seen.add(left),
                    // the others are without a value still: what is undetermined says nothing yet
                    (Some(verdict), _) if !matches!(verdict, Verdict::Undetermined(_)) => {
                        seen.add(Possibilities::of(verdict));
                    }
                    _ => {}
                }
            }
        }
        let full = combinations.fillings.iter().filter_map(|filling| tried.trials.get(filling));
        let ends = [tried.lowest, tried.highest];
        for trial in full.chain(ends.into_iter().flatten()) {
            count += 1;
            seen.add(of(trial).1.unwrap_or_default());
        }
        let several = target.cells.len() > 1;
        let at = |trial: Option<&Trial>| trial.filter(|_| several).and_then(|trial| of(trial).0);
        Prospect {
            cells: target.cells.iter().copied().collect(),
            not_tried: combinations.blind,
            found: seen.found(every),
            at_lowest: at(tried.lowest),
            at_highest: at(tried.highest),
            tried: count,
        }
    }

    /// How much it takes to evaluate a change of a cell again: rows of the steps that it reaches, those of scales and indices
    /// being dearer.
    fn cost(&self, cell: usize) -> usize {
        let Some(cell) = self.targets.cells.get(cell) else { return 0 };
        let plan = self.reading.plan;
        let rows = |grain: Grain| match grain {
            Grain::Constant => 1,
            Grain::Row(table) => self.reading.data.table(table).map_or(0, |table| table.rows),
        };
        let mut reached = BTreeSet::new();
        let mut cost = 0;
        for (at, step) in plan.steps.iter().enumerate() {
            let inputs = step.kind.inputs();
            let itself = step.kind == StepKind::Column(cell.table, cell.column);
            if !itself && !inputs.iter().any(|input| reached.contains(input)) {
                continue;
            }
            reached.insert(StepId::from_index(at));
            let read = inputs.iter().filter_map(|input| plan.step(*input)).map(|step| rows(step.grain)).max();
            let dear = match step.kind {
                StepKind::Normalise(_) => 500,
                StepKind::IndexValue { .. } => 100,
                StepKind::Aggregate(_) => 5,
                _ => 1,
            };
            cost += dear * (rows(step.grain) + read.unwrap_or(0));
        }
        cost
    }

    fn trial(&self, filling: &Filling) -> Option<Trial> {
        let Reading { rules, plan, data, run } = self.reading;
        let mut changed = data.clone();
        let mut columns: Vec<(TableId, ColumnId)> = Vec::new();
        for (at, value) in filling {
            let cell = self.targets.cells.get(*at)?;
            let value = self.possible.get(*at)?.as_ref()?.value(*value);
            changed = changed.with(cell.table, cell.column, cell.row, &value)?;
            if !columns.contains(&(cell.table, cell.column)) {
                columns.push((cell.table, cell.column));
            }
        }
        let run = again(rules, plan, &changed, run, &Change { columns, steps: Vec::new() }, &self.wanted);
        let reading = Reading { rules, plan, data: &changed, run: &run };
        let categories = self.targets.categories.iter().map(|target| run.category(target.id, self.school));
        let categories: Vec<Verdict> = categories.map(bare).collect();
        let left = self.targets.categories.iter().zip(&categories).map(|(target, verdict)| {
            let undetermined = matches!(verdict, Verdict::Undetermined(_));
            let category = rules.categories.get(target.id.index()).filter(|_| undetermined);
            let certainty = category.map(|category| {
                let unsure = reading.is_unsure(category.among, self.school);
                reading.outlook(category.rule, *verdict, unsure, self.school).certainty
            });
            match certainty {
                Some(Certainty::MetWhatever) => Possibilities::of(Verdict::Met),
                Some(Certainty::NotMetWhatever) => Possibilities::of(Verdict::NotMet),
                Some(Certainty::Open) => Possibilities { met: true, not_met: true, ..Possibilities::default() },
                _ => Possibilities::of(*verdict),
            }
        });
        let left = left.collect();
        let criteria = self.targets.criteria.iter().map(|target| bare(run.criterion(target.id, self.school))).collect();
        Some(Trial { criteria, categories, left })
    }
}

/// The values of one cell and what they give.
#[derive(Default)]
struct Alone {
    ranges: Vec<Stretch>,
    every: bool,
    tried: usize,
}

struct Stretch {
    from: i64,
    to: i64,
    trial: Trial,
}

/// What is tried with several cells at once.
struct Combinations {
    fillings: Vec<Filling>,
    /// They tell everything.
    every: bool,
    /// Cells that hold nothing that can be tried.
    blind: usize,
}

struct Tried<'a> {
    alone: &'a [Alone],
    trials: &'a BTreeMap<&'a Filling, Trial>,
    lowest: Option<&'a Trial>,
    highest: Option<&'a Trial>,
}

/// Without reasons, so that equal verdicts are equal.
fn bare(verdict: Option<Verdict>) -> Verdict {
    match verdict {
        Some(Verdict::Undetermined(_)) => Verdict::Undetermined(Reasons::NONE),
        Some(verdict) => verdict,
        None => Verdict::NotJudged,
    }
}

/// `count` whole numbers from `low` to `high`, both included; the one above the lowest as well, for what cannot be divided by zero.
fn spread(low: i64, high: i64, count: usize) -> Vec<i64> {
    let parts = i64::try_from(count).unwrap_or(2).max(2) - 1;
    let mut points: BTreeSet<i64> = (0..=parts).map(|at| low + (high - low) / parts * at).collect();
    points.extend([low, low.saturating_add(1).min(high), high]);
    points.into_iter().collect()
}
