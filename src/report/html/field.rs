//! Counts over the plane of two numbers as a picture in the page: shades of grey, so that it reads in black and white, in the dark
//! and in print as well; a count stands in every part that has room for it.

use maud::{Markup, html};

use crate::report::page::{Field, FieldAxis};

const LEFT: usize = 90;
const TOP: usize = 44;
const WIDTH: usize = 640;
const HEIGHT: usize = 420;
/// Shades between the least and the greatest count.
const SHADES: usize = 8;

/// Cells of one count that stand side by side in one row.
struct Part {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    count: usize,
}

fn scaled(place: u32, length: usize) -> usize {
    usize::try_from(place).unwrap_or(0) * length / Field::WIDTH as usize
}

/// Where each cell begins, and where the last one ends.
fn edges(axis: &FieldAxis, length: usize) -> Vec<usize> {
    axis.begins.iter().copied().chain([Field::WIDTH]).map(|place| scaled(place, length)).collect()
}

fn parts(field: &Field) -> Vec<Part> {
    let [across, up] = &field.axes;
    let (columns, rows) = (edges(across, WIDTH), edges(up, HEIGHT));
    let mut parts = Vec::new();
    for (counts, edge) in field.counts.iter().zip(rows.windows(2)) {
        let (low, high) = (edge.first().copied().unwrap_or(0), edge.last().copied().unwrap_or(0));
        let mut begun: Option<Part> = None;
        for (count, edge) in counts.iter().zip(columns.windows(2)) {
            let (left, right) = (edge.first().copied().unwrap_or(0), edge.last().copied().unwrap_or(0));
            match begun.as_mut().filter(|part| part.count == *count) {
                Some(part) => part.width = right - (part.x - LEFT),
                None => {
                    parts.extend(begun.take());
                    // a single value is a line, not nothing
                    let (width, height) = ((right - left).max(1), (high - low).max(1));
                    begun = Some(Part { x: LEFT + left, y: TOP + HEIGHT - low - height, width, height, count: *count });
                }
            }
        }
        parts.extend(begun);
    }
    parts
}

fn shade(count: usize, least: usize, most: usize) -> usize {
    (count - least) * SHADES / (most - least).max(1)
}

/// The picture with the present pair of values marked.
pub(super) fn map(field: &Field) -> Markup {
    let all = || field.counts.iter().flatten().copied();
    let (least, most) = (all().min().unwrap_or(0), all().max().unwrap_or(0));
    let [across, up] = &field.axes;
    let (x, y) = (LEFT + scaled(across.present, WIDTH), TOP + HEIGHT - scaled(up.present, HEIGHT));
    let bottom = TOP + HEIGHT;
    let [low, high] = &across.ends;
    let [below, top] = &up.ends;
    // the word stays within the picture
    let anchor = if across.present > Field::WIDTH / 2 { "end" } else { "start" };
    let beside = if anchor == "end" { x - 9 } else { x + 9 };
    let above = if y < TOP + 30 { y + 20 } else { y - 9 };
    html! {
        figure {
            figcaption { (field.title) }
            svg.map viewBox=(format!("0 0 {} {}", LEFT + WIDTH + 20, bottom + 90)) role="img" {
                title { (field.title) }
                desc { (field.description) }
                @for part in parts(field) {
                    @let shade = shade(part.count, least, most);
                    @let labelled = part.width >= 9 * part.count.to_string().len() + 8 && part.height >= 18;
                    rect class=(format!("s{shade}{}", if labelled { " lined" } else { "" }))
                        x=(part.x) y=(part.y) width=(part.width) height=(part.height) {}
                    @if labelled {
                        text.in.dark[shade >= SHADES * 3 / 4]
                            x=(part.x + part.width / 2) y=(part.y + part.height / 2 + 5) text-anchor="middle" { (part.count) }
                    }
                }
                text x=(LEFT - 6) y=(TOP - 22) { "↑ " (up.name) }
                path.axis d=(format!("M{LEFT} {TOP}V{bottom}H{}", LEFT + WIDTH)) {}
                text x=(LEFT) y=(bottom + 18) { (low) }
                text x=(LEFT + WIDTH) y=(bottom + 18) text-anchor="end" { (high) }
                text x=(LEFT + WIDTH) y=(bottom + 36) text-anchor="end" { (across.name) " →" }
                text x=(LEFT - 6) y=(bottom) text-anchor="end" { (below) }
                text x=(LEFT - 6) y=(TOP + 10) text-anchor="end" { (top) }
                circle.halo cx=(x) cy=(y) r="7" {}
                circle.point cx=(x) cy=(y) r="4" {}
                text.point x=(beside) y=(above) text-anchor=(anchor) { (field.now) ": " (field.listed) }
                text x=(LEFT) y=(bottom + 60) { (field.key) }
                @for step in 0..=SHADES {
                    rect class=(format!("s{step}")) x=(LEFT + step * 40) y=(bottom + 68) width="40" height="12" {}
                }
                text x=(LEFT + (SHADES + 1) * 40 + 8) y=(bottom + 79) { (least) " – " (most) }
            }
        }
    }
}
