//! The change that switches one criterion off, as a scenario would say it.

use std::sync::Arc;

use super::change::{Aspect, Change, Target};
use crate::location::{SourceId, SourceSpan, Span};
use crate::syntax::tree::{self, Alteration, Notes, Numbered, Numbering};

/// Switches off the criterion of this number; `None`: it is no number of a criterion.
pub fn without(number: &str) -> Option<Change> {
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
        alterations: vec![Alteration::SwitchedOff(Numbered::Criterion, numbering, Span::default())],
        span: Span::default(),
    };
    Some(Change {
        target: Target::Criterion(number.to_owned()),
        aspect: Aspect::SwitchedOff,
        place: SourceSpan::default(),
        scenario: title,
        source: SourceId::default(),
        restates: false,
        fragment,
    })
}
