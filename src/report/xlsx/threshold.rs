//! A number of the rules for every value as a workbook: stretches, a step chart, and the schools that move.
//!
//! Lays out step functions; finds none itself.

use super::sheets::{Cell, Columns, MOST_TABLE_ROWS, Tab, said, workbook as build};
use super::steps::{self, Steps};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::report::axis::{self, End};
use crate::report::list::Judgement;
use crate::report::page::Block;
use crate::report::threshold::explained::{Turn, verdict_word};
use crate::report::threshold::{Teller, Thresholds, drawn};
use crate::threshold::{Breakpoint, Curve, Interval};
use crate::value::Unit;

/// The workbook as bytes.
///
/// # Errors
/// The words of the library when a limit of the format is passed.
pub fn workbook(title: &str, head: &[Block], found: &Thresholds<'_>, speaker: &Speaker) -> Result<Vec<u8>, String> {
    let book = Book { found, speaker, teller: Teller { found, speaker } };
    build(title, &[book.stretches(title, head), book.steps(), book.movers()], speaker)
}

/// Codes of schools in one cell.
pub(super) fn codes(all: impl Iterator<Item = String>) -> Cell<'static> {
    let said = all.collect::<Vec<_>>().join(", ");
    if said.is_empty() { Cell::Empty } else { Cell::Text(said) }
}

/// Titles of columns in one language.
pub(super) fn columns(speaker: &Speaker, ids: &[(&str, u16)]) -> Columns {
    ids.iter().map(|(id, width)| (speaker.word(id), *width)).collect()
}

struct Book<'a> {
    found: &'a Thresholds<'a>,
    speaker: &'a Speaker,
    teller: Teller<'a>,
}

