//! The tables of a manifest as texts: found, filtered, turned and joined by the code that a run reads with, with every column of their files.
//!
//! Knows no schema: a column is what the manifest calls it, or what stands above it. Nothing rests on what is read here; what a run would
//! refuse is a warning.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::bind::{found, placed};
use super::blocks::{Block, PercentSign, Target, TargetKind};
use super::dataset::Needed;
use super::head::{Body, Head};
use super::load::Loader;
use super::manifest::{self, ColumnBinding, FileBinding};
use super::pattern;
use super::rewrite::{Rewrite, is_bound};
use super::text::header_form;
use super::thorough::{GridBody, Openings};
use crate::diagnostic::{Argument, Diagnostic, Outcome, Severity, tables as kinds};
use crate::location::{CellRef, Place};
use crate::progress::Silent;
use crate::schema::Schema;
use crate::source::Sources;
use crate::tables::find::Table;
use crate::tables::grid::{Cell, Grid, Mark, Row};
use crate::tables::limits::Limits;
use crate::tables::open::Format;
use crate::value::{Reasons, Type, Unit};

/// A table as a manifest states it.
#[derive(Debug)]
pub struct Stated {
    pub name: String,
    /// The table alone: its names in the first row where it has any, then its rows; the texts as they are read.
    pub grid: Grid,
    pub table: Table,
    pub columns: Vec<Column>,
    pub parts: Vec<Part>,
    /// What has to be known of how it was read.
    pub told: Vec<Diagnostic>,
}

/// One column of such a table.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    /// Why a cell holds no value, as far as that is stated; per row.
    pub absent: Vec<Reasons>,
}

/// Rows that come from one file or sheet.
#[derive(Debug)]
pub struct Part {
    pub file: String,
    pub path: PathBuf,
    pub sheet: Option<String>,
    pub header: Vec<u64>,
    /// Per row of the table that comes from here: its row or line, from 1.
    pub rows: Vec<u64>,
    /// Per column of the table: its column here, from 1; 0: not there.
    pub columns: Vec<u32>,
}

/// How a column reads its cells.
#[derive(Debug, Default)]
pub struct Read {
    /// Cells that hold a value; those that are missing, suppressed, not applicable and invalid.
    pub known: usize,
    pub absent: [usize; 4],
    /// Cells that are not what the column holds: row and text; the first of them.
    pub invalid: Vec<(usize, String)>,
}

/// The four absences, in the order in which they are counted.
pub const ABSENCES: [Reasons; 4] = [Reasons::MISSING, Reasons::SUPPRESSED, Reasons::NOT_APPLICABLE, Reasons::INVALID];

/// Reads all tables of a manifest. Its text joins the sources.
///
/// Errors: those of the manifest and of files that cannot be read; tables without errors are there all the same.
pub fn tables(path: &Path, limits: Limits, sources: &mut Sources) -> Outcome<Vec<Stated>> {
    let Outcome { value, mut diagnostics } = manifest::read(path, sources);
    let Some(manifest) = value.filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) else {
        return Outcome { value: None, diagnostics };
    };
    let (schema, needed) = (Schema::default(), Needed::All);
    let openings = Openings::default();
    let read = |(name, files): &(String, Vec<FileBinding>)| {
        let mut loader = Loader {
            schema: &schema,
            needed: &needed,
            manifest: &manifest,
            keys: HashMap::new(),
            openings: Arc::clone(&openings),
            diagnostics: Vec::new(),
            progress: &Silent,
            limits,
            shows: true,
        };
        let joined = loader.joined(files);
        let told = loader.diagnostics;
        match joined.filter(|_| !told.iter().any(Diagnostic::is_error)) {
            Some(joined) => Ok(joined.table(name, told)),
            // how a file was understood is of no use where it was not
            None => Err(told.into_iter().filter(|told| told.kind.severity != Severity::Note).collect::<Vec<_>>()),
        }
    };
    let stated: Vec<Result<Stated, Vec<Diagnostic>>> = manifest.tables.par_iter().map(read).collect();
    let mut tables = Vec::new();
    for stated in stated {
        match stated {
            Ok(table) => tables.push(table),
            Err(told) => diagnostics.extend(told),
        }
    }
    Outcome { value: Some(tables), diagnostics }
}

impl Stated {
    /// The place of a cell of the data; nothing where its column is not in the file.
    pub fn cell(&self, row: usize, column: usize) -> Option<CellRef> {
        let mut before = 0;
        for part in &self.parts {
            if let Some(line) = row.checked_sub(before).and_then(|at| part.rows.get(at)) {
                let number = part.columns.get(column).copied().filter(|number| *number > 0)?;
                return Some(CellRef {
                    file: Arc::from(part.file.as_str()),
                    sheet: part.sheet.as_deref().map(Arc::from),
                    row: *line,
                    column: number,
                    header: Arc::from(self.columns.get(column).map_or("", |column| column.name.as_str())),
                });
            }
            before += part.rows.len();
        }
        None
    }

