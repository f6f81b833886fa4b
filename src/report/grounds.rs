//! Why a condition holds, in a few words for a list: what its value was held against. `менее 60 %`, `в списке «Моногорода»`.
//!
//! Reads thresholds, cut-offs and the truth of parts off the run; the whole account of a decision is its explanation.

use std::borrow::Cow;

use super::deciding;
use super::decimal::DIGITS;
use super::list::{Cell, Judgement, value_at};
use super::outside::Outside;
use super::words::{category_word, criterion_word, group_word};
use crate::decision::{Facts, RowColumn, StepColumn, Verdict};
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker, beside};
use crate::model::expr::{CompareOp, ExprId, ExprKind, VerdictStatus};
use crate::model::{Criterion, MissingData, PopulationOrTable};
use crate::number::Number;
use crate::number::rounding::{Rounding, round_to_multiple};
use crate::value::{Reasons, Truth, Type, Value};

/// Depth of conditions within conditions that is told.
const MOST_DEPTH: usize = 16;

/// The words of one condition, ready for every row.
#[derive(Debug)]
pub enum Ground<'a> {
    /// The value says it all.
    Nothing,
    /// The same for every row.
    Said(Words),
    /// The verdict of another rule; no value beside it tells that.
    Referred(Words),
    /// The threshold differs from row to row.
    Against {
        operator: CompareOp,
        threshold: &'a StepColumn,
        kind: Type,
    },
    /// One stratum has one cut-off.
    ByStratum {
        of_row: &'a [u32],
        said: Vec<Words>,
    },
    /// A part of a population: a school outside it is not compared.
    Among(Box<Ground<'a>>, Outside<'a>),
    /// Several conditions: those that agree with the whole.
    Parts(Parts<'a>),
    /// The branch whose condition is the first that holds.
    Branches(Vec<(&'a StepColumn, Ground<'a>)>, Box<Ground<'a>>),
    Not(Box<Ground<'a>>),
    /// Where the condition is unknown, what the rules make of that.
    Policy {
        truth: &'a StepColumn,
        policy: MissingData,
        /// For each set of reasons, by its bits.
        said: Vec<String>,
        known: Box<Ground<'a>>,
    },
}

/// What is said when a condition holds and when it does not.
#[derive(Debug, Clone, Default)]
pub struct Words {
    holds: String,
    fails: String,
}

/// The conditions that another one is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    all: Vec<Part<'a>>,
    /// What is said of every choice of a few parts that say the same in every row; the n-th part is the n-th bit.
    ready: Option<Vec<Words>>,
}

#[derive(Debug)]
pub struct Part<'a> {
    name: String,
    truth: &'a StepColumn,
    ground: Ground<'a>,
}

