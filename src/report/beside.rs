//! What stands beside a comparison with other rules and other data: what else differs, which school is which, and old and new
//! rules on old and new data.
//!
//! Lays out what was compared; compares nothing itself.

use super::comparison::Compared;
use super::page::{Block, Header, Piece, Table, Tone};
use crate::compare::matching::{CodeChange, CodeChangeKind};
use crate::compare::{Comparison, Matching, Mover, Square, Way};
use crate::diagnostic::Argument;
use crate::messages::Speaker;
use crate::pipeline::{self, OtherRules};
use crate::scenario::difference::{Difference, Role};

/// Reasons that are named in one line.
const MOST_REASONS: usize = 5;

/// What a comparison has to say beside its lists.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub what: &'a pipeline::Beside,
    /// What differs and is no change of its own.
    pub along: &'a [Difference],
    pub matching: &'a Matching,
    pub square: Option<&'a Square>,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn plain(line: String) -> Block {
    Block::Paragraph(vec![Piece::plain(line)])
}

/// Whether scenarios alone are compared.
fn only_scenarios(compared: &[Compared<'_>]) -> bool {
    compared.iter().all(|one| *one.beside.what == pipeline::Beside::Scenario)
}

/// The title of the page.
pub fn title(rules: String, compared: &[Compared<'_>], speaker: &Speaker) -> String {
    let rules = [("rules", text(rules))];
    if only_scenarios(compared) { speaker.say("compare-title", &rules) } else { speaker.say("beside-title", &rules) }
}

/// The heading of the overview.
pub fn all(compared: &[Compared<'_>], speaker: &Speaker) -> String {
    if only_scenarios(compared) { speaker.word("compare-all") } else { speaker.word("beside-all") }
}

/// What the first column of the overview is.
pub fn head(compared: &[Compared<'_>], speaker: &Speaker) -> String {
    if only_scenarios(compared) { speaker.word("compare-head-scenario") } else { speaker.word("beside-head") }
}

/// The heading of one comparison.
pub fn heading(compared: &Compared<'_>, speaker: &Speaker) -> String {
    let pipeline::Beside::Other { other, commit } = compared.beside.what else {
        return speaker.say("compare-scenario", &[("title", text(compared.title))]);
    };
    let rules = other.rules.as_ref().map(|rules| match rules {
        OtherRules::File(path) => speaker.say("beside-rules", &[("rules", text(path.display().to_string()))]),
        OtherRules::Revision(name) => {
            let (short, day) = commit.clone().unwrap_or_default();
            let day = crate::data::list::date(&day).map_or(text(day), Argument::Date);
            let said = [("revision", text(name.as_str())), ("commit", text(short)), ("day", day)];
            speaker.say("beside-revision", &said)
        }
    });
    let data = other.data.as_ref().map(|path| text(path.display().to_string()));
    match (rules, data) {
        (Some(rules), Some(data)) => speaker.say("beside-both", &[("rules", text(rules)), ("data", data)]),
        (Some(rules), None) => rules,
        (None, Some(data)) => speaker.say("beside-data", &[("data", data)]),
        (None, None) => compared.title.to_owned(),
    }
}

/// Behind the changes and before the lists.
pub fn blocks(compared: &Compared<'_>, speaker: &Speaker) -> Vec<Block> {
    let Beside { what, along, matching, .. } = compared.beside;
    let mut blocks = Vec::new();
    if let pipeline::Beside::Other { other, .. } = what
        && other.rules.is_some()
        && compared.changes.len() == usize::from(other.data.is_some())
    {
        blocks.push(plain(speaker.word("beside-same")));
    }
    let of = |role: Role| along.iter().filter(move |found| found.role == role);
    let lines = [
        ("beside-supports", of(Role::Supports).map(|found| speaker.difference_in_short(found)).collect::<Vec<_>>()),
        ("beside-with-data", of(Role::WithData).map(|found| speaker.difference(found)).collect()),
        ("beside-wording", of(Role::Wording).map(|found| speaker.difference_name(found)).collect()),
    ];
    for (id, list) in lines {
        if !list.is_empty() {
            let line = speaker.say(id, &[("list", Argument::List(list))]);
            blocks.push(Block::Paragraph(vec![Piece::new(line, Tone::Faint)]));
        }
    }
    blocks.extend(codes(compared.comparison, matching, speaker));
    blocks
}

/// Behind the lists: old and new rules on old and new data.
pub fn square_of(compared: &Compared<'_>, speaker: &Speaker) -> Vec<Block> {
    compared.beside.square.map(|square| self::square(square, speaker)).unwrap_or_default()
}

/// Schools under other codes, mergers and splits, and whose list they were on.
fn codes(comparison: &Comparison, matching: &Matching, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = code_changes(&matching.changes, speaker);
    for category in comparison.categories.iter().filter(|category| category.schools_before != category.listed.0) {
        let said = [
            ("category", text(category.name.as_ref())),
            ("schools", count(category.schools_before)),
            ("before", count(category.listed.0)),
        ];
        blocks.push(plain(speaker.say("beside-codes-listed", &said)));
    }
    blocks
}

/// Schools under other codes, mergers and splits.
pub(super) fn code_changes(changes: &[CodeChange], speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    let pair = |change: &CodeChange| {
        let joined = |codes: &[std::sync::Arc<str>]| text(codes.join(" + "));
        speaker.say("beside-codes-pair", &[("before", joined(&change.before)), ("after", joined(&change.after))])
    };
    let of = |kind: CodeChangeKind| -> Vec<String> {
        changes.iter().filter(|change| change.kind == kind).map(pair).collect()
    };
    let merged = of(CodeChangeKind::Merged);
    if !merged.is_empty() {
        blocks.push(plain(speaker.say("beside-codes-merged", &[("list", Argument::List(merged))])));
    }
    let split = of(CodeChangeKind::Split);
    if !split.is_empty() {
        blocks.push(plain(speaker.say("beside-codes-split", &[("list", Argument::List(split))])));
    }
    let renumbered = of(CodeChangeKind::Renumbered);
    if !renumbered.is_empty() {
        let said = [("count", count(renumbered.len())), ("list", Argument::List(renumbered))];
        blocks.push(plain(speaker.say("beside-codes-renumbered", &said)));
    }
    blocks
}

/// Which school moved: with what it was made of, where it had another code.
pub fn mover(mover: &Mover, speaker: &Speaker) -> String {
    let school = super::explanation::school_title(&mover.school);
    if mover.former.is_empty() {
        return school;
    }
    let several = mover.former.len() > 1;
    let former = mover.former.iter().map(|former| {
        let listed = if several && former.listed { "yes" } else { "no" };
        speaker.say("beside-former", &[("code", text(former.code.as_ref())), ("listed", text(listed))])
    });
    let former = former.collect::<Vec<_>>().join(" + ");
    speaker.say("beside-former-mover", &[("former", text(former)), ("school", text(school))])
}

/// Old and new rules on old and new data, and who moves from one corner to the next.
fn square(square: &Square, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(speaker.word("beside-square"))];
    for (at, corner) in [(1, "new-on-old"), (2, "old-on-new")] {
        let Some(found) = square.corners.get(at).filter(|found| found.categories.is_none()) else { continue };
        let reasons = found.problems.iter().take(MOST_REASONS);
        let reasons: Vec<String> = reasons.map(|problem| speaker.say(problem.kind.id, &problem.arguments)).collect();
        let said = [("corner", text(corner)), ("reasons", text(reasons.join("; ")))];
        blocks.push(Block::Notice(speaker.say("beside-square-why", &said)));
    }
    for name in square.names() {
        blocks.push(Block::Table(corners(square, &name, speaker)));
        blocks.push(Block::Table(edges(square, &name, speaker)));
    }
    blocks
}

/// Rows: rules; columns: data.
fn corners(square: &Square, name: &str, speaker: &Speaker) -> Table {
    let headers = vec![
        Header::text(speaker.word("beside-square-corner")),
        Header::number(speaker.word("beside-square-old-data")),
        Header::number(speaker.word("beside-square-new-data")),
    ];
    let cell = |at: usize| {
        let Some(corner) = square.corners.get(at).filter(|corner| corner.categories.is_some()) else {
            return Piece::new(speaker.word("beside-square-none"), Tone::Faint);
        };
        match corner.category(name) {
            Some(found) => {
                let said = [("listed", count(found.listed)), ("open", count(found.undetermined))];
                Piece::plain(speaker.say("beside-square-cell", &said))
            }
            None => Piece::new(speaker.word("beside-square-missing"), Tone::Faint),
        }
    };
    let row = |id: &str, left: usize, right: usize| vec![Piece::plain(speaker.word(id)), cell(left), cell(right)];
    let rows = vec![row("beside-square-old-rules", 0, 2), row("beside-square-new-rules", 1, 3)];
    let title = speaker.say("beside-square-category", &[("category", text(name))]);
    Table { title, headers, rows }
}

fn edges(square: &Square, name: &str, speaker: &Speaker) -> Table {
    let headers = vec![
        Header::text(speaker.word("beside-edge-head")),
        Header::text(speaker.word("compare-head-entered")),
        Header::text(speaker.word("compare-head-left")),
    ];
    let ids = ["beside-edge-rules-old", "beside-edge-rules-new", "beside-edge-data-old", "beside-edge-data-new"];
    let row = |(id, edge): (&str, &Option<Comparison>)| {
        let category = edge.as_ref().map(|found| found.categories.iter().find(|c| c.name.as_ref() == name));
        let cell = |way: Way| match &category {
            None => Piece::new(speaker.word("beside-square-none"), Tone::Faint),
            Some(None) => Piece::new(speaker.word("beside-square-missing"), Tone::Faint),
            Some(Some(category)) => {
                let codes: Vec<String> = category.moved(way).map(|mover| mover.school.code.to_string()).collect();
                let said = [("count", count(codes.len())), ("schools", Argument::List(codes))];
                Piece::plain(speaker.say("beside-edge-schools", &said))
            }
        };
        vec![Piece::plain(speaker.word(id)), cell(Way::Entered), cell(Way::Left)]
    };
    let rows = ids.into_iter().zip(&square.edges).map(row).collect();
    Table { title: speaker.say("beside-edge-category", &[("category", text(name))]), headers, rows }
}
