//! What scenarios change as a page: how many schools, who, by which criteria, and which change is responsible.
//!
//! Lays out what was compared; compares nothing itself.

pub mod breakdown;
mod capacity;
mod explained;
mod flow;
mod movers;
mod overview;
mod spread;

pub use capacity::{Capacities, room};
pub use explained::{Explained, Links, MOST_FOLDED, quoted};
pub use movers::{Fact, Told, Turned, cause, told, verdict_said};

use super::beside::{self, Beside};
use super::divisions::{By, Division};
use super::effects;
use super::page::{Block, Header, Page, Piece, Section, Table, Tone};
use super::picture::Picture;
use crate::compare::effects::Splitting;
use crate::compare::{CategoryComparison, Comparison, ItemComparison, Mover, NOT_THERE, Side, Way};
use crate::diagnostic::Argument;
use crate::explain::summary::VerdictKind;
use crate::language::Language;
use crate::messages::Speaker;
use crate::model::WrittenChange;

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
    /// The two runs.
    pub sides: (Side<'a>, Side<'a>),
    /// How the schools of each side are divided.
    pub divisions: (&'a [Division], &'a [Division]),
    /// The places that a programme has.
    pub capacities: &'a Capacities,
    /// The commands that explain a school before and after, up to its code.
    pub explain: (&'a str, &'a str),
    /// What other rules and other data have to say.
    pub beside: Beside<'a>,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The page of all scenarios: one table of them, then each by itself. `head`: what the rules and the data are.
pub fn page(
    title: String,
    head: Vec<Block>,
    scenarios: &[Compared<'_>],
    explained: &Explained<'_>,
    speaker: &Speaker,
) -> Page {
    let explained = explained.for_all(scenarios);
    let mut blocks = head;
    blocks.push(Block::Heading(beside::all(scenarios, speaker)));
    blocks.push(Block::Table(overview::overview(scenarios, speaker)));
    blocks.extend(overview::stacks(scenarios, speaker).into_iter().map(|s| Block::Picture(Picture::Stacks(s))));
    for scenario in scenarios {
        blocks.push(Block::Heading(beside::heading(scenario, speaker)));
        blocks.extend(one(scenario, explained, speaker));
    }
    Page { title: beside::title(title, scenarios, speaker), language: speaker.language(), blocks }
}

fn number(value: usize) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { Tone::Plain })
}

fn one(scenario: &Compared<'_>, explained: &Explained<'_>, speaker: &Speaker) -> Vec<Block> {
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
    blocks.extend(beside::blocks(scenario, speaker));
    if scenario.too_many {
        blocks.push(Block::Notice(speaker.say("compare-too-many", &[("most", count(crate::compare::MOST_UNITS))])));
    }
    blocks.extend(effects::notice(scenario.splitting, speaker));
    blocks.extend(explained.said(scenario, speaker));
    for category in &comparison.categories {
        blocks.extend(self::category(scenario, category, explained, speaker));
    }
    let groups = items(&comparison.groups, "compare-head-group", speaker);
    let criteria = items(&comparison.criteria, "head-criterion", speaker);
    blocks.extend([groups, criteria].into_iter().flatten().map(Block::Table));
    blocks.extend(beside::square_of(scenario, speaker));
    blocks
}

fn category(
    scenario: &Compared<'_>,
    category: &CategoryComparison,
    explained: &Explained<'_>,
    speaker: &Speaker,
) -> Vec<Block> {
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
    if let Some(places) = scenario.capacities.of(&category.name) {
        blocks.push(Block::Paragraph(vec![Piece::plain(capacity::sentence(category, places, speaker))]));
    }
    if category.movers.is_empty() {
        return blocks;
    }
    blocks.push(Block::Picture(Picture::Flow(flow::flow(category, speaker))));
    blocks.push(Block::Table(transitions(category, speaker)));
    blocks.extend(effects::totals(category, speaker));
    blocks.extend(divided(scenario, category, explained, speaker));
    let ways = [
        (Way::Entered, "compare-entered"),
        (Way::Left, "compare-left"),
        (Way::Opened, "compare-opened"),
        (Way::Settled, "compare-settled"),
        (Way::Other, "compare-other"),
    ];
    for (way, id) in ways {
        let all: Vec<&Mover> = category.moved(way).collect();
        if all.is_empty() {
            continue;
        }
        let arguments = [("category", text(category.name.as_ref())), ("count", count(all.len()))];
        let title = vec![Piece::new(speaker.say(id, &arguments), Tone::Strong)];
        let shown: Vec<&Mover> = all.iter().take(MOST_MOVERS).copied().collect();
        let mut inside = vec![match explained {
            Explained::Lines => Block::Tree(movers::lines(&shown, (scenario, category), speaker)),
            _ => Block::Table(movers::movers(&shown, (scenario, category), explained, speaker)),
        }];
        inside.extend(explained.folded((scenario, category), &shown, speaker));
        if all.len() > shown.len() {
            let more = [("count", count(all.len() - shown.len()))];
            inside.push(Block::Notice(speaker.say("compare-more", &more)));
        }
        blocks.push(Block::Section(Section { title, blocks: inside }));
    }
    for (spread, table) in spread::spreads(scenario, category, speaker) {
        let title = vec![Piece::plain(speaker.say("compare-numbers-of", &[("title", text(spread.title.as_str()))]))];
        blocks.push(Block::Picture(Picture::Spread(spread)));
        blocks.push(Block::Folded(Section { title, blocks: vec![Block::Table(table)] }));
    }
    blocks
}

/// The list by what schools are: places open, the other divisions in one fold.
fn divided(
    scenario: &Compared<'_>,
    category: &CategoryComparison,
    explained: &Explained<'_>,
    speaker: &Speaker,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut others = Vec::new();
    let mut all = breakdown::counted(scenario, category);
    // long tables of what schools link to come last
    all.sort_by_key(|counted| counted.by == By::Linked);
    for counted in all {
        let Some((table, left_out)) = counted.table(speaker) else { continue };
        let into = if counted.by == By::Place { &mut blocks } else { &mut others };
        into.push(Block::Table(table));
        if left_out > 0 {
            let line = speaker.say("compare-parts-left-out", &[("count", count(left_out))]);
            into.push(Block::Paragraph(vec![Piece::new(line, Tone::Faint)]));
        }
    }
    if !others.is_empty() {
        let name = [("category", text(category.name.as_ref()))];
        let title = vec![Piece::new(speaker.say("compare-divided", &name), Tone::Strong)];
        let section = Section { title, blocks: others };
        // a page folds it away; elsewhere it would be lost
        blocks.push(match explained {
            Explained::Lines => Block::Section(section),
            _ => Block::Folded(section),
        });
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
                Piece::plain(crate::report::summary::named(&item.number, item.title.as_deref())),
                number(met(counts, false)),
                number(met(counts, true)),
                number(item.transitions.changed()),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| Table { title: String::new(), headers, rows })
}
