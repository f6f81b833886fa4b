//! Which school of one dataset is which of the other: by its code.

use std::collections::HashMap;

use super::Side;

/// Rows of the two sides: all of the first in its order, then those that only the second has.
pub fn matched(before: &Side<'_>, after: &Side<'_>) -> Vec<(Option<usize>, Option<usize>)> {
    if std::ptr::eq(before.data, after.data) {
        return (0..before.run.schools).map(|row| (Some(row), Some(row))).collect();
    }
    let codes = |side: &Side<'_>| -> Vec<String> {
        (0..side.run.schools).map(|row| side.data.code(&side.rules.schema, side.rules.subject, row)).collect()
    };
    let (first, second) = (codes(before), codes(after));
    let place: HashMap<&str, usize> = second.iter().enumerate().map(|(row, code)| (code.as_str(), row)).collect();
    let mut found: Vec<(Option<usize>, Option<usize>)> =
        first.iter().enumerate().map(|(row, code)| (Some(row), place.get(code.as_str()).copied())).collect();
    let known: HashMap<&str, usize> = first.iter().enumerate().map(|(row, code)| (code.as_str(), row)).collect();
    let new = second.iter().enumerate().filter(|(_, code)| !known.contains_key(code.as_str()));
    found.extend(new.map(|(row, _)| (None, Some(row))));
    found
}
