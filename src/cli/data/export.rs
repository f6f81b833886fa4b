//! `merilo data export`: the tables of files in a plain form.
//!
//! Nothing is written when one of the files cannot be read.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::super::output::Target;
use super::super::request::{Asked, Format};
use super::super::{End, Host};
use crate::data::reading::Reading;
use crate::data::stated::Stated;
use crate::diagnostic::{Argument, Diagnostic, Severity, tables as kinds};
use crate::location::Place;
use crate::report::written_table;
use crate::report::xlsx::table as xlsx;
use crate::source::Sources;
use crate::tables::find::Table;
use crate::tables::grid::Grid;
use crate::tables::open::Sheet;

/// One table to be written.
struct Part<'a> {
    grid: &'a Grid,
    table: &'a Table,
    of: Of<'a>,
}

/// Where a table comes from.
#[derive(Clone, Copy)]
enum Of<'a> {
    /// A file: the reading, the sheet and the table.
    File(&'a Reading, usize, usize),
    /// A manifest that states it.
    Manifest(&'a Stated),
}

impl<'a> Part<'a> {
    fn of_file(reading: &'a Reading, sheet: usize, table: usize) -> Option<Part<'a>> {
        let grid = &reading.sheet(sheet)?.grid;
        Some(Part { grid, table: reading.table(sheet, table)?, of: Of::File(reading, sheet, table) })
    }

    /// What messages about the whole table are about.
    fn file(&self) -> String {
        match self.of {
            Of::File(reading, ..) => reading.named.file.clone(),
            Of::Manifest(stated) => stated.parts.first().map_or_else(|| stated.name.clone(), |part| part.file.clone()),
        }
    }

    /// The files that it was read from.
    fn sources(&self) -> Vec<&'a Path> {
        match self.of {
            Of::File(reading, ..) => vec![reading.named.path.as_path()],
            Of::Manifest(stated) => stated.parts.iter().map(|part| part.path.as_path()).collect(),
        }
    }

    /// What has to be known of it. `alone`: the other tables of its file are not written.
    fn told(&self, alone: bool) -> Vec<Diagnostic> {
        match self.of {
            Of::File(reading, sheet, table) => {
                reading.told(sheet, table, alone).into_iter().map(|told| told.diagnostic).collect()
            }
            Of::Manifest(stated) => stated.told.clone(),
        }
    }
}

pub(super) fn export(host: &Host, asked: &Asked, all: bool) -> End {
    let file = asked.output.as_deref();
    let folder = file.filter(|path| all || is_folder(path));
    let target = match folder {
        Some(_) => None,
        None => match Target::new(host, file, asked.format, Format::TABLES) {
            Ok(target) => Some(target),
            Err(end) => return end,
        },
    };
    let (readings, tables, whole) = super::understood(host, asked);
    if !whole {
        return End::Errors;
    }
    let mut parts = match parts(&readings, all) {
        Ok(parts) => parts,
        Err(problems) => {
            host.tell(&problems, &Sources::default());
            return End::Errors;
        }
    };
    parts.extend(tables.iter().map(|own| Part { grid: &own.grid, table: &own.table, of: Of::Manifest(own) }));
    let format = target.as_ref().map_or(asked.format.unwrap_or(Format::Csv), |target| target.format);
    let told = told(&parts, format, all);
    host.tell(&told, &Sources::default());
    if told.iter().any(Diagnostic::is_error) {
        return End::Errors;
    }
    let targets: Vec<Target> = match (target, folder, parts.as_slice()) {
        (Some(target), _, [_]) => vec![target],
        (_, Some(folder), parts) => {
            let mut taken = BTreeSet::new();
            parts.iter().map(|part| Target::in_folder(folder.join(name(part, format, &mut taken)))).collect()
        }
        (_, None, parts) => {
            host.tell_one(Diagnostic::new(kinds::TABLES_NEED_FOLDER, Place::Nowhere).count("count", parts.len()));
            return End::WrongCommand;
        }
    };
    if let Some(source) = targets.iter().find_map(|target| source(target, &parts)) {
        let file = source.display().to_string();
        host.tell_one(Diagnostic::new(kinds::SOURCE_REPLACED, Place::File(file.clone())).text("file", file));
        return End::WrongCommand;
    }
    for (target, part) in targets.iter().zip(&parts) {
        match target.write(host, |out| write(part, format, out)) {
            End::Fine => {}
            end => return end,
        }
    }
    End::Fine
}

/// The source that writing would replace.
fn source<'a>(target: &'a Target, parts: &[Part<'_>]) -> Option<&'a Path> {
    let path = target.file.as_deref()?;
    let own = path.canonicalize().ok()?;
    let same = |source: &Path| source.canonicalize().is_ok_and(|source| source == own);
    parts.iter().flat_map(Part::sources).any(same).then_some(path)
}

/// A folder that is there, or a name that no file has: one with a slash at its end, or without an extension.
fn is_folder(path: &Path) -> bool {
    let named = path.as_os_str().to_string_lossy().ends_with(['/', '\\']);
    path.is_dir() || path != Path::new("-") && !path.exists() && (named || path.extension().is_none())
}

/// The table that is meant of each file, or all tables of all files.
fn parts(readings: &[Reading], all: bool) -> Result<Vec<Part<'_>>, Vec<Diagnostic>> {
    let (mut parts, mut problems) = (Vec::new(), Vec::new());
    for reading in readings {
        if all {
            for (sheet, own) in reading.opened.sheets.iter().enumerate() {
                let filled = own.tables.iter().enumerate().filter(|(_, table)| !table.is_nothing());
                parts.extend(filled.filter_map(|(table, _)| Part::of_file(reading, sheet, table)));
            }
        } else {
            match reading.chosen() {
                Ok((sheet, table)) => parts.extend(Part::of_file(reading, sheet, table)),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    if problems.is_empty() { Ok(parts) } else { Err(problems) }
}

/// What has to be known of what is written: warnings, and what the format cannot hold.
fn told(parts: &[Part<'_>], format: Format, all: bool) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::new();
    for part in parts {
        let remarks = part.told(!all).into_iter();
        // what is about a file or a sheet is said once
        for diagnostic in remarks.filter(|d| d.kind.severity != Severity::Note) {
            if !told.contains(&diagnostic) {
                told.push(diagnostic);
            }
        }
        let (file, table) = (part.file(), part.table);
        if format == Format::Xlsx {
            told.extend(xlsx::too_large(&file, part.grid, table));
        }
        if format == Format::JsonLines {
            let (_, made) = written_table::names(table);
            if !made.is_empty() && !table.header.is_empty() {
                let problem = Diagnostic::new(kinds::NAMES_MADE, Place::File(file));
                told.push(problem.with("names", Argument::List(made)));
            }
        }
    }
    told
}

fn write(part: &Part<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let Part { grid, table, .. } = part;
    match format {
        Format::Xlsx => out.write_all(&xlsx::written(grid, table).map_err(io::Error::other)?),
        Format::JsonLines => written_table::json_lines(grid, table, out),
        _ => written_table::csv(grid, table, out),
    }
}

/// The name of a file for one table: that of its source, with the sheet and the number where the source has several tables; of a manifest
/// the name of the table.
fn name(part: &Part<'_>, format: Format, taken: &mut BTreeSet<String>) -> PathBuf {
    let stem = match part.of {
        Of::File(reading, sheet, table) => of_file(reading, sheet, table),
        Of::Manifest(stated) => stated.name.clone(),
    };
    let stem: String =
        stem.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c }).collect();
    let mut name = format!("{stem}.{}", format.name());
    let mut number = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{stem}-{number}.{}", format.name());
        number += 1;
    }
    PathBuf::from(name)
}

fn of_file(reading: &Reading, sheet: usize, table: usize) -> String {
    let source = reading.named.path.file_stem().filter(|stem| *stem != "-");
    let mut stem = source.map_or_else(|| "table".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let filled = |sheet: &Sheet| sheet.tables.iter().filter(|table| !table.is_nothing()).count();
    let own = reading.sheet(sheet);
    if reading.opened.sheets.iter().filter(|sheet| filled(sheet) > 0).count() > 1 {
        let sheet = own.and_then(|sheet| sheet.grid.sheet.clone()).unwrap_or_else(|| (sheet + 1).to_string());
        stem = format!("{stem}-{sheet}");
    }
    if own.is_some_and(|sheet| filled(sheet) > 1) {
        stem = format!("{stem}-{}", table + 1);
    }
    stem
}
