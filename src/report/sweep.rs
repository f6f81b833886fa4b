//! The rules at every point of a grid as a page and as delimited text: one line for each point.
//!
//! Lays out points; evaluates none.

use std::collections::BTreeMap;

use super::linked::{Explained, Pages, cell};
use super::list::Judgement;
use super::page::{Block, Header, Page, Piece, Section, Table, Tone};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::language::Language;
use crate::messages::Speaker;
use crate::model::CategoryId;
use crate::sweep::{Dimension, Grid, Point, PointList, What};

/// Points of the table on a page; the others are counted.
const MOST_ROWS: usize = 2000;
/// Schools named in one cell.
const MOST_NAMED: usize = 6;

/// A grid with what the rules come to at its points.
#[derive(Debug, Clone, Copy)]
pub struct Swept<'a> {
    pub judgement: &'a Judgement<'a>,
    pub grid: &'a Grid,
    pub categories: &'a [CategoryId],
    pub points: &'a [Point],
    /// The points by whose rules schools are explained, beside the rules as they are.
    pub versions: &'a [usize],
    /// Rows of the schools by code.
    pub rows: &'a BTreeMap<String, usize>,
    pub explained: Explained<'a>,
}

/// Rows of all schools by code.
pub fn rows(judgement: &Judgement<'_>) -> BTreeMap<String, usize> {
    (0..judgement.run.schools).map(|row| (super::list::code(judgement, row), row)).collect()
}

/// Who is explained: all that move by the rules as they are, and by the rules of the points that have versions.
pub fn pages(
    points: &[Point],
    versions: &[usize],
    rows: &BTreeMap<String, usize>,
    folders: impl IntoIterator<Item = String>,
) -> Pages {
    let mut pages = Pages::new(folders);
    for point in points {
        let version = versions.iter().position(|at| *at == point.point).map(|at| at + 1);
        for code in point.lists.iter().flat_map(|list| list.entered.iter().chain(&list.left)) {
            let Some(row) = rows.get(code) else { continue };
            for version in std::iter::once(0).chain(version) {
                pages.add(version, *row, code);
            }
        }
    }
    pages
}

/// What the versions are called, in their order.
pub fn titles(grid: &Grid, versions: &[usize], speaker: &Speaker) -> Vec<String> {
    let at = |point: &usize| {
        let values = [("number", text((point + 1).to_string())), ("values", text(said(grid, *point, speaker)))];
        speaker.say("sweep-version-at", &values)
    };
    std::iter::once(speaker.word("compare-side-before")).chain(versions.iter().map(at)).collect()
}

/// The values of a point in a phrase.
pub fn said(grid: &Grid, point: usize, speaker: &Speaker) -> String {
    let values = grid.dimensions.iter().zip(grid.values(point));
    let one = |(dimension, shown): (&Dimension, &str)| {
        format!("{} = {}", name(dimension, speaker), value(dimension, shown, speaker))
    };
    values.map(one).collect::<Vec<_>>().join("; ")
}

/// How many schools a list has by the rules as they are, and how many are undetermined.
pub fn present(found: &Swept<'_>, id: CategoryId) -> (usize, usize) {
    let run = found.judgement.run;
    let rows = || 0..run.schools;
    let open = |row: &usize| matches!(run.category(id, *row), Some(Verdict::Undetermined(_)));
    (rows().filter(|row| run.is_listed(id, *row)).count(), rows().filter(open).count())
}

/// What a dimension is called.
pub fn name(dimension: &Dimension, speaker: &Speaker) -> String {
    match dimension.what {
        What::Scenario => speaker.word("sweep-scenario"),
        _ => dimension.name().to_owned(),
    }
}

/// A value as it is shown: the rules as they are have a name.
pub fn value(dimension: &Dimension, value: &str, speaker: &Speaker) -> String {
    match dimension.what {
        What::Scenario if value == "-" => speaker.word("sweep-as-they-are"),
        _ => value.to_owned(),
    }
}

