//! The lists of a map that are not the present one: who moves, where they hold, and where the schools are explained.
//!
//! Chooses pairs of values and schools; evaluates nothing.

use super::{Planes, Teller, count, text};
use crate::number::Number;
use crate::report::linked::{Pages, cell};
use crate::report::list::Judgement;
use crate::report::page::{Block, Header, Piece, Section, Table, Tone};
use crate::threshold::Subject;
use crate::threshold::plane::{Map, Plane};

/// Lists of one table; the others are counted.
const MOST_LISTS: usize = 500;
/// Schools named in one cell.
const MOST_SCHOOLS: usize = 8;

/// A list that is not the present one.
#[derive(Debug, Clone)]
pub struct Elsewhere {
    /// Its position among the lists of the map.
    pub list: usize,
    /// The cell that has it and is nearest to the present pair.
    pub cell: (usize, usize),
    /// Rows of the schools that are on it and not on the present one, and the other way round.
    pub entered: Vec<usize>,
    pub left: Vec<usize>,
}

/// All lists but the present one, those next to the present pair first.
pub fn elsewhere(map: &Map, present: &[Number; 2]) -> Vec<Elsewhere> {
    let (column, row) = map.cell_at(present);
    let now = map.list(column, row);
    let mut nearest: Vec<Option<(usize, (usize, usize))>> = vec![None; map.lists.len()];
    for at in 0..map.rows() {
        for across in 0..map.columns() {
            let away = at.abs_diff(row) + across.abs_diff(column);
            if let Some(slot) = nearest.get_mut(map.list(across, at))
                && slot.is_none_or(|(known, _)| away < known)
            {
                *slot = Some((away, (across, at)));
            }
        }
    }
    let Some(present) = map.lists.get(now) else { return Vec::new() };
    let mut found: Vec<(usize, Elsewhere)> = Vec::new();
    for (list, (members, nearest)) in map.lists.iter().zip(nearest).enumerate() {
        let Some((away, cell)) = nearest.filter(|_| list != now) else { continue };
        let entered = members.listed().filter(|row| !present.lists(*row)).collect();
        let left = present.listed().filter(|row| !members.lists(*row)).collect();
        found.push((away, Elsewhere { list, cell, entered, left }));
    }
    found.sort_by_key(|(away, _)| *away);
    found.into_iter().map(|(_, found)| found).collect()
}

/// The pairs of values at which schools are explained beside the present one: one for each of the lists next to it.
pub fn values(subjects: &[Subject; 2], plane: &Plane, most: usize) -> Vec<[Number; 2]> {
    let mut values: Vec<[Number; 2]> = Vec::new();
    let [first, second] = subjects;
    let ([across, up], [now, then]) = (&plane.domains, &plane.present);
    for map in &plane.maps {
        for Elsewhere { list, cell: (column, row), entered, left } in elsewhere(map, &plane.present) {
            if values.len() >= most || version(plane, &values, map, list).is_some() || entered.len() + left.len() == 0 {
                continue;
            }
            let one = across.roundest(&map.interval(0, (column, column)), first.unit.shown_factor(), now);
            values.push([one, up.roundest(&map.interval(1, (row, row)), second.unit.shown_factor(), then)]);
        }
    }
    values
}

/// The version by which schools are explained on a list: 0 is the rules as they are, the others follow the pairs of values.
pub fn version(plane: &Plane, values: &[[Number; 2]], map: &Map, list: usize) -> Option<usize> {
    let at = |pair: &[Number; 2]| {
        let (column, row) = map.cell_at(pair);
        map.list(column, row)
    };
    if at(&plane.present) == list {
        return Some(0);
    }
    values.iter().position(|pair| at(pair) == list).map(|at| at + 1)
}

