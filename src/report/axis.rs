//! The values of one number of the rules as people say them: what the number is called, a value in its unit, an interval.

use super::list::Judgement;
use crate::decision::Verdict;
use crate::diagnostic::Argument;
use crate::messages::{Precision, Speaker};
use crate::model::RuleSet;
use crate::number::Number;
use crate::threshold::{Domain, Interval, Item, Mark, Named, Side, Subject};
use crate::value::{Type, Value};

/// A number of the rules with the values that are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Axis<'a> {
    pub rules: &'a RuleSet,
    pub subject: &'a Subject,
    pub domain: &'a Domain,
    pub present: &'a Number,
    pub speaker: &'a Speaker,
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

/// What the list of a category or of a criterion is called.
pub fn list(rules: &RuleSet, item: Item, speaker: &Speaker) -> String {
    match item {
        Item::Category(id) => {
            let name = rules.categories.get(id.index()).map_or("", |category| category.name.as_ref());
            speaker.say("threshold-category", &[("name", text(name))])
        }
        Item::Criterion(id) => {
            let number = rules.criteria.get(id.index()).map_or("", |criterion| criterion.number.as_ref());
            speaker.say("threshold-criterion", &[("number", text(number))])
        }
    }
}

/// That a category does not look at some of the schools that meet its criterion; nothing where there are none.
pub fn beyond(judgement: &Judgement<'_>, item: Item, speaker: &Speaker) -> Option<String> {
    let Item::Criterion(id) = item else { return None };
    let Judgement { rules, run, .. } = judgement;
    let category = rules.criteria.get(id.index())?.category;
    let (met, judged) = (run.criteria.get(id.index())?, run.categories.get(category.index())?);
    let both = met.iter().zip(judged.iter());
    let count = both.filter(|(met, judged)| met.is_met() && **judged == Verdict::NotJudged).count();
    let name = rules.categories.get(category.index())?.name.as_ref();
    let count = Argument::Count(i64::try_from(count).ok().filter(|count| *count > 0)?);
    Some(speaker.say("threshold-not-judged", &[("count", count), ("category", text(name))]))
}

/// What a number is called.
pub fn what(rules: &RuleSet, subject: &Subject, speaker: &Speaker) -> String {
    match subject.named {
        Named::Parameter(id) => {
            let name = rules.parameters.get(id.index()).map_or("", |p| p.title.as_deref().unwrap_or(&p.name));
            speaker.say("threshold-parameter", &[("name", text(name))])
        }
        Named::Literal(id, at) => {
            let number = rules.criteria.get(id.index()).map_or("", |criterion| criterion.number.as_ref());
            speaker.say("threshold-literal", &[("number", text(number)), ("at", text(at.to_string()))])
        }
    }
}

impl Axis<'_> {
    /// A value in its unit, told from another one.
    pub fn value(&self, value: &Number, beside: Option<&Number>) -> String {
        let precision = beside.map_or(Precision::Plain, Precision::Against);
        self.speaker.quantity(value, &self.subject.unit, precision)
    }

    /// The end of an interval, with digits enough to tell it from the other end and from the present value.
    fn bound(&self, value: &Number, beside: Option<&Number>) -> String {
        let kind = Type::Number(self.subject.unit.clone());
        let others = beside.into_iter().chain([self.present]).filter(|other| *other != value);
        let precisions = std::iter::once(Precision::Plain).chain(others.map(Precision::Against));
        let said = precisions.map(|precision| self.speaker.bound(&Value::Number(value.clone()), &kind, precision));
        said.max_by_key(|text| text.chars().count()).unwrap_or_default()
    }

    /// `более 24 % и не более 25 %`
    pub fn interval(&self, interval: &Interval) -> String {
        let (low, high) = ends(interval, self.domain);
        let other = |end: &Option<End>| end.as_ref().map(|end| end.value.clone());
        match (&low, &high) {
            (None, None) => self.speaker.word("threshold-any"),
            (Some(low), Some(high)) if low.value == high.value => {
                self.speaker.say("threshold-exactly", &[("value", text(self.value(&low.value, None)))])
            }
            _ => {
                let from = low.as_ref().map(|end| {
                    let id = if end.itself { "threshold-at-least" } else { "threshold-more-than" };
                    (id, self.bound(&end.value, other(&high).as_ref()))
                });
                let to = high.as_ref().map(|end| {
                    let id = if end.itself { "threshold-at-most" } else { "threshold-less-than" };
                    (id, self.bound(&end.value, other(&low).as_ref()))
                });
                let said = |end: Option<(&'static str, String)>| end.map(|(id, value)| self.bounded(id, value));
                match (said(from), said(to)) {
                    (Some(from), Some(to)) => {
                        self.speaker.say("threshold-both", &[("from", text(from)), ("to", text(to))])
                    }
                    (Some(one), None) | (None, Some(one)) => one,
                    (None, None) => self.speaker.word("threshold-any"),
                }
            }
        }
    }

    fn bounded(&self, id: &'static str, value: String) -> String {
        let value = [("value", text(value))];
        match id {
            "threshold-at-least" => self.speaker.say("threshold-at-least", &value),
            "threshold-more-than" => self.speaker.say("threshold-more-than", &value),
            "threshold-at-most" => self.speaker.say("threshold-at-most", &value),
            _ => self.speaker.say("threshold-less-than", &value),
        }
    }

    pub fn intervals(&self, intervals: &[Interval]) -> String {
        let all: Vec<String> = intervals.iter().map(|interval| self.interval(interval)).collect();
        all.join(&self.speaker.word("threshold-or"))
    }
}

/// An end of an interval, and whether it belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    pub value: Number,
    pub itself: bool,
}

/// The ends of an interval among the values that are looked at; whole numbers have ends that belong to them.
pub fn ends(interval: &Interval, domain: &Domain) -> (Option<End>, Option<End>) {
    let inside = |value: &Option<Number>| value.clone().map(|value| End { value, itself: true });
    let low = match &interval.from {
        None => inside(&domain.low),
        Some(Mark { value, side }) => Some(End { value: value.clone(), itself: *side == Side::At }),
    };
    let high = match &interval.to {
        None => inside(&domain.high),
        Some(mark) if domain.whole => Some(End { value: mark.value.subtract(&Number::one()), itself: true }),
        Some(Mark { value, side }) => Some(End { value: value.clone(), itself: *side == Side::After }),
    };
    (low, high)
}