impl<'a> Ground<'a> {
    pub fn new(judgement: &Judgement<'a>, criterion: &Criterion, speaker: &Speaker) -> Ground<'a> {
        let known = Ground::at(judgement, criterion.condition, speaker, 0);
        match (criterion.on_missing, judgement.column(criterion.condition)) {
            (policy @ (MissingData::Met | MissingData::NotMet), Some(truth)) => {
                let id = if policy == MissingData::Met { "ground-policy-met" } else { "ground-policy-not-met" };
                let say = |bits| speaker.say(id, &[("reasons", Argument::Reasons(Reasons(bits)))]);
                Ground::Policy { truth, policy, said: (0..=Reasons::ALL.0).map(say).collect(), known: Box::new(known) }
            }
            _ => known,
        }
    }

    fn at(judgement: &Judgement<'a>, id: ExprId, speaker: &Speaker, depth: usize) -> Ground<'a> {
        let Some(expr) = judgement.rules.expr(id).filter(|_| depth < MOST_DEPTH) else { return Ground::Nothing };
        let below = |id: ExprId| Ground::at(judgement, id, speaker, depth + 1);
        let shown = |id: ExprId, kind: &Type| match judgement.constant(id) {
            Some(Value::Absent(_)) | None => None,
            Some(value) => Some(bound(&value, kind, speaker)),
        };
        match &expr.kind {
            ExprKind::Compare(..) => Threshold::of(judgement, id).ground(speaker),
            ExprKind::InCut(cut) => {
                let ground = Threshold::of(judgement, id).ground(speaker);
                let outside = match cut.among {
                    PopulationOrTable::Population(id) if !cut.negated => Outside::new(judgement, id, speaker),
                    _ => None,
                };
                match outside {
                    Some(outside) => Ground::Among(Box::new(ground), outside),
                    None => ground,
                }
            }
            ExprKind::Between { value, low, high, negated } => {
                let kind = judgement.rules.expr(*value).map_or(Type::Text, |e| e.ty.clone());
                let (Some(low), Some(high)) = (shown(*low, &kind), shown(*high, &kind)) else { return Ground::Nothing };
                let ends = [("low", Argument::Text(low)), ("high", Argument::Text(high))];
                let words = Words {
                    holds: speaker.say("ground-between", &ends),
                    fails: speaker.say("ground-not-between", &ends),
                };
                Ground::Said(words.turned(*negated))
            }
            ExprKind::OneOf { value, options, negated } => {
                let kind = judgement.rules.expr(*value).map_or(Type::Text, |e| e.ty.clone());
                let options: Option<Vec<String>> = options.iter().map(|option| shown(*option, &kind)).collect();
                let Some(options) = options else { return Ground::Nothing };
                let options = [("options", Argument::Text(options.join(", ")))];
                let words = Words {
                    holds: speaker.say("ground-one-of", &options),
                    fails: speaker.say("ground-none-of", &options),
                };
                Ground::Said(words.turned(*negated))
            }
            ExprKind::InList { list, negated, .. } => {
                let list = judgement.rules.lists.get(list.index());
                let name = list.map_or("", |l| l.title.as_deref().unwrap_or(&l.name));
                let name = [("name", Argument::Text(name.to_owned()))];
                let words = Words {
                    holds: speaker.say("ground-in-list", &name),
                    fails: speaker.say("ground-not-in-list", &name),
                };
                Ground::Said(words.turned(*negated))
            }
            ExprKind::Criterion(id) | ExprKind::CriterionStatus(id, VerdictStatus::Met) => {
                let name = judgement.rules.criteria.get(id.index()).map_or("", |c| c.number.as_ref());
                let say = |verdict| [("name", named(name)), ("verdict", named(&speaker.word(criterion_word(verdict))))];
                referred(|verdict| speaker.say("ground-criterion", &say(verdict)))
            }
            ExprKind::Group(id) => {
                let name = judgement.rules.groups.get(id.index()).map_or("", |g| g.number.as_ref());
                let say = |verdict| [("name", named(name)), ("verdict", named(&speaker.word(group_word(verdict))))];
                referred(|verdict| speaker.say("ground-group", &say(verdict)))
            }
            ExprKind::Category(id) => {
                let name = judgement.rules.categories.get(id.index()).map_or("", |c| c.name.as_ref());
                let say = |verdict| [("name", named(name)), ("verdict", named(&speaker.word(category_word(verdict))))];
                referred(|verdict| speaker.say("ground-category", &say(verdict)))
            }
            ExprKind::Not(inner) => Ground::Not(Box::new(below(*inner))),
            ExprKind::AbsentWhen { value, .. } => below(*value),
            ExprKind::And(items) | ExprKind::Or(items) | ExprKind::Quantified { items, .. } => {
                let part = |item: &ExprId| {
                    let name = deciding::title(judgement.rules, *item);
                    let ground = match (below(*item), judgement.rules.expr(*item).map(|e| &e.kind)) {
                        (Ground::Nothing, Some(ExprKind::Column(..) | ExprKind::Follow { .. })) => {
                            let say = |truth| speaker.truth(Truth::from_bool(truth));
                            Ground::Said(Words { holds: say(true), fails: say(false) })
                        }
                        (ground, _) => ground,
                    };
                    Some(Part { name, truth: judgement.column(*item)?, ground })
                };
                Ground::Parts(Parts::new(items.iter().filter_map(part).collect()))
            }
            ExprKind::If { branches, otherwise } => {
                // which of the values was compared depends on the case
                let below = |then: ExprId| match (deciding::title(judgement.rules, then), judgement.column(then)) {
                    (name, Some(truth)) if !name.is_empty() => {
                        Ground::Parts(Parts::new(vec![Part { name, truth, ground: below(then) }]))
                    }
                    _ => below(then),
                };
                let branch = |(when, then): &(ExprId, ExprId)| Some((judgement.column(*when)?, below(*then)));
                match branches.iter().map(branch).collect::<Option<Vec<_>>>() {
                    Some(branches) => Ground::Branches(branches, Box::new(below(*otherwise))),
                    None => Ground::Nothing,
                }
            }
            _ => Ground::Nothing,
        }
    }

    /// The words for every row, where they are the same.
    pub fn same(&self, holds: bool) -> Option<&str> {
        match self {
            Ground::Nothing => Some(""),
            Ground::Said(words) | Ground::Referred(words) => Some(words.of(holds)),
            Ground::Policy { known, policy, .. } if holds && *policy != MissingData::Met => known.same(true),
            Ground::Among(ground, _) if holds => ground.same(true),
            _ => None,
        }
    }

    /// The words for one row; empty where there is nothing to add to the value.
    pub fn words(&self, row: usize, holds: bool, speaker: &Speaker) -> Cow<'_, str> {
        match self {
            Ground::Nothing => Cow::Borrowed(""),
            Ground::Said(words) | Ground::Referred(words) => Cow::Borrowed(words.of(holds)),
            Ground::Against { operator, threshold, kind } => match value_at(threshold, row) {
                Some(value) if !matches!(value, Value::Absent(_)) => {
                    let operator = if holds { *operator } else { operator.opposite() };
                    Cow::Owned(against(operator, &value, kind, speaker))
                }
                _ => Cow::Borrowed(""),
            },
            Ground::ByStratum { of_row, said } => {
                let stratum = of_row.get(row).and_then(|s| usize::try_from(*s).ok());
                Cow::Borrowed(stratum.and_then(|s| said.get(s)).map_or("", |words| words.of(holds)))
            }
            Ground::Among(ground, outside) => match outside.words(row).filter(|_| !holds) {
                Some(words) => Cow::Borrowed(words),
                None => ground.words(row, holds, speaker),
            },
            Ground::Parts(parts) => parts.words(row, holds, speaker),
            Ground::Branches(branches, otherwise) => {
                let branch = branches.iter().find(|(when, _)| truth(when, row) != Some(false));
                match branch {
                    Some((when, ground)) if truth(when, row) == Some(true) => ground.words(row, holds, speaker),
                    Some(_) => Cow::Borrowed(""),
                    None => otherwise.words(row, holds, speaker),
                }
            }
            Ground::Not(inner) => inner.words(row, !holds, speaker),
            Ground::Policy { known, .. } => match self.by_policy(row) {
                Some(said) => Cow::Borrowed(said),
                None => known.words(row, holds, speaker),
            },
        }
    }

    /// What the rules make of data that are lacking, where that made the verdict.
    pub fn by_policy(&self, row: usize) -> Option<&str> {
        let Ground::Policy { truth, said, .. } = self else { return None };
        let reasons = match truth {
            StepColumn::Rows(RowColumn::Truths(truths)) => {
                Some(Truth(*truths.get(row)?)).filter(|truth| truth.is_unknown())?.reasons()
            }
            column => match Cell::of(column, row) {
                Cell::Absent(reasons) => reasons,
                _ => return None,
            },
        };
        // what cannot exist for the school is no missing datum
        if reasons == Reasons::NOT_APPLICABLE {
            return None;
        }
        said.get(usize::from(reasons.0)).map(String::as_str)
    }

    /// The words for a row of which the condition does not hold, where the value beside them does not tell it: of
    /// conditions of several parts, references and policies.
    pub fn failing(&self, row: usize, speaker: &Speaker) -> Option<Cow<'_, str>> {
        let words = match self {
            Ground::Among(_, outside) => return outside.words(row).map(Cow::Borrowed),
            Ground::Policy { known, .. } => {
                return self.by_policy(row).map(Cow::Borrowed).or_else(|| known.failing(row, speaker));
            }
            Ground::Parts(_) | Ground::Branches(..) | Ground::Not(_) | Ground::Referred(_) => {
                self.words(row, false, speaker)
            }
            Ground::Nothing | Ground::Said(_) | Ground::Against { .. } | Ground::ByStratum { .. } => return None,
        };
        (!words.is_empty()).then_some(words)
    }
}

