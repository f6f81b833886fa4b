//! The summary of a run as a page: what a person wants to know before the list.
//!
//! Lays out what `explain` counted; counts nothing itself.

use super::list::Judgement;
use super::page::{Bar, Bars, Block, Header, Page, Piece, Table, Tone};
use super::registered;
use crate::diagnostic::Argument;
use crate::explain::Summary;
use crate::explain::explanation::School;
use crate::explain::summary::{CrossTable, Extent, VerdictCounts, VerdictKind};
use crate::messages::{Precision, Speaker};
use crate::model::expr::{CompareOp, ExprKind};
use crate::model::{Parameter, RuleSet};
use crate::number::Number;
use crate::value::{Reasons, Type, Value};

/// Bars beyond this number are left out of a chart.
const MOST_BARS: usize = 40;
/// Rows of strata beyond this number are left out of a table.
const MOST_STRATA: usize = 30;

/// Small groups ranked together that are named.
const MOST_TOGETHER: usize = 3;
/// Schools named in one line.
const MOST_NAMED: usize = 8;

/// The whole summary.
pub fn page(judgement: &Judgement<'_>, summary: &Summary, speaker: &Speaker) -> Page {
    let mut blocks = head(judgement, speaker);
    let judged = speaker.say("summary-schools", &[("count", count(summary.schools))]);
    blocks.push(Block::Paragraph(vec![Piece::plain(judged)]));
    blocks.push(Block::Heading(speaker.word("summary-categories")));
    blocks.push(Block::Table(categories(summary, speaker)));
    blocks.extend(summary.crossings.iter().map(|crossing| Block::Table(cross(summary, crossing, speaker))));
    blocks.extend(super::passages::blocks(judgement, speaker));
    blocks.extend(decided_by_people(summary, speaker));
    blocks.push(Block::Heading(speaker.word("summary-criteria")));
    blocks.push(Block::Table(criteria(summary, speaker)));
    if summary.criteria.iter().any(|criterion| criterion.counts.not_judged > 0) {
        let line = speaker.word("summary-judged-only");
        blocks.push(Block::Paragraph(vec![Piece::new(line, Tone::Faint)]));
    }
    let open = reasons_line(summary, speaker);
    if !open.is_empty() {
        blocks.push(Block::Paragraph(vec![Piece::plain(open)]));
    }
    let cuts = cuts(summary, speaker);
    if !cuts.rows.is_empty() {
        blocks.push(Block::Heading(speaker.word("summary-cuts")));
        blocks.push(Block::Table(cuts));
    }
    let remarks = remarks(judgement.rules, summary, speaker);
    if !remarks.is_empty() {
        blocks.push(Block::Heading(speaker.word("summary-remarks")));
        blocks.extend(remarks.into_iter().map(|line| Block::Paragraph(vec![Piece::plain(line)])));
    }
    Page { title: title(judgement, speaker), language: speaker.language(), blocks }
}

/// Charts of the counts.
pub fn charts(summary: &Summary, speaker: &Speaker) -> Vec<Block> {
    let bar = |label: String, met| Bar { label, count: met, tone: Tone::Met };
    let chart = |title, bars| Block::Bars(Bars { title, bars });
    let categories = summary.categories.iter().map(|c| bar(c.name.to_string(), c.counts.met));
    let criteria =
        summary.criteria.iter().take(MOST_BARS).map(|c| bar(named(&c.number, c.title.as_deref()), c.counts.met));
    let mut blocks = vec![
        chart(speaker.word("chart-categories"), categories.collect()),
        chart(speaker.word("chart-criteria"), criteria.collect()),
    ];
    if let Some(grouping) = &summary.grouping {
        for (at, category) in summary.categories.iter().enumerate() {
            let arguments = [("category", text(category.name.as_ref())), ("grouping", text(grouping.title.as_ref()))];
            let mut bars: Vec<Bar> = grouping
                .rows
                .iter()
                .map(|row| {
                    let name = row.name.as_ref().map_or_else(|| speaker.word("group-none"), ToString::to_string);
                    bar(name, row.categories.get(at).map_or(0, |c| c.met))
                })
                .filter(|bar| bar.count > 0)
                .collect();
            bars.sort_by_key(|bar| std::cmp::Reverse(bar.count));
            bars.truncate(MOST_BARS);
            if !bars.is_empty() {
                blocks.push(chart(speaker.say("chart-grouping", &arguments), bars));
            }
        }
    }
    blocks
}

