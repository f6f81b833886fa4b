//! How sure a list is, as pictures: bars on both sides of a line, and a strip of schools. Told apart without colour: outlined
//! against filled.

use maud::{Markup, html};

use crate::report::page::{Strip, Tornado};

const LABEL: usize = 330;
const SIDE: usize = 190;
const MIDDLE: usize = LABEL + SIDE + 30;
const ROW: usize = 22;
const HEAD: usize = 24;
/// Characters of a label that stand beside its bars.
const LETTERS: usize = 46;

const STRIP_LEFT: usize = 60;
const STRIP_WIDTH: usize = 720;
const STRIP_TOP: usize = 12;
const STRIP_HEIGHT: usize = 150;

/// Who would leave to the left, who would enter to the right.
pub(super) fn tornado(tornado: &Tornado) -> Markup {
    let most = tornado.bars.iter().flat_map(|(_, left, right)| [*left, *right]).max().unwrap_or(0).max(1);
    let bottom = HEAD + tornado.bars.len() * ROW;
    let length = |count: usize| count.saturating_mul(SIDE) / most;
    let [leaving, entering] = &tornado.sides;
    html! {
        figure {
            figcaption { (tornado.title) }
            svg viewBox=(format!("0 0 {} {}", MIDDLE + SIDE + 40, bottom + 8)) role="img" {
                title { (tornado.title) }
                desc { (tornado.description) }
                text x=(MIDDLE - 8) y="15" text-anchor="end" { "← " (leaving) }
                text x=(MIDDLE + 8) y="15" { (entering) " →" }
                @for (at, (label, left, right)) in tornado.bars.iter().enumerate() {
                    @let top = HEAD + at * ROW;
                    g {
                        title { (label) ": " (leaving) " " (left) ", " (entering) " " (right) }
                        text x="0" y=(top + 15) { (shortened(label)) }
                        @if *left > 0 {
                            rect.leave x=(MIDDLE - length(*left)) y=(top + 3) width=(length(*left)) height=(ROW - 7) {}
                            text x=(MIDDLE - length(*left) - 5) y=(top + 15) text-anchor="end" { (left) }
                        }
                        @if *right > 0 {
                            rect.enter x=(MIDDLE) y=(top + 3) width=(length(*right)) height=(ROW - 7) {}
                            text x=(MIDDLE + length(*right) + 5) y=(top + 15) { (right) }
                        }
                    }
                }
                path.axis d=(format!("M{MIDDLE} {HEAD}V{bottom}")) {}
            }
        }
    }
}

/// Schools side by side, as high as they are sure. More schools than the picture is wide share their places: each place shows
/// the least sure of them.
pub(super) fn strip(strip: &Strip) -> Markup {
    let count = strip.bars.len().max(1);
    let places = count.min(STRIP_WIDTH);
    let bottom = STRIP_TOP + STRIP_HEIGHT;
    let [low, high] = &strip.ends;
    let gap = usize::from(STRIP_WIDTH / places > 3);
    html! {
        figure {
            figcaption { (strip.title) }
            svg viewBox=(format!("0 0 {} {}", STRIP_LEFT + STRIP_WIDTH + 20, bottom + 12)) role="img" {
                title { (strip.title) }
                desc { (strip.description) }
                path.axis d=(format!("M{STRIP_LEFT} {STRIP_TOP}V{bottom}H{}", STRIP_LEFT + STRIP_WIDTH)) {}
                path.axis stroke-dasharray="2 5" d=(format!("M{STRIP_LEFT} {STRIP_TOP}H{}", STRIP_LEFT + STRIP_WIDTH)) {}
                text x=(STRIP_LEFT - 6) y=(STRIP_TOP + 4) text-anchor="end" { (high) }
                text x=(STRIP_LEFT - 6) y=(bottom + 4) text-anchor="end" { (low) }
                @for place in 0..places {
                    @if let Some((said, height)) = strip.bars.get(place * count / places) {
                        @let x = STRIP_LEFT + place * STRIP_WIDTH / places;
                        @let next = STRIP_LEFT + (place + 1) * STRIP_WIDTH / places;
                        @let tall = usize::try_from(*height).unwrap_or(0) * STRIP_HEIGHT / Strip::HEIGHT as usize;
                        @let whole = *height >= Strip::HEIGHT;
                        rect class=(if whole { "sure" } else { "unsure" }) x=(x) y=(bottom - tall)
                            width=(next.saturating_sub(x + gap).max(1)) height=(tall) { title { (said) } }
                    }
                }
            }
        }
    }
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LETTERS {
        return label.to_owned();
    }
    label.chars().take(LETTERS - 1).chain(['…']).collect()
}
