//! Pieces of a clause → lines of a text; comments → the lines they belong to.
//!
//! Knows widths and places, no words.

use super::super::tree::Comment;

/// Lines longer than this are broken where a clause allows it.
const WIDTH: usize = 110;

/// A part of a clause: text that stays together, or a space that may become a line end. Looser places (smaller
/// `level`) break first; `anchor` is where the next part stood in the source.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(String),
    Break { level: usize, anchor: usize },
}

/// One line of the result; `anchor` is where its beginning stood in the source.
#[derive(Debug)]
pub(super) struct Line {
    pub anchor: usize,
    pub indent: usize,
    pub text: String,
    pub blank_before: bool,
}

/// Breaks a clause into lines that fit, as far as it has places to break.
pub(super) fn lay(pieces: &[Piece], indent: usize, anchor: usize, lines: &mut Vec<Line>) {
    let width: usize = pieces
        .iter()
        .map(|p| match p {
            Piece::Text(text) => text.chars().count(),
            Piece::Break { .. } => 1,
        })
        .sum();
    let loosest = pieces.iter().filter_map(|p| match p {
        Piece::Text(_) => None,
        Piece::Break { level, .. } => Some(*level),
    });
    let Some(loosest) = loosest.min().filter(|_| indent + width > WIDTH) else {
        let flat = pieces.iter().map(|p| match p {
            Piece::Text(text) => text.as_str(),
            Piece::Break { .. } => " ",
        });
        lines.push(Line { anchor, indent, text: flat.collect(), blank_before: false });
        return;
    };
    let step = if loosest == 0 { 2 } else { 4 };
    let mut here = (indent, anchor);
    let mut part: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Break { level, anchor } if *level == loosest => {
                lay(&part, here.0, here.1, lines);
                part.clear();
                here = (indent + step, *anchor);
            }
            other => part.push(other.clone()),
        }
    }
    lay(&part, here.0, here.1, lines);
}

/// The text of all lines. A comment on a line of its own goes before the line that followed it in the source, another
/// one to the end of the line it stood at; a second one for the same line gets a line of its own.
pub(super) fn join(lines: Vec<Line>, comments: &[Comment]) -> String {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    let anchor = |index: &usize| lines.get(*index).map_or(0, |line| line.anchor);
    order.sort_by_key(anchor);
    let mut above: Vec<Vec<&Comment>> = vec![Vec::new(); lines.len() + 1];
    let mut beside: Vec<Option<&Comment>> = vec![None; lines.len()];
    for comment in comments {
        let next = order.partition_point(|index| anchor(index) <= comment.span.start);
        let before = next.checked_sub(1).and_then(|at| order.get(at)).copied();
        let after = order.get(next).copied().unwrap_or(lines.len());
        let place = match before {
            Some(line) if !comment.own_line => match beside.get_mut(line) {
                Some(free @ None) => {
                    *free = Some(comment);
                    continue;
                }
                _ => line,
            },
            _ => after,
        };
        if let Some(list) = above.get_mut(place) {
            list.push(comment);
        }
    }
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let mut blank = line.blank_before;
        for comment in above.get(index).into_iter().flatten() {
            write_comment(&mut out, comment, line.indent, blank);
            blank = false;
        }
        separate(&mut out, blank);
        out.extend(std::iter::repeat_n(' ', line.indent));
        out.push_str(line.text.trim_end());
        if let Some(comment) = beside.get(index).copied().flatten() {
            out.push_str("  //");
            write_comment_text(&mut out, comment);
        }
        out.push('\n');
    }
    for comment in above.last().into_iter().flatten() {
        write_comment(&mut out, comment, 0, false);
    }
    out
}

fn write_comment(out: &mut String, comment: &Comment, indent: usize, blank: bool) {
    separate(out, blank || (comment.own_line && comment.after_blank));
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str("//");
    write_comment_text(out, comment);
    out.push('\n');
}

fn write_comment_text(out: &mut String, comment: &Comment) {
    if !comment.text.is_empty() {
        out.push(' ');
        out.push_str(&comment.text);
    }
}

/// A blank line, unless there is one or nothing stands above.
fn separate(out: &mut String, blank: bool) {
    if blank && !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}