/// What the report is about: the note on made-up data first.
pub fn head(judgement: &Judgement<'_>, speaker: &Speaker) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Some(note) = &judgement.dataset.synthetic {
        blocks.push(Block::Notice(speaker.say("report-synthetic", &[("note", text(note.as_ref()))])));
    }
    let purpose = super::publication::said(judgement.run.minimum_cohort, speaker);
    blocks.push(Block::Paragraph(vec![Piece::new(purpose, Tone::Strong)]));
    let header = &judgement.rules.header;
    let mut facts = Vec::new();
    if let Some(version) = &header.version {
        facts.push(speaker.say("report-version", &[("version", text(version.as_ref()))]));
    }
    if let Some(year) = header.reporting_year {
        facts.push(speaker.say("report-year", &[("year", text(year.to_string()))]));
    }
    if let Some(title) = &judgement.dataset.title {
        facts.push(speaker.say("report-data", &[("title", text(title.as_ref()))]));
    }
    if !facts.is_empty() {
        blocks.push(Block::Paragraph(vec![Piece::new(format!("{}.", facts.join("; ")), Tone::Faint)]));
    }
    if let Some(scenario) = &judgement.rules.scenario {
        let told = scenario.changes.iter().filter(|change| !change.supports);
        let mut changes: Vec<String> = told.map(|change| change.text(speaker.language()).to_owned()).collect();
        let definitions = scenario.changes.len() - changes.len();
        if definitions > 0 {
            changes.push(speaker.say("report-scenario-definitions", &[("count", count(definitions))]));
        }
        let said = [("title", text(scenario.title.as_ref())), ("changes", text(changes.join("; ")))];
        blocks.push(Block::Notice(speaker.say("report-scenario", &said)));
        if let Some(explanation) = &scenario.notes.explanation {
            blocks.push(Block::Notice(explanation.to_string()));
        }
    }
    blocks.extend(replaced(judgement.rules, speaker).into_iter().map(Block::Notice));
    blocks
}

/// The parameters that were given another value than the rules have, a line each.
pub fn replaced(rules: &RuleSet, speaker: &Speaker) -> Vec<String> {
    let line = |parameter: &Parameter| {
        let before = parameter.replaced.as_ref()?;
        let shown =
            |number: &Number| text(speaker.value(&Value::Number(number.clone()), &parameter.kind, Precision::Full));
        let value = match rules.expr(parameter.value).map(|e| &e.kind) {
            Some(ExprKind::Number(number)) => shown(number),
            _ => text(""),
        };
        let arguments = [("name", text(parameter.name.as_ref())), ("value", value), ("before", shown(before))];
        Some(speaker.say("report-replaced", &arguments))
    };
    rules.parameters.iter().filter_map(line).collect()
}

pub fn title(judgement: &Judgement<'_>, speaker: &Speaker) -> String {
    let title = judgement.rules.header.title.trim();
    let title = if title.is_empty() { speaker.word("report-untitled") } else { title.to_owned() };
    match &judgement.rules.scenario {
        Some(scenario) => {
            let named = [("rules", text(title)), ("scenario", text(scenario.title.as_ref()))];
            speaker.say("report-title-scenario", &named)
        }
        None => title,
    }
}

