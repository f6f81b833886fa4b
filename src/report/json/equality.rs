//! `merilo/equivalence/1`: two rule sets held against each other, for programs. See `docs/json.md`.

use serde::Serialize;

use super::verdict_codes;
use crate::counterexample::{Difference, Found, Relation, Subject};
use crate::messages::Speaker;
use crate::model::RuleSet;
use crate::pipeline::{Answer, Equality};
use crate::report::equality::answer;
use crate::schema::Schema;

#[derive(Debug, Serialize)]
struct Document {
    schema: &'static str,
    language: &'static str,
    relation: &'static str,
    first: RulesEntry,
    second: RulesEntry,
    /// As far as was looked.
    holds: bool,
    said: String,
    /// `data`, or `search`: then that it holds is no proof.
    by: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    schools: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search: Option<SearchEntry>,
    only_first: Vec<SubjectEntry>,
    only_second: Vec<SubjectEntry>,
    differences: Vec<DifferenceEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Vec<TableEntry>>,
}

#[derive(Debug, Serialize)]
struct RulesEntry {
    rules: String,
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<String>,
}

#[derive(Debug, Serialize)]
struct SearchEntry {
    seed: u64,
    cases: usize,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    found_in: Option<usize>,
}

#[derive(Debug, Serialize)]
struct SubjectEntry {
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<String>,
}

#[derive(Debug, Serialize)]
struct DifferenceEntry {
    school: String,
    #[serde(flatten)]
    subject: SubjectEntry,
    first: &'static str,
    second: &'static str,
    /// On the list, decisions of people taken in; of a criterion: whether it is met.
    listed_first: bool,
    listed_second: bool,
}

#[derive(Debug, Serialize)]
struct TableEntry {
    table: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The document of both rule sets.
///
/// # Errors
/// None that can happen with plain data.
pub fn equality(found: &Equality, speaker: &Speaker) -> Result<String, serde_json::Error> {
    let ([one, two], [file, other]) = (&found.rules, &found.files);
    let (first, second) = (rules(one, file), rules(two, other));
    let (by, schools, search, differences, data) = match &found.answer {
        Answer::OnData { schools, differences, .. } => ("data", Some(*schools), None, differences.as_slice(), None),
        Answer::Searched { search, found: shown } => {
            let entry = SearchEntry {
                seed: search.seed,
                cases: search.cases,
                found_in: shown.as_ref().map(|shown| shown.case),
            };
            let differences = shown.as_ref().map_or(&[][..], |shown| shown.differences.as_slice());
            let schema = found.rules.first().map(|rules| &rules.schema);
            let data = shown.as_ref().zip(schema).map(|(shown, schema)| tables(shown, schema));
            ("search", None, Some(entry), differences, data)
        }
    };
    let document = Document {
        schema: "merilo/equivalence/1",
        language: speaker.language().code(),
        relation: if found.relation == Relation::Equal { "equal" } else { "implies" },
        first,
        second,
        holds: found.holds(),
        said: answer(found, speaker),
        by,
        schools,
        search,
        only_first: found.pairs.only_first.iter().map(subject).collect(),
        only_second: found.pairs.only_second.iter().map(subject).collect(),
        differences: differences.iter().map(difference).collect(),
        data,
    };
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn rules(rules: &RuleSet, file: &str) -> RulesEntry {
    let scenario = rules.scenario.as_ref().map(|scenario| scenario.title.to_string());
    RulesEntry { rules: rules.header.title.to_string(), file: file.to_owned(), scenario }
}

fn subject(subject: &Subject) -> SubjectEntry {
    match subject {
        Subject::Category(name) => SubjectEntry { category: Some(name.to_string()), criterion: None },
        Subject::Criterion(number) => SubjectEntry { category: None, criterion: Some(number.to_string()) },
    }
}

fn difference(found: &Difference) -> DifferenceEntry {
    let [first, second] = found.verdicts.map(|verdict| verdict_codes(verdict).0);
    let [listed_first, listed_second] = found.listed;
    let school = found.school.to_string();
    DifferenceEntry { school, subject: subject(&found.subject), first, second, listed_first, listed_second }
}

fn tables(found: &Found, schema: &Schema) -> Vec<TableEntry> {
    let world = &found.world;
    let table = |(at, declared): (usize, &crate::schema::TableSchema)| {
        let columns = world.shown(at);
        let name = |column: &usize| declared.columns.get(*column).map_or(String::new(), |c| c.name.to_string());
        let rows = 0..world.tables.get(at).map_or(0, Vec::len);
        TableEntry {
            table: declared.name.to_string(),
            columns: columns.iter().map(name).collect(),
            rows: rows.map(|row| columns.iter().map(|c| world.text(schema, at, row, *c)).collect()).collect(),
        }
    };
    schema.tables.iter().enumerate().map(table).collect()
}
