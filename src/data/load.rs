//! A manifest and a schema → a dataset: tables in the order of their links, every problem with its cells.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::bind::{binding_of, sources};
use super::blocks::{Block, PercentSign, Target, TargetKind};
use super::dataset::{Cohort, Dataset, Needed, Origin, Table};
use super::head::{Body, Head};
use super::keys::KeyTable;
use super::manifest::{self, FileBinding, Manifest};
use super::outline::Step;
use super::ragged::Ragged;
use super::rewrite::{Rewrite, Rewrites};
use super::thorough::Openings;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::location::{CellRef, Place};
use crate::progress::{Progress, Stage};
use crate::schema::{ColumnId, Schema, TableId, TableSchema};
use crate::tables::limits::Limits;
use crate::value::{Reasons, Type, Unit};

/// Loads the tables that a manifest binds. Key and link columns are always loaded, others when `needed`.
///
/// Errors: unreadable files, columns that are not there, rows with too many or too few fields, repeated keys. The
/// dataset is there only when there are none.
pub fn load(
    manifest: &Path,
    schema: &Schema,
    needed: &Needed,
    sources: &mut crate::source::Sources,
    progress: &dyn Progress,
) -> Outcome<Dataset> {
    let Outcome { value, diagnostics } = manifest::read(manifest, sources);
    let Some(manifest) = value else {
        return Outcome { value: None, diagnostics };
    };
    let openings = Openings::default();
    let keys = HashMap::new();
    let limits = Limits::default();
    let (manifest, shows) = (&manifest, false);
    let mut loader = Loader { schema, needed, manifest, keys, openings, diagnostics, progress, limits, shows };
    let total = loader.total_bytes();
    progress.start(Stage::ReadData, Some(total));
    let mut tables: Vec<Option<Table>> = vec![None; schema.tables.len()];
    for level in loader.levels() {
        for (id, loaded) in loader.tables(&level) {
            if let Some(slot) = usize::try_from(id.0).ok().and_then(|i| tables.get_mut(i)) {
                *slot = Some(loaded);
            }
        }
    }
    loader.unknown_names();
    let cohorts = loader.cohorts();
    progress.finish();
    let failed = loader.diagnostics.iter().any(Diagnostic::is_error);
    let diagnostics = loader.diagnostics;
    let tables: Vec<Table> = tables.into_iter().flatten().collect();
    let complete = tables.len() == schema.tables.len();
    let value = (!failed && complete).then(|| Dataset {
        title: manifest.title.clone(),
        synthetic: manifest.synthetic.clone(),
        tables,
        cohorts,
    });
    Outcome { value, diagnostics }
}

pub(super) struct Loader<'a> {
    pub schema: &'a Schema,
    pub needed: &'a Needed,
    pub manifest: &'a Manifest,
    pub keys: HashMap<TableId, Arc<KeyTable>>,
    pub openings: Openings,
    pub diagnostics: Vec<Diagnostic>,
    pub progress: &'a dyn Progress,
    pub limits: Limits,
    /// What was understood is shown and nothing rests on it: what a run would refuse is a warning, and notes are told as well.
    pub shows: bool,
}

/// Per schema column: file column from 1, header.
type Columns = Vec<(u32, Arc<str>)>;

/// One file while it is read.
pub(super) struct Part {
    pub blocks: Vec<Block>,
    pub sheet: Option<Arc<str>>,
    pub columns: Columns,
    pub first_line: u64,
    pub width: usize,
}

