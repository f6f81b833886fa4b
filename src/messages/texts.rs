//! The Fluent files, built into the program.
//!
//! Knows which files there are, not what they say.

use crate::language::Language;

/// Name of a file, its Russian and its English text. The names are those of the stages.
pub const FILES: &[(&str, &str, &str)] = &[
    ("units", include_str!("ru/units.ftl"), include_str!("en/units.ftl")),
    ("terms", include_str!("ru/terms.ftl"), include_str!("en/terms.ftl")),
    ("syntax", include_str!("ru/syntax.ftl"), include_str!("en/syntax.ftl")),
    ("check", include_str!("ru/check.ftl"), include_str!("en/check.ftl")),
    ("scenario", include_str!("ru/scenario.ftl"), include_str!("en/scenario.ftl")),
    ("data", include_str!("ru/data.ftl"), include_str!("en/data.ftl")),
    ("tables", include_str!("ru/tables.ftl"), include_str!("en/tables.ftl")),
    ("script", include_str!("ru/script.ftl"), include_str!("en/script.ftl")),
    ("evaluate", include_str!("ru/evaluate.ftl"), include_str!("en/evaluate.ftl")),
    ("explain", include_str!("ru/explain.ftl"), include_str!("en/explain.ftl")),
    ("exits", include_str!("ru/exits.ftl"), include_str!("en/exits.ftl")),
    ("summary", include_str!("ru/summary.ftl"), include_str!("en/summary.ftl")),
    ("documents", include_str!("ru/documents.ftl"), include_str!("en/documents.ftl")),
    ("compare", include_str!("ru/compare.ftl"), include_str!("en/compare.ftl")),
    ("beside", include_str!("ru/beside.ftl"), include_str!("en/beside.ftl")),
    ("effects", include_str!("ru/effects.ftl"), include_str!("en/effects.ftl")),
    ("threshold", include_str!("ru/threshold.ftl"), include_str!("en/threshold.ftl")),
    ("history", include_str!("ru/history.ftl"), include_str!("en/history.ftl")),
    ("map", include_str!("ru/map.ftl"), include_str!("en/map.ftl")),
    ("sweep", include_str!("ru/sweep.ftl"), include_str!("en/sweep.ftl")),
    ("equal", include_str!("ru/equal.ftl"), include_str!("en/equal.ftl")),
    ("draft", include_str!("ru/draft.ftl"), include_str!("en/draft.ftl")),
    ("quality", include_str!("ru/quality.ftl"), include_str!("en/quality.ftl")),
    ("stability", include_str!("ru/stability.ftl"), include_str!("en/stability.ftl")),
    ("report", include_str!("ru/report.ftl"), include_str!("en/report.ftl")),
    ("verify", include_str!("ru/verify.ftl"), include_str!("en/verify.ftl")),
    ("program", include_str!("ru/program.ftl"), include_str!("en/program.ftl")),
];

/// The texts of one language.
pub(super) fn of(language: Language) -> impl Iterator<Item = &'static str> {
    FILES.iter().map(move |(_, russian, english)| match language {
        Language::Russian => *russian,
        Language::English => *english,
    })
}

/// The messages of a text, each with its id: from a line that begins with a letter to the next such line or comment.
pub(super) fn messages(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = text;
    let entries = std::iter::from_fn(move || {
        let (entry, after) = rest.split_at_checked(end_of_entry(rest)).filter(|(entry, _)| !entry.is_empty())?;
        rest = after;
        Some(entry)
    });
    entries.filter(|entry| entry.starts_with(|c: char| c.is_ascii_alphabetic())).filter_map(|entry| {
        let (id, _) = entry.split_once('=')?;
        Some((id.trim_end(), entry))
    })
}

/// Where the next entry begins. Lines that go on with a message begin with a space or a closing bracket.
fn end_of_entry(text: &str) -> usize {
    let starts = |at: &usize| {
        text.get(*at..).is_some_and(|line| line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '#'))
    };
    text.match_indices('\n').map(|(at, _)| at + 1).find(starts).unwrap_or(text.len())
}