    /// The texts of a column; those that are stated to be no value are empty.
    pub fn values(&self, column: usize) -> Vec<&str> {
        let absent = self.columns.get(column).map_or(&[][..], |column| column.absent.as_slice());
        let rows = self.table.rows.iter().filter_map(|at| self.grid.rows.get(*at)).zip(absent);
        rows.map(|(row, absent)| if absent.is_none() { row.text(column) } else { "" }).collect()
    }

    /// How a column would be read as values of a type.
    pub fn read(&self, column: usize, kind: &Type) -> Read {
        let target = target(kind);
        let mut block = Block::new(std::slice::from_ref(&target), 1);
        let mut read = Read::default();
        let absent = self.columns.get(column).map_or(&[][..], |column| column.absent.as_slice());
        let mut rows = Vec::new();
        for (row, (text, absent)) in self.values(column).into_iter().zip(absent).enumerate() {
            if absent.is_none() {
                block.cell(0, &target, text.as_bytes());
                block.end_row();
                rows.push(row);
            } else {
                count(&mut read, *absent);
            }
        }
        let invalid = block.columns.first().map_or(0, |column| column.invalid.count);
        read.known = block.rows - invalid;
        count_times(&mut read, Reasons::INVALID, invalid);
        let first = block.columns.first().map_or(&[][..], |column| column.invalid.first.as_slice());
        read.invalid = first.iter().filter_map(|(at, text)| Some((*rows.get(*at)?, text.clone()))).collect();
        read
    }
}

fn count(read: &mut Read, reasons: Reasons) {
    count_times(read, reasons, 1);
}

fn count_times(read: &mut Read, reasons: Reasons, times: usize) {
    for (known, slot) in ABSENCES.iter().zip(&mut read.absent) {
        if known.0 & reasons.0 != 0 {
            *slot += times;
        }
    }
}

/// What cells of a column without markers become.
fn target(kind: &Type) -> Target {
    let (kind, unit) = match kind {
        Type::Number(unit) => (TargetKind::Number, Some(unit.clone())),
        Type::YesNo => (TargetKind::YesNo, None),
        Type::Date => (TargetKind::Date, None),
        _ => (TargetKind::Text, None),
    };
    let percent = match unit {
        Some(Unit::Percent | Unit::PercentagePoint) => PercentSign::Expected,
        Some(Unit::Number | Unit::Ratio) => PercentSign::Hundredths,
        _ => PercentSign::Refused,
    };
    let (markers, allowed) = (Vec::new(), Arc::default());
    Target { kind, markers, percent, year: false, unit, plain_markers: false, allowed }
}

/// Where a column of the joined table stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    OfFile,
    Constant,
    Turned,
}

/// A column of the joined table: its name or the form of its header, and how many before it have the same.
type Key = (String, usize);
/// Per column of the joined table: its column in a file, from 1; 0: a constant.
type Places = HashMap<Key, u32>;

/// A column while files are joined.
struct Joining {
    key: Key,
    name: String,
    rank: Rank,
    cells: Vec<Cell>,
    absent: Vec<Reasons>,
}

/// One column of one file, and how it is read.
struct Wanted<'b> {
    key: Key,
    name: String,
    rank: Rank,
    /// Its column in the file, from 0; else a constant.
    at: Result<usize, String>,
    own: Option<&'b ColumnBinding>,
}

/// A table while files are joined.
#[derive(Default)]
struct Joined {
    columns: Vec<Joining>,
    /// With, per column, its column in the file.
    parts: Vec<(Part, Places)>,
    rows: usize,
}

