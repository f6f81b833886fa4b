//! A page as Markdown.
//!
//! Texts of data cannot become markup.

use super::page::{Bars, Block, Node, Page, Piece, Schools, Table, Tone, plain};

/// The whole page.
pub fn render(page: &Page) -> String {
    let mut out = format!("# {}\n", escaped(&page.title));
    blocks(&mut out, &page.blocks, 2);
    out
}

fn blocks(out: &mut String, list: &[Block], level: usize) {
    for block in list {
        match block {
            Block::Heading(text) => push(out, &format!("\n{} {}\n", "#".repeat(level.min(6)), escaped(text))),
            Block::Paragraph(line) => push(out, &format!("\n{}\n", marked(line))),
            Block::Notice(text) => push(out, &format!("\n> **{}**\n", escaped(text))),
            Block::Table(table) => push_table(out, table),
            Block::Bars(bars) => push_bars(out, bars),
            Block::Steps(_) | Block::Flow(_) | Block::Field(_) | Block::Picture(_) | Block::Folded(_) => {}
            Block::Tornado(_) | Block::Strip(_) => {}
            Block::Tree(nodes) => {
                out.push('\n');
                push_tree(out, nodes, 0);
            }
            Block::Section(section) => {
                push(out, &format!("\n{} {}\n", "#".repeat(level.min(6)), escaped(&plain(&section.title))));
                blocks(out, &section.blocks, level + 1);
            }
            Block::Schools(schools) => push_schools(out, schools, level),
        }
    }
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

/// Characters that Markdown could take for markup get a backslash; line ends become spaces.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn marked(line: &[Piece]) -> String {
    let mut out = String::new();
    for piece in line {
        let text = escaped(&piece.text);
        let strong = matches!(piece.tone, Tone::Strong | Tone::Met);
        let core = text.trim();
        if strong && !core.is_empty() {
            let start = text.len() - text.trim_start().len();
            let end = text.trim_end().len();
            out.push_str(text.get(..start).unwrap_or(""));
            out.push_str(&format!("**{core}**"));
            out.push_str(text.get(end..).unwrap_or(""));
        } else {
            out.push_str(&text);
        }
    }
    out
}

fn push_table(out: &mut String, table: &Table) {
    if !table.title.is_empty() {
        push(out, &format!("\n**{}**\n", escaped(&table.title)));
    }
    let columns = table.headers.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
    out.push_str("\n|");
    for at in 0..columns {
        let text = table.headers.get(at).map_or(String::new(), |h| escaped(&h.text));
        push(out, &format!(" {text} |"));
    }
    out.push_str("\n|");
    for at in 0..columns {
        out.push_str(if table.headers.get(at).is_some_and(|h| h.number) { "---:|" } else { "---|" });
    }
    out.push('\n');
    for row in &table.rows {
        out.push('|');
        for at in 0..columns {
            let text = row.get(at).map_or(String::new(), |piece| marked(std::slice::from_ref(piece)));
            push(out, &format!(" {text} |"));
        }
        out.push('\n');
    }
}

fn push_bars(out: &mut String, bars: &Bars) {
    push(out, &format!("\n**{}**\n\n", escaped(&bars.title)));
    for bar in &bars.bars {
        push(out, &format!("- {}: {}\n", escaped(&bar.label), bar.count));
    }
}

fn push_tree(out: &mut String, nodes: &[Node], depth: usize) {
    for node in nodes {
        push(out, &format!("{}- {}\n", "  ".repeat(depth.min(40)), marked(&node.line)));
        push_tree(out, &node.children, depth + 1);
    }
}

fn push_schools(out: &mut String, schools: &Schools, level: usize) {
    push(out, &format!("\n{} {}\n\n", "#".repeat(level.min(6)), escaped(&schools.title)));
    for entry in &schools.entries {
        push(out, &format!("- {} {}", escaped(&entry.code), escaped(&entry.name)));
        for badge in &entry.badges {
            push(out, &format!("; {}", marked(std::slice::from_ref(badge))));
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn data_cannot_become_markup() {
        assert_eq!(escaped("<b>|*x*\n"), "\\<b\\>\\|\\*x\\* ");
    }
}
