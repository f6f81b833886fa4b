//! The analytical note: how many schools by category, criterion, place, type and size; what is open, what is close to a
//! threshold, how good the data are, how the document was read.
//!
//! Lays out what was counted in words and tables.

use std::collections::BTreeMap;

use super::breakdown;
use super::material::{Material, category_name, category_title, count, digits, first_upper, readable, text};
use super::{Column, Document, Grid, Part};
use crate::decision::Verdict;
use crate::diagnostic::{Diagnostic, Severity};
use crate::explain::summary::{CategorySummary, VerdictCounts};
use crate::messages::Precision;
use crate::model::expr::{ExprKind, Quantifier};
use crate::model::{Category, CategoryId};
use crate::number::Number;
use crate::report::page::{Bar, Bars, Tone};
use crate::report::summary;
use crate::value::{Reasons, Unit, Value};

/// Bars of a chart.
const MOST_BARS: usize = 20;
/// Open schools that are named; the list names them all.
const MOST_OPEN: usize = 100;

/// The whole note.
pub fn note(material: &Material<'_>) -> Document {
    let speaker = material.speaker();
    let rules = summary::title(&material.judgement, speaker);
    let name = speaker.word("note-title");
    let mut parts =
        vec![Part::Title(vec![name.clone(), speaker.say("note-title-of", &[("rules", text(rules.clone()))])])];
    parts.extend(material.head());
    let mut number = 0;
    let mut section = |parts: &mut Vec<Part>, id: &str, content: Vec<Part>| {
        if !content.is_empty() {
            number += 1;
            let title = ("title", text(speaker.word(id)));
            parts.push(Part::Heading(speaker.say("note-section", &[("number", count(number)), title])));
            parts.extend(content);
        }
    };
    section(&mut parts, "note-results", results(material));
    section(&mut parts, "document-registered", material.decided_by_people());
    section(&mut parts, "note-criteria", criteria(material));
    section(&mut parts, "document-by-place", places(material));
    section(&mut parts, "note-kinds", kinds(material));
    section(&mut parts, "document-open", open(material));
    section(&mut parts, "note-close", close(material));
    section(&mut parts, "note-quality", quality(material));
    let readings = material.readings();
    if !readings.rows.is_empty() {
        let lead = Part::Paragraph(speaker.word("document-readings-lead"));
        section(&mut parts, "document-readings", vec![lead, Part::Grid(readings)]);
    }
    let title = format!("{name}. {rules}");
    Document { title, language: speaker.language(), landscape: false, points: 14, footer: material.footer(), parts }
}

fn results(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let mut parts = vec![Part::Paragraph(speaker.say("note-schools", &[("count", count(material.schools()))]))];
    parts.extend(material.counted.categories.iter().map(|category| Part::Paragraph(result(material, category))));
    for crossing in &material.counted.crossings {
        let both = crossing.counts.first().and_then(|row| row.first()).copied().unwrap_or(0);
        let name = |id: CategoryId| {
            let category = material.judgement.rules.categories.get(id.index());
            text(category.map_or(String::new(), category_name))
        };
        let arguments = [("count", count(both)), ("first", name(crossing.first)), ("second", name(crossing.second))];
        if both > 0 && material.counted.crossings.len() == 1 {
            parts.push(Part::Paragraph(speaker.say("note-both", &arguments)));
        }
    }
    parts.push(Part::Grid(material.counts()));
    let bars = material.counted.categories.iter().map(|category| Bar {
        label: category_title(&category.name, category.title.as_deref(), speaker),
        count: category.listed,
        tone: Tone::Met,
    });
    parts.push(Part::Bars(Bars { title: speaker.word("chart-categories"), bars: bars.collect() }));
    parts
}

