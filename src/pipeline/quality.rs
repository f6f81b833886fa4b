//! The data that rules describe, looked at for what is strange in them.

use std::path::Path;

use super::read::Reader;
use super::{ReadRules, read_rules};
use crate::check;
use crate::data;
use crate::data::dataset::Needed;
use crate::diagnostic::quality as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::location::SourceId;
use crate::progress::Progress;
use crate::quality::facts::{self, Facts};
use crate::schema::Schema;
use crate::source::Sources;
use crate::syntax::tree;

/// Data as they were read for a check; every column that is declared and is in the files.
#[derive(Debug)]
pub struct Looked {
    pub sources: Sources,
    pub diagnostics: Vec<Diagnostic>,
    /// `None`: the rules or the data have errors.
    pub facts: Option<Facts>,
}

/// Reads what the rules declare – or a file of nothing but tables – and all data that the manifest names.
pub fn looked(rules: &str, manifest: &Path, progress: &dyn Progress) -> Looked {
    let (mut sources, read) = read_tables(rules);
    let mut diagnostics: Vec<Diagnostic> = read.diagnostics.into_iter().filter(Diagnostic::is_error).collect();
    let facts = read.value.and_then(|schema| {
        let loaded = data::load(manifest, &schema, &Needed::All, &mut sources, progress);
        // fractions among percentages are among the findings, with all their cells
        diagnostics.extend(loaded.diagnostics.into_iter().filter(|problem| problem.kind != kinds::VALUE_SCALE));
        loaded.value.map(|dataset| facts::of_dataset(&schema, &dataset))
    });
    Looked { sources, diagnostics, facts }
}

/// The tables that a file of rules declares; it need not be whole rules.
fn read_tables(path: &str) -> (Sources, Outcome<Schema>) {
    let mut reader = Reader::default();
    reader.main(path);
    if !only_tables(&reader.input.files) {
        let ReadRules { sources, rules, .. } = read_rules(path, &[]);
        let schema = rules.value.map(|rules| rules.schema);
        return (sources, Outcome { value: schema, diagnostics: rules.diagnostics });
    }
    let mut found = check::schema(&reader.input);
    found.diagnostics.extend(reader.diagnostics);
    let failed = found.has_errors();
    (reader.sources, Outcome { value: found.value.filter(|_| !failed), diagnostics: found.diagnostics })
}

fn only_tables(files: &[(SourceId, tree::File)]) -> bool {
    let table = |item: &tree::Item| matches!(item, tree::Item::Table(_) | tree::Item::Include(_));
    let alone = |(_, file): &(SourceId, tree::File)| file.header.is_none() && file.broken.is_empty();
    !files.is_empty() && files.iter().all(alone) && files.iter().all(|(_, file)| file.items.iter().all(table))
}
