//! What a verdict rests on and what would turn it, as lines.

use super::{Teller, count, text, titled};
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::explain::changes::{
    CategoryChanges, CellChange, CriterionChanges, Leads, MissingCell, Movers, Others, Outcome, Part, Range, Settles,
    Tried, Turned, ValueChange,
};
use crate::explain::condition::{Detail, InputCell};
use crate::explain::explanation::{Asked, CategoryExplanation, School, Weight};
use crate::messages::Precision;
use crate::model::{CriterionId, RegisteredAction};
use crate::number::Number;
use crate::report::page::{Line, Node, Piece, Tone};
use crate::report::registered;
use crate::report::words::{category_word, criterion_word};
use crate::value::{Type, Unit, Value};

type Said<'a> = (&'a str, Argument);

impl Teller<'_> {
    /// The shortest sufficient reason, then what decided, then what no reason needs and what is not applicable.
    pub(super) fn weight(&self, category: &CategoryExplanation) -> Vec<Node> {
        let Some(weight) = &category.weight else { return Vec::new() };
        let mut lines = Vec::new();
        if !weight.sufficient.is_empty() {
            let list = self.by_verdict(&weight.verdicts);
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
        if !weight.inapplicable.is_empty() {
            let list = ("list", text(self.numbers(&weight.inapplicable)));
            lines.push(self.speaker.say("weight-inapplicable", &[("count", count(weight.inapplicable.len())), list]));
        }
        lines.extend(self.out_of_reach(weight, category.verdict));
        lines.into_iter().map(|line| Node::new(vec![Piece::plain(line)])).collect()
    }

    /// That no outcome of the applicable criteria makes another verdict.
    fn out_of_reach(&self, weight: &Weight, verdict: Verdict) -> Option<String> {
        weight.settled.then(|| match weight.asked.filter(|asked| asked.applicable < asked.needed) {
            Some(Asked { of, applicable, needed }) if verdict == Verdict::NotMet => {
                let arguments = [("applicable", count(applicable)), ("of", count(of)), ("needed", count(needed))];
                self.speaker.say("weight-out-of-reach", &arguments)
            }
            _ => self.speaker.word("weight-settled"),
        })
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

    fn by_verdict(&self, criteria: &[(CriterionId, Verdict)]) -> String {
        let mut parts = Vec::new();
        for (wanted, id) in [
            (Verdict::Met, "weight-met"),
            (Verdict::NotMet, "weight-not-met"),
            (Verdict::NotApplicable, "weight-not-applicable"),
        ] {
            let of: Vec<CriterionId> =
                criteria.iter().filter(|(_, verdict)| *verdict == wanted).map(|(id, _)| *id).collect();
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
        let decided = registered_code(changes.registered);
        let mut nodes = Vec::new();
        if !changes.cells.is_empty() {
            let mut node = Node::new(vec![Piece::plain(
                self.speaker.say("change-of-category", &[("registered", decided.clone())]),
            )]);
            node.children.extend(changes.cells.iter().map(|cell| self.cell_change(cell)));
            nodes.push(node);
        }
        if let Some(together) = &changes.together {
            let cells = ("count", count(together.cells.len()));
            let line = self.speaker.say("change-together", &[cells, ("registered", decided)]);
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
            line.push(self.speaker.word("change-measure"));
            nodes.push(Node::new(vec![Piece::new(line.join(". "), Tone::Faint)]));
        }
        nodes.extend(self.settled(&changes.missing, Some(changes), changes.verdict));
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
        let ids = match outcome.criterion {
            Some(_) => ["change-entering", "change-leaving", "change-held"],
            None => ["change-entering-category", "change-leaving-category", "change-held"],
        };
        let mut said = self.movers(&outcome.movers, ids, "");
        for turned in alike(&outcome.categories) {
            said += &self.speaker.say("change-category", &self.categories_said(&turned));
        }
        for (category, movers) in &outcome.elsewhere {
            let found = self.rules.categories.get(category.index());
            let category = found.map_or("", |c| c.title.as_deref().unwrap_or(&c.name));
            said +=
                &self.movers(movers, ["change-entering-other", "change-leaving-other", "change-held-other"], category);
        }
        said
    }

    /// Schools that come in, that go out, and that a decision keeps where they are.
    fn movers(&self, movers: &Movers, [entering, leaving, held]: [&'static str; 3], category: &str) -> String {
        let said = |id: &'static str, others: &Others, more: &[Said<'static>]| {
            if others.count == 0 {
                return String::new();
            }
            let names = ("names", text(self.schools(others)));
            let mut arguments = vec![("count", count(others.count)), ("category", text(category)), names];
            arguments.extend(more.iter().cloned());
            self.speaker.say(id, &arguments)
        };
        let by_decision = movers.held.iter().map(|found| {
            let way = ("way", text(if found.entering { "entering" } else { "leaving" }));
            said(held, &found.others, &[way, ("action", text(registered::code(found.registered)))])
        });
        let moving = [said(entering, &movers.entering, &[]), said(leaving, &movers.leaving, &[])];
        moving.into_iter().chain(by_decision).collect()
    }

    /// Categories with the same verdict, and the decision of people that stands all the same.
    fn categories_said(&self, categories: &[Turned]) -> [Said<'static>; 4] {
        let name = |turned: &Turned| {
            let found = self.rules.categories.get(turned.category.index());
            let name = found.map_or("", |c| c.title.as_deref().unwrap_or(&c.name));
            self.speaker.say("change-name", &[("name", text(name))])
        };
        let names: Vec<String> = categories.iter().map(name).collect();
        let first = categories.first();
        let verdict = first.map_or_else(String::new, |turned| self.speaker.word(category_word(turned.verdict)));
        let decided = first.and_then(|turned| turned.registered);
        [
            ("count", count(names.len())),
            ("names", text(names.join(", "))),
            ("verdict", text(verdict)),
            ("registered", registered_code(decided)),
        ]
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

    /// What missing cells would settle; `own`: of a category as a whole.
    fn settled(&self, missing: &[MissingCell], own: Option<&CategoryChanges>, now: Verdict) -> Option<Node> {
        let id = match (own, now) {
            (None, _) => "change-to-known",
            (Some(_), Verdict::Undetermined(_)) => "change-missing-of-category",
            (Some(_), _) => "change-missing-otherwise",
        };
        let decided = ("registered", registered_code(own.and_then(|own| own.registered)));
        let mut node = Node::new(vec![Piece::plain(self.speaker.say(id, &[decided]))]);
        node.children = missing.iter().map(|cell| self.missing_cell(cell, own)).collect();
        (!node.children.is_empty()).then_some(node)
    }

    fn missing_cell(&self, missing: &MissingCell, own: Option<&CategoryChanges>) -> Node {
        let mut line = self.cell(&missing.cell);
        let leads = |leads: &Leads| self.leads(leads, own);
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
    fn leads(&self, leads: &Leads, own: Option<&CategoryChanges>) -> String {
        let mut said = match own {
            Some(own) => {
                let turned = Turned { category: own.category, verdict: leads.verdict, registered: own.registered };
                self.speaker.say("change-part-of-category", &self.categories_said(&[turned]))
            }
            None => {
                let verdict = ("verdict", text(self.speaker.word(criterion_word(leads.verdict))));
                self.speaker.say("change-part-of-criterion", &[verdict])
            }
        };
        let mut others = leads.categories.clone();
        others.retain(|turned| Some(turned.category) != own.map(|own| own.category));
        for turned in alike(&others) {
            said += &self.speaker.say("change-part-category", &self.categories_said(&turned));
        }
        said
    }

    fn shown_number(&self, number: &Number, kind: &Type) -> Argument {
        text(self.speaker.bound(&Value::Number(number.clone()), kind, Precision::Full))
    }
}

/// `none` where people decided nothing.
fn registered_code(action: Option<RegisteredAction>) -> Argument {
    text(action.map_or("none", registered::code))
}

/// Categories with the same verdict and decision together, in the order of the first of each.
fn alike(categories: &[Turned]) -> Vec<Vec<Turned>> {
    let mut all: Vec<Vec<Turned>> = Vec::new();
    let kind = |turned: &Turned| (category_word(turned.verdict), turned.registered);
    for turned in categories {
        match all.iter_mut().find(|known| known.first().map(kind) == Some(kind(turned))) {
            Some(same) => same.push(*turned),
            None => all.push(vec![*turned]),
        }
    }
    all
}
