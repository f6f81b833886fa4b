//! The figures of each school and of each list, made from what every kind found.

use super::{Cause, Ground, Kind, Sheet};
use crate::decision::Verdict;
use crate::model::CategoryId;
use crate::number::Number;

/// How many perturbations of one kind a school was tried with, and under how many its place stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub stays: u32,
    pub tried: u32,
    /// Not every value that a cell may have was tried: the place may still be another one.
    pub searched: bool,
}

/// One school on or beside a list.
#[derive(Debug, Clone)]
pub struct School {
    pub row: usize,
    pub listed: bool,
    pub verdict: Verdict,
    /// One per kind that counts, in their order.
    pub tallies: Vec<Tally>,
    pub causes: Vec<Cause>,
}

/// One list with everyone who is judged for it.
#[derive(Debug, Clone)]
pub struct List {
    pub category: CategoryId,
    /// In the order of the data: who is judged, is on the list or could be.
    pub schools: Vec<School>,
}

/// What part of the schools on a list stay on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    pub listed: usize,
    /// Under every perturbation of every kind.
    pub all: usize,
    /// Under every perturbation of one kind, in the order of the kinds that count.
    pub each: Vec<usize>,
}

impl Tally {
    pub fn is_whole(self) -> bool {
        self.stays == self.tried
    }

    /// The part under which the place stays; with nothing to try, all of it.
    pub fn share(self) -> Number {
        Number::ratio(i128::from(self.stays), i128::from(self.tried)).unwrap_or_else(Number::one)
    }
}

impl School {
    /// The mean of the shares of all kinds.
    pub fn figure(&self) -> Number {
        let sum = self.tallies.iter().fold(Number::zero(), |sum, tally| sum.add(&tally.share()));
        let kinds = Number::from_integer(i64::try_from(self.tallies.len()).unwrap_or(i64::MAX));
        sum.divide(&kinds).unwrap_or_else(Number::one)
    }

    /// No perturbation moves it.
    pub fn is_sure(&self) -> bool {
        self.tallies.iter().all(|tally| tally.is_whole())
    }

    /// Not everything that its cells may hold was tried, and nothing that was moves it.
    pub fn is_searched(&self) -> bool {
        self.tallies.iter().any(|tally| tally.searched)
    }
}

impl List {
    pub fn shares(&self, kinds: usize) -> Shares {
        let listed = || self.schools.iter().filter(|school| school.listed);
        let whole = |at: usize| listed().filter(|s| s.tallies.get(at).is_none_or(|tally| tally.is_whole())).count();
        Shares {
            listed: listed().count(),
            all: listed().filter(|school| school.is_sure()).count(),
            each: (0..kinds).map(whole).collect(),
        }
    }

    /// Schools that some perturbation moves, the most fragile first, equal ones in the order of the data.
    pub fn fragile(&self) -> Vec<&School> {
        let mut found: Vec<(Number, &School)> =
            self.schools.iter().filter(|school| !school.is_sure()).map(|school| (school.figure(), school)).collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        found.into_iter().map(|(_, school)| school).collect()
    }
}

impl Sheet {
    /// Notes that not every value was tried.
    pub(super) fn searched(&mut self, category: usize, row: usize, searched: bool) {
        if let Some(tally) = self.tallies.get_mut(category).and_then(|tallies| tallies.get_mut(row)) {
            tally.searched |= searched;
        }
    }
}

/// The lists asked for, with the tallies of the kinds that count.
pub(super) fn lists(ground: &Ground<'_>, sheets: Vec<(Kind, Sheet)>) -> Vec<List> {
    let sheets: Vec<Sheet> = sheets.into_iter().map(|(_, sheet)| sheet).filter(|s| s.standing.counts()).collect();
    let mut causes: Vec<Vec<Vec<Cause>>> = vec![vec![Vec::new(); ground.schools()]; ground.categories.len()];
    for (category, row, cause) in sheets.iter().flat_map(|sheet| &sheet.causes) {
        let row = usize::try_from(*row).unwrap_or(usize::MAX);
        if let Some(slot) = causes.get_mut(*category).and_then(|rows| rows.get_mut(row)) {
            slot.push(cause.clone());
        }
    }
    let list = |(at, (id, causes)): (usize, (&CategoryId, Vec<Vec<Cause>>))| {
        let school = |(row, causes): (usize, Vec<Cause>)| {
            let verdict = ground.run.category(*id, row)?;
            let listed = ground.run.is_listed(*id, row);
            if verdict == Verdict::NotJudged && !listed && causes.is_empty() {
                return None;
            }
            let tally = |sheet: &Sheet| sheet.tallies.get(at).and_then(|t| t.get(row)).copied().unwrap_or_default();
            Some(School { row, listed, verdict, tallies: sheets.iter().map(tally).collect(), causes })
        };
        List { category: *id, schools: causes.into_iter().enumerate().filter_map(school).collect() }
    };
    ground.categories.iter().zip(causes).enumerate().map(list).collect()
}
