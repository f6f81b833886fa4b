//! How the indicators changed from each cycle to the next, for who was on the list and who was not.
//!
//! Lays out what was found for pairs of cycles; the whole of each – means, how many rose and fell – is in the JSON.

use super::values::{name, signed};
use super::{Period, Shown, count, number, paragraph, text, transition_title};
use crate::history::{Group, Series};
use crate::messages::Speaker;
use crate::report::page::{Block, Header, Piece, Table, Tone};

pub fn group_word(group: Group) -> &'static str {
    match group {
        Group::Listed => "history-group-listed-before",
        Group::Left => "history-group-left",
        Group::Remained => "history-group-remained",
        Group::NotListed => "history-group-not-listed-before",
    }
}

/// An indicator that some pair of cycles has.
struct Row<'a> {
    series: &'a Series,
    /// The category does not rest on it, in the last pair that has it.
    contextual: bool,
}

fn is_same(one: &Series, other: &Series) -> bool {
    one.name == other.name && one.unit == other.unit && one.of_data == other.of_data
}

/// Indicators in the order of the last pair, then those that only earlier ones have.
fn rows<'a>(periods: &'a [Period<'a>], category: usize) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for period in periods.iter().rev() {
        let Some(monitoring) = period.monitoring.get(category) else { continue };
        for one in &monitoring.indicators {
            let Some(series) = period.series.get(one.series) else { continue };
            if !rows.iter().any(|row| is_same(row.series, series)) {
                rows.push(Row { series, contextual: one.contextual });
            }
        }
    }
    rows
}

/// Nothing where there are only two cycles, or no values.
pub(super) fn blocks(shown: &Shown<'_>, category: usize, speaker: &Speaker) -> Vec<Block> {
    let all = rows(shown.periods, category);
    if all.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading(speaker.word("history-periods"))];
    blocks.push(paragraph(speaker.word("history-periods-how")));
    let names = |lead: &[&str]| -> Vec<Header> {
        let pairs = (0..shown.periods.len()).map(|at| Header::number(transition_title(shown.history, at, speaker)));
        lead.iter().map(|id| Header::text(speaker.word(id))).chain(pairs).collect()
    };
    let sizes = |(at, group): (usize, Group)| {
        let size = |period: &Period<'_>| {
            let found = period.monitoring.get(category).and_then(|found| found.groups.get(at));
            found.map_or_else(|| Piece::new("–", Tone::Faint), |size| number(*size))
        };
        [Piece::plain(speaker.word(group_word(group)))].into_iter().chain(shown.periods.iter().map(size)).collect()
    };
    blocks.push(Block::Table(Table {
        title: String::new(),
        headers: names(&["history-head-group"]),
        rows: Group::EACH.into_iter().enumerate().map(sizes).collect(),
    }));
    for (contextual, id) in [(false, "history-indicators"), (true, "history-contextual")] {
        let of = all.iter().filter(|row| row.contextual == contextual);
        let rows: Vec<Vec<Piece>> = of.flat_map(|row| changes(shown.periods, category, row.series, speaker)).collect();
        if !rows.is_empty() {
            let headers = names(&["history-head-indicator", "history-head-group"]);
            blocks.push(Block::Table(Table { title: speaker.word(id), headers, rows }));
        }
    }
    blocks
}

/// A row per group: the mean change in each pair, and of how many schools.
fn changes(periods: &[Period<'_>], category: usize, series: &Series, speaker: &Speaker) -> Vec<Vec<Piece>> {
    let row = |(at, group): (usize, Group)| {
        let cell = |period: &Period<'_>| {
            let found = period.monitoring.get(category).map_or(&[][..], |found| found.indicators.as_slice());
            let is_it = |place: usize| period.series.get(place).is_some_and(|other| is_same(other, series));
            let change = found.iter().find(|one| is_it(one.series)).and_then(|one| one.changes.get(at));
            let Some(change) = change.filter(|change| change.change.is_some()) else {
                return Piece::new("–", Tone::Faint);
            };
            let mean = signed(change.change.as_ref(), &series.unit, speaker).text;
            let arguments = [("change", text(mean)), ("known", count(change.known))];
            Piece::plain(speaker.say("history-period-cell", &arguments))
        };
        let name = Piece::plain(if at == 0 { name(series) } else { String::new() });
        let lead = [name, Piece::plain(speaker.word(group_word(group)))];
        lead.into_iter().chain(periods.iter().map(cell)).collect()
    };
    Group::EACH.into_iter().enumerate().map(row).collect()
}
