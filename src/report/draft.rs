//! The draft of a description of data as texts: the manifest, the declarations of tables, and first rules over them.
//!
//! Every guess is written with its ground beside it, as a comment; guesses nothing itself.

mod manifest;
mod tables;

use crate::diagnostic::Argument;
use crate::infer::Names;
use crate::messages::Speaker;

pub use manifest::manifest;
pub use tables::{first_rules, tables};

/// Names of the files of a draft.
#[derive(Debug, Clone)]
pub struct Files {
    pub manifest: String,
    pub tables: String,
    pub rules: String,
}

/// What the files of a draft are called in the reader's language.
pub fn files(speaker: &Speaker) -> Files {
    Files {
        manifest: "dataset.yaml".to_owned(),
        tables: format!("{}.merilo", speaker.word("draft-file-tables")),
        rules: format!("{}.merilo", speaker.word("draft-file-rules")),
    }
}

/// Names for what has none in the files.
pub fn names(speaker: &Speaker) -> Names {
    Names {
        year: speaker.word("draft-name-year"),
        table: speaker.word("draft-name-table"),
        column: speaker.word("draft-name-column"),
    }
}

fn count(value: usize) -> Argument {
    Argument::Count(i64::try_from(value).unwrap_or(i64::MAX))
}

fn text(text: impl Into<String>) -> Argument {
    Argument::Text(text.into())
}

/// Rows as people name them: the first few.
fn rows(rows: &[u64]) -> Argument {
    Argument::List(rows.iter().map(u64::to_string).collect())
}
