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
    ("data", include_str!("ru/data.ftl"), include_str!("en/data.ftl")),
    ("script", include_str!("ru/script.ftl"), include_str!("en/script.ftl")),
    ("evaluate", include_str!("ru/evaluate.ftl"), include_str!("en/evaluate.ftl")),
    ("explain", include_str!("ru/explain.ftl"), include_str!("en/explain.ftl")),
    ("summary", include_str!("ru/summary.ftl"), include_str!("en/summary.ftl")),
    ("report", include_str!("ru/report.ftl"), include_str!("en/report.ftl")),
    ("program", include_str!("ru/program.ftl"), include_str!("en/program.ftl")),
];

/// The texts of one language.
pub(super) fn of(language: Language) -> impl Iterator<Item = &'static str> {
    FILES.iter().map(move |(_, russian, english)| match language {
        Language::Russian => *russian,
        Language::English => *english,
    })
}
