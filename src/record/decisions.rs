//! The decisions alone as text: one line a school, the same columns for every school, in no language.
//!
//! The fingerprint of a result is taken of this text, and two results are compared by it, school by school and column by
//! column. Fields are separated by semicolons and quoted where they hold one.

use std::borrow::Cow;
use std::collections::HashMap;

/// Name of the file in a run folder.
pub const FILE: &str = "decisions.csv";

/// Ends the name of a column with what people decided, behind the category and `=`.
pub const REGISTERED: &str = "registered";

/// Ends the name of a column with what became of a school since the cycle before.
pub const PASSAGE: &str = "passage";

/// Ends the name of a column with the years on the list of a category, this cycle included.
pub const YEARS: &str = "years";

/// One field, quoted where it must be.
pub fn field(text: &str) -> Cow<'_, str> {
    if text.contains([';', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// A result as read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Decisions {
    /// Reads what was written; anything else is read as far as it goes, because it is only compared.
    pub fn parse(text: &str) -> Decisions {
        let mut records = records(text).into_iter();
        Decisions { header: records.next().unwrap_or_default(), rows: records.collect() }
    }
}

fn records(text: &str) -> Vec<Vec<String>> {
    let (mut records, mut record, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                field.push('"');
                signs.next();
            }
            '"' => quoted = !quoted,
            ';' if !quoted => record.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            sign => field.push(sign),
        }
    }
    if !field.is_empty() || !record.is_empty() {
        record.push(field);
        records.push(record);
    }
    records
}

/// How two results differ for one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolDifference {
    pub school: String,
    pub change: Change,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Only in the recorded result.
    Gone,
    /// Only in the new one.
    New,
    /// Columns with the recorded and the new field.
    Fields(Vec<(String, String, String)>),
}

/// Every school for which two results differ, in the order of the recorded one, new schools last; a column that only one
/// of them has counts as empty in the other.
pub fn differences(recorded: &Decisions, new: &Decisions) -> Vec<SchoolDifference> {
    let by_school = |decisions: &Decisions| -> HashMap<String, usize> {
        let first = |(at, row): (usize, &Vec<String>)| Some((row.first()?.clone(), at));
        decisions.rows.iter().enumerate().filter_map(first).collect()
    };
    let (old_rows, new_rows) = (by_school(recorded), by_school(new));
    let places = |decisions: &Decisions| -> HashMap<String, usize> {
        decisions.header.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect()
    };
    let (old_places, new_places) = (places(recorded), places(new));
    let names = recorded.header.iter().chain(new.header.iter().filter(|name| !old_places.contains_key(*name)));
    let columns: Vec<(&String, Option<usize>, Option<usize>)> =
        names.skip(1).map(|name| (name, old_places.get(name).copied(), new_places.get(name).copied())).collect();
    let mut found = Vec::new();
    for row in &recorded.rows {
        let Some(school) = row.first() else { continue };
        let Some(other) = new_rows.get(school).and_then(|at| new.rows.get(*at)) else {
            found.push(SchoolDifference { school: school.clone(), change: Change::Gone });
            continue;
        };
        let at = |row: &Vec<String>, place: Option<usize>| place.and_then(|p| row.get(p)).cloned().unwrap_or_default();
        let changed: Vec<_> = columns
            .iter()
            .map(|(name, old, new)| ((*name).clone(), at(row, *old), at(other, *new)))
            .filter(|(_, old, new)| old != new)
            .collect();
        if !changed.is_empty() {
            found.push(SchoolDifference { school: school.clone(), change: Change::Fields(changed) });
        }
    }
    let added = new.rows.iter().filter_map(|row| row.first()).filter(|school| !old_rows.contains_key(*school));
    found.extend(added.map(|school| SchoolDifference { school: school.clone(), change: Change::New }));
    found
}

#[cfg(test)]
mod tests {
    use super::{Change, Decisions, differences, field};

    #[test]
    fn a_field_is_read_back_as_it_was() {
        for text in ["", "a", "a;b", "a\"b", "\"", "a\nb", "\"a\";\"b\""] {
            let line = format!("код;{}\n", field(text));
            assert_eq!(Decisions::parse(&line).header, ["код", text]);
        }
    }

    #[test]
    fn differences_name_the_school_and_the_column() {
        let old = Decisions::parse("school;A;1.1\n01;met;met\n02;not_met;met\n03;met;met\n");
        let new = Decisions::parse("school;A;1.1\n03;met;met\n01;not_met;met\n04;met;met\n");
        let found = differences(&old, &new);
        let shown: Vec<_> = found.iter().map(|d| (d.school.as_str(), &d.change)).collect();
        let changed = Change::Fields(vec![("A".into(), "met".into(), "not_met".into())]);
        assert_eq!(shown, [("01", &changed), ("02", &Change::Gone), ("04", &Change::New)]);
        assert!(differences(&old, &old).is_empty());
    }
}
