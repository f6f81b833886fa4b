//! A school that moved, with each of the four factors old and new.
//!
//! Evaluates what a corner takes and no more; knows nothing of effects.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Ground, State, States, Work};
use crate::compare::effects::{CORNERS, Factor};
use crate::compare::{CategoryComparison, Matching, Side, Standing, of_several};
use crate::data::belonging::Own;
use crate::data::hybrid::{Half, Hybrid};
use crate::decision::Verdict;
use crate::model::CategoryId;

/// The rows of a school, before and after.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Family {
    /// Itself: all that it was made of, and what it is.
    pub rows: [Vec<usize>; 2],
    /// With what else was made of the same schools: what is its own. A school that was merged takes the others along, one that was
    /// divided its other parts.
    pub kin: [Vec<usize>; 2],
}

/// Families by the lines of a matching.
pub(super) struct Families<'m> {
    matching: &'m Matching,
    /// The lines that a row of the first dataset is in.
    lines: HashMap<usize, Vec<usize>>,
}

impl<'m> Families<'m> {
    pub fn of(matching: &'m Matching) -> Families<'m> {
        let mut lines: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, line) in matching.lines.iter().enumerate() {
            line.befores().for_each(|row| lines.entry(row).or_default().push(at));
        }
        Families { matching, lines }
    }

    /// `None`: only one side has the school.
    pub fn family(&self, line: usize) -> Option<Family> {
        let own = self.matching.lines.get(line)?;
        let (Some(_), Some(after)) = (own.before, own.after) else { return None };
        let (mut old, mut new, mut known) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::from([line]));
        let mut ahead = vec![line];
        while let Some(line) = ahead.pop().and_then(|at| self.matching.lines.get(at)) {
            new.extend(line.after);
            for row in line.befores().filter(|row| old.insert(*row)) {
                let more = self.lines.get(&row).map_or(&[][..], Vec::as_slice);
                ahead.extend(more.iter().copied().filter(|at| known.insert(*at)));
            }
        }
        let kin = [old.into_iter().collect(), new.into_iter().collect()];
        Some(Family { rows: [own.befores().collect(), vec![after]], kin })
    }
}

/// A school that moved, and what is evaluated for it alone.
pub(super) struct School<'w, 'a> {
    work: &'w Work<'a>,
    family: &'w Family,
    /// Of each side, in the order of its rows.
    codes: [Vec<String>; 2],
    /// In which it moved.
    categories: BTreeSet<&'w str>,
    /// The rows about it in both datasets, by declaration of the tables; nothing where the data are the same.
    own: Vec<Own>,
    /// Whether its rows differ, and whether those of others do.
    differs: (bool, bool),
    /// Its old rows among the others' new ones, and the other way round.
    hybrids: [OnceCell<Option<Mixture>>; 2],
}

/// The rows of a school from one side, all others from the other.
struct Mixture {
    ground: Ground<'static>,
    rows: Vec<usize>,
    /// By declaration of the tables.
    own: Vec<Own>,
}

/// Which factors are new, those without a bearing left out: positions of rules and data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Corner {
    own_rules: usize,
    others_rules: usize,
    own_data: usize,
    others_data: usize,
}

impl<'w, 'a> School<'w, 'a> {
    pub fn of(work: &'w Work<'a>, family: &'w Family, categories: BTreeSet<&'w str>) -> School<'w, 'a> {
        let code = |side: &Side<'_>, row: &usize| side.data.code(&side.rules.schema, side.rules.subject, *row);
        let [before, after] = &work.sides;
        let [old, new] = &family.rows;
        let codes =
            [old.iter().map(|row| code(before, row)).collect(), new.iter().map(|row| code(after, row)).collect()];
        let pairs = || work.shapes.iter().filter_map(|shape| shape.pair.as_ref());
        let own: Vec<Own> = pairs().map(|pair| pair.own(&family.kin)).collect();
        let both = || pairs().zip(&own);
        let differs =
            (both().any(|(pair, own)| pair.own_differs(own)), both().any(|(pair, own)| pair.others_differ(own)));
        School { work, family, codes, categories, own, differs, hybrids: [OnceCell::new(), OnceCell::new()] }
    }

    /// `None`: something cannot be evaluated.
    pub fn states(&self, category: &CategoryComparison) -> Option<States> {
        let mut known: BTreeMap<Corner, State> = BTreeMap::new();
        let mut states = [State::default(); CORNERS];
        for (at, slot) in states.iter_mut().enumerate() {
            let Some(corner) = self.corner(&category.name, at) else { continue };
            *slot = match known.get(&corner) {
                Some(state) => *state,
                None => {
                    let state = self.state(&category.name, corner)?;
                    known.insert(corner, state);
                    state
                }
            };
        }
        Some(states)
    }

