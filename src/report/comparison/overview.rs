//! All scenarios beside each other: a row for each of them and each category, and the same as bars.
//!
//! Counts nothing that the comparison has not counted.

use super::{Compared, capacity, count, number, text};
use crate::compare::{CategoryComparison, Way};
use crate::messages::Speaker;
use crate::report::beside;
use crate::report::page::{Header, Piece, Table};
use crate::report::picture::{Limit, Row, Stacks};

/// A row per scenario and category.
pub(super) fn overview(scenarios: &[Compared<'_>], speaker: &Speaker) -> Table {
    let mut headers = vec![Header::text(beside::head(scenarios, speaker)), Header::text(speaker.word("head-category"))];
    let numbers = [
        "compare-head-before",
        "compare-head-entered",
        "compare-head-left",
        "compare-head-after",
        "compare-head-opened",
        "compare-head-settled",
    ];
    headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
    let limited = scenarios.iter().any(|scenario| !scenario.capacities.is_empty());
    if limited {
        headers.push(Header::number(speaker.word("compare-head-places")));
    }
    let row = |scenario: &Compared<'_>, category: &CategoryComparison| {
        let moved = |way: Way| number(category.moved(way).count());
        let mut cells = vec![
            Piece::plain(scenario.title),
            Piece::plain(category.name.to_string()),
            number(category.listed.0),
            moved(Way::Entered),
            moved(Way::Left),
            number(category.listed.1),
            moved(Way::Opened),
            moved(Way::Settled),
        ];
        if limited {
            let places = scenario.capacities.of(&category.name);
            let said = places.map_or(String::new(), |places| capacity::cell(category.listed.1, places, speaker));
            cells.push(Piece::plain(said));
        }
        cells
    };
    let rows = scenarios.iter().flat_map(|s| s.comparison.categories.iter().map(move |category| row(s, category)));
    Table { title: String::new(), headers, rows: rows.collect() }
}

/// Who stayed, entered and left, scenario by scenario: a picture per category.
pub(super) fn stacks(scenarios: &[Compared<'_>], speaker: &Speaker) -> Vec<Stacks> {
    let mut names: Vec<&str> = Vec::new();
    for category in scenarios.iter().flat_map(|scenario| &scenario.comparison.categories) {
        if !names.contains(&category.name.as_ref()) {
            names.push(&category.name);
        }
    }
    let one = |name: &str| {
        let found = scenarios.iter().filter_map(|scenario| {
            let category = scenario.comparison.categories.iter().find(|category| category.name.as_ref() == name)?;
            let moved = |way| category.moved(way).count();
            let counts = [category.stayed, moved(Way::Entered), moved(Way::Left)];
            let said = [("after", count(category.listed.1)), ("entered", count(counts[1])), ("left", count(counts[2]))];
            Some(Row { label: scenario.title.to_owned(), counts, said: speaker.say("compare-bar", &said) })
        });
        let rows: Vec<Row> = found.collect();
        let places = scenarios.iter().find_map(|scenario| scenario.capacities.of(name));
        let limit = places
            .map(|places| Limit { at: places, said: speaker.say("compare-bar-places", &[("places", count(places))]) });
        let listed = |row: &Row| row.counts[0] + row.counts[1];
        let extent = [rows.iter().map(listed).min(), rows.iter().map(listed).max()];
        let [least, most] = extent.map(|end| count(end.unwrap_or(0)));
        let scenarios = count(rows.len());
        let arguments = [("category", text(name)), ("scenarios", scenarios), ("least", least), ("most", most)];
        Stacks {
            title: speaker.say("compare-chart-listed", &[("category", text(name))]),
            description: speaker.say("compare-chart-listed-description", &arguments),
            parts: ["compare-part-stayed", "compare-part-entered", "compare-part-left"].map(|id| speaker.word(id)),
            rows,
            limit,
        }
    };
    names.into_iter().map(one).collect()
}
