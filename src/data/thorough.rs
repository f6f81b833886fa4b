//! The thorough reading of a file: any format, any place of the table, with everything that the manifest can state; held in memory.
//!
//! Clean text files are read by `csv` in blocks. What is found here without being stated is told; what would change a cell by a guess
//! is an error until the manifest says that it is right.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::bind::Sources;
use super::blocks::{Block, PercentSign, SAMPLES, Target};
use super::head::{Body, Head};
use super::load::{Loader, Part};
use super::manifest::{Correspondence, FileBinding, NameOf};
use super::misread::Opening;
use super::pattern::describes;
use super::rewrite::Rewrites;
use crate::diagnostic::{Argument, Diagnostic, Severity, data as kinds, tables as told};
use crate::location::{CellRef, Place, column_letters};
use crate::tables::fault::Fault;
use crate::tables::grid::{Mark, Row};
use crate::tables::open::{Format, Opened, Sheet};
use crate::tables::remark::What;
use crate::tables::{self, Options};

/// Files that were opened, by what was stated of them.
pub(super) type Openings = Arc<Mutex<HashMap<String, Arc<Opened>>>>;

/// The rows of a table that was found.
pub(super) struct GridBody {
    pub opened: Arc<Opened>,
    pub sheet: usize,
    /// Rows of its header, from 1, and its columns, from 0.
    pub header: Vec<u64>,
    pub columns: Vec<usize>,
    pub rows: Vec<usize>,
}

impl GridBody {
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.opened.sheets.get(self.sheet)?.grid.rows.get(at)
    }
}

