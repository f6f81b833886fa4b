//! The schools that moved: verdicts before and after, criteria that turned with what they rested on, and the change that is
//! responsible.
//!
//! Reads both explanations; looks for no cause and compares no value itself.

use std::sync::Arc;

use super::explained::Explained;
use super::{Compared, text};
use crate::compare::{self, CategoryComparison, Causes, Mover, Side};
use crate::decision::Verdict;
use crate::explain::condition::{Detail, Node as Traced};
use crate::explain::explanation::CriterionExplanation;
use crate::explain::{Resting, deciding};
use crate::messages::{Precision, Speaker, beside};
use crate::model::expr::CompareOp;
use crate::number::Number;
use crate::report::beside;
use crate::report::deciding::value_name;
use crate::report::effects;
use crate::report::explanation::outside;
use crate::report::page::{Header, Node, Piece, Table, Tone};
use crate::report::registered;
use crate::report::words::{category_word, criterion_word};
use crate::value::{Type, Unit, Value};

/// What is said of a school that moved.
#[derive(Debug, Clone)]
pub struct Told {
    /// What the category as a whole rests on.
    pub rule: (Option<String>, Option<String>),
    /// The criteria whose verdicts changed.
    pub turned: Vec<Turned>,
}

/// A criterion whose verdict changed, before and after.
#[derive(Debug, Clone)]
pub struct Turned {
    pub number: Arc<str>,
    pub title: Option<Arc<str>>,
    pub verdicts: (Option<Verdict>, Option<Verdict>),
    /// The value and what it was held against, in a phrase.
    pub grounds: (Option<String>, Option<String>),
    pub facts: (Vec<Fact>, Vec<Fact>),
}

/// A value that decided, and what it was held against.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Empty: a formula without a name.
    pub name: String,
    pub value: Value,
    pub kind: Type,
    /// How the value must stand to the other; `None`: it is ranked, and the other is the cut-off.
    pub relation: Option<CompareOp>,
    pub against: Option<(Value, Type)>,
}

/// Reads it off both runs.
pub fn told(scenario: &Compared<'_>, category: &CategoryComparison, mover: &Mover, speaker: &Speaker) -> Told {
    let (before, after) = &scenario.sides;
    let rested = compare::rested(before, after, category, mover);
    let rule = |side: &Side<'_>, resting: &Option<Resting>| resting.as_ref().and_then(|r| rule_said(side, r, speaker));
    let turned = mover.criteria.iter().map(|(number, old, new)| {
        let found = |resting: &'_ Option<Resting>| -> Option<CriterionExplanation> {
            resting.as_ref()?.criteria.iter().find(|criterion| criterion.number == *number).cloned()
        };
        let (first, second) = (found(&rested.before), found(&rested.after));
        let title = second.as_ref().or(first.as_ref()).and_then(|criterion| criterion.title.clone());
        let ground = |side: &Side<'_>, criterion: &Option<CriterionExplanation>, facts: &[Fact]| {
            let said = speaker.ground(criterion.as_ref()?, side.rules)?;
            Some(ranked_said(said, facts, speaker))
        };
        let facts = |side: &Side<'_>, criterion: &Option<CriterionExplanation>| -> Vec<Fact> {
            let condition = criterion.as_ref().map(|criterion| &criterion.condition);
            condition.into_iter().flat_map(deciding).filter_map(|node| fact(side, node)).collect()
        };
        let facts = (facts(before, &first), facts(after, &second));
        Turned {
            number: number.clone(),
            title,
            verdicts: (*old, *new),
            grounds: (ground(before, &first, &facts.0), ground(after, &second, &facts.1)),
            facts,
        }
    });
    Told { rule: (rule(before, &rested.before), rule(after, &rested.after)), turned: turned.collect() }
}

/// The reason of a place among others says where the cut is, not what was ranked: the value stands before it.
fn ranked_said(ground: String, facts: &[Fact], speaker: &Speaker) -> String {
    let [Fact { name, value, kind, relation: None, against: Some((cut_off, _)) }] = facts else { return ground };
    let value = text(speaker.value(value, kind, Precision::beside(cut_off)));
    if name.is_empty() {
        return speaker.say("compare-ranked-unnamed", &[("value", value), ("ground", text(ground))]);
    }
    speaker.say("compare-ranked", &[("name", text(name.as_str())), ("value", value), ("ground", text(ground))])
}

