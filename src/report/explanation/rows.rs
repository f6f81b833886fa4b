//! The rows behind one value: how many were taken and left out, what they have to be like, where they come from, and each by itself.

use std::sync::Arc;

use super::{Teller, count, text};
use crate::diagnostic::Argument;
use crate::explain::condition::{AggregateTrace, RowUse, TracedRow};
use crate::messages::Precision;
use crate::report::page::{Line, Node, Piece, Tone};
use crate::value::{Reasons, Type, Unit};

impl Teller<'_> {
    /// What rows have to be like, and the files that the columns come from.
    pub(super) fn sources(&self, trace: &AggregateTrace) -> Vec<Node> {
        let condition = trace.condition.and_then(|span| self.quoted(span));
        let condition = condition.map(|quoted| self.speaker.say("aggregate-condition", &[("text", text(quoted))]));
        let file = |(file, sheet): &(Arc<str>, Option<Arc<str>>)| match sheet {
            Some(sheet) => format!("{file} ({sheet})"),
            None => file.to_string(),
        };
        let sources = trace.sources.iter().map(|source| {
            let files: Vec<String> = source.files.iter().map(file).collect();
            let arguments = [
                ("title", text(source.title.as_ref())),
                ("header", text(source.header.as_ref())),
                ("count", count(files.len())),
                ("files", text(files.join(", "))),
            ];
            self.speaker.say("aggregate-source", &arguments)
        });
        condition.into_iter().chain(sources).map(|line| Node::new(vec![Piece::new(line, Tone::Faint)])).collect()
    }

    pub(super) fn row_counts(&self, trace: &AggregateTrace) -> String {
        let Some(used) = &trace.used else { return String::new() };
        let nothing = used.taken + used.undecided + used.suppressed + used.not_matching + used.outside_window == 0;
        if nothing && used.absent.iter().all(|found| *found == 0) {
            return format!("; {}", self.speaker.word("rows-none"));
        }
        let mut said = format!("; {}", self.speaker.say("rows-taken", &[("count", count(used.taken))]));
        for (found, reason) in used.absent.iter().zip(Reasons::EACH) {
            if *found > 0 {
                let arguments = [("count", count(*found)), ("reasons", Argument::Reasons(reason))];
                said += &format!(", {}", self.speaker.say("rows-absent", &arguments));
            }
        }
        let others = [
            (used.undecided, "rows-undecided"),
            (used.suppressed, "rows-suppressed"),
            (used.not_matching, "rows-not-matching"),
            (used.outside_window, "rows-outside-window"),
        ];
        for (found, id) in others {
            if found > 0 {
                said += &format!(", {}", self.speaker.say(id, &[("count", count(found))]));
            }
        }
        said
    }

    pub(super) fn row(&self, row: &TracedRow, kind: Option<&Type>) -> Line {
        let mut line = Vec::new();
        if let Some(year) = row.year {
            line.push(Piece::plain(format!("{year}: ")));
        }
        let left_out = match row.role {
            RowUse::Taken => None,
            RowUse::NotMatching => Some(self.speaker.word("row-not-matching")),
            RowUse::Undecided(reasons) => {
                Some(self.speaker.say("row-undecided", &[("reasons", Argument::Reasons(reasons))]))
            }
            RowUse::Absent(reasons) => Some(self.speaker.reasons(reasons)),
            RowUse::Suppressed => Some(self.speaker.reasons(Reasons::SUPPRESSED)),
            RowUse::OutsideWindow => Some(self.speaker.word("row-outside-window")),
        };
        let mut said = left_out.is_some();
        match left_out {
            Some(why) => line.push(Piece::new(self.speaker.say("row-left-out", &[("why", text(why))]), Tone::Open)),
            None => {
                // a value that is the cell itself is said with the cell
                let is_cell = row.weight.is_none() && row.cells.iter().any(|cell| cell.value == row.value);
                if let Some(kind) = kind.filter(|_| !is_cell) {
                    line.push(Piece::plain(self.speaker.word("row-value") + " "));
                    line.push(self.shown(&row.value, kind));
                    if let Some(scale) = row.scale.as_ref().and_then(|trace| self.scale(trace, "normal-scale-rows")) {
                        line.push(Piece::new(format!(" ({scale})"), Tone::Faint));
                    }
                    said = true;
                }
                if let Some(weight) = &row.weight {
                    let weight = self.speaker.value(weight, &Type::Number(Unit::Number), Precision::Plain);
                    line.push(Piece::plain(self.speaker.say("row-weight", &[("weight", text(weight))])));
                }
            }
        }
        if said && !row.cells.is_empty() {
            line.push(Piece::plain("; "));
        }
        line.extend(self.cells(&row.cells));
        line
    }
}
