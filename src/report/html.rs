//! A page as one self-contained HTML file: no outside resource, prints well, readable on a phone.
//!
//! All data is escaped by the template library, which only this file knows. Without scripts the summary, the list and why each
//! criterion is met or not are readable; the script filters the list and unfolds the steps of a school, packed for size.

pub mod document;
mod field;
mod flow;
mod packed;
mod pictures;
mod steps;
mod sway;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use packed::{Packed, class};

use super::page::{Bars, Block, Node, Page, Piece, Schools, Section, Table, Tone};

/// The whole page.
pub fn render(page: &Page) -> String {
    let mut packed = Packed::default();
    let content = blocks(&page.blocks, 2, &mut packed);
    let pictured = has_pictures(&page.blocks);
    let body = html! {
        (DOCTYPE)
        html lang=(page.language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";
                title { (page.title) }
                style { (PreEscaped(STYLE)) @if pictured { (PreEscaped(pictures::STYLE)) } }
            }
            body {
                @if pictured { (pictures::patterns()) }
                main {
                    h1 { (page.title) }
                    (content)
                }
                @if !packed.is_empty() {
                    script #packed type="application/json" { (PreEscaped(packed.json())) }
                    script { (PreEscaped(UNPACK)) (PreEscaped(FILTER)) }
                }
            }
        }
    };
    body.into_string()
}

fn blocks(list: &[Block], level: usize, packed: &mut Packed) -> Markup {
    html! {
        @for block in list {
            @match block {
                Block::Heading(text) => (heading(text, level)),
                Block::Paragraph(line) => p { (pieces(line)) },
                Block::Notice(text) => p.notice role="note" { (text) },
                Block::Table(table) => (drawn_table(table)),
                Block::Bars(bars) => (chart(bars)),
                Block::Steps(steps) => (steps::chart(steps)),
                Block::Flow(flow) => (flow::chart(flow)),
                Block::Picture(picture) => (pictures::drawn(picture)),
                Block::Field(field) => (field::map(field)),
                Block::Tornado(tornado) => (sway::tornado(tornado)),
                Block::Strip(strip) => (sway::strip(strip)),
                Block::Tree(nodes) => (tree(nodes, 0)),
                Block::Section(section) => (folded(section, true, level, packed)),
                Block::Folded(section) => (folded(section, false, level, packed)),
                Block::Schools(schools) => (school_list(schools, level, packed)),
            }
        }
    }
}

fn has_pictures(list: &[Block]) -> bool {
    list.iter().any(|block| match block {
        Block::Picture(_) => true,
        Block::Section(section) | Block::Folded(section) => has_pictures(&section.blocks),
        _ => false,
    })
}

fn heading(text: &str, level: usize) -> Markup {
    html! {
        @match level {
            0..=2 => h2 { (text) },
            3 => h3 { (text) },
            _ => h4 { (text) },
        }
    }
}

fn pieces(line: &[Piece]) -> Markup {
    html! {
        @for piece in line {
            @match (&piece.link, class(piece.tone)) {
                (_, "") if !piece.parts.is_empty() => (pieces(&piece.parts)),
                (_, name) if !piece.parts.is_empty() => span class=(name) { (pieces(&piece.parts)) },
                (Some(link), name) => a class=[(!name.is_empty()).then_some(name)] href=(link) { (piece.text) },
                (None, "") => (lines(&piece.text)),
                (None, name) => span class=(name) { (lines(&piece.text)) },
            }
        }
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (at, line) in text.split('\n').enumerate() { @if at > 0 { br; } (line) } }
}

fn drawn_table(table: &Table) -> Markup {
    let is_number = |at: usize| table.headers.get(at).is_some_and(|h| h.number);
    html! {
        div.wide {
            table {
                @if !table.title.is_empty() { caption { (table.title) } }
                @if !table.headers.is_empty() {
                    thead { tr { @for header in &table.headers {
                        th scope="col" class=[header.number.then_some("number")] { (header.text) }
                    } } }
                }
                tbody { @for row in &table.rows { tr {
                    @for (at, piece) in row.iter().enumerate() {
                        td class=[is_number(at).then_some("number")] { (pieces(std::slice::from_ref(piece))) }
                    }
                } } }
            }
        }
    }
}

fn folded(section: &Section, open: bool, level: usize, packed: &mut Packed) -> Markup {
    html! {
        details.section open[open] {
            summary { (pieces(&section.title)) }
            (blocks(&section.blocks, level + 1, packed))
        }
    }
}

/// Below the first two levels, a line with steps of its own is folded.
fn tree(nodes: &[Node], depth: usize) -> Markup {
    html! {
        ul.tree {
            @for node in nodes {
                li {
                    @if node.children.is_empty() { (pieces(&node.line)) }
                    @else if depth < UNFOLDED { (pieces(&node.line)) (tree(&node.children, depth + 1)) }
                    @else { details { summary { (pieces(&node.line)) } (tree(&node.children, depth + 1)) } }
                }
            }
        }
    }
}

const UNFOLDED: usize = 2;
const BAR_HEIGHT: usize = 22;
const BAR_WIDTH: usize = 400;
const LABEL_WIDTH: usize = 400;
const LABEL_CHARACTERS: usize = 49;

