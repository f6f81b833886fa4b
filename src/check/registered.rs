//! Registered decisions of people: complete, about a category that exists, in force, and one per school and category.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Checker;
use crate::diagnostic::check as kinds;
use crate::diagnostic::{Argument, Diagnostic};
use crate::location::{Place, SourceId, SourceSpan};
use crate::model::{CategoryId, Registered, RegisteredAction};
use crate::syntax::tree;

/// What an entry says of itself, all of it.
struct Entry<'a> {
    category: &'a tree::Name,
    document: &'a tree::Text,
    dated: Date,
    author: &'a tree::Text,
    reason: &'a tree::Text,
    until: Date,
}

impl<'a> Checker<'a> {
    pub(super) fn registered(&mut self) {
        let mut before: HashMap<(Arc<str>, CategoryId), (SourceSpan, RegisteredAction)> = HashMap::new();
        for (source, written) in self.names.registered.clone() {
            let category = written.category.as_ref().and_then(|name| self.category_named(source, name));
            let entry = self.whole(source, written);
            let (Some(category), Some(entry)) = (category, entry) else { continue };
            let at = SourceSpan::new(source, written.school.span);
            let action = match written.action {
                tree::RegisteredAction::Include => RegisteredAction::Include,
                tree::RegisteredAction::Exclude => RegisteredAction::Exclude,
            };
            let key = (written.school.text.clone(), category);
            if let Some((first, other)) = before.get(&key).copied() {
                self.push(
                    Diagnostic::at(kinds::DECIDED_TWICE, at)
                        .text("school", written.school.text.as_ref())
                        .text("category", entry.category.text.as_ref())
                        .text("which", if other == action { "same" } else { "opposite" })
                        .related(Place::Text(first), "role-first-declared"),
                );
                continue;
            }
            before.insert(key, (at, action));
            let from = written.in_force.as_ref().and_then(|p| p.from).unwrap_or(entry.dated);
            self.in_force(source, written, from, entry.until);
            self.rules.registered.push(Registered {
                action,
                school: written.school.text.clone(),
                category,
                document: entry.document.text.clone(),
                dated: entry.dated,
                author: entry.author.text.clone(),
                reason: entry.reason.text.clone(),
                from,
                until: entry.until,
                span: SourceSpan::new(source, written.span),
                school_span: at,
            });
        }
    }

    /// What every entry must say; what it does not is reported together.
    fn whole(&mut self, source: SourceId, written: &'a tree::Registered) -> Option<Entry<'a>> {
        fn said(text: Option<&tree::Text>) -> Option<&tree::Text> {
            text.filter(|text| !text.text.trim().is_empty())
        }
        let document = said(written.document.as_ref());
        let (author, reason) = (said(written.author.as_ref()), said(written.reason.as_ref()));
        let until = written.in_force.as_ref().and_then(|p| p.to);
        let category = written.category.as_ref();
        if let (Some(category), Some(document), Some(dated), Some(author), Some(reason), Some(until)) =
            (category, document, written.dated, author, reason, until)
        {
            return Some(Entry { category, document, dated, author, reason, until });
        }
        let lacking = [
            ("part-category", category.is_none()),
            ("part-document", document.is_none()),
            ("part-date", written.dated.is_none()),
            ("part-author", author.is_none()),
            ("part-reason", reason.is_none()),
            ("part-until", until.is_none()),
        ];
        let words = lacking.into_iter().filter(|(_, lacks)| *lacks).map(|(word, _)| word).collect();
        let span = category.map_or(written.school.span, |name| written.school.span.to(name.span));
        let at = SourceSpan::new(source, span);
        self.push(Diagnostic::at(kinds::DECISION_INCOMPLETE, at).with("lacking", Argument::Terms(words)));
        None
    }

    /// An entry applies to rules that are in force at the same time.
    fn in_force(&mut self, source: SourceId, written: &tree::Registered, from: Date, until: Date) {
        let place = written.in_force.as_ref().map_or(written.span, |period| period.span);
        let at = SourceSpan::new(source, place);
        if until < from {
            self.report(kinds::BAD_PERIOD, source, place);
            return;
        }
        let year = self.header.reporting_year.and_then(|year| i16::try_from(year).ok());
        let begin = self.header.in_force.0.or_else(|| Date::new(year?, 1, 1).ok());
        let Some(begin) = begin else {
            self.push(Diagnostic::at(kinds::DECISION_WITHOUT_TIME, at));
            return;
        };
        let late = self.header.in_force.1.is_some_and(|end| from > end);
        if until < begin || late {
            self.push(
                Diagnostic::at(kinds::DECISION_NOT_IN_FORCE, at)
                    .text("which", if late { "later" } else { "expired" })
                    .with("from", Argument::Date(from))
                    .with("until", Argument::Date(until))
                    .with("begin", Argument::Date(begin)),
            );
        }
    }
}
