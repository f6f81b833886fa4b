//! What stands behind one value: rows of a table, a rank with its cut-off, an index with its components.
//!
//! Says facts that `explain` collected; long lists are cut and counted.

use super::told::Told;
use super::{Teller, count, school_title, text, titled};
use crate::diagnostic::Argument;
use crate::explain::condition::{
    AggregateTrace, Floor, IndexTrace, Members, Neighbour, Node as Traced, NormaliseTrace, PopulationName,
    RankStanding, RankTrace, Scope, TieKey, TiesTrace, Treatment,
};
use crate::messages::Precision;
use crate::model::MissingPolicy;
use crate::model::expr::{AggregateFunction, NormalMethod, SmallStrataAction};
use crate::number::Number;
use crate::number::rounding::Rounding;
use crate::report::page::{Line, Node, Piece, Tone};
use crate::value::{Type, Unit, Value};

/// Groups ranked together that are named; the others are counted.
const MOST_GROUPS: usize = 12;

impl Teller<'_> {
    pub(super) fn aggregate(&self, trace: &AggregateTrace, traced: &Traced, shown: Piece) -> Node {
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
        if let Scope::Stratum { keys, .. } = &trace.scope
            && !keys.is_empty()
        {
            statement += &self.speaker.say("aggregate-group", &[("group", text(self.keys(keys, &[])))]);
        }
        if let Some(among) = &trace.among {
            statement += &self.speaker.say("aggregate-among", &[("population", text(self.population_name(among)))]);
        }
        if let Some((from, to)) = trace.window {
            let years = if from == to { from.to_string() } else { format!("{from}–{to}") };
            statement += &self.speaker.say("aggregate-window", &[("years", text(years))]);
        }
        let mut line = vec![Piece::plain(statement + ": "), shown];
        line.push(Piece::new(self.row_counts(trace), Tone::Faint));
        let mut children: Vec<Node> = trace.parameters.iter().map(|parameter| self.node(parameter)).collect();
        if let Some(among) = &trace.among {
            children.extend(self.notes(&among.notes));
        }
        children.extend(self.sources(trace));
        for unmatched in &trace.unmatched {
            let rows = ("count", count(unmatched.count));
            let line = match unmatched.span.and_then(|span| self.quoted(span)) {
                Some(condition) => self.speaker.say("rows-unmatched", &[rows, ("condition", text(condition))]),
                None => self.speaker.say("rows-outside-population", &[rows]),
            };
            children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
        if let Some(scale) = trace.rows.iter().find_map(|row| row.scale.as_ref())
            && matches!(scale.method, NormalMethod::Standard)
        {
            let mut line = self.speaker.word("normal-rows-how");
            if scale.with_excluded {
                line += &format!("; {}", self.speaker.word("normal-with-excluded"));
            }
            children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        }
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

    fn population_name(&self, population: &PopulationName) -> String {
        titled(&population.name, population.title.as_deref())
    }

    /// The keys of a group, with what they are called.
    fn keys(&self, keys: &[Value], names: &[std::sync::Arc<str>]) -> String {
        let named = keys.iter().enumerate().map(|(at, key)| {
            let key = self.speaker.value(key, &Type::Text, Precision::Plain);
            match names.get(at).filter(|name| !name.is_empty()) {
                Some(name) => format!("{name}: {key}"),
                None => key,
            }
        });
        named.collect::<Vec<_>>().join("; ")
    }

    fn stratum(&self, keys: &[Value], names: &[std::sync::Arc<str>]) -> String {
        if keys.is_empty() {
            return String::new();
        }
        self.speaker.say("rank-within", &[("stratum", text(self.keys(keys, names)))])
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
                ("within", text(self.stratum(&trace.stratum, &trace.within))),
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
            RankStanding::Masked => say(self.speaker.word("rank-masked"), Tone::Open),
            RankStanding::NotRanked => say(self.speaker.word("rank-not-ranked"), Tone::Open),
        }
        let mut quota = Node::new(vec![Piece::plain(self.quota(trace))]);
        quota.children.extend(trace.quota.parameter.iter().flat_map(|parameter| self.notes(&parameter.notes)));
        quota.children.extend(trace.quota_of.iter().flat_map(|of| self.notes(&of.notes)));
        node.children.push(quota);
        node.children.extend(trace.membership.as_ref().and_then(|members| self.members(members, trace)));
        node.children.extend(self.notes(&trace.population.notes));
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
                margin => line.extend(margin.as_ref().map(|margin| self.distance(margin, "rank-short-by"))),
            }
            node.children.push(Node::new(line));
        }
        if trace.tied_at_cut > 1 {
            let id = match trace.ties {
                TiesTrace::Include => "rank-ties-include",
                TiesTrace::Exclude if trace.selected <= trace.before_cut => "rank-ties-left-out",
                TiesTrace::Exclude => "rank-ties-exclude",
                TiesTrace::BreakBy => "rank-ties-break",
            };
            let keys = trace.tie_keys.iter().map(|key| self.tie_key(key)).collect();
            node.children.push(Node { line: vec![Piece::plain(self.speaker.word(id))], children: keys });
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
            let mut line = self.speaker.word(id);
            if !trace.together.is_empty() {
                let keys = |keys: &Vec<Value>| self.keys(keys, &[]);
                let groups: Vec<String> = trace.together.iter().take(MOST_GROUPS).map(keys).collect();
                let arguments = [("count", count(trace.together.len())), ("groups", text(groups.join(", ")))];
                line += &self.speaker.say("rank-small-together", &arguments);
                if trace.together.len() > groups.len() {
                    line +=
                        &self.speaker.say("rank-small-more", &[("count", count(trace.together.len() - groups.len()))]);
                }
            }
            node.children.push(Node::new(vec![Piece::new(line, Tone::Open)]));
        }
        for (neighbours, id) in [(&trace.last_inside, "rank-last-inside"), (&trace.first_outside, "rank-first-outside")]
        {
            if !neighbours.is_empty() {
                let mut list = Node::new(vec![Piece::plain(self.speaker.word(id))]);
                list.children = self.neighbours(neighbours, trace);
                node.children.push(list);
            }
        }
        for (neighbours, id) in [(&trace.before_own, "rank-before-own"), (&trace.after_own, "rank-after-own")] {
            if let [nearest] = neighbours.as_slice() {
                let mut line = vec![Piece::plain(self.speaker.word(id) + " ")];
                line.extend(self.neighbour(nearest, trace, 1).line);
                node.children.push(Node::new(line));
            }
        }
        let told = Told::from_cut(trace);
        node.children.extend(traced.children.iter().map(|child| self.node_told(child, told)));
        node
    }

    /// What tells schools on the cut apart, and what the school has.
    fn tie_key(&self, key: &TieKey) -> Node {
        let id = if key.highest { "rank-tie-highest" } else { "rank-tie-lowest" };
        let value = self.speaker.value(&key.value, &key.ty, Precision::Plain);
        Node::new(vec![Piece::plain(
            self.speaker.say(id, &[("name", text(self.tie_name(key))), ("value", text(value))]),
        )])
    }

    fn tie_name(&self, key: &TieKey) -> String {
        if key.name.is_empty() { self.speaker.word("rank-tie-formula") } else { key.name.to_string() }
    }

    /// How many schools the population has and who is left out of it.
    fn members(&self, members: &Members, trace: &RankTrace) -> Option<Node> {
        let name = ("name", text(self.population_name(&trace.population)));
        let line = self.speaker.say("rank-members", &[name, ("count", count(members.count))]);
        let mut node = Node::new(vec![Piece::new(line, Tone::Faint)]);
        let mut say = |line: String| node.children.push(Node::new(vec![Piece::new(line, Tone::Faint)]));
        for (basis, excluded) in &members.excluded {
            let excluded = ("count", count(*excluded));
            say(match basis {
                Some(basis) => self.speaker.say("rank-excluded", &[excluded, ("basis", text(basis.as_ref()))]),
                None => self.speaker.say("rank-excluded-unsaid", &[excluded]),
            });
        }
        for (found, id) in [(members.not_matching, "rank-outsiders"), (members.unknown, "rank-members-unknown")] {
            if found > 0 {
                say(self.speaker.say(id, &[("count", count(found))]));
            }
        }
        Some(node)
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
                let share = match &trace.quota.parameter {
                    Some(parameter) => {
                        let name = titled(&parameter.name, parameter.title.as_deref());
                        self.speaker.say("rank-share-named", &[("share", text(share)), ("name", text(name))])
                    }
                    None => share,
                };
                let how = ("how", text(self.speaker.rounding(trace.rounding)));
                let arguments = [
                    ("share", text(share)),
                    ("base", count(trace.quota.base)),
                    ("of", text(of)),
                    ("exact", Argument::Number(trace.quota.exact.clone())),
                    rounded,
                    how,
                ];
                self.speaker.say(id, &arguments)
            }
        }
    }

    /// Schools with equal values share their places; where not all of them are named, the last says so.
    fn neighbours(&self, neighbours: &[Neighbour], trace: &RankTrace) -> Vec<Node> {
        let with_place = |place: usize| neighbours.iter().filter(move |n| n.first_place == place).count();
        let last =
            |at: usize, n: &Neighbour| neighbours.get(at + 1).is_none_or(|next| next.first_place != n.first_place);
        let said = neighbours.iter().enumerate().map(|(at, n)| {
            let named = if last(at, n) { with_place(n.first_place) } else { usize::MAX };
            self.neighbour(n, trace, named)
        });
        said.collect()
    }

    /// `named`: how many schools of its value are named.
    fn neighbour(&self, neighbour: &Neighbour, trace: &RankTrace, named: usize) -> Node {
        let (below, above) = trace.nearest_named(neighbour);
        let precision = Precision::amid(below, above);
        let value = self.speaker.value(&Value::Number(neighbour.value.clone()), &trace.value_type, precision);
        let Neighbour { first_place, last_place, .. } = *neighbour;
        let places =
            if first_place == last_place { first_place.to_string() } else { format!("{first_place}–{last_place}") };
        let arguments =
            [("place", text(places)), ("school", text(school_title(&neighbour.school))), ("value", text(value))];
        let mut line = vec![Piece::plain(self.speaker.say("rank-neighbour", &arguments))];
        for (key, value) in trace.tie_keys.iter().zip(&neighbour.tie) {
            let value = self.speaker.value(value, &key.ty, Precision::Plain);
            let arguments = [("name", text(self.tie_name(key))), ("value", text(value))];
            line.push(Piece::plain(self.speaker.say("rank-neighbour-tie", &arguments)));
        }
        if let Some(more @ 1..) = trace.alike(neighbour).checked_sub(named) {
            let more = self.speaker.say("rank-neighbour-more", &[("count", count(more))]);
            line.push(Piece::new(more, Tone::Faint));
        }
        Node::new(line)
    }

    /// Mean, deviation and number of a standard scale.
    pub(super) fn scale(&self, trace: &NormaliseTrace, id: &str) -> Option<String> {
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
        let population =
            format!("{}{}", self.population_name(&trace.population), self.stratum(&trace.stratum, &trace.within));
        let statement =
            self.speaker.say("explain-normalised", &[("method", text(method)), ("population", text(population))]);
        let mut line = vec![Piece::plain(statement + ": "), self.shown(value, kind)];
        if let Some(scale) = self.scale(trace, "normal-scale") {
            line.push(Piece::new(format!("; {scale}"), Tone::Faint));
        }
        if trace.with_excluded {
            line.push(Piece::new(format!("; {}", self.speaker.word("normal-with-excluded")), Tone::Faint));
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
        if let Some((place, of)) = place_behind(trace, value) {
            let arguments = [("place", text(self.speaker.number(&place))), ("count", count(of))];
            line.push(Piece::new(format!("; {}", self.speaker.say("normal-place", &arguments)), Tone::Faint));
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

    /// What the rules say of absent components.
    fn policy(&self, policy: &MissingPolicy, trace: &IndexTrace) -> Node {
        let title = |at: &usize| trace.components.get(*at).map_or(String::new(), |c| c.title.to_string());
        let line = match policy {
            MissingPolicy::Reweight { least_weight: None, least_components: None } => {
                self.speaker.word("index-policy-reweight")
            }
            MissingPolicy::Reweight { least_weight: Some(least), .. } => {
                let least = text(self.speaker.quantity(least, &Unit::Percent, Precision::Full));
                self.speaker.say("index-policy-reweight-weight", &[("least", least)])
            }
            MissingPolicy::Reweight { least_components: Some(least), .. } => {
                let least = usize::try_from(*least).unwrap_or(usize::MAX);
                self.speaker.say("index-policy-reweight-components", &[("least", count(least))])
            }
            MissingPolicy::Reallocate { from, to } => {
                let titles: Vec<String> = to.iter().map(title).collect();
                let arguments = [("from", text(title(from))), ("to", text(self.speaker.list(&titles)))];
                self.speaker.say("index-policy-reallocate", &arguments)
            }
            MissingPolicy::Required => self.speaker.word("index-policy-required"),
            MissingPolicy::Zero => self.speaker.word("index-policy-zero"),
            MissingPolicy::Median => self.speaker.word("index-policy-median"),
        };
        Node::new(vec![Piece::new(line, Tone::Faint)])
    }

    pub(super) fn index(&self, trace: &IndexTrace, traced: &Traced, shown: Piece) -> Node {
        let mut line = vec![Piece::plain(self.speaker.word("index-sum") + ": ")];
        match (&trace.round, &trace.sum) {
            (Some((rounding, step)), Some(sum)) => {
                let rounded = Precision::beside(&traced.value);
                line.push(Piece::plain(self.speaker.quantity(sum, &Unit::Score, rounded)));
                let how = match rounding {
                    Rounding::HalfUp => self.speaker.word("rounding-half-away"),
                    other => self.speaker.rounding(*other),
                };
                let arguments = [("step", text(self.speaker.number(step))), ("how", text(how))];
                line.push(Piece::new(self.speaker.say("index-rounded", &arguments), Tone::Faint));
                line.push(shown);
            }
            _ => line.push(shown),
        }
        if let Some(floor) = &trace.floor {
            line.push(Piece::new(format!("; {}", self.floor(floor)), Tone::Open));
        }
        let mut node = Node::new(line);
        if trace.components.iter().any(|component| component.treatment != Treatment::Used) {
            node.children.extend(trace.policies.iter().map(|policy| self.policy(policy, trace)));
        }
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
                child.children.extend(self.notes(&normalisation.population.notes));
            }
            child.children.extend(traced.children.get(at).map(|raw| self.node(raw)));
            match (&component.block, trace.components.get(at.wrapping_sub(1)).map(|before| &before.block)) {
                (Some(block), before) if before != Some(&component.block) => {
                    let line = self.speaker.say("index-block", &[("title", text(block.as_ref()))]);
                    node.children.push(Node { line: vec![Piece::plain(line)], children: vec![child] });
                }
                (Some(_), _) => {
                    if let Some(of_block) = node.children.last_mut() {
                        of_block.children.push(child);
                    }
                }
                (None, _) => node.children.push(child),
            }
        }
        node
    }
}

/// The place that a share of places stands for, from the smallest value, and among how many; equal values have the mean of theirs.
fn place_behind(trace: &NormaliseTrace, value: &Value) -> Option<(Number, usize)> {
    let (NormalMethod::RankShare, Some(scale), Value::Number(share)) = (&trace.method, &trace.scale, value) else {
        return None;
    };
    let one = Number::from_integer(1);
    let share = if trace.reversed { one.subtract(share) } else { share.clone() };
    let others = Number::from_integer(i64::try_from(scale.count.checked_sub(1)?).ok()?);
    let place = share.multiply(&others).add(&one);
    // a row outside the population stands between two places
    place.multiply(&Number::from_integer(2)).is_integer().then_some((place, scale.count))
}

/// What normalised values are.
const SCORE: Type = Type::Number(Unit::Score);
