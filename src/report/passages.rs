//! What became of schools since the cycle before, all together and one by one; only of categories that say how schools leave.

use std::collections::BTreeMap;

use super::decisions::passage;
use super::list::Judgement;
use super::page::{Block, Header, Piece, Table, Tone};
use crate::decision::Passage;
use crate::messages::Speaker;
use crate::model::CategoryId;

/// In the order of the table.
const COUNTED: [(Passage, &str); 10] = [
    (Passage::Entered, "passage-short-entered"),
    (Passage::Remains, "passage-short-remains"),
    (Passage::StaysByExitRule, "passage-short-stays-by-exit-rule"),
    (Passage::StaysByTerm, "passage-short-stays-by-term"),
    (Passage::In, "passage-short-in"),
    (Passage::Left, "passage-short-left"),
    (Passage::LeftByTerm, "passage-short-left-by-term"),
    (Passage::NotEntered, "passage-short-not-entered"),
    (Passage::Out, "passage-short-out"),
    (Passage::Open, "passage-short-open"),
];

/// In a few words, for the rows where there is more to say than the verdict does.
pub(super) fn by_row(judgement: &Judgement<'_>, id: CategoryId, speaker: &Speaker) -> Vec<(usize, String)> {
    let Some(exit) = judgement.rules.categories.get(id.index()).and_then(|category| category.exit) else {
        return Vec::new();
    };
    let words: BTreeMap<Passage, String> = COUNTED
        .iter()
        .filter(|(passage, _)| !matches!(passage, Passage::Out | Passage::Open))
        .map(|(passage, id)| (*passage, speaker.word(id)))
        .collect();
    let said = |row: usize| Some((row, words.get(&passage(judgement, id, &exit, row))?.clone()));
    (0..judgement.run.schools).filter_map(said).collect()
}

/// How many of each, a row per category.
pub(super) fn blocks(judgement: &Judgement<'_>, speaker: &Speaker) -> Vec<Block> {
    let mut found: Vec<(&str, BTreeMap<Passage, usize>)> = Vec::new();
    for (at, category) in judgement.rules.categories.iter().enumerate() {
        let Some(exit) = category.exit else { continue };
        let mut counts: BTreeMap<Passage, usize> = BTreeMap::new();
        for row in 0..judgement.run.schools {
            *counts.entry(passage(judgement, CategoryId::from_index(at), &exit, row)).or_default() += 1;
        }
        found.push((category.name.as_ref(), counts));
    }
    if found.is_empty() {
        return Vec::new();
    }
    let used: Vec<&(Passage, &str)> =
        COUNTED.iter().filter(|(passage, _)| found.iter().any(|(_, counts)| counts.contains_key(passage))).collect();
    let mut headers = vec![Header::text(speaker.word("head-category"))];
    headers.extend(used.iter().map(|(_, id)| Header::number(speaker.word(id))));
    let row = |(name, counts): &(&str, BTreeMap<Passage, usize>)| {
        let number = |count: usize| Piece::new(count.to_string(), if count == 0 { Tone::Faint } else { Tone::Plain });
        let counts = used.iter().map(|(passage, _)| number(counts.get(passage).copied().unwrap_or(0)));
        std::iter::once(Piece::plain(*name)).chain(counts).collect()
    };
    vec![Block::Table(Table { title: speaker.word("passages-title"), headers, rows: found.iter().map(row).collect() })]
}