impl Loader<'_> {
    fn total_bytes(&self) -> u64 {
        let files = self.manifest.tables.iter().flat_map(|(_, files)| files);
        files.filter_map(|f| std::fs::metadata(self.path(&f.file)).ok()).map(|m| m.len()).sum()
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.manifest.folder.join(file)
    }

    /// Tables so that linked ones come first; those of one level do not need each other. A circle of links is broken where
    /// it closes.
    fn levels(&self) -> Vec<Vec<TableId>> {
        let mut left: Vec<TableId> =
            (0..self.schema.tables.len()).filter_map(|i| u32::try_from(i).ok().map(TableId)).collect();
        let mut levels: Vec<Vec<TableId>> = Vec::new();
        while !left.is_empty() {
            let waits = |id: &TableId| {
                let links = self.schema.table(*id).map(|t| t.columns.iter().filter_map(|c| c.link));
                links.is_some_and(|mut links| links.any(|link| link != *id && left.contains(&link)))
            };
            let (waiting, mut ready): (Vec<TableId>, Vec<TableId>) = left.iter().partition(|id| waits(id));
            left = waiting;
            if ready.is_empty() {
                ready.push(left.remove(0));
            }
            levels.push(ready);
        }
        levels
    }

    /// The tables of one level, side by side.
    fn tables(&mut self, level: &[TableId]) -> Vec<(TableId, Table)> {
        let apart = |id: &TableId| {
            let (keys, openings) = (self.keys.clone(), Arc::clone(&self.openings));
            let mut own = Loader { keys, openings, diagnostics: Vec::new(), ..*self };
            let table = own.table(*id);
            (*id, table, own.keys.remove(id), own.diagnostics)
        };
        let loaded: Vec<_> = level.par_iter().map(apart).collect();
        let mut tables = Vec::new();
        for (id, table, keys, diagnostics) in loaded {
            tables.push((id, table));
            self.keys.extend(keys.map(|keys| (id, keys)));
            self.diagnostics.extend(diagnostics);
        }
        tables
    }

    /// Names in the manifest that the rules do not have: a slip would be passed over in silence.
    fn unknown_names(&mut self) {
        let key = |word: &str| Step::Key(word.to_string());
        let mut unknown: Vec<(String, Vec<&str>, Vec<Step>)> = Vec::new();
        for (name, files) in &self.manifest.tables {
            let Some(table) = self.schema.find(name).and_then(|id| self.schema.table(id)) else {
                let known = self.schema.tables.iter().map(|t| t.name.as_ref()).collect();
                unknown.push((name.clone(), known, vec![Step::OneOf(&["таблицы", "tables"]), key(name)]));
                continue;
            };
            let shaped =
                files.iter().flat_map(|file| super::shaping::undeclared(file, |name| table.find(name).is_some()));
            let named = files.iter().flat_map(|file| &file.columns).map(|(column, _)| column.clone());
            for column in named.chain(shaped) {
                let column = column.as_str();
                if table.find(column).is_none() && !unknown.iter().any(|(known, ..)| *known == column) {
                    let known = table.columns.iter().map(|c| c.name.as_ref()).collect();
                    unknown.push((
                        column.to_string(),
                        known,
                        vec![
                            Step::OneOf(&["таблицы", "tables"]),
                            key(name),
                            Step::OneOf(&["столбцы", "columns"]),
                            key(column),
                        ],
                    ));
                }
            }
        }
        for (name, known, path) in unknown {
            let name = name.as_str();
            let near: Vec<String> =
                crate::suggestion::nearest(name, known.into_iter()).iter().map(ToString::to_string).collect();
            let problem = self.manifest.problem(kinds::MANIFEST_KEY, &path);
            self.diagnostics.push(super::manifest_words::unknown_word(problem, name, near));
        }
    }

    /// Whose values columns hold, as the manifest says.
    fn cohorts(&mut self) -> Vec<(TableId, ColumnId, Cohort)> {
        let key = |word: &str| Step::Key(word.to_string());
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        for (name, files) in &self.manifest.tables {
            let Some((id, table)) = self.schema.find(name).and_then(|id| Some((id, self.schema.table(id)?))) else {
                continue;
            };
            let path = |column: &str| {
                let tables = Step::OneOf(&["таблицы", "tables"]);
                vec![tables, key(name), Step::OneOf(&["численность", "cohorts"]), key(column)]
            };
            for (column, of) in files.first().iter().flat_map(|file| &file.cohorts) {
                let people = |id: &ColumnId| {
                    let column = usize::try_from(id.0).ok().and_then(|at| table.columns.get(at));
                    column.is_some_and(|c| matches!(c.kind, Type::Number(Unit::People | Unit::Number)))
                };
                let cohort = match of.trim().parse::<u32>() {
                    _ if matches!(of.trim(), "нет" | "none") => Some(Cohort::Nobody),
                    Ok(least) => Some(Cohort::AtLeast(least)),
                    Err(_) => table.find(of.trim()).filter(people).map(Cohort::Column),
                };
                match (table.find(column), cohort) {
                    (Some(column), Some(cohort)) => found.push((id, column, cohort)),
                    (None, _) => {
                        let known = table.columns.iter().map(|c| c.name.as_ref());
                        let near = crate::suggestion::nearest(column, known).iter().map(ToString::to_string).collect();
                        let problem = self.manifest.problem(kinds::MANIFEST_KEY, &path(column));
                        problems.push(super::manifest_words::unknown_word(problem, column, near));
                    }
                    (_, None) => {
                        let problem = self.manifest.problem(kinds::COHORT_UNKNOWN, &path(column));
                        problems.push(problem.text("column", column.as_str()).text("value", of.as_str()));
                    }
                }
            }
        }
        self.diagnostics.append(&mut problems);
        found
    }

    fn is_needed(&self, id: TableId, table: &TableSchema, column: usize) -> bool {
        let column_id = ColumnId(u32::try_from(column).unwrap_or(u32::MAX));
        table.key.contains(&column_id)
            || table.columns.get(column).is_some_and(|c| c.link.is_some())
            || self.needed.contains(id, column_id)
    }

    fn table(&mut self, id: TableId) -> Table {
        let empty = Table { rows: 0, columns: Vec::new(), origin: Origin::default() };
        let Some(table) = self.schema.table(id) else {
            return empty;
        };
        let empty = Table { columns: vec![None; table.columns.len()], ..empty };
        let bound = self.manifest.tables.iter().find(|(name, _)| self.schema.find(name) == Some(id));
        let Some((_, files)) = bound else {
            let any = (0..table.columns.len())
                .any(|c| self.needed.contains(id, ColumnId(u32::try_from(c).unwrap_or(u32::MAX))));
            if any && !self.manifest.tables.is_empty() {
                self.diagnostics.push(
                    Diagnostic::new(kinds::TABLE_NOT_BOUND, Place::File(self.manifest.name.clone()))
                        .text("table", table.name.as_ref()),
                );
            }
            return empty;
        };
        let wanted: Vec<usize> = (0..table.columns.len()).filter(|c| self.is_needed(id, table, *c)).collect();
        let mut parts = Vec::new();
        let mut targets: Option<Vec<Target>> = None;
        for binding in &self.shaped(files) {
            let own: Vec<Target> = wanted.iter().map(|c| self.target(table, *c, binding)).collect();
            if let Some(part) = self.part(table, binding, &wanted, &own) {
                parts.push((binding.file.clone(), part));
            }
            targets.get_or_insert(own);
        }
        let (Some(targets), false) = (targets, parts.is_empty()) else {
            return empty;
        };
        self.assemble(id, table, &wanted, &targets, parts)
    }

    fn target(&self, table: &TableSchema, column: usize, binding: &FileBinding) -> Target {
        let schema = table.columns.get(column);
        let own = binding_of(binding, schema.map_or("", |c| c.name.as_ref()));
        let mut markers: Vec<(String, Reasons)> = own.map(|b| b.markers.clone()).unwrap_or_default();
        markers.extend(schema.iter().flat_map(|c| c.markers.iter().map(|(t, r)| (t.to_string(), *r))));
        markers.extend(binding.markers.iter().cloned());
        let allowed: Vec<String> =
            schema.map(|c| c.allowed.iter().map(|a| crate::name::normal_text(a)).collect()).unwrap_or_default();
        let kind = match schema.map(|c| (&c.kind, c.link)) {
            Some((_, Some(link))) => TargetKind::Link(self.keys.get(&link).cloned().unwrap_or_default()),
            Some((Type::Number(_), _)) => TargetKind::Number,
            Some((Type::YesNo, _)) => TargetKind::YesNo,
            Some((Type::Date, _)) => TargetKind::Date,
            _ if table.key.as_slice() == [ColumnId(u32::try_from(column).unwrap_or(u32::MAX))]
                && allowed.is_empty() =>
            {
                TargetKind::Key
            }
            _ => TargetKind::Text,
        };
        let percent = match schema.map(|c| &c.kind) {
            Some(Type::Number(Unit::Percent | Unit::PercentagePoint)) if own.is_some_and(|b| b.fractions) => {
                PercentSign::Fractions
            }
            Some(Type::Number(Unit::Percent | Unit::PercentagePoint)) => PercentSign::Expected,
            Some(Type::Number(Unit::Number | Unit::Ratio)) => PercentSign::Hundredths,
            _ => PercentSign::Refused,
        };
        let plain_markers = markers.iter().any(|(marker, _)| super::cells::number(marker.as_bytes()).is_some());
        // a number of years may be any
        let year = table.year == Some(ColumnId(u32::try_from(column).unwrap_or(u32::MAX)));
        let unit = match schema.map(|c| &c.kind) {
            Some(Type::Number(unit)) => Some(unit.clone()),
            _ => None,
        };
        Target { kind, markers, percent, year, unit, plain_markers, allowed: Arc::new(allowed) }
    }

    fn part(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        wanted: &[usize],
        targets: &[Target],
    ) -> Option<Part> {
        let (head, columns) = self.bound(table, binding, wanted)?;
        let thorough = matches!(head.body, Body::Grid(_));
        let before = self.diagnostics.len();
        let read = self.part_of_head(table, binding, wanted, targets, (head, columns));
        let doubtful = match &read {
            Some(part) => super::doubt::is_doubtful(table, wanted, &part.blocks),
            None => true,
        };
        if thorough || !doubtful {
            return read;
        }
        // something is irregular: what is no row of the table is left out, and what cannot be understood for sure stays an error
        let told = self.diagnostics.split_off(before);
        let again = self.thorough_part(table, binding, wanted, targets);
        if again.is_some() && !self.diagnostics.iter().skip(before).any(Diagnostic::is_error) {
            return again;
        }
        let mut hints = self.diagnostics.split_off(before);
        hints.retain(|hint| hint.kind == kinds::MENDED_NOT_TAKEN);
        self.diagnostics.extend(told);
        let narrow = hints.iter().any(super::told::is_narrow_header);
        self.diagnostics.extend(hints);
        read.map(|mut part| {
            // rows that are only wider than the header are told of by it
            let usual = Ragged::usual(part.blocks.iter().map(|block| &block.ragged), part.width);
            if let Some(usual) = usual.filter(|_| narrow) {
                part.blocks.iter_mut().for_each(|block| block.ragged.forget(usual));
            }
            part
        })
    }

    /// The file read thoroughly, whatever it is.
    fn thorough_part(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        wanted: &[usize],
        targets: &[Target],
    ) -> Option<Part> {
        let head = self.thorough_head(binding)?;
        let columns = self.bind(table, binding, &head, wanted)?;
        self.part_of_head(table, binding, wanted, targets, (head, columns))
    }

    /// A file up to its header with the place of every declared column: read thoroughly where the manifest says something that only this
    /// knows, and where the plain reading does not find the columns.
    fn bound(&mut self, table: &TableSchema, binding: &FileBinding, wanted: &[usize]) -> Option<(Head, Columns)> {
        let before = self.diagnostics.len();
        if !binding.is_thorough() {
            let plain = self.head(binding);
            let bound = plain.and_then(|head| self.bind(table, binding, &head, wanted).map(|columns| (head, columns)));
            if bound.is_some() {
                return bound;
            }
        }
        let told = self.diagnostics.split_off(before);
        let head = self.thorough_head(binding);
        let bound = head.and_then(|head| self.bind(table, binding, &head, wanted).map(|columns| (head, columns)));
        if bound.is_none() && !told.is_empty() {
            self.diagnostics.truncate(before);
            self.diagnostics.extend(told);
        }
        bound
    }

    fn part_of_head(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        wanted: &[usize],
        targets: &[Target],
        (head, columns): (Head, Columns),
    ) -> Option<Part> {
        let sources = sources(table, binding, &head, wanted, &columns);
        let part = Part {
            blocks: Vec::new(),
            columns,
            first_line: head.first_line,
            width: head.headers.len(),
            sheet: head.sheet,
        };
        let blocks = match head.body {
            Body::Text(body) => self.text_blocks(binding, body, &part, sources, targets)?,
            Body::Grid(body) => {
                let mut targets = targets.to_vec();
                let rewrites = self.rewrites(table, binding, wanted, &mut targets)?;
                self.grid_blocks(binding, &body, &part, &sources, &targets, rewrites)?
            }
        };
        Some(Part { blocks, ..part })
    }

    /// How the texts of columns are read, where they are not read as they are.
    fn rewrites(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        wanted: &[usize],
        targets: &mut [Target],
    ) -> Option<Rewrites> {
        let mut rewrites = Vec::new();
        for (at, column) in wanted.iter().enumerate() {
            let name = table.columns.get(*column).map_or("", |c| c.name.as_ref());
            let (Some(own), Some(target)) = (binding_of(binding, name), targets.get_mut(at)) else {
                continue;
            };
            let known = match &own.correspondence {
                Some(correspondence) => self.pairs(correspondence)?,
                None => Vec::new(),
            };
            rewrites.extend(Rewrite::new(own, target, known).map(|rewrite| (at, rewrite)));
        }
        Some(rewrites)
    }

    pub(super) fn cannot_read(&mut self, file: &str, error: &std::io::Error) {
        self.diagnostics.push(super::text::unreadable(Place::File(file.to_string()), file, error));
    }

    pub(super) fn problem(&mut self, kind: crate::diagnostic::Kind, file: &str) {
        self.diagnostics
            .push(Diagnostic::new(kind, Place::File(file.to_string())).text("file", file).text("what", "table"));
    }

    pub(super) fn row_place(&self, file: &str, sheet: Option<Arc<str>>, row: u64) -> CellRef {
        CellRef { file: Arc::from(file), sheet, row, column: 0, header: Arc::from("") }
    }
}