/// Why the rules of a point are refused, in one line.
pub fn reasons(point: &Point, language: Language) -> String {
    let reason = |reason: &crate::sweep::Reason| {
        let said = match language {
            Language::Russian => &reason.ru,
            Language::English => &reason.en,
        };
        let place = reason.place.as_ref().map_or(String::new(), |place| format!(" ({place})"));
        format!("{} {said}{place}", reason.code)
    };
    point.refused.iter().map(reason).collect::<Vec<_>>().join("; ")
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The whole page. `head`: what the rules and the data are.
pub fn page(title: String, head: Vec<Block>, found: &Swept<'_>, speaker: &Speaker) -> Page {
    let mut blocks = head;
    let refused = found.points.iter().filter(|point| !point.refused.is_empty()).count();
    let arguments = [("points", count(found.points.len())), ("refused", count(refused))];
    blocks.push(Block::Paragraph(vec![Piece::plain(speaker.say("sweep-said", &arguments))]));
    let rules = found.judgement.rules;
    for (at, id) in found.categories.iter().enumerate() {
        let category = rules.categories.get(id.index()).map_or("", |category| category.name.as_ref());
        blocks.push(Block::Heading(speaker.say("threshold-category", &[("name", text(category))])));
        let (listed, open) = present(found, *id);
        let arguments = [("listed", count(listed)), ("open", count(open))];
        blocks.push(Block::Paragraph(vec![Piece::plain(speaker.say("sweep-now", &arguments))]));
        blocks.push(Block::Table(table(found, at, listed, speaker)));
        if found.points.len() > MOST_ROWS {
            let more = found.points.len() - MOST_ROWS;
            blocks.push(Block::Notice(speaker.say("sweep-more", &[("count", count(more))])));
        }
    }
    let linked = [("points", count(found.versions.len()))];
    blocks.extend(found.explained.blocks(speaker.say("sweep-linked", &linked), speaker));
    let told: Vec<Vec<Piece>> = found
        .points
        .iter()
        .filter(|point| !point.refused.is_empty())
        .take(MOST_ROWS)
        .map(|point| {
            let number = Piece::plain((point.point + 1).to_string());
            vec![number, Piece::new(reasons(point, speaker.language()), Tone::Open)]
        })
        .collect();
    if !told.is_empty() {
        let headers =
            vec![Header::number(speaker.word("sweep-head-point")), Header::text(speaker.word("sweep-head-refused"))];
        let title = vec![Piece::plain(speaker.word("sweep-refused"))];
        let blocks_inside = vec![Block::Table(Table { title: String::new(), headers, rows: told })];
        blocks.push(Block::Section(Section { title, blocks: blocks_inside }));
    }
    let title = speaker.say("sweep-title", &[("rules", text(title))]);
    Page { title, language: speaker.language(), blocks }
}

fn table(found: &Swept<'_>, list: usize, listed_now: usize, speaker: &Speaker) -> Table {
    let mut headers = vec![Header::number(speaker.word("sweep-head-point"))];
    headers.extend(found.grid.dimensions.iter().map(|dimension| Header::text(name(dimension, speaker))));
    let numbers = ["threshold-head-listed", "threshold-head-entered", "threshold-head-left", "threshold-head-open"];
    headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
    headers.push(Header::text(speaker.word("threshold-head-who")));
    let row = |point: &Point| {
        let mut cells = vec![Piece::new((point.point + 1).to_string(), Tone::Faint)];
        let values = found.grid.dimensions.iter().zip(found.grid.values(point.point));
        cells.extend(values.map(|(dimension, shown)| Piece::plain(value(dimension, shown, speaker))));
        match point.lists.get(list) {
            Some(list) => {
                let tone =
                    if list.listed == listed_now && list.entered.is_empty() { Tone::Plain } else { Tone::Strong };
                cells.push(Piece::new(list.listed.to_string(), tone));
                cells.extend([list.entered.len(), list.left.len(), list.undetermined].map(number));
                cells.push(cell(&who(found, point.point, list, speaker), Tone::Plain));
            }
            None => {
                cells.extend(std::iter::repeat_n(Piece::new("–", Tone::Faint), 4));
                cells.push(Piece::new(speaker.word("sweep-no-rules"), Tone::Open));
            }
        }
        cells
    };
    let rows = found.points.iter().take(MOST_ROWS).map(row).collect();
    Table { title: speaker.word("sweep-table"), headers, rows }
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

fn who(found: &Swept<'_>, point: usize, list: &PointList, speaker: &Speaker) -> String {
    let version = found.versions.iter().position(|at| *at == point).map(|at| at + 1);
    let versions: Vec<usize> = version.into_iter().chain([0]).collect();
    let linked = |code: &String| match found.rows.get(code) {
        Some(row) => found.explained.named(&versions, *row, code.clone()),
        None => code.clone(),
    };
    let entered = list.entered.iter().map(|code| ("+", code));
    let all: Vec<(&str, &String)> = entered.chain(list.left.iter().map(|code| ("−", code))).collect();
    let named = all.iter().take(MOST_NAMED).map(|(sign, code)| format!("{sign}{}", linked(code)));
    let named = named.collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(MOST_NAMED) {
        0 => named,
        more => speaker.say("threshold-and-more", &[("names", text(named)), ("count", count(more))]),
    }
}

/// One line for each point, for spreadsheets.
pub fn delimited(found: &Swept<'_>, speaker: &Speaker) -> Vec<u8> {
    let mut headers = vec![speaker.word("sweep-head-point")];
    headers.extend(found.grid.dimensions.iter().map(|dimension| name(dimension, speaker)));
    for id in found.categories {
        let category = found.judgement.rules.categories.get(id.index()).map_or("", |category| category.name.as_ref());
        let ids = ["threshold-head-listed", "threshold-head-entered", "threshold-head-left", "threshold-head-open"];
        headers.extend(ids.map(|id| format!("{category}: {}", speaker.word(id))));
    }
    headers.push(speaker.word("sweep-head-refused"));
    let row = |point: &Point| {
        let mut cells = vec![(point.point + 1).to_string()];
        let values = found.grid.dimensions.iter().zip(found.grid.values(point.point));
        cells.extend(values.map(|(dimension, shown)| value(dimension, shown, speaker)));
        for at in 0..found.categories.len() {
            let list = point.lists.get(at);
            let number = |of: fn(&PointList) -> usize| list.map_or(String::new(), |list| of(list).to_string());
            cells.extend([
                number(|list| list.listed),
                number(|list| list.entered.len()),
                number(|list| list.left.len()),
                number(|list| list.undetermined),
            ]);
        }
        cells.push(reasons(point, speaker.language()));
        cells
    };
    super::csv::table(&headers, found.points.iter().map(row), speaker)
}