/// `1.1 Title`
pub fn named(number: &str, title: Option<&str>) -> String {
    title.map_or_else(|| number.to_owned(), |title| format!("{number} {title}"))
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

fn number(value: usize, tone: Tone) -> Piece {
    Piece::new(value.to_string(), if value == 0 { Tone::Faint } else { tone })
}

fn verdict_numbers(counts: &VerdictCounts) -> Vec<Piece> {
    vec![
        number(counts.met, Tone::Met),
        number(counts.not_met, Tone::Plain),
        number(counts.undetermined, Tone::Open),
        number(counts.not_applicable, Tone::Plain),
        number(counts.not_judged, Tone::Plain),
    ]
}

fn counts_header(first: String, speaker: &Speaker, met: &str, not_met: &str) -> Vec<Header> {
    let mut headers = vec![Header::text(first)];
    for id in [met, not_met, "head-undetermined", "head-not-applicable", "head-not-judged"] {
        headers.push(Header::number(speaker.word(id)));
    }
    headers
}

fn categories(summary: &Summary, speaker: &Speaker) -> Table {
    let rows = summary.categories.iter().map(|category| {
        let mut row = vec![Piece::plain(match &category.title {
            Some(title) if title != &category.name => format!("{} – {title}", category.name),
            _ => category.name.to_string(),
        })];
        row.extend(verdict_numbers(&category.counts));
        row
    });
    let headers = counts_header(speaker.word("head-category"), speaker, "head-belongs", "head-not-belongs");
    without_zeros(Table { title: String::new(), headers, rows: rows.collect() })
}

/// Registered decisions and what they change.
fn decided_by_people(summary: &Summary, speaker: &Speaker) -> Vec<Block> {
    let Some(table) = registered::table(summary, speaker) else { return Vec::new() };
    let mut blocks = vec![Block::Heading(speaker.word("summary-registered")), Block::Table(table)];
    let effects = summary.categories.iter().filter_map(|c| registered::effect(c, &c.name, speaker));
    blocks.extend(effects.map(|line| Block::Paragraph(vec![Piece::plain(line)])));
    blocks
}

/// Without the columns behind «undetermined» in which every number is zero.
fn without_zeros(mut table: Table) -> Table {
    let is_zero = |at: usize| table.rows.iter().all(|row| row.get(at).is_some_and(|piece| piece.text == "0"));
    let kept: Vec<bool> = (0..table.headers.len()).map(|at| at < ALWAYS_SHOWN || !is_zero(at)).collect();
    let mut at = kept.iter();
    table.headers.retain(|_| at.next().copied().unwrap_or(true));
    for row in &mut table.rows {
        let mut at = kept.iter();
        row.retain(|_| at.next().copied().unwrap_or(true));
    }
    table
}

/// The name, and the numbers of met, not met and undetermined.
const ALWAYS_SHOWN: usize = 4;

/// Rows: verdicts of the first category; columns: of the second. Verdicts that no school has are left out.
fn cross(summary: &Summary, crossing: &CrossTable, speaker: &Speaker) -> Table {
    let name = |at: usize| summary.categories.get(at).map_or("", |c| c.name.as_ref()).to_owned();
    let (first, second) = (name(crossing.first.index()), name(crossing.second.index()));
    let word = |kind: VerdictKind| match kind {
        VerdictKind::Met => speaker.word("category-met"),
        VerdictKind::NotMet => speaker.word("category-not-met"),
        VerdictKind::Undetermined => speaker.word("category-undetermined"),
        VerdictKind::NotApplicable => speaker.word("category-not-applicable"),
        VerdictKind::NotJudged => speaker.word("category-not-judged"),
    };
    let used: Vec<usize> = (0..VerdictKind::EACH.len())
        .filter(|j| crossing.counts.iter().any(|row| row.get(*j).is_some_and(|n| *n > 0)))
        .collect();
    let mut headers = vec![Header::text(format!("{first} ↓ · {second} →"))];
    for (j, kind) in VerdictKind::EACH.into_iter().enumerate() {
        if used.contains(&j) {
            headers.push(Header::number(format!("{second}: {}", word(kind))));
        }
    }
    let mut rows = Vec::new();
    for (kind, counts) in VerdictKind::EACH.into_iter().zip(&crossing.counts) {
        if counts.iter().all(|n| *n == 0) {
            continue;
        }
        let mut row = vec![Piece::plain(format!("{first}: {}", word(kind)))];
        row.extend(used.iter().filter_map(|j| counts.get(*j)).map(|n| number(*n, Tone::Plain)));
        rows.push(row);
    }
    Table { title: String::new(), headers, rows }
}

fn criteria(summary: &Summary, speaker: &Speaker) -> Table {
    let mut headers = counts_header(speaker.word("head-criterion"), speaker, "head-met", "head-not-met");
    headers.push(Header::number(speaker.word("head-on-threshold")));
    let rows = summary.criteria.iter().map(|criterion| {
        let mut row = vec![Piece::plain(named(&criterion.number, criterion.title.as_deref()))];
        row.extend(verdict_numbers(&criterion.counts));
        let measured = criterion.on_threshold.iter().filter(|t| !t.is_small_count);
        row.push(number(measured.map(|t| t.count).sum(), Tone::Open));
        row
    });
    without_zeros(Table { title: String::new(), headers, rows: rows.collect() })
}

/// Why criteria are undetermined, over all criteria.
fn reasons_line(summary: &Summary, speaker: &Speaker) -> String {
    let mut parts = Vec::new();
    for (at, reason) in Reasons::EACH.into_iter().enumerate() {
        // what does not exist for a school is no reason for not knowing it
        if reason == Reasons::NOT_APPLICABLE {
            continue;
        }
        let found: usize = summary.criteria.iter().filter_map(|c| c.counts.undetermined_for.get(at)).copied().sum();
        if found > 0 {
            parts.push(format!("{} – {found}", speaker.reasons(reason)));
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    speaker.say("summary-open-reasons", &[("list", text(parts.join(", ")))])
}

fn cuts(summary: &Summary, speaker: &Speaker) -> Table {
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
    let mut rows = Vec::new();
    for criterion in &summary.criteria {
        for cut in &criterion.cuts {
            for stratum in cut.strata.iter().take(MOST_STRATA) {
                let said = |keys: &Vec<Value>| {
                    let keys = keys.iter().map(|key| speaker.value(key, &Type::Text, Precision::Plain));
                    keys.collect::<Vec<_>>().join("; ")
                };
                let group = match (stratum.keys.is_empty(), stratum.together.len()) {
                    (true, _) => speaker.word("stratum-all"),
                    (_, 0) => said(&stratum.keys),
                    (_, together) => {
                        let named: Vec<String> = stratum.together.iter().take(MOST_TOGETHER).map(said).collect();
                        let dots = if together > named.len() { ", …" } else { "" };
                        let groups = ("groups", text(named.join(", ") + dots));
                        speaker.say("stratum-together", &[("count", count(together)), groups])
                    }
                };
                let cut_off = stratum
                    .cut_off
                    .as_ref()
                    .map(|value| speaker.value(&Value::Number(value.clone()), &cut.value_type, Precision::Plain))
                    .or_else(|| stratum.masked.then(|| speaker.reasons(Reasons::MASKED)));
                rows.push(vec![
                    Piece::plain(criterion.number.to_string()),
                    Piece::plain(group),
                    number(stratum.ranked, Tone::Plain),
                    number(stratum.without_value, Tone::Open),
                    number(stratum.quota.rounded, Tone::Plain),
                    number(stratum.selected, Tone::Plain),
                    Piece::plain(cut_off.unwrap_or_else(|| "–".to_owned())),
                    if stratum.masked {
                        Piece::plain(speaker.reasons(Reasons::MASKED))
                    } else {
                        number(if stratum.tied_at_cut > 1 { stratum.tied_at_cut } else { 0 }, Tone::Open)
                    },
                ]);
            }
        }
    }
    Table { title: String::new(), headers, rows }
}

/// What a person should look at: thresholds hit exactly, ties, criteria that tell nobody apart, exclusions.
pub fn remarks(rules: &RuleSet, summary: &Summary, speaker: &Speaker) -> Vec<String> {
    let (mut lines, mut counted) = (Vec::new(), Vec::new());
    for criterion in &summary.criteria {
        let number = || ("number", text(criterion.number.as_ref()));
        for on in &criterion.on_threshold {
            let schools = schools(&on.schools, on.count, speaker);
            let name = super::deciding::value_name(rules, on.value);
            let what = match name.as_str() {
                "" => String::new(),
                name => speaker.say("remark-value", &[("name", text(name))]),
            };
            let mut arguments = vec![
                number(),
                ("what", text(what)),
                ("count", count(on.count)),
                ("written", text(speaker.relation(on.operator))),
                ("other", text(speaker.relation(neighbour(on.operator)))),
                ("schools", text(schools)),
            ];
            match &on.threshold {
                _ if on.is_small_count => {
                    counted.push(speaker.say("remark-counted", &[number(), ("count", count(on.count))]));
                }
                _ if matches!(rules.expr(on.expr).map(|e| &e.kind), Some(ExprKind::Between { .. })) => {
                    let end = on.threshold.as_ref().map(|value| speaker.bound(value, &on.ty, Precision::Plain));
                    arguments.push(("end", text(end.unwrap_or_else(|| "blank".to_owned()))));
                    lines.push(speaker.say("remark-on-range", &arguments));
                }
                None => lines.push(speaker.say("remark-on-own-threshold", &arguments)),
                Some(value) => {
                    arguments.push(("threshold", text(speaker.bound(value, &on.ty, Precision::Plain))));
                    lines.push(speaker.say("remark-on-threshold", &arguments));
                }
            }
        }
        for cut in &criterion.cuts {
            let tied: usize = cut.strata.iter().map(|s| s.tied_at_cut).filter(|n| *n > 1).sum();
            if tied > 0 {
                lines.push(speaker.say("remark-ties", &[number(), ("count", count(tied))]));
            }
            let hidden = cut.strata.len().saturating_sub(MOST_STRATA);
            if hidden > 0 {
                lines.push(speaker.say("remark-strata-not-shown", &[number(), ("count", count(hidden))]));
            }
        }
        let id = match criterion.extent {
            None => continue,
            Some(Extent::Nobody) => "remark-nobody",
            Some(Extent::Everybody) => "remark-everybody",
            Some(Extent::Most) => "remark-most",
            Some(Extent::Few) => "remark-few",
        };
        lines.push(speaker.say(id, &[number()]));
    }
    if !counted.is_empty() {
        lines.push(speaker.say("remark-on-counts", &[("list", text(counted.join("; ")))]));
    }
    for population in &summary.populations {
        let name = population.title.as_deref().unwrap_or(&population.name);
        for (at, exclusion) in population.exclusions.iter().enumerate() {
            if exclusion.count > 0 {
                let why = exclusion.basis.as_ref().map_or_else(
                    || speaker.say("remark-exclusion-number", &[("n", count(at + 1))]),
                    |basis| basis.to_string(),
                );
                let arguments = [
                    ("name", text(name)),
                    ("why", text(why)),
                    ("count", count(exclusion.count)),
                    ("schools", text(schools(&exclusion.schools, exclusion.count, speaker))),
                ];
                lines.push(speaker.say("remark-excluded", &arguments));
            }
        }
        if population.unknown > 0 {
            let arguments = [("name", text(name)), ("count", count(population.unknown))];
            lines.push(speaker.say("remark-membership-unknown", &arguments));
        }
    }
    lines
}

/// The relation that differs only on the threshold itself.
fn neighbour(operator: CompareOp) -> CompareOp {
    match operator {
        CompareOp::Less => CompareOp::AtMost,
        CompareOp::AtMost => CompareOp::Less,
        CompareOp::More => CompareOp::AtLeast,
        CompareOp::AtLeast => CompareOp::More,
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
    }
}

/// Codes of the first schools and how many more.
fn schools(named: &[School], all: usize, speaker: &Speaker) -> String {
    let codes: Vec<&str> = named.iter().take(MOST_NAMED).map(|school| school.code.as_ref()).collect();
    let more = all.saturating_sub(codes.len());
    if more == 0 {
        return codes.join(", ");
    }
    speaker.say("remark-and-more", &[("codes", text(codes.join(", "))), ("count", count(more))])
}
