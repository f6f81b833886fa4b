//! The change that switches one criterion or group off, as a scenario would say it.

use std::sync::Arc;

use super::change::{Aspect, Change, Target};
use crate::location::{SourceId, SourceSpan, Span};
use crate::syntax::tree::{self, Alteration, Notes, Numbered, Numbering};

/// Switches off what has this number; `None`: it is no such number.
pub fn without(what: Numbered, number: &str) -> Option<Change> {
    let parts: Option<Vec<u32>> = number.split('.').map(|part| part.parse().ok()).collect();
    let numbering = Numbering { parts: parts?, span: Span::default() };
    let title: Arc<str> = Arc::from("");
    let fragment = tree::Scenario {
        title: tree::Text { text: title.clone(), span: Span::default() },
        base: None,
        data: None,
        quota_rounding: None,
        ties: None,
        on_missing: None,
        notes: Notes::default(),
        alterations: vec![Alteration::SwitchedOff(what, numbering, Span::default())],
        span: Span::default(),
    };
    Some(Change {
        target: match what {
            Numbered::Criterion => Target::Criterion(number.to_owned()),
            Numbered::Group => Target::Group(number.to_owned()),
        },
        aspect: Aspect::SwitchedOff,
        place: SourceSpan::default(),
        scenario: title,
        source: SourceId::default(),
        restates: false,
        fragment,
    })
}
