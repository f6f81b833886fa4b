//! A number that changes in steps, as a picture in the page: for eyes and, by its title and description, for ears.

use maud::{Markup, html};

use crate::report::page::Steps;

const LEFT: usize = 60;
const TOP: usize = 20;
const WIDTH: usize = 720;
const HEIGHT: usize = 260;

/// The chart with the present value marked.
pub(super) fn chart(steps: &Steps) -> Markup {
    let most = steps.most.max(1);
    let across = |place: u32| LEFT + usize::try_from(place).unwrap_or(0) * WIDTH / Steps::WIDTH as usize;
    let up = |count: usize| TOP + HEIGHT - count.saturating_mul(HEIGHT) / most;
    let mut path = String::new();
    for (at, (place, count)) in steps.steps.iter().enumerate() {
        let (x, y) = (across(*place), up(*count));
        path += &if at == 0 { format!("M{x} {y}") } else { format!("H{x}V{y}") };
    }
    path += &format!("H{}", across(Steps::WIDTH));
    let bottom = TOP + HEIGHT;
    let [low, high] = &steps.ends;
    let present = steps.present.as_ref().map(|(place, height, name)| {
        let (x, y) = (across(*place), up(*height));
        // the word stays within the picture
        let (anchor, beside) = if *place > Steps::WIDTH / 2 { ("end", x - 6) } else { ("start", x + 6) };
        (x, y, anchor, beside, format!("{name}: {height}"))
    });
    html! {
        figure {
            figcaption { (steps.title) }
            svg viewBox=(format!("0 0 {} {}", LEFT + WIDTH + 20, bottom + 30)) role="img" {
                title { (steps.title) }
                desc { (steps.description) }
                path.axis d=(format!("M{LEFT} {TOP}V{bottom}H{}", LEFT + WIDTH)) {}
                text x=(LEFT - 6) y=(bottom + 4) text-anchor="end" { "0" }
                text x=(LEFT - 6) y=(TOP + 4) text-anchor="end" { (steps.most) }
                text x=(LEFT) y=(bottom + 20) { (low) }
                text x=(LEFT + WIDTH) y=(bottom + 20) text-anchor="end" { (high) }
                @if let Some((x, ..)) = &present {
                    path.now d=(format!("M{x} {TOP}V{bottom}")) {}
                }
                path.steps d=(path) {}
                @if let Some((x, y, anchor, beside, said)) = &present {
                    circle.now cx=(x) cy=(y) r="4" {}
                    text x=(beside) y=(TOP - 6) text-anchor=(anchor) { (said) }
                }
            }
        }
    }
}
