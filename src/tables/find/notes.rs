//! What stands below a table: notes, sources, signatures.

use super::words::{is_footnote, is_note_word, is_position, is_signer};
use super::{Finder, LeftOut, Looks, is_total};
use crate::tables::profile::Profile;
use crate::tables::shape::{Shape, shape};

/// Rows above that tell what a column looks like where one row is in doubt.
const NEAR: usize = 100;

impl Finder<'_> {
    /// Takes notes off the end of the body: rows with one text that is not like those of its column.
    pub(super) fn notes(
        &self,
        headers: &[String],
        body: &mut Vec<usize>,
        left_out: &mut Vec<(usize, LeftOut)>,
        looks: &Looks,
    ) {
        if self.place.all_rows || looks.width < 2 {
            return;
        }
        self.tail(body, left_out, looks);
        while let Some(last) = body.last().copied() {
            let row = self.row(last);
            if is_total(row, looks) {
                return;
            }
            let filled = self.different(row);
            let at = row.cells.iter().position(|c| !c.is_blank()).unwrap_or(0);
            let text = row.text(at).trim();
            let strange = looks.profiles.get(at).is_none_or(|p| !p.knows(text) || p.cost(text, false) > 1500);
            let apart = body.len() > 1
                && body.get(body.len() - 2).is_some_and(|before| self.row(*before).number + 1 < row.number);
            let values = looks.typed.iter().any(|column| shape(row.text(*column)).is_value());
            if values {
                return;
            }
            let signed = (is_signer(text) || is_note_word(text))
                && filled < 5
                && !looks.typed.is_empty()
                && !self.is_usual(text, at, body.split_last().map_or(&[], |(_, above)| above))
                && !is_position(headers.get(at).map_or("", String::as_str));
            let few = filled == 1 || filled == 2 && looks.width > 4 || apart || row.irregular || signed;
            let typed_first = looks.typed.contains(&at);
            let note = few
                && (looks.width > 2 || apart || is_note_word(text))
                && (is_note_word(text)
                    || signed
                    || apart && (strange || looks.typed.len() > 1)
                    || row.irregular && strange
                    || strange && (typed_first || shape(text) == Shape::Prose || looks.typed.len() * 2 > looks.width));
            if !note || body.len() == 1 {
                return;
            }
            body.pop();
            left_out.push((last, LeftOut::Note));
        }
    }

    /// Whether a text is printed like one of its column above.
    pub(super) fn is_usual(&self, text: &str, column: usize, above: &[usize]) -> bool {
        let near = above.get(above.len().saturating_sub(NEAR)..).unwrap_or(above);
        Profile::of(near.iter().map(|at| (self.row(*at).text(column), false))).knows(text)
    }

    /// Takes all rows below a blank one that hold no value where all others have them: signatures and the like.
    pub(super) fn tail(&self, body: &mut Vec<usize>, left_out: &mut Vec<(usize, LeftOut)>, looks: &Looks) {
        let always: Vec<usize> = looks
            .typed
            .iter()
            .copied()
            .filter(|c| looks.profiles.get(*c).is_some_and(|p| p.rows > 1 && p.filled() * 100 >= p.rows * 80))
            .collect();
        let told = |text: &str| shape(text).is_value() || shape(text) == Shape::Absent;
        let valued = |at: &usize| always.iter().any(|column| told(self.row(*at).text(*column)));
        let Some(last) = body.iter().rposition(valued) else {
            return;
        };
        let apart = body.get(last).zip(body.get(last + 1)).is_some_and(|(a, b)| !self.adjacent(*a, Some(b)));
        let below = body.get(last + 1).map(|at| self.row(*at)).filter(|row| self.different(row) == 1);
        let footnote = below.and_then(|row| row.cells.iter().find(|cell| !cell.is_blank()));
        if apart || footnote.is_some_and(|cell| is_footnote(&cell.text)) {
            left_out.extend(body.drain(last + 1..).map(|at| (at, LeftOut::Note)));
        }
    }
}
