//! Where the verdicts of a category went: a picture of the transitions.

use super::{count, text, verdict_word};
use crate::compare::{CategoryComparison, NOT_THERE};
use crate::explain::summary::VerdictKind;
use crate::messages::Speaker;
use crate::report::page::Tone;
use crate::report::picture::{Band, Flow, State};

/// Schools by verdict before and after. What no school has is left out.
pub(super) fn flow(category: &CategoryComparison, speaker: &Speaker) -> Flow {
    let counts = &category.transitions.counts;
    let before = |at: usize| counts.get(at).map_or(0, |row| row.iter().sum::<usize>());
    let after = |at: usize| counts.iter().filter_map(|row| row.get(at)).sum::<usize>();
    let left: Vec<usize> = (0..=NOT_THERE).filter(|at| before(*at) > 0).collect();
    let right: Vec<usize> = (0..=NOT_THERE).filter(|at| after(*at) > 0).collect();
    let state = |at: usize, count: usize| State { label: verdict_word(at, speaker), count, tone: tone(at) };
    let mut bands = Vec::new();
    let mut told = Vec::new();
    for (from, i) in left.iter().enumerate() {
        for (to, j) in right.iter().enumerate() {
            let schools = counts.get(*i).and_then(|row| row.get(*j)).copied().unwrap_or(0);
            if schools == 0 {
                continue;
            }
            bands.push(Band { from, to, count: schools, stays: i == j });
            let (old, new) = (verdict_word(*i, speaker), verdict_word(*j, speaker));
            let arguments = [("before", text(old)), ("after", text(new)), ("count", count(schools))];
            told.push(speaker.say("compare-band", &arguments));
        }
    }
    let name = || [("category", text(category.name.as_ref()))];
    let [title] = name();
    Flow {
        title: speaker.say("compare-flow", &[title]),
        description: format!("{} {}.", speaker.word("compare-flow-description"), told.join("; ")),
        sides: [speaker.word("compare-side-before"), speaker.word("compare-side-after")],
        left: left.iter().map(|at| state(*at, before(*at))).collect(),
        right: right.iter().map(|at| state(*at, after(*at))).collect(),
        bands,
    }
}

fn tone(at: usize) -> Tone {
    match VerdictKind::EACH.get(at) {
        Some(VerdictKind::Met) => Tone::Met,
        Some(VerdictKind::NotMet) => Tone::NotMet,
        Some(VerdictKind::Undetermined) => Tone::Open,
        _ => Tone::Faint,
    }
}
