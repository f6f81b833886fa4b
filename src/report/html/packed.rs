//! Steps of many schools, packed: a line that differs from another by its numbers only is written once.
//!
//! A line is the number of its form (base 36) and the digits that fill its gaps; lines of a school stand in order of
//! reading. `unpack.js` draws them. Knows no data and no markup.

use std::collections::HashMap;

use serde::Serialize;

use crate::report::page::{Line, Node, Tone};

/// Stands for a run of digits in a form. Not a character of any text: of data it is replaced.
const GAP: char = '\u{e000}';

/// One piece of a form: the class of its tone (empty for a plain one) and its text with gaps.
type Form = Vec<(&'static str, String)>;

#[derive(Debug, Default, Serialize)]
pub struct Packed {
    forms: Vec<Form>,
    /// One per school: lines with `;` between them. `+` in front of a line: one step deeper; each `-`: one step back.
    schools: Vec<String>,
    #[serde(skip)]
    known: HashMap<Form, usize>,
}

impl Packed {
    /// Adds a school; gives its place.
    pub fn add(&mut self, steps: &[Node]) -> usize {
        let mut lines = Vec::new();
        let mut last = 0;
        self.push(steps, 0, &mut last, &mut lines);
        self.schools.push(lines.join(";"));
        self.schools.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.schools.is_empty()
    }

    /// As JSON that cannot end the element it stands in.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default().replace('<', "\\u003c")
    }

    fn push(&mut self, nodes: &[Node], depth: usize, last: &mut usize, lines: &mut Vec<String>) {
        for node in nodes {
            let (form, digits) = form(&node.line);
            let next = self.forms.len();
            let at = *self.known.entry(form.clone()).or_insert(next);
            if at == next {
                self.forms.push(form);
            }
            let mut line = if depth > *last { "+".to_owned() } else { "-".repeat(*last - depth) };
            line.push_str(&base36(at));
            for run in digits {
                line.push(',');
                line.push_str(&run);
            }
            lines.push(line);
            *last = depth;
            self.push(&node.children, depth + 1, last, lines);
        }
    }
}

fn form(line: &Line) -> (Form, Vec<String>) {
    let mut runs: Vec<String> = Vec::new();
    let mut form = Form::new();
    for piece in line {
        let mut text = String::new();
        let mut inside = false;
        for c in piece.text.chars() {
            match (c.is_ascii_digit(), runs.last_mut()) {
                (true, Some(run)) if inside => run.push(c),
                (true, _) => {
                    runs.push(c.to_string());
                    text.push(GAP);
                }
                (false, _) => text.push(if c == GAP { '\u{fffd}' } else { c }),
            }
            inside = c.is_ascii_digit();
        }
        form.push((class(piece.tone), text));
    }
    (form, runs)
}

/// The class of a tone; empty: none.
pub fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Strong => "strong",
        Tone::Faint => "faint",
        Tone::Met => "met",
        Tone::NotMet => "not",
        Tone::Open => "open",
    }
}

fn base36(mut value: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.extend(u32::try_from(value % 36).ok().and_then(|d| char::from_digit(d, 36)));
        value /= 36;
        if value == 0 {
            return digits.into_iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GAP, Packed};
    use crate::report::page::{Node, Piece, Tone, plain};

    /// What `unpack.js` does: depth and text of each line.
    fn unpacked(packed: &Packed, school: usize) -> Vec<(usize, String)> {
        let mut depth = 0;
        let mut lines = Vec::new();
        for line in packed.schools[school].split(';') {
            let words = line.trim_start_matches(['+', '-']);
            for mark in line.chars().take(line.len() - words.len()) {
                depth = if mark == '+' { depth + 1 } else { depth - 1 };
            }
            let mut parts = words.split(',');
            let form = &packed.forms[usize::from_str_radix(parts.next().unwrap(), 36).unwrap()];
            let mut text = String::new();
            for c in form.iter().flat_map(|(_, text)| text.chars()) {
                if c == GAP { text.push_str(parts.next().unwrap()) } else { text.push(c) }
            }
            lines.push((depth, text));
        }
        lines
    }

    fn flat(nodes: &[Node], depth: usize, into: &mut Vec<(usize, String)>) {
        for node in nodes {
            into.push((depth, plain(&node.line)));
            flat(&node.children, depth + 1, into);
        }
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let node =
            |text: &str, children| Node { line: vec![Piece::new(text, Tone::Met), Piece::plain("; 7")], children };
        let deep = node(
            "1",
            vec![node("a,b;+-1", vec![node("</script> 2016", vec![])]), node("≈−0,65 и 12\u{a0}345", vec![])],
        );
        let steps = vec![deep, node("конец", vec![])];
        let mut packed = Packed::default();
        let (first, again) = (packed.add(&steps), packed.add(&steps));
        let mut told = Vec::new();
        flat(&steps, 0, &mut told);
        assert_eq!(unpacked(&packed, first), told);
        assert_eq!(unpacked(&packed, again), told);
        assert!(!packed.json().contains('<'));
    }

    #[test]
    fn lines_that_differ_by_numbers_share_a_form() {
        let lines: Vec<Node> = (0..40).map(|at| Node::new(vec![Piece::plain(format!("место {at} из 180"))])).collect();
        let mut packed = Packed::default();
        packed.add(&lines);
        assert_eq!(packed.forms.len(), 1);
    }
}
