//! Datasets that are read once for all rules that read them in the same way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::data::dataset::{Dataset, Needed};
use crate::diagnostic::Outcome;
use crate::model::RuleSet;
use crate::plan::{Plan, same_tables};
use crate::progress::Progress;
use crate::schema::{ColumnId, Schema, TableId};
use crate::source::Sources;

/// What was read so far.
#[derive(Debug, Default)]
pub(super) struct Datasets {
    read: Vec<Read>,
}

#[derive(Debug)]
struct Read {
    manifest: PathBuf,
    schema: Schema,
    /// `None`: all of them.
    columns: Option<BTreeSet<(TableId, ColumnId)>>,
    /// `None`: it cannot be read in this way.
    dataset: Option<Arc<Dataset>>,
}

impl Datasets {
    /// The data as any of the rules need them; all of them declare the same tables.
    pub fn of(
        &mut self,
        manifest: &Path,
        all: &[(&RuleSet, &Plan)],
        sources: &mut Sources,
        progress: &dyn Progress,
    ) -> Outcome<Arc<Dataset>> {
        let Some((rules, _)) = all.first() else { return Outcome { value: None, diagnostics: Vec::new() } };
        let schema = &rules.schema;
        let mut columns = Some(BTreeSet::new());
        for (rules, plan) in all {
            match (plan.needed(rules), &mut columns) {
                (Needed::Columns(more), Some(columns)) => columns.extend(more),
                _ => columns = None,
            }
        }
        if let Some(columns) = &mut columns {
            columns.extend(super::shown_columns(schema, rules.subject));
        }
        let same = |read: &&Read| read.manifest == manifest && same_tables(&read.schema, schema);
        // what could not be read with more columns may be read with fewer
        let enough = |read: &&Read| match (&columns, &read.columns) {
            (wanted, there) if read.dataset.is_none() => wanted == there,
            (_, None) => true,
            (Some(wanted), Some(there)) => wanted.is_subset(there),
            (None, Some(_)) => false,
        };
        if let Some(known) = self.read.iter().filter(same).find(enough) {
            let value = known.dataset.clone();
            return Outcome { diagnostics: Vec::new(), value };
        }
        for read in self.read.iter().filter(same).filter(|read| read.dataset.is_some()) {
            if let (Some(columns), Some(there)) = (&mut columns, &read.columns) {
                columns.extend(there);
            }
        }
        let needed = columns.clone().map_or(Needed::All, Needed::Columns);
        let loaded = crate::data::load(manifest, schema, &needed, sources, progress);
        let value = loaded.value.map(Arc::new);
        let dataset = value.clone();
        self.read.push(Read { manifest: manifest.to_path_buf(), schema: schema.clone(), columns, dataset });
        Outcome { value, diagnostics: loaded.diagnostics }
    }
}