/// So many parts have all their choices ready.
const MOST_READY: usize = 6;

impl<'a> Parts<'a> {
    fn new(all: Vec<Part<'a>>) -> Parts<'a> {
        let fixed = |holds| {
            let words = all.iter().map(|part| part.ground.same(holds).map(|words| part.said(words)));
            words.collect::<Option<Vec<String>>>()
        };
        let ready = match (fixed(true), fixed(false)) {
            (Some(holds), Some(fails)) if all.len() <= MOST_READY => {
                let chosen = |texts: &[String], choice: usize| {
                    let taken = texts.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
                    joined(taken.map(|(_, text)| text.as_str()))
                };
                let choices = 0..1 << all.len();
                Some(choices.map(|c| Words { holds: chosen(&holds, c), fails: chosen(&fails, c) }).collect())
            }
            _ => None,
        };
        Parts { all, ready }
    }

    /// Of the parts that agree with the whole.
    fn words(&self, row: usize, holds: bool, speaker: &Speaker) -> Cow<'_, str> {
        let agrees = |part: &Part<'_>| truth(part.truth, row) == Some(holds);
        if let Some(ready) = &self.ready {
            let bits = self.all.iter().enumerate().map(|(at, part)| usize::from(agrees(part)) << at);
            return Cow::Borrowed(ready.get(bits.sum::<usize>()).map_or("", |words| words.of(holds)));
        }
        let agreeing = self.all.iter().filter(|part| agrees(part));
        let said: Vec<String> = agreeing.map(|part| part.said(&part.ground.words(row, holds, speaker))).collect();
        Cow::Owned(joined(said.iter().map(String::as_str)))
    }
}