impl Book<'_> {
    fn list(&self, curve: &Curve) -> Cell<'static> {
        Cell::Text(axis::list(self.found.judgement.rules, curve.item, self.speaker))
    }

    fn unit(&self) -> &Unit {
        &self.found.subject.unit
    }

    fn row(row: u32) -> usize {
        usize::try_from(row).unwrap_or(usize::MAX)
    }

    /// An end of an interval: its value, and whether it belongs to it.
    fn end(&self, end: Option<End>) -> [Cell<'static>; 2] {
        let Some(End { value, itself }) = end else { return [Cell::Empty, Cell::Empty] };
        let belongs = if itself { "truth-yes" } else { "truth-no" };
        [Cell::Number(value, self.unit().clone()), Cell::Text(self.speaker.word(belongs))]
    }

    fn stretches(&self, title: &str, head: &[Block]) -> Tab<'static> {
        let Thresholds { profile, judgement, .. } = self.found;
        let ids = [
            ("threshold-head-list", 22),
            ("threshold-head-value", 36),
            ("threshold-head-from", 12),
            ("threshold-head-including", 10),
            ("threshold-head-to", 12),
            ("threshold-head-including", 10),
            ("threshold-head-listed", 10),
            ("threshold-head-entered", 10),
            ("threshold-head-left", 10),
            ("threshold-head-open", 13),
            ("threshold-head-who-entered", 40),
            ("threshold-head-who-left", 40),
        ];
        let mut rows = Vec::new();
        for curve in &profile.curves {
            let now = profile.stretch_now(curve);
            for stretch in 0..curve.stretches() {
                let interval = curve.interval(stretch);
                let mut value = self.teller.interval(&interval);
                if Some(stretch) == now {
                    value = self.speaker.say("threshold-present", &[("interval", Argument::Text(value))]);
                }
                let (low, high) = axis::ends(&interval, &profile.domain);
                let begun = stretch.checked_sub(1).and_then(|at| curve.breakpoints.get(at));
                let (entered, left) = begun.map_or((0, 0), |begun| (begun.entered, begun.left));
                let (listed, open) = curve.counts(stretch);
                let moved = |entered: bool| {
                    let changes = begun.map_or(&[][..], |begun| curve.changes_at(begun)).iter();
                    let moved = changes.filter(move |c| c.from.listed != c.to.listed && c.to.listed == entered);
                    codes(moved.map(|change| crate::report::list::code(judgement, Self::row(change.row))))
                };
                let mut cells = vec![self.list(curve), Cell::Text(value)];
                cells.extend(self.end(low).into_iter().chain(self.end(high)));
                cells.extend([listed, entered, left, open].map(Cell::Count));
                cells.extend([moved(true), moved(false)]);
                rows.push(cells);
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let now = [
            ("what", Argument::Text(crate::report::threshold::what(self.found, self.speaker))),
            ("value", Argument::Text(self.teller.value(&profile.present, None))),
        ];
        let every = self.teller.interval(&Interval { from: None, to: None });
        let mut lead = vec![title.to_owned()];
        lead.extend(said(head));
        lead.push(self.speaker.say("threshold-now", &now));
        lead.push(self.speaker.say("threshold-domain", &[("interval", Argument::Text(every))]));
        lead.extend(profile.curves.iter().filter_map(|curve| {
            let list = axis::list(self.found.judgement.rules, curve.item, self.speaker);
            self.teller.outside(curve).map(|said| format!("{list}. {said}"))
        }));
        let name = self.speaker.word("sheet-stretches");
        Tab { name, lead, columns: columns(self.speaker, &ids), rows, frozen: 2, ..Tab::default() }
    }

    /// The corners of the step lines, and charts of them with the present value marked.
    fn steps(&self) -> Tab<'static> {
        let profile = self.found.profile;
        let line = |curve: &Curve| {
            let list = axis::list(self.found.judgement.rules, curve.item, self.speaker);
            let corner = |breakpoint: &Breakpoint| (breakpoint.mark.value.clone(), breakpoint.listed);
            Some(Steps {
                title: self.speaker.say("threshold-chart", &[("list", Argument::Text(list.clone()))]),
                list,
                number: crate::report::threshold::what(self.found, self.speaker),
                unit: self.unit().clone(),
                ends: drawn(curve, profile)?,
                first: curve.listed,
                corners: curve.breakpoints.iter().map(corner).collect(),
                present: (!profile.is_outside()).then(|| (profile.present.clone(), profile.counts_now(curve).0)),
            })
        };
        let changing = profile.curves.iter().filter(|curve| !curve.breakpoints.is_empty());
        steps::tab(self.speaker.word("sheet-chart"), changing.filter_map(line).collect(), self.speaker)
    }

    fn movers(&self) -> Tab<'static> {
        let Thresholds { judgement, profile, .. } = self.found;
        let ids = [
            ("threshold-head-list", 22),
            ("document-head-code", 12),
            ("document-head-name", 44),
            ("threshold-head-breakpoint", 14),
            ("compare-head-way", 20),
            ("threshold-head-below", 18),
            ("threshold-head-above", 18),
        ];
        let mut rows = Vec::new();
        for curve in &profile.curves {
            for (at, breakpoint) in curve.breakpoints.iter().enumerate() {
                for change in (Turn { curve, at, breakpoint }).movers() {
                    let row = Self::row(change.row);
                    let way = if change.to.listed { "compare-way-entered" } else { "compare-way-left" };
                    let mut cells = vec![self.list(curve)];
                    cells.extend(school(judgement, row));
                    cells.push(Cell::Number(breakpoint.mark.value.clone(), self.unit().clone()));
                    let words = [
                        way,
                        verdict_word(curve.item, change.from.verdict),
                        verdict_word(curve.item, change.to.verdict),
                    ];
                    cells.extend(words.map(|word| Cell::Text(self.speaker.word(word))));
                    rows.push(cells);
                }
            }
        }
        rows.truncate(MOST_TABLE_ROWS);
        let name = self.speaker.word("sheet-movers");
        Tab { name, columns: columns(self.speaker, &ids), rows, frozen: 3, ..Tab::default() }
    }
}

/// Code and name of a school.
pub(super) fn school(judgement: &Judgement<'_>, row: usize) -> [Cell<'static>; 2] {
    let name = crate::report::list::name(judgement, row);
    [Cell::Text(crate::report::list::code(judgement, row)), name.map_or(Cell::Empty, Cell::Text)]
}
