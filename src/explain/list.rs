//! A text looked up in a dated list: the entry that matched, and those of other periods.

use jiff::civil::Date;

use super::condition::{EntryMatched, Membership};
use super::reading::Reading;
use crate::model::{ListEntry, ListId};
use crate::name::normal_text;
use crate::value::Value;

/// The lookup as the rules ask for it.
pub(super) struct Lookup {
    pub list: ListId,
    pub date: Option<Date>,
    pub negated: bool,
}

impl Reading<'_> {
    pub(super) fn membership(&self, value: &Value, lookup: &Lookup) -> Option<Membership> {
        let list = self.rules.lists.get(lookup.list.index())?;
        let mut entry = None;
        let mut other_periods = Vec::new();
        if let Value::Text(text) = value {
            let normal = normal_text(text);
            for candidate in list.entries.iter().filter(|e| *e.normal == *normal) {
                if entry.is_none() && lookup.date.is_none_or(|date| in_force(candidate, date)) {
                    entry = Some(matched(candidate));
                } else {
                    other_periods.push(matched(candidate));
                }
            }
        }
        Some(Membership {
            list: lookup.list,
            name: list.name.clone(),
            title: list.title.clone(),
            source: list.source.clone(),
            date: lookup.date,
            negated: lookup.negated,
            entry,
            other_periods,
            entries: list.entries.len(),
            notes: list.notes.clone(),
        })
    }
}

/// Both ends of the period belong to it.
fn in_force(entry: &ListEntry, date: Date) -> bool {
    entry.from.is_none_or(|from| from <= date) && entry.to.is_none_or(|to| date <= to)
}

fn matched(entry: &ListEntry) -> EntryMatched {
    EntryMatched {
        value: entry.value.clone(),
        from: entry.from,
        to: entry.to,
        basis: entry.basis.clone(),
        span: entry.span,
    }
}
