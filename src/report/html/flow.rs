//! How many go from where to where, as a picture in the page: for eyes and, by its title and description, for ears.

use maud::{Markup, html};

use super::some_class;
use crate::report::page::{Bar, Flow};

const TOP: usize = 30;
const HEIGHT: usize = 320;
const WIDTH: usize = 820;
/// Between the parts of a column.
const GAP: usize = 14;
const BAR: usize = 16;
/// Room for the names of the last column.
const BESIDE: usize = 150;

/// Where the parts of a column are: top and height of each.
fn places(parts: &[Bar], most: usize) -> Vec<(usize, usize)> {
    let mut top = TOP;
    let mut places = Vec::with_capacity(parts.len());
    for part in parts {
        // a part is seen, however small it is
        let height = (part.count.saturating_mul(HEIGHT) / most).max(2);
        places.push((top, height));
        top += height + GAP;
    }
    places
}

/// The columns with the bands between them.
pub(super) fn chart(flow: &Flow) -> Markup {
    let total = |parts: &[Bar]| parts.iter().map(|part| part.count).sum::<usize>();
    let most = flow.columns.iter().map(|column| total(&column.parts)).max().unwrap_or(0).max(1);
    let columns: Vec<Vec<(usize, usize)>> = flow.columns.iter().map(|column| places(&column.parts, most)).collect();
    let step = (WIDTH - BESIDE - BAR) / flow.columns.len().saturating_sub(1).max(1);
    let bottom = columns.iter().flatten().map(|(top, height)| top + height).max().unwrap_or(TOP);
    html! {
        figure {
            figcaption { (flow.title) }
            svg viewBox=(format!("0 0 {WIDTH} {}", bottom + 20)) role="img" {
                title { (flow.title) }
                desc { (flow.description) }
                @for band in bands(flow, &columns, step, most) {
                    path d=(band.path) fill="currentColor" fill-opacity="0.16" { title { (band.title) } }
                }
                @for (at, (column, places)) in flow.columns.iter().zip(&columns).enumerate() {
                    @let left = at * step;
                    text x=(left) y="16" { (column.label) }
                    @for (part, (top, height)) in column.parts.iter().zip(places) {
                        g {
                            title { (part.label) ": " (part.count) }
                            rect class=(some_class(part.tone)) x=(left) y=(top) width=(BAR) height=(height) {}
                            text x=(left + BAR + 4) y=(top + height.div_ceil(2) + 4) { (part.label) ": " (part.count) }
                        }
                    }
                }
            }
        }
    }
}

struct Band {
    path: String,
    title: String,
}

/// The bands in the order of the parts, each beside the one before it.
fn bands(flow: &Flow, columns: &[Vec<(usize, usize)>], step: usize, most: usize) -> Vec<Band> {
    let mut used: Vec<(Vec<usize>, Vec<usize>)> =
        columns.iter().map(|places| (vec![0; places.len()], vec![0; places.len()])).collect();
    let mut found = Vec::new();
    for link in &flow.links {
        let height = (link.count.saturating_mul(HEIGHT) / most).max(1);
        let taken = |all: Option<&mut usize>| {
            all.map_or(0, |taken| {
                let before = *taken;
                *taken += height;
                before
            })
        };
        let out = taken(used.get_mut(link.column).and_then(|(_, out)| out.get_mut(link.from)));
        let into = taken(used.get_mut(link.column + 1).and_then(|(into, _)| into.get_mut(link.to)));
        let place = |column: usize, part: usize| columns.get(column).and_then(|places| places.get(part)).copied();
        let label = |column: usize, part: usize| {
            let part = flow.columns.get(column).and_then(|column| column.parts.get(part));
            part.map_or("", |part| part.label.as_str())
        };
        let (Some((from, _)), Some((to, _))) = (place(link.column, link.from), place(link.column + 1, link.to)) else {
            continue;
        };
        let (x1, x2) = (link.column * step + BAR, (link.column + 1) * step);
        let middle = usize::midpoint(x1, x2);
        let (y1, y2) = (from + out, to + into);
        let (b1, b2) = (y1 + height, y2 + height);
        found.push(Band {
            path: format!(
                "M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}V{b2}C{middle} {b2} {middle} {b1} {x1} {b1}Z"
            ),
            title: format!("{} → {}: {}", label(link.column, link.from), label(link.column + 1, link.to), link.count),
        });
    }
    found
}
