//! Workbooks as grids: every sheet as it is printed, with merged cells, with what is hidden and with cells whose value the file does not hold.
//!
//! Numbers are texts that read back as the same number – but for the error of computation that no spreadsheet shows –, percentages have their sign, days are `2018-09-01`; a number whose format shows it now as a percentage and
//! now as it is stays as it is stored and is marked. What a format does not tell: XLS and XLSB do not say that a formula has no value. Charts and macros are no sheets.
//! Knows no tables and guesses nothing.

mod biff;
mod facts;
mod number_format;
mod ods;
mod reader;
mod xlsb;
mod xlsx;
mod xml;

use super::container::Archive;
use super::fault::Fault;
use super::grid::Grid;
use super::limits::Limits;
use super::sniff::Kind;
use reader::{clock, day, shortest};

/// A sheet of a workbook.
#[derive(Debug, Clone)]
pub struct Read {
    pub grid: Grid,
    /// The sheet is hidden.
    pub hidden: bool,
}

/// The sheets that were read, and the names of all.
#[derive(Debug, Clone)]
pub struct Sheets {
    pub sheets: Vec<Read>,
    pub names: Vec<String>,
}

/// Which sheets are read.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    All,
    First,
    Named(&'a str),
}

impl Wanted<'_> {
    /// Whether a sheet is wanted: its name, and how many come before it.
    fn takes(self, name: &str, before: usize) -> bool {
        match self {
            Wanted::All => true,
            Wanted::First => before == 0,
            Wanted::Named(wanted) => wanted == name,
        }
    }

    /// What was found; of the sheets there are, none may be the one that was named.
    fn found(self, sheets: Vec<Read>, names: Vec<String>) -> Result<Sheets, Fault> {
        if sheets.is_empty() { Err(Fault::NoSheet(names)) } else { Ok(Sheets { sheets, names }) }
    }
}

/// Reads sheets of a workbook of a kind, in their order.
///
/// Errors: protected, damaged, larger than the limits, no such sheet.
pub fn read(bytes: &[u8], kind: Kind, wanted: Wanted<'_>, limits: &Limits) -> Result<Sheets, Fault> {
    reader::guarded(|| match kind {
        Kind::Xls => reader::xls(bytes, wanted, limits),
        Kind::Xlsx => reader::xlsx(bytes, &mut Archive::open(bytes, limits)?, wanted),
        Kind::Xlsb => reader::xlsb(bytes, &mut Archive::open(bytes, limits)?, wanted),
        Kind::Ods => {
            let mut archive = Archive::open(bytes, limits)?;
            let limits = archive.limits();
            ods::read(&mut archive, wanted, &limits)
        }
        _ => Err(Fault::NotAWorkbook),
    })
}
