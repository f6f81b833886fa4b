//! A manifest and a schema → a dataset: tables in the order of their links, every problem with its cells.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::blocks::KeyTable;
use super::blocks::{Block, Target, TargetKind};
use super::csv::{self, Layout, Trouble};
use super::dataset::{Dataset, Needed, Origin, Table};
use super::manifest::{self, ColumnBinding, FileBinding, Manifest};
use super::text::{self, Encoding, header_form};
use super::xlsx;
use crate::diagnostic::data as kinds;
use crate::diagnostic::{Argument, Diagnostic, Outcome};
use crate::location::{CellRef, Place};
use crate::progress::{Progress, Stage};
use crate::schema::{ColumnId, Schema, TableId, TableSchema};
use crate::value::{Reasons, Type};

/// Bytes looked at to find the header, the separator and the encoding.
const SAMPLE_BYTES: usize = 256 * 1024;

/// Loads the tables that a manifest binds. Key and link columns are always loaded, others when `needed`.
///
/// Errors: unreadable files, columns that are not there, rows with too many or too few fields, repeated keys. The
/// dataset is there only when there are none.
pub fn load(manifest: &Path, schema: &Schema, needed: &Needed, progress: &dyn Progress) -> Outcome<Dataset> {
    let Outcome { value, diagnostics } = manifest::read(manifest);
    let Some(manifest) = value else {
        return Outcome { value: None, diagnostics };
    };
    let mut loader = Loader { schema, needed, manifest: &manifest, keys: HashMap::new(), diagnostics, progress };
    let total = loader.total_bytes();
    progress.start(Stage::ReadData, Some(total));
    let mut tables: Vec<Option<Table>> = vec![None; schema.tables.len()];
    for id in loader.order() {
        let loaded = loader.table(id);
        if let Some(slot) = usize::try_from(id.0).ok().and_then(|i| tables.get_mut(i)) {
            *slot = Some(loaded);
        }
    }
    loader.unknown_tables();
    progress.finish();
    let failed = loader.diagnostics.iter().any(Diagnostic::is_error);
    let diagnostics = loader.diagnostics;
    let tables: Vec<Table> = tables.into_iter().flatten().collect();
    let complete = tables.len() == schema.tables.len();
    let value = (!failed && complete).then(|| Dataset {
        title: manifest.title.clone(),
        synthetic: manifest.synthetic.clone(),
        tables,
    });
    Outcome { value, diagnostics }
}

pub(super) struct Loader<'a> {
    pub schema: &'a Schema,
    needed: &'a Needed,
    manifest: &'a Manifest,
    pub keys: HashMap<TableId, Arc<KeyTable>>,
    pub diagnostics: Vec<Diagnostic>,
    progress: &'a dyn Progress,
}

/// One file while it is read.
pub(super) struct Part {
    pub blocks: Vec<Block>,
    pub sheet: Option<Arc<str>>,
    /// Per schema column: file column from 1, header.
    pub columns: Vec<(u32, Arc<str>)>,
    pub first_line: u64,
    pub width: usize,
}

