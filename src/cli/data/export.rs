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
use crate::diagnostic::{Argument, Diagnostic, Severity, tables as kinds};
use crate::location::Place;
use crate::report::written_table;
use crate::report::xlsx::table as xlsx;
use crate::source::Sources;
use crate::tables::find::Table;
use crate::tables::open::Sheet;

/// One table to be written.
struct Part<'a> {
    reading: &'a Reading,
    sheet: usize,
    table: usize,
}

impl<'a> Part<'a> {
    fn both(&self) -> Option<(&'a Sheet, &'a Table)> {
        Some((self.reading.sheet(self.sheet)?, self.reading.table(self.sheet, self.table)?))
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
    let (readings, whole) = super::opened(host, asked);
    if !whole {
        return End::Errors;
    }
    let parts = match parts(&readings, all) {
        Ok(parts) => parts,
        Err(problems) => {
            host.tell(&problems, &Sources::default());
            return End::Errors;
        }
    };
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
    if let Some(source) = targets.iter().find_map(|target| source(target, &readings)) {
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
fn source<'a>(target: &'a Target, readings: &[Reading]) -> Option<&'a Path> {
    let path = target.file.as_deref()?;
    let own = path.canonicalize().ok()?;
    let same = |reading: &Reading| reading.named.path.canonicalize().is_ok_and(|source| source == own);
    readings.iter().any(same).then_some(path)
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
                parts.extend(filled.map(|(table, _)| Part { reading, sheet, table }));
            }
        } else {
            match reading.chosen() {
                Ok((sheet, table)) => parts.push(Part { reading, sheet, table }),
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
        let remarks = part.reading.told(part.sheet, part.table, !all).into_iter().map(|told| told.diagnostic);
        // what is about a file or a sheet is said once
        for diagnostic in remarks.filter(|d| d.kind.severity != Severity::Note) {
            if !told.contains(&diagnostic) {
                told.push(diagnostic);
            }
        }
        let Some((sheet, table)) = part.both() else { continue };
        let file = &part.reading.named.file;
        if format == Format::Xlsx {
            told.extend(xlsx::too_large(file, &sheet.grid, table));
        }
        if format == Format::JsonLines {
            let (_, made) = written_table::names(table);
            if !made.is_empty() && !table.header.is_empty() {
                let problem = Diagnostic::new(kinds::NAMES_MADE, Place::File(file.clone()));
                told.push(problem.with("names", Argument::List(made)));
            }
        }
    }
    told
}

fn write(part: &Part<'_>, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let Some((sheet, table)) = part.both() else { return Ok(()) };
    match format {
        Format::Xlsx => out.write_all(&xlsx::written(&sheet.grid, table).map_err(io::Error::other)?),
        Format::JsonLines => written_table::json_lines(&sheet.grid, table, out),
        _ => written_table::csv(&sheet.grid, table, out),
    }
}

/// The name of a file for one table: that of its source, with the sheet and the number where the source has several tables.
fn name(part: &Part<'_>, format: Format, taken: &mut BTreeSet<String>) -> PathBuf {
    let Part { reading, sheet, table } = part;
    let source = reading.named.path.file_stem().filter(|stem| *stem != "-");
    let mut stem = source.map_or_else(|| "table".to_owned(), |stem| stem.to_string_lossy().into_owned());
    let filled = |sheet: &Sheet| sheet.tables.iter().filter(|table| !table.is_nothing()).count();
    let own = reading.sheet(*sheet);
    if reading.opened.sheets.iter().filter(|sheet| filled(sheet) > 0).count() > 1 {
        let sheet = own.and_then(|sheet| sheet.grid.sheet.clone()).unwrap_or_else(|| (sheet + 1).to_string());
        stem = format!("{stem}-{sheet}");
    }
    if own.is_some_and(|sheet| filled(sheet) > 1) {
        stem = format!("{stem}-{}", table + 1);
    }
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