/// Why the category as a whole is as it is: who is not judged and what people decided come first.
fn rule_said(side: &Side<'_>, resting: &Resting, speaker: &Speaker) -> Option<String> {
    let computed = match (resting.verdict, resting.among) {
        (Verdict::NotJudged, Some(among)) => outside(among, &resting.populations, speaker),
        (Verdict::NotJudged, None) => None,
        _ => speaker.rule_ground(&resting.rule, side.rules),
    };
    let registered = resting.registered.as_ref().map(|decision| registered::short(decision, speaker));
    match (registered, computed) {
        (Some(decided), Some(computed)) => Some(format!("{decided}; {computed}")),
        (decided, computed) => decided.or(computed),
    }
}

/// What one condition that decides compares.
fn fact(side: &Side<'_>, node: &Traced) -> Option<Fact> {
    let named = |node: &Traced| value_name(side.rules, node.expr);
    match &node.detail {
        Detail::Compare(comparison) => {
            let [left, right] = node.children.as_slice() else { return None };
            let written = |node: &Traced| matches!(node.detail, Detail::Literal | Detail::Parameter(_));
            // the threshold stands on the right, or on the left where only that is written in the rules
            let turned = written(left) && !written(right);
            let (operator, value, threshold) =
                if turned { (comparison.operator.turned(), right, left) } else { (comparison.operator, left, right) };
            Some(Fact {
                name: named(value),
                value: value.value.clone(),
                kind: beside(&value.ty, &threshold.ty).clone(),
                relation: Some(operator),
                against: Some((threshold.value.clone(), beside(&threshold.ty, &value.ty).clone())),
            })
        }
        Detail::Rank(rank) => Some(Fact {
            name: node.children.first().map_or_else(String::new, named),
            value: rank.value.clone(),
            kind: rank.value_type.clone(),
            relation: None,
            against: rank.cut_off.clone().map(|cut_off| (Value::Number(cut_off), rank.value_type.clone())),
        }),
        Detail::Cell(cell) => Some(Fact {
            name: cell.title.to_string(),
            value: node.value.clone(),
            kind: node.ty.clone(),
            relation: None,
            against: None,
        }),
        Detail::Between { .. } | Detail::OneOf { .. } | Detail::InList(_) | Detail::Status(_) => {
            let value = node.children.first()?;
            let (name, kind) = (named(value), value.ty.clone());
            Some(Fact { name, value: value.value.clone(), kind, relation: None, against: None })
        }
        _ => None,
    }
}

/// `относится`; of a side without the school or the category that it is not there.
pub fn verdict_said(verdict: Option<Verdict>, speaker: &Speaker) -> String {
    verdict.map_or_else(|| speaker.word("compare-not-there"), |verdict| speaker.word(category_word(verdict)))
}

/// `выполнен (58 % менее 60 %)`
fn side_said(verdict: Option<Verdict>, ground: Option<&String>, speaker: &Speaker) -> String {
    let word = match verdict {
        Some(verdict) => speaker.word(criterion_word(verdict)),
        None => speaker.word("compare-not-there"),
    };
    match ground {
        Some(ground) => speaker.say("compare-with-ground", &[("verdict", text(word)), ("ground", text(ground))]),
        None => word,
    }
}

impl Told {
    /// The rule before and after, then a line per criterion that turned.
    pub fn lines(&self, speaker: &Speaker) -> Vec<String> {
        let mut lines = Vec::new();
        let none = || speaker.word("compare-unsaid");
        match &self.rule {
            (before, after) if before == after => lines.extend(before.clone()),
            (before, after) => {
                let said = |side: &Option<String>| text(side.clone().unwrap_or_else(none));
                lines.push(speaker.say("compare-from-to", &[("before", said(before)), ("after", said(after))]));
            }
        }
        lines.extend(self.turned.iter().map(|turned| turned.said(speaker)));
        lines
    }
}

impl Turned {
    /// `1.2: выполнен (58 % менее 60 %) → не выполнен (58 % не менее 55 %)`
    pub fn said(&self, speaker: &Speaker) -> String {
        let (old, new) = self.verdicts;
        let arguments = [
            ("number", text(self.number.as_ref())),
            ("before", text(side_said(old, self.grounds.0.as_ref(), speaker))),
            ("after", text(side_said(new, self.grounds.1.as_ref(), speaker))),
        ];
        speaker.say("compare-criterion", &arguments)
    }
}

