//! The page of a whole run: summary, charts, and the list of schools with a folded explanation of each.
//!
//! Cuts the list where a page would become unreadable, and says so.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::explanation::Teller;
use super::list::Judgement;
use super::page::{Block, Page, Piece, SchoolEntry, Schools, Tone};
use super::words::category_word;
use super::{registered, summary};
use crate::decision::Verdict;
use crate::diagnostic::{Argument, Diagnostic, program};
use crate::explain::{Explanation, Summary};
use crate::location::Place;
use crate::messages::Speaker;

/// Schools that one page lists.
const MOST_SCHOOLS: usize = 3_000;
/// Schools whose explanation one page holds.
const MOST_EXPLAINED: usize = 1_500;

/// Says that the page lists only a part of the schools, when it does.
pub fn cut(schools: usize) -> Option<Diagnostic> {
    let problem = || Diagnostic::new(program::PAGE_CUT, Place::Nowhere);
    (schools > MOST_SCHOOLS).then(|| problem().count("count", schools).count("most", MOST_SCHOOLS))
}

/// The page. `explain` makes the explanation of a school.
pub fn page(
    judgement: &Judgement<'_>,
    counted: &Summary,
    teller: &Teller<'_>,
    explain: &(dyn Fn(usize) -> Explanation + Sync),
) -> Page {
    let speaker = teller.speaker;
    let mut page = summary::page(judgement, counted, speaker);
    page.blocks.extend(summary::charts(counted, speaker));
    let order = order(judgement);
    if order.len() > MOST_SCHOOLS {
        let arguments = [("count", number(order.len())), ("most", number(MOST_SCHOOLS))];
        page.blocks.push(Block::Notice(speaker.say("page-cut", &arguments)));
    }
    if order.len() > MOST_EXPLAINED {
        let arguments = [("most", number(MOST_EXPLAINED))];
        page.blocks.push(Block::Notice(speaker.say("page-explained", &arguments)));
    }
    let listed: Vec<usize> = order.into_iter().take(MOST_SCHOOLS).collect();
    let entries: Vec<SchoolEntry> = listed
        .par_iter()
        .enumerate()
        .map(|(at, row)| {
            let explanation = explain(*row);
            let mut entry = SchoolEntry {
                code: explanation.school.code.to_string(),
                name: explanation.school.title.as_ref().map_or(String::new(), ToString::to_string),
                badges: Vec::new(),
                choices: Vec::new(),
                brief: teller.brief(&explanation),
                steps: if at < MOST_EXPLAINED { teller.steps(&explanation) } else { Vec::new() },
            };
            for category in &explanation.categories {
                let word = speaker.word(category_word(category.verdict));
                if matches!(category.verdict, Verdict::Met | Verdict::Undetermined(_)) {
                    let text = match category.verdict {
                        Verdict::Met => category.name.to_string(),
                        _ => format!("{}: {word}", category.name),
                    };
                    entry.badges.push(Piece::new(text, Tone::of(category.verdict)));
                }
                if let Some(decision) = &category.registered {
                    let text = format!("{}: {}", category.name, registered::short(decision, speaker));
                    entry.badges.push(Piece::new(text, Tone::Strong));
                }
                entry.choices.push(word);
            }
            entry
        })
        .collect();
    let filters = judgement.rules.categories.iter().enumerate().map(|(at, category)| {
        let choices: BTreeSet<String> = entries.iter().filter_map(|e| e.choices.get(at)).cloned().collect();
        (category.name.to_string(), choices.into_iter().collect())
    });
    page.blocks.push(Block::Schools(Schools {
        title: speaker.word("page-schools"),
        search: speaker.word("page-search"),
        all: speaker.word("page-all"),
        shown: speaker.word("page-shown"),
        steps: speaker.word("page-steps"),
        no_script: speaker.word("page-no-script"),
        filters: filters.collect(),
        entries,
    }));
    page
}

/// Schools of a category first, then undetermined ones, then the others; within each in the order of the data.
fn order(judgement: &Judgement<'_>) -> Vec<usize> {
    let rank = |row: usize| {
        let verdicts = judgement.run.categories.iter().filter_map(|v| v.get(row));
        verdicts
            .map(|verdict| match verdict {
                Verdict::Met => 0,
                Verdict::Undetermined(_) => 1,
                _ => 2,
            })
            .min()
            .unwrap_or(2)
    };
    let mut rows: Vec<usize> = (0..judgement.run.schools).collect();
    rows.sort_by_key(|row| rank(*row));
    rows
}

fn number(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

/// The page without explanations: for Markdown and text files.
pub fn short(judgement: &Judgement<'_>, counted: &Summary, speaker: &Speaker) -> Page {
    let mut page = summary::page(judgement, counted, speaker);
    page.blocks.extend(summary::charts(counted, speaker));
    page
}