fn result(material: &Material<'_>, category: &CategorySummary) -> String {
    let speaker = material.speaker();
    let title = text(category_title(&category.name, category.title.as_deref(), speaker));
    let counts = &category.counts;
    let share = share(counts.met, counts.judged(), material);
    let arguments =
        [("category", title), ("count", count(counts.met)), ("share", text(share)), ("judged", count(counts.judged()))];
    let mut said = vec![speaker.say("note-belong", &arguments)];
    // of some of them people have decided
    let settled = category.registered.iter().filter(|d| matches!(d.computed, Verdict::Undetermined(_))).count();
    let undetermined = counts.undetermined.saturating_sub(settled);
    if undetermined > 0 {
        said.push(speaker.say("note-undetermined", &[("count", count(undetermined))]));
    }
    if counts.not_applicable > 0 {
        said.push(speaker.say("note-not-applicable", &[("count", count(counts.not_applicable))]));
    }
    if counts.not_judged > 0 {
        said.push(speaker.say("note-not-judged", &[("count", count(counts.not_judged))]));
    }
    said.join(" ")
}

/// `9,41 %`
fn share(part: usize, whole: usize, material: &Material<'_>) -> String {
    let number = |n: usize| i128::try_from(n).unwrap_or(i128::MAX);
    let ratio = Number::ratio(number(part), number(whole.max(1))).unwrap_or_else(Number::zero);
    material.speaker().quantity(&ratio, &Unit::Percent, Precision::Plain)
}

fn criteria(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let rows = material.counted.criteria.iter().map(|criterion| {
        let category = material.judgement.rules.categories.get(criterion.category.index());
        let mut row = vec![
            category.map_or(String::new(), category_name),
            summary::named(&criterion.number, criterion.title.as_deref()),
        ];
        let VerdictCounts { met, not_met, undetermined, not_applicable, not_judged, .. } = criterion.counts;
        row.extend([met, not_met, undetermined, not_applicable + not_judged].map(digits));
        row
    });
    let mut columns =
        vec![Column::text(speaker.word("head-category"), 24), Column::text(speaker.word("head-criterion"), 52)];
    let numbers = ["head-met", "head-not-met", "head-undetermined", "note-head-others"];
    columns.extend(numbers.map(|id| Column::number(speaker.word(id), 25)));
    let bars = material.counted.criteria.iter().take(MOST_BARS).map(|criterion| Bar {
        label: summary::named(&criterion.number, criterion.title.as_deref()),
        count: criterion.counts.met,
        tone: Tone::Met,
    });
    vec![
        Part::Grid(Grid { title: String::new(), columns, rows: rows.collect(), total: false }),
        Part::Bars(Bars { title: speaker.word("chart-criteria"), bars: bars.collect() }),
    ]
}

fn places(material: &Material<'_>) -> Vec<Part> {
    let Some(places) = material.places else { return Vec::new() };
    let speaker = material.speaker();
    let grid = breakdown::by_place(material, places);
    let mut parts = Vec::new();
    let names = material.categories().map(|(_, category)| category);
    for (at, category) in names.enumerate() {
        let of = |row: &Vec<String>| Some((row.first()?.clone(), row.get(at + 2)?.parse::<usize>().ok()?));
        let listed = grid.rows.split_last().map(|(_, rows)| rows).unwrap_or_default();
        let mut bars: Vec<(String, usize)> = listed.iter().filter_map(of).filter(|(_, n)| *n > 0).collect();
        bars.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        bars.truncate(MOST_BARS);
        let Some(most) = bars.first().map(|(_, n)| *n) else { continue };
        let first: Vec<&str> = bars.iter().take_while(|(_, n)| *n == most).map(|(name, _)| name.as_str()).collect();
        let arguments = [
            ("category", text(category_title(&category.name, category.title.as_deref(), speaker))),
            ("places", text(speaker.list(&first))),
            ("count", count(most)),
            ("number", count(first.len())),
        ];
        parts.push(Part::Paragraph(speaker.say("note-most-in", &arguments)));
        let bars = bars.into_iter().map(|(label, count)| Bar { label, count, tone: Tone::Met }).collect();
        let title = [("category", text(category_name(category))), ("grouping", text(places.title.as_ref()))];
        parts.push(Part::Bars(Bars { title: speaker.say("chart-grouping", &title), bars }));
    }
    parts.push(Part::Grid(grid));
    parts
}

