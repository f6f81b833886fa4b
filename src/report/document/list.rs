//! The list for approval: per category the schools by place, then those that could not be decided, then the readings.
//!
//! No school that may belong is left out.

use super::material::{Material, category_name, category_title, count, digits, first_upper, readable, text};
use super::{Column, Document, Grid, Part};
use crate::decision::Verdict;
use crate::model::{Category, CategoryId};
use crate::report::{registered, summary};

/// The whole list.
pub fn list(material: &Material<'_>) -> Document {
    let speaker = material.speaker();
    let name = speaker.word("document-list");
    let mut parts = vec![Part::Sheet(speaker.word("sheet-approval")), material.signatures()];
    let rules = ("rules", text(summary::title(&material.judgement, speaker)));
    parts.push(Part::Title(vec![name.clone(), speaker.say("document-list-of", std::slice::from_ref(&rules))]));
    parts.extend(material.head());
    let counts = [("count", count(material.schools())), ("belong", count(material.belonging()))];
    parts.push(Part::Paragraph(speaker.say("document-list-counts", &counts)));
    if material.open() > 0 {
        parts.push(Part::Paragraph(speaker.say("document-list-open", &[("count", count(material.open()))])));
    }
    for (id, category) in material.categories() {
        let rows = material.schools_where(|row| material.is_listed(id, row));
        parts.push(Part::Heading(heading("document-list-category", category, rows.len(), material)));
        if rows.is_empty() {
            parts.push(Part::Paragraph(speaker.word("document-list-nobody")));
        } else {
            parts.push(Part::Grid(members(material, id, category, &rows)));
        }
    }
    parts.push(Part::Sheet(speaker.word("sheet-totals")));
    parts.push(Part::Heading(speaker.word("document-totals")));
    parts.push(Part::Grid(material.counts()));
    parts.extend(by_place(material));
    let decided = material.decided_by_people();
    if !decided.is_empty() {
        parts.push(Part::Sheet(speaker.word("sheet-registered")));
        parts.push(Part::Heading(speaker.word("document-registered")));
        parts.extend(decided);
    }
    parts.push(Part::Sheet(speaker.word("sheet-open")));
    parts.push(Part::Heading(speaker.word("document-open")));
    let open: Vec<(CategoryId, &Category, Vec<usize>)> = material
        .categories()
        .map(|(id, category)| (id, category, material.schools_where(|row| material.is_open_in(id, row))))
        .filter(|(_, _, rows)| !rows.is_empty())
        .collect();
    if open.is_empty() {
        parts.push(Part::Paragraph(speaker.word("document-open-nobody")));
    } else {
        parts.push(Part::Paragraph(speaker.word("document-open-lead")));
    }
    for (id, category, rows) in open {
        parts.push(Part::Heading(heading("document-open-category", category, rows.len(), material)));
        parts.push(Part::Grid(undecided(material, id, category, &rows)));
    }
    let readings = material.readings();
    if !readings.rows.is_empty() {
        parts.push(Part::Sheet(speaker.word("sheet-notes")));
        parts.push(Part::Heading(speaker.word("document-readings")));
        parts.push(Part::Paragraph(speaker.word("document-readings-lead")));
        parts.push(Part::Grid(readings));
    }
    let title = format!("{name}. {}", summary::title(&material.judgement, speaker));
    Document { title, language: speaker.language(), landscape: true, points: 14, footer: material.footer(), parts }
}

fn heading(id: &str, category: &Category, schools: usize, material: &Material<'_>) -> String {
    let title = category_title(&category.name, category.title.as_deref(), material.speaker());
    material.speaker().say(id, &[("category", text(title)), ("count", count(schools))])
}

/// The number in the list, the place where the data have one, code, name and category.
fn columns(material: &Material<'_>, last: &str) -> Vec<Column> {
    let speaker = material.speaker();
    let mut columns = vec![Column::text(speaker.word("document-head-number"), 14)];
    if let Some(places) = material.places {
        columns.push(Column::text(readable(&places.title), 44));
    }
    columns.push(Column::text(speaker.word("document-head-code"), 19));
    columns.push(Column::text(speaker.word("document-head-name"), 64));
    columns.push(Column::text(speaker.word("head-category"), 22));
    columns.push(Column::text(speaker.word(last), 98));
    columns
}

fn school(material: &Material<'_>, at: usize, row: usize, category: &Category, last: String) -> Vec<String> {
    let mut cells = vec![digits(at + 1)];
    if material.places.is_some() {
        cells.push(material.place(row).map_or_else(|| material.speaker().word("group-none"), str::to_owned));
    }
    cells.extend([material.code(row), material.name(row), category_name(category), last]);
    cells
}

fn members(material: &Material<'_>, id: CategoryId, category: &Category, rows: &[usize]) -> Grid {
    let line = |(at, row): (usize, &usize)| {
        let criteria = material.criteria_met(category, *row);
        let decided = material.registered(id, *row).map(|decision| {
            let said = first_upper(&registered::said(decision, material.speaker()));
            if criteria.is_empty() { said } else { format!("{said}\n{criteria}") }
        });
        school(material, at, *row, category, decided.unwrap_or(criteria))
    };
    Grid {
        title: String::new(),
        columns: columns(material, "document-head-criteria"),
        rows: rows.iter().enumerate().map(line).collect(),
        total: false,
    }
}

fn undecided(material: &Material<'_>, id: CategoryId, category: &Category, rows: &[usize]) -> Grid {
    let line = |(at, row): (usize, &usize)| {
        let explanation = (material.explain)(*row);
        let found = explanation.categories.iter().find(|c| c.id == id);
        let missing = found.map(|category| material.missing(category, &explanation)).unwrap_or_default();
        let missing = match (missing.is_empty(), material.verdict(id, *row)) {
            (true, Verdict::Undetermined(reasons)) => material.speaker().reasons(reasons.of_not_knowing()),
            _ => missing.join("\n"),
        };
        school(material, at, *row, category, missing)
    };
    Grid {
        title: String::new(),
        columns: columns(material, "document-head-missing"),
        rows: rows.iter().enumerate().map(line).collect(),
        total: false,
    }
}

/// Schools by place and category, with a row that sums them up.
fn by_place(material: &Material<'_>) -> Vec<Part> {
    let (Some(places), speaker) = (material.places, material.speaker()) else { return Vec::new() };
    let grid = super::breakdown::by_place(material, places);
    if grid.rows.is_empty() {
        return Vec::new();
    }
    vec![Part::Heading(speaker.word("document-by-place")), Part::Grid(grid)]
}
