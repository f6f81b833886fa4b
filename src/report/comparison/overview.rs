//! All scenarios beside each other: a row for each of them and each category.
//!
//! Counts nothing that the comparison has not counted.

use super::{Compared, number};
use crate::compare::{CategoryComparison, Way};
use crate::messages::Speaker;
use crate::report::page::{Header, Piece, Table};

/// A row per scenario and category.
pub(super) fn overview(scenarios: &[Compared<'_>], speaker: &Speaker) -> Table {
    let mut headers =
        vec![Header::text(speaker.word("compare-head-scenario")), Header::text(speaker.word("head-category"))];
    let numbers = [
        "compare-head-before",
        "compare-head-entered",
        "compare-head-left",
        "compare-head-after",
        "compare-head-opened",
        "compare-head-settled",
    ];
    headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
    let row = |scenario: &Compared<'_>, category: &CategoryComparison| {
        let moved = |way: Way| number(category.moved(way).count());
        vec![
            Piece::plain(scenario.title),
            Piece::plain(category.name.to_string()),
            number(category.listed.0),
            moved(Way::Entered),
            moved(Way::Left),
            number(category.listed.1),
            moved(Way::Opened),
            moved(Way::Settled),
        ]
    };
    let rows = scenarios.iter().flat_map(|s| s.comparison.categories.iter().map(move |category| row(s, category)));
    Table { title: String::new(), headers, rows: rows.collect() }
}