fn kinds(material: &Material<'_>) -> Vec<Part> {
    let mut grids = breakdown::by_columns(material);
    grids.extend(breakdown::by_size(material));
    let titled = |(title, grid): (String, Grid)| Part::Grid(Grid { title, ..grid });
    grids.into_iter().map(titled).collect()
}

fn open(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let mut rows = Vec::new();
    let mut all = 0;
    for (id, category) in material.categories() {
        for row in material.schools_where(|row| material.is_open_in(id, row)) {
            all += 1;
            if rows.len() >= MOST_OPEN {
                continue;
            }
            let explanation = (material.explain)(row);
            let found = explanation.categories.iter().find(|c| c.id == id);
            let missing = found.map(|found| material.missing(found, &explanation)).unwrap_or_default();
            rows.push(vec![material.code(row), material.name(row), category_name(category), missing.join("\n")]);
        }
    }
    let mut parts = Vec::new();
    let mut reasons = Vec::new();
    for (at, reason) in Reasons::EACH.into_iter().enumerate() {
        let counts = material.counted.criteria.iter().filter_map(|c| c.counts.undetermined_for.get(at));
        let found: usize = counts.sum();
        if found > 0 {
            let arguments = [("reason", text(speaker.reasons(reason))), ("count", count(found))];
            reasons.push(speaker.say("note-open-reason", &arguments));
        }
    }
    if all == 0 {
        parts.push(Part::Paragraph(speaker.word("document-open-nobody")));
    } else {
        let mut said = speaker.say("note-undetermined", &[("count", count(material.open()))]);
        if all > material.open() {
            said = format!("{said} {}", speaker.say("note-open-cases", &[("count", count(all))]));
        }
        parts.push(Part::Paragraph(said));
    }
    if !reasons.is_empty() {
        parts.push(Part::Paragraph(speaker.word("note-open-reasons")));
        parts.push(Part::Items(reasons));
    }
    if !rows.is_empty() {
        let columns = vec![
            Column::text(speaker.word("document-head-code"), 20),
            Column::text(speaker.word("document-head-name"), 50),
            Column::text(speaker.word("head-category"), 22),
            Column::text(speaker.word("document-head-missing"), 80),
        ];
        parts.push(Part::Grid(Grid { title: String::new(), columns, rows, total: false }));
    }
    if all > MOST_OPEN {
        parts.push(Part::Paragraph(speaker.say("note-open-more", &[("count", count(all - MOST_OPEN))])));
    }
    parts
}

/// Schools that one criterion decides, values on a threshold, ties at a cut, exclusions.
fn close(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let mut parts = Vec::new();
    for (id, category) in material.categories() {
        let Some((least, just, nearly)) = by_one(material, id, category) else { continue };
        let title = text(category_title(&category.name, category.title.as_deref(), speaker));
        let arguments =
            [("category", title), ("least", count(least)), ("just", count(just)), ("nearly", count(nearly))];
        parts.push(Part::Paragraph(speaker.say("note-by-one", &arguments)));
    }
    let remarks = summary::remarks(material.judgement.rules, material.counted, speaker);
    if !remarks.is_empty() {
        parts.push(Part::Paragraph(speaker.word("note-remarks")));
        parts.push(Part::Items(remarks));
    }
    parts
}

/// For a rule «at least so many of»: the number, how many schools have just as many, and how many one fewer for certain.
fn by_one(material: &Material<'_>, id: CategoryId, category: &Category) -> Option<(usize, usize, usize)> {
    let rules = material.judgement.rules;
    let ExprKind::Quantified { quantifier: Quantifier::AtLeast(least), items, .. } = &rules.expr(category.rule)?.kind
    else {
        return None;
    };
    let Some(Value::Number(least)) = material.judgement.constant(*least) else { return None };
    let least = usize::try_from(least.to_integer()?).ok().filter(|least| *least > 1)?;
    let run = material.judgement.run;
    let verdict = |item, row| match rules.expr(item).map(|e| &e.kind) {
        Some(ExprKind::Criterion(id)) => run.criterion(*id, row),
        Some(ExprKind::Group(id)) => run.group(*id, row),
        _ => None,
    };
    let met = |row: usize| items.iter().filter(|item| verdict(**item, row).is_some_and(Verdict::is_met)).count();
    let with = |wanted: Verdict, number: usize| {
        (0..material.schools()).filter(|row| material.verdict(id, *row) == wanted && met(*row) == number).count()
    };
    Some((least, with(Verdict::Met, least), with(Verdict::NotMet, least - 1)))
}

