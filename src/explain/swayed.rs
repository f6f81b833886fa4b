//! What the categories of a school can come to when some of the cells behind them have other values: those without a value any
//! possible one, or those of named columns a little more or less.
//!
//! Every answer is the evaluation done again. Where a verdict certainly goes one way with each cell (`direction`) the
//! two ends tell all; cells that can go either way are tried in every combination where these are few, otherwise only at their
//! ends, and then it is said that not every combination was tried.

use std::collections::BTreeSet;

use super::changes::{Domain, shares};
use super::condition::InputCell;
use super::direction::{Way, Ways};
use super::explanation::Certainty;
use super::gaps::{CellSet, Gaps, Wanted};
use super::reading::Reading;
use crate::data::dataset::{Dataset, Values};
use crate::decision::{Run, Verdict};
use crate::evaluate::again::{Change, again};
use crate::model::{CategoryId, RuleSet};
use crate::number::Number;
use crate::plan::Plan;
use crate::schema::{ColumnId, TableId};
use crate::stack;
use crate::value::{Truth, Value};

/// Combinations of cells that can go either way, tried one by one.
pub const COMBINED: usize = 64;
/// So many of such cells are also tried each by itself where not all combinations can be.
const ALONE: usize = 8;

/// Which cells have other values, and which ones.
#[derive(Debug, Clone, Copy)]
pub enum Swayed<'a> {
    /// Those without a value: any possible one.
    Lacking,
    /// Those of these columns: what lies within.
    Within(&'a [Within]),
}

/// The values that a cell of a column may have instead of the one it has: whole steps away from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Within {
    pub table: TableId,
    pub column: ColumnId,
    /// Every value of the column is a multiple of it.
    pub step: Number,
    /// Steps either way.
    pub by: i64,
    /// What no value goes below or above.
    pub least: Option<Number>,
    pub most: Option<Number>,
}

impl Within {
    /// The lowest and the highest value that a cell may have instead, in steps.
    pub fn ends(&self, now: i64) -> (i64, i64) {
        let place = |end: &Option<Number>| end.as_ref().and_then(|end| end.divide(&self.step)?.to_integer());
        let low = now.saturating_sub(self.by).max(place(&self.least).unwrap_or(i64::MIN));
        let high = now.saturating_add(self.by).min(place(&self.most).unwrap_or(i64::MAX));
        (low.min(now), high.max(now))
    }
}

/// What a category of a school can come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sway {
    /// Cells that have other values.
    pub cells: usize,
    /// Cells that hold nothing that can be tried: texts, dates, links.
    pub untried: usize,
    /// What was found is all that can occur.
    pub every: bool,
    /// Met occurs.
    pub met: bool,
    /// Something else occurs.
    pub other: bool,
}

/// For each school what each category can come to while the cells of all others stay as they are. Schools of which nothing
/// sways have no cells and what they are now.
pub fn swayed(
    (rules, plan, data, run): (&RuleSet, &Plan, &Dataset, &Run),
    schools: &[usize],
    categories: &[CategoryId],
    of: Swayed<'_>,
) -> Vec<Vec<Sway>> {
    let reading = Reading { rules, plan, data, run };
    let shares = shares(&reading);
    stack::roomy(&|| {
        let one = |school: &usize| School::of(reading, *school, of, &shares).swayed(categories);
        schools.iter().map(one).collect()
    })
}

/// The possible values of a cell, by whole numbers.
enum Possible {
    Domain(Domain),
    YesNo,
    Steps(Number, (i64, i64)),
}

impl Possible {
    fn ends(&self) -> (i64, i64) {
        match self {
            Possible::Domain(domain) => (domain.low, domain.high),
            Possible::YesNo => (0, 1),
            Possible::Steps(_, ends) => *ends,
        }
    }

    fn value(&self, at: i64) -> Value {
        match self {
            Possible::Domain(domain) => domain.value(at),
            Possible::YesNo => Value::Truth(Truth::from_bool(at != 0)),
            Possible::Steps(step, _) => Value::Number(step.multiply(&Number::from_integer(at))),
        }
    }

