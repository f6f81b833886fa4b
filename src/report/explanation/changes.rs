//! What a verdict rests on and what would turn it, as lines.

use super::{Teller, count, text, titled};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::changes::{CellChange, CriterionChanges, MissingCell, Others, Outcome, Settles, ValueChange};
use crate::explain::condition::Detail;
use crate::explain::explanation::{CategoryExplanation, School, Weight};
use crate::messages::Precision;
use crate::model::CriterionId;
use crate::number::Number;
use crate::report::page::{Node, Piece, Tone};
use crate::report::words::{category_word, criterion_word};
use crate::value::{Type, Unit, Value};

type Said<'a> = (&'a str, Argument);

impl Teller<'_> {
    /// The shortest sufficient reason, then what decided, then what could not have mattered.
    pub(super) fn weight(&self, category: &CategoryExplanation) -> Vec<Node> {
        let Some(weight) = &category.weight else { return Vec::new() };
        let mut lines = Vec::new();
        if !weight.sufficient.is_empty() {
            let list = self.by_verdict(category, &weight.sufficient);
            lines.push(self.speaker.say("weight-sufficient", &[("list", text(list))]));
        }
        lines.extend(self.decisive(weight));
        if !weight.unsettling.is_empty() {
            let list = ("list", text(self.numbers(&weight.unsettling)));
            lines.push(self.speaker.say("weight-unsettling", &[("count", count(weight.unsettling.len())), list]));
        }
        if !weight.indifferent.is_empty() {
            let list = ("list", text(self.numbers(&weight.indifferent)));
            lines.push(self.speaker.say("weight-indifferent", &[("count", count(weight.indifferent.len())), list]));
        }
        lines.into_iter().map(|line| Node::new(vec![Piece::plain(line)])).collect()
    }

    fn decisive(&self, weight: &Weight) -> Option<String> {
        if !weight.decisive.is_empty() {
            let list = ("list", text(self.numbers(&weight.decisive)));
            return Some(self.speaker.say("weight-decisive", &[("count", count(weight.decisive.len())), list]));
        }
        let fewest = weight.fewest.as_ref().filter(|fewest| fewest.len() > 1)?;
        let list = ("list", text(self.numbers(fewest)));
        Some(self.speaker.say("weight-several", &[("count", count(fewest.len())), list]))
    }

    fn by_verdict(&self, category: &CategoryExplanation, criteria: &[CriterionId]) -> String {
        let verdict = |id: &CriterionId| category.criteria.iter().find(|c| c.id == *id).map(|c| c.verdict);
        let mut parts = Vec::new();
        for (wanted, id) in [
            (Verdict::Met, "weight-met"),
            (Verdict::NotMet, "weight-not-met"),
            (Verdict::NotApplicable, "weight-not-applicable"),
        ] {
            let of: Vec<CriterionId> = criteria.iter().copied().filter(|c| verdict(c) == Some(wanted)).collect();
            if !of.is_empty() {
                parts.push(self.speaker.say(id, &[("count", count(of.len())), ("list", text(self.numbers(&of)))]));
            }
        }
        parts.join("; ")
    }

    /// The numbers of criteria.
    pub(super) fn numbers(&self, criteria: &[CriterionId]) -> String {
        let number = |id: &CriterionId| self.rules.criteria.get(id.index()).map(|c| c.number.to_string());
        criteria.iter().filter_map(number).collect::<Vec<_>>().join(", ")
    }

    /// What would turn one criterion; nothing when nothing was found out.
    pub(super) fn changes(&self, changes: &CriterionChanges) -> Option<Node> {
        let mut node = Node::new(vec![Piece::plain(self.speaker.word(match changes.verdict {
            Verdict::Met => "change-to-not-met",
            Verdict::NotMet => "change-to-met",
            _ => "change-to-known",
        }))]);
        node.children.extend(changes.values.iter().map(|value| self.value_change(value)));
        node.children.extend(changes.cells.iter().map(|cell| self.cell_change(cell)));
        if let Some(tried @ 1..) = changes.tried.filter(|_| changes.cells.is_empty()) {
            let line = self.speaker.say("change-no-cell", &[("count", count(tried))]);
            node.children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
        node.children.extend(changes.missing.iter().map(|cell| self.missing_cell(cell)));
        (!node.children.is_empty()).then_some(node)
    }

    fn value_change(&self, change: &ValueChange) -> Node {
        let name = match &change.value.detail {
            Detail::Indicator(name) => titled(&name.name, name.title.as_deref()),
            Detail::Index(name) => titled(&name.name, name.title.as_deref()),
            Detail::Cell(cell) => cell.title.to_string(),
            _ => self.quoted(change.value.span).unwrap_or_default(),
        };
        let now = match &change.value.value {
            Value::Number(number) => number.clone(),
            _ => change.bound.clone(),
        };
        // a ratio that is held against a percentage is shown as one
        let kinds = [&change.value.ty, &change.bound_type];
        let percent = |kind: &&Type| matches!(kind, Type::Number(Unit::Percent | Unit::PercentagePoint));
        let shared = kinds.into_iter().find(percent);
        let shown = |number: &Number, kind: &Type, from: &Number| {
            let value = Value::Number(number.clone());
            text(self.speaker.value(&value, shared.unwrap_or(kind), Precision::Against(from)))
        };
        let bound = Value::Number(change.bound.clone());
        let bound = self.speaker.bound(&bound, shared.unwrap_or(&change.bound_type), Precision::Against(&now));
        let arguments = [
            ("name", text(name)),
            ("relation", text(self.speaker.relation(change.operator))),
            ("bound", text(bound)),
            ("now", shown(&now, &change.value.ty, &change.bound)),
        ];
        let line = self.speaker.say("change-value", &arguments) + self.led_to(&change.outcome).as_str();
        Node::new(vec![Piece::plain(line)])
    }

    fn cell_change(&self, change: &CellChange) -> Node {
        let cell = &change.cell;
        let to = self.speaker.value(&change.to, &cell.ty, Precision::Full);
        let from = self.speaker.value(&cell.value, &cell.ty, Precision::Full);
        let mut line = vec![Piece::plain(format!("{}: {from} → {to}", cell.title))];
        if let Some(place) = &cell.cell {
            line.push(Piece::new(format!(" – {}", self.speaker.cell_said(place)), Tone::Faint));
        }
        line.push(Piece::plain(self.led_to(&change.outcome)));
        Node::new(line)
    }

    fn led_to(&self, outcome: &Outcome) -> String {
        let mut said = String::new();
        for (others, id) in [(&outcome.entering, "change-entering"), (&outcome.leaving, "change-leaving")] {
            if others.count > 0 {
                let names = ("names", text(self.schools(others)));
                said += &self.speaker.say(id, &[("count", count(others.count)), names]);
            }
        }
        if outcome.category_turns {
            let category = ("verdict", text(self.speaker.word(category_word(outcome.category))));
            said += &self.speaker.say("change-category", &[category]);
        }
        said
    }

    fn schools(&self, others: &Others) -> String {
        let named = |school: &School| super::school_title(school);
        let names: Vec<String> = others.named.iter().map(named).collect();
        match others.count.checked_sub(names.len()).filter(|more| *more > 0) {
            Some(more) => {
                let list: Said<'_> = ("list", text(names.join("; ")));
                self.speaker.say("list-and-more", &[list, ("count", count(more))])
            }
            None => names.join("; "),
        }
    }

    fn missing_cell(&self, missing: &MissingCell) -> Node {
        let mut line = self.cell(&missing.cell);
        let verdict = |verdict: Verdict| text(self.speaker.word(criterion_word(verdict)));
        let said = match &missing.settles {
            Settles::NoNumber => return Node::new(line),
            Settles::Nothing => self.speaker.word("change-settles-nothing"),
            Settles::Whatever(found) => self.speaker.say("change-settles-whatever", &[("verdict", verdict(*found))]),
            Settles::Split { low_verdict, up_to, high_verdict } => {
                let bound = self.shown_number(up_to, &missing.cell.ty);
                let arguments = [("bound", bound), ("low", verdict(*low_verdict)), ("high", verdict(*high_verdict))];
                self.speaker.say("change-settles-split", &arguments)
            }
        };
        line.push(Piece::new(said, Tone::Open));
        Node::new(line)
    }

    fn shown_number(&self, number: &Number, kind: &Type) -> Argument {
        text(self.speaker.bound(&Value::Number(number.clone()), kind, Precision::Full))
    }
}
