//! One language that can say every message.
//!
//! The only file that knows the Fluent library. A message that is not there is said as its id, so that nothing is lost.
//! A message is read when it is first said: a command says few of the many, and reading them all took longer than many
//! a command. So no message may refer to another.

use std::collections::HashMap;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::texts;
use crate::diagnostic::Argument;
use crate::language::Language;

/// More than this of a list nobody reads in a message.
const MOST_LISTED: usize = 20;

/// Says facts in one language.
pub struct Speaker {
    language: Language,
    messages: HashMap<&'static str, Message>,
}

/// One message as it is written, and as it is read.
struct Message {
    text: &'static str,
    read: OnceLock<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Speaker").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Speaker {
    pub fn new(language: Language) -> Self {
        let messages = texts::of(language).flat_map(texts::messages);
        let messages = messages.map(|(id, text)| (id, Message { text, read: OnceLock::new() })).collect();
        Speaker { language, messages }
    }

    pub fn language(&self) -> Language {
        self.language
    }

    pub fn knows(&self, id: &str) -> bool {
        self.messages.contains_key(id)
    }

    /// A message without variables.
    pub fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// The message `id` with its variables filled in.
    pub fn say(&self, id: &str, arguments: &[(&str, Argument)]) -> String {
        let spoken = self.arguments(arguments);
        self.pattern(id, None, &spoken).unwrap_or_else(|| id.to_owned())
    }

    /// The attribute `id.attribute`, where there is one.
    pub fn attribute(&self, id: &str, attribute: &str, arguments: &[(&str, Argument)]) -> Option<String> {
        self.pattern(id, Some(attribute), &self.arguments(arguments))
    }

    /// The message `id` with a count `n` that selects the plural form and a text that is shown; in the form that the
    /// attribute gives, where the language has one.
    pub(super) fn counted(&self, id: &str, attribute: Option<&str>, digits: &str, shown: &str) -> String {
        let mut spoken = FluentArgs::new();
        spoken.set("n", FluentValue::try_number(digits));
        spoken.set("text", shown.to_owned());
        let said = attribute.and_then(|_| self.pattern(id, attribute, &spoken));
        said.or_else(|| self.pattern(id, None, &spoken)).unwrap_or_else(|| id.to_owned())
    }

    fn pattern(&self, id: &str, attribute: Option<&str>, spoken: &FluentArgs<'_>) -> Option<String> {
        let written = self.messages.get(id)?;
        let bundle = written.read.get_or_init(|| read(written.text, self.language));
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(spoken), &mut errors).into_owned())
    }

    fn arguments(&self, arguments: &[(&str, Argument)]) -> FluentArgs<'static> {
        let mut spoken = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            let value: FluentValue<'static> = match argument {
                Argument::Count(count) => FluentValue::from(*count),
                other => FluentValue::from(self.argument(other)),
            };
            spoken.set((*name).to_owned(), value);
        }
        spoken
    }

    /// One argument as text.
    pub fn argument(&self, argument: &Argument) -> String {
        match argument {
            Argument::Text(text) => text.clone(),
            Argument::List(texts) => self.shortened(texts),
            Argument::Count(count) => grouped(&count.to_string(), self.group_mark()),
            Argument::Number(number) => self.number(number),
            Argument::Unit(unit) => self.unit(unit),
            Argument::Type(kind) => self.kind(kind),
            Argument::Reasons(reasons) => self.reasons(*reasons),
            Argument::Term(id) => self.word(id),
            Argument::Terms(ids) => ids.iter().map(|id| self.word(id)).collect::<Vec<_>>().join(", "),
            Argument::Date(date) => self.date(*date),
        }
    }

    /// A list that can be read; of a longer one the beginning and how much more there is.
    fn shortened(&self, texts: &[String]) -> String {
        match texts.split_at_checked(MOST_LISTED) {
            Some((shown, rest)) if rest.len() > 1 => {
                let more = i64::try_from(rest.len()).unwrap_or(i64::MAX);
                let list = ("list", Argument::Text(shown.join(", ")));
                self.say("list-and-more", &[list, ("count", Argument::Count(more))])
            }
            _ => texts.join(", "),
        }
    }

    pub(super) fn group_mark(&self) -> char {
        match self.language {
            Language::Russian => '\u{a0}',
            Language::English => ',',
        }
    }
}

/// The text of one message, ready to be said.
fn read(text: &str, language: Language) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Russian => |value: &FluentValue<'_>, _: &_| count_text(value, '\u{a0}'),
        Language::English => |value: &FluentValue<'_>, _: &_| count_text(value, ','),
    }));
    // a text with a mistake is not said; a test refuses such a text
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

fn count_text(value: &FluentValue<'_>, mark: char) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(grouped(&number.as_string(), mark)),
        _ => None,
    }
}

/// Digits in groups of three, from five digits on, so that years stay whole. Digits after the decimal mark are left.
pub(super) fn grouped(digits: &str, mark: char) -> String {
    let (sign, rest) = match digits.chars().next() {
        Some(c @ ('-' | '−')) => (Some('−'), digits.get(c.len_utf8()..).unwrap_or("")),
        _ => (None, digits),
    };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (whole, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let mut text: String = sign.into_iter().collect();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && whole.len() > 4 && (whole.len() - at) % 3 == 0 {
            text.push(mark);
        }
        text.push(digit);
    }
    text.push_str(tail);
    text
}
