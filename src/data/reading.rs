//! Files of data opened as tables: named one by one, or by a manifest with what it says of them.
//!
//! Knows no schema; chooses a sheet and a table only as far as that was asked for.

use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{FileBinding, read as read_manifest};
use super::text::unreadable;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::location::Place;
use crate::source::Sources;
use crate::tables::fault::Fault;
use crate::tables::find::Table;
use crate::tables::limits::Limits;
use crate::tables::open::Sheet;
use crate::tables::remark::{Remark, What};
use crate::tables::{Opened, Options, open};

/// The section that every manifest has.
const SECTIONS: [&str; 2] = ["таблицы:", "tables:"];
/// As much of a file is looked at to tell a manifest from data.
const MOST_LOOKED: u64 = 256 * 1024;

/// A file, and what is stated of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// As people name it; `-`: the standard input.
    pub file: String,
    pub path: PathBuf,
    pub options: Options,
    /// The table of the sheet, from 1.
    pub table: Option<usize>,
    /// It is said whether rows that look like totals are data.
    pub totals_known: bool,
}

/// A file that was opened.
#[derive(Debug, Clone)]
pub struct Reading {
    pub named: Named,
    pub opened: Opened,
}

/// A remark with what is said of it.
#[derive(Debug, Clone)]
pub struct Told {
    pub remark: Remark,
    pub diagnostic: Diagnostic,
}

impl Named {
    pub fn new(path: &Path, options: &Options, table: Option<usize>) -> Named {
        let file = path.display().to_string();
        Named { file, path: path.to_path_buf(), options: options.clone(), table, totals_known: false }
    }

    fn is_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// Reads the file and finds its tables.
    ///
    /// Errors: it cannot be read, or it holds no tables.
    pub fn open(self) -> Result<Reading, Box<Diagnostic>> {
        let mut bytes = Vec::new();
        // one more than is allowed tells that there is more
        let most = self.options.limits.bytes.saturating_add(1);
        let read = if self.is_input() {
            std::io::stdin().lock().take(most).read_to_end(&mut bytes)
        } else {
            std::fs::File::open(&self.path).and_then(|file| file.take(most).read_to_end(&mut bytes))
        };
        if let Err(error) = read {
            return Err(Box::new(unreadable(Place::File(self.file.clone()), &self.file, &error)));
        }
        match open(&bytes, &self.file, &self.options) {
            Ok(opened) => Ok(Reading { named: self, opened }),
            Err(fault) => Err(Box::new(self.fault(&fault))),
        }
    }

    fn fault(&self, fault: &Fault) -> Diagnostic {
        super::told::fault(fault, &self.file, &self.options)
    }
}

/// Opens files side by side; what comes of them stands in their order. The standard input is read first.
pub fn open_all(files: Vec<Named>) -> Vec<Result<Reading, Box<Diagnostic>>> {
    let input = |named: Named| (named.is_input().then(|| named.clone().open()), named);
    let begun: Vec<_> = files.into_iter().map(input).collect();
    begun.into_par_iter().map(|(input, named)| input.unwrap_or_else(|| named.open())).collect()
}

impl Reading {
    /// The sheet and the table that are meant: those that were asked for, else the first table with rows of a sheet that is not hidden.
    /// Positions from 0.
    ///
    /// Errors: there is no such table.
    pub fn chosen(&self) -> Result<(usize, usize), Box<Diagnostic>> {
        let sheets = &self.opened.sheets;
        let at = self.opened.first().or_else(|| sheets.iter().position(|sheet| !sheet.tables.is_empty()));
        let tables = at.and_then(|at| sheets.get(at)).map_or(0, |sheet| sheet.tables.len());
        let first = |sheet: &Sheet| sheet.tables.iter().position(|t| !t.rows.is_empty()).unwrap_or(0);
        let table = self.named.table.map_or_else(|| at.and_then(|at| sheets.get(at)).map_or(0, first), |n| n - 1);
        match at.filter(|_| table < tables) {
            Some(at) => Ok((at, table)),
            None => Err(Box::new(super::told::no_table(&self.named.file, self.named.table, tables))),
        }
    }

    /// What has to be known of the file as a whole. `alone`: only one of its tables is taken, and nobody named its sheet.
    pub fn of_file(&self, alone: bool) -> Vec<Told> {
        let others = |remark: &&Remark| !matches!(remark.what, What::OtherSheets(_));
        let alone = alone && self.named.options.sheet.is_none();
        self.tell(self.opened.remarks.iter().filter(|remark| alone || others(remark)).cloned())
    }

    /// What has to be known of a sheet as a whole.
    pub fn of_sheet(&self, sheet: &Sheet) -> Vec<Told> {
        self.tell(sheet.remarks_of_sheet())
    }

    /// What has to be known of one table of a sheet. `alone`: the others are not taken.
    pub fn of_table(&self, sheet: &Sheet, table: usize, alone: bool) -> Vec<Told> {
        let remarks = sheet.remarks_about(table).into_iter();
        self.tell(remarks.filter(|remark| match remark.what {
            What::OtherTables(_) => alone,
            What::Totals => !self.named.totals_known,
            What::NoHeader => self.named.options.place.header.is_none(),
            _ => true,
        }))
    }

    /// Everything that has to be known of one table.
    pub fn told(&self, sheet: usize, table: usize, alone: bool) -> Vec<Told> {
        let mut told = self.of_file(alone);
        if let Some(sheet) = self.sheet(sheet) {
            told.extend(self.of_sheet(sheet));
            told.extend(self.of_table(sheet, table, alone));
        }
        told
    }

    fn tell(&self, remarks: impl IntoIterator<Item = Remark>) -> Vec<Told> {
        let Named { file, options, table, .. } = &self.named;
        let told = |remark: Remark| Told { diagnostic: super::told::remark(&remark, file, options, *table), remark };
        remarks.into_iter().map(told).collect()
    }

    pub fn sheet(&self, sheet: usize) -> Option<&Sheet> {
        self.opened.sheets.get(sheet)
    }

    pub fn table(&self, sheet: usize, table: usize) -> Option<&Table> {
        self.sheet(sheet)?.tables.get(table)
    }
}

/// Whether a file is a manifest and no table: by its extension, and by the section of tables that every manifest has.
pub fn is_manifest(path: &Path) -> bool {
    let yaml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("yaml") || e.eq_ignore_ascii_case("yml"));
    let names = |text: &str| text.lines().any(|line| SECTIONS.iter().any(|name| line.trim_end().starts_with(name)));
    let mut start = Vec::new();
    yaml && std::fs::File::open(path).is_ok_and(|file| file.take(MOST_LOOKED).read_to_end(&mut start).is_ok())
        && names(&String::from_utf8_lossy(&start))
}

/// The files of a manifest, one per table and file, with what it says of them. Its text joins the sources.
pub fn of_manifest(path: &Path, limits: Limits, sources: &mut Sources) -> Outcome<Vec<Named>> {
    let Outcome { value, diagnostics } = read_manifest(path, sources);
    let named = value.map(|manifest| {
        let of = |(_, files): &(String, Vec<FileBinding>)| {
            let named = |binding: &FileBinding| {
                let path = manifest.folder.join(&binding.file);
                let options = Options { limits, ..binding.options() };
                let named = Named::new(&path, &options, binding.place.table);
                let totals_known = binding.place.totals.is_some();
                Named { file: binding.file.clone(), totals_known, ..named }
            };
            files.iter().map(named).collect::<Vec<_>>()
        };
        manifest.tables.iter().flat_map(of).collect()
    });
    Outcome { value: named, diagnostics }
}
