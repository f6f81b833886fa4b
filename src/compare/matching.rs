//! Which school of one dataset is which of the other.
//!
//! Takes the codes of both; what a correspondence of codes makes of them is found by `data::succession`.

use super::Side;
use crate::data::correspondence::Correspondence;
use crate::data::succession;
use crate::diagnostic::Outcome;

pub use crate::data::succession::{CodeChange, CodeChangeKind, Line, Matching};

/// By their codes.
pub fn by_codes(before: &Side<'_>, after: &Side<'_>) -> Matching {
    if std::ptr::eq(before.data, after.data) {
        let line = |row| Line { before: Some(row), after: Some(row), further: Vec::new() };
        return Matching { lines: (0..before.run.schools).map(line).collect(), changes: Vec::new() };
    }
    succession::by_codes(&codes(before), &codes(after))
}

/// As a correspondence says.
pub fn by_correspondence(before: &Side<'_>, after: &Side<'_>, said: &Correspondence) -> Outcome<Matching> {
    succession::by_correspondence(&codes(before), &codes(after), said)
}

fn codes(side: &Side<'_>) -> Vec<String> {
    (0..side.run.schools).map(|row| side.data.code(&side.rules.schema, side.rules.subject, row)).collect()
}
