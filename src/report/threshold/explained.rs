//! At which values of a number the schools that move are explained, and the table that leads there.
//!
//! Chooses values and schools; evaluates nothing.

use super::{Teller, Thresholds, count, text};
use crate::decision::Verdict;
use crate::number::Number;
use crate::report::axis;
use crate::report::linked::Pages;
use crate::report::list::Judgement;
use crate::report::page::{Block, Header, Piece, Section, Table, Tone};
use crate::report::words::{category_word, criterion_word};
use crate::threshold::{Breakpoint, Change, Curve, Item, Profile, Subject};

/// Values at which the rules are evaluated for explanations: so few of big data, so many of small.
const LEAST_VALUES: usize = 2;
pub const MOST_VALUES: usize = 40;
/// Schools × values that are evaluated for them.
const MOST_WORK: usize = 1_000_000;
/// Schools of one table; the others are counted.
const MOST_MOVERS: usize = 500;

/// Of how many values the rules are evaluated for explanations.
pub fn most_values(schools: usize) -> usize {
    (MOST_WORK / schools.max(1)).clamp(LEAST_VALUES, MOST_VALUES)
}

/// A breakpoint at which schools enter or leave a list.
#[derive(Debug, Clone, Copy)]
pub struct Turn<'a> {
    pub curve: &'a Curve,
    /// Its position: it parts this stretch from the next one.
    pub at: usize,
    pub breakpoint: &'a Breakpoint,
}

impl<'a> Turn<'a> {
    /// Those that enter or leave.
    pub fn movers(&self) -> impl Iterator<Item = &'a Change> + use<'a> {
        let changes = self.curve.changes_at(self.breakpoint);
        changes.iter().filter(|change| change.from.listed != change.to.listed)
    }
}

/// All breakpoints at which schools move, those next to the present value first.
pub fn turns(profile: &Profile) -> Vec<Turn<'_>> {
    let mut found = Vec::new();
    for curve in &profile.curves {
        let now = curve.stretch_at(&profile.present);
        let moving = curve.breakpoints.iter().enumerate().filter(|(_, found)| found.entered + found.left > 0);
        found.extend(moving.map(|(at, breakpoint)| {
            let away = if at >= now { at - now } else { now - 1 - at };
            (away, Turn { curve, at, breakpoint })
        }));
    }
    found.sort_by_key(|(away, _)| *away);
    found.into_iter().map(|(_, turn)| turn).collect()
}

/// The values at which schools are explained beside the present one, ascending: one on each side of the breakpoints next to it.
pub fn values(subject: &Subject, profile: &Profile, most: usize) -> Vec<Number> {
    let mut values: Vec<Number> = Vec::new();
    for turn in turns(profile) {
        for stretch in [turn.at, turn.at + 1] {
            if values.len() < most && version(profile, &values, turn.curve, stretch).is_none() {
                let interval = turn.curve.interval(stretch);
                values.push(profile.domain.roundest(&interval, subject.unit.shown_factor(), &profile.present));
            }
        }
    }
    values.sort();
    values
}

/// The version by which schools are explained in a stretch: 0 is the rules as they are, the others follow the values.
pub fn version(profile: &Profile, values: &[Number], curve: &Curve, stretch: usize) -> Option<usize> {
    if profile.stretch_now(curve) == Some(stretch) {
        return Some(0);
    }
    values.iter().position(|value| curve.stretch_at(value) == stretch).map(|at| at + 1)
}

/// Who is explained: all that move by the rules as they are, and on both sides of the breakpoints that have values.
pub fn pages(
    judgement: &Judgement<'_>,
    profile: &Profile,
    values: &[Number],
    school: Option<usize>,
    folders: impl IntoIterator<Item = String>,
) -> Pages {
    let code = |row: usize| crate::report::list::code(judgement, row);
    let mut pages = Pages::new(folders);
    for turn in turns(profile) {
        let versions = [turn.at, turn.at + 1].map(|stretch| version(profile, values, turn.curve, stretch));
        for change in turn.movers() {
            let row = usize::try_from(change.row).unwrap_or(usize::MAX);
            for version in std::iter::once(0).chain(versions.into_iter().flatten()) {
                pages.add(version, row, &code(row));
            }
        }
    }
    if let Some(row) = school {
        pages.add(0, row, &code(row));
    }
    pages
}

/// What a verdict about an item is called.
pub fn verdict_word(item: Item, verdict: Verdict) -> &'static str {
    match item {
        Item::Category(_) => category_word(verdict),
        Item::Criterion(_) => criterion_word(verdict),
    }
}

impl Teller<'_> {
    /// What the versions are called, in their order.
    pub fn titles(&self) -> Vec<String> {
        let Thresholds { profile, values, .. } = self.found;
        let present = [("value", text(self.value(&profile.present, None)))];
        let now = self.say("threshold-version-now", &present);
        let at = |value: &Number| self.say("threshold-version-at", &[("value", text(self.value(value, None)))]);
        std::iter::once(now).chain(values.iter().map(at)).collect()
    }

    /// The version of a stretch, and the rules as they are.
    pub(super) fn versions(&self, curve: &Curve, stretch: usize) -> Vec<usize> {
        let Thresholds { profile, values, .. } = self.found;
        version(profile, values, curve, stretch).into_iter().chain([0]).collect()
    }

    /// Who moves at which breakpoint, with the verdicts on both sides of it; the nearest breakpoints first.
    pub(super) fn movers(&self) -> Option<Block> {
        let Thresholds { judgement, profile, explained, values, .. } = self.found;
        let turns = turns(profile);
        let all: usize = turns.iter().map(|turn| turn.movers().count()).sum();
        if all == 0 {
            return None;
        }
        let several = profile.curves.len() > 1;
        let mut headers = vec![Header::text(self.speaker.word("registered-head-school"))];
        headers.extend(several.then(|| Header::text(self.speaker.word("threshold-head-list"))));
        let sides = ["threshold-head-breakpoint", "threshold-head-below", "threshold-head-above"];
        headers.extend(sides.map(|id| Header::text(self.speaker.word(id))));
        let mut rows = Vec::new();
        for turn in &turns {
            let list = axis::list(judgement.rules, turn.curve.item, self.speaker);
            for change in turn.movers().take(MOST_MOVERS.saturating_sub(rows.len())) {
                let row = usize::try_from(change.row).unwrap_or(usize::MAX);
                let school = Piece::linked(self.school(row), explained.link(0, row));
                let mut cells = vec![school];
                cells.extend(several.then(|| Piece::plain(list.clone())));
                cells.push(Piece::plain(self.value(&turn.breakpoint.mark.value, Some(&profile.present))));
                for (stretch, state) in [(turn.at, change.from), (turn.at + 1, change.to)] {
                    let version = version(profile, values, turn.curve, stretch);
                    let word = self.speaker.word(verdict_word(turn.curve.item, state.verdict));
                    let mut piece = Piece::new(word, Tone::of(state.verdict));
                    piece.link = version.and_then(|version| explained.link(version, row));
                    cells.push(piece);
                }
                rows.push(cells);
            }
        }
        let mut blocks = vec![Block::Table(Table { title: String::new(), headers, rows })];
        if all > MOST_MOVERS {
            blocks.push(Block::Notice(self.say("compare-more", &[("count", count(all - MOST_MOVERS))])));
        }
        let title = vec![Piece::new(self.say("threshold-movers", &[("count", count(all))]), Tone::Strong)];
        Some(Block::Folded(Section { title, blocks }))
    }
}
