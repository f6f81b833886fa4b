//! What a verdict rests on and what would turn it, as lines.

use super::{Teller, count, text, titled};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::changes::{
    CategoryChanges, CellChange, CriterionChanges, Leads, MissingCell, Others, Outcome, Part, Range, Settles, Tried,
    ValueChange,
};
use crate::explain::condition::{Detail, InputCell};
use crate::explain::explanation::{CategoryExplanation, School, Weight};
use crate::messages::Precision;
use crate::model::{CategoryId, CriterionId};
use crate::number::Number;
use crate::report::page::{Line, Node, Piece, Tone};
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

    /// What would turn one criterion, and where that was looked for.
    pub(super) fn changes(&self, changes: &CriterionChanges) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut turning = Node::new(vec![Piece::plain(self.speaker.word(match changes.verdict {
            Verdict::Met => "change-to-not-met",
            _ => "change-to-met",
        }))]);
        turning.children.extend(changes.values.iter().map(|value| self.value_change(value)));
        turning.children.extend(changes.cells.iter().map(|cell| self.cell_change(cell)));
        if !turning.children.is_empty() {
            nodes.push(turning);
        }
        // what was tried is told once, at the category; here where nothing was found
        if let Some(tried) = changes.tried.as_ref().filter(|tried| tried.cells > 0 && changes.cells.is_empty()) {
            let none = self.speaker.say("change-no-cell", &[("count", count(tried.cells))]);
            let line = format!("{none}. {}", self.ranges(tried));
            nodes.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
        nodes.extend(self.settled(&changes.missing, None, changes.verdict));
        nodes
    }

    /// What would turn a category as a whole.
    pub(super) fn category_changes(&self, changes: &CategoryChanges) -> Vec<Node> {
        let own = changes.category;
        let mut nodes = Vec::new();
        if !changes.cells.is_empty() {
            let mut node = Node::new(vec![Piece::plain(self.speaker.word("change-of-category"))]);
            node.children.extend(changes.cells.iter().map(|cell| self.cell_change(cell)));
            nodes.push(node);
        }
        if let Some(together) = &changes.together {
            let line = self.speaker.say("change-together", &[("count", count(together.cells.len()))]);
            let mut node = Node::new(vec![Piece::plain(line)]);
            node.children.extend(together.cells.iter().map(|(cell, to)| Node::new(self.moved(cell, to))));
            if let Some(last) = node.children.last_mut() {
                last.line.push(Piece::plain(self.led_to(&together.outcome)));
            }
            nodes.push(node);
        }
        if let Some(tried) = changes.tried.as_ref().filter(|tried| tried.cells > 0) {
            let mut line = Vec::new();
            if changes.cells.is_empty() && changes.together.is_none() {
                let arguments = [("count", count(tried.cells)), ("together", count(tried.at_once))];
                line.push(self.speaker.say("change-no-cell-of-category", &arguments));
            }
            line.push(self.ranges(tried));
            nodes.push(Node::new(vec![Piece::new(line.join(". "), Tone::Faint)]));
        }
        nodes.extend(self.settled(&changes.missing, Some(own), changes.verdict));
        nodes
    }

    /// The values that were tried.
    fn ranges(&self, tried: &Tried) -> String {
        let range = |range: &Range| {
            let title = ("title", text(range.title.as_ref()));
            let cells = ("cells", count(range.cells));
            let Some((low, high)) = &range.bounds else {
                return self.speaker.say("change-range-of-truths", &[title, cells]);
            };
            let bound = |number: &Number| {
                let value = Value::Number(number.clone());
                text(self.speaker.bound(&value, &range.ty, Precision::Full))
            };
            let every = ("every", text(if range.every { "yes" } else { "no" }));
            self.speaker.say("change-range", &[title, cells, ("low", bound(low)), ("high", bound(high)), every])
        };
        let list: Vec<String> = tried.ranges.iter().map(range).collect();
        let list = ("list", text(list.join("; ")));
        self.speaker.say("change-tried", &[list, ("left_out", count(tried.left_out))])
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
        let line = self.speaker.say("change-value", &arguments) + self.moves(&change.outcome).as_str();
        Node::new(vec![Piece::plain(line)])
    }

    fn cell_change(&self, change: &CellChange) -> Node {
        let mut line = self.moved(&change.cell, &change.to);
        line.push(Piece::plain(self.led_to(&change.outcome)));
        Node::new(line)
    }

    /// A cell with the value that it would have.
    fn moved(&self, cell: &InputCell, to: &Value) -> Line {
        let to = self.speaker.value(to, &cell.ty, Precision::Full);
        let from = self.speaker.value(&cell.value, &cell.ty, Precision::Full);
        let mut line = vec![Piece::plain(format!("{}: {from} → {to}", cell.title))];
        if let Some(place) = &cell.cell {
            line.push(Piece::new(format!(" – {}", self.speaker.cell_said(place)), Tone::Faint));
        }
        line
    }

    /// Who comes in and goes out, and which categories are other ones, or that none is.
    fn led_to(&self, outcome: &Outcome) -> String {
        let mut said = self.moves(outcome);
        if outcome.categories.is_empty() {
            said += &self.speaker.word("change-categories-same");
        }
        said
    }

    fn moves(&self, outcome: &Outcome) -> String {
        let mut said = String::new();
        let ids = match outcome.criterion {
            Some(_) => ["change-entering", "change-leaving"],
            None => ["change-entering-category", "change-leaving-category"],
        };
        for (others, id) in [&outcome.entering, &outcome.leaving].into_iter().zip(ids) {
            if others.count > 0 {
                let names = ("names", text(self.schools(others)));
                said += &self.speaker.say(id, &[("count", count(others.count)), names]);
            }
        }
        for (verdict, categories) in by_verdict(&outcome.categories) {
            said += &self.speaker.say("change-category", &self.categories_said(&categories, verdict));
        }
        for (category, entering, leaving) in &outcome.elsewhere {
            let found = self.rules.categories.get(category.index());
            let category = found.map_or("", |c| c.title.as_deref().unwrap_or(&c.name));
            for (others, id) in [(entering, "change-entering-other"), (leaving, "change-leaving-other")] {
                if others.count > 0 {
                    let names = ("names", text(self.schools(others)));
                    let arguments = [("count", count(others.count)), ("category", text(category)), names];
                    said += &self.speaker.say(id, &arguments);
                }
            }
        }
        said
    }

    fn categories_said(&self, categories: &[CategoryId], verdict: Verdict) -> [Said<'static>; 3] {
        let name = |category: &CategoryId| {
            let found = self.rules.categories.get(category.index());
            let name = found.map_or("", |c| c.title.as_deref().unwrap_or(&c.name));
            self.speaker.say("change-name", &[("name", text(name))])
        };
        let names: Vec<String> = categories.iter().map(name).collect();
        let verdict = ("verdict", text(self.speaker.word(category_word(verdict))));
        [("count", count(names.len())), ("names", text(names.join(", "))), verdict]
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

    /// What missing cells would settle; `category`: as a whole.
    fn settled(&self, missing: &[MissingCell], category: Option<CategoryId>, now: Verdict) -> Option<Node> {
        let id = match (category, now) {
            (None, _) => "change-to-known",
            (Some(_), Verdict::Undetermined(_)) => "change-missing-of-category",
            (Some(_), _) => "change-missing-otherwise",
        };
        let mut node = Node::new(vec![Piece::plain(self.speaker.word(id))]);
        node.children = missing.iter().map(|cell| self.missing_cell(cell, category)).collect();
        (!node.children.is_empty()).then_some(node)
    }

    fn missing_cell(&self, missing: &MissingCell, category: Option<CategoryId>) -> Node {
        let mut line = self.cell(&missing.cell);
        let leads = |leads: &Leads| self.leads(leads, category);
        let bound = |number: &Number| self.shown_number(number, &missing.cell.ty);
        let said = match &missing.settles {
            Settles::NoNumber => return Node::new(line),
            Settles::YesNo { yes, no } => {
                self.speaker.say("change-settles-truth", &[("yes", text(leads(yes))), ("no", text(leads(no)))])
            }
            Settles::Parts { parts, .. } => match parts.as_slice() {
                [] => return Node::new(line),
                [Part { leads: Leads { verdict: Verdict::Undetermined(_), categories }, .. }]
                    if categories.is_empty() =>
                {
                    self.speaker.word("change-settles-nothing")
                }
                [only] => {
                    let leads = ("leads", text(leads(&only.leads)));
                    let arguments = [("low", bound(&only.from)), ("high", bound(&only.to)), leads];
                    self.speaker.say("change-settles-whatever", &arguments)
                }
                [first, .., last] => {
                    let part = |part: &Part| {
                        let id = match part {
                            part if part.from == part.to => "change-part-only",
                            part if part.from == first.from => "change-part-first",
                            part if part.to == last.to => "change-part-last",
                            _ => "change-part",
                        };
                        let value = Value::Number(part.from.clone());
                        let value = self.speaker.value(&value, &missing.cell.ty, Precision::Full);
                        let arguments = [
                            ("value", text(value)),
                            ("from", bound(&part.from)),
                            ("to", bound(&part.to)),
                            ("leads", text(leads(&part.leads))),
                        ];
                        self.speaker.say(id, &arguments)
                    };
                    let list: Vec<String> = parts.iter().map(part).collect();
                    self.speaker.say("change-settles-parts", &[("list", text(list.join("; ")))])
                }
            },
        };
        line.push(Piece::new(said, Tone::Open));
        Node::new(line)
    }

    /// The verdict that some values lead to, with the categories that are other ones then.
    fn leads(&self, leads: &Leads, category: Option<CategoryId>) -> String {
        let mut said = match category {
            Some(own) => self.speaker.say("change-part-of-category", &self.categories_said(&[own], leads.verdict)),
            None => {
                let verdict = ("verdict", text(self.speaker.word(criterion_word(leads.verdict))));
                self.speaker.say("change-part-of-criterion", &[verdict])
            }
        };
        let mut others = leads.categories.clone();
        others.retain(|(other, _)| Some(*other) != category);
        for (verdict, categories) in by_verdict(&others) {
            said += &self.speaker.say("change-part-category", &self.categories_said(&categories, verdict));
        }
        said
    }

    fn shown_number(&self, number: &Number, kind: &Type) -> Argument {
        text(self.speaker.bound(&Value::Number(number.clone()), kind, Precision::Full))
    }
}

/// Categories with the same verdict together, in the order of the first of each.
fn by_verdict(categories: &[(CategoryId, Verdict)]) -> Vec<(Verdict, Vec<CategoryId>)> {
    let mut all: Vec<(Verdict, Vec<CategoryId>)> = Vec::new();
    for (category, verdict) in categories {
        match all.iter_mut().find(|(known, _)| category_word(*known) == category_word(*verdict)) {
            Some((_, same)) => same.push(*category),
            None => all.push((*verdict, vec![*category])),
        }
    }
    all
}
