//! Pieces of a clause → lines of a text; comments → the lines they belong to.
//!
//! Knows widths and places, no words.

use super::super::tree::Comment;

/// Lines longer than this are broken where a clause allows it.
const WIDTH: usize = 110;

/// A part of a clause: text that stays together, or a space that may become a line end. Looser places (smaller
/// `level`) break first, and the next part is indented by `step`; `anchor` is where it stood in the source.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    Text(String),
    Break { level: usize, step: usize, anchor: usize },
}

/// Whether a blank line stands before a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Blank {
    Never,
    Always,
    /// As in the source.
    Kept,
}

/// One line of the result; `anchor` is where its beginning stood in the source.
#[derive(Debug)]
pub(super) struct Line {
    pub anchor: usize,
    pub indent: usize,
    pub text: String,
    pub blank: Blank,
}

/// Breaks a clause into lines that fit, as far as it has places to break. `never`: whether a text must not begin a line.
pub(super) fn lay(pieces: &mut [Piece], indent: usize, anchor: usize, never: fn(&str) -> bool, lines: &mut Vec<Line>) {
    if indent + width(pieces) > WIDTH {
        let mut rest = String::new();
        for piece in pieces.iter_mut().rev() {
            match piece {
                Piece::Text(text) => rest.insert_str(0, text),
                Piece::Break { .. } => {
                    if never(&rest) {
                        *piece = Piece::Text(" ".to_string());
                    }
                    rest.insert(0, ' ');
                }
            }
        }
    }
    broken(pieces, indent, anchor, lines);
}

fn width(pieces: &[Piece]) -> usize {
    let widths = pieces.iter().map(|p| match p {
        Piece::Text(text) => text.chars().count(),
        Piece::Break { .. } => 1,
    });
    widths.sum()
}

fn broken(pieces: &[Piece], indent: usize, anchor: usize, lines: &mut Vec<Line>) {
    let loosest = pieces.iter().filter_map(|p| match p {
        Piece::Text(_) => None,
        Piece::Break { level, .. } => Some(*level),
    });
    let Some(loosest) = loosest.min().filter(|_| indent + width(pieces) > WIDTH) else {
        let flat = pieces.iter().map(|p| match p {
            Piece::Text(text) => text.as_str(),
            Piece::Break { .. } => " ",
        });
        lines.push(Line { anchor, indent, text: flat.collect(), blank: Blank::Never });
        return;
    };
    let mut here = (indent, anchor);
    let mut part: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Break { level, step, anchor } if *level == loosest => {
                broken(&part, here.0, here.1, lines);
                part.clear();
                here = (indent + step, *anchor);
            }
            other => part.push(other.clone()),
        }
    }
    broken(&part, here.0, here.1, lines);
}

/// The text of all lines, with the comments where [`Placed::of`] puts them.
pub(super) fn join(lines: &[Line], comments: &[Comment], blank_lines: &[usize]) -> String {
    let placed = Placed::of(lines, comments);
    let mut out = String::new();
    let mut previous = 0;
    for (index, line) in lines.iter().enumerate() {
        let above = placed.above.get(index).map_or(&[][..], Vec::as_slice);
        let next_blank = blank_lines.get(blank_lines.partition_point(|at| *at <= previous));
        let mut blank = match line.blank {
            Blank::Never => false,
            Blank::Always => true,
            Blank::Kept => above.is_empty() && next_blank.is_some_and(|at| *at < line.anchor),
        };
        for comment in above {
            write_comment(&mut out, comment, line.indent, blank);
            blank = comment.own_line && comment.before_blank;
        }
        separate(&mut out, blank);
        out.extend(std::iter::repeat_n(' ', line.indent));
        out.push_str(line.text.trim_end());
        if let Some(comment) = placed.beside.get(index).copied().flatten() {
            out.push_str("  //");
            write_comment_text(&mut out, comment);
        }
        out.push('\n');
        previous = line.anchor;
    }
    for comment in &placed.below {
        write_comment(&mut out, comment, 0, false);
    }
    out
}

/// Comments at the lines they belong to.
struct Placed<'a> {
    /// On lines of their own, before each line.
    above: Vec<Vec<&'a Comment>>,
    /// At the end of each line.
    beside: Vec<Option<&'a Comment>>,
    /// After the last line.
    below: Vec<&'a Comment>,
}

impl<'a> Placed<'a> {
    /// A comment on a line of its own goes before the line that followed it in the source, one at the end of a line stays
    /// there. Where lines with comments at their ends became one line, all of these go above it: so they keep their order.
    fn of(lines: &[Line], comments: &'a [Comment]) -> Self {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        let anchor = |index: &usize| lines.get(*index).map_or(0, |line| line.anchor);
        order.sort_by_key(anchor);
        let mut placed =
            Placed { above: vec![Vec::new(); lines.len()], beside: vec![None; lines.len()], below: Vec::new() };
        let mut rest = comments;
        for at in 0..=order.len() {
            let limit = order.get(at).map_or(usize::MAX, anchor);
            let (before, after) = rest.split_at(rest.partition_point(|comment| comment.span.start < limit));
            rest = after;
            let line = at.checked_sub(1).and_then(|at| order.get(at)).copied();
            let ends = before.iter().rposition(|comment| !comment.own_line).filter(|_| line.is_some());
            let (own, following) = before.split_at(ends.map_or(0, |last| last + 1));
            if let (Some(line), Some((last, others))) = (line, own.split_last())
                && let Some(above) = placed.above.get_mut(line)
                && let Some(beside) = placed.beside.get_mut(line)
            {
                above.extend(others);
                if others.iter().all(|comment| comment.own_line) {
                    *beside = Some(last);
                } else {
                    above.push(last);
                }
            }
            let next = order.get(at).and_then(|line| placed.above.get_mut(*line));
            next.unwrap_or(&mut placed.below).extend(following);
        }
        placed
    }
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
