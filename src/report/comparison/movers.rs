//! The schools that moved: verdicts before and after, criteria that turned, and the change that is responsible.
//!
//! Says what was found; looks for no cause itself.

use super::text;
use crate::compare::{Causes, Mover};
use crate::decision::Verdict;
use crate::messages::{Precision, Speaker};
use crate::number::Number;
use crate::report::explanation::school_title;
use crate::report::page::{Header, Piece, Table};
use crate::report::words::{category_word, criterion_word};
use crate::value::Unit;

pub(super) fn movers(movers: &[&Mover], changes: usize, speaker: &Speaker) -> Table {
    let mut headers = vec![
        Header::text(speaker.word("registered-head-school")),
        Header::text(speaker.word("compare-head-verdict")),
        Header::text(speaker.word("compare-head-criteria")),
    ];
    if changes > 0 {
        headers.push(Header::text(speaker.word("compare-head-cause")));
    }
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
            Piece::plain(school_title(&mover.school)),
            Piece::plain(format!("{} → {}", word(mover.verdicts.0), word(mover.verdicts.1))),
            Piece::plain(criteria.join("; ")),
        ];
        if changes > 0 {
            cells.push(Piece::plain(
                mover.causes.as_ref().map_or(String::new(), |causes| cause(causes, changes, speaker)),
            ));
        }
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