impl Part<'_> {
    fn said(&self, words: &str) -> String {
        match (self.name.is_empty(), words.is_empty()) {
            (true, _) => words.to_owned(),
            (false, true) => self.name.clone(),
            // a part that is one condition itself has its name already
            (false, false) if words.starts_with(&format!("{}: ", self.name)) => words.to_owned(),
            (false, false) => format!("{}: {words}", self.name),
        }
    }
}

fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

fn named(text: &str) -> Argument {
    Argument::Text(text.to_owned())
}

/// What a reference to another rule says.
fn referred<'a>(say: impl Fn(Verdict) -> String) -> Ground<'a> {
    Ground::Referred(Words { holds: say(Verdict::Met), fails: say(Verdict::NotMet) })
}

impl Words {
    fn turned(self, negated: bool) -> Words {
        if negated { Words { holds: self.fails, fails: self.holds } } else { self }
    }

    fn of(&self, holds: bool) -> &str {
        if holds { &self.holds } else { &self.fails }
    }
}

/// What a condition of one value holds it against.
#[derive(Debug)]
pub enum Threshold<'a> {
    /// Another kind of condition.
    None,
    Same {
        operator: CompareOp,
        value: Value,
        kind: Type,
    },
    PerRow {
        operator: CompareOp,
        column: &'a StepColumn,
        kind: Type,
    },
    /// The cut-off of each stratum, and the stratum of each row (absent: all in the first).
    Cut {
        highest: bool,
        negated: bool,
        of_row: Option<&'a [u32]>,
        cut_offs: Vec<Option<Number>>,
        kind: Type,
    },
}

