//! A registered decision of people, clause by clause.

use super::super::keywords::printed as words;
use super::super::tree;
use super::blocks::{Printer, period};

impl Printer {
    pub(super) fn registered(&mut self, decision: &tree::Registered) {
        let (action, into) = match decision.action {
            tree::RegisteredAction::Include => (words::INCLUDE_THEM, words::INTO),
            tree::RegisteredAction::Exclude => (words::EXCLUDE_THEM, words::OF_FILE),
        };
        self.said(0, decision.span.start, words::DECISION, |w| {
            w.say(action);
            w.put(" ");
            w.value_text(&decision.school);
            if let Some(category) = &decision.category {
                w.put(" ");
                w.say(into);
                w.put(" ");
                w.name(category);
            }
        });
        if let Some(document) = &decision.document {
            self.said(2, document.span.start, words::DOCUMENT, |w| {
                w.title(document);
                if let Some(date) = decision.dated {
                    w.put(" ");
                    w.say(words::DATED);
                    w.put(" ");
                    w.date(date);
                }
            });
        }
        if let Some(author) = &decision.author {
            self.said(2, author.span.start, words::AUTHOR, |w| w.title(author));
        }
        if let Some(reason) = &decision.reason {
            self.said(2, reason.span.start, words::REASON, |w| w.title(reason));
        }
        if let Some(force) = &decision.in_force {
            self.line(2, force.span.start, |w| {
                w.say(words::IN_FORCE);
                period(w, force);
            });
        }
    }
}
