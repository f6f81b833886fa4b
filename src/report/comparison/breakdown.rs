//! Where the schools that moved are: by what they belong to.
//!
//! Knows who moved and where schools belong; not why.

use super::number;
use crate::compare::{CategoryComparison, Way};
use crate::messages::Speaker;
use crate::report::page::{Header, Piece, Table};

pub(super) fn by_place(
    category: &CategoryComparison,
    title: &str,
    of_school: &[Option<std::sync::Arc<str>>],
    speaker: &Speaker,
) -> Table {
    let mut places: std::collections::BTreeMap<Option<&str>, (usize, usize)> = std::collections::BTreeMap::new();
    for mover in &category.movers {
        let place = mover.rows.0.and_then(|row| of_school.get(row)).and_then(|place| place.as_deref());
        let (entered, left) = places.entry(place).or_default();
        *entered += usize::from(mover.way() == Way::Entered);
        *left += usize::from(mover.way() == Way::Left);
    }
    let headers = vec![
        Header::text(title),
        Header::number(speaker.word("compare-head-entered")),
        Header::number(speaker.word("compare-head-left")),
    ];
    let row = |(place, (entered, left)): (Option<&str>, (usize, usize))| {
        let name = place.map_or_else(|| speaker.word("group-none"), str::to_owned);
        (entered + left > 0).then(|| vec![Piece::plain(name), number(entered), number(left)])
    };
    Table { title: String::new(), headers, rows: places.into_iter().filter_map(row).collect() }
}
