//! One node of a condition as a line with the lines that led to it.
//!
//! Says values and relations; what a trace of rows, ranks and components says is in `traces`.

use std::path::Path;

use super::told::Told;
use super::{Teller, count, text, titled};
use crate::diagnostic::Argument;
use crate::explain::condition::{
    Asked, Comparison, Count, Detail, EntryMatched, InputCell, KeyTaken, Link, Margin, Membership, Node as Traced,
    ParameterName, Taken, Withheld, YearsAsked,
};
use crate::location::{CellRef, SourceId};
use crate::messages::{Precision, Speaker, beside};
use crate::model::expr::{CompareOp, ValueStatus, VerdictStatus};
use crate::report::page::{Line, Node, Piece, Tone};
use crate::report::words::{category_word, criterion_word, group_word};
use crate::value::{Reasons, Truth, Type, Value};

impl Teller<'_> {
    pub(super) fn node(&self, traced: &Traced) -> Node {
        self.node_told(traced, Told::default())
    }

    /// The same where the value is held against another one.
    pub(super) fn node_told(&self, traced: &Traced, told: Told<'_>) -> Node {
        if let (Detail::And | Detail::Or, [only]) = (&traced.detail, traced.children.as_slice()) {
            return self.node(only);
        }
        let below = |keep: &dyn Fn(&Traced) -> bool| -> Vec<Node> {
            let parts = traced.children.iter().zip(told.below(traced));
            parts.filter(|(child, _)| keep(child)).map(|(child, told)| self.node_told(child, told)).collect()
        };
        let not_literal = |child: &Traced| !is_literal(child);
        let shown = self.shown_told(&traced.value, &traced.ty, told);
        let mut children: Vec<Node> = Vec::new();
        let line = match &traced.detail {
            Detail::Literal => vec![shown],
            Detail::Parameter(parameter) => {
                let name = titled(&parameter.name, parameter.title.as_deref());
                // a plain number says no more than the parameter itself
                children = below(&not_literal);
                children.extend(self.notes(&parameter.notes));
                let mut line = self.valued("explain-parameter", name, shown);
                if let Some(before) = &parameter.replaced {
                    let before = self.speaker.value(&Value::Number(before.clone()), &traced.ty, Precision::Full);
                    line.push(Piece::new(
                        format!(" ({})", self.speaker.say("explain-replaced", &[("before", text(before))])),
                        Tone::Open,
                    ));
                }
                return Node { line, children };
            }
            Detail::Indicator(name) => {
                self.valued("explain-indicator", titled(&name.name, name.title.as_deref()), shown)
            }
            Detail::Index(name) => self.valued("explain-index", titled(&name.name, name.title.as_deref()), shown),
            Detail::Keyed { taken } => {
                let line = match taken {
                    KeyTaken::Entry(key) => {
                        let key = self.speaker.value(key, &Type::Text, Precision::Plain);
                        self.speaker.say("explain-key", &[("key", text(key))])
                    }
                    KeyTaken::Otherwise => self.speaker.word("explain-key-otherwise"),
                    KeyTaken::Nothing => self.speaker.word("explain-key-nothing"),
                };
                vec![Piece::plain(line + ": "), shown]
            }
            Detail::Cell(cell) => self.cell_told(cell, told),
            Detail::Follow(link) => self.link(link),
            Detail::Compare(comparison) => {
                children = below(&not_literal);
                return Node { line: self.comparison(comparison, traced), children };
            }
            Detail::Between { negated, low, high } => {
                children = below(&not_literal);
                return Node { line: self.between(*negated, [low.as_ref(), high.as_ref()], traced), children };
            }
            Detail::OneOf { negated, .. } => {
                children = below(&not_literal);
                return Node { line: self.one_of(*negated, traced), children };
            }
            Detail::InList(membership) => {
                children.extend(membership.other_periods.iter().map(|entry| self.entry("explain-other-period", entry)));
                self.in_list(membership, traced)
            }
            Detail::Status(status) => self.condition(self.speaker.word(status_word(*status)), traced),
            Detail::And => self.condition(self.speaker.word("explain-all-conditions"), traced),
            Detail::Or => self.condition(self.speaker.word("explain-any-condition"), traced),
            Detail::Not => self.condition(self.speaker.word("explain-negation"), traced),
            Detail::If { branches, taken } => {
                // one condition and two values: no cases to count
                let choice = *branches == 1 && traced.ty != Type::YesNo;
                let line = match taken {
                    Taken::Branch(_) if choice => self.speaker.word("explain-then"),
                    Taken::Otherwise if choice => self.speaker.word("explain-else"),
                    Taken::Branch(at) => self.speaker.say("explain-branch", &[("n", count(at + 1))]),
                    Taken::Otherwise => self.speaker.say("explain-otherwise", &[("n", count(*branches))]),
                    Taken::Undecided => self.speaker.word("explain-branch-undecided"),
                };
                match &traced.value {
                    Value::Truth(_) => self.outcome(line, traced),
                    _ => vec![Piece::plain(line + ": "), shown],
                }
            }
            Detail::Quantified(quantified) => {
                if let Some(limit) = &quantified.limit {
                    children.push(self.limit(limit, &quantified.asked));
                }
                self.quantified(quantified, traced)
            }
            Detail::Criterion(id, verdict) => {
                let criterion = self.rules.criteria.get(id.index());
                let name = criterion.map_or(String::new(), |c| self.numbered(&c.number, c.title.as_deref()));
                let mut line =
                    vec![Piece::plain(self.speaker.say("explain-criterion", &[("name", text(name))]) + ": ")];
                line.extend(self.verdict(criterion_word(*verdict), *verdict));
                line
            }
            Detail::Group(id, verdict) => {
                let group = self.rules.groups.get(id.index());
                let name = group.map_or(String::new(), |g| self.numbered(&g.number, g.title.as_deref()));
                let mut line = vec![Piece::plain(self.speaker.say("explain-group", &[("name", text(name))]) + ": ")];
                line.extend(self.verdict(group_word(*verdict), *verdict));
                line
            }
            Detail::Category(id, verdict) => {
                let name = self.rules.categories.get(id.index()).map_or("", |c| c.name.as_ref());
                let mut line = vec![Piece::plain(self.speaker.say("explain-category", &[("name", text(name))]) + ": ")];
                line.extend(self.verdict(category_word(*verdict), *verdict));
                line
            }
            Detail::CriterionStatus { criterion, verdict, asked } => {
                let number = self.rules.criteria.get(criterion.index()).map_or("", |c| c.number.as_ref());
                let asked = self.speaker.word(match asked {
                    VerdictStatus::Met => "verdict-met",
                    VerdictStatus::NotMet => "verdict-not-met",
                    VerdictStatus::Undetermined => "verdict-undetermined",
                    VerdictStatus::NotApplicable => "verdict-not-applicable",
                });
                let found = self.speaker.word(criterion_word(*verdict));
                let arguments = [("number", text(number)), ("asked", text(asked)), ("found", text(found))];
                self.condition(self.speaker.say("explain-criterion-status", &arguments), traced)
            }
            Detail::MetCount { judged: false, .. } => {
                let why = Piece::new(self.speaker.word("explain-met-count-none"), Tone::Faint);
                vec![Piece::plain(self.speaker.word("explain-met-count") + ": "), shown, why]
            }
            Detail::MetCount { .. } if matches!(traced.value, Value::Absent(_)) => {
                vec![Piece::plain(self.speaker.word("explain-met-count") + ": "), shown]
            }
            Detail::MetCount { undetermined, .. } => {
                let counts = [("of", count(traced.children.len())), ("undetermined", count(*undetermined))];
                vec![
                    Piece::plain(self.speaker.word("explain-met-count") + ": "),
                    shown,
                    Piece::new(self.speaker.say("explain-met-count-of", &counts), Tone::Faint),
                ]
            }
            Detail::Aggregate(trace) => return self.aggregate(trace, traced, shown),
            Detail::Normalise(trace) => {
                children.extend(self.notes(&trace.population.notes));
                self.normalised(trace, &traced.value, &traced.ty)
            }
            Detail::IndexValue(trace) => return self.index(trace, traced, shown),
            Detail::Rank(trace) => return self.rank(trace, traced),
            Detail::Call(function) => {
                self.valued("explain-function", titled(&function.name, function.title.as_deref()), shown)
            }
            Detail::AbsentWhen { reasons, withheld } => {
                if let (Withheld::No, [value, condition, ..]) = (withheld, traced.children.as_slice()) {
                    // what could have withheld the value is told behind it
                    let mut node = self.node_told(value, told);
                    let line = self.speaker.say("explain-not-withheld", &[("reasons", Argument::Reasons(*reasons))]);
                    let check =
                        Node { line: vec![Piece::new(line, Tone::Faint)], children: vec![self.node(condition)] };
                    node.children.push(check);
                    return node;
                }
                // a withheld value is not shown, only why it is
                let id = if *withheld == Withheld::Yes { "explain-withheld" } else { "explain-withheld-unknown" };
                let line = self.speaker.say(id, &[("reasons", Argument::Reasons(*reasons))]);
                children.extend(traced.children.last().map(|condition| self.node(condition)));
                return Node { line: vec![Piece::new(line, Tone::Open)], children };
            }
            Detail::Fallback { second_taken } => {
                let id = if *second_taken { "explain-fallback-second" } else { "explain-fallback-first" };
                vec![Piece::plain(self.speaker.word(id) + ": "), shown]
            }
            Detail::Years { quantifier, years } => self.years(quantifier, years, traced),
            Detail::MeanOfYears { years } => {
                let years = text(year_list(years));
                vec![Piece::plain(self.speaker.say("explain-mean-of-years", &[("years", years)]) + ": "), shown]
            }
            Detail::Masked => vec![self.shown(&traced.value, &traced.ty)],
            Detail::NotShown => {
                vec![Piece::new(self.speaker.word("explain-not-shown"), Tone::Faint), shown]
            }
            Detail::Negate | Detail::Absolute | Detail::Arithmetic(_) | Detail::Extreme { .. } | Detail::Round(_) => {
                let quoted = self.quoted(traced.span).unwrap_or_default();
                // a rounded value has its own sign
                let sign = if shown.text.starts_with('≈') { " " } else { " = " };
                let mut line = vec![Piece::plain(quoted + sign), shown];
                if let Detail::Round(rounding) = traced.detail {
                    let how = ("how", text(self.speaker.rounding(rounding)));
                    line.push(Piece::new(self.speaker.say("explain-rounding", &[how]), Tone::Faint));
                }
                line
            }
        };
        let formula =
            matches!(traced.detail, Detail::Negate | Detail::Arithmetic(_) | Detail::Extreme { .. } | Detail::Round(_));
        children.extend(below(&|child| !formula || !is_literal(child)));
        match &traced.detail {
            Detail::Indicator(name) => children.extend(self.notes(&name.notes)),
            Detail::Index(name) => children.extend(self.notes(&name.notes)),
            Detail::Call(name) => children.extend(self.notes(&name.notes)),
            Detail::InList(list) => children.extend(self.notes(&list.notes)),
            _ => {}
        }
        Node { line, children }
    }

    /// The parameter that says how many must be met.
    fn limit(&self, limit: &ParameterName, asked: &Asked) -> Node {
        let name = titled(&limit.name, limit.title.as_deref());
        let value = match asked {
            Asked::AtLeast(n) | Asked::AtMost(n) | Asked::Exactly(n) => self.shown(n, &Type::Text),
            Asked::Any | Asked::All | Asked::None => Piece::plain(""),
        };
        Node { line: self.valued("explain-parameter", name, value), children: self.notes(&limit.notes) }
    }

    /// A value with the tone of its absence.
    pub(super) fn shown(&self, value: &Value, kind: &Type) -> Piece {
        let tone = match value {
            Value::Absent(_) | Value::Between(..) => Tone::Open,
            Value::Truth(truth) if truth.is_unknown() => Tone::Open,
            _ => Tone::Strong,
        };
        Piece::new(self.speaker.value(value, kind, Precision::Plain), tone)
    }

    /// The same with the digits and in the unit of what it is held against.
    pub(super) fn shown_told(&self, value: &Value, kind: &Type, told: Told<'_>) -> Piece {
        let mut shown = self.shown(value, kind);
        if matches!(value, Value::Number(_)) {
            shown.text = self.speaker.value(value, told.kind(kind), told.precision());
        }
        shown
    }

    pub(super) fn valued(&self, id: &str, name: String, shown: Piece) -> Line {
        let name = self.speaker.say(id, &[("name", text(name))]);
        vec![Piece::plain(name + ": "), shown]
    }

    /// A statement and whether it holds.
    pub(super) fn condition(&self, statement: String, traced: &Traced) -> Line {
        vec![Piece::plain(statement + " – "), self.holds(&traced.value)]
    }

    fn outcome(&self, statement: String, traced: &Traced) -> Line {
        let value = match &traced.value {
            Value::Truth(_) => self.holds(&traced.value),
            value => self.shown(value, &traced.ty),
        };
        vec![Piece::plain(statement + ": "), value]
    }

    fn holds(&self, value: &Value) -> Piece {
        let truth = match value {
            Value::Truth(truth) => *truth,
            Value::Absent(reasons) => Truth::unknown(*reasons),
            _ => Truth::unknown(Reasons::NONE),
        };
        if truth.is_true() {
            Piece::new(self.speaker.word("condition-true"), Tone::Met)
        } else if truth.is_false() {
            Piece::new(self.speaker.word("condition-false"), Tone::NotMet)
        } else {
            let reasons = Argument::Reasons(truth.reasons());
            Piece::new(self.speaker.say("condition-unknown", &[("reasons", reasons)]), Tone::Open)
        }
    }

    /// `Title: value – file, cell C214`
    pub(super) fn cell(&self, cell: &InputCell) -> Line {
        self.cell_told(cell, Told::default())
    }

    fn cell_told(&self, cell: &InputCell, told: Told<'_>) -> Line {
        let mut line = vec![Piece::plain(format!("{}: ", cell.title)), self.shown_told(&cell.value, &cell.ty, told)];
        line.extend(self.printed(cell));
        if let Some(place) = &cell.cell {
            let place = self.speaker.cell_said(place);
            line.push(Piece::new(format!(" – {place}"), Tone::Faint));
        }
        line
    }

    /// What is printed in a cell that could not be used: `: «6O,1»`.
    fn printed(&self, cell: &InputCell) -> Option<Piece> {
        let printed = cell.printed.as_ref().filter(|_| matches!(cell.value, Value::Absent(_)))?;
        let quoted = self.speaker.say("quoted-text", &[("text", text(printed.as_ref()))]);
        Some(Piece::new(format!(": {quoted}"), Tone::Open))
    }

    /// The cells of one row: `Title: value; Title: value – file, row 3, columns «A», «B»`.
    pub(super) fn cells(&self, cells: &[InputCell]) -> Line {
        let mut line = Line::new();
        for (at, cell) in cells.iter().enumerate() {
            let mark = if at == 0 { "" } else { "; " };
            line.push(Piece::plain(format!("{mark}{}: ", cell.title)));
            line.push(self.shown(&cell.value, &cell.ty));
            line.extend(self.printed(cell));
            let same_row = |next: &InputCell| (next.table, next.row) == (cell.table, cell.row);
            if cells.get(at + 1).is_some_and(same_row) {
                continue;
            }
            let of_row: Vec<&CellRef> = cells.iter().filter(|c| same_row(c)).filter_map(|c| c.cell.as_ref()).collect();
            if let Some(place) = self.speaker.cells_said(&of_row) {
                line.push(Piece::new(format!(" – {place}"), Tone::Faint));
            }
        }
        line
    }

    fn link(&self, link: &Link) -> Line {
        if let Value::Absent(reasons) = link.from.value {
            let arguments = [("table", text(link.table_title.as_ref())), ("reasons", Argument::Reasons(reasons))];
            return vec![Piece::new(self.speaker.say("explain-link-empty", &arguments), Tone::Open)];
        }
        let key = self.speaker.value(&link.from.value, &Type::Text, Precision::Plain);
        let name = link.row_title.as_deref().unwrap_or(&key).to_owned();
        let id = if link.row.is_some() { "explain-link" } else { "explain-link-nowhere" };
        let arguments = [("table", text(link.table_title.as_ref())), ("name", text(name))];
        let tone = if link.row.is_some() { Tone::Plain } else { Tone::Open };
        vec![Piece::new(self.speaker.say(id, &arguments), tone)]
    }

    fn comparison(&self, comparison: &Comparison, traced: &Traced) -> Line {
        let types: Vec<&Type> = traced.children.iter().map(|c| &c.ty).collect();
        let side = |value: &Value, other: &Value, at: usize| {
            let precision = Precision::beside(other);
            let own = types.get(at).copied().unwrap_or(&Type::Text);
            let other = types.get(1 - at.min(1)).copied().unwrap_or(own);
            let equality = matches!(comparison.operator, CompareOp::Equal | CompareOp::NotEqual);
            let said = if at == 0 || equality { Speaker::quoted_value } else { Speaker::bound };
            said(self.speaker, value, beside(own, other), precision)
        };
        let relation = self.speaker.relation(comparison.operator);
        let arguments = [
            ("left", text(side(&comparison.left, &comparison.right, 0))),
            ("relation", text(relation)),
            ("right", text(side(&comparison.right, &comparison.left, 1))),
        ];
        let lacking = |value: &Value| match value {
            Value::Absent(_) => true,
            // decided when both ends agree
            Value::Between(..) => matches!(traced.value, Value::Truth(truth) if truth.is_unknown()),
            _ => false,
        };
        let absent = lacking(&comparison.left) || lacking(&comparison.right);
        let id = match &comparison.left {
            Value::Between(..) if absent => "explain-comparison-open",
            _ if absent => "explain-comparison-unknown",
            _ => "explain-comparison",
        };
        let mut line = self.condition(self.speaker.say(id, &arguments), traced);
        line.extend(comparison.margin.as_ref().map(|margin| self.margin(margin)));
        line
    }

    pub(super) fn margin(&self, margin: &Margin) -> Piece {
        self.distance(margin, "explain-short-by")
    }

    /// The same; `id` says how far a value is that is on the other side.
    pub(super) fn distance(&self, margin: &Margin, id: &'static str) -> Piece {
        if margin.on_threshold {
            return Piece::new(format!("; {}", self.speaker.word("explain-on-threshold")), Tone::Open);
        }
        let zero = crate::number::Number::zero();
        let distance = self.speaker.quantity(&margin.distance.absolute(), &margin.unit, Precision::Against(&zero));
        let id = if margin.distance.is_negative() { id } else { "explain-margin" };
        Piece::new(format!("; {}", self.speaker.say(id, &[("distance", text(distance))])), Tone::Faint)
    }

    fn between(&self, negated: bool, margins: [Option<&Margin>; 2], traced: &Traced) -> Line {
        let (value, low, high) = match traced.children.as_slice() {
            [value, low, high, ..] => (value, low, high),
            _ => return self.outcome(String::new(), traced),
        };
        // told from the end that it is nearest to
        let near = match margins {
            [Some(to_low), Some(to_high)] if to_low.distance < to_high.distance => low,
            _ => high,
        };
        let said = |shown: &Traced, other: &Traced| {
            text(self.speaker.value(&shown.value, &shown.ty, Precision::beside(&other.value)))
        };
        let bound = |end: &Traced| text(self.speaker.bound(&end.value, &end.ty, Precision::beside(&value.value)));
        let arguments = [("value", said(value, near)), ("low", bound(low)), ("high", bound(high))];
        let id = if negated { "explain-not-between" } else { "explain-between" };
        let mut line = self.condition(self.speaker.say(id, &arguments), traced);
        if let Some(margin) = margins.into_iter().flatten().min_by_key(|margin| margin.distance.absolute()) {
            let distance = if negated { margin.distance.negate() } else { margin.distance.clone() };
            line.push(self.distance(&Margin { distance, ..margin.clone() }, "explain-short-of-range"));
        }
        line
    }

    fn one_of(&self, negated: bool, traced: &Traced) -> Line {
        let mut parts = traced.children.iter().map(|c| self.speaker.quoted_value(&c.value, &c.ty, Precision::Plain));
        let value = text(parts.next().unwrap_or_default());
        let options: Vec<String> = parts.collect();
        let id = if negated { "explain-none-of" } else { "explain-one-of" };
        let arguments = [("value", value), ("options", text(self.speaker.alternatives(&options)))];
        self.condition(self.speaker.say(id, &arguments), traced)
    }

    fn in_list(&self, membership: &Membership, traced: &Traced) -> Line {
        let name = titled(&membership.name, membership.title.as_deref());
        let value = traced
            .children
            .first()
            .map_or(String::new(), |c| self.speaker.quoted_value(&c.value, &c.ty, Precision::Plain));
        let unknown = traced.children.first().is_some_and(|c| matches!(c.value, Value::Absent(_) | Value::Between(..)));
        let id = match (unknown, membership.negated) {
            (true, false) => "explain-in-list-unknown",
            (true, true) => "explain-not-in-list-unknown",
            (false, true) => "explain-not-in-list",
            (false, false) => "explain-in-list",
        };
        let mut statement = self.speaker.say(id, &[("value", text(value)), ("name", text(name))]);
        if let Some(date) = membership.date {
            statement += &self.speaker.say("explain-on-date", &[("date", text(self.speaker.date(date)))]);
        }
        let mut line = self.condition(statement, traced);
        if let Some(entry) = &membership.entry {
            line.push(Piece::new("; ".to_owned(), Tone::Faint));
            line.extend(self.entry("explain-entry", entry).line);
        }
        if let Some(source) = &membership.source {
            let source = self.speaker.say("explain-taken-entry-source", &[("source", text(source.as_ref()))]);
            line.push(Piece::new(source, Tone::Faint));
        }
        line
    }

    fn entry(&self, id: &str, entry: &EntryMatched) -> Node {
        let mut period = String::new();
        if let Some(from) = entry.from {
            period += &self.speaker.say("explain-from-date", &[("date", text(self.speaker.date(from)))]);
        }
        if let Some(to) = entry.to {
            period += &self.speaker.say("explain-to-date", &[("date", text(self.speaker.date(to)))]);
        }
        if let Some(basis) = &entry.basis {
            period += &format!(", {basis}");
        }
        if let Some(source) = self.sources.get(entry.span.source) {
            let (line, _) = source.line_column(entry.span.span.start);
            let place = [("file", text(self.beside_rules(&source.name))), ("address", text(line.to_string()))];
            period += &format!(" ({})", self.speaker.say("place-row", &place));
        }
        let arguments = [("value", text(entry.value.as_ref())), ("period", text(period))];
        Node::new(vec![Piece::new(self.speaker.say(id, &arguments), Tone::Faint)])
    }

    /// The name of a file as the rules name it: from their own folder on.
    pub(in crate::report) fn beside_rules(&self, name: &str) -> String {
        let folder = self.sources.get(SourceId(0)).and_then(|rules| Path::new(&rules.name).parent());
        folder
            .and_then(|folder| Path::new(name).strip_prefix(folder).ok())
            .unwrap_or(Path::new(name))
            .display()
            .to_string()
    }

    fn quantified(&self, quantified: &Count, traced: &Traced) -> Line {
        self.condition(self.counted(quantified), traced)
    }

    /// How many are met and how many must be.
    pub fn counted(&self, quantified: &Count) -> String {
        self.speaker.counted_of(quantified)
    }

    fn years(&self, quantifier: &YearsAsked, years: &[i64], traced: &Traced) -> Line {
        // a whole number chooses the plural form
        let number = |value: &Value| match value {
            Value::Number(n) if n.to_integer().is_some() => Argument::Count(n.to_integer().unwrap_or_default()),
            value => text(self.speaker.value(value, &Type::Text, Precision::Plain)),
        };
        let list = ("years", text(year_list(years)));
        let statement = match quantifier {
            YearsAsked::Each => self.speaker.say("explain-each-year", &[list]),
            YearsAsked::AtLeast(n) => self.speaker.say("explain-at-least-years", &[list, ("n", number(n))]),
            YearsAsked::Consecutive(n) => self.speaker.say("explain-years-in-a-row", &[list, ("n", number(n))]),
        };
        self.condition(statement, traced)
    }
}

fn is_literal(traced: &Traced) -> bool {
    matches!(traced.detail, Detail::Literal)
}

fn status_word(status: ValueStatus) -> &'static str {
    match status {
        ValueStatus::Known => "explain-is-known",
        ValueStatus::NotKnown => "explain-is-not-known",
        ValueStatus::AbsentFor(Reasons::MISSING) => "explain-is-missing",
        ValueStatus::AbsentFor(Reasons::SUPPRESSED) => "explain-is-suppressed",
        ValueStatus::AbsentFor(Reasons::INVALID) => "explain-is-invalid",
        ValueStatus::AbsentFor(_) => "explain-is-not-applicable",
    }
}

/// `2016, 2017, 2018`
pub(super) fn year_list(years: &[i64]) -> String {
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    years.join(", ")
}
