//! What scenarios change as a page: how many schools, who, by which criteria, and which change is responsible.
//!
//! Lays out what was compared; compares nothing itself.

use super::effects;
use super::page::{Block, Header, Page, Piece, Section, Table, Tone};
use super::words::{category_word, criterion_word};
use crate::compare::effects::Splitting;
use crate::compare::{CategoryComparison, Causes, Comparison, ItemComparison, Mover, NOT_THERE, Way};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::summary::VerdictKind;
use crate::language::Language;
use crate::messages::{Precision, Speaker};
use crate::model::WrittenChange;
use crate::number::Number;
use crate::value::Unit;

/// Schools of one table; the others are counted.
const MOST_MOVERS: usize = 500;

/// One scenario held against the rules as they are.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    pub title: &'a str,
    pub changes: &'a [WrittenChange],
    pub comparison: &'a Comparison,
    /// There are too many changes to try all their subsets.
    pub too_many: bool,
    /// Whether the changes are split into effects.
    pub splitting: &'a Splitting,
    /// The place of each school of the rules as they are; its title.
    pub places: Option<(&'a str, &'a [Option<std::sync::Arc<str>>])>,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The page of all scenarios: one table of them, then each by itself. `head`: what the rules and the data are.
pub fn page(title: String, head: Vec<Block>, scenarios: &[Compared<'_>], speaker: &Speaker) -> Page {
    let mut blocks = head;
    if scenarios.len() > 1 {
        blocks.push(Block::Heading(speaker.word("compare-all")));
        blocks.push(Block::Table(overview(scenarios, speaker)));
    }
    for scenario in scenarios {
        let name = [("title", text(scenario.title))];
        blocks.push(Block::Heading(speaker.say("compare-scenario", &name)));
        blocks.extend(one(scenario, speaker));
    }
    Page { title: speaker.say("compare-title", &[("rules", text(title))]), language: speaker.language(), blocks }
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

/// A row per scenario and category.
fn overview(scenarios: &[Compared<'_>], speaker: &Speaker) -> Table {
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

fn one(scenario: &Compared<'_>, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    let said = |change: &WrittenChange| match speaker.language() {
        Language::Russian => change.russian.to_string(),
        Language::English => change.english.to_string(),
    };
    for (at, change) in scenario.changes.iter().enumerate() {
        let arguments = [("number", text((at + 1).to_string())), ("change", text(said(change)))];
        blocks.push(Block::Paragraph(vec![Piece::plain(speaker.say("compare-change", &arguments))]));
    }
    let comparison = scenario.comparison;
    for (schools, id) in [(&comparison.gone, "compare-gone"), (&comparison.new, "compare-new")] {
        if !schools.is_empty() {
            let codes: Vec<String> = schools.iter().map(|school| school.code.to_string()).collect();
            let arguments = [("count", count(schools.len())), ("schools", Argument::List(codes))];
            blocks.push(Block::Paragraph(vec![Piece::plain(speaker.say(id, &arguments))]));
        }
    }
    if scenario.too_many {
        blocks.push(Block::Notice(speaker.say("compare-too-many", &[("most", count(crate::compare::MOST_UNITS))])));
    }
    blocks.extend(effects::notice(scenario.splitting, speaker));
    for category in &comparison.categories {
        blocks.extend(self::category(scenario, category, speaker));
    }
    let groups = items(&comparison.groups, "compare-head-group", speaker);
    let criteria = items(&comparison.criteria, "head-criterion", speaker);
    blocks.extend([groups, criteria].into_iter().flatten().map(Block::Table));
    blocks
}

fn category(scenario: &Compared<'_>, category: &CategoryComparison, speaker: &Speaker) -> Vec<Block> {
    let moved = |way: Way| count(category.moved(way).count());
    let arguments = [
        ("category", text(category.name.as_ref())),
        ("before", count(category.listed.0)),
        ("after", count(category.listed.1)),
        ("entered", moved(Way::Entered)),
        ("left", moved(Way::Left)),
        ("stayed", count(category.stayed)),
        ("opened", moved(Way::Opened)),
        ("settled", moved(Way::Settled)),
    ];
    let line = if category.movers.is_empty() { "compare-category-same" } else { "compare-category" };
    let mut blocks = vec![Block::Paragraph(vec![Piece::new(speaker.say(line, &arguments), Tone::Strong)])];
    if category.movers.is_empty() {
        return blocks;
    }
    blocks.push(Block::Table(transitions(category, speaker)));
    blocks.extend(effects::totals(category, speaker));
    if let Some((title, of_school)) = scenario.places {
        blocks.push(Block::Table(by_place(category, title, of_school, speaker)));
    }
    let ways = [
        (Way::Entered, "compare-entered"),
        (Way::Left, "compare-left"),
        (Way::Opened, "compare-opened"),
        (Way::Settled, "compare-settled"),
        (Way::Other, "compare-other"),
    ];
    for (way, id) in ways {
        let movers: Vec<&Mover> = category.moved(way).collect();
        if movers.is_empty() {
            continue;
        }
        let arguments = [("category", text(category.name.as_ref())), ("count", count(movers.len()))];
        let title = vec![Piece::new(speaker.say(id, &arguments), Tone::Strong)];
        let shown: Vec<&Mover> = movers.iter().take(MOST_MOVERS).copied().collect();
        let mut inside = vec![Block::Table(self::movers(&shown, scenario, speaker))];
        if movers.len() > shown.len() {
            let more = [("count", count(movers.len() - shown.len()))];
            inside.push(Block::Notice(speaker.say("compare-more", &more)));
        }
        blocks.push(Block::Section(Section { title, blocks: inside }));
    }
    blocks
}

fn verdict_word(at: usize, speaker: &Speaker) -> String {
    match VerdictKind::EACH.get(at) {
        Some(VerdictKind::Met) => speaker.word("category-met"),
        Some(VerdictKind::NotMet) => speaker.word("category-not-met"),
        Some(VerdictKind::Undetermined) => speaker.word("category-undetermined"),
        Some(VerdictKind::NotApplicable) => speaker.word("category-not-applicable"),
        Some(VerdictKind::NotJudged) => speaker.word("category-not-judged"),
        None => speaker.word("compare-not-there"),
    }
}

/// Rows: before; columns: after. What no school has is left out.
fn transitions(category: &CategoryComparison, speaker: &Speaker) -> Table {
    let counts = &category.transitions.counts;
    let used: Vec<usize> =
        (0..=NOT_THERE).filter(|j| counts.iter().any(|row| row.get(*j).is_some_and(|n| *n > 0))).collect();
    let mut headers = vec![Header::text(speaker.word("compare-head-transition"))];
    headers.extend(used.iter().map(|j| Header::number(verdict_word(*j, speaker))));
    let filled = counts.iter().enumerate().filter(|(_, row)| row.iter().any(|n| *n > 0));
    let rows = filled.map(|(i, row)| {
        let mut cells = vec![Piece::plain(verdict_word(i, speaker))];
        cells.extend(used.iter().filter_map(|j| row.get(*j)).map(|n| number(*n)));
        cells
    });
    Table { title: String::new(), headers, rows: rows.collect() }
}

fn by_place(
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

fn movers(movers: &[&Mover], scenario: &Compared<'_>, speaker: &Speaker) -> Table {
    let changes = scenario.changes.len();
    let mut headers = vec![
        Header::text(speaker.word("registered-head-school")),
        Header::text(speaker.word("compare-head-verdict")),
        Header::text(speaker.word("compare-head-criteria")),
    ];
    if changes > 0 {
        headers.push(Header::text(speaker.word("compare-head-cause")));
    }
    let effects = effects::header(movers, scenario.splitting, speaker);
    let split = effects.is_some();
    headers.extend(effects);
    let row = |mover: &&Mover| {
        let word = |verdict: Option<Verdict>| match verdict {
            Some(verdict) => speaker.word(category_word(verdict)),
            None => speaker.word("compare-not-there"),
        };
        let criteria: Vec<String> = mover
            .criteria
            .iter()
            .map(|(number, before, after)| {
                let word = |verdict: &Option<Verdict>| match verdict {
                    Some(verdict) => text(speaker.word(criterion_word(*verdict))),
                    None => text(speaker.word("compare-not-there")),
                };
                let arguments = [("number", text(number.as_ref())), ("before", word(before)), ("after", word(after))];
                speaker.say("compare-criterion", &arguments)
            })
            .collect();
        let mut cells = vec![
            Piece::plain(super::explanation::school_title(&mover.school)),
            Piece::plain(format!("{} → {}", word(mover.verdicts.0), word(mover.verdicts.1))),
            Piece::plain(criteria.join("; ")),
        ];
        if changes > 0 {
            cells.push(Piece::plain(
                mover.causes.as_ref().map_or(String::new(), |causes| cause(causes, changes, speaker)),
            ));
        }
        cells.extend(split.then(|| effects::cell(mover, speaker)));
        cells
    };
    Table { title: String::new(), headers, rows: movers.iter().map(row).collect() }
}

/// `изменение 1`, `изменение 1 или 2`, `только вместе 1 и 2`, and the shares where several have a part in it.
pub fn cause(causes: &Causes, changes: usize, speaker: &Speaker) -> String {
    if changes == 1 {
        return speaker.say("compare-cause-alone", &[("list", text("1"))]);
    }
    let named = |set: &Vec<usize>| -> String {
        let numbers: Vec<String> = set.iter().map(|at| (at + 1).to_string()).collect();
        numbers.join(" + ")
    };
    let alone: Vec<String> = causes.minimal.iter().filter(|set| set.len() == 1).map(named).collect();
    let together: Vec<String> = causes.minimal.iter().filter(|set| set.len() > 1).map(named).collect();
    let list = |all: &[String]| [("list", text(all.join(&speaker.word("compare-or"))))];
    let mut said = match (alone.is_empty(), together.is_empty()) {
        (false, true) => speaker.say("compare-cause-alone", &list(&alone)),
        (false, false) => {
            let all: Vec<String> = alone.into_iter().chain(together).collect();
            speaker.say("compare-cause-alone", &list(&all))
        }
        _ => speaker.say("compare-cause-together", &list(&together)),
    };
    if let Some(shares) =
        causes.shares.as_ref().filter(|shares| shares.iter().filter(|share| !share.is_zero()).count() > 1)
    {
        let one = |(at, share): (usize, &Number)| {
            let share = text(speaker.quantity(share, &Unit::Percent, Precision::Plain));
            speaker.say("compare-share", &[("number", text((at + 1).to_string())), ("share", share)])
        };
        let shown = shares.iter().enumerate().filter(|(_, share)| !share.is_zero()).map(one);
        let shares = [("list", text(shown.collect::<Vec<_>>().join(", ")))];
        said = format!("{said} {}", speaker.say("compare-shares", &shares));
    }
    said
}

/// Criteria or groups whose verdicts changed; `None`: none did.
fn items(items: &[ItemComparison], first: &str, speaker: &Speaker) -> Option<Table> {
    let mut headers = vec![Header::text(speaker.word(first))];
    let numbers = ["compare-head-met-before", "compare-head-met-after", "compare-head-changed"];
    headers.extend(numbers.map(|id| Header::number(speaker.word(id))));
    let met = |counts: &[[usize; 6]; 6], after: bool| -> usize {
        let all = counts.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, n)| (i, j, *n)));
        all.filter(|(i, j, _)| if after { *j == 0 } else { *i == 0 }).map(|(.., n)| n).sum()
    };
    let rows: Vec<Vec<Piece>> = items
        .iter()
        .filter(|item| item.transitions.changed() > 0)
        .map(|item| {
            let counts = &item.transitions.counts;
            vec![
                Piece::plain(super::summary::named(&item.number, item.title.as_deref())),
                number(met(counts, false)),
                number(met(counts, true)),
                number(item.transitions.changed()),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Table { title: String::new(), headers, rows })
}
