//! What is wrong with a command, in the reader's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{COHORTS, DIGITS, DRAWS, SMALL, THREADS, data};
use crate::diagnostic::Argument;
use crate::messages::Speaker;

/// A choice of several stands in brackets of its own: `<--school <CODE>|--all>`.
pub(super) fn choice(text: String) -> String {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).filter(|inner| inner.contains('|'));
    inner.map_or_else(|| text.clone(), |inner| inner.replace('|', " | "))
}

/// What is wrong, in the reader's language.
pub(super) fn mistake(error: &clap::Error, speaker: &Speaker) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    };
    let word = |kind| Argument::Text(choice(context(kind)));
    let said = match error.kind() {
        ErrorKind::MissingRequiredArgument => speaker.say("usage-missing", &[("names", word(ContextKind::InvalidArg))]),
        ErrorKind::UnknownArgument => speaker.say("usage-unknown", &[("name", word(ContextKind::InvalidArg))]),
        ErrorKind::InvalidSubcommand => {
            speaker.say("usage-unknown-command", &[("name", word(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingSubcommand => speaker.word("usage-no-command"),
        ErrorKind::ArgumentConflict
            if !context(ContextKind::PriorArg).is_empty()
                && context(ContextKind::PriorArg) != context(ContextKind::InvalidArg) =>
        {
            let arguments = [("name", word(ContextKind::InvalidArg)), ("other", word(ContextKind::PriorArg))];
            speaker.say("usage-conflict", &arguments)
        }
        ErrorKind::ArgumentConflict => speaker.say("usage-twice", &[("name", word(ContextKind::InvalidArg))]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if context(ContextKind::InvalidValue).is_empty() => {
            speaker.say("usage-no-value", &[("name", word(ContextKind::InvalidArg))])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => speaker
            .say("usage-value", &[("name", word(ContextKind::InvalidArg)), ("value", word(ContextKind::InvalidValue))]),
        _ => speaker.word("usage-other"),
    };
    let mut text = format!("{}: {said}", speaker.word("severity-error"));
    let suggested = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(context)
        .find(|text| !text.is_empty());
    let known = context(ContextKind::ValidValue);
    let named = context(ContextKind::InvalidArg);
    let ranges = [
        ("--threads", THREADS),
        ("--minimum-cohort", COHORTS),
        ("--small", SMALL),
        ("--digits", DIGITS),
        ("--resample", DRAWS),
    ];
    let range = ranges.into_iter().find(|(name, _)| named.starts_with(name));
    if let Some((_, range)) = range.filter(|_| !context(ContextKind::InvalidValue).is_empty()) {
        let (least, most) = (Argument::Text(range.start().to_string()), Argument::Text(range.end().to_string()));
        text += &format!("\n{}", speaker.say("usage-range", &[("least", least), ("most", most)]));
    } else if let Some(expected) = data::expected(&named, speaker) {
        text += &format!("\n{expected}");
    } else if !known.is_empty() {
        text += &format!("\n{}", speaker.say("usage-known-values", &[("names", Argument::Text(known))]));
    }
    if let Some(name) = suggested {
        text += &format!("\n{}", speaker.say("usage-suggested", &[("name", Argument::Text(name))]));
    }
    format!("{text}\n{}\n", speaker.word("usage-see-help"))
}
