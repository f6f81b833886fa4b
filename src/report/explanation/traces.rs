//! What stands behind one value: rows of a table, a rank with its cut-off, an index with its components.
//!
//! Says facts that `explain` collected; long lists are cut and counted.

use super::{Teller, count, school_title, text, titled};
use crate::diagnostic::Argument;
use crate::explain::condition::{
    AggregateTrace, Floor, IndexTrace, Neighbour, Node as Traced, NormaliseTrace, PopulationName, RankStanding,
    RankTrace, RowUse, Scope, TiesTrace, TracedRow, Treatment,
};
use crate::messages::Precision;
use crate::model::expr::{AggregateFunction, NormalMethod, SmallStrataAction};
use crate::number::Number;
use crate::report::page::{Line, Node, Piece, Tone};
use crate::value::{Reasons, Type, Unit, Value};

impl Teller<'_> {
    pub(super) fn aggregate(&self, trace: &AggregateTrace, traced: &Traced) -> Node {
        let function = self.speaker.word(match trace.function {
            AggregateFunction::Mean if trace.weighted => "aggregate-weighted-mean",
            AggregateFunction::Mean => "aggregate-mean",
            AggregateFunction::Sum => "aggregate-sum",
            AggregateFunction::Count if trace.distinct => "aggregate-count-distinct",
            AggregateFunction::Count => "aggregate-count",
            AggregateFunction::Minimum => "aggregate-minimum",
            AggregateFunction::Maximum => "aggregate-maximum",
            AggregateFunction::Median => "aggregate-median",
            AggregateFunction::Share => "aggregate-share",
            AggregateFunction::Latest => "aggregate-latest",
            AggregateFunction::Quantile(_) => "aggregate-quantile",
        });
        let scope = match &trace.scope {
            Scope::School => "aggregate-of-school",
            Scope::All => "aggregate-of-all",
            Scope::Stratum { except_self: true, .. } => "aggregate-of-others",
            Scope::Stratum { .. } => "aggregate-of-stratum",
        };
        let mut statement =
            self.speaker.say(scope, &[("function", text(function)), ("table", text(trace.table_title.as_ref()))]);
        if let Some((from, to)) = trace.window {
            let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
            statement += &self.speaker.say("aggregate-window", &[("years", text(years))]);
        }
        let mut line = vec![Piece::plain(statement + ": "), self.shown(&traced.value, &traced.ty)];
        line.push(Piece::new(self.row_counts(trace), Tone::Faint));
        let mut children: Vec<Node> = Vec::new();
        for row in &trace.rows {
            children.push(Node::new(self.row(row, trace.value_type.as_ref())));
        }
        if trace.not_listed > 0 {
            let line = self.speaker.say("explain-rows-not-listed", &[("count", count(trace.not_listed))]);
            children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
        children.extend(traced.children.iter().map(|child| self.node(child)));
        Node { line, children }
    }

    fn row_counts(&self, trace: &AggregateTrace) -> String {
        let Some(used) = &trace.used else { return String::new() };
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
        ];
        for (found, id) in others {
            if found > 0 {
                said += &format!(", {}", self.speaker.say(id, &[("count", count(found))]));
            }
        }
        said
    }

    fn row(&self, row: &TracedRow, kind: Option<&Type>) -> Line {
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

    fn population_name(&self, population: &PopulationName) -> String {
        titled(&population.name, population.title.as_deref())
    }

    fn stratum(&self, keys: &[Value]) -> String {
        let keys: Vec<String> = keys.iter().map(|key| self.speaker.value(key, &Type::Text, Precision::Plain)).collect();
        if keys.is_empty() {
            return String::new();
        }
        self.speaker.say("rank-within", &[("stratum", text(keys.join("; ")))])
    }

    pub(super) fn rank(&self, trace: &RankTrace, traced: &Traced) -> Node {
        let id = match (trace.highest, trace.negated) {
            (false, false) => "rank-among-lowest",
            (true, false) => "rank-among-highest",
            (false, true) => "rank-not-among-lowest",
            (true, true) => "rank-not-among-highest",
        };
        let statement = self.speaker.say(
            id,
            &[
                ("population", text(self.population_name(&trace.population))),
                ("within", text(self.stratum(&trace.stratum))),
            ],
        );
        let mut node = Node::new(self.condition(statement, traced));
        let mut say = |line: String, tone: Tone| node.children.push(Node::new(vec![Piece::new(line, tone)]));
        let ranked = ("ranked", count(trace.ranked));
        match &trace.standing {
            RankStanding::Placed { first, last } if first == last => {
                say(self.speaker.say("rank-place", &[("place", count(*first)), ranked.clone()]), Tone::Plain);
            }
            RankStanding::Placed { first, last } => {
                let places = [("first", count(*first)), ("last", count(*last)), ranked.clone()];
                say(self.speaker.say("rank-places", &places), Tone::Plain);
            }
            RankStanding::OutsidePopulation => say(self.speaker.word("rank-outside"), Tone::Open),
            RankStanding::MembershipUnknown(reasons) | RankStanding::NoValue(reasons) => {
                say(self.speaker.say("rank-no-value", &[("reasons", Argument::Reasons(*reasons))]), Tone::Open);
            }
            RankStanding::NotRanked => say(self.speaker.word("rank-not-ranked"), Tone::Open),
        }
        say(self.quota(trace), Tone::Plain);
        if let Some(cut_off) = &trace.cut_off {
            let own = trace.nearest_to_cut().map_or(Precision::Plain, Precision::Against);
            let cut_off = self.speaker.value(&Value::Number(cut_off.clone()), &trace.value_type, own);
            let arguments =
                [("cut_off", text(cut_off)), ("selected", count(trace.selected)), ("tied", count(trace.tied_at_cut))];
            let mut line = vec![Piece::plain(self.speaker.say("rank-cut-off", &arguments))];
            match &trace.margin {
                Some(margin) if margin.on_threshold => {
                    let said = self.speaker.word("rank-on-cut");
                    line.push(Piece::new(format!("; {said}"), Tone::Open));
                }
                margin => line.extend(margin.as_ref().map(|margin| self.margin(margin))),
            }
            node.children.push(Node::new(line));
        }
        if trace.tied_at_cut > 1 {
            let id = match trace.ties {
                TiesTrace::Include => "rank-ties-include",
                TiesTrace::Exclude => "rank-ties-exclude",
                TiesTrace::BreakBy => "rank-ties-break",
            };
            node.children.push(Node::new(vec![Piece::plain(self.speaker.word(id))]));
        }
        if trace.without_value > 0 {
            let line = self.speaker.say("rank-without-value", &[("count", count(trace.without_value))]);
            node.children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
        if trace.defaulted {
            node.children.push(Node::new(vec![Piece::new(self.speaker.word("rank-defaulted"), Tone::Faint)]));
        }
        if let Some(action) = trace.small {
            let id = match action {
                SmallStrataAction::Merge => "rank-small-merge",
                SmallStrataAction::Undetermined => "rank-small-undetermined",
                SmallStrataAction::NotMet => "rank-small-not-met",
            };
            node.children.push(Node::new(vec![Piece::new(self.speaker.word(id), Tone::Open)]));
        }
        for (neighbours, id) in [(&trace.last_inside, "rank-last-inside"), (&trace.first_outside, "rank-first-outside")]
        {
            if !neighbours.is_empty() {
                let mut list = Node::new(vec![Piece::plain(self.speaker.word(id))]);
                list.children = neighbours.iter().map(|n| self.neighbour(n, trace)).collect();
                node.children.push(list);
            }
        }
        node.children.extend(traced.children.iter().map(|child| self.node(child)));
        node
    }

    fn quota(&self, trace: &RankTrace) -> String {
        let rounded = ("quota", count(trace.quota.rounded));
        match &trace.quota.share {
            None => self.speaker.say("rank-quota-count", &[rounded]),
            Some(share) => {
                let share = self.speaker.quantity(share, &Unit::Percent, Precision::Full);
                let of = trace.quota_of.as_ref().map_or_else(
                    || self.speaker.word("rank-base-ranked"),
                    |of| self.speaker.say("rank-base-of", &[("population", text(self.population_name(of)))]),
                );
                let id = if trace.quota.exact.is_integer() { "rank-quota-whole" } else { "rank-quota-share" };
                let arguments = [
                    ("share", text(share)),
                    ("base", count(trace.quota.base)),
                    ("of", text(of)),
                    ("exact", Argument::Number(trace.quota.exact.clone())),
                    rounded,
                ];
                self.speaker.say(id, &arguments)
            }
        }
    }

    fn neighbour(&self, neighbour: &Neighbour, trace: &RankTrace) -> Node {
        // told from the nearest other value that is named
        let named = trace.last_inside.iter().chain(&trace.first_outside).map(|n| &n.value).chain(&trace.cut_off);
        let distance = |other: &&Number| neighbour.value.subtract(other).absolute();
        let nearest = named.filter(|other| **other != neighbour.value).min_by_key(distance);
        let precision = nearest.map_or(Precision::Plain, Precision::Against);
        let value = self.speaker.value(&Value::Number(neighbour.value.clone()), &trace.value_type, precision);
        let arguments = [
            ("place", count(neighbour.first_place)),
            ("school", text(school_title(&neighbour.school))),
            ("value", text(value)),
        ];
        Node::new(vec![Piece::plain(self.speaker.say("rank-neighbour", &arguments))])
    }

    /// Mean, deviation and number of a standard scale.
    fn scale(&self, trace: &NormaliseTrace, id: &str) -> Option<String> {
        let scale = trace.scale.as_ref().filter(|_| matches!(trace.method, NormalMethod::Standard))?;
        let said = |number: &Number| {
            text(self.speaker.value(&Value::Number(number.clone()), &trace.raw_type, Precision::Plain))
        };
        let (mean, deviation) = (said(scale.mean.as_ref()?), said(scale.deviation.as_ref()?));
        Some(self.speaker.say(id, &[("mean", mean), ("deviation", deviation), ("count", count(scale.count))]))
    }

    pub(super) fn normalised(&self, trace: &NormaliseTrace, value: &Value, kind: &Type) -> Line {
        let method = self.speaker.word(match trace.method {
            NormalMethod::Standard => "normal-standard",
            NormalMethod::MinMax => "normal-min-max",
            NormalMethod::FixedMinMax(..) => "normal-fixed",
            NormalMethod::RankShare => "normal-rank-share",
            NormalMethod::PercentOf(_) => "normal-percent-of",
            NormalMethod::Plain => "normal-plain",
        });
        let population = format!("{}{}", self.population_name(&trace.population), self.stratum(&trace.stratum));
        let statement =
            self.speaker.say("explain-normalised", &[("method", text(method)), ("population", text(population))]);
        let mut line = vec![Piece::plain(statement + ": "), self.shown(value, kind)];
        if let Some(scale) = self.scale(trace, "normal-scale") {
            line.push(Piece::new(format!("; {scale}"), Tone::Faint));
        }
        if let Some(scale) = &trace.scale
            && let (NormalMethod::MinMax, Some(minimum), Some(maximum)) =
                (&trace.method, &scale.minimum, &scale.maximum)
        {
            let said = |number: &Number| {
                text(self.speaker.value(&Value::Number(number.clone()), &trace.raw_type, Precision::Plain))
            };
            let arguments = [("minimum", said(minimum)), ("maximum", said(maximum)), ("count", count(scale.count))];
            line.push(Piece::new(format!("; {}", self.speaker.say("normal-range", &arguments)), Tone::Faint));
        }
        if trace.reversed {
            line.push(Piece::new(format!("; {}", self.speaker.word("normal-reversed")), Tone::Faint));
        }
        line
    }

    fn floor(&self, floor: &Floor) -> String {
        let share = |number: &Number| text(self.speaker.quantity(number, &Unit::Percent, Precision::Plain));
        match floor {
            Floor::Nothing => self.speaker.word("index-floor-nothing"),
            Floor::Weight { known, needed } => {
                self.speaker.say("index-floor-weight", &[("known", share(known)), ("needed", share(needed))])
            }
            Floor::Components { known, needed } => {
                self.speaker.say("index-floor-components", &[("known", count(*known)), ("needed", count(*needed))])
            }
        }
    }

    pub(super) fn index(&self, trace: &IndexTrace, traced: &Traced) -> Node {
        let mut line = vec![Piece::plain(self.speaker.word("index-sum") + ": "), self.shown(&traced.value, &traced.ty)];
        if let Some(floor) = &trace.floor {
            line.push(Piece::new(format!("; {}", self.floor(floor)), Tone::Open));
        }
        let mut node = Node::new(line);
        for (at, component) in trace.components.iter().enumerate() {
            let counts = matches!(component.treatment, Treatment::Used | Treatment::Zero | Treatment::Median);
            // without a sum there is no weight used: the share that the rules give
            let written = component.weight_written.divide(&trace.weight_written);
            let used = component.weight_used.as_ref().filter(|_| counts).or(written.as_ref());
            let weight = used.unwrap_or(&component.weight_written);
            let arguments = [
                ("title", text(component.title.as_ref())),
                ("raw", text(self.speaker.value(&component.raw, &component.raw_type, Precision::Plain))),
                (
                    "normalised",
                    text(self.speaker.value(&component.normalised, &Type::Number(Unit::Score), Precision::Plain)),
                ),
                ("weight", text(self.speaker.fraction(weight))),
            ];
            let id = match component.treatment {
                Treatment::Used => "index-component",
                Treatment::Reweighted => "index-component-reweighted",
                Treatment::Reallocated(_) => "index-component-reallocated",
                Treatment::Zero => "index-component-zero",
                Treatment::Median => "index-component-median",
                Treatment::LeavesIndexAbsent => "index-component-required",
                Treatment::NotCounted => "index-component-absent",
            };
            let tone = if component.treatment == Treatment::Used { Tone::Plain } else { Tone::Open };
            let mut line = vec![Piece::new(self.speaker.say(id, &arguments), tone)];
            if let Some(contribution) = component.contribution.as_ref().filter(|_| counts) {
                let contribution = self.speaker.number(contribution);
                line.push(Piece::plain(self.speaker.say("index-contribution", &[("value", text(contribution))])));
            }
            if counts && written.as_ref() != Some(&component.weight_written) {
                let weights = [
                    ("written", text(self.speaker.fraction(&component.weight_written))),
                    ("whole", text(self.speaker.fraction(&trace.weight_written))),
                ];
                let said = self.speaker.say("index-weights", &weights);
                line.push(Piece::new(format!("; {said}"), Tone::Faint));
            }
            let mut child = Node::new(line);
            if let Some(normalisation) = &component.normalisation {
                child.children.push(Node::new(self.normalised(normalisation, &component.normalised, &SCORE)));
            }
            child.children.extend(traced.children.get(at).map(|raw| self.node(raw)));
            node.children.push(child);
        }
        node.children.extend(self.index_policies(trace));
        node
    }
}

/// What normalised values are.
const SCORE: Type = Type::Number(Unit::Score);