impl Loader<'_> {
    fn total_bytes(&self) -> u64 {
        let files = self.manifest.tables.iter().flat_map(|(_, files)| files);
        files.filter_map(|f| std::fs::metadata(self.manifest.folder.join(&f.file)).ok()).map(|m| m.len()).sum()
    }

    /// Tables so that linked ones come first. A circle of links is broken where it closes.
    fn order(&self) -> Vec<TableId> {
        let mut order = Vec::new();
        let ids: Vec<TableId> =
            (0..self.schema.tables.len()).filter_map(|i| u32::try_from(i).ok().map(TableId)).collect();
        for _ in 0..=ids.len() {
            for id in &ids {
                let ready = self
                    .schema
                    .table(*id)
                    .is_some_and(|t| t.columns.iter().filter_map(|c| c.link).all(|l| l == *id || order.contains(&l)));
                if ready && !order.contains(id) {
                    order.push(*id);
                }
            }
        }
        for id in ids {
            if !order.contains(&id) {
                order.push(id);
            }
        }
        order
    }

    fn unknown_tables(&mut self) {
        for (name, _) in &self.manifest.tables {
            if self.schema.find(name).is_none() {
                let known = self.schema.tables.iter().map(|t| t.name.as_ref());
                let near: Vec<String> =
                    crate::suggestion::nearest(name, known).iter().map(ToString::to_string).collect();
                self.diagnostics.push(
                    Diagnostic::new(kinds::MANIFEST_KEY, Place::File(self.manifest.name.clone()))
                        .text("key", name.clone())
                        .count("near-count", near.len())
                        .with("near", Argument::List(near)),
                );
            }
        }
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
            if any {
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
        for binding in files {
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
        let kind = match schema.map(|c| (&c.kind, c.link)) {
            Some((_, Some(link))) => TargetKind::Link(self.keys.get(&link).cloned().unwrap_or_default()),
            Some((Type::Number(_), _)) => TargetKind::Number,
            Some((Type::YesNo, _)) => TargetKind::YesNo,
            Some((Type::Date, _)) => TargetKind::Date,
            _ => TargetKind::Text,
        };
        let allowed =
            schema.map(|c| c.allowed.iter().map(|a| crate::name::normal_text(a)).collect()).unwrap_or_default();
        Target { kind, markers, allowed: Arc::new(allowed) }
    }

    fn part(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        wanted: &[usize],
        targets: &[Target],
    ) -> Option<Part> {
        let path = self.manifest.folder.join(&binding.file);
        let lower = binding.file.to_lowercase();
        let workbook = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].iter().any(|e| lower.ends_with(e));
        match std::fs::metadata(&path) {
            Err(error) => {
                self.cannot_read(&binding.file, text::trouble(&error));
                return None;
            }
            Ok(data) if data.is_dir() => {
                self.cannot_read(&binding.file, "directory".into());
                return None;
            }
            Ok(data) if data.len() == 0 => {
                self.problem(kinds::FILE_EMPTY, &binding.file);
                return None;
            }
            Ok(_) => {}
        }
        if workbook {
            self.workbook(table, binding, &path, wanted, targets)
        } else {
            self.separated(table, binding, &path, wanted, targets)
        }
    }

    fn cannot_read(&mut self, file: &str, problem: String) {
        let place = Place::File(file.to_string());
        self.diagnostics.push(Diagnostic::new(kinds::CANNOT_READ, place).text("file", file).text("problem", problem));
    }

    fn problem(&mut self, kind: crate::diagnostic::Kind, file: &str) {
        self.diagnostics.push(Diagnostic::new(kind, Place::File(file.to_string())).text("file", file));
    }

    fn separated(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        path: &Path,
        wanted: &[usize],
        targets: &[Target],
    ) -> Option<Part> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                self.cannot_read(&binding.file, text::trouble(&error));
                return None;
            }
        };
        let mut sample = Vec::new();
        if let Err(error) = file.by_ref().take(SAMPLE_BYTES as u64).read_to_end(&mut sample) {
            self.cannot_read(&binding.file, text::trouble(&error));
            return None;
        }
        if sample.contains(&0) {
            self.problem(kinds::NOT_TEXT, &binding.file);
            return None;
        }
        let declared = match binding.encoding.as_deref().map(|name| (name, Encoding::named(name))) {
            Some((name, None)) => {
                let place = Place::File(binding.file.clone());
                self.diagnostics.push(
                    Diagnostic::new(kinds::UNKNOWN_ENCODING, place)
                        .text("file", binding.file.clone())
                        .text("name", name),
                );
                return None;
            }
            Some((_, encoding)) => encoding,
            None => None,
        };
        let encoding = declared.unwrap_or_else(|| Encoding::of_sample(&sample));
        if declared.is_none() && encoding == Encoding::Windows1251 {
            self.problem(kinds::ENCODING_GUESSED, &binding.file);
        }
        let skip = binding.header_row.unwrap_or(1) - 1;
        let mut start = if sample.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        for _ in 0..skip {
            start += memchr::memchr(b'\n', sample.get(start..).unwrap_or(&[])).map_or(0, |at| at + 1);
        }
        let head = sample.get(start..).unwrap_or(&[]);
        let head_line = head.split(|b| *b == b'\n').next().unwrap_or(&[]);
        if encoding == Encoding::Utf8 && std::str::from_utf8(head_line).is_err() {
            self.problem(kinds::WRONG_ENCODING, &binding.file);
            return None;
        }
        let separator = match binding.separator.as_deref().map(str::as_bytes) {
            Some([one]) => *one,
            _ => text::separator(head_line),
        };
        let (decoded, width_of_head) = match encoding {
            Encoding::Utf8 => (head.to_vec(), true),
            Encoding::Windows1251 => (text::decode_1251(head).into_bytes(), false),
        };
        let (headers, used) = csv::record(&decoded, separator);
        let used = if width_of_head { used } else { head_line.len() };
        let header_lines = memchr::memchr_iter(b'\n', head.get(..used).unwrap_or(&[])).count() as u64;
        let columns = self.bind(table, binding, &headers, wanted, 1)?;
        let mut layout = Layout {
            separator,
            encoding,
            width: headers.len(),
            wanted: vec![None; headers.len()],
            constants: Vec::new(),
            targets: targets.to_vec(),
        };
        for (at, column) in wanted.iter().enumerate() {
            match columns.get(*column) {
                Some((number, _)) if *number > 0 => {
                    let slot = usize::try_from(*number).ok().and_then(|n| layout.wanted.get_mut(n - 1));
                    if let Some(slot) = slot {
                        *slot = Some(at);
                    }
                }
                _ => {
                    let name = table.columns.get(*column).map_or("", |c| c.name.as_ref());
                    let constant = binding_of(binding, name).and_then(|b| b.constant.clone()).unwrap_or_default();
                    layout.constants.push((at, constant));
                }
            }
        }
        let first_line = skip as u64 + header_lines + 2;
        let data_start = (start + used + 1) as u64;
        let read = |layout: &Layout, progress: &dyn Progress| -> Result<Vec<Block>, Trouble> {
            let mut file = File::open(path).map_err(Trouble::Io)?;
            file.seek(SeekFrom::Start(data_start)).map_err(Trouble::Io)?;
            csv::read(file, layout, first_line, progress)
        };
        let mut result = read(&layout, self.progress);
        if declared.is_none() && encoding == Encoding::Utf8 && matches!(result, Err(Trouble::Encoding)) {
            self.problem(kinds::ENCODING_GUESSED, &binding.file);
            layout.encoding = Encoding::Windows1251;
            result = read(&layout, self.progress);
        }
        match result {
            Ok(blocks) => Some(Part { blocks, sheet: None, columns, first_line, width: layout.width }),
            Err(Trouble::Io(error)) => {
                self.cannot_read(&binding.file, text::trouble(&error));
                None
            }
            Err(Trouble::UnclosedQuote(line)) => {
                let place = Place::Cell(self.row_place(&binding.file, None, line));
                self.diagnostics.push(Diagnostic::new(kinds::UNCLOSED_QUOTE, place).text("file", binding.file.clone()));
                None
            }
            Err(Trouble::Encoding) => {
                self.problem(kinds::WRONG_ENCODING, &binding.file);
                None
            }
        }
    }

    pub(super) fn row_place(&self, file: &str, sheet: Option<Arc<str>>, row: u64) -> CellRef {
        CellRef { file: Arc::from(file), sheet, row, column: 0, header: Arc::from("") }
    }

    fn workbook(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        path: &Path,
        wanted: &[usize],
        targets: &[Target],
    ) -> Option<Part> {
        let sheet = match xlsx::read(path, binding.sheet.as_deref()) {
            Ok(sheet) => sheet,
            Err(xlsx::Trouble::Broken(problem)) => {
                let place = Place::File(binding.file.clone());
                self.diagnostics.push(
                    Diagnostic::new(kinds::WORKBOOK_BROKEN, place)
                        .text("file", binding.file.clone())
                        .text("problem", problem),
                );
                return None;
            }
            Err(xlsx::Trouble::NoSheet(names)) => {
                let place = Place::File(binding.file.clone());
                self.diagnostics.push(
                    Diagnostic::new(kinds::SHEET_NOT_FOUND, place)
                        .text("file", binding.file.clone())
                        .text("sheet", binding.sheet.clone().unwrap_or_default())
                        .with("sheets", Argument::List(names)),
                );
                return None;
            }
        };
        let header_row = binding.header_row.map_or(sheet.first_row, |row| row as u64);
        let header_at = usize::try_from(header_row.saturating_sub(sheet.first_row)).unwrap_or(usize::MAX);
        let Some(headers) = sheet.rows.get(header_at) else {
            self.problem(kinds::FILE_EMPTY, &binding.file);
            return None;
        };
        let columns = self.bind(table, binding, headers, wanted, sheet.first_column)?;
        let mut block = Block::new(targets, header_row + 1);
        let mut extra = 0;
        for cells in sheet.rows.iter().skip(header_at + 1) {
            if cells.iter().all(String::is_empty) {
                extra += 1;
                block.jumps.push((block.rows, extra));
                continue;
            }
            for (at, (column, target)) in wanted.iter().zip(targets).enumerate() {
                let place = columns.get(*column).map_or(0, |(number, _)| *number);
                if place > 0 {
                    let index = usize::try_from(place - sheet.first_column).unwrap_or(usize::MAX);
                    block.cell(at, target, cells.get(index).map_or("", String::as_str).as_bytes());
                } else {
                    let name = table.columns.get(*column).map_or("", |c| c.name.as_ref());
                    let constant = binding_of(binding, name).and_then(|b| b.constant.clone()).unwrap_or_default();
                    block.cell(at, target, constant.as_bytes());
                }
            }
            block.end_row();
        }
        let width = headers.len();
        let sheet = Some(Arc::from(sheet.name));
        Some(Part { blocks: vec![block], sheet, columns, first_line: header_row + 1, width })
    }

    /// Which column of the file each declared column is; reports needed ones that are not there.
    fn bind(
        &mut self,
        table: &TableSchema,
        binding: &FileBinding,
        headers: &[String],
        wanted: &[usize],
        first_column: u32,
    ) -> Option<Vec<(u32, Arc<str>)>> {
        let forms: Vec<String> = headers.iter().map(|h| header_form(h)).collect();
        let mut columns = vec![(0, Arc::from("")); table.columns.len()];
        let mut complete = true;
        for (at, column) in table.columns.iter().enumerate() {
            let own = binding_of(binding, &column.name);
            if own.is_some_and(|b| b.constant.is_some()) {
                continue;
            }
            let names: Vec<String> = match own.and_then(|b| b.header.clone()) {
                Some(header) => vec![header],
                None => [column.header.clone(), Some(column.name.clone()), column.title.clone()]
                    .into_iter()
                    .flatten()
                    .map(|n| n.to_string())
                    .collect(),
            };
            let found: Vec<usize> = names
                .iter()
                .map(|n| header_form(n))
                .find_map(|form| {
                    let at: Vec<usize> =
                        forms.iter().enumerate().filter(|(_, f)| **f == form).map(|(i, _)| i).collect();
                    (!at.is_empty()).then_some(at)
                })
                .unwrap_or_default();
            match found.as_slice() {
                [one] => {
                    let number = u32::try_from(*one).unwrap_or(0) + first_column;
                    let header = headers.get(*one).map_or("", String::as_str);
                    if let Some(slot) = columns.get_mut(at) {
                        *slot = (number, Arc::from(header));
                    }
                }
                [] if !wanted.contains(&at) => {}
                [] => {
                    complete = false;
                    let near: Vec<String> = suggestions(names.first().map_or("", String::as_str), headers);
                    let place = Place::File(binding.file.clone());
                    self.diagnostics.push(
                        Diagnostic::new(kinds::COLUMN_NOT_FOUND, place)
                            .text("column", column.name.as_ref())
                            .text("header", names.first().cloned().unwrap_or_default())
                            .text("file", binding.file.clone())
                            .count("near-count", near.len())
                            .with("near", Argument::List(near))
                            .with("headers", Argument::List(headers.iter().take(40).cloned().collect())),
                    );
                }
                [_, second, ..] => {
                    complete = false;
                    let mut place = self.row_place(&binding.file, binding.sheet.as_deref().map(Arc::from), 1);
                    place.column = u32::try_from(*second).unwrap_or(0) + first_column;
                    self.diagnostics.push(
                        Diagnostic::new(kinds::DUPLICATE_HEADER, Place::Cell(place))
                            .text("header", headers.get(*second).cloned().unwrap_or_default())
                            .text("file", binding.file.clone()),
                    );
                }
            }
        }
        complete.then_some(columns)
    }
}

fn binding_of<'a>(binding: &'a FileBinding, name: &str) -> Option<&'a ColumnBinding> {
    binding.columns.iter().find(|(known, _)| known == name).map(|(_, column)| column)
}

fn suggestions(header: &str, headers: &[String]) -> Vec<String> {
    crate::suggestion::nearest(header, headers.iter().map(String::as_str)).iter().map(ToString::to_string).collect()
}