fn chart(bars: &Bars) -> Markup {
    let most = bars.bars.iter().map(|b| b.count).max().unwrap_or(0).max(1);
    let height = bars.bars.len() * BAR_HEIGHT + 4;
    let width = LABEL_WIDTH + BAR_WIDTH + 80;
    html! {
        figure {
            figcaption { (bars.title) }
            svg viewBox=(format!("0 0 {width} {height}")) role="img" aria-label=(bars.title) {
                @for (at, bar) in bars.bars.iter().enumerate() {
                    @let top = at * BAR_HEIGHT;
                    @let length = bar.count.saturating_mul(BAR_WIDTH) / most;
                    g {
                        title { (bar.label) ": " (bar.count) }
                        text x="0" y=(top + 15) { (shortened(&bar.label)) }
                        rect class=(some_class(bar.tone)) x=(LABEL_WIDTH) y=(top + 3) width=(length)
                            height=(BAR_HEIGHT - 6) {}
                        text x=(LABEL_WIDTH + length + 6) y=(top + 15) { (bar.count) }
                    }
                }
            }
        }
    }
}

fn shortened(label: &str) -> String {
    cut(label, LABEL_CHARACTERS)
}

/// The beginning of a label that has no room.
fn cut(label: &str, most: usize) -> String {
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

fn school_list(schools: &Schools, level: usize, packed: &mut Packed) -> Markup {
    html! {
        section #schools {
            (heading(&schools.title, level))
            noscript { p.notice role="note" { (schools.no_script) } }
            form.filters hidden autocomplete="off" {
                label { (schools.search) input type="search" name="text"; }
                @for (at, (name, choices)) in schools.filters.iter().enumerate() {
                    label {
                        (name)
                        select data-filter=(at) {
                            option value="" { (schools.all) }
                            @for choice in choices { option { (choice) } }
                        }
                    }
                }
                output { (schools.shown) " " span #count { (schools.entries.len()) } }
            }
            @for entry in &schools.entries {
                details.school data-choices=(choices(&entry.choices)) {
                    summary {
                        span.code { (entry.code) } " "
                        span.name { (entry.name) }
                        @for badge in &entry.badges { " " span class=(badge_class(badge.tone)) { (badge.text) } }
                    }
                    (tree(&entry.brief, 0))
                    @if !entry.steps.is_empty() {
                        details.steps hidden data-school=(packed.add(&entry.steps)) { summary { (schools.steps) } }
                    }
                }
            }
        }
    }
}

/// Choices in one attribute; the mark between them cannot stand in data that a person sees.
fn choices(list: &[String]) -> String {
    let cleaned: Vec<String> = list.iter().map(|choice| choice.replace('\u{1f}', " ")).collect();
    cleaned.join("\u{1f}")
}

fn badge_class(tone: Tone) -> String {
    format!("badge {}", some_class(tone))
}

fn some_class(tone: Tone) -> &'static str {
    match class(tone) {
        "" => "plain",
        name => name,
    }
}

const STYLE: &str = include_str!("html/page.css");
const UNPACK: &str = include_str!("html/unpack.js");
const FILTER: &str = include_str!("html/filter.js");

#[cfg(test)]
mod tests {
    use super::render;
    use crate::language::Language;
    use crate::report::page::{Bar, Bars, Block, Header, Node, Page, Piece, SchoolEntry, Schools, Table, Tone};

    #[test]
    fn no_data_becomes_markup_and_nothing_is_fetched() {
        let evil = "</script><script>alert(1)</script>\"'&";
        let piece = Piece::new(evil, Tone::Met);
        let page = Page {
            title: evil.into(),
            language: Language::Russian,
            blocks: vec![
                Block::Notice(evil.into()),
                Block::Heading(evil.into()),
                Block::Table(Table {
                    title: evil.into(),
                    headers: vec![Header::text(evil)],
                    rows: vec![vec![piece.clone()]],
                }),
                Block::Bars(Bars {
                    title: evil.into(),
                    bars: vec![Bar { label: evil.into(), count: 3, tone: Tone::Met }],
                }),
                Block::Tree(vec![Node::new(vec![piece.clone()])]),
                Block::Schools(Schools {
                    title: evil.into(),
                    search: evil.into(),
                    all: evil.into(),
                    shown: evil.into(),
                    steps: evil.into(),
                    no_script: evil.into(),
                    filters: vec![(evil.into(), vec![evil.into()])],
                    entries: vec![SchoolEntry {
                        code: evil.into(),
                        name: evil.into(),
                        badges: vec![piece.clone()],
                        choices: vec![evil.into()],
                        brief: vec![Node::new(vec![piece.clone()])],
                        steps: vec![Node::new(vec![piece])],
                    }],
                }),
            ],
        };
        let shown = render(&page);
        assert!(!shown.contains("<script>alert"), "{shown}");
        assert_eq!(shown.matches("</script>").count(), 2, "the packed steps and the script");
        assert!(!shown.contains("http://") && !shown.contains("https://"), "{shown}");
        assert!(shown.contains("<html lang=\"ru\">"));
    }
}
