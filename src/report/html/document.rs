//! A paper as a page: no script, set like the paper it becomes when it is printed.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart;
use crate::report::document::{Document, Grid, Part, Signature};

/// The whole page.
pub fn render(paper: &Document) -> String {
    let body = html! {
        (DOCTYPE)
        html lang=(paper.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (paper.title) }
                style { (PreEscaped(STYLE)) @if paper.landscape { (PreEscaped(LANDSCAPE)) } }
            }
            body {
                main class=[paper.landscape.then_some("landscape")] {
                    @for part in &paper.parts { (drawn(part)) }
                    @if !paper.footer.is_empty() { footer { (paper.footer) } }
                }
            }
        }
    };
    body.into_string()
}

fn drawn(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Addressee(lines) => div.addressee { @for line in lines { p { (line) } } },
            Part::Title(lines) => {
                @for (at, line) in lines.iter().enumerate() {
                    @if at == 0 { h1 { (line) } } @else { p.subtitle { (line) } }
                }
            },
            Part::Heading(text) => h2 { (text) },
            Part::Paragraph(text) => p { (text) },
            Part::Items(items) => ul { @for item in items { li { (item) } } },
            Part::Notice(text) => p.notice role="note" { (text) },
            Part::Grid(grid) => (table(grid)),
            Part::Bars(bars) => (chart(bars)),
            Part::Signatures(signatures) => div.signatures { @for signature in signatures { (signed(signature)) } },
            Part::Sheet(_) => {},
        }
    }
}

fn table(grid: &Grid) -> Markup {
    let is_number = |at: usize| grid.columns.get(at).is_some_and(|column| column.number).then_some("number");
    let is_total = |line: usize| (grid.total && line + 1 == grid.rows.len()).then_some("total");
    html! {
        div.wide {
            table {
                @if !grid.title.is_empty() { caption { (grid.title) } }
                colgroup { @for width in grid.widths(100) { col style=(format!("width: {width}%")); } }
                thead { tr { @for column in &grid.columns { th scope="col" { (column.header) } } } }
                tbody {
                    @for (line, row) in grid.rows.iter().enumerate() {
                        tr class=[is_total(line)] {
                            @for (at, text) in row.iter().enumerate() {
                                td class=[is_number(at)] { (lines(text)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.split('\n').enumerate() { @if at > 0 { br; } (line) } }
}

fn signed(signature: &Signature) -> Markup {
    html! {
        div {
            p.office { (signature.office) }
            @for line in &signature.lines { p.line {} p.hint { "(" (line) ")" } }
        }
    }
}

const STYLE: &str = include_str!("document.css");
const LANDSCAPE: &str = "@page { size: A4 landscape; }";
