//! A page as text for a terminal.
//!
//! The only file that knows the table library. Control characters of data are shown, never sent to the terminal.

use anstyle::{AnsiColor, Style};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Drawn, Width, presets};

use super::page::{Bars, Block, Line, Node, Page, Piece, Schools, Table, Tone};
use super::picture::{Picture, Stacks};

/// How the page is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub colour: bool,
    /// Columns of the terminal.
    pub width: u16,
}

const DEEPEST: usize = 40;
const BAR: usize = 40;

/// The whole page; ends with a line end.
pub fn render(page: &Page, layout: Layout) -> String {
    let mut out = String::new();
    push_line(&mut out, &[Piece::new(page.title.clone(), Tone::Strong)], layout);
    blocks(&mut out, &page.blocks, layout);
    out
}

/// Columns of the terminal, where there is one.
pub fn terminal_width() -> Option<u16> {
    Drawn::new().width()
}

fn blocks(out: &mut String, list: &[Block], layout: Layout) {
    for block in list {
        match block {
            Block::Heading(text) => {
                out.push('\n');
                push_line(out, &[Piece::new(text.clone(), Tone::Strong)], layout);
            }
            Block::Paragraph(line) => push_wrapped(out, line, 0, layout),
            Block::Notice(text) => push_wrapped(out, &[Piece::new(format!("! {text}"), Tone::Open)], 0, layout),
            Block::Table(table) => push_table(out, table, layout),
            Block::Bars(bars) => push_bars(out, bars, layout),
            Block::Steps(_) | Block::Flow(_) | Block::Field(_) | Block::Folded(_) => {}
            Block::Picture(Picture::Stacks(stacks)) => push_stacks(out, stacks, layout),
            Block::Picture(_) => {}
            Block::Tornado(_) | Block::Strip(_) => {}
            Block::Tree(nodes) => push_tree(out, nodes, 0, layout),
            Block::Section(section) => {
                out.push('\n');
                push_line(out, &section.title, layout);
                blocks(out, &section.blocks, layout);
            }
            Block::Schools(schools) => push_schools(out, schools, layout),
        }
    }
}

fn style(tone: Tone) -> Style {
    match tone {
        Tone::Plain | Tone::NotMet => Style::new(),
        Tone::Strong => Style::new().bold(),
        Tone::Faint => Style::new().dimmed(),
        Tone::Met => AnsiColor::Red.on_default().bold(),
        Tone::Open => AnsiColor::Yellow.on_default(),
    }
}

fn painted(piece: &Piece, layout: Layout) -> String {
    let text = safe(&piece.text);
    let style = style(piece.tone);
    if layout.colour && style != Style::new() {
        format!("{}{text}{}", style.render(), style.render_reset())
    } else {
        text
    }
}