/// Who is explained: all that move by the rules as they are, and on the lists that have values.
pub fn pages(
    judgement: &Judgement<'_>,
    plane: &Plane,
    values: &[[Number; 2]],
    school: Option<usize>,
    folders: impl IntoIterator<Item = String>,
) -> Pages {
    let code = |row: usize| crate::report::list::code(judgement, row);
    let mut pages = Pages::new(folders);
    for map in &plane.maps {
        for found in elsewhere(map, &plane.present) {
            let version = version(plane, values, map, found.list);
            for row in found.entered.iter().chain(&found.left) {
                for version in std::iter::once(0).chain(version) {
                    pages.add(version, *row, &code(*row));
                }
            }
        }
    }
    if let Some(row) = school {
        pages.add(0, row, &code(row));
    }
    pages
}

impl Teller<'_> {
    /// What a pair of values is called.
    fn pair(&self, [first, second]: &[Number; 2]) -> String {
        let ([across, up], [one, other]) = (self.axes, self.letters);
        let arguments = [
            ("first", text(one.clone())),
            ("values", text(across.value(first, None))),
            ("second", text(other.clone())),
            ("others", text(up.value(second, None))),
        ];
        self.say("map-region", &arguments)
    }

    /// What the versions are called, in their order.
    pub(super) fn titles(&self) -> Vec<String> {
        let Planes { plane, values, .. } = self.found;
        let said = |pair: &[Number; 2]| [("value", text(self.pair(pair)))];
        let now = self.say("threshold-version-now", &said(&plane.present));
        std::iter::once(now).chain(values.iter().map(|pair| self.say("threshold-version-at", &said(pair)))).collect()
    }

    /// Who moves where, the lists next to the present pair first.
    pub(super) fn lists(&self, map: &Map) -> Option<Block> {
        let Planes { judgement, plane, values, explained, .. } = self.found;
        let all = elsewhere(map, &plane.present);
        if all.is_empty() {
            return None;
        }
        let ids = ["threshold-head-listed", "threshold-head-entered", "threshold-head-left", "threshold-head-open"];
        let mut headers = vec![Header::text(self.speaker.word("map-head-values"))];
        headers.extend(ids.map(|id| Header::number(self.speaker.word(id))));
        headers.push(Header::text(self.speaker.word("threshold-head-who")));
        let row = |found: &Elsewhere| {
            let versions: Vec<usize> = version(plane, values, map, found.list).into_iter().chain([0]).collect();
            let named = |(sign, row): (&str, &usize)| {
                let code = crate::report::list::code(judgement, *row);
                format!("{sign}{}", explained.named(&versions, *row, code))
            };
            let entered = found.entered.iter().map(|row| ("+", row));
            let moved: Vec<(&str, &usize)> = entered.chain(found.left.iter().map(|row| ("−", row))).collect();
            let names: Vec<String> = moved.iter().copied().take(MOST_SCHOOLS).map(named).collect();
            let who = match moved.len().saturating_sub(names.len()) {
                0 => names.join(", "),
                more => {
                    let arguments = [("names", text(names.join(", "))), ("count", count(more))];
                    self.say("threshold-and-more", &arguments)
                }
            };
            let (listed, open) = map.lists.get(found.list).map_or((0, 0), |list| list.counts());
            let regions = self.rectangles(map, &map.rectangles(|at, _| at == found.list));
            let mut cells = vec![Piece::plain(regions)];
            cells.extend(
                [listed, found.entered.len(), found.left.len(), open].map(|number| Piece::plain(number.to_string())),
            );
            cells.push(cell(&who, Tone::Plain));
            cells
        };
        let rows = all.iter().take(MOST_LISTS).map(row).collect();
        let mut blocks = vec![Block::Table(Table { title: String::new(), headers, rows })];
        if all.len() > MOST_LISTS {
            blocks.push(Block::Notice(self.say("map-lists-more", &[("count", count(all.len() - MOST_LISTS))])));
        }
        let title = vec![Piece::new(self.say("map-lists", &[("count", count(all.len()))]), Tone::Strong)];
        Some(Block::Folded(Section { title, blocks }))
    }
}

/// What the versions of a map are called, in their order.
pub fn titles(found: &Planes<'_>, speaker: &crate::messages::Speaker) -> Vec<String> {
    super::with_teller(found, false, speaker, |teller| teller.titles())
}