fn quality(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let mut kinds: BTreeMap<&str, (usize, &Diagnostic)> = BTreeMap::new();
    for diagnostic in material.diagnostics {
        kinds.entry(diagnostic.kind.code).or_insert((0, diagnostic)).0 += 1;
    }
    let mut parts = absences(material);
    if kinds.is_empty() {
        parts.insert(0, Part::Paragraph(speaker.word("note-quality-fine")));
        return parts;
    }
    let row = |(code, (found, first)): (&str, (usize, &Diagnostic))| {
        let severity = speaker.word(match first.kind.severity {
            Severity::Error => "severity-error",
            Severity::Warning => "severity-warning",
            Severity::Note => "severity-note",
        });
        vec![code.to_owned(), first_upper(&severity), speaker.say(first.kind.id, &first.arguments), digits(found)]
    };
    let columns = vec![
        Column::text(speaker.word("note-head-code"), 16),
        Column::text(speaker.word("note-head-severity"), 34),
        Column::text(speaker.word("note-head-message"), 95),
        Column::number(speaker.word("note-head-found"), 20),
    ];
    let lead = speaker.say("note-quality-lead", &[("count", count(material.diagnostics.len()))]);
    let rows = kinds.into_iter().map(row).collect();
    let found = [Part::Paragraph(lead), Part::Grid(Grid { title: String::new(), columns, rows, total: false })];
    found.into_iter().chain(parts).collect()
}

/// The columns of that table before the reasons.
const BEFORE_REASONS: usize = 3;

/// Cells without a value, by column and reason, of the columns that were read.
fn absences(material: &Material<'_>) -> Vec<Part> {
    let speaker = material.speaker();
    let rules = material.judgement.rules;
    let mut rows = Vec::new();
    for (schema, table) in rules.schema.tables.iter().zip(&material.judgement.dataset.tables) {
        for (declared, column) in schema.columns.iter().zip(&table.columns) {
            let Some(column) = column else { continue };
            let mut counts = [0usize; 4];
            for row in 0..table.rows {
                let reasons = match column.value(row) {
                    Value::Absent(reasons) => reasons,
                    _ => continue,
                };
                for (one, count) in Reasons::EACH.into_iter().zip(counts.iter_mut()) {
                    *count += usize::from(reasons.contains(one));
                }
            }
            if counts.iter().any(|count| *count > 0) {
                let titled = |name: &str, title: Option<&str>| readable(title.unwrap_or(name));
                let mut row = vec![
                    titled(&schema.name, schema.title.as_deref()),
                    titled(&declared.name, declared.title.as_deref()),
                    digits(table.rows),
                ];
                row.extend(counts.map(digits));
                rows.push(row);
            }
        }
    }
    if rows.is_empty() {
        return vec![Part::Paragraph(speaker.word("note-quality-whole"))];
    }
    let mut columns = vec![
        Column::text(speaker.word("note-head-table"), 50),
        Column::text(speaker.word("note-head-column"), 54),
        Column::number(speaker.word("note-head-rows"), 18),
    ];
    columns.extend(Reasons::EACH.map(|reason| Column::number(first_upper(&speaker.reasons(reason)), 27)));
    // a reason that no cell has is left out
    for at in (BEFORE_REASONS..columns.len()).rev() {
        if rows.iter().all(|row: &Vec<String>| row.get(at).is_some_and(|count| count == "0")) {
            columns.remove(at);
            rows.iter_mut().for_each(|row| drop(row.remove(at)));
        }
    }
    let lead = Part::Paragraph(speaker.word("note-quality-absent"));
    vec![lead, Part::Grid(Grid { title: String::new(), columns, rows, total: false })]
}