/// Control characters as their pictures, so that data cannot steer the terminal.
pub fn safe(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            c if c.is_control() => '\u{fffd}',
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

fn push_line(out: &mut String, line: &[Piece], layout: Layout) {
    for piece in line {
        out.push_str(&painted(piece, layout));
    }
    out.push('\n');
}

fn push_table(out: &mut String, table: &Table, layout: Layout) {
    out.push('\n');
    if !table.title.is_empty() {
        push_line(out, &[Piece::new(table.title.clone(), Tone::Strong)], layout);
    }
    let mut drawn = Drawn::new();
    drawn.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(LineStyle::none()));
    drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(layout.width);
    if !table.headers.is_empty() {
        drawn.set_header(table.headers.iter().map(|h| safe(&h.text)));
    }
    for row in &table.rows {
        drawn.add_row(row.iter().map(|piece| {
            let cell = comfy_table::Cell::new(safe(&piece.text));
            match (layout.colour, piece.tone) {
                (true, Tone::Met) => cell.fg(comfy_table::Color::Red),
                (true, Tone::Open) => cell.fg(comfy_table::Color::Yellow),
                (true, Tone::Faint) => cell.fg(comfy_table::Color::DarkGrey),
                _ => cell,
            }
        }));
    }
    for (at, header) in table.headers.iter().enumerate() {
        if header.number
            && let Some(column) = drawn.column_mut(at)
        {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for (at, least) in least_widths(table, layout).into_iter().enumerate() {
        if let Some(column) = drawn.column_mut(at) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    if layout.colour {
        drawn.enforce_styling();
    } else {
        drawn.force_no_tty();
    }
    for line in drawn.to_string().lines() {
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// No word of a column is broken, and the first column, which says what a row is about, gets the room that is left.
fn least_widths(table: &Table, layout: Layout) -> Vec<u16> {
    let columns = table.headers.len().max(table.rows.iter().map(Vec::len).max().unwrap_or(0));
    let texts = |at: usize| {
        let header = table.headers.get(at).map(|h| h.text.as_str());
        header.into_iter().chain(table.rows.iter().filter_map(move |row| row.get(at)).map(|piece| piece.text.as_str()))
    };
    let word = |at| texts(at).flat_map(|t| t.split(' ')).map(|w| w.chars().count()).max().unwrap_or(0) + PADDING;
    let mut widths: Vec<usize> = (0..columns).map(word).collect();
    let others: usize = widths.iter().skip(1).map(|w| w + 1).sum();
    let room = usize::from(layout.width).saturating_sub(others + 1);
    let whole = texts(0).map(|t| t.chars().count()).max().unwrap_or(0) + PADDING;
    if let Some(first) = widths.first_mut() {
        *first = whole.min(room).max((*first).min(room));
    }
    widths.into_iter().map(|w| u16::try_from(w).unwrap_or(u16::MAX)).collect()
}

/// Spaces around a cell.
const PADDING: usize = 2;

fn push_bars(out: &mut String, bars: &Bars, layout: Layout) {
    let most = bars.bars.iter().map(|b| b.count).max().unwrap_or(0).max(1);
    let wide = bars.bars.iter().map(|b| b.label.chars().count()).max().unwrap_or(0).min(40);
    out.push('\n');
    push_line(out, &[Piece::new(bars.title.clone(), Tone::Strong)], layout);
    for bar in &bars.bars {
        let label: String = safe(&bar.label).chars().take(wide).collect();
        let length = if bar.count == 0 { 0 } else { (bar.count.saturating_mul(BAR) / most).max(1) };
        let line = vec![
            Piece::plain(format!("  {label:<wide$}  ")),
            Piece::new("█".repeat(length), bar.tone),
            Piece::plain(format!(" {}", bar.count)),
        ];
        push_line(out, &line, layout);
    }
}

/// Signs of the three parts and of the limit: one column each in every terminal.
const PARTS: [char; 3] = ['█', '▓', '░'];
const LIMIT: char = '│';
/// Columns that a label may take.
const LABEL: usize = 36;

/// A bar per row; behind those who are there those who are not any more.
fn push_stacks(out: &mut String, stacks: &Stacks, layout: Layout) {
    let whole = stacks.rows.iter().map(|row| row.counts.iter().sum()).max().unwrap_or(0);
    let most = whole.max(stacks.limit.as_ref().map_or(0, |limit| limit.at)).max(1);
    let wide = stacks.rows.iter().map(|row| row.label.chars().count()).max().unwrap_or(0).min(LABEL);
    let said = stacks.rows.iter().map(|row| row.said.chars().count()).max().unwrap_or(0);
    let room = usize::from(layout.width).saturating_sub(wide + said + 6).clamp(10, BAR);
    // whoever is there is seen: no part with schools is without a sign
    let length = |count: usize| if count == 0 { 0 } else { (count.saturating_mul(room) / most).max(1) };
    let limit = stacks.limit.as_ref().map(|limit| limit.at.saturating_mul(room) / most);
    out.push('\n');
    push_line(out, &[Piece::new(stacks.title.clone(), Tone::Strong)], layout);
    let signs = PARTS.iter().zip(&stacks.parts).map(|(sign, part)| format!("{sign} {part}"));
    let limits = stacks.limit.iter().map(|limit| format!("{LIMIT} {}", limit.said));
    let legend: Vec<String> = signs.chain(limits).collect();
    push_line(out, &[Piece::new(format!("  {}", legend.join("   ")), Tone::Faint)], layout);
    for row in &stacks.rows {
        let mut bar: Vec<char> =
            PARTS.iter().zip(row.counts).flat_map(|(sign, count)| std::iter::repeat_n(*sign, length(count))).collect();
        if let Some(at) = limit {
            bar.resize(bar.len().max(at + 1), ' ');
            bar.insert(at, LIMIT);
        }
        let label: String = match safe(&row.label) {
            text if text.chars().count() > wide => text.chars().take(wide.saturating_sub(1)).chain(['…']).collect(),
            text => text,
        };
        let bar: String = bar.into_iter().collect();
        let line = format!("  {label:<wide$}  {}  {}", bar.trim_end(), safe(&row.said));
        push_line(out, &[Piece::plain(line)], layout);
    }
}

fn push_tree(out: &mut String, nodes: &[Node], depth: usize, layout: Layout) {
    for node in nodes {
        push_wrapped(out, &node.line, 2 + 2 * depth.min(DEEPEST), layout);
        push_tree(out, &node.children, depth + 1, layout);
    }
}

/// A line within the width of the terminal; what goes on stands two columns further in.
fn push_wrapped(out: &mut String, line: &[Piece], indent: usize, layout: Layout) {
    let room = usize::from(layout.width).saturating_sub(indent + 2).max(30);
    for (at, line) in wrapped(line, room).iter().enumerate() {
        out.push_str(&" ".repeat(if at == 0 { indent } else { indent + 2 }));
        push_line(out, line, layout);
    }
}

/// Breaks a line at spaces.
fn wrapped(line: &[Piece], room: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut current: Line = Vec::new();
    let mut used = 0;
    for piece in line {
        let mut text = String::new();
        for word in piece.text.split_inclusive(' ') {
            let length = word.chars().count();
            // a mark stays with the word that it follows
            let mark = word.starts_with([';', ',', ')', '.', ':']);
            if used > 0 && !mark && used + word.trim_end().chars().count() > room {
                if !text.is_empty() {
                    current.push(Piece::new(text.trim_end().to_owned(), piece.tone));
                    text.clear();
                }
                if let Some(last) = current.last_mut() {
                    last.text.truncate(last.text.trim_end().len());
                }
                lines.push(std::mem::take(&mut current));
                used = 0;
            }
            text.push_str(word);
            used += length;
        }
        if !text.is_empty() {
            current.push(Piece::new(text, piece.tone));
        }
    }
    lines.push(current);
    lines
}

fn push_schools(out: &mut String, schools: &Schools, layout: Layout) {
    out.push('\n');
    push_line(out, &[Piece::new(schools.title.clone(), Tone::Strong)], layout);
    for entry in &schools.entries {
        let mut line = vec![Piece::plain(format!("  {}  {}", entry.code, entry.name))];
        for badge in &entry.badges {
            line.push(Piece::plain("  "));
            line.push(badge.clone());
        }
        push_line(out, &line, layout);
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, render, safe};
    use crate::language::Language;
    use crate::report::page::{Block, Header, Page, Piece, Table};

    #[test]
    fn a_table_in_a_narrow_terminal_breaks_no_word() {
        let heads = ["Критерий", "Выполнен", "Не определено", "Не применимо", "Точно на границе"];
        let mut headers: Vec<Header> = heads.iter().map(|text| Header::number(*text)).collect();
        headers[0].number = false;
        let name = "2.1.1 Четверть школ с самым низким индексом социального благополучия";
        let row = [name, "79", "31", "0", "1"].map(Piece::plain).to_vec();
        let table = Table { title: String::new(), headers, rows: vec![row] };
        let page = Page { title: String::new(), language: Language::Russian, blocks: vec![Block::Table(table)] };
        let shown = render(&page, Layout { colour: false, width: 72 });
        assert!(shown.lines().all(|line| line.chars().count() <= 72), "{shown}");
        for word in heads.iter().copied().chain([name]).flat_map(|text| text.split(' ')) {
            assert!(shown.contains(word), "«{word}» is broken in\n{shown}");
        }
    }

    #[test]
    fn data_cannot_steer_the_terminal() {
        assert_eq!(safe("a\u{1b}[31mb\u{202e}\n"), "a\u{fffd}[31mb\u{fffd} ");
        let page = Page {
            title: "\u{1b}]0;x".into(),
            language: Language::Russian,
            blocks: vec![Block::Notice("\u{1b}[2J".into())],
        };
        assert!(!render(&page, Layout { colour: false, width: 80 }).contains('\u{1b}'));
    }
}
