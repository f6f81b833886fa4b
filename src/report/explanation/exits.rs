//! What became of a school since the cycle before: which rule it is in by, or why it left.
//!
//! The parts of the rule of the category are found in its tree; adds no fact of its own.

use super::Teller;
use crate::decision::Passage;
use crate::explain::condition::{Detail, Node as Traced};
use crate::explain::explanation::CategoryExplanation;
use crate::model::expr::ExprId;
use crate::report::page::{Node, Piece, Tone};

/// The message that says a passage about a school.
pub fn passage_word(passage: Passage) -> &'static str {
    match passage {
        Passage::Entered => "passage-entered",
        Passage::Remains => "passage-remains",
        Passage::StaysByExitRule => "passage-stays-by-exit-rule",
        Passage::StaysByTerm => "passage-stays-by-term",
        Passage::In => "passage-in",
        Passage::Left => "passage-left",
        Passage::LeftByTerm => "passage-left-by-term",
        Passage::NotEntered => "passage-not-entered",
        Passage::Out => "passage-out",
        Passage::Open => "passage-open",
        Passage::NotJudged => "passage-not-judged",
    }
}

fn tone(passage: Passage) -> Tone {
    match passage {
        Passage::Entered | Passage::Remains | Passage::StaysByExitRule | Passage::StaysByTerm | Passage::In => {
            Tone::Met
        }
        Passage::Left | Passage::LeftByTerm | Passage::NotEntered | Passage::Out => Tone::NotMet,
        Passage::Open | Passage::NotJudged => Tone::Open,
    }
}

/// The step of a tree that an expression is.
pub(in crate::report) fn part(rule: &Traced, wanted: ExprId) -> Option<&Traced> {
    let mut open = vec![rule];
    while let Some(node) = open.pop() {
        if node.expr == wanted {
            return Some(node);
        }
        // the parts stand in the connectives above them
        if matches!(node.detail, Detail::And | Detail::Or | Detail::Not) {
            open.extend(node.children.iter().rev());
        }
    }
    None
}

impl Teller<'_> {
    /// The rule of a category: as it is, or part by part where it says how schools leave.
    pub(super) fn category_rule(&self, category: &CategoryExplanation, below: &[Vec<Detail>]) -> Vec<Node> {
        let exit = self.rules.categories.get(category.id.index()).and_then(|found| found.exit);
        let (Some(passage), Some(exit)) = (category.passage, exit) else {
            return vec![self.rule(&category.rule, below)];
        };
        let mut nodes = vec![Node::new(vec![Piece::new(self.speaker.word(passage_word(passage)), tone(passage))])];
        let parts = [
            (Some(exit.entry), "exit-entry"),
            (Some(exit.before), "exit-before"),
            (exit.stays, "exit-stays"),
            (exit.runs, "exit-runs"),
            (exit.over, "exit-over"),
        ];
        for (wanted, id) in parts {
            let Some(found) = wanted.and_then(|wanted| part(&category.rule, wanted)) else { continue };
            let mut node = Node::new(self.condition(self.speaker.word(id), found));
            node.children.push(self.rule(found, below));
            nodes.push(node);
        }
        nodes
    }
}

/// The count that decides about a school where its rule is a count: that of the part which applies to it.
pub(in crate::report) fn deciding<'t>(
    category: &'t CategoryExplanation,
    exit: Option<&crate::model::Exit>,
) -> Option<&'t Traced> {
    let (Some(passage), Some(exit)) = (category.passage, exit) else { return Some(&category.rule) };
    let wanted = match passage {
        Passage::StaysByExitRule | Passage::Left => exit.stays.unwrap_or(exit.entry),
        Passage::StaysByTerm | Passage::LeftByTerm => return None,
        _ => exit.entry,
    };
    part(&category.rule, wanted)
}
