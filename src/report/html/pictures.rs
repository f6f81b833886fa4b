//! Pictures of a page as vector graphics inside it: no script, nothing fetched, and parts told apart by pattern as well as by
//! colour, so that they can be read in print without colours.

use maud::{Markup, html};

use crate::report::picture::{Flow, Picture, Spread, Stacks, State};

/// What only pages with pictures need.
pub(super) const STYLE: &str = include_str!("pictures.css");

/// The patterns that the parts of all pictures are filled with, once in a page.
pub(super) fn patterns() -> Markup {
    html! {
        svg.defs aria-hidden="true" width="0" height="0" {
            defs {
                pattern #hatched width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect.ground width="6" height="6" {}
                    path.stroke d="M3 0V6" {}
                }
                pattern #dotted width="6" height="6" patternUnits="userSpaceOnUse" {
                    rect.ground width="6" height="6" {}
                    circle.dot cx="3" cy="3" r="0.9" {}
                }
            }
        }
    }
}

/// The picture with its name and its words.
pub(super) fn drawn(picture: &Picture) -> Markup {
    let (height, content) = match picture {
        Picture::Stacks(stacks) => bars(stacks),
        Picture::Flow(flow) => bands(flow),
        Picture::Spread(spread) => columns(spread),
    };
    html! {
        figure {
            figcaption { (picture.title()) }
            svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" {
                title { (picture.title()) }
                desc { (picture.description()) }
                (content)
            }
        }
    }
}

const WIDTH: usize = 820;
/// How the parts of a column or bar are filled, in their order.
const FILLS: [&str; 4] = ["solid", "hatched", "dotted", "hollow"];
/// Characters of a label beside a bar.
const LABEL: usize = 42;

/// The part of a length that belongs to some of many.
fn part(some: usize, many: usize, length: usize) -> f64 {
    length as f64 * some as f64 / many.max(1) as f64
}

fn shown(place: f64) -> String {
    format!("{place:.1}")
}

fn legend<'a>(parts: impl IntoIterator<Item = (&'a str, &'a String)>, left: usize, top: usize) -> Markup {
    let mut at = left;
    let mut placed = Vec::new();
    for (fill, name) in parts {
        placed.push((at, fill, name));
        at += 30 + name.chars().count() * 8;
    }
    html! {
        @for (at, fill, name) in placed {
            rect class=(fill) x=(at) y=(top) width="14" height="12" {}
            text.small x=(at + 19) y=(top + 10) { (name) }
        }
    }
}

fn bars(stacks: &Stacks) -> (usize, Markup) {
    const LEFT: usize = 300;
    const LONG: usize = 330;
    const HIGH: usize = 26;
    const TOP: usize = 22;
    let whole = stacks.rows.iter().map(|row| row.counts.iter().sum::<usize>()).max().unwrap_or(0);
    let most = whole.max(stacks.limit.as_ref().map_or(0, |limit| limit.at)).max(1);
    let bottom = TOP + stacks.rows.len() * HIGH;
    let content = html! {
        @for (at, row) in stacks.rows.iter().enumerate() {
            @let top = TOP + at * HIGH;
            @let said = format!("{}: {}", row.label, row.said);
            g {
                title { (said) }
                text x="0" y=(top + 16) { (super::cut(&row.label, LABEL)) }
                @let mut begun = 0;
                @for (fill, count) in FILLS.iter().zip(row.counts) {
                    @if count > 0 {
                        rect class=(fill) x=(shown(LEFT as f64 + part(begun, most, LONG))) y=(top + 4)
                            width=(shown(part(count, most, LONG).max(1.5))) height=(HIGH - 9) {}
                    }
                    @let () = begun += count;
                }
                text x=(LEFT + LONG + 12) y=(top + 16) { (row.said) }
            }
        }
        path.axis d=(format!("M{LEFT} {TOP}V{bottom}")) {}
        @if let Some(limit) = &stacks.limit {
            @let x = LEFT as f64 + part(limit.at, most, LONG);
            path.mark d=(format!("M{} {}V{bottom}", shown(x), TOP - 6)) {}
            text x=(shown(x)) y=(TOP - 9) text-anchor="middle" { (limit.said) }
        }
        (legend(FILLS.into_iter().zip(&stacks.parts), LEFT, bottom + 10))
    };
    (bottom + 30, content)
}

/// The states of one side: where each begins, and how high it is.
fn piled(states: &[State], heights: &[f64]) -> Vec<(f64, f64)> {
    let mut top = 26.0;
    let place = |(_, height): (&State, &f64)| {
        let at = top;
        top += height + 18.0;
        (at, *height)
    };
    states.iter().zip(heights).map(place).collect()
}

