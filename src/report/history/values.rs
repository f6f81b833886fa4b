//! The indicators of the first and the last cycle, and what their change cost.

use super::{Shown, count, number, paragraph, text};
use crate::history::{CategoryHistory, Change, Group, IndicatorChange, Monitoring, Series, Spent};
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::report::page::{Block, Header, Piece, Table, Tone};
use crate::value::Unit;

pub fn name(series: &Series) -> String {
    series.title.as_ref().map_or_else(|| series.name.replace('_', " "), |title| title.to_string())
}

/// The unit of a difference of two values.
pub fn difference(unit: &Unit) -> Unit {
    match unit {
        Unit::Percent => Unit::PercentagePoint,
        other => other.clone(),
    }
}

pub fn group_word(group: Group) -> &'static str {
    match group {
        Group::Listed => "history-group-listed",
        Group::Left => "history-group-left",
        Group::Remained => "history-group-remained",
        Group::NotListed => "history-group-not-listed",
    }
}

fn quantity(value: Option<&Number>, unit: &Unit, speaker: &Speaker) -> Piece {
    match value {
        Some(value) => Piece::plain(speaker.quantity(value, unit, Precision::Plain)),
        None => Piece::new("–", Tone::Faint),
    }
}

pub(super) fn signed(value: Option<&Number>, unit: &Unit, speaker: &Speaker) -> Piece {
    let mut piece = quantity(value, &difference(unit), speaker);
    if value.is_some_and(|value| !value.is_negative() && !value.is_zero()) && !piece.text.starts_with('≈') {
        piece.text.insert(0, '+');
    }
    piece
}

pub(super) fn monitoring(shown: &Shown<'_>, found: &Monitoring, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(speaker.word("history-monitoring"))];
    blocks.push(paragraph(speaker.word("history-monitoring-how")));
    let sizes = Group::EACH.iter().zip(&found.groups);
    let rows = sizes.map(|(group, size)| vec![Piece::plain(speaker.word(group_word(*group))), number(*size)]);
    blocks.push(Block::Table(Table {
        title: String::new(),
        headers: vec![
            Header::text(speaker.word("history-head-group")),
            Header::number(speaker.word("history-head-schools")),
        ],
        rows: rows.collect(),
    }));
    for (contextual, id) in [(false, "history-indicators"), (true, "history-contextual")] {
        let of: Vec<&IndicatorChange> = found.indicators.iter().filter(|one| one.contextual == contextual).collect();
        if !of.is_empty() {
            blocks.push(Block::Table(changes(shown, &of, speaker.word(id), speaker)));
        }
    }
    if found.indicators.is_empty() {
        blocks.push(paragraph(speaker.word("history-no-indicators")));
    }
    if let Some(spent) = &found.spent {
        blocks.extend(costs(shown, found, spent, speaker));
    }
    blocks
}

fn changes(shown: &Shown<'_>, of: &[&IndicatorChange], title: String, speaker: &Speaker) -> Table {
    let mut headers =
        vec![Header::text(speaker.word("history-head-indicator")), Header::text(speaker.word("history-head-group"))];
    let numbers = [
        "history-head-known",
        "history-head-first",
        "history-head-last",
        "history-head-change",
        "history-head-rose",
        "history-head-fell",
        "history-head-same",
    ];
    headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
    let mut rows = Vec::new();
    for one in of {
        let Some(series) = shown.series.get(one.series) else { continue };
        for (at, (group, change)) in Group::EACH.iter().zip(&one.changes).enumerate() {
            let Change { known, first, last, change, rose, fell, same } = change;
            let mut cells = vec![
                Piece::plain(if at == 0 { name(series) } else { String::new() }),
                Piece::plain(speaker.word(group_word(*group))),
                number(*known),
                quantity(first.as_ref(), &series.unit, speaker),
                quantity(last.as_ref(), &series.unit, speaker),
                signed(change.as_ref(), &series.unit, speaker),
            ];
            cells.extend([rose, fell, same].map(|n| number(*n)));
            rows.push(cells);
        }
    }
    Table { title, headers, rows }
}

fn money(value: &Number, speaker: &Speaker) -> String {
    speaker.number(value)
}

fn costs(shown: &Shown<'_>, found: &Monitoring, spent: &Spent, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(speaker.word("history-costs"))];
    let arguments = [
        ("schools", count(spent.schools)),
        ("with", count(spent.with_amount)),
        ("total", text(money(&spent.total, speaker))),
        ("left", count(spent.left)),
    ];
    blocks.push(paragraph(speaker.say("history-spent", &arguments)));
    blocks.push(match &spent.per_left {
        Some(per_left) => {
            let arguments = [
                ("total", text(money(&spent.total, speaker))),
                ("left", count(spent.left)),
                ("per", text(money(per_left, speaker))),
            ];
            paragraph(speaker.say("history-per-left", &arguments))
        }
        None => paragraph(speaker.word("history-nobody-left")),
    });
    blocks.push(paragraph(speaker.word("history-per-unit-how")));
    let headers = vec![
        Header::text(speaker.word("history-head-indicator")),
        Header::number(speaker.word("history-head-schools")),
        Header::number(speaker.word("history-head-spent")),
        Header::number(speaker.word("history-head-sum")),
        Header::number(speaker.word("history-head-per-unit")),
    ];
    let row = |one: &IndicatorChange| {
        let (cost, series) = (one.cost.as_ref()?, shown.series.get(one.series)?);
        let unit = difference(&series.unit);
        let sum = cost.change.divide(&Number::from_integer(unit.shown_factor()));
        Some(vec![
            Piece::plain(name(series)),
            number(cost.schools),
            Piece::plain(money(&cost.total, speaker)),
            signed(sum.as_ref(), &series.unit, speaker),
            match &cost.per_unit {
                Some(per_unit) => Piece::plain(money(per_unit, speaker)),
                None => Piece::new("–", Tone::Faint),
            },
        ])
    };
    let rows = found.indicators.iter().filter_map(row).collect();
    blocks.push(Block::Table(Table { title: String::new(), headers, rows }));
    blocks
}

/// What one school had in every cycle.
pub(super) fn of_school(shown: &Shown<'_>, category: &CategoryHistory, code: &str, speaker: &Speaker) -> Vec<Block> {
    let mut headers =
        vec![Header::text(speaker.word("history-head-indicator")), Header::text(speaker.word("history-head-kind"))];
    headers.extend(shown.history.cycles.iter().map(Header::number));
    headers.push(Header::number(speaker.word("history-head-change")));
    let row = |series: &Series| {
        let (first, last) = (series.first(code), series.last(code));
        if series.values.iter().all(|values| !values.contains_key(code)) {
            return None;
        }
        let change = first.zip(last).map(|(first, last)| last.subtract(first));
        let kind =
            if series.used_by.contains(&category.name) { "history-kind-used" } else { "history-kind-contextual" };
        let mut cells = vec![Piece::plain(name(series)), Piece::plain(speaker.word(kind))];
        cells.extend(series.values.iter().map(|values| quantity(values.get(code), &series.unit, speaker)));
        cells.push(signed(change.as_ref(), &series.unit, speaker));
        Some(cells)
    };
    let rows: Vec<Vec<Piece>> = shown.series.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Table(Table { title: speaker.word("history-values"), headers, rows })]
}