impl<'a> Threshold<'a> {
    pub fn of(judgement: &Judgement<'a>, condition: ExprId) -> Threshold<'a> {
        let ty = |id: ExprId| judgement.rules.expr(id).map_or(Type::Text, |e| e.ty.clone());
        match judgement.rules.expr(condition).map(|e| &e.kind) {
            Some(ExprKind::AbsentWhen { value, .. }) => Threshold::of(judgement, *value),
            Some(ExprKind::Compare(operator, left, right)) => {
                // the threshold stands on the right, or on the left where only that is the same for all
                let turned = judgement.is_constant(*left) && !judgement.is_constant(*right);
                let (operator, value, threshold) =
                    if turned { (operator.turned(), *right, *left) } else { (*operator, *left, *right) };
                let kind = beside(&ty(threshold), &ty(value)).clone();
                match (judgement.constant(threshold), judgement.column(threshold)) {
                    (Some(Value::Absent(_)), _) | (None, None) => Threshold::None,
                    (Some(value), _) => Threshold::Same { operator, value, kind },
                    (None, Some(column)) => Threshold::PerRow { operator, column, kind },
                }
            }
            Some(ExprKind::InCut(cut)) => match judgement.facts(condition) {
                Some(Facts::Cut(facts)) => Threshold::Cut {
                    highest: cut.highest,
                    negated: cut.negated,
                    of_row: facts.strata.of_row.as_ref().map(|of_row| of_row.as_slice()),
                    cut_offs: facts.cuts.iter().map(|stratum| stratum.cut_off.clone()).collect(),
                    kind: ty(cut.value),
                },
                _ => Threshold::None,
            },
            _ => Threshold::None,
        }
    }

    fn ground(self, speaker: &Speaker) -> Ground<'a> {
        match self {
            Threshold::None => Ground::Nothing,
            Threshold::Same { operator, value, kind } => {
                let say = |operator| against(operator, &value, &kind, speaker);
                Ground::Said(Words { holds: say(operator), fails: say(operator.opposite()) })
            }
            Threshold::PerRow { operator, column, kind } => Ground::Against { operator, threshold: column, kind },
            Threshold::Cut { highest, negated, of_row, cut_offs, kind } => {
                // a value at the cut-off may be outside: there only the cut-off is named
                let within = if highest { "ground-cut-highest" } else { "ground-cut-lowest" };
                let words = cut_offs.into_iter().map(|cut_off| {
                    let Some(cut_off) = cut_off else { return Words::default() };
                    let cut_off = [("cut_off", Argument::Text(bound(&Value::Number(cut_off), &kind, speaker)))];
                    let (holds, fails) = (speaker.say(within, &cut_off), speaker.say("reason-cut-off", &cut_off));
                    Words { holds, fails }.turned(negated)
                });
                let mut said: Vec<Words> = words.collect();
                match of_row {
                    Some(of_row) => Ground::ByStratum { of_row, said },
                    None => said.pop().map_or(Ground::Nothing, Ground::Said),
                }
            }
        }
    }
}

/// `менее 60 %`, `ровно 0 человек`, `«лицей»`.
fn against(operator: CompareOp, value: &Value, kind: &Type, speaker: &Speaker) -> String {
    let equality = match operator {
        CompareOp::Equal if matches!(value, Value::Number(_)) => "ground-equal",
        CompareOp::Equal => return speaker.quoted_value(value, kind, Precision::Full),
        CompareOp::NotEqual => "ground-not-equal",
        _ => return format!("{} {}", speaker.relation(operator), bound(value, kind, speaker)),
    };
    let said = speaker.quoted_value(&as_listed(value, kind), kind, Precision::Full);
    speaker.say(equality, &[("value", Argument::Text(said))])
}

fn bound(value: &Value, kind: &Type, speaker: &Speaker) -> String {
    speaker.bound(&as_listed(value, kind), kind, Precision::Full)
}

/// A number with the digits that it has in a list.
pub fn as_listed(value: &Value, kind: &Type) -> Value {
    match (value, kind) {
        (Value::Number(number), Type::Number(unit)) => {
            let factor = Number::from_integer(unit.shown_factor());
            let step = Number::ratio(1, 10i128.pow(DIGITS)).and_then(|step| step.divide(&factor));
            let rounded = step.and_then(|step| round_to_multiple(number, &step, Rounding::HalfUp));
            Value::Number(rounded.unwrap_or_else(|| number.clone()))
        }
        (value, _) => value.clone(),
    }
}

fn truth(column: &StepColumn, row: usize) -> Option<bool> {
    if let StepColumn::Rows(RowColumn::Truths(truths)) = column {
        return truths.get(row).map(|truth| Truth(*truth)).filter(|truth| !truth.is_unknown()).map(Truth::is_true);
    }
    match Cell::of(column, row) {
        Cell::Truth(truth) => Some(truth),
        _ => None,
    }
}