/// A school after the other, each with its lines.
pub(super) fn lines(
    movers: &[&Mover],
    (scenario, category): (&Compared<'_>, &CategoryComparison),
    speaker: &Speaker,
) -> Vec<Node> {
    let changes = scenario.changes.len();
    let node = |mover: &&Mover| {
        let sides = [("before", mover.verdicts.0), ("after", mover.verdicts.1)];
        let sides = sides.map(|(name, verdict)| (name, text(verdict_said(verdict, speaker))));
        let verdicts = speaker.say("compare-from-to", &sides);
        let school = Piece::new(beside::mover(mover, speaker), Tone::Strong);
        let mut lines = told(scenario, category, mover, speaker).lines(speaker);
        if let Some(causes) = mover.causes.as_ref().filter(|_| changes > 0) {
            let cause = [("cause", text(cause(causes, changes, speaker)))];
            lines.push(speaker.say("compare-mover-cause", &cause));
        }
        let effects = effects::cell(mover, speaker).text;
        if !effects.is_empty() {
            lines.push(speaker.say("effect-of-school", &[("list", text(effects))]));
        }
        Node {
            line: vec![school, Piece::plain(format!(": {verdicts}"))],
            children: lines.into_iter().map(|line| Node::new(vec![Piece::plain(line)])).collect(),
        }
    };
    movers.iter().map(node).collect()
}

/// A row per school. With links, the verdicts lead to their explanations.
pub(super) fn movers(
    movers: &[&Mover],
    (scenario, category): (&Compared<'_>, &CategoryComparison),
    explained: &Explained<'_>,
    speaker: &Speaker,
) -> Table {
    let changes = scenario.changes.len();
    let mut headers = vec![Header::text(speaker.word("registered-head-school"))];
    match explained {
        Explained::Linked(_) => headers.extend(
            ["compare-head-verdict-before", "compare-head-verdict-after"].map(|id| Header::text(speaker.word(id))),
        ),
        _ => headers.push(Header::text(speaker.word("compare-head-verdict"))),
    }
    headers.push(Header::text(speaker.word("compare-head-criteria")));
    if changes > 0 {
        headers.push(Header::text(speaker.word("compare-head-cause")));
    }
    let effects = effects::header(movers, scenario.splitting, speaker);
    let split = effects.is_some();
    headers.extend(effects);
    let row = |mover: &&Mover| {
        let (before, after) = (verdict_said(mover.verdicts.0, speaker), verdict_said(mover.verdicts.1, speaker));
        let mut cells = vec![Piece::plain(beside::mover(mover, speaker))];
        match explained {
            Explained::Linked(links) => {
                let (first, second) = links(scenario, mover);
                cells.push(Piece::linked(before, first));
                cells.push(Piece::linked(after, second));
            }
            _ => {
                let said = [("before", text(before)), ("after", text(after))];
                cells.push(Piece::plain(speaker.say("compare-from-to", &said)));
            }
        }
        cells.push(Piece::plain(told(scenario, category, mover, speaker).lines(speaker).join("\n")));
        if changes > 0 {
            cells.push(Piece::plain(
                mover.causes.as_ref().map_or(String::new(), |causes| cause(causes, changes, speaker)),
            ));
        }
        cells.extend(split.then(|| effects::cell(mover, speaker)));
        cells
    };
    Table { title: String::new(), headers, rows: movers.iter().map(row).collect() }
}

/// `изменение 1`, `изменение 1 или 2`, `только вместе 1 и 2`, and the shares where several have a part in it.
pub fn cause(causes: &Causes, changes: usize, speaker: &Speaker) -> String {
    if changes == 1 {
        return speaker.say("compare-cause-alone", &[("list", text("1"))]);
    }
    let named = |set: &Vec<usize>| -> String {
        let numbers: Vec<String> = set.iter().map(|at| (at + 1).to_string()).collect();
        numbers.join(" + ")
    };
    let alone: Vec<String> = causes.minimal.iter().filter(|set| set.len() == 1).map(named).collect();
    let together: Vec<String> = causes.minimal.iter().filter(|set| set.len() > 1).map(named).collect();
    let list = |all: &[String]| [("list", text(all.join(&speaker.word("compare-or"))))];
    let mut said = match (alone.is_empty(), together.is_empty()) {
        (false, true) => speaker.say("compare-cause-alone", &list(&alone)),
        (false, false) => {
            let all: Vec<String> = alone.into_iter().chain(together).collect();
            speaker.say("compare-cause-alone", &list(&all))
        }
        _ => speaker.say("compare-cause-together", &list(&together)),
    };
    if let Some(shares) =
        causes.shares.as_ref().filter(|shares| shares.iter().filter(|share| !share.is_zero()).count() > 1)
    {
        let one = |(at, share): (usize, &Number)| {
            let share = text(speaker.quantity(share, &Unit::Percent, Precision::Plain));
            speaker.say("compare-share", &[("number", text((at + 1).to_string())), ("share", share)])
        };
        let shown = shares.iter().enumerate().filter(|(_, share)| !share.is_zero()).map(one);
        let shares = [("list", text(shown.collect::<Vec<_>>().join(", ")))];
        said = format!("{said} {}", speaker.say("compare-shares", &shares));
    }
    said
}
