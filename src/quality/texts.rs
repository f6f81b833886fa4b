//! Texts that differ in case, ё, spaces, quotation marks or points only.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Table;
use super::{Finding, named};
use crate::diagnostic::quality as kinds;
use crate::name::folded_text;

/// Looks at a column of texts; codes of keys and links are compared as they are written.
pub(super) fn find(at: usize, table: &Table, position: usize, found: &mut Vec<Finding>) {
    let Some(column) = table.columns.get(position) else { return };
    if column.link.is_some() {
        return;
    }
    let mut spelled: BTreeMap<String, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (row, text) in column.written() {
        spelled.entry(form(text)).or_default().entry(text).or_default().push(row);
    }
    let (mut texts, mut cells) = (Vec::new(), BTreeSet::new());
    for spellings in spelled.into_values().filter(|spellings| spellings.len() > 1) {
        // the commonest spelling is not strange
        let usual = spellings.iter().max_by_key(|(text, rows)| (rows.len(), std::cmp::Reverse(**text)));
        let usual = usual.map(|(text, _)| *text);
        texts.push(spellings.keys().map(|text| format!("«{text}»")).collect::<Vec<_>>().join(" – "));
        let others = spellings.iter().filter(|(text, _)| Some(**text) != usual);
        cells.extend(others.flat_map(|(_, rows)| rows.iter().map(|row| (*row, position))));
    }
    if !cells.is_empty() {
        let finding = Finding::new(kinds::NEARLY_EQUAL_TEXTS, at, Some(position), cells.into_iter().collect());
        found.push(finding.with("texts", named(&texts)));
    }
}

/// Without case, ё, marks, and all spaces: `СОШ№1` and `сош № 1` are alike.
fn form(text: &str) -> String {
    folded_text(text).chars().filter(|c| !c.is_whitespace() && *c != '.').collect()
}
