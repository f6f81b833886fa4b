//! `record.json` as plain data: its shape, and its one way of being written.
//!
//! The text has one form only: what is read is written again and must come out the same, so a changed byte anywhere is
//! seen. The last line is the fingerprint of all before it.

use serde::{Deserialize, Serialize};

use super::fingerprint;

const SCHEMA: &str = "merilo/record/1";

/// Everything that is known of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    pub schema: String,
    /// Name and version of the program.
    pub program: String,
    /// `ru` or `en`: the language of the reports.
    pub language: String,
    /// For publication: values of fewer pupils than this are masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_cohort: Option<usize>,
    pub rules: RecordedRules,
    pub data: RecordedData,
    pub result: RecordedResult,
    /// Every other file of the folder, by name.
    pub files: Vec<RecordedFile>,
    /// Of the text of this record with this field empty.
    pub fingerprint: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedRules {
    pub title: String,
    pub version: Option<String>,
    /// The main file, among `files`; the others are those that it names.
    pub main: String,
    /// Parameters that the command replaced: name and value as they were given.
    pub set: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<RecordedScenario>,
    pub parameters: Vec<RecordedParameter>,
}

/// The scenario that changed the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedScenario {
    pub name: String,
    /// A file of scenarios that the command named beside the rules, among `files`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// As they are written in a scenario.
    pub changes: Vec<String>,
}

/// A parameter as the rules (or the command) declare it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedParameter {
    pub name: String,
    pub written: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedData {
    /// The copy of the manifest, among `files`.
    pub manifest: String,
    /// Where the manifest was, seen from the folder of the record.
    pub found: String,
    pub files: Vec<DataFile>,
}

/// A file of data: named as in the manifest, seen from its folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    pub file: String,
    pub tables: Vec<String>,
    pub bytes: u64,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedResult {
    pub schools: usize,
    /// The file of the decisions alone, among `files`; its fingerprint is that of the result.
    pub decisions: String,
    pub sha256: String,
    /// How many lines of that file make a block, and the first eight digits of the fingerprint of each block, one after the
    /// other: they tell which line was changed.
    pub block: usize,
    pub blocks: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedFile {
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
}

/// Why a text is no whole record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordProblem {
    /// Not of this shape; the line from 1 where that shows, 0 when it cannot be told.
    Malformed { line: usize },
    /// A record of another kind or of a later program.
    OtherSchema { found: String },
    /// Of the right shape, but not as it was written: the first line from 1 that is not; 0 when only the fingerprint tells.
    Changed { line: usize },
}

impl Record {
    /// The text of the record; the fingerprint is taken anew.
    ///
    /// # Errors
    /// None that can happen with plain data.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        let mut sealed = Record { schema: SCHEMA.to_owned(), fingerprint: String::new(), ..self.clone() };
        sealed.fingerprint = fingerprint::of_bytes(sealed.as_it_is()?.as_bytes());
        sealed.as_it_is()
    }

    fn as_it_is(&self) -> Result<String, serde_json::Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Reads a record, and says whether it is as it was written. Both where the shape is right and the text is not.
    pub fn parse(text: &str) -> (Option<Record>, Option<RecordProblem>) {
        #[derive(Deserialize)]
        struct Head {
            schema: String,
        }
        let malformed = |error: serde_json::Error| Some(RecordProblem::Malformed { line: error.line() });
        match serde_json::from_str::<Head>(text) {
            Err(error) => return (None, malformed(error)),
            Ok(head) if head.schema != SCHEMA => {
                return (None, Some(RecordProblem::OtherSchema { found: head.schema }));
            }
            Ok(_) => {}
        }
        let record: Record = match serde_json::from_str(text) {
            Ok(record) => record,
            Err(error) => return (None, malformed(error)),
        };
        match (record.as_it_is(), record.text()) {
            (Ok(_), Ok(sealed)) if sealed == text => (Some(record), None),
            (Ok(again), Ok(_)) => {
                let same = again.lines().zip(text.lines()).take_while(|(a, b)| a == b).count();
                let line = if again == text { 0 } else { same + 1 };
                (Some(record), Some(RecordProblem::Changed { line }))
            }
            (Err(error), _) | (_, Err(error)) => (None, malformed(error)),
        }
    }

    pub fn file(&self, name: &str) -> Option<&RecordedFile> {
        self.files.iter().find(|file| file.file == name)
    }
}
