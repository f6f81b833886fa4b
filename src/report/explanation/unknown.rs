//! What is not known about a school and what it decides, as lines.

use super::{Teller, count, text};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::Unknowns;
use crate::explain::explanation::{CategoryExplanation, CriterionExplanation};
use crate::explain::unknown::{Found, MembersUnknown, OthersUnknown, Prospect, UnknownCell, VerdictRange};
use crate::messages::Precision;
use crate::report::page::{Node, Piece, Tone};
use crate::report::words::{category_word, criterion_word};
use crate::value::{Reasons, Value};

/// The messages and words for a category or a criterion.
struct Words {
    always: &'static str,
    tried: &'static str,
    open: &'static str,
    lacking: &'static str,
    verdict: fn(Verdict) -> &'static str,
}

const CATEGORY: Words = Words {
    always: "unknown-category-always",
    tried: "unknown-category-tried",
    open: "unknown-category-open",
    lacking: "unknown-category-lacking",
    verdict: category_word,
};

const CRITERION: Words = Words {
    always: "unknown-criterion-always",
    tried: "unknown-criterion-tried",
    open: "unknown-criterion-open",
    lacking: "unknown-criterion-lacking",
    verdict: criterion_word,
};

impl Teller<'_> {
    /// `None`: nothing behind the category lacks a value, or that was not looked for.
    pub(super) fn category_unknown(&self, category: &CategoryExplanation, unknowns: Option<&Unknowns>) -> Option<Node> {
        let unknowns = unknowns?;
        let prospect = unknowns.of_category(category.id)?;
        let of = |cell: &UnknownCell| cell.for_category(category.id);
        self.prospect(unknowns, prospect, category.verdict, &CATEGORY, &of)
    }

    /// For a criterion that was decided all the same: what the cells would decide that were passed over; and for a ranking the
    /// schools without a value.
    pub(super) fn criterion_unknown(&self, criterion: &CriterionExplanation, unknowns: Option<&Unknowns>) -> Vec<Node> {
        let Some(unknowns) = unknowns else { return Vec::new() };
        let mut nodes = Vec::new();
        // of an undetermined one its changes tell
        if !matches!(criterion.verdict, Verdict::Undetermined(_))
            && let Some(prospect) = unknowns.of_criterion(criterion.id)
        {
            let of = |cell: &UnknownCell| cell.for_criterion(criterion.id);
            nodes.extend(self.prospect(unknowns, prospect, criterion.verdict, &CRITERION, &of));
        }
        let others = unknowns.others.iter().filter(|others| others.criterion == criterion.id);
        nodes.extend(others.map(|others| self.others_unknown(others)));
        let members = unknowns.members.iter().filter(|members| members.criterion == criterion.id);
        nodes.extend(members.map(|members| self.members_unknown(members)));
        nodes
    }

    fn prospect(
        &self,
        unknowns: &Unknowns,
        prospect: &Prospect,
        now: Verdict,
        words: &Words,
        of: &dyn Fn(&UnknownCell) -> Vec<VerdictRange>,
    ) -> Option<Node> {
        if prospect.cells.is_empty() {
            return None;
        }
        let verdict = |verdict: Verdict| text(self.speaker.word((words.verdict)(verdict)));
        let cells = ("cells", count(prospect.cells.len()));
        let tried = ("tried", count(prospect.tried));
        let line = match prospect.found {
            Found::Always(found) => self.speaker.say(words.always, &[cells, ("verdict", verdict(found))]),
            Found::Tried(found) => self.speaker.say(words.tried, &[cells, tried, ("verdict", verdict(found))]),
            Found::Open => self.speaker.say(words.open, &[cells]),
            Found::Lacking => self.speaker.say(words.lacking, &[cells, tried]),
        };
        let mut node = Node::new(vec![Piece::new(line, Tone::Open)]);
        if let (Some(lowest), Some(highest)) = (prospect.at_lowest, prospect.at_highest) {
            let line = self.speaker.say("unknown-ends", &[("lowest", verdict(lowest)), ("highest", verdict(highest))]);
            node.children.push(Node::new(vec![Piece::plain(line)]));
        }
        let (mut turning, mut idle, mut blind) = (Vec::new(), Vec::new(), Vec::new());
        for cell in prospect.cells.iter().filter_map(|at| unknowns.cells.get(*at)) {
            let ranges = of(cell);
            match ranges.as_slice() {
                [] => blind.push(Node::new(self.cell(&cell.cell))),
                [(_, _, only)] if same(*only, now) => idle.push(Node::new(self.cell(&cell.cell))),
                _ => turning.push(self.turning(cell, &ranges, words)),
            }
        }
        let several = prospect.cells.len() > 1;
        let ends_differ = prospect.at_lowest.is_none_or(|lowest| prospect.at_highest != Some(lowest));
        if several && prospect.found == Found::Open && turning.is_empty() && blind.is_empty() && !ends_differ {
            let line = self.speaker.say("unknown-combinations-differ", &[("tried", count(prospect.tried))]);
            node.children.push(Node::new(vec![Piece::plain(line)]));
        }
        if several && !turning.is_empty() {
            let mut list = Node::new(vec![Piece::plain(self.speaker.word("unknown-alone"))]);
            list.children = turning;
            node.children.push(list);
        } else {
            node.children.append(&mut turning);
        }
        for (cells, id) in [(idle, "unknown-alone-nothing"), (blind, "unknown-not-tried")] {
            if !cells.is_empty() {
                let mut list = Node::new(vec![Piece::plain(self.speaker.say(id, &[("count", count(cells.len()))]))]);
                list.children = cells;
                node.children.push(list);
            }
        }
        Some(node)
    }

    fn turning(&self, cell: &UnknownCell, ranges: &[VerdictRange], words: &Words) -> Node {
        let kind = &cell.cell.ty;
        let said = ranges.iter().map(|(from, to, verdict)| {
            let verdict = ("verdict", text(self.speaker.word((words.verdict)(*verdict))));
            let shown = |value: &Value| text(self.speaker.value(value, kind, Precision::Full));
            if from == to {
                return self.speaker.say("unknown-value", &[("value", shown(from)), verdict]);
            }
            let (bound, shown) = match (from, to) {
                (Value::Number(_), Value::Number(_)) => (true, text(self.speaker.bound(to, kind, Precision::Full))),
                _ => (false, shown(to)),
            };
            let from = if bound { self.speaker.bound(from, kind, Precision::Full) } else { String::new() };
            self.speaker.say("unknown-range", &[("from", text(from)), ("to", shown), verdict])
        });
        let said: Vec<String> = said.collect();
        let mut line = self.cell(&cell.cell);
        line.push(Piece::new(format!(": {}", said.join("; ")), Tone::Open));
        if !cell.every {
            let tried = self.speaker.say("unknown-some-values", &[("tried", count(cell.tried))]);
            line.push(Piece::new(tried, Tone::Faint));
        }
        Node::new(line)
    }

    fn others_unknown(&self, others: &OthersUnknown) -> Node {
        let arguments =
            [("count", count(others.schools)), ("first", count(others.first)), ("last", count(others.last))];
        let mut line = self.speaker.say("others-unknown", &arguments);
        if others.on_scale {
            line += &self.speaker.word("others-scale");
        }
        let criterion = |verdict: Verdict| text(self.speaker.word(criterion_word(verdict)));
        let category = |verdict: Verdict| text(self.speaker.word(category_word(verdict)));
        line += &if others.behind == others.before {
            let (of, whole) = others.behind;
            self.speaker.say("others-same", &[("criterion", criterion(of)), ("category", category(whole))])
        } else {
            let arguments: [(&str, Argument); 4] = [
                ("behind", criterion(others.behind.0)),
                ("category_behind", category(others.behind.1)),
                ("before", criterion(others.before.0)),
                ("category_before", category(others.before.1)),
            ];
            self.speaker.say("others-differ", &arguments)
        };
        Node::new(vec![Piece::new(line, Tone::Open)])
    }
}

impl Teller<'_> {
    fn members_unknown(&self, members: &MembersUnknown) -> Node {
        let criterion = |verdict: Verdict| text(self.speaker.word(criterion_word(verdict)));
        let category = |verdict: Verdict| text(self.speaker.word(category_word(verdict)));
        let mut line = self.speaker.say("members-unknown", &[("count", count(members.schools))]);
        let (of, whole) = members.all;
        let alike = same(of, members.none.0) && same(whole, members.none.1);
        let id = if alike { "members-same" } else { "members-differ" };
        line += &self.speaker.say(id, &[("criterion", criterion(of)), ("category", category(whole))]);
        Node::new(vec![Piece::new(line, Tone::Open)])
    }
}

/// Equal but for reasons.
fn same(a: Verdict, b: Verdict) -> bool {
    let bare = |verdict| match verdict {
        Verdict::Undetermined(_) => Verdict::Undetermined(Reasons::NONE),
        other => other,
    };
    bare(a) == bare(b)
}