impl Loader<'_> {
    /// The files of a table, one below the other.
    fn joined(&mut self, files: &[FileBinding]) -> Option<Joined> {
        let mut joined = Joined::default();
        let mut whole = true;
        let files = self.shaped(files);
        self.open_all(&files);
        for binding in &files {
            whole &= self.join(binding, &mut joined).is_some();
        }
        if !whole {
            return None;
        }
        joined.complete();
        self.differences(&joined);
        Some(joined)
    }

    fn join(&mut self, binding: &FileBinding, joined: &mut Joined) -> Option<()> {
        let head = self.thorough_head(binding)?;
        let Body::Grid(body) = &head.body else {
            return None;
        };
        let wanted = self.wanted(binding, &head, body)?;
        let mut targets: Vec<Target> = Vec::new();
        let mut rewrites = Vec::new();
        for (at, wanted) in wanted.iter().enumerate() {
            let mut target = target(&Type::Text);
            target.markers = wanted.own.map(|own| own.markers.clone()).unwrap_or_default();
            target.markers.extend(binding.markers.iter().cloned());
            if let Some(own) = wanted.own {
                let known = match &own.correspondence {
                    Some(correspondence) => self.pairs(correspondence)?,
                    None => Vec::new(),
                };
                if own.by_name && known.is_empty() {
                    let problem = Diagnostic::new(kinds::NAMES_NEED_RULES, Place::File(binding.file.clone()));
                    self.diagnostics.push(problem.text("column", wanted.name.clone()));
                }
                rewrites.extend(Rewrite::new(own, &mut target, known).map(|rewrite| (at, rewrite)));
            }
            targets.push(target);
        }
        let plain = body.opened.format == Format::Text;
        let mut block = Block::new(&targets, head.first_line);
        let slots: Vec<usize> = wanted.iter().map(|wanted| joined.slot(wanted)).collect();
        for row in body.rows.iter().filter_map(|at| body.row(*at)) {
            for (at, ((wanted, target), slot)) in wanted.iter().zip(&targets).zip(&slots).enumerate() {
                let cell = match &wanted.at {
                    Ok(column) => row.cells.get(*column).cloned().unwrap_or_default(),
                    Err(constant) => Cell::plain(constant.clone()),
                };
                let read = match rewrites.iter_mut().find(|(own, _)| *own == at) {
                    Some((_, rewrite)) => rewrite.text(&cell.text, row.number).into_owned(),
                    None => cell.text.clone(),
                };
                block.cell(at, target, read.as_bytes());
                let cell = if read == cell.text || is_bound(&read) { cell } else { Cell::plain(read) };
                // a mark around a field of a text file does not make a number a text
                let mark = if plain && cell.mark == Mark::Text { Mark::Plain } else { cell.mark };
                if let Some(column) = joined.columns.get_mut(*slot) {
                    column.cells.push(Cell { mark, ..cell });
                }
            }
            block.end_row();
        }
        for (column, slot) in block.columns.iter().zip(&slots) {
            if let Some(joining) = joined.columns.get_mut(*slot) {
                let reasons = (0..block.rows).map(|row| Reasons(column.absent.get(row).copied().unwrap_or(0)));
                joining.absent.extend(reasons);
            }
        }
        let place = |at: usize| wanted.get(at).and_then(|wanted| wanted.at.as_ref().ok()).map_or(0, |at| at + 1);
        self.unmatched(binding, head.sheet.as_ref(), place, &rewrites);
        joined.rows += block.rows;
        let part = Part {
            file: binding.file.clone(),
            path: self.path(&binding.file),
            sheet: head.sheet.as_deref().map(str::to_string),
            header: body.header.clone(),
            rows: body.rows.iter().filter_map(|at| body.row(*at)).map(|row| row.number).collect(),
            columns: Vec::new(),
        };
        let own = |wanted: &Wanted| {
            let number = wanted.at.as_ref().ok().and_then(|at| u32::try_from(at + 1).ok());
            (wanted.key.clone(), number.unwrap_or(0))
        };
        joined.parts.push((part, wanted.iter().map(own).collect()));
        Some(())
    }

    /// The columns of one file in their order: those that the manifest names under its names, all others under their own.
    fn wanted<'b>(&mut self, binding: &'b FileBinding, head: &Head, body: &GridBody) -> Option<Vec<Wanted<'b>>> {
        let headers = &head.headers;
        let forms: Vec<String> = headers.iter().map(|header| header_form(header)).collect();
        let turned = |name: &str| binding.turned.iter().any(|(column, _)| column == name);
        let mut wanted: Vec<Wanted> = Vec::new();
        let mut complete = true;
        for (name, own) in &binding.columns {
            let rank = if turned(name) { Rank::Turned } else { Rank::Constant };
            let mut push = |rank: Rank, at: Result<usize, String>| {
                wanted.push(Wanted { key: (name.clone(), 0), name: name.clone(), rank, at, own: Some(own) });
            };
            if let Some(constant) = &own.constant {
                push(rank, Err(constant.clone()));
                continue;
            }
            let names = if own.headers.is_empty() { std::slice::from_ref(name) } else { own.headers.as_slice() };
            let places = match own.position {
                Some(position) => placed(position, head.first_column, headers.len()),
                None => found(names, &forms, headers),
            };
            match places.as_slice() {
                [one] => push(if turned(name) { Rank::Turned } else { Rank::OfFile }, Ok(*one)),
                [] => {
                    complete = false;
                    self.no_column(&binding.file, names.first().map_or("", String::as_str), headers);
                }
                [_, second, ..] => {
                    complete = false;
                    self.doubled(binding, head, *second);
                }
            }
        }
        let becomes_rows = |header: &str| {
            !header.is_empty() && binding.turned.iter().any(|(_, pattern)| pattern::parts(pattern, header).is_some())
        };
        let mut counts: HashMap<String, usize> = HashMap::new();
        for at in body.columns.iter().copied() {
            let header = headers.get(at).cloned().unwrap_or_default();
            if wanted.iter().any(|wanted| wanted.at == Ok(at)) || becomes_rows(&header) {
                continue;
            }
            let form = format!("\u{1}{}", forms.get(at).map_or("", String::as_str));
            let before = counts.entry(form.clone()).or_default();
            wanted.push(Wanted { key: (form, *before), name: header, rank: Rank::OfFile, at: Ok(at), own: None });
            *before += 1;
        }
        wanted.sort_by_key(|wanted| {
            (wanted.rank, wanted.at.as_ref().ok().filter(|_| wanted.rank == Rank::OfFile).copied())
        });
        complete.then_some(wanted)
    }

    /// Tells of files that lack columns which others have: their cells are blank.
    fn differences(&mut self, joined: &Joined) {
        for (part, own) in &joined.parts {
            let lacks = |column: &&Joining| !own.contains_key(&column.key);
            let names: Vec<String> = joined.columns.iter().filter(lacks).map(|column| column.name.clone()).collect();
            if !names.is_empty() {
                let place = Place::File(part.file.clone());
                let problem = Diagnostic::new(kinds::COLUMNS_DIFFER, place).text("file", part.file.clone());
                let problem = problem.text("of-sheet", if part.sheet.is_some() { "yes" } else { "no" });
                let problem = problem.text("sheet", part.sheet.clone().unwrap_or_default());
                let problem = problem.with("columns", Argument::List(names));
                // columns that become rows read one file several times
                if !self.diagnostics.contains(&problem) {
                    self.diagnostics.push(problem);
                }
            }
        }
    }
}