fn bands(flow: &Flow) -> (usize, Markup) {
    const HIGH: usize = 240;
    const FROM: f64 = 210.0;
    const TO: f64 = 610.0;
    const NODE: f64 = 14.0;
    let whole = flow.left.iter().map(|state| state.count).sum::<usize>();
    let thick = |count: usize| part(count, whole, HIGH).max(2.0);
    let height = |of: &dyn Fn(usize) -> bool, side: fn(&crate::report::picture::Band) -> usize| -> f64 {
        flow.bands.iter().filter(|band| of(side(band))).map(|band| thick(band.count)).sum()
    };
    let left: Vec<f64> = (0..flow.left.len()).map(|at| height(&|from| from == at, |band| band.from)).collect();
    let right: Vec<f64> = (0..flow.right.len()).map(|at| height(&|to| to == at, |band| band.to)).collect();
    let (first, second) = (piled(&flow.left, &left), piled(&flow.right, &right));
    let mut used = (vec![0.0; first.len()], vec![0.0; second.len()]);
    let mut paths = Vec::new();
    for band in &flow.bands {
        let (Some((y, _)), Some((z, _))) = (first.get(band.from), second.get(band.to)) else { continue };
        let (Some(a), Some(b)) = (used.0.get_mut(band.from), used.1.get_mut(band.to)) else { continue };
        let (begin, end, wide) = (y + *a, z + *b, thick(band.count));
        *a += wide;
        *b += wide;
        let (x, middle, to) = (FROM + NODE, (FROM + NODE + TO) / 2.0, TO);
        let path = format!(
            "M{x:.1} {begin:.1}C{middle:.1} {begin:.1} {middle:.1} {end:.1} {to:.1} {end:.1}V{:.1}C{middle:.1} {:.1} {middle:.1} {:.1} {x:.1} {:.1}Z",
            end + wide,
            end + wide,
            begin + wide,
            begin + wide,
        );
        let name = |states: &[State], at: usize| states.get(at).map_or("", |state| state.label.as_str()).to_owned();
        let said = format!("{} → {}: {}", name(&flow.left, band.from), name(&flow.right, band.to), band.count);
        // at a quarter of the way, where the bands of one state have not yet met those of another
        let label = (x + 34.0, begin + (end - begin) * 0.02 + wide / 2.0 + 4.0);
        paths.push((path, band, said, label, wide));
    }
    let bottom = |places: &[(f64, f64)]| places.last().map_or(0.0, |(top, height)| top + height);
    let whole_height = bottom(&first).max(bottom(&second)) + 14.0;
    let states = |states: &[State], places: &[(f64, f64)], x: f64, before: bool| {
        html! {
            @for (state, (top, height)) in states.iter().zip(places) {
                rect class=(super::some_class(state.tone)) x=(shown(x)) y=(shown(*top)) width=(NODE) height=(shown(*height)) {}
                @let beside = if before { x - 8.0 } else { x + NODE + 8.0 };
                text x=(shown(beside)) y=(shown(top + height / 2.0 + 4.5)) text-anchor=(if before { "end" } else { "start" }) {
                    (state.label) ": " (state.count)
                }
            }
        }
    };
    let [before, after] = &flow.sides;
    let content = html! {
        text x=(FROM + NODE) y="12" text-anchor="end" { (before) }
        text x=(TO) y="12" { (after) }
        // those who stay lie below those who move
        @for (path, band, said, ..) in paths.iter().filter(|(_, band, ..)| band.stays)
            .chain(paths.iter().filter(|(_, band, ..)| !band.stays)) {
            path class=(if band.stays { "band stays" } else { "band moves" }) d=(path) { title { (said) } }
        }
        @for (_, band, _, (x, y), wide) in &paths {
            @if !band.stays && *wide >= 9.0 {
                text.onband x=(shown(*x)) y=(shown(*y)) text-anchor="middle" { (band.count) }
            }
        }
        (states(&flow.left, &first, FROM, true))
        (states(&flow.right, &second, TO, false))
    };
    (whole_height.ceil() as usize, content)
}

fn columns(spread: &Spread) -> (usize, Markup) {
    const LEFT: usize = 50;
    const LONG: usize = 740;
    const HIGH: usize = 180;
    const TOP: usize = 44;
    let most = spread.columns.iter().map(|column| column.iter().sum::<usize>()).max().unwrap_or(0).max(1);
    let bottom = TOP + HIGH;
    let count = spread.columns.len();
    let wide = part(1, count, LONG);
    let across = |place: u32| LEFT as f64 + f64::from(place) * LONG as f64 / f64::from(Spread::WIDTH);
    let mark = |before: bool| if before { "mark before" } else { "mark" };
    let [low, high] = &spread.ends;
    let content = html! {
        path.axis d=(format!("M{LEFT} {TOP}V{bottom}H{}", LEFT + LONG)) {}
        text.small x=(LEFT - 6) y=(bottom + 4) text-anchor="end" { "0" }
        text.small x=(LEFT - 6) y=(TOP + 4) text-anchor="end" { (most) }
        @for (at, column) in spread.columns.iter().enumerate() {
            @let x = LEFT as f64 + part(at, count, LONG);
            @let mut begun = 0;
            @for (fill, schools) in FILLS.iter().zip(column) {
                @if *schools > 0 {
                    @let top = bottom as f64 - part(begun + schools, most, HIGH);
                    rect class=(fill) x=(shown(x + 1.0)) y=(shown(top)) width=(shown((wide - 2.0).max(1.0)))
                        height=(shown(part(*schools, most, HIGH))) {}
                }
                @let () = begun += schools;
            }
        }
        @for line in &spread.lines {
            @let x = across(line.place);
            path class=(mark(line.before)) d=(format!("M{} {}V{bottom}", shown(x), TOP - 6)) {}
        }
        @for (before, said) in [true, false].into_iter().zip(&spread.thresholds) {
            @if !said.is_empty() {
                @let y = if before { 10 } else { 26 };
                path class=(mark(before)) d=(format!("M{LEFT} {y}h34")) {}
                text.small x=(LEFT + 42) y=(y + 4) { (said) }
            }
        }
        text.small x=(LEFT) y=(bottom + 16) { (low) }
        text.small x=(LEFT + LONG) y=(bottom + 16) text-anchor="end" { (high) }
        (legend(FILLS.into_iter().zip(&spread.parts), LEFT, bottom + 26))
    };
    (bottom + 46, content)
}