impl Loader<'_> {
    /// A file as it was understood, opened once.
    pub(super) fn opened(&mut self, binding: &FileBinding) -> Option<Arc<Opened>> {
        let options = self.options(binding)?;
        let key = format!("{}\n{options:?}", binding.file);
        if let Some(known) = self.openings.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return Some(known);
        }
        let mut bytes = Vec::new();
        // one more than is allowed tells that there is more
        let most = options.limits.bytes.saturating_add(1);
        let read = File::open(self.path(&binding.file)).and_then(|file| file.take(most).read_to_end(&mut bytes));
        if let Err(error) = read {
            self.cannot_read(&binding.file, &error);
            return None;
        }
        match tables::open(&bytes, &binding.file, &options) {
            // a text under the name of a workbook is none, whatever it says
            Ok(opened) if opened.format == Format::Text && is_workbook_name(&binding.file) => {
                self.diagnostics.push(super::told::fault(&Fault::NotAWorkbook, &binding.file, &options));
                None
            }
            Ok(opened) => {
                let opened = Arc::new(opened);
                if let Ok(mut known) = self.openings.lock() {
                    known.insert(key, Arc::clone(&opened));
                }
                Some(opened)
            }
            Err(fault) => {
                self.diagnostics.push(super::told::fault(&fault, &binding.file, &options));
                None
            }
        }
    }

    /// Opens files side by side, each once; what is wrong with them is told where they are read.
    pub(super) fn open_all(&self, files: &[FileBinding]) {
        let mut known = HashSet::new();
        let each = files.iter().filter(|file| known.insert(format!("{}\n{:?}", file.file, file.options())));
        let each: Vec<&FileBinding> = each.collect();
        each.into_par_iter().for_each(|file| {
            let (keys, openings) = (HashMap::new(), Arc::clone(&self.openings));
            Loader { keys, openings, diagnostics: Vec::new(), ..*self }.opened(file);
        });
    }

    /// The pairs of a file of correspondences: the text, and what it stands for.
    pub(super) fn pairs(&mut self, correspondence: &Correspondence) -> Option<Vec<(String, String)>> {
        let binding = FileBinding { file: correspondence.file.clone(), ..FileBinding::default() };
        let opened = self.opened(&binding)?;
        let (_, sheet, table) = self.table_of(&binding, &opened)?;
        let forms: Vec<String> = table.headers.iter().map(|header| super::text::header_form(header)).collect();
        let mut missing = Vec::new();
        let mut column = |header: &String| {
            let form = super::text::header_form(header);
            let at = forms.iter().position(|known| *known == form).and_then(|at| table.columns.get(at).copied());
            if at.is_none() {
                missing.push(header.clone());
            }
            at
        };
        let texts: Vec<usize> = match correspondence.texts.as_slice() {
            [] => table.columns.first().copied().into_iter().collect(),
            named => named.iter().filter_map(&mut column).collect(),
        };
        let key = match &correspondence.key {
            None => table.columns.get(1).copied(),
            Some(header) => column(header),
        };
        let Some(key) = key.filter(|_| missing.is_empty() && !texts.is_empty()) else {
            let header = missing.first().cloned().unwrap_or_default();
            self.no_column(&correspondence.file, &header, &table.headers);
            return None;
        };
        let text = |row: &Row, column: &usize| row.text(*column).trim().to_string();
        let joined = |row: &Row| texts.iter().map(|column| text(row, column)).collect::<Vec<_>>().join(", ");
        let rows = table.rows.iter().filter_map(|at| sheet.grid.rows.get(*at));
        Some(rows.map(|row| (joined(row), text(row, &key))).filter(|(_, key)| !key.is_empty()).collect())
    }

    /// A column of a file that something of the manifest names is not there.
    pub(super) fn no_column(&mut self, file: &str, header: &str, headers: &[String]) {
        let near = crate::suggestion::nearest(header, headers.iter().map(String::as_str));
        let near: Vec<String> = near.iter().map(ToString::to_string).collect();
        let problem = Diagnostic::new(kinds::COLUMN_NOT_FOUND, Place::File(file.to_string()))
            .text("column", header)
            .text("header", header)
            .text("file", file)
            .text("why", "stated")
            .count("near-count", near.len())
            .with("near", Argument::List(near))
            .with("headers", super::bind::named(headers));
        self.diagnostics.push(problem);
    }

    /// What is stated of a file; an encoding that is not known is an error.
    fn options(&mut self, binding: &FileBinding) -> Option<Options> {
        let options = Options { limits: self.limits, ..binding.options() };
        let named = binding.encoding.as_deref().filter(|_| options.encoding.is_none());
        let other = binding.place.other_encoding.as_deref().filter(|_| options.other_encoding.is_none());
        if let Some(name) = named.or(other) {
            self.diagnostics.push(super::told::unknown_encoding(&binding.file, name));
            return None;
        }
        Some(options)
    }

    /// The sheet and the table that a binding means.
    fn table_of<'o>(
        &mut self,
        binding: &FileBinding,
        opened: &'o Opened,
    ) -> Option<(usize, &'o Sheet, &'o tables::find::Table)> {
        let number = binding.place.table.unwrap_or(1);
        let named = |sheet: &&Sheet| binding.sheet.is_none() || sheet.grid.sheet == binding.sheet;
        let with = |sheet: &Sheet| sheet.tables.get(number - 1).is_some();
        let sheets = || opened.sheets.iter().enumerate().filter(|(_, sheet)| named(sheet));
        let found = sheets().find(|(_, s)| !s.hidden && with(s)).or_else(|| sheets().find(|(_, s)| with(s)));
        if let Some((at, sheet)) = found {
            return sheet.tables.get(number - 1).map(|table| (at, sheet, table));
        }
        let most = opened.sheets.iter().map(|sheet| sheet.tables.len()).max().unwrap_or(0);
        if number == 1 && most == 0 {
            self.problem(kinds::FILE_EMPTY, &binding.file);
            return None;
        }
        self.diagnostics.push(super::told::no_table(&binding.file, binding.place.table, most));
        None
    }

    /// A file up to the header of its table.
    pub(super) fn thorough_head(&mut self, binding: &FileBinding) -> Option<Head> {
        let opened = self.opened(binding)?;
        let (at, sheet, table) = self.table_of(binding, &opened)?;
        let number = |row: Option<&usize>| row.and_then(|row| sheet.grid.rows.get(*row)).map_or(1, |row| row.number);
        // a column that is stated by its place is there, whatever stands in it
        let places = binding.columns.iter().filter_map(|(_, own)| usize::try_from(own.position?).ok());
        let own = table.columns.last().map_or(0, |last| last + 1);
        let width = places.chain([own]).max().unwrap_or(own);
        let mut headers = vec![String::new(); width];
        for (column, header) in table.columns.iter().zip(&table.headers) {
            if let Some(slot) = headers.get_mut(*column) {
                slot.clone_from(header);
            }
        }
        let rows = self.filtered(binding, sheet, table, &headers);
        self.remarks(binding, &opened, sheet, table, rows.as_deref());
        let name = sheet.grid.sheet.as_deref().map(Arc::from);
        let rows = rows?;
        self.beyond(binding, sheet, table, &rows);
        Some(Head {
            headers,
            first_column: 1,
            header_line: number(table.header.last()),
            first_line: number(rows.first()),
            sheet: name,
            opening: Opening::default(),
            body: Body::Grid(GridBody {
                opened: Arc::clone(&opened),
                sheet: at,
                header: table.header.iter().map(|row| number(Some(row))).collect(),
                columns: table.columns.clone(),
                rows,
            }),
        })
    }

    /// Tells of columns that are stated by a place behind the table and hold nothing: a letter may be wrong.
    fn beyond(&mut self, binding: &FileBinding, sheet: &Sheet, table: &tables::find::Table, rows: &[usize]) {
        let last = table.columns.last().map_or(0, |last| last + 1);
        for (name, own) in &binding.columns {
            let Some(number) = own.position else { continue };
            let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
            let text = |row: &usize| sheet.grid.rows.get(*row).map_or("", |row| row.text(at));
            if at < last || rows.iter().any(|row| !text(row).trim().is_empty()) {
                continue;
            }
            let letters = |number: usize| column_letters(u32::try_from(number).unwrap_or(u32::MAX));
            let problem = Diagnostic::new(told::NOTHING_AT_PLACE, Place::File(binding.file.clone()))
                .text("column", name.clone())
                .text("place", column_letters(number))
                .text("last", letters(last));
            // one file is read for several columns and sheets
            if !self.diagnostics.contains(&problem) {
                self.diagnostics.push(problem);
            }
        }
    }

    /// Rows that the manifest does not leave out.
    fn filtered(
        &mut self,
        binding: &FileBinding,
        sheet: &Sheet,
        table: &tables::find::Table,
        headers: &[String],
    ) -> Option<Vec<usize>> {
        let mut rows = table.rows.clone();
        let mut complete = true;
        if !binding.filled.is_empty() {
            let columns: Vec<usize> = (0..headers.len())
                .filter(|at| headers.get(*at).is_some_and(|header| binding.filled.contains(header)))
                .collect();
            let row = |row: &usize| sheet.grid.rows.get(*row);
            rows.retain(|at| row(at).is_some_and(|row| columns.iter().any(|c| !row.text(*c).trim().is_empty())));
        }
        for filter in &binding.rows {
            let form = super::text::header_form(&filter.header);
            let Some(column) = headers.iter().position(|header| super::text::header_form(header) == form) else {
                complete = false;
                self.no_column(&binding.file, &filter.header, headers);
                continue;
            };
            let said = |row: &usize| {
                let text = sheet.grid.rows.get(*row).map_or("", |row| row.text(column));
                filter.texts.iter().any(|pattern| describes(pattern, text))
            };
            rows.retain(|row| said(row) == filter.only);
        }
        complete.then_some(rows)
    }

    /// Tells what was found and not stated; what would change cells by a guess is an error.
    fn remarks(
        &mut self,
        binding: &FileBinding,
        opened: &Opened,
        sheet: &Sheet,
        table: &tables::find::Table,
        kept: Option<&[usize]>,
    ) {
        let Some(options) = self.options(binding) else {
            return;
        };
        let at = sheet.tables.iter().position(|known| known == table).unwrap_or(0);
        let of_sheet = sheet.remarks_of_sheet();
        let mut about = sheet.remarks_about(at);
        // rows that the manifest leaves out need no word
        if let Some(kept) = kept.filter(|_| !binding.rows.is_empty()) {
            let number = |at: &usize| sheet.grid.rows.get(*at).map(|row| row.number);
            let kept: HashSet<u64> = kept.iter().filter_map(number).collect();
            for remark in about.iter_mut().filter(|remark| matches!(remark.what, What::Lone | What::Totals)) {
                remark.rows.retain(|row| kept.contains(row));
                remark.count = remark.rows.len();
            }
            about.retain(|remark| remark.count > 0);
        }
        // a column that is stated by its place is not left out
        let stated = |column: &&usize| {
            binding
                .columns
                .iter()
                .any(|(_, own)| own.position.is_some_and(|place| usize::try_from(place) == Ok(**column + 1)))
        };
        let blank = table.blank_columns.len() - table.blank_columns.iter().filter(stated).count();
        about.iter_mut().filter(|remark| remark.what == What::BlankColumns).for_each(|remark| remark.count = blank);
        about.retain(|remark| remark.what != What::BlankColumns || blank > 0);
        let chosen = binding.sheet.is_some();
        for remark in opened.remarks.iter().chain(&of_sheet).chain(&about) {
            // what is stated needs no word
            if chosen && matches!(remark.what, What::OtherSheets(_) | What::HiddenSheet)
                || binding.place.header.is_some() && matches!(remark.what, What::Carried | What::NoHeader)
            {
                continue;
            }
            let refused = match remark.what {
                What::Totals if self.shows && binding.place.totals.is_none() && !table.totals.is_empty() => None,
                What::Mended(_) | What::Irregular | What::NarrowHeader(..) if self.shows => None,
                What::Mended(_) | What::Irregular | What::NarrowHeader(..) if !binding.place.mend => {
                    Some(kinds::MENDED_NOT_TAKEN)
                }
                What::Totals if binding.place.totals.is_none() && !table.totals.is_empty() => {
                    Some(kinds::TOTALS_NOT_STATED)
                }
                What::Totals => continue,
                _ => None,
            };
            let mut told = super::told::remark(remark, &binding.file, &options, binding.place.table);
            match refused {
                Some(kind) => told.kind = kind,
                // what is usual needs no word
                None if told.kind.severity == Severity::Note && !self.shows => continue,
                None => {}
            }
            // one file is read for several columns and sheets
            if !self.diagnostics.contains(&told) {
                self.diagnostics.push(told);
            }
        }
    }

    /// Rows of a grid as a block. A number in a column of percentages whose format is not known is an error: it may be one hundred times as
    /// large as it is stored.
    pub(super) fn grid_blocks(
        &mut self,
        binding: &FileBinding,
        body: &GridBody,
        part: &Part,
        sources: &Sources,
        targets: &[Target],
        mut rewrites: Rewrites,
    ) -> Option<Vec<Block>> {
        let mut block = Block::new(targets, part.first_line);
        let mut doubts: Vec<(usize, Vec<CellRef>)> = vec![(0, Vec::new()); targets.len()];
        let mut blank = 0;
        for row in body.rows.iter().filter_map(|at| body.row(*at)) {
            let skipped = row.number.saturating_sub(part.first_line + block.rows as u64);
            if skipped > blank {
                blank = skipped;
                block.jumps.push((block.rows, blank));
            }
            let wanted = sources.wanted.iter().enumerate();
            for (column, at) in wanted.flat_map(|(column, all)| all.iter().map(move |at| (column, *at))) {
                let Some(target) = targets.get(at) else {
                    continue;
                };
                let cell = row.cells.get(column);
                let text = cell.map_or("", |c| c.text.as_str());
                match rewrites.iter_mut().find(|(own, _)| *own == at) {
                    Some((_, rewrite)) => block.cell(at, target, rewrite.text(text, row.number).as_bytes()),
                    None => block.cell(at, target, text.as_bytes()),
                }
                let doubtful = cell.is_some_and(|c| c.mark == Mark::PerhapsPercent);
                if target.percent == PercentSign::Expected
                    && doubtful
                    && let Some((count, first)) = doubts.get_mut(at)
                {
                    *count += 1;
                    if first.len() < SAMPLES {
                        let mut place = self.row_place(&binding.file, part.sheet.clone(), row.number);
                        place.column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
                        first.push(place);
                    }
                }
            }
            for (at, text) in &sources.constants {
                if let Some(target) = targets.get(*at) {
                    match rewrites.iter_mut().find(|(own, _)| own == at) {
                        Some((_, rewrite)) => block.cell(*at, target, rewrite.text(text, row.number).as_bytes()),
                        None => block.cell(*at, target, text.as_bytes()),
                    }
                }
            }
            block.end_row();
        }
        block.complete();
        let column = |at: usize| sources.wanted.iter().position(|all| all.contains(&at)).map_or(0, |column| column + 1);
        self.unmatched(binding, part.sheet.as_ref(), column, &rewrites);
        let sure = self.doubtful_percents(part, doubts);
        sure.then(|| vec![block])
    }

    /// Names that lead to no key, each with its first cell and the names that are near. `column`: of the file, from 1, by the position of the
    /// target.
    pub(super) fn unmatched(
        &mut self,
        binding: &FileBinding,
        sheet: Option<&Arc<str>>,
        column: impl Fn(usize) -> usize,
        rewrites: &Rewrites,
    ) {
        for (at, rewrite) in rewrites {
            let among_codes = !rewrite.unmatched.is_empty() && rewrite.among_codes();
            let all: usize = rewrite.unmatched.iter().map(|unmatched| unmatched.count).sum();
            // what is wrong with the whole column is told once
            for unmatched in rewrite.unmatched.iter().take(if among_codes { 1 } else { usize::MAX }) {
                let mut place = self.row_place(&binding.file, sheet.cloned(), unmatched.row);
                place.column = u32::try_from(column(*at)).unwrap_or(u32::MAX);
                let problem = Diagnostic::new(kinds::NAME_NOT_MATCHED, Place::Cell(place))
                    .text("name", unmatched.text.clone())
                    .text(
                        "why",
                        if among_codes {
                            "codes"
                        } else if unmatched.several {
                            "several"
                        } else {
                            "none"
                        },
                    )
                    .count("count", if among_codes { all } else { unmatched.count })
                    .count("near-count", unmatched.near.len())
                    .with("near", Argument::List(unmatched.near.clone()));
                self.diagnostics.push(problem);
            }
        }
    }

    fn doubtful_percents(&mut self, part: &Part, doubts: Vec<(usize, Vec<CellRef>)>) -> bool {
        let mut sure = true;
        for (count, cells) in doubts {
            let Some(first) = cells.first().cloned() else {
                continue;
            };
            sure = false;
            let header =
                part.columns.iter().find(|(number, _)| *number == first.column).map_or("", |(_, h)| h.as_ref());
            let problem = Diagnostic::new(kinds::PERCENT_UNKNOWN, Place::Cell(first))
                .text("column", header)
                .count("count", count);
            self.diagnostics.push(problem.with("cells", Argument::List(cells.iter().map(CellRef::address).collect())));
        }
        sure
    }
}

/// Whether a file is called as workbooks are.
fn is_workbook_name(file: &str) -> bool {
    let lower = file.to_lowercase();
    [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"].iter().any(|extension| lower.ends_with(extension))
}

/// The part of a name that a pattern with one `{…}` or `*` picks; all of it without a pattern.
pub(super) fn part_of(name: &str, part: Option<&str>) -> String {
    let Some(pattern) = part else {
        return name.to_string();
    };
    let named = super::pattern::parts(pattern, name).and_then(|parts| parts.into_iter().next());
    named.map_or_else(|| name.to_string(), |(_, text)| text)
}

/// The name that a column is filled with.
pub(super) fn name_of(of: NameOf, binding: &FileBinding, sheet: &str) -> String {
    match of {
        NameOf::Sheet => sheet.to_string(),
        NameOf::File => {
            let file =
                Path::new(&binding.file).file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
            file.split_once('.').map_or(file.clone(), |(stem, _)| stem.to_string())
        }
    }
}
