//! The summary of a run as a page: what a person wants to know before the list.
//!
//! Counts what the run decided; decides nothing itself.

use super::list::Judgement;
use super::page::{Bar, Bars, Block, Header, Page, Piece, Table, Tone};
use super::tally::{CutLine, Tally, tally};
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};

/// Bars beyond this number are left out of a chart.
const MOST_BARS: usize = 40;

/// The whole summary.
pub fn page(judgement: &Judgement<'_>, speaker: &Speaker) -> Page {
    let rules = judgement.rules;
    let counted = tally(judgement);
    let mut blocks = head(judgement, speaker);
    blocks.push(Block::Paragraph(vec![Piece::plain(
        speaker.say("summary-schools", &[("count", count(judgement.run.schools))]),
    )]));
    blocks.push(Block::Heading(speaker.word("summary-categories")));
    blocks.push(Block::Table(categories(judgement, &counted, speaker)));
    if rules.categories.len() > 1 {
        blocks.push(Block::Paragraph(vec![Piece::plain(
            speaker.say("summary-both", &[("any", count(counted.in_any)), ("several", count(counted.in_several))]),
        )]));
    }
    blocks.push(Block::Heading(speaker.word("summary-criteria")));
    blocks.push(Block::Table(criteria(judgement, &counted, speaker)));
    if counted.on_threshold.iter().any(|n| *n > 0) {
        blocks.push(Block::Paragraph(vec![Piece::new(speaker.word("summary-threshold-note"), Tone::Faint)]));
    }
    if !counted.cuts.is_empty() {
        blocks.push(Block::Heading(speaker.word("summary-cuts")));
        blocks.push(Block::Table(cuts(judgement, &counted.cuts, speaker)));
    }
    Page { title: title(judgement, speaker), language: speaker.language(), blocks }
}

/// Charts of the counts.
pub fn charts(judgement: &Judgement<'_>, speaker: &Speaker) -> Vec<Block> {
    let rules = judgement.rules;
    let counted = tally(judgement);
    let mut blocks = Vec::new();
    let categories = rules.categories.iter().zip(&counted.categories);
    blocks.push(Block::Bars(Bars {
        title: speaker.word("chart-categories"),
        bars: categories
            .map(|(category, n)| Bar { label: category.name.to_string(), count: n.met, tone: Tone::Met })
            .collect(),
    }));
    let criteria = rules.criteria.iter().zip(&counted.criteria);
    blocks.push(Block::Bars(Bars {
        title: speaker.word("chart-criteria"),
        bars: criteria
            .take(MOST_BARS)
            .map(|(criterion, n)| Bar {
                label: named(&criterion.number, criterion.title.as_deref()),
                count: n.met,
                tone: Tone::Met,
            })
            .collect(),
    }));
    if !counted.territories.is_empty() {
        blocks.push(Block::Bars(Bars {
            title: speaker.say("chart-territories", &[("column", Argument::Text(counted.territory.clone()))]),
            bars: counted
                .territories
                .iter()
                .take(MOST_BARS)
                .map(|(name, met)| Bar { label: name.clone(), count: *met, tone: Tone::Met })
                .collect(),
        }));
    }
    blocks
}

/// What the report is about: the note on made-up data first.
pub fn head(judgement: &Judgement<'_>, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(note) = &judgement.dataset.synthetic {
        blocks.push(Block::Notice(speaker.say("report-synthetic", &[("note", Argument::Text(note.to_string()))])));
    }
    let header = &judgement.rules.header;
    let mut facts = Vec::new();
    if let Some(version) = &header.version {
        facts.push(speaker.say("report-version", &[("version", Argument::Text(version.to_string()))]));
    }
    if let Some(year) = header.reporting_year {
        facts.push(speaker.say("report-year", &[("year", Argument::Text(year.to_string()))]));
    }
    if let Some(title) = &judgement.dataset.title {
        facts.push(speaker.say("report-data", &[("title", Argument::Text(title.to_string()))]));
    }
    if !facts.is_empty() {
        blocks.push(Block::Paragraph(vec![Piece::new(format!("{}.", facts.join("; ")), Tone::Faint)]));
    }
    for parameter in &judgement.rules.parameters {
        if let Some(before) = &parameter.replaced {
            let value = super::school::constant(judgement, parameter.value, speaker);
            let before = match &parameter.kind {
                crate::value::Type::Number(unit) => speaker.quantity(before, unit, Precision::Full),
                _ => speaker.number(before),
            };
            blocks.push(Block::Notice(speaker.say(
                "report-replaced",
                &[
                    ("name", Argument::Text(parameter.name.to_string())),
                    ("value", Argument::Text(value)),
                    ("before", Argument::Text(before)),
                ],
            )));
        }
    }
    blocks
}