    fn count(&self) -> usize {
        let (low, high) = self.ends();
        usize::try_from(high.saturating_sub(low)).unwrap_or(usize::MAX).saturating_add(1)
    }
}

type Shares = BTreeSet<(TableId, ColumnId, ColumnId)>;

/// Values of several cells at once: position of the cell and place among its possible values.
type Filling = Vec<(usize, i64)>;

struct School<'a> {
    gaps: Gaps<'a>,
    of: Swayed<'a>,
    shares: &'a Shares,
}

impl<'a> School<'a> {
    fn of(reading: Reading<'a>, school: usize, of: Swayed<'a>, shares: &'a Shares) -> School<'a> {
        let wanted = match of {
            Swayed::Lacking => Wanted::Lacking,
            Swayed::Within(columns) => Wanted::Numbers(columns.iter().map(|c| (c.table, c.column)).collect()),
        };
        School { gaps: Gaps::of(reading, school, wanted), of, shares }
    }

    fn swayed(mut self, categories: &[CategoryId]) -> Vec<Sway> {
        // all cells first: which way a verdict goes is asked of all of them
        let cells: Vec<CellSet> = categories.iter().map(|id| self.gaps.of_category(*id)).collect();
        let possible: Vec<Option<Possible>> = self.gaps.cells.iter().map(|cell| self.possible(cell)).collect();
        let all = categories.iter().zip(&cells);
        all.map(|(id, cells)| self.category(*id, cells, &possible)).collect()
    }

    fn possible(&self, cell: &InputCell) -> Option<Possible> {
        let reading = self.gaps.reading;
        if let Swayed::Within(columns) = self.of {
            let within = columns.iter().find(|c| (c.table, c.column) == (cell.table, cell.column))?;
            let Value::Number(now) = &cell.value else { return None };
            let now = now.divide(&within.step)?.to_integer()?;
            return Some(Possible::Steps(within.step.clone(), within.ends(now)));
        }
        match reading.data.column(cell.table, cell.column)?.values {
            Values::YesNo(_) => Some(Possible::YesNo),
            _ => Domain::of(&reading, cell, self.shares).map(Possible::Domain),
        }
    }

    fn category(&mut self, id: CategoryId, cells: &CellSet, possible: &[Option<Possible>]) -> Sway {
        let now = self.gaps.reading.run.category(id, self.gaps.school).unwrap_or(Verdict::NotJudged);
        let known = |cell: &usize| possible.get(*cell).is_some_and(Option::is_some);
        let untried = cells.iter().filter(|cell| !known(cell)).count();
        let mut sway = Sway { cells: cells.len(), untried, every: untried == 0, met: false, other: false };
        if cells.is_empty() {
            self.add(&mut sway, id, now, &self.gaps.reading);
            return sway;
        }
        let ways = self.gaps.ways_of_category(id);
        let tried: Vec<usize> = cells.iter().copied().filter(known).collect();
        let (fillings, every) = fillings(&tried, &ways, possible);
        sway.every &= every && !self.gaps.is_full();
        // what is as it is occurs as well, unless it lacks what is filled in now
        if matches!(self.of, Swayed::Within(_)) || tried.is_empty() {
            self.add(&mut sway, id, now, &self.gaps.reading);
        }
        for filling in fillings {
            if sway.met && sway.other {
                break;
            }
            self.try_out(&mut sway, id, &filling, possible);
        }
        sway
    }

    /// Notes a verdict; what is undetermined still because of what cannot be filled in counts as what it can become.
    fn add(&self, sway: &mut Sway, id: CategoryId, verdict: Verdict, reading: &Reading<'_>) {
        let open = matches!(verdict, Verdict::Undetermined(_)) && matches!(self.of, Swayed::Lacking);
        let rule = reading.rules.categories.get(id.index()).map(|category| category.rule).filter(|_| open);
        match rule.map(|rule| reading.outlook(rule, verdict, self.gaps.school).certainty) {
            Some(Certainty::MetWhatever) => sway.met = true,
            Some(Certainty::Open | Certainty::TooMany) => (sway.met, sway.other) = (true, true),
            Some(Certainty::Decided | Certainty::NotMetWhatever) => sway.other = true,
            None if verdict.is_met() => sway.met = true,
            None => sway.other = true,
        }
    }

    fn try_out(&self, sway: &mut Sway, id: CategoryId, filling: &Filling, possible: &[Option<Possible>]) {
        let Reading { rules, plan, data, run } = self.gaps.reading;
        let mut columns: Vec<(TableId, ColumnId)> = Vec::new();
        let mut cells: Vec<Vec<(usize, Value)>> = Vec::new();
        for (at, place) in filling {
            let (Some(cell), Some(Some(possible))) = (self.gaps.cells.get(*at), possible.get(*at)) else { continue };
            let column = (cell.table, cell.column);
            let slot = columns.iter().position(|known| *known == column).unwrap_or_else(|| {
                columns.push(column);
                cells.push(Vec::new());
                columns.len() - 1
            });
            if let Some(cells) = cells.get_mut(slot) {
                cells.push((cell.row, possible.value(*place)));
            }
        }
        let mut changed = data.clone();
        for ((table, column), cells) in columns.iter().zip(&cells) {
            let altered = data.column(*table, *column).and_then(|column| column.altered(cells));
            match altered.and_then(|altered| changed.with_column(*table, *column, altered)) {
                Some(with) => changed = with,
                None => sway.every = false,
            }
        }
        let wanted: Vec<_> = plan.categories.get(id.index()).copied().into_iter().collect();
        let run = again(rules, plan, &changed, run, &Change { columns, steps: Vec::new() }, &wanted);
        let verdict = run.category(id, self.gaps.school).unwrap_or(Verdict::NotJudged);
        self.add(sway, id, verdict, &Reading { rules, plan, data: &changed, run: &run });
    }
}

/// The fillings that tell most, and whether they tell all.
fn fillings(cells: &[usize], ways: &Ways, possible: &[Option<Possible>]) -> (Vec<Filling>, bool) {
    let of = |cell: &usize| possible.get(*cell).and_then(Option::as_ref);
    let one_way = |cell: &usize| ways.get(cell) != Some(&Way::Either);
    let (directed, free): (Vec<usize>, Vec<usize>) = cells.iter().copied().partition(one_way);
    let mut corners: Vec<Filling> = Vec::new();
    for helps in [false, true] {
        let end = |cell: &usize| {
            let up = ways.get(cell) != Some(&Way::Down);
            let ends = of(cell)?.ends();
            Some((*cell, if up == helps { ends.1 } else { ends.0 }))
        };
        corners.push(directed.iter().filter_map(end).collect());
    }
    corners.dedup();
    let combinations = free.iter().filter_map(of).map(Possible::count).fold(1usize, usize::saturating_mul);
    let mut all = corners.clone();
    if combinations <= COMBINED {
        for cell in &free {
            let Some((low, high)) = of(cell).map(Possible::ends) else { continue };
            let with = |filling: &Filling, at: i64| filling.iter().copied().chain([(*cell, at)]).collect();
            all = all.iter().flat_map(|filling| (low..=high).map(move |at| with(filling, at))).collect();
        }
        return (all, true);
    }
    let mut all = Vec::new();
    for corner in &corners {
        for high in [false, true] {
            let end = |cell: &usize| Some((*cell, if high { of(cell)?.ends().1 } else { of(cell)?.ends().0 }));
            all.push(corner.iter().copied().chain(free.iter().filter_map(end)).collect());
        }
    }
    if free.len() <= ALONE {
        for cell in &free {
            let ends = of(cell).map(|possible| [possible.ends().0, possible.ends().1]);
            all.extend(ends.into_iter().flatten().map(|at| vec![(*cell, at)]));
        }
    }
    (all, false)
}
