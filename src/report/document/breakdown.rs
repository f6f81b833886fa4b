//! Schools of each category by what they are: place, the columns of texts that have few values, number of pupils.
//!
//! Counts schools of the parts that they are divided into; divides nothing itself.

use super::material::{Material, digits};
use super::{Column, Grid};
use crate::explain::Places;
use crate::report::divisions::{Divided, Division, Parts};
use crate::value::Type;

/// Schools by place; the last row sums up.
pub fn by_place(material: &Material<'_>, places: &Places) -> Grid {
    let Division { title, parts, .. } = divided(material).by_place(places);
    grid(material, &title, &parts, true)
}

/// Schools by each column of texts with few values, of their own table and of those on the way to their place.
pub fn by_columns(material: &Material<'_>) -> Vec<(String, Grid)> {
    let found = divided(material).by_columns(&|kind| *kind == Type::Text, material.speaker());
    found.into_iter().map(|division| titled(material, division)).collect()
}

/// Schools by the first column of theirs that counts people.
pub fn by_size(material: &Material<'_>) -> Option<(String, Grid)> {
    let division = divided(material).by_size(material.speaker())?;
    Some(titled(material, division))
}

fn divided<'a>(material: &Material<'a>) -> Divided<'a> {
    let judgement = &material.judgement;
    Divided { rules: judgement.rules, data: judgement.dataset, places: material.places, schools: judgement.run.schools }
}

fn titled(material: &Material<'_>, Division { title, parts, .. }: Division) -> (String, Grid) {
    let grid = grid(material, &title, &parts, false);
    (title, grid)
}

fn grid(material: &Material<'_>, title: &str, parts: &Parts, total: bool) -> Grid {
    let speaker = material.speaker();
    let mut columns = vec![Column::text(title, 40), Column::number(speaker.word("document-head-schools"), 14)];
    for (_, category) in material.categories() {
        columns.push(Column::number(super::material::category_name(category), 18));
    }
    let any_open = material.open() > 0;
    if any_open {
        columns.push(Column::number(speaker.word("document-head-open"), 18));
    }
    let line = |name: String, rows: &[usize]| {
        let mut cells = vec![name, digits(rows.len())];
        for (id, _) in material.categories() {
            cells.push(digits(rows.iter().filter(|row| material.is_listed(id, **row)).count()));
        }
        if any_open {
            let open = rows.iter().filter(|row| material.is_open(**row));
            cells.push(digits(open.count()));
        }
        cells
    };
    let mut rows: Vec<Vec<String>> = parts
        .iter()
        .map(|(name, rows)| line(name.clone().unwrap_or_else(|| speaker.word("group-none")), rows))
        .collect();
    if total {
        let all: Vec<usize> = (0..material.schools()).collect();
        rows.push(line(speaker.word("document-total"), &all));
    }
    Grid { title: String::new(), columns, rows, total }
}
