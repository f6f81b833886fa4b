//! The run record: what went into a run and what came out of it, in fingerprints that anyone can take again.
//!
//! Knows file names, fingerprints and decisions as text; knows no rules, no data and no words of a language.

pub mod arithmetic;
pub mod decisions;
pub mod document;
pub mod dossier;
pub mod extract;
pub mod finding;
pub mod fingerprint;
pub mod seal;

pub use document::{
    DataFile, Record, RecordProblem, RecordedData, RecordedFile, RecordedParameter, RecordedResult, RecordedRules,
    RecordedScenario,
};

/// Name of the record in a run folder.
pub const RECORD_FILE: &str = "record.json";
/// Where the copies of the rules and of the manifest are in a run folder.
pub const COPIES: &str = "record";