    /// What a corner comes down to; `None`: its rules have no such category.
    fn corner(&self, category: &str, at: usize) -> Option<Corner> {
        let work = self.work;
        let rules = |factor: Factor| usize::from(factor.is_new(at) && work.books.len() > 1);
        let data = |factor: Factor| usize::from(factor.is_new(at) && work.grounds.len() > 1);
        let mut corner = Corner {
            own_rules: rules(Factor::OwnRules),
            others_rules: rules(Factor::OthersRules),
            own_data: data(Factor::OwnData),
            others_data: data(Factor::OthersData),
        };
        let book = work.books.get(corner.own_rules)?;
        if !book.reads_others(book.category(category)?) {
            corner.others_rules = corner.own_rules;
            corner.others_data = corner.own_data;
        }
        if work.untouched.contains(category) {
            corner.own_data = corner.others_data;
        }
        match self.differs {
            (false, _) => corner.own_data = corner.others_data,
            (true, false) => corner.others_data = corner.own_data,
            (true, true) => {}
        }
        Some(corner)
    }

    fn state(&self, category: &str, corner: Corner) -> Option<State> {
        let work = self.work;
        let book = work.books.get(corner.own_rules)?;
        let id = book.category(category)?;
        let rows = self.family.rows.get(corner.own_data)?;
        let (rows, verdicts) = if corner.own_data == corner.others_data {
            let ground = work.grounds.get(corner.own_data)?;
            let belonging = work.shape(corner.own_rules)?.belonging.get(corner.own_data)?;
            let own = || Some(belonging.of_schools(self.family.kin.get(corner.own_data)?));
            (rows, self.verdicts(ground, rows, &own, corner, id)?)
        } else {
            let mixture = self.hybrids.get(corner.own_data)?.get_or_init(|| self.mixture(corner.own_data));
            let Mixture { ground, rows, own } = mixture.as_ref()?;
            let own = || own.get(corner.own_rules).or_else(|| own.first()).cloned();
            (rows, self.verdicts(ground, rows, &own, corner, id)?)
        };
        // what is written of a school is written of its code
        let codes = self.codes.get(corner.own_data)?;
        let one = |((row, verdict), code): ((&usize, Verdict), &String)| Standing {
            row: Some(*row),
            verdict: Some(verdict),
            listed: book.registered(id, code).unwrap_or_else(|| verdict.is_met()),
        };
        let found = of_several(rows.iter().zip(verdicts).zip(codes).map(one));
        Some(State { listed: found.listed, open: matches!(found.verdict, Some(Verdict::Undetermined(_))) })
    }

    fn verdicts(
        &self,
        ground: &Ground<'_>,
        rows: &[usize],
        own: &dyn Fn() -> Option<Own>,
        corner: Corner,
        id: CategoryId,
    ) -> Option<Vec<Verdict>> {
        let at = corner.own_rules;
        let book = self.work.books.get(at)?;
        if corner.own_rules != corner.others_rules {
            let own = own()?;
            let is_own = |table, row| own.contains(table, row);
            let given = ground.given.get(at)?;
            let mixed = ground.alone(book, at)?.mixed(given, &is_own, &book.across, book.step(id)?);
            if let Some(verdicts) = mixed {
                return rows.iter().map(|row| verdicts.get(*row).copied()).collect();
            }
        }
        let run = ground.runs.get(at)?;
        rows.iter().map(|row| run.category(id, *row)).collect()
    }

    fn mixture(&self, own_data: usize) -> Option<Mixture> {
        let half = if own_data == 0 { Half::Old } else { Half::New };
        let shapes = self.work.shapes.iter().zip(&self.own);
        let hybrids = shapes.map(|(shape, own)| Some(shape.pair.as_ref()?.hybrid(&self.family.kin, own, half)));
        let hybrids: Vec<Hybrid> = hybrids.collect::<Option<_>>()?;
        let schools = hybrids.first()?.schools.clone();
        // schools stand in one order, however the tables are declared
        if hybrids.iter().any(|hybrid| hybrid.schools != schools) {
            return None;
        }
        let kin = self.family.kin.get(own_data)?;
        let place = |row: &usize| schools.get(kin.iter().position(|known| known == row)?).copied();
        let rows = self.family.rows.get(own_data)?.iter().map(place).collect::<Option<_>>()?;
        let wanted = super::wanted(&self.work.books, &self.categories);
        let (datasets, own) = hybrids.into_iter().map(|hybrid| (Cow::Owned(hybrid.dataset), hybrid.own)).unzip();
        Some(Mixture { ground: Ground::of(datasets, &self.work.books, &wanted)?, rows, own })
    }
}
