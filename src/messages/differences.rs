//! How a declaration that differs between two rule sets is told.

use super::Speaker;
use crate::diagnostic::Argument;
use crate::language::Language;
use crate::scenario::difference::{Difference, How, What};

impl Speaker {
    /// What kind of declaration it is, and its name.
    pub fn difference_name(&self, difference: &Difference) -> String {
        let arguments = [("what", word(difference.what)), ("name", difference.name.clone())];
        self.say("difference-name", &arguments.map(|(name, text)| (name, Argument::Text(text))))
    }

    /// Which declaration, and whether it is there on both sides.
    pub fn difference_in_short(&self, difference: &Difference) -> String {
        let name = self.difference_name(difference);
        let named = [("name", Argument::Text(name.clone()))];
        match difference.how {
            How::Changed | How::Renumbered => name,
            How::Added => self.say("difference-added", &named),
            How::Removed => self.say("difference-removed", &named),
        }
    }

    /// `критерий 1.2: если доля менее 60 % → если доля менее 55 %`
    pub fn difference(&self, difference: &Difference) -> String {
        let of = |texts: &[String; 2]| -> String {
            let [russian, english] = texts;
            match self.language() {
                Language::Russian => russian.clone(),
                Language::English => english.clone(),
            }
        };
        let (before, after) = (of(&difference.before), of(&difference.after));
        let named = |texts: &[(&'static str, String)]| {
            let name = ("name", Argument::Text(self.difference_name(difference)));
            let more = texts.iter().map(|(name, text)| (*name, Argument::Text(text.clone())));
            std::iter::once(name).chain(more).collect::<Vec<_>>()
        };
        match (difference.how, before.is_empty(), after.is_empty()) {
            (How::Renumbered, ..) => self.say("difference-renumbered", &named(&[("after", after)])),
            (How::Removed, ..) => self.say("difference-removed", &named(&[])),
            (How::Added, _, true) => self.say("difference-added", &named(&[])),
            (How::Added, _, false) => self.say("difference-added-as", &named(&[("after", after)])),
            (How::Changed, false, false) => {
                self.say("difference-changed", &named(&[("before", before), ("after", after)]))
            }
            (How::Changed, true, false) => self.say("difference-more", &named(&[("after", after)])),
            (How::Changed, false, true) => self.say("difference-less", &named(&[("before", before)])),
            (How::Changed, true, true) => self.say("difference-other", &named(&[])),
        }
    }
}

fn word(what: What) -> String {
    let word = match what {
        What::Period => "period",
        What::Subject => "subject",
        What::QuotaRounding => "rounding",
        What::Ties => "ties",
        What::Parameter => "parameter",
        What::List => "list",
        What::Table => "table",
        What::Column => "column",
        What::Population => "population",
        What::Indicator => "indicator",
        What::Index => "index",
        What::Function => "function",
        What::Combination => "combination",
        What::Category => "category",
        What::Group => "group",
        What::Criterion => "criterion",
        What::Registered => "registered",
    };
    word.to_owned()
}