pub fn title(judgement: &Judgement<'_>, speaker: &Speaker) -> String {
    let title = judgement.rules.header.title.trim();
    if title.is_empty() { speaker.word("report-untitled") } else { title.to_owned() }
}

/// `1.1 Title`
pub fn named(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| number.to_owned(), |title| format!("{number} {title}"))
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn counts_header(first: String, speaker: &Speaker, met: &str, not_met: &str) -> Vec<Header> {
    let mut headers = vec![Header::text(first)];
    for id in [met, not_met, "head-undetermined", "head-not-applicable", "head-not-judged"] {
        headers.push(Header::number(speaker.word(id)));
    }
    headers
}

fn number(value: usize, tone: Tone) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { tone })
}

fn categories(judgement: &Judgement<'_>, counted: &Tally, speaker: &Speaker) -> Table {
    let rows = judgement.rules.categories.iter().zip(&counted.categories).map(|(category, n)| {
        let mut row = vec![Piece::plain(match &category.title {
            Some(title) if title != &category.name => format!("{} – {title}", category.name),
            _ => category.name.to_string(),
        })];
        row.push(number(n.met, Tone::Met));
        row.push(number(n.not_met, Tone::Plain));
        row.push(number(n.undetermined, Tone::Open));
        row.push(number(n.not_applicable, Tone::Plain));
        row.push(number(n.not_judged, Tone::Plain));
        row
    });
    Table {
        title: String::new(),
        headers: counts_header(speaker.word("head-category"), speaker, "head-belongs", "head-not-belongs"),
        rows: rows.collect(),
    }
}

fn criteria(judgement: &Judgement<'_>, counted: &Tally, speaker: &Speaker) -> Table {
    let mut headers = counts_header(speaker.word("head-criterion"), speaker, "head-met", "head-not-met");
    headers.push(Header::number(speaker.word("head-on-threshold")));
    let lines = judgement.rules.criteria.iter().zip(&counted.criteria).zip(&counted.on_threshold);
    let rows = lines.map(|((criterion, n), on)| {
        vec![
            Piece::plain(named(&criterion.number, criterion.title.as_deref())),
            number(n.met, Tone::Met),
            number(n.not_met, Tone::Plain),
            number(n.undetermined, Tone::Open),
            number(n.not_applicable, Tone::Plain),
            number(n.not_judged, Tone::Plain),
            number(*on, Tone::Open),
        ]
    });
    Table { title: String::new(), headers, rows: rows.collect() }
}

fn cuts(judgement: &Judgement<'_>, lines: &[CutLine], speaker: &Speaker) -> Table {
    let headers = vec![
        Header::text(speaker.word("head-criterion")),
        Header::text(speaker.word("head-stratum")),
        Header::number(speaker.word("head-ranked")),
        Header::number(speaker.word("head-without-value")),
        Header::number(speaker.word("head-quota")),
        Header::number(speaker.word("head-selected")),
        Header::number(speaker.word("head-cut-off")),
        Header::number(speaker.word("head-tied")),
    ];
    let rows = lines.iter().map(|line| {
        let criterion = judgement.rules.criteria.get(line.criterion);
        let stratum: Vec<String> =
            line.keys.iter().map(|key| speaker.value(key, &crate::value::Type::Text, Precision::Plain)).collect();
        let cut_off = line.cut.cut_off.as_ref().map(|value| speaker.quantity(value, &line.unit, Precision::Plain));
        vec![
            Piece::plain(criterion.map_or(String::new(), |c| named(&c.number, c.title.as_deref()))),
            Piece::plain(if stratum.is_empty() { speaker.word("stratum-all") } else { stratum.join("; ") }),
            number(line.cut.ranked, Tone::Plain),
            number(line.cut.without_value, Tone::Open),
            number(line.cut.quota, Tone::Plain),
            number(line.cut.selected, Tone::Plain),
            Piece::plain(cut_off.unwrap_or_else(|| "–".to_owned())),
            number(if line.cut.tied_at_cut > 1 { line.cut.tied_at_cut } else { 0 }, Tone::Open),
        ]
    });
    Table { title: String::new(), headers, rows: rows.collect() }
}