impl Joined {
    /// The position of a column, which is new where no file before had it.
    fn slot(&mut self, wanted: &Wanted) -> usize {
        let known = self.columns.iter().position(|column| column.key == wanted.key);
        let at = known.unwrap_or_else(|| {
            let (key, name, rank) = (wanted.key.clone(), wanted.name.clone(), wanted.rank);
            self.columns.push(Joining { key, name, rank, cells: Vec::new(), absent: Vec::new() });
            self.columns.len() - 1
        });
        self.fill(at);
        at
    }

    /// Blank cells for all rows before.
    fn fill(&mut self, at: usize) {
        let rows = self.rows;
        if let Some(column) = self.columns.get_mut(at) {
            column.cells.resize(rows, Cell::default());
            column.absent.resize(rows, Reasons::MISSING);
        }
    }

    /// Fills what the last files lack; columns of files come first, what became rows last.
    fn complete(&mut self) {
        for at in 0..self.columns.len() {
            self.fill(at);
        }
        self.columns.sort_by_key(|column| column.rank);
    }

    fn table(self, name: &str, told: Vec<Diagnostic>) -> Stated {
        let named = self.columns.iter().any(|column| !column.name.trim().is_empty());
        let headers: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let mut rows: Vec<Row> = (0..=self.rows).map(|at| Row { number: at as u64, ..Row::default() }).collect();
        if let Some(first) = rows.first_mut() {
            first.cells = headers.iter().map(Cell::plain).collect();
        }
        let mut columns = Vec::new();
        let keys: Vec<Key> = self.columns.iter().map(|column| column.key.clone()).collect();
        for column in self.columns {
            for (row, cell) in rows.iter_mut().skip(1).zip(column.cells) {
                row.cells.push(cell);
            }
            columns.push(Column { name: column.name, absent: column.absent });
        }
        let place = |(part, own): (Part, Places)| {
            let columns = keys.iter().map(|key| own.get(key).copied().unwrap_or(0)).collect();
            Part { columns, ..part }
        };
        let table = Table {
            columns: (0..headers.len()).collect(),
            headers,
            header: if named { vec![0] } else { Vec::new() },
            rows: (1..rows.len()).collect(),
            left_out: Vec::new(),
            totals: Vec::new(),
            lone: Vec::new(),
            blank_columns: Vec::new(),
            gaps: 0,
            carried: false,
        };
        let grid = Grid { sheet: Some(name.to_string()), rows, ..Grid::default() };
        let parts = self.parts.into_iter().map(place).collect();
        Stated { name: name.to_string(), grid, table, columns, parts, told }
    }
}
